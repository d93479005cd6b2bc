//! Equal inputs give byte-identical sites.

use prepbook::Memo;
use prepbook::Options;

use crate::project::{on_disk, repository, site, starter, tree};

#[test]
fn order_of_sources_threads_and_builds_do_not_matter() {
    let sources = prepbook::load::load(&repository()).expect("the project's own handbook");
    let first = site(&sources);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a pool");
    let second = pool.install(|| site(&sources));
    assert!(first.changed(&second).is_empty());
    let memo = Memo::new();
    for _ in 0..2 {
        let warm = prepbook::build(&sources, &Options::default(), &memo, |_| {});
        assert!(first.changed(&warm.value).is_empty());
    }
}

#[test]
fn folders_time_zones_locales_and_thread_counts_do_not_matter() {
    let program = env!("CARGO_BIN_EXE_prepbook");
    let mut trees = Vec::new();
    for (zone, language, threads) in [
        ("UTC", "C", "1"),
        ("Pacific/Kiritimati", "tr_TR.UTF-8", "4"),
    ] {
        let folder = on_disk();
        let output = std::process::Command::new(program)
            .args(["build", "--root"])
            .arg(folder.path())
            .envs([
                ("TZ", zone),
                ("LANG", language),
                ("RAYON_NUM_THREADS", threads),
            ])
            .output()
            .expect("the program runs");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        trees.push(tree(&folder.path().join("output")));
    }
    assert_eq!(trees[0].len(), trees[1].len());
    for (one, other) in trees[0].iter().zip(&trees[1]) {
        assert_eq!(one, other, "{}", one.0);
    }
}

#[test]
fn line_ends_byte_order_marks_and_missing_newlines_do_not_matter() {
    let plain = starter();
    let expected = site(&plain);
    let mut windows = prepbook::load::built_in();
    for (path, source) in plain.below("content/") {
        let text = format!(
            "\u{feff}{}",
            source.text().trim_end_matches('\n').replace('\n', "\r\n")
        );
        crate::project::put(&mut windows, path.as_str(), &text);
    }
    let actual = site(&windows);
    let changed: Vec<_> = expected
        .changed(&actual)
        .into_iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(changed, Vec::<String>::new());
}
