//! Types of fields: how each is read from YAML, what its schema is, and which references it holds.

mod address;
mod choice;
mod colour;
mod list;
mod lost;
mod number;
mod policy;
mod reference;
mod text;

use serde_json::Value as Json;

use super::mention::MediaMention;
use super::shape::{FieldInfo, Reader};
use crate::diagnostic::{Code, Span, excerpt};
use crate::kind::Kind;
use crate::yaml::{Node, Value, looks_like_another_type};

pub use self::address::{SiteAddress, WebAddress, alias_file, site_address};
pub(crate) use self::choice::choice;
pub use self::choice::{read_word, word_values};
pub use self::colour::{Colour, Rgb, Shades};
pub use self::list::{AtMost, InnerRecords, Named, NonEmpty, OneOrMany, Placed, Rule, Ruled};
pub use self::number::{Clock, Date, Minutes, OnByDefault, Order, Seconds, Whole};
pub use self::policy::{Asked, Policy};
pub use self::reference::{Essential, LocalId, PageId, Ref, TypedRef, any_reference, id_pattern};
pub use self::text::{Cell, Markdown, Spoken, Text, Unpublished, Unsearched};

/// A type that a field can have.
pub trait Field: Sized {
    /// Reads a value; reports what is wrong and returns `None` when nothing usable is left.
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self>;

    /// The JSON Schema of the value.
    fn schema() -> Json;

    /// Shows the references and the texts inside to a visitor.
    fn walk(&self, _visit: &mut dyn Visit) {}

    /// Takes out what refers to records that are not there, as drafts are not: an item from its list, a value from the
    /// field that may lack it. Returns whether this value itself must be taken out.
    fn leave_out(&mut self, _is_absent: &dyn Fn(Kind, &str) -> bool) -> bool {
        false
    }
    /// The fields of the mapping that the value is, or of those that it lists; none where the format names no fields.
    fn inner() -> &'static [FieldInfo] {
        &[]
    }
}

/// Sees the references and the texts of a record, in the order of its fields.
pub trait Visit {
    fn reference(&mut self, _reference: &TypedRef) {}
    fn markdown(&mut self, markdown: &Markdown);
    /// A file that a field offers: `files/form.pdf`.
    fn file(&mut self, _name: &MediaMention) {}
    /// Plain text that a page shows.
    fn text(&mut self, _text: &Text) {}
    /// Whether it wants to see the records that stand inside of this one.
    fn sees_inner_records(&self) -> bool {
        true
    }
}

/// What a field takes.
#[derive(Clone, Copy)]
enum Wanted<'a> {
    Text,
    WholeNumber,
    TrueOrFalse,
    Date,
    List,
    Mapping,
    OneOf(&'a [&'a str]),
}

impl Wanted<'_> {
    fn describe(self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::WholeNumber => "a whole number".to_owned(),
            Self::TrueOrFalse => "`true` or `false`".to_owned(),
            Self::Date => "a date".to_owned(),
            Self::List => "a list".to_owned(),
            Self::Mapping => "a mapping".to_owned(),
            Self::OneOf(words) => format!("one of {}", words.join(", ")),
        }
    }

    /// What an author would do about a value of another type.
    fn help(self, given: &Value) -> &'static str {
        match (self, given) {
            (Self::Text, Value::Mapping(_)) => "put text with `: ` in it in quotes",
            (Self::Text, Value::List(_)) => "write a single text",
            (Self::Text, _) => "put it in quotes",
            (Self::WholeNumber, Value::Text(text)) if text.parse::<i64>().is_ok() => {
                "write it without quotes"
            }
            (Self::WholeNumber, _) => "write digits and nothing else",
            (Self::TrueOrFalse, Value::Text(text))
                if matches!(text.to_ascii_lowercase().as_str(), "yes" | "on" | "y") =>
            {
                "write `true`"
            }
            (Self::TrueOrFalse, Value::Text(text))
                if matches!(text.to_ascii_lowercase().as_str(), "no" | "off" | "n") =>
            {
                "write `false`"
            }
            (Self::TrueOrFalse, _) => "write one of these two words, without quotes",
            (Self::Date, _) => "write year, month and day: 2026-11-20",
            (Self::List, Value::Mapping(_)) => "begin its first line with `- `",
            (Self::List, _) => {
                "put it in brackets (`[…]`), or begin a line with `- ` for each item"
            }
            (Self::Mapping, _) => "write a line with a name and a colon for each of its fields",
            (Self::OneOf(_), _) => "write a single word",
        }
    }
}

/// The most bytes of a tag such as `!!str`.
const LONGEST_TAG: usize = 100;

fn wrong_type(node: &Node, reader: &mut Reader<'_>, wanted: Wanted<'_>) {
    let at = reader.visible(extent(node, reader));
    let given = match node.value {
        Value::Bool(_) | Value::Integer(_) | Value::Number | Value::Null => {
            format!("`{}`", reader.slice(node.at))
        }
        _ => node.value.describe().to_owned(),
    };
    let message = format!("this field takes {}, not {given}", wanted.describe());
    let before = reader.before(node.at).trim_end();
    // No tag is longer; a list without spaces is one word.
    let before = &before[before.ceil_char_boundary(before.len().saturating_sub(LONGEST_TAG))..];
    let is_tagged = before
        .rsplit(char::is_whitespace)
        .next()
        .is_some_and(|word| word.starts_with("!!"));
    let help = match (wanted, reader.slice(node.at).chars().next()) {
        _ if is_tagged => "delete the tag before it",
        (Wanted::Text, Some('[' | '{')) => {
            "write a single text; put one that begins with a bracket in quotes"
        }
        (Wanted::Text, Some('?')) => "put text that begins with `?` in quotes",
        _ => wanted.help(&node.value),
    };
    reader.report(Code::WrongType, at, message).help = Some(help.to_owned());
}

/// Reports that where a value should stand, only a comment does: text that begins with `#`.
pub(crate) fn only_comment(what: &str, comment: Span, reader: &mut Reader<'_>) {
    let message = format!(
        "this {what} is empty: `{}` is a comment",
        excerpt(reader.slice(comment))
    );
    reader.report(Code::EmptyValue, comment, message).help =
        Some("put text that begins with `#` in quotes".to_owned());
}

/// Where a value stands. That of a mapping without braces in a list in brackets goes on to the end of the list, so
/// the mapping ends here with its last value.
fn extent(node: &Node, reader: &Reader<'_>) -> Span {
    match &node.value {
        Value::Mapping(entries) if !reader.slice(node.at).starts_with('{') => {
            let end = entries.last().map_or(node.at.end, |(_, last)| last.at.end);
            Span::new(node.at.start as usize, end as usize)
        }
        _ => node.at,
    }
}

/// Reads text that is not empty. A bare word that other YAML readers would take for something else is refused.
pub(crate) fn read_text(node: &Node, reader: &mut Reader<'_>) -> Option<String> {
    let Value::Text(text) = &node.value else {
        wrong_type(node, reader, Wanted::Text);
        return None;
    };
    let bare = reader.slice(node.at) == text;
    if bare && looks_like_another_type(text) {
        let meaning = if text.contains(':') {
            "a time"
        } else {
            "true or false"
        };
        reader
            .report(
                Code::WrongType,
                node.at,
                format!("`{text}` may be read as {meaning} and is meant as text"),
            )
            .help = Some("put it in quotes".to_owned());
        return None;
    }
    if text.trim().is_empty() {
        let at = reader.visible(node.at);
        reader
            .report(Code::EmptyValue, at, "this text is empty")
            .help = Some("write it, or delete the field".to_owned());
        return None;
    }
    lost::of_name(node, reader);
    Some(text.clone())
}

/// The same for words that are read or said, of which YAML may take some.
pub(super) fn read_words(node: &Node, reader: &mut Reader<'_>) -> Option<String> {
    let told = reader.found.len();
    let text = read_text(node, reader)?;
    reader.found.truncate(told);
    lost::of_words(node, reader);
    Some(text)
}
