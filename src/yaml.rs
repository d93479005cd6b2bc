//! YAML 1.2 text to a tree in which every key and value knows its place.
//!
//! The only modules that name the YAML library are this and `yaml::ordinary`; what authors are told of its errors stands in `yaml::mistake`.

mod mistake;
mod ordinary;
pub mod write;

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, Location, MergeKeyPolicy, Spanned};

use crate::characters::control_character;
use crate::diagnostic::{Diagnostic, Span};
use crate::source::{SourcePath, is_control};

/// Deepest nesting of a record.
const MAX_DEPTH: usize = 64;
/// Most values in a record.
const MAX_NODES: usize = 100_000;
/// Most aliases in a record.
const MAX_ALIASES: usize = 1_000;
const LIMITS: &str = "a record has at most 64 levels, 100,000 values and 1,000 aliases";

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
    #[expect(clippy::too_many_lines, reason = "one short method a type of value")]
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
/// Reports `yaml-syntax`, `unsupported-yaml`, `duplicate-key`, `too-large` and `control-character`; places count
/// from `base`, the byte of the file at which `text` begins. Anchors and aliases are expanded.
pub fn read(path: &SourcePath, text: &str, base: usize) -> Result<Node, Box<Diagnostic>> {
    if let Some(indented) = mistake::strange_indentation(path, text, base) {
        return Err(Box::new(indented));
    }
    // Alone, a text may mean something else than where it stands: `---` begins a document.
    let scalar = |text: &str| match by_library(text).ok()?.value {
        Value::Text(alone) if alone != text => None,
        Value::Null if !text.is_empty() => None,
        Value::List(_) | Value::Mapping(_) => None,
        value => Some(value),
    };
    match ordinary::read(text, scalar) {
        Some(root) => finished(root, path, text, base),
        None => read_by_library(path, text, base),
    }
}

/// The same by the library alone, which is slower and gives the same; it also tells what is wrong.
pub fn read_by_library(
    path: &SourcePath,
    text: &str,
    base: usize,
) -> Result<Node, Box<Diagnostic>> {
    match by_library(text) {
        Ok(root) => finished(root, path, text, base),
        Err(error) => Err(Box::new(mistake::diagnose(path, text, base, &error))),
    }
}

fn by_library(text: &str) -> Result<Node, serde_yaml::Error> {
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
            max_aliases: MAX_ALIASES,
            enforce_alias_anchor_ratio: false,
        },
    };
    serde_yaml::from_str_with_options::<Spanned<Raw>>(text, options).map(node)
}

/// A tree with its places in the file; reports `control-character`.
fn finished(
    mut root: Node,
    path: &SourcePath,
    text: &str,
    base: usize,
) -> Result<Node, Box<Diagnostic>> {
    mark_empty_blocks(&mut root, text);
    if base > 0 {
        shift(&mut root, base);
    }
    // Without a backslash nothing is in a value that is not in the file, which has been looked through.
    match text
        .contains('\\')
        .then(|| escaped_control(&root))
        .flatten()
    {
        Some((at, c)) => Err(Box::new(control_character(path, at, c))),
        None => Ok(root),
    }
}

/// Puts the places of empty block scalars to their `|` or `>`: the library tells of them where the next thing stands.
fn mark_empty_blocks(node: &mut Node, text: &str) {
    match &mut node.value {
        Value::Text(value) if value.trim().is_empty() => {
            if let Some(at) = text.get(..node.at.range().start).and_then(block_header) {
                node.at = at;
            }
        }
        Value::List(items) => items
            .iter_mut()
            .for_each(|item| mark_empty_blocks(item, text)),
        Value::Mapping(entries) => entries
            .iter_mut()
            .for_each(|(_, value)| mark_empty_blocks(value, text)),
        _ => {}
    }
}

/// How many bytes before its place an empty block is looked for: of a list on one line, each item would look through all
/// before it.
const NEAR: usize = 2_000;

/// The header of a block scalar after which nothing but empty lines and comments stands.
fn block_header(before: &str) -> Option<Span> {
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(NEAR))..];
    let line = near.lines().rfind(|line| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with('#')
    })?;
    let header = line
        .split(" #")
        .next()?
        .split_whitespace()
        .next_back()
        .filter(|word| word.starts_with(['|', '>']))?;
    let start = header.as_ptr() as usize - before.as_ptr() as usize;
    Some(Span::new(start, start + header.len()))
}

/// The first control character that an escape has put into a text.
fn escaped_control(node: &Node) -> Option<(Span, char)> {
    let control = |text: &str| text.chars().find(|c| is_control(*c));
    match &node.value {
        Value::Text(text) => control(text).map(|c| (node.at, c)),
        Value::List(items) => items.iter().find_map(escaped_control),
        Value::Mapping(entries) => entries.iter().find_map(|(key, value)| {
            let name = control(&key.name).map(|c| (key.at, c));
            name.or_else(|| escaped_control(value))
        }),
        _ => None,
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

/// Words that YAML 1.1 readers take for booleans, and times that they take for base-60 numbers.
pub fn looks_like_another_type(text: &str) -> bool {
    // The longest of them has eight characters: `00:00:00`.
    if text.len() > 8 {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    let boolean = matches!(
        lower.as_str(),
        "yes" | "no" | "on" | "off" | "y" | "n" | "true" | "false"
    );
    let time = text.contains(':')
        && text.split(':').all(|part| {
            !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit())
        });
    boolean || time
}
