//! Records as text, with what the model requires of them: what a list does not say is left to be written, and says so.

use std::collections::BTreeMap;

use crate::kind::Kind;
use crate::model::ids::{is_id, is_reserved, proposed_id};
use crate::model::shape::{FieldInfo, fields_of};
use crate::starter::{UNHANDLED, placeholder};
use crate::yaml::write::{in_brackets, value};

/// A record in the making.
pub(super) struct Record {
    kind: Kind,
    /// By name: what follows the colon.
    fields: Vec<(&'static str, String)>,
    answers: String,
}

impl Record {
    pub(super) fn new(kind: Kind, title: &str) -> Self {
        let mut record = Self {
            kind,
            fields: Vec::new(),
            answers: String::new(),
        };
        record.text("title", title);
        record
    }

    pub(super) fn text(&mut self, name: &'static str, text: &str) {
        let value = value(text, name.len() + 1, 2);
        self.fields.push((name, value));
    }

    pub(super) fn raw(&mut self, name: &'static str, value: &str) {
        self.fields.push((name, format!(" {value}")));
    }

    /// A list of texts; none where it is empty.
    pub(super) fn list(&mut self, name: &'static str, texts: impl Iterator<Item = String>) {
        let texts: Vec<String> = texts.filter(|text| !text.trim().is_empty()).collect();
        if texts.is_empty() {
            return;
        }
        let is_short = matches!(name, "tags" | "roles");
        let list = if is_short {
            let items: Vec<String> = texts.iter().map(|text| in_brackets(text)).collect();
            format!(" [{}]", items.join(", "))
        } else {
            let items = texts
                .iter()
                .map(|text| format!("\n  -{}", value(text.trim(), 3, 4)));
            items.collect()
        };
        self.fields.push((name, list));
    }

    /// Who asks it: what a list says of that is no source that a reader could look up.
    pub(super) fn companies(&mut self, ids: &[String]) {
        if !ids.is_empty() {
            let items = ids
                .iter()
                .map(|id| format!("\n  - company: {}\n    editorial: true", in_brackets(id)));
            self.fields.push(("companies", items.collect()));
        }
    }

    /// Questions that are asked next; how to hold up is left to be written.
    pub(super) fn follow_ups(&mut self, asked: &[String]) {
        if !asked.is_empty() {
            let handle = value(UNHANDLED, "    handle:".len(), 6);
            let items = asked.iter().map(|ask| {
                let ask = value(ask, "  - ask:".len(), 6);
                format!("\n  - ask:{ask}\n    handle:{handle}")
            });
            self.fields.push(("follow_ups", items.collect()));
        }
    }

    /// Adds an answer of which no parts are known.
    pub(super) fn answer(&mut self, text: &str) {
        let nth = self.answers.matches("\n  - id:").count() + 1;
        let id = if nth == 1 {
            "answer".to_owned()
        } else {
            format!("answer-{nth}")
        };
        let text = value(text.trim(), "    text:".len(), 6);
        self.answers += &format!("\n  - id: {id}\n    text:{text}");
    }

    /// The file, in the order of the model.
    pub(super) fn finish(mut self) -> String {
        if !self.answers.is_empty() {
            self.fields.push(("answers", self.answers));
        }
        let mut out = format!(
            "# yaml-language-server: $schema=../../schema/{}.schema.json\n",
            self.kind.word()
        );
        for field in fields_of(self.kind) {
            let given = self.fields.iter().find(|(name, _)| *name == field.name);
            let value = match given {
                Some((_, value)) => value.clone(),
                None if field.required => to_be_written(field),
                None => continue,
            };
            out += &format!("{}:{value}\n", field.name);
        }
        out
    }
}

/// What stands for a required text that a list does not tell.
fn to_be_written(field: &FieldInfo) -> String {
    let text = placeholder(field);
    match (field.schema)()["type"].as_str() {
        Some("array") => format!("\n  -{}", value(&text, 3, 4)),
        _ => value(&text, field.name.len() + 1, 2),
    }
}

/// A record of which nothing but its title and its place are known.
pub(super) fn placeholders(kind: Kind, title: &str, order: usize) -> String {
    let mut record = Record::new(kind, title);
    record.raw("order", &order.to_string());
    record.finish()
}

/// The longest id that is made of a title; addresses are read and typed.
const LONGEST_ID: usize = 60;

/// Ids made of titles.
#[derive(Default)]
pub(super) struct Ids {
    /// By kind and name: where to go on counting.
    counts: BTreeMap<(Kind, String), u32>,
}

impl Ids {
    /// An id for a title, and whether it had to be numbered because others are taken.
    pub(super) fn of(
        &mut self,
        kind: Kind,
        title: &str,
        is_free: impl Fn(&str) -> bool,
    ) -> (String, bool) {
        let name = short(&proposed_id(title).unwrap_or_else(|| kind.word().to_owned()));
        let is_possible = |id: &str| is_id(id) && !is_reserved(id) && is_free(id);
        if is_possible(&name) {
            return (name, false);
        }
        let count = self.counts.entry((kind, name.clone())).or_insert(1);
        loop {
            *count += 1;
            let id = format!("{name}-{count}");
            if is_possible(&id) {
                return (id, true);
            }
        }
    }
}

/// An id of no more than some words.
fn short(id: &str) -> String {
    if id.len() <= LONGEST_ID {
        return id.to_owned();
    }
    let cut = &id[..LONGEST_ID];
    cut.rsplit_once('-')
        .map_or(cut, |(words, _)| words)
        .to_owned()
}
