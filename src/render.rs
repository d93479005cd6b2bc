//! The bytes of every planned file.

use rayon::prelude::*;

use crate::diagnostic::{Checked, Diagnostic};
use crate::export::{self, Render};
use crate::handbook::{At, RecordAt};
use crate::model::Kind;
use crate::output::{Bytes, OutputPath, OutputTree};
use crate::page::{self, Site};
use crate::plan::Artifact;
use crate::section::Section;

/// When a file is made.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    /// Lists of everything take longest; begun last, they would hold up the end.
    First,
    Second,
    /// The print edition is made of all pages.
    AfterPages,
    /// Made of all other files.
    Last,
}

fn turn(artifact: &Artifact) -> Turn {
    match artifact {
        Artifact::Index(Section::Print) => Turn::AfterPages,
        Artifact::Export(path) if export::at(path).is_some_and(is_from_files) => Turn::Last,
        Artifact::Record(at) if at.kind == Kind::Question => Turn::Second,
        _ => Turn::First,
    }
}

fn is_from_files(export: &export::Export) -> bool {
    matches!(export.render, Render::FromFiles(_))
}

/// Makes every planned file. A page that fails is absent from the tree and present among the findings, once for
/// all pages that fail alike.
pub fn render(site: &Site, memo: &export::Memo) -> Checked<OutputTree> {
    let mut planned: Vec<_> = site.plan.iter().map(|file| (turn(file.1), file)).collect();
    planned.sort_by(|one, other| one.0.cmp(&other.0));
    let (at_once, later): (Vec<_>, Vec<_>) = planned
        .into_iter()
        .partition(|(turn, _)| *turn < Turn::AfterPages);
    let made: Vec<_> = at_once
        .par_iter()
        .map(|(_, (path, artifact))| (*path, file(site, path, artifact, memo)))
        .collect();
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut files = Vec::with_capacity(made.len());
    for (path, result) in made {
        match result {
            Ok(bytes) => files.push((path.clone(), bytes)),
            Err(diagnostic) => found.push(*diagnostic),
        }
    }
    let mut tree: OutputTree = files.into_iter().collect();
    if found.is_empty() {
        for (_, (path, artifact)) in later {
            match from_files(site, path, artifact, &tree) {
                Ok(bytes) => tree.add(path.clone(), bytes),
                Err(diagnostic) => found.push(*diagnostic),
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    Checked::new(tree, found)
}

/// A file that is made of others.
fn from_files(
    site: &Site,
    path: &OutputPath,
    artifact: &Artifact,
    files: &OutputTree,
) -> Result<Bytes, Box<Diagnostic>> {
    match artifact {
        Artifact::Export(path) => Ok(match export::at(path).map(|export| &export.render) {
            Some(Render::FromFiles(render)) => render(site, files),
            _ => Bytes::new(),
        }),
        _ => page::print::render(site, path, files),
    }
}

fn file(
    site: &Site,
    path: &OutputPath,
    artifact: &Artifact,
    memo: &export::Memo,
) -> Result<Bytes, Box<Diagnostic>> {
    match artifact {
        Artifact::Home => page::home::render(site, path),
        Artifact::Index(section) => index(site, path, *section),
        Artifact::NotFound => page::index::render_not_found(site, path),
        Artifact::Offline => page::index::render_offline(site, path),
        Artifact::Redirect(at) => page::redirect::render(site, path, *at),
        Artifact::Record(at) => record(site, path, *at),
        Artifact::Export(path) => Ok(match export::at(path).map(|export| &export.render) {
            Some(Render::FromSite(render)) => render(site, memo),
            _ => Bytes::new(),
        }),
        Artifact::Asset(name) => {
            let asset = site.assets.value.get(name);
            Ok(asset.map(|asset| asset.bytes.clone()).unwrap_or_default())
        }
    }
}

/// The page of a section.
fn index(site: &Site, path: &OutputPath, section: Section) -> Result<Bytes, Box<Diagnostic>> {
    match section {
        Section::Questions => page::index::render_questions(site, path),
        Section::Themes => page::theme::render_index(site, path),
        Section::Companies => page::company::render_index(site, path),
        Section::Frameworks => page::framework::render_index(site, path),
        Section::CheatSheet => page::cheat_sheet::render_index(site, path),
        Section::Plan => page::checkpoint::render_index(site, path),
        Section::Practice => page::practice::render_index(site, path),
        Section::Guides => page::guide::render_index(site, path),
        Section::RedFlags => page::index::render_red_flags(site, path),
        Section::FollowUps => page::index::render_follow_ups(site, path),
        Section::Sources => page::index::render_sources(site, path),
        Section::AllPages => page::index::render_all(site, path),
        Section::Print => page::print::render(site, path, &OutputTree::default()),
    }
}

/// The page of a record.
fn record(site: &Site, path: &OutputPath, at: RecordAt) -> Result<Bytes, Box<Diagnostic>> {
    let nth = at.nth;
    match at.kind {
        Kind::Question => page::question::render(site, path, At::new(nth)),
        Kind::Theme => page::theme::render(site, path, At::new(nth)),
        Kind::Company => page::company::render(site, path, At::new(nth)),
        Kind::Principle => page::principle::render(site, path, At::new(nth)),
        Kind::Framework => page::framework::render(site, path, At::new(nth)),
        Kind::Checklist => page::checkpoint::render(site, path, At::new(nth)),
        Kind::CheatSheet => page::cheat_sheet::render(site, path, At::new(nth)),
        Kind::Exercise => page::practice::render(site, path, At::new(nth)),
        Kind::Guide => page::guide::render(site, path, At::new(nth)),
        // Their rows in the table of kinds give them no pages of their own.
        Kind::RedFlag | Kind::FollowUp | Kind::Source => index(site, path, at.kind.section()),
    }
}
