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

use crate::handbook::{Handbook, RecordAt};
use crate::html::hash_of;
use crate::memo::Memo;
use crate::model::Kind;
use crate::output::Bytes;
use crate::plan::{INDEXES, ROOT, SitePlan};
use crate::source::Sources;
pub use words::Word;
use words::words;

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
pub fn render(handbook: &Handbook, plan: &SitePlan, sources: &Sources, memo: &Memo) -> Bytes {
    let records: Vec<RecordAt> = handbook.everything().collect();
    let full = handbook.questions.len() <= FULL_TEXT_QUESTIONS;
    let mut documents: Vec<Document> = records
        .par_iter()
        .map(|at| {
            let mut document = document(handbook, plan, *at, full);
            if full {
                // What a record says depends on its file alone; taking it apart is the dear part.
                let file = sources.get(handbook.path(*at)).map_or(0, |file| file.hash);
                let key = file ^ hash_of(&(at.kind, handbook.id(*at)));
                document.body =
                    memo.words(key, || words::body(handbook, *at, &document.known_words()));
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

fn document(handbook: &Handbook, plan: &SitePlan, at: RecordAt, full: bool) -> Document {
    let id = handbook.id(at);
    let url = plan.url_of(handbook, at);
    let (before, after) = url.rsplit_once(id).unwrap_or((&url, ""));
    let mut document = Document {
        group: group(at.kind),
        around: (before.trim_start_matches(ROOT).to_owned(), after.to_owned()),
        id: id.to_owned(),
        title: handbook.title(at).to_owned(),
        ..Document::default()
    };
    if at.kind == Kind::Question {
        let question = handbook.questions.at(at.nth);
        document.number = question.number.map(|number| number.value);
        let tags: BTreeSet<String> = question.tags.iter().flat_map(|tag| words(tag)).collect();
        document.tags = tags.into_iter().map(Word::from).collect();
    }
    if !full {
        return document;
    }
    match at.kind {
        Kind::Question => {
            let names = &handbook.questions.at(at.nth).also_asked;
            document.names = names.iter().map(|name| name.to_string()).collect();
            document.about = about(handbook, at.nth);
        }
        Kind::Framework => {
            let names = &handbook.frameworks.at(at.nth).also_called;
            document.names = names.iter().map(|name| name.to_string()).collect();
        }
        Kind::Principle => {
            let company = handbook.principles[at.nth].company;
            document.about = vec![position(handbook, Kind::Company, company)];
        }
        _ => {}
    }
    document
}

/// A question's theme, then its companies and the principles it tests there.
fn about(handbook: &Handbook, nth: usize) -> Vec<usize> {
    let theme = handbook
        .themes
        .position(&handbook.questions.at(nth).theme.id);
    let asked = handbook.asked[nth].iter().flat_map(|asked| {
        let principles = asked.principles.iter();
        std::iter::once(position(handbook, Kind::Company, asked.company))
            .chain(principles.map(|(nth, _)| position(handbook, Kind::Principle, *nth)))
    });
    theme
        .map(|theme| position(handbook, Kind::Theme, theme))
        .into_iter()
        .chain(asked)
        .collect()
}

/// A record's place among all.
fn position(handbook: &Handbook, kind: Kind, nth: usize) -> usize {
    let before = Kind::ALL.iter().take_while(|other| **other != kind);
    before.map(|kind| handbook.count(*kind)).sum::<usize>() + nth
}

/// The heading under which records of a kind are found.
fn group(kind: Kind) -> &'static str {
    INDEXES
        .iter()
        .find(|(.., listed)| *listed == Some(kind))
        .map_or("Principles", |(_, _, title, _)| title)
}

/// The index pages.
fn places(plan: &SitePlan) -> impl Iterator<Item = Document> {
    const FILE: &str = "/index.html";
    INDEXES
        .iter()
        .filter(|(artifact, ..)| plan.has(artifact))
        .map(|(_, path, title, _)| Document {
            group: "Pages",
            around: (String::new(), FILE.to_owned()),
            id: path.trim_end_matches(FILE).to_owned(),
            title: (*title).to_owned(),
            ..Document::default()
        })
}
