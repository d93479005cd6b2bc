//! The project's sources, for commands that build nothing.

use std::io;
use std::path::Path;

use super::Terminal;
use super::report::print;
use crate::load::load;
use crate::model::handbook::PATH;
use crate::source::{SourcePath, Sources};

/// The project's sources; `None` where some of them cannot be read, which is told: files must not be taken for absent.
pub(super) fn load_whole(root: &Path, terminal: &Terminal) -> io::Result<Option<Sources>> {
    let sources = load(root)?;
    if !sources.is_partial {
        return Ok(Some(sources));
    }
    print(&sources.found, &sources, usize::MAX, false, terminal);
    Ok(None)
}

/// Tells, as `check` does, that a folder holds no handbook's settings; false where it does.
pub(super) fn lacks_handbook(sources: &Sources, terminal: &Terminal) -> bool {
    let path = SourcePath::new(PATH);
    if sources.get(&path).is_some() {
        return false;
    }
    let parsed = crate::parse::parse_alone(sources);
    let mut found = crate::link::link_alone(parsed, sources, true).found;
    found.retain(|one| one.place.path == path);
    print(&found, sources, usize::MAX, false, terminal);
    true
}
