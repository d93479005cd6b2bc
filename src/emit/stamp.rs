//! What the site in an output folder was made from, so that a build of the same reads both and makes nothing.
//!
//! Only bytes decide, never times: those of all sources, of the program and of every file that was written.

#![expect(
    clippy::disallowed_methods,
    reason = "it reads the site and the program"
)]

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::manifest::{MANIFEST, Manifest};
use super::{STAGING, hash, must_be_ours};
use crate::Options;
use crate::diagnostic::Diagnostic;
use crate::html::hash_of;
use crate::source::Sources;

/// The stamp's name in the output folder.
pub(super) const STAMP: &str = ".prepbook-stamp.json";

/// Everything that a build's result depends on, as one hash.
#[derive(Clone, Copy, Debug)]
pub struct Inputs(u128);

impl Inputs {
    /// `None` where the program cannot read itself, or the sources are not whole.
    pub fn of(sources: &Sources, options: &Options) -> Option<Self> {
        let program = fs::read(std::env::current_exe().ok()?).ok()?;
        let files: Vec<_> = sources
            .iter()
            .map(|(path, source)| (path, source.hash, source.built_in))
            .collect();
        let found = format!("{:?}", sources.found);
        let inputs = (hash(&program), files, found, options);
        (!sources.is_partial).then(|| Self(hash_of(&inputs)))
    }
}

/// What was found and made.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stamp {
    inputs: String,
    /// xxh3-128 of the manifest that was written with it.
    manifest: String,
    found: Vec<Diagnostic>,
}

impl Stamp {
    pub(super) fn new(inputs: Inputs, manifest: &str, found: &[Diagnostic]) -> Self {
        Self {
            inputs: format!("{:032x}", inputs.0),
            manifest: hash(manifest.as_bytes()),
            found: found.to_vec(),
        }
    }

    pub(super) fn text(&self) -> String {
        serde_json::to_string_pretty(self).expect("findings always serialise") + "\n"
    }
}

/// A site that stands as a build of the same inputs would make it.
pub struct Standing {
    /// What that build found.
    pub found: Vec<Diagnostic>,
    pub files: usize,
    pub pages: usize,
}

/// The site in an output folder, if it was made from these inputs and every file of it is as it was written. In doubt
/// there is none, and a build says why.
pub fn standing(out: &Path, inputs: Inputs) -> Option<Standing> {
    let own = |name| {
        let path = out.join(name);
        must_be_ours(&path, fs::Metadata::is_file).ok()?;
        fs::read_to_string(path).ok()
    };
    let stamp: Stamp = serde_json::from_str(&own(STAMP)?).ok()?;
    let manifest = own(MANIFEST)?;
    let is_same = stamp.text() == Stamp::new(inputs, &manifest, &stamp.found).text();
    let is_at_rest = fs::symlink_metadata(out.join(STAGING))
        .is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
    if !is_same || !is_at_rest {
        return None;
    }
    let manifest: Manifest = serde_json::from_str(&manifest).ok()?;
    let files: Vec<_> = manifest.files.iter().collect();
    let folders: BTreeSet<&str> = files
        .iter()
        .flat_map(|(path, _)| path.match_indices('/').map(|(end, _)| &path[..end]))
        .collect();
    let are_folders = folders
        .par_iter()
        .all(|folder| fs::symlink_metadata(out.join(folder)).is_ok_and(|meta| meta.is_dir()));
    let is_whole = are_folders
        && files
            .par_iter()
            .all(|(path, hash)| is_as_written(out, path, hash));
    is_whole.then(|| Standing {
        found: stamp.found,
        files: files.len(),
        pages: files
            .iter()
            .filter(|(path, _)| path.ends_with(".html"))
            .count(),
    })
}

/// Whether a file of ours has the bytes of this hash, and is no link.
fn is_as_written(out: &Path, path: &str, written: &str) -> bool {
    let full = out.join(path);
    fs::symlink_metadata(&full).is_ok_and(|meta| meta.is_file())
        && fs::read(&full).is_ok_and(|bytes| hash(&bytes) == *written)
}
