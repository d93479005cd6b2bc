//! Names of records: typed, so that a question's id cannot be taken for a theme's.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::sync::Arc;

use super::field::Text;
use super::reference::Common;
use crate::kind::Kind;

/// A type of record with a kind.
pub trait RecordKind {
    const KIND: Kind;

    fn title(&self) -> &Text;

    /// What every record with a file of its own has.
    fn common(&self) -> Option<&Common>;
}

/// The name of a record: its file's stem, or `company/principle`.
pub struct Id<R> {
    name: Arc<str>,
    kind: PhantomData<fn() -> R>,
}

impl<R> Id<R> {
    pub fn new(name: impl Into<Arc<str>>) -> Self {
        Self {
            name: name.into(),
            kind: PhantomData,
        }
    }

    pub fn as_str(&self) -> &str {
        &self.name
    }

    pub fn name(&self) -> Arc<str> {
        self.name.clone()
    }
}

impl<R> Clone for Id<R> {
    fn clone(&self) -> Self {
        Self {
            name: self.name.clone(),
            kind: PhantomData,
        }
    }
}
impl<R> Default for Id<R> {
    fn default() -> Self {
        Self::new("")
    }
}
impl<R> PartialEq for Id<R> {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}
impl<R> Eq for Id<R> {}
impl<R> PartialOrd for Id<R> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<R> Ord for Id<R> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name.cmp(&other.name)
    }
}
impl<R> Hash for Id<R> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}
/// Equal and hashed as its name, so that tables are asked without making an id.
impl<R> Borrow<str> for Id<R> {
    fn borrow(&self) -> &str {
        &self.name
    }
}
impl<R> fmt::Debug for Id<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &self.name)
    }
}
impl<R> fmt::Display for Id<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// Whether a name can be an id: `[a-z0-9]+(-[a-z0-9]+)*`, at most 80 characters.
pub fn is_id(name: &str) -> bool {
    name.len() <= 80
        && name.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

/// The ids that the frame of every page has: places on pages are called otherwise.
pub const FRAME_IDS: &[&str] = &["main", "search-open", "help-open"];

/// Whether a name is that of a device on Windows: no file there can have it.
pub fn is_device(name: &str) -> bool {
    matches!(name, "con" | "prn" | "aux" | "nul")
        || (name.len() == 4
            && (name.starts_with("com") || name.starts_with("lpt"))
            && name.as_bytes()[3].is_ascii_digit())
}

/// Names no record may have: device names of Windows and names the site itself uses.
pub fn is_reserved(name: &str) -> bool {
    is_device(name) || matches!(name, "index" | "404" | "assets") || FRAME_IDS.contains(&name)
}

/// A name without pictures, which have long names of their own, and with the marks of `C++` and `C#` in words.
fn spoken(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut word = 0;
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        let is_picture = || {
            let named = deunicode::deunicode_char(letter).unwrap_or_default();
            named.contains(|c: char| c.is_ascii_alphabetic())
        };
        match letter {
            '+' if word > 0 && next == Some('+') => {
                letters.next();
                out.push_str(" plus plus ");
            }
            '#' if word == 1 && !next.is_some_and(char::is_alphanumeric) => {
                out.push_str(" sharp ");
            }
            _ if letter.is_ascii() || letter.is_alphanumeric() || !is_picture() => out.push(letter),
            _ => out.push(' '),
        }
        word = if letter.is_alphabetic() { word + 1 } else { 0 };
    }
    out
}

/// The id that a name was probably meant to be; `None` when nothing is left of it.
pub fn proposed_id(name: &str) -> Option<String> {
    let ascii = deunicode::deunicode(&spoken(name)).to_lowercase();
    let words: Vec<&str> = ascii
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let mut id = words.join("-");
    id.truncate(80);
    let id = id.trim_end_matches('-').to_owned();
    (!id.is_empty() && !is_reserved(&id)).then_some(id)
}
