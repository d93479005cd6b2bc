//! Templates that no page is made by and no other template names: their names are probably misspelt.

use super::contexts::CONTEXTS;
use super::recursion::Texts;
use crate::diagnostic::{Code, Diagnostic, Place, nearest};
use crate::source::SourcePath;

/// Templates of a project that nothing uses.
pub(super) fn unused(
    texts: &Texts<'_>,
    is_built_in: &dyn Fn(&SourcePath) -> bool,
) -> Vec<Diagnostic> {
    let own = texts.iter().filter(|(_, (path, _))| !is_built_in(path));
    let is_used = |name: &str| {
        let quoted = [format!("\"{name}\""), format!("'{name}'")];
        let is_named = |text: &str| quoted.iter().any(|quoted| text.contains(quoted.as_str()));
        CONTEXTS.templates.contains_key(name)
            || BARE.contains(&name)
            || texts.values().any(|(_, text)| is_named(text))
            || has_components(name, texts)
    };
    own.filter(|(name, _)| !is_used(name))
        .map(|(name, (path, _))| {
            let known = CONTEXTS.templates.keys().map(String::as_str).chain(BARE);
            let help = match nearest(name, known) {
                Some(near) => format!("did you mean `templates/{near}`?"),
                None => "extend or include it in another one, or delete it".to_owned(),
            };
            let message = "no page is made by this template, and no other one names it";
            Diagnostic::new(Code::UnknownFile, Place::file(path), message).help(help)
        })
        .collect()
}

/// Built-in templates that see nothing of their own.
const BARE: [&str; 2] = ["layout.html", "parts.html"];

/// Whether a template defines components, which others call by their own names.
fn has_components(name: &str, texts: &Texts<'_>) -> bool {
    texts
        .get(name)
        .is_some_and(|(_, text)| text.contains("{% component "))
}
