//! What `init` and `new` write: a small handbook with a record of every kind, and the skeleton of each kind.

use include_dir::{Dir, include_dir};

use crate::model::Kind;

static HANDBOOK: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/starter/handbook");
static HOSTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/starter/hosts");
static SKELETONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/starter/new");

/// The hosts that are told by a file how to build and publish a handbook.
pub const HOST_NAMES: [&str; 3] = ["netlify", "github", "cloudflare"];

/// The files of a new handbook: path from its root, bytes.
pub fn handbook() -> Vec<(String, &'static [u8])> {
    files(&HANDBOOK, "")
}

/// The files by which a host builds and publishes a handbook: path from its root, bytes; none for other hosts.
pub fn host(name: &str) -> Vec<(String, &'static [u8])> {
    HOSTS
        .get_dir(name)
        .map(|dir| files(dir, &format!("{name}/")))
        .unwrap_or_default()
}

/// All files below a folder, their paths without what stands `before` them, ordered by path.
fn files(dir: &'static Dir<'static>, before: &str) -> Vec<(String, &'static [u8])> {
    let mut out: Vec<_> = dir
        .files()
        .map(|file| {
            let path = file.path().to_string_lossy().replace('\\', "/");
            // Cargo leaves dot files out of packages; they are stored without their dot.
            let path = path.trim_start_matches(before).replace("dot-", ".");
            (path, file.contents())
        })
        .chain(dir.dirs().flat_map(|dir| files(dir, before)))
        .collect();
    out.sort();
    out
}

/// A new record's text, marked as a draft; `None` for kinds that stand in another's file.
pub fn skeleton(kind: Kind, title: &str) -> Option<String> {
    let extension = if kind == Kind::Guide { "md" } else { "yaml" };
    let file = SKELETONS.get_file(format!("{}.{extension}", kind.word()))?;
    let quoted = serde_json::to_string(title).expect("strings always serialise");
    Some(file.contents_utf8()?.replace("{title}", &quoted))
}
