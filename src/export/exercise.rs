//! `exercise-data.js`: what exercises ask and how long they let one speak, beside `practice-data.js`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Export, Kept, Memo, Render};
use crate::handbook::At;
use crate::model::{Company, Framework, Question, Theme};
use crate::output::Bytes;
use crate::page::Site;
use crate::page::key::Shows;
use crate::page::timing::longest;
use crate::plan::EXERCISE_DATA;

pub(super) const EXPORT: Export = Export {
    path: EXERCISE_DATA,
    exists: |_| true,
    kept: Kept::First,
    own: super::ASKED_FOR,
    shows: |_| Shows::Lists,
    render: Render::FromSite(render),
};

#[derive(Hash, Serialize)]
#[serde(rename_all = "camelCase")]
struct Data<'a> {
    /// Each way to divide the time once.
    shapes: Vec<ShapeData<'a>>,
    questions: BTreeMap<&'a str, Asked<'a>>,
    /// Those that fit every answer.
    probes: Vec<Probe<'a>>,
    companies: BTreeMap<&'a str, Asks<'a>>,
    /// What each theme tests, by its id.
    themes: BTreeMap<&'a str, String>,
    /// What is said in the middle of an answer.
    interruptions: Vec<&'a str>,
}

#[derive(Hash, Serialize)]
struct ShapeData<'a> {
    name: &'a str,
    parts: Vec<PartData<'a>>,
}

#[derive(Hash, Serialize)]
struct PartData<'a> {
    title: &'a str,
    seconds: u32,
    /// 4 for the longest part, 3 for the one after it, else 2: the step of the colour ramp.
    step: u32,
}

#[derive(Hash, Serialize)]
#[serde(rename_all = "camelCase")]
struct Asked<'a> {
    /// Its place among the shapes; absent where nothing is known.
    shape: Option<usize>,
    /// Whether the candidate asks here, as in `What questions do you have for me?`: then there are cases of how that went in
    /// place of an answer to tell.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_asking: bool,
    follow_ups: Vec<&'a str>,
}

#[derive(Hash, Serialize)]
struct Probe<'a> {
    id: &'a str,
    ask: &'a str,
}

#[derive(Hash, Serialize)]
struct Asks<'a> {
    /// The questions that candidates may ask it.
    ask: Vec<String>,
    /// What it asks after a story that shows one of its principles.
    probes: Vec<&'a str>,
}

fn render(site: &Site, memo: &Memo) -> Bytes {
    let handbook = &site.handbook;
    let mut frameworks: Vec<At<Framework>> = Vec::new();
    let mut shape_of = |framework: At<Framework>| {
        let has_plan = handbook.frameworks[framework]
            .parts
            .iter()
            .all(|part| part.seconds.is_some());
        has_plan.then(|| {
            let known = frameworks.iter().position(|one| *one == framework);
            known.unwrap_or_else(|| {
                frameworks.push(framework);
                frameworks.len() - 1
            })
        })
    };
    let questions = handbook
        .questions
        .all()
        .map(|at| {
            let asked = asked(site, at, &mut shape_of);
            (handbook.id(at), asked)
        })
        .collect();
    let data = Data {
        questions,
        shapes: frameworks
            .into_iter()
            .map(|framework| shape(site, framework))
            .collect(),
        probes: handbook
            .follow_ups
            .all()
            .map(|at| Probe {
                id: handbook.id(at),
                ask: &handbook.follow_ups[at].example,
            })
            .collect(),
        companies: handbook
            .companies
            .all()
            .map(|at| (handbook.id(at), asks(site, at)))
            .collect(),
        themes: handbook
            .themes
            .all()
            .map(|at: At<Theme>| {
                let summary = &handbook.themes[at].summary.text;
                (handbook.id(at), site.first_sentence(summary))
            })
            .collect(),
        interruptions: handbook
            .exercises
            .all()
            .flat_map(|at| &handbook.exercises[at].interruptions)
            .map(|text| &**text)
            .collect(),
    };
    memo.script("exerciseData", &data)
}

fn asked<'a>(
    site: &'a Site,
    at: At<Question>,
    shape_of: &mut impl FnMut(At<Framework>) -> Option<usize>,
) -> Asked<'a> {
    let handbook = &site.handbook;
    let record = &handbook.questions[at];
    let answers = record.answers.iter();
    let answers = answers.filter_map(|answer| answer.framework.as_deref());
    let mut frameworks = answers.chain(&record.frameworks);
    Asked {
        is_asking: record.answers.is_empty() && !record.cases.is_empty(),
        shape: frameworks.find_map(|framework| shape_of(handbook.follow(at, framework))),
        follow_ups: record.follow_ups.iter().map(|one| &*one.ask).collect(),
    }
}

fn shape(site: &Site, at: At<Framework>) -> ShapeData<'_> {
    let record = &site.handbook.frameworks[at];
    let main = longest(&record.parts);
    let parts = record.parts.iter().enumerate().map(|(nth, part)| PartData {
        title: &part.title,
        seconds: part.seconds.map_or(0, |seconds| seconds.value),
        step: match main {
            Some(main) if nth == main => 4,
            Some(main) if nth == main + 1 => 3,
            _ => 2,
        },
    });
    ShapeData {
        name: &record.title,
        parts: parts.collect(),
    }
}

fn asks(site: &Site, at: At<Company>) -> Asks<'_> {
    let handbook = &site.handbook;
    let ask = &handbook.companies[at].questions_to_ask;
    Asks {
        ask: ask
            .iter()
            .map(|text| site.first_sentence(&text.text))
            .collect(),
        probes: handbook
            .principles_of(at)
            .filter_map(|principle| handbook.principles[principle].follow_up.as_ref())
            .map(|one| &*one.ask)
            .collect(),
    }
}
