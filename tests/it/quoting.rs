//! Texts that YAML takes for something else: the report proposes a spelling, and that is read as the text that was meant.

use prepbook::diagnostic::{Diagnostic, line_and_column};
use prepbook::source::SourcePath;
use prepbook::yaml::{Value, read};

/// What authors write where a text belongs, and YAML reads otherwise or not at all.
const TEXTS: &[&str] = &[
    "[two](question:x) and more",
    "[two](question:x)",
    "[](question:x), then the rest",
    "[two, three](https://example.org/a): what then?",
    "[Always] blaming the customer",
    "{Name} says so",
    "{Name}: what then?",
    "*Bold* first",
    "**Bold** first",
    "@work they say so",
    "`code` first",
    "% of what?",
    "\"Yes\" is an answer",
    "'It wasn't me'",
    "They ask: what: then?",
    "& what then?",
    "!important first",
    "> 5 people",
    "| or so",
];

/// The proposal of a report: what stands in backticks after its last colon, or the last such.
fn proposed(found: &Diagnostic) -> String {
    let help = found.help.as_deref().unwrap_or_default();
    let end = help
        .rfind('`')
        .unwrap_or_else(|| panic!("no proposal: {found:?}"));
    let start = help.find("quotes: `").map(|at| at + "quotes: `".len());
    let start = start.or_else(|| help.find("write `").map(|at| at + "write `".len()));
    help[start.unwrap_or_else(|| panic!("no proposal: {help}"))..end].to_owned()
}

#[test]
fn what_begins_wrongly_is_quoted_as_it_is_proposed() {
    let path = SourcePath::new("content/questions/q.yaml");
    for text in TEXTS {
        for (before, after) in [
            ("title: ", "\ntheme: t\n"),
            ("list:\n  - ", "\n  - b\n"),
            ("list:\n  - ask: ", "\n    handle: h\n"),
        ] {
            let file = format!("{before}{text}{after}");
            let Err(found) = read(&path, &file, 0) else {
                panic!("{file} is read");
            };
            let line = before.matches('\n').count() + 1;
            let at = line_and_column(&file, found.place.span.range().start);
            assert_eq!(at.0, line, "{file}: {found:?}");
            let mended = format!("{before}{}{after}", proposed(&found));
            let root = read(&path, &mended, 0)
                .unwrap_or_else(|found| panic!("{mended}: {}", found.message));
            let meant = text
                .strip_prefix('\'')
                .and_then(|text| text.strip_suffix('\''));
            let meant = meant.unwrap_or(text);
            assert!(holds(&root.value, meant), "{mended} does not hold {meant}");
        }
    }
}

/// Whether a text is among the values.
fn holds(value: &Value, text: &str) -> bool {
    match value {
        Value::Text(own) => own == text,
        Value::List(items) => items.iter().any(|item| holds(&item.value, text)),
        Value::Mapping(entries) => entries.iter().any(|(_, item)| holds(&item.value, text)),
        _ => false,
    }
}
