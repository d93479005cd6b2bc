//! The same question on several levels.

use super::field::{Markdown, Placed, Rule, Spoken, choice};
use super::shape::{Reader, part};
use crate::diagnostic::Code;
use crate::yaml::Node;

part! {
    /// An answer that passes at one level.
    Level("a level") {
        /// The level.
        required level: Option<Placed<Seniority>>,
        /// The answer as it is said.
        required text: Spoken,
        /// What has changed against the level below.
        required changes: Markdown,
        /// What the interviewer writes down.
        required scored: Markdown,
    }
}

choice! {
    /// A level that an answer can be given at, from the first to the last.
    Seniority {
        /// Does what was agreed, and knows when to ask.
        Junior = "junior",
        /// Decides alone, and answers for it.
        Senior = "senior",
        /// Decides for several teams.
        Staff = "staff",
    }
}

/// Each level stands once, in the order of the words.
impl Rule for Vec<Level> {
    fn check(&self, _: &Node, reader: &mut Reader<'_>) {
        let mut given = self.iter().filter_map(|one| one.level);
        let Some(mut before) = given.next() else {
            return;
        };
        for level in given {
            let (word, last) = (level.value.word(), before.value.word());
            if level.value > before.value {
                before = level;
                continue;
            }
            let message = if level.value == before.value {
                format!("the level `{word}` stands here twice")
            } else {
                format!("the level `{word}` stands after `{last}`")
            };
            reader.report(Code::InvalidValue, level.at, message).help = Some(format!(
                "each stands once; the order is {}",
                Seniority::WORDS.join(", ")
            ));
        }
    }
}
