//! Companies: their index (`companies.html`) and each of them (`company.html`).

use serde::Serialize;

use super::matrix::{Matrix, matrix};
use super::principle::questions_of;
use super::{Card, CitationLink, Frame, LinkTo, QuestionLink, Site, route};
use crate::diagnostic::Diagnostic;
use crate::handbook::{At, Basis, Handbook};
use crate::html::{Html, Shared};
use crate::model::company::Stage;
use crate::model::{Company, Kind, Principle, Question};
use crate::output::{Bytes, OutputPath};
use crate::section::Section;

/// The grounds on which questions are put to a company: the place of each on its page, its heading, what it rests on.
pub(super) const GROUNDS: [(&str, &str, Basis); 3] = [
    ("sourced", "heading.sourced", Basis::Sourced),
    ("editorial", "heading.editorial", Basis::Editorial),
    ("expected", "heading.expected", Basis::Expected),
];

/// The heading of a ground's questions, which claims no source where none stands behind each of them.
pub(super) fn heading(
    (_, heading, basis): &(&str, &'static str, Basis),
    names_sources: bool,
) -> &'static str {
    match basis {
        Basis::Sourced if !names_sources => "heading.asked-here",
        _ => heading,
    }
}

/// A company in a list.
#[derive(Hash, Serialize)]
struct CompanyRow {
    title: String,
    url: String,
    /// Empty while nobody has written it.
    framework_name: String,
    /// The first sentence of its summary; empty while nobody has written that.
    summary: String,
    /// How many questions it asks.
    questions: usize,
    principles: usize,
}

/// All that `companies.html` can see.
#[derive(Hash, Serialize)]
struct Index {
    frame: Frame,
    companies: Vec<CompanyRow>,
    matrix: Matrix,
}

pub fn render_index(site: &Site, path: &OutputPath) -> Result<Bytes, Box<Diagnostic>> {
    let handbook = &site.handbook;
    let mut counts = vec![0; handbook.companies.len()];
    handbook
        .questions
        .all()
        .flat_map(|question| handbook.known_to_ask(question))
        .for_each(|asked| counts[asked.company.nth] += 1);
    let companies = handbook.companies.all().map(|at| {
        let record = &handbook.companies[at];
        CompanyRow {
            title: record.title.to_string(),
            url: site.url_of(at),
            framework_name: record.framework_name.to_string(),
            summary: site.first_sentence(&record.summary.text),
            questions: counts[at.nth],
            principles: record.principles.len(),
        }
    });
    let context = Index {
        frame: site.frame_for_section(Section::Companies),
        companies: companies.collect(),
        matrix: matrix(site),
    };
    site.fill("companies.html", path, &context)
}

/// All that `company.html` can see.
#[derive(Hash, Serialize)]
struct Context<'a> {
    frame: Frame,
    title: &'a str,
    /// Empty while nobody has written it.
    framework_name: &'a str,
    /// Empty while nobody has written it.
    summary: Html,
    listens_for: Vec<Html>,
    written_notes: Vec<String>,
    prepare: Vec<Html>,
    /// Rows of the questions that tell most.
    high_signal: Vec<Shared<Card>>,
    /// Whether the editors chose them.
    high_signal_editorial: bool,
    /// The stages of its interviews.
    process: Vec<StageView<'a>>,
    /// Whether any stage tells whom one meets.
    tells_who: bool,
    /// How it decides after them.
    decision: Option<Html>,
    /// The principles that lead the page.
    focus: Vec<PrincipleRow>,
    /// The other ones.
    principles: Vec<PrincipleRow>,
    questions_to_ask: Vec<Html>,
    /// Its questions, by what it rests on that it asks them.
    grounds: Vec<BasisGroup>,
    /// How many questions it asks.
    questions: usize,
    interviews: Vec<Shared<LinkTo>>,
    /// When the facts were last checked, `20 November 2026`.
    checked: Option<String>,
    /// First the plans for few days that are made for it.
    guides: Vec<Shared<LinkTo>>,
    cheat_sheets: Vec<Shared<LinkTo>>,
    sources: Vec<CitationLink>,
}

/// A stage of the interviews.
#[derive(Hash, Serialize)]
struct StageView<'a> {
    stage: &'a str,
    /// Whom one meets.
    who: Option<&'a str>,
    what: Html,
    minutes: Option<u32>,
}

/// Questions that share a ground: a source, the editors, or none but experience.
#[derive(Hash, Serialize)]
struct BasisGroup {
    /// Its place on the page: `sourced`, `editorial` or `expected`.
    id: &'static str,
    /// In reading order.
    themes: Vec<AskedTheme>,
    questions: usize,
}

/// A principle in its company's table.
#[derive(Hash, Serialize)]
struct PrincipleRow {
    title: String,
    url: String,
    meaning: Html,
    questions: Vec<Shared<QuestionLink>>,
}

/// Questions of one theme that the company asks.
#[derive(Hash, Serialize)]
struct AskedTheme {
    /// Its place on the page.
    id: String,
    title: String,
    url: String,
    questions: Vec<Shared<QuestionLink>>,
}

pub fn render(site: &Site, path: &OutputPath, at: At<Company>) -> Result<Bytes, Box<Diagnostic>> {
    let handbook = &site.handbook;
    let record = &handbook.companies[at];
    let in_focus = &handbook.focus[at.nth];
    let rows = |principles: Vec<At<Principle>>| -> Vec<PrincipleRow> {
        let rows = principles.into_iter();
        rows.map(|one| principle_row(site, one)).collect()
    };
    let others = handbook.principles_of(at);
    let others = others.filter(|one| !in_focus.contains(one)).collect();
    let grounds = grounds(site, at);
    let is_known = |ground: &&BasisGroup| {
        let known = |(id, _, basis): &(_, _, _)| *id == ground.id && *basis != Basis::Expected;
        GROUNDS.iter().any(known)
    };
    let mut context = Context {
        frame: site.frame_for_record(path, at, &record.summary.text),
        title: &record.title,
        framework_name: &record.framework_name,
        summary: site.html(&record.summary),
        process: record
            .process
            .iter()
            .map(|stage| stage_view(site, stage))
            .collect(),
        tells_who: record.process.iter().any(|stage| stage.who.is_some()),
        decision: record.decision.as_ref().map(|text| site.html(text)),
        listens_for: site.inlines(&record.listens_for),
        written_notes: record
            .written_notes
            .iter()
            .map(|note| note.to_string())
            .collect(),
        prepare: site.inlines(&record.prepare),
        high_signal: record
            .high_signal
            .iter()
            .map(|question| site.pieces.card(handbook.follow(at, question)))
            .collect(),
        high_signal_editorial: record.high_signal_editorial,
        focus: rows(in_focus.clone()),
        principles: rows(others),
        questions_to_ask: site.inlines(&record.questions_to_ask),
        questions: grounds
            .iter()
            .filter(is_known)
            .map(|ground| ground.questions)
            .sum(),
        grounds,
        interviews: site.backlinks(at, Kind::Interview),
        checked: record.checked.as_ref().map(|date| site.day(date)),
        guides: guides(site, at),
        cheat_sheets: site.backlinks(at, Kind::CheatSheet),
        sources: site.citations(at, &record.common),
    };
    let sections = sections(&context, names_sources(handbook, at));
    context.frame.set_sections(&site.words.value, &sections);
    site.fill("company.html", path, &context)
}

/// The routes to an interview there, and the guides that speak of it.
fn guides(site: &Site, at: At<Company>) -> Vec<Shared<LinkTo>> {
    let routes = route::links(site, |route| route.company == Some(at));
    let routes = routes.into_iter().map(Shared::new);
    routes.chain(site.backlinks(at, Kind::Guide)).collect()
}

/// The sections that the page can have, in its order.
fn sections(
    context: &Context<'_>,
    names_sources: bool,
) -> [(bool, &'static str, &'static str); 12] {
    let grounds = GROUNDS.map(|ground| {
        let (id, ..) = ground;
        let exists = context.grounds.iter().any(|ground| ground.id == id);
        let title = heading(&ground, names_sources);
        (exists, title, id)
    });
    let principles = if context.focus.is_empty() {
        "heading.principles"
    } else {
        "heading.the-other-principles"
    };
    [
        (
            !context.focus.is_empty(),
            "heading.principles-to-know-first",
            "focus",
        ),
        (
            !context.process.is_empty(),
            "heading.the-interviews",
            "process",
        ),
        (
            context.decision.is_some(),
            "heading.how-it-decides",
            "decision",
        ),
        (
            !context.listens_for.is_empty(),
            "heading.what-they-listen-for",
            "listens-for",
        ),
        (
            !context.written_notes.is_empty(),
            "heading.what-they-write-down",
            "notes",
        ),
        (
            !context.high_signal.is_empty(),
            "heading.high-signal-questions",
            "high-signal",
        ),
        (!context.principles.is_empty(), principles, "principles"),
        (
            !context.prepare.is_empty(),
            "heading.how-to-prepare",
            "prepare",
        ),
        (
            !context.questions_to_ask.is_empty(),
            "heading.questions-to-ask-them",
            "ask",
        ),
        grounds[0],
        grounds[1],
        grounds[2],
    ]
}

/// Whether a source stands behind each question that a company is said to ask: the company's, or the question's own. Without
/// one a page must not claim any.
pub(super) fn names_sources(handbook: &Handbook, company: At<Company>) -> bool {
    let is_sourced = |question: At<Question>| {
        let asked = handbook.asked(question).iter();
        let mut asked = asked.filter(|asked| asked.company == company);
        let rests_on_source = asked.any(|asked| asked.basis == Basis::Sourced);
        !rests_on_source || !handbook.questions[question].common.sources.is_empty()
    };
    let sources = &handbook.companies[company].common.sources;
    !sources.is_empty() || handbook.questions.all().all(is_sourced)
}

/// The questions that a company asks or may well ask, by what that rests on.
fn grounds(site: &Site, company: At<Company>) -> Vec<BasisGroup> {
    let ground = |(id, _, basis)| {
        let themes = theme_groups(site, company, basis);
        BasisGroup {
            id,
            questions: themes.iter().map(|theme| theme.questions.len()).sum(),
            themes,
        }
    };
    GROUNDS
        .into_iter()
        .map(ground)
        .filter(|ground| ground.questions > 0)
        .collect()
}

/// The questions of a company that rest on one ground, by theme, in reading order.
fn theme_groups(site: &Site, company: At<Company>, basis: Basis) -> Vec<AskedTheme> {
    let handbook = &site.handbook;
    let question_link = |question| {
        let asked = handbook.asked(question);
        let asked = asked.iter().find(|asked| asked.company == company)?;
        (asked.basis == basis).then(|| site.question_link(question, false))
    };
    let group = |theme| {
        let link = site.link(theme);
        AskedTheme {
            id: handbook.id(theme).to_owned(),
            title: link.title.clone(),
            url: link.url.clone(),
            questions: handbook
                .questions_of(theme)
                .filter_map(question_link)
                .collect(),
        }
    };
    let groups = handbook.themes.all().map(group);
    groups.filter(|group| !group.questions.is_empty()).collect()
}

fn stage_view<'a>(site: &Site, stage: &'a Stage) -> StageView<'a> {
    StageView {
        stage: &stage.stage,
        who: stage.who.as_deref(),
        what: site.inline(&stage.what),
        minutes: stage.minutes.map(|minutes| minutes.value),
    }
}

fn principle_row(site: &Site, at: At<Principle>) -> PrincipleRow {
    let link = site.link(at);
    let (core, editorial) = questions_of(site, at);
    PrincipleRow {
        title: link.title.clone(),
        url: link.url.clone(),
        meaning: site.inline(&site.handbook.principles[at].meaning),
        questions: core.into_iter().chain(editorial).collect(),
    }
}
