//! Where the links of a text lead.

use std::ops::Range;

use crate::handbook::{Handbook, RecordAt};
use crate::html::hash_of;
use crate::model::Kind;
use crate::model::mention::References;
use crate::plan::record_url;

/// A link of a text: as it is written, and where it leads.
struct Link<'a> {
    kind: Kind,
    id: &'a str,
    anchor: Option<&'a str>,
    /// The page's address; `None` for a draft, which has none.
    url: Option<String>,
    /// The record's title.
    title: &'a str,
}

/// The links of a text that lead to records.
pub(super) struct Links<'a>(Vec<Link<'a>>);

impl<'a> Links<'a> {
    /// The links of a text that has none.
    pub(super) fn none() -> Self {
        Self(Vec::new())
    }

    /// The links with the numbers of the range among a file's references.
    pub(super) fn new(
        handbook: &'a Handbook,
        references: &'a References,
        targets: &[Option<RecordAt>],
        range: Range<usize>,
    ) -> Self {
        let links = range.filter_map(|number| {
            let reference = references.all.get(number)?.as_ref()?;
            let anchor = reference.anchor.as_deref();
            let (url, title) = match *targets.get(number)? {
                Some(target) => (Some(url(handbook, target, anchor)), handbook.title(target)),
                None => (None, handbook.draft_title(reference.kind, &reference.id)?),
            };
            Some(Link {
                kind: reference.kind,
                id: &reference.id,
                anchor,
                url,
                title,
            })
        });
        Self(links.collect())
    }

    /// The page's address, which drafts have not, and the record's title; `None` for what was reported when the file was
    /// read.
    pub(super) fn find(
        &self,
        kind: Kind,
        id: &str,
        anchor: Option<&str>,
    ) -> Option<(Option<&str>, &'a str)> {
        let mut links = self.0.iter();
        let link = links.find(|link| (link.kind, link.id, link.anchor) == (kind, id, anchor))?;
        Some((link.url.as_deref(), link.title))
    }

    /// A hash of where the links lead.
    pub(super) fn key(&self) -> u128 {
        let ends: Vec<_> = self.0.iter().map(|link| (&link.url, link.title)).collect();
        hash_of(&ends)
    }
}

/// The address of a record, or of a heading on its page.
fn url(handbook: &Handbook, target: RecordAt, anchor: Option<&str>) -> String {
    let mut url = record_url(handbook, target);
    if let Some(anchor) = anchor {
        url.truncate(url.find('#').unwrap_or(url.len()));
        url.push('#');
        url.push_str(anchor);
    }
    url
}
