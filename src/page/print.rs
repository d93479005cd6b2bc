//! The print edition (`print.html`): the whole handbook as one document, put together from its finished pages.

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::Serialize;

use super::excerpt::{Excerpt, name};
use super::framework::main_framework;
use super::timing::TimingBar;
use super::{Frame, Memo, Site};
use crate::diagnostic::Diagnostic;
use crate::handbook::{At, RecordAt};
use crate::html::{Html, Shared, hash_of};
use crate::model::{Company, Theme};
use crate::output::{Bytes, OutputPath, OutputTree, ROOT};
use crate::plan::record_url;
use crate::section::Section;

/// All that `print.html` can see.
#[derive(Hash, Serialize)]
struct Context<'a> {
    frame: Frame,
    title: &'a str,
    subtitle: Option<&'a str>,
    description: &'a str,
    questions: usize,
    /// When facts about companies were last checked, `20 November 2026`.
    checked: Option<String>,
    /// The site's address, for who holds the paper; absent when the handbook does not say where it will stand.
    address: Option<&'a str>,
    /// In the order of the document; each begins a page.
    chapters: Vec<Chapter>,
    /// The shape of every answer, for forms to write stories in.
    bar: Option<Shared<TimingBar>>,
    /// Titles of the themes, for the matrix of stories.
    themes: Vec<&'a str>,
}

/// A chapter of the document.
#[derive(Hash, Serialize)]
struct Chapter {
    /// From 1.
    number: usize,
    /// Its place in the document.
    id: String,
    title: String,
    /// The page type of its own text: `theme`, `company`; absent where it has none, and only sections.
    style: Option<&'static str>,
    body: Html,
    sections: Vec<Piece>,
}

/// A numbered section of a chapter: a record.
#[derive(Hash, Serialize)]
struct Piece {
    /// Within the chapter, from 1.
    number: usize,
    id: String,
    title: String,
    /// The page type of its text: `question`, `guide`.
    style: &'static str,
    body: Html,
}

/// A chapter or a section before its text is there: the page it is made from and what it is called.
struct Part {
    path: String,
    title: String,
    style: Option<&'static str>,
}

/// A chapter and its sections.
type Outline = Vec<(Part, Vec<Part>)>;

/// Puts the edition together from the finished pages.
pub fn render(
    site: &Site,
    path: &OutputPath,
    pages: &OutputTree,
) -> Result<Bytes, Box<Diagnostic>> {
    let handbook = &site.handbook;
    let settings = &handbook.settings;
    let context = Context {
        frame: site.frame_for_section(Section::Print),
        title: &settings.title,
        subtitle: settings.subtitle.as_deref(),
        description: &settings.description,
        questions: handbook.questions.len(),
        checked: handbook
            .companies
            .iter()
            .filter_map(|entry| entry.record.checked.as_ref())
            .max_by_key(|date| date.0)
            .map(|date| site.day(date)),
        address: site.base_url.as_deref(),
        chapters: chapters(&outline(site), pages, &site.memo),
        bar: main_framework(site).map(|(_, bar)| bar),
        themes: handbook
            .themes
            .iter()
            .map(|entry| &*entry.record.title.text)
            .collect(),
    };
    site.fill("print.html", path, &context)
}

/// The sections that come first, in the order of the document; the others follow in that of the site.
const FIRST: &[Section] = &[
    Section::CheatSheet,
    Section::Frameworks,
    Section::Themes,
    Section::Companies,
    Section::Plan,
    Section::Practice,
];

/// The order of the document.
fn outline(site: &Site) -> Outline {
    let others = Section::ALL.iter();
    let others = others.filter(|section| !FIRST.contains(section));
    let sections = FIRST.iter().chain(others);
    sections
        .flat_map(|section| chapters_of(site, *section))
        .collect()
}

/// The chapters that a section becomes.
fn chapters_of(site: &Site, section: Section) -> Outline {
    let handbook = &site.handbook;
    let record = |at: RecordAt, style| Part {
        path: record_url(handbook, at).trim_start_matches(ROOT).to_owned(),
        title: handbook.title(at).to_owned(),
        style: Some(style),
    };
    // The page of the section, and those of its records.
    let whole = |style, of_records| {
        let page = Part {
            path: section.path().to_owned(),
            title: site.words.value.section(section).to_owned(),
            style,
        };
        let records = handbook.everything();
        let records = records.filter(|at| at.kind.section() == section && handbook.has_page(*at));
        vec![(page, records.map(|at| record(at, of_records)).collect())]
    };
    match section {
        Section::Themes => {
            let chapter = |theme: At<Theme>| {
                let questions = handbook.questions_of(theme);
                let questions = questions.map(|at| record(at.into(), "question"));
                (record(theme.into(), "theme"), questions.collect())
            };
            handbook.themes.all().map(chapter).collect()
        }
        Section::Companies => {
            let chapter = |company: At<Company>| {
                let principles = handbook.principles_of(company);
                let principles = principles.map(|at| record(at.into(), "principle"));
                (record(company.into(), "company"), principles.collect())
            };
            handbook.companies.all().map(chapter).collect()
        }
        Section::CheatSheet => whole(Some("cheat"), "sheet-page"),
        Section::Plan => whole(None, "checkpoint"),
        Section::WeakAnswers => whole(Some("diagnosis"), "diagnosis"),
        Section::RedFlags | Section::FollowUps => whole(Some("flags"), "flags"),
        Section::Sources => whole(Some("sources-page"), "sources-page"),
        // They stand below their themes.
        Section::Questions => Vec::new(),
        // Pages about no kind are of use on a screen.
        _ => section
            .kind()
            .map_or_else(Vec::new, |kind| whole(None, kind.word())),
    }
}

/// Fills an outline with what the finished pages hold; chapters that the site has not are left out.
fn chapters(outline: &Outline, pages: &OutputTree, memo: &Memo) -> Vec<Chapter> {
    let exists = |(chapter, _): &&(Part, Vec<Part>)| pages.get(&chapter.path).is_some();
    let outline: Vec<_> = outline.iter().filter(exists).collect();
    let names: BTreeSet<String> = outline
        .iter()
        .flat_map(|(chapter, sections)| std::iter::once(chapter).chain(sections))
        .map(|part| name(&part.path).to_owned())
        .collect();
    let edition = Edition {
        key: hash_of(&names),
        names,
        pages,
        memo,
    };
    let chapter = |(nth, (chapter, sections)): (usize, &&(Part, Vec<Part>))| Chapter {
        number: nth + 1,
        id: name(&chapter.path).to_owned(),
        title: chapter.title.clone(),
        style: chapter.style,
        body: chapter
            .style
            .map(|_| edition.excerpt(chapter, 1))
            .unwrap_or_default(),
        sections: sections
            .par_iter()
            .enumerate()
            .map(|(nth, section)| Piece {
                number: nth + 1,
                id: name(&section.path).to_owned(),
                title: section.title.clone(),
                style: section.style.unwrap_or_default(),
                body: edition.excerpt(section, 2),
            })
            .collect(),
    };
    outline.par_iter().enumerate().map(chapter).collect()
}

/// What the parts of a document share.
struct Edition<'a> {
    /// Its pages, by their names.
    names: BTreeSet<String>,
    /// A hash of the names.
    key: u128,
    pages: &'a OutputTree,
    memo: &'a Memo,
}

impl Edition<'_> {
    /// What a part's page contributes, with its headings sunk.
    fn excerpt(&self, part: &Part, sinks: u8) -> Html {
        let page = OutputPath::new(part.path.as_str());
        let Some(bytes) = self.pages.get(page.as_str()) else {
            return Html::default();
        };
        let cut = || {
            let excerpt = Excerpt {
                page: &page,
                sinks,
                edition: &self.names,
            };
            excerpt.cut(std::str::from_utf8(bytes).unwrap_or_default())
        };
        let excerpts = &self.memo.excerpts;
        if !excerpts.remembers() {
            return cut();
        }
        excerpts.get(hash_of(&(self.key, page.as_str(), sinks, bytes)), cut)
    }
}
