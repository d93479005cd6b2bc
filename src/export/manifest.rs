//! `manifest.webmanifest`: what a browser must know to install the handbook like a program. Format: W3C Web Application
//! Manifest. Its addresses are relative to it, so that it holds below any path.

use serde_json::json;

use super::{Export, Kept, Render};
use crate::model::language::Language;
use crate::output::{Bytes, ROOT};
use crate::page::Site;
use crate::page::key::Shows;
use crate::plan::MANIFEST;

pub(super) const EXPORT: Export = Export {
    path: MANIFEST,
    exists: |_| true,
    kept: Kept::First,
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
    let icons = [
        icon("icon.svg", "any", "image/svg+xml", "any"),
        icon("icon-192.png", "192x192", "image/png", "any"),
        icon("icon-512.png", "512x512", "image/png", "maskable"),
    ];
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
        "icons": icons.into_iter().flatten().collect::<Vec<_>>(),
    });
    // A style sheet may name no ground.
    if let Some(fields) = manifest.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    Bytes::from(manifest.to_string())
}
