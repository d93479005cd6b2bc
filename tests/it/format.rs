//! The canonical form of records: order, folding, comments, and what must not change.

use std::process::Command;

use prepbook::format::{Refusal, formatted};
use prepbook::source::{SourcePath, Sources};
use prepbook::yaml::{Node, Value, read};
use proptest::prelude::*;

use crate::project::{on_disk, repository, starter, tree, write};

fn question(text: &str) -> String {
    let path = SourcePath::new("content/questions/q.yaml");
    let made = formatted(&path, text).expect("a canonical form");
    assert_eq!(formatted(&path, &made).expect("the same again"), made);
    made
}

#[test]
fn fields_stand_in_the_order_of_the_model_with_their_comments() {
    let made = question(
        "# yaml-language-server: $schema=../../schema/question.schema.json\n\
         # A word about the file.\n\
         \n\
         tags: [a]\n\
         # why this theme\n\
         # and no other\n\
         theme: t # here\n\
         \n\
         evaluates:\n\
         - x\n\
         # below\n\
         title: \"T\"\n\
         follow_ups:\n\
         \x20 - # first\n\
         \x20   handle: h\n\
         \x20   # how it is asked\n\
         \x20   ask: a\n\
         \x20 # second\n\
         \x20 - handle: h\n\
         \x20   ask: a # asked\n\
         companies:\n\
         \x20 - {editorial: true, company: c, principles: [p, q]}\n\
         # the end\n",
    );
    assert_eq!(
        made,
        "# yaml-language-server: $schema=../../schema/question.schema.json\n\
         # A word about the file.\n\
         \n\
         # below\n\
         title: \"T\"\n\
         # why this theme\n\
         # and no other\n\
         theme: t # here\n\
         \n\
         evaluates:\n\
         - x\n\
         follow_ups:\n\
         \x20 - # first\n\
         \x20   # how it is asked\n\
         \x20   ask: a\n\
         \x20   handle: h\n\
         \x20 # second\n\
         \x20 - ask: a # asked\n\
         \x20   handle: h\n\
         companies:\n\
         \x20 - {company: c, principles: [p, q], editorial: true}\n\
         tags: [a]\n\
         # the end\n"
    );
}

#[test]
fn comments_of_an_item_stand_above_it_when_its_first_field_moves() {
    let made =
        question("title: t\nfollow_ups:\n  - handle: h\n    # how it is asked\n    ask: a\n");
    assert_eq!(
        made,
        "title: t\nfollow_ups:\n  # how it is asked\n  - ask: a\n    handle: h\n"
    );
}

#[test]
fn long_texts_are_folded_and_lines_that_mean_something_stay() {
    let long = "word ".repeat(40).trim().to_owned();
    let text = format!(
        "title: {long} # a word\n\
         sixty_second: >-\n      one\n      two\n\n      three\n\
         also_asked:\n  - short\n  - \"{long}: quoted\"\n  - plain over\n    two lines\n\
         evaluates:\n  - |\n    a\n      b\n    c\n  - >-\n    {long}\n"
    );
    let made = question(&text);
    assert!(
        made.lines().all(|line| line.chars().count() <= 110),
        "{made}"
    );
    assert!(
        made.starts_with("title: >- # a word\n  word word"),
        "{made}"
    );
    assert!(
        made.contains("sixty_second: >-\n  one two\n\n  three\n"),
        "{made}"
    );
    assert!(made.contains("  - short\n  - >-\n    word"), "{made}");
    assert!(
        made.contains("word: quoted\n  - plain over two lines\n"),
        "{made}"
    );
    assert!(made.contains("  - |\n    a\n      b\n    c\n"), "{made}");
}

#[test]
fn what_is_written_on_purpose_stays() {
    for text in [
        "title: t\ntags: [a, 'b', \"c\"]\n",
        "title: \"a long text whose \\\"quotes\\\" are escaped, and which goes on and on until it is longer than any line should be\"\n",
        "title: t\nevaluates:\n  - >\n    kept\n     indented\n    lines\n",
        "title: t\nevaluates:\n  - |+\n    kept\n\n\ntags: []\n",
        "title: t\nsixty_second: https://example.org/an/address/that/is/longer/than/any/line/and/has/no/space/at/all/in/which/it/could/be/broken\n",
        "{title: t, theme: x}\n",
    ] {
        assert_eq!(question(text), text);
    }
}

#[test]
fn windows_lines_and_marks_of_bytes_stay() {
    let made = question("\u{feff}theme: t\r\ntitle: x\r\n");
    assert_eq!(made, "\u{feff}title: x\r\ntheme: t\r\n");
}

#[test]
fn the_text_of_a_guide_is_not_touched() {
    let path = SourcePath::new("content/guides/g.md");
    let text = "---\norder: 1\n# about\ntitle: t\n---\n\n- a\n-   b\n";
    let made = formatted(&path, text).expect("a canonical form");
    assert_eq!(
        made,
        "---\n# about\ntitle: t\norder: 1\n---\n\n- a\n-   b\n"
    );
}

#[test]
fn what_cannot_be_moved_safely_is_left() {
    let path = SourcePath::new("content/questions/q.yaml");
    // The name would stand behind its use.
    let text = "evaluates: [&a x]\ntitle: *a\n";
    assert!(matches!(formatted(&path, text), Err(Refusal::Unsafe)));
    assert!(matches!(
        formatted(&path, "title: [\n"),
        Err(Refusal::Unreadable(_))
    ));
    let note = SourcePath::new("content/notes.txt");
    assert!(matches!(formatted(&note, "x"), Err(Refusal::NoRecord)));
}

/// A value without places, its mappings sorted unless the author chose the names.
fn told(node: &Node, key: &str) -> String {
    match &node.value {
        Value::Mapping(entries) => {
            let mut parts: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{}={}", key.name, told(value, &key.name)))
                .collect();
            if !matches!(key, "parts" | "allow") {
                parts.sort();
            }
            format!("{{{}}}", parts.join(","))
        }
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|item| told(item, "")).collect();
            format!("[{}]", items.join(","))
        }
        other => format!("{other:?}"),
    }
}

/// Formats every record of a project and sees that it says what it said.
fn must_say_the_same(sources: &Sources) -> usize {
    let mut count = 0;
    for (path, source) in sources
        .below("content/")
        .filter(|(path, _)| path.extension() == "yaml")
    {
        let made = formatted(path, source.text()).unwrap_or_else(|why| panic!("{path}: {why:?}"));
        let value = |text: &str| told(&read(path, text, 0).expect("YAML"), "");
        assert_eq!(value(source.text()), value(&made), "{path}");
        let comments = |text: &str| {
            let mut all: Vec<String> = text
                .lines()
                .filter_map(|line| Some(line[line.find("# ")?..].trim().to_owned()))
                .collect();
            all.sort();
            all
        };
        assert_eq!(comments(source.text()), comments(&made), "{path}");
        assert_eq!(formatted(path, &made).expect("again"), made, "{path}");
        count += 1;
    }
    count
}

#[test]
fn real_handbooks_say_the_same_afterwards() {
    let own = prepbook::load::load(&repository()).expect("this project's handbook");
    assert!(must_say_the_same(&own) > 200);
    must_say_the_same(&starter());
}

#[test]
fn skeletons_can_be_formatted() {
    for kind in prepbook::kind::Kind::ALL {
        if let Some(text) = prepbook::starter::skeleton(
            *kind,
            "A title",
            &prepbook::starter::Surroundings::default(),
        ) {
            let path = SourcePath::new(format!("content/{}", kind.file("x")));
            let made = formatted(&path, &text).unwrap_or_else(|why| panic!("{path}: {why:?}"));
            assert_eq!(formatted(&path, &made).expect("again"), made);
        }
    }
}

/// Pieces that records are mangled with.
const PIECES: &[&str] = &[
    "# note\n",
    "\n",
    "  # note\n",
    " # note",
    "- ",
    "  ",
    "\"",
    "'",
    ">-\n",
    "|\n",
    ": ",
    "tags: [a]\n",
    "{a: b}",
    "&a ",
    "*a",
    "\t",
    "\u{feff}",
    "é",
    "...\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mangled_records_are_left_or_say_the_same(
        file in 0..100_usize,
        cuts in prop::collection::vec((0..6_000_usize, 0..12_usize, 0..PIECES.len()), 1..4),
    ) {
        let sources = starter();
        let files: Vec<_> = sources.below("content/").filter(|(path, _)| path.extension() == "yaml").collect();
        let (path, source) = files[file % files.len()];
        let mut text = source.text().to_owned();
        for (at, length, piece) in cuts {
            let at = text.floor_char_boundary(at % text.len());
            let end = text.floor_char_boundary((at + length).min(text.len()));
            text.replace_range(at..end.max(at), PIECES[piece]);
        }
        if let Ok(made) = formatted(path, &text) {
            let value = |text: &str| read(path, text, 0).map(|node| told(&node, "")).ok();
            prop_assert_eq!(value(&text), value(&made));
            prop_assert_eq!(formatted(path, &made).ok(), Some(made.clone()));
        }
    }
}

#[test]
fn the_command_formats_or_tells() {
    let project = on_disk();
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_prepbook"))
            .args(arguments)
            .current_dir(project.path())
            .output()
            .expect("the program runs")
    };
    let path = "content/red-flags/no-final-check.yaml";
    write(project.path(), path, "thinks: b\ninstead: c\ntitle: a\n");
    let before = tree(project.path());
    let told = run(&["fmt", "--check", path]);
    assert_eq!(told.status.code(), Some(1));
    let words = String::from_utf8_lossy(&told.stderr).into_owned();
    assert!(
        words.contains(&format!("{path} is not formatted")),
        "{words}"
    );
    assert_eq!(tree(project.path()), before);
    assert!(run(&["fmt", "content/red-flags"]).status.success());
    let made = std::fs::read_to_string(project.path().join(path)).expect("the record");
    assert_eq!(made, "title: a\nthinks: b\ninstead: c\n");
    assert!(run(&["fmt"]).status.success());
    assert!(run(&["fmt", "--check"]).status.success());
    assert!(run(&["check", "--strict"]).status.success());
    assert_eq!(run(&["fmt", "missing"]).status.code(), Some(2));
    write(project.path(), path, "title: [\n");
    let left = run(&["fmt"]);
    assert_eq!(left.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&left.stderr).contains("is left as it is"));
}
