//! How the time of an answer is divided.

use serde::Serialize;

use super::clock;
use crate::model::framework::Part;

/// How a framework divides the time of an answer.
#[derive(Clone, Hash, Serialize)]
pub struct TimingBar {
    /// In the order they are said.
    pub cells: Vec<TimingCell>,
    /// All seconds together, `2:00`.
    pub total: String,
}

/// A part in a timing bar.
#[derive(Clone, Hash, Serialize)]
pub struct TimingCell {
    pub title: String,
    /// The title's first letter, where the bar is narrow.
    pub letter: String,
    pub seconds: u32,
    /// When it begins, `0:30`.
    pub start: String,
    /// Its width: the seconds rounded to multiples of 5, from 5 to 90. Style sheets have a class for each.
    pub width: u32,
    /// `4` for the longest part, `3` for the part after it, else `2`: the step of the colour ramp.
    pub step: u32,
}

/// The timing bar of a framework; `None` unless every part has seconds.
pub fn timing_bar(parts: &[Part]) -> Option<TimingBar> {
    let seconds: Vec<u32> = parts
        .iter()
        .map(|part| part.seconds.map(|seconds| seconds.value))
        .collect::<Option<_>>()?;
    let longest = longest(parts);
    let mut start = 0;
    let cells = parts
        .iter()
        .zip(&seconds)
        .enumerate()
        .map(|(nth, (part, seconds))| {
            let cell = TimingCell {
                title: part.title.to_string(),
                letter: part
                    .title
                    .chars()
                    .next()
                    .map(|c| c.to_uppercase().to_string())
                    .unwrap_or_default(),
                seconds: *seconds,
                start: clock(start),
                width: (seconds.div_ceil(5) * 5).clamp(5, 90),
                step: match longest {
                    Some(longest) if nth == longest => 4,
                    Some(longest) if nth == longest + 1 => 3,
                    _ => 2,
                },
            };
            start += seconds;
            cell
        });
    let cells = cells.collect();
    Some(TimingBar {
        cells,
        total: clock(start),
    })
}

/// The place of the longest part, the first of several; `None` where all are planned alike.
pub fn longest(parts: &[Part]) -> Option<usize> {
    let seconds = |part: &Part| part.seconds.map(|seconds| seconds.value);
    let most = parts.iter().filter_map(seconds).max()?;
    let differ = parts.iter().any(|part| seconds(part) != Some(most));
    let first = parts.iter().position(|part| seconds(part) == Some(most))?;
    differ.then_some(first)
}
