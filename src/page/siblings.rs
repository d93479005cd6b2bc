//! The questions of a theme, beside each of them.

use serde::Serialize;

use super::{LinkTo, QuestionLink, Site};
use crate::handbook::At;
use crate::html::Shared;
use crate::model::Question;

/// The questions beside one: what is drawn on each page is bounded, however many a theme has.
const MOST: usize = 24;

/// The questions of the same theme, in reading order.
#[derive(Hash, Serialize)]
pub struct Siblings {
    /// The theme's page, which lists all of them.
    pub theme: Shared<LinkTo>,
    /// The question itself and those next to it, at most 24.
    pub questions: Vec<Shared<QuestionLink>>,
}

/// What stands beside a question; nothing where it is the only one of its theme.
pub fn siblings(site: &Site, question: At<Question>) -> Option<Siblings> {
    let handbook = &site.handbook;
    let theme = handbook.follow(question, &handbook.questions[question].theme);
    let mut all = handbook.questions_of(theme);
    let count = all.len();
    let first = all.next()?.nth;
    let before = (question.nth - first).saturating_sub(MOST / 2);
    let start = first + before.min(count.saturating_sub(MOST));
    let shown = (start..first + count).take(MOST).map(At::new);
    (count > 1).then(|| Siblings {
        theme: site.link(theme),
        questions: shown.map(|one| site.question_link(one, false)).collect(),
    })
}
