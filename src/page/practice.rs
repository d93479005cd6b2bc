//! Practice: its overview (`practice.html`) and each exercise (`exercise.html`).

use serde::Serialize;

use super::{Card, CitationLink, Frame, LinkTo, Place, QuestionLink, Site};
use crate::diagnostic::Diagnostic;
use crate::handbook::{At, Handbook};
use crate::html::{Html, Shared};
use crate::model::practice::Tool;
use crate::model::question::FollowUpQuestion;
use crate::model::{Exercise, Kind, Question};
use crate::output::{Bytes, OutputPath};
use crate::section::Section;

/// All that `practice.html` can see.
#[derive(Hash, Serialize)]
struct Overview {
    frame: Frame,
    exercises: Vec<ExerciseRow>,
    /// What else there is to practise with.
    more: Vec<Place>,
}

/// An exercise in the overview.
#[derive(Hash, Serialize)]
struct ExerciseRow {
    title: String,
    url: String,
    minutes: u32,
    trains: Html,
    /// The tool that runs it, such as `two-minute-drill`.
    tool: Option<&'static str>,
}

pub fn render_index(site: &Site, path: &OutputPath) -> Result<Bytes, Box<Diagnostic>> {
    let exercises = site.handbook.exercises.all().map(|at| {
        let record = &site.handbook.exercises[at];
        ExerciseRow {
            title: record.title.to_string(),
            url: site.url_of(at),
            minutes: record.minutes.value,
            trains: site.inline(&record.trains),
            tool: record.tool.map(Tool::word),
        }
    });
    let frame = site.frame_for_section(Section::Practice);
    let more = [
        (Section::Stories, "practice.stories"),
        (Section::WeakAnswers, "about.weak-answers"),
        (Section::Interviews, "about.interviews"),
    ];
    site.fill(
        "practice.html",
        path,
        &Overview {
            frame,
            more: site.places(more),
            exercises: exercises.collect(),
        },
    )
}

/// All that `exercise.html` can see.
#[derive(Hash, Serialize)]
struct Context<'a> {
    frame: Frame,
    title: &'a str,
    minutes: u32,
    trains: Html,
    /// The tool that runs it, such as `two-minute-drill`.
    tool: Option<&'static str>,
    steps: Vec<Html>,
    rate: Vec<Html>,
    /// Questions in ready sets, for a drill without a script.
    decks: Vec<Deck>,
    /// Follow-ups in a shuffled order, for a gauntlet without a script: a watch's seconds choose one.
    numbered: Vec<Numbered>,
    /// Themes, as the rows of a grid to fill in.
    themes: Vec<Shared<LinkTo>>,
    /// Rows of the questions it practises.
    questions: Vec<Shared<Card>>,
    checkpoints: Vec<Shared<LinkTo>>,
    guides: Vec<Shared<LinkTo>>,
    sources: Vec<CitationLink>,
}

/// Questions to answer one after the other.
#[derive(Hash, Serialize)]
struct Deck {
    /// A letter.
    name: char,
    questions: Vec<Shared<QuestionLink>>,
}

/// A follow-up with its number.
#[derive(Hash, Serialize)]
struct Numbered {
    /// `00` to `59`.
    number: String,
    ask: String,
    /// The question after which it is asked.
    after: Shared<QuestionLink>,
}

/// How many questions a deck has.
const DECK: usize = 10;

pub fn render(site: &Site, path: &OutputPath, at: At<Exercise>) -> Result<Bytes, Box<Diagnostic>> {
    let record = &site.handbook.exercises[at];
    let has = |tool| record.tool == Some(tool);
    let context = Context {
        frame: site.frame_for_record(path, at, &record.trains.text),
        title: &record.title,
        minutes: record.minutes.value,
        trains: site.html(&record.trains),
        tool: record.tool.map(Tool::word),
        decks: if has(Tool::TwoMinuteDrill) {
            decks(site)
        } else {
            Vec::new()
        },
        numbered: if has(Tool::FollowUpGauntlet) {
            numbered(site)
        } else {
            Vec::new()
        },
        themes: if has(Tool::StoryMatrix) {
            site.handbook
                .themes
                .all()
                .map(|theme| site.link(theme))
                .collect()
        } else {
            Vec::new()
        },
        steps: site.inlines(&record.steps),
        rate: site.inlines(&record.rate),
        questions: site.cards_around(at),
        checkpoints: site.links(site.handbook.links.around_of(at, Kind::Checklist)),
        guides: site.backlinks(at, Kind::Guide),
        sources: site.citations(at, &record.common),
    };
    site.fill("exercise.html", path, &context)
}

/// A number that scatters: the same for the same text, and without order.
fn scattered(text: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(text.as_bytes())
}

/// Questions in the order of chance, which is the same in every build.
fn shuffled(
    handbook: &Handbook,
    questions: impl Iterator<Item = At<Question>>,
) -> Vec<At<Question>> {
    let mut questions: Vec<_> = questions.collect();
    questions.sort_by_key(|at| scattered(handbook.id(*at)));
    questions
}

/// Twelve decks: each takes one theme after the other, so that no two neighbours share one, and goes on in a theme where
/// the deck before it stopped, so that all questions come before one comes again.
fn decks(site: &Site) -> Vec<Deck> {
    let handbook = &site.handbook;
    let mut themes: Vec<(Vec<At<Question>>, usize)> = handbook
        .themes
        .all()
        .map(|theme| (shuffled(handbook, handbook.questions_of(theme)), 0))
        .filter(|(questions, _)| !questions.is_empty())
        .collect();
    let count = themes.len();
    if count == 0 {
        return Vec::new();
    }
    let mut turn = 0;
    ('A'..='L')
        .map(|name| {
            let mut chosen: Vec<At<Question>> = Vec::new();
            for _ in 0..DECK {
                let (questions, next) = &mut themes[turn % count];
                let question = questions[*next % questions.len()];
                turn += 1;
                *next += 1;
                if !chosen.contains(&question) {
                    chosen.push(question);
                }
            }
            let links = chosen.iter().map(|at| site.question_link(*at, false));
            Deck {
                name,
                questions: links.collect(),
            }
        })
        .collect()
}

/// Sixty follow-ups, of as many questions, as they are asked after any story.
fn numbered(site: &Site) -> Vec<Numbered> {
    let handbook = &site.handbook;
    let questions = shuffled(handbook, handbook.questions.all());
    let fitting: Vec<(At<Question>, Vec<&str>)> = questions
        .into_iter()
        .map(|at| {
            let all = handbook.questions[at].follow_ups.iter();
            (at, all.filter_map(FollowUpQuestion::of_any_story).collect())
        })
        .collect();
    let most = fitting.iter().map(|(_, list)| list.len()).max();
    let rounds = (0..most.unwrap_or(0)).flat_map(|round| fitting.iter().map(move |of| (of, round)));
    let asked = rounds.filter_map(|((at, follow_ups), round)| {
        // Not the first one of all: it would be the first on the question's page, too.
        let nth =
            (round + usize::from(scattered(handbook.id(*at)) % 2 == 1)) % follow_ups.len().max(1);
        let one = follow_ups.get(nth).filter(|_| round < follow_ups.len())?;
        Some((*at, *one))
    });
    asked
        .take(60)
        .enumerate()
        .map(|(nth, (at, one))| Numbered {
            number: format!("{nth:02}"),
            ask: one.to_string(),
            after: site.question_link(at, false),
        })
        .collect()
}
