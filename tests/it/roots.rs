//! Which folder is a handbook's, whatever stands where its settings should.

#![cfg(unix)]

use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use crate::project::{on_disk, run};

/// Puts something at a path.
type Make = fn(&Path);

#[test]
fn settings_that_cannot_be_read_do_not_mean_the_handbook_above() {
    let made: [(&str, Make); 4] = [
        ("link-outside", |path| {
            symlink("nowhere", path).expect("a link");
        }),
        ("link-outside", |path| {
            symlink("handbook.yaml", path).expect("a loop");
        }),
        ("not-a-file", |path| {
            std::fs::create_dir(path).expect("a folder");
        }),
        ("not-a-file", |path| {
            let made = Command::new("mkfifo").arg(path).status();
            assert!(made.expect("mkfifo").success());
        }),
    ];
    for (code, make) in made {
        let project = on_disk();
        let inner = project.path().join("inner");
        std::fs::create_dir_all(inner.join("content")).expect("a folder");
        make(&inner.join("content/handbook.yaml"));
        for command in ["build", "check", "fmt", "list"] {
            let done = run(&inner, &[command]);
            let told = crate::project::told(&done);
            assert_eq!(done.status.code(), Some(1), "{code}: {command}: {told}");
            let finding = format!("error[{code}]");
            assert!(told.contains(&finding), "{command}: {told}");
            assert!(told.contains("content/handbook.yaml"), "{command}: {told}");
            assert!(!told.contains("missing-handbook"), "{command}: {told}");
        }
        assert!(!project.path().join("output").exists(), "{code}");
    }
}

#[test]
fn a_root_without_a_handbook_is_told_by_every_command() {
    let folder = tempfile::tempdir().expect("a folder");
    for command in ["check", "fmt", "list"] {
        let done = run(folder.path(), &["--root", ".", command]);
        let told = crate::project::told(&done);
        assert_eq!(done.status.code(), Some(1), "{command}: {told}");
        assert!(
            told.contains("error[missing-handbook]"),
            "{command}: {told}"
        );
    }
}
