//! Tree to disk: writes what differs, removes what is no longer made, touches nothing else.

#![expect(
    clippy::disallowed_methods,
    reason = "this is where the site is written"
)]

mod lock;
mod manifest;
mod publication;
mod staging;
mod stamp;
mod target;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::output::{Bytes, OutputPath, OutputTree};
use manifest::Manifest;

pub use staging::Staging;
pub use stamp::{Inputs, Standing, standing};
pub use target::{Target, real_path};

/// Where changed files are written before they take their places; same file system, so that a rename moves them.
const STAGING: &str = ".prepbook-staging";

/// What a write did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Written {
    pub written: usize,
    pub unchanged: usize,
    pub removed: usize,
    /// Files that we once wrote, that somebody has changed since, and that the site no longer has: kept.
    pub kept: usize,
    /// Whether an interrupted run had to be put right first.
    pub repaired: bool,
}

/// Makes the output folder hold the tree.
///
/// Every file is at every instant whole. All that is new is written aside before the first file takes its place: until
/// then the site is as it was, whatever fails. Files that are as they should be are not touched. Only files that the
/// manifest names are removed, and only if they are still as we wrote them. With an origin, what the tree was made from
/// and what was found meanwhile, it leaves a stamp.
///
/// # Errors
///
/// What the disk says, with the path; a foreign file where a page must go; a lock that is held for too long; a
/// manifest that cannot be read. When files have taken their places before the disk refused, it says how many.
pub fn emit(
    tree: &OutputTree,
    target: &Target,
    origin: Option<(Inputs, &[Diagnostic])>,
) -> io::Result<Written> {
    let (inputs, found) = origin.unzip();
    Staging::new(target, inputs, &|| true).publish(tree, found.unwrap_or_default())
}

/// What pages need before the pages, the home page last, so that links always lead somewhere.
fn in_order(changed: Vec<(&OutputPath, usize)>) -> [Vec<(&OutputPath, usize)>; 3] {
    let (pages, assets): (Vec<_>, Vec<_>) =
        changed.into_iter().partition(|(path, _)| path.is_page());
    let (home, pages) = pages.into_iter().partition(|(path, _)| path.depth() == 0);
    [assets, pages, home]
}

/// Refuses a link, or anything else, that bears one of our own names: following it could cost somebody a file.
fn must_be_ours(path: &Path, is_right: impl Fn(&fs::Metadata) -> bool) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(meta) if is_right(&meta) => Ok(()),
        Ok(_) => {
            let message = format!(
                "{}: this is not what prepbook writes here; remove it",
                path.display()
            );
            Err(io::Error::new(io::ErrorKind::AlreadyExists, message))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(at(path)(error)),
    }
}

/// Whether a file on disk already is as it should be; refuses to overwrite what we did not write.
fn is_as_it_should_be(
    out: &Path,
    path: &OutputPath,
    bytes: &Bytes,
    before: &Manifest,
) -> io::Result<bool> {
    let full = out.join(path.as_str());
    let foreign = |what: &str| {
        io::Error::new(
            io::ErrorKind::AlreadyExists,
            format!(
                "{}: {what} is where a page must go; prepbook did not write it",
                full.display()
            ),
        )
    };
    let meta = match fs::symlink_metadata(&full) {
        Ok(meta) => meta,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return parents_are_folders(out, path).map(|()| false);
        }
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(foreign("a file in the place of a folder"));
        }
        Err(error) => return Err(at(&full)(error)),
    };
    if meta.is_symlink() {
        return Err(foreign("a symbolic link"));
    }
    if meta.is_dir() {
        return Err(foreign("a folder"));
    }
    if !meta.is_file() {
        return Err(foreign("something that is no file"));
    }
    parents_are_folders(out, path)?;
    if meta.len() == bytes.len() as u64 && fs::read(&full).map_err(at(&full))? == **bytes {
        return Ok(true);
    }
    if !before.files.contains_key(path.as_str()) {
        return Err(foreign("a file"));
    }
    Ok(false)
}

/// Refuses to write through what is no folder.
fn parents_are_folders(out: &Path, path: &OutputPath) -> io::Result<()> {
    match no_folder_above(out, path.as_str())? {
        None => Ok(()),
        Some(in_the_way) => {
            let message = format!(
                "{}: stands where a folder of the site must go; prepbook did not write it",
                in_the_way.display()
            );
            Err(io::Error::new(io::ErrorKind::AlreadyExists, message))
        }
    }
}

/// What stands above a file in the place of a folder: symbolic links below the output folder are never followed.
fn no_folder_above(out: &Path, path: &str) -> io::Result<Option<PathBuf>> {
    let mut folder = out.to_path_buf();
    let parents = path.rsplit_once('/').map_or("", |(parents, _)| parents);
    for part in parents.split('/').filter(|part| !part.is_empty()) {
        folder.push(part);
        match fs::symlink_metadata(&folder) {
            Ok(meta) if meta.is_dir() => {}
            Ok(_) => return Ok(Some(folder)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(at(&folder)(error)),
        }
    }
    Ok(None)
}

/// Files of the manifest that the site no longer has.
#[derive(Default)]
struct Stale {
    /// Still as we wrote them.
    ours: Vec<String>,
    /// Removed by others, or never put in place by a run that did not finish.
    missing: Vec<String>,
    /// How many are not as we wrote them.
    kept: usize,
}

/// What stands below a symbolic link is never ours: it may be anybody's, even with our bytes.
fn stale(out: &Path, now: &Manifest, before: &Manifest) -> io::Result<Stale> {
    let mut stale = Stale::default();
    for (path, hash_then) in before
        .files
        .iter()
        .filter(|(path, _)| !now.files.contains_key(*path))
    {
        let full = out.join(path);
        let is_below_folders = no_folder_above(out, path)?.is_none();
        match fs::symlink_metadata(&full) {
            Ok(meta) if meta.is_file() && is_below_folders => {
                let now = hash(&fs::read(&full).map_err(at(&full))?);
                if hash_then.split(' ').any(|then| then == now) {
                    stale.ours.push(path.clone());
                } else {
                    stale.kept += 1;
                }
            }
            Ok(_) => stale.kept += 1,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if is_below_folders {
                    stale.missing.push(path.clone());
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {}
            Err(error) => return Err(at(&full)(error)),
        }
    }
    Ok(stale)
}

fn hash(bytes: &[u8]) -> String {
    format!("{:032x}", xxhash_rust::xxh3::xxh3_128(bytes))
}

fn at(path: &Path) -> impl Fn(io::Error) -> io::Error {
    let path = path.display().to_string();
    move |error| io::Error::new(error.kind(), format!("{path}: {error}"))
}
