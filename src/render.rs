//! The bytes of every planned file.

use rayon::prelude::*;

use crate::diagnostic::{Checked, Diagnostic};
use crate::export;
use crate::handbook::RecordAt;
use crate::memo::Memo;
use crate::model::Kind;
use crate::output::{Bytes, OutputPath, OutputTree};
use crate::page;
use crate::plan::{Artifact, relative};
use crate::site::Site;
use crate::source::Sources;

/// Makes every planned file. A page that fails is absent from the tree and present among the findings, once for
/// all pages that fail alike.
pub fn render(site: &Site, sources: &Sources, memo: &Memo) -> Checked<OutputTree> {
    let (edition, mut planned): (Vec<_>, Vec<_>) = site
        .plan
        .iter()
        .partition(|(_, artifact)| **artifact == Artifact::Print);
    // Lists of everything take longest; begun last, they would hold up the end.
    planned.sort_by_key(|(_, artifact)| matches!(artifact, Artifact::Record((Kind::Question, _))));
    let made: Vec<_> = planned
        .par_iter()
        .filter(|(_, artifact)| !matches!(artifact, Artifact::Worker(_)))
        .map(|(path, artifact)| (*path, file(site, sources, path, artifact, memo)))
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
    // The print edition is made of all other pages.
    if found.is_empty() {
        for (path, _) in edition {
            match page::print::render(site, path, &tree, memo) {
                Ok(bytes) => tree.add(path.clone(), bytes),
                Err(diagnostic) => found.push(*diagnostic),
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    // The worker lists all other files.
    if let Some((path, source)) = site.plan.worker()
        && let Some(worker) = sources.get(source)
    {
        tree.add(
            path.clone(),
            export::worker::render(&site.plan, worker, &tree),
        );
    }
    Checked::new(tree, found)
}

fn file(
    site: &Site,
    sources: &Sources,
    path: &OutputPath,
    artifact: &Artifact,
    memo: &Memo,
) -> Result<Bytes, Box<Diagnostic>> {
    match artifact {
        Artifact::Sitemap => return Ok(export::sitemap::render(site)),
        Artifact::Robots => return Ok(export::robots::render(site)),
        Artifact::Headers => return Ok(export::headers::render()),
        Artifact::Manifest => return Ok(export::manifest::render(site)),
        Artifact::SearchData => {
            return Ok(export::search::render(
                &site.handbook,
                &site.plan,
                sources,
                memo,
            ));
        }
        Artifact::Asset(source) => return Ok(asset(site, sources, path, source)),
        _ => {}
    }
    page(site, path, artifact, memo)
}

fn page(
    site: &Site,
    path: &OutputPath,
    artifact: &Artifact,
    memo: &Memo,
) -> Result<Bytes, Box<Diagnostic>> {
    match artifact {
        Artifact::Home => page::home::render(site, path, memo),
        Artifact::QuestionIndex => page::index::render_questions(site, path, memo),
        Artifact::Themes => page::theme::render_index(site, path, memo),
        Artifact::Companies => page::company::render_index(site, path, memo),
        Artifact::Frameworks => page::framework::render_index(site, path, memo),
        Artifact::CheatSheet => page::cheat_sheet::render_index(site, path, memo),
        Artifact::Plan => page::checkpoint::render_index(site, path, memo),
        Artifact::Practice => page::practice::render_index(site, path, memo),
        Artifact::Guides => page::guide::render_index(site, path, memo),
        Artifact::RedFlags => page::index::render_red_flags(site, path, memo),
        Artifact::FollowUps => page::index::render_follow_ups(site, path, memo),
        Artifact::Sources => page::index::render_sources(site, path, memo),
        Artifact::AllPages => page::index::render_all(site, path, memo),
        Artifact::NotFound => page::index::render_not_found(site, path, memo),
        Artifact::Offline => page::index::render_offline(site, path, memo),
        Artifact::Redirect((kind, nth)) => page::redirect::render(
            site,
            path,
            RecordAt {
                kind: *kind,
                nth: *nth,
            },
            memo,
        ),
        Artifact::Record((kind, nth)) => match kind {
            Kind::Question => page::question::render(site, path, *nth, memo),
            Kind::Theme => page::theme::render(site, path, *nth, memo),
            Kind::Company => page::company::render(site, path, *nth, memo),
            Kind::Principle => page::company::render_principle(site, path, *nth, memo),
            Kind::Framework => page::framework::render(site, path, *nth, memo),
            Kind::Checklist => page::checkpoint::render(site, path, *nth, memo),
            Kind::CheatSheet => page::cheat_sheet::render(site, path, *nth, memo),
            Kind::Exercise => page::practice::render(site, path, *nth, memo),
            Kind::Guide => page::guide::render(site, path, *nth, memo),
            Kind::RedFlag | Kind::FollowUp | Kind::Source => {
                unreachable!("these kinds share the page of their index")
            }
        },
        Artifact::Sitemap
        | Artifact::SearchData
        | Artifact::Robots
        | Artifact::Headers
        | Artifact::Manifest
        | Artifact::Worker(_)
        | Artifact::Asset(_)
        | Artifact::Print => {
            unreachable!("no pages, or made of them")
        }
    }
}

/// A site theme's file; style sheets are planned with the names of the files they use, scripts in few bytes.
fn asset(
    site: &Site,
    sources: &Sources,
    path: &OutputPath,
    source: &crate::source::SourcePath,
) -> Bytes {
    if let Some(text) = site.plan.text(path) {
        return Bytes::from(relative(path, text.as_bytes()));
    }
    let file = sources.get(source);
    file.map_or_else(Bytes::new, |file| Bytes::from_owner(file.bytes.clone()))
}
