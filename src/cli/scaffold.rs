//! `init` and `new`.

#![expect(clippy::disallowed_methods, reason = "it writes new records")]

use std::fs;
use std::io;
use std::path::Path;

use super::{Outcome, Terminal};
use crate::diagnostic::nearest;
use crate::model::Kind;
use crate::model::ids::{is_id, is_reserved, proposed_id};
use crate::starter;

fn refuse(message: String) -> io::Result<Outcome> {
    Err(io::Error::new(io::ErrorKind::InvalidInput, message))
}

/// Writes the starter handbook into a folder that has none of its files yet.
pub(super) fn init(dir: &Path, terminal: &Terminal) -> io::Result<Outcome> {
    let files = starter::handbook();
    if let Some((path, _)) = files.iter().find(|(path, _)| dir.join(path).exists()) {
        return refuse(format!(
            "{} already exists; nothing was written",
            dir.join(path).display()
        ));
    }
    for (path, bytes) in &files {
        let target = dir.join(path);
        fs::create_dir_all(target.parent().expect("a file stands in a folder"))?;
        fs::write(target, bytes)?;
    }
    for (name, text) in super::export_schema::all() {
        let target = dir.join("schema").join(name);
        fs::create_dir_all(target.parent().expect("a file stands in a folder"))?;
        fs::write(target, text)?;
    }
    terminal.say(&format!(
        "wrote a handbook into {}; see it with: prepbook --root {} serve --open",
        dir.display(),
        dir.display()
    ));
    Ok(Outcome::Fine)
}

/// Writes a record's skeleton where its kind stands.
pub(super) fn new(
    root: &Path,
    word: &str,
    id: &str,
    title: Option<&str>,
    terminal: &Terminal,
) -> io::Result<Outcome> {
    let kinds = || {
        Kind::ALL
            .iter()
            .filter(|kind| **kind != Kind::Principle)
            .map(|kind| kind.word())
    };
    let Some(kind) = Kind::from_word(word).filter(|kind| *kind != Kind::Principle) else {
        let help = nearest(word, kinds()).map_or_else(
            || format!("the kinds are {}", kinds().collect::<Vec<_>>().join(", ")),
            |near| format!("did you mean `{near}`?"),
        );
        return refuse(format!("there is no kind `{word}`; {help}"));
    };
    if !is_id(id) || is_reserved(id) {
        let proposal = proposed_id(id)
            .map(|proposed| format!("; write `{proposed}`"))
            .unwrap_or_default();
        return refuse(format!("`{id}` cannot be an id{proposal}"));
    }
    let title = title.map_or_else(|| words(id), ToOwned::to_owned);
    let text = starter::skeleton(kind, &title).expect("every kind with files has a skeleton");
    let extension = if kind == Kind::Guide { "md" } else { "yaml" };
    let path = root
        .join("content")
        .join(kind.folder())
        .join(format!("{id}.{extension}"));
    fs::create_dir_all(path.parent().expect("a file stands in a folder"))?;
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
    io::Write::write_all(&mut file, text.as_bytes())?;
    terminal.say(&format!(
        "wrote {}; it is a draft until you delete `draft: true`",
        path.display()
    ));
    Ok(Outcome::Fine)
}

/// An id as a title: `hard-call` becomes `Hard call`.
fn words(id: &str) -> String {
    let text = id.replace('-', " ");
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}
