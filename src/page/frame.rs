//! What stands around every page's content: head, bar, foot, and the way from the home page.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Anchor, LinkTo, summary};
use crate::diagnostic::Diagnostic;
use crate::export::headers::POLICY;
use crate::handbook::{Handbook, RecordAt};
use crate::html::{Html, Shared};
use crate::markdown::curly;
use crate::output::OutputPath;
use crate::plan::{Artifact, INDEXES, ROOT, SitePlan};
use crate::site::{Site, Templates};

/// What stands around every page's content.
#[derive(Hash, Serialize)]
pub struct Frame {
    /// The same on all pages.
    pub site: Shared<SiteFrame>,
    /// From `head.html`, the same on all pages.
    pub head: Html,
    /// From `bar.html`, the same on all pages of a section.
    pub bar: Html,
    /// From `foot.html`, the same on all pages.
    pub foot: Html,
    /// The page's title, without the handbook's.
    pub title: String,
    /// For search engines and previews.
    pub description: String,
    /// The page's absolute address; absent when the handbook does not say where it will stand.
    pub canonical: Option<String>,
    /// The way from the home page, without the page itself.
    pub crumbs: Vec<Shared<LinkTo>>,
    /// What is on the page.
    pub contents: Vec<Anchor>,
    pub previous: Option<Shared<LinkTo>>,
    pub next: Option<Shared<LinkTo>>,
    /// Where the page's source can be edited.
    pub edit: Option<String>,
}

/// What is the same around all pages.
#[derive(Debug, Hash, Serialize)]
pub struct SiteFrame {
    pub title: String,
    /// The title, if it is short enough for the bar.
    pub brand: Option<String>,
    pub language: String,
    /// What pages may load, as `Content-Security-Policy` says it.
    pub policy: Html,
    pub author: Option<String>,
    pub licence: Option<String>,
    pub repository: Option<String>,
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
    pub assets: BTreeMap<String, String>,
}

/// A place of the navigation.
#[derive(Debug, Hash, Serialize)]
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

/// What many pages have around them, filled once for all of them.
pub struct Around {
    site: Shared<SiteFrame>,
    head: Html,
    foot: Html,
    /// By section, and whether the page is the section's own; the section of pages without one is empty.
    bars: BTreeMap<(&'static str, bool), Html>,
}

/// All that `head.html` can see.
#[derive(Serialize)]
struct Head<'a> {
    site: &'a Shared<SiteFrame>,
}

/// All that `bar.html` can see.
#[derive(Serialize)]
struct Bar<'a> {
    site: &'a Shared<SiteFrame>,
    /// The place of the navigation that the page belongs to; empty when it belongs to none.
    section: &'static str,
    /// Whether the page is that place itself.
    here: bool,
}

/// All that `foot.html` can see.
#[derive(Serialize)]
struct Foot<'a> {
    site: &'a Shared<SiteFrame>,
}

impl Around {
    /// Fills what is the same around many pages; reports `template`.
    pub fn new(
        handbook: &Handbook,
        plan: &SitePlan,
        templates: &Templates,
    ) -> Result<Self, Box<Diagnostic>> {
        let site = Shared::new(site_frame(handbook, plan));
        let sections = site.navigation.iter().map(|place| place.title).chain([""]);
        let bars = sections
            .flat_map(|section| [(section, false), (section, true)])
            .map(|(section, here)| {
                let context = Bar {
                    site: &site,
                    section,
                    here,
                };
                Ok(((section, here), templates.piece("bar.html", &context)?))
            })
            .collect::<Result<_, Box<Diagnostic>>>()?;
        Ok(Self {
            head: templates.piece("head.html", &Head { site: &site })?,
            foot: templates.piece("foot.html", &Foot { site: &site })?,
            bars,
            site,
        })
    }

    fn bar(&self, section: &'static str, here: bool) -> Html {
        let bar = self.bars.get(&(section, here));
        // Index pages that the bar does not show belong to none of its places.
        bar.or_else(|| self.bars.get(&("", false)))
            .cloned()
            .unwrap_or_default()
    }
}

fn site_frame(handbook: &Handbook, plan: &SitePlan) -> SiteFrame {
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
    SiteFrame {
        brand: settings.brand().map(str::to_owned),
        title: settings.title.to_string(),
        language: settings.language().to_owned(),
        policy: Html::new(POLICY),
        author: settings.author.as_deref().map(str::to_owned),
        licence: settings.licence.as_deref().map(str::to_owned),
        repository: settings
            .repository
            .as_ref()
            .map(|address| address.text.to_string()),
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
    }
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
        let around = &self.pieces.around;
        Frame {
            site: around.site.clone(),
            head: around.head.clone(),
            bar: around.bar(section, title == section),
            foot: around.foot.clone(),
            title: title.to_owned(),
            description: curly(&summary(description)),
            canonical: self
                .base_url
                .as_ref()
                .map(|base| format!("{base}{}", path.address())),
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
        frame.crumbs.push(self.pieces.index_link(index));
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
}
