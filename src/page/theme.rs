//! Themes: their index (`themes.html`) and each of them (`theme.html`).

use serde::Serialize;

use super::{Card, CitationLink, Frame, LinkTo, Site};
use crate::diagnostic::Diagnostic;
use crate::handbook::At;
use crate::html::{Html, Shared};
use crate::model::{Kind, Question, Theme};
use crate::output::{Bytes, OutputPath};
use crate::section::Section;

/// A theme in a list.
#[derive(Hash, Serialize)]
pub struct ThemeRow {
    pub title: String,
    pub url: String,
    /// Empty while nobody has written it.
    pub summary: Html,
    /// How many questions it has, and how many of them are core.
    pub questions: usize,
    pub core_questions: usize,
    /// Its questions, as percent of those of the theme with the most.
    pub share: usize,
    /// Its first question.
    pub sample: Option<Shared<LinkTo>>,
    /// Whether it belongs to the core.
    pub core: bool,
}

pub fn rows(site: &Site) -> Vec<ThemeRow> {
    let handbook = &site.handbook;
    let counts = handbook.themes.all();
    let counts = counts.map(|at| handbook.questions_of(at).count());
    let most = counts.max().unwrap_or(0).max(1);
    let row = |at: At<Theme>| {
        let record = &handbook.themes[at];
        let questions: Vec<At<Question>> = handbook.questions_of(at).collect();
        ThemeRow {
            title: record.title.to_string(),
            url: site.url_of(at),
            summary: site.inline(&record.summary),
            questions: questions.len(),
            share: questions.len() * 100 / most,
            core_questions: core(site, &questions),
            sample: questions.first().map(|question| site.link(*question)),
            core: record.core.0,
        }
    };
    handbook.themes.all().map(row).collect()
}

/// How many of these questions are core.
fn core(site: &Site, questions: &[At<Question>]) -> usize {
    let is_core = |at: &&At<Question>| site.handbook.questions[**at].number.is_some();
    questions.iter().filter(is_core).count()
}

/// All that `themes.html` can see.
#[derive(Hash, Serialize)]
struct Index {
    frame: Frame,
    themes: Vec<ThemeRow>,
}

pub fn render_index(site: &Site, path: &OutputPath) -> Result<Bytes, Box<Diagnostic>> {
    let frame = site.frame_for_section(Section::Themes);
    site.fill(
        "themes.html",
        path,
        &Index {
            frame,
            themes: rows(site),
        },
    )
}

/// All that `theme.html` can see.
#[derive(Hash, Serialize)]
struct Context<'a> {
    frame: Frame,
    title: &'a str,
    /// Empty while nobody has written it.
    summary: Html,
    evaluates: Vec<Html>,
    preparation: Vec<Html>,
    /// The row of the story matrix.
    story_slot: Option<&'a str>,
    core: bool,
    /// Rows of its questions, in reading order.
    questions: Vec<Shared<Card>>,
    core_questions: usize,
    /// Companies that ask questions of this theme, the most first.
    companies: Vec<CompanyCount>,
    red_flags: Vec<Shared<LinkTo>>,
    neighbours: Vec<NeighbourView>,
    guides: Vec<Shared<LinkTo>>,
    cheat_sheets: Vec<Shared<LinkTo>>,
    checkpoints: Vec<Shared<LinkTo>>,
    sources: Vec<CitationLink>,
}

/// A company and how many questions of the theme it asks.
#[derive(Hash, Serialize)]
struct CompanyCount {
    title: String,
    url: String,
    questions: usize,
}

/// An adjacent theme and what sets the two apart.
#[derive(Hash, Serialize)]
struct NeighbourView {
    title: String,
    url: String,
    difference: Html,
}

#[expect(clippy::too_many_lines, reason = "a context is filled field by field")]
pub fn render(site: &Site, path: &OutputPath, at: At<Theme>) -> Result<Bytes, Box<Diagnostic>> {
    let handbook = &site.handbook;
    let record = &handbook.themes[at];
    let members: Vec<At<Question>> = handbook.questions_of(at).collect();
    let mut frame = site.frame_for_record(path, at, &record.summary.text);
    let sections = [
        (
            !record.evaluates.is_empty(),
            "heading.what-it-tests",
            "evaluates",
        ),
        (!members.is_empty(), "heading.its-questions", "questions"),
        (
            !record.preparation.is_empty() || record.story_slot.is_some(),
            "heading.what-to-prepare",
            "preparation",
        ),
        (
            !record.red_flags.is_empty(),
            "heading.red-flags",
            "red-flags",
        ),
        (
            !record.neighbours.is_empty(),
            "heading.easily-confused-with",
            "neighbours",
        ),
    ];
    frame.set_sections(&site.words.value, &sections);
    let mut counts = vec![0; handbook.companies.len()];
    members
        .iter()
        .flat_map(|question| handbook.known_to_ask(*question))
        .for_each(|asked| counts[asked.company.nth] += 1);
    let companies = handbook.companies.all().zip(counts);
    let mut companies: Vec<_> = companies.filter(|(_, count)| *count > 0).collect();
    companies.sort_by_key(|(company, count)| (std::cmp::Reverse(*count), *company));
    let neighbours = record.neighbours.iter().map(|neighbour| {
        let link = site.link(handbook.follow(at, &neighbour.theme));
        NeighbourView {
            title: link.title.clone(),
            url: link.url.clone(),
            difference: site.inline(&neighbour.difference),
        }
    });
    let context = Context {
        title: &record.title,
        summary: site.html(&record.summary),
        evaluates: site.inlines(&record.evaluates),
        preparation: site.inlines(&record.preparation),
        story_slot: record.story_slot.as_deref(),
        core: record.core.0,
        core_questions: core(site, &members),
        questions: members
            .iter()
            .map(|question| site.pieces.card(*question))
            .collect(),
        companies: companies
            .into_iter()
            .map(|(company, questions)| {
                let link = site.link(company);
                CompanyCount {
                    title: link.title.clone(),
                    url: link.url.clone(),
                    questions,
                }
            })
            .collect(),
        red_flags: site.links(handbook.links.related(at, Kind::RedFlag)),
        neighbours: neighbours.collect(),
        guides: site.backlinks(at, Kind::Guide),
        cheat_sheets: site.backlinks(at, Kind::CheatSheet),
        checkpoints: site.backlinks(at, Kind::Checklist),
        sources: site.citations(at, &record.common),
        frame,
    };
    site.fill("theme.html", path, &context)
}
