//! Every diagnostic code has a page in `tests/diagnostics/` that is documentation and test at once: what the code
//! means, inputs that cause it, and the exact report.
//!
//! A page's inputs are edits of the starter handbook. `SNAPSHOTS=overwrite cargo test` writes the reports anew.

use std::fmt::Write as _;

use prepbook::diagnostic::{Code, line_and_column};
use prepbook::source::{Source, SourcePath};
use proptest::prelude::*;
use snapbox::Data;

use crate::project::{build, edit, put, reports, repository, starter};

/// Builds what a page's inputs make of the starter handbook and writes the page anew with the reports it gets.
fn rewritten(page: &str) -> String {
    let mut out = String::new();
    let mut lines = page.lines().peekable();
    let mut sources = starter();
    let mut has_input = false;
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            writeln!(out, "{line}").expect("a string");
            continue;
        };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let (action, path) = info.split_once(' ').unwrap_or((info, ""));
        match action {
            "edit" => {
                let pick = |sign: char| {
                    body.iter()
                        .filter_map(|line| line.strip_prefix(sign))
                        .collect::<Vec<_>>()
                        .join("\n")
                };
                edit(&mut sources, path, &pick('-'), &pick('+'));
            }
            "file" => put(&mut sources, path, &(body.join("\n") + "\n")),
            #[cfg(unix)]
            "disk" => sources = crate::project::starter_on_disk(&body),
            "bytes" => sources.insert(
                SourcePath::new(path),
                Source::new(unescaped(&body.join("\n"))),
            ),
            "text" => {
                assert!(has_input, "a report without an input");
                let report = reports(&build(&sources).found, &sources);
                writeln!(out, "```text\n{}\n```", report.trim_end()).expect("a string");
                sources = starter();
                has_input = false;
                continue;
            }
            other => panic!("a page has no block `{other}`"),
        }
        has_input = true;
        writeln!(out, "{line}\n{}\n```", body.join("\n")).expect("a string");
    }
    assert!(!has_input, "an input without a report");
    out
}

/// Bytes written as in Rust: `\xff`, `\t`, `\n`, `\\`; line ends stand only where they are written.
fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes().filter(|byte| *byte != b'\n');
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        match rest.next() {
            Some(b'n') => bytes.push(b'\n'),
            Some(b'r') => bytes.push(b'\r'),
            Some(b't') => bytes.push(b'\t'),
            Some(b'\\') => bytes.push(b'\\'),
            Some(b'x') => {
                let digits = [rest.next().expect("a digit"), rest.next().expect("a digit")];
                bytes.push(
                    u8::from_str_radix(std::str::from_utf8(&digits).expect("ASCII"), 16)
                        .expect("hex"),
                );
            }
            other => panic!("no escape {other:?}"),
        }
    }
    bytes
}

#[test]
fn every_page_tells_the_exact_report() {
    let folder = repository().join("tests/diagnostics");
    let mut inputs = 0;
    for code in Code::ALL {
        let path = folder.join(format!("{code}.md"));
        let page = std::fs::read_to_string(&path)
            .unwrap_or_else(|_| panic!("{} has no page", path.display()));
        assert!(
            page.starts_with(&format!("# {code}\n\n{}\n", code.meaning())),
            "{code}.md begins with the code and its meaning"
        );
        let actual = rewritten(&page);
        let shown = actual.matches(&format!("[{code}]")).count();
        inputs += actual.matches("```text").count();
        snapbox::Assert::new()
            .action_env("SNAPSHOTS")
            .eq(actual, Data::read_from(&path, None).raw());
        assert!(shown > 0, "{code}.md has no report of its code");
    }
    assert!(inputs >= 60, "only {inputs} malformed inputs");
    for entry in std::fs::read_dir(&folder).expect("the folder") {
        let name = entry
            .expect("an entry")
            .file_name()
            .to_string_lossy()
            .into_owned();
        let code = name.trim_end_matches(".md");
        assert!(
            Code::from_word(code).is_some(),
            "{name} is the page of no code"
        );
    }
}

#[test]
fn the_starter_handbook_has_no_finding() {
    let sources = starter();
    let result = build(&sources);
    assert_eq!(reports(&result.found, &sources), "");
}

#[test]
fn this_handbook_has_no_finding() {
    let sources = prepbook::load::load(&repository()).expect("the project's own handbook");
    let result = build(&sources);
    assert_eq!(reports(&result.found, &sources), "");
}

#[test]
fn files_beyond_the_limits_are_refused() {
    for (path, limit) in [
        ("content/red-flags/long.yaml", 1 << 20),
        ("content/guides/long.md", 4 << 20),
        ("themes/default/templates/exercise.html", 4 << 20),
    ] {
        let mut sources = starter();
        put(&mut sources, path, &"# long\n".repeat(limit / 7 + 1));
        let found = build(&sources).found;
        let told: Vec<_> = found
            .iter()
            .map(|one| (one.code, one.place.path.as_str()))
            .collect();
        assert_eq!(told, [(Code::TooLarge, path)]);
    }
}

/// What an author in a hurry, or an attacker, may put into a file.
const SPLINTERS: &[&str] = &[
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    ": ",
    "- ",
    "\t",
    "\n",
    "\n ",
    "#",
    "*a",
    "&a ",
    "!b ",
    "|",
    ">-\n",
    "%",
    "@",
    "`",
    "---\n",
    "...\n",
    "\\",
    "\"\\x01\"",
    "~",
    "<<: ",
    "? ",
    "\u{feff}",
    "\u{85}",
    "\u{2028}",
    "ü",
    "\0",
    "[](",
    "](javascript:x)",
    "<b>",
    "&#0;",
    "~~~x\n",
    "<<<<<<< a\n",
    "question:",
    "1e9",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mangled_files_are_built_or_reported(
        file in 0..100_usize,
        cuts in prop::collection::vec((0..8_000_usize, 0..40_usize, 0..SPLINTERS.len()), 1..4),
    ) {
        let mut sources = starter();
        let paths: Vec<SourcePath> = sources.below("content/").map(|(path, _)| path.clone()).collect();
        let path = &paths[file % paths.len()];
        let mut bytes = sources.get(path).expect("a file").bytes.to_vec();
        for (at, length, splinter) in cuts {
            let at = at % bytes.len().max(1);
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, SPLINTERS[splinter].bytes());
        }
        sources.insert(path.clone(), Source::new(bytes));
        let found = build(&sources).found;
        let lines = prepbook::diagnostic::json::lines(&found, &sources);
        prop_assert_eq!(lines.lines().count(), found.len());
        for (one, line) in found.iter().zip(lines.lines()) {
            let length = sources.shown(&one.place.path).len();
            prop_assert!(one.place.span.range().end <= length, "{one:?}");
            let report = reports(std::slice::from_ref(one), &sources);
            let code = format!("[{}]", one.code);
            prop_assert!(report.contains(&code), "{}", report);
            let told: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let (line, column) = line_and_column(&sources.shown(&one.place.path), one.place.span.range().start);
            prop_assert_eq!((&told["line"], &told["column"]), (&line.into(), &column.into()));
        }
    }
}

#[test]
fn json_lines_tell_the_same() {
    let mut sources = starter();
    put(
        &mut sources,
        "content/red-flags/bad.yaml",
        "title: Bad\nthinks: yes\ninstead: [no]\n",
    );
    let found = build(&sources).found;
    let text = prepbook::diagnostic::json::lines(&found, &sources);
    let lines: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), found.len());
    assert_eq!(lines[0]["file"], "content/red-flags/bad.yaml");
    assert_eq!(
        (
            &lines[0]["line"],
            &lines[0]["column"],
            &lines[0]["end_column"]
        ),
        (&2.into(), &9.into(), &12.into())
    );
    assert_eq!(lines[0]["severity"], "error");
}
