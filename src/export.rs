//! Files for programs rather than readers. Each stands in a file of its own with one row that says where it stands and
//! how it is made.

pub mod exercise;
pub mod favicon;
pub mod feed;
pub mod headers;
pub mod manifest;
pub mod practice;
pub mod robots;
pub mod search;
pub mod sheet;
pub mod sitemap;
pub mod state;
pub mod stories;
pub mod topics;
pub mod worker;

use std::hash::Hash;

use serde::Serialize;

use crate::handbook::Handbook;
use crate::html::hash_of;
use crate::memo::Cache;
use crate::output::{Bytes, OutputTree};
use crate::page::Site;
use crate::page::key::Shows;
use crate::plan::Own;

/// A file for programs.
pub struct Export {
    pub path: &'static str,
    /// Whether a site has it.
    pub exists: fn(Circumstances) -> bool,
    pub kept: Kept,
    /// What becomes of a file of the author's at the same path.
    pub own: Own,
    /// What of the handbook it is made from, besides the site theme's files.
    pub shows: fn(&Site) -> Shows,
    pub render: Render,
}

/// What decides which exports a site has.
#[derive(Clone, Copy)]
pub struct Circumstances {
    /// Whether it is known where the site will stand.
    pub has_address: bool,
    /// Whether any record says when it was updated.
    pub has_dates: bool,
}

/// What browsers do with a file for reading offline.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// They keep it with the first pages.
    First,
    /// Only hosts and search engines ask for it.
    Never,
}

/// How a file is made.
pub enum Render {
    /// From the site, beside its pages.
    FromSite(fn(&Site, &Memo) -> Bytes),
    /// From all other files, after them.
    FromFiles(fn(&Site, &OutputTree) -> Bytes),
}

/// What is said of an author's file where scripts of the pages ask for the one that is made.
const ASKED_FOR: Own =
    Own::Refused("rename this file: scripts of the pages ask for the one that is made");

/// All exports.
const ALL: &[Export] = &[
    exercise::EXPORT,
    favicon::EXPORT,
    feed::EXPORT,
    headers::EXPORT,
    manifest::EXPORT,
    practice::EXPORT,
    robots::EXPORT,
    search::EXPORT,
    sheet::EXPORT,
    sitemap::EXPORT,
    state::EXPORT,
    stories::EXPORT,
    topics::EXPORT,
    worker::EXPORT,
];

/// What earlier builds made of the same records.
pub struct Memo {
    search: search::Memo,
    /// Scripts that hold data, by that data.
    scripts: Cache<Bytes>,
}

impl Memo {
    pub fn new(remembers: bool) -> Self {
        Self {
            search: search::Memo::new(remembers),
            scripts: Cache::new(remembers),
        }
    }

    /// Ends a build: forgets what the last few did not use.
    pub fn end_build(&self) {
        self.search.end_build();
        self.scripts.end_build();
    }

    /// A script that leaves data under this name in the site's one global. Data that has not changed is not written
    /// again: to see that costs a fraction of writing.
    fn script<D: Serialize + Hash>(&self, name: &str, data: &D) -> Bytes {
        let write = || {
            let data = serde_json::to_string(data).expect("plain data is JSON");
            Bytes::from(format!("prepbook.{name}={data};\n"))
        };
        if !self.scripts.remembers() {
            return write();
        }
        self.scripts.get(hash_of(&(name, data)), write)
    }
}

/// The exports that a site has.
pub fn existing(
    handbook: &Handbook,
    has_address: bool,
) -> impl Iterator<Item = (&'static str, Own)> {
    let circumstances = Circumstances {
        has_address,
        has_dates: handbook.latest_update().is_some(),
    };
    let existing = ALL.iter().filter(move |one| (one.exists)(circumstances));
    existing.map(|one| (one.path, one.own))
}

/// The export at a path.
pub fn at(path: &str) -> Option<&'static Export> {
    ALL.iter().find(|one| one.path == path)
}
