//! Shapes for answers.

use super::Question;
use super::field::{LocalId, Markdown, NonEmpty, Ref, Seconds, Text};
use super::shape::{part, record};

record! {
    /// A shape for an answer.
    Framework("a framework") {
        /// Its name.
        required title: Text,
        /// Other names.
        optional also_called: Vec<Text>,
        /// The heading it stands under in the index.
        optional group: Option<Text>,
        /// Whether the index shows it first.
        optional core: bool,
        /// Whether it stands for all: home shows its bar, and a new answer gets its parts.
        optional main: bool,
        /// When it fits.
        required use_when: Markdown,
        /// Its parts in the order they are said.
        required parts: NonEmpty<Part>,
        /// Remarks.
        optional notes: Vec<Markdown>,
        /// Common faults.
        optional faults: Vec<Markdown>,
        /// A question answered in this shape.
        optional example: Option<Ref<Question>>,
    }
}

part! {
    /// A part of a framework.
    Part("a part") {
        /// Its name in answers.
        required id: LocalId,
        /// Its heading.
        required title: Text,
        /// How long to speak.
        optional seconds: Option<Seconds>,
        /// What to say.
        required instruction: Markdown,
        /// A line as it may be said.
        optional line: Option<Text>,
    }
}
