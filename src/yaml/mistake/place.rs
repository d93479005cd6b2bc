//! Where things stand in a YAML text that the library could not read: found by looking, not by parsing.

use std::ops::Range;

/// Where the library noticed something, if that is another line than the one to edit.
pub(super) fn noticed(text: &str, cause: usize, at: usize) -> Option<Range<usize>> {
    let is_end = text[at..].trim().is_empty();
    (!is_end && line_start(text, cause) != line_start(text, at)).then(|| word(text, at))
}

/// The quote that opened the text which `at` is still inside of: the nearest one above that begins a value.
pub(super) fn open_quote(text: &str, at: usize) -> Option<usize> {
    let mut end = line_end(text, at);
    loop {
        let start = line_start(text, end);
        let line = &text[start..end];
        let values = [": \"", ": '", "- \"", "- '", "[\"", "['", ", \"", ", '"];
        let opening = values
            .iter()
            .filter_map(|value| {
                line.rfind(value)
                    .map(|found| start + found + value.len() - 1)
            })
            .max();
        match opening {
            Some(quote) if quote <= at => return Some(quote),
            _ if start == 0 => return None,
            _ => end = start - 1,
        }
    }
}

/// The nearest bracket before `at` that is still open there.
pub(super) fn open_bracket(text: &str, at: usize) -> Option<usize> {
    if text[at..].starts_with(['[', '{']) {
        return Some(at);
    }
    let mut closed = 0;
    for (place, byte) in text.as_bytes()[..at].iter().enumerate().rev() {
        match byte {
            b']' | b'}' => closed += 1,
            b'[' | b'{' if closed == 0 => return Some(place),
            b'[' | b'{' => closed -= 1,
            _ => {}
        }
    }
    None
}

/// The line that begins a second document: the first marker after something that is not a comment.
pub(super) fn second_document(text: &str) -> Option<usize> {
    let mut start = 0;
    let mut has_content = false;
    for line in text.split_inclusive('\n') {
        let is_marker = line.starts_with("---") || line.trim_end() == "...";
        if is_marker && has_content {
            return Some(start);
        }
        let plain = line.trim_start();
        has_content |= !is_marker && !plain.is_empty() && !plain.starts_with('#');
        start += line.len();
    }
    None
}

/// The field of that name further up in the mapping whose second one stands at `at`.
pub(super) fn first_of(text: &str, name: &str, at: usize) -> Option<Range<usize>> {
    let is_field = |start: usize| {
        let rest = text.get(start..)?.strip_prefix(name)?;
        rest.trim_start_matches(' ')
            .starts_with(':')
            .then(|| start..start + name.len())
    };
    let line = line_start(text, at);
    let column = at - line;
    if !text[line..at]
        .bytes()
        .all(|byte| matches!(byte, b' ' | b'-'))
    {
        // A mapping in braces, on one line.
        let matches = text[line..at].match_indices(name);
        return matches
            .filter_map(|(found, _)| is_field(line + found))
            .last();
    }
    let mut end = line;
    while end > 0 {
        let start = line_start(text, end - 1);
        let before = text.get(start..start + column)?;
        let is_indent = before.bytes().all(|byte| matches!(byte, b' ' | b'-'));
        if end > start + column
            && is_indent
            && let Some(found) = is_field(start + column)
        {
            return Some(found);
        }
        end = start;
    }
    None
}

pub(super) fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The beginning of the nearest line above that is not blank; of the line itself if there is none.
pub(super) fn line_above(text: &str, start: usize) -> usize {
    let mut above = start;
    while above > 0 {
        above = line_start(text, above - 1);
        if !text[above..line_end(text, above)].trim().is_empty() {
            return above;
        }
    }
    start
}

/// The end of the line, without its line break.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let length = text[at..].find(['\n', '\r']);
    length.map_or(text.len(), |length| at + length)
}

/// How far the line's first character that is no space stands from its beginning.
pub(super) fn indentation(text: &str, at: usize) -> usize {
    let line = &text[line_start(text, at)..];
    line.len() - line.trim_start_matches(' ').len()
}

/// The character at a place; empty at the end of a line.
pub(super) fn char_at(text: &str, at: usize) -> Range<usize> {
    let length = text[at..]
        .chars()
        .next()
        .filter(|c| !matches!(c, '\n' | '\r'));
    at..at + length.map_or(0, char::len_utf8)
}

/// From a place to the next white space.
pub(super) fn word(text: &str, at: usize) -> Range<usize> {
    let length = text[at..].find(char::is_whitespace);
    at..length.map_or(text.len(), |length| at + length)
}

/// The value around a place of its line: what stands behind the names of fields and the dashes before it; inside of
/// brackets, the item.
pub(super) fn value_at(text: &str, at: usize) -> Range<usize> {
    let end = line_end(text, at);
    let mut start = line_start(text, at) + indentation(text, at);
    loop {
        let rest = &text[start..end];
        let name = rest.bytes().take_while(|byte| is_name_byte(*byte)).count();
        let mark = match rest.as_bytes() {
            [b'-', b' ', ..] => 1,
            _ if name > 0 && rest[name..].starts_with(": ") => name + 1,
            _ => break,
        };
        let value = start + mark + indentation_of(&rest[mark..]);
        if value > at {
            break;
        }
        start = value;
    }
    let is_inside = text[start..].starts_with(['[', '{']) && open_bracket(text, at) == Some(start);
    if is_inside && at > start {
        let length = text[at..end].find([',', ']', '}']);
        return at..length.map_or(end, |length| at + length);
    }
    start..start + text[start..end].trim_end().len()
}

fn indentation_of(text: &str) -> usize {
    text.len() - text.trim_start_matches(' ').len()
}

/// Whether a value goes on below its line: the next one is indented further than the mark that it stands behind.
fn goes_on(text: &str, value: &Range<usize>) -> bool {
    let line = line_start(text, value.start);
    let marks = text[line..value.start].trim_end();
    let mark = marks
        .rfind(['-', ' '])
        .map_or(0, |at| at + usize::from(marks[at..].starts_with(' ')));
    let below = text[line_end(text, value.start)..].trim_start_matches(['\r', '\n', ' ']);
    let below = text.len() - below.len();
    !text[below..].is_empty()
        && line_start(text, below) > line
        && below - line_start(text, below) > mark
}

/// How to write a text that YAML takes for something else.
pub(super) fn in_quotes(text: &str, value: &Range<usize>) -> String {
    const LONGEST: usize = 70;
    let written = &text[value.clone()];
    if goes_on(text, value) {
        return "put the whole text in quotes, to the end of its last line, or below `>-`"
            .to_owned();
    }
    if written.is_empty() || written.chars().count() > LONGEST {
        return "put the whole text in quotes".to_owned();
    }
    let has = |mark| written.contains(mark);
    let quoted = match written {
        _ if !has('"') && !has('\\') => format!("\"{written}\""),
        _ if !has('\'') => format!("'{written}'"),
        _ => serde_json::to_string(written).expect("strings always serialise"),
    };
    format!("put the whole text in quotes: `{quoted}`")
}
