//! Texts of a list as a handbook takes them: tags and formulas as Markdown, its pictures, its links between questions.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd};

use super::{Request, html, words};
use crate::kind::Kind;
use crate::model::ids::proposed_id;
use crate::model::markdown::{Destination, destination, dialect};
use crate::source::{IMAGES, Source, SourcePath, Sources};

/// The endings of pictures.
const PICTURES: [&str; 7] = ["svg", "png", "jpg", "jpeg", "gif", "webp", "avif"];

/// The bytes of a file by its path from the list, or with a slash before it from the folder of all, where there is one that
/// the list may show.
pub type Beside<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

/// What carries texts over, and what it has carried.
pub(super) struct Carrier<'a> {
    sources: &'a Sources,
    beside: Beside<'a>,
    shows_tags: bool,
    /// The ids of questions by the letters of their titles.
    questions: BTreeMap<String, String>,
    /// The files of those that are made.
    made: BTreeSet<SourcePath>,
    /// Pictures to be written, and by their addresses in the list what texts call them; nothing for those that cannot be
    /// shown.
    pub(super) pictures: BTreeMap<SourcePath, Vec<u8>>,
    names: BTreeMap<String, Option<String>>,
    /// The addresses of pictures elsewhere.
    pub(super) linked: BTreeSet<String>,
    pub(super) remarks: Vec<String>,
}

impl<'a> Carrier<'a> {
    pub(super) fn new(sources: &'a Sources, request: &Request<'a>) -> Self {
        Self {
            sources,
            beside: request.beside,
            shows_tags: request.list.shows_tags,
            questions: BTreeMap::new(),
            made: BTreeSet::new(),
            pictures: BTreeMap::new(),
            names: BTreeMap::new(),
            linked: BTreeSet::new(),
            remarks: Vec::new(),
        }
    }

    /// Tells of a question that texts may lead to.
    pub(super) fn know(&mut self, title: &str, id: &str) {
        let path = format!("content/{}", Kind::Question.file(id));
        self.made.insert(SourcePath::new(path));
        let key = letters(title);
        self.questions.entry(key).or_insert_with(|| id.to_owned());
    }

    /// A text of the list that stands at a place.
    pub(super) fn text(&mut self, text: &str, place: &str) -> String {
        let text = with_formulas(text);
        let text = if self.shows_tags {
            text
        } else {
            without_tags(&text)
        };
        let text = self.with_links(&text, place);
        words::harmless(&text, |path| {
            self.sources.get(path).is_some()
                || self.pictures.contains_key(path)
                || self.made.contains(path)
        })
    }

    /// A text whose pictures are the handbook's, or links, and whose links to headings lead to questions.
    fn with_links(&mut self, text: &str, place: &str) -> String {
        if !text.contains('[') {
            return text.to_owned();
        }
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        let mut open: Vec<Led> = Vec::new();
        for (event, at) in Parser::new_ext(text, dialect()).into_offset_iter() {
            match event {
                Event::Start(Tag::Image { dest_url, .. }) => {
                    open.push(Led::new(at, dest_url, true));
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    open.push(Led::new(at, dest_url, false));
                }
                Event::End(TagEnd::Image | TagEnd::Link) => {
                    let Some(led) = open.pop() else { continue };
                    let words = text.get(led.first..led.last).unwrap_or_default();
                    let edit = if led.is_picture {
                        self.picture(&text[led.at.clone()], &led.address, words, place)
                    } else {
                        self.link(&led.address, words)
                    };
                    edits.extend(edit.map(|edit| (led.at, edit)));
                }
                _ => {
                    for led in &mut open {
                        led.first = led.first.min(at.start);
                        led.last = led.last.max(at.end);
                    }
                }
            }
        }
        edited(text, edits)
    }

    /// What stands for a link to a heading: a link to the question, or its words.
    fn link(&self, address: &str, words: &str) -> Option<String> {
        let anchor = address.strip_prefix('#')?;
        let keys = [letters(anchor), letters(&words::plain(words))];
        let unnumbered = keys[0].trim_start_matches(|c: char| c.is_ascii_digit());
        let mut keys = keys.iter().map(String::as_str).chain([unnumbered]);
        let id = keys.find_map(|key| self.questions.get(key));
        Some(id.map_or(words.to_owned(), |id| format!("[{words}](question:{id})")))
    }

    /// What stands for a picture.
    fn picture(
        &mut self,
        written: &str,
        address: &str,
        words: &str,
        place: &str,
    ) -> Option<String> {
        match destination(address) {
            Destination::Outside => {
                self.linked.insert(address.to_owned());
                let words = if words.trim().is_empty() {
                    address
                } else {
                    words
                };
                return Some(format!("[{words}](<{address}>)"));
            }
            Destination::Path | Destination::File => {}
            _ => return None,
        }
        let name = match self.names.get(address) {
            Some(name) => name.clone(),
            None => {
                let name = self.take(address);
                if name.is_none() {
                    self.remarks.push(format!(
                        "{place}: the picture `{address}` is not beside the list or in its repository, or none that can be shown; it stands as it was written"
                    ));
                }
                self.names.insert(address.to_owned(), name.clone());
                name
            }
        };
        let name = name?;
        // What its title says stands for words that it lacks, or else its own name does.
        let title = written.rsplit_once(" \"").map(|(_, title)| title);
        let title = title.and_then(|title| title.strip_suffix("\")"));
        let own = name[IMAGES.len()..].rsplit_once('.');
        let own = own.map_or("", |(stem, _)| stem).replace('-', " ");
        let mut words = [words, title.unwrap_or_default(), &own].into_iter();
        let words = words.find(|words| !words.trim().is_empty());
        Some(format!("![{}]({name})", words.unwrap_or("picture")))
    }

    /// Takes a picture of the list: what texts call it.
    fn take(&mut self, address: &str) -> Option<String> {
        let path = address.split(['?', '#']).next()?;
        let path = ["%20", "%28", "%29"]
            .into_iter()
            .zip([" ", "(", ")"])
            .fold(path.to_owned(), |path, (written, meant)| {
                path.replace(written, meant)
            });
        let path = path.trim_start_matches("./");
        let file = path.rsplit('/').next()?;
        let (stem, ending) = file.rsplit_once('.')?;
        let stem = proposed_id(stem).unwrap_or_else(|| "picture".to_owned());
        let ending = ending.to_ascii_lowercase();
        if !PICTURES.contains(&ending.as_str()) {
            return None;
        }
        let bytes = (self.beside)(path)?;
        let mut count = 1;
        loop {
            let name = match count {
                1 => format!("{IMAGES}{stem}.{ending}"),
                _ => format!("{IMAGES}{stem}-{count}.{ending}"),
            };
            let path = SourcePath::new(format!("content/{name}"));
            let known = self.sources.get(&path).map(|source| &source.bytes[..]);
            let known = known.or_else(|| self.pictures.get(&path).map(Vec::as_slice));
            match known {
                Some(known) if known == bytes => return Some(name),
                Some(_) => count += 1,
                None if !can_be_shown(&path, &bytes) => return None,
                None => {
                    self.pictures.insert(path, bytes);
                    return Some(name);
                }
            }
        }
    }
}

/// A picture or a link that is gone through.
struct Led<'a> {
    at: Range<usize>,
    address: CowStr<'a>,
    is_picture: bool,
    /// Where its words begin and end.
    first: usize,
    last: usize,
}

impl<'a> Led<'a> {
    fn new(at: Range<usize>, address: CowStr<'a>, is_picture: bool) -> Self {
        Self {
            at,
            address,
            is_picture,
            first: usize::MAX,
            last: 0,
        }
    }
}

/// Whether a handbook takes a picture.
fn can_be_shown(path: &SourcePath, bytes: &[u8]) -> bool {
    let mut alone = Sources::default();
    alone.insert(path.clone(), Source::new(bytes));
    crate::media::media(&alone, false).found.is_empty()
}

/// A title by its letters and digits, as anchors have them.
fn letters(title: &str) -> String {
    let letters = title.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// A text with other words at some places; places within one that is changed stay as they are there.
fn edited(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (range, edit) in edits {
        if range.start >= done {
            out += &text[done..range.start];
            out += &edit;
            done = range.end;
        }
    }
    out + &text[done..]
}

/// Markdown in whose place of HTML stands what says the same.
fn without_tags(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let mut edits = Vec::new();
    let (mut open, mut in_table, mut in_block) = (html::Open::default(), false, false);
    for (event, range) in Parser::new_ext(text, dialect()).into_offset_iter() {
        match event {
            Event::Start(Tag::Table(_)) => in_table = true,
            Event::End(TagEnd::Table) => in_table = false,
            Event::Start(Tag::HtmlBlock) => {
                in_block = true;
                let block = &text[range.clone()];
                if words::is_tag(block.trim_start()) && !block.trim_start().starts_with("<!") {
                    let is_apart =
                        text[..range.start].is_empty() || text[..range.start].ends_with("\n\n");
                    let before = if is_apart { "" } else { "\n" };
                    edits.push((range, format!("{before}{}\n", html::to_markdown(block))));
                }
            }
            Event::End(TagEnd::HtmlBlock) => in_block = false,
            Event::InlineHtml(tag)
                if !in_block && words::is_tag(&tag) && !tag.starts_with("<!") =>
            {
                let name = tag.trim_matches(['<', '>', '/', ' ']).to_ascii_lowercase();
                let after = &text[range.end..];
                let edit = match name.as_str() {
                    "br" if in_table => " ".to_owned(),
                    "br" if after.trim_start_matches(' ').starts_with('\n') => "\\".to_owned(),
                    "br" if after.trim().is_empty() => String::new(),
                    "br" => "\\\n".to_owned(),
                    _ => open.tag(tag.trim_matches(['<', '>']), after),
                };
                edits.push((range, edit));
            }
            _ => {}
        }
    }
    edited(text, edits)
}

/// Where a mark comes next: looked for from where it was found last, so that a text is gone through once.
struct Ends {
    closes: &'static str,
    next: usize,
}

impl Ends {
    /// The first place from another one on.
    fn after(&mut self, text: &str, from: usize) -> Option<usize> {
        if self.next < from {
            let found = text[from..].find(self.closes);
            self.next = found.map_or(usize::MAX, |length| from + length);
        }
        (self.next < usize::MAX).then_some(self.next)
    }
}

/// Markdown in which formulas between `\(` and `\)`, `\[` and `\]` or `$$` stand as code: else their signs would be taken
/// for others.
fn with_formulas(text: &str) -> String {
    const MARKS: [(&str, &str); 3] = [("\\(", "\\)"), ("\\[", "\\]"), ("$$", "$$")];
    if !MARKS.iter().any(|(opens, _)| text.contains(opens)) {
        return text.to_owned();
    }
    let code: Vec<Range<usize>> = Parser::new_ext(text, dialect())
        .into_offset_iter()
        .filter(|(event, _)| {
            matches!(
                event,
                Event::Code(_)
                    | Event::Start(Tag::CodeBlock(_) | Tag::Link { .. } | Tag::Image { .. })
            )
        })
        .map(|(_, range)| range)
        .collect();
    let mut edits = Vec::new();
    let mut ends = MARKS.map(|(_, closes)| Ends { closes, next: 0 });
    let mut at = 0;
    for start in memchr::memchr2_iter(b'\\', b'$', text.as_bytes()) {
        let mark = MARKS.iter().zip(&mut ends);
        let mut mark = mark.filter(|((opens, _), _)| text[start..].starts_with(opens));
        let Some(((opens, closes), ends)) = mark.next().filter(|_| start >= at) else {
            continue;
        };
        let inner = start + opens.len();
        let before = &code[..code.partition_point(|code| code.start <= start)];
        if let Some(code) = before.last().filter(|code| code.end > start) {
            at = code.end.max(inner);
            continue;
        }
        let Some(end) = ends.after(text, inner) else {
            at = inner;
            continue;
        };
        let formula = html::letters(text[inner..end].trim());
        at = end + closes.len();
        let begins_line = start == 0 || text[..start].trim_end_matches(' ').ends_with('\n');
        let is_long = *opens == "$$" || *opens == "\\[" && formula.contains('\n');
        let code = if formula.contains('`') {
            continue;
        } else if begins_line && is_long {
            format!("\n```\n{formula}\n```\n")
        } else {
            format!("`{}`", formula.replace('\n', " "))
        };
        edits.push((start..at, code));
    }
    edited(text, edits)
}
