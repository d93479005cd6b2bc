//! Ordinary YAML, as nearly all records are written in, straight from the parser's events: a third of the work of
//! the way through the library's deserialiser. Whatever is not ordinary is left to the library, which alone judges.

use granit_parser::{Event, Parser, ScalarStyle, Span as Place, StrInput};

use super::{Key, Node, Value};
use crate::diagnostic::Span;

/// Deepest nesting of what is ordinary.
const DEPTH: usize = 16;
/// Most keys in a mapping: each is compared with all.
const KEYS: usize = 128;
/// Most values.
const NODES: usize = 10_000;

/// One document without anchors, aliases and tags, whose mappings have names as keys, each once; `None` for every other.
/// `scalar` says what a plain scalar is that is no word.
pub(super) fn read(text: &str, scalar: impl Fn(&str) -> Option<Value>) -> Option<Node> {
    let mut reader = Reader {
        events: Parser::new_from_str(text),
        scalar,
        nodes: NODES,
    };
    reader.expect(|event| matches!(event, Event::StreamStart))?;
    reader.expect(|event| matches!(event, Event::DocumentStart(..)))?;
    let first = reader.next()?;
    let root = reader.node(first, DEPTH)?;
    reader.expect(|event| matches!(event, Event::DocumentEnd))?;
    reader.expect(|event| matches!(event, Event::StreamEnd))?;
    Some(root)
}

struct Reader<'t, S> {
    events: Parser<'t, StrInput<'t>>,
    scalar: S,
    /// How many more there may be.
    nodes: usize,
}

impl<'t, S: Fn(&str) -> Option<Value>> Reader<'t, S> {
    fn next(&mut self) -> Option<(Event<'t>, Place)> {
        self.events.next_event()?.ok()
    }

    fn expect(&mut self, is_right: impl Fn(&Event<'_>) -> bool) -> Option<()> {
        is_right(&self.next()?.0).then_some(())
    }

    /// The node that begins with an event and may hold so many levels.
    fn node(&mut self, (event, place): (Event<'t>, Place), levels: usize) -> Option<Node> {
        self.nodes = self.nodes.checked_sub(1)?;
        let value = match event {
            Event::Scalar(text, ScalarStyle::Plain, 0, None) if !is_word(&text) => {
                whole_number(&text).or_else(|| (self.scalar)(&text))?
            }
            Event::Scalar(text, _, 0, None) => Value::Text(text.into_owned()),
            Event::SequenceStart(_, 0, None) => self.list(levels.checked_sub(1)?)?,
            Event::MappingStart(_, 0, None) => self.mapping(levels.checked_sub(1)?)?,
            _ => return None,
        };
        let at = span(place)?;
        Some(Node { value, at })
    }

    fn list(&mut self, levels: usize) -> Option<Value> {
        let mut list = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Some(Value::List(list)),
                item => list.push(self.node(item, levels)?),
            }
        }
    }

    fn mapping(&mut self, levels: usize) -> Option<Value> {
        let mut entries: Vec<(Key, Node)> = Vec::new();
        loop {
            let (name, at) = match self.next()? {
                (Event::MappingEnd, _) => return Some(Value::Mapping(entries)),
                (Event::Scalar(name, _, 0, None), place) if is_word(&name) => (name, span(place)?),
                _ => return None,
            };
            if entries.len() == KEYS || entries.iter().any(|(key, _)| key.name == *name) {
                return None;
            }
            let value = self.next()?;
            let value = self.node(value, levels)?;
            let name = name.into_owned();
            entries.push((Key { name, at }, value));
        }
    }
}

fn span(place: Place) -> Option<Span> {
    let range = place.byte_range()?;
    Some(Span::new(range.start, range.end))
}

/// What digits mean.
fn whole_number(text: &str) -> Option<Value> {
    let is_usual = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    is_usual
        .then(|| text.parse().ok().map(Value::Integer))
        .flatten()
}

/// Whether a plain scalar can mean nothing but its letters.
fn is_word(text: &str) -> bool {
    let others = ["null", "true", "false", "nan", "inf", "infinity"];
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && !others.iter().any(|other| text.eq_ignore_ascii_case(other))
}
