//! Style sheets taken apart into their statements.

use super::sheet::token;

/// A declaration, or an at-rule without a block: `color: var(--ink)`, `@import "x.css"`.
#[derive(Clone, Copy)]
pub(crate) struct Statement<'c, 'w> {
    /// What stands before the blocks around it, from the outside in: `@media print`, `:root`.
    pub(crate) within: &'w [&'c str],
    pub(crate) text: &'c str,
    /// Where it begins in the sheet, in bytes.
    pub(crate) at: usize,
}

impl<'c> Statement<'c, '_> {
    /// The name and the value of a declaration, and where the value begins.
    pub(super) fn declaration(&self) -> Option<(&'c str, &'c str, usize)> {
        let (name, value) = self.text.split_once(':')?;
        let begin = self.at + name.len() + 1 + (value.len() - value.trim_start().len());
        // A comment may follow.
        let value = value.split("/*").next().unwrap_or_default();
        Some((name.trim(), value.trim(), begin))
    }

    /// The addresses in `url(…)`, and where each stands in the sheet.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = (usize, &'c str)> + use<'c> {
        let (text, begin) = (self.text, self.at);
        let small = text.to_ascii_lowercase();
        let starts: Vec<usize> = small.match_indices("url(").map(|(at, _)| at + 4).collect();
        starts.into_iter().filter_map(move |start| {
            let inner = text[start..].trim_start();
            let quote = inner.chars().next().filter(|c| matches!(c, '"' | '\''));
            let start = text.len() - inner.len() + quote.map_or(0, char::len_utf8);
            let end = text[start..].find(quote.unwrap_or(')'))?;
            let address = text[start..start + end].trim_end();
            Some((begin + start, address))
        })
    }

    /// Whether it holds of a page as a whole, whatever the surroundings.
    pub(super) fn is_of_page(&self) -> bool {
        let Some((selector, around)) = self.within.split_last() else {
            return false;
        };
        let mut selectors = selector.split(',');
        selectors.any(|one| matches!(one.trim(), ":root" | "html"))
            && around.iter().all(|rule| rule.starts_with("@layer"))
    }
}

/// Shows each statement of a style sheet, in its order. Comments before one are no part of it.
pub(crate) fn statements<'c>(css: &'c str, each: &mut dyn FnMut(Statement<'c, '_>)) {
    let mut within: Vec<&'c str> = Vec::new();
    let (mut start, mut at, mut depth) = (0, 0, 0usize);
    while at < css.len() {
        let rest = &css[at..];
        if rest.starts_with("/*") {
            let end = rest.find("*/").map_or(css.len(), |end| at + end + 2);
            if css[start..at].trim().is_empty() {
                start = end;
            }
            at = end;
            continue;
        }
        let length = token(rest).max(1);
        match &rest[..length] {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            "{" => {
                within.push(css[start..at].trim());
                start = at + 1;
                depth = 0;
            }
            sign @ (";" | "}") if depth == 0 || sign == "}" => {
                let text = css[start..at].trim_start();
                if !text.is_empty() {
                    let (within, at) = (within.as_slice(), at - text.len());
                    let text = text.trim_end();
                    each(Statement { within, text, at });
                }
                if sign == "}" {
                    within.pop();
                }
                start = at + 1;
                depth = 0;
            }
            _ => {}
        }
        at += length;
    }
}
