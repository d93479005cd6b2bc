//! What many pages show, made once for all of them.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::frame::Around;
use super::framework::{Bar, bar};
use super::question::{Card, card};
use super::{LinkTo, QuestionLink};
use crate::diagnostic::Diagnostic;
use crate::handbook::{Handbook, RecordAt};
use crate::html::Shared;
use crate::model::Kind;
use crate::plan::{Artifact, INDEXES, SitePlan, index};
use crate::site::Templates;

/// What many pages show.
pub struct Pieces {
    pub around: Around,
    /// By question: its row in lists.
    pub cards: Vec<Shared<Card>>,
    /// By framework: its timing bar.
    pub bars: Vec<Option<Shared<Bar>>>,
    /// By kind and record.
    links: Vec<Vec<Shared<LinkTo>>>,
    /// By question.
    questions: Vec<Shared<QuestionLink>>,
    /// To home and the pages that list records.
    indexes: BTreeMap<Artifact, Shared<LinkTo>>,
}

impl Pieces {
    /// Makes all pieces; reports `template`.
    pub fn new(
        handbook: &Handbook,
        plan: &SitePlan,
        templates: &Templates,
    ) -> Result<Self, Box<Diagnostic>> {
        let links: Vec<Vec<Shared<LinkTo>>> = Kind::ALL
            .iter()
            .map(|kind| {
                (0..handbook.count(*kind))
                    .into_par_iter()
                    .map(|nth| Shared::new(link(handbook, plan, RecordAt { kind: *kind, nth })))
                    .collect()
            })
            .collect();
        let of_questions = &links[Kind::Question as usize];
        let questions = of_questions
            .par_iter()
            .enumerate()
            .map(|(nth, link)| {
                let number = handbook.questions.at(nth).number;
                Shared::new(QuestionLink {
                    title: link.title.clone(),
                    url: link.url.clone(),
                    number: number.map(|number| number.value),
                    editorial: false,
                })
            })
            .collect();
        let cards = (0..of_questions.len())
            .into_par_iter()
            .map(|nth| Shared::new(card(handbook, &links, nth)))
            .collect();
        Ok(Self {
            around: Around::new(handbook, plan, templates)?,
            cards,
            bars: handbook
                .frameworks
                .iter()
                .map(|entry| bar(&entry.record.parts).map(Shared::new))
                .collect(),
            questions,
            links,
            indexes: INDEXES
                .iter()
                .map(|(artifact, ..)| artifact)
                .chain([&Artifact::Home])
                .filter_map(|artifact| Some((artifact.clone(), index_link(plan, artifact)?)))
                .collect(),
        })
    }

    pub fn link(&self, at: RecordAt) -> Shared<LinkTo> {
        self.links[at.kind as usize][at.nth].clone()
    }

    /// To home, or to a page that lists records.
    pub fn index_link(&self, artifact: &Artifact) -> Shared<LinkTo> {
        self.indexes[artifact].clone()
    }

    pub fn question_link(&self, nth: usize, editorial: bool) -> Shared<QuestionLink> {
        let link = &self.questions[nth];
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

fn link(handbook: &Handbook, plan: &SitePlan, at: RecordAt) -> LinkTo {
    LinkTo {
        title: handbook.title(at).to_owned(),
        url: plan.url_of(handbook, at),
        kind: at.kind.word(),
    }
}

fn index_link(plan: &SitePlan, artifact: &Artifact) -> Option<Shared<LinkTo>> {
    let (_, title) = index(artifact)?;
    Some(Shared::new(LinkTo {
        title: title.to_owned(),
        url: plan.url(artifact),
        kind: "page",
    }))
}
