//! Files of a project's site theme whose names are near to those of built-in ones: they were meant to take their places.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Place, nearest};
use crate::load::built_in_theme;
use crate::source::{SourcePath, Sources};

/// The folders of a site theme that are read.
const FOLDERS: [&str; 4] = ["templates", "assets", "worker", "words"];

/// Files in folders that are not read, and files among the assets that nothing names. What templates lack, they say.
pub(super) fn misspelt(sources: &Sources, site_theme: &str) -> Vec<Diagnostic> {
    let built_in: BTreeSet<&str> = built_in_theme().map(|(name, _)| name).collect();
    let themes = BTreeSet::from(["default", site_theme]);
    let folders: Vec<String> = themes
        .iter()
        .map(|theme| format!("themes/{theme}/"))
        .collect();
    let files = |folder: &str| {
        let files = sources.below(folder);
        files.map(|(path, _)| path).collect::<Vec<&SourcePath>>()
    };
    let mut found = Vec::new();
    for folder in &folders {
        for path in files(folder) {
            let name = &path.as_str()[folder.len()..];
            let help = match name.split_once('/') {
                Some((folder, _)) if !FOLDERS.contains(&folder) => nearest(folder, FOLDERS)
                    .map(|near| format!("did you mean the folder `{near}`?")),
                Some(("assets" | "worker", _)) if !built_in.contains(name) => {
                    let near = nearest(name, built_in.iter().copied());
                    near.filter(|_| !is_named(sources, &folders, path))
                        .map(|near| format!("did you mean `{near}`?"))
                }
                _ => None,
            };
            if let Some(help) = help {
                let message = "nothing reads this file of the site theme";
                let found_here = Diagnostic::new(Code::UnknownFile, Place::file(path), message);
                found.push(found_here.help(help));
            }
        }
    }
    found
}

/// Whether another file of the site theme, or of the handbook's own, names a file.
fn is_named(sources: &Sources, folders: &[String], path: &SourcePath) -> bool {
    let below = |folder: &str| {
        let mut files = sources.below(folder);
        files.any(|(other, source)| other != path && source.text().contains(path.file_name()))
    };
    folders.iter().any(|folder| below(folder)) || below("content/")
}
