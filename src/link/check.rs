//! Checks across records.

use std::collections::{HashMap, HashSet};

use super::advice::{advice, short_title};
use super::gaps::Gaps;
use super::titles::title_place;
use super::{report_duplicates, skeleton, titles};
use crate::diagnostic::{Code, Diagnostic, Place, Span, count, listed, nearest};
use crate::handbook::{At, Handbook, RecordAt};
use crate::model::field::LocalId;
use crate::model::markdown::Anchors;
use crate::model::{Kind, Question};
use crate::parse::SUGGESTIONS;
use crate::source::SourcePath;
use crate::words::Words;

/// Fewest links out of a page's content.
const FEWEST_LINKS: usize = 3;

/// Adds what does not fit together to the findings.
pub(super) fn check(handbook: &Handbook, words: &Words, gaps: &Gaps, found: &mut Vec<Diagnostic>) {
    duplicates(handbook, found);
    cheat_sheets(handbook, gaps, found);
    checklists(handbook, found);
    routes(handbook, found);
    for question in handbook.questions.all() {
        answers_fit_frameworks(handbook, gaps, question, found);
    }
    connections(handbook, gaps, found);
    skeleton::left_over(handbook, found);
    titles::shared(handbook, words, gaps, found);
    short_title(handbook, found);
    advice(handbook, gaps, found);
}

fn duplicates(handbook: &Handbook, found: &mut Vec<Diagnostic>) {
    let numbers = handbook.questions.iter().filter_map(|entry| {
        let number = entry.record.number?;
        Some((number.value, Place::new(&entry.path, number.at)))
    });
    report_duplicates(
        numbers,
        Code::DuplicateNumber,
        |number| format!("two questions have the number {number}"),
        "core numbers are unique; give one of them another",
        found,
    );
    let days = handbook.checklists.iter().filter_map(|entry| {
        let record = &entry.record;
        let day = record.day.map(|day| day.at);
        let at = day.or_else(|| record.when.map(|when| when.at))?;
        record
            .checkpoint()
            .map(|_| (record.moment(), Place::new(&entry.path, at)))
    });
    report_duplicates(
        days,
        Code::DuplicateDay,
        |moment| format!("two checklists are for the same time: {moment}"),
        "make them one, or take the day from one of them",
        found,
    );
}

/// Reports ids that stand twice in a record. References to such ids mean nothing, so this comes before they are
/// resolved.
pub(super) fn local_ids(handbook: &Handbook, found: &mut Vec<Diagnostic>) {
    let mut unique = |ids: &mut dyn Iterator<Item = &LocalId>, path: &SourcePath, what: &str| {
        let ids = ids.filter(|id| !id.id.is_empty());
        report_duplicates(
            ids.map(|id| (&*id.id, Place::new(path, id.at))),
            Code::DuplicateId,
            |id| format!("two {what} have the id `{id}`"),
            "ids are unique in their record; rename one",
            found,
        );
    };
    for entry in handbook.companies.iter() {
        let principles = entry.record.principles.iter();
        let mut ids = principles.map(|principle| &*principle.id);
        unique(&mut ids, &entry.path, "principles");
    }
    for entry in handbook.frameworks.iter() {
        let mut ids = entry.record.parts.iter().map(|part| &part.id);
        unique(&mut ids, &entry.path, "parts");
    }
    for entry in handbook.checklists.iter() {
        let mut ids = entry.record.items.iter().map(|item| &item.id);
        unique(&mut ids, &entry.path, "items");
    }
    for entry in handbook.questions.iter() {
        let record = &entry.record;
        let answers = record.answers.iter().map(|answer| &answer.id);
        let cases = record.cases.iter().map(|case| &case.id);
        let weak = record.weak_answers.iter().map(|weak| &weak.id);
        let mut ids = answers.chain(cases).chain(weak);
        unique(&mut ids, &entry.path, "answers or cases");
    }
}

#[expect(clippy::too_many_lines, reason = "one check after the other")]
fn cheat_sheets(handbook: &Handbook, gaps: &Gaps, found: &mut Vec<Diagnostic>) {
    let is_whole = |id: &str| !gaps.hold(Kind::CheatSheet, id);
    for entry in handbook
        .cheat_sheets
        .iter()
        .filter(|entry| is_whole(entry.id.as_str()))
    {
        let sheet = &entry.record;
        let place = |at| Place::new(&entry.path, at);
        if let Some(from) = sheet.from {
            if let Some(cell) = sheet.rows.first().and_then(|row| row.first()) {
                let message = "a table drawn from records has no rows of its own";
                found.push(
                    Diagnostic::new(Code::InvalidValue, place(cell.0.at), message)
                        .help("delete `rows`, or delete `from`"),
                );
            }
            let known = from.columns();
            for column in sheet
                .columns
                .iter()
                .filter(|column| !known.contains(&&*column.text))
            {
                let records = from.word().replace('-', " ");
                let message = format!("{records} have no field `{}` to show", column.text);
                let help = match nearest(&column.text, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the fields are {}", known.join(", ")),
                };
                found.push(
                    Diagnostic::new(Code::UnknownColumn, place(column.at), message).help(help),
                );
            }
            continue;
        }
        if sheet.rows.is_empty() {
            let message = "a cheat sheet needs `rows` or `from`";
            found.push(
                Diagnostic::new(Code::MissingField, place(sheet.title.at), message)
                    .help("write rows, or draw them from records"),
            );
        }
        for row in sheet
            .rows
            .iter()
            .filter(|row| row.len() != sheet.columns.len())
        {
            let at = match (row.first(), row.last()) {
                (Some(first), Some(last)) => Span {
                    start: first.0.at.start,
                    end: first.0.at.end.max(last.0.at.end),
                },
                _ => sheet.title.at,
            };
            let columns = sheet.columns.len();
            let message = format!(
                "this row has {} and the table {}",
                count(row.len(), "cell"),
                count(columns, "column")
            );
            let help = if row.len() < columns {
                "an empty cell is written `\"\"`"
            } else {
                "between brackets, put a cell with a comma in it in quotes"
            };
            found.push(Diagnostic::new(Code::RowLength, place(at), message).help(help));
        }
    }
}

fn checklists(handbook: &Handbook, found: &mut Vec<Diagnostic>) {
    for entry in handbook.checklists.iter() {
        let (Some(day), Some(when)) = (entry.record.day, entry.record.when) else {
            continue;
        };
        let message = "a checklist has either a `day` or a `when`, this one has both";
        found.push(
            Diagnostic::new(Code::InvalidValue, Place::new(&entry.path, day.at), message)
                .note(Place::new(&entry.path, when.at), "the other is here")
                .help("delete one of the two"),
        );
    }
}

/// Reports routes that stand below no heading of their guide.
fn routes(handbook: &Handbook, found: &mut Vec<Diagnostic>) {
    for entry in handbook.guides.iter() {
        let guide = &entry.record;
        if guide.routes.is_empty() {
            continue;
        }
        let anchors = Anchors::of(&guide.body.0);
        let routes = guide.routes.iter().map(|route| &route.heading);
        for heading in routes.filter(|heading| !anchors.has(&heading.id)) {
            let message = format!("the guide has no heading with the anchor `#{}`", heading.id);
            found.push(
                Diagnostic::new(
                    Code::BrokenLink,
                    Place::new(&entry.path, heading.at),
                    message,
                )
                .help(anchors.meant(&heading.id)),
            );
        }
    }
}

/// Reports missing, unknown and misplaced parts of a question's answers.
#[expect(clippy::too_many_lines, reason = "one check after the other")]
fn answers_fit_frameworks(
    handbook: &Handbook,
    gaps: &Gaps,
    at: At<Question>,
    found: &mut Vec<Diagnostic>,
) {
    let entry = handbook.questions.entry(at);
    if gaps.hold(Kind::Question, entry.id.as_str()) {
        return;
    }
    for answer in entry.record.answers.iter() {
        let Some(named) = &answer.framework else {
            continue;
        };
        let Some(framework) = handbook
            .target(at, named)
            .map(|framework| &handbook.frameworks[framework])
        else {
            continue;
        };
        if gaps.hold(Kind::Framework, named.id.as_str()) {
            continue;
        }
        let expected = framework.parts.iter().map(|part| &*part.id.id);
        let given = answer.parts.0.iter().map(|(id, _)| &*id.id);
        if given.clone().eq(expected.clone()) {
            continue;
        }
        let (expected, given): (Vec<&str>, Vec<&str>) = (expected.collect(), given.collect());
        let order_of: HashMap<&str, usize> = expected.iter().copied().zip(0..).collect();
        let is_given: HashSet<&str> = given.iter().copied().collect();
        let place = |at| Place::new(&entry.path, at);
        let mut missing: Vec<&str> = expected
            .iter()
            .copied()
            .filter(|part| !is_given.contains(part))
            .collect();
        let unknown = answer.parts.0.iter();
        let unknown = unknown.filter(|(id, _)| !order_of.contains_key(&*id.id));
        for (nth, (id, _)) in unknown.enumerate() {
            let message = format!("the framework `{}` has no part `{}`", named.id, id.id);
            let suggests = nth < SUGGESTIONS;
            let near = suggests.then(|| nearest(&id.id, expected.iter().copied()));
            let near = near.flatten();
            let mut one = Diagnostic::new(Code::UnknownPart, place(id.at), message);
            one.help = suggests.then(|| match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its parts are {}", expected.join(", ")),
            });
            found.push(one);
            // A misspelt name is one mistake: what it stands for is not missing as well.
            missing.retain(|part| Some(*part) != near);
        }
        if !missing.is_empty() {
            let parts = if missing.len() == 1 { "part" } else { "parts" };
            let message = format!(
                "this answer lacks the {parts} {} of the framework `{}`",
                listed(missing.iter().copied()),
                named.id
            );
            found.push(
                Diagnostic::new(Code::MissingPart, place(named.at), message)
                    .help(format!("its parts are {}", expected.join(", "))),
            );
        }
        let order: Vec<usize> = given
            .iter()
            .filter_map(|part| order_of.get(part).copied())
            .collect();
        if missing.is_empty()
            && order.len() == given.len()
            && let Some(wrong) = order.windows(2).position(|pair| pair[0] > pair[1])
        {
            let (id, _) = &answer.parts.0[wrong + 1];
            let message = format!(
                "the part `{}` stands after `{}`, which follows it in the framework",
                id.id, given[wrong]
            );
            found.push(
                Diagnostic::new(Code::PartOrder, place(id.at), message)
                    .help(format!("the order is {}", expected.join(", "))),
            );
        }
    }
}

/// Reports pages that nothing leads to or that lead nowhere. Links show on both of their ends.
fn connections(handbook: &Handbook, gaps: &Gaps, found: &mut Vec<Diagnostic>) {
    // A principle stands in its company's file, and a cheat sheet on the cheat sheet's page.
    let is_linked = |at: &RecordAt| {
        !matches!(at.kind, Kind::Principle | Kind::CheatSheet) && handbook.has_page(*at)
    };
    for at in handbook.everything().filter(is_linked) {
        let links = handbook.links.count_around(at, FEWEST_LINKS);
        // What a question without an answer will lead to, its answer decides.
        let is_sketch = |at: At<Question>| handbook.questions[at].answers.is_empty();
        if links >= FEWEST_LINKS
            || at.of().is_some_and(is_sketch)
            || !gaps.leave_links_of(at.kind, handbook.id(at))
        {
            continue;
        }
        let place = title_place(handbook, at);
        let kind = at.kind.name();
        found.push(if links == 0 {
            Diagnostic::new(
                Code::OrphanPage,
                place,
                format!("no other record links to this {kind}"),
            )
            .help("refer to it where readers would want it")
        } else {
            let links = count(links, "link");
            let message =
                format!("this {kind} has {links} to other records; readers need three ways on");
            Diagnostic::new(Code::DeadEnd, place, message).help("relate it to more records")
        });
    }
}
