//! Weak answers to diagnose, all on one page (`weak-answers.html`).

use serde::Serialize;

use super::marked::marked;
use super::{Anchor, Frame, LinkTo, Site};
use crate::diagnostic::Diagnostic;
use crate::handbook::At;
use crate::html::{Html, Shared};
use crate::model::Question;
use crate::model::weak_answer::{Mark, WeakAnswer};
use crate::output::{Bytes, OutputPath};
use crate::plan::{weak_answer_place, weak_answer_url};
use crate::section::Section;

/// All that `weak-answers.html` can see.
#[derive(Hash, Serialize)]
struct Context {
    frame: Frame,
    answers: Vec<WeakAnswerView>,
}

/// A weak answer with what is wrong with it.
#[derive(Hash, Serialize)]
struct WeakAnswerView {
    /// Its place on the page.
    id: String,
    title: String,
    /// The question that it answers.
    question: Shared<LinkTo>,
    /// Its text; each phrase at which it fails is marked and numbered.
    html: Html,
    /// Spoken length in seconds.
    seconds: u32,
    marks: Vec<MarkView>,
    repaired: Html,
    /// Spoken length of the repaired answer, in seconds.
    repaired_seconds: u32,
}

/// What the interviewer writes beside a marked phrase.
#[derive(Hash, Serialize)]
struct MarkView {
    /// From 1, as in the text.
    number: usize,
    quote: String,
    note: Html,
    red_flag: Option<Shared<LinkTo>>,
}

/// What a weak answer is called: by its own title, or by its question's.
fn title_of(site: &Site, question: At<Question>, answer: &WeakAnswer) -> String {
    let own = answer.title.as_ref().map(|title| title.to_string());
    own.unwrap_or_else(|| site.handbook.title(question).to_owned())
}

/// A link to a weak answer.
pub(super) fn link(site: &Site, question: At<Question>, answer: &WeakAnswer) -> LinkTo {
    LinkTo {
        title: title_of(site, question, answer),
        url: weak_answer_url(site.handbook.id(question), &answer.id.id),
        kind: "page",
    }
}

pub fn render(site: &Site, path: &OutputPath) -> Result<Bytes, Box<Diagnostic>> {
    let mut frame = site.frame_for_section(Section::WeakAnswers);
    let answers: Vec<WeakAnswerView> = site
        .handbook
        .weak_answers()
        .map(|(question, answer)| view(site, question, answer))
        .collect();
    frame.contents = answers
        .iter()
        .map(|answer| Anchor::new(&answer.title, &answer.id))
        .collect();
    site.fill("weak-answers.html", path, &Context { frame, answers })
}

fn view(site: &Site, question: At<Question>, answer: &WeakAnswer) -> WeakAnswerView {
    let pace = site.handbook.settings.pace();
    let quotes: Vec<&str> = answer.marks.iter().map(|mark| &*mark.quote.text).collect();
    let mark = |(nth, mark): (usize, &Mark)| MarkView {
        number: nth + 1,
        quote: mark.quote.to_string(),
        note: site.inline(&mark.note),
        red_flag: mark
            .red_flag
            .as_ref()
            .map(|flag| site.link(site.handbook.follow(question, flag))),
    };
    WeakAnswerView {
        id: weak_answer_place(site.handbook.id(question), &answer.id.id),
        title: title_of(site, question, answer),
        question: site.link(question),
        html: Html::new(&marked(site.html(&answer.text.markdown).as_str(), &quotes)),
        seconds: answer.text.speech.seconds(pace),
        marks: answer.marks.iter().enumerate().map(mark).collect(),
        repaired: site.html(&answer.repaired.markdown),
        repaired_seconds: answer.repaired.speech.seconds(pace),
    }
}
