//! `themes/README.md` lists what every template sees, drawn from the contexts' own docstrings.
//! `SNAPSHOTS=overwrite cargo test` writes it anew.

use std::fmt::Write as _;

use snapbox::Data;

use crate::project::repository;

/// A struct that templates see.
struct Shape {
    name: String,
    meaning: String,
    /// Name, type, meaning.
    fields: Vec<(String, String, String)>,
}

/// The serialised structs of a source file.
fn shapes(text: &str) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let mut docs: Vec<&str> = Vec::new();
    let mut serialised = false;
    let mut open: Option<Shape> = None;
    for line in text.lines() {
        let trimmed = line.trim();
        if let Some(doc) = trimmed.strip_prefix("/// ") {
            docs.push(doc);
        } else if trimmed.starts_with("#[derive(") {
            serialised = trimmed.contains("Serialize");
        } else if let (Some(shape), "}") = (&mut open, line) {
            shapes.push(Shape {
                name: shape.name.clone(),
                meaning: shape.meaning.clone(),
                fields: std::mem::take(&mut shape.fields),
            });
            open = None;
            docs.clear();
        } else if let Some(shape) = &mut open {
            if let Some((name, kind)) = trimmed
                .trim_start_matches("pub ")
                .trim_end_matches(',')
                .split_once(": ")
            {
                shape
                    .fields
                    .push((name.to_owned(), kind.to_owned(), docs.join(" ")));
            }
            docs.clear();
        } else if let (true, Some((_, rest))) = (serialised, trimmed.split_once("struct ")) {
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
            open = Some(Shape {
                name,
                meaning: docs.join(" "),
                fields: Vec::new(),
            });
            docs.clear();
            serialised = false;
        } else if !trimmed.starts_with("#[") {
            docs.clear();
            serialised = false;
        }
    }
    shapes
}

/// A Rust type as a theme's author reads it.
fn plain(kind: &str) -> String {
    let kind = kind
        .replace("<'a>", "")
        .replace("&'a ", "")
        .replace("&'static ", "");
    if let Some(inner) = kind
        .strip_prefix("Shared<")
        .and_then(|kind| kind.strip_suffix('>'))
    {
        return plain(inner);
    }
    if let Some(inner) = kind
        .strip_prefix("Option<")
        .and_then(|kind| kind.strip_suffix('>'))
    {
        return format!("{}, or nothing", plain(inner));
    }
    if let Some(inner) = kind
        .strip_prefix("Vec<")
        .and_then(|kind| kind.strip_suffix('>'))
    {
        return format!("list of {}", plain(inner));
    }
    if let Some((key, value)) = kind
        .strip_prefix("BTreeMap<")
        .and_then(|kind| kind.strip_suffix('>')?.split_once(", "))
    {
        return format!("{} by {}", plain(value), plain(key));
    }
    match kind.as_str() {
        "str" | "String" => "text".to_owned(),
        "u32" | "usize" | "u64" => "number".to_owned(),
        "bool" => "true or false".to_owned(),
        "Html" => "HTML".to_owned(),
        other => other.to_owned(),
    }
}

fn table(out: &mut String, shape: &Shape) {
    out.push_str("\n| field | type | meaning |\n|---|---|---|\n");
    for (name, kind, meaning) in &shape.fields {
        writeln!(
            out,
            "| `{name}` | {} | {meaning} |",
            plain(kind).replace('|', "\\|")
        )
        .expect("a string");
    }
}

#[test]
fn the_readme_of_themes_lists_what_templates_see() {
    let path = repository().join("themes/README.md");
    let old = std::fs::read_to_string(&path).expect("themes/README.md");
    let (introduction, _) = old
        .split_once("<!-- generated -->")
        .expect("a mark where the lists begin");
    let mut files: Vec<_> = std::fs::read_dir(repository().join("src/page"))
        .expect("pages")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.push(repository().join("src/page.rs"));
    files.sort();
    let all: Vec<Shape> = files
        .iter()
        .flat_map(|path| shapes(&std::fs::read_to_string(path).expect("a file")))
        .collect();
    let (mut templates, mut others): (Vec<&Shape>, Vec<&Shape>) = all
        .iter()
        .partition(|shape| shape.meaning.starts_with("All that `"));
    templates.sort_by(|one, other| one.meaning.cmp(&other.meaning));
    others.sort_by(|one, other| one.name.cmp(&other.name));
    let twice = others.windows(2).find(|two| two[0].name == two[1].name);
    // Templates are held against the types by these names.
    assert!(
        twice.is_none(),
        "two types are called {}",
        twice.map_or("", |two| &two[0].name)
    );
    let mut out = format!("{introduction}<!-- generated -->\n\n## What each template sees\n");
    for shape in &templates {
        let template = shape.meaning.split('`').nth(1).expect("a template's name");
        write!(out, "\n### `{template}`\n").expect("a string");
        table(&mut out, shape);
    }
    out.push_str("\n## What they are made of\n");
    for shape in others {
        write!(out, "\n### {}\n\n{}\n", shape.name, shape.meaning).expect("a string");
        table(&mut out, shape);
    }
    let documented: Vec<&str> = templates
        .iter()
        .filter_map(|shape| shape.meaning.split('`').nth(1))
        .collect();
    for (path, bytes) in prepbook::load::built_in_theme() {
        let Some(name) = path.strip_prefix("templates/") else {
            continue;
        };
        let is_whole_page =
            String::from_utf8_lossy(bytes).contains("extends") || name == "redirect.html";
        assert!(
            !is_whole_page || documented.contains(&name),
            "{name} is not documented"
        );
    }
    snapbox::Assert::new()
        .action_env("SNAPSHOTS")
        .eq(out, Data::read_from(&path, None));
}
