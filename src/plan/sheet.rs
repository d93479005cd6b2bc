//! Style sheets on their way to the reader.

/// A style sheet without comments and without space that means nothing; the rest, strings and all, stays as it is.
pub(super) fn small(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    // Whether space came since the last sign: it counts only if the next one needs it.
    let mut space = false;
    while let Some(c) = rest.chars().next() {
        if c.is_ascii_whitespace() {
            space = true;
            rest = &rest[1..];
        } else if rest.starts_with("/*") {
            let Some(end) = rest.find("*/") else {
                out.push_str(rest);
                break;
            };
            rest = &rest[end + 2..];
            // Two names with nothing between them would become one.
            if !space && out.ends_with(is_name) && rest.starts_with(is_name) {
                out.push_str("/**/");
            }
        } else {
            if space && !out.is_empty() && !out.ends_with(DIVIDES) && !DIVIDES.contains(&c) {
                out.push(' ');
            }
            space = false;
            let (token, after) = rest.split_at(token(rest));
            out.push_str(token);
            rest = after;
        }
    }
    out
}

/// Signs beside which space means nothing.
const DIVIDES: [char; 4] = ['{', '}', ';', ','];

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '%' | '\\') || !c.is_ascii()
}

/// How many bytes stand together whatever is in them: a string, an address without quotes, an escaped sign; else one
/// sign. Without an end it is all that is left.
fn token(css: &str) -> usize {
    let first = css.chars().next().map_or(0, char::len_utf8);
    let ends_with: fn(char) -> bool = match css.as_bytes()[0] {
        b'"' => |c| matches!(c, '"' | '\n'),
        b'\'' => |c| matches!(c, '\'' | '\n'),
        b'\\' => return first + css[first..].chars().next().map_or(0, char::len_utf8),
        b'u' if css.starts_with("url(") && !css[4..].trim_start().starts_with(['"', '\'']) => {
            |c| c == ')'
        }
        _ => return first,
    };
    let mut escaped = false;
    let end = css[first..].char_indices().find(|(_, c)| {
        let ends = !escaped && ends_with(*c);
        escaped = !escaped && *c == '\\';
        ends
    });
    end.map_or(css.len(), |(at, c)| first + at + c.len_utf8())
}

/// A style sheet in which `url("fonts/x.woff2")` has become the address of that file of the site theme.
pub(super) fn planned(css: &str, planned: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("url(\"") {
        out.push_str(before);
        out.push_str("url(\"");
        let (name, tail) = after.split_once('"').unwrap_or((after, ""));
        out.push_str(&planned(name).unwrap_or_else(|| name.to_owned()));
        out.push('"');
        rest = tail;
    }
    out.push_str(rest);
    out
}
