//! Markdown to HTML fragments: links resolved, code highlighted, headings numbered with anchors.

mod links;
mod setter;

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use self::links::Links;
use self::setter::body;
pub use self::setter::has_words_beside_links;
use crate::by_hash::ByHash;
use crate::diagnostic::Checked;
use crate::handbook::{Handbook, RecordAt};
use crate::html::Html;
use crate::media::Media;
use crate::memo::Cache;
use crate::model::Kind;
use crate::model::field::{Markdown, Visit};
use crate::model::mention::References;
use crate::model::shape::Shape as _;
use crate::words::Words;

/// A typeset text.
#[derive(Debug, Default)]
pub struct Body {
    pub html: Html,
    /// The same for a table's cell or a list's item, made when it is first asked for.
    inline: OnceLock<Html>,
    /// Its headings of the second level, in order.
    pub contents: Vec<Heading>,
}

impl Body {
    fn new(html: &str, contents: Vec<Heading>) -> Self {
        Self {
            html: Html::new(html),
            inline: OnceLock::new(),
            contents,
        }
    }
}

/// A heading and its anchor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub title: String,
    pub anchor: String,
}

/// Typeset texts, by their words and the addresses and titles that their links lead to.
pub type Memo = Cache<Arc<Body>>;

/// Every typeset text of a handbook, filed under the hash of its Markdown.
pub struct Bodies {
    /// Texts with links to records, or with pictures: what they look like depends on where these stand.
    linked: ByHash<Arc<Body>>,
    /// The others depend on their words alone, and are typeset when a page shows them: few are shown by two, so a
    /// process that builds once keeps none.
    unlinked: Arc<Memo>,
    /// What texts say by themselves: the usual title of a note, where a link at a heading leads.
    words: Arc<Checked<Words>>,
}

impl Bodies {
    /// A text of the handbook.
    pub fn body(&self, markdown: &Markdown) -> Arc<Body> {
        let hash = markdown.hash;
        let linked = self.linked.shard(hash).get(&hash).cloned();
        linked.unwrap_or_else(|| {
            let words = &self.words.value;
            self.unlinked.get(hash ^ words.hash(), || {
                typeset_text(markdown, &Links::none(), words)
            })
        })
    }

    pub fn html(&self, markdown: &Markdown) -> Html {
        self.body(markdown).html.clone()
    }

    /// The same for a table's cell or a list's item: a single paragraph loses its tags.
    pub fn inline(&self, markdown: &Markdown) -> Html {
        let body = self.body(markdown);
        body.inline.get_or_init(|| body.html.inline()).clone()
    }
}

/// Typesets every text that links to records or shows pictures once, however many records share it, and leaves the others to pages.
pub fn typeset(
    handbook: &Handbook,
    media: &Media,
    words: &Arc<Checked<Words>>,
    memo: &Arc<Memo>,
) -> Bodies {
    let bodies = Bodies {
        linked: ByHash::new(),
        unlinked: memo.clone(),
        words: words.clone(),
    };
    let texts = |references, targets| Texts {
        handbook,
        media,
        references,
        targets,
        seen: 0,
        bodies: &bodies,
        memo,
    };
    let settings = &handbook.settings_references;
    handbook
        .settings
        .walk(&mut texts(settings, &handbook.settings_targets));
    for kind in Kind::ALL {
        (0..handbook.count(*kind)).into_par_iter().for_each(|nth| {
            let at = RecordAt { kind: *kind, nth };
            let entry = handbook.entry(at);
            let references = entry.references();
            if references.has_links() {
                entry.walk(&mut texts(references, handbook.links.targets(at)));
            }
        });
    }
    bodies
}

/// Typesets the texts of a record that it is shown.
struct Texts<'a> {
    handbook: &'a Handbook,
    media: &'a Media,
    /// Where the record points to.
    references: &'a References,
    targets: &'a [Option<RecordAt>],
    /// How many of its texts have been shown.
    seen: usize,
    bodies: &'a Bodies,
    memo: &'a Memo,
}

impl Visit for Texts<'_> {
    fn markdown(&mut self, markdown: &Markdown) {
        let mentions = self.references.texts.get(self.seen).cloned();
        self.seen += 1;
        let hash = markdown.hash;
        let mentions = mentions.unwrap_or_default();
        if mentions.is_empty() || self.bodies.linked.shard(hash).contains_key(&hash) {
            return;
        }
        let links = Links::new(self.handbook, self.references, self.targets, mentions.links)
            .with_media(self.media, &self.references.media[mentions.media]);
        // Two threads may typeset one text at the same time: both make the same.
        let words = &self.bodies.words.value;
        let key = hash ^ links.key() ^ words.hash();
        let body = self.memo.get(key, || typeset_text(markdown, &links, words));
        self.bodies.linked.shard(hash).insert(hash, body);
    }
}

fn typeset_text(markdown: &Markdown, links: &Links<'_>, words: &Words) -> Arc<Body> {
    Arc::new(body(&markdown.text, markdown.has_anchors, links, words))
}
