//! The bar of every page and what it marks.

use scraper::{Html, Selector};

use crate::project::{edit, site, starter};

/// The places that a page's bar marks: their words, and how.
fn marked(page: &[u8]) -> Vec<(String, String)> {
    let document = Html::parse_document(&String::from_utf8_lossy(page));
    let marks = Selector::parse(".places a[aria-current]").expect("a selector");
    document
        .select(&marks)
        .map(|link| {
            let how = link.attr("aria-current").unwrap_or_default();
            (link.text().collect(), how.to_owned())
        })
        .collect()
}

#[test]
fn a_record_titled_like_a_section_is_not_taken_for_it() {
    let mut sources = starter();
    edit(
        &mut sources,
        "content/themes/at-the-stand.yaml",
        "title: At the stand",
        "title: Themes",
    );
    let tree = site(&sources);
    let marks = |path: &str| marked(tree.get(path).expect("a page"));
    let of = |how: &str| vec![("Themes".to_owned(), how.to_owned())];
    assert_eq!(marks("themes/index.html"), of("page"));
    assert_eq!(marks("themes/at-the-stand/index.html"), of("true"));
    assert_eq!(marks("questions/creaking-bicycle/index.html")[0].1, "true");
    assert_eq!(marks("index.html"), Vec::new());
    assert_eq!(marks("red-flags/index.html"), Vec::new());
}
