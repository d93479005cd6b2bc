//! What prepbook wrote into an output folder, as the project remembers it.

#![expect(clippy::disallowed_methods, reason = "it reads the manifest")]

use std::collections::BTreeMap;
use std::fs;
use std::io;

use serde::{Deserialize, Serialize};

use super::stamp::as_written;
use super::{Target, at, must_be_ours};

/// The manifest's name among what is our own.
pub(super) const MANIFEST: &str = "manifest.json";

/// The files of ours in an output folder, by path, with their hashes.
#[derive(Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    format: u32,
    /// xxh3-128 of each file's bytes, by path from the output folder; while a run writes, the new and the old one.
    pub(super) files: BTreeMap<String, String>,
}

impl Manifest {
    pub(super) fn of(files: impl Iterator<Item = (String, String)>) -> Self {
        Self {
            format: 1,
            files: files.collect(),
        }
    }

    /// What may stand in the folder between one state and another.
    pub(super) fn and(&self, before: &Self) -> Self {
        let mut both = self.files.clone();
        for (path, then) in &before.files {
            both.entry(path.clone())
                .and_modify(|now| {
                    if now != then {
                        *now = format!("{now} {then}");
                    }
                })
                .or_insert_with(|| then.clone());
        }
        Self::of(both.into_iter())
    }

    pub(super) fn text(&self) -> String {
        serde_json::to_string_pretty(self).expect("strings always serialise") + "\n"
    }
}

/// The manifest of the last run; empty when there is none, or nothing stands there as it was written: another folder may
/// have come in the place of ours. A damaged one is an error, never a licence to delete.
pub(super) fn read_manifest(Target { out, own }: &Target) -> io::Result<Manifest> {
    let path = own.join(MANIFEST);
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
        None => {
            let stands = |(path, hashes): (&String, &String)| {
                let mut hashes = hashes.split(' ');
                hashes.any(|hash| as_written(out, path, hash).is_some())
            };
            let is_ours = manifest.files.iter().any(stands);
            Ok(if is_ours {
                manifest
            } else {
                Manifest::default()
            })
        }
    }
}
