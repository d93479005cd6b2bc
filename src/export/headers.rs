//! `_headers`: what hosts that read it send with every file. `netlify.toml` holds the same; a test compares them.

use std::fmt::Write as _;

use super::{Export, Kept, Render};
use crate::output::Bytes;
use crate::page::frame::POLICY;

pub(super) const EXPORT: Export = Export {
    path: "_headers",
    exists: |_| true,
    kept: Kept::Never,
    render: Render::FromSite(|_, _| render()),
};

/// Headers by path pattern.
pub fn rules() -> Vec<(&'static str, Vec<(&'static str, String)>)> {
    let everywhere = vec![
        (
            "Content-Security-Policy",
            format!("{POLICY}; frame-ancestors 'none'"),
        ),
        (
            "Strict-Transport-Security",
            "max-age=31536000; includeSubDomains".to_owned(),
        ),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("X-Frame-Options", "DENY".to_owned()),
        ("Referrer-Policy", "no-referrer".to_owned()),
        (
            "Permissions-Policy",
            "microphone=(self), camera=(), geolocation=()".to_owned(),
        ),
        ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
        ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
        (
            "Cache-Control",
            "public, max-age=0, must-revalidate".to_owned(),
        ),
    ];
    vec![
        ("/*", everywhere),
        (
            "/assets/*",
            vec![(
                "Cache-Control",
                "public, max-age=31536000, immutable".to_owned(),
            )],
        ),
    ]
}

fn render() -> Bytes {
    let mut text = String::new();
    for (path, headers) in rules() {
        writeln!(text, "{path}").expect("a string takes any write");
        for (name, value) in headers {
            writeln!(text, "  {name}: {value}").expect("a string takes any write");
        }
    }
    Bytes::from(text)
}
