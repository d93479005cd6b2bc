//! Names of pictures, files and parts of site themes, which stand on the site as they are called: each must be one on every
//! system that a handbook is written on or published from.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::model::extra::FOLDER;
use crate::model::ids::is_device;
use crate::source::{SourcePath, Sources};

/// Reports names that Windows refuses, and such as differ in their capitals alone, of which there and on most Macs one file
/// takes the place of the other.
pub(super) fn names(sources: &Sources) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let folders = ["content/images/", "content/files/", FOLDER, "themes/"];
    let mut known: BTreeMap<String, &SourcePath> = BTreeMap::new();
    let files = folders.iter().flat_map(|folder| sources.below(folder));
    // What is built in was there before.
    let (built_in, own): (Vec<_>, Vec<_>) = files.partition(|(_, source)| source.built_in);
    known.extend(
        built_in
            .iter()
            .map(|(path, _)| (path.as_str().to_lowercase(), *path)),
    );
    for (path, _) in own {
        let place = Place::file(path);
        if let Some(part) = path.as_str().split('/').find(|part| !is_everywhere(part)) {
            let message = format!("Windows has no file of the name `{part}`");
            let help = "rename it, so that everybody can check the handbook out";
            found.push(Diagnostic::new(Code::UnportableName, place, message).help(help));
        } else if let Some(other) = known.insert(path.as_str().to_lowercase(), path) {
            let message = "another file has this name but for its capitals";
            let one = Diagnostic::new(Code::InvalidId, place, message);
            let one = one.note(Place::file(other), "the other is here");
            found.push(one.help("rename one of them: many systems take both for the same"));
        }
    }
    found
}

/// Whether a part of a path can stand on every system.
fn is_everywhere(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default();
    !is_device(&stem.trim_end().to_ascii_lowercase())
        && !part.ends_with(['.', ' '])
        && !part.contains(['<', '>', ':', '"', '|', '?', '*', '\\'])
        && !part.contains(char::is_control)
}
