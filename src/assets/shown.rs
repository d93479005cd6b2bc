//! Pictures and fonts that style sheets name: those beside the handbook's own sheets, and those that are not there.

use super::Files;
use super::statement::statements;
use crate::diagnostic::{Code, Diagnostic, Place, Span, nearest};
use crate::model::extra::FOLDER;
use crate::source::{FILES, Source, SourcePath, Sources};

/// The names by which a style sheet may mean one of the files: from its own folder, as browsers read it, from that of the
/// handbook's own files, and from that of all.
pub(super) fn meant(sheet: &str, address: &str) -> Vec<String> {
    let (folder, _) = sheet.rsplit_once('/').unwrap_or_default();
    let mut names = Vec::from_iter(joined(folder, address));
    if sheet.starts_with(EXTRA) {
        names.push(format!("{EXTRA}{address}"));
    }
    names.push(address.to_owned());
    names
}

/// Where the handbook's own files stand among those of the site theme.
const EXTRA: &str = "extra/";

/// A path from a folder; `None` where it leads above all.
fn joined(folder: &str, address: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in address.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Adds the files that the handbook's own style sheets name from beside them. Returns where these stand.
pub(super) fn beside<'a>(sources: &'a Sources, files: &mut Files<'a>) -> Vec<&'a SourcePath> {
    let own = files.values().filter(|(path, _)| is_own_sheet(path));
    let mut named = Vec::new();
    for (sheet, source) in own {
        let inside = &sheet.as_str()[FOLDER.len()..];
        each_address(source, |_, address| {
            let paths = meant(inside, without_end(address)).into_iter();
            let mut paths = paths.map(|path| format!("{FOLDER}{path}"));
            named.extend(paths.find_map(|path| sources.entry(&SourcePath::new(path))));
        });
    }
    for (path, source) in &named {
        let name = format!("{EXTRA}{}", &path.as_str()[FOLDER.len()..]);
        files.insert(name, (path, source));
    }
    named.into_iter().map(|(path, _)| path).collect()
}

/// Reports what the project's style sheets name and is not there.
pub(super) fn missing(sources: &Sources, files: &Files<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let sheets = files
        .iter()
        .filter(|(name, (_, source))| name.ends_with(".css") && !source.built_in);
    for (name, (path, source)) in sheets {
        each_address(source, |at, address| {
            let file = address.strip_prefix("./").unwrap_or(address);
            let known = meant(name, file)
                .into_iter()
                .chain(meant(name, without_end(file)));
            let is_known = known.into_iter().any(|name| files.contains_key(&name));
            if is_known || !is_of_site(file) || is_published(sources, name, without_end(file)) {
                return;
            }
            let place = Place::new(path, Span::new(at, at + address.len()));
            let message = format!("there is no file `{address}` for this style sheet");
            let names = files.keys().map(|name| name.trim_start_matches(EXTRA));
            let help = match nearest(file, names.filter(|name| !name.ends_with(".css"))) {
                Some(near) => format!("did you mean `{near}`?"),
                None if is_own_sheet(path) => {
                    format!("put it beside the style sheet, into `{FOLDER}`, and write its name")
                }
                None => "put it into `assets/` of the site theme, and write its path from there"
                    .to_owned(),
            };
            found.push(Diagnostic::new(Code::BrokenLink, place, message).help(help));
        });
    }
    found
}

fn is_own_sheet(path: &SourcePath) -> bool {
    path.as_str().starts_with(FOLDER) && path.extension() == "css"
}

/// Shows each address of a style sheet, with its place. Those that another sheet is taken in by are no files to show.
fn each_address<'a>(source: &'a Source, mut show: impl FnMut(usize, &'a str)) {
    statements(source.text(), &mut |statement| {
        if !statement.text.starts_with("@import") {
            for (at, address) in statement.addresses() {
                show(at, address);
            }
        }
    });
}

/// Without what may follow a file's name: `#icon`.
fn without_end(address: &str) -> &str {
    let name = address.strip_prefix("./").unwrap_or(address);
    &name[..name.find(['#', '?']).unwrap_or(name.len())]
}

/// Whether an address leads to a file of the site, and not to another host, into the page or to what it holds itself.
fn is_of_site(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    !address.is_empty()
        && !address.starts_with(['#', '\\'])
        && !address.starts_with("//")
        && !scheme.contains(':')
}

/// Whether an address leads to a file that is copied to the site's root: up from where the sheet stands there.
fn is_published(sources: &Sources, sheet: &str, address: &str) -> bool {
    let up = "../".repeat(1 + sheet.matches('/').count());
    let path = address.strip_prefix('/').or(address.strip_prefix(&up));
    let path = path.map(|path| SourcePath::new(format!("content/{FILES}{path}")));
    path.is_some_and(|path| sources.get(&path).is_some())
}
