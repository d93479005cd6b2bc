//! Pages: one file a kind of page, each with the context its template sees.

pub mod cheat_sheet;
pub mod checkpoint;
pub mod choice;
pub mod code;
pub mod columns;
pub mod company;
pub mod excerpt;
pub mod frame;
pub mod framework;
pub mod guide;
pub mod home;
pub mod index;
pub mod pieces;
pub mod practice;
pub mod print;
pub mod question;
pub mod redirect;
pub mod theme;

use std::hash::Hash;

use pulldown_cmark::{Event, Parser, TagEnd};
use serde::Serialize;

pub use frame::Frame;
pub use question::Card;

use crate::handbook::RecordAt;
use crate::html::Shared;
use crate::model::Kind;
use crate::model::field::Date;
use crate::model::reference::Common;
use crate::site::Site;

/// A link with its text.
#[derive(Clone, Hash, Serialize, Debug)]
pub struct LinkTo {
    pub title: String,
    pub url: String,
    /// What stands there, as in typed references: `question`, `cheat-sheet`; `page` for what is no record.
    pub kind: &'static str,
}

/// A question in a list.
#[derive(Clone, Hash, Serialize)]
pub struct QuestionLink {
    pub title: String,
    pub url: String,
    /// Its core number.
    pub number: Option<u32>,
    /// Whether only the editors put it here.
    pub editorial: bool,
}

/// A place on the page itself.
#[derive(Clone, Hash, Serialize)]
pub struct Anchor {
    pub title: String,
    pub anchor: String,
}

impl Anchor {
    fn new(title: &str, anchor: &str) -> Self {
        Self {
            title: title.to_owned(),
            anchor: anchor.to_owned(),
        }
    }
}

/// A place in a source.
#[derive(Clone, Hash, Serialize)]
pub struct CitationLink {
    pub title: String,
    pub url: String,
    /// The place in the source.
    pub place: Option<String>,
}

impl Site {
    pub fn link(&self, at: RecordAt) -> Shared<LinkTo> {
        self.pieces.link(at)
    }

    pub fn links(&self, records: impl IntoIterator<Item = RecordAt>) -> Vec<Shared<LinkTo>> {
        records.into_iter().map(|at| self.link(at)).collect()
    }

    /// A question in a list.
    pub fn question_link(&self, nth: usize, editorial: bool) -> Shared<QuestionLink> {
        self.pieces.question_link(nth, editorial)
    }

    /// The rows of the questions that a record names or that name it.
    pub fn cards_around(&self, at: RecordAt) -> Vec<Shared<Card>> {
        self.handbook
            .links
            .related(at, Kind::Question)
            .into_iter()
            .map(|question| self.pieces.cards[question.nth].clone())
            .collect()
    }

    /// Each source once, with all the places in it.
    pub fn citations(&self, common: &Common) -> Vec<CitationLink> {
        let mut links: Vec<CitationLink> = Vec::new();
        for citation in &common.sources {
            let Some(nth) = self.handbook.sources.position(&citation.source.id) else {
                continue;
            };
            let link = self.link(RecordAt {
                kind: Kind::Source,
                nth,
            });
            let place = citation
                .r#where
                .as_ref()
                .map(|place| place.text.to_string());
            match links.iter_mut().find(|other| other.url == link.url) {
                Some(other) => {
                    let places = other.place.take().into_iter().chain(place);
                    other.place = places.reduce(|all, place| format!("{all}, {place}"));
                }
                None => links.push(CitationLink {
                    title: link.title.clone(),
                    url: link.url.clone(),
                    place,
                }),
            }
        }
        links
    }

    /// What links here: records of these kinds that point to this one in their text or fields.
    pub fn backlinks(&self, at: RecordAt, kinds: &[Kind]) -> Vec<Shared<LinkTo>> {
        self.links(
            self.handbook
                .links
                .to(at)
                .into_iter()
                .filter(|from| kinds.contains(&from.kind)),
        )
    }
}

/// Text for `description`: one line of at most about 160 characters, ended at a word.
pub fn summary(text: &str) -> String {
    const LIMIT: usize = 160;
    let mut plain = String::new();
    if crate::markdown::is_plain(text) {
        // Nothing to interpret, and no need to look beyond what is shown.
        let end = text
            .char_indices()
            .nth(LIMIT + 1)
            .map_or(text.len(), |(end, _)| end);
        plain.push_str(&text[..end]);
    }
    let plain = if plain.is_empty() {
        first_paragraph(text)
    } else {
        plain.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
    };
    if plain.chars().count() <= LIMIT {
        return plain;
    }
    let cut: String = plain.chars().take(LIMIT).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', ';', ':', '.']))
}

/// The words of a text's first paragraph, in one line.
fn first_paragraph(text: &str) -> String {
    let mut plain = String::new();
    for event in Parser::new_ext(text, crate::markdown::dialect()) {
        plain.push_str(crate::markdown::shown(&event).unwrap_or_default());
        match event {
            Event::End(TagEnd::Paragraph | TagEnd::HtmlBlock) => break,
            Event::End(TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell) => plain.push(' '),
            _ => {}
        }
    }
    plain.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first sentence of a text, for lists in which the whole would be too much.
pub fn first_sentence(text: &str) -> String {
    let mut plain = first_paragraph(text);
    if let Some(end) = plain.find(". ") {
        plain.truncate(end + 1);
    }
    crate::markdown::curly(&plain)
}

/// A date in words: `20 November 2026`.
pub fn day(date: &Date) -> String {
    date.0.strftime("%-d %B %Y").to_string()
}

/// Seconds as a clock shows them: `1:58`.
pub fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
