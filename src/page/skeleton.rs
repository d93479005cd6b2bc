//! When each point of an answer's skeleton is said.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};
use serde::Serialize;

use super::clock;
use crate::model::Answer;
use crate::model::speech::Speech;

/// A point of an answer's skeleton.
#[derive(Hash, Serialize)]
pub(super) struct Point<'a> {
    text: &'a str,
    /// When it is said, `0:35`.
    start: String,
}

/// More points or sentences than any answer has that one could learn: such are not compared.
const MOST_POINTS: usize = 12;
const MOST_SENTENCES: usize = 200;

/// The points of an answer with the times they are said at, at so many words a minute: with a point a part each begins with
/// its part, else with the sentence that it stands for. What has too few sentences for that, or far too many, is divided
/// evenly.
pub(super) fn skeleton(answer: &Answer, pace: u32) -> Vec<Point<'_>> {
    let points = &answer.skeleton;
    if points.is_empty() {
        return Vec::new();
    }
    let parts = &answer.parts.0;
    let texts = parts.iter().map(|(_, part)| part).chain(&answer.text);
    let sentences: Vec<&str> = texts
        .flat_map(|text| sentences(&text.markdown.text))
        .collect();
    let starts: Vec<u32> = if points.len() == parts.len() {
        begins(parts.iter().map(|(_, part)| part.speech.words)).collect()
    } else if points.len() <= MOST_POINTS
        && (points.len()..=MOST_SENTENCES).contains(&sentences.len())
    {
        let begins: Vec<u32> = begins(sentences.iter().map(|one| Speech::of(one).words)).collect();
        let points: Vec<_> = points.iter().map(|point| stems(point)).collect();
        let sentences: Vec<_> = sentences.into_iter().map(stems).collect();
        let places = places(&points, &sentences).into_iter();
        places.map(|at| begins[at]).collect()
    } else {
        let whole = u64::from(answer.speech().words);
        let share = |nth: usize| whole * nth as u64 / points.len() as u64;
        let starts = (0..points.len()).map(share);
        starts
            .map(|words| u32::try_from(words).unwrap_or(u32::MAX))
            .collect()
    };
    let point = |(text, words)| Point {
        text,
        start: clock(Speech::seconds_of(words, pace)),
    };
    points
        .iter()
        .map(|text| &**text)
        .zip(starts)
        .map(point)
        .collect()
}

/// How many words are said before each of these.
fn begins(lengths: impl Iterator<Item = u32>) -> impl Iterator<Item = u32> {
    lengths.scan(0, |said, length| {
        let before = *said;
        *said += length;
        Some(before)
    })
}

fn sentences(text: &str) -> Vec<&str> {
    let ends = |c: char| matches!(c, '.' | '?' | '!' | '…');
    let mut rest = text;
    let mut found = Vec::new();
    while let Some(end) = rest
        .match_indices(char::is_whitespace)
        .find_map(|(at, space)| {
            let said = rest[..at].trim_end_matches(['"', '\'', '”', '’', ')', '*', '_']);
            said.ends_with(ends).then_some(at + space.len())
        })
    {
        found.push(&rest[..end]);
        rest = &rest[end..];
    }
    found.push(rest);
    found
}

/// Stands for the first letters of a word, so that `ranked` and `ranking` are one: their hash, which is compared sooner.
type Stem = u64;

/// Those of a text's words.
fn stems(text: &str) -> BTreeSet<Stem> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let stem = |word: &str| {
        let mut hasher = FxHasher::default();
        let letters = word.chars().take(5).flat_map(char::to_lowercase);
        letters.for_each(|letter| letter.hash(&mut hasher));
        hasher.finish()
    };
    words.filter(|word| !word.is_empty()).map(stem).collect()
}

/// What a word is worth that points share with a single sentence.
const RARE: usize = 100_000;

/// The sentence that each point stands for: the first of all for the first, then one after the other, so that points and
/// their sentences share as many rare words as can be; where nothing tells, evenly apart. There are as many sentences as
/// points, or more.
fn places(points: &[BTreeSet<Stem>], sentences: &[BTreeSet<Stem>]) -> Vec<usize> {
    let mut uses: FxHashMap<Stem, usize> = FxHashMap::default();
    for word in sentences.iter().flatten() {
        *uses.entry(*word).or_default() += 1;
    }
    let worth = |point: usize, at: usize| -> usize {
        let shared = points[point].intersection(&sentences[at]);
        let rare: usize = shared.map(|word| RARE / uses[word]).sum();
        let all = sentences.len() * points.len();
        let far = (at * points.len()).abs_diff(point * sentences.len());
        rare + RARE / 10 * (all - far.min(all)) / all
    };
    // What the best way is worth to place the points so far with the last one here, and where the one before it stands.
    let mut best: Vec<Vec<(Option<usize>, usize)>> = Vec::new();
    for point in 0..points.len() {
        let before = best.last();
        let mut earlier = (None, 0);
        let ways = (0..sentences.len()).map(|at| {
            let (value, place) = match before {
                None => ((at == 0).then_some(0), 0),
                Some(before) => {
                    let way = earlier;
                    if before[at].0 > earlier.0 {
                        earlier = (before[at].0, at);
                    }
                    way
                }
            };
            (value.map(|value| value + worth(point, at)), place)
        });
        let ways = ways.collect();
        best.push(ways);
    }
    let last = best.last().into_iter().flatten().enumerate();
    let end = last.max_by_key(|(_, (value, _))| *value);
    let mut at = end.map_or(0, |(at, _)| at);
    let ways = best.iter().rev();
    let mut places: Vec<usize> = ways
        .map(|ways| {
            let (_, before) = ways[at];
            std::mem::replace(&mut at, before)
        })
        .collect();
    places.reverse();
    places
}
