//! The author's own `content/files/_headers`, read into the rules that are made.

use crate::diagnostic::{Checked, Code, Diagnostic, Place, Span};
use crate::media::Medium;
use crate::output::HeaderRule;

/// Adds the author's rules to those that are made. Under a path that has a rule already, a header of the author's takes the
/// place of the made one. Reports lines that no host can read, and headers that a file would get by two rules.
pub(super) fn joined(made: Vec<HeaderRule>, own: &Medium) -> Checked<Vec<HeaderRule>> {
    let mut reader = Reader {
        rules: made.clone(),
        made,
        found: Vec::new(),
    };
    let mut rule = None;
    let mut at = 0;
    for line in String::from_utf8_lossy(&own.bytes).split_inclusive('\n') {
        let written = line.trim();
        let start = at + line.len() - line.trim_start().len();
        let place = Place::new(&own.source, Span::new(start, start + written.len()));
        at += line.len();
        if written.is_empty() || written.starts_with('#') {
            continue;
        }
        if is_path(written) {
            rule = Some(reader.rule(written));
        } else if let Some(rule) = rule {
            reader.header(rule, written, place);
        } else {
            let help = "write above it which files it is for: `/form.pdf`, or `/*` for all";
            reader.report(place, "this header stands below no path".to_owned(), help);
        }
    }
    Checked::new(reader.rules, reader.found)
}

/// Whether a line says which files a rule is for: a path, or a whole address.
fn is_path(line: &str) -> bool {
    let scheme = line.split_once("://").map(|(scheme, _)| scheme);
    line.starts_with('/')
        || scheme.is_some_and(|scheme| scheme.chars().all(|c| c.is_ascii_alphanumeric()))
}

struct Reader {
    made: Vec<HeaderRule>,
    rules: Vec<HeaderRule>,
    found: Vec<Diagnostic>,
}

impl Reader {
    fn report(&mut self, place: Place, message: String, help: &str) {
        let found = Diagnostic::new(Code::InvalidValue, place, message);
        self.found.push(found.help(help));
    }

    /// The rule of a path, by its number.
    fn rule(&mut self, path: &str) -> usize {
        let known = self.rules.iter().position(|rule| rule.path == path);
        known.unwrap_or_else(|| {
            self.rules.push(HeaderRule::new(path, []));
            self.rules.len() - 1
        })
    }

    fn header(&mut self, rule: usize, line: &str, place: Place) {
        let rule_of = &mut self.rules[rule];
        if let Some(name) = line.strip_prefix('!') {
            rule_of.without.push(name.trim().to_owned());
            return;
        }
        let Some((name, value)) = line.split_once(':') else {
            let help = "write `/path/*` for the files, and below it `Name: value`";
            let message = "this line is neither a path nor a header".to_owned();
            return self.report(place, message, help);
        };
        let (name, value) = (name.trim(), value.trim());
        let is_same = |other: &str| other.eq_ignore_ascii_case(name);
        if is_same("Content-Security-Policy") {
            let message = format!("`{name}` is the site's: every page carries it, too");
            let help = "delete this line, and add what pages may load by `policy` in content/handbook.yaml";
            return self.report(place, message, help);
        }
        let is_taken_away = rule_of.without.iter().any(|other| is_same(other));
        let path = rule_of.path.clone();
        let others = self.made.iter().filter(|made| made.path != path);
        let mut doubled = others.filter(|made| overlap(&made.path, &path) && made.has(name));
        if let (Some(other), false) = (doubled.next(), is_taken_away) {
            let message = format!(
                "`{name}` goes with these files by the rule `{}` already, and hosts would send both",
                other.path
            );
            let help = format!(
                "write it below `{}`, where yours takes its place",
                other.path
            );
            return self.report(place, message, &help);
        }
        let rule = &mut self.rules[rule];
        let was_made = self
            .made
            .iter()
            .any(|made| made.path == path && made.has(name));
        if was_made {
            rule.headers.retain(|(other, _)| !is_same(other));
        }
        rule.headers.push((name.to_owned(), value.to_owned()));
    }
}

/// Whether a file can be meant by both paths, each of which may have a part that stands for anything.
fn overlap(one: &str, other: &str) -> bool {
    let fixed = |path: &str| {
        let end = path.find(['*', ':']).unwrap_or(path.len());
        (path[..end].to_owned(), end < path.len())
    };
    let ((one, one_is_open), (other, other_is_open)) = (fixed(one), fixed(other));
    match (one_is_open, other_is_open) {
        (true, true) => one.starts_with(&other) || other.starts_with(&one),
        (true, false) => other.starts_with(&one),
        (false, true) => one.starts_with(&other),
        (false, false) => one == other,
    }
}
