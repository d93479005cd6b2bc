//! Which folders may be written to, and which never.

#![expect(
    clippy::disallowed_methods,
    reason = "it looks at folders, and makes our own"
)]

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::lock::LOCK;
use super::manifest::read_manifest;
use super::{at, hash, must_be_ours};

/// The folder of a project where prepbook keeps what it must know of output folders: hosts send whatever stands in these.
const OWN: &str = ".prepbook";

/// An output folder that may be written to.
pub struct Target {
    pub(super) out: PathBuf,
    /// Where the manifest, the stamp and the lock of that folder are kept: in the project, or beside that folder where the
    /// project cannot be written.
    pub(super) own: PathBuf,
}

impl Target {
    /// Refuses output folders that could cost somebody their files.
    ///
    /// # Errors
    ///
    /// The folder is, holds, or lies in the project's sources; is the home or root folder; is a file or a link; or
    /// holds files and none that a manifest of this project names, unless `adopt` says that they may be there.
    pub fn new(root: &Path, out: &Path, adopt: bool) -> io::Result<Self> {
        let real_root = root.canonicalize().map_err(at(root))?;
        let real_out = real_path(out)?;
        // The project may be moved, and an output folder in it with it.
        let known_as = real_out.strip_prefix(&real_root).unwrap_or(&real_out);
        let name = real_out.file_name().unwrap_or_default().to_string_lossy();
        let place = &hash(known_as.as_os_str().as_encoded_bytes())[..8];
        let beside = real_out.parent().unwrap_or(root);
        let own = [root, beside].map(|base| base.join(OWN).join(format!("{name}-{place}")));
        // Folders on the way to others (`new/../public`) are not made.
        let goes_back = out.components().any(|part| part == Component::ParentDir);
        let place = if goes_back { &real_out } else { out };
        let targets = own.map(|own| Self {
            out: place.to_path_buf(),
            own,
        });
        let knows =
            |target: &Self| read_manifest(target).map(|manifest| !manifest.files.is_empty());
        let [in_project, beside] = &targets;
        check(root, out, || {
            Ok(adopt || knows(in_project)? || knows(beside)?)
        })?;
        let [in_project, beside] = targets;
        let is_refused = |error: io::Error| {
            matches!(
                error.kind(),
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
            )
        };
        let refuses = in_project.prepare().is_err_and(is_refused);
        Ok(if refuses { beside } else { in_project })
    }

    pub fn folder(&self) -> &Path {
        &self.out
    }

    /// Makes the folder for what is our own, which repositories leave out; fails where nothing can be written in it.
    pub(super) fn prepare(&self) -> io::Result<()> {
        let all = self.own.parent().unwrap_or(&self.own);
        for folder in [all, &self.own] {
            must_be_ours(folder, fs::Metadata::is_dir)?;
            fs::create_dir_all(folder).map_err(at(folder))?;
        }
        let ignored = all.join(".gitignore");
        if fs::symlink_metadata(&ignored).is_err() {
            fs::write(&ignored, "*\n").map_err(at(&ignored))?;
        }
        let lock = self.own.join(LOCK);
        must_be_ours(&lock, fs::Metadata::is_file)?;
        let writing = fs::OpenOptions::new().append(true).create(true).open(&lock);
        writing.map(drop).map_err(at(&lock))
    }
}

fn check(root: &Path, out: &Path, may_have_files: impl Fn() -> io::Result<bool>) -> io::Result<()> {
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
    for sources in ["content", "themes", OWN] {
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
    if !real_out.exists() {
        return Ok(());
    }
    let foreign = names_in(&real_out).map_err(at(out))?;
    if foreign.is_empty() || may_have_files()? {
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
        "it holds files that prepbook did not write from this project ({names}{more}); empty it, choose another folder, or \
         keep them with --adopt"
    ))
}

/// The names in a folder, in order, but for those that begin with a dot: such as .gitignore keep it in a repository.
fn names_in(folder: &Path) -> io::Result<Vec<String>> {
    let names = fs::read_dir(folder)?;
    let mut names: Vec<String> = names
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    Ok(names)
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
