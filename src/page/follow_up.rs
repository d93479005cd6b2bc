//! Follow-up questions and traps, as questions and principles have them.

use serde::Serialize;

use super::Site;
use crate::html::Html;
use crate::model::question::{FollowUpQuestion, Trap};

/// What is asked next, and how to hold up.
#[derive(Hash, Serialize)]
pub struct AskedNext {
    ask: String,
    /// Empty while nobody has written it.
    handle: Html,
    /// One or two sentences that can be said.
    say: Option<Html>,
}

/// A way to lose the point.
#[derive(Hash, Serialize)]
pub struct TrapView {
    trap: Html,
    instead: Html,
}

impl AskedNext {
    pub fn new(site: &Site, one: &FollowUpQuestion) -> Self {
        Self {
            ask: one.ask.to_string(),
            handle: site.html(&one.handle),
            say: one.say.as_ref().map(|text| site.inline(text)),
        }
    }
}

impl TrapView {
    pub fn new(site: &Site, one: &Trap) -> Self {
        Self {
            trap: site.inline(&one.trap),
            instead: site.inline(&one.instead),
        }
    }
}
