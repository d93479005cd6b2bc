//! A principle of a company, drawn by `principle.html`.

use std::collections::BTreeSet;

use serde::Serialize;

use super::follow_up::{AskedNext, TrapView};
use super::{Frame, LinkTo, QuestionLink, Site};
use crate::diagnostic::Diagnostic;
use crate::handbook::{At, RecordAt};
use crate::html::{Html, Shared};
use crate::model::{Kind, Principle};
use crate::output::{Bytes, OutputPath};

/// All that `principle.html` can see.
#[derive(Hash, Serialize)]
struct PrincipleContext<'a> {
    frame: Frame,
    title: &'a str,
    company: Shared<LinkTo>,
    /// Empty while nobody has written it.
    framework_name: &'a str,
    meaning: Html,
    signals: Vec<Html>,
    /// A story that shows it, as it may be told.
    story: Option<Html>,
    /// What is asked after such a story.
    follow_up: Option<AskedNext>,
    trap: Option<TrapView>,
    /// Questions that a source maps to it.
    questions: Vec<Shared<QuestionLink>>,
    /// Questions that the editors add.
    editorial_questions: Vec<Shared<QuestionLink>>,
    /// The company's other principles.
    siblings: Vec<Shared<LinkTo>>,
    guides: Vec<Shared<LinkTo>>,
    checked: Option<String>,
}

pub fn render(site: &Site, path: &OutputPath, at: At<Principle>) -> Result<Bytes, Box<Diagnostic>> {
    let handbook = &site.handbook;
    let record = &handbook.principles[at];
    let company = handbook.employer(at);
    let company_record = &handbook.companies[company];
    let company_link = site.link(company);
    let meaning = &record.meaning.text;
    let mut frame = site.frame_for_part(path, at, meaning, company_link.clone());
    frame.title = format!("{} · {}", record.title.text, company_record.title.text);
    frame.breadcrumbs = site.breadcrumbs(&frame);
    let siblings: Vec<At<Principle>> = handbook.principles_of(company).collect();
    let neighbour = |nth: Option<usize>| {
        let other = At::new(nth?);
        siblings.contains(&other).then(|| site.link(other))
    };
    frame.previous = neighbour(at.nth.checked_sub(1));
    frame.next = neighbour(at.nth.checked_add(1));
    let (questions, editorial_questions) = questions_of(site, at);
    frame.set_sections(
        &site.words.value,
        &[
            (!record.signals.is_empty(), "heading.signals", "signals"),
            (
                record.story.is_some(),
                "heading.a-story-that-shows-it",
                "story",
            ),
            (
                record.follow_up.is_some(),
                "heading.what-is-asked-next",
                "follow-up",
            ),
            (record.trap.is_some(), "heading.a-trap", "trap"),
            (
                !questions.is_empty() || !editorial_questions.is_empty(),
                "heading.questions-that-test-it",
                "questions",
            ),
        ],
    );
    let context = PrincipleContext {
        frame,
        title: &record.title,
        company: company_link,
        framework_name: &company_record.framework_name,
        meaning: site.html(&record.meaning),
        signals: site.inlines(&record.signals),
        story: record.story.as_ref().map(|text| site.html(text)),
        follow_up: record
            .follow_up
            .as_ref()
            .map(|one| AskedNext::new(site, one)),
        trap: record.trap.as_ref().map(|trap| TrapView::new(site, trap)),
        questions,
        editorial_questions,
        siblings: site.links(siblings.iter().copied().filter(|other| *other != at)),
        guides: site.backlinks(at, Kind::Guide),
        checked: company_record.checked.as_ref().map(|date| site.day(date)),
    };
    site.fill("principle.html", path, &context)
}

/// A principle's questions: those a source maps to it, then those the editors add.
pub(super) fn questions_of(
    site: &Site,
    at: At<Principle>,
) -> (Vec<Shared<QuestionLink>>, Vec<Shared<QuestionLink>>) {
    let handbook = &site.handbook;
    let record = &handbook.principles[at];
    let listed = record.questions.iter().chain(&record.editorial_questions);
    let listed = listed.map(|question| handbook.follow(at, question));
    let tested = handbook.links.related(at, Kind::Question);
    let tested = tested.into_iter().filter_map(RecordAt::of);
    let mut seen = BTreeSet::new();
    let (mut core, mut editorial) = (Vec::new(), Vec::new());
    for question in listed.chain(tested).filter(|one| seen.insert(*one)) {
        let is_editorial = handbook
            .asked(question)
            .iter()
            .flat_map(|asked| &asked.principles)
            .find(|(other, _)| *other == at)
            .is_some_and(|(_, editorial)| *editorial);
        let link = site.question_link(question, is_editorial);
        if is_editorial {
            editorial.push(link);
        } else {
            core.push(link);
        }
    }
    (core, editorial)
}
