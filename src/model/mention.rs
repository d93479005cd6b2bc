//! How records point to one another.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Span;
use crate::kind::Kind;

/// A reference as written, not yet known to lead anywhere.
#[derive(Clone, Debug)]
pub struct Reference {
    pub kind: Kind,
    pub id: Arc<str>,
    /// Only in Markdown: the heading on the page that is meant.
    pub anchor: Option<Arc<str>>,
    pub at: Span,
    pub relation: Relation,
}

/// How one record points to another.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Relation {
    /// A field of the format.
    Field,
    /// A link in Markdown.
    Mention,
}

/// A reference's number in its file: fields count first, then the links of texts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Number(pub u32);

impl Default for Number {
    /// Of no reference.
    fn default() -> Self {
        Self(u32::MAX)
    }
}

/// All references of a file.
#[derive(Clone, Debug, Default)]
pub struct References {
    /// By number. A field whose record could not be read whole leaves its place empty.
    pub all: Vec<Option<Reference>>,
    /// For each text, in the order of the record's fields.
    pub texts: Vec<Mentions>,
    /// What texts show or offer of the author's pictures and files.
    pub media: Vec<MediaMention>,
    /// Links to paths, which lead to nothing; files may have been meant.
    pub paths: Vec<MediaMention>,
}

/// What one text refers to.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    /// The numbers of its links.
    pub links: Range<usize>,
    /// The places of its pictures and files among those of the record.
    pub media: Range<usize>,
}

impl Mentions {
    pub fn is_empty(&self) -> bool {
        self.links.is_empty() && self.media.is_empty()
    }
}

/// A picture or a file as a text names it: `images/brakes.svg`.
#[derive(Clone, Debug)]
pub struct MediaMention {
    pub name: Arc<str>,
    pub at: Span,
}

impl References {
    /// Whether any text links to a record, shows a picture or offers a file.
    pub fn has_links(&self) -> bool {
        self.texts.iter().any(|text| !text.is_empty())
    }
}
