//! Questions with choices: which columns hold them, and what an answer says of them.

use super::column::Column;
use super::vocabulary::{folded, guessed};
use super::{List, words};

/// What a column's name says of a choice: the name of all, and which one it is, from 0.
fn numbered(name: &str) -> Option<(String, usize)> {
    let name = folded(name);
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    if stem.len() < name.len() {
        let nth = name[stem.len()..].parse::<usize>().ok()?.checked_sub(1)?;
        let stem = stem.trim_end();
        return (!stem.is_empty()).then(|| (stem.to_owned(), nth));
    }
    let (stem, letter) = name.rsplit_once(' ').unwrap_or(("", &name));
    match letter.as_bytes() {
        [letter @ b'a'..=b'h'] => Some((stem.to_owned(), usize::from(letter - b'a'))),
        _ => None,
    }
}

/// Whether each column holds one of several choices: `A` to `D`, `option 1` and `option 2`, or `answer a` and `answer b`
/// beside the answer that is right.
pub(super) fn columns(list: &List) -> Vec<bool> {
    let named: Vec<_> = list.columns.iter().map(|name| numbered(name)).collect();
    let has = |stem: &str, nth: usize| {
        let mut named = named.iter().flatten();
        named.any(|(other, at)| other == stem && *at == nth)
    };
    let mut others = list.columns.iter().zip(&named);
    let has_answer =
        others.any(|(name, number)| number.is_none() && guessed(name) == Some(Column::Answer));
    let are_choices = |stem: &str| {
        let are_called_so = match guessed(stem) {
            Some(Column::Options) => true,
            Some(Column::Answer) => has_answer,
            _ => stem.is_empty() && has(stem, 2),
        };
        are_called_so && has(stem, 0) && has(stem, 1)
    };
    let is_choice =
        |one: &Option<(String, usize)>| one.as_ref().is_some_and(|(stem, _)| are_choices(stem));
    named.iter().map(is_choice).collect()
}

/// The choices of a question, in their order, without the letters that they bear.
pub(super) struct Choices(Vec<String>);

impl Choices {
    /// Those of cells that hold one each, or of one that holds all.
    pub(super) fn of<'a>(mut cells: impl Iterator<Item = &'a str>) -> Self {
        let Some(first) = cells.next() else {
            return Self(Vec::new());
        };
        let rest: Vec<&str> = cells.collect();
        let choices: Vec<&str> = if rest.is_empty() {
            let separator = ['\n', '|', ';', ',']
                .into_iter()
                .find(|sign| first.contains(*sign));
            separator.map_or(vec![first], |sign| first.split(sign).collect())
        } else {
            std::iter::once(first).chain(rest).collect()
        };
        let choices = choices.into_iter().map(words::plain);
        let choices = choices.filter(|choice| !choice.is_empty()).enumerate();
        Self(
            choices
                .map(|(nth, choice)| without_letter(&choice, nth))
                .collect(),
        )
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One a line, each behind its letter.
    pub(super) fn lines(&self) -> impl Iterator<Item = String> {
        let choices = self.0.iter().enumerate();
        choices.map(|(nth, choice)| format!("{}. {choice}", letter(nth)))
    }

    /// An answer with the choices before it; where it only names one, by its letter or its words, with that one's words.
    pub(super) fn with(&self, answer: &str) -> String {
        let list: String = self.lines().map(|line| format!("- {line}\n")).collect();
        let said = answer.trim().trim_matches(['(', ')', '.', ':']);
        let is_meant = |(nth, choice): &(usize, &String)| {
            said.eq_ignore_ascii_case(&letter(*nth).to_string()) || folded(said) == folded(choice)
        };
        let meant = self.0.iter().enumerate().find(is_meant);
        let answer = meant.map_or_else(
            || answer.to_owned(),
            |(nth, choice)| format!("**{}.** {choice}", letter(nth)),
        );
        format!("{list}\n{answer}")
    }
}

/// The letter of a choice; of very many, the last.
fn letter(nth: usize) -> char {
    char::from(b'A' + u8::try_from(nth).unwrap_or(u8::MAX).min(25))
}

/// A choice without the letter or the number that it bears itself: `A) so`, `(b) so`, `1. so`.
fn without_letter(choice: &str, nth: usize) -> String {
    let inside = choice.trim_start_matches('(');
    let marks = [letter(nth).to_string(), (nth + 1).to_string()];
    let rest = marks.iter().find_map(|mark| {
        let head = inside.get(..mark.len())?;
        let rest = inside.get(mark.len()..)?;
        let rest = rest.strip_prefix([')', '.', ':'])?;
        head.eq_ignore_ascii_case(mark).then(|| rest.trim_start())
    });
    rest.filter(|rest| !rest.is_empty())
        .unwrap_or(choice)
        .to_owned()
}
