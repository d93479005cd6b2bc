//! What the library's scanner and parser refuse, sign by sign.

use serde_yaml::granit_parser::ErrorKind;

use super::place::{
    char_at, in_quotes, indentation, is_name_byte, line_above, line_end, line_start, noticed,
    open_bracket, open_quote, value_at, word,
};
use super::{Mistake, tag, too_large};
use crate::diagnostic::{Code, excerpt};
use crate::kind::Kind;

/// What the library's scanner and parser refuse.
#[expect(
    clippy::too_many_lines,
    reason = "a flat table of the library's errors"
)]
pub(super) fn syntax(text: &str, at: usize, kind: &ErrorKind) -> Mistake {
    if let Some(mistake) = behind_bracket(text, at) {
        return mistake;
    }
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
        ErrorKind::CommentInterceptedScalar => cutting(text, at),
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
#[expect(
    clippy::too_many_lines,
    reason = "a flat table of the library's errors"
)]
fn sign(text: &str, at: usize, kind: &ErrorKind) -> Mistake {
    let told = |at, message: &str, help: &str| Mistake::new(Code::YamlSyntax, at, message, help);
    let (here, word) = (char_at(text, at), word(text, at));
    match kind {
        ErrorKind::InvalidTrailingSingleQuotedScalar => told(
            word,
            "text follows the closing quote",
            &unquoted(
                text,
                at,
                "inside single quotes write an apostrophe twice, or use double quotes",
            ),
        ),
        ErrorKind::InvalidTrailingDoubleQuotedScalar if text[at..].starts_with('"') => told(
            here,
            "two texts stand next to each other",
            "write a comma between them",
        ),
        ErrorKind::InvalidTrailingDoubleQuotedScalar => told(
            word,
            "text follows the closing quote",
            &in_quotes(text, &value_at(text, at)),
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
            &format!(
                "begin a block on the next line; or {}",
                in_quotes(text, &value_at(text, at))
            ),
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
    let help = in_quotes(text, &value_at(text, at));
    Mistake::new(Code::YamlSyntax, here, message, help)
}

/// How to write a text that single quotes cut: they stand around what is meant.
fn unquoted(text: &str, at: usize, usual: &str) -> String {
    let value = value_at(text, at);
    let inner = text[value.clone()].strip_prefix('\'');
    match inner.and_then(|inner| inner.strip_suffix('\'')) {
        Some(inner) if !inner.contains(['"', '\\']) => format!("write `\"{inner}\"`"),
        _ => usual.to_owned(),
    }
}

/// Text behind the bracket that closes what a value begins with, as behind a link: to YAML the value is a list.
fn behind_bracket(text: &str, at: usize) -> Option<Mistake> {
    let value = value_at(text, at);
    let written = &text[value.clone()];
    let what = match written.bytes().next()? {
        b'[' => "a list",
        b'{' => "a mapping",
        _ => return None,
    };
    let length = closed(written)?;
    let rest = written[length..].trim_start();
    if rest.is_empty() || rest.starts_with('#') || at < value.start + length {
        return None;
    }
    let message = format!(
        "`{}` at the beginning makes this {what}, and text follows it",
        &written[..1]
    );
    let help = in_quotes(text, &value);
    Some(Mistake::new(Code::YamlSyntax, value, message, help))
}

/// The length of what the bracket at the beginning of a text opens, with the one that closes it.
fn closed(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// The comment that cuts a text or a list in brackets, which go on below it.
fn cutting(text: &str, comment: usize) -> Mistake {
    let comment = comment..line_end(text, comment);
    let message = format!(
        "`{}` is a comment, and cuts the text before it",
        excerpt(&text[comment.clone()])
    );
    let help =
        "put text with ` #` in it in quotes; a comment that is meant stands on a line of its own";
    Mistake::new(Code::YamlSyntax, comment, message, help)
}

/// The comment behind a word of a list in brackets that is not closed: the closing bracket may stand in it.
fn comment_inside(text: &str, bracket: usize) -> Option<usize> {
    let mut start = bracket;
    for (nth, line) in text[bracket..].split_inclusive('\n').enumerate() {
        if nth > 0 && !line.starts_with([' ', '\n', '\r']) {
            return None;
        }
        if let Some(at) = cut(line) {
            return Some(start + at);
        }
        start += line.len();
    }
    None
}

/// Where a comment begins in a line behind a text without quotes.
fn cut(line: &str) -> Option<usize> {
    let at = line.find(" #")?;
    let before = line[..at].trim_end();
    let is_text = before.ends_with(|c: char| c.is_alphanumeric() || ")?!.%".contains(c));
    is_text.then_some(at + 1)
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
    if let Some(comment) = comment_inside(text, bracket) {
        return cutting(text, comment);
    }
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

pub(super) fn indented_too_little(text: &str, at: usize) -> Mistake {
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
            .to_owned()
    } else {
        in_quotes(text, &value_of_line(text, at))
    };
    Mistake::new(
        Code::YamlSyntax,
        char_at(text, at),
        "this colon would begin a second value on the line",
        help,
    )
}

/// What stands behind the first name or the dash of a line that has more colons than one.
fn value_of_line(text: &str, at: usize) -> std::ops::Range<usize> {
    let start = line_start(text, at);
    let begins = start + indentation(text, start);
    let dash = usize::from(text[begins..].starts_with("- "));
    let value = value_at(text, begins + 2 * dash);
    let first = text[value.clone()]
        .find(": ")
        .filter(|first| value.start + first < at);
    let is_field = |first: usize| {
        let name = &text[value.start..value.start + first];
        dash == 0
            || name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    match first {
        Some(first) if is_field(first) => value.start + first + 2..value.end,
        _ => value,
    }
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
    let (message, help) = if is_item {
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
