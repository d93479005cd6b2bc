//! Quotation marks, apostrophes, primes and dashes as they are printed, of plain text and of Markdown alike.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::Event;

use super::ends_line;

/// Words that begin with an apostrophe, and `'n'`.
const SHORTENED: &[&str] = &[
    "n", "em", "tis", "twas", "til", "till", "cause", "cos", "bout", "round",
];

/// How a language quotes: what opens and what closes, with the spaces that belong to it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Quotes {
    pub double: [Arc<str>; 2],
    /// Inside of these.
    pub single: [Arc<str>; 2],
}

/// As English does.
impl Default for Quotes {
    fn default() -> Self {
        Self {
            double: ["“".into(), "”".into()],
            single: ["‘".into(), "’".into()],
        }
    }
}

impl Quotes {
    /// Plain text with the quotation marks and apostrophes that Markdown gets: in English `"It's"` becomes `“It’s”`.
    pub fn curly(&self, text: &str) -> String {
        Typesetter::new(self).quotes(text).into_owned()
    }

    /// A text quoted.
    pub fn around(&self, text: &str) -> String {
        let [open, close] = &self.double;
        format!("{open}{text}{close}")
    }
}

/// A text with the quotation marks of a keyboard, whatever language it quotes in.
pub fn typed(text: &str) -> String {
    text.chars().map(|c| typed_mark(c).unwrap_or(c)).collect()
}

/// The mark of a keyboard for a quotation mark.
pub(super) fn typed_mark(c: char) -> Option<char> {
    match c {
        '‘' | '’' | '‚' | '‹' | '›' => Some('\''),
        '“' | '”' | '„' | '«' | '»' => Some('"'),
        _ => None,
    }
}

/// What a run of text stands behind, piece by piece: marks depend on what is before them.
#[derive(Clone, Debug)]
pub struct Typesetter<'q> {
    marks: &'q Quotes,
    before: Option<char>,
    /// Double quotation marks that are open.
    open: usize,
    /// Single ones.
    open_inside: usize,
    /// Whether the figure before is behind a prime: `5'10`.
    behind_prime: bool,
    /// Whether the `'n` before wants its second apostrophe.
    shortened: bool,
}

impl<'q> Typesetter<'q> {
    pub fn new(marks: &'q Quotes) -> Self {
        Self {
            marks,
            before: None,
            open: 0,
            open_inside: 0,
            behind_prime: false,
            shortened: false,
        }
    }

    /// Begins another text.
    pub fn restart(&mut self) {
        *self = Self::new(self.marks);
    }

    /// An event with its quotes and dashes as they are printed. What is escaped or written as an entity is meant as it is, and
    /// so are code and addresses.
    pub fn printed<'e>(
        &mut self,
        event: Event<'e>,
        text: &str,
        range: &Range<usize>,
        is_address: bool,
    ) -> Event<'e> {
        match event {
            Event::Text(words) if is_address => {
                self.pass('x');
                Event::Text(words)
            }
            Event::Text(words) => {
                let is_meant = text[..range.start].ends_with('\\');
                let is_entity = text[range.start..].starts_with('&');
                let kept = match words.chars().next() {
                    Some(first) if is_meant => first.len_utf8(),
                    _ if is_entity => words.len(),
                    _ => 0,
                };
                let (kept, rest) = words.split_at(kept);
                kept.chars().for_each(|c| self.pass(c));
                match self.markdown(rest) {
                    Cow::Borrowed(_) => Event::Text(words),
                    Cow::Owned(printed) => Event::Text(format!("{kept}{printed}").into()),
                }
            }
            Event::Code(words) => {
                self.pass('x');
                Event::Code(words)
            }
            Event::SoftBreak | Event::HardBreak => {
                self.pass(' ');
                event
            }
            event if ends_line(&event) => {
                self.restart();
                event
            }
            event => event,
        }
    }

    /// The next piece of a text of Markdown, with its dashes and ellipses.
    pub fn markdown<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        let text = self.quotes(text);
        let bytes = text.as_bytes();
        let is_doubled = |at: usize| bytes.get(at + 1) == Some(&bytes[at]);
        if memchr::memchr2_iter(b'-', b'.', bytes).any(is_doubled) {
            Cow::Owned(dashes(&text).replace("...", "…"))
        } else {
            text
        }
    }

    /// Notes that something other than text stands here: code, or a mark that is meant as it is.
    pub fn pass(&mut self, last: char) {
        self.before = Some(last);
    }

    /// The next piece of a text.
    pub fn quotes<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        // Most pieces have no marks; then only their end matters to the next.
        if memchr::memchr3(b'\'', b'"', 0xe2, text.as_bytes()).is_none() {
            self.pass_by(text);
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len() + 8);
        let mut done = 0;
        for at in memchr::memchr3_iter(b'\'', b'"', 0xe2, text.as_bytes()) {
            let Some(c) = text[at..].chars().next().filter(|c| is_mark(*c)) else {
                continue;
            };
            self.pass_by(&text[done..at]);
            out.push_str(&text[done..at]);
            done = at + c.len_utf8();
            let mut own = [0; 4];
            let printed = match c {
                '\'' => self.single(&text[done..]),
                '"' => self.double(),
                _ => {
                    self.note(c);
                    c.encode_utf8(&mut own)
                }
            };
            out.push_str(printed);
            self.behind_prime = printed == "′";
            self.before = out.chars().next_back();
        }
        self.pass_by(&text[done..]);
        out.push_str(&text[done..]);
        Cow::Owned(out)
    }

    /// Notes a piece without marks; only its end matters to what follows.
    fn pass_by(&mut self, text: &str) {
        self.before = text.chars().next_back().or(self.before);
        self.behind_prime &= text.bytes().all(|byte| byte.is_ascii_digit());
    }

    /// Notes a mark that was written as it is printed.
    fn note(&mut self, mark: char) {
        let [open, close] = &self.marks.double;
        if open.contains(mark) {
            self.open += 1;
        } else if close.contains(mark) {
            self.open = self.open.saturating_sub(1);
        }
    }

    fn opens(&self) -> bool {
        let openings = [&self.marks.double[0], &self.marks.single[0]];
        self.before.is_none_or(|before| {
            before.is_whitespace()
                || matches!(before, '(' | '[' | '{' | '–' | '—' | '/' | '-')
                || openings.iter().any(|mark| mark.contains(before))
        })
    }

    fn single(&mut self, after: &str) -> &'q str {
        let marks = self.marks;
        if std::mem::take(&mut self.shortened) {
            return "’";
        }
        let is_figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if !self.opens() {
            // Feet and minutes stand between figures.
            let is_prime = is_figure(self.before) && is_figure(after.chars().next());
            let goes_on = after.starts_with(char::is_alphanumeric);
            return match self.open_inside {
                _ if is_prime => "′",
                0 => "’",
                _ if goes_on => "’",
                _ => {
                    self.open_inside -= 1;
                    &marks.single[1]
                }
            };
        }
        let word = &after[..after
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(after.len())];
        let closes = after[word.len()..].starts_with('\'');
        let year = word.strip_suffix('s').unwrap_or(word);
        let is_year = year.len() == 2 && year.bytes().all(|byte| byte.is_ascii_digit());
        if word.eq_ignore_ascii_case("n") && closes {
            self.shortened = true;
        }
        let is_shortened = SHORTENED
            .iter()
            .any(|known| known.eq_ignore_ascii_case(word));
        if self.shortened || (is_shortened || is_year) && !closes {
            "’"
        } else {
            self.open_inside += 1;
            &marks.single[0]
        }
    }

    fn double(&mut self) -> &'q str {
        let [open, close] = &self.marks.double;
        let is_behind_figure = self.before.is_some_and(|c| c.is_ascii_digit());
        if is_behind_figure && (self.behind_prime || self.open == 0) {
            return "″";
        }
        if self.opens() {
            self.open += 1;
            open
        } else {
            self.open = self.open.saturating_sub(1);
            close
        }
    }
}

/// Whether what follows depends on a character: quotation marks, as they are typed and as they are printed.
fn is_mark(c: char) -> bool {
    matches!(c, '\'' | '"' | '“' | '”' | '„')
}

/// Two hyphens are a short dash, three a long one; more are made of these.
fn dashes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("--") {
        let run = rest[start..]
            .bytes()
            .take_while(|byte| *byte == b'-')
            .count();
        let (long, short) = match (run % 3, run % 2) {
            (0, _) => (run / 3, 0),
            (_, 0) => (0, run / 2),
            (2, _) => (run / 3, 1),
            _ => ((run - 4) / 3, 2),
        };
        out.push_str(&rest[..start]);
        out.push_str(&"—".repeat(long));
        out.push_str(&"–".repeat(short));
        rest = &rest[start + run..];
    }
    out.push_str(rest);
    out
}
