//! `fmt`.

use std::io;
use std::path::{Path, PathBuf};

use super::interruption::Interruption;
use super::rewrite::{Rewrite, rewrite};
use super::sources::{lacks_handbook, load_whole};
use super::{Outcome, Terminal, write};
use crate::diagnostic::count;
use crate::emit::real_path;
use crate::format::{Refusal, formatted};
use crate::source::SourcePath;

/// Puts records into their canonical form, or says which are not in it.
pub(super) fn fmt(
    root: &Path,
    paths: &[PathBuf],
    checks: bool,
    terminal: &Terminal,
) -> io::Result<Outcome> {
    let Some(sources) = load_whole(root, terminal)? else {
        return Ok(Outcome::Unreadable);
    };
    if lacks_handbook(&sources, terminal) {
        return Ok(Outcome::SourcesFail);
    }
    let wanted = paths
        .iter()
        .map(|path| real_path(path))
        .collect::<io::Result<Vec<_>>>()?;
    let mut met = vec![false; wanted.len()];
    let mut changes = Vec::new();
    let (mut same, mut left) = (0, 0);
    for (path, source) in sources.below("content/") {
        let full = root.join(path.as_str());
        if !is_wanted(&full, &wanted, &mut met)? {
            continue;
        }
        match formatted(path, source.text()) {
            Ok(text) if text == source.text() => same += 1,
            Ok(text) => {
                if checks {
                    write::words(format_args!("{path} is not formatted"));
                }
                changes.push(Rewrite {
                    path: full,
                    before: source.bytes.to_vec(),
                    after: text.into_bytes(),
                    moved: None,
                });
            }
            Err(refusal) => left += usize::from(is_told(path, &refusal)),
        }
    }
    if let Some(nth) = met.iter().position(|met| !met) {
        let message = format!("{} holds no record of this handbook", paths[nth].display());
        return Err(io::Error::new(io::ErrorKind::NotFound, message));
    }
    if !checks {
        Interruption::listen()?.held(|| rewrite(&changes))?;
    }
    let done = if checks { "to format" } else { "formatted" };
    let mut told = format!(
        "{} {done}, {same} as they should be",
        count(changes.len(), "file")
    );
    if left > 0 {
        told += &format!(", {left} left as they are");
    }
    terminal.say(&told);
    let fails = left > 0 || checks && !changes.is_empty();
    Ok(if fails {
        Outcome::SourcesFail
    } else {
        Outcome::Fine
    })
}

/// Whether a file was asked for, itself or by a folder above it.
fn is_wanted(full: &Path, wanted: &[PathBuf], met: &mut [bool]) -> io::Result<bool> {
    if wanted.is_empty() {
        return Ok(true);
    }
    let real = real_path(full)?;
    let mut is_wanted = false;
    for (wanted, met) in wanted.iter().zip(met) {
        let is_in = real.starts_with(wanted);
        *met |= is_in;
        is_wanted |= is_in;
    }
    Ok(is_wanted)
}

/// Says why a record is left as it is; other files are nobody's business here.
fn is_told(path: &SourcePath, refusal: &Refusal) -> bool {
    let why = match refusal {
        Refusal::NoRecord => return false,
        Refusal::Unreadable(error) => format!("it cannot be read: {}", error.message),
        Refusal::Unsafe => "moving its parts would change what it says".to_owned(),
    };
    write::words(format_args!("{path} is left as it is: {why}"));
    true
}
