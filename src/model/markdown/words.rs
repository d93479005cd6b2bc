//! A text as its words: what stands in it however it is broken into lines, emphasised or punctuated.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, TagEnd};

use super::typography::typed_mark;
use super::{dialect, shown};

/// What stands between two paragraphs; no phrase has it, so none reaches over it.
const BREAK: char = '\u{1}';

/// The words of a text, folded: white space is one space, and typographic marks are those of a keyboard.
#[derive(Default, Debug)]
pub struct Words {
    folded: String,
    /// By byte of the folded text: where what it stands for begins in the text that was read.
    origins: Vec<usize>,
}

/// Why a phrase has no place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Found {
    Nowhere,
    /// In more places than one.
    Often,
}

impl Words {
    /// The words that a Markdown text shows.
    pub fn of(markdown: &str) -> Self {
        let mut words = Self::default();
        for (event, range) in Parser::new_ext(markdown, dialect()).into_offset_iter() {
            match &event {
                Event::End(end) if !is_inline(*end) => words.end_paragraph(),
                event => {
                    for c in shown(event).unwrap_or_default().chars() {
                        words.push(c, range.start);
                    }
                }
            }
        }
        words
    }

    /// Adds a character that stands at a byte of the text.
    pub fn push(&mut self, c: char, origin: usize) {
        let mut own = [0; 4];
        let folded: &str = match c {
            // The space inside of French quotation marks belongs to them.
            '»' | '›' if self.folded.ends_with(' ') => {
                self.folded.pop();
                self.origins.pop();
                if c == '»' { "\"" } else { "'" }
            }
            '\u{a0}' | '\u{202f}' if self.folded.ends_with(['"', '\'']) => return,
            _ if c.is_whitespace() => {
                if self.folded.ends_with([' ', BREAK]) || self.folded.is_empty() {
                    return;
                }
                " "
            }
            _ if typed_mark(c) == Some('"') => "\"",
            _ if typed_mark(c).is_some() => "'",
            '…' => "...",
            '–' => "--",
            '—' => "---",
            _ => c.encode_utf8(&mut own),
        };
        self.folded.push_str(folded);
        self.origins.resize(self.folded.len(), origin);
    }

    /// Ends a paragraph, a list's item or a table's cell.
    pub fn end_paragraph(&mut self) {
        self.folded.push(BREAK);
        self.origins.push(usize::MAX);
    }

    /// Where a phrase stands among the folded words; it is no part of a longer word.
    pub fn only_place_of(&self, phrase: &str) -> Result<Range<usize>, Found> {
        let mut wanted = Self::default();
        phrase.chars().for_each(|c| wanted.push(c, 0));
        let wanted = wanted.folded.trim_end();
        if wanted.is_empty() {
            return Err(Found::Nowhere);
        }
        let mut places = self.folded.match_indices(wanted).filter(|(start, _)| {
            let before = self.folded[..*start].chars().next_back();
            let after = self.folded[start + wanted.len()..].chars().next();
            let goes_on = |inside: Option<char>, outside: Option<char>| {
                inside.is_some_and(char::is_alphanumeric)
                    && outside.is_some_and(char::is_alphanumeric)
            };
            !goes_on(wanted.chars().next(), before) && !goes_on(wanted.chars().next_back(), after)
        });
        let (start, _) = places.next().ok_or(Found::Nowhere)?;
        match places.next() {
            Some(_) => Err(Found::Often),
            None => Ok(start..start + wanted.len()),
        }
    }

    /// Where what a folded byte stands for begins in the text that was read.
    pub fn origin(&self, folded: usize) -> usize {
        self.origins[folded]
    }
}

fn is_inline(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link
    )
}
