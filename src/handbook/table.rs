//! Records in reading order, and their places in it.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Index;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::model::shape::Shape;
use crate::model::{AnyEntry, Entry, Id, Kind, RecordKind};

/// A record's place in the reading order of its kind.
pub struct At<R> {
    pub nth: usize,
    kind: PhantomData<fn() -> R>,
}

impl<R> At<R> {
    pub fn new(nth: usize) -> Self {
        Self {
            nth,
            kind: PhantomData,
        }
    }
}

impl<R> Clone for At<R> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<R> Copy for At<R> {}
impl<R> PartialEq for At<R> {
    fn eq(&self, other: &Self) -> bool {
        self.nth == other.nth
    }
}
impl<R> Eq for At<R> {}
impl<R> PartialOrd for At<R> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<R> Ord for At<R> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.nth.cmp(&other.nth)
    }
}
impl<R> Hash for At<R> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.nth.hash(state);
    }
}
impl<R> fmt::Debug for At<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.nth.fmt(f)
    }
}

/// One record of any kind, by its place in the reading order of its kind.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RecordAt {
    pub kind: Kind,
    pub nth: usize,
}

impl RecordAt {
    /// The same as the place of a record of this type; `None` if it is of another.
    pub fn of<R: RecordKind>(self) -> Option<At<R>> {
        (self.kind == R::KIND).then(|| At::new(self.nth))
    }
}

impl<R: RecordKind> From<At<R>> for RecordAt {
    fn from(at: At<R>) -> Self {
        Self {
            kind: R::KIND,
            nth: at.nth,
        }
    }
}

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
    /// Adds a record behind the others; `put_in_order` comes after the last.
    pub fn push(&mut self, entry: Arc<Entry<R>>) {
        self.entries.push(entry);
    }

    /// Sorts the records by a key; those with equal keys keep their order.
    pub fn put_in_order<K: Ord>(&mut self, key: impl Fn(&R) -> K) {
        self.entries.sort_by_cached_key(|entry| key(&entry.record));
        self.positions = self
            .entries
            .iter()
            .enumerate()
            .map(|(nth, entry)| (entry.id.clone(), nth))
            .collect();
    }

    /// Changes those records that must be.
    pub fn change(&mut self, must: impl Fn(&R) -> bool, change: impl Fn(&mut R))
    where
        R: Clone,
    {
        for entry in self.entries.iter_mut().filter(|entry| must(&entry.record)) {
            let mut record = entry.record.clone();
            change(&mut record);
            *entry = Arc::new(Entry {
                id: entry.id.clone(),
                path: entry.path.clone(),
                hash: entry.hash,
                record,
                references: entry.references.clone(),
            });
        }
    }

    pub fn entry(&self, at: At<R>) -> &Entry<R> {
        &self.entries[at.nth]
    }

    /// The place of the record with an id.
    pub fn position(&self, id: &str) -> Option<At<R>> {
        self.positions.get(id).map(|nth| At::new(*nth))
    }

    /// The places of all records.
    pub fn all(&self) -> impl ExactSizeIterator<Item = At<R>> + DoubleEndedIterator + use<R> {
        (0..self.entries.len()).map(At::new)
    }

    /// All records.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Entry<R>> + DoubleEndedIterator {
        self.entries.iter().map(|entry| &**entry)
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl<R: RecordKind> Index<At<R>> for Table<R> {
    type Output = R;

    fn index(&self, at: At<R>) -> &R {
        &self.entries[at.nth].record
    }
}

/// The records of a kind that the caller does not know.
pub trait AnyTable {
    fn count(&self) -> usize;
    fn entry(&self, nth: usize) -> &dyn AnyEntry;
    /// The place of the record with an id.
    fn position(&self, id: &str) -> Option<usize>;
}

impl<R: RecordKind + Shape> AnyTable for Table<R> {
    fn count(&self) -> usize {
        self.len()
    }
    fn entry(&self, nth: usize) -> &dyn AnyEntry {
        &*self.entries[nth]
    }
    fn position(&self, id: &str) -> Option<usize> {
        Table::position(self, id).map(|at| at.nth)
    }
}
