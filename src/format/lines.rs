//! The lines of a YAML text, and which of them belong to the thing that follows.

use std::ops::Range;

/// A text by its lines.
pub(super) struct Lines<'a> {
    pub(super) text: &'a str,
    /// Where each line begins, and behind them where the text ends.
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut starts = vec![0];
        starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        if !text.ends_with('\n') {
            starts.push(text.len());
        }
        Self { text, starts }
    }

    pub(super) fn count(&self) -> usize {
        self.starts.len() - 1
    }

    /// A line with its end.
    pub(super) fn line(&self, nth: usize) -> &'a str {
        &self.text[self.starts[nth]..self.starts[nth + 1]]
    }

    /// Some lines, each by itself.
    pub(super) fn some(&self, range: Range<usize>) -> Vec<String> {
        range.map(|nth| self.line(nth).to_owned()).collect()
    }

    /// Where a line begins.
    pub(super) fn start(&self, nth: usize) -> usize {
        self.starts[nth]
    }

    /// The line of a byte, and its bytes before it.
    pub(super) fn place(&self, at: usize) -> (usize, usize) {
        let nth = self.starts.partition_point(|start| *start <= at) - 1;
        let nth = nth.min(self.count().saturating_sub(1));
        (nth, at - self.starts[nth])
    }

    /// How many spaces a line begins with.
    pub(super) fn indent(&self, nth: usize) -> usize {
        let line = self.line(nth);
        line.len() - line.trim_start_matches(' ').len()
    }

    pub(super) fn is_blank(&self, nth: usize) -> bool {
        self.line(nth).trim().is_empty()
    }

    pub(super) fn is_comment(&self, nth: usize) -> bool {
        self.line(nth).trim_start().starts_with('#')
    }

    /// Where the comments and blank lines above a line begin, as far as they belong to what stands at a column or further
    /// out, and not before `first`.
    pub(super) fn lead(&self, of: usize, column: usize, first: usize) -> usize {
        let belongs =
            |nth: usize| self.is_blank(nth) || self.is_comment(nth) && self.indent(nth) <= column;
        let mut start = of;
        while start > first && belongs(start - 1) {
            start -= 1;
        }
        start
    }
}
