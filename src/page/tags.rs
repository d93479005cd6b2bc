//! The tags of a finished page, one after the other.
//!
//! The site theme's templates made the page, so its elements are closed where HTML lets none be left open.

/// A tag, with what it takes to write it anew.
pub(super) struct Tag<'h> {
    pub(super) name: &'h str,
    pub(super) attributes: Vec<Attribute<'h>>,
    pub(super) is_end: bool,
    /// Whether it is written `<… />`.
    pub(super) closes_itself: bool,
    /// All of it.
    pub(super) written: &'h str,
    /// The content of its element, if that is no HTML.
    pub(super) raw: &'h str,
    /// What comes after it.
    pub(super) after: &'h str,
}

pub(super) struct Attribute<'h> {
    pub(super) name: &'h str,
    /// As it is written, without its quotation marks.
    pub(super) value: &'h str,
    /// All of it.
    pub(super) written: &'h str,
}

/// Elements without content.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Elements in which `<` begins no tag.
const RAW: &[&str] = &["script", "style", "textarea", "title"];

/// The next tag and what stands before it; `None` where no more come.
pub(super) fn next(html: &str) -> Option<(&str, Tag<'_>)> {
    let mut from = 0;
    loop {
        let at = from + memchr::memchr(b'<', &html.as_bytes()[from..])?;
        let rest = &html[at + 1..];
        if rest.starts_with("!--") {
            from = at + 1 + rest.find("-->")?;
        } else if rest
            .strip_prefix('/')
            .unwrap_or(rest)
            .starts_with(|c: char| c.is_ascii_alphabetic())
        {
            return Some((&html[..at], tag(&html[at..])?));
        } else {
            from = at + 1;
        }
    }
}

/// What comes after the element that this tag begins.
pub(super) fn after_element<'h>(begin: &Tag<'h>) -> &'h str {
    let mut after = begin.after;
    let is_over = |tag: &Tag<'_>| tag.closes_itself || VOID.contains(&tag.name);
    let mut open = usize::from(!is_over(begin));
    while open > 0 {
        let Some((_, tag)) = next(after) else {
            return "";
        };
        after = tag.after;
        if tag.name == begin.name && tag.is_end {
            open -= 1;
        } else if tag.name == begin.name && !is_over(&tag) {
            open += 1;
        }
    }
    after
}

/// The tag that a text begins with; `None` for one without an end.
fn tag(html: &str) -> Option<Tag<'_>> {
    let bytes = html.as_bytes();
    let is_end = bytes[1] == b'/';
    let is_no_space = |byte: u8| !byte.is_ascii_whitespace();
    let ends_name = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'=');
    let begin = 1 + usize::from(is_end);
    let mut at = to(bytes, begin, ends_name)?;
    let name = &html[begin..at];
    let mut attributes = Vec::new();
    let end = loop {
        let start = to(bytes, at, |byte| {
            !byte.is_ascii_whitespace() && byte != b'/'
        })?;
        if bytes[start] == b'>' {
            break start;
        }
        at = to(bytes, start + 1, ends_name)?;
        let name = &html[start..at];
        let mut value = "";
        let equals = to(bytes, at, is_no_space)?;
        if bytes[equals] == b'=' {
            let begin = to(bytes, equals + 1, is_no_space)?;
            let quote = bytes[begin];
            (value, at) = if matches!(quote, b'"' | b'\'') {
                let end = begin + 1 + memchr::memchr(quote, &bytes[begin + 1..])?;
                (&html[begin + 1..end], end + 1)
            } else {
                let end = to(bytes, begin, |byte| {
                    byte.is_ascii_whitespace() || byte == b'>'
                })?;
                (&html[begin..end], end)
            };
        }
        attributes.push(Attribute {
            name,
            value,
            written: &html[start..at],
        });
    };
    let after = &html[end + 1..];
    let is_raw = !is_end && RAW.contains(&name);
    let content = is_raw.then(|| after.find(&format!("</{name}"))).flatten();
    let (raw, after) = after.split_at(content.unwrap_or(0));
    Some(Tag {
        name,
        attributes,
        is_end,
        closes_itself: html[at..end].ends_with('/'),
        written: &html[..=end],
        raw,
        after,
    })
}

/// The first place from one on whose byte is such a one.
fn to(bytes: &[u8], from: usize, is_such: impl Fn(u8) -> bool) -> Option<usize> {
    let length = bytes[from..].iter().position(|byte| is_such(*byte));
    length.map(|length| from + length)
}
