//! Questions as they were found in texts.

use std::ops::Range;

use super::List;
use super::column::Column;
use super::vocabulary::guessed;

/// The most places that are told.
const MOST_PLACES: usize = 12;

/// A question with what stands around it.
#[derive(Default)]
pub(super) struct Found {
    pub(super) question: String,
    pub(super) answer: String,
    pub(super) theme: Option<String>,
    /// What is asked next, a question a line.
    pub(super) follow_ups: String,
    /// The row of a table: its filled cells by the places of their columns. Then the rest is empty.
    pub(super) cells: Vec<(usize, String)>,
    /// Where it stands in the text, with its answer.
    pub(super) at: Range<usize>,
}

/// A list of them: below the columns of the tables that some stand in, and those that the others fill.
pub(super) fn list(title: Option<String>, mut columns: Vec<String>, found: Vec<Found>) -> List {
    let mut place = |is_filled: bool, meant: Column, name: &str| {
        let mut known = columns.iter();
        let known = known.position(|name| guessed(name) == Some(meant));
        is_filled.then(|| {
            known.unwrap_or_else(|| {
                columns.push(name.to_owned());
                columns.len() - 1
            })
        })
    };
    let any = |is_it: fn(&Found) -> bool| {
        let mut bare = found.iter().filter(|one| one.cells.is_empty());
        bare.any(is_it)
    };
    let places = [
        place(any(|_| true), Column::Title, "question"),
        place(any(|one| !one.answer.is_empty()), Column::Answer, "answer"),
        place(any(|one| one.theme.is_some()), Column::Theme, "theme"),
        place(
            any(|one| !one.follow_ups.is_empty()),
            Column::FollowUps,
            "follow-ups",
        ),
    ];
    let width = columns.len();
    let row = |one: Found| {
        let mut row = vec![String::new(); width];
        let theme = one.theme.unwrap_or_default();
        let texts = [one.question, one.answer, theme, one.follow_ups];
        for (place, text) in places.iter().zip(texts) {
            if let Some(place) = place.filter(|_| one.cells.is_empty()) {
                row[place] = text;
            }
        }
        for (place, cell) in one.cells {
            row[place] = cell;
        }
        row
    };
    List {
        title,
        columns,
        rows: found.into_iter().map(row).collect(),
        is_text: true,
        ..List::default()
    }
}

/// The lines of a text that places stand in.
pub(super) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let ends = text.match_indices('\n').map(|(end, _)| end + 1);
        Self {
            starts: std::iter::once(0).chain(ends).collect(),
        }
    }

    /// The line of a place, from one.
    pub(super) fn at(&self, place: usize) -> usize {
        self.starts.partition_point(|start| *start <= place)
    }

    /// Where a line begins.
    pub(super) fn start(&self, line: usize) -> usize {
        self.starts[line - 1]
    }
}

/// The first of many, and how many there are more.
pub(super) fn some(all: impl ExactSizeIterator<Item = String>) -> String {
    let more = all.len().saturating_sub(MOST_PLACES);
    let mut told: Vec<String> = all.take(MOST_PLACES).collect();
    if more > 0 {
        told.push(format!("and {more} more"));
    }
    told.join(", ")
}
