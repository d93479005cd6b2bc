//! `import`: what it takes columns for, what it keeps, what it refuses.

use prepbook::import::{Column, columns, read};
use prepbook::kind::Kind;

use crate::project::{edit, err, put, run, starter, tree, write};

use crate::import_shapes::{beside_a_handbook, ids, imported, made, record, with};

#[test]
fn what_is_there_already_is_neither_written_nor_changed() {
    let mut sources = starter();
    put(
        &mut sources,
        "content/questions/why-us.yaml",
        "title: Why?\ntheme: at-the-stand\nevaluates: [x]\n",
    );
    let text = "question\nWHY US?\n\"A rider says that the bicycle creaks, and you can't hear it. What do you do?\"\n";
    let (_, made) = imported(&sources, "list.csv", text);
    assert_eq!(ids(&made, Kind::Question), ["why-us-2"]);
    assert_eq!(made.known.len(), 1);
    let after = with(&sources, &made);
    let (_, again) = imported(&after, "list.csv", text);
    assert_eq!((again.files.len(), again.known.len()), (0, 2));
}

#[test]
fn answers_are_plain() {
    let (_, made) = made("list.csv", "q,a\nWhy?,So.\nHow?,Thus.\n");
    assert!(ids(&made, Kind::Framework).is_empty());
    let text = record(&made, Kind::Question, "why");
    assert!(
        text.contains("answers:\n  - id: answer\n    text: So.\n"),
        "{text}"
    );
}

#[test]
fn texts_that_a_check_would_refuse_are_kept_as_they_are_written() {
    let hostile = "[a](x.md) [b][c] ![d](e.png) <javascript:f> [g](javascript:h) [i](question:j) [k](#l) [^m]\n\n##\n\n[n]: ./o\n\n[n]";
    let sources = starter();
    let text =
        serde_json::to_string(&serde_json::json!([{ "q": "Why?", "a": hostile }])).expect("JSON");
    let (_, made) = imported(&sources, "list.json", &text);
    with(&sources, &made);
    let known = serde_json::json!([{ "q": "Why?", "a": "See [this](question:creaking-bicycle) or https://example.org/." }]);
    let (_, made) = imported(&sources, "list.json", known.to_string());
    assert!(
        record(&made, Kind::Question, "why").contains("See [this](question:creaking-bicycle) or")
    );
}

#[test]
fn columns_are_guessed_and_can_be_said() {
    let list = read("x.csv", b"Prompt,Topic,Notes\na,b,c\n").expect("a list");
    let said = |said: &[&str]| {
        let said: Vec<String> = said.iter().map(|one| (*one).to_owned()).collect();
        columns(&list, &said)
    };
    assert_eq!(
        said(&[]),
        Ok(vec![
            Some(Column::Title),
            Some(Column::Theme),
            Some(Column::Notes)
        ])
    );
    assert_eq!(
        said(&["Notes=answer", "topic="]),
        Ok(vec![Some(Column::Title), None, Some(Column::Answer)])
    );
    assert_eq!(
        said(&["Notes=title"]),
        Ok(vec![None, Some(Column::Theme), Some(Column::Title)])
    );
    assert_eq!(
        said(&["Note=title"]),
        Err("the list has no column `Note`; did you mean `Notes`?".to_owned())
    );
    assert_eq!(
        said(&["Notes=anwser"]),
        Err("no column can hold `anwser`; did you mean `answer`?".to_owned())
    );
    assert_eq!(
        said(&["Notes"]),
        Err("`Notes` is not `COLUMN=FIELD`".to_owned())
    );
    let bare = read("x.csv", b"Why?,So.\n").expect("a list");
    assert_eq!(
        columns(&bare, &[]),
        Ok(vec![Some(Column::Title), Some(Column::Answer)])
    );
}

#[test]
fn what_is_no_list_is_told() {
    for (file, bytes, told) in [
        (
            "x.docx",
            &b"x"[..],
            "its ending is none of those that are read: csv, tsv, txt, md, markdown, json, jsonl, ndjson; its text can",
        ),
        ("x.xlsx", b"x", "a spreadsheet can be saved as CSV"),
        ("x.apkg", b"x", "Anki exports notes as plain text"),
        (
            "q.py",
            b"import os\nQUESTIONS: list = [\n",
            "print(json.dumps(runpy.run_path('q.py')['QUESTIONS']))\" > list.json`",
        ),
        ("q.js", b"x", "`JSON.stringify(questions)`"),
        ("x", b"x", "its ending is none of"),
        ("x.md", b"\xff\xff", "it is not UTF-8 text"),
        ("x.json", b"{", "it cannot be read"),
        ("x.json", b"7", "a list in JSON is"),
        ("x.json", b"[]", "no questions were found"),
        ("x.csv", b"", "no questions were found"),
        ("x.md", b"Words.\n", "no list, table, headings"),
    ] {
        let why = read(file, bytes).expect_err("no list");
        assert!(why.contains(told), "{file}: {why}");
    }
}

/// A list in a project on disk: its path.
const LIST: &str = "lists/list.csv";

#[test]
fn the_command_shows_what_it_takes_columns_for() {
    let project = beside_a_handbook(LIST, "Question,Topic\nWhy us?,Motives\n");
    let before = tree(project.path());
    let dry = run(project.path(), &["import", LIST, "--dry-run"]);
    assert!(dry.status.success(), "{}", err(&dry));
    for told in [
        "`Question` is title, `Topic` is theme (`--map",
        "1 question, 1 theme (motives); nothing was written",
    ] {
        assert!(err(&dry).contains(told), "{}", err(&dry));
    }
    let refused = run(project.path(), &["import", LIST, "--known-only"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        err(&refused).contains("the handbook has no theme `Motives`; nothing was written"),
        "{}",
        err(&refused)
    );
    assert_eq!(tree(project.path()), before);
    let options = ["--map", "Topic=", "--theme", "at-the-stand", "--known-only"];
    let mapped = run(project.path(), &[&["import", LIST], &options[..]].concat());
    assert!(mapped.status.success(), "{}", err(&mapped));
    let made = std::fs::read_to_string(project.path().join("content/questions/why-us.yaml"))
        .expect("the record");
    assert!(made.contains("theme: at-the-stand"), "{made}");
    write(project.path(), LIST, "Why so?,Motives\nWhy now?,Motives\n");
    let guessed = run(project.path(), &["import", LIST, "--dry-run"]);
    assert!(
        err(&guessed).contains("`1` is title, `2` is theme, by what stands in them (`--map"),
        "{}",
        err(&guessed)
    );
}

#[test]
fn the_command_writes_what_it_shows_and_writes_it_once() {
    let project = beside_a_handbook(LIST, "Question,Topic\nWhy us?,Motives\n");
    let dry = run(project.path(), &["import", LIST, "--dry-run"]);
    let written = run(project.path(), &["import", LIST]);
    assert!(written.status.success(), "{}", err(&written));
    for command in [
        "`prepbook build`",
        "`prepbook check`",
        "`prepbook check --strict`",
    ] {
        assert!(err(&written).contains(command), "{}", err(&written));
    }
    let files = [
        "content/questions/why-us.yaml",
        "content/themes/motives.yaml",
    ];
    let files = files.map(|path| {
        let text = std::fs::read_to_string(project.path().join(path)).expect("a new record");
        format!("==> {path} <==\n{text}")
    });
    assert_eq!(String::from_utf8_lossy(&dry.stdout), files.join("\n"));
    let built = run(project.path(), &["build"]);
    assert!(built.status.success(), "{}", err(&built));
    let after = tree(project.path());
    let again = run(project.path(), &["import", LIST]);
    assert!(again.status.success(), "{}", err(&again));
    assert!(
        err(&again).contains("nothing new, 1 there already; nothing was written"),
        "{}",
        err(&again)
    );
    assert_eq!(tree(project.path()), after);
}

#[test]
fn a_handbook_can_begin_with_a_list() {
    let mut sources = prepbook::load::built_in();
    put(
        &mut sources,
        "content/handbook.yaml",
        "format: 1\ntitle: A book\ndescription: Mine.\n",
    );
    let (_, made) = imported(
        &sources,
        "list.csv",
        "question,answer,company\nWhy us?,Because.,Acme\nHow?,,Acme\n",
    );
    with(&sources, &made);
}

#[test]
fn an_address_that_was_somebodys_is_not_given_away() {
    let mut sources = starter();
    edit(
        &mut sources,
        "content/questions/unhappy-customer.yaml",
        "theme:",
        "aliases: [/questions/why-us/]\ntheme:",
    );
    let (_, made) = imported(&sources, "list.csv", "question\nWhy us?\n");
    assert_eq!(ids(&made, Kind::Question), ["why-us-2"]);
    with(&sources, &made);
}

#[test]
fn lists_of_very_many_columns_are_refused() {
    let wide = |columns: usize| {
        let names: Vec<String> = (0..columns).map(|nth| format!("c{nth}")).collect();
        let csv = format!("question,{}\nWhat is new?\n", names.join(","));
        let fields: Vec<String> = names.iter().map(|name| format!("\"{name}\": 1")).collect();
        let json = format!("[{{{}}}]", fields.join(", "));
        let heads = format!("| question | {} |", names.join(" | "));
        let table = format!("{heads}\n|{}\n| What? |\n", "-|".repeat(columns + 1));
        [("a.csv", csv), ("a.json", json), ("a.md", table)]
    };
    for (name, text) in wide(900) {
        assert!(
            prepbook::import::read(name, text.as_bytes()).is_ok(),
            "{name}"
        );
    }
    for (name, text) in wide(1_100) {
        let refused = prepbook::import::read(name, text.as_bytes());
        let is_told = refused.is_err_and(|why| why.contains("more than 1000 columns"));
        assert!(is_told, "{name}");
    }
}
