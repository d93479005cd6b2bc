//! Companies and themes that a reader can have alone on the cheat sheet, and what it then says of them.

use serde::Serialize;

use super::QuestionLink;
use crate::handbook::{Handbook, RecordAt};
use crate::html::Shared;
use crate::model::Kind;
use crate::site::Site;

/// What can be chosen of one kind.
#[derive(Hash, Serialize)]
pub struct Choice<'a> {
    /// `theme` or `company`.
    pub kind: &'static str,
    /// `Theme`, `Company`.
    pub label: &'static str,
    /// `All themes`.
    pub everything: &'static str,
    /// The side that shows what is chosen.
    pub side: u32,
    pub options: Vec<Focus<'a>>,
}

/// A theme or company, and what the sheet says of it when it is chosen.
#[derive(Hash, Serialize)]
pub struct Focus<'a> {
    pub id: &'a str,
    pub title: String,
    /// Its page. Rows of other tables that link to another of its kind give way.
    pub url: String,
    /// Names of its principles.
    pub principles: Vec<String>,
    pub questions: Vec<Shared<QuestionLink>>,
}

/// How much of a printed side a choice may take, in lines of half its width: less than the rows that give way to it.
const FOCUS_LINES: usize = 14;
const FOCUS_QUESTIONS: usize = 6;

/// Characters on a line of half the width.
const LINE_CHARACTERS: usize = 52;

fn lines(text: &str) -> usize {
    text.chars().count().div_ceil(LINE_CHARACTERS)
}

/// What can be chosen: companies show on one side, themes on the other.
pub fn choices(site: &Site, themes_side: u32, companies_side: u32) -> Vec<Choice<'_>> {
    let all = |kind: Kind| site.handbook.all(kind).map(|at| focus(site, at)).collect();
    let choices = [
        Choice {
            kind: "company",
            label: "Company",
            everything: "All companies",
            side: companies_side,
            options: all(Kind::Company),
        },
        Choice {
            kind: "theme",
            label: "Theme",
            everything: "All themes",
            side: themes_side,
            options: all(Kind::Theme),
        },
    ];
    choices
        .into_iter()
        .filter(|choice| !choice.options.is_empty())
        .collect()
}

fn focus(site: &Site, at: RecordAt) -> Focus<'_> {
    let handbook = &site.handbook;
    let questions: Vec<usize> = match at.kind {
        Kind::Company => asked_most(handbook, at.nth),
        _ => handbook.questions_of(at.nth).collect(),
    };
    let principles = handbook
        .principles
        .iter()
        .enumerate()
        .filter(|(_, entry)| at.kind == Kind::Company && entry.company == at.nth)
        .map(|(nth, _)| handbook.principle(nth).title.to_string());
    let principles: Vec<String> = principles.collect();
    let mut room = FOCUS_LINES.saturating_sub(lines(&principles.join(" · ")));
    let questions = questions
        .into_iter()
        .take(FOCUS_QUESTIONS)
        .map(|nth| site.question_link(nth, false))
        .take_while(|question| {
            let taken = lines(&question.title);
            let fits = taken <= room;
            room = room.saturating_sub(taken);
            fits
        });
    Focus {
        id: handbook.id(at),
        title: handbook.title(at).to_owned(),
        url: site.url_of(at.kind, at.nth),
        questions: questions.collect(),
        principles,
    }
}

/// A company's questions: those that tell it most first, then the most frequent.
fn asked_most(handbook: &Handbook, company: usize) -> Vec<usize> {
    let rank = |nth: usize| {
        let asked = handbook.asked[nth]
            .iter()
            .find(|asked| asked.company == company)?;
        let frequency = handbook.questions.at(nth).frequency;
        Some((
            !asked.high_signal,
            frequency.map_or(u8::MAX, |frequency| frequency as u8),
            nth,
        ))
    };
    let mut ranked: Vec<_> = (0..handbook.questions.len()).filter_map(rank).collect();
    ranked.sort_unstable();
    ranked.into_iter().map(|(.., nth)| nth).collect()
}
