//! Lists from elsewhere: the shapes that real ones have, and what becomes of them.

use prepbook::diagnostic::Severity;
use prepbook::format::formatted;
use prepbook::import::{Import, List, Request, columns, import, read};
use prepbook::kind::Kind;
use prepbook::source::{Source, SourcePath, Sources};

use crate::project::{build, on_disk, reports, starter, write};

/// Reads a list, takes its columns for what their names say, and makes records of it.
pub(crate) fn imported(sources: &Sources, file: &str, text: impl AsRef<[u8]>) -> (List, Import) {
    let list = read(file, text.as_ref()).unwrap_or_else(|why| panic!("{file}: {why}"));
    let columns = columns(&list, &[]).expect("columns");
    let request = Request {
        list: &list,
        columns: &columns,
        theme: "General",
        known_only: false,
        beside: &|path| {
            let drawing = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"/>"#;
            let is_there = path.ends_with("drawing.svg") && !path.starts_with("..");
            is_there.then(|| drawing.into())
        },
    };
    let made = import(sources, &request).expect("records");
    (list, made)
}

/// The project with what was made; nothing may be wrong with it but advice.
pub(crate) fn with(sources: &Sources, made: &Import) -> Sources {
    let mut after = sources.clone();
    for (path, text) in &made.files {
        assert!(sources.get(path).is_none(), "{path} is there already");
        assert_eq!(
            &formatted(path, text).expect("a canonical form"),
            text,
            "{path}"
        );
        after.insert(path.clone(), Source::new(text.as_bytes()));
    }
    for (path, bytes) in &made.pictures {
        assert!(sources.get(path).is_none(), "{path} is there already");
        after.insert(path.clone(), Source::new(bytes.as_slice()));
    }
    let found = build(&after).found;
    let wrong: Vec<_> = found
        .into_iter()
        .filter(|one| one.severity() == Severity::Error)
        .collect();
    assert!(wrong.is_empty(), "{}", reports(&wrong, &after));
    after
}

/// What is made of a list in the starter handbook: how it was read, ids by kind.
pub(crate) fn made(file: &str, text: impl AsRef<[u8]>) -> (String, Import) {
    let sources = starter();
    let (list, made) = imported(&sources, file, text);
    with(&sources, &made);
    (list.shape.clone(), made)
}

pub(crate) fn ids(made: &Import, kind: Kind) -> Vec<&str> {
    made.made
        .get(&kind)
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect()
}

pub(crate) fn record<'a>(made: &'a Import, kind: Kind, id: &str) -> &'a str {
    let path = SourcePath::new(format!("content/{}", kind.file(id)));
    made.files
        .get(&path)
        .unwrap_or_else(|| panic!("{path}: {:?}", made.files.keys()))
}

/// The first question that was made.
pub(crate) fn first(made: &Import) -> &str {
    record(made, Kind::Question, ids(made, Kind::Question)[0])
}

/// The starter handbook on disk with a list in its folder.
pub(crate) fn beside_a_handbook(list: &str, text: &str) -> tempfile::TempDir {
    let project = on_disk();
    write(project.path(), list, text);
    project
}

#[test]
fn a_list_of_questions() {
    let (shape, made) = made(
        "behavioural.md",
        "# Behavioural questions\n\nAsked everywhere.\n\n- Tell me about **yourself**.\n- Why [us](https://example.org)?\n- [ ] What is your\n  greatest weakness?\n",
    );
    assert_eq!(shape, "a list, with headings as themes");
    assert_eq!(
        ids(&made, Kind::Question),
        [
            "tell-me-about-yourself",
            "why-us",
            "what-is-your-greatest-weakness"
        ]
    );
    let text = record(&made, Kind::Question, "tell-me-about-yourself");
    assert!(
        text.contains("\ntitle: Tell me about yourself.\ntheme: general\n"),
        "{text}"
    );
    assert_eq!(ids(&made, Kind::Theme), ["general"]);
}

#[test]
fn headings_with_answers_below() {
    let (shape, made) = made(
        "faq.md",
        "# FAQ\n\n* [What is a race?](#what-is-a-race)\n* [What is a lock?](#lock)\n\n## Concurrency\n\n### Q1: What is a race?\n\nTwo threads, one value.\n\n- unordered\n- shared\n\n---\n\n### 2. What is a lock?\n\n```rust\nlet guard = mutex.lock();\n```\n\nSee ![a picture](img/lock.png) and [more](./lock.md).\n",
    );
    assert_eq!(shape, "headings with answers below");
    assert_eq!(
        ids(&made, Kind::Question),
        ["what-is-a-race", "what-is-a-lock"]
    );
    assert_eq!(ids(&made, Kind::Theme), ["concurrency"]);
    let race = record(&made, Kind::Question, "what-is-a-race");
    assert!(
        race.contains("Two threads, one value.\n\n      - unordered\n      - shared\n"),
        "{race}"
    );
    assert!(!race.contains("---"), "{race}");
    let lock = record(&made, Kind::Question, "what-is-a-lock");
    assert!(lock.contains("let guard = mutex.lock();"), "{lock}");
    // What leads out of the handbook stands as it is written.
    assert!(
        lock.contains("!\\[a picture](img/lock.png) and \\[more](./lock.md)"),
        "{lock}"
    );
}

#[test]
fn a_numbered_list_with_themes_as_headings() {
    let (_, made) = made(
        "list.md",
        "# Interview\n\n## Across the counter\n\n1. A customer shouts. What now?\n2. Who was your hardest customer?\n\n   One who never came.\n\n## Leadership & people\n\n1) When did you lead?\n",
    );
    assert_eq!(ids(&made, Kind::Theme), ["leadership-people"]);
    let text = record(&made, Kind::Question, "a-customer-shouts-what-now");
    assert!(text.contains("theme: across-the-counter"), "{text}");
    let text = record(&made, Kind::Question, "who-was-your-hardest-customer");
    assert!(text.contains("text: One who never came."), "{text}");
    let text = record(&made, Kind::Question, "when-did-you-lead");
    assert!(text.contains("theme: leadership-people"), "{text}");
}

#[test]
fn a_deck_of_cards() {
    let (shape, made) = made(
        "deck.txt",
        "#separator:tab\n#html:true\n#tags column:3\nWhat is <b>STAR</b>?\tA shape:<br>situation &amp; task<div>action, result</div>\tframeworks basics\n\"A \"\"quoted\"\" card\"\tIts back\t\n",
    );
    assert_eq!(shape, "a deck of cards");
    assert_eq!(
        ids(&made, Kind::Question),
        ["what-is-star", "a-quoted-card"]
    );
    let text = record(&made, Kind::Question, "what-is-star");
    assert!(
        text.contains("A shape:\n      situation &amp; task\n\n      action, result\n"),
        "{text}"
    );
    assert!(text.contains("tags: [frameworks, basics]"), "{text}");
    assert!(record(&made, Kind::Question, "a-quoted-card").contains("title: A \"quoted\" card"));
}

#[test]
fn a_spreadsheet_with_companies_and_themes() {
    let (_, made) = made(
        "questions.csv",
        "No;Interview Question;Asked by;Topic;Difficulty;Link\n1;Why bicycles?;Lantern Street Cycles, Acme;At the stand;Easy;x\n2;Why not?;acme;Road & trail;brutal;y\n",
    );
    let text = record(&made, Kind::Question, "why-bicycles");
    assert!(text.contains("theme: at-the-stand\n"), "{text}");
    assert!(
        text.contains("companies:\n  - company: lantern-street-cycles\n    editorial: true\n  - company: acme\n    editorial: true\n"),
        "{text}"
    );
    assert!(text.contains("difficulty: 1\n"), "{text}");
    assert_eq!(ids(&made, Kind::Company), ["acme"]);
    assert_eq!(ids(&made, Kind::Theme), ["road-trail"]);
    assert!(
        made.remarks
            .iter()
            .any(|one| one == "questions.csv:3: `brutal` is no difficulty; it is left out"),
        "{:?}",
        made.remarks
    );
}

#[test]
fn an_array_of_texts() {
    let (shape, made) = made(
        "list.json",
        "[\"Why us?\", \"Where do you see yourself: in five years?\", \"Why us?\"]",
    );
    assert_eq!(shape, "a list of texts");
    assert_eq!(
        ids(&made, Kind::Question),
        ["why-us", "where-do-you-see-yourself-in-five-years"]
    );
    assert_eq!(
        made.remarks,
        ["list.json, entry 3: merged into the same question at list.json, entry 1: `Why us?`"]
    );
}

#[test]
fn objects() {
    let (shape, made) = made(
        "list.json",
        r#"{"title": "Set", "questions": [
            {"question": "Why?", "answer": null, "tags": ["a, b", "c"], "company": {"name": "Acme"}, "id": 7},
            {"question": "How?", "answer": "So.", "frequency": "High"}]}"#,
    );
    assert_eq!(shape, "a list of objects");
    let text = record(&made, Kind::Question, "why");
    assert!(
        text.contains("tags: [a, b, c]") && text.contains("company: acme"),
        "{text}"
    );
    assert!(!text.contains("answers:"), "{text}");
    assert!(record(&made, Kind::Question, "how").contains("frequency: common"));
}

#[test]
fn texts_by_theme() {
    let (_, made) = made(
        "list.json",
        r#"{"Design": ["A?", "B?"], "People": [{"q": "C?"}]}"#,
    );
    assert_eq!(ids(&made, Kind::Theme), ["design", "people"]);
    assert_eq!(ids(&made, Kind::Question), ["a", "b", "c"]);
    assert!(record(&made, Kind::Question, "c").contains("theme: people"));
}

#[test]
fn cells_with_quotes_commas_and_lines() {
    let (_, made) = made(
        "list.csv",
        "question,answer\r\n\"Say \"\"no\"\", and mean it?\",\"First: this.\r\n\r\n- then #that\r\n- or `so`\"\r\n\"- : # odd\",yes\r\n\"Right?\",\"  \"\r\n",
    );
    let text = record(&made, Kind::Question, "say-no-and-mean-it");
    assert!(text.contains("title: Say \"no\", and mean it?\n"), "{text}");
    assert!(
        text.contains("text: |\n      First: this.\n\n      - then #that\n      - or `so`\n"),
        "{text}"
    );
    assert!(record(&made, Kind::Question, "odd").contains("text: \"yes\""));
    assert!(!record(&made, Kind::Question, "right").contains("answers:"));
}

#[test]
fn a_table_in_markdown() {
    let (shape, made) = made(
        "list.md",
        "# Bank\n\n## Design\n\n| # | Question | Company |\n|---|:--|---|\n| 1 | Draw a \\| b? | Acme |\n| 2 | What is `x`?<br>And y? | |\n\n## People\n\n| Question | Answer |\n|---|---|\n| Who? | Me |\n",
    );
    assert_eq!(shape, "a table");
    assert_eq!(
        ids(&made, Kind::Question),
        ["draw-a-b", "what-is-x-and-y", "who"]
    );
    assert_eq!(ids(&made, Kind::Theme), ["design", "people"]);
    assert!(record(&made, Kind::Question, "draw-a-b").contains("company: acme"));
    assert!(record(&made, Kind::Question, "who").contains("text: Me"));
}

#[test]
fn folded_answers() {
    let (shape, made) = made(
        "list.md",
        "# JS\n\n## Types\n\n<details>\n<summary><b>1. What is <code>null</code>?</b></summary>\n\n#### Answer: C\n\nNothing.\n\n</details>\n\n<details><summary>And undefined?</summary>\n<p>\n\nLess.\n\n</p>\n</details>\n",
    );
    assert_eq!(shape, "folded answers");
    assert_eq!(
        ids(&made, Kind::Question),
        ["what-is-null", "and-undefined"]
    );
    assert_eq!(ids(&made, Kind::Theme), ["types"]);
    assert!(record(&made, Kind::Question, "what-is-null").contains("Nothing."));
}

#[test]
fn a_question_a_line() {
    let (shape, made) = made("list.txt", "Why us?\n\nWhy now?\n");
    assert_eq!(shape, "a question a line");
    assert_eq!(ids(&made, Kind::Question), ["why-us", "why-now"]);
}

#[test]
fn a_table_of_contents_is_no_list() {
    let (shape, made) = made(
        "react.md",
        "# React\n\n| No. | Questions |\n|---|---|\n| 1 | [What is React?](#what) |\n\n## [[⬆]](#toc) Core React:\n\n1. ### What is React?\n\n    A library.\n\n    ```js\n    let a = 1;\n    ```\n\n    **[⬆ Back to Top](#toc)**\n\n2. ### Why?\n\n    **[⬆ Back to Top](#toc)**\n",
    );
    assert_eq!(shape, "a list, with headings as themes");
    assert_eq!(ids(&made, Kind::Question), ["what-is-react", "why"]);
    assert_eq!(ids(&made, Kind::Theme), ["core-react"]);
    let text = record(&made, Kind::Question, "what-is-react");
    assert!(
        text.contains("A library.\n\n      ```js\n      let a = 1;\n      ```\n"),
        "{text}"
    );
    assert!(!text.contains("Top"), "{text}");
}

#[test]
fn what_stands_beside_questions_is_asked_too() {
    let (_, made) = made(
        "list.md",
        "# Bank\n\n## Leadership\n\n### Tell me about a time you led.\n\nText.\n\n### Why us?\n\nBecause.\n\n### A conflict\n\nOnce.\n\n## About this list\n\nWords.\n",
    );
    assert_eq!(
        ids(&made, Kind::Question),
        ["tell-me-about-a-time-you-led", "why-us", "a-conflict"]
    );
}

#[test]
fn questions_above_folded_answers() {
    let (shape, made) = made(
        "js.md",
        "# JS\n\n###### 1. What's the output?\n\n```js\nsay()\n```\n\n- A: `1`\n\n<details><summary><b>Answer</b></summary>\n<p>\n\n#### Answer: A\n\nIt is one.\n\n</p>\n</details>\n\n---\n\n###### 2. And now?\n\nNothing.\n\n<details><summary><b>Answer</b></summary>\n\nLess.\n\n</details>\n",
    );
    assert_eq!(shape, "headings with answers below");
    assert_eq!(ids(&made, Kind::Question), ["what-s-the-output", "and-now"]);
    let text = record(&made, Kind::Question, "what-s-the-output");
    assert!(
        text.contains("say()") && text.contains("#### Answer: A\n\n      It is one.\n"),
        "{text}"
    );
    assert!(!text.contains("details") && !text.contains("---"), "{text}");
}

#[test]
fn bold_paragraphs_as_headings() {
    let (_, made) = made(
        "faq.md",
        "**Q1. What is X?**\n\nA letter.\n\n**Q2. What is Y?**\n\nAnother **one**.\n",
    );
    assert_eq!(ids(&made, Kind::Question), ["what-is-x", "what-is-y"]);
    assert!(record(&made, Kind::Question, "what-is-y").contains("text: Another **one**."));
}

#[test]
fn a_table_that_names_its_separator() {
    let (_, made) = made("excel.csv", "sep=;\nQuestion;Topic\nWhy, then?;Motives\n");
    assert_eq!(ids(&made, Kind::Question), ["why-then"]);
    assert_eq!(ids(&made, Kind::Theme), ["motives"]);
}

#[test]
fn cells_that_say_nothing_are_none() {
    let (_, made) = made(
        "list.csv",
        "question,theme,company\nWhy?,-,\"-, Acme, acme\"\n**,x,\n",
    );
    let text = record(&made, Kind::Question, "why");
    assert!(text.contains("theme: general\n"), "{text}");
    assert_eq!(ids(&made, Kind::Company), ["acme"]);
    assert_eq!(text.matches("company:").count(), 1, "{text}");
}

#[test]
fn headings_in_an_answer_belong_to_it() {
    let (_, made) = made(
        "list.md",
        "# Which tools do you ask about?\n\n## Hubs\n\n### What is a cone?\n\nA part.\n\n#### Wear\n\nIt pits.\n\n**Note**\n\nGrease.\n\n### What is a cup?\n\nIts place.\n\n## Rims\n\n### What is a bead?\n\nAn edge.\n",
    );
    let cone = record(&made, Kind::Question, "what-is-a-cone");
    assert!(
        cone.contains(
            "A part.\n\n      #### Wear\n\n      It pits.\n\n      **Note**\n\n      Grease.\n"
        ),
        "{cone}"
    );
    assert!(record(&made, Kind::Question, "what-is-a-cup").contains("text: Its place."));
    assert_eq!(ids(&made, Kind::Theme), ["hubs", "rims"]);
}
