//! What a build reads: every file of a project, in memory, by its path from the project's root.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;

/// A path from the project's root with `/` between its parts, such as `content/questions/hard-call.yaml`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part of the path.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The file name without its last extension.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The part after the last dot of the file name; empty when there is none.
    pub fn extension(&self) -> &str {
        self.file_name()
            .rsplit_once('.')
            .map_or("", |(_, extension)| extension)
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &self.0)
    }
}

/// The folders of pictures and of files that are copied, as they are written in texts.
pub const IMAGES: &str = "images/";
pub const FILES: &str = "files/";

/// The name by which texts know a file of the project; `None` for what is neither a picture nor a file to copy.
pub fn name_of(path: &SourcePath) -> Option<&str> {
    let name = path.as_str().strip_prefix("content/")?;
    (name.starts_with(IMAGES) || name.starts_with(FILES)).then_some(name)
}

/// Whether a character may not stand in a source.
pub fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{85}')
}

/// Whether a character shows nothing and may change how others are read: marks of the writing direction, spaces
/// without a width.
pub fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'
            ..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

/// Whether a character hides something where it stands: not the mark that begins a file, not what joins the parts
/// of an emoji or the letters of scripts that need it.
pub fn hides(c: char, before: Option<char>, after: Option<char>) -> bool {
    match c {
        '\u{feff}' => before.is_some(),
        '\u{200c}' | '\u{200d}' => {
            let is_ascii = |neighbour: Option<char>| neighbour.is_none_or(|c| c.is_ascii());
            is_ascii(before) || is_ascii(after)
        }
        // The flags of England, Scotland and Wales are a black flag and the letters of their names.
        '\u{e0000}'..='\u{e007f}' => {
            !before.is_some_and(|c| matches!(c, '\u{1f3f4}' | '\u{e0000}'..='\u{e007f}'))
        }
        _ => is_hidden(c),
    }
}

/// One file's bytes and their hash.
#[derive(Clone)]
pub struct Source {
    pub bytes: Arc<[u8]>,
    /// xxh3-128 of the bytes.
    pub hash: u128,
    /// What the disk says of the file for as long as it holds these bytes; absent while that cannot be told.
    pub stamp: Option<Stamp>,
    /// Whether it is part of the program, and no other file of the project has taken its place.
    pub built_in: bool,
}

/// What a disk says of a file without its being read: it changes with every write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stamp {
    pub device: u64,
    pub inode: u64,
    /// In bytes.
    pub length: u64,
    /// When the bytes were written, in ns since 1970.
    pub modified: i128,
    /// When anything about the file was changed, in ns since 1970; no program can choose it.
    pub changed: i128,
}

impl Source {
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        let hash = xxhash_rust::xxh3::xxh3_128(&bytes);
        Self {
            bytes,
            hash,
            stamp: None,
            built_in: false,
        }
    }

    /// A file that is part of the program.
    pub fn built_in(bytes: &'static [u8]) -> Self {
        Self {
            built_in: true,
            ..Self::new(bytes)
        }
    }

    /// The bytes as text; empty when they are not UTF-8, which `parse` reports.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap_or_default()
    }

    pub fn is_text(&self) -> bool {
        std::str::from_utf8(&self.bytes).is_ok()
    }

    /// The bytes as a report may show them; as far as they are UTF-8, places in them are places in the file.
    pub fn shown(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }
}

/// Every input of a build.
#[derive(Clone, Default)]
pub struct Sources {
    files: BTreeMap<SourcePath, Source>,
    /// What was wrong with files that could not become sources: links out of the project, devices.
    pub found: Vec<Diagnostic>,
    /// Whether something is missing that exists: what refers to it cannot be judged.
    pub is_partial: bool,
}

impl Sources {
    /// Adds a file; one already at this path is replaced.
    pub fn insert(&mut self, path: SourcePath, source: Source) {
        self.files.insert(path, source);
    }

    /// Adds files; they replace those at their paths.
    pub fn lay_over(&mut self, files: Vec<(SourcePath, Source)>) {
        self.files.append(&mut files.into_iter().collect());
    }

    pub fn get(&self, path: &SourcePath) -> Option<&Source> {
        self.files.get(path)
    }

    /// A file with its path, as the sources hold it.
    pub fn entry(&self, path: &SourcePath) -> Option<(&SourcePath, &Source)> {
        self.files.get_key_value(path)
    }

    /// The text of a file; empty when there is none or it is not UTF-8.
    pub fn text(&self, path: &SourcePath) -> &str {
        self.get(path).map_or("", Source::text)
    }

    /// A file as a report may show it; empty when there is none.
    pub fn shown(&self, path: &SourcePath) -> Cow<'_, str> {
        self.get(path).map_or(Cow::Borrowed(""), Source::shown)
    }

    /// All files, ordered by path.
    pub fn iter(&self) -> impl Iterator<Item = (&SourcePath, &Source)> {
        self.files.iter()
    }

    /// The files below a folder (`themes/default/`), ordered by path.
    pub fn below<'a>(
        &'a self,
        folder: &str,
    ) -> impl Iterator<Item = (&'a SourcePath, &'a Source)> + use<'a> {
        let folder = folder.to_owned();
        self.files
            .range(SourcePath::new(folder.as_str())..)
            .take_while(move |(path, _)| path.as_str().starts_with(&folder))
    }

    /// Whether both hold the same paths with the same bytes.
    pub fn same_as(&self, other: &Self) -> bool {
        self.files.len() == other.files.len()
            && self.found == other.found
            && self
                .files
                .iter()
                .zip(&other.files)
                .all(|(mine, theirs)| mine.0 == theirs.0 && mine.1.hash == theirs.1.hash)
    }
}
