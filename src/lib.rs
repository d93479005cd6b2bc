//! prepbook turns YAML into a prep handbook: a cross-linked static site.
//!
//! One line from sources to output, the same for every command; see [`build`].
//!
//! | stage | module | from → to |
//! |---|---|---|
//! | load | [`load`] | disk → [`source::Sources`] |
//! | words | [`words`] | the site theme's files → the words of the interface |
//! | parse | [`parse`] | sources → typed records, a file at a time |
//! | media | [`media`] | pictures and files → their names and sizes |
//! | link | [`link`] | records → [`handbook::Handbook`]: references resolved, checks across records |
//! | assets | [`assets`] | the site theme's files → names, bytes and hashes |
//! | plan | [`plan`] | handbook → [`plan::SitePlan`]: the path of every file |
//! | template | [`template`] | the site theme's files → compiled templates |
//! | elsewhere | [`elsewhere`] | what pages would ask for, against their policy |
//! | typeset | [`typeset`] | Markdown → HTML fragments |
//! | render | [`render`] | pages and exports → [`output::OutputTree`] |
//! | emit | [`emit`] | tree → disk; [`serve`] answers from it instead |

pub mod assets;
pub mod by_hash;
pub mod characters;
pub mod cli;
pub mod diagnostic;
pub mod elsewhere;
pub mod emit;
pub mod export;
pub mod format;
pub mod handbook;
pub mod highlight;
pub mod html;
pub mod import;
pub mod kind;
pub mod link;
pub mod load;
pub mod media;
pub mod memo;
pub mod model;
pub mod output;
pub mod page;
pub mod parse;
pub mod picture;
pub mod plan;
pub mod rename;
pub mod render;
pub mod section;
pub mod serve;
pub mod source;
pub mod starter;
pub mod template;
pub mod typeset;
pub mod watch;
pub mod words;
pub mod yaml;

use std::sync::Arc;

use diagnostic::{Checked, Code, Diagnostic, Place, Severity, Tally};
use model::Settings;
use model::field::{OnByDefault, Placed};
use model::handbook::PATH;
use output::{Aside, OutputTree};
use page::Site;
use page::pieces::Pieces;
use source::{SourcePath, Sources};
use template::Templates;
use words::Words;

/// What the command line knows and files do not.
#[derive(Clone, Debug, Default, Hash)]
pub struct Options {
    /// In place of the handbook's `base_url`.
    pub base_url: Option<String>,
    /// Whether drafts take part.
    pub drafts: bool,
    /// Whether only the author sees it: then browsers keep nothing, and names stay as they are.
    pub preview: bool,
}

/// What earlier builds made, each stage's own.
pub struct Memo {
    remembers: bool,
    parse: parse::Memo,
    words: words::Memo,
    assets: assets::Memo,
    templates: template::Memo,
    bodies: Arc<typeset::Memo>,
    pages: Arc<page::Memo>,
    exports: export::Memo,
}

impl Memo {
    pub fn new() -> Self {
        Self::that(true)
    }

    /// Remembers nothing, for a process that builds once.
    pub fn none() -> Self {
        Self::that(false)
    }

    fn that(remembers: bool) -> Self {
        Self {
            remembers,
            parse: parse::Memo::new(remembers),
            words: words::Memo::new(remembers),
            assets: assets::Memo::new(remembers),
            templates: template::Memo::new(remembers),
            bodies: Arc::new(typeset::Memo::new(remembers)),
            pages: Arc::new(page::Memo::new(remembers)),
            exports: export::Memo::new(remembers),
        }
    }

    /// Ends a build: forgets what the last few did not use.
    fn end_build(&self) {
        self.parse.end_build();
        self.words.end_build();
        self.assets.end_build();
        self.templates.end_build();
        self.bodies.end_build();
        self.pages.end_build();
        self.exports.end_build();
    }
}

impl Default for Memo {
    fn default() -> Self {
        Self::new()
    }
}

/// The stages of a build between its two disks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    Parse,
    Link,
    Plan,
    Typeset,
    Render,
}

/// Turns the contents of a project into the contents of its site.
///
/// Reads no disk, clock or environment: equal arguments give byte-identical sites, whatever `memo` holds
/// already. Findings are ordered by place. With errors among them the tree is empty: there is no half site.
/// `done` is told after each stage.
pub fn build(
    sources: &Sources,
    options: &Options,
    memo: &Memo,
    done: impl FnMut(Stage),
) -> Checked<OutputTree> {
    build_aside(sources, options, memo, None, done)
}

/// The same; files of a large site may go aside as they are made, and their bytes are then not in the tree. With errors
/// what went aside is part of no site.
pub fn build_aside(
    sources: &Sources,
    options: &Options,
    memo: &Memo,
    aside: Option<&dyn Aside>,
    mut done: impl FnMut(Stage),
) -> Checked<OutputTree> {
    if sources.is_partial {
        return Checked::new(OutputTree::default(), sources.found.clone());
    }
    let mut found = Vec::new();
    let site = site(sources, options, memo, &mut done, &mut found);
    let mut output = OutputTree::default();
    if let Some(site) = site {
        output = render::render(&site, &memo.exports, aside).drain_into(&mut found);
        done(Stage::Render);
        drop_later(site, memo);
    }
    memo.end_build();
    found.sort();
    // A fault of a template shows on every page that it makes.
    found.dedup_by(|second, first| {
        second.place == first.place && second.code == first.code && second.message == first.message
    });
    if Tally::of(&found).errors > 0 {
        output = OutputTree::default();
    }
    Checked::new(output, found)
}

/// All that pages are made from; `None` where an error keeps them from being made.
fn site(
    sources: &Sources,
    options: &Options,
    memo: &Memo,
    done: &mut impl FnMut(Stage),
    found: &mut Vec<Diagnostic>,
) -> Option<Site> {
    let words = Words::read(sources, &parse::settings_of(sources), &memo.words);
    let parsed = parse::parse(sources, words.value.quotes(), &memo.parse);
    let media = media::media(sources, !options.preview).drain_into(found);
    done(Stage::Parse);
    let mut handbook = link::link(parsed, sources, &words.value, options.drafts).drain_into(found);
    if options.preview {
        handbook.settings.offline = OnByDefault(false);
    }
    done(Stage::Link);
    let base_url = base_url(&handbook.settings, options);
    if base_url.is_none() {
        found.extend(handbook.settings.share_pictures.take().and_then(no_address));
    }
    let settings = &handbook.settings;
    found.extend(words.found.iter().cloned());
    let assets = assets::assets(
        sources,
        settings,
        &words.value,
        !options.preview,
        &memo.assets,
    );
    found.extend(assets.found.iter().cloned());
    allow_of_handbook(settings, found);
    let exports = export::existing(&handbook, base_url.is_some());
    let headers = export::headers::rules(settings, &media).drain_into(found);
    let plan = plan::plan(&handbook, &assets.value, &media, exports).drain_into(found);
    let names: Vec<&str> = assets.value.iter().map(|(name, _)| name).collect();
    let templates = Templates::compile(sources, settings, &words, &names, &memo.templates);
    let templates = templates.drain_into(found);
    found.extend(elsewhere::check(sources, settings, base_url.as_deref()));
    done(Stage::Plan);
    if Tally::of(found).errors > 0 {
        return None;
    }
    let bodies = typeset::typeset(&handbook, &media, &words, &memo.bodies);
    done(Stage::Typeset);
    let pieces = Pieces::new(
        &handbook,
        &plan,
        &assets.value,
        &words.value,
        &templates,
        &memo.pages,
    );
    let pieces = pieces.map_err(|fault| found.push(*fault)).ok()?;
    Some(Site {
        handbook,
        plan,
        words,
        assets,
        media,
        bodies,
        templates,
        base_url,
        headers,
        pieces,
        memo: memo.pages.clone(),
    })
}

/// Where the site will stand, with a slash at its end: as the command line says it, else as the settings do.
fn base_url(settings: &Settings, options: &Options) -> Option<String> {
    let written = || Some(settings.base_url.as_ref()?.text.to_string());
    let base_url = options.base_url.clone().or_else(written)?;
    Some(format!("{}/", base_url.trim_end_matches('/')))
}

/// Pictures for previews of links are asked for; only other hosts would ask for them, at an absolute address.
fn no_address(asked: Placed<bool>) -> Option<Diagnostic> {
    let place = Place::new(&SourcePath::new(PATH), asked.at);
    let message = "no pictures are drawn: previews of links ask for them at an address, which nothing here says";
    let help = "set `base_url`, or build with `--base-url`";
    let found = Diagnostic::new(Code::NoAddress, place, message).help(help);
    asked.value.then_some(found)
}

/// Takes away what the settings cause and allow.
fn allow_of_handbook(settings: &Settings, found: &mut Vec<Diagnostic>) {
    let path = SourcePath::new(PATH);
    let is_own =
        |one: &mut Diagnostic| one.severity() == Severity::Warning && one.place.path == path;
    let own = found.extract_if(.., is_own).collect();
    found.extend(link::allow(&settings.allow, &path, own, true));
}

/// Frees what a build was made from while its result is already used.
fn drop_later(site: Site, memo: &Memo) {
    if memo.remembers {
        rayon::spawn(move || drop(site));
    } else {
        // A process that builds once ends sooner than it could free this.
        std::mem::forget(site);
    }
}
