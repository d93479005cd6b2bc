//! Pictures and files that texts name and that are not there, or that stand elsewhere.

use crate::diagnostic::{Code, Diagnostic, Place, nearest};
use crate::model::handbook::PATH;
use crate::model::mention::References;
use crate::model::{AnyEntry, Record};
use crate::output::OutputPath;
use crate::source::{FILES, SourcePath, Sources, name_of};

/// Reports pictures and files of a record's texts that the project does not have.
pub(super) fn look_for(record: &Record, sources: &Sources, found: &mut Vec<Diagnostic>) {
    let Some(references) = record.references() else {
        return;
    };
    let settings = SourcePath::new(PATH);
    let file = record.entry().map_or(&settings, AnyEntry::path);
    for mention in &references.media {
        let path = SourcePath::new(format!("content/{}", mention.name));
        if sources.get(&path).is_some() {
            continue;
        }
        let folder = mention.name.split('/').next().unwrap_or_default();
        if is_missing(&format!("content/{folder}"), sources) {
            continue;
        }
        let known: Vec<&str> = names(sources, folder).collect();
        let encoded = known.iter().copied();
        let meant = encoded.clone().find(|name| is_encoded(&mention.name, name));
        let help = match meant.or_else(|| nearest(&mention.name, known)) {
            Some(name) => format!("did you mean `{}`?", as_written(name)),
            None => format!("put it into content/{folder}/"),
        };
        let message = format!("there is no file content/{}", mention.name);
        let place = Place::new(file, mention.at);
        found.push(Diagnostic::new(Code::BrokenLink, place, message).help(help));
    }
    offer_files(references, file, sources, found);
}

/// Names the file that a link to a path means. That such links lead nowhere is known before files are.
fn offer_files(
    references: &References,
    file: &SourcePath,
    sources: &Sources,
    found: &mut [Diagnostic],
) {
    for mention in &references.paths {
        let path = mention.name.split(['#', '?']).next().unwrap_or_default();
        let path = path.trim_start_matches(['.', '/']);
        let path = path.strip_prefix(FILES).unwrap_or(path);
        let wanted = format!("{FILES}{path}");
        let is_meant = |name: &&str| *name == wanted || is_encoded(&wanted, name);
        let Some(name) = names(sources, "files").find(is_meant) else {
            continue;
        };
        let place = Place::new(file, mention.at);
        let broken = |one: &&mut Diagnostic| one.code == Code::BrokenLink && one.place == place;
        if let Some(told) = found.iter_mut().find(broken) {
            told.help = Some(format!("did you mean `{}`?", as_written(name)));
        }
    }
}

/// The names of pictures, or of files, as texts write them.
fn names<'a>(sources: &'a Sources, folder: &str) -> impl Iterator<Item = &'a str> + use<'a> {
    let known = sources.below(&format!("content/{folder}/"));
    known.filter_map(|(path, _)| name_of(path))
}

/// Whether an address is a file's name as browsers write it: `files/My%20form.pdf`.
fn is_encoded(address: &str, name: &str) -> bool {
    address.contains('%') && OutputPath::new(name).encoded() == address
}

/// A name as Markdown takes it for an address.
fn as_written(name: &str) -> String {
    if name.contains([' ', '(', ')']) {
        format!("<{name}>")
    } else {
        name.to_owned()
    }
}

/// Whether something else stands in the place of a folder: that is the mistake, and what is not in it follows from it.
fn is_missing(folder: &str, sources: &Sources) -> bool {
    let mut found = sources.found.iter();
    found.any(|one| one.place.path.as_str() == folder)
}
