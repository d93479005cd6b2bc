//! Files to typed records, one file at a time.

pub mod guide;
mod spelling;
mod text;
pub mod yaml;

use std::cell::LazyCell;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Checked, Code, Diagnostic, Place, Span, listed, nearest};
use crate::markdown::{Anchors, Destination, Notable, destination, notable};
use crate::memo::Memo;
use crate::model::field::{Field, Markdown, Visit, kind_words};
use crate::model::ids::{is_id, is_reserved, proposed_id};
use crate::model::shape::{Reader, Shape};
use crate::model::{Entry, Id, Kind, Record, RecordKind, Settings};
use crate::source::{Source, SourcePath, Sources};
use spelling::Spelling;
use text::{control_character, hidden_character, hidden_characters, text_of};

/// Where the handbook's settings stand.
pub const SETTINGS: &str = "content/handbook.yaml";

const MAX_YAML_BYTES: usize = 1 << 20;
const MAX_MARKDOWN_BYTES: usize = 4 << 20;

/// After so many findings, no more near names are looked for: among thousands of names it takes time.
pub const SUGGESTIONS: usize = 50;

/// The most bytes of a text that are marked in a report.
const LONGEST_MARK: usize = 1_000;

/// One parsed file: its record and where its references point.
#[derive(Clone, Debug)]
pub struct Parsed {
    pub record: Record,
    /// In the order of the record's fields.
    pub references: Vec<Reference>,
}

/// A reference as written, not yet known to lead anywhere.
#[derive(Clone, Debug)]
pub struct Reference {
    pub kind: Kind,
    pub id: Arc<str>,
    /// Only in Markdown: the heading on the page that is meant.
    pub anchor: Option<Arc<str>>,
    pub at: Span,
    pub relation: Relation,
}

/// How one record points to another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Relation {
    /// A field of the format.
    Field,
    /// A link in Markdown.
    Mention,
}

/// Reads every file of `content/`, in the order of their paths, and sees that the texts of site themes are texts.
///
/// A file that cannot be read at all is absent from the result and present among the findings.
pub fn parse(sources: &Sources, memo: &Memo) -> Checked<Vec<Arc<Parsed>>> {
    let files: Vec<_> = sources.below("content/").collect();
    let parsed: Vec<_> = files
        .par_iter()
        .map(|(path, source)| memo.parsed(path, source, || parse_file(path, source)))
        .collect();
    let mut records = Vec::with_capacity(parsed.len());
    let mut found = sources.found.clone();
    for file in parsed {
        records.extend(file.value.clone());
        found.extend(file.found.iter().cloned());
    }
    let themes = sources.below("themes/");
    for (path, source) in themes.filter(|(path, _)| matches!(path.extension(), "html" | "css")) {
        match text_of(path, source, MAX_MARKDOWN_BYTES) {
            Ok(text) => found.extend(hidden_characters(path, text)),
            Err(diagnostic) => found.push(*diagnostic),
        }
    }
    Checked::new(records, found)
}

/// The kind and the id that a record's path tells; `None` for other files.
pub fn kind_and_id(path: &SourcePath) -> Option<(Kind, &str)> {
    let (folder, name) = path.as_str().strip_prefix("content/")?.split_once('/')?;
    let kind = Kind::from_folder(folder).filter(|_| !name.contains('/'))?;
    Some((kind, path.stem()))
}

/// Reads one file into the kind that its folder names.
fn parse_file(path: &SourcePath, source: &Source) -> Checked<Option<Arc<Parsed>>> {
    let fail = |diagnostic| Checked::new(None, vec![diagnostic]);
    let inside = path
        .as_str()
        .strip_prefix("content/")
        .unwrap_or(path.as_str());
    let is_settings = path.as_str() == SETTINGS;
    let kind = kind_and_id(path).map(|(kind, _)| kind);
    let expected = if kind == Some(Kind::Guide) {
        "md"
    } else {
        "yaml"
    };
    if !is_settings && (kind.is_none() || path.extension() != expected) {
        return fail(unknown_file(path, inside, kind));
    }
    let text = match text_of(
        path,
        source,
        if kind == Some(Kind::Guide) {
            MAX_MARKDOWN_BYTES
        } else {
            MAX_YAML_BYTES
        },
    ) {
        Ok(text) => text,
        Err(diagnostic) => return fail(*diagnostic),
    };
    let mut reader = Reader::new(path, text);
    reader.found.extend(hidden_characters(path, text));
    let record = if is_settings {
        mapping(&mut reader, text)
            .map(|settings: Settings| Record::Settings(Arc::new((path.clone(), settings))))
    } else {
        let kind = kind.expect("files without a kind were refused above");
        check_id(path, &mut reader);
        match kind {
            Kind::Question => entry(&mut reader, text).map(Record::Question),
            Kind::Theme => entry(&mut reader, text).map(Record::Theme),
            Kind::Company => entry(&mut reader, text).map(Record::Company),
            Kind::Framework => entry(&mut reader, text).map(Record::Framework),
            Kind::Checklist => entry(&mut reader, text).map(Record::Checklist),
            Kind::CheatSheet => entry(&mut reader, text).map(Record::CheatSheet),
            Kind::Exercise => entry(&mut reader, text).map(Record::Exercise),
            Kind::RedFlag => entry(&mut reader, text).map(Record::RedFlag),
            Kind::FollowUp => entry(&mut reader, text).map(Record::FollowUp),
            Kind::Source => entry(&mut reader, text).map(Record::Source),
            Kind::Guide => {
                guide::read(&mut reader, text).map(|record| Record::Guide(named(path, record)))
            }
            Kind::Principle => None,
        }
    };
    let parsed = record.map(|record| {
        let mut references = References {
            reader: &mut reader,
            found: Vec::new(),
        };
        record.walk(&mut references);
        Arc::new(Parsed {
            references: references.found,
            record,
        })
    });
    Checked::new(parsed, reader.found)
}

/// Collects a record's references and checks its Markdown.
struct References<'r, 't> {
    reader: &'r mut Reader<'t>,
    found: Vec<Reference>,
}

impl Visit for References<'_, '_> {
    fn reference(&mut self, kind: Kind, id: &str, at: Span) {
        self.found.push(Reference {
            kind,
            id: id.into(),
            anchor: None,
            at,
            relation: Relation::Field,
        });
    }

    fn markdown(&mut self, markdown: &Markdown) {
        let anchors = LazyCell::new(|| Anchors::of(markdown));
        let mut spelling = Spelling::new(self.reader.text, markdown);
        for (notable, range) in notable(&markdown.text) {
            let first_line = markdown.text[range.clone()].find('\n');
            let (written, range) = match &notable {
                Notable::Link(address) | Notable::Image(address) => (address.as_str(), range),
                Notable::Language(language) => (language.as_str(), range),
                Notable::Html
                | Notable::Control(_)
                | Notable::Hidden(_)
                | Notable::EmptyHeading
                | Notable::UndefinedLink(_)
                | Notable::UndefinedNote(_) => {
                    let end = first_line.map_or(range.end, |length| range.start + length);
                    ("", range.start..end)
                }
            };
            let at = self.place_of(written, &range, markdown, &mut spelling);
            match notable {
                Notable::Link(address) => self.link(&address, at, &anchors),
                Notable::Image(address) => {
                    let report = self.reader.report(
                        Code::BrokenLink,
                        at,
                        format!("the image `{address}` is not part of the handbook"),
                    );
                    report.help = Some(
                        "handbooks hold text and tables only; describe what the picture shows"
                            .to_owned(),
                    );
                }
                Notable::UndefinedLink(name) => {
                    let message = format!("this text does not say where `[{name}]` leads");
                    self.reader.report(Code::BrokenLink, at, message).help = Some(format!(
                        "add a line `[{name}]: ` with the address; write `\\[` for a bracket that is meant as one"
                    ));
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
                Notable::EmptyHeading => {
                    self.reader
                        .report(Code::EmptyValue, at, "this heading is empty")
                        .help = Some("write it, or delete its line".to_owned());
                }
                Notable::Language(language) => {
                    if !crate::typeset::highlight::knows(&language) {
                        let suggests = self.reader.found.len() < SUGGESTIONS;
                        let known = crate::typeset::highlight::languages();
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
    }
}

impl References<'_, '_> {
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
            let start = value.end - text[value].trim_start().len();
            return self.reader.visible(Span::new(start, start));
        };
        let inner = around.rfind(written).filter(|_| !written.is_empty());
        let (start, length) = inner.map_or((start, around.len()), |at| (start + at, written.len()));
        Span::new(start, start + length)
    }

    fn link(&mut self, address: &str, at: Span, anchors: &Anchors) {
        match destination(address) {
            Destination::Outside => {}
            Destination::Incomplete => {
                let (what, example) = if address.to_ascii_lowercase().starts_with("mailto:") {
                    ("mail", "mailto:name@example.org")
                } else {
                    ("web", "https://example.org/")
                };
                let message = format!("`{address}` is not a {what} address");
                self.reader.report(Code::BrokenLink, at, message).help =
                    Some(format!("write it in full: {example}"));
            }
            Destination::Record { kind, id, anchor } => {
                self.found.push(Reference {
                    kind,
                    id: id.into(),
                    anchor: anchor.map(Into::into),
                    at,
                    relation: Relation::Mention,
                });
            }
            Destination::Anchor(anchor) => {
                if !anchors.has(anchor) {
                    let suggests = self.reader.found.len() < SUGGESTIONS;
                    let message = format!("no heading of this text has the anchor `#{anchor}`");
                    self.reader.report(Code::BrokenLink, at, message).help =
                        suggests.then(|| anchors.meant(anchor));
                }
            }
            Destination::UnknownKind(word) => {
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
                self.reader.report(Code::BrokenLink, at, message).help = Some(meant_by(address));
            }
        }
    }
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
        None if is_id(address) => format!("write `<kind>:{file}`; the kinds are {}", kind_words()),
        _ => "link a record by its kind and id: `question:greatest-weakness`".to_owned(),
    }
}

/// A file's mapping as a struct; reports an empty file and what YAML and the fields report.
fn mapping<S: Shape + Field>(reader: &mut Reader<'_>, text: &str) -> Option<S> {
    let nothing = text
        .lines()
        .all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
    if nothing {
        let fields = S::fields();
        let required = fields.iter().filter(|field| field.required);
        let names = listed(required.map(|field| field.name));
        reader
            .report(Code::EmptyFile, Span::FIRST, "the file is empty")
            .help = Some(format!("{} needs at least {names}", S::CALLED));
        return None;
    }
    match yaml::read(reader.path, text, 0) {
        Ok(node) => S::read(&node, reader),
        Err(diagnostic) => {
            reader.found.push(*diagnostic);
            None
        }
    }
}

fn entry<S: Shape + Field + RecordKind>(
    reader: &mut Reader<'_>,
    text: &str,
) -> Option<Arc<Entry<S>>> {
    let record = mapping(reader, text)?;
    Some(named(reader.path, record))
}

fn named<R: RecordKind>(path: &SourcePath, record: R) -> Arc<Entry<R>> {
    Arc::new(Entry {
        id: Id::new(path.stem()),
        path: path.clone(),
        record,
    })
}

fn check_id(path: &SourcePath, reader: &mut Reader<'_>) {
    let stem = path.stem();
    if is_id(stem) && !is_reserved(stem) {
        return;
    }
    let reason = if is_id(stem) {
        "is reserved for systems or for the site itself"
    } else {
        "cannot be an id"
    };
    let help = match proposed_id(stem) {
        Some(id) => format!("rename the file to `{id}.{}`", path.extension()),
        None if is_id(stem) => "rename the file".to_owned(),
        None => "an id is made of small letters, digits and single hyphens, at most 80 characters"
            .to_owned(),
    };
    reader
        .report(
            Code::InvalidId,
            Span::FIRST,
            format!("the file name `{stem}` {reason}"),
        )
        .help = Some(help);
}

fn unknown_file(path: &SourcePath, inside: &str, kind: Option<Kind>) -> Diagnostic {
    let folder = inside.split_once('/').map_or("", |(folder, _)| folder);
    let folders = || {
        Kind::ALL
            .iter()
            .map(|kind| kind.folder())
            .filter(|folder| !folder.is_empty())
    };
    let id = path.file_name().split('.').next().unwrap_or_default();
    let help = match kind {
        Some(kind) if is_id(id) => format!("did you mean content/{}?", kind.file(id)),
        Some(kind) => format!(
            "records of this folder are called content/{}",
            kind.file("<id>")
        ),
        None if Kind::from_folder(folder).is_some() => {
            format!("records stand in content/{folder}/ itself, not in folders of it")
        }
        None => match nearest(folder, folders()) {
            Some(near) => format!("did you mean the folder `{near}`?"),
            None => format!(
                "records stand in the folders {}",
                folders().collect::<Vec<_>>().join(", ")
            ),
        },
    };
    Diagnostic::new(
        Code::UnknownFile,
        Place::file(path),
        "this file is of no known kind and is left out",
    )
    .help(help)
}
