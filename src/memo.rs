//! Results of earlier builds, so that a rebuild does again only what an edit changed.
//!
//! A key is everything that a task reads, by content; nothing is ever invalidated, it is only forgotten when
//! no build asks for it any more. Each stage owns the caches of its own results.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::by_hash::ByHash;

/// How many builds an unused result is kept for.
const KEEP: u64 = 4;

/// Results by the hash of all that they were made from, each with the last build that used it.
pub struct Cache<V> {
    remembers: bool,
    build: AtomicU64,
    /// Whether this build has asked for anything.
    is_asked: AtomicBool,
    results: ByHash<(V, u64)>,
}

impl<V: Clone> Cache<V> {
    /// With `remembers` off, nothing is kept: for a process that builds once.
    pub fn new(remembers: bool) -> Self {
        Self {
            remembers,
            build: AtomicU64::new(0),
            is_asked: AtomicBool::new(false),
            results: ByHash::new(),
        }
    }

    /// Whether it pays to work out keys.
    pub fn remembers(&self) -> bool {
        self.remembers
    }

    /// The result for a key; made where no build has made it yet. Two threads may make one at the same time.
    pub fn get(&self, key: u128, make: impl FnOnce() -> V) -> V {
        match self.try_get(key, || Ok::<V, std::convert::Infallible>(make())) {
            Ok(result) => result,
            Err(never) => match never {},
        }
    }

    /// The same for a task that can fail; failures are not kept.
    pub fn try_get<E>(&self, key: u128, make: impl FnOnce() -> Result<V, E>) -> Result<V, E> {
        if !self.remembers {
            return make();
        }
        if let Some(result) = self.find(key) {
            return Ok(result);
        }
        let result = make()?;
        let build = self.build.load(Ordering::Relaxed);
        self.results.shard(key).insert(key, (result.clone(), build));
        Ok(result)
    }

    /// The result for a key, if an earlier build made it.
    pub fn find(&self, key: u128) -> Option<V> {
        self.is_asked.store(true, Ordering::Relaxed);
        let mut results = self.results.shard(key);
        let (result, used) = results.get_mut(&key)?;
        *used = self.build.load(Ordering::Relaxed);
        Some(result.clone())
    }

    /// Ends a build: forgets what the last few did not use, of those that asked for anything at all.
    pub fn end_build(&self) {
        if !self.is_asked.swap(false, Ordering::Relaxed) {
            return;
        }
        let build = self.build.fetch_add(1, Ordering::Relaxed);
        self.results.retain(|(_, used)| *used + KEEP >= build);
    }
}
