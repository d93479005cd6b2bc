//! What is wrong with a YAML text: in an author's words, at the place to edit.

use std::ops::Range;

use serde_yaml::budget::BudgetBreach;
use serde_yaml::granit_parser::ErrorKind;
use serde_yaml::localizer::ExternalMessageSource;
use serde_yaml::{Error, Location};

use super::LIMITS;
use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::kind::Kind;
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

fn mistake(text: &str, at: usize, error: &Error) -> Mistake {
    match error {
        Error::ExternalMessage { source, .. } => match source.as_ref() {
            ExternalMessageSource::Parser(error) => syntax(text, at, error.kind()),
            _ => not_yaml(text, at, error),
        },
        Error::UnknownAnchor { .. } => Mistake::new(
            Code::YamlSyntax,
            word(text, at),
            "what begins with `*` stands for an anchor, and there is none of this name",
            "put text that begins with `*` in quotes",
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
                "put text that begins with a bracket in quotes"
            } else {
                "write a word"
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
        "delete the tag; put text that begins with `!` in quotes",
    )
}

/// What the library's scanner and parser refuse.
fn syntax(text: &str, at: usize, kind: &ErrorKind) -> Mistake {
    match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInPlainScalar => tab(text, at),
        // What a tab indents stands in another column than it seems.
        ErrorKind::MappingValueNotAllowed
        | ErrorKind::SimpleKeyExpected
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedDocumentStart
        | ErrorKind::InvalidBlockScalarIndent
        | ErrorKind::InvalidIndentation
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::BlockSequenceEntryNotAllowed
            if indenting_tab(text, line_start(text, at)).is_some()
                || indenting_tab(text, first_line(text, 0)).is_some() =>
        {
            tab(text, at)
        }
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar => unclosed_quote(text, at),
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate
        | ErrorKind::InvalidUnicodeEscape => escape(text, at),
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::InvalidColonPlacement
        | ErrorKind::InvalidFlowScalarIndent
        | ErrorKind::BlockEntryInFlowCollection
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator => unclosed_bracket(text, at),
        ErrorKind::MappingValueNotAllowed => second_colon(text, at),
        ErrorKind::SimpleKeyExpected => no_field(text, at),
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::ExpectedDocumentStart => {
            among_fields(text, at)
        }
        ErrorKind::InvalidBlockScalarIndent => indented_too_little(text, at),
        ErrorKind::MissingTagUri
        | ErrorKind::UndeclaredTagHandle
        | ErrorKind::ExpectedTagBang
        | ErrorKind::InvalidTagTerminator
        | ErrorKind::UnclosedVerbatimTag
        | ErrorKind::InvalidTagEscape => tag(text, at),
        ErrorKind::RecursionLimitExceeded => {
            too_large(text, at, "the values are nested too deeply")
        }
        ErrorKind::MissingDocumentEndBeforeDirective
        | ErrorKind::MissingDirectiveName
        | ErrorKind::InvalidDirectiveName
        | ErrorKind::InvalidDirectiveTerminator
        | ErrorKind::TooManyReservedDirectiveParams { .. } => directive(text, at),
        _ => sign(text, at, kind),
    }
}

/// A sign in the wrong place: what is wrong shows on the spot.
fn sign(text: &str, at: usize, kind: &ErrorKind) -> Mistake {
    let told = |at, message: &str, help: &str| Mistake::new(Code::YamlSyntax, at, message, help);
    let (here, word) = (char_at(text, at), word(text, at));
    match kind {
        ErrorKind::InvalidTrailingSingleQuotedScalar => told(
            word,
            "text follows the closing quote",
            "inside single quotes write an apostrophe twice, or use double quotes",
        ),
        ErrorKind::InvalidTrailingDoubleQuotedScalar if text[at..].starts_with('"') => told(
            here,
            "two texts stand next to each other",
            "write a comma between them",
        ),
        ErrorKind::InvalidTrailingDoubleQuotedScalar => told(
            word,
            "text follows the closing quote",
            "put quotes around the whole text; inside of it write `\\\"`",
        ),
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => told(
            here,
            &format!("`{open}` is closed by `{close}`"),
            "close a bracket by one of its kind",
        ),
        ErrorKind::MisplacedFlowCollectionEnd => told(
            here,
            "this bracket closes nothing",
            "delete it, or put text that holds it in quotes",
        ),
        ErrorKind::UnexpectedCharacter { .. }
        | ErrorKind::PlainScalarStartsWithDashFlowIndicator
        | ErrorKind::MissingAnchorOrAliasName => bad_beginning(text, at),
        ErrorKind::MappingKeyNotAllowed
        | ErrorKind::UnexpectedEofBlockSequence
        | ErrorKind::UnexpectedEofBlockMapping
            if text[at..].starts_with(['?', ',']) =>
        {
            bad_beginning(text, at)
        }
        ErrorKind::InvalidBlockScalarHeader => told(
            word,
            "text follows the sign of a block on its line",
            "begin the text on the next line; put text that begins with `>` or `|` in quotes",
        ),
        ErrorKind::CommentNotSeparated => told(
            here,
            "a comment needs a space before its `#`",
            "write the space, or put text with `#` in it in quotes",
        ),
        ErrorKind::ExpectedBlockSequenceEntry => told(
            here,
            "no item of the list above can begin here",
            "begin the items of one list in one column, each with a dash and a space",
        ),
        ErrorKind::BlockSequenceEntryNotAllowed => told(
            here,
            "no list can begin here",
            "begin it on the next line, or put text that begins with a dash in quotes",
        ),
        ErrorKind::FlowMappingValueAdjacentCollection => {
            told(here, "a colon without a space behind it", "write the space")
        }
        ErrorKind::BomInsideDocument => told(
            here,
            "a byte order mark stands in the middle of the file",
            "delete this invisible character",
        ),
        ErrorKind::InvalidIndentation
        | ErrorKind::MappingKeyNotAllowed
        | ErrorKind::ExpectedNodeContent
        | ErrorKind::UnexpectedEofBlockSequence
        | ErrorKind::UnexpectedEofBlockMapping => told(
            here,
            "nothing can begin in this column",
            "check the indentation of this line against the lines above",
        ),
        other => told(
            here,
            "this is not well-formed YAML",
            &format!("the YAML reader says: {other}"),
        ),
    }
}

fn bad_beginning(text: &str, at: usize) -> Mistake {
    let here = char_at(text, at);
    let message = match &text[here.clone()] {
        "`" => "text cannot begin with a backtick".to_owned(),
        sign => format!("text cannot begin with `{sign}`"),
    };
    Mistake::new(Code::YamlSyntax, here, message, "put it in quotes")
}

fn directive(text: &str, at: usize) -> Mistake {
    Mistake::new(
        Code::UnsupportedYaml,
        line_start(text, at)..line_end(text, at),
        "directives (lines that begin with `%`) are not part of the format",
        "delete the line; put text that begins with `%` in quotes",
    )
}

/// The tab that indents the line at `at`, the first line, or the one below: the library may stop before it, or go on
/// until the next field does not stand below the first.
fn tab(text: &str, at: usize) -> Mistake {
    let line = line_start(text, at);
    let lines = [
        line,
        first_line(text, 0),
        first_line(text, line_end(text, at)),
    ];
    let indenting = lines.iter().find_map(|line| indenting_tab(text, *line));
    let on_the_line = || Some(line + text[line..line_end(text, at)].find('\t')?);
    Mistake::new(
        Code::YamlSyntax,
        char_at(text, indenting.or_else(on_the_line).unwrap_or(at)),
        "a tab; YAML wants spaces",
        "indent with spaces",
    )
}

/// The tab in the indentation of the line that begins at `start`.
fn indenting_tab(text: &str, start: usize) -> Option<usize> {
    let tab = start + indentation(text, start);
    text[tab..].starts_with('\t').then_some(tab)
}

/// Where the first line begins, from a place on, that holds more than white space and a comment.
fn first_line(text: &str, from: usize) -> usize {
    let is_bare = |line: &&str| matches!(line.trim().bytes().next(), None | Some(b'#'));
    let bare = text[from..].split_inclusive('\n').take_while(is_bare);
    from + bare.map(str::len).sum::<usize>()
}

fn unclosed_quote(text: &str, at: usize) -> Mistake {
    let quote = open_quote(text, at).unwrap_or(at);
    Mistake::new(
        Code::YamlSyntax,
        char_at(text, quote),
        "a quote is opened here and not closed",
        "close it where the text ends",
    )
    .other(noticed(text, quote, at), "noticed here")
}

fn unclosed_bracket(text: &str, at: usize) -> Mistake {
    let bracket = open_bracket(text, at).unwrap_or(at);
    Mistake::new(
        Code::YamlSyntax,
        char_at(text, bracket),
        "a bracket is opened here and not closed, or a comma is missing behind it",
        "close it where the list ends; put text that begins with a bracket in quotes",
    )
    .other(noticed(text, bracket, at), "noticed here")
}

fn escape(text: &str, at: usize) -> Mistake {
    let backslash = bad_escape(text, at).unwrap_or(at);
    Mistake::new(
        Code::YamlSyntax,
        backslash..char_at(text, (backslash + 1).min(text.len())).end,
        "no escape is written like this",
        "write a backslash as `\\\\`, or use single quotes",
    )
}

/// The first backslash of a text in double quotes that begins no escape.
fn bad_escape(text: &str, at: usize) -> Option<usize> {
    let mut rest = at;
    loop {
        let backslash = rest + text[rest..].find('\\')?;
        let mut after = text[backslash + 1..].chars();
        let sign = after.next()?;
        let digits = match sign {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let is_known = "0abtnvfre \"/\\N_LPxuU\t\r\n".contains(sign)
            && after.take(digits).filter(char::is_ascii_hexdigit).count() == digits;
        if !is_known {
            return Some(backslash);
        }
        rest = backslash + 1 + sign.len_utf8();
    }
}

fn indented_too_little(text: &str, at: usize) -> Mistake {
    Mistake::new(
        Code::YamlSyntax,
        word(text, at),
        "this line of a block is indented less than the block",
        "indent all lines of a block alike",
    )
}

/// A colon where no field can be: in plain text, or below an item that is none.
fn second_colon(text: &str, at: usize) -> Mistake {
    let start = line_start(text, at);
    let above = line_above(text, start);
    for line in [start, above] {
        let dash = line + indentation(text, line);
        let mut after = text[dash..].chars();
        if after.next() == Some('-') && after.next().is_some_and(char::is_alphanumeric) {
            return Mistake::new(
                Code::YamlSyntax,
                dash..dash + 1,
                "a dash without a space behind it",
                "write `- ` before an item",
            );
        }
    }
    let is_name = text[start..at].trim().bytes().all(is_name_byte);
    if is_name && above < start && indentation(text, start) == indentation(text, above) {
        // Fields of one column: the one above lacks its colon and goes on here.
        return no_field(text, above);
    }
    let help = if is_name {
        "begin the fields of one mapping in one column; put text with `: ` in it in quotes"
    } else {
        "put text with `: ` in it in quotes, or in a block (`>-`) on the next line"
    };
    Mistake::new(
        Code::YamlSyntax,
        char_at(text, at),
        "this colon would begin a second value on the line",
        help,
    )
}

/// A line that should be a field and has no colon with a space behind it.
fn no_field(text: &str, at: usize) -> Mistake {
    let start = line_start(text, at) + indentation(text, at);
    let name = text[start..].bytes().take_while(|byte| is_name_byte(*byte));
    let colon = start + name.count();
    // A reference or an address is not a field's name: a text goes on there.
    let is_reference =
        Kind::from_word(&text[start..colon]).is_some() || text[colon..].starts_with("://");
    if colon > start && text[colon..].starts_with(':') && !is_reference {
        return Mistake::new(
            Code::YamlSyntax,
            colon..colon + 1,
            "a colon without a space behind it",
            format!("write `{}: `", &text[start..colon]),
        );
    }
    Mistake::new(
        Code::YamlSyntax,
        start..line_end(text, at),
        "this line is neither a field nor part of the text above",
        "write a colon and a space behind a field's name; indent text that goes on",
    )
}

/// Something between fields that is none.
fn among_fields(text: &str, at: usize) -> Mistake {
    let before = text[line_start(text, at)..at].trim();
    let is_item = before == "-" || text[at..].starts_with("- ");
    let (message, help) = if before.ends_with([']', '}']) {
        (
            "text follows the closing bracket",
            "put text that begins with a bracket in quotes",
        )
    } else if is_item {
        (
            "an item of a list stands among fields",
            "indent it below the field whose list it belongs to, or delete it",
        )
    } else {
        (
            "no field of the mapping above can begin here",
            "begin the fields of one mapping in one column",
        )
    };
    let at = if is_item {
        line_start(text, at) + indentation(text, at)
    } else {
        at
    };
    Mistake::new(Code::YamlSyntax, word(text, at), message, help)
}

/// Where the library noticed something, if that is another line than the one to edit.
fn noticed(text: &str, cause: usize, at: usize) -> Option<Range<usize>> {
    let is_end = text[at..].trim().is_empty();
    (!is_end && line_start(text, cause) != line_start(text, at)).then(|| word(text, at))
}

/// The quote that opened the text which `at` is still inside of: the nearest one above that begins a value.
fn open_quote(text: &str, at: usize) -> Option<usize> {
    let mut end = line_end(text, at);
    loop {
        let start = line_start(text, end);
        let line = &text[start..end];
        let values = [": \"", ": '", "- \"", "- '", "[\"", "['", ", \"", ", '"];
        let opening = values
            .iter()
            .filter_map(|value| {
                line.rfind(value)
                    .map(|found| start + found + value.len() - 1)
            })
            .max();
        match opening {
            Some(quote) if quote <= at => return Some(quote),
            _ if start == 0 => return None,
            _ => end = start - 1,
        }
    }
}

/// The nearest bracket before `at` that is still open there.
fn open_bracket(text: &str, at: usize) -> Option<usize> {
    if text[at..].starts_with(['[', '{']) {
        return Some(at);
    }
    let mut closed = 0;
    for (place, byte) in text.as_bytes()[..at].iter().enumerate().rev() {
        match byte {
            b']' | b'}' => closed += 1,
            b'[' | b'{' if closed == 0 => return Some(place),
            b'[' | b'{' => closed -= 1,
            _ => {}
        }
    }
    None
}

/// The line that begins a second document: the first marker after something that is not a comment.
fn second_document(text: &str) -> Option<usize> {
    let mut start = 0;
    let mut has_content = false;
    for line in text.split_inclusive('\n') {
        let is_marker = line.starts_with("---") || line.trim_end() == "...";
        if is_marker && has_content {
            return Some(start);
        }
        let plain = line.trim_start();
        has_content |= !is_marker && !plain.is_empty() && !plain.starts_with('#');
        start += line.len();
    }
    None
}

/// The field of that name further up in the mapping whose second one stands at `at`.
fn first_of(text: &str, name: &str, at: usize) -> Option<Range<usize>> {
    let is_field = |start: usize| {
        let rest = text.get(start..)?.strip_prefix(name)?;
        rest.trim_start_matches(' ')
            .starts_with(':')
            .then(|| start..start + name.len())
    };
    let line = line_start(text, at);
    let column = at - line;
    if !text[line..at]
        .bytes()
        .all(|byte| matches!(byte, b' ' | b'-'))
    {
        // A mapping in braces, on one line.
        let matches = text[line..at].match_indices(name);
        return matches
            .filter_map(|(found, _)| is_field(line + found))
            .last();
    }
    let mut end = line;
    while end > 0 {
        let start = line_start(text, end - 1);
        let before = text.get(start..start + column)?;
        let is_indent = before.bytes().all(|byte| matches!(byte, b' ' | b'-'));
        if end > start + column
            && is_indent
            && let Some(found) = is_field(start + column)
        {
            return Some(found);
        }
        end = start;
    }
    None
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The beginning of the nearest line above that is not blank; of the line itself if there is none.
fn line_above(text: &str, start: usize) -> usize {
    let mut above = start;
    while above > 0 {
        above = line_start(text, above - 1);
        if !text[above..line_end(text, above)].trim().is_empty() {
            return above;
        }
    }
    start
}

/// The end of the line, without its line break.
fn line_end(text: &str, at: usize) -> usize {
    let length = text[at..].find(['\n', '\r']);
    length.map_or(text.len(), |length| at + length)
}

/// How far the line's first character that is no space stands from its beginning.
fn indentation(text: &str, at: usize) -> usize {
    let line = &text[line_start(text, at)..];
    line.len() - line.trim_start_matches(' ').len()
}

/// The character at a place; empty at the end of a line.
fn char_at(text: &str, at: usize) -> Range<usize> {
    let length = text[at..]
        .chars()
        .next()
        .filter(|c| !matches!(c, '\n' | '\r'));
    at..at + length.map_or(0, char::len_utf8)
}

/// From a place to the next white space.
fn word(text: &str, at: usize) -> Range<usize> {
    let length = text[at..].find(char::is_whitespace);
    at..length.map_or(text.len(), |length| at + length)
}
