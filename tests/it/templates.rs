//! Names in templates: those that mean nothing are found wherever they stand, the others are not.

use prepbook::diagnostic::Code;
use prepbook::load::built_in_theme;
use prepbook::source::{SourcePath, Sources};

use crate::project::{build, edit, put, reports, starter};

/// What is said of the templates when one of them is replaced.
fn told(name: &str, text: &str) -> Vec<(String, Option<String>)> {
    let mut sources = starter();
    put(
        &mut sources,
        &format!("themes/default/templates/{name}"),
        text,
    );
    told_of(&sources)
}

fn told_of(sources: &Sources) -> Vec<(String, Option<String>)> {
    let found = build(sources).found.into_iter();
    let of_templates = found.filter(|one| one.code == Code::Template);
    of_templates.map(|one| (one.message, one.help)).collect()
}

#[test]
fn the_built_in_templates_name_nothing_that_is_not_there() {
    let mut sources = starter();
    // As long as all are built in, they are not looked through.
    for (path, bytes) in built_in_theme().filter(|(path, _)| path.starts_with("templates/")) {
        let text = String::from_utf8_lossy(bytes);
        put(
            &mut sources,
            &format!("themes/default/{path}"),
            &format!("{text}{{# looked at #}}"),
        );
    }
    let found = build(&sources).found;
    assert_eq!(reports(&found, &sources), "");
}

#[test]
fn a_misspelt_name_is_found_in_every_template() {
    let templates = built_in_theme().filter(|(path, _)| path.starts_with("templates/"));
    let mut count = 0;
    for (path, bytes) in templates {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let end = text
            .rfind("{% endblock")
            .or_else(|| text.rfind("{%- endblock"));
        let Some(end) = end else { continue };
        let broken = format!(
            "{}{{% if nothing_of_the_kind %}}x{{% endif %}}{}",
            &text[..end],
            &text[end..]
        );
        let name = path.trim_start_matches("templates/");
        let told = told(name, &broken);
        assert!(
            told[0].0.ends_with("sees no `nothing_of_the_kind`"),
            "{path}: {told:?}"
        );
        count += 1;
    }
    assert!(count > 25, "{count}");
}

/// An exercise page with this in its middle.
fn exercise(text: &str) -> Vec<(String, Option<String>)> {
    told(
        "exercise.html",
        &format!("{{% extends \"layout.html\" %}}{{% block content %}}{text}{{% endblock %}}"),
    )
}

#[test]
fn names_are_found_wherever_they_stand() {
    for (text, name) in [
        ("{% if titel %}x{% endif %}", "titel"),
        ("{% if title and not titel %}x{% endif %}", "titel"),
        ("{% if title %}{% elif titel == 1 %}x{% endif %}", "titel"),
        ("{% for one in titel %}x{% endfor %}", "titel"),
        ("{% set a = titel %}", "titel"),
        ("{{ title | replace(from=titel, to=\"x\") }}", "titel"),
        ("{{ <links title=\"x\" items={titel} /> }}", "titel"),
        ("{{ <timing bar={frame.titel} label=\"x\" /> }}", "titel"),
        ("{% if frame.site.titel %}x{% endif %}", "titel"),
        (
            "{% for one in questions %}{% if one.titel %}x{% endif %}{% endfor %}",
            "titel",
        ),
        (
            "{% for one in frame.crumbs %}{% set two = one %}{% if two[\"titel\"] %}x{% endif %}{% endfor %}",
            "titel",
        ),
        ("{% if steps[0].titel %}x{% endif %}", "titel"),
        (
            "{{ [one.titel for one in decks] | length }}{% if titel %}{% endif %}",
            "titel",
        ),
        ("{{ \"a\" if titel else \"b\" }}", "titel"),
        (
            "{% for one in decks %}{% endfor %}{% if one %}x{% endif %}",
            "one",
        ),
    ] {
        let told = exercise(text);
        assert_eq!(told.len(), 1, "{text}: {told:?}");
        assert!(
            told[0].0.ends_with(&format!("no `{name}`")),
            "{text}: {told:?}"
        );
    }
}

#[test]
fn names_that_mean_something_are_not() {
    for text in [
        "{% if titel is defined %}x{% endif %}{% if titel is not defined %}x{% endif %}",
        "{{ titel | default(value=\"x\") }}",
        "{% for one in decks %}{{ loop.index }}{% if loop.last %}.{% endif %}{% endfor %}",
        "{% for key, value in frame.headings %}{{ key }}{{ value }}{% endfor %}",
        "{{ frame.site.assets[\"site.css\"] }}{% if frame.headings.anything %}x{% endif %}",
        "{% raw %}{{ titel }}{% if titel %}{% endraw %}",
        "{# {{ titel }} #}{{ \"{{ titel }}\" }}",
        "{% for n in range(end=2) %}{{ n }}{% endfor %}",
        "{% if minutes > 1 and minutes < 99 %}x{% endif %}",
        "{% set mine = title %}{{ mine | upper }}",
        "{% for step in steps | reverse %}{{ step }}{% endfor %}",
    ] {
        assert_eq!(exercise(text), [], "{text}");
    }
}

#[test]
fn a_frame_may_ask_for_what_only_some_pages_have() {
    let layout = "themes/default/templates/layout.html";
    let mut sources = starter();
    edit(
        &mut sources,
        layout,
        "<body>",
        "<body>{% if minutes %}x{% endif %}",
    );
    assert_eq!(told_of(&sources), []);
    edit(&mut sources, layout, "{% if minutes %}", "{% if minuets %}");
    let told = told_of(&sources);
    assert!(
        !told.is_empty()
            && told
                .iter()
                .all(|(message, _)| message.ends_with("sees no `minuets`")),
        "{told:?}"
    );
}

#[test]
fn components_see_their_arguments_alone() {
    let parts = "themes/default/templates/parts.html";
    let mut sources = starter();
    let text = sources.text(&SourcePath::new(parts)).to_owned();
    put(
        &mut sources,
        parts,
        &format!(
            "{text}{{% component mine(items, many: bool = false) %}}{{% if items or many or title %}}x{{% endif %}}{{% endcomponent mine %}}"
        ),
    );
    let told = told_of(&sources);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].0, "this component has no `title`");
}
