//! Ordinary YAML is read without the library's deserialiser, and means the same as with it.

use prepbook::source::SourcePath;
use prepbook::yaml::{read, read_by_library};
use proptest::prelude::*;

use crate::project::{repository, starter};

/// What both ways of reading make of a text.
fn assert_same(text: &str) {
    let path = SourcePath::new("content/handbook.yaml");
    let plain = |read: Result<_, Box<prepbook::diagnostic::Diagnostic>>| {
        read.map_err(|found| (found.code, found.place, found.message))
    };
    let (one, other) = (read(&path, text, 0), read_by_library(&path, text, 0));
    assert_eq!(plain(one), plain(other), "{text}");
}

#[test]
fn records_mean_the_same() {
    let own = prepbook::load::load(&repository()).expect("the project's own handbook");
    for sources in [own, starter()] {
        for (path, source) in sources.below("content/") {
            if path.extension() == "yaml" {
                assert_same(source.text());
            }
        }
    }
}

/// Scalars that mean something else than their letters, or look as if they did.
const SCALARS: &[&str] = &[
    "",
    "~",
    "null",
    "Null",
    "nullable",
    "true",
    "TRUE",
    "yes",
    "no",
    "on",
    "y",
    "0",
    "007",
    "12",
    "1_000",
    "0x1f",
    "0o17",
    "-5",
    "+5",
    "1.5",
    "1e9",
    ".5",
    ".inf",
    "-.INF",
    "nan",
    ".nan",
    "NaN",
    "inf",
    "infinity",
    "2026-11-30",
    "1:58",
    "12:30:00",
    "201 builds",
    "99999999999999999999",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "---",
    "...",
    "-x",
    "?x",
    ":x",
    "<<",
    "=",
    "it's",
    "a #b",
    "a # b",
    "a: b",
    "a:b",
    "“quoted”",
    "'1'",
    "\"1\"",
    "\"\\u0001\"",
    "'it''s'",
    "\"a\\\n  b\"",
    "!!str 1",
    "!x y",
    "&a b",
    "*a",
    "[]",
    "{}",
    "[a, 1, ~]",
    "{a: 1, b: {c: d}}",
    "{a: 1, a: 2}",
    "|\n  text\n  1",
    ">-\n  folded\n  text",
    "|\n",
    ">+\n\n",
    "a\n  b",
    "1\n  2",
    "@x",
    "`x",
    "%x",
    "- x",
    "- 1\n  - 2",
];

#[test]
fn scalars_mean_the_same_wherever_they_stand() {
    for scalar in SCALARS {
        for text in [
            scalar.to_string(),
            format!("key: {scalar}\n"),
            format!("key: {scalar}\nother: x\n"),
            format!("- {scalar}\n- x\n"),
            format!("key: [{scalar}, x]\n"),
            format!("{scalar}: x\n"),
            format!("? {scalar}\n: x\n"),
            format!("---\nkey: {scalar}\n...\n"),
            format!("key: {scalar}\n---\nkey: x\n"),
            format!("key: &a {scalar}\nother: *a\n"),
            format!("key: x\nkey: {scalar}\n"),
            format!("# note\nkey:\n  inner: {scalar} # note\n"),
            format!("key:\r\n  inner: {scalar}\r\n"),
        ] {
            assert_same(&text);
        }
    }
}

#[test]
fn what_is_too_large_is_told_all_the_same() {
    let deep = |levels: usize| format!("{}x{}", "[".repeat(levels), "]".repeat(levels));
    for levels in [15, 16, 17, 63, 64, 65] {
        assert_same(&deep(levels));
    }
    assert_same(&"- x\n".repeat(120_000));
    let keys = (0..200).map(|nth| format!("key{nth}: x\n"));
    assert_same(&keys.collect::<String>());
}

/// A line of a document, indented.
fn a_line() -> impl Strategy<Value = String> {
    let start = prop_oneof![
        Just(""),
        Just("- "),
        Just("key: "),
        Just("other: "),
        Just("? "),
        Just("- key: "),
        Just("# "),
        Just("key:"),
    ];
    (0..4_usize, start, 0..SCALARS.len()).prop_map(|(indent, start, nth)| {
        format!("{}{start}{}\n", "  ".repeat(indent), SCALARS[nth])
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_document_means_the_same(lines in prop::collection::vec(a_line(), 1..8)) {
        assert_same(&lines.concat());
    }
}
