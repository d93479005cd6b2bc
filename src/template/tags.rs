//! The tags of a template and the words in them, with their places.

use std::ops::Range;

/// A word or a mark in a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    Name(&'t str),
    /// Without its quotes.
    Text(&'t str),
    Number,
    Mark(char),
}

/// A word and its bytes in the template.
pub(super) type Placed<'t> = (Token<'t>, Range<usize>);

/// A tag.
pub(super) struct Tag<'t> {
    /// Whether it prints (`{{ … }}`) or tells what to do (`{% … %}`).
    pub(super) prints: bool,
    /// Whether it has an end.
    pub(super) is_whole: bool,
    pub(super) words: Vec<Placed<'t>>,
}

/// All tags in order, without those that a `raw` shows as they are.
pub(super) fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find('{').map(|start| at + start) {
        let opening = text.get(start..start + 2).unwrap_or_default();
        at = match opening {
            "{#" => after(text, start, "#}"),
            "{{" | "{%" => {
                let (words, end, is_whole) = words(text, start + 2);
                let is_raw = matches!(words.first(), Some((Token::Name("raw"), _)));
                if is_raw && opening == "{%" {
                    after(text, end, "endraw")
                } else {
                    let prints = opening == "{{";
                    tags.push(Tag {
                        prints,
                        is_whole,
                        words,
                    });
                    end
                }
            }
            _ => start + 1,
        };
    }
    tags
}

fn after(text: &str, from: usize, sign: &str) -> usize {
    let found = text[from..].find(sign);
    found.map_or(text.len(), |at| from + at + sign.len())
}

/// The words of a tag from behind its opening to its end, where that is, and whether it has one.
fn words(text: &str, start: usize) -> (Vec<Placed<'_>>, usize, bool) {
    let bytes = text.as_bytes();
    let mut words = Vec::new();
    let mut at = start;
    // A brace that is open closes nothing but itself.
    let mut open = 0_usize;
    while at < bytes.len() {
        let rest = &text[at..];
        if open == 0 && (rest.starts_with("}}") || rest.starts_with("%}")) {
            return (words, at + 2, true);
        }
        let length = match bytes[at] {
            quote @ (b'"' | b'\'' | b'`') => {
                let end = rest[1..].find(char::from(quote));
                let length = end.map_or(rest.len(), |end| end + 2);
                let inner = rest.get(1..length - 1).unwrap_or_default();
                words.push((Token::Text(inner), at..at + length));
                length
            }
            byte if byte.is_ascii_alphabetic() || byte == b'_' => {
                let is_part = |c: char| c.is_alphanumeric() || c == '_';
                let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
                words.push((Token::Name(&rest[..length]), at..at + length));
                length
            }
            byte if byte.is_ascii_digit() => {
                let length = rest
                    .find(|c: char| !c.is_ascii_digit())
                    .unwrap_or(rest.len());
                words.push((Token::Number, at..at + length));
                length
            }
            byte if byte.is_ascii_whitespace() => 1,
            _ => {
                let mark = rest.chars().next().unwrap_or(' ');
                match mark {
                    '{' => open += 1,
                    '}' => open = open.saturating_sub(1),
                    _ => {}
                }
                let length = mark.len_utf8();
                words.push((Token::Mark(mark), at..at + length));
                length
            }
        };
        at += length;
    }
    (words, at, false)
}
