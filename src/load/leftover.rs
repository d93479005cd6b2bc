//! Names of files that are no sources: leftovers of editors and systems, and what hides behind a dot.

/// Names with a dot that hosts, and those who ask them, look for on a site.
pub(super) const PUBLISHED: &[&str] = &[".well-known", ".nojekyll", ".htaccess", ".domains"];

/// How names begin that systems and tools leave behind in any folder.
const OF_SYSTEMS: &[&str] = &[
    "._",
    ".#",
    ".~",
    ".DS_Store",
    ".Spotlight",
    ".Trash",
    ".directory",
    ".fseventsd",
    ".fuse_hidden",
    ".git",
    ".hg",
    ".idea",
    ".keep",
    ".localized",
    ".nfs",
    ".svn",
    ".vscode",
];

/// Leftovers of editors and systems: never sources, and not worth a word.
pub fn is_leftover(name: &str) -> bool {
    let ends = ["~", ".swp", ".swx", ".tmp", ".bak", ".orig"];
    name.starts_with('.') && !PUBLISHED.contains(&name)
        || ends.iter().any(|end| name.ends_with(end))
        || name.starts_with('#') && name.ends_with('#')
        || name.contains("___jb_")
        || matches!(name, "4913" | "Thumbs.db")
}

/// Whether an author gave a file a name that begins with a dot. Such files keep secrets, too, so that only those are published
/// which sites are known to need.
pub(super) fn is_hidden_on_purpose(name: &str) -> bool {
    let is_of_system = OF_SYSTEMS.iter().any(|start| name.starts_with(start));
    name.starts_with('.') && !is_of_system && !is_leftover(&name[1..])
}
