//! Pages: one file a kind of page, each with the context its template sees.

pub mod cheat_sheet;
pub mod checkpoint;
pub mod columns;
pub mod company;
pub mod framework;
pub mod guide;
pub mod home;
pub mod index;
pub mod practice;
pub mod question;
pub mod redirect;
pub mod theme;

use std::hash::Hash;

use serde::Serialize;

use crate::handbook::{Handbook, RecordAt};
use crate::html::Shared;
pub use crate::markdown::curly;
use crate::model::Kind;
use crate::model::field::Date;
use crate::model::reference::Common;
use crate::output::OutputPath;
use crate::plan::{Artifact, INDEXES, ROOT, SitePlan};
use crate::site::Site;

/// A link with its text.
#[derive(Clone, Hash, Serialize, Debug)]
pub struct LinkTo {
    pub title: String,
    pub url: String,
    /// What stands there, as in typed references: `question`, `cheat-sheet`; `page` for what is no record.
    pub kind: &'static str,
}

/// A question in a list.
#[derive(Clone, Hash, Serialize)]
pub struct QuestionLink {
    pub title: String,
    pub url: String,
    /// Its core number.
    pub number: Option<u32>,
    /// Whether only the editors put it here.
    pub editorial: bool,
}

/// A place on the page itself.
#[derive(Clone, Hash, Serialize)]
pub struct Anchor {
    pub title: String,
    pub anchor: String,
}

impl Anchor {
    fn new(title: &str, anchor: &str) -> Self {
        Self {
            title: title.to_owned(),
            anchor: anchor.to_owned(),
        }
    }
}

/// A place in a source.
#[derive(Clone, Hash, Serialize)]
pub struct CitationLink {
    pub title: String,
    pub url: String,
    /// The place in the source.
    pub place: Option<String>,
}

/// What stands around every page's content.
#[derive(Hash, Serialize)]
pub struct Frame {
    /// The same on all pages: see `SiteFrame`.
    pub site: Shared,
    /// The page's title, without the handbook's.
    pub title: String,
    /// For search engines and previews.
    pub description: String,
    /// The page's absolute address; absent when the handbook does not say where it will stand.
    pub canonical: Option<String>,
    /// Which place of the navigation the page belongs to.
    pub section: &'static str,
    /// The way from the home page, without the page itself.
    pub crumbs: Vec<LinkTo>,
    /// What is on the page.
    pub contents: Vec<Anchor>,
    pub previous: Option<LinkTo>,
    pub next: Option<LinkTo>,
    /// Where the page's source can be edited.
    pub edit: Option<String>,
}

/// What is the same around all pages.
#[derive(Hash, Serialize)]
pub struct SiteFrame<'a> {
    pub title: &'a str,
    /// The title, if it is short enough for the bar.
    pub brand: Option<&'a str>,
    pub language: &'a str,
    /// What pages may load, as `Content-Security-Policy` says it.
    pub policy: &'static str,
    pub author: Option<&'a str>,
    pub licence: Option<&'a str>,
    pub repository: Option<&'a str>,
    pub home: String,
    /// The places of the bar.
    pub navigation: Vec<Place>,
    /// The other index pages, for the foot.
    pub more: Vec<Place>,
    /// The page of all pages: where search leads without scripts.
    pub all_pages: String,
    /// The script that search reads: see `export::search`.
    pub search_data: String,
    /// What browsers must know to install the handbook.
    pub manifest: String,
    /// The worker that keeps the handbook for reading offline; absent where browsers are to keep nothing.
    pub worker: Option<String>,
    /// Addresses of the site theme's files by their paths below `assets/`.
    pub assets: std::collections::BTreeMap<String, String>,
}

/// A place of the navigation.
#[derive(Hash, Serialize)]
pub struct Place {
    pub title: &'static str,
    pub url: String,
    /// The key that leads there after `g`.
    pub key: Option<&'static str>,
}

/// Index pages that stand in the bar; the others stand in the foot.
const IN_BAR: &[&str] = &[
    "Questions",
    "Themes",
    "Companies",
    "Frameworks",
    "Cheat sheet",
    "Practice",
    "Plan",
    "Guides",
];

/// Keys that lead to index pages after `g`.
const KEYS: &[(&str, &str)] = &[
    ("Questions", "q"),
    ("Themes", "t"),
    ("Companies", "c"),
    ("Frameworks", "f"),
    ("Cheat sheet", "s"),
    ("Practice", "p"),
    ("Plan", "n"),
];

/// What is the same around all pages of a site.
pub fn site_frame(handbook: &Handbook, plan: &SitePlan) -> Shared {
    let settings = &handbook.settings;
    let places = |in_bar: bool| {
        INDEXES
            .iter()
            .filter(|(artifact, _, title, _)| {
                plan.has(artifact) && IN_BAR.contains(title) == in_bar
            })
            .map(|(artifact, _, title, _)| Place {
                title,
                url: plan.url(artifact),
                key: KEYS
                    .iter()
                    .find(|(place, _)| place == title)
                    .map(|(_, key)| *key),
            })
            .collect()
    };
    Shared::new(&SiteFrame {
        title: &settings.title.text,
        brand: settings.brand(),
        language: settings.language(),
        policy: crate::export::headers::POLICY,
        author: settings.author.as_deref(),
        licence: settings.licence.as_deref(),
        repository: settings.repository.as_ref().map(|address| &*address.text),
        home: plan.url(&Artifact::Home),
        navigation: places(true),
        more: places(false),
        all_pages: plan.url(&Artifact::AllPages),
        search_data: plan.url(&Artifact::SearchData),
        manifest: plan.url(&Artifact::Manifest),
        worker: plan.worker().map(|(path, _)| format!("{ROOT}{path}")),
        assets: plan
            .assets()
            .map(|(name, url)| (name.to_owned(), url))
            .collect(),
    })
}

impl Site {
    /// The frame of a page; what only some pages have is filled in by them.
    pub fn frame_for(
        &self,
        path: &OutputPath,
        section: &'static str,
        title: &str,
        description: &str,
    ) -> Frame {
        Frame {
            site: self.frame.clone(),
            title: curly(title),
            description: curly(&summary(description)),
            canonical: self
                .base_url
                .as_ref()
                .map(|base| format!("{base}{}", path.address())),
            section,
            crumbs: Vec::new(),
            contents: Vec::new(),
            previous: None,
            next: None,
            edit: None,
        }
    }

    /// The frame of a record's page: with its neighbours in reading order and its source.
    pub fn frame_for_record(
        &self,
        path: &OutputPath,
        index: &Artifact,
        at: RecordAt,
        description: &str,
    ) -> Frame {
        let (_, section) = crate::plan::index(index).expect("records belong to an index page");
        let mut frame = self.frame_for(path, section, self.handbook.title(at), description);
        frame.crumbs.push(LinkTo {
            title: section.to_owned(),
            url: self.plan.url(index),
            kind: "page",
        });
        frame.previous = at
            .nth
            .checked_sub(1)
            .map(|nth| self.link(RecordAt { nth, ..at }));
        frame.next = (at.nth + 1 < self.handbook.count(at.kind)).then(|| {
            self.link(RecordAt {
                nth: at.nth + 1,
                ..at
            })
        });
        frame.edit = self.edit_url(at);
        frame
    }

    fn edit_url(&self, at: RecordAt) -> Option<String> {
        let base = &self.handbook.settings.edit_url.as_ref()?.text;
        Some(format!(
            "{}/{}",
            base.trim_end_matches('/'),
            self.handbook.path(at)
        ))
    }

    pub fn link(&self, at: RecordAt) -> LinkTo {
        LinkTo {
            title: curly(self.handbook.title(at)),
            url: self.plan.url_of(&self.handbook, at),
            kind: at.kind.word(),
        }
    }

    pub fn links(&self, records: impl IntoIterator<Item = RecordAt>) -> Vec<LinkTo> {
        records.into_iter().map(|at| self.link(at)).collect()
    }

    /// A question in a list.
    pub fn question_link(&self, nth: usize, editorial: bool) -> QuestionLink {
        let question = self.handbook.questions.at(nth);
        QuestionLink {
            title: curly(&question.title),
            url: self.url_of(Kind::Question, nth),
            number: question.number.map(|number| number.value),
            editorial,
        }
    }

    /// The rows of the questions that a record names or that name it.
    pub fn cards_around(&self, at: RecordAt) -> Vec<Shared> {
        self.handbook
            .links
            .related(at, Kind::Question)
            .into_iter()
            .map(|question| self.cards[question.nth].clone())
            .collect()
    }

    /// Each source once, with all the places in it.
    pub fn citations(&self, common: &Common) -> Vec<CitationLink> {
        let mut links: Vec<CitationLink> = Vec::new();
        for citation in &common.sources {
            let Some(nth) = self.handbook.sources.position(&citation.source.id) else {
                continue;
            };
            let link = self.link(RecordAt {
                kind: Kind::Source,
                nth,
            });
            let place = citation.r#where.as_ref().map(|place| curly(&place.text));
            match links.iter_mut().find(|other| other.url == link.url) {
                Some(other) => {
                    let places = other.place.take().into_iter().chain(place);
                    other.place = places.reduce(|all, place| format!("{all}, {place}"));
                }
                None => links.push(CitationLink {
                    title: link.title,
                    url: link.url,
                    place,
                }),
            }
        }
        links
    }

    /// What links here: records of these kinds that point to this one in their text or fields.
    pub fn backlinks(&self, at: RecordAt, kinds: &[Kind]) -> Vec<LinkTo> {
        self.links(
            self.handbook
                .links
                .to(at)
                .into_iter()
                .filter(|from| kinds.contains(&from.kind)),
        )
    }
}

/// Text for `description`: one line of at most about 160 characters, ended at a word.
pub fn summary(text: &str) -> String {
    const LIMIT: usize = 160;
    let mut plain = String::new();
    if crate::markdown::is_plain(text) {
        // Nothing to interpret, and no need to look beyond what is shown.
        let end = text
            .char_indices()
            .nth(LIMIT + 1)
            .map_or(text.len(), |(end, _)| end);
        plain.push_str(&text[..end]);
    }
    let events = if plain.is_empty() { text } else { "" };
    for event in pulldown_cmark::Parser::new_ext(events, crate::markdown::dialect()) {
        match event {
            pulldown_cmark::Event::Text(text) | pulldown_cmark::Event::Code(text) => {
                plain.push_str(&text);
            }
            pulldown_cmark::Event::SoftBreak | pulldown_cmark::Event::HardBreak => plain.push(' '),
            pulldown_cmark::Event::End(pulldown_cmark::TagEnd::Paragraph) => break,
            _ => {}
        }
    }
    if plain.chars().count() <= LIMIT {
        return plain;
    }
    let cut: String = plain.chars().take(LIMIT).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', ';', ':', '.']))
}

/// A date in words: `20 November 2026`.
pub fn day(date: &Date) -> String {
    date.0.strftime("%-d %B %Y").to_string()
}

/// Seconds as a clock shows them: `1:58`.
pub fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
