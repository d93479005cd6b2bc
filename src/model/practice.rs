//! What readers do and carry with them: checklists, cheat sheets, exercises, guides.

use std::sync::Arc;

use super::field::{
    AtMost, Cell, LocalId, Markdown, Minutes, NonEmpty, Order, Placed, Ref, Text, TypedRef, Whole,
    choice,
};
use super::shape::{part, record};
use super::{Company, Question};
use crate::kind::Kind;

record! {
    /// Things to do; with a day or a time, a checkpoint.
    Checklist("a checklist") {
        /// Its name.
        required title: Text,
        /// The day of the plan, from 0, the day the handbook is opened.
        optional day: Option<Whole<0, 365>>,
        /// The time of the plan, for what has no day.
        optional when: Option<Placed<When>>,
        /// Its place among checklists without a day.
        optional order: Option<Order>,
        /// What is reached at the end.
        required goal: Markdown,
        /// Minutes in all.
        optional minutes: Option<Minutes>,
        /// The things to do.
        required items: NonEmpty<Item>,
        /// The questions chosen for it.
        optional questions: AtMost<Ref<Question>, 8>,
        /// What good looks like.
        optional good_looks_like: Option<Markdown>,
        /// What to do with ten minutes only.
        optional ten_minutes: Option<Markdown>,
    }
}

part! {
    /// A thing to do.
    Item("an item") {
        /// Its name in addresses.
        required id: LocalId,
        /// What to do.
        required text: Markdown,
        /// Minutes it takes.
        optional minutes: Option<Minutes>,
        /// Where it is done.
        optional links: Vec<TypedRef>,
    }
}

choice! {
    /// A time of the plan.
    When {
        /// The evening before the interview.
        NightBefore = "night-before",
    }
}

record! {
    /// A table for the night before.
    CheatSheet("a cheat sheet") {
        /// Its heading.
        required title: Text,
        /// The printed side it stands on; without one it is not printed.
        optional side: Option<Whole<1, 2>>,
        /// Its place on the side.
        optional order: Option<Order>,
        /// What it gives way to on the printed sides: while a reader has chosen one of these, the sheet says more of that one.
        optional gives_way_to: Option<Chosen>,
        /// What it is for.
        optional intro: Option<Markdown>,
        /// Headings of its columns, or with `from` the names of fields.
        required columns: NonEmpty<Text>,
        /// Its rows, a cell a column.
        optional rows: Vec<NonEmpty<Cell>>,
        /// A remark below.
        optional note: Option<Markdown>,
        /// The records its rows are drawn from.
        optional from: Option<Origin>,
    }
}

choice! {
    /// What a reader can choose for the printed sides.
    Chosen {
        /// One company.
        Company = "company",
        /// One theme.
        Theme = "theme",
    }
}

choice! {
    /// Records that a table can be drawn from.
    Origin {
        /// One row a theme.
        Themes = "themes",
        /// One row a company.
        Companies = "companies",
        /// One row a framework.
        Frameworks = "frameworks",
        /// One row a principle.
        Principles = "principles",
        /// One row a red flag.
        RedFlags = "red-flags",
        /// One row a type of follow-up.
        FollowUps = "follow-ups",
    }
}

impl Origin {
    /// The kind of record that the rows are.
    pub fn kind(self) -> Kind {
        match self {
            Self::Themes => Kind::Theme,
            Self::Companies => Kind::Company,
            Self::Frameworks => Kind::Framework,
            Self::Principles => Kind::Principle,
            Self::RedFlags => Kind::RedFlag,
            Self::FollowUps => Kind::FollowUp,
        }
    }

    /// The fields that a table of these records can show; `page::columns` has the cell of each.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Themes => &[
                "title",
                "summary",
                "evaluates",
                "preparation",
                "story_slot",
                "questions",
            ],
            Self::Companies => &[
                "title",
                "framework_name",
                "summary",
                "listens_for",
                "prepare",
                "high_signal",
                "questions_to_ask",
            ],
            Self::Frameworks => &[
                "title",
                "also_called",
                "use_when",
                "parts",
                "notes",
                "faults",
            ],
            Self::Principles => &[
                "title",
                "company",
                "meaning",
                "signals",
                "questions",
                "editorial_questions",
            ],
            Self::RedFlags => &["title", "thinks", "instead"],
            Self::FollowUps => &["title", "example", "tests", "handle"],
        }
    }
}

record! {
    /// A way to practise.
    Exercise("an exercise") {
        /// Its name.
        required title: Text,
        /// Its place among the exercises; those without one come last.
        optional order: Option<Order>,
        /// Minutes it takes.
        required minutes: Minutes,
        /// What it trains.
        required trains: Markdown,
        /// What to do, in order.
        required steps: NonEmpty<Markdown>,
        /// How to rate oneself.
        optional rate: Vec<Markdown>,
        /// The practice tool that runs it.
        optional tool: Option<Tool>,
        /// What the tool says in the middle of an answer.
        optional interruptions: Vec<Text>,
        /// The question that opens an interview, before those that are drawn.
        optional opening: Option<Ref<Question>>,
    }
}

choice! {
    /// A practice tool.
    Tool {
        /// Stories by themes.
        StoryMatrix = "story-matrix",
        /// Ten answers against the clock.
        TwoMinuteDrill = "two-minute-drill",
        /// Answers under follow-ups.
        FollowUpGauntlet = "follow-up-gauntlet",
        /// One story from several sides.
        StorySwap = "story-swap",
        /// The weakest answer under pressure.
        WeaknessTest = "weakness-test",
        /// A whole interview.
        MockInterview = "mock-interview",
    }
}

record! {
    /// A chapter to read: YAML front matter, then Markdown.
    Guide("a guide") {
        /// Its name.
        required title: Text,
        /// Its place among the guides.
        required order: Order,
        /// What it is about, in a sentence.
        required summary: Text,
        /// What to read or do next.
        optional related: Vec<TypedRef>,
        /// Its chapters that are plans for few days: linked where readers plan.
        optional routes: Vec<Route>,
        /// The chapter; in the file it follows the front matter.
        body body: Body,
    }
}

part! {
    /// A plan for few days.
    Route("a route") {
        /// The days it takes.
        required days: Whole<1, 365>,
        /// The company it is for; without one it is for all.
        optional company: Option<Ref<Company>>,
        /// The heading below which it stands, as in addresses: `three-days`.
        required heading: LocalId,
    }
}

/// A kind of record whose text stands below its mapping.
pub trait WithBody {
    fn set_body(&mut self, text: Markdown);
}

impl WithBody for Guide {
    fn set_body(&mut self, text: Markdown) {
        self.body = Body(text);
    }
}

/// A guide's Markdown, read from below its front matter and never from a field.
#[derive(Clone, Debug, Default)]
pub struct Body(pub Markdown);

impl super::field::Field for Body {
    fn read(_: &crate::yaml::Node, reader: &mut super::shape::Reader<'_>) -> Option<Self> {
        let message = "a guide has no field `body`";
        reader
            .report(crate::diagnostic::Code::UnknownField, reader.key, message)
            .help = Some("write the text below the front matter".to_owned());
        None
    }
    fn schema() -> serde_json::Value {
        serde_json::Value::Bool(false)
    }
    fn walk(&self, visit: &mut dyn super::field::Visit) {
        self.0.walk(visit);
    }
}

impl Exercise {
    /// Its place among the exercises.
    pub fn place(&self) -> (bool, Option<u32>, String) {
        let order = self.order.map(|order| order.value);
        (order.is_none(), order, self.title.to_lowercase())
    }
}

impl CheatSheet {
    /// Its place among the sheets: the printed ones first, side by side.
    pub fn place(&self) -> (bool, Option<u32>, Option<u32>) {
        let side = self.side.map(|side| side.value);
        (side.is_none(), side, self.order.map(|order| order.value))
    }
}

impl Checklist {
    /// Its place among the checklists: the checkpoints first, in the order of the plan.
    pub fn place(&self) -> (bool, Option<u32>, Option<u32>) {
        let checkpoint = self.checkpoint();
        (
            checkpoint.is_none(),
            checkpoint,
            self.order.map(|order| order.value),
        )
    }

    /// Where it stands in the plan: the days in order, then the night before; `None` for plain checklists.
    pub fn checkpoint(&self) -> Option<u32> {
        match (self.day, self.when) {
            (Some(day), _) => Some(day.value),
            (None, Some(_)) => Some(u32::MAX),
            (None, None) => None,
        }
    }

    /// What the timeline calls it: `Day 3`, `Night before`; its title when it is not a checkpoint.
    pub fn moment(&self) -> Arc<str> {
        match (self.day, self.when) {
            (Some(day), _) => format!("Day {}", day.value).into(),
            (None, Some(_)) => "Night before".into(),
            (None, None) => self.title.text.clone(),
        }
    }
}
