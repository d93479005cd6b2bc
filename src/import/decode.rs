//! Bytes as text. Spreadsheets save in the encoding of their system.

use encoding_rs::{Encoding, WINDOWS_1252};

/// The text, and what an author should know of how it was read.
///
/// # Errors
///
/// It is none that can be read; only tables and plain text may be in the encoding of a system.
pub(super) fn decoded(
    bytes: &[u8],
    is_of_a_system: bool,
) -> Result<(String, Option<String>), String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, is_broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
        if !is_broken {
            return Ok((text.into_owned(), None));
        }
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.to_owned(), None));
    } else if is_of_a_system {
        let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
        let remark = "it is not UTF-8; read as Windows-1252, as Excel saves it in western Europe: look at its accents";
        return Ok((text.into_owned(), Some(remark.to_owned())));
    }
    Err("it is not UTF-8 text; save it as UTF-8".to_owned())
}
