//! Long texts folded at the same width. A text that is written line by line stays so: its lines mean something.

use std::ops::Range;

use super::lines::Lines;
use crate::model::shape::FieldInfo;
use crate::yaml::write::{self, WIDTH, is_bare};
use crate::yaml::{Key, Node, Value};

/// A text whose long values are folded.
pub(super) fn folded(text: &str, root: &Node, _: &[FieldInfo]) -> String {
    let mut folder = Folder {
        lines: Lines::new(text),
        edits: Vec::new(),
    };
    folder.walk(root);
    let mut out = text.to_owned();
    for (range, new) in folder.edits.into_iter().rev() {
        out.replace_range(range, &new);
    }
    out
}

struct Folder<'a> {
    lines: Lines<'a>,
    /// In the order of the text.
    edits: Vec<(Range<usize>, String)>,
}

/// What a text follows: a key's colon or an item's dash.
struct Opening {
    /// The byte behind the colon or dash.
    end: usize,
    /// The column that texts below are indented against.
    column: usize,
}

impl Folder<'_> {
    fn walk(&mut self, node: &Node) {
        if self.lines.text[node.at.range().start..].starts_with(['{', '[']) {
            return;
        }
        match &node.value {
            Value::Mapping(entries) => {
                for (key, value) in entries {
                    match (&value.value, self.after_key(key)) {
                        (Value::Text(text), Some(opening)) => self.text(text, value, &opening),
                        _ => self.walk(value),
                    }
                }
            }
            Value::List(items) => {
                for item in items {
                    match (&item.value, self.after_dash(item)) {
                        (Value::Text(text), Some(opening)) => self.text(text, item, &opening),
                        _ => self.walk(item),
                    }
                }
            }
            _ => {}
        }
    }

    fn after_key(&self, key: &Key) -> Option<Opening> {
        let end = key.at.range().end;
        let (_, column) = self.lines.place(key.at.range().start);
        let is_key = self.lines.text[end..].starts_with(':');
        is_key.then_some(Opening {
            end: end + 1,
            column,
        })
    }

    /// The dash of an item, on its line or on that above a text which stands below its mark.
    fn after_dash(&self, item: &Node) -> Option<Opening> {
        let before = &self.lines.text[..item.at.range().start];
        let dash = before.trim_end().rfind('-')?;
        // The dash of a mark such as `>-` has a mark before it.
        let dash = match before[..dash].chars().next_back() {
            Some('>' | '|') => before[..dash].rfind('-')?,
            _ => dash,
        };
        let (_, column) = self.lines.place(dash);
        let between = before[dash + 1..].split('#').next()?.trim();
        let is_mark = between.is_empty() || between.starts_with(['>', '|']);
        is_mark.then_some(Opening {
            end: dash + 1,
            column,
        })
    }

    fn text(&mut self, text: &str, node: &Node, opening: &Opening) {
        let (line, _) = self.lines.place(opening.end);
        let rest = &self.lines.text[opening.end..self.lines.start(line + 1)];
        let (written, comment) = split_comment(rest);
        match written {
            ">" | ">-" => self.block(line, opening.column + 2),
            _ if written.starts_with(['|', '>']) => {}
            _ => self.inline(
                text,
                node,
                opening,
                written.is_empty() && comment.is_empty(),
            ),
        }
    }

    /// Breaks the lines of a folded block anew, paragraph by paragraph.
    fn block(&mut self, header: usize, indent: usize) {
        let lines = &self.lines;
        let inside = header + 1..lines.count();
        let Some(first) = inside.clone().find(|nth| !lines.is_blank(*nth)) else {
            return;
        };
        let written = lines.indent(first);
        let ends = |nth: &usize| !lines.is_blank(*nth) && lines.indent(*nth) < written;
        let end = inside.clone().find(ends).unwrap_or(inside.end);
        let end = lines.lead(end, 0, first);
        let mut made = Vec::new();
        let mut paragraph = String::new();
        for nth in inside.start..end {
            if lines.is_blank(nth) {
                let Some(folded) = flushed(&mut paragraph, indent) else {
                    return;
                };
                made.extend(folded);
                made.push(String::new());
                continue;
            }
            let line = lines.line(nth).trim_end_matches('\n');
            let words = &line[written.min(line.len())..];
            // A line that is indented further, or ends in a space, keeps its break.
            if words.trim() != words {
                return;
            }
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(words);
        }
        let Some(folded) = flushed(&mut paragraph, indent) else {
            return;
        };
        made.extend(folded);
        let range = lines.start(inside.start)..lines.start(end);
        let new = made.join("\n") + "\n";
        if lines.text[range.clone()] != new {
            self.edits.push((range, new));
        }
    }

    /// Folds a text behind its key or dash, if it is too long for its line or goes over several.
    fn inline(&mut self, text: &str, node: &Node, opening: &Opening, is_below: bool) {
        let at = node.at.range();
        let source = self.lines.text;
        let (line, column) = self.lines.place(at.end);
        let rest = &source[at.end..self.lines.start(line + 1)];
        let (after, comment) = split_comment(rest);
        let between = source.get(opening.end..at.start).unwrap_or("?");
        let written = &source[at.clone()];
        let is_long = written.contains('\n')
            || is_below
            || column + rest.trim_end().chars().count() > WIDTH
                && source[self.lines.start(line)..at.end].chars().count() > WIDTH;
        let has_escapes = written.starts_with('"') && written.contains('\\');
        if !is_long || has_escapes || !after.is_empty() || !between.trim().is_empty() {
            return;
        }
        let (first, _) = self.lines.place(opening.end);
        let before = source[self.lines.start(first)..opening.end].chars().count();
        let fits = before + 1 + text.chars().count() <= WIDTH;
        // Behind words a comment stands apart.
        let [comment, apart] = ["", " "].map(|more| match comment {
            "" => String::new(),
            _ => format!(" {more}{comment}"),
        });
        let indent = opening.column + 2;
        let new = match write::folded(text, indent) {
            Some(_) if fits && is_bare(text) => format!(" {text}{apart}"),
            Some(lines) if lines.len() > 1 || written.contains('\n') => {
                format!(" >-{comment}\n{}", lines.join("\n"))
            }
            _ => return,
        };
        let end = at.end + rest.trim_end().len();
        self.edits.push((opening.end..end, new));
    }
}

/// A paragraph in lines, which is empty then; `None` where it must stay as it is.
fn flushed(paragraph: &mut String, indent: usize) -> Option<Vec<String>> {
    if paragraph.is_empty() {
        return Some(Vec::new());
    }
    let lines = write::folded(paragraph, indent)?;
    paragraph.clear();
    Some(lines)
}

/// What is written on the rest of a line, and the comment behind it.
fn split_comment(rest: &str) -> (&str, &str) {
    let at = if rest.starts_with('#') {
        Some(0)
    } else {
        rest.find(" #").map(|at| at + 1)
    };
    match at {
        Some(at) => (rest[..at].trim(), rest[at..].trim()),
        None => (rest.trim(), ""),
    }
}
