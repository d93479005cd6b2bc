//! `import`.

#![expect(
    clippy::disallowed_methods,
    reason = "it reads the list that it is given"
)]

use std::io;
use std::path::{Path, PathBuf};

use super::interruption::Interruption;
use super::sources::load_whole;
use super::{ImportArgs, Outcome, Terminal, export_schema, rewrite, write};
use crate::diagnostic::{count, printable};
use crate::import::{self, Column, Import, List, Request};
use crate::kind::Kind;

/// The most remarks that are told.
const MOST_REMARKS: usize = 20;

/// Makes records of a list, or says what would be made.
pub(super) fn import(root: &Path, args: &ImportArgs, terminal: &Terminal) -> io::Result<Outcome> {
    let file = &args.file;
    let told = |message: String| {
        let message = format!("{}: {message}; nothing was written", file.display());
        io::Error::new(io::ErrorKind::InvalidInput, message)
    };
    let bytes = std::fs::read(file)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", file.display())))?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let list = import::read(&name, &bytes).map_err(told)?;
    let columns = import::columns(&list, &args.map).map_err(told)?;
    terminal.say(&as_read(&list, &columns));
    for remark in &list.remarks {
        terminal.say(&printable(remark));
    }
    let stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem);
    let own = list
        .title
        .clone()
        .unwrap_or_else(|| stem.replace(['-', '_'], " "));
    let request = Request {
        list: &list,
        columns: &columns,
        theme: args.theme.as_deref().unwrap_or(&own),
        known_only: args.known_only,
        beside: &beside(file),
    };
    let Some(sources) = load_whole(root, terminal)? else {
        return Ok(Outcome::Unreadable);
    };
    let made = import::import(&sources, &request).map_err(told)?;
    let most = if terminal.verbose {
        usize::MAX
    } else {
        MOST_REMARKS
    };
    for remark in made.remarks.iter().take(most) {
        terminal.say(&printable(remark));
    }
    if made.remarks.len() > most {
        let more = made.remarks.len() - most;
        terminal.say(&format!("and {more} more, which `-v` tells"));
    }
    if args.dry_run {
        write::results(all_of(&made).as_bytes())?;
        terminal.say(&format!("{}; nothing was written", summary(&made)));
        return Ok(Outcome::Fine);
    }
    if made.files.is_empty() {
        terminal.say(&format!("{}; nothing was written", summary(&made)));
        return Ok(Outcome::Fine);
    }
    Interruption::listen()?.held(|| rewrite::create(&written(root, &made)))?;
    terminal.say(&format!("wrote {}", summary(&made)));
    terminal.say(NEXT);
    if columns.contains(&Some(Column::Answer)) {
        terminal.say(UNSPOKEN);
    }
    export_schema::refresh(root)?;
    Ok(Outcome::Fine)
}

/// Reads pictures that a list shows, by their paths from it: from the repository that it stands in, where a path may lead
/// up, else from below its folder. A list from elsewhere gets no other file of the author's.
fn beside(list: &Path) -> impl Fn(&str) -> Option<Vec<u8>> {
    let real = list.canonicalize().unwrap_or_default();
    let folder = real.parent().unwrap_or(&real).to_path_buf();
    let mut around = folder.ancestors();
    let repository = around.find(|folder| folder.join(".git").exists());
    let all = repository.unwrap_or(&folder).to_path_buf();
    move |path| {
        let from_all = path.strip_prefix('/').map(|path| all.join(path));
        let file = from_all.unwrap_or_else(|| folder.join(path));
        let file = file.canonicalize().ok()?;
        let is_its_own = file.starts_with(&all);
        is_its_own.then(|| std::fs::read(file).ok())?
    }
}

/// All files to be written, with their bytes.
fn written(root: &Path, made: &Import) -> Vec<(PathBuf, Vec<u8>)> {
    let records = made.files.iter();
    let records = records.map(|(path, text)| (path, text.clone().into_bytes()));
    let pictures = made.pictures.iter();
    records
        .chain(pictures.map(|(path, bytes)| (path, bytes.clone())))
        .map(|(path, bytes)| (root.join(path.as_str()), bytes))
        .collect()
}

/// What an author can do next.
const NEXT: &str = "\
`prepbook build` or `serve` shows them as they are.
`prepbook check` lists what they lack, as warnings: placeholders, questions without an answer, pages that nothing links to.
`prepbook check --strict` fails until the last warning is mended or allowed.";

/// What is said of answers that came with their questions.
const UNSPOKEN: &str = "Are the answers no stories to be told? `spoken: false` in content/handbook.yaml ends what is said of their lengths.";

/// The files as they would be written, each below its path.
fn all_of(made: &Import) -> String {
    let files = made.files.iter();
    let files = files.map(|(path, text)| format!("==> {path} <==\n{text}"));
    files.collect::<Vec<_>>().join("\n")
}

/// How a list was read: its shape and what its columns are taken for.
fn as_read(list: &List, columns: &[Option<Column>]) -> String {
    let pairs = list.columns.iter().zip(columns);
    let pairs: Vec<String> = pairs
        .map(|(name, column)| {
            let name = printable(name).replace('\n', " ");
            match column {
                Some(column) => format!("`{name}` is {}", column.word()),
                None => format!("`{name}` is left out"),
            }
        })
        .collect();
    let why = if import::are_named(list) {
        ""
    } else {
        ", by what stands in them"
    };
    format!(
        "read as {}: {}, {}{why} (`--map COLUMN=FIELD` changes that)",
        list.shape,
        count(list.rows.len(), "row"),
        pairs.join(", ")
    )
}

/// `12 questions, 2 themes (behaviour, design)`, and how many were there already.
fn summary(made: &Import) -> String {
    let mut parts = Vec::new();
    for (kind, ids) in &made.made {
        let kinds = match (kind, ids.len()) {
            (_, 1) => kind.name(),
            (Kind::Company, _) => "companies".to_owned(),
            _ => format!("{}s", kind.name()),
        };
        let mut part = format!("{} {kinds}", ids.len());
        if *kind != Kind::Question {
            part += &format!(" ({})", ids.join(", "));
        }
        parts.push(part);
    }
    if parts.is_empty() {
        parts.push("nothing new".to_owned());
    }
    let pictures = [(made.pictures.len(), "copied"), (made.linked, "as links")];
    for (pictures, how) in pictures.into_iter().filter(|(pictures, _)| *pictures > 0) {
        parts.push(format!("{} {how}", count(pictures, "picture")));
    }
    if !made.known.is_empty() {
        parts.push(format!("{} there already", made.known.len()));
    }
    parts.join(", ")
}
