//! The plan: its overview (`plan.html`) and each checklist (`checkpoint.html`).

use serde::Serialize;

use super::{Card, CitationLink, Frame, LinkTo};
use crate::diagnostic::Diagnostic;
use crate::handbook::RecordAt;
use crate::html::{Html, Shared};
use crate::memo::Memo;
use crate::model::Kind;
use crate::output::{Bytes, OutputPath};
use crate::plan::Artifact;
use crate::site::Site;

/// A checkpoint on the timeline.
#[derive(Hash, Serialize)]
pub struct Stop {
    /// `Day 3`, `Night before`.
    pub moment: String,
    pub title: String,
    /// The title without its moment: `Say it aloud`; absent when nothing is left.
    pub topic: Option<String>,
    pub url: String,
    pub goal: Html,
    pub minutes: Option<u32>,
    /// Whether it is the page's own.
    pub here: bool,
}

/// The checkpoints in their order.
pub fn timeline(site: &Site, here: Option<usize>) -> Vec<Stop> {
    let checklists = site
        .handbook
        .checklists
        .iter()
        .enumerate()
        .filter(|(_, entry)| entry.record.checkpoint().is_some());
    let stop = |(nth, entry): (usize, &crate::model::Entry<crate::model::Checklist>)| Stop {
        moment: entry.record.moment().to_string(),
        title: entry.record.title.to_string(),
        topic: topic(&entry.record.title, &entry.record.moment()),
        url: site.url_of(Kind::Checklist, nth),
        goal: site.inline(&entry.record.goal),
        minutes: entry.record.minutes.map(|minutes| minutes.value),
        here: here == Some(nth),
    };
    checklists.map(stop).collect()
}

/// What a title says besides its moment, as a sentence begins.
fn topic(title: &str, moment: &str) -> Option<String> {
    let rest = title
        .strip_prefix(moment)
        .unwrap_or(title)
        .trim_start_matches([':', ' ']);
    let mut characters = rest.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().chain(characters).collect())
}

/// All that `plan.html` can see.
#[derive(Hash, Serialize)]
struct Overview {
    frame: Frame,
    timeline: Vec<Stop>,
    /// Checklists that are no checkpoints.
    others: Vec<Shared<LinkTo>>,
}

pub fn render_index(site: &Site, path: &OutputPath, memo: &Memo) -> Result<Bytes, Box<Diagnostic>> {
    let others = site
        .handbook
        .all(Kind::Checklist)
        .filter(|at| site.handbook.checklists.at(at.nth).checkpoint().is_none());
    let context = Overview {
        frame: site.frame_for(
            path,
            "Plan",
            "Plan",
            "What to do on which day before the interview.",
        ),
        timeline: timeline(site, None),
        others: site.links(others),
    };
    site.fill("plan.html", path, &context, memo)
}

/// All that `checkpoint.html` can see.
#[derive(Hash, Serialize)]
struct Context<'a> {
    frame: Frame,
    title: &'a str,
    /// `Day 3`, `Night before`; the title of a plain checklist.
    moment: String,
    goal: Html,
    minutes: Option<u32>,
    items: Vec<ItemView<'a>>,
    good_looks_like: Option<Html>,
    ten_minutes: Option<Html>,
    timeline: Vec<Stop>,
    /// Rows of the questions to practise here.
    questions: Vec<Shared<Card>>,
    guides: Vec<Shared<LinkTo>>,
    exercises: Vec<Shared<LinkTo>>,
    sources: Vec<CitationLink>,
}

/// A thing to do.
#[derive(Hash, Serialize)]
struct ItemView<'a> {
    id: &'a str,
    html: Html,
    minutes: Option<u32>,
    links: Vec<Shared<LinkTo>>,
}

pub fn render(
    site: &Site,
    path: &OutputPath,
    nth: usize,
    memo: &Memo,
) -> Result<Bytes, Box<Diagnostic>> {
    let at = RecordAt {
        kind: Kind::Checklist,
        nth,
    };
    let handbook = &site.handbook;
    let record = handbook.checklists.at(nth);
    let items = record.items.iter().map(|item| ItemView {
        id: &item.id.id,
        html: site.inline(&item.text),
        minutes: item.minutes.map(|minutes| minutes.value),
        links: site.links(
            item.links
                .iter()
                .filter_map(|link| handbook.find(link.kind, &link.id)),
        ),
    });
    let context = Context {
        frame: site.frame_for_record(path, &Artifact::Plan, at, &record.goal.text),
        title: &record.title,
        moment: record.moment().to_string(),
        goal: site.html(&record.goal),
        minutes: record.minutes.map(|minutes| minutes.value),
        items: items.collect(),
        good_looks_like: record.good_looks_like.as_ref().map(|text| site.html(text)),
        ten_minutes: record.ten_minutes.as_ref().map(|text| site.html(text)),
        timeline: timeline(site, Some(nth)),
        questions: site.cards_around(at),
        guides: site.backlinks(at, &[Kind::Guide]),
        exercises: site.links(handbook.links.around_of(at, Kind::Exercise)),
        sources: site.citations(&record.common),
    };
    site.fill("checkpoint.html", path, &context, memo)
}
