//! What a run has to tell the author: a code, a place, a headline, help.

pub mod code;
pub mod json;
pub mod text;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use code::{Code, Severity};

use crate::source::{SourcePath, is_hidden};

/// A byte range of one file.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The start of a file; in a finding, the file as a whole.
    pub const FIRST: Self = Self { start: 0, end: 0 };

    /// Offsets beyond 4 GiB do not occur: files are refused long before.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "sources are at most a few MiB"
    )]
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start: start as u32,
            end: end as u32,
        }
    }

    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The same range, `by` bytes further on.
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start as usize + by, self.end as usize + by)
    }
}

/// A range of a file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Place {
    pub path: SourcePath,
    pub span: Span,
}

impl Place {
    pub fn new(path: &SourcePath, span: Span) -> Self {
        Self {
            path: path.clone(),
            span,
        }
    }

    /// The file as a whole.
    pub fn file(path: &SourcePath) -> Self {
        Self::new(path, Span::FIRST)
    }
}

/// One finding. Plain data, so that it can be cached, sorted and sent between threads.
///
/// The order of fields is the order of reports: by file, by place in it, by code.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The smallest range whose edit could mend it.
    pub place: Place,
    pub code: Code,
    /// Lower case, names and values in backticks, no final stop.
    pub message: String,
    /// Other places that matter, such as the first of two.
    pub notes: Vec<(Place, String)>,
    /// An instruction or a question.
    pub help: Option<String>,
}

impl Diagnostic {
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self {
            place,
            code,
            message: message.into(),
            notes: Vec::new(),
            help: None,
        }
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub fn note(mut self, place: Place, message: impl Into<String>) -> Self {
        self.notes.push((place, message.into()));
        self
    }

    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// A value and what was found while making it. Not a `Result`: a handbook with three mistakes is still a
/// handbook, and its author wants to hear of all three.
#[derive(Clone, Debug, Default)]
pub struct Checked<T> {
    pub value: T,
    pub found: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    pub fn new(value: T, found: Vec<Diagnostic>) -> Self {
        Self { value, found }
    }

    /// Hands the findings on and keeps the value.
    pub fn drain_into(self, found: &mut Vec<Diagnostic>) -> T {
        found.extend(self.found);
        self.value
    }
}

/// How many errors and warnings there are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    pub errors: usize,
    pub warnings: usize,
}

impl Tally {
    pub fn of(found: &[Diagnostic]) -> Self {
        found.iter().map(Diagnostic::severity).collect()
    }

    /// Whether a build with these findings must not be published.
    pub fn fails(self, strict: bool) -> bool {
        self.errors > 0 || strict && self.warnings > 0
    }
}

impl FromIterator<Severity> for Tally {
    fn from_iter<I: IntoIterator<Item = Severity>>(severities: I) -> Self {
        let mut tally = Self::default();
        for severity in severities {
            match severity {
                Severity::Error => tally.errors += 1,
                Severity::Warning => tally.warnings += 1,
                Severity::Note => {}
            }
        }
        tally
    }
}

/// The known name closest to a mistyped one, if it is close enough to be meant.
///
/// Distance: optimal string alignment, at most a third of the length. Failing that, the only known name that has
/// the mistyped one as its first or last words.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let limit = (typed.len() / 3).max(1);
    let mut close: Option<(usize, &str)> = None;
    let mut longer = Vec::new();
    for name in known {
        if name.len().abs_diff(typed.len()) <= limit {
            let distance = strsim::osa_distance(&typed, name);
            // A name of one letter is one step from every other.
            if distance <= limit && distance < typed.chars().count() {
                let this = (distance, name);
                close = Some(close.map_or(this, |best| best.min(this)));
            }
        } else if typed.len() >= 3 && is_part_of(&typed, name) {
            longer.push(name);
        }
    }
    match (close, longer.as_slice()) {
        (Some((_, name)), _) => Some(name),
        (None, [name]) => Some(*name),
        _ => None,
    }
}

/// Whether a name begins or ends with some words.
fn is_part_of(words: &str, name: &str) -> bool {
    let before = name.strip_suffix(words);
    let after = name.strip_prefix(words);
    before.is_some_and(|before| before.ends_with(['-', '_', '/']))
        || after.is_some_and(|after| after.starts_with(['-', '_', '/']))
}

/// A number of things: `1 error`, `3 errors`.
pub fn count(n: usize, thing: &str) -> String {
    format!("{n} {thing}{}", if n == 1 { "" } else { "s" })
}

/// The beginning of a text that is quoted in a message.
pub fn excerpt(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.trim_end().char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.trim_end().to_owned(),
    }
}

/// Names in backticks, as a sentence lists them: `` `a`, `b` and `c` ``.
pub fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => "none".to_owned(),
    }
}

/// 1-based line and column (in characters) of a byte offset.
pub fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (
        before.matches('\n').count() + 1,
        before[line_start..]
            .trim_start_matches('\u{feff}')
            .chars()
            .count()
            + 1,
    )
}

/// Text as it may be shown on a terminal: control, escape and hidden characters are spelt out.
pub fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '\n' && c != '\t' && c.is_control() || is_hidden(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}
