//! What the built-in files were like when they were ejected, noted beside them: so it shows which fell behind.

#![expect(
    clippy::disallowed_methods,
    reason = "it reads and writes its own note"
)]

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use super::write;

/// The note in the folder of a site theme; a leftover to whoever reads sources.
const NOTE: &str = ".ejected";

/// The hash of each built-in file as it was when it was ejected, by the file's name.
pub(super) type Ejected = BTreeMap<String, String>;

/// Reads the note of a site theme; nothing where there is none.
pub(super) fn ejected(theme: &Path) -> Ejected {
    let text = std::fs::read_to_string(theme.join(NOTE)).unwrap_or_default();
    let lines = text.lines().filter_map(|line| line.split_once(' '));
    lines
        .map(|(hash, name)| (name.to_owned(), hash.to_owned()))
        .collect()
}

/// Notes that a file of the project takes the present built-in one into account.
pub(super) fn note(theme: &Path, name: &str, built_in: &[u8]) -> io::Result<()> {
    let mut known = ejected(theme);
    known.insert(name.to_owned(), hash(built_in));
    let lines = known.iter().map(|(name, hash)| format!("{hash} {name}\n"));
    write::file(&theme.join(NOTE), lines.collect::<String>().as_bytes())
}

/// A file's hash as the note has it.
pub(super) fn hash(bytes: &[u8]) -> String {
    format!("{:032x}", xxhash_rust::xxh3::xxh3_128(bytes))
}
