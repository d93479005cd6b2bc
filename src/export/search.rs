//! `search-data.js`: what the search dialog looks through, as a script, so that it also loads from the disk.
//!
//! It stands at the site's root under a fixed name, where nothing is cached without asking, and not among the
//! fingerprinted assets: every page holds its address, so a name that changed with each edited word would
//! make every page anew and every reader fetch it again.
//!
//! How it is laid out stands in `encode.rs`; `search.js` of the site theme is the other end.

mod dictionary;
mod encode;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Export, Kept, Render};
use crate::handbook::{At, Handbook, RecordAt};
use crate::html::hash_of;
use crate::memo::Cache;
use crate::model::{Framework, Kind, Principle, Question};
use crate::output::{Bytes, ROOT};
use crate::page::key::Shows;
use crate::plan::{SEARCH_DATA, SitePlan, record_url};
use crate::words as interface;
use dictionary::{Dictionary, Number};
use words::{Words, add_words};

pub(super) const EXPORT: Export = Export {
    path: SEARCH_DATA,
    exists: |_| true,
    kept: Kept::First,
    own: super::ASKED_FOR,
    shows: |site| {
        if has_full_text(&site.handbook) {
            Shows::Texts
        } else {
            Shows::Lists
        }
    },
    render: Render::FromSite(|site, memo| {
        script(&site.handbook, &site.plan, &site.words.value, &memo.search)
    }),
};

/// What earlier builds made of the same records.
pub struct Memo {
    /// What records are found by, by their files.
    found: Cache<Arc<Found>>,
    dictionary: Dictionary,
}

impl Memo {
    pub fn new(remembers: bool) -> Self {
        Self {
            found: Cache::new(remembers),
            dictionary: Dictionary::default(),
        }
    }

    /// Ends a build: forgets what the last few did not use.
    pub fn end_build(&self) {
        self.found.end_build();
    }
}

/// The largest handbook of which more than titles and tags can be searched.
const FULL_TEXT_QUESTIONS: usize = 2000;

fn has_full_text(handbook: &Handbook) -> bool {
    handbook.questions.len() <= FULL_TEXT_QUESTIONS
}

/// A page or a place on one.
struct Page {
    group: Arc<Group>,
    found: Arc<Found>,
    /// Pages whose titles also stand for this one: a question's theme, companies, principles.
    about: Vec<usize>,
}

/// What is the same for neighbouring pages.
#[derive(PartialEq, Eq)]
struct Group {
    /// The kind's word; `page` for index pages.
    kind: &'static str,
    name: String,
    /// Addresses before and after the id.
    before: String,
    after: String,
}

/// What a record is found by, as far as it depends on the record alone.
#[derive(Default)]
pub struct Found {
    /// Its title, id, tags, number and other wordings, as the script has them.
    fields: String,
    /// The words of its texts, each once.
    words: Box<[Number]>,
}

/// Writes down every record and index page, for search in the browser.
pub fn script(
    handbook: &Handbook,
    plan: &SitePlan,
    interface: &interface::Words,
    memo: &Memo,
) -> Bytes {
    let records: Vec<RecordAt> = handbook.everything().collect();
    let full = has_full_text(handbook);
    // Records of a kind differ in nothing else that their heading depends on.
    let mut groups: BTreeMap<(Kind, bool), Arc<Group>> = BTreeMap::new();
    for at in &records {
        let key = (at.kind, handbook.has_page(*at));
        groups
            .entry(key)
            .or_insert_with(|| Arc::new(group(handbook, interface, *at)));
    }
    let page = |at: &RecordAt| {
        // Links without words are found by the titles of what they lead to.
        let entry = handbook.entry(*at);
        let references = Some(entry.references()).filter(|one| full && one.has_links());
        let titles = references.map(|references| {
            let all = references.all.iter().flatten();
            all.map(|one| handbook.title_of(one.kind, &one.id))
                .collect::<Vec<_>>()
        });
        let key = entry.hash() ^ hash_of(&(at.kind, handbook.id(*at), full, titles));
        Page {
            group: groups[&(at.kind, handbook.has_page(*at))].clone(),
            found: memo.found.get(key, || {
                Arc::new(found(handbook, *at, full, &memo.dictionary))
            }),
            about: if full {
                about(handbook, *at)
            } else {
                Vec::new()
            },
        }
    };
    let mut pages: Vec<Page> = records.par_iter().map(page).collect();
    pages.extend(indexes(plan, interface));
    // Questions are the first kind.
    let script = |words: &_| encode::script(&pages, handbook.questions.len(), words);
    Bytes::from(memo.dictionary.with(script))
}

/// Takes a record apart.
fn found(handbook: &Handbook, at: RecordAt, full: bool, dictionary: &Dictionary) -> Found {
    let title = handbook.title(at);
    let (mut number, mut tags, mut names) = (None, Words::default(), Vec::new());
    if let Some(question) = at.of::<Question>() {
        let question = &handbook.questions[question];
        number = question.number.map(|number| number.value);
        let of_tags = question.tags.iter();
        of_tags.for_each(|tag| add_words(tag, &mut tags));
        names.extend(question.also_asked.iter().map(|name| &**name));
    } else if let Some(framework) = at.of::<Framework>() {
        let framework = &handbook.frameworks[framework];
        names.extend(framework.also_called.iter().map(|name| &**name));
    }
    if !full {
        names.clear();
    }
    let mut in_order: Vec<&str> = tags.iter().map(String::as_str).collect();
    in_order.sort_unstable();
    let joined = in_order.join(" ");
    let fields = encode::fields(handbook.id(at), title, &joined, number, &names);
    if !full {
        return Found {
            fields,
            words: Box::default(),
        };
    }
    // What finds it already, whatever its texts say.
    let mut known = tags;
    let names = names.iter().copied().chain([title]);
    names.for_each(|name| add_words(name, &mut known));
    Found {
        fields,
        words: words::of_texts(handbook, at, &known, dictionary),
    }
}

/// The heading under which a record is found, and its address without its id.
fn group(handbook: &Handbook, interface: &interface::Words, at: RecordAt) -> Group {
    let url = record_url(handbook, at);
    let (before, after) = url.rsplit_once(handbook.id(at)).unwrap_or((&url, ""));
    Group {
        kind: at.kind.word(),
        name: interface.group(at.kind).to_owned(),
        before: before.trim_start_matches(ROOT).to_owned(),
        after: after.to_owned(),
    }
}

/// The pages to which a record belongs: a question's theme, companies and principles, a principle's company.
fn about(handbook: &Handbook, at: RecordAt) -> Vec<usize> {
    if let Some(question) = at.of::<Question>() {
        return about_question(handbook, question);
    }
    let company = at
        .of::<Principle>()
        .map(|principle| handbook.employer(principle));
    let position = company.map(|company| handbook.links.position(company.into()));
    position.into_iter().collect()
}

/// A question's theme, then its companies and the principles it tests there.
fn about_question(handbook: &Handbook, question: At<Question>) -> Vec<usize> {
    let position = |at: RecordAt| handbook.links.position(at);
    let theme = handbook.follow(question, &handbook.questions[question].theme);
    let asked = handbook.asked(question).iter().flat_map(|asked| {
        let principles = asked.principles.iter();
        std::iter::once(position(asked.company.into()))
            .chain(principles.map(|(principle, _)| position((*principle).into())))
    });
    std::iter::once(position(theme.into()))
        .chain(asked)
        .collect()
}

/// The index pages.
fn indexes(plan: &SitePlan, interface: &interface::Words) -> impl Iterator<Item = Page> {
    plan.sections().map(move |section| Page {
        group: Arc::new(Group {
            kind: "page",
            name: interface.text("search-group.pages").to_owned(),
            before: String::new(),
            after: "/index.html".to_owned(),
        }),
        found: Arc::new(Found {
            fields: encode::fields(section.folder(), interface.section(section), "", None, &[]),
            words: Box::default(),
        }),
        about: Vec::new(),
    })
}
