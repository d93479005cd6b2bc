//! The words by which lists call things, from `vocabulary.json`: the one place for names of columns, values and marks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::column::Column;

/// The most letters of the beginning of a prompt.
const LONGEST_PROMPT: usize = 20;

/// As the file has it. Words are compared folded: small letters without accents.
#[derive(Deserialize)]
struct File {
    /// Names of columns, by field and language.
    columns: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// Names that say it only when nothing else stands beside them.
    alone: BTreeMap<String, Vec<String>>,
    /// What a name ends with that tells of something beside the question: `question id`.
    beside: Vec<String>,
    /// Values of fields that take few: by field and value.
    values: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// Cells that say that there is nothing to say.
    nothing: Vec<String>,
    /// Companies that are none.
    everybody: Vec<String>,
    marks: Marks,
    /// How prompts begin that end without a question mark.
    prompts: Vec<String>,
    /// The parts of an answer, in the order told.
    parts: Vec<String>,
    /// Names of lists in JSON that are no themes.
    containers: Vec<String>,
}

/// What stands before questions and answers: `Q:`, `Answer:`.
#[derive(Deserialize)]
struct Marks {
    question: Vec<String>,
    answer: Vec<String>,
}

struct Vocabulary {
    columns: Vec<(String, Column)>,
    alone: BTreeMap<String, Column>,
    beside: BTreeSet<String>,
    values: BTreeMap<(String, String), String>,
    nothing: BTreeSet<String>,
    everybody: BTreeSet<String>,
    questions: BTreeSet<String>,
    answers: BTreeSet<String>,
    prompts: Vec<String>,
    parts: Vec<String>,
    containers: BTreeSet<String>,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let file: File = serde_json::from_str(include_str!("vocabulary.json")).expect("it can be read");
    let column = |word: &str| Column::from_word(word).expect("a field of questions");
    let set = |words: &[String]| words.iter().map(|word| folded(word)).collect();
    let mut columns: Vec<(String, Column)> = Vec::new();
    for (field, languages) in &file.columns {
        let names = languages.values().flatten();
        columns.extend(names.map(|name| (folded(name), column(field))));
    }
    // The longest name that fits says most.
    columns.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let alone = file.alone.iter();
    let alone =
        alone.flat_map(|(field, names)| names.iter().map(|name| (folded(name), column(field))));
    let mut values = BTreeMap::new();
    for (field, meant) in &file.values {
        for (value, words) in meant {
            let words = words.iter().map(|word| (field.clone(), folded(word)));
            values.extend(words.map(|word| (word, value.clone())));
        }
    }
    Vocabulary {
        columns,
        alone: alone.collect(),
        beside: set(&file.beside),
        values,
        nothing: set(&file.nothing),
        everybody: set(&file.everybody),
        questions: set(&file.marks.question),
        answers: set(&file.marks.answer),
        prompts: file
            .prompts
            .iter()
            .map(|prompt| unaccented(prompt))
            .collect(),
        parts: file.parts.clone(),
        containers: set(&file.containers),
    }
});

/// Small letters without accents.
fn unaccented(text: &str) -> String {
    deunicode::deunicode(&text.to_lowercase()).to_lowercase()
}

/// A name without its case, accents and marks; `questionText` is two words.
pub(super) fn folded(name: &str) -> String {
    let mut spaced = String::with_capacity(name.len());
    let mut was_small = false;
    for letter in name.chars() {
        if was_small && letter.is_uppercase() {
            spaced.push(' ');
        }
        was_small = letter.is_lowercase();
        spaced.push(letter);
    }
    let spaced = unaccented(&spaced);
    let words = spaced.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// How much a name says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// It can mean this, where nothing else does: `title`.
    Weak,
    /// Its last words mean this, or others in it.
    Within,
    /// It means this.
    Whole,
}

/// What a column of this name holds, and how clearly the name says so.
pub(super) fn column(name: &str) -> Option<(Column, Strength)> {
    let name = folded(name);
    // What comes first is meant: `level of difficulty`, `type of question`.
    let name = name.split(" of ").next().unwrap_or_default();
    let known = &VOCABULARY.columns;
    if let Some((_, column)) = known.iter().find(|(known, _)| known == name) {
        return Some((*column, Strength::Whole));
    }
    if let Some(column) = VOCABULARY.alone.get(name) {
        return Some((*column, Strength::Weak));
    }
    if is_beside(name) {
        return None;
    }
    let name = format!(" {name} ");
    let ends = known
        .iter()
        .find(|(known, _)| name.ends_with(&format!(" {known} ")));
    let found = ends.or_else(|| {
        known
            .iter()
            .find(|(known, _)| name.contains(&format!(" {known} ")))
    });
    found.map(|(_, column)| (*column, Strength::Within))
}

/// Whether a name tells of something beside a question or a text, such as its number.
pub(super) fn is_beside(name: &str) -> bool {
    let name = folded(name);
    let last = name.rsplit(' ').next().unwrap_or_default();
    VOCABULARY.beside.contains(last)
}

/// What a column of this name holds.
pub(super) fn guessed(name: &str) -> Option<Column> {
    column(name).map(|(column, _)| column)
}

/// A cell as the value of a field that takes few; `None` where it is none of them.
pub(super) fn value(column: Column, cell: &str) -> Option<&'static str> {
    if column == Column::Frequency
        && let Some(share) = cell.trim().strip_suffix('%')
    {
        let share: f32 = share.trim().replace(',', ".").parse().ok()?;
        return match share {
            66.0..=100.0 => Some("common"),
            33.0..66.0 => Some("regular"),
            0.0..33.0 => Some("occasional"),
            _ => None,
        };
    }
    let key = (column.word().to_owned(), folded(cell));
    VOCABULARY.values.get(&key).map(String::as_str)
}

/// Whether a cell says that there is nothing to say.
pub(super) fn is_nothing(cell: &str) -> bool {
    VOCABULARY.nothing.contains(&folded(cell))
}

/// Whether a company is everybody.
pub(super) fn is_everybody(company: &str) -> bool {
    VOCABULARY.everybody.contains(&folded(company))
}

/// Whether a list in JSON is called what every list could be.
pub(super) fn is_container(name: &str) -> bool {
    VOCABULARY.containers.contains(&folded(name)) || guessed(name) == Some(Column::Title)
}

/// Where a part of an answer is told; others come last.
pub(super) fn place_of_part(name: &str) -> usize {
    let name = folded(name);
    let parts = &VOCABULARY.parts;
    let place = parts.iter().position(|part| *part == name);
    place.unwrap_or(parts.len())
}

/// Whether a label stands before a question.
pub(super) fn marks_question(label: &str) -> bool {
    VOCABULARY.questions.contains(&folded(label))
}

/// Whether a label stands before an answer: one of the words, or some words around it (`A good answer`).
pub(super) fn marks_answer(label: &str) -> bool {
    let label = folded(label);
    let words: Vec<&str> = label.split(' ').collect();
    let is_mark = |word: &&str| word.len() > 3 && VOCABULARY.answers.contains(*word);
    VOCABULARY.answers.contains(&label) || words.len() <= 4 && words.iter().any(is_mark)
}

/// Whether a plain title reads as a question.
pub(super) fn asks(title: &str) -> bool {
    let is_sign = |c: char| matches!(c, '?' | '？' | '؟');
    // Quotation marks, stars and pictures may follow: they mark how hard it is.
    let end = title.trim_end_matches(|c: char| !c.is_alphanumeric() && !is_sign(c));
    if end.ends_with(is_sign) {
        return true;
    }
    let start: String = title.chars().take(LONGEST_PROMPT).collect();
    let start = unaccented(&start);
    VOCABULARY
        .prompts
        .iter()
        .any(|prompt| start.starts_with(prompt))
}
