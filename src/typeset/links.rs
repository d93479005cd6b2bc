//! Where the links of a text lead.

use std::ops::Range;

use crate::handbook::{Handbook, RecordAt};
use crate::html::hash_of;
use crate::media::{Media, Medium};
use crate::model::Kind;
use crate::model::mention::{MediaMention, References};
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

impl Link<'_> {
    /// What it is found by.
    fn written(&self) -> (Kind, &str, Option<&str>) {
        (self.kind, self.id, self.anchor)
    }
}

/// The links of a text that lead to records, and what it shows and offers of the author's: each once and in order, so that
/// one of very many is found at once.
#[derive(Default)]
pub(super) struct Links<'a> {
    records: Vec<Link<'a>>,
    media: Vec<(&'a str, &'a Medium)>,
}

impl<'a> Links<'a> {
    /// The links of a text that has none.
    pub(super) fn none() -> Self {
        Self::default()
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
        let mut records: Vec<_> = links.collect();
        records.sort_by(|one, other| one.written().cmp(&other.written()));
        records.dedup_by(|one, other| one.written() == other.written());
        Self {
            records,
            media: Vec::new(),
        }
    }

    /// The same with the pictures and files that the text names.
    pub(super) fn with_media(mut self, media: &'a Media, mentions: &'a [MediaMention]) -> Self {
        let named = mentions.iter();
        let named = named.filter_map(|one| Some((&*one.name, media.get(&one.name)?)));
        self.media = named.collect();
        self.media.sort_by_key(|(name, _)| *name);
        self.media.dedup_by_key(|(name, _)| *name);
        self
    }

    /// A picture or a file by its name in the text.
    pub(super) fn medium(&self, name: &str) -> Option<&'a Medium> {
        let nth = self.media.binary_search_by_key(&name, |(known, _)| *known);
        Some(self.media[nth.ok()?].1)
    }

    /// The page's address, which drafts have not, and the record's title; `None` for what was reported when the file was
    /// read.
    pub(super) fn find(
        &self,
        kind: Kind,
        id: &str,
        anchor: Option<&str>,
    ) -> Option<(Option<&str>, &'a str)> {
        let wanted = (kind, id, anchor);
        let nth = self
            .records
            .binary_search_by(|link| link.written().cmp(&wanted));
        let link = &self.records[nth.ok()?];
        Some((link.url.as_deref(), link.title))
    }

    /// A hash of where the links lead.
    pub(super) fn key(&self) -> u128 {
        let ends = self.records.iter().map(|link| (&link.url, link.title));
        let media = self.media.iter().map(|(_, one)| (&one.path, one.size));
        hash_of(&(ends.collect::<Vec<_>>(), media.collect::<Vec<_>>()))
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
