//! Records to a handbook: what every reference means, and what does not fit together.

mod advice;
pub mod check;
mod gaps;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use gaps::Gaps;
use rayon::prelude::*;

use crate::diagnostic::{Checked, Code, Diagnostic, Place, Severity, listed, nearest};
use crate::handbook::{Asked, Handbook, Links, PrincipleEntry, RecordAt, Table};
use crate::markdown::Anchors;
use crate::model::ids::is_id;
use crate::model::{Entry, Id, Kind, Record, RecordKind};
use crate::parse::{Parsed, Reference, Relation, SETTINGS, SUGGESTIONS, kind_and_id};
use crate::source::SourcePath;

/// Resolves every reference and checks what only shows across records.
///
/// With `drafts`, records marked as drafts take part; otherwise they are as if they were not there. The findings
/// of parsing come along: what only follows from them is not reported again, and a record may allow its own.
pub fn link(parsed: Checked<Vec<Arc<Parsed>>>, drafts: bool) -> Checked<Handbook> {
    let Checked {
        value: parsed,
        mut found,
    } = parsed;
    let mut left_out = HashSet::new();
    let mut handbook = tables(&parsed, drafts, &mut left_out, &mut found);
    check::local_ids(&handbook, &mut found);
    handbook.links = Links::between(&handbook);
    let mut linker = Linker {
        left_out,
        suggested: 0,
        anchors: BTreeMap::new(),
        gaps: Gaps::left_by(&found),
        found,
    };
    let targets: Vec<Vec<Option<RecordAt>>> = parsed
        .par_iter()
        .map(|file| targets(&handbook, file))
        .collect();
    for (file, targets) in parsed.iter().zip(targets) {
        linker.link_file(&mut handbook, file, &targets);
    }
    handbook.asked = linker.companies(&mut handbook);
    let mut found = linker.found;
    check::check(&handbook, &linker.gaps, &mut found);
    Checked::new(handbook, found)
}

/// Sorts the records into their reading orders.
fn tables(
    parsed: &[Arc<Parsed>],
    drafts: bool,
    left_out: &mut HashSet<(Kind, String)>,
    found: &mut Vec<Diagnostic>,
) -> Handbook {
    let mut handbook = Handbook::default();
    let (mut questions, mut themes, mut companies, mut frameworks) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut checklists, mut cheat_sheets, mut exercises, mut guides) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut red_flags, mut follow_ups, mut sources) = (Vec::new(), Vec::new(), Vec::new());
    let mut settings = None;
    for file in parsed {
        macro_rules! take {
            ($entry:expr, $list:ident) => {
                if $entry.record.common.draft && !drafts {
                    left_out.insert((kind_of($entry), $entry.id.as_str().to_owned()));
                } else {
                    $list.push($entry.clone());
                }
            };
        }
        match &file.record {
            Record::Settings(found) => settings = Some(found.clone()),
            Record::Question(entry) => take!(entry, questions),
            Record::Theme(entry) => take!(entry, themes),
            Record::Company(entry) => take!(entry, companies),
            Record::Framework(entry) => take!(entry, frameworks),
            Record::Checklist(entry) => take!(entry, checklists),
            Record::CheatSheet(entry) => take!(entry, cheat_sheets),
            Record::Exercise(entry) => take!(entry, exercises),
            Record::Guide(entry) => take!(entry, guides),
            Record::RedFlag(entry) => take!(entry, red_flags),
            Record::FollowUp(entry) => take!(entry, follow_ups),
            Record::Source(entry) => take!(entry, sources),
        }
    }
    match settings {
        Some(settings) => handbook.settings = settings.1.clone(),
        None if is_reported(SETTINGS, found) => {}
        None => found.push(
            Diagnostic::new(
                Code::MissingHandbook,
                Place::file(&SourcePath::new(SETTINGS)),
                "the handbook's settings are missing",
            )
            .help("write this file with the fields `format: 1`, `title` and `description`"),
        ),
    }
    // Files come in the order of their paths, so ids decide wherever the fields below are equal.
    themes.sort_by_key(|entry| entry.record.order.value);
    companies.sort_by_key(|entry| entry.record.order.value);
    guides.sort_by_key(|entry| entry.record.order.value);
    checklists.sort_by_key(|entry| {
        (
            entry.record.checkpoint().is_none(),
            entry.record.checkpoint(),
            entry.record.order.map(|order| order.value),
        )
    });
    cheat_sheets.sort_by_key(|entry| {
        (
            entry.record.side.is_none(),
            entry.record.side.map(|side| side.value),
            entry.record.order.map(|order| order.value),
        )
    });
    frameworks.sort_by_cached_key(|entry| entry.record.title.to_lowercase());
    exercises.sort_by_cached_key(|entry| entry.record.title.to_lowercase());
    handbook.themes = Table::new(themes);
    let theme_of = |entry: &Arc<Entry<crate::model::Question>>| {
        handbook
            .themes
            .position(&entry.record.theme.id)
            .unwrap_or(usize::MAX)
    };
    questions.sort_by_cached_key(|entry| {
        (
            theme_of(entry),
            entry.record.number.is_none(),
            entry.record.number.map(|number| number.value),
        )
    });
    handbook.questions = Table::new(questions);
    handbook.companies = Table::new(companies);
    handbook.frameworks = Table::new(frameworks);
    handbook.checklists = Table::new(checklists);
    handbook.cheat_sheets = Table::new(cheat_sheets);
    handbook.exercises = Table::new(exercises);
    handbook.guides = Table::new(guides);
    handbook.red_flags = Table::new(red_flags);
    handbook.follow_ups = Table::new(follow_ups);
    handbook.sources = Table::new(sources);
    handbook.principles = principles(&handbook);
    handbook.principle_positions = handbook
        .principles
        .iter()
        .enumerate()
        .map(|(nth, entry)| (entry.id.clone(), nth))
        .collect();
    handbook
}

/// What each of a file's references leads to, if there is such a record.
fn targets(handbook: &Handbook, file: &Parsed) -> Vec<Option<RecordAt>> {
    let target = |reference: &Reference| handbook.find(reference.kind, &reference.id);
    file.references.iter().map(target).collect()
}

/// Whether a file has an error already.
fn is_reported(path: &str, found: &[Diagnostic]) -> bool {
    found
        .iter()
        .any(|one| one.place.path.as_str() == path && one.severity() == Severity::Error)
}

fn kind_of<R: RecordKind>(_: &Arc<Entry<R>>) -> Kind {
    R::KIND
}

fn principles(handbook: &Handbook) -> Vec<PrincipleEntry> {
    let mut principles = Vec::new();
    for (company, entry) in handbook.companies.iter().enumerate() {
        for (nth, principle) in entry.record.principles.iter().enumerate() {
            principles.push(PrincipleEntry {
                id: Id::new(format!("{}/{}", entry.id, principle.id.id)),
                company,
                nth,
            });
        }
    }
    principles
}

/// Resolves references and keeps what is wrong with them.
struct Linker {
    /// Records that exist and are drafts.
    left_out: HashSet<(Kind, String)>,
    suggested: usize,
    /// Of what links have led to.
    anchors: BTreeMap<RecordAt, Anchors>,
    gaps: Gaps,
    found: Vec<Diagnostic>,
}

impl Linker {
    /// Links what one file refers to.
    fn link_file(&mut self, handbook: &mut Handbook, file: &Parsed, targets: &[Option<RecordAt>]) {
        let references = file.references.iter().zip(targets);
        let Some((kind, id, path)) = identity(&file.record) else {
            for (reference, target) in references {
                self.resolve(handbook, reference, *target, &SourcePath::new(SETTINGS));
            }
            return;
        };
        let Some(from) = handbook.find(kind, id) else {
            return;
        };
        for (reference, target) in references {
            let Some(to) = self.resolve(handbook, reference, *target, path) else {
                continue;
            };
            if from == to && reference.relation == Relation::Field {
                let message = format!("the {} refers to itself", kind.name());
                self.gaps.links_are_known = false;
                self.found.push(
                    Diagnostic::new(Code::SelfReference, Place::new(path, reference.at), message)
                        .help("delete the reference"),
                );
            }
            handbook.links.add(from, to, reference.relation);
        }
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
            let anchors = self
                .anchors
                .entry(target)
                .or_insert_with(|| match target.kind {
                    Kind::Guide => Anchors::of(&handbook.guides.at(target.nth).body.0),
                    _ => Anchors::default(),
                });
            if !anchors.has(anchor) {
                let message = format!(
                    "the {} `{}` has no heading with the anchor `#{anchor}`",
                    reference.kind.name(),
                    reference.id
                );
                let help = anchors.meant(anchor);
                self.gaps.links_are_known = false;
                self.found
                    .push(Diagnostic::new(Code::BrokenLink, place, message).help(help));
                return None;
            }
        }
        Some(target)
    }

    fn unknown(&mut self, handbook: &Handbook, reference: &Reference, place: Place) {
        let (kind, id) = (reference.kind, &*reference.id);
        self.gaps.links_are_known = false;
        if self.gaps.hold(kind, id) {
            return;
        }
        let is_draft = self.left_out.contains(&(kind, id.to_owned()));
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
            diagnostic.help = Some(proposal(handbook, kind, id));
        }
        self.found.push(diagnostic);
    }

    /// Who asks each question: what questions say of companies and companies of questions, joined.
    fn companies(&mut self, handbook: &mut Handbook) -> Vec<Vec<Asked>> {
        let mut asked: Vec<BTreeMap<usize, Joined>> =
            vec![BTreeMap::new(); handbook.questions.len()];
        let mut links = Vec::new();
        for (nth, entry) in handbook.questions.iter().enumerate() {
            for by in &entry.record.companies {
                let Some(company) = handbook.companies.position(&by.company.id) else {
                    continue;
                };
                let joined = asked[nth].entry(company).or_default();
                joined.sourced |= !by.editorial;
                for local in &by.principles {
                    let id = format!("{}/{}", by.company.id, local.id);
                    match handbook.principle_positions.get(id.as_str()) {
                        Some(principle) => {
                            joined.add(*principle, by.editorial);
                            links.push((nth, *principle));
                        }
                        None => self.unknown_principle(
                            handbook,
                            company,
                            &local.id,
                            Place::new(&entry.path, local.at),
                        ),
                    }
                }
            }
        }
        for (principle, entry) in handbook.principles.iter().enumerate() {
            let record = handbook.principle(principle);
            for (list, editorial) in [
                (&record.questions, false),
                (&record.editorial_questions, true),
            ] {
                for nth in list
                    .iter()
                    .filter_map(|question| handbook.questions.position(&question.id))
                {
                    let joined = asked[nth].entry(entry.company).or_default();
                    joined.sourced |= !editorial;
                    joined.add(principle, editorial);
                    links.push((nth, principle));
                }
            }
        }
        for (company, entry) in handbook.companies.iter().enumerate() {
            for nth in entry
                .record
                .high_signal
                .iter()
                .filter_map(|question| handbook.questions.position(&question.id))
            {
                let joined = asked[nth].entry(company).or_default();
                joined.sourced |= !entry.record.high_signal_editorial;
                joined.high_signal = true;
            }
        }
        for (question, principle) in links {
            let (question, principle) = (
                RecordAt {
                    kind: Kind::Question,
                    nth: question,
                },
                RecordAt {
                    kind: Kind::Principle,
                    nth: principle,
                },
            );
            handbook.links.add(question, principle, Relation::Field);
        }
        asked
            .into_iter()
            .map(|companies| {
                companies
                    .into_iter()
                    .map(|(company, joined)| joined.asked(company))
                    .collect()
            })
            .collect()
    }

    fn unknown_principle(&mut self, handbook: &Handbook, company: usize, id: &str, place: Place) {
        let entry = handbook.companies.entry(company);
        self.gaps.links_are_known = false;
        if self.gaps.hold(Kind::Company, entry.id.as_str()) {
            return;
        }
        let principles = entry.record.principles.iter();
        let names = principles.map(|principle| &*principle.id.id).collect();
        let message = format!("the company `{}` has no principle `{id}`", entry.id);
        let help = principle_proposal(id, names);
        self.found
            .push(Diagnostic::new(Code::UnknownPrinciple, place, message).help(help));
    }
}

/// What to do about a principle that its company does not have, whose principles have these names.
fn principle_proposal(id: &str, names: Vec<&str>) -> String {
    match nearest(id, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if names.is_empty() => "it has no principles yet".to_owned(),
        None => format!("its principles are {}", listed(names)),
    }
}

/// What to do about a reference to nothing.
fn proposal(handbook: &Handbook, kind: Kind, id: &str) -> String {
    let known = || handbook.all(kind).map(|at| handbook.id(at));
    if let Some(near) = nearest(id, known()) {
        return format!("did you mean `{near}`?");
    }
    let is_of = |other: &&Kind| **other != kind && handbook.find(**other, id).is_some();
    if let Some(other) = Kind::ALL.iter().find(is_of) {
        return format!("that is the id of another kind: {}", other.name());
    }
    match (kind, id.split_once('/')) {
        (Kind::Principle, Some((company, _)))
            if handbook.find(Kind::Company, company).is_some() =>
        {
            let is_its = |name: &&str| name.split_once('/').is_some_and(|(of, _)| of == company);
            principle_proposal(id, known().filter(is_its).collect())
        }
        (Kind::Principle, Some((company, _))) => format!("no company has the id `{company}`"),
        (Kind::Principle, None) => {
            "a principle is named with its company: `company/principle`".to_owned()
        }
        _ if is_id(id) => format!("choose another id, or write content/{}", kind.file(id)),
        _ => "an id is the name of a file without its ending".to_owned(),
    }
}

/// What has been said of a company and a question so far.
#[derive(Clone, Default)]
struct Joined {
    sourced: bool,
    high_signal: bool,
    /// By principle: whether only the editors say so.
    principles: BTreeMap<usize, bool>,
}

impl Joined {
    fn add(&mut self, principle: usize, editorial: bool) {
        self.principles
            .entry(principle)
            .and_modify(|known| *known &= editorial)
            .or_insert(editorial);
    }

    fn asked(self, company: usize) -> Asked {
        Asked {
            company,
            editorial: !self.sourced,
            high_signal: self.high_signal,
            principles: self.principles.into_iter().collect(),
        }
    }
}

/// A record's kind, id and file; `None` for the settings.
fn identity(record: &Record) -> Option<(Kind, &str, &SourcePath)> {
    fn of<R: RecordKind>(entry: &Entry<R>) -> (Kind, &str, &SourcePath) {
        (R::KIND, entry.id.as_str(), &entry.path)
    }
    Some(match record {
        Record::Settings(_) => return None,
        Record::Question(entry) => of(entry),
        Record::Theme(entry) => of(entry),
        Record::Company(entry) => of(entry),
        Record::Framework(entry) => of(entry),
        Record::Checklist(entry) => of(entry),
        Record::CheatSheet(entry) => of(entry),
        Record::Exercise(entry) => of(entry),
        Record::Guide(entry) => of(entry),
        Record::RedFlag(entry) => of(entry),
        Record::FollowUp(entry) => of(entry),
        Record::Source(entry) => of(entry),
    })
}

/// Reports the second of two things that must differ, and names the first.
fn report_duplicates<'a, K: std::hash::Hash + Eq>(
    things: impl Iterator<Item = (K, Place, String)> + 'a,
    code: Code,
    first: &str,
    help: &str,
    found: &mut Vec<Diagnostic>,
) {
    let mut seen: HashMap<K, Place> = HashMap::new();
    for (key, place, message) in things {
        if let Some(earlier) = seen.get(&key) {
            found.push(
                Diagnostic::new(code, place, message)
                    .note(earlier.clone(), first)
                    .help(help),
            );
        } else {
            seen.insert(key, place);
        }
    }
}
