//! Scripts on their way to the reader.

/// A script without comments and without space that means nothing.
pub(super) fn small(script: &str) -> String {
    minifier::js::minify(script).to_string()
}
