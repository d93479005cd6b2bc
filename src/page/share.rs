//! What other programs learn of a page that somebody shares or that a search engine lists: where it stands, its picture, the
//! way to it.

use serde::Serialize;

use super::{Frame, Site};
use crate::handbook::{At, RecordAt};
use crate::html::{Html, hash_of};
use crate::model::Kind;
use crate::output::{Bytes, ROOT};
use crate::picture::{Card, Colours, SIZE, draw};
use crate::plan::{picture_of, picture_url};

/// A picture beside a link.
#[derive(Hash, Serialize)]
pub struct Picture {
    /// Its absolute address.
    pub url: String,
    /// In pixels.
    pub width: u16,
    pub height: u16,
    /// The words in it; absent for the handbook's sign.
    pub alt: Option<String>,
}

/// The site theme's sign, square, and its side in pixels.
const SIGN: (&str, u16) = ("icon-512.png", 512);

impl Site {
    /// An address of the site, as it stands in pages, for other hosts; `None` when the handbook does not say where it will
    /// stand.
    pub fn absolute(&self, url: &str) -> Option<String> {
        let base = self.base_url.as_ref()?;
        let (path, place) = match url.trim_start_matches(ROOT).split_once('#') {
            Some((path, place)) => (path, format!("#{place}")),
            None => (url.trim_start_matches(ROOT), String::new()),
        };
        // Hosts give a folder's page at the folder's own address.
        let is_page = path == "index.html" || path.ends_with("/index.html");
        let path = if is_page {
            path.trim_end_matches("index.html")
        } else {
            path
        };
        Some(format!("{base}{path}{place}"))
    }

    /// The picture that is shown beside links to pages which have none of their own.
    pub(super) fn sign(&self) -> Option<Picture> {
        let (name, side) = SIGN;
        Some(Picture {
            url: self.absolute(&self.assets.value.url(name)?)?,
            width: side,
            height: side,
            alt: None,
        })
    }

    /// The picture of a record, if one is drawn for it.
    pub(super) fn picture(&self, at: RecordAt) -> Option<Picture> {
        let title = picture_of(&self.handbook, at)?;
        Some(Picture {
            url: self.absolute(&picture_url(&self.handbook, at)?)?,
            width: SIZE.0,
            height: SIZE.1,
            alt: Some(title.to_owned()),
        })
    }

    /// Draws the picture of a record.
    pub fn draw_picture(&self, at: RecordAt) -> Bytes {
        self.with_card(at, |card| Bytes::from(draw(card)))
    }

    /// A hash of all that is drawn in the picture of a record.
    pub(super) fn picture_key(&self, at: RecordAt) -> u128 {
        self.with_card(at, |card| hash_of(card))
    }

    /// What stands in the picture of a record.
    fn with_card<T>(&self, at: RecordAt, see: impl FnOnce(&Card<'_>) -> T) -> T {
        let handbook = &self.handbook;
        let colour = |name| self.assets.value.colour(name).map(|[light, _]| light);
        let colours = || {
            Some(Colours {
                ground: colour("bg")?,
                ink: colour("ink")?,
                quiet: colour("ink2")?,
                accent: colour("accent")?,
                tint: colour("h2")?,
            })
        };
        see(&Card {
            kind: &self.kind_of(at),
            title: handbook.title(at),
            is_said: at.kind == Kind::Question,
            handbook: &handbook.settings.title,
            colours: colours().unwrap_or_default(),
        })
    }

    /// What a record is, in a line: `Question 17 · Failure and learning`.
    fn kind_of(&self, at: RecordAt) -> String {
        let mut out = self.word(&format!("kind.{}", at.kind.word())).to_owned();
        if let Some(question) = at.of() {
            let record = &self.handbook.questions[question];
            if let Some(number) = record.number {
                out += &format!(" {}", number.value);
            }
            let theme: At<_> = self.handbook.follow(question, &record.theme);
            out += &format!(" · {}", self.link(theme).title);
        }
        out
    }

    /// The way from the home page as search engines read it: schema.org's `BreadcrumbList`, as JSON-LD. A block of data, so
    /// no policy of scripts concerns it.
    pub(super) fn breadcrumbs(&self, frame: &Frame) -> Option<Html> {
        let text = |text: &str| serde_json::to_string(text).expect("text always serialises");
        let mut items = String::new();
        for (position, crumb) in (1..).zip(&frame.crumbs) {
            let (item, name) = (text(&self.absolute(&crumb.url)?), text(&crumb.title));
            items += &format!(
                "{{\"@type\":\"ListItem\",\"item\":{item},\"name\":{name},\"position\":{position}}},"
            );
        }
        let (name, last) = (text(&frame.title), frame.crumbs.len() + 1);
        items += &format!("{{\"@type\":\"ListItem\",\"name\":{name},\"position\":{last}}}");
        // Nothing in it can end the element.
        let items = items.replace('<', "\\u003c");
        let list =
            "\"@context\":\"https://schema.org\",\"@type\":\"BreadcrumbList\",\"itemListElement\"";
        Some(Html::new(&format!(
            "<script type=\"application/ld+json\">{{{list}:[{items}]}}</script>"
        )))
    }
}
