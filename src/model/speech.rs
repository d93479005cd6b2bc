//! What counts about a spoken text, by rules that the site's script shares: limits in `speech.json`, and a file of words a
//! language below `speech/`.

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

const LIMITS: &str = include_str!("speech.json");

/// The languages that the rules know, by their tags without a region, and their words.
const LANGUAGES: [(&str, &str); 2] = [
    ("de", include_str!("speech/de.json")),
    ("en", include_str!("speech/en.json")),
];

/// The rules with the words of all languages; the site publishes them for what readers write.
pub fn published() -> Value {
    let read = |text: &str| -> Value { serde_json::from_str(text).expect("the rules can be read") };
    let mut rules = read(LIMITS);
    for (language, words) in LANGUAGES {
        rules["languages"][language] = read(words);
    }
    rules
}

/// Limits.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rules {
    /// How long a model answer takes.
    pub seconds: Seconds,
    /// The most of an answer that its situation may take.
    pub opening_percent: u32,
    /// Ids of parts that are situations.
    pub openings: Vec<String>,
}

#[derive(Deserialize)]
pub struct Seconds {
    pub least: u32,
    pub most: u32,
}

#[derive(Deserialize)]
struct Words {
    singular: Vec<String>,
    plural: Vec<String>,
}

/// The words that count, in the languages' order.
struct Pronouns {
    rules: Rules,
    /// Word, language, whether it speaks of several.
    words: Vec<(String, usize, bool)>,
    longest: usize,
    /// By byte, whether any of them begins with it.
    begins: [bool; 256],
}

static PRONOUNS: LazyLock<Pronouns> = LazyLock::new(|| {
    let rules: Rules = serde_json::from_str(LIMITS).expect("the limits can be read");
    let mut words = Vec::new();
    for (nth, (_, spoken)) in LANGUAGES.iter().enumerate() {
        let spoken: Words = serde_json::from_str(spoken).expect("the words can be read");
        words.extend(
            spoken
                .singular
                .iter()
                .map(|word| (word.clone(), nth, false)),
        );
        words.extend(spoken.plural.iter().map(|word| (word.clone(), nth, true)));
    }
    let longest = words.iter().map(|(word, ..)| word.len()).max();
    let mut begins = [false; 256];
    for (word, ..) in &words {
        begins[usize::from(word.as_bytes()[0])] = true;
    }
    Pronouns {
        rules,
        words,
        longest: longest.unwrap_or_default(),
        begins,
    }
});

pub fn rules() -> &'static Rules {
    &PRONOUNS.rules
}

/// How often the speaker says "I" and "we".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Persons {
    pub singular: u32,
    pub plural: u32,
}

/// What counts about a spoken text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Speech {
    pub words: u32,
    /// By language: a text is counted before it is known in which it is.
    persons: [Persons; LANGUAGES.len()],
    pub has_figure: bool,
}

impl std::ops::AddAssign for Speech {
    fn add_assign(&mut self, other: Self) {
        self.words += other.words;
        for (mine, others) in self.persons.iter_mut().zip(other.persons) {
            mine.singular += others.singular;
            mine.plural += others.plural;
        }
        self.has_figure |= other.has_figure;
    }
}

impl Speech {
    /// Counts the words of a Markdown text; code blocks and addresses of links are not spoken.
    pub fn of(text: &str) -> Self {
        let mut speech = Self::default();
        let mut in_code = false;
        for line in text.lines() {
            let trimmed = line.trim_start();
            if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
                in_code = !in_code;
            } else if !in_code {
                speech.count(line);
            }
        }
        speech
    }

    fn count(&mut self, line: &str) {
        let mut rest = line;
        let closes = |rest: &str| {
            let mut ends = memchr::memchr_iter(b']', rest.as_bytes());
            ends.find(|at| rest[at + 1..].starts_with('('))
        };
        while let Some(at) = closes(rest) {
            self.count_words(&rest[..at]);
            rest = rest[at + 2..]
                .split_once(')')
                .map_or("", |(_, after)| after);
        }
        self.count_words(rest);
    }

    fn count_words(&mut self, text: &str) {
        let pronouns = &*PRONOUNS;
        self.has_figure = self.has_figure || text.bytes().any(|byte| byte.is_ascii_digit());
        for word in text.split_ascii_whitespace() {
            // A word of letters is by far the most common; only others are looked at more closely.
            let bare = if word.as_bytes()[0].is_ascii_alphabetic() {
                word
            } else {
                word.trim_start_matches(|c: char| !c.is_alphanumeric())
            };
            let Some(first) = bare.bytes().next() else {
                continue;
            };
            self.words += 1;
            if !pronouns.begins[usize::from(first)] {
                continue;
            }
            // "I'm" and "we've" count as "I" and "we".
            let end = bare.find(|c: char| !c.is_alphanumeric());
            let bare = &bare[..end.unwrap_or(bare.len())];
            if bare.len() > pronouns.longest {
                continue;
            }
            for (pronoun, language, is_plural) in &pronouns.words {
                if bare == pronoun {
                    let persons = &mut self.persons[*language];
                    let counted = if *is_plural {
                        &mut persons.plural
                    } else {
                        &mut persons.singular
                    };
                    *counted += 1;
                }
            }
        }
    }

    /// How often the speaker says "I" and "we", in a language that the rules know.
    pub fn persons(self, language: &str) -> Option<Persons> {
        let language = language.split('-').next().unwrap_or_default();
        let mut known = LANGUAGES.iter();
        let nth = known.position(|(known, _)| known.eq_ignore_ascii_case(language))?;
        Some(self.persons[nth])
    }

    /// Whether the rules know a language: in others nothing is said of "I" and "we", fillers, blame and lessons.
    pub fn knows(language: &str) -> bool {
        Self::default().persons(language).is_some()
    }

    /// Seconds to say it at so many words a minute, rounded.
    pub fn seconds(self, words_per_minute: u32) -> u32 {
        Self::seconds_of(self.words, words_per_minute)
    }

    /// The same of so many words.
    pub fn seconds_of(words: u32, words_per_minute: u32) -> u32 {
        (words * 60 + words_per_minute / 2) / words_per_minute
    }
}
