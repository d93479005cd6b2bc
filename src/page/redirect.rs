//! Stubs at old and short addresses (`redirect.html`): they lead on at once, and by a link where that is switched off.

use serde::Serialize;

use super::{Frame, Site};
use crate::diagnostic::Diagnostic;
use crate::handbook::RecordAt;
use crate::output::{Bytes, OutputPath, ROOT};

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
    let address = target.trim_start_matches(ROOT).replace("index.html", "");
    frame.canonical = site
        .base_url
        .as_ref()
        .map(|base| format!("{base}{}", address.split('#').next().unwrap_or_default()));
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
