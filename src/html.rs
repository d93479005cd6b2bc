//! Finished pieces of pages: HTML that templates print as it is, and values shared by many pages.

use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use tera::Value;

/// HTML made by this program from an author's Markdown; templates print it unescaped.
///
/// Cloning is cheap. Its hash was worked out when it was made.
#[derive(Clone, Debug)]
pub struct Html {
    value: Value,
    hash: u128,
}

impl Html {
    pub fn new(html: &str) -> Self {
        Self {
            value: Value::safe_string(html),
            hash: xxhash_rust::xxh3::xxh3_128(html.as_bytes()),
        }
    }

    pub fn as_str(&self) -> &str {
        self.value.as_str().unwrap_or_default()
    }

    /// The same without its paragraph, if it is a single one: for table cells and list items.
    pub fn inline(&self) -> Self {
        let html = self.as_str().trim_end();
        match html
            .strip_prefix("<p>")
            .and_then(|html| html.strip_suffix("</p>"))
        {
            Some(inner) if !inner.contains("<p>") => Self::new(inner),
            _ => self.clone(),
        }
    }
}

impl Default for Html {
    fn default() -> Self {
        Self::new("")
    }
}

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl Hash for Html {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.hash.hash(state);
    }
}

/// Something that many pages show: turned into a template value and hashed once, cloned for the price of a pointer.
#[derive(Debug)]
pub struct Shared<T>(Arc<Ready<T>>);

#[derive(Debug)]
struct Ready<T> {
    made: T,
    value: Value,
    hash: u128,
}

impl<T: Serialize + Hash> Shared<T> {
    pub fn new(made: T) -> Self {
        let (value, hash) = (Value::from_serializable(&made), hash_of(&made));
        Self(Arc::new(Ready { made, value, hash }))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.made
    }
}

impl<T> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.value.serialize(serializer)
    }
}

impl<T> Hash for Shared<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash.hash(state);
    }
}

/// xxh3-128 of everything a value's `Hash` writes.
pub fn hash_of<T: Hash + ?Sized>(value: &T) -> u128 {
    let mut hasher = WideHasher(xxhash_rust::xxh3::Xxh3::new());
    value.hash(&mut hasher);
    hasher.0.digest128()
}

struct WideHasher(xxhash_rust::xxh3::Xxh3);

impl Hasher for WideHasher {
    fn finish(&self) -> u64 {
        self.0.digest()
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }
}

/// For maps whose keys are hashes: hashing them again would only cost.
pub type AlreadyHashed = BuildHasherDefault<KeyItself>;

#[derive(Default)]
pub struct KeyItself(u64);

impl Hasher for KeyItself {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes
            .iter()
            .fold(self.0, |hash, byte| hash.rotate_left(8) ^ u64::from(*byte));
    }
    #[expect(clippy::cast_possible_truncation, reason = "half of a hash is a hash")]
    fn write_u128(&mut self, key: u128) {
        self.0 = key as u64;
    }
}

/// Escapes text for HTML content and quoted attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}
