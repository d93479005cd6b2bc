//! The colours of a site theme: its tokens, those that a handbook sets in their place, and whether both can be read.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Place, Span, nearest};
use crate::model::field::{Colour, Named, Rgb};
use crate::source::SourcePath;

/// The style sheet that names the tokens, `--accent: light-dark(#0b5a60, #7fd0cb);`. What a handbook sets is added at its
/// end.
pub(super) const SHEET: &str = "tokens.css";

/// What a handbook sets, by token.
pub(super) type Colours = Named<Colour>;

/// Tokens in light and in dark surroundings, by name.
pub(super) type Tokens = BTreeMap<String, [Rgb; 2]>;

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

/// The tokens of a style sheet whose values are colours. Of several of one name, the last.
pub(super) fn tokens(css: &str) -> Tokens {
    let mut tokens = Tokens::new();
    for (at, _) in css.match_indices("--") {
        let Some((name, value)) = css[at + 2..].split_once(':') else {
            continue;
        };
        let value = value.split([';', '}']).next().unwrap_or_default().trim();
        let both = value
            .strip_prefix("light-dark(")
            .and_then(|both| both.strip_suffix(')'))
            .and_then(|both| both.split_once(','));
        let (light, dark) = both.unwrap_or((value, value));
        let shades = [light, dark].map(|shade| Rgb::parse(shade.trim()));
        if let [Some(light), Some(dark)] = shades {
            tokens.insert(name.trim().to_owned(), [light, dark]);
        }
    }
    tokens
}

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

/// Reports colours that the site theme does not have, and `low-contrast` where what is set cannot be read.
pub(super) fn check(colours: &Colours, css: &str, settings: &SourcePath) -> Vec<Diagnostic> {
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
    let mut all = known;
    all.extend(chosen.clone());
    for nth in 0..SURROUNDINGS.len() {
        // By the colour that is to blame: of several pairs of it that cannot be read, the worst.
        let mut worst: BTreeMap<&str, Pair<'_>> = BTreeMap::new();
        for pair in pairs(&all, nth).filter(Pair::is_faint) {
            let Some(blamed) = blamed(colours, &chosen, &pair) else {
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
                .map(|(blamed, pair)| report(colours, &all, blamed, pair, (nth, settings))),
        );
    }
    found
}

/// The built-in style sheet of the tokens.
static BUILT_IN: &str = include_str!("../../themes/default/assets/tokens.css");

/// What is wrong with the tokens of a project's own style sheet: a name that no rule reads and that is near to one which it
/// lacks, a value that cannot be a colour. Functions and names of colours are left to browsers.
pub(super) fn misspelt(path: &SourcePath, css: &str) -> Vec<Diagnostic> {
    let known: BTreeMap<&str, Range<usize>> =
        declared(BUILT_IN).map(|(name, ..)| (name, 0..0)).collect();
    let own: Vec<_> = declared(css).collect();
    let has = |name: &str| own.iter().any(|(own, ..)| *own == name);
    let missing: Vec<&str> = known.keys().copied().filter(|name| !has(name)).collect();
    let mut found = Vec::new();
    for (name, at, value) in own {
        let at = Place::new(path, Span::new(at.start, at.end));
        if !known.contains_key(name) {
            if let Some(near) = nearest(name, missing.iter().copied()) {
                let message = format!("no rule reads the token `--{name}`");
                let help = format!("did you mean `--{near}`?");
                found.push(Diagnostic::new(Code::UnknownToken, at, message).help(help));
            }
            continue;
        }
        let inner = value
            .strip_prefix("light-dark(")
            .and_then(|inner| inner.strip_suffix(')'));
        let mut shades = inner.unwrap_or(value).split(',');
        let is_colour = |shade: &str| {
            let shade = shade.trim();
            let is_name = !shade.is_empty() && shade.bytes().all(|byte| byte.is_ascii_alphabetic());
            is_name || Rgb::parse(shade).is_some()
        };
        let is_function = inner.unwrap_or(value).contains('(');
        if !is_function && !shades.all(is_colour) {
            let message = format!("`{value}` is no colour for `--{name}`");
            let help =
                "write one for both surroundings, `#0b5a60`, or `light-dark(#0b5a60, #7fd0cb)`";
            found.push(Diagnostic::new(Code::UnknownToken, at, message).help(help));
        }
    }
    found
}

/// The tokens that a style sheet sets: their names, where they stand, their values.
fn declared(css: &str) -> impl Iterator<Item = (&str, Range<usize>, &str)> {
    css.match_indices("--").filter_map(move |(at, _)| {
        let begins = css[..at].trim_end().ends_with([';', '{', '/']);
        let (name, value) = css[at + 2..].split_once(':').filter(|_| begins)?;
        let value = value.split([';', '}']).next().unwrap_or_default();
        let end = at + 2 + name.len() + 1 + value.len();
        Some((name.trim(), at..end, value.trim()))
    })
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

    /// The same with another shade of one of its tokens.
    fn with(mut self, token: &str, shade: Rgb) -> Self {
        for one in [&mut self.above, &mut self.below] {
            if one.0 == token {
                one.1 = shade;
            }
        }
        self
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

/// Which colour that the handbook sets makes a pair what it is; `None` where the site theme alone does.
fn blamed(colours: &Colours, chosen: &Tokens, pair: &Pair<'static>) -> Option<&'static str> {
    let both = [pair.above.0, pair.below.0];
    let is_set = |token: &&str| colours.0.iter().any(|(id, _)| *id.id == **token);
    let set = both.into_iter().find(is_set);
    // What belongs to the accent follows it.
    set.or_else(|| {
        let follows = both.iter().any(|token| chosen.contains_key(*token));
        follows.then_some("accent")
    })
}

fn report(
    colours: &Colours,
    all: &Tokens,
    blamed: &str,
    pair: Pair<'static>,
    (nth, settings): (usize, &SourcePath),
) -> Diagnostic {
    let ((above, one), (below, other)) = (pair.above, pair.below);
    let message = format!(
        "`{above}` ({one}) on `{below}` ({other}) has a contrast of {:.1} in {} surroundings; it needs {}",
        pair.contrast(),
        SURROUNDINGS[nth],
        pair.least
    );
    let of_blamed: Vec<Pair<'_>> = pairs(all, nth).filter(|pair| pair.has(blamed)).collect();
    let help = if pair.has(blamed) {
        let shade = all.get(blamed).map(|shades| shades[nth]);
        let near = shade.and_then(|shade| {
            let fits = |shade: &Rgb| {
                let mut pairs = of_blamed.iter();
                pairs.all(|pair| !pair.with(blamed, *shade).is_faint())
            };
            nearest_shade(shade, fits)
        });
        match near {
            Some(near) => format!("`{near}` is near to it and can be read"),
            None => format!("change `{above}` or `{below}`"),
        }
    } else {
        format!("set `{above}`, too")
    };
    let of_settings = colours.0.iter().find(|(id, _)| *id.id == *blamed);
    let at = of_settings.map_or(Span::FIRST, |(_, colour)| colour.shades[nth].1);
    Diagnostic::new(Code::LowContrast, Place::new(settings, at), message).help(help)
}

/// The nearest darker or lighter shade of a colour that fits.
fn nearest_shade(shade: Rgb, fits: impl Fn(&Rgb) -> bool) -> Option<Rgb> {
    (1..=100)
        .flat_map(|percent| [Rgb([0; 3]), Rgb([255; 3])].map(|end| shade.mixed(end, percent)))
        .find(fits)
}
