//! What a page costs, in instructions: they are counted and not timed, so that a loaded machine counts the same.
//!
//! Callgrind counts those of the whole program in one thread. What a build costs before its first page is taken out: two
//! handbooks are built that differ only in how many questions they have.

#![cfg(target_os = "linux")]

use std::path::Path;
use std::process::Command;

use crate::project::{on_disk, write};

/// Questions of the two handbooks.
const FEW: u64 = 20;
const MANY: u64 = 120;

/// What a question costs from its file to its page, in thousands of instructions, in the release profile.
const A_PAGE: u64 = 1_561;
/// The share of it that a run may differ by, in percent.
const MAY_DIFFER: u64 = 5;

/// Writes questions that are alike into a handbook.
fn add_questions(root: &Path, count: u64) {
    let path = root.join("content/questions/creaking-bicycle.yaml");
    let text = std::fs::read_to_string(path).expect("a question");
    let (_, rest) = text.split_once("tags:").expect("a question with tags");
    for nth in 0..count {
        let title = format!("title: What creaks in part {nth:04}?\ntheme: at-the-stand\ntags:");
        let path = format!("content/questions/part-{nth:04}.yaml");
        write(root, &path, format!("{title}{rest}"));
    }
}

/// The instructions of a clean build, in thousands.
fn thousands(questions: u64) -> u64 {
    let project = on_disk();
    add_questions(project.path(), questions);
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env!("CARGO_BIN_EXE_prepbook"))
        .args(["build", "-q", "--adopt", "--root"])
        .arg(project.path())
        // Nothing of the machine's surroundings, and one thread.
        .env_clear()
        .env("RAYON_NUM_THREADS", "1")
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .output()
        .expect("valgrind runs: tests/run.sh installs it");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    let collected = told.split("Collected : ").nth(1);
    let collected = collected.and_then(|rest| rest.split_whitespace().next());
    let collected = collected.and_then(|count| count.parse::<u64>().ok());
    collected.unwrap_or_else(|| panic!("no count: {told}")) / 1000
}

#[test]
fn a_page_costs_what_it_did() {
    let few = thousands(FEW);
    let a_page = || (thousands(MANY) - few) / (MANY - FEW);
    let page = a_page();
    println!(
        "a page: {page} thousand; before the first one: {}",
        few - FEW * page
    );
    // Other profiles make other programs: of them, only that they count the same again.
    let known = if env!("OPT_LEVEL") == "3" {
        A_PAGE
    } else {
        a_page()
    };
    let differs = page.abs_diff(known);
    assert!(
        differs * 100 <= known * MAY_DIFFER,
        "a page costs {page} thousand instructions, and {known} were written down: if that is meant, write down the new \
         figure in {} and say why in tests/bench/README.md",
        file!()
    );
}
