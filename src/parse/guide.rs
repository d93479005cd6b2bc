//! Guides: YAML front matter between two `---` lines, then Markdown.

use std::ops::Range;

use crate::diagnostic::{Code, Span};
use crate::model::field::{Field, Markdown};
use crate::model::practice::WithBody;
use crate::model::shape::{Reader, Shape};
use crate::yaml;

/// Reads a guide; reports `front-matter`, `empty-file` and what its fields report.
pub(super) fn read<R: Shape + Field + WithBody>(reader: &mut Reader<'_>, text: &str) -> Option<R> {
    if text.trim().is_empty() {
        reader
            .report(Code::EmptyFile, Span::FIRST, "the file is empty")
            .help =
            Some("a guide begins with `---`, its title, order and summary, and `---`".to_owned());
        return None;
    }
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let Some(front_start) = line_is_fence(text, start) else {
        let first = text.len() - text[start..].trim_start().len();
        let at = reader.visible(Span::new(first, first));
        reader
            .report(Code::FrontMatter, at, "this guide has no front matter")
            .help =
            Some("put `---`, then title, order and summary, then `---` before the text".to_owned());
        return None;
    };
    let Some((front_end, body_start)) = front_end(text, front_start) else {
        reader
            .report(
                Code::FrontMatter,
                Span::new(start, start + 3),
                "the front matter is not closed",
            )
            .help = Some("end it with a line of `---`".to_owned());
        return None;
    };
    let mut record = match yaml::read(reader.path, &text[front_start..front_end], front_start) {
        Ok(node) => R::read(&node, reader)?,
        Err(diagnostic) => {
            reader.found.push(*diagnostic);
            return None;
        }
    };
    let body = &text[body_start..];
    if body.trim().is_empty() {
        reader
            .report(
                Code::EmptyValue,
                Span::new(front_end, front_end + 3),
                "the guide has no text",
            )
            .help = Some("write it below this line".to_owned());
    }
    record.set_body(Markdown::of_page(
        &body.replace("\r\n", "\n"),
        Span::new(body_start, text.len()),
    ));
    Some(record)
}

/// Where the YAML between the two fences stands; `None` where a fence is missing.
pub fn front_matter(text: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let front_start = line_is_fence(text, start)?;
    let (end, _) = front_end(text, front_start)?;
    Some(front_start..end)
}

/// Where the front matter that begins at a line ends, and where the text below it begins.
fn front_end(text: &str, mut line: usize) -> Option<(usize, usize)> {
    loop {
        if let Some(after) = line_is_fence(text, line) {
            return Some((line, after));
        }
        line += text[line..].find('\n')? + 1;
    }
}

/// Where the next line begins, if the line at `start` is a fence.
fn line_is_fence(text: &str, start: usize) -> Option<usize> {
    let line = text[start..].lines().next()?;
    let after = text[start..]
        .find('\n')
        .map_or(text.len(), |newline| start + newline + 1);
    (line.trim_end() == "---").then_some(after)
}
