//! What each template sees, by type: drawn from the tables of `themes/README.md`, which a test draws from the contexts.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static TABLES: &str = include_str!("../../themes/README.md");
/// The heading of the types that contexts are made of.
const TYPES: &str = "## What they are made of";

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// One with fields, by its name.
    Fields(String),
    List(Box<Type>),
    /// Values by names that the types do not fix.
    Named(Box<Type>),
    /// Text, a number, HTML.
    Plain,
    /// Anything: nothing is known of it.
    Unknown,
}

/// Fields by name.
pub(super) type Fields = BTreeMap<String, Type>;

/// The contexts of templates and the types in them.
pub(super) struct Contexts {
    /// By the template's name.
    pub(super) templates: BTreeMap<String, Fields>,
    types: BTreeMap<String, Fields>,
}

pub(super) static CONTEXTS: LazyLock<Contexts> = LazyLock::new(|| Contexts::read(TABLES));

impl Contexts {
    fn read(tables: &str) -> Self {
        let (contexts, types) = tables.split_once(TYPES).unwrap_or((tables, ""));
        let templates = tables_of(contexts).map(|(name, fields)| (name.to_owned(), fields));
        let types = tables_of(types).map(|(name, fields)| (name.to_owned(), fields));
        Self {
            templates: templates.collect(),
            types: types.collect(),
        }
    }

    /// The fields of a type; `None` where it has none that are known.
    pub(super) fn fields(&self, of: &Type) -> Option<&Fields> {
        match of {
            Type::Fields(name) => self.types.get(name),
            _ => None,
        }
    }
}

/// The tables of a text: the name above each, its fields.
fn tables_of(text: &str) -> impl Iterator<Item = (&str, Fields)> {
    text.split("\n### ").skip(1).map(|section| {
        let (name, rest) = section.split_once('\n').unwrap_or((section, ""));
        let fields = rest.lines().filter_map(|line| {
            let mut cells = line.strip_prefix("| `")?.split('|');
            let field = cells.next()?.trim().trim_end_matches('`');
            Some((field.to_owned(), type_of(cells.next()?.trim())))
        });
        (name.trim_matches('`'), fields.collect())
    })
}

/// A type as the tables write it: `list of LinkTo, or nothing`.
fn type_of(written: &str) -> Type {
    let written = written.strip_suffix(", or nothing").unwrap_or(written);
    if let Some(inner) = written.strip_prefix("list of ") {
        return Type::List(Box::new(type_of(inner)));
    }
    if let Some((value, _)) = written.split_once(" by ") {
        return Type::Named(Box::new(type_of(value)));
    }
    match written {
        "text" | "number" | "true or false" | "HTML" | "char" => Type::Plain,
        name if name.starts_with(|c: char| c.is_ascii_uppercase()) => Type::Fields(name.to_owned()),
        _ => Type::Unknown,
    }
}
