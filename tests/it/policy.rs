//! What hosts send with files, and what a handbook adds to the policy of its pages.

use std::collections::BTreeMap;

use prepbook::output::OutputTree;

use crate::project::{edit, put, site, starter};

/// `_headers` as a list of patterns and their headers.
fn rules(tree: &OutputTree) -> Vec<(String, BTreeMap<String, String>)> {
    let mut rules: Vec<(String, BTreeMap<String, String>)> = Vec::new();
    let text = std::str::from_utf8(tree.get("_headers").expect("the file")).expect("UTF-8");
    for line in text.lines() {
        match line.strip_prefix("  ") {
            None => rules.push((line.to_owned(), BTreeMap::new())),
            Some(header) => {
                let (name, value) = header.split_once(": ").expect("a header");
                let headers = &mut rules.last_mut().expect("a pattern").1;
                assert_eq!(headers.insert(name.to_owned(), value.to_owned()), None);
            }
        }
    }
    rules
}

#[test]
fn no_file_gets_a_header_by_two_rules() {
    let tree = site(&starter());
    let rules = rules(&tree);
    for (path, _) in tree.iter() {
        let mut sent: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (pattern, headers) in &rules {
            let start = pattern.strip_suffix('*').expect("patterns end in a star");
            if format!("/{path}").starts_with(start) {
                for (name, value) in headers {
                    sent.entry(name).or_default().push(value);
                }
            }
        }
        assert!(
            sent.values().all(|values| values.len() == 1),
            "{path}: {sent:?}"
        );
        assert!(sent.contains_key("Content-Security-Policy"), "{path}");
        let cached = sent.get("Cache-Control").map(|values| values[0]);
        let is_asset = path.as_str().starts_with("assets/");
        let wanted = is_asset.then_some("public, max-age=31536000, immutable");
        assert_eq!(cached, wanted, "{path}");
    }
}

#[test]
fn other_hosts_below_this_one_are_left_alone_unless_asked_for() {
    let sent = |tree: &OutputTree| rules(tree)[0].1["Strict-Transport-Security"].clone();
    assert_eq!(sent(&site(&starter())), "max-age=31536000");
    let mut sources = starter();
    let path = "content/handbook.yaml";
    edit(
        &mut sources,
        path,
        "language:",
        "https_for_subdomains: true\nlanguage:",
    );
    assert_eq!(sent(&site(&sources)), "max-age=31536000; includeSubDomains");
}

#[test]
fn headers_of_the_author_join_those_that_are_made() {
    let made = rules(&site(&starter()));
    let mut sources = starter();
    put(
        &mut sources,
        "content/files/_headers",
        "# a preview is not for search engines\nhttps://:project.pages.dev/*\n  X-Robots-Tag: noindex\n\n\
         /form.pdf\n  Content-Disposition: attachment\n  ! X-Frame-Options\n\n\
         /*\n  referrer-policy: same-origin\n  Link: </a.css>; rel=preload\n",
    );
    let result = crate::project::build(&sources);
    assert_eq!(crate::project::reports(&result.found, &sources), "");
    let text = String::from_utf8(result.value.get("_headers").expect("it").to_vec());
    let text = text.expect("UTF-8");
    for part in [
        "https://:project.pages.dev/*\n  X-Robots-Tag: noindex\n",
        "/form.pdf\n  ! X-Frame-Options\n  Content-Disposition: attachment\n",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(text.matches("/*\n").count(), 3, "one rule a path: {text}");
    let everywhere = text.split("\n/").next().expect("a rule");
    assert!(everywhere.starts_with("/*\n"), "{text}");
    assert!(everywhere.contains("  referrer-policy: same-origin\n"));
    assert!(!everywhere.contains("no-referrer"), "{text}");
    assert!(everywhere.contains("\n  Link: </a.css>; rel=preload"));
    for (name, value) in &made[0].1 {
        let is_changed = name == "Referrer-Policy";
        let line = format!("  {name}: {value}");
        assert_eq!(everywhere.contains(&line), !is_changed, "{line}");
    }
    let previewed = &result.value.hosting.headers;
    assert!(previewed.contains(&("referrer-policy".to_owned(), "same-origin".to_owned())));
}

#[test]
fn what_a_handbook_adds_stands_in_pages_headers_and_preview_alike() {
    let mut sources = starter();
    let plain = site(&sources);
    edit(
        &mut sources,
        "content/handbook.yaml",
        "language:",
        "policy:\n  script-src: [https://stats.example.org]\n  frame-src: [https://video.example.org, \"'self'\"]\n\
         allow: {open-policy: our own counter}\nlanguage:",
    );
    let result = crate::project::build(&sources);
    assert_eq!(crate::project::reports(&result.found, &sources), "");
    let tree = result.value;
    let of = |tree: &OutputTree| rules(tree)[0].1["Content-Security-Policy"].clone();
    let before = of(&plain);
    let wanted = before
        .replace(
            "script-src 'self'",
            "script-src 'self' https://stats.example.org",
        )
        .replace(
            "base-uri",
            "frame-src https://video.example.org 'self'; base-uri",
        );
    assert_eq!(of(&tree), wanted);
    assert_eq!(
        tree.hosting
            .headers
            .iter()
            .find(|(name, _)| name == "Content-Security-Policy"),
        Some(&("Content-Security-Policy".to_owned(), wanted.clone()))
    );
    let in_pages = wanted.replace("; frame-ancestors 'none'", "");
    for (path, bytes) in tree.iter().filter(|(path, _)| path.is_page()) {
        let page = std::str::from_utf8(bytes).expect("UTF-8");
        let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{in_pages}\">");
        assert!(page.contains(&meta), "{path}");
    }
}
