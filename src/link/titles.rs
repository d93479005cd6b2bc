//! Titles: where they stand, and pages that share one, which nobody can tell apart in tabs, bookmarks and search.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::gaps::Gaps;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::handbook::{Handbook, RecordAt};
use crate::model::Principle;
use crate::section::Section;
use crate::words::Words;

/// Where a record's title stands in its file.
pub(super) fn title_place(handbook: &Handbook, at: RecordAt) -> Place {
    let entry = handbook.entry(at);
    Place::new(entry.path(), entry.title().at)
}

/// The first page of a title.
enum First {
    Index(Section),
    Record(RecordAt),
}

/// Reports the later of two pages with the same title, whatever its capitals and the spaces between its words.
pub(super) fn shared(handbook: &Handbook, words: &Words, gaps: &Gaps, found: &mut Vec<Diagnostic>) {
    let indexes = Section::ALL
        .iter()
        .filter(|section| handbook.fills(**section))
        .map(|section| {
            (
                (None, as_read(words.section(*section))),
                First::Index(*section),
            )
        });
    let mut pages: FxHashMap<_, First> = indexes.collect();
    let records = handbook
        .everything()
        .filter(|at| handbook.has_page(*at))
        .filter(|at| !gaps.hold(at.kind, handbook.id(*at)));
    for at in records {
        let title = handbook.title(at);
        // A principle has the name that its company gave it, and others, and other pages, may use the same.
        let company = at.of::<Principle>().map(|at| handbook.employer(at).nth);
        let first = match pages.entry((company, as_read(title))) {
            Entry::Occupied(first) => first.into_mut(),
            Entry::Vacant(new) => {
                new.insert(First::Record(at));
                continue;
            }
        };
        let report =
            |message| Diagnostic::new(Code::DuplicateTitle, title_place(handbook, at), message);
        let one = match first {
            First::Index(section) => report(format!(
                "the page `/{}/` has the title `{title}` too",
                section.folder()
            )),
            First::Record(earlier) => report(format!("two pages have the title `{title}`"))
                .note(title_place(handbook, *earlier), "the first is here"),
        };
        found.push(one.help("give this page a title of its own"));
    }
}

/// A title as far as two look different: on pages, any space is one space.
fn as_read(title: &str) -> String {
    let words: Vec<&str> = title.split_whitespace().collect();
    words.join(" ").to_lowercase()
}
