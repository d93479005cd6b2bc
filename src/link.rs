//! Records to a handbook: what every reference means, and what does not fit together.

mod advice;
mod asked;
mod check;
mod drafts;
mod gaps;
mod media;
mod proposal;
mod skeleton;
mod titles;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

pub use self::advice::allow;
use self::drafts::Drafts;
use self::gaps::Gaps;
use self::proposal::proposal;
use crate::diagnostic::{Checked, Code, Diagnostic, Place, Severity};
use crate::handbook::{Handbook, Links, RecordAt};
use crate::kind::with_kinds;
use crate::model::handbook::PATH;
use crate::model::markdown::Anchors;
use crate::model::mention::{Reference, Relation};
use crate::model::{AnyEntry, Entry, Guide, Id, Kind, Record};
use crate::parse::{SUGGESTIONS, kind_and_id, settings_of};
use crate::source::{SourcePath, Sources};
use crate::words::{self, Words};

/// Resolves every reference and checks what only shows across records.
///
/// With `drafts`, records marked as drafts take part; otherwise they are as if they were not there. The findings
/// of parsing come along: what only follows from them is not reported again, and a record may allow its own. `sources`
/// are what was parsed: a file with an error may still tell which records it is about. `words` give index pages their titles.
pub fn link(
    parsed: Checked<Vec<Record>>,
    sources: &Sources,
    words: &Words,
    drafts: bool,
) -> Checked<Handbook> {
    let Checked {
        value: parsed,
        mut found,
    } = parsed;
    let drafts = if drafts {
        Drafts::default()
    } else {
        Drafts::among(&parsed)
    };
    let mut handbook = tables(&parsed, &drafts, &mut found);
    check::local_ids(&handbook, &mut found);
    handbook.links = Links::between(&handbook);
    let mut linker = Linker {
        drafts,
        left_out: Vec::new(),
        suggested: 0,
        anchors: BTreeMap::new(),
        gaps: Gaps::left_by(&found, sources),
        found,
    };
    let targets: Vec<Vec<Option<RecordAt>>> = parsed
        .par_iter()
        .map(|file| targets(&handbook, file))
        .collect();
    for (file, targets) in parsed.iter().zip(targets) {
        media::look_for(file, sources, &mut linker.found);
        linker.link_file(&mut handbook, file, targets);
    }
    handbook.questions_by_theme = questions_by_theme(&handbook);
    linker.join_companies(&mut handbook);
    let mut found = linker.found;
    drafts::note(linker.left_out, &mut found);
    found.extend(advice::resting(&handbook.settings));
    linker.drafts.into_titles(&mut handbook);
    check::check(&handbook, words, &linker.gaps, &mut found);
    skeleton::leave_out(&mut handbook);
    Checked::new(handbook, found)
}

/// The same for who builds nothing.
pub fn link_alone(
    parsed: Checked<Vec<Record>>,
    sources: &Sources,
    drafts: bool,
) -> Checked<Handbook> {
    let memo = words::Memo::new(false);
    let words = Words::read(sources, &settings_of(sources), &memo);
    link(parsed, sources, &words.value, drafts)
}

macro_rules! sorting {
    ($([$name:ident $table:ident $($column:tt)*])*) => {
        /// Puts a record into its table.
        fn add(handbook: &mut Handbook, record: &Record, drafts: &Drafts) {
            match record {
                Record::Settings(_) => {}
                $(Record::$name(entry) => handbook.$table.push(drafts.left_out_of(entry)),)*
            }
        }
    };
}
with_kinds!(sorting);

/// Sorts the records into their reading orders.
fn tables(parsed: &[Record], drafts: &Drafts, found: &mut Vec<Diagnostic>) -> Handbook {
    let mut handbook = Handbook::default();
    let mut has_settings = false;
    for record in parsed {
        if let Record::Settings(file) = record {
            has_settings = true;
            handbook.settings = file.settings.clone();
            handbook.settings_hash = file.hash;
            handbook.settings_references = file.references.clone();
        }
        let is_draft = |entry: &dyn AnyEntry| drafts.have(entry.kind(), entry.id());
        if !record.entry().is_some_and(is_draft) {
            add(&mut handbook, record, drafts);
        }
    }
    if !has_settings && !is_reported(PATH, found) {
        found.push(
            Diagnostic::new(
                Code::MissingHandbook,
                Place::file(&SourcePath::new(PATH)),
                "the handbook's settings are missing",
            )
            .help("write this file with the fields `format: 1`, `title` and `description`"),
        );
    }
    // Files come in the order of their paths, so ids decide wherever the keys of two records are equal.
    handbook.put_in_order();
    let themes = &handbook.themes;
    handbook.questions.put_in_order(|question| {
        let theme = themes.position(question.theme.id.as_str());
        (theme.is_none(), theme, question.place())
    });
    take_out_principles(&mut handbook);
    handbook
}

/// Makes records of the principles that stand in the files of companies.
fn take_out_principles(handbook: &mut Handbook) {
    for company in handbook.companies.all() {
        let entry = handbook.companies.entry(company);
        for principle in entry.record.principles.iter() {
            handbook.employers.push(company);
            handbook.principles.push(Arc::new(Entry {
                id: Id::new(format!("{}/{}", entry.id, principle.id.id)),
                path: entry.path.clone(),
                hash: entry.hash,
                record: principle.clone(),
                references: Arc::default(),
            }));
        }
    }
    handbook.principles.put_in_order(|_| ());
}

/// What each of a file's references leads to, if there is such a record.
fn targets(handbook: &Handbook, file: &Record) -> Vec<Option<RecordAt>> {
    let target = |reference: &Option<Reference>| {
        let reference = reference.as_ref()?;
        handbook.find(reference.kind, &reference.id)
    };
    let all = file
        .references()
        .map_or(&[][..], |references| &references.all);
    all.iter().map(target).collect()
}

/// Where the questions of each theme stand in the reading order.
fn questions_by_theme(handbook: &Handbook) -> Vec<std::ops::Range<usize>> {
    let mut ranges = vec![0..0; handbook.themes.len()];
    for question in handbook.questions.all() {
        if let Some(theme) = handbook.target(question, &handbook.questions[question].theme) {
            let range = &mut ranges[theme.nth];
            let start = if range.start == range.end {
                question.nth
            } else {
                range.start
            };
            *range = start..question.nth + 1;
        }
    }
    ranges
}

/// Whether a file has an error already.
fn is_reported(path: &str, found: &[Diagnostic]) -> bool {
    found
        .iter()
        .any(|one| one.place.path.as_str() == path && one.severity() == Severity::Error)
}

/// Resolves references and keeps what is wrong with them.
struct Linker {
    drafts: Drafts,
    /// Where links to drafts stand that are left out.
    left_out: Vec<Place>,
    suggested: usize,
    /// Of what links have led to.
    anchors: BTreeMap<RecordAt, Anchors>,
    gaps: Gaps,
    found: Vec<Diagnostic>,
}

impl Linker {
    /// Links what one file refers to.
    fn link_file(
        &mut self,
        handbook: &mut Handbook,
        file: &Record,
        mut targets: Vec<Option<RecordAt>>,
    ) {
        let Some(entry) = file.entry() else {
            let path = SourcePath::new(PATH);
            let references = std::mem::take(&mut handbook.settings_references);
            for (reference, target) in references.all.iter().zip(&mut targets) {
                let reference = reference.as_ref();
                *target = reference.and_then(|one| self.resolve(handbook, one, *target, &path));
            }
            handbook.settings_references = references;
            handbook.settings_targets = targets;
            return;
        };
        let (kind, path) = (entry.kind(), entry.path());
        // Drafts are not there.
        let Some(from) = handbook.find(kind, entry.id()) else {
            return;
        };
        for (reference, target) in entry.references().all.iter().zip(&mut targets) {
            let Some(reference) = reference else { continue };
            *target = self.resolve(handbook, reference, *target, path);
            let Some(to) = *target else { continue };
            if from == to && reference.relation == Relation::Field {
                let message = format!("the {} refers to itself", kind.name());
                self.gaps.doubt(kind, entry.id(), kind);
                self.found.push(
                    Diagnostic::new(Code::SelfReference, Place::new(path, reference.at), message)
                        .help("delete the reference"),
                );
            }
            handbook.links.add(from, to, reference.relation);
        }
        handbook.links.set_targets(from, targets);
    }

    fn resolve(
        &mut self,
        handbook: &Handbook,
        reference: &Reference,
        target: Option<RecordAt>,
        path: &SourcePath,
    ) -> Option<RecordAt> {
        let place = Place::new(path, reference.at);
        let Some(target) = target else {
            self.unknown(handbook, reference, place);
            return None;
        };
        if let Some(anchor) = &reference.anchor {
            let anchors =
                self.anchors
                    .entry(target)
                    .or_insert_with(|| match target.of::<Guide>() {
                        Some(guide) => Anchors::of(&handbook.guides[guide].body.0),
                        None => Anchors::default(),
                    });
            if !anchors.has(anchor) {
                let message = format!(
                    "the {} `{}` has no heading with the anchor `#{anchor}`",
                    reference.kind.name(),
                    reference.id
                );
                let help = anchors.meant(anchor);
                self.doubt_links_of(path, reference.kind);
                if let Some((kind, _)) = kind_and_id(path) {
                    self.gaps.doubt(reference.kind, &reference.id, kind);
                }
                self.found
                    .push(Diagnostic::new(Code::BrokenLink, place, message).help(help));
                return None;
            }
        }
        Some(target)
    }

    /// Notes that a link of a file leads to nothing.
    fn doubt_links_of(&mut self, path: &SourcePath, to: Kind) {
        if let Some((kind, id)) = kind_and_id(path) {
            self.gaps.doubt(kind, id, to);
        }
    }

    fn unknown(&mut self, handbook: &Handbook, reference: &Reference, place: Place) {
        let (kind, id) = (reference.kind, &*reference.id);
        let from = kind_and_id(&place.path).and_then(|(kind, id)| handbook.find(kind, id));
        let from = from.map(|from| handbook.entry(from));
        if self.drafts.excuse(reference, from) {
            self.left_out.push(place);
            return;
        }
        self.doubt_links_of(&place.path, kind);
        if self.gaps.hold(kind, id) {
            return;
        }
        let is_draft = self.drafts.have(kind, id);
        let is_question = matches!(kind_and_id(&place.path), Some((Kind::Question, _)));
        if is_draft && kind == Kind::Theme && is_question && reference.relation == Relation::Field {
            let message =
                format!("no theme's order reaches this question: the theme `{id}` is a draft");
            self.found.push(
                Diagnostic::new(Code::UnreachedQuestion, place, message)
                    .help("publish the theme, or make the question a draft too"),
            );
            return;
        }
        let mut diagnostic = Diagnostic::new(
            kind.unknown(),
            place,
            format!("no {} has the id `{id}`", kind.name()),
        );
        if is_draft {
            diagnostic.help = Some(
                "there is a draft of that id; delete its `draft: true`, or build with `--drafts`"
                    .to_owned(),
            );
        } else if self.suggested < SUGGESTIONS {
            self.suggested += 1;
            let proposal = proposal(handbook, kind, id);
            let quoted = proposal.split('`').skip(1).step_by(2);
            let kind = kind_and_id(&diagnostic.place.path).map(|(kind, _)| kind);
            quoted.for_each(|id| self.gaps.mention(id, kind));
            diagnostic.help = Some(proposal);
        }
        self.found.push(diagnostic);
    }
}

/// Reports the second of two things that must differ, and names the first.
fn report_duplicates<K: std::hash::Hash + Eq>(
    things: impl Iterator<Item = (K, Place)>,
    code: Code,
    message: impl Fn(&K) -> String,
    help: &str,
    found: &mut Vec<Diagnostic>,
) {
    let mut seen: HashMap<K, Place> = HashMap::new();
    for (key, place) in things {
        if let Some(earlier) = seen.get(&key) {
            found.push(
                Diagnostic::new(code, place, message(&key))
                    .note(earlier.clone(), "the first is here")
                    .help(help),
            );
        } else {
            seen.insert(key, place);
        }
    }
}
