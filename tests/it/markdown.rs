//! What of Markdown is understood, and that nothing of it is lost or published by accident.

use prepbook::diagnostic::{Code, Severity};

use crate::project::{build, edit, put, reports, site, starter};

/// The body of a guide with this text, as its page shows it.
fn guide(text: &str) -> String {
    let mut sources = starter();
    let front = "title: A guide\norder: 9\nsummary: One more.\nrelated: [question:creaking-bicycle, theme:at-the-stand, framework:star]";
    put(
        &mut sources,
        "content/guides/made.md",
        &format!("---\n{front}\n---\n\n{text}\n"),
    );
    let built = build(&sources);
    assert!(
        built
            .found
            .iter()
            .all(|one| one.severity() != Severity::Error),
        "{}",
        reports(&built.found, &sources)
    );
    let page = String::from_utf8_lossy(built.value.get("guides/made/index.html").expect("it"))
        .into_owned();
    let (_, body) = page.split_once("<main").expect("the content");
    body.split("</main>").next().expect("its end").to_owned()
}

#[test]
fn marks_are_printed_alike_in_titles_and_in_texts() {
    for (written, printed) in [
        ("Hits of the '90s and '08", "Hits of the ’90s and ’08"),
        ("He is 5'10\" tall", "He is 5′10″ tall"),
        ("A 10\" wheel and 26\" tyres", "A 10″ wheel and 26″ tyres"),
        ("Rock 'n' roll", "Rock ’n’ roll"),
        ("'Tis here, get 'em", "’Tis here, get ’em"),
        ("\"In 1990\" she said 'no'", "“In 1990” she said ‘no’"),
        ("\"He is 5'10\" tall\"", "“He is 5′10″ tall”"),
        ("It's the riders' stand", "It’s the riders’ stand"),
        ("(\"so\") and \"'nested'\"", "(“so”) and “‘nested’”"),
        ("A '90' and an 'em'", "A ‘90’ and an ‘em’"),
    ] {
        assert_eq!(
            prepbook::model::markdown::Quotes::default().curly(written),
            printed
        );
        assert!(
            guide(written).contains(&format!("<p>{printed}</p>")),
            "{printed}: {}",
            guide(written)
        );
    }
    let body = guide("One--two, three---four... \\\"as is\\\", &quot;so&quot; and `\"code\"`\"s.");
    assert!(
        body.contains("One–two, three—four… &quot;as is&quot;, &quot;so&quot; and <code>&quot;code&quot;</code>”s.")
            || body.contains("One–two, three—four… \"as is\", \"so\" and <code>\"code\"</code>”s."),
        "{body}"
    );
}

#[test]
fn bare_addresses_are_links_and_stay_as_they_are() {
    let body = guide(
        "See https://example.org/a--b_(c)?q='x'. Or (http://example.org/...), `https://code.example/` and [words](https://example.org/d).",
    );
    for link in [
        "<a href=\"https://example.org/a--b_(c)?q=&#x27;x\" rel=\"noopener noreferrer\">",
        "<a href=\"http://example.org/\" rel=\"noopener noreferrer\">http://example.org/</a>",
        "<code>https://code.example/</code>",
        ">words</a>",
    ] {
        let plain = link.replace("&#x27;", "'");
        assert!(
            body.contains(link)
                || body.contains(&plain)
                || body.contains(&link.replace("&#x27;", "&#39;")),
            "{link}: {body}"
        );
    }
    assert!(
        body.contains(">https://example.org/a--b_(c)?q="),
        "no dash in an address: {body}"
    );
}

#[test]
fn comments_go_nowhere() {
    let mut sources = starter();
    put(
        &mut sources,
        "content/guides/made.md",
        "---\ntitle: A guide\norder: 9\nsummary: One more.\nrelated: [question:creaking-bicycle, theme:at-the-stand, framework:star]\n---\n\n\
         <!-- zebrawood\nand [](question:nowhere) -->\n\nBefore <!-- zebrawood --> after.\n\n`<!-- code -->`\n\n```html\n<!-- block -->\n```\n",
    );
    edit(
        &mut sources,
        "content/questions/creaking-bicycle.yaml",
        "  - You ask before you touch.",
        "  - You ask <!-- zebrawood --> before you [touch](https:/nowhere).",
    );
    let found = build(&sources).found;
    // A place behind a comment is still the right one.
    assert_eq!(found.len(), 1, "{}", reports(&found, &sources));
    let range = found[0].place.span.range();
    assert_eq!(&sources.text(&found[0].place.path)[range], "https:/nowhere");
    edit(
        &mut sources,
        "content/questions/creaking-bicycle.yaml",
        "https:/nowhere",
        "theme:at-the-stand",
    );
    assert_eq!(reports(&build(&sources).found, &sources), "");
    let tree = site(&sources);
    for (path, bytes) in tree.iter() {
        assert!(
            !String::from_utf8_lossy(bytes).contains("zebrawood"),
            "{path}"
        );
    }
    let page =
        String::from_utf8_lossy(tree.get("guides/made/index.html").expect("it")).into_owned();
    assert!(
        page.contains("&lt;!-- code --&gt;") && page.contains("block"),
        "{page}"
    );
}

#[test]
fn call_outs_take_a_title() {
    let body = guide(
        "> [!warning] Don't *touch*\n> Ask first.\n\n> [!NOTE]\n> Plain.\n\n> [!TIP] Alone\n\n> Just quoted.",
    );
    for piece in [
        "<div class=\"note note-warning\">\n<p class=\"note-title\">Don’t *touch*</p>\n<p>Ask first.</p>\n</div>",
        "<p class=\"note-title\">Note</p>\n<p>Plain.</p>\n</div>",
        "<p class=\"note-title\">Alone</p>\n</div>",
        "<blockquote>\n<p>Just quoted.</p>\n</blockquote>",
    ] {
        assert!(body.contains(piece), "{piece}: {body}");
    }
}

#[test]
fn headings_take_ids_and_can_be_linked_to() {
    let body =
        guide("## Wheels and *tyres* {#wheels}\n\nSee [above](#wheels).\n\n## Chain\n\nOil.");
    assert!(
        body.contains(
            "<h2 id=\"wheels\">Wheels and <em>tyres</em><a class=\"permalink\" href=\"#wheels\""
        ),
        "{body}"
    );
    assert!(
        body.contains("<h2 id=\"chain\">Chain<a class=\"permalink\" href=\"#chain\""),
        "{body}"
    );
    assert!(!body.contains("{#"));
}

#[test]
fn footnotes_end_the_text_in_their_order_and_lead_back() {
    let body =
        guide("[^b]: Second.\n\nFirst[^a], then[^b], again[^a].\n\n[^a]: First note.\n\nThe end.");
    let at = |piece: &str| {
        body.find(piece)
            .unwrap_or_else(|| panic!("{piece}: {body}"))
    };
    assert!(at("The end.") < at("First note.") && at("First note.") < at("Second."));
    assert!(body.contains("<a href=\"#note_1\" id=\"mention_1\">1</a>"));
    assert_eq!(body.matches("id=\"mention_1\"").count(), 1);
    assert!(
        body.contains("First note. <a class=\"back\" href=\"#mention_1\""),
        "{body}"
    );
}

#[test]
fn a_footnote_is_led_to_whatever_its_capitals() {
    let body = guide("First[^A].\n\n[^a]: First note.");
    assert!(
        body.contains("href=\"#note_1\"") && body.contains("id=\"note_1\""),
        "{body}"
    );
    assert!(!body.contains("note_2"), "{body}");
}

#[test]
fn what_is_stray_is_told_and_what_is_not_is_not() {
    for text in [
        "An array[0] (see below) and a set {1} of [1] (as above).",
        "| a | b |\n|---|---|\n| `x\\|y` | z |",
        "An import of goods.",
        "Wait!!! Now.",
    ] {
        let mut sources = starter();
        put(
            &mut sources,
            "content/guides/made.md",
            &format!(
                "---\ntitle: A guide\norder: 9\nsummary: One more.\nrelated: [question:creaking-bicycle, theme:at-the-stand, framework:star]\n---\n\n{text}\n"
            ),
        );
        assert_eq!(reports(&build(&sources).found, &sources), "", "{text}");
    }
    let mut sources = starter();
    edit(
        &mut sources,
        "content/questions/creaking-bicycle.yaml",
        "tags: [diagnosis",
        "tags: [\"C #1\", diagnosis",
    );
    assert!(
        build(&sources)
            .found
            .iter()
            .all(|one| one.code != Code::CutText)
    );
}

#[test]
fn pages_are_written_in_the_direction_of_their_language() {
    for (language, is_reversed) in [
        ("ar", true),
        ("fa-IR", true),
        ("az-Arab", true),
        ("he", true),
        ("en-GB", false),
        ("ku-Latn", false),
        ("pa-Guru", false),
    ] {
        let mut sources = starter();
        edit(
            &mut sources,
            "content/handbook.yaml",
            "language: en-GB",
            &format!("language: {language}"),
        );
        let tree = site(&sources);
        let page = String::from_utf8_lossy(tree.get("index.html").expect("it")).into_owned();
        assert_eq!(
            page.contains(&format!("<html lang=\"{language}\" dir=\"rtl\">")),
            is_reversed,
            "{language}"
        );
        let manifest =
            String::from_utf8_lossy(tree.get("manifest.webmanifest").expect("it")).into_owned();
        assert_eq!(
            manifest.contains("\"dir\":\"rtl\""),
            is_reversed,
            "{language}"
        );
    }
}

/// The levels of the headings of a piece of HTML, in their order.
fn levels(html: &str) -> Vec<u8> {
    let digit = |rest: &str| rest.bytes().next().filter(u8::is_ascii_digit);
    let found = html.split("<h").skip(1).filter_map(digit);
    found.map(|digit| digit - b'0').collect()
}

#[test]
fn headings_skip_no_level() {
    for (text, shown) in [
        ("#### Deep\n\n#### Beside", vec![2, 2]),
        ("# A\n\n###### b\n\n## C", vec![2, 3, 2]),
        (
            "## A\n\n#### b\n\n#### c\n\n##### d\n\n### e",
            vec![2, 3, 3, 4, 3],
        ),
        ("1. #### c", vec![2]),
        ("> ##### c", vec![2]),
        (
            "## A\n\n### b\n\n#### c\n\n##### d\n\n###### e",
            vec![2, 3, 4, 5, 6],
        ),
        (
            "## A[^n]\n\n### b\n\n[^n]: #### x\n\n#### c",
            vec![2, 3, 4, 2],
        ),
    ] {
        let page = guide(text);
        let (_, body) = page.split_once("</h1>").expect("the title");
        let found = levels(body);
        assert_eq!(found[..shown.len()], shown, "{text}");
        let mut sources = starter();
        let front = "---\ntitle: Made\norder: 9\nsummary: One more.\n---\n\n";
        put(
            &mut sources,
            "content/guides/made.md",
            &format!("{front}{text}\n"),
        );
        let tree = site(&sources);
        for (path, bytes) in tree.iter().filter(|(path, _)| path.is_page()) {
            let mut before = 1;
            for level in levels(&String::from_utf8_lossy(bytes)) {
                assert!(level <= before + 1, "{path}: {before} to {level}: {text}");
                before = level;
            }
        }
    }
}
