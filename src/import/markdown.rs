//! Lists in Markdown. What a document is shows in what it has most of: folded answers, tables, headings that ask, lists.

mod outline;

use std::collections::BTreeSet;

use pulldown_cmark::HeadingLevel;

use self::outline::{Block, Outline};
use super::column::{Column, guessed};
use super::{List, MOST_COLUMNS, must_fit, words};

/// Reads a document.
pub(super) fn read(text: &str) -> Result<List, String> {
    let outline = Outline::of(text);
    let folded = folded(&outline, text);
    let tables = tables(&outline);
    let headings = headings(&outline, text);
    let asking = headings.iter().filter(|one| one.asks).count();
    let items = items(&outline);
    let (shape, found) = if folded.len() > 1 {
        ("folded answers", folded)
    } else if let Some(table) = tables {
        must_fit(table.columns.len())?;
        return Ok(List {
            title: outline.title,
            ..table
        });
    } else if asking > 0 && asking * 2 >= headings.len() {
        ("headings with answers below", of_headings(headings))
    } else if !items.is_empty() {
        ("a list, with headings as themes", items)
    } else if !headings.is_empty() {
        ("headings with answers below", of_headings(headings))
    } else {
        return Err("no list, table, headings or folded answers were found in it".to_owned());
    };
    let has_themes = found.iter().any(|one| one.theme.is_some());
    let has_answers = found.iter().any(|one| !one.answer.is_empty());
    let mut columns = vec!["question".to_owned()];
    columns.extend(has_answers.then(|| "answer".to_owned()));
    columns.extend(has_themes.then(|| "theme".to_owned()));
    let row = |one: Found| {
        let mut row = vec![one.question];
        row.extend(has_answers.then_some(one.answer));
        row.extend(has_themes.then(|| one.theme.unwrap_or_default()));
        row
    };
    Ok(List {
        title: outline.title,
        shape,
        columns,
        rows: found.into_iter().map(row).collect(),
    })
}

/// A question as it was found.
struct Found {
    question: String,
    answer: String,
    theme: Option<String>,
    /// Whether it reads as a question.
    asks: bool,
    /// The level of its heading, where it is one.
    level: Option<HeadingLevel>,
}

/// How prompts begin that end without a question mark.
const PROMPTS: &[&str] = &[
    "tell me",
    "describe",
    "give me",
    "give an",
    "walk me",
    "talk me",
    "talk about",
    "explain",
    "share",
    "name a",
    "erzähl",
    "beschreib",
    "nenne",
    "erklär",
    "schilder",
];

/// Whether a title reads as a question.
fn asks(title: &str) -> bool {
    let plain = words::plain(title);
    let numbered = title.trim_start_matches(['*', '_', ' ', 'Q', 'q']);
    let small = plain.to_lowercase();
    plain.ends_with('?')
        || PROMPTS.iter().any(|prompt| small.starts_with(prompt))
        || plain != title.trim() && numbered.starts_with(|c: char| c.is_ascii_digit())
}

fn of_headings(headings: Vec<Found>) -> Vec<Found> {
    // Where some headings ask, those beside them are questions, too; what stands elsewhere is about the document.
    let asking = headings.iter().filter(|one| one.asks);
    let levels: BTreeSet<_> = asking.map(|one| one.level).collect();
    headings
        .into_iter()
        .filter(|one| levels.is_empty() || levels.contains(&one.level))
        .collect()
}

/// Headings below which something stands, and no other headings.
fn headings(outline: &Outline, text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for (nth, block) in outline.blocks.iter().enumerate() {
        let Block::Heading {
            level, title, end, ..
        } = block
        else {
            continue;
        };
        let next = outline.blocks[nth + 1..]
            .iter()
            .find_map(|block| match block {
                Block::Heading { level, start, .. } => Some((*level, *start)),
                _ => None,
            });
        let answer = text[*end..next.map_or(text.len(), |(_, start)| start)].trim();
        let has_inner = next.is_some_and(|(inner, _)| inner > *level);
        if has_inner && !asks(title) || answer.is_empty() && !asks(title) {
            continue;
        }
        found.push(Found {
            question: title.clone(),
            answer: bare(answer),
            theme: outline.theme_of(nth),
            asks: asks(title),
            level: Some(*level),
        });
    }
    found
}

/// An answer without what arranges it on its page: rules between answers, ways back to the top, tags that fold it.
fn bare(answer: &str) -> String {
    let is_rule = |line: &str| {
        let is_mark = |byte| matches!(byte, b'-' | b'*' | b'_');
        line.len() >= 3 && line.bytes().all(is_mark)
    };
    let is_arranging = |line: &&str| {
        let line = line.trim().to_ascii_lowercase();
        let is_folding = line.starts_with("<details")
            || line.starts_with("<summary")
            || matches!(
                line.as_str(),
                "</details>" | "</summary>" | "<p>" | "</p>" | "<br>" | "<br/>" | "<br />"
            );
        is_folding || line.contains("](#") && line.contains("to top")
    };
    let lines: Vec<&str> = answer.lines().filter(|line| !is_arranging(line)).collect();
    let is_said = |line: &&str| !line.trim().is_empty() && !is_rule(line.trim());
    let start = lines.iter().position(is_said).unwrap_or(lines.len());
    let end = lines.iter().rposition(is_said).map_or(start, |end| end + 1);
    lines[start..end].join("\n")
}

/// The items of all lists. Those that only lead to a heading are a table of contents.
fn items(outline: &Outline) -> Vec<Found> {
    let mut found = Vec::new();
    for (nth, block) in outline.blocks.iter().enumerate() {
        let Block::List { items } = block else {
            continue;
        };
        for (question, answer) in items {
            if !question.contains("](#") {
                found.push(Found {
                    asks: asks(question),
                    question: question.clone(),
                    answer: bare(answer),
                    theme: outline.theme_of(nth),
                    level: None,
                });
            }
        }
    }
    found
}

/// The tables that have a column of questions, as one; the headings above them are themes.
fn tables(outline: &Outline) -> Option<List> {
    let mut list = List {
        shape: "a table",
        ..List::default()
    };
    for (nth, block) in outline.blocks.iter().enumerate() {
        let Block::Table { head, rows } = block else {
            continue;
        };
        if !head.iter().any(|name| guessed(name) == Some(Column::Title)) {
            continue;
        }
        let has_theme = head.iter().any(|name| guessed(name) == Some(Column::Theme));
        let theme = outline.theme_of(nth).filter(|_| !has_theme);
        let names = head
            .iter()
            .cloned()
            .chain(theme.is_some().then(|| "theme".to_owned()));
        let names = names.take(MOST_COLUMNS + 1);
        let places: Vec<usize> = names.map(|name| place(&mut list.columns, name)).collect();
        if list.columns.len() > MOST_COLUMNS {
            return Some(list);
        }
        // Cells that only lead to a heading are a table of contents.
        let leads_on = |row: &&Vec<String>| row.iter().any(|cell| cell.contains("](#"));
        for row in rows.iter().filter(|row| !leads_on(row)) {
            let mut cells = vec![String::new(); list.columns.len()];
            for (place, cell) in places.iter().zip(row.iter().chain(&theme)) {
                cells[*place].clone_from(cell);
            }
            list.rows.push(cells);
        }
    }
    let width = list.columns.len();
    list.rows
        .iter_mut()
        .for_each(|row| row.resize(width, String::new()));
    (!list.rows.is_empty()).then_some(list)
}

/// Where a column stands, which is added if it is new.
fn place(columns: &mut Vec<String>, name: String) -> usize {
    let known = columns.iter().position(|column| *column == name);
    known.unwrap_or_else(|| {
        columns.push(name);
        columns.len() - 1
    })
}

/// Answers in `<details>`, whose `<summary>` asks.
fn folded(outline: &Outline, text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let lower = text.to_ascii_lowercase();
    let mut theme = None;
    let mut at = 0;
    while let Some(start) = lower[at..].find("<summary>").map(|start| at + start) {
        let Some(end) = lower[start..].find("</summary>").map(|end| start + end) else {
            break;
        };
        let after = end + "</summary>".len();
        let close = lower[after..].find("</details>");
        let close = close.map_or(text.len(), |close| after + close);
        if let Some(heading) = Outline::of(&text[at..start]).last_heading() {
            theme = Some(heading).filter(|heading| Some(heading) != outline.title.as_ref());
        }
        at = close;
        let question = words::from_html(&text[start + "<summary>".len()..end]);
        // Where the fold says only "Answer", the question stands above it.
        if guessed(&question) == Some(Column::Answer) {
            continue;
        }
        found.push(Found {
            asks: asks(&question),
            question,
            answer: bare(&text[after..close]),
            theme: theme.clone(),
            level: None,
        });
    }
    found
}
