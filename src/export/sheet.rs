//! `sheet-data.js`: what the cheat sheet says of one company or theme, as a script, so that it also loads from the disk.
//! The page loads it when a reader chooses one: with all of them in it, it would be twice as long. What is said fits the
//! room that other tables leave on the printed side. Addresses in it begin at the site's root.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Export, Kept, Memo, Render};
use crate::handbook::{At, Handbook, RecordAt};
use crate::model::company::Stage;
use crate::model::{Company, Principle, Question, Theme};
use crate::output::Bytes;
use crate::page::Site;
use crate::page::key::Shows;
use crate::plan::SHEET_DATA;

pub(super) const EXPORT: Export = Export {
    path: SHEET_DATA,
    exists: |_| true,
    kept: Kept::First,
    own: super::ASKED_FOR,
    shows: |_| Shows::Lists,
    render: Render::FromSite(render),
};

/// By their ids.
#[derive(Hash, Serialize)]
struct Data<'a> {
    company: BTreeMap<&'a str, Focus<'a>>,
    theme: BTreeMap<&'a str, Focus<'a>>,
}

#[derive(Hash, Serialize)]
struct Focus<'a> {
    title: &'a str,
    /// What a company calls its values.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
    url: &'a str,
    parts: Vec<Part<'a>>,
}

#[derive(Hash, Serialize)]
struct Part<'a> {
    title: &'a str,
    items: Vec<Item<'a>>,
    /// What stands between the items on one line; without it each has its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    between: Option<&'static str>,
    /// Whether they are words said aloud.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    said: bool,
}

#[derive(Hash, Serialize)]
struct Item<'a> {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

/// How much of a printed side a choice may take, in lines of half its width: less than the tables that give way to it.
const COMPANY_LINES: usize = 53;
const THEME_LINES: usize = 14;

/// The most lines of each list, so that every list has its share.
const LISTENS_FOR_LINES: usize = 10;
const NOTES_LINES: usize = 7;
const ASK_LINES: usize = 8;
const QUESTIONS: usize = 6;

/// Characters on a line of half the width, and the lines that a heading takes with the room above it.
const LINE_CHARACTERS: usize = 54;
const HEADING_LINES: usize = 2;

fn lines(text: &str) -> usize {
    text.chars().count().div_ceil(LINE_CHARACTERS)
}

fn render(site: &Site, memo: &Memo) -> Bytes {
    let handbook = &site.handbook;
    let data = Data {
        company: handbook
            .companies
            .all()
            .map(|at| (handbook.id(at), of_company(site, at)))
            .collect(),
        theme: handbook
            .themes
            .all()
            .map(|at| (handbook.id(at), of_theme(site, at)))
            .collect(),
    };
    memo.script("sheetData", &data)
}

/// Parts that are added as long as there is room.
struct Parts<'a> {
    room: usize,
    parts: Vec<Part<'a>>,
}

impl<'a> Parts<'a> {
    fn new(room: usize) -> Self {
        Self {
            room,
            parts: Vec::new(),
        }
    }

    /// A line of short items.
    fn line(&mut self, title: &'a str, between: &'static str, items: Vec<Item<'a>>) {
        let characters = items.iter().map(|item| item.text.chars().count() + 3);
        let taken = HEADING_LINES + characters.sum::<usize>().div_ceil(LINE_CHARACTERS);
        if !items.is_empty() && taken <= self.room {
            self.room -= taken;
            self.parts.push(Part {
                title,
                items,
                between: Some(between),
                said: false,
            });
        }
    }

    /// The first items of a list, as many as fit.
    fn list(&mut self, title: &'a str, most: usize, said: bool, items: Vec<Item<'a>>) {
        let mut room = self.room.saturating_sub(HEADING_LINES).min(most);
        let before = room;
        let items: Vec<Item<'_>> = items
            .into_iter()
            .take_while(|item| {
                let taken = lines(&item.text);
                let fits = taken <= room;
                room = room.saturating_sub(taken);
                fits
            })
            .collect();
        if !items.is_empty() {
            let taken: usize = items.iter().map(|item| lines(&item.text)).sum();
            self.room -= HEADING_LINES + taken.min(before);
            self.parts.push(Part {
                title,
                items,
                between: None,
                said,
            });
        }
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one part of the sheet after the other"
)]
fn of_company(site: &Site, at: At<Company>) -> Focus<'_> {
    let handbook = &site.handbook;
    let record = &handbook.companies[at];
    let in_focus = &handbook.focus[at.nth];
    let others = handbook.principles_of(at);
    let others: Vec<_> = others.filter(|one| !in_focus.contains(one)).collect();
    let principles = |all: &[At<Principle>]| -> Vec<Item<'_>> {
        let principles = all.iter().map(|one| linked(site, *one));
        principles.collect()
    };
    let mut parts = Parts::new(COMPANY_LINES);
    parts.line(
        site.word("heading.principles-to-know-first"),
        " · ",
        principles(in_focus),
    );
    let rest = if in_focus.is_empty() {
        site.word("heading.principles")
    } else {
        site.word("heading.the-other-principles")
    };
    parts.line(rest, " · ", principles(&others));
    let stages = record.process.iter().map(|one| said(stage(site, one)));
    parts.line(site.word("heading.the-interviews"), " → ", stages.collect());
    let decision = record
        .decision
        .iter()
        .map(|text| said(site.plain(&text.text)));
    parts.line(site.word("heading.how-it-decides"), " ", decision.collect());
    let notes = record
        .written_notes
        .iter()
        .map(|note| said(site.plain(note)));
    parts.list(
        site.word("cheat-sheet.may-write-down"),
        NOTES_LINES,
        false,
        notes.collect(),
    );
    if record.principles.is_empty() {
        let listens_for = record
            .listens_for
            .iter()
            .map(|one| said(site.plain(&one.text)));
        let listens_for = listens_for.collect();
        parts.list(
            site.word("cheat-sheet.listen-for"),
            LISTENS_FOR_LINES,
            false,
            listens_for,
        );
    }
    let ask = record.questions_to_ask.iter();
    let ask = ask.map(|one| said(site.plain(&one.text))).collect();
    parts.list(site.word("cheat-sheet.ask-them"), ASK_LINES, true, ask);
    let questions = asked_most(handbook, at).into_iter().take(QUESTIONS);
    let questions = questions.map(|one| linked(site, one)).collect();
    parts.list(
        site.word("cheat-sheet.may-ask"),
        usize::MAX,
        true,
        questions,
    );
    Focus {
        title: handbook.title(at),
        by: Some(&record.framework_name),
        url: site.path_of(at),
        parts: parts.parts,
    }
}

fn of_theme(site: &Site, at: At<Theme>) -> Focus<'_> {
    let questions = site.handbook.questions_of(at).take(QUESTIONS);
    let questions = questions.map(|one| linked(site, one)).collect();
    let mut parts = Parts::new(THEME_LINES);
    parts.list(
        site.word("cheat-sheet.first-questions"),
        usize::MAX,
        true,
        questions,
    );
    Focus {
        title: site.handbook.title(at),
        by: None,
        url: site.path_of(at),
        parts: parts.parts,
    }
}

/// Its name and the minutes that it takes.
fn stage(site: &Site, stage: &Stage) -> String {
    match &stage.minutes {
        Some(minutes) => {
            let minutes = site
                .words
                .value
                .filled("count.min", &[("n", &minutes.value)]);
            format!("{} ({minutes})", &*stage.stage)
        }
        None => stage.stage.to_string(),
    }
}

fn said(text: String) -> Item<'static> {
    Item { text, url: None }
}

fn linked(site: &Site, at: impl Into<RecordAt>) -> Item<'_> {
    let at = at.into();
    Item {
        text: site.link(at).title.clone(),
        url: Some(site.path_of(at)),
    }
}

/// A company's questions: those that tell it most first, then the most frequent.
fn asked_most(handbook: &Handbook, company: At<Company>) -> Vec<At<Question>> {
    let rank = |question: At<Question>| {
        let mut asked = handbook.known_to_ask(question);
        let asked = asked.find(|asked| asked.company == company)?;
        let frequency = handbook.questions[question].frequency;
        Some((
            !asked.high_signal,
            frequency.map_or(u8::MAX, |frequency| frequency as u8),
            question,
        ))
    };
    let mut ranked: Vec<_> = handbook.questions.all().filter_map(rank).collect();
    ranked.sort_unstable();
    ranked.into_iter().map(|(.., question)| question).collect()
}
