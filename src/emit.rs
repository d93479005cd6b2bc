//! Tree to disk: writes what differs, removes what is no longer made, touches nothing else.

#![expect(
    clippy::disallowed_methods,
    reason = "this is where the site is written"
)]

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, Instant};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::output::{Bytes, OutputPath, OutputTree};

/// What prepbook wrote into an output folder; stands in that folder.
pub const MANIFEST: &str = ".prepbook-manifest.json";
const LOCK: &str = ".prepbook-lock";
/// Where changed files are written before they take their places; same file system, so that a rename moves them.
const STAGING: &str = ".prepbook-staging";
const LOCK_PATIENCE: Duration = Duration::from_secs(10);

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

/// The files of ours in an output folder, by path, with their hashes.
#[derive(Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Manifest {
    format: u32,
    /// xxh3-128 of each file's bytes, by path from the output folder; while a run writes, the new and the old one.
    files: BTreeMap<String, String>,
}

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
    let real_root = root.canonicalize()?;
    let real_out = real_path(out)?;
    // With a slash at its end, a path means what a link leads to.
    let itself = match (out.parent(), out.file_name()) {
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
    if std::env::home_dir().is_some_and(|home| home == real_out) {
        return refuse("it is the home folder".to_owned());
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
fn real_path(path: &Path) -> io::Result<PathBuf> {
    let mut real = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        if part == Component::ParentDir {
            real.pop();
        } else {
            real.push(part);
            real = real.canonicalize().unwrap_or(real);
        }
    }
    Ok(real)
}

/// Makes the output folder hold the tree.
///
/// Every file is at every instant whole: changed ones are written aside and renamed into place. Files that are
/// as they should be are not touched. Only files that the manifest names are removed, and only if they are
/// still as we wrote them.
///
/// # Errors
///
/// What the disk says, with the path; a foreign file where a page must go; a lock that is held for too long; a
/// manifest that cannot be read.
pub fn emit(tree: &OutputTree, out: &Path) -> io::Result<Written> {
    fs::create_dir_all(out).map_err(at(out))?;
    let is_fresh = fs::read_dir(out).map_err(at(out))?.next().is_none();
    let lock = Lock::take(out)?;
    let staging = out.join(STAGING);
    must_be_ours(&staging, fs::Metadata::is_dir)?;
    let repaired = staging.exists();
    let before = read_manifest(out)?;
    let hashes: Vec<(&OutputPath, &Bytes, String)> = tree
        .iter()
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|(path, bytes)| (path, bytes, hash(bytes)))
        .collect();

    // In a new folder there is nothing to compare with and nothing in the way.
    let differs = |(path, bytes): (&OutputPath, &Bytes)| {
        io::Result::Ok(is_fresh || !is_as_it_should_be(out, path, bytes, &before)?)
    };
    let changed: Vec<_> = hashes
        .par_iter()
        .map(|(path, bytes, _)| Ok(differs((*path, *bytes))?.then_some((*path, *bytes))))
        .collect::<io::Result<Vec<_>>>()?;
    let changed: Vec<_> = changed.into_iter().flatten().collect();
    let stale = stale(out, tree, &before)?;
    let mut result = Written {
        written: changed.len(),
        unchanged: tree.len() - changed.len(),
        repaired,
        ..Written::default()
    };

    let manifest = Manifest {
        format: 1,
        files: hashes
            .iter()
            .map(|(path, _, hash)| (path.to_string(), hash.clone()))
            .collect(),
    };
    let text = serde_json::to_string_pretty(&manifest).expect("strings always serialise") + "\n";
    let manifest_is_new = fs::read_to_string(out.join(MANIFEST)).map_or(true, |old| old != text);
    if !changed.is_empty() || !stale.is_empty() || manifest_is_new || repaired {
        fs::create_dir_all(&staging).map_err(at(&staging))?;
        // Until the new manifest stands, the old one must know of everything we may have written: a run that is
        // killed here leaves files that the next run can recognise as ours.
        if !changed.is_empty() || !stale.is_empty() {
            let mut both = manifest.files.clone();
            for (path, then) in &before.files {
                both.entry(path.clone())
                    .and_modify(|now| {
                        if now != then {
                            *now = format!("{now} {then}");
                        }
                    })
                    .or_insert_with(|| then.clone());
            }
            let both = serde_json::to_string_pretty(&Manifest {
                format: 1,
                files: both,
            })
            .expect("strings always serialise")
                + "\n";
            publish(&staging, "manifest", both.as_bytes(), &out.join(MANIFEST))?;
        }
        write_all(out, &staging, changed)?;
        for (path, is_ours) in stale {
            if is_ours {
                fs::remove_file(out.join(&path)).map_err(at(&out.join(&path)))?;
                result.removed += 1;
                remove_empty_folders(out, &path);
            } else {
                result.kept += 1;
            }
        }
        publish(&staging, "manifest", text.as_bytes(), &out.join(MANIFEST))?;
        fs::remove_dir_all(&staging).map_err(at(&staging))?;
    }
    drop(lock);
    Ok(result)
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

/// Files of the manifest that the site no longer has, and whether they are still as we wrote them. What stands below a
/// symbolic link is not: it may be anybody's, even with our bytes.
fn stale(out: &Path, tree: &OutputTree, before: &Manifest) -> io::Result<Vec<(String, bool)>> {
    let mut stale = Vec::new();
    for (path, hash_then) in before
        .files
        .iter()
        .filter(|(path, _)| tree.get(path).is_none())
    {
        let full = out.join(path);
        match fs::symlink_metadata(&full) {
            Ok(meta) if meta.is_file() && no_folder_above(out, path)?.is_none() => {
                let now = hash(&fs::read(&full).map_err(at(&full))?);
                stale.push((path.clone(), hash_then.split(' ').any(|then| then == now)));
            }
            Ok(_) => stale.push((path.clone(), false)),
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) => {}
            Err(error) => return Err(at(&full)(error)),
        }
    }
    Ok(stale)
}

/// Writes changed files: what pages need before the pages, the home page last, so that links always lead somewhere.
fn write_all(out: &Path, staging: &Path, changed: Vec<(&OutputPath, &Bytes)>) -> io::Result<()> {
    let (assets, pages): (Vec<_>, Vec<_>) =
        changed.into_iter().partition(|(path, _)| !path.is_page());
    let (home, pages): (Vec<_>, Vec<_>) =
        pages.into_iter().partition(|(path, _)| path.depth() == 0);
    for group in [assets, pages, home] {
        group
            .par_iter()
            .enumerate()
            .try_for_each(|(nth, (path, bytes))| {
                publish(staging, &format!("{nth}"), bytes, &out.join(path.as_str()))
            })?;
    }
    Ok(())
}

fn publish(staging: &Path, name: &str, bytes: &[u8], target: &Path) -> io::Result<()> {
    let aside = staging.join(name);
    fs::write(&aside, bytes).map_err(at(&aside))?;
    match fs::rename(&aside, target) {
        // Folders are made where one is missing, by the threads that need them.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let folder = target.parent().unwrap_or(target);
            fs::create_dir_all(folder).map_err(at(folder))?;
            fs::rename(&aside, target).map_err(at(target))
        }
        renamed => renamed.map_err(at(target)),
    }
}

/// Removes the folders above a removed file as far as they are empty.
fn remove_empty_folders(out: &Path, path: &str) {
    let mut folder = path;
    while let Some((parent, _)) = folder.rsplit_once('/') {
        // A folder with anything in it refuses to go: that ends the climb.
        if fs::remove_dir(out.join(parent)).is_err() {
            return;
        }
        folder = parent;
    }
}

/// The manifest of the last run; empty when there is none. A damaged one is an error, never a licence to delete.
fn read_manifest(out: &Path) -> io::Result<Manifest> {
    let path = out.join(MANIFEST);
    must_be_ours(&path, fs::Metadata::is_file)?;
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Manifest::default()),
        Err(error) => return Err(at(&path)(error)),
    };
    let damaged = |why: String| {
        io::Error::new(
            io::ErrorKind::InvalidData,
            format!(
                "{}: the manifest is damaged ({why}); delete it and build with --adopt",
                path.display()
            ),
        )
    };
    let manifest: Manifest =
        serde_json::from_str(&text).map_err(|error| damaged(error.to_string()))?;
    let is_plain = |path: &String| {
        !path.is_empty()
            && path
                .split('/')
                .all(|part| !part.is_empty() && part != "." && part != "..")
            && !path.contains('\0')
    };
    match manifest.files.keys().find(|path| !is_plain(path)) {
        Some(path) => Err(damaged(format!("it names `{path}`"))),
        None if manifest.format != 1 => Err(damaged(format!("format {}", manifest.format))),
        None => Ok(manifest),
    }
}

fn hash(bytes: &[u8]) -> String {
    format!("{:032x}", xxhash_rust::xxh3::xxh3_128(bytes))
}

fn at(path: &Path) -> impl Fn(io::Error) -> io::Error {
    let path = path.display().to_string();
    move |error| io::Error::new(error.kind(), format!("{path}: {error}"))
}

/// Keeps two runs out of one output folder. The system frees it when its holder dies.
struct Lock {
    file: File,
}

impl Lock {
    fn take(out: &Path) -> io::Result<Self> {
        let path = out.join(LOCK);
        must_be_ours(&path, fs::Metadata::is_file)?;
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(at(&path))?;
        let patience = Instant::now() + LOCK_PATIENCE;
        while file.try_lock().is_err() {
            if Instant::now() >= patience {
                let mut holder = String::new();
                file.read_to_string(&mut holder).map_err(at(&path))?;
                let message = format!(
                    "{}: another prepbook (process {}) is writing here",
                    path.display(),
                    holder.trim()
                );
                return Err(io::Error::new(io::ErrorKind::WouldBlock, message));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        file.set_len(0)
            .and_then(|()| write!(file, "{}", std::process::id()))
            .map_err(at(&path))?;
        Ok(Self { file })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Nothing is lost when this fails: the lock itself ends with the file's handle.
        drop(self.file.set_len(0));
    }
}
