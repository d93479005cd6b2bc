//! A question's row in lists.

use std::hash::Hash;

use serde::Serialize;

use super::LinkTo;
use super::question::length;
use crate::handbook::{At, Basis, Handbook, RecordAt};
use crate::html::Shared;
use crate::model::Question;
use crate::model::question::Frequency;

/// A question's row in the index, on theme and on company pages.
#[derive(Hash, Serialize)]
pub struct Card {
    pub id: String,
    pub number: Option<u32>,
    pub title: String,
    pub url: String,
    pub theme: Shared<LinkTo>,
    /// Those that a source or the editors name.
    pub companies: Vec<Asker>,
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
}

/// A company that asks a question.
#[derive(Hash, Serialize)]
pub struct Asker {
    pub title: String,
    /// Titles of the principles that the question tests there, in the company's order.
    pub principles: Vec<String>,
}

/// All that a question's row is made from.
pub(super) fn inputs(
    handbook: &Handbook,
    link: impl Fn(RecordAt) -> Shared<LinkTo>,
    question: At<Question>,
) -> impl Hash {
    let entry = handbook.questions.entry(question);
    let theme = link(handbook.follow(question, &entry.record.theme).into());
    let asked = handbook.asked(question);
    let askers = asked.iter().flat_map(|one| {
        let principles = one.principles.iter().map(|(at, _)| RecordAt::from(*at));
        std::iter::once(one.company.into()).chain(principles)
    });
    let askers = askers.map(&link).collect::<Vec<_>>();
    let settings = &handbook.settings;
    let told = (settings.pace(), settings.spoken.0);
    let own = (entry.hash, link(question.into()), told);
    (own, theme, asked, askers)
}

/// Makes a question's row.
pub(super) fn card(
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
            .map(|asked| Asker {
                title: link(asked.company.into()).title.clone(),
                principles: asked
                    .principles
                    .iter()
                    .map(|(at, _)| link((*at).into()).title.clone())
                    .collect(),
            })
            .collect(),
        sourced: ids(Basis::Sourced),
        editorial: ids(Basis::Editorial),
        expected: ids(Basis::Expected),
        frequency: record.frequency.map(Frequency::word),
        difficulty: record.difficulty.map(|difficulty| difficulty.value),
        length: record
            .answers
            .first()
            .and_then(|answer| length(handbook, answer)),
        also_asked: record
            .also_asked
            .iter()
            .map(|asked| asked.to_string())
            .collect(),
    }
}
