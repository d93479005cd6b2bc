//! The plan: its overview (`plan.html`) and each checklist (`checkpoint.html`).

use serde::Serialize;

use super::{Card, CitationLink, Frame, LinkTo, Site, route};
use crate::diagnostic::Diagnostic;
use crate::handbook::{At, RecordAt};
use crate::html::{Html, Shared};
use crate::model::{Checklist, Kind, Question};
use crate::output::{Bytes, OutputPath};
use crate::section::Section;

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

/// A company that the reader can prepare for.
#[derive(Hash, Serialize)]
pub struct CompanyChoice {
    pub id: String,
    pub title: String,
}

/// The companies to choose from when a plan is made.
pub fn companies(site: &Site) -> Vec<CompanyChoice> {
    let companies = site.handbook.companies.all();
    let choosable = companies.map(|at| CompanyChoice {
        id: site.handbook.id(at).to_owned(),
        title: site.handbook.title(at).to_owned(),
    });
    choosable.collect()
}

/// The checkpoints in their order.
pub fn timeline(site: &Site, here: Option<At<Checklist>>) -> Vec<Stop> {
    let checklists = &site.handbook.checklists;
    let stop = |at: At<Checklist>| {
        let record = &checklists[at];
        record.checkpoint()?;
        Some(Stop {
            topic: topic(&record.title, &site.moment(record)),
            moment: site.moment(record),
            title: record.title.to_string(),
            url: site.url_of(at),
            goal: site.inline(&record.goal),
            minutes: record.minutes.map(|minutes| minutes.value),
            here: here == Some(at),
        })
    };
    checklists.all().filter_map(stop).collect()
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
    /// Companies to prepare for.
    companies: Vec<CompanyChoice>,
    /// Plans for fewer days.
    routes: Vec<LinkTo>,
    /// Checklists that are no checkpoints.
    others: Vec<Shared<LinkTo>>,
}

pub fn render_index(site: &Site, path: &OutputPath) -> Result<Bytes, Box<Diagnostic>> {
    let checklists = &site.handbook.checklists;
    let others = checklists.all();
    let others = others.filter(|at| checklists[*at].checkpoint().is_none());
    let context = Overview {
        frame: site.frame_for_section(Section::Plan),
        timeline: timeline(site, None),
        companies: companies(site),
        routes: route::links(site, |_| true),
        others: site.links(others),
    };
    site.fill("plan.html", path, &context)
}

/// All that `checkpoint.html` can see.
#[derive(Hash, Serialize)]
struct Context<'a> {
    frame: Frame,
    id: &'a str,
    title: &'a str,
    /// `Day 3`, `Night before`; the title of a plain checklist.
    moment: String,
    goal: Html,
    minutes: Option<u32>,
    items: Vec<ItemView<'a>>,
    good_looks_like: Option<Html>,
    ten_minutes: Option<Html>,
    timeline: Vec<Stop>,
    /// Rows of the questions chosen for it.
    chosen: Vec<Shared<Card>>,
    /// Rows of the other questions to practise here; of all where none is chosen.
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

pub fn render(site: &Site, path: &OutputPath, at: At<Checklist>) -> Result<Bytes, Box<Diagnostic>> {
    let handbook = &site.handbook;
    let record = &handbook.checklists[at];
    let items = record.items.iter().map(|item| ItemView {
        id: &item.id.id,
        html: site.inline(&item.text),
        minutes: item.minutes.map(|minutes| minutes.value),
        links: site.links(
            item.links
                .iter()
                .map(|link| handbook.follow_typed(at, link)),
        ),
    });
    let chosen = record.questions.iter();
    let chosen: Vec<At<Question>> = chosen.map(|one| handbook.follow(at, one)).collect();
    let questions = handbook.links.related(at, Kind::Question);
    let questions = questions.into_iter().filter_map(RecordAt::of);
    let others = questions.filter(|question| !chosen.contains(question));
    let context = Context {
        frame: site.frame_for_record(path, at, &record.goal.text),
        id: handbook.id(at),
        title: &record.title,
        moment: site.moment(record),
        goal: site.html(&record.goal),
        minutes: record.minutes.map(|minutes| minutes.value),
        items: items.collect(),
        good_looks_like: record.good_looks_like.as_ref().map(|text| site.html(text)),
        ten_minutes: record.ten_minutes.as_ref().map(|text| site.html(text)),
        timeline: timeline(site, Some(at)),
        questions: others.map(|question| site.pieces.card(question)).collect(),
        chosen: chosen
            .iter()
            .map(|question| site.pieces.card(*question))
            .collect(),
        guides: site.backlinks(at, Kind::Guide),
        exercises: site.links(handbook.links.around_of(at, Kind::Exercise)),
        sources: site.citations(at, &record.common),
    };
    site.fill("checkpoint.html", path, &context)
}
