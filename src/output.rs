//! What a build makes: every file of the site, in memory, by its path from the site's root.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// A file's contents; cloning is cheap.
pub use bytes::Bytes;

/// Stands in addresses for the way to the site's root, until the page that holds them is known.
///
/// A control character: sources cannot contain it.
pub const ROOT: char = '\u{1}';

/// Puts `root` in place of every mark.
pub fn replace_root(text: &[u8], root: &[u8]) -> Vec<u8> {
    // Pages are kept until the site is written: room that none of them needs would add up.
    let marks = memchr::memchr_iter(ROOT as u8, text).count();
    let mut out = Vec::with_capacity(text.len() - marks + marks * root.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(ROOT as u8, rest) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(root);
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
    out
}

/// A path from the site's root with `/` between its parts, such as `questions/hard-call/index.html`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many folders lie above the file: 0 at the site's root.
    pub fn depth(&self) -> usize {
        self.0.matches('/').count()
    }

    /// The address readers see, from the site's root: folders instead of their `index.html`.
    pub fn address(&self) -> &str {
        self.0.strip_suffix("index.html").unwrap_or(&self.0)
    }

    /// As it stands in addresses: every byte that means something there, or cannot stand there, is written as `%20`.
    pub fn encoded(&self) -> String {
        let mut out = String::with_capacity(self.0.len());
        for byte in self.0.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
                out.push(char::from(byte));
            } else {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
        out
    }

    /// The last part of the path.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    pub fn is_page(&self) -> bool {
        self.0.ends_with(".html")
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a host sends with some of a site's files.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct HeaderRule {
    /// Which files: `/*`, `/assets/*`, `/form.pdf`.
    pub path: String,
    /// Headers of other rules that these files go without.
    pub without: Vec<String>,
    pub headers: Vec<(String, String)>,
}

impl HeaderRule {
    pub fn new(path: &str, headers: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        let headers = headers.into_iter();
        Self {
            path: path.to_owned(),
            without: Vec::new(),
            headers: headers
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        }
    }

    /// Whether it sends a header.
    pub fn has(&self, name: &str) -> bool {
        let mut headers = self.headers.iter();
        headers.any(|(known, _)| known.eq_ignore_ascii_case(name))
    }
}

/// What a host must know of a site beside its files.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hosting {
    /// The site's address, with a slash at its end; `None` when the handbook does not say where it will stand.
    pub base_url: Option<String>,
    /// The path of the site's root on its host, as browsers ask for it, with a slash at both ends: `/handbook/`.
    pub base_path: String,
    /// The headers of every file.
    pub headers: Vec<(String, String)>,
}

impl Default for Hosting {
    fn default() -> Self {
        Self {
            base_url: None,
            base_path: "/".to_owned(),
            headers: Vec::new(),
        }
    }
}

/// Where files of a large site go as they are made, so that they need not all be in memory at once.
pub trait Aside: Sync {
    /// Takes note of a file's key, and gives what stands in its place if that was made with the same key.
    fn standing(&self, path: &OutputPath, key: u128) -> Option<Bytes>;

    fn take(&self, path: &OutputPath, bytes: &Bytes);

    /// Whether no more files are wanted, because those that came cannot be published.
    fn is_over(&self) -> bool;
}

/// A finished site.
#[derive(Clone, Default)]
pub struct OutputTree {
    files: BTreeMap<OutputPath, Bytes>,
    /// The paths and lengths of the files that are set aside.
    aside: Vec<(OutputPath, usize)>,
    pub hosting: Hosting,
}

impl OutputTree {
    pub fn get(&self, path: &str) -> Option<&Bytes> {
        self.files.get(&OutputPath::new(path))
    }

    pub fn add(&mut self, path: OutputPath, bytes: Bytes) {
        self.files.insert(path, bytes);
    }

    /// Notes a file of this many bytes that is set aside.
    pub fn add_aside(&mut self, path: OutputPath, bytes: usize) {
        self.aside.push((path, bytes));
    }

    /// How many bytes the files have, wherever they are.
    pub fn bytes(&self) -> usize {
        let here = self.files.values().map(Bytes::len);
        here.chain(self.aside.iter().map(|(_, bytes)| *bytes)).sum()
    }

    /// The files in memory, ordered by path.
    pub fn iter(&self) -> impl Iterator<Item = (&OutputPath, &Bytes)> {
        self.files.iter()
    }

    /// How many files there are, wherever they are.
    pub fn len(&self) -> usize {
        self.files.len() + self.aside.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many of the files are pages.
    pub fn pages(&self) -> usize {
        let aside = self.aside.iter().map(|(path, _)| path);
        let paths = self.files.keys().chain(aside);
        paths.filter(|path| path.is_page()).count()
    }

    /// The paths whose files differ from `before`'s, are new, or are gone.
    pub fn changed<'a>(&'a self, before: &'a Self) -> Vec<&'a OutputPath> {
        let same = |one: &Bytes, other: &Bytes| one.as_ptr() == other.as_ptr() || one == other;
        let mut changed = Vec::new();
        let (mut files, mut old) = (self.files.iter().peekable(), before.files.iter().peekable());
        // Both are in order, so one look at each is enough.
        loop {
            let order = match (files.peek(), old.peek()) {
                (Some((path, _)), Some((other, _))) => path.cmp(other),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => return changed,
            };
            let new = files.next_if(|_| order.is_le());
            let gone = old.next_if(|_| order.is_ge());
            match (new, gone) {
                (Some((_, new)), Some((_, old))) if same(new, old) => {}
                (Some((path, _)), _) | (None, Some((path, _))) => changed.push(path),
                (None, None) => {}
            }
        }
    }
}

impl FromIterator<(OutputPath, Bytes)> for OutputTree {
    fn from_iter<I: IntoIterator<Item = (OutputPath, Bytes)>>(files: I) -> Self {
        Self {
            files: files.into_iter().collect(),
            aside: Vec::new(),
            hosting: Hosting::default(),
        }
    }
}
