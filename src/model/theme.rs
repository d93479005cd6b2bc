//! Themes of questions.

use super::RedFlag;
use super::field::{Markdown, NonEmpty, OnByDefault, Order, Ref, Text};
use super::shape::{part, record};

record! {
    /// A family of questions that test the same thing.
    Theme("a theme") {
        /// Its name.
        required title: Text,
        /// Its place among the themes.
        required order: Order,
        /// What it tests, in a few sentences.
        required summary: Markdown,
        /// What the interviewer scores.
        required evaluates: NonEmpty<Markdown>,
        /// What to have ready.
        required preparation: NonEmpty<Markdown>,
        /// The row of the story matrix.
        optional story_slot: Option<Text>,
        /// What it can trigger.
        optional red_flags: Vec<Ref<RedFlag>>,
        /// Themes that are easily confused with it.
        optional neighbours: Vec<Neighbour>,
        /// Whether it belongs to the core.
        optional core: OnByDefault,
    }
}

part! {
    /// A theme next to another.
    Neighbour("a neighbour") {
        /// The other theme.
        required theme: Ref<Theme>,
        /// What sets the two apart.
        required difference: Markdown,
    }
}
