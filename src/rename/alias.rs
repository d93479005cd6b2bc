//! Aliases for the addresses that a renaming takes away.

use crate::diagnostic::Span;
use crate::kind::Kind;
use crate::model::field::alias_file;
use crate::parse::front_matter;
use crate::source::SourcePath;
use crate::yaml::{self, Key, Node, Value};

/// The field they stand in.
const FIELD: &str = "aliases";
/// Fields that come after it in the order of the model.
const LATER: &[&str] = &["draft", "sources", "allow"];

/// What is added to a file.
pub(super) struct Aliases<'a> {
    text: &'a str,
    /// Where its YAML ends.
    end: usize,
    root: Node,
    pub(super) edits: Vec<(Span, String)>,
}

type Entries = [(Key, Node)];

impl<'a> Aliases<'a> {
    pub(super) fn of(path: &SourcePath, text: &'a str, kind: Kind) -> Result<Self, String> {
        let whole = 0..text.len();
        let part = match kind.extension() {
            "md" => front_matter(text).unwrap_or(whole),
            _ => whole,
        };
        let root = yaml::read(path, &text[part.clone()], part.start);
        Ok(Self {
            text,
            end: part.end,
            root: root.map_err(|error| error.message)?,
            edits: Vec::new(),
        })
    }

    /// Keeps a record's old address. If it had the new one before, that is no old one any more.
    pub(super) fn of_record(&mut self, old: &str, new: &str) -> Result<(), String> {
        let Value::Mapping(entries) = self.root.value.clone() else {
            return Err("the record is no mapping".to_owned());
        };
        if self.in_list(&entries, old, new) {
            return Ok(());
        }
        let is_flow = self.is_flow(&self.root);
        let later = entries.iter().find(|(key, _)| LATER.contains(&&*key.name));
        let (at, line) = match later {
            _ if is_flow => {
                let first = entries.first().map_or(0, |(key, _)| key.at.range().start);
                (first, format!("{FIELD}: [{old}], "))
            }
            Some((key, _)) => (
                self.above(key.at.range().start),
                format!("{FIELD}: [{old}]\n"),
            ),
            None if self.text[..self.end].ends_with('\n') => {
                (self.end, format!("{FIELD}: [{old}]\n"))
            }
            None => (self.end, format!("\n{FIELD}: [{old}]\n")),
        };
        self.edit(Span::new(at, at), &line);
        Ok(())
    }

    /// Keeps the old address of a principle, which is named by its own id.
    pub(super) fn of_principle(&mut self, id: &str, old: &str, new: &str) -> Result<(), String> {
        let lost = || format!("the principle `{id}` cannot be found in its company's file");
        let principles = items(field(&self.root, "principles").ok_or_else(lost)?);
        let is_it = |item: &&Node| {
            let own = field(item, "id").map(|id| &id.value);
            own == Some(&Value::Text(id.to_owned()))
        };
        let principle = principles.iter().find(is_it).ok_or_else(lost)?.clone();
        let Value::Mapping(entries) = &principle.value else {
            return Err(lost());
        };
        if self.in_list(entries, old, new) {
            return Ok(());
        }
        let own = field(&principle, "id").ok_or_else(lost)?.at.range().end;
        let key = entries.iter().find(|(key, _)| key.name == "id");
        let column = key.map_or(0, |(key, _)| {
            let start = key.at.range().start;
            start - self.line(start)
        });
        let (at, line) = if self.is_flow(&principle) {
            (own, format!(", {FIELD}: [{old}]"))
        } else {
            (
                self.line_end(own),
                format!("\n{:column$}{FIELD}: [{old}]", ""),
            )
        };
        self.edit(Span::new(at, at), &line);
        Ok(())
    }

    /// Adds an address to the aliases that there are, or puts it in the place of one; false where there are none.
    fn in_list(&mut self, entries: &Entries, old: &str, new: &str) -> bool {
        let Some((key, list)) = entries.iter().find(|(key, _)| key.name == FIELD) else {
            return false;
        };
        let is = |item: &&Node, address: &str| match &item.value {
            Value::Text(text) => alias_file(text) == alias_file(address),
            _ => false,
        };
        let items = items(list);
        if items.iter().any(|item| is(&item, old)) {
            return true;
        }
        let edit = match (items.iter().find(|item| is(item, new)), items.last()) {
            (Some(item), _) => (item.at, old.to_owned()),
            (None, Some(last)) if self.is_flow(list) => (
                Span::new(last.at.range().end, last.at.range().end),
                format!(", {old}"),
            ),
            (None, Some(last)) => {
                let start = last.at.range().start;
                let lead = &self.text[self.line(start)..start];
                let end = self.line_end(start);
                (Span::new(end, end), format!("\n{lead}{old}"))
            }
            (None, None) => {
                let start = key.at.range().end;
                let end = self.text[start..]
                    .find(']')
                    .map(|length| start + length + 1);
                let Some(end) = end else { return false };
                (Span::new(start, end), format!(": [{old}]"))
            }
        };
        self.edit(edit.0, &edit.1);
        true
    }

    /// Notes an edit, whose lines end as those of the file do.
    fn edit(&mut self, at: Span, text: &str) {
        let text = if self.text.contains("\r\n") {
            text.replace('\n', "\r\n")
        } else {
            text.to_owned()
        };
        self.edits.push((at, text));
    }

    /// Where the line of a byte ends.
    fn line_end(&self, at: usize) -> usize {
        let rest = self.text[at..].lines().next().unwrap_or_default();
        at + rest.len()
    }

    fn is_flow(&self, node: &Node) -> bool {
        self.text[node.at.range().start..].starts_with(['{', '['])
    }

    /// Where the line of a byte begins.
    fn line(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |end| end + 1)
    }

    /// Where the comments directly above a line begin, or the line itself.
    fn above(&self, at: usize) -> usize {
        let mut start = self.line(at);
        while start > 0 {
            let before = self.line(start - 1);
            let line = &self.text[before..start];
            if !line.starts_with('#') || line.contains("yaml-language-server:") {
                break;
            }
            start = before;
        }
        start
    }
}

fn field<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    match &node.value {
        Value::Mapping(entries) => {
            let found = entries.iter().find(|(key, _)| key.name == name);
            found.map(|(_, value)| value)
        }
        _ => None,
    }
}

fn items(node: &Node) -> Vec<Node> {
    match &node.value {
        Value::List(items) => items.clone(),
        _ => Vec::new(),
    }
}
