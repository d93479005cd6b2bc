//! What other programs learn of pages: previews of links, icons, the way to a page.

use prepbook::output::OutputTree;
use prepbook::{Memo, Options};
use scraper::{Html, Selector};

use crate::project::{edit, put, reports, site, starter, with_settings};

const QUESTION: &str = "questions/creaking-bicycle/index.html";

const ADDRESS: &str = "base_url: https://prep.example.org/book/";

fn page(tree: &OutputTree, path: &str) -> Html {
    let bytes = tree.get(path).unwrap_or_else(|| panic!("no {path}"));
    Html::parse_document(std::str::from_utf8(bytes).expect("UTF-8"))
}

/// What a page says of itself under a name.
fn said(page: &Html, name: &str) -> Option<String> {
    let meta = format!("meta[property=\"{name}\"], meta[name=\"{name}\"]");
    let mut found = page
        .select(&Selector::parse(&meta).expect("a selector"))
        .map(|one| one.attr("content").expect("content").to_owned())
        .collect::<Vec<_>>();
    assert!(found.len() < 2, "{name}: {found:?}");
    found.pop()
}

/// The file of the site at an absolute address.
fn at<'a>(tree: &'a OutputTree, address: &str) -> Option<&'a [u8]> {
    let path = address.strip_prefix("https://prep.example.org/book/")?;
    let file = if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    };
    tree.get(&file).map(|bytes| &**bytes)
}

/// The width and the height that a PNG file says.
fn size_of(png: &[u8]) -> (u32, u32) {
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

#[test]
fn every_page_says_what_a_preview_of_a_link_shows() {
    let tree = site(&with_settings(ADDRESS));
    for (path, bytes) in tree.iter().filter(|(path, _)| path.is_page()) {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        if text.contains("http-equiv=\"refresh\"") {
            continue;
        }
        let page = Html::parse_document(text);
        for name in [
            "og:title",
            "og:description",
            "og:type",
            "og:site_name",
            "twitter:card",
        ] {
            assert!(
                said(&page, name).is_some_and(|text| !text.is_empty()),
                "{path}: {name}"
            );
        }
        // A page that stands nowhere of its own has no address to share.
        let canonical = Selector::parse("link[rel=canonical]").expect("a selector");
        let canonical = page
            .select(&canonical)
            .next()
            .and_then(|one| one.attr("href"));
        assert_eq!(said(&page, "og:url").as_deref(), canonical, "{path}");
        let picture = said(&page, "og:image").expect("a picture");
        let (width, height) = size_of(at(&tree, &picture).expect("it is there"));
        assert_eq!(said(&page, "og:image:width"), Some(width.to_string()));
        assert_eq!(said(&page, "og:image:height"), Some(height.to_string()));
        assert_eq!(said(&page, "twitter:card").as_deref(), Some("summary"));
    }
    // Without an address nothing can be named that other hosts would find.
    let tree = site(&starter());
    let page = page(&tree, QUESTION);
    assert_eq!(
        (said(&page, "og:url"), said(&page, "og:image")),
        (None, None)
    );
    assert!(said(&page, "og:title").is_some());
}

#[test]
fn questions_themes_and_companies_have_pictures_where_they_are_asked_for() {
    let sources = with_settings(&format!("{ADDRESS}\nshare_pictures: true"));
    let tree = site(&sources);
    let drawn: Vec<_> = tree
        .iter()
        .filter(|(path, _)| path.as_str().ends_with("/picture.png"))
        .collect();
    let folders = ["questions/", "themes/", "companies/"];
    let with_pictures = |path: &str| {
        let depth = path.matches('/').count();
        folders.iter().any(|folder| path.starts_with(folder)) && depth == 2
    };
    let pages = tree.iter().filter(|(path, bytes)| {
        let is_stub =
            std::str::from_utf8(bytes).is_ok_and(|text| text.contains("http-equiv=\"refresh\""));
        path.is_page() && !is_stub && with_pictures(path.as_str())
    });
    let mut count = 0;
    for (path, _) in pages {
        let page = page(&tree, path.as_str());
        let picture = said(&page, "og:image").expect("a picture");
        assert!(picture.ends_with("/picture.png"), "{path}: {picture}");
        assert_eq!(
            size_of(at(&tree, &picture).expect("it is there")),
            (1200, 630)
        );
        assert_eq!(
            said(&page, "twitter:card").as_deref(),
            Some("summary_large_image")
        );
        assert_eq!(said(&page, "og:image:alt"), said(&page, "og:title"));
        count += 1;
    }
    assert!(count > 5);
    assert_eq!(drawn.len(), count);
    let mut bytes: Vec<&[u8]> = drawn.iter().map(|(_, bytes)| &***bytes).collect();
    assert!(
        bytes
            .iter()
            .all(|png| (4_000..120_000).contains(&png.len()))
    );
    bytes.sort_unstable();
    bytes.dedup();
    assert_eq!(bytes.len(), count, "each shows its own words");
}

#[test]
fn pictures_follow_the_settings_and_stand_nowhere_else() {
    let sources = with_settings(&format!("{ADDRESS}\nshare_pictures: true"));
    let tree = site(&sources);
    let path = "questions/creaking-bicycle/picture.png";
    // Equal inputs, equal pictures; a colour shows.
    assert_eq!(site(&sources).get(path), tree.get(path));
    let other = with_settings(&format!(
        "{ADDRESS}\nshare_pictures: true\ncolours: {{accent: {{light: \"#7a1f5c\", dark: \"#f0a8d8\"}}}}"
    ));
    assert_ne!(site(&other).get(path), tree.get(path));
    for settings in [ADDRESS, "share_pictures: true"] {
        let tree = site(&with_settings(settings));
        assert!(
            tree.iter()
                .all(|(path, _)| !path.as_str().ends_with("picture.png")),
            "{settings}"
        );
    }
    // Readers' browsers do not keep what only other hosts ask for.
    let worker = std::str::from_utf8(tree.get("sw.js").expect("a worker")).expect("UTF-8");
    assert!(!worker.contains("picture.png"));
}

#[test]
fn a_preview_shows_the_pictures_that_a_build_makes() {
    let sources = with_settings(&format!("{ADDRESS}\nshare_pictures: true"));
    let preview = Options {
        preview: true,
        ..Options::default()
    };
    let preview = prepbook::build(&sources, &preview, &Memo::none(), |_| {}).value;
    let tree = site(&sources);
    let pictures = |tree: &OutputTree| -> Vec<_> {
        let files = tree.iter();
        let pictures = files.filter(|(path, _)| path.as_str().ends_with("/picture.png"));
        pictures
            .map(|(path, bytes)| (path.clone(), bytes.to_vec()))
            .collect()
    };
    assert!(!pictures(&tree).is_empty());
    assert_eq!(pictures(&preview), pictures(&tree));
    for name in ["og:image", "twitter:card"] {
        assert_eq!(
            said(&page(&preview, QUESTION), name),
            said(&page(&tree, QUESTION), name)
        );
    }
}

#[test]
fn titles_of_any_length_are_drawn_and_letters_that_no_font_has_are_not() {
    let path = "content/questions/creaking-bicycle.yaml";
    let picture = |title: &str| {
        let mut sources = with_settings(&format!("{ADDRESS}\nshare_pictures: true\nallow: {{}}"));
        let text = sources
            .text(&prepbook::source::SourcePath::new(path))
            .to_owned();
        let line = text
            .lines()
            .find(|line| line.starts_with("title:"))
            .expect("a title");
        edit(
            &mut sources,
            path,
            line,
            &format!("title: {}", serde_json::to_string(title).expect("a string")),
        );
        let result = crate::project::build(&sources);
        let told = reports(&result.found, &sources);
        assert!(!told.contains("error["), "{told}");
        let card = said(&page(&result.value, QUESTION), "twitter:card").expect("a card");
        (
            result
                .value
                .get("questions/creaking-bicycle/picture.png")
                .cloned(),
            card,
        )
    };
    for title in [
        "Why?",
        &"A question that never comes to its end, ".repeat(12),
        &"Donaudampfschifffahrtsgesellschaft".repeat(4),
        "“Ærø” — naïve façade €5?",
    ] {
        let (png, card) = picture(title);
        assert_eq!(size_of(&png.expect("a picture")), (1200, 630), "{title}");
        assert_eq!(card, "summary_large_image");
    }
    let (png, card) = picture("你为什么想来这里？");
    assert_eq!((png, card.as_str()), (None, "summary"));
}

#[test]
fn the_way_to_a_page_is_told_to_search_engines() {
    let tree = site(&with_settings(ADDRESS));
    let block = Selector::parse("script[type=\"application/ld+json\"]").expect("a selector");
    let of = |path: &str| -> Option<serde_json::Value> {
        let page = page(&tree, path);
        let found: Vec<String> = page.select(&block).map(|one| one.inner_html()).collect();
        assert!(found.len() < 2);
        found
            .first()
            .map(|text| serde_json::from_str(text).expect("JSON"))
    };
    let list = of(QUESTION).expect("a list");
    assert_eq!(
        (&list["@context"], &list["@type"]),
        (&"https://schema.org".into(), &"BreadcrumbList".into())
    );
    let items = list["itemListElement"].as_array().expect("items").clone();
    assert_eq!(items.len(), 3);
    for (nth, item) in items.iter().enumerate() {
        assert_eq!(
            (&item["@type"], &item["position"]),
            (&"ListItem".into(), &(nth + 1).into())
        );
        assert!(item["name"].as_str().is_some_and(|name| !name.is_empty()));
        let address = item["item"].as_str();
        assert_eq!(address.is_some(), nth < 2, "the page itself comes last");
        assert!(
            address.is_none_or(|address| at(&tree, address).is_some()),
            "{item}"
        );
    }
    assert_eq!(items[0]["item"], "https://prep.example.org/book/questions/");
    assert!(of("index.html").is_none());
    // Words of a title cannot end the block.
    let mut sources = with_settings(ADDRESS);
    edit(
        &mut sources,
        "content/themes/at-the-stand.yaml",
        "title: At the stand",
        "title: A </script><b>bold</b> stand",
    );
    let tree = site(&sources);
    let text = std::str::from_utf8(tree.get("themes/at-the-stand/index.html").expect("a page"))
        .expect("UTF-8");
    assert!(text.contains("A \\u003c/script>\\u003cb>bold\\u003c/b> stand"));
    let without = site(&starter());
    let text = std::str::from_utf8(without.get(QUESTION).expect("a page")).expect("UTF-8");
    assert!(!text.contains("ld+json"));
}

#[test]
fn icons_of_the_author_take_the_place_of_the_made_ones() {
    let linked = |own: &[&str]| -> Vec<(String, String)> {
        let mut sources = starter();
        for name in own {
            put(&mut sources, &format!("content/files/{name}"), name);
        }
        let tree = site(&sources);
        let links = Selector::parse("link[rel=icon], link[rel=apple-touch-icon]");
        let page = page(&tree, QUESTION);
        let links = page.select(links.as_ref().expect("a selector"));
        let worker = std::str::from_utf8(tree.get("sw.js").expect("a worker")).expect("UTF-8");
        let linked = links.map(|one| {
            let path = one
                .attr("href")
                .expect("an address")
                .trim_start_matches("../");
            assert!(tree.get(path).is_some(), "{path}");
            assert!(worker.contains(path), "kept for reading offline: {path}");
            let name = path.rsplit('/').next().unwrap_or_default();
            let stem = name.split('.').next().unwrap_or_default();
            (one.attr("rel").expect("it").to_owned(), stem.to_owned())
        });
        let linked = linked.collect();
        let manifest = tree.get("manifest.webmanifest").expect("a manifest");
        let manifest: serde_json::Value = serde_json::from_slice(manifest).expect("JSON");
        for icon in manifest["icons"].as_array().expect("a list") {
            let path = icon["src"].as_str().expect("an address");
            let is_own = own
                .iter()
                .any(|name| *name != "favicon.ico" && *name == path);
            let has_own = own.iter().any(|name| *name != "favicon.ico");
            assert_eq!(is_own, has_own, "{path}");
        }
        linked
    };
    let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        let owned = pairs
            .iter()
            .map(|(rel, stem)| ((*rel).to_owned(), (*stem).to_owned()));
        owned.collect()
    };
    let (tab, home) = ("icon", "apple-touch-icon");
    assert_eq!(
        linked(&["favicon.ico"]),
        pairs(&[(tab, "favicon"), (home, "icon-180")])
    );
    assert_eq!(
        linked(&["favicon.svg", "apple-touch-icon.png"]),
        pairs(&[(tab, "favicon"), (home, "apple-touch-icon")])
    );
    assert_eq!(
        linked(&["favicon.ico", "favicon.svg"]),
        pairs(&[(tab, "favicon"), (tab, "favicon"), (home, "icon-180")])
    );
    assert_eq!(
        linked(&[]),
        pairs(&[(tab, "icon-32"), (tab, "icon"), (home, "icon-180")])
    );
}

#[test]
fn browsers_and_telephones_find_icons_of_their_own() {
    let tree = site(&starter());
    let icon = tree.get("favicon.ico").expect("an icon");
    assert_eq!(icon[..6], [0, 0, 1, 0, 1, 0]);
    let number =
        |at: usize| u32::from_le_bytes(icon[at..at + 4].try_into().expect("four bytes")) as usize;
    let (length, start) = (number(14), number(18));
    assert_eq!(icon.len(), start + length);
    assert_eq!(size_of(&icon[start..]), (32, 32));
    let page = page(&tree, QUESTION);
    let linked = |rel: &str| -> Vec<Vec<u8>> {
        let links = Selector::parse(&format!("link[rel=\"{rel}\"]")).expect("a selector");
        let files = page.select(&links).map(|one| {
            one.attr("href")
                .expect("an address")
                .trim_start_matches("../")
        });
        files
            .map(|path| tree.get(path).expect("it is there").to_vec())
            .collect()
    };
    let icons = linked("icon");
    assert_eq!(
        icons.len(),
        2,
        "a drawing, and a picture for browsers that draw none"
    );
    assert_eq!(size_of(&icons[0]), (32, 32));
    assert!(icons[1].starts_with(b"<svg"));
    let touch = linked("apple-touch-icon");
    assert_eq!(touch.len(), 1);
    assert_eq!(size_of(&touch[0]), (180, 180));
}
