//! Pages that list records: the question index, red flags, follow-ups, sources, all pages; and the pages for no page.

use serde::Serialize;

use super::company::{GROUNDS, heading, names_sources};
use super::{Anchor, Card, CitationLink, Frame, LinkTo, Site};
use crate::diagnostic::Diagnostic;
use crate::handbook::RecordAt;
use crate::html::{Html, Shared};
use crate::model::Kind;
use crate::output::{Bytes, OutputPath};
use crate::plan::section_url;
use crate::section::Section;

/// All that `questions.html` can see.
#[derive(Hash, Serialize)]
struct Questions<'a> {
    frame: Frame,
    /// One a theme, in order; every question stands in one.
    themes: Vec<ThemeQuestions<'a>>,
    /// Where rows stand when one company is chosen.
    grounds: Vec<FilterChoice<'a>>,
    /// The companies to filter by.
    companies: Vec<FilterChoice<'a>>,
    total: usize,
    core: usize,
}

/// A record to filter by, or a group of rows.
#[derive(Hash, Serialize)]
struct FilterChoice<'a> {
    id: &'a str,
    title: &'a str,
}

/// The questions of one theme.
#[derive(Hash, Serialize)]
struct ThemeQuestions<'a> {
    id: &'a str,
    title: &'a str,
    url: String,
    questions: Vec<Shared<Card>>,
}

pub fn render_questions(site: &Site, path: &OutputPath) -> Result<Bytes, Box<Diagnostic>> {
    let handbook = &site.handbook;
    let themes = handbook.themes.all().map(|at| ThemeQuestions {
        id: handbook.id(at),
        title: handbook.title(at),
        url: site.url_of(at),
        questions: handbook
            .questions_of(at)
            .map(|question| site.pieces.card(question))
            .collect(),
    });
    let mut companies = handbook.companies.all();
    let all_sourced = companies.all(|company| names_sources(handbook, company));
    let context = Questions {
        frame: site.frame_for_section(Section::Questions),
        themes: themes.collect(),
        grounds: GROUNDS
            .iter()
            .map(|ground| FilterChoice {
                id: ground.0,
                title: site.word(heading(ground, all_sourced)),
            })
            .collect(),
        companies: handbook
            .companies
            .iter()
            .map(|entry| FilterChoice {
                id: entry.id.as_str(),
                title: &entry.record.title,
            })
            .collect(),
        total: handbook.questions.len(),
        core: handbook
            .questions
            .iter()
            .filter(|entry| entry.record.number.is_some())
            .count(),
    };
    site.fill("questions.html", path, &context)
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

pub fn render_red_flags(site: &Site, path: &OutputPath) -> Result<Bytes, Box<Diagnostic>> {
    let handbook = &site.handbook;
    let red_flags = handbook.red_flags.all().map(|at| {
        let entry = handbook.red_flags.entry(at);
        RedFlagView {
            id: entry.id.as_str(),
            title: &entry.record.title,
            thinks: site.html(&entry.record.thinks),
            instead: site.html(&entry.record.instead),
            questions: site.links(handbook.links.related(at, Kind::Question)),
            themes: site.links(handbook.links.related(at, Kind::Theme)),
            sources: site.citations(at, &entry.record.common),
        }
    });
    let mut frame = site.frame_for_section(Section::RedFlags);
    frame.contents = anchors(site, Kind::RedFlag);
    site.fill(
        "red-flags.html",
        path,
        &RedFlags {
            frame,
            red_flags: red_flags.collect(),
        },
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
    /// How exercises ask it.
    asks: Vec<String>,
    tests: Html,
    handle: Html,
    sources: Vec<CitationLink>,
}

pub fn render_follow_ups(site: &Site, path: &OutputPath) -> Result<Bytes, Box<Diagnostic>> {
    let follow_ups = site.handbook.follow_ups.all().map(|at| {
        let entry = site.handbook.follow_ups.entry(at);
        FollowUpView {
            id: entry.id.as_str(),
            title: &entry.record.title,
            example: entry.record.example.to_string(),
            asks: entry
                .record
                .asks
                .iter()
                .map(|one| one.ask.to_string())
                .collect(),
            tests: site.html(&entry.record.tests),
            handle: site.html(&entry.record.handle),
            sources: site.citations(at, &entry.record.common),
        }
    });
    let mut frame = site.frame_for_section(Section::FollowUps);
    frame.contents = anchors(site, Kind::FollowUp);
    site.fill(
        "follow-ups.html",
        path,
        &FollowUps {
            frame,
            follow_ups: follow_ups.collect(),
        },
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
    cited: Vec<RecordGroup>,
}

/// Records of one kind.
#[derive(Hash, Serialize)]
struct RecordGroup {
    title: String,
    /// The page that lists them.
    url: Option<String>,
    pages: Vec<Shared<LinkTo>>,
}

pub fn render_sources(site: &Site, path: &OutputPath) -> Result<Bytes, Box<Diagnostic>> {
    let sources = site.handbook.sources.all().map(|at| {
        let entry = site.handbook.sources.entry(at);
        SourceView {
            id: entry.id.as_str(),
            title: &entry.record.title,
            publisher: entry.record.publisher.as_deref(),
            contributed: site.html(&entry.record.contributed),
            used: entry.record.used.as_ref().map(|date| site.day(date)),
            cited: grouped(site, &site.handbook.links.to(at.into())),
        }
    });
    let mut frame = site.frame_for_section(Section::Sources);
    frame.contents = anchors(site, Kind::Source);
    site.fill(
        "sources.html",
        path,
        &SourceList {
            frame,
            sources: sources.collect(),
        },
    )
}

/// The places of a page on which each record of a kind has a section.
fn anchors(site: &Site, kind: Kind) -> Vec<Anchor> {
    let handbook = &site.handbook;
    let anchor = |at| Anchor::new(handbook.title(at), handbook.id(at));
    handbook.all(kind).map(anchor).collect()
}

fn grouped(site: &Site, records: &[RecordAt]) -> Vec<RecordGroup> {
    let of_kind = |kind: Kind| {
        let pages = site.links(records.iter().copied().filter(|at| at.kind == kind));
        // Only the first kind of a section is listed on its page.
        let section = Some(kind.section()).filter(|section| section.kind() == Some(kind));
        RecordGroup {
            title: site.words.value.group(kind).to_owned(),
            url: section.map(section_url),
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
    groups: Vec<RecordGroup>,
    /// The handbook as one document; absent when it is too long for one.
    print: Option<String>,
}

pub fn render_all(site: &Site, path: &OutputPath) -> Result<Bytes, Box<Diagnostic>> {
    let everything: Vec<RecordAt> = site.handbook.everything().collect();
    let groups = grouped(site, &everything);
    let frame = site.frame_for_section(Section::AllPages);
    let print = site
        .plan
        .has(Section::Print)
        .then(|| section_url(Section::Print));
    let context = AllPages {
        frame,
        groups,
        print,
    };
    site.fill("all.html", path, &context)
}

/// All that `404.html` can see.
#[derive(Hash, Serialize)]
struct NotFound {
    frame: Frame,
    /// Where to go instead.
    places: Vec<Shared<LinkTo>>,
}

pub fn render_not_found(site: &Site, path: &OutputPath) -> Result<Bytes, Box<Diagnostic>> {
    let places = site.plan.sections().take(5);
    let places = places.map(|section| site.pieces.section(section)).collect();
    let mut frame = site.frame_for(
        path,
        site.word("missing.not-found"),
        site.word("missing.no-page"),
    );
    frame.canonical = None;
    site.fill("404.html", path, &NotFound { frame, places })
}

/// All that `offline.html` can see.
#[derive(Hash, Serialize)]
struct Offline {
    frame: Frame,
    /// Where to go instead.
    places: Vec<Shared<LinkTo>>,
}

pub fn render_offline(site: &Site, path: &OutputPath) -> Result<Bytes, Box<Diagnostic>> {
    let kept = [Section::Questions, Section::CheatSheet, Section::AllPages];
    let kept = kept.into_iter().filter(|section| site.plan.has(*section));
    let kept = kept.map(|section| site.pieces.section(section));
    let places = std::iter::once(site.pieces.home()).chain(kept).collect();
    let mut frame = site.frame_for(
        path,
        site.word("missing.offline-title"),
        site.word("missing.needs-network"),
    );
    frame.canonical = None;
    site.fill("offline.html", path, &Offline { frame, places })
}
