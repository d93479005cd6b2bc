//! A site on its way into an output folder: files are written aside as they come, and take their places together.

#![expect(
    clippy::disallowed_methods,
    reason = "this is where the site is written"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use super::lock::Lock;
use super::manifest::{MANIFEST, Manifest, read_manifest};
use super::publication::{Publication, aside, unchanged};
use super::stamp::{Inputs, STAMP, Stamp, as_written, in_hex, keys};
use super::{
    STAGING, Target, Written, at, hash, in_order, is_as_it_should_be, must_be_ours, stale,
};
use crate::diagnostic::Diagnostic;
use crate::output::{Aside, Bytes, OutputPath, OutputTree};

/// What is to become the site in an output folder. Dropped before it is published, it leaves the folder as it was.
pub struct Staging<'a> {
    target: &'a Target,
    /// Asked before a file is set aside while others are made: `false` when the site is not wanted any more.
    goes_on: &'a (dyn Fn() -> bool + Sync),
    /// What the site is made from; without it the site gets no stamp.
    inputs: Option<Inputs>,
    /// Whether an earlier build left a stamp there.
    has_stamp: bool,
    folder: OnceLock<Folder>,
    /// How many files are written aside.
    written: AtomicUsize,
    files: Mutex<Vec<File>>,
    /// The keys of files, and whether they stand in their places.
    keys: Mutex<BTreeMap<OutputPath, (u128, bool)>>,
    /// Why the files that came cannot be published.
    trouble: OnceLock<io::Error>,
}

/// An output folder that is ours to write to.
struct Folder {
    out: PathBuf,
    /// The folders that were made for it, inner ones first.
    made: Vec<PathBuf>,
    /// Whether there is nothing to compare with and nothing in the way.
    is_fresh: bool,
    /// Whether an interrupted run has to be put right.
    repaired: bool,
    before: Manifest,
    /// The keys that the files in it were made with.
    keys: BTreeMap<String, String>,
    _lock: Lock,
}

/// A file of the new site.
struct File {
    path: OutputPath,
    hash: String,
    /// Its number among the files aside; `None` if it stands in its place already.
    number: Option<usize>,
}

impl<'a> Staging<'a> {
    /// Touches nothing before the first file comes.
    pub fn new(
        target: &'a Target,
        inputs: Option<Inputs>,
        goes_on: &'a (dyn Fn() -> bool + Sync),
    ) -> Self {
        Self {
            target,
            goes_on,
            inputs,
            has_stamp: inputs.is_some() && target.own.join(STAMP).is_file(),
            folder: OnceLock::new(),
            written: AtomicUsize::new(0),
            files: Mutex::default(),
            keys: Mutex::default(),
            trouble: OnceLock::new(),
        }
    }

    /// Publishes the files of a tree with those that were set aside: see [`super::emit`].
    ///
    /// # Errors
    ///
    /// As [`super::emit`].
    pub fn publish(mut self, tree: &OutputTree, found: &[Diagnostic]) -> io::Result<Written> {
        if let Some(error) = self.trouble.take() {
            return Err(error);
        }
        let files: Vec<_> = tree.iter().collect();
        files
            .par_iter()
            .try_for_each(|(path, bytes)| self.set_aside(path, bytes))
            .map_err(|error| unchanged(&error))?;
        self.put_in_place(found)
    }

    /// The output folder, once it is ours.
    fn folder(&self) -> io::Result<&Folder> {
        if let Some(folder) = self.folder.get() {
            return Ok(folder);
        }
        // Who waits here for the first one finds its folder.
        let _first = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        match self.folder.get() {
            Some(folder) => Ok(folder),
            None => Folder::open(self.target, self.inputs)
                .map(|folder| self.folder.get_or_init(|| folder)),
        }
    }

    fn put_in_place(self, found: &[Diagnostic]) -> io::Result<Written> {
        let folder = self.folder()?;
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let hashes = files
            .iter()
            .map(|file| (file.path.to_string(), file.hash.clone()));
        let manifest = Manifest::of(hashes);
        let stale = stale(&self.target.out, &manifest, &folder.before)?;
        let written = files.iter().filter(|file| file.number.is_some()).count();
        let result = Written {
            written,
            unchanged: files.len() - written,
            removed: stale.ours.len(),
            kept: stale.kept,
            repaired: folder.repaired,
        };
        let text = manifest.text();
        let is_new = |name: &str, text: &str| {
            fs::read_to_string(self.target.own.join(name)).map_or(true, |old| old != text)
        };
        must_be_ours(&self.target.own.join(STAMP), fs::Metadata::is_file)?;
        let keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        let keys = keys.iter();
        let keys = keys.map(|(path, (key, _))| (path.to_string(), in_hex(*key)));
        let stamp = self
            .inputs
            .map(|inputs| Stamp::new(inputs, &text, found, keys.collect()).text());
        let stamp = stamp.filter(|stamp| is_new(STAMP, stamp));
        if written > 0 || is_new(MANIFEST, &text) || stamp.is_some() || folder.repaired {
            // Until the new manifest stands, the old one must know of everything we may have written: a run that is
            // killed meanwhile leaves files that the next run can recognise as ours.
            let both = manifest.and(&folder.before).text();
            let changed = files
                .iter()
                .filter_map(|file| Some((&file.path, file.number?)));
            let publication = Publication {
                target: self.target,
                staging: &self.target.out.join(STAGING),
                changed: in_order(changed.collect()),
                gone: stale.ours.into_iter().chain(stale.missing).collect(),
                after: [(MANIFEST, (both != text).then_some(text)), (STAMP, stamp)],
                meanwhile: both,
            };
            publication.publish()?;
        }
        Ok(result)
    }

    /// The bytes of the file in its place, if it was made with this key and is as it was written. Like a file aside, it
    /// belongs to a site that comes whole or not at all.
    fn stands(&self, path: &str, key: u128) -> Option<Vec<u8>> {
        if self.is_over() || !(self.goes_on)() {
            return None;
        }
        match self.folder() {
            Ok(Folder { keys, before, .. }) if keys.get(path)? == &in_hex(key) => {
                as_written(&self.target.out, path, before.files.get(path)?)
            }
            Ok(_) => None,
            Err(error) => {
                drop(self.trouble.set(unchanged(&error)));
                None
            }
        }
    }

    /// Compares a file with the one in its place, and writes it aside if they differ.
    fn set_aside(&self, path: &OutputPath, bytes: &Bytes) -> io::Result<()> {
        let Folder {
            is_fresh, before, ..
        } = self.folder()?;
        let stands = {
            let keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
            keys.get(path).is_some_and(|(_, stands)| *stands)
        };
        let differs =
            !stands && (*is_fresh || !is_as_it_should_be(&self.target.out, path, bytes, before)?);
        let number = differs.then(|| self.written.fetch_add(1, Ordering::Relaxed));
        if let Some(number) = number {
            let place = self.target.out.join(path.as_str());
            fs::write(aside(&self.target.out.join(STAGING), number), bytes).map_err(at(&place))?;
        }
        let file = File {
            path: path.clone(),
            hash: hash(bytes),
            number,
        };
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.push(file);
        Ok(())
    }
}

impl Folder {
    fn open(target: &Target, inputs: Option<Inputs>) -> io::Result<Self> {
        target.prepare()?;
        let lock = Lock::take(target)?;
        let out = &target.out;
        let is_missing = |folder: &&Path| !folder.exists();
        let made = out
            .ancestors()
            .take_while(is_missing)
            .map(Path::to_path_buf);
        let made = made.collect();
        fs::create_dir_all(out).map_err(at(out))?;
        let is_fresh = fs::read_dir(out).map_err(at(out))?.next().is_none();
        let staging = out.join(STAGING);
        must_be_ours(&staging, fs::Metadata::is_dir)?;
        let before = read_manifest(target)?;
        let folder = Self {
            out: out.clone(),
            made,
            is_fresh,
            repaired: staging.exists(),
            keys: inputs.map_or_else(BTreeMap::new, |inputs| keys(target, inputs, &before)),
            before,
            _lock: lock,
        };
        if folder.repaired {
            fs::remove_dir_all(&staging)
                .map_err(at(&staging))
                .map_err(|error| unchanged(&error))?;
        }
        fs::create_dir(&staging)
            .map_err(at(&staging))
            .map_err(|error| unchanged(&error))?;
        Ok(folder)
    }
}

impl Drop for Folder {
    /// What cannot be removed now is removed by the next run.
    fn drop(&mut self) {
        drop(fs::remove_dir_all(self.out.join(STAGING)));
        for folder in &self.made {
            // It stays if the site is in it.
            drop(fs::remove_dir(folder));
        }
    }
}

impl Aside for Staging<'_> {
    fn standing(&self, path: &OutputPath, key: u128) -> Option<Bytes> {
        let bytes = if self.has_stamp {
            self.stands(path.as_str(), key)
        } else {
            None
        };
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        keys.insert(path.clone(), (key, bytes.is_some()));
        bytes.map(Bytes::from)
    }

    fn take(&self, path: &OutputPath, bytes: &Bytes) {
        let taken = if (self.goes_on)() {
            self.set_aside(path, bytes)
                .map_err(|error| unchanged(&error))
        } else {
            Err(unchanged(&io::ErrorKind::Interrupted.into()))
        };
        if let Err(error) = taken {
            // The first one is told.
            drop(self.trouble.set(error));
        }
    }

    fn is_over(&self) -> bool {
        self.trouble.get().is_some()
    }
}
