//! Texts of others as a handbook takes them: printed characters, plain titles, no links that lead nowhere.

use pulldown_cmark::{Event, Options, Parser};

pub(super) use crate::model::markdown::typed;
use crate::model::markdown::{Destination, Notable, destination, notable, shown};
use crate::source::{SourcePath, Sources, is_control, is_hidden};

/// A text without characters that a source may not hold or that nobody sees.
pub(super) fn printed(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let is_printed = |c: &char| !is_control(*c) && !is_hidden(*c);
    text.chars().filter(is_printed).collect()
}

/// A title: one line, without marks of Markdown and without the number or letter that lists put before it.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::new();
    for event in Parser::new_ext(text.trim(), Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::InlineHtml(_) | Event::Html(_) => {}
            Event::End(_) => {
                if !out.ends_with(' ') && matches!(event, Event::End(tag) if is_block(tag)) {
                    out.push(' ');
                }
            }
            event => out.extend(shown(&event)),
        }
    }
    let words: Vec<&str> = out.split_whitespace().collect();
    unnumbered(&words.join(" ")).to_owned()
}

fn is_block(tag: pulldown_cmark::TagEnd) -> bool {
    use pulldown_cmark::TagEnd;
    matches!(tag, TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item)
}

/// A title without `Q3:`, `12)` or `Question:` before it.
fn unnumbered(title: &str) -> &str {
    let lower = title.to_ascii_lowercase();
    let word = ["question", "q"]
        .iter()
        .find(|word| lower.starts_with(**word));
    let word = word.map_or(0, |word| word.len());
    let rest = title[word..].trim_start();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = &rest[digits..];
    let marks = after.trim_start_matches([':', '.', ')', '-']);
    let is_number = marks.len() < after.len() && marks.starts_with(' ') && (word > 0 || digits > 0);
    if is_number { marks.trim_start() } else { title }
}

/// The items of a cell, which lists separate in many ways.
pub(super) fn items(cell: &str) -> Vec<String> {
    let items = cell.split([',', ';', '|', '\n']);
    let items = items.map(|item| plain(item.trim().trim_start_matches('#')));
    items.filter(|item| !item.is_empty()).collect()
}

/// How often a text is gone through: what is taken for a link can show another.
const ROUNDS: usize = 8;

/// Markdown in which what cannot be part of a handbook (links to other files, pictures) stands as it is written: nothing is
/// lost, and nothing leads nowhere.
pub(super) fn harmless(text: &str, sources: &Sources) -> String {
    let mut text = text.trim().to_owned();
    for _ in 0..ROUNDS {
        let mut places: Vec<usize> = notable(&text)
            .into_iter()
            .filter(|(notable, _)| is_harmful(notable, sources))
            .map(|(notable, range)| {
                let opens = if matches!(notable, Notable::EmptyHeading) {
                    '#'
                } else {
                    '['
                };
                let found = text[range.clone()].find([opens, '<']);
                range.start + found.unwrap_or(0)
            })
            .collect();
        if places.is_empty() {
            return text;
        }
        places.sort_unstable();
        places.dedup();
        let mut escaped = String::with_capacity(text.len() + places.len());
        let mut done = 0;
        for at in places {
            escaped.push_str(&text[done..at]);
            escaped.push('\\');
            done = at;
        }
        text = escaped + &text[done..];
    }
    let lines: Vec<String> = text.lines().map(|line| format!("    {line}")).collect();
    format!("The text:\n\n{}", lines.join("\n"))
}

/// Whether a check would refuse it.
fn is_harmful(notable: &Notable, sources: &Sources) -> bool {
    match notable {
        Notable::Link(address) => match destination(address) {
            Destination::Outside => false,
            Destination::Record {
                kind,
                id,
                anchor: None,
            } => {
                let path = format!("content/{}", kind.file(id));
                sources.get(&SourcePath::new(path)).is_none()
            }
            _ => true,
        },
        Notable::Image(_)
        | Notable::UndefinedLink(_)
        | Notable::UndefinedNote(_)
        | Notable::EmptyHeading
        | Notable::EmptyTask
        | Notable::Control(_)
        | Notable::Hidden(_) => true,
        Notable::SilentImage
        | Notable::Stray(_)
        | Notable::Html
        | Notable::DeepHeading { .. }
        | Notable::Language(_) => false,
    }
}

/// Whether a cell was written for a browser.
pub(super) fn has_html(cell: &str) -> bool {
    let lower = cell.to_ascii_lowercase();
    ["<br", "<div", "<p>", "<b>", "<li>", "</", "&nbsp;"]
        .iter()
        .any(|mark| lower.contains(mark))
}

/// HTML as Markdown, as far as flash cards use it; other tags are dropped and their text stays.
pub(super) fn from_html(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out += &rest[..start];
        let after = &rest[start + 1..];
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let Some(end) = after.find('>').filter(|_| is_tag) else {
            out.push('<');
            rest = after;
            continue;
        };
        let tag = after[..end].to_ascii_lowercase();
        let name = tag
            .split(|c: char| c.is_whitespace())
            .next()
            .unwrap_or_default();
        out += match name.trim_end_matches('/') {
            "br" => "\n",
            "div" | "/div" | "p" | "/p" | "/ul" | "/ol" | "ul" | "ol" => "\n\n",
            "li" => "\n- ",
            "b" | "/b" | "strong" | "/strong" => "**",
            "i" | "/i" | "em" | "/em" => "*",
            "code" | "/code" => "`",
            _ => "",
        };
        rest = &after[end + 1..];
    }
    out += rest;
    let out = out.replace("&nbsp;", " ").replace("****", "");
    let lines: Vec<&str> = out.lines().map(str::trim_end).collect();
    let mut text = lines.join("\n");
    while text.contains("\n\n\n") {
        text = text.replace("\n\n\n", "\n\n");
    }
    text.trim().to_owned()
}
