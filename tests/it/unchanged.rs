//! A build of what was built already makes nothing and tells the same, and sees every difference.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::project::{on_disk, own, tree, write};

const PROGRAM: &str = env!("CARGO_BIN_EXE_prepbook");

/// The starter handbook with a warning, built.
struct Built {
    folder: tempfile::TempDir,
}

impl Built {
    fn new() -> Self {
        let built = Self { folder: on_disk() };
        built.edit(
            "content/guides/bench-trial.md",
            "summary:",
            "allow: {answer-too-long: none}\nsummary:",
        );
        let first = built.run(PROGRAM, &[]);
        assert!(first.status.success(), "{}", told(&first));
        assert!(is_made(&first), "{}", told(&first));
        built
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.path(path)).expect("a file");
        assert!(text.contains(from), "{path} does not hold {from:?}");
        write(self.folder.path(), path, text.replacen(from, to, 1));
    }

    fn run(&self, program: impl AsRef<Path>, more: &[&str]) -> Output {
        Command::new(program.as_ref())
            .args(["build", "--timings", "--root"])
            .arg(self.folder.path())
            .args(more)
            .output()
            .expect("the program runs")
    }

    fn again(&self) -> Output {
        self.run(PROGRAM, &[])
    }
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Whether pages were made.
fn is_made(output: &Output) -> bool {
    told(output).contains(" render ")
}

/// What is told of the content.
fn findings(output: &Output) -> String {
    let told = told(output);
    told.split(" pages: ").next().unwrap_or_default().to_owned()
}

#[test]
fn nothing_is_made_and_the_same_is_told() {
    let built = Built::new();
    let first = built.run(PROGRAM, &["--format", "json"]);
    let before = tree(&built.path("output"));
    let again = built.again();
    assert!(!is_made(&again), "{}", told(&again));
    assert!(
        told(&again).contains(" 0 files written"),
        "{}",
        told(&again)
    );
    assert!(
        told(&again).contains("warning[unused-allow]"),
        "{}",
        told(&again)
    );
    let json = built.run(PROGRAM, &["--format", "json"]);
    assert!(!json.stdout.is_empty());
    assert_eq!(json.stdout, first.stdout);
    // A full build tells the same, and finds nothing to write.
    std::fs::remove_file(own(built.folder.path()).join("stamp.json")).expect("a stamp");
    let full = built.again();
    assert!(is_made(&full) && told(&full).contains(" 0 files written"));
    assert_eq!(findings(&full), findings(&again));
    let pages = |output: &Output| {
        let told = told(output);
        let before = told.split(" pages: ").next().expect("a summary");
        before.rsplit(char::is_whitespace).next().map(str::to_owned)
    };
    assert_eq!(pages(&full), pages(&again));
    assert_eq!(tree(&built.path("output")), before);
}

#[test]
fn sources_that_only_look_new_are_the_same() {
    let built = Built::new();
    let path = built.path("content/handbook.yaml");
    let text = std::fs::read(&path).expect("settings");
    std::fs::remove_file(&path).expect("removed");
    std::fs::write(&path, text).expect("written");
    assert!(!is_made(&built.again()));
}

#[cfg(unix)]
#[test]
fn every_changed_source_option_and_program_is_seen() {
    let built = Built::new();
    let is_seen = |what: &str, output: &Output| {
        assert!(output.status.success(), "{what}: {}", told(output));
        assert!(is_made(output), "{what}");
    };
    built.edit("content/handbook.yaml", "title: ", "title: A ");
    is_seen("an edit", &built.again());
    assert!(!is_made(&built.again()));
    write(built.folder.path(), "themes/default/assets/x.txt", "x");
    is_seen("a new file of the site theme", &built.again());
    std::fs::remove_file(built.path("themes/default/assets/x.txt")).expect("removed");
    is_seen("its removal", &built.again());
    is_seen(
        "an address",
        &built.run(PROGRAM, &["--base-url", "https://example.org/a/"]),
    );
    is_seen(
        "another address",
        &built.run(PROGRAM, &["--base-url", "https://example.org/b/"]),
    );
    is_seen("none", &built.again());
    is_seen("drafts", &built.run(PROGRAM, &["--drafts"]));
    is_seen("no drafts", &built.again());
    // Bytes behind its end change what a program is and not what it does.
    let other = built.path("other-program");
    let made = Command::new("sh")
        .args(["-c", "cp \"$0\" \"$1\" && echo another >> \"$1\"", PROGRAM])
        .arg(&other)
        .status();
    assert!(made.expect("sh runs").success());
    is_seen("another program", &built.run(&other, &[]));
    assert!(!is_made(&built.run(&other, &[])));
}

#[test]
fn what_was_allowed_before_can_be_an_error_now() {
    let built = Built::new();
    let strict = built.run(PROGRAM, &["--strict"]);
    assert_eq!(strict.status.code(), Some(1), "{}", told(&strict));
    assert!(told(&strict).contains("build failed"), "{}", told(&strict));
    assert!(!is_made(&built.again()));
}

#[test]
fn every_touched_file_of_the_site_is_put_right() {
    let built = Built::new();
    let page = built.path("output/index.html");
    let right = std::fs::read(&page).expect("the home page");
    let touched = |what: &str| {
        let again = built.again();
        assert!(again.status.success(), "{what}: {}", told(&again));
        assert!(is_made(&again), "{what}");
        assert_eq!(
            std::fs::read(&page).expect("the home page"),
            right,
            "{what}"
        );
        assert!(!is_made(&built.again()), "{what}");
    };
    // The same length and the same time, as far as a program can choose it.
    let mut wrong = right.clone();
    wrong[0] = b'?';
    let modified = std::fs::metadata(&page).and_then(|meta| meta.modified());
    std::fs::write(&page, &wrong).expect("written");
    let file = std::fs::File::options()
        .write(true)
        .open(&page)
        .expect("opened");
    file.set_modified(modified.expect("a time")).expect("set");
    touched("an edited page");
    std::fs::remove_file(&page).expect("removed");
    touched("a removed page");
    let stamp = own(built.folder.path()).join("stamp.json");
    for text in ["", "{}", "null", "[1]", "\u{0}"] {
        std::fs::write(&stamp, text).expect("written");
        touched("a damaged stamp");
    }
    std::fs::create_dir(built.path("output/.prepbook-staging")).expect("made");
    touched("an interrupted build");
}

#[test]
fn a_build_of_almost_the_same_tells_and_makes_the_same_as_a_clean_one() {
    let built = Built::new();
    let page = built.path("output/questions/unhappy-customer/index.html");
    std::fs::write(&page, "touched").expect("written");
    built.edit(
        "content/questions/creaking-bicycle.yaml",
        "I believe her first.",
        "First I believe her.",
    );
    let again = built.again();
    let clean_folder = built.path("clean");
    let clean = built.run(
        PROGRAM,
        &["--output", clean_folder.to_str().expect("UTF-8")],
    );
    assert!(is_made(&again) && is_made(&clean), "{}", told(&again));
    assert_eq!(findings(&again), findings(&clean));
    // With what each remembers of it.
    assert_eq!(tree(&built.path("output")), tree(&clean_folder));
}

#[test]
fn an_older_stamp_says_nothing_of_a_newer_site() {
    let built = Built::new();
    let stamp = own(built.folder.path()).join("stamp.json");
    let old = std::fs::read(&stamp).expect("a stamp");
    built.edit("content/handbook.yaml", "title: ", "title: A ");
    assert!(is_made(&built.again()));
    std::fs::write(&stamp, old).expect("written");
    built.edit("content/handbook.yaml", "title: A ", "title: ");
    assert!(is_made(&built.again()));
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_page_is_refused_as_ever() {
    let built = Built::new();
    let page = built.path("output/index.html");
    std::fs::rename(&page, built.path("copy.html")).expect("moved");
    std::os::unix::fs::symlink(built.path("copy.html"), &page).expect("a link");
    let refused = built.again();
    assert_eq!(refused.status.code(), Some(2), "{}", told(&refused));
    assert!(
        told(&refused).contains("a symbolic link"),
        "{}",
        told(&refused)
    );
}
