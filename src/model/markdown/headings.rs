//! Headings: the ids by which links lead to them, and their levels.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd};

use super::{dialect, shown};
use crate::diagnostic::{listed, nearest};
use crate::model::field::Markdown;
use crate::model::ids::FRAME_IDS;

/// A text's anchors: the ids its headings get.
#[derive(Default)]
pub struct Anchors {
    are_possible: bool,
    slugs: Slugs,
    in_order: Vec<String>,
}

/// The most anchors that are looked through for a near one, and that are listed.
const NEAR_ANCHORS: usize = 200;
const LISTED_ANCHORS: usize = 12;

impl Anchors {
    pub fn of(text: &Markdown) -> Self {
        if text.has_anchors {
            anchors(&text.text)
        } else {
            Self::default()
        }
    }

    pub fn has(&self, anchor: &str) -> bool {
        self.slugs.taken.contains(anchor)
    }

    /// What the author of a link to an unknown heading may have meant.
    pub fn meant(&self, anchor: &str) -> String {
        let known = || self.in_order.iter().map(String::as_str);
        if let Some(near) = nearest(anchor, known().take(NEAR_ANCHORS)) {
            return format!("did you mean `#{near}`?");
        }
        let anchors: Vec<String> = known()
            .take(LISTED_ANCHORS)
            .map(|known| format!("#{known}"))
            .collect();
        let listed = listed(anchors.iter().map(String::as_str));
        match self.in_order.len() {
            0 if self.are_possible => "it has no headings".to_owned(),
            0 => "only the headings of guides have anchors".to_owned(),
            1..=LISTED_ANCHORS => format!("the anchors are {listed}"),
            _ => format!("the first anchors are {listed}"),
        }
    }
}

fn anchors(text: &str) -> Anchors {
    let mut slugs = Slugs::default();
    let mut in_order = Vec::new();
    let mut heading: Option<String> = None;
    let mut own = None;
    for event in Parser::new_ext(text, dialect()) {
        match event {
            Event::Start(Tag::Heading { id, .. }) => {
                heading = Some(String::new());
                own = id;
            }
            Event::End(TagEnd::Heading(_)) => {
                let named = own.take().map(CowStr::into_string).or(heading.take());
                in_order.extend(named.map(|named| slugs.unique(&named)));
                heading = None;
            }
            event => {
                if let (Some(heading), Some(text)) = (&mut heading, shown(&event)) {
                    heading.push_str(text);
                }
            }
        }
    }
    Anchors {
        are_possible: true,
        slugs,
        in_order,
    }
}

/// Makes ids for headings: unique, in order of appearance, and none of the page's frame.
#[derive(Default)]
pub struct Slugs {
    taken: HashSet<String>,
    /// How often each text has come: where to go on counting.
    counts: HashMap<String, usize>,
}

impl Slugs {
    /// A new id for a heading's text; the second of the same text ends in `-2`.
    pub fn unique(&mut self, text: &str) -> String {
        let ascii = deunicode::deunicode(text).to_lowercase();
        let words: Vec<&str> = ascii
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '\'')
            .filter(|word| !word.is_empty())
            .collect();
        let mut slug = words.join("-").replace('\'', "");
        if slug.is_empty() {
            "section".clone_into(&mut slug);
        }
        let mut unique = slug.clone();
        let count = self.counts.entry(slug.clone()).or_insert(1);
        while FRAME_IDS.contains(&unique.as_str()) || !self.taken.insert(unique.clone()) {
            *count += 1;
            unique = format!("{slug}-{count}");
        }
        unique
    }
}

/// The levels of a text's headings, one after the other: each is at most one deeper than what it stands below, or readers
/// who go from heading to heading look for one that is not there.
#[derive(Clone, Default)]
pub struct Levels {
    /// The headings that the next one can stand below: the level that each is written with, and the one it has.
    above: Vec<(u8, u8)>,
}

impl Levels {
    /// The level of the next heading. The page's title is the only one of the first; where the author skips a level, the
    /// heading and those beside it move up.
    pub fn next(&mut self, written: u8) -> u8 {
        let written = written.max(2);
        while self
            .above
            .last()
            .is_some_and(|(above, _)| *above >= written)
        {
            self.above.pop();
        }
        let level = self.above.last().map_or(1, |(_, level)| *level) + 1;
        let level = level.min(written);
        self.above.push((written, level));
        level
    }

    /// The most hashes that the next heading may be written with.
    pub fn deepest(&self) -> u8 {
        self.above.last().map_or(1, |(written, _)| *written) + 1
    }
}
