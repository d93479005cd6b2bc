//! What a finished page contributes to the print edition: its content without the frame, fitted into the whole document.

use std::collections::BTreeSet;

use super::tags::{self, Attribute, Tag};
use crate::html::Html;
use crate::output::OutputPath;

/// Parts of a page that only its screen or its neighbours in the site need: elements, and classes.
const LEFT_OUT: &[&str] = &["h1", "nav", "aside"];
const LEFT_OUT_CLASSES: &[&str] = &[
    "timeline",
    "screen",
    "with-script",
    "decks",
    "numbered",
    "permalink",
];

/// Attributes that hold ids, one or several.
const HOLDING_IDS: &[&str] = &["id", "for", "aria-labelledby", "aria-describedby"];

/// A page of the edition: in it, what stood at `<page>/#<id>` has the id `<page>.<id>`, and the page itself `<page>`.
///
/// A full stop stands in no address and in no id of a page.
pub struct Excerpt<'a> {
    pub page: &'a OutputPath,
    /// How far its headings sink: they stand below those of the document.
    pub sinks: u8,
    /// The pages of the edition, by their names.
    pub edition: &'a BTreeSet<String>,
}

/// A page's name in the edition, which is its id there: `questions/hard-call` for `questions/hard-call/index.html`.
pub fn name(path: &str) -> &str {
    path.strip_suffix("/index.html").unwrap_or(path)
}

/// What becomes of an attribute.
enum Fate {
    Stays,
    Goes,
    Becomes(String),
}

impl Excerpt<'_> {
    /// Takes the content out of the finished page: all in `main` but what is left out on paper.
    pub fn cut(&self, html: &str) -> Html {
        let mut rest = content(html);
        let mut out = String::with_capacity(rest.len());
        while let Some((before, tag)) = tags::next(rest) {
            out.push_str(before);
            rest = tag.after;
            if is_left_out(&tag) {
                rest = tags::after_element(&tag);
            } else {
                self.write(&tag, &mut out);
            }
        }
        out.push_str(rest);
        Html::new(&out)
    }

    /// Writes a tag as it is in the edition.
    fn write(&self, tag: &Tag<'_>, out: &mut String) {
        let name = self.renamed(tag.name);
        let fates: Vec<Fate> = tag
            .attributes
            .iter()
            .map(|attribute| self.fate(tag.name, attribute))
            .collect();
        let stays = |fate: &Fate| matches!(fate, Fate::Stays);
        if name == tag.name && fates.iter().all(stays) {
            return out.extend([tag.written, tag.raw]);
        }
        out.push_str(if tag.is_end { "</" } else { "<" });
        out.push_str(name);
        for (attribute, fate) in tag.attributes.iter().zip(fates) {
            match fate {
                Fate::Stays => out.extend([" ", attribute.written]),
                Fate::Goes => {}
                Fate::Becomes(value) => {
                    let value = value.replace('"', "&quot;");
                    out.extend([" ", attribute.name, "=\"", &value, "\""]);
                }
            }
        }
        out.extend([if tag.closes_itself { " />" } else { ">" }, tag.raw]);
    }

    /// The element that stands for one in the edition: headings sink, and on paper nothing is folded.
    fn renamed<'n>(&self, name: &'n str) -> &'n str {
        const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6"];
        match name {
            "details" => "div",
            "summary" => "p",
            _ => match HEADINGS.iter().position(|heading| *heading == name) {
                Some(level) => HEADINGS[(level + usize::from(self.sinks)).min(HEADINGS.len() - 1)],
                None => name,
            },
        }
    }

    fn fate(&self, element: &str, attribute: &Attribute<'_>) -> Fate {
        let value = attribute.value;
        match (element, attribute.name) {
            // Hundreds of landmarks with the same names would lead nowhere, and who prints has not looked at all pictures.
            ("details" | "summary", "open")
            | ("section", "aria-labelledby")
            | ("img", "loading") => Fate::Goes,
            ("img", "src") => match value.strip_prefix(&self.root()) {
                Some(path) => Fate::Becomes(format!("../{path}")),
                None => Fate::Stays,
            },
            ("a", "href") => self.address(value).map_or(Fate::Stays, Fate::Becomes),
            (_, name) if HOLDING_IDS.contains(&name) => {
                let ids: Vec<String> = value.split_whitespace().map(|id| self.id(id)).collect();
                Fate::Becomes(ids.join(" "))
            }
            _ => Fate::Stays,
        }
    }

    fn id(&self, id: &str) -> String {
        format!("{}.{id}", name(self.page.as_str()))
    }

    /// The way from the page to the site's root.
    fn root(&self) -> String {
        "../".repeat(self.page.depth())
    }

    /// An address as it is from the edition; `None` for one outside the site.
    fn address(&self, address: &str) -> Option<String> {
        if let Some(id) = address.strip_prefix('#') {
            return Some(format!("#{}", self.id(id)));
        }
        let path = address.strip_prefix(&self.root())?;
        let (page, id) = path
            .split_once('#')
            .map_or((path, None), |(page, id)| (page, Some(id)));
        let page = name(page);
        if !self.edition.contains(page) {
            return Some(format!("../{path}"));
        }
        Some(match id {
            Some(id) => format!("#{page}.{id}"),
            None => format!("#{page}"),
        })
    }
}

/// What stands in a page's `main`.
fn content(html: &str) -> &str {
    let find = |html: &str, sign: &str| memchr::memmem::find(html.as_bytes(), sign.as_bytes());
    let inside = find(html, "<main").and_then(|begin| html[begin..].split_once('>'));
    let content = inside.and_then(|(_, rest)| rest.get(..find(rest, "</main>")?));
    content.unwrap_or_default()
}

/// Whether an element begins here that has no place on paper.
fn is_left_out(tag: &Tag<'_>) -> bool {
    let has_class = |value: &str| {
        let mut classes = value.split_ascii_whitespace();
        classes.any(|class| {
            LEFT_OUT_CLASSES.contains(&class) || tag.name == "details" && class == "jump"
        })
    };
    let hides = |attribute: &Attribute<'_>| match attribute.name {
        "hidden" => true,
        "class" => has_class(attribute.value),
        _ => false,
    };
    !tag.is_end && (LEFT_OUT.contains(&tag.name) || tag.attributes.iter().any(hides))
}
