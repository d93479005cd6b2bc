//! What stands around every page's content: head, bar, foot, and the way from the home page.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::icons::{Icon, icons};
use super::share::Picture;
use super::{Anchor, LinkTo, Site};
use crate::assets::Assets;
use crate::diagnostic::Diagnostic;
use crate::handbook::{Handbook, RecordAt};
use crate::html::{Html, Shared, hash_of};
use crate::memo::Cache;
use crate::model::extra::ExtraFile;
use crate::model::frame::Target;
use crate::model::language::Language;
use crate::output::{OutputPath, ROOT};
use crate::plan::{
    EXERCISE_DATA, FEED, MANIFEST, PRACTICE_DATA, SEARCH_DATA, SHEET_DATA, STORY_DATA, SitePlan,
    TOPIC_DATA, WORKER, export_url, home_url, record_url, section_url,
};
use crate::section::Section;
use crate::source::FILES;
use crate::template::Templates;
use crate::words::Words;

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
    /// What is shown beside links to the page; absent when the handbook does not say where it will stand.
    pub picture: Option<Picture>,
    /// The way from the home page, without the page itself.
    pub crumbs: Vec<Shared<LinkTo>>,
    /// The same for search engines, as a block of data; absent when the handbook does not say where it will stand.
    pub breadcrumbs: Option<Html>,
    /// What is on the page.
    pub contents: Vec<Anchor>,
    /// Headings of sections by their places on the page.
    pub headings: BTreeMap<&'static str, String>,
    pub previous: Option<Shared<LinkTo>>,
    pub next: Option<Shared<LinkTo>>,
    /// When the record was last changed, `20 November 2026`.
    pub updated: Option<String>,
    /// Where the page's source can be edited.
    pub edit: Option<String>,
}

impl Frame {
    /// Names the sections that a kind of page can have: whether this one has it, the key of its heading, its place on the page.
    pub fn set_sections(&mut self, words: &Words, sections: &[(bool, &'static str, &'static str)]) {
        let sections = sections.iter();
        let sections =
            sections.map(|(present, title, place)| (*present, words.text(title), *place));
        for (is_present, title, place) in sections {
            if is_present {
                self.contents.push(Anchor::new(title, place));
            }
            self.headings.insert(place, title.to_owned());
        }
    }
}

/// What is the same around all pages.
#[derive(Debug, Hash, Serialize)]
pub struct SiteFrame {
    pub title: String,
    /// The name in the bar; absent when the handbook has none that is short enough.
    pub brand: Option<String>,
    pub language: String,
    /// Whether it is written from right to left.
    pub right_to_left: bool,
    /// What pages may load, as `Content-Security-Policy` says it.
    pub policy: Html,
    pub author: Option<String>,
    pub licence: Option<String>,
    pub repository: Option<String>,
    pub home: String,
    /// The places of the bar.
    pub navigation: Vec<NavPlace>,
    /// The other index pages, for the foot.
    pub more: Vec<NavPlace>,
    /// Those of them that are about the reader's own, for the menu of small screens.
    pub own: Vec<NavPlace>,
    /// The handbook's own links, for the foot.
    pub links: Vec<FootLink>,
    /// The page of all pages: where search leads without scripts.
    pub all_pages: String,
    /// The script that search reads: see `export::search`.
    pub search_data: String,
    /// The script that practice tools and the reader's plan read: see `export::practice`.
    pub practice_data: String,
    /// The script that exercises read beside it: see `export::exercise`.
    pub exercise_data: String,
    /// The script that the reader's stories are written by: see `export::stories`.
    pub story_data: String,
    /// The script with what stories can fit: see `export::topics`.
    pub topic_data: String,
    /// The script with what the cheat sheet says of one company or theme: see `export::sheet`.
    pub sheet_data: String,
    /// What has changed lately, for feed readers: see `export::feed`; absent where no record says when it was updated.
    pub feed: Option<String>,
    /// What browsers must know to install the handbook.
    pub manifest: String,
    /// The worker that keeps the handbook for reading offline; absent where browsers are to keep nothing.
    pub worker: Option<String>,
    /// Its signs in tabs and on home screens.
    pub icons: Vec<Icon>,
    /// The handbook's own style sheets, after those of the site theme.
    pub extra_styles: Vec<String>,
    /// The handbook's own scripts, after those of the site theme.
    pub extra_scripts: Vec<String>,
    /// The handbook's own lines of the head.
    pub extra_head: Vec<Html>,
    /// The colours behind everything, `#fbfaf6`, in light and in dark surroundings; absent where the site theme names none.
    pub ground: Option<Ground>,
    /// Addresses of the site theme's files by their paths below `assets/`.
    pub assets: BTreeMap<String, String>,
}

/// The colours behind everything.
#[derive(Debug, Hash, Serialize)]
pub struct Ground {
    pub light: String,
    pub dark: String,
}

/// A place of the navigation.
#[derive(Debug, Hash, Serialize)]
pub struct NavPlace {
    /// Its folder, which no other place has.
    pub section: &'static str,
    pub title: String,
    pub url: String,
    /// The key that leads there after `g`.
    pub key: Option<&'static str>,
}

/// A link that the handbook adds to the foot.
#[derive(Debug, Hash, Serialize)]
pub struct FootLink {
    pub title: String,
    pub url: String,
    /// Whether it leads off the site.
    pub is_outside: bool,
}

/// What many pages have around them, filled once for all of them.
#[derive(Clone)]
pub struct Surroundings {
    site: Shared<SiteFrame>,
    head: Html,
    foot: Html,
    /// By section in the bar, and whether the page is the section's own; of pages elsewhere, by none.
    bars: Arc<BTreeMap<(Option<Section>, bool), Html>>,
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
    /// The folder of the section that the page belongs to; empty when it belongs to none.
    section: &'static str,
    /// Whether the page is that place itself.
    here: bool,
}

/// All that `foot.html` can see.
#[derive(Serialize)]
struct Foot<'a> {
    site: &'a Shared<SiteFrame>,
}

impl Surroundings {
    /// A hash of all that stands around pages, and of the settings.
    pub fn hash(&self, settings: u128) -> u128 {
        let bars: Vec<_> = self.bars.values().collect();
        hash_of(&(&self.site, &self.head, &self.foot, bars, settings))
    }

    /// Fills what is the same around many pages; reports `template`.
    pub(super) fn new(
        handbook: &Handbook,
        plan: &SitePlan,
        assets: &Assets,
        words: &Words,
        templates: &Templates,
        memo: &Cache<Self>,
    ) -> Result<Self, Box<Diagnostic>> {
        let site = site_frame(handbook, plan, assets, words);
        let key = templates.hash() ^ hash_of(&site);
        memo.try_get(key, || Self::around(Shared::new(site), plan, templates))
    }

    fn around(
        site: Shared<SiteFrame>,
        plan: &SitePlan,
        templates: &Templates,
    ) -> Result<Self, Box<Diagnostic>> {
        let in_bar = plan
            .sections()
            .filter(|section| section.is_in_bar() || section.is_own());
        let bars = in_bar
            .map(Some)
            .chain([None])
            .flat_map(|section| [(section, false), (section, true)])
            .map(|(section, here)| {
                let context = Bar {
                    site: &site,
                    section: section.map_or("", Section::folder),
                    here,
                };
                Ok(((section, here), templates.piece("bar.html", &context)?))
            })
            .collect::<Result<BTreeMap<_, _>, Box<Diagnostic>>>()?;
        Ok(Self {
            head: templates.piece("head.html", &Head { site: &site })?,
            foot: templates.piece("foot.html", &Foot { site: &site })?,
            bars: Arc::new(bars),
            site,
        })
    }

    /// The bar of a page of a section, and perhaps that section's own.
    fn bar(&self, section: Option<Section>, is_own: bool) -> Html {
        let bar = self.bars.get(&(section, is_own));
        // Index pages that the bar does not show belong to none of its places.
        bar.or_else(|| self.bars.get(&(None, false)))
            .cloned()
            .unwrap_or_default()
    }
}

/// The sections that bar and foot link: all, or those that the handbook names, in its order.
fn linked_sections(handbook: &Handbook, plan: &SitePlan) -> Vec<Section> {
    let chosen = &handbook.settings.navigation;
    if chosen.is_empty() {
        return plan.sections().collect();
    }
    let chosen = chosen.iter().map(|section| section.value);
    chosen.filter(|section| plan.has(*section)).collect()
}

/// The links that the handbook adds to the foot; a draft that is left out is not linked.
fn foot_links(handbook: &Handbook) -> Vec<FootLink> {
    let links = handbook.settings.footer.iter();
    let links = links.filter_map(|link| {
        let (url, is_outside) = match link.url.as_ref()? {
            Target::Address(address) => (address.clone(), true),
            Target::File(file) => {
                let path = OutputPath::new(&file.name[FILES.len()..]);
                (format!("{ROOT}{}", path.encoded()), false)
            }
            Target::Record(reference) => {
                let at = handbook.target_of_settings(reference.number)?;
                (record_url(handbook, at), false)
            }
        };
        Some(FootLink {
            title: link.title.to_string(),
            url,
            is_outside,
        })
    });
    links.collect()
}

/// Those of the linked sections that a condition lets through.
fn places(
    handbook: &Handbook,
    plan: &SitePlan,
    words: &Words,
    is_one: fn(Section) -> bool,
) -> Vec<NavPlace> {
    let sections = linked_sections(handbook, plan).into_iter();
    sections
        .filter(|section| is_one(*section))
        .map(|section| NavPlace {
            section: section.folder(),
            title: words.section(section).to_owned(),
            url: section_url(section),
            key: section.key(),
        })
        .collect()
}

fn site_frame(handbook: &Handbook, plan: &SitePlan, assets: &Assets, words: &Words) -> SiteFrame {
    let settings = &handbook.settings;
    let places = |is_one| places(handbook, plan, words, is_one);
    let extra = &settings.extra;
    let urls = |files: &[ExtraFile]| {
        let urls = files.iter().filter_map(|file| assets.url(&file.asset()));
        urls.collect()
    };
    SiteFrame {
        brand: settings.brand().map(str::to_owned),
        title: settings.title.to_string(),
        language: settings.language().to_owned(),
        right_to_left: Language::is_right_to_left(settings.language()),
        policy: Html::new(&settings.policy.text()),
        author: settings.author.as_deref().map(str::to_owned),
        licence: settings.licence.as_deref().map(str::to_owned),
        repository: settings
            .repository
            .as_ref()
            .map(|address| address.text.to_string()),
        home: home_url(),
        navigation: places(Section::is_in_bar),
        more: places(|section| !section.is_in_bar()),
        own: places(Section::is_own),
        links: foot_links(handbook),
        all_pages: section_url(Section::AllPages),
        search_data: export_url(SEARCH_DATA),
        practice_data: export_url(PRACTICE_DATA),
        exercise_data: export_url(EXERCISE_DATA),
        story_data: export_url(STORY_DATA),
        topic_data: export_url(TOPIC_DATA),
        sheet_data: export_url(SHEET_DATA),
        feed: plan.has_export(FEED).then(|| export_url(FEED)),
        manifest: export_url(MANIFEST),
        worker: settings.offline.0.then(|| export_url(WORKER)),
        icons: icons(plan, assets),
        extra_styles: urls(&extra.css),
        extra_scripts: urls(&extra.js),
        extra_head: extra
            .head
            .iter()
            .map(|line| Html::new(&line.html))
            .collect(),
        ground: assets.colour("bg").map(|[light, dark]| Ground {
            light: light.to_string(),
            dark: dark.to_string(),
        }),
        assets: assets
            .iter()
            .map(|(name, asset)| (name.to_owned(), asset.url()))
            .collect(),
    }
}

impl Site {
    /// The frame of a section's own page, with what the words say that it is for.
    pub fn frame_for_section(&self, section: Section) -> Frame {
        let description = self.about(section);
        let path = OutputPath::new(section.path());
        let bar = self.pieces.surroundings.bar(Some(section), true);
        self.frame(&path, bar, self.words.value.section(section), description)
    }

    /// The frame of a page that belongs to no section.
    pub fn frame_for(&self, path: &OutputPath, title: &str, description: &str) -> Frame {
        let bar = self.pieces.surroundings.bar(None, false);
        self.frame(path, bar, title, description)
    }

    /// The frame of a record's page: with its neighbours in reading order and its source.
    pub fn frame_for_record(
        &self,
        path: &OutputPath,
        at: impl Into<RecordAt>,
        description: &str,
    ) -> Frame {
        self.frame_below(path, at.into(), description, None)
    }

    /// The same for a record that belongs to another: the way to it leads over that one's page.
    pub fn frame_for_part(
        &self,
        path: &OutputPath,
        at: impl Into<RecordAt>,
        description: &str,
        whole: Shared<LinkTo>,
    ) -> Frame {
        self.frame_below(path, at.into(), description, Some(whole))
    }

    fn frame_below(
        &self,
        path: &OutputPath,
        at: RecordAt,
        description: &str,
        whole: Option<Shared<LinkTo>>,
    ) -> Frame {
        let section = at.kind.section();
        let bar = self.pieces.surroundings.bar(Some(section), false);
        let mut frame = self.frame(path, bar, self.handbook.title(at), description);
        frame.crumbs.push(self.pieces.section(section));
        frame.crumbs.extend(whole);
        frame.breadcrumbs = self.breadcrumbs(&frame);
        frame.picture = self.picture(at).or(frame.picture);
        let neighbours = self.neighbours(at);
        [frame.previous, frame.next] = neighbours.map(|other| other.map(|at| self.link(at)));
        frame.updated = self
            .handbook
            .common(at)
            .updated
            .as_ref()
            .map(|date| self.day(date));
        frame.edit = self.edit_url(at);
        frame
    }

    /// A frame; what only some pages have is filled in by them.
    fn frame(&self, path: &OutputPath, bar: Html, title: &str, description: &str) -> Frame {
        let surroundings = &self.pieces.surroundings;
        Frame {
            site: surroundings.site.clone(),
            head: surroundings.head.clone(),
            bar,
            foot: surroundings.foot.clone(),
            title: title.to_owned(),
            description: self.summary(description),
            canonical: self
                .base_url
                .as_ref()
                .map(|base| format!("{base}{}", path.address())),
            picture: self.sign(),
            crumbs: Vec::new(),
            breadcrumbs: None,
            contents: Vec::new(),
            headings: BTreeMap::new(),
            previous: None,
            next: None,
            updated: None,
            edit: None,
        }
    }

    fn edit_url(&self, at: RecordAt) -> Option<String> {
        let base = &self.handbook.settings.edit_url.as_ref()?.text;
        Some(format!(
            "{}/{}",
            base.trim_end_matches('/'),
            self.handbook.entry(at).path()
        ))
    }
}
