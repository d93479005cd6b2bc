//! Lists in texts: marks before questions and answers, items in items, bold questions, plain lines.

use prepbook::import::{Import, read};
use prepbook::kind::Kind;

use crate::import_shapes::{ids, made, record};

/// What is made of a list that is read as questions and answers with marks.
fn marked(file: &str, text: &str) -> Import {
    let (shape, made) = made(file, text);
    assert_eq!(shape, "questions and answers with marks", "{text}");
    made
}

fn question<'a>(made: &'a Import, id: &str) -> &'a str {
    record(made, Kind::Question, id)
}

#[test]
fn every_spelling_of_a_mark_is_one() {
    for (question_mark, answer_mark) in [
        ("Q:", "A:"),
        ("Q.", "A."),
        ("Q1:", "A1:"),
        ("Q1.", "A:"),
        ("Q 1)", "A:"),
        ("q:", "a:"),
        ("Question:", "Answer:"),
        ("Question 1:", "Answer 1:"),
        ("**Q:**", "**A:**"),
        ("**Q**:", "**A**:"),
        ("**Question 1.**", "**Answer:**"),
        ("- Q:", "  A:"),
        ("1. Q:", "   A:"),
        ("> Q:", "> A:"),
        ("### Q:", "**A:**"),
        ("### **Q1:**", "**Sample answer:**"),
        ("Q:", "Ans:"),
        ("Frage:", "Antwort:"),
        ("Frage 1:", "Antwort:"),
        ("F:", "A:"),
        ("Question :", "Réponse :"),
        ("Pregunta:", "Respuesta:"),
    ] {
        let text = format!(
            "{question_mark} Why us?\n{answer_mark} Because of the hills.\n\n{question_mark} And why now?\n{answer_mark} It is spring.\n"
        );
        for file in ["list.md", "list.txt"] {
            let list = read(file, text.as_bytes()).unwrap_or_else(|why| panic!("{text}: {why}"));
            let rows = [
                ["Why us?", "Because of the hills."],
                ["And why now?", "It is spring."],
            ];
            assert_eq!(list.columns, ["question", "answer"], "{text}");
            assert_eq!(list.rows, rows, "{text}");
        }
    }
}

#[test]
fn a_bold_question_ends_where_its_type_does() {
    let made = marked(
        "list.md",
        "# Workshop\n\n## Brakes\n\n**Q: Why do they squeal?** Dust, mostly: wipe the rim.\n\n**Q: How do you bleed them?**\nWith a syringe.\nSlowly.\n\n## People\n\n**Q: Tell me about a quarrel.**\n\n**A:** Once.\n\n- twice\n\n```sh\nQ: no question\n```\n\n---\n",
    );
    assert_eq!(ids(&made, Kind::Theme), ["brakes", "people"]);
    assert_eq!(
        ids(&made, Kind::Question),
        [
            "why-do-they-squeal",
            "how-do-you-bleed-them",
            "tell-me-about-a-quarrel"
        ]
    );
    assert!(question(&made, "why-do-they-squeal").contains("\"Dust, mostly: wipe the rim.\""));
    assert!(question(&made, "how-do-you-bleed-them").contains("With a syringe.\n      Slowly.\n"));
    let quarrel = question(&made, "tell-me-about-a-quarrel");
    assert!(
        quarrel.contains("Once.\n\n      - twice\n\n      ```sh\n      Q: no question\n"),
        "{quarrel}"
    );
    assert!(!quarrel.contains("---"), "{quarrel}");
}

#[test]
fn questions_and_answers_go_on_in_the_next_line() {
    let made = marked(
        "list.txt",
        "Q: Why do you want\nthis job?\nA: For the bicycles.\nAnd the tea.\n\nIn that order.\n\nQ: What is your weakness?\\\nA: Tea.\n\nQ: And your strength?\nA:\n",
    );
    let why = question(&made, "why-do-you-want-this-job");
    assert!(
        why.contains("For the bicycles.\n      And the tea.\n\n      In that order.\n"),
        "{why}"
    );
    assert!(question(&made, "what-is-your-weakness").contains("text: Tea."));
    assert!(!question(&made, "and-your-strength").contains("answers:"));
}

#[test]
fn headings_in_answers_stay_and_headings_above_are_themes() {
    let made = marked(
        "list.md",
        "# Prep\n\n## 1\u{fe0f}\u{20e3} The shop\n\n### **Q: Tell me about your shop.**\n\n**Good answer:**\n\n> Small.\n\n#### Points\n\n- tidy\n\n### Q: Why there?\n**A:** The light.\n\n## You\n\n### Who are you?\n\n**Q: Who are you?**\n\n**A:** Me.\n",
    );
    assert_eq!(ids(&made, Kind::Theme), ["the-shop", "you"]);
    assert_eq!(
        ids(&made, Kind::Question),
        ["tell-me-about-your-shop", "why-there", "who-are-you"]
    );
    let shop = question(&made, "tell-me-about-your-shop");
    assert!(
        shop.contains("> Small.\n\n      #### Points\n\n      - tidy\n"),
        "{shop}"
    );
    assert!(question(&made, "who-are-you").contains("text: Me"));
}

#[test]
fn marks_in_lists() {
    let made = marked(
        "list.md",
        "- **Q: Who taught you?**\n  - **They test:** thanks.\n  - **Answer to say:**\n    - My aunt.\n    - And her dog.\n- **Q: Whom do you teach?**\n  - **Answer to say:** Nobody.\n",
    );
    let who = question(&made, "who-taught-you");
    assert!(who.contains("- My aunt.\n      - And her dog.\n"), "{who}");
    assert!(question(&made, "whom-do-you-teach").contains("text: Nobody."));
}

#[test]
fn the_options_of_a_choice_are_no_answers() {
    let made = marked(
        "list.md",
        "**Q1. Which turns left?**\n\nA) A pedal\n\nB) A nut\n\n**Q2. Which turns right?**\n\nA) A wheel\n\nB) A key\n",
    );
    let left = question(&made, "which-turns-left");
    assert!(left.contains("A) A pedal\n\n      B) A nut\n"), "{left}");
}

#[test]
fn items_in_items_and_bold_questions() {
    let (shape, made) = made(
        "list.md",
        "---\ntitle: My bank\ntags: [x]\n---\n- Leadership\n  - When did you lead?\n  - Tell me about a quarrel.\n- Tools\n  1. What is a spanner?\n     - A tool.\n  2. **What is a `Vec<T>`?** A row of things.\n- **Why steel?**: It bends.\n- Why tea?\n",
    );
    assert_eq!(shape, "a list, with headings as themes");
    assert_eq!(ids(&made, Kind::Theme), ["leadership", "tools", "general"]);
    assert_eq!(
        ids(&made, Kind::Question),
        [
            "when-did-you-lead",
            "tell-me-about-a-quarrel",
            "what-is-a-spanner",
            "what-is-a-vec-t",
            "why-steel",
            "why-tea"
        ]
    );
    assert!(question(&made, "what-is-a-spanner").contains("text: \"- A tool.\""));
    assert!(question(&made, "what-is-a-vec-t").contains("title: What is a Vec<T>?"));
    assert!(question(&made, "why-steel").contains("text: It bends."));
}

#[test]
fn paragraphs_that_begin_with_a_bold_question() {
    let (_, made) = made(
        "list.md",
        "# Shop\n\n**Why chalk?** It shows.\n\n**Why oil?**\nIt runs.\n\nFar.\n",
    );
    assert!(question(&made, "why-chalk").contains("text: It shows."));
    assert!(question(&made, "why-oil").contains("It runs.\n\n      Far.\n"));
}

#[test]
fn plain_lines() {
    let (shape, made) = made(
        "list.txt",
        "For the shop\n\nTools:\nWhich spanner do you like?\n  Why that one?\nWhat is a cotter?\n\tA wedge.\n\tOld.\n\nPeople:\nWho taught you?\n",
    );
    assert_eq!(shape, "a question a line");
    assert_eq!(ids(&made, Kind::Theme), ["tools", "people"]);
    assert_eq!(
        ids(&made, Kind::Question),
        [
            "which-spanner-do-you-like-why-that-one",
            "what-is-a-cotter",
            "who-taught-you"
        ]
    );
    assert!(question(&made, "what-is-a-cotter").contains("A wedge.\n      Old.\n"));
}

#[test]
fn a_numbered_text() {
    let (_, made) = made(
        "list.txt",
        "1) how does a hub work and what is different in others, like\nold ones?\n\n2) what is a freewheel\n3) what is a chain and all of its parts\n",
    );
    assert_eq!(
        ids(&made, Kind::Question),
        [
            "how-does-a-hub-work-and-what-is-different-in-others-like",
            "what-is-a-freewheel",
            "what-is-a-chain-and-all-of-its-parts"
        ]
    );
}

#[test]
fn names_with_underscores_are_no_bold_type() {
    let (_, made) = made(
        "list.csv",
        "question,answer\nWhat is __init__ for?,\"__init__() begins, `__new__` makes.\"\n",
    );
    let text = question(&made, "what-is-init-for");
    assert!(text.contains("title: What is __init__ for?"), "{text}");
    assert!(
        text.contains("\\_\\_init\\_\\_() begins, `__new__` makes."),
        "{text}"
    );
}

#[test]
fn items_below_a_question_that_ask_come_after_it() {
    let (_, made) = made(
        "list.md",
        "- What was your hardest bug?\n  - A race.\n  - How did you find it?\n- Why tea?\n\n  It is hot:\n\n  - or is it?\n",
    );
    let bug = question(&made, "what-was-your-hardest-bug");
    assert!(
        bug.contains("text: \"- A race.\"") && bug.contains("- ask: How did you find it?\n"),
        "{bug}"
    );
    let tea = question(&made, "why-tea");
    assert!(
        tea.contains("- or is it?") && !tea.contains("ask:"),
        "{tea}"
    );
}
