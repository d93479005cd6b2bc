//! Web addresses that stand bare in a text: they are links, and no mark of theirs is changed.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::{dialect, is_web_address};

/// A text with its bare addresses in angle brackets, which make links of them.
pub fn autolinked(text: &str) -> Cow<'_, str> {
    if !text.contains("://") {
        return Cow::Borrowed(text);
    }
    let mut bare = Vec::new();
    let mut inside = 0;
    let mut done = 0;
    for (event, range) in Parser::new_ext(text, dialect()).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => inside += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => inside -= 1,
            Event::Text(_) if inside == 0 => {
                let mut at = range.start.max(done);
                while let Some(start) = begin(text, at, range.end) {
                    let address = address(&text[start..]);
                    at = start + address.len().max(1);
                    if is_web_address(address) {
                        bare.push(start..at);
                        done = at;
                    }
                }
            }
            _ => {}
        }
    }
    let mut out = text.to_owned();
    for range in bare.into_iter().rev() {
        out.insert(range.end, '>');
        out.insert(range.start, '<');
    }
    Cow::Owned(out)
}

/// Where the next address begins; it is no part of a longer word.
fn begin(text: &str, from: usize, to: usize) -> Option<usize> {
    let piece = text.get(from..to)?;
    let found = ["https://", "http://"]
        .iter()
        .filter_map(|scheme| piece.find(scheme));
    let start = from + found.min()?;
    let before = text[..start].chars().next_back();
    if before.is_some_and(char::is_alphanumeric) {
        return begin(text, start + 1, to);
    }
    Some(start)
}

/// An address as far as it goes: not the mark that ends the sentence, nor a bracket that was opened before it.
fn address(text: &str) -> &str {
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '|' | '\\');
    let mut address = &text[..text.find(ends).unwrap_or(text.len())];
    while let Some(last) = address.chars().next_back() {
        let is_mark = matches!(
            last,
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | ']' | '’' | '”'
        );
        let is_unopened =
            last == ')' && address.matches('(').count() < address.matches(')').count();
        if !is_mark && !is_unopened {
            break;
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    address
}
