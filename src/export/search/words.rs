//! Texts to the words that search knows.

use std::borrow::Cow;
use std::sync::LazyLock;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use rustc_hash::{FxBuildHasher, FxHashSet};

use super::dictionary::{Dictionary, Number};

use crate::handbook::{Handbook, RecordAt};
use crate::model::field::{Markdown, Text, Visit};
use crate::model::markdown::{Destination, destination, dialect, is_plain, shown};

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

static STOPPED: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| STOP_WORDS.split_ascii_whitespace().collect());

/// The words of something, each once.
pub(super) type Words = FxHashSet<String>;

/// Adds the words of a text as search takes them apart: letters, digits, `+`, `#` (C++, C#); neither apostrophes nor
/// an `'s` count. Words joined by a hyphen or a slash are also one; of Chinese and Japanese each two letters are one.
pub(super) fn add_words(text: &str, all: &mut Words) {
    let text = if !text.is_ascii() && text.contains(is_mark) {
        Cow::Owned(text.replace(is_mark, ""))
    } else {
        Cow::Borrowed(text)
    };
    // Most words have come before: only new ones are kept.
    let mut add = |word: &str| {
        if word.chars().nth(1).is_some() && !all.contains(word) {
            all.insert(word.to_owned());
        }
    };
    if text.is_ascii() {
        ascii_words(&text, &mut add);
    } else {
        other_words(&text, &mut add);
    }
    compounds(&text).for_each(|word| add(&word));
}

/// The words of a text in ASCII, as nearly all are: their letters need not be looked at one by one, nor copied.
fn ascii_words(text: &str, mut add: impl FnMut(&str)) {
    let small = text.to_ascii_lowercase();
    let is_end = |byte: &u8| !(byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'#' | b'\''));
    let mut start = 0;
    for part in text.as_bytes().split(is_end) {
        let owner = part.strip_suffix(b"'s").map_or(0, |_| "'s".len());
        let word = &small[start..start + part.len() - owner];
        start += part.len() + 1;
        // What begins with another sign may have no letter, and what has an apostrophe is a word without it.
        if part
            .first()
            .is_none_or(|byte| !byte.is_ascii_alphanumeric())
            && !part.iter().any(u8::is_ascii_alphanumeric)
        {
            continue;
        }
        if word.bytes().any(|byte| byte == b'\'') {
            add(&word.replace('\'', ""));
        } else {
            add(word);
        }
    }
}

/// The words of any text.
fn other_words(text: &str, mut add: impl FnMut(&str)) {
    let parts = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '+' | '#' | '\'' | '’')));
    for part in parts.filter(|part| part.contains(char::is_alphanumeric)) {
        if part.is_ascii() {
            ascii_words(part, &mut add);
            continue;
        }
        let owner = part.strip_suffix("'s").or(part.strip_suffix("’s"));
        let word = owner
            .unwrap_or(part)
            .replace(['\'', '’'], "")
            .to_lowercase();
        for word in pairs(&word) {
            add(&word);
        }
    }
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

/// The words of a record's texts that tell something and are not among `known`, in order.
pub(super) fn of_texts(
    handbook: &Handbook,
    at: RecordAt,
    known: &Words,
    dictionary: &Dictionary,
) -> Box<[Number]> {
    let mut seen = Texts {
        handbook,
        // Room for those of most records at once.
        words: Words::with_capacity_and_hasher(256, FxBuildHasher),
    };
    handbook.entry(at).walk(&mut seen);
    let all = seen.words;
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    // A plural is found by its singular, and by a slip of one letter the other way.
    let is_plural = |word: &str| {
        let singular = word.strip_suffix('s').filter(|one| one.len() > 3);
        singular.is_some_and(|one| all.contains(one) || known.contains(one))
    };
    let tells = |word: &&str| {
        !known.contains(*word) && !is_number(word) && !is_plural(word) && !STOPPED.contains(word)
    };
    let mut telling: Vec<&str> = all.iter().map(String::as_str).filter(tells).collect();
    telling.sort_unstable();
    let numbers = telling.into_iter().map(|word| dictionary.number(word));
    numbers.collect()
}

/// Collects the words of texts.
struct Texts<'h> {
    handbook: &'h Handbook,
    words: Words,
}

impl Visit for Texts<'_> {
    fn text(&mut self, text: &Text) {
        add_words(text, &mut self.words);
    }

    /// Principles are found by themselves.
    fn sees_inner_records(&self) -> bool {
        false
    }

    fn markdown(&mut self, markdown: &Markdown) {
        if is_plain(&markdown.text) {
            return add_words(&markdown.text, &mut self.words);
        }
        let mut text = String::new();
        // The address of a link that has shown no words yet.
        let mut silent = None;
        for event in Parser::new_ext(&markdown.text, dialect()) {
            if let Some(shown) = shown(&event) {
                text.push_str(shown);
                silent = None;
            }
            match event {
                Event::Start(Tag::Link { dest_url, .. }) => silent = Some(dest_url),
                // Pages show the title there.
                Event::End(TagEnd::Link) => {
                    let title = silent.take().and_then(|link| printed(self.handbook, &link));
                    text.push_str(title.unwrap_or_default());
                    text.push(' ');
                }
                Event::End(_) => text.push(' '),
                _ => {}
            }
        }
        add_words(&text, &mut self.words);
    }
}

/// The title that a link without words shows.
fn printed<'h>(handbook: &'h Handbook, address: &str) -> Option<&'h str> {
    match destination(address) {
        Destination::Record { kind, id, .. } => handbook.title_of(kind, id),
        _ => None,
    }
}
