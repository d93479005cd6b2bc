//! `theme list` and `theme eject`.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use super::write;
use super::{Outcome, Terminal};
use crate::diagnostic::nearest;
use crate::load::built_in_theme;
use crate::source::Sources;

/// The name of the handbook's site theme.
fn site_theme(sources: &Sources) -> String {
    let parsed = crate::parse::parse(sources, &crate::parse::Memo::new(false));
    let handbook = crate::link::link(parsed, true).value;
    handbook.settings.site_theme().to_owned()
}

/// Lists the files in use: those of the site theme, laid over those of `default`.
pub(super) fn list(root: &Path) -> io::Result<Outcome> {
    let sources = crate::load::load(root)?;
    let known: BTreeSet<&str> = built_in_theme().map(|(path, _)| path).collect();
    let mut files = BTreeMap::new();
    for theme in ["default", &site_theme(&sources)] {
        let folder = format!("themes/{theme}/");
        for (path, _) in sources.below(&folder) {
            let name = &path.as_str()[folder.len()..];
            let remark = match (known.contains(name), root.join(path.as_str()).is_file()) {
                (true, false) => "",
                (true, true) => "  (replaced by the project)",
                (false, _) => "  (added by the project)",
            };
            files.insert(name.to_owned(), remark);
        }
    }
    let lines = files
        .iter()
        .map(|(name, remark)| format!("{name}{remark}\n"));
    write::results(lines.collect::<String>().as_bytes())?;
    Ok(Outcome::Fine)
}

pub(super) fn eject(root: &Path, path: &str, terminal: &Terminal) -> io::Result<Outcome> {
    let path = path
        .trim_start_matches("./")
        .trim_start_matches("themes/default/");
    let Some((name, bytes)) = built_in_theme().find(|(name, _)| *name == path) else {
        let near = nearest(path, built_in_theme().map(|(name, _)| name))
            .map(|near| format!("; did you mean `{near}`?"))
            .unwrap_or_default();
        return Err(io::Error::new(
            io::ErrorKind::NotFound,
            format!("the site theme has no file `{path}`{near}"),
        ));
    };
    let theme = site_theme(&crate::load::load(root)?);
    let target = root.join("themes").join(theme).join(name);
    write::new_file(&target, bytes)?;
    terminal.say(&format!(
        "wrote {}; it takes the built-in file's place",
        target.display()
    ));
    Ok(Outcome::Fine)
}
