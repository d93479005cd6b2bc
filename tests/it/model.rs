//! The format: schemas, the archived reader as an oracle, the manifest of fields.

use prepbook::diagnostic::Code;

use crate::project::{build, edit, repository, starter};

fn yaml_files() -> Vec<(String, String)> {
    let own = prepbook::load::load(&repository()).expect("the project's own handbook");
    let starter = starter();
    [own, starter]
        .iter()
        .flat_map(|sources| {
            sources
                .below("content/")
                .map(|(path, source)| (path.to_string(), source.text().to_owned()))
                .collect::<Vec<_>>()
        })
        .filter(|(path, _)| path.ends_with(".yaml"))
        .collect()
}

/// A node of ours as the archived reader would give it.
fn as_archived(node: &prepbook::yaml::Node) -> serde_yaml_archived::Value {
    use prepbook::yaml::Value;
    match &node.value {
        Value::Null => serde_yaml_archived::Value::Null,
        Value::Bool(value) => (*value).into(),
        Value::Integer(value) => (*value).into(),
        Value::Number => serde_yaml_archived::Value::String("a number".to_owned()),
        Value::Text(text) => text.as_str().into(),
        Value::List(items) => items.iter().map(as_archived).collect::<Vec<_>>().into(),
        Value::Mapping(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| (key.name.as_str().into(), as_archived(value)));
            serde_yaml_archived::Value::Mapping(entries.collect())
        }
    }
}

#[test]
fn the_archived_reader_reads_every_file_alike() {
    for (path, text) in yaml_files() {
        let node =
            prepbook::yaml::read(&prepbook::source::SourcePath::new(path.as_str()), &text, 0)
                .expect("well-formed");
        let archived: serde_yaml_archived::Value =
            serde_yaml_archived::from_str(&text).expect("well-formed");
        assert_eq!(as_archived(&node), archived, "{path}");
    }
}

#[test]
fn every_file_names_its_schema() {
    for (path, text) in yaml_files() {
        let inside = path.strip_prefix("content/").expect("below content");
        let expected = match inside.split_once('/') {
            Some((folder, _)) => {
                let kind = prepbook::model::Kind::from_folder(folder).expect("a kind");
                format!(
                    "# yaml-language-server: $schema=../../schema/{}.schema.json",
                    kind.word()
                )
            }
            None => "# yaml-language-server: $schema=../schema/handbook.schema.json".to_owned(),
        };
        assert_eq!(text.lines().next(), Some(expected.as_str()), "{path}");
    }
}

#[test]
fn spoken_lengths_are_counted_as_people_speak() {
    use prepbook::model::speech::Speech;
    for (text, words) in [
        ("See [the guide](guide:nerves) now", 4),
        ("Before.\n\n```python\nx = 1 # not spoken\n```\n\nAfter.", 2),
    ] {
        assert_eq!(Speech::of(text).words, words, "{text}");
    }
    // The site's script counts the same.
    let shared: serde_json::Value =
        serde_json::from_str(include_str!("../spoken.json")).expect("a table");
    for row in shared.as_array().expect("rows") {
        let text = row["text"].as_str().expect("a text");
        let language = row["language"].as_str().expect("a language");
        let speech = Speech::of(text);
        let persons = speech.persons(language).expect("a known language");
        let counted = serde_json::json!({
            "text": text,
            "language": language,
            "words": speech.words,
            "singular": persons.singular,
            "plural": persons.plural,
            "figure": speech.has_figure,
        });
        assert_eq!(&counted, row);
    }
    assert_eq!(Speech::of("I and we").persons("fr"), None);
    assert_eq!(Speech::of(&"word ".repeat(290)).seconds(145), 120);
}

#[test]
fn links_are_sorted_by_where_they_lead() {
    use prepbook::model::markdown::{Destination, destination};
    for safe in ["https://a.b/c:d", "http://a", "mailto:a@b.c", "HTTPS://a.b"] {
        assert_eq!(destination(safe), Destination::Outside, "{safe}");
    }
    for dangerous in [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "java\tscript:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        " javascript:x",
        "\u{1}javascript:x",
    ] {
        assert!(
            matches!(destination(dangerous), Destination::Unsafe(_)),
            "{dangerous:?}"
        );
    }
    assert!(matches!(
        destination("question:x#y"),
        Destination::Record {
            id: "x",
            anchor: Some("y"),
            ..
        }
    ));
    assert_eq!(
        destination("qestion:x"),
        Destination::UnknownKind("qestion")
    );
    assert_eq!(destination("../x.html"), Destination::Path);
    assert_eq!(destination("a/b:c"), Destination::Path);
}

#[test]
fn language_tags_are_told_from_what_only_looks_like_them() {
    let takes = |tag: &str| {
        let mut sources = starter();
        let line = format!("language: {}", serde_json::Value::from(tag));
        edit(
            &mut sources,
            "content/handbook.yaml",
            "language: en-GB",
            &line,
        );
        let found = build(&sources).found;
        // Of most languages the interface has no words.
        let is_known = |code| matches!(code, Code::NoWords | Code::RestingChecks);
        let mut wrong = found.iter().filter(|one| !is_known(one.code));
        let is_refused = wrong
            .next()
            .is_some_and(|one| one.code == Code::InvalidValue);
        assert!(wrong.next().is_none(), "{tag}");
        !is_refused
    };
    for tag in [
        "en",
        "en-GB",
        "gsw",
        "zh-Hant-TW",
        "es-419",
        "de-1996",
        "sl-rozaj-1994",
        "EN-gb",
    ] {
        assert!(takes(tag), "{tag}");
    }
    for other in [
        "e", "english", "en_GB", "en-", "-GB", "en--GB", "en-GB-US", "en GB", "en-\"x\"", "dé",
        "419",
    ] {
        assert!(!takes(other), "{other}");
    }
}
