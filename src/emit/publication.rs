//! New files, which are written aside by then, into their places.

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

use super::manifest::MANIFEST;
use super::stamp::STAMP;
use super::{Target, at};
use crate::output::OutputPath;

/// The name of the manifest for the time while files take their places, until it takes its own.
const MEANWHILE: &str = "meanwhile";

/// What turns the site in an output folder into another.
pub(super) struct Publication<'a> {
    pub(super) target: &'a Target,
    /// The folder where files stand aside.
    pub(super) staging: &'a Path,
    /// Files to move, each with its number among those aside, in groups: each takes its places before the next does.
    pub(super) changed: [Vec<(&'a OutputPath, usize)>; 3],
    /// Files to remove, as far as they are still there.
    pub(super) gone: Vec<String>,
    /// The manifest while files take their places.
    pub(super) meanwhile: String,
    /// What we keep for ourselves, by name, as far as it is another after that.
    pub(super) after: [(&'static str, Option<String>); 2],
}

impl Publication<'_> {
    /// # Errors
    ///
    /// What the disk says, and how far that leaves the site.
    pub(super) fn publish(&self) -> io::Result<()> {
        let made = Mutex::new(Vec::new());
        if let Err(error) = self.prepare(&made) {
            let made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
            for folder in made.iter().rev() {
                drop(fs::remove_dir(folder));
            }
            let kept = [MEANWHILE, MANIFEST, STAMP].map(|name| self.target.own.join(name));
            for place in kept {
                drop(fs::remove_file(next(&place)));
            }
            return Err(unchanged(&error));
        }
        let (placed, removed) = (AtomicUsize::new(0), AtomicUsize::new(0));
        self.place(&placed, &removed).map_err(|error| {
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
        let manifest = self.target.own.join(MANIFEST);
        let meanwhile = next(&self.target.own.join(MEANWHILE));
        fs::write(&meanwhile, &self.meanwhile).map_err(at(&manifest))?;
        for (name, text) in &self.after {
            if let Some(text) = text {
                let place = self.target.own.join(name);
                fs::write(next(&place), text).map_err(at(&place))?;
            }
        }
        for level in self.folders() {
            level.into_par_iter().try_for_each(|folder| {
                let folder = self.target.out.join(folder);
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
        for group in &self.changed {
            group.par_iter().try_for_each(|(path, number)| {
                let target = self.target.out.join(path.as_str());
                fs::rename(aside(self.staging, *number), &target).map_err(at(&target))?;
                placed.fetch_add(1, Ordering::Relaxed);
                io::Result::Ok(())
            })?;
        }
        for path in &self.gone {
            let full = self.target.out.join(path);
            match fs::remove_file(&full) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(at(&full)(error));
                }
                _ => removed.fetch_add(1, Ordering::Relaxed),
            };
            remove_empty_folders(&self.target.out, path)?;
        }
        for (name, text) in &self.after {
            if text.is_some() {
                let place = self.target.own.join(name);
                fs::rename(next(&place), &place).map_err(at(&place))?;
            }
        }
        Ok(())
    }
}

/// Where what we keep for ourselves stands aside: beside its place, which may be on another disk than the site.
fn next(place: &Path) -> PathBuf {
    place.with_extension("next")
}

/// Where a file stands aside.
pub(super) fn aside(staging: &Path, number: usize) -> PathBuf {
    staging.join(number.to_string())
}

/// An error from before the first file took its place.
pub(super) fn unchanged(error: &io::Error) -> io::Error {
    let message = format!("{error}; the site there is unchanged");
    io::Error::new(error.kind(), message)
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
