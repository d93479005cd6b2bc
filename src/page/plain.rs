//! Texts where only their words are wanted: descriptions, lists, data for scripts.

use pulldown_cmark::{CowStr, Event, LinkType, Parser, Tag, TagEnd};

use super::Site;
use crate::model::Kind;
use crate::model::markdown::typography::Typesetter;
use crate::model::markdown::{Destination, destination, dialect, is_plain, shown};
use crate::typeset::has_words_beside_links;

/// The most characters of a description.
const LONGEST: usize = 160;

impl Site {
    /// Text for `description`: one line of at most about 160 characters, ended at a word.
    pub fn summary(&self, text: &str) -> String {
        let plain = if is_plain(text) {
            // Nothing to interpret, and no need to look beyond what is shown.
            let end = text.char_indices().nth(LONGEST + 1);
            in_one_line(&text[..end.map_or(text.len(), |(end, _)| end)])
        } else {
            self.plain(text)
        };
        if plain.chars().count() <= LONGEST {
            return plain;
        }
        let cut: String = plain.chars().take(LONGEST).collect();
        let end = cut.rfind(' ').unwrap_or(cut.len());
        format!("{}…", cut[..end].trim_end_matches([',', ';', ':', '.']))
    }

    /// The first sentence of a text, for lists in which the whole would be too much.
    pub fn first_sentence(&self, text: &str) -> String {
        let mut plain = self.plain(text);
        if let Some(end) = plain.find(". ") {
            plain.truncate(end + 1);
        }
        plain
    }

    /// The first paragraph of a text without its marks, in one line, with the quotes and dashes that pages print. A link
    /// without words of its own has the title of what it leads to, as on pages.
    pub fn plain(&self, text: &str) -> String {
        let mut plain = String::new();
        let mut typesetter = Typesetter::new(self.words.value.quotes());
        let mut link: Option<OpenLink<'_>> = None;
        for (event, range) in Parser::new_ext(text, dialect()).into_offset_iter() {
            let is_address = link.as_ref().is_some_and(|link| link.is_address);
            let event = typesetter.printed(event, text, &range, is_address);
            plain.push_str(shown(&event).unwrap_or_default());
            match event {
                Event::End(TagEnd::Paragraph | TagEnd::HtmlBlock) => break,
                Event::End(TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell) => {
                    plain.push(' ');
                }
                Event::Start(Tag::Link {
                    link_type,
                    dest_url,
                    ..
                }) => {
                    link = Some(OpenLink {
                        address: dest_url,
                        is_address: matches!(link_type, LinkType::Autolink | LinkType::Email),
                        begins: plain.len(),
                    });
                }
                Event::End(TagEnd::Link) => {
                    let link = link.take().filter(|link| link.begins == plain.len());
                    let title = link.map(|link| self.printed_by(&link.address, text));
                    plain.push_str(&title.unwrap_or_default());
                }
                _ => {}
            }
        }
        in_one_line(&plain)
    }

    /// What a link prints that has no words of its own.
    fn printed_by(&self, address: &str, text: &str) -> String {
        match destination(address) {
            Destination::Record { kind, id, .. } => {
                let title = self.handbook.title_of(kind, id).unwrap_or_default();
                if kind == Kind::Question && has_words_beside_links(text) {
                    let title = title.strip_suffix('.').unwrap_or(title);
                    self.words.value.quotes().around(title)
                } else {
                    title.to_owned()
                }
            }
            Destination::Outside => address.to_owned(),
            _ => String::new(),
        }
    }
}

struct OpenLink<'t> {
    address: CowStr<'t>,
    /// Whether its text is its address.
    is_address: bool,
    /// How much stood before it.
    begins: usize,
}

/// A no-break space belongs to a mark or a figure and is kept.
fn in_one_line(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}
