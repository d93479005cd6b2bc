//! Where pieces of a text stand in its file: YAML folds, indents, quotes and escapes what it holds.

use crate::model::field::Markdown;
use crate::model::markdown::comments::length_of_comment;

/// Walks a text and its spelling in the file side by side. Places are asked for in ascending order.
#[derive(Clone)]
pub(super) struct Spelling<'a> {
    file: &'a [u8],
    text: &'a str,
    /// The mark that the text is quoted with.
    quote: Option<u8>,
    file_at: usize,
    text_at: usize,
}

impl<'a> Spelling<'a> {
    pub(super) fn new(file: &'a str, value: &'a Markdown) -> Self {
        let start = value.at.range().start;
        let quote = quote(file.get(start..).unwrap_or_default(), &value.text);
        Self {
            file: file.as_bytes(),
            text: &value.text,
            quote,
            file_at: start + usize::from(quote.is_some()),
            text_at: 0,
        }
    }

    /// Where a byte of the text is spelt; `None` for what stands elsewhere, as the text of an alias does.
    pub(super) fn start(&mut self, of: usize) -> Option<usize> {
        self.end(of)?;
        let is_space = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
        while is_space(self.file.get(self.file_at)) && !is_space(self.text.as_bytes().get(of)) {
            self.file_at += 1;
        }
        Some(self.file_at)
    }

    /// Where the spelling of all before a byte of the text ends.
    pub(super) fn end(&mut self, of: usize) -> Option<usize> {
        while self.text_at < of {
            self.step()?;
        }
        Some(self.file_at)
    }

    fn step(&mut self) -> Option<()> {
        let spelt = *self.file.get(self.file_at)?;
        let meant = *self.text.as_bytes().get(self.text_at)?;
        match (self.quote, spelt) {
            (Some(b'"'), b'\\') => return self.escape(),
            (_, b'<') if meant == b' ' => {
                self.file_at += length_of_comment(&self.file[self.file_at..])?;
            }
            (Some(b'\''), b'\'') if meant == b'\'' => {
                self.file_at += 2;
                self.text_at += 1;
            }
            _ if spelt == meant => {
                self.file_at += 1;
                self.text_at += 1;
            }
            _ if spelt.is_ascii_whitespace() => self.file_at += 1,
            _ if meant.is_ascii_whitespace() => self.text_at += 1,
            _ => return None,
        }
        Some(())
    }

    fn escape(&mut self) -> Option<()> {
        let length = match self.file.get(self.file_at + 1)? {
            b'\n' | b'\r' => {
                self.file_at += 2;
                return Some(());
            }
            b'x' => 4,
            b'u' => 6,
            b'U' => 10,
            _ => 2,
        };
        self.file_at += length;
        self.text_at += self.text.get(self.text_at..)?.chars().next()?.len_utf8();
        Some(())
    }
}

/// The mark that opens a spelling, unless it is the text's own first character.
fn quote(spelling: &str, text: &str) -> Option<u8> {
    let (mark, escaped) = match spelling.bytes().next()? {
        b'"' => ('"', "\\\""),
        b'\'' => ('\'', "''"),
        _ => return None,
    };
    let is_quoted = !text.starts_with(mark) || spelling[1..].starts_with(escaped);
    is_quoted.then_some(mark as u8)
}
