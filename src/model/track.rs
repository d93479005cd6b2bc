//! Roles.

use super::Question;
use super::field::{Markdown, NonEmpty, Order, Ref, Text};
use super::shape::record;

record! {
    /// A role, and what its interviews ask for.
    Track("a track") {
        /// The role.
        required title: Text,
        /// Its place among the tracks.
        required order: Order,
        /// What its interviews are about.
        required summary: Markdown,
        /// What sets it apart from its neighbours.
        required differs: NonEmpty<Markdown>,
        /// What to have ready to show.
        required show: NonEmpty<Markdown>,
        /// The questions chosen for it, in the order to prepare them.
        required questions: NonEmpty<Ref<Question>>,
    }
}
