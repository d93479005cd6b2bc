//! Files of a project's site theme that nothing reads: they were meant to stand elsewhere, or under another name.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Place, listed, nearest};
use crate::load::built_in_theme;
use crate::model::language::Language;
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
                None if is_about(name) => None,
                Some(("assets" | "worker", _)) if !built_in.contains(name) => {
                    let near = nearest(name, built_in.iter().copied());
                    near.filter(|_| !is_named(sources, &folders, path))
                        .map(|near| format!("did you mean `{near}`?"))
                }
                Some(("words", file)) if !is_of_words(file) => {
                    Some("files of words are called by their language: `words/de.yaml`".to_owned())
                }
                Some((folder, _)) if FOLDERS.contains(&folder) => None,
                _ => Some(meant(name, &built_in)),
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

/// The place that a file in no folder of a site theme was meant for: that of the built-in one of its name, or a folder.
fn meant(name: &str, built_in: &BTreeSet<&str>) -> String {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let mut same = built_in.iter();
    let same = same.find(|known| known.rsplit('/').next() == Some(file));
    let near = nearest(folder, FOLDERS).filter(|_| !folder.is_empty());
    match (same, near) {
        (Some(same), _) => format!("did you mean `{same}`?"),
        (None, Some(near)) => format!("did you mean the folder `{near}`?"),
        (None, None) => format!("site themes have the folders {}", listed(FOLDERS)),
    }
}

/// Whether a file says something of the site theme to those who come by: its licence, for example.
fn is_about(name: &str) -> bool {
    let (stem, extension) = name.split_once('.').unwrap_or((name, ""));
    matches!(extension, "" | "md" | "txt") && stem.bytes().all(|byte| !byte.is_ascii_lowercase())
}

/// Whether a file can be one of words: `pt-BR.yaml`.
fn is_of_words(file: &str) -> bool {
    file.strip_suffix(".yaml").is_some_and(Language::is_tag)
}

/// Whether another file of the site theme, or of the handbook's own, names a file.
fn is_named(sources: &Sources, folders: &[String], path: &SourcePath) -> bool {
    let below = |folder: &str| {
        let mut files = sources.below(folder);
        files.any(|(other, source)| other != path && source.text().contains(path.file_name()))
    };
    folders.iter().any(|folder| below(folder)) || below("content/")
}
