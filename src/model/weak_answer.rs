//! Weak answers to be diagnosed.

use std::collections::BTreeMap;

use super::RedFlag;
use super::field::{LocalId, Markdown, NonEmpty, Ref, Rule, Spoken, Text};
use super::markdown::words::{Found, Words};
use super::shape::{Reader, part};
use crate::diagnostic::Code;
use crate::yaml::Node;

part! {
    /// An answer that fails and sounds well.
    WeakAnswer("a weak answer") {
        /// Its name in addresses.
        required id: LocalId,
        /// What it is called before its faults are known.
        optional title: Option<Text>,
        /// The answer as it is said.
        required text: Spoken,
        /// Where it fails.
        required marks: NonEmpty<Mark>,
        /// The same story told well.
        required repaired: Spoken,
    }
}

part! {
    /// A phrase at which an answer fails.
    Mark("a mark") {
        /// The phrase, which stands in the text exactly once.
        required quote: Text,
        /// What the interviewer writes beside it.
        required note: Markdown,
        /// The red flag that it raises.
        optional red_flag: Option<Ref<RedFlag>>,
    }
}

/// Each phrase stands in its text exactly once, and no two of them share words.
impl Rule for Vec<WeakAnswer> {
    fn check(&self, _: &Node, reader: &mut Reader<'_>) {
        for weak in self.iter().filter(|weak| !weak.text.markdown.is_empty()) {
            let text = Words::of(&weak.text.markdown.text);
            // By where they end; no two of them share words.
            let mut marked: BTreeMap<usize, usize> = BTreeMap::new();
            for quote in weak.marks.iter().map(|mark| &mark.quote) {
                if quote.text.is_empty() {
                    continue;
                }
                match text.only_place_of(quote) {
                    Ok(place) => {
                        let next = marked.range(place.start + 1..).next();
                        if next.is_some_and(|(_, start)| *start < place.end) {
                            let message =
                                "this phrase shares words with another one that is marked";
                            reader.report(Code::QuoteNotFound, quote.at, message).help =
                                Some("mark words that no other mark has".to_owned());
                        } else {
                            marked.insert(place.end, place.start);
                        }
                    }
                    Err(found) => not_once(found, quote, reader),
                }
            }
        }
    }
}

fn not_once(found: Found, quote: &Text, reader: &mut Reader<'_>) {
    let (message, help) = match found {
        Found::Nowhere => (
            "this phrase does not stand in the text",
            "copy it from `text`, without its Markdown marks, from within one paragraph",
        ),
        Found::Often => (
            "this phrase stands in the text more than once",
            "add a word before or after it",
        ),
    };
    reader.report(Code::QuoteNotFound, quote.at, message).help = Some(help.to_owned());
}
