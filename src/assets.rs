//! The files of a site theme as readers get them: name, path, bytes. Made once, and remembered until one of them changes.

mod colours;
mod extra;
mod misspelt;
mod script;
mod sheet;
mod shown;
pub(crate) mod statement;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use self::colours::Colours;
use self::tokens::Tokens;
use crate::diagnostic::{Checked, Code, Diagnostic, Place, Span, nearest};
use crate::html::hash_of;
use crate::memo::Cache;
use crate::model::Settings;
use crate::model::extra::FOLDER;
use crate::model::field::Rgb;
use crate::model::handbook::PATH;
use crate::output::{Bytes, OutputPath, ROOT, replace_root};
use crate::source::{Source, SourcePath, Sources};
use crate::words::Words;

/// Scripts of others, below `assets/`: they come small, and with their licences.
const VENDORED: &str = "vendor/";

/// The style sheet that most pages have.
const MAIN_SHEET: &str = "site.css";

/// The most bytes that file systems take in a name.
pub const LONGEST_NAME: usize = 255;

/// An asset's path with a part of its hash before its extension. A licence keeps its name: people look for it, and it
/// does not change.
fn fingerprinted(name: &str, hash: &str) -> String {
    let (folder, file) = name.split_at(name.rfind('/').map_or(0, |slash| slash + 1));
    match file.rsplit_once('.') {
        Some((stem, "txt")) if stem.ends_with("LICENSE") => name.to_owned(),
        Some((stem, extension)) if !extension.is_empty() => {
            format!("{folder}{stem}.{hash}.{extension}")
        }
        _ => format!("{folder}{}.{hash}", file.trim_end_matches('.')),
    }
}

/// A file of the site theme.
pub struct Asset {
    pub path: OutputPath,
    /// Where it stands among the sources.
    pub source: SourcePath,
    pub bytes: Bytes,
}

/// All files of a site theme.
#[derive(Default)]
pub struct Assets {
    /// By their paths below `assets/`.
    files: BTreeMap<String, Asset>,
    /// What workers are made from, by their paths below `worker/`.
    workers: BTreeMap<String, Bytes>,
    /// The tokens of its colours, in light and in dark surroundings, by name.
    colours: Tokens,
    /// A hash of all that they were made from.
    pub hash: u128,
}

/// What earlier builds made of the same files.
pub type Memo = Cache<Arc<Checked<Assets>>>;

impl Assets {
    fn add(&mut self, name: &str, source: &SourcePath, bytes: Bytes, fingerprint: bool) {
        let hash = format!("{:032x}", xxhash_rust::xxh3::xxh3_128(&bytes));
        let name_on_site = if fingerprint {
            fingerprinted(name, &hash[..8])
        } else {
            name.to_owned()
        };
        let path = OutputPath::new(format!("assets/{name_on_site}"));
        // Style sheets lead to other files from where they stand.
        let bytes = if name.ends_with(".css") {
            Bytes::from(replace_root(&bytes, "../".repeat(path.depth()).as_bytes()))
        } else {
            bytes
        };
        let source = source.clone();
        let asset = Asset {
            path,
            source,
            bytes,
        };
        self.files.insert(name.to_owned(), asset);
    }

    /// All files by their paths below `assets/`.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Asset)> {
        self.files
            .iter()
            .map(|(name, asset)| (name.as_str(), asset))
    }

    /// A file by its path below `assets/`.
    pub fn get(&self, name: &str) -> Option<&Asset> {
        self.files.get(name)
    }

    /// The address of a file, from the site's root.
    pub fn url(&self, name: &str) -> Option<String> {
        self.get(name).map(Asset::url)
    }

    /// A colour of the site theme in light and in dark surroundings, by its token; `None` where the style sheets name none.
    pub fn colour(&self, token: &str) -> Option<[Rgb; 2]> {
        self.colours.get(token).copied()
    }

    /// What a worker is made from, by its path below `worker/`.
    pub fn worker(&self, name: &str) -> Bytes {
        self.workers.get(name).cloned().unwrap_or_default()
    }
}

impl Asset {
    /// Its address, from the site's root.
    pub fn url(&self) -> String {
        format!("{ROOT}{}", self.path.encoded())
    }
}

/// Makes the files of a site theme; each file in the project replaces the built-in one of its path.
///
/// With `fingerprints`, names carry a part of their content's hash, so that they can be cached for ever. Reports
/// `broken-link` where a style sheet names another that does not exist, `unknown-word` where a script names a word that does
/// not, `unknown-token` where the tokens are misspelt, `unknown-file` where a file's name is near to that of a built-in one.
pub fn assets(
    sources: &Sources,
    settings: &Settings,
    words: &Words,
    fingerprints: bool,
    memo: &Memo,
) -> Arc<Checked<Assets>> {
    let site_theme = settings.site_theme();
    let mut files = of_theme(sources, site_theme, "assets");
    let mut found = extra::add(sources, &settings.extra, &mut files);
    found.extend(misspelt::misspelt(sources, site_theme));
    found.extend(shown::missing(sources, &files));
    let workers = of_theme(sources, site_theme, "worker");
    let hashes = |files: &Files<'_>| -> Vec<(String, SourcePath, u128, bool)> {
        let of = |(name, (path, source)): (&String, &(&SourcePath, &Source))| {
            (name.clone(), (*path).clone(), source.hash, source.built_in)
        };
        files.iter().map(of).collect()
    };
    let others: Vec<&SourcePath> = sources.below(FOLDER).map(|(path, _)| path).collect();
    let told = format!(
        "{:?} {:?} {others:?} {found:?}",
        settings.colours, settings.extra
    );
    let key = (
        hashes(&files),
        hashes(&workers),
        fingerprints,
        told,
        words.hash(),
    );
    let key = hash_of(&key);
    memo.get(key, || {
        let mut made = made(&files, &settings.colours, words, fingerprints);
        made.found.append(&mut found);
        let bytes = |source: &Source| Bytes::from_owner(source.bytes.clone());
        let workers = workers.iter();
        made.value.hash = key;
        made.value.workers = workers
            .map(|(name, (_, source))| (name.clone(), bytes(source)))
            .collect();
        Arc::new(made)
    })
}

/// Files by their paths below a folder.
type Files<'a> = BTreeMap<String, (&'a SourcePath, &'a Source)>;

/// The files of a folder of a site theme, with those of the default one that it does not replace.
fn of_theme<'a>(sources: &'a Sources, site_theme: &str, folder: &str) -> Files<'a> {
    let mut files = Files::new();
    for theme in ["default", site_theme] {
        let folder = format!("themes/{theme}/{folder}/");
        for (path, source) in sources.below(&folder) {
            files.insert(path.as_str()[folder.len()..].to_owned(), (path, source));
        }
    }
    files
}

fn made(
    files: &Files<'_>,
    colours: &Colours,
    words: &Words,
    fingerprints: bool,
) -> Checked<Assets> {
    let mut assets = Assets::default();
    let sheet = files.get(tokens::SHEET).map(|(_, source)| source.text());
    let sheet = sheet.unwrap_or_default();
    let own = tokens::of_project(files);
    let mut found = colours::check(colours, sheet, own, &SourcePath::new(PATH));
    found.extend(tokens::check(files));
    let with_colours = format!("{sheet}{}", colours::added(colours, sheet));
    // Style sheets name other files, so theirs come last: their hash covers the names they get.
    let (sheets, others): (Files<'_>, Files<'_>) = files
        .iter()
        .map(|(name, file)| (name.clone(), *file))
        .partition(|(name, _)| name.ends_with(".css"));
    for (name, (path, source)) in &others {
        let bytes = if is_script_of_theme(name, path) {
            script::made(name, path, source, words, &mut found)
        } else {
            Bytes::from_owner(source.bytes.clone())
        };
        assets.add(name, path, bytes, fingerprints);
    }
    let mut taken_in = BTreeSet::new();
    for (path, source) in sheets.values() {
        for (name, range) in sheet::taken_in(source.text()) {
            if sheets.contains_key(name) {
                taken_in.insert(name);
            } else {
                found.push(missing_sheet(path, name, &range, &sheets));
            }
        }
    }
    let text = |name: &str| {
        let (_, source) = sheets.get(name)?;
        Some(if name == tokens::SHEET {
            with_colours.as_str()
        } else {
            source.text()
        })
    };
    for (name, (path, _)) in &sheets {
        if taken_in.contains(name.as_str()) {
            continue;
        }
        let joined = sheet::joined(name, text(name).unwrap_or_default(), &text);
        if name == MAIN_SHEET {
            assets.colours = tokens::tokens(&joined);
        }
        let sheet = sheet::planned(&sheet::small(&joined), |file| {
            let names = shown::meant(name, file);
            names.iter().find_map(|name| assets.url(name))
        });
        assets.add(name, path, Bytes::from(sheet), fingerprints);
    }
    Checked::new(assets, found)
}

/// Whether it is a script in which words are named: no one else's, and none of the handbook's own, which stand below
/// `content/`.
fn is_script_of_theme(name: &str, path: &SourcePath) -> bool {
    name.ends_with(".js") && !name.starts_with(VENDORED) && path.as_str().starts_with("themes/")
}

/// A style sheet names another one that does not exist.
fn missing_sheet(
    path: &SourcePath,
    name: &str,
    statement: &Range<usize>,
    known: &Files<'_>,
) -> Diagnostic {
    let place = Place::new(path, Span::new(statement.start, statement.end));
    let message = format!("the site theme has no style sheet `{name}`");
    let help = match nearest(name, known.keys().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "name one by its path below `assets/`".to_owned(),
    };
    Diagnostic::new(Code::BrokenLink, place, message).help(help)
}
