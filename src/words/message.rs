//! A message: a text with places for values, or a text a plural form.

use std::collections::{BTreeMap, BTreeSet};

use super::plural::{FORMS, Form, Plurals};
use super::{BUILT_IN, Placed, built_in_path, wrong};
use crate::diagnostic::{Code, Diagnostic, Place, Span, listed};
use crate::source::SourcePath;
use crate::yaml::{self, Key, Node, Value};

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Message {
    Text(String),
    /// Texts by plural form.
    Forms(Vec<(Form, String)>),
}

impl Message {
    /// The text for a number; without one, that of the form `other`.
    pub(super) fn form(&self, plurals: &Plurals, n: Option<u64>) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Forms(forms) => {
                let of = |name: &str| forms.iter().find(|(form, _)| *form == name);
                let own = n.and_then(|n| of(plurals.form(n)));
                own.or_else(|| of("other")).map_or("", |(_, text)| text)
            }
        }
    }

    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let (text, forms) = match self {
            Self::Text(text) => (Some(text), None),
            Self::Forms(forms) => (None, Some(forms)),
        };
        let forms = forms.into_iter().flatten().map(|(_, text)| text);
        text.into_iter().chain(forms).map(String::as_str)
    }

    /// The names of the values that it has places for; of one with plural forms `n` is always one.
    pub fn names(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        if matches!(self, Self::Forms(_)) {
            names.insert("n");
        }
        for text in self.texts() {
            pieces(text, |_, name| names.extend(name));
        }
        names
    }

    /// As scripts write it: a string, or an object of strings by plural form.
    pub(super) fn as_script(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        match self {
            Self::Text(text) => quoted(text),
            Self::Forms(forms) => {
                let forms = forms
                    .iter()
                    .map(|(form, text)| format!("{form}:{}", quoted(text)));
                format!("{{{}}}", forms.collect::<Vec<_>>().join(","))
            }
        }
    }
}

/// Gives the pieces of a text: what stands before each place for a value, and the value's name; last the rest.
pub fn pieces<'t>(text: &'t str, mut piece: impl FnMut(&'t str, Option<&'t str>)) {
    let mut done = 0;
    let mut from = 0;
    while let Some(open) = text[from..].find('{').map(|at| from + at) {
        let rest = &text[open + 1..];
        let end = rest.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'));
        from = open + 1;
        if let Some(end) = end.filter(|end| *end > 0 && rest[*end..].starts_with('}')) {
            piece(&text[done..open], Some(&rest[..end]));
            done = open + end + 2;
            from = done;
        }
    }
    piece(&text[done..], None);
}

/// Reads a file; what cannot be read is reported and left out.
pub(super) fn read(
    path: &SourcePath,
    text: &str,
    found: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Placed> {
    let mut messages = BTreeMap::new();
    let root = match yaml::read(path, text, 0) {
        Ok(root) => root,
        Err(fault) => {
            found.push(*fault);
            return messages;
        }
    };
    let Value::Mapping(groups) = root.value else {
        found.push(wrong(path, &root, "words stand in groups"));
        return messages;
    };
    for (group, words) in groups {
        let Value::Mapping(words) = words.value else {
            let wanted = format!("`{}` is a group of words", group.name);
            found.push(wrong(path, &words, &wanted));
            continue;
        };
        for (word, node) in words {
            let (key_at, at) = (word.at, node.at);
            if let Some((message, forms_at)) = message(path, &word, node, found) {
                let placed = Placed {
                    message,
                    forms_at,
                    key_at,
                    at,
                    group_at: group.at,
                };
                messages.insert(format!("{}.{}", group.name, word.name), placed);
            }
        }
    }
    messages
}

/// The same for English as it is built in.
pub(super) fn read_built_in(found: &mut Vec<Diagnostic>) -> BTreeMap<String, Placed> {
    let (language, text) = BUILT_IN[0];
    read(&built_in_path(language), text, found)
}

fn message(
    path: &SourcePath,
    word: &Key,
    node: Node,
    found: &mut Vec<Diagnostic>,
) -> Option<(Message, Vec<Span>)> {
    let wanted = format!("`{}` is a text, or texts by plural form", word.name);
    let forms = match node.value {
        Value::Text(text) => return Some((Message::Text(text), Vec::new())),
        Value::Mapping(forms) => forms,
        _ => {
            found.push(wrong(path, &node, &wanted));
            return None;
        }
    };
    let (mut texts, mut forms_at) = (Vec::new(), Vec::new());
    for (form, node) in forms {
        match (FORMS.iter().find(|known| **known == form.name), node.value) {
            (Some(known), Value::Text(text)) => {
                texts.push((*known, text));
                forms_at.push(form.at);
            }
            (None, _) => {
                let message = format!("`{}` is no plural form", form.name);
                let help = format!("the forms are {}", listed(FORMS));
                let place = Place::new(path, form.at);
                found.push(Diagnostic::new(Code::PluralForm, place, message).help(help));
            }
            (_, value) => {
                let node = Node { value, at: node.at };
                found.push(wrong(path, &node, &format!("`{}` is a text", form.name)));
            }
        }
    }
    Some((Message::Forms(texts), forms_at))
}
