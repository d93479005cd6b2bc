//! A handbook's own style sheets and scripts, beside those of its site theme.

use std::collections::BTreeSet;

use super::{Files, shown};
use crate::diagnostic::{Code, Diagnostic, Place, nearest};
use crate::model::extra::{Extra, FOLDER};
use crate::model::handbook::PATH;
use crate::source::{SourcePath, Sources};

/// Adds the handbook's own style sheets and scripts to the files of its site theme; reports `broken-link` where one does not
/// exist or cannot be one, and `unknown-file` where nothing names one.
pub(super) fn add<'a>(
    sources: &'a Sources,
    extra: &Extra,
    files: &mut Files<'a>,
) -> Vec<Diagnostic> {
    let lists = [(&extra.css, "css"), (&extra.js, "js")];
    let named = lists
        .iter()
        .flat_map(|(list, ending)| list.iter().map(move |file| (file, *ending)));
    let known: Vec<&SourcePath> = sources.below(FOLDER).map(|(path, _)| path).collect();
    let mut found = Vec::new();
    let mut unnamed: BTreeSet<&SourcePath> = known.iter().copied().collect();
    for (file, ending) in named {
        let place = Place::new(&SourcePath::new(PATH), file.at);
        let path = SourcePath::new(file.source());
        if path.extension() != ending {
            let message = format!("`{}` is no file with the ending `.{ending}`", file.path);
            let help = "style sheets stand in the list `css`, scripts in `js`";
            found.push(Diagnostic::new(Code::InvalidValue, place, message).help(help));
        } else if let Some(path) = known.iter().find(|known| ***known == path)
            && let Some(source) = sources.get(path)
        {
            unnamed.remove(path);
            files.insert(file.asset(), (path, source));
        } else {
            let message = format!("there is no file `{path}`");
            let names = known.iter().map(|path| &path.as_str()[FOLDER.len()..]);
            let inside = file.path.trim_start_matches("content/");
            let inside = inside.strip_prefix("extra/").filter(|name| {
                let path = SourcePath::new(format!("{FOLDER}{name}"));
                known.contains(&&path)
            });
            if let Some(name) = inside {
                let help = format!("paths count from `{FOLDER}`: write `{name}`");
                found.push(Diagnostic::new(Code::BrokenLink, place, message).help(help));
                continue;
            }
            let help = match nearest(&file.path, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("paths count from `{FOLDER}`; put the file there"),
            };
            found.push(Diagnostic::new(Code::BrokenLink, place, message).help(help));
        }
    }
    for path in shown::beside(sources, files) {
        unnamed.remove(path);
    }
    found.extend(unnamed.into_iter().map(|path| {
        Diagnostic::new(
            Code::UnknownFile,
            Place::file(path),
            "nothing names this file",
        )
        .help(named_by(path))
    }));
    found
}

/// How a file is named: style sheets and scripts by the settings, all else by a style sheet.
fn named_by(path: &SourcePath) -> &'static str {
    match path.extension() {
        "css" | "js" => "name it in `extra` of content/handbook.yaml, or delete it",
        _ => {
            "name it in a style sheet of the folder, as in `url(name.png)`, or delete it; files to link belong into content/files/"
        }
    }
}
