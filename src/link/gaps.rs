//! What is not known because of an error elsewhere, so that one mistake is one report, and all else is reported in the
//! same run.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::Kind;
use crate::model::ids::{is_id, proposed_id};
use crate::parse::kind_and_id;
use crate::source::Sources;

/// Nothing that only follows from a gap is reported.
#[derive(Default)]
pub(super) struct Gaps {
    /// Records that could not be read, or not whole.
    records: HashSet<(Kind, String)>,
    /// Kinds in the place of whose folder something else stands: nothing is known of their records.
    kinds: HashSet<Kind>,
    /// Records with links to nothing, and the kinds that these were to lead to.
    unsure: HashMap<(Kind, String), HashSet<Kind>>,
    /// Ids that stand in files with errors, and those that may have been meant by links to nothing, with the kinds of
    /// these files: records of these ids may be linked to from there.
    mentioned: HashMap<String, HashSet<Option<Kind>>>,
}

impl Gaps {
    /// The gaps that errors in files leave.
    pub(super) fn left_by(found: &[Diagnostic], sources: &Sources) -> Self {
        let mut gaps = Self::default();
        let mut seen = HashSet::new();
        for one in found.iter().filter(|one| one.severity() == Severity::Error) {
            let path = &one.place.path;
            let place = kind_and_id(path);
            if path.as_str().starts_with("content/") && seen.insert(path) {
                gaps.mention(sources.text(path), place.map(|(kind, _)| kind));
            }
            let Some((kind, id)) = place else {
                let folder = path.as_str().strip_prefix("content/");
                gaps.kinds.extend(folder.and_then(Kind::from_folder));
                continue;
            };
            // A link that leads nowhere takes nothing else from its record.
            if matches!(
                one.code,
                Code::BrokenLink | Code::UnsafeLink | Code::UnknownKind
            ) {
                for to in Kind::ALL {
                    gaps.doubt(kind, id, *to);
                }
                continue;
            }
            // A file with a bad name is known by the name it should have.
            if !is_id(id) {
                gaps.records
                    .extend(proposed_id(id).map(|proposed| (kind, proposed)));
            }
            gaps.records.insert((kind, id.to_owned()));
        }
        gaps
    }

    /// Everything in a text of a file, of this kind, that could be an id may be linked to from it.
    pub(super) fn mention(&mut self, text: &str, kind: Option<Kind>) {
        let could_be_in_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let words = text.split(|c| !could_be_in_id(c));
        let words = words.map(|word| word.trim_matches('-'));
        for id in words.filter(|word| is_id(word)) {
            self.mentioned
                .entry(id.to_owned())
                .or_default()
                .insert(kind);
        }
    }

    /// Notes that a link of a record leads to nothing, where one of a kind was to be.
    pub(super) fn doubt(&mut self, kind: Kind, id: &str, to: Kind) {
        let unsure = self.unsure.entry((kind, id.to_owned())).or_default();
        unsure.insert(to);
    }

    /// Whether a record is not known whole; a principle is as known as its company.
    pub(super) fn hold(&self, kind: Kind, id: &str) -> bool {
        let (kind, id) = match (kind, id.split_once('/')) {
            (Kind::Principle, Some((company, _))) => (Kind::Company, company),
            _ => (kind, id),
        };
        self.kinds.contains(&kind)
            || !self.records.is_empty() && self.records.contains(&(kind, id.to_owned()))
    }

    /// Whether all links from a record and to it are known: who links to whom can only be judged then.
    pub(super) fn leave_links_of(&self, kind: Kind, id: &str) -> bool {
        self.kinds.is_empty()
            && !self.hold(kind, id)
            && !self.unsure.contains_key(&(kind, id.to_owned()))
            && !self.mentioned.contains_key(id)
    }

    /// The same of the links between a record and others of its kind.
    pub(super) fn leave_neighbours_of(&self, kind: Kind, id: &str) -> bool {
        let unsure = self.unsure.get(&(kind, id.to_owned()));
        let mentioned = self.mentioned.get(id);
        self.kinds.is_empty()
            && !self.hold(kind, id)
            && !unsure.is_some_and(|to| to.contains(&kind))
            && !mentioned.is_some_and(|by| by.contains(&Some(kind)))
    }
}
