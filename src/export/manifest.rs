//! `manifest.webmanifest`: what a browser must know to install the handbook like a program. Format: W3C Web Application
//! Manifest. Its addresses are relative to it, so that it holds below any path.

use serde_json::json;

use super::{Export, Kept, Render};
use crate::model::language::Language;
use crate::output::{Bytes, ROOT};
use crate::page::Site;
use crate::page::icons::of_installed;
use crate::page::key::Shows;
use crate::plan::{MANIFEST, Own};

pub(super) const EXPORT: Export = Export {
    path: MANIFEST,
    exists: |_| true,
    kept: Kept::First,
    own: Own::Refused(
        "delete this file: the manifest is made of titles and icons, which `short_title` and icons in content/files/ change",
    ),
    shows: |_| Shows::Nothing,
    render: Render::FromSite(|site, _| render(site)),
};

fn render(site: &Site) -> Bytes {
    let settings = &site.handbook.settings;
    let icon = |name: &str, sizes: &str, kind: &str, purpose: &str| {
        let address = site.assets.value.url(name)?;
        Some(
            json!({ "src": address.trim_start_matches(ROOT), "sizes": sizes, "type": kind, "purpose": purpose }),
        )
    };
    let of_theme = || {
        let icons = [
            icon("icon.svg", "any", "image/svg+xml", "any"),
            icon("icon-192.png", "192x192", "image/png", "any"),
            icon("icon-512.png", "512x512", "image/png", "maskable"),
        ];
        icons.into_iter().flatten().collect::<Vec<_>>()
    };
    let own = of_installed(&site.plan).into_iter().map(|icon| {
        let address = icon.url.trim_start_matches(ROOT);
        json!({ "src": address, "sizes": icon.sizes, "type": icon.kind, "purpose": "any" })
    });
    let own: Vec<_> = own.collect();
    let icons = if own.is_empty() { of_theme() } else { own };
    let ground = site.assets.value.colour("bg");
    let ground = ground.map(|[light, _]| light.to_string());
    let mut manifest = json!({
        "name": settings.title.text,
        "short_name": settings.brand().unwrap_or(&settings.title),
        "description": settings.description.text,
        "lang": settings.language(),
        "dir": Language::is_right_to_left(settings.language()).then_some("rtl"),
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": ground,
        "theme_color": ground,
        "icons": icons,
    });
    // A style sheet may name no ground.
    if let Some(fields) = manifest.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    Bytes::from(manifest.to_string())
}
