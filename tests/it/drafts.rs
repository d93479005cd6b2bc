//! What is not finished yet: it builds, and what it lacks is told once.

use std::collections::BTreeSet;

use prepbook::diagnostic::{Code, Severity, Tally};
use prepbook::source::{SourcePath, Sources};
use prepbook::{Memo, Options};

use crate::project::{build, edit, put, reports, site, starter};

/// The starter handbook and a list of questions that are no more than a title and a theme.
fn with_plain_questions(count: usize) -> Sources {
    let mut sources = starter();
    for nth in 0..count {
        put(
            &mut sources,
            &format!("content/questions/plain-{nth}.yaml"),
            &format!("title: What about number {nth}?\ntheme: at-the-stand\n"),
        );
    }
    sources
}

/// Code, file and message of each warning.
fn warnings(sources: &Sources) -> BTreeSet<(Code, String, String)> {
    let found = build(sources).found.into_iter();
    found
        .filter(|one| one.severity() == Severity::Warning)
        .map(|one| (one.code, one.place.path.to_string(), one.message))
        .collect()
}

#[test]
fn a_list_of_plain_questions_builds_with_one_warning_each() {
    let sources = with_plain_questions(5);
    let built = build(&sources);
    let codes: Vec<Code> = built.found.iter().map(|one| one.code).collect();
    assert_eq!(
        codes,
        [Code::NoAnswer; 5],
        "{}",
        reports(&built.found, &sources)
    );
    let page = built
        .value
        .get("questions/plain-3/index.html")
        .expect("its page");
    let page = String::from_utf8_lossy(page);
    assert!(page.contains("What about number 3?"));
    assert!(!page.contains("What they listen for"), "no empty section");
}

#[test]
fn pages_without_links_are_warned_of_and_can_be_allowed() {
    let guide = |allow: &str| {
        let mut sources = starter();
        let text = format!(
            "---\ntitle: What to wear\norder: 3\nsummary: An apron, mostly.\n{allow}---\n\nAn apron.\n"
        );
        put(&mut sources, "content/guides/what-to-wear.md", &text);
        sources
    };
    let built = build(&guide(""));
    assert_eq!(
        Tally::of(&built.found),
        Tally {
            errors: 0,
            warnings: 1
        }
    );
    assert!(built.value.get("guides/what-to-wear/index.html").is_some());
    let allowed = guide("allow: {orphan-page: it stands alone}\n");
    assert_eq!(reports(&build(&allowed).found, &allowed), "");
}

#[test]
fn errors_hide_no_warning_about_other_records() {
    let mut whole = with_plain_questions(0);
    for nth in 0..20 {
        put(
            &mut whole,
            &format!("content/guides/alone-{nth}.md"),
            &format!(
                "---\ntitle: Alone {nth}\norder: 9\nsummary: Nothing around it.\n---\n\nText.\n"
            ),
        );
    }
    edit(
        &mut whole,
        "content/questions/unhappy-customer.yaml",
        "related: [not-worth-repairing, mistake-on-the-stand]",
        "related: [mistake-on-the-stand]",
    );
    let after = warnings(&whole);
    assert!(after.len() > 20);
    let mut broken = whole;
    let unread = "content/sources/job-advert.yaml";
    put(&mut broken, unread, "title: [\n");
    edit(
        &mut broken,
        "content/companies/towpath-repair-club.yaml",
        "order:",
        "ordr:",
    );
    edit(
        &mut broken,
        "content/frameworks/star.yaml",
        "example: ",
        "example: no-such-",
    );
    let built = build(&broken);
    assert!(
        Tally::of(&built.found).errors >= 3,
        "{}",
        reports(&built.found, &broken)
    );
    let hidden: Vec<_> = after.difference(&warnings(&broken)).cloned().collect();
    assert_eq!(hidden, [], "told only after the errors are mended");
}

#[test]
fn a_broken_file_makes_no_warning_of_what_it_may_link_to() {
    let mut sources = starter();
    put(
        &mut sources,
        "content/guides/leaf.md",
        "---\ntitle: A leaf\norder: 9\nsummary: Linked from one place.\n---\n\nSee [](question:creaking-bicycle) and [](framework:star).\n",
    );
    let guide = "content/guides/how-it-works.md";
    let text = sources.text(&SourcePath::new(guide)).to_owned();
    put(&mut sources, guide, &format!("{text}\n[](guide:leaf)\n"));
    site(&sources);
    assert_eq!(warnings(&sources), BTreeSet::new());
    edit(&mut sources, guide, "title:", "titel:");
    assert_eq!(warnings(&sources), BTreeSet::new());
}

/// A file's text with `draft: true` as its first field.
fn as_draft(text: &str) -> String {
    match text.strip_prefix("---\n") {
        Some(front) => format!("---\ndraft: true\n{front}"),
        None => format!("draft: true\n{text}"),
    }
}

#[test]
fn every_record_can_be_a_draft_that_others_link_to() {
    let paths: Vec<SourcePath> = starter()
        .below("content/")
        .map(|(path, _)| path.clone())
        .filter(|path| path.as_str() != "content/handbook.yaml")
        .collect();
    let mut published = 0;
    for path in paths {
        let mut sources = starter();
        let text = as_draft(sources.text(&path));
        put(&mut sources, path.as_str(), &text);
        let built = build(&sources);
        let errors = built.found.iter();
        let errors: Vec<Code> = errors
            .filter(|one| one.severity() == Severity::Error)
            .map(|one| one.code)
            .collect();
        // A question stands in its theme, and an answer has the parts of its framework.
        let is_needed =
            |code: &Code| matches!(code, Code::UnreachedQuestion | Code::UnknownFramework);
        assert!(
            errors.iter().all(is_needed),
            "{path}: {}",
            reports(&built.found, &sources)
        );
        if errors.is_empty() {
            published += 1;
            crate::links::check(&built.value);
            let address = path.as_str().trim_start_matches("content/");
            let address = address.split('.').next().expect("a name");
            for (page, bytes) in built.value.iter().filter(|(page, _)| page.is_page()) {
                let text = String::from_utf8_lossy(bytes);
                assert!(
                    !text.contains(&format!("{address}/index.html")),
                    "{page} links to {path}"
                );
            }
        }
    }
    assert!(published > 12, "only {published} records were left out");
}

#[test]
fn the_text_of_a_link_to_a_draft_stays() {
    let mut sources = starter();
    put(
        &mut sources,
        "content/questions/first-look.yaml",
        "title: What do you look at first?\ndraft: true\ntheme: at-the-stand\n",
    );
    edit(
        &mut sources,
        "content/questions/creaking-bicycle.yaml",
        "  - You ask before you touch.",
        "  - You ask before you touch, [as always](question:first-look), and then [](question:first-look).",
    );
    let built = build(&sources);
    let note = &built.found[0];
    assert_eq!((note.code, built.found.len()), (Code::DraftLink, 1));
    assert_eq!(note.message, "2 links lead to drafts and are left out");
    assert!(!Tally::of(&built.found).fails(true), "a note fails nothing");
    let page = built
        .value
        .get("questions/creaking-bicycle/index.html")
        .expect("its page");
    let page = String::from_utf8_lossy(page);
    assert!(
        page.contains("You ask before you touch, as always, and then <span class=\"said\">“What do you look at first?”</span>."),
        "the words stay"
    );
    let with_drafts = Options {
        drafts: true,
        ..Options::default()
    };
    let built = prepbook::build(&sources, &with_drafts, &Memo::none(), |_| {});
    let page = built
        .value
        .get("questions/creaking-bicycle/index.html")
        .expect("its page");
    let page = String::from_utf8_lossy(page);
    assert!(page.contains("<a href=\"../../questions/first-look/index.html\">as always</a>"));
}

#[test]
fn notes_are_never_published_and_dates_are() {
    let mut sources = starter();
    let paths: Vec<SourcePath> = sources
        .below("content/")
        .map(|(path, _)| path.clone())
        .collect();
    for path in paths {
        // A framework's own notes are for readers.
        if path.as_str().starts_with("content/frameworks/") {
            continue;
        }
        let fields = if path.as_str() == "content/handbook.yaml" {
            "notes: |\n  A zebrawood handlebar.\n\n  And [](question:nowhere).\n"
        } else {
            "notes: |\n  A zebrawood handlebar.\n\n  And [](question:nowhere).\nreviewed: 2026-11-29\nupdated: 2026-11-20\n"
        };
        let text = sources.text(&path);
        let text = match text.strip_prefix("---\n") {
            Some(front) => format!("---\n{fields}{front}"),
            None => format!("{fields}{text}"),
        };
        put(&mut sources, path.as_str(), &text);
    }
    let built = build(&sources);
    assert_eq!(reports(&built.found, &sources), "");
    for (path, bytes) in built.value.iter() {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("zebrawood"), "{path}");
    }
    for path in [
        "questions/creaking-bicycle",
        "guides/bench-trial",
        "themes/at-the-stand",
        "plan/day-3",
    ] {
        let page = built
            .value
            .get(&format!("{path}/index.html"))
            .expect("a page");
        assert!(
            String::from_utf8_lossy(page).contains("Updated 20 November 2026"),
            "{path}"
        );
    }
    edit(
        &mut sources,
        "content/guides/bench-trial.md",
        "2026-11-29",
        "2026-11-31",
    );
    assert_eq!(build(&sources).found[0].code, Code::InvalidValue);
}

#[test]
fn no_site_carries_the_name_of_the_program_unless_it_says_so() {
    let mut sources = starter();
    edit(
        &mut sources,
        "content/handbook.yaml",
        "short_title: Bicycles",
        "",
    );
    let of = |sources: &Sources, path: &str| {
        String::from_utf8_lossy(site(sources).get(path).expect("a file")).into_owned()
    };
    let bar = |sources: &Sources| {
        let page = of(sources, "index.html");
        let (_, rest) = page.split_once("class=\"brand\"").expect("the bar");
        let (_, rest) = rest.split_once('>').expect("its tag");
        rest.split('<').next().expect("its name").to_owned()
    };
    assert_eq!(bar(&sources), "Home");
    assert!(
        of(&sources, "manifest.webmanifest")
            .contains("\"short_name\":\"Interviews for bicycle mechanics\"")
    );
    edit(
        &mut sources,
        "content/handbook.yaml",
        "format: 1",
        "format: 1\nshort_title: \"Wheels & co\"",
    );
    assert_eq!(bar(&sources), "Wheels &amp; co");
    assert!(of(&sources, "manifest.webmanifest").contains("\"short_name\":\"Wheels & co\""));
    edit(
        &mut sources,
        "content/handbook.yaml",
        "Wheels & co",
        "More than twenty characters",
    );
    let found = build(&sources).found;
    assert_eq!((found.len(), found[0].code), (1, Code::TitleTooLong));
}
