//! Names in templates that mean nothing: the engine takes them for nothing in conditions and arguments, and says a word
//! only where it should print one.

use std::collections::BTreeMap;
use std::ops::Range;

use super::contexts::{CONTEXTS, Fields, Type};
use super::expression::{Scope, Scopes};
use super::recursion::Texts;
use super::tags::{Placed, Tag, Token, tags};
use crate::diagnostic::{Code, Diagnostic, Place, Span};

/// A name that means nothing, and what is said of it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Nothing {
    start: usize,
    end: usize,
    message: String,
}

/// With the help, which depends on the page.
pub(super) type Finding = (Nothing, String);

/// Names that mean nothing in any page that the template is a part of.
pub(super) fn unknown(texts: &Texts<'_>, assets: &[&str]) -> Vec<Diagnostic> {
    let parsed: BTreeMap<&str, Vec<Tag<'_>>> = texts
        .iter()
        .map(|(name, (_, text))| (name.as_str(), tags(text)))
        .collect();
    let mut found: Vec<Diagnostic> = in_pages(&parsed, assets)
        .into_iter()
        .chain(in_components(&parsed, assets))
        .map(|(name, (what, help))| {
            let place = Place::new(&texts[name].0, Span::new(what.start, what.end));
            Diagnostic::new(Code::Template, place, what.message).help(help)
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

type Parsed<'t> = BTreeMap<&'t str, Vec<Tag<'t>>>;

/// Findings with the templates that they stand in. A template that several pages share may ask for what only some have.
fn in_pages<'t>(parsed: &Parsed<'t>, assets: &[&str]) -> Vec<(&'t str, Finding)> {
    let mut pages: BTreeMap<&str, usize> = BTreeMap::new();
    let mut lacking: BTreeMap<(&str, Nothing), (usize, String)> = BTreeMap::new();
    for (page, fields) in &CONTEXTS.templates {
        for name in parts(page, parsed) {
            *pages.entry(name).or_default() += 1;
            let mut walk = Walk::new(name, Some(fields), assets);
            walk.template(&parsed[name]);
            // Once a page, however often the walk met it there.
            for (what, help) in walk.scopes.found.into_iter().collect::<BTreeMap<_, _>>() {
                lacking.entry((name, what)).or_insert((0, help)).0 += 1;
            }
        }
    }
    let everywhere = lacking
        .into_iter()
        .filter(|((name, _), (count, _))| *count == pages[name]);
    everywhere
        .map(|((name, what), (_, help))| (name, (what, help)))
        .collect()
}

/// The same for the bodies of components.
fn in_components<'t>(parsed: &Parsed<'t>, assets: &[&str]) -> Vec<(&'t str, Finding)> {
    let of = |(name, tags): (&&'t str, &Vec<Tag<'t>>)| {
        let mut walk = Walk::new(name, None, assets);
        walk.template(tags);
        let found = walk.scopes.found.into_iter();
        found.map(|finding| (*name, finding)).collect::<Vec<_>>()
    };
    parsed.iter().flat_map(of).collect()
}

/// A page's template, those it extends and those it includes.
fn parts<'t>(page: &str, parsed: &Parsed<'t>) -> Vec<&'t str> {
    let known = |name: &str| parsed.get_key_value(name).map(|(name, _)| *name);
    let mut parts: Vec<&str> = known(page).into_iter().collect();
    let mut next = 0;
    while let Some(name) = parts.get(next) {
        for tag in &parsed[name] {
            if let [
                (Token::Name("extends" | "include"), _),
                (Token::Text(other), _),
                ..,
            ] = tag.words[..]
                && let Some(other) = known(other).filter(|other| !parts.contains(other))
            {
                parts.push(other);
            }
        }
        next += 1;
    }
    parts
}

/// A walk through a template. With a context it leaves out components, without one all else: those see nothing but their
/// arguments.
struct Walk<'c> {
    scopes: Scopes<'c>,
    in_component: bool,
}

impl<'c> Walk<'c> {
    fn new(template: &str, context: Option<&'c Fields>, assets: &'c [&'c str]) -> Self {
        Self {
            scopes: Scopes::new(template, context, assets),
            in_component: false,
        }
    }

    fn template(&mut self, tags: &[Tag<'_>]) {
        let wants_components = self.scopes.context.is_none();
        for tag in tags {
            let first = tag
                .words
                .iter()
                .find(|(token, _)| *token != Token::Mark('-'));
            match first {
                Some((Token::Name("component"), _)) if !tag.prints => {
                    self.in_component = true;
                    if wants_components {
                        self.scopes.enter(parameters(&tag.words));
                    }
                }
                Some((Token::Name("endcomponent"), _)) if !tag.prints => {
                    self.in_component = false;
                    if wants_components {
                        self.scopes.leave();
                    }
                }
                _ if self.in_component != wants_components => {}
                _ if tag.prints => drop(self.scopes.expression(&tag.words)),
                _ => self.statement(&tag.words),
            }
        }
    }

    fn statement(&mut self, words: &[Placed<'_>]) {
        let start = words
            .iter()
            .position(|(token, _)| *token != Token::Mark('-'));
        let words = &words[start.unwrap_or(0)..];
        let Some((Token::Name(word), _)) = words.first() else {
            // A component around other things: `{% <card> %}`.
            let is_end = matches!(words, [_, (Token::Mark('/'), _), ..]);
            if !is_end {
                self.scopes.expression(words);
            }
            return;
        };
        match *word {
            "for" => self.repeat(&words[1..]),
            "endfor" => self.scopes.leave(),
            "if" | "elif" => drop(self.scopes.expression(&words[1..])),
            "set" | "set_global" => {
                if let Some((Token::Name(name), _)) = words.get(1) {
                    let value = words.get(3..).unwrap_or_default();
                    let of = self.scopes.expression(value);
                    self.scopes.set(name, of);
                }
            }
            "filter" => drop(self.scopes.expression(words.get(2..).unwrap_or_default())),
            _ => {}
        }
    }

    /// `key, value in list`: what it binds is there until the loop ends.
    fn repeat(&mut self, words: &[Placed<'_>]) {
        let within = words
            .iter()
            .position(|(token, _)| *token == Token::Name("in"));
        let within = within.unwrap_or(words.len());
        let list = self
            .scopes
            .expression(words.get(within + 1..).unwrap_or_default());
        let value = match list {
            Type::List(of) | Type::Named(of) => *of,
            _ => Type::Unknown,
        };
        let names: Vec<&str> = names(&words[..within]).collect();
        let mut scope = Scope::from([("loop".to_owned(), Type::Unknown)]);
        if let Some((last, keys)) = names.split_last() {
            scope.insert((*last).to_owned(), value);
            scope.extend(keys.iter().map(|key| ((*key).to_owned(), Type::Plain)));
        }
        self.scopes.enter(scope);
    }
}

fn names<'t>(words: &[Placed<'t>]) -> impl Iterator<Item = &'t str> {
    words.iter().filter_map(|(token, _)| match token {
        Token::Name(name) => Some(*name),
        _ => None,
    })
}

/// The parameters of a component, of whose types nothing is known; and what is around every body.
fn parameters(words: &[Placed<'_>]) -> Scope {
    let is_type = |at: usize| at > 0 && matches!(words[at - 1].0, Token::Mark(':' | '='));
    let all = words.iter().enumerate().filter(|(at, _)| !is_type(*at));
    let all = all.filter_map(|(_, (token, _))| match token {
        Token::Name(name) => Some((*name).to_owned()),
        _ => None,
    });
    all.chain(["body".to_owned()])
        .map(|name| (name, Type::Unknown))
        .collect()
}

/// A finding about a name.
pub(super) fn finding(at: &Range<usize>, message: String, help: String) -> Finding {
    let what = Nothing {
        start: at.start,
        end: at.end,
        message,
    };
    (what, help)
}
