//! What is made of Markdown where only its words are wanted.

use scraper::{Html, Selector};

use prepbook::diagnostic::Code;

use crate::project::{build, edit, put, site, starter};

/// The attribute, or the text, of the first element that a selector finds on a page of the starter handbook with one
/// more guide and one more exercise.
fn shown(page: &str, selector: &str, attribute: Option<&str>) -> String {
    let mut sources = starter();
    let guide = "---\ntitle: Raw\norder: 9\nsummary: <i>Raw</i> &amp; odd.\nrelated: [question:creaking-bicycle, theme:at-the-stand]\n---\n## Use <b>both</b>\nhands & \"eyes\"\n\n\
        Brakes <i>first</i>, then\nthe rest\n---\n\n| A <b>bold</b> head | `<code>` | |\n|---|---|---|\n| x | y | z |\n\n<div>\nA block.\n</div>\n";
    put(&mut sources, "content/guides/raw.md", guide);
    let exercise = "title: Raw\nminutes: 5\ntrains: |\n  ## Say <i>it</i>\n\n  <b>Aloud</b> and\n  `<twice>`.\n\n  Then rest.\nsteps: [\"[](guide:raw), [](question:creaking-bicycle), [](theme:at-the-stand)\"]\n";
    put(&mut sources, "content/exercises/raw.yaml", exercise);
    let tree = site(&sources);
    let page = tree.get(page).expect("a page");
    let document = Html::parse_document(std::str::from_utf8(page).expect("UTF-8"));
    let selector = Selector::parse(selector).expect("a selector");
    let element = document.select(&selector).next().expect("an element");
    match attribute {
        Some(name) => element.attr(name).expect("the attribute").to_owned(),
        None => element.text().collect(),
    }
}

#[test]
fn raw_html_is_kept_as_text_wherever_text_is_taken() {
    let guide = "guides/raw/index.html";
    for (page, selector, attribute, expected) in [
        (guide, ".toc li:nth-child(1)", None, "Use <b>both</b>"),
        (
            guide,
            ".toc li:nth-child(2)",
            None,
            "Brakes <i>first</i>, then the rest",
        ),
        (
            guide,
            ".toc li:nth-child(2) a",
            Some("href"),
            "#brakes-i-first-i-then-the-rest",
        ),
        (
            guide,
            "td:nth-child(1)",
            Some("data-th"),
            "A <b>bold</b> head",
        ),
        (guide, "td:nth-child(2)", Some("data-th"), "<code>"),
        (
            guide,
            ".prose > p:last-child",
            None,
            "<div>\nA block.\n</div>\n",
        ),
        (
            "practice/raw/index.html",
            "meta[name=description]",
            Some("content"),
            "Say <i>it</i> <b>Aloud</b> and <twice>.",
        ),
    ] {
        assert_eq!(
            shown(page, selector, attribute),
            expected,
            "{page} {selector}"
        );
    }
}

#[test]
fn an_empty_cell_heads_no_column() {
    let guide = "guides/raw/index.html";
    assert_eq!(shown(guide, "thead tr > :nth-child(3)", None), "");
    assert_eq!(shown(guide, "thead td", None), "");
    assert_eq!(shown(guide, "tbody td:not([data-th])", None), "z");
}

#[test]
fn questions_named_in_running_text_are_quoted_and_in_lists_of_links_are_not() {
    let mut sources = starter();
    let guide = "---\ntitle: Named\norder: 9\nsummary: Named.\nrelated: [question:creaking-bicycle, theme:at-the-stand]\n---\nRead [](question:creaking-bicycle), then rest.\n";
    put(&mut sources, "content/guides/named.md", guide);
    let exercise = "title: Named\nminutes: 5\ntrains: Aloud.\nsteps: [\"[](guide:named), [](question:creaking-bicycle), [](theme:at-the-stand)\"]\n";
    put(&mut sources, "content/exercises/named.yaml", exercise);
    let tree = site(&sources);
    let links = |page: &str| {
        let page = tree.get(page).expect("a page");
        let document = Html::parse_document(std::str::from_utf8(page).expect("UTF-8"));
        let selector =
            Selector::parse("main .column a[href*=creaking-bicycle]").expect("a selector");
        let link = document.select(&selector).next().expect("a link");
        (
            link.text().collect::<String>(),
            link.inner_html().contains("class=\"said\""),
        )
    };
    let (quoted, is_said) = links("guides/named/index.html");
    assert!(quoted.starts_with('“') && quoted.ends_with('”'), "{quoted}");
    assert!(is_said);
    let (plain, is_said) = links("practice/named/index.html");
    assert!(!plain.contains('“'), "{plain}");
    assert!(!is_said);
}

#[test]
fn quotes_of_titles_are_typographic_on_every_page() {
    let mut sources = starter();
    let title = r#"How "it" <works> & 'why'"#;
    let guide = format!(
        "---\ntitle: {title}\norder: 9\nsummary: What \"it\" does.\nrelated: [theme:at-the-stand, question:creaking-bicycle, company:lantern-street-cycles]\n---\nText.\n"
    );
    put(&mut sources, "content/guides/how.md", &guide);
    for path in [
        "content/handbook.yaml",
        "content/themes/at-the-stand.yaml",
        "content/frameworks/star.yaml",
        "content/companies/lantern-street-cycles.yaml",
        "content/exercises/two-minute-drill.yaml",
        "content/questions/creaking-bicycle.yaml",
    ] {
        edit(&mut sources, path, "title: ", "title: The \"good\" one, ");
    }
    let tree = site(&sources);
    for page in [
        "guides/how/index.html",
        "guides/index.html",
        "index.html",
        "themes/at-the-stand/index.html",
        "frameworks/star/index.html",
        "frameworks/index.html",
        "companies/lantern-street-cycles/index.html",
        "companies/index.html",
        "practice/two-minute-drill/index.html",
        "practice/index.html",
        "questions/creaking-bicycle/index.html",
        "questions/index.html",
        "all/index.html",
    ] {
        let bytes = tree.get(page).expect("a page");
        let document = Html::parse_document(std::str::from_utf8(bytes).expect("UTF-8"));
        let text: String = document.root_element().text().collect();
        let has = |words: [&str; 2]| words.iter().any(|word| text.contains(word));
        assert!(has(["“good”", "“it”"]), "{page} has typographic quotes");
        assert!(!has(["\"good\"", "\"it\""]), "{page} has straight quotes");
    }
}

#[test]
fn quotation_marks_open_after_space_and_close_after_words() {
    let text = r#""It's done," he said ('so far')"#;
    assert_eq!(
        prepbook::model::markdown::Quotes::default().curly(text),
        "“It’s done,” he said (‘so far’)"
    );
}

#[test]
fn the_words_of_a_task_name_its_box() {
    let mut sources = starter();
    let guide = "---\ntitle: Tasks\norder: 9\nsummary: What to tick.\nrelated: [question:creaking-bicycle, theme:at-the-stand]\n---\n\
        - [ ] Ring the *bell*\n  - [x] Oil it\n- [ ] Wash\n  ```\n  water\n  ```\n\n1. [x] Ride\n\n   It is done.\n2. [ ] Sleep, says [](guide:how-it-works)\n";
    put(&mut sources, "content/guides/tasks.md", guide);
    let tree = site(&sources);
    let page = tree.get("guides/tasks/index.html").expect("a page");
    let document = Html::parse_document(std::str::from_utf8(page).expect("UTF-8"));
    let boxes = Selector::parse(".prose [type=checkbox]").expect("a selector");
    let labels = Selector::parse(".prose label:has([type=checkbox])").expect("a selector");
    assert_eq!(document.select(&boxes).count(), 5);
    let names: Vec<String> = document
        .select(&labels)
        .map(|label| label.text().collect::<String>().trim().to_owned())
        .collect();
    assert_eq!(
        names,
        [
            "Ring the bell",
            "Oil it",
            "Wash",
            "Ride",
            "Sleep, says How a workshop interview works"
        ]
    );
}

#[test]
fn a_figure_and_its_unit_stay_on_one_line() {
    let mut sources = starter();
    let guide = "---\ntitle: Units\norder: 9\nsummary: Of figures.\nrelated: [question:creaking-bicycle, theme:at-the-stand, guide:how-it-works]\n---\n\
        It took 15 s, or 41 % of `2 s`.\n\n- **5 ms** (9 %)\n- In 3 steps, 4 sheep and section 7 hold.\n";
    put(&mut sources, "content/guides/units.md", guide);
    let tree = site(&sources);
    let page = tree.get("guides/units/index.html").expect("a page");
    let document = Html::parse_document(std::str::from_utf8(page).expect("UTF-8"));
    let prose = Selector::parse(".prose").expect("a selector");
    let text: String = document
        .select(&prose)
        .next()
        .expect("the text")
        .text()
        .collect();
    for bound in [
        "15\u{a0}s, or 41\u{a0}% of 2 s.",
        "5\u{a0}ms (9\u{a0}%)",
        "In 3 steps, 4 sheep and section 7 hold.",
    ] {
        assert!(text.contains(bound), "{bound} in {text}");
    }
}

#[test]
fn principles_of_one_company_have_titles_of_their_own() {
    let path = "content/companies/lantern-street-cycles.yaml";
    for (title, told) in [("ride  it Before they do.", 1), ("No kind lies.", 0)] {
        let mut sources = starter();
        edit(
            &mut sources,
            path,
            "title: Our part first.",
            &format!("title: {title}"),
        );
        let found = build(&sources).found;
        let same = found.iter().filter(|one| one.code == Code::DuplicateTitle);
        assert_eq!(same.count(), told, "{title}");
    }
}

#[test]
fn a_title_is_held_against_those_of_index_pages_in_the_handbooks_language() {
    for (language, title, told) in [
        ("en-GB", "Questions", 1),
        ("en-GB", "Fragen", 0),
        ("de", "Fragen", 1),
        ("de", "Questions", 0),
    ] {
        let mut sources = starter();
        let language_is = format!("language: {language}");
        let settings = "content/handbook.yaml";
        edit(&mut sources, settings, "language: en-GB", &language_is);
        let guide = format!("---\ntitle: {title}\norder: 9\nsummary: S.\n---\n\nText.\n");
        put(&mut sources, "content/guides/same.md", &guide);
        let found = build(&sources).found;
        let same = found.iter().filter(|one| one.code == Code::DuplicateTitle);
        assert_eq!(same.count(), told, "{title} in {language}");
    }
}

/// A page of the starter handbook in another language, with a guide that quotes.
fn quoting(language: &str, words: Option<&str>) -> (String, String) {
    let mut sources = starter();
    let guide = "---\ntitle: Wer \"ja\" sagt\norder: 9\nsummary: Was \"ja\" heißt.\nrelated: [theme:at-the-stand, question:creaking-bicycle]\n---\n\
        Er sagte \"Ich 'will' nicht\", und \"geht's\"? `a \"b\"` <https://example.org/\"c\"> \\\"d\\\"\n\n> [!TIP] Ein \"Rat\"\n> Ja.\n";
    put(&mut sources, "content/guides/quoting.md", guide);
    if let Some(words) = words {
        let path = format!("themes/default/words/{language}.yaml");
        put(&mut sources, &path, words);
    }
    edit(
        &mut sources,
        "content/handbook.yaml",
        "language: en-GB",
        &format!("language: {language}"),
    );
    let tree = site(&sources);
    let page = tree.get("guides/quoting/index.html").expect("a page");
    let page = String::from_utf8_lossy(page).into_owned();
    let document = Html::parse_document(&page);
    let prose = Selector::parse(".prose").expect("a selector");
    let prose = document.select(&prose).next().expect("the text");
    (page.clone(), prose.text().collect())
}

#[test]
fn quotes_are_those_of_the_language() {
    let french =
        "quote:\n  open: \"«\\u00a0\"\n  close: \"\\u00a0»\"\n  inner-open: “\n  inner-close: ”\n";
    for (language, words, quoted, title) in [
        (
            "en-GB",
            None,
            "“Ich ‘will’ nicht”, und “geht’s”?",
            "Wer “ja” sagt",
        ),
        (
            "de",
            None,
            "„Ich ‚will‘ nicht“, und „geht’s“?",
            "Wer „ja“ sagt",
        ),
        (
            "de-CH",
            Some("quote: {open: «, close: », inner-open: ‹, inner-close: ›}\n"),
            "«Ich ‹will› nicht», und «geht’s»?",
            "Wer «ja» sagt",
        ),
        (
            "en-CA",
            Some(french),
            "«\u{a0}Ich “will” nicht\u{a0}», und «\u{a0}geht’s\u{a0}»?",
            "Wer «\u{a0}ja\u{a0}» sagt",
        ),
    ] {
        let (page, prose) = quoting(language, words);
        assert!(prose.contains(quoted), "{language}: {prose}");
        // Code, addresses and what is escaped are meant as they are written.
        assert!(prose.contains("a \"b\""), "{language}: {prose}");
        assert!(prose.contains("\"d\""), "{language}: {prose}");
        assert!(
            page.contains(&format!("<h1>{title}</h1>")) || page.contains(title),
            "{language}"
        );
        let meta = format!(
            "name=\"description\" content=\"{}",
            title.replace("Wer", "Was").replace(" sagt", " heißt.")
        );
        assert!(page.contains(&meta), "{language}: {meta}");
        let mark = title
            .trim_start_matches("Wer ")
            .chars()
            .next()
            .expect("a mark");
        assert!(
            page.contains(&format!("Ein {mark}")),
            "{language}: the call-out"
        );
    }
}

#[test]
fn a_link_without_words_has_its_title_wherever_text_is_taken() {
    let mut sources = starter();
    let exercise = "title: Linked\nminutes: 5\ntrains: First [](theme:at-the-stand), then [](question:creaking-bicycle) and [](guide:waiting).\nsteps: [Say it.]\n";
    put(&mut sources, "content/exercises/linked.yaml", exercise);
    let draft = "---\ntitle: Zymurgy\ndraft: true\norder: 9\nsummary: Later.\n---\nText.\n";
    put(&mut sources, "content/guides/waiting.md", draft);
    edit(
        &mut sources,
        "content/companies/towpath-repair-club.yaml",
        "summary: >-\n",
        "summary: >-\n  See [](theme:at-the-stand) first.\n",
    );
    let tree = site(&sources);
    let text = |path: &str| {
        let bytes = tree.get(path).unwrap_or_else(|| panic!("no {path}"));
        String::from_utf8_lossy(bytes).into_owned()
    };
    let page = text("practice/linked/index.html");
    let question = "A rider says that the bicycle creaks, and you can’t hear it. What do you do?";
    let plain = format!("First At the stand, then “{question}” and Zymurgy.");
    let document = Html::parse_document(&page);
    for name in ["name=description", "property=\"og:description\""] {
        let selector = Selector::parse(&format!("meta[{name}]")).expect("a selector");
        let meta = document.select(&selector).next().expect("a description");
        let told = meta.attr("content").expect("a text").trim_end_matches('…');
        assert!(plain.starts_with(told), "{name}: {told}");
        assert!(told.contains("At the stand"), "{name}: {told}");
    }
    assert!(text("companies/index.html").contains("See At the stand first."));
    assert!(text("search-data.js").to_lowercase().contains("zymurgy"));
}

#[test]
fn columns_are_aligned_with_their_headings() {
    let mut sources = starter();
    let guide = "---\ntitle: Columns\norder: 9\nsummary: Columns.\nrelated: [theme:at-the-stand, question:creaking-bicycle]\n---\n| a | b | c |\n|---|:-:|--:|\n| 1 | 2 | 3 |\n";
    put(&mut sources, "content/guides/columns.md", guide);
    let tree = site(&sources);
    let page = String::from_utf8_lossy(tree.get("guides/columns/index.html").expect("a page"));
    let document = Html::parse_document(&page);
    let classes = |row: &str| -> Vec<Option<String>> {
        let selector = Selector::parse(&format!(".prose {row} > *")).expect("a selector");
        let cells = document.select(&selector);
        cells
            .map(|cell| cell.attr("class").map(str::to_owned))
            .collect()
    };
    let aligned = [None, Some("middle".to_owned()), Some("number".to_owned())];
    assert_eq!(classes("thead tr"), aligned);
    assert_eq!(classes("tbody tr"), aligned);
}

#[test]
fn a_row_says_once_that_it_is_editorial() {
    let mut sources = starter();
    edit(
        &mut sources,
        "content/questions/creaking-bicycle.yaml",
        "    principles: [ride-it-first]\n",
        "    principles: [ride-it-first]\n    editorial: true\n",
    );
    let tree = site(&sources);
    let selector = Selector::parse("dl.who > div").expect("a selector");
    let mut rows = 0;
    for (path, bytes) in tree
        .iter()
        .filter(|(path, _)| path.as_str().starts_with("questions/"))
    {
        let page = Html::parse_document(&String::from_utf8_lossy(bytes));
        for row in page.select(&selector) {
            let text: String = row.text().collect();
            assert!(text.matches("editorial").count() <= 1, "{path}: {text}");
            rows += 1;
        }
    }
    assert!(rows > 1);
}
