//! Checks across records, and advice about answers.

use std::collections::BTreeMap;

use super::gaps::Gaps;
use super::report_duplicates;
use crate::diagnostic::{Code, Diagnostic, Place, Severity, Span, count, listed, nearest};
use crate::handbook::{Handbook, RecordAt};
use crate::model::field::LocalId;
use crate::model::{Answer, Entry, Framework, Kind, Question};
use crate::page::columns;
use crate::source::SourcePath;

/// A model answer takes 60 to 150 seconds.
const ANSWER_SECONDS: std::ops::RangeInclusive<u32> = 60..=150;
/// A sixty-second version takes at most this long.
const SHORT_SECONDS: u32 = 65;
const TITLE_CHARACTERS: usize = 120;
/// Fewest links out of a page's content.
const FEWEST_LINKS: usize = 3;

/// Adds what does not fit together to the findings.
pub fn check(handbook: &Handbook, gaps: &Gaps, found: &mut Vec<Diagnostic>) {
    duplicates(handbook, found);
    cheat_sheets(handbook, gaps, found);
    checklists(handbook, found);
    for entry in handbook.questions.iter() {
        answers_fit_frameworks(handbook, gaps, entry, found);
    }
    if gaps.links_are_known {
        connections(handbook, found);
    }
    advice(handbook, gaps, found);
}

fn duplicates(handbook: &Handbook, found: &mut Vec<Diagnostic>) {
    let numbers = handbook.questions.iter().filter_map(|entry| {
        let number = entry.record.number?;
        Some((
            number.value,
            Place::new(&entry.path, number.at),
            format!("two questions have the number {}", number.value),
        ))
    });
    report_duplicates(
        numbers,
        Code::DuplicateNumber,
        "the first is here",
        "core numbers are unique; give one of them another",
        found,
    );
    let days = handbook.checklists.iter().filter_map(|entry| {
        let record = &entry.record;
        let moment = record.checkpoint()?;
        let day = record.day.map(|day| day.at);
        let at = day.or_else(|| record.when.map(|when| when.at))?;
        let place = Place::new(&entry.path, at);
        Some((
            moment,
            place,
            format!(
                "two checklists are for the same time: {}",
                entry.record.moment()
            ),
        ))
    });
    report_duplicates(
        days,
        Code::DuplicateDay,
        "the first is here",
        "make them one, or take the day from one of them",
        found,
    );
}

/// Reports ids that stand twice in a record. References to such ids mean nothing, so this comes before they are
/// resolved.
pub(super) fn local_ids(handbook: &Handbook, found: &mut Vec<Diagnostic>) {
    let mut unique = |ids: Vec<&LocalId>, path: &SourcePath, what: &str| {
        let ids = ids.into_iter().filter(|id| !id.id.is_empty());
        let ids = ids.map(|id| {
            (
                id.id.clone(),
                Place::new(path, id.at),
                format!("two {what} have the id `{}`", id.id),
            )
        });
        report_duplicates(
            ids,
            Code::DuplicateId,
            "the first is here",
            "ids are unique in their record; rename one",
            found,
        );
    };
    for entry in handbook.companies.iter() {
        unique(
            entry
                .record
                .principles
                .iter()
                .map(|principle| &principle.id)
                .collect(),
            &entry.path,
            "principles",
        );
    }
    for entry in handbook.frameworks.iter() {
        unique(
            entry.record.parts.iter().map(|part| &part.id).collect(),
            &entry.path,
            "parts",
        );
    }
    for entry in handbook.checklists.iter() {
        unique(
            entry.record.items.iter().map(|item| &item.id).collect(),
            &entry.path,
            "items",
        );
    }
    for entry in handbook.questions.iter() {
        let ids = entry
            .record
            .answers
            .iter()
            .map(|answer| &answer.id)
            .chain(entry.record.cases.iter().map(|case| &case.id));
        unique(ids.collect(), &entry.path, "answers or cases");
    }
}

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
            let known = columns::names(from);
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

/// Reports missing, unknown and misplaced parts of a question's answers.
fn answers_fit_frameworks(
    handbook: &Handbook,
    gaps: &Gaps,
    entry: &Entry<Question>,
    found: &mut Vec<Diagnostic>,
) {
    if gaps.hold(Kind::Question, entry.id.as_str()) {
        return;
    }
    for answer in &entry.record.answers {
        let Some(framework) = handbook.frameworks.get(&answer.framework.id) else {
            continue;
        };
        if gaps.hold(Kind::Framework, answer.framework.id.as_str()) {
            continue;
        }
        let expected: Vec<&str> = framework.parts.iter().map(|part| &*part.id.id).collect();
        let given: Vec<&str> = answer.parts.0.iter().map(|(id, _)| &*id.id).collect();
        let place = |at| Place::new(&entry.path, at);
        let mut missing: Vec<&str> = expected
            .iter()
            .copied()
            .filter(|part| !given.contains(part))
            .collect();
        let unknown = answer.parts.0.iter();
        for (id, _) in unknown.filter(|(id, _)| !expected.contains(&&*id.id)) {
            let message = format!(
                "the framework `{}` has no part `{}`",
                answer.framework.id, id.id
            );
            let near = nearest(&id.id, expected.iter().copied());
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its parts are {}", expected.join(", ")),
            };
            found.push(Diagnostic::new(Code::UnknownPart, place(id.at), message).help(help));
            // A misspelt name is one mistake: what it stands for is not missing as well.
            missing.retain(|part| Some(*part) != near);
        }
        if !missing.is_empty() {
            let parts = if missing.len() == 1 { "part" } else { "parts" };
            let message = format!(
                "this answer lacks the {parts} {} of the framework `{}`",
                listed(missing.iter().copied()),
                answer.framework.id
            );
            found.push(
                Diagnostic::new(Code::MissingPart, place(answer.framework.at), message)
                    .help(format!("its parts are {}", expected.join(", "))),
            );
        }
        let order: Vec<usize> = given
            .iter()
            .filter_map(|part| expected.iter().position(|known| known == part))
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
fn connections(handbook: &Handbook, found: &mut Vec<Diagnostic>) {
    let with_pages = [
        Kind::Question,
        Kind::Theme,
        Kind::Company,
        Kind::Framework,
        Kind::Checklist,
        Kind::Exercise,
        Kind::Guide,
    ];
    for at in with_pages.iter().flat_map(|kind| handbook.all(*kind)) {
        let links = handbook.links.around(at).len();
        if links >= FEWEST_LINKS {
            continue;
        }
        let place = Place::new(handbook.path(at), handbook.title_span(at));
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

/// Warnings, less those that a record allows with a reason.
fn advice(handbook: &Handbook, gaps: &Gaps, found: &mut Vec<Diagnostic>) {
    // What parsing noticed in a record's text can be allowed like what is noticed here.
    let mut noticed: BTreeMap<SourcePath, Vec<Diagnostic>> = BTreeMap::new();
    for one in found.extract_if(.., |one| one.severity() == Severity::Warning) {
        noticed.entry(one.place.path.clone()).or_default().push(one);
    }
    for at in handbook
        .everything()
        .filter(|at| at.kind != Kind::Principle)
    {
        let mut warnings = noticed.remove(handbook.path(at)).unwrap_or_default();
        let is_whole = !gaps.hold(at.kind, handbook.id(at));
        if is_whole {
            title(handbook, at, &mut warnings);
        }
        if is_whole && at.kind == Kind::Question {
            question(handbook, at, gaps, &mut warnings);
        }
        let all_is_known = is_whole && gaps.links_are_known;
        allow(handbook, at, warnings, all_is_known, found);
    }
    found.extend(noticed.into_values().flatten());
}

/// Reports warnings that a record does not allow, and with `all_is_known` what it allows for nothing.
fn allow(
    handbook: &Handbook,
    at: RecordAt,
    warnings: Vec<Diagnostic>,
    all_is_known: bool,
    found: &mut Vec<Diagnostic>,
) {
    let allowed = &handbook.common(at).allow.0;
    let path = handbook.path(at);
    for (id, _) in allowed {
        let place = Place::new(path, id.at);
        let occurs = |code| warnings.iter().any(|warning| warning.code == code);
        match Code::from_word(&id.id) {
            Some(code) if code.severity() == Severity::Error => found.push(
                Diagnostic::new(
                    Code::UnknownAllow,
                    place,
                    format!("`{code}` is an error and cannot be allowed"),
                )
                .help("mend what it reports, and delete this"),
            ),
            Some(code) if all_is_known && !occurs(code) => {
                let message = format!("`{code}` is allowed here and does not occur");
                found.push(Diagnostic::new(Code::UnusedAllow, place, message).help("delete it"));
            }
            Some(_) => {}
            None => found.push(unknown_allow(&id.id, place)),
        }
    }
    found.extend(
        warnings
            .into_iter()
            .filter(|warning| !allowed.iter().any(|(id, _)| *id.id == *warning.code.word())),
    );
}

fn unknown_allow(word: &str, place: Place) -> Diagnostic {
    let warnings = || {
        // A file of no known kind has no record, and this code allows nothing.
        let elsewhere = [Code::UnknownFile, Code::UnusedAllow];
        let all = Code::ALL.iter();
        all.filter(move |code| code.severity() == Severity::Warning && !elsewhere.contains(code))
            .map(|code| code.word())
    };
    let help = match nearest(word, warnings()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "the warnings are {}",
            warnings().collect::<Vec<_>>().join(", ")
        ),
    };
    let message = format!("there is no warning `{word}`");
    Diagnostic::new(Code::UnknownAllow, place, message).help(help)
}

fn title(handbook: &Handbook, at: RecordAt, warnings: &mut Vec<Diagnostic>) {
    let characters = handbook.title(at).chars().count();
    if characters > TITLE_CHARACTERS {
        let place = Place::new(handbook.path(at), handbook.title_span(at));
        let message =
            format!("the title has {characters} characters, more than {TITLE_CHARACTERS}");
        let help = match at.kind {
            Kind::Question => "shorten it; other wordings go to `also_asked`",
            _ => "shorten it",
        };
        warnings.push(Diagnostic::new(Code::TitleTooLong, place, message).help(help));
    }
}

fn question(handbook: &Handbook, at: RecordAt, gaps: &Gaps, warnings: &mut Vec<Diagnostic>) {
    let entry = handbook.questions.entry(at.nth);
    let record = &entry.record;
    let pace = handbook.settings.pace();
    let title = Place::new(&entry.path, record.title.at);
    let mut warn = |code, place: &Place, message: String, help: &str| {
        warnings.push(Diagnostic::new(code, place.clone(), message).help(help));
    };
    if record.answers.is_empty() {
        warn(
            Code::NoAnswer,
            &title,
            "this question has no model answer yet".to_owned(),
            "add one to `answers`",
        );
    } else {
        if record.follow_ups.len() < 3 {
            let message = format!(
                "this question has {}, fewer than three",
                count(record.follow_ups.len(), "follow-up")
            );
            warn(
                Code::FewFollowUps,
                &title,
                message,
                "add what an interviewer asks next",
            );
        }
        if record.traps.is_empty() {
            warn(
                Code::NoTrap,
                &title,
                "this question has no trap".to_owned(),
                "say how the point is lost",
            );
        }
    }
    let related = handbook.links.related(at, Kind::Question).len();
    if related < 2 && gaps.links_are_known {
        warn(
            Code::FewRelated,
            &title,
            format!(
                "this question has {}, fewer than two",
                count(related, "related question")
            ),
            "add neighbours to `related`",
        );
    }
    if let Some(short) = &record.sixty_second {
        let seconds = short.speech.seconds(pace);
        if seconds > SHORT_SECONDS {
            let message = format!(
                "the sixty-second version takes {seconds} s to say, more than {SHORT_SECONDS}"
            );
            warn(
                Code::SixtySecondTooLong,
                &Place::new(&entry.path, short.markdown.at),
                message,
                "cut it to the bone",
            );
        }
    }
    // An answer without parts lacks them, and that is all there is to say of it.
    let written = |answer: &&Answer| !answer.parts.0.is_empty();
    for answer in record.answers.iter().filter(written) {
        let framework = handbook.frameworks.get(&answer.framework.id);
        answer_advice(answer, framework, pace, &entry.path, warnings);
    }
}

fn answer_advice(
    answer: &Answer,
    framework: Option<&Framework>,
    pace: u32,
    path: &SourcePath,
    warnings: &mut Vec<Diagnostic>,
) {
    let whole = answer.speech();
    let place = Place::new(path, answer.id.at);
    let mut warn = |code, place: Place, message: String, help: &str| {
        warnings.push(Diagnostic::new(code, place, message).help(help));
    };
    let seconds = whole.seconds(pace);
    if seconds > *ANSWER_SECONDS.end() {
        let message = format!(
            "this answer takes {seconds} s to say, more than {}",
            ANSWER_SECONDS.end()
        );
        warn(
            Code::AnswerTooLong,
            place.clone(),
            message,
            "shorten it; 90 to 120 s hold attention",
        );
    } else if seconds < *ANSWER_SECONDS.start() {
        let message = format!(
            "this answer takes {seconds} s to say, less than {}",
            ANSWER_SECONDS.start()
        );
        warn(
            Code::AnswerTooShort,
            place.clone(),
            message,
            "say what you did, step by step",
        );
    }
    // Only a story opens with a situation; the first step of a method may be its longest.
    let opens = framework
        .and_then(|framework| framework.parts.first())
        .is_some_and(|part| matches!(&*part.id.id, "situation" | "setup"));
    if let (true, Some((_, first))) = (opens, answer.parts.0.first())
        && first.speech.words * 4 > whole.words
    {
        let percent = first.speech.words * 100 / whole.words.max(1);
        let message =
            format!("the situation takes {percent} % of this answer, more than a quarter");
        warn(
            Code::SituationTooLong,
            Place::new(path, first.markdown.at),
            message,
            "give only what the listener needs",
        );
    }
    if !whole.has_figure {
        warn(
            Code::AnswerWithoutFigure,
            place.clone(),
            "this answer has no figure".to_owned(),
            "give one number with its unit",
        );
    }
    if whole.first_plural > whole.first_singular {
        let message = format!(
            "this answer says \"we\" {} and \"I\" {}",
            count(whole.first_plural as usize, "time"),
            count(whole.first_singular as usize, "time")
        );
        warn(
            Code::AnswerSaysWe,
            place,
            message,
            "say what you did yourself",
        );
    }
}
