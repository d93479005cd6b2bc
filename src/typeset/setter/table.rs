//! Tables, which phones can stack.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::Setter;
use crate::html::escape;

/// The most bytes of a column's heading that each cell carries: a page grows by it with every row.
const LONGEST_HEADING: usize = 200;

/// The table that is open.
#[derive(Default)]
pub(super) struct Table {
    pub(super) headings: Vec<String>,
    column: usize,
    pub(super) in_head: bool,
    alignments: Vec<Alignment>,
}

impl Setter<'_, '_> {
    /// Cells carry their column's heading, so that phones can stack them.
    #[expect(clippy::too_many_lines, reason = "an arm a part of tables")]
    pub(super) fn set_table<'e>(&mut self, event: Event<'e>, out: &mut Vec<Event<'e>>) {
        let mut push = |html: String| out.push(Event::Html(html.into()));
        match event {
            Event::Start(Tag::Table(alignments)) => {
                self.table = Some(Table {
                    alignments,
                    ..Table::default()
                });
                push("<table class=\"stack\">".to_owned());
            }
            Event::End(TagEnd::Table) => {
                self.table = None;
                push("</tbody></table>\n".to_owned());
            }
            Event::Start(Tag::TableHead) => {
                if let Some(table) = &mut self.table {
                    table.in_head = true;
                }
                push("<thead><tr>".to_owned());
            }
            Event::End(TagEnd::TableHead) => {
                if let Some(table) = &mut self.table {
                    table.in_head = false;
                }
                push("</tr></thead><tbody>\n".to_owned());
            }
            Event::Start(Tag::TableRow) => {
                if let Some(table) = &mut self.table {
                    table.column = 0;
                }
                push("<tr>".to_owned());
            }
            Event::End(TagEnd::TableRow) => push("</tr>\n".to_owned()),
            Event::Start(Tag::TableCell) => {
                let Some(table) = &mut self.table else { return };
                let nth = if table.in_head {
                    table.headings.len()
                } else {
                    table.column
                };
                let class = match table.alignments.get(nth) {
                    Some(Alignment::Right) => " class=\"number\"",
                    Some(Alignment::Center) => " class=\"middle\"",
                    _ => "",
                };
                if table.in_head {
                    table.headings.push(String::new());
                    push(format!("<th scope=\"col\"{class}>"));
                } else {
                    let heading = table
                        .headings
                        .get(table.column)
                        .map(String::as_str)
                        .unwrap_or_default();
                    push(match heading {
                        heading if heading.len() > LONGEST_HEADING => format!("<td{class}>"),
                        "" => format!("<td{class}>"),
                        _ => format!("<td data-th=\"{}\"{class}>", escape(heading)),
                    });
                    table.column += 1;
                }
            }
            Event::End(TagEnd::TableCell) => {
                let table = self.table.as_ref().filter(|table| table.in_head);
                let heading = table.and_then(|table| table.headings.last());
                match heading.map(String::as_str) {
                    // An empty cell heads nothing.
                    Some("") => {
                        out.pop();
                        out.push(Event::Html("<td></td>".into()));
                    }
                    Some(_) => push("</th>".to_owned()),
                    None => push("</td>".to_owned()),
                }
            }
            _ => {}
        }
    }
}
