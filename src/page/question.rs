//! A question of the handbook, drawn by `question.html`.

use std::hash::Hash;

use serde::Serialize;

use super::follow_up::{AskedNext, TrapView};
use super::siblings::{self, Siblings, siblings};
use super::skeleton::{Point, skeleton};
use super::timing::{TimingBar, ToldBar, longest, told_bar};
use super::weak_answer;
use super::{CitationLink, Frame, LinkTo, QuestionLink, Site, clock};
use crate::diagnostic::Diagnostic;
use crate::handbook::{Asked, At, Basis, Handbook, RecordAt};
use crate::html::{Html, Shared};
use crate::model::level::Level;
use crate::model::question::{Frequency, Origin};
use crate::model::speech::Speech;
use crate::model::{Answer, Kind, Principle, Question};
use crate::output::{Bytes, OutputPath};

/// All that `question.html` can see.
#[derive(Hash, Serialize)]
struct Context<'a> {
    frame: Frame,
    id: &'a str,
    number: Option<u32>,
    title: String,
    theme: Shared<LinkTo>,
    frequency: Option<&'static str>,
    difficulty: Option<u32>,
    /// Whether answers are said aloud and stories of one's own.
    spoken: bool,
    /// Whether a model answer has the parts of a framework.
    shaped: bool,
    /// Spoken length of the first model answer, `1:58`.
    length: Option<String>,
    roles: Vec<&'a str>,
    tags: Vec<&'a str>,
    also_asked: Vec<&'a str>,
    evaluates: Vec<Html>,
    how_to_answer: Vec<Html>,
    answers: Vec<AnswerView<'a>>,
    cases: Vec<CaseView<'a>>,
    sixty_second: Option<Spoken>,
    follow_ups: Vec<AskedNext>,
    traps: Vec<TrapView>,
    contrasts: Vec<ContrastView>,
    /// Answers of this question to diagnose, on the page of all.
    weak_answers: Vec<LinkTo>,
    /// The same question on several levels.
    levels: Vec<LevelView>,
    swap_in: Vec<Html>,
    companies: Vec<CompanyView>,
    /// Companies that may well ask it though nobody says so.
    expected_at: Vec<Shared<LinkTo>>,
    /// Whether the editors alone put a company or principle there.
    editorial: bool,
    frameworks: Vec<Shared<LinkTo>>,
    related: Vec<Shared<QuestionLink>>,
    /// The questions of its theme; absent where it is the only one.
    siblings: Option<Siblings>,
    red_flags: Vec<Shared<LinkTo>>,
    checkpoints: Vec<Shared<LinkTo>>,
    exercises: Vec<Shared<LinkTo>>,
    /// Interviews that ask it.
    interviews: Vec<Shared<LinkTo>>,
    /// Role tracks that chose it.
    tracks: Vec<Shared<LinkTo>>,
    /// Guides that mention the question.
    guides: Vec<Shared<LinkTo>>,
    /// Cheat sheets that mention it.
    cheat_sheets: Vec<Shared<LinkTo>>,
    sources: Vec<CitationLink>,
}

/// A model answer.
#[derive(Hash, Serialize)]
struct AnswerView<'a> {
    id: &'a str,
    title: Option<String>,
    /// Absent when the answer is told as it comes.
    framework: Option<Shared<LinkTo>>,
    /// `seed-facts`, `original` or `editorial`.
    origin: Option<&'static str>,
    /// Spoken length, `1:58`; absent in a handbook whose answers are not spoken, and of an answer that takes no time.
    length: Option<String>,
    /// How the framework divides the time; absent when it gives no seconds.
    bar: Option<Shared<TimingBar>>,
    /// How long its parts are as told here, on the scale of the bar.
    told: Option<ToldBar>,
    /// What to keep in one's head, in the order told.
    skeleton: Vec<Point<'a>>,
    parts: Vec<AnswerPart>,
    /// What is shown beside the answer and not said.
    aside: Option<Html>,
    why_it_works: Option<Html>,
}

/// A part of a model answer.
#[derive(Hash, Serialize)]
struct AnswerPart {
    /// Absent when it is the whole answer.
    title: Option<String>,
    html: Html,
    /// Spoken length in seconds.
    seconds: u32,
    /// What the framework plans, in seconds.
    planned: Option<u32>,
    /// Whether it is the longest part by plan: the heart of the answer.
    main: bool,
}

#[derive(Hash, Serialize)]
struct CaseView<'a> {
    id: &'a str,
    title: String,
    html: Html,
}

/// A text and its spoken length.
#[derive(Hash, Serialize)]
struct Spoken {
    html: Html,
    seconds: u32,
}

#[derive(Hash, Serialize)]
struct ContrastView {
    weak: Html,
    strong: Html,
    why: Html,
}

/// An answer that passes at one level.
#[derive(Hash, Serialize)]
struct LevelView {
    /// `junior`, `senior` or `staff`.
    level: &'static str,
    html: Html,
    /// Spoken length, `0:48`.
    length: Option<String>,
    /// What has changed against the level below.
    changes: Html,
    /// What the interviewer writes down.
    scored: Html,
}

/// A company that asks the question.
#[derive(Hash, Serialize)]
struct CompanyView {
    title: String,
    url: String,
    /// Whether only the editors say so.
    editorial: bool,
    /// Whether it is among the questions that tell the company most.
    high_signal: bool,
    principles: Vec<PrincipleLink>,
}

#[derive(Hash, Serialize)]
struct PrincipleLink {
    title: String,
    url: String,
    editorial: bool,
}

/// What the page shows of records besides their titles and addresses.
pub(super) fn shown(site: &Site, at: At<Question>) -> impl Hash {
    let handbook = &site.handbook;
    let asked = handbook.asked(at);
    let askers = asked.iter().flat_map(|one| {
        let principles = one.principles.iter().map(|one| RecordAt::from(one.0));
        std::iter::once(RecordAt::from(one.company)).chain(principles)
    });
    let related = handbook.links.related(at, Kind::Question);
    let related = related.into_iter().filter_map(RecordAt::of::<Question>);
    let numbers: Vec<_> = related.map(|one| handbook.questions[one].place()).collect();
    let answers = handbook.questions[at].answers.iter();
    let frameworks: Vec<u128> = answers
        .filter_map(|answer| answer.framework.as_deref())
        .map(|framework| handbook.follow(at, framework))
        .map(|framework| handbook.frameworks.entry(framework).hash)
        .collect();
    let siblings = siblings::shown(site, at).map(|(theme, questions)| {
        let questions = questions.into_iter();
        let links = questions.map(|one| site.question_link(one, false));
        (site.link(theme), links.collect::<Vec<_>>())
    });
    (asked, site.links(askers), numbers, frameworks, siblings)
}

#[expect(clippy::too_many_lines, reason = "a context is filled field by field")]
pub fn render(site: &Site, path: &OutputPath, at: At<Question>) -> Result<Bytes, Box<Diagnostic>> {
    let handbook = &site.handbook;
    let record = &handbook.questions[at];
    let pace = handbook.settings.pace();
    let theme = site.link(handbook.follow(at, &record.theme));
    let first = record.evaluates.first();
    let first = first.map_or(&*record.title, |text| &*text.text);
    let frame = site.frame_for_part(path, at, first, theme.clone());
    let mut context = Context {
        id: handbook.id(at),
        number: record.number.map(|number| number.value),
        title: record.title.to_string(),
        theme,
        frequency: record.frequency.map(Frequency::word),
        difficulty: record.difficulty.map(|difficulty| difficulty.value),
        spoken: handbook.settings.spoken.0,
        shaped: record
            .answers
            .iter()
            .any(|answer| answer.framework.is_some()),
        length: record
            .answers
            .first()
            .and_then(|answer| length(handbook, answer)),
        roles: record.roles.iter().map(|role| &**role).collect(),
        tags: record.tags.iter().map(|tag| &**tag).collect(),
        also_asked: record.also_asked.iter().map(|asked| &**asked).collect(),
        evaluates: site.inlines(&record.evaluates),
        how_to_answer: site.inlines(&record.how_to_answer),
        answers: record
            .answers
            .iter()
            .map(|answer| answer_view(site, at, answer, pace))
            .collect(),
        cases: record
            .cases
            .iter()
            .map(|case| CaseView {
                id: &case.id.id,
                title: case.title.to_string(),
                html: site.html(&case.text),
            })
            .collect(),
        sixty_second: record.sixty_second.as_ref().map(|text| Spoken {
            html: site.html(&text.markdown),
            seconds: text.speech.seconds(pace),
        }),
        follow_ups: record
            .follow_ups
            .iter()
            .map(|one| AskedNext::new(site, one))
            .collect(),
        traps: record
            .traps
            .iter()
            .map(|trap| TrapView::new(site, trap))
            .collect(),
        contrasts: record
            .contrast
            .0
            .iter()
            .map(|one| ContrastView {
                weak: site.inline(&one.weak),
                strong: site.inline(&one.strong),
                why: site.html(&one.why),
            })
            .collect(),
        weak_answers: record
            .weak_answers
            .iter()
            .map(|answer| weak_answer::link(site, at, answer))
            .collect(),
        levels: record
            .levels
            .iter()
            .map(|level| level_view(site, level, pace))
            .collect(),
        swap_in: site.inlines(&record.swap_in),
        expected_at: expected_at(site, at),
        editorial: handbook.known_to_ask(at).any(|asked| {
            let mut principles = asked.principles.iter();
            asked.basis == Basis::Editorial || principles.any(|(_, editorial)| *editorial)
        }),
        companies: companies(site, at),
        frameworks: site.links(handbook.links.related(at, Kind::Framework)),
        related: handbook
            .links
            .related(at, Kind::Question)
            .into_iter()
            .filter_map(|other| Some(site.question_link(other.of()?, false)))
            .collect(),
        siblings: siblings(site, at)?,
        red_flags: site.links(handbook.links.related(at, Kind::RedFlag)),
        checkpoints: site.links(handbook.links.around_of(at, Kind::Checklist)),
        exercises: site.links(handbook.links.around_of(at, Kind::Exercise)),
        interviews: site.backlinks(at, Kind::Interview),
        tracks: site.backlinks(at, Kind::Track),
        guides: site.backlinks(at, Kind::Guide),
        cheat_sheets: site.backlinks(at, Kind::CheatSheet),
        sources: site.citations(at, &record.common),
        frame,
    };
    let sections = sections(&context);
    context.frame.set_sections(&site.words.value, &sections);
    site.fill("question.html", path, &context)
}

/// The sections that the page can have.
fn sections(context: &Context<'_>) -> [(bool, &'static str, &'static str); 12] {
    [
        (
            !context.evaluates.is_empty(),
            "heading.what-they-listen-for",
            "evaluates",
        ),
        (
            !context.how_to_answer.is_empty(),
            "heading.how-to-answer",
            "how-to-answer",
        ),
        (
            !context.answers.is_empty(),
            "heading.model-answer",
            "answer",
        ),
        (
            context.sixty_second.is_some(),
            "heading.in-60-seconds",
            "sixty-seconds",
        ),
        (
            !context.follow_ups.is_empty(),
            "heading.follow-up-questions",
            "follow-ups",
        ),
        (!context.traps.is_empty(), "heading.traps", "traps"),
        (
            !context.contrasts.is_empty() || !context.weak_answers.is_empty(),
            "heading.weak-and-strong",
            "contrast",
        ),
        (
            !context.swap_in.is_empty() || context.spoken && !context.answers.is_empty(),
            "heading.make-it-yours",
            "swap-in",
        ),
        (!context.cases.is_empty(), "heading.other-stories", "cases"),
        (
            !context.companies.is_empty() || !context.expected_at.is_empty(),
            "heading.who-asks-it",
            "companies",
        ),
        (
            !context.also_asked.is_empty(),
            "heading.also-asked-as",
            "also",
        ),
        (
            !context.levels.is_empty(),
            "heading.level-by-level",
            "levels",
        ),
    ]
}

fn answer_view<'a>(
    site: &Site,
    question: At<Question>,
    answer: &'a Answer,
    pace: u32,
) -> AnswerView<'a> {
    let handbook = &site.handbook;
    let framework = answer.framework.as_deref();
    let framework = framework.map(|framework| handbook.follow(question, framework));
    let parts = framework.map_or(&[][..], |framework| &handbook.frameworks[framework].parts);
    let longest = longest(parts);
    // Linking has seen that an answer has the parts of its framework, in their order.
    let texts = answer.parts.0.iter().zip(parts).enumerate();
    let bar = framework.and_then(|framework| site.pieces.timing_bar(framework));
    let told: Vec<u32> = answer
        .parts
        .0
        .iter()
        .map(|(_, text)| text.speech.seconds(pace))
        .collect();
    let views = texts.map(|(nth, ((_, text), part))| AnswerPart {
        title: Some(part.title.to_string()),
        html: site.html(&text.markdown),
        seconds: text.speech.seconds(pace),
        planned: part.seconds.map(|seconds| seconds.value),
        main: longest == Some(nth),
    });
    let whole = answer.text.iter().map(|text| AnswerPart {
        title: None,
        html: site.html(&text.markdown),
        seconds: text.speech.seconds(pace),
        planned: None,
        main: false,
    });
    AnswerView {
        id: &answer.id.id,
        title: answer.title.as_ref().map(|title| title.to_string()),
        framework: framework.map(|framework| site.link(framework)),
        origin: answer.origin.map(Origin::word),
        length: length(handbook, answer),
        told: bar.as_ref().map(|bar| told_bar(bar, &told)),
        bar,
        skeleton: skeleton(answer, pace),
        parts: views.chain(whole).collect(),
        aside: answer.aside.as_ref().map(|text| site.html(text)),
        why_it_works: answer.why_it_works.as_ref().map(|text| site.html(text)),
    }
}

/// How long an answer takes to say, `1:58`; `None` in a handbook whose answers are not spoken, and of one that takes no time.
pub(super) fn length(handbook: &Handbook, answer: &Answer) -> Option<String> {
    let settings = &handbook.settings;
    let is_spoken = settings.spoken.0;
    is_spoken.then(|| spoken_length(answer.speech(), settings.pace()))?
}

/// How long a text takes to say; `None` where nothing of it is said, as of code, or hardly a word.
fn spoken_length(speech: Speech, pace: u32) -> Option<String> {
    let seconds = speech.seconds(pace);
    (seconds > 0).then(|| clock(seconds))
}

fn level_view(site: &Site, level: &Level, pace: u32) -> LevelView {
    LevelView {
        level: level.level.map_or("", |level| level.value.word()),
        html: site.html(&level.text.markdown),
        length: spoken_length(level.text.speech, pace),
        changes: site.html(&level.changes),
        scored: site.html(&level.scored),
    }
}

fn companies(site: &Site, question: At<Question>) -> Vec<CompanyView> {
    let principle = |(principle, editorial): &(At<Principle>, bool)| {
        let link = site.link(*principle);
        PrincipleLink {
            title: link.title.clone(),
            url: link.url.clone(),
            editorial: *editorial,
        }
    };
    let company = |asked: &Asked| {
        let link = site.link(asked.company);
        CompanyView {
            title: link.title.clone(),
            url: link.url.clone(),
            editorial: asked.basis == Basis::Editorial,
            high_signal: asked.high_signal,
            principles: asked.principles.iter().map(principle).collect(),
        }
    };
    let asked = site.handbook.known_to_ask(question);
    asked.map(company).collect()
}

fn expected_at(site: &Site, question: At<Question>) -> Vec<Shared<LinkTo>> {
    let asked = site.handbook.asked(question).iter();
    let expected = asked.filter(|asked| asked.basis == Basis::Expected);
    site.links(expected.map(|asked| asked.company))
}
