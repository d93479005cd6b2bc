//! Companies: their index (`companies.html`) and each of them (`company.html`).

use serde::Serialize;

use super::matrix::{Matrix, matrix};
use super::principle::questions_of;
use super::{Card, CitationLink, Frame, LinkTo, QuestionLink, Site, day, first_sentence};
use crate::diagnostic::Diagnostic;
use crate::handbook::At;
use crate::html::{Html, Shared};
use crate::model::{Company, Kind, Principle};
use crate::output::{Bytes, OutputPath};
use crate::section::Section;

/// A company in a list.
#[derive(Hash, Serialize)]
struct Row {
    title: String,
    url: String,
    framework_name: String,
    /// The first sentence of its summary.
    summary: String,
    /// How many questions it asks.
    questions: usize,
    principles: usize,
}

/// All that `companies.html` can see.
#[derive(Hash, Serialize)]
struct Index {
    frame: Frame,
    companies: Vec<Row>,
    matrix: Matrix,
}

pub fn render_index(site: &Site, path: &OutputPath) -> Result<Bytes, Box<Diagnostic>> {
    let handbook = &site.handbook;
    let mut counts = vec![0; handbook.companies.len()];
    handbook
        .asked
        .iter()
        .flatten()
        .for_each(|asked| counts[asked.company.nth] += 1);
    let companies = handbook.companies.all().map(|at| {
        let record = &handbook.companies[at];
        Row {
            title: record.title.to_string(),
            url: site.url_of(at),
            framework_name: record.framework_name.to_string(),
            summary: first_sentence(&record.summary.text),
            questions: counts[at.nth],
            principles: record.principles.len(),
        }
    });
    let description = "What each company listens for, which questions it asks, and how to prepare.";
    let context = Index {
        frame: site.frame_for_section(Section::Companies, description),
        companies: companies.collect(),
        matrix: matrix(site),
    };
    site.fill("companies.html", path, &context)
}

/// All that `company.html` can see.
#[derive(Hash, Serialize)]
struct Context<'a> {
    frame: Frame,
    title: &'a str,
    framework_name: &'a str,
    summary: Html,
    listens_for: Vec<Html>,
    written_notes: Vec<String>,
    prepare: Vec<Html>,
    /// Rows of the questions that tell most.
    high_signal: Vec<Shared<Card>>,
    /// Whether the editors chose them.
    high_signal_editorial: bool,
    principles: Vec<PrincipleRow>,
    questions_to_ask: Vec<Html>,
    /// Its questions by theme, in reading order.
    themes: Vec<ThemeGroup>,
    /// How many questions it asks.
    questions: usize,
    /// When the facts were last checked, `20 November 2026`.
    checked: Option<String>,
    guides: Vec<Shared<LinkTo>>,
    cheat_sheets: Vec<Shared<LinkTo>>,
    sources: Vec<CitationLink>,
}

/// A principle in its company's table.
#[derive(Hash, Serialize)]
struct PrincipleRow {
    title: String,
    url: String,
    meaning: Html,
    questions: Vec<Shared<QuestionLink>>,
}

/// Questions of one theme that the company asks.
#[derive(Hash, Serialize)]
struct ThemeGroup {
    /// Its place on the page.
    id: String,
    title: String,
    url: String,
    questions: Vec<Shared<QuestionLink>>,
}

pub fn render(site: &Site, path: &OutputPath, at: At<Company>) -> Result<Bytes, Box<Diagnostic>> {
    let handbook = &site.handbook;
    let record = &handbook.companies[at];
    let themes = theme_groups(site, at);
    let principles: Vec<PrincipleRow> = handbook
        .principles_of(at)
        .map(|principle| principle_row(site, principle))
        .collect();
    let mut frame = site.frame_for_record(path, at, &record.summary.text);
    let sections = [
        (true, "What they listen for", "listens-for"),
        (
            !record.written_notes.is_empty(),
            "What they write down",
            "notes",
        ),
        (
            !record.high_signal.is_empty(),
            "High-signal questions",
            "high-signal",
        ),
        (!principles.is_empty(), "Principles", "principles"),
        (true, "How to prepare", "prepare"),
        (
            !record.questions_to_ask.is_empty(),
            "Questions to ask them",
            "ask",
        ),
        (!themes.is_empty(), "All its questions", "questions"),
    ];
    frame.set_sections(&sections);
    let context = Context {
        frame,
        title: &record.title,
        framework_name: &record.framework_name,
        summary: site.html(&record.summary),
        listens_for: site.inlines(&record.listens_for),
        written_notes: record
            .written_notes
            .iter()
            .map(|note| note.to_string())
            .collect(),
        prepare: site.inlines(&record.prepare),
        high_signal: record
            .high_signal
            .iter()
            .map(|question| site.pieces.card(handbook.follow(at, question)))
            .collect(),
        high_signal_editorial: record.high_signal_editorial,
        principles,
        questions_to_ask: site.inlines(&record.questions_to_ask),
        questions: themes.iter().map(|theme| theme.questions.len()).sum(),
        themes,
        checked: record.checked.as_ref().map(day),
        guides: site.backlinks(at, Kind::Guide),
        cheat_sheets: site.backlinks(at, Kind::CheatSheet),
        sources: site.citations(at, &record.common),
    };
    site.fill("company.html", path, &context)
}

/// The questions that a company asks, by theme, in reading order.
fn theme_groups(site: &Site, company: At<Company>) -> Vec<ThemeGroup> {
    let handbook = &site.handbook;
    let question_link = |question| {
        let asked = handbook.asked(question);
        let asked = asked.iter().find(|asked| asked.company == company)?;
        Some(site.question_link(question, asked.editorial))
    };
    let group = |theme| {
        let link = site.link(theme);
        ThemeGroup {
            id: handbook.id(theme).to_owned(),
            title: link.title.clone(),
            url: link.url.clone(),
            questions: handbook
                .questions_of(theme)
                .filter_map(question_link)
                .collect(),
        }
    };
    let groups = handbook.themes.all().map(group);
    groups.filter(|group| !group.questions.is_empty()).collect()
}

fn principle_row(site: &Site, at: At<Principle>) -> PrincipleRow {
    let link = site.link(at);
    let (core, editorial) = questions_of(site, at);
    PrincipleRow {
        title: link.title.clone(),
        url: link.url.clone(),
        meaning: site.inline(&site.handbook.principles[at].meaning),
        questions: core.into_iter().chain(editorial).collect(),
    }
}
