//! What `init` and `new` write: a small handbook with a record of every kind, and the skeleton of each kind.

use include_dir::{Dir, include_dir};

use crate::model::Kind;

static HANDBOOK: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/starter/handbook");
static SKELETONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/starter/new");

/// The files of a new handbook: path from its root, bytes.
pub fn handbook() -> Vec<(String, &'static [u8])> {
    fn files(dir: &'static Dir<'static>, out: &mut Vec<(String, &'static [u8])>) {
        for file in dir.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            // Cargo leaves dot files out of packages; they are stored without their dot.
            out.push((path.replace("dot-", "."), file.contents()));
        }
        dir.dirs().for_each(|dir| files(dir, out));
    }
    let mut out = Vec::new();
    files(&HANDBOOK, &mut out);
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
