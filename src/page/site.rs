//! All that pages and exports may see: the handbook, where everything stands, and what pages are filled with.

use std::hash::Hash;
use std::sync::Arc;

use serde::Serialize;

use super::frame::Surroundings;
use super::pieces::Pieces;
use super::{CitationLink, LinkTo, Place, QuestionLink};
use crate::assets::Assets;
use crate::diagnostic::{Checked, Diagnostic};
use crate::handbook::{At, Handbook, RecordAt};
use crate::html::{Html, Shared, hash_of};
use crate::media::Media;
use crate::memo::Cache;
use crate::model::field::{Date, Markdown};
use crate::model::reference::Common;
use crate::model::{Checklist, Kind, Question};
use crate::output::{Bytes, HeaderRule, OutputPath, ROOT};
use crate::plan::{SitePlan, section_url};
use crate::section::Section;
use crate::template::Templates;
use crate::typeset::Bodies;
use crate::words::Words;

/// Everything a page is made from, read-only.
pub struct Site {
    pub handbook: Handbook,
    pub plan: SitePlan,
    pub words: Arc<Checked<Words>>,
    pub assets: Arc<Checked<Assets>>,
    pub media: Media,
    pub bodies: Bodies,
    pub templates: Arc<Templates>,
    /// With a slash at its end; `None` when the handbook does not say where it will stand.
    pub base_url: Option<String>,
    /// What hosts send with the files.
    pub headers: Vec<HeaderRule>,
    /// What many pages show.
    pub pieces: Pieces,
    pub memo: Arc<Memo>,
}

/// What earlier builds made of the same contents.
pub struct Memo {
    /// Finished files, by their keys: then not even their contexts are built.
    pub files: Cache<Bytes>,
    /// Finished pages, by their templates and contexts.
    by_context: Cache<Bytes>,
    /// What stands around pages, by what it shows of the site.
    pub(super) surroundings: Cache<Surroundings>,
    /// What many pages show, by what it says.
    pub(super) cards: Cache<Shared<super::Card>>,
    pub(super) links: Cache<Shared<LinkTo>>,
    pub(super) question_links: Cache<Shared<QuestionLink>>,
    /// What pages contribute to the print edition, by the page and the edition's other pages.
    pub(super) excerpts: Cache<Html>,
}

impl Memo {
    pub fn new(remembers: bool) -> Self {
        Self {
            files: Cache::new(remembers),
            by_context: Cache::new(remembers),
            surroundings: Cache::new(remembers),
            cards: Cache::new(remembers),
            links: Cache::new(remembers),
            question_links: Cache::new(remembers),
            excerpts: Cache::new(remembers),
        }
    }

    /// Ends a build: forgets what the last few did not use.
    pub fn end_build(&self) {
        self.files.end_build();
        self.by_context.end_build();
        self.surroundings.end_build();
        self.cards.end_build();
        self.links.end_build();
        self.question_links.end_build();
        self.excerpts.end_build();
    }
}

impl Site {
    /// The path of the site's root on its host: `/`, or the folder of `base_url`.
    pub fn base_path(&self) -> String {
        let path = self
            .base_url
            .as_ref()
            .and_then(|base| url::Url::parse(base).ok())
            .map(|url| url.path().to_owned());
        path.unwrap_or_else(|| "/".to_owned())
    }

    /// The way from a page to the site's root.
    fn root_from(&self, page: &OutputPath) -> String {
        // A missing page can be asked for at any depth: only absolute addresses work from it.
        if page.as_str() == "404.html" {
            self.base_path()
        } else {
            "../".repeat(page.depth())
        }
    }

    /// Fills a template for a page; one whose template and context have not changed since is not made again.
    pub fn fill<C: Serialize + Hash>(
        &self,
        name: &'static str,
        page: &OutputPath,
        context: &C,
    ) -> Result<Bytes, Box<Diagnostic>> {
        let root = self.root_from(page);
        let fill = || self.templates.fill(name, &root, context);
        if !self.memo.by_context.remembers() {
            return fill();
        }
        let key = self.templates.hash() ^ hash_of(&(name, &root, context));
        self.memo.by_context.try_get(key, fill)
    }

    /// The records before and after one in reading order.
    pub fn neighbours(&self, at: RecordAt) -> [Option<RecordAt>; 2] {
        let is_there = |nth: &usize| *nth < self.handbook.count(at.kind);
        [at.nth.checked_sub(1), at.nth.checked_add(1)]
            .map(|nth| nth.filter(is_there).map(|nth| RecordAt { nth, ..at }))
    }

    pub fn html(&self, markdown: &Markdown) -> Html {
        self.bodies.html(markdown)
    }

    /// For cells and list items: a single paragraph loses its tags.
    pub fn inline(&self, markdown: &Markdown) -> Html {
        self.bodies.inline(markdown)
    }

    pub fn inlines(&self, list: &[Markdown]) -> Vec<Html> {
        list.iter().map(|markdown| self.inline(markdown)).collect()
    }

    pub fn link(&self, at: impl Into<RecordAt>) -> Shared<LinkTo> {
        self.pieces.link(at.into())
    }

    pub fn links<A: Into<RecordAt>>(
        &self,
        records: impl IntoIterator<Item = A>,
    ) -> Vec<Shared<LinkTo>> {
        records.into_iter().map(|at| self.link(at)).collect()
    }

    /// The address of a record.
    pub fn url_of(&self, at: impl Into<RecordAt>) -> String {
        self.pieces.url(at.into()).to_owned()
    }

    /// The same for scripts, which know where the site's root is.
    pub fn path_of(&self, at: impl Into<RecordAt>) -> &str {
        self.pieces.url(at.into()).trim_start_matches(ROOT)
    }

    /// A question in a list.
    pub fn question_link(&self, question: At<Question>, editorial: bool) -> Shared<QuestionLink> {
        self.pieces.question_link(question, editorial)
    }

    /// The rows of the questions that a record names or that name it.
    pub fn cards_around(&self, at: impl Into<RecordAt>) -> Vec<Shared<super::Card>> {
        let questions = self.handbook.links.related(at, Kind::Question);
        let questions = questions.into_iter().filter_map(RecordAt::of);
        questions
            .map(|question| self.pieces.card(question))
            .collect()
    }

    /// Each source that a record cites once, with all the places in it.
    pub fn citations(&self, at: impl Into<RecordAt>, common: &Common) -> Vec<CitationLink> {
        let at = at.into();
        let mut links: Vec<CitationLink> = Vec::new();
        for citation in &common.sources {
            let link = self.link(self.handbook.follow(at, &citation.source));
            let place = citation.r#where.as_ref().map(|place| place.to_string());
            match links.iter_mut().find(|other| other.url == link.url) {
                Some(other) => {
                    let places = other.place.take().into_iter().chain(place);
                    other.place = places.reduce(|all, place| format!("{all}, {place}"));
                }
                None => links.push(CitationLink {
                    title: link.title.clone(),
                    url: link.url.clone(),
                    place,
                }),
            }
        }
        links
    }

    /// Index pages with what each is for, as far as the site has them.
    pub fn places<const N: usize>(&self, sections: [(Section, &str); N]) -> Vec<Place> {
        let sections = sections.into_iter();
        sections
            .filter(|(section, _)| self.plan.has(*section))
            .map(|(section, about)| Place {
                title: self.words.value.section(section).to_owned(),
                url: section_url(section),
                about: self.word(about).to_owned(),
            })
            .collect()
    }

    /// What an index page is for.
    pub fn about(&self, section: Section) -> &str {
        self.words
            .value
            .text(&format!("about.{}", section.folder()))
    }

    /// A word of the interface by its key.
    pub fn word(&self, key: &str) -> &str {
        self.words.value.text(key)
    }

    /// A date in words: `20 November 2026`.
    pub fn day(&self, date: &Date) -> String {
        self.words.value.day(date)
    }

    /// What the timeline calls a checklist: `Day 3`, `Night before`; its title when it is not a checkpoint.
    pub fn moment(&self, record: &Checklist) -> String {
        match (&record.day, &record.when) {
            (Some(day), _) => self
                .words
                .value
                .filled("moment.day", &[("day", &day.value)]),
            (None, Some(_)) => self.word("moment.night-before").to_owned(),
            _ => record.title.to_string(),
        }
    }

    /// What links here: records of this kind that point to this one in their text or fields.
    pub fn backlinks(&self, at: impl Into<RecordAt>, kind: Kind) -> Vec<Shared<LinkTo>> {
        let from = self.handbook.links.to(at.into());
        self.links(from.into_iter().filter(|from| from.kind == kind))
    }
}
