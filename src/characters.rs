//! A file as text: what may stand in it.

use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::source::{Source, SourcePath, hides, is_control};

/// A file as text; reports `too-large`, `not-utf8` and `control-character` at the first offending byte.
pub fn text_of<'a>(
    path: &SourcePath,
    source: &'a Source,
    limit: usize,
) -> Result<&'a str, Box<Diagnostic>> {
    let problem = |code, at: usize, length: usize, message: String| {
        Diagnostic::new(code, Place::new(path, Span::new(at, at + length)), message)
    };
    if source.bytes.len() > limit {
        let message = format!(
            "the file has {} bytes; the limit is {limit}",
            source.bytes.len()
        );
        return Err(Box::new(
            problem(Code::TooLarge, 0, 0, message).help("split it into several files"),
        ));
    }
    let text = std::str::from_utf8(&source.bytes).map_err(|error| {
        let is_utf16 =
            source.bytes.starts_with(&[0xff, 0xfe]) || source.bytes.starts_with(&[0xfe, 0xff]);
        if is_utf16 {
            let message = "the file is not UTF-8; it looks like UTF-16".to_owned();
            return Box::new(problem(Code::NotUtf8, 0, 0, message).help("save it as UTF-8"));
        }
        let at = error.valid_up_to();
        let message = format!("the byte 0x{:02x} is not UTF-8", source.bytes[at]);
        // A report shows one sign of three bytes in place of what is wrong.
        let length = char::REPLACEMENT_CHARACTER.len_utf8();
        let help = "save the file as UTF-8, or write this character anew";
        Box::new(problem(Code::NotUtf8, at, length, message).help(help))
    })?;
    // Looked for byte by byte first: nearly no file has any, and most bytes tell at once. Not stopping at one lets many
    // bytes be looked at in one step.
    let suspicious = |byte: u8| {
        byte < 0x20 && !matches!(byte, b'\n' | b'\r' | b'\t') || matches!(byte, 0x7f | 0xc2)
    };
    let control = source
        .bytes
        .iter()
        .fold(false, |any, byte| any | suspicious(*byte))
        .then(|| text.char_indices().find(|(_, c)| is_control(*c)));
    if let Some((at, c)) = control.flatten() {
        let at = Span::new(at, at + c.len_utf8());
        return Err(Box::new(control_character(path, at, c)));
    }
    let follows = |at: usize| source.bytes.get(at + 1);
    match memchr::memchr_iter(b'\r', &source.bytes).find(|at| follows(*at) != Some(&b'\n')) {
        Some(at) => {
            // Readers of YAML, of Markdown and of terminals do not agree on where its lines end.
            let lone = control_character(path, Span::new(at, at + 1), '\r');
            let help = "save the file with the line ends of Unix or of Windows";
            Err(Box::new(lone.help(help)))
        }
        None => Ok(text),
    }
}

pub fn control_character(path: &SourcePath, at: Span, c: char) -> Diagnostic {
    let message = format!("the control character U+{:04X} stands here", u32::from(c));
    Diagnostic::new(Code::ControlCharacter, Place::new(path, at), message).help("delete it")
}

/// Reports `hidden-character` once a file, at the first of them.
pub fn hidden_characters(path: &SourcePath, text: &str) -> Option<Diagnostic> {
    // The first bytes of all of them: most files hold few.
    let candidates = memchr::memchr3_iter(0xe2, 0xef, 0xf3, text.as_bytes());
    let mut hidden = candidates.filter_map(|at| {
        let c = text[at..].chars().next()?;
        let before = text[..at].chars().next_back();
        let after = text[at + c.len_utf8()..].chars().next();
        hides(c, before, after).then_some((at, c))
    });
    let (at, c) = hidden.next()?;
    let first = hidden_character(path, Span::new(at, at + c.len_utf8()), c);
    Some(match hidden.count() {
        0 => first,
        more => first.help(format!("delete it, and {more} more in this file")),
    })
}

pub fn hidden_character(path: &SourcePath, at: Span, c: char) -> Diagnostic {
    let message = format!("the invisible character U+{:04X} stands here", u32::from(c));
    Diagnostic::new(Code::HiddenCharacter, Place::new(path, at), message).help("delete it")
}
