//! `rename`.

use std::io;
use std::path::Path;

use super::interruption::Interruption;
use super::rewrite::{Rewrite, rewrite};
use super::scaffold::known_kind;
use super::sources::load_whole;
use super::{Outcome, Terminal, export_schema};
use crate::diagnostic::count;
use crate::kind::Kind;
use crate::parse::parse_alone;
use crate::rename::{self, Renaming};
use crate::source::{SourcePath, Sources};

/// Gives a record another id.
pub(super) fn rename(
    root: &Path,
    word: &str,
    old: &str,
    new: &str,
    terminal: &Terminal,
) -> io::Result<Outcome> {
    let refused = |message: String| {
        let message = format!("{message}; nothing was written");
        io::Error::new(io::ErrorKind::InvalidInput, message)
    };
    let kind = known_kind(word).map_err(refused)?;
    let Some(sources) = load_whole(root, terminal)? else {
        return Ok(Outcome::Unreadable);
    };
    let renaming = rename::rename(&sources, kind, old, new).map_err(refused)?;
    Interruption::listen()?.held(|| rewrite(&changes(root, &sources, &renaming)))?;
    terminal.say(&format!(
        "renamed the {} `{old}` to `{new}`: {} in {}; {}",
        kind.name(),
        count(renaming.references, "reference"),
        count(renaming.texts.len(), "file"),
        address(&renaming.applied(&sources), kind, old),
    ));
    if matches!(kind, Kind::Question | Kind::Checklist | Kind::Exercise) {
        terminal.say("what readers keep in their browsers stays under the old id");
    }
    export_schema::refresh(root)?;
    Ok(Outcome::Fine)
}

/// The files to change, the record's own last: a run that was killed before it can be repeated.
fn changes(root: &Path, sources: &Sources, renaming: &Renaming) -> Vec<Rewrite> {
    let change = |path: &SourcePath, moved: Option<&SourcePath>| {
        let before = sources.text(path);
        Rewrite {
            path: root.join(path.as_str()),
            before: before.as_bytes().to_vec(),
            after: renaming
                .texts
                .get(path)
                .map_or(before, String::as_str)
                .as_bytes()
                .to_vec(),
            moved: moved.map(|to| root.join(to.as_str())),
        }
    };
    let own = renaming.moved.as_ref();
    let is_own = |path: &SourcePath| own.is_some_and(|(from, _)| from == path);
    let others = renaming.texts.keys().filter(|path| !is_own(path));
    let mut changes: Vec<Rewrite> = others.map(|path| change(path, None)).collect();
    changes.extend(own.map(|(from, to)| change(from, Some(to))));
    changes
}

/// What becomes of the address that a record had.
fn address(after: &Sources, kind: Kind, old: &str) -> String {
    let parsed = parse_alone(after);
    let handbook = crate::link::link_alone(parsed, after, true).value;
    let has_page = |at| handbook.has_page(at);
    if handbook.renamed(kind, old).is_some_and(has_page) {
        "its old address leads to the new one".to_owned()
    } else {
        let page = kind.section().folder();
        format!("links of others to `/{page}/#{old}` lead to the top of that page now")
    }
}
