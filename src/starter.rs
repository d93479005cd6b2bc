//! What `init` and `new` write: a small handbook with a record of every kind, and the skeleton of each kind.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use crate::model::Kind;
use crate::model::shape::FieldInfo;

static HANDBOOK: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/starter/handbook");
static HOSTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/starter/hosts");
static SKELETONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/starter/new");

/// What stands in a skeleton for each part of an answer, and for an answer without parts.
pub const ANSWER_TEXTS: [&str; 2] = [
    "What you say in this part",
    "What you say, from the first sentence to the last",
];

/// The field that stands between an answer's framework and its text.
const ORIGIN: &str = "origin: original # seed-facts, original or editorial";

/// The most bytes of ids that a comment lists.
const LISTED: usize = 80;
/// The hosts that are told by a file how to build and publish a handbook.
pub const HOST_NAMES: [&str; 3] = ["netlify", "github", "cloudflare"];
/// The one that a new handbook is prepared for unless it is told another.
pub const USUAL_HOST: &str = HOST_NAMES[0];

/// The files of a new handbook: path from its root, bytes.
pub fn handbook() -> Vec<(String, &'static [u8])> {
    files(&HANDBOOK, "")
}

/// The files by which a host builds and publishes a handbook: path from its root, bytes; none for other hosts.
pub fn host(name: &str) -> Vec<(String, &'static [u8])> {
    HOSTS
        .get_dir(name)
        .map(|dir| files(dir, &format!("{name}/")))
        .unwrap_or_default()
}

/// Whether a path is that of a host's file, from the handbook's root.
pub fn is_of_host(path: &str) -> bool {
    let files = HOST_NAMES.iter().flat_map(|name| host(name));
    files.into_iter().any(|(file, _)| file == path)
}

/// All files below a folder, their paths without what stands `before` them, ordered by path.
fn files(dir: &'static Dir<'static>, before: &str) -> Vec<(String, &'static [u8])> {
    let mut out: Vec<_> = dir
        .files()
        .map(|file| {
            let path = file.path().to_string_lossy().replace('\\', "/");
            // Cargo leaves dot files out of packages; they are stored without their dot.
            let path = path.trim_start_matches(before).replace("dot-", ".");
            (path, file.contents())
        })
        .chain(dir.dirs().flat_map(|dir| files(dir, before)))
        .collect();
    out.sort();
    out
}

/// The handbook that a new record comes into, as far as its skeleton tells of it.
#[derive(Default)]
pub struct Surroundings {
    /// Ids by kind, in reading order.
    pub ids: BTreeMap<Kind, Vec<String>>,
    /// The theme of a new question.
    pub theme: Option<String>,
    /// The days that have checklists.
    pub days: Vec<u32>,
    /// The day of a new one.
    pub day: Option<u32>,
    /// The framework of a new answer: its id, and its parts with what to say in each.
    pub framework: Option<(String, Vec<(String, String)>)>,
}

/// A new record's text, marked as a draft; `None` for kinds that stand in another's file.
///
/// Placeholders in the files of `starter/new`: `{title}`, `{theme}`, `{answer}`, `{day}`, `{first:question}` for an id and
/// `{ids:question}` for the end of a comment that lists some.
pub fn skeleton(kind: Kind, title: &str, around: &Surroundings) -> Option<String> {
    let extension = kind.extension();
    let file = SKELETONS.get_file(format!("{}.{extension}", kind.word()))?;
    let mut text = file.contents_utf8()?.to_owned();
    for kind in Kind::ALL {
        let ids = around.ids.get(kind).map_or(&[][..], Vec::as_slice);
        let placeholder = format!("{}-id", kind.word());
        let first = ids.first().unwrap_or(&placeholder);
        text = text.replace(&format!("{{first:{}}}", kind.word()), first);
        text = text.replace(&format!("{{ids:{}}}", kind.word()), &listed(ids));
    }
    let theme = around.theme.as_deref().unwrap_or("theme-id");
    text = text.replace("{theme}", theme);
    text = text.replace("{answer}", &answer(around));
    let day = around.day.map(|day| format!("day: {day}"));
    text = text.replace("{day}", day.as_deref().unwrap_or("# day: 7"));
    // Last, so that nothing in a title is taken for a placeholder.
    let quoted = serde_json::to_string(title).expect("strings always serialise");
    Some(text.replace("{title}", &quoted))
}

/// How texts begin that stand for those to come: a check tells of them, and no page shows them.
pub const TO_BE_WRITTEN: &str = "To be written: ";

/// What `import` writes below a question that is asked next, of which a list does not tell how to hold up.
pub const UNHANDLED: &str = "To be written: how to hold up";

/// What `import` writes into a field that a record must have and a list does not tell.
pub fn placeholder(field: &FieldInfo) -> String {
    format!("{TO_BE_WRITTEN}{}", field.phrase())
}

/// The first ids, as the end of a comment: `; there are one, two, …`.
fn listed(ids: &[String]) -> String {
    let mut list = String::new();
    for id in ids {
        if list.len() + id.len() > LISTED {
            list.push_str(", …");
            break;
        }
        list.push_str(match (ids.len(), list.is_empty()) {
            (1, _) => "; there is ",
            (_, true) => "; there are ",
            _ => ", ",
        });
        list.push_str(id);
    }
    list
}

/// The shape of an answer: the parts of a framework of the handbook, or a text if it has none.
fn answer(around: &Surroundings) -> String {
    let [part, plain] = ANSWER_TEXTS;
    let Some((framework, parts)) = &around.framework else {
        return format!("{ORIGIN}\n    text: {plain}");
    };
    let parts = parts.iter();
    let parts: String = parts
        .map(|(id, instruction)| format!("\n      # {instruction}\n      {id}: {part}"))
        .collect();
    format!(
        "framework: {framework} # its parts are those of the framework, in its order\n    {ORIGIN}\n    parts:{parts}"
    )
}
