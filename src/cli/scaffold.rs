//! `init` and `new`.

use std::io;
use std::path::Path;

use super::{Outcome, Terminal, export_schema, write};
use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::load::find_root;
use crate::model::Kind;
use crate::model::handbook::PATH;
use crate::model::ids::{is_id, is_reserved, proposed_id};
use crate::parse::{self, parse};
use crate::source::{Source, SourcePath, Sources};
use crate::starter;

fn refuse(message: String) -> io::Result<Outcome> {
    Err(io::Error::new(io::ErrorKind::InvalidInput, message))
}

/// Writes the starter handbook into a folder that has none of its files yet.
pub(super) fn init(dir: &Path, terminal: &Terminal) -> io::Result<Outcome> {
    let schemas = export_schema::of_starter();
    let schemas = schemas
        .iter()
        .map(|(name, text)| (format!("{}/{name}", export_schema::FOLDER), text.as_bytes()));
    let files: Vec<(String, &[u8])> = starter::handbook().into_iter().chain(schemas).collect();
    if let Some((path, _)) = files.iter().find(|(path, _)| dir.join(path).exists()) {
        return refuse(format!(
            "{} already exists; nothing was written",
            dir.join(path).display()
        ));
    }
    for (path, bytes) in &files {
        write::new_file(&dir.join(path), bytes)?;
    }
    terminal.say(&format!(
        "wrote a handbook into {}; see it with: prepbook --root {} serve --open",
        dir.display(),
        as_one_word(&dir.display().to_string())
    ));
    Ok(Outcome::Fine)
}

/// A text as a shell takes it for one word.
fn as_one_word(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+@:".contains(c);
    if text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

/// Writes a record's skeleton where its kind stands.
pub(super) fn new(
    root: &Path,
    word: &str,
    id: &str,
    title: Option<&str>,
    terminal: &Terminal,
) -> io::Result<Outcome> {
    if !root.join(PATH).is_file() {
        let near = root.canonicalize().ok().and_then(|real| find_root(&real));
        let near = near.map(|near| format!("; the handbook above it is {}", near.display()));
        let near = near.unwrap_or_default();
        return refuse(format!("no {PATH} in {}{near}", root.display()));
    }
    let kind = match known_kind(word) {
        Ok(Kind::Principle) => return refuse(principles_stand(id)),
        Ok(kind) => kind,
        Err(message) => return refuse(message),
    };
    if !is_id(id) || is_reserved(id) {
        let proposal = proposed_id(id)
            .map(|proposed| format!("; write `{proposed}`"))
            .unwrap_or_default();
        return refuse(format!("`{id}` cannot be an id{proposal}"));
    }
    let title = title.map_or_else(|| words(id), ToOwned::to_owned);
    let text = starter::skeleton(kind, &title).expect("every kind with files has a skeleton");
    let path = format!("content/{}", kind.file(id));
    if let Some(error) = first_error(&path, &text) {
        return refuse(format!("the title cannot be used: {}", error.message));
    }
    let path = root.join(path);
    write::new_file(&path, text.as_bytes())?;
    export_schema::refresh(root)?;
    terminal.say(&format!(
        "wrote {}; it is a draft until you delete `draft: true`",
        path.display()
    ));
    Ok(Outcome::Fine)
}

/// The kind of a word.
pub(super) fn known_kind(word: &str) -> Result<Kind, String> {
    let kinds = || Kind::ALL.iter().map(|kind| kind.word());
    if let Some(kind) = Kind::from_word(word) {
        return Ok(kind);
    }
    let help = nearest(word, kinds()).map_or_else(
        || format!("the kinds are {}", kinds().collect::<Vec<_>>().join(", ")),
        |near| format!("did you mean `{near}`?"),
    );
    Err(format!("there is no kind `{word}`; {help}"))
}

/// Where to write a principle, which has no file.
fn principles_stand(id: &str) -> String {
    let company = id
        .split_once('/')
        .map_or("<company>", |(company, _)| company);
    format!(
        "a principle stands in its company's file: add it to `principles:` in content/{}",
        Kind::Company.file(company)
    )
}

/// What is wrong with a skeleton: it is as right as the title that was put into it.
fn first_error(path: &str, text: &str) -> Option<Diagnostic> {
    let mut sources = Sources::default();
    sources.insert(SourcePath::new(path), Source::new(text.as_bytes()));
    let found = parse(&sources, &parse::Memo::new(false)).found;
    let is_error = |one: &Diagnostic| one.severity() == Severity::Error;
    found.into_iter().find(is_error)
}

/// An id as a title: `hard-call` becomes `Hard call`.
fn words(id: &str) -> String {
    let text = id.replace('-', " ");
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}
