//! Words laid into templates before they are compiled, and where what follows stood before.

use std::collections::BTreeMap;
use std::ops::Range;

use tera::value::Key;
use tera::{Error, Kwargs, TeraResult, Value};

use super::tags::{Placed, Token, tags};
use crate::diagnostic::{Code, Diagnostic, Place, Span, listed};
use crate::html::escape;
use crate::source::SourcePath;
use crate::words::{self, Message, Words};

/// A message in the place of a call.
#[derive(Clone)]
pub(super) struct Moved {
    /// The call, in the author's template.
    call: Range<usize>,
    /// What stands there now.
    message: String,
}

/// By template, its calls that are messages now, in their order.
pub(super) type Laid = BTreeMap<String, Vec<Moved>>;

/// A call of `word` in a tag.
struct Call<'w, 't> {
    /// From its name to its closing bracket.
    at: Range<usize>,
    /// The key and its place with its quotes; `None` where it is worked out.
    key: Option<(&'t str, Range<usize>)>,
    /// Its other arguments: their names, and what is worked out for each.
    values: Vec<(&'t str, &'w [Placed<'t>])>,
}

/// A template in which a call of `word` is the message itself: every one that has a key and nothing else, and every tag that is
/// nothing but one. Reports `unknown-word`,
/// and `word-places` where a call gives other values than the message has places for.
pub(super) fn laid_in(
    path: &SourcePath,
    text: &str,
    words: &Words,
    found: &mut Vec<Diagnostic>,
) -> (String, Vec<Moved>) {
    let mut moved = Vec::new();
    if !text.contains("word") {
        return (text.to_owned(), moved);
    }
    for tag in tags(text) {
        for call in calls(&tag.words) {
            let Some((key, key_at)) = &call.key else {
                continue;
            };
            let place = Place::new(path, Span::new(key_at.start, key_at.end));
            let Some(message) = words.message(key) else {
                let (message, help) = words.unknown(key);
                found.push(Diagnostic::new(Code::UnknownWord, place, message).help(help));
                continue;
            };
            let is_inside = |last: &Moved| call.at.start < last.call.end;
            if let Some(fault) = wrong_values(key, message, &call, &place) {
                found.push(fault);
            } else if let Message::Text(message) = message
                && !moved.last().is_some_and(is_inside)
            {
                moved.extend(in_place(text, &call, message, tag.prints, words));
            }
        }
    }
    (replaced(text, &moved), moved)
}

/// The message where its call stood: as text of the page where a tag is nothing but the call, with its values printed in
/// their places; else, where it has none, as an expression.
fn in_place(
    text: &str,
    call: &Call<'_, '_>,
    message: &str,
    prints: bool,
    words: &Words,
) -> Option<Moved> {
    let (before, after) = (&text[..call.at.start], &text[call.at.end..]);
    let opening = before.trim_end();
    let closing = after.trim_start();
    if prints && opening.ends_with("{{") && closing.starts_with("}}") && is_plain(message) {
        let end = text.len() - closing.len() + 2;
        return Some(Moved {
            call: opening.len() - 2..end,
            message: printed(text, message, call, words),
        });
    }
    if !call.values.is_empty() {
        return None;
    }
    let escaped = message
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n");
    Some(Moved {
        call: call.at.clone(),
        message: format!("\"{escaped}\""),
    })
}

/// Whether a message means nothing to the template engine.
fn is_plain(message: &str) -> bool {
    !["{{", "{%", "{#"].iter().any(|mark| message.contains(mark))
}

/// A message as a template prints it: a value that is nothing but another message is printed the same way.
fn printed(text: &str, message: &str, printing: &Call<'_, '_>, words: &Words) -> String {
    let mut out = String::new();
    words::pieces(message, |piece, name| {
        out.push_str(&escape(piece));
        let value = printing
            .values
            .iter()
            .find(|(known, _)| Some(*known) == name);
        let Some((first, last)) = value.and_then(|(_, value)| value.first().zip(value.last()))
        else {
            return;
        };
        let at = first.1.start..last.1.end;
        let inner = value.and_then(|(_, value)| call(value));
        let inner = inner.filter(|inner| inner.at == at);
        let key = inner.as_ref().and_then(|inner| inner.key.as_ref());
        match (&inner, key.and_then(|(key, _)| words.message(key))) {
            (Some(inner), Some(Message::Text(message))) if is_plain(message) => {
                out.push_str(&printed(text, message, inner, words));
            }
            _ => out.push_str(&format!("{{{{ {} }}}}", &text[at])),
        }
    });
    out
}

fn replaced(text: &str, moved: &[Moved]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for one in moved {
        out.push_str(&text[done..one.call.start]);
        out.push_str(&one.message);
        done = one.call.end;
    }
    out.push_str(&text[done..]);
    out
}

/// The template as it was compiled.
pub(super) fn text(laid: &Laid, name: &str, text: &str) -> String {
    laid.get(name)
        .map_or_else(|| text.to_owned(), |moved| replaced(text, moved))
}

/// Where something in a template stood before words were laid in. What is in a message stands in its call.
pub(super) fn original(laid: &Laid, name: &str, range: Range<usize>) -> Range<usize> {
    let moved = laid.get(name).map_or(&[][..], Vec::as_slice);
    place_before(moved, range.start, false)..place_before(moved, range.end, true)
}

fn place_before(moved: &[Moved], at: usize, is_end: bool) -> usize {
    // How far the template has grown, and how far it has shrunk, up to a place.
    let (mut grown, mut shrunk) = (0, 0);
    for one in moved {
        let start = one.call.start + grown - shrunk;
        let end = start + one.message.len();
        if at < start || at == start && !is_end {
            break;
        }
        if at < end || at == end && is_end {
            return if is_end { one.call.end } else { one.call.start };
        }
        grown += one.message.len();
        shrunk += one.call.len();
    }
    at + shrunk - grown
}

fn wrong_values(
    key: &str,
    message: &Message,
    call: &Call<'_, '_>,
    place: &Place,
) -> Option<Diagnostic> {
    let wanted = message.names();
    let fault = |message| Some(Diagnostic::new(Code::WordPlaces, place.clone(), message));
    let there = || format!("its places: {}", listed(wanted.iter().copied()));
    if let Some((more, _)) = call.values.iter().find(|(name, _)| !wanted.contains(name)) {
        let fault = fault(format!("the word `{key}` has no place for `{more}`"))?;
        return Some(fault.help(there()));
    }
    let lacking = wanted
        .iter()
        .find(|name| call.values.iter().all(|(known, _)| known != *name))?;
    Some(fault(format!("the word `{key}` needs `{lacking}`"))?.help(there()))
}

/// The calls of `word` in a tag.
fn calls<'w, 't>(words: &'w [Placed<'t>]) -> Vec<Call<'w, 't>> {
    let mut calls = Vec::new();
    for (at, pair) in words.windows(2).enumerate() {
        let is_call = pair[0].0 == Token::Name("word") && pair[1].0 == Token::Mark('(');
        let is_field = at > 0 && matches!(words[at - 1].0, Token::Mark('.' | '|'));
        if is_call && !is_field {
            calls.extend(call(&words[at..]));
        }
    }
    calls
}

/// The call that begins here: `word(key="group.word", n=days)`.
fn call<'w, 't>(words: &'w [Placed<'t>]) -> Option<Call<'w, 't>> {
    if words.first()?.0 != Token::Name("word") {
        return None;
    }
    let mut depth = 0_usize;
    let mut key = None;
    let mut values = Vec::new();
    for (nth, (token, at)) in words.iter().enumerate() {
        match token {
            Token::Mark('(' | '[' | '{') => depth += 1,
            Token::Mark(')' | ']' | '}') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if nth > 0 && depth == 0 {
            let at = words[0].1.start..at.end;
            return Some(Call { at, key, values });
        }
        let is_argument = depth == 1
            && matches!(words[nth - 1].0, Token::Mark('(' | ','))
            && matches!(words.get(nth + 1), Some((Token::Mark('='), _)));
        match token {
            Token::Name("key") if is_argument => {
                let ends = matches!(words.get(nth + 3), Some((Token::Mark(',' | ')'), _)));
                if let (Some((Token::Text(text), at)), true) = (words.get(nth + 2), ends) {
                    key = Some((*text, at.clone()));
                }
            }
            Token::Name(name) if is_argument => values.push((*name, value(&words[nth + 2..]))),
            _ => {}
        }
    }
    None
}

/// What stands before the comma or bracket that ends an argument.
fn value<'w, 't>(words: &'w [Placed<'t>]) -> &'w [Placed<'t>] {
    let mut depth = 0_usize;
    let end = words.iter().position(|(token, _)| {
        let ends = depth == 0 && matches!(token, Token::Mark(',' | ')'));
        match token {
            Token::Mark('(' | '[' | '{') => depth += 1,
            Token::Mark(')' | ']' | '}') => depth = depth.saturating_sub(1),
            _ => {}
        }
        ends
    });
    &words[..end.unwrap_or(words.len())]
}

/// The function `word`: a message with its values as HTML, of which `n` chooses the plural form.
pub(super) fn filled(words: &Words, arguments: &Kwargs) -> TeraResult<Value> {
    let key = arguments.must_get::<&str>("key")?;
    let Some(message) = words.message(key) else {
        let (message, help) = words.unknown(key);
        return Err(Error::message(format!("{message}; {help}")));
    };
    let n = arguments.get::<u64>("n")?;
    let html = words.html(message, n, |name, out| {
        let values = &mut arguments.iter();
        let value = values.find(|(key, _)| {
            matches!(key, Key::Str(key) if *key == name)
                || matches!(key, Key::String(key) if **key == *name)
        });
        if let Some((_, value)) = value {
            let text = value.to_string();
            if value.is_safe() {
                out.push_str(&text);
            } else {
                out.push_str(&escape(&text));
            }
        }
    });
    Ok(Value::safe_string(&html))
}
