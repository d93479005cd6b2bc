//! What becomes of the texts of a list: pictures, tags, links between its questions, cards with gaps and formulas.

use prepbook::kind::Kind;
use prepbook::source::SourcePath;

use crate::import_shapes::{beside_a_handbook, first, ids, imported, made, record, with};
use crate::project::{put, run, starter, write};

const DRAWING: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"/>"#;

#[test]
fn pictures_beside_the_list_come_along_and_others_are_links() {
    let text = "### Why?\n\n![The way](img/A%20drawing.svg \"Where it goes\")\n\n![](img/A%20drawing.svg \"Where\")\n\n<p align=\"center\"><img src=\"img/other-drawing.svg\" alt=\"Another\" width=\"70%\"></p>\n\n![far](https://example.org/x.png) and ![lost](lost.png) and ![up](../drawing.svg)\n";
    let sources = starter();
    let (_, made) = imported(&sources, "list.md", text);
    let why = record(&made, Kind::Question, "why");
    for shown in [
        "![The way](images/a-drawing.svg)\n",
        "![Where](images/a-drawing.svg)\n",
        "![Another](images/other-drawing.svg)\n",
        "[far](<https://example.org/x.png>) and !\\[lost](lost.png) and !\\[up](../drawing.svg)",
    ] {
        assert!(why.contains(shown), "{why}");
    }
    assert_eq!((made.pictures.len(), made.linked), (2, 1));
    assert_eq!(made.remarks.len(), 2, "{:?}", made.remarks);
    assert!(made.remarks[0].starts_with("list.md:1: the picture `lost.png` is not beside"));
    with(&sources, &made);
    // A picture of another content is not written over; the same one is there already.
    let mut sources = starter();
    put(
        &mut sources,
        "content/images/a-drawing.svg",
        &DRAWING.replace('4', "5"),
    );
    put(&mut sources, "content/images/other-drawing.svg", DRAWING);
    let (_, made) = imported(&sources, "list.md", text);
    let names: Vec<&str> = made.pictures.keys().map(SourcePath::as_str).collect();
    assert_eq!(names, ["content/images/a-drawing-2.svg"]);
}

#[test]
fn the_command_copies_pictures_and_counts_them() {
    let project = beside_a_handbook(
        "lists/list.md",
        "### Why?\n\n![So](p.svg) ![far](https://example.org/x.png)\n",
    );
    write(project.path(), "lists/p.svg", DRAWING);
    let written = run(project.path(), &["import", "lists/list.md"]);
    let told = String::from_utf8_lossy(&written.stderr);
    assert!(
        told.contains("1 picture copied, 1 picture as links"),
        "{told}"
    );
    let copied = std::fs::read_to_string(project.path().join("content/images/p.svg"));
    assert_eq!(copied.expect("a picture"), DRAWING);
    let built = run(project.path(), &["build"]);
    assert!(built.status.success());
}

#[test]
fn tags_in_markdown_say_the_same_in_markdown() {
    let (_, made) = made(
        "list.md",
        "### Why `<br>`?\n\nOne<br>two, <b>bold</b> and <kbd>Ctrl</kbd>, a Vec<T>.\n\n| a | b |\n|---|---|\n| 1<br>2 | 3 |\n\n<table><tr><th>x</th></tr><tr><td>1</td></tr></table>\n\n```html\n<b>code</b>\n```\n",
    );
    let why = first(&made);
    for said in [
        "One\\\n      two, **bold** and `Ctrl`, a Vec<T>.\n",
        "| 1 2 | 3 |",
        "| x |\n      | --- |\n      | 1 |\n",
        "<b>code</b>",
    ] {
        assert!(why.contains(said), "{said}: {why}");
    }
}

#[test]
fn links_between_questions_lead_to_them() {
    let (_, made) = made(
        "list.md",
        "## 1. What is a hub?\n\nThe middle; see [rims](#2-what-is-a-rim) and [What is a rim?](#r2) in [the list](#wheels).\n\n## 2. What is a rim?\n\nA ring.\n",
    );
    let hub = record(&made, Kind::Question, "what-is-a-hub");
    assert!(
        hub.contains("see [rims](question:what-is-a-rim) and [What is a rim?](question:what-is-a-rim) in the list."),
        "{hub}"
    );
}

#[test]
fn cards_with_gaps_ask_for_them() {
    let (_, made) = made(
        "deck.txt",
        "#separator:tab\n#html:true\nA {{c1::hub}} is the middle of a {{c2::wheel with {{c3::spokes}}::a part}}.\tSee <b>wheels</b>.\n{{no}} gap {{c1:x}}?\tNone.\n",
    );
    let card = first(&made);
    assert!(
        card.contains("title: A … is the middle of a … (a part).\n")
            && card.contains(
                "A **hub** is the middle of a **wheel with spokes**.\n\n      See **wheels**.\n"
            ),
        "{card}"
    );
    let other = record(&made, Kind::Question, ids(&made, Kind::Question)[1]);
    assert!(other.contains("title: \"{{no}} gap {{c1:x}}?\""), "{other}");
}

#[test]
fn cards_keep_code_tables_and_formulas() {
    let (list, made) = imported(
        &starter(),
        "deck.txt",
        "#separator:tab\n#html:true\n<img src=\"drawing.svg\"><br>Write it.\t<pre><code class=\"language-python\">def f(x):<br>&nbsp;&nbsp;return x &lt; 1</code></pre>\nBayes?\t\\(P(A|B) = \\frac{1}{2}\\)<br>[sound:x.mp3]\nA matrix?\tIt.<table><tr><th>TP</th><th>FP</th></tr>\t\nWhole?\t<table><tbody><tr><td>a|b</td><td>c</td></tr><tr><td>1</td><td>2</td></tr></tbody></table>\n",
    );
    let code = record(&made, Kind::Question, "write-it");
    assert!(
        code.contains("![drawing](images/drawing.svg)\n\n      ```python\n      def f(x):\n        return x < 1\n      ```\n"),
        "{code}"
    );
    let bayes = record(&made, Kind::Question, "bayes");
    assert!(bayes.contains("`P(A|B) = \\\\frac{1}{2}`"), "{bayes}");
    assert!(!bayes.contains("sound"), "{bayes}");
    assert_eq!(list.remarks, ["sounds are left out: x.mp3 (line 4)"]);
    let whole = record(&made, Kind::Question, "whole");
    assert!(
        whole.contains("| a\\|b | c |\n      | --- | --- |\n      | 1 | 2 |\n"),
        "{whole}"
    );
    with(&starter(), &made);
}
