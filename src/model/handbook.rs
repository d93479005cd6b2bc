//! `content/handbook.yaml`: what is true of the handbook as a whole.

use super::extra::Extra;
use super::field::{
    Colour, LocalId, Markdown, Named, OnByDefault, Placed, Policy, Ruled, SiteAddress, Text,
    Unpublished, Unsearched, WebAddress, Whole,
};
use super::frame::FootLink;
use super::language::Language;
use super::shape::part;
use crate::diagnostic::Span;
use crate::section::Section;

/// Where it stands.
pub const PATH: &str = "content/handbook.yaml";

part! {
    /// What is true of the handbook as a whole.
    Settings("the handbook") {
        /// The version of this format; always 1.
        required format: Option<Whole<1, 1>>,
        /// The handbook's title.
        required title: Text,
        /// A line below the title.
        optional subtitle: Option<Text>,
        /// The name in the bar and below an icon, at most 20 characters; by default the title if it is as short.
        optional short_title: Option<Text>,
        /// One sentence for search engines.
        required description: Text,
        /// Where the site will stand, for canonical addresses and the sitemap.
        optional base_url: Option<SiteAddress>,
        /// The language of the text, as in HTML's `lang`.
        optional language: Option<Language>,
        /// The site theme: a folder of `themes/`.
        optional site_theme: Option<LocalId>,
        /// Whether browsers keep the site for reading offline. `false` also takes back what they kept before.
        optional offline: OnByDefault,
        /// Whether answers are said aloud. `false` for technical questions and flash cards: how long they take to say and what
        /// makes a story is then not checked, and not shown.
        optional spoken: OnByDefault,
        /// How fast answers are spoken.
        optional words_per_minute: Option<Whole<60, 300>>,
        /// Who wrote it.
        optional author: Option<Text>,
        /// Links in the foot of every page, such as imprint and privacy.
        optional footer: Vec<FootLink>,
        /// The index pages that the bar and the foot link, in this order. What is left out is hidden there.
        optional navigation: Ruled<Vec<Placed<Section>>>,
        /// Colours of the site theme by their names; those that belong to the accent follow it.
        optional colours: Named<Colour>,
        /// Style sheets, scripts and lines of the head that every page gets.
        optional extra: Extra,
        /// Whether a picture is drawn of each question, theme and company, for previews of links; needs `base_url`.
        optional share_pictures: Option<Placed<bool>>,
        /// What pages may load and send beyond the files of the site: sources by directive, added to its policy.
        optional policy: Policy,
        /// Whether browsers are told that the hosts below the site's speak HTTPS alone, too.
        optional https_for_subdomains: bool,
        /// Where its source is kept.
        optional repository: Option<WebAddress>,
        /// Where a page's source can be edited; the file's path is added.
        optional edit_url: Option<WebAddress>,
        /// Under which terms it may be used.
        optional licence: Option<Text>,
        /// What the authors tell each other; never published.
        optional notes: Option<Unpublished>,
        /// Markdown for the home page.
        optional home: Option<Markdown>,
        /// Warnings that the handbook as a whole may cause, each with the reason.
        optional allow: Named<Unsearched>,
    }
}

/// The longest title that fits into the bar beside the navigation, and below an icon.
pub const BRAND_CHARACTERS: usize = 20;

impl Settings {
    /// How fast answers are spoken, in words per minute; 145 unless the handbook says otherwise.
    pub fn pace(&self) -> u32 {
        self.words_per_minute.map_or(145, |pace| pace.value)
    }

    /// Where it says that pictures are drawn for previews of links; `None` where it does not.
    pub fn shares_pictures(&self) -> Option<Span> {
        let asked = self.share_pictures.as_ref().filter(|asked| asked.value);
        asked.map(|asked| asked.at)
    }

    /// The name that is short enough to stand beside other things.
    pub fn brand(&self) -> Option<&str> {
        let names = self.short_title.iter().chain([&self.title]);
        let mut names = names.map(|name| &*name.text);
        names.find(|name| name.chars().count() <= BRAND_CHARACTERS)
    }

    pub fn language(&self) -> &str {
        self.language
            .as_ref()
            .map_or("en", |language| &language.tag)
    }

    pub fn site_theme(&self) -> &str {
        self.site_theme
            .as_ref()
            .map_or("default", |theme| &theme.id)
    }
}
