//! Pictures and files of authors: in pages, on paper, in search, at the site's root.

use prepbook::diagnostic::Code;
use prepbook::source::{Source, SourcePath, Sources};
use prepbook::{Memo, Options};

use crate::project::{build, edit, put, reports, site, starter};

const DRAWING: &str = "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40.4 20\"><path d=\"M0 0h40\"/></svg>";
/// One white dot.
const DOT: &[u8] = &[
    0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0, 1, 0, 0x80, 0, 0, 0xff, 0xff, 0xff, 0, 0, 0, 0x2c, 0,
    0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b,
];

/// The starter handbook with a picture in a question and in a guide, and a file that the guide offers.
fn illustrated() -> Sources {
    let mut sources = starter();
    put(&mut sources, "content/images/stand/brakes.svg", DRAWING);
    sources.insert(SourcePath::new("content/images/dot.gif"), Source::new(DOT));
    edit(
        &mut sources,
        "content/questions/creaking-bicycle.yaml",
        "  - You ask before you touch.",
        "  - \"You ask before you touch: ![Both *brakes* of a \\\"zebrawood\\\" bicycle](images/stand/brakes.svg)\"",
    );
    edit(
        &mut sources,
        "content/guides/bench-trial.md",
        "Many shops",
        "![A dot](images/dot.gif \"Dotted\")\n\nTake [the form](files/form.pdf) along. Many shops",
    );
    for path in [
        "form.pdf",
        "CNAME",
        "favicon.ico",
        ".well-known/security.txt",
    ] {
        put(&mut sources, &format!("content/files/{path}"), path);
    }
    sources
}

#[test]
fn pictures_have_a_size_a_text_and_a_name_that_can_be_cached() {
    let sources = illustrated();
    assert_eq!(reports(&build(&sources).found, &sources), "");
    let tree = site(&sources);
    let text = |path: &str| String::from_utf8_lossy(tree.get(path).expect("a file")).into_owned();
    let path = tree
        .iter()
        .map(|(path, _)| path.as_str())
        .find(|path| path.contains("brakes"));
    let path = path.expect("the picture");
    assert!(
        path.starts_with("assets/images/stand/brakes.")
            && path.len() == "assets/images/stand/brakes.12345678.svg".len()
    );
    let rest = "width=\"40\" height=\"20\" loading=\"lazy\" decoding=\"async\" alt=\"Both brakes of a “zebrawood” bicycle\">";
    let tag = format!("<img src=\"../../{path}\" {rest}");
    assert!(
        text("questions/creaking-bicycle/index.html").contains(&tag),
        "{tag}"
    );
    let guide = text("guides/bench-trial/index.html");
    assert!(
        guide.contains("width=\"1\" height=\"1\""),
        "a size of a raster picture"
    );
    assert!(guide.contains("title=\"Dotted\" alt=\"A dot\""), "{guide}");
    // On paper it is there at once.
    let print = text("print/index.html");
    assert!(
        print.contains(&format!("<img src=\"../{path}\" width=\"40\"")),
        "in print"
    );
    assert!(!print.contains("loading="), "no picture waits for a reader");
    assert!(text("search-data.js").contains("zebrawood"), "in search");
    assert!(text("sw.js").contains(path), "kept for reading offline");
}

#[test]
fn files_stand_at_the_root_as_they_are() {
    let tree = site(&illustrated());
    for path in [
        "form.pdf",
        "CNAME",
        "favicon.ico",
        ".well-known/security.txt",
    ] {
        assert_eq!(
            tree.get(path).map(|bytes| &bytes[..]),
            Some(path.as_bytes())
        );
    }
    let guide = String::from_utf8_lossy(tree.get("guides/bench-trial/index.html").expect("it"))
        .into_owned();
    assert!(guide.contains("<a href=\"../../form.pdf\">the form</a>"));
}

#[test]
fn what_only_hosts_and_search_engines_read_can_be_replaced() {
    let mut sources = crate::project::with_settings("base_url: https://prep.example.org/");
    let own = ["robots.txt", "sitemap.xml", "favicon.ico", "_redirects"];
    for path in own {
        put(&mut sources, &format!("content/files/{path}"), path);
    }
    let result = build(&sources);
    assert_eq!(reports(&result.found, &sources), "");
    for path in own {
        assert_eq!(&result.value.get(path).expect("it")[..], path.as_bytes());
    }
}

#[test]
fn a_picture_that_is_not_there_is_told_at_its_place() {
    let mut sources = illustrated();
    edit(
        &mut sources,
        "content/guides/bench-trial.md",
        "images/dot.gif",
        "images/dit.gif",
    );
    let found = build(&sources).found;
    assert_eq!(found.len(), 1, "{}", reports(&found, &sources));
    assert_eq!(
        (found[0].code, found[0].help.as_deref()),
        (Code::BrokenLink, Some("did you mean `images/dot.gif`?"))
    );
    let range = found[0].place.span.range();
    assert_eq!(&sources.text(&found[0].place.path)[range], "images/dit.gif");
}

#[test]
fn a_changed_picture_changes_the_pages_that_show_it() {
    let mut sources = illustrated();
    let memo = Memo::new();
    let build =
        |sources: &Sources| prepbook::build(sources, &Options::default(), &memo, |_| {}).value;
    build(&sources);
    put(
        &mut sources,
        "content/images/stand/brakes.svg",
        &DRAWING.replace("40.4", "80"),
    );
    let warm = build(&sources);
    assert_eq!(
        warm.changed(&site(&sources)),
        Vec::<&prepbook::output::OutputPath>::new()
    );
}

#[test]
fn pictures_by_other_ways_are_refused_with_the_right_one() {
    for (written, help) in [
        ("../images/dot.gif", "did you mean `images/dot.gif`?"),
        ("/images/dot.gif", "did you mean `images/dot.gif`?"),
        (
            "https://example.org/dot.gif",
            "put it into content/images/ and write `![what it shows](images/name.svg)`",
        ),
    ] {
        let mut sources = illustrated();
        edit(
            &mut sources,
            "content/guides/bench-trial.md",
            "images/dot.gif",
            written,
        );
        let found = build(&sources).found;
        assert_eq!(found[0].help.as_deref(), Some(help), "{written}");
    }
}
