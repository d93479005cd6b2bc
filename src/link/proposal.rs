//! What to do about a reference to nothing.

use crate::diagnostic::{listed, nearest};
use crate::handbook::Handbook;
use crate::model::Kind;
use crate::model::ids::is_id;

/// What to do about the former id of a record, which is known by its alias.
pub(super) fn renamed_to(id: &str) -> String {
    format!("it was renamed; write `{id}`")
}

/// What to do about a principle that its company does not have, whose principles have these names.
pub(super) fn principle_proposal(id: &str, names: Vec<&str>) -> String {
    match nearest(id, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if names.is_empty() => "it has no principles yet".to_owned(),
        None => format!("its principles are {}", listed(names)),
    }
}

/// What to do about a reference to nothing.
pub(super) fn proposal(handbook: &Handbook, kind: Kind, id: &str) -> String {
    let known = || handbook.all(kind).map(|at| handbook.id(at));
    if let Some(renamed) = handbook.renamed(kind, id) {
        return renamed_to(handbook.id(renamed));
    }
    if let Some(near) = nearest(id, known()) {
        return format!("did you mean `{near}`?");
    }
    let is_of = |other: &&Kind| **other != kind && handbook.find(**other, id).is_some();
    if let Some(other) = Kind::ALL.iter().find(is_of) {
        return format!("that is the id of another kind: {}", other.name());
    }
    match (kind, id.split_once('/')) {
        (Kind::Principle, Some((company, _)))
            if handbook.find(Kind::Company, company).is_some() =>
        {
            let is_its = |name: &&str| name.split_once('/').is_some_and(|(of, _)| of == company);
            principle_proposal(id, known().filter(is_its).collect())
        }
        (Kind::Principle, Some((company, _))) => format!("no company has the id `{company}`"),
        (Kind::Principle, None) => {
            "a principle is named with its company: `company/principle`".to_owned()
        }
        _ if is_id(id) => format!("choose another id, or write content/{}", kind.file(id)),
        _ => "an id is the name of a file without its ending".to_owned(),
    }
}
