//! The bytes of every planned file.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::diagnostic::{Checked, Diagnostic};
use crate::export::{self, Render, headers, worker};
use crate::model::Kind;
use crate::output::{Aside, Bytes, Hosting, OutputPath, OutputTree};
use crate::page::key::Keys;
use crate::page::{self, Site};
use crate::plan::Artifact;
use crate::section::Section;

/// When a file is made.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    /// Lists of everything take longest; begun last, they would hold up the end.
    First,
    Second,
    /// The print edition is made of all pages.
    AfterPages,
    /// Made of all other files.
    Last,
}

fn turn(artifact: &Artifact) -> Turn {
    match artifact {
        Artifact::Index(Section::Print) => Turn::AfterPages,
        Artifact::Export(path) if export::at(path).is_some_and(is_from_files) => Turn::Last,
        Artifact::Record(at) if at.kind == Kind::Question => Turn::Second,
        _ => Turn::First,
    }
}

fn is_from_files(export: &export::Export) -> bool {
    matches!(export.render, Render::FromFiles(_))
}

/// Makes every planned file. A page that fails is absent from the tree and present among the findings, once for
/// all pages that fail alike. Files that no other is made from may go aside.
pub fn render(site: &Site, memo: &export::Memo, aside: Option<&dyn Aside>) -> Checked<OutputTree> {
    let mut planned: Vec<_> = site.plan.iter().map(|file| (turn(file.1), file)).collect();
    planned.sort_by(|one, other| one.0.cmp(&other.0));
    let (at_once, later): (Vec<_>, Vec<_>) = planned
        .into_iter()
        .partition(|(turn, _)| *turn < Turn::AfterPages);
    let room = Room {
        // The print edition is made from all pages.
        aside: aside.filter(|_| !site.plan.has(Section::Print)),
        filled: AtomicUsize::new(0),
    };
    let files = &site.memo.files;
    let keys = files.remembers().then(|| Keys::new(site));
    let find = |(_, (path, artifact))| {
        let key = keys
            .as_ref()
            .and_then(|keys| key(keys, site, path, artifact));
        let found = key.and_then(|key| files.find(key));
        (path, artifact, key, found)
    };
    let to_make: Vec<_> = at_once.into_par_iter().map(find).collect();
    let is_list = |artifact: &Artifact| match artifact {
        Artifact::Index(_) => true,
        Artifact::Record(at) => at.kind != Kind::Question,
        _ => false,
    };
    if to_make
        .iter()
        .any(|(_, artifact, _, found)| found.is_none() && is_list(artifact))
    {
        let pieces = &site.pieces;
        if let Err(fault) = pieces.make_cards(&site.handbook, &site.templates, &site.memo) {
            return Checked::new(OutputTree::default(), vec![*fault]);
        }
    }
    let made: Vec<_> = to_make
        .into_par_iter()
        .map(|(path, artifact, key, found)| {
            let make = || match (found, key) {
                (Some(bytes), _) => Ok(bytes),
                (None, Some(key)) => files.try_get(key, || file(site, path, artifact, memo)),
                (None, None) => file(site, path, artifact, memo),
            };
            (path, room.put(path, artifact, make))
        })
        .collect();
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut tree = OutputTree::default();
    for (path, result) in made {
        match result {
            Ok(Made::Here(bytes)) => tree.add(path.clone(), bytes),
            Ok(Made::Aside(bytes)) => tree.add_aside(path.clone(), bytes),
            Err(diagnostic) => found.push(*diagnostic),
        }
    }
    tree.hosting = Hosting {
        base_url: site.base_url.clone(),
        base_path: site.base_path(),
        headers: headers::everywhere(&site.handbook.settings),
    };
    if found.is_empty() {
        for (_, (path, artifact)) in later {
            match from_files(site, path, artifact, &tree) {
                Ok(bytes) => tree.add(path.clone(), bytes),
                Err(diagnostic) => found.push(*diagnostic),
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    Checked::new(tree, found)
}

/// Where a file is once it is made.
enum Made {
    Here(Bytes),
    /// How many bytes it has.
    Aside(usize),
}

/// What is kept in memory until the site is whole.
struct Room<'a> {
    aside: Option<&'a dyn Aside>,
    /// How many bytes were put here.
    filled: AtomicUsize,
}

impl Room<'_> {
    /// Makes a file and keeps it, or sets it aside: the worker reads all files of small sites, and of others the core.
    fn put(
        &self,
        path: &OutputPath,
        artifact: &Artifact,
        make: impl FnOnce() -> Result<Bytes, Box<Diagnostic>>,
    ) -> Result<Made, Box<Diagnostic>> {
        let Some(aside) = self.aside else {
            return make().map(Made::Here);
        };
        if aside.is_over() {
            return Ok(Made::Aside(0));
        }
        let bytes = make()?;
        let filled = self.filled.fetch_add(bytes.len(), Ordering::Relaxed);
        if filled <= worker::WHOLE || worker::is_core(artifact) {
            return Ok(Made::Here(bytes));
        }
        aside.take(path, &bytes);
        Ok(Made::Aside(bytes.len()))
    }
}

/// The key of a file; `None` for what is made of other files, and for what is ready.
fn key(keys: &Keys<'_>, site: &Site, path: &OutputPath, artifact: &Artifact) -> Option<u128> {
    let Artifact::Export(name) = artifact else {
        return keys.of(path, artifact);
    };
    let export = export::at(name).filter(|export| !is_from_files(export))?;
    Some(keys.showing(path, (export.shows)(site), site.assets.value.hash))
}

/// A file that is made of others.
fn from_files(
    site: &Site,
    path: &OutputPath,
    artifact: &Artifact,
    files: &OutputTree,
) -> Result<Bytes, Box<Diagnostic>> {
    match artifact {
        Artifact::Export(path) => Ok(match export::at(path).map(|export| &export.render) {
            Some(Render::FromFiles(render)) => render(site, files),
            _ => Bytes::new(),
        }),
        _ => page::print::render(site, path, files),
    }
}

fn file(
    site: &Site,
    path: &OutputPath,
    artifact: &Artifact,
    memo: &export::Memo,
) -> Result<Bytes, Box<Diagnostic>> {
    match artifact {
        Artifact::Home => page::home::render(site, path),
        Artifact::Index(section) => page::section(site, path, *section),
        Artifact::NotFound => page::index::render_not_found(site, path),
        Artifact::Offline => page::index::render_offline(site, path),
        Artifact::Redirect(at) => page::redirect::render(site, path, *at),
        Artifact::Record(at) => page::record(site, path, *at),
        Artifact::Picture(at) => Ok(site.draw_picture(*at)),
        Artifact::Export(path) => Ok(match export::at(path).map(|export| &export.render) {
            Some(Render::FromSite(render)) => render(site, memo),
            _ => Bytes::new(),
        }),
        Artifact::Medium(name) => {
            let medium = site.media.get(name);
            Ok(medium.map(|one| one.bytes.clone()).unwrap_or_default())
        }
        Artifact::Asset(name) => {
            let asset = site.assets.value.get(name);
            Ok(asset.map(|asset| asset.bytes.clone()).unwrap_or_default())
        }
    }
}
