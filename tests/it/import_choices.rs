//! Lists with choices, shares and names in brackets: what has no field of its own is kept, or told.

use prepbook::import::{Column, columns, read};
use prepbook::kind::Kind;

use crate::import_shapes::{beside_a_handbook, first, ids, imported, made, record, with};
use crate::project::{err, run, starter, write};

const PICTURE: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"/>"#;

#[test]
fn choices_stand_before_the_answer_that_names_one() {
    let said = "- A. a ring\n      - B. the middle\n\n      **B.** the middle\n";
    for (file, text) in [
        (
            "a.csv",
            "question,A,B,C,answer\nA hub?,a ring,the middle,,B\n",
        ),
        (
            "b.csv",
            "Question,Option A,Option B,Correct Answer\nA hub?,a ring,the middle,the middle\n",
        ),
        (
            "c.csv",
            "question,option1,option2,correct_option\nA hub?,a ring,the middle,b\n",
        ),
        (
            "d.csv",
            "question,answer_a,answer_b,answer\nA hub?,a ring,the middle,(B)\n",
        ),
        (
            "e.csv",
            "Frage;Antwortmöglichkeiten;Antwort\nA hub?;a ring|the middle;B\n",
        ),
        (
            "f.json",
            r#"[{"question": "A hub?", "options": ["A) a ring", "B) the middle"], "answer": "B"}]"#,
        ),
        (
            "g.json",
            r#"[{"question": "A hub?", "choices": {"A": "a ring", "B": "the middle"}, "answer": "B"}]"#,
        ),
        (
            "i.csv",
            "question,options,explanation,answer\nA hub?,A) a ring B) the middle,,B\n",
        ),
        (
            "j.json",
            r#"[{"question": "A hub?", "options": ["a ring", "the middle"], "correctIndex": 1}]"#,
        ),
        (
            "h.json",
            r#"[{"question": "A hub?", "options": [{"text": "a ring"}, {"text": "the middle"}], "answer": "B."}]"#,
        ),
    ] {
        let (_, made) = made(file, text);
        assert!(first(&made).contains(said), "{file}: {}", first(&made));
        assert!(made.remarks.is_empty(), "{file}: {:?}", made.remarks);
    }
}

#[test]
fn an_explanation_follows_and_choices_without_an_answer_are_kept() {
    let (_, made) = made(
        "list.csv",
        "question,options,explanation,correct_answer\nA hub?,a ring;the middle,Spokes meet there.,B\nA rim?,a ring;the middle,,\n",
    );
    let hub = first(&made);
    assert!(
        hub.contains("**B.** the middle\n\n      Spokes meet there.\n"),
        "{hub}"
    );
    let rim = record(&made, Kind::Question, "a-rim");
    assert!(
        rim.contains("notes: |\n  A. a ring\n  B. the middle\n"),
        "{rim}"
    );
    assert_eq!(
        made.remarks,
        ["list.csv:3: no answer is among its choices; they are kept in `notes`"]
    );
}

#[test]
fn columns_by_letters_alone_are_choices_only_where_there_are_three() {
    for (head, choices) in [
        ("q,a", 0),
        ("question,a,b", 0),
        ("question,a,b,c", 3),
        ("question,answer 1,answer 2", 0),
    ] {
        let list = read("list.csv", format!("{head}\nWhy?,x,y,z\n").as_bytes()).expect("a list");
        let taken = columns(&list, &[]).expect("columns");
        let found = taken
            .iter()
            .filter(|column| **column == Some(Column::Options));
        assert_eq!(found.count(), choices, "{head}");
    }
}

#[test]
fn a_share_says_how_often_it_is_asked() {
    for (share, word) in [
        ("100%", "common"),
        ("87.5 %", "common"),
        ("\"45,2%\"", "regular"),
        ("3%", "occasional"),
    ] {
        let (_, made) = made("list.csv", format!("question,frequency\nWhy us?,{share}\n"));
        let line = format!("frequency: {word}\n");
        assert!(first(&made).contains(&line), "{share}: {}", first(&made));
    }
    let (_, made) = made("list.csv", "question,frequency\nWhy us?,300%\n");
    assert_eq!(
        made.remarks,
        ["list.csv:2: `300%` is no frequency; it is left out"]
    );
}

#[test]
fn a_company_of_two_names_is_one() {
    let (_, made) = made(
        "list.csv",
        "question,company\nWhy us?,Meta (Facebook)\nWhy now?,Facebook\nWhy here?,meta\nWhy so?,Towpath (Towpath Repair Club)\n",
    );
    assert_eq!(ids(&made, Kind::Company), ["meta"]);
    assert!(record(&made, Kind::Company, "meta").contains("title: Meta (Facebook)\n"));
    for question in ["why-us", "why-now", "why-here"] {
        let text = record(&made, Kind::Question, question);
        assert!(text.contains("company: meta\n"), "{text}");
    }
    assert!(record(&made, Kind::Question, "why-so").contains("company: towpath-repair-club\n"));
    assert_eq!(
        made.remarks,
        ["`Towpath (Towpath Repair Club)` is taken for `towpath-repair-club`"]
    );
}

#[test]
fn fields_of_objects_are_taken_or_told() {
    let (list, made) = imported(
        &starter(),
        "list.json",
        r#"[{"question": "Why us?", "tags": [{"name": "hills", "slug": "h"}], "answer": {"text": "So.", "author": "me"}, "hint": {"first": "Look", "then": "speak"}}]"#,
    );
    let why = first(&made);
    assert!(
        why.contains("tags: [hills]") && why.contains("first: Look"),
        "{why}"
    );
    assert_eq!(
        list.remarks,
        [
            "of `answer`, `text` is taken; `author` is left out",
            "of `tags`, `name` is taken; `slug` is left out"
        ]
    );
    with(&starter(), &made);
}

#[test]
fn pictures_come_from_the_repository_of_the_list_and_from_no_place_above() {
    let project = beside_a_handbook(
        "clone/lists/list.md",
        "### Why?\n\n![Up](../img/up.svg) ![From all](/img/all.svg) ![Out](../../out.svg)\n",
    );
    for path in ["clone/img/up.svg", "clone/img/all.svg", "out.svg"] {
        write(
            project.path(),
            path,
            PICTURE.replace('4', &path.len().to_string()),
        );
    }
    // Without a repository around it, a list shows what is below its own folder.
    for (copied, remarks) in [(0, 3), (2, 1)] {
        let told = err(&run(
            project.path(),
            &["import", "clone/lists/list.md", "--dry-run"],
        ));
        assert_eq!(
            told.matches("is not beside the list or in its repository")
                .count(),
            remarks,
            "{told}"
        );
        assert_eq!(
            told.contains(&format!("{copied} pictures copied")),
            copied > 0,
            "{told}"
        );
        write(project.path(), "clone/.git/HEAD", "ref: refs/heads/main");
    }
}

#[test]
fn every_remark_can_be_read() {
    let rows: String = (0..30)
        .map(|nth| format!("Why {nth}?,hardly {nth}\n"))
        .collect();
    let project = beside_a_handbook("list.csv", &format!("question,difficulty\n{rows}"));
    let told = err(&run(project.path(), &["import", "list.csv", "--dry-run"]));
    assert!(
        told.contains("and 10 more, which `-v` tells") && !told.contains("hardly 29"),
        "{told}"
    );
    let told = err(&run(
        project.path(),
        &["-v", "import", "list.csv", "--dry-run"],
    ));
    assert!(told.contains("hardly 29"), "{told}");
}

/// Marks that open formulas and never close, and such as close at once: each was looked for to the end of the text.
#[test]
fn formulas_take_time_as_their_text_grows() {
    for piece in ["\\\\(", "\\\\( $$ ", "$$x$$ \\\\[ "] {
        let text = |times: usize| {
            format!(
                "question,answer\nWhy?,{}\n",
                piece.repeat(times).replace("\\\\", "\\")
            )
        };
        let took = |text: &str| {
            let started = std::time::Instant::now();
            imported(&starter(), "list.csv", text);
            started.elapsed().as_secs_f64()
        };
        took(&text(100));
        let (small, large) = (took(&text(10_000)), took(&text(80_000)));
        assert!(
            large < 24.0 * small.max(0.02),
            "{piece}: {small} s, {large} s"
        );
    }
}
