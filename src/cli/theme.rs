//! `theme list` and `theme eject`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::path::{Component, Path};

use super::ejected::{ejected, hash, note};
use super::sources::load_whole;
use super::write;
use super::{Outcome, Terminal};
use crate::diagnostic::{Code, nearest};
use crate::emit::real_path;
use crate::load::built_in_theme;
use crate::source::{SourcePath, Sources};
use crate::{Memo, Options};

/// The name of the handbook's site theme.
fn site_theme(sources: &Sources) -> String {
    let parsed = crate::parse::parse_alone(sources);
    let handbook = crate::link::link_alone(parsed, sources, true).value;
    handbook.settings.site_theme().to_owned()
}

/// What a build says of files of site themes that nothing reads, by their paths.
fn unread(sources: &Sources) -> BTreeMap<SourcePath, String> {
    let found = crate::build(sources, &Options::default(), &Memo::none(), |_| {}).found;
    let unread = found.into_iter();
    let unread = unread.filter(|one| one.code == Code::UnknownFile);
    unread
        .map(|one| (one.place.path, one.help.unwrap_or(one.message)))
        .collect()
}

/// Lists the files in use: those of the site theme, laid over those of `default`.
pub(super) fn list(root: &Path, terminal: &Terminal) -> io::Result<Outcome> {
    let Some(sources) = load_whole(root, terminal)? else {
        return Ok(Outcome::Unreadable);
    };
    let built_in: BTreeMap<&str, &[u8]> = built_in_theme().collect();
    let mut files = BTreeMap::new();
    let unread = unread(&sources);
    for theme in ["default", &site_theme(&sources)] {
        let folder = format!("themes/{theme}/");
        let ejected = ejected(&root.join(&folder));
        for (path, _) in sources.below(&folder) {
            let name = path.as_str()[folder.len()..].to_owned();
            if let Some(why) = unread.get(path) {
                files.insert(name, Cow::Owned(format!("  (not read: {why})")));
                continue;
            }
            let is_own = root.join(path.as_str()).is_file();
            let fell_behind = |bytes: &&&[u8]| {
                let noted = ejected.get(&name);
                noted.is_some_and(|noted| *noted != hash(bytes))
            };
            let remark = match built_in.get(&*name) {
                Some(_) if !is_own => "",
                bytes if bytes.as_ref().is_some_and(fell_behind) => {
                    "  (replaced by the project; the built-in one has changed since)"
                }
                Some(_) => "  (replaced by the project)",
                None => "  (added by the project)",
            };
            files.insert(name, Cow::Borrowed(remark));
        }
    }
    let lines = files
        .iter()
        .map(|(name, remark)| format!("{name}{remark}\n"));
    write::results(lines.collect::<String>().as_bytes())?;
    Ok(Outcome::Fine)
}

/// Copies a built-in file into the project. `path` is its name in the theme, or leads to where it stands or would stand
/// in the project, from the working folder or from the root. With `is_current`, the project has the file already, and it is
/// only noted that it takes the present one into account.
pub(super) fn eject(
    root: &Path,
    path: &Path,
    is_current: bool,
    terminal: &Terminal,
) -> io::Result<Outcome> {
    let Some(sources) = load_whole(root, terminal)? else {
        return Ok(Outcome::Unreadable);
    };
    let theme = site_theme(&sources);
    let written = plain(path);
    let mut names = Vec::new();
    if path.is_relative() {
        names.push(written.clone());
    }
    for theme in ["default", &theme] {
        let folder = root.join("themes").join(theme);
        if path.is_relative() {
            names.extend(
                written
                    .strip_prefix(&format!("themes/{theme}/"))
                    .map(str::to_owned),
            );
        }
        let real = real_path(path)?;
        names.extend(real.strip_prefix(real_path(&folder)?).ok().map(plain));
    }
    let named = |name: &str| names.iter().any(|one| one == name);
    let Some((name, bytes)) = built_in_theme().find(|(name, _)| named(name)) else {
        let near = nearest(&written, built_in_theme().map(|(name, _)| name))
            .map(|near| format!("; did you mean `{near}`?"))
            .unwrap_or_default();
        return Err(io::Error::new(
            io::ErrorKind::NotFound,
            format!("the site theme has no file `{}`{near}", path.display()),
        ));
    };
    let folder = root.join("themes").join(theme);
    let target = folder.join(name);
    if is_current {
        if !target.is_file() {
            let message = format!("{} does not exist", target.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, message));
        }
        note(&folder, name, bytes)?;
        terminal.say(&format!("noted that {} is up to date", target.display()));
        return Ok(Outcome::Fine);
    }
    write::new_file(&target, bytes)?;
    note(&folder, name, bytes)?;
    terminal.say(&format!(
        "wrote {}; it takes the built-in file's place",
        target.display()
    ));
    Ok(Outcome::Fine)
}

/// A path as `theme list` writes it: `./templates/../assets/` is `assets`.
fn plain(path: &Path) -> String {
    let mut parts: Vec<Cow<'_, str>> = Vec::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => parts.push(name.to_string_lossy()),
            Component::ParentDir => drop(parts.pop()),
            _ => {}
        }
    }
    parts.join("/")
}
