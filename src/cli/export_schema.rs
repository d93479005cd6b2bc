//! `schema`.

use std::io;
use std::path::Path;

use super::{Outcome, Terminal, write};
use crate::model::Kind;
use crate::model::shape::{kind_schema, settings_schema};

/// Where the schemas stand in a handbook's folder: the first line of each record leads there.
pub(super) const FOLDER: &str = "schema";

/// Every schema: file name, text.
pub(super) fn all() -> Vec<(String, String)> {
    let kinds = Kind::ALL
        .iter()
        .filter(|kind| **kind != Kind::Principle)
        .map(|kind| (kind.word(), kind_schema(*kind)));
    kinds
        .chain([("handbook", settings_schema())])
        .map(|(name, schema)| (format!("{name}.schema.json"), pretty(&schema)))
        .collect()
}

fn pretty(schema: &serde_json::Value) -> String {
    serde_json::to_string_pretty(schema).expect("JSON values always serialise") + "\n"
}

/// Prints the schema of one kind, or of the handbook's own file.
pub(super) fn one(word: &str) -> io::Result<Outcome> {
    let name = format!("{word}.schema.json");
    match all().into_iter().find(|(known, _)| *known == name) {
        Some((_, text)) => write::results(text.as_bytes()).map(|()| Outcome::Fine),
        None => Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            format!("there is no kind `{word}`"),
        )),
    }
}

/// Writes every schema into a folder.
pub(super) fn every(output: &Path, terminal: &Terminal) -> io::Result<Outcome> {
    for (name, text) in all() {
        write::file(&output.join(name), text.as_bytes())?;
    }
    terminal.say(&format!("wrote the schemas into {}", output.display()));
    Ok(Outcome::Fine)
}
