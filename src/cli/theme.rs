//! `theme list` and `theme eject`.

use std::io;
use std::path::Path;

use super::write;
use super::{Outcome, Terminal};
use crate::diagnostic::nearest;
use crate::load::built_in_theme;

/// The folder of the handbook's site theme.
fn folder(root: &Path) -> io::Result<std::path::PathBuf> {
    let sources = crate::load::load(root)?;
    let parsed = crate::parse::parse(&sources, &crate::memo::Memo::none());
    let handbook = crate::link::link(parsed, true).value;
    Ok(root.join("themes").join(handbook.settings.site_theme()))
}

pub(super) fn list(root: &Path) -> io::Result<Outcome> {
    let folder = folder(root)?;
    let mut names: Vec<&str> = built_in_theme().map(|(path, _)| path).collect();
    names.sort_unstable();
    let lines: String = names
        .iter()
        .map(|name| {
            format!(
                "{name}{}\n",
                if folder.join(name).is_file() {
                    "  (replaced by the project)"
                } else {
                    ""
                }
            )
        })
        .collect();
    write::results(lines.as_bytes())?;
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
    let target = folder(root)?.join(name);
    write::new_file(&target, bytes)?;
    terminal.say(&format!(
        "wrote {}; it takes the built-in file's place",
        target.display()
    ));
    Ok(Outcome::Fine)
}
