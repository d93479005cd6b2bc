//! What a handbook says of the bar and the foot of its pages.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::field::{
    Field, Placed, Rule, Text, TypedRef, Visit, WebAddress, read_text, read_word, word_values,
};
use super::ids::proposed_id;
use super::markdown::is_mail_address;
use super::mention::MediaMention;
use super::shape::{Reader, part};
use crate::diagnostic::Code;
use crate::kind::Kind;
use crate::section::Section;
use crate::source::FILES;
use crate::yaml::Node;

part! {
    /// A link in the foot of every page.
    FootLink("a link of the foot") {
        /// Its words.
        required title: Text,
        /// Where it leads: a web or mail address, a record by its kind and id, or a file: `files/form.pdf`.
        required url: Option<Target>,
    }
}

/// Where a link leads.
#[derive(Clone, Debug)]
pub enum Target {
    /// Off the site.
    Address(String),
    /// To a file of the handbook's own.
    File(MediaMention),
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
        if text.starts_with(FILES) {
            let name = text.into();
            return Some(Self::File(MediaMention { name, at: node.at }));
        }
        if let Some(help) = meant_by(&text) {
            let message = format!("`{text}` is no address of a web page");
            reader.report(Code::InvalidValue, node.at, message).help = Some(help);
            return None;
        }
        let address = WebAddress::read(node, reader)?;
        Some(Self::Address(address.text.to_string()))
    }
    fn schema() -> Json {
        json!({ "anyOf": [WebAddress::schema(), { "type": "string", "pattern": "^(mailto:|files/)" }, TypedRef::schema()] })
    }
    fn walk(&self, visit: &mut dyn Visit) {
        match self {
            Self::Record(reference) => reference.walk(visit),
            Self::File(file) => visit.file(file),
            Self::Address(_) => {}
        }
    }
}

/// What the author of a link of the foot may have meant by a mail address or a path; `None` for what looks like neither.
fn meant_by(text: &str) -> Option<String> {
    if is_mail_address(text) {
        return Some(format!("did you mean `mailto:{text}`?"));
    }
    let (path, extension) = text.rsplit_once('.').unwrap_or((text, ""));
    let is_path = text.starts_with(['/', '.']) || !text.contains(['.', ':']);
    if !is_path && !matches!(extension, "html" | "htm" | "md" | "pdf" | "txt") {
        return None;
    }
    let name = path.rsplit('/').find(|part| !part.is_empty());
    let id = name
        .and_then(proposed_id)
        .unwrap_or_else(|| "legal".to_owned());
    Some(format!(
        "link a guide, `guide:{id}`, another record, or a file of content/{FILES}: `{FILES}{id}.{}`",
        if extension.is_empty() || extension.contains('/') {
            "html"
        } else {
            extension
        },
    ))
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
