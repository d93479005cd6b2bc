//! Findings on the terminal.

use std::io;

use super::write;
use super::{Format, ReportArgs, Terminal};
use crate::diagnostic::{Diagnostic, Severity, Tally, json, text};
use crate::source::Sources;

/// Prints findings as asked: text on standard error, at most so many, errors first; or JSON lines on standard output.
///
/// # Errors
///
/// Standard output takes no more: whoever reads the findings must not take a part for the whole.
pub(super) fn report(
    found: &[Diagnostic],
    sources: &Sources,
    args: &ReportArgs,
    strict: bool,
    terminal: &Terminal,
) -> io::Result<()> {
    if args.format == Format::Json {
        let lines = json::lines(found, sources);
        return write::results(lines.as_bytes());
    }
    print(found, sources, args.max_errors, strict, terminal);
    Ok(())
}

/// Prints findings as text on standard error; when quiet, only those that make the command fail.
pub(super) fn print(
    found: &[Diagnostic],
    sources: &Sources,
    most: usize,
    strict: bool,
    terminal: &Terminal,
) {
    let mut told = told(found, sources, most, strict, terminal, terminal.colour);
    if told.pop().is_some() {
        write::words(told);
    }
}

/// Findings as text, each with the line break at its end.
pub(super) fn told(
    found: &[Diagnostic],
    sources: &Sources,
    most: usize,
    strict: bool,
    terminal: &Terminal,
    colour: bool,
) -> String {
    // When something fails, its cause must not drown in advice.
    let told = found.iter().filter(|one| match one.severity() {
        Severity::Error => true,
        Severity::Warning => strict || !terminal.quiet,
        Severity::Note => !terminal.quiet,
    });
    let (shown, rest) = text::most_pressing(told, most);
    let mut out = String::new();
    for one in shown {
        out += &text::report(one, sources, colour);
        out.push('\n');
    }
    if let Some(more) = text::more(&rest) {
        out += &format!("and {more} (`prepbook check --max-errors N` prints more of them)\n");
    }
    out
}

/// `3 errors, 1 warning` for the last line of a report.
pub(super) fn tally(found: &[Diagnostic]) -> String {
    text::tally(Tally::of(found))
}
