//! A map from hashes to values that many threads read and fill at once.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::html::AlreadyHashed;

/// Independent parts of the map, so that threads rarely wait for one another.
const SHARDS: usize = 64;

type Shard<V> = HashMap<u128, V, AlreadyHashed>;

/// Values by the hash of what they were made from.
pub struct ByHash<V>(Vec<Mutex<Shard<V>>>);

impl<V> ByHash<V> {
    pub fn new() -> Self {
        Self((0..SHARDS).map(|_| Mutex::default()).collect())
    }

    /// The part of the map where a key stands; other threads that need the same part wait.
    pub fn shard(&self, key: u128) -> MutexGuard<'_, Shard<V>> {
        let nth = usize::try_from(key % SHARDS as u128)
            .expect("the remainder is below the number of shards");
        self.0[nth].lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Drops the values that do not satisfy the condition.
    pub fn retain(&self, keep: impl Fn(&V) -> bool) {
        for shard in &self.0 {
            shard
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .retain(|_, value| keep(value));
        }
    }
}

impl<V> Default for ByHash<V> {
    fn default() -> Self {
        Self::new()
    }
}
