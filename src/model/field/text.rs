//! Fields that hold words: plain, Markdown, spoken.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::{Field, Visit, Wanted, read_words, wrong_type};
use crate::diagnostic::Span;
use crate::model::markdown::comments::without_comments;
use crate::model::shape::Reader;
use crate::model::speech::Speech;
use crate::yaml::{Node, Value};

/// Plain text with its place; its quotes are typographic, as those of Markdown become.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    pub text: Arc<str>,
    pub at: Span,
}

impl std::ops::Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        &self.text
    }
}

impl Field for Text {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = read_words(node, reader)?;
        Some(Self {
            text: reader.quotes.curly(text.trim()).into(),
            at: node.at,
        })
    }
    fn schema() -> Json {
        json!({ "type": "string", "minLength": 1 })
    }
    fn walk(&self, visit: &mut dyn Visit) {
        visit.text(self);
    }
}

/// Plain text that search leaves out: it is about the record, not what the record says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unsearched(pub Text);

impl std::ops::Deref for Unsearched {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl Field for Unsearched {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        Text::read(node, reader).map(Self)
    }
    fn schema() -> Json {
        Text::schema()
    }
}

/// Text that is read and not kept, so that nothing can publish it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unpublished;

impl Field for Unpublished {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        read_words(node, reader).map(|_| Self)
    }
    fn schema() -> Json {
        Text::schema()
    }
}

/// Markdown (CommonMark with tables and GitHub's call-outs) with its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markdown {
    pub text: Arc<str>,
    /// xxh3-128 of the text, inverted where it has anchors: what its HTML is filed under.
    pub hash: u128,
    /// Whether links can lead to its headings and notes: only of a text that has a page to itself, since two texts on
    /// one page could have the same.
    pub has_anchors: bool,
    pub at: Span,
}

impl Markdown {
    pub fn new(text: &str, at: Span) -> Self {
        let text = without_comments(text);
        Self {
            hash: xxhash_rust::xxh3::xxh3_128(text.as_bytes()),
            text: text.into(),
            has_anchors: false,
            at,
        }
    }

    /// A text that has a page to itself.
    pub fn of_page(text: &str, at: Span) -> Self {
        let text = Self::new(text, at);
        Self {
            hash: !text.hash,
            has_anchors: true,
            ..text
        }
    }

    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }
}

impl Field for Markdown {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        read_words(node, reader).map(|text| Self::new(text.trim_end(), node.at))
    }
    fn schema() -> Json {
        json!({ "type": "string", "minLength": 1 })
    }
    fn walk(&self, visit: &mut dyn Visit) {
        if !self.text.is_empty() {
            visit.markdown(self);
        }
    }
}

/// Markdown that is said aloud, with how long that takes.
#[derive(Clone, Debug, Default)]
pub struct Spoken {
    pub markdown: Markdown,
    pub speech: Speech,
}

impl Field for Spoken {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let markdown = Markdown::read(node, reader)?;
        Some(Self {
            speech: Speech::of(&markdown.text),
            markdown,
        })
    }
    fn schema() -> Json {
        Markdown::schema()
    }
    fn walk(&self, visit: &mut dyn Visit) {
        self.markdown.walk(visit);
    }
}

/// A table's cell: Markdown that may be empty.
#[derive(Clone, Debug, Default)]
pub struct Cell(pub Markdown);

impl Field for Cell {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.value {
            Value::Text(text) => Some(Self(Markdown::new(text.trim_end(), node.at))),
            _ => {
                wrong_type(node, reader, Wanted::Text);
                None
            }
        }
    }
    fn schema() -> Json {
        json!({ "type": "string" })
    }
    fn walk(&self, visit: &mut dyn Visit) {
        self.0.walk(visit);
    }
}
