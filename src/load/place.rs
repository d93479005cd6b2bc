//! What the names of a project mean: which of them are those of files, and which those of folders.

use super::built_in_theme;
use crate::kind::Kind;
use crate::model::extra::FOLDER;
use crate::source::{FILES, IMAGES};

/// What a file of this path would be, where no folder may stand.
pub(super) fn file_meant(path: &str) -> Option<&'static str> {
    if path.ends_with(".yaml") || path.ends_with(".md") {
        return Some("a record");
    }
    let name = of_theme(path)?;
    let mut files = built_in_theme();
    files
        .any(|(known, _)| known == name)
        .then_some("a file of the site theme")
}

/// What stands in a folder of this path, where no file may stand.
pub(super) fn folder_meant(path: &str) -> Option<&'static str> {
    if let Some(inside) = path.strip_prefix("content/") {
        let is = |folder: &str| folder.strip_suffix('/') == Some(inside);
        return match inside {
            _ if Kind::from_folder(inside).is_some() => Some("records"),
            _ if is(IMAGES) => Some("pictures"),
            _ if is(FILES) => Some("files to copy"),
            _ => (FOLDER.strip_suffix('/') == Some(path)).then_some("what is added to pages"),
        };
    }
    let name = of_theme(path)?;
    let is_in = |(known, _): (&str, &[u8])| {
        known
            .strip_prefix(name)
            .is_some_and(|rest| rest.starts_with('/'))
    };
    built_in_theme()
        .any(is_in)
        .then_some("files of the site theme")
}

/// The name of something in a site theme: `templates/home.html` of `themes/default/templates/home.html`.
fn of_theme(path: &str) -> Option<&str> {
    let (_, name) = path.strip_prefix("themes/")?.split_once('/')?;
    Some(name)
}
