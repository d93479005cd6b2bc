//! A record under another id: its file, every reference to it, and an alias that keeps its old address.
//!
//! Nothing else in the files changes. What cannot be changed with certainty is refused, all of it.

mod alias;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Severity, Span, line_and_column, nearest};
use crate::kind::Kind;
use crate::model::handbook::PATH;
use crate::model::ids::{is_device, is_id, is_reserved, proposed_id};
use crate::model::mention::{Reference, Relation};
use crate::model::{AnyEntry, Company, Entry, Record};
use crate::parse::parse_alone;
use crate::source::{Source, SourcePath, Sources};
use crate::yaml::write::is_bare;

/// What renaming a record changes.
#[derive(Debug)]
pub struct Renaming {
    /// The texts of the files that change, at the paths that they have before.
    pub texts: BTreeMap<SourcePath, String>,
    /// The record's own file, if it is to be called otherwise.
    pub moved: Option<(SourcePath, SourcePath)>,
    /// How many references were changed.
    pub references: usize,
}

/// A record and its new id.
struct Request<'a> {
    kind: Kind,
    /// Of principles with the company: `company/principle`.
    old: &'a str,
    new: &'a str,
}

/// Works out what renaming a record changes. A principle is named with its company.
///
/// # Errors
///
/// Why it cannot be renamed, in an author's words.
pub fn rename(sources: &Sources, kind: Kind, old: &str, new: &str) -> Result<Renaming, String> {
    let parsed = parse_alone(sources);
    if let Some(error) = first_error(&parsed.found) {
        return Err(format!(
            "{} has an error, and what it refers to is not known: {}; mend it first (`prepbook check`)",
            error.place.path, error.message
        ));
    }
    let full;
    let new = match (kind, old.split_once('/')) {
        (Kind::Principle, Some((company, _))) if !new.contains('/') => {
            full = format!("{company}/{new}");
            &full
        }
        _ => new,
    };
    let request = Request { kind, old, new };
    request.is_possible(&parsed.value)?;
    let mut edits = Edits::default();
    for record in &parsed.value {
        request.references(record, sources, &mut edits)?;
    }
    let references = edits.0.values().map(BTreeSet::len).sum();
    request.keep_addresses(&parsed.value, sources, &mut edits)?;
    let renaming = Renaming {
        texts: edits.applied(sources),
        moved: request.moved(&parsed.value),
        references,
    };
    request.verify(sources, &parsed.value, &renaming)?;
    Ok(renaming)
}

impl Renaming {
    /// The project as it is afterwards.
    pub fn applied(&self, sources: &Sources) -> Sources {
        let mut after = Sources::default();
        for (path, source) in sources.iter() {
            let source = match self.texts.get(path) {
                Some(text) => Source::new(text.as_bytes()),
                None => source.clone(),
            };
            let path = match &self.moved {
                Some((from, to)) if from == path => to.clone(),
                _ => path.clone(),
            };
            after.insert(path, source);
        }
        after
    }
}

/// Pieces of files and what comes in their place; each piece once.
#[derive(Default)]
struct Edits(BTreeMap<SourcePath, BTreeSet<(Span, String)>>);

impl Edits {
    fn add(&mut self, path: &SourcePath, at: Span, text: String) {
        self.0.entry(path.clone()).or_default().insert((at, text));
    }

    fn applied(&self, sources: &Sources) -> BTreeMap<SourcePath, String> {
        let edited = |(path, edits): (&SourcePath, &BTreeSet<(Span, String)>)| {
            let mut text = sources.text(path).to_owned();
            for (at, new) in edits.iter().rev() {
                text.replace_range(at.range(), new);
            }
            (path.clone(), text)
        };
        self.0.iter().map(edited).collect()
    }
}

fn first_error(found: &[Diagnostic]) -> Option<&Diagnostic> {
    found.iter().find(|one| one.severity() == Severity::Error)
}

fn companies(records: &[Record]) -> impl Iterator<Item = &Entry<Company>> {
    records.iter().filter_map(|record| match record {
        Record::Company(entry) => Some(&**entry),
        _ => None,
    })
}

/// The ids of a kind.
fn ids(records: &[Record], kind: Kind) -> Vec<String> {
    if kind == Kind::Principle {
        let of = |company: &Entry<Company>| {
            let principles = company.record.principles.iter();
            let full = |id: &str| format!("{}/{id}", company.id);
            principles.map(|one| full(&one.id.id)).collect::<Vec<_>>()
        };
        return companies(records).flat_map(of).collect();
    }
    let entries = records.iter().filter_map(Record::entry);
    let of_kind = entries.filter(|entry| entry.kind() == kind);
    of_kind.map(|entry| entry.id().to_owned()).collect()
}

impl Request<'_> {
    /// Whether there is the one and room for the other.
    fn is_possible(&self, records: &[Record]) -> Result<(), String> {
        let (kind, old, new) = (self.kind.name(), self.old, self.new);
        let known = ids(records, self.kind);
        if !known.iter().any(|id| id == old) {
            let near = nearest(old, known.iter().map(String::as_str));
            let near = near.map(|near| format!("; did you mean `{near}`?"));
            return Err(format!(
                "no {kind} has the id `{old}`{}",
                near.unwrap_or_default()
            ));
        }
        let (company, own) = match (self.kind, new.rsplit_once('/')) {
            (Kind::Principle, Some((company, own))) => (Some(company), own),
            _ => (None, new),
        };
        if company != old.split_once('/').map(|(company, _)| company) {
            return Err("a principle stays with its company".to_owned());
        }
        if !is_id(own) || is_reserved(own) || is_device(own) {
            let proposed = proposed_id(own).filter(|id| id != own);
            let proposed = proposed.map(|id| format!("; write `{id}`"));
            return Err(format!(
                "`{own}` cannot be an id{}",
                proposed.unwrap_or_default()
            ));
        }
        if known.iter().any(|id| id == new) {
            return Err(format!("there is a {kind} `{new}` already"));
        }
        Ok(())
    }

    /// What an id becomes; `None` for those that stay.
    fn renamed(&self, kind: Kind, id: &str) -> Option<String> {
        if kind == self.kind && id == self.old {
            return Some(self.new.to_owned());
        }
        let (company, own) = id.split_once('/')?;
        let is_of_it = (self.kind, kind) == (Kind::Company, Kind::Principle) && company == self.old;
        is_of_it.then(|| format!("{}/{own}", self.new))
    }

    /// Changes the references of a file.
    fn references(
        &self,
        record: &Record,
        sources: &Sources,
        edits: &mut Edits,
    ) -> Result<(), String> {
        let path = path_of(record);
        let text = sources.text(&path);
        let all = record.references().map_or(&[][..], |found| &found.all);
        for reference in all.iter().flatten() {
            let Some(new) = self.renamed(reference.kind, &reference.id) else {
                continue;
            };
            let (at, new) = replacement(text, reference, &new)
                .ok_or_else(|| unclear(&path, text, reference.at))?;
            edits.add(&path, at, new);
        }
        if self.kind == Kind::Principle {
            self.own_ids(record, &path, edits);
        }
        Ok(())
    }

    /// A principle is named without its company where that is clear.
    fn own_ids(&self, record: &Record, path: &SourcePath, edits: &mut Edits) {
        let own = |id: &str| id.split_once('/').map(|(_, own)| own.to_owned());
        let (Some(old), Some(new)) = (own(self.old), own(self.new)) else {
            return;
        };
        let is_its = |company: &str| {
            self.old
                .split_once('/')
                .is_some_and(|(of, _)| of == company)
        };
        let new = spelt(&new);
        match record {
            Record::Company(entry) if is_its(entry.id.as_str()) => {
                let principles = entry.record.principles.iter();
                let ids = principles.map(|principle| &*principle.id);
                let ids = ids.chain(&entry.record.focus).filter(|id| *id.id == *old);
                ids.for_each(|id| edits.add(path, id.at, new.clone()));
            }
            Record::Question(entry) => {
                let asked = entry.record.companies.iter();
                let asked = asked.filter(|by| is_its(by.company.id.as_str()));
                let ids = asked.flat_map(|by| &by.principles);
                let ids = ids.filter(|id| *id.id == *old);
                ids.for_each(|id| edits.add(path, id.at, new.clone()));
            }
            _ => {}
        }
    }

    /// Adds aliases for the addresses that go.
    fn keep_addresses(
        &self,
        records: &[Record],
        sources: &Sources,
        edits: &mut Edits,
    ) -> Result<(), String> {
        let file = match (self.kind, self.old.split_once('/')) {
            (Kind::Principle, Some((company, _))) => (Kind::Company, company),
            _ => (self.kind, self.old),
        };
        let is_file = |entry: &&dyn AnyEntry| (entry.kind(), entry.id()) == file;
        let mut entries = records.iter().filter_map(Record::entry);
        let Some(entry) = entries.find(is_file) else {
            return Err(format!("content/{} cannot be read", file.0.file(file.1)));
        };
        let path = entry.path();
        let mut added = alias::Aliases::of(path, sources.text(path), self.kind)?;
        if self.kind != Kind::Principle {
            added.of_record(&address(self.kind, self.old), &address(self.kind, self.new))?;
        }
        for principle in ids(records, Kind::Principle) {
            if let Some(new) = self.renamed(Kind::Principle, &principle) {
                let (old, new) = (
                    address(Kind::Principle, &principle),
                    address(Kind::Principle, &new),
                );
                let (_, own) = principle.split_once('/').unwrap_or_default();
                added.of_principle(own, &old, &new)?;
            }
        }
        for (at, text) in added.edits {
            edits.add(path, at, text);
        }
        Ok(())
    }

    fn moved(&self, records: &[Record]) -> Option<(SourcePath, SourcePath)> {
        let mut entries = records.iter().filter_map(Record::entry);
        let entry = entries.find(|entry| (entry.kind(), entry.id()) == (self.kind, self.old))?;
        let new = SourcePath::new(format!("content/{}", self.kind.file(self.new)));
        Some((entry.path().clone(), new))
    }

    /// Reads the files anew: every reference must lead where it led, and nothing may have become wrong.
    fn verify(
        &self,
        sources: &Sources,
        before: &[Record],
        renaming: &Renaming,
    ) -> Result<(), String> {
        let after = renaming.applied(sources);
        if let Some((_, to)) = &renaming.moved
            && sources.get(to).is_some()
        {
            return Err(format!("{to} already exists"));
        }
        let parsed = parse_alone(&after);
        let told = |error: &Diagnostic| format!("{}: {}", error.place.path, error.message);
        if let Some(error) = first_error(&parsed.found) {
            return Err(format!("it would leave an error: {}", told(error)));
        }
        let mut expected: Vec<_> = before.iter().map(|record| self.expected(record)).collect();
        let mut given: Vec<_> = parsed.value.iter().map(references).collect();
        expected.sort();
        given.sort();
        if expected != given {
            return Err("some references cannot be changed with certainty".to_owned());
        }
        let known = errors(sources);
        let new = errors(&after);
        match new
            .iter()
            .find(|one| counted(&new, one) > counted(&known, one))
        {
            Some(error) => Err(format!("it would leave an error: {}", told(error))),
            None => Ok(()),
        }
    }

    /// The references of a file as they must be afterwards, with its path.
    fn expected(&self, record: &Record) -> FileReferences {
        let (path, all) = references(record);
        let is_it = |entry: &dyn AnyEntry| (entry.kind(), entry.id()) == (self.kind, self.old);
        let path = match record.entry().filter(|entry| is_it(*entry)) {
            Some(_) => format!("content/{}", self.kind.file(self.new)),
            None => path,
        };
        let renamed = |(kind, id, anchor): (Kind, String, Option<String>)| {
            (kind, self.renamed(kind, &id).unwrap_or(id), anchor)
        };
        (path, all.into_iter().map(renamed).collect())
    }
}

/// A file's path, and what each of its references names.
type FileReferences = (String, Vec<(Kind, String, Option<String>)>);

fn references(record: &Record) -> FileReferences {
    let all = record.references().map_or(&[][..], |found| &found.all);
    let all = all.iter().flatten();
    let all = all.map(|one| {
        let anchor = one.anchor.as_ref().map(ToString::to_string);
        (one.kind, one.id.to_string(), anchor)
    });
    (path_of(record).to_string(), all.collect())
}

fn path_of(record: &Record) -> SourcePath {
    match record.entry() {
        Some(entry) => entry.path().clone(),
        None => SourcePath::new(PATH),
    }
}

/// The errors of a project, with those of its drafts.
fn errors(sources: &Sources) -> Vec<Diagnostic> {
    let options = crate::Options {
        drafts: true,
        ..crate::Options::default()
    };
    let found = crate::build(sources, &options, &crate::Memo::none(), |_| {}).found;
    let errors = found.into_iter();
    errors
        .filter(|one| one.severity() == Severity::Error)
        .collect()
}

/// How many findings are of the same code.
fn counted(found: &[Diagnostic], like: &Diagnostic) -> usize {
    found.iter().filter(|one| one.code == like.code).count()
}

/// The address of a record, from the site's root: `/questions/hard-call/`.
fn address(kind: Kind, id: &str) -> String {
    format!("/{}", kind.page(id).trim_end_matches("index.html"))
}

/// An id as a value.
fn spelt(id: &str) -> String {
    if is_bare(id) {
        id.to_owned()
    } else {
        format!("\"{id}\"")
    }
}

/// The piece of a reference's spelling to replace, and by what; `None` where the name is spelt in another way.
fn replacement(text: &str, reference: &Reference, new: &str) -> Option<(Span, String)> {
    let at = reference.at.range();
    let written = text.get(at.clone())?;
    let old = &*reference.id;
    if reference.relation == Relation::Field && written == old {
        return Some((reference.at, spelt(new)));
    }
    let is_name = |byte: Option<&u8>| {
        byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'/'))
    };
    let typed = format!("{}:{old}", reference.kind.word());
    let bare = (reference.relation == Relation::Field).then_some(old);
    let ends = |start: usize, name: &str| {
        let bytes = written.as_bytes();
        !is_name(bytes.get(start + name.len())) && (start == 0 || !is_name(bytes.get(start - 1)))
    };
    let found = [Some(typed.as_str()), bare].into_iter().flatten();
    let (start, name) = found
        .flat_map(|name| written.rmatch_indices(name))
        .find(|(start, name)| ends(*start, name))?;
    let end = at.start + start + name.len();
    Some((Span::new(end - old.len(), end), new.to_owned()))
}

/// What is said of a reference whose spelling is not clear.
fn unclear(path: &SourcePath, text: &str, at: Span) -> String {
    let (line, column) = line_and_column(text, at.range().start);
    format!(
        "{path}:{line}:{column}: this reference is written in a way that cannot be changed with certainty; write it plainly"
    )
}
