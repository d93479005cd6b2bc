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
use std::fmt::Write as _;

use rayon::prelude::*;
use serde::Serialize;

use super::dictionary::Number;
use super::words::{STOP_WORDS, WORDS_AROUND};
use super::{Group, Page};

/// From so many questions on, a word in more than half of them says nothing.
const ENOUGH_TO_COUNT: usize = 20;

/// Writes pages down, of which so many from the first are questions, and whose texts hold these words.
pub(super) fn script(pages: &[Page], questions: usize, words: &[Box<str>]) -> String {
    let mut out = String::from("prepbook.searchData={\"groups\":[");
    for (nth, group) in pages.chunk_by(|a, b| a.group == b.group).enumerate() {
        out.push_str(if nth == 0 { "\n" } else { ",\n" });
        push_group(&mut out, group);
    }
    let (words, texts) = texts(pages, questions, words);
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
    let [kind, name, before, after] =
        [*kind, name.as_str(), before.as_str(), after.as_str()].map(json);
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
fn texts<'w>(
    pages: &[Page],
    questions: usize,
    words: &'w [Box<str>],
) -> (Vec<&'w str>, Vec<String>) {
    let mut holders = vec![0; words.len()];
    let mut order = Vec::new();
    let (of_questions, others) = pages.split_at(questions);
    count(of_questions, &mut holders, &mut order);
    // Such words do not tell one question from another.
    let is_common = |count: &usize| questions >= ENOUGH_TO_COUNT && count * 2 > questions;
    let common: Vec<bool> = holders.iter().map(is_common).collect();
    count(others, &mut holders, &mut order);
    order.retain(|number| !common[*number as usize]);
    order.sort_by_key(|number| Reverse(holders[*number as usize]));
    let mut places = vec![None; words.len()];
    for (place, number) in order.iter().enumerate() {
        places[*number as usize] = Some(place);
    }
    let written = pages.par_iter().map(|page| text(page, &places)).collect();
    let words = order.iter().map(|number| &*words[*number as usize]);
    (words.collect(), written)
}

/// Counts by word the pages that hold it; words that had none before join the order.
fn count(pages: &[Page], holders: &mut [usize], order: &mut Vec<Number>) {
    for number in pages.iter().flat_map(|page| &page.found.words) {
        let count = &mut holders[*number as usize];
        if *count == 0 {
            order.push(*number);
        }
        *count += 1;
    }
}

/// Which words the texts of a page hold, by the places of all.
fn text(page: &Page, places: &[Option<usize>]) -> String {
    let numbers = page.found.words.iter();
    let mut held: Vec<usize> = numbers
        .filter_map(|number| places[*number as usize])
        .collect();
    held.sort_unstable();
    let mut text = String::with_capacity(3 * held.len());
    let mut digits = itoa::Buffer::new();
    let mut next = 0;
    for place in held {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(digits.format(place - next));
        next = place + 1;
    }
    text
}
