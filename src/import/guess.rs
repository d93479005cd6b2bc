//! What columns hold that nothing names: shown by what stands in them.

use std::collections::BTreeSet;

use super::column::Column;
use super::{List, vocabulary, words};

/// The most words of a theme.
const LONGEST_THEME: usize = 5;

/// What the cells of a column look like.
struct Look {
    filled: usize,
    distinct: usize,
    /// The most words of a cell.
    words: usize,
    asking: usize,
    /// Numbers, dates, addresses: nothing to read.
    is_data: bool,
    are_difficulties: bool,
}

impl Look {
    fn at(list: &List, nth: usize) -> Self {
        let cells = list.rows.iter().filter_map(|row| row.get(nth));
        let cells: Vec<&str> = cells
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
            .collect();
        let distinct: BTreeSet<String> = cells.iter().map(|cell| cell.to_lowercase()).collect();
        let words = cells.iter().map(|cell| cell.split_whitespace().count());
        let is_data = |cell: &str| cell.contains("://") || cell.chars().all(|c| !c.is_alphabetic());
        Self {
            filled: cells.len(),
            distinct: distinct.len(),
            words: words.max().unwrap_or(0),
            asking: cells
                .iter()
                .filter(|cell| vocabulary::asks(&words::plain(cell)))
                .count(),
            is_data: cells.iter().all(|cell| is_data(cell)),
            are_difficulties: cells
                .iter()
                .all(|cell| vocabulary::value(Column::Difficulty, cell).is_some()),
        }
    }

    /// Few words, and the same ones again.
    fn repeats(&self) -> bool {
        self.words <= LONGEST_THEME && self.distinct * 3 <= self.filled * 2
    }
}

/// Gives a field to columns that have none: the questions are where most cells ask, a theme is short and comes again, an
/// answer is neither.
pub(super) fn by_content(list: &List, columns: &mut [Option<Column>]) {
    let looks: Vec<Look> = (0..columns.len()).map(|nth| Look::at(list, nth)).collect();
    let free = |columns: &[Option<Column>]| {
        let free = columns
            .iter()
            .enumerate()
            .filter(|(_, column)| column.is_none());
        let free = free.map(|(nth, _)| nth);
        free.filter(|nth| {
            looks[*nth].filled > 0 && (!looks[*nth].is_data || looks[*nth].are_difficulties)
        })
        .collect::<Vec<_>>()
    };
    let readable = free(columns);
    let readable = readable.iter().filter(|nth| !looks[**nth].is_data);
    // The first of those that ask alike: `max_by_key` takes the last.
    let Some(title) = readable
        .rev()
        .max_by_key(|nth| (looks[**nth].asking, !looks[**nth].repeats()))
    else {
        return;
    };
    columns[*title] = Some(Column::Title);
    let mut rest = free(columns);
    // Of several that could answer, the one with the longest texts does.
    rest.sort_by_key(|nth| {
        std::cmp::Reverse(looks[*nth].words * usize::from(!looks[*nth].repeats()))
    });
    for nth in rest {
        let look = &looks[nth];
        let column = match () {
            () if look.are_difficulties && look.repeats() => Column::Difficulty,
            () if look.repeats() => Column::Theme,
            () => Column::Answer,
        };
        let is_readable = !look.is_data || column == Column::Difficulty;
        if is_readable && !columns.contains(&Some(column)) {
            columns[nth] = Some(column);
        }
    }
}
