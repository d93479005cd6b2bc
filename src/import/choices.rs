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
            lettered(first).unwrap_or_else(|| apart(first))
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

    /// What is answered, the choices first: one that only names a choice, by its letter, its words or, where its column counts
    /// from 0, its number, stands before all else and has that one's words.
    pub(super) fn with<'a>(&self, answers: impl Iterator<Item = (&'a str, &'a str)>) -> String {
        let lines: Vec<String> = self.lines().map(|line| format!("- {line}")).collect();
        let (mut named, mut others) = (Vec::new(), Vec::new());
        for (name, answer) in answers {
            match self.meant(name, answer) {
                Some(nth) => named.push(format!("**{}.** {}", letter(nth), self.0[nth])),
                None => others.push(answer.to_owned()),
            }
        }
        let pieces = [vec![lines.join("\n")], named, others];
        pieces.concat().join("\n\n")
    }

    /// The choice that a cell of a column names.
    fn meant(&self, name: &str, answer: &str) -> Option<usize> {
        let said = answer.trim().trim_matches(['(', ')', '.', ':']);
        let counted = || said.parse().ok().filter(|nth| *nth < self.0.len());
        if folded(name).ends_with("index") {
            return counted();
        }
        let is_meant = |nth: &usize| {
            said.eq_ignore_ascii_case(&letter(*nth).to_string())
                || folded(said) == folded(&self.0[*nth])
        };
        (0..self.0.len()).find(is_meant)
    }
}

/// The choices of a cell that are told apart by a sign.
fn apart(cell: &str) -> Vec<&str> {
    let mut signs = ['\n', '|', ';', ','].into_iter();
    let sign = signs.find(|sign| cell.contains(*sign));
    sign.map_or(vec![cell], |sign| cell.split(sign).collect())
}

/// The choices of a cell that are told apart by their letters alone: `A) one B) two`.
fn lettered(cell: &str) -> Option<Vec<&str>> {
    let cell = cell.trim();
    [')', '.', ':'].into_iter().find_map(|close| {
        let mut starts = Vec::new();
        let mut at = 0;
        for nth in 0..26 {
            let mark = format!("{}{close} ", letter(nth));
            let mut found = cell[at..]
                .match_indices(&mark)
                .map(|(length, _)| at + length);
            let begins =
                |start: &usize| cell[..*start].is_empty() || cell[..*start].ends_with([' ', '\n']);
            let Some(start) = found.find(begins) else {
                break;
            };
            starts.push(start);
            at = start + mark.len();
        }
        let ends = starts.iter().skip(1).copied().chain([cell.len()]);
        let pieces = starts
            .iter()
            .zip(ends)
            .map(|(start, end)| &cell[*start..end]);
        (starts.first() == Some(&0) && starts.len() > 1).then(|| pieces.collect())
    })
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
