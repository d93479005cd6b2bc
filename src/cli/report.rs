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

/// Prints findings as text; when quiet, only those that make the command fail.
pub(super) fn print(
    found: &[Diagnostic],
    sources: &Sources,
    most: usize,
    strict: bool,
    terminal: &Terminal,
) {
    let (mut told, warnings): (Vec<&Diagnostic>, Vec<&Diagnostic>) = found
        .iter()
        .partition(|one| one.severity() == Severity::Error);
    // When something fails, its cause must not drown in advice.
    if strict || !terminal.quiet {
        told.extend(warnings);
    }
    for one in told.iter().take(most) {
        write::words(format_args!(
            "{}",
            text::report(one, sources, terminal.colour)
        ));
    }
    let more = told.len().saturating_sub(most);
    if more > 0 {
        write::words(format_args!(
            "and {more} more (--max-errors prints more of them)"
        ));
    }
}

/// `3 errors, 1 warning` for the last line of a report.
pub(super) fn tally(found: &[Diagnostic]) -> String {
    text::tally(Tally::of(found))
}
