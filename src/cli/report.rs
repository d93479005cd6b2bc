//! Findings on the terminal.

use std::io::Write as _;

use super::{Format, ReportArgs, Terminal};
use crate::diagnostic::{Diagnostic, Severity, Tally, json, text};
use crate::source::Sources;

/// Prints findings as asked: text on standard error, at most so many, errors first; or JSON lines on standard output.
pub(super) fn report(
    found: &[Diagnostic],
    sources: &Sources,
    args: &ReportArgs,
    terminal: &Terminal,
) {
    if args.format == Format::Json {
        let lines: String = found
            .iter()
            .map(|one| json::line(one, sources) + "\n")
            .collect();
        // A closed pipe is no error of ours.
        drop(std::io::stdout().lock().write_all(lines.as_bytes()));
        return;
    }
    print(found, sources, args.max_errors, terminal);
}

/// Prints findings as text.
pub(super) fn print(found: &[Diagnostic], sources: &Sources, most: usize, terminal: &Terminal) {
    let (errors, warnings): (Vec<_>, Vec<_>) = found
        .iter()
        .partition(|one| one.severity() == Severity::Error);
    // When something fails, its cause must not drown in advice.
    let shown: Vec<&&Diagnostic> = if terminal.quiet {
        errors.iter().take(most).collect()
    } else {
        errors.iter().chain(&warnings).take(most).collect()
    };
    for one in &shown {
        anstream::eprintln!("{}", text::report(one, sources, terminal.colour));
    }
    let more = if terminal.quiet {
        errors.len()
    } else {
        found.len()
    } - shown.len();
    if more > 0 {
        anstream::eprintln!("and {more} more (--max-errors prints more of them)");
    }
}

/// `3 errors, 1 warning` for the last line of a report.
pub(super) fn tally(found: &[Diagnostic]) -> String {
    text::tally(Tally::of(found))
}
