//! Pictures and files that texts name and that are not there.

use crate::diagnostic::{Code, Diagnostic, Place, nearest};
use crate::model::handbook::PATH;
use crate::model::{AnyEntry, Record};
use crate::source::{SourcePath, Sources, name_of};

/// Reports pictures and files of a record's texts that the project does not have.
pub(super) fn look_for(record: &Record, sources: &Sources, found: &mut Vec<Diagnostic>) {
    let Some(references) = record.references() else {
        return;
    };
    for mention in &references.media {
        let path = SourcePath::new(format!("content/{}", mention.name));
        if sources.get(&path).is_some() {
            continue;
        }
        let folder = mention.name.split('/').next().unwrap_or_default();
        if is_missing(&format!("content/{folder}"), sources) {
            continue;
        }
        let settings = SourcePath::new(PATH);
        let file = record.entry().map_or(&settings, AnyEntry::path);
        let known = sources.below(&format!("content/{folder}/"));
        let known: Vec<&str> = known.filter_map(|(path, _)| name_of(path)).collect();
        let help = match nearest(&mention.name, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("put it into content/{folder}/"),
        };
        let message = format!("there is no file content/{}", mention.name);
        let place = Place::new(file, mention.at);
        found.push(Diagnostic::new(Code::BrokenLink, place, message).help(help));
    }
}

/// Whether something else stands in the place of a folder: that is the mistake, and what is not in it follows from it.
fn is_missing(folder: &str, sources: &Sources) -> bool {
    let mut found = sources.found.iter();
    found.any(|one| one.place.path.as_str() == folder)
}
