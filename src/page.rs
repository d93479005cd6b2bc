//! Pages: one file a kind of page, each with the context its template sees.

pub mod card;
pub mod cheat_sheet;
pub mod checkpoint;
pub mod choice;
pub mod code;
pub mod columns;
pub mod company;
pub mod excerpt;
pub mod follow_up;
pub mod frame;
pub mod framework;
pub mod guide;
pub mod home;
pub mod icons;
pub mod index;
pub mod interview;
pub mod key;
mod marked;
pub mod matrix;
pub mod my_data;
pub mod pieces;
mod plain;
pub mod practice;
pub mod principle;
pub mod print;
pub mod question;
pub mod redirect;
pub mod route;
pub mod share;
pub mod siblings;
pub mod site;
mod skeleton;
pub mod stories;
mod tags;
pub mod theme;
pub mod timing;
pub mod track;
pub mod weak_answer;

use std::hash::Hash;

use serde::Serialize;

pub use card::Card;
pub use frame::Frame;
pub use site::{Memo, Site};

use crate::diagnostic::Diagnostic;
use crate::handbook::{At, RecordAt};
use crate::model::Kind;
use crate::output::{Bytes, OutputPath, OutputTree};
use crate::section::Section;

/// The page of a section.
pub fn section(site: &Site, path: &OutputPath, section: Section) -> Result<Bytes, Box<Diagnostic>> {
    match section {
        Section::Questions => index::render_questions(site, path),
        Section::Themes => theme::render_index(site, path),
        Section::Companies => company::render_index(site, path),
        Section::Frameworks => framework::render_index(site, path),
        Section::CheatSheet => cheat_sheet::render_index(site, path),
        Section::Plan => checkpoint::render_index(site, path),
        Section::Practice => practice::render_index(site, path),
        Section::Guides => guide::render_index(site, path),
        Section::Interviews => interview::render_index(site, path),
        Section::Tracks => track::render_index(site, path),
        Section::WeakAnswers => weak_answer::render(site, path),
        Section::RedFlags => index::render_red_flags(site, path),
        Section::FollowUps => index::render_follow_ups(site, path),
        Section::Sources => index::render_sources(site, path),
        Section::Stories => stories::render(site, path),
        Section::MyData => my_data::render(site, path),
        Section::AllPages => index::render_all(site, path),
        Section::Print => print::render(site, path, &OutputTree::default()),
    }
}

/// The page of a record.
pub fn record(site: &Site, path: &OutputPath, at: RecordAt) -> Result<Bytes, Box<Diagnostic>> {
    let nth = at.nth;
    match at.kind {
        Kind::Question => question::render(site, path, At::new(nth)),
        Kind::Theme => theme::render(site, path, At::new(nth)),
        Kind::Company => company::render(site, path, At::new(nth)),
        Kind::Principle => principle::render(site, path, At::new(nth)),
        Kind::Framework => framework::render(site, path, At::new(nth)),
        Kind::Checklist => checkpoint::render(site, path, At::new(nth)),
        Kind::CheatSheet => cheat_sheet::render(site, path, At::new(nth)),
        Kind::Exercise => practice::render(site, path, At::new(nth)),
        Kind::Guide => guide::render(site, path, At::new(nth)),
        Kind::Interview => interview::render(site, path, At::new(nth)),
        Kind::Track => track::render(site, path, At::new(nth)),
        // Their rows in the table of kinds give them no pages of their own.
        Kind::RedFlag | Kind::FollowUp | Kind::Source => section(site, path, at.kind.section()),
    }
}

/// A link with its text.
#[derive(Clone, Hash, Serialize, Debug)]
pub struct LinkTo {
    pub title: String,
    pub url: String,
    /// What stands there, as in typed references: `question`, `cheat-sheet`; `page` for what is no record.
    pub kind: &'static str,
}

/// An index page in a list of others.
#[derive(Clone, Hash, Serialize)]
pub struct Place {
    pub title: String,
    pub url: String,
    /// What it is for.
    pub about: String,
}

/// A question in a list.
#[derive(Clone, Hash, Serialize)]
pub struct QuestionLink {
    pub id: String,
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

/// Seconds as a clock shows them: `1:58`.
pub fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
