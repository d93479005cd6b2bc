//! Links of the built pages, read from the files as a browser would.

use std::collections::{BTreeMap, BTreeSet};

use prepbook::output::OutputTree;
use prepbook::source::{SourcePath, Sources};
use scraper::{Html, Selector};

use crate::project::{edit, put, repository, site, starter};

/// A page's ids and the addresses it uses.
struct Page {
    ids: BTreeSet<String>,
    /// Links, style sheets, scripts, images.
    addresses: Vec<String>,
    repeated_ids: Vec<String>,
}

fn read(html: &str) -> Page {
    let document = Html::parse_document(html);
    let all = Selector::parse("[href], [src], [id]").expect("a selector");
    let mut page = Page {
        ids: BTreeSet::new(),
        addresses: Vec::new(),
        repeated_ids: Vec::new(),
    };
    for element in document.select(&all) {
        if let Some(id) = element.attr("id")
            && !page.ids.insert(id.to_owned())
        {
            page.repeated_ids.push(id.to_owned());
        }
        // Absolute addresses stand only in canonical and social tags.
        if element.attr("rel") != Some("canonical") {
            page.addresses.extend(
                element
                    .attr("href")
                    .or(element.attr("src"))
                    .map(ToOwned::to_owned),
            );
        }
    }
    page
}

/// The file an address of a page means, and the anchor in it.
fn resolve(page: &str, address: &str) -> (String, Option<String>) {
    let (path, anchor) = address
        .split_once('#')
        .map_or((address, None), |(path, anchor)| {
            (path, Some(anchor.to_owned()))
        });
    let path = path.split('?').next().unwrap_or(path);
    if path.is_empty() {
        return (page.to_owned(), anchor);
    }
    let mut parts: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => page
            .split('/')
            .rev()
            .skip(1)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect(),
    };
    for part in path.trim_start_matches('/').split('/') {
        match part {
            ".." => assert!(parts.pop().is_some(), "{page}: {address} leaves the site"),
            "." => {}
            part => parts.push(part),
        }
    }
    let file = parts.join("/");
    (
        if file.is_empty() || file.ends_with('/') {
            format!("{file}index.html")
        } else {
            file
        },
        anchor,
    )
}

pub(crate) fn check(tree: &OutputTree) {
    let pages: BTreeMap<String, Page> = tree
        .iter()
        .filter(|(path, _)| path.is_page())
        .map(|(path, bytes)| {
            (
                path.to_string(),
                read(std::str::from_utf8(bytes).expect("pages are UTF-8")),
            )
        })
        .collect();
    let mut broken = Vec::new();
    let mut reached = BTreeSet::from(["index.html".to_owned()]);
    let mut ways: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (path, page) in &pages {
        assert!(
            page.repeated_ids.is_empty(),
            "{path}: repeated ids {:?}",
            page.repeated_ids
        );
        for address in &page.addresses {
            if ["https:", "http:", "mailto:", "data:"]
                .iter()
                .any(|scheme| address.starts_with(scheme))
            {
                continue;
            }
            assert!(
                path == "404.html" || !address.starts_with('/'),
                "{path}: {address} is not relative"
            );
            let (file, anchor) = resolve(path, address);
            if tree.get(&file).is_none() {
                broken.push(format!("{path}: {address} leads to no file"));
            } else if let (Some(anchor), Some(target)) = (anchor, pages.get(&file))
                && !target.ids.contains(&anchor)
            {
                broken.push(format!("{path}: {address} leads to no anchor"));
            }
            ways.entry(path).or_default().push(file);
        }
    }
    assert_eq!(broken, Vec::<String>::new());
    let mut queue = vec!["index.html".to_owned()];
    while let Some(page) = queue.pop() {
        for file in ways.get(page.as_str()).into_iter().flatten() {
            if reached.insert(file.clone()) {
                queue.push(file.clone());
            }
        }
    }
    // Stubs at old and short addresses are for those who come from elsewhere.
    let is_stub = |path: &str| {
        String::from_utf8_lossy(tree.get(path).expect("a page")).contains("http-equiv=\"refresh\"")
    };
    let for_no_page = ["404.html", "offline/index.html"].map(str::to_owned);
    let unreached: Vec<&String> = pages
        .keys()
        .filter(|path| !reached.contains(*path) && !for_no_page.contains(*path) && !is_stub(path))
        .collect();
    assert_eq!(unreached, Vec::<&String>::new());
}

#[test]
fn every_link_of_this_handbook_leads_somewhere_and_every_page_is_reached() {
    check(&site(
        &prepbook::load::load(&repository()).expect("the project's own handbook"),
    ));
}

#[test]
fn every_link_of_the_starter_handbook_leads_somewhere() {
    check(&site(&starter()));
}

#[test]
fn what_is_on_a_page_is_told_whole_and_in_order() {
    let places = Selector::parse(".toc a").expect("a selector");
    let heads = Selector::parse("main h2[id]").expect("a selector");
    let own = prepbook::load::load(&repository()).expect("the project's own handbook");
    for tree in [site(&own), site(&starter())] {
        let mut told = 0;
        for (path, bytes) in tree.iter().filter(|(path, _)| path.is_page()) {
            let page = Html::parse_document(std::str::from_utf8(bytes).expect("pages are UTF-8"));
            let anchors: Vec<&str> = page
                .select(&places)
                .filter_map(|place| place.attr("href")?.strip_prefix('#'))
                .collect();
            if anchors.is_empty() {
                continue;
            }
            let ids: Vec<&str> = page
                .select(&heads)
                .filter_map(|head| head.attr("id"))
                .collect();
            assert_eq!(anchors, ids, "{path}");
            told += 1;
        }
        assert!(told > 0);
    }
}

/// By page: the files that its content leads to.
fn linked(tree: &OutputTree) -> BTreeMap<String, BTreeSet<String>> {
    let main = Selector::parse("main a[href]").expect("a selector");
    tree.iter()
        .filter(|(path, _)| path.as_str().ends_with("/index.html"))
        .map(|(path, bytes)| {
            let document = Html::parse_document(std::str::from_utf8(bytes).expect("UTF-8"));
            let files = document
                .select(&main)
                .filter_map(|link| link.attr("href"))
                .filter(|href| !href.contains(':'));
            (
                path.to_string(),
                files.map(|href| resolve(path.as_str(), href).0).collect(),
            )
        })
        .collect()
}

#[test]
fn links_work_both_ways() {
    let own = prepbook::load::load(&repository()).expect("the project's own handbook");
    let linked = linked(&site(&own));
    let kinds = [
        "themes/",
        "companies/",
        "frameworks/",
        "questions/",
        "plan/",
        "practice/",
        "interviews/",
        "tracks/",
    ];
    let is_record = |path: &str| {
        kinds
            .iter()
            .any(|kind| path.starts_with(kind) && path.matches('/').count() >= 2)
    };
    let mut one_way = Vec::new();
    // What stands around questions also names them first: each is led to from there.
    for (page, files) in linked.iter().filter(|(path, _)| {
        is_record(path)
            && ["interviews/", "tracks/"]
                .iter()
                .any(|kind| path.starts_with(kind))
    }) {
        let questions = files
            .iter()
            .filter(|file| file.starts_with("questions/") && file.matches('/').count() == 2);
        for question in questions.filter(|question| !linked[*question].contains(page)) {
            one_way.push(format!("{page} -> {question}"));
        }
    }
    for (question, files) in linked
        .iter()
        .filter(|(path, _)| path.starts_with("questions/") && path.matches('/').count() == 2)
    {
        for file in files
            .iter()
            .filter(|file| is_record(file) && *file != question)
        {
            let neighbour = file.starts_with("questions/");
            if !linked[file].contains(question) && !neighbour {
                one_way.push(format!("{question} -> {file}"));
            }
        }
    }
    assert_eq!(one_way, Vec::<String>::new());
}

/// Everything that could get an id twice, or one that the page has already.
fn nasty() -> Sources {
    let mut sources = starter();
    let body = "See [main](#main-2), [the same](#the-same), [the second](#the-same-2), [the third](#the-same-2-2), \
        [none](#section), [named](#section-2), [tags](#a-b-bold-b-one), [two lines](#two-lines), \
        [option](#search-option-0) and <farah@example.org>.[^main][^b]\n\n\
        ## Main\n\n## Help open\n\n## Search open\n\n## The same\n\n- ## The same\n\n  In a list.[^b]\n\n\
        > ## The same 2\n\n## ???\n\n## [](question:creaking-bicycle)\n\n## A <b>bold</b> one\n\nTwo\nlines\n---\n\n\
        ## Search option 0\n\n## Note 1\n\n\
        [^main]: A note.\n\n[^b]: Another one.\n\n[^b]: The same again.\n";
    let guide = format!(
        "---\ntitle: Nasty\norder: 9\nsummary: Ids.\nrelated: [question:creaking-bicycle]\n---\n{body}"
    );
    put(&mut sources, "content/guides/nasty.md", &guide);
    let field = "|\n    ## Main\n\n    ## Main\n\n    A note.[^1] And [another guide](guide:nasty#main-2).[^main]\n\n    [^1]: One.\n\n    [^main]: Two.\n";
    let flag = |title: &str| format!("title: {title}\nthinks: {field}instead: {field}");
    for id in ["side-1", "longer", "questions", "section"] {
        put(
            &mut sources,
            &format!("content/red-flags/{id}.yaml"),
            &flag(id),
        );
    }
    for id in ["questions", "filter-text", "notes"] {
        let theme = SourcePath::new("content/themes/at-the-stand.yaml");
        let text = sources.text(&theme).to_owned();
        put(&mut sources, &format!("content/themes/{id}.yaml"), &text);
        let question = SourcePath::new("content/questions/creaking-bicycle.yaml");
        let text = sources
            .text(&question)
            .replace("theme: at-the-stand", &format!("theme: {id}"));
        let text: String = text
            .lines()
            .filter(|line| !line.starts_with("number:"))
            .map(|line| format!("{line}\n"))
            .collect();
        put(
            &mut sources,
            &format!("content/questions/of-{id}.yaml"),
            &text,
        );
    }
    let sheet = "columns: [Say]\nside: 1\nrows: [[a]]\n";
    for id in ["side-1", "longer"] {
        put(
            &mut sources,
            &format!("content/cheat-sheets/{id}.yaml"),
            &format!("title: {id}\n{sheet}"),
        );
    }
    edit(
        &mut sources,
        "content/checklists/day-0.yaml",
        "items:\n",
        "items:\n  - {id: tasks, text: \"## Main\"}\n  - {id: questions, text: \"## Main\"}\n",
    );
    sources
}

#[test]
fn no_id_stands_twice_on_a_page_and_every_anchor_is_there() {
    let tree = site(&nasty());
    check(&tree);
}

#[test]
fn the_frame_has_the_ids_that_nothing_else_may_have() {
    let attribute = Selector::parse("[id]").expect("a selector");
    let html = |name: &str| {
        let path = SourcePath::new(format!("themes/default/templates/{name}"));
        Html::parse_document(starter().text(&path))
    };
    let ids: BTreeSet<String> = [
        "layout.html",
        "head.html",
        "bar.html",
        "foot.html",
        "guide.html",
    ]
    .iter()
    .flat_map(|name| {
        let document = html(name);
        let ids = document
            .select(&attribute)
            .filter_map(|element| element.attr("id"))
            // No record and no heading has a name with an underscore.
            .filter(|id| !id.contains('_'));
        ids.map(ToOwned::to_owned).collect::<Vec<_>>()
    })
    .collect();
    let known = prepbook::model::ids::FRAME_IDS
        .iter()
        .map(|id| (*id).to_owned());
    assert_eq!(ids, known.collect());
}
