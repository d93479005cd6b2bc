//! What changed when: the sitemap and the feed.

use prepbook::output::OutputTree;
use prepbook::source::Sources;

use crate::project::{edit, site, with_settings};

const ADDRESS: &str = "base_url: https://prep.example.org/book/";

/// The starter handbook at an address, with some records that say when they changed.
fn dated() -> Sources {
    let mut sources = with_settings(ADDRESS);
    for (path, date) in [
        ("questions/creaking-bicycle.yaml", "2026-11-20"),
        ("questions/unhappy-customer.yaml", "2026-11-24"),
        ("guides/bench-trial.md", "2026-10-02"),
        ("red-flags/blaming-the-customer.yaml", "2026-11-25"),
    ] {
        let more = format!("updated: {date}\ntitle:");
        edit(&mut sources, &format!("content/{path}"), "title:", &more);
    }
    sources
}

fn text(tree: &OutputTree, path: &str) -> String {
    let bytes = tree.get(path).unwrap_or_else(|| panic!("no {path}"));
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn the_sitemap_tells_when_pages_changed() {
    assert!(!text(&site(&with_settings(ADDRESS)), "sitemap.xml").contains("lastmod"));
    let map = text(&site(&dated()), "sitemap.xml");
    let pages = [
        ("questions/creaking-bicycle/", "2026-11-20"),
        ("questions/unhappy-customer/", "2026-11-24"),
        ("guides/bench-trial/", "2026-10-02"),
        ("questions/", "2026-11-24"),
        ("guides/", "2026-10-02"),
        ("red-flags/", "2026-11-25"),
        ("", "2026-11-25"),
    ];
    for (path, date) in pages {
        let address = format!("https://prep.example.org/book/{path}");
        let line = format!("<url><loc>{address}</loc><lastmod>{date}</lastmod></url>");
        assert!(map.contains(&line), "{line}\n{map}");
    }
    assert_eq!(map.matches("<lastmod>").count(), pages.len(), "{map}");
}

#[test]
fn the_feed_lists_what_changed_the_latest_first() {
    let mut sources = dated();
    let path = "content/questions/unhappy-customer.yaml";
    edit(&mut sources, path, "title: ", "title: Fish & <chips> ");
    let tree = site(&sources);
    let feed = text(&tree, "feed.xml");
    let (head, entries) = feed.split_once("<entry>").expect("entries");
    assert!(
        head.contains("<updated>2026-11-24T00:00:00Z</updated>"),
        "{head}"
    );
    let entries: Vec<&str> = entries.split("<entry>").collect();
    let order = [
        "questions/unhappy-customer/",
        "questions/creaking-bicycle/",
        "guides/bench-trial/",
    ];
    assert_eq!(
        entries.len(),
        order.len(),
        "what has no page has no entry\n{feed}"
    );
    for (entry, path) in entries.iter().zip(order) {
        let address = format!("https://prep.example.org/book/{path}");
        assert!(
            entry.starts_with(&format!("<id>{address}</id><title>")),
            "{entry}"
        );
        assert!(
            entry.contains(&format!("<link href=\"{address}\"/>")),
            "{entry}"
        );
        assert!(tree.get(&format!("{path}index.html")).is_some());
    }
    assert!(
        entries[0].contains("<title>Fish &amp; &lt;chips&gt; "),
        "{feed}"
    );
    let page = text(&tree, "questions/creaking-bicycle/index.html");
    assert!(page.contains("<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Interviews for bicycle mechanics\" href=\"../../feed.xml\">"));
}

#[test]
fn without_an_address_or_a_date_there_is_no_feed() {
    let plain = site(&with_settings(ADDRESS));
    let mut sources = dated();
    edit(&mut sources, "content/handbook.yaml", ADDRESS, "");
    for tree in [plain, site(&sources)] {
        assert!(tree.get("feed.xml").is_none());
        assert!(!text(&tree, "index.html").contains("atom+xml"));
    }
}
