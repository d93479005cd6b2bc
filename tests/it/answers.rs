//! Answers that are told as they come, and handbooks whose answers are not spoken.

use prepbook::diagnostic::Code;
use prepbook::source::{SourcePath, Sources};

use crate::project::{build, edit, put, reports, site, starter};

const PAGE: &str = "questions/plain/index.html";

/// The starter handbook with a question whose answer is one text of so many words.
fn with_plain_answer(words: usize) -> Sources {
    let mut sources = starter();
    let text = format!(
        "I trued 2 wheels and {}",
        "then I looked again ".repeat(words / 4)
    );
    put(
        &mut sources,
        "content/questions/plain.yaml",
        &format!(
            "title: What is true?\ntheme: at-the-stand\nevaluates: [You know.]\n\
             answers:\n  - id: as-it-comes\n    text: {text}\n    skeleton: [One, Two, Three, Four]\n\
             follow_ups: [{{ask: A?, handle: B}}, {{ask: C?, handle: D}}, {{ask: E?, handle: F}}]\n\
             traps: [{{trap: G, instead: H}}]\nrelated: [creaking-bicycle, mistake-on-the-stand]\n"
        ),
    );
    sources
}

fn text(sources: &Sources, path: &str) -> String {
    String::from_utf8_lossy(site(sources).get(path).expect("the file")).into_owned()
}

/// When the points of the page's skeleton are said.
fn times(sources: &Sources) -> Vec<String> {
    let page = text(sources, PAGE);
    let points = page.split("<span class=\"time\">").skip(1);
    points
        .map(|rest| rest.split('<').next().expect("a time").to_owned())
        .collect()
}

#[test]
fn points_are_said_with_their_sentences() {
    // 12 words are 5 seconds.
    let told = "I looked at the wheel and it was true by the eye. \
                I spun it once, twice, and a third time, and listened well. \
                A spoke rang dull. I turned its nipple by a quarter and the wheel sang again, as it had when new.";
    let points = |points: &str| {
        let mut sources = with_plain_answer(200);
        let path = "content/questions/plain.yaml";
        edit(
            &mut sources,
            path,
            "skeleton: [One, Two, Three, Four]",
            &format!("skeleton: {points}"),
        );
        let from = format!(
            "text: I trued 2 wheels and {}",
            "then I looked again ".repeat(50)
        );
        edit(
            &mut sources,
            path,
            from.trim_end(),
            &format!("text: {told}"),
        );
        times(&sources)
    };
    assert_eq!(
        points("[By the eye, Listening, Dull spoke, A quarter]"),
        ["0:00", "0:05", "0:10", "0:12"]
    );
    // Where no words tell, and where there are too few sentences, evenly.
    assert_eq!(
        points("[One, Two, Three, Four]"),
        ["0:00", "0:05", "0:10", "0:12"]
    );
    assert_eq!(
        points("[One, Two, Three, Four, Dull spoke]"),
        ["0:00", "0:04", "0:07", "0:11", "0:15"]
    );
    // So is what nobody could learn, and it takes no time.
    let many = vec!["Dull spoke"; 3000].join(", ");
    assert_eq!(points(&format!("[{many}]")).len(), 3000);
}

/// Code is shown and not said, and a word alone takes less than half a second.
#[test]
fn what_takes_no_time_has_no_length() {
    for silent in ["Yes.", "|\n      ```\n      code\n      ```"] {
        let mut sources = with_plain_answer(0);
        let path = "content/questions/plain.yaml";
        edit(
            &mut sources,
            path,
            "text: I trued 2 wheels and ",
            &format!("text: {silent}"),
        );
        edit(
            &mut sources,
            path,
            "    skeleton: [One, Two, Three, Four]\n",
            "",
        );
        let more = "levels:\n  - {level: junior, text: Yes., changes: A, scored: B}\nsixty_second: Yes.\nweak_answers:\n  \
                    - {id: weak, text: Yes., marks: [{quote: 'Yes', note: No.}], repaired: No.}\nfollow_ups:";
        edit(&mut sources, path, "follow_ups:", more);
        let tree = site(&sources);
        for (path, page) in tree.iter().filter(|(path, _)| path.is_page()) {
            let page = String::from_utf8_lossy(page);
            for length in [
                "0:00 aloud",
                " 0 s aloud",
                ">0 s aloud",
                "<td class=\"number\">0:00<",
            ] {
                assert!(!page.contains(length), "{path}: {length}");
            }
        }
    }
}

#[test]
fn a_page_speaks_of_a_shape_where_an_answer_has_one() {
    let shaped = "Tell it as it happened to you, in the shape above.";
    let plain = text(&with_plain_answer(200), PAGE);
    assert!(plain.contains("Tell it as it happened to you.") && !plain.contains(shaped));
    assert!(!plain.contains("our stories"));
    let mut sources = starter();
    let path = "content/questions/creaking-bicycle.yaml";
    let record = sources.text(&SourcePath::new(path)).to_owned();
    let (before, swap_in) = record.split_once("swap_in:").expect("facts to swap");
    let (_, after) = swap_in.split_once("frameworks:").expect("what follows");
    put(&mut sources, path, &format!("{before}frameworks:{after}"));
    let page = text(&sources, "questions/creaking-bicycle/index.html");
    assert!(page.contains(shaped), "{page}");
}

#[test]
fn a_plain_answer_has_all_but_a_planned_time() {
    let sources = with_plain_answer(200);
    assert_eq!(reports(&build(&sources).found, &sources), "");
    let page = text(&sources, PAGE);
    let answer = page
        .split("id=\"answer-as-it-comes\"")
        .nth(1)
        .expect("the answer");
    let answer = answer.split("</article>").next().expect("its end");
    assert!(answer.contains("then I looked again"));
    assert!(
        answer.contains("<p class=\"meta\">1:25 aloud as told here</p>"),
        "{answer}"
    );
    assert!(!answer.contains("planned") && !answer.contains("class=\"timing\""));
    assert!(
        answer.contains("<span class=\"time\">0:21</span> Two"),
        "{answer}"
    );
    assert!(text(&sources, "search-data.js").contains("looked"));
    assert!(text(&sources, "print/index.html").contains("then I looked again"));
    assert!(text(&sources, "exercise-data.js").contains("\"plain\":{"));
    assert!(text(&sources, "themes/at-the-stand/index.html").contains("1:25"));
}

#[test]
fn lengths_are_no_fault_where_nothing_is_spoken() {
    let short = with_plain_answer(8);
    let codes = |sources: &Sources| -> Vec<Code> {
        build(sources).found.iter().map(|one| one.code).collect()
    };
    assert_eq!(codes(&short), [Code::AnswerTooShort]);
    let mut silent = short;
    edit(
        &mut silent,
        "content/handbook.yaml",
        "format: 1",
        "format: 1\nspoken: false",
    );
    assert_eq!(codes(&silent), []);
    let page = text(&silent, PAGE);
    assert!(!page.contains(" aloud"), "no time is told");
    assert!(!page.contains("Tell your own story"));
    assert!(page.contains("then I looked again"));
}
