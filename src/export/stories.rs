//! `story-data.js`: what the reader's stories are written and judged by, as a script, so that it also loads from the
//! disk: the rules of spoken texts with the red flags that they cite, and the shapes of answers.
//! Pages load it when the reader writes. Addresses in it begin at the site's root.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Export, Kept, Memo, Render};
use crate::handbook::{At, RecordAt};
use crate::model::speech;
use crate::model::{Framework, Question};
use crate::output::Bytes;
use crate::page::Site;
use crate::page::key::Shows;
use crate::plan::STORY_DATA;

pub(super) const EXPORT: Export = Export {
    path: STORY_DATA,
    exists: |_| true,
    kept: Kept::First,
    own: super::ASKED_FOR,
    shows: |_| Shows::Lists,
    render: Render::FromSite(render),
};

#[derive(Hash, Serialize)]
struct Data<'a> {
    language: &'a str,
    /// Words a minute.
    pace: u32,
    rules: serde_json::Value,
    /// Red flags by their ids.
    flags: BTreeMap<&'a str, LinkData<'a>>,
    frameworks: Vec<FrameworkData<'a>>,
    /// Ids of the shapes of a question's answers, by its id.
    shapes: BTreeMap<&'a str, Vec<&'a str>>,
}

#[derive(Hash, Serialize)]
struct LinkData<'a> {
    title: &'a str,
    url: &'a str,
}

#[derive(Hash, Serialize)]
struct FrameworkData<'a> {
    id: &'a str,
    title: &'a str,
    parts: Vec<PartData<'a>>,
}

#[derive(Hash, Serialize)]
struct PartData<'a> {
    id: &'a str,
    title: &'a str,
    seconds: Option<u32>,
    /// What to say in it.
    ask: String,
}

fn render(site: &Site, memo: &Memo) -> Bytes {
    let handbook = &site.handbook;
    let link = |at: RecordAt| LinkData {
        title: handbook.title(at),
        url: site.path_of(at),
    };
    let shapes: BTreeMap<_, _> = handbook
        .questions
        .all()
        .map(|at| (handbook.id(at), shapes(site, at)))
        .collect();
    let data = Data {
        language: handbook.settings.language(),
        pace: handbook.settings.pace(),
        rules: speech::published(),
        flags: handbook
            .red_flags
            .all()
            .map(|at| (handbook.id(at), link(at.into())))
            .collect(),
        frameworks: handbook
            .frameworks
            .all()
            .filter(|at| is_story(site, *at))
            .map(|at| framework(site, at))
            .collect(),
        shapes,
    };
    memo.script("storyData", &data)
}

/// Whether an answer is told in this shape: its parts have their time.
fn is_story(site: &Site, at: At<Framework>) -> bool {
    let parts = &site.handbook.frameworks[at].parts;
    !parts.is_empty() && parts.iter().all(|part| part.seconds.is_some())
}

fn framework(site: &Site, at: At<Framework>) -> FrameworkData<'_> {
    let handbook = &site.handbook;
    let parts = handbook.frameworks[at].parts.iter();
    FrameworkData {
        id: handbook.id(at),
        title: handbook.title(at),
        parts: parts
            .map(|part| PartData {
                id: &part.id.id,
                title: &part.title,
                seconds: part.seconds.map(|seconds| seconds.value),
                ask: site.first_sentence(&part.instruction.text),
            })
            .collect(),
    }
}

/// The shapes of a question's answers, each once.
fn shapes(site: &Site, at: At<Question>) -> Vec<&str> {
    let handbook = &site.handbook;
    let mut shapes = Vec::new();
    let answers = handbook.questions[at].answers.iter();
    for framework in answers.filter_map(|answer| answer.framework.as_deref()) {
        let shape = handbook.follow(at, framework);
        let id = handbook.id(shape);
        if is_story(site, shape) && !shapes.contains(&id) {
            shapes.push(id);
        }
    }
    shapes
}
