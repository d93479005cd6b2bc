//! `sitemap.xml`, for search engines. Format: Sitemaps protocol 0.9.

use std::fmt::Write as _;

use super::{Export, Kept, Render};
use crate::html::escape;
use crate::output::Bytes;
use crate::page::Site;
use crate::plan::Artifact;
use crate::section::Section;

pub(super) const EXPORT: Export = Export {
    path: "sitemap.xml",
    exists: |circumstances| circumstances.has_address,
    kept: Kept::Never,
    render: Render::FromSite(|site, _| render(site)),
};

/// Lists every page with its absolute address, ordered by path; stubs, the pages for no page, and the edition that repeats
/// all others are left out.
fn render(site: &Site) -> Bytes {
    let base = escape(site.base_url.as_deref().unwrap_or("/"));
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for (path, artifact) in site.plan.iter() {
        let is_listed = !matches!(
            artifact,
            Artifact::Redirect(_)
                | Artifact::NotFound
                | Artifact::Offline
                | Artifact::Index(Section::Print)
        );
        if path.is_page() && is_listed {
            writeln!(
                xml,
                "<url><loc>{base}{}</loc></url>",
                escape(path.address())
            )
            .expect("a string takes any write");
        }
    }
    xml.push_str("</urlset>\n");
    Bytes::from(xml)
}
