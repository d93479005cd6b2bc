//! What an address gets: a file of the latest good site, a way to one, or a page that says why there is none.

use axum::http::{StatusCode, Uri};

use super::Published;
use crate::html::escape;
use crate::output::Bytes;

/// The script and the style sheet of the preview; added to pages here and never by a build.
pub(super) const SCRIPT: &str = include_str!("reload.js");
pub(super) const SCRIPT_PATH: &str = "/__prepbook/reload.js";
pub(super) const STYLES: &str = include_str!("preview.css");
pub(super) const STYLES_PATH: &str = "/__prepbook/preview.css";

/// The site's own page for no page.
const NOT_FOUND: &str = "404.html";

const WAITING: &str = include_str!("waiting.html");

/// What the answer to a request holds.
pub(super) enum Answer {
    File {
        status: StatusCode,
        kind: &'static str,
        bytes: Bytes,
    },
    /// Where that is what was asked for without the slash at its end, or at the root of the host.
    Moved(String),
}

/// What an address of the site gets.
pub(super) fn answer(published: &Published, uri: &Uri) -> Answer {
    if published.site.is_empty() {
        return page(StatusCode::SERVICE_UNAVAILABLE, waiting(published));
    }
    let base = &published.site.hosting.base_path;
    let query = uri
        .query()
        .map_or_else(String::new, |query| format!("?{query}"));
    let is_above = uri.path() == "/" || format!("{}/", uri.path()) == *base;
    if is_above && base != "/" {
        return Answer::Moved(format!("{base}{query}"));
    }
    let wanted = uri.path().strip_prefix(base.as_str());
    let wanted = wanted.and_then(wanted_path);
    let wanted = wanted.as_deref().unwrap_or_default();
    if let Some(bytes) = published.site.get(wanted) {
        if wanted.ends_with(".html") {
            return page(StatusCode::OK, with_tag(bytes, wanted, published));
        }
        return Answer::File {
            status: StatusCode::OK,
            kind: content_type(wanted),
            bytes: bytes.clone(),
        };
    }
    // Readers who leave out the last slash are led to the folder, as hosts do.
    if published
        .site
        .get(&format!("{wanted}/index.html"))
        .is_some()
    {
        return Answer::Moved(format!("{}/{query}", uri.path()));
    }
    let bytes = published
        .site
        .get(NOT_FOUND)
        .map_or(&b""[..], |bytes| bytes);
    page(StatusCode::NOT_FOUND, with_tag(bytes, NOT_FOUND, published))
}

fn page(status: StatusCode, bytes: Vec<u8>) -> Answer {
    Answer::File {
        status,
        kind: content_type(".html"),
        bytes: bytes.into(),
    }
}

/// Loads the preview's script and style sheet; tells the script which file of which build the page is, where the site
/// stands, and of which run of the server it is, since each counts its builds from 1.
fn tag(page: &str, published: &Published) -> String {
    let run = std::process::id();
    format!(
        "<link rel=\"stylesheet\" href=\"{STYLES_PATH}\">\
         <script src=\"{SCRIPT_PATH}\" data-run=\"{run}\" data-build=\"{}\" data-root=\"{}\" data-page=\"{}\" defer></script>\n",
        published.build,
        escape(&published.site.hosting.base_path),
        escape(page)
    )
}

fn with_tag(bytes: &[u8], page: &str, published: &Published) -> Vec<u8> {
    let tag = tag(page, published);
    let at = memchr::memmem::find(bytes, b"</head>").unwrap_or(bytes.len());
    let (before, after) = bytes.split_at(at);
    [before, tag.as_bytes(), after].concat()
}

/// Stands for every page until a build is good.
fn waiting(published: &Published) -> Vec<u8> {
    let (heading, text) = match published.failure {
        None => (
            "The first build is under way",
            "The handbook comes up here by itself.",
        ),
        Some(_) => (
            "The handbook cannot be built yet",
            "Mend what stands below and save: the handbook comes up here by itself.",
        ),
    };
    let report = published
        .failure
        .as_deref()
        .map_or_else(String::new, |report| {
            format!("<pre>{}</pre>\n", escape(report))
        });
    // The report comes last: what it quotes is not filled in.
    WAITING
        .replace("{heading}", heading)
        .replace("{text}", text)
        .replace("{tag}", &tag("", published))
        .replace("{report}", &report)
        .into_bytes()
}

/// The path in the site that an address below its root means; `None` for what no site has: hidden files, empty parts.
fn wanted_path(address: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let (high, low) = (
                char::from(rest.next()?).to_digit(16)?,
                char::from(rest.next()?).to_digit(16)?,
            );
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    let path = String::from_utf8(bytes).ok()?;
    if path.contains(['\0', '\\', ':']) {
        return None;
    }
    let folder = path.strip_suffix('/').unwrap_or(&path);
    let is_plain =
        |part: &str| !part.is_empty() && (!part.starts_with('.') || part == ".well-known");
    if !folder.is_empty() && !folder.split('/').all(is_plain) {
        return None;
    }
    Some(if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path
    })
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "pdf" => "application/pdf",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
