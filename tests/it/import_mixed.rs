//! Lists of several shapes in one document: nothing is lost without a word.

use prepbook::kind::Kind;

use crate::import_shapes::{ids, imported, made, record};
use crate::project::starter;

/// The ids of the questions of a document in Markdown, and what is said of how it was read.
fn read(text: &str) -> (Vec<String>, Vec<String>) {
    let (list, _) = imported(&starter(), "list.md", text);
    let (_, made) = made("list.md", text);
    let ids = ids(&made, Kind::Question);
    (ids.into_iter().map(str::to_owned).collect(), list.remarks)
}

#[test]
fn a_table_of_contents_with_sections_is_no_list() {
    let text = "### Contents\n\n| No. | Questions |\n|---|---|\n| | **Wheels** |\n| 1 | [What is a hub?](#what-is-a-hub) |\n| 2 | [What is a rim?](#what-is-a-rim) |\n\n## Wheels\n\n1. ### What is a hub?\n\n   The middle.\n\n   **[⬆ Back to Top](#contents)**\n\n2. ### What is a rim?\n\n   The ring.\n";
    assert_eq!(
        read(text),
        (vec!["what-is-a-hub".into(), "what-is-a-rim".into()], vec![])
    );
    // Where nothing follows it, it is all there is.
    let (alone, _) = text.split_once("## Wheels").expect("a heading");
    assert_eq!(read(alone).0, ["what-is-a-hub", "what-is-a-rim"]);
    // What it names and the document lacks is told.
    let (cut, _) = text.split_once("2. ###").expect("an item");
    assert_eq!(
        read(cut).1,
        ["not read: line 7, of which 1 looks like a question: 7"]
    );
}

#[test]
fn every_shape_of_a_document_is_read_in_its_order() {
    let text = "# Shop\n\nWords before.\n\n## Wheels\n\n1. ### What is a hub?\n\n   The middle.\n\n### Q2. What is a rim? 🟢\n\nA ring.\n\n### Spokes\n\n#### What holds a spoke?\n\n**Answer:** A nipple.\n\n## People\n\n- Tell me about a quarrel.\n- **Why tea?** It is hot.\n\n## Tools\n\n<details>\n<summary>What is a cotter?</summary>\n\nA wedge.\n\n</details>\n\n| Question | Answer |\n|---|---|\n| Which spanner? | The long one. |\n\n**Q: Who taught you?**\n\nA: My aunt.\n\n## License\n\nAsk us.\n";
    let (ids, remarks) = read(text);
    assert_eq!(
        ids,
        [
            "what-is-a-hub",
            "what-is-a-rim",
            "what-holds-a-spoke",
            "tell-me-about-a-quarrel",
            "why-tea",
            "what-is-a-cotter",
            "which-spanner",
            "who-taught-you"
        ]
    );
    assert_eq!(remarks, ["not read: lines 3, 45"]);
    let (_, made) = made("list.md", text);
    for (id, answer) in [
        ("what-is-a-hub", "The middle."),
        ("what-is-a-rim", "A ring."),
        ("what-holds-a-spoke", "A nipple."),
        ("why-tea", "It is hot."),
        ("what-is-a-cotter", "A wedge."),
        ("which-spanner", "The long one."),
        ("who-taught-you", "My aunt."),
    ] {
        let text = record(&made, Kind::Question, id);
        assert!(text.contains(&format!("text: {answer}\n")), "{text}");
    }
}

#[test]
fn bold_questions_stand_beside_marked_ones() {
    for text in [
        "**What is a hub? 👶**\n\nThe middle.\n\n<br/>\n\n**What is a rim? ⭐️**\n\nA ring.\n\n## Tools\n\n**Q: Name a tool.**\n\nA: A spanner.\n",
        "**Q: Name a tool.**\n\nA: A spanner.\n\n**What is a hub? 👶**\n\nThe middle.\n\n**What is a rim? ⭐️**\n\nA ring.\n",
    ] {
        let (mut ids, remarks) = read(text);
        ids.sort();
        assert_eq!(ids.len(), 3, "{ids:?}");
        assert_eq!(ids[0], "name-a-tool");
        assert!(remarks.is_empty(), "{remarks:?}");
        let (_, made) = made("list.md", text);
        let tool = record(&made, Kind::Question, "name-a-tool");
        assert!(tool.contains("text: A spanner.\n"), "{tool}");
    }
}

#[test]
fn what_stands_outside_all_questions_is_told_by_its_lines() {
    let (ids, remarks) = read(
        "- What is a hub?\n- What is a rim?\n\nA paragraph.\n\n## Wheels\n\nWords. And what is this?\n\n### What is a spoke?\n\nA wire.\n",
    );
    assert_eq!(ids, ["what-is-a-hub", "what-is-a-rim", "what-is-a-spoke"]);
    assert_eq!(
        remarks,
        ["not read: lines 4–8, of which 1 looks like a question: 8"]
    );
}

#[test]
fn different_questions_of_the_same_words_stay_apart() {
    let (_, made) = made(
        "list.md",
        "###### 1. What's the output?\n\n```js\na()\n```\n\n###### 2. What's the output?\n\n```js\nb()\n```\n\n###### 3. And why?\n\nSo.\n",
    );
    assert_eq!(
        ids(&made, Kind::Question),
        ["what-s-the-output-1", "what-s-the-output-2", "and-why"]
    );
    let second = record(&made, Kind::Question, "what-s-the-output-2");
    assert!(
        second.contains("title: What's the output? (2)") && second.contains("b()"),
        "{second}"
    );
    assert!(made.remarks.is_empty(), "{:?}", made.remarks);
}

#[test]
fn questions_without_numbers_are_counted_and_what_is_merged_is_told() {
    let text = "### What is a hub?\n\nThe middle.\n\n### What is a hub?\n\nA place.\n\n### What is a hub?\n\nA place.\n";
    let sources = starter();
    let (_, made) = imported(&sources, "list.md", text);
    assert_eq!(
        ids(&made, Kind::Question),
        ["what-is-a-hub", "what-is-a-hub-2"]
    );
    assert_eq!(
        made.remarks,
        ["list.md:9: merged into the same question at list.md:5: `What is a hub? (2)`"]
    );
    let after = crate::import_shapes::with(&sources, &made);
    let (_, again) = imported(&after, "list.md", text);
    assert_eq!((again.files.len(), again.known.len()), (0, 2));
}

#[test]
fn remarks_name_the_line() {
    let (_, made) = made(
        "list.csv",
        "question,answer\n\n\"Why,\nthen?\",x\n\n,lost\n",
    );
    assert_eq!(
        made.remarks,
        ["list.csv:6: a row without a question is left out"]
    );
}

#[test]
fn ids_have_no_pictures_and_tell_languages_apart() {
    let (_, made) = made(
        "list.txt",
        "What is an index? 🟢\nWhy C++?\nWhy C#?\nWhy C?\nWie grün ist ein cafe\u{301}? ⭐️\nIssue #7?\n",
    );
    assert_eq!(
        ids(&made, Kind::Question),
        [
            "what-is-an-index",
            "why-c-plus-plus",
            "why-c-sharp",
            "why-c",
            "wie-grun-ist-ein-cafe",
            "issue-7"
        ]
    );
}
