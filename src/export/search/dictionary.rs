//! The words of all texts, numbered.

use std::sync::{Mutex, PoisonError};

use crate::by_hash::ByHash;

/// Stands for a word. Which word has which number depends on which thread came first, so no output may show it.
pub(super) type Number = u32;

/// Words by their numbers, over all builds: texts are compared by numbers, and nothing is ever forgotten, since an
/// author does not invent many words in a day.
#[derive(Default)]
pub(super) struct Dictionary {
    numbers: ByHash<Number>,
    words: Mutex<Vec<Box<str>>>,
}

impl Dictionary {
    pub(super) fn number(&self, word: &str) -> Number {
        let hash = xxhash_rust::xxh3::xxh3_128(word.as_bytes());
        *self.numbers.shard(hash).entry(hash).or_insert_with(|| {
            let mut words = self.words.lock().unwrap_or_else(PoisonError::into_inner);
            words.push(word.into());
            Number::try_from(words.len() - 1).expect("no memory holds so many words")
        })
    }

    /// Shows the words by their numbers.
    pub(super) fn with<T>(&self, see: impl FnOnce(&[Box<str>]) -> T) -> T {
        see(&self.words.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
