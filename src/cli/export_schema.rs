//! `schema`.

use std::io;
use std::path::Path;

use super::{Outcome, Terminal, write};
use crate::load::load;
use crate::model::Kind;
use crate::model::handbook::PATH;
use crate::model::schema::{Known, kind_schema, settings_schema};
use crate::parse::parse_alone;
use crate::source::{Source, SourcePath, Sources};
use crate::starter;

/// Where the schemas stand in a handbook's folder: the first line of each record leads there.
pub(super) const FOLDER: &str = "schema";

/// Every schema: file name, text.
fn all(known: &Known) -> Vec<(String, String)> {
    let kinds = Kind::ALL
        .iter()
        .filter(|kind| **kind != Kind::Principle)
        .map(|kind| (kind.word(), kind_schema(*kind, known)));
    kinds
        .chain([("handbook", settings_schema(known))])
        .map(|(name, schema)| (format!("{name}.schema.json"), pretty(&schema)))
        .collect()
}

fn pretty(schema: &serde_json::Value) -> String {
    serde_json::to_string_pretty(schema).expect("JSON values always serialise") + "\n"
}

/// The schemas of a handbook, which know its ids.
fn of(sources: &Sources) -> Vec<(String, String)> {
    let records = parse_alone(sources).value;
    all(&Known::of(&records))
}

/// The schemas of the handbook that `init` writes.
pub(super) fn of_starter() -> Vec<(String, String)> {
    let mut sources = Sources::default();
    for (path, bytes) in starter::handbook() {
        sources.insert(SourcePath::new(path), Source::new(bytes));
    }
    of(&sources)
}

/// The schemas of the handbook in a folder, if there is one.
fn at(root: Option<&Path>) -> io::Result<Vec<(String, String)>> {
    match root.filter(|root| root.join(PATH).is_file()) {
        Some(root) => Ok(of(&load(root)?)),
        None => Ok(all(&Known::default())),
    }
}

/// Prints the schema of one kind, or of the handbook's own file.
pub(super) fn one(word: &str, root: Option<&Path>) -> io::Result<Outcome> {
    let name = format!("{word}.schema.json");
    match at(root)?.into_iter().find(|(known, _)| *known == name) {
        Some((_, text)) => write::results(text.as_bytes()).map(|()| Outcome::Fine),
        None => Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            format!("there is no kind `{word}`"),
        )),
    }
}

/// Writes every schema into a folder.
pub(super) fn every(
    output: &Path,
    root: Option<&Path>,
    terminal: &Terminal,
) -> io::Result<Outcome> {
    for (name, text) in at(root)? {
        write::file(&output.join(name), text.as_bytes())?;
    }
    terminal.say(&format!("wrote the schemas into {}", output.display()));
    Ok(Outcome::Fine)
}

/// Writes the schemas of a handbook again, as far as it has them: they know the ids of its records.
pub(super) fn refresh(root: &Path) -> io::Result<()> {
    let folder = root.join(FOLDER);
    if !folder.is_dir() {
        return Ok(());
    }
    for (name, text) in at(Some(root))? {
        let path = folder.join(name);
        if path.is_file() {
            write::file(&path, text.as_bytes())?;
        }
    }
    Ok(())
}
