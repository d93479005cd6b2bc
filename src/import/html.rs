//! HTML as Markdown, as far as flash cards use it; other tags are dropped and their text stays.

/// Whether a cell was written for a browser.
pub(super) fn is_there(cell: &str) -> bool {
    // What stands between backticks is about HTML.
    let outside: String = cell.split('`').step_by(2).collect();
    let lower = outside.to_ascii_lowercase();
    ["<br", "<div", "<p>", "<b>", "<i>", "<li>", "</", "&nbsp;"]
        .iter()
        .any(|mark| lower.contains(mark))
}

/// What is open while tags are gone through.
#[derive(Default)]
struct Open {
    /// Lists from the outside in: the number of the last item, or none where items have dots.
    lists: Vec<Option<usize>>,
    /// Where links lead that were opened.
    links: Vec<String>,
    /// In `<pre>` or `<code>`, where entities are the letters that they name.
    code: usize,
}

impl Open {
    /// What stands in the place of a tag.
    fn tag(&mut self, tag: &str) -> String {
        let written = tag.trim_end_matches('/');
        let name = written.split_whitespace().next().unwrap_or_default();
        match name.to_ascii_lowercase().as_str() {
            "br" => "\n".to_owned(),
            "div" | "/div" | "p" | "/p" => "\n\n".to_owned(),
            list @ ("ul" | "ol") => {
                self.lists.push((list == "ol").then_some(0));
                if self.lists.len() > 1 { "" } else { "\n\n" }.to_owned()
            }
            "/ul" | "/ol" => {
                self.lists.pop();
                if self.lists.is_empty() { "\n\n" } else { "" }.to_owned()
            }
            "li" => self.item(),
            "b" | "/b" | "strong" | "/strong" => "**".to_owned(),
            "i" | "/i" | "em" | "/em" => "*".to_owned(),
            "pre" => {
                self.code += 1;
                "\n\n```\n".to_owned()
            }
            "/pre" => {
                self.code = self.code.saturating_sub(1);
                "\n```\n\n".to_owned()
            }
            "code" if self.code == 0 => {
                self.code += 1;
                "`".to_owned()
            }
            "/code" if self.code == 1 => {
                self.code = 0;
                "`".to_owned()
            }
            "a" => {
                self.links
                    .push(attribute(written, "href").unwrap_or_default());
                self.links
                    .last()
                    .map_or("", |link| if link.is_empty() { "" } else { "[" })
                    .to_owned()
            }
            "/a" => match self.links.pop() {
                Some(link) if !link.is_empty() => format!("]({link})"),
                _ => String::new(),
            },
            "img" => attribute(written, "src")
                .map_or_else(String::new, |source| format!("![]({source})")),
            _ => String::new(),
        }
    }

    fn item(&mut self) -> String {
        let depth = self.lists.len().saturating_sub(1);
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{number}.")
            }
            _ => "-".to_owned(),
        };
        format!("\n{:width$}{mark} ", "", width = depth * 3)
    }
}

/// The value of an attribute in a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let at = tag.to_ascii_lowercase().find(&format!("{name}="))? + name.len() + 1;
    let value = tag.get(at..)?;
    let quote = value.chars().next()?;
    let value = if matches!(quote, '"' | '\'') {
        value[1..].split(quote).next()
    } else {
        value.split_whitespace().next()
    };
    value.map(|value| value.replace("&amp;", "&"))
}

/// Letters that entities name, for code; elsewhere Markdown reads them.
fn letters(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">");
    text.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// HTML as Markdown.
pub(super) fn to_markdown(html: &str) -> String {
    let mut out = String::new();
    let mut open = Open::default();
    let mut rest = html;
    let push = |out: &mut String, text: &str, open: &Open| {
        if open.code > 0 {
            out.push_str(&letters(text));
        } else {
            out.push_str(text);
        }
    };
    while let Some(start) = rest.find('<') {
        push(&mut out, &rest[..start], &open);
        let after = &rest[start + 1..];
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let Some(end) = after.find('>').filter(|_| is_tag) else {
            out.push('<');
            rest = after;
            continue;
        };
        out += &open.tag(&after[..end]);
        rest = &after[end + 1..];
    }
    push(&mut out, rest, &open);
    let out = out.replace("&nbsp;", " ").replace("****", "");
    let lines: Vec<&str> = out.lines().map(str::trim_end).collect();
    let mut text = lines.join("\n");
    while text.contains("\n\n\n") {
        text = text.replace("\n\n\n", "\n\n");
    }
    text.trim().to_owned()
}
