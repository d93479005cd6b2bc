//! A question's row in lists.

use std::hash::Hash;

use serde::Serialize;

use super::{LinkTo, clock};
use crate::diagnostic::Diagnostic;
use crate::handbook::{At, Basis, Handbook, RecordAt};
use crate::html::{Html, Shared};
use crate::model::Question;
use crate::model::question::Frequency;
use crate::template::Templates;

/// A question in the index, on theme and on company pages: its rows are filled once for all lists.
#[derive(Hash, Serialize)]
pub struct Card {
    pub id: String,
    pub title: String,
    pub url: String,
    /// Its row in the index, from `index-row.html`.
    pub index_row: Html,
    /// Its row in other lists, from `row.html`.
    pub row: Html,
    /// The same where companies have a column.
    pub row_with_companies: Html,
}

/// What a question's row can say.
#[derive(Hash, Serialize)]
struct Facts<'a> {
    id: &'a str,
    number: Option<u32>,
    title: &'a str,
    url: String,
    /// The id of its theme.
    theme: &'a str,
    /// Those that a source or the editors name.
    companies: Vec<Shared<LinkTo>>,
    /// Ids of companies, for filters: those that a source names, those that the editors name, and those that may well ask
    /// it all the same.
    sourced: Vec<&'a str>,
    editorial: Vec<&'a str>,
    expected: Vec<&'a str>,
    /// `common`, `regular` or `occasional`.
    frequency: Option<&'static str>,
    /// 1 to 3.
    difficulty: Option<u32>,
    /// Spoken length of the first model answer, `1:58`.
    length: Option<String>,
    /// Other wordings, to filter by.
    also_asked: Vec<&'a str>,
}

/// All that `index-row.html` can see.
#[derive(Serialize)]
struct IndexRow<'a> {
    card: Shared<Facts<'a>>,
}

/// All that `row.html` can see.
#[derive(Serialize)]
struct Row<'a> {
    card: Shared<Facts<'a>>,
    /// Whether companies have a column.
    companies: bool,
}

/// All that a question's card is made from, besides templates.
pub(super) fn inputs(
    handbook: &Handbook,
    link: impl Fn(RecordAt) -> Shared<LinkTo>,
    question: At<Question>,
) -> impl Hash {
    let entry = handbook.questions.entry(question);
    let theme = link(handbook.follow(question, &entry.record.theme).into());
    let asked = handbook.asked(question);
    let companies = asked.iter().map(|asked| link(asked.company.into()));
    let own = (entry.hash, link(question.into()), handbook.settings.pace());
    (own, theme, asked, companies.collect::<Vec<_>>())
}

/// Makes a question's card with its rows; reports `template`.
pub(super) fn card(
    handbook: &Handbook,
    link: impl Fn(RecordAt) -> Shared<LinkTo>,
    question: At<Question>,
    templates: &Templates,
) -> Result<Card, Box<Diagnostic>> {
    let own = link(question.into());
    // Turned into a template's value once for all rows.
    let facts = Shared::new(facts(handbook, link, question));
    let row = |companies| {
        let card = facts.clone();
        templates.piece("row.html", &Row { card, companies })
    };
    let card = facts.clone();
    Ok(Card {
        id: handbook.id(question).to_owned(),
        title: own.title.clone(),
        url: own.url.clone(),
        index_row: templates.piece("index-row.html", &IndexRow { card })?,
        row: row(false)?,
        row_with_companies: row(true)?,
    })
}

fn facts(
    handbook: &Handbook,
    link: impl Fn(RecordAt) -> Shared<LinkTo>,
    question: At<Question>,
) -> Facts<'_> {
    let entry = handbook.questions.entry(question);
    let record = &entry.record;
    let ids = |basis: Basis| {
        let asked = handbook.asked(question).iter();
        let asked = asked.filter(|asked| asked.basis == basis);
        asked.map(|asked| handbook.id(asked.company)).collect()
    };
    Facts {
        id: entry.id.as_str(),
        number: record.number.map(|number| number.value),
        title: handbook.title(question),
        url: link(question.into()).url.clone(),
        theme: handbook.id(handbook.follow(question, &record.theme)),
        companies: handbook
            .known_to_ask(question)
            .map(|asked| link(asked.company.into()))
            .collect(),
        sourced: ids(Basis::Sourced),
        editorial: ids(Basis::Editorial),
        expected: ids(Basis::Expected),
        frequency: record.frequency.map(Frequency::word),
        difficulty: record.difficulty.map(|difficulty| difficulty.value),
        length: record
            .answers
            .first()
            .map(|answer| clock(answer.speech().seconds(handbook.settings.pace()))),
        also_asked: record.also_asked.iter().map(|asked| &**asked).collect(),
    }
}
