//! One text's events to HTML.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, Parser, Tag, TagEnd, html,
};

use super::links::Links;
use super::{Body, Heading};
use crate::highlight;
use crate::html::escape;
use crate::media::Medium;
use crate::model::Kind;
use crate::model::markdown::{Destination, Slugs, address, destination, dialect, is_plain, shown};

/// What a text's events are turned into, one by one.
struct Setter<'a, 'l> {
    links: &'a Links<'l>,
    /// Whether headings and notes get ids.
    has_anchors: bool,
    slugs: Slugs,
    /// Notes by name: their numbers, in the order of first mention.
    notes: HashMap<String, usize>,
    /// The numbers of notes whose text has come.
    written_notes: HashSet<usize>,
    contents: Vec<Heading>,
    /// Whether words stand beside links: then a question that is named by its title is quoted.
    is_running_text: bool,
    link: Option<OpenLink>,
    /// What is said of the picture that is open.
    alt: Option<String>,
    heading: Option<OpenHeading>,
    table: Option<Table>,
    /// Whether the label of a task's box is open: the task's words name the box.
    in_task: bool,
}

struct OpenLink {
    /// Whether it leads anywhere; drafts are named and not linked to.
    leads: bool,
    /// What it prints if it turns out to have no text of its own.
    title: Option<Title>,
}

enum Title {
    Plain(String),
    /// A question's, quoted: words said aloud.
    Said(String),
}

struct OpenHeading {
    level: u8,
    title: String,
    /// The title less those of other records, which links without words print: what the anchor is made of.
    words: String,
    /// Where its tag stands among what is set.
    opened: usize,
}

#[derive(Default)]
struct Table {
    headings: Vec<String>,
    column: usize,
    in_head: bool,
    alignments: Vec<Alignment>,
}

pub(super) fn body(text: &str, has_anchors: bool, links: &Links<'_>) -> Body {
    if is_plain(text) {
        return Body::new(&format!("<p>{}</p>", bound(text)), Vec::new());
    }
    let mut setter = Setter {
        links,
        has_anchors,
        slugs: Slugs::default(),
        notes: HashMap::new(),
        written_notes: HashSet::new(),
        contents: Vec::new(),
        is_running_text: has_words_beside_links(text),
        link: None,
        alt: None,
        heading: None,
        table: None,
        in_task: false,
    };
    let mut events: Vec<Event<'_>> = Vec::new();
    let mut code: Option<(String, String)> = None;
    for event in Parser::new_ext(text, dialect()) {
        match (&mut code, event) {
            (_, Event::Start(Tag::CodeBlock(kind))) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => {
                        info.split([' ', ',']).next().unwrap_or_default().to_owned()
                    }
                    CodeBlockKind::Indented => String::new(),
                };
                setter.close_task(&mut events);
                code = Some((language, String::new()));
            }
            (Some((language, source)), Event::End(TagEnd::CodeBlock)) => {
                let highlighted = highlight::highlight(language, source);
                events.push(Event::Html(
                    format!("<pre tabindex=\"0\"><code>{highlighted}</code></pre>\n").into(),
                ));
                code = None;
            }
            (Some((_, source)), Event::Text(text)) => source.push_str(&text),
            (Some(_), _) => {}
            (None, event) => setter.set(event, &mut events),
        }
    }
    let mut out = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut out, events.into_iter());
    Body::new(out.trim_end(), setter.contents)
}

/// Units that no line may part from their figures.
const UNITS: &[&str] = &[
    "%", "h", "min", "s", "ms", "kB", "MB", "GB", "TB", "km", "kg",
];

/// The same text with figures bound to their units: `41 %` stays on one line.
fn bound(text: &str) -> Cow<'_, str> {
    let is_bound = |at: &usize| {
        let follows_figure = text[..*at].ends_with(|c: char| c.is_ascii_digit());
        let rest = &text[at + 1..];
        let end = rest.find(|c: char| !c.is_alphabetic() && c != '%');
        follows_figure && UNITS.contains(&&rest[..end.unwrap_or(rest.len())])
    };
    let mut out = String::new();
    let mut done = 0;
    for (at, _) in text.match_indices(' ').filter(|(at, _)| is_bound(at)) {
        out.push_str(&text[done..at]);
        out.push('\u{a0}');
        done = at + 1;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// Whether a text is more than links without words, and signs between them.
fn has_words_beside_links(text: &str) -> bool {
    let mut pieces = text.split("[](");
    let before = pieces.next().unwrap_or_default();
    let after = pieces.map(|piece| piece.split_once(')').map_or("", |(_, after)| after));
    std::iter::once(before)
        .chain(after)
        .any(|piece| piece.contains(char::is_alphabetic))
}

impl Setter<'_, '_> {
    #[expect(clippy::too_many_lines, reason = "an arm a kind of event")]
    fn set<'e>(&mut self, event: Event<'e>, out: &mut Vec<Event<'e>>) {
        if let Some(text) = shown(&event) {
            self.add_to_headings(text);
            if let Some(heading) = &mut self.heading {
                heading.words.push_str(text);
            }
            if let Some(link) = &mut self.link {
                link.title = None;
            }
            if let Some(alt) = &mut self.alt {
                alt.push_str(text);
            }
        }
        if self.alt.is_some() && !matches!(event, Event::End(TagEnd::Image)) {
            return;
        }
        if ends_line(&event) {
            self.close_task(out);
        }
        match event {
            Event::TaskListMarker(is_done) => {
                self.in_task = true;
                let checked = if is_done { " checked" } else { "" };
                let open = format!("<label><input type=\"checkbox\" disabled{checked}> ");
                out.push(Event::InlineHtml(open.into()));
            }
            Event::Html(text) | Event::InlineHtml(text) => out.push(Event::Text(text)),
            Event::Start(Tag::HtmlBlock) => out.push(Event::Html("<p>".into())),
            Event::End(TagEnd::HtmlBlock) => out.push(Event::Html("</p>\n".into())),
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                ..
            }) => self.open_link(&address(link_type, dest_url), out),
            Event::FootnoteReference(name) => {
                let mention = self.mention(&name);
                out.push(Event::InlineHtml(mention.into()));
            }
            Event::Start(Tag::FootnoteDefinition(name)) => {
                let open = self.open_note(&name);
                out.push(Event::Html(open.into()));
            }
            Event::End(TagEnd::Link) => {
                let link = self.link.take();
                let close = if link.as_ref().is_some_and(|link| link.leads) {
                    "</a>"
                } else {
                    ""
                };
                match link.and_then(|link| link.title) {
                    Some(Title::Plain(title)) => {
                        self.add_to_headings(&title);
                        out.push(Event::Text(title.into()));
                    }
                    Some(Title::Said(title)) => {
                        self.add_to_headings(&title);
                        let said = format!("<span class=\"said\">{}</span>", escape(&title));
                        out.push(Event::InlineHtml(said.into()));
                    }
                    None => {}
                }
                out.push(Event::InlineHtml(close.into()));
            }
            Event::Start(Tag::Image {
                dest_url, title, ..
            }) => {
                self.alt = Some(String::new());
                let open = self.picture(&dest_url, &title);
                out.push(Event::InlineHtml(open.into()));
            }
            Event::End(TagEnd::Image) => {
                let alt = self.alt.take().unwrap_or_default();
                out.push(Event::InlineHtml(
                    format!(" alt=\"{}\">", escape(&alt)).into(),
                ));
            }
            Event::Start(Tag::Heading { level, .. }) => {
                // The page's title is the only heading of the first level.
                let level = (level as u8).max(2);
                self.heading = Some(OpenHeading {
                    level,
                    title: String::new(),
                    words: String::new(),
                    opened: out.len(),
                });
                out.push(Event::Html("".into()));
            }
            Event::End(TagEnd::Heading(_)) => self.close_heading(out),
            Event::Start(Tag::BlockQuote(Some(kind))) => {
                out.push(Event::Html(call_out(kind).into()));
            }
            Event::End(TagEnd::BlockQuote(Some(_)) | TagEnd::FootnoteDefinition) => {
                out.push(Event::Html("</div>\n".into()));
            }
            Event::Start(Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell)
            | Event::End(
                TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell,
            ) => self.set_table(event, out),
            Event::Text(text) if text.contains(char::is_numeric) => {
                out.push(Event::Text(bound(&text).into_owned().into()));
            }
            other => out.push(other),
        }
    }

    /// A picture's tag as far as its text.
    fn picture(&self, name: &str, title: &str) -> String {
        let mut tag = "<img".to_owned();
        if let Some(picture) = self.links.medium(name) {
            let (width, height) = picture.size.unwrap_or_default();
            tag += &format!(
                " src=\"{}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" decoding=\"async\"",
                picture.url()
            );
        }
        if !title.is_empty() {
            tag += &format!(" title=\"{}\"", escape(title));
        }
        tag
    }

    fn close_task(&mut self, out: &mut Vec<Event<'_>>) {
        if std::mem::take(&mut self.in_task) {
            out.push(Event::InlineHtml("</label>".into()));
        }
    }

    /// Text is also a part of the heading or the column's heading that it stands in.
    fn add_to_headings(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.title.push_str(text);
        }
        if let Some(table) = &mut self.table
            && table.in_head
            && let Some(heading) = table.headings.last_mut()
        {
            heading.push_str(text);
        }
    }

    fn open_link<'e>(&mut self, address: &CowStr<'e>, out: &mut Vec<Event<'e>>) {
        let mut title = None;
        let open = match destination(address) {
            Destination::Record { kind, id, anchor } => match self.links.find(kind, id, anchor) {
                Some((url, words)) => {
                    let quotes = kind == Kind::Question && self.is_running_text;
                    title = Some(if quotes {
                        let words = words.strip_suffix('.').unwrap_or(words);
                        Title::Said(format!("“{words}”"))
                    } else {
                        Title::Plain(words.to_owned())
                    });
                    url.map(|url| format!("<a href=\"{}\">", escape(url)))
                        .unwrap_or_default()
                }
                None => String::new(),
            },
            Destination::Outside => {
                title = Some(Title::Plain(address.to_string()));
                format!(
                    "<a href=\"{}\" rel=\"noopener noreferrer\">",
                    escape(address)
                )
            }
            Destination::File => {
                let file = self.links.medium(address);
                let url = file.map(Medium::url).unwrap_or_default();
                format!("<a href=\"{url}\">")
            }
            Destination::Anchor(anchor) => format!("<a href=\"#{}\">", escape(anchor)),
            Destination::Incomplete
            | Destination::UnknownKind(_)
            | Destination::Unsafe(_)
            | Destination::Path => String::new(),
        };
        self.link = Some(OpenLink {
            leads: !open.is_empty(),
            title,
        });
        out.push(Event::InlineHtml(open.into()));
    }

    fn close_heading(&mut self, out: &mut Vec<Event<'_>>) {
        let Some(heading) = self.heading.take() else {
            return;
        };
        let level = heading.level;
        out.push(Event::Html(format!("</h{level}>\n").into()));
        if !self.has_anchors {
            out[heading.opened] = Event::Html(format!("<h{level}>").into());
            return;
        }
        let anchor = self.slugs.unique(&heading.words);
        out[heading.opened] = Event::Html(format!("<h{level} id=\"{anchor}\">").into());
        if level == 2 {
            let title = heading.title;
            self.contents.push(Heading { title, anchor });
        }
    }

    /// A note's number.
    fn note(&mut self, name: &str) -> usize {
        let next = self.notes.len() + 1;
        *self.notes.entry(name.to_owned()).or_insert(next)
    }

    /// The sign in the text that leads to a note. No heading's anchor has an underscore.
    fn mention(&mut self, name: &str) -> String {
        let number = self.note(name);
        if self.has_anchors {
            format!("<sup><a href=\"#note_{number}\">{number}</a></sup>")
        } else {
            format!("<sup>{number}</sup>")
        }
    }

    /// The beginning of a note; the first text of a name is the one that is linked to.
    fn open_note(&mut self, name: &str) -> String {
        let number = self.note(name);
        let is_first = self.written_notes.insert(number);
        let id = if self.has_anchors && is_first {
            format!(" id=\"note_{number}\"")
        } else {
            String::new()
        };
        format!("<div class=\"footnote\"{id}><sup>{number}</sup>\n")
    }

    /// Cells carry their column's heading, so that phones can stack them.
    #[expect(clippy::too_many_lines, reason = "an arm a part of tables")]
    fn set_table<'e>(&mut self, event: Event<'e>, out: &mut Vec<Event<'e>>) {
        let mut push = |html: String| out.push(Event::Html(html.into()));
        match event {
            Event::Start(Tag::Table(alignments)) => {
                self.table = Some(Table {
                    alignments,
                    ..Table::default()
                });
                push("<table class=\"stack\">".to_owned());
            }
            Event::End(TagEnd::Table) => {
                self.table = None;
                push("</tbody></table>\n".to_owned());
            }
            Event::Start(Tag::TableHead) => {
                if let Some(table) = &mut self.table {
                    table.in_head = true;
                }
                push("<thead><tr>".to_owned());
            }
            Event::End(TagEnd::TableHead) => {
                if let Some(table) = &mut self.table {
                    table.in_head = false;
                }
                push("</tr></thead><tbody>\n".to_owned());
            }
            Event::Start(Tag::TableRow) => {
                if let Some(table) = &mut self.table {
                    table.column = 0;
                }
                push("<tr>".to_owned());
            }
            Event::End(TagEnd::TableRow) => push("</tr>\n".to_owned()),
            Event::Start(Tag::TableCell) => {
                let Some(table) = &mut self.table else { return };
                if table.in_head {
                    table.headings.push(String::new());
                    push("<th scope=\"col\">".to_owned());
                } else {
                    let heading = table
                        .headings
                        .get(table.column)
                        .map(String::as_str)
                        .unwrap_or_default();
                    let class = match table.alignments.get(table.column) {
                        Some(Alignment::Right) => " class=\"number\"",
                        _ => "",
                    };
                    push(match heading {
                        "" => format!("<td{class}>"),
                        _ => format!("<td data-th=\"{}\"{class}>", escape(heading)),
                    });
                    table.column += 1;
                }
            }
            Event::End(TagEnd::TableCell) => {
                let table = self.table.as_ref().filter(|table| table.in_head);
                let heading = table.and_then(|table| table.headings.last());
                match heading.map(String::as_str) {
                    // An empty cell heads nothing.
                    Some("") => {
                        out.pop();
                        out.push(Event::Html("<td></td>".into()));
                    }
                    Some(_) => push("</th>".to_owned()),
                    None => push("</td>".to_owned()),
                }
            }
            _ => {}
        }
    }
}

/// Whether an event ends the line of text before it: a block begins, or the one around the text ends.
fn ends_line(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => !matches!(
            tag,
            Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Superscript
                | Tag::Subscript
                | Tag::Link { .. }
                | Tag::Image { .. }
        ),
        Event::End(TagEnd::Paragraph | TagEnd::Item) | Event::Rule => true,
        _ => false,
    }
}

fn call_out(kind: BlockQuoteKind) -> String {
    let (class, title) = match kind {
        BlockQuoteKind::Note => ("note", "Note"),
        BlockQuoteKind::Tip => ("tip", "Tip"),
        BlockQuoteKind::Important => ("important", "Important"),
        BlockQuoteKind::Warning => ("warning", "Warning"),
        BlockQuoteKind::Caution => ("caution", "Caution"),
    };
    format!("<div class=\"note note-{class}\">\n<p class=\"note-title\">{title}</p>\n")
}
