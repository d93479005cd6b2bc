//! Who asks each question: what questions say of companies and companies of questions, joined.

use std::collections::BTreeMap;

use super::Linker;
use super::proposal::{principle_proposal, renamed_to};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::handbook::{Asked, At, Basis, Handbook};
use crate::model::mention::Relation;
use crate::model::{Company, Kind, Principle, Question};

impl Linker {
    /// Notes who asks each question, and links questions with the principles they test.
    pub(super) fn join_companies(&mut self, handbook: &mut Handbook) {
        let mut joined: Vec<BTreeMap<At<Company>, Joined>> =
            vec![BTreeMap::new(); handbook.questions.len()];
        let mut links = Vec::new();
        self.of_questions(handbook, &mut joined, &mut links);
        of_principles(handbook, &mut joined, &mut links);
        of_companies(handbook, &mut joined);
        handbook.focus = self.focus(handbook);
        for (question, principle) in links {
            handbook
                .links
                .add(question.into(), principle.into(), Relation::Field);
        }
        handbook.asked = joined
            .into_iter()
            .map(|companies| {
                companies
                    .into_iter()
                    .map(|(company, joined)| joined.asked(company))
                    .collect()
            })
            .collect();
    }

    /// What questions say of the companies that ask them.
    fn of_questions(
        &mut self,
        handbook: &Handbook,
        joined: &mut [BTreeMap<At<Company>, Joined>],
        links: &mut Vec<(At<Question>, At<Principle>)>,
    ) {
        for question in handbook.questions.all() {
            let entry = handbook.questions.entry(question);
            for by in &entry.record.companies {
                let Some(company) = handbook.target(question, &by.company) else {
                    continue;
                };
                let joined = joined[question.nth].entry(company).or_default();
                joined.rests_on(by.editorial);
                for local in &by.principles {
                    let id = format!("{}/{}", by.company.id, local.id);
                    match handbook.principles.position(&id) {
                        Some(principle) => {
                            joined.add(principle, by.editorial);
                            links.push((question, principle));
                        }
                        None => self.unknown_principle(
                            handbook,
                            company,
                            &local.id,
                            Place::new(&entry.path, local.at),
                        ),
                    }
                }
            }
        }
    }

    /// The principles that lead each company's page.
    fn focus(&mut self, handbook: &Handbook) -> Vec<Vec<At<Principle>>> {
        let mut focus = vec![Vec::new(); handbook.companies.len()];
        for company in handbook.companies.all() {
            let entry = handbook.companies.entry(company);
            for local in &entry.record.focus {
                let id = format!("{}/{}", entry.id, local.id);
                match handbook.principles.position(&id) {
                    Some(principle) => focus[company.nth].push(principle),
                    None => {
                        let place = Place::new(&entry.path, local.at);
                        self.unknown_principle(handbook, company, &local.id, place);
                    }
                }
            }
        }
        focus
    }

    fn unknown_principle(
        &mut self,
        handbook: &Handbook,
        company: At<Company>,
        id: &str,
        place: Place,
    ) {
        let entry = handbook.companies.entry(company);
        self.doubt_links_of(&place.path, Kind::Principle);
        if self.gaps.hold(Kind::Company, entry.id.as_str()) {
            return;
        }
        let principles = entry.record.principles.iter();
        let names = principles.map(|principle| &*principle.id.id).collect();
        let message = format!("the company `{}` has no principle `{id}`", entry.id);
        let former = format!("{}/{id}", entry.id);
        let help = match handbook.renamed(Kind::Principle, &former) {
            Some(renamed) => {
                let (_, own) = handbook.id(renamed).split_once('/').unwrap_or_default();
                renamed_to(own)
            }
            None => principle_proposal(id, names),
        };
        self.found
            .push(Diagnostic::new(Code::UnknownPrinciple, place, message).help(help));
    }
}

/// What principles say of questions.
fn of_principles(
    handbook: &Handbook,
    joined: &mut [BTreeMap<At<Company>, Joined>],
    links: &mut Vec<(At<Question>, At<Principle>)>,
) {
    for principle in handbook.principles.all() {
        let record = &handbook.principles[principle];
        for (list, editorial) in [
            (&record.questions, false),
            (&record.editorial_questions, true),
        ] {
            let questions = list.iter();
            for question in questions.filter_map(|one| handbook.target(principle, one)) {
                let company = handbook.employer(principle);
                let joined = joined[question.nth].entry(company).or_default();
                joined.rests_on(editorial);
                joined.add(principle, editorial);
                links.push((question, principle));
            }
        }
    }
}

/// What companies say of the questions that tell them most, and of those they may well ask.
fn of_companies(handbook: &Handbook, joined: &mut [BTreeMap<At<Company>, Joined>]) {
    for company in handbook.companies.all() {
        let record = &handbook.companies[company];
        let questions = record.high_signal.iter();
        for question in questions.filter_map(|one| handbook.target(company, one)) {
            let joined = joined[question.nth].entry(company).or_default();
            joined.rests_on(record.high_signal_editorial);
            joined.high_signal = true;
        }
        let questions = record.expect_anyway.iter();
        for question in questions.filter_map(|one| handbook.target(company, one)) {
            joined[question.nth].entry(company).or_default();
        }
    }
}

/// What has been said of a company and a question so far.
#[derive(Clone, Default)]
struct Joined {
    /// The firmest ground so far.
    basis: Option<Basis>,
    high_signal: bool,
    /// By principle: whether only the editors say so.
    principles: BTreeMap<At<Principle>, bool>,
}

impl Joined {
    fn rests_on(&mut self, editorial: bool) {
        let basis = if editorial {
            Basis::Editorial
        } else {
            Basis::Sourced
        };
        self.basis = Some(self.basis.map_or(basis, |known| known.min(basis)));
    }

    fn add(&mut self, principle: At<Principle>, editorial: bool) {
        self.principles
            .entry(principle)
            .and_modify(|known| *known &= editorial)
            .or_insert(editorial);
    }

    fn asked(self, company: At<Company>) -> Asked {
        Asked {
            company,
            basis: self.basis.unwrap_or(Basis::Expected),
            high_signal: self.high_signal,
            principles: self.principles.into_iter().collect(),
        }
    }
}
