//! `init` and `new`.

use std::io;
use std::path::Path;

use super::{Outcome, Terminal, export_schema, offered, write};
use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::emit::real_path;
use crate::link::link_alone;
use crate::load::{find_root, load};
use crate::model::Kind;
use crate::model::framework::Part;
use crate::model::handbook::PATH;
use crate::model::ids::{is_id, is_reserved, proposed_id};
use crate::parse::{parse_alone, settings_of};
use crate::source::{Source, SourcePath, Sources};
use crate::starter::{self, Surroundings};

fn refuse(message: String) -> io::Result<Outcome> {
    Err(io::Error::new(io::ErrorKind::InvalidInput, message))
}

/// Writes the starter handbook, and the files of a host, into a folder that has no content yet; other files that are
/// there already stay. A handbook that is there gets the files of the host that is named.
pub(super) fn init(dir: &Path, host: Option<&str>, terminal: &Terminal) -> io::Result<Outcome> {
    if let Some(host) = host.filter(|_| dir.join(PATH).is_file()) {
        return add_host(dir, host, terminal);
    }
    let host = host.unwrap_or(starter::USUAL_HOST);
    let schemas = export_schema::of_starter();
    let schemas = schemas
        .iter()
        .map(|(name, text)| (format!("{}/{name}", export_schema::FOLDER), text.as_bytes()));
    let files: Vec<(String, &[u8])> = starter::handbook()
        .into_iter()
        .chain(starter::host(host))
        .chain(schemas)
        .collect();
    let there = |(path, _): &&(String, _)| path.starts_with("content/") && dir.join(path).exists();
    if let Some((path, _)) = files.iter().find(there) {
        return refuse(format!(
            "{} already exists; nothing was written. `init --host NAME` adds the file of a host to a handbook",
            dir.join(path).display()
        ));
    }
    write_absent(dir, &files, terminal)?;
    tell_repository(dir, host, terminal)?;
    terminal.say(&format!(
        "wrote a handbook into {}; see it with: prepbook --root {} serve --open",
        dir.display(),
        as_one_word(&dir.display().to_string())
    ));
    Ok(Outcome::Fine)
}

/// Adds the files of a host to a handbook.
fn add_host(dir: &Path, host: &str, terminal: &Terminal) -> io::Result<Outcome> {
    let files = starter::host(host);
    let written = write_absent(dir, &files, terminal)?;
    tell_repository(dir, host, terminal)?;
    terminal.say(&match written.as_slice() {
        [] => format!("nothing was written into {}", dir.display()),
        [path] => format!(
            "wrote {}; its comments say what is left to do",
            dir.join(path).display()
        ),
        paths => format!("wrote {} into {}", paths.join(", "), dir.display()),
    });
    Ok(Outcome::Fine)
}

/// Says of a host's file in a handbook that is only a part of its repository where the host looks for it.
fn tell_repository(dir: &Path, host: &str, terminal: &Terminal) -> io::Result<()> {
    let real = real_path(dir)?;
    let root = real.ancestors().find(|folder| folder.join(".git").exists());
    let files = starter::host(host);
    if let (Some(root), Some((file, _))) = (root.filter(|root| **root != real), files.first()) {
        let way = real
            .strip_prefix(root)
            .unwrap_or(&real)
            .display()
            .to_string();
        terminal.say(&format!(
            "note: hosts look for {file} at the repository's root: move it to {}, and in it write `prepbook --root {way}` \
             for `prepbook`, and `{way}/output` for `output`",
            root.display(),
        ));
    }
    Ok(())
}

/// Writes the files that are not there yet, whose paths it returns, and says which are.
fn write_absent<'f>(
    dir: &Path,
    files: &'f [(String, &[u8])],
    terminal: &Terminal,
) -> io::Result<Vec<&'f str>> {
    let (kept, new): (Vec<_>, Vec<_>) = files.iter().partition(|(path, _)| dir.join(path).exists());
    for (path, bytes) in &new {
        write::new_file(&dir.join(path), bytes)?;
    }
    let names = |files: Vec<&'f (String, _)>| -> Vec<&'f str> {
        files.into_iter().map(|(path, _)| path.as_str()).collect()
    };
    if !kept.is_empty() {
        let kept = names(kept).join(", ");
        terminal.say(&format!("kept what was there: {kept}"));
    }
    Ok(names(new))
}

/// A text as a shell takes it for one word.
fn as_one_word(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+@:".contains(c);
    if text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

/// Writes a record's skeleton where its kind stands.
pub(super) fn new(
    root: &Path,
    word: &str,
    id: &str,
    title: Option<&str>,
    theme: Option<&str>,
    terminal: &Terminal,
) -> io::Result<Outcome> {
    if !root.join(PATH).is_file() {
        let near = root.canonicalize().ok().and_then(|real| find_root(&real));
        let near = near.map(|near| format!("; the handbook above it is {}", near.display()));
        let near = near.unwrap_or_default();
        return refuse(format!("no {PATH} in {}{near}", root.display()));
    }
    let kind = match kind_among(word, &offered::kinds_with_files()) {
        Ok(Kind::Principle) => return refuse(principles_stand(id)),
        Ok(kind) => kind,
        // Who misspells it wants no proposal that is refused then.
        Err(_) if nearest(word, offered::kinds()) == Some(Kind::Principle.word()) => {
            return refuse(principles_stand(id));
        }
        Err(message) => return refuse(message),
    };
    if !is_id(id) || is_reserved(id) {
        let proposal = proposed_id(&in_ascii(id, root)?)
            .map(|proposed| format!("; write `{proposed}`"))
            .unwrap_or_default();
        return refuse(format!("`{id}` cannot be an id{proposal}"));
    }
    let title = title.map_or_else(|| words(id), ToOwned::to_owned);
    let mut around = surroundings(&load(root)?, theme)?;
    // What is called `day-5` is for that day, unless another checklist is.
    let day = id.strip_prefix("day-").filter(|_| kind == Kind::Checklist);
    let day = day.and_then(|day| day.parse().ok());
    around.day = day.filter(|day| *day <= 365 && !around.days.contains(day));
    let text = starter::skeleton(kind, &title, &around);
    let text = text.expect("every kind with files has a skeleton");
    let path = format!("content/{}", kind.file(id));
    if let Some(error) = first_error(&path, &text) {
        return refuse(format!("the title cannot be used: {}", error.message));
    }
    let path = root.join(path);
    write::new_file(&path, text.as_bytes())?;
    export_schema::refresh(root)?;
    terminal.say(&format!(
        "wrote {}; it is a draft until you delete `draft: true`",
        path.display()
    ));
    Ok(Outcome::Fine)
}

/// A name with the letters of its handbook's language as that language writes them without: German `ü` is `ue`, and in others
/// `u`.
fn in_ascii(name: &str, root: &Path) -> io::Result<String> {
    let settings = settings_of(&load(root)?);
    let language = settings.language.as_ref();
    if !language.is_some_and(|language| language.tag.to_ascii_lowercase().starts_with("de")) {
        return Ok(name.to_owned());
    }
    let letters = [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")];
    let small = name.to_lowercase();
    Ok(letters
        .iter()
        .fold(small, |name, (letter, ascii)| name.replace(letter, ascii)))
}

/// The kind of a word.
pub(super) fn known_kind(word: &str) -> Result<Kind, String> {
    kind_among(word, &offered::kinds())
}

/// The kind of a word; who writes none is told of these.
fn kind_among(word: &str, kinds: &[&'static str]) -> Result<Kind, String> {
    if let Some(kind) = Kind::from_word(word) {
        return Ok(kind);
    }
    let help = match nearest(word, kinds.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the kinds are {}", kinds.join(", ")),
    };
    Err(format!("there is no kind `{word}`; {help}"))
}

/// What the handbook has that a new record can refer to. Records that are not drafts come first: what is published can
/// refer to them.
///
/// # Errors
///
/// The handbook has no theme of that id.
fn surroundings(sources: &Sources, theme: Option<&str>) -> io::Result<Surroundings> {
    let handbook = |drafts| {
        let parsed = parse_alone(sources);
        link_alone(parsed, sources, drafts).value
    };
    let (published, all) = (handbook(false), handbook(true));
    let mut around = Surroundings::default();
    for handbook in [&published, &all] {
        for at in handbook.everything() {
            let ids = around.ids.entry(at.kind).or_default();
            let id = handbook.id(at);
            if !ids.iter().any(|known| known == id) {
                ids.push(id.to_owned());
            }
        }
    }
    let themes = around.ids.get(&Kind::Theme).cloned().unwrap_or_default();
    around.theme = match theme {
        Some(theme) if themes.iter().any(|known| known == theme) => Some(theme.to_owned()),
        Some(theme) => {
            let help = match nearest(theme, themes.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the themes are {}", themes.join(", ")),
            };
            let message = format!("no theme has the id `{theme}`; {help}");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        None => themes.first().cloned(),
    };
    let checklists = all.checklists.all().map(|at| &all.checklists[at]);
    around.days = checklists
        .filter_map(|checklist| checklist.day.map(|day| day.value))
        .collect();
    let frameworks = &published.frameworks;
    let usual = published.main_framework().or(frameworks.all().next());
    around.framework = usual.map(|at| {
        let said = |part: &Part| {
            let first = part.instruction.text.lines().next();
            (part.id.id.to_string(), first.unwrap_or_default().to_owned())
        };
        let parts = frameworks[at].parts.iter().map(said);
        (frameworks.entry(at).id.to_string(), parts.collect())
    });
    Ok(around)
}

/// Where to write a principle, which has no file.
fn principles_stand(id: &str) -> String {
    let company = id
        .split_once('/')
        .map_or("<company>", |(company, _)| company);
    format!(
        "a principle stands in its company's file: add it to `principles:` in content/{}",
        Kind::Company.file(company)
    )
}

/// What is wrong with a skeleton: it is as right as the title that was put into it.
fn first_error(path: &str, text: &str) -> Option<Diagnostic> {
    let mut sources = Sources::default();
    sources.insert(SourcePath::new(path), Source::new(text.as_bytes()));
    let found = parse_alone(&sources).found;
    let is_error = |one: &Diagnostic| one.severity() == Severity::Error;
    found.into_iter().find(is_error)
}

/// An id as a title: `hard-call` becomes `Hard call`.
fn words(id: &str) -> String {
    let text = id.replace('-', " ");
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}
