//! What a finished page contributes to the print edition: its content without the frame, fitted into the whole document.

use std::collections::BTreeSet;

use lol_html::html_content::Element;
use lol_html::{HandlerResult, Settings, element, rewrite_str};

use crate::html::Html;
use crate::output::OutputPath;

/// Parts of a page that only its screen or its neighbours in the site need.
const LEFT_OUT: &str = "h1, nav, aside, details.jump, .timeline, .screen, .with-script, .decks, .numbered, .permalink, [hidden]";

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

impl Excerpt<'_> {
    /// Takes the content out of the finished page: all in `main` but what is left out on paper.
    pub fn cut(&self, html: &str) -> Html {
        let settings = Settings::new()
            .with_strict(false)
            .append_element_content_handler(element!(LEFT_OUT, |element| {
                element.remove();
                Ok(())
            }))
            .append_element_content_handler(element!("h2, h3, h4, h5, h6", |element| {
                self.sink(element)
            }))
            .append_element_content_handler(element!("details", |element| unfold(element, "div")))
            .append_element_content_handler(element!("summary", |element| unfold(element, "p")))
            // Hundreds of landmarks with the same names would lead nowhere.
            .append_element_content_handler(element!("section", |element| {
                element.remove_attribute("aria-labelledby");
                Ok(())
            }))
            .append_element_content_handler(element!(
                "[id], [for], [aria-labelledby], [aria-describedby]",
                |element| self.rename(element)
            ))
            .append_element_content_handler(element!("a[href]", |element| self.lead(element)))
            .append_element_content_handler(element!("img[src]", |element| self.show(element)));
        let content = rewrite_str(content(html), settings);
        Html::new(&content.expect("no handler fails, and memory is not bounded"))
    }

    fn sink(&self, heading: &mut Element<'_, '_>) -> HandlerResult {
        let level = heading
            .tag_name()
            .bytes()
            .last()
            .map_or(2, |digit| digit - b'0');
        Ok(heading.set_tag_name(&format!("h{}", (level + self.sinks).min(6)))?)
    }

    fn rename(&self, element: &mut Element<'_, '_>) -> HandlerResult {
        for attribute in HOLDING_IDS {
            if let Some(ids) = element.get_attribute(attribute) {
                let ids: Vec<String> = ids.split_whitespace().map(|id| self.id(id)).collect();
                element.set_attribute(attribute, &ids.join(" "))?;
            }
        }
        Ok(())
    }

    fn id(&self, id: &str) -> String {
        format!("{}.{id}", name(self.page.as_str()))
    }

    fn lead(&self, link: &mut Element<'_, '_>) -> HandlerResult {
        let Some(address) = link.get_attribute("href") else {
            return Ok(());
        };
        if let Some(inside) = self.address(&address) {
            link.set_attribute("href", &inside)?;
        }
        Ok(())
    }

    fn show(&self, picture: &mut Element<'_, '_>) -> HandlerResult {
        let address = picture.get_attribute("src").unwrap_or_default();
        let root = "../".repeat(self.page.depth());
        if let Some(path) = address.strip_prefix(&root) {
            picture.set_attribute("src", &format!("../{path}"))?;
        }
        // Who prints has not looked at all of it.
        picture.remove_attribute("loading");
        Ok(())
    }

    /// An address as it is from the edition; `None` for one outside the site.
    fn address(&self, address: &str) -> Option<String> {
        if let Some(id) = address.strip_prefix('#') {
            return Some(format!("#{}", self.id(id)));
        }
        let path = address.strip_prefix(&"../".repeat(self.page.depth()))?;
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
    let inside = html
        .split_once("<main")
        .and_then(|(_, rest)| rest.split_once('>'));
    let content = inside.and_then(|(_, rest)| rest.split_once("</main>"));
    content.map_or("", |(content, _)| content)
}

/// On paper nothing is folded.
fn unfold(element: &mut Element<'_, '_>, tag: &str) -> HandlerResult {
    element.remove_attribute("open");
    Ok(element.set_tag_name(tag)?)
}
