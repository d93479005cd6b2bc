//! Code to HTML with short classes, through syntect's grammars.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use syntect::easy::ScopeRegionIterator;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

use crate::html::escape;

/// Longer code is shown plain: highlighting must not hold up a build.
const LIMIT: usize = 64 * 1024;

static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Class by scope prefix; the innermost scope of a character that has one decides.
static CLASSES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    [
        ("comment", "c"),
        ("punctuation.definition.comment", "c"),
        ("string", "s"),
        ("punctuation.definition.string", "s"),
        ("constant.numeric", "n"),
        ("constant", "l"),
        ("variable.language", "l"),
        ("keyword.operator", "o"),
        ("keyword", "k"),
        ("storage", "k"),
        ("entity.name.function", "f"),
        ("support.function", "f"),
        ("variable.function", "f"),
        ("entity.name.type", "t"),
        ("entity.name.class", "t"),
        ("support.type", "t"),
        ("support.class", "t"),
        ("entity.name.tag", "t"),
    ]
    .into_iter()
    .map(|(prefix, class)| {
        (
            Scope::new(prefix).expect("a scope has fewer than nine parts"),
            class,
        )
    })
    .collect()
});

/// Names that authors use for grammars under another name; an empty one is plain text.
const ALIASES: &[(&str, &str)] = &[
    ("csharp", "cs"),
    ("shell", "bash"),
    ("console", "bash"),
    ("text", ""),
    ("plain", ""),
    ("txt", ""),
];

fn grammar(language: &str) -> Option<&'static SyntaxReference> {
    thread_local! {
        /// To find one among two hundred takes as long as to highlight a line.
        static FOUND: RefCell<HashMap<String, Option<&'static SyntaxReference>>> = RefCell::default();
    }
    let find = || {
        let lower = language.to_ascii_lowercase();
        let alias = ALIASES.iter().find(|(alias, _)| *alias == lower);
        GRAMMARS.find_syntax_by_token(alias.map_or(lower.as_str(), |(_, name)| *name))
    };
    FOUND.with_borrow_mut(|found| match found.get(language) {
        Some(grammar) => *grammar,
        None => *found.entry(language.to_owned()).or_insert_with(find),
    })
}

/// Whether code in this language is highlighted, or plain on purpose.
pub fn knows(language: &str) -> bool {
    ALIASES.iter().any(|(alias, _)| *alias == language) || grammar(language).is_some()
}

/// The names to suggest for a mistyped one.
pub fn languages() -> impl Iterator<Item = &'static str> {
    GRAMMARS
        .syntaxes()
        .iter()
        .flat_map(|syntax| syntax.file_extensions.iter().map(String::as_str))
        .chain(ALIASES.iter().map(|(alias, _)| *alias))
        .chain([
            "python",
            "rust",
            "javascript",
            "typescript",
            "sql",
            "yaml",
            "json",
            "java",
            "scala",
            "bash",
            "toml",
            "markdown",
            "html",
            "css",
        ])
}

/// Code as spans with one-letter classes; escaped and plain when the language is unknown or the code is long.
pub fn highlight(language: &str, code: &str) -> String {
    if code.len() > LIMIT {
        return escape(code);
    }
    grammar(language)
        .and_then(|syntax| spans(syntax, code))
        .unwrap_or_else(|| escape(code))
}

fn spans(syntax: &'static SyntaxReference, code: &str) -> Option<String> {
    LINES.with_borrow_mut(|grammars| {
        let lines = grammars
            .entry(syntax.name.as_str())
            .or_insert_with(|| Lines::new(syntax));
        if lines.known.len() > MOST_LINES {
            *lines = Lines::new(syntax);
        }
        let mut html = String::with_capacity(code.len() * 2);
        let mut state = 0;
        for line in LinesWithEndings::from(code) {
            state = lines.set(state, line, &mut html)?;
        }
        Some(html)
    })
}

/// More lines of a grammar are not remembered; then remembering begins anew.
const MOST_LINES: usize = 4096;

thread_local! {
    /// What each grammar made of lines so far. Lines of code repeat far more often than whole snippets do, and
    /// matching a grammar's expressions is the dearest work of a build.
    static LINES: RefCell<BTreeMap<&'static str, Lines>> = const { RefCell::new(BTreeMap::new()) };
}

/// A grammar's states between lines, and the spans of lines it has seen.
struct Lines {
    /// States in the order they were met; the first is the start of a text.
    states: Vec<(ParseState, ScopeStack)>,
    /// By state and line: the line's spans and the state after it.
    known: HashMap<(usize, String), (String, usize)>,
}

impl Lines {
    fn new(syntax: &SyntaxReference) -> Self {
        Self {
            states: vec![(ParseState::new(syntax), ScopeStack::new())],
            known: HashMap::new(),
        }
    }

    /// Adds a line's spans and returns the state after it; `None` when the grammar fails.
    fn set(&mut self, state: usize, line: &str, html: &mut String) -> Option<usize> {
        let key = (state, line.to_owned());
        if let Some((spans, next)) = self.known.get(&key) {
            html.push_str(spans);
            return Some(*next);
        }
        let (mut parser, mut stack) = self.states[state].clone();
        let spans = line_spans(&mut parser, &mut stack, line)?;
        let after = (parser, stack);
        let next = self
            .states
            .iter()
            .position(|known| *known == after)
            .unwrap_or_else(|| {
                self.states.push(after);
                self.states.len() - 1
            });
        html.push_str(&spans);
        self.known.insert(key, (spans, next));
        Some(next)
    }
}

/// One line as spans; none of them reaches over its end.
fn line_spans(parser: &mut ParseState, stack: &mut ScopeStack, line: &str) -> Option<String> {
    let mut html = String::with_capacity(line.len() * 2);
    let mut open = "";
    let operations = parser.parse_line(line, &GRAMMARS).ok()?;
    for (text, operation) in ScopeRegionIterator::new(&operations, line) {
        stack.apply(operation).ok()?;
        if text.is_empty() {
            continue;
        }
        // White space joins the run before it, so that runs of one class stay one span.
        let class = if text.trim().is_empty() {
            open
        } else {
            class_of(stack)
        };
        if class != open {
            close(&mut html, open);
            if !class.is_empty() {
                html.push_str("<span class=\"hl-");
                html.push_str(class);
                html.push_str("\">");
            }
            open = class;
        }
        html.push_str(&escape(text));
    }
    close(&mut html, open);
    Some(html)
}

fn close(html: &mut String, open: &str) {
    if open.is_empty() {
        return;
    }
    // The line's end stays outside the span, where copying text expects it.
    if html.ends_with('\n') {
        html.pop();
        html.push_str("</span>\n");
    } else {
        html.push_str("</span>");
    }
}

fn class_of(stack: &ScopeStack) -> &'static str {
    let class = |scope: &Scope| {
        CLASSES
            .iter()
            .filter(|(prefix, _)| prefix.is_prefix_of(*scope))
            .max_by_key(|(prefix, _)| prefix.len())
            .map(|(_, class)| *class)
    };
    stack.scopes.iter().rev().find_map(class).unwrap_or("")
}
