//! Lists of questions from elsewhere (CSV, TSV, Markdown, JSON) to the files of records.
//!
//! Whatever a list looks like, it is read as a table first; its columns are then taken for fields.

mod column;
mod json;
mod markdown;
mod record;
mod table;
mod words;

use std::collections::{BTreeMap, BTreeSet};

pub use self::column::{Column, columns};
use self::record::{Ids, Record, placeholders};
use crate::handbook::Handbook;
use crate::kind::Kind;
use crate::model::ids::proposed_id;
use crate::parse::parse_alone;
use crate::source::{SourcePath, Sources};

/// The most columns of a list: every row has a cell for each.
const MOST_COLUMNS: usize = 1_000;

/// A list as a table.
#[derive(Debug, Default)]
pub struct List {
    /// What it calls itself.
    pub title: Option<String>,
    /// What it was read as, for people: `headings with answers below`.
    pub shape: &'static str,
    /// The names of its columns; numbers where the list names none.
    pub columns: Vec<String>,
    /// As many cells a row as there are columns.
    pub rows: Vec<Vec<String>>,
}

/// Reads a list by the ending of its file.
///
/// # Errors
///
/// What is wrong with it, in the words of an author.
pub fn read(file: &str, bytes: &[u8]) -> Result<List, String> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| "it is not UTF-8 text; save it as UTF-8".to_owned())?;
    let text = words::printed(text.trim_start_matches('\u{feff}'));
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    let mut list = match ending.to_ascii_lowercase().as_str() {
        "csv" => table::read(&text, None)?,
        "tsv" => table::read(&text, Some(b'\t'))?,
        "txt" if text.contains('\t') || text.starts_with('#') => table::read(&text, Some(b'\t'))?,
        "txt" => table::lines(&text),
        "json" => json::read(&text)?,
        "md" | "markdown" => markdown::read(&text)?,
        _ => return Err("its ending is none of csv, tsv, txt, md and json".to_owned()),
    };
    list.rows
        .retain(|row| row.iter().any(|cell| !cell.trim().is_empty()));
    if list.rows.is_empty() {
        return Err("no questions were found in it".to_owned());
    }
    Ok(list)
}

/// Refuses a list of very many columns.
fn must_fit(columns: usize) -> Result<(), String> {
    if columns > MOST_COLUMNS {
        return Err(format!("it has more than {MOST_COLUMNS} columns"));
    }
    Ok(())
}

/// How a list is taken in.
pub struct Request<'a> {
    pub list: &'a List,
    /// What each column holds.
    pub columns: &'a [Option<Column>],
    /// The theme of rows that name none: an id or a title.
    pub theme: &'a str,
    /// Whether themes and companies that the handbook does not have are refused.
    pub known_only: bool,
}

/// What a list becomes.
#[derive(Debug, Default)]
pub struct Import {
    /// New files, none of which the project has.
    pub files: BTreeMap<SourcePath, String>,
    /// The ids of what is made, by kind.
    pub made: BTreeMap<Kind, Vec<String>>,
    /// Titles of questions that the handbook has already.
    pub known: Vec<String>,
    /// What an author should know.
    pub remarks: Vec<String>,
}

/// Makes records of a list.
///
/// # Errors
///
/// No column holds the questions; a theme or a company that is refused.
pub fn import(sources: &Sources, request: &Request<'_>) -> Result<Import, String> {
    if !request.columns.contains(&Some(Column::Title)) {
        return Err("no column holds the questions; say which, such as `--map 1=title`".to_owned());
    }
    if words::plain(request.theme).is_empty() {
        return Err("its title is no theme; name one with `--theme`".to_owned());
    }
    let parsed = parse_alone(sources);
    let handbook = crate::link::link(parsed, sources, true).value;
    let mut importer = Importer {
        titles: titles(&handbook),
        sources,
        handbook,
        request,
        made: Import::default(),
        names: BTreeMap::new(),
        ids: Ids::default(),
    };
    for row in &request.list.rows {
        importer.row(row)?;
    }
    Ok(importer.made)
}

/// The titles of all questions, in small letters.
fn titles(handbook: &Handbook) -> BTreeSet<String> {
    let questions = handbook.questions.iter();
    questions
        .map(|entry| words::typed(&entry.record.title).to_lowercase())
        .collect()
}

/// A row by what its columns hold.
struct Cells<'a> {
    columns: &'a [Option<Column>],
    row: &'a [String],
}

impl<'a> Cells<'a> {
    /// The cells of a column that are not empty.
    fn of(&self, column: Column) -> impl Iterator<Item = &'a str> + use<'a> {
        let pairs = self.columns.iter().zip(self.row);
        pairs
            .filter(move |(of, cell)| **of == Some(column) && !cell.trim().is_empty())
            .map(|(_, cell)| cell.trim())
    }

    /// The first of them on one line.
    fn first(&self, column: Column) -> Option<String> {
        let mut texts = self.of(column).map(words::plain);
        texts.find(|text| !text.is_empty())
    }

    /// What they list.
    fn items(&self, column: Column) -> Vec<String> {
        self.of(column).flat_map(words::items).collect()
    }
}

struct Importer<'a> {
    sources: &'a Sources,
    handbook: Handbook,
    titles: BTreeSet<String>,
    request: &'a Request<'a>,
    made: Import,
    /// The ids of the themes and companies of the list, by how it calls them.
    names: BTreeMap<(Kind, String), String>,
    ids: Ids,
}

impl Importer<'_> {
    fn row(&mut self, row: &[String]) -> Result<(), String> {
        let cells = Cells {
            columns: self.request.columns,
            row,
        };
        let Some(title) = cells.first(Column::Title) else {
            let remark = "a row without a question is left out".to_owned();
            self.made.remarks.push(remark);
            return Ok(());
        };
        if self.titles.contains(&words::typed(&title).to_lowercase()) {
            self.made.known.push(title);
            return Ok(());
        }
        let theme = cells.first(Column::Theme);
        let theme = self.named(Kind::Theme, theme.as_deref().unwrap_or(self.request.theme))?;
        let mut companies = Vec::new();
        for name in cells.items(Column::Companies) {
            let id = self.named(Kind::Company, &name)?;
            if !companies.contains(&id) {
                companies.push(id);
            }
        }
        let mut question = Record::new(Kind::Question, &title);
        question.text("theme", &theme);
        question.companies(&companies);
        for answer in cells.of(Column::Answer) {
            question.answer(&words::harmless(answer, self.sources));
        }
        for column in [Column::HowToAnswer, Column::Evaluates] {
            let texts = cells.of(column);
            let texts = texts.map(|text| words::harmless(text, self.sources));
            question.list(column.word(), texts);
        }
        for column in [Column::AlsoAsked, Column::Tags, Column::Roles] {
            question.list(column.word(), cells.items(column).into_iter());
        }
        self.values(&cells, &mut question);
        let id = self.free_id(Kind::Question, &title);
        self.add(Kind::Question, id, question.finish());
        Ok(())
    }

    /// The fields that take few values.
    fn values(&mut self, cells: &Cells<'_>, question: &mut Record) {
        for column in [Column::Difficulty, Column::Frequency] {
            let Some(cell) = cells.of(column).next() else {
                continue;
            };
            if let Some(value) = column.value(cell) {
                question.raw(column.word(), value);
            } else {
                let remark = format!("`{cell}` is no {}; it is left out", column.word());
                self.made.remarks.push(remark);
            }
        }
    }

    /// The id of a theme or a company by what the list calls it; made where there is none.
    fn named(&mut self, kind: Kind, name: &str) -> Result<String, String> {
        let key = (kind, name.to_lowercase());
        if let Some(id) = self.names.get(&key) {
            return Ok(id.clone());
        }
        let proposed = proposed_id(name);
        let is_it = |id: &str, title: &str| {
            Some(id) == proposed.as_deref()
                || words::typed(title).to_lowercase() == words::typed(name).to_lowercase()
        };
        let mut known = self.handbook.all(kind);
        let found = known.find(|at| is_it(self.handbook.id(*at), self.handbook.title(*at)));
        let id = match found {
            Some(at) => self.handbook.id(at).to_owned(),
            None if self.request.known_only => {
                return Err(format!("the handbook has no {} `{name}`", kind.name()));
            }
            None => {
                let id = self.free_id(kind, name);
                let nth = self.handbook.count(kind) + self.made.made.get(&kind).map_or(0, Vec::len);
                self.add(kind, id.clone(), placeholders(kind, name, nth + 1));
                id
            }
        };
        self.names.insert(key, id.clone());
        Ok(id)
    }

    /// An id for a title that no record has.
    fn free_id(&mut self, kind: Kind, title: &str) -> String {
        let path = |id: &str| SourcePath::new(format!("content/{}", kind.file(id)));
        let is_free = |id: &str| {
            let path = path(id);
            self.sources.get(&path).is_none()
                && !self.made.files.contains_key(&path)
                && self.handbook.renamed(kind, id).is_none()
        };
        let (id, is_numbered) = self.ids.of(kind, title, is_free);
        if is_numbered {
            let remark = format!("`{title}` has the id `{id}`, because a shorter one is taken");
            self.made.remarks.push(remark);
        }
        id
    }

    fn add(&mut self, kind: Kind, id: String, text: String) {
        let path = SourcePath::new(format!("content/{}", kind.file(&id)));
        self.made.files.insert(path, text);
        self.made.made.entry(kind).or_default().push(id);
    }
}
