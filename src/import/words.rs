//! Texts of others as a handbook takes them: printed characters, plain titles, no links that lead nowhere.

use pulldown_cmark::{Event, Options, Parser};

use super::vocabulary;
pub(super) use crate::model::markdown::typed;
use crate::model::markdown::{Destination, Notable, destination, notable, shown};
use crate::source::{IMAGES, SourcePath, is_control, is_hidden};

/// A text without characters that a source may not hold or that nobody sees.
pub(super) fn printed(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let is_printed = |c: &char| !is_control(*c) && !is_hidden(*c);
    text.chars().filter(is_printed).collect()
}

/// A title: one line, without marks of Markdown and without the number or letter that lists put before it.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::new();
    let text = unemphasised(text.trim());
    for event in Parser::new_ext(&text, Options::ENABLE_STRIKETHROUGH) {
        match event {
            // `Vec<T>` is no tag.
            Event::InlineHtml(tag) | Event::Html(tag) => {
                out += if is_tag(&tag) { "" } else { &tag }
            }
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

/// Tags that arrange text.
const TAGS: &[&str] = &[
    "a",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "code",
    "details",
    "div",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "u",
    "ul",
];

/// Whether what looks like HTML is a tag or a comment.
pub(super) fn is_tag(html: &str) -> bool {
    let name = html.trim().trim_start_matches('<').trim_start_matches('/');
    let end = name.find(|c: char| !c.is_ascii_alphanumeric());
    let name = name[..end.unwrap_or(name.len())].to_ascii_lowercase();
    html.starts_with("<!") || TAGS.contains(&name.as_str())
}

/// Markdown in which `__init__` is no bold type.
fn unemphasised(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut ticks = 0;
    while let Some(start) = rest.find("__") {
        let after = &rest[start + 2..];
        let name = after.find("__").map(|end| &after[..end]);
        let is_name = |name: &&str| {
            let is_letter =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
            name.starts_with(|c: char| c.is_ascii_lowercase()) && name.bytes().all(is_letter)
        };
        ticks += rest[..start].matches('`').count();
        out += &rest[..start];
        match name.filter(is_name) {
            Some(name) if ticks % 2 == 0 => {
                out += &format!("\\_\\_{name}\\_\\_");
                rest = &after[name.len() + 2..];
            }
            _ => {
                out += "__";
                rest = after;
            }
        }
    }
    out + rest
}

fn is_block(tag: pulldown_cmark::TagEnd) -> bool {
    use pulldown_cmark::TagEnd;
    matches!(tag, TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item)
}

/// A title without `Q3:`, `12)` or `Question:` before it.
fn unnumbered(title: &str) -> &str {
    numbered(title).map_or(title, |(_, title)| title)
}

/// The number before a title, and the title; the number is empty in `Question:`.
fn numbered(title: &str) -> Option<(&str, &str)> {
    let word = title
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(title.len());
    let word = if vocabulary::marks_question(&title[..word]) {
        word
    } else {
        0
    };
    let rest = title[word..].trim_start();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = &rest[digits..];
    let marks = after.trim_start_matches([':', '.', ')', '-']);
    let is_number = marks.len() < after.len() && marks.starts_with(' ') && (word > 0 || digits > 0);
    is_number.then(|| (&rest[..digits], marks.trim_start()))
}

/// The number that a list puts before a title.
pub(super) fn number(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(['*', '_', '#', ' ']);
    numbered(text)
        .map(|(number, _)| number)
        .filter(|number| !number.is_empty())
}

/// The items of a cell, which lists separate in many ways.
pub(super) fn items(cell: &str) -> Vec<String> {
    let items = cell.split([',', ';', '|', '\n']);
    let items = items.map(|item| plain(item.trim().trim_start_matches('#')));
    items
        .filter(|item| item.contains(char::is_alphanumeric) && !vocabulary::is_nothing(item))
        .collect()
}

/// How often a text is gone through: what is taken for a link can show another.
const ROUNDS: usize = 8;

/// Markdown in which what cannot be part of a handbook (links to other files, pictures) stands as it is written: nothing is
/// lost, and nothing leads nowhere.
pub(super) fn harmless(text: &str, is_there: impl Fn(&SourcePath) -> bool) -> String {
    let mut text = unemphasised(text.trim());
    for _ in 0..ROUNDS {
        let mut places: Vec<usize> = notable(&text)
            .into_iter()
            .filter(|(notable, _)| is_harmful(notable, &is_there))
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
fn is_harmful(notable: &Notable, is_there: &impl Fn(&SourcePath) -> bool) -> bool {
    match notable {
        Notable::Link(address) => match destination(address) {
            Destination::Outside => false,
            Destination::Record {
                kind,
                id,
                anchor: None,
            } => {
                let path = format!("content/{}", kind.file(id));
                !is_there(&SourcePath::new(path))
            }
            _ => true,
        },
        Notable::Image(address) => {
            !address.starts_with(IMAGES)
                || !is_there(&SourcePath::new(format!("content/{address}")))
        }
        Notable::UndefinedLink(_)
        | Notable::UndefinedNote(_)
        | Notable::SilentImage
        | Notable::EmptyHeading
        | Notable::EmptyTask
        | Notable::Control(_)
        | Notable::Hidden(_) => true,
        Notable::UnmentionedNote(_)
        | Notable::SecondNote(_)
        | Notable::Stray(_)
        | Notable::Html
        | Notable::DeepHeading { .. }
        | Notable::Language(_) => false,
    }
}
