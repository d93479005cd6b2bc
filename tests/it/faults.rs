//! Builds on a disk that fails, and builds that are killed, at every single call that changes the output folder.

#![cfg(all(target_os = "linux", target_env = "gnu"))]

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use prepbook::source::Source;

use crate::project::{on_disk, own, repository, tree, write};

/// Hashes of files by their paths; folders have a slash at their end and nothing in them.
type State = BTreeMap<String, u128>;

/// A small handbook, the site of its first edition and, as a clean build makes it, that of its second.
struct Editions {
    _folder: tempfile::TempDir,
    /// Its real path.
    root: PathBuf,
    first: State,
    second: State,
}

/// What a build writes: the site, and what we must know of it.
const SITE: [&str; 2] = ["output", ".prepbook"];

/// Readers need ways on: every guide links to three others.
const GUIDES: [&str; 4] = ["one", "two", "three", "four"];

fn guide(id: &str, title: &str, aliases: &str) -> String {
    let others = GUIDES.iter().filter(|other| **other != id);
    let links: String = others.map(|other| format!("[x](guide:{other}) ")).collect();
    let order = GUIDES.iter().position(|one| *one == id).expect("a guide");
    format!(
        "---\ntitle: {title}\norder: {order}\nsummary: S.\naliases: [{aliases}]\n---\n\n{links}\n"
    )
}

/// Compiles what lets calls fail.
fn make_shim(root: &Path) {
    let shim = Command::new("cc")
        .args(["-shared", "-fPIC", "-Wall", "-Werror", "-o"])
        .arg(root.join("faults.so"))
        .arg(repository().join("tests/it/faults.c"))
        .status();
    assert!(shim.expect("cc runs").success());
}

impl Editions {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("a folder");
        let settings = "format: 1\ntitle: Small\ndescription: Small.\n";
        write(&root, "content/handbook.yaml", settings);
        for id in GUIDES {
            write(&root, &format!("content/guides/{id}.md"), guide(id, id, ""));
        }
        make_shim(&root);
        let mut editions = Self {
            _folder: folder,
            root,
            first: State::new(),
            second: State::new(),
        };
        editions.edit("One", "/gone/deep/");
        editions.first = editions.clean();
        for folder in SITE {
            copy(&editions.path(folder), &editions.path("first").join(folder));
        }
        editions.edit("Two", "/new/place/");
        editions.second = editions.clean();
        editions
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    fn out(&self) -> PathBuf {
        self.path("output")
    }

    fn edit(&self, title: &str, alias: &str) {
        write(
            &self.root,
            "content/guides/one.md",
            guide("one", title, alias),
        );
    }

    fn build(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_prepbook"));
        command
            .args(["build", "--drafts", "--root"])
            .arg(&self.root)
            // In one thread calls come in one order.
            .env("RAYON_NUM_THREADS", "1");
        command
    }

    fn clean(&self) -> State {
        let built = self.build().output().expect("the program runs");
        assert!(built.status.success(), "{}", told(&built));
        self.state()
    }

    /// Everything in the output folder, and what we know of it.
    fn state(&self) -> State {
        let mut state = state(&self.out());
        for name in ["manifest.json", "stamp.json"] {
            let kept = std::fs::read(own(&self.root).join(name)).expect("one of ours");
            state.insert(format!(".prepbook-{name}"), Source::new(kept).hash);
        }
        state
    }

    /// Publishes the second edition over the first with a fault at one call; `None` when there is no such call.
    fn fail(&self, how: &str, at: usize) -> Option<Output> {
        let fired = self.path("fired");
        drop(std::fs::remove_file(&fired));
        for folder in SITE {
            drop(std::fs::remove_dir_all(self.path(folder)));
            copy(&self.path("first").join(folder), &self.path(folder));
        }
        let output = self
            .build()
            .env("LD_PRELOAD", self.path("faults.so"))
            .env("FAULT_BELOW", &self.root)
            .env("FAULT_AT", at.to_string())
            .env("FAULT_HOW", how)
            .env("FAULT_FIRED", &fired)
            .output()
            .expect("the program runs");
        fired.exists().then_some(output)
    }

    /// Every file is a whole one of either edition, and the next build makes the second, whatever happened.
    fn is_mended(&self, what: &str) {
        for (path, hash) in self.state() {
            let is_known = |edition: &State| edition.get(&path) == Some(&hash);
            let is_ours = path.starts_with(".prepbook-") || path.ends_with('/');
            assert!(
                is_ours || is_known(&self.first) || is_known(&self.second),
                "{what}: {path} is torn"
            );
        }
        assert_eq!(self.clean(), self.second, "{what}");
    }
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in tree(from) {
        write(to, &path, bytes);
    }
}

/// Everything in an output folder.
fn state(out: &Path) -> State {
    fn folders(root: &Path, path: &str, state: &mut State) {
        for entry in std::fs::read_dir(root.join(path)).expect("a folder") {
            let entry = entry.expect("an entry");
            if entry.path().is_dir() {
                let inner = format!("{path}{}/", entry.file_name().to_string_lossy());
                folders(root, &inner, state);
                state.insert(inner, 0);
            }
        }
    }
    let hashed = |(path, bytes): (String, Vec<u8>)| (path, Source::new(bytes).hash);
    let mut state: State = tree(out).into_iter().map(hashed).collect();
    folders(out, "", &mut state);
    state
}

#[test]
fn a_disk_that_fills_up_leaves_the_site_as_it_was() {
    let editions = Editions::new();
    let mut at = 1;
    while let Some(output) = editions.fail("full", at) {
        let told = told(&output);
        let is_lock = told.contains("/lock: ");
        assert_eq!(output.status.code(), Some(2), "call {at}: {told}");
        assert!(
            told.contains("No space left on device"),
            "call {at}: {told}"
        );
        assert!(
            is_lock || told.contains("the site there is unchanged"),
            "call {at}: {told}"
        );
        assert_eq!(editions.state(), editions.first, "call {at}: {told}");
        at += 1;
    }
    assert!(at > 20, "only {at} calls");
}

#[test]
fn a_disk_that_fails_once_leaves_the_site_as_it_was_or_says_how_far_it_came() {
    let editions = Editions::new();
    let mut at = 1;
    let mut partly = 0;
    while let Some(output) = editions.fail("once", at) {
        let told = told(&output);
        let now = editions.state();
        if told.contains("have taken their places") {
            partly += 1;
            assert_eq!(output.status.code(), Some(2), "call {at}: {told}");
        } else if output.status.success() || told.contains(".prepbook-staging: Input/output error")
        {
            // Nothing of the site is left to do: what failed was tidying up.
            let pages = |state: &State| -> State {
                let is_ours = |path: &str| path.starts_with(".prepbook-staging");
                let pages = state.iter().filter(|(path, _)| !is_ours(path));
                pages.map(|(path, hash)| (path.clone(), *hash)).collect()
            };
            let (now, first) = (pages(&now), pages(&editions.first));
            assert!(
                now == first || now == pages(&editions.second),
                "call {at}: {told}"
            );
        } else {
            assert_eq!(output.status.code(), Some(2), "call {at}: {told}");
            assert_eq!(now, editions.first, "call {at}: {told}");
        }
        if editions.state() != editions.first {
            editions.is_mended(&format!("call {at}"));
        }
        at += 1;
    }
    assert!(at > 30 && partly > 5, "{partly} of {at} calls");
}

#[test]
fn a_build_killed_at_any_call_is_repaired_by_the_next() {
    let editions = Editions::new();
    let mut at = 1;
    while let Some(output) = editions.fail("kill", at) {
        assert_eq!(output.status.signal(), Some(9), "call {at}");
        editions.is_mended(&format!("call {at}"));
        at += 1;
    }
    assert!(at > 30, "only {at} calls");
}

/// The starter handbook and a command that changes its records.
struct Change {
    folder: tempfile::TempDir,
    arguments: &'static [&'static str],
    before: State,
    after: State,
}

impl Change {
    fn new(arguments: &'static [&'static str]) -> Self {
        let mut change = Self {
            folder: on_disk(),
            arguments,
            before: State::new(),
            after: State::new(),
        };
        make_shim(change.folder.path());
        change.restore();
        write(
            change.folder.path(),
            "list.csv",
            "q,a\nWhy us?,So.\nWhy now?,Thus.\n",
        );
        change.before = change.state();
        let done = change.command().output().expect("the program runs");
        assert!(done.status.success(), "{}", told(&done));
        change.after = change.state();
        change.restore();
        assert_ne!(change.before, change.after);
        change
    }

    fn content(&self) -> PathBuf {
        let root = self.folder.path().canonicalize().expect("a folder");
        root.join("content")
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_prepbook"));
        let root = self.folder.path().canonicalize().expect("a folder");
        command
            .args(self.arguments)
            .current_dir(&root)
            .arg("--root")
            .arg(root);
        command
    }

    /// The records; what was written aside by a run that was killed is none.
    fn state(&self) -> State {
        let files = tree(&self.content()).into_iter();
        let records = files.filter(|(path, _)| !path.contains("/."));
        records
            .map(|(path, bytes)| (path, Source::new(bytes).hash))
            .collect()
    }

    /// The starter handbook, with themes that `fmt` puts in another order.
    fn restore(&self) {
        std::fs::remove_dir_all(self.content()).expect("removed");
        for (path, bytes) in prepbook::starter::handbook() {
            let text = std::str::from_utf8(bytes).expect("UTF-8");
            if path.starts_with("content/themes/") {
                let (titles, others): (Vec<_>, Vec<_>) =
                    text.lines().partition(|line| line.starts_with("title: "));
                let lines = [others, titles].concat();
                write(self.folder.path(), &path, lines.join("\n") + "\n");
            } else {
                write(self.folder.path(), &path, text);
            }
        }
    }

    /// Runs with a fault at one call; `None` when there is no such call.
    fn fail(&self, how: &str, at: usize) -> Option<Output> {
        let fired = self.folder.path().join("fired");
        drop(std::fs::remove_file(&fired));
        self.restore();
        let output = self
            .command()
            .env("LD_PRELOAD", self.folder.path().join("faults.so"))
            .env("FAULT_BELOW", self.content())
            .env("FAULT_AT", at.to_string())
            .env("FAULT_HOW", how)
            .env("FAULT_FIRED", &fired)
            .output()
            .expect("the program runs");
        fired.exists().then_some(output)
    }
}

const RENAME: &[&str] = &["rename", "theme", "at-the-stand", "workshop"];
const IMPORT: &[&str] = &["import", "list.csv"];

#[test]
fn records_change_all_or_not_at_all() {
    for (arguments, most) in [(RENAME, 10), (IMPORT, 4), (&["fmt"][..], 4)] {
        let change = Change::new(arguments);
        for how in ["once", "full"] {
            let mut at = 1;
            while let Some(output) = change.fail(how, at) {
                let told = told(&output);
                let expected = if output.status.success() {
                    &change.after
                } else {
                    &change.before
                };
                assert_eq!(
                    &change.state(),
                    expected,
                    "{arguments:?}, {how}, call {at}: {told}"
                );
                at += 1;
            }
            assert!(at > most, "{arguments:?}, {how}: only {at} calls");
        }
    }
}

#[test]
fn a_renaming_that_was_killed_can_be_repeated() {
    let change = Change::new(RENAME);
    let mut at = 1;
    while let Some(output) = change.fail("kill", at) {
        assert_eq!(output.status.signal(), Some(9), "call {at}");
        if change.state() != change.after {
            let again = change.command().output().expect("the program runs");
            assert!(again.status.success(), "call {at}: {}", told(&again));
        }
        assert_eq!(change.state(), change.after, "call {at}");
        at += 1;
    }
    assert!(at > 20, "only {at} calls");
}
