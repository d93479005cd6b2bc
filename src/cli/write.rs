//! What commands write: new files, results on standard output, words on standard error.

#![expect(clippy::disallowed_methods, reason = "it writes new files")]

use std::fmt;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

/// Writes a file with the folders above it; one that exists is replaced.
pub(super) fn file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    make_folders(path)?;
    fs::write(path, bytes).map_err(|error| named(&error, path))
}

/// Writes a file with the folders above it, unless there is one.
pub(super) fn new_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    make_folders(path)?;
    let file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path);
    match file.and_then(|mut file| file.write_all(bytes)) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(io::Error::new(
            error.kind(),
            format!("{} already exists; nothing was written", path.display()),
        )),
        result => result.map_err(|error| named(&error, path)),
    }
}

pub(super) fn make_folders(path: &Path) -> io::Result<()> {
    let folder = path.parent().expect("a file stands in a folder");
    fs::create_dir_all(folder).map_err(|error| named(&error, folder))
}

/// Writes to standard output. That nobody reads on is no error: `prepbook theme list | head`.
pub(super) fn results(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result.map_err(|error| named(&error, Path::new("standard output"))),
    }
}

/// Says something on standard error. Nobody is left to tell if that fails; the exit code still says how it went.
pub(super) fn words(text: impl fmt::Display) {
    drop(writeln!(anstream::stderr(), "{text}"));
}

pub(super) fn named(error: &io::Error, path: &Path) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// Whether a stream takes colours: as the command line says, otherwise where it is a terminal.
pub(super) fn takes_colour(stream: &impl anstream::stream::RawStream) -> bool {
    anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never
}

/// Writes text with colours to standard output, which keeps them if it is a terminal.
pub(super) fn styled(text: &str) -> io::Result<()> {
    if takes_colour(&io::stdout()) {
        results(text.as_bytes())
    } else {
        results(anstream::adapter::strip_str(text).to_string().as_bytes())
    }
}
