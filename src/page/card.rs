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

/// A question in the index, on theme and on company pages.
#[derive(Clone, Hash, Serialize)]
pub struct Card {
    pub id: String,
    pub number: Option<u32>,
    pub title: String,
    pub url: String,
    pub theme: Shared<LinkTo>,
    /// Those that a source or the editors name.
    pub companies: Vec<Shared<LinkTo>>,
    /// Ids of companies, for filters: those that a source names, those that the editors name, and those that may well ask
    /// it all the same.
    pub sourced: Vec<String>,
    pub editorial: Vec<String>,
    pub expected: Vec<String>,
    /// `common`, `regular` or `occasional`.
    pub frequency: Option<&'static str>,
    /// 1 to 3.
    pub difficulty: Option<u32>,
    /// Spoken length of the first model answer, `1:58`.
    pub length: Option<String>,
    /// Other wordings, to filter by.
    pub also_asked: Vec<String>,
    /// Its row in the index, from `index-row.html`.
    pub index_row: Html,
    /// Its row in other lists, from `row.html`.
    pub row: Html,
    /// The same where companies have a column.
    pub row_with_companies: Html,
}

/// All that `index-row.html` can see.
#[derive(Serialize)]
struct IndexRow<'a> {
    /// Without its rows.
    card: Shared<Card>,
    /// The id of its theme.
    theme: &'a str,
}

/// All that `row.html` can see.
#[derive(Serialize)]
struct Row {
    /// Without its rows.
    card: Shared<Card>,
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
    // Turned into a template's value once for all rows.
    let card = Shared::new(without_rows(handbook, link, question));
    let row = |companies| {
        let row = Row {
            card: card.clone(),
            companies,
        };
        templates.piece("row.html", &row)
    };
    let theme = handbook.follow(question, &handbook.questions[question].theme);
    let row_of_index = IndexRow {
        card: card.clone(),
        theme: handbook.id(theme),
    };
    Ok(Card {
        index_row: templates.piece("index-row.html", &row_of_index)?,
        row: row(false)?,
        row_with_companies: row(true)?,
        ..Card::clone(&card)
    })
}

fn without_rows(
    handbook: &Handbook,
    link: impl Fn(RecordAt) -> Shared<LinkTo>,
    question: At<Question>,
) -> Card {
    let entry = handbook.questions.entry(question);
    let record = &entry.record;
    let own = link(question.into());
    let ids = |basis: Basis| {
        let asked = handbook.asked(question).iter();
        let asked = asked.filter(|asked| asked.basis == basis);
        asked
            .map(|asked| handbook.companies.entry(asked.company).id.to_string())
            .collect()
    };
    Card {
        id: entry.id.to_string(),
        number: record.number.map(|number| number.value),
        title: own.title.clone(),
        url: own.url.clone(),
        theme: link(handbook.follow(question, &record.theme).into()),
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
        also_asked: record
            .also_asked
            .iter()
            .map(|asked| asked.to_string())
            .collect(),
        index_row: Html::default(),
        row: Html::default(),
        row_with_companies: Html::default(),
    }
}
