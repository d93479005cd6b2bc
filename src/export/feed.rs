//! `feed.xml`: what has changed lately, for who follows the handbook. Format: Atom, RFC 4287.

use std::cmp::Reverse;
use std::fmt::Write as _;

use super::{Export, Kept, Render};
use crate::handbook::RecordAt;
use crate::html::escape;
use crate::model::field::Date;
use crate::output::Bytes;
use crate::page::Site;
use crate::page::key::Shows;
use crate::plan::{FEED, Own};

pub(super) const EXPORT: Export = Export {
    path: FEED,
    exists: |circumstances| circumstances.has_address && circumstances.has_dates,
    kept: Kept::Never,
    own: Own::Refused("delete this file, or `updated` in the records, from which the feed is made"),
    shows: |_| Shows::Lists,
    render: Render::FromSite(|site, _| render(site)),
};

/// How many records it lists, the latest first.
const ENTRIES: usize = 50;

/// Lists the records with pages of their own that say when they were updated.
fn render(site: &Site) -> Bytes {
    let handbook = &site.handbook;
    let settings = &handbook.settings;
    let dated = handbook.everything().filter(|at| handbook.has_page(*at));
    let mut dated: Vec<(&Date, RecordAt)> = dated
        .filter_map(|at| Some((handbook.updated(at)?, at)))
        .collect();
    // Of one day, in reading order.
    dated.sort_by_key(|(date, _)| Reverse(date.0));
    dated.truncate(ENTRIES);
    let home = site.base_url.as_deref().unwrap_or("/");
    let latest = dated.first().map(|(date, _)| moment(date));
    let author = settings.author.as_deref().unwrap_or(&settings.title);
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    writeln!(
        xml,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<id>{home}</id>\n<title>{}</title>\n\
         <updated>{}</updated>\n<author><name>{}</name></author>\n<link href=\"{home}\"/>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{home}{FEED}\"/>",
        escape(settings.language()),
        escape(&settings.title),
        latest.unwrap_or_default(),
        escape(author),
        home = escape(home),
    )
    .expect("a string takes any write");
    for (date, at) in dated {
        let Some(address) = site.absolute(&site.url_of(at)) else {
            continue;
        };
        writeln!(
            xml,
            "<entry><id>{address}</id><title>{}</title><updated>{}</updated><link href=\"{address}\"/><category term=\"{}\"/></entry>",
            escape(handbook.title(at)),
            moment(date),
            at.kind.word(),
            address = escape(&address),
        )
        .expect("a string takes any write");
    }
    xml.push_str("</feed>\n");
    Bytes::from(xml)
}

/// The first moment of a day.
fn moment(date: &Date) -> String {
    format!("{}T00:00:00Z", date.0)
}
