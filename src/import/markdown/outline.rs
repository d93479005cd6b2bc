//! A document's blocks, one after the other.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use crate::import::words;
use crate::model::markdown::dialect;

/// A block that a list can be made of.
pub(super) enum Block {
    Heading {
        level: HeadingLevel,
        /// As it is written.
        title: String,
        start: usize,
        end: usize,
    },
    List {
        items: Vec<Item>,
    },
    Table {
        start: usize,
        head: Vec<String>,
        rows: Vec<(Vec<String>, Range<usize>)>,
    },
}

/// An item of a list.
pub(super) struct Item {
    /// Its first paragraph.
    pub(super) first: String,
    pub(super) rest: String,
    pub(super) at: Range<usize>,
}

pub(super) struct Outline {
    /// The document's own title: its only heading of the first level.
    pub(super) title: Option<String>,
    pub(super) blocks: Vec<Block>,
}

impl Outline {
    pub(super) fn of(text: &str) -> Self {
        let mut blocks = Vec::new();
        let mut depth = 0_usize;
        let folds = folds(text);
        let is_folded = |at: usize| folds.iter().any(|fold| fold.contains(&at));
        let mut events = Parser::new_ext(text, dialect()).into_offset_iter();
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(_) if depth == 0 && is_folded(range.start) => depth += 1,
                Event::Start(Tag::Paragraph) if depth == 0 => {
                    if let Some((title, length)) = bold(&text[range.clone()]) {
                        blocks.push(Block::Heading {
                            level: HeadingLevel::H6,
                            title,
                            start: range.start,
                            end: range.start + length,
                        });
                    }
                    depth += 1;
                }
                Event::Start(Tag::Heading { level, .. }) if depth == 0 => {
                    blocks.push(Block::Heading {
                        level,
                        title: inside(&text[range.clone()]),
                        start: range.start,
                        end: range.end,
                    });
                    depth += 1;
                }
                Event::Start(Tag::Table(_)) if depth == 0 => {
                    blocks.push(table(text, range.start, &mut events));
                }
                Event::Start(Tag::List(_)) if depth == 0 => {
                    blocks.push(list(text, &mut events));
                }
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        let mut outline = Self {
            title: None,
            blocks,
        };
        outline.title = outline.own_title();
        outline
    }

    fn own_title(&self) -> Option<String> {
        let mut first = self.blocks.iter().filter_map(|block| match block {
            Block::Heading {
                level: HeadingLevel::H1,
                title,
                ..
            } => Some(theme(title)),
            _ => None,
        });
        let title = first.next()?;
        first.next().is_none().then_some(title)
    }

    /// The last heading.
    pub(super) fn last_heading(&self) -> Option<String> {
        self.blocks.iter().rev().find_map(|block| match block {
            Block::Heading { title, .. } => Some(theme(title)),
            _ => None,
        })
    }

    /// The heading that a block stands below, unless it is the document's own title or asks itself.
    pub(super) fn theme_of(&self, nth: usize) -> Option<String> {
        let own = match self.blocks.get(nth) {
            Some(Block::Heading { level, .. }) => Some(*level),
            _ => None,
        };
        let above = self.blocks[..nth]
            .iter()
            .rev()
            .find_map(|block| match block {
                Block::Heading { level, title, .. } if own.is_none_or(|own| *level < own) => {
                    Some(theme(title))
                }
                _ => None,
            })?;
        (Some(&above) != self.title.as_ref() && !above.is_empty()).then_some(above)
    }
}

/// What is folded away in `<details>`.
fn folds(text: &str) -> Vec<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let starts = lower.match_indices("<details").map(|(start, _)| start);
    // Of folds that nothing closes, each would look through all that follows.
    let mut end = 0;
    let fold = |start: usize| {
        if end <= start {
            let found = lower[start..].find("</details>");
            end = found.map_or(text.len(), |found| start + found);
        }
        start..end
    };
    starts.map(fold).collect()
}

/// The words of a paragraph that is bold from its beginning to its end, or asks in bold type before it goes on: a heading
/// by another name, with its length.
fn bold(paragraph: &str) -> Option<(String, usize)> {
    if let Some((question, rest)) = bold_question(paragraph) {
        return Some((question.to_owned(), paragraph.len() - rest.len()));
    }
    let inner = paragraph.trim().strip_prefix("**")?.strip_suffix("**")?;
    let is_all = !inner.contains("**") && !inner.contains('\n');
    is_all.then(|| (inner.trim().to_owned(), paragraph.len()))
}

/// A question in bold type at the beginning of a text, and what follows it.
pub(super) fn bold_question(text: &str) -> Option<(&str, &str)> {
    let (question, rest) = text.strip_prefix("**")?.split_once("**")?;
    let question = question.trim();
    let is_one = question.ends_with('?') && !question.contains('\n') && !rest.trim().is_empty();
    is_one.then(|| (question, rest.trim_start_matches([':', ' '])))
}

/// A theme without the marks that lead to and from its heading.
pub(in crate::import) fn theme(title: &str) -> String {
    // A digit on a key is drawn as three characters.
    let plain = words::plain(title);
    let plain = plain
        .split_once('\u{20e3}')
        .filter(|(digit, _)| digit.chars().count() <= 2)
        .map_or(&*plain, |(_, rest)| rest);
    let is_mark = |c: char| !c.is_alphanumeric() && !matches!(c, '(' | '"' | '“');
    plain
        .trim_start_matches(is_mark)
        .trim_end_matches([':', ' ', '#'])
        .to_owned()
}

/// A heading without its marks.
fn inside(heading: &str) -> String {
    let line = heading.trim().trim_start_matches('#');
    let line = line.lines().next().unwrap_or_default();
    line.trim().trim_end_matches('#').trim().to_owned()
}

type Events<'a> = pulldown_cmark::OffsetIter<'a, pulldown_cmark::DefaultBrokenLinkCallback>;

/// The cells of a table as they are written.
fn table(text: &str, start: usize, events: &mut Events<'_>) -> Block {
    let (mut head, mut rows, mut row) = (Vec::new(), Vec::new(), Vec::new());
    for (event, range) in events {
        match event {
            Event::Start(Tag::TableCell) => {
                let cell = text[range].trim().trim_matches('|').trim();
                row.push(cell.replace("<br>", "\n").replace("\\|", "|"));
            }
            Event::End(TagEnd::TableHead) => head = std::mem::take(&mut row),
            Event::End(TagEnd::TableRow) => rows.push((std::mem::take(&mut row), range)),
            Event::End(TagEnd::Table) => break,
            _ => {}
        }
    }
    Block::Table { start, head, rows }
}

/// The items of a list as they are written.
fn list(text: &str, events: &mut Events<'_>) -> Block {
    let mut items = Vec::new();
    let mut depth = 0_usize;
    for (event, range) in events {
        match event {
            Event::Start(Tag::Item) if depth == 0 => {
                items.push(item(text, range));
                depth += 1;
            }
            Event::Start(_) => depth += 1,
            Event::End(TagEnd::List(_)) if depth == 0 => break,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Block::List { items }
}

fn item(text: &str, range: Range<usize>) -> Item {
    let start = text[..range.start].rfind('\n').map_or(0, |end| end + 1);
    let written = &text[range.clone()];
    let mark = written.find(char::is_whitespace).unwrap_or(written.len());
    let content = written[mark..].trim_start_matches([' ', '\t']);
    let column = range.start - start + (written.len() - content.len());
    let mut lines = content.lines();
    let first = lines.next().unwrap_or_default();
    let rest: Vec<&str> = lines.collect();
    let indent = |line: &&str| line.len() - line.trim_start_matches(' ').len();
    let inner = rest.iter().filter(|line| !line.trim().is_empty());
    // What stands inside may be indented further than it must be.
    let column = inner
        .map(indent)
        .filter(|indent| *indent >= column)
        .min()
        .unwrap_or(column);
    let rest: Vec<&str> = rest.iter().map(|line| dedented(line, column)).collect();
    let begins_anew = |line: &str| {
        line.trim().is_empty()
            || ["- ", "* ", "+ ", "```", "> ", "|", "#"]
                .iter()
                .any(|mark| line.starts_with(mark))
            || line
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .starts_with(". ")
    };
    let end = rest
        .iter()
        .position(|line| begins_anew(line))
        .unwrap_or(rest.len());
    let mut question = first
        .trim_start_matches("[ ] ")
        .trim_start_matches("[x] ")
        .to_owned();
    for line in &rest[..end] {
        question.push(' ');
        question += line.trim();
    }
    Item {
        first: inside(&question),
        rest: rest[end..].join("\n").trim().to_owned(),
        at: range,
    }
}

/// A line without the spaces that put it into an item.
fn dedented(line: &str, column: usize) -> &str {
    let spaces = line.len() - line.trim_start_matches(' ').len();
    &line[spaces.min(column)..]
}
