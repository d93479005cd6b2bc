//! Types of fields: how each is read from YAML, what its schema is, and which references it holds.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::ids::{Id, RecordKind, is_device, is_id, is_reserved};
use super::markdown::{Speech, curly, is_web_address};
use super::mention::Number;
use super::shape::Reader;
use crate::diagnostic::{Code, Span, nearest};
use crate::kind::{Kind, kind_words};
use crate::yaml::{Node, Value};

/// A type that a field can have.
pub trait Field: Sized {
    /// Reads a value; reports what is wrong and returns `None` when nothing usable is left.
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self>;

    /// The JSON Schema of the value.
    fn schema() -> Json;

    /// Shows the references and the texts inside to a visitor.
    fn walk(&self, _visit: &mut dyn Visit) {}
}

/// Sees the references and the texts of a record, in the order of its fields.
pub trait Visit {
    fn reference(&mut self, _reference: &TypedRef) {}
    fn markdown(&mut self, markdown: &Markdown);
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
    let is_tagged = before
        .rsplit(char::is_whitespace)
        .next()
        .is_some_and(|word| word.starts_with("!!"));
    let help = if is_tagged {
        "delete the tag before it"
    } else {
        wanted.help(&node.value)
    };
    reader.report(Code::WrongType, at, message).help = Some(help.to_owned());
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
fn read_text(node: &Node, reader: &mut Reader<'_>) -> Option<String> {
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
    Some(text.clone())
}

/// Words that YAML 1.1 readers take for booleans, and times that they take for base-60 numbers.
fn looks_like_another_type(text: &str) -> bool {
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

/// Plain text with its place; its quotes are typographic, as those of Markdown become.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    pub text: Arc<str>,
    pub at: Span,
}

impl std::ops::Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        &self.text
    }
}

impl Field for Text {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = read_text(node, reader)?;
        Some(Self {
            text: curly(text.trim()).into(),
            at: node.at,
        })
    }
    fn schema() -> Json {
        json!({ "type": "string", "minLength": 1 })
    }
    fn walk(&self, visit: &mut dyn Visit) {
        visit.text(self);
    }
}

/// Plain text that search leaves out: it is about the record, not what the record says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unsearched(pub Text);

impl std::ops::Deref for Unsearched {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl Field for Unsearched {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        Text::read(node, reader).map(Self)
    }
    fn schema() -> Json {
        Text::schema()
    }
}

/// Markdown (CommonMark with tables and GitHub's call-outs) with its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markdown {
    pub text: Arc<str>,
    /// xxh3-128 of the text, inverted where it has anchors: what its HTML is filed under.
    pub hash: u128,
    /// Whether links can lead to its headings and notes: only of a text that has a page to itself, since two texts on
    /// one page could have the same.
    pub has_anchors: bool,
    pub at: Span,
}

impl Markdown {
    pub fn new(text: &str, at: Span) -> Self {
        Self {
            text: text.into(),
            hash: xxhash_rust::xxh3::xxh3_128(text.as_bytes()),
            has_anchors: false,
            at,
        }
    }

    /// A text that has a page to itself.
    pub fn of_page(text: &str, at: Span) -> Self {
        let text = Self::new(text, at);
        Self {
            hash: !text.hash,
            has_anchors: true,
            ..text
        }
    }

    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }
}

impl Field for Markdown {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        read_text(node, reader).map(|text| Self::new(text.trim_end(), node.at))
    }
    fn schema() -> Json {
        json!({ "type": "string", "minLength": 1 })
    }
    fn walk(&self, visit: &mut dyn Visit) {
        if !self.text.is_empty() {
            visit.markdown(self);
        }
    }
}

/// Markdown that is said aloud, with how long that takes.
#[derive(Clone, Debug, Default)]
pub struct Spoken {
    pub markdown: Markdown,
    pub speech: Speech,
}

impl Field for Spoken {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let markdown = Markdown::read(node, reader)?;
        Some(Self {
            speech: Speech::of(&markdown.text),
            markdown,
        })
    }
    fn schema() -> Json {
        Markdown::schema()
    }
    fn walk(&self, visit: &mut dyn Visit) {
        self.markdown.walk(visit);
    }
}

/// A table's cell: Markdown that may be empty.
#[derive(Clone, Debug, Default)]
pub struct Cell(pub Markdown);

impl Field for Cell {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.value {
            Value::Text(text) => Some(Self(Markdown::new(text.trim_end(), node.at))),
            _ => {
                wrong_type(node, reader, Wanted::Text);
                None
            }
        }
    }
    fn schema() -> Json {
        json!({ "type": "string" })
    }
    fn walk(&self, visit: &mut dyn Visit) {
        self.0.walk(visit);
    }
}

impl Field for bool {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.value {
            Value::Bool(value) => Some(*value),
            _ => {
                wrong_type(node, reader, Wanted::TrueOrFalse);
                None
            }
        }
    }
    fn schema() -> Json {
        json!({ "type": "boolean" })
    }
}

/// A switch that is on unless it is turned off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnByDefault(pub bool);

impl Default for OnByDefault {
    fn default() -> Self {
        Self(true)
    }
}

impl Field for OnByDefault {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        bool::read(node, reader).map(Self)
    }
    fn schema() -> Json {
        json!({ "type": "boolean", "default": true })
    }
}

/// A whole number between two bounds, both included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Whole<const MIN: u32, const MAX: u32> {
    pub value: u32,
    pub at: Span,
}

impl<const MIN: u32, const MAX: u32> Field for Whole<MIN, MAX> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let Value::Integer(value) = node.value else {
            wrong_type(node, reader, Wanted::WholeNumber);
            return None;
        };
        match u32::try_from(value) {
            Ok(value) if (MIN..=MAX).contains(&value) => Some(Self { value, at: node.at }),
            _ => {
                let (message, help) = if MIN == MAX {
                    (
                        format!("this field is always {MIN}, not {value}"),
                        format!("write {MIN}"),
                    )
                } else {
                    (
                        format!("{value} is not between {MIN} and {MAX}"),
                        format!("write a number from {MIN} to {MAX}"),
                    )
                };
                reader.report(Code::InvalidValue, node.at, message).help = Some(help);
                None
            }
        }
    }
    fn schema() -> Json {
        json!({ "type": "integer", "minimum": MIN, "maximum": MAX })
    }
}

/// A place in an order.
pub type Order = Whole<0, 100_000>;
/// A duration in minutes.
pub type Minutes = Whole<1, 1_440>;
/// A duration in seconds.
pub type Seconds = Whole<1, 3_600>;

/// A calendar date, `2026-11-20`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Date(pub jiff::civil::Date);

impl Field for Date {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let Value::Text(text) = &node.value else {
            wrong_type(node, reader, Wanted::Date);
            return None;
        };
        match text.parse() {
            Ok(date) => Some(Self(date)),
            Err(_) => {
                reader
                    .report(
                        Code::InvalidValue,
                        node.at,
                        format!("`{text}` is not a date"),
                    )
                    .help = Some("write year, month and day: 2026-11-20".to_owned());
                None
            }
        }
    }
    fn schema() -> Json {
        json!({ "type": "string", "format": "date" })
    }
}

/// An absolute address, `https` or `http`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WebAddress {
    pub text: Arc<str>,
    pub at: Span,
}

impl Field for WebAddress {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = read_text(node, reader)?;
        match url::Url::parse(&text) {
            Ok(_) if is_web_address(&text) => Some(Self {
                text: text.as_str().into(),
                at: node.at,
            }),
            Ok(url) if !matches!(url.scheme(), "https" | "http") => {
                reader
                    .report(
                        Code::UnsafeLink,
                        node.at,
                        format!("the address scheme `{}` is not allowed", url.scheme()),
                    )
                    .help = Some("write an address that begins with https://".to_owned());
                None
            }
            _ => {
                reader
                    .report(
                        Code::InvalidValue,
                        node.at,
                        format!("`{text}` is not a web address"),
                    )
                    .help = Some("write it in full: https://example.org/".to_owned());
                None
            }
        }
    }
    fn schema() -> Json {
        json!({ "type": "string", "format": "uri", "pattern": "^https?://" })
    }
}

/// Where a site stands: a web address to which paths can be added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteAddress {
    pub text: Arc<str>,
    pub at: Span,
}

/// An address as it can be printed before paths; what is wrong with it otherwise.
pub fn site_address(text: &str) -> Result<String, &'static str> {
    let url = url::Url::parse(text).map_err(|_| "write it in full: https://example.org/")?;
    if !is_web_address(text) {
        return Err("write an address that begins with https://");
    }
    let is_plain = url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    if !is_plain || text.contains(char::is_whitespace) || url.path().contains("//") {
        return Err(
            "paths are added to it: leave out user, query and fragment, spaces and doubled slashes",
        );
    }
    Ok(url.to_string())
}

impl Field for SiteAddress {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let address = WebAddress::read(node, reader)?;
        match site_address(&address.text) {
            Ok(text) => Some(Self {
                text: text.into(),
                at: address.at,
            }),
            Err(help) => {
                reader
                    .report(
                        Code::InvalidValue,
                        address.at,
                        format!("a site cannot stand at `{}`", address.text),
                    )
                    .help = Some(help.to_owned());
                None
            }
        }
    }
    fn schema() -> Json {
        WebAddress::schema()
    }
}

/// A reference to a record whose kind the field decides.
#[derive(Clone, Debug)]
pub struct Ref<R> {
    pub id: Id<R>,
    pub at: Span,
    pub number: Number,
}

impl<R> Default for Ref<R> {
    fn default() -> Self {
        Self {
            id: Id::default(),
            at: Span::default(),
            number: Number::default(),
        }
    }
}

impl<R: RecordKind> Field for Ref<R> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = read_text(node, reader)?;
        Some(Self {
            id: Id::new(text),
            at: node.at,
            number: reader.number(),
        })
    }
    fn schema() -> Json {
        json!({ "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$" })
    }
    fn walk(&self, visit: &mut dyn Visit) {
        if !self.id.as_str().is_empty() {
            visit.reference(&TypedRef {
                kind: R::KIND,
                id: self.id.name(),
                at: self.at,
                number: self.number,
            });
        }
    }
}

/// An id that means something only inside its record or its company.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocalId {
    pub id: Arc<str>,
    pub at: Span,
}

impl Field for LocalId {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        read_id(node, reader, is_device)
    }
    fn schema() -> Json {
        json!({ "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 80 })
    }
}

/// An id that is the name of a page's folder: what records may not be called, it may not be called either.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageId(pub LocalId);

impl std::ops::Deref for PageId {
    type Target = LocalId;

    fn deref(&self) -> &LocalId {
        &self.0
    }
}

impl Field for PageId {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        read_id(node, reader, is_reserved).map(Self)
    }
    fn schema() -> Json {
        LocalId::schema()
    }
}

/// Reads an id that may not be one of certain names.
fn read_id(
    node: &Node,
    reader: &mut Reader<'_>,
    is_refused: impl Fn(&str) -> bool,
) -> Option<LocalId> {
    let text = read_text(node, reader)?;
    if is_refused(&text) {
        let message = format!("`{text}` is reserved for systems or for the site itself");
        reader.report(Code::InvalidId, node.at, message).help =
            Some("choose another id".to_owned());
        return None;
    }
    if !is_id(&text) {
        // A principle's full name is its company's and its own.
        let own = text.rsplit('/').next().unwrap_or_default();
        let proposed = super::ids::proposed_id(own);
        let help = proposed.map_or_else(
            || "use small letters, digits and single hyphens".to_owned(),
            |id| format!("write `{id}`"),
        );
        reader
            .report(
                Code::InvalidId,
                node.at,
                format!("`{text}` cannot be an id"),
            )
            .help = Some(help);
        return None;
    }
    Some(LocalId {
        id: text.into(),
        at: node.at,
    })
}

/// A reference that names its kind: `question:greatest-weakness`.
#[derive(Clone, Debug)]
pub struct TypedRef {
    pub kind: Kind,
    pub id: Arc<str>,
    pub at: Span,
    pub number: Number,
}

impl Field for TypedRef {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = read_text(node, reader)?;
        let Some((word, id)) = text.split_once(':') else {
            reader
                .report(
                    Code::InvalidValue,
                    node.at,
                    format!("`{text}` does not name a kind"),
                )
                .help = Some(format!(
                "write `<kind>:{text}`; the kinds are {}",
                kind_words()
            ));
            return None;
        };
        let Some(kind) = Kind::from_word(word) else {
            let near = nearest(word, Kind::ALL.iter().map(|kind| kind.word()));
            let help = near.map_or_else(
                || format!("the kinds are {}", kind_words()),
                |near| format!("did you mean `{near}:{id}`?"),
            );
            reader
                .report(
                    Code::UnknownKind,
                    node.at,
                    format!("there is no kind `{word}`"),
                )
                .help = Some(help);
            return None;
        };
        Some(Self {
            kind,
            id: id.into(),
            at: node.at,
            number: reader.number(),
        })
    }
    fn schema() -> Json {
        let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.word()).collect();
        json!({ "type": "string", "pattern": format!("^({}):.+$", kinds.join("|")) })
    }
    fn walk(&self, visit: &mut dyn Visit) {
        visit.reference(self);
    }
}

impl<T: Field> Field for Option<T> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        T::read(node, reader).map(Some)
    }
    fn schema() -> Json {
        T::schema()
    }
    fn walk(&self, visit: &mut dyn Visit) {
        if let Some(value) = self {
            value.walk(visit);
        }
    }
}

/// The character before a place: the dash of an item that nothing follows.
fn before(at: Span, reader: &Reader<'_>) -> Span {
    let text = reader.before(at);
    let length = text.chars().next_back().map_or(0, char::len_utf8);
    Span::new(text.len() - length, text.len())
}

impl<T: Field> Field for Vec<T> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let Value::List(items) = &node.value else {
            wrong_type(node, reader, Wanted::List);
            return None;
        };
        let (blank, items): (Vec<_>, Vec<_>) = items.iter().partition(|item| reader.is_blank(item));
        for item in blank {
            let at = before(item.at, reader);
            reader
                .report(Code::EmptyValue, at, "this item is empty")
                .help = Some("write it, or delete it".to_owned());
        }
        let read = items.iter().filter_map(|item| T::read(item, reader));
        Some(read.collect())
    }
    fn schema() -> Json {
        json!({ "type": "array", "items": T::schema() })
    }
    fn walk(&self, visit: &mut dyn Visit) {
        for value in self {
            value.walk(visit);
        }
    }
}

/// Records that are written inside of another and have pages to themselves.
#[derive(Clone, Debug)]
pub struct InnerRecords<T>(pub Vec<T>);

impl<T> Default for InnerRecords<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> std::ops::Deref for InnerRecords<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Field> Field for InnerRecords<T> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        Vec::read(node, reader).map(Self)
    }
    fn schema() -> Json {
        Vec::<T>::schema()
    }
    fn walk(&self, visit: &mut dyn Visit) {
        if visit.sees_inner_records() {
            self.0.walk(visit);
        }
    }
}

/// A list with at least one item.
#[derive(Clone, Debug)]
pub struct NonEmpty<T>(pub Vec<T>);

impl<T> Default for NonEmpty<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> std::ops::Deref for NonEmpty<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Field> Field for NonEmpty<T> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let list = Vec::read(node, reader)?;
        if matches!(&node.value, Value::List(items) if items.is_empty()) {
            reader
                .report(Code::EmptyValue, node.at, "this list is empty")
                .help = Some("it needs at least one item".to_owned());
        }
        Some(Self(list))
    }
    fn schema() -> Json {
        json!({ "type": "array", "items": T::schema(), "minItems": 1 })
    }
    fn walk(&self, visit: &mut dyn Visit) {
        self.0.walk(visit);
    }
}

/// A list in which a single mapping may stand without its dash.
#[derive(Clone, Debug)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Field> Field for OneOrMany<T> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.value {
            Value::Mapping(_) => T::read(node, reader).map(|one| Self(vec![one])),
            _ => Vec::read(node, reader).map(Self),
        }
    }
    fn schema() -> Json {
        json!({ "anyOf": [T::schema(), { "type": "array", "items": T::schema() }] })
    }
    fn walk(&self, visit: &mut dyn Visit) {
        self.0.walk(visit);
    }
}

/// A mapping from names that the format does not fix, in the author's order.
#[derive(Clone, Debug)]
pub struct Named<T>(pub Vec<(LocalId, T)>);

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Field> Field for Named<T> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let Value::Mapping(entries) = &node.value else {
            wrong_type(node, reader, Wanted::Mapping);
            return None;
        };
        let named = entries.iter().filter_map(|(key, value)| {
            if reader.is_blank(value) {
                let message = format!("nothing is written for `{}`", key.name);
                reader.report(Code::EmptyValue, key.at, message).help =
                    Some("write it, or delete it".to_owned());
                return None;
            }
            let value = T::read(value, reader)?;
            Some((
                LocalId {
                    id: key.name.as_str().into(),
                    at: key.at,
                },
                value,
            ))
        });
        Some(Self(named.collect()))
    }
    fn schema() -> Json {
        json!({ "type": "object", "additionalProperties": T::schema() })
    }
    fn walk(&self, visit: &mut dyn Visit) {
        for (_, value) in &self.0 {
            value.walk(visit);
        }
    }
}

/// A value with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    pub value: T,
    pub at: Span,
}

impl<T: Field> Field for Placed<T> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let value = T::read(node, reader)?;
        Some(Self { value, at: node.at })
    }
    fn schema() -> Json {
        T::schema()
    }
    fn walk(&self, visit: &mut dyn Visit) {
        self.value.walk(visit);
    }
}

/// Declares an enum whose values are words, or numbers, that authors write.
macro_rules! choice {
    ($(#[doc = $doc:literal])* $name:ident { $( $(#[doc = $meaning:literal])* $variant:ident = $word:literal, )* }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name { $( $(#[doc = $meaning])* $variant, )* }

        impl $name {
            pub const WORDS: &[&str] = &[$($word,)*];

            /// As written by the author.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl $crate::model::field::Field for $name {
            fn read(node: &$crate::yaml::Node, reader: &mut $crate::model::shape::Reader<'_>) -> Option<Self> {
                let word = $crate::model::field::read_word(node, reader, Self::WORDS)?;
                $( if word == $word { return Some(Self::$variant); } )*
                None
            }
            fn schema() -> serde_json::Value {
                serde_json::json!({ "enum": $crate::model::field::word_values(Self::WORDS) })
            }
        }
    };
}
pub(crate) use choice;

/// Reads one of a few words; reports `wrong-type` or `invalid-value` with the nearest.
pub fn read_word(node: &Node, reader: &mut Reader<'_>, words: &[&str]) -> Option<String> {
    let word = match &node.value {
        Value::Text(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        _ => {
            wrong_type(node, reader, Wanted::OneOf(words));
            return None;
        }
    };
    if words.contains(&word.as_str()) {
        return Some(word);
    }
    let help = match nearest(&word, words.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of {}", words.join(", ")),
    };
    reader
        .report(
            Code::InvalidValue,
            node.at,
            format!("`{word}` is not allowed here"),
        )
        .help = Some(help);
    None
}

/// Words as JSON values; those made of digits as numbers.
pub fn word_values(words: &[&str]) -> Vec<Json> {
    words
        .iter()
        .map(|word| {
            word.parse::<u32>()
                .map_or_else(|_| json!(word), |number| json!(number))
        })
        .collect()
}
