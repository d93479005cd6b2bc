//! What a handbook changes of all pages by its settings, without a file of the site theme.

use prepbook::diagnostic::Tally;
use prepbook::output::OutputTree;
use scraper::{Html, Selector};

use crate::project::{build, put, reports, site, starter, with_settings};

fn page<'a>(tree: &'a OutputTree, path: &str) -> &'a str {
    let bytes = tree.get(path).unwrap_or_else(|| panic!("no {path}"));
    std::str::from_utf8(bytes).expect("UTF-8")
}

/// The words and addresses of the links that a selector finds.
fn links(page: &str, selector: &str) -> Vec<(String, String)> {
    let links = Selector::parse(selector).expect("a selector");
    let document = Html::parse_document(page);
    let link = |one: scraper::ElementRef<'_>| {
        let address = one.attr("href").unwrap_or_default().to_owned();
        (one.text().collect::<String>(), address)
    };
    document.select(&links).map(link).collect()
}

fn words(links: &[(String, String)]) -> Vec<&str> {
    links.iter().map(|(words, _)| words.as_str()).collect()
}

/// The style sheet of most pages.
fn sheet(tree: &OutputTree) -> String {
    let is_main = |path: &str| path.starts_with("assets/site.") && path.ends_with(".css");
    let (_, bytes) = tree
        .iter()
        .find(|(path, _)| is_main(path.as_str()))
        .expect("a style sheet");
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn the_foot_links_what_the_settings_name() {
    let sources = with_settings(
        "footer:\n  - {title: Imprint, url: https://example.org/imprint?a=1&b=\"2\"}\n  \
         - {title: Privacy & <terms>, url: guide:how-it-works}\n  - {title: Write to us, url: mailto:us@example.org}",
    );
    let tree = site(&sources);
    for (path, root) in [
        ("index.html", ""),
        ("questions/creaking-bicycle/index.html", "../../"),
    ] {
        let all = links(page(&tree, path), ".foot nav a");
        let own: Vec<_> = all
            .iter()
            .filter(|(_, url)| url.contains("example.org") || url.contains("how-it-works"))
            .collect();
        let guide = format!("{root}guides/how-it-works/index.html");
        assert_eq!(
            own,
            [
                &(
                    "Imprint".to_owned(),
                    "https://example.org/imprint?a=1&b=\"2\"".to_owned()
                ),
                &("Privacy & <terms>".to_owned(), guide),
                &("Write to us".to_owned(), "mailto:us@example.org".to_owned()),
            ]
        );
    }
    let unknown = build(&with_settings(
        "footer: [{title: Privacy, url: guide:privacy}]",
    ));
    assert!(reports(&unknown.found, &sources).contains("unknown-guide"));
    let unsafe_one = build(&with_settings(
        "footer: [{title: Privacy, url: \"javascript:alert(1)\"}]",
    ));
    assert!(reports(&unsafe_one.found, &sources).contains("unsafe-link"));
}

#[test]
fn the_foot_takes_a_file_and_tells_what_else_was_meant() {
    let foot = |url: &str| with_settings(&format!("footer: [{{title: Legal, url: {url}}}]"));
    let mut sources = foot("files/legal.html");
    put(
        &mut sources,
        "content/files/legal.html",
        "<title>Legal</title>",
    );
    let all = links(
        page(&site(&sources), "guides/bench-trial/index.html"),
        ".foot nav a",
    );
    let own = ("Legal".to_owned(), "../../legal.html".to_owned());
    assert!(all.contains(&own), "{all:?}");
    let file = |name: &str, id: &str| {
        format!(
            "link a guide, `guide:{id}`, another record, or a file of content/files/: `files/{name}`"
        )
    };
    for (url, help) in [
        (
            "me@example.org",
            "did you mean `mailto:me@example.org`?".to_owned(),
        ),
        ("/impressum", file("impressum.html", "impressum")),
        ("impressum.html", file("impressum.html", "impressum")),
        ("guides/privacy.md", file("privacy.md", "privacy")),
        (
            "example.org",
            "write it in full: https://example.org/".to_owned(),
        ),
        ("files/legal.htm", "put it into content/files/".to_owned()),
    ] {
        let found = build(&foot(url)).found;
        assert_eq!(found[0].help.as_deref(), Some(&*help), "{url}");
    }
}

#[test]
fn the_navigation_has_what_the_settings_name_in_their_order() {
    let before = site(&starter());
    let tree = site(&with_settings(
        "navigation: [practice, questions, sources, stories, all]",
    ));
    for path in ["index.html", "questions/index.html", "404.html"] {
        let bar = links(page(&tree, path), ".bar > .bar-in > .places a");
        assert_eq!(words(&bar), ["Practice", "Questions"], "{path}");
        let foot = links(page(&tree, path), ".foot nav a");
        assert_eq!(words(&foot), ["Sources", "Stories", "All pages"], "{path}");
    }
    // Hidden is not gone: records lead there, and so does the list of all pages.
    let pages = |tree: &OutputTree| -> Vec<String> {
        let pages = tree.iter().filter(|(path, _)| path.is_page());
        pages.map(|(path, _)| path.to_string()).collect()
    };
    assert_eq!(pages(&tree), pages(&before));
    let wrong = build(&with_settings("navigation: [question, all, all]"));
    let told = reports(
        &wrong.found,
        &with_settings("navigation: [question, all, all]"),
    );
    assert!(
        told.contains("did you mean `questions`?") && told.contains("stands in this list already"),
        "{told}"
    );
}

#[test]
fn colours_reach_every_style_sheet_and_what_browsers_draw_around_pages() {
    let before = site(&starter());
    let tree = site(&with_settings(
        "colours:\n  bg: {light: \"#ffffff\", dark: \"#101418\"}\n  accent: {light: \"#0b4f8c\", dark: \"#8fc7f0\"}",
    ));
    let css = sheet(&tree);
    let last = |css: &str, token: &str| {
        // A rule may give a token another's value for one element.
        let name = format!("--{token}:");
        let values = css.split(&name).skip(1);
        let values = values.filter_map(|rest| rest.split([';', '}']).next());
        let value = values
            .map(str::trim)
            .filter(|value| !value.starts_with("var("))
            .last();
        value.expect("a token").to_owned()
    };
    assert_eq!(last(&css, "accent"), "light-dark(#0b4f8c,#8fc7f0)");
    assert_eq!(last(&css, "bg"), "light-dark(#ffffff,#101418)");
    // What belongs to the accent follows it; the rest stays.
    for token in ["accent-hover", "on-accent", "tint", "h2", "h3", "h4"] {
        assert_ne!(last(&css, token), last(&sheet(&before), token), "{token}");
    }
    assert_eq!(last(&css, "warn"), last(&sheet(&before), "warn"));
    let home = page(&tree, "index.html");
    assert!(home.contains(
        "<meta name=\"theme-color\" content=\"#ffffff\" media=\"(prefers-color-scheme: light)\">"
    ));
    assert!(home.contains(
        "<meta name=\"theme-color\" content=\"#101418\" media=\"(prefers-color-scheme: dark)\">"
    ));
    assert!(page(&tree, "manifest.webmanifest").contains("\"theme_color\":\"#ffffff\""));
    assert!(page(&before, "manifest.webmanifest").contains("\"theme_color\":\"#fbfaf6\""));
}

#[test]
fn the_site_theme_s_own_colours_can_be_read() {
    // Setting a colour to what it is anyway asks for all its pairs.
    let tokens = include_str!("../../themes/default/assets/tokens.css");
    let mut set = String::from("colours:");
    for line in tokens.lines() {
        let Some((name, value)) = line
            .trim()
            .strip_prefix("--")
            .and_then(|line| line.split_once(": light-dark("))
        else {
            continue;
        };
        let (light, dark) = value
            .trim_end_matches(");")
            .split_once(", ")
            .expect("two shades");
        set += &format!("\n  {name}: {{light: \"{light}\", dark: \"{dark}\"}}");
    }
    assert!(set.lines().count() > 18, "{set}");
    let sources = with_settings(&set);
    assert_eq!(reports(&build(&sources).found, &sources), "");
}

#[test]
fn colours_of_style_sheets_are_read_as_browsers_read_them() {
    let told = |value: &str| {
        let mut sources = with_settings("extra: {css: [brand.css]}");
        let css = format!(":root {{ --line: {value}; }}\n");
        put(&mut sources, "content/extra/brand.css", &css);
        reports(&build(&sources).found, &sources)
    };
    for colour in [
        "#abc",
        "#aabbccdd",
        "teal",
        "rgb(1 2 3 / 50%)",
        "var(--ink)",
        "light-dark(rgb(1, 2, 3), red)",
    ] {
        assert_eq!(told(colour), "", "{colour}");
    }
    for other in ["aabbcc", "#ab", "tael", "light-dark(#abc, #abcde)", "10px"] {
        assert!(
            told(other).contains("warning[unreadable-colour]"),
            "{other}"
        );
    }
}

#[test]
fn extra_files_and_lines_stand_in_every_page_after_those_of_the_site_theme() {
    let mut sources = with_settings(
        "extra:\n  css: [brand/look.css]\n  js: [count.js]\n  head:\n    - <meta name=\"google-site-verification\" content=\"a&amp;b\">\n    \
         - <script defer data-domain='x.org' src=\"https://stats.example/s.js\"></script>",
    );
    put(
        &mut sources,
        "content/extra/brand/look.css",
        "/* ours */\nh1 { color: var(--bad); }\n",
    );
    put(
        &mut sources,
        "content/extra/count.js",
        "// ours\nconsole.log(1);\n",
    );
    let tree = site(&sources);
    let (css, js) = {
        let find = |start: &str| {
            let found = tree
                .iter()
                .find(|(path, _)| path.as_str().starts_with(start));
            found.unwrap_or_else(|| panic!("no {start}")).0.to_string()
        };
        (
            find("assets/extra/brand/look."),
            find("assets/extra/count."),
        )
    };
    assert_eq!(page(&tree, &css).trim(), "h1{color: var(--bad);}");
    assert_eq!(page(&tree, &js), "// ours\nconsole.log(1);\n");
    for (path, _) in tree.iter().filter(|(path, _)| path.is_page()) {
        let text = page(&tree, path.as_str());
        if text.contains("http-equiv=\"refresh\"") {
            continue;
        }
        let at = |needle: &str| {
            text.find(needle)
                .unwrap_or_else(|| panic!("{path} has no {needle}"))
        };
        assert!(at(&css) > at("media=\"print\""), "{path}");
        assert!(at(&js) > at("assets/reader."), "{path}");
        assert!(at("content=\"a&amp;b\"") < at("</head>"), "{path}");
        assert!(
            at(
                "<script defer=\"\" data-domain=\"x.org\" src=\"https://stats.example/s.js\"></script>"
            ) < at("</head>"),
            "{path}"
        );
    }
}

#[test]
fn extras_that_are_not_there_or_more_than_they_may_be_are_reported() {
    let mut sources = with_settings(
        "extra:\n  css: [looks.css, count.js, ../outside.css, .hidden.css]\n  js: [count.js]",
    );
    put(
        &mut sources,
        "content/extra/look.css",
        "h1 { color: red; }\n",
    );
    put(&mut sources, "content/extra/count.js", "1\n");
    let told = reports(&build(&sources).found, &sources);
    for part in [
        "error[broken-link]: there is no file `content/extra/looks.css`",
        "did you mean `look.css`?",
        "warning[unknown-file]: nothing names this file",
        "`count.js` is no file with the ending `.css`",
        "`../outside.css` is not a path below",
        "`.hidden.css` is not a path below",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    for line in [
        "<meta http-equiv=\\\"refresh\\\" content=\\\"0\\\">",
        "<style>h1 { color: red }</style>",
        "<script>alert(1)</script>",
        "<script src=\\\"https://a.example/x.js\\\">alert(1)</script>",
        "<link rel=\\\"icon\\\" href=\\\"x.png\\\" onload=\\\"alert(1)\\\">",
        "<meta name=\\\"a\\\" content=\\\"b\\\"> and words",
        "<meta name=\\\"a\\\" content=\\\"b\\\"><meta name=\\\"c\\\" content=\\\"d\\\">",
        "</head><body><h1>x</h1>",
        "words",
        "<!-- -->",
    ] {
        let sources = with_settings(&format!("extra: {{head: [\"{line}\"]}}"));
        let found = build(&sources).found;
        assert_eq!(
            Tally::of(&found).errors,
            1,
            "{line}: {}",
            reports(&found, &sources)
        );
    }
}
