//! The development server after edits: what it shows, and how soon.

use std::time::{Duration, Instant};

use crate::project::{on_disk, write};
use crate::serving::Server;

#[test]
fn a_site_moves_when_its_address_is_edited() {
    let project = on_disk();
    let server = Server::start(project.path());
    assert_eq!(server.get("/questions/").0, 200);
    let path = project.path().join("content/handbook.yaml");
    let text = std::fs::read_to_string(&path).expect("the settings");
    let named = format!("{text}\nbase_url: https://prep.example.net/book/\n");
    std::fs::write(&path, named).expect("the settings");
    server.wait_for("/book/questions/", "200 OK");
    assert_eq!(server.get("/questions/").0, 404);
    assert_eq!(server.get("/").0, 308);
}

#[test]
fn an_edit_shows_errors_are_survived_and_mended() {
    let project = on_disk();
    let server = Server::start(project.path());
    let path = "content/red-flags/added.yaml";
    write(
        project.path(),
        path,
        "title: Added xyzzy\nthinks: Something.\ninstead: Else.\n",
    );
    server.wait_for("/red-flags/", "Added xyzzy");
    write(project.path(), path, "title: [broken\n");
    let failure = server
        .events()
        .find_map(|told| told["failure"].as_str().map(str::to_owned))
        .expect("an event");
    assert!(
        failure.contains("yaml-syntax") && failure.contains("added.yaml"),
        "{failure}"
    );
    assert!(
        server.get("/red-flags/").1.contains("Added xyzzy"),
        "the last good page stays"
    );
    write(
        project.path(),
        path,
        "title: Mended plugh\nthinks: Something.\ninstead: Else.\n",
    );
    server.wait_for("/red-flags/", "Mended plugh");
    std::fs::remove_file(project.path().join(path)).expect("removed");
    let started = Instant::now();
    while server.get("/red-flags/").1.contains("Mended plugh") {
        assert!(started.elapsed() < Duration::from_secs(20));
    }
}

#[test]
fn errors_are_shown_ahead_of_any_number_of_warnings() {
    let project = on_disk();
    for nth in 0..40 {
        write(
            project.path(),
            &format!("content/a-note-{nth}.txt"),
            "Note.\n",
        );
    }
    for nth in 0..3 {
        let path = format!("content/red-flags/z-broken-{nth}.yaml");
        write(project.path(), &path, "title: [broken\n");
    }
    let server = Server::start(project.path());
    let told = server.events().find(|told| !told["failure"].is_null());
    let told = told.expect("an event");
    let report = told["failure"].as_str().expect("a text");
    assert!(
        report.starts_with("build failed: 3 errors, 40 warnings\n\nerror[yaml-syntax]"),
        "{report}"
    );
    let (errors, warnings) = report.split_once("\nwarning[").expect("both");
    assert_eq!(errors.matches("error[").count(), 3, "{report}");
    assert_eq!(warnings.matches("warning[").count(), 16, "{report}");
    assert!(
        report.ends_with("and 23 more warnings: 23 unknown-file\n"),
        "{report}"
    );
}

#[test]
fn nothing_is_found_before_the_first_good_build() {
    let project = on_disk();
    let path = "content/red-flags/broken-<b>.yaml";
    write(project.path(), path, "title: [\n");
    let server = Server::start(project.path());
    for path in [
        "/",
        "/questions/",
        "/nothing/",
        "/assets/site.css",
        "/.git",
        "/%zz",
    ] {
        let (status, answer) = server.get(path);
        assert_eq!(status, 503, "{path}");
        for part in [
            "retry-after: ",
            "content-type: text/html; charset=utf-8",
            "content-security-policy: default-src 'none'",
            "/__prepbook/reload.js",
            "/__prepbook/preview.css",
            "<h1>The handbook cannot be built yet</h1>",
            "error[yaml-syntax]",
            "broken-&lt;b&gt;.yaml",
        ] {
            assert!(answer.contains(part), "{path}: {part}\n{answer}");
        }
        assert!(!answer.contains("<b>"), "{answer}");
    }
    for path in ["/__prepbook/reload.js", "/__prepbook/preview.css"] {
        assert_eq!(server.get(path).0, 200, "{path}");
    }
    std::fs::remove_file(project.path().join(path)).expect("removed");
    server.wait_for("/", "data-page=\"index.html\"");
    assert_eq!(server.get("/").0, 200);
    assert_eq!(server.get("/nothing/").0, 404);
}

#[test]
fn every_way_of_saving_is_seen() {
    let project = on_disk();
    let server = Server::start(project.path());
    let target = project.path().join("content/red-flags/saved.yaml");
    let text = |word: &str| format!("title: Saved {word}\nthinks: Something.\ninstead: Else.\n");
    std::fs::write(&target, text("inplace")).expect("written");
    server.wait_for("/red-flags/", "Saved inplace");
    // Many editors write a new file and rename it over the old one.
    std::fs::write(
        project.path().join("content/red-flags/.saved.tmp"),
        text("renamed"),
    )
    .expect("written");
    std::fs::rename(project.path().join("content/red-flags/.saved.tmp"), &target).expect("renamed");
    server.wait_for("/red-flags/", "Saved renamed");
    // Others move the old one away first.
    std::fs::rename(
        &target,
        project.path().join("content/red-flags/saved.yaml~"),
    )
    .expect("renamed");
    std::fs::write(&target, text("backup")).expect("written");
    server.wait_for("/red-flags/", "Saved backup");
    // A whole folder is replaced.
    let folder = project.path().join("content/red-flags");
    std::fs::rename(&folder, project.path().join("aside")).expect("renamed");
    std::fs::create_dir(&folder).expect("a folder");
    for entry in std::fs::read_dir(project.path().join("aside")).expect("the folder") {
        let entry = entry.expect("an entry");
        std::fs::copy(entry.path(), folder.join(entry.file_name())).expect("copied");
    }
    std::fs::write(&target, text("folder")).expect("written");
    server.wait_for("/red-flags/", "Saved folder");
    std::fs::write(&target, text("after")).expect("written");
    server.wait_for("/red-flags/", "Saved after");
}

#[test]
fn a_project_that_was_away_for_a_while_is_served_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("book");
    std::fs::rename(on_disk().keep(), &root).expect("renamed");
    let server = Server::start(&root);
    let mut events = server.events();
    events.next().expect("the state now");
    let away = folder.path().join("away");
    std::fs::rename(&root, &away).expect("renamed");
    let failed = events.next().expect("an event");
    assert!(
        failed["failure"]
            .as_str()
            .is_some_and(|why| why.contains("book")),
        "{failed}"
    );
    // Longer than two scans.
    std::thread::sleep(Duration::from_secs(5));
    std::fs::rename(&away, &root).expect("renamed");
    let mended = events.next().expect("an event");
    assert!(mended["failure"].is_null(), "{mended}");
    let said = server.said.lock().expect("no panic").clone();
    assert_eq!(said.matches("cannot read").count(), 1, "{said}");
}
