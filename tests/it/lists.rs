//! Lists of records, explanations of codes, what shells and editors complete.

use std::process::Command;

use prepbook::diagnostic::Code;

use crate::project::{err, on_disk, out, repository, run, starter, write};

#[test]
fn records_are_listed_by_kind_for_people_and_programs() {
    let project = on_disk();
    let all = out(&run(project.path(), &["list"]));
    for word in ["question", "theme", "principle", "source"] {
        assert!(all.lines().any(|line| line.starts_with(word)), "{all}");
    }
    let themes = out(&run(project.path(), &["list", "theme"]));
    assert_eq!(themes.lines().count(), 2, "{themes}");
    let json = out(&run(project.path(), &["list", "theme", "--format", "json"]));
    let rows: Vec<serde_json::Value> = json
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().any(
        |row| row["id"] == "at-the-stand" && row["file"] == "content/themes/at-the-stand.yaml"
    ));
    let table = out(&run(
        project.path(),
        &["list", "question", "--format", "csv"],
    ));
    assert!(table.starts_with("kind,id,title,draft,file\n"), "{table}");
    assert!(
        table.contains("\"A rider says that the bicycle creaks, and"),
        "{table}"
    );
}

#[test]
fn what_lacks_a_field_is_listed() {
    let project = on_disk();
    let question = |name: &str, rest: &str| {
        let text =
            format!("title: {name}\ntheme: at-the-stand\nevaluates: [x]\ndraft: true\n{rest}");
        write(
            project.path(),
            &format!("content/questions/{name}.yaml"),
            text,
        );
    };
    question("bare", "");
    question("empty", "tags: []\n");
    question("tagged", "tags: [a]\n");
    let told = out(&run(project.path(), &["list", "--missing", "tags"]));
    let ids: Vec<&str> = told
        .lines()
        .filter_map(|line| line.split_whitespace().nth(1))
        .collect();
    assert_eq!(ids, ["bare", "empty"], "{told}");
    assert!(told.contains("(draft)"), "{told}");
    let principles = out(&run(
        project.path(),
        &["list", "principle", "--missing", "aliases"],
    ));
    assert!(
        principles.contains("lantern-street-cycles/"),
        "{principles}"
    );
    let unknown = run(project.path(), &["list", "question", "--missing", "tag"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(
        err(&unknown).contains("did you mean `tags`?"),
        "{}",
        err(&unknown)
    );
    assert!(err(&run(project.path(), &["list", "questoin"])).contains("did you mean `question`?"));
}

#[test]
fn a_record_that_cannot_be_read_is_told() {
    let project = on_disk();
    write(
        project.path(),
        "content/red-flags/broken.yaml",
        "title: [\n",
    );
    let listed = run(project.path(), &["list", "red-flag"]);
    assert_eq!(listed.status.code(), Some(1));
    assert!(
        err(&listed).contains("not listed: `content/red-flags/broken.yaml`"),
        "{}",
        err(&listed)
    );
}

#[test]
fn every_code_is_explained() {
    let folder = tempfile::tempdir().expect("a folder");
    for code in Code::ALL {
        let told = run(folder.path(), &["explain", code.word()]);
        assert!(told.status.success(), "{code}");
        let text = out(&told);
        assert!(
            text.starts_with(&format!("{code}\n\n{}\n", code.meaning())),
            "{text}"
        );
        assert!(!text.contains("```") && !text.contains('\u{1b}'), "{text}");
    }
    let printed = out(&run(folder.path(), &["explain", "error[unknown-theme]"]));
    assert!(
        printed.contains("    error[unknown-theme]: no theme has the id"),
        "{printed}"
    );
    let unknown = run(folder.path(), &["explain", "unknown-them"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(
        err(&unknown).contains("did you mean `unknown-theme`?"),
        "{}",
        err(&unknown)
    );
}

#[test]
fn the_pages_of_codes_come_with_the_package() {
    let listed = Command::new(env!("CARGO"))
        .args(["package", "--list", "--allow-dirty", "--offline"])
        .current_dir(repository())
        .output()
        .expect("cargo runs");
    let files = out(&listed);
    assert!(
        files
            .lines()
            .any(|line| line == "tests/diagnostics/unknown-theme.md"),
        "{files}{}",
        err(&listed)
    );
    assert!(
        !files.lines().any(|line| line.starts_with("tests/it/")),
        "{files}"
    );
}

#[test]
fn schemas_know_the_ids_of_their_handbook() {
    let project = on_disk();
    assert!(run(project.path(), &["schema"]).status.success());
    let schema = |name: &str| -> serde_json::Value {
        let path = project.path().join(format!("schema/{name}.schema.json"));
        serde_json::from_str(&std::fs::read_to_string(path).expect("a schema")).expect("JSON")
    };
    let question = schema("question");
    let theme = &question["properties"]["theme"];
    assert_eq!(theme["$ref"], "#/$defs/theme");
    let themes = &question["$defs"]["theme"]["anyOf"][0]["enum"];
    assert_eq!(
        themes,
        &serde_json::json!(["across-the-counter", "at-the-stand"])
    );
    let rules = question["properties"]["answers"]["items"]["allOf"]
        .as_array()
        .expect("rules");
    let rule = rules
        .iter()
        .find(|rule| rule["if"]["properties"]["framework"]["const"] == "starl");
    let parts = &rule.expect("a rule a framework")["then"]["properties"]["parts"]["properties"];
    assert!(parts.get("lesson").is_some(), "{parts}");
    let any = &schema("guide")["$defs"]["any"]["anyOf"][0]["enum"];
    assert!(
        any.as_array()
            .expect("references")
            .contains(&"question:creaking-bicycle".into()),
        "{any}"
    );
    // A record that is new is known at once.
    assert!(
        run(project.path(), &["new", "theme", "on-the-road"])
            .status
            .success()
    );
    assert!(
        schema("question")["$defs"]["theme"]["anyOf"][0]["enum"]
            .as_array()
            .expect("ids")
            .contains(&"on-the-road".into())
    );
    assert!(
        run(
            project.path(),
            &["rename", "theme", "on-the-road", "outside"]
        )
        .status
        .success()
    );
    assert!(
        schema("question")["$defs"]["theme"]["anyOf"][0]["enum"]
            .as_array()
            .expect("ids")
            .contains(&"outside".into())
    );
}

#[test]
fn every_record_of_the_starter_names_its_schema() {
    let sources = starter();
    for (path, source) in sources.below("content/") {
        let kind = prepbook::parse::kind_and_id(path).map_or("handbook", |(kind, _)| kind.word());
        let line = usize::from(path.extension() == "md");
        let line = source.text().lines().nth(line).expect("a line");
        let up = if kind == "handbook" { "../" } else { "../../" };
        assert_eq!(
            line,
            format!("# yaml-language-server: $schema={up}schema/{kind}.schema.json"),
            "{path}"
        );
    }
    for kind in prepbook::kind::Kind::ALL {
        if let Some(text) =
            prepbook::starter::skeleton(*kind, "T", &prepbook::starter::Surroundings::default())
        {
            let known = format!(
                "# yaml-language-server: $schema=../../schema/{}.schema.json\n",
                kind.word()
            );
            assert!(text.contains(&known), "{text}");
        }
    }
}

#[test]
fn shells_complete_kinds_codes_and_theme_files() {
    let script = out(&run(&repository(), &["completions", "bash"]));
    for word in ["cheat-sheet", "unknown-theme", "templates/question.html"] {
        assert!(script.contains(word), "{word}");
    }
}

#[test]
fn new_says_where_principles_stand() {
    let project = on_disk();
    let told = run(
        project.path(),
        &["new", "principle", "lantern-street-cycles/tidy"],
    );
    assert_eq!(told.status.code(), Some(2));
    assert!(
        err(&told)
            .contains("add it to `principles:` in content/companies/lantern-street-cycles.yaml"),
        "{}",
        err(&told)
    );
}

#[test]
fn all_codes_are_listed_a_line_each() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = out(&run(folder.path(), &["explain"]));
    let codes: Vec<&str> = told
        .lines()
        .filter_map(|line| line.split_whitespace().nth(1))
        .collect();
    let known: Vec<&str> = Code::ALL.iter().map(|code| code.word()).collect();
    assert_eq!(codes, known);
}

#[test]
fn a_long_page_is_told_with_its_first_examples() {
    let folder = tempfile::tempdir().expect("a folder");
    let short = out(&run(folder.path(), &["explain", "yaml-syntax"]));
    let whole = out(&run(folder.path(), &["explain", "yaml-syntax", "--all"]));
    let first = short.find("A colon in plain text").expect("the commonest");
    assert!(first < short.find("A tab in the indentation").expect("another"));
    assert!(short.lines().count() * 3 < whole.lines().count());
    assert!(short.contains("- A comma that is missing\n"), "{short}");
    assert!(
        short.contains("`prepbook explain yaml-syntax --all`"),
        "{short}"
    );
    assert!(!whole.contains("--all"), "{whole}");
}
