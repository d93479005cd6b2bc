//! Texts as YAML: bare, in quotes, folded or line by line, whatever reads best and means the same.

use super::{Value, looks_like_another_type, read};
use crate::source::SourcePath;

/// The longest line that folding makes, in characters.
pub const WIDTH: usize = 110;

/// A text on one line: bare where every reader takes it for this text, otherwise in double quotes.
pub fn on_one_line(text: &str) -> String {
    if is_bare(text) {
        text.to_owned()
    } else {
        serde_json::to_string(text).expect("strings always serialise")
    }
}

/// The same as an item between brackets, where commas and brackets mean something.
pub fn in_brackets(text: &str) -> String {
    if text.contains([',', '[', ']', '{', '}']) {
        serde_json::to_string(text).expect("strings always serialise")
    } else {
        on_one_line(text)
    }
}

/// Whether a text can stand without quotes.
pub fn is_bare(text: &str) -> bool {
    if text.contains(['\n', '\r', '\t']) || looks_like_another_type(text) {
        return false;
    }
    let path = SourcePath::new("value");
    let read = read(&path, &format!("value: {text}\n"), 0);
    read.is_ok_and(|root| match root.value {
        Value::Mapping(entries) => entries[0].1.value == Value::Text(text.to_owned()),
        _ => false,
    })
}

/// What follows a key's colon or an item's dash, with the space before it: on the same line as far as it fits behind
/// the first `column` characters, otherwise below, `indent` deep.
pub fn value(text: &str, column: usize, indent: usize) -> String {
    if text.contains('\n') {
        return line_by_line(text, indent).unwrap_or_else(|| format!(" {}", on_one_line(text)));
    }
    let line = on_one_line(text);
    if column + 1 + line.chars().count() <= WIDTH {
        return format!(" {line}");
    }
    match folded(text, indent) {
        Some(lines) if lines.len() > 1 => format!(" >-\n{}", lines.join("\n")),
        _ => format!(" {line}"),
    }
}

/// A text of several lines as they are; `None` where YAML would take something from it.
fn line_by_line(text: &str, indent: usize) -> Option<String> {
    let is_kept = !text.starts_with([' ', '\t', '\n']) && !text.contains(['\r', '\u{85}']);
    let lines = text.trim_end().lines().map(|line| match line.trim_end() {
        "" => String::new(),
        line => format!("{:indent$}{line}", ""),
    });
    is_kept.then(|| format!(" |\n{}", lines.collect::<Vec<_>>().join("\n")))
}

/// A text broken at its spaces into lines that a folded block makes one again; `None` where that would change it.
pub fn folded(text: &str, indent: usize) -> Option<Vec<String>> {
    let is_foldable = !text.is_empty()
        && text.trim() == text
        && !text.contains("  ")
        && !text.contains(['\n', '\r', '\t', '\u{85}']);
    if !is_foldable {
        return None;
    }
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut width = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDTH - indent.min(WIDTH / 2) {
            lines.push(format!("{:indent$}{line}", ""));
            line.clear();
            width = 0;
        }
        if width > 0 {
            line.push(' ');
            width += 1;
        }
        line.push_str(word);
        width += length;
    }
    lines.push(format!("{:indent$}{line}", ""));
    Some(lines)
}
