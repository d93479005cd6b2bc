//! Tables and JSON: what columns are called and show, decks of cards, encodings, one question of several companies.

use prepbook::import::{Column, columns, read};
use prepbook::kind::Kind;
use prepbook::source::SourcePath;

use crate::import_shapes::{ids, imported, made, record, with};
use crate::project::{put, starter};

/// What the columns of a list are taken for.
fn taken(file: &str, text: &str) -> Vec<Option<Column>> {
    let list = read(file, text.as_bytes()).expect("a list");
    columns(&list, &[]).expect("columns")
}

#[test]
fn headers_in_any_language_case_and_delimiter() {
    use Column::{Answer, Companies, Difficulty, Tags, Theme, Title};
    let all = [Title, Answer, Theme, Companies, Difficulty, Tags].map(Some);
    for header in [
        "Question|Answer|Topic|Company|Difficulty|Tags",
        "QUESTION|ANSWER|CATEGORY|COMPANIES|LEVEL|KEYWORDS",
        "questionText|sample_answer|topic_name|Asked by|Difficulty level|topic tags",
        "Frage|Antwort|Thema|Firma|Schwierigkeit|Schlagwörter",
        "FRAGE|ANTWORT|KATEGORIE|UNTERNEHMEN|SCHWIERIGKEITSGRAD|STICHWÖRTER",
        "Question|Réponse|Thème|Entreprise|Difficulté|Mots-clés",
        "Question|Reponse|Categorie|Societe|Niveau|Etiquettes",
        "Pregunta|Respuesta|Tema|Empresa|Dificultad|Etiquetas",
    ] {
        for separator in [",", ";", "\t", "|"] {
            let row = ["Why, then; or not?", "So.", "Motives", "Acme", "1", "a"];
            let row = row.map(|cell| format!("\"{cell}\"")).join(separator);
            let header = header.replace('|', separator);
            for (before, end) in [("", "\n"), ("\u{feff}", "\r\n")] {
                let text = format!("{before}{header}{end}{row}{end}");
                assert_eq!(taken("list.csv", &text), all, "{text}");
            }
        }
    }
}

#[test]
fn what_a_name_ends_with_is_meant() {
    for (name, column) in [
        ("question id", None),
        ("Question URL", Some(Column::Notes)),
        ("common_follow_ups", Some(Column::FollowUps)),
        ("Follow-up questions", Some(Column::FollowUps)),
        ("expectedPoints", Some(Column::Evaluates)),
        ("Key points", Some(Column::HowToAnswer)),
        ("Notes", Some(Column::Notes)),
        ("Anmerkungen", Some(Column::Notes)),
        ("No.", None),
        ("question type", Some(Column::Theme)),
        ("Type of question", Some(Column::Theme)),
        ("Level of difficulty", Some(Column::Difficulty)),
        ("Job Title", Some(Column::Roles)),
        ("Expected answer", Some(Column::Answer)),
        ("answer hints", Some(Column::HowToAnswer)),
    ] {
        let found = taken("list.csv", &format!("{name},question\nx,Why?\n"));
        assert_eq!(found, [column, Some(Column::Title)], "{name}");
    }
    // Who asks may stand in two.
    assert_eq!(
        taken("list.csv", "Question,Company,Company\nWhy?,Acme,Bolt\n"),
        [
            Some(Column::Title),
            Some(Column::Companies),
            Some(Column::Companies)
        ]
    );
    // The clearer of two names is taken, wherever it stands; words for search may stand in both.
    assert_eq!(
        taken("list.csv", "name,question,skill,keywords\nx,Why?,a,b\n"),
        [
            None,
            Some(Column::Title),
            Some(Column::Tags),
            Some(Column::Tags)
        ]
    );
}

#[test]
fn a_table_without_a_header_is_taken_by_what_it_holds() {
    use Column::{Answer, Difficulty, Theme, Title};
    for (text, found) in [
        (
            "Why us?,Motives\nWhy now?,Motives\nWho are you?,Opening\n",
            vec![Some(Title), Some(Theme)],
        ),
        (
            "Why us?,Since the hills here are long.\nWhy now?,It is spring.\n",
            vec![Some(Title), Some(Answer)],
        ),
        (
            "Motives,Why us?\nMotives,Why now?\n",
            vec![Some(Theme), Some(Title)],
        ),
        (
            "1;Motives;Why us?\n2;Motives;Why now?\n",
            vec![None, Some(Theme), Some(Title)],
        ),
        (
            "Why us?,easy,Motives,I like hills.\nWhy now?,easy,Motives,It is spring.\nWho?,hard,Opening,Me.\n",
            vec![Some(Title), Some(Difficulty), Some(Theme), Some(Answer)],
        ),
        (
            "What is your role?,Opening\nWhat is a name?,Opening\n",
            vec![Some(Title), Some(Theme)],
        ),
        (
            "hub,the middle of a wheel,parts\nrim,the outer ring of a wheel,parts\n",
            vec![Some(Title), Some(Answer), Some(Theme)],
        ),
    ] {
        assert_eq!(taken("list.csv", text), found, "{text}");
    }
    // The author has the last word, by number.
    let list = read("list.csv", b"Why us?,Motives\nWhy now?,Motives\n").expect("a list");
    assert_eq!(
        columns(&list, &["2=answer".to_owned()]),
        Ok(vec![Some(Title), Some(Answer)])
    );
    let named = read("list.csv", b"Question,Notes\nWhy us?,Hills\n").expect("a list");
    assert_eq!(
        columns(&named, &["2=answer".to_owned()]),
        Ok(vec![Some(Title), Some(Answer)])
    );
}

#[test]
fn one_question_of_several_companies_is_one_record() {
    let text = "Company,Question,Topic,Answer,Tags\nAcme,Why us?,Motives,Hills.,a\nBolt & Co,why us,Motives,,\"a, b\"\nAcme,Why us?,People,Tea.,\nn/a,Who?,Motives,,\nany,How?,Motives,,\n";
    let sources = starter();
    let (_, made) = imported(&sources, "list.csv", text);
    assert_eq!(ids(&made, Kind::Question), ["why-us", "who", "how"]);
    assert_eq!(ids(&made, Kind::Company), ["acme", "bolt-co"]);
    let why = record(&made, Kind::Question, "why-us");
    assert!(
        why.contains("companies:\n  - company: acme\n    editorial: true\n  - company: bolt-co\n    editorial: true\n"),
        "{why}"
    );
    assert!(
        why.contains("text: Hills.\n  - id: answer-2\n    text: Tea.\n"),
        "{why}"
    );
    assert!(why.contains("tags: [a, b]"), "{why}");
    assert_eq!(
        made.remarks,
        [
            "list.csv:3: merged into the same question at list.csv:2: `why us`",
            "list.csv:4: merged into the same question at list.csv:2: `Why us?`",
            "list.csv:4: `Why us?` stands under two themes; it is put under `Motives`, not `People`"
        ]
    );
    let after = with(&sources, &made);
    let (_, again) = imported(&after, "list.csv", text);
    assert_eq!((again.files.len(), again.known.len()), (0, 3));
    assert!(again.remarks.is_empty(), "{:?}", again.remarks);
    // Nothing is written over: who else asks is told.
    let (_, more) = imported(
        &after,
        "more.csv",
        "question,company\nWhy us?,Cogs\nWhy us?,acme\n",
    );
    assert!(more.files.is_empty());
    assert_eq!(
        more.remarks,
        ["more.csv:2: `why-us` is there already and stays as it is; by the list Cogs asks it, too"]
    );
}

#[test]
fn what_a_list_names_is_made_and_waits_to_be_written() {
    let sources = starter();
    let (_, made) = imported(
        &sources,
        "list.csv",
        "question,topic,company,follow-up\nWhy us?,Motives,Acme,Why now?\n",
    );
    let after = with(&sources, &made);
    // A check tells of what is to be written; readers see nothing in its place.
    for (path, bytes) in crate::project::site(&after).iter() {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("To be written"), "{}", path.as_str());
    }
    let found = crate::project::build(&after).found;
    let told: Vec<String> = found
        .iter()
        .filter(|one| one.code == prepbook::diagnostic::Code::StillASkeleton)
        .map(|one| one.place.path.to_string())
        .collect();
    assert_eq!(
        told,
        [
            "content/companies/acme.yaml",
            "content/questions/why-us.yaml",
            "content/themes/motives.yaml"
        ]
    );
    let mut written = after;
    for (path, text) in &made.files {
        if text.contains("To be written: ") {
            put(
                &mut written,
                path.as_str(),
                &text.replace("To be written: ", "It is "),
            );
        }
    }
    let found = crate::project::build(&written).found;
    let is_left = found
        .iter()
        .any(|one| one.code == prepbook::diagnostic::Code::StillASkeleton);
    assert!(!is_left);
    assert!(
        written
            .get(&SourcePath::new("content/themes/motives.yaml"))
            .is_some()
    );
}

#[test]
fn a_deck_tells_of_itself() {
    let (shape, made) = made(
        "deck.txt",
        "#separator:Comma\n#html:true\n#deck:Shop::The_Stand\n#tags:own\n#columns:Front,Back,Tags\nWhat is a <i>hub</i>?,\"The middle.<br>Of&nbsp;a wheel<ol><li>one</li><li>two</li></ol><pre>a &lt; b</pre>\",wheel parts::inner_ones\nWhat is a rim?,\"<a href=\"\"https://example.org/?a=1&amp;b=2\"\">A ring</a>\",\n",
    );
    assert_eq!(shape, "a deck of cards");
    let hub = record(&made, Kind::Question, "what-is-a-hub");
    assert!(hub.contains("theme: general"), "{hub}");
    assert!(
        hub.contains("tags: [wheel, parts, inner ones, own]"),
        "{hub}"
    );
    assert!(
        hub.contains("The middle.\n      Of a wheel\n\n      1. one\n      2. two\n\n      ```\n      a < b\n      ```\n"),
        "{hub}"
    );
    let rim = record(&made, Kind::Question, "what-is-a-rim");
    assert!(
        rim.contains("[A ring](https://example.org/?a=1&b=2)"),
        "{rim}"
    );
    let list = read("deck.txt", b"#deck:Shop::The_Stand\nWhy?\tSo.\n").expect("a deck");
    assert_eq!(list.title.as_deref(), Some("The Stand"));
}

#[test]
fn decks_by_column_are_themes() {
    let (_, made) = made(
        "deck.txt",
        "#separator:tab\n#html:false\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\nx1\tBasic\tShop::Wheels\tWhat is bold?\tBold <br> type\ta b\nx2\tBasic\tDefault\tWhat is a rim?\tA ring\t\n",
    );
    let bold = record(&made, Kind::Question, "what-is-bold");
    assert!(
        bold.contains("theme: wheels") && bold.contains("tags: [a, b]"),
        "{bold}"
    );
    assert!(bold.contains("text: Bold <br> type"), "{bold}");
    assert!(record(&made, Kind::Question, "what-is-a-rim").contains("theme: general"));
}

#[test]
fn cards_with_semicolons_and_without_a_head() {
    let (shape, made) = made(
        "cards.txt",
        "Hub; the middle of a wheel, with bearings; wheels\n\nWhat is a rim?; the ring; wheels\n\n`this` key; // none; keys\n",
    );
    assert_eq!(shape, "a table");
    assert_eq!(ids(&made, Kind::Theme), ["wheels", "keys"]);
    assert!(
        record(&made, Kind::Question, "hub").contains("text: the middle of a wheel, with bearings")
    );
}

#[test]
fn tables_in_the_encoding_of_a_system() {
    let text = "Frage;Antwort\nWarum Müller?;Größe\n";
    let latin: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).expect("Latin 1"))
        .collect();
    let wide: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    for (bytes, remarks) in [(latin, 1), (wide, 0)] {
        let (list, made) = imported(&starter(), "list.csv", &bytes);
        assert_eq!(list.remarks.len(), remarks);
        assert!(record(&made, Kind::Question, "warum-muller").contains("text: Größe"));
    }
}

#[test]
fn what_stands_beyond_the_last_column_is_not_lost() {
    let (list, made) = imported(
        &starter(),
        "list.csv",
        "question,answer\nWhy?,Hills, mostly, and tea,,\nHow?,So.,,\n",
    );
    assert!(record(&made, Kind::Question, "why").contains("text: Hills, mostly, and tea"));
    assert!(record(&made, Kind::Question, "how").contains("text: So."));
    assert_eq!(list.remarks.len(), 1, "{:?}", list.remarks);
    let (_, one) = made_of_one_column();
    assert_eq!(ids(&one, Kind::Question), ["why-then", "and-how"]);
}

fn made_of_one_column() -> (String, prepbook::import::Import) {
    made("list.csv", "Question\nWhy, then?\nAnd; how?\n")
}

#[test]
fn notes_links_and_follow_ups_are_kept() {
    let (_, table) = made(
        "list.csv",
        "Question,Link,Notes,Follow-ups\nWhy?,https://example.org/1,\"Ask: slowly,\nthen again\",How so? And why now?\nHow?,-,,\n",
    );
    let why = record(&table, Kind::Question, "why");
    for kept in [
        "notes: |\n  Link: https://example.org/1\n  Ask: slowly,\n  then again\n",
        "follow_ups:\n  - ask: How so?\n    handle: \"To be written: how to hold up\"\n  - ask: And why now?\n",
    ] {
        assert!(why.contains(kept), "{why}");
    }
    let how = record(&table, Kind::Question, "how");
    assert!(
        !how.contains("notes:") && !how.contains("follow_ups:"),
        "{how}"
    );
    let (_, objects) = made(
        "list.json",
        r#"[{"question": "Why?", "common_follow_ups": ["How so?", "Why now?"], "expectedPoints": ["Care", "Calm"], "source": "A book"}]"#,
    );
    let why = record(&objects, Kind::Question, "why");
    for kept in [
        "- ask: How so?\n",
        "- ask: Why now?\n",
        "evaluates:\n  - Care\n  - Calm\n",
        "notes: \"source: A book\"\n",
    ] {
        assert!(why.contains(kept), "{why}");
    }
}

#[test]
fn json_by_groups() {
    for text in [
        r#"[{"category": "Design", "questions": ["Why?", {"question": "How?", "tips": ["Short", "True"]}]}, {"category": "People", "questions": ["Who?"]}]"#,
        r#"{"version": 2, "sections": [{"name": "Design", "items": [{"text": "Why?"}, {"text": "How?", "tips": ["Short", "True"]}]}, {"name": "People", "items": [{"text": "Who?"}]}]}"#,
        r#"{"data": {"Design": ["Why?", {"q": "How?", "hint": "Short\nTrue"}], "People": ["Who?"]}}"#,
    ] {
        let (_, made) = made("list.json", text);
        assert_eq!(ids(&made, Kind::Question), ["why", "how", "who"], "{text}");
        assert_eq!(ids(&made, Kind::Theme), ["design", "people"], "{text}");
        let how = record(&made, Kind::Question, "how");
        assert!(
            how.contains("how_to_answer:\n  - Short\n  - \"True\"\n"),
            "{text}: {how}"
        );
    }
    let (_, made) = made(
        "list.json",
        r#"{"Mechanic": {"hr": ["Who?"], "tools": ["Which?"]}, "Clerk": {"hr": ["Who?"]}}"#,
    );
    assert_eq!(ids(&made, Kind::Theme), ["hr", "tools"]);
    assert!(record(&made, Kind::Question, "who").contains("tags: [Clerk, Mechanic]"));
}

#[test]
fn json_of_questions_with_their_answers() {
    let (_, pairs) = made("list.json", r#"{"Why?": "So.", "How?": "Thus."}"#);
    assert!(record(&pairs, Kind::Question, "why").contains("text: So."));
    let (_, lines) = made(
        "list.jsonl",
        "{\"q\": \"Why?\", \"a\": \"So.\"}\n\n{\"q\": \"How?\"}\n",
    );
    assert_eq!(ids(&lines, Kind::Question), ["why", "how"]);
    let (_, parts) = made(
        "list.json",
        r#"[{"question": "Why?", "answer": {"action": "B", "situation": "A"}}, {"question": "How?", "answer": ["One", "Two"]}]"#,
    );
    let why = record(&parts, Kind::Question, "why");
    assert!(
        why.contains("**situation:** A\n\n      **action:** B\n"),
        "{why}"
    );
    assert!(record(&parts, Kind::Question, "how").contains("- One\n      - Two\n"));
}
