//! Stories: the reader's own, and which themes they cover. All that `stories.html` shows of them, its scripts fill in; what
//! it shows without them is a grid to print and fill in by hand.

use serde::Serialize;

use super::{Frame, LinkTo, Site};
use crate::diagnostic::Diagnostic;
use crate::html::Shared;
use crate::output::{Bytes, OutputPath};
use crate::section::Section;

/// All that `stories.html` can see.
#[derive(Hash, Serialize)]
struct Context {
    frame: Frame,
    /// The rows of the grid.
    themes: Vec<Shared<LinkTo>>,
}

pub fn render(site: &Site, path: &OutputPath) -> Result<Bytes, Box<Diagnostic>> {
    let frame = site.frame_for_section(Section::Stories);
    let themes = site.links(site.handbook.themes.all());
    site.fill("stories.html", path, &Context { frame, themes })
}
