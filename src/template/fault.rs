//! What is wrong with a template: in an author's words, at its line and column.

use std::collections::BTreeMap;

use tera::{Error, ErrorKind};

use super::laid::{self, Laid};
use super::open;
use super::recursion::{self, Texts};
use crate::diagnostic::{Code, Diagnostic, Place, Span, listed, nearest};
use crate::source::SourcePath;

/// What keeps templates from being compiled, each fault once.
pub(super) fn of_compiling(error: &Error, texts: &Texts<'_>, laid: &Laid) -> Vec<Diagnostic> {
    let fault = |place, message: String, help: &str| {
        vec![Diagnostic::new(Code::Template, place, message).help(help)]
    };
    match error.kind() {
        ErrorKind::SyntaxError(report) => {
            let name = report.filename();
            let range = laid::original(laid, name, report.span().range.clone());
            let place = place(texts, name, range);
            match report.message() {
                "Unknown tag" => match open::of_misplaced(texts, name, &place) {
                    Some(told) => vec![told],
                    None => vec![open::of_unknown(texts, name, place)],
                },
                message if message.contains("end of input") => {
                    let told = open::of_early_end(texts, name, &place);
                    let plain = || Diagnostic::new(Code::Template, place, plain(message).0);
                    vec![told.unwrap_or_else(plain)]
                }
                message => vec![Diagnostic::new(Code::Template, place, plain(message).0)],
            }
        }
        ErrorKind::MissingParent { current, parent } => fault(
            mention(texts, current, parent),
            format!("there is no template `{parent}`"),
            "look at its spelling; names count from the folder `templates/`",
        ),
        ErrorKind::CircularExtend { tpl, .. } => fault(
            mention(texts, tpl, tpl),
            "this template extends itself".to_owned(),
            "extend another one, such as `layout.html`",
        ),
        ErrorKind::CircularInclude { tpl, include_chain } => fault(
            mention(texts, tpl, include_chain.get(1).unwrap_or(tpl)),
            format!(
                "this template includes itself: {}",
                include_chain.join(", ")
            ),
            "delete the include",
        ),
        _ => {
            let text = error.to_string();
            let faults = text.split("error: ").filter(|fault| !fault.is_empty());
            let mut faults: Vec<_> = faults.map(|fault| of_report(fault, texts, laid)).collect();
            // A block that a frame lacks is lacking to all templates that extend it.
            let mut told = std::collections::BTreeSet::new();
            faults.retain(|fault| {
                !fault.message.starts_with("block ") || told.insert(fault.message.clone())
            });
            faults
        }
    }
}

/// Most branches in a template: the engine nests each in the one before it, and would run out of stack.
const MOST_BRANCHES: usize = 200;

/// The first branch too many.
pub(super) fn of_branches((path, text): &(SourcePath, &str)) -> Option<Diagnostic> {
    let (at, word) = text.match_indices("elif").nth(MOST_BRANCHES)?;
    let place = Place::new(path, Span::new(at, at + word.len()));
    let message = format!("a template has at most {MOST_BRANCHES} `elif`");
    Some(
        Diagnostic::new(Code::Template, place, message)
            .help("look the value up in a mapping instead, or split the template"),
    )
}

/// What kept a page from being filled with `values`, as far as these are known.
pub(super) fn of_filling(
    error: &Error,
    files: &BTreeMap<String, (SourcePath, String)>,
    laid: &Laid,
    page: &str,
    values: &serde_json::Value,
) -> Diagnostic {
    let file = |name: &str| {
        let known = files.get(name).map(|(path, _)| path.clone());
        known.unwrap_or_else(|| built_in(name))
    };
    let (place, message) = match error.kind() {
        ErrorKind::RenderingError(report) => {
            let name = report.filename();
            let range = laid::original(laid, name, report.span().range.clone());
            let place = Place::new(&file(name), Span::new(range.start, range.end));
            (place, report.message().to_owned())
        }
        ErrorKind::Io(_) => {
            let message = "the page has more than 64 MiB; perhaps a loop has no end";
            (Place::file(&file(page)), message.to_owned())
        }
        _ if error.to_string().contains("recursion depth for components") => {
            let texts = files
                .iter()
                .map(|(name, (path, text))| (name.clone(), (path.clone(), text.as_str())));
            let place = recursion::place(&texts.collect());
            let message = "this component calls itself without end";
            (
                place.unwrap_or_else(|| Place::file(&file(page))),
                message.to_owned(),
            )
        }
        _ => (Place::file(&file(page)), error.to_string()),
    };
    let written = files.values().find(|(path, _)| *path == place.path);
    let written = written.and_then(|(_, text)| text.get(place.span.range()));
    let misspelt = written.and_then(|way| no_such_name(way, values));
    let (message, help) = misspelt.unwrap_or_else(|| plain(&message));
    let found = format!("found while filling `{page}`");
    let help = help.map_or_else(|| found.clone(), |help| format!("{help} ({found})"));
    Diagnostic::new(Code::Template, place, message).help(help)
}

/// A way to a value that ends in a name which is not there, `frame.headings["answr"]`: what is said of it, and the name that
/// was meant.
fn no_such_name(way: &str, values: &serde_json::Value) -> Option<(String, Option<String>)> {
    let (before, name) = way.trim().strip_suffix("\"]")?.rsplit_once("[\"")?;
    let named = before
        .split('.')
        .try_fold(values, |value, part| value.get(part))?
        .as_object()?;
    if named.contains_key(name) {
        return None;
    }
    let help = match nearest(name, named.keys().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}", listed(named.keys().map(String::as_str))),
    };
    Some((format!("`{before}` has no `{name}`"), Some(help)))
}

/// The name that was meant by one that no template has: of a template, or of a block.
fn meant(message: &str, texts: &Texts<'_>) -> Option<String> {
    let typed = message.split('`').nth(1)?;
    let near = if message.starts_with("unknown template") {
        nearest(typed, texts.keys().map(String::as_str))?
    } else if message.starts_with("block ") {
        let blocks = texts
            .values()
            .flat_map(|(_, text)| text.split("{% block ").skip(1));
        let names = blocks.filter_map(|rest| rest.split_ascii_whitespace().next());
        nearest(typed, names.filter(|name| *name != typed))?
    } else {
        return None;
    };
    Some(format!("did you mean `{near}`?"))
}

/// The library's report of one fault among several: a message, ` --> file:line:column`, the line, marks below it.
fn of_report(report: &str, texts: &Texts<'_>, laid: &Laid) -> Diagnostic {
    let (message, help) = plain(report);
    let locus = report
        .lines()
        .find_map(|line| line.trim().strip_prefix("--> "));
    let place = locus.and_then(|locus| {
        let mut parts = locus.rsplitn(3, ':');
        let column: usize = parts.next()?.parse().ok()?;
        let line: usize = parts.next()?.parse().ok()?;
        let name = parts.next()?;
        let text = laid::text(laid, name, texts.get(name)?.1);
        let before = text.split_inclusive('\n').take(line.checked_sub(1)?);
        let start = before.map(str::len).sum::<usize>() + column.checked_sub(1)?;
        let marks = report.rsplit('\n').map(|line| line.matches('^').count());
        let length = marks.max().unwrap_or(0);
        let range = laid::original(laid, name, start..start + length);
        Some(place(texts, name, range))
    });
    // Where no place is told, the last template that the message names is to blame.
    let named = || report.rsplit('`').find(|word| texts.contains_key(*word));
    let place = place.unwrap_or_else(|| self::place(texts, named().unwrap_or("layout.html"), 0..0));
    let mut diagnostic = Diagnostic::new(Code::Template, place, message);
    diagnostic.help = help.or_else(|| meant(&diagnostic.message, texts));
    diagnostic
}

/// The library's first line as a headline, and what it lists there as a help.
fn plain(message: &str) -> (String, Option<String>) {
    let line = message.lines().next().unwrap_or_default();
    let (headline, known) = match line.split_once(". Available ") {
        Some((headline, known)) => (headline, Some(known)),
        None => (line.trim_end_matches('.'), None),
    };
    let help = known.and_then(|known| {
        let (_, names) = known.split_once(": ")?;
        let typed = headline.split('`').nth(1)?;
        Some(match nearest(typed, names.split(", ")) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are {names}"),
        })
    });
    let mut letters = headline.chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    (first.into_iter().chain(letters).collect(), help)
}

fn built_in(name: &str) -> SourcePath {
    SourcePath::new(format!("themes/default/templates/{name}"))
}

fn place(texts: &Texts<'_>, name: &str, range: std::ops::Range<usize>) -> Place {
    let file = texts
        .get(name)
        .map_or_else(|| built_in(name), |(path, _)| path.clone());
    Place::new(&file, Span::new(range.start, range.end))
}

/// Where a template names another one.
fn mention(texts: &Texts<'_>, name: &str, other: &str) -> Place {
    let text = texts.get(name).map_or("", |(_, text)| *text);
    let quoted = [format!("\"{other}\""), format!("'{other}'")];
    let found = quoted
        .iter()
        .find_map(|quoted| Some((text.find(quoted.as_str())?, quoted.len())));
    let (start, length) = found.unwrap_or_default();
    place(texts, name, start..start + length)
}
