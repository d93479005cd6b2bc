//! The questions of a theme, beside each of them.

use serde::Serialize;

use super::{LinkTo, QuestionLink, Site};
use crate::diagnostic::Diagnostic;
use crate::handbook::At;
use crate::html::{Html, Shared};
use crate::model::{Question, Theme};
use crate::template::Templates;

/// The questions beside one: what is drawn on each page is bounded, however many a theme has.
const MOST: usize = 24;

/// The questions of the same theme, in reading order: the question itself and those next to it, at most 24.
#[derive(Hash, Serialize)]
pub struct Siblings {
    /// The theme's page, which lists all of them.
    pub theme: Shared<LinkTo>,
    /// The rows of those before it, from `beside-row.html`.
    pub before: Html,
    pub own: Shared<QuestionLink>,
    /// The rows of those after it.
    pub after: Html,
}

/// All that `beside-row.html` can see.
#[derive(Serialize)]
struct BesideRow {
    question: Shared<QuestionLink>,
}

/// A question's row beside the others of its theme; reports `template`.
pub(super) fn row(
    question: Shared<QuestionLink>,
    templates: &Templates,
) -> Result<Html, Box<Diagnostic>> {
    templates.piece("beside-row.html", &BesideRow { question })
}

/// What stands beside a question; nothing where it is the only one of its theme. Reports `template`.
pub fn siblings(site: &Site, question: At<Question>) -> Result<Option<Siblings>, Box<Diagnostic>> {
    let Some((theme, shown)) = shown(site, question) else {
        return Ok(None);
    };
    let rows = |of: &[At<Question>]| {
        let rows = of
            .iter()
            .map(|one| site.pieces.beside(*one, &site.templates));
        let rows = rows.collect::<Result<Vec<Html>, _>>()?;
        Ok::<_, Box<Diagnostic>>(Html::new(
            &rows.iter().map(Html::as_str).collect::<String>(),
        ))
    };
    let (before, rest) = shown.split_at(question.nth - shown[0].nth);
    Ok(Some(Siblings {
        theme: site.link(theme),
        before: rows(before)?,
        own: site.question_link(question, false),
        after: rows(&rest[1..])?,
    }))
}

/// The theme of a question and what is shown of it there.
pub(super) fn shown(site: &Site, question: At<Question>) -> Option<(At<Theme>, Vec<At<Question>>)> {
    let handbook = &site.handbook;
    let theme = handbook.follow(question, &handbook.questions[question].theme);
    let mut all = handbook.questions_of(theme);
    let count = all.len();
    let first = all.next()?.nth;
    let before = (question.nth - first).saturating_sub(MOST / 2);
    let start = first + before.min(count.saturating_sub(MOST));
    let shown = (start..first + count).take(MOST).map(At::new);
    (count > 1).then(|| (theme, shown.collect()))
}
