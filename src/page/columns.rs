//! What the cells of cheat sheets hold that are drawn from records.

use super::Site;
use crate::handbook::{At, RecordAt};
use crate::html::{Html, escape};
use crate::model::field::{Markdown, Ref};
use crate::model::{Company, Framework, Kind, Principle, Question, Theme};

/// A column's heading: the field's name in words.
pub fn heading(site: &Site, name: &str) -> String {
    let word = name.replace('_', "-");
    site.word(&format!("column.{word}")).to_owned()
}

/// What one record has in one field of `Origin::columns`; linking has reported others.
pub fn cell(site: &Site, at: RecordAt, name: &str) -> Html {
    if name == "title" {
        let link = site.link(at);
        return link_to(&link.title, &link.url);
    }
    let handbook = &site.handbook;
    match at.kind {
        Kind::Theme => of_theme(site, At::new(at.nth), name),
        Kind::Company => of_company(site, At::new(at.nth), name),
        Kind::Framework => of_framework(site, &handbook.frameworks[At::new(at.nth)], name),
        Kind::Principle => of_principle(site, At::new(at.nth), name),
        Kind::RedFlag => {
            let record = &handbook.red_flags[At::new(at.nth)];
            match name {
                "thinks" => site.inline(&record.thinks),
                "instead" => site.inline(&record.instead),
                _ => Html::default(),
            }
        }
        Kind::FollowUp => {
            let record = &handbook.follow_ups[At::new(at.nth)];
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

fn of_theme(site: &Site, at: At<Theme>, name: &str) -> Html {
    let record = &site.handbook.themes[at];
    match name {
        "summary" => site.inline(&record.summary),
        "evaluates" => list(site, &record.evaluates),
        "preparation" => list(site, &record.preparation),
        "story_slot" => text(record.story_slot.as_deref().unwrap_or_default()),
        "questions" => text(&site.handbook.questions_of(at).count().to_string()),
        _ => Html::default(),
    }
}

fn of_company(site: &Site, at: At<Company>, name: &str) -> Html {
    let record = &site.handbook.companies[at];
    match name {
        "framework_name" => text(&record.framework_name),
        "summary" => site.inline(&record.summary),
        "listens_for" => list(site, &record.listens_for),
        "prepare" => list(site, &record.prepare),
        "high_signal" => questions(site, at, &record.high_signal),
        "questions_to_ask" => list(site, &record.questions_to_ask),
        _ => Html::default(),
    }
}

fn of_framework(site: &Site, record: &Framework, name: &str) -> Html {
    let joined = |names: Vec<&str>| text(&names.join(", "));
    match name {
        "also_called" => joined(record.also_called.iter().map(|name| &**name).collect()),
        "use_when" => site.inline(&record.use_when),
        "parts" => joined(record.parts.iter().map(|part| &*part.title.text).collect()),
        "notes" => list(site, &record.notes),
        "faults" => list(site, &record.faults),
        _ => Html::default(),
    }
}

fn of_principle(site: &Site, at: At<Principle>, name: &str) -> Html {
    let record = &site.handbook.principles[at];
    match name {
        "company" => text(site.handbook.title(site.handbook.employer(at))),
        "meaning" => site.inline(&record.meaning),
        "signals" => list(site, &record.signals),
        "questions" => questions(site, at, &record.questions),
        "editorial_questions" => questions(site, at, &record.editorial_questions),
        _ => Html::default(),
    }
}

fn questions(site: &Site, from: impl Into<RecordAt>, list: &[Ref<Question>]) -> Html {
    let from = from.into();
    let links = list.iter().map(|question| {
        let link = site.link(site.handbook.follow(from, question));
        link_to(&link.title, &link.url)
    });
    items(&links.collect::<Vec<_>>())
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
