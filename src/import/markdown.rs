//! Lists in Markdown, in whatever shapes a document has them: folded answers, tables, headings that ask, lists.

mod contents;
mod outline;
mod tables;
mod together;

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::HeadingLevel;

use self::contents::leads_on;
pub(super) use self::outline::theme;
use self::outline::{Block, Item, Outline};
use self::together::Reader;
use super::column::Column;
use super::found::Found;
use super::vocabulary::guessed;
use super::{List, html, vocabulary, words};

/// How deep lists are gone into whose items name themes.
const DEEPEST: usize = 4;

/// Reads a document.
pub(super) fn read(text: &str) -> Result<List, String> {
    let (own_title, text, above) = front_matter(text);
    let mut outline = Outline::of(text);
    outline.title = own_title.or(outline.title);
    together::read(&outline, text, above, None)
}

/// Reads a text whose questions and answers have marks.
pub(super) fn of_marks(text: &str) -> Result<List, String> {
    together::read(&Outline::of(text), text, 0, Some(Reader::Marks))
}

/// The title that stands in front matter, the text below it, and how many lines stand above that.
fn front_matter(text: &str) -> (Option<String>, &str, usize) {
    let Some((matter, rest)) = text
        .strip_prefix("---\n")
        .and_then(|text| text.split_once("\n---\n"))
    else {
        return (None, text, 0);
    };
    let title = matter.lines().find_map(|line| line.strip_prefix("title:"));
    let title = title.map(|title| title.trim().trim_matches(['"', '\'']).to_owned());
    let above = text[..text.len() - rest.len()].matches('\n').count();
    (title.filter(|title| !title.is_empty()), rest, above)
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

/// Headings below which something stands, and no other headings; what stands from one of the places on, in their order, is
/// no answer.
fn headings(outline: &Outline, text: &str, stops: &[usize]) -> Vec<(HeadingLevel, Found)> {
    let mut found = Vec::new();
    for (nth, block) in outline.blocks.iter().enumerate() {
        let Block::Heading {
            level,
            title,
            start,
            end,
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
        let next = next.map_or(text.len(), |(.., start)| start);
        let stop = stops.get(stops.partition_point(|stop| *stop < *end));
        let stop = stop.copied().filter(|stop| *stop < next);
        let answer = text[*end..stop.unwrap_or(next)].trim();
        let is_title = if answer.is_empty() {
            !owns || stop.is_some()
        } else {
            !asks_itself
        };
        if is_title && (has_inner || answer.is_empty() || leads_to_questions(outline, nth)) {
            continue;
        }
        let one = Found {
            question: title.clone(),
            answer: bare(answer),
            theme: outline.theme_of(nth),
            at: *start..stop.unwrap_or(next),
            ..Found::default()
        };
        found.push((*level, one));
    }
    found
}

/// Whether what stands right below a heading is a list of which most items ask, or a table of contents.
fn leads_to_questions(outline: &Outline, nth: usize) -> bool {
    match outline.blocks.get(nth + 1) {
        Some(Block::List { items }) => {
            most_ask(items) || items.iter().all(|one| leads_on(&one.first))
        }
        Some(Block::Table { rows, .. }) => contents::are_rows(rows.iter().map(|(row, _)| &row[..])),
        _ => false,
    }
}

fn most_ask(items: &[Item]) -> bool {
    items.iter().filter(|item| asks_first(&item.first)).count() * 2 > items.len()
}

/// An answer without what arranges it on its page: rules between answers, ways back to the top, tags that fold it.
pub(super) fn bare(answer: &str) -> String {
    let is_rule = |line: &str| {
        let is_mark = |byte| matches!(byte, b'-' | b'*' | b'_');
        line.len() >= 3 && line.bytes().all(is_mark)
    };
    let is_arranging = |line: &&str| {
        let line = line.trim().to_ascii_lowercase();
        let is_asking = line.contains("<summary") && asks(&words::plain(&line));
        let is_folding = (line.starts_with("<details") || line.starts_with("<summary"))
            && !is_asking
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

/// The items of all lists; of those that answer a heading that asks, none.
fn items(outline: &Outline) -> Vec<Found> {
    let mut found = Vec::new();
    let mut is_answer = false;
    for (nth, block) in outline.blocks.iter().enumerate() {
        match block {
            Block::Heading { title, .. } => {
                is_answer = asks(title) && outline.title != Some(theme(title));
            }
            Block::List { items } if !is_answer || most_ask(items) => {
                for item in items {
                    add_item(item, &item.at, outline.theme_of(nth), DEEPEST, &mut found);
                }
            }
            _ => {}
        }
    }
    found
}

/// The items that ask, and those beside them where most do.
fn asking_items(outline: &Outline) -> Vec<Found> {
    let mut found = items(outline);
    let lists = outline.blocks.iter().filter_map(|block| match block {
        Block::List { items } => Some(items),
        _ => None,
    });
    let asking: BTreeSet<usize> = lists
        .filter(|items| most_ask(items))
        .flat_map(|items| items.iter().map(|item| item.at.start))
        .collect();
    found.retain(|one| asks(&one.question) || asking.contains(&one.at.start));
    found
}

/// Whether an item asks, or begins with a question in bold type.
fn asks_first(item: &str) -> bool {
    asks(item) || outline::bold_question(item).is_some()
}

/// Adds an item, or those within one that only names what they are about. One that only leads to a heading is a line of a
/// table of contents.
fn add_item(
    item: &Item,
    at: &Range<usize>,
    theme: Option<String>,
    depth: usize,
    found: &mut Vec<Found>,
) {
    let question = &item.first;
    if leads_on(question) {
        return;
    }
    let is_group = depth > 0 && !item.rest.is_empty() && !asks_first(question);
    let inner = is_group.then(|| Outline::of(&item.rest));
    if let Some([Block::List { items }]) = inner.as_ref().map(|inner| &inner.blocks[..])
        && most_ask(items)
    {
        let theme = outline::theme(question);
        for item in items {
            add_item(item, at, Some(theme.clone()), depth - 1, found);
        }
        return;
    }
    let (asked, said) = outline::bold_question(question).unwrap_or((question, ""));
    let (rest, follow_ups) = asked_next(&item.rest);
    let answer = format!("{said}\n\n{}", bare(&rest));
    found.push(Found {
        question: asked.to_owned(),
        answer: answer.trim().to_owned(),
        theme,
        follow_ups,
        at: at.clone(),
        ..Found::default()
    });
}

/// What stands below a question without the items that ask on, and these, one a line; where there is more than a list, it is
/// all one answer.
fn asked_next(rest: &str) -> (String, String) {
    let outline = Outline::of(rest);
    let [Block::List { items }] = &outline.blocks[..] else {
        return (rest.to_owned(), String::new());
    };
    let is_all = items
        .first()
        .is_some_and(|first| rest[..first.at.start].trim().is_empty())
        && items
            .last()
            .is_some_and(|last| rest[last.at.end..].trim().is_empty());
    let asks_on = |item: &&Item| item.rest.is_empty() && item.first.ends_with('?');
    let (on, others): (Vec<&Item>, Vec<&Item>) = items.iter().partition(asks_on);
    if !is_all || on.is_empty() {
        return (rest.to_owned(), String::new());
    }
    let written = others.iter().map(|item| rest[item.at.clone()].trim_end());
    let asked = on.iter().map(|item| item.first.as_str());
    (
        written.collect::<Vec<_>>().join("\n"),
        asked.collect::<Vec<_>>().join("\n"),
    )
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
        let opening = lower[..start].rfind("<details");
        let question = html::to_markdown(&text[start + "<summary>".len()..end]);
        // Where the fold says only "Answer", the question stands above it.
        if guessed(&question) == Some(Column::Answer) {
            continue;
        }
        found.push(Found {
            question,
            answer: bare(&text[after..close]),
            theme: theme.clone(),
            at: opening.unwrap_or(start)..(close + "</details>".len()).min(text.len()),
            ..Found::default()
        });
    }
    found
}
