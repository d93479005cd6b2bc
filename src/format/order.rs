//! Fields in the order of the model: the lines of each, with the comments above them, are moved as they are.

use std::ops::Range;

use super::lines::Lines;
use super::{inner, rank};
use crate::model::shape::FieldInfo;
use crate::yaml::{Key, Node, Value};

/// A text with its fields in order. What stands between braces is left to `flow`.
pub(super) fn ordered(text: &str, root: &Node, fields: &[FieldInfo]) -> String {
    let lines = Lines::new(text);
    put(&lines, root, fields, 0..lines.count()).concat()
}

/// The lines of a value.
fn put(lines: &Lines<'_>, node: &Node, fields: &[FieldInfo], range: Range<usize>) -> Vec<String> {
    let is_flow = lines.text[node.at.range().start..].starts_with(['{', '[']);
    let put = match &node.value {
        Value::Mapping(entries) if !is_flow => mapping(lines, entries, fields, range.clone()),
        Value::List(items) if !is_flow => list(lines, items, fields, range.clone()),
        _ => None,
    };
    put.unwrap_or_else(|| lines.some(range))
}

/// A field: its lines, and the comments above them.
struct Entry {
    rank: (usize, bool),
    lead: Vec<String>,
    body: Vec<String>,
}

/// The lines of a mapping; `None` where its keys do not stand one below the other.
fn mapping(
    lines: &Lines<'_>,
    entries: &[(Key, Node)],
    fields: &[FieldInfo],
    range: Range<usize>,
) -> Option<Vec<String>> {
    let places: Vec<(usize, usize)> = entries
        .iter()
        .map(|(key, _)| lines.place(key.at.range().start))
        .collect();
    let (first, column) = *places.first()?;
    let is_plain = |pair: &[(usize, usize)]| {
        let (line, at) = pair[1];
        pair[0].0 < line && at == column && lines.indent(line) == column
    };
    let is_inside = first >= range.start && places.last()?.0 < range.end;
    if !is_inside || !places.windows(2).all(is_plain) {
        return None;
    }
    let end = lines.lead(range.end, column, places.last()?.0 + 1);
    let header = header(lines, range.start..first);
    let mut starts = vec![header];
    for pair in places.windows(2) {
        starts.push(lines.lead(pair[1].0, column, pair[0].0 + 1));
    }
    starts.push(end);
    let mut made: Vec<Entry> = Vec::with_capacity(entries.len());
    for (nth, (key, value)) in entries.iter().enumerate() {
        let line = places[nth].0;
        let mut body = lines.some(line..line + 1);
        body.extend(put(
            lines,
            value,
            inner(fields, &key.name),
            line + 1..starts[nth + 1],
        ));
        made.push(Entry {
            rank: rank(fields, &key.name),
            lead: lines.some(starts[nth]..line),
            body,
        });
    }
    let mut out = lines.some(range.start..header);
    out.extend(in_order(
        made,
        &lines.line(first)[..column],
        fields.is_empty(),
    ));
    out.extend(lines.some(end..range.end));
    Some(out)
}

/// Where what stands above the first field ends and what belongs to that field begins: what names the schema, begins the
/// document or is set off by a blank line belongs to the file.
fn header(lines: &Lines<'_>, above: Range<usize>) -> usize {
    let is_of_file =
        |nth: &usize| !lines.is_comment(*nth) || lines.line(*nth).contains("yaml-language-server:");
    above
        .clone()
        .rev()
        .find(is_of_file)
        .map_or(above.start, |nth| nth + 1)
}

/// The lines of fields one below the other. `prefix` is what stands before the first of them on its line: spaces, or the
/// dash of an item.
fn in_order(mut entries: Vec<Entry>, prefix: &str, is_free: bool) -> Vec<String> {
    let is_sorted = entries.windows(2).all(|pair| pair[0].rank <= pair[1].rank);
    let column = prefix.len();
    let is_item = prefix.contains('-');
    if !is_free && !is_sorted && prefix.bytes().all(|byte| matches!(byte, b' ' | b'-')) {
        if is_item {
            entries[0].body[0].replace_range(..column, &" ".repeat(column));
        }
        entries.sort_by_key(|entry| entry.rank);
        if is_item {
            let dash = prefix.find('-').unwrap_or_default();
            let first = &mut entries[0];
            first.body[0].replace_range(..column, prefix);
            for comment in &mut first.lead {
                *comment = format!("{:dash$}{}", "", comment.trim_start());
            }
        }
    }
    let entries = entries.into_iter();
    entries
        .flat_map(|entry| entry.lead.into_iter().chain(entry.body))
        .collect()
}

/// The lines of a list; `None` where its items do not stand one below the other.
fn list(
    lines: &Lines<'_>,
    items: &[Node],
    fields: &[FieldInfo],
    range: Range<usize>,
) -> Option<Vec<String>> {
    let is_dash = |nth: usize| lines.line(nth).trim_start().starts_with("- ");
    let mut inside = range.clone();
    let first = inside.find(|nth| !lines.is_blank(*nth) && !lines.is_comment(*nth))?;
    let column = lines.indent(first);
    let dashes: Vec<usize> = (first..range.end)
        .filter(|nth| lines.indent(*nth) == column && is_dash(*nth))
        .collect();
    if dashes.len() != items.len() {
        return None;
    }
    let mut out = lines.some(range.start..first);
    for (nth, item) in items.iter().enumerate() {
        let next = dashes.get(nth + 1).copied().unwrap_or(range.end);
        let end = lines.lead(next, column, dashes[nth] + 1);
        out.extend(put(lines, item, fields, dashes[nth]..end));
        out.extend(lines.some(end..next));
    }
    Some(out)
}
