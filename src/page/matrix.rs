//! Companies and themes: how many questions of each theme each company asks, or may be expected to.

use serde::Serialize;

use super::{LinkTo, Site};
use crate::handbook::Basis;
use crate::html::Shared;
use crate::plan::section_url;
use crate::section::Section;

/// How many questions of each theme each company asks.
#[derive(Hash, Serialize)]
pub struct Matrix {
    pub companies: Vec<Shared<LinkTo>>,
    pub rows: Vec<MatrixRow>,
    /// Whether any company is known to ask anything.
    pub known: bool,
}

/// A theme's row.
#[derive(Hash, Serialize)]
pub struct MatrixRow {
    pub theme: Shared<LinkTo>,
    /// A cell a company.
    pub cells: Vec<MatrixCell>,
}

#[derive(Hash, Serialize)]
pub struct MatrixCell {
    pub company: String,
    /// The question index with these alone; without scripts it opens at the theme.
    pub url: String,
    /// Questions that it is known to ask.
    pub count: usize,
    /// Questions that it may be expected to ask, though nobody says so.
    pub expected: usize,
    /// Radius of a dot whose area grows with the count, in tenths of a pixel, at most 180.
    pub radius: u32,
}

/// Counts questions by theme and company.
pub fn matrix(site: &Site) -> Matrix {
    let handbook = &site.handbook;
    let companies = site.links(handbook.companies.all());
    // A theme's known and expected questions, a pair for each company.
    let counts: Vec<Vec<(usize, usize)>> = handbook
        .themes
        .all()
        .map(|theme| {
            let mut counts = vec![(0, 0); companies.len()];
            let asked = handbook
                .questions_of(theme)
                .flat_map(|question| handbook.asked(question));
            for asked in asked {
                let (known, expected) = &mut counts[asked.company.nth];
                *(if asked.basis == Basis::Expected {
                    expected
                } else {
                    known
                }) += 1;
            }
            counts
        })
        .collect();
    let known = counts.iter().flatten().map(|(known, _)| *known);
    let most = known.max().unwrap_or(0);
    let index = section_url(Section::Questions);
    let rows = handbook.themes.all().zip(&counts).map(|(theme, counts)| {
        let cells = handbook.companies.all().zip(counts);
        let cells = cells.map(|(company, &(count, expected))| MatrixCell {
            company: handbook.title(company).to_owned(),
            url: format!(
                "{index}?company={}&theme={id}#theme-{id}",
                handbook.id(company),
                id = handbook.id(theme),
            ),
            count,
            expected,
            radius: radius(count, most.max(1)),
        });
        MatrixRow {
            theme: site.link(theme),
            cells: cells.collect(),
        }
    });
    Matrix {
        rows: rows.collect(),
        companies,
        known: most > 0,
    }
}

/// 180·√(count/most), in whole tenths of a pixel.
fn radius(count: usize, most: usize) -> u32 {
    let square = 180 * 180 * count / most;
    u32::try_from(square.isqrt()).unwrap_or(180)
}
