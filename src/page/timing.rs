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

/// How long the parts of an answer are as told, drawn below its timing bar on the same scale.
#[derive(Hash, Serialize)]
pub struct ToldBar {
    pub parts: Vec<ToldPart>,
    /// How much of the width the plan takes, in percent: 100 unless the telling is longer; else a multiple of 5 from 5.
    pub share: u32,
    /// The whole width in units of a hundredth of the plan's share of a second: `x` and `width` of parts count in them.
    pub units: u32,
}

/// A part as it is told.
#[derive(Hash, Serialize)]
pub struct ToldPart {
    pub title: String,
    pub seconds: u32,
    pub planned: u32,
    pub x: u32,
    pub width: u32,
    /// The step of the colour ramp that it has in the timing bar.
    pub step: u32,
    /// Whether it takes a quarter more than planned, and 5 seconds or more.
    pub over: bool,
}

/// Parts as told, in seconds, against the plan of their framework.
pub fn told_bar(plan: &TimingBar, told: &[u32]) -> ToldBar {
    let planned: u32 = plan.cells.iter().map(|cell| cell.seconds).sum();
    let whole: u32 = told.iter().sum();
    let share = if whole > planned {
        (planned * 20 / whole * 5).max(5)
    } else {
        100
    };
    let mut x = 0;
    let parts = plan.cells.iter().zip(told).map(|(cell, &seconds)| {
        let width = seconds * share;
        x += width;
        ToldPart {
            title: cell.title.clone(),
            seconds,
            planned: cell.seconds,
            x: x - width,
            width,
            step: cell.step,
            over: seconds >= cell.seconds + 5 && seconds * 4 >= cell.seconds * 5,
        }
    });
    ToldBar {
        parts: parts.collect(),
        share,
        units: planned.max(1) * 100,
    }
}

/// The place of the longest part, the first of several; `None` where all are planned alike.
pub fn longest(parts: &[Part]) -> Option<usize> {
    let seconds = |part: &Part| part.seconds.map(|seconds| seconds.value);
    let most = parts.iter().filter_map(seconds).max()?;
    let differ = parts.iter().any(|part| seconds(part) != Some(most));
    let first = parts.iter().position(|part| seconds(part) == Some(most))?;
    differ.then_some(first)
}
