//! Tags that stand open: what a template lacks the end of.

use super::recursion::Texts;
use super::tags::{Placed, Tag, Token, tags};
use crate::diagnostic::{Code, Diagnostic, Place, Span, listed, nearest};

/// What is said of a tag that cannot stand where it does: what is open there, or that nothing is.
pub(super) fn of_misplaced(texts: &Texts<'_>, name: &str, place: &Place) -> Option<Diagnostic> {
    let (_, text) = texts.get(name)?;
    let word = text.get(place.span.range())?;
    let closes = word.starts_with("end") || matches!(word, "else" | "elif");
    if !closes {
        return None;
    }
    let message = format!("`{word}` cannot stand here");
    let found = |message| Diagnostic::new(Code::Template, place.clone(), message);
    let all = tags(text);
    let Some(open) = still_open(&all, place.span.range().start).pop() else {
        return Some(found(message).help("nothing is open that it could belong to; delete it"));
    };
    let note = format!("`{}` is still open", shown(text, open));
    let help = format!("write `{{% {} %}}` before it", end_of(open)?);
    Some(found(message).note(place_of(place, open), note).help(help))
}

/// The tags of the engine.
const TAGS: [&str; 11] = [
    "if",
    "for",
    "block",
    "filter",
    "component",
    "set",
    "set_global",
    "include",
    "extends",
    "raw",
    "elif",
];

/// What is said of a tag that the engine does not have.
pub(super) fn of_unknown(texts: &Texts<'_>, name: &str, place: Place) -> Diagnostic {
    let word = texts
        .get(name)
        .and_then(|(_, text)| text.get(place.span.range()));
    let help = match word.and_then(|word| nearest(word, TAGS)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the tags are {}", listed(TAGS)),
    };
    Diagnostic::new(Code::Template, place, "there is no such tag").help(help)
}

/// What is said where a template ends too early: which tag has no end.
pub(super) fn of_early_end(texts: &Texts<'_>, name: &str, place: &Place) -> Option<Diagnostic> {
    let (_, text) = texts.get(name)?;
    let all = tags(text);
    if let Some(tag) = all.last().filter(|tag| !tag.is_whole) {
        let sign = if tag.prints { "}}" } else { "%}" };
        let first = std::slice::from_ref(tag.words.first()?);
        let message = format!("this tag has no `{sign}`");
        return Some(Diagnostic::new(
            Code::Template,
            Place::new(&place.path, extent(first)),
            message,
        ));
    }
    let mut open = still_open(&all, text.len());
    let last = open.pop()?;
    let message = format!("`{}` is never closed", shown(text, last));
    let help = format!("write `{{% {} %}}` where it ends", end_of(last)?);
    let diagnostic = Diagnostic::new(Code::Template, place_of(place, last), message).help(help);
    Some(open.into_iter().rev().fold(diagnostic, |diagnostic, tag| {
        let note = format!("`{}` is open, too", shown(text, tag));
        diagnostic.note(place_of(place, tag), note)
    }))
}

/// The tags that stand open at a place, the innermost last.
fn still_open<'a, 't>(tags: &'a [Tag<'t>], until: usize) -> Vec<&'a Tag<'t>> {
    let mut open: Vec<&Tag<'_>> = Vec::new();
    for tag in tags.iter().filter(|tag| !tag.prints) {
        if tag.words.first().is_none_or(|(_, at)| at.start >= until) {
            continue;
        }
        if end_of(tag).is_some() {
            open.push(tag);
        } else if open.last().is_some_and(|last| closes(tag, last)) {
            open.pop();
        }
    }
    open
}

/// What closes a tag: `endif`, `</name>`; `None` for what needs no end.
fn end_of(tag: &Tag<'_>) -> Option<String> {
    let has = |mark| {
        tag.words
            .iter()
            .any(|(token, _)| *token == Token::Mark(mark))
    };
    match (
        tag.words.first()?.0,
        tag.words.get(1).map(|(token, _)| *token),
    ) {
        (Token::Name(name @ ("if" | "for" | "block" | "filter" | "component")), _) => {
            Some(format!("end{name}"))
        }
        (Token::Name("set" | "set_global"), _) if !has('=') => Some("endset".to_owned()),
        (Token::Mark('<'), Some(Token::Name(name))) if !has('/') => Some(format!("</{name}>")),
        _ => None,
    }
}

fn closes(tag: &Tag<'_>, open: &Tag<'_>) -> bool {
    match (&tag.words[..], end_of(open)) {
        ([(Token::Name(name), _), ..], Some(end)) => *name == end,
        ([(Token::Mark('<'), _), (Token::Mark('/'), _), ..], Some(end)) => end.starts_with('<'),
        _ => false,
    }
}

/// A tag as it is written, without its signs at both ends.
fn shown(text: &str, tag: &Tag<'_>) -> String {
    let written = text.get(extent(&tag.words).range()).unwrap_or_default();
    let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{{% {} %}}", written.trim_matches('-').trim())
}

fn place_of(place: &Place, tag: &Tag<'_>) -> Place {
    Place::new(&place.path, extent(&tag.words))
}

/// From a tag's first word to its last.
fn extent(words: &[Placed<'_>]) -> Span {
    let start = words.first().map_or(0, |(_, at)| at.start);
    Span::new(start, words.last().map_or(start, |(_, at)| at.end))
}
