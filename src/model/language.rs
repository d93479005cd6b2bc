//! Languages, as HTML's `lang` names them.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::field::{Field, read_text};
use super::shape::Reader;
use crate::diagnostic::{Code, Span};
use crate::yaml::Node;

/// A language tag of BCP 47 (RFC 5646, section 2.1): a language, and perhaps its script, region and variants. Extensions
/// and private tags mean nothing to browsers and are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Language {
    pub tag: Arc<str>,
    pub at: Span,
}

impl Field for Language {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let tag = read_text(node, reader)?;
        if Self::is_tag(&tag) {
            return Some(Self {
                tag: tag.into(),
                at: node.at,
            });
        }
        let hyphened = tag.replace('_', "-");
        let help = if Self::is_tag(&hyphened) {
            format!("did you mean `{hyphened}`?")
        } else {
            "write a language and perhaps a region, as in `en-GB`".to_owned()
        };
        let message = format!("`{tag}` is not a language tag");
        reader.report(Code::InvalidValue, node.at, message).help = Some(help);
        None
    }
    fn schema() -> Json {
        json!({
            "type": "string",
            "pattern": "^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*$"
        })
    }
}

/// Scripts that are written from right to left, and languages that are unless their tag names another script.
const RIGHT_TO_LEFT_SCRIPTS: &[&str] = &["adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"];
const RIGHT_TO_LEFT: &[&str] = &[
    "ar", "arc", "azb", "bal", "ckb", "dv", "fa", "he", "iw", "khw", "ks", "lrc", "mzn", "nqo",
    "pnb", "prs", "ps", "sd", "syr", "ug", "ur", "yi",
];

impl Language {
    /// Whether it is written from right to left.
    pub fn is_right_to_left(tag: &str) -> bool {
        let tag = tag.to_ascii_lowercase();
        let mut parts = tag.split('-');
        let language = parts.next().unwrap_or_default();
        match parts.next().filter(|part| part.len() == 4) {
            Some(script) => RIGHT_TO_LEFT_SCRIPTS.contains(&script),
            None => RIGHT_TO_LEFT.contains(&language),
        }
    }

    /// Whether a text is a tag as fields take it.
    pub fn is_tag(text: &str) -> bool {
        let are = |part: &str, test: fn(&u8) -> bool| part.as_bytes().iter().all(test);
        let letters = |part: &str| are(part, u8::is_ascii_alphabetic);
        let is_script = |part: &&str| part.len() == 4 && letters(part);
        let is_region = |part: &&str| match part.len() {
            2 => letters(part),
            3 => are(part, u8::is_ascii_digit),
            _ => false,
        };
        let is_variant = |part: &str| {
            are(part, u8::is_ascii_alphanumeric)
                && (matches!(part.len(), 5..=8)
                    || part.len() == 4 && part.as_bytes()[0].is_ascii_digit())
        };
        let mut parts = text.split('-').peekable();
        let language = parts.next().unwrap_or_default();
        parts.next_if(is_script);
        parts.next_if(is_region);
        matches!(language.len(), 2 | 3) && letters(language) && parts.all(is_variant)
    }
}
