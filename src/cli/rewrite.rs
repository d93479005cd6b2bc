//! Changes to an author's files: all of them, or none.

#![expect(clippy::disallowed_methods, reason = "it changes the author's files")]

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::write::{make_folders, named};

/// A file that changes.
pub(super) struct Rewrite {
    pub(super) path: PathBuf,
    /// What was read: whoever changed the file since is not overwritten.
    pub(super) before: Vec<u8>,
    pub(super) after: Vec<u8>,
    /// Where it is to stand, if not where it stood.
    pub(super) moved: Option<PathBuf>,
}

/// A change that waits beside its place.
struct Staged<'a> {
    change: &'a Rewrite,
    /// The file itself, where the path is a link.
    real: PathBuf,
    aside: PathBuf,
}

/// Changes files. Everything new is written aside first; if a file then refuses, those before it are put back.
///
/// # Errors
///
/// What the disk says; a file that is not as it was read; a file where another is to be moved. Then nothing has changed,
/// unless the message says which files could not be put back.
pub(super) fn rewrite(changes: &[Rewrite]) -> io::Result<()> {
    let mut staged = Vec::with_capacity(changes.len());
    let result = changes
        .iter()
        .try_for_each(|change| {
            staged.push(stage(change)?);
            Ok(())
        })
        .and_then(|()| place(&staged));
    for one in &staged {
        drop(fs::remove_file(&one.aside));
    }
    result
}

fn stage(change: &Rewrite) -> io::Result<Staged<'_>> {
    let told = |error: &io::Error| {
        let error = named(error, &change.path);
        io::Error::new(error.kind(), format!("{error}; nothing was written"))
    };
    let refused = |path: &Path, why: &str| {
        let message = format!("{} {why}; nothing was written", path.display());
        Err(io::Error::new(io::ErrorKind::AlreadyExists, message))
    };
    let real = fs::canonicalize(&change.path).map_err(|error| told(&error))?;
    if fs::read(&real).map_err(|error| told(&error))? != change.before {
        return refused(&change.path, "has changed meanwhile");
    }
    if let Some(new) = change
        .moved
        .as_ref()
        .filter(|new| new.symlink_metadata().is_ok())
    {
        return refused(new, "already exists");
    }
    let name = real.file_name().unwrap_or_default().to_string_lossy();
    let aside = real.with_file_name(format!(".{name}.new"));
    let write = || {
        fs::write(&aside, &change.after)?;
        fs::set_permissions(&aside, fs::metadata(&real)?.permissions())
    };
    write().map_err(|error| {
        drop(fs::remove_file(&aside));
        told(&error)
    })?;
    Ok(Staged {
        change,
        real,
        aside,
    })
}

fn place(staged: &[Staged<'_>]) -> io::Result<()> {
    for (nth, one) in staged.iter().enumerate() {
        let placed = fs::rename(&one.aside, &one.real).and_then(|()| match &one.change.moved {
            Some(new) => fs::rename(&one.change.path, new),
            None => Ok(()),
        });
        if let Err(error) = placed {
            let lost: Vec<String> = staged[..=nth].iter().filter_map(put_back).collect();
            let rest = if lost.is_empty() {
                "nothing has changed".to_owned()
            } else {
                format!("these files could not be put back: {}", lost.join(", "))
            };
            let error = named(&error, &one.change.path);
            return Err(io::Error::new(error.kind(), format!("{error}; {rest}")));
        }
    }
    Ok(())
}

/// Undoes a change as far as it was made; its path if that fails.
fn put_back(one: &Staged<'_>) -> Option<String> {
    let undo = || {
        if let Some(new) = one.change.moved.as_ref().filter(|new| new.exists()) {
            fs::rename(new, &one.change.path)?;
        }
        if fs::read(&one.real)? == one.change.before {
            return Ok(());
        }
        fs::write(&one.aside, &one.change.before)?;
        fs::rename(&one.aside, &one.real)
    };
    let undone: io::Result<()> = undo();
    undone
        .is_err()
        .then(|| one.change.path.display().to_string())
}

/// Writes new files with the folders above them; none where one cannot be written or exists already.
///
/// # Errors
///
/// What the disk says, or which file exists.
pub(super) fn create(files: &[(PathBuf, Vec<u8>)]) -> io::Result<()> {
    let mut made = Vec::new();
    let result = files.iter().try_for_each(|(path, bytes)| {
        make_folders(path)?;
        let file = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(path);
        let mut file = file.map_err(|error| named(&error, path))?;
        made.push(path);
        file.write_all(bytes).map_err(|error| named(&error, path))
    });
    result.map_err(|error: io::Error| {
        for path in made {
            drop(fs::remove_file(path));
        }
        io::Error::new(error.kind(), format!("{error}; nothing was written"))
    })
}
