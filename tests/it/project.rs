//! In-memory projects to test with: the starter handbook, with edits.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use prepbook::Memo;
use prepbook::Options;
use prepbook::diagnostic::{Checked, Diagnostic, Tally, text};
use prepbook::output::OutputTree;
use prepbook::source::{Source, SourcePath, Sources};

/// The project's own folder.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A handbook with a record of every kind and no finding.
pub(crate) fn starter() -> Sources {
    let mut sources = prepbook::load::built_in();
    for (path, bytes) in prepbook::starter::handbook() {
        if path.starts_with("content/") {
            sources.insert(SourcePath::new(path), Source::new(bytes));
        }
    }
    sources
}

pub(crate) fn put(sources: &mut Sources, path: &str, text: &str) {
    sources.insert(SourcePath::new(path), Source::new(text.as_bytes()));
}

/// Replaces a piece of a file that must be in it.
pub(crate) fn edit(sources: &mut Sources, path: &str, from: &str, to: &str) {
    let text = sources.text(&SourcePath::new(path)).to_owned();
    assert!(text.contains(from), "{path} does not hold {from:?}");
    put(sources, path, &text.replacen(from, to, 1));
}

/// The starter handbook with more settings.
pub(crate) fn with_settings(settings: &str) -> Sources {
    let mut sources = starter();
    let more = format!("{settings}\nlanguage:");
    edit(&mut sources, "content/handbook.yaml", "language:", &more);
    sources
}

pub(crate) fn build(sources: &Sources) -> Checked<OutputTree> {
    prepbook::build(sources, &Options::default(), &Memo::none(), |_| {})
}

/// Builds and insists on no error.
pub(crate) fn site(sources: &Sources) -> OutputTree {
    let result = build(sources);
    assert_eq!(
        Tally::of(&result.found).errors,
        0,
        "{}",
        reports(&result.found, sources)
    );
    result.value
}

/// All findings as text.
pub(crate) fn reports(found: &[Diagnostic], sources: &Sources) -> String {
    found
        .iter()
        .map(|one| text::report(one, sources, false))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Writes the starter handbook into a new folder.
pub(crate) fn on_disk() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, bytes) in prepbook::starter::handbook() {
        write(folder.path(), &path, bytes);
    }
    folder
}

/// What is loaded of the starter handbook on disk after some changes, one a line: `link a -> b`, `fifo a`,
/// `file a`, `folder a`, `move a -> b`, `remove a`.
#[cfg(unix)]
pub(crate) fn starter_on_disk(changes: &[&str]) -> Sources {
    let project = on_disk();
    for change in changes {
        let (action, rest) = change.split_once(' ').expect("an action and a path");
        let (path, target) = rest.split_once(" -> ").unwrap_or((rest, ""));
        let path = project.path().join(path);
        match action {
            "link" => std::os::unix::fs::symlink(target, path).expect("a link"),
            "fifo" => {
                let made = std::process::Command::new("mkfifo").arg(path).status();
                assert!(made.expect("mkfifo").success());
            }
            "file" => std::fs::write(path, "").expect("a file"),
            "folder" => std::fs::create_dir(path).expect("a folder"),
            "move" => std::fs::rename(path, project.path().join(target)).expect("renamed"),
            "remove" => std::fs::remove_file(path).expect("a file to remove"),
            other => panic!("no change is called `{other}`"),
        }
    }
    prepbook::load::load(project.path()).expect("the sources")
}

pub(crate) fn write(root: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let full = root.join(path);
    std::fs::create_dir_all(full.parent().expect("inside the root")).expect("a folder");
    std::fs::write(full, bytes).expect("a file");
}

/// Every file below a folder with its bytes, ordered by path.
pub(crate) fn tree(root: &Path) -> Vec<(String, Vec<u8>)> {
    fn walk(root: &Path, folder: &Path, out: &mut Vec<(String, Vec<u8>)>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() && !path.is_symlink() {
                walk(root, &path, out);
            } else {
                let name = path
                    .strip_prefix(root)
                    .expect("below the root")
                    .to_string_lossy()
                    .into_owned();
                out.push((name, std::fs::read(&path).unwrap_or_default()));
            }
        }
    }
    let mut out = Vec::new();
    walk(root, root, &mut out);
    out.sort();
    out
}

/// Where a project keeps what it must know of its output folder.
pub(crate) fn own(root: &Path) -> PathBuf {
    let folders = std::fs::read_dir(root.join(".prepbook")).expect("a folder");
    let mut folders = folders.map(|entry| entry.expect("an entry").path());
    let is_of_output = |folder: &PathBuf| folder.to_string_lossy().contains("/output-");
    folders.find(is_of_output).expect("one of the output")
}

/// Runs the program in a folder, to its end.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_prepbook"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program runs")
}

/// What a program wrote on standard output.
pub(crate) fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// All that a program told: its results, and what it said beside them.
pub(crate) fn told(output: &Output) -> String {
    out(output) + &err(output)
}

/// What a program wrote on standard error.
pub(crate) fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
