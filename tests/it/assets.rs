//! Files of a site theme: any name that a disk can hold has an address that leads to it.

use prepbook::diagnostic::Code;

use crate::project::{build, put, site, starter};

/// Names with signs that mean something in addresses, in HTML or in style sheets.
const NAMES: &[&str] = &[
    "a b.svg",
    "100%.svg",
    "c#.svg",
    "why?.svg",
    "quo\"te's & <b>.svg",
    "ünter.svg",
    "no-extension",
    "dot-at-the-end.",
    "v1.2/no-extension",
    "v1.2/two.dots.svg",
    "read me.txt",
];

/// An address with every `%20` turned back into its byte.
fn decoded(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut parts = address.split('%');
    bytes.extend(parts.next().unwrap_or_default().bytes());
    for part in parts {
        let (digits, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(digits, 16).expect("two digits"));
        bytes.extend(rest.bytes());
    }
    String::from_utf8(bytes).expect("names are UTF-8")
}

#[test]
fn addresses_of_odd_names_lead_to_their_files() {
    let mut sources = starter();
    let mut sheet = String::new();
    for (nth, name) in NAMES.iter().enumerate() {
        put(
            &mut sources,
            &format!("themes/default/assets/{name}"),
            &format!("file {nth}"),
        );
        if !name.contains('"') {
            sheet += &format!("a {{ background: url(\"{name}\") }}\n");
        }
    }
    put(&mut sources, "themes/default/assets/odd name.css", &sheet);
    let listing = "{% for name, address in frame.site.assets %}<a href=\"{{ address }}\">{{ name }}</a>{% endfor %}";
    put(
        &mut sources,
        "themes/default/templates/guides.html",
        listing,
    );
    let tree = site(&sources);
    let page = tree.get("guides/index.html").expect("the page");
    let document = scraper::Html::parse_document(std::str::from_utf8(page).expect("UTF-8"));
    let link = scraper::Selector::parse("a").expect("a selector");
    let addresses: std::collections::BTreeMap<String, &str> = document
        .select(&link)
        .map(|link| {
            (
                link.text().collect(),
                link.attr("href").expect("an address"),
            )
        })
        .collect();
    let sheet = decoded(addresses["odd name.css"]);
    let sheet = tree
        .get(sheet.trim_start_matches("../"))
        .expect("the style sheet");
    let sheet = std::str::from_utf8(sheet).expect("UTF-8");
    for (nth, name) in NAMES.iter().enumerate() {
        let address = addresses[*name];
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/%".contains(c);
        assert!(address.chars().all(plain), "{address}");
        let path = decoded(address);
        let path = path.strip_prefix("../").expect("one folder up");
        let file = tree
            .get(path)
            .unwrap_or_else(|| panic!("{address} leads to no file"));
        assert_eq!(**file, *format!("file {nth}").as_bytes());
        assert!(!path.split('/').any(|part| part.ends_with('.')), "{path}");
        if !name.contains('"') {
            assert!(sheet.contains(&format!("url(\"{address}\")")), "{address}");
        }
    }
}

#[test]
fn no_file_stands_where_another_needs_a_folder() {
    let mut sources = starter();
    put(&mut sources, "themes/default/assets/logo", "a logo");
    let tree = site(&sources);
    let planned = tree
        .iter()
        .map(|(path, _)| path.as_str())
        .find(|path| path.starts_with("assets/logo"))
        .expect("the logo");
    let inner = format!("themes/default/{planned}/inner.svg");
    put(&mut sources, &inner, "<svg/>");
    let found = build(&sources).found;
    let told: Vec<_> = found
        .iter()
        .map(|one| (one.code, one.place.path.as_str()))
        .collect();
    assert_eq!(told, [(Code::PageConflict, inner.as_str())]);
}

#[test]
fn names_that_are_too_long_for_a_disk_are_refused() {
    let mut sources = starter();
    let name = |length: usize| format!("themes/default/assets/{}.svg", "x".repeat(length - 4));
    // Nine more are the fingerprint and its dot.
    put(&mut sources, &name(246), "<svg/>");
    site(&sources);
    put(&mut sources, &name(247), "<svg/>");
    let found = build(&sources).found;
    let told: Vec<_> = found
        .iter()
        .map(|one| (one.code, one.place.path.as_str()))
        .collect();
    assert_eq!(told, [(Code::TooLarge, name(247).as_str())]);
}

/// The style sheet that readers of a project with this one get.
fn sheet_of(css: &str) -> String {
    let mut sources = starter();
    put(&mut sources, "themes/default/assets/own.css", css);
    let tree = site(&sources);
    let (_, bytes) = tree
        .iter()
        .find(|(path, _)| path.as_str().starts_with("assets/own."))
        .expect("the sheet");
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn style_sheets_lose_comments_and_space_and_nothing_else() {
    let same = |css: &str| (css.to_owned(), css.to_owned());
    let pair = |css: &str, small: &str| (css.to_owned(), small.to_owned());
    for (css, small) in [
        pair(
            "/* why */\na > b ::after {\n  content: \"/* a  b */\";\n}\n",
            "a > b ::after{content: \"/* a  b */\";}",
        ),
        pair(
            "@media (width > 40rem) {\n  c :is(d,\n e) { width: calc(1px + 2px) }\n}\n",
            "@media (width > 40rem){c :is(d,e){width: calc(1px + 2px)}}",
        ),
        // A comment is no space, and no glue.
        pair(
            "a/* x */:hover{}a/* x */b{}a /* x */ b{}",
            "a/**/:hover{}a/**/b{}a b{}",
        ),
        pair("/*/ Banner /*/\n.a{}", ".a{}"),
        same("@media screen and/**/(min-width:1px){}"),
        same("a{margin:1px 1/**/.5px}#/**/x{}"),
        // What quotes, brackets and backslashes hold together.
        same(r#"a{content:"\"  ;  /*";b:'  {'}"#),
        same("a{b:url(//x/*y;,z)}c{d:URL(data:/*b*/c)}"),
        same(r"a\;\  b{}.a\, .b{}.\31  b{}.\000031 b{}"),
        // What has no end: the rest as it is.
        same("a{}/* x  y\n"),
        pair("a {  b: \"c  d\n }  e { }", "a{b: \"c  d\n}e{}"),
        pair("a {} } b {}", "a{}}b{}"),
    ] {
        assert_eq!(sheet_of(&css), small);
    }
}

/// All style sheets of the starter's site with these ones added to its site theme, by name without hash.
fn sheets_with(added: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut sources = starter();
    for (name, css) in added {
        put(&mut sources, &format!("themes/default/assets/{name}"), css);
    }
    let tree = site(&sources);
    let sheets = tree.iter().filter_map(|(path, bytes)| {
        let name = path
            .as_str()
            .strip_prefix("assets/")?
            .strip_suffix(".css")?;
        let css = String::from_utf8(bytes.to_vec()).expect("UTF-8");
        Some((name.rsplit_once('.')?.0.to_owned(), css))
    });
    sheets.collect()
}

#[test]
fn style_sheets_take_in_others_at_their_beginning_alone() {
    let sheets = sheets_with(&[
        (
            "one.css",
            "/* One. */\n@import \"two.css\";\n@import url(\"https://example.org/x.css\");\nb { c: d }",
        ),
        (
            "two.css",
            "@import 'three.css'; @import \"one.css\"; .two { e: f }",
        ),
        ("three.css", ".three { g: h }\n@import \"four.css\";"),
        ("four.css", ".four { i: j }"),
    ]);
    let of = |wanted: &str| {
        let mut found = sheets.iter().filter(|(name, _)| name == wanted);
        found.next().map(|(_, css)| css.as_str())
    };
    // Each takes in the other: both are taken in, and neither would be sent for its own sake.
    assert_eq!((of("one"), of("two"), of("three")), (None, None, None));
    assert!(of("four").is_some());

    let sheets = sheets_with(&[
        (
            "one.css",
            "/* One. */\n@import \"two.css\";\n@import url(\"https://example.org/x.css\");\nb { c: url(\"icon.svg\") }",
        ),
        ("two.css", "@import 'three.css'; .two { e: f }"),
        ("three.css", ".three { g: url(\"icon.svg\") }"),
    ]);
    let (_, one) = sheets
        .iter()
        .find(|(name, _)| name == "one")
        .expect("it is sent");
    let beginning = "@import url(\"https://example.org/x.css\");.three{g: url(\"../assets/icon.";
    assert!(one.starts_with(beginning), "{one}");
    assert!(
        one.contains(".two{e: f}b{c: url(\"../assets/icon."),
        "{one}"
    );
    assert!(
        sheets
            .iter()
            .all(|(name, _)| name != "two" && name != "three")
    );
}

#[test]
fn the_built_in_scripts_are_sent_without_comments_and_those_of_a_project_as_they_are() {
    let mut sources = starter();
    let own = "// Mine.\nexport const  x = 1 ;\n";
    put(&mut sources, "themes/default/assets/own.js", own);
    let tree = site(&sources);
    let script = |name: &str| {
        let start = format!("assets/{name}.");
        let mut found = tree
            .iter()
            .filter(|(path, _)| path.as_str().starts_with(&start));
        let (_, bytes) = found.next().expect("the script");
        String::from_utf8(bytes.to_vec()).expect("UTF-8")
    };
    assert_eq!(script("own"), own);
    for name in [
        "core",
        "search-box",
        "reader",
        "settings",
        "offline",
        "index",
        "sheet",
        "search",
        "results",
    ] {
        assert!(
            !script(name).contains("/*") && !script(name).contains("// "),
            "{name}"
        );
    }
    assert!(
        script("vendor/minisearch").contains("/*"),
        "its licence stays"
    );
}

#[test]
fn addresses_in_style_sheets_lead_to_files_however_they_are_written() {
    let css = r#"a{b:url(icon.svg)}c{d:url('icon.svg')}e{f:URL( "./icon.svg#x" )}g{h:url("data:,x")}i{j:url(#other)}"#;
    let sheets = sheets_with(&[("one.css", css)]);
    let (_, one) = sheets
        .iter()
        .find(|(name, _)| name == "one")
        .expect("it is sent");
    let icon = one["a{b:url(".len()..]
        .split_once(')')
        .expect("an address")
        .0;
    assert!(
        icon.starts_with("../assets/icon.") && icon != "icon.svg",
        "{one}"
    );
    let expected = css
        .replace("./icon.svg", icon)
        .replace("(icon.svg", &format!("({icon}"));
    let expected = expected.replace("'icon.svg", &format!("'{icon}"));
    assert_eq!(one.replace(' ', ""), expected.replace(' ', ""));
}

/// A picture for an own style sheet stands beside it, and its address leads there whatever it is called on the site.
#[test]
fn pictures_beside_own_style_sheets_are_published() {
    let mut sources = crate::project::with_settings("extra: {css: [look/brand.css]}");
    let css = "a { background: url(wave.svg#top) } b { background: url('../../../dot.svg') } i { background: url(\"look/wave.svg\") }";
    put(&mut sources, "content/extra/look/brand.css", css);
    put(&mut sources, "content/extra/look/wave.svg", "<svg/>");
    put(&mut sources, "content/files/dot.svg", "<svg/>");
    let found = build(&sources).found;
    assert_eq!(crate::project::reports(&found, &sources), "");
    let tree = site(&sources);
    let file = |start: &str| {
        let mut paths = tree.iter().map(|(path, _)| path.as_str());
        let path = paths.find(|path| path.starts_with(start));
        path.expect(start).to_owned()
    };
    let wave = file("assets/extra/look/wave.");
    let sheet = tree
        .get(&file("assets/extra/look/brand."))
        .expect("the sheet");
    let sheet = std::str::from_utf8(sheet).expect("UTF-8");
    assert_eq!(
        sheet.matches(&format!("../../../{wave}")).count(),
        2,
        "{sheet}"
    );
}
