//! Results of earlier builds, so that a rebuild does again only what an edit changed.
//!
//! A key is everything that a task reads, by content; nothing is ever invalidated, it is only forgotten when
//! no build asks for it any more. Each stage owns the caches of its own results.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::by_hash::ByHash;

/// How many builds an unused result is kept for.
const KEEP: u64 = 4;

/// Results by the hash of all that they were made from, each with the last build that used it.
pub struct Cache<V> {
    remembers: bool,
    build: AtomicU64,
    results: ByHash<(V, u64)>,
}

impl<V: Clone> Cache<V> {
    /// With `remembers` off, nothing is kept: for a process that builds once.
    pub fn new(remembers: bool) -> Self {
        Self {
            remembers,
            build: AtomicU64::new(0),
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
        let build = self.build.load(Ordering::Relaxed);
        if let Some((result, used)) = self.results.shard(key).get_mut(&key) {
            *used = build;
            return Ok(result.clone());
        }
        let result = make()?;
        self.results.shard(key).insert(key, (result.clone(), build));
        Ok(result)
    }

    /// Ends a build: forgets what the last few did not use.
    pub fn end_build(&self) {
        let build = self.build.fetch_add(1, Ordering::Relaxed);
        self.results.retain(|(_, used)| *used + KEEP >= build);
    }
}
