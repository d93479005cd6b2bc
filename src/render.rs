//! The bytes of every planned file.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::diagnostic::{Checked, Diagnostic};
use crate::export::{self, Render, worker};
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
    let making = Making {
        site,
        memo,
        keys: (site.memo.files.remembers() || aside.is_some()).then(|| Keys::new(site)),
        room: Room {
            aside,
            // The print edition is made from all pages.
            keeps_all: site.plan.has(Section::Print),
            filled: AtomicUsize::new(0),
        },
    };
    let at_once = at_once.into_par_iter().map(|(_, file)| file);
    let at_once: Vec<_> = at_once.map(|file| making.find(file)).collect();
    let is_list = |artifact: &Artifact| match artifact {
        Artifact::Index(_) => true,
        Artifact::Record(at) => at.kind != Kind::Question,
        _ => false,
    };
    let mut missing = at_once.iter().filter(|file| file.made.is_none());
    if missing.any(|file| is_list(file.artifact))
        && let Err(fault) = (site.pieces).make_cards(&site.handbook, &site.templates, &site.memo)
    {
        return Checked::new(OutputTree::default(), vec![*fault]);
    }
    let made: Vec<_> = at_once
        .into_par_iter()
        .map(|file| (file.path, making.make(file)))
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
    let everywhere = site.headers.iter().filter(|rule| rule.path == "/*");
    tree.hosting = Hosting {
        base_url: site.base_url.clone(),
        base_path: site.base_path(),
        headers: everywhere.cloned().flat_map(|rule| rule.headers).collect(),
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

/// A planned file.
struct Planned<'a> {
    path: &'a OutputPath,
    artifact: &'a Artifact,
    key: Option<u128>,
    /// What an earlier build made of the same.
    made: Option<Made>,
}

/// Makes files, or finds them made.
struct Making<'a> {
    site: &'a Site,
    memo: &'a export::Memo,
    /// Absent where nothing is remembered and nothing stands.
    keys: Option<Keys<'a>>,
    room: Room<'a>,
}

impl Making<'_> {
    fn find<'a>(&self, (path, artifact): (&'a OutputPath, &'a Artifact)) -> Planned<'a> {
        let key = self.key(path, artifact);
        let found = key.and_then(|key| {
            let in_memory = self.site.memo.files.find(key);
            in_memory.or_else(|| self.room.aside?.standing(path, key))
        });
        Planned {
            path,
            artifact,
            key,
            made: found.map(|bytes| self.room.put(path, artifact, bytes)),
        }
    }

    fn make(&self, file: Planned<'_>) -> Result<Made, Box<Diagnostic>> {
        let Planned { path, artifact, .. } = file;
        match file.made {
            Some(made) => Ok(made),
            None if self.room.is_over() => Ok(Made::Aside(0)),
            None => {
                let make = || self::file(self.site, path, artifact, self.memo);
                let bytes = match file.key {
                    Some(key) => self.site.memo.files.try_get(key, make),
                    None => make(),
                };
                Ok(self.room.put(path, artifact, bytes?))
            }
        }
    }

    /// The key of a file; `None` for what is made of other files, and for what is ready.
    fn key(&self, path: &OutputPath, artifact: &Artifact) -> Option<u128> {
        let keys = self.keys.as_ref()?;
        let Artifact::Export(name) = artifact else {
            return keys.of(path, artifact);
        };
        let export = export::at(name).filter(|export| !is_from_files(export))?;
        let shows = (export.shows)(self.site);
        Some(keys.showing(path, shows, self.site.assets.value.hash))
    }
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
    /// Whether something is made from all files.
    keeps_all: bool,
    /// How many bytes were put here.
    filled: AtomicUsize,
}

impl Room<'_> {
    /// Whether no more files are wanted.
    fn is_over(&self) -> bool {
        self.aside.is_some_and(Aside::is_over)
    }

    /// Keeps a file, or sets it aside: the worker reads all files of small sites, and of others the core.
    fn put(&self, path: &OutputPath, artifact: &Artifact, bytes: Bytes) -> Made {
        let Some(aside) = self.aside.filter(|_| !self.keeps_all) else {
            return Made::Here(bytes);
        };
        let filled = self.filled.fetch_add(bytes.len(), Ordering::Relaxed);
        if filled <= worker::WHOLE || worker::is_core(artifact) {
            return Made::Here(bytes);
        }
        aside.take(path, &bytes);
        Made::Aside(bytes.len())
    }
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
