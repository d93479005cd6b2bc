//! Fields between braces in the order of the model, where they stand on one line.

use super::{inner, rank};
use crate::model::shape::FieldInfo;
use crate::yaml::{Node, Value};

/// A text with the fields between its braces in order.
pub(super) fn ordered(text: &str, root: &Node, fields: &[FieldInfo]) -> String {
    let mut edits = Vec::new();
    collect(text, root, fields, &mut edits);
    let mut out = text.to_owned();
    for (start, old, new) in edits.into_iter().rev() {
        out.replace_range(start..start + old, &new);
    }
    out
}

/// What is to be replaced: where it begins, its length, what comes in its place; in the order of the text.
fn collect(text: &str, node: &Node, fields: &[FieldInfo], edits: &mut Vec<(usize, usize, String)>) {
    let start = node.at.range().start;
    match &node.value {
        Value::Mapping(_) if text[start..].starts_with('{') => {
            let Some(old) = closed(&text[start..]) else {
                return;
            };
            if let Some(new) = mapping(text, node, fields).filter(|new| new != old) {
                edits.push((start, old.len(), new));
            }
        }
        Value::Mapping(entries) => {
            for (key, value) in entries {
                collect(text, value, inner(fields, &key.name), edits);
            }
        }
        Value::List(items) => items
            .iter()
            .for_each(|item| collect(text, item, fields, edits)),
        _ => {}
    }
}

/// A mapping in braces with its fields in order; `None` where it must stay as it is.
fn mapping(text: &str, node: &Node, fields: &[FieldInfo]) -> Option<String> {
    let Value::Mapping(entries) = &node.value else {
        return None;
    };
    let old = closed(&text[node.at.range().start..])?;
    if fields.is_empty() || old.contains(['\n', '#']) {
        return None;
    }
    let mut parts = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        let (start, at) = (key.at.range().start, value.at.range());
        let written = match &value.value {
            Value::Mapping(_) | Value::List(_) => closed(&text[at.start..])?,
            _ => &text[at.clone()],
        };
        let name = &text[start..at.start];
        let nested = mapping(text, value, inner(fields, &key.name));
        let whole = format!("{name}{}", nested.as_deref().unwrap_or(written));
        parts.push((rank(fields, &key.name), format!("{name}{written}"), whole));
    }
    let joined = |parts: &mut dyn Iterator<Item = &String>| {
        let parts: Vec<&str> = parts.map(String::as_str).collect();
        format!("{{{}}}", parts.join(", "))
    };
    let is_space = |c: char| c.is_whitespace();
    let same = joined(&mut parts.iter().map(|(_, written, _)| written));
    // Whatever else stands between the braces would be lost.
    if same.replace(is_space, "") != old.replace(is_space, "") {
        return None;
    }
    let is_sorted = parts.windows(2).all(|pair| pair[0].0 <= pair[1].0);
    let is_nested = parts.iter().any(|(_, written, whole)| written != whole);
    if is_sorted && !is_nested {
        return None;
    }
    parts.sort_by_key(|(rank, ..)| *rank);
    Some(joined(&mut parts.iter().map(|(_, _, whole)| whole)))
}

/// What begins with a bracket, up to the one that closes it.
fn closed(text: &str) -> Option<&str> {
    let mut depth = 0_usize;
    let mut quote = None;
    let mut before = ' ';
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        match quote {
            Some(_) if is_escaped => is_escaped = false,
            Some('"') if c == '\\' => is_escaped = true,
            Some(mark) => quote = (c != mark).then_some(mark),
            // In the middle of a word, a quote is a letter.
            None if matches!(c, '"' | '\'') && matches!(before, ' ' | '[' | '{' | ',' | ':') => {
                quote = Some(c);
            }
            None if matches!(c, '{' | '[') => depth += 1,
            None if matches!(c, '}' | ']') => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(&text[..=at]);
                }
            }
            None => {}
        }
        before = c;
    }
    None
}
