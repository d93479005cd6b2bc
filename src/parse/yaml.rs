//! YAML 1.2 text to a tree in which every key and value knows its place.
//!
//! The only module that names the YAML library.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, Error, Location, MergeKeyPolicy, Spanned};

use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::source::SourcePath;

/// Deepest nesting of a record.
const MAX_DEPTH: usize = 64;
/// Most values in a record.
const MAX_NODES: usize = 100_000;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub value: Value,
    pub at: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Integer(i64),
    /// Only its place matters: no field takes a fraction.
    Number,
    Text(String),
    List(Vec<Node>),
    Mapping(Vec<(Key, Node)>),
}

impl Value {
    /// What an author would call it.
    pub fn describe(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "true or false",
            Self::Integer(_) | Self::Number => "a number",
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Mapping(_) => "a mapping",
        }
    }
}

/// The name of a field as written.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    pub name: String,
    pub at: Span,
}

/// The tree before its places are resolved to bytes.
struct Raw(Value);

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyValue;
        impl<'de> Visitor<'de> for AnyValue {
            type Value = Raw;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }
            fn visit_unit<E>(self) -> Result<Raw, E> {
                Ok(Raw(Value::Null))
            }
            fn visit_none<E>(self) -> Result<Raw, E> {
                Ok(Raw(Value::Null))
            }
            fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
                Ok(Raw(Value::Bool(value)))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
                Ok(Raw(Value::Integer(value)))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
                Ok(Raw(
                    i64::try_from(value).map_or(Value::Number, Value::Integer)
                ))
            }
            fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
                Ok(Raw(Value::Number))
            }
            fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
                Ok(Raw(Value::Number))
            }
            fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
                Ok(Raw(Value::Number))
            }
            fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
                Ok(Raw(Value::Text(value.to_owned())))
            }
            fn visit_string<E>(self, value: String) -> Result<Raw, E> {
                Ok(Raw(Value::Text(value)))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element::<Spanned<Raw>>()? {
                    list.push(node(item));
                }
                Ok(Raw(Value::List(list)))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
                let mut mapping = Vec::new();
                while let Some((key, value)) =
                    entries.next_entry::<Spanned<String>, Spanned<Raw>>()?
                {
                    mapping.push((
                        Key {
                            at: span(key.referenced),
                            name: key.value,
                        },
                        node(value),
                    ));
                }
                Ok(Raw(Value::Mapping(mapping)))
            }
        }
        deserializer.deserialize_any(AnyValue)
    }
}

fn node(raw: Spanned<Raw>) -> Node {
    Node {
        at: span(raw.referenced),
        value: raw.value.0,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "sources are at most a few MiB"
)]
fn span(location: Location) -> Span {
    let span = location.span();
    let start = span.byte_offset().unwrap_or(0) as usize;
    Span::new(start, start + span.byte_len().unwrap_or(0) as usize)
}

/// Reads one document.
///
/// Reports `yaml-syntax`, `unsupported-yaml`, `duplicate-key` and `too-large`; places count from `base`, the
/// byte of the file at which `text` begins. Anchors and aliases are expanded, at most 1,000 times.
pub fn read(path: &SourcePath, text: &str, base: usize) -> Result<Node, Box<Diagnostic>> {
    let options = serde_yaml::options! {
        strict_booleans: true,
        with_snippet: false,
        reject_unsupported_tags: true,
        duplicate_keys: DuplicateKeyPolicy::Error,
        merge_keys: MergeKeyPolicy::Error,
        non_finite_float_policy: serde_yaml::NonFiniteFloatPolicy::PassThrough,
        budget: serde_yaml::budget! {
            max_depth: MAX_DEPTH,
            flow_nesting_limit: MAX_DEPTH,
            max_nodes: MAX_NODES,
            max_aliases: 1000,
        },
    };
    match serde_yaml::from_str_with_options::<Spanned<Raw>>(text, options) {
        Ok(raw) => {
            let mut root = node(raw);
            if base > 0 {
                shift(&mut root, base);
            }
            Ok(root)
        }
        Err(error) => Err(Box::new(diagnose(path, text, base, &error))),
    }
}

fn shift(node: &mut Node, by: usize) {
    node.at = node.at.shifted(by);
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| shift(item, by)),
        Value::Mapping(entries) => {
            for (key, value) in entries {
                key.at = key.at.shifted(by);
                shift(value, by);
            }
        }
        _ => {}
    }
}

/// Says what went wrong in an author's words, at the byte where it did.
fn diagnose(path: &SourcePath, text: &str, base: usize, error: &Error) -> Diagnostic {
    let reported = error.location().unwrap_or(Location::UNKNOWN);
    let start = offset_of(
        text,
        usize::try_from(reported.line()).unwrap_or(1),
        usize::try_from(reported.column()).unwrap_or(1),
    );
    let length = text[start..]
        .chars()
        .next()
        .filter(|c| *c != '\n' && *c != '\r')
        .map_or(0, char::len_utf8);
    let at = |start: usize, end: usize| Place::new(path, Span::new(start, end).shifted(base));
    let here = at(start, start + length);

    if let Some(marker) = conflict_marker(text) {
        return Diagnostic::new(
            Code::YamlSyntax,
            at(marker, marker + 7),
            "a git conflict was left in this file",
        )
        .help("keep one of the two versions and delete the lines of `<`, `=` and `>`");
    }
    let message = error.render_with_formatter(&serde_yaml::DefaultMessageFormatter);
    let message = message
        .split(" at line ")
        .next()
        .unwrap_or(&message)
        .trim()
        .to_owned();
    match error {
        Error::DuplicateMappingKey { key, .. } => {
            let name = key.clone().unwrap_or_default();
            let place = at(start, start + name.len().max(1));
            Diagnostic::new(
                Code::DuplicateKey,
                place,
                format!("the field `{name}` is given twice"),
            )
            .help("delete one of the two, or make them one list")
        }
        Error::MultipleDocuments { .. } => {
            let marker = text
                .match_indices("\n---")
                .map(|(at, _)| at + 1)
                .find(|at| *at >= 1)
                .unwrap_or(start);
            Diagnostic::new(
                Code::UnsupportedYaml,
                at(marker, marker + 3),
                "a second document begins here",
            )
            .help("one file holds one record; move the second into a file of its own")
        }
        Error::MergeKeyNotAllowed { .. } => Diagnostic::new(
            Code::UnsupportedYaml,
            at(start, start + 2),
            "merge keys (`<<`) are not part of the format",
        )
        .help("write the fields out"),
        Error::UnsupportedTag { .. } => Diagnostic::new(
            Code::UnsupportedYaml,
            here,
            "tags (`!name`) are not part of the format",
        )
        .help("delete the tag; put text that begins with `!` in quotes"),
        Error::Budget { .. } => Diagnostic::new(
            Code::TooLarge,
            here,
            format!("the record is too large: {message}"),
        )
        .help(format!(
            "a record has at most {MAX_NODES} values, {MAX_DEPTH} levels and 1,000 aliases"
        )),
        Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => {
            Diagnostic::new(Code::TooLarge, here, "aliases expand too often")
                .help("write the values out")
        }
        _ if message.contains("nesting")
            || message.contains("depth")
            || message.contains("recursion") =>
        {
            Diagnostic::new(Code::TooLarge, here, "the values are nested too deeply")
                .help(format!("a record has at most {MAX_DEPTH} levels"))
        }
        _ if message.starts_with("expected string") => {
            Diagnostic::new(Code::UnsupportedYaml, here, "a field's name must be text")
        }
        _ => {
            let diagnostic = Diagnostic::new(Code::YamlSyntax, here, message);
            match hint(text, start, &diagnostic.message) {
                Some(hint) => diagnostic.help(hint),
                None => diagnostic,
            }
        }
    }
}

/// The mistake behind a syntax error, where the line tells.
fn hint(text: &str, at: usize, message: &str) -> Option<&'static str> {
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    let indent = &line[..line.len() - line.trim_start().len()];
    if indent.contains('\t') || message.contains("tab") {
        return Some("a tab; YAML wants spaces");
    }
    if message.contains("mapping values are not allowed") {
        return Some("text with `: ` in it needs quotes, or a block (`>-`) on the next line");
    }
    if message.contains("quoted scalar") || message.contains("quote") {
        return Some("a quote was opened and not closed");
    }
    if message.contains("unclosed bracket")
        || message.contains("flow")
        || message.contains("':' indicator")
    {
        return Some("a `[` or `{` was opened and not closed");
    }
    if message.contains("unexpected character") {
        return Some("put text that begins with a sign in quotes");
    }
    if message.contains("expected key")
        || message.contains("expected '-' indicator")
        || message.contains("block collection")
    {
        return Some("check the indentation of this line against the lines above");
    }
    None
}

/// Where the first conflict marker of a version-control merge stands.
fn conflict_marker(text: &str) -> Option<usize> {
    if text.starts_with("<<<<<<< ") {
        return Some(0);
    }
    text.find("\n<<<<<<< ").map(|newline| newline + 1)
}

/// The byte of a 1-based line and column, at most the length of the text.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
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
