//! House rules that a compiler cannot keep.

use std::collections::BTreeMap;

use crate::project::repository;

/// The program's root: the line of stages, and what it takes and gives.
const ROOT: &str = "lib";

/// The modules from the ground up: words that every stage speaks, the model, the stages in the order of a build, what runs
/// them, the edges. Each may use those before it and its own parts. `load` is an edge, too, since it reads the disk; it
/// stands where it runs, because all that it knows of the others is what sources are called.
const LAYERS: &[&str] = &[
    "diagnostic",
    "source",
    "output",
    "html",
    "by_hash",
    "memo",
    "characters",
    "highlight",
    "section",
    "kind",
    "yaml",
    "model",
    "words",
    "starter",
    "picture",
    "load",
    "parse",
    "media",
    "handbook",
    "link",
    "assets",
    "plan",
    "template",
    "elsewhere",
    "typeset",
    "page",
    "export",
    "render",
    ROOT,
    "format",
    "rename",
    "import",
    "emit",
    "watch",
    "serve",
    "cli",
];

/// Uses of a later layer that are known and have a reason.
const EXCEPTIONS: &[(&str, &str, &str)] = &[(
    "diagnostic",
    "source",
    "findings name files, and files that could not become sources are findings",
)];

fn rust_files() -> BTreeMap<String, String> {
    files("src", "rs")
}

/// The files below a folder whose names end so, by path in it; packages that others wrote are not ours.
fn files(folder: &str, ending: &str) -> BTreeMap<String, String> {
    fn walk(
        (folder, base): (&std::path::Path, &std::path::Path),
        ending: &str,
        out: &mut BTreeMap<String, String>,
    ) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.ends_with("node_modules") {
                continue;
            }
            if path.is_dir() {
                walk((&path, base), ending, out);
            } else if path
                .extension()
                .is_some_and(|extension| extension == ending)
            {
                let name = path
                    .strip_prefix(base)
                    .expect("below")
                    .to_string_lossy()
                    .into_owned();
                out.insert(name, std::fs::read_to_string(&path).expect("a file"));
            }
        }
    }
    let mut out = BTreeMap::new();
    let base = repository().join(folder);
    walk((&base, &base), ending, &mut out);
    out
}

/// The modules that a text names below `crate::`, in its uses and in its code.
fn used(text: &str) -> Vec<String> {
    let code: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let code = code.join("\n");
    let mut used = Vec::new();
    for (at, found) in code.match_indices("crate::") {
        let rest = &code[at + found.len()..];
        let mut depth = 0;
        // The names that stand at the beginning of a path: the first one, or the first of each in braces.
        let mut begins = true;
        for (at, c) in rest.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => begins = true,
                _ if c.is_whitespace() => {}
                _ if begins && depth < 2 => {
                    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
                    let name = rest[at..].split(|c| !is_letter(c)).next();
                    used.extend(name.map(ToOwned::to_owned));
                    begins = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    used
}

#[test]
fn uses_are_found_wherever_they_stand() {
    let text = "use crate::page::X;\nuse crate::{\n    Memo, plan::{A, b::C},\n    export,\n};\n// crate::cli\n\
        fn f() { crate::build(crate::load::load) }";
    assert_eq!(
        used(text),
        ["page", "Memo", "plan", "export", "build", "load"]
    );
}

#[test]
fn layers_only_look_down() {
    let layer = |module: &str| LAYERS.iter().position(|known| *known == module);
    let mut wrong = Vec::new();
    for (file, text) in rust_files() {
        let own = file.split(['/', '.']).next().expect("a name");
        let Some(own_layer) = layer(own) else {
            continue;
        };
        for used in used(&text) {
            let used = if layer(&used).is_some() { &used } else { ROOT };
            let allowed = EXCEPTIONS
                .iter()
                .any(|(from, to, _)| *from == own && *to == used);
            if layer(used) > Some(own_layer) && !allowed {
                wrong.push(format!("{file}: {used}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_layer_has_a_module_and_every_module_a_layer() {
    let text = std::fs::read_to_string(repository().join("src/lib.rs")).expect("lib.rs");
    let mut modules: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    let mut layers: Vec<&str> = LAYERS.to_vec();
    layers.retain(|layer| *layer != ROOT);
    modules.sort_unstable();
    layers.sort_unstable();
    assert_eq!(modules, layers);
}

#[test]
fn files_begin_by_saying_what_lives_there() {
    let silent: Vec<String> = rust_files()
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(file, _)| file)
        .collect();
    assert_eq!(silent, Vec::<String>::new());
}

#[test]
fn templates_escape_everything_and_run_nothing_inline() {
    for (path, bytes) in
        prepbook::load::built_in_theme().filter(|(path, _)| path.ends_with(".html"))
    {
        let text = String::from_utf8_lossy(bytes);
        for forbidden in [
            "| safe",
            "|safe",
            " style=",
            "<style",
            "javascript:",
            " onclick=",
            " onload=",
            "innerHTML",
        ] {
            assert!(!text.contains(forbidden), "{path} holds {forbidden:?}");
        }
        for script in text.split("<script").skip(1) {
            let (attributes, body) = script.split_once('>').expect("a closed tag");
            let data = attributes.contains("application/json")
                || attributes.contains("application/ld+json");
            assert!(
                attributes.contains("src=") && body.starts_with("</script>") || data,
                "{path} has an inline script"
            );
        }
    }
}

#[test]
fn scripts_write_text_and_never_markup() {
    for (path, bytes) in prepbook::load::built_in_theme()
        .filter(|(path, _)| path.ends_with(".js") && !path.contains("vendor/"))
    {
        let text = String::from_utf8_lossy(bytes);
        for forbidden in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
            "setAttribute(\"style\"",
            "cssText",
        ] {
            assert!(!text.contains(forbidden), "{path} holds {forbidden:?}");
        }
    }
}

/// In a longer file a second idea has moved in.
const LONGEST_FILE: usize = 500;

#[test]
fn files_hold_one_idea() {
    let of_theme = prepbook::load::built_in_theme()
        .filter(|(path, _)| {
            path.ends_with(".js") || path.ends_with(".css") || path.ends_with(".html")
        })
        .map(|(path, bytes)| (path.to_owned(), String::from_utf8_lossy(bytes).into_owned()));
    let long: Vec<String> = rust_files()
        .into_iter()
        .chain(files("tests", "rs"))
        .chain(files("tests", "mjs"))
        .chain(of_theme)
        .filter(|(path, text)| !path.contains("vendor/") && text.lines().count() > LONGEST_FILE)
        .map(|(path, text)| format!("{path}: {}", text.lines().count()))
        .collect();
    assert_eq!(long, Vec::<String>::new());
}
