//! Sources made to take for ever: what a build does grows as they grow.

use std::time::{Duration, Instant};

use prepbook::diagnostic::Code;

use crate::project::{build, put, starter};

/// How long a starter handbook with one more guide takes to build, and its findings to be told.
fn took(body: &str) -> Duration {
    let mut sources = starter();
    let guide = format!("---\ntitle: Long\norder: 9\nsummary: Long.\n---\n{body}");
    put(&mut sources, "content/guides/long.md", &guide);
    let begun = Instant::now();
    let found = build(&sources).found;
    std::hint::black_box(prepbook::diagnostic::json::lines(&found, &sources));
    begun.elapsed()
}

/// Sixteen times the text may take 64 times as long, for machines have other work; what is done for each pair would
/// take 256 times. A machine that is busier the second time may try again.
fn grows_as_its_text(what: &str, body: impl Fn(usize) -> String) {
    let is_fine = |_| took(&body(32_000)) < took(&body(2_000)) * 64;
    assert!((0..3).any(is_fine), "{what}");
}

#[test]
fn long_guides_are_built_in_time() {
    let repeated = |piece: &'static str| move |count: usize| piece.repeat(count);
    grows_as_its_text("links to a heading", |count| {
        format!("## A\n\n{}", "[x](#a) ".repeat(count))
    });
    grows_as_its_text("links to many headings", |count| {
        (0..count)
            .map(|nth| format!("## H{nth}\n\n[x](#h{nth})\n\n"))
            .collect()
    });
    grows_as_its_text("links to headings of another text", |count| {
        format!("## A\n\n{}", "[x](guide:long#a) ".repeat(count))
    });
    grows_as_its_text("links to nothing", |count| {
        (0..count)
            .map(|nth| format!("## H{nth}\n\n[x](#no-{nth})\n\n"))
            .collect()
    });
    grows_as_its_text("the same heading", repeated("## A\n\n"));
    grows_as_its_text("notes", |count| {
        (0..count)
            .map(|nth| format!("x[^{nth}]\n\n[^{nth}]: y\n\n"))
            .collect()
    });
    grows_as_its_text("links by unknown names", repeated("[x][a] "));
    grows_as_its_text("unknown notes", repeated("x[^a] "));
    grows_as_its_text("raw HTML", repeated("<b>x</b> "));
    grows_as_its_text("open brackets", repeated("[x]( "));
}

#[test]
fn near_names_of_languages_are_looked_for_a_few_times() {
    let mut sources = starter();
    let body = "~~~pyhton\nx\n~~~\n\n".repeat(80);
    let guide = format!("---\ntitle: Long\norder: 9\nsummary: Long.\n---\n{body}");
    put(&mut sources, "content/guides/long.md", &guide);
    let found = build(&sources).found;
    let suggests = |help: Option<&str>| help == Some("did you mean `python`?");
    let count = found.iter().filter(|one| suggests(one.help.as_deref()));
    assert_eq!(count.count(), prepbook::parse::SUGGESTIONS);
}

#[test]
fn an_address_longer_than_any_path_is_refused_where_it_stands() {
    let mut sources = crate::project::starter();
    let path = "content/guides/bench-trial.md";
    let aliased = format!("---\naliases: [\"{}\"]\n", "/a".repeat(3000));
    crate::project::edit(&mut sources, path, "---\n", &aliased);
    let told = crate::project::reports(&crate::project::build(&sources).found, &sources);
    assert!(told.contains("this address has 6000 bytes"), "{told}");
}

#[test]
fn a_template_of_very_many_branches_is_refused_where_they_become_too_many() {
    let template = |branches: usize| {
        let mut sources = starter();
        let text = format!(
            "{{% extends \"layout.html\" %}}{{% block content %}}{{% if title %}}a{}{{% endif %}}{{% endblock %}}",
            "\n{% elif title %}b".repeat(branches)
        );
        put(
            &mut sources,
            "themes/default/templates/exercise.html",
            &text,
        );
        build(&sources).found
    };
    assert_eq!(template(200), []);
    let found = template(12_000);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code, Code::Template);
    assert!(found[0].message.contains("at most 200"));
}
