//! What looks like Markdown and is shown as it is written, or not at all.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, Tag};

use crate::kind::Kind;

/// Something in a text that means nothing to it, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stray {
    /// `[words](question: id)`, `[words] (address)`.
    Link,
    /// More cells in a row than the table has columns.
    Cells { given: usize, columns: usize },
    /// A call-out of an unknown word.
    CallOut(String),
    /// A mark of another tool: `:::`, `!!!`, `import`, and what to write in its place.
    Foreign(&'static str, &'static str),
    /// Asterisks that make nothing bold, beside a script without spaces.
    Emphasis,
    /// What stands in braces behind a heading and is no id.
    Attributes,
}

/// Whether a text can hold something stray that none of Markdown's usual marks tells of.
pub(super) fn is_possible(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut marks = memchr::memchr3_iter(b':', b'!', b'?', bytes);
    marks.any(|at| bytes[at..].starts_with(&[bytes[at]; 3]))
        || memchr::memmem::find(bytes, b"==").is_some()
        || memchr::memmem::find(bytes, b"\n: ").is_some()
        || text.starts_with("import ")
        || text.contains("\nimport ")
        || memchr::memchr(b'*', bytes).is_some() && bytes.iter().any(|byte| *byte >= 0xe3)
}

/// Looks at the events of a text for what is stray.
#[derive(Default)]
pub(super) struct Strays {
    columns: usize,
    /// Whether the next text begins a paragraph.
    begins: bool,
}

impl Strays {
    pub(super) fn look_at(
        &mut self,
        text: &str,
        event: &Event<'_>,
        range: &Range<usize>,
    ) -> Option<(Stray, Range<usize>)> {
        let begins = std::mem::replace(
            &mut self.begins,
            matches!(event, Event::Start(Tag::Paragraph)),
        );
        let found = match event {
            Event::Start(Tag::Table(alignments)) => {
                self.columns = alignments.len();
                None
            }
            Event::Start(Tag::TableRow) => {
                let given = cells(&text[range.clone()]);
                (given > self.columns).then_some(Stray::Cells {
                    given,
                    columns: self.columns,
                })
            }
            Event::Start(Tag::BlockQuote(None)) => {
                let (word, title) = call_out(&text[range.clone()])?;
                if kind_of(word).is_none() {
                    Some(Stray::CallOut(word.to_owned()))
                } else {
                    let folds = matches!(title.chars().next(), Some('-' | '+'));
                    folds.then_some(Stray::Foreign(
                        "[!…]-",
                        "call-outs do not fold here: delete the sign behind the bracket",
                    ))
                }
            }
            Event::Start(Tag::Heading { classes, attrs, .. }) => {
                (!classes.is_empty() || !attrs.is_empty()).then_some(Stray::Attributes)
            }
            Event::Text(words) if &**words == "]" => {
                let end = unlinked(text, range.end)?;
                return Some((Stray::Link, range.start..end));
            }
            Event::Text(words) if words.bytes().all(|byte| byte == b'*') => {
                let before = text[..range.start].chars().next_back();
                let after = text[range.end..].chars().next();
                let is_beside = [before, after].into_iter().flatten().any(is_without_spaces);
                is_beside.then_some(Stray::Emphasis)
            }
            Event::Text(words) => {
                let begun = begins.then(|| foreign(words)).flatten();
                begun
                    .or_else(|| inside(text, words, range))
                    .map(|(mark, help)| Stray::Foreign(mark, help))
            }
            _ => None,
        };
        found.map(|stray| (stray, range.clone()))
    }
}

/// Whether a character is of Chinese, Japanese or Korean, their punctuation included.
fn is_without_spaces(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{ff00}'..='\u{ffef}')
}

/// How many cells a table's row is written with.
fn cells(row: &str) -> usize {
    let row = row.trim().trim_start_matches('>').trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = match row.strip_suffix('|') {
        Some(inner) if !inner.ends_with('\\') => inner,
        _ => row,
    };
    let bytes = row.as_bytes();
    let bars = memchr::memchr_iter(b'|', bytes);
    1 + bars.filter(|at| *at == 0 || bytes[at - 1] != b'\\').count()
}

/// The word and the title of a call-out, of the text of a quotation: `> [!NOTE] Title`.
pub fn call_out(quotation: &str) -> Option<(&str, &str)> {
    // Of quotations inside of quotations, each would read the whole line.
    let is_blank = |c: char| c.is_whitespace() && c != '\n';
    let inside = quotation.trim_start_matches(is_blank).strip_prefix('>')?;
    let named = inside.trim_start_matches(is_blank).strip_prefix("[!")?;
    let (word, title) = named.lines().next()?.split_once(']')?;
    let is_word = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_word.then_some((word, title.trim()))
}

/// The kind of a call-out.
pub fn kind_of(word: &str) -> Option<BlockQuoteKind> {
    Some(match word.to_ascii_lowercase().as_str() {
        "note" => BlockQuoteKind::Note,
        "tip" => BlockQuoteKind::Tip,
        "important" => BlockQuoteKind::Important,
        "warning" => BlockQuoteKind::Warning,
        "caution" => BlockQuoteKind::Caution,
        _ => return None,
    })
}

/// The most bytes of an address that is looked for behind a bracket.
const LONGEST_ADDRESS: usize = 2_000;

/// Where an address ends that stands behind a closing bracket and is no link, because of a space.
fn unlinked(text: &str, after: usize) -> Option<usize> {
    let rest = &text[after..];
    let inside = rest.trim_start_matches(' ').strip_prefix('(')?;
    // Of a line of brackets that nothing closes, each would be read to its end.
    let near = &inside[..inside.floor_char_boundary(LONGEST_ADDRESS)];
    let address = &near[..near.find([')', '\n'])?];
    near[address.len()..].strip_prefix(')')?;
    let scheme = address.split([':', '/']).next().unwrap_or_default();
    let is_address = ["http", "https", "mailto", "images", "files"].contains(&scheme)
        || Kind::from_word(scheme).is_some() && address.contains(':')
        || address.starts_with('#') && !address.contains(' ');
    // `[1] (see below)` is no link that failed.
    is_address.then(|| after + (rest.len() - inside.len()) + address.len() + 1)
}

/// The mark of another tool that a paragraph begins with, and what to write in its place.
fn foreign(words: &str) -> Option<(&'static str, &'static str)> {
    const CALL_OUT: &str = "write a call-out as `> [!NOTE] Title`";
    let is_import =
        words.starts_with("import ") && (words.contains(" from ") || words.contains('{'));
    if words.starts_with(":::") {
        Some((":::", CALL_OUT))
    } else if words.starts_with("!!! ") || words.starts_with("??? ") {
        Some(("!!!", CALL_OUT))
    } else {
        is_import.then_some(("import", "pages import nothing: delete the line"))
    }
}

/// A mark of another tool in the middle of a paragraph, and what to write in its place.
fn inside(text: &str, words: &str, range: &Range<usize>) -> Option<(&'static str, &'static str)> {
    let (before, rest) = (
        text[..range.start].trim_end_matches([' ', '\t']),
        &text[range.start..],
    );
    // Of a line of brackets, each would read it to its end.
    let near = &rest[..rest.floor_char_boundary(LONGEST_ADDRESS)];
    let near = near.lines().next().unwrap_or_default();
    if near.starts_with("[[") && near.contains("]]") {
        Some((
            "[[…]]",
            "link as `[words](question:id)`; every page has its own contents",
        ))
    } else if words == "[" && text[..range.start].ends_with('^') && near.contains(']') {
        Some((
            "^[…]",
            "write `[^1]` here, and the note on a line of its own: `[^1]: …`",
        ))
    } else if words.starts_with('{') && text[..range.start].ends_with(')') && is_attributes(near) {
        Some(("{…}", "pictures take no attributes: delete it"))
    } else if is_marked(words) {
        Some(("==…==", "write `**words**` for what is to be seen"))
    } else {
        let begins_line = before.ends_with('\n') && !before.ends_with("\n\n");
        let is_definition = begins_line && words.starts_with(": ");
        is_definition.then_some((
            ": …",
            "write a list, `- **word**: what it means`, or a table",
        ))
    }
}

/// `{width=300}`, `{.wide}`.
fn is_attributes(line: &str) -> bool {
    let inside = line[1..].split('}').next().filter(|_| line.contains('}'));
    inside.is_some_and(|inside| inside.contains('=') || inside.starts_with(['.', '#', ':']))
}

/// Whether words stand between two marks of highlighting, as in `a ==word== here`.
fn is_marked(words: &str) -> bool {
    let Some((_, rest)) = words.split_once("==") else {
        return false;
    };
    let begins = rest.starts_with(|c: char| !c.is_whitespace() && c != '=');
    let ends = rest.split_once("==").map(|(inside, _)| inside);
    begins && ends.is_some_and(|inside| inside.ends_with(|c: char| !c.is_whitespace()))
}
