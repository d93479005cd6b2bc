//! The colours of a site theme, those that a handbook and its style sheets set in their place, and whether all can be read.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::tokens::{Tokens, tokens};
use crate::diagnostic::{Code, Diagnostic, Place, Span, nearest};
use crate::model::field::{Colour, Named, Rgb};
use crate::source::SourcePath;

/// What a handbook sets, by token.
pub(super) type Colours = Named<Colour>;

/// The names of the appearances, in the order of a token's shades.
const SURROUNDINGS: [&str; 2] = ["light", "dark"];

/// What stands on what, and the least contrast of the two: WCAG 2.2, AA, asks 4.5 of letters and 3 of the edges of fields.
const PAIRS: &[(&str, &[&str], f64)] = &[
    ("ink", &["bg", "surface", "sunken", "tint", "h2"], 4.5),
    ("ink2", &["bg", "surface", "sunken"], 4.5),
    ("ink3", &["bg", "surface"], 4.5),
    ("accent", &["bg", "surface", "sunken", "tint"], 4.5),
    ("accent-hover", &["bg", "surface"], 4.5),
    ("on-accent", &["accent", "accent-hover"], 4.5),
    ("warn", &["bg", "warn-tint"], 4.5),
    ("bad", &["bg", "bad-tint"], 4.5),
    ("good", &["bg", "good-tint"], 4.5),
    ("edge", &["bg", "surface"], 3.0),
];

/// The tokens of a handbook that sets colours; those that belong to the accent follow it unless they are set, too.
fn chosen(colours: &Colours, known: &Tokens) -> Tokens {
    let mut chosen: Tokens = Tokens::new();
    for (name, colour) in &colours.0 {
        chosen.insert(name.id.to_string(), colour.shades.map(|(shade, _)| shade));
    }
    let Some(accent) = chosen.get("accent").copied() else {
        return chosen;
    };
    let of = |name: &str| chosen.get(name).or_else(|| known.get(name)).copied();
    let (Some(ground), Some(ink)) = (of("bg"), of("ink")) else {
        return chosen;
    };
    let mix = |from: [Rgb; 2], to: [Rgb; 2], percent: [u16; 2]| {
        [0, 1].map(|nth| from[nth].mixed(to[nth], percent[nth]))
    };
    let (white, black) = (Rgb([255; 3]), Rgb([12, 20, 22]));
    let on_accent = accent.map(|accent| {
        if accent.contrast(white) >= accent.contrast(black) {
            white
        } else {
            black
        }
    });
    for (name, shades) in [
        ("accent-hover", mix(accent, ink, [35, 45])),
        ("on-accent", on_accent),
        ("tint", mix(ground, accent, [11, 18])),
        ("h2", mix(ground, accent, [28, 32])),
        ("h3", mix(ground, accent, [55, 48])),
        ("h4", accent),
    ] {
        if known.contains_key(name) {
            chosen.entry(name.to_owned()).or_insert(shades);
        }
    }
    chosen
}

/// What is added to the style sheet of the tokens; nothing where the handbook sets none.
pub(super) fn added(colours: &Colours, css: &str) -> String {
    let mut out = String::new();
    let chosen = chosen(colours, &tokens(css));
    if !chosen.is_empty() {
        out.push_str("\n:root {\n");
        for (name, [light, dark]) in chosen {
            writeln!(out, "  --{name}: light-dark({light}, {dark});").expect("a string");
        }
        out.push_str("}\n");
    }
    out
}

/// Reports colours that the site theme does not have, and `low-contrast` where what is set cannot be read: by the settings,
/// or by the project's own style sheets.
pub(super) fn check(
    colours: &Colours,
    css: &str,
    own: BTreeMap<String, ([Rgb; 2], Place)>,
    settings: &SourcePath,
) -> Vec<Diagnostic> {
    let known = tokens(css);
    let mut found = Vec::new();
    for (name, _) in &colours.0 {
        if known.contains_key(&*name.id) {
            continue;
        }
        let message = format!("the site theme has no colour `{}`", name.id);
        let names = known.keys().map(String::as_str);
        let help = match nearest(&name.id, names.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("its colours are {}", names.collect::<Vec<_>>().join(", ")),
        };
        let place = Place::new(settings, name.at);
        found.push(Diagnostic::new(Code::InvalidValue, place, message).help(help));
    }
    let chosen = chosen(colours, &known);
    let mut all = known.clone();
    let (shades, mut places): (Tokens, BTreeMap<String, Place>) = own
        .into_iter()
        .map(|(name, (shades, place))| ((name.clone(), shades), (name, place)))
        .unzip();
    all.extend(shades);
    all.extend(chosen.clone());
    places.retain(|name, _| !chosen.contains_key(name));
    let set = Set {
        colours,
        known,
        chosen,
        places,
        settings,
    };
    for nth in 0..SURROUNDINGS.len() {
        // By the colour that is to blame: of several pairs of it that cannot be read, the worst.
        let mut worst: BTreeMap<&str, Pair<'_>> = BTreeMap::new();
        for pair in pairs(&all, nth).filter(Pair::is_faint) {
            let Some(blamed) = set.blamed(&pair) else {
                continue;
            };
            let known = worst.entry(blamed).or_insert(pair);
            if pair.share() < known.share() {
                *known = pair;
            }
        }
        found.extend(
            worst
                .into_iter()
                .map(|(blamed, pair)| set.report(&all, blamed, pair, nth)),
        );
    }
    found
}

/// One colour on another, by their tokens.
#[derive(Clone, Copy)]
struct Pair<'a> {
    above: (&'a str, Rgb),
    below: (&'a str, Rgb),
    least: f64,
}

impl Pair<'_> {
    fn contrast(&self) -> f64 {
        self.above.1.contrast(self.below.1)
    }

    /// How much of the contrast that it needs it has.
    fn share(&self) -> f64 {
        self.contrast() / self.least
    }

    fn is_faint(&self) -> bool {
        self.share() < 1.0
    }

    fn has(&self, token: &str) -> bool {
        self.above.0 == token || self.below.0 == token
    }
}

/// All pairs of which both colours are known, in one appearance.
fn pairs(all: &Tokens, nth: usize) -> impl Iterator<Item = Pair<'static>> + '_ {
    let grounds = |(above, grounds, least): &'static (&'static str, &[&'static str], f64)| {
        grounds.iter().map(move |below| (*above, *below, *least))
    };
    let known = PAIRS.iter().flat_map(grounds);
    known.filter_map(move |(above, below, least)| {
        Some(Pair {
            above: (above, all.get(above)?[nth]),
            below: (below, all.get(below)?[nth]),
            least,
        })
    })
}

/// What is set in the place of the built-in colours.
struct Set<'a> {
    colours: &'a Colours,
    /// The site theme's.
    known: Tokens,
    /// By the settings, with what follows from it.
    chosen: Tokens,
    /// By the project's own style sheets: where.
    places: BTreeMap<String, Place>,
    settings: &'a SourcePath,
}

impl Set<'_> {
    /// Which colour that is set makes a pair what it is; `None` where the built-in ones alone do.
    fn blamed(&self, pair: &Pair<'static>) -> Option<&'static str> {
        let both = [pair.above.0, pair.below.0];
        let is_set = |token: &&str| self.colours.0.iter().any(|(id, _)| *id.id == **token);
        let set = both.into_iter().find(is_set);
        // What belongs to the accent follows it.
        let follows = || {
            both.iter()
                .any(|token| self.chosen.contains_key(*token))
                .then_some("accent")
        };
        let is_own = |token: &&str| self.places.contains_key(*token);
        set.or_else(follows)
            .or_else(|| both.into_iter().find(is_own))
    }

    fn report(&self, all: &Tokens, blamed: &str, pair: Pair<'static>, nth: usize) -> Diagnostic {
        let ((above, one), (below, other)) = (pair.above, pair.below);
        let message = format!(
            "`{above}` ({one}) on `{below}` ({other}) has a contrast of {:.1} in {} surroundings; it needs {}",
            pair.contrast(),
            SURROUNDINGS[nth],
            pair.least
        );
        let help = self.proposal(all, blamed, nth).unwrap_or_else(|| {
            if pair.has(blamed) {
                format!("change `{above}` or `{below}`")
            } else {
                format!("set `{above}`, too")
            }
        });
        let place = self.places.get(blamed).cloned().unwrap_or_else(|| {
            let of_settings = self.colours.0.iter().find(|(id, _)| *id.id == *blamed);
            let at = of_settings.map_or(Span::FIRST, |(_, colour)| colour.shades[nth].1);
            Place::new(self.settings, at)
        });
        Diagnostic::new(Code::LowContrast, place, message).help(help)
    }

    /// Shades near to the one that is to blame with which all can be read; of one that holds for both appearances, a pair.
    fn proposal(&self, all: &Tokens, blamed: &str, nth: usize) -> Option<String> {
        let shades = all.get(blamed)?;
        let near =
            |nth: usize| nearest_shade(shades[nth], |shade| self.fits(all, blamed, nth, *shade));
        let mut of_settings = self.colours.0.iter();
        let of_settings = of_settings.find(|(id, _)| *id.id == *blamed);
        if of_settings.is_some_and(|(_, colour)| colour.shades[0].1 == colour.shades[1].1) {
            let (light, dark) = (near(0)?, near(1)?);
            return Some(format!(
                "give each appearance its own: `{blamed}: {{light: \"{light}\", dark: \"{dark}\"}}` can be read"
            ));
        }
        Some(format!("`{}` is near to it and can be read", near(nth)?))
    }

    /// Whether all that a colour is to blame for can be read with another shade of it.
    fn fits(&self, all: &Tokens, blamed: &str, nth: usize, shade: Rgb) -> bool {
        let mut all = all.clone();
        let mut colours = self.colours.clone();
        let mut set = colours.0.iter_mut();
        if let Some((_, colour)) = set.find(|(id, _)| *id.id == *blamed) {
            colour.shades[nth].0 = shade;
            all.extend(chosen(&colours, &self.known));
        } else if let Some(shades) = all.get_mut(blamed) {
            shades[nth] = shade;
        }
        let concerned =
            |pair: &Pair<'static>| pair.has(blamed) || self.blamed(pair) == Some(blamed);
        !pairs(&all, nth).any(|pair| pair.is_faint() && concerned(&pair))
    }
}

/// The nearest darker or lighter shade of a colour that fits; the colour itself if it does.
fn nearest_shade(shade: Rgb, fits: impl Fn(&Rgb) -> bool) -> Option<Rgb> {
    (0..=100)
        .flat_map(|percent| [Rgb([0; 3]), Rgb([255; 3])].map(|end| shade.mixed(end, percent)))
        .find(fits)
}
