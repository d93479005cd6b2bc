//! Frameworks: their index (`frameworks.html`), each of them (`framework.html`).

use serde::Serialize;

use super::timing::{TimingBar, longest};
use super::{Card, CitationLink, Frame, LinkTo, QuestionLink, Site};
use crate::diagnostic::Diagnostic;
use crate::handbook::At;
use crate::html::{Html, Shared};
use crate::model::{Framework, Kind};
use crate::output::{Bytes, OutputPath};
use crate::section::Section;

/// The framework that stands for all, with its bar: the one that the handbook names, or the first with seconds.
pub fn main_framework(site: &Site) -> Option<(At<Framework>, Shared<TimingBar>)> {
    let with_bar = |at: At<Framework>| Some((at, site.pieces.timing_bar(at)?));
    let named = site.handbook.main_framework().and_then(with_bar);
    named.or_else(|| site.handbook.frameworks.all().find_map(with_bar))
}

/// All that `frameworks.html` can see.
#[derive(Hash, Serialize)]
struct Index {
    frame: Frame,
    /// The ones to know first, by group; all of them where none is marked as such.
    groups: Vec<FrameworkGroup>,
    /// The others.
    others: Vec<FrameworkRow>,
}

/// Frameworks under one heading.
#[derive(Hash, Serialize)]
struct FrameworkGroup {
    /// Absent for those of no group.
    title: Option<String>,
    frameworks: Vec<FrameworkRow>,
}

/// A framework in the index.
#[derive(Hash, Serialize)]
struct FrameworkRow {
    title: String,
    url: String,
    use_when: Html,
    bar: Option<Shared<TimingBar>>,
    parts: Vec<String>,
    /// How many questions it fits.
    questions: usize,
}

pub fn render_index(site: &Site, path: &OutputPath) -> Result<Bytes, Box<Diagnostic>> {
    let frameworks = &site.handbook.frameworks;
    let mut all: Vec<(At<Framework>, FrameworkRow)> =
        frameworks.all().map(|at| (at, row(site, at))).collect();
    // The most useful first.
    all.sort_by_key(|(_, row)| std::cmp::Reverse(row.questions));
    let has_core = frameworks.iter().any(|entry| entry.record.core);
    let (core, others): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|(at, _)| !has_core || frameworks[*at].core);
    let mut groups: Vec<FrameworkGroup> = Vec::new();
    for (at, row) in core {
        let title = frameworks[at].group.as_deref();
        match groups
            .iter_mut()
            .find(|group| group.title.as_deref() == title)
        {
            Some(group) => group.frameworks.push(row),
            None => groups.push(FrameworkGroup {
                title: title.map(str::to_owned),
                frameworks: vec![row],
            }),
        }
    }
    let context = Index {
        frame: site.frame_for_section(Section::Frameworks),
        groups,
        others: others.into_iter().map(|(_, row)| row).collect(),
    };
    site.fill("frameworks.html", path, &context)
}

fn row(site: &Site, at: At<Framework>) -> FrameworkRow {
    let record = &site.handbook.frameworks[at];
    let parts = record.parts.iter();
    FrameworkRow {
        title: record.title.to_string(),
        url: site.url_of(at),
        use_when: site.inline(&record.use_when),
        bar: site.pieces.timing_bar(at),
        parts: parts.map(|part| part.title.to_string()).collect(),
        questions: site.handbook.links.related(at, Kind::Question).len(),
    }
}

/// All that `framework.html` can see.
#[derive(Hash, Serialize)]
struct Context<'a> {
    frame: Frame,
    title: &'a str,
    also_called: Vec<&'a str>,
    use_when: Html,
    bar: Option<Shared<TimingBar>>,
    parts: Vec<FrameworkPart<'a>>,
    notes: Vec<Html>,
    faults: Vec<Html>,
    /// A question answered in this shape.
    example: Option<Shared<QuestionLink>>,
    /// Rows of the questions it fits.
    questions: Vec<Shared<Card>>,
    guides: Vec<Shared<LinkTo>>,
    cheat_sheets: Vec<Shared<LinkTo>>,
    sources: Vec<CitationLink>,
}

#[derive(Hash, Serialize)]
struct FrameworkPart<'a> {
    id: &'a str,
    title: &'a str,
    seconds: Option<u32>,
    instruction: Html,
    /// A line as it may be said.
    line: Option<String>,
    /// Whether it is the longest part.
    main: bool,
}

pub fn render(site: &Site, path: &OutputPath, at: At<Framework>) -> Result<Bytes, Box<Diagnostic>> {
    let record = &site.handbook.frameworks[at];
    let mut frame = site.frame_for_record(path, at, &record.use_when.text);
    let longest = longest(&record.parts);
    let questions = site.cards_around(at);
    let sections = [
        (true, "heading.its-parts", "parts"),
        (!record.notes.is_empty(), "heading.notes", "notes"),
        (!record.faults.is_empty(), "heading.common-faults", "faults"),
        (
            !questions.is_empty(),
            "heading.questions-it-fits",
            "questions",
        ),
    ];
    frame.set_sections(&site.words.value, &sections);
    let parts = record.parts.iter().enumerate().map(|(nth, part)| {
        let seconds = part.seconds.map(|seconds| seconds.value);
        FrameworkPart {
            id: &part.id.id,
            title: &part.title,
            seconds,
            instruction: site.html(&part.instruction),
            line: part.line.as_ref().map(|line| line.to_string()),
            main: longest == Some(nth),
        }
    });
    let context = Context {
        frame,
        title: &record.title,
        also_called: record.also_called.iter().map(|name| &**name).collect(),
        use_when: site.inline(&record.use_when),
        bar: site.pieces.timing_bar(at),
        parts: parts.collect(),
        notes: site.inlines(&record.notes),
        faults: site.inlines(&record.faults),
        example: record
            .example
            .as_ref()
            .map(|example| site.question_link(site.handbook.follow(at, example), false)),
        questions,
        guides: site.backlinks(at, Kind::Guide),
        cheat_sheets: site.backlinks(at, Kind::CheatSheet),
        sources: site.citations(at, &record.common),
    };
    site.fill("framework.html", path, &context)
}
