//! The names of an expression and what they lead to.

use std::collections::BTreeMap;
use std::ops::Range;

use super::contexts::{CONTEXTS, Fields, Type};
use super::names::{Finding, finding};
use super::tags::{Placed, Token};
use crate::diagnostic::{listed, nearest};

/// Names that a template has bound itself, and the types of what they lead to.
pub(super) type Scope = BTreeMap<String, Type>;

/// Words that are no names.
const KEYWORDS: &[&str] = &[
    "and", "or", "not", "in", "is", "if", "else", "for", "true", "false", "none", "null", "True",
    "False", "None",
];
/// The most names that are listed.
const LISTED: usize = 30;

/// All names that can be used at a place.
pub(super) struct Scopes<'c> {
    template: String,
    /// What the page gives its template; a component has none.
    pub(super) context: Option<&'c Fields>,
    /// The names of assets, which the types do not fix.
    assets: &'c [&'c str],
    inner: Vec<Scope>,
    pub(super) found: Vec<Finding>,
}

impl<'c> Scopes<'c> {
    pub(super) fn new(template: &str, context: Option<&'c Fields>, assets: &'c [&'c str]) -> Self {
        Self {
            template: template.to_owned(),
            context,
            assets,
            inner: vec![Scope::new()],
            found: Vec::new(),
        }
    }

    pub(super) fn enter(&mut self, scope: Scope) {
        self.inner.push(scope);
    }

    pub(super) fn leave(&mut self) {
        if self.inner.len() > 1 {
            self.inner.pop();
        }
    }

    pub(super) fn set(&mut self, name: &str, of: Type) {
        if let Some(scope) = self.inner.last_mut() {
            scope.insert(name.to_owned(), of);
        }
    }

    /// Looks at all names of an expression; the type of one that is nothing but a way to a value.
    pub(super) fn expression(&mut self, words: &[Placed<'_>]) -> Type {
        let comprehended = words
            .windows(2)
            .filter_map(|pair| match (&pair[0].0, &pair[1].0) {
                (Token::Name("for"), Token::Name(name)) => {
                    Some(((*name).to_owned(), Type::Unknown))
                }
                _ => None,
            });
        let comprehended: Scope = comprehended.collect();
        self.enter(comprehended);
        let mut only = Type::Unknown;
        let mut at = 0;
        while at < words.len() {
            let before = at.checked_sub(1).map(|before| words[before].0);
            let (end, of) = match words[at].0 {
                Token::Name(name) => self.name(words, at, name, before),
                Token::Mark('<') if is_component(words, at) => {
                    (self.component(words, at), Type::Unknown)
                }
                _ => (at + 1, Type::Unknown),
            };
            if at == 0
                && words[end..]
                    .iter()
                    .all(|(token, _)| *token == Token::Mark('-'))
            {
                only = of;
            }
            at = end;
        }
        self.leave();
        only
    }

    /// A name in an expression; where what belongs to it ends, and its type.
    fn name(
        &mut self,
        words: &[Placed<'_>],
        at: usize,
        name: &str,
        before: Option<Token<'_>>,
    ) -> (usize, Type) {
        let next = words.get(at + 1).map(|(token, _)| *token);
        let is_after_is = matches!(before, Some(Token::Name("is")))
            || at > 1
                && matches!(
                    (words[at - 2].0, words[at - 1].0),
                    (Token::Name("is"), Token::Name("not"))
                );
        let is_argument = next == Some(Token::Mark('='))
            && words
                .get(at + 2)
                .is_none_or(|(token, _)| *token != Token::Mark('='));
        let is_no_value = KEYWORDS.contains(&name)
            || before == Some(Token::Mark('|'))
            || is_after_is
            || is_argument
            || next == Some(Token::Mark('('));
        if is_no_value {
            return (at + 1, Type::Unknown);
        }
        self.way(words, at, name)
    }

    /// A way to a value, `answer.parts[0].title`.
    fn way(&mut self, words: &[Placed<'_>], start: usize, name: &str) -> (usize, Type) {
        let told = self.found.len();
        let mut of = self.root(name, &words[start].1);
        let mut called = name.to_owned();
        let mut at = start + 1;
        loop {
            match (words.get(at).map(|(token, _)| *token), words.get(at + 1)) {
                (Some(Token::Mark('?')), _) => at += 1,
                (Some(Token::Mark('.')), Some((Token::Name(field), place))) => {
                    of = self.field(&of, &called, field, place);
                    (*field).clone_into(&mut called);
                    at += 2;
                }
                (Some(Token::Mark('.')), Some((Token::Number, _))) => {
                    of = element(&of);
                    at += 2;
                }
                (Some(Token::Mark('[')), Some(_)) => {
                    let end = closing(words, at);
                    of = match &words[at + 1..end] {
                        [(Token::Text(field), place)] => self.field(&of, &called, field, place),
                        inner => {
                            self.expression(inner);
                            element(&of)
                        }
                    };
                    at = end + 1;
                }
                _ => break,
            }
        }
        // Who asks whether something is there, or says what stands for it, knows that it may not be.
        if is_asked_for(&words[at.min(words.len())..]) {
            self.found.truncate(told);
        }
        (at.min(words.len()), of)
    }

    /// What a name leads to by itself.
    fn root(&mut self, name: &str, place: &Range<usize>) -> Type {
        if let Some(of) = self.inner.iter().rev().find_map(|scope| scope.get(name)) {
            return of.clone();
        }
        if let Some(of) = self.context.and_then(|context| context.get(name)) {
            return of.clone();
        }
        let bound = self.inner.iter().flat_map(Scope::keys).map(String::as_str);
        let known: Vec<&str> = match self.context {
            Some(context) => bound.chain(context.keys().map(String::as_str)).collect(),
            None => bound.collect(),
        };
        let message = match self.context {
            Some(_) => format!("`{}` sees no `{name}`", self.template),
            None => format!("this component has no `{name}`"),
        };
        let help = help(name, &known);
        self.found.push(finding(place, message, help));
        Type::Unknown
    }

    /// A field of a value.
    fn field(&mut self, of: &Type, called: &str, field: &str, place: &Range<usize>) -> Type {
        if let Type::Named(value) = of {
            if called == "assets" && !self.assets.contains(&field) {
                let message = format!("the site theme has no file `assets/{field}`");
                let help = help(field, self.assets);
                self.found.push(finding(place, message, help));
            }
            return (**value).clone();
        }
        let known = match CONTEXTS.fields(of) {
            Some(fields) => match fields.get(field) {
                Some(of) => return of.clone(),
                None => fields.keys().map(String::as_str).collect(),
            },
            None if *of == Type::Plain => Vec::new(),
            None => return Type::Unknown,
        };
        let message = format!("`{called}` has no `{field}`");
        let help = help(field, &known);
        self.found.push(finding(place, message, help));
        Type::Unknown
    }

    /// A call of a component; where it ends. The names of its arguments are its own, their values are expressions.
    fn component(&mut self, words: &[Placed<'_>], start: usize) -> usize {
        let mut at = start + 2;
        while at < words.len() && words[at].0 != Token::Mark('>') {
            if words[at].0 == Token::Mark('{') {
                let end = closing(words, at);
                self.expression(&words[at + 1..end]);
                at = end;
            }
            at += 1;
        }
        (at + 1).min(words.len())
    }
}

/// Whether `<` begins a call: it does where no value stands before it.
fn is_component(words: &[Placed<'_>], at: usize) -> bool {
    let before = words[..at].last().map(|(token, _)| *token);
    let is_value = match before {
        None | Some(Token::Mark('-')) => false,
        Some(Token::Mark(mark)) => matches!(mark, ')' | ']'),
        Some(Token::Name(name)) => !KEYWORDS.contains(&name),
        Some(_) => true,
    };
    !is_value && matches!(words.get(at + 1), Some((Token::Name(_), _)))
}

/// Whether `is defined` or a default follows.
fn is_asked_for(rest: &[Placed<'_>]) -> bool {
    let words: Vec<Token<'_>> = rest.iter().take(3).map(|(token, _)| *token).collect();
    matches!(
        words[..],
        [Token::Mark('|'), Token::Name("default"), ..]
            | [Token::Name("is"), Token::Name("defined" | "undefined"), ..]
            | [
                Token::Name("is"),
                Token::Name("not"),
                Token::Name("defined" | "undefined")
            ]
    )
}

/// The bracket that closes one; the end where none does.
fn closing(words: &[Placed<'_>], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, (token, _)) in words.iter().enumerate().skip(open) {
        match token {
            Token::Mark('[' | '{' | '(') => depth += 1,
            Token::Mark(']' | '}' | ')') => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    words.len()
}

fn element(of: &Type) -> Type {
    match of {
        Type::List(of) | Type::Named(of) => (**of).clone(),
        _ => Type::Unknown,
    }
}

fn help(name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "it is a single value".to_owned(),
        None if known.len() > LISTED => {
            "`prepbook theme list` and `themes/README.md` tell what there is".to_owned()
        }
        None => format!("there are {}", listed(known.iter().copied())),
    }
}
