//! What the columns of a list hold: guessed from their names, said by the author.

use super::List;
use crate::diagnostic::nearest;

macro_rules! columns {
    ($($name:ident $word:literal [$($alias:literal)*], $meaning:literal;)*) => {
        /// What a column can hold: a field of questions.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Column { $(#[doc = $meaning] $name,)* }

        impl Column {
            /// All of them, with the words that lists call them by.
            const ALL: &[(Self, &[&str])] = &[$((Self::$name, &[$($alias,)*]),)*];

            /// The field's name, as `--map` takes it.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }
        }
    };
}

columns! {
    Title "title" ["title" "question" "questions" "interview question" "front" "prompt" "q" "name"], "The question.";
    Answer "answer" ["answer" "answers" "back" "response" "solution" "explanation" "a"], "Its answer.";
    Theme "theme" ["theme" "topic" "category" "section" "subject" "competency" "area" "type" "group"], "Its theme, by title or id.";
    Companies "companies" ["company" "companies" "asked by" "asked at" "employer"], "Who asks it.";
    Tags "tags" ["tags" "tag" "keywords" "labels"], "Words for search.";
    Roles "roles" ["role" "roles" "position" "job"], "Roles that hear it.";
    Difficulty "difficulty" ["difficulty" "level" "hardness"], "How hard it is.";
    Frequency "frequency" ["frequency" "how often"], "How often it is asked.";
    AlsoAsked "also_asked" ["also asked" "variants" "other wordings" "alternatives"], "Other wordings.";
    HowToAnswer "how_to_answer" ["how to answer" "advice" "tips" "hints" "hint"], "Advice before the answer.";
    Evaluates "evaluates" ["evaluates" "looking for" "what they look for" "criteria"], "What the interviewer scores.";
}

impl Column {
    fn from_word(word: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().map(|(column, _)| *column);
        all.find(|column| column.word() == word)
    }

    /// A cell as the value of a field that takes few; `None` where it is none of them.
    pub(super) fn value(self, cell: &str) -> Option<&'static str> {
        let cell = cell.trim().to_lowercase();
        let values: &[(&str, &[&str])] = match self {
            Self::Difficulty => &[
                ("1", &["1", "easy", "low", "beginner", "junior"]),
                ("2", &["2", "medium", "middle", "intermediate", "mid"]),
                (
                    "3",
                    &["3", "hard", "high", "difficult", "advanced", "senior"],
                ),
            ],
            Self::Frequency => &[
                (
                    "common",
                    &["common", "high", "often", "very common", "always"],
                ),
                ("regular", &["regular", "medium", "sometimes"]),
                ("occasional", &["occasional", "low", "rare", "rarely"]),
            ],
            _ => &[],
        };
        let found = values
            .iter()
            .find(|(_, words)| words.contains(&cell.as_str()));
        found.map(|(value, _)| *value)
    }
}

/// A column's name without its case and marks.
fn plain(name: &str) -> String {
    let words = name.to_lowercase();
    let words = words.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What a column of this name holds.
pub(super) fn guessed(name: &str) -> Option<Column> {
    let name = plain(name);
    let found = |is_it: &dyn Fn(&str) -> bool| {
        let mut all = Column::ALL.iter();
        let found = all.find(|(_, aliases)| aliases.iter().any(|alias| is_it(alias)));
        found.map(|(column, _)| *column)
    };
    // One letter says something only by itself.
    let is_within =
        |alias: &str| alias.len() > 1 && format!(" {name} ").contains(&format!(" {alias} "));
    found(&|alias| alias == name).or_else(|| found(&is_within))
}

/// What each column of a list holds: what its name says, unless the author says otherwise (`Topic=theme`; `Notes=` for
/// a column that is left out).
///
/// # Errors
///
/// A column or a field that there is not.
pub fn columns(list: &List, said: &[String]) -> Result<Vec<Option<Column>>, String> {
    let is_named = list.columns.iter().any(|name| guessed(name).is_some());
    let by_place = [Some(Column::Title), Some(Column::Answer)];
    let mut columns: Vec<Option<Column>> = Vec::new();
    for (nth, name) in list.columns.iter().enumerate() {
        let column = if is_named {
            guessed(name)
        } else {
            by_place.get(nth).copied().flatten()
        };
        // The first column of a name is the one that is meant; others may tell what it leaves empty.
        let is_free = |column: &Column| {
            let mut taken = columns
                .iter()
                .enumerate()
                .filter(|(_, one)| **one == Some(*column));
            taken.all(|(other, _)| {
                !list
                    .rows
                    .iter()
                    .any(|row| is_filled(row, nth) && is_filled(row, other))
            })
        };
        let column = column.filter(is_free);
        columns.push(column);
    }
    for said in said {
        let (name, word) = said
            .rsplit_once('=')
            .ok_or_else(|| format!("`{said}` is not `COLUMN=FIELD`"))?;
        let names = || list.columns.iter().map(String::as_str);
        let same = |one: &str| one == name || plain(one) == plain(name);
        let nth = names().position(same).ok_or_else(|| {
            let plain_names: Vec<String> = names().map(plain).collect();
            let near = nearest(&plain(name), plain_names.iter().map(String::as_str));
            let near = near.and_then(|near| names().find(|name| plain(name) == near));
            let known = || format!("the columns are {}", names().collect::<Vec<_>>().join(", "));
            let help = near.map_or_else(known, |near| format!("did you mean `{near}`?"));
            format!("the list has no column `{name}`; {help}")
        })?;
        let column = match word {
            "" => None,
            word => Some(Column::from_word(word).ok_or_else(|| unknown(word))?),
        };
        for other in &mut columns {
            if column.is_some() && *other == column {
                *other = None;
            }
        }
        columns[nth] = column;
    }
    Ok(columns)
}

fn is_filled(row: &[String], nth: usize) -> bool {
    row.get(nth).is_some_and(|cell| !cell.trim().is_empty())
}

fn unknown(word: &str) -> String {
    let words = || Column::ALL.iter().map(|(column, _)| column.word());
    let help = nearest(word, words()).map_or_else(
        || {
            format!(
                "a column can hold {}",
                words().collect::<Vec<_>>().join(", ")
            )
        },
        |near| format!("did you mean `{near}`?"),
    );
    format!("no column can hold `{word}`; {help}")
}
