//! The linked model: all records in reading order, and who points to whom. Every reference in it leads somewhere.

mod links;
mod table;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use self::links::Links;
pub use self::table::{AnyTable, At, RecordAt, Table};
use crate::kind::with_kinds;
use crate::model::field::{Date, Ref, TypedRef, Unsearched, alias_file};
use crate::model::mention::{Number, References};
use crate::model::reference::Common;
use crate::model::weak_answer::WeakAnswer;
use crate::model::{
    self, AnyEntry, Company, Framework, Kind, Principle, Question, RecordKind, Settings, Theme,
};
use crate::section::Section;

/// What it rests on that a company asks a question, the firmest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Basis {
    /// A source says so.
    Sourced,
    /// The editors say so.
    Editorial,
    /// Nobody says so; the company may well ask it all the same.
    Expected,
}

/// A company that asks a question.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Asked {
    pub company: At<Company>,
    pub basis: Basis,
    /// Whether it is among the company's high-signal questions.
    pub high_signal: bool,
    /// The principles it tests, in the company's order, and whether only the editors say so.
    pub principles: Vec<(At<Principle>, bool)>,
}

macro_rules! handbook {
    ($([$name:ident $table:ident $file:ident $word:literal $folder:literal $unknown:ident $section:ident $page:expr, $order:expr, $meaning:literal])*) => {
        /// A whole handbook.
        #[derive(Default)]
        pub struct Handbook {
            pub settings: Settings,
            /// xxh3-128 of their file.
            pub settings_hash: u128,
            /// Where the settings' texts point to.
            pub settings_references: References,
            pub settings_targets: Vec<Option<RecordAt>>,
            $(pub $table: Table<model::$name>,)*
            /// By principle: the company whose file it stands in.
            pub employers: Vec<At<Company>>,
            /// By question: the companies that ask it or may be expected to, in their order.
            pub asked: Vec<Vec<Asked>>,
            /// By company: the principles that lead its page.
            pub focus: Vec<Vec<At<Principle>>>,
            /// By theme: where its questions stand in the reading order.
            pub questions_by_theme: Vec<std::ops::Range<usize>>,
            pub links: Links,
            /// Titles of the drafts that are left out, by kind and id.
            pub drafts: BTreeMap<(Kind, String), Arc<str>>,
        }

        impl Handbook {
            /// The records of a kind.
            pub fn table(&self, kind: Kind) -> &dyn AnyTable {
                match kind { $(Kind::$name => &self.$table,)* }
            }

            /// Whether a record has a page of its own; otherwise it is a place on the page of its section.
            pub fn has_page(&self, at: RecordAt) -> bool {
                match at.kind {
                    $(Kind::$name => {
                        let has_page: fn(&model::$name) -> bool = $page;
                        has_page(&self.$table[At::new(at.nth)])
                    })*
                }
            }

            /// Puts each kind's records into their reading order.
            pub fn put_in_order(&mut self) {
                $({
                    let order: fn(&model::$name) -> _ = $order;
                    self.$table.put_in_order(order);
                })*
            }
        }
    };
}
with_kinds!(handbook);

impl Handbook {
    pub fn entry(&self, at: impl Into<RecordAt>) -> &dyn AnyEntry {
        let at = at.into();
        self.table(at.kind).entry(at.nth)
    }

    /// What a reference of the settings leads to; `None` where that is left out.
    pub fn target_of_settings(&self, number: Number) -> Option<RecordAt> {
        *self.settings_targets.get(number.0 as usize)?
    }

    /// The record with an id.
    pub fn find(&self, kind: Kind, id: &str) -> Option<RecordAt> {
        let nth = self.table(kind).position(id)?;
        Some(RecordAt { kind, nth })
    }

    pub fn count(&self, kind: Kind) -> usize {
        self.table(kind).count()
    }

    /// Whether a section has anything to show: a record of its kind.
    pub fn fills(&self, section: Section) -> bool {
        match section {
            Section::WeakAnswers => self.weak_answers().next().is_some(),
            section => section.kind().is_none_or(|kind| self.count(kind) > 0),
        }
    }

    /// The weak answers of all questions, in reading order.
    pub fn weak_answers(&self) -> impl Iterator<Item = (At<Question>, &WeakAnswer)> {
        self.questions.all().flat_map(|question| {
            let answers = self.questions[question].weak_answers.iter();
            answers.map(move |answer| (question, answer))
        })
    }

    pub fn id(&self, at: impl Into<RecordAt>) -> &str {
        self.entry(at).id()
    }

    pub fn title(&self, at: impl Into<RecordAt>) -> &str {
        self.entry(at).title()
    }

    /// The record whose file a record stands in: its own, a principle's company.
    fn file_of(&self, at: RecordAt) -> RecordAt {
        match at.of::<Principle>() {
            Some(principle) => self.employer(principle).into(),
            None => at,
        }
    }

    /// What every record has; a principle's are its company's.
    pub fn common(&self, at: RecordAt) -> &Common {
        static NOTHING: std::sync::LazyLock<Common> = std::sync::LazyLock::new(Common::default);
        self.entry(self.file_of(at)).common().unwrap_or(&NOTHING)
    }

    /// When what a record says changed last, if its file tells.
    pub fn updated(&self, at: RecordAt) -> Option<&Date> {
        self.common(at).updated.as_ref()
    }

    /// When any record changed last, as far as they tell.
    pub fn latest_update(&self) -> Option<&Date> {
        let all = self.everything();
        all.filter_map(|at| self.updated(at))
            .max_by_key(|date| date.0)
    }
    /// The old addresses of a record.
    pub fn aliases(&self, at: RecordAt) -> &[Unsearched] {
        match at.of::<Principle>() {
            Some(principle) => &self.principles[principle].aliases,
            None => &self.common(at).aliases,
        }
    }

    /// The record of a kind that had an id before it was renamed: the address of that id is one of its old ones.
    pub fn renamed(&self, kind: Kind, id: &str) -> Option<RecordAt> {
        let page = kind.page(id);
        let leads_there = |alias: &Unsearched| alias_file(alias).as_deref() == Some(&page);
        self.all(kind)
            .find(|at| self.aliases(*at).iter().any(leads_there))
    }

    /// All records of a kind, in reading order.
    pub fn all(&self, kind: Kind) -> impl DoubleEndedIterator<Item = RecordAt> + use<> {
        (0..self.count(kind)).map(move |nth| RecordAt { kind, nth })
    }

    /// All records, kind by kind.
    pub fn everything(&self) -> impl Iterator<Item = RecordAt> + '_ {
        Kind::ALL.iter().flat_map(|kind| self.all(*kind))
    }

    /// What a field of a record leads to. In a handbook without errors, and only such a one has pages, each leads to
    /// something.
    pub fn follow<R: RecordKind>(&self, from: impl Into<RecordAt>, reference: &Ref<R>) -> At<R> {
        self.target(from, reference)
            .expect("references to nothing are errors, and a handbook with errors has no pages")
    }

    /// What a field of a record leads to; `None` for what was reported as unknown.
    pub fn target<R: RecordKind>(
        &self,
        from: impl Into<RecordAt>,
        reference: &Ref<R>,
    ) -> Option<At<R>> {
        let file = self.file_of(from.into());
        self.links.target(file, reference.number)?.of()
    }

    /// What a field that names its kind leads to.
    pub fn follow_typed(&self, from: impl Into<RecordAt>, reference: &TypedRef) -> RecordAt {
        self.links
            .target(self.file_of(from.into()), reference.number)
            .expect("references to nothing are errors, and a handbook with errors has no pages")
    }

    /// The title of a draft that is left out.
    pub fn draft_title(&self, kind: Kind, id: &str) -> Option<&str> {
        let title = self.drafts.get(&(kind, id.to_owned()))?;
        Some(title)
    }

    /// The title of a record, which may be a draft that is left out.
    pub fn title_of(&self, kind: Kind, id: &str) -> Option<&str> {
        let known = self.find(kind, id).map(|at| self.title(at));
        known.or_else(|| self.draft_title(kind, id))
    }

    /// The framework that stands for all, if one says so.
    pub fn main_framework(&self) -> Option<At<Framework>> {
        let mut frameworks = self.frameworks.all();
        frameworks.find(|at| self.frameworks[*at].main)
    }

    /// The company of a principle.
    pub fn employer(&self, principle: At<Principle>) -> At<Company> {
        self.employers[principle.nth]
    }

    /// The principles of a company, in its order.
    pub fn principles_of(&self, company: At<Company>) -> impl Iterator<Item = At<Principle>> + '_ {
        let principles = self.principles.all();
        principles.filter(move |principle| self.employer(*principle) == company)
    }

    /// Who asks a question or may be expected to, in the order of companies.
    pub fn asked(&self, question: At<Question>) -> &[Asked] {
        &self.asked[question.nth]
    }

    /// Who is said to ask a question, by a source or the editors, in the order of companies.
    pub fn known_to_ask(&self, question: At<Question>) -> impl Iterator<Item = &Asked> {
        let asked = self.asked(question).iter();
        asked.filter(|asked| asked.basis != Basis::Expected)
    }

    /// The questions of a theme, in reading order: they stand together.
    pub fn questions_of(
        &self,
        theme: At<Theme>,
    ) -> impl ExactSizeIterator<Item = At<Question>> + use<> {
        self.questions_by_theme[theme.nth].clone().map(At::new)
    }
}
