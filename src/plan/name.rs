//! The names of assets and of old addresses on the site, within what systems take.

use crate::model::ids::is_device;

/// The most bytes that file systems take in a name.
pub(super) const LONGEST_NAME: usize = 255;

/// An asset's path with a part of its hash before its extension. A licence keeps its name: people look for it, and it
/// does not change.
pub(super) fn fingerprinted(name: &str, hash: &str) -> String {
    let (folder, file) = name.split_at(name.rfind('/').map_or(0, |slash| slash + 1));
    match file.rsplit_once('.') {
        Some((stem, "txt")) if stem.ends_with("LICENSE") => name.to_owned(),
        Some((stem, extension)) if !extension.is_empty() => {
            format!("{folder}{stem}.{hash}.{extension}")
        }
        _ => format!("{folder}{}.{hash}", file.trim_end_matches('.')),
    }
}

/// The most bytes of an alias's file: some systems take no more in a whole path.
pub(super) const LONGEST_ALIAS: usize = 1000;

/// The file for an old address; `None` when it is not made of plain words, so that no path leaves the site, or cannot
/// be written on every system.
pub(super) fn alias_path(alias: &str) -> Option<String> {
    let path = alias.trim_matches('/');
    let path = path.strip_suffix("/index.html").unwrap_or(path);
    let (folders, file) = match path.strip_suffix(".html") {
        Some(stem) => (stem, path.to_owned()),
        None => (path, format!("{path}/index.html")),
    };
    let plain = |part: &str| {
        !part.is_empty()
            && part.len() <= 80
            && !part.starts_with('_')
            && part
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
    };
    let is_free = folders
        .split('/')
        .all(|part| plain(part) && !is_device(part))
        && !folders.starts_with("assets/");
    is_free.then_some(file)
}
