//! Findings as text for people, in the shape of the Rust compiler's.

use std::collections::BTreeMap;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Code, Diagnostic, Place, Severity, Span, Tally, count, line_and_column, printable};
use crate::source::Sources;

/// The longest part of a source line that is shown.
const WIDTH: usize = 120;

/// One finding, with its source line marked; ends in a newline.
#[expect(
    clippy::too_many_lines,
    reason = "the parts of a report, from top to bottom"
)]
pub fn report(diagnostic: &Diagnostic, sources: &Sources, colour: bool) -> String {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = printable(&diagnostic.message).replace('\n', "\\n");
    let title = level
        .primary_title(message.as_str())
        .id(diagnostic.code.word());
    let excerpts: Vec<_> = std::iter::once((&diagnostic.place, ""))
        .chain(
            diagnostic
                .notes
                .iter()
                .map(|(place, label)| (place, label.as_str())),
        )
        .map(|(place, label)| Excerpt::new(place, label, sources))
        .collect();
    let mut group = Group::with_title(title);
    for (nth, excerpt) in excerpts.iter().enumerate() {
        let kind = if nth == 0 {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        group = match excerpt {
            Excerpt::Line {
                path,
                text,
                line,
                range,
                label,
            } => {
                let mut mark = kind.span(range.clone());
                if !label.is_empty() {
                    mark = mark.label(*label);
                }
                group.element(
                    Snippet::source(text.as_str())
                        .path(path.as_str())
                        .line_start(*line)
                        .annotation(mark),
                )
            }
            Excerpt::File { path } => group.element(annotate_snippets::Origin::path(path.as_str())),
        };
    }
    let help = diagnostic.help.as_deref().map(printable);
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut text = renderer
        .decor_style(DecorStyle::Ascii)
        .term_width(WIDTH + 20)
        .render(&[group]);
    text.push('\n');
    text
}

/// The line of a source that a report shows, or only the file's name where the file as a whole is meant.
enum Excerpt<'a> {
    Line {
        path: String,
        text: String,
        line: usize,
        range: std::ops::Range<usize>,
        label: &'a str,
    },
    File {
        path: String,
    },
}

impl<'a> Excerpt<'a> {
    fn new(place: &'a Place, label: &'a str, sources: &Sources) -> Self {
        // Whoever names files may not write on the terminal.
        let path = printable(place.path.as_str()).replace('\n', "\\n");
        let text = sources.shown(&place.path);
        let text = text.as_ref();
        if text.is_empty() || place.span == Span::FIRST {
            return Self::File { path };
        }
        let mut start = place.span.range().start.min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let (line, _) = line_and_column(text, start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let whole = text[line_start..line_end].trim_end_matches('\r');
        let mut end = place
            .span
            .range()
            .end
            .min(line_start + whole.len())
            .max(start);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        // Escaping changes lengths, so the three pieces are escaped apart and the mark laid on the middle one.
        let before = printable(
            text[line_start..start.min(line_start + whole.len())].trim_start_matches('\u{feff}'),
        );
        let marked = printable(text.get(start..end).unwrap_or_default());
        let after = printable(text.get(end..line_start + whole.len()).unwrap_or_default());
        let range = before.len()..before.len() + marked.len();
        Self::Line {
            path,
            text: format!("{before}{marked}{after}"),
            line,
            range,
            label,
        }
    }
}

/// The findings to show where not all are shown, and those left out: errors first, then what readers would see wrong, then what
/// is only unfinished.
pub fn most_pressing<'a>(
    found: impl IntoIterator<Item = &'a Diagnostic>,
    most: usize,
) -> (Vec<&'a Diagnostic>, Vec<&'a Diagnostic>) {
    let mut shown: Vec<&Diagnostic> = found.into_iter().collect();
    shown.sort_by_key(|one| (one.severity(), one.code.is_unfinished()));
    let left_out = shown.split_off(most.min(shown.len()));
    (shown, left_out)
}

/// The most codes that are counted at the end of a shortened report.
const COUNTED: usize = 8;

/// What a shortened report says of the rest: `12 more errors, 40 warnings: 31 no-trap, …`; `None` when there is no rest.
pub fn more(rest: &[&Diagnostic]) -> Option<String> {
    let tally: Tally = rest.iter().map(|one| one.severity()).collect();
    let more = match (tally.errors, tally.warnings) {
        (0, 0) => return None,
        (0, warnings) => count(warnings, "more warning"),
        (errors, 0) => count(errors, "more error"),
        (errors, warnings) => {
            let errors = count(errors, "more error");
            format!("{errors}, {}", count(warnings, "warning"))
        }
    };
    let mut by_code: BTreeMap<Code, usize> = BTreeMap::new();
    for one in rest.iter().filter(|one| one.severity() != Severity::Note) {
        *by_code.entry(one.code).or_default() += 1;
    }
    let mut counts: Vec<_> = by_code.into_iter().collect();
    counts.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    let dots = if counts.len() > COUNTED { ", …" } else { "" };
    let counts = counts.iter().take(COUNTED);
    let counts: Vec<String> = counts
        .map(|(code, times)| format!("{times} {code}"))
        .collect();
    Some(format!("{more}: {}{dots}", counts.join(", ")))
}

/// The last line of a failed run's report: `3 errors, 1 warning`.
pub fn tally(tally: Tally) -> String {
    match (tally.errors, tally.warnings) {
        (errors, 0) => count(errors, "error"),
        (0, warnings) => count(warnings, "warning"),
        (errors, warnings) => format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
    }
}
