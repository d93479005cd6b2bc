//! What pages load from other hosts or hold inline, against the policy that they carry: browsers refuse it without a word to
//! the author. Looked for where authors write it: in lines of the head, and in a project's own templates, style sheets and
//! scripts. What is built in asks for nothing.

mod markup;
mod script;
mod sheet;

use std::borrow::Cow;
use std::ops::Range;

use url::Url;

use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::model::Settings;
use crate::model::field::{Asked, Policy};
use crate::model::handbook::PATH;
use crate::source::{Source, SourcePath, Sources};

/// Something in a text that a browser asks the policy about.
struct Ask {
    /// The part of the policy that decides: `script-src`.
    directive: &'static str,
    what: What,
    /// Where it stands in the text.
    at: Range<usize>,
}

enum What {
    /// A whole address, as it is written.
    Address(String),
    /// Something inline: a `<style>`, an `onclick`.
    Inline(String),
}

/// Reports `blocked-by-policy`. `base_url` says which host is the site's own.
pub fn check(sources: &Sources, settings: &Settings, base_url: Option<&str>) -> Vec<Diagnostic> {
    let held = Held {
        policy: &settings.policy,
        site: base_url.and_then(|address| Url::parse(address).ok()),
    };
    let mut found = Vec::new();
    for line in &settings.extra.head {
        let asks = markup::asks(&line.html).into_iter();
        let place = Place::new(&SourcePath::new(PATH), line.at);
        found.extend(asks.filter_map(|ask| held.report(&ask, place.clone())));
    }
    for (path, source) in own_files(sources, settings) {
        let asks = match path.extension() {
            "html" => markup::asks(source.text()),
            "css" => sheet::asks(source.text()),
            "js" => script::asks(source.text()),
            _ => Vec::new(),
        };
        found.extend(asks.into_iter().filter_map(|ask| {
            let place = Place::new(path, Span::new(ask.at.start, ask.at.end));
            held.report(&ask, place)
        }));
    }
    found
}

/// The project's own files of its site theme, and its style sheets and scripts beside it.
fn own_files<'s>(sources: &'s Sources, settings: &Settings) -> Vec<(&'s SourcePath, &'s Source)> {
    let theme = settings.site_theme();
    let mut files = Vec::new();
    let themes: &[&str] = if theme == "default" {
        &["default"]
    } else {
        &["default", theme]
    };
    for folder in themes {
        for part in ["templates", "assets"] {
            let own = sources.below(&format!("themes/{folder}/{part}/"));
            files.extend(own.filter(|(_, source)| !source.built_in));
        }
    }
    let extra = settings.extra.css.iter().chain(&settings.extra.js);
    files.extend(extra.filter_map(|file| {
        sources
            .below(&file.source())
            .find(|(path, _)| path.as_str() == file.source())
    }));
    files
}

/// What decides.
struct Held<'a> {
    policy: &'a Policy,
    site: Option<Url>,
}

impl Held<'_> {
    fn report(&self, ask: &Ask, place: Place) -> Option<Diagnostic> {
        let directive = ask.directive;
        let (message, help) = match &ask.what {
            What::Address(written) => {
                let address = address(written)?;
                let asked = Asked::Address(&address, self.site.as_ref());
                if self.policy.allows(directive, asked) {
                    return None;
                }
                let message = format!(
                    "browsers will not load `{}`: `{directive}` of the pages' policy does not allow it",
                    beginning(written)
                );
                (message, opening(directive, &source(&address)))
            }
            What::Inline(what) => {
                if self.policy.allows(directive, Asked::Inline) {
                    return None;
                }
                let message = format!(
                    "browsers will not heed {what}: `{directive}` of the pages' policy allows nothing inline"
                );
                let instead = match directive {
                    "style-src" => {
                        "write it into a style sheet: of the site theme, or named in `extra: {css: […]}`"
                    }
                    _ => {
                        "write it into a script: of the site theme, or named in `extra: {js: […]}`"
                    }
                };
                (message, instead.to_owned())
            }
        };
        let found = Diagnostic::new(Code::BlockedByPolicy, place, message);
        Some(found.help(help))
    }
}

/// How to open a directive to a source.
fn opening(directive: &str, source: &str) -> String {
    if Policy::can_open(directive) {
        let keep = "or bring the file along";
        format!("add `{directive}: [\"{source}\"]` to `policy` in {PATH}, {keep}")
    } else {
        "delete it: nothing can be added to that part of the policy".to_owned()
    }
}

/// A whole address; `None` for one that leads on from the page's own, or is not known before the page is made.
fn address(written: &str) -> Option<Url> {
    let written = written.trim();
    if written.contains("{{") || written.contains("{%") {
        return None;
    }
    match written.strip_prefix("//") {
        Some(rest) => Url::parse(&format!("https://{rest}")).ok(),
        None => Url::parse(written).ok(),
    }
}

/// As a policy names where an address leads: `https://cdn.example`, `data:`.
fn source(address: &Url) -> String {
    if address.has_host() {
        address.origin().ascii_serialization()
    } else {
        format!("{}:", address.scheme())
    }
}

/// The most characters of an address in a message: one may hold a whole picture.
const SHOWN: usize = 80;

/// An address, cut where it is long.
fn beginning(address: &str) -> Cow<'_, str> {
    match address.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &address[..end]).into(),
        None => address.into(),
    }
}
