//! Fields that hold addresses on the web.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::{Field, read_text};
use crate::diagnostic::{Code, Span};
use crate::model::ids::is_device;
use crate::model::markdown::is_web_address;
use crate::model::shape::Reader;
use crate::yaml::Node;

/// An absolute address, `https` or `http`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WebAddress {
    pub text: Arc<str>,
    pub at: Span,
}

impl Field for WebAddress {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = read_text(node, reader)?;
        match url::Url::parse(&text) {
            Ok(_) if is_web_address(&text) => Some(Self {
                text: text.as_str().into(),
                at: node.at,
            }),
            Ok(url) if !matches!(url.scheme(), "https" | "http") => {
                reader
                    .report(
                        Code::UnsafeLink,
                        node.at,
                        format!("the address scheme `{}` is not allowed", url.scheme()),
                    )
                    .help = Some("write an address that begins with https://".to_owned());
                None
            }
            _ => {
                reader
                    .report(
                        Code::InvalidValue,
                        node.at,
                        format!("`{text}` is not a web address"),
                    )
                    .help = Some("write it in full: https://example.org/".to_owned());
                None
            }
        }
    }
    fn schema() -> Json {
        json!({ "type": "string", "format": "uri", "pattern": "^https?://" })
    }
}

/// Where a site stands: a web address to which paths can be added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteAddress {
    pub text: Arc<str>,
    pub at: Span,
}

/// Endings of files that a browser shows.
const PAGES: &[&str] = &["htm", "html", "md", "php", "pdf", "txt", "xml"];

/// An address as it can be printed before paths; what is wrong with it otherwise.
pub fn site_address(text: &str) -> Result<String, &'static str> {
    let url = url::Url::parse(text).map_err(|_| "write it in full: https://example.org/")?;
    if !is_web_address(text) {
        return Err("write an address that begins with https://");
    }
    let is_plain = url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    if !is_plain || text.contains(char::is_whitespace) || url.path().contains("//") {
        return Err(
            "paths are added to it: leave out user, query and fragment, spaces and doubled slashes",
        );
    }
    let last = url.path().rsplit('/').next().unwrap_or_default();
    if let Some((_, extension)) = last.rsplit_once('.')
        && PAGES.contains(&extension.to_ascii_lowercase().as_str())
    {
        return Err("paths are added to it: end it before the file's name");
    }
    Ok(url.to_string())
}

impl Field for SiteAddress {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let address = WebAddress::read(node, reader)?;
        match site_address(&address.text) {
            Ok(text) => Some(Self {
                text: text.into(),
                at: address.at,
            }),
            Err(help) => {
                reader
                    .report(
                        Code::InvalidValue,
                        address.at,
                        format!("a site cannot stand at `{}`", address.text),
                    )
                    .help = Some(help.to_owned());
                None
            }
        }
    }
    fn schema() -> Json {
        WebAddress::schema()
    }
}

/// The file for an old address; `None` when it is not made of plain words, so that no path leaves the site, or cannot
/// be written on every system.
pub fn alias_file(alias: &str) -> Option<String> {
    let path = alias.trim_matches('/');
    let path = path.strip_suffix("/index.html").unwrap_or(path);
    let (folders, file) = match path.strip_suffix(".html") {
        Some(stem) => (stem, path.to_owned()),
        None => (path, format!("{path}/index.html")),
    };
    // Files whose names begin with a dot or a line below are kept back by some hosts, and dots at an end by some systems.
    let plain = |part: &str| {
        !part.is_empty()
            && part.len() <= 80
            && !part.starts_with(['_', '.'])
            && !part.ends_with('.')
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-_.~".contains(&b))
    };
    let is_device = |part: &str| {
        let stem = part.split('.').next().unwrap_or_default();
        is_device(&stem.to_ascii_lowercase())
    };
    let is_free = folders
        .split('/')
        .all(|part| plain(part) && !is_device(part))
        && !folders.to_ascii_lowercase().starts_with("assets/");
    is_free.then_some(file)
}
