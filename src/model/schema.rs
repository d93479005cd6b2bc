//! The JSON Schemas (2020-12) of the files: what editors complete and check with.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::Record;
use super::field::{any_reference, id_pattern};
use super::shape::schema_of;
use crate::kind::{Kind, with_kinds};

/// What a handbook has, for editors to complete. A schema is older than the last record, so nothing else is refused.
#[derive(Debug, Default)]
pub struct Known {
    ids: BTreeMap<Kind, Vec<String>>,
    /// By framework: the ids of its parts.
    parts: BTreeMap<String, Vec<String>>,
}

impl Known {
    /// What some records are called.
    pub fn of(records: &[Record]) -> Self {
        let mut known = Self::default();
        for entry in records.iter().filter_map(Record::entry) {
            let ids = known.ids.entry(entry.kind()).or_default();
            ids.push(entry.id().to_owned());
        }
        for record in records {
            match record {
                Record::Company(entry) => {
                    let ids = known.ids.entry(Kind::Principle).or_default();
                    let principles = entry.record.principles.iter();
                    ids.extend(principles.map(|one| format!("{}/{}", entry.id, one.id.id)));
                }
                Record::Framework(entry) => {
                    let parts = entry.record.parts.iter().map(|part| part.id.id.to_string());
                    known.parts.insert(entry.id.to_string(), parts.collect());
                }
                _ => {}
            }
        }
        known
    }

    /// What the schemas of fields refer to: an id of each kind, and a reference that names its kind.
    fn definitions(&self) -> Json {
        let of_kind = |kind: &Kind| {
            let ids = self.ids.get(kind).cloned().unwrap_or_default();
            (kind.word().to_owned(), offered(&ids, id_pattern()))
        };
        let typed = self.ids.iter().flat_map(|(kind, ids)| {
            let typed = |id: &String| format!("{}:{id}", kind.word());
            ids.iter().map(typed).collect::<Vec<_>>()
        });
        let any = (
            "any".to_owned(),
            offered(&typed.collect::<Vec<_>>(), any_reference()),
        );
        Kind::ALL.iter().map(of_kind).chain([any]).collect()
    }

    /// The parts of an answer are those of its framework.
    fn part_rules(&self) -> Vec<Json> {
        let rule = |(framework, parts): (&String, &Vec<String>)| {
            let part = |id: &String| (id.clone(), json!({ "type": "string" }));
            let properties: Json = parts.iter().map(part).collect();
            json!({
                "if": { "properties": { "framework": { "const": framework } }, "required": ["framework"] },
                "then": { "properties": { "parts": { "properties": properties } } },
            })
        };
        self.parts.iter().map(rule).collect()
    }
}

/// A schema that offers what is known.
fn offered(known: &[String], schema: Json) -> Json {
    if known.is_empty() {
        schema
    } else {
        json!({ "anyOf": [{ "enum": known }, schema] })
    }
}

macro_rules! schemas {
    ($([$name:ident $($column:tt)*])*) => {
        /// The schema of a kind's file, with its title.
        pub fn kind_schema(kind: Kind, known: &Known) -> Json {
            let mut schema = match kind { $(Kind::$name => schema_of::<super::$name>(),)* };
            if let Some(answer) = schema.pointer_mut("/properties/answers/items") {
                answer["allOf"] = Json::Array(known.part_rules());
            }
            whole(schema, &kind.name(), known)
        }
    };
}
with_kinds!(schemas);

/// The schema of `content/handbook.yaml`.
pub fn settings_schema(known: &Known) -> Json {
    whole(schema_of::<super::Settings>(), "handbook", known)
}

/// The schema of a file.
fn whole(mut schema: Json, title: &str, known: &Known) -> Json {
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!(title);
    schema["$defs"] = known.definitions();
    schema
}
