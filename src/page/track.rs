//! Role tracks: their index (`tracks.html`) and each of them (`track.html`).

use serde::Serialize;

use super::{Card, CitationLink, Frame, LinkTo, Site};
use crate::diagnostic::Diagnostic;
use crate::handbook::At;
use crate::html::{Html, Shared};
use crate::model::{Kind, Track};
use crate::output::{Bytes, OutputPath};
use crate::section::Section;

/// All that `tracks.html` can see.
#[derive(Hash, Serialize)]
struct Index<'a> {
    frame: Frame,
    tracks: Vec<TrackRow<'a>>,
}

/// A track in the index.
#[derive(Hash, Serialize)]
struct TrackRow<'a> {
    title: &'a str,
    url: String,
    summary: Html,
    questions: usize,
}

pub fn render_index(site: &Site, path: &OutputPath) -> Result<Bytes, Box<Diagnostic>> {
    let handbook = &site.handbook;
    let tracks = handbook.tracks.all().map(|at| {
        let record = &handbook.tracks[at];
        TrackRow {
            title: &record.title,
            url: site.url_of(at),
            summary: site.inline(&record.summary),
            questions: record.questions.len(),
        }
    });
    let context = Index {
        frame: site.frame_for_section(Section::Tracks),
        tracks: tracks.collect(),
    };
    site.fill("tracks.html", path, &context)
}

/// All that `track.html` can see.
#[derive(Hash, Serialize)]
struct Context<'a> {
    frame: Frame,
    title: &'a str,
    summary: Html,
    differs: Vec<Html>,
    show: Vec<Html>,
    /// Rows of the chosen questions, the first to prepare first.
    questions: Vec<Shared<Card>>,
    /// The other tracks.
    siblings: Vec<Shared<LinkTo>>,
    interviews: Vec<Shared<LinkTo>>,
    guides: Vec<Shared<LinkTo>>,
    checkpoints: Vec<Shared<LinkTo>>,
    sources: Vec<CitationLink>,
}

pub fn render(site: &Site, path: &OutputPath, at: At<Track>) -> Result<Bytes, Box<Diagnostic>> {
    let handbook = &site.handbook;
    let record = &handbook.tracks[at];
    let mut frame = site.frame_for_record(path, at, &record.summary.text);
    frame.set_sections(
        &site.words.value,
        &[
            (true, "heading.what-is-different", "differs"),
            (true, "heading.what-to-show", "show"),
            (true, "heading.questions-to-prepare", "questions"),
        ],
    );
    let questions = record.questions.iter();
    let context = Context {
        frame,
        title: &record.title,
        summary: site.html(&record.summary),
        differs: site.inlines(&record.differs),
        show: site.inlines(&record.show),
        questions: questions
            .map(|question| site.pieces.card(handbook.follow(at, question)))
            .collect(),
        siblings: site.links(handbook.tracks.all().filter(|other| *other != at)),
        interviews: site.links(handbook.links.around_of(at, Kind::Interview)),
        guides: site.backlinks(at, Kind::Guide),
        checkpoints: site.links(handbook.links.around_of(at, Kind::Checklist)),
        sources: site.citations(at, &record.common),
    };
    site.fill("track.html", path, &context)
}
