//! One text's events to HTML.

mod aside;
mod table;

use self::aside::Quotation;
use self::table::Table;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Parser, Tag, TagEnd, html};

use super::links::Links;
use super::{Body, Heading};
use crate::highlight;
use crate::html::escape;
use crate::media::Medium;
use crate::model::Kind;
use crate::model::markdown::autolink::autolinked;
use crate::model::markdown::headings::Levels;
use crate::model::markdown::typography::Typesetter;
use crate::model::markdown::{
    Destination, Slugs, address, destination, dialect, ends_line, is_plain, shown,
};
use crate::words::Words;

/// What a text's events are turned into, one by one.
struct Setter<'a, 'l> {
    links: &'a Links<'l>,
    words: &'a Words,
    /// Whether headings and notes get ids.
    has_anchors: bool,
    slugs: Slugs,
    /// Notes by name: their numbers, in the order of first mention.
    notes: HashMap<String, usize>,
    /// The numbers of notes whose text has come.
    written_notes: HashSet<usize>,
    /// The numbers of notes that the text has mentioned.
    mentioned_notes: HashSet<usize>,
    /// The note that is open: its name, where it began among what is set, and the headings of the text around it.
    open_note: Option<(String, usize, Levels)>,
    /// Notes by name; they end the text.
    notes_at_end: Vec<(String, String)>,
    typesetter: Typesetter<'a>,
    /// The quotations that are open.
    quotations: Vec<Quotation>,
    contents: Vec<Heading>,
    /// Whether words stand beside links: then a question that is named by its title is quoted.
    is_running_text: bool,
    link: Option<OpenLink>,
    /// What is said of the picture that is open.
    alt: Option<String>,
    heading: Option<OpenHeading>,
    levels: Levels,
    table: Option<Table>,
    /// Whether the label of a task's box is open: the task's words name the box.
    in_task: bool,
}

struct OpenLink {
    /// Whether its text is its address.
    is_address: bool,
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
    /// The id that the author gave it.
    id: Option<String>,
    title: String,
    /// The title less those of other records, which links without words print: what the anchor is made of.
    words: String,
    /// Where its tag stands among what is set.
    opened: usize,
}

pub(super) fn body(text: &str, has_anchors: bool, links: &Links<'_>, words: &Words) -> Body {
    if is_plain(text) {
        return Body::new(&format!("<p>{}</p>", bound(text)), Vec::new());
    }
    let text = &*autolinked(text);
    let mut setter = Setter {
        links,
        words,
        has_anchors,
        slugs: Slugs::default(),
        notes: HashMap::new(),
        written_notes: HashSet::new(),
        mentioned_notes: HashSet::new(),
        open_note: None,
        notes_at_end: Vec::new(),
        typesetter: Typesetter::new(words.quotes()),
        quotations: Vec::new(),
        contents: Vec::new(),
        is_running_text: has_words_beside_links(text),
        link: None,
        alt: None,
        heading: None,
        levels: Levels::default(),
        table: None,
        in_task: false,
    };
    let mut events: Vec<Event<'_>> = Vec::new();
    let mut code: Option<(String, String)> = None;
    for (event, range) in Parser::new_ext(text, dialect()).into_offset_iter() {
        match (&mut code, event) {
            (_, Event::Start(Tag::CodeBlock(kind))) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => {
                        info.split([' ', ',']).next().unwrap_or_default().to_owned()
                    }
                    CodeBlockKind::Indented => String::new(),
                };
                setter.close_task(&mut events);
                setter.typesetter.restart();
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
            (None, event) => setter.set(event, text, &range, &mut events),
        }
    }
    let mut out = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut out, events.into_iter());
    out.push_str(&setter.take_notes());
    Body::new(out.trim_end(), setter.contents)
}

/// Units that no line may part from their figures.
const UNITS: &[&str] = &[
    "%", "h", "min", "s", "ms", "kB", "MB", "GB", "TB", "km", "kg",
];

/// The same text with figures bound to their units: `41 %` stays on one line.
fn bound(text: &str) -> Cow<'_, str> {
    let pairs = text.as_bytes().windows(2).enumerate();
    let after_figures = pairs.filter(|(_, pair)| pair[1] == b' ' && pair[0].is_ascii_digit());
    let is_bound = |space: &usize| {
        let rest = &text[space + 1..];
        let end = rest.find(|c: char| !c.is_alphabetic() && c != '%');
        UNITS.contains(&&rest[..end.unwrap_or(rest.len())])
    };
    let mut out = String::new();
    let mut done = 0;
    for at in after_figures.map(|(at, _)| at + 1).filter(is_bound) {
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
pub fn has_words_beside_links(text: &str) -> bool {
    let mut pieces = text.split("[](");
    let before = pieces.next().unwrap_or_default();
    let after = pieces.map(|piece| piece.split_once(')').map_or("", |(_, after)| after));
    std::iter::once(before)
        .chain(after)
        .any(|piece| piece.contains(char::is_alphabetic))
}

impl Setter<'_, '_> {
    #[expect(clippy::too_many_lines, reason = "an arm a kind of event")]
    fn set<'e>(
        &mut self,
        event: Event<'e>,
        text: &str,
        range: &Range<usize>,
        out: &mut Vec<Event<'e>>,
    ) {
        let in_title_line = self.quotations.last() == Some(&Quotation::Titled);
        if in_title_line && !matches!(event, Event::End(TagEnd::BlockQuote(_))) {
            return self.pass_title_line(&event, out);
        }
        let is_address = self.link.as_ref().is_some_and(|link| link.is_address);
        let event = self.typesetter.printed(event, text, range, is_address);
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
            }) => {
                self.open_link(&address(link_type, dest_url), out);
                if let Some(link) = &mut self.link {
                    link.is_address = matches!(link_type, LinkType::Autolink | LinkType::Email);
                }
            }
            Event::FootnoteReference(name) => {
                let mention = self.mention(&name);
                out.push(Event::InlineHtml(mention.into()));
            }
            Event::Start(Tag::FootnoteDefinition(name)) => self.open_note(&name, out),
            Event::End(TagEnd::FootnoteDefinition) => self.close_note(out),
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
            Event::Start(Tag::Heading { level, id, .. }) => {
                self.heading = Some(OpenHeading {
                    level: self.levels.next(level as u8),
                    id: id.map(CowStr::into_string),
                    title: String::new(),
                    words: String::new(),
                    opened: out.len(),
                });
                out.push(Event::Html("".into()));
            }
            Event::End(TagEnd::Heading(_)) => self.close_heading(out),
            Event::Start(Tag::BlockQuote(kind)) => {
                self.open_quotation(kind, &text[range.clone()], out);
            }
            Event::End(TagEnd::BlockQuote(_)) => self.close_quotation(out),
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
                        Title::Said(self.words.quotes().around(words))
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
            is_address: false,
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
        if !self.has_anchors {
            out.push(Event::Html(format!("</h{level}>\n").into()));
            out[heading.opened] = Event::Html(format!("<h{level}>").into());
            return;
        }
        let named = heading.id.as_ref().unwrap_or(&heading.words);
        let anchor = self.slugs.unique(named);
        let label = escape(self.words.text("text.link-to-section"));
        let link = format!(
            "<a class=\"permalink\" href=\"#{anchor}\" aria-label=\"{label}\"></a></h{level}>\n"
        );
        out.push(Event::Html(link.into()));
        out[heading.opened] = Event::Html(format!("<h{level} id=\"{anchor}\">").into());
        if level == 2 {
            let title = heading.title;
            self.contents.push(Heading { title, anchor });
        }
    }
}
