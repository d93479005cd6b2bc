//! `theme list` and `theme eject`, and the files of a project's site theme.

use crate::project::{err, on_disk, out, run, told, write};

#[test]
fn the_files_in_use_are_listed_wherever_they_come_from() {
    let project = on_disk();
    let settings = project.path().join("content/handbook.yaml");
    let text = std::fs::read_to_string(&settings).expect("the settings");
    let themed = text.replacen("site_theme: default", "site_theme: mine", 1);
    write(project.path(), "content/handbook.yaml", themed);
    write(project.path(), "themes/default/templates/guide.html", "x");
    write(project.path(), "themes/mine/templates/foot.html", "x");
    write(project.path(), "themes/mine/assets/brand-colours.css", "x");
    let listed = out(&run(project.path(), &["theme", "list"]));
    for line in [
        "templates/guide.html  (replaced by the project)",
        "templates/foot.html  (replaced by the project)",
        "assets/brand-colours.css  (added by the project)",
        "templates/home.html",
    ] {
        assert!(listed.lines().any(|one| one == line), "{line}: {listed}");
    }
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
    write(
        project.path(),
        "themes/default/templates/something-of-my-own.html",
        "x",
    );
    for line in [
        "templates/question.html  (replaced by the project; the built-in one has changed since)",
        "assets/site.css  (replaced by the project)",
        "template/foot.html  (not read: did you mean `templates/foot.html`?)",
        "templates/something-of-my-own.html  (not read: extend or include it in another one, or delete it)",
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
    assert!(told(&run(project.path(), &["check"])).contains("error[unknown-site-theme]"));
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
