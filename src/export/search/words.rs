//! Texts to the words that search knows.

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use pulldown_cmark::{Event, Parser};

use crate::handbook::{Handbook, RecordAt};
use crate::model::field::{Markdown, Text, Visit};
use crate::model::markdown::{dialect, is_plain, shown};

/// Words that say nothing in any handbook.
pub(super) const STOP_WORDS: &str = "a about after all also am an and any are arent as at be because been before being but \
    by can cannot cant could couldnt did didnt do does doesnt doing don dont each even every few for from get had \
    hadnt has hasnt have havent he hed her here him his how i if im in into is isnt it its ive just like me more \
    most my no nor not now of off on once one only or other our out over own same she should shouldnt so some such \
    than that the their them then there these they theyd theyll theyre theyve this those through to too two under \
    until up us very was wasnt we were werent weve what when where which while who whod why will with wont would \
    wouldnt wouldve you youd youll your youre youve";

/// Words that people put around what they look for in a handbook of questions.
pub(super) const WORDS_AROUND: &str = "answer answers behavioral behavioural best example examples good interview \
    interviewing interviews method prep prepare process question questions sample say tips";

static STOPPED: LazyLock<HashSet<&str>> =
    LazyLock::new(|| STOP_WORDS.split_ascii_whitespace().collect());

/// A word and its xxh3-128: words are looked up far more often than they are found.
#[derive(Clone, Debug)]
pub(super) struct Word {
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
/// an `'s` count. Words joined by a hyphen or a slash are also one; of Chinese and Japanese each two letters are one.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    // Most texts have neither marks that stand apart nor letters that stand together.
    let is_rare = |c: char| is_mark(c) || stand_together(c);
    let rare = (!text.is_ascii() && text.contains(is_rare)).then(|| rare_words(text));
    let usual = rare
        .is_none()
        .then(|| plain_words(text).chain(compounds(text)));
    usual
        .into_iter()
        .flatten()
        .chain(rare.into_iter().flatten())
}

fn rare_words(text: &str) -> Vec<String> {
    let text = text.replace(is_mark, "");
    let words = plain_words(&text).flat_map(|word| pairs(&word));
    words.chain(compounds(&text)).collect()
}

/// Marks that stand apart from their letter, as some systems write them; the site's script leaves all out.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}')
}

/// Letters of scripts without spaces between words.
fn stand_together(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// A word, or its pairs of letters that stand together.
fn pairs(word: &str) -> Vec<String> {
    if !word.contains(stand_together) {
        return vec![word.to_owned()];
    }
    let letters: Vec<char> = word.chars().collect();
    let runs = letters.chunk_by(|one, other| stand_together(*one) == stand_together(*other));
    runs.flat_map(|run| -> Vec<String> {
        if stand_together(run[0]) && run.len() > 1 {
            run.windows(2).map(|pair| pair.iter().collect()).collect()
        } else {
            vec![run.iter().collect()]
        }
    })
    .collect()
}

/// The longest compound that people also write as one word, in letters.
const LONGEST_COMPOUND: usize = 10;

/// What is joined by a hyphen or a slash, as one word: `tradeoff`, `cicd`. Longer ones nobody writes so, and each costs
/// readers its letters.
fn compounds(text: &str) -> impl Iterator<Item = String> {
    let joints = memchr::memchr2_iter(b'-', b'/', text.as_bytes());
    joints.filter_map(|joint| {
        let is_other = |c: char| !c.is_alphanumeric();
        let (before, after) = (&text[..joint], &text[joint + 1..]);
        let first = &before[before
            .rfind(is_other)
            .map_or(0, |at| text.ceil_char_boundary(at + 1))..];
        let second = &after[..after.find(is_other).unwrap_or(after.len())];
        let letters = first.chars().count() + second.chars().count();
        let goes_on = before[..before.len() - first.len()].ends_with(['-', '/'])
            || after[second.len()..].starts_with(['-', '/']);
        // `gpt-4` is also `gpt4`, but `30-minute` is never `30minute`.
        let is_word = first.starts_with(char::is_alphabetic) && !second.is_empty();
        let fits = is_word && !goes_on && letters <= LONGEST_COMPOUND;
        fits.then(|| format!("{first}{second}").to_lowercase())
    })
}

fn plain_words(text: &str) -> impl Iterator<Item = String> {
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
pub(super) fn of_texts(handbook: &Handbook, at: RecordAt, known: &BTreeSet<String>) -> Box<[Word]> {
    let mut all = Words(BTreeSet::new());
    handbook.entry(at).walk(&mut all);
    let all = all.0;
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    // A plural is found by its singular, and by a slip of one letter the other way.
    let is_plural = |word: &str| {
        let singular = word.strip_suffix('s').filter(|one| one.len() > 3);
        singular.is_some_and(|one| all.contains(one) || known.contains(one))
    };
    let tells = |word: &&String| {
        !known.contains(*word)
            && !is_number(word)
            && !is_plural(word)
            && !STOPPED.contains(word.as_str())
    };
    all.iter()
        .filter(tells)
        .map(|word| Word::from(word.clone()))
        .collect()
}

/// Collects the words of texts.
struct Words(BTreeSet<String>);

impl Visit for Words {
    fn text(&mut self, text: &Text) {
        self.0.extend(words(text));
    }

    /// Principles are found by themselves.
    fn sees_inner_records(&self) -> bool {
        false
    }

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
