//! Scripts on their way to the reader.

use std::borrow::Cow;

use crate::diagnostic::Diagnostic;
use crate::output::Bytes;
use crate::source::{Source, SourcePath};
use crate::words::{self, Words};

/// The built-in site theme's own scripts without comments and without space that means nothing, by their paths below
/// `assets/`: `build.rs` makes them.
const SMALL: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/scripts.rs"));

/// A script of the site theme, by its path below `assets/`, with its words laid in; one that is built in comes small.
pub(super) fn made(
    name: &str,
    path: &SourcePath,
    source: &Source,
    words: &Words,
    found: &mut Vec<Diagnostic>,
) -> Bytes {
    let small = SMALL.iter().find(|small| small.0 == name);
    if let Some((_, script)) = small.filter(|_| source.built_in) {
        let mut faults = Vec::new();
        let script = words::laid_in(path, script, words, &mut faults);
        // What is wrong is told where it stands in the file that an author can read.
        if faults.is_empty() {
            return Bytes::from(script.into_owned());
        }
    }
    match words::laid_in(path, source.text(), words, found) {
        Cow::Owned(script) => Bytes::from(script),
        Cow::Borrowed(_) => Bytes::from_owner(source.bytes.clone()),
    }
}
