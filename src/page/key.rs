//! What each file of the site is made from, as a hash that is known before anything of it is made: equal keys, equal
//! files.
//!
//! A question's page, of which there are many, has all that it shows in its key. Other pages and exports, which are few,
//! share two hashes: of all that lists and links say of questions, with the files of all other records; and of all files.
//! So most edits, those of questions' texts, make one page, and a page that shows something new needs no new key.

use std::hash::Hash;

use rayon::prelude::*;

use super::{Site, question};
use crate::handbook::{At, RecordAt};
use crate::html::hash_of;
use crate::model::field::Text;
use crate::model::question::{FollowUpQuestion, Frequency};
use crate::model::{Answer, Kind, Question};
use crate::output::OutputPath;
use crate::plan::Artifact;
use crate::section::Section;

/// What of the handbook's records a file is made from. Settings, words, templates, what stands around pages and which
/// index pages there are belong to every key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shows {
    /// None of them.
    Nothing,
    /// All records; of questions what lists and links say of them.
    Lists,
    /// All texts of all records.
    Texts,
}

/// The keys of a site's files.
pub struct Keys<'a> {
    site: &'a Site,
    /// Of what every file can show.
    around: u128,
    /// Of what [`Shows::Lists`] says.
    lists: u128,
    /// Of what [`Shows::Texts`] says.
    texts: u128,
}

impl<'a> Keys<'a> {
    pub fn new(site: &'a Site) -> Self {
        let handbook = &site.handbook;
        let settings = &handbook.settings;
        let sections: Vec<Section> = site.plan.sections().collect();
        let targets = handbook.settings_targets.iter();
        let around = (
            (site.pieces.inputs, site.templates.hash(), site.media.hash),
            (&site.base_url, sections, &site.headers),
            (settings.offline.0, settings.shares_pictures().is_some()),
            targets
                .map(|at| at.map(|at| site.link(at)))
                .collect::<Vec<_>>(),
            &handbook.drafts,
        );
        let others = handbook.everything().filter(|at| at.kind != Kind::Question);
        let others = others.map(|at| (at.kind, handbook.entry(at).hash(), site.link(at)));
        let questions = (0..handbook.questions.len()).into_par_iter().map(At::new);
        let in_lists: Vec<u128> = questions.map(|at| in_lists(site, at)).collect();
        let lists = hash_of(&(others.collect::<Vec<_>>(), in_lists));
        let files: Vec<u128> = handbook.questions.iter().map(|entry| entry.hash).collect();
        Self {
            site,
            around: hash_of(&around),
            lists,
            texts: hash_of(&(lists, files)),
        }
    }

    /// The key of a page or a picture; `None` for what is made of other files, and for what is ready.
    pub fn of(&self, path: &OutputPath, artifact: &Artifact) -> Option<u128> {
        let shows = match artifact {
            Artifact::Record(at) => match at.of() {
                Some(question) => return Some(self.of_question(path, question)),
                None => Shows::Lists,
            },
            Artifact::Redirect(at) => {
                return Some(hash_of(&(self.around, path, self.site.link(*at))));
            }
            Artifact::Picture(at) => return Some(self.site.picture_key(*at)),
            Artifact::Home => Shows::Lists,
            Artifact::Index(section) => match section {
                Section::Print => return None,
                Section::WeakAnswers => Shows::Texts,
                Section::MyData => Shows::Nothing,
                _ => Shows::Lists,
            },
            Artifact::NotFound | Artifact::Offline => Shows::Nothing,
            Artifact::Export(_) | Artifact::Asset(_) | Artifact::Medium(_) => return None,
        };
        Some(self.showing(path, shows, ()))
    }

    /// The key of a file that shows this much of the handbook, and something besides.
    pub fn showing(&self, path: &OutputPath, shows: Shows, more: impl Hash) -> u128 {
        let shown = match shows {
            Shows::Nothing => 0,
            Shows::Lists => self.lists,
            Shows::Texts => self.texts,
        };
        hash_of(&(path, self.around, shown, more))
    }

    /// A question's page is made from its file, the links from and to it, its neighbours in reading order, and what it shows
    /// of them besides their titles and addresses.
    fn of_question(&self, path: &OutputPath, at: At<Question>) -> u128 {
        let site = self.site;
        let ends = site.handbook.links.ends(at.into()).map(|end| {
            // Pages show them in reading order; that others stand before both changes nothing.
            let mut end = end.to_vec();
            end.sort_unstable_by_key(|(other, _)| *other);
            let links = end.into_iter();
            links
                .map(|(other, relation)| (site.link(other), relation))
                .collect::<Vec<_>>()
        });
        let neighbours = site.neighbours(at.into());
        let neighbours = neighbours.map(|other| other.map(|other| site.link(other)));
        let own = (site.handbook.questions.entry(at).hash, site.link(at));
        let shown = question::shown(site, at);
        hash_of(&(path, self.around, own, ends, neighbours, shown))
    }
}

fn texts(texts: &[Text]) -> Vec<&str> {
    texts.iter().map(|text| &**text).collect()
}

/// What other pages and exports show of a question.
fn in_lists(site: &Site, at: At<Question>) -> u128 {
    let handbook = &site.handbook;
    let entry = handbook.questions.entry(at);
    let record = &entry.record;
    let pace = handbook.settings.pace();
    let shapes = record.answers.iter().map(|answer| {
        let framework = answer.framework.as_deref();
        framework.map(|framework| framework.id.as_str())
    });
    let asks = record.follow_ups.iter();
    let asks = asks.map(FollowUpQuestion::of_any_story);
    let length = record.answers.first().map(Answer::speech);
    let [out, _] = handbook.links.ends(RecordAt::from(at));
    hash_of(&(
        (site.link(at), record.number.map(|number| number.value)),
        record.frequency.map(Frequency::word),
        record.difficulty.map(|difficulty| difficulty.value),
        length.map(|speech| speech.seconds(pace)),
        texts(&record.also_asked),
        texts(&record.tags),
        (shapes.collect::<Vec<_>>(), asks.collect::<Vec<_>>()),
        record
            .frameworks
            .iter()
            .map(|one| one.id.as_str())
            .collect::<Vec<_>>(),
        (handbook.asked(at), out),
        record.common.updated.as_ref().map(|date| date.0),
    ))
}
