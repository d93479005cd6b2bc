//! Short records that others point to, and what every record has.

use super::Theme;
use super::field::{Date, Markdown, Named, Ref, Text, Unpublished, Unsearched};
use super::shape::{part, record};

record! {
    /// Something that costs an offer.
    RedFlag("a red flag") {
        /// What the interviewer notices.
        required title: Text,
        /// What the interviewer concludes.
        required thinks: Markdown,
        /// What to do instead.
        required instead: Markdown,
    }
}

part! {
    /// A follow-up that fits every answer, or every one of some themes.
    Probe("a follow-up of its type") {
        /// The question.
        required ask: Text,
        /// The themes after whose questions it makes sense; after all when none is named.
        optional themes: Vec<Ref<Theme>>,
    }
}

record! {
    /// A type of follow-up question.
    FollowUp("a follow-up type") {
        /// Its name.
        required title: Text,
        /// How it may sound.
        required example: Text,
        /// How exercises ask it after an answer that is not known here; the example when there is none.
        optional asks: Vec<Probe>,
        /// What it tests.
        required tests: Markdown,
        /// How to hold up.
        required handle: Markdown,
    }
}

record! {
    /// A document the handbook draws on.
    Source("a source") {
        /// Its title.
        required title: Text,
        /// Who published it.
        optional publisher: Option<Text>,
        /// What the handbook took from it.
        required contributed: Markdown,
        /// When it was used.
        optional used: Option<Date>,
    }
}

part! {
    /// What every record has.
    Common("a record") {
        /// Old addresses that lead here, from the site's root.
        optional aliases: Vec<Unsearched>,
        /// Whether it is left out unless drafts are asked for.
        optional draft: bool,
        /// Where its facts come from.
        optional sources: Vec<Citation>,
        /// Warnings that this record may cause, each with the reason.
        optional allow: Named<Unsearched>,
        /// What the authors tell each other; never published.
        optional notes: Option<Unpublished>,
        /// When somebody last looked through it.
        optional reviewed: Option<Date>,
        /// When what it says changed last: shown on its page, in the sitemap and the feed.
        optional updated: Option<Date>,
    }
}

part! {
    /// A place in a source.
    Citation("a citation") {
        /// The source.
        required source: Ref<Source>,
        /// The place in it.
        optional r#where: Option<Unsearched>,
    }
}
