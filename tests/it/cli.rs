//! The command line: exit codes, help, scaffolds.

use std::process::Command;

use crate::project::{err, on_disk, out, repository, run, told, tree, write};

#[test]
fn exit_codes_tell_who_is_at_fault() {
    let project = on_disk();
    assert_eq!(run(project.path(), &["check"]).status.code(), Some(0));
    write(project.path(), "content/notes.txt", "x");
    assert_eq!(
        run(project.path(), &["check"]).status.code(),
        Some(0),
        "a warning"
    );
    assert_eq!(
        run(project.path(), &["check", "--strict"]).status.code(),
        Some(1)
    );
    assert_eq!(
        run(project.path(), &["build", "--strict"]).status.code(),
        Some(1)
    );
    write(project.path(), "content/red-flags/bad.yaml", "title: x\n");
    assert_eq!(run(project.path(), &["check"]).status.code(), Some(1));
    assert_eq!(run(project.path(), &["nonsense"]).status.code(), Some(2));
    let nowhere = tempfile::tempdir().expect("a folder");
    let lost = run(nowhere.path(), &["build"]);
    assert_eq!(lost.status.code(), Some(2));
    assert!(err(&lost).contains("prepbook init"), "{}", err(&lost));
    assert_eq!(
        run(nowhere.path(), &["--root", "missing", "build"])
            .status
            .code(),
        Some(2)
    );
}

#[test]
fn findings_as_json_go_to_standard_output() {
    let project = on_disk();
    write(project.path(), "content/red-flags/bad.yaml", "title: x\n");
    let checked = run(project.path(), &["check", "--format", "json"]);
    let lines: Vec<serde_json::Value> = out(&checked)
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(
        |line| line["code"] == "missing-field" && line["file"] == "content/red-flags/bad.yaml"
    ));
}

#[test]
fn findings_are_limited_and_counted_errors_first() {
    let project = on_disk();
    for nth in 0..60 {
        write(
            project.path(),
            &format!("content/a-note-{nth}.txt"),
            "Note.\n",
        );
    }
    for nth in 0..60 {
        write(
            project.path(),
            &format!("content/red-flags/bad-{nth}.yaml"),
            "titel: x\n",
        );
    }
    let checked = out(&run(project.path(), &["check"]));
    assert_eq!(checked.matches("error[").count(), 50);
    assert!(
        checked.contains("and 130 more errors, 60 warnings: 87 missing-field, 60 unknown-file, 43 unknown-field (")
            && checked.contains("check failed: 180 errors, 60 warnings"),
        "{checked}"
    );
}

#[test]
fn findings_are_the_results_of_a_check_and_remarks_of_a_build() {
    let project = on_disk();
    write(project.path(), "content/notes.txt", "x");
    let checked = run(project.path(), &["check"]);
    let found = out(&checked);
    assert!(found.contains("warning[unknown-file]"), "{found}");
    assert!(found.ends_with("1 warning\n"), "{found}");
    assert_eq!(err(&checked), "");
    let built = run(project.path(), &["build"]);
    assert!(err(&built).contains("warning[unknown-file]"));
    assert_eq!(out(&built), "");
    let coloured = out(&run(project.path(), &["check", "--color", "always"]));
    assert!(coloured.contains('\u{1b}') && !found.contains('\u{1b}'));
}

#[cfg(unix)]
#[test]
fn who_reads_no_further_ends_a_command_quietly() {
    let project = on_disk();
    for nth in 0..3000 {
        write(project.path(), &format!("content/a-note-{nth}.txt"), "x");
    }
    let program = env!("CARGO_BIN_EXE_prepbook");
    for command in ["check --max-errors 5000", "list", "explain"] {
        let script = format!("('{program}' {command}; echo \"ended $?\" >&2) | head -n 1");
        let ended = Command::new("sh")
            .args(["-c", &script])
            .current_dir(project.path())
            .output()
            .expect("a shell");
        assert_eq!(err(&ended), "ended 0\n", "{command}");
        assert_eq!(out(&ended).lines().count(), 1, "{command}");
    }
}

#[test]
fn the_handbook_is_found_from_below() {
    let project = on_disk();
    assert!(
        run(&project.path().join("content/questions"), &["check"])
            .status
            .success()
    );
}

#[test]
fn base_url_decides_absolute_addresses() {
    let project = on_disk();
    assert!(
        run(
            project.path(),
            &["build", "--base-url", "https://prep.example.net/book"]
        )
        .status
        .success()
    );
    let files = tree(&project.path().join("output"));
    let text = |name: &str| {
        String::from_utf8_lossy(
            &files
                .iter()
                .find(|(path, _)| path == name)
                .expect("a file")
                .1,
        )
        .into_owned()
    };
    assert!(text("sitemap.xml").contains("<loc>https://prep.example.net/book/questions/</loc>"));
    assert!(text("robots.txt").contains("Sitemap: https://prep.example.net/book/sitemap.xml"));
    assert!(text("404.html").contains("href=\"/book/index.html\""));
    assert!(
        text("index.html")
            .contains("<link rel=\"canonical\" href=\"https://prep.example.net/book/\">")
    );
    assert_eq!(
        run(project.path(), &["build", "--base-url", "ftp://x"])
            .status
            .code(),
        Some(2)
    );
}

#[test]
fn a_build_without_an_address_says_what_it_lacks() {
    let project = on_disk();
    let told = |arguments: &[&str]| err(&run(project.path(), arguments));
    let why = "404.html works only at the root of a host";
    let anywhere = told(&["build"]);
    assert!(
        anywhere.contains(why) && anywhere.contains("base_url"),
        "{anywhere}"
    );
    assert!(!told(&["build", "--base-url", "https://prep.example.net/book"]).contains(why));
    assert_eq!(told(&["-q", "build"]), "");
    let path = "content/handbook.yaml";
    let text = std::fs::read_to_string(project.path().join(path)).expect("the settings");
    write(
        project.path(),
        path,
        format!("{text}\nbase_url: https://prep.example.net/\n"),
    );
    assert!(!told(&["build"]).contains(why));
}

#[test]
fn schemas_are_written_where_the_records_look_for_them() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "book/content/handbook.yaml", "");
    write(folder.path(), "book/content/questions/q.yaml", "");
    let questions = folder.path().join("book/content/questions");
    assert!(run(&questions, &["schema"]).status.success());
    assert!(run(&questions, &["schema", "-o", "here"]).status.success());
    for file in ["schema", "content/questions/here"] {
        let schema = format!("book/{file}/question.schema.json");
        assert!(folder.path().join(&schema).is_file(), "{schema}");
    }
    assert!(!questions.join("schema").exists());
}

#[test]
fn schemas_describe_every_kind_and_say_what_the_files_say() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(run(folder.path(), &["schema"]).status.success());
    assert_eq!(
        std::fs::read_dir(folder.path().join("schema"))
            .expect("the folder")
            .count(),
        prepbook::model::Kind::ALL
            .iter()
            .filter(|kind| !kind.folder().is_empty())
            .count()
            + 1
    );
    let printed = out(&run(folder.path(), &["schema", "question"]));
    let schema: serde_json::Value = serde_json::from_str(&printed).expect("JSON");
    assert_eq!(schema["required"], serde_json::json!(["title", "theme"]));
    assert_eq!(
        schema["properties"]["frequency"]["enum"],
        serde_json::json!(["common", "regular", "occasional"])
    );
    assert_eq!(
        run(folder.path(), &["schema", "nothing"]).status.code(),
        Some(2)
    );
}

#[test]
fn a_handbook_too_long_to_print_says_so() {
    let project = on_disk();
    let questions = |count: usize| {
        for nth in 0..count {
            let text = format!(
                "title: Question {nth}?\ntheme: at-the-stand\nevaluates: [\"See [](theme:across-the-counter), [](company:towpath-repair-club).\"]\n"
            );
            write(
                project.path(),
                &format!("content/questions/number-{nth}.yaml"),
                text,
            );
        }
    };
    let built = |told: &str| {
        let built = run(project.path(), &["build"]);
        assert!(built.status.success(), "{}", err(&built));
        let last = err(&built);
        let last = last.lines().find(|line| line.contains(" pages: "));
        let last = last.expect("a summary");
        assert_eq!(
            last.contains("no print edition, since there are more than 500 questions"),
            told == "none",
            "{last}"
        );
    };
    built("there");
    questions(501);
    built("none");
}

#[test]
fn completions_are_printed() {
    assert!(out(&run(&repository(), &["completions", "bash"])).contains("_prepbook"));
}

#[test]
fn quiet_says_nothing_when_all_is_well() {
    let project = on_disk();
    let built = run(project.path(), &["-q", "build"]);
    assert_eq!((err(&built), out(&built)), (String::new(), String::new()));
}

#[test]
fn what_fails_is_told_even_when_quiet() {
    let project = on_disk();
    write(project.path(), "content/notes.txt", "x");
    for command in ["check", "build"] {
        let strict = run(project.path(), &["-q", command, "--strict"]);
        assert_eq!(strict.status.code(), Some(1));
        let told_of = told(&strict);
        assert!(told_of.contains("warning[unknown-file]"), "{told_of}");
        assert_eq!(told(&run(project.path(), &["-q", command])), "");
    }
}

#[test]
fn a_site_can_only_stand_where_paths_can_be_added() {
    let project = on_disk();
    for address in [
        "https://x/\nDisallow: /",
        "https://x/?q=1#f",
        " https://x ",
        "http:x y",
        "https://u:p@x/a",
        "https://x//evil.example/",
        "ftp://x/",
        "x",
    ] {
        let refused = run(project.path(), &["build", "--base-url", address]);
        assert_eq!(refused.status.code(), Some(2), "{address:?}");
    }
}

#[cfg(target_os = "linux")]
mod full_disk {
    use super::*;

    fn full() -> std::fs::File {
        std::fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .expect("a disk that is always full")
    }

    #[test]
    fn findings_that_cannot_be_written_down_are_no_success() {
        let project = on_disk();
        write(project.path(), "content/notes.txt", "x");
        for arguments in [
            &["check"][..],
            &["check", "--format", "json"],
            &["build", "--format", "json"],
            &["explain"],
            &["theme", "list"],
            &["schema", "guide"],
            &["completions", "bash"],
        ] {
            let lost = Command::new(env!("CARGO_BIN_EXE_prepbook"))
                .args(arguments)
                .current_dir(project.path())
                .stdout(full())
                .output()
                .expect("the program runs");
            assert_eq!(lost.status.code(), Some(2), "{arguments:?}");
            assert!(
                err(&lost).contains("error: standard output: "),
                "{}",
                err(&lost)
            );
        }
    }

    #[test]
    fn exit_codes_hold_when_nothing_can_be_said() {
        let project = on_disk();
        let check = || {
            let status = Command::new(env!("CARGO_BIN_EXE_prepbook"))
                .arg("check")
                .current_dir(project.path())
                .stderr(full())
                .status();
            status.expect("the program runs").code()
        };
        assert_eq!(check(), Some(0));
        write(project.path(), "content/red-flags/bad.yaml", "title: x\n");
        assert_eq!(check(), Some(1));
    }
}
