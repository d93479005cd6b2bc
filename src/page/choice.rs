//! Companies and themes that a reader can choose for the cheat sheet; what it then says of them is in `export::sheet`.

use serde::Serialize;

use super::Site;
use crate::handbook::RecordAt;

/// What can be chosen of one kind.
#[derive(Hash, Serialize)]
pub struct Choice<'a> {
    /// `theme` or `company`.
    pub kind: &'static str,
    /// `Theme`, `Company`.
    pub label: &'a str,
    /// `All themes`.
    pub everything: &'a str,
    /// The side that shows what is chosen.
    pub side: u32,
    pub options: Vec<Choosable<'a>>,
}

/// A theme or company.
#[derive(Hash, Serialize)]
pub struct Choosable<'a> {
    pub id: &'a str,
    pub title: &'a str,
}

/// What can be chosen: companies show on one side, themes on the other.
pub fn choices(site: &Site, themes_side: u32, companies_side: u32) -> Vec<Choice<'_>> {
    let handbook = &site.handbook;
    let option = |at: RecordAt| Choosable {
        id: handbook.id(at),
        title: handbook.title(at),
    };
    let companies = handbook.companies.all().map(|at| option(at.into()));
    let themes = handbook.themes.all().map(|at| option(at.into()));
    let choices = [
        Choice {
            kind: "company",
            label: site.word("table.company"),
            everything: site.word("cheat-sheet.all-companies"),
            side: companies_side,
            options: companies.collect(),
        },
        Choice {
            kind: "theme",
            label: site.word("table.theme"),
            everything: site.word("cheat-sheet.all-themes"),
            side: themes_side,
            options: themes.collect(),
        },
    ];
    choices
        .into_iter()
        .filter(|choice| !choice.options.is_empty())
        .collect()
}
