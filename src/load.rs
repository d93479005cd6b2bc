//! Disk to sources: which files exist, and their bytes. The only place where inputs are read.

#![expect(clippy::disallowed_methods, reason = "this is where inputs are read")]

mod leftover;
mod place;

use std::collections::BTreeSet;
use std::fs::DirEntry;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, SystemTime};

use include_dir::{Dir, include_dir};
use rayon::prelude::*;

pub use self::leftover::is_leftover;
use self::leftover::{PUBLISHED, is_hidden_on_purpose};
use crate::diagnostic::{Code, Diagnostic, Place, listed};
use crate::source::{Source, SourcePath, Sources, Stamp, name_of};

/// The site theme that every project starts from.
static DEFAULT_THEME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The deepest that folders may be nested.
const DEEPEST: usize = 32;
/// The most files and folders that are met behind symbolic links, which can make many out of few. What stands in the
/// project itself is as much as its author has put there.
const MOST_LINKED: usize = 100_000;
/// The most bytes that are read when symbolic links lead to folders, and the most of one file: a file of nothing but
/// holes may say that it is longer than any memory.
const MOST_BYTES: u64 = 1 << 30;

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
    static BUILT_IN: LazyLock<Sources> = LazyLock::new(|| {
        let mut sources = Sources::default();
        for (path, bytes) in built_in_theme() {
            let path = SourcePath::new(format!("themes/default/{path}"));
            sources.insert(path, Source::built_in(bytes));
        }
        sources
    });
    BUILT_IN.clone()
}

/// The nearest folder upwards that holds `content/handbook.yaml`, or `content` where nobody may look for it. Whatever bears
/// that name makes it the root: a link that leads nowhere is a mistake in this handbook, and does not mean the one above.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    let is_root =
        |folder: &&Path| match std::fs::symlink_metadata(folder.join(crate::model::handbook::PATH))
        {
            Ok(_) => true,
            Err(error) => {
                error.kind() == io::ErrorKind::PermissionDenied && folder.join("content").is_dir()
            }
        };
    start.ancestors().find(is_root).map(Path::to_path_buf)
}

/// Reads everything a build needs from a project: the built-in site theme, `content/`, and `themes/` laid over it. What
/// cannot be read is a finding, and the sources are not whole; what vanishes meanwhile is absent.
///
/// # Errors
///
/// The project's own folder cannot be entered.
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
        is_whole: true,
        above: BTreeSet::new(),
        links_above: 0,
        linked: 0,
    };
    for folder in ["content", "themes"] {
        let full = root.join(folder);
        if std::fs::symlink_metadata(&full).is_ok_and(|meta| meta.is_symlink()) {
            walk.link(folder, &full);
        } else {
            walk.enter(folder, &full);
        }
    }
    walk.files.sort_unstable();
    if walk.linked > 0 {
        walk.refuse_too_many_bytes();
    }
    let read: Vec<_> = if walk.is_whole {
        let files = walk.files.par_iter();
        files
            .filter_map(|path| read(root, SourcePath::new(path.as_str()), before, now))
            .collect()
    } else {
        Vec::new()
    };
    let mut files = Vec::with_capacity(read.len());
    for file in read {
        match file {
            Ok((path, mut source)) => {
                // A copy of what is built in, as this program's own repository holds, is no other file.
                let same = sources.get(&path).filter(|known| known.hash == source.hash);
                source.built_in = same.is_some_and(|known| known.built_in);
                files.push((path, source));
            }
            Err((path, error)) => walk.unreadable(path.as_str(), &error),
        }
    }
    sources.lay_over(files);
    walk.found.sort();
    sources.found = walk.found;
    sources.is_partial = !walk.is_whole;
    Ok(sources)
}

/// The same, where no other files can have changed than these: they stand in `before`, below `content/`, and are still
/// files, or are unknown and gone, as what an editor puts aside while it saves. `None` where only a look at everything tells.
pub fn reread(
    root: &Path,
    before: &Sources,
    files: &BTreeSet<PathBuf>,
    now: SystemTime,
) -> Option<Sources> {
    if before.is_partial || !before.found.is_empty() {
        return None;
    }
    let mut sources = before.clone();
    for full in files {
        let path = SourcePath::new(full.strip_prefix(root).ok()?.to_str()?);
        let meta = std::fs::symlink_metadata(full);
        if before.get(&path).is_some() {
            if !path.as_str().starts_with("content/") || !meta.is_ok_and(|meta| meta.is_file()) {
                return None;
            }
            let (path, source) = read(root, path, before, now)?.ok()?;
            sources.insert(path, source);
        } else {
            let gone = meta.is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
            let was_folder = before.below(&format!("{path}/")).next().is_some();
            if !gone || was_folder {
                return None;
            }
        }
    }
    Some(sources)
}

/// A file, unless it is gone.
fn read(
    root: &Path,
    path: SourcePath,
    before: &Sources,
    now: SystemTime,
) -> Option<Result<(SourcePath, Source), (SourcePath, io::Error)>> {
    let full = root.join(path.as_str());
    // Asked before the file is read: what is written meanwhile is written later than the stamp says.
    let meta = std::fs::metadata(&full).ok();
    if meta.as_ref().is_some_and(|meta| meta.len() > MOST_BYTES) {
        let error = io::Error::new(io::ErrorKind::FileTooLarge, "it has more than 1 GiB");
        return Some(Err((path, error)));
    }
    let stamp = meta.and_then(|meta| stamp(&meta));
    if let Some(known) = before.get(&path)
        && known.stamp.is_some()
        && known.stamp == stamp
    {
        return Some(Ok((path, known.clone())));
    }
    match std::fs::read(&full) {
        Ok(bytes) => {
            let mut source = Source::new(Arc::<[u8]>::from(bytes));
            source.stamp = stamp.filter(|stamp| is_settled(stamp, now));
            Some(Ok((path, source)))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => Some(Err((path, error))),
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

fn with_path(error: &io::Error, path: &Path) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

struct Walk {
    root: PathBuf,
    canonical_root: PathBuf,
    files: Vec<String>,
    found: Vec<Diagnostic>,
    /// Whether everything that was met could be read, and was.
    is_whole: bool,
    /// Real paths of the folders above the present one: entering one of them again would go in a circle.
    above: BTreeSet<PathBuf>,
    /// How many symbolic links lead to the present folder.
    links_above: usize,
    /// How many files and folders have been met behind symbolic links.
    linked: usize,
}

impl Walk {
    fn folder(&mut self, path: &str) {
        let full = self.root.join(path);
        let entries = match std::fs::read_dir(&full) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return,
            Err(error) => return self.unreadable(path, &error),
        };
        for entry in entries {
            match entry {
                Ok(entry) => self.entry(path, &entry),
                Err(error) => self.unreadable(path, &error),
            }
            if self.linked > MOST_LINKED {
                return;
            }
        }
    }

    fn entry(&mut self, folder: &str, entry: &DirEntry) {
        if self.links_above > 0 && !self.is_bounded(folder) {
            return;
        }
        let Ok(name) = entry.file_name().into_string() else {
            let shown = entry.file_name().to_string_lossy().into_owned();
            let place = Place::file(&SourcePath::new(format!("{folder}/{shown}")));
            let message = "the file's name is not UTF-8";
            self.found
                .push(Diagnostic::new(Code::InvalidId, place, message).help("rename it"));
            return;
        };
        let path = format!("{folder}/{name}");
        if is_leftover(&name) {
            if is_hidden_on_purpose(&name) && name_of(&SourcePath::new(&*path)).is_some() {
                self.left_out(&path);
            }
            return;
        }
        let kind = match entry.file_type() {
            Ok(kind) => kind,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return,
            Err(error) => return self.unreadable(&path, &error),
        };
        if kind.is_symlink() {
            self.link(&path, &entry.path());
        } else if kind.is_dir() {
            self.inner(&path, &entry.path());
        } else if kind.is_file() {
            self.file(path);
        } else {
            let message = "this is neither a file nor a folder".to_owned();
            self.not_a_file(&path, message, "remove it; it was not opened");
        }
    }

    fn file(&mut self, path: String) {
        if let Some(what) = place::folder_meant(&path) {
            let message = format!("a file stands where {what} should stand in a folder");
            self.not_a_file(&path, message, "rename the file, or make a folder of it");
        } else {
            self.files.push(path);
        }
    }

    fn left_out(&mut self, path: &str) {
        let message = "names that begin with a dot often hide secrets: this is not published";
        let help = format!(
            "rename it; of such names only {} are published",
            listed(PUBLISHED.iter().copied())
        );
        let place = Place::file(&SourcePath::new(path));
        self.found
            .push(Diagnostic::new(Code::UnknownFile, place, message).help(help));
    }

    fn not_a_file(&mut self, path: &str, message: String, help: &str) {
        let place = Place::file(&SourcePath::new(path));
        let diagnostic = Diagnostic::new(Code::NotAFile, place, message);
        self.found.push(diagnostic.help(help));
    }

    fn inner(&mut self, path: &str, full: &Path) {
        if let Some(what) = place::file_meant(path) {
            let message = format!("a folder has the name of {what}");
            self.not_a_file(path, message, "rename the folder");
            return;
        }
        if self.above.len() >= DEEPEST {
            let message = format!("folders are nested more than {DEEPEST} deep");
            let place = Place::file(&SourcePath::new(path));
            self.found.push(
                Diagnostic::new(Code::TooLarge, place, message).help("move it up; it was not read"),
            );
            return;
        }
        self.enter(path, full);
    }

    /// Counts what is met behind links; one too many ends the walk. What was found on the way was found again and again.
    fn is_bounded(&mut self, folder: &str) -> bool {
        self.linked += 1;
        if self.linked == MOST_LINKED + 1 {
            self.found.clear();
            let message =
                format!("symbolic links lead to more than {MOST_LINKED} files and folders");
            let top = folder.split('/').next().unwrap_or(folder);
            self.too_large(top, message);
        }
        self.linked <= MOST_LINKED
    }

    /// The same file counts as often as links lead to it: so often it would be read and kept.
    fn refuse_too_many_bytes(&mut self) {
        let length =
            |path: &String| std::fs::metadata(self.root.join(path)).map_or(0, |meta| meta.len());
        // The lengths of files that are nothing but holes may add up to more than a number holds.
        let lengths = self.files.par_iter().map(length);
        let bytes = lengths.reduce(|| 0, u64::saturating_add);
        if bytes > MOST_BYTES {
            let message = "symbolic links make more than 1 GiB of the project's files".to_owned();
            self.too_large("content", message);
        }
    }

    fn too_large(&mut self, path: &str, message: String) {
        self.is_whole = false;
        let place = Place::file(&SourcePath::new(path));
        self.found.push(
            Diagnostic::new(Code::TooLarge, place, message)
                .help("perhaps they lead to the same ones again and again; nothing was read"),
        );
    }

    /// Reports what exists and does not let itself be read.
    fn unreadable(&mut self, path: &str, error: &io::Error) {
        self.is_whole = false;
        let place = Place::file(&SourcePath::new(path));
        let code = match error.kind() {
            io::ErrorKind::FileTooLarge => Code::TooLarge,
            _ => Code::Unreadable,
        };
        let mut diagnostic = Diagnostic::new(code, place, format!("this cannot be read: {error}"));
        diagnostic.help = match error.kind() {
            io::ErrorKind::PermissionDenied => {
                Some("allow it to be read, or move it out of the project".to_owned())
            }
            io::ErrorKind::NotADirectory => {
                Some("a folder must stand here; rename this".to_owned())
            }
            _ => None,
        };
        self.found.push(diagnostic);
    }

    fn enter(&mut self, path: &str, full: &Path) {
        let real = match full.canonicalize() {
            Ok(real) => real,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return,
            Err(error) => return self.unreadable(path, &error),
        };
        self.above.insert(real.clone());
        self.folder(path);
        self.above.remove(&real);
    }

    /// Follows a symbolic link inside the project; reports one that leads out, in a circle or nowhere.
    fn link(&mut self, path: &str, full: &Path) {
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
        let real = match full.canonicalize() {
            Ok(real) => real,
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                return self.unreadable(path, &error);
            }
            Err(_) => return report("leads nowhere"),
        };
        if !real.starts_with(&self.canonical_root) {
            report("leads out of the project");
        } else if real.is_dir() {
            if self.above.contains(&real) || self.above.iter().any(|above| above.starts_with(&real))
            {
                report("leads in a circle");
            } else {
                self.links_above += 1;
                self.inner(path, full);
                self.links_above -= 1;
            }
        } else if real.is_file() {
            self.file(path.to_owned());
        } else {
            report("leads to neither a file nor a folder");
        }
    }
}
