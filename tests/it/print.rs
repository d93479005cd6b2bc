//! The print edition: the whole handbook as one document, read from the built file.

use std::collections::BTreeSet;

use prepbook::output::OutputTree;
use prepbook::plan::PRINTABLE_QUESTIONS;
use prepbook::source::SourcePath;
use scraper::{ElementRef, Html, Selector};

use crate::project::{edit, put, repository, site, starter};

const PAGE: &str = "print/index.html";

fn edition(tree: &OutputTree) -> Html {
    let page = tree.get(PAGE).expect("a print edition");
    Html::parse_document(std::str::from_utf8(page).expect("UTF-8"))
}

fn select<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).expect("a selector"))
        .collect()
}

fn own_handbook() -> OutputTree {
    site(&prepbook::load::load(&repository()).expect("the project's own handbook"))
}

#[test]
fn every_id_is_unique_and_every_link_stays_inside_what_is_inside() {
    let tree = own_handbook();
    let html = edition(&tree);
    let ids: Vec<&str> = select(&html, "[id]")
        .iter()
        .filter_map(|element| element.attr("id"))
        .collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(unique.len(), ids.len());

    let named = select(
        &html,
        "main [for], main [aria-labelledby], main [aria-describedby]",
    );
    for element in named {
        for attribute in ["for", "aria-labelledby", "aria-describedby"] {
            for id in element.attr(attribute).unwrap_or_default().split(' ') {
                assert!(id.is_empty() || unique.contains(id), "{attribute}={id}");
            }
        }
    }
    let links: Vec<&str> = select(&html, "main a[href]")
        .iter()
        .filter_map(|link| link.attr("href"))
        .collect();
    assert!(links.len() > 1000, "{} links", links.len());
    for link in links {
        let lands = match link.strip_prefix('#') {
            Some(id) => unique.contains(id),
            None => link.starts_with("https://"),
        };
        assert!(lands, "{link}");
    }
}

#[test]
fn every_record_is_a_numbered_part_and_stands_in_the_contents() {
    let tree = own_handbook();
    let html = edition(&tree);
    let parts: Vec<&str> = select(&html, ".chapter[id], section.piece[id]")
        .iter()
        .filter_map(|part| part.attr("id"))
        .collect();
    let listed: Vec<&str> = select(&html, ".outline a")
        .iter()
        .filter_map(|link| link.attr("href")?.strip_prefix('#'))
        .collect();
    assert_eq!(parts, listed);
    let records = tree.iter().filter_map(|(path, bytes)| {
        let name = path.as_str().strip_suffix("/index.html")?;
        let is_record = name.contains('/')
            && !String::from_utf8_lossy(bytes).contains("http-equiv=\"refresh\"");
        is_record.then_some(name)
    });
    let parts: BTreeSet<&str> = parts.into_iter().collect();
    let missing: Vec<&str> = records.filter(|name| !parts.contains(name)).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn a_question_stands_there_in_full() {
    let html = edition(&site(&starter()));
    let question = &select(&html, "[id='questions/creaking-bicycle']")[0];
    let text: String = question.text().collect();
    for words in [
        "Five steps to a creak",
        "In 60 seconds",
        "Follow-up questions",
        "You have spent 40 minutes and it still creaks",
        "Traps",
    ] {
        assert!(text.contains(words), "no {words:?} in {text}");
    }
}

#[test]
fn nothing_is_folded_and_nothing_of_the_screen_remains() {
    let html = edition(&own_handbook());
    let left = select(
        &html,
        ".chapter :is(details, summary, nav, aside, h1, .screen, .with-script)",
    );
    assert!(left.is_empty(), "{:?}", left[0].html());
}

#[test]
fn headings_descend_one_step_at_a_time() {
    let html = edition(&own_handbook());
    let mut before = 0;
    for heading in select(&html, "main :is(h1, h2, h3, h4, h5, h6)") {
        let level = heading.value().name()[1..].parse::<u8>().expect("a level");
        assert!(level <= before + 1, "h{before}, then {}", heading.html());
        before = level;
    }
}

#[test]
fn the_edition_follows_the_templates_of_the_site_theme() {
    let mut sources = starter();
    put(
        &mut sources,
        "themes/default/templates/guide.html",
        "{% extends \"layout.html\" %}{% block content %}<h1>{{ title }}</h1>\
         <p id=\"own\">Our own words. <a href=\"#own\">Here</a></p>{{ body }}{% endblock %}",
    );
    let html = edition(&site(&sources));
    let own = select(
        &html,
        "[id='guides/bench-trial.own'] a[href='#guides/bench-trial.own']",
    );
    assert_eq!(own.len(), 1);
}

#[test]
fn what_a_site_theme_writes_in_its_own_way_is_fitted_in_too() {
    let mut sources = starter();
    let content = r#"<h1>{{ title }}</h1><!-- <nav> --><div class='own screen'><div>gone</div><img src=x.png><br/>gone</div>
<input class=screen name=gone><svg><g class="screen"/><path d="M1 1"/></svg>
<textarea id=own rows=2><b class="screen">kept</textarea>
<p id = 'two words' title="a > b" hidden>gone</p><details open class="x"><summary>Said</summary>1 < 2</details>
<label for = 'own' data-x='"'>kept</label><h2>Sinks</h2>{{ body }}"#;
    put(
        &mut sources,
        "themes/default/templates/guide.html",
        &format!("{{% extends \"layout.html\" %}}{{% block content %}}{content}{{% endblock %}}"),
    );
    let tree = site(&sources);
    let page = String::from_utf8_lossy(tree.get(PAGE).expect("a print edition"));
    let fitted = r#"<!-- <nav> -->
<svg><path d="M1 1"/></svg>
<textarea id="guides/bench-trial.own" rows=2><b class="screen">kept</textarea>
<div class="x"><p>Said</p>1 < 2</div>
<label for="guides/bench-trial.own" data-x='"'>kept</label><h4>Sinks</h4>"#;
    assert!(page.contains(fitted), "{page}");
}

#[test]
fn a_handbook_too_long_for_paper_has_no_edition_and_no_link_to_one() {
    let mut sources = starter();
    let path = "content/questions/not-worth-repairing.yaml";
    let question = sources
        .text(&SourcePath::new(path))
        .replace("number: 2\n", "");
    for nth in 0..=PRINTABLE_QUESTIONS {
        put(
            &mut sources,
            &format!("content/questions/copy-{nth}.yaml"),
            &question,
        );
    }
    let tree = site(&sources);
    assert!(tree.get(PAGE).is_none());
    for page in ["index.html", "all/index.html"] {
        let html = String::from_utf8_lossy(tree.get(page).expect("a page"));
        assert!(!html.contains("print/"), "{page} links to the edition");
    }
}

#[test]
fn search_engines_are_not_shown_everything_twice() {
    let mut sources = starter();
    edit(
        &mut sources,
        "content/handbook.yaml",
        "language:",
        "base_url: https://handbook.example\nlanguage:",
    );
    let tree = site(&sources);
    let sitemap = String::from_utf8_lossy(tree.get("sitemap.xml").expect("a sitemap"));
    assert!(!sitemap.contains("/print/"));
    let html = edition(&tree);
    assert_eq!(select(&html, "meta[name=robots][content=noindex]").len(), 1);
}
