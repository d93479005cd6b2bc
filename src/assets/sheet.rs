//! Style sheets on their way to the reader.

use std::ops::Range;

/// An `@import` at the beginning of a style sheet.
struct Import<'c> {
    /// What is taken in; empty when the statement is more than a name, and so is the browser's own business.
    name: &'c str,
    /// The whole statement.
    range: Range<usize>,
}

/// The statements at the beginning of a style sheet that take in others.
fn imports(css: &str) -> Vec<Import<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        let rest = css[at..].trim_start();
        at = css.len() - rest.len();
        if rest.starts_with("/*") {
            let Some(length) = rest.find("*/") else { break };
            at += length + 2;
        } else if rest.starts_with("@import") || rest.starts_with("@charset") {
            let Some(length) = rest.find(';') else { break };
            let statement = rest[..length].trim_start_matches("@import").trim();
            let quoted = |quote| statement.strip_prefix(quote)?.strip_suffix(quote);
            let name = quoted('"').or_else(|| quoted('\'')).unwrap_or_default();
            let is_ours = !name.contains([':', '"', '\'']) && !name.starts_with('/');
            found.push(Import {
                name: if is_ours { name } else { "" },
                range: at..at + length + 1,
            });
            at += length + 1;
        } else {
            break;
        }
    }
    found
}

/// The names of the style sheets that one takes in, and where each is named.
pub(super) fn taken_in(css: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let ours = imports(css).into_iter().filter(|one| !one.name.is_empty());
    ours.map(|one| (one.name, one.range))
}

/// A style sheet with those in it that it takes in with `@import "name.css";` at its beginning, and those that they take
/// in; one that takes in itself gets nothing for it.
pub(super) fn joined<'c>(
    name: &'c str,
    css: &'c str,
    other: &dyn Fn(&str) -> Option<&'c str>,
) -> String {
    let mut kept = String::new();
    let mut out = String::new();
    join(css, other, &mut vec![name], &mut kept, &mut out);
    kept + &out
}

fn join<'c>(
    css: &'c str,
    other: &dyn Fn(&str) -> Option<&'c str>,
    above: &mut Vec<&'c str>,
    kept: &mut String,
    out: &mut String,
) {
    let mut end = 0;
    for Import { name, range } in imports(css) {
        end = range.end;
        match other(name).filter(|_| !name.is_empty()) {
            Some(_) if above.contains(&name) => {}
            Some(text) => {
                above.push(name);
                join(text, other, above, kept, out);
                above.pop();
            }
            // Browsers heed these at the very beginning alone.
            None => kept.push_str(&css[range]),
        }
    }
    out.push_str(&css[end..]);
}

/// A style sheet without comments and without space that means nothing; the rest, strings and all, stays as it is.
pub(super) fn small(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    // What came since the last token, and whether that token or the beginning needs nothing after it.
    let (mut space, mut comment, mut divided) = (false, false, true);
    while let Some(c) = rest.chars().next() {
        if c.is_ascii_whitespace() {
            space = true;
            rest = &rest[1..];
        } else if rest.starts_with("/*") {
            let Some(length) = rest[2..].find("*/") else {
                out.push_str(rest);
                break;
            };
            comment = true;
            rest = &rest[length + 4..];
        } else {
            let divides = DIVIDES.contains(&c);
            if !divided && !divides {
                // Without anything between them two tokens could become one.
                out.push_str(match (space, comment) {
                    (true, _) => " ",
                    (false, true) => "/**/",
                    (false, false) => "",
                });
            }
            (space, comment, divided) = (false, false, divides);
            // Most of a style sheet is names; `u` may begin `url(`.
            let is_of_name =
                |byte: &u8| byte.is_ascii_alphanumeric() && !matches!(byte, b'u' | b'U');
            let name = rest.bytes().take_while(is_of_name).count();
            let (token, after) = rest.split_at(if name > 0 { name } else { token(rest) });
            out.push_str(token);
            rest = after;
        }
    }
    out
}

/// Signs beside which space means nothing.
const DIVIDES: [char; 4] = ['{', '}', ';', ','];

/// How many bytes stand together whatever is in them: a string, an address without quotes, an escaped sign; else one
/// sign. Without an end it is all that is left.
pub(super) fn token(css: &str) -> usize {
    let first = css.chars().next().map_or(0, char::len_utf8);
    let ends_with: fn(char) -> bool = match css.as_bytes()[0] {
        b'"' => |c| matches!(c, '"' | '\n'),
        b'\'' => |c| matches!(c, '\'' | '\n'),
        b'\\' => return escape(css),
        b'u' | b'U' if is_bare_address(css) => |c| c == ')',
        _ => return first,
    };
    let mut escaped = false;
    let end = css[first..].char_indices().find(|(_, c)| {
        let ends = !escaped && ends_with(*c);
        escaped = !escaped && *c == '\\';
        ends
    });
    end.map_or(css.len(), |(at, c)| first + at + c.len_utf8())
}

/// How many bytes an escaped sign takes: a backslash and the sign; or up to six digits of its number and the space that
/// ends them.
fn escape(css: &str) -> usize {
    let digits = css[1..].bytes().take(6);
    let digits = digits.take_while(u8::is_ascii_hexdigit).count();
    let ends_at = 1 + digits;
    match css[ends_at..].chars().next() {
        Some(c) if digits == 0 || c.is_ascii_whitespace() => ends_at + c.len_utf8(),
        _ => ends_at,
    }
}

fn is_bare_address(css: &str) -> bool {
    css.get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("url("))
        && !css[4..].trim_start().starts_with(['"', '\''])
}

/// A style sheet in which `url("fonts/x.woff2")`, with either quotes or none, has become the address of that file of the
/// site theme. What follows the file's name (`#icon`) stays.
pub(super) fn planned(css: &str, planned: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = find_address(rest) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let inner = after.trim_start();
        let quote = inner.chars().next().filter(|c| matches!(c, '"' | '\''));
        let start = after.len() - inner.len() + quote.map_or(0, char::len_utf8);
        let ends = |c: char| quote.map_or(c == ')' || c.is_ascii_whitespace(), |quote| c == quote);
        let length = after[start..].find(ends).unwrap_or(after.len() - start);
        let written = &after[start..start + length];
        let file = written.strip_prefix("./").unwrap_or(written);
        // Names may hold these signs themselves.
        let ends_at = file.find(['#', '?']).unwrap_or(file.len());
        let address = planned(file).or_else(|| Some(planned(&file[..ends_at])? + &file[ends_at..]));
        match address {
            Some(address) => {
                out.push_str(&after[..start]);
                out.push_str(&address);
            }
            None => out.push_str(&after[..start + length]),
        }
        rest = &after[start + length..];
    }
    out.push_str(rest);
    out
}

/// Where the next address begins: behind `url(`.
fn find_address(css: &str) -> Option<usize> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let bytes = css.as_bytes();
    let is_url = |at: &usize| {
        bytes[*at..*at + 4].eq_ignore_ascii_case(b"url(") && (*at == 0 || !is_name(bytes[*at - 1]))
    };
    let mut starts = 0..bytes.len().saturating_sub(3);
    starts.find(is_url).map(|at| at + 4)
}
