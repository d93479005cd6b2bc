//! The path of every file of the site, before any is made. Every address in the program comes from here.

mod alias;

use std::collections::BTreeMap;

use crate::assets::{Assets, LONGEST_NAME};
use crate::diagnostic::{Checked, Code, Diagnostic, Place};
use crate::handbook::{Handbook, RecordAt};
use crate::media::{Media, Medium};
use crate::model::Kind;
use crate::model::handbook::PATH;
use crate::output::{OutputPath, ROOT};
use crate::section::Section;
use crate::source::SourcePath;

/// Everything a site can contain.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Artifact {
    Home,
    /// The page of a section.
    Index(Section),
    NotFound,
    /// What a browser without a network shows for a page that it does not keep.
    Offline,
    /// The page of a record that has one of its own.
    Record(RecordAt),
    /// A stub that leads from an old or short address to where the record is now.
    Redirect(RecordAt),
    /// What other programs show beside a link to a record's page.
    Picture(RecordAt),
    /// A file for programs, by its path: see `export`.
    Export(&'static str),
    /// A file of the site theme, by its path below `assets/`.
    Asset(String),
    /// A picture or a file of the author's, by its path below `content/`.
    Medium(String),
}

/// What becomes of an author's file at the path of an export.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Own {
    /// It takes the place of the one that is made: only hosts and search engines read it.
    Replaces,
    /// It is read, and what it says goes into the one that is made.
    Joins,
    /// It is refused, since pages rest on the one that is made; with what to do instead.
    Refused(&'static str),
}

/// The most questions of a handbook that has a print edition: beyond, nobody would print it, and browsers would struggle.
pub const PRINTABLE_QUESTIONS: usize = 500;

/// The exports that pages name.
pub const SEARCH_DATA: &str = "search-data.js";
pub const PRACTICE_DATA: &str = "practice-data.js";
pub const EXERCISE_DATA: &str = "exercise-data.js";
pub const STORY_DATA: &str = "story-data.js";
pub const TOPIC_DATA: &str = "topic-data.js";
pub const SHEET_DATA: &str = "sheet-data.js";
pub const MANIFEST: &str = "manifest.webmanifest";
pub const FEED: &str = "feed.xml";
/// What browsers and other programs ask for that look at no page.
pub const FAVICON: &str = "favicon.ico";
/// The worker can keep only what lies below its folder. Its name never changes, because browsers that have one ask for
/// it there.
pub const WORKER: &str = "sw.js";

/// Which artifact stands at which path.
#[derive(Default)]
pub struct SitePlan {
    paths: BTreeMap<OutputPath, Artifact>,
}

impl SitePlan {
    /// All files of the site, ordered by path.
    pub fn iter(&self) -> impl Iterator<Item = (&OutputPath, &Artifact)> {
        self.paths.iter()
    }

    /// Whether a section has a page.
    pub fn has(&self, section: Section) -> bool {
        self.paths.contains_key(&OutputPath::new(section.path()))
    }

    /// Whether the site has an export, by its path.
    pub fn has_export(&self, path: &str) -> bool {
        self.paths.contains_key(&OutputPath::new(path))
    }

    /// Whether a file at a path is the author's.
    pub fn brings(&self, path: &str) -> bool {
        let artifact = self.paths.get(&OutputPath::new(path));
        matches!(artifact, Some(Artifact::Medium(_)))
    }

    /// The sections that have pages, in the order of the navigation.
    pub fn sections(&self) -> impl Iterator<Item = Section> + '_ {
        let all = Section::ALL.iter().copied();
        all.filter(|section| self.has(*section))
    }
}

/// The address of the home page, from the site's root.
pub fn home_url() -> String {
    format!("{ROOT}index.html")
}

/// The address of a section's page, from the site's root.
pub fn section_url(section: Section) -> String {
    format!("{ROOT}{}", section.path())
}

/// The address of an export, from the site's root.
pub fn export_url(path: &str) -> String {
    format!("{ROOT}{path}")
}

/// The address of a record: its page, or its place on the page of its section.
pub fn record_url(handbook: &Handbook, at: RecordAt) -> String {
    match record_path(handbook, at) {
        Some(path) => format!("{ROOT}{path}"),
        None => format!("{ROOT}{}#{}", at.kind.section().path(), handbook.id(at)),
    }
}

/// The address of a weak answer: its place on the page of all.
pub fn weak_answer_url(question: &str, answer: &str) -> String {
    let place = weak_answer_place(question, answer);
    format!("{ROOT}{}#{place}", Section::WeakAnswers.path())
}

/// A weak answer's place on the page of all. No id has an underscore, so no two have the same.
pub fn weak_answer_place(question: &str, answer: &str) -> String {
    format!("{question}_{answer}")
}

/// The path of a record's own page; `None` for records that share a page with others of their kind.
fn record_path(handbook: &Handbook, at: RecordAt) -> Option<String> {
    let path = || at.kind.page(handbook.id(at));
    handbook.has_page(at).then(path)
}

/// The title that a record's picture shows; `None` where it has none: of another kind, or in letters that cannot be drawn.
pub fn picture_of(handbook: &Handbook, at: RecordAt) -> Option<&str> {
    let has_one = matches!(at.kind, Kind::Question | Kind::Theme | Kind::Company);
    let title = handbook.title(at);
    let can_show = || crate::picture::can_show(title, at.kind == Kind::Question);
    (has_one && handbook.settings.shares_pictures().is_some() && can_show()).then_some(title)
}

/// The address of a record's picture, which stands beside its page.
pub fn picture_url(handbook: &Handbook, at: RecordAt) -> Option<String> {
    Some(format!("{ROOT}{}", picture_path(handbook, at)?))
}

fn picture_path(handbook: &Handbook, at: RecordAt) -> Option<String> {
    let page = record_path(handbook, at)?;
    Some(format!(
        "{}picture.png",
        page.trim_end_matches("index.html")
    ))
}

/// Plans the site, which has these exports. Reports `page-conflict` and aliases that cannot be addresses.
pub fn plan(
    handbook: &Handbook,
    assets: &Assets,
    media: &Media,
    exports: impl IntoIterator<Item = (&'static str, Own)>,
) -> Checked<SitePlan> {
    let mut planner = Planner {
        handbook,
        exports: exports.into_iter().collect(),
        plan: SitePlan::default(),
        found: Vec::new(),
        has_capitals: false,
    };
    planner.add("index.html", Artifact::Home);
    planner.add("404.html", Artifact::NotFound);
    if handbook.settings.offline.0 {
        planner.add("offline/index.html", Artifact::Offline);
    }
    for path in planner.exports.clone().into_keys() {
        planner.add(path, Artifact::Export(path));
    }
    let is_printable = handbook.questions.len() <= PRINTABLE_QUESTIONS;
    for section in Section::ALL {
        if handbook.fills(*section) && (is_printable || *section != Section::Print) {
            planner.add(section.path(), Artifact::Index(*section));
        }
    }
    for at in handbook.everything() {
        if let Some(path) = record_path(handbook, at) {
            planner.add(path, Artifact::Record(at));
        }
        if let Some(path) = picture_of(handbook, at).and_then(|_| picture_path(handbook, at)) {
            planner.add(path, Artifact::Picture(at));
        }
    }
    for (name, asset) in assets.iter() {
        let artifact = Artifact::Asset(name.to_owned());
        planner.brought(&asset.path, &asset.source, artifact);
    }
    for (name, medium) in media.iter() {
        let artifact = Artifact::Medium(name.to_owned());
        match planner.exports.get(medium.path.as_str()) {
            Some(Own::Joins) => {}
            Some(Own::Replaces) => planner.add(medium.path.as_str(), artifact),
            _ => planner.brought(&medium.path, &medium.source, artifact),
        }
        planner.misplaced(medium);
    }
    planner.redirects();
    Checked::new(planner.plan, planner.found)
}

struct Planner<'a> {
    handbook: &'a Handbook,
    exports: BTreeMap<&'static str, Own>,
    plan: SitePlan,
    found: Vec<Diagnostic>,
    /// Whether an alias has capitals, so that paths must differ in more than those.
    has_capitals: bool,
}

impl Planner<'_> {
    fn add(&mut self, path: impl Into<std::sync::Arc<str>>, artifact: Artifact) {
        self.plan.paths.insert(OutputPath::new(path), artifact);
    }

    /// Only what others bring along has names that the site's own pages do not choose, so only that can be in the way.
    fn brought(&mut self, output: &OutputPath, path: &SourcePath, artifact: Artifact) {
        let length = output.file_name().len();
        if length > LONGEST_NAME {
            let message = format!(
                "the file's name has {length} bytes on the site; the limit is {LONGEST_NAME}"
            );
            self.found.push(
                Diagnostic::new(Code::TooLarge, Place::file(path), message)
                    .help("give it a shorter name"),
            );
        } else if let Some(taken) = self.in_the_way(output) {
            let (what, help) = self.stands(&self.plan.paths[&taken]);
            let message = if taken == *output {
                format!("`{output}` is {what}, and no file can take its place")
            } else {
                format!(
                    "`{output}` and `{taken}` cannot both stand on the site: the second is {what}"
                )
            };
            let found = Diagnostic::new(Code::PageConflict, Place::file(path), message);
            self.found.push(found.help(help));
        } else {
            self.plan.paths.insert(output.clone(), artifact);
        }
    }

    /// What a planned file is, and what to do about another one in its way.
    fn stands(&self, artifact: &Artifact) -> (String, String) {
        let rename = "rename this file";
        match artifact {
            Artifact::Record(at) | Artifact::Redirect(at) => (
                format!(
                    "the page of the {} `{}`",
                    at.kind.name(),
                    self.handbook.id(*at)
                ),
                format!("{rename}, or the record: `prepbook rename`"),
            ),
            Artifact::Picture(at) => (
                format!(
                    "the picture of the {} `{}`",
                    at.kind.name(),
                    self.handbook.id(*at)
                ),
                format!("{rename}, or delete `share_pictures` in {PATH}"),
            ),
            Artifact::Export(path) => (
                "made with every build".to_owned(),
                match self.exports.get(path) {
                    Some(Own::Refused(instead)) => (*instead).to_owned(),
                    _ => rename.to_owned(),
                },
            ),
            Artifact::Asset(name) => (
                format!("the site theme's file `{name}`"),
                format!("{rename}, or that one"),
            ),
            Artifact::Medium(name) => (
                format!("`content/{name}`"),
                format!("{rename}, or that one"),
            ),
            Artifact::Home | Artifact::Index(_) | Artifact::NotFound | Artifact::Offline => (
                "a page of the site".to_owned(),
                format!("{rename}; to change the page, `prepbook theme eject` its template"),
            ),
        }
    }

    /// Reports `misplaced-file`: hosts look for the files that tell them how to build a site where its source is.
    fn misplaced(&mut self, medium: &Medium) {
        let path = medium.path.as_str();
        if !crate::starter::is_of_host(path) {
            return;
        }
        let message =
            format!("no host looks for `{path}` on the site, where this file is published");
        let found = Diagnostic::new(Code::MisplacedFile, Place::file(&medium.source), message);
        let help = "move it to the folder in which `content/` stands";
        self.found.push(found.help(help));
    }

    /// A planned file of the same path, one where the path needs a folder, or one for which the path would have to
    /// be a folder.
    fn in_the_way(&self, output: &OutputPath) -> Option<OutputPath> {
        let paths = &self.plan.paths;
        let known = |path: &str| paths.get_key_value(&OutputPath::new(path));
        let folders = output.as_str().match_indices('/');
        let above = folders.filter_map(|(end, _)| known(&output.as_str()[..end]));
        let folder = format!("{output}/");
        let below = paths.range(OutputPath::new(folder.as_str())..).next();
        let below = below.filter(|(path, _)| path.as_str().starts_with(&folder));
        let first = known(output.as_str()).into_iter().chain(above).chain(below);
        first.map(|(path, _)| path.clone()).next()
    }
}
