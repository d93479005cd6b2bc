//! Files that are found again by their keys are those that a clean build makes, whatever of the sources was edited.

use std::collections::BTreeSet;

use prepbook::diagnostic::Tally;
use prepbook::model::Settings;
use prepbook::model::shape::Shape as _;
use prepbook::source::{Source, SourcePath, Sources};
use prepbook::{Memo, Options};

use crate::project::{build, put, starter};

/// Every setting with a value, and another one. Those that may not change, and notes that nobody reads, have none.
const SETTINGS: &[(&str, &str, &str)] = &[
    ("format", "1", "1"),
    ("title", "Bicycles", "Tricycles"),
    ("short_title", "Bikes", "Trikes"),
    ("subtitle", "Told in two minutes", "Told in three minutes"),
    ("description", "A small handbook.", "A smaller handbook."),
    (
        "base_url",
        "https://example.org/a/",
        "https://example.org/b/c/",
    ),
    ("language", "en", "de"),
    ("site_theme", "own", "default"),
    ("offline", "true", "false"),
    ("spoken", "true", "false"),
    ("words_per_minute", "145", "75"),
    ("author", "Ada", "Alan"),
    (
        "footer",
        "[{title: Imprint, url: https://example.org/}, {title: How, url: guide:how-it-works}]",
        "[{title: Trial, url: guide:bench-trial}]",
    ),
    (
        "navigation",
        "[questions, themes, plan, all]",
        "[plan, all]",
    ),
    (
        "colours",
        "{accent: {light: \"#0b4f8c\", dark: \"#8fc7f0\"}}",
        "{}",
    ),
    ("extra", "{head: ['<meta name=\"a\" content=\"b\">']}", "{}"),
    ("share_pictures", "true", "false"),
    ("policy", "{img-src: [\"https://example.org\"]}", "{}"),
    ("https_for_subdomains", "true", "false"),
    (
        "repository",
        "https://git.example.org/a",
        "https://git.example.org/b",
    ),
    (
        "edit_url",
        "https://git.example.org/a/edit",
        "https://git.example.org/b/edit",
    ),
    ("licence", "CC BY 4.0", "CC0"),
    ("notes", "For us.", "For you."),
    (
        "home",
        "\"See [](guide:how-it-works) and [](question:creaking-bicycle).\"",
        "See nothing.",
    ),
    ("allow", "{open-policy: our own pictures}", "{}"),
];

/// The settings, with the other value for one of them.
fn settings(other: Option<&str>) -> String {
    let line = |(name, value, another): &(&str, &str, &str)| {
        let value = if other == Some(name) { another } else { value };
        format!("{name}: {value}\n")
    };
    SETTINGS.iter().map(line).collect()
}

/// The starter handbook with every setting, a site theme of its own, a picture, a file, and a draft that texts name.
fn everything() -> Sources {
    let mut sources = starter();
    put(&mut sources, "content/handbook.yaml", &settings(None));
    put(&mut sources, "themes/own/assets/own.txt", "x");
    put(&mut sources, "content/files/sheet.txt", "x");
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 30\"/>";
    put(&mut sources, "content/images/hub.svg", drawing);
    let draft =
        "title: What is not ready?\nsummary: Not yet.\norder: 99\ndraft: true\n---\nSoon.\n";
    put(
        &mut sources,
        "content/guides/draft.md",
        &format!("---\n{draft}"),
    );
    let path = SourcePath::new("content/guides/bench-trial.md");
    let text = format!(
        "{}\n![A hub](images/hub.svg) [The sheet](files/sheet.txt) [](guide:draft)\n",
        sources.text(&path)
    );
    put(&mut sources, path.as_str(), &text);
    sources
}

/// A site that is built again and again.
struct Warm {
    sources: Sources,
    memo: Memo,
}

impl Warm {
    fn new() -> Self {
        let warm = Self {
            sources: everything(),
            memo: Memo::new(),
        };
        let first = prepbook::build(&warm.sources, &Options::default(), &warm.memo, |_| {});
        assert_eq!(Tally::of(&first.found).errors, 0, "{:?}", first.found);
        warm
    }

    /// Builds with another text for a file, or without it, and compares with a clean build. Says whether there was a site.
    fn equals_clean(&self, what: &str, path: &str, text: Option<&str>) -> bool {
        let mut sources = Sources::default();
        for (other, source) in self.sources.iter() {
            if other.as_str() != path {
                sources.insert(other.clone(), source.clone());
            }
        }
        if let Some(text) = text {
            sources.insert(SourcePath::new(path), Source::new(text.as_bytes()));
        }
        // The edit, and its undoing: neither may show what was remembered of the other.
        let warm = prepbook::build(&sources, &Options::default(), &self.memo, |_| {});
        let clean = build(&sources);
        assert_eq!(warm.found, clean.found, "{path}: {what}");
        let changed = warm.value.changed(&clean.value);
        assert!(changed.is_empty(), "{path}: {what}: {changed:?}");
        !warm.value.is_empty()
    }
}

#[test]
fn every_setting_is_in_the_keys() {
    let names: Vec<&str> = Settings::fields().iter().map(|field| field.name).collect();
    let known: Vec<&str> = SETTINGS.iter().map(|(name, ..)| *name).collect();
    for name in &names {
        assert!(known.contains(name), "no value for the setting `{name}`");
    }
    let warm = Warm::new();
    for name in known {
        let text = settings(Some(name));
        assert!(
            warm.equals_clean(name, "content/handbook.yaml", Some(&text)),
            "{name}"
        );
    }
    assert!(warm.equals_clean("as before", "content/handbook.yaml", Some(&settings(None))));
}

/// Edits of a line, each with the whole line that takes its place.
fn edits(line: &str) -> Vec<String> {
    let mut edits = vec![String::new()];
    if let Some(at) = line.find(|c: char| c.is_ascii_digit()) {
        let digit = line.as_bytes()[at] - b'0';
        edits.push(format!(
            "{}{}{}",
            &line[..at],
            (digit + 1) % 10,
            &line[at + 1..]
        ));
    }
    if line.ends_with(|c: char| c.is_alphanumeric() || c == '.') {
        edits.push(format!("{line} Quietly."));
    }
    edits
}

/// In a record of each kind, every line is edited: it goes, has another figure, or says a word more.
fn edit_lines(is_one: impl Fn(&str) -> bool) {
    let warm = Warm::new();
    let mut sites = 0;
    let mut folders = BTreeSet::new();
    let records = warm.sources.below("content/");
    for (path, source) in records.filter(|(path, _)| is_one(path.as_str())) {
        let folder = path.as_str().rsplit_once('/').map(|(folder, _)| folder);
        if !folders.insert(folder) {
            continue;
        }
        let lines: Vec<&str> = source.text().lines().collect();
        for (nth, line) in lines.iter().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let edits = edits(line);
            let edit = &edits[nth % edits.len()];
            let mut edited = lines.clone();
            edited[nth] = edit;
            let text = edited.join("\n");
            let has_site = warm.equals_clean(edit, path.as_str(), Some(&text));
            sites += usize::from(has_site);
        }
        warm.equals_clean("removed", path.as_str(), None);
    }
    assert!(sites > 30, "only {sites} edits left a site");
}

#[test]
fn every_line_of_a_question_is_in_the_keys() {
    edit_lines(|path| path.ends_with("/mistake-on-the-stand.yaml"));
}

#[test]
fn every_line_of_other_records_is_in_the_keys() {
    edit_lines(|path| !path.starts_with("content/questions/") && !path.ends_with("handbook.yaml"));
}

#[test]
fn every_kind_of_file_of_the_site_theme_is_in_the_keys() {
    let warm = Warm::new();
    let mut kinds = BTreeSet::new();
    let themes = warm.sources.below("themes/default/");
    let mut templates = 0;
    for (path, source) in themes.filter(|(_, source)| source.is_text()) {
        let (folder, extension) = (path.as_str().split('/').nth(2), path.extension());
        let is_first = kinds.insert((folder, extension));
        // Of assets and workers one of each kind; templates and words one by one.
        if !is_first && matches!(extension, "css" | "js" | "txt" | "svg") {
            continue;
        }
        let text = source.text();
        let text = match extension {
            "html" => text.replacen("</", "<!-- edited --></", 1),
            "yaml" => {
                text.replacen("Not found", "Lost", 1)
                    .replacen("Nicht gefunden", "Verloren", 1)
            }
            "css" => format!("{text}\n.edited {{ color: red }}\n"),
            "js" => format!("{text}\nvar edited;\n"),
            _ => format!("{text} "),
        };
        let has_site = warm.equals_clean("edited", path.as_str(), Some(&text));
        templates += usize::from(has_site && extension == "html");
    }
    assert!(kinds.len() >= 6, "{kinds:?}");
    assert!(
        templates > 30,
        "only {templates} edited templates left a site"
    );
}
