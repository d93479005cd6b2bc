//! What many pages show, made once for all of them.

use std::collections::BTreeMap;
use std::hash::Hash;
use std::sync::OnceLock;

use rayon::prelude::*;
use serde::Serialize;

use super::card::{self, Card};
use super::frame::Surroundings;
use super::timing::{TimingBar, timing_bar};
use super::{LinkTo, Memo, QuestionLink, siblings};
use crate::assets::Assets;
use crate::diagnostic::Diagnostic;
use crate::handbook::{At, Handbook, RecordAt};
use crate::html::{Html, Shared, hash_of};
use crate::memo::Cache;
use crate::model::{Framework, Kind, Question};
use crate::plan::{SitePlan, home_url, record_url, section_url};
use crate::section::Section;
use crate::template::Templates;
use crate::words::Words;

/// What many pages show.
pub struct Pieces {
    pub surroundings: Surroundings,
    /// A hash of what stands around pages and of the settings.
    pub inputs: u128,
    /// By question: its row in lists, once lists are to be made.
    cards: OnceLock<Vec<Shared<Card>>>,
    /// By framework.
    timing_bars: Vec<Option<Shared<TimingBar>>>,
    /// By kind and record.
    links: Vec<Vec<Shared<LinkTo>>>,
    /// By question.
    questions: Vec<Shared<QuestionLink>>,
    /// By question: its row beside others of its theme, once a page shows it.
    beside: Vec<OnceLock<Html>>,
    home: Shared<LinkTo>,
    sections: BTreeMap<Section, Shared<LinkTo>>,
}

impl Pieces {
    /// Makes all pieces; reports `template`.
    pub fn new(
        handbook: &Handbook,
        plan: &SitePlan,
        assets: &Assets,
        words: &Words,
        templates: &Templates,
        memo: &Memo,
    ) -> Result<Self, Box<Diagnostic>> {
        let link_to = |at: RecordAt| {
            let said = (at.kind, handbook.id(at), handbook.title(at));
            let inputs = || (said, handbook.has_page(at));
            shared(&memo.links, inputs, || link(handbook, at))
        };
        let links: Vec<Vec<Shared<LinkTo>>> = Kind::ALL
            .iter()
            .map(|kind| {
                let all = (0..handbook.count(*kind)).into_par_iter();
                all.map(|nth| link_to(RecordAt { kind: *kind, nth }))
                    .collect()
            })
            .collect();
        let questions = (0..handbook.questions.len()).into_par_iter().map(At::new);
        let question_links = questions.map(|question| {
            let link = &links[Kind::Question as usize][question.nth];
            let number = handbook.questions[question].number;
            let number = number.map(|number| number.value);
            let make = || QuestionLink {
                id: handbook.questions.entry(question).id.to_string(),
                title: link.title.clone(),
                url: link.url.clone(),
                number,
                editorial: false,
            };
            shared(&memo.question_links, || (link, number), make)
        });
        let bars = handbook.frameworks.iter();
        let sections = Section::ALL.iter();
        let surroundings =
            Surroundings::new(handbook, plan, assets, words, templates, &memo.surroundings)?;
        Ok(Self {
            inputs: surroundings.hash(handbook.settings_hash),
            surroundings,
            cards: OnceLock::new(),
            timing_bars: bars
                .map(|entry| timing_bar(&entry.record.parts).map(Shared::new))
                .collect(),
            questions: question_links.collect(),
            beside: handbook.questions.iter().map(|_| OnceLock::new()).collect(),
            home: page_link(words.text("bar.home"), home_url()),
            sections: sections
                .map(|section| {
                    (
                        *section,
                        page_link(words.section(*section), section_url(*section)),
                    )
                })
                .collect(),
            links,
        })
    }

    pub fn link(&self, at: RecordAt) -> Shared<LinkTo> {
        self.links[at.kind as usize][at.nth].clone()
    }

    /// The address of a record.
    pub fn url(&self, at: RecordAt) -> &str {
        &self.links[at.kind as usize][at.nth].url
    }

    pub fn home(&self) -> Shared<LinkTo> {
        self.home.clone()
    }

    /// To the page of a section.
    pub fn section(&self, section: Section) -> Shared<LinkTo> {
        self.sections[&section].clone()
    }

    /// Makes the questions' rows; pages with lists are made after that. Reports `template`.
    pub fn make_cards(
        &self,
        handbook: &Handbook,
        templates: &Templates,
        memo: &Memo,
    ) -> Result<(), Box<Diagnostic>> {
        let link_to = |at: RecordAt| self.link(at);
        let card = |question| {
            let make = || card::card(handbook, link_to, question, templates).map(Shared::new);
            if !memo.cards.remembers() {
                return make();
            }
            let inputs = hash_of(&card::inputs(handbook, link_to, question));
            memo.cards.try_get(templates.hash() ^ inputs, make)
        };
        let questions = (0..handbook.questions.len()).into_par_iter().map(At::new);
        let cards = questions.map(card).collect::<Result<_, _>>()?;
        drop(self.cards.set(cards));
        Ok(())
    }

    /// A question's row in lists.
    pub fn card(&self, question: At<Question>) -> Shared<Card> {
        let cards = self.cards.get().expect("rows are made before lists");
        cards[question.nth].clone()
    }

    /// How a framework divides the time; `None` where not every part has seconds.
    pub fn timing_bar(&self, framework: At<Framework>) -> Option<Shared<TimingBar>> {
        self.timing_bars[framework.nth].clone()
    }

    /// A question's row beside the others of its theme; reports `template`.
    pub(super) fn beside(
        &self,
        question: At<Question>,
        templates: &Templates,
    ) -> Result<Html, Box<Diagnostic>> {
        let row = &self.beside[question.nth];
        if let Some(row) = row.get() {
            return Ok(row.clone());
        }
        let made = siblings::row(self.question_link(question, false), templates)?;
        Ok(row.get_or_init(|| made).clone())
    }

    pub fn question_link(&self, question: At<Question>, editorial: bool) -> Shared<QuestionLink> {
        let link = &self.questions[question.nth];
        if editorial {
            Shared::new(QuestionLink {
                editorial,
                ..QuestionLink::clone(link)
            })
        } else {
            link.clone()
        }
    }
}

fn link(handbook: &Handbook, at: RecordAt) -> LinkTo {
    LinkTo {
        title: handbook.title(at).to_owned(),
        url: record_url(handbook, at),
        kind: at.kind.word(),
    }
}

fn page_link(title: &str, url: String) -> Shared<LinkTo> {
    Shared::new(LinkTo {
        title: title.to_owned(),
        url,
        kind: "page",
    })
}

/// A value that many pages show: the one that an earlier build made of the same.
fn shared<T: Serialize + Hash, I: Hash>(
    cache: &Cache<Shared<T>>,
    inputs: impl FnOnce() -> I,
    make: impl FnOnce() -> T,
) -> Shared<T> {
    if !cache.remembers() {
        return Shared::new(make());
    }
    cache.get(hash_of(&inputs()), || Shared::new(make()))
}
