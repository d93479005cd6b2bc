//! `robots.txt`, RFC 9309: everything may be read, and where the sitemap is.

use crate::output::Bytes;
use crate::site::Site;

pub fn render(site: &Site) -> Bytes {
    let sitemap = site
        .base_url
        .as_ref()
        .map(|base| format!("\nSitemap: {base}sitemap.xml\n"))
        .unwrap_or_default();
    Bytes::from(format!("User-agent: *\nAllow: /\n{sitemap}"))
}
