//! Phrases of a finished text, marked and numbered.

use std::ops::Range;

use crate::model::markdown::words::Words;

/// Marks each phrase in the HTML of a text, with its number after it: `<mark data-mark="1">…</mark><sup>1</sup>`. A phrase
/// that the text does not have exactly once is left out; linking has seen that there is none.
pub(super) fn marked(html: &str, phrases: &[&str]) -> String {
    let words = words(html);
    let place = |(nth, phrase): (usize, &&str)| {
        let folded = words.only_place_of(phrase).ok()?;
        let last = words.origin(folded.end - 1);
        Some((
            words.origin(folded.start)..last + length(&html[last..]),
            nth + 1,
        ))
    };
    let mut places: Vec<(Range<usize>, usize)> =
        phrases.iter().enumerate().filter_map(place).collect();
    places.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(html.len() + 64 * places.len());
    let mut at = 0;
    for (range, number) in places {
        // Phrases that share words are an error.
        if range.start < at {
            continue;
        }
        out.push_str(&html[at..range.start]);
        mark(&html[range.clone()], number, &mut out);
        at = range.end;
    }
    out + &html[at..]
}

/// The words of a text's HTML, each with its place there.
fn words(html: &str) -> Words {
    let mut words = Words::default();
    let mut at = 0;
    while let Some(c) = html[at..].chars().next() {
        let length = length(&html[at..]);
        match c {
            '<' => {
                if !is_inline(&html[at..]) {
                    words.end_paragraph();
                }
            }
            '&' => words.push(entity(&html[at..at + length]), at),
            c => words.push(c, at),
        }
        at += length;
    }
    words
}

/// How many bytes a tag, an entity or a character takes.
fn length(html: &str) -> usize {
    let first = html.chars().next().map_or(0, char::len_utf8);
    let to = |end: char| html.find(end).map_or(first, |length| length + 1);
    match html.as_bytes().first() {
        Some(b'<') => to('>'),
        Some(b'&') => to(';'),
        _ => first,
    }
}

/// Whether a tag stands inside of a paragraph.
fn is_inline(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next();
    matches!(name, Some("em" | "strong" | "a" | "code" | "del" | "span"))
}

/// What one of the entities stands for that texts are escaped with.
fn entity(entity: &str) -> char {
    match entity {
        "&lt;" => '<',
        "&gt;" => '>',
        "&quot;" => '"',
        "&#39;" | "&#x27;" => '\'',
        _ => '&',
    }
}

/// Marks a piece of HTML between its tags, which may open and close elsewhere.
fn mark(html: &str, number: usize, out: &mut String) {
    let mut rest = html;
    while !rest.is_empty() {
        let (text, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        if !text.is_empty() {
            out.push_str(&format!("<mark data-mark=\"{number}\">{text}</mark>"));
        }
        let (tag, after) = after.split_at(length(after).min(after.len()));
        out.push_str(tag);
        rest = after;
    }
    out.push_str(&format!("<sup>{number}</sup>"));
}
