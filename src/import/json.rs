//! Lists in JSON: of texts, of objects, or either of them by theme.

use serde_json::{Map, Value};

use super::{List, must_fit};

/// Reads a list.
pub(super) fn read(text: &str) -> Result<List, String> {
    let root: Value =
        serde_json::from_str(text).map_err(|error| format!("it cannot be read: {error}"))?;
    let mut list = List {
        shape: "a list of objects",
        ..List::default()
    };
    match &root {
        Value::Array(items) => items
            .iter()
            .try_for_each(|item| add(&mut list, item, None))?,
        Value::Object(fields) => {
            list.title = fields
                .get("title")
                .and_then(Value::as_str)
                .map(str::to_owned);
            object(&mut list, fields)?;
        }
        _ => return Err("a list in JSON is an array or an object".to_owned()),
    }
    let width = list.columns.len();
    list.rows
        .iter_mut()
        .for_each(|row| row.resize(width, String::new()));
    if list.columns == ["question"] {
        list.shape = "a list of texts";
    }
    Ok(list)
}

/// An object of which one field holds the list, or every field the questions of a theme.
fn object(list: &mut List, fields: &Map<String, Value>) -> Result<(), String> {
    let lists = fields
        .iter()
        .filter_map(|(name, value)| Some((name, value.as_array()?)));
    let lists: Vec<_> = lists.collect();
    let is_single = lists.len() == 1;
    for (name, items) in lists {
        let theme = (!is_single).then_some(name.as_str());
        for item in items {
            add(list, item, theme)?;
        }
    }
    Ok(())
}

fn add(list: &mut List, item: &Value, theme: Option<&str>) -> Result<(), String> {
    let mut row = Vec::new();
    match item {
        Value::Object(fields) => {
            must_fit(fields.len())?;
            for (name, value) in fields {
                put(list, &mut row, name, cell(value));
            }
        }
        other => put(list, &mut row, "question", cell(other)),
    }
    if let Some(theme) = theme {
        put(list, &mut row, "theme", theme.to_owned());
    }
    list.rows.push(row);
    must_fit(list.columns.len())
}

/// Puts a cell under its name; a name that is new is a new column.
fn put(list: &mut List, row: &mut Vec<String>, name: &str, cell: String) {
    let known = list.columns.iter().position(|column| column == name);
    let nth = known.unwrap_or_else(|| {
        list.columns.push(name.to_owned());
        list.columns.len() - 1
    });
    if row.len() <= nth {
        row.resize(nth + 1, String::new());
    }
    row[nth] = cell;
}

/// A value as text: the items of a list one a line.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join("\n"),
        Value::Object(fields) => {
            let text = ["text", "name", "title", "value"]
                .iter()
                .find_map(|name| fields.get(*name));
            text.map(cell).unwrap_or_default()
        }
        other => other.to_string(),
    }
}
