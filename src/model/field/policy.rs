//! The field `policy`: what pages may load and send beyond the files of their own site.

use serde_json::{Value as Json, json};
use url::Url;

use super::{Field, Wanted, read_text, wrong_type};
use crate::diagnostic::{Code, Span, listed, nearest};
use crate::model::shape::Reader;
use crate::yaml::{Key, Node, Value};

/// A part of a page's `Content-Security-Policy`.
struct Directive {
    name: &'static str,
    /// What every site allows; nothing where the directive stands only in handbooks that open it.
    allows: &'static str,
    /// What sources that are added to it may do; empty where none may be added.
    opens: &'static str,
}

const fn directive(name: &'static str, allows: &'static str, opens: &'static str) -> Directive {
    Directive {
        name,
        allows,
        opens,
    }
}

/// What pages may load: nothing but files of this site, and as scripts only those that their markup names (see `trusted`
/// in `core.js`).
#[rustfmt::skip]
const DIRECTIVES: &[Directive] = &[
    directive("default-src", "'none'", ""),
    directive("script-src", "'self'", "scripts from there read and change all that readers see and write"),
    directive("style-src", "'self'", "styles from there change what pages show, and can tell their host of it"),
    directive("img-src", "'self' data:", "pictures from there tell their host who reads, and when"),
    directive("font-src", "'self'", "fonts from there tell their host who reads, and when"),
    directive("connect-src", "'self'", "scripts can send there what readers write"),
    directive("manifest-src", "'self'", ""),
    directive("worker-src", "'self'", ""),
    directive("media-src", "'self' blob:", "sound and films from there tell their host who reads, and when"),
    directive("frame-src", "", "pages from there can be shown inside of these"),
    directive("base-uri", "'none'", ""),
    directive("form-action", "'self'", "forms can send there what readers write"),
    directive("trusted-types", "prepbook", "scripts that use these names decide what becomes markup and code"),
    directive("require-trusted-types-for", "'script'", ""),
];

/// What a handbook adds to one directive.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Opening {
    directive: &'static str,
    sources: Vec<String>,
}

/// What a handbook adds to what pages may load.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy(Vec<Opening>);

impl Policy {
    /// As `Content-Security-Policy` says it; stands in every page, and in the headers with what only a header can say.
    pub fn text(&self) -> String {
        let parts = DIRECTIVES.iter().filter_map(|directive| {
            let added = self.0.iter().filter(|one| one.directive == directive.name);
            let added = added.flat_map(|one| one.sources.iter().map(String::as_str));
            let fixed = Some(directive.allows).filter(|allows| !allows.is_empty());
            let words: Vec<&str> = fixed.into_iter().chain(added).collect();
            (!words.is_empty()).then(|| format!("{} {}", directive.name, words.join(" ")))
        });
        parts.collect::<Vec<_>>().join("; ")
    }
}

/// What a page asks its policy for.
#[derive(Clone, Copy)]
pub enum Asked<'a> {
    /// Something at an address, from a site at another one, if it is known where that stands.
    Address(&'a Url, Option<&'a Url>),
    /// A style or a script that stands in the page.
    Inline,
}

impl Policy {
    /// Whether pages may have what they ask for under a directive. What no directive names is subject to the first one.
    pub fn allows(&self, directive: &str, asked: Asked<'_>) -> bool {
        let added = self.0.iter().filter(|one| one.directive == directive);
        let added = added.flat_map(|one| one.sources.iter().map(String::as_str));
        let fixed = DIRECTIVES.iter().find(|one| one.name == directive);
        let fixed = fixed.map_or("", |one| one.allows).split(' ');
        let mut sources = fixed.chain(added);
        match asked {
            Asked::Address(address, site) => sources.any(|source| names(source, address, site)),
            // Which of several it is that a hash stands for, only the browser finds out.
            Asked::Inline => {
                sources.any(|source| source == "'unsafe-inline'" || source.starts_with("'sha"))
            }
        }
    }

    /// Whether a handbook may add sources to a directive.
    pub fn can_open(directive: &str) -> bool {
        let mut open = DIRECTIVES.iter().filter(|one| !one.opens.is_empty());
        open.any(|one| one.name == directive)
    }
}

/// Whether a source of a policy names an address: Content Security Policy 3, 6.7.2.
fn names(source: &str, address: &Url, site: Option<&Url>) -> bool {
    let is_web = matches!(address.scheme(), "http" | "https" | "ws" | "wss");
    match source {
        "'self'" => return site.is_some_and(|site| site.origin() == address.origin()),
        "*" => return is_web,
        _ => {}
    }
    let (scheme, rest) = source.split_once("://").unwrap_or(("", source));
    // A scheme also means its safe kin.
    let is_scheme =
        |scheme: &str| scheme == address.scheme() || format!("{scheme}s") == address.scheme();
    if scheme.is_empty()
        && let Some(scheme) = rest.strip_suffix(':')
    {
        return is_scheme(scheme);
    }
    if !(scheme.is_empty() && is_web || is_scheme(scheme)) {
        return false;
    }
    let (host, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    let (host, port) = host.split_once(':').unwrap_or((host, ""));
    let is_port = port == "*"
        || match port.parse::<u16>() {
            Ok(port) => address.port_or_known_default() == Some(port),
            Err(_) => address.port().is_none(),
        };
    let known = address.host_str().unwrap_or_default();
    let is_host = match host.strip_prefix('*') {
        Some(end) => known.len() > end.len() && known.ends_with(end),
        None => host.eq_ignore_ascii_case(known),
    };
    let is_path = path.is_empty()
        || path == address.path()
        || path.ends_with('/') && address.path().starts_with(path);
    is_port && is_host && is_path
}

/// Words that stand in single quotes inside a policy. Those that could not hold of a file that is the same for all
/// readers, or say nothing beside what stands there already, are left out.
const KEYWORDS: &[&str] = &[
    "self",
    "unsafe-inline",
    "unsafe-eval",
    "unsafe-hashes",
    "wasm-unsafe-eval",
    "strict-dynamic",
    "allow-duplicates",
];

/// Whether a text is a source: `https:`, `https://*.example.org/path`, `example.org:443`, `'unsafe-inline'`,
/// `'sha256-…'`, or the name of a trusted-types policy. Nothing that ends the directive or the header can stand in one.
fn is_source(text: &str) -> bool {
    if let Some(word) = text.strip_prefix('\'') {
        let Some(word) = word.strip_suffix('\'') else {
            return false;
        };
        let is_hash = ["sha256-", "sha384-", "sha512-"].iter().any(|kind| {
            let hash = word.strip_prefix(kind).unwrap_or_default();
            let is_digit = |c: char| c.is_ascii_alphanumeric() || "+/=-_".contains(c);
            !hash.is_empty() && hash.chars().all(is_digit)
        });
        return is_hash || KEYWORDS.contains(&word);
    }
    let may_stand = |c: char| c.is_ascii_alphanumeric() || "-._~:/*%@#=+[]".contains(c);
    !text.is_empty() && text.chars().all(may_stand) && !KEYWORDS.contains(&text) && text != "none"
}

impl Field for Policy {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let Value::Mapping(entries) = &node.value else {
            wrong_type(node, reader, Wanted::Mapping);
            return None;
        };
        let read = entries.iter();
        let read = read.filter_map(|(key, value)| opening(key, value, reader));
        Some(Self(read.collect()))
    }
    fn schema() -> Json {
        let names = DIRECTIVES.iter().filter(|one| !one.opens.is_empty());
        let sources = json!({ "type": "array", "items": { "type": "string", "minLength": 1 } });
        let properties: serde_json::Map<String, Json> = names
            .map(|one| (one.name.to_owned(), sources.clone()))
            .collect();
        json!({ "type": "object", "properties": properties, "additionalProperties": false })
    }
}

/// Reads what is added to one directive; reports `open-policy` with what that opens.
fn opening(key: &Key, value: &Node, reader: &mut Reader<'_>) -> Option<Opening> {
    let directive = known(key, reader)?;
    reader.key = key.at;
    let sources: Vec<String> = Vec::<PolicySource>::read(value, reader)?
        .into_iter()
        .map(|source| source.0)
        .collect();
    if sources.is_empty() {
        return None;
    }
    let message = format!(
        "`{}` is opened to {}",
        directive.name,
        listed(sources.iter().map(String::as_str))
    );
    reader.report(Code::OpenPolicy, key.at, message).help = Some(format!(
        "{}; if that is meant, write `allow: {{{}: why}}`",
        directive.opens,
        Code::OpenPolicy
    ));
    Some(Opening {
        directive: directive.name,
        sources,
    })
}

/// The directive that a name means, if anything may be added to it.
fn known(key: &Key, reader: &mut Reader<'_>) -> Option<&'static Directive> {
    let directive = DIRECTIVES.iter().find(|one| one.name == key.name);
    let open = || DIRECTIVES.iter().filter(|one| !one.opens.is_empty());
    match directive {
        Some(directive) if !directive.opens.is_empty() => return Some(directive),
        Some(_) => {
            let message = format!("nothing can be added to `{}`", key.name);
            reader.report(Code::InvalidValue, key.at, message).help =
                Some("delete it: pages would no longer be safe, or no longer work".to_owned());
        }
        None => {
            let help = match nearest(&key.name, open().map(|one| one.name)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "what can be opened is {}",
                    listed(open().map(|one| one.name))
                ),
            };
            let message = format!("a policy of pages has no directive `{}`", key.name);
            reader.report(Code::InvalidValue, key.at, message).help = Some(help);
        }
    }
    None
}

/// One source, as a policy writes it.
struct PolicySource(String);

impl Field for PolicySource {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = read_text(node, reader)?;
        if is_source(&text) {
            return Some(Self(text));
        }
        let help = if KEYWORDS.contains(&text.as_str()) {
            format!("write it with quotes of its own: \"'{text}'\"")
        } else {
            "write one host, as https://example.org, in each item".to_owned()
        };
        let at: Span = node.at;
        let message = format!("`{text}` is not a source that a policy can name");
        reader.report(Code::InvalidValue, at, message).help = Some(help);
        None
    }
    fn schema() -> Json {
        json!({ "type": "string", "minLength": 1 })
    }
}
