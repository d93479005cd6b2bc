//! `exercise-data.js`: what exercises ask and how long they let one speak, beside `practice-data.js`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Export, Kept, Memo, Render};
use crate::handbook::At;
use crate::model::question::FollowUpQuestion;
use crate::model::{Company, FollowUp, Framework, Principle, Question, Theme};
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
    /// The question that opens an interview.
    #[serde(skip_serializing_if = "Option::is_none")]
    opening: Option<&'a str>,
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
    /// As they are asked after any story; null where that makes no sense.
    follow_ups: Vec<Option<&'a str>>,
}

#[derive(Hash, Serialize)]
struct Probe<'a> {
    id: &'a str,
    asks: Vec<Ask<'a>>,
}

#[derive(Hash, Serialize)]
struct Ask<'a> {
    ask: &'a str,
    /// After whose questions it is asked; of all themes when there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    themes: Vec<&'a str>,
}

#[derive(Hash, Serialize)]
struct Asks<'a> {
    /// The questions that candidates may ask it.
    ask: Vec<String>,
    /// What it asks after a story that shows one of its principles.
    probes: Vec<PrincipleProbe<'a>>,
}

#[derive(Hash, Serialize)]
struct PrincipleProbe<'a> {
    /// The principle's.
    id: &'a str,
    ask: &'a str,
    /// The questions that test the principle.
    questions: Vec<&'a str>,
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
            .map(|at| probe(site, at))
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
        opening: handbook.exercises.all().find_map(|at| {
            let opening = handbook.exercises[at].opening.as_ref()?;
            Some(handbook.id(handbook.follow(at, opening)))
        }),
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
        follow_ups: record
            .follow_ups
            .iter()
            .map(FollowUpQuestion::of_any_story)
            .collect(),
    }
}

fn probe(site: &Site, at: At<FollowUp>) -> Probe<'_> {
    let handbook = &site.handbook;
    let record = &handbook.follow_ups[at];
    let asks = record.asks.iter().map(|one| {
        let themes = one.themes.iter();
        let themes = themes.map(|theme| handbook.id(handbook.follow(at, theme)));
        Ask {
            ask: &one.ask,
            themes: themes.collect(),
        }
    });
    let mut asks: Vec<Ask> = asks.collect();
    if asks.is_empty() {
        asks.push(Ask {
            ask: &record.example,
            themes: Vec::new(),
        });
    }
    Probe {
        id: handbook.id(at),
        asks,
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
            .filter_map(|principle| principle_probe(site, principle))
            .collect(),
    }
}

fn principle_probe(site: &Site, at: At<Principle>) -> Option<PrincipleProbe<'_>> {
    let handbook = &site.handbook;
    let tests = |question: At<Question>| {
        let mut asked = handbook.asked(question).iter();
        asked.any(|asked| {
            asked
                .principles
                .iter()
                .any(|(principle, _)| *principle == at)
        })
    };
    let questions = handbook.questions.all().filter(|question| tests(*question));
    Some(PrincipleProbe {
        id: handbook.id(at),
        ask: handbook.principles[at].follow_up.as_ref()?.of_any_story()?,
        questions: questions.map(|question| handbook.id(question)).collect(),
    })
}
