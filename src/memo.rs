//! Results of earlier builds, so that a rebuild does again only what an edit changed.
//!
//! A key is everything that a task reads, by content; nothing is ever invalidated, it is only forgotten when
//! no build asks for it any more.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::by_hash::ByHash;
use crate::diagnostic::Checked;
use crate::export::search::Word;
use crate::html::Html;
use crate::output::Bytes;
use crate::parse::Parsed;
use crate::site::Templates;
use crate::source::{Source, SourcePath};
use crate::typeset::Body;

/// How many builds an unused result is kept for.
const KEEP: u64 = 4;

/// What became of one file.
type File = Checked<Option<Arc<Parsed>>>;

/// What earlier builds made. `Memo::none()` remembers nothing, for a process that builds once.
pub struct Memo {
    remembers: bool,
    build: AtomicU64,
    parsed: Cache<Arc<File>>,
    bodies: Cache<Body>,
    pages: Cache<Bytes>,
    words: Cache<Arc<[Word]>>,
    excerpts: Cache<Html>,
    /// Of the last build, with the hash of their texts.
    templates: Mutex<Option<(u128, Arc<Templates>)>>,
}

impl Memo {
    pub fn new() -> Self {
        Self {
            remembers: true,
            build: AtomicU64::new(0),
            parsed: Cache::new(),
            bodies: Cache::new(),
            pages: Cache::new(),
            words: Cache::new(),
            excerpts: Cache::new(),
            templates: Mutex::default(),
        }
    }

    /// Remembers nothing.
    pub fn none() -> Self {
        Self {
            remembers: false,
            ..Self::new()
        }
    }

    /// Whether it pays to work out keys.
    pub fn remembers(&self) -> bool {
        self.remembers
    }

    /// A parsed file, by its path and bytes.
    pub fn parsed(
        &self,
        path: &SourcePath,
        source: &Source,
        parse: impl FnOnce() -> File,
    ) -> Arc<File> {
        let key = source.hash ^ xxhash_rust::xxh3::xxh3_128(path.as_str().as_bytes());
        self.get(&self.parsed, key, || Arc::new(parse()))
    }

    /// A typeset body, by its text and the addresses that its links got.
    pub fn body(&self, key: u128, typeset: impl FnOnce() -> Body) -> Body {
        self.get(&self.bodies, key, typeset)
    }

    /// The words of a record, by its file.
    pub fn words(&self, key: u128, collect: impl FnOnce() -> Arc<[Word]>) -> Arc<[Word]> {
        self.get(&self.words, key, collect)
    }

    /// What a page contributes to the print edition, by the page and the edition's other pages.
    pub fn excerpt(&self, key: u128, cut: impl FnOnce() -> Html) -> Html {
        self.get(&self.excerpts, key, cut)
    }

    /// The compiled templates of these texts, if the last build had the same.
    pub fn templates(&self, hash: u128) -> Option<Arc<Templates>> {
        let kept = self
            .templates
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        kept.as_ref()
            .filter(|(known, _)| *known == hash)
            .map(|(_, templates)| templates.clone())
    }

    pub fn keep_templates(&self, hash: u128, templates: &Arc<Templates>) {
        if self.remembers {
            *self
                .templates
                .lock()
                .unwrap_or_else(PoisonError::into_inner) = Some((hash, templates.clone()));
        }
    }

    /// A finished page, by its template and its context. Failures are not kept.
    pub fn page<E>(&self, key: u128, fill: impl FnOnce() -> Result<Bytes, E>) -> Result<Bytes, E> {
        let build = self.build.load(Ordering::Relaxed);
        if let Some(page) = self.pages.get(key, build) {
            return Ok(page);
        }
        let page = fill()?;
        self.pages.put(key, page.clone(), build);
        Ok(page)
    }

    /// Ends a build: forgets what the last few did not use.
    pub fn end_build(&self) {
        let build = self.build.fetch_add(1, Ordering::Relaxed);
        self.parsed.evict(build);
        self.bodies.evict(build);
        self.pages.evict(build);
        self.words.evict(build);
        self.excerpts.evict(build);
    }

    fn get<V: Clone>(&self, cache: &Cache<V>, key: u128, make: impl FnOnce() -> V) -> V {
        if !self.remembers {
            return make();
        }
        let build = self.build.load(Ordering::Relaxed);
        cache.get(key, build).unwrap_or_else(|| {
            let value = make();
            cache.put(key, value.clone(), build);
            value
        })
    }
}

impl Default for Memo {
    fn default() -> Self {
        Self::new()
    }
}

/// A map whose values know the last build that used them.
struct Cache<V>(ByHash<(V, u64)>);

impl<V: Clone> Cache<V> {
    fn new() -> Self {
        Self(ByHash::new())
    }

    fn get(&self, key: u128, build: u64) -> Option<V> {
        let mut shard = self.0.shard(key);
        let (value, used) = shard.get_mut(&key)?;
        *used = build;
        Some(value.clone())
    }

    fn put(&self, key: u128, value: V, build: u64) {
        self.0.shard(key).insert(key, (value, build));
    }

    fn evict(&self, build: u64) {
        self.0.retain(|(_, used)| *used + KEEP >= build);
    }
}
