//! Advice about titles, questions and answers: warnings, which a record may allow with a reason.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::gaps::Gaps;
use super::titles::title_place;
use crate::diagnostic::{Code, Diagnostic, Place, Severity, Span, count, nearest};
use crate::handbook::{At, Handbook, RecordAt};
use crate::model::field::{Named, Unsearched};
use crate::model::handbook::{BRAND_CHARACTERS, PATH};
use crate::model::markdown::{self, typed};
use crate::model::speech::{Speech, rules};
use crate::model::{Answer, Framework, Guide, Kind, Question, Settings};
use crate::source::SourcePath;

/// A sixty-second version takes at most this long.
const SHORT_SECONDS: u32 = 65;
const TITLE_CHARACTERS: usize = 120;
/// As many points as one keeps in one's head under pressure.
const POINTS: std::ops::RangeInclusive<usize> = 4..=6;
const POINT_WORDS: usize = 6;

/// Adds what titles, questions and answers lack; takes away what a record allows with a reason.
pub(super) fn advice(handbook: &Handbook, gaps: &Gaps, found: &mut Vec<Diagnostic>) {
    // What parsing noticed in a record's text can be allowed like what is noticed here.
    let mut noticed: BTreeMap<SourcePath, Vec<Diagnostic>> = BTreeMap::new();
    for one in found.extract_if(.., |one| one.severity() == Severity::Warning) {
        noticed.entry(one.place.path.clone()).or_default().push(one);
    }
    let records = handbook
        .everything()
        .filter(|at| at.kind != Kind::Principle);
    let records: Vec<_> = records
        .map(|at| (at, noticed.remove(handbook.entry(at).path())))
        .collect();
    let of_record = |(at, noticed): (RecordAt, Option<Vec<Diagnostic>>)| {
        let mut warnings = noticed.unwrap_or_default();
        let is_whole = !gaps.hold(at.kind, handbook.id(at));
        if is_whole {
            title(handbook, at, &mut warnings);
        }
        if is_whole && let Some(at) = at.of::<Guide>() {
            repeated_title(handbook, at, &mut warnings);
        }
        if is_whole && let Some(at) = at.of::<Question>() {
            question(handbook, at, gaps, &mut warnings);
        }
        let all_is_known = gaps.leave_links_of(at.kind, handbook.id(at));
        let entry = handbook.entry(at);
        let allowed = &handbook.common(at).allow;
        allow(allowed, entry.path(), warnings, all_is_known)
    };
    let advice: Vec<Vec<Diagnostic>> = records.into_par_iter().map(of_record).collect();
    found.extend(advice.into_iter().flatten());
    found.extend(noticed.into_values().flatten());
}

/// The warnings of a file that it does not allow, and with `all_is_known` what it allows for nothing.
pub fn allow(
    allowed: &Named<Unsearched>,
    path: &SourcePath,
    warnings: Vec<Diagnostic>,
    all_is_known: bool,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let allowed = &allowed.0;
    for (id, _) in allowed {
        let place = Place::new(path, id.at);
        let occurs = |code| warnings.iter().any(|warning| warning.code == code);
        match Code::from_word(&id.id) {
            Some(code) if code.severity() != Severity::Warning => found.push(
                Diagnostic::new(
                    Code::UnknownAllow,
                    place,
                    format!(
                        "`{code}` is {} and cannot be allowed",
                        code.severity().phrase()
                    ),
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
    found
}

fn unknown_allow(word: &str, place: Place) -> Diagnostic {
    let warnings = || {
        // A file of no known kind has no record, and this code allows nothing.
        let elsewhere = [
            Code::UnknownFile,
            Code::MisplacedFile,
            Code::UnportableName,
            Code::UnreadableColour,
            Code::UnknownToken,
            Code::UnusedAllow,
        ];
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
        let place = title_place(handbook, at);
        let message =
            format!("the title has {characters} characters, more than {TITLE_CHARACTERS}");
        let help = match at.kind {
            Kind::Question => "shorten it; other wordings go to `also_asked`",
            _ => "shorten it",
        };
        warnings.push(Diagnostic::new(Code::TitleTooLong, place, message).help(help));
    }
    if let Some(mark) = markdown::mark_in(handbook.title(at)) {
        let message = format!("this title holds {mark}, and titles are plain text");
        let place = title_place(handbook, at);
        let help = "write it without the marks; readers would see them";
        warnings.push(Diagnostic::new(Code::MarkdownTitle, place, message).help(help));
    }
}

/// Reports a guide whose text begins with its title.
fn repeated_title(handbook: &Handbook, at: At<Guide>, warnings: &mut Vec<Diagnostic>) {
    let entry = handbook.guides.entry(at);
    let body = &entry.record.body.0;
    let first = body.text.lines().find(|line| !line.trim().is_empty());
    let Some(heading) = first.filter(|line| line.starts_with('#')) else {
        return;
    };
    let words = typed(heading.trim_matches(['#', ' ']));
    if words.to_lowercase() == typed(&entry.record.title).to_lowercase() {
        let before = heading.as_ptr() as usize - body.text.as_ptr() as usize;
        let start = body.at.range().start + before;
        let place = Place::new(&entry.path, Span::new(start, start + heading.len()));
        let message = "this heading says the guide's title again";
        let help = "delete it; the page shows the title above its text";
        warnings.push(Diagnostic::new(Code::RepeatedTitle, place, message).help(help));
    }
}

/// Reports a short title that does not fit where it is to stand.
pub(super) fn short_title(handbook: &Handbook, found: &mut Vec<Diagnostic>) {
    let Some(short) = &handbook.settings.short_title else {
        return;
    };
    let characters = short.chars().count();
    if characters > BRAND_CHARACTERS {
        let message =
            format!("the short title has {characters} characters, more than {BRAND_CHARACTERS}");
        let place = Place::new(&SourcePath::new(PATH), short.at);
        let help = "shorten it; it stands in the bar, beside the navigation";
        found.push(Diagnostic::new(Code::TitleTooLong, place, message).help(help));
    }
}

#[expect(clippy::too_many_lines, reason = "one piece of advice after the other")]
fn question(handbook: &Handbook, at: At<Question>, gaps: &Gaps, warnings: &mut Vec<Diagnostic>) {
    let entry = handbook.questions.entry(at);
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
        // What else it lacks, it lacks because it is a sketch.
        return;
    }
    if record.evaluates.is_empty() {
        warn(
            Code::NoCriteria,
            &title,
            "this question does not say what interviewers listen for".to_owned(),
            "add it to `evaluates`",
        );
    }
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
    let related = handbook.links.related(at, Kind::Question).len();
    if related < 2 && gaps.leave_neighbours_of(Kind::Question, entry.id.as_str()) {
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
    if !handbook.settings.spoken.0 {
        return;
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
    let written = |answer: &&Answer| answer.speech().words > 0;
    for answer in record.answers.iter().filter(written) {
        let framework = answer.framework.as_ref();
        let framework = framework.and_then(|framework| handbook.target(at, framework));
        let framework = framework.map(|framework| &handbook.frameworks[framework]);
        let language = handbook.settings.language();
        answer_advice(answer, framework, pace, language, &entry.path, warnings);
    }
}

#[expect(clippy::too_many_lines, reason = "one piece of advice after the other")]
fn answer_advice(
    answer: &Answer,
    framework: Option<&Framework>,
    pace: u32,
    language: &str,
    path: &SourcePath,
    warnings: &mut Vec<Diagnostic>,
) {
    let rules = rules();
    let whole = answer.speech();
    let place = Place::new(path, answer.id.at);
    skeleton(answer, path, warnings);
    let mut warn = |code, place: Place, message: String, help: &str| {
        warnings.push(Diagnostic::new(code, place, message).help(help));
    };
    let seconds = whole.seconds(pace);
    if seconds > rules.seconds.most {
        let message = format!(
            "this answer takes {seconds} s to say, more than {}",
            rules.seconds.most
        );
        warn(
            Code::AnswerTooLong,
            place.clone(),
            message,
            "shorten it; 90 to 120 s hold attention",
        );
    } else if seconds < rules.seconds.least {
        let message = format!(
            "this answer takes {seconds} s to say, less than {}",
            rules.seconds.least
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
        .is_some_and(|part| rules.openings.iter().any(|id| **id == *part.id.id));
    if let (true, Some((_, first))) = (opens, answer.parts.0.first())
        && first.speech.words * 100 > whole.words * rules.opening_percent
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
    if let Some(said) = whole.persons(language)
        && said.plural > said.singular
    {
        let message = format!(
            "this answer says \"we\" {} and \"I\" {}",
            count(said.plural as usize, "time"),
            count(said.singular as usize, "time")
        );
        warn(
            Code::AnswerSaysWe,
            place,
            message,
            "say what you did yourself",
        );
    }
}

/// Reports skeletons that nobody learns in an evening.
fn skeleton(answer: &Answer, path: &SourcePath, warnings: &mut Vec<Diagnostic>) {
    let mut warn = |at, message: String, help: &str| {
        let place = Place::new(path, at);
        warnings.push(Diagnostic::new(Code::SkeletonShape, place, message).help(help));
    };
    let points = &answer.skeleton;
    if let Some(first) = points.first()
        && !POINTS.contains(&points.len())
    {
        let message = format!("this skeleton has {}", count(points.len(), "point"));
        warn(first.at, message, "keep four to six");
    }
    for point in points {
        let words = point.split_whitespace().count();
        if words > POINT_WORDS {
            let message = format!("this point has {words} words, more than {POINT_WORDS}");
            warn(point.at, message, "keep the words that bring the rest back");
        }
    }
}

/// The note that answers are not checked for "I" and "we" in the handbook's language.
pub(super) fn resting(settings: &Settings) -> Option<Diagnostic> {
    let language = settings.language.as_ref()?;
    if !settings.spoken.0 || Speech::knows(&language.tag) {
        return None;
    }
    let place = Place::new(&SourcePath::new(PATH), language.at);
    let message = format!(
        "in `{}` nothing checks whether answers say \"we\" more often than \"I\"",
        language.tag
    );
    let help = "that is known in English and German; all other checks go on";
    Some(Diagnostic::new(Code::RestingChecks, place, message).help(help))
}
