//! What is wrong with a YAML text: in an author's words, at the place to edit.

mod place;
mod syntax;

use std::ops::Range;

use serde_yaml::budget::BudgetBreach;
use serde_yaml::localizer::ExternalMessageSource;
use serde_yaml::{Error, Location};

use self::place::{
    char_at, first_of, in_quotes, line_end, line_start, second_document, value_at, word,
};
use self::syntax::{indented_too_little, syntax};
use super::LIMITS;
use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::source::SourcePath;

/// A finding before its places are resolved to the file.
struct Mistake {
    code: Code,
    /// The bytes to edit.
    at: Range<usize>,
    message: String,
    help: String,
    /// Another place that matters, and why.
    other: Option<(Range<usize>, &'static str)>,
}

impl Mistake {
    fn new(
        code: Code,
        at: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            code,
            at,
            message: message.into(),
            help: help.into(),
            other: None,
        }
    }

    fn other(mut self, at: Option<Range<usize>>, label: &'static str) -> Self {
        self.other = at.map(|at| (at, label));
        self
    }
}

/// Says what the library could not read; places count from `base`, the byte of the file at which `text` begins.
pub(super) fn diagnose(path: &SourcePath, text: &str, base: usize, error: &Error) -> Diagnostic {
    let place = |at: &Range<usize>| Place::new(path, Span::new(at.start, at.end).shifted(base));
    let mistake = conflict(text).unwrap_or_else(|| {
        let location = error.location().unwrap_or(Location::UNKNOWN);
        mistake(text, offset_of(text, location), innermost(error))
    });
    let diagnostic =
        Diagnostic::new(mistake.code, place(&mistake.at), mistake.message).help(mistake.help);
    match mistake.other {
        Some((at, label)) => diagnostic.note(place(&at), label),
        None => diagnostic,
    }
}

/// A line that looks indented and is not: YAML knows only spaces, and takes a no-break space for a part of the first word.
pub(super) fn strange_indentation(
    path: &SourcePath,
    text: &str,
    base: usize,
) -> Option<Diagnostic> {
    // The first bytes of all spaces that are not ASCII's: most files have few.
    let mut candidates = memchr::memchr3_iter(0xc2, 0xe2, 0xe3, text.as_bytes());
    candidates.find_map(|at| {
        let c = text
            .get(at..)?
            .chars()
            .next()
            .filter(|c| c.is_whitespace())?;
        let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let rest = text[at..].lines().next().unwrap_or_default().trim();
        let is_structure = rest.starts_with("- ") || rest.ends_with(':') || rest.contains(": ");
        let is_indentation = text[start..at].trim().is_empty();
        (is_indentation && is_structure).then(|| {
            let at = Span::new(at, at + c.len_utf8()).shifted(base);
            let message = format!(
                "this line is indented with the character U+{:04X}",
                u32::from(c)
            );
            let found = Diagnostic::new(Code::YamlSyntax, Place::new(path, at), message);
            found.help("indent it with ordinary spaces")
        })
    })
}

/// The error itself, without the aliases on the way to it.
fn innermost(mut error: &Error) -> &Error {
    while let Error::AliasError { error: inner, .. } = error {
        error = inner;
    }
    error
}

/// The byte that the library names by line and column, at most the length of the text.
fn offset_of(text: &str, location: Location) -> usize {
    let line = usize::try_from(location.line()).unwrap_or(1);
    let column = usize::try_from(location.column()).unwrap_or(1);
    let line_start = match line {
        0 | 1 => text.len() - text.trim_start_matches('\u{feff}').len(),
        _ => match text.match_indices('\n').nth(line - 2) {
            Some((newline, _)) => newline + 1,
            None => return text.len(),
        },
    };
    text[line_start..]
        .char_indices()
        .nth(column.saturating_sub(1))
        .map_or(text.len(), |(byte, _)| line_start + byte)
}

/// Conflict markers of a version-control merge make all kinds of errors, so they are looked for first.
fn conflict(text: &str) -> Option<Mistake> {
    let marker = if text.starts_with("<<<<<<< ") {
        0
    } else {
        text.find("\n<<<<<<< ")? + 1
    };
    Some(Mistake::new(
        Code::YamlSyntax,
        marker..line_end(text, marker),
        "a git conflict was left in this file",
        "keep one of the two versions and delete the lines of `<`, `=` and `>`",
    ))
}

#[expect(
    clippy::too_many_lines,
    reason = "a flat table of the library's errors"
)]
fn mistake(text: &str, at: usize, error: &Error) -> Mistake {
    match error {
        Error::ExternalMessage { source, .. } => match source.as_ref() {
            ExternalMessageSource::Parser(error) => syntax(text, at, error.kind()),
            _ => not_yaml(text, at, error),
        },
        Error::UnknownAnchor { .. } => Mistake::new(
            Code::YamlSyntax,
            word(text, at),
            "text cannot begin with `*`, which stands for an anchor; there is none of this name",
            in_quotes(text, &value_at(text, at)),
        ),
        Error::FoldedBlockScalarMustIndentContent { .. } => indented_too_little(text, at),
        Error::Eof { .. } => Mistake::new(
            Code::YamlSyntax,
            char_at(text, at),
            "the file ends too early",
            "write what belongs here",
        ),
        Error::DuplicateMappingKey { key, .. } => {
            let name = key.as_deref().unwrap_or_default();
            Mistake::new(
                Code::DuplicateKey,
                at..(at + name.len().max(1)).min(text.len()),
                format!("the field `{name}` is given twice"),
                "delete one of the two, or make them one list",
            )
            .other(first_of(text, name, at), "the first is here")
        }
        Error::MultipleDocuments { .. } => {
            let marker = second_document(text).unwrap_or(at);
            Mistake::new(
                Code::UnsupportedYaml,
                marker..line_end(text, marker),
                "a second document begins here",
                "one file holds one record; move the second into a file of its own",
            )
        }
        Error::MergeKeyNotAllowed { .. } | Error::MergeValueNotMapOrSeqOfMaps { .. } => {
            Mistake::new(
                Code::UnsupportedYaml,
                at..(at + 2).min(text.len()),
                "merge keys (`<<`) are not part of the format",
                "write the fields out",
            )
        }
        Error::UnsupportedTag { .. }
        | Error::TaggedScalarCannotDeserializeIntoString { .. }
        | Error::InvalidBinaryBase64 { .. }
        | Error::BinaryNotUtf8 { .. } => tag(text, at),
        // Only the names of fields have to be of a type while a text is read.
        Error::Unexpected { .. } | Error::NullIntoString { .. } => Mistake::new(
            Code::UnsupportedYaml,
            char_at(text, at),
            "the name of a field is not text",
            if text[at..].starts_with(['[', '{']) {
                in_quotes(text, &value_at(text, at))
            } else {
                "write a word".to_owned()
            },
        ),
        Error::Budget { breach, .. } => {
            let message = match breach {
                BudgetBreach::Depth { .. } => "the values are nested too deeply",
                BudgetBreach::Nodes { .. } => "the record has too many values",
                BudgetBreach::Aliases { .. } => "the record has too many aliases",
                _ => "the record is too large",
            };
            too_large(text, at, message)
        }
        Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => {
            too_large(text, at, "aliases expand too often")
        }
        Error::RecursiveReferencesRequireWeakTypes { .. } => {
            too_large(text, at, "this alias stands inside of its own anchor")
        }
        _ => not_yaml(text, at, error),
    }
}

/// Errors that have no words of ours yet.
fn not_yaml(text: &str, at: usize, error: &Error) -> Mistake {
    let message = error.render_with_formatter(&serde_yaml::DefaultMessageFormatter);
    let message = message.split(" at line ").next().unwrap_or_default();
    Mistake::new(
        Code::YamlSyntax,
        char_at(text, at),
        "this is not well-formed YAML",
        format!("the YAML reader says: {message}"),
    )
}

fn too_large(text: &str, at: usize, message: &str) -> Mistake {
    Mistake::new(Code::TooLarge, char_at(text, at), message, LIMITS)
}

fn tag(text: &str, at: usize) -> Mistake {
    // The library names the value; its tag stands before it.
    let start = text[line_start(text, at)..at].rfind(" !");
    let start = start.map_or(at, |space| line_start(text, at) + space + 1);
    Mistake::new(
        Code::UnsupportedYaml,
        word(text, start),
        "tags (`!name`) are not part of the format",
        format!(
            "delete the tag; or {}",
            in_quotes(text, &value_at(text, start))
        ),
    )
}
