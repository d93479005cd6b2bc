//! Interviews: their index (`interviews.html`) and each of them (`interview.html`).

use serde::Serialize;

use super::{Card, CitationLink, Frame, LinkTo, Site, clock};
use crate::diagnostic::Diagnostic;
use crate::handbook::At;
use crate::html::{Html, Shared};
use crate::model::interview::{Rank, Score, Speaker, Turn};
use crate::model::{Interview, Kind};
use crate::output::{Bytes, OutputPath};
use crate::section::Section;

/// All that `interviews.html` can see.
#[derive(Hash, Serialize)]
struct Index<'a> {
    frame: Frame,
    interviews: Vec<InterviewRow<'a>>,
}

/// An interview in the index.
#[derive(Hash, Serialize)]
struct InterviewRow<'a> {
    title: &'a str,
    url: String,
    role: &'a str,
    /// `junior`, `mid`, `senior`, `staff` or `manager`.
    level: Option<&'static str>,
    company: Option<Shared<LinkTo>>,
    minutes: u32,
    summary: Html,
    turns: usize,
}

pub fn render_index(site: &Site, path: &OutputPath) -> Result<Bytes, Box<Diagnostic>> {
    let handbook = &site.handbook;
    let interviews = handbook.interviews.all().map(|at| {
        let record = &handbook.interviews[at];
        InterviewRow {
            title: &record.title,
            url: site.url_of(at),
            role: &record.role,
            level: record.level.map(Rank::word),
            company: company(site, at),
            minutes: record.minutes.value,
            summary: site.inline(&record.summary),
            turns: record.turns.len(),
        }
    });
    let context = Index {
        frame: site.frame_for_section(Section::Interviews),
        interviews: interviews.collect(),
    };
    site.fill("interviews.html", path, &context)
}

/// All that `interview.html` can see.
#[derive(Hash, Serialize)]
struct Context<'a> {
    frame: Frame,
    title: &'a str,
    role: &'a str,
    /// `junior`, `mid`, `senior`, `staff` or `manager`.
    level: Option<&'static str>,
    company: Option<Shared<LinkTo>>,
    minutes: u32,
    summary: Html,
    turns: Vec<TurnView>,
    scores: Vec<ScoreView<'a>>,
    decision: Html,
    debrief: Html,
    /// Rows of the questions that are asked.
    questions: Vec<Shared<Card>>,
    tracks: Vec<Shared<LinkTo>>,
    guides: Vec<Shared<LinkTo>>,
    exercises: Vec<Shared<LinkTo>>,
    checkpoints: Vec<Shared<LinkTo>>,
    sources: Vec<CitationLink>,
}

/// What one of them says until the other speaks.
#[derive(Hash, Serialize)]
struct TurnView {
    /// From 1.
    number: usize,
    /// When it begins, `12:40`.
    at: Option<String>,
    /// `interviewer` or `candidate`.
    who: &'static str,
    html: Html,
    /// What the interviewer writes down about it.
    note: Option<Html>,
    /// The question of the handbook that is asked.
    question: Option<Shared<LinkTo>>,
}

/// What the interviewer made of one competency.
#[derive(Hash, Serialize)]
struct ScoreView<'a> {
    competency: &'a str,
    /// 1 to 4.
    score: u32,
    evidence: Html,
}

pub fn render(site: &Site, path: &OutputPath, at: At<Interview>) -> Result<Bytes, Box<Diagnostic>> {
    let handbook = &site.handbook;
    let record = &handbook.interviews[at];
    let mut frame = site.frame_for_record(path, at, &record.summary.text);
    let questions = site.cards_around(at);
    frame.set_sections(
        &site.words.value,
        &[
            (true, "heading.the-conversation", "conversation"),
            (true, "heading.scores", "scores"),
            (true, "heading.the-decision", "decision"),
            (true, "heading.debrief", "debrief"),
            (
                !questions.is_empty(),
                "heading.questions-it-asks",
                "questions",
            ),
        ],
    );
    let turns = record.turns.iter().enumerate();
    let context = Context {
        frame,
        title: &record.title,
        role: &record.role,
        level: record.level.map(Rank::word),
        company: company(site, at),
        minutes: record.minutes.value,
        summary: site.html(&record.summary),
        turns: turns.map(|turn| turn_view(site, at, turn)).collect(),
        scores: record
            .scores
            .iter()
            .map(|score| score_view(site, score))
            .collect(),
        decision: site.html(&record.decision),
        debrief: site.html(&record.debrief),
        questions,
        tracks: site.links(handbook.links.around_of(at, Kind::Track)),
        guides: site.backlinks(at, Kind::Guide),
        exercises: site.links(handbook.links.around_of(at, Kind::Exercise)),
        checkpoints: site.links(handbook.links.around_of(at, Kind::Checklist)),
        sources: site.citations(at, &record.common),
    };
    site.fill("interview.html", path, &context)
}

fn company(site: &Site, at: At<Interview>) -> Option<Shared<LinkTo>> {
    let company = site.handbook.interviews[at].company.as_ref()?;
    Some(site.link(site.handbook.follow(at, company)))
}

fn turn_view(site: &Site, at: At<Interview>, (nth, turn): (usize, &Turn)) -> TurnView {
    let question = turn.question.as_ref();
    TurnView {
        number: nth + 1,
        at: turn.at.map(|at| clock(at.seconds)),
        who: turn.who.map_or("", |who| Speaker::word(who.value)),
        html: site.html(&turn.text),
        note: turn.note.as_ref().map(|note| site.html(note)),
        question: question.map(|question| site.link(site.handbook.follow(at, question))),
    }
}

fn score_view<'a>(site: &Site, score: &'a Score) -> ScoreView<'a> {
    ScoreView {
        competency: &score.competency,
        score: score.score.value,
        evidence: site.html(&score.evidence),
    }
}
