//! The kinds of records a handbook is made of: plain data, one struct a kind.
//!
//! The structs are the one source of the format: reading, JSON Schemas and the walk over references all come
//! from them.

pub mod company;
pub mod field;
pub mod framework;
pub mod handbook;
pub mod ids;
pub mod language;
pub mod practice;
pub mod question;
pub mod reference;
pub mod shape;
pub mod theme;

use std::sync::Arc;

pub use company::{Company, Principle};
pub use framework::Framework;
pub use handbook::Settings;
pub use ids::{Id, Kind, RecordKind};
pub use practice::{CheatSheet, Checklist, Exercise, Guide};
pub use question::{Answer, Question};
pub use reference::{FollowUp, RedFlag, Source};
pub use theme::Theme;

use crate::source::SourcePath;

/// A record with its name and its file.
#[derive(Debug)]
pub struct Entry<R: RecordKind> {
    pub id: Id<R>,
    pub path: SourcePath,
    pub record: R,
}

/// One parsed file.
#[derive(Clone, Debug)]
pub enum Record {
    Settings(Arc<(SourcePath, Settings)>),
    Question(Arc<Entry<Question>>),
    Theme(Arc<Entry<Theme>>),
    Company(Arc<Entry<Company>>),
    Framework(Arc<Entry<Framework>>),
    Checklist(Arc<Entry<Checklist>>),
    CheatSheet(Arc<Entry<CheatSheet>>),
    Exercise(Arc<Entry<Exercise>>),
    Guide(Arc<Entry<Guide>>),
    RedFlag(Arc<Entry<RedFlag>>),
    FollowUp(Arc<Entry<FollowUp>>),
    Source(Arc<Entry<Source>>),
}

impl Record {
    /// Shows all references and Markdown to a visitor, in the order of the record's fields.
    pub fn walk(&self, visit: &mut dyn field::Visit) {
        use shape::Shape;
        match self {
            Self::Settings(settings) => settings.1.walk(visit),
            Self::Question(entry) => entry.record.walk(visit),
            Self::Theme(entry) => entry.record.walk(visit),
            Self::Company(entry) => entry.record.walk(visit),
            Self::Framework(entry) => entry.record.walk(visit),
            Self::Checklist(entry) => entry.record.walk(visit),
            Self::CheatSheet(entry) => entry.record.walk(visit),
            Self::Exercise(entry) => entry.record.walk(visit),
            Self::Guide(entry) => entry.record.walk(visit),
            Self::RedFlag(entry) => entry.record.walk(visit),
            Self::FollowUp(entry) => entry.record.walk(visit),
            Self::Source(entry) => entry.record.walk(visit),
        }
    }
}
