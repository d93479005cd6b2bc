//! Where the links of a text lead.

use pulldown_cmark::{Event, Parser, Tag};

use crate::handbook::Handbook;
use crate::markdown::{Destination, destination, dialect};
use crate::model::Kind;
use crate::plan::SitePlan;

/// Turns the addresses that authors write into those of pages.
pub(super) struct Links<'a> {
    pub(super) handbook: &'a Handbook,
    pub(super) plan: &'a SitePlan,
}

impl Links<'_> {
    /// The page's address and the record's title; `None` for what was reported when the file was read.
    pub(super) fn resolve(
        &self,
        kind: Kind,
        id: &str,
        anchor: Option<&str>,
    ) -> Option<(String, &str)> {
        let target = self.handbook.find(kind, id)?;
        let mut url = self.plan.url_of(self.handbook, target);
        if let Some(anchor) = anchor {
            url.truncate(url.find('#').unwrap_or(url.len()));
            url.push('#');
            url.push_str(anchor);
        }
        Some((url, self.handbook.title(target)))
    }

    /// A hash of what the text's links resolve to; 0 for a text without links.
    pub(super) fn key(&self, text: &str) -> u128 {
        if !text.contains(['[', '<']) {
            return 0;
        }
        let mut resolved = String::new();
        for event in Parser::new_ext(text, dialect()) {
            if let Event::Start(Tag::Link { dest_url, .. }) = event
                && let Destination::Record { kind, id, anchor } = destination(&dest_url)
                && let Some((url, title)) = self.resolve(kind, id, anchor)
            {
                resolved.push_str(&url);
                resolved.push('\n');
                resolved.push_str(title);
                resolved.push('\n');
            }
        }
        if resolved.is_empty() {
            0
        } else {
            xxhash_rust::xxh3::xxh3_128(resolved.as_bytes())
        }
    }
}
