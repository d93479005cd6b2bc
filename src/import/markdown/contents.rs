//! Tables of contents: what only leads to headings.

use std::collections::BTreeSet;

use super::asks;
use super::outline::{Block, Outline};
use crate::import::words;

/// Whether a text is only a link to a heading, with a number or a mark before it at most.
pub(super) fn leads_on(text: &str) -> bool {
    let text = text.trim().trim_matches('*');
    let Some((before, link)) = text.split_once('[') else {
        return false;
    };
    let after = link.rsplit_once("](#").map(|(_, address)| address);
    let after = after.and_then(|address| address.split_once(')'));
    let is_short = |text: &str| !text.contains(|c: char| c.is_alphabetic());
    after.is_some_and(|(_, after)| is_short(before) && is_short(after))
}

/// Whether a table is one of contents: its filled cells are links to headings, and numbers and titles in bold type.
pub(super) fn are_rows<'a>(rows: impl Iterator<Item = &'a [String]>) -> bool {
    let mut leads = false;
    for cell in rows.flatten() {
        let cell = cell.trim();
        let is_leading = leads_on(cell);
        leads |= is_leading;
        let is_title = cell.starts_with("**") && cell.ends_with("**");
        if !is_leading && !is_title && cell.contains(char::is_alphabetic) {
            return false;
        }
    }
    leads
}

/// The words of the links of a line that lead to headings, and of titles in a table of them.
fn led_to(line: &str) -> Vec<String> {
    let pieces: Vec<&str> = line.split("](#").collect();
    // The last piece is the end of an address.
    let links = pieces[..pieces.len() - 1].iter().map(|piece| {
        let start = piece.rfind('[').map_or(0, |start| start + 1);
        words::plain(&piece[start..])
    });
    let cells = line.starts_with('|').then(|| line.split('|'));
    let titles = cells
        .into_iter()
        .flatten()
        .map(str::trim)
        .filter(|cell| cell.starts_with("**") && !cell.contains("](#"))
        .map(words::plain);
    links
        .chain(titles)
        .filter(|words| !words.is_empty())
        .collect()
}

/// What a line of contents may lead to: the questions that were found, and headings that ask nothing.
pub(super) struct Known(BTreeSet<String>);

impl Known {
    pub(super) fn of<'a>(outline: &'a Outline, questions: impl Iterator<Item = &'a str>) -> Self {
        let headings = outline.blocks.iter().filter_map(|block| match block {
            Block::Heading { title, .. } if !asks(title) => Some(title.as_str()),
            _ => None,
        });
        Self(headings.chain(questions).map(key).collect())
    }

    /// Whether a line only leads to what is known, or to the top.
    pub(super) fn has(&self, line: &str) -> bool {
        let links = led_to(line);
        let is_top = |link: &String| link.to_lowercase().contains("to top");
        !links.is_empty()
            && links
                .iter()
                .all(|link| is_top(link) || self.0.contains(&key(link)))
    }
}

fn key(title: &str) -> String {
    let title = words::plain(title).to_lowercase();
    title
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_owned()
}
