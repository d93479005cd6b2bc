//! Lists in JSON: of texts, of objects, of questions with their answers, or any of them by theme.

use serde_json::{Map, Value};

use super::column::Column;
use super::vocabulary::{guessed, is_container, place_of_part};
use super::{List, must_fit};

/// The most remarks about what is left out of objects: the shapes of objects are few, unless somebody means harm.
const MOST_REMARKS: usize = 50;

/// Reads a list.
pub(super) fn read(text: &str) -> Result<List, String> {
    let root = serde_json::from_str(text).map_err(|error| format!("it cannot be read: {error}"))?;
    list(&root)
}

/// Reads a list of which each line is a value.
pub(super) fn read_lines(text: &str) -> Result<List, String> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let items: Result<Vec<Value>, _> = lines.map(serde_json::from_str).collect();
    let items = items.map_err(|error| format!("it cannot be read: {error}"))?;
    list(&Value::Array(items))
}

fn list(root: &Value) -> Result<List, String> {
    let mut list = List {
        shape: "a list of objects".to_owned(),
        ..List::default()
    };
    match root {
        Value::Array(items) => items
            .iter()
            .try_for_each(|item| add(&mut list, item, &[]))?,
        Value::Object(fields) => {
            list.title = fields
                .get("title")
                .and_then(Value::as_str)
                .map(str::to_owned);
            object(&mut list, fields, &[])?;
        }
        _ => return Err("a list in JSON is an array or an object".to_owned()),
    }
    let width = list.columns.len();
    list.rows
        .iter_mut()
        .for_each(|row| row.resize(width, String::new()));
    if list.columns == ["question"] {
        "a list of texts".clone_into(&mut list.shape);
    }
    Ok(list)
}

/// The field that asks, or holds what does.
fn asked(fields: &Map<String, Value>) -> Option<&Value> {
    let find = |is_it: &dyn Fn(&str, &Value) -> bool| {
        let mut fields = fields.iter();
        let found = fields.find(|(name, value)| is_it(name.as_str(), value));
        found.map(|(_, value)| value)
    };
    let is_title = |name: &str| guessed(name) == Some(Column::Title);
    let holds_objects = |value: &Value| {
        let items = value.as_array();
        items.is_some_and(|items| items.first().is_some_and(Value::is_object))
    };
    find(&|name, value| is_title(name) && value.is_array())
        .or_else(|| find(&|name, value| is_container(name) && holds_objects(value)))
        .or_else(|| find(&|name, _| is_title(name)))
        .or_else(|| find(&|name, value| is_container(name) && value.is_array()))
}

/// An object that holds others: the questions of a group, questions with their answers, or groups by name.
fn object(list: &mut List, fields: &Map<String, Value>, groups: &[&str]) -> Result<(), String> {
    if let Some(Value::Array(items)) = asked(fields) {
        return items.iter().try_for_each(|item| add(list, item, groups));
    }
    let lists = fields
        .iter()
        .filter(|(_, value)| value.is_array() || value.is_object());
    let lists: Vec<_> = lists.collect();
    if lists.is_empty() {
        for (question, answer) in fields.iter().filter(|(_, answer)| answer.is_string()) {
            let row = [("question", question.clone()), ("answer", cell(answer))];
            add_row(
                list,
                row.map(|(name, cell)| (name.to_owned(), cell)),
                groups,
            )?;
        }
    }
    let is_single = lists.len() == 1;
    for (name, value) in lists {
        let mut inner = groups.to_vec();
        if !is_single && !is_container(name) || is_single && !groups.is_empty() {
            inner.push(name);
        }
        add(list, value, &inner)?;
    }
    Ok(())
}

/// Adds what an item holds: a question, or a group of them with its name.
fn add(list: &mut List, item: &Value, groups: &[&str]) -> Result<(), String> {
    match item {
        Value::Object(fields) => match asked(fields) {
            Some(Value::Array(items)) => {
                let name = fields.iter().find(|(name, value)| {
                    value.is_string()
                        && (guessed(name) == Some(Column::Theme)
                            || matches!(name.as_str(), "title" | "name"))
                });
                let name = name.and_then(|(_, value)| value.as_str());
                let inner: Vec<&str> = groups.iter().copied().chain(name).collect();
                items.iter().try_for_each(|item| add(list, item, &inner))
            }
            None if fields
                .values()
                .all(|value| value.is_array() || value.is_object())
                || !groups.is_empty() && fields.values().all(Value::is_string) =>
            {
                object(list, fields, groups)
            }
            _ => {
                must_fit(fields.len())?;
                for (name, value) in fields {
                    tell_untold(list, name, value);
                }
                let cells = fields.iter().map(|(name, value)| {
                    let is_answer = guessed(name) == Some(Column::Answer);
                    (
                        name.clone(),
                        if is_answer {
                            answer(value)
                        } else {
                            cell(value)
                        },
                    )
                });
                add_row(list, cells, groups)
            }
        },
        Value::Array(items) => items.iter().try_for_each(|item| add(list, item, groups)),
        other => add_row(list, [("question".to_owned(), cell(other))], groups),
    }
}

/// Adds a question: the innermost of its groups is its theme, those around it are words for search.
fn add_row(
    list: &mut List,
    cells: impl IntoIterator<Item = (String, String)>,
    groups: &[&str],
) -> Result<(), String> {
    let mut row = Vec::new();
    for (name, cell) in cells {
        put(list, &mut row, &name, cell);
    }
    if let Some((theme, around)) = groups.split_last() {
        put(list, &mut row, "theme", (*theme).to_owned());
        if !around.is_empty() {
            put(list, &mut row, "tags", around.join("\n"));
        }
    }
    list.rows.push(row);
    must_fit(list.columns.len())
}

/// Puts a cell under its name, beside what stands there; a name that is new is a new column.
fn put(list: &mut List, row: &mut Vec<String>, name: &str, cell: String) {
    let known = list.columns.iter().position(|column| column == name);
    let nth = known.unwrap_or_else(|| {
        list.columns.push(name.to_owned());
        list.columns.len() - 1
    });
    if row.len() <= nth {
        row.resize(nth + 1, String::new());
    }
    if row[nth].is_empty() {
        row[nth] = cell;
    } else if name == "tags" {
        row[nth] = format!("{}\n{cell}", row[nth]);
    }
}

/// A value as text: the items of a list one a line.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join("\n"),
        Value::Object(fields) => text_of(fields).map_or_else(
            || {
                let lines = fields
                    .iter()
                    .map(|(name, value)| format!("{name}: {}", cell(value)));
                lines.collect::<Vec<_>>().join("\n")
            },
            |text| cell(&fields[text]),
        ),
        other => other.to_string(),
    }
}

/// Tells which fields of the objects in a field are not taken, since another one has their text.
fn tell_untold(list: &mut List, name: &str, value: &Value) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| tell_untold(list, name, item)),
        Value::Object(fields) => {
            let Some(text) = text_of(fields) else { return };
            let others = fields.keys().filter(|other| *other != text);
            let others: Vec<String> = others.map(|other| format!("`{other}`")).collect();
            let remark = format!(
                "of `{name}`, `{text}` is taken; {} is left out",
                others.join(", ")
            );
            if !others.is_empty()
                && !list.remarks.contains(&remark)
                && list.remarks.len() < MOST_REMARKS
            {
                list.remarks.push(remark);
            }
        }
        _ => {}
    }
}

/// The name of the field that holds what an object says, if it is a text with what is known of it, and has no parts.
fn text_of(fields: &Map<String, Value>) -> Option<&'static str> {
    let mut names = ["text", "name", "title", "value"].into_iter();
    names.find(|name| fields.contains_key(*name))
}

/// An answer as Markdown: points as a list, parts with their names.
fn answer(value: &Value) -> String {
    match value {
        Value::Array(items) if items.len() > 1 => {
            let items = items.iter().map(|item| format!("- {}", cell(item)));
            items.collect::<Vec<_>>().join("\n")
        }
        Value::Object(fields) if text_of(fields).is_none() => {
            let mut parts: Vec<_> = fields.iter().collect();
            parts.sort_by_key(|(name, _)| place_of_part(name));
            let parts = parts
                .into_iter()
                .map(|(name, part)| format!("**{}:** {}", name.replace('_', " "), cell(part)));
            parts.collect::<Vec<_>>().join("\n\n")
        }
        other => cell(other),
    }
}
