//! What several readers find in one document, in its order, and the lines that none of them reads.

use std::collections::BTreeSet;

use super::contents::Known;
use super::outline::{Block, Outline};
use super::tables::Tables;
use super::{asking_items, asks, folded, headings, items, of_headings};
use crate::import::found::{self, Found, Lines, some};
use crate::import::{List, pairs};

/// What reads a document, the surest of what it finds first.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    Folds,
    Tables,
    Marks,
    Headings,
    Items,
}

impl Reader {
    const ALL: [Self; 5] = [
        Self::Folds,
        Self::Tables,
        Self::Marks,
        Self::Headings,
        Self::Items,
    ];

    /// What such a list is called, for people.
    fn shape(self) -> &'static str {
        match self {
            Self::Folds => "folded answers",
            Self::Tables => "a table",
            Self::Marks => "questions and answers with marks",
            Self::Headings => "headings with answers below",
            Self::Items => "a list, with headings as themes",
        }
    }
}

/// Reads a document below some lines. The reader that it was written for, which shows in what it has most of, is asked
/// first; the others find what stands beside.
pub(super) fn read(
    outline: &Outline,
    text: &str,
    above: usize,
    first: Option<Reader>,
) -> Result<List, String> {
    let title = outline.title.as_deref();
    let tables = Tables::of(outline, false)?;
    let folds = folded(outline, text);
    let marks = pairs::read(text, title);
    let first = first.unwrap_or_else(|| likeliest(outline, text, (&folds, &tables, &marks)));
    let columns = tables.columns;
    let mut union = Union::default();
    let mut found = [Some(folds), Some(tables.rows), Some(marks), None, None];
    for reader in std::iter::once(first).chain(Reader::ALL) {
        let is_first = union.shapes.is_empty() && reader == first;
        let more = match reader {
            Reader::Folds | Reader::Tables | Reader::Marks => {
                found[reader as usize].take().unwrap_or_default()
            }
            Reader::Headings if is_first => of_headings(headings(outline, text, &[])),
            Reader::Headings => only_asking(headings(outline, text, &union.starts())),
            Reader::Items if is_first => items(outline),
            Reader::Items => asking_items(outline),
        };
        let is_sure = is_first || reader != Reader::Folds;
        union.add(reader, more, |one| is_sure || asks(&one.question));
    }
    let mut columns = union.columns(columns);
    if union.found.is_empty() {
        let contents = Tables::of(outline, true)?;
        columns = contents.columns;
        union.add(Reader::Tables, contents.rows, |_| true);
    }
    if union.found.is_empty() {
        let why =
            "no list, table, headings, folded answers or lines with `Q:` and `A:` were found in it";
        return Err(why.to_owned());
    }
    let lines = Lines::of(text);
    let unread = unread(outline, text, above, &union.found);
    Ok(List {
        shape: union.shapes.join("; "),
        lines: union
            .found
            .iter()
            .map(|one| above + lines.at(one.at.start))
            .collect(),
        remarks: unread.into_iter().collect(),
        ..found::list(outline.title.clone(), columns, union.found)
    })
}

/// The reader that a document was written for.
fn likeliest(
    outline: &Outline,
    text: &str,
    (folds, tables, marks): (&[Found], &Tables, &[Found]),
) -> Reader {
    let headings = headings(outline, text, &[]);
    let asking = headings.iter().filter(|(_, one)| asks(&one.question));
    let asking = asking.count();
    let folds_ask = folds.iter().any(|one| asks(&one.question)) || asking == 0;
    if folds.len() > 1 && folds_ask {
        Reader::Folds
    } else if !tables.rows.is_empty() {
        Reader::Tables
    } else if !marks.is_empty() && marks.len() * 2 >= asking {
        Reader::Marks
    } else if asking > 0 && asking * 2 >= headings.len() {
        Reader::Headings
    } else if !items(outline).is_empty() {
        Reader::Items
    } else {
        Reader::Headings
    }
}

fn only_asking<T>(headings: Vec<(T, Found)>) -> Vec<Found> {
    let found = headings.into_iter().map(|(_, found)| found);
    found.filter(|one| asks(&one.question)).collect()
}

/// What was found so far, in the document's order.
#[derive(Default)]
struct Union {
    shapes: Vec<&'static str>,
    found: Vec<Found>,
}

impl Union {
    /// Adds what is fit and stands where nothing was found.
    fn add(&mut self, reader: Reader, more: Vec<Found>, is_fit: impl Fn(&Found) -> bool) {
        let is_free = |one: &Found| {
            let next = self
                .found
                .partition_point(|known| known.at.end <= one.at.start);
            self.found
                .get(next)
                .is_none_or(|known| known.at.start >= one.at.end)
        };
        let more: Vec<Found> = more
            .into_iter()
            .filter(|one| is_fit(one) && is_free(one))
            .collect();
        if !more.is_empty() {
            self.shapes.push(reader.shape());
            self.found.extend(more);
            self.found.sort_by_key(|one| one.at.start);
        }
    }

    fn starts(&self) -> Vec<usize> {
        self.found.iter().map(|one| one.at.start).collect()
    }

    /// The columns of tables, where rows of these were found.
    fn columns(&self, columns: Vec<String>) -> Vec<String> {
        if self.found.iter().any(|one| !one.cells.is_empty()) {
            columns
        } else {
            Vec::new()
        }
    }
}

/// What is said of the lines that belong to no question. Titles, and contents that lead to what was found, are no loss.
fn unread(outline: &Outline, text: &str, above: usize, found: &[Found]) -> Option<String> {
    let known = Known::of(outline, found.iter().map(|one| one.question.as_str()));
    let heads = outline.blocks.iter().filter_map(|block| match block {
        Block::Table { start, .. } => Some(*start),
        _ => None,
    });
    let heads: BTreeSet<usize> = heads.collect();
    let (mut ranges, mut asking): (Vec<(usize, usize)>, Vec<usize>) = (Vec::new(), Vec::new());
    let (mut at, mut next, mut goes_on) = (0, 0, false);
    for (nth, line) in text.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        while found.get(next).is_some_and(|one| one.at.end <= start) {
            next += 1;
        }
        if found.get(next).is_some_and(|one| one.at.start < at) {
            goes_on = false;
            continue;
        }
        let line = line.trim();
        let words = line.trim_start_matches(['-', '*', '+', '>', '#', ' ']);
        let is_asking = asks(words.trim_end_matches('*'));
        let is_title = line.starts_with('#') && !is_asking;
        let is_comment = line.starts_with("<!--") && line.ends_with("-->");
        let is_head = heads.range(start..at).next().is_some();
        let is_arranging = is_title || is_comment || is_head;
        if !words.contains(char::is_alphanumeric) || is_arranging {
            continue;
        }
        if known.has(line) {
            goes_on = false;
            continue;
        }
        let number = above + nth + 1;
        match ranges.last_mut().filter(|_| goes_on) {
            Some((_, last)) => *last = number,
            None => ranges.push((number, number)),
        }
        asking.extend(is_asking.then_some(number));
        goes_on = true;
    }
    told(&ranges, &asking)
}

/// `not read: lines 3–7, 12, of which 2 look like questions: 5, 12`.
fn told(ranges: &[(usize, usize)], asking: &[usize]) -> Option<String> {
    let range = |(first, last): &(usize, usize)| {
        if first == last {
            first.to_string()
        } else {
            format!("{first}–{last}")
        }
    };
    let (first, last) = (ranges.first()?, ranges.last()?);
    let noun = if first.0 == last.1 { "line" } else { "lines" };
    let mut told = format!("not read: {noun} {}", some(ranges.iter().map(range)));
    let look = match asking.len() {
        0 => return Some(told),
        1 => "1 looks like a question".to_owned(),
        many => format!("{many} look like questions"),
    };
    told += &format!(
        ", of which {look}: {}",
        some(asking.iter().map(usize::to_string))
    );
    Some(told)
}
