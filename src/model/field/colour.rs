//! Fields that hold colours.

use std::fmt;

use serde_json::{Value as Json, json};

use super::{Field, Placed, read_text};
use crate::diagnostic::{Code, Span};
use crate::model::shape::{Reader, part};
use crate::yaml::{Node, Value};

/// A colour as screens mix it: red, green and blue, each 0 to 255.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rgb(pub [u8; 3]);

impl Rgb {
    /// From `#0b5a60` or `#fff`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let is_short = digits.len() == 3;
        if !(is_short || digits.len() == 6) || !digits.bytes().all(|one| one.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(digits, 16).ok()?;
        let part = |nth: u32| {
            let value = if is_short {
                (number >> (8 - 4 * nth) & 0xf) * 0x11
            } else {
                number >> (16 - 8 * nth) & 0xff
            };
            u8::try_from(value).unwrap_or(u8::MAX)
        };
        Some(Self([part(0), part(1), part(2)]))
    }

    /// From a colour as style sheets write it: `rgb(11 90 96)`, `teal`. `None` where it is none; nothing inside where one sees
    /// through it, so that it depends on what lies below.
    pub fn from_css(text: &str) -> Option<Option<Self>> {
        // The library reads numbers without their sign, which no browser does.
        if text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let colour = csscolorparser::parse(text).ok()?;
        let [red, green, blue, opacity] = colour.to_rgba8();
        Some((opacity == u8::MAX).then_some(Self([red, green, blue])))
    }

    /// How much light it gives, 0 to 1: relative luminance as WCAG 2.2 defines it.
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast of two colours as WCAG 2.2 defines it, 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// This colour with so much of another in it, in percent.
    pub fn mixed(self, other: Self, percent: u16) -> Self {
        let mut out = self.0;
        for (part, other) in out.iter_mut().zip(other.0) {
            let sum = u16::from(*part) * (100 - percent) + u16::from(other) * percent;
            *part = u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX);
        }
        Self(out)
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl Field for Rgb {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = read_text(node, reader)?;
        let colour = Self::parse(&text);
        if colour.is_none() {
            let message = format!("`{text}` is not a colour");
            reader.report(Code::InvalidValue, node.at, message).help =
                Some("write red, green and blue in quotes: \"#0b5a60\"".to_owned());
        }
        colour
    }
    fn schema() -> Json {
        json!({ "type": "string", "pattern": "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$" })
    }
}

part! {
    /// A colour in both appearances.
    Shades("a colour") {
        /// In light surroundings.
        required light: Option<Placed<Rgb>>,
        /// In dark surroundings.
        required dark: Option<Placed<Rgb>>,
    }
}

/// A colour of the site theme: one for both appearances, or one for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Colour {
    /// In light and in dark surroundings, with its place.
    pub shades: [(Rgb, Span); 2],
}

impl Field for Colour {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let shades = match &node.value {
            Value::Mapping(_) => {
                let shades = Shades::read(node, reader)?;
                [shades.light?, shades.dark?]
            }
            _ => [Placed::<Rgb>::read(node, reader)?; 2],
        };
        Some(Self {
            shades: shades.map(|shade| (shade.value, shade.at)),
        })
    }
    fn schema() -> Json {
        json!({ "anyOf": [Rgb::schema(), Shades::schema()] })
    }
}
