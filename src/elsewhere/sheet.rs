//! What a style sheet asks for.

use super::{Ask, What};
use crate::assets::statement::{Statement, statements};

/// The addresses in a style sheet, with the part of the policy that each concerns.
pub(super) fn asks(css: &str) -> Vec<Ask> {
    let mut asks = Vec::new();
    statements(css, &mut |statement| {
        let imports = statement.text.starts_with("@import");
        let directive = if imports {
            "style-src"
        } else if statement
            .within
            .last()
            .is_some_and(|one| one.starts_with("@font-face"))
        {
            "font-src"
        } else {
            "img-src"
        };
        if imports && let Some(ask) = quoted(&statement) {
            asks.push(ask);
        }
        asks.extend(statement.addresses().map(|(at, address)| Ask {
            directive,
            what: What::Address(address.to_owned()),
            at: at..at + address.len(),
        }));
    });
    asks
}

/// `@import "https://…"`.
fn quoted(import: &Statement<'_, '_>) -> Option<Ask> {
    let rest = import.text.strip_prefix("@import")?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let address = rest[1..].split(quote).next()?;
    let at = import.at + (import.text.len() - rest.len()) + 1;
    Some(Ask {
        directive: "style-src",
        what: What::Address(address.to_owned()),
        at: at..at + address.len(),
    })
}
