//! What the site in an output folder was made from, so that a build of the same reads both and makes nothing, and one of
//! almost the same makes what differs.
//!
//! Only bytes decide, never times: those of all sources, of the program and of every file that was written.

#![expect(
    clippy::disallowed_methods,
    reason = "it reads the site and the program"
)]

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::manifest::{MANIFEST, Manifest};
use super::{STAGING, Target, hash, must_be_ours};
use crate::Options;
use crate::diagnostic::Diagnostic;
use crate::html::hash_of;
use crate::source::Sources;

/// The stamp's name among what is our own.
pub(super) const STAMP: &str = "stamp.json";

/// Everything that a build's result depends on.
#[derive(Clone, Copy, Debug)]
pub struct Inputs {
    /// A hash of the program and its options.
    maker: u128,
    /// A hash of these and of all sources.
    all: u128,
}

impl Inputs {
    /// `None` where the program cannot read itself, or the sources are not whole.
    pub fn of(sources: &Sources, options: &Options) -> Option<Self> {
        let files: Vec<_> = sources
            .iter()
            .map(|(path, source)| (path, source.hash, source.built_in))
            .collect();
        let found = format!("{:?}", sources.found);
        let maker = hash_of(&(program().ok()?, options));
        let all = hash_of(&(maker, files, found));
        (!sources.is_partial).then_some(Self { maker, all })
    }
}

/// xxh3-128 of the program, read piece by piece: all of it at once would be as much memory as a small build takes.
fn program() -> io::Result<u128> {
    let mut file = fs::File::open(std::env::current_exe()?)?;
    let mut hash = Xxh3::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hash.digest128()),
            length => hash.update(&piece[..length]),
        }
    }
}

/// What was found and made.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stamp<'a> {
    inputs: String,
    maker: String,
    /// xxh3-128 of the manifest that was written with it.
    manifest: String,
    found: Cow<'a, [Diagnostic]>,
    /// The keys of files, by path, as far as they have some.
    keys: BTreeMap<String, String>,
}

impl<'a> Stamp<'a> {
    pub(super) fn new(
        inputs: Inputs,
        manifest: &str,
        found: &'a [Diagnostic],
        keys: BTreeMap<String, String>,
    ) -> Self {
        Self {
            inputs: in_hex(inputs.all),
            maker: in_hex(inputs.maker),
            manifest: hash(manifest.as_bytes()),
            found: Cow::Borrowed(found),
            keys,
        }
    }

    pub(super) fn text(&self) -> String {
        serde_json::to_string(self).expect("findings always serialise")
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
pub fn standing(Target { out, own }: &Target, inputs: Inputs) -> Option<Standing> {
    let stamp = read_stamp(own)?;
    let is_at_rest = fs::symlink_metadata(out.join(STAGING))
        .is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
    if stamp.inputs != in_hex(inputs.all) || !is_at_rest {
        return None;
    }
    let manifest = read_own(own, MANIFEST)?;
    if stamp.manifest != hash(manifest.as_bytes()) {
        return None;
    }
    let manifest: Manifest = serde_json::from_str(&manifest).ok()?;
    let files: Vec<_> = manifest.files.iter().collect();
    let is_whole = are_folders(out, &manifest)
        && files
            .par_iter()
            .all(|(path, hash)| as_written(out, path, hash).is_some());
    is_whole.then(|| Standing {
        found: stamp.found.into_owned(),
        files: files.len(),
        pages: files
            .iter()
            .filter(|(path, _)| path.ends_with(".html"))
            .count(),
    })
}

/// The keys of the files that stand in an output folder, by path, if this program with these options made them and they
/// are those of the manifest. In doubt there are none.
pub(super) fn keys(
    Target { out, own }: &Target,
    inputs: Inputs,
    manifest: &Manifest,
) -> BTreeMap<String, String> {
    let stamp = read_stamp(own).filter(|stamp| {
        stamp.maker == in_hex(inputs.maker)
            && stamp.manifest == hash(manifest.text().as_bytes())
            && are_folders(out, manifest)
    });
    stamp.map(|stamp| stamp.keys).unwrap_or_default()
}

fn read_stamp(own: &Path) -> Option<Stamp<'static>> {
    serde_json::from_str(&read_own(own, STAMP)?).ok()
}

fn read_own(own: &Path, name: &str) -> Option<String> {
    let path = own.join(name);
    must_be_ours(&path, fs::Metadata::is_file).ok()?;
    fs::read_to_string(path).ok()
}

/// Whether the folders above the files of a manifest are folders, and no links to others.
fn are_folders(out: &Path, manifest: &Manifest) -> bool {
    let files = manifest.files.keys();
    let folders: BTreeSet<&str> = files
        .flat_map(|path| path.match_indices('/').map(|(end, _)| &path[..end]))
        .collect();
    folders
        .par_iter()
        .all(|folder| fs::symlink_metadata(out.join(folder)).is_ok_and(|meta| meta.is_dir()))
}

/// The bytes of a file of ours, if they have this hash and it is no link.
pub(super) fn as_written(out: &Path, path: &str, written: &str) -> Option<Vec<u8>> {
    let full = out.join(path);
    fs::symlink_metadata(&full)
        .ok()
        .filter(fs::Metadata::is_file)?;
    fs::read(&full).ok().filter(|bytes| hash(bytes) == written)
}

pub(super) fn in_hex(hash: u128) -> String {
    format!("{hash:032x}")
}
