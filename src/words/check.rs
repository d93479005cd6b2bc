//! A language's words held against the English ones, which tell what there must be.

use std::collections::{BTreeMap, BTreeSet};

use super::message::no_form;
use super::plural::Plurals;
use super::{Message, Placed};
use crate::diagnostic::{Code, Diagnostic, Place, count, listed, nearest};
use crate::source::SourcePath;

type Messages = BTreeMap<String, Placed>;

/// What is wrong with the words of a file. English itself may have more words than are built in, for templates and scripts
/// of the project's own.
pub(super) fn compared(
    path: &SourcePath,
    own: &Messages,
    english: &Messages,
    plurals: &Plurals,
    may_add: bool,
) -> Vec<Diagnostic> {
    let mut found = missing(path, own, english);
    for (key, placed) in own {
        match english.get(key) {
            Some(measure) => found.extend(of_message(path, key, placed, measure)),
            None if may_add => {}
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
        let is_counted = english
            .get(key)
            .is_some_and(|measure| is_plural(&measure.message));
        found.extend(of_forms(path, key, placed, plurals, is_counted));
    }
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

/// Whether a message has the plural forms of its language; with `is_counted`, the English one has those of English.
fn of_forms(
    path: &SourcePath,
    key: &str,
    own: &Placed,
    plurals: &Plurals,
    is_counted: bool,
) -> Option<Diagnostic> {
    let needed = plurals.needed();
    let forms = match &own.message {
        Message::Forms(forms) => forms.as_slice(),
        // One text is enough for a language whose numbers change nothing.
        Message::Text(_) if !is_counted || needed.len() == 1 => return None,
        Message::Text(_) => &[],
    };
    let allowed = plurals.allowed();
    if let Some((form, _)) = forms.iter().find(|(form, _)| !allowed.contains(form)) {
        return Some(no_form(path, form, own.key_at, &allowed));
    }
    let lacks = |form: &&&str| forms.iter().all(|(known, _)| known != *form);
    let lacking = needed.iter().find(lacks)?;
    let message = format!("`{key}` lacks the plural form `{lacking}`");
    let place = Place::new(path, own.key_at);
    Some(
        Diagnostic::new(Code::PluralForm, place, message).help(format!(
            "numbers need the forms {}",
            listed(needed.iter().copied())
        )),
    )
}
