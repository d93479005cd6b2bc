//! What YAML takes from a text, or adds to it, without a word: comments, anchors, and lines and paragraphs that it joins.

use crate::diagnostic::{Code, Span, excerpt};
use crate::model::shape::Reader;
use crate::yaml::Node;

/// The most findings of a file after which no more names are looked for in it.
const SUGGESTIONS: usize = 50;

/// How a text is written.
#[derive(PartialEq, Eq)]
enum Style {
    /// Without quotes.
    Bare,
    /// Below `>`.
    Folded,
    /// In quotes: no sign in it means anything to YAML, but its lines are folded.
    Quoted,
    /// Below `|`: what stands there is meant.
    Kept,
}

/// Reports `cut-text` of a name, an address or a word of a choice, behind which comments are usual.
pub(super) fn of_name(node: &Node, reader: &mut Reader<'_>) {
    if style(node, reader) == Style::Bare {
        comment(node, reader, false);
    }
}

/// Reports `cut-text`, `joined-item` and `joined-paragraph` of words.
pub(super) fn of_words(node: &Node, reader: &mut Reader<'_>) {
    let style = style(node, reader);
    if style == Style::Bare {
        comment(node, reader, true);
        anchor(node, reader);
    }
    if matches!(style, Style::Bare | Style::Folded) {
        item(node, &style, reader);
    }
    if style != Style::Kept {
        paragraph(node, &style, reader);
    }
}

fn style(node: &Node, reader: &Reader<'_>) -> Style {
    let written = reader.slice(node.at);
    if written.starts_with(['"', '\'']) {
        return Style::Quoted;
    }
    // The header of a block ends the line above it, perhaps before a comment.
    let before = near(reader.before(node.at));
    let above = before.trim_end_matches(' ');
    let above = above.strip_suffix('\n').or(above.strip_suffix('\r'));
    let begins_line = above.is_some() || written.starts_with(['\n', '\r', ' ']);
    if !begins_line {
        return Style::Bare;
    }
    let header = above.unwrap_or(before).lines().next_back();
    let header = header.unwrap_or_default().split(" #").next();
    let sign = header.unwrap_or_default().split_whitespace().next_back();
    match sign.and_then(|sign| sign.chars().next()) {
        Some('|') => Style::Kept,
        Some('>') => Style::Folded,
        _ => Style::Bare,
    }
}

/// The end of what stands before a text: in a list on one line, each item would look through all before it.
fn near(before: &str) -> &str {
    const NEAR: usize = 500;
    &before[before.ceil_char_boundary(before.len().saturating_sub(NEAR))..]
}

/// Words behind ` #` are a comment. One that is meant has a space behind its mark, and keeps two before it where it follows
/// words, as yamllint asks, too.
fn comment(node: &Node, reader: &mut Reader<'_>, follows_words: bool) {
    let end = node.at.range().start + reader.slice(node.at).trim_end().len();
    let rest = reader.text.get(end..).unwrap_or_default();
    let comment = rest.trim_start_matches([' ', '\t']);
    let Some(words) = comment.strip_prefix('#') else {
        return;
    };
    let space = rest.len() - comment.len();
    let is_apart = space > 1 || !follows_words;
    let is_meant = is_apart && words.starts_with([' ', '\n', '\r', '#']);
    if space == 0 || is_meant || words.trim().is_empty() {
        return;
    }
    let comment = comment
        .split(['\n', '\r'])
        .next()
        .unwrap_or_default()
        .trim_end();
    let at = Span::new(end + space, end + space + comment.len());
    let message = format!(
        "`{}` is a comment, and no part of the text before it",
        excerpt(comment)
    );
    reader.report(Code::CutText, at, message).help = Some(
        "put the whole text in quotes; a comment that is meant has two spaces before its `#` and one behind it"
            .to_owned(),
    );
}

/// `&word` and `!` at the beginning mean something to YAML and are no part of the text.
fn anchor(node: &Node, reader: &mut Reader<'_>) {
    let before = reader.before(node.at);
    let line = near(before).rsplit('\n').next().unwrap_or_default();
    let Some(word) = line.split_whitespace().next_back() else {
        return;
    };
    let name = word.strip_prefix('&').filter(|name| !name.is_empty());
    // After so many findings one more tells nothing, and a file may hold very many names.
    if reader.found.len() >= SUGGESTIONS {
        return;
    }
    let is_named = |name: &str| {
        let mut aliases = reader.text.match_indices('*');
        aliases.any(|(at, _)| reader.text[at + 1..].starts_with(name))
    };
    let is_lost = name.is_some_and(|name| !is_named(name)) || word == "!";
    if !line.ends_with(' ') || !is_lost {
        return;
    }
    let start = before.trim_end().len() - word.len();
    let message = format!("`{word}` means something to YAML, and is no part of the text behind it");
    let at = Span::new(start, start + word.len());
    reader.report(Code::CutText, at, message).help =
        Some("put the whole text in quotes, or delete it".to_owned());
}

/// A line that looks like an item of a list and was joined to the line above it.
fn item(node: &Node, style: &Style, reader: &mut Reader<'_>) {
    let written = reader.slice(node.at);
    if !written.contains("- ") {
        return;
    }
    let mut start = node.at.range().start;
    let mut above = "";
    for line in written.split_inclusive('\n') {
        let words = line.trim();
        if !above.is_empty() && words.starts_with("- ") {
            let dash = start + line.len() - line.trim_start().len();
            let help = match style {
                Style::Folded => {
                    "to keep the lines of the list apart, write `|` in place of `>` above the text"
                }
                _ => {
                    "begin items of one list in one column; put the text in quotes if the line belongs to it"
                }
            };
            let message = "this line is a part of the text above it, and no item of a list";
            let at = Span::new(dash, dash + words.len());
            reader.report(Code::JoinedItem, at, message).help = Some(help.to_owned());
            return;
        }
        above = words;
        start += line.len();
    }
}

/// A paragraph below a single blank line, of which YAML leaves one line break: to Markdown it goes on with the one above.
fn paragraph(node: &Node, style: &Style, reader: &mut Reader<'_>) {
    let written = reader.slice(node.at).trim_end();
    if !written.contains('\n') {
        return;
    }
    let before = reader.before(node.at);
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut start = before.rfind('\n').map_or(0, |at| at + 1);
    // Below `>` a line that stands further to the right than the first keeps the breaks around it.
    let mut first = None;
    let mut above: Option<&str> = None;
    let mut blanks = 0;
    for line in reader.text[start..node.at.range().start + written.len()].split_inclusive('\n') {
        let words = line.trim();
        let at = start + indent(line);
        start += line.len();
        if words.is_empty() {
            blanks += 1;
            continue;
        }
        let keeps = *style == Style::Folded && indent(line) > *first.get_or_insert(indent(line));
        if blanks == 1 && !keeps && above.is_some_and(|above| is_joined(above, words)) {
            let message = "this paragraph goes on with the one above it: YAML makes one line break of one blank line";
            let at = Span::new(at, at + words.len());
            reader.report(Code::JoinedParagraph, at, message).help = Some(
                "write `|` above the text, which keeps its lines, or leave two blank lines between paragraphs"
                    .to_owned(),
            );
            return;
        }
        above = (!keeps).then_some(words);
        blanks = 0;
    }
}

/// Whether Markdown takes a line behind a single break for more of the paragraph above it.
fn is_joined(above: &str, below: &str) -> bool {
    let number = below.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_item = number.len() < below.len() && number.starts_with(['.', ')']);
    let begins = ["- ", "* ", "+ ", ">", "#", "```", "~~~", "|", "***"];
    !above.starts_with('#') && !is_item && !begins.iter().any(|mark| below.starts_with(mark))
}
