//! Questions and answers with a mark before each: `Q:` and `A:`, `**Question 3.**`, `Frage:` and `Antwort:`.

use super::found::{Found, Lines};
use super::markdown::bare;
use super::{vocabulary, words};

/// The longest label, in letters, of a mark.
const LONGEST_LABEL: usize = 40;

/// How many lines below the first option of a choice the next one may stand.
const OPTIONS_NEAR: usize = 6;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Question,
    Answer,
}

/// A line's mark and what follows it.
struct Mark<'a> {
    role: Role,
    /// What ends the label: `:`, `.` or `)`.
    sign: char,
    is_numbered: bool,
    /// The level of the heading that the line is; 0 where it is none.
    level: usize,
    /// Whether what follows is in bold type from here on.
    is_bold: bool,
    rest: &'a str,
}

/// A line without what arranges it: marks of headings, lists and quotes; and the level of its heading.
fn unarranged(line: &str) -> (&str, usize) {
    let mut text = line.trim();
    let mut level = 0;
    loop {
        let hashes = text.len() - text.trim_start_matches('#').len();
        if (1..=6).contains(&hashes) && text[hashes..].starts_with(' ') {
            level = hashes;
        }
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let number = (digits > 0)
            .then(|| {
                text[digits..]
                    .strip_prefix(". ")
                    .or_else(|| text[digits..].strip_prefix(") "))
            })
            .flatten();
        let bullet = || {
            let bullets = ["- ", "* ", "+ ", "> "];
            bullets.iter().find_map(|bullet| text.strip_prefix(bullet))
        };
        let hashed = || (hashes > 0 && level == hashes).then(|| &text[hashes..]);
        match number.or_else(bullet).or_else(hashed) {
            Some(rest) => text = rest.trim_start(),
            None => return (text, level),
        }
    }
}

/// The mark that a line begins with.
fn mark(line: &str) -> Option<Mark<'_>> {
    let (text, level) = unarranged(line);
    let unbold = text.strip_prefix("**").or_else(|| text.strip_prefix("__"));
    let text = unbold.unwrap_or(text);
    let (at, sign) = text
        .char_indices()
        .take(LONGEST_LABEL)
        .find(|(_, c)| matches!(c, ':' | '.' | ')' | '：'))?;
    let written = text[..at].trim_matches(['*', '_', ' ']);
    let is_closed = text[..at].contains("**") || text[..at].contains("__");
    let label = written.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '#' | ' '));
    let mut is_numbered = label.len() < written.len();
    let mut rest = text[at + sign.len_utf8()..].trim_start();
    let reopened = rest.strip_prefix("**").or_else(|| rest.strip_prefix("__"));
    let closes_here = unbold.is_some() && !is_closed && reopened.is_some();
    if let Some(after) = reopened.filter(|_| unbold.is_some() && !is_closed) {
        rest = after.trim_start();
    }
    let sign = if sign == '：' { ':' } else { sign };
    let is_single = label.chars().count() == 1;
    let role = if vocabulary::marks_question(label) && (sign == ':' || is_numbered || is_single) {
        Role::Question
    } else if vocabulary::marks_answer(label) && (sign == ':' || is_numbered || is_single) {
        Role::Answer
    } else {
        return None;
    };
    // `Q.1 What`: the number may follow.
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if role == Role::Question && sign == '.' && !is_numbered && digits > 0 {
        is_numbered = true;
        rest = rest[digits..].trim_start_matches([':', '.', ')', ' ']);
    }
    Some(Mark {
        role,
        sign,
        is_numbered,
        level,
        is_bold: unbold.is_some() && !is_closed && !closes_here,
        rest: rest.trim_end_matches('\\').trim_end(),
    })
}

/// A question in the making.
struct Entry<'a> {
    /// The number of its line, from none.
    line: usize,
    question: String,
    answer: Vec<&'a str>,
    theme: Option<String>,
    level: usize,
    /// The sign of its mark, and whether that has a number.
    sign: (char, bool),
    /// Whether its words may go on in the next line.
    is_open: bool,
    is_answered: bool,
}

/// What the marks of a text say: nothing where it has none, or where all stand in headings and no answer has one.
pub(super) fn read(text: &str, title: Option<&str>) -> Vec<Found> {
    let lines: Vec<&str> = text.lines().collect();
    let marks = lines_in_prose(&lines).filter_map(|nth| mark(lines[nth]));
    let (mut questions, mut answers, mut in_headings) = (0, 0, 0);
    for mark in marks {
        match mark.role {
            Role::Question => {
                questions += 1;
                in_headings += usize::from(mark.level > 0);
            }
            Role::Answer => answers += 1,
        }
    }
    if questions == 0 || answers == 0 && (questions < 2 || in_headings == questions) {
        return Vec::new();
    }
    let mut reader = Reader {
        lines: &lines,
        entries: Vec::new(),
        theme: None,
        title,
        goes_on: answers * 2 >= questions,
    };
    let prose: Vec<usize> = lines_in_prose(&lines).collect();
    for nth in 0..lines.len() {
        reader.line(nth, prose.binary_search(&nth).is_ok());
    }
    reader.finish(text)
}

/// The lines that stand in no block of code.
fn lines_in_prose<'a>(lines: &'a [&'a str]) -> impl Iterator<Item = usize> + 'a {
    let mut is_code = false;
    (0..lines.len()).filter(move |nth| {
        let (line, _) = unarranged(lines[*nth]);
        let is_fence = line.starts_with("```") || line.starts_with("~~~");
        is_code ^= is_fence;
        !is_code && !is_fence
    })
}

struct Reader<'a> {
    lines: &'a [&'a str],
    entries: Vec<Entry<'a>>,
    theme: Option<String>,
    /// The document's own title, which is no theme.
    title: Option<&'a str>,
    /// Whether questions may go on in the next line, because answers have marks.
    goes_on: bool,
}

impl<'a> Reader<'a> {
    fn line(&mut self, nth: usize, is_prose: bool) {
        let line = self.lines[nth];
        let found = if is_prose { mark(line) } else { None };
        match found {
            Some(found) if found.role == Role::Question => self.question(&found, nth),
            Some(found) if self.is_answer(&found, nth) => {
                let entry = self
                    .entries
                    .last_mut()
                    .expect("an answer follows a question");
                entry.is_answered = true;
                entry.is_open = false;
                entry.answer.push(if found.is_bold {
                    found.rest.trim_end_matches("**")
                } else {
                    found.rest
                });
            }
            _ if is_prose && (self.is_theme(nth) || self.is_bold(nth)) => {}
            _ => self.text(line),
        }
    }

    fn question(&mut self, mark: &Mark<'a>, nth: usize) {
        let bold = mark.is_bold.then(|| mark.rest.split_once("**")).flatten();
        let (question, tail) = bold.unwrap_or((mark.rest, ""));
        let (question, tail) = question.split_once("? A:").map_or_else(
            || (question.to_owned(), tail),
            |(question, answer)| (format!("{question}?"), answer.trim()),
        );
        let mut line = nth;
        // A heading with its number that another question follows at once is about it.
        if let Some(last) = self.entries.last()
            && !last.question.is_empty()
            && last.level > 0
            && (mark.level == 0 || mark.level > last.level)
            && last.answer.iter().all(|line| line.trim().is_empty())
        {
            let last = self.entries.pop().expect("it was there");
            line = last.line;
            let theme = words::plain(&last.question);
            if !vocabulary::asks(&theme) {
                self.theme = Some(theme);
            }
        }
        let tail = tail.trim_start_matches([':', ' ']);
        self.entries.push(Entry {
            line,
            is_open: tail.is_empty() && bold.is_none(),
            question: question.trim_end_matches("**").to_owned(),
            answer: Vec::new(),
            theme: self.theme.clone(),
            level: mark.level,
            sign: (mark.sign, mark.is_numbered),
            is_answered: false,
        });
        if let Some(entry) = self.entries.last_mut().filter(|_| !tail.is_empty()) {
            let answer = mark_of_answer(tail).unwrap_or(tail);
            entry.answer.push(answer);
        }
    }

    /// Whether a mark begins the answer, and is not the first option of a choice.
    fn is_answer(&self, mark: &Mark<'_>, nth: usize) -> bool {
        let Some(entry) = self.entries.last().filter(|entry| !entry.is_answered) else {
            return false;
        };
        let is_other = mark.sign != ':' && entry.sign != (mark.sign, mark.is_numbered);
        let below = self.lines[nth + 1..].iter().take(OPTIONS_NEAR);
        let mut below = below.map(|line| unarranged(line).0.trim_start_matches('*'));
        let second = format!("B{}", mark.sign);
        !is_other && !below.any(|line| line.starts_with(&second))
    }

    /// Takes a heading that stands above the questions to come.
    fn is_theme(&mut self, nth: usize) -> bool {
        let line = self.lines[nth];
        let (text, level) = unarranged(line);
        if level == 0 || !line.trim_start().starts_with('#') {
            return false;
        }
        let is_inner = |entry: &Entry<'_>| {
            !entry.question.is_empty() && entry.level > 0 && level > entry.level
        };
        let is_last_open = self.entries.last().is_some_and(is_inner);
        if is_last_open {
            return false;
        }
        let theme = super::markdown::theme(text);
        let asks = vocabulary::asks(&theme);
        if !asks {
            self.theme = Some(theme.clone()).filter(|theme| Some(theme.as_str()) != self.title);
        }
        // What stands below a heading is no answer to the question above it.
        self.entries.push(Entry {
            line: nth,
            question: if asks { theme } else { String::new() },
            answer: Vec::new(),
            theme: self.theme.clone(),
            level,
            sign: (':', false),
            is_open: false,
            is_answered: !asks,
        });
        true
    }

    /// Takes a paragraph that asks and is bold from its beginning to its end, unless headings ask: a question without a mark.
    fn is_bold(&mut self, nth: usize) -> bool {
        let line = self.lines[nth].trim_end();
        let inner = line.strip_prefix("**");
        let inner = inner.and_then(|line| line.strip_suffix("**"));
        let is_alone = |nth: Option<usize>| {
            let line = nth.and_then(|nth| self.lines.get(nth));
            line.is_none_or(|line| line.trim().is_empty())
        };
        let Some(question) =
            inner.filter(|_| is_alone(nth.checked_sub(1)) && is_alone(Some(nth + 1)))
        else {
            return false;
        };
        let is_inner = self
            .entries
            .last()
            .is_some_and(|last| !last.question.is_empty() && last.level > 0);
        if is_inner || question.contains("**") || !vocabulary::asks(&words::plain(question)) {
            return false;
        }
        self.entries.push(Entry {
            line: nth,
            question: question.to_owned(),
            answer: Vec::new(),
            theme: self.theme.clone(),
            level: 0,
            sign: (':', false),
            is_open: false,
            is_answered: false,
        });
        true
    }

    fn text(&mut self, line: &'a str) {
        let goes_on = self.goes_on;
        let Some(entry) = self.entries.last_mut() else {
            return;
        };
        let is_blank = line.trim().is_empty();
        if entry.is_open && !is_blank && (goes_on || entry.question.is_empty()) {
            if !entry.question.is_empty() {
                entry.question.push(' ');
            }
            entry.question += line.trim().trim_end_matches('\\');
            return;
        }
        entry.is_open &= entry.question.is_empty();
        entry.answer.push(line);
    }

    fn finish(self, text: &str) -> Vec<Found> {
        let lines = Lines::of(text);
        let starts: Vec<usize> = self
            .entries
            .iter()
            .map(|entry| lines.start(entry.line + 1))
            .collect();
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        let entries = self.entries.into_iter().zip(starts.iter().zip(ends));
        entries
            .filter(|(entry, _)| !entry.question.trim().is_empty())
            .map(|(entry, (start, end))| Found {
                question: entry.question,
                answer: bare(&dedented(&entry.answer)),
                theme: entry.theme.filter(|theme| !theme.is_empty()),
                at: *start..end,
                ..Found::default()
            })
            .collect()
    }
}

/// What follows the mark of an answer that stands in the line of its question.
fn mark_of_answer(text: &str) -> Option<&str> {
    let found = mark(text)?;
    (found.role == Role::Answer && found.sign == ':').then_some(found.rest)
}

/// Lines without the spaces that put them below the item of a list. The first has none any more.
fn dedented(lines: &[&str]) -> String {
    let Some((first, rest)) = lines.split_first() else {
        return String::new();
    };
    let indent = |line: &&str| line.len() - line.trim_start_matches(' ').len();
    let filled = rest.iter().filter(|line| !line.trim().is_empty());
    let indent = filled.map(indent).min().unwrap_or(0);
    let rest = rest
        .iter()
        .map(|line| line.get(indent..).unwrap_or_default().trim_end());
    let lines: Vec<&str> = std::iter::once(first.trim()).chain(rest).collect();
    lines.join("\n")
}
