//! `topic-data.js`: what stories can fit, themes and companies' principles, as a script, so that it also loads from the disk.
//! The page of the reader's stories draws its map from it. Addresses in it begin at the site's root.

use serde::Serialize;

use super::{Export, Kept, Memo, Render};
use crate::handbook::{At, RecordAt};
use crate::model::Company;
use crate::output::Bytes;
use crate::page::Site;
use crate::page::key::Shows;
use crate::plan::TOPIC_DATA;

pub(super) const EXPORT: Export = Export {
    path: TOPIC_DATA,
    exists: |_| true,
    kept: Kept::First,
    own: super::ASKED_FOR,
    shows: |_| Shows::Lists,
    render: Render::FromSite(render),
};

#[derive(Hash, Serialize)]
struct Data<'a> {
    themes: Vec<Topic<'a>>,
    /// Those that have principles.
    companies: Vec<CompanyData<'a>>,
}

#[derive(Hash, Serialize)]
struct CompanyData<'a> {
    id: &'a str,
    title: &'a str,
    principles: Vec<Topic<'a>>,
}

#[derive(Hash, Serialize)]
struct Topic<'a> {
    id: &'a str,
    title: &'a str,
    url: &'a str,
}

fn render(site: &Site, memo: &Memo) -> Bytes {
    let handbook = &site.handbook;
    let topic = |at: RecordAt| Topic {
        id: handbook.id(at),
        title: handbook.title(at),
        url: site.path_of(at),
    };
    let company = |at: At<Company>| CompanyData {
        id: handbook.id(at),
        title: handbook.title(at),
        principles: handbook
            .principles_of(at)
            .map(|at| topic(at.into()))
            .collect(),
    };
    let data = Data {
        themes: handbook.themes.all().map(|at| topic(at.into())).collect(),
        companies: handbook
            .companies
            .all()
            .map(company)
            .filter(|company| !company.principles.is_empty())
            .collect(),
    };
    memo.script("topicData", &data)
}
