//! What happens to an output folder, and what never does.

use std::path::Path;
use std::process::{Command, Output};

use crate::project::{err, on_disk, own, site, starter, tree, write};

pub(crate) fn prepbook(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_prepbook"))
        .arg("--root")
        .arg(root)
        .args(arguments)
        .output()
        .expect("the program runs")
}

/// Hosts send whatever stands in the folder that is published.
#[test]
fn the_output_folder_holds_the_site_and_nothing_else() {
    let project = on_disk();
    assert!(prepbook(project.path(), &["build"]).status.success());
    let planned = site(&starter());
    let planned: Vec<_> = planned.iter().map(|(path, _)| path.to_string()).collect();
    let there = tree(&project.path().join("output")).into_iter();
    assert_eq!(there.map(|(path, _)| path).collect::<Vec<_>>(), planned);
    // Nor does a repository take in what is our own.
    let ignored = std::fs::read_to_string(project.path().join(".prepbook/.gitignore"));
    assert_eq!(ignored.expect("a file"), "*\n");
}

/// Somebody who may write beside a project, and not in it, builds it again and again.
#[cfg(unix)]
#[test]
fn a_project_that_cannot_be_written_is_built_elsewhere() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    let mode = |path: &Path, mode| {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(path, permissions).expect("changed");
    };
    for was_built in [false, true] {
        let project = on_disk();
        let elsewhere = tempfile::tempdir().expect("a folder");
        mode(elsewhere.path(), 0o777);
        let program = elsewhere.path().join("prepbook");
        std::fs::copy(env!("CARGO_BIN_EXE_prepbook"), &program).expect("a copy");
        let out = elsewhere.path().join("site");
        if was_built {
            assert!(prepbook(project.path(), &["build"]).status.success());
        }
        mode(project.path(), 0o555);
        let build = || {
            let mut command = Command::new(&program);
            command.arg("--root").arg(project.path()).arg("build");
            command.arg("-o").arg(&out);
            if std::fs::write(project.path().join("probe"), "").is_ok() {
                // The superuser may write anywhere.
                command.uid(65_534).gid(65_534);
            }
            command.output().expect("the program runs")
        };
        let (first, again) = (build(), build());
        mode(project.path(), 0o755);
        assert!(first.status.success(), "{}", err(&first));
        assert!(err(&again).contains(": 0 files written"), "{}", err(&again));
        assert!(!out.join("manifest.json").exists());
    }
}

#[test]
fn a_project_may_be_moved_with_its_output() {
    let project = on_disk();
    assert!(prepbook(project.path(), &["build"]).status.success());
    let elsewhere = tempfile::tempdir().expect("a folder");
    let moved = elsewhere.path().join("moved");
    std::fs::rename(project.path(), &moved).expect("moved");
    let again = prepbook(&moved, &["build"]);
    assert!(err(&again).contains(": 0 files written"), "{}", err(&again));
}

#[test]
fn a_second_build_writes_no_file() {
    let project = on_disk();
    assert!(prepbook(project.path(), &["build"]).status.success());
    let times = |root: &Path| -> Vec<_> {
        tree(&root.join("output"))
            .into_iter()
            .map(|(path, _)| {
                std::fs::metadata(root.join("output").join(path))
                    .expect("a file")
                    .modified()
                    .expect("a time")
            })
            .collect()
    };
    let before = times(project.path());
    let again = prepbook(project.path(), &["build"]);
    assert!(err(&again).contains(": 0 files written"), "{}", err(&again));
    assert_eq!(times(project.path()), before);
}

#[test]
fn a_failed_build_leaves_the_output_as_it_was() {
    let project = on_disk();
    assert!(prepbook(project.path(), &["build"]).status.success());
    let before = tree(&project.path().join("output"));
    write(
        project.path(),
        "content/questions/broken.yaml",
        "title: [\n",
    );
    let failed = prepbook(project.path(), &["build"]);
    assert_eq!(failed.status.code(), Some(1));
    assert!(
        err(&failed).contains("build failed: 1 error;") && err(&failed).contains("is unchanged"),
        "{}",
        err(&failed)
    );
    assert_eq!(tree(&project.path().join("output")), before);
}

#[test]
fn a_failed_first_build_makes_no_output_folder() {
    let project = on_disk();
    write(
        project.path(),
        "themes/default/templates/home.html",
        "{{ nothing }}",
    );
    let failed = prepbook(project.path(), &["build"]);
    assert_eq!(failed.status.code(), Some(1), "{}", err(&failed));
    assert!(
        err(&failed).contains("themes/default/templates/home.html:1:"),
        "{}",
        err(&failed)
    );
    assert!(!project.path().join("output").exists());
}

#[test]
fn pages_of_removed_records_go_and_files_of_others_stay() {
    let project = on_disk();
    let output = project.path().join("output");
    assert!(prepbook(project.path(), &["build"]).status.success());
    write(&output, "mine.txt", "mine");
    write(&output, "guides/mine/notes.txt", "mine too");
    write(
        project.path(),
        "content/guides/extra.md",
        "---\ntitle: Extra\norder: 99\nsummary: More.\ndraft: true\n---\n\nText.\n",
    );
    assert!(
        prepbook(project.path(), &["build", "--drafts"])
            .status
            .code()
            != Some(2)
    );
    let guide = std::fs::read_dir(project.path().join("content/guides"))
        .expect("guides")
        .count();
    assert!(guide > 1);
    // Without drafts the extra page is not planned any more.
    let built = prepbook(project.path(), &["build"]);
    assert!(built.status.success(), "{}", err(&built));
    assert!(!output.join("guides/extra").exists());
    assert_eq!(
        std::fs::read(output.join("mine.txt")).expect("still there"),
        b"mine"
    );
    assert_eq!(
        std::fs::read(output.join("guides/mine/notes.txt")).expect("still there"),
        b"mine too"
    );
}

#[test]
fn an_aliased_page_comes_and_goes() {
    let project = on_disk();
    let output = project.path().join("output");
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
    assert!(output.join("old/place/index.html").is_file());
    std::fs::write(&guide, text).expect("written");
    assert!(err(&prepbook(project.path(), &["build"])).contains("1 removed"));
    assert!(!output.join("old").exists());
}

#[test]
fn a_damaged_manifest_deletes_nothing() {
    let project = on_disk();
    assert!(prepbook(project.path(), &["build"]).status.success());
    let out = project.path().join("output");
    for damaged in [
        "{",
        r#"{"format":1,"files":{"../../thesis.tex":"x"}}"#,
        r#"{"format":9,"files":{}}"#,
    ] {
        std::fs::write(own(project.path()).join("manifest.json"), damaged).expect("written");
        let before = tree(&out);
        let refused = prepbook(project.path(), &["build"]);
        assert_eq!(refused.status.code(), Some(2), "{damaged}");
        assert!(
            err(&refused).contains("manifest is damaged"),
            "{}",
            err(&refused)
        );
        assert_eq!(tree(&out), before);
    }
}

#[test]
fn a_killed_build_is_repaired_by_the_next() {
    let project = on_disk();
    let expected = {
        let other = on_disk();
        assert!(prepbook(other.path(), &["build"]).status.success());
        tree(&other.path().join("output"))
    };
    for pause in (0..40).step_by(2) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_prepbook"))
            .args(["-q", "build", "--root"])
            .arg(project.path())
            .spawn()
            .expect("the program runs");
        std::thread::sleep(std::time::Duration::from_millis(pause));
        // A build that is done already cannot be killed; that is fine, too.
        let _ = child.kill();
        child.wait().expect("it ends");
        if !project.path().join("output").exists() {
            continue;
        }
        for (path, bytes) in tree(&project.path().join("output")) {
            if !path.starts_with(".prepbook") {
                let whole = expected
                    .iter()
                    .find(|(known, _)| *known == path)
                    .expect("no foreign file");
                assert_eq!(bytes, whole.1, "{path} is torn after {pause} ms");
            }
        }
        assert!(prepbook(project.path(), &["build"]).status.success());
        assert_eq!(tree(&project.path().join("output")), expected);
        std::fs::remove_dir_all(project.path().join("output")).expect("removed");
    }
}

#[cfg(unix)]
#[test]
fn a_build_that_is_asked_to_end_ends_before_or_after_it_publishes() {
    let project = on_disk();
    let output = project.path().join("output");
    let expected = {
        let other = on_disk();
        assert!(prepbook(other.path(), &["build"]).status.success());
        tree(&other.path().join("output"))
    };
    let mut published = 0;
    for nth in 0..40 {
        let (signal, code) = [("-INT", 130), ("-TERM", 143)][nth % 2];
        let mut child = Command::new(env!("CARGO_BIN_EXE_prepbook"))
            .args(["-q", "build", "--root"])
            .arg(project.path())
            .spawn()
            .expect("the program runs");
        // Half of them before there is anything, half of them in the middle.
        while nth % 4 < 2 && !output.exists() && child.try_wait().expect("known").is_none() {}
        let asked = Command::new("kill")
            .args([signal, &child.id().to_string()])
            .output()
            .expect("kill runs");
        let ended = child.wait().expect("it ends").code();
        if !asked.status.success() || ended == Some(0) {
            // It was done already.
            assert_eq!(tree(&output), expected);
        } else if output.exists() {
            assert_eq!(ended, Some(code));
            assert_eq!(tree(&output), expected);
            published += 1;
        }
        if output.exists() {
            std::fs::remove_dir_all(&output).expect("removed");
        }
    }
    assert!(published > 0, "no build was asked while it published");
}

#[test]
fn two_builds_at_once_take_turns() {
    let project = on_disk();
    let children: Vec<_> = (0..4)
        .map(|_| {
            Command::new(env!("CARGO_BIN_EXE_prepbook"))
                .args(["-q", "build", "--root"])
                .arg(project.path())
                .spawn()
                .expect("the program runs")
        })
        .collect();
    for mut child in children {
        assert!(child.wait().expect("it ends").success());
    }
    assert!(err(&prepbook(project.path(), &["build"])).contains(": 0 files written"));
}

#[test]
fn names_with_colons_are_written_and_known_again() {
    let project = on_disk();
    write(project.path(), "themes/default/assets/a:b.js", "x");
    assert!(prepbook(project.path(), &["build"]).status.success());
    let again = prepbook(project.path(), &["build"]);
    assert!(err(&again).contains(": 0 files written"), "{}", err(&again));
}
