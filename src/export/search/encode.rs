//! Documents to the compact form that `search.js` reads.

use std::cmp::Reverse;
use std::collections::HashMap;

use rayon::prelude::*;
use serde::Serialize;

use super::Document;
use super::words::Word;
use crate::html::AlreadyHashed;

/// From so many questions on, a word in more than half of them says nothing.
const ENOUGH_TO_COUNT: usize = 20;

/// The digits of places below their number; those above follow from U+00A1 on. No character that JSON or HTML escapes.
const DIGITS: &str =
    "!#$%&'()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";

/// Places in an address below this one are places of words in the title; the others, less this, of all words.
const NEAR: usize = 32;

/// All that `search.js` reads.
#[derive(Serialize)]
pub(super) struct Data {
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

/// Writes documents down, of which so many from the first are questions.
pub(super) fn encode(documents: &[Document], questions: usize) -> Data {
    let (mut shown, mut sought) = (Dictionary::default(), Dictionary::default());
    let mut numbered: Vec<Numbered> = documents
        .iter()
        .map(|document| Numbered::new(document, &mut shown, &mut sought))
        .collect();
    let common = common_words(&numbered[..questions], sought.words.len());
    for document in &mut numbered {
        document.body.retain(|number| !common[*number]);
        let ids = document.id.iter().filter_map(|part| match part {
            IdPart::InTitle(_) => None,
            IdPart::Word(number) => Some(number),
        });
        let names = document.names.iter().flatten();
        document
            .title
            .iter()
            .chain(ids)
            .chain(names)
            .for_each(|number| shown.counts[*number] += 1);
        let sets = document.tags.iter().chain(&document.body);
        sets.for_each(|number| sought.counts[*number] += 1);
    }
    let ((words, shown), (keys, sought)) = (shown.close(), sought.close());
    let rows: Vec<Row> = documents
        .par_iter()
        .zip(&numbered)
        .map(|(document, numbered)| numbered.row(document, &shown, &sought))
        .collect();
    Data {
        digits: DIGITS,
        near: NEAR,
        words,
        keys,
        groups: groups(documents, rows),
    }
}

/// The reader counts documents in the order of groups, so each group is a run of documents.
fn groups(documents: &[Document], rows: Vec<Row>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (document, row) in documents.iter().zip(rows) {
        let (before, after) = &document.around;
        match groups.last_mut() {
            Some(group) if (group.0, &group.1, &group.2) == (document.group, before, after) => {
                group.3.push(row);
            }
            _ => groups.push(Group(
                document.group,
                before.clone(),
                after.clone(),
                vec![row],
            )),
        }
    }
    groups
}

/// Which words do not tell one question from another.
fn common_words(questions: &[Numbered], words: usize) -> Vec<bool> {
    let mut counts = vec![0; words];
    let bodies = questions.iter().flat_map(|question| &question.body);
    bodies.for_each(|number| counts[*number] += 1);
    let enough = questions.len() >= ENOUGH_TO_COUNT;
    counts
        .iter()
        .map(|count| enough && count * 2 > questions.len())
        .collect()
}

/// Words and how often each stands, numbered by first use.
#[derive(Default)]
struct Dictionary<'a> {
    numbers: HashMap<u128, usize, AlreadyHashed>,
    words: Vec<&'a str>,
    counts: Vec<usize>,
}

impl<'a> Dictionary<'a> {
    fn number(&mut self, word: &'a str, hash: u128) -> usize {
        let next = self.words.len();
        let number = *self.numbers.entry(hash).or_insert(next);
        if number == next {
            self.words.push(word);
            self.counts.push(0);
        }
        number
    }

    fn number_of(&mut self, word: &'a str) -> usize {
        self.number(word, xxhash_rust::xxh3::xxh3_128(word.as_bytes()))
    }

    fn numbers_of(&mut self, text: &'a str) -> Vec<usize> {
        text.split_whitespace()
            .map(|word| self.number_of(word))
            .collect()
    }

    fn numbers(&mut self, words: &'a [Word]) -> Vec<usize> {
        words
            .iter()
            .map(|word| self.number(&word.text, word.hash))
            .collect()
    }

    /// The words that stand anywhere, with spaces between: the most frequent first, then by first use, so that those
    /// of one text stand together. And the place of each by its number.
    fn close(self) -> (String, Vec<usize>) {
        let mut order: Vec<usize> = (0..self.words.len())
            .filter(|number| self.counts[*number] > 0)
            .collect();
        order.sort_by_key(|number| Reverse(self.counts[*number]));
        let mut places = vec![0; self.words.len()];
        for (place, number) in order.iter().enumerate() {
            places[*number] = place;
        }
        let words: Vec<&str> = order.iter().map(|number| self.words[*number]).collect();
        (words.join(" "), places)
    }
}

/// A document's words as numbers.
struct Numbered {
    title: Vec<usize>,
    id: Vec<IdPart>,
    names: Vec<Vec<usize>>,
    tags: Vec<usize>,
    body: Vec<usize>,
}

/// A word of an id.
enum IdPart {
    /// The title has it, at this place.
    InTitle(usize),
    Word(usize),
}

impl Numbered {
    fn new<'a>(
        document: &'a Document,
        shown: &mut Dictionary<'a>,
        sought: &mut Dictionary<'a>,
    ) -> Self {
        let bare_title: Vec<String> = document
            .title
            .split_whitespace()
            .take(NEAR)
            .map(bare)
            .collect();
        let mut part = |word: &'a str| {
            let near = bare_title.iter().position(|other| other == word);
            near.map_or_else(|| IdPart::Word(shown.number_of(word)), IdPart::InTitle)
        };
        let id = document.id.split('-').map(&mut part).collect();
        Self {
            id,
            title: shown.numbers_of(&document.title),
            names: document
                .names
                .iter()
                .map(|name| shown.numbers_of(name))
                .collect(),
            tags: sought.numbers(&document.tags),
            body: sought.numbers(&document.body),
        }
    }

    fn row(&self, document: &Document, shown: &[usize], sought: &[usize]) -> Row {
        let text = |numbers: &[usize]| -> String {
            numbers.iter().map(|number| digit(shown[*number])).collect()
        };
        let id = self.id.iter().map(|part| match part {
            IdPart::InTitle(place) => digit(*place),
            IdPart::Word(number) => digit(NEAR + shown[*number]),
        });
        let names: Vec<String> = self.names.iter().map(|name| text(name)).collect();
        let (title, tags) = (text(&self.title), set(&self.tags, sought));
        let head = format!("{title} {} {tags}", id.collect::<String>());
        let mut row: Vec<Row> = vec![
            head.trim_end().into(),
            document.number.unwrap_or(0).into(),
            document.about.clone().into(),
            names.into(),
            set(&self.body, sought).into(),
        ];
        while row.last().is_some_and(is_empty) {
            row.pop();
        }
        if row.len() == 1 {
            row.remove(0)
        } else {
            row.into()
        }
    }
}

/// The places of words, ascending and as gaps.
fn set(numbers: &[usize], places: &[usize]) -> String {
    let mut found: Vec<usize> = numbers.iter().map(|number| places[*number]).collect();
    found.sort_unstable();
    let mut next = 0;
    let gap = |place| digit(place - std::mem::replace(&mut next, place + 1));
    found.into_iter().map(gap).collect()
}

/// A title's word without what addresses leave out.
fn bare(word: &str) -> String {
    word.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
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
