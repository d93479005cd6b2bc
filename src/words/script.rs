//! Words laid into scripts: `word('group.word')` becomes the message itself, so that no reader loads a file of words.

use std::borrow::Cow;
use std::ops::Range;

use super::Words;
use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::source::SourcePath;

/// The calls that name a word: `word` gives a text, `worded` the pieces of one that has elements among them.
const CALLS: [&str; 2] = ["word", "worded"];

/// A call of a word in a script.
struct Call<'s> {
    /// From its name to its closing bracket, or to the end of its key where values follow.
    at: Range<usize>,
    /// The key with its quotes.
    key_at: Range<usize>,
    key: &'s str,
    has_values: bool,
}

/// A script with the messages in place of their keys. Without values a call becomes its message; with values the key does,
/// and the function that `core.js` leaves fills it. Reports `unknown-word` and `word-places`.
pub fn laid_in<'s>(
    path: &SourcePath,
    script: &'s str,
    words: &Words,
    found: &mut Vec<Diagnostic>,
) -> Cow<'s, str> {
    let mut out = String::new();
    let mut done = 0;
    for call in calls(script) {
        let place = Place::new(path, Span::new(call.key_at.start, call.key_at.end));
        let Some(message) = words.message(call.key) else {
            let (message, help) = words.unknown(call.key);
            found.push(Diagnostic::new(Code::UnknownWord, place, message).help(help));
            continue;
        };
        let is_whole = !call.has_values && script[call.at.clone()].starts_with("word(");
        if !call.has_values && !message.names().is_empty() {
            found.push(unfilled(place, call.key, message));
        }
        let replaced = if is_whole { call.at } else { call.key_at };
        out.push_str(&script[done..replaced.start]);
        out.push_str(&message.as_script());
        done = replaced.end;
    }
    if done == 0 {
        return Cow::Borrowed(script);
    }
    out.push_str(&script[done..]);
    Cow::Owned(out)
}

/// A call without the values that the message has places for.
fn unfilled(place: Place, key: &str, message: &super::Message) -> Diagnostic {
    let names: Vec<&str> = message.names().into_iter().collect();
    Diagnostic::new(
        Code::WordPlaces,
        place,
        format!("the word `{key}` needs values"),
    )
    .help(format!("give it {}", crate::diagnostic::listed(names)))
}

/// Whether a name begins here that is no property of something: `...` spreads what follows it.
fn begins_name(before: &str) -> bool {
    let last = before.chars().next_back();
    before.ends_with("...")
        || !last.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '$' | '.'))
}

fn calls(script: &str) -> impl Iterator<Item = Call<'_>> {
    let starts = script
        .match_indices("word")
        .filter(|(at, _)| begins_name(&script[..*at]));
    starts.filter_map(|(start, _)| {
        let name = CALLS
            .iter()
            .rev()
            .find(|name| script[start..].starts_with(**name))?;
        let open = start + name.len();
        let inside = script[open..].strip_prefix('(')?.trim_start();
        let key_start = script.len() - inside.len();
        let quote = inside.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        let length = inside[1..].find(quote)?;
        let key_at = key_start..key_start + length + 2;
        let rest = script[key_at.end..].trim_start();
        let (end, has_values) = match rest.chars().next()? {
            ')' => (script.len() - rest.len() + 1, false),
            ',' => (key_at.end, true),
            _ => return None,
        };
        Some(Call {
            at: start..end,
            key: &script[key_start + 1..key_at.end - 1],
            key_at,
            has_values,
        })
    })
}
