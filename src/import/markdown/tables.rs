//! The tables of a document that have a column of questions.

use super::outline::{Block, Outline};
use super::{contents, leads_on};
use crate::import::column::Column;
use crate::import::found::Found;
use crate::import::vocabulary::guessed;
use crate::import::{MOST_COLUMNS, must_fit, words};

/// All tables as one.
#[derive(Default)]
pub(super) struct Tables {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Found>,
}

impl Tables {
    /// The tables with questions; the headings above them are themes. Those that are contents are only read where they are
    /// meant.
    pub(super) fn of(outline: &Outline, are_contents: bool) -> Result<Self, String> {
        let mut tables = Self::default();
        for (nth, block) in outline.blocks.iter().enumerate() {
            let Block::Table { head, rows, .. } = block else {
                continue;
            };
            let has = |column| head.iter().any(|name| guessed(name) == Some(column));
            let is_one = contents::are_rows(rows.iter().map(|(row, _)| row.as_slice()));
            if !has(Column::Title) || is_one != are_contents {
                continue;
            }
            let theme = outline.theme_of(nth).filter(|_| !has(Column::Theme));
            let names = head.iter().cloned();
            let names = names.chain(theme.is_some().then(|| "theme".to_owned()));
            let names = names.take(MOST_COLUMNS + 1);
            let places: Vec<usize> = names.map(|name| tables.place(name)).collect();
            must_fit(tables.columns.len())?;
            // Titles between the lines of contents are no questions.
            let is_line = |row: &[String]| !are_contents || row.iter().any(|cell| leads_on(cell));
            for (row, at) in rows.iter().filter(|(row, _)| is_line(row)) {
                let cells = places
                    .iter()
                    .copied()
                    .zip(row.iter().chain(&theme).cloned());
                tables.rows.push(Found {
                    question: asked(head, row),
                    cells: cells.filter(|(_, cell)| !cell.is_empty()).collect(),
                    at: at.clone(),
                    ..Found::default()
                });
            }
        }
        Ok(tables)
    }

    /// Where a column stands, which is added if it is new.
    fn place(&mut self, name: String) -> usize {
        let known = self.columns.iter().position(|column| *column == name);
        known.unwrap_or_else(|| {
            self.columns.push(name);
            self.columns.len() - 1
        })
    }
}

/// What a row asks, in plain words.
fn asked(head: &[String], row: &[String]) -> String {
    let mut cells = head.iter().zip(row);
    let cell = cells.find(|(name, _)| guessed(name) == Some(Column::Title));
    cell.map_or_else(String::new, |(_, cell)| words::plain(cell))
}
