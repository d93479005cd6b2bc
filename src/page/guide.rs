//! Guides: their index (`guides.html`) and each of them (`guide.html`).

use serde::Serialize;

use super::{Anchor, CitationLink, Frame, LinkTo};
use crate::diagnostic::Diagnostic;
use crate::handbook::RecordAt;
use crate::html::{Html, Shared};
use crate::memo::Memo;
use crate::model::Kind;
use crate::output::{Bytes, OutputPath};
use crate::plan::Artifact;
use crate::site::Site;

/// All that `guides.html` can see.
#[derive(Hash, Serialize)]
struct Index {
    frame: Frame,
    guides: Vec<Row>,
}

/// A guide in the index.
#[derive(Hash, Serialize)]
struct Row {
    title: String,
    url: String,
    summary: String,
}

pub fn render_index(site: &Site, path: &OutputPath, memo: &Memo) -> Result<Bytes, Box<Diagnostic>> {
    let guides = site
        .handbook
        .guides
        .iter()
        .enumerate()
        .map(|(nth, entry)| Row {
            title: entry.record.title.to_string(),
            url: site.url_of(Kind::Guide, nth),
            summary: entry.record.summary.to_string(),
        });
    let frame = site.frame_for(path, "Guides", "Guides", "Chapters to read, in order.");
    site.fill(
        "guides.html",
        path,
        &Index {
            frame,
            guides: guides.collect(),
        },
        memo,
    )
}

/// All that `guide.html` can see.
#[derive(Hash, Serialize)]
struct Context<'a> {
    frame: Frame,
    title: &'a str,
    /// Its place among the guides, from 1.
    chapter: usize,
    summary: &'a str,
    body: Html,
    related: Vec<Shared<LinkTo>>,
    /// Other records that link here.
    backlinks: Vec<Shared<LinkTo>>,
    sources: Vec<CitationLink>,
}

pub fn render(
    site: &Site,
    path: &OutputPath,
    nth: usize,
    memo: &Memo,
) -> Result<Bytes, Box<Diagnostic>> {
    let at = RecordAt {
        kind: Kind::Guide,
        nth,
    };
    let record = site.handbook.guides.at(nth);
    let mut frame = site.frame_for_record(path, &Artifact::Guides, at, &record.summary);
    frame.contents = site
        .bodies
        .contents(&record.body.0)
        .iter()
        .map(|heading| Anchor::new(&heading.title, &heading.anchor))
        .collect();
    let related: Vec<RecordAt> = record
        .related
        .iter()
        .filter_map(|link| site.handbook.find(link.kind, &link.id))
        .collect();
    let backlinks = site
        .handbook
        .links
        .to(at)
        .into_iter()
        .filter(|from| !related.contains(from));
    let context = Context {
        frame,
        title: &record.title,
        chapter: nth + 1,
        summary: &record.summary,
        body: site.html(&record.body.0),
        backlinks: site.links(backlinks),
        related: site.links(related),
        sources: site.citations(&record.common),
    };
    site.fill("guide.html", path, &context, memo)
}
