//! What browsers keep for reading offline: the worker, what it is told, and the manifest.

use std::collections::{BTreeMap, BTreeSet};

use prepbook::Memo;
use prepbook::Options;
use prepbook::export::worker::WHOLE;
use prepbook::output::OutputTree;
use prepbook::source::Sources;
use serde_json::Value;

use crate::project::{edit, put, site, starter};

fn text(tree: &OutputTree, path: &str) -> String {
    let bytes = tree.get(path).unwrap_or_else(|| panic!("no {path}"));
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// What the worker of a site is told.
fn edition(tree: &OutputTree) -> Value {
    let worker = text(tree, "sw.js");
    let (told, _) = worker
        .strip_prefix("const edition = ")
        .and_then(|rest| rest.split_once(";\n"))
        .expect("the edition stands first");
    serde_json::from_str(told).expect("JSON")
}

/// Address and hash of all that is kept.
fn kept(tree: &OutputTree) -> BTreeMap<String, String> {
    let edition = edition(tree);
    ["core", "rest"]
        .iter()
        .flat_map(|part| edition[part].as_object().expect("a mapping").clone())
        .map(|(address, hash)| (address, hash.as_str().expect("text").to_owned()))
        .collect()
}

#[test]
fn every_file_that_readers_ask_for_is_kept() {
    let mut sources = starter();
    edit(
        &mut sources,
        "content/handbook.yaml",
        "# base_url:",
        "base_url:",
    );
    let tree = site(&sources);
    let of_hosts = [
        "404.html",
        "_headers",
        "favicon.ico",
        "robots.txt",
        "schema/state-1.json",
        "sitemap.xml",
        "sw.js",
    ];
    let mut expected: BTreeSet<String> = tree
        .iter()
        .map(|(path, _)| path.as_str())
        .filter(|path| !of_hosts.contains(path))
        .map(|path| path.strip_suffix("index.html").unwrap_or(path).to_owned())
        .collect();
    for path in of_hosts {
        assert!(tree.get(path).is_some(), "{path}");
    }
    let kept = kept(&tree);
    for address in kept.keys() {
        assert!(expected.remove(address), "{address} is no file");
    }
    assert_eq!(expected, BTreeSet::new());
}

#[test]
fn the_core_is_where_readers_begin_and_what_pages_are_drawn_with() {
    let edition = edition(&site(&starter()));
    let core = edition["core"].as_object().expect("a mapping");
    let pages: Vec<&String> = core
        .keys()
        .filter(|address| !address.starts_with("assets/"))
        .collect();
    assert_eq!(
        pages,
        [
            "",
            "all/",
            "cheat-sheet/",
            "exercise-data.js",
            "manifest.webmanifest",
            "offline/",
            "practice-data.js",
            "questions/",
            "search-data.js",
            "sheet-data.js",
            "story-data.js",
            "topic-data.js"
        ]
    );
    for start in [
        "assets/site.",
        "assets/reader.",
        "assets/settings.",
        "assets/search-box.",
        "assets/search.",
        "assets/fonts/prepbook-serif-500.",
    ] {
        assert!(
            core.keys().any(|address| address.starts_with(start)),
            "{start}"
        );
    }
    assert_eq!(edition["whole"], true);
}

#[test]
fn a_changed_file_has_another_hash_and_makes_another_edition() {
    let before = site(&starter());
    assert_eq!(text(&before, "sw.js"), text(&site(&starter()), "sw.js"));
    let mut sources = starter();
    edit(
        &mut sources,
        "content/red-flags/blaming-the-customer.yaml",
        "thinks: ",
        "thinks: Xyzzy. ",
    );
    let after = site(&sources);
    let (was, is) = (kept(&before), kept(&after));
    for (address, hash) in &is {
        let path = if address.is_empty() || address.ends_with('/') {
            format!("{address}index.html")
        } else {
            address.clone()
        };
        assert_eq!(
            before.get(&path) == after.get(&path),
            was.get(address) == Some(hash),
            "{address}"
        );
    }
    assert_ne!(was["red-flags/"], is["red-flags/"]);
    assert_ne!(edition(&before)["name"], edition(&after)["name"]);
}

#[test]
fn of_a_very_large_site_only_the_core_is_kept() {
    let mut sources = starter();
    let large = "x".repeat(WHOLE);
    put(&mut sources, "themes/default/assets/large.txt", &large);
    let tree = site(&sources);
    let edition = edition(&tree);
    assert_eq!(edition["whole"], false);
    assert_eq!(edition["rest"], serde_json::json!({}));
    assert!(edition["core"]["offline/"].is_string());
}

/// Sites of which browsers are to keep nothing.
fn unkept() -> [OutputTree; 2] {
    let mut sources = starter();
    edit(
        &mut sources,
        "content/handbook.yaml",
        "# offline: false",
        "offline: false",
    );
    let preview = Options {
        preview: true,
        ..Options::default()
    };
    let preview = prepbook::build(&starter(), &preview, &Memo::none(), |_| {}).value;
    [site(&sources), preview]
}

#[test]
fn where_nothing_is_to_be_kept_the_worker_removes_what_was_and_no_page_asks_for_one() {
    for tree in unkept() {
        let worker = text(&tree, "sw.js");
        assert!(worker.contains("unregister") && !worker.contains("'fetch'"));
        assert!(tree.get("offline/index.html").is_none());
        for (path, _) in tree.iter().filter(|(path, _)| path.is_page()) {
            assert!(!text(&tree, path.as_str()).contains("sw.js"), "{path}");
        }
    }
}

#[test]
fn pages_name_the_worker_and_the_manifest() {
    let tree = site(&starter());
    for (path, _) in tree.iter().filter(|(path, _)| path.is_page()) {
        let page = text(&tree, path.as_str());
        if page.contains("http-equiv=\"refresh\"") {
            continue;
        }
        let root = if path.as_str() == "404.html" {
            "/".to_owned()
        } else {
            "../".repeat(path.depth())
        };
        for part in [
            format!("data-worker=\"{root}sw.js\""),
            format!("<link rel=\"manifest\" href=\"{root}manifest.webmanifest\">"),
        ] {
            assert!(page.contains(&part), "{path}: {part}");
        }
    }
}

#[test]
fn the_page_for_no_network_is_found_by_no_search() {
    let mut sources = starter();
    edit(
        &mut sources,
        "content/handbook.yaml",
        "# base_url:",
        "base_url:",
    );
    let tree = site(&sources);
    assert!(
        text(&tree, "offline/index.html").contains("<meta name=\"robots\" content=\"noindex\">")
    );
    assert!(!text(&tree, "offline/index.html").contains("rel=\"canonical\""));
    assert!(!text(&tree, "sitemap.xml").contains("offline"));
    assert!(!text(&tree, "search-data.js").contains("offline/index.html"));
}

fn manifest(sources: &Sources) -> Value {
    serde_json::from_str(&text(&site(sources), "manifest.webmanifest")).expect("JSON")
}

#[test]
fn the_manifest_takes_its_colours_from_the_style_sheet_and_leads_nowhere_else() {
    let mut sources = starter();
    let plain = manifest(&sources);
    let ground = plain["background_color"].as_str().expect("a colour");
    assert_eq!(plain["theme_color"], plain["background_color"]);
    let home = site(&sources).get("index.html").expect("a page").clone();
    let home = String::from_utf8_lossy(&home);
    assert!(home.contains(&format!("name=\"theme-color\" content=\"{ground}\"")));
    for address in [&plain["start_url"], &plain["scope"]] {
        assert_eq!(address, "./");
    }
    edit(
        &mut sources,
        "themes/default/assets/tokens.css",
        &format!("--bg: light-dark({ground},"),
        "--bg: light-dark(#123456,",
    );
    assert_eq!(manifest(&sources)["background_color"], "#123456");
    put(
        &mut sources,
        "themes/default/assets/base.css",
        "a { color: red; }",
    );
    assert_eq!(manifest(&sources).get("background_color"), None);
}

#[test]
fn the_manifest_names_icons_that_are_there_and_a_name_that_fits_below_them() {
    let mut sources = starter();
    let tree = site(&sources);
    let plain = manifest(&sources);
    let icons = plain["icons"].as_array().expect("a list");
    assert_eq!(icons.len(), 3);
    for icon in icons {
        let path = icon["src"].as_str().expect("an address");
        assert!(tree.get(path).is_some(), "{path}");
    }
    assert_eq!(plain["name"], "Interviews for bicycle mechanics");
    assert_eq!(plain["short_name"], "Bicycles");
    edit(
        &mut sources,
        "content/handbook.yaml",
        "short_title: Bicycles",
        "",
    );
    edit(
        &mut sources,
        "content/handbook.yaml",
        "title: Interviews for bicycle mechanics",
        "title: 'Bicycle \\ \"talk\"'",
    );
    assert_eq!(manifest(&sources)["short_name"], "Bicycle \\ “talk”");
}

#[test]
fn a_site_theme_may_bring_its_own_worker() {
    let mut sources = starter();
    edit(
        &mut sources,
        "content/handbook.yaml",
        "site_theme: default",
        "site_theme: mine",
    );
    put(&mut sources, "themes/mine/worker/keep.js", "// mine\n");
    assert!(text(&site(&sources), "sw.js").ends_with(";\n// mine\n"));
}
