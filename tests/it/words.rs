//! The words of the interface: whole in every language, named rightly, and written nowhere else.

use std::collections::{BTreeMap, BTreeSet};

use prepbook::diagnostic::{Code, line_and_column};
use prepbook::source::SourcePath;
use prepbook::yaml::{self, Value};
use prepbook::{Memo, Options};
use scraper::{Html, Node};

use crate::project::{build, edit, put, reports, repository, site, starter};

const ENGLISH: &str = "themes/default/words/en.yaml";
const GERMAN: &str = "themes/default/words/de.yaml";

/// The texts of a file of words by their keys; of one with plural forms, each.
fn words(path: &str) -> BTreeMap<String, Vec<String>> {
    let path = SourcePath::new(path);
    let sources = prepbook::load::built_in();
    let root = yaml::read(&path, sources.text(&path), 0).expect("a file of words");
    let mut words = BTreeMap::new();
    for (group, inside) in mapping(root.value) {
        for (word, message) in mapping(inside.value) {
            let texts = match message.value {
                Value::Text(text) => vec![text],
                forms => mapping(forms)
                    .into_iter()
                    .map(|(_, form)| text(form.value))
                    .collect(),
            };
            words.insert(format!("{}.{}", group.name, word.name), texts);
        }
    }
    words
}

fn mapping(value: Value) -> Vec<(yaml::Key, yaml::Node)> {
    match value {
        Value::Mapping(entries) => entries,
        other => panic!("{} is no mapping", other.describe()),
    }
}

fn text(value: Value) -> String {
    match value {
        Value::Text(text) => text,
        other => panic!("{} is no text", other.describe()),
    }
}

/// The starter handbook in German.
fn german() -> prepbook::source::Sources {
    let mut sources = starter();
    edit(
        &mut sources,
        "content/handbook.yaml",
        "language: en-GB",
        "language: de-CH",
    );
    sources
}

/// Files of the program and its site theme in which words are named.
fn files() -> Vec<(String, String)> {
    fn walk(folder: &std::path::Path, files: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, files);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("a file");
                files.push((path.display().to_string(), text));
            }
        }
    }
    let theme = prepbook::load::built_in_theme();
    let is_ours = |path: &str| {
        !path.contains("vendor/") && (path.ends_with(".html") || path.ends_with(".js"))
    };
    let theme = theme.filter(|(path, _)| is_ours(path));
    let mut files: Vec<_> = theme
        .map(|(path, bytes)| (path.to_owned(), String::from_utf8_lossy(bytes).into_owned()))
        .collect();
    for folder in ["page", "export", "typeset"] {
        walk(&repository().join("src").join(folder), &mut files);
    }
    files
}

/// What stands between quotes: `bar.home`.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
    text.split(['"', '\''])
        .filter(move |part| part.contains('.') && part.chars().all(is_part))
}

/// Groups whose keys are put together: by kind, section, level and the like.
const PUT_TOGETHER: [&str; 7] = [
    "section.",
    "about.",
    "kind.",
    "column.",
    "level.",
    "date.month-",
    "interview.",
];

#[test]
fn every_word_is_shown_somewhere_and_every_key_is_a_words() {
    let words = words(ENGLISH);
    let groups: BTreeSet<&str> = words
        .keys()
        .filter_map(|key| Some(key.split_once('.')?.0))
        .collect();
    let files = files();
    let mut named = BTreeSet::new();
    let mut unknown = Vec::new();
    for (path, text) in &files {
        for key in quoted(text) {
            let (group, word) = key.split_once('.').expect("a dot");
            if words.contains_key(key) {
                named.insert(key);
            } else if path.ends_with(".rs")
                && groups.contains(group)
                && !word.is_empty()
                && word != "html"
            {
                unknown.push(format!("{path}: {key}"));
            }
        }
    }
    assert_eq!(unknown, Vec::<String>::new());
    let by_rust = ["heading.principles", "date.day"];
    let is_shown = |key: &&String| {
        key.starts_with("quote.")
            || named.contains(key.as_str())
            || by_rust.contains(&key.as_str())
            || PUT_TOGETHER.iter().any(|group| key.starts_with(group))
    };
    let idle: Vec<&String> = words.keys().filter(|key| !is_shown(key)).collect();
    assert_eq!(idle, Vec::<&String>::new());
}

#[test]
fn index_pages_have_a_title_and_say_what_they_are() {
    let words = words(ENGLISH);
    for section in prepbook::section::Section::ALL {
        for key in ["section", "about"] {
            let key = format!("{key}.{}", section.folder());
            assert!(words.contains_key(&key), "{key}");
        }
    }
}

#[test]
fn german_is_whole() {
    let mut sources = starter();
    // Dutch has the same plural forms, and is not built in: its words are held against English.
    let own = sources.text(&SourcePath::new(GERMAN)).to_owned();
    put(&mut sources, "themes/default/words/nl.yaml", &own);
    edit(
        &mut sources,
        "content/handbook.yaml",
        "language: en-GB",
        "language: nl",
    );
    let mut found = build(&sources).found;
    found.retain(|one| one.code != Code::RestingChecks);
    assert!(found.is_empty(), "{}", reports(&found, &sources));
}

/// The home page of a handbook.
fn home(sources: &prepbook::source::Sources) -> String {
    let pages = site(sources);
    let page = pages.get("index.html").expect("the home page");
    String::from_utf8_lossy(page).into_owned()
}

#[test]
fn a_project_changes_one_word_of_a_language_that_is_built_in() {
    for (path, language, kept) in [
        ("themes/default/words/en.yaml", "en-GB", ">Questions<"),
        ("themes/default/words/de.yaml", "de", ">Fragen<"),
        ("themes/default/words/de-CH.yaml", "de-CH", ">Fragen<"),
        ("themes/mine/words/de.yaml", "de-CH", ">Fragen<"),
    ] {
        let mut sources = starter();
        put(&mut sources, path, "section:\n  companies: Werkstätten\n");
        let settings = if path.contains("/mine/") {
            format!("site_theme: mine\nlanguage: {language}")
        } else {
            format!("site_theme: default\nlanguage: {language}")
        };
        let before = "language: en-GB";
        edit(
            &mut sources,
            "content/handbook.yaml",
            "site_theme: default\n",
            "",
        );
        edit(&mut sources, "content/handbook.yaml", before, &settings);
        let found = build(&sources).found;
        assert!(found.is_empty(), "{path}: {}", reports(&found, &sources));
        let home = home(&sources);
        assert!(home.contains(">Werkstätten<"), "{path}");
        assert!(home.contains(kept), "{path}");
    }
}

#[test]
fn what_many_words_lack_is_told_once() {
    let english = prepbook::load::built_in();
    let english = english.text(&SourcePath::new(ENGLISH)).to_owned();
    for (language, told) in [
        ("ja", "delete every line with `one:`"),
        ("pl", "add a line `few:`"),
    ] {
        let mut sources = starter();
        let path = format!("themes/default/words/{language}.yaml");
        put(&mut sources, &path, &english);
        edit(
            &mut sources,
            "content/handbook.yaml",
            "language: en-GB",
            &format!("language: {language}"),
        );
        let mut found = build(&sources).found;
        found.retain(|one| one.code == Code::PluralForm);
        assert!(found.len() <= 2, "{}", reports(&found, &sources));
        assert!(
            reports(&found, &sources).contains(told),
            "{}",
            reports(&found, &sources)
        );
    }
}

#[test]
fn a_german_handbook_shows_no_english_words() {
    let german_words = words(GERMAN);
    let sources = german();
    let content: String = sources
        .below("content/")
        .map(|(_, source)| source.text())
        .collect();
    let is_interface = |key: &String, text: &String| {
        text.contains(' ')
            && !text.contains('{')
            && !german_words[key].contains(text)
            && !content.contains(text.as_str())
    };
    let english = words(ENGLISH);
    let english: Vec<&String> = english
        .iter()
        .flat_map(|(key, texts)| texts.iter().filter(move |text| is_interface(key, text)))
        .collect();
    assert!(english.len() > 200, "only {}", english.len());
    let mut left = BTreeSet::new();
    for (path, bytes) in site(&sources).iter().filter(|(path, _)| path.is_page()) {
        let page = String::from_utf8_lossy(bytes);
        for node in Html::parse_document(&page).tree.values() {
            let shown: Vec<&str> = match node {
                Node::Text(text) => vec![text],
                Node::Element(element) => element
                    .attrs()
                    .filter(|(name, _)| {
                        matches!(
                            *name,
                            "title" | "aria-label" | "alt" | "placeholder" | "content" | "data-th"
                        )
                    })
                    .map(|(_, value)| value)
                    .collect(),
                _ => Vec::new(),
            };
            for shown in shown {
                let words = english.iter().filter(|text| shown.contains(text.as_str()));
                left.extend(words.map(|text| format!("{path}: {text}")));
            }
        }
    }
    assert_eq!(left, BTreeSet::new());
}

/// A template without its tags and its page type, whose words are classes, and the texts in its tags.
fn taken_apart(template: &str) -> (String, Vec<String>) {
    const PAGE_TYPE: &str = "{% block kind %}";
    const END: &str = "{% endblock %}";
    let (before, typed) = template.split_once(PAGE_TYPE).unwrap_or((template, ""));
    let after = typed.split_once(END).map_or("", |(_, after)| after);
    let template = format!("{before}{after}");
    let (mut plain, mut texts, mut rest) = (String::new(), Vec::new(), template.as_str());
    while let Some(start) = rest
        .find("{{")
        .into_iter()
        .chain(rest.find("{%"))
        .chain(rest.find("{#"))
        .min()
    {
        let end = match &rest[start..start + 2] {
            "{{" => "}}",
            "{%" => "%}",
            _ => "#}",
        };
        plain.push_str(&rest[..start]);
        let inside = &rest[start + 2..];
        // A component's argument may end with a brace of its own.
        let length = inside.find(end).unwrap_or(inside.len());
        if end != "#}" {
            texts.extend(
                inside[..length]
                    .split('"')
                    .skip(1)
                    .step_by(2)
                    .map(str::to_owned),
            );
        }
        rest = inside.get(length + 2..).unwrap_or_default();
    }
    plain.push_str(rest);
    (plain, texts)
}

#[test]
fn templates_have_no_words_of_their_own() {
    let has_word = |text: &str| {
        text.split(|c: char| !c.is_alphabetic())
            .any(|word| word.chars().count() > 1)
    };
    let mut left = Vec::new();
    for (path, text) in files().iter().filter(|(path, _)| path.ends_with(".html")) {
        let (plain, texts) = taken_apart(text);
        for node in Html::parse_fragment(&plain).tree.values() {
            match node {
                Node::Text(text) if has_word(text) => left.push(format!("{path}: {}", text.trim())),
                Node::Element(element) => {
                    let spoken = element.attrs().filter(|(name, value)| {
                        matches!(
                            *name,
                            "aria-label" | "title" | "alt" | "placeholder" | "data-th"
                        ) && has_word(value)
                    });
                    left.extend(spoken.map(|(name, value)| format!("{path}: {name}={value}")));
                }
                _ => {}
            }
        }
        let capital = |text: &&String| {
            text.starts_with(|c: char| c.is_uppercase()) || has_word(text) && text.contains(' ')
        };
        left.extend(
            texts
                .iter()
                .filter(capital)
                .map(|text| format!("{path}: {text}")),
        );
    }
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn pages_and_exports_have_no_words_of_their_own() {
    let mut left = Vec::new();
    for (path, text) in files().iter().filter(|(path, _)| path.ends_with(".rs")) {
        let code = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//") && !line.contains("expect"));
        for part in code.flat_map(|line| line.split('"').skip(1).step_by(2)) {
            let mut words = part
                .split(' ')
                .filter(|word| word.len() > 1 && word.chars().all(|c| c.is_ascii_alphabetic()));
            let is_sentence = part.starts_with(|c: char| c.is_ascii_uppercase())
                && words.next().is_some()
                && words.next().is_some();
            if is_sentence {
                left.push(format!("{path}: {part}"));
            }
        }
    }
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn an_edited_word_reaches_every_page_that_shows_it() {
    let mut sources = starter();
    let memo = Memo::new();
    let build = |sources: &_| prepbook::build(sources, &Options::default(), &memo, |_| {}).value;
    let before = build(&sources);
    edit(
        &mut sources,
        ENGLISH,
        "model-answer: Model answer",
        "model-answer: A model answer",
    );
    let after = build(&sources);
    assert!(after.changed(&site(&sources)).is_empty());
    assert!(
        after
            .changed(&before)
            .iter()
            .any(|path| path.as_str().starts_with("questions/"))
    );
    edit(&mut sources, ENGLISH, "close: Close", "close: Shut");
    let scripts = build(&sources);
    assert!(scripts.changed(&site(&sources)).is_empty());
}

#[test]
fn a_project_adds_a_language_and_words() {
    let mut sources = starter();
    let english = sources.text(&SourcePath::new(ENGLISH)).to_owned();
    let swapped = english.replace("home: Home", "home: Hjem");
    put(&mut sources, "themes/default/words/da.yaml", &swapped);
    edit(
        &mut sources,
        "content/handbook.yaml",
        "language: en-GB",
        "language: da",
    );
    let pages = site(&sources);
    let home = pages.get("index.html").expect("the home page");
    assert!(
        String::from_utf8_lossy(home).contains(">Hjem<")
            || !String::from_utf8_lossy(home).contains(">Home<")
    );
    // English may have more words than are built in, for templates of the project's own.
    let more = format!("{english}\nown:\n  greeting: Hello\n");
    put(&mut sources, ENGLISH, &more);
    put(
        &mut sources,
        "themes/default/words/da.yaml",
        &format!("{swapped}\nown:\n  greeting: Hej\n"),
    );
    edit(
        &mut sources,
        "themes/default/templates/404.html",
        "{% block content %}",
        "{% block content %}{{ word(key=\"own.greeting\") }}",
    );
    let missing = site(&sources);
    let page = missing.get("404.html").expect("a page");
    assert!(String::from_utf8_lossy(page).contains("Hej"));
}

#[test]
fn a_fault_behind_a_word_keeps_its_place() {
    let mut sources = starter();
    let line = "<p>{{ word(key=\"bar.home\") }} {{ word(key=\"missing.try-again\") }} {{ title | shout }}</p>";
    put(&mut sources, "themes/default/templates/redirect.html", line);
    let found = build(&sources).found;
    let fault = found
        .iter()
        .find(|one| one.code == Code::Template)
        .expect("a fault");
    let at = line_and_column(line, fault.place.span.range().start);
    assert_eq!(at, (1, line.find("shout").expect("the filter") + 1));
    assert_eq!(&line[fault.place.span.range()], "shout");
}

#[test]
fn values_of_a_message_are_escaped_and_html_is_not() {
    let mut sources = starter();
    put(
        &mut sources,
        "themes/default/templates/404.html",
        "{% set page %}<b>{{ places[0].title }}</b>{% endset %}{{ word(key=\"missing.moved\", page=page) }} {{ word(key=\"missing.moved\", page=\"<i>\") }}",
    );
    let pages = site(&sources);
    let page = String::from_utf8_lossy(pages.get("404.html").expect("a page")).into_owned();
    assert!(page.contains(": <b>"), "{page}");
    assert!(page.contains(": &lt;i&gt;"), "{page}");
}
