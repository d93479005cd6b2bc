//! Tables of texts: CSV, TSV, and the decks that Anki exports.

use super::anki::{self, Head};
use super::column::Column;
use super::found::{Lines, some};
use super::{List, cloze, html, must_fit, vocabulary};

/// What may stand between cells, the likeliest first.
pub(super) const SEPARATORS: &[u8] = b",;\t|";

/// What stands between the cells of a table that has one column: nothing that a text may hold.
const NOTHING: u8 = 0x1f;

/// The most rows that show what stands between cells.
const SHOWN: usize = 100;

/// The most letters of a column's name, and its most words.
const LONGEST_NAME: usize = 40;
const MOST_WORDS: usize = 5;

/// Reads a table; the separator shows where none is given.
pub(super) fn read(text: &str, separator: Option<u8>) -> Result<List, String> {
    let whole = text;
    let (head, text) = anki::head(text);
    let separator = head.separator.or(separator);
    let separator = separator
        .unwrap_or_else(|| likeliest(text, SEPARATORS).map_or(NOTHING, |(separator, _)| separator));
    let (mut rows, mut lines) = rows(whole, text, separator, &head)?;
    let own = head.columns.as_ref().map(|line| {
        line.split(char::from(separator))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    let is_named = !head.is_there && rows.first().is_some_and(|first| is_header(first));
    let named = own.or_else(|| {
        is_named.then(|| {
            lines.remove(0);
            rows.remove(0)
        })
    });
    let mut list = List {
        title: head
            .deck
            .as_deref()
            .map(anki::theme)
            .filter(|deck| !deck.is_empty()),
        shape: if head.is_there {
            "a deck of cards"
        } else {
            "a table"
        }
        .to_owned(),
        shows_tags: head.html == Some(false),
        lines,
        ..List::default()
    };
    if let Some(names) = &named {
        list.remarks
            .extend(joined(&mut rows, &list.lines, names.len(), separator));
    }
    let widths = rows.iter().chain(&named).map(Vec::len);
    let width = widths.max().unwrap_or(0);
    must_fit(width)?;
    list.columns = (1..=width).map(|nth| nth.to_string()).collect();
    for (column, name) in list.columns.iter_mut().zip(named.into_iter().flatten()) {
        if !name.trim().is_empty() {
            name.trim().clone_into(column);
        }
    }
    anki::name(&mut list.columns, &head);
    for row in &mut rows {
        row.resize(width, String::new());
    }
    list.rows = rows;
    fill_gaps(&mut list);
    leave_out_sounds(&mut list);
    of_deck(&mut list, &head);
    Ok(list)
}

/// The rows below the head, and the lines of the whole that they begin in.
fn rows(
    whole: &str,
    text: &str,
    separator: u8,
    head: &Head,
) -> Result<(Vec<Vec<String>>, Vec<usize>), String> {
    let (mut rows, mut lines) = (Vec::new(), Vec::new());
    let places = Lines::of(whole);
    let above = whole.len() - text.len();
    for row in reader(text, separator).records() {
        let row = row.map_err(|error| format!("it cannot be read: {error}"))?;
        lines.push(places.at(above + start_of(&row, text)));
        rows.push(row.iter().map(|cell| cell_of(cell, head)).collect());
    }
    Ok((rows, lines))
}

/// Puts what stands beyond the last column into it: what is said of that.
fn joined(
    rows: &mut [Vec<String>],
    lines: &[usize],
    width: usize,
    separator: u8,
) -> Option<String> {
    let pairs = rows.iter_mut().zip(lines);
    let joined: Vec<String> = pairs
        .filter_map(|(row, line)| join(row, width, separator).map(|()| line.to_string()))
        .collect();
    (!joined.is_empty()).then(|| {
        format!(
            "rows with more cells than columns: lines {}; what is beyond the last stands in it (put texts with `{}` in quotes)",
            some(joined.into_iter()),
            char::from(separator)
        )
    })
}

/// Where a row begins; blank lines stand before it.
fn start_of(row: &csv::StringRecord, text: &str) -> usize {
    let start = row.position().map_or(0, csv::Position::byte);
    let start = usize::try_from(start).unwrap_or(0).min(text.len());
    let blank = text.as_bytes()[start..].iter();
    start + blank.take_while(|byte| **byte == b'\n').count()
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes())
}

fn cell_of(cell: &str, head: &Head) -> String {
    if head.html.unwrap_or_else(|| html::is_there(cell)) {
        html::to_markdown(cell)
    } else {
        cell.to_owned()
    }
}

/// Whether a row names columns: names are short and ask nothing, and one of them is known.
fn is_header(row: &[String]) -> bool {
    let is_name = |cell: &String| {
        let cell = cell.trim();
        let words = cell.split_whitespace().count();
        cell.chars().count() <= LONGEST_NAME
            && words <= MOST_WORDS
            && !cell.ends_with(['?', '!'])
            && !(words > 1 && cell.ends_with('.'))
    };
    row.iter().all(is_name) && row.iter().any(|cell| vocabulary::guessed(cell).is_some())
}

/// Puts what stands beyond the last column into it; nothing where nothing does.
fn join(row: &mut Vec<String>, width: usize, separator: u8) -> Option<()> {
    while row.len() > width && row.last().is_some_and(|cell| cell.trim().is_empty()) {
        row.pop();
    }
    let beyond = row
        .len()
        .checked_sub(width)
        .filter(|more| *more > 0 && width > 0);
    beyond?;
    let more: Vec<String> = row.drain(width - 1..).collect();
    row.push(more.join(&char::from(separator).to_string()));
    Some(())
}

/// Cards with gaps ask for what stands in them, and their other side tells more.
fn fill_gaps(list: &mut List) {
    let find = |meant: Column| {
        let mut columns = list.columns.iter();
        columns.position(|name| vocabulary::guessed(name) == Some(meant))
    };
    let (Some(front), Some(back)) = (find(Column::Title), find(Column::Answer)) else {
        return;
    };
    for row in &mut list.rows {
        if let Some((asked, told)) = cloze::read(&row[front]) {
            row[front] = asked;
            let more = std::mem::take(&mut row[back]);
            let told = format!("{told}\n\n{more}");
            told.trim_end().clone_into(&mut row[back]);
        }
    }
}

/// Sounds of cards cannot be a part of a handbook.
fn leave_out_sounds(list: &mut List) {
    let mut sounds = Vec::new();
    for (row, line) in list.rows.iter_mut().zip(&list.lines) {
        for cell in row.iter_mut().filter(|cell| cell.contains("[sound:")) {
            let (mut silent, mut rest) = (String::new(), cell.as_str());
            while let Some((before, after)) = rest.split_once("[sound:")
                && let Some((sound, after)) = after.split_once(']')
            {
                sounds.push(format!("{sound} (line {line})"));
                silent += before;
                rest = after;
            }
            silent += rest;
            silent.trim().clone_into(cell);
        }
    }
    if !sounds.is_empty() {
        let sounds = some(sounds.into_iter());
        list.remarks.push(format!("sounds are left out: {sounds}"));
    }
}

/// Tags and decks as other lists have them; what holds for all cards stands in each row.
fn of_deck(list: &mut List, head: &Head) {
    for (nth, name) in list.columns.iter().enumerate() {
        let own: fn(&str) -> String = match vocabulary::folded(name).as_str() {
            anki::TAGS if head.is_there => anki::tags,
            anki::DECK if head.is_there => anki::theme,
            _ => continue,
        };
        for row in &mut list.rows {
            row[nth] = own(&row[nth]);
        }
    }
    if let Some(tags) = &head.tags {
        list.columns.push(anki::TAGS.to_owned());
        let tags = anki::tags(tags);
        list.rows.iter_mut().for_each(|row| row.push(tags.clone()));
    }
}

/// What stands between cells: what cuts the first row and most others into as many; with the percentage
/// of rows that it does.
pub(super) fn likeliest(text: &str, separators: &[u8]) -> Option<(u8, usize)> {
    let share = |separator: u8| {
        let mut widths: Vec<usize> = Vec::new();
        for row in reader(text, separator).records().take(SHOWN) {
            widths.push(row.ok()?.len());
        }
        let first = *widths.first()?;
        let alike = widths.iter().filter(|width| **width == first).count();
        (first > 1).then(|| alike * 100 / widths.len())
    };
    let mut best: Option<(u8, usize)> = None;
    for separator in separators {
        if let Some(share) = share(*separator)
            && best.is_none_or(|(_, most)| share > most)
        {
            best = Some((*separator, share));
        }
    }
    best
}
