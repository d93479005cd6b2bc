//! Cards with gaps, as Anki writes them: `{{c1::descent}}`, `{{c2::gradient::hint}}`.

/// The most gaps in one another.
const DEEPEST: usize = 4;

/// The question that a text with gaps asks, and the whole text, with what stands in the gaps in bold type; none where it has
/// no gaps.
pub(super) fn read(text: &str) -> Option<(String, String)> {
    let (asked, told) = filled(text, DEEPEST);
    (told != text).then_some((asked, told))
}

fn filled(text: &str, depth: usize) -> (String, String) {
    let (mut asked, mut told) = (String::new(), String::new());
    let mut rest = text;
    while let Some((before, inner, after)) = next_gap(rest).filter(|_| depth > 0) {
        asked += before;
        told += before;
        let (words, hint) = match inner.rsplit_once("::") {
            Some((words, hint)) if !hint.contains("}}") => (words, Some(hint)),
            _ => (inner, None),
        };
        let (_, words) = filled(words, depth - 1);
        asked += &hint.map_or("…".to_owned(), |hint| format!("… ({hint})"));
        told += &format!("**{}**", words.replace("**", ""));
        rest = after;
    }
    (asked + rest, told + rest)
}

/// What stands before the next gap, in it, and after it.
fn next_gap(text: &str) -> Option<(&str, &str, &str)> {
    let (mut from, mut found) = (0, None);
    while let Some(start) = text[from..].find("{{c").map(|start| from + start) {
        let number = &text[start + 3..];
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 && number[digits..].starts_with("::") {
            found = Some((start, start + 3 + digits + 2));
            break;
        }
        from = start + 3;
    }
    let (start, inner) = found?;
    let (mut at, mut depth) = (inner, 1);
    while depth > 0 {
        let next = text[at..].find(['{', '}']).map(|next| at + next)?;
        match text[next..].get(..2) {
            Some("{{") => depth += 1,
            Some("}}") => depth -= 1,
            _ => {
                at = next + 1;
                continue;
            }
        }
        at = next + 2;
    }
    Some((&text[..start], &text[inner..at - 2], &text[at..]))
}
