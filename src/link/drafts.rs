//! Records that are drafts: they are not there, what refers to them does without, and a note counts that.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Place, count};
use crate::handbook::Handbook;
use crate::model::field::{Field, Markdown, TypedRef, Visit};
use crate::model::mention::{Reference, Relation};
use crate::model::shape::Shape;
use crate::model::{AnyEntry, Entry, Kind, Record, RecordKind};

/// The most links to drafts whose places are told.
const TOLD: usize = 5;

/// The drafts of a handbook that is built without them, by kind and id, with their titles.
#[derive(Default)]
pub(super) struct Drafts(BTreeMap<(Kind, String), Arc<str>>);

impl Drafts {
    pub(super) fn among(records: &[Record]) -> Self {
        let mut drafts = BTreeMap::new();
        for record in records {
            let Some(entry) = record.entry().filter(|entry| is_draft(*entry)) else {
                continue;
            };
            let key = (entry.kind(), entry.id().to_owned());
            drafts.insert(key, entry.title().text.clone());
            if let Record::Company(company) = record {
                drafts.extend(company.record.principles.iter().map(|principle| {
                    let id = format!("{}/{}", company.id, principle.id.id);
                    ((Kind::Principle, id), principle.title.text.clone())
                }));
            }
        }
        Self(drafts)
    }

    /// Whether a record is a draft; principles are ones if their company is.
    pub(super) fn have(&self, kind: Kind, id: &str) -> bool {
        !self.0.is_empty() && self.0.contains_key(&(kind, id.to_owned()))
    }

    /// A record without what refers to drafts.
    pub(super) fn left_out_of<R: RecordKind + Shape + Field + Clone>(
        &self,
        entry: &Arc<Entry<R>>,
    ) -> Arc<Entry<R>> {
        let is_absent = |kind, id: &str| self.have(kind, id);
        let fields = entry.references.all.iter().flatten();
        let mut fields = fields.filter(|one| one.relation == Relation::Field);
        if !fields.any(|one| is_absent(one.kind, &one.id)) {
            return entry.clone();
        }
        let mut record = entry.record.clone();
        record.leave_out(&is_absent);
        Arc::new(Entry {
            id: entry.id.clone(),
            path: entry.path.clone(),
            hash: entry.hash,
            record,
            references: entry.references.clone(),
        })
    }

    /// Whether a reference to nothing is one to a draft that its record does without.
    pub(super) fn excuse(&self, reference: &Reference, from: Option<&dyn AnyEntry>) -> bool {
        if !self.have(reference.kind, &reference.id) {
            return false;
        }
        let is_needed = |entry: &dyn AnyEntry| {
            let mut needed = Needed::default();
            entry.walk(&mut needed);
            needed
                .0
                .contains(&(reference.kind, reference.id.to_string()))
        };
        reference.relation == Relation::Mention || !from.is_some_and(is_needed)
    }

    /// The titles, for texts that mention drafts.
    pub(super) fn into_titles(self, handbook: &mut Handbook) {
        handbook.drafts = self.0;
    }
}

fn is_draft(entry: &dyn AnyEntry) -> bool {
    entry.common().is_some_and(|common| common.draft)
}

/// What a record still refers to in its fields.
#[derive(Default)]
struct Needed(HashSet<(Kind, String)>);

impl Visit for Needed {
    fn reference(&mut self, reference: &TypedRef) {
        self.0.insert((reference.kind, reference.id.to_string()));
    }
    fn markdown(&mut self, _: &Markdown) {}
}

/// Tells how many links to drafts were left out, and where the first ones stand.
pub(super) fn note(mut places: Vec<Place>, found: &mut Vec<Diagnostic>) {
    places.sort();
    let message = match places.len() {
        1 => "1 link leads to a draft and is left out".to_owned(),
        all => format!("{} lead to drafts and are left out", count(all, "link")),
    };
    let mut places = places.into_iter();
    let Some(first) = places.next() else { return };
    let note = Diagnostic::new(Code::DraftLink, first, message)
        .help("delete the `draft: true` of what they lead to, or build with `--drafts`");
    let more = places.take(TOLD - 1);
    found.push(more.fold(note, |note, place| note.note(place, "another is here")));
}
