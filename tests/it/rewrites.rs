//! What a build writes: nothing where nothing changed, and after an edit the files that show it and no others.
//!
//! Files that are written are new ones for the disk, whatever their bytes.

#![cfg(unix)]

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::sync::Mutex;

use prepbook::output::{Aside, Bytes, OutputPath};
use prepbook::source::{SourcePath, Sources};
use prepbook::{Memo, Options};

use crate::project::{edit, on_disk, starter, tree, write};

/// The files of a site on disk, each with what tells it from another in its place.
fn files(out: &Path) -> BTreeMap<String, u64> {
    let files = tree(out).into_iter().map(|(path, _)| path);
    files
        .filter(|path| !path.starts_with(".prepbook-"))
        .map(|path| {
            let meta = std::fs::metadata(out.join(&path)).expect("a file");
            (path, meta.ino())
        })
        .collect()
}

/// The path of a file of the site theme without the part of its hash that stands in its name.
fn without_hash(path: &str) -> String {
    let is_hash = |part: &&str| part.len() == 8 && part.bytes().all(|b| b.is_ascii_hexdigit());
    let parts: Vec<&str> = path.split('.').filter(|part| !is_hash(part)).collect();
    parts.join(".")
}

/// The files that a build writes or removes.
fn written(root: &Path) -> BTreeSet<String> {
    let out = root.join("output");
    let before = files(&out);
    let build = crate::project::run(root, &["build"]);
    assert!(build.status.success(), "{}", crate::project::err(&build));
    let after = files(&out);
    let told = crate::project::err(&build);
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let written = paths
        .into_iter()
        .filter(|path| before.get(*path) != after.get(*path));
    let written: BTreeSet<String> = written.cloned().collect();
    let is_there = |path: &&String| after.contains_key(*path);
    let count = written.iter().filter(is_there).count();
    let files = if count == 1 { "file" } else { "files" };
    assert!(
        told.contains(&format!(": {count} {files} written")),
        "{told}"
    );
    written.iter().map(|path| without_hash(path)).collect()
}

/// A file, what of it is edited, and the files that are written then. Any page may be in the print edition,
/// and have its hash in the worker.
type Edit = (
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

const EDITS: &[Edit] = &[
    (
        "content/questions/creaking-bicycle.yaml",
        "I believe her first.",
        "First I believe her.",
        &["questions/creaking-bicycle/index.html"],
    ),
    (
        "content/themes/at-the-stand.yaml",
        "and you can say which",
        "and you say which",
        &["themes/at-the-stand/index.html"],
    ),
    (
        "content/companies/towpath-repair-club.yaml",
        "your hands didn't do",
        "didn't your hands do",
        &["companies/towpath-repair-club/index.html"],
    ),
    (
        "content/frameworks/star.yaml",
        "Two sentences.",
        "Sentences, two.",
        &["frameworks/star/index.html"],
    ),
    (
        "content/checklists/day-3.yaml",
        "No answer over two minutes",
        "Over two minutes no answer",
        &["plan/day-3/index.html"],
    ),
    (
        "content/cheat-sheets/first-sentences.yaml",
        "leave the rest",
        "leave rest",
        &["cheat-sheet/index.html"],
    ),
    (
        "content/exercises/two-minute-drill.yaml",
        "no notes.",
        "notes no.",
        &["practice/two-minute-drill/index.html"],
    ),
    (
        "content/guides/bench-trial.md",
        "three or four faults",
        "four or three faults",
        &["guides/bench-trial/index.html"],
    ),
    (
        "content/interviews/half-an-hour-with-tea.yaml",
        "The rider laughed",
        "Laughed the rider",
        &["interviews/half-an-hour-with-tea/index.html"],
    ),
    (
        "content/tracks/volunteer-mechanic.yaml",
        "A story in which",
        "In which a story",
        &["tracks/volunteer-mechanic/index.html"],
    ),
    (
        "content/red-flags/no-final-check.yaml",
        "Nobody rode the bicycle",
        "The bicycle nobody rode",
        &["cheat-sheet/index.html", "red-flags/index.html"],
    ),
    (
        "content/follow-ups/own-share.yaml",
        "One sentence",
        "Sentence one",
        &["follow-ups/index.html"],
    ),
    (
        "content/sources/job-advert.yaml",
        "in its own words",
        "own words in its",
        &["sources/index.html"],
    ),
    (
        "content/handbook.yaml",
        "told in two minutes",
        "in two minutes told",
        &["index.html"],
    ),
    (
        "themes/default/templates/question.html",
        "</h1>",
        "</h1><!-- edited -->",
        &[
            "questions/creaking-bicycle/index.html",
            "questions/mistake-on-the-stand/index.html",
            "questions/not-worth-repairing/index.html",
            "questions/unhappy-customer/index.html",
        ],
    ),
    (
        "themes/default/assets/exchange.js",
        "LONGEST_LINK = 6000",
        "LONGEST_LINK = 5000",
        &["assets/exchange.js", "my-data/index.html"],
    ),
    (
        "themes/default/words/en.yaml",
        "not-found: Not",
        "not-found: Nothing",
        &["404.html"],
    ),
];

/// The site that a clean build of the same makes.
fn is_clean_site(root: &Path, what: &str) {
    let sources = prepbook::load::load(root).expect("sources");
    let clean = crate::project::site(&sources);
    let site = tree(&root.join("output")).into_iter();
    let site: BTreeMap<_, _> = site
        .filter(|(path, _)| !path.starts_with(".prepbook-"))
        .collect();
    for (path, bytes) in clean.iter() {
        assert!(
            site.get(path.as_str()).is_some_and(|own| own == bytes),
            "{what}: {path}"
        );
    }
    assert_eq!(site.len(), clean.len(), "{what}");
}

#[test]
fn a_build_writes_what_shows_an_edit_and_nothing_else() {
    let project = on_disk();
    let root = project.path();
    let first = crate::project::run(root, &["build"]);
    assert!(first.status.success(), "{}", crate::project::err(&first));
    assert_eq!(written(root), BTreeSet::new());
    let mut wrong = Vec::new();
    for (path, from, to, shows) in EDITS {
        let full = root.join(path);
        let built_in = || {
            prepbook::load::built_in()
                .text(&SourcePath::new(*path))
                .to_owned()
        };
        let text = std::fs::read_to_string(&full).unwrap_or_else(|_| built_in());
        assert!(text.contains(from), "{path} does not hold {from:?}");
        write(root, path, text.replacen(from, to, 1));
        let written = written(root);
        let always = ["print/index.html", "sw.js"];
        let always = always.iter().filter(|path| written.contains(**path));
        let shows = shows.iter().chain(always);
        let shows: BTreeSet<String> = shows.map(ToString::to_string).collect();
        if written != shows {
            wrong.push(format!("{path}: {written:#?}"));
        }
        is_clean_site(root, path);
        assert_eq!(self::written(root), BTreeSet::new(), "{path}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Notes the keys of a site's files.
#[derive(Default)]
struct Notes(Mutex<BTreeMap<String, u128>>);

impl Aside for Notes {
    fn standing(&self, path: &OutputPath, key: u128) -> Option<Bytes> {
        let mut keys = self.0.lock().expect("whole");
        assert_eq!(keys.insert(path.to_string(), key), None, "{path}");
        None
    }

    fn take(&self, _: &OutputPath, _: &Bytes) {}

    fn is_over(&self) -> bool {
        false
    }
}

fn keys(sources: &Sources) -> BTreeMap<String, u128> {
    let notes = Notes::default();
    let built = prepbook::build_aside(
        sources,
        &Options::default(),
        &Memo::none(),
        Some(&notes),
        |_| {},
    );
    assert!(!built.value.is_empty());
    notes.0.into_inner().expect("whole")
}

#[test]
fn of_an_edited_answer_only_what_can_show_it_is_made_again() {
    let mut sources = starter();
    let before = keys(&sources);
    let question = "content/questions/creaking-bicycle.yaml";
    edit(
        &mut sources,
        question,
        "I believe her first.",
        "First I believe her.",
    );
    let after = keys(&sources);
    let changed = after
        .iter()
        .filter(|(path, key)| before.get(*path) != Some(key));
    let changed: Vec<&str> = changed.map(|(path, _)| path.as_str()).collect();
    let page = "questions/creaking-bicycle/index.html";
    assert_eq!(changed, [page, "search-data.js", "weak-answers/index.html"]);
    assert_eq!(after.len(), before.len());
}
