//! Which form of a message a number takes.

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};

/// The plural forms of a language, as the Unicode Common Locale Data Repository has them.
pub struct Plurals {
    language: String,
    /// Of the first whole numbers, the form that each takes: nearly all that are asked for.
    first: Vec<Form>,
}

/// Names of forms: `one`, `other`.
pub(super) type Form = &'static str;

/// All names of forms.
pub(super) const FORMS: [Form; 6] = ["zero", "one", "two", "few", "many", "other"];

fn name(category: PluralCategory) -> Form {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

/// Whole numbers up to this tell which forms a language needs: millions are counted nowhere in the interface.
const COUNTED: u64 = 200;

/// The rules of a language; `None` for a tag that is no language's: then all numbers take the form `other`.
///
/// They are made when they are asked for, since they cannot go from one thread to another.
fn rules(language: &str) -> Option<PluralRules> {
    let locale = language.parse::<Locale>().ok()?;
    PluralRules::try_new((&locale).into(), PluralRulesOptions::default()).ok()
}

fn form(rules: Option<&PluralRules>, n: u64) -> Form {
    rules.map_or("other", |rules| name(rules.category_for(n)))
}

impl Plurals {
    pub(super) fn of(language: &str) -> Self {
        let rules = rules(language);
        Self {
            language: language.to_owned(),
            first: (0..=COUNTED).map(|n| form(rules.as_ref(), n)).collect(),
        }
    }

    /// The language's tag.
    pub(super) fn language(&self) -> &str {
        &self.language
    }

    /// The form that a number takes.
    pub fn form(&self, n: u64) -> Form {
        let first = usize::try_from(n).ok().and_then(|n| self.first.get(n));
        first
            .copied()
            .unwrap_or_else(|| form(rules(&self.language).as_ref(), n))
    }

    /// The forms that a message must have, in the order of [`FORMS`].
    pub(super) fn needed(&self) -> Vec<Form> {
        let is_needed = |form: &Form| *form == "other" || self.first.contains(form);
        FORMS.into_iter().filter(is_needed).collect()
    }

    /// The forms that a message may have.
    pub(super) fn allowed(&self) -> Vec<Form> {
        let rules = rules(&self.language);
        let all: Vec<Form> = rules
            .iter()
            .flat_map(PluralRules::categories)
            .map(name)
            .collect();
        FORMS
            .into_iter()
            .filter(|form| *form == "other" || all.contains(form))
            .collect()
    }
}
