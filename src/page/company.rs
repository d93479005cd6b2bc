//! Companies: their index (`companies.html`), each of them (`company.html`) and their principles (`principle.html`).

use serde::Serialize;

use super::{Anchor, Card, CitationLink, Frame, LinkTo, QuestionLink, day, first_sentence};
use crate::diagnostic::Diagnostic;
use crate::handbook::RecordAt;
use crate::html::{Html, Shared};
use crate::memo::Memo;
use crate::model::{Kind, Principle};
use crate::output::{Bytes, OutputPath};
use crate::plan::Artifact;
use crate::site::Site;

/// A company in a list.
#[derive(Hash, Serialize)]
struct Row {
    title: String,
    url: String,
    framework_name: String,
    /// The first sentence of its summary.
    summary: String,
    /// How many questions it asks.
    questions: usize,
    principles: usize,
}

/// All that `companies.html` can see.
#[derive(Hash, Serialize)]
struct Index {
    frame: Frame,
    companies: Vec<Row>,
    matrix: Matrix,
}

/// How many questions of each theme each company asks.
#[derive(Hash, Serialize)]
pub struct Matrix {
    pub companies: Vec<Shared<LinkTo>>,
    pub rows: Vec<MatrixRow>,
    /// Whether any company is known to ask anything.
    pub known: bool,
}

/// A theme's row.
#[derive(Hash, Serialize)]
pub struct MatrixRow {
    pub theme: Shared<LinkTo>,
    /// A cell a company.
    pub cells: Vec<MatrixCell>,
}

#[derive(Hash, Serialize)]
pub struct MatrixCell {
    pub company: String,
    /// The question index with these alone; without scripts it opens at the theme.
    pub url: String,
    pub count: usize,
    /// Radius of a dot whose area grows with the count, in tenths of a pixel, at most 180.
    pub radius: u32,
}

/// Counts questions by theme and company.
pub fn matrix(site: &Site) -> Matrix {
    let handbook = &site.handbook;
    let companies = site.links(handbook.all(Kind::Company));
    let counts: Vec<Vec<usize>> = handbook
        .all(Kind::Theme)
        .map(|theme| {
            let mut counts = vec![0; companies.len()];
            handbook
                .questions_of(theme.nth)
                .flat_map(|question| &handbook.asked[question])
                .for_each(|asked| counts[asked.company] += 1);
            counts
        })
        .collect();
    let most = counts.iter().flatten().copied().max().unwrap_or(0).max(1);
    let rows = handbook
        .all(Kind::Theme)
        .zip(&counts)
        .map(|(theme, counts)| {
            let cells = companies
                .iter()
                .zip(counts)
                .enumerate()
                .map(|(nth, (company, count))| MatrixCell {
                    company: company.title.clone(),
                    url: format!(
                        "{}?company={}&theme={id}#theme-{id}",
                        site.plan.url(&Artifact::QuestionIndex),
                        handbook.companies.entry(nth).id,
                        id = handbook.id(theme),
                    ),
                    count: *count,
                    radius: radius(*count, most),
                });
            MatrixRow {
                theme: site.link(theme),
                cells: cells.collect(),
            }
        });
    let rows = rows.collect();
    Matrix {
        companies,
        rows,
        known: handbook.asked.iter().any(|asked| !asked.is_empty()),
    }
}

/// 180·√(count/most), in whole tenths of a pixel.
fn radius(count: usize, most: usize) -> u32 {
    let square = 180 * 180 * count / most;
    u32::try_from(square.isqrt()).unwrap_or(180)
}

pub fn render_index(site: &Site, path: &OutputPath, memo: &Memo) -> Result<Bytes, Box<Diagnostic>> {
    let handbook = &site.handbook;
    let mut counts = vec![0; handbook.companies.len()];
    handbook
        .asked
        .iter()
        .flatten()
        .for_each(|asked| counts[asked.company] += 1);
    let companies = handbook
        .companies
        .iter()
        .enumerate()
        .map(|(nth, entry)| Row {
            title: entry.record.title.to_string(),
            url: site.url_of(Kind::Company, nth),
            framework_name: entry.record.framework_name.to_string(),
            summary: first_sentence(&entry.record.summary.text),
            questions: counts[nth],
            principles: entry.record.principles.len(),
        });
    let description = "What each company listens for, which questions it asks, and how to prepare.";
    let context = Index {
        frame: site.frame_for(path, "Companies", "Companies", description),
        companies: companies.collect(),
        matrix: matrix(site),
    };
    site.fill("companies.html", path, &context, memo)
}

/// All that `company.html` can see.
#[derive(Hash, Serialize)]
struct Context<'a> {
    frame: Frame,
    title: &'a str,
    framework_name: &'a str,
    summary: Html,
    listens_for: Vec<Html>,
    written_notes: Vec<String>,
    prepare: Vec<Html>,
    /// Rows of the questions that tell most.
    high_signal: Vec<Shared<Card>>,
    /// Whether the editors chose them.
    high_signal_editorial: bool,
    principles: Vec<PrincipleRow>,
    questions_to_ask: Vec<Html>,
    /// Its questions by theme, in reading order.
    themes: Vec<ThemeGroup>,
    /// How many questions it asks.
    questions: usize,
    /// When the facts were last checked, `20 November 2026`.
    checked: Option<String>,
    guides: Vec<Shared<LinkTo>>,
    cheat_sheets: Vec<Shared<LinkTo>>,
    sources: Vec<CitationLink>,
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
struct ThemeGroup {
    /// Its place on the page.
    id: String,
    title: String,
    url: String,
    questions: Vec<Shared<QuestionLink>>,
}

pub fn render(
    site: &Site,
    path: &OutputPath,
    nth: usize,
    memo: &Memo,
) -> Result<Bytes, Box<Diagnostic>> {
    let at = RecordAt {
        kind: Kind::Company,
        nth,
    };
    let handbook = &site.handbook;
    let record = handbook.companies.at(nth);
    let asked_here = |question: usize| {
        handbook.asked[question]
            .iter()
            .find(|asked| asked.company == nth)
    };
    let themes: Vec<ThemeGroup> = handbook
        .all(Kind::Theme)
        .filter_map(|theme| {
            let questions: Vec<Shared<QuestionLink>> = handbook
                .questions_of(theme.nth)
                .filter_map(|question| {
                    asked_here(question).map(|asked| site.question_link(question, asked.editorial))
                })
                .collect();
            let link = site.link(theme);
            (!questions.is_empty()).then_some(ThemeGroup {
                id: handbook.id(theme).to_string(),
                title: link.title.clone(),
                url: link.url.clone(),
                questions,
            })
        })
        .collect();
    let principles: Vec<PrincipleRow> = (0..handbook.principles.len())
        .filter(|principle| handbook.principles[*principle].company == nth)
        .map(|principle| principle_row(site, principle))
        .collect();
    let mut frame = site.frame_for_record(path, &Artifact::Companies, at, &record.summary.text);
    let sections = [
        (true, "What they listen for", "listens-for"),
        (
            !record.written_notes.is_empty(),
            "What they write down",
            "notes",
        ),
        (
            !record.high_signal.is_empty(),
            "High-signal questions",
            "high-signal",
        ),
        (!principles.is_empty(), "Principles", "principles"),
        (true, "How to prepare", "prepare"),
        (
            !record.questions_to_ask.is_empty(),
            "Questions to ask them",
            "ask",
        ),
        (!themes.is_empty(), "All its questions", "questions"),
    ];
    frame.contents = sections
        .iter()
        .filter(|(present, ..)| *present)
        .map(|(_, title, anchor)| Anchor::new(title, anchor))
        .collect();
    let context = Context {
        frame,
        title: &record.title,
        framework_name: &record.framework_name,
        summary: site.html(&record.summary),
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
            .filter_map(|question| handbook.questions.position(&question.id))
            .map(|nth| site.pieces.cards[nth].clone())
            .collect(),
        high_signal_editorial: record.high_signal_editorial,
        principles,
        questions_to_ask: site.inlines(&record.questions_to_ask),
        questions: themes.iter().map(|theme| theme.questions.len()).sum(),
        themes,
        checked: record.checked.as_ref().map(day),
        guides: site.backlinks(at, &[Kind::Guide]),
        cheat_sheets: site.backlinks(at, &[Kind::CheatSheet]),
        sources: site.citations(&record.common),
    };
    site.fill("company.html", path, &context, memo)
}

fn principle_row(site: &Site, nth: usize) -> PrincipleRow {
    let link = site.link(RecordAt {
        kind: Kind::Principle,
        nth,
    });
    let record = site.handbook.principle(nth);
    let (core, editorial) = questions_of(site, nth, record);
    PrincipleRow {
        title: link.title.clone(),
        url: link.url.clone(),
        meaning: site.inline(&record.meaning),
        questions: core.into_iter().chain(editorial).collect(),
    }
}

/// A principle's questions: those a source maps to it, then those the editors add.
fn questions_of(
    site: &Site,
    nth: usize,
    record: &Principle,
) -> (Vec<Shared<QuestionLink>>, Vec<Shared<QuestionLink>>) {
    let listed = record
        .questions
        .iter()
        .chain(&record.editorial_questions)
        .filter_map(|question| site.handbook.questions.position(&question.id));
    let tested = site
        .handbook
        .links
        .related(
            RecordAt {
                kind: Kind::Principle,
                nth,
            },
            Kind::Question,
        )
        .into_iter()
        .map(|at| at.nth);
    let mut seen = std::collections::BTreeSet::new();
    let (mut core, mut editorial) = (Vec::new(), Vec::new());
    for question in listed
        .chain(tested)
        .filter(|question| seen.insert(*question))
    {
        let is_editorial = site.handbook.asked[question]
            .iter()
            .flat_map(|asked| &asked.principles)
            .find(|(other, _)| *other == nth)
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

/// All that `principle.html` can see.
#[derive(Hash, Serialize)]
struct PrincipleContext<'a> {
    frame: Frame,
    title: &'a str,
    company: Shared<LinkTo>,
    framework_name: &'a str,
    meaning: Html,
    signals: Vec<Html>,
    /// Questions that a source maps to it.
    questions: Vec<Shared<QuestionLink>>,
    /// Questions that the editors add.
    editorial_questions: Vec<Shared<QuestionLink>>,
    /// The company's other principles.
    siblings: Vec<Shared<LinkTo>>,
    guides: Vec<Shared<LinkTo>>,
    checked: Option<String>,
}

pub fn render_principle(
    site: &Site,
    path: &OutputPath,
    nth: usize,
    memo: &Memo,
) -> Result<Bytes, Box<Diagnostic>> {
    let at = RecordAt {
        kind: Kind::Principle,
        nth,
    };
    let handbook = &site.handbook;
    let company = handbook.principles[nth].company;
    let record = handbook.principle(nth);
    let company_record = handbook.companies.at(company);
    let company_link = site.link(RecordAt {
        kind: Kind::Company,
        nth: company,
    });
    let in_company = |other: &usize| {
        handbook
            .principles
            .get(*other)
            .is_some_and(|entry| entry.company == company)
    };
    let mut frame = site.frame_for_record(path, &Artifact::Companies, at, &record.meaning.text);
    frame.title = format!("{} · {}", record.title.text, company_record.title.text);
    frame.crumbs.push(company_link.clone());
    frame.previous = nth
        .checked_sub(1)
        .filter(in_company)
        .map(|nth| site.link(RecordAt { nth, ..at }));
    frame.next = Some(nth + 1)
        .filter(in_company)
        .map(|nth| site.link(RecordAt { nth, ..at }));
    let (questions, editorial_questions) = questions_of(site, nth, record);
    let siblings =
        (0..handbook.principles.len()).filter(|other| *other != nth && in_company(other));
    let context = PrincipleContext {
        frame,
        title: &record.title,
        company: company_link,
        framework_name: &company_record.framework_name,
        meaning: site.html(&record.meaning),
        signals: site.inlines(&record.signals),
        questions,
        editorial_questions,
        siblings: site.links(siblings.map(|nth| RecordAt { nth, ..at })),
        guides: site.backlinks(at, &[Kind::Guide]),
        checked: company_record.checked.as_ref().map(day),
    };
    site.fill("principle.html", path, &context, memo)
}
