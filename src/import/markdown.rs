//! Lists in Markdown. What a document is shows in what it has most of: folded answers, tables, headings that ask, lists.

mod outline;

use std::collections::BTreeSet;

use pulldown_cmark::HeadingLevel;

pub(super) use self::outline::theme;
use self::outline::{Block, Outline};
use super::column::Column;
use super::found::{self, Found};
use super::vocabulary::guessed;
use super::{List, MOST_COLUMNS, html, must_fit, pairs, vocabulary, words};

/// How deep lists are gone into whose items name themes.
const DEEPEST: usize = 4;

/// Reads a document.
pub(super) fn read(text: &str) -> Result<List, String> {
    let (own_title, text) = front_matter(text);
    let mut outline = Outline::of(text);
    outline.title = own_title.or(outline.title);
    let folded = folded(&outline, text);
    let tables = tables(&outline);
    let headings = headings(&outline, text);
    let asking = headings
        .iter()
        .filter(|(_, one)| asks(&one.question))
        .count();
    let marked =
        pairs::read(text, outline.title.as_deref()).filter(|found| found.len() * 2 >= asking);
    let items = items(&outline);
    let (shape, found) = if folded.len() > 1 {
        ("folded answers", folded)
    } else if let Some(table) = tables {
        must_fit(table.columns.len())?;
        return Ok(List {
            title: outline.title,
            ..table
        });
    } else if let Some(marked) = marked {
        (pairs::SHAPE, marked)
    } else if asking > 0 && asking * 2 >= headings.len() {
        ("headings with answers below", of_headings(headings))
    } else if !items.is_empty() {
        ("a list, with headings as themes", items)
    } else if !headings.is_empty() {
        ("headings with answers below", of_headings(headings))
    } else {
        return Err(
            "no list, table, headings, folded answers or lines with `Q:` and `A:` were found in it"
                .to_owned(),
        );
    };
    Ok(found::list(outline.title, shape, found))
}

/// The title that stands in front matter, and the text below it.
fn front_matter(text: &str) -> (Option<String>, &str) {
    let Some((matter, rest)) = text
        .strip_prefix("---\n")
        .and_then(|text| text.split_once("\n---\n"))
    else {
        return (None, text);
    };
    let title = matter.lines().find_map(|line| line.strip_prefix("title:"));
    let title = title.map(|title| title.trim().trim_matches(['"', '\'']).to_owned());
    (title.filter(|title| !title.is_empty()), rest)
}

/// Whether a title reads as a question.
fn asks(title: &str) -> bool {
    let plain = words::plain(title);
    let numbered = title.trim_start_matches(['*', '_', ' ', 'Q', 'q']);
    vocabulary::asks(&plain)
        || plain != title.trim() && numbered.starts_with(|c: char| c.is_ascii_digit())
}

fn of_headings(headings: Vec<(HeadingLevel, Found)>) -> Vec<Found> {
    // Where some headings ask, those beside them are questions, too; what stands elsewhere is about the document.
    let asking = headings.iter().filter(|(_, one)| asks(&one.question));
    let levels: BTreeSet<_> = asking.map(|(level, _)| *level).collect();
    headings
        .into_iter()
        .filter(|(level, _)| levels.is_empty() || levels.contains(level))
        .map(|(_, found)| found)
        .collect()
}

/// Headings below which something stands, and no other headings.
fn headings(outline: &Outline, text: &str) -> Vec<(HeadingLevel, Found)> {
    let mut found = Vec::new();
    for (nth, block) in outline.blocks.iter().enumerate() {
        let Block::Heading {
            level, title, end, ..
        } = block
        else {
            continue;
        };
        let mut below = outline.blocks[nth + 1..]
            .iter()
            .filter_map(|block| match block {
                Block::Heading {
                    level,
                    title,
                    start,
                    ..
                } => Some((*level, title, *start)),
                _ => None,
            });
        let asks_itself = asks(title);
        let has_inner = below
            .clone()
            .next()
            .is_some_and(|(inner, ..)| inner > *level);
        // Headings in an answer belong to it, unless they ask; those below the document's own title do not.
        let owns = asks_itself && outline.title != Some(theme(title));
        let next = below.find(|(inner, title, _)| !owns || inner <= level || asks(title));
        let answer = text[*end..next.map_or(text.len(), |(.., start)| start)].trim();
        let is_title = if answer.is_empty() {
            !owns
        } else {
            !asks_itself
        };
        if is_title && (has_inner || answer.is_empty()) {
            continue;
        }
        let one = Found {
            question: title.clone(),
            answer: bare(answer),
            theme: outline.theme_of(nth),
        };
        found.push((*level, one));
    }
    found
}

/// An answer without what arranges it on its page: rules between answers, ways back to the top, tags that fold it.
pub(super) fn bare(answer: &str) -> String {
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
        if let Block::List { items } = block {
            for item in items {
                add_item(item, outline.theme_of(nth), DEEPEST, &mut found);
            }
        }
    }
    found
}

/// Whether an item asks, or begins with a question in bold type.
fn asks_first(item: &str) -> bool {
    asks(item) || outline::bold_question(item).is_some()
}

/// Adds an item, or those within one that only names what they are about.
fn add_item(
    (question, rest): &(String, String),
    theme: Option<String>,
    depth: usize,
    found: &mut Vec<Found>,
) {
    if question.contains("](#") {
        return;
    }
    let inner = (depth > 0 && !rest.is_empty() && !asks_first(question)).then(|| Outline::of(rest));
    if let Some([Block::List { items }]) = inner.as_ref().map(|inner| &inner.blocks[..])
        && items.iter().filter(|(inner, _)| asks_first(inner)).count() * 2 > items.len()
    {
        let theme = outline::theme(question);
        for item in items {
            add_item(item, Some(theme.clone()), depth - 1, found);
        }
        return;
    }
    let (asked, said) = outline::bold_question(question).unwrap_or((question, ""));
    let answer = format!("{said}\n\n{}", bare(rest));
    found.push(Found {
        question: asked.to_owned(),
        answer: answer.trim().to_owned(),
        theme,
    });
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
        let question = html::to_markdown(&text[start + "<summary>".len()..end]);
        // Where the fold says only "Answer", the question stands above it.
        if guessed(&question) == Some(Column::Answer) {
            continue;
        }
        found.push(Found {
            question,
            answer: bare(&text[after..close]),
            theme: theme.clone(),
        });
    }
    found
}
