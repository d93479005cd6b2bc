//! Interviews, written down from the first word to the debrief.

use super::field::{
    Clock, Markdown, Minutes, NonEmpty, Order, Placed, Ref, Rule, Ruled, Text, Whole, choice,
};
use super::shape::{Reader, part, record};
use super::{Company, Question};
use crate::diagnostic::Code;
use crate::yaml::Node;

record! {
    /// A whole interview, with what the interviewer wrote down.
    Interview("an interview") {
        /// Its name.
        required title: Text,
        /// Its place among the interviews.
        required order: Order,
        /// The role that the candidate wants.
        required role: Text,
        /// The level of the role.
        required level: Option<Rank>,
        /// The company; without one it is unnamed.
        optional company: Option<Ref<Company>>,
        /// Minutes it takes.
        required minutes: Minutes,
        /// What happens in it.
        required summary: Markdown,
        /// What was said, in order.
        required turns: Ruled<NonEmpty<Turn>>,
        /// The scores the interviewer gave.
        required scores: NonEmpty<Score>,
        /// What was decided.
        required decision: Markdown,
        /// What there is to learn from it.
        required debrief: Markdown,
    }
}

part! {
    /// What one of them says until the other speaks.
    Turn("a turn") {
        /// When it begins, in minutes and seconds.
        optional at: Option<Clock>,
        /// Who speaks.
        required who: Option<Placed<Speaker>>,
        /// What is said.
        required text: Markdown,
        /// What the interviewer writes down about it.
        optional note: Option<Markdown>,
        /// The question of the handbook that is asked.
        optional question: Option<Ref<Question>>,
    }
}

part! {
    /// What an interviewer makes of one competency.
    Score("a score") {
        /// What was scored.
        required competency: Text,
        /// 1 missing to 4 strong.
        required score: Whole<1, 4>,
        /// What the score rests on.
        required evidence: Markdown,
    }
}

choice! {
    /// Who speaks.
    Speaker {
        /// Who asks.
        Interviewer = "interviewer",
        /// Who answers.
        Candidate = "candidate",
    }
}

choice! {
    /// The level of a role.
    Rank {
        /// The first years.
        Junior = "junior",
        /// Works alone on what is known.
        Mid = "mid",
        /// Decides alone, and answers for it.
        Senior = "senior",
        /// Decides for several teams.
        Staff = "staff",
        /// Leads people.
        Manager = "manager",
    }
}

/// Time does not run backwards.
impl Rule for NonEmpty<Turn> {
    fn check(&self, _: &Node, reader: &mut Reader<'_>) {
        let mut latest = 0;
        for clock in self.iter().filter_map(|turn| turn.at) {
            if clock.seconds < latest {
                let message = "this turn begins before the one above it";
                reader.report(Code::InvalidValue, clock.at, message).help =
                    Some("turns stand in the order they are spoken".to_owned());
            }
            latest = latest.max(clock.seconds);
        }
    }
}
