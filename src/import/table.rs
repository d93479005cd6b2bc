//! Tables of texts: CSV, TSV, and the decks that Anki exports, which tell of themselves in lines that begin with `#`.

use super::column::guessed;
use super::{List, must_fit, words};

/// What may stand between cells, the likeliest first.
const SEPARATORS: &[u8] = b",;\t|";

/// What a table says of itself before its first row.
#[derive(Default)]
struct Head {
    separator: Option<u8>,
    is_html: bool,
    names: Vec<(usize, &'static str)>,
    columns: Option<String>,
}

/// Reads a table; the separator shows where none is given.
pub(super) fn read(text: &str, separator: Option<u8>) -> Result<List, String> {
    let (head, text) = head(text);
    let separator = head
        .separator
        .or(separator)
        .unwrap_or_else(|| likeliest(text));
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    for row in reader.records() {
        let row = row.map_err(|error| format!("it cannot be read: {error}"))?;
        let is_html = |cell: &str| head.is_html || words::has_html(cell);
        let cell = |cell: &str| {
            if is_html(cell) {
                words::from_html(cell)
            } else {
                cell.to_owned()
            }
        };
        rows.push(row.iter().map(cell).collect());
    }
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    must_fit(width)?;
    let mut columns: Vec<String> = (1..=width).map(|nth| nth.to_string()).collect();
    let own = head.columns.map(|line| {
        line.split(char::from(separator))
            .map(str::to_owned)
            .collect()
    });
    let named: Option<Vec<String>> = own.or_else(|| {
        let first = rows.first()?;
        let is_header = first
            .iter()
            .any(|cell| guessed(cell).is_some() && cell.len() <= 40);
        (is_header && head.names.is_empty()).then(|| rows.remove(0))
    });
    for (column, name) in columns.iter_mut().zip(named.into_iter().flatten()) {
        if !name.trim().is_empty() {
            name.trim().clone_into(column);
        }
    }
    if !head.names.is_empty() {
        name_by_anki(&mut columns, &head.names);
    }
    for row in &mut rows {
        row.resize(width, String::new());
    }
    Ok(List {
        title: None,
        shape: "a table",
        columns,
        rows,
    })
}

/// A list of one question a line.
pub(super) fn lines(text: &str) -> List {
    List {
        title: None,
        shape: "a question a line",
        columns: vec!["question".to_owned()],
        rows: text.lines().map(|line| vec![line.to_owned()]).collect(),
    }
}

/// Anki names the columns that are none of a card's fields; the first two others are its front and back.
fn name_by_anki(columns: &mut [String], names: &[(usize, &'static str)]) {
    for (nth, name) in names {
        if let Some(column) = columns.get_mut(nth.saturating_sub(1)) {
            (*name).clone_into(column);
        }
    }
    let free = columns
        .iter_mut()
        .filter(|column| column.parse::<usize>().is_ok());
    for (column, name) in free.zip(["front", "back"]) {
        name.clone_into(column);
    }
}

/// The lines `#key:value` that begin an export of Anki or the line `sep=;` that begins one of Excel, and the rest.
fn head(text: &str) -> (Head, &str) {
    let mut head = Head::default();
    let mut rest = text;
    if let Some((line, after)) = text.split_once('\n')
        && let Some(mark) = line.strip_prefix("sep=")
    {
        head.separator = mark.bytes().next();
        rest = after;
    }
    while let Some(line) = rest.lines().next().and_then(|line| line.strip_prefix('#')) {
        let Some((key, value)) = line.split_once(':') else {
            break;
        };
        let value = value.trim_end_matches('\r');
        let nth = value.trim().parse::<usize>().unwrap_or(0);
        match key {
            "separator" => head.separator = Some(separator(value)),
            "html" => head.is_html = value.trim() == "true",
            "tags column" => head.names.push((nth, "tags")),
            "deck column" => head.names.push((nth, "theme")),
            "notetype column" => head.names.push((nth, "kind of note")),
            "guid column" => head.names.push((nth, "number of note")),
            "columns" => head.columns = Some(value.to_owned()),
            "deck" | "notetype" | "tags" | "if matches" => {}
            _ => break,
        }
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
    }
    (head, rest)
}

/// Anki writes separators as names or as they are.
fn separator(value: &str) -> u8 {
    match value.trim_matches(' ').to_lowercase().as_str() {
        "comma" | "," => b',',
        "semicolon" | ";" => b';',
        "pipe" | "|" => b'|',
        "space" => b' ',
        "colon" | ":" => b':',
        _ => b'\t',
    }
}

/// The separator that the first line has most of, outside of quotes.
fn likeliest(text: &str) -> u8 {
    let line = text.lines().next().unwrap_or_default();
    let outside = line.split('"').step_by(2).collect::<String>();
    let count = |separator: u8| outside.bytes().filter(|byte| *byte == separator).count();
    let best = SEPARATORS
        .iter()
        .rev()
        .max_by_key(|separator| count(**separator));
    *best.unwrap_or(&b',')
}
