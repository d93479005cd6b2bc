//! `practice-data.js`: what the practice tools and the reader's plan know of the handbook, as a script, so that it also
//! loads from the disk. Pages load it when a tool needs it. Addresses in it begin at the site's root.

use serde::Serialize;

use super::{Export, Kept, Memo, Render};
use crate::handbook::{At, RecordAt};
use crate::model::question::Frequency;
use crate::model::{Checklist, Company, Kind, Question, Theme};
use crate::output::Bytes;
use crate::page::Site;
use crate::page::key::Shows;
use crate::page::route::routes;
use crate::plan::PRACTICE_DATA;

pub(super) const EXPORT: Export = Export {
    path: PRACTICE_DATA,
    exists: |_| true,
    kept: Kept::First,
    own: super::ASKED_FOR,
    shows: |_| Shows::Lists,
    render: Render::FromSite(render),
};

#[derive(Hash, Serialize)]
struct Data<'a> {
    title: &'a str,
    checkpoints: Vec<CheckpointData<'a>>,
    companies: Vec<CompanyData<'a>>,
    /// Plans for few days, the shortest first.
    routes: Vec<RouteData<'a>>,
    themes: Vec<ThemeData<'a>>,
    questions: Vec<QuestionData<'a>>,
}

#[derive(Hash, Serialize)]
struct CheckpointData<'a> {
    id: &'a str,
    /// Absent for the night before.
    day: Option<u32>,
    moment: String,
    title: &'a str,
    url: &'a str,
    minutes: Option<u32>,
    tasks: Vec<TaskData<'a>>,
    /// Ids of the questions to practise then: the chosen ones, or all.
    questions: Vec<&'a str>,
}

#[derive(Hash, Serialize)]
struct TaskData<'a> {
    id: &'a str,
    text: String,
    minutes: Option<u32>,
}

#[derive(Hash, Serialize)]
struct CompanyData<'a> {
    id: &'a str,
    title: &'a str,
    url: &'a str,
}

#[derive(Hash, Serialize)]
struct RouteData<'a> {
    days: u32,
    /// The company it is for.
    company: Option<&'a str>,
    title: String,
    url: String,
}

#[derive(Hash, Serialize)]
struct ThemeData<'a> {
    id: &'a str,
    title: &'a str,
    url: &'a str,
    core: bool,
}

#[derive(Hash, Serialize)]
struct QuestionData<'a> {
    id: &'a str,
    number: Option<u32>,
    title: &'a str,
    url: &'a str,
    theme: &'a str,
    companies: Vec<&'a str>,
    /// Those whose high-signal questions it is among.
    high: Vec<&'a str>,
    frequency: Option<&'static str>,
    difficulty: Option<u32>,
}

fn render(site: &Site, memo: &Memo) -> Bytes {
    let handbook = &site.handbook;
    let data = Data {
        title: &handbook.settings.title,
        checkpoints: handbook
            .checklists
            .all()
            .filter_map(|at| checkpoint(site, at))
            .collect(),
        companies: handbook
            .companies
            .all()
            .map(|at| CompanyData {
                id: handbook.id(at),
                title: handbook.title(at),
                url: site.path_of(at),
            })
            .collect(),
        routes: routes(site)
            .into_iter()
            .map(|route| RouteData {
                days: route.days,
                company: route.company.map(|at| handbook.id(at)),
                url: route.path(site),
                title: route.title,
            })
            .collect(),
        themes: handbook
            .themes
            .all()
            .map(|at: At<Theme>| ThemeData {
                id: handbook.id(at),
                title: handbook.title(at),
                url: site.path_of(at),
                core: handbook.themes[at].core.0,
            })
            .collect(),
        questions: handbook
            .questions
            .all()
            .map(|at| question(site, at))
            .collect(),
    };
    memo.script("handbook", &data)
}

fn checkpoint(site: &Site, at: At<Checklist>) -> Option<CheckpointData<'_>> {
    let handbook = &site.handbook;
    let record = &handbook.checklists[at];
    record.checkpoint()?;
    let chosen = record.questions.iter();
    let mut questions: Vec<RecordAt> = chosen
        .map(|question| handbook.follow(at, question).into())
        .collect();
    if questions.is_empty() {
        questions = handbook.links.related(at, Kind::Question);
    }
    Some(CheckpointData {
        id: handbook.id(at),
        day: record.day.map(|day| day.value),
        moment: site.moment(record),
        title: &record.title,
        url: site.path_of(at),
        minutes: record.minutes.map(|minutes| minutes.value),
        tasks: record
            .items
            .iter()
            .map(|item| TaskData {
                id: &item.id.id,
                text: site.first_sentence(&item.text.text),
                minutes: item.minutes.map(|minutes| minutes.value),
            })
            .collect(),
        questions: questions.into_iter().map(|at| handbook.id(at)).collect(),
    })
}

fn question(site: &Site, at: At<Question>) -> QuestionData<'_> {
    let handbook = &site.handbook;
    let record = &handbook.questions[at];
    let asked = handbook.asked(at);
    let id = |company: At<Company>| handbook.id(company);
    QuestionData {
        id: handbook.id(at),
        number: record.number.map(|number| number.value),
        title: handbook.title(at),
        url: site.path_of(at),
        theme: handbook.id(handbook.follow(at, &record.theme)),
        companies: asked.iter().map(|asked| id(asked.company)).collect(),
        high: asked
            .iter()
            .filter(|asked| asked.high_signal)
            .map(|asked| id(asked.company))
            .collect(),
        frequency: record.frequency.map(Frequency::word),
        difficulty: record.difficulty.map(|difficulty| difficulty.value),
    }
}
