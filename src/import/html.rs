//! HTML as Markdown, as far as flash cards use it; other tags are dropped and their text stays.

/// Whether a cell was written for a browser.
pub(super) fn is_there(cell: &str) -> bool {
    // What stands between backticks is about HTML.
    let outside: String = cell.split('`').step_by(2).collect();
    let lower = outside.to_ascii_lowercase();
    [
        "<br", "<div", "<p>", "<b>", "<i>", "<li>", "</", "<img ", "&nbsp;",
    ]
    .iter()
    .any(|mark| lower.contains(mark))
}

/// What is open while tags are gone through.
#[derive(Default)]
pub(super) struct Open {
    /// Lists from the outside in: the number of the last item, or none where items have dots.
    lists: Vec<Option<usize>>,
    /// Where links lead that were opened.
    links: Vec<String>,
    /// Whether in a block of code, where other tags of code say nothing.
    is_block: bool,
    /// In `<pre>` or `<code>`, where entities are the letters that they name.
    code: usize,
    /// In a table: how many cells the row has, and how many rows there were.
    table: Option<(usize, usize)>,
}

impl Open {
    /// What stands in the place of a tag, by what follows it.
    pub(super) fn tag(&mut self, tag: &str, after: &str) -> String {
        let written = tag.trim_end_matches('/');
        let name = written.split_whitespace().next().unwrap_or_default();
        let name = name.to_ascii_lowercase();
        if let Some(cell) = self.cell(&name) {
            return cell;
        }
        match name.as_str() {
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
            "b" | "/b" | "strong" | "/strong" | "summary" | "/summary" => "**".to_owned(),
            "i" | "/i" | "em" | "/em" => "*".to_owned(),
            "pre" | "/pre" | "code" | "/code" | "kbd" | "/kbd" => self.code(&name, written, after),
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
            "img" => {
                let words = attribute(written, "alt").unwrap_or_default();
                let source = attribute(written, "src");
                source.map_or_else(String::new, |source| {
                    format!("![{words}]({})", spaced(&source))
                })
            }
            _ => String::new(),
        }
    }

    /// Code in a line, or a block of it with its language, which stands at it or at the code inside.
    fn code(&mut self, name: &str, tag: &str, after: &str) -> String {
        match name {
            "pre" => {
                self.is_block = true;
                self.code = 1;
                let inner = after.trim_start().strip_prefix("<code");
                let inner = inner.and_then(|inner| inner.split_once('>'));
                let language = language(tag).or_else(|| language(inner?.0));
                format!("\n\n```{}\n", language.unwrap_or_default())
            }
            "/pre" => {
                self.is_block = false;
                self.code = 0;
                "\n```\n\n".to_owned()
            }
            _ if self.is_block => String::new(),
            "code" | "kbd" => {
                self.code += 1;
                if self.code == 1 { "`" } else { "" }.to_owned()
            }
            _ => {
                let was_open = self.code == 1;
                self.code = self.code.saturating_sub(1);
                if was_open { "`" } else { "" }.to_owned()
            }
        }
    }

    /// The cells of a table, as Markdown has them: each on the line of its row.
    fn cell(&mut self, name: &str) -> Option<String> {
        let Some((cells, rows)) = &mut self.table else {
            let begins = name == "table" && self.code == 0;
            self.table = begins.then_some((0, 0));
            return begins.then(|| "\n\n".to_owned());
        };
        let text = match name {
            "td" | "th" => {
                *cells += 1;
                if *cells == 1 { "| " } else { "" }.to_owned()
            }
            "/td" | "/th" => " | ".to_owned(),
            "/tr" if *cells > 0 => {
                let (width, row) = (std::mem::take(cells), *rows);
                *rows += 1;
                let below = format!("|{}\n", " --- |".repeat(width));
                format!("\n{}", if row == 0 { below } else { String::new() })
            }
            "/table" => {
                self.table = None;
                "\n\n".to_owned()
            }
            "br" | "p" | "/p" | "div" | "/div" | "li" | "pre" | "/pre" | "ul" | "/ul" => {
                " ".to_owned()
            }
            "tr" | "/tr" | "tbody" | "/tbody" | "thead" | "/thead" => String::new(),
            _ => return None,
        };
        Some(text)
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

    /// Text between tags.
    fn text(&self, text: &str) -> String {
        if self.code > 0 {
            return letters(text);
        }
        match self.table {
            None => text.to_owned(),
            Some((0, _)) if text.trim().is_empty() => String::new(),
            Some(_) => text.replace('\n', " ").replace('|', "\\|"),
        }
    }
}

/// The language that the class of a tag names: `language-python`.
fn language(tag: &str) -> Option<String> {
    let class = attribute(tag, "class")?;
    let mut names = class.split_whitespace();
    names.find_map(|name| {
        let name = name
            .strip_prefix("language-")
            .or_else(|| name.strip_prefix("lang-"));
        name.map(str::to_owned)
    })
}

/// An address as Markdown takes it.
fn spaced(address: &str) -> String {
    address
        .replace(' ', "%20")
        .replace('(', "%28")
        .replace(')', "%29")
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
pub(super) fn letters(text: &str) -> String {
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
    while let Some(start) = rest.find('<') {
        out += &open.text(&rest[..start]);
        let after = &rest[start + 1..];
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let Some(end) = after.find('>').filter(|_| is_tag) else {
            out.push('<');
            rest = after;
            continue;
        };
        out += &open.tag(&after[..end], &after[end + 1..]);
        rest = &after[end + 1..];
    }
    out += &open.text(rest);
    let out = out.replace("&nbsp;", " ").replace("****", "");
    let lines: Vec<&str> = out.lines().map(str::trim_end).collect();
    let mut text = lines.join("\n");
    while text.contains("\n\n\n") {
        text = text.replace("\n\n\n", "\n\n");
    }
    text.trim().to_owned()
}
