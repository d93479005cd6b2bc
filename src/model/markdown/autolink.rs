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
                    at = start + address.len();
                    // What is none is not read again either: the parts of a long word would each be read to its end.
                    done = at;
                    if is_web_address(address) {
                        bare.push(start..at);
                    }
                }
            }
            _ => {}
        }
    }
    let mut out = String::with_capacity(text.len() + 2 * bare.len());
    let mut written = 0;
    for range in bare {
        out.push_str(&text[written..range.start]);
        out.push('<');
        out.push_str(&text[range.clone()]);
        out.push('>');
        written = range.end;
    }
    out.push_str(&text[written..]);
    Cow::Owned(out)
}

/// Where the next address begins; it is no part of a longer word.
fn begin(text: &str, from: usize, to: usize) -> Option<usize> {
    let piece = text.get(from..to)?;
    piece.match_indices("://").find_map(|(at, _)| {
        let before = &piece[..at];
        let before = before
            .strip_suffix("https")
            .or_else(|| before.strip_suffix("http"))?;
        let start = from + before.len();
        let is_inside = text[..start].ends_with(char::is_alphanumeric);
        (!is_inside).then_some(start)
    })
}

/// An address as far as it goes: not the mark that ends the sentence, nor a bracket that was opened before it.
fn address(text: &str) -> &str {
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '|' | '\\');
    let mut address = &text[..text.find(ends).unwrap_or(text.len())];
    let opened = address.matches('(').count();
    let mut closed = address.matches(')').count();
    while let Some(last) = address.chars().next_back() {
        let is_mark = matches!(
            last,
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | ']' | '’' | '”'
        );
        let is_unopened = last == ')' && opened < closed;
        if !is_mark && !is_unopened {
            break;
        }
        closed -= usize::from(is_unopened);
        address = &address[..address.len() - last.len_utf8()];
    }
    address
}
