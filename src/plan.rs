//! The path of every file of the site, before any is made. Every address in the program comes from here.

mod alias;

use std::collections::BTreeMap;

use crate::assets::{Assets, LONGEST_NAME};
use crate::diagnostic::{Checked, Code, Diagnostic, Place};
use crate::handbook::{Handbook, RecordAt};
use crate::media::Media;
use crate::model::Kind;
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

/// The most questions of a handbook that has a print edition: beyond, nobody would print it, and browsers would struggle.
pub const PRINTABLE_QUESTIONS: usize = 500;

/// The exports that pages name.
pub const SEARCH_DATA: &str = "search-data.js";
pub const PRACTICE_DATA: &str = "practice-data.js";
pub const EXERCISE_DATA: &str = "exercise-data.js";
pub const STORY_DATA: &str = "story-data.js";
pub const SHEET_DATA: &str = "sheet-data.js";
pub const MANIFEST: &str = "manifest.webmanifest";
pub const FEED: &str = "feed.xml";
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
    (has_one && handbook.settings.share_pictures && can_show()).then_some(title)
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
    exports: impl IntoIterator<Item = &'static str>,
) -> Checked<SitePlan> {
    let mut planner = Planner {
        plan: SitePlan::default(),
        found: Vec::new(),
    };
    planner.add("index.html", Artifact::Home);
    planner.add("404.html", Artifact::NotFound);
    if handbook.settings.offline.0 {
        planner.add("offline/index.html", Artifact::Offline);
    }
    for path in exports {
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
        planner.brought(&medium.path, &medium.source, artifact);
    }
    planner.redirects(handbook);
    Checked::new(planner.plan, planner.found)
}

struct Planner {
    plan: SitePlan,
    found: Vec<Diagnostic>,
}

impl Planner {
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
            let message = format!(
                "`{output}` and `{}` cannot both stand on the site",
                taken.as_str()
            );
            self.found.push(
                Diagnostic::new(Code::PageConflict, Place::file(path), message)
                    .help("rename this file, or the one that it shares its name with"),
            );
        } else {
            self.plan.paths.insert(output.clone(), artifact);
        }
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
