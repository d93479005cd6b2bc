//! The path of every file of the site, before any is made. Every address in the program comes from here.

mod name;
mod script;
mod sheet;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use self::name::{LONGEST_ALIAS, LONGEST_NAME, alias_path, fingerprinted};
use crate::diagnostic::{Checked, Code, Diagnostic, Place, Span, nearest};
use crate::handbook::{Handbook, RecordAt};
use crate::model::Kind;
use crate::model::handbook::Settings;
use crate::output::OutputPath;
use crate::source::{SourcePath, Sources};

/// Stands in addresses for the way to the site's root, until the page that holds them is known.
///
/// A control character: sources cannot contain it.
pub const ROOT: char = '\u{1}';

/// Everything a site can contain.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Artifact {
    Home,
    QuestionIndex,
    Themes,
    Companies,
    Frameworks,
    /// The tables that are printed, and links to the others.
    CheatSheet,
    Plan,
    Practice,
    Guides,
    RedFlags,
    FollowUps,
    Sources,
    AllPages,
    /// The whole handbook as one document.
    Print,
    NotFound,
    /// What a browser without a network shows for a page that it does not keep.
    Offline,
    /// The page of a record that has one of its own.
    Record(RecordKey),
    /// A stub that leads from an old or short address to where the record is now.
    Redirect(RecordKey),
    Sitemap,
    /// What search looks through.
    SearchData,
    Robots,
    /// `_headers`, for hosts that read it.
    Headers,
    /// What a browser must know to install the site.
    Manifest,
    /// The worker that keeps the site for reading offline, made from this file of the site theme.
    Worker(SourcePath),
    /// A file of the site theme.
    Asset(SourcePath),
}

/// A record as part of an artifact.
pub type RecordKey = (Kind, usize);

/// Index pages: which there are, where they stand, what they are called, and for which records they exist.
pub const INDEXES: &[(Artifact, &str, &str, Option<Kind>)] = &[
    (
        Artifact::QuestionIndex,
        "questions/index.html",
        "Questions",
        Some(Kind::Question),
    ),
    (
        Artifact::Themes,
        "themes/index.html",
        "Themes",
        Some(Kind::Theme),
    ),
    (
        Artifact::Companies,
        "companies/index.html",
        "Companies",
        Some(Kind::Company),
    ),
    (
        Artifact::Frameworks,
        "frameworks/index.html",
        "Frameworks",
        Some(Kind::Framework),
    ),
    (
        Artifact::CheatSheet,
        "cheat-sheet/index.html",
        "Cheat sheet",
        Some(Kind::CheatSheet),
    ),
    (
        Artifact::Practice,
        "practice/index.html",
        "Practice",
        Some(Kind::Exercise),
    ),
    (
        Artifact::Plan,
        "plan/index.html",
        "Plan",
        Some(Kind::Checklist),
    ),
    (
        Artifact::Guides,
        "guides/index.html",
        "Guides",
        Some(Kind::Guide),
    ),
    (
        Artifact::RedFlags,
        "red-flags/index.html",
        "Red flags",
        Some(Kind::RedFlag),
    ),
    (
        Artifact::FollowUps,
        "follow-ups/index.html",
        "Follow-ups",
        Some(Kind::FollowUp),
    ),
    (
        Artifact::Sources,
        "sources/index.html",
        "Sources",
        Some(Kind::Source),
    ),
    (Artifact::AllPages, "all/index.html", "All pages", None),
    (Artifact::Print, "print/index.html", "Print edition", None),
];

/// The most questions of a handbook that has a print edition: beyond, nobody would print it, and browsers would struggle.
pub const PRINTABLE_QUESTIONS: usize = 500;

/// Scripts of others, below `assets/`: they come small, and with their licences.
const VENDORED: &str = "vendor/";
/// Where the worker stands: it can keep only what lies below its folder. The name never changes, because browsers that
/// have a worker ask for it there.
const WORKER: &str = "sw.js";

/// Which artifact stands at which path.
#[derive(Default)]
pub struct SitePlan {
    paths: BTreeMap<OutputPath, Artifact>,
    assets: HashMap<String, OutputPath>,
    /// Style sheets and scripts as readers get them, still with marks for the way to the root.
    texts: HashMap<OutputPath, String>,
}

impl SitePlan {
    /// All files of the site, ordered by path.
    pub fn iter(&self) -> impl Iterator<Item = (&OutputPath, &Artifact)> {
        self.paths.iter()
    }

    pub fn has(&self, artifact: &Artifact) -> bool {
        index(artifact).is_some_and(|(path, _)| self.paths.contains_key(&OutputPath::new(path)))
    }

    /// The address of a page that is no record's, from the site's root.
    pub fn url(&self, artifact: &Artifact) -> String {
        match index(artifact) {
            Some((path, _)) => format!("{ROOT}{path}"),
            None => format!("{ROOT}index.html"),
        }
    }

    /// The worker's path and the file it is made from; `None` when browsers are to keep nothing.
    pub fn worker(&self) -> Option<(&OutputPath, &SourcePath)> {
        let (path, artifact) = self.paths.get_key_value(&OutputPath::new(WORKER))?;
        match artifact {
            Artifact::Worker(source) => Some((path, source)),
            _ => None,
        }
    }

    /// The address of a record: its page, or its place on the page of its kind.
    pub fn url_of(&self, handbook: &Handbook, at: RecordAt) -> String {
        let id = handbook.id(at);
        match record_path(handbook, at) {
            Some(path) => format!("{ROOT}{path}"),
            None => match at.kind {
                Kind::RedFlag => format!("{ROOT}red-flags/index.html#{id}"),
                Kind::FollowUp => format!("{ROOT}follow-ups/index.html#{id}"),
                Kind::Source => format!("{ROOT}sources/index.html#{id}"),
                _ => format!("{ROOT}cheat-sheet/index.html#{id}"),
            },
        }
    }

    /// The address of a file of the site theme, by its path below `assets/`.
    pub fn asset(&self, name: &str) -> Option<String> {
        self.assets
            .get(name)
            .map(|path| format!("{ROOT}{}", path.encoded()))
    }

    /// A file of the site theme as readers get it, but for the way to the root; `None` for those sent as they are.
    pub fn text(&self, path: &OutputPath) -> Option<&str> {
        self.texts.get(path).map(String::as_str)
    }

    /// All files of the site theme: path below `assets/`, address.
    pub fn assets(&self) -> impl Iterator<Item = (&str, String)> {
        let sorted: BTreeMap<&str, &OutputPath> = self
            .assets
            .iter()
            .map(|(name, path)| (name.as_str(), path))
            .collect();
        sorted
            .into_iter()
            .map(|(name, path)| (name, format!("{ROOT}{}", path.encoded())))
    }
}

/// Path and title of a page that is no record's.
pub fn index(artifact: &Artifact) -> Option<(&'static str, &'static str)> {
    match artifact {
        Artifact::Home => Some(("index.html", "Home")),
        Artifact::NotFound => Some(("404.html", "Not found")),
        Artifact::Offline => Some(("offline/index.html", "Offline")),
        Artifact::Manifest => Some(("manifest.webmanifest", "Manifest")),
        Artifact::Sitemap => Some(("sitemap.xml", "Sitemap")),
        Artifact::SearchData => Some(("search-data.js", "Search data")),
        _ => INDEXES
            .iter()
            .find(|(index, ..)| index == artifact)
            .map(|(_, path, title, _)| (*path, *title)),
    }
}

/// The path of a record's own page; `None` for records that share a page with others of their kind.
fn record_path(handbook: &Handbook, at: RecordAt) -> Option<String> {
    let id = handbook.id(at);
    match at.kind {
        Kind::Question | Kind::Theme | Kind::Company | Kind::Framework | Kind::Guide => {
            Some(format!("{}/{id}/index.html", at.kind.folder()))
        }
        Kind::Principle => Some(format!("companies/{id}/index.html")),
        Kind::Checklist => Some(format!("plan/{id}/index.html")),
        Kind::Exercise => Some(format!("practice/{id}/index.html")),
        Kind::CheatSheet if handbook.cheat_sheets.at(at.nth).side.is_none() => {
            Some(format!("cheat-sheet/{id}/index.html"))
        }
        Kind::CheatSheet | Kind::RedFlag | Kind::FollowUp | Kind::Source => None,
    }
}

/// Plans the site; `has_address` says whether it is known where it will stand. Reports `page-conflict` and aliases that cannot be addresses.
pub fn plan(handbook: &Handbook, sources: &Sources, has_address: bool) -> Checked<SitePlan> {
    let mut planner = Planner {
        plan: SitePlan::default(),
        found: Vec::new(),
    };
    planner.add("index.html", Artifact::Home);
    planner.add("404.html", Artifact::NotFound);
    planner.add("robots.txt", Artifact::Robots);
    planner.add("_headers", Artifact::Headers);
    planner.add("search-data.js", Artifact::SearchData);
    planner.add("manifest.webmanifest", Artifact::Manifest);
    planner.worker(sources, &handbook.settings);
    if has_address {
        planner.add("sitemap.xml", Artifact::Sitemap);
    }
    let is_printable = handbook.questions.len() <= PRINTABLE_QUESTIONS;
    for (artifact, path, _, kind) in INDEXES {
        let exists = kind.is_none_or(|kind| handbook.count(kind) > 0);
        if exists && (is_printable || *artifact != Artifact::Print) {
            planner.add(*path, artifact.clone());
        }
    }
    for at in handbook.everything() {
        if let Some(path) = record_path(handbook, at) {
            planner.add(path, Artifact::Record((at.kind, at.nth)));
        }
    }
    planner.assets(sources, handbook.settings.site_theme());
    planner.redirects(handbook);
    Checked::new(planner.plan, planner.found)
}

/// A style sheet names another one that does not exist.
fn missing_sheet<'a>(
    path: &SourcePath,
    name: &str,
    statement: &Range<usize>,
    known: impl Iterator<Item = &'a &'a String>,
) -> Diagnostic {
    let place = Place::new(path, Span::new(statement.start, statement.end));
    let message = format!("the site theme has no style sheet `{name}`");
    let help = match nearest(name, known.map(|name| name.as_str())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "name one by its path below `assets/`".to_owned(),
    };
    Diagnostic::new(Code::BrokenLink, place, message).help(help)
}

struct Planner {
    plan: SitePlan,
    found: Vec<Diagnostic>,
}

impl Planner {
    fn add(&mut self, path: impl Into<std::sync::Arc<str>>, artifact: Artifact) {
        self.plan.paths.insert(OutputPath::new(path), artifact);
    }

    /// Where nothing is to be kept, a worker stands that removes what an earlier edition kept.
    fn worker(&mut self, sources: &Sources, settings: &Settings) {
        let file = |name: &str| {
            let of = |theme: &str| SourcePath::new(format!("themes/{theme}/worker/{name}"));
            let own = of(settings.site_theme());
            if sources.get(&own).is_some() {
                own
            } else {
                of("default")
            }
        };
        if settings.offline.0 {
            self.add(WORKER, Artifact::Worker(file("keep.js")));
            self.add("offline/index.html", Artifact::Offline);
        } else {
            self.add(WORKER, Artifact::Asset(file("forget.js")));
        }
    }

    /// Assets carry a part of their content's hash in their names, so that they can be cached for ever.
    fn assets(&mut self, sources: &Sources, site_theme: &str) {
        let mut files = BTreeMap::new();
        for theme in ["default", site_theme] {
            let folder = format!("themes/{theme}/assets/");
            for (path, source) in sources.below(&folder) {
                files.insert(
                    path.as_str()[folder.len()..].to_owned(),
                    (path.clone(), source.clone()),
                );
            }
        }
        // Style sheets name other files, so theirs come last: their hash covers the names they get.
        let (sheets, others): (BTreeMap<_, _>, BTreeMap<_, _>) =
            files.iter().partition(|(name, _)| name.ends_with(".css"));
        for (name, (path, source)) in &others {
            let is_ours = source.built_in && name.ends_with(".js") && !name.starts_with(VENDORED);
            let script = is_ours.then(|| script::small(source.text()));
            self.text_or_bytes(name, path, script, &source.bytes);
        }
        let mut taken_in = BTreeSet::new();
        for (path, source) in sheets.values() {
            for (name, range) in sheet::taken_in(source.text()) {
                if sheets.contains_key(&name.to_owned()) {
                    taken_in.insert(name);
                } else {
                    self.found
                        .push(missing_sheet(path, name, &range, sheets.keys()));
                }
            }
        }
        let text = |name: &str| Some(sheets.get(&name.to_owned())?.1.text());
        for (name, (path, source)) in &sheets {
            if taken_in.contains(name.as_str()) {
                continue;
            }
            let joined = sheet::joined(name, source.text(), &text);
            let sheet = sheet::planned(&sheet::small(&joined), |name| self.plan.asset(name));
            self.text_or_bytes(name, path, Some(sheet), &source.bytes);
        }
    }

    /// A file of the site theme, as the text that is made of it or as it is.
    fn text_or_bytes(&mut self, name: &str, path: &SourcePath, text: Option<String>, bytes: &[u8]) {
        let bytes = text.as_ref().map_or(bytes, String::as_bytes);
        let hash = blake3::hash(bytes).to_hex();
        let output = OutputPath::new(format!("assets/{}", fingerprinted(name, &hash[..8])));
        if let Some(text) = text {
            self.plan.texts.insert(output.clone(), text);
        }
        self.plan.assets.insert(name.to_owned(), output.clone());
        self.asset(output, path.clone());
    }

    /// Only assets have names that the site's own pages do not choose, so only they can get in each other's way.
    fn asset(&mut self, output: OutputPath, path: SourcePath) {
        let length = output.file_name().len();
        if length > LONGEST_NAME {
            let message = format!(
                "the file's name has {length} bytes on the site; the limit is {LONGEST_NAME}"
            );
            self.found.push(
                Diagnostic::new(Code::TooLarge, Place::file(&path), message)
                    .help("give it a shorter name"),
            );
        } else if let Some(taken) = self.in_the_way(&output) {
            let message = format!(
                "`{output}` and `{}` cannot both stand on the site",
                taken.as_str()
            );
            self.found.push(
                Diagnostic::new(Code::PageConflict, Place::file(&path), message)
                    .help("rename this file, or the one that it shares its name with"),
            );
        } else {
            self.plan.paths.insert(output, Artifact::Asset(path));
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

    /// Stubs at old addresses, and at the short ones that stand on paper: `/17/`, `/c/`.
    fn redirects(&mut self, handbook: &Handbook) {
        // What stands on paper cannot be changed, so it comes first.
        for at in handbook.all(Kind::Question) {
            if let Some(number) = handbook.questions.at(at.nth).number {
                self.redirect(handbook, format!("{}/index.html", number.value), at, None);
            }
        }
        if let Some(first) = handbook.all(Kind::CheatSheet).next() {
            self.redirect(handbook, "c/index.html".to_owned(), first, None);
        }
        for at in handbook
            .everything()
            .filter(|at| at.kind != Kind::Principle)
        {
            for alias in &handbook.common(at).aliases {
                let place = Place::new(handbook.path(at), alias.at);
                match alias_path(alias) {
                    Some(path) if path.len() > LONGEST_ALIAS => {
                        let message = format!("this address has {} bytes", alias.len());
                        let help = format!(
                            "write at most {LONGEST_ALIAS}: not every system takes longer paths"
                        );
                        self.found
                            .push(Diagnostic::new(Code::InvalidValue, place, message).help(help));
                    }
                    Some(path) => self.redirect(handbook, path, at, Some(place)),
                    None => {
                        let message = format!("`{}` cannot be an address of this site", &**alias);
                        let help = "write a path of small letters, digits and hyphens from the site's root: `/questions/old-name/`";
                        self.found
                            .push(Diagnostic::new(Code::InvalidValue, place, message).help(help));
                    }
                }
            }
        }
    }

    fn redirect(&mut self, handbook: &Handbook, path: String, at: RecordAt, place: Option<Place>) {
        let path = OutputPath::new(path);
        if let (Some(taken), Some(place)) = (self.plan.paths.get(&path), place) {
            let mut first = None;
            let by = match taken {
                Artifact::Record((kind, nth)) | Artifact::Redirect((kind, nth)) => {
                    let other = RecordAt {
                        kind: *kind,
                        nth: *nth,
                    };
                    first = handbook
                        .common(other)
                        .aliases
                        .iter()
                        .find(|alias| alias_path(alias).as_deref() == Some(path.as_str()))
                        .map(|alias| Place::new(handbook.path(other), alias.at));
                    format!("the {} `{}`", kind.name(), handbook.id(other))
                }
                _ => "a page of the site".to_owned(),
            };
            let message = format!("the address `/{}` is taken by {by}", path.address());
            let mut conflict =
                Diagnostic::new(Code::PageConflict, place, message).help("delete this alias");
            if let Some(first) = first {
                conflict = conflict.note(first, "the first is here");
            }
            self.found.push(conflict);
        } else {
            self.plan
                .paths
                .entry(path)
                .or_insert(Artifact::Redirect((at.kind, at.nth)));
        }
    }
}

/// Puts the way from a page to the site's root in place of every mark.
pub fn relative(page: &OutputPath, text: &[u8]) -> Vec<u8> {
    replace_root(text, "../".repeat(page.depth()).as_bytes())
}

/// Puts `root` in place of every mark.
pub fn replace_root(text: &[u8], root: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + text.len() / 16);
    let mut rest = text;
    while let Some(at) = memchr::memchr(ROOT as u8, rest) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(root);
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
    out
}
