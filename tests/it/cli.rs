//! The command line: exit codes, help, scaffolds.

use std::process::Command;

use crate::project::{err, on_disk, out, repository, run, tree, write};

#[test]
fn init_gives_a_handbook_that_builds_anywhere() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(run(folder.path(), &["init", "x"]).status.success());
    let built = run(folder.path(), &["--root", "x", "build"]);
    assert!(built.status.success(), "{}", err(&built));
    assert!(folder.path().join("x/output/index.html").is_file());
    let again = run(folder.path(), &["init", "x"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(err(&again).contains("already exists"), "{}", err(&again));
}

#[test]
fn init_writes_the_file_of_the_host_that_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        ("netlify", "netlify.toml"),
        ("github", ".github/workflows/publish.yml"),
        ("cloudflare", "wrangler.toml"),
        ("none", ""),
    ];
    for (host, wanted) in files {
        let made = run(folder.path(), &["init", host, "--host", host]);
        assert!(made.status.success(), "{}", err(&made));
        for (_, file) in files.iter().filter(|(_, file)| !file.is_empty()) {
            let is_there = folder.path().join(host).join(file).is_file();
            assert_eq!(is_there, *file == wanted, "{host}: {file}");
        }
    }
    assert!(run(folder.path(), &["init", "x"]).status.success());
    assert!(folder.path().join("x/netlify.toml").is_file());
    let unknown = run(folder.path(), &["init", "y", "--host", "netlfy"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(err(&unknown).contains("netlify"), "{}", err(&unknown));
    assert!(!folder.path().join("y").exists());
}

#[test]
fn init_proposes_a_command_that_a_shell_takes() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = run(folder.path(), &["init", "my book"]);
    assert!(
        err(&made).contains("prepbook --root 'my book' serve"),
        "{}",
        err(&made)
    );
}

#[test]
fn new_writes_nothing_where_there_is_no_handbook() {
    let project = on_disk();
    let before = tree(project.path());
    let refused = run(
        project.path(),
        &["--root", "content/questions", "new", "question", "lost"],
    );
    assert_eq!(refused.status.code(), Some(2));
    let told = err(&refused);
    assert!(
        told.contains("no content/handbook.yaml in content/questions; the handbook above it is "),
        "{told}"
    );
    assert_eq!(tree(project.path()), before);
}

#[test]
fn the_files_in_use_are_listed_wherever_they_come_from() {
    let project = on_disk();
    let settings = project.path().join("content/handbook.yaml");
    let text = std::fs::read_to_string(&settings).expect("the settings");
    let themed = text.replacen("site_theme: default", "site_theme: mine", 1);
    write(project.path(), "content/handbook.yaml", themed);
    write(project.path(), "themes/default/templates/guide.html", "x");
    write(project.path(), "themes/mine/templates/foot.html", "x");
    write(project.path(), "themes/mine/assets/own.css", "x");
    let listed = out(&run(project.path(), &["theme", "list"]));
    for line in [
        "templates/guide.html  (replaced by the project)",
        "templates/foot.html  (replaced by the project)",
        "assets/own.css  (added by the project)",
        "templates/home.html",
    ] {
        assert!(listed.lines().any(|one| one == line), "{line}: {listed}");
    }
}

#[test]
fn init_keeps_what_is_there_and_refuses_only_content() {
    let folder = tempfile::tempdir().expect("a folder");
    let mine = [
        "README.md",
        ".gitignore",
        "LICENSE",
        ".git/HEAD",
        "schema/question.schema.json",
    ];
    for path in mine {
        write(folder.path(), path, "mine");
    }
    let made = run(folder.path(), &["init"]);
    assert!(made.status.success(), "{}", err(&made));
    let told = err(&made);
    assert!(
        told.contains("kept what was there: .gitignore, README.md, schema/question.schema.json"),
        "{told}"
    );
    for path in mine {
        let text = std::fs::read_to_string(folder.path().join(path)).expect("my file");
        assert_eq!(text, "mine", "{path}");
    }
    assert!(run(folder.path(), &["check", "--strict"]).status.success());
    let before = tree(folder.path());
    let again = run(folder.path(), &["init"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(
        err(&again).contains("already exists; nothing was written"),
        "{}",
        err(&again)
    );
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn init_has_a_record_of_every_kind() {
    let project = on_disk();
    for kind in prepbook::model::Kind::ALL {
        if !kind.folder().is_empty() {
            let folder = project.path().join("content").join(kind.folder());
            assert!(
                std::fs::read_dir(&folder).is_ok_and(|mut files| files.next().is_some()),
                "no {}",
                kind.name()
            );
        }
    }
}

#[test]
fn new_writes_a_draft_of_every_kind_that_checks() {
    let project = on_disk();
    for kind in prepbook::model::Kind::ALL
        .iter()
        .filter(|kind| !kind.folder().is_empty())
    {
        let made = run(
            project.path(),
            &[
                "new",
                kind.word(),
                "a-new-one",
                "--title",
                "A \"quoted\": title",
            ],
        );
        assert!(made.status.success(), "{}", err(&made));
        let twice = run(project.path(), &["new", kind.word(), "a-new-one"]);
        assert_eq!(twice.status.code(), Some(2));
        let told = err(&twice);
        assert!(
            told.contains("already exists; nothing was written"),
            "{told}"
        );
    }
    let checked = run(project.path(), &["check", "--strict"]);
    assert!(checked.status.success(), "{}", err(&checked));
    // Also as it will be once it is published; and nobody publishes it without a word.
    let published = run(project.path(), &["check", "--drafts"]);
    assert!(published.status.success(), "{}", err(&published));
    let told = err(&published).matches("[still-a-skeleton]").count();
    let kinds = prepbook::model::Kind::ALL.iter();
    let kinds = kinds.filter(|kind| !kind.folder().is_empty()).count();
    assert_eq!(told, kinds, "{}", err(&published));
    assert!(
        err(&run(project.path(), &["new", "qestion", "x"])).contains("did you mean `question`?")
    );
    assert!(
        err(&run(project.path(), &["new", "question", "Hard Call"])).contains("write `hard-call`")
    );
}

#[test]
fn a_new_question_comes_into_the_handbook_that_is_there() {
    let project = on_disk();
    let new = |args: &[&str]| run(project.path(), &[&["new", "question"], args].concat());
    let text = |id: &str| {
        let path = project.path().join(format!("content/questions/{id}.yaml"));
        std::fs::read_to_string(path).expect("the record")
    };
    assert!(new(&["first-look"]).status.success());
    let first = text("first-look");
    assert!(first.contains("\ntheme: across-the-counter # "), "{first}");
    assert!(first.contains("framework: starl # "), "{first}");
    let line = |start: &str| {
        first
            .lines()
            .find(|line| line.starts_with(start))
            .expect("a line")
    };
    assert!(
        line("theme:").ends_with(": across-the-counter, at-the-stand"),
        "{}",
        line("theme:")
    );
    assert!(
        line("related:").contains("not-worth-repairing"),
        "{}",
        line("related:")
    );
    assert!(!first.contains('{') || !first.contains("{ids"), "{first}");
    let chosen = new(&["second-look", "--theme", "at-the-stand"]);
    assert!(chosen.status.success());
    assert!(text("second-look").contains("\ntheme: at-the-stand # "));
    let wrong = new(&["third-look", "--theme", "at-the-stnd"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(
        err(&wrong).contains("did you mean `at-the-stand`?"),
        "{}",
        err(&wrong)
    );
    for id in ["first-look", "second-look"] {
        let path = format!("content/questions/{id}.yaml");
        write(
            project.path(),
            &path,
            text(id).replace("draft: true", "draft: false"),
        );
    }
    let built = run(project.path(), &["build"]);
    assert!(built.status.success(), "{}", err(&built));
}

#[test]
fn a_new_question_needs_no_framework() {
    let project = tempfile::tempdir().expect("a folder");
    write(
        project.path(),
        "content/handbook.yaml",
        "format: 1\ntitle: Cards\ndescription: Cards to turn.\n",
    );
    write(
        project.path(),
        "content/themes/rust.yaml",
        "title: Rust\norder: 1\nsummary: A language.\nevaluates: [Care.]\npreparation: [Read.]\n",
    );
    assert!(
        run(project.path(), &["new", "question", "borrowing"])
            .status
            .success()
    );
    let checked = run(project.path(), &["check", "--drafts"]);
    assert!(checked.status.success(), "{}", err(&checked));
}

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
    let checked = run(project.path(), &["check"]);
    assert_eq!(err(&checked).matches("error[").count(), 50);
    assert!(
        err(&checked).contains("and 130 more errors, 60 warnings (")
            && err(&checked).contains("check failed: 180 errors, 60 warnings"),
        "{}",
        err(&checked)
    );
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
fn theme_files_are_listed_and_ejected_once() {
    let project = on_disk();
    let listed = out(&run(project.path(), &["theme", "list"]));
    assert!(
        listed.lines().any(|line| line == "templates/question.html"),
        "{listed}"
    );
    assert!(
        run(
            project.path(),
            &["theme", "eject", "templates/question.html"]
        )
        .status
        .success()
    );
    assert!(
        project
            .path()
            .join("themes/default/templates/question.html")
            .is_file()
    );
    assert!(
        out(&run(project.path(), &["theme", "list"]))
            .contains("templates/question.html  (replaced by the project)")
    );
    assert_eq!(
        run(
            project.path(),
            &["theme", "eject", "templates/question.html"]
        )
        .status
        .code(),
        Some(2)
    );
    assert!(
        err(&run(
            project.path(),
            &["theme", "eject", "templates/qestion.html"]
        ))
        .contains("did you mean `templates/question.html`?")
    );
}

#[test]
fn ejected_files_that_fell_behind_and_files_that_nobody_reads_are_marked() {
    let project = on_disk();
    let listed = || out(&run(project.path(), &["theme", "list"]));
    let eject = |arguments: &[&str]| {
        let arguments: Vec<&str> = ["theme", "eject"]
            .iter()
            .chain(arguments)
            .copied()
            .collect();
        assert!(run(project.path(), &arguments).status.success());
    };
    eject(&["templates/question.html"]);
    eject(&["assets/site.css"]);
    assert!(!listed().contains("has changed since"), "{}", listed());
    // As if it had been ejected from an older program.
    let note = project.path().join("themes/default/.ejected");
    let text = std::fs::read_to_string(&note).expect("the note");
    let older: String = text
        .lines()
        .map(|line| {
            let (hash, name) = line.split_once(' ').expect("a hash and a name");
            let hash = if name == "templates/question.html" {
                "0123"
            } else {
                hash
            };
            format!("{hash} {name}\n")
        })
        .collect();
    std::fs::write(&note, older).expect("the note");
    write(project.path(), "themes/default/template/foot.html", "x");
    for line in [
        "templates/question.html  (replaced by the project; the built-in one has changed since)",
        "assets/site.css  (replaced by the project)",
        "template/foot.html  (not read: site themes have the folders templates, assets, worker and words)",
    ] {
        assert!(
            listed().lines().any(|one| one == line),
            "{line}: {}",
            listed()
        );
    }
    assert!(run(project.path(), &["build"]).status.success());
    eject(&["--current", "templates/question.html"]);
    assert!(!listed().contains("has changed since"), "{}", listed());
    let absent = run(
        project.path(),
        &["theme", "eject", "--current", "templates/foot.html"],
    );
    assert_eq!(absent.status.code(), Some(2));
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
fn a_site_theme_of_the_project_replaces_single_files() {
    let project = on_disk();
    let settings =
        std::fs::read_to_string(project.path().join("content/handbook.yaml")).expect("settings");
    let settings: String = settings
        .lines()
        .filter(|line| !line.starts_with("site_theme:"))
        .map(|line| format!("{line}\n"))
        .collect();
    write(
        project.path(),
        "content/handbook.yaml",
        format!("{settings}site_theme: mine\n"),
    );
    assert!(err(&run(project.path(), &["check"])).contains("error[unknown-site-theme]"));
    write(
        project.path(),
        "themes/mine/templates/404.html",
        "<!doctype html><title>mine</title>",
    );
    assert!(run(project.path(), &["build"]).status.success());
    assert_eq!(
        std::fs::read(project.path().join("output/404.html")).expect("a page"),
        b"<!doctype html><title>mine</title>"
    );
    assert!(project.path().join("output/index.html").is_file());
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
        assert!(
            err(&strict).contains("warning[unknown-file]"),
            "{}",
            err(&strict)
        );
        assert_eq!(err(&run(project.path(), &["-q", command])), "");
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

#[test]
fn a_site_theme_is_a_plain_name() {
    let project = on_disk();
    let settings =
        std::fs::read_to_string(project.path().join("content/handbook.yaml")).expect("settings");
    let settings = settings.replace("site_theme: default", "site_theme: ../../elsewhere");
    write(project.path(), "content/handbook.yaml", settings);
    assert_eq!(run(project.path(), &["check"]).status.code(), Some(1));
    assert!(
        run(
            project.path(),
            &["theme", "eject", "templates/question.html"]
        )
        .status
        .success()
    );
    assert!(
        project
            .path()
            .join("themes/default/templates/question.html")
            .is_file()
    );
}

#[test]
fn new_refuses_a_title_that_its_own_check_would_refuse() {
    let project = on_disk();
    let before = tree(project.path());
    for title in ["", "  ", "a\u{7f}b", "a\nb\u{1b}"] {
        let refused = run(project.path(), &["new", "question", "x", "--title", title]);
        assert_eq!(refused.status.code(), Some(2), "{title:?}");
        let told = err(&refused);
        assert!(told.contains("the title cannot be used"), "{told}");
    }
    assert_eq!(tree(project.path()), before);
}

#[test]
fn new_folders_stand_below_the_root_that_is_given() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(
        run(folder.path(), &["--root", "a", "init"])
            .status
            .success()
    );
    assert!(
        run(folder.path(), &["--root", "a", "init", "b"])
            .status
            .success()
    );
    assert!(
        run(folder.path(), &["--root", "a/b", "schema"])
            .status
            .success()
    );
    for file in [
        "a/content/handbook.yaml",
        "a/b/content/handbook.yaml",
        "a/b/schema/guide.schema.json",
    ] {
        assert!(folder.path().join(file).is_file(), "{file}");
    }
    let elsewhere = tempfile::tempdir().expect("a folder");
    let whole = elsewhere.path().join("c");
    let whole = whole.to_str().expect("UTF-8");
    assert!(
        run(folder.path(), &["--root", "a", "init", whole])
            .status
            .success()
    );
    assert!(elsewhere.path().join("c/content/handbook.yaml").is_file());
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
            &["check", "--format", "json"][..],
            &["build", "--format", "json"],
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
