//! Fields that hold ids: of other records, and inside a record.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::{Field, Visit, read_text};
use crate::diagnostic::{Code, Span, nearest};
use crate::kind::{Kind, kind_words};
use crate::model::ids::{Id, RecordKind, is_device, is_id, is_reserved, proposed_id};
use crate::model::mention::Number;
use crate::model::shape::Reader;
use crate::yaml::Node;

/// The schema of an id.
pub fn id_pattern() -> Json {
    json!({ "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$" })
}

/// The schema of a reference that names its kind.
pub fn any_reference() -> Json {
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.word()).collect();
    json!({ "type": "string", "pattern": format!("^({}):.+$", kinds.join("|")) })
}

/// A reference to a record whose kind the field decides.
#[derive(Clone, Debug)]
pub struct Ref<R> {
    pub id: Id<R>,
    pub at: Span,
    pub number: Number,
}

impl<R> Default for Ref<R> {
    fn default() -> Self {
        Self {
            id: Id::default(),
            at: Span::default(),
            number: Number::default(),
        }
    }
}

impl<R: RecordKind> Field for Ref<R> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = read_text(node, reader)?;
        Some(Self {
            id: Id::new(text),
            at: node.at,
            number: reader.number(),
        })
    }
    fn schema() -> Json {
        json!({ "$ref": format!("#/$defs/{}", R::KIND.word()) })
    }
    fn walk(&self, visit: &mut dyn Visit) {
        if !self.id.as_str().is_empty() {
            visit.reference(&TypedRef {
                kind: R::KIND,
                id: self.id.name(),
                at: self.at,
                number: self.number,
            });
        }
    }
    fn leave_out(&mut self, is_absent: &dyn Fn(Kind, &str) -> bool) -> bool {
        is_absent(R::KIND, self.id.as_str())
    }
}

/// A reference without which what it stands in would mean something else: that to a draft is not left out, it is an error.
#[derive(Clone, Debug, Default)]
pub struct Essential<T>(pub T);

impl<T> std::ops::Deref for Essential<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Field> Field for Essential<T> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        T::read(node, reader).map(Self)
    }
    fn schema() -> Json {
        T::schema()
    }
    fn walk(&self, visit: &mut dyn Visit) {
        self.0.walk(visit);
    }
}

/// An id that means something only inside its record or its company.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocalId {
    pub id: Arc<str>,
    pub at: Span,
}

impl Field for LocalId {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        read_id(node, reader, is_device)
    }
    fn schema() -> Json {
        json!({ "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 80 })
    }
}

/// An id that is the name of a page's folder: what records may not be called, it may not be called either.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageId(pub LocalId);

impl std::ops::Deref for PageId {
    type Target = LocalId;

    fn deref(&self) -> &LocalId {
        &self.0
    }
}

impl Field for PageId {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        read_id(node, reader, is_reserved).map(Self)
    }
    fn schema() -> Json {
        LocalId::schema()
    }
}

/// Reads an id that may not be one of certain names.
fn read_id(
    node: &Node,
    reader: &mut Reader<'_>,
    is_refused: impl Fn(&str) -> bool,
) -> Option<LocalId> {
    let text = read_text(node, reader)?;
    if is_refused(&text) {
        let message = format!("`{text}` is reserved for systems or for the site itself");
        reader.report(Code::InvalidId, node.at, message).help =
            Some("choose another id".to_owned());
        return None;
    }
    if !is_id(&text) {
        // A principle's full name is its company's and its own.
        let own = text.rsplit('/').next().unwrap_or_default();
        let proposed = proposed_id(own);
        let help = proposed.map_or_else(
            || "use small letters, digits and single hyphens".to_owned(),
            |id| format!("write `{id}`"),
        );
        reader
            .report(
                Code::InvalidId,
                node.at,
                format!("`{text}` cannot be an id"),
            )
            .help = Some(help);
        return None;
    }
    Some(LocalId {
        id: text.into(),
        at: node.at,
    })
}

/// A reference that names its kind: `question:greatest-weakness`.
#[derive(Clone, Debug)]
pub struct TypedRef {
    pub kind: Kind,
    pub id: Arc<str>,
    pub at: Span,
    pub number: Number,
}

impl Field for TypedRef {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = read_text(node, reader)?;
        let Some((word, id)) = text.split_once(':') else {
            reader
                .report(
                    Code::InvalidValue,
                    node.at,
                    format!("`{text}` does not name a kind"),
                )
                .help = Some(format!(
                "write `<kind>:{text}`; the kinds are {}",
                kind_words()
            ));
            return None;
        };
        let Some(kind) = Kind::from_word(word) else {
            let near = nearest(word, Kind::ALL.iter().map(|kind| kind.word()));
            let help = near.map_or_else(
                || format!("the kinds are {}", kind_words()),
                |near| format!("did you mean `{near}:{id}`?"),
            );
            reader
                .report(
                    Code::UnknownKind,
                    node.at,
                    format!("there is no kind `{word}`"),
                )
                .help = Some(help);
            return None;
        };
        Some(Self {
            kind,
            id: id.into(),
            at: node.at,
            number: reader.number(),
        })
    }
    fn schema() -> Json {
        json!({ "$ref": "#/$defs/any" })
    }
    fn walk(&self, visit: &mut dyn Visit) {
        visit.reference(self);
    }
    fn leave_out(&mut self, is_absent: &dyn Fn(Kind, &str) -> bool) -> bool {
        is_absent(self.kind, &self.id)
    }
}
