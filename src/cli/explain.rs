//! `explain`: the page of a code, on the terminal.

use std::fmt::Write as _;
use std::io;

use include_dir::{Dir, include_dir};

use super::{Outcome, write};
use crate::diagnostic::{Code, nearest};

/// A page a code: what it means, what causes it, what the report says.
static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/tests/diagnostics");

/// Prints what a code means.
pub(super) fn explain(word: &str) -> io::Result<Outcome> {
    let word = word.trim();
    // As it is printed: `error[unknown-theme]`.
    let word = word
        .split_once('[')
        .map_or(word, |(_, rest)| rest.trim_end_matches(']'));
    let page = PAGES.get_file(format!("{word}.md"));
    match page.and_then(|page| page.contents_utf8()) {
        Some(page) => {
            write::styled(&as_told(page))?;
            Ok(Outcome::Fine)
        }
        None => {
            let near = nearest(word, Code::ALL.iter().map(|code| code.word()));
            let help = near.map_or_else(
                || "findings are printed with their codes, as in `error[unknown-theme]`".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!("there is no code `{word}`; {help}");
            Err(io::Error::new(io::ErrorKind::InvalidInput, message))
        }
    }
}

const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const END: &str = "\u{1b}[0m";

/// A page for a terminal: headings bold, examples indented, with the file they stand in.
fn as_told(page: &str) -> String {
    let mut out = String::new();
    let mut in_block = false;
    for line in page.lines() {
        let told = match line.strip_prefix("```") {
            Some(_) if in_block => {
                in_block = false;
                continue;
            }
            Some(info) => {
                in_block = true;
                match info.split_once(' ') {
                    Some(("edit", path)) => {
                        format!("    {DIM}{path}, the lines of - made those of +:{END}")
                    }
                    Some((_, path)) => format!("    {DIM}{path}:{END}"),
                    None if info == "disk" => format!("    {DIM}on the disk:{END}"),
                    None => continue,
                }
            }
            None if in_block => format!("    {line}").trim_end().to_owned(),
            None if line.starts_with('#') => {
                format!("{BOLD}{}{END}", line.trim_start_matches(['#', ' ']))
            }
            None => line.to_owned(),
        };
        writeln!(out, "{told}").expect("a string");
    }
    out
}
