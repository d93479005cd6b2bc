//! Plain text: cards, marked questions and answers, lists, or a question a line.

use super::found::{self, Found, Lines};
use super::{List, anki, json, markdown, pairs, table, vocabulary, words};

/// What may stand between cells of text that no ending calls a table; commas stand in sentences.
const SEPARATORS: &[u8] = b"\t;|";

/// The percentage of rows that a separator cuts alike.
const ALIKE: usize = 90;

/// Reads text by what it looks like.
pub(super) fn read(text: &str) -> Result<List, String> {
    if text.trim_start().starts_with(['[', '{'])
        && let Ok(list) = json::read(text)
    {
        return Ok(list);
    }
    let (head, _) = anki::head(text);
    if head.is_there {
        return table::read(text, Some(b'\t'));
    }
    if !pairs::read(text, None).is_empty() {
        return markdown::of_marks(text);
    }
    let rows = text.lines().filter(|line| !line.trim().is_empty()).count();
    if let Some((separator, share)) = table::likeliest(text, SEPARATORS)
        && share >= ALIKE
        && (rows > 1 || separator == b'\t')
    {
        return table::read(text, Some(separator));
    }
    if is_list(text) {
        return markdown::read(text);
    }
    Ok(of_lines(text))
}

/// Whether most lines at the margin begin as items or headings do.
fn is_list(text: &str) -> bool {
    let is_outer = |line: &&str| !line.trim().is_empty() && !line.starts_with([' ', '\t']);
    let lines: Vec<&str> = text.lines().filter(is_outer).collect();
    let is_item = |line: &&&str| {
        let unnumbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
        line.starts_with(['-', '*', '+', '#']) && line.contains(' ')
            || unnumbered.len() < line.len() && unnumbered.starts_with(['.', ')'])
    };
    lines.iter().filter(is_item).count() * 2 > lines.len()
}

/// A question a line. What is indented belongs to the line above: it asks on, or answers. A line that ends with a colon
/// names a theme; the first names the list if it asks nothing and stands by itself.
fn of_lines(text: &str) -> List {
    let lines: Vec<&str> = text.lines().collect();
    let asks = |line: &str| vocabulary::asks(&words::plain(line));
    let is_inner = |line: &str| line.starts_with([' ', '\t']);
    let names_theme = |line: &str| line.trim_end().ends_with(':');
    let mut outer: Vec<&str> = lines.clone();
    outer.retain(|line| !line.trim().is_empty() && !is_inner(line) && !names_theme(line));
    let most_ask = outer.iter().filter(|line| asks(line)).count() * 2 > outer.len();
    let (mut title, mut theme) = (None, None);
    let mut found: Vec<Found> = Vec::new();
    let places = Lines::of(text);
    for (nth, line) in lines.iter().enumerate() {
        let said = line.trim();
        let is_alone = lines
            .get(nth + 1)
            .is_some_and(|next| next.trim().is_empty());
        if said.is_empty() {
            continue;
        }
        let is_first = found.is_empty() && title.is_none();
        match found.last_mut().filter(|_| is_inner(line)) {
            Some(last) if asks(said) && last.answer.is_empty() => {
                last.question.push(' ');
                last.question.push_str(said);
            }
            Some(last) => {
                last.answer
                    .push_str(if last.answer.is_empty() { "" } else { "\n" });
                last.answer.push_str(said);
            }
            None if names_theme(said) => theme = Some(words::plain(said.trim_end_matches(':'))),
            None if is_first && is_alone && most_ask && !asks(said) => {
                title = Some(words::plain(said));
            }
            None => found.push(Found {
                question: said.to_owned(),
                answer: String::new(),
                theme: theme.clone(),
                at: places.start(nth + 1)..places.start(nth + 1),
                ..Found::default()
            }),
        }
    }
    let lines = found.iter().map(|one| places.at(one.at.start)).collect();
    List {
        shape: "a question a line".to_owned(),
        lines,
        ..found::list(title, Vec::new(), found)
    }
}
