//! `list`.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use serde::Serialize;

use super::scaffold::known_kind;
use super::sources::{lacks_handbook, load_whole};
use super::{ListFormat, Outcome, Terminal, write};
use crate::diagnostic::{Severity, listed, nearest};
use crate::handbook::{Handbook, RecordAt};
use crate::kind::Kind;
use crate::model::shape::fields_of;
use crate::model::{AnyEntry, Record};
use crate::parse::{self, front_matter, parse_alone};
use crate::source::{SourcePath, Sources};
use crate::yaml::{self, Node, Value};

/// A record in a list.
#[derive(Serialize)]
struct Row<'a> {
    kind: &'a str,
    id: &'a str,
    title: &'a str,
    draft: bool,
    file: &'a str,
}

/// Lists records in reading order, drafts among them.
pub(super) fn list(
    root: &Path,
    word: Option<&str>,
    format: ListFormat,
    missing: Option<&str>,
    terminal: &Terminal,
) -> io::Result<Outcome> {
    let refused = |message: String| io::Error::new(io::ErrorKind::InvalidInput, message);
    let kind = word.map(known_kind).transpose().map_err(refused)?;
    if let Some(field) = missing {
        must_be_known(kind, field).map_err(refused)?;
    }
    let Some(sources) = load_whole(root, terminal)? else {
        return Ok(Outcome::Unreadable);
    };
    if lacks_handbook(&sources, terminal) {
        return Ok(Outcome::SourcesFail);
    }
    let parsed = parse_alone(&sources);
    let is_error = |code: Severity| code == Severity::Error;
    let entries = parsed.value.iter().filter_map(Record::entry);
    let read: BTreeSet<&SourcePath> = entries.map(AnyEntry::path).collect();
    let unread: Vec<String> = sources
        .below("content/")
        .map(|(path, _)| path)
        .filter(|path| parse::kind_and_id(path).is_some() && !read.contains(path))
        .map(ToString::to_string)
        .collect();
    let is_whole = unread.is_empty() || !parsed.found.iter().any(|one| is_error(one.severity()));
    let handbook = crate::link::link_alone(parsed, &sources, true).value;
    let records = handbook
        .everything()
        .filter(|at| kind.is_none_or(|kind| at.kind == kind));
    let rows: Vec<Row<'_>> = records
        .filter(|at| missing.is_none_or(|field| lacks(&handbook, *at, field, &sources)))
        .map(|at| row(&handbook, at))
        .collect();
    write::results(told(&rows, format)?.as_bytes())?;
    if is_whole {
        return Ok(Outcome::Fine);
    }
    let names = listed(unread.iter().map(String::as_str));
    write::words(format_args!("not listed: {names}; see `prepbook check`"));
    Ok(Outcome::SourcesFail)
}

fn row(handbook: &Handbook, at: RecordAt) -> Row<'_> {
    let entry = handbook.entry(at);
    Row {
        kind: at.kind.word(),
        id: entry.id(),
        title: entry.title(),
        draft: handbook.common(at).draft,
        file: entry.path().as_str(),
    }
}

/// Whether a kind, or any where none is named, has a field.
fn must_be_known(kind: Option<Kind>, name: &str) -> Result<(), String> {
    let kinds = Kind::ALL
        .iter()
        .filter(|one| kind.is_none_or(|kind| kind == **one));
    let fields: Vec<&str> = kinds
        .flat_map(|kind| fields_of(*kind))
        .map(|field| field.name)
        .collect();
    if fields.contains(&name) {
        return Ok(());
    }
    let what = kind.map_or_else(|| "record".to_owned(), Kind::name);
    let help = match (nearest(name, fields.iter().copied()), kind) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, Some(_)) => format!("its fields are {}", fields.join(", ")),
        (None, None) => "name a kind to see its fields".to_owned(),
    };
    Err(format!("no {what} has a field `{name}`; {help}"))
}

/// Whether a record could have a field and does not, or only an empty one.
fn lacks(handbook: &Handbook, at: RecordAt, name: &str, sources: &Sources) -> bool {
    if !fields_of(at.kind).iter().any(|field| field.name == name) {
        return false;
    }
    let entry = handbook.entry(at);
    let text = sources.text(entry.path());
    let part = match entry.path().extension() {
        "md" => front_matter(text).unwrap_or(0..text.len()),
        _ => 0..text.len(),
    };
    let Ok(root) = yaml::read(entry.path(), &text[part], 0) else {
        return false;
    };
    let mapping = match entry.id().split_once('/') {
        Some((_, own)) => principle(&root, own),
        None => Some(&root),
    };
    let value = mapping.and_then(|mapping| field(mapping, name));
    value.is_none_or(|value| match &value.value {
        Value::Null => true,
        Value::Text(text) => text.trim().is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Mapping(entries) => entries.is_empty(),
        _ => false,
    })
}

/// The mapping of a principle in its company's.
fn principle<'n>(company: &'n Node, id: &str) -> Option<&'n Node> {
    let Value::List(principles) = &field(company, "principles")?.value else {
        return None;
    };
    let is_it =
        |one: &&Node| field(one, "id").is_some_and(|own| own.value == Value::Text(id.to_owned()));
    principles.iter().find(is_it)
}

fn field<'n>(mapping: &'n Node, name: &str) -> Option<&'n Node> {
    let Value::Mapping(entries) = &mapping.value else {
        return None;
    };
    let mut entries = entries.iter();
    entries
        .find(|(key, _)| key.name == name)
        .map(|(_, value)| value)
}

/// The rows as asked for.
fn told(rows: &[Row<'_>], format: ListFormat) -> io::Result<String> {
    match format {
        ListFormat::Json => Ok(rows
            .iter()
            .map(|row| serde_json::to_string(row).expect("texts always serialise") + "\n")
            .collect()),
        ListFormat::Csv => {
            let mut table = csv::Writer::from_writer(Vec::new());
            if rows.is_empty() {
                table.write_record(["kind", "id", "title", "draft", "file"])?;
            }
            rows.iter().try_for_each(|row| table.serialize(row))?;
            let bytes = table
                .into_inner()
                .map_err(|error| io::Error::other(error.to_string()))?;
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        }
        ListFormat::Human => {
            let widest = |column: fn(&Row<'_>) -> usize| rows.iter().map(column).max().unwrap_or(0);
            let (kinds, ids) = (widest(|row| row.kind.len()), widest(|row| row.id.len()));
            let line = |row: &Row<'_>| {
                let draft = if row.draft { " (draft)" } else { "" };
                let title = crate::diagnostic::printable(row.title);
                format!("{:kinds$}  {:ids$}  {title}{draft}\n", row.kind, row.id)
            };
            Ok(rows.iter().map(line).collect())
        }
    }
}
