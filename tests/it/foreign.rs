//! What is not ours in an output folder: files of others, links, folders that must not be one.

use std::process::Command;

use crate::emit::prepbook;
use crate::project::{err, on_disk, own, tree, write};

#[test]
fn a_page_edited_by_hand_is_written_again() {
    let project = on_disk();
    assert!(prepbook(project.path(), &["build"]).status.success());
    let home = project.path().join("output/index.html");
    let before = std::fs::read(&home).expect("a page");
    std::fs::write(&home, "edited").expect("written");
    assert!(err(&prepbook(project.path(), &["build"])).contains(": 1 file written"));
    assert_eq!(std::fs::read(&home).expect("a page"), before);
}

#[test]
fn a_page_edited_by_hand_and_then_removed_from_the_site_is_kept_and_told() {
    let project = on_disk();
    let guides = project.path().join("content/guides");
    let guide = std::fs::read_dir(&guides)
        .expect("guides")
        .next()
        .expect("one")
        .expect("one")
        .path();
    let text = std::fs::read_to_string(&guide).expect("a guide");
    std::fs::write(
        &guide,
        text.replacen("---\n", "---\naliases: [/old/place/]\n", 1),
    )
    .expect("written");
    assert!(prepbook(project.path(), &["build"]).status.success());
    let page = project.path().join("output/old/place/index.html");
    std::fs::write(&page, "mine now").expect("written");
    std::fs::write(&guide, text).expect("written");
    let built = prepbook(project.path(), &["build"]);
    assert!(
        err(&built).contains("1 file kept that someone has changed"),
        "{}",
        err(&built)
    );
    assert_eq!(std::fs::read(&page).expect("still there"), b"mine now");
}

#[test]
fn folders_with_foreign_files_are_refused_unless_adopted() {
    let project = on_disk();
    let out = tempfile::tempdir().expect("a folder");
    write(out.path(), "thesis.tex", "mine");
    let path = out.path().to_str().expect("UTF-8");
    let refused = prepbook(project.path(), &["build", "-o", path]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        err(&refused).contains("thesis.tex") && err(&refused).contains("--adopt"),
        "{}",
        err(&refused)
    );
    assert_eq!(tree(out.path()).len(), 1);
    assert!(
        prepbook(project.path(), &["build", "-o", path, "--adopt"])
            .status
            .success()
    );
    assert_eq!(
        std::fs::read(out.path().join("thesis.tex")).expect("still there"),
        b"mine"
    );
}

#[test]
fn a_folder_of_others_in_the_place_of_ours_is_refused() {
    let project = on_disk();
    let output = project.path().join("output");
    assert!(prepbook(project.path(), &["build"]).status.success());
    std::fs::rename(&output, project.path().join("before")).expect("moved");
    write(&output, "index.html", "mine");
    for arguments in [&["build"][..], &["build", "--adopt"]] {
        let refused = prepbook(project.path(), arguments);
        assert_eq!(refused.status.code(), Some(2), "{}", err(&refused));
        assert!(err(&refused).contains("index.html"), "{}", err(&refused));
        let page = std::fs::read(output.join("index.html"));
        assert_eq!(page.expect("still there"), b"mine");
    }
}

#[test]
fn a_foreign_file_where_a_page_must_go_is_an_error() {
    let project = on_disk();
    let out = tempfile::tempdir().expect("a folder");
    write(out.path(), "index.html", "mine");
    let path = out.path().to_str().expect("UTF-8");
    let refused = prepbook(project.path(), &["build", "-o", path, "--adopt"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(err(&refused).contains("index.html"), "{}", err(&refused));
    assert_eq!(
        std::fs::read(out.path().join("index.html")).expect("still there"),
        b"mine"
    );
}

#[test]
fn dangerous_output_folders_are_refused() {
    let project = on_disk();
    let root = project.path().to_str().expect("UTF-8");
    let parent = project
        .path()
        .parent()
        .expect("a parent")
        .to_str()
        .expect("UTF-8")
        .to_owned();
    let before = tree(project.path());
    for (out, reason) in [
        (root.to_owned(), "is or holds the project"),
        (parent, "is or holds the project"),
        ("/".to_owned(), "is or holds the project"),
        (format!("{root}/content"), "lies in content/"),
        (format!("{root}/content/new"), "lies in content/"),
        (format!("{root}/themes/x"), "lies in themes/"),
        (format!("{root}/.prepbook/x"), "lies in .prepbook/"),
        // What is not there yet, and would be made on the way.
        (format!("{root}/new/../content"), "lies in content/"),
        (format!("{root}/new/../content/new"), "lies in content/"),
        (format!("{root}/new/.."), "is or holds the project"),
        (format!("{root}/new/../.."), "is or holds the project"),
        (format!("{root}/new/../README.md"), "is a file"),
        (format!("{root}/README.md"), "is a file"),
    ] {
        let refused = prepbook(project.path(), &["build", "--adopt", "-o", &out]);
        assert_eq!(refused.status.code(), Some(2), "{out}");
        assert!(err(&refused).contains(reason), "{out}: {}", err(&refused));
    }
    let home = Command::new(env!("CARGO_BIN_EXE_prepbook"))
        .args(["build", "--root", root, "-o"])
        .arg(project.path().join("home/new/.."))
        .env("HOME", project.path().join("home"))
        .output()
        .expect("the program runs");
    assert!(err(&home).contains("home folder"), "{}", err(&home));
    assert_eq!(tree(project.path()), before);
}

#[cfg(unix)]
#[test]
fn symbolic_links_in_the_output_are_never_followed() {
    let project = on_disk();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let out = project.path().join("output");
    std::fs::create_dir(&out).expect("a folder");
    std::os::unix::fs::symlink(elsewhere.path(), out.join("questions")).expect("a link");
    let refused = prepbook(project.path(), &["build", "--adopt"]);
    assert_eq!(refused.status.code(), Some(2), "{}", err(&refused));
    assert!(tree(elsewhere.path()).is_empty());
    let link = project.path().join("link");
    std::os::unix::fs::symlink(elsewhere.path(), &link).expect("a link");
    let refused = prepbook(
        project.path(),
        &["build", "-o", link.to_str().expect("UTF-8")],
    );
    assert!(err(&refused).contains("symbolic link"), "{}", err(&refused));
    let slash = format!("{}/", link.display());
    let refused = prepbook(project.path(), &["build", "-o", &slash]);
    assert!(err(&refused).contains("symbolic link"), "{}", err(&refused));
    assert!(tree(elsewhere.path()).is_empty());
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_neither_read_nor_replaced() {
    use std::os::unix::fs::FileTypeExt as _;
    for name in ["manifest.json", "index.html"] {
        let project = on_disk();
        assert!(prepbook(project.path(), &["build"]).status.success());
        let mut pipe = project.path().join("output").join(name);
        if !pipe.exists() {
            pipe = own(project.path()).join(name);
        }
        std::fs::remove_file(&pipe).expect("removed");
        let made = Command::new("mkfifo").arg(&pipe).status();
        assert!(made.expect("mkfifo").success());
        let refused = prepbook(project.path(), &["build"]);
        assert_eq!(refused.status.code(), Some(2), "{}", err(&refused));
        assert!(err(&refused).contains(name), "{}", err(&refused));
        let kind = std::fs::symlink_metadata(&pipe).expect("still there");
        assert!(kind.file_type().is_fifo());
    }
}

#[cfg(unix)]
#[test]
fn nothing_below_a_symbolic_link_is_removed() {
    let project = on_disk();
    let outside = tempfile::tempdir().expect("a folder");
    let guide = project.path().join("content/guides/bench-trial.md");
    let text = std::fs::read_to_string(&guide).expect("a guide");
    let aliased = text.replacen("---\n", "---\naliases: [/old/place/]\n", 1);
    std::fs::write(&guide, aliased).expect("written");
    assert!(prepbook(project.path(), &["build"]).status.success());
    let old = project.path().join("output/old");
    let page = std::fs::read(old.join("place/index.html")).expect("a page");
    write(outside.path(), "old/place/index.html", &page);
    std::fs::remove_dir_all(&old).expect("removed");
    std::os::unix::fs::symlink(outside.path().join("old"), &old).expect("a link");
    std::fs::write(&guide, text).expect("written");
    let built = prepbook(project.path(), &["build"]);
    assert!(
        err(&built).contains("1 file kept that someone has changed"),
        "{}",
        err(&built)
    );
    assert_eq!(
        tree(outside.path()),
        [("old/place/index.html".to_owned(), page)]
    );
    assert!(old.is_symlink());
}

#[cfg(unix)]
#[test]
fn links_with_our_own_names_cost_nobody_a_file() {
    let project = on_disk();
    let outside = tempfile::tempdir().expect("a folder");
    write(outside.path(), "0", "precious");
    write(outside.path(), "manifest", "precious");
    let before = tree(outside.path());
    assert!(prepbook(project.path(), &["build"]).status.success());
    let (output, own) = (project.path().join("output"), own(project.path()));
    for (place, target) in [
        (output.join(".prepbook-staging"), ""),
        (own.join("lock"), "0"),
        (own.join("manifest.json"), "0"),
        (own, ""),
        (project.path().join(".prepbook"), ""),
    ] {
        std::fs::remove_dir_all(&output).expect("removed");
        std::fs::create_dir_all(&output).expect("a folder");
        if place.is_dir() {
            std::fs::remove_dir_all(&place).expect("removed");
        } else {
            drop(std::fs::remove_file(&place));
        }
        std::os::unix::fs::symlink(outside.path().join(target), &place).expect("a link");
        let refused = prepbook(project.path(), &["build"]);
        assert_eq!(refused.status.code(), Some(2), "{}", err(&refused));
        assert!(
            err(&refused).contains("not what prepbook writes"),
            "{}",
            err(&refused)
        );
        assert_eq!(tree(outside.path()), before);
        std::fs::remove_file(&place).expect("a link");
    }
}

#[cfg(unix)]
#[test]
fn an_output_folder_in_linked_sources_is_refused() {
    let project = on_disk();
    let root = project.path();
    std::fs::rename(root.join("content"), root.join("real")).expect("renamed");
    std::os::unix::fs::symlink("real", root.join("content")).expect("a link");
    let out = root.join("real/out");
    let refused = prepbook(root, &["build", "-o", out.to_str().expect("UTF-8")]);
    assert!(
        err(&refused).contains("lies in content/"),
        "{}",
        err(&refused)
    );
}
