//! Fields that hold one of a few words.

use serde_json::{Value as Json, json};

use super::{Wanted, wrong_type};
use crate::diagnostic::{Code, nearest};
use crate::model::shape::Reader;
use crate::yaml::{Node, Value};

/// Declares an enum whose values are words, or numbers, that authors write.
macro_rules! choice {
    ($(#[doc = $doc:literal])* $name:ident { $( $(#[doc = $meaning:literal])* $variant:ident = $word:literal, )* }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name { $( $(#[doc = $meaning])* $variant, )* }

        impl $name {
            pub const WORDS: &[&str] = &[$($word,)*];

            /// As written by the author.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl $crate::model::field::Field for $name {
            fn read(node: &$crate::yaml::Node, reader: &mut $crate::model::shape::Reader<'_>) -> Option<Self> {
                let word = $crate::model::field::read_word(node, reader, Self::WORDS)?;
                $( if word == $word { return Some(Self::$variant); } )*
                None
            }
            fn schema() -> serde_json::Value {
                serde_json::json!({ "enum": $crate::model::field::word_values(Self::WORDS) })
            }
        }
    };
}
pub(crate) use choice;

/// Reads one of a few words; reports `wrong-type` or `invalid-value` with the nearest.
pub fn read_word(node: &Node, reader: &mut Reader<'_>, words: &[&str]) -> Option<String> {
    let word = match &node.value {
        Value::Text(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        _ => {
            wrong_type(node, reader, Wanted::OneOf(words));
            return None;
        }
    };
    if words.contains(&word.as_str()) {
        return Some(word);
    }
    let help = match nearest(&word, words.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of {}", words.join(", ")),
    };
    reader
        .report(
            Code::InvalidValue,
            node.at,
            format!("`{word}` is not allowed here"),
        )
        .help = Some(help);
    None
}

/// Words as JSON values; those made of digits as numbers.
pub fn word_values(words: &[&str]) -> Vec<Json> {
    words
        .iter()
        .map(|word| {
            word.parse::<u32>()
                .map_or_else(|_| json!(word), |number| json!(number))
        })
        .collect()
}
