//! `_headers`: what hosts that read it send with every file; the preview sends the same.

mod own;

use std::fmt::Write as _;

use super::{Export, Kept, Render};
use crate::diagnostic::Checked;
use crate::media::Media;
use crate::model::Settings;
use crate::output::{Bytes, HeaderRule};
use crate::page::key::Shows;
use crate::plan::Own;

pub(super) const EXPORT: Export = Export {
    path: "_headers",
    exists: |_| true,
    kept: Kept::Never,
    own: Own::Joins,
    shows: |_| Shows::Nothing,
    render: Render::FromSite(|site, _| render(&site.headers)),
};

/// The headers of every file.
pub fn everywhere(settings: &Settings) -> Vec<(&'static str, String)> {
    let policy = settings.policy.text();
    // Other hosts below this one are not the handbook's to speak for, unless its publisher says so.
    let below = if settings.https_for_subdomains {
        "; includeSubDomains"
    } else {
        ""
    };
    vec![
        (
            "Content-Security-Policy",
            format!("{policy}; frame-ancestors 'none'"),
        ),
        (
            "Strict-Transport-Security",
            format!("max-age=31536000{below}"),
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
    ]
}

/// Headers by path, with the author's own from `content/files/_headers`. No file gets one of them by two rules: some hosts
/// would join the values, others send the header twice. Pages have none that says how long they are kept: hosts that read
/// these rules have browsers ask for them each time by themselves.
pub fn rules(settings: &Settings, media: &Media) -> Checked<Vec<HeaderRule>> {
    let for_ever = (
        "Cache-Control",
        "public, max-age=31536000, immutable".to_owned(),
    );
    let made = vec![
        HeaderRule::new("/*", everywhere(settings)),
        HeaderRule::new("/assets/*", [for_ever]),
    ];
    match media.file(EXPORT.path) {
        Some(own) => own::joined(made, own),
        None => Checked::new(made, Vec::new()),
    }
}

fn render(rules: &[HeaderRule]) -> Bytes {
    let mut text = String::new();
    for rule in rules {
        writeln!(text, "{}", rule.path).expect("a string takes any write");
        for name in &rule.without {
            writeln!(text, "  ! {name}").expect("a string takes any write");
        }
        for (name, value) in &rule.headers {
            writeln!(text, "  {name}: {value}").expect("a string takes any write");
        }
    }
    Bytes::from(text)
}
