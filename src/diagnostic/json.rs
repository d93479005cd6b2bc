//! Findings as JSON, one object a line, for editors and CI.

use serde::Serialize;

use super::{Diagnostic, line_and_column};
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

/// One finding as one line of JSON, without the newline.
pub fn line(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let text = sources.shown(&diagnostic.place.path);
    let range = diagnostic.place.span.range();
    let (line, column) = line_and_column(&text, range.start);
    let (end_line, end_column) = line_and_column(&text, range.end);
    serde_json::to_string(&Line {
        code: diagnostic.code.word(),
        severity: diagnostic.severity().word(),
        file: diagnostic.place.path.as_str(),
        line,
        column,
        end_line,
        end_column,
        message: &diagnostic.message,
        hint: diagnostic.help.as_deref(),
    })
    .expect("strings and numbers always serialise")
}
