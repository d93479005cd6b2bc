//! The home page, drawn by `home.html`.

use serde::Serialize;

use super::checkpoint::{Stop, timeline};
use super::company::{Matrix, matrix};
use super::framework::{Bar, main_framework};
use super::theme::{ThemeRow, rows};
use super::{Frame, LinkTo};
use crate::diagnostic::Diagnostic;
use crate::html::{Html, Shared};
use crate::memo::Memo;
use crate::output::{Bytes, OutputPath};
use crate::plan::Artifact;
use crate::site::Site;

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
    /// The shape of every answer, and the framework that has it.
    bar: Option<Shared<Bar>>,
    framework: Option<Shared<LinkTo>>,
    timeline: Vec<Stop>,
    themes: Vec<ThemeRow>,
    matrix: Matrix,
    questions: usize,
}

pub fn render(site: &Site, path: &OutputPath, memo: &Memo) -> Result<Bytes, Box<Diagnostic>> {
    let settings = &site.handbook.settings;
    let url = |artifact: Artifact| site.plan.has(&artifact).then(|| site.plan.url(&artifact));
    let (framework, bar) = main_framework(site).unzip();
    let context = Context {
        bar,
        framework: framework.map(|at| site.link(at)),
        frame: site.frame_for(path, "", &settings.title, &settings.description),
        title: &settings.title,
        subtitle: settings.subtitle.as_deref(),
        description: &settings.description,
        home: settings.home.as_ref().map(|home| site.html(home)),
        plan: url(Artifact::Plan),
        cheat_sheet: url(Artifact::CheatSheet),
        timeline: timeline(site, None),
        themes: rows(site),
        matrix: matrix(site),
        questions: site.handbook.questions.len(),
    };
    site.fill("home.html", path, &context, memo)
}
