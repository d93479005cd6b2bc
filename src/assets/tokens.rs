//! The tokens of a site theme, `--accent: light-dark(#0b5a60, #7fd0cb)`: what style sheets give and what they draw with.

use std::collections::{BTreeMap, BTreeSet};

use super::Files;
use super::statement::statements;
use crate::diagnostic::{Code, Diagnostic, Place, Span, nearest};
use crate::model::field::Rgb;
use crate::source::{Source, SourcePath};

/// The style sheet that names the tokens. What a handbook sets is added at its end.
pub(super) const SHEET: &str = "tokens.css";

/// Tokens in light and in dark surroundings, by name.
pub(super) type Tokens = BTreeMap<String, [Rgb; 2]>;

/// A token that a style sheet gives a value, on the page as a whole.
struct Given<'c> {
    /// Without its hyphens: `accent`.
    name: &'c str,
    value: &'c str,
    /// Where the value stands.
    at: Span,
}

/// The tokens that a style sheet gives. A rule may give one another value for some elements, or in some windows: these are
/// not among them.
fn given(css: &str) -> Vec<Given<'_>> {
    let mut given = Vec::new();
    statements(css, &mut |statement| {
        if let Some((name, value, begin)) = statement.declaration()
            && let Some(name) = name.strip_prefix("--")
            && statement.is_of_page()
        {
            let at = Span::new(begin, begin + value.len());
            given.push(Given { name, value, at });
        }
    });
    given
}

/// The tokens of a style sheet whose values are colours. Of several of one name, the last.
pub(super) fn tokens(css: &str) -> Tokens {
    let colours = given(css).into_iter();
    let colours = colours.filter_map(|one| match read(one.value) {
        Read::Colour(shades) => Some((one.name.to_owned(), shades)),
        _ => None,
    });
    colours.collect()
}

/// What a value is.
enum Read {
    Colour([Rgb; 2]),
    /// One that depends on others or on what lies below it: known to browsers alone.
    Open,
    Nothing,
}

/// Functions and words whose colours are known to browsers alone.
const OPEN: &[&str] = &[
    "var(",
    "color-mix(",
    "color(",
    "contrast-color(",
    "env(",
    "calc(",
    "from ",
    "currentcolor",
];

fn read(value: &str) -> Read {
    if OPEN
        .iter()
        .any(|open| value.to_ascii_lowercase().contains(open))
    {
        return Read::Open;
    }
    let inner = value.strip_prefix("light-dark(");
    let both = inner
        .and_then(|both| both.strip_suffix(')'))
        .and_then(halves);
    let (light, dark) = both.unwrap_or((value, value));
    match [light, dark].map(Rgb::from_css) {
        [Some(Some(light)), Some(Some(dark))] => Read::Colour([light, dark]),
        [Some(_), Some(_)] => Read::Open,
        _ => Read::Nothing,
    }
}

/// What stands before and after the one comma that is inside of no other brackets.
fn halves(both: &str) -> Option<(&str, &str)> {
    let mut depth = 0;
    let comma = both.char_indices().find(|(_, c)| {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        *c == ',' && depth == 0
    });
    let (at, _) = comma?;
    Some((both[..at].trim(), both[at + 1..].trim()))
}

/// Where a project's own style sheets give tokens that are colours: the sheet of the tokens first, and what stands in others
/// instead of them.
pub(super) fn of_project(files: &Files<'_>) -> BTreeMap<String, ([Rgb; 2], Place)> {
    let mut own = BTreeMap::new();
    let (first, others): (Vec<_>, Vec<_>) =
        own_sheets(files).partition(|(name, ..)| *name == SHEET);
    for (_, path, source) in first.into_iter().chain(others) {
        for one in given(source.text()) {
            if let Read::Colour(shades) = read(one.value) {
                let place = Place::new(path, one.at);
                own.insert(one.name.to_owned(), (shades, place));
            }
        }
    }
    own
}

fn own_sheets<'f>(
    files: &'f Files<'_>,
) -> impl Iterator<Item = (&'f str, &'f SourcePath, &'f Source)> {
    let sheets = files
        .iter()
        .filter(|(name, (_, source))| name.ends_with(".css") && !source.built_in);
    sheets.map(|(name, (path, source))| (name.as_str(), *path, *source))
}

/// Reports what is wrong with the tokens in a project's own style sheets: `unreadable-colour` and `unknown-token`. What is
/// built in is right by itself.
pub(super) fn check(files: &Files<'_>) -> Vec<Diagnostic> {
    if own_sheets(files).next().is_none() {
        return Vec::new();
    }
    let built_in = built_in();
    let colours = tokens(built_in);
    let mut found = Vec::new();
    for (_, path, source) in own_sheets(files) {
        for one in given(source.text()) {
            if colours.contains_key(one.name) && matches!(read(one.value), Read::Nothing) {
                let message = format!("`{}` is not a colour, which `--{}` is", one.value, one.name);
                let found_here =
                    Diagnostic::new(Code::UnreadableColour, Place::new(path, one.at), message);
                let help = "write `#0b5a60`, or `light-dark(#0b5a60, #7fd0cb)` for light and dark surroundings";
                found.push(found_here.help(help));
            }
        }
    }
    found.extend(Uses::of(files).unknown(built_in));
    found
}

/// The built-in sheet of the tokens.
fn built_in() -> &'static str {
    let mut files = crate::load::built_in_theme();
    let name = format!("assets/{SHEET}");
    let sheet = files.find(|(path, _)| *path == name);
    let bytes = sheet.map(|(_, bytes)| bytes).unwrap_or_default();
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// A name in a style sheet.
struct Named<'f> {
    sheet: &'f str,
    place: Place,
    is_own: bool,
    /// Whether a value that is given here holds of the page as a whole.
    is_of_page: bool,
}

/// Tokens by name: where values are given, and where they are asked for without another one to fall back on.
#[derive(Default)]
struct Uses<'f> {
    given: BTreeMap<&'f str, Vec<Named<'f>>>,
    asked: BTreeMap<&'f str, Vec<Named<'f>>>,
    /// Named in scripts, which may give them values.
    in_scripts: BTreeSet<&'f str>,
}

impl<'f> Uses<'f> {
    fn of(files: &'f Files<'_>) -> Self {
        let mut uses = Self::default();
        for (name, (path, source)) in files {
            if name.ends_with(".js") {
                let names = names(source.text()).map(|(_, token)| token);
                uses.in_scripts.extend(names);
            }
            if !name.ends_with(".css") {
                continue;
            }
            let named = |at: usize, token: &str, is_of_page| Named {
                is_of_page,
                sheet: name,
                place: Place::new(path, Span::new(at, at + token.len() + 2)),
                is_own: !source.built_in,
            };
            let css = source.text();
            statements(css, &mut |statement| {
                for (at, token) in names(statement.text) {
                    let before = statement.text[..at].trim_end();
                    let after = statement.text[at + 2 + token.len()..].trim_start();
                    let one = named(statement.at + at, token, statement.is_of_page());
                    if before.is_empty() && after.starts_with(':') {
                        uses.given.entry(token).or_default().push(one);
                    } else if before.ends_with("var(") {
                        // What has a value to fall back on may be absent.
                        let needed = after.starts_with(')');
                        let asked = uses.asked.entry(token).or_default();
                        asked.extend(needed.then_some(one));
                    }
                }
            });
        }
        uses
    }

    fn unknown(&self, built_in: &str) -> Vec<Diagnostic> {
        let usual: BTreeSet<&str> = given(built_in).iter().map(|one| one.name).collect();
        let unknown = self.asked.iter();
        let unknown = unknown.filter(|(token, _)| !self.is_known(token, usual.contains(*token)));
        let found = unknown.filter_map(|(token, asked)| self.report(token, asked, built_in));
        found.collect()
    }

    /// Whether a token has a value: one of the usual ones on the page as a whole, since sheets for paper give them others; any
    /// other token somewhere.
    fn is_known(&self, token: &str, is_usual: bool) -> bool {
        let is_of_page = |one: &Named<'_>| one.is_of_page && (one.is_own || one.sheet == SHEET);
        let mut given = self.given.get(token).into_iter().flatten();
        given.any(|one| !is_usual || is_of_page(one)) || self.in_scripts.contains(token)
    }

    fn report(&self, token: &str, asked: &[Named<'f>], built_in: &str) -> Option<Diagnostic> {
        let first = asked.first()?;
        let report = |place: &Place, message, help: String| {
            Some(Diagnostic::new(Code::UnknownToken, place.clone(), message).help(help))
        };
        // A name that nothing draws with and that is near to it was meant to be it.
        let idle = self
            .given
            .iter()
            .filter(|(name, _)| !self.asked.contains_key(*name));
        let idle: BTreeMap<&str, &Named<'f>> = idle
            .filter_map(|(name, given)| Some((*name, given.iter().find(|one| one.is_own)?)))
            .collect();
        if let Some(meant) = nearest(token, idle.keys().copied()) {
            let message = format!(
                "nothing is drawn with `--{meant}`, and `--{token}`, which `{}` draws with, has no value",
                first.sheet
            );
            return report(
                &idle[meant].place,
                message,
                format!("did you mean `--{token}`?"),
            );
        }
        let message = format!("no style sheet gives `--{token}` a value");
        if let Some(own) = asked.iter().find(|one| one.is_own) {
            let help = match nearest(token, self.given.keys().copied()) {
                Some(near) => format!("did you mean `--{near}`?"),
                None => format!(
                    "give it one in `{SHEET}`, or write `var(--{token}, …)` with a value to fall back on"
                ),
            };
            return report(&own.place, message, help);
        }
        // The built-in sheets rest on what one of the project's own has left out.
        let sheet = self
            .given
            .values()
            .flatten()
            .find(|one| one.is_own && one.sheet == SHEET);
        let place = Place::file(&sheet.unwrap_or(first).place.path);
        let usual = given(built_in).into_iter().find(|one| one.name == token);
        let help = match usual {
            Some(one) => format!(
                "add `--{token}: {};`, as the built-in file has it",
                one.value
            ),
            None => format!("add it to `{SHEET}`"),
        };
        report(
            &place,
            format!("{message}, and `{}` draws with it", first.sheet),
            help,
        )
    }
}

/// The names of tokens in a text, without their hyphens, and where they stand.
fn names(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    text.match_indices("--").filter_map(move |(at, _)| {
        let is_begin = !text[..at].ends_with(is_name);
        let name = &text[at + 2..];
        let name = &name[..name.find(|c| !is_name(c)).unwrap_or(name.len())];
        (is_begin && !name.is_empty()).then_some((at, name))
    })
}
