//! Files to typed records, one file at a time.

mod guide;
mod names;
mod references;
mod spelling;

use std::sync::Arc;

use rayon::prelude::*;

pub use self::guide::front_matter;
use self::references::Collector;
use crate::characters::{hidden_characters, text_of};
use crate::diagnostic::{Checked, Code, Diagnostic, Place, Span, listed, nearest};
use crate::html::hash_of;
use crate::kind::with_kinds;
use crate::memo::Cache;
use crate::model::extra::FOLDER;
use crate::model::field::Field;
use crate::model::handbook::PATH;
use crate::model::ids::{is_id, is_reserved, proposed_id};
use crate::model::markdown::Quotes;
use crate::model::practice::WithBody;
use crate::model::shape::{Reader, Shape};
use crate::model::{self, Entry, Id, Kind, Record, RecordKind, Settings, SettingsFile};
use crate::source::{Source, SourcePath, Sources, name_of};
use crate::words::Words;

const MAX_YAML_BYTES: usize = 1 << 20;
const MAX_MARKDOWN_BYTES: usize = 4 << 20;

/// After so many findings, no more near names are looked for: among thousands of names it takes time.
pub const SUGGESTIONS: usize = 50;

/// What became of one file.
type File = Checked<Option<Record>>;

/// Parsed files, by their paths and bytes.
pub type Memo = Cache<Arc<File>>;

/// Reads every record of `content/`, in the order of their paths, and sees that the texts of site themes and of what is
/// added to them are texts.
///
/// A file that cannot be read at all is absent from the result and present among the findings. Plain texts get the quotation
/// marks of the handbook's language.
pub fn parse(sources: &Sources, quotes: &Quotes, memo: &Memo) -> Checked<Vec<Record>> {
    let is_text = |path: &SourcePath| matches!(path.extension(), "html" | "css");
    let themes = sources.below("themes/").chain(sources.below(FOLDER));
    let themes = themes.filter(|(path, _)| is_text(path));
    let records = sources
        .below("content/")
        .filter(|(path, _)| name_of(path).is_none() && !path.as_str().starts_with(FOLDER));
    let files: Vec<_> = records.chain(themes).collect();
    let parsed: Vec<_> = files
        .par_iter()
        .map(|(path, source)| {
            let key = source.hash ^ hash_of(&(path.as_str(), quotes));
            memo.get(key, || Arc::new(parse_file(path, source, quotes)))
        })
        .collect();
    let mut records = Vec::with_capacity(parsed.len());
    let mut found = sources.found.clone();
    found.extend(names::names(sources));
    for file in parsed {
        records.extend(file.value.clone());
        found.extend(file.found.iter().cloned());
    }
    Checked::new(records, found)
}

/// The same for who builds nothing.
pub fn parse_alone(sources: &Sources) -> Checked<Vec<Record>> {
    let quotes = Words::quotes_of(sources, &settings_of(sources));
    parse(sources, &quotes, &Memo::new(false))
}

/// The settings as far as they tell how all else is read: the language and the site theme. What is wrong with them is
/// reported by [`parse`].
pub fn settings_of(sources: &Sources) -> Settings {
    let path = SourcePath::new(PATH);
    let text = sources.get(&path).and_then(|source| {
        let text = text_of(&path, source, MAX_YAML_BYTES).ok()?;
        Some((text, source.hash))
    });
    let quotes = Quotes::default();
    let read = |(text, hash)| mapping(&mut Reader::new(&path, text, hash, &quotes), text);
    text.and_then(read).unwrap_or_default()
}

/// The kind and the id that a record's path tells; `None` for other files.
pub fn kind_and_id(path: &SourcePath) -> Option<(Kind, &str)> {
    let (folder, name) = path.as_str().strip_prefix("content/")?.split_once('/')?;
    let kind = Kind::from_folder(folder).filter(|_| !name.contains('/'))?;
    Some((kind, path.stem()))
}

/// Reads one file into the kind that its folder names; sees only whether those of site themes, and those that add to them, can be read.
fn parse_file(path: &SourcePath, source: &Source, quotes: &Quotes) -> File {
    let fail = |diagnostic| Checked::new(None, vec![diagnostic]);
    let is_extra = path.as_str().starts_with(FOLDER);
    let inside = path.as_str().strip_prefix("content/");
    let Some(inside) = inside.filter(|_| !is_extra) else {
        return match text_of(path, source, MAX_MARKDOWN_BYTES) {
            Ok(text) => Checked::new(None, hidden_characters(path, text).into_iter().collect()),
            Err(diagnostic) => fail(*diagnostic),
        };
    };
    let is_settings = path.as_str() == PATH;
    let kind = kind_and_id(path).map(|(kind, _)| kind);
    let extension = kind.map_or("yaml", Kind::extension);
    if !is_settings && (kind.is_none() || path.extension() != extension) {
        return fail(unknown_file(path, inside, kind));
    }
    let limit = match extension {
        "md" => MAX_MARKDOWN_BYTES,
        _ => MAX_YAML_BYTES,
    };
    let text = match text_of(path, source, limit) {
        Ok(text) => text,
        Err(diagnostic) => return fail(*diagnostic),
    };
    let mut reader = Reader::new(path, text, source.hash, quotes);
    reader.found.extend(hidden_characters(path, text));
    let record = match kind {
        None => settings(&mut reader, text),
        Some(kind) => {
            check_id(path, &mut reader);
            record(kind, &mut reader, text)
        }
    };
    Checked::new(record, reader.found)
}

macro_rules! reading {
    ($([$name:ident $table:ident $file:ident $($column:tt)*])*) => {
        /// Reads a record of a kind.
        fn record(kind: Kind, reader: &mut Reader<'_>, text: &str) -> Option<Record> {
            match kind { $(Kind::$name => $file::<model::$name>(reader, text).map(Record::$name),)* }
        }
    };
}
with_kinds!(reading);

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
    match crate::yaml::read(reader.path, text, 0) {
        Ok(node) => S::read(&node, reader),
        Err(diagnostic) => {
            reader.found.push(*diagnostic);
            None
        }
    }
}

fn settings(reader: &mut Reader<'_>, text: &str) -> Option<Record> {
    let settings: Settings = mapping(reader, text)?;
    let references = references(&settings, reader);
    Some(Record::Settings(Arc::new(SettingsFile {
        hash: reader.hash,
        settings,
        references,
    })))
}

/// A record that is a mapping.
fn yaml<R: Shape + Field + RecordKind>(
    reader: &mut Reader<'_>,
    text: &str,
) -> Option<Arc<Entry<R>>> {
    let record = mapping(reader, text)?;
    Some(entry(reader, record))
}

/// A record whose text stands below its mapping.
fn markdown<R: Shape + Field + RecordKind + WithBody>(
    reader: &mut Reader<'_>,
    text: &str,
) -> Option<Arc<Entry<R>>> {
    let record = guide::read(reader, text)?;
    Some(entry(reader, record))
}

/// A record that stands in another one's file has none.
fn inside<R: RecordKind>(_: &mut Reader<'_>, _: &str) -> Option<Arc<Entry<R>>> {
    None
}

fn entry<R: Shape + RecordKind>(reader: &mut Reader<'_>, record: R) -> Arc<Entry<R>> {
    let references = references(&record, reader);
    Arc::new(Entry {
        id: Id::new(reader.path.stem()),
        path: reader.path.clone(),
        hash: reader.hash,
        record,
        references: Arc::new(references),
    })
}

/// Where a record points to; reports what is wrong with its texts.
fn references(record: &impl Shape, reader: &mut Reader<'_>) -> model::mention::References {
    let mut collector = Collector::new(reader);
    record.walk(&mut collector);
    collector.finish()
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
