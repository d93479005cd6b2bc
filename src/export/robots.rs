//! `robots.txt`, RFC 9309: everything may be read, and where the sitemap is.

use super::{Export, Kept, Render, sitemap};
use crate::output::Bytes;
use crate::page::Site;
use crate::page::key::Shows;
use crate::plan::Own;

pub(super) const EXPORT: Export = Export {
    path: "robots.txt",
    exists: |_| true,
    kept: Kept::Never,
    own: Own::Replaces,
    shows: |_| Shows::Nothing,
    render: Render::FromSite(|site, _| render(site)),
};

fn render(site: &Site) -> Bytes {
    let sitemap = site
        .base_url
        .as_ref()
        .map(|base| format!("\nSitemap: {base}{}\n", sitemap::EXPORT.path))
        .unwrap_or_default();
    Bytes::from(format!("User-agent: *\nAllow: /\n{sitemap}"))
}
