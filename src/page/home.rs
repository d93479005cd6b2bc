//! The home page, drawn by `home.html`.

use serde::Serialize;

use super::checkpoint::{CompanyChoice, Stop, companies, timeline};
use super::framework::main_framework;
use super::matrix::{Matrix, matrix};
use super::theme::{ThemeRow, rows};
use super::timing::TimingBar;
use super::{Frame, LinkTo, QuestionLink, Site, route};
use crate::diagnostic::Diagnostic;
use crate::html::{Html, Shared};
use crate::output::{Bytes, OutputPath};
use crate::plan::section_url;
use crate::section::Section;

/// All that `home.html` can see.
#[derive(Hash, Serialize)]
struct Context<'a> {
    frame: Frame,
    title: &'a str,
    subtitle: Option<&'a str>,
    description: &'a str,
    /// The handbook's own words for its home page.
    home: Option<Html>,
    /// Absent when there is no checkpoint.
    plan: Option<String>,
    /// Absent when there is no cheat sheet.
    cheat_sheet: Option<String>,
    /// The question to say first; absent where answers are not said aloud.
    first: Option<Shared<QuestionLink>>,
    /// The shape of every answer, and the framework that has it.
    bar: Option<Shared<TimingBar>>,
    framework: Option<Shared<LinkTo>>,
    timeline: Vec<Stop>,
    /// Plans for fewer days.
    routes: Vec<LinkTo>,
    /// Companies to prepare for.
    companies: Vec<CompanyChoice>,
    themes: Vec<ThemeRow>,
    matrix: Matrix,
    questions: usize,
}

pub fn render(site: &Site, path: &OutputPath) -> Result<Bytes, Box<Diagnostic>> {
    let settings = &site.handbook.settings;
    let url = |section| site.plan.has(section).then(|| section_url(section));
    let (framework, bar) = main_framework(site).unzip();
    let context = Context {
        bar,
        framework: framework.map(|at| site.link(at)),
        frame: site.frame_for(path, &settings.title, &settings.description),
        title: &settings.title,
        subtitle: settings.subtitle.as_deref(),
        description: &settings.description,
        home: settings.home.as_ref().map(|home| site.html(home)),
        plan: url(Section::Plan),
        cheat_sheet: url(Section::CheatSheet),
        first: first(site),
        timeline: timeline(site, None),
        routes: route::links(site, |_| true),
        companies: companies(site),
        themes: rows(site),
        matrix: matrix(site),
        questions: site.handbook.questions.len(),
    };
    site.fill("home.html", path, &context)
}

/// The question to say first: the first that is chosen for the plan, or the first of all.
fn first(site: &Site) -> Option<Shared<QuestionLink>> {
    let handbook = &site.handbook;
    let chosen = handbook.checklists.all().find_map(|at| {
        let question = handbook.checklists[at].questions.iter().next()?;
        Some(handbook.follow(at, question))
    });
    let first = chosen.or_else(|| handbook.questions.all().next());
    first
        .filter(|_| handbook.settings.spoken.0)
        .map(|question| site.question_link(question, false))
}
