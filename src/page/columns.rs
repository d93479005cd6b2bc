//! Which fields of records a cheat sheet can show as columns, and what their cells hold.

use crate::handbook::RecordAt;
use crate::html::{Html, escape};
use crate::model::Kind;
use crate::model::field::Markdown;
use crate::model::practice::Origin;
use crate::site::Site;

/// The fields that tables drawn from these records can show.
pub fn names(from: Origin) -> &'static [&'static str] {
    match from {
        Origin::Themes => &[
            "title",
            "summary",
            "evaluates",
            "preparation",
            "story_slot",
            "questions",
        ],
        Origin::Companies => &[
            "title",
            "framework_name",
            "summary",
            "listens_for",
            "prepare",
            "high_signal",
            "questions_to_ask",
        ],
        Origin::Frameworks => &[
            "title",
            "also_called",
            "use_when",
            "parts",
            "notes",
            "faults",
        ],
        Origin::Principles => &[
            "title",
            "company",
            "meaning",
            "signals",
            "questions",
            "editorial_questions",
        ],
        Origin::RedFlags => &["title", "thinks", "instead"],
        Origin::FollowUps => &["title", "example", "tests", "handle"],
    }
}

/// The kind of record a table's rows are.
pub fn kind(from: Origin) -> Kind {
    match from {
        Origin::Themes => Kind::Theme,
        Origin::Companies => Kind::Company,
        Origin::Frameworks => Kind::Framework,
        Origin::Principles => Kind::Principle,
        Origin::RedFlags => Kind::RedFlag,
        Origin::FollowUps => Kind::FollowUp,
    }
}

/// A column's heading: the field's name in words.
pub fn heading(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

#[expect(clippy::too_many_lines, reason = "a flat table of kinds and fields")]
/// What one record has in one field; empty for an unknown field, which linking has reported.
pub fn cell(site: &Site, at: RecordAt, name: &str) -> Html {
    if name == "title" {
        let link = site.link(at);
        return link_to(&link.title, &link.url);
    }
    let handbook = &site.handbook;
    let questions = |list: &[crate::model::field::Ref<crate::model::Question>]| {
        let links = list
            .iter()
            .filter_map(|question| handbook.questions.position(&question.id))
            .map(|nth| {
                let link = site.link(RecordAt {
                    kind: Kind::Question,
                    nth,
                });
                link_to(&link.title, &link.url)
            });
        items(&links.collect::<Vec<_>>())
    };
    match at.kind {
        Kind::Theme => {
            let record = handbook.themes.at(at.nth);
            match name {
                "summary" => site.inline(&record.summary),
                "evaluates" => list(site, &record.evaluates),
                "preparation" => list(site, &record.preparation),
                "story_slot" => text(record.story_slot.as_deref().unwrap_or_default()),
                "questions" => text(&handbook.questions_of(at.nth).count().to_string()),
                _ => Html::default(),
            }
        }
        Kind::Company => {
            let record = handbook.companies.at(at.nth);
            match name {
                "framework_name" => text(&record.framework_name),
                "summary" => site.inline(&record.summary),
                "listens_for" => list(site, &record.listens_for),
                "prepare" => list(site, &record.prepare),
                "high_signal" => questions(&record.high_signal),
                "questions_to_ask" => list(site, &record.questions_to_ask),
                _ => Html::default(),
            }
        }
        Kind::Framework => {
            let record = handbook.frameworks.at(at.nth);
            match name {
                "also_called" => text(
                    &record
                        .also_called
                        .iter()
                        .map(|name| &**name)
                        .collect::<Vec<_>>()
                        .join(", "),
                ),
                "use_when" => site.inline(&record.use_when),
                "parts" => text(
                    &record
                        .parts
                        .iter()
                        .map(|part| &*part.title.text)
                        .collect::<Vec<_>>()
                        .join(", "),
                ),
                "notes" => list(site, &record.notes),
                "faults" => list(site, &record.faults),
                _ => Html::default(),
            }
        }
        Kind::Principle => {
            let record = handbook.principle(at.nth);
            match name {
                "company" => text(
                    &handbook
                        .companies
                        .at(handbook.principles[at.nth].company)
                        .title,
                ),
                "meaning" => site.inline(&record.meaning),
                "signals" => list(site, &record.signals),
                "questions" => questions(&record.questions),
                "editorial_questions" => questions(&record.editorial_questions),
                _ => Html::default(),
            }
        }
        Kind::RedFlag => {
            let record = handbook.red_flags.at(at.nth);
            match name {
                "thinks" => site.inline(&record.thinks),
                "instead" => site.inline(&record.instead),
                _ => Html::default(),
            }
        }
        Kind::FollowUp => {
            let record = handbook.follow_ups.at(at.nth);
            match name {
                "example" => text(&record.example),
                "tests" => site.inline(&record.tests),
                "handle" => site.inline(&record.handle),
                _ => Html::default(),
            }
        }
        _ => Html::default(),
    }
}

fn text(text: &str) -> Html {
    Html::new(&escape(text))
}

fn link_to(title: &str, url: &str) -> Html {
    Html::new(&format!(
        "<a href=\"{}\">{}</a>",
        escape(url),
        escape(title)
    ))
}

fn list(site: &Site, texts: &[Markdown]) -> Html {
    items(&site.inlines(texts))
}

fn items(items: &[Html]) -> Html {
    match items {
        [one] => one.clone(),
        many => {
            let items: String = many
                .iter()
                .map(|item| format!("<li>{}</li>", item.as_str()))
                .collect();
            if items.is_empty() {
                Html::default()
            } else {
                Html::new(&format!("<ul>{items}</ul>"))
            }
        }
    }
}
