//! Companies and their principles.

use super::Question;
use super::field::{
    Date, InnerRecords, LocalId, Markdown, Minutes, NonEmpty, Order, PageId, Ref, Text, Unsearched,
};
use super::ids::RecordKind;
use super::question::{FollowUpQuestion, Trap};
use super::reference::Common;
use super::shape::{part, record};
use crate::kind::Kind;

record! {
    /// An employer and what it listens for.
    Company("a company") {
        /// Its name.
        required title: Text,
        /// Its place among the companies.
        required order: Order,
        /// What it calls its values.
        required framework_name: Text,
        /// What its interviews are like.
        required summary: Markdown,
        /// What interviewers listen for.
        required listens_for: NonEmpty<Markdown>,
        /// What they may write down.
        optional written_notes: Vec<Text>,
        /// How to prepare.
        required prepare: NonEmpty<Markdown>,
        /// Questions that tell it most.
        optional high_signal: Vec<Ref<Question>>,
        /// Whether the editors chose them, rather than a source.
        optional high_signal_editorial: bool,
        /// Questions that it may well ask though no source says so.
        optional expect_anyway: Vec<Ref<Question>>,
        /// The stages of its interviews, in their order.
        optional process: Vec<Stage>,
        /// How it decides after them.
        optional decision: Option<Markdown>,
        /// The principles that lead its page.
        optional focus: Vec<LocalId>,
        /// Its principles.
        optional principles: InnerRecords<Principle>,
        /// Questions to ask it.
        optional questions_to_ask: Vec<Markdown>,
        /// When its facts were last checked.
        optional checked: Option<Date>,
    }
}

part! {
    /// A value that a company tests by name.
    Principle("a principle") {
        /// Its name in addresses.
        required id: PageId,
        /// The company's own words for it.
        required title: Text,
        /// What it means in plain words.
        required meaning: Markdown,
        /// What shows it.
        optional signals: Vec<Markdown>,
        /// Questions that test it, by a source.
        optional questions: Vec<Ref<Question>>,
        /// Questions that test it, by the editors.
        optional editorial_questions: Vec<Ref<Question>>,
        /// A story that shows it, as it may be told.
        optional story: Option<Markdown>,
        /// What is asked after such a story.
        optional follow_up: Option<FollowUpQuestion>,
        /// A way to lose the point.
        optional trap: Option<Trap>,
        /// Old addresses that lead here, from the site's root.
        optional aliases: Vec<Unsearched>,
    }
}

part! {
    /// A stage of a company's interviews.
    Stage("a stage") {
        /// Its name.
        required stage: Text,
        /// Whom one meets.
        optional who: Option<Text>,
        /// What happens in it.
        required what: Markdown,
        /// Minutes it takes.
        optional minutes: Option<Minutes>,
    }
}

impl RecordKind for Principle {
    const KIND: Kind = Kind::Principle;

    fn title(&self) -> &Text {
        &self.title
    }

    fn common(&self) -> Option<&Common> {
        None
    }
}
