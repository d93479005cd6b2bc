//! Practice: its overview (`practice.html`) and each exercise (`exercise.html`).

use serde::Serialize;

use super::{Card, CitationLink, Frame, LinkTo, Place, Site, interview, stories, weak_answer};
use crate::diagnostic::Diagnostic;
use crate::handbook::At;
use crate::html::{Html, Shared};
use crate::model::{Exercise, Kind};
use crate::output::{Bytes, OutputPath};
use crate::section::Section;

/// All that `practice.html` can see.
#[derive(Hash, Serialize)]
struct Overview {
    frame: Frame,
    exercises: Vec<Row>,
    /// What else there is to practise with.
    more: Vec<Place>,
}

/// An exercise in the overview.
#[derive(Hash, Serialize)]
struct Row {
    title: String,
    url: String,
    minutes: u32,
    trains: Html,
}

pub fn render_index(site: &Site, path: &OutputPath) -> Result<Bytes, Box<Diagnostic>> {
    let exercises = site.handbook.exercises.all().map(|at| {
        let record = &site.handbook.exercises[at];
        Row {
            title: record.title.to_string(),
            url: site.url_of(at),
            minutes: record.minutes.value,
            trains: site.inline(&record.trains),
        }
    });
    let frame = site.frame_for_section(
        Section::Practice,
        "Exercises to say answers aloud, against the clock and under follow-ups.",
    );
    let more = [
        (Section::Stories, stories::ABOUT),
        (Section::WeakAnswers, weak_answer::ABOUT),
        (Section::Interviews, interview::ABOUT),
    ];
    site.fill(
        "practice.html",
        path,
        &Overview {
            frame,
            more: site.places(more),
            exercises: exercises.collect(),
        },
    )
}

/// All that `exercise.html` can see.
#[derive(Hash, Serialize)]
struct Context<'a> {
    frame: Frame,
    title: &'a str,
    minutes: u32,
    trains: Html,
    steps: Vec<Html>,
    rate: Vec<Html>,
    /// Rows of the questions it practises.
    questions: Vec<Shared<Card>>,
    checkpoints: Vec<Shared<LinkTo>>,
    guides: Vec<Shared<LinkTo>>,
    sources: Vec<CitationLink>,
}

pub fn render(site: &Site, path: &OutputPath, at: At<Exercise>) -> Result<Bytes, Box<Diagnostic>> {
    let record = &site.handbook.exercises[at];
    let context = Context {
        frame: site.frame_for_record(path, at, &record.trains.text),
        title: &record.title,
        minutes: record.minutes.value,
        trains: site.html(&record.trains),
        steps: site.inlines(&record.steps),
        rate: site.inlines(&record.rate),
        questions: site.cards_around(at),
        checkpoints: site.links(site.handbook.links.around_of(at, Kind::Checklist)),
        guides: site.backlinks(at, Kind::Guide),
        sources: site.citations(at, &record.common),
    };
    site.fill("exercise.html", path, &context)
}
