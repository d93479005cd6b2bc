//! `sitemap.xml`, for search engines. Format: Sitemaps protocol 0.9.

use std::fmt::Write as _;

use super::{Export, Kept, Render};
use crate::html::escape;
use crate::kind::Kind;
use crate::model::field::Date;
use crate::output::Bytes;
use crate::page::Site;
use crate::page::key::Shows;
use crate::plan::{Artifact, Own};
use crate::section::Section;

/// Where it stands.
pub const SITEMAP: &str = "sitemap.xml";

pub(super) const EXPORT: Export = Export {
    path: SITEMAP,
    exists: |circumstances| circumstances.has_address,
    kept: Kept::Never,
    own: Own::Replaces,
    shows: |_| Shows::Lists,
    render: Render::FromSite(|site, _| render(site)),
};

/// When what a page says changed last: of a list, the latest of what it lists.
fn changed<'a>(site: &'a Site, artifact: &Artifact) -> Option<&'a Date> {
    let handbook = &site.handbook;
    match artifact {
        Artifact::Record(at) => handbook.updated(*at),
        Artifact::Index(section) => {
            let kinds = Kind::ALL.iter().filter(|kind| kind.section() == *section);
            let records = kinds.flat_map(|kind| handbook.all(*kind));
            let dates = records.filter_map(|at| handbook.updated(at));
            dates.max_by_key(|date| date.0)
        }
        Artifact::Home => handbook.latest_update(),
        _ => None,
    }
}

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
                | Artifact::Medium(_)
                | Artifact::NotFound
                | Artifact::Offline
                | Artifact::Index(Section::Print)
        );
        if path.is_page() && is_listed {
            let changed = changed(site, artifact);
            let changed = changed.map(|date| format!("<lastmod>{}</lastmod>", date.0));
            writeln!(
                xml,
                "<url><loc>{base}{}</loc>{}</url>",
                escape(path.address()),
                changed.unwrap_or_default()
            )
            .expect("a string takes any write");
        }
    }
    xml.push_str("</urlset>\n");
    Bytes::from(xml)
}
