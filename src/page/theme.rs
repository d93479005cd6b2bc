//! Themes: their index (`themes.html`) and each of them (`theme.html`).

use serde::Serialize;

use super::{Anchor, Card, CitationLink, Frame, LinkTo};
use crate::diagnostic::Diagnostic;
use crate::handbook::RecordAt;
use crate::html::{Html, Shared};
use crate::memo::Memo;
use crate::model::Kind;
use crate::output::{Bytes, OutputPath};
use crate::plan::Artifact;
use crate::site::Site;

/// A theme in a list.
#[derive(Hash, Serialize)]
pub struct ThemeRow {
    pub title: String,
    pub url: String,
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
    let counts: Vec<usize> = handbook
        .all(Kind::Theme)
        .map(|at| handbook.questions_of(at.nth).count())
        .collect();
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let row = |at: RecordAt| {
        let record = handbook.themes.at(at.nth);
        let questions: Vec<usize> = handbook.questions_of(at.nth).collect();
        ThemeRow {
            title: record.title.to_string(),
            url: site.url_of(Kind::Theme, at.nth),
            summary: site.inline(&record.summary),
            questions: questions.len(),
            share: counts[at.nth] * 100 / most,
            core_questions: questions
                .iter()
                .filter(|nth| handbook.questions.at(**nth).number.is_some())
                .count(),
            sample: questions.first().map(|nth| {
                site.link(RecordAt {
                    kind: Kind::Question,
                    nth: *nth,
                })
            }),
            core: record.core.0,
        }
    };
    handbook.all(Kind::Theme).map(row).collect()
}

/// All that `themes.html` can see.
#[derive(Hash, Serialize)]
struct Index {
    frame: Frame,
    themes: Vec<ThemeRow>,
}

pub fn render_index(site: &Site, path: &OutputPath, memo: &Memo) -> Result<Bytes, Box<Diagnostic>> {
    let description = "What interviewers test, theme by theme, with the questions of each.";
    let frame = site.frame_for(path, "Themes", "Themes", description);
    site.fill(
        "themes.html",
        path,
        &Index {
            frame,
            themes: rows(site),
        },
        memo,
    )
}

/// All that `theme.html` can see.
#[derive(Hash, Serialize)]
struct Context<'a> {
    frame: Frame,
    title: &'a str,
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

pub fn render(
    site: &Site,
    path: &OutputPath,
    nth: usize,
    memo: &Memo,
) -> Result<Bytes, Box<Diagnostic>> {
    let at = RecordAt {
        kind: Kind::Theme,
        nth,
    };
    let handbook = &site.handbook;
    let record = handbook.themes.at(nth);
    let members: Vec<usize> = handbook.questions_of(nth).collect();
    let mut frame = site.frame_for_record(path, &Artifact::Themes, at, &record.summary.text);
    let sections = [
        (true, "What it tests", "evaluates"),
        (!members.is_empty(), "Its questions", "questions"),
        (true, "What to prepare", "preparation"),
        (!record.red_flags.is_empty(), "Red flags", "red-flags"),
        (
            !record.neighbours.is_empty(),
            "Easily confused with",
            "neighbours",
        ),
    ];
    frame.contents = sections
        .iter()
        .filter(|(present, ..)| *present)
        .map(|(_, title, anchor)| Anchor::new(title, anchor))
        .collect();
    let mut counts = vec![0; handbook.companies.len()];
    members
        .iter()
        .flat_map(|nth| &handbook.asked[*nth])
        .for_each(|asked| counts[asked.company] += 1);
    let mut companies: Vec<_> = counts
        .iter()
        .enumerate()
        .filter(|(_, count)| **count > 0)
        .collect();
    companies.sort_by_key(|(company, count)| (std::cmp::Reverse(**count), *company));
    let neighbours = record.neighbours.iter().filter_map(|neighbour| {
        let other = handbook.themes.position(&neighbour.theme.id)?;
        let link = site.link(RecordAt {
            kind: Kind::Theme,
            nth: other,
        });
        Some(NeighbourView {
            title: link.title.clone(),
            url: link.url.clone(),
            difference: site.inline(&neighbour.difference),
        })
    });
    let context = Context {
        title: &record.title,
        summary: site.html(&record.summary),
        evaluates: site.inlines(&record.evaluates),
        preparation: site.inlines(&record.preparation),
        story_slot: record.story_slot.as_deref(),
        core: record.core.0,
        core_questions: members
            .iter()
            .filter(|nth| handbook.questions.at(**nth).number.is_some())
            .count(),
        questions: members
            .iter()
            .map(|nth| site.pieces.cards[*nth].clone())
            .collect(),
        companies: companies
            .into_iter()
            .map(|(company, questions)| {
                let link = site.link(RecordAt {
                    kind: Kind::Company,
                    nth: company,
                });
                CompanyCount {
                    title: link.title.clone(),
                    url: link.url.clone(),
                    questions: *questions,
                }
            })
            .collect(),
        red_flags: site.links(handbook.links.related(at, Kind::RedFlag)),
        neighbours: neighbours.collect(),
        guides: site.backlinks(at, &[Kind::Guide]),
        cheat_sheets: site.backlinks(at, &[Kind::CheatSheet]),
        checkpoints: site.backlinks(at, &[Kind::Checklist]),
        sources: site.citations(&record.common),
        frame,
    };
    site.fill("theme.html", path, &context, memo)
}
