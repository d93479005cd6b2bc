//! What is known of all pages to the script that `search.js` reads.
//!
//! The script assigns one object, a page to a line:
//!
//! ```text
//! {"groups":[
//!   {"kind":"question","name":"Questions","before":"questions/","after":"/index.html","pages":[
//!     {"title":"What is your greatest weakness?","id":".3-.4","tags":"weakness","number":4,"about":[70,85]},
//!     …
//!  "general":"a about after …",
//!  "words":"team model week …",
//!  "texts":["0 3 0 12", …]}
//! ```
//!
//! Pages are counted through all groups, from 0; `about` names others by that number. In an id, `.3` is the fourth word
//! of the title as addresses write it. A page is found without the `general` words of a query. `words` are those of the texts, the most frequent first. `texts` has one item a
//! page: which of the words its texts hold, each as the number of words passed over since the one before, so that
//! `0 3 0 12` are the words 0, 4, 5 and 18.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::words::{STOP_WORDS, WORDS_AROUND, Word};
use super::{Group, Page};
use crate::html::AlreadyHashed;

/// From so many questions on, a word in more than half of them says nothing.
const ENOUGH_TO_COUNT: usize = 20;

/// Writes pages down, of which so many from the first are questions.
pub(super) fn script(pages: &[Page], questions: usize) -> String {
    let mut out = String::from("self.prepbookSearch={\"groups\":[");
    for (nth, group) in pages.chunk_by(|a, b| a.group == b.group).enumerate() {
        out.push_str(if nth == 0 { "\n" } else { ",\n" });
        push_group(&mut out, group);
    }
    let (words, texts) = texts(pages, questions);
    let _ = write!(
        out,
        "],\n\"general\":\"{STOP_WORDS} {WORDS_AROUND}\",\n\"words\":\"{}\",\n\"texts\":[",
        words.join(" ")
    );
    for (nth, text) in texts.iter().enumerate() {
        let _ = write!(out, "{}\"{text}\"", if nth == 0 { "\n" } else { ",\n" });
    }
    out.push_str("]};\n");
    out
}

fn push_group(out: &mut String, pages: &[Page]) {
    let Group {
        kind,
        name,
        before,
        after,
    } = &*pages[0].group;
    let [kind, name, before, after] = [*kind, *name, before.as_str(), after.as_str()].map(json);
    let _ = write!(
        out,
        "{{\"kind\":{kind},\"name\":{name},\"before\":{before},\"after\":{after},\"pages\":["
    );
    let mut digits = itoa::Buffer::new();
    for (nth, page) in pages.iter().enumerate() {
        out.push_str(if nth == 0 { "\n{" } else { ",\n{" });
        out.push_str(&page.found.fields);
        for (nth, other) in page.about.iter().enumerate() {
            out.push_str(if nth == 0 { ",\"about\":[" } else { "," });
            out.push_str(digits.format(*other));
        }
        out.push_str(if page.about.is_empty() { "}" } else { "]}" });
    }
    out.push_str("]}");
}

/// The fields of a page that depend on its record alone, without braces.
pub(super) fn fields(
    id: &str,
    title: &str,
    tags: &str,
    number: Option<u32>,
    names: &[&str],
) -> String {
    let mut out = format!(
        "\"title\":{},\"id\":{}",
        json(title),
        json(&short_id(id, title))
    );
    if !tags.is_empty() {
        let _ = write!(out, ",\"tags\":{}", json(tags));
    }
    if let Some(number) = number {
        let _ = write!(out, ",\"number\":{number}");
    }
    if !names.is_empty() {
        let _ = write!(out, ",\"names\":{}", json(names));
    }
    out
}

/// JSON that a script can hold wherever it stands: in a file of its own or between tags.
fn json<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value)
        .expect("strings, numbers and lists of them")
        .replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// An id in which the words of the title stand as their places: ids are often made from titles.
fn short_id(id: &str, title: &str) -> String {
    let title: Vec<String> = title.split(' ').map(bare).collect();
    let mut out = String::with_capacity(id.len());
    for (nth, part) in id.split('-').enumerate() {
        if nth > 0 {
            out.push('-');
        }
        match title.iter().position(|word| word == part) {
            Some(place) => {
                let _ = write!(out, ".{place}");
            }
            None => out.push_str(part),
        }
    }
    out
}

/// A title's word without what addresses leave out.
fn bare(word: &str) -> String {
    word.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

/// The words of all texts, the most frequent first, and for each page which of them its texts hold.
///
/// Words that are as frequent as each other stand by first use, so that those of one text stand together.
fn texts(pages: &[Page], questions: usize) -> (Vec<&str>, Vec<String>) {
    let mut dictionary = Dictionary::default();
    let mut texts: Vec<Vec<usize>> = pages
        .iter()
        .map(|page| dictionary.numbers(&page.found.words))
        .collect();
    let common = common_words(&texts, questions, dictionary.words.len());
    for text in &mut texts {
        text.retain(|number| !common[*number]);
    }
    let holders = Holders::new(&texts, dictionary.words.len());
    let mut order: Vec<usize> = (0..dictionary.words.len())
        .filter(|number| !holders.of(*number).is_empty())
        .collect();
    order.sort_by_key(|number| Reverse(holders.of(*number).len()));

    // Word by word, so that those of each page come in ascending order and no page needs sorting.
    let mut written = vec![String::new(); pages.len()];
    let mut next = vec![0; pages.len()];
    let mut digits = itoa::Buffer::new();
    for (place, number) in order.iter().enumerate() {
        for page in holders.of(*number) {
            let text = &mut written[*page];
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(digits.format(place - next[*page]));
            next[*page] = place + 1;
        }
    }
    let words = order.iter().map(|number| dictionary.words[*number]);
    (words.collect(), written)
}

/// Which words do not tell one question from another.
fn common_words(texts: &[Vec<usize>], questions: usize, words: usize) -> Vec<bool> {
    let mut counts = vec![0; words];
    let of_questions = texts.iter().take(questions).flatten();
    of_questions.for_each(|number| counts[*number] += 1);
    let enough = questions >= ENOUGH_TO_COUNT;
    counts
        .iter()
        .map(|count| enough && count * 2 > questions)
        .collect()
}

/// Words, numbered by first use.
#[derive(Default)]
struct Dictionary<'a> {
    numbers: HashMap<u128, usize, AlreadyHashed>,
    words: Vec<&'a str>,
}

impl<'a> Dictionary<'a> {
    fn number(&mut self, word: &'a Word) -> usize {
        let next = self.words.len();
        let number = *self.numbers.entry(word.hash).or_insert(next);
        if number == next {
            self.words.push(&word.text);
        }
        number
    }

    fn numbers(&mut self, words: &'a [Word]) -> Vec<usize> {
        words.iter().map(|word| self.number(word)).collect()
    }
}

/// For each word the pages that hold it, in order.
struct Holders {
    /// Where a word's pages begin; one more than there are words.
    starts: Vec<usize>,
    /// Those of all words, one after the other.
    pages: Vec<usize>,
}

impl Holders {
    fn new(texts: &[Vec<usize>], words: usize) -> Self {
        let mut starts = vec![0; words + 1];
        for number in texts.iter().flatten() {
            starts[number + 1] += 1;
        }
        for number in 0..words {
            starts[number + 1] += starts[number];
        }
        let mut free = starts.clone();
        let mut pages = vec![0; starts[words]];
        for (page, text) in texts.iter().enumerate() {
            for number in text {
                pages[free[*number]] = page;
                free[*number] += 1;
            }
        }
        Self { starts, pages }
    }

    fn of(&self, word: usize) -> &[usize] {
        &self.pages[self.starts[word]..self.starts[word + 1]]
    }
}
