//! Who points to whom.

use super::{Handbook, RecordAt};
use crate::model::Kind;
use crate::model::mention::{Number, Relation};

/// Both ends of every reference.
#[derive(Default)]
pub struct Links {
    /// First position of each kind among all records.
    offsets: Vec<usize>,
    /// By record: what each reference of its file leads to, by its number.
    targets: Vec<Vec<Option<RecordAt>>>,
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
            targets: vec![Vec::new(); total],
            out: vec![Vec::new(); total],
            into: vec![Vec::new(); total],
        }
    }

    /// A record's place among all, kind by kind.
    pub fn position(&self, at: RecordAt) -> usize {
        self.offsets[at.kind as usize] + at.nth
    }

    /// Notes what each reference of a record's file leads to, by its number.
    pub fn set_targets(&mut self, at: RecordAt, targets: Vec<Option<RecordAt>>) {
        let position = self.position(at);
        self.targets[position] = targets;
    }

    /// What each reference of a record's file leads to, by its number.
    pub fn targets(&self, at: RecordAt) -> &[Option<RecordAt>] {
        &self.targets[self.position(at)]
    }

    /// What a reference leads to; `None` for one to nothing, which is an error.
    pub fn target(&self, from: RecordAt, number: Number) -> Option<RecordAt> {
        *self.targets(from).get(number.0 as usize)?
    }

    /// Adds a link; a link to itself is none.
    pub fn add(&mut self, from: RecordAt, to: RecordAt, relation: Relation) {
        if from != to {
            let (source, target) = (self.position(from), self.position(to));
            self.out[source].push((to, relation));
            self.into[target].push((from, relation));
        }
    }

    /// All links of a record: those that lead from it and those that lead to it.
    pub fn ends(&self, at: RecordAt) -> [&[(RecordAt, Relation)]; 2] {
        let position = self.position(at);
        [&self.out[position], &self.into[position]]
    }

    /// Records of a kind that name this one in a field or are named by it, in reading order.
    pub fn related(&self, at: impl Into<RecordAt>, kind: Kind) -> Vec<RecordAt> {
        self.neighbours(at.into(), |(other, relation)| {
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
    pub fn around_of(&self, at: impl Into<RecordAt>, kind: Kind) -> Vec<RecordAt> {
        self.neighbours(at.into(), |(other, _)| other.kind == kind)
    }

    /// How many records stand at the other end of a link, either way; counted up to `enough`.
    pub fn count_around(&self, at: RecordAt, enough: usize) -> usize {
        let [out, into] = self.ends(at);
        let mut found: Vec<RecordAt> = Vec::with_capacity(enough);
        for (other, _) in out.iter().chain(into) {
            if found.len() < enough && !found.contains(other) {
                found.push(*other);
            }
        }
        found.len()
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
