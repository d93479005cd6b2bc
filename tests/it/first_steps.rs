//! `init` and `new`: what an author begins with.

use crate::project::{err, on_disk, run, told, tree, write};

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
fn init_adds_the_file_of_a_host_to_a_handbook_that_is_there() {
    let project = on_disk();
    let before = tree(project.path());
    for (host, file) in [
        ("github", ".github/workflows/publish.yml"),
        ("cloudflare", "wrangler.toml"),
    ] {
        let added = run(project.path(), &["init", "--host", host]);
        assert!(added.status.success(), "{}", err(&added));
        assert!(err(&added).contains(file), "{}", err(&added));
        assert!(project.path().join(file).is_file(), "{host}");
    }
    // It has these and what was there, and nothing else.
    assert_eq!(tree(project.path()).len(), before.len() + 2);
    for (path, bytes) in &before {
        let now = std::fs::read(project.path().join(path)).expect("it is still there");
        assert_eq!(&now, bytes, "{path}");
    }
    write(project.path(), "wrangler.toml", "name = \"mine\"\n");
    let before = tree(project.path());
    let again = run(project.path(), &["init", "--host", "cloudflare"]);
    assert!(again.status.success(), "{}", err(&again));
    assert!(
        err(&again).contains("kept what was there: wrangler.toml"),
        "{}",
        err(&again)
    );
    assert!(
        run(project.path(), &["init", "--host", "none"])
            .status
            .success()
    );
    // Who names no host wants a handbook, and is told how to get the file alone.
    let refused = run(project.path(), &["init"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(err(&refused).contains("init --host"), "{}", err(&refused));
    assert_eq!(tree(project.path()), before);
}

#[test]
fn init_says_where_a_host_looks_for_its_file() {
    let repository = tempfile::tempdir().expect("a folder");
    write(repository.path(), ".git/HEAD", "x");
    let made = run(
        repository.path(),
        &["init", "docs/book", "--host", "github"],
    );
    let told = err(&made);
    assert!(
        told.contains("--root docs/book") && told.contains("the repository's root"),
        "{told}"
    );
    let at_the_root = run(repository.path(), &["init", "--host", "github"]);
    assert!(
        !err(&at_the_root).contains("--root docs"),
        "{}",
        err(&at_the_root)
    );
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
    assert!(checked.status.success(), "{}", told(&checked));
    // Also as it will be once it is published; and nobody publishes it without a word.
    let published = run(project.path(), &["check", "--drafts"]);
    assert!(published.status.success(), "{}", told(&published));
    let skeletons = told(&published).matches("[still-a-skeleton]").count();
    let kinds = prepbook::model::Kind::ALL.iter();
    let kinds = kinds.filter(|kind| !kind.folder().is_empty()).count();
    assert_eq!(skeletons, kinds, "{}", told(&published));
    assert!(
        !told(&published).contains("[cut-text]"),
        "{}",
        told(&published)
    );
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
        line("theme:").ends_with("; there are across-the-counter, at-the-stand"),
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
    assert!(checked.status.success(), "{}", told(&checked));
    let formatted = run(project.path(), &["fmt", "--check", "content/questions"]);
    assert!(formatted.status.success(), "{}", err(&formatted));
}

#[test]
fn what_init_and_new_write_is_formatted() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(run(folder.path(), &["init"]).status.success());
    let checked = run(folder.path(), &["fmt", "--check"]);
    assert!(checked.status.success(), "{}", err(&checked));
    let kinds = prepbook::model::Kind::ALL.iter();
    for kind in kinds.filter(|kind| !kind.folder().is_empty()) {
        assert!(
            run(folder.path(), &["new", kind.word(), "a-new-one"])
                .status
                .success()
        );
    }
    let checked = run(folder.path(), &["fmt", "--check"]);
    assert!(checked.status.success(), "{}", err(&checked));
}

#[test]
fn only_kinds_with_files_are_offered_to_write() {
    let folder = tempfile::tempdir().expect("a folder");
    let help = |command: &str| {
        let help = run(folder.path(), &[command, "--help"]);
        crate::project::out(&help)
    };
    let offers = |text: &str| text.contains("principle");
    assert!(!offers(&help("new")), "{}", help("new"));
    let project = on_disk();
    for word in ["principle", "princple"] {
        let refused = run(project.path(), &["new", word, "towpath-repair-club/care"]);
        assert!(
            err(&refused).contains("content/companies/towpath-repair-club.yaml"),
            "{}",
            err(&refused)
        );
    }
    assert!(offers(&help("rename")), "{}", help("rename"));
}

#[test]
fn a_checklist_of_a_day_is_for_that_day_unless_another_is() {
    let project = on_disk();
    for (id, line) in [
        ("day-5", "\nday: 5 # from 0"),
        ("day-365", "\nday: 365 # from 0"),
        ("day-366", "\n# day: 7 # from 0"),
        ("day-03", "\n# day: 7 # from 0"),
        ("packing", "\n# day: 7 # from 0"),
    ] {
        let made = run(project.path(), &["new", "checklist", id]);
        assert!(made.status.success(), "{}", err(&made));
        let path = project.path().join(format!("content/checklists/{id}.yaml"));
        let text = std::fs::read_to_string(path).expect("the checklist");
        assert!(text.contains(line), "{text}");
    }
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

/// A German name is proposed as Germans write it without its letters.
#[test]
fn new_proposes_what_it_takes() {
    let project = on_disk();
    let refused = |arguments: &[&str]| err(&run(project.path(), arguments));
    let told = refused(&["new", "company", "müller-bau"]);
    assert!(told.contains("write `muller-bau`"), "{told}");
    let path = project.path().join("content/handbook.yaml");
    let settings = std::fs::read_to_string(path).expect("the settings");
    let german = settings.replace("language: en-GB", "language: de");
    write(project.path(), "content/handbook.yaml", german);
    let told = refused(&["new", "company", "Müller-Groß"]);
    assert!(told.contains("write `mueller-gross`"), "{told}");
    let told = refused(&["new", "recipe", "x"]);
    assert!(
        told.contains("the kinds are question") && !told.contains("principle"),
        "{told}"
    );
    let told = refused(&["list", "question", "--drafts"]);
    assert!(
        told.contains("--drafts") && !told.contains("tip:"),
        "{told}"
    );
}

#[test]
fn the_readme_of_a_new_handbook_names_all_kinds() {
    let project = on_disk();
    assert!(run(project.path(), &["init", "new"]).status.success());
    let readme = std::fs::read_to_string(project.path().join("new/README.md")).expect("it");
    for kind in prepbook::kind::Kind::ALL {
        let is_inner = kind.folder().is_empty();
        assert!(
            is_inner || readme.contains(&format!("`{}`", kind.word())),
            "{kind:?}"
        );
    }
}
