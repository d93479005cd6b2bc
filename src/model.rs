//! The kinds of records a handbook is made of: plain data, one struct a kind.
//!
//! The structs are the one source of the format: reading, JSON Schemas and the walk over references all come
//! from them.

pub mod company;
pub mod extra;
pub mod field;
pub mod frame;
pub mod framework;
pub mod handbook;
pub mod ids;
pub mod interview;
pub mod language;
pub mod level;
pub mod markdown;
pub mod mention;
pub mod practice;
pub mod question;
pub mod reference;
pub mod schema;
pub mod shape;
pub mod speech;
pub mod theme;
pub mod track;
pub mod weak_answer;

use std::sync::Arc;

pub use company::{Company, Principle};
pub use framework::Framework;
pub use handbook::Settings;
pub use ids::{Id, RecordKind};
pub use interview::Interview;
pub use practice::{CheatSheet, Checklist, Exercise, Guide};
pub use question::{Answer, Question};
pub use reference::{FollowUp, RedFlag, Source};
pub use theme::Theme;
pub use track::Track;

pub use crate::kind::Kind;
use crate::kind::with_kinds;
use crate::source::SourcePath;
use mention::References;
use shape::Shape;

/// A record with its name and its file.
#[derive(Debug)]
pub struct Entry<R: RecordKind> {
    pub id: Id<R>,
    pub path: SourcePath,
    /// xxh3-128 of its file.
    pub hash: u128,
    pub record: R,
    /// Where it points to; of what stands in another record's file, that record's.
    pub references: Arc<References>,
}

/// The handbook's settings with their file.
#[derive(Debug)]
pub struct SettingsFile {
    /// xxh3-128 of the file.
    pub hash: u128,
    pub settings: Settings,
    pub references: References,
}

macro_rules! records {
    ($([$name:ident $($column:tt)*])*) => {
        /// One parsed file.
        #[derive(Clone, Debug)]
        pub enum Record {
            Settings(Arc<SettingsFile>),
            $($name(Arc<Entry<$name>>),)*
        }

        impl Record {
            /// What it is as a record; `None` for the settings.
            pub fn entry(&self) -> Option<&dyn AnyEntry> {
                match self {
                    Self::Settings(_) => None,
                    $(Self::$name(entry) => Some(&**entry),)*
                }
            }
        }

        $(impl From<Arc<Entry<$name>>> for Record {
            fn from(entry: Arc<Entry<$name>>) -> Self {
                Self::$name(entry)
            }
        })*
    };
}
with_kinds!(records);

impl Record {
    /// Where the file points to.
    pub fn references(&self) -> Option<&References> {
        match self {
            Self::Settings(file) => Some(&file.references),
            record => record.entry().map(AnyEntry::references),
        }
    }

    /// Shows all references and texts to a visitor, in the order of the record's fields.
    pub fn walk(&self, visit: &mut dyn field::Visit) {
        match self {
            Self::Settings(file) => file.settings.walk(visit),
            record => record
                .entry()
                .into_iter()
                .for_each(|entry| entry.walk(visit)),
        }
    }
}

/// A record of any kind.
pub trait AnyEntry {
    fn kind(&self) -> Kind;
    fn id(&self) -> &str;
    fn path(&self) -> &SourcePath;
    /// xxh3-128 of its file.
    fn hash(&self) -> u128;
    fn title(&self) -> &field::Text;
    /// What every record with a file of its own has.
    fn common(&self) -> Option<&reference::Common>;
    fn references(&self) -> &References;
    /// Shows all references and texts to a visitor, in the order of the record's fields.
    fn walk(&self, visit: &mut dyn field::Visit);
}

impl<R: RecordKind + Shape> AnyEntry for Entry<R> {
    fn kind(&self) -> Kind {
        R::KIND
    }
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn path(&self) -> &SourcePath {
        &self.path
    }
    fn hash(&self) -> u128 {
        self.hash
    }
    fn title(&self) -> &field::Text {
        self.record.title()
    }
    fn common(&self) -> Option<&reference::Common> {
        self.record.common()
    }
    fn references(&self) -> &References {
        &self.references
    }
    fn walk(&self, visit: &mut dyn field::Visit) {
        self.record.walk(visit);
    }
}
