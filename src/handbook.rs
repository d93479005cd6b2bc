//! The linked model: all records in reading order, and who points to whom. Every reference in it leads somewhere.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::model::field::Visit;
use crate::model::shape::Shape;
use crate::model::{
    CheatSheet, Checklist, Company, Entry, Exercise, FollowUp, Framework, Guide, Id, Kind,
    Principle, Question, RecordKind, RedFlag, Settings, Source, Theme,
};
use crate::parse::Relation;
use crate::source::SourcePath;

/// The records of one kind, in reading order.
pub struct Table<R: RecordKind> {
    entries: Vec<Arc<Entry<R>>>,
    positions: FxHashMap<Id<R>, usize>,
}

impl<R: RecordKind> Default for Table<R> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            positions: FxHashMap::default(),
        }
    }
}

impl<R: RecordKind> Table<R> {
    pub fn new(entries: Vec<Arc<Entry<R>>>) -> Self {
        let positions = entries
            .iter()
            .enumerate()
            .map(|(nth, entry)| (entry.id.clone(), nth))
            .collect();
        Self { entries, positions }
    }

    /// A record by its place in the reading order.
    pub fn at(&self, nth: usize) -> &R {
        &self.entries[nth].record
    }

    pub fn entry(&self, nth: usize) -> &Entry<R> {
        &self.entries[nth]
    }

    /// A record's place in the reading order.
    pub fn position(&self, id: &Id<R>) -> Option<usize> {
        self.named(id.as_str())
    }

    fn named(&self, name: &str) -> Option<usize> {
        self.positions.get(name).copied()
    }

    pub fn get(&self, id: &Id<R>) -> Option<&R> {
        self.position(id).map(|nth| self.at(nth))
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Entry<R>> + DoubleEndedIterator {
        self.entries.iter().map(|entry| &**entry)
    }

    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.id.as_str())
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// One record of any kind, by its place in the reading order of its kind.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RecordAt {
    pub kind: Kind,
    pub nth: usize,
}

/// A principle: it stands in its company's file.
#[derive(Clone, Debug)]
pub struct PrincipleEntry {
    /// `company/principle`.
    pub id: Id<Principle>,
    /// The company's place in the reading order.
    pub company: usize,
    /// The principle's place in its company.
    pub nth: usize,
}

/// A company that asks a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The company's place in the reading order.
    pub company: usize,
    /// Whether only the editors say so.
    pub editorial: bool,
    /// Whether it is among the company's high-signal questions.
    pub high_signal: bool,
    /// The principles it tests, in the company's order, and whether only the editors say so.
    pub principles: Vec<(usize, bool)>,
}

/// A whole handbook.
#[derive(Default)]
pub struct Handbook {
    pub settings: Settings,
    pub questions: Table<Question>,
    pub themes: Table<Theme>,
    pub companies: Table<Company>,
    pub principles: Vec<PrincipleEntry>,
    pub frameworks: Table<Framework>,
    pub checklists: Table<Checklist>,
    pub cheat_sheets: Table<CheatSheet>,
    pub exercises: Table<Exercise>,
    pub guides: Table<Guide>,
    pub red_flags: Table<RedFlag>,
    pub follow_ups: Table<FollowUp>,
    pub sources: Table<Source>,
    /// By question: the companies that ask it, in their order.
    pub asked: Vec<Vec<Asked>>,
    pub links: Links,
    pub(crate) principle_positions: FxHashMap<Id<Principle>, usize>,
}

/// Runs a piece of code with the table of a kind; principles have none.
macro_rules! with_table {
    ($handbook:expr, $kind:expr, $table:ident => $body:expr, $principle:expr) => {
        match $kind {
            Kind::Question => {
                let $table = &$handbook.questions;
                $body
            }
            Kind::Theme => {
                let $table = &$handbook.themes;
                $body
            }
            Kind::Company => {
                let $table = &$handbook.companies;
                $body
            }
            Kind::Framework => {
                let $table = &$handbook.frameworks;
                $body
            }
            Kind::Checklist => {
                let $table = &$handbook.checklists;
                $body
            }
            Kind::CheatSheet => {
                let $table = &$handbook.cheat_sheets;
                $body
            }
            Kind::Exercise => {
                let $table = &$handbook.exercises;
                $body
            }
            Kind::Guide => {
                let $table = &$handbook.guides;
                $body
            }
            Kind::RedFlag => {
                let $table = &$handbook.red_flags;
                $body
            }
            Kind::FollowUp => {
                let $table = &$handbook.follow_ups;
                $body
            }
            Kind::Source => {
                let $table = &$handbook.sources;
                $body
            }
            Kind::Principle => $principle,
        }
    };
}

impl Handbook {
    /// The record with an id.
    pub fn find(&self, kind: Kind, id: &str) -> Option<RecordAt> {
        let nth = with_table!(self, kind, table => table.named(id), self.principle_positions.get(id).copied())?;
        Some(RecordAt { kind, nth })
    }

    pub fn count(&self, kind: Kind) -> usize {
        with_table!(self, kind, table => table.len(), self.principles.len())
    }

    pub fn id(&self, at: RecordAt) -> &str {
        with_table!(self, at.kind, table => table.entry(at.nth).id.as_str(), self.principles[at.nth].id.as_str())
    }

    pub fn title(&self, at: RecordAt) -> &str {
        with_table!(self, at.kind, table => &table.at(at.nth).title, &self.principle(at.nth).title)
    }

    /// The file a record stands in.
    pub fn path(&self, at: RecordAt) -> &SourcePath {
        with_table!(self, at.kind, table => &table.entry(at.nth).path, &self.companies.entry(self.principles[at.nth].company).path)
    }

    /// Where a record's title stands in its file.
    pub fn title_span(&self, at: RecordAt) -> crate::diagnostic::Span {
        with_table!(self, at.kind, table => table.at(at.nth).title.at, self.principle(at.nth).title.at)
    }

    /// What every record has; a principle's are its company's.
    pub fn common(&self, at: RecordAt) -> &crate::model::reference::Common {
        with_table!(self, at.kind, table => &table.at(at.nth).common, &self.companies.at(self.principles[at.nth].company).common)
    }

    pub fn principle(&self, nth: usize) -> &Principle {
        let entry = &self.principles[nth];
        &self.companies.at(entry.company).principles[entry.nth]
    }

    /// All records of a kind, in reading order.
    pub fn all(&self, kind: Kind) -> impl Iterator<Item = RecordAt> + use<> {
        (0..self.count(kind)).map(move |nth| RecordAt { kind, nth })
    }

    /// All records, kind by kind.
    pub fn everything(&self) -> impl Iterator<Item = RecordAt> + '_ {
        Kind::ALL.iter().flat_map(|kind| self.all(*kind))
    }

    /// The questions of a theme, in reading order.
    pub fn questions_of(&self, theme: usize) -> impl Iterator<Item = usize> + '_ {
        let id = &self.themes.entry(theme).id;
        // Questions are ordered by theme, so a theme's stand together.
        let start = self
            .questions
            .entries
            .partition_point(|entry| self.theme_of(entry) < theme);
        (start..self.questions.len()).take_while(move |nth| self.questions.at(*nth).theme.id == *id)
    }

    fn theme_of(&self, question: &Entry<Question>) -> usize {
        self.themes
            .position(&question.record.theme.id)
            .unwrap_or(usize::MAX)
    }

    /// Shows all Markdown of one record to a visitor.
    pub fn walk_record(&self, at: RecordAt, visit: &mut dyn Visit) {
        with_table!(self, at.kind, table => table.at(at.nth).walk(visit), self.principle(at.nth).walk(visit));
    }
}

/// Who points to whom.
#[derive(Default)]
pub struct Links {
    /// First position of each kind among all records.
    offsets: Vec<usize>,
    out: Vec<Vec<(RecordAt, Relation)>>,
    into: Vec<Vec<(RecordAt, Relation)>>,
}

impl Links {
    /// No links yet between the records of a handbook.
    pub fn between(handbook: &Handbook) -> Self {
        let mut offsets = Vec::with_capacity(Kind::ALL.len());
        let mut total = 0;
        for kind in Kind::ALL {
            offsets.push(total);
            total += handbook.count(*kind);
        }
        Self {
            offsets,
            out: vec![Vec::new(); total],
            into: vec![Vec::new(); total],
        }
    }

    fn position(&self, at: RecordAt) -> usize {
        self.offsets[at.kind as usize] + at.nth
    }

    /// Adds a link; a link to itself is none.
    pub fn add(&mut self, from: RecordAt, to: RecordAt, relation: Relation) {
        if from != to {
            let (source, target) = (self.position(from), self.position(to));
            self.out[source].push((to, relation));
            self.into[target].push((from, relation));
        }
    }

    /// Records of a kind that name this one in a field or are named by it, in reading order.
    pub fn related(&self, at: RecordAt, kind: Kind) -> Vec<RecordAt> {
        self.neighbours(at, |(other, relation)| {
            other.kind == kind && *relation == Relation::Field
        })
    }

    /// Records that link to this one, by a field or in their text, in the order of kinds.
    pub fn to(&self, at: RecordAt) -> Vec<RecordAt> {
        let mut found: Vec<_> = self.into[self.position(at)]
            .iter()
            .map(|(other, _)| *other)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Records of a kind at the other end of a link of any sort, either way.
    pub fn around_of(&self, at: RecordAt, kind: Kind) -> Vec<RecordAt> {
        self.neighbours(at, |(other, _)| other.kind == kind)
    }

    /// Every record at the other end of a link, either way.
    pub fn around(&self, at: RecordAt) -> Vec<RecordAt> {
        self.neighbours(at, |_| true)
    }

    fn neighbours(
        &self,
        at: RecordAt,
        wanted: impl Fn(&(RecordAt, Relation)) -> bool,
    ) -> Vec<RecordAt> {
        let position = self.position(at);
        let mut found: Vec<_> = self.out[position]
            .iter()
            .chain(&self.into[position])
            .filter(|link| wanted(link))
            .map(|(other, _)| *other)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
