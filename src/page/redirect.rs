//! Stubs at old and short addresses (`redirect.html`): they lead on at once, and by a link where that is switched off.

use serde::Serialize;

use super::{Frame, Site};
use crate::diagnostic::Diagnostic;
use crate::handbook::RecordAt;
use crate::output::{Bytes, OutputPath};

/// All that `redirect.html` can see.
#[derive(Hash, Serialize)]
struct Context<'a> {
    frame: Frame,
    title: &'a str,
    target: String,
}

pub fn render(site: &Site, path: &OutputPath, at: RecordAt) -> Result<Bytes, Box<Diagnostic>> {
    let target = site.url_of(at);
    let title = site.handbook.title(at);
    let mut frame = site.frame_for(path, title, title);
    let page = target.split('#').next().unwrap_or_default();
    frame.canonical = site.absolute(page);
    site.fill(
        "redirect.html",
        path,
        &Context {
            frame,
            title,
            target,
        },
    )
}
