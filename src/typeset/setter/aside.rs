//! What stands beside the running text: notes, which end it in their order, and call-outs.

use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd, html};

use super::Setter;
use crate::html::escape;
use crate::model::markdown::note_key;
use crate::model::markdown::stray::{self, kind_of};
use crate::words::Words;

/// A quotation that is open.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Quotation {
    Plain,
    CallOut,
    /// A call-out whose first line is passing by, which names and titles it.
    Titled,
}

impl Setter<'_, '_> {
    /// A note's number.
    fn note(&mut self, name: &str) -> usize {
        let next = self.notes.len() + 1;
        *self.notes.entry(note_key(name)).or_insert(next)
    }

    /// The sign in the text that leads to a note; the first one is led back to. No heading's anchor has an underscore.
    pub(super) fn mention(&mut self, name: &str) -> String {
        let number = self.note(name);
        if !self.has_anchors {
            return format!("<sup>{number}</sup>");
        }
        let id = if self.mentioned_notes.insert(number) {
            format!(" id=\"mention_{number}\"")
        } else {
            String::new()
        };
        format!("<sup><a href=\"#note_{number}\"{id}>{number}</a></sup>")
    }

    pub(super) fn open_note(&mut self, name: &str, out: &[Event<'_>]) {
        let levels = std::mem::take(&mut self.levels);
        self.open_note = Some((name.to_owned(), out.len(), levels));
    }

    /// Takes a note that is set out of the text.
    pub(super) fn close_note(&mut self, out: &mut Vec<Event<'_>>) {
        let Some((name, start, levels)) = self.open_note.take() else {
            return;
        };
        self.levels = levels;
        let mut text = String::new();
        html::push_html(&mut text, out.split_off(start).into_iter());
        self.notes_at_end.push((name, text));
    }

    /// The notes of the text in the order of their numbers, which is that of their first mentions. The first text of a name
    /// is the one that is linked to.
    pub(super) fn take_notes(&mut self) -> String {
        let notes = std::mem::take(&mut self.notes_at_end).into_iter();
        let mut notes: Vec<_> = notes.map(|(name, text)| (self.note(&name), text)).collect();
        notes.sort_by_key(|(number, _)| *number);
        let mut out = String::new();
        for (number, mut text) in notes {
            let mut id = String::new();
            if self.has_anchors && self.written_notes.insert(number) {
                id = format!(" id=\"note_{number}\"");
                if self.mentioned_notes.contains(&number) {
                    let end = "</p>\n";
                    let at = text.len() - if text.ends_with(end) { end.len() } else { 0 };
                    text.insert_str(at, &back(self.words, number));
                }
            }
            out += &format!("<div class=\"footnote\"{id}><sup>{number}</sup>\n{text}</div>\n");
        }
        out
    }

    /// Opens a quotation, whose text is `written`: a call-out if it says so, perhaps with a title.
    pub(super) fn open_quotation(
        &mut self,
        kind: Option<BlockQuoteKind>,
        written: &str,
        out: &mut Vec<Event<'_>>,
    ) {
        let titled = stray::call_out(written)
            .and_then(|(word, title)| Some((kind_of(word)?, title)))
            .filter(|_| kind.is_none());
        match (kind, titled) {
            (Some(kind), _) => {
                self.quotations.push(Quotation::CallOut);
                out.push(Event::Html(call_out(self.words, kind, None).into()));
            }
            (None, Some((kind, title))) => {
                self.quotations.push(Quotation::Titled);
                out.push(Event::Html(call_out(self.words, kind, Some(title)).into()));
            }
            (None, None) => {
                self.quotations.push(Quotation::Plain);
                out.push(Event::Start(Tag::BlockQuote(None)));
            }
        }
    }

    pub(super) fn close_quotation(&mut self, out: &mut Vec<Event<'_>>) {
        out.push(match self.quotations.pop() {
            Some(Quotation::CallOut | Quotation::Titled) => Event::Html("</div>\n".into()),
            _ => Event::End(TagEnd::BlockQuote(None)),
        });
    }

    /// Lets the line that names a call-out pass by; the paragraph that it begins goes on behind it.
    pub(super) fn pass_title_line(&mut self, event: &Event<'_>, out: &mut Vec<Event<'_>>) {
        let goes_on = matches!(event, Event::SoftBreak | Event::HardBreak);
        if goes_on || matches!(event, Event::End(TagEnd::Paragraph)) {
            self.quotations.pop();
            self.quotations.push(Quotation::CallOut);
        }
        if goes_on {
            out.push(Event::Start(Tag::Paragraph));
        }
    }
}

/// The way from a note to where the text mentions it first.
fn back(words: &Words, number: usize) -> String {
    let label = escape(&words.filled("text.back-to-note", &[("number", &number)]));
    format!(" <a class=\"back\" href=\"#mention_{number}\" aria-label=\"{label}\">↩</a>")
}

fn call_out(words: &Words, kind: BlockQuoteKind, title: Option<&str>) -> String {
    let (class, usual) = match kind {
        BlockQuoteKind::Note => ("note", "text.note"),
        BlockQuoteKind::Tip => ("tip", "text.tip"),
        BlockQuoteKind::Important => ("important", "text.important"),
        BlockQuoteKind::Warning => ("warning", "text.warning"),
        BlockQuoteKind::Caution => ("caution", "text.caution"),
    };
    let title = words
        .quotes()
        .curly(title.unwrap_or_else(|| words.text(usual)));
    let title = escape(&title);
    format!("<div class=\"note note-{class}\">\n<p class=\"note-title\">{title}</p>\n")
}
