//! What a handbook says of the bar and the foot of its pages.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::field::{
    Field, Placed, Rule, Text, TypedRef, Visit, WebAddress, read_text, read_word, word_values,
};
use super::markdown::is_mail_address;
use super::shape::{Reader, part};
use crate::diagnostic::Code;
use crate::kind::Kind;
use crate::section::Section;
use crate::yaml::Node;

part! {
    /// A link in the foot of every page.
    FootLink("a link of the foot") {
        /// Its words.
        required title: Text,
        /// Where it leads: a web or mail address, or a record by its kind and id.
        required url: Option<Target>,
    }
}

/// Where a link leads.
#[derive(Clone, Debug)]
pub enum Target {
    /// Off the site.
    Address(String),
    Record(TypedRef),
}

impl Field for Target {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = read_text(node, reader)?;
        let scheme = text.split_once(':').map_or("", |(scheme, _)| scheme);
        if Kind::from_word(scheme).is_some() {
            return TypedRef::read(node, reader).map(Self::Record);
        }
        if text.strip_prefix("mailto:").is_some_and(is_mail_address) {
            return Some(Self::Address(text));
        }
        let address = WebAddress::read(node, reader)?;
        Some(Self::Address(address.text.to_string()))
    }
    fn schema() -> Json {
        json!({ "anyOf": [WebAddress::schema(), { "type": "string", "pattern": "^mailto:" }, TypedRef::schema()] })
    }
    fn walk(&self, visit: &mut dyn Visit) {
        if let Self::Record(reference) = self {
            reference.walk(visit);
        }
    }
}

impl Field for Section {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let word = read_word(node, reader, Self::FOLDERS)?;
        Self::ALL
            .iter()
            .copied()
            .find(|section| section.folder() == word)
    }
    fn schema() -> Json {
        json!({ "enum": word_values(Self::FOLDERS) })
    }
}

/// The order of the navigation.
impl Rule for Vec<Placed<Section>> {
    fn check(&self, _: &Node, reader: &mut Reader<'_>) {
        let mut seen = BTreeSet::new();
        for section in self {
            if !seen.insert(section.value) {
                let message = format!("`{}` stands in this list already", section.value.folder());
                reader.report(Code::InvalidValue, section.at, message).help =
                    Some("delete one of the two".to_owned());
            }
        }
    }
}
