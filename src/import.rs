//! Lists of questions from elsewhere (CSV, TSV, Markdown, JSON, plain text) to the files of records.
//!
//! Whatever a list looks like, it is read as a table first; its columns are then taken for fields.

mod anki;
mod carry;
mod choices;
mod cloze;
mod column;
mod decode;
mod draft;
mod found;
mod guess;
mod html;
mod json;
mod lines;
mod markdown;
mod pairs;
mod record;
mod table;
mod titles;
mod vocabulary;
mod words;

use std::collections::{BTreeMap, BTreeSet};

pub use self::carry::Beside;
use self::carry::Carrier;
pub use self::column::{Column, are_named, columns};
use self::draft::{Cells, Draft};
use self::record::{Ids, placeholders};
use crate::handbook::{At, Handbook};
use crate::kind::Kind;
use crate::model::Question;
use crate::model::ids::proposed_id;
use crate::parse::parse_alone;
use crate::source::{SourcePath, Sources};

/// What is read, by the ending of its file.
pub const ENDINGS: &[&str] = &[
    "csv", "tsv", "txt", "md", "markdown", "json", "jsonl", "ndjson",
];

/// The most columns of a list: every row has a cell for each.
const MOST_COLUMNS: usize = 1_000;

/// A list as a table.
#[derive(Debug, Default)]
pub struct List {
    /// What it calls itself.
    pub title: Option<String>,
    /// Its file, for people.
    pub file: String,
    /// What it was read as, for people: `headings with answers below`.
    pub shape: String,
    /// Whether it is a text, in which a question that stands twice with other answers is two.
    pub is_text: bool,
    /// Whether it says that tags in it are none.
    pub shows_tags: bool,
    /// The names of its columns; numbers where the list names none.
    pub columns: Vec<String>,
    /// As many cells a row as there are columns.
    pub rows: Vec<Vec<String>>,
    /// The line that each row begins in; nothing where that is not known.
    pub lines: Vec<usize>,
    /// What an author should know of how it was read.
    pub remarks: Vec<String>,
}

impl List {
    /// Where a row stands, for people.
    fn place(&self, nth: usize) -> String {
        match self.lines.get(nth) {
            Some(line) => format!("{}:{line}", self.file),
            None => format!("{}, entry {}", self.file, nth + 1),
        }
    }
}

/// Reads a list by the ending of its file.
///
/// # Errors
///
/// What is wrong with it, in the words of an author.
pub fn read(file: &str, bytes: &[u8]) -> Result<List, String> {
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    let ending = ending.to_ascii_lowercase();
    if !ENDINGS.contains(&ending.as_str()) {
        return Err(unread(file, &ending, bytes));
    }
    let is_of_a_system = matches!(ending.as_str(), "csv" | "tsv" | "txt");
    let (text, remark) = decode::decoded(bytes, is_of_a_system)?;
    let text = words::printed(&text);
    let mut list = match ending.as_str() {
        "csv" => table::read(&text, None)?,
        "tsv" => table::read(&text, Some(b'\t'))?,
        "txt" => lines::read(&text)?,
        "json" => json::read(&text)?,
        "jsonl" | "ndjson" => json::read_lines(&text)?,
        _ => markdown::read(&text)?,
    };
    list.remarks.extend(remark);
    file.clone_into(&mut list.file);
    let is_filled = |row: &Vec<String>| row.iter().any(|cell| !cell.trim().is_empty());
    let mut filled = list.rows.iter().map(is_filled);
    list.lines.retain(|_| filled.next().unwrap_or(true));
    list.rows.retain(is_filled);
    if list.rows.is_empty() {
        return Err("no questions were found in it".to_owned());
    }
    Ok(list)
}

/// What is said of a file that is of no such kind.
fn unread(file: &str, ending: &str, bytes: &[u8]) -> String {
    let known = ENDINGS.join(", ");
    let program;
    let help = match ending {
        "py" => {
            let name = name_in_python(bytes).unwrap_or("QUESTIONS");
            program = format!(
                "; Python writes it as JSON: `python3 -c \"import json, runpy; print(json.dumps(runpy.run_path('{file}')['{name}']))\" > list.json`"
            );
            &program
        }
        "js" | "cjs" | "mjs" | "ts" => {
            "; a list in a program can be written as JSON by it: `JSON.stringify(questions)`"
        }
        "xlsx" | "xls" | "ods" | "numbers" => "; a spreadsheet can be saved as CSV",
        "apkg" | "colpkg" => "; Anki exports notes as plain text (.txt)",
        "docx" | "doc" | "odt" | "pdf" | "rtf" | "html" | "htm" => {
            "; its text can be saved as .txt or .md"
        }
        _ => "",
    };
    format!("its ending is none of those that are read: {known}{help}")
}

/// What a program in Python calls its first list.
fn name_in_python(bytes: &[u8]) -> Option<&str> {
    let lines = std::str::from_utf8(bytes).ok()?.lines();
    let mut lists = lines.filter_map(|line| {
        let (name, value) = line.split_once('=')?;
        let name = name.split(':').next()?.trim_end();
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
        (is_name && value.trim_start().starts_with(['[', '{', '('])).then_some(name)
    });
    lists.next()
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
    /// The pictures that it shows.
    pub beside: Beside<'a>,
}

/// What a list becomes.
#[derive(Debug, Default)]
pub struct Import {
    /// New files, none of which the project has.
    pub files: BTreeMap<SourcePath, String>,
    /// Pictures that they show.
    pub pictures: BTreeMap<SourcePath, Vec<u8>>,
    /// How many pictures stand elsewhere, and are links.
    pub linked: usize,
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
    let parsed = parse_alone(sources);
    let handbook = crate::link::link_alone(parsed, sources, true).value;
    let mut importer = Importer {
        known: known(&handbook),
        sources,
        handbook,
        request,
        made: Import::default(),
        names: BTreeMap::new(),
        ids: Ids::default(),
        drafts: Vec::new(),
        places: BTreeMap::new(),
        told: BTreeSet::new(),
    };
    let titles = titles::of(request);
    for (nth, (row, title)) in request.list.rows.iter().zip(titles).enumerate() {
        importer.row(nth, row, title)?;
    }
    importer.write()?;
    Ok(importer.made)
}

/// The questions that a handbook has, by what is asked.
fn known(handbook: &Handbook) -> BTreeMap<String, At<Question>> {
    let questions = handbook.questions.all();
    questions
        .map(|at| (asked(handbook.title(at)), at))
        .collect()
}

/// A title without what differs between two lists that ask the same: its case and its end.
fn asked(title: &str) -> String {
    let title = words::typed(title).to_lowercase();
    title.trim_end_matches(['?', '.', '!', '…', ' ']).to_owned()
}

/// The two names of `Meta (Facebook)`.
fn two_names(name: &str) -> Option<(&str, &str)> {
    let (name, other) = name.strip_suffix(')')?.split_once('(')?;
    let (name, other) = (name.trim(), other.trim());
    (!name.is_empty() && !other.is_empty()).then_some((name, other))
}

struct Importer<'a> {
    sources: &'a Sources,
    handbook: Handbook,
    known: BTreeMap<String, At<Question>>,
    request: &'a Request<'a>,
    made: Import,
    /// The ids of the themes and companies of the list, by how it calls them.
    names: BTreeMap<(Kind, String), String>,
    ids: Ids,
    drafts: Vec<Draft>,
    /// Where the draft of a question stands, by what is asked.
    places: BTreeMap<String, usize>,
    /// What was remarked, and of which known questions.
    told: BTreeSet<String>,
}

impl Importer<'_> {
    fn remark(&mut self, remark: String) {
        if self.told.insert(remark.clone()) {
            self.made.remarks.push(remark);
        }
    }

    fn row(&mut self, nth: usize, row: &[String], title: Option<String>) -> Result<(), String> {
        let cells = Cells {
            names: &self.request.list.columns,
            columns: self.request.columns,
            row,
        };
        let place = self.request.list.place(nth);
        let Some(title) = title else {
            self.remark(format!("{place}: a row without a question is left out"));
            return Ok(());
        };
        let asked = asked(&title);
        if let Some(at) = self.known.get(&asked).copied() {
            self.is_known(&title, at, &cells, &place);
            return Ok(());
        }
        let theme = cells.first(Column::Theme);
        let theme = theme.filter(|theme| !vocabulary::is_nothing(theme));
        let mut companies = Vec::new();
        for name in cells.companies() {
            companies.push(self.named(Kind::Company, &name)?);
        }
        let next = self.drafts.len();
        let draft = *self.places.entry(asked).or_insert(next);
        if draft == next {
            self.drafts.push(Draft::new(&title, nth));
        } else {
            let first = self.drafts[draft].nth;
            let first = self.request.list.place(first);
            self.remark(format!(
                "{place}: merged into the same question at {first}: `{title}`"
            ));
        }
        let remarks = self.drafts[draft].take(&cells, theme, companies, &place);
        for remark in remarks {
            self.remark(format!("{place}: {remark}"));
        }
        Ok(())
    }

    /// A question that the handbook has stays as it is; who asks it beside those that are known to is told.
    fn is_known(&mut self, title: &str, at: At<Question>, cells: &Cells<'_>, place: &str) {
        if self.told.insert(asked(title)) {
            self.made.known.push(title.to_owned());
        }
        let asking = &self.handbook.asked[at.nth];
        let asking: Vec<&str> = asking
            .iter()
            .map(|one| self.handbook.title(one.company))
            .collect();
        let same = |name: &str, known: &str| {
            words::typed(name).to_lowercase() == words::typed(known).to_lowercase()
                || proposed_id(name) == proposed_id(known)
        };
        let new = cells.companies().into_iter();
        let new: Vec<String> = new
            .filter(|name| !asking.iter().any(|known| same(name, known)))
            .collect();
        for name in new {
            let id = self.handbook.id(at);
            self.remark(format!(
                "{place}: `{id}` is there already and stays as it is; by the list {name} asks it, too"
            ));
        }
    }

    /// Writes down the questions, those without a theme under the one that the author names. Their ids come first: texts lead
    /// from one to another.
    fn write(&mut self) -> Result<(), String> {
        let mut carrier = Carrier::new(self.sources, self.request);
        let drafts = std::mem::take(&mut self.drafts);
        let mut placed = Vec::with_capacity(drafts.len());
        for draft in &drafts {
            let theme = draft.theme.as_deref().unwrap_or(self.request.theme);
            if words::plain(theme).is_empty() {
                return Err("its title is no theme; name one with `--theme`".to_owned());
            }
            let theme = self.named(Kind::Theme, theme)?;
            let id = self.free_id(Kind::Question, &draft.title);
            carrier.know(&draft.title, &id);
            self.add(Kind::Question, id.clone(), String::new());
            placed.push((id, theme));
        }
        for at in self.handbook.questions.all() {
            carrier.know(self.handbook.title(at), self.handbook.id(at));
        }
        for (draft, (id, theme)) in drafts.iter().zip(placed) {
            let place = self.request.list.place(draft.nth);
            let record = draft.record(&theme, &mut carrier, &place);
            let path = SourcePath::new(format!("content/{}", Kind::Question.file(&id)));
            self.made.files.insert(path, record.finish());
        }
        for remark in std::mem::take(&mut carrier.remarks) {
            self.remark(remark);
        }
        self.made.pictures = carrier.pictures;
        self.made.linked = carrier.linked.len();
        Ok(())
    }

    /// The id of a theme or a company by what the list calls it; made where there is none.
    fn named(&mut self, kind: Kind, name: &str) -> Result<String, String> {
        let key = |name: &str| (kind, name.to_lowercase());
        if let Some(id) = self.names.get(&key(name)) {
            return Ok(id.clone());
        }
        // `Meta (Facebook)` is who the handbook, or the list, calls by either name.
        let both = match kind {
            Kind::Company => two_names(name),
            _ => None,
        };
        let also = both.iter().flat_map(|(name, other)| [*name, *other]);
        let mut names = std::iter::once(name).chain(also);
        let found = names.find_map(|called| {
            let before = self.names.get(&key(called)).cloned();
            Some((called, before.or_else(|| self.known_as(kind, called))?))
        });
        let id = match found {
            Some((called, id)) => {
                if called != name {
                    self.remark(format!("`{name}` is taken for `{id}`"));
                }
                id
            }
            None if self.request.known_only => {
                return Err(format!("the handbook has no {} `{name}`", kind.name()));
            }
            None => {
                let id = self.free_id(kind, both.map_or(name, |(name, _)| name));
                let nth = self.handbook.count(kind) + self.made.made.get(&kind).map_or(0, Vec::len);
                self.add(kind, id.clone(), placeholders(kind, name, nth + 1));
                id
            }
        };
        for called in
            std::iter::once(name).chain(both.iter().flat_map(|(one, other)| [*one, *other]))
        {
            self.names.entry(key(called)).or_insert_with(|| id.clone());
        }
        Ok(id)
    }

    /// The id of a record of the handbook that has a name for its id or its title.
    fn known_as(&self, kind: Kind, name: &str) -> Option<String> {
        let proposed = proposed_id(name);
        let is_it = |id: &str, title: &str| {
            Some(id) == proposed.as_deref()
                || words::typed(title).to_lowercase() == words::typed(name).to_lowercase()
        };
        let mut known = self.handbook.all(kind);
        let found = known.find(|at| is_it(self.handbook.id(*at), self.handbook.title(*at)))?;
        Some(self.handbook.id(found).to_owned())
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
            self.remark(remark);
        }
        id
    }

    fn add(&mut self, kind: Kind, id: String, text: String) {
        let path = SourcePath::new(format!("content/{}", kind.file(&id)));
        self.made.files.insert(path, text);
        self.made.made.entry(kind).or_default().push(id);
    }
}
