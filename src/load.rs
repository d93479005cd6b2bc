//! Disk to sources: which files exist, and their bytes. The only place where inputs are read.

#![expect(clippy::disallowed_methods, reason = "this is where inputs are read")]

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use include_dir::{Dir, include_dir};
use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::source::{Source, SourcePath, Sources, Stamp};

/// The site theme that every project starts from.
static DEFAULT_THEME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The deepest that folders may be nested, and the most files and folders that are walked: symbolic links can make
/// many out of few.
const DEEPEST: usize = 32;
const MOST_ENTRIES: usize = 100_000;
/// The most bytes that are read when symbolic links lead to folders.
const MOST_LINKED_BYTES: u64 = 1 << 30;

/// The longest between two ticks of a file system's clock.
const CLOCK_TICK: Duration = Duration::from_secs(2);

/// The built-in site theme's files: path below `themes/default/`, bytes.
pub fn built_in_theme() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    fn files(
        dir: &'static Dir<'static>,
    ) -> Box<dyn Iterator<Item = (&'static str, &'static [u8])>> {
        let own = dir
            .files()
            .filter_map(|file| Some((file.path().to_str()?, file.contents())));
        Box::new(own.chain(dir.dirs().flat_map(files)))
    }
    files(&DEFAULT_THEME)
}

/// The built-in site theme as the first layer of a project's sources.
pub fn built_in() -> Sources {
    let mut sources = Sources::default();
    for (path, bytes) in built_in_theme() {
        let path = SourcePath::new(format!("themes/default/{path}"));
        sources.insert(path, Source::built_in(bytes));
    }
    sources
}

/// The nearest folder upwards that holds `content/handbook.yaml`.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    start
        .ancestors()
        .find(|folder| folder.join(crate::model::handbook::PATH).is_file())
        .map(Path::to_path_buf)
}

/// Reads everything a build needs from a project: the built-in site theme, `content/`, and `themes/` laid over it.
///
/// # Errors
///
/// A file or folder that exists and cannot be read ends the load, as do more of them than can be meant; one that
/// vanishes meanwhile is absent.
pub fn load(root: &Path) -> io::Result<Sources> {
    reload(root, &Sources::default(), SystemTime::now())
}

/// The same, a moment after `before` was loaded: files that the disk says are untouched are not read again. `now` is
/// the time, after which nothing that is read here was written.
///
/// # Errors
///
/// As [`load`].
pub fn reload(root: &Path, before: &Sources, now: SystemTime) -> io::Result<Sources> {
    let mut sources = built_in();
    let mut walk = Walk {
        root: root.to_path_buf(),
        canonical_root: root
            .canonicalize()
            .map_err(|error| with_path(&error, root))?,
        files: Vec::new(),
        found: Vec::new(),
        above: BTreeSet::new(),
        entries: 0,
        follows_folders: false,
    };
    for folder in ["content", "themes"] {
        let full = root.join(folder);
        if std::fs::symlink_metadata(&full).is_ok_and(|meta| meta.is_symlink()) {
            walk.link(folder, &full)?;
        } else {
            walk.enter(folder, &full)?;
        }
    }
    walk.files.sort_unstable();
    if walk.follows_folders {
        refuse_too_many_bytes(root, &walk.files)?;
    }
    let read: Vec<_> = walk
        .files
        .par_iter()
        .map(|path| read(root, SourcePath::new(path.as_str()), before, now))
        .collect::<io::Result<_>>()?;
    for (path, mut source) in read.into_iter().flatten() {
        // A copy of what is built in, as this program's own repository holds, is no other file.
        let same = sources.get(&path).filter(|known| known.hash == source.hash);
        source.built_in = same.is_some_and(|known| known.built_in);
        sources.insert(path, source);
    }
    walk.found.sort();
    sources.found = walk.found;
    Ok(sources)
}

fn read(
    root: &Path,
    path: SourcePath,
    before: &Sources,
    now: SystemTime,
) -> io::Result<Option<(SourcePath, Source)>> {
    let full = root.join(path.as_str());
    // Asked before the file is read: what is written meanwhile is written later than the stamp says.
    let stamp = std::fs::metadata(&full).ok().and_then(|meta| stamp(&meta));
    if let Some(known) = before.get(&path)
        && known.stamp.is_some()
        && known.stamp == stamp
    {
        return Ok(Some((path, known.clone())));
    }
    match std::fs::read(&full) {
        Ok(bytes) => {
            let mut source = Source::new(Arc::<[u8]>::from(bytes));
            source.stamp = stamp.filter(|stamp| is_settled(stamp, now));
            Ok(Some((path, source)))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(with_path(&error, &full)),
    }
}

#[cfg(unix)]
#[expect(
    clippy::unnecessary_wraps,
    reason = "there is none on systems without such times"
)]
fn stamp(meta: &std::fs::Metadata) -> Option<Stamp> {
    use std::os::unix::fs::MetadataExt as _;
    let nanoseconds =
        |seconds: i64, rest: i64| i128::from(seconds) * 1_000_000_000 + i128::from(rest);
    Some(Stamp {
        device: meta.dev(),
        inode: meta.ino(),
        length: meta.len(),
        modified: nanoseconds(meta.mtime(), meta.mtime_nsec()),
        changed: nanoseconds(meta.ctime(), meta.ctime_nsec()),
    })
}

/// Elsewhere a program can give a changed file its old times back: it must be read.
#[cfg(not(unix))]
fn stamp(_: &std::fs::Metadata) -> Option<Stamp> {
    None
}

/// Whether another write would change the stamp: clocks of file systems tick as slowly as once in two seconds.
fn is_settled(stamp: &Stamp, now: SystemTime) -> bool {
    let latest = now
        .checked_sub(CLOCK_TICK)
        .and_then(|latest| latest.duration_since(SystemTime::UNIX_EPOCH).ok())
        .and_then(|since| i128::try_from(since.as_nanos()).ok());
    latest.is_some_and(|latest| stamp.modified.max(stamp.changed) < latest)
}

/// The same file counts as often as links lead to it: so often it would be read and kept.
fn refuse_too_many_bytes(root: &Path, files: &[String]) -> io::Result<()> {
    let length = |path: &String| std::fs::metadata(root.join(path)).map_or(0, |meta| meta.len());
    let bytes: u64 = files.par_iter().map(length).sum();
    if bytes <= MOST_LINKED_BYTES {
        return Ok(());
    }
    let message = format!(
        "{}: symbolic links make more than 1 GiB of its files",
        root.display()
    );
    Err(io::Error::new(io::ErrorKind::InvalidData, message))
}

fn with_path(error: &io::Error, path: &Path) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// Leftovers of editors and systems: never sources, and not worth a word.
pub fn is_leftover(name: &str) -> bool {
    let ends = ["~", ".swp", ".swx", ".tmp", ".bak", ".orig"];
    name.starts_with('.')
        || ends.iter().any(|end| name.ends_with(end))
        || name.starts_with('#') && name.ends_with('#')
        || name.contains("___jb_")
        || matches!(name, "4913" | "Thumbs.db")
}

struct Walk {
    root: PathBuf,
    canonical_root: PathBuf,
    files: Vec<String>,
    found: Vec<Diagnostic>,
    /// Real paths of the folders above the present one: entering one of them again would go in a circle.
    above: BTreeSet<PathBuf>,
    /// How many files and folders have been met.
    entries: usize,
    /// Whether a symbolic link has led to a folder.
    follows_folders: bool,
}

impl Walk {
    fn folder(&mut self, path: &str) -> io::Result<()> {
        let full = self.root.join(path);
        let entries = match std::fs::read_dir(&full) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(with_path(&error, &full)),
        };
        for entry in entries {
            let entry = entry.map_err(|error| with_path(&error, &full))?;
            self.count()?;
            let Ok(name) = entry.file_name().into_string() else {
                let shown = entry.file_name().to_string_lossy().into_owned();
                let place = Place::file(&SourcePath::new(format!("{path}/{shown}")));
                self.found.push(
                    Diagnostic::new(Code::InvalidId, place, "the file's name is not UTF-8")
                        .help("rename it"),
                );
                continue;
            };
            if is_leftover(&name) {
                continue;
            }
            let kind = match entry.file_type() {
                Ok(kind) => kind,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(with_path(&error, &entry.path())),
            };
            let path = format!("{path}/{name}");
            if kind.is_symlink() {
                self.link(&path, &entry.path())?;
            } else if kind.is_dir() {
                self.inner(&path, &entry.path())?;
            } else if kind.is_file() {
                self.files.push(path);
            } else {
                let diagnostic = Diagnostic::new(
                    Code::NotAFile,
                    Place::file(&SourcePath::new(path)),
                    "this is neither a file nor a folder",
                );
                self.found
                    .push(diagnostic.help("remove it; it was not opened"));
            }
        }
        Ok(())
    }

    fn inner(&mut self, path: &str, full: &Path) -> io::Result<()> {
        if path.ends_with(".yaml") || path.ends_with(".md") {
            let diagnostic = Diagnostic::new(
                Code::NotAFile,
                Place::file(&SourcePath::new(path)),
                "a folder has the name of a record",
            );
            self.found.push(diagnostic.help("rename the folder"));
            return Ok(());
        }
        if self.above.len() >= DEEPEST {
            let message = format!("folders are nested more than {DEEPEST} deep");
            let place = Place::file(&SourcePath::new(path));
            self.found.push(
                Diagnostic::new(Code::TooLarge, place, message).help("move it up; it was not read"),
            );
            return Ok(());
        }
        self.enter(path, full)
    }

    fn count(&mut self) -> io::Result<()> {
        self.entries += 1;
        if self.entries <= MOST_ENTRIES {
            return Ok(());
        }
        let message = format!(
            "{}: more than {MOST_ENTRIES} files and folders; perhaps symbolic links lead to the same ones again and again",
            self.root.display()
        );
        Err(io::Error::new(io::ErrorKind::InvalidData, message))
    }

    fn enter(&mut self, path: &str, full: &Path) -> io::Result<()> {
        let real = match full.canonicalize() {
            Ok(real) => real,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(with_path(&error, full)),
        };
        self.above.insert(real.clone());
        let result = self.folder(path);
        self.above.remove(&real);
        result
    }

    /// Follows a symbolic link inside the project; reports one that leads out, in a circle or nowhere.
    fn link(&mut self, path: &str, full: &Path) -> io::Result<()> {
        let target = std::fs::read_link(full)
            .map(|target| target.display().to_string())
            .unwrap_or_default();
        let mut report = |why: &str| {
            let place = Place::file(&SourcePath::new(path));
            let message = format!("the symbolic link to `{target}` {why}");
            self.found.push(
                Diagnostic::new(Code::LinkOutside, place, message)
                    .help("put what it should lead to here itself"),
            );
        };
        let Ok(real) = full.canonicalize() else {
            report("leads nowhere");
            return Ok(());
        };
        if !real.starts_with(&self.canonical_root) {
            report("leads out of the project");
        } else if real.is_dir() {
            if self.above.contains(&real) || self.above.iter().any(|above| above.starts_with(&real))
            {
                report("leads in a circle");
            } else {
                self.follows_folders = true;
                self.inner(path, full)?;
            }
        } else if real.is_file() {
            self.files.push(path.to_owned());
        } else {
            report("leads to neither a file nor a folder");
        }
        Ok(())
    }
}
