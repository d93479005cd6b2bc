//! The canonical form of a record's file: fields in the order of the model, long texts folded. Comments stay, and every
//! value is the same before and after.

mod flow;
mod fold;
mod lines;
mod order;

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::model::handbook::{PATH, Settings};
use crate::model::shape::{FieldInfo, Shape, fields_of};
use crate::parse::{front_matter, kind_and_id};
use crate::source::SourcePath;
use crate::yaml::{self, Node, Value};

/// Why a file is left as it is.
#[derive(Debug)]
pub enum Refusal {
    /// It is no record.
    NoRecord,
    /// It cannot be read; places count from the beginning of its YAML.
    Unreadable(Box<Diagnostic>),
    /// Moving its parts would change what it says.
    Unsafe,
}

/// How often the form is made anew: moving a comment can change where a text ends.
const ROUNDS: usize = 4;

/// A file in its canonical form.
///
/// # Errors
///
/// Why it must be left as it is.
pub fn formatted(path: &SourcePath, text: &str) -> Result<String, Refusal> {
    let fields = fields(path).ok_or(Refusal::NoRecord)?;
    let part = part(path, text).ok_or(Refusal::NoRecord)?;
    let written = &text[part.clone()];
    let is_crlf = written.contains("\r\n");
    let mut plain = written.replace("\r\n", "\n");
    if !plain.ends_with('\n') {
        plain.push('\n');
    }
    let made = canonical(path, plain, fields)?;
    let made = if is_crlf {
        made.replace('\n', "\r\n")
    } else {
        made
    };
    Ok(format!(
        "{}{made}{}",
        &text[..part.start],
        &text[part.end..]
    ))
}

/// The fields of the record that a file holds.
fn fields(path: &SourcePath) -> Option<&'static [FieldInfo]> {
    if path.as_str() == PATH {
        return Some(Settings::fields());
    }
    let (kind, _) = kind_and_id(path)?;
    (path.extension() == kind.extension()).then(|| fields_of(kind))
}

/// Where the YAML of a file stands.
fn part(path: &SourcePath, text: &str) -> Option<Range<usize>> {
    if path.extension() == "md" {
        return front_matter(text);
    }
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    Some(start..text.len())
}

/// YAML in its canonical form, which is its own canonical form.
fn canonical(path: &SourcePath, text: String, fields: &[FieldInfo]) -> Result<String, Refusal> {
    let read = |text: &str| yaml::read(path, text, 0);
    let before = read(&text).map_err(Refusal::Unreadable)?;
    let (ink, mut now) = (ink(&text), text);
    for _ in 0..ROUNDS {
        let mut made = now.clone();
        for step in [order::ordered, flow::ordered, fold::folded] {
            let node = read(&made).map_err(|_| Refusal::Unsafe)?;
            made = step(&made, &node, fields);
        }
        if made == now {
            let after = read(&now).map_err(|_| Refusal::Unsafe)?;
            let is_same = is_same(&before, &after, fields) && self::ink(&now) == ink;
            return if is_same {
                Ok(now)
            } else {
                Err(Refusal::Unsafe)
            };
        }
        now = made;
    }
    Err(Refusal::Unsafe)
}

/// Whether two values say the same; the fields that the model knows may stand in any order.
fn is_same(one: &Node, other: &Node, fields: &[FieldInfo]) -> bool {
    match (&one.value, &other.value) {
        (Value::List(one), Value::List(other)) => {
            let mut pairs = one.iter().zip(other);
            one.len() == other.len() && pairs.all(|(one, other)| is_same(one, other, fields))
        }
        (Value::Mapping(one), Value::Mapping(other)) if fields.is_empty() => {
            let mut pairs = one.iter().zip(other);
            one.len() == other.len()
                && pairs.all(|((key, one), (same, other))| {
                    key.name == same.name && is_same(one, other, &[])
                })
        }
        (Value::Mapping(one), Value::Mapping(other)) => {
            let in_other = |name: &str| other.iter().find(|(key, _)| key.name == name);
            one.len() == other.len()
                && one.iter().all(|(key, value)| {
                    let found = in_other(&key.name);
                    found.is_some_and(|(_, same)| is_same(value, same, inner(fields, &key.name)))
                })
        }
        (one, other) => one == other,
    }
}

/// The fields inside of a field.
fn inner(fields: &[FieldInfo], name: &str) -> &'static [FieldInfo] {
    let field = fields.iter().find(|field| field.name == name);
    field.map_or(&[], |field| (field.inner)())
}

/// Where a field stands in the order of the model; what it does not know comes last. That a record is a draft is said right
/// below its title, where its author sees it.
fn rank(fields: &[FieldInfo], name: &str) -> (usize, bool) {
    let (beside, is_behind) = match name {
        "draft" => ("title", true),
        _ => (name, false),
    };
    let known = fields.iter().position(|field| field.name == beside);
    (known.unwrap_or(usize::MAX), is_behind)
}

/// All that is printed, counted, but for the marks that begin and quote texts: comments must not get lost.
fn ink(text: &str) -> Vec<char> {
    let is_mark = |c: &char| c.is_whitespace() || matches!(c, '>' | '-' | '"' | '\'');
    let mut ink: Vec<char> = text.chars().filter(|c| !is_mark(c)).collect();
    ink.sort_unstable();
    ink
}
