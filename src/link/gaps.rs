//! What is not known because of an error elsewhere, so that one mistake is one report.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::Kind;
use crate::model::ids::{is_id, proposed_id};
use crate::parse::kind_and_id;

/// Nothing that only follows from a gap is reported.
pub(super) struct Gaps {
    /// Records that could not be read, or not whole.
    records: HashSet<(Kind, String)>,
    /// Whether all links between records are known: who links to whom can only be judged then.
    pub(super) links_are_known: bool,
}

impl Gaps {
    /// The gaps that errors in files leave.
    pub(super) fn left_by(found: &[Diagnostic]) -> Self {
        let mut records = HashSet::new();
        let mut links_are_known = true;
        for one in found.iter().filter(|one| one.severity() == Severity::Error) {
            links_are_known = false;
            // A link that leads nowhere takes nothing else from its record.
            let is_link = matches!(
                one.code,
                Code::BrokenLink | Code::UnsafeLink | Code::UnknownKind
            );
            let Some((kind, id)) = kind_and_id(&one.place.path).filter(|_| !is_link) else {
                continue;
            };
            // A file with a bad name is known by the name it should have.
            if !is_id(id) {
                records.extend(proposed_id(id).map(|id| (kind, id)));
            }
            records.insert((kind, id.to_owned()));
        }
        Self {
            records,
            links_are_known,
        }
    }

    /// Whether a record is not known whole; a principle is as known as its company.
    pub(super) fn hold(&self, kind: Kind, id: &str) -> bool {
        let (kind, id) = match (kind, id.split_once('/')) {
            (Kind::Principle, Some((company, _))) => (Kind::Company, company),
            _ => (kind, id),
        };
        !self.records.is_empty() && self.records.contains(&(kind, id.to_owned()))
    }
}
