//! A question as the rows of a list tell of it: several, where it is listed for several companies.

use pulldown_cmark::{Event, Parser, Tag};

use super::carry::Carrier;
use super::choices::Choices;
use super::column::Column;
use super::record::Record;
use super::{vocabulary, words};
use crate::kind::Kind;
use crate::model::ids::proposed_id;

/// A row by what its columns hold.
pub(super) struct Cells<'a> {
    /// What the columns are called.
    pub(super) names: &'a [String],
    pub(super) columns: &'a [Option<Column>],
    pub(super) row: &'a [String],
}

impl<'a> Cells<'a> {
    /// The cells of a column that are not empty.
    pub(super) fn of(&self, column: Column) -> impl Iterator<Item = &'a str> + use<'a> {
        self.named(column).map(|(_, cell)| cell)
    }

    /// The same, each with the name of its column.
    fn named(&self, column: Column) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let cells = self.names.iter().zip(self.columns).zip(self.row);
        let filled =
            cells.filter(move |((_, of), cell)| **of == Some(column) && !cell.trim().is_empty());
        filled.map(|((name, _), cell)| (name.as_str(), cell.trim()))
    }

    /// The first of them on one line.
    pub(super) fn first(&self, column: Column) -> Option<String> {
        let mut texts = self.of(column).map(words::plain);
        texts.find(|text| !text.is_empty())
    }

    /// What they list.
    fn items(&self, column: Column) -> Vec<String> {
        self.of(column).flat_map(words::items).collect()
    }

    /// What no page shows, with the names of columns that say what it is.
    fn notes(&self) -> Vec<String> {
        let cells = self.names.iter().zip(self.columns).zip(self.row);
        let cells = cells.filter(|((_, of), cell)| {
            let is_said = cell.contains(char::is_alphanumeric) && !vocabulary::is_nothing(cell);
            **of == Some(Column::Notes) && is_said
        });
        let note = |((name, _), cell): ((&String, _), &String)| {
            let says_nothing = name.parse::<usize>().is_ok()
                || matches!(vocabulary::folded(name).as_str(), "note" | "notes");
            if says_nothing {
                cell.trim().to_owned()
            } else {
                format!("{}: {}", words::plain(name), cell.trim())
            }
        };
        cells.map(note).collect()
    }

    /// What is asked next: a question a line, or one after the other.
    fn follow_ups(&self) -> Vec<String> {
        let lines = self.of(Column::FollowUps).flat_map(points);
        let asked = lines.flat_map(|line| line.split_inclusive("? "));
        let asked = asked.map(words::plain);
        asked.filter(|asked| !asked.is_empty()).collect()
    }

    /// Who asks.
    pub(super) fn companies(&self) -> Vec<String> {
        let mut companies = self.items(Column::Companies);
        companies.retain(|name| !vocabulary::is_everybody(name));
        companies
    }
}

/// The fields of texts, one a line.
const TEXTS: [Column; 2] = [Column::HowToAnswer, Column::Evaluates];
/// The fields of words.
const WORDS: [Column; 3] = [Column::AlsoAsked, Column::Tags, Column::Roles];
/// The fields that take few values.
const VALUES: [Column; 2] = [Column::Difficulty, Column::Frequency];

/// A question in the making.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) title: String,
    /// The first row that tells of it.
    pub(super) nth: usize,
    /// Its id or title.
    pub(super) theme: Option<String>,
    companies: Vec<String>,
    /// Texts with the places of their rows.
    answers: Vec<(String, String)>,
    lists: Vec<(Column, Vec<String>)>,
    values: Vec<(Column, &'static str)>,
    follow_ups: Vec<String>,
    notes: Vec<String>,
}

impl Draft {
    pub(super) fn new(title: &str, nth: usize) -> Self {
        let lists = TEXTS.iter().chain(&WORDS);
        Self {
            title: title.to_owned(),
            nth,
            lists: lists.map(|column| (*column, Vec::new())).collect(),
            ..Self::default()
        }
    }

    /// Takes what a row tells and no row before it did; what an author should know of it.
    pub(super) fn take(
        &mut self,
        cells: &Cells<'_>,
        theme: Option<String>,
        companies: Vec<String>,
        place: &str,
    ) -> Vec<String> {
        let mut remarks = Vec::new();
        match (&self.theme, theme) {
            (Some(known), Some(other)) if proposed_id(known) != proposed_id(&other) => {
                remarks.push(format!(
                    "`{}` stands under two themes; it is put under `{known}`, not `{other}`",
                    self.title
                ));
            }
            (None, theme) => self.theme = theme,
            _ => {}
        }
        add_new(&mut self.companies, companies);
        let pictures = pictures(cells);
        let choices = Choices::of(cells.of(Column::Options));
        let mut answer: Vec<String> = cells.of(Column::Answer).map(str::to_owned).collect();
        if !choices.is_empty() && answer.is_empty() {
            remarks.push("no answer is among its choices; they are kept in `notes`".to_owned());
            add_new(&mut self.notes, choices.lines());
        } else if !choices.is_empty() {
            answer = vec![choices.with(cells.named(Column::Answer))];
        }
        if !pictures.is_empty() {
            answer.insert(0, pictures);
        }
        let answer = answer.join("\n\n");
        if !answer.is_empty() && !self.answers.iter().any(|(known, _)| *known == answer) {
            self.answers.push((answer, place.to_owned()));
        }
        for (column, list) in &mut self.lists {
            if TEXTS.contains(column) {
                let lines = cells.of(*column).flat_map(points);
                add_new(list, lines.map(str::to_owned));
            } else {
                add_new(list, cells.items(*column));
            }
        }
        add_new(&mut self.follow_ups, cells.follow_ups());
        add_new(&mut self.notes, cells.notes());
        for column in VALUES {
            let Some(cell) = cells.of(column).next() else {
                continue;
            };
            match vocabulary::value(column, cell) {
                Some(value) if self.values.iter().all(|(known, _)| *known != column) => {
                    self.values.push((column, value));
                }
                Some(_) => {}
                None if vocabulary::is_nothing(cell) => {}
                None => remarks.push(format!("`{cell}` is no {}; it is left out", column.word())),
            }
        }
        remarks
    }

    /// Its record, below a theme.
    pub(super) fn record(&self, theme: &str, carrier: &mut Carrier<'_>, place: &str) -> Record {
        let mut record = Record::new(Kind::Question, &self.title);
        record.text("theme", theme);
        record.companies(&self.companies);
        for (answer, place) in &self.answers {
            record.answer(&carrier.text(answer, place));
        }
        for (column, list) in &self.lists {
            let list = list.iter().map(|text| {
                if TEXTS.contains(column) {
                    carrier.text(text, place)
                } else {
                    text.clone()
                }
            });
            record.list(column.word(), list);
        }
        record.follow_ups(&self.follow_ups);
        if !self.notes.is_empty() {
            record.text("notes", &self.notes.join("\n"));
        }
        for (column, value) in &self.values {
            record.raw(column.word(), value);
        }
        record
    }
}

/// The pictures of a question, which stand in no title: they lead its answer.
fn pictures(cells: &Cells<'_>) -> String {
    let asked = cells.of(Column::Title).next().unwrap_or_default();
    if !asked.contains("![") {
        return String::new();
    }
    let pictures = Parser::new(asked).into_offset_iter();
    let pictures = pictures.filter(|(event, _)| matches!(event, Event::Start(Tag::Image { .. })));
    let pictures: Vec<&str> = pictures.map(|(_, range)| &asked[range]).collect();
    pictures.join("\n\n")
}

/// Adds what a list does not have yet.
fn add_new(list: &mut Vec<String>, more: impl IntoIterator<Item = String>) {
    for one in more {
        if !list.contains(&one) {
            list.push(one);
        }
    }
}

/// The points of a text that has one a line; one of several paragraphs is whole.
fn points(text: &str) -> Vec<&str> {
    if text.contains("\n\n") || text.contains("```") {
        return vec![text];
    }
    let lines = text
        .lines()
        .map(|line| line.trim().trim_start_matches(['-', '*', '•']).trim_start());
    lines.filter(|line| !line.is_empty()).collect()
}
