//! A language's words held against the English ones, which tell what there must be.

use std::collections::{BTreeMap, BTreeSet};

use super::plural::{Form, Plurals};
use super::{Message, Placed};
use crate::diagnostic::{Code, Diagnostic, Place, Span, count, listed, nearest};
use crate::source::SourcePath;

type Messages = BTreeMap<String, Placed>;

/// What a file of words is held to.
pub(super) struct Rules<'p> {
    pub(super) plurals: &'p Plurals,
    /// English itself may have more words than are built in, for templates and scripts of the project's own.
    pub(super) may_add: bool,
    /// Whether there is nothing below it that has the words it lacks.
    pub(super) must_be_whole: bool,
}

/// What is wrong with the words of a file.
pub(super) fn compared(
    path: &SourcePath,
    own: &Messages,
    english: &Messages,
    rules: &Rules<'_>,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if rules.must_be_whole {
        found.extend(missing(path, own, english));
    }
    for (key, placed) in own {
        match english.get(key) {
            Some(measure) => found.extend(of_message(path, key, placed, measure)),
            None if rules.may_add => {}
            None => {
                let message = format!("the English words have no `{key}`");
                let place = Place::new(path, placed.key_at);
                let help = match nearest(key, english.keys().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "delete it, or add it to `words/en.yaml`".to_owned(),
                };
                found.push(Diagnostic::new(Code::UnknownWord, place, message).help(help));
            }
        }
    }
    found.extend(forms(path, own, english, rules.plurals));
    found
}

fn group_of(key: &str) -> &str {
    key.split_once('.').map_or(key, |(group, _)| group)
}

/// Words that a file lacks: each, and together the groups of which it has none.
fn missing(path: &SourcePath, own: &Messages, english: &Messages) -> Vec<Diagnostic> {
    let groups: BTreeMap<&str, &Placed> = own
        .iter()
        .map(|(key, placed)| (group_of(key), placed))
        .collect();
    let mut found = Vec::new();
    let mut whole = BTreeSet::new();
    for (key, measure) in english.iter().filter(|(key, _)| !own.contains_key(*key)) {
        match groups.get(group_of(key)) {
            Some(group) => {
                let place = Place::new(path, group.group_at);
                let english = measure.message.texts().last().unwrap_or_default();
                found.push(
                    Diagnostic::new(
                        Code::MissingWord,
                        place,
                        format!("the word `{key}` is missing"),
                    )
                    .help(format!("in English it is \"{english}\"")),
                );
            }
            None => _ = whole.insert(group_of(key)),
        }
    }
    if !whole.is_empty() {
        let groups = count(whole.len(), "group");
        let message = format!("{groups} of words missing: {}", listed(whole));
        let help = "copy them from `words/en.yaml` and translate them";
        found.push(Diagnostic::new(Code::MissingWord, Place::file(path), message).help(help));
    }
    found
}

/// Whether a message has the places for values that the English one has.
pub(super) fn fits(path: &SourcePath, key: &str, own: &Placed, measure: &Placed) -> bool {
    of_message(path, key, own, measure).is_none()
}

/// What a message's places for values lack or have beyond those of the English one.
fn of_message(path: &SourcePath, key: &str, own: &Placed, measure: &Placed) -> Option<Diagnostic> {
    let place = Place::new(path, own.at);
    let (names, wanted) = (own.message.names(), measure.message.names());
    let quoted = |names: &BTreeSet<&str>, others: &BTreeSet<&str>| {
        let braced: Vec<String> = names
            .difference(others)
            .map(|name| format!("{{{name}}}"))
            .collect();
        (!braced.is_empty()).then(|| listed(braced.iter().map(String::as_str)))
    };
    let places = |message| Diagnostic::new(Code::WordPlaces, place.clone(), message);
    if let Some(more) = quoted(&names, &wanted) {
        let known: Vec<String> = wanted.iter().map(|name| format!("{{{name}}}")).collect();
        let known = listed(known.iter().map(String::as_str));
        let message = format!("the English `{key}` has no place {more}");
        return Some(places(message).help(format!("its places: {known}")));
    }
    // The number itself may stand in a form as a word, or not at all.
    let without_number: BTreeSet<&str> = match measure.message {
        Message::Forms(_) => wanted.into_iter().filter(|name| *name != "n").collect(),
        Message::Text(_) => wanted,
    };
    let lacking = quoted(&without_number, &names)?;
    let message = format!("`{key}` lacks {lacking}, which the English one has");
    Some(places(message).help("write it where the value belongs"))
}

fn is_plural(message: &Message) -> bool {
    matches!(message, Message::Forms(_))
}

/// The plural forms that words have and their language has not, and those that they lack: once a form, at the first word.
fn forms(
    path: &SourcePath,
    own: &Messages,
    english: &Messages,
    plurals: &Plurals,
) -> Vec<Diagnostic> {
    let (needed, allowed) = (plurals.needed(), plurals.allowed());
    let mut foreign: BTreeMap<Form, Vec<Span>> = BTreeMap::new();
    let mut lacking: BTreeMap<Form, Vec<(&str, Span)>> = BTreeMap::new();
    for (key, placed) in own {
        let is_counted = english
            .get(key)
            .is_some_and(|measure| is_plural(&measure.message));
        let forms = match &placed.message {
            Message::Forms(forms) => forms.as_slice(),
            // One text is enough for a language whose numbers change nothing.
            Message::Text(_) if !is_counted || needed.len() == 1 => continue,
            Message::Text(_) => &[],
        };
        for ((form, _), at) in forms.iter().zip(&placed.forms_at) {
            if !allowed.contains(form) {
                foreign.entry(*form).or_default().push(*at);
            }
        }
        let has = |form: &Form| forms.iter().any(|(known, _)| known == form);
        for form in needed.iter().filter(|form| !has(form)) {
            lacking.entry(*form).or_default().push((key, placed.key_at));
        }
    }
    let language = plurals.language();
    let numbers = format!("numbers in `{language}` take {}", forms_of(&needed));
    let told = |at: Span, message| Diagnostic::new(Code::PluralForm, Place::new(path, at), message);
    let foreign = foreign.into_iter().map(|(form, places)| {
        let first = places.iter().min().copied().unwrap_or_default();
        let message = match places.len() {
            1 => format!("`{form}` is no plural form of `{language}`"),
            n => format!("`{form}` is no plural form of `{language}`, and {n} words have it"),
        };
        let help = match places.len() {
            1 => format!("{numbers}; delete the line"),
            _ => format!("{numbers}; delete every line with `{form}:`"),
        };
        told(first, message).help(help)
    });
    let lacking = lacking.into_iter().map(|(form, words)| {
        let first = words.iter().min_by_key(|(_, at)| *at);
        let (first, at) = first.copied().unwrap_or_default();
        let message = match words.len() {
            1 => format!("`{first}` lacks the plural form `{form}`"),
            n => format!("{n} words lack the plural form `{form}`, the first is `{first}`"),
        };
        let to_each = if words.len() > 1 {
            " to each such word"
        } else {
            ""
        };
        told(at, message).help(format!("{numbers}; add a line `{form}:`{to_each}"))
    });
    foreign.chain(lacking).collect()
}

/// The forms that numbers take, in a sentence.
fn forms_of(needed: &[Form]) -> String {
    let names = listed(needed.iter().copied());
    match needed {
        [_] => format!("the form {names} alone"),
        _ => format!("the forms {names}"),
    }
}
