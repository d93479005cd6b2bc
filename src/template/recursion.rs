//! Where components call themselves: the template engine says that they do, and not where.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Place, Span};
use crate::source::SourcePath;

/// Templates by name: their files and what stands in them.
pub(super) type Texts<'a> = BTreeMap<String, (SourcePath, &'a str)>;

/// A call in the body of a component.
struct Call<'a> {
    caller: &'a str,
    callee: &'a str,
    place: Place,
}

/// The first call by which a component calls itself, perhaps through others.
pub(super) fn place(texts: &Texts<'_>) -> Option<Place> {
    let calls: Vec<Call<'_>> = texts
        .values()
        .flat_map(|(path, text)| {
            calls(text).map(|(caller, callee, at)| {
                let span = Span::new(at, at + callee.len());
                let place = Place::new(path, span);
                Call {
                    caller,
                    callee,
                    place,
                }
            })
        })
        .collect();
    let returns = |call: &&Call<'_>| {
        let mut reached = BTreeSet::from([call.callee]);
        let mut queue = vec![call.callee];
        while let Some(name) = queue.pop() {
            let callees = calls.iter().filter(|call| call.caller == name);
            queue.extend(
                callees
                    .map(|call| call.callee)
                    .filter(|callee| reached.insert(callee)),
            );
        }
        reached.contains(call.caller)
    };
    calls.iter().find(returns).map(|call| call.place.clone())
}

/// Calls in a template: the component around it, the one that it calls, where its name stands.
fn calls(text: &str) -> impl Iterator<Item = (&str, &str, usize)> {
    named(text, "component ", &["{%"]).flat_map(move |(caller, start)| {
        let length = text[start..]
            .find("endcomponent")
            .unwrap_or(text.len() - start);
        named(&text[start..start + length], "<", &["{{", "{%"])
            .map(move |(callee, at)| (caller, callee, start + at))
    })
}

/// Names that follow a sign in a tag, and where they stand.
fn named<'a>(
    text: &'a str,
    sign: &'static str,
    tags: &'static [&'static str],
) -> impl Iterator<Item = (&'a str, usize)> {
    text.match_indices(sign).filter_map(move |(at, _)| {
        let before = text[..at].trim_end().trim_end_matches('-');
        let start = at + sign.len();
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | ':');
        let length = text[start..].find(|c| !is_part(c)).unwrap_or(0);
        let is_tag = tags.iter().any(|tag| before.ends_with(tag)) && length > 0;
        is_tag.then(|| (&text[start..start + length], start))
    })
}
