//! Where a record points to, and what is wrong with its texts.

use std::cell::LazyCell;
use std::ops::Range;

use super::SUGGESTIONS;
use super::spelling::Spelling;
use crate::characters::{control_character, hidden_character};
use crate::diagnostic::{Code, Span, count, nearest};
use crate::highlight;
use crate::kind::{Kind, kind_words};
use crate::model::field::{Markdown, TypedRef, Visit};
use crate::model::ids::is_id;
use crate::model::markdown::{Anchors, Destination, Notable, Stray, destination, notable};
use crate::model::mention::{MediaMention, Mentions, Reference, References, Relation};
use crate::model::shape::Reader;
use crate::source::{FILES, IMAGES};

/// The most bytes of a text that are marked in a report.
const LONGEST_MARK: usize = 1_000;

/// Collects a record's references and checks its Markdown.
pub(super) struct Collector<'r, 't> {
    reader: &'r mut Reader<'t>,
    found: References,
}

impl<'r, 't> Collector<'r, 't> {
    /// Goes on from a reader that has read the record.
    pub(super) fn new(reader: &'r mut Reader<'t>) -> Self {
        let fields = reader.references() as usize;
        let all = vec![None; fields];
        Self {
            reader,
            found: References {
                all,
                ..References::default()
            },
        }
    }

    pub(super) fn finish(self) -> References {
        self.found
    }
}

impl Visit for Collector<'_, '_> {
    fn reference(&mut self, reference: &TypedRef) {
        self.found.all[reference.number.0 as usize] = Some(Reference {
            kind: reference.kind,
            id: reference.id.clone(),
            anchor: None,
            at: reference.at,
            relation: Relation::Field,
        });
    }

    fn file(&mut self, file: &MediaMention) {
        self.found.media.push(file.clone());
    }

    fn markdown(&mut self, markdown: &Markdown) {
        let first = (self.found.all.len(), self.found.media.len());
        let anchors = LazyCell::new(|| Anchors::of(markdown));
        let mut spelling = Spelling::new(self.reader.text, markdown);
        for (notable, range) in notable(&markdown.text) {
            self.look_at(notable, range, markdown, &anchors, &mut spelling);
        }
        self.found.texts.push(Mentions {
            links: first.0..self.found.all.len(),
            media: first.1..self.found.media.len(),
        });
    }
}

impl Collector<'_, '_> {
    /// Keeps a link, and reports what is wrong with anything else that a text holds.
    #[expect(clippy::too_many_lines, reason = "a report a kind of finding")]
    fn look_at<'m>(
        &mut self,
        notable: Notable,
        range: Range<usize>,
        markdown: &'m Markdown,
        anchors: &LazyCell<Anchors, impl FnOnce() -> Anchors>,
        spelling: &mut Spelling<'m>,
    ) {
        let (written, range) = match &notable {
            Notable::Link(address) | Notable::Image(address) => (address.as_str(), range),
            Notable::Language(language) => (language.as_str(), range),
            Notable::Html
            | Notable::SilentImage
            | Notable::Stray(_)
            | Notable::Control(_)
            | Notable::Hidden(_)
            | Notable::EmptyHeading
            | Notable::DeepHeading { .. }
            | Notable::EmptyTask
            | Notable::UndefinedLink(_)
            | Notable::UndefinedNote(_)
            | Notable::UnmentionedNote(_)
            | Notable::SecondNote(_) => {
                let first_line = markdown.text[range.clone()].find('\n');
                let end = first_line.map_or(range.end, |length| range.start + length);
                ("", range.start..end)
            }
        };
        let at = self.place_of(written, &range, markdown, spelling);
        match notable {
            Notable::Link(address) => self.link(&address, at, anchors),
            Notable::Image(address) if address.starts_with(IMAGES) => self.medium(&address, at),
            Notable::Image(address) => {
                let message = format!("the image `{address}` is not part of the handbook");
                let inside = address
                    .rsplit_once(IMAGES)
                    .filter(|_| !address.contains(':'));
                let help = match inside {
                    Some((_, name)) => format!("did you mean `{IMAGES}{name}`?"),
                    None => format!(
                        "put it into content/{IMAGES} and write `![what it shows]({IMAGES}name.svg)`"
                    ),
                };
                self.reader.report(Code::BrokenLink, at, message).help = Some(help);
            }
            Notable::Stray(stray) => self.stray(&stray, at),
            Notable::SilentImage => {
                let message = "this picture does not say what it shows";
                self.reader.report(Code::ImageWithoutText, at, message).help = Some(
                    "write it between the square brackets, for those who can't see it".to_owned(),
                );
            }
            Notable::UndefinedLink(name) => {
                let message = format!("this text does not say where `[{name}]` leads");
                self.reader.report(Code::BrokenLink, at, message).help = Some(format!(
                    "add a line `[{name}]: ` with the address; write `\\[` for a bracket that is meant as one"
                ));
            }
            Notable::UnmentionedNote(name) => {
                let message = format!("nothing in this text leads to the note `[^{name}]`");
                self.reader.report(Code::UnmentionedNote, at, message).help = Some(format!(
                    "write `[^{name}]` behind the words that it is about, or delete the note"
                ));
            }
            Notable::SecondNote(name) => {
                let message =
                    format!("this text has two notes `[^{name}]`; only the first is led to");
                self.reader.report(Code::UnmentionedNote, at, message).help =
                    Some("give this one another name, and mention it".to_owned());
            }
            Notable::UndefinedNote(name) => {
                let message = format!("this text has no note `[^{name}]`");
                self.reader.report(Code::BrokenLink, at, message).help = Some(format!(
                    "add a line `[^{name}]: ` with the note; write `\\[` for a bracket that is meant as one"
                ));
            }
            Notable::Control(c) => {
                let found = control_character(self.reader.path, at, c);
                self.reader.found.push(found);
            }
            Notable::Hidden(c) => {
                let found = hidden_character(self.reader.path, at, c);
                self.reader.found.push(found);
            }
            Notable::Html => {
                self.reader
                    .report(Code::RawHtml, at, "raw HTML is shown as text")
                    .help = Some("write it in Markdown, or put it in backticks".to_owned());
            }
            Notable::EmptyHeading => self.empty(at, "this heading is empty"),
            Notable::EmptyTask => self.empty(at, "this box has no words beside it"),
            Notable::DeepHeading { level, deepest } => {
                let message = format!("this heading skips from level {} to {level}", deepest - 1);
                let help = format!("write it with {}", "#".repeat(deepest.into()));
                self.reader.report(Code::SkippedLevel, at, message).help = Some(help);
            }
            Notable::Language(language) => {
                if !highlight::knows(&language) {
                    let suggests = self.reader.found.len() < SUGGESTIONS;
                    let known = highlight::languages();
                    let near = suggests.then(|| nearest(&language, known)).flatten();
                    let help = near.map_or_else(
                        || "leave the language out for plain text".to_owned(),
                        |near| format!("did you mean `{near}`?"),
                    );
                    self.reader
                        .report(
                            Code::UnknownLanguage,
                            at,
                            format!("code in `{language}` cannot be highlighted"),
                        )
                        .help = Some(help);
                }
            }
        }
    }

    fn empty(&mut self, at: Span, message: &str) {
        self.reader.report(Code::EmptyValue, at, message).help =
            Some("write it, or delete its line".to_owned());
    }

    fn stray(&mut self, stray: &Stray, at: Span) {
        let (code, message, help) = match stray {
            Stray::Link => (
                Code::UnmadeLink,
                "this looks like a link and stays text".to_owned(),
                "write it without spaces, as in `[words](question:id)`; an address with spaces stands in `<…>`",
            ),
            Stray::Cells { given, columns } => (
                Code::LostCell,
                format!(
                    "this row has {given} cells and the table {}; the rest is not shown",
                    count(*columns, "column")
                ),
                "add a column to the table's first two lines, or write `\\|` for a bar in a cell",
            ),
            Stray::CallOut(word) => (
                Code::ForeignSyntax,
                format!("there is no call-out `{word}`"),
                "the call-outs are NOTE, TIP, IMPORTANT, WARNING and CAUTION; a title may follow",
            ),
            Stray::Foreign(mark, help) => (
                Code::ForeignSyntax,
                format!("`{mark}` is a mark of another tool, and is shown as it is written"),
                *help,
            ),
            Stray::Emphasis => (
                Code::ForeignSyntax,
                "these asterisks make nothing bold: CommonMark takes none between punctuation and a letter".to_owned(),
                "put the punctuation outside of the asterisks, or a space beside them",
            ),
            Stray::Attributes => (
                Code::ForeignSyntax,
                "headings take an id in braces, `{#id}`, and nothing else; this is not shown"
                    .to_owned(),
                "delete it",
            ),
        };
        self.reader.report(code, at, message).help = Some(help.to_owned());
    }

    /// Where something in a text stands in the file: what is written there, if it is spelt alike, or all of it; the
    /// value's first line for what stands elsewhere.
    fn place_of(
        &self,
        written: &str,
        range: &Range<usize>,
        value: &Markdown,
        spelling: &mut Spelling<'_>,
    ) -> Span {
        let text = self.reader.text;
        let longest = value.text.floor_char_boundary(range.start + LONGEST_MARK);
        let around = spelling.start(range.start).and_then(|start| {
            let end = spelling.clone().end(range.end.min(longest))?;
            Some((start, text.get(start..end)?.trim_end()))
        });
        let Some((start, around)) = around else {
            let value = value.at.range();
            let blank = text
                .get(value.clone())
                .map_or(0, |text| text.len() - text.trim_start().len());
            let start = value.start + blank;
            return self.reader.visible(Span::new(start, start));
        };
        let inner = around.rfind(written).filter(|_| !written.is_empty());
        let (start, length) = inner.map_or((start, around.len()), |at| (start + at, written.len()));
        Span::new(start, start + length)
    }

    fn medium(&mut self, name: &str, at: Span) {
        let name = name.into();
        self.found.media.push(MediaMention { name, at });
    }

    fn link(&mut self, address: &str, at: Span, anchors: &Anchors) {
        match destination(address) {
            Destination::Outside => {}
            Destination::File => self.medium(address, at),
            Destination::Incomplete => {
                let (what, example) = if address.to_ascii_lowercase().starts_with("mailto:") {
                    ("mail", "mailto:name@example.org")
                } else {
                    ("web", "https://example.org/")
                };
                let message = format!("`{address}` is not a {what} address");
                self.broken(at, message, format!("write it in full: {example}"));
            }
            Destination::Record { kind, id, anchor } => {
                self.found.all.push(Some(Reference {
                    kind,
                    id: id.into(),
                    anchor: anchor.map(Into::into),
                    at,
                    relation: Relation::Mention,
                }));
            }
            Destination::Anchor(anchor) => {
                if !anchors.has(anchor) {
                    let suggests = self.reader.found.len() < SUGGESTIONS;
                    let message = format!("no heading of this text has the anchor `#{anchor}`");
                    self.reader.report(Code::BrokenLink, at, message).help =
                        suggests.then(|| anchors.meant(anchor));
                }
            }
            Destination::UnknownKind(word) => self.unknown_kind(word, at),
            Destination::Unsafe(scheme) => {
                let message = format!("the address scheme `{}` is not allowed", scheme.trim());
                self.reader.report(Code::UnsafeLink, at, message).help =
                    Some("https, http and mailto are allowed".to_owned());
            }
            Destination::Path => {
                let message = if address.is_empty() {
                    "this link has no address".to_owned()
                } else {
                    format!("the link `{address}` leads to nothing")
                };
                self.broken(at, message, meant_by(address));
                let name = address.into();
                self.found.paths.push(MediaMention { name, at });
            }
        }
    }

    fn unknown_kind(&mut self, word: &str, at: Span) {
        let near = nearest(word, Kind::ALL.iter().map(|kind| kind.word()));
        let help = near.map_or_else(
            || {
                format!(
                    "the kinds are {}; web addresses begin with https://",
                    kind_words()
                )
            },
            |near| format!("did you mean `{near}:`?"),
        );
        self.reader
            .report(Code::UnknownKind, at, format!("there is no kind `{word}`"))
            .help = Some(help);
    }

    fn broken(&mut self, at: Span, message: String, help: String) {
        self.reader.report(Code::BrokenLink, at, message).help = Some(help);
    }
}

/// Whether a name is that of a file to read or to keep, and not of a page or a record.
fn is_for_readers(file: &str) -> bool {
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    !matches!(extension, "" | "html" | "htm" | "md" | "yaml" | "php")
}

/// What the author of a link to a path may have meant.
fn meant_by(address: &str) -> String {
    if address.starts_with("//") {
        return format!("did you mean `https:{address}`?");
    }
    let path = address.split(['#', '?']).next().unwrap_or_default();
    let path = path.trim_end_matches("/index.html").trim_end_matches('/');
    let mut parts = path.rsplit('/');
    let file = parts.next().unwrap_or_default();
    let id = file.split('.').next().unwrap_or_default();
    match parts.next().and_then(Kind::from_folder) {
        Some(kind) if is_id(id) => format!("did you mean `{}:{id}`?", kind.word()),
        None if is_for_readers(file) => {
            format!("put the file into content/{FILES} and write `{FILES}{file}`")
        }
        None if is_id(address) => format!("write `<kind>:{file}`; the kinds are {}", kind_words()),
        _ => "link a record by its kind and id: `question:greatest-weakness`".to_owned(),
    }
}
