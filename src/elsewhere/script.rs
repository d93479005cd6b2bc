//! What a script asks for by addresses that stand in its text.

use super::{Ask, What};

/// What loads or sends, and the part of the policy that it concerns.
const CALLS: &[(&str, &str)] = &[
    ("fetch(", "connect-src"),
    ("sendBeacon(", "connect-src"),
    ("EventSource(", "connect-src"),
    ("WebSocket(", "connect-src"),
    ("import(", "script-src"),
    ("importScripts(", "script-src"),
];

/// The whole addresses that calls in a script are given.
pub(super) fn asks(script: &str) -> Vec<Ask> {
    let mut asks = Vec::new();
    for (call, directive) in CALLS {
        for (at, _) in script.match_indices(call) {
            let line = script[..at].rsplit('\n').next().unwrap_or_default();
            if line.trim_start().starts_with("//") {
                continue;
            }
            let inner = script[at + call.len()..].trim_start();
            let start = script.len() - inner.len() + 1;
            let Some(quote) = inner.chars().next().filter(|c| "\"'`".contains(*c)) else {
                continue;
            };
            let address = inner[1..].split(quote).next().unwrap_or_default();
            if !address.contains("${") {
                asks.push(Ask {
                    directive,
                    what: What::Address(address.to_owned()),
                    at: start..start + address.len(),
                });
            }
        }
    }
    asks
}
