//! `sw.js`: the worker that keeps the site in the reader's browser. Its work is the site theme's `worker/keep.js`; here
//! it learns what this edition consists of.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::output::{Bytes, OutputPath, OutputTree};
use crate::plan::{Artifact, SitePlan};
use crate::source::Source;

/// How many bytes a site may have to be kept whole: hosts send about two megabytes for as many.
pub const WHOLE: usize = 8_000_000;

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

/// The worker for these files, which are all others of the site.
pub fn render(plan: &SitePlan, worker: &Source, files: &OutputTree) -> Bytes {
    let size: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    let whole = size <= WHOLE;
    let mut core = Files::new();
    let mut rest = Files::new();
    for (path, artifact) in plan.iter() {
        let list = if is_core(artifact) {
            &mut core
        } else if whole && is_read(artifact) {
            &mut rest
        } else {
            continue;
        };
        if let Some(bytes) = files.get(path.as_str()) {
            list.insert(address(path), hash(bytes));
        }
    }
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
            &worker.bytes,
        ]
        .concat(),
    )
}

/// As browsers ask for it.
fn address(path: &OutputPath) -> String {
    OutputPath::new(path.address()).encoded()
}

/// Whether readers cannot do without it: where they begin, and all that pages are drawn with.
fn is_core(artifact: &Artifact) -> bool {
    matches!(
        artifact,
        Artifact::Home
            | Artifact::QuestionIndex
            | Artifact::CheatSheet
            | Artifact::AllPages
            | Artifact::SearchData
            | Artifact::Offline
            | Artifact::Manifest
            | Artifact::Asset(_)
    )
}

/// Whether browsers of readers ask for it. The page for no page is the host's to show.
fn is_read(artifact: &Artifact) -> bool {
    !matches!(
        artifact,
        Artifact::NotFound | Artifact::Sitemap | Artifact::Robots | Artifact::Headers
    )
}

/// The beginning of the SHA-256, which browsers work out, too: enough to tell two versions of one file apart.
fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)[..HASH_BYTES]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
