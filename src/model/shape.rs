//! How a struct is read from a mapping, and how its schema is made: the `record!` macro and what it builds on.

use serde_json::{Map, Value as Json, json};

use super::field::Visit;
use super::markdown::Quotes;
use super::mention::Number;
use crate::diagnostic::{Code, Diagnostic, Place, Span, nearest};
use crate::kind::{Kind, with_kinds};
use crate::source::SourcePath;
use crate::yaml::{Key, Node, Value};

/// The most bytes of a line that are marked.
const LONGEST_MARK: usize = 1_000;

/// Reads the fields of one file and keeps what is wrong with them.
pub struct Reader<'a> {
    pub path: &'a SourcePath,
    /// The whole file.
    pub text: &'a str,
    /// xxh3-128 of the file.
    pub hash: u128,
    /// Where the name of the field stands that is being read.
    pub key: Span,
    pub found: Vec<Diagnostic>,
    /// How the handbook's language quotes.
    pub quotes: &'a Quotes,
    references: u32,
}

impl<'a> Reader<'a> {
    pub fn new(path: &'a SourcePath, text: &'a str, hash: u128, quotes: &'a Quotes) -> Self {
        Self {
            path,
            text,
            hash,
            key: Span::FIRST,
            found: Vec::new(),
            quotes,
            references: 0,
        }
    }

    /// The number of the next reference.
    pub fn number(&mut self) -> Number {
        self.references += 1;
        Number(self.references - 1)
    }

    /// How many references have been read.
    pub fn references(&self) -> u32 {
        self.references
    }

    /// Reports a finding at a place of this file.
    pub fn report(&mut self, code: Code, at: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.found
            .push(Diagnostic::new(code, Place::new(self.path, at), message));
        self.found.last_mut().expect("one was just added")
    }

    /// The file's text at a place.
    pub fn slice(&self, at: Span) -> &'a str {
        self.text.get(at.range()).unwrap_or_default()
    }

    /// Whether nothing is written where a value should stand.
    pub fn is_blank(&self, node: &Node) -> bool {
        node.value == Value::Null && self.slice(node.at).trim().is_empty()
    }

    /// The text before a place.
    pub fn before(&self, at: Span) -> &'a str {
        self.text.get(..at.start as usize).unwrap_or_default()
    }

    /// The comment behind a field's name, where its value should stand; see [`Self::comment_before`].
    pub fn comment_behind(&self, key: &Key) -> Option<Span> {
        let start = key.at.range().end;
        let line = self.text.get(start..)?;
        let end = line.find(['\n', '\r']).unwrap_or(line.len());
        self.comment_before(start + end)
    }

    /// The comment on the line before a place, if it has no space behind its mark: then it was hardly meant as one.
    pub fn comment_before(&self, end: usize) -> Option<Span> {
        let before = self.text.get(..end)?.trim_end();
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let comment = start + before[start..].find(" #")? + 1;
        let is_word = |c: char| !c.is_whitespace() && c != '#';
        let is_text = before[comment + 1..].starts_with(is_word);
        is_text.then(|| Span::new(comment, before.len()))
    }

    /// A place that can be marked: of a value without a length, its line, as far as a report shows it.
    pub fn visible(&self, at: Span) -> Span {
        if at.end > at.start {
            return at;
        }
        let start = self.text.floor_char_boundary(at.start as usize);
        let near = &self.text[start..self.text.floor_char_boundary(start + LONGEST_MARK)];
        let length = near.find(['\n', '\r']).unwrap_or(near.len());
        Span::new(start, start + length)
    }
}

/// One field of a kind: what authors may write.
#[derive(Clone, Copy)]
pub struct FieldInfo {
    pub name: &'static str,
    pub required: bool,
    /// The field's docstring.
    pub meaning: &'static str,
    pub schema: fn() -> Json,
    /// The fields of the mappings in it.
    pub inner: fn() -> &'static [FieldInfo],
}

impl FieldInfo {
    /// The meaning as the end of a sentence: `its name`.
    pub fn phrase(&self) -> String {
        let meaning = self.meaning.trim().trim_end_matches('.');
        let mut letters = meaning.chars();
        let first = letters.next().map(|letter| letter.to_ascii_lowercase());
        first.into_iter().chain(letters).collect()
    }
}

/// A struct that is read from a mapping.
pub trait Shape: Default {
    /// What an author calls it, with its article: `a question`.
    const CALLED: &'static str;

    /// All fields, own ones first, in the order of the struct.
    fn fields() -> &'static [FieldInfo];

    /// Reads a value into the field of that name; false when there is none.
    fn set(&mut self, name: &str, node: &Node, reader: &mut Reader<'_>) -> bool;

    /// Shows all references and texts to a visitor, in the order of the struct.
    fn walk(&self, visit: &mut dyn Visit);
}

/// Reads a mapping into a struct; reports `wrong-type`, `unknown-field`, `missing-field`, `empty-value` and what its
/// fields report.
pub fn read_shape<S: Shape>(node: &Node, reader: &mut Reader<'_>) -> Option<S> {
    let fields = S::fields();
    let Value::Mapping(entries) = &node.value else {
        let at = reader.visible(node.at);
        let message = format!(
            "{} is a mapping of fields, this is {}",
            S::CALLED,
            node.value.describe()
        );
        reader.report(Code::WrongType, at, message).help =
            Some(format!("its fields are {}", names(fields)));
        return None;
    };
    let mut shape = S::default();
    let mut missing: Vec<&FieldInfo> = fields
        .iter()
        .filter(|field| field.required && !entries.iter().any(|(key, _)| key.name == field.name))
        .collect();
    for (key, value) in entries {
        reader.key = key.at;
        let is_blank = reader.is_blank(value);
        let blank = fields
            .iter()
            .find(|field| is_blank && field.name == key.name);
        let comment = blank.and_then(|_| reader.comment_behind(key));
        if let Some(comment) = comment {
            super::field::only_comment("field", comment, reader);
        } else if let Some(field) = blank {
            empty_field(field, reader);
        } else if !shape.set(&key.name, value, reader) {
            // A misspelt name is one mistake: what it stands for is not missing as well.
            let meant = unknown_field::<S>(key, fields, &missing, reader);
            missing.retain(|field| Some(field.name) != meant);
        }
    }
    let start = entries.first().map_or(node.at, |(key, _)| key.at).start as usize;
    for field in missing {
        let at = reader.visible(Span::new(start, start));
        let message = format!("{} needs the field `{}`", S::CALLED, field.name);
        reader.report(Code::MissingField, at, message).help =
            Some(format!("add `{}: …`, {}", field.name, field.phrase()));
    }
    Some(shape)
}

fn names(fields: &[FieldInfo]) -> String {
    let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
    names.join(", ")
}

fn empty_field(field: &FieldInfo, reader: &mut Reader<'_>) {
    let or_delete = if field.required {
        ""
    } else {
        ", or delete the field"
    };
    let help = format!("write {}{or_delete}", field.phrase());
    let message = format!("the field `{}` is empty", field.name);
    reader.report(Code::EmptyValue, reader.key, message).help = Some(help);
}

/// Reports a field that the kind does not know; returns the one that was meant, as far as that shows.
fn unknown_field<S: Shape>(
    key: &Key,
    fields: &[FieldInfo],
    missing: &[&FieldInfo],
    reader: &mut Reader<'_>,
) -> Option<&'static str> {
    let known = || fields.iter().map(|field| field.name);
    let same = key.name.to_lowercase().replace('-', "_");
    let only_missing = match missing {
        [only] => Some(only.name),
        _ => None,
    };
    let meant = known()
        .find(|name| *name == same)
        .or_else(|| nearest(&key.name, known()))
        .or(only_missing);
    let inside = fields
        .iter()
        .find_map(|field| Some((field, belongs_in(field, &key.name)?)));
    if let Some((field, example)) = inside {
        let message = format!("{} has no field `{}` of its own", S::CALLED, key.name);
        reader.report(Code::UnknownField, key.at, message).help = Some(format!(
            "`{}` belongs in `{}`: {example}",
            key.name, field.name
        ));
        return None;
    }
    let help = match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if key.name.contains(' ') => {
            "indent the line if it belongs to the text above it".to_owned()
        }
        None => format!("the fields are {}", names(fields)),
    };
    let message = format!("{} has no field `{}`", S::CALLED, key.name);
    reader.report(Code::UnknownField, key.at, message).help = Some(help);
    meant
}

/// How a field that stands in mappings of another one is written there; `None` where it does not.
fn belongs_in(field: &FieldInfo, name: &str) -> Option<String> {
    let inner = (field.inner)();
    inner.iter().find(|inner| inner.name == name)?;
    let of_mapping = inner.iter().filter(|one| one.required || one.name == name);
    let of_mapping: Vec<String> = of_mapping.map(|one| format!("{}: …", one.name)).collect();
    let (open, close) = match (field.schema)()["type"].as_str() {
        Some("array") => ("[{", "}]"),
        _ => ("{", "}"),
    };
    let of_mapping = of_mapping.join(", ");
    Some(format!("`{}: {open}{of_mapping}{close}`", field.name))
}

/// The JSON Schema (2020-12) of a struct's mapping.
pub fn schema_of<S: Shape>() -> Json {
    let fields = S::fields();
    let mut properties = Map::new();
    for field in fields {
        let mut schema = (field.schema)();
        if let Some(object) = schema.as_object_mut() {
            object.insert("description".to_owned(), json!(field.meaning.trim()));
        }
        properties.insert(field.name.to_owned(), schema);
    }
    let required: Vec<&str> = fields
        .iter()
        .filter(|field| field.required)
        .map(|field| field.name)
        .collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// Declares a struct that is read from a mapping.
///
/// `record!` adds the fields that every record has (`Common`) and names its kind;
/// `part!` is for mappings inside a record.
macro_rules! part {
    ($(#[doc = $doc:literal])* $name:ident ($called:literal) $( + $common:ident : $common_type:ty )? {
        $( $(#[doc = $meaning:literal])* $need:ident $field:ident : $type:ty, )*
    }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Default)]
        pub struct $name {
            $( $(#[doc = $meaning])* pub $field: $type, )*
            $( /// What every record has.
            pub $common: $common_type, )?
        }

        impl $crate::model::shape::Shape for $name {
            const CALLED: &'static str = $called;

            fn fields() -> &'static [$crate::model::shape::FieldInfo] {
                static FIELDS: std::sync::LazyLock<Vec<$crate::model::shape::FieldInfo>> = std::sync::LazyLock::new(|| {
                let mut fields = vec![ $( $crate::model::shape::FieldInfo {
                    name: stringify!($field).trim_start_matches("r#"),
                    required: stringify!($need) == "required",
                    meaning: concat!($($meaning),*),
                    schema: <$type as $crate::model::field::Field>::schema,
                    inner: <$type as $crate::model::field::Field>::inner,
                }, )* ];
                $( for field in <$common_type as $crate::model::shape::Shape>::fields() {
                    // A field of the kind's own stands before one of that name that all records have.
                    if !fields.iter().any(|own| own.name == field.name) {
                        fields.push(*field);
                    }
                } )?
                fields.retain(|field| field.name != "body");
                fields
                });
                &FIELDS
            }

            fn set(&mut self, name: &str, node: &$crate::yaml::Node, reader: &mut $crate::model::shape::Reader<'_>) -> bool {
                $( if name == stringify!($field).trim_start_matches("r#") {
                    if let Some(value) = <$type as $crate::model::field::Field>::read(node, reader) {
                        self.$field = value;
                    }
                    return true;
                } )*
                $( if $crate::model::shape::Shape::set(&mut self.$common, name, node, reader) { return true; } )?
                false
            }

            fn walk(&self, visit: &mut dyn $crate::model::field::Visit) {
                $( $crate::model::field::Field::walk(&self.$field, visit); )*
                $( $crate::model::shape::Shape::walk(&self.$common, visit); )?
            }
        }

        impl $crate::model::field::Field for $name {
            fn read(node: &$crate::yaml::Node, reader: &mut $crate::model::shape::Reader<'_>) -> Option<Self> {
                $crate::model::shape::read_shape(node, reader)
            }
            fn schema() -> serde_json::Value {
                $crate::model::shape::schema_of::<Self>()
            }
            fn walk(&self, visit: &mut dyn $crate::model::field::Visit) {
                $crate::model::shape::Shape::walk(self, visit);
            }
            fn leave_out(&mut self, is_absent: &dyn Fn($crate::kind::Kind, &str) -> bool) -> bool {
                let mut goes = false;
                $(
                    let field_goes = $crate::model::field::Field::leave_out(&mut self.$field, is_absent);
                    goes |= field_goes && stringify!($need) == "required";
                )*
                $( goes |= $crate::model::field::Field::leave_out(&mut self.$common, is_absent); )?
                goes
            }
            fn inner() -> &'static [$crate::model::shape::FieldInfo] {
                <Self as $crate::model::shape::Shape>::fields()
            }
        }
    };
}
pub(crate) use part;

macro_rules! record {
    ($(#[doc = $doc:literal])* $name:ident ($called:literal) { $($fields:tt)* }) => {
        $crate::model::shape::part! {
            $(#[doc = $doc])* $name ($called) + common: $crate::model::reference::Common { $($fields)* }
        }

        impl $crate::model::ids::RecordKind for $name {
            const KIND: $crate::kind::Kind = $crate::kind::Kind::$name;

            fn title(&self) -> &$crate::model::field::Text {
                &self.title
            }

            fn common(&self) -> Option<&$crate::model::reference::Common> {
                Some(&self.common)
            }
        }
    };
}
pub(crate) use record;

macro_rules! fields {
    ($([$name:ident $($column:tt)*])*) => {
        /// The fields of a kind, in the order of the model.
        pub fn fields_of(kind: Kind) -> &'static [FieldInfo] {
            match kind { $(Kind::$name => <super::$name as Shape>::fields(),)* }
        }
    };
}
with_kinds!(fields);
