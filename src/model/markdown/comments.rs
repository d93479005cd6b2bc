//! Comments in Markdown: authors talk to each other in them, so nothing of them goes on.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::dialect;

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";

/// A text with spaces in the place of its HTML comments, so that all else stands where it stood. In code they are code.
pub fn without_comments(text: &str) -> Cow<'_, str> {
    if !text.contains(OPEN) {
        return Cow::Borrowed(text);
    }
    let mut plain = text.to_owned();
    let mut block = None;
    for (event, range) in Parser::new_ext(text, dialect()).into_offset_iter() {
        let html = match event {
            Event::Start(Tag::HtmlBlock) => {
                block = Some(range);
                continue;
            }
            Event::End(TagEnd::HtmlBlock) => block.take(),
            Event::InlineHtml(_) => Some(range),
            _ => None,
        };
        let Some(html) = html else { continue };
        let mut at = html.start;
        while let Some(open) = text[at..html.end].find(OPEN).map(|found| at + found) {
            let Some(close) = text[open..html.end].find(CLOSE) else {
                break;
            };
            at = open + close + CLOSE.len();
            let blank: String = text[open..at]
                .bytes()
                .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
                .collect();
            plain.replace_range(open..at, &blank);
        }
    }
    Cow::Owned(plain)
}

/// The bytes of a comment that begins a text; `None` if none does.
pub fn length_of_comment(text: &[u8]) -> Option<usize> {
    text.strip_prefix(OPEN.as_bytes())?;
    memchr::memmem::find(text, CLOSE.as_bytes()).map(|close| close + CLOSE.len())
}
