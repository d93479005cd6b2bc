//! `search-data.js`: what the search dialog looks through, as a script, so that it also loads from the disk.
//!
//! It stands at the site's root under a fixed name, where nothing is cached without asking, and not among the
//! fingerprinted assets: every page holds its address, so a name that changed with each edited word would
//! make every page anew and every reader fetch it again.
//!
//! Words stand once, the most frequent first, in two lists: of what is shown and of what is only looked up. Texts
//! are runs of places in them: in order for the one, ascending and as gaps for the other. `search.js` of the site
//! theme is the other end.

mod encode;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Export, Kept, Render};
use crate::handbook::{At, Handbook, RecordAt};
use crate::html::hash_of;
use crate::memo::Cache;
use crate::model::{Framework, Principle, Question};
use crate::output::{Bytes, ROOT};
use crate::plan::{SEARCH_DATA, SitePlan, record_url};
pub use words::Word;
use words::words;

pub(super) const EXPORT: Export = Export {
    path: SEARCH_DATA,
    exists: |_| true,
    kept: Kept::First,
    render: Render::FromSite(|site, memo| script(&site.handbook, &site.plan, &memo.words)),
};

/// The words of records, by their files.
pub type Memo = Cache<Arc<[Word]>>;

/// The largest handbook of which more than titles and tags can be searched.
const FULL_TEXT_QUESTIONS: usize = 2000;

/// A page or a place on one.
#[derive(Default)]
struct Document {
    group: &'static str,
    /// The address before and after the id.
    around: (String, String),
    id: String,
    title: String,
    number: Option<u32>,
    /// Documents whose titles also stand for this one: a question's theme, companies, principles.
    about: Vec<usize>,
    /// Other wordings.
    names: Vec<String>,
    tags: Vec<Word>,
    /// The words of its texts, each once.
    body: Arc<[Word]>,
}

impl Document {
    /// The words that find it already, whatever its texts say.
    fn known_words(&self) -> BTreeSet<String> {
        let names = self.names.iter().flat_map(|name| words(name));
        words(&self.title)
            .chain(names)
            .chain(self.tags.iter().map(|tag| tag.text.to_string()))
            .collect()
    }
}

/// Writes down every record and index page, for search in the browser.
pub fn script(handbook: &Handbook, plan: &SitePlan, memo: &Memo) -> Bytes {
    let records: Vec<RecordAt> = handbook.everything().collect();
    let full = handbook.questions.len() <= FULL_TEXT_QUESTIONS;
    let mut documents: Vec<Document> = records
        .par_iter()
        .map(|at| {
            let mut document = document(handbook, *at, full);
            if full {
                // What a record says depends on its file alone; taking it apart is the dear part.
                let key = handbook.entry(*at).hash() ^ hash_of(&(at.kind, handbook.id(*at)));
                document.body =
                    memo.get(key, || words::body(handbook, *at, &document.known_words()));
            }
            document
        })
        .collect();
    documents.extend(places(plan));
    // Questions are the first kind.
    let data = encode::encode(&documents, handbook.questions.len());
    let json = serde_json::to_string(&data).expect("strings and numbers");
    let script = format!("self.prepbookSearch={json};\n")
        .replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029");
    Bytes::from(script)
}

fn document(handbook: &Handbook, at: RecordAt, full: bool) -> Document {
    let id = handbook.id(at);
    let url = record_url(handbook, at);
    let (before, after) = url.rsplit_once(id).unwrap_or((&url, ""));
    let mut document = Document {
        group: at.kind.group(),
        around: (before.trim_start_matches(ROOT).to_owned(), after.to_owned()),
        id: id.to_owned(),
        title: handbook.title(at).to_owned(),
        ..Document::default()
    };
    if let Some(question) = at.of::<Question>() {
        let question = &handbook.questions[question];
        document.number = question.number.map(|number| number.value);
        let tags: BTreeSet<String> = question.tags.iter().flat_map(|tag| words(tag)).collect();
        document.tags = tags.into_iter().map(Word::from).collect();
    }
    if !full {
        return document;
    }
    if let Some(question) = at.of::<Question>() {
        let names = &handbook.questions[question].also_asked;
        document.names = names.iter().map(|name| name.to_string()).collect();
        document.about = about(handbook, question);
    } else if let Some(framework) = at.of::<Framework>() {
        let names = &handbook.frameworks[framework].also_called;
        document.names = names.iter().map(|name| name.to_string()).collect();
    } else if let Some(principle) = at.of::<Principle>() {
        let company = handbook.employer(principle);
        document.about = vec![handbook.links.position(company.into())];
    }
    document
}

/// A question's theme, then its companies and the principles it tests there.
fn about(handbook: &Handbook, question: At<Question>) -> Vec<usize> {
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
fn places(plan: &SitePlan) -> impl Iterator<Item = Document> {
    plan.sections().map(|section| Document {
        group: "Pages",
        around: (String::new(), "/index.html".to_owned()),
        id: section.folder().to_owned(),
        title: section.title().to_owned(),
        ..Document::default()
    })
}
