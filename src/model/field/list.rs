//! Fields that hold other fields: lists, names with values, values with places.

use serde_json::{Value as Json, json};

use super::{Field, LocalId, Visit, Wanted, wrong_type};
use crate::diagnostic::{Code, Span};
use crate::kind::Kind;
use crate::model::shape::{FieldInfo, Reader};
use crate::yaml::{Node, Value};

impl<T: Field> Field for Option<T> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        T::read(node, reader).map(Some)
    }
    fn schema() -> Json {
        T::schema()
    }
    fn walk(&self, visit: &mut dyn Visit) {
        if let Some(value) = self {
            value.walk(visit);
        }
    }
    fn leave_out(&mut self, is_absent: &dyn Fn(Kind, &str) -> bool) -> bool {
        if self
            .as_mut()
            .is_some_and(|value| value.leave_out(is_absent))
        {
            *self = None;
        }
        false
    }
    fn inner() -> &'static [FieldInfo] {
        T::inner()
    }
}

/// The character before a place: the dash of an item that nothing follows.
fn before(at: Span, reader: &Reader<'_>) -> Span {
    let text = reader.before(at);
    let length = text.chars().next_back().map_or(0, char::len_utf8);
    Span::new(text.len() - length, text.len())
}

impl<T: Field> Field for Vec<T> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let Value::List(items) = &node.value else {
            wrong_type(node, reader, Wanted::List);
            let only = T::inner().iter().filter(|field| field.required);
            let only: Vec<&FieldInfo> = only.collect();
            if let (Value::Text(text), [only]) = (&node.value, only.as_slice())
                && let Some(told) = reader.found.last_mut()
            {
                told.help = Some(format!("write it as `[{{{}: {text}}}]`", only.name));
            }
            return None;
        };
        let (blank, items): (Vec<_>, Vec<_>) = items.iter().partition(|item| reader.is_blank(item));
        for item in blank {
            if let Some(comment) = reader.comment_before(item.at.start as usize) {
                super::only_comment("item", comment, reader);
                continue;
            }
            let at = before(item.at, reader);
            reader
                .report(Code::EmptyValue, at, "this item is empty")
                .help = Some("write it, or delete it".to_owned());
        }
        let read = items.iter().filter_map(|item| T::read(item, reader));
        Some(read.collect())
    }
    fn schema() -> Json {
        json!({ "type": "array", "items": T::schema() })
    }
    fn walk(&self, visit: &mut dyn Visit) {
        for value in self {
            value.walk(visit);
        }
    }
    fn leave_out(&mut self, is_absent: &dyn Fn(Kind, &str) -> bool) -> bool {
        self.retain_mut(|value| !value.leave_out(is_absent));
        false
    }
    fn inner() -> &'static [FieldInfo] {
        T::inner()
    }
}

/// Records that are written inside of another and have pages to themselves.
#[derive(Clone, Debug)]
pub struct InnerRecords<T>(pub Vec<T>);

impl<T> Default for InnerRecords<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> std::ops::Deref for InnerRecords<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Field> Field for InnerRecords<T> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        Vec::read(node, reader).map(Self)
    }
    fn schema() -> Json {
        Vec::<T>::schema()
    }
    fn walk(&self, visit: &mut dyn Visit) {
        if visit.sees_inner_records() {
            self.0.walk(visit);
        }
    }
    fn leave_out(&mut self, is_absent: &dyn Fn(Kind, &str) -> bool) -> bool {
        self.0.leave_out(is_absent)
    }
    fn inner() -> &'static [FieldInfo] {
        T::inner()
    }
}

/// A list with at least one item.
#[derive(Clone, Debug)]
pub struct NonEmpty<T>(pub Vec<T>);

impl<T> Default for NonEmpty<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> std::ops::Deref for NonEmpty<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Field> Field for NonEmpty<T> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let list = Vec::read(node, reader)?;
        if matches!(&node.value, Value::List(items) if items.is_empty()) {
            reader
                .report(Code::EmptyValue, node.at, "this list is empty")
                .help = Some("it needs at least one item".to_owned());
        }
        Some(Self(list))
    }
    fn schema() -> Json {
        json!({ "type": "array", "items": T::schema(), "minItems": 1 })
    }
    fn walk(&self, visit: &mut dyn Visit) {
        self.0.walk(visit);
    }
    fn leave_out(&mut self, is_absent: &dyn Fn(Kind, &str) -> bool) -> bool {
        self.0.leave_out(is_absent)
    }
    fn inner() -> &'static [FieldInfo] {
        T::inner()
    }
}

/// A list with no more than so many items.
#[derive(Clone, Debug)]
pub struct AtMost<T, const MAX: usize>(pub Vec<T>);

impl<T, const MAX: usize> Default for AtMost<T, MAX> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T, const MAX: usize> std::ops::Deref for AtMost<T, MAX> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Field, const MAX: usize> Field for AtMost<T, MAX> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let list = Vec::read(node, reader)?;
        if let Value::List(items) = &node.value
            && let Some(first) = items.get(MAX)
        {
            let message = format!("this list has {} items, more than {MAX}", items.len());
            let at = reader.visible(first.at);
            reader.report(Code::InvalidValue, at, message).help =
                Some(format!("keep the {MAX} that matter most"));
        }
        Some(Self(list))
    }
    fn schema() -> Json {
        json!({ "type": "array", "items": T::schema(), "maxItems": MAX })
    }
    fn walk(&self, visit: &mut dyn Visit) {
        self.0.walk(visit);
    }
    fn leave_out(&mut self, is_absent: &dyn Fn(Kind, &str) -> bool) -> bool {
        self.0.leave_out(is_absent)
    }
    fn inner() -> &'static [FieldInfo] {
        T::inner()
    }
}

/// What must be true of a field beyond the type of each value in it.
pub trait Rule {
    /// Reports what breaks it; `node` is what the field was read from.
    fn check(&self, node: &Node, reader: &mut Reader<'_>);
}

/// A field with a rule of its own.
#[derive(Clone, Debug, Default)]
pub struct Ruled<T>(pub T);

impl<T> std::ops::Deref for Ruled<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Field + Rule> Field for Ruled<T> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let value = T::read(node, reader)?;
        value.check(node, reader);
        Some(Self(value))
    }
    fn schema() -> Json {
        T::schema()
    }
    fn walk(&self, visit: &mut dyn Visit) {
        self.0.walk(visit);
    }
    fn leave_out(&mut self, is_absent: &dyn Fn(Kind, &str) -> bool) -> bool {
        self.0.leave_out(is_absent)
    }
    fn inner() -> &'static [FieldInfo] {
        T::inner()
    }
}

/// A list in which a single mapping may stand without its dash.
#[derive(Clone, Debug)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Field> Field for OneOrMany<T> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.value {
            Value::Mapping(_) => T::read(node, reader).map(|one| Self(vec![one])),
            _ => Vec::read(node, reader).map(Self),
        }
    }
    fn schema() -> Json {
        json!({ "anyOf": [T::schema(), { "type": "array", "items": T::schema() }] })
    }
    fn walk(&self, visit: &mut dyn Visit) {
        self.0.walk(visit);
    }
    fn leave_out(&mut self, is_absent: &dyn Fn(Kind, &str) -> bool) -> bool {
        self.0.leave_out(is_absent)
    }
    fn inner() -> &'static [FieldInfo] {
        T::inner()
    }
}

/// A mapping from names that the format does not fix, in the author's order.
#[derive(Clone, Debug)]
pub struct Named<T>(pub Vec<(LocalId, T)>);

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Field> Field for Named<T> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let Value::Mapping(entries) = &node.value else {
            wrong_type(node, reader, Wanted::Mapping);
            return None;
        };
        let named = entries.iter().filter_map(|(key, value)| {
            if reader.is_blank(value) {
                if let Some(comment) = reader.comment_behind(key) {
                    super::only_comment("field", comment, reader);
                    return None;
                }
                let message = format!("nothing is written for `{}`", key.name);
                reader.report(Code::EmptyValue, key.at, message).help =
                    Some("write it, or delete it".to_owned());
                return None;
            }
            let value = T::read(value, reader)?;
            Some((
                LocalId {
                    id: key.name.as_str().into(),
                    at: key.at,
                },
                value,
            ))
        });
        Some(Self(named.collect()))
    }
    fn schema() -> Json {
        json!({ "type": "object", "additionalProperties": T::schema() })
    }
    fn walk(&self, visit: &mut dyn Visit) {
        for (_, value) in &self.0 {
            value.walk(visit);
        }
    }
    fn leave_out(&mut self, is_absent: &dyn Fn(Kind, &str) -> bool) -> bool {
        self.0.retain_mut(|(_, value)| !value.leave_out(is_absent));
        false
    }
}

/// A value with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    pub value: T,
    pub at: Span,
}

impl<T: Field> Field for Placed<T> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let value = T::read(node, reader)?;
        Some(Self { value, at: node.at })
    }
    fn schema() -> Json {
        T::schema()
    }
    fn walk(&self, visit: &mut dyn Visit) {
        self.value.walk(visit);
    }
    fn leave_out(&mut self, is_absent: &dyn Fn(Kind, &str) -> bool) -> bool {
        self.value.leave_out(is_absent)
    }
    fn inner() -> &'static [FieldInfo] {
        T::inner()
    }
}
