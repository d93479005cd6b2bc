//! Scripts on their way to the reader.

use std::borrow::Cow;

use crate::diagnostic::Diagnostic;
use crate::output::Bytes;
use crate::source::{Source, SourcePath};
use crate::words::{self, Words};

/// A script of the site theme with its words laid in; one that is built in comes small.
pub(super) fn made(
    path: &SourcePath,
    source: &Source,
    words: &Words,
    found: &mut Vec<Diagnostic>,
) -> Bytes {
    let script = words::laid_in(path, source.text(), words, found);
    match script {
        _ if source.built_in => Bytes::from(small(&script)),
        Cow::Owned(script) => Bytes::from(script),
        Cow::Borrowed(_) => Bytes::from_owner(source.bytes.clone()),
    }
}

/// A script without comments and without space that means nothing.
fn small(script: &str) -> String {
    minifier::js::minify(script).to_string()
}
