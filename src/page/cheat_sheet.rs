//! Cheat sheets: the printed ones on one page (`cheat-sheet.html`), each of the others on its own (`sheet.html`).

use serde::Serialize;

use super::choice::{Choice, choices};
use super::code::{QrCode, of_address};
use super::{Anchor, CitationLink, Frame, LinkTo, Site, columns};
use crate::diagnostic::Diagnostic;
use crate::handbook::At;
use crate::html::{Html, Shared};
use crate::model::CheatSheet;
use crate::model::practice::Chosen;
use crate::output::{Bytes, OutputPath};
use crate::section::Section;

/// A table with its heading.
#[derive(Hash, Serialize)]
struct Sheet<'a> {
    id: &'a str,
    title: &'a str,
    intro: Option<Html>,
    columns: Vec<String>,
    /// A cell a column.
    rows: Vec<Vec<Html>>,
    note: Option<Html>,
    /// `company` or `theme`, when it gives way to one that the reader has chosen.
    gives_way_to: Option<&'static str>,
    /// Whether it is narrow enough to stand beside another one.
    half: bool,
    /// Whether its last column is for the reader to write in.
    writable: bool,
    /// Whether its first column only counts the rows.
    numbered: bool,
    sources: Vec<CitationLink>,
}

/// The most columns of a table on half a page, and the most characters that its rows have on average.
const HALF_COLUMNS: usize = 3;
const HALF_CHARACTERS: usize = 60;

/// As many characters as a cell to write in takes the room of.
const WRITTEN_CHARACTERS: usize = 45;

fn is_narrow(columns: usize, rows: &[Vec<Html>]) -> bool {
    let room = if is_writable(rows) {
        WRITTEN_CHARACTERS
    } else {
        0
    };
    let taken = |cell: &Html| match characters(cell) {
        0 => room,
        characters => characters,
    };
    let characters: usize = rows.iter().flatten().map(taken).sum();
    columns <= HALF_COLUMNS && characters <= HALF_CHARACTERS * rows.len()
}

fn is_writable(rows: &[Vec<Html>]) -> bool {
    let is_empty = |row: &Vec<Html>| row.last().is_some_and(|cell| cell.as_str().is_empty());
    !rows.is_empty() && rows.iter().all(is_empty)
}

fn is_numbered(rows: &[Vec<Html>]) -> bool {
    let counts = |row: &Vec<Html>| row.first().is_some_and(|cell| characters(cell) <= 3);
    rows.iter().all(counts)
}

/// Characters outside tags.
fn characters(html: &Html) -> usize {
    let mut in_tag = false;
    let visible = html.as_str().chars().filter(|c| {
        let counts = !in_tag && *c != '<';
        in_tag = (in_tag || *c == '<') && *c != '>';
        counts
    });
    visible.count()
}

fn sheet(site: &Site, at: At<CheatSheet>) -> Sheet<'_> {
    let entry = site.handbook.cheat_sheets.entry(at);
    let record = &entry.record;
    let (headings, rows): (Vec<String>, Vec<Vec<Html>>) = match record.from {
        Some(from) => (
            record
                .columns
                .iter()
                .map(|column| columns::heading(site, column))
                .collect(),
            site.handbook
                .all(from.kind())
                .map(|at| {
                    record
                        .columns
                        .iter()
                        .map(|column| columns::cell(site, at, column))
                        .collect()
                })
                .collect(),
        ),
        None => (
            record
                .columns
                .iter()
                .map(|column| column.to_string())
                .collect(),
            record
                .rows
                .iter()
                .map(|row| row.iter().map(|cell| site.inline(&cell.0)).collect())
                .collect(),
        ),
    };
    Sheet {
        id: entry.id.as_str(),
        title: &record.title,
        intro: record.intro.as_ref().map(|text| site.inline(text)),
        gives_way_to: record.gives_way_to.map(Chosen::word),
        half: is_narrow(record.columns.len(), &rows),
        columns: headings,
        writable: is_writable(&rows),
        numbered: is_numbered(&rows),
        rows,
        note: record.note.as_ref().map(|text| site.inline(text)),
        sources: site.citations(at, &record.common),
    }
}

/// All that `cheat-sheet.html` can see.
#[derive(Hash, Serialize)]
struct Printed<'a> {
    frame: Frame,
    sides: Vec<Side<'a>>,
    /// Themes and companies that the reader can choose, to have them alone on the sheet.
    choices: Vec<Choice<'a>>,
    /// Sheets with pages of their own.
    others: Vec<Shared<LinkTo>>,
    /// The page's address as it is printed, without its scheme; absent when the handbook does not say where it will stand.
    short_address: Option<String>,
    /// The same as a QR code.
    code: Option<QrCode>,
}

/// A printed side.
#[derive(Hash, Serialize)]
struct Side<'a> {
    number: u32,
    sheets: Vec<Sheet<'a>>,
}

pub fn render_index(site: &Site, path: &OutputPath) -> Result<Bytes, Box<Diagnostic>> {
    let sheets = &site.handbook.cheat_sheets;
    let sides = [1, 2].map(|number| Side {
        number,
        sheets: sheets
            .all()
            .filter(|at| sheets[*at].side.is_some_and(|side| side.value == number))
            .map(|at| sheet(site, at))
            .collect(),
    });
    let sides: Vec<Side<'_>> = sides
        .into_iter()
        .filter(|side| !side.sheets.is_empty())
        .collect();
    let others = sheets.all().filter(|at| sheets[*at].side.is_none());
    let mut frame = site.frame_for_section(Section::CheatSheet);
    frame.contents = sides
        .iter()
        .flat_map(|side| &side.sheets)
        .map(|sheet| Anchor::new(sheet.title, sheet.id))
        .collect();
    let address = site.base_url.as_ref().map(|base| format!("{base}c/"));
    let context = Printed {
        choices: sides
            .first()
            .zip(sides.last())
            .map(|(first, last)| choices(site, first.number, last.number))
            .unwrap_or_default(),
        others: site.links(others),
        code: address.as_deref().and_then(of_address),
        short_address: address.map(|address| match address.split_once("://") {
            Some((_, bare)) => bare.to_owned(),
            None => address,
        }),
        sides,
        frame,
    };
    site.fill("cheat-sheet.html", path, &context)
}

/// All that `sheet.html` can see.
#[derive(Hash, Serialize)]
struct Single<'a> {
    frame: Frame,
    sheet: Sheet<'a>,
    /// Other records that link here.
    backlinks: Vec<Shared<LinkTo>>,
}

pub fn render(
    site: &Site,
    path: &OutputPath,
    at: At<CheatSheet>,
) -> Result<Bytes, Box<Diagnostic>> {
    let record = &site.handbook.cheat_sheets[at];
    let description = record
        .intro
        .as_ref()
        .map_or(&*record.title.text, |intro| &*intro.text);
    let frame = site.frame_for_record(path, at, description);
    let context = Single {
        frame,
        sheet: sheet(site, at),
        backlinks: site.links(site.handbook.links.to(at.into())),
    };
    site.fill("sheet.html", path, &context)
}
