//! What a handbook adds to every page without replacing a file of the site theme: style sheets, scripts, lines of the head.

use lol_html::{Settings, element, rewrite_str};
use serde_json::{Value as Json, json};

use super::field::{Field, read_text};
use super::shape::{Reader, part};
use crate::diagnostic::{Code, Span};
use crate::yaml::Node;

/// Where the files stand, from the root of the project.
pub const FOLDER: &str = "content/extra/";

part! {
    /// What a handbook adds to every page.
    Extra("the extras") {
        /// Style sheets below `content/extra/`, after those of the site theme.
        optional css: Vec<ExtraFile>,
        /// Scripts below `content/extra/`, after those of the site theme.
        optional js: Vec<ExtraFile>,
        /// Lines of every page's head: `meta`, `link`, and scripts of other hosts.
        optional head: Vec<HeadLine>,
    }
}

/// A file below `content/extra/`, by its path there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExtraFile {
    pub path: String,
    pub at: Span,
}

impl ExtraFile {
    /// Where it stands, from the root of the project.
    pub fn source(&self) -> String {
        format!("{FOLDER}{}", self.path)
    }

    /// What it is called among the files of the site theme.
    pub fn asset(&self) -> String {
        format!("extra/{}", self.path)
    }
}

impl Field for ExtraFile {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let path = read_text(node, reader)?;
        let is_part = |part: &str| !part.is_empty() && !part.starts_with('.');
        if path.split('/').all(is_part) && !path.contains('\\') {
            return Some(Self { path, at: node.at });
        }
        let message = format!("`{path}` is not a path below `{FOLDER}`");
        reader.report(Code::InvalidValue, node.at, message).help =
            Some("write the file's name, after the folders it stands in there".to_owned());
        None
    }
    fn schema() -> Json {
        json!({ "type": "string", "minLength": 1 })
    }
}

/// An element of every page's head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeadLine {
    pub html: String,
    pub at: Span,
}

/// The elements that may stand in a head, each with its attributes; a script's own attributes may be `data-…`, too.
const ELEMENTS: &[(&str, &[&str])] = &[
    (
        "meta",
        &["name", "property", "itemprop", "content", "media"],
    ),
    (
        "link",
        &[
            "rel",
            "href",
            "type",
            "sizes",
            "title",
            "hreflang",
            "media",
            "as",
            "crossorigin",
        ],
    ),
    (
        "script",
        &[
            "src",
            "async",
            "defer",
            "type",
            "id",
            "integrity",
            "crossorigin",
        ],
    ),
];

/// The one element of a line, written anew from its name and attributes; `None` when the line holds anything else.
fn only_element(line: &str) -> Option<String> {
    let mut elements = Vec::new();
    let settings = Settings::new().append_element_content_handler(element!("*", |element| {
        let attributes = element.attributes().iter();
        let attributes: Vec<_> = attributes.map(|one| (one.name(), one.value())).collect();
        elements.push((element.tag_name(), attributes));
        element.remove_and_keep_content();
        Ok(())
    }));
    let rest = rewrite_str(line, settings);
    if !rest.ok()?.trim().is_empty() {
        return None;
    }
    let [(name, attributes)] = elements.as_slice() else {
        return None;
    };
    let (_, known) = ELEMENTS.iter().find(|(known, _)| known == name)?;
    let may_have = |attribute: &str| {
        known.contains(&attribute) || name == "script" && attribute.starts_with("data-")
    };
    let has_source = attributes.iter().any(|(name, _)| name == "src");
    if !attributes.iter().all(|(name, _)| may_have(name)) || name == "script" && !has_source {
        return None;
    }
    let mut out = format!("<{name}");
    for (name, value) in attributes {
        // Entities stand in a value as they were written.
        let value = value.replace('"', "&quot;").replace('<', "&lt;");
        out += &format!(" {name}=\"{value}\"");
    }
    out.push('>');
    if name == "script" {
        out.push_str("</script>");
    }
    Some(out)
}

impl Field for HeadLine {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let line = read_text(node, reader)?;
        if let Some(html) = only_element(&line) {
            return Some(Self { html, at: node.at });
        }
        let message = "this is not a line that every page's head can take";
        let begins = |element| line.trim_start().starts_with(element);
        let help = if begins("<style") {
            "no policy of pages lets a style stand inline: put it into a file below `content/extra/` and name that in `css`"
        } else if begins("<script") && !line.contains("src=") {
            "no policy of pages lets a script stand inline: put it into a file below `content/extra/` and name that in `js`"
        } else {
            "write one element: `<meta name=… content=…>`, `<link rel=… href=…>` or `<script src=…></script>`"
        };
        reader.report(Code::InvalidValue, node.at, message).help = Some(help.to_owned());
        None
    }
    fn schema() -> Json {
        json!({ "type": "string", "pattern": "^\\s*<(meta|link|script)\\s" })
    }
}
