//! `explain`: the page of a code, on the terminal.

use std::fmt::Write as _;
use std::io;

use include_dir::{Dir, include_dir};

use super::{Outcome, write};
use crate::diagnostic::{Code, nearest};

/// A page a code: what it means, what causes it, what the report says.
static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/tests/diagnostics");

/// How many examples of a page are shown without asking: the commonest stand first.
const EXAMPLES: usize = 6;

/// Prints all codes, a line each.
pub(super) fn list() -> io::Result<Outcome> {
    let widest = Code::ALL.iter().map(|code| code.word().len()).max();
    let width = widest.unwrap_or_default();
    let lines = Code::ALL.iter().map(|code| {
        let (severity, word) = (code.severity().word(), code.word());
        format!("{severity:7}  {word:width$}  {}\n", code.meaning())
    });
    write::results(lines.collect::<String>().as_bytes())?;
    Ok(Outcome::Fine)
}

/// Prints what a code means; with `all`, every example.
pub(super) fn explain(word: &str, all: bool) -> io::Result<Outcome> {
    let word = word.trim();
    // As it is printed: `error[unknown-theme]`.
    let word = word
        .split_once('[')
        .map_or(word, |(_, rest)| rest.trim_end_matches(']'));
    let page = PAGES.get_file(format!("{word}.md"));
    match page.and_then(|page| page.contents_utf8()) {
        Some(page) if all => write::styled(&as_told(page))?,
        Some(page) => write::styled(&as_told(&shortened(page, word)))?,
        None => {
            let near = nearest(word, Code::ALL.iter().map(|code| code.word()));
            let help = near.map_or_else(
                || "`prepbook explain` lists all".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!("there is no code `{word}`; {help}");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
    }
    Ok(Outcome::Fine)
}

/// A page with its first examples, and the headings of the others.
fn shortened(page: &str, word: &str) -> String {
    let mut sections = page.split_inclusive("\n## ");
    let mut out: String = sections.by_ref().take(EXAMPLES + 1).collect();
    let Some(shown) = out.strip_suffix("## ") else {
        return out;
    };
    let heading_of_next = shown.len();
    let mut rest = String::new();
    let mut headings = 0;
    for section in sections {
        let heading = section.lines().next().unwrap_or_default();
        rest += &format!("- {heading}\n");
        headings += 1;
    }
    out.truncate(heading_of_next);
    out += &format!("## {headings} more\n\n{rest}\n`prepbook explain {word} --all` shows them.\n");
    out
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
