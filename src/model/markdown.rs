//! The Markdown of records: its dialect, and where its links lead.

pub mod autolink;
pub mod comments;
pub mod headings;
pub mod stray;
pub mod typography;
pub mod words;

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{
    BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd,
};

use self::headings::Levels;
pub use self::headings::{Anchors, Slugs};
pub use self::stray::Stray;
use self::stray::Strays;
pub use self::typography::{Quotes, typed};
use crate::model::Kind;
use crate::source::{FILES, hides, is_control};

/// CommonMark with tables, task lists, strikethrough, footnotes, GitHub's call-outs and ids of headings. Quotes and dashes
/// are `typography`'s.
pub fn dialect() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES
}

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub enum Destination<'a> {
    /// `question:greatest-weakness`, perhaps with `#anchor`.
    Record {
        kind: Kind,
        id: &'a str,
        anchor: Option<&'a str>,
    },
    /// `https`, `http` or `mailto`.
    Outside,
    /// A web address without a host, or a mail address without a name or a host.
    Incomplete,
    /// `#anchor` on the same page.
    Anchor(&'a str),
    /// A word before the colon that is neither a kind nor an allowed scheme.
    UnknownKind(&'a str),
    /// A scheme that could run or reveal something.
    Unsafe(&'a str),
    /// A file that stands beside the records: `files/form.pdf`.
    File,
    /// A path; records are linked by their ids.
    Path,
}

/// Schemes that get a diagnostic of their own rather than "no such kind".
const UNSAFE_SCHEMES: &[&str] = &[
    "javascript",
    "data",
    "vbscript",
    "file",
    "blob",
    "about",
    "ftp",
    "tel",
    "ws",
    "wss",
];

/// Sorts a link's address by where it leads.
pub fn destination(address: &str) -> Destination<'_> {
    if let Some(anchor) = address.strip_prefix('#') {
        return Destination::Anchor(anchor);
    }
    if address.starts_with(FILES) {
        return Destination::File;
    }
    let before_path = address.split(['/', '?', '#']).next().unwrap_or(address);
    let Some((scheme, _)) = before_path.split_once(':') else {
        return Destination::Path;
    };
    // Browsers skip white space and control characters inside a scheme, so they must not hide one.
    let plain: String = scheme
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .collect::<String>()
        .to_ascii_lowercase();
    if matches!(plain.as_str(), "https" | "http" | "mailto") && plain.len() == scheme.len() {
        let is_whole = if plain == "mailto" {
            is_mail_address(&address[scheme.len() + 1..])
        } else {
            is_web_address(address)
        };
        return if is_whole {
            Destination::Outside
        } else {
            Destination::Incomplete
        };
    }
    if let Some(kind) = Kind::from_word(scheme) {
        let rest = &address[scheme.len() + 1..];
        let (id, anchor) = rest
            .split_once('#')
            .map_or((rest, None), |(id, anchor)| (id, Some(anchor)));
        return Destination::Record { kind, id, anchor };
    }
    if UNSAFE_SCHEMES.contains(&plain.as_str()) || plain.len() != scheme.len() {
        return Destination::Unsafe(scheme);
    }
    Destination::UnknownKind(scheme)
}

/// Whether an address begins with `https://` or `http://` and names a host.
pub fn is_web_address(address: &str) -> bool {
    let begins_with = |start: &str| {
        let own = address.get(..start.len());
        own.is_some_and(|own| own.eq_ignore_ascii_case(start))
    };
    (begins_with("https://") || begins_with("http://"))
        && !address.contains(char::is_whitespace)
        && url::Url::parse(address).is_ok_and(|url| url.has_host())
}

/// Whether what follows `mailto:` names somebody at a host.
pub(super) fn is_mail_address(address: &str) -> bool {
    let who = address.split('?').next().unwrap_or_default();
    let is_named = |(name, host): (&str, &str)| !name.is_empty() && !host.is_empty();
    who.split_once('@').is_some_and(is_named) && !address.contains(char::is_whitespace)
}

/// A link's address. Mail in angle brackets is written without its scheme.
pub fn address(kind: LinkType, written: CowStr<'_>) -> CowStr<'_> {
    match kind {
        LinkType::Email => format!("mailto:{written}").into(),
        _ => written,
    }
}

/// Something in a Markdown text that has to be checked, with its bytes in that text.
#[derive(Debug, PartialEq, Eq)]
pub enum Notable {
    Link(String),
    Image(String),
    /// An image of which nothing says what it shows.
    SilentImage,
    /// A link or an image by a name, as in `[words][name]`, that nothing in the text defines.
    UndefinedLink(String),
    /// What looks like Markdown and means nothing.
    Stray(Stray),
    /// The mention of a note that is not in the text.
    UndefinedNote(String),
    /// A note that the text does not mention.
    UnmentionedNote(String),
    /// A note whose name another one before it has.
    SecondNote(String),
    Html,
    Language(String),
    EmptyHeading,
    /// A heading that skips levels: its own, and the deepest it could have.
    DeepHeading {
        level: u8,
        deepest: u8,
    },
    /// The box of a task that says nothing.
    EmptyTask,
    /// A control character, which only an entity (`&#1;`) can bring.
    Control(char),
    /// A character that shows nothing, written as an entity (`&#x202e;`).
    Hidden(char),
}

/// Finds links, images, raw HTML, the languages of code blocks and headings without words, in the order of the text.
/// What a link defines elsewhere is found there, once.
#[expect(clippy::too_many_lines, reason = "an arm a kind of event")]
pub fn notable(text: &str) -> Vec<(Notable, Range<usize>)> {
    // Most texts have none of the signs that any of these begins with.
    let bytes = text.as_bytes();
    let worth_parsing = memchr::memchr3(b'[', b'<', b'`', bytes).is_some()
        || memchr::memchr3(b'~', b'&', b'#', bytes).is_some()
        || memchr::memchr(b'|', bytes).is_some()
        || stray::is_possible(text);
    if !worth_parsing {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut heading_is_empty = false;
    let mut in_code = false;
    let mut silent = None;
    let mut task = None;
    let mut levels = Levels::default();
    let mut levels_of_text = None;
    let mut strays = Strays::default();
    let mut notes = Notes::default();
    // `[name]` alone may be ordinary words in brackets; `[words][name]` is not.
    let by_name = |link: BrokenLink<'_>| match link.link_type {
        LinkType::Reference | LinkType::Collapsed => Some(("".into(), "".into())),
        _ => None,
    };
    let mut events =
        Parser::new_with_broken_link_callback(text, dialect(), Some(by_name)).into_offset_iter();
    while let Some((event, range)) = events.next() {
        let defined = |kind: LinkType, name: &str| match kind {
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
                let definition = events.reference_definitions().get(name);
                definition.map(|link| link.span.clone())
            }
            _ => None,
        };
        let has_words = shown(&event).is_some_and(|text| !text.trim().is_empty());
        if has_words {
            silent = None;
        }
        if has_words || matches!(event, Event::Start(Tag::Link { .. } | Tag::Image { .. })) {
            task = None;
        } else if ends_line(&event) {
            found.extend(task.take().map(|range| (Notable::EmptyTask, range)));
        }
        if let Some((stray, range)) = strays.look_at(text, &event, &range) {
            found.push((Notable::Stray(stray), range));
        }
        heading_is_empty &= !has_words && !matches!(event, Event::Start(Tag::Link { .. }));
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                heading_is_empty = true;
                let (level, deepest) = (level as u8, levels.deepest());
                levels.next(level);
                if level > deepest {
                    found.push((Notable::DeepHeading { level, deepest }, range));
                }
            }
            Event::TaskListMarker(_) => task = Some(range),
            Event::FootnoteReference(name) => notes.mention(&name),
            // Notes end the text, wherever they stand.
            Event::Start(Tag::FootnoteDefinition(name)) => {
                notes.define(name.into_string(), range);
                levels_of_text = Some(std::mem::take(&mut levels));
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                levels = levels_of_text.take().unwrap_or_default();
            }
            Event::End(TagEnd::Heading(_)) if heading_is_empty => {
                heading_is_empty = false;
                found.push((Notable::EmptyHeading, range));
            }
            Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. })
                if matches!(
                    link_type,
                    LinkType::ReferenceUnknown | LinkType::CollapsedUnknown
                ) =>
            {
                found.push((Notable::UndefinedLink(id.into_string()), range));
            }
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }) => {
                let range = defined(link_type, &id).unwrap_or(range);
                let mut written = dest_url.chars().chain(title.chars());
                let control = written.find(|c| is_control(*c));
                found.push(match control {
                    Some(c) => (Notable::Control(c), range),
                    None => {
                        let address = address(link_type, dest_url);
                        (Notable::Link(address.into_string()), range)
                    }
                });
            }
            Event::Text(shown) => {
                let control = shown.chars().find(|c| is_control(*c));
                found.extend(control.map(|c| (Notable::Control(c), range.clone())));
                if text[range.clone()].starts_with('&') {
                    let before = text[..range.start].chars().next_back();
                    let after = text[range.end..].chars().next();
                    let hidden = shown.chars().find(|c| hides(*c, before, after));
                    found.extend(hidden.map(|c| (Notable::Hidden(c), range.clone())));
                }
                if !in_code {
                    found.extend(undefined_note(text, range.start));
                }
            }
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::End(TagEnd::Image) => {
                found.extend(silent.take().map(|range| (Notable::SilentImage, range)));
            }
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                id,
                ..
            }) => {
                silent = Some(range.clone());
                let range = defined(link_type, &id).unwrap_or(range);
                found.push((Notable::Image(dest_url.into_string()), range));
            }
            Event::Start(Tag::HtmlBlock) => found.push((Notable::Html, range)),
            // What closes a tag was told of where it was opened.
            Event::InlineHtml(tag) if !tag.starts_with("</") => found.push((Notable::Html, range)),
            Event::Start(Tag::CodeBlock(kind)) => {
                in_code = true;
                if let CodeBlockKind::Fenced(info) = kind
                    && let Some(language) = info.split([' ', ',']).next()
                    && !language.is_empty()
                {
                    found.push((Notable::Language(language.to_owned()), range));
                }
            }
            _ => {}
        }
    }
    found.extend(notes.amiss());
    found.sort_by_key(|(_, range)| range.start);
    found.dedup();
    found
}

/// The notes of a text, and which of them it mentions.
#[derive(Default)]
struct Notes {
    defined: Vec<(String, Range<usize>)>,
    mentioned: BTreeSet<String>,
}

impl Notes {
    /// In a note, too: what only a note mentions that nobody does is found once that note is.
    fn mention(&mut self, name: &str) {
        self.mentioned.insert(note_key(name));
    }

    fn define(&mut self, name: String, at: Range<usize>) {
        self.defined.push((name, at));
    }

    /// What no reader is led to.
    fn amiss(self) -> Vec<(Notable, Range<usize>)> {
        let mut known = BTreeSet::new();
        let mut found = Vec::new();
        for (name, at) in self.defined {
            let mark = at.start..at.start + "[^]:".len() + name.len();
            let key = note_key(&name);
            if !known.insert(key.clone()) {
                found.push((Notable::SecondNote(name), mark));
            } else if !self.mentioned.contains(&key) {
                found.push((Notable::UnmentionedNote(name), mark));
            }
        }
        found
    }
}

/// A note's name as mentions of it are told from others: its capitals do not count.
pub fn note_key(name: &str) -> String {
    name.to_lowercase()
}

/// The mention of a note that begins with the text shown at `start`: that of a note which is there is not shown as
/// text.
fn undefined_note(text: &str, start: usize) -> Option<(Notable, Range<usize>)> {
    let begins = start + usize::from(text[start..].starts_with("![^"));
    let name = text[begins..].strip_prefix("[^")?;
    let name = &name[..name.find([']', '[', '\n', ' '])?];
    let end = begins + 2 + name.len();
    let is_mention = !name.is_empty() && text[end..].starts_with(']');
    let is_escaped = text[..start].ends_with('\\');
    (is_mention && !is_escaped).then(|| (Notable::UndefinedNote(name.to_owned()), begins..end + 1))
}

/// By byte, whether it means nothing to Markdown where it stands alone.
const IS_PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0u8;
    loop {
        plain[byte as usize] = byte >= 0x80
            || byte.is_ascii_alphanumeric()
            || matches!(
                byte,
                b' ' | b',' | b';' | b':' | b'?' | b'(' | b')' | b'/' | b'%' | b'$' | b'.' | b'-'
            );
        if byte == u8::MAX {
            break plain;
        }
        byte += 1;
    }
};

/// Whether a text is one paragraph in which nothing means anything to Markdown: most texts of records are.
pub fn is_plain(text: &str) -> bool {
    let mut before = b' ';
    let plain = text.bytes().all(|byte| {
        // Two dots or hyphens in a row may become an ellipsis or a dash.
        let fits = IS_PLAIN[usize::from(byte)] && (before != byte || !matches!(byte, b'.' | b'-'));
        before = byte;
        fits
    });
    let is_linked = || text.contains("://");
    plain
        && !is_linked()
        && text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
        && !text.ends_with(' ')
}

/// What a text that is meant to be plain holds of Markdown, in an author's words. Underscores are left alone: names in
/// programs have them.
pub fn mark_in(text: &str) -> Option<&'static str> {
    if !text.contains(['*', '`', '[', '<', '~', '#']) {
        return None;
    }
    let mut events = Parser::new_ext(text, dialect()).into_offset_iter();
    events.find_map(|(event, range)| match event {
        Event::Start(Tag::Strong | Tag::Emphasis) if text[range.clone()].starts_with('*') => {
            Some("emphasis")
        }
        Event::Start(Tag::Strikethrough) => Some("strikethrough"),
        Event::Code(_) => Some("code in backticks"),
        Event::Start(Tag::Link { .. }) => Some("a link"),
        Event::Start(Tag::Image { .. }) => Some("a picture"),
        Event::Start(Tag::Heading { .. }) => Some("the mark of a heading"),
        _ => None,
    })
}

/// The text that an event shows. Raw HTML is shown as it is written.
pub fn shown<'e>(event: &'e Event<'_>) -> Option<&'e str> {
    match event {
        Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
            Some(text)
        }
        Event::SoftBreak | Event::HardBreak => Some(" "),
        _ => None,
    }
}

/// Whether an event ends the line of text before it: a block begins, or the one around the text ends.
pub fn ends_line(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => !matches!(
            tag,
            Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Superscript
                | Tag::Subscript
                | Tag::Link { .. }
                | Tag::Image { .. }
        ),
        Event::End(TagEnd::Paragraph | TagEnd::Item) | Event::Rule => true,
        _ => false,
    }
}
