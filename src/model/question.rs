//! Questions and their answers.

use std::collections::BTreeSet;

use super::field::{
    Essential, LocalId, Markdown, Named, OneOrMany, Ref, Rule, Ruled, Spoken, Text, Unsearched,
    Whole, choice,
};
use super::level::Level;
use super::shape::{Reader, part, record};
use super::weak_answer::WeakAnswer;
use super::{Checklist, Company, Exercise, Framework, RedFlag, Theme};
use crate::diagnostic::{Code, Span};
use crate::model::speech::Speech;
use crate::yaml::{Node, Value};

record! {
    /// Something an interviewer asks, with all that helps to answer it.
    Question("a question") {
        /// The question as it is asked.
        required title: Text,
        /// The theme it belongs to.
        required theme: Ref<Theme>,
        /// Its place among the core questions; unique.
        optional number: Option<Whole<1, 9999>>,
        /// Other wordings.
        optional also_asked: Vec<Text>,
        /// What the interviewer scores.
        optional evaluates: Vec<Markdown>,
        /// Advice before any model answer.
        optional how_to_answer: Vec<Markdown>,
        /// Full model answers.
        optional answers: Ruled<Vec<Answer>>,
        /// The same question on several levels: each another person's answer.
        optional levels: Ruled<Vec<Level>>,
        /// Other stories in short.
        optional cases: Vec<Case>,
        /// The answer in sixty seconds.
        optional sixty_second: Option<Spoken>,
        /// What is asked next, and how to hold up.
        optional follow_ups: Vec<FollowUpQuestion>,
        /// Ways to lose the point.
        optional traps: Vec<Trap>,
        /// A weak and a strong version of one sentence.
        optional contrast: OneOrMany<Contrast>,
        /// Answers that fail and sound well, to be diagnosed.
        optional weak_answers: Ruled<Vec<WeakAnswer>>,
        /// What readers replace with facts of their own.
        optional swap_in: Vec<Markdown>,
        /// Who asks it.
        optional companies: Vec<AskedBy>,
        /// Shapes that fit the answer.
        optional frameworks: Vec<Ref<Framework>>,
        /// What it can trigger.
        optional red_flags: Vec<Ref<RedFlag>>,
        /// Checklists that practise it.
        optional checkpoints: Vec<Ref<Checklist>>,
        /// Exercises that practise it.
        optional exercises: Vec<Ref<Exercise>>,
        /// Neighbours; shown on both ends.
        optional related: Vec<Ref<Question>>,
        /// Words for search.
        optional tags: Vec<Text>,
        /// Roles that hear it.
        optional roles: Vec<Unsearched>,
        /// 1 easy to 3 hard.
        optional difficulty: Option<Whole<1, 3>>,
        /// How often it is asked.
        optional frequency: Option<Frequency>,
    }
}

part! {
    /// A full model answer.
    Answer("an answer") {
        /// Its name in addresses.
        required id: LocalId,
        /// What the story is about, in a few words.
        optional title: Option<Text>,
        /// The framework whose parts it has.
        optional framework: Option<Essential<Ref<Framework>>>,
        /// Where its facts come from.
        optional origin: Option<Origin>,
        /// The spoken text of each part, in the framework's order.
        optional parts: Named<Spoken>,
        /// The whole answer, in the place of framework and parts: then it has no planned time.
        optional text: Option<Spoken>,
        /// What to keep in one's head: four to six points of at most six words, in the order told.
        optional skeleton: Vec<Text>,
        /// What an engineer would show beside the answer and not say: code, a table.
        optional aside: Option<Markdown>,
        /// Why it works.
        optional why_it_works: Option<Markdown>,
    }
}

part! {
    /// Another story, retold in short.
    Case("a case") {
        /// Its name in addresses.
        required id: LocalId,
        /// A handle.
        required title: Text,
        /// The story.
        required text: Markdown,
    }
}

part! {
    /// A question that follows the answer.
    FollowUpQuestion("a follow-up") {
        /// The question.
        required ask: Text,
        /// Whether it only fits the story that is told here, as `Why XGBoost?` does: exercises don't ask it after another's.
        optional of_story: bool,
        /// The same as it is asked after any story: `Why that model, and no other?`. Then exercises ask this.
        optional any_story: Option<Unsearched>,
        /// How to hold up.
        required handle: Markdown,
        /// One or two sentences that can be said.
        optional say: Option<Markdown>,
    }
}

impl FollowUpQuestion {
    /// What is asked after a story that nobody here knows; nothing where only the one told here makes sense of it.
    pub fn of_any_story(&self) -> Option<&str> {
        let as_it_stands = (!self.of_story).then_some(&*self.ask);
        self.any_story.as_deref().or(as_it_stands)
    }
}

part! {
    /// A way to lose the point.
    Trap("a trap") {
        /// The mistake.
        required trap: Markdown,
        /// What to do instead.
        required instead: Markdown,
    }
}

part! {
    /// A weak and a strong version of one sentence.
    Contrast("a contrast") {
        /// The weak version.
        required weak: Markdown,
        /// The strong version.
        required strong: Markdown,
        /// What makes the difference.
        required why: Markdown,
    }
}

part! {
    /// A company that asks a question.
    AskedBy("a company entry") {
        /// The company.
        required company: Ref<Company>,
        /// The principles it tests.
        optional principles: Vec<LocalId>,
        /// Whether the editors say so, rather than a source.
        optional editorial: bool,
    }
}

choice! {
    /// How often a question is asked; editorial.
    Frequency {
        /// In most interviews.
        Common = "common",
        /// Often.
        Regular = "regular",
        /// Now and then.
        Occasional = "occasional",
    }
}

choice! {
    /// Where an answer's facts come from.
    Origin {
        /// From a source document.
        SeedFacts = "seed-facts",
        /// Made up by the authors.
        Original = "original",
        /// Proposed by the editors.
        Editorial = "editorial",
    }
}

/// An answer is told in the parts of a framework, or as it comes.
impl Rule for Vec<Answer> {
    fn check(&self, node: &Node, reader: &mut Reader<'_>) {
        let Value::List(items) = &node.value else {
            return;
        };
        let unknown = reader.found.iter();
        let unknown = unknown.filter(|one| one.code == Code::UnknownField);
        let unknown: BTreeSet<usize> = unknown.map(|one| one.place.span.range().start).collect();
        for item in items {
            let Value::Mapping(entries) = &item.value else {
                continue;
            };
            let field = |name| {
                entries
                    .iter()
                    .map(|(key, _)| key)
                    .find(|key| key.name == name)
            };
            let (framework, parts) = (field("framework"), field("parts"));
            let message = match (framework, parts, field("text")) {
                (Some(other), _, Some(text)) | (_, Some(other), Some(text)) => {
                    let message = format!("an answer has `text` or `{}`, not both", other.name);
                    reader.report(Code::InvalidValue, text.at, message).help =
                        Some("delete one of the two".to_owned());
                    continue;
                }
                (Some(_), Some(_), None) | (None, None, Some(_)) => continue,
                (Some(_), None, None) => "an answer with a framework needs the field `parts`",
                (None, Some(_), None) => "an answer with parts needs the field `framework`",
                (None, None, None) => "an answer needs `text`, or `framework` and `parts`",
            };
            // A misspelt name is one mistake, and was told.
            let start = entries.first().map_or(item.at, |(key, _)| key.at).start as usize;
            let end = entries.last().map_or(item.at, |(_, last)| last.at).end as usize;
            if unknown.range(start..=end).next().is_none() {
                let at = reader.visible(Span::new(start, start));
                reader.report(Code::MissingField, at, message).help =
                    Some("write `text: …`, or name a framework and write its parts".to_owned());
            }
        }
    }
}

impl Answer {
    /// What counts about the whole answer.
    pub fn speech(&self) -> Speech {
        let mut whole = Speech::default();
        let parts = self.parts.0.iter().map(|(_, part)| part);
        for spoken in parts.chain(&self.text) {
            whole += spoken.speech;
        }
        whole
    }
}

impl Question {
    /// Its place among those of its theme: the core ones first, by number.
    pub fn place(&self) -> (bool, Option<u32>) {
        let number = self.number.map(|number| number.value);
        (number.is_none(), number)
    }
}
