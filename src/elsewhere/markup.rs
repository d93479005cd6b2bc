//! What a template or a line of the head asks for.

use lol_html::html_content::Element;
use lol_html::{Settings, element, rewrite_str};

use super::{Ask, What};

/// Attributes that hold an address, by their element, and the part of the policy that each concerns.
const ADDRESSES: &[(&str, &str, &str)] = &[
    ("audio", "src", "media-src"),
    ("base", "href", "base-uri"),
    ("embed", "src", "default-src"),
    ("form", "action", "form-action"),
    ("iframe", "src", "frame-src"),
    ("image", "href", "img-src"),
    ("img", "src", "img-src"),
    ("img", "srcset", "img-src"),
    ("input", "src", "img-src"),
    ("object", "data", "default-src"),
    ("script", "src", "script-src"),
    ("source", "src", "media-src"),
    ("source", "srcset", "img-src"),
    ("track", "src", "media-src"),
    ("video", "poster", "img-src"),
    ("video", "src", "media-src"),
];

/// What elements of a template or a line ask for. What a template puts in stands in its text as it is written there.
pub(super) fn asks(html: &str) -> Vec<Ask> {
    let mut asks = Vec::new();
    let look = element!("*", |element| {
        look_at(element, &mut asks);
        Ok(())
    });
    let settings = Settings::new()
        .with_strict(false)
        .append_element_content_handler(look);
    // What it cannot read, the template engine and the browser read no better.
    drop(rewrite_str(html, settings));
    asks
}

fn look_at(element: &mut Element<'_, '_>, asks: &mut Vec<Ask>) {
    let at = element.source_location().bytes();
    let name = element.tag_name();
    let mut ask = |directive, what| {
        asks.push(Ask {
            directive,
            what,
            at: at.clone(),
        });
    };
    let of_attribute = |name: &str| element.get_attribute(name);
    for (_, attribute, directive) in ADDRESSES.iter().filter(|(of, ..)| *of == name) {
        for address in of_attribute(attribute)
            .iter()
            .flat_map(|value| addresses(attribute, value))
        {
            ask(directive, What::Address(address));
        }
    }
    let kind = of_attribute("type").unwrap_or_default();
    let is_code = kind.is_empty() || kind == "module" || kind.ends_with("javascript");
    match name.as_str() {
        "link" => {
            let rel = of_attribute("rel").unwrap_or_default();
            let of = of_attribute("as").unwrap_or_default();
            let directive = rel
                .split_ascii_whitespace()
                .find_map(|rel| of_link(rel, &of));
            if let (Some(directive), Some(address)) = (directive, of_attribute("href")) {
                ask(directive, What::Address(address));
            }
        }
        "style" => ask("style-src", What::Inline("a `<style>`".to_owned())),
        "script" if is_code && of_attribute("src").is_none() => {
            ask(
                "script-src",
                What::Inline("a `<script>` without `src`".to_owned()),
            );
        }
        _ => {}
    }
    for attribute in element.attributes() {
        let name = attribute.name();
        let runs = attribute
            .value()
            .trim_start()
            .to_ascii_lowercase()
            .starts_with("javascript:");
        if name == "style" {
            ask("style-src", What::Inline("a `style` attribute".to_owned()));
        } else if is_handler(&name) || runs {
            ask("script-src", What::Inline(format!("what `{name}` runs")));
        }
    }
}

/// Whether an attribute holds a script: `onclick`.
fn is_handler(name: &str) -> bool {
    let event = name.strip_prefix("on").unwrap_or_default();
    event.len() > 2 && event.chars().all(|c| c.is_ascii_lowercase())
}

/// The addresses in an attribute, of which `srcset` has several.
fn addresses(attribute: &str, value: &str) -> Vec<String> {
    if attribute != "srcset" {
        return vec![value.to_owned()];
    }
    let each = value
        .split(", ")
        .filter_map(|one| one.split_ascii_whitespace().next());
    each.map(str::to_owned).collect()
}

/// The part of the policy that a link concerns, if a browser loads what it names.
fn of_link(rel: &str, of: &str) -> Option<&'static str> {
    match (rel.to_ascii_lowercase().as_str(), of) {
        ("stylesheet", _) | ("preload", "style") => Some("style-src"),
        ("icon" | "apple-touch-icon", _) | ("preload", "image") => Some("img-src"),
        ("modulepreload", _) | ("preload", "script") => Some("script-src"),
        ("preload", "font") => Some("font-src"),
        ("preload", "fetch") => Some("connect-src"),
        ("manifest", _) => Some("manifest-src"),
        _ => None,
    }
}
