//! What the columns of a list hold: guessed from their names or from what stands in them, said by the author.

use super::vocabulary::{self, Strength, folded};
use super::{List, choices, guess};
use crate::diagnostic::nearest;

macro_rules! columns {
    ($($name:ident $word:literal, $meaning:literal;)*) => {
        /// What a column can hold: a field of questions.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Column { $(#[doc = $meaning] $name,)* }

        impl Column {
            const ALL: &[Self] = &[$(Self::$name,)*];

            /// The field's name, as `--map` takes it.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }
        }
    };
}

columns! {
    Title "title", "The question.";
    Answer "answer", "Its answer.";
    Theme "theme", "Its theme, by title or id.";
    Companies "companies", "Who asks it.";
    Tags "tags", "Words for search.";
    Roles "roles", "Roles that hear it.";
    Difficulty "difficulty", "How hard it is.";
    Frequency "frequency", "How often it is asked.";
    AlsoAsked "also_asked", "Other wordings.";
    HowToAnswer "how_to_answer", "Advice before the answer.";
    Evaluates "evaluates", "What the interviewer scores.";
    FollowUps "follow_ups", "What is asked next.";
    Options "options", "The choices among which its answer is.";
    Notes "notes", "What no page shows.";
}

impl Column {
    /// Whether several columns can hold it together.
    fn is_list(self) -> bool {
        matches!(
            self,
            Self::Companies
                | Self::Tags
                | Self::AlsoAsked
                | Self::HowToAnswer
                | Self::Evaluates
                | Self::FollowUps
                | Self::Options
                | Self::Notes
        )
    }

    pub(super) fn from_word(word: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|column| column.word() == word)
    }
}

/// Whether the names of a list's columns say which one holds the questions.
pub fn are_named(list: &List) -> bool {
    let mut names = list.columns.iter();
    names.any(|name| vocabulary::guessed(name) == Some(Column::Title))
}

/// What the names of columns say. Where two mean the same, the clearer one is taken, and of those the first; others may
/// tell what it leaves empty.
fn by_name(list: &List) -> Vec<Option<Column>> {
    let choices = choices::columns(list);
    let said: Vec<Option<(Column, Strength)>> = list
        .columns
        .iter()
        .zip(choices)
        .map(|(name, is_choice)| {
            if is_choice {
                Some((Column::Options, Strength::Whole))
            } else {
                vocabulary::column(name)
            }
        })
        .collect();
    let both_filled = |one: usize, other: usize| {
        let mut rows = list.rows.iter();
        rows.any(|row| is_filled(row, one) && is_filled(row, other))
    };
    let mut columns = vec![None; said.len()];
    let mut order: Vec<usize> = (0..said.len()).collect();
    order.sort_by_key(|nth| std::cmp::Reverse(said[*nth].map(|(_, strength)| strength)));
    for nth in order {
        let column = said[nth].map(|(column, _)| column);
        let taken = columns.iter().enumerate();
        // An answer and its explanation are told one after the other.
        let goes_on = said[nth] == Some((Column::Answer, Strength::Whole));
        let is_single = column.is_some_and(|column| !column.is_list()) && !goes_on;
        let mut taken = taken.filter(|(_, one)| is_single && **one == column);
        if taken.all(|(other, _)| !both_filled(nth, other)) {
            columns[nth] = column;
        }
    }
    columns
}

/// What each column of a list holds: what its name says, or its cells show where no name tells which column asks, unless
/// the author says otherwise (`Topic=theme`, by name or number; `Notes=` for a column that is left out).
///
/// # Errors
///
/// A column or a field that there is not.
pub fn columns(list: &List, said: &[String]) -> Result<Vec<Option<Column>>, String> {
    let mut columns = by_name(list);
    if !columns.contains(&Some(Column::Title)) {
        guess::by_content(list, &mut columns);
    }
    for said in said {
        let (name, word) = said
            .rsplit_once('=')
            .ok_or_else(|| format!("`{said}` is not `COLUMN=FIELD`"))?;
        let nth = place(list, name)?;
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

/// Where a column stands that an author names, or counts from one.
fn place(list: &List, name: &str) -> Result<usize, String> {
    let names = || list.columns.iter().map(String::as_str);
    let same = |one: &str| one == name || folded(one) == folded(name);
    let number = || {
        let number = name.trim().parse::<usize>().ok();
        number.filter(|number| (1..=list.columns.len()).contains(number))
    };
    let found = names().position(same);
    found
        .or_else(|| number().map(|number| number - 1))
        .ok_or_else(|| {
            let plain_names: Vec<String> = names().map(folded).collect();
            let near = nearest(&folded(name), plain_names.iter().map(String::as_str));
            let near = near.and_then(|near| names().find(|name| folded(name) == near));
            let known = || format!("the columns are {}", names().collect::<Vec<_>>().join(", "));
            let help = near.map_or_else(known, |near| format!("did you mean `{near}`?"));
            format!("the list has no column `{name}`; {help}")
        })
}

fn is_filled(row: &[String], nth: usize) -> bool {
    row.get(nth).is_some_and(|cell| !cell.trim().is_empty())
}

fn unknown(word: &str) -> String {
    let words = || Column::ALL.iter().map(|column| column.word());
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
