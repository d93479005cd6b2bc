//! `sw.js`: the worker that keeps the site in the reader's browser. Its work is the site theme's `worker/keep.js`; here
//! it learns what this edition consists of.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Export, Kept, Render};
use crate::output::{Bytes, OutputPath, OutputTree};
use crate::page::Site;
use crate::page::icons::is_icon;
use crate::page::key::Shows;
use crate::plan::{Artifact, Own, WORKER};
use crate::section::Section;
use crate::source::{FILES, IMAGES};

pub(super) const EXPORT: Export = Export {
    path: WORKER,
    exists: |_| true,
    kept: Kept::Never,
    own: Own::Refused(
        "delete this file; `offline: false` in content/handbook.yaml ends reading offline, and a worker of the site theme is changed in `worker/`",
    ),
    shows: |_| Shows::Nothing,
    render: Render::FromFiles(render),
};

/// How many bytes a site may have to be kept whole: hosts send about four megabytes for as many.
pub const WHOLE: usize = 16_000_000;

/// How much of a hash the worker is told.
const HASH_BYTES: usize = 4;

/// Hashes by address from the site's root.
type Files = BTreeMap<String, String>;

/// What the worker is told.
#[derive(Serialize)]
struct Edition {
    /// Differs from other editions'.
    name: String,
    /// Kept before the worker takes over: all of them or none.
    core: Files,
    /// Kept afterwards, as readers' connections allow.
    rest: Files,
    /// Whether everything is kept; if not, the core and what the reader opens.
    whole: bool,
}

/// Where nothing is to be kept, a worker stands that removes what an earlier edition kept.
fn render(site: &Site, files: &OutputTree) -> Bytes {
    if site.handbook.settings.offline.0 {
        keeping(site, files)
    } else {
        site.assets.value.worker("forget.js")
    }
}

/// The worker that keeps these files, which are all others of the site.
fn keeping(site: &Site, files: &OutputTree) -> Bytes {
    let whole = files.bytes() <= WHOLE;
    let listed = |is_one: &(dyn Fn(&Artifact) -> bool + Sync)| -> Files {
        let paths: Vec<_> = site.plan.iter().filter(|file| is_one(file.1)).collect();
        let paths = paths.par_iter();
        paths
            .filter_map(|(path, _)| Some((address(path), hash(files.get(path.as_str())?))))
            .collect()
    };
    let core = listed(&is_core);
    let rest = listed(&|artifact| whole && !is_core(artifact) && is_read(artifact));
    let name = format!("{:016x}", crate::html::hash_of(&(&core, &rest)) >> 64);
    let edition = Edition {
        name,
        core,
        rest,
        whole,
    };
    let edition = serde_json::to_string(&edition).expect("strings always serialise");
    Bytes::from(
        [
            format!("const edition = {edition};\n").as_bytes(),
            &site.assets.value.worker("keep.js"),
        ]
        .concat(),
    )
}

/// As browsers ask for it.
fn address(path: &OutputPath) -> String {
    OutputPath::new(path.address()).encoded()
}

/// Whether readers cannot do without it: where they begin, and all that pages are drawn with.
pub fn is_core(artifact: &Artifact) -> bool {
    match artifact {
        Artifact::Home
        | Artifact::Index(Section::Questions | Section::CheatSheet | Section::AllPages)
        | Artifact::Offline
        | Artifact::Asset(_) => true,
        Artifact::Export(path) => kept(path) == Kept::First,
        Artifact::Medium(name) => name.strip_prefix(FILES).is_some_and(is_icon),
        _ => false,
    }
}

/// Whether browsers of readers ask for it. The page for no page is the host's to show, pictures are for other hosts.
fn is_read(artifact: &Artifact) -> bool {
    match artifact {
        Artifact::NotFound | Artifact::Picture(_) => false,
        // Hosts and search engines ask for files; readers seldom, and for large ones.
        Artifact::Medium(name) => name.starts_with(IMAGES),
        Artifact::Export(path) => kept(path) != Kept::Never,
        _ => true,
    }
}

fn kept(path: &str) -> Kept {
    super::at(path).map_or(Kept::Never, |export| export.kept)
}

/// The beginning of the SHA-256, which browsers work out, too: enough to tell two versions of one file apart.
fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)[..HASH_BYTES]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
