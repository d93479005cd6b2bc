//! Paths as people write them: every argument that is one, in every form.

#![cfg(unix)]

use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::project::{err, on_disk, run, tree, write};

/// What leads from a folder to `name` in it: the folder to stand in, below the first, and the path to write there.
fn ways(folder: &Path, name: &str) -> Vec<(&'static str, String)> {
    std::fs::create_dir_all(folder.join("inner")).expect("a folder");
    if !folder.join("way").is_symlink() {
        symlink(".", folder.join("way")).expect("a link");
    }
    let whole = folder.join(name).display().to_string();
    vec![
        ("", name.to_owned()),
        ("", format!("./{name}")),
        ("", format!("{name}/")),
        ("", format!("./{name}//")),
        ("", format!("inner/../{name}")),
        ("", format!("way/{name}")),
        ("", format!("way/inner/../{name}/")),
        ("inner", format!("../{name}")),
        ("inner", format!("./../way/{name}/")),
        ("inner", whole.clone()),
        ("", format!("{whole}/")),
    ]
}

#[test]
fn output_folders() {
    let project = on_disk();
    let out = project.path().join("public");
    let home = out.join("index.html");
    for (here, way) in ways(project.path(), "public") {
        let built = run(&project.path().join(here), &["build", "-o", &way]);
        assert!(built.status.success(), "{here}: {way}: {}", err(&built));
        assert!(home.is_file(), "{here}: {way}");
        // A second time the folder exists, and is known again.
        let again = run(&project.path().join(here), &["build", "--output", &way]);
        assert!(err(&again).contains(": 0 files written"), "{}", err(&again));
        std::fs::remove_dir_all(&out).expect("removed");
    }
    for (here, way) in ways(project.path(), "public") {
        let mut watching = Command::new(env!("CARGO_BIN_EXE_prepbook"))
            .args(["-q", "watch", "-o", &way])
            .current_dir(project.path().join(here))
            .spawn()
            .expect("the program runs");
        let started = Instant::now();
        while !home.is_file() || out.join(".prepbook-staging").exists() {
            let ended = watching.try_wait().expect("known");
            assert!(ended.is_none(), "{here}: {way} ended: {ended:?}");
            assert!(started.elapsed() < Duration::from_secs(20), "{here}: {way}");
            std::thread::sleep(Duration::from_millis(5));
        }
        watching.kill().expect("killed");
        watching.wait().expect("it ends");
        std::fs::remove_dir_all(&out).expect("removed");
    }
}

#[test]
fn output_folders_that_cost_somebody_files() {
    let project = on_disk();
    symlink("inner", project.path().join("link")).expect("a link");
    ways(project.path(), "content");
    let before = tree(project.path());
    for (name, reason) in [
        ("content", "lies in content/"),
        ("content/new", "lies in content/"),
        ("themes", "lies in themes/"),
        ("link", "it is a symbolic link"),
        ("inner/..", "is or holds the project"),
        ("README.md", "it is a file"),
    ] {
        for (here, way) in ways(project.path(), name) {
            for command in ["build", "watch"] {
                let arguments = [command, "--adopt", "-o", &way];
                let refused = run(&project.path().join(here), &arguments);
                assert_eq!(refused.status.code(), Some(2), "{here}: {command} {way}");
                let told = err(&refused);
                assert!(told.contains(reason), "{here}: {command} {way}: {told}");
            }
        }
    }
    // The home folder, by whatever name.
    let home = Command::new(env!("CARGO_BIN_EXE_prepbook"))
        .args(["build", "-o", "inner"])
        .env("HOME", project.path().join("link"))
        .current_dir(project.path())
        .output()
        .expect("the program runs");
    assert!(
        err(&home).contains("it is the home folder"),
        "{}",
        err(&home)
    );
    let root = run(project.path(), &["build", "-o", "."]);
    assert!(
        err(&root).contains("is or holds the project"),
        "{}",
        err(&root)
    );
    assert_eq!(tree(project.path()), before);
}

#[test]
fn roots() {
    let shelf = tempfile::tempdir().expect("a folder");
    let book = shelf.path().join("book");
    std::fs::rename(on_disk().keep(), &book).expect("renamed");
    for (here, way) in ways(shelf.path(), "book") {
        let here = shelf.path().join(here);
        let built = run(&here, &["--root", &way, "build"]);
        assert!(built.status.success(), "{way}: {}", err(&built));
        assert!(book.join("output/index.html").is_file(), "{way}");
        std::fs::remove_dir_all(book.join("output")).expect("removed");
        for arguments in [
            &["check", "--root", &way][..],
            &["theme", "list", "--root", &way],
            &["schema", "--root", &way],
            &["theme", "eject", "templates/home.html", "--root", &way],
            &["new", "guide", "added", "--root", &way],
        ] {
            let done = run(&here, arguments);
            assert!(done.status.success(), "{arguments:?}: {}", err(&done));
        }
        for made in ["schema", "themes", "content/guides/added.md"] {
            let made = book.join(made);
            let removed = if made.is_dir() {
                std::fs::remove_dir_all(made)
            } else {
                std::fs::remove_file(made)
            };
            removed.expect("it was made where the handbook is");
        }
    }
}

/// Starts the program in a folder and ends it once it says something.
fn until(here: &Path, arguments: &[&str], said: &str) {
    let mut running = Command::new(env!("CARGO_BIN_EXE_prepbook"))
        .args(arguments)
        .current_dir(here)
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let lines = BufReader::new(running.stderr.take().expect("piped")).lines();
    let mut lines = lines.map_while(Result::ok);
    let found = lines.find(|line| line.contains(said));
    running.kill().expect("killed");
    running.wait().expect("it ends");
    assert!(
        found.is_some(),
        "{arguments:?} ended and did not say {said}"
    );
}

#[test]
fn roots_that_are_watched_and_served() {
    let shelf = tempfile::tempdir().expect("a folder");
    let book = shelf.path().join("book");
    std::fs::rename(on_disk().keep(), &book).expect("renamed");
    for (here, way) in ways(shelf.path(), "book") {
        let here = shelf.path().join(here);
        until(&here, &["watch", "--root", &way], "written");
        assert!(book.join("output/index.html").is_file(), "{way}");
        std::fs::remove_dir_all(book.join("output")).expect("removed");
        until(&here, &["--root", &way, "serve", "--port", "0"], "http://");
    }
}

#[test]
fn lists_and_records() {
    let project = on_disk();
    write(project.path(), "list.csv", "question\nWhat is new here?\n");
    let of_files = ways(project.path(), "list.csv").into_iter();
    for (here, way) in of_files.filter(|(_, way)| !way.ends_with('/')) {
        let theme = ["--theme", "across-the-counter", "--dry-run"];
        let arguments = [&["import", &way][..], &theme].concat();
        let done = run(&project.path().join(here), &arguments);
        assert!(done.status.success(), "{here}: {way}: {}", err(&done));
    }
    let mut told = Vec::new();
    for (here, way) in ways(project.path(), "content/guides") {
        let done = run(&project.path().join(here), &["fmt", "--check", &way]);
        told.push(err(&done));
    }
    told.dedup();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("as they should be"), "{}", told[0]);
}

#[test]
fn a_way_back_makes_no_folder() {
    let project = on_disk();
    let built = run(project.path(), &["build", "-o", "nope/../public"]);
    assert!(built.status.success(), "{}", err(&built));
    assert!(project.path().join("public/index.html").is_file());
    assert!(!project.path().join("nope").exists());
}

#[test]
fn folders_for_schemas_and_new_handbooks() {
    let shelf = tempfile::tempdir().expect("a folder");
    let new = shelf.path().join("new");
    for (here, way) in ways(shelf.path(), "new") {
        for (arguments, file) in [
            (["schema", "-o", &way], "guide.schema.json"),
            (["-q", "init", &way], "content/handbook.yaml"),
        ] {
            let made = run(&shelf.path().join(here), &arguments);
            assert!(made.status.success(), "{arguments:?}: {}", err(&made));
            assert!(new.join(file).is_file(), "{arguments:?}");
            std::fs::remove_dir_all(&new).expect("removed");
        }
    }
}

#[test]
fn files_of_the_theme() {
    let project = on_disk();
    let ejected = project.path().join("themes/default/templates/home.html");
    let in_project = ways(project.path(), "themes/default/templates/home.html");
    // As `theme list` shows it, a name is the same wherever one stands.
    let listed = ["", "./", "inner/../", "templates/../"]
        .map(|before| ("inner", format!("{before}templates/home.html")));
    let from_the_root = [("inner", "themes/default/templates/home.html".to_owned())];
    for (here, way) in in_project.into_iter().chain(listed).chain(from_the_root) {
        let done = run(&project.path().join(here), &["theme", "eject", &way]);
        assert!(done.status.success(), "{here}: {way}: {}", err(&done));
        std::fs::remove_file(&ejected).expect("it was made");
    }
    write(project.path(), "content/templates/home.html", "x");
    for elsewhere in [
        "content/templates/home.html",
        "/templates/home.html",
        "templates",
    ] {
        let refused = run(project.path(), &["theme", "eject", elsewhere]);
        assert_eq!(refused.status.code(), Some(2), "{elsewhere}");
        assert!(
            err(&refused).contains("the site theme has no file"),
            "{}",
            err(&refused)
        );
    }
}
