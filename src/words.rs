//! The words of the interface: one file a language in `words/` of the site theme, read, checked and given by their keys.

mod check;
mod message;
mod plural;
mod script;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::Arc;

pub use self::message::{Message, pieces};
pub use self::plural::Plurals;
pub use self::script::laid_in;
use crate::diagnostic::{Checked, Code, Diagnostic, Place, Span, listed, nearest};
use crate::html::{escape, hash_of};
use crate::kind::Kind;
use crate::memo::Cache;
use crate::model::Settings;
use crate::model::field::Date;
use crate::model::handbook::PATH;
use crate::model::markdown::Quotes;
use crate::section::Section;
use crate::source::{Source, SourcePath, Sources};
use crate::yaml::Node;

/// The language that tells which words there are.
const MEASURE: &str = "en";
/// The languages that are built in, whose words a project's files change one by one.
static BUILT_IN: [(&str, &str); 2] = [
    (MEASURE, include_str!("../themes/default/words/en.yaml")),
    ("de", include_str!("../themes/default/words/de.yaml")),
];

/// Words by what they were read from.
pub type Memo = Cache<Arc<Checked<Words>>>;

/// The words of the interface in a handbook's language.
pub struct Words {
    /// By key, `group.word`.
    messages: BTreeMap<String, Message>,
    plurals: Plurals,
    hash: u128,
    quotes: Quotes,
}

/// A file of words.
struct File<'s> {
    path: SourcePath,
    source: &'s Source,
    language: String,
}

impl Words {
    /// The words in the handbook's language; in English where no file is for it.
    ///
    /// Reports `no-words` where there is no file for the language, and in files that are not built in `missing-word`,
    /// `unknown-word`, `plural-form` and `word-places`, besides what is wrong with them as YAML.
    pub fn read(sources: &Sources, settings: &Settings, memo: &Memo) -> Arc<Checked<Self>> {
        let files = files(sources, settings.site_theme());
        let written = settings.language();
        let own = of_language(&files, written);
        let measure = of_language(&files, MEASURE);
        let told = |files: &[&File<'_>]| -> Vec<(String, u128, bool)> {
            let told = files.iter();
            told.map(|file| {
                (
                    file.path.to_string(),
                    file.source.hash,
                    file.source.built_in,
                )
            })
            .collect()
        };
        let known: Vec<&str> = files.iter().map(|file| file.language.as_str()).collect();
        let at = settings.language.as_ref().map(|language| language.at);
        let key = hash_of(&(told(&own), told(&measure), written, &known, at));
        memo.get(key, || {
            let mut found = Vec::new();
            if own.is_empty() {
                found.push(no_words(written, at.unwrap_or_default(), settings, &known));
            }
            let words = if own.is_empty() {
                Self::of(&measure, &measure, &mut found)
            } else {
                Self::of(&own, &measure, &mut found)
            };
            Arc::new(Checked::new(words, found))
        })
    }

    /// How the handbook's language quotes, for those who ask for no other words.
    pub fn quotes_of(sources: &Sources, settings: &Settings) -> Quotes {
        let words = Self::read(sources, settings, &Memo::new(false));
        words.value.quotes.clone()
    }

    /// The words of a language's files, of which each comes before the next, and what is built in last. Files that are not
    /// built in are held against English; only where no language is built in must they have all words.
    fn of(files: &[&File<'_>], measure: &[&File<'_>], found: &mut Vec<Diagnostic>) -> Self {
        let language = files.first().map_or(MEASURE, |file| &*file.language);
        let built_in = prefixes(language).find_map(built_in);
        let base = built_in.map(|(language, text)| (built_in_path(language), text));
        if files.iter().all(|file| file.source.built_in)
            && let Some((path, text)) = &base
        {
            let messages = message::read(path, text, found);
            return Self::new(language, plain(messages));
        }
        let english = if language == MEASURE {
            message::read_built_in(found)
        } else {
            merged(measure, found)
        };
        let mut messages = BTreeMap::new();
        let own: Vec<_> = files.iter().filter(|file| !file.source.built_in).collect();
        for (nth, file) in own.iter().enumerate() {
            let read = message::read(&file.path, file.source.text(), found);
            let plurals = Plurals::of(&file.language);
            let rules = check::Rules {
                plurals: &plurals,
                may_add: file.language == MEASURE,
                must_be_whole: base.is_none() && nth + 1 == own.len(),
            };
            found.extend(check::compared(&file.path, &read, &english, &rules));
            for (key, own) in read {
                // What has other places is told once, here, and not again where it would be shown.
                let fits = english.get(&key);
                let fits = fits.is_none_or(|measure| check::fits(&file.path, &key, &own, measure));
                if fits {
                    messages.entry(key).or_insert(own);
                }
            }
        }
        let base = base.map(|(path, text)| message::read(&path, text, found));
        for (key, placed) in base.into_iter().chain([english]).flatten() {
            messages.entry(key).or_insert(placed);
        }
        Self::new(language, plain(messages))
    }

    fn new(language: &str, messages: BTreeMap<String, Message>) -> Self {
        let hash = hash_of(&(language, &messages));
        let plurals = Plurals::of(language);
        let mut words = Self {
            messages,
            plurals,
            hash,
            quotes: Quotes::default(),
        };
        let mark = |name: &str| Arc::from(words.text(&format!("quote.{name}")));
        words.quotes = Quotes {
            double: [mark("open"), mark("close")],
            single: [mark("inner-open"), mark("inner-close")],
        };
        words
    }

    /// How the language quotes.
    pub fn quotes(&self) -> &Quotes {
        &self.quotes
    }

    /// Of all words: a part of the key of everything that shows some.
    pub fn hash(&self) -> u128 {
        self.hash
    }

    /// A message by its key; `None` where there is none.
    pub fn message(&self, key: &str) -> Option<&Message> {
        self.messages.get(key)
    }

    /// A text without values. The program asks only for keys that English has, which a test makes sure of.
    pub fn text(&self, key: &str) -> &str {
        self.message(key)
            .map_or("", |message| message.form(&self.plurals, None))
    }

    /// The title of an index page.
    pub fn section(&self, section: Section) -> &str {
        self.text(&format!("section.{}", section.folder()))
    }

    /// The heading of a list of records of a kind.
    pub fn group(&self, kind: Kind) -> &str {
        match kind {
            Kind::Principle => self.text("heading.principles"),
            _ => self.section(kind.section()),
        }
    }

    /// A date in words: `20 November 2026`.
    pub fn day(&self, date: &Date) -> String {
        let month = self.text(&format!("date.month-{}", date.0.month()));
        let (day, year) = (date.0.day(), date.0.year());
        self.filled(
            "date.day",
            &[("day", &day), ("month", &month), ("year", &year)],
        )
    }

    /// A message with its values, of which `n` chooses the plural form.
    pub fn filled(&self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        let n = values.iter().find(|(name, _)| *name == "n");
        let n = n.and_then(|(_, n)| n.to_string().parse().ok());
        let Some(message) = self.message(key) else {
            return key.to_owned();
        };
        let mut out = String::new();
        message::pieces(message.form(&self.plurals, n), |text, name| {
            out.push_str(text);
            if let Some((_, value)) = values.iter().find(|(known, _)| Some(*known) == name) {
                out.push_str(&value.to_string());
            }
        });
        out
    }

    /// A number of things: the message with its `n`.
    pub fn counted(&self, key: &str, n: usize) -> String {
        self.filled(key, &[("n", &n)])
    }

    /// A message as HTML: its own text is escaped, what `value` writes for a name is not.
    pub fn html(
        &self,
        message: &Message,
        n: Option<u64>,
        mut value: impl FnMut(&str, &mut String),
    ) -> String {
        let mut out = String::new();
        message::pieces(message.form(&self.plurals, n), |text, name| {
            out.push_str(&escape(text));
            if let Some(name) = name {
                value(name, &mut out);
            }
        });
        out
    }

    /// What is said of a key that is no word's: a message and a help.
    pub fn unknown(&self, key: &str) -> (String, String) {
        let message = format!("there is no word `{key}`");
        let help = match nearest(key, self.messages.keys().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write the key of one in `words/en.yaml`, as in `bar.search`".to_owned(),
        };
        (message, help)
    }
}

/// The files of words that a site theme has, its own before those of the default one.
fn files<'s>(sources: &'s Sources, site_theme: &str) -> Vec<File<'s>> {
    let mut files = Vec::new();
    let own = (site_theme != "default").then_some(site_theme);
    for theme in own.into_iter().chain(["default"]) {
        let folder = format!("themes/{theme}/words/");
        for (path, source) in sources.below(&folder) {
            if let Some(language) = path.as_str()[folder.len()..].strip_suffix(".yaml") {
                files.push(File {
                    path: path.clone(),
                    source,
                    language: language.to_owned(),
                });
            }
        }
    }
    files
}

/// The files of a language, the nearest first: those of the tag before those of its parts, and the site theme's own before
/// those of the default one.
fn of_language<'f, 's>(files: &'f [File<'s>], tag: &str) -> Vec<&'f File<'s>> {
    let of = |tag| {
        let is_its = move |file: &&File<'_>| file.language.eq_ignore_ascii_case(tag);
        files.iter().filter(is_its)
    };
    prefixes(tag).flat_map(of).collect()
}

/// The words of some files, of which each comes before the next, and those of English, all without a check.
fn merged(files: &[&File<'_>], found: &mut Vec<Diagnostic>) -> BTreeMap<String, Placed> {
    let mut messages = BTreeMap::new();
    for file in files {
        for (key, placed) in message::read(&file.path, file.source.text(), found) {
            messages.entry(key).or_insert(placed);
        }
    }
    for (key, placed) in message::read_built_in(found) {
        messages.entry(key).or_insert(placed);
    }
    messages
}

fn plain(messages: BTreeMap<String, Placed>) -> BTreeMap<String, Message> {
    let messages = messages.into_iter();
    messages
        .map(|(key, placed)| (key, placed.message))
        .collect()
}

/// The words of a language that is built in.
fn built_in(language: &str) -> Option<(&'static str, &'static str)> {
    let mut known = BUILT_IN.iter();
    let known = known.find(|(known, _)| known.eq_ignore_ascii_case(language));
    known.copied()
}

/// A language tag and what is left of it without its last parts: `de-CH`, `de`.
fn prefixes(tag: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(tag), |tag| Some(tag.rsplit_once('-')?.0))
}

fn built_in_path(language: &str) -> SourcePath {
    SourcePath::new(format!("themes/default/words/{language}.yaml"))
}

/// No file is for the handbook's language.
fn no_words(language: &str, at: Span, settings: &Settings, known: &[&str]) -> Diagnostic {
    let place = Place::new(&SourcePath::new(PATH), at);
    let message = format!("the interface has no words in `{language}` and stays English");
    let mut known = known.to_vec();
    known.sort_unstable();
    known.dedup();
    let there = listed(known.iter().copied());
    let tag = prefixes(language).last().unwrap_or(language);
    let theme = settings.site_theme();
    Diagnostic::new(Code::NoWords, place, message).help(format!(
        "there are {there}; `prepbook theme eject words/en.yaml`, then rename `themes/{theme}/words/en.yaml` to `{tag}.yaml` and translate it"
    ))
}

/// A message and where it stands.
struct Placed {
    message: Message,
    /// The names of its plural forms.
    forms_at: Vec<Span>,
    /// Its key.
    key_at: Span,
    /// Itself.
    at: Span,
    /// The key of its group.
    group_at: Span,
}

/// What is wrong at a node of a file of words.
fn wrong(path: &SourcePath, node: &Node, wanted: &str) -> Diagnostic {
    let message = format!("{wanted}, not {}", node.value.describe());
    Diagnostic::new(Code::WrongType, Place::new(path, node.at), message)
}
