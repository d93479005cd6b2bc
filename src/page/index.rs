//! Pages that list records: the question index, red flags, follow-ups, sources, all pages; and the pages for no page.

use serde::Serialize;

use super::{Anchor, Card, CitationLink, Frame, LinkTo, day};
use crate::diagnostic::Diagnostic;
use crate::handbook::RecordAt;
use crate::html::{Html, Shared};
use crate::memo::Memo;
use crate::model::Kind;
use crate::output::{Bytes, OutputPath};
use crate::plan::{Artifact, INDEXES};
use crate::site::Site;

/// All that `questions.html` can see.
#[derive(Hash, Serialize)]
struct Questions<'a> {
    frame: Frame,
    /// One a theme, in order; every question stands in one.
    themes: Vec<ThemeGroup<'a>>,
    /// The companies to filter by.
    companies: Vec<Choice<'a>>,
    total: usize,
    core: usize,
}

/// A record to filter by.
#[derive(Hash, Serialize)]
struct Choice<'a> {
    id: &'a str,
    title: &'a str,
}

/// The questions of one theme.
#[derive(Hash, Serialize)]
struct ThemeGroup<'a> {
    id: &'a str,
    title: &'a str,
    url: String,
    questions: Vec<Shared<Card>>,
}

pub fn render_questions(
    site: &Site,
    path: &OutputPath,
    memo: &Memo,
) -> Result<Bytes, Box<Diagnostic>> {
    let handbook = &site.handbook;
    let themes = handbook
        .themes
        .iter()
        .enumerate()
        .map(|(nth, entry)| ThemeGroup {
            id: entry.id.as_str(),
            title: &entry.record.title,
            url: site.url_of(Kind::Theme, nth),
            questions: handbook
                .questions_of(nth)
                .map(|question| site.pieces.cards[question].clone())
                .collect(),
        });
    let context = Questions {
        frame: site.frame_for(path, "Questions", "Questions", "Every question of the handbook with its theme, the companies that ask it and how often."),
        themes: themes.collect(),
        companies: handbook
            .companies
            .iter()
            .map(|entry| Choice { id: entry.id.as_str(), title: &entry.record.title })
            .collect(),
        total: handbook.questions.len(),
        core: handbook.questions.iter().filter(|entry| entry.record.number.is_some()).count(),
    };
    site.fill("questions.html", path, &context, memo)
}

/// All that `red-flags.html` can see.
#[derive(Hash, Serialize)]
struct RedFlags<'a> {
    frame: Frame,
    red_flags: Vec<RedFlagView<'a>>,
}

#[derive(Hash, Serialize)]
struct RedFlagView<'a> {
    id: &'a str,
    title: &'a str,
    thinks: Html,
    instead: Html,
    /// Questions that can trigger it.
    questions: Vec<Shared<LinkTo>>,
    /// Themes that can.
    themes: Vec<Shared<LinkTo>>,
    sources: Vec<CitationLink>,
}

pub fn render_red_flags(
    site: &Site,
    path: &OutputPath,
    memo: &Memo,
) -> Result<Bytes, Box<Diagnostic>> {
    let handbook = &site.handbook;
    let red_flags = handbook.red_flags.iter().enumerate().map(|(nth, entry)| {
        let at = RecordAt {
            kind: Kind::RedFlag,
            nth,
        };
        RedFlagView {
            id: entry.id.as_str(),
            title: &entry.record.title,
            thinks: site.html(&entry.record.thinks),
            instead: site.html(&entry.record.instead),
            questions: site.links(handbook.links.related(at, Kind::Question)),
            themes: site.links(handbook.links.related(at, Kind::Theme)),
            sources: site.citations(&entry.record.common),
        }
    });
    let mut frame = site.frame_for(
        path,
        "Red flags",
        "Red flags",
        "What costs an offer, what the interviewer concludes, and what to do instead.",
    );
    frame.contents = anchors(site, Kind::RedFlag);
    site.fill(
        "red-flags.html",
        path,
        &RedFlags {
            frame,
            red_flags: red_flags.collect(),
        },
        memo,
    )
}

/// All that `follow-ups.html` can see.
#[derive(Hash, Serialize)]
struct FollowUps<'a> {
    frame: Frame,
    follow_ups: Vec<FollowUpView<'a>>,
}

#[derive(Hash, Serialize)]
struct FollowUpView<'a> {
    id: &'a str,
    title: &'a str,
    example: String,
    tests: Html,
    handle: Html,
    sources: Vec<CitationLink>,
}

pub fn render_follow_ups(
    site: &Site,
    path: &OutputPath,
    memo: &Memo,
) -> Result<Bytes, Box<Diagnostic>> {
    let follow_ups = site.handbook.follow_ups.iter().map(|entry| FollowUpView {
        id: entry.id.as_str(),
        title: &entry.record.title,
        example: entry.record.example.to_string(),
        tests: site.html(&entry.record.tests),
        handle: site.html(&entry.record.handle),
        sources: site.citations(&entry.record.common),
    });
    let mut frame = site.frame_for(
        path,
        "Follow-ups",
        "Follow-ups",
        "The types of follow-up question, what each tests, and how to hold up.",
    );
    frame.contents = anchors(site, Kind::FollowUp);
    site.fill(
        "follow-ups.html",
        path,
        &FollowUps {
            frame,
            follow_ups: follow_ups.collect(),
        },
        memo,
    )
}

/// All that `sources.html` can see.
#[derive(Hash, Serialize)]
struct SourceList<'a> {
    frame: Frame,
    sources: Vec<SourceView<'a>>,
}

#[derive(Hash, Serialize)]
struct SourceView<'a> {
    id: &'a str,
    title: &'a str,
    publisher: Option<&'a str>,
    contributed: Html,
    /// When it was used, `20 November 2026`.
    used: Option<String>,
    /// Records that cite it, by kind.
    cited: Vec<Group>,
}

/// Records of one kind.
#[derive(Hash, Serialize)]
struct Group {
    title: String,
    /// The page that lists them.
    url: Option<String>,
    pages: Vec<Shared<LinkTo>>,
}

pub fn render_sources(
    site: &Site,
    path: &OutputPath,
    memo: &Memo,
) -> Result<Bytes, Box<Diagnostic>> {
    let sources = site
        .handbook
        .sources
        .iter()
        .enumerate()
        .map(|(nth, entry)| {
            let citing = site.handbook.links.to(RecordAt {
                kind: Kind::Source,
                nth,
            });
            SourceView {
                id: entry.id.as_str(),
                title: &entry.record.title,
                publisher: entry.record.publisher.as_deref(),
                contributed: site.html(&entry.record.contributed),
                used: entry.record.used.as_ref().map(day),
                cited: grouped(site, &citing),
            }
        });
    let mut frame = site.frame_for(
        path,
        "Sources",
        "Sources",
        "The documents this handbook draws on and what each contributed.",
    );
    frame.contents = anchors(site, Kind::Source);
    site.fill(
        "sources.html",
        path,
        &SourceList {
            frame,
            sources: sources.collect(),
        },
        memo,
    )
}

/// The places of a page on which each record of a kind has a section.
fn anchors(site: &Site, kind: Kind) -> Vec<Anchor> {
    let handbook = &site.handbook;
    let anchor = |at| Anchor::new(handbook.title(at), handbook.id(at));
    handbook.all(kind).map(anchor).collect()
}

fn grouped(site: &Site, records: &[RecordAt]) -> Vec<Group> {
    let of_kind = |kind: Kind| {
        let pages = site.links(records.iter().copied().filter(|at| at.kind == kind));
        let place = INDEXES.iter().find(|(.., listed)| *listed == Some(kind));
        let title = place.map_or_else(
            || format!("{}s", kind.name()),
            |(_, _, title, _)| (*title).to_owned(),
        );
        Group {
            title,
            url: place.map(|(artifact, ..)| site.plan.url(artifact)),
            pages,
        }
    };
    Kind::ALL
        .iter()
        .map(|kind| of_kind(*kind))
        .filter(|group| !group.pages.is_empty())
        .collect()
}

/// All that `all.html` can see.
#[derive(Hash, Serialize)]
struct AllPages {
    frame: Frame,
    /// Every record, by kind.
    groups: Vec<Group>,
    /// The handbook as one document; absent when it is too long for one.
    print: Option<String>,
}

pub fn render_all(site: &Site, path: &OutputPath, memo: &Memo) -> Result<Bytes, Box<Diagnostic>> {
    let everything: Vec<RecordAt> = site.handbook.everything().collect();
    let mut groups = grouped(site, &everything);
    for group in &mut groups {
        if group.title == "principles" {
            "Principles".clone_into(&mut group.title);
        }
    }
    let frame = site.frame_for(
        path,
        "",
        "All pages",
        "Every page of the handbook, by kind.",
    );
    let print = site
        .plan
        .has(&Artifact::Print)
        .then(|| site.plan.url(&Artifact::Print));
    let context = AllPages {
        frame,
        groups,
        print,
    };
    site.fill("all.html", path, &context, memo)
}

/// All that `404.html` can see.
#[derive(Hash, Serialize)]
struct NotFound {
    frame: Frame,
    /// Where to go instead.
    places: Vec<Shared<LinkTo>>,
}

pub fn render_not_found(
    site: &Site,
    path: &OutputPath,
    memo: &Memo,
) -> Result<Bytes, Box<Diagnostic>> {
    let places = places(site, INDEXES.iter().map(|(artifact, ..)| artifact))
        .take(5)
        .collect();
    let mut frame = site.frame_for(path, "", "Not found", "There is no page at this address.");
    frame.canonical = None;
    site.fill("404.html", path, &NotFound { frame, places }, memo)
}

/// All that `offline.html` can see.
#[derive(Hash, Serialize)]
struct Offline {
    frame: Frame,
    /// Where to go instead.
    places: Vec<Shared<LinkTo>>,
}

pub fn render_offline(
    site: &Site,
    path: &OutputPath,
    memo: &Memo,
) -> Result<Bytes, Box<Diagnostic>> {
    let kept = [
        Artifact::Home,
        Artifact::QuestionIndex,
        Artifact::CheatSheet,
        Artifact::AllPages,
    ];
    let places = places(site, &kept).collect();
    let mut frame = site.frame_for(path, "", "Offline", "This page needs a network.");
    frame.canonical = None;
    site.fill("offline.html", path, &Offline { frame, places }, memo)
}

/// Links to those of these pages that the site has.
fn places<'a>(
    site: &'a Site,
    pages: impl IntoIterator<Item = &'a Artifact>,
) -> impl Iterator<Item = Shared<LinkTo>> {
    let planned = pages.into_iter().filter(|page| site.plan.has(page));
    planned.map(|page| site.pieces.index_link(page))
}
