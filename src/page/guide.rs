//! Guides: their index (`guides.html`) and each of them (`guide.html`).

use serde::Serialize;

use super::{Anchor, CitationLink, Frame, LinkTo, Place, Site};
use crate::diagnostic::Diagnostic;
use crate::handbook::{At, RecordAt};
use crate::html::{Html, Shared};
use crate::model::Guide;
use crate::output::{Bytes, OutputPath};
use crate::section::Section;

/// All that `guides.html` can see.
#[derive(Hash, Serialize)]
struct Index {
    frame: Frame,
    guides: Vec<GuideRow>,
    /// What else there is to read.
    more: Vec<Place>,
}

/// A guide in the index.
#[derive(Hash, Serialize)]
struct GuideRow {
    title: String,
    url: String,
    summary: String,
}

pub fn render_index(site: &Site, path: &OutputPath) -> Result<Bytes, Box<Diagnostic>> {
    let guides = site.handbook.guides.all().map(|at| {
        let record = &site.handbook.guides[at];
        GuideRow {
            title: record.title.to_string(),
            url: site.url_of(at),
            summary: record.summary.to_string(),
        }
    });
    let frame = site.frame_for_section(Section::Guides);
    site.fill(
        "guides.html",
        path,
        &Index {
            frame,
            more: site.places([
                (Section::Tracks, "about.tracks"),
                (Section::Interviews, "about.interviews"),
            ]),
            guides: guides.collect(),
        },
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

pub fn render(site: &Site, path: &OutputPath, at: At<Guide>) -> Result<Bytes, Box<Diagnostic>> {
    let record = &site.handbook.guides[at];
    let mut frame = site.frame_for_record(path, at, &record.summary);
    frame.contents = site
        .bodies
        .body(&record.body.0)
        .contents
        .iter()
        .map(|heading| Anchor::new(&heading.title, &heading.anchor))
        .collect();
    let related: Vec<RecordAt> = record
        .related
        .iter()
        .map(|link| site.handbook.follow_typed(at, link))
        .collect();
    let backlinks = site
        .handbook
        .links
        .to(at.into())
        .into_iter()
        .filter(|from| !related.contains(from));
    let context = Context {
        frame,
        title: &record.title,
        chapter: at.nth + 1,
        summary: &record.summary,
        body: site.html(&record.body.0),
        backlinks: site.links(backlinks),
        related: site.links(related),
        sources: site.citations(at, &record.common),
    };
    site.fill("guide.html", path, &context)
}
