//! Quotation marks, apostrophes, primes and dashes as they are printed, of plain text and of Markdown alike.

use std::borrow::Cow;

/// Words that begin with an apostrophe, and `'n'`.
const SHORTENED: &[&str] = &[
    "n", "em", "tis", "twas", "til", "till", "cause", "cos", "bout", "round",
];

/// Plain text with the quotation marks and apostrophes that Markdown gets: `"It's"` becomes `“It’s”`.
pub fn curly(text: &str) -> String {
    Typesetter::default().quotes(text).into_owned()
}

/// What a run of text stands behind, piece by piece: marks depend on what is before them.
#[derive(Clone, Debug, Default)]
pub struct Typesetter {
    before: Option<char>,
    /// Double quotation marks that are open.
    open: usize,
    /// Whether the figure before is behind a prime: `5'10`.
    behind_prime: bool,
    /// Whether the `'n` before wants its second apostrophe.
    shortened: bool,
}

impl Typesetter {
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
            let printed = match c {
                '\'' => self.single(&text[done..]),
                '"' => self.double(),
                '“' => {
                    self.open += 1;
                    c
                }
                _ => {
                    self.open = self.open.saturating_sub(1);
                    c
                }
            };
            self.behind_prime = printed == '′';
            self.before = Some(printed);
            out.push(printed);
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

    fn opens(&self) -> bool {
        self.before.is_none_or(|before| {
            before.is_whitespace()
                || matches!(before, '(' | '[' | '{' | '“' | '‘' | '–' | '—' | '/' | '-')
        })
    }

    fn single(&mut self, after: &str) -> char {
        if std::mem::take(&mut self.shortened) {
            return '’';
        }
        let is_figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if !self.opens() {
            // Feet and minutes stand between figures.
            let is_prime = is_figure(self.before) && is_figure(after.chars().next());
            return if is_prime { '′' } else { '’' };
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
            '’'
        } else {
            '‘'
        }
    }

    fn double(&mut self) -> char {
        let is_behind_figure = self.before.is_some_and(|c| c.is_ascii_digit());
        if is_behind_figure && (self.behind_prime || self.open == 0) {
            return '″';
        }
        if self.opens() {
            self.open += 1;
            '“'
        } else {
            self.open = self.open.saturating_sub(1);
            '”'
        }
    }
}

/// Whether what follows depends on a character: quotation marks, as they are typed and as they are printed.
fn is_mark(c: char) -> bool {
    matches!(c, '\'' | '"' | '“' | '”')
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
