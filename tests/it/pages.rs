//! What pages show of the fields of their records, read from built pages.

use scraper::{Html, Selector};

use crate::project::{edit, put, site, starter};
use prepbook::output::OutputTree;
use prepbook::source::{SourcePath, Sources};

fn page(tree: &OutputTree, path: &str) -> Html {
    let page = tree.get(path).expect("a page");
    Html::parse_document(std::str::from_utf8(page).expect("UTF-8"))
}

/// The text of each element, with single spaces.
fn texts(page: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).expect("a selector");
    let text = |element: scraper::ElementRef<'_>| element.text().collect::<String>();
    page.select(&selector)
        .map(|element| {
            text(element)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

/// The marked pieces of the starter's weak answer with its text and its first phrase replaced.
fn marked(text: &str, phrase: &str) -> Vec<String> {
    let mut sources = starter();
    let question = "content/questions/mistake-on-the-stand.yaml";
    edit(
        &mut sources,
        question,
        "mistakes were bound to happen. A bicycle went",
        &format!("{text} A bicycle went"),
    );
    let phrase = serde_json::Value::from(phrase);
    edit(
        &mut sources,
        question,
        "quote: mistakes were bound to happen",
        &format!("quote: {phrase}"),
    );
    let page = page(&site(&sources), "weak-answers/index.html");
    assert_eq!(
        texts(&page, ".weak-answer .spoken sup"),
        ["1", "2", "3", "4"]
    );
    assert_eq!(texts(&page, ".marks q").len(), 4);
    texts(&page, "mark[data-mark=\"1\"]")
}

#[test]
fn a_phrase_is_marked_wherever_its_words_stand() {
    for (text, phrase, pieces) in [
        (
            "mistakes\n      happen.",
            "mistakes happen",
            vec!["mistakes happen"],
        ),
        (
            "mistakes *were bound* to happen.",
            "mistakes were bound to",
            vec!["mistakes", "were bound", "to"],
        ),
        (
            "he said \"it's AT&T -- I think...\" and left.",
            "it's AT&T -- I think...",
            vec!["it’s AT&T – I think…"],
        ),
        (
            "see [the guide](guide:how-it-works), which is long.",
            "the guide, which",
            vec!["the guide", ", which"],
        ),
        ("a `<b>` was loose.", "<b> was", vec!["<b>", "was"]),
    ] {
        assert_eq!(marked(text, phrase), pieces, "{text}");
    }
}

#[test]
fn a_part_of_a_word_is_no_phrase_and_no_phrase_reaches_over_a_paragraph() {
    for phrase in [
        "mistakes were bound to happ",
        "nobody was hurt. The next day",
    ] {
        let mut sources = starter();
        let question = "content/questions/mistake-on-the-stand.yaml";
        edit(
            &mut sources,
            question,
            "quote: mistakes were bound to happen",
            &format!("quote: {phrase}"),
        );
        edit(
            &mut sources,
            question,
            "      It was the Saturday before the town race, and everybody",
            "      Still, nobody was hurt.\n\n\n      The next day everybody",
        );
        let found = crate::project::build(&sources).found;
        let codes: Vec<&str> = found.iter().map(|one| one.code.word()).collect();
        assert_eq!(codes, ["quote-not-found"], "{phrase}");
    }
}

#[test]
fn a_question_leads_to_its_weak_answer_and_shows_its_levels() {
    let tree = site(&starter());
    let question = page(&tree, "questions/mistake-on-the-stand/index.html");
    let link = Selector::parse(".diagnose a").expect("a selector");
    let href = question.select(&link).next().expect("a link").attr("href");
    assert_eq!(
        href,
        Some("../../weak-answers/index.html#mistake-on-the-stand_short-of-time")
    );
    let question = page(&tree, "questions/unhappy-customer/index.html");
    let levels = texts(&question, ".level h3");
    assert_eq!(levels.len(), 3);
    for (level, name) in levels.iter().zip(["Junior", "Senior", "Staff"]) {
        assert!(level.starts_with(name), "{level}");
    }
    assert_eq!(texts(&question, "main nav.pager").len(), 1);
}

#[test]
fn whom_one_meets_is_a_column_only_if_a_stage_tells() {
    let mut sources = starter();
    let heads = |sources: &Sources| {
        let company = page(&site(sources), "companies/lantern-street-cycles/index.html");
        texts(&company, ".process thead th")
    };
    let company = "content/companies/lantern-street-cycles.yaml";
    edit(&mut sources, company, "    who: The senior mechanic\n", "");
    assert_eq!(heads(&sources), ["Stage", "Who", "What happens"]);
    let owner = "    who: The owner, with the senior mechanic listening\n";
    edit(&mut sources, company, owner, "");
    assert_eq!(heads(&sources), ["Stage", "What happens"]);
}

#[test]
fn a_company_shows_what_leads_and_what_each_question_rests_on() {
    let tree = site(&starter());
    let company = page(&tree, "companies/lantern-street-cycles/index.html");
    assert_eq!(
        texts(&company, "[aria-labelledby=focus] tbody th"),
        ["Our part first."]
    );
    assert_eq!(
        texts(&company, "[aria-labelledby=principles] tbody th"),
        ["Ride it before they do."]
    );
    assert_eq!(
        texts(&company, ".process tbody th"),
        ["Tea 30 min", "The stand 30 min"]
    );
    assert_eq!(
        texts(&company, ".ground h2"),
        [
            "Asked, by our sources",
            "Asked, in our judgement",
            "Expect it anyway"
        ]
    );
    assert_eq!(texts(&company, "[aria-labelledby=expected] .said").len(), 1);
    let question = page(&tree, "questions/not-worth-repairing/index.html");
    assert_eq!(texts(&question, ".expected a"), ["Lantern Street Cycles"]);
    let principle = page(
        &tree,
        "companies/lantern-street-cycles/our-part-first/index.html",
    );
    for place in ["story", "follow-up", "trap"] {
        assert_eq!(
            texts(&principle, &format!("h2[id={place}]")).len(),
            1,
            "{place}"
        );
    }
}

#[test]
fn what_is_expected_anyway_is_not_counted_as_asked() {
    let mut sources = starter();
    let counted = |sources: &Sources| {
        let tree = site(sources);
        let rows = texts(&page(&tree, "companies/index.html"), ".rows .hint");
        rows.into_iter().next().expect("a company")
    };
    let before = counted(&sources);
    let company = "content/companies/lantern-street-cycles.yaml";
    edit(
        &mut sources,
        company,
        "expect_anyway: [not-worth-repairing]\n",
        "",
    );
    assert_eq!(counted(&sources), before);
}

#[test]
fn what_no_source_names_is_expected_in_the_matrix_and_never_denied() {
    let mut sources = starter();
    let labels = |sources: &Sources| {
        let companies = page(&site(sources), "companies/index.html");
        let links = Selector::parse(".dots td a").expect("a selector");
        let labels = companies.select(&links);
        labels
            .filter_map(|link| link.attr("aria-label").map(str::to_owned))
            .collect::<Vec<_>>()
    };
    let none_known =
        "None known at Lantern Street Cycles about Across the counter, 1 to expect anyway";
    assert!(!labels(&sources).iter().any(|label| label == none_known));
    let company = "content/companies/lantern-street-cycles.yaml";
    edit(
        &mut sources,
        company,
        "    questions: [unhappy-customer]\n",
        "",
    );
    edit(
        &mut sources,
        company,
        "high_signal: [unhappy-customer, ",
        "high_signal: [",
    );
    edit(
        &mut sources,
        "content/questions/unhappy-customer.yaml",
        "  - company: lantern-street-cycles\n    principles: [our-part-first]\n",
        "",
    );
    assert!(labels(&sources).iter().any(|label| label == none_known));
    edit(
        &mut sources,
        company,
        "expect_anyway: [not-worth-repairing]\n",
        "",
    );
    let companies = page(&site(&sources), "companies/index.html");
    assert_eq!(texts(&companies, ".dots td .vh"), ["none known"]);
}

#[test]
fn frameworks_to_know_first_stand_by_their_groups_and_the_others_are_folded() {
    let mut sources = starter();
    let index = page(&site(&sources), "frameworks/index.html");
    assert_eq!(texts(&index, "main section > h2"), ["Stories"]);
    assert_eq!(texts(&index, "details.others h2").len(), 1);
    for id in ["star", "starl"] {
        let path = format!("content/frameworks/{id}.yaml");
        edit(&mut sources, &path, "core: true\n", "");
    }
    let index = page(&site(&sources), "frameworks/index.html");
    assert_eq!(texts(&index, "main section > h2"), ["Stories", "Method"]);
    assert_eq!(texts(&index, "details.others").len(), 0);
}

#[test]
fn a_day_shows_its_chosen_questions_and_folds_the_others() {
    let tree = site(&starter());
    let day = page(&tree, "plan/day-3/index.html");
    assert_eq!(texts(&day, ".cards tbody th").len(), 2);
    assert_eq!(texts(&day, "details.others li").len(), 2);
    let other = page(&tree, "plan/day-0/index.html");
    assert_eq!(texts(&other, "details.others").len(), 0);
    assert!(!texts(&other, ".cards tbody th").is_empty());
}

#[test]
fn an_interview_tells_who_speaks_when_and_what_is_noted() {
    let tree = site(&starter());
    let interview = page(&tree, "interviews/half-an-hour-with-tea/index.html");
    assert_eq!(
        texts(&interview, ".speaker")[..2],
        ["Interviewer 0:00", "Candidate 0:10"]
    );
    assert_eq!(texts(&interview, ".candidate .noted").len(), 3);
    assert_eq!(
        texts(&interview, ".scores td:nth-child(2)"),
        ["3 of 4", "2 of 4"]
    );
    assert_eq!(texts(&interview, ".scores .full").len(), 5);
    let company = page(&tree, "companies/lantern-street-cycles/index.html");
    assert!(texts(&company, ".rail a").contains(&"Half an hour with tea".to_owned()));
}

#[test]
fn a_plan_has_as_many_days_as_one_likes() {
    let mut sources = starter();
    for day in [120, 21, 5, 1, 10, 2] {
        put(
            &mut sources,
            &format!("content/checklists/day-{day}.yaml"),
            &format!(
                "title: What to do on day {day}\nday: {day}\ngoal: \"[](question:creaking-bicycle), [](theme:at-the-stand), [](framework:star).\"\nitems:\n  - {{id: one, text: Do it.}}\n"
            ),
        );
    }
    let tree = site(&sources);
    let days = [
        "Day 0",
        "Day 1",
        "Day 2",
        "Day 3",
        "Day 5",
        "Day 10",
        "Day 21",
        "Day 120",
        "Night before",
    ];
    for path in ["plan/index.html", "index.html", "plan/day-21/index.html"] {
        let page = String::from_utf8_lossy(tree.get(path).expect("a page")).into_owned();
        let list = page
            .find("<ol class=\"timeline")
            .or(page.find("<ol class=\"stops"));
        let page = &page[list.expect("the days")..];
        let places: Vec<usize> = days
            .iter()
            .map(|day| {
                page.find(&format!(">{day}<"))
                    .unwrap_or_else(|| panic!("{path} has no {day}"))
            })
            .collect();
        assert!(places.is_sorted(), "{path}: {places:?}");
    }
    let data =
        String::from_utf8_lossy(tree.get("practice-data.js").expect("the data")).into_owned();
    assert!(data.contains("\"day\":120,\"moment\":\"Day 120\""));
}

/// What stands beside a question: all of it, and what is marked as the page's own.
fn beside(tree: &OutputTree, question: &str) -> [Vec<String>; 2] {
    let page = page(tree, &format!("questions/{question}/index.html"));
    [".beside li", ".beside [aria-current=page]"].map(|selector| texts(&page, selector))
}

#[test]
fn beside_a_question_stand_those_of_its_theme_however_many_there_are() {
    let mut sources = starter();
    let [few, own] = beside(&site(&sources), "creaking-bicycle");
    assert_eq!((few.len(), own.len()), (2, 1));
    for nth in 10..60 {
        let text = format!(
            "title: Question {nth}?\ntheme: at-the-stand\nevaluates: [One thing.]\nrelated: [creaking-bicycle, mistake-on-the-stand, unhappy-customer]\n"
        );
        put(
            &mut sources,
            &format!("content/questions/other-{nth}.yaml"),
            &text,
        );
    }
    let tree = site(&sources);
    for nth in [10, 11, 35, 58, 59] {
        let [many, own] = beside(&tree, &format!("other-{nth}"));
        assert_eq!(own, [format!("Question {nth}?")]);
        assert_eq!(many.len(), 24);
    }
    let [last, _] = beside(&tree, "other-59");
    let expected: Vec<_> = (36..60).map(|nth| format!("Question {nth}?")).collect();
    assert_eq!(last, expected);
    let [middle, _] = beside(&tree, "other-35");
    let expected: Vec<_> = (23..47).map(|nth| format!("Question {nth}?")).collect();
    assert_eq!(middle, expected);
}

#[test]
fn a_question_alone_in_its_theme_has_nothing_beside_it() {
    let mut sources = starter();
    let question = "content/questions/creaking-bicycle.yaml";
    edit(
        &mut sources,
        question,
        "theme: at-the-stand",
        "theme: across-the-counter",
    );
    let tree = site(&sources);
    assert_eq!(beside(&tree, "mistake-on-the-stand")[0], [""; 0]);
    assert_eq!(beside(&tree, "creaking-bicycle")[0].len(), 3);
}

/// The parts of an answer's bar as told: of each its place, its width, and whether it is marked as too long.
fn told(page: &Html) -> Vec<(u32, u32, bool)> {
    let selector = Selector::parse(".told rect").expect("a selector");
    let number = |element: scraper::ElementRef<'_>, name: &str| {
        let text = element.attr(name).expect("an attribute");
        text.parse::<u32>().expect("a number")
    };
    page.select(&selector)
        .map(|rect| {
            let over = rect.attr("class") == Some("longer");
            (number(rect, "x"), number(rect, "width"), over)
        })
        .collect()
}

#[test]
fn an_answer_is_drawn_as_told_below_its_plan_on_one_scale() {
    let mut sources = starter();
    let path = "questions/mistake-on-the-stand/index.html";
    let seconds = |page: &Html| {
        let selector = Selector::parse(".part").expect("a selector");
        let all: Vec<u32> = page
            .select(&selector)
            .map(|part| part.attr("data-seconds").unwrap().parse().unwrap())
            .collect();
        all
    };
    let plain = page(&site(&sources), path);
    let lengths = seconds(&plain);
    let mut end = 0;
    for ((x, width, over), seconds) in told(&plain).into_iter().zip(&lengths) {
        assert_eq!((x, width, over), (end, seconds * 100, false));
        end += width;
    }
    assert!(end > 0 && texts(&plain, ".longer") == [""; 0]);

    // One part is told for longer than the whole plan: the plan takes less room, and the part is named.
    let long = "We looked at it again and again. ".repeat(60);
    edit(
        &mut sources,
        "content/questions/mistake-on-the-stand.yaml",
        "I had built that bicycle",
        &format!("{long}I had built that bicycle"),
    );
    let page = page(&site(&sources), path);
    let told = told(&page);
    let plan = texts(&page, ".timing .end");
    assert_eq!(told.iter().map(|one| one.2).filter(|over| *over).count(), 1);
    let whole: u32 = told.iter().map(|one| one.1).sum();
    let selector = Selector::parse(".told").expect("a selector");
    let view = page.select(&selector).next().expect("a bar");
    let units = view.attr("viewBox").expect("a view box");
    let units: u32 = units.split(' ').nth(2).unwrap().parse().unwrap();
    assert!(whole <= units, "{whole} of {units}, planned {plan:?}");
    let share = Selector::parse(".spans > div").expect("a selector");
    let class = page.select(&share).next().expect("a plan with less room");
    assert!(class.attr("class").unwrap().starts_with('g'));
    let sentence = &texts(&page, "p.longer")[0];
    assert!(sentence.contains(" takes "), "{sentence}");
    let label = view.attr("aria-label").expect("a label");
    assert!(label.starts_with("As told: "), "{label}");
}

/// A heading that speaks of sources must have some.
#[test]
fn no_page_claims_sources_that_nothing_names() {
    let told = |sources: &Sources, path: &str, selector: &str| {
        texts(&page(&site(sources), path), selector)
    };
    let company = "companies/lantern-street-cycles/index.html";
    let mut sources = starter();
    assert_eq!(
        told(&sources, company, "#sourced"),
        ["Asked, by our sources"]
    );
    for record in [
        "companies/lantern-street-cycles",
        "questions/creaking-bicycle",
        "questions/unhappy-customer",
    ] {
        let path = format!("content/{record}.yaml");
        let record = sources.text(&SourcePath::new(&*path)).to_owned();
        let before = record.split("\nsources:").next().expect("its text");
        put(&mut sources, &path, &format!("{before}\n"));
    }
    assert_eq!(told(&sources, company, "#sourced"), ["Asked here"]);
    let index = told(&sources, "questions/index.html", "body").concat();
    assert!(
        index.contains("Asked here") && !index.contains("by our sources"),
        "{index}"
    );
}

/// What stands above a side of the cheat sheet must be true of it.
#[test]
fn a_cheat_sheet_of_one_side_and_table_says_so() {
    let mut sources = starter();
    let page_of = |sources: &Sources| page(&site(sources), "cheat-sheet/index.html");
    assert!(
        texts(&page_of(&sources), ".lede")
            .concat()
            .starts_with("Two sides of paper")
    );
    let path = "content/cheat-sheets/red-flags-at-a-glance.yaml";
    edit(&mut sources, path, "side: 2\n", "");
    let page = page_of(&sources);
    assert!(
        texts(&page, ".lede")
            .concat()
            .starts_with("One side of paper")
    );
    assert_eq!(texts(&page, ".side > header h2"), ["First sentences"]);
    assert_eq!(texts(&page, ".side h3:not(.vh)"), Vec::<String>::new());
}
