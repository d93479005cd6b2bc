//! Frameworks: their index (`frameworks.html`), each of them (`framework.html`), and the timing bar.

use serde::Serialize;

use super::{Anchor, Card, CitationLink, Frame, LinkTo, QuestionLink, clock};
use crate::diagnostic::Diagnostic;
use crate::handbook::RecordAt;
use crate::html::{Html, Shared};
use crate::memo::Memo;
use crate::model::framework::Part;
use crate::model::{Id, Kind};
use crate::output::{Bytes, OutputPath};
use crate::plan::Artifact;
use crate::site::Site;

/// How a framework divides the time of an answer.
#[derive(Clone, Hash, Serialize)]
pub struct Bar {
    /// In the order they are said.
    pub cells: Vec<BarCell>,
    /// All seconds together, `2:00`.
    pub total: String,
}

/// A part in a timing bar.
#[derive(Clone, Hash, Serialize)]
pub struct BarCell {
    pub title: String,
    /// The title's first letter, where the bar is narrow.
    pub letter: String,
    pub seconds: u32,
    /// When it begins, `0:30`.
    pub start: String,
    /// Its width: the seconds rounded to multiples of 5, from 5 to 90. Style sheets have a class for each.
    pub width: u32,
    /// `4` for the longest part, `3` for the part after it, else `2`: the step of the colour ramp.
    pub step: u32,
}

/// The timing bar of a framework; `None` unless every part has seconds.
pub fn bar(parts: &[Part]) -> Option<Bar> {
    let seconds: Vec<u32> = parts
        .iter()
        .map(|part| part.seconds.map(|seconds| seconds.value))
        .collect::<Option<_>>()?;
    let heart = heart(parts);
    let mut start = 0;
    let cells = parts
        .iter()
        .zip(&seconds)
        .enumerate()
        .map(|(nth, (part, seconds))| {
            let cell = BarCell {
                title: part.title.to_string(),
                letter: part
                    .title
                    .chars()
                    .next()
                    .map(|c| c.to_uppercase().to_string())
                    .unwrap_or_default(),
                seconds: *seconds,
                start: clock(start),
                width: (seconds.div_ceil(5) * 5).clamp(5, 90),
                step: match heart {
                    Some(heart) if nth == heart => 4,
                    Some(heart) if nth == heart + 1 => 3,
                    _ => 2,
                },
            };
            start += seconds;
            cell
        });
    let cells = cells.collect();
    Some(Bar {
        cells,
        total: clock(start),
    })
}

/// The place of the longest part, the first of several; `None` where all are planned alike.
pub fn heart(parts: &[Part]) -> Option<usize> {
    let seconds = |part: &Part| part.seconds.map(|seconds| seconds.value);
    let longest = parts.iter().filter_map(seconds).max()?;
    let differ = parts.iter().any(|part| seconds(part) != Some(longest));
    let heart = parts
        .iter()
        .position(|part| seconds(part) == Some(longest))?;
    differ.then_some(heart)
}

/// The framework that stands for all, with its bar: the handbook's STARL, or the first with seconds.
pub fn main_framework(site: &Site) -> Option<(RecordAt, Shared<Bar>)> {
    let frameworks = &site.handbook.frameworks;
    let with_bar = |nth: usize| {
        Some((
            RecordAt {
                kind: Kind::Framework,
                nth,
            },
            site.pieces.bars[nth].clone()?,
        ))
    };
    frameworks
        .position(&Id::new("starl"))
        .and_then(with_bar)
        .or_else(|| (0..frameworks.len()).find_map(with_bar))
}

/// All that `frameworks.html` can see.
#[derive(Hash, Serialize)]
struct Index {
    frame: Frame,
    frameworks: Vec<Row>,
}

/// A framework in the index.
#[derive(Hash, Serialize)]
struct Row {
    title: String,
    url: String,
    use_when: Html,
    bar: Option<Shared<Bar>>,
    parts: Vec<String>,
    /// How many questions it fits.
    questions: usize,
}

pub fn render_index(site: &Site, path: &OutputPath, memo: &Memo) -> Result<Bytes, Box<Diagnostic>> {
    let frameworks = site.handbook.all(Kind::Framework).map(|at| {
        let record = site.handbook.frameworks.at(at.nth);
        Row {
            title: record.title.to_string(),
            url: site.url_of(Kind::Framework, at.nth),
            use_when: site.inline(&record.use_when),
            bar: site.pieces.bars[at.nth].clone(),
            parts: record
                .parts
                .iter()
                .map(|part| part.title.to_string())
                .collect(),
            questions: site.handbook.links.related(at, Kind::Question).len(),
        }
    });
    let mut frameworks: Vec<Row> = frameworks.collect();
    // The most useful first.
    frameworks.sort_by_key(|row| std::cmp::Reverse(row.questions));
    let frame = site.frame_for(
        path,
        "Frameworks",
        "Frameworks",
        "Shapes for spoken answers: when each fits, its parts and their seconds.",
    );
    site.fill("frameworks.html", path, &Index { frame, frameworks }, memo)
}

/// All that `framework.html` can see.
#[derive(Hash, Serialize)]
struct Context<'a> {
    frame: Frame,
    title: &'a str,
    also_called: Vec<&'a str>,
    use_when: Html,
    bar: Option<Shared<Bar>>,
    parts: Vec<PartView<'a>>,
    notes: Vec<Html>,
    faults: Vec<Html>,
    /// A question answered in this shape.
    example: Option<Shared<QuestionLink>>,
    /// Rows of the questions it fits.
    questions: Vec<Shared<Card>>,
    guides: Vec<Shared<LinkTo>>,
    cheat_sheets: Vec<Shared<LinkTo>>,
    sources: Vec<CitationLink>,
}

#[derive(Hash, Serialize)]
struct PartView<'a> {
    id: &'a str,
    title: &'a str,
    seconds: Option<u32>,
    instruction: Html,
    /// A line as it may be said.
    line: Option<String>,
    /// Whether it is the longest part.
    main: bool,
}

pub fn render(
    site: &Site,
    path: &OutputPath,
    nth: usize,
    memo: &Memo,
) -> Result<Bytes, Box<Diagnostic>> {
    let at = RecordAt {
        kind: Kind::Framework,
        nth,
    };
    let record = site.handbook.frameworks.at(nth);
    let mut frame = site.frame_for_record(path, &Artifact::Frameworks, at, &record.use_when.text);
    let heart = heart(&record.parts);
    let questions = site.cards_around(at);
    let sections = [
        (true, "Its parts", "parts"),
        (!record.notes.is_empty(), "Notes", "notes"),
        (!record.faults.is_empty(), "Common faults", "faults"),
        (!questions.is_empty(), "Questions it fits", "questions"),
    ];
    frame.contents = sections
        .iter()
        .filter(|(present, ..)| *present)
        .map(|(_, title, anchor)| Anchor::new(title, anchor))
        .collect();
    let parts = record.parts.iter().enumerate().map(|(nth, part)| {
        let seconds = part.seconds.map(|seconds| seconds.value);
        PartView {
            id: &part.id.id,
            title: &part.title,
            seconds,
            instruction: site.html(&part.instruction),
            line: part.line.as_ref().map(|line| line.to_string()),
            main: heart == Some(nth),
        }
    });
    let context = Context {
        frame,
        title: &record.title,
        also_called: record.also_called.iter().map(|name| &**name).collect(),
        use_when: site.inline(&record.use_when),
        bar: site.pieces.bars[nth].clone(),
        parts: parts.collect(),
        notes: site.inlines(&record.notes),
        faults: site.inlines(&record.faults),
        example: record
            .example
            .as_ref()
            .and_then(|example| site.handbook.questions.position(&example.id))
            .map(|nth| site.question_link(nth, false)),
        questions,
        guides: site.backlinks(at, &[Kind::Guide]),
        cheat_sheets: site.backlinks(at, &[Kind::CheatSheet]),
        sources: site.citations(&record.common),
    };
    site.fill("framework.html", path, &context, memo)
}
