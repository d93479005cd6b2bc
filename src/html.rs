//! Finished pieces of pages: HTML that templates print as it is, and values shared by many pages.

use std::cell::Cell;
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
///
/// It is written down first, because one long text is hashed several times as fast as many short ones.
pub fn hash_of<T: Hash + ?Sized>(value: &T) -> u128 {
    thread_local! {
        static WRITTEN: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    }
    let mut written = Written(WRITTEN.take());
    written.0.clear();
    value.hash(&mut written);
    let hash = xxhash_rust::xxh3::xxh3_128(&written.0);
    WRITTEN.set(written.0);
    hash
}

/// What a value's `Hash` writes.
struct Written(Vec<u8>);

impl Hasher for Written {
    fn finish(&self) -> u64 {
        xxhash_rust::xxh3::xxh3_64(&self.0)
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
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
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.push_str(&text[done..at]);
        out.push_str(escaped);
        done = at + 1;
    }
    out.push_str(&text[done..]);
    out
}
