//! `search-data.js`: what the search dialog looks through, as a script, so that it also loads from the disk.
//!
//! It stands at the site's root under a fixed name, where nothing is cached without asking, and not among the
//! fingerprinted assets: every page holds its address, so a name that changed with each edited word would
//! make every page anew and every reader fetch it again.
//!
//! Words stand once, the most frequent first, in two lists: of what is shown and of what is only looked up. Texts
//! are runs of places in them: in order for the one, ascending and as gaps for the other. `search.js` of the site
//! theme is the other end.

use std::collections::{BTreeSet, HashMap, HashSet};

use pulldown_cmark::{Event, Parser};
use rayon::prelude::*;
use serde::Serialize;

use crate::diagnostic::Span;
use crate::handbook::{Handbook, RecordAt};
use crate::html::hash_of;
use crate::markdown::{curly, dialect, is_plain, shown};
use crate::memo::Memo;
use crate::model::Kind;
use crate::model::field::{Markdown, Visit};
use crate::output::Bytes;
use crate::plan::{INDEXES, ROOT, SitePlan};
use crate::source::Sources;
use std::sync::Arc;

/// The largest handbook of which more than titles and tags can be searched.
const FULL_TEXT_QUESTIONS: usize = 2000;
/// From so many questions on, a word in more than half of them says nothing.
const ENOUGH_TO_COUNT: usize = 20;

/// The digits of places below their number; those above follow from U+00A1 on. No character that JSON or HTML escapes.
const DIGITS: &str =
    "!#$%&'()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";

/// Places in an address below this one are places of words in the title; the others, less this, of all words.
const NEAR: usize = 32;

/// Words that say nothing in any handbook.
const STOP_WORDS: &str = "a about after all also am an and any are arent as at be because been before being but \
    by can cannot cant could couldnt did didnt do does doesnt doing don dont each even every few for from get had \
    hadnt has hasnt have havent he hed her here him his how i if im in into is isnt it its ive just like me more \
    most my no nor not now of off on once one only or other our out over own same she should shouldnt so some such \
    than that the their them then there these they theyd theyll theyre theyve this those through to too two under \
    until up us very was wasnt we were werent weve what when where which while who whod why will with wont would \
    wouldnt wouldve you youd youll your youre youve";

/// All that `search.js` reads.
#[derive(Serialize)]
struct Data {
    digits: &'static str,
    near: usize,
    /// The words of what is shown.
    words: String,
    /// The words of what is only looked up.
    keys: String,
    groups: Vec<Group>,
}

/// Pages of one kind whose addresses differ only in their ids.
#[derive(Serialize)]
struct Group(&'static str, String, String, Vec<Row>);

/// Title, id and tags with spaces between; number; places of the pages it belongs to; other wordings; words of the
/// body. What is empty at the end is left out, and what is left alone stands without its list.
type Row = serde_json::Value;

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
    tags: BTreeSet<String>,
    body: BTreeSet<String>,
}

/// Writes down every record and index page, for search in the browser.
pub fn render(handbook: &Handbook, plan: &SitePlan, sources: &Sources, memo: &Memo) -> Bytes {
    let records: Vec<RecordAt> = handbook.everything().collect();
    let full = handbook.questions.len() <= FULL_TEXT_QUESTIONS;
    let mut documents: Vec<Document> = records
        .par_iter()
        .map(|at| {
            // What a record says depends on its file alone; taking it apart is the dear part.
            let file = sources.get(handbook.path(*at)).map_or(0, |file| file.hash);
            let key = file ^ hash_of(&(at.kind, handbook.id(*at)));
            let body = full.then(|| memo.words(key, || Arc::new(body_words(handbook, *at))));
            document(handbook, plan, *at, body.as_deref())
        })
        .collect();
    if full {
        drop_common_words(handbook, &mut documents);
    }
    documents.extend(places(plan));
    let json = serde_json::to_string(&encode(&documents)).expect("strings and numbers");
    let script = format!("self.prepbookSearch={json};\n")
        .replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029");
    Bytes::from(script)
}

fn document(
    handbook: &Handbook,
    plan: &SitePlan,
    at: RecordAt,
    body: Option<&BTreeSet<String>>,
) -> Document {
    let id = handbook.id(at);
    let url = plan.url_of(handbook, at);
    let (before, after) = url.rsplit_once(id).unwrap_or((&url, ""));
    let mut document = Document {
        group: group(at.kind),
        around: (before.trim_start_matches(ROOT).to_owned(), after.to_owned()),
        id: id.to_owned(),
        title: curly(handbook.title(at)),
        ..Document::default()
    };
    if at.kind == Kind::Question {
        let question = handbook.questions.at(at.nth);
        document.number = question.number.map(|number| number.value);
        for tag in &question.tags {
            document.tags.extend(words(tag));
        }
        if body.is_some() {
            document.names = question.also_asked.iter().map(|name| curly(name)).collect();
            document.about = about(handbook, at.nth);
        }
    }
    if let Some(body) = body {
        match at.kind {
            Kind::Framework => {
                let names = &handbook.frameworks.at(at.nth).also_called;
                document.names = names.iter().map(|name| curly(name)).collect();
            }
            Kind::Principle => {
                let company = handbook.principles[at.nth].company;
                document.about = vec![position(handbook, Kind::Company, company)];
            }
            _ => {}
        }
        let names = document.names.iter().flat_map(|name| words(name));
        let known: BTreeSet<String> = words(&document.title)
            .chain(names)
            .chain(document.tags.iter().cloned())
            .collect();
        let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
        // A plural is found by its singular, and by a slip of one letter the other way.
        let is_plural = |word: &str| {
            let singular = word.strip_suffix('s').filter(|one| one.len() > 3);
            singular.is_some_and(|one| body.contains(one) || known.contains(one))
        };
        let told = body.iter().filter(|word| !known.contains(*word));
        document.body = told
            .filter(|word| !is_number(word) && !is_plural(word))
            .cloned()
            .collect();
    }
    document
}

/// The words of a record's own texts, less its title.
fn body_words(handbook: &Handbook, at: RecordAt) -> BTreeSet<String> {
    let mut body = Words(BTreeSet::new());
    if at.kind == Kind::Question {
        let question = handbook.questions.at(at.nth);
        let asks = question.follow_ups.iter().map(|one| &one.ask);
        let cases = question.cases.iter().map(|case| &case.title);
        let answers = question
            .answers
            .iter()
            .filter_map(|answer| answer.title.as_ref());
        for text in asks.chain(cases).chain(answers) {
            body.0.extend(words(text));
        }
    }
    if at.kind == Kind::Company {
        // Principles are found by themselves.
        let company = handbook.companies.at(at.nth);
        std::iter::once(&company.summary)
            .chain(company.listens_for.iter())
            .chain(company.prepare.iter())
            .chain(&company.questions_to_ask)
            .for_each(|text| body.markdown(text));
        body.0.extend(words(&company.framework_name));
    } else {
        handbook.walk_record(at, &mut body);
    }
    body.0
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

/// Collects the words of Markdown texts.
struct Words(BTreeSet<String>);

impl Visit for Words {
    fn reference(&mut self, _: Kind, _: &str, _: Span) {}

    fn markdown(&mut self, markdown: &Markdown) {
        if is_plain(&markdown.text) {
            return self.0.extend(words(&markdown.text));
        }
        let mut text = String::new();
        for event in Parser::new_ext(&markdown.text, dialect()) {
            text.push_str(shown(&event).unwrap_or_default());
            if matches!(event, Event::End(_)) {
                text.push(' ');
            }
        }
        self.0.extend(words(&text));
    }
}

/// The words of a text as search takes them apart: letters, digits, `+`, `#` (C++, C#); neither apostrophes nor
/// an `'s` count.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '+' | '#' | '\'' | '’')))
        .filter(|word| word.contains(char::is_alphanumeric))
        .map(|word| {
            let owner = word.strip_suffix("'s").or(word.strip_suffix("’s"));
            owner
                .unwrap_or(word)
                .replace(['\'', '’'], "")
                .to_lowercase()
        })
        .filter(|word| word.chars().count() > 1)
}

/// Takes out of the bodies the words that do not tell one page from another.
fn drop_common_words(handbook: &Handbook, documents: &mut [Document]) {
    let questions = handbook.questions.len();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    // Questions are the first kind.
    for document in &documents[..questions] {
        for word in &document.body {
            *counts.entry(word).or_default() += 1;
        }
    }
    let common = counts
        .into_iter()
        .filter(|(_, count)| questions >= ENOUGH_TO_COUNT && count * 2 > questions)
        .map(|(word, _)| word.to_owned());
    let dropped: HashSet<String> = common
        .chain(STOP_WORDS.split_ascii_whitespace().map(str::to_owned))
        .collect();
    documents
        .par_iter_mut()
        .for_each(|document| document.body.retain(|word| !dropped.contains(word)));
}

/// A title's words without what addresses leave out.
fn bare(word: &str) -> String {
    word.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

/// Where an id's word stands in the title.
fn in_title(title: &str, word: &str) -> Option<usize> {
    title
        .split_whitespace()
        .take(NEAR)
        .position(|other| bare(other) == word)
}

/// Words with their places: the most frequent first, then by first use, so that those of one text stand together.
#[derive(Default)]
struct Dictionary<'a> {
    /// How often each stands, and the order of first use.
    counts: HashMap<&'a str, (usize, usize)>,
    places: HashMap<&'a str, usize>,
}

impl<'a> Dictionary<'a> {
    fn count(&mut self, word: &'a str) {
        let seen = self.counts.len();
        self.counts.entry(word).or_insert((0, seen)).0 += 1;
    }

    /// All words with spaces between; from now on each has its place.
    fn close(&mut self) -> String {
        let mut all: Vec<_> = self.counts.drain().collect();
        all.sort_unstable_by_key(|(_, (count, seen))| (usize::MAX - count, *seen));
        let words: Vec<&str> = all.into_iter().map(|(word, _)| word).collect();
        self.places = words.iter().copied().zip(0..).collect();
        words.join(" ")
    }
}

fn encode(documents: &[Document]) -> Data {
    let (mut shown, mut sought) = (Dictionary::default(), Dictionary::default());
    for document in documents {
        let texts = std::iter::once(&document.title).chain(&document.names);
        texts
            .flat_map(|text| text.split_whitespace())
            .for_each(|word| shown.count(word));
        let far = |word: &&str| in_title(&document.title, word).is_none();
        document
            .id
            .split('-')
            .filter(far)
            .for_each(|word| shown.count(word));
        let sets = document.tags.iter().chain(&document.body);
        sets.for_each(|word| sought.count(word));
    }
    let (words, keys) = (shown.close(), sought.close());
    let text = |text: &str| -> String {
        text.split_whitespace()
            .map(|word| digit(shown.places[word]))
            .collect()
    };
    let set = |words: &BTreeSet<String>| -> String {
        let found: BTreeSet<usize> = words
            .iter()
            .map(|word| sought.places[word.as_str()])
            .collect();
        let mut next = 0;
        let gap = |place| digit(place - std::mem::replace(&mut next, place + 1));
        found.into_iter().map(gap).collect()
    };
    let row = |document: &Document| -> Row {
        let id = document.id.split('-').map(|word| {
            digit(in_title(&document.title, word).unwrap_or_else(|| NEAR + shown.places[word]))
        });
        let names: Vec<String> = document.names.iter().map(|name| text(name)).collect();
        let (title, tags) = (text(&document.title), set(&document.tags));
        let head = format!("{title} {} {tags}", id.collect::<String>());
        let mut row: Vec<Row> = vec![
            head.trim_end().into(),
            document.number.unwrap_or(0).into(),
            document.about.clone().into(),
            names.into(),
            set(&document.body).into(),
        ];
        while row.last().is_some_and(is_empty) {
            row.pop();
        }
        if row.len() == 1 {
            row.remove(0)
        } else {
            row.into()
        }
    };
    // The reader counts documents in the order of groups, so each group is a run of documents.
    let mut groups: Vec<Group> = Vec::new();
    for document in documents {
        let (before, after) = &document.around;
        let fits = |group: &Group| (group.0, &group.1, &group.2) == (document.group, before, after);
        if !groups.last().is_some_and(fits) {
            groups.push(Group(
                document.group,
                before.clone(),
                after.clone(),
                Vec::new(),
            ));
        }
        if let Some(group) = groups.last_mut() {
            group.3.push(row(document));
        }
    }
    Data {
        digits: DIGITS,
        near: NEAR,
        words,
        keys,
        groups,
    }
}

fn is_empty(value: &serde_json::Value) -> bool {
    use serde_json::Value;
    match value {
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        other => *other == 0,
    }
}

/// A place as one character.
fn digit(place: usize) -> char {
    if let Some(digit) = DIGITS.as_bytes().get(place) {
        return char::from(*digit);
    }
    let code = place - DIGITS.len() + 0xa1;
    // Surrogates are no characters.
    let code = if code < 0xd800 { code } else { code + 0x800 };
    u32::try_from(code)
        .ok()
        .and_then(char::from_u32)
        .expect("fewer words than characters")
}
