//! Fields that hold switches, whole numbers and dates.

use serde_json::{Value as Json, json};

use super::{Field, Wanted, read_text, wrong_type};
use crate::diagnostic::{Code, Span};
use crate::model::shape::Reader;
use crate::yaml::{Node, Value};

impl Field for bool {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.value {
            Value::Bool(value) => Some(*value),
            _ => {
                wrong_type(node, reader, Wanted::TrueOrFalse);
                None
            }
        }
    }
    fn schema() -> Json {
        json!({ "type": "boolean" })
    }
}

/// A switch that is on unless it is turned off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnByDefault(pub bool);

impl Default for OnByDefault {
    fn default() -> Self {
        Self(true)
    }
}

impl Field for OnByDefault {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        bool::read(node, reader).map(Self)
    }
    fn schema() -> Json {
        json!({ "type": "boolean", "default": true })
    }
}

/// A whole number between two bounds, both included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Whole<const MIN: u32, const MAX: u32> {
    pub value: u32,
    pub at: Span,
}

impl<const MIN: u32, const MAX: u32> Field for Whole<MIN, MAX> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let Value::Integer(value) = node.value else {
            wrong_type(node, reader, Wanted::WholeNumber);
            return None;
        };
        // `1_000`, `0x10` and `010` are different numbers to different readers of YAML.
        let written = reader.slice(node.at);
        if written != value.to_string() && !written.starts_with('*') {
            wrong_type(node, reader, Wanted::WholeNumber);
            return None;
        }
        match u32::try_from(value) {
            Ok(value) if (MIN..=MAX).contains(&value) => Some(Self { value, at: node.at }),
            _ => {
                let (message, help) = if MIN == MAX {
                    (
                        format!("this field is always {MIN}, not {value}"),
                        format!("write {MIN}"),
                    )
                } else {
                    (
                        format!("{value} is not between {MIN} and {MAX}"),
                        format!("write a number from {MIN} to {MAX}"),
                    )
                };
                reader.report(Code::InvalidValue, node.at, message).help = Some(help);
                None
            }
        }
    }
    fn schema() -> Json {
        json!({ "type": "integer", "minimum": MIN, "maximum": MAX })
    }
}

/// A place in an order.
pub type Order = Whole<0, 100_000>;
/// A duration in minutes.
pub type Minutes = Whole<1, 1_440>;
/// A duration in seconds.
pub type Seconds = Whole<1, 3_600>;

/// A calendar date, `2026-11-20`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Date(pub jiff::civil::Date);

impl Field for Date {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let Value::Text(text) = &node.value else {
            wrong_type(node, reader, Wanted::Date);
            return None;
        };
        match text.parse() {
            Ok(date) => Some(Self(date)),
            Err(_) => {
                reader
                    .report(
                        Code::InvalidValue,
                        node.at,
                        format!("`{text}` is not a date"),
                    )
                    .help = Some("write year, month and day: 2026-11-20".to_owned());
                None
            }
        }
    }
    fn schema() -> Json {
        json!({ "type": "string", "format": "date" })
    }
}

/// A time on the clock of a conversation, `12:40`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// Since it began.
    pub seconds: u32,
    pub at: Span,
}

impl Clock {
    /// Minutes and two digits of seconds.
    fn parse(text: &str) -> Option<u32> {
        let (minutes, seconds) = text.split_once(':')?;
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let fits = (1..=3).contains(&minutes.len()) && seconds.len() == 2;
        if !fits || !is_number(minutes) || !is_number(seconds) {
            return None;
        }
        let seconds = seconds
            .parse::<u32>()
            .ok()
            .filter(|seconds| *seconds < 60)?;
        Some(minutes.parse::<u32>().ok()? * 60 + seconds)
    }
}

impl Field for Clock {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = read_text(node, reader)?;
        if let Some(seconds) = Self::parse(&text) {
            return Some(Self {
                seconds,
                at: node.at,
            });
        }
        let message = format!("`{text}` is not a time of the conversation");
        reader.report(Code::InvalidValue, node.at, message).help =
            Some("write minutes and seconds in quotes: \"12:40\"".to_owned());
        None
    }
    fn schema() -> Json {
        json!({ "type": "string", "pattern": "^[0-9]{1,3}:[0-5][0-9]$" })
    }
}
