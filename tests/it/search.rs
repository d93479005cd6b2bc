//! What search in the browser looks through; how it is found stands in `tests/browser/search.test.mjs`.

use std::io::Write as _;

use prepbook::assets::Assets;
use prepbook::export::search;
use prepbook::source::{Source, SourcePath, Sources};

use crate::project::{edit, put, repository, site, starter};

/// The script for a handbook that need not be built.
fn script(sources: &Sources) -> String {
    let mut found = Vec::new();
    let parsed = prepbook::parse::parse_alone(sources);
    let handbook = prepbook::link::link_alone(parsed, sources, false).drain_into(&mut found);
    let plan = prepbook::plan::plan(
        &handbook,
        &Assets::default(),
        &prepbook::media::Media::default(),
        [],
    )
    .drain_into(&mut found);
    let memo = prepbook::words::Memo::new(false);
    let words = prepbook::words::Words::read(sources, &handbook.settings, &memo);
    let script = search::script(&handbook, &plan, &words.value, &search::Memo::new(false));
    String::from_utf8(script.to_vec()).expect("UTF-8")
}

fn data(script: &str) -> serde_json::Value {
    let json = script
        .strip_prefix("prepbook.searchData=")
        .and_then(|rest| rest.strip_suffix(";\n"))
        .expect("one assignment");
    serde_json::from_str(json).expect("JSON")
}

fn gzipped(text: &str) -> usize {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text.as_bytes()).expect("memory");
    encoder.finish().expect("memory").len()
}

#[test]
fn the_script_holds_nothing_that_ends_it() {
    let mut sources = starter();
    edit(
        &mut sources,
        "content/questions/creaking-bicycle.yaml",
        "also_asked:\n",
        "also_asked:\n  - \"</script><!-- \\\"x\\\\y\\\" a\\Lb\\Pc\"\n",
    );
    let tree = site(&sources);
    let script = tree.get("search-data.js").expect("the file");
    let script = std::str::from_utf8(script).expect("UTF-8");
    for forbidden in ["<", "\u{2028}", "\u{2029}"] {
        assert!(!script.contains(forbidden), "{forbidden:?}");
    }
    let data = data(script);
    let names: Vec<&str> = data["groups"][0]["pages"]
        .as_array()
        .expect("questions")
        .iter()
        .flat_map(|page| page["names"].as_array().into_iter().flatten())
        .filter_map(|name| name.as_str())
        .collect();
    let hostile = names.iter().find(|name| name.contains("</script><!--"));
    assert!(
        hostile.is_some_and(|name| name.contains("x\\y")),
        "{names:?}"
    );
}

#[test]
fn the_name_stays_when_words_change_so_pages_stay_too() {
    let before = site(&starter());
    let mut sources = starter();
    let path = "content/guides/how-it-works.md";
    let text = format!("{}\nAxolotl.\n", sources.text(&SourcePath::new(path)));
    put(&mut sources, path, &text);
    let after = site(&sources);
    let changed: Vec<String> = after
        .iter()
        .filter(|(path, bytes)| before.get(path.as_str()) != Some(*bytes))
        .map(|(path, _)| path.to_string())
        .collect();
    assert_eq!(
        changed,
        [
            "guides/how-it-works/index.html",
            "print/index.html",
            "search-data.js",
            "sw.js"
        ]
    );
}

#[test]
fn this_handbook_stays_within_its_budget() {
    let sources = prepbook::load::load(&repository()).expect("the project's own handbook");
    let size = gzipped(&script(&sources));
    let questions = sources.below("content/questions/").count();
    // Companies, chapters and interviews grow with the questions; half the weight is the words of all texts, one part
    // in a hundred their compounds as one word, and one the titles that links without words show.
    assert!(
        size <= questions * 755,
        "{size} bytes for {questions} questions"
    );
}

/// Titles that open like this handbook's and go on with word pairs from its running text: about as hard to pack
/// as real ones.
#[test]
#[expect(clippy::too_many_lines, reason = "a whole handbook is written first")]
fn ten_thousand_questions_stay_within_their_budget() {
    const COUNT: usize = 10_000;
    let own = prepbook::load::load(&repository()).expect("the project's own handbook");
    let mut running: Vec<String> = Vec::new();
    let mut openings: Vec<String> = Vec::new();
    for (_, source) in own.below("content/questions/") {
        let title = source
            .text()
            .lines()
            .find_map(|line| line.strip_prefix("title: "));
        let words = title.expect("a title").split_whitespace().take(4);
        openings.push(words.collect::<Vec<_>>().join(" ").replace('"', ""));
        let word = |word: &str| {
            word.replace(|c: char| !c.is_ascii_alphabetic(), "")
                .to_lowercase()
        };
        running.extend(
            source
                .text()
                .split_whitespace()
                .map(word)
                .filter(|word| word.len() > 1),
        );
    }
    let mut state = 1_u64;
    let mut random = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % below
    };
    let tags: Vec<String> = (0..200)
        .map(|_| running[random(running.len())].clone())
        .collect();
    let mut sources = starter();
    let theme = sources
        .below("content/themes/")
        .next()
        .expect("a theme")
        .0
        .to_string();
    let theme = theme
        .rsplit('/')
        .next()
        .and_then(|name| name.strip_suffix(".yaml"))
        .expect("a name")
        .to_owned();
    let mut made = std::collections::BTreeSet::new();
    while made.len() < COUNT {
        let mut title: Vec<&str> = openings[random(openings.len())].split(' ').collect();
        for _ in 0..2 {
            let at = random(running.len() - 1);
            title.extend([running[at].as_str(), running[at + 1].as_str()]);
        }
        let bare = |word: &&str| word.replace(|c: char| !c.is_ascii_alphanumeric(), "");
        let id: Vec<String> = title[3..]
            .iter()
            .map(bare)
            .filter(|word| !word.is_empty())
            .collect();
        let id = id.join("-").to_lowercase();
        if id.is_empty() || !made.insert(id.clone()) {
            continue;
        }
        let [one, two, three] = [0; 3].map(|_| &tags[random(tags.len())]);
        let text = format!(
            "title: \"{}?\"\ntheme: {theme}\ntags: [\"{one}\", \"{two}\", \"{three}\"]\nevaluates: [Not in the index.]\n",
            title.join(" ")
        );
        sources.insert(
            SourcePath::new(format!("content/questions/{id}.yaml")),
            Source::new(text.as_bytes()),
        );
    }
    let script = script(&sources);
    let questions = data(&script)["groups"][0]["pages"]
        .as_array()
        .expect("questions")
        .len();
    assert!(questions >= COUNT, "{questions} questions");
    let size = gzipped(&script);
    assert!(size < 200_000, "{size} bytes");
}

#[test]
fn words_are_found_however_they_are_written() {
    let mut sources = starter();
    put(
        &mut sources,
        "content/guides/made.md",
        "---\ntitle: A guide\norder: 9\nsummary: One more.\n---\n\nA zebra-fin, ok/ko and a re\u{301}sume\u{301} of 急ブレーキ.\n",
    );
    let script = script(&sources);
    let (_, words) = script.split_once("\"words\":\"").expect("the vocabulary");
    let words: Vec<&str> = words
        .split('"')
        .next()
        .expect("its end")
        .split(' ')
        .collect();
    for word in [
        "zebra", "fin", "zebrafin", "okko", "resume", "急ブ", "ブレ", "ーキ",
    ] {
        assert!(words.contains(&word), "{word}");
    }
}
