//! Texts that `new` or `import` has written and nobody has replaced.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashSet;

use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::handbook::Handbook;
use crate::model::Kind;
use crate::model::field::{Markdown, Text, Visit};
use crate::model::markdown::Quotes;
use crate::model::shape::fields_of;
use crate::parse::{self, parse};
use crate::source::{Source, SourcePath, Sources};
use crate::starter::{self, ANSWER_TEXTS, Surroundings, TO_BE_WRITTEN, UNHANDLED};

/// Shorter texts may well be what an author means.
const FEWEST_WORDS: usize = 3;

/// The texts of a kind's skeleton, and the placeholders of its fields.
#[derive(Default)]
struct Skeleton {
    texts: FxHashSet<Arc<str>>,
    /// In bytes: no longer text need be looked up.
    longest: usize,
}

static SKELETONS: LazyLock<HashMap<Kind, Skeleton>> = LazyLock::new(|| {
    let kinds = Kind::ALL.iter();
    kinds.map(|kind| (*kind, Skeleton::of(*kind))).collect()
});

impl Skeleton {
    fn of(kind: Kind) -> Self {
        let mut skeleton = Self::default();
        let Some(text) = starter::skeleton(kind, "-", &Surroundings::default()) else {
            return skeleton;
        };
        let mut sources = Sources::default();
        let path = SourcePath::new(format!("content/{}", kind.file("new")));
        sources.insert(path, Source::new(text.as_bytes()));
        for record in parse(&sources, &Quotes::default(), &parse::Memo::new(false)).value {
            record.walk(&mut skeleton);
        }
        for text in ANSWER_TEXTS.into_iter().chain([UNHANDLED]) {
            skeleton.add(text);
        }
        for field in fields_of(kind) {
            skeleton.add(&starter::placeholder(field));
        }
        skeleton
    }

    fn add(&mut self, text: &str) {
        if text.split_whitespace().count() >= FEWEST_WORDS {
            self.longest = self.longest.max(text.len());
            self.texts.insert(text.into());
        }
    }
}

impl Visit for Skeleton {
    fn markdown(&mut self, markdown: &Markdown) {
        each_paragraph(markdown, |text, _| self.add(text));
    }
    fn text(&mut self, text: &Text) {
        self.add(text);
    }
}

/// Shows a text, or each paragraph of one that has a page to itself, with its place.
fn each_paragraph(markdown: &Markdown, mut show: impl FnMut(&str, Span)) {
    let whole = &*markdown.text;
    if !markdown.has_anchors {
        return show(whole, markdown.at);
    }
    for piece in whole.split("\n\n").map(str::trim) {
        let before = piece.as_ptr() as usize - whole.as_ptr() as usize;
        let start = markdown.at.range().start + before;
        show(piece, Span::new(start, start + piece.len()));
    }
}

/// Where a record still has such texts.
struct LeftOver<'s> {
    skeleton: &'s Skeleton,
    first: Option<Span>,
    count: usize,
}

impl LeftOver<'_> {
    fn look_at(&mut self, text: &str, at: Span) {
        if text.len() <= self.skeleton.longest && self.skeleton.texts.contains(text) {
            self.first.get_or_insert(at);
            self.count += 1;
        }
    }
}

impl Visit for LeftOver<'_> {
    fn markdown(&mut self, markdown: &Markdown) {
        each_paragraph(markdown, |text, at| self.look_at(text, at));
    }
    fn text(&mut self, text: &Text) {
        self.look_at(text, text.at);
    }
}

/// Reports records that still have such texts, each at the first.
pub(super) fn left_over(handbook: &Handbook, found: &mut Vec<Diagnostic>) {
    let records = handbook.everything();
    for at in records.filter(|at| at.kind != Kind::Principle) {
        let entry = handbook.entry(at);
        let mut left = LeftOver {
            skeleton: &SKELETONS[&at.kind],
            first: None,
            count: 0,
        };
        entry.walk(&mut left);
        let Some(first) = left.first else { continue };
        let help = match left.count - 1 {
            0 => "write your own, or delete it".to_owned(),
            more => format!("write your own, or delete it; and {more} more in this record"),
        };
        let place = Place::new(entry.path(), first);
        let message = "this is still a placeholder";
        found.push(Diagnostic::new(Code::StillASkeleton, place, message).help(help));
    }
}

/// Leaves out what `import` says is to be written, once it is told: readers see nothing in its place.
pub(super) fn leave_out(handbook: &mut Handbook) {
    handbook.themes.change(
        |theme| has_open(&theme.summary, &[&theme.evaluates, &theme.preparation]),
        |theme| {
            close(&mut theme.summary);
            theme.evaluates.0.retain(|text| !is_open(&text.text));
            theme.preparation.0.retain(|text| !is_open(&text.text));
        },
    );
    handbook.companies.change(
        |company| {
            is_open(&company.framework_name)
                || has_open(&company.summary, &[&company.listens_for, &company.prepare])
        },
        |company| {
            if is_open(&company.framework_name) {
                company.framework_name.text = "".into();
            }
            close(&mut company.summary);
            company.listens_for.0.retain(|text| !is_open(&text.text));
            company.prepare.0.retain(|text| !is_open(&text.text));
        },
    );
    handbook.questions.change(
        |question| {
            let mut follow_ups = question.follow_ups.iter();
            follow_ups.any(|one| is_open(&one.handle.text))
        },
        |question| {
            let follow_ups = question.follow_ups.iter_mut();
            follow_ups.for_each(|one| close(&mut one.handle));
        },
    );
}

fn is_open(text: &str) -> bool {
    text.starts_with(TO_BE_WRITTEN)
}

fn has_open(text: &Markdown, lists: &[&[Markdown]]) -> bool {
    let mut items = lists.iter().copied().flatten();
    is_open(&text.text) || items.any(|item| is_open(&item.text))
}

fn close(text: &mut Markdown) {
    if is_open(&text.text) {
        *text = Markdown::new("", text.at);
    }
}
