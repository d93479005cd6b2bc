//! Findings as JSON, one object a line, for editors and CI.

use serde::Serialize;

use super::Diagnostic;
use crate::source::Sources;

/// Lines and columns are 1-based, columns count characters; the end is exclusive.
#[derive(Serialize)]
struct Line<'a> {
    code: &'a str,
    severity: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    message: &'a str,
    hint: Option<&'a str>,
}

/// Findings as lines of JSON. Those of one file stand together, in the order of their places, so that each file is
/// counted through once.
pub fn lines(found: &[Diagnostic], sources: &Sources) -> String {
    let mut out = String::new();
    for of_one_file in found.chunk_by(|one, other| one.place.path == other.place.path) {
        let text = sources.shown(&of_one_file[0].place.path);
        let mut cursor = Cursor::new(&text);
        for diagnostic in of_one_file {
            let range = diagnostic.place.span.range();
            cursor.go_to(range.start);
            let mut end = cursor;
            end.go_to(range.end);
            let line = Line {
                code: diagnostic.code.word(),
                severity: diagnostic.severity().word(),
                file: diagnostic.place.path.as_str(),
                line: cursor.line,
                column: cursor.column,
                end_line: end.line,
                end_column: end.column,
                message: &diagnostic.message,
                hint: diagnostic.help.as_deref(),
            };
            out += &serde_json::to_string(&line).expect("strings and numbers always serialise");
            out.push('\n');
        }
    }
    out
}

/// A place in a text, as bytes and as `line_and_column` tells it.
#[derive(Clone, Copy)]
struct Cursor<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    column: usize,
}

impl<'a> Cursor<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            line: 1,
            column: 1,
        }
    }

    /// Goes on to a byte; from the beginning again if that lies behind. Within a character it stops before that.
    fn go_to(&mut self, byte: usize) {
        let byte = self.text.floor_char_boundary(byte);
        if byte < self.at {
            *self = Self::new(self.text);
        }
        let passed = &self.text[self.at..byte];
        let columns = |part: &str| part.chars().count();
        match passed.rfind('\n') {
            Some(end) => {
                self.line += passed.matches('\n').count();
                self.column = 1 + columns(passed[end + 1..].trim_start_matches('\u{feff}'));
            }
            None if self.column == 1 => {
                self.column += columns(passed.trim_start_matches('\u{feff}'));
            }
            None => self.column += columns(passed),
        }
        self.at = byte;
    }
}
