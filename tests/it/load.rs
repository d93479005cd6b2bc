//! Files that should not be among the sources.

use crate::project::{on_disk, write};
use prepbook::diagnostic::{Code, Diagnostic};

fn found(root: &std::path::Path) -> Vec<Diagnostic> {
    prepbook::load::load(root).expect("the sources").found
}

/// The findings of a build.
fn built(root: &std::path::Path) -> Vec<Diagnostic> {
    crate::project::build(&prepbook::load::load(root).expect("the sources")).found
}

#[test]
fn leftovers_of_editors_are_ignored() {
    let project = on_disk();
    let before = prepbook::load::load(project.path()).expect("the sources");
    for name in [
        ".x.yaml.swp",
        "x.yaml~",
        "#x.yaml#",
        "x.swp",
        "4913",
        "x.tmp",
        "x.bak",
        "x.orig",
        "x___jb_tmp___",
        ".DS_Store",
        "Thumbs.db",
    ] {
        write(project.path(), &format!("content/questions/{name}"), "\0");
    }
    assert!(
        prepbook::load::load(project.path())
            .expect("the sources")
            .same_as(&before)
    );
}

/// A file with a secret in it must not be published because it stands in the wrong folder.
#[test]
fn hidden_files_are_published_where_hosts_ask_for_them_and_told_else() {
    let project = on_disk();
    for name in [
        ".htaccess",
        ".env",
        ".well-known/x",
        ".DS_Store",
        ".x.swp",
        ".git/config",
    ] {
        write(project.path(), &format!("content/files/{name}"), "a");
    }
    let sources = prepbook::load::load(project.path()).expect("the sources");
    let published: Vec<_> = sources
        .below("content/files/")
        .map(|(path, _)| path.as_str())
        .collect();
    assert_eq!(
        published,
        ["content/files/.htaccess", "content/files/.well-known/x"]
    );
    let told: Vec<_> = sources
        .found
        .iter()
        .map(|one| (one.code, one.place.path.as_str()))
        .collect();
    assert_eq!(told, [(Code::UnknownFile, "content/files/.env")]);
}

#[test]
fn a_missing_folder_is_empty() {
    let folder = tempfile::tempdir().expect("a folder");
    let sources = prepbook::load::load(folder.path()).expect("the sources");
    assert_eq!(sources.below("content/").count(), 0);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
    use std::os::unix::process::CommandExt as _;
    use std::process::{Command, Output};
    use std::sync::Arc;
    use std::time::{Duration, SystemTime};

    use prepbook::load::{reload, reread};
    use prepbook::source::{SourcePath, Sources};

    #[test]
    fn links_out_in_circles_and_to_nothing_are_reported_and_not_read() {
        let project = on_disk();
        let outside = tempfile::tempdir().expect("a folder");
        write(outside.path(), "secret.yaml", "title: secret\n");
        let guides = project.path().join("content/guides");
        symlink(outside.path().join("secret.yaml"), guides.join("out.md")).expect("a link");
        symlink(project.path().join("content"), guides.join("circle")).expect("a link");
        symlink("nowhere.md", guides.join("dangling.md")).expect("a link");
        let sources = prepbook::load::load(project.path()).expect("the sources");
        let told: Vec<_> = sources
            .found
            .iter()
            .map(|one| {
                (
                    one.code,
                    one.place.path.file_name().to_owned(),
                    one.message.contains("leads"),
                )
            })
            .collect();
        assert_eq!(
            told,
            ["circle", "dangling.md", "out.md"].map(|name| (
                Code::LinkOutside,
                name.to_owned(),
                true
            ))
        );
        assert!(
            sources
                .iter()
                .all(|(_, source)| !source.text().contains("secret"))
        );
    }

    #[test]
    fn links_inside_the_project_are_read() {
        let project = on_disk();
        write(project.path(), "content/shared/readme.txt", "x");
        let guide = std::fs::read_dir(project.path().join("content/guides"))
            .expect("guides")
            .next()
            .expect("one")
            .expect("one");
        symlink(
            guide.path(),
            project.path().join("content/guides/linked.md"),
        )
        .expect("a link");
        assert_eq!(found(project.path()), []);
        let sources = prepbook::load::load(project.path()).expect("the sources");
        assert!(
            sources
                .iter()
                .any(|(path, _)| path.as_str() == "content/guides/linked.md")
        );
    }

    #[test]
    fn links_that_multiply_folders_end_the_load() {
        let project = on_disk();
        let folder = |name: usize| project.path().join(format!("content/shared/{name}"));
        // Eight folders, each with a link to the seven others: some 100,000 ways through them.
        for name in 0..8 {
            std::fs::create_dir_all(folder(name)).expect("a folder");
        }
        for (from, to) in (0..8).flat_map(|from| (0..8).map(move |to| (from, to))) {
            if from != to {
                symlink(format!("../{to}"), folder(from).join(to.to_string())).expect("a link");
            }
        }
        let found = built(project.path());
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].code, Code::TooLarge);
        let message = &found[0].message;
        assert!(message.contains("more than 100000 files"), "{message}");
    }

    #[test]
    fn a_project_may_have_very_many_files_of_its_own() {
        let project = on_disk();
        let notes = project.path().join("content/notes");
        std::fs::create_dir(&notes).expect("a folder");
        for nth in 0..100_001 {
            std::fs::File::create(notes.join(format!("{nth}.txt"))).expect("a file");
        }
        let sources = prepbook::load::load(project.path()).expect("the sources");
        assert_eq!(sources.found, []);
        assert_eq!(sources.below("content/notes/").count(), 100_001);
    }

    #[test]
    fn links_that_multiply_bytes_end_the_load() {
        let project = on_disk();
        std::fs::create_dir(project.path().join("content/shared")).expect("a folder");
        let large =
            std::fs::File::create(project.path().join("content/shared/large")).expect("a file");
        large.set_len(1 << 28).expect("a file full of nothing");
        for name in 0..4 {
            symlink("shared", project.path().join(format!("content/{name}"))).expect("a link");
        }
        let found = built(project.path());
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].code, Code::TooLarge);
        assert!(found[0].message.contains("more than 1 GiB"), "{found:?}");
    }

    #[test]
    fn a_file_longer_than_any_memory_is_not_read() {
        let project = on_disk();
        let path = project.path().join("content/guides/long.md");
        let file = std::fs::File::create(path).expect("a file");
        file.set_len(1 << 40).expect("a file full of nothing");
        let found = built(project.path());
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].code, Code::TooLarge);
        assert_eq!(found[0].place.path.file_name(), "long.md");
    }

    #[test]
    fn folders_that_are_nested_too_deep_are_reported() {
        let project = on_disk();
        let deep = "a/".repeat(32);
        write(project.path(), &format!("content/{deep}x.txt"), "x");
        let found = found(project.path());
        let told: Vec<_> = found.iter().map(|one| one.code).collect();
        assert_eq!(told, [Code::TooLarge]);
        assert_eq!(
            found[0].place.path.as_str(),
            format!("content/{}", deep.trim_end_matches('/'))
        );
    }

    #[test]
    fn devices_and_pipes_are_never_opened() {
        let project = on_disk();
        let pipe = project.path().join("content/questions/pipe.yaml");
        assert!(
            std::process::Command::new("mkfifo")
                .arg(&pipe)
                .status()
                .expect("mkfifo")
                .success()
        );
        let found = found(project.path());
        assert_eq!(
            found.iter().map(|one| one.code).collect::<Vec<_>>(),
            [Code::NotAFile]
        );
    }

    #[test]
    fn a_folder_with_a_records_name_is_reported() {
        let project = on_disk();
        std::fs::create_dir(project.path().join("content/questions/folder.yaml"))
            .expect("a folder");
        assert_eq!(
            found(project.path())
                .iter()
                .map(|one| one.code)
                .collect::<Vec<_>>(),
            [Code::NotAFile]
        );
    }

    /// Runs a program on a handbook of which a part may not be read by anybody but the superuser, and by another than
    /// that.
    fn run_with(locked: &str, program: &std::path::Path, arguments: &[&str]) -> Output {
        let project = on_disk();
        let is_open = Permissions::from_mode(0o755);
        std::fs::set_permissions(project.path(), is_open.clone()).expect("open");
        write(project.path(), "themes/mine/templates/own.html", "x");
        let path = project.path().join(locked);
        std::fs::set_permissions(&path, Permissions::from_mode(0o000)).expect("locked");
        let mut command = Command::new(program);
        command.current_dir(project.path()).args(arguments);
        if std::fs::read_dir(&path).is_ok() || std::fs::read(&path).is_ok() {
            command.uid(65_534).gid(65_534);
        }
        let output = command.output().expect("the program runs");
        std::fs::set_permissions(&path, is_open).expect("open again");
        output
    }

    #[test]
    fn what_may_not_be_read_is_told_and_ends_with_2() {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        // Where everybody may start it.
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).expect("open");
        let program = folder.path().join("prepbook");
        std::fs::copy(env!("CARGO_BIN_EXE_prepbook"), &program).expect("a copy");
        for locked in [
            "content/questions/creaking-bicycle.yaml",
            "content/handbook.yaml",
            "content/questions",
            "content",
            "themes/mine/templates/own.html",
            "themes/mine",
            "themes",
        ] {
            let checked = run_with(locked, &program, &["check"]);
            let told = text(&checked.stdout);
            assert_eq!(checked.status.code(), Some(2), "{locked}: {told}");
            let denied = "error[unreadable]: this cannot be read: Permission denied";
            assert!(told.starts_with(denied), "{locked}: {told}");
            assert!(
                told.contains(&format!("--> {locked}\n")),
                "{locked}: {told}"
            );
            assert!(told.contains("check failed: 1 error"), "{locked}: {told}");

            let checked = run_with(locked, &program, &["check", "--format", "json"]);
            assert_eq!(checked.status.code(), Some(2), "{locked}");
            let line: serde_json::Value =
                serde_json::from_slice(&checked.stdout).expect("one line of JSON");
            assert_eq!(line["code"], "unreadable");
            assert_eq!(line["file"], locked);

            for command in [
                &["theme", "list"][..],
                &["list"],
                &["fmt", "--check"],
                &["rename", "question", "creaking-bicycle", "creaking"],
            ] {
                let ran = run_with(locked, &program, command);
                let told = text(&ran.stderr);
                assert_eq!(ran.status.code(), Some(2), "{locked}: {told}");
                assert!(told.starts_with(denied), "{locked}: {told}");
                assert!(told.contains(locked), "{locked}: {told}");
            }
        }
    }

    #[test]
    fn content_and_themes_themselves_may_not_lead_out() {
        let project = on_disk();
        let outside = tempfile::tempdir().expect("a folder");
        write(outside.path(), "default/assets/secret.txt", "secret");
        symlink(outside.path(), project.path().join("themes")).expect("a link");
        let sources = prepbook::load::load(project.path()).expect("the sources");
        assert_eq!(
            sources.found.iter().map(|one| one.code).collect::<Vec<_>>(),
            [Code::LinkOutside]
        );
        assert!(sources.iter().all(|(_, source)| source.text() != "secret"));
    }

    #[test]
    fn loading_again_reads_only_what_was_written() {
        let project = on_disk();
        let path = SourcePath::new("content/questions/creaking-bicycle.yaml");
        let full = project.path().join(path.as_str());
        let (now, later) = (
            SystemTime::now(),
            SystemTime::now() + Duration::from_mins(1),
        );
        let before = reload(project.path(), &Sources::default(), later).expect("the sources");
        let again = reload(project.path(), &before, later).expect("the sources");
        let (first, second) = (before.get(&path), again.get(&path));
        let (first, second) = (first.expect("the file"), second.expect("the file"));
        assert!(Arc::ptr_eq(&first.bytes, &second.bytes));

        // An edit that keeps the file's length and gives it its time back.
        let meta = std::fs::metadata(&full).expect("the file");
        let edited = first.text().replacen("title", "tilte", 1);
        while std::fs::metadata(&full).is_ok_and(|new| ctime(&new) == ctime(&meta)) {
            std::fs::write(&full, &edited).expect("an edit");
            let file = std::fs::File::options().write(true).open(&full);
            let modified = meta.modified().expect("a time");
            file.and_then(|file| file.set_modified(modified))
                .expect("its time");
        }
        let after = reload(project.path(), &again, later).expect("the sources");
        assert_eq!(after.text(&path), edited);

        // A file so young that its next write may bear the same times is always read.
        let before = reload(project.path(), &Sources::default(), now).expect("the sources");
        assert!(before.get(&path).expect("the file").stamp.is_none());
    }

    #[test]
    fn named_files_are_read_alone_where_no_others_can_have_changed() {
        let project = on_disk();
        let root = project.path();
        let at = |path: &str| root.join(path);
        let before = reload(root, &Sources::default(), SystemTime::now()).expect("the sources");
        let named = |paths: &[&str]| {
            let files = paths.iter().map(|path| at(path)).collect();
            reread(root, &before, &files, SystemTime::now())
        };
        let question = "content/questions/creaking-bicycle.yaml";
        let text = before.text(&SourcePath::new(question)).to_owned();

        // An edit, saved in place or by a file beside it that is gone again.
        write(root, question, text.replacen("title", "tilte", 1));
        for paths in [&[question][..], &[question, "content/questions/4913"]] {
            let now = named(paths).expect("the sources");
            assert!(now.same_as(&reload(root, &before, SystemTime::now()).expect("the sources")));
            assert!(!now.same_as(&before));
        }

        // What comes, goes, or is no plain file in the content asks for a look at everything.
        write(root, "content/questions/new.yaml", &text);
        assert!(named(&["content/questions/new.yaml"]).is_none());
        assert!(named(&["content/questions"]).is_none());
        write(root, "themes/default/templates/question.html", "");
        assert!(named(&["themes/default/templates/question.html"]).is_none());
        std::fs::remove_file(at(question)).expect("it is gone");
        assert!(named(&[question]).is_none());
        symlink(at("content/questions/new.yaml"), at(question)).expect("a link");
        assert!(named(&[question]).is_none());
        std::fs::rename(at("content/questions"), root.join("away")).expect("it is moved");
        assert!(named(&["content/questions"]).is_none());
        let elsewhere = [std::env::temp_dir().join("x.yaml")].into();
        assert!(reread(root, &before, &elsewhere, SystemTime::now()).is_none());
    }

    fn ctime(meta: &std::fs::Metadata) -> (i64, i64) {
        (meta.ctime(), meta.ctime_nsec())
    }
}

#[cfg(unix)]
#[test]
fn what_stands_in_the_place_of_a_folder_is_one_mistake() {
    for place in [
        "content/questions",
        "content/themes",
        "content/companies",
        "content/guides",
        "content/sources",
        "content/images",
        "themes/default/templates",
        "themes/default/assets",
    ] {
        let aside = format!("move {place} -> aside");
        for other in [format!("file {place}"), format!("link {place} -> nowhere")] {
            let mut changes = vec!["folder themes", "folder themes/default"];
            let starter = crate::project::repository().join("src/starter/handbook");
            if starter.join(place).exists() {
                changes.push(&aside);
            }
            changes.push(&other);
            let sources = crate::project::starter_on_disk(&changes);
            let found = crate::project::build(&sources).found;
            let errors = found.iter();
            let errors: Vec<_> = errors
                .filter(|one| one.severity() == prepbook::diagnostic::Severity::Error)
                .collect();
            assert_eq!(errors.len(), 1, "{place}: {errors:?}");
            assert_eq!(errors[0].place.path.as_str(), place);
        }
    }
}
