//! Companies and themes that a reader can have alone on the cheat sheet, and what it then says of them.

use serde::Serialize;

use super::{QuestionLink, Site};
use crate::handbook::{At, Handbook, RecordAt};
use crate::html::Shared;
use crate::model::{Company, Question, Theme};

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
    let handbook = &site.handbook;
    let companies = handbook.companies.all().map(|at| of_company(site, at));
    let themes = handbook.themes.all().map(|at| of_theme(site, at));
    let choices = [
        Choice {
            kind: "company",
            label: "Company",
            everything: "All companies",
            side: companies_side,
            options: companies.collect(),
        },
        Choice {
            kind: "theme",
            label: "Theme",
            everything: "All themes",
            side: themes_side,
            options: themes.collect(),
        },
    ];
    choices
        .into_iter()
        .filter(|choice| !choice.options.is_empty())
        .collect()
}

fn of_company(site: &Site, company: At<Company>) -> Focus<'_> {
    let handbook = &site.handbook;
    let principles = handbook.principles_of(company);
    let principles = principles.map(|at| handbook.principles[at].title.to_string());
    let questions = asked_most(handbook, company);
    focus(site, company, principles.collect(), questions)
}

fn of_theme(site: &Site, theme: At<Theme>) -> Focus<'_> {
    let questions = site.handbook.questions_of(theme);
    focus(site, theme, Vec::new(), questions)
}

fn focus(
    site: &Site,
    at: impl Into<RecordAt>,
    principles: Vec<String>,
    questions: impl IntoIterator<Item = At<Question>>,
) -> Focus<'_> {
    let at = at.into();
    let mut room = FOCUS_LINES.saturating_sub(lines(&principles.join(" · ")));
    let questions = questions
        .into_iter()
        .take(FOCUS_QUESTIONS)
        .map(|question| site.question_link(question, false))
        .take_while(|question| {
            let taken = lines(&question.title);
            let fits = taken <= room;
            room = room.saturating_sub(taken);
            fits
        });
    Focus {
        id: site.handbook.id(at),
        title: site.handbook.title(at).to_owned(),
        url: site.url_of(at),
        questions: questions.collect(),
        principles,
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
