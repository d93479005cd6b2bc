//! Renaming records: every reference, the file, an alias, and nothing else.

use prepbook::diagnostic::Tally;
use prepbook::kind::Kind;
use prepbook::rename::rename;
use prepbook::source::{SourcePath, Sources};

use crate::project::{build, edit, err, on_disk, put, reports, run, starter, tree, write};

/// Lines that only one of two texts has.
fn differing(before: &str, after: &str) -> Vec<String> {
    let lines = |one: &str, other: &str, sign: char| -> Vec<String> {
        let known: Vec<&str> = other.lines().collect();
        let own = one.lines().filter(|line| !known.contains(line));
        own.map(|line| format!("{sign}{line}")).collect()
    };
    let mut all = lines(before, after, '-');
    all.extend(lines(after, before, '+'));
    all
}

/// The project after a renaming, which must be possible and leave no error.
fn renamed(sources: &Sources, kind: Kind, old: &str, new: &str) -> Sources {
    let renaming = rename(sources, kind, old, new).expect("it can be renamed");
    let after = renaming.applied(sources);
    let found = build(&after).found;
    assert_eq!(Tally::of(&found).errors, 0, "{}", reports(&found, &after));
    after
}

#[test]
fn any_record_can_be_renamed_and_back_again() {
    let sources = starter();
    for kind in Kind::ALL.iter().filter(|kind| !kind.folder().is_empty()) {
        let folder = format!("content/{}/", kind.folder());
        let ids: Vec<String> = sources
            .below(&folder)
            .map(|(path, _)| path.stem().to_owned())
            .collect();
        for id in ids {
            let after = renamed(&sources, *kind, &id, "another-name");
            let path = |id: &str| SourcePath::new(format!("content/{}", kind.file(id)));
            assert!(after.get(&path(&id)).is_none());
            let own = after.text(&path("another-name"));
            let address = format!("/{}/{id}/", kind.section().folder());
            assert!(own.contains(&format!("aliases: [{address}]")), "{own}");
            let words = format!("{}:{id}", kind.word());
            for (path, source) in after.below("content/") {
                let mut places = source.text().match_indices(&words);
                // Comments stay as they are.
                let is_comment = |at: usize| {
                    let line = source.text()[..at].rsplit('\n').next().unwrap_or_default();
                    line.trim_start().starts_with('#')
                };
                let is_left = places.any(|(at, _)| {
                    let rest = &source.text()[at + words.len()..];
                    !is_comment(at)
                        && !rest.starts_with(|c: char| c == '-' || c == '/' || c.is_alphanumeric())
                });
                assert!(!is_left, "{path}: {words}");
            }
            // The way back leaves one alias: the name it had meanwhile.
            let back = renamed(&after, *kind, "another-name", &id);
            for (path, source) in sources.below("content/") {
                let lines = differing(source.text(), back.text(path));
                assert!(
                    lines.iter().all(|line| line.contains("another-name")),
                    "{path}: {lines:?}"
                );
            }
        }
    }
}

#[test]
fn nothing_else_in_the_files_changes() {
    let mut sources = starter();
    let path = "content/questions/creaking-bicycle.yaml";
    edit(
        &mut sources,
        path,
        "theme: at-the-stand",
        "theme:   'at-the-stand'   # where it happens",
    );
    edit(
        &mut sources,
        path,
        "  - Say your steps before the first one, so that the listener can follow.",
        "  - >-\n    Say your steps, as\n    [at the  stand](theme:at-the-stand) and\n    [here][a].\n\n\n    [a]: theme:at-the-stand \"T\"\n  - \"A [\\\"link\\\"](theme:at-the-stand)\"",
    );
    let after = renamed(&sources, Kind::Theme, "at-the-stand", "workshop");
    let lines = differing(
        sources.text(&SourcePath::new(path)),
        after.text(&SourcePath::new(path)),
    );
    assert_eq!(
        lines,
        [
            "-theme:   'at-the-stand'   # where it happens",
            "-    [at the  stand](theme:at-the-stand) and",
            "-    [a]: theme:at-the-stand \"T\"",
            "-  - \"A [\\\"link\\\"](theme:at-the-stand)\"",
            "+theme:   'workshop'   # where it happens",
            "+    [at the  stand](theme:workshop) and",
            "+    [a]: theme:workshop \"T\"",
            "+  - \"A [\\\"link\\\"](theme:workshop)\"",
        ]
    );
}

#[test]
fn a_companys_principles_keep_their_addresses() {
    let sources = starter();
    let after = renamed(&sources, Kind::Company, "towpath-repair-club", "towpath");
    let company = after.text(&SourcePath::new("content/companies/towpath.yaml"));
    assert!(
        company.contains("aliases: [/companies/towpath-repair-club/]"),
        "{company}"
    );
    let principles = company
        .matches("aliases: [/companies/towpath-repair-club/")
        .count()
        - 1;
    assert_eq!(
        principles,
        company.matches("\n  - id: ").count(),
        "{company}"
    );
    let site = build(&after).value;
    for path in sources_pages(&build(&sources).value, "companies/towpath-repair-club/") {
        assert!(site.get(&path).is_some(), "{path}");
    }
}

/// The pages of a site below a folder.
fn sources_pages(site: &prepbook::output::OutputTree, folder: &str) -> Vec<String> {
    let paths = site.iter().map(|(path, _)| path.to_string());
    paths.filter(|path| path.starts_with(folder)).collect()
}

#[test]
fn a_principle_is_renamed_where_it_is_named_without_its_company() {
    let sources = starter();
    let before = sources.text(&SourcePath::new(
        "content/companies/lantern-street-cycles.yaml",
    ));
    let id = before
        .lines()
        .find_map(|line| line.strip_prefix("  - id: "))
        .expect("a principle");
    let old = format!("lantern-street-cycles/{id}");
    let after = renamed(&sources, Kind::Principle, &old, "a-new-name");
    let text = after.text(&SourcePath::new(
        "content/companies/lantern-street-cycles.yaml",
    ));
    assert!(
        text.contains("  - id: a-new-name\n    aliases: [/companies/lantern-street-cycles/"),
        "{text}"
    );
    let site = build(&after).value;
    assert!(site.get(&format!("companies/{old}/index.html")).is_some());
    assert!(
        site.get("companies/lantern-street-cycles/a-new-name/index.html")
            .is_some()
    );
    let refused = rename(&sources, Kind::Principle, &old, "towpath-repair-club/x");
    assert_eq!(
        refused.expect_err("refused"),
        "a principle stays with its company"
    );
}

#[test]
fn aliases_that_are_there_stay() {
    for (written, expected) in [
        (
            "aliases: [/a/, /b/] # old",
            "aliases: [/a/, /b/, /questions/creaking-bicycle/] # old",
        ),
        ("aliases: []", "aliases: [/questions/creaking-bicycle/]"),
        (
            "aliases:\n  # first\n  - /a/ # one\n",
            "aliases:\n  # first\n  - /a/ # one\n  - /questions/creaking-bicycle/\n",
        ),
        (
            "aliases: [questions/creaking-bicycle/index.html]",
            "aliases: [questions/creaking-bicycle/index.html]",
        ),
        (
            "aliases: [/a/, /questions/creak/]",
            "aliases: [/a/, /questions/creaking-bicycle/]",
        ),
    ] {
        let mut sources = starter();
        let path = SourcePath::new("content/questions/creaking-bicycle.yaml");
        edit(
            &mut sources,
            path.as_str(),
            "number: 4",
            &format!("number: 4\n{written}"),
        );
        if written.contains("index.html") {
            // An alias at the record's own address is an error that was there before.
            edit(&mut sources, path.as_str(), written, "aliases: []");
        }
        let after = renamed(&sources, Kind::Question, "creaking-bicycle", "creak");
        let text = after.text(&SourcePath::new("content/questions/creak.yaml"));
        let expected = if written.contains("index.html") {
            "aliases: [/questions/creaking-bicycle/]"
        } else {
            expected
        };
        assert!(text.contains(expected), "{written}: {text}");
    }
}

#[test]
fn ids_that_are_other_types_are_quoted() {
    let after = renamed(&starter(), Kind::Theme, "at-the-stand", "12");
    let text = after.text(&SourcePath::new("content/questions/creaking-bicycle.yaml"));
    assert!(text.contains("theme: \"12\""), "{text}");
}

#[test]
fn lines_end_as_they_did() {
    let mut sources = starter();
    for path in [
        "content/questions/creaking-bicycle.yaml",
        "content/guides/bench-trial.md",
    ] {
        let text = sources.text(&SourcePath::new(path)).replace('\n', "\r\n");
        put(&mut sources, path, &text);
    }
    let after = renamed(&sources, Kind::Question, "creaking-bicycle", "creak");
    let after = renamed(&after, Kind::Guide, "bench-trial", "trial");
    for path in ["content/questions/creak.yaml", "content/guides/trial.md"] {
        let text = after.text(&SourcePath::new(path));
        assert_eq!(
            text.matches('\n').count(),
            text.matches("\r\n").count(),
            "{text}"
        );
    }
}

#[test]
fn what_is_not_clear_is_refused() {
    let refused = |sources: &Sources, kind, old: &str, new: &str| {
        rename(sources, kind, old, new).expect_err("it is refused")
    };
    let sources = starter();
    assert_eq!(
        refused(&sources, Kind::Question, "creaking-bicycl", "x"),
        "no question has the id `creaking-bicycl`; did you mean `creaking-bicycle`?"
    );
    assert_eq!(
        refused(
            &sources,
            Kind::Question,
            "creaking-bicycle",
            "unhappy-customer"
        ),
        "there is a question `unhappy-customer` already"
    );
    assert_eq!(
        refused(&sources, Kind::Question, "creaking-bicycle", "A Creak"),
        "`A Creak` cannot be an id; write `a-creak`"
    );
    for name in ["index", "con", "main"] {
        assert!(
            refused(&sources, Kind::Question, "creaking-bicycle", name).contains("cannot be an id")
        );
    }
    let mut taken = starter();
    edit(
        &mut taken,
        "content/questions/unhappy-customer.yaml",
        "theme:",
        "aliases: [/questions/creak/]\ntheme:",
    );
    let told = refused(&taken, Kind::Question, "creaking-bicycle", "creak");
    assert!(told.contains("is taken by"), "{told}");
    let mut broken = starter();
    edit(
        &mut broken,
        "content/questions/unhappy-customer.yaml",
        "theme:",
        "them:",
    );
    let told = refused(&broken, Kind::Question, "creaking-bicycle", "creak");
    assert!(
        told.contains("content/questions/unhappy-customer.yaml has an error"),
        "{told}"
    );
    let mut spelt = starter();
    edit(
        &mut spelt,
        "content/questions/unhappy-customer.yaml",
        "evaluates:\n",
        "evaluates:\n  - \"[x](question:creaking\\u002dbicycle)\"\n",
    );
    let told = refused(&spelt, Kind::Question, "creaking-bicycle", "creak");
    assert!(told.contains("written in a way"), "{told}");
}

#[test]
fn drafts_are_renamed_with_what_refers_to_them() {
    let mut sources = starter();
    let path = "content/questions/creaking-bicycle.yaml";
    edit(&mut sources, path, "number: 4", "number: 4\ndraft: true");
    let renaming = rename(&sources, Kind::Theme, "at-the-stand", "workshop").expect("possible");
    assert!(renaming.texts[&SourcePath::new(path)].contains("theme: workshop"));
}

#[test]
fn the_command_writes_all_or_nothing() {
    let project = on_disk();
    let question = project
        .path()
        .join("content/questions/creaking-bicycle.yaml");
    let done = run(
        project.path(),
        &["rename", "question", "creaking-bicycle", "creak"],
    );
    assert!(done.status.success(), "{}", err(&done));
    assert!(
        err(&done).contains("renamed the question `creaking-bicycle` to `creak`"),
        "{}",
        err(&done)
    );
    assert!(!question.exists());
    assert!(run(project.path(), &["check", "--strict"]).status.success());
    let before = tree(project.path());
    assert!(
        before.iter().all(|(path, _)| !path.ends_with(".new")),
        "{before:?}"
    );
    for (arguments, told) in [
        (
            ["rename", "qestion", "creak", "x"],
            "did you mean `question`?",
        ),
        (
            ["rename", "question", "creak", "unhappy-customer"],
            "already; nothing was written",
        ),
    ] {
        let refused = run(project.path(), &arguments);
        assert_eq!(refused.status.code(), Some(2));
        assert!(err(&refused).contains(told), "{}", err(&refused));
        assert_eq!(tree(project.path()), before);
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_takes_no_file_leaves_all_as_it_was() {
    use std::os::unix::fs::PermissionsExt as _;
    let project = on_disk();
    let before = tree(project.path());
    // What is written last cannot be written: those before it must be put back.
    let folder = project.path().join("content/themes");
    let set = |mode| std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(mode));
    set(0o555).expect("permissions");
    let is_root = std::fs::write(folder.join("probe"), "").is_ok();
    drop(std::fs::remove_file(folder.join("probe")));
    if is_root {
        set(0o755).expect("permissions");
        // Nothing is refused to root; a file where the new one must go is.
        write(project.path(), "content/themes/workshop.yaml", "title: x\n");
        let refused = run(
            project.path(),
            &["rename", "theme", "at-the-stand", "workshop"],
        );
        assert_eq!(refused.status.code(), Some(2));
        std::fs::remove_file(folder.join("workshop.yaml")).expect("removed");
    } else {
        let refused = run(
            project.path(),
            &["rename", "theme", "at-the-stand", "workshop"],
        );
        set(0o755).expect("permissions");
        assert_eq!(refused.status.code(), Some(2), "{}", err(&refused));
    }
    assert_eq!(tree(project.path()), before);
}

#[test]
fn a_reference_to_a_former_id_is_told_the_new_one() {
    let sources = starter();
    for (kind, old, new, field) in [
        (
            Kind::Theme,
            "at-the-stand",
            "workshop",
            "theme: at-the-stand",
        ),
        (
            Kind::RedFlag,
            "no-final-check",
            "unchecked",
            "[](red-flag:no-final-check)",
        ),
    ] {
        let mut after = renamed(&sources, kind, old, new);
        let text = format!(
            "title: Late?\n{}\nevaluates: [\"x {}\"]\n",
            if kind == Kind::Theme {
                field
            } else {
                "theme: across-the-counter"
            },
            if kind == Kind::Theme { "" } else { field },
        );
        put(&mut after, "content/questions/late.yaml", &text);
        let found = build(&after).found;
        let unknown = found
            .iter()
            .find(|one| one.code == kind.unknown())
            .expect("a finding");
        assert_eq!(
            unknown.help.as_deref(),
            Some(format!("it was renamed; write `{new}`").as_str())
        );
    }
}
