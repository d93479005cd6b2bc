//! My data: what this browser keeps for the reader. All that `my-data.html` shows of it, its script fills in.

use serde::Serialize;

use super::{Frame, Site};
use crate::diagnostic::Diagnostic;
use crate::output::{Bytes, OutputPath};
use crate::section::Section;

/// All that `my-data.html` can see.
#[derive(Hash, Serialize)]
struct Context {
    frame: Frame,
}

pub fn render(site: &Site, path: &OutputPath) -> Result<Bytes, Box<Diagnostic>> {
    let frame = site.frame_for_section(Section::MyData);
    site.fill("my-data.html", path, &Context { frame })
}
