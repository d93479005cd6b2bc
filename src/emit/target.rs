//! Which folders may be written to, and which never.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::at;
use super::manifest::MANIFEST;

/// Refuses output folders that could cost somebody their files.
///
/// # Errors
///
/// The folder is, holds, or lies in the project's sources; is the home or root folder; is a file or a link; or
/// holds files and no manifest of ours, unless `adopt` says that they may be there.
pub fn check_target(root: &Path, out: &Path, adopt: bool) -> io::Result<()> {
    let refuse = |why: String| {
        Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            format!("output folder {}: {why}", out.display()),
        ))
    };
    let real_root = root.canonicalize().map_err(at(root))?;
    let real_out = real_path(out)?;
    // With a slash at its end, a path means what a link leads to; without a folder before it, what stands here.
    let whole = std::path::absolute(out).map_err(at(out))?;
    let itself = match (whole.parent(), whole.file_name()) {
        (Some(parent), Some(name)) => real_path(parent)?.join(name),
        _ => real_out.clone(),
    };
    if fs::symlink_metadata(itself).is_ok_and(|meta| meta.is_symlink()) {
        return refuse("it is a symbolic link".to_owned());
    }
    if real_out.exists() && !real_out.is_dir() {
        return refuse("it is a file".to_owned());
    }
    if real_root.starts_with(&real_out) {
        return refuse("it is or holds the project itself".to_owned());
    }
    for sources in ["content", "themes"] {
        let folder = root.join(sources);
        let real = folder
            .canonicalize()
            .unwrap_or_else(|_| real_root.join(sources));
        if real_out.starts_with(real) || real_out.starts_with(real_root.join(sources)) {
            return refuse(format!("it lies in {sources}/"));
        }
    }
    let home = std::env::home_dir().and_then(|home| real_path(&home).ok());
    if home.is_some_and(|home| home == real_out) {
        return refuse("it is the home folder".to_owned());
    }
    if real_out.parent().is_none() {
        return refuse("it is the root of a disk".to_owned());
    }
    if adopt || real_out.join(MANIFEST).exists() || !real_out.exists() {
        return Ok(());
    }
    // Files that begin with a dot, such as .gitignore, keep a folder in a repository.
    let mut foreign: Vec<String> = fs::read_dir(&real_out)
        .map_err(at(out))?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.'))
        .collect();
    foreign.sort();
    if foreign.is_empty() {
        return Ok(());
    }
    let names = foreign
        .iter()
        .take(3)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    let more = if foreign.len() > 3 { ", …" } else { "" };
    refuse(format!(
        "it holds files that prepbook did not write ({names}{more}); choose another folder, or accept it with --adopt"
    ))
}

/// The real path of a folder that may not exist yet, once the folders on the way to it are made: `new/../content` too is
/// `content`.
///
/// # Errors
///
/// The path is empty, or stands below a working folder that is gone.
pub fn real_path(path: &Path) -> io::Result<PathBuf> {
    let mut real = PathBuf::new();
    for part in std::path::absolute(path).map_err(at(path))?.components() {
        if part == Component::ParentDir {
            real.pop();
        } else {
            real.push(part);
            real = real.canonicalize().unwrap_or(real);
        }
    }
    Ok(real)
}
