//! Texts to the words that search knows.

use std::collections::{BTreeSet, HashSet};
use std::sync::{Arc, LazyLock};

use pulldown_cmark::{Event, Parser};

use crate::handbook::{Handbook, RecordAt};
use crate::model::field::{Markdown, Visit};
use crate::model::markdown::{dialect, is_plain, shown};
use crate::model::{Company, Question};

/// Words that say nothing in any handbook.
const STOP_WORDS: &str = "a about after all also am an and any are arent as at be because been before being but \
    by can cannot cant could couldnt did didnt do does doesnt doing don dont each even every few for from get had \
    hadnt has hasnt have havent he hed her here him his how i if im in into is isnt it its ive just like me more \
    most my no nor not now of off on once one only or other our out over own same she should shouldnt so some such \
    than that the their them then there these they theyd theyll theyre theyve this those through to too two under \
    until up us very was wasnt we were werent weve what when where which while who whod why will with wont would \
    wouldnt wouldve you youd youll your youre youve";

static STOPPED: LazyLock<HashSet<&str>> =
    LazyLock::new(|| STOP_WORDS.split_ascii_whitespace().collect());

/// A word and its xxh3-128: words are looked up far more often than they are found.
#[derive(Clone, Debug)]
pub struct Word {
    pub text: Box<str>,
    pub hash: u128,
}

impl From<String> for Word {
    fn from(text: String) -> Self {
        Self {
            hash: xxhash_rust::xxh3::xxh3_128(text.as_bytes()),
            text: text.into(),
        }
    }
}

/// The words of a text as search takes them apart: letters, digits, `+`, `#` (C++, C#); neither apostrophes nor
/// an `'s` count.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
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

/// The words of a record's texts that tell something and are not among `known`, in order.
pub(super) fn body(handbook: &Handbook, at: RecordAt, known: &BTreeSet<String>) -> Arc<[Word]> {
    let body = all_words(handbook, at);
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    // A plural is found by its singular, and by a slip of one letter the other way.
    let is_plural = |word: &str| {
        let singular = word.strip_suffix('s').filter(|one| one.len() > 3);
        singular.is_some_and(|one| body.contains(one) || known.contains(one))
    };
    let tells = |word: &&String| {
        !known.contains(*word)
            && !is_number(word)
            && !is_plural(word)
            && !STOPPED.contains(word.as_str())
    };
    body.iter()
        .filter(tells)
        .map(|word| Word::from(word.clone()))
        .collect()
}

/// The words of a record's own texts, less its title.
fn all_words(handbook: &Handbook, at: RecordAt) -> BTreeSet<String> {
    let mut body = Words(BTreeSet::new());
    if let Some(question) = at.of::<Question>() {
        let question = &handbook.questions[question];
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
    if let Some(company) = at.of::<Company>() {
        // Principles are found by themselves.
        let company = &handbook.companies[company];
        std::iter::once(&company.summary)
            .chain(company.listens_for.iter())
            .chain(company.prepare.iter())
            .chain(&company.questions_to_ask)
            .for_each(|text| body.markdown(text));
        body.0.extend(words(&company.framework_name));
    } else {
        handbook.entry(at).walk(&mut body);
    }
    body.0
}

/// Collects the words of Markdown texts.
struct Words(BTreeSet<String>);

impl Visit for Words {
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
