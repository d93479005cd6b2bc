//! A warm build equals a cold one, whatever was edited in between.

use prepbook::Memo;
use prepbook::Options;
use prepbook::source::{SourcePath, Sources};
use proptest::prelude::*;

use crate::project::{build, edit, put, starter};

#[derive(Clone, Debug)]
enum Edit {
    /// Replaces the nth word of the nth file.
    Word(usize, usize, String),
    /// Appends to the nth file.
    Append(usize, String),
    /// Takes the nth file away, or puts it back.
    Toggle(usize),
}

fn an_edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (0..200_usize, 0..400_usize, "[a-zA-Z0-9:#'\" -]{1,12}")
            .prop_map(|(file, word, text)| Edit::Word(file, word, text)),
        (0..200_usize, "(# note\n|x: y\n|\\]\n|[a-z]{3}\n)")
            .prop_map(|(file, text)| Edit::Append(file, text)),
        (0..200_usize).prop_map(Edit::Toggle),
    ]
}

fn apply(edit: &Edit, files: &mut [(String, String, bool)]) {
    let count = files.len();
    match edit {
        Edit::Word(file, word, text) => {
            let file = &mut files[file % count];
            let words: Vec<&str> = file.1.split(' ').collect();
            let at = word % words.len();
            file.1 = words
                .iter()
                .enumerate()
                .map(|(nth, word)| if nth == at { text.as_str() } else { word })
                .collect::<Vec<_>>()
                .join(" ");
        }
        Edit::Append(file, text) => files[file % count].1.push_str(text),
        Edit::Toggle(file) => files[file % count].2 ^= true,
    }
}

fn sources_of(files: &[(String, String, bool)]) -> Sources {
    let mut sources = prepbook::load::built_in();
    for (path, text, present) in files.iter().filter(|(.., present)| *present) {
        assert!(present);
        put(&mut sources, path, text);
    }
    sources
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn warm_builds_equal_cold_ones(edits in prop::collection::vec(an_edit(), 1..12)) {
        let original: Vec<(String, String, bool)> =
            starter().below("content/").map(|(path, source)| (path.to_string(), source.text().to_owned(), true)).collect();
        let mut files = original.clone();
        let memo = Memo::new();
        for edit in edits.iter().map(Some).chain([None]) {
            // The last step undoes everything: what was remembered of broken states must not shine through.
            match edit {
                Some(edit) => apply(edit, &mut files),
                None => files.clone_from(&original),
            }
            let sources = sources_of(&files);
            let warm = prepbook::build(&sources, &Options::default(), &memo, |_| {});
            let cold = build(&sources);
            prop_assert_eq!(&warm.found, &cold.found);
            let changed = warm.value.changed(&cold.value);
            prop_assert!(changed.is_empty(), "{:?}", changed);
        }
    }
}

#[test]
fn an_edited_template_reaches_every_page() {
    let mut sources = starter();
    let memo = Memo::new();
    let before = prepbook::build(&sources, &Options::default(), &memo, |_| {}).value;
    let layout = SourcePath::new("themes/default/templates/layout.html");
    let text = sources
        .text(&layout)
        .replacen("</body>", "<!-- x --></body>", 1);
    put(&mut sources, layout.as_str(), &text);
    let after = prepbook::build(&sources, &Options::default(), &memo, |_| {}).value;
    let pages = after.iter().filter(|(path, _)| path.is_page()).count();
    let redirects = after
        .iter()
        .filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("http-equiv=\"refresh\""))
        .count();
    assert!(after.changed(&before).len() >= pages - redirects);
}

/// The files that an edit of a question changes in a site that is built again and again.
fn changed_by(from: &str, to: &str, options: &Options) -> Vec<String> {
    let mut sources = starter();
    let memo = Memo::new();
    let before = prepbook::build(&sources, options, &memo, |_| {}).value;
    edit(
        &mut sources,
        "content/questions/creaking-bicycle.yaml",
        from,
        to,
    );
    let after = prepbook::build(&sources, options, &memo, |_| {}).value;
    let changed = after.changed(&before);
    changed.into_iter().map(ToString::to_string).collect()
}

#[test]
fn an_edit_changes_what_shows_it_and_nothing_else() {
    let preview = Options {
        preview: true,
        ..Options::default()
    };
    let page = "questions/creaking-bicycle/index.html";
    // The same words in another order take as long to say, and search knows them.
    assert_eq!(
        changed_by("I believe her first.", "First I believe her.", &preview),
        ["print/index.html", page]
    );
    assert_eq!(
        changed_by(
            "I believe her first.",
            "I believe her unconditionally.",
            &preview
        ),
        ["print/index.html", page, "search-data.js"]
    );
    assert_eq!(
        changed_by(
            "I believe her first.",
            "First I believe her.",
            &Options::default()
        ),
        ["print/index.html", page, "sw.js"]
    );
}
