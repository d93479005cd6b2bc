//! New files into their places: all of them written aside first, then renamed.

#![expect(
    clippy::disallowed_methods,
    reason = "this is where the site is written"
)]

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::at;
use super::manifest::MANIFEST;
use crate::output::{Bytes, OutputPath};

/// What turns the site in an output folder into another.
pub(super) struct Publication<'a> {
    pub(super) out: &'a Path,
    /// The folder to write aside in; on the same file system, so that a rename moves a file to its place.
    pub(super) staging: &'a Path,
    /// Files to write, in groups: each takes its places before the next does.
    pub(super) changed: [Vec<(&'a OutputPath, &'a Bytes)>; 3],
    /// Files to remove, as far as they are still there.
    pub(super) gone: Vec<String>,
    /// The manifest while files take their places.
    pub(super) meanwhile: String,
    /// What we keep there for ourselves, by name, as far as it is another after that.
    pub(super) after: [(&'static str, Option<String>); 2],
}

impl Publication<'_> {
    /// # Errors
    ///
    /// What the disk says, and how far that leaves the site.
    pub(super) fn publish(&self) -> io::Result<()> {
        let made = Mutex::new(Vec::new());
        if let Err(error) = self.prepare(&made) {
            // What cannot be removed now is removed by the next run.
            drop(fs::remove_dir_all(self.staging));
            let made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
            for folder in made.iter().rev() {
                drop(fs::remove_dir(folder));
            }
            let message = format!("{error}; the site there is unchanged");
            return Err(io::Error::new(error.kind(), message));
        }
        let (placed, removed) = (AtomicUsize::new(0), AtomicUsize::new(0));
        self.place(&placed, &removed).map_err(|error| {
            drop(fs::remove_dir_all(self.staging));
            let message = format!(
                "{error}; {} of {} new files have taken their places and {} of {} old ones are removed: the next build \
                 that the disk lets through does the rest",
                placed.into_inner(),
                self.changed.iter().map(Vec::len).sum::<usize>(),
                removed.into_inner(),
                self.gone.len(),
            );
            io::Error::new(error.kind(), message)
        })?;
        fs::remove_dir_all(self.staging).map_err(at(self.staging))
    }

    /// Does all that needs room on the disk, or leave to make folders; pages are as they were. Adds the folders that it
    /// makes to `made`, inner ones after outer ones.
    fn prepare(&self, made: &Mutex<Vec<PathBuf>>) -> io::Result<()> {
        match fs::remove_dir_all(self.staging) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(at(self.staging)(error));
            }
            _ => fs::create_dir(self.staging).map_err(at(self.staging))?,
        }
        for (nth, group) in self.changed.iter().enumerate() {
            group
                .par_iter()
                .enumerate()
                .try_for_each(|(file, (path, bytes))| {
                    let target = self.out.join(path.as_str());
                    fs::write(self.aside(nth, file), bytes).map_err(at(&target))
                })?;
        }
        let manifest = self.out.join(MANIFEST);
        let meanwhile = self.staging.join("meanwhile");
        fs::write(&meanwhile, &self.meanwhile).map_err(at(&manifest))?;
        for (name, text) in &self.after {
            if let Some(text) = text {
                fs::write(self.staging.join(name), text).map_err(at(&self.out.join(name)))?;
            }
        }
        for level in self.folders() {
            level.into_par_iter().try_for_each(|folder| {
                let folder = self.out.join(folder);
                match fs::create_dir(&folder) {
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                    result => {
                        result.map_err(at(&folder))?;
                        made.lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .push(folder);
                    }
                }
                io::Result::Ok(())
            })?;
        }
        fs::rename(&meanwhile, &manifest).map_err(at(&manifest))
    }

    /// The folders that new files stand in, outer ones in earlier levels.
    fn folders(&self) -> Vec<BTreeSet<&str>> {
        let mut levels: Vec<BTreeSet<&str>> = Vec::new();
        for (path, _) in self.changed.iter().flatten() {
            let path = path.as_str();
            for (depth, (end, _)) in path.match_indices('/').enumerate() {
                if levels.len() == depth {
                    levels.push(BTreeSet::new());
                }
                levels[depth].insert(&path[..end]);
            }
        }
        levels
    }

    fn place(&self, placed: &AtomicUsize, removed: &AtomicUsize) -> io::Result<()> {
        for (nth, group) in self.changed.iter().enumerate() {
            group
                .par_iter()
                .enumerate()
                .try_for_each(|(file, (path, _))| {
                    let target = self.out.join(path.as_str());
                    fs::rename(self.aside(nth, file), &target).map_err(at(&target))?;
                    placed.fetch_add(1, Ordering::Relaxed);
                    io::Result::Ok(())
                })?;
        }
        for path in &self.gone {
            let full = self.out.join(path);
            match fs::remove_file(&full) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(at(&full)(error));
                }
                _ => removed.fetch_add(1, Ordering::Relaxed),
            };
            remove_empty_folders(self.out, path)?;
        }
        for (name, text) in &self.after {
            if text.is_some() {
                let place = self.out.join(name);
                fs::rename(self.staging.join(name), &place).map_err(at(&place))?;
            }
        }
        Ok(())
    }

    fn aside(&self, group: usize, file: usize) -> PathBuf {
        self.staging.join(format!("{group}-{file}"))
    }
}

/// Removes the folders above a removed file as far as they are empty, or gone already.
fn remove_empty_folders(out: &Path, path: &str) -> io::Result<()> {
    let mut path = path;
    while let Some((folder, _)) = path.rsplit_once('/') {
        let full = out.join(folder);
        match fs::remove_dir(&full) {
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => return Ok(()),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(at(&full)(error)),
            _ => path = folder,
        }
    }
    Ok(())
}
