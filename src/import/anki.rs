//! What the decks that Anki exports say of themselves, in lines `#key:value` before their first card.

/// The lines before the first row.
#[derive(Default)]
pub(super) struct Head {
    pub(super) separator: Option<u8>,
    /// Whether cells are HTML; where nothing says so, they show it.
    pub(super) html: Option<bool>,
    /// Columns that are none of a card's fields: the number from one, and the name.
    pub(super) names: Vec<(usize, &'static str)>,
    /// The names of all columns, in one line.
    pub(super) columns: Option<String>,
    /// The deck of all cards.
    pub(super) deck: Option<String>,
    /// The tags of all cards.
    pub(super) tags: Option<String>,
    /// Whether there are any such lines.
    pub(super) is_there: bool,
}

/// The column of tags, which stand side by side.
pub(super) const TAGS: &str = "tags";
/// The column of decks, which stand in one another: `Spanish::Verbs`.
pub(super) const DECK: &str = "deck";

/// The lines that begin an export of Anki, or the line `sep=;` that begins one of Excel, and the rest.
pub(super) fn head(text: &str) -> (Head, &str) {
    let mut head = Head::default();
    let mut rest = text;
    if let Some((line, after)) = text.split_once('\n')
        && let Some(mark) = line.strip_prefix("sep=")
    {
        head.separator = mark.bytes().next();
        rest = after;
    }
    while let Some(line) = rest.lines().next().and_then(|line| line.strip_prefix('#')) {
        let Some((key, value)) = line.split_once(':') else {
            break;
        };
        let said = Some(value.trim().to_owned()).filter(|value| !value.is_empty());
        let nth = value.trim().parse::<usize>().unwrap_or(0);
        match key {
            "separator" => head.separator = Some(separator(value)),
            "html" => head.html = Some(value.trim() == "true"),
            "tags column" => head.names.push((nth, TAGS)),
            "deck column" => head.names.push((nth, DECK)),
            "notetype column" => head.names.push((nth, "kind of note")),
            "guid column" => head.names.push((nth, "number of note")),
            "columns" => head.columns = Some(value.to_owned()),
            "deck" => head.deck = said,
            "tags" => head.tags = said,
            "notetype" | "if matches" => {}
            _ => break,
        }
        head.is_there = true;
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
    }
    (head, rest)
}

/// Anki writes separators as names or as they are.
fn separator(value: &str) -> u8 {
    match value.trim_matches(' ').to_lowercase().as_str() {
        "comma" | "," => b',',
        "semicolon" | ";" => b';',
        "pipe" | "|" => b'|',
        "space" => b' ',
        "colon" | ":" => b':',
        _ => b'\t',
    }
}

/// Names columns by the head. Where no line names all of them, the first two fields of a card are its front and back.
pub(super) fn name(columns: &mut [String], head: &Head) {
    for (nth, name) in &head.names {
        if let Some(column) = nth.checked_sub(1).and_then(|nth| columns.get_mut(nth)) {
            (*name).clone_into(column);
        }
    }
    if head.is_there && head.columns.is_none() {
        let fields = columns
            .iter_mut()
            .filter(|column| column.parse::<usize>().is_ok());
        for (column, name) in fields.zip(["front", "back"]) {
            name.clone_into(column);
        }
    }
}

/// The innermost deck of `Spanish::Verbs`, as a theme; none for the deck that everybody has.
pub(super) fn theme(deck: &str) -> String {
    let name = deck.rsplit("::").next().unwrap_or_default();
    let name = name.replace('_', " ");
    if name.trim() == "Default" {
        String::new()
    } else {
        name.trim().to_owned()
    }
}

/// Tags one a line: they have spaces between them, and `_` and `::` in them.
pub(super) fn tags(cell: &str) -> String {
    let tags = cell.split_whitespace().flat_map(|tag| tag.split("::"));
    let mut list: Vec<String> = Vec::new();
    for tag in tags.map(|tag| tag.replace('_', " ")) {
        if !tag.trim().is_empty() && !list.contains(&tag) {
            list.push(tag);
        }
    }
    list.join("\n")
}
