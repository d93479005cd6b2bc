//! Makes the site theme's own scripts small when the program is built, so that no build of a site does.

#![expect(
    clippy::disallowed_methods,
    reason = "it runs before there is a program"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const FOLDER: &str = "themes/default/assets";

fn main() {
    println!("cargo::rerun-if-changed={FOLDER}");
    // Figures of one profile say nothing of another: `tests/it/instructions.rs` asks which one this is.
    let level = std::env::var("OPT_LEVEL").expect("cargo says how much it optimises");
    println!("cargo::rustc-env=OPT_LEVEL={level}");
    let mut scripts = Vec::new();
    find(Path::new(FOLDER), &mut scripts);
    scripts.sort();
    let mut table = String::new();
    for path in scripts {
        let text = std::fs::read_to_string(&path).expect("scripts are texts");
        let small = minifier::js::minify(&text).to_string();
        let name = path.strip_prefix(FOLDER).expect("it stands there");
        // As paths of sources are written.
        let name = name.to_str().expect("it is UTF-8").replace('\\', "/");
        writeln!(table, "({name:?}, {small:?}),").expect("memory takes everything");
    }
    let out = std::env::var_os("OUT_DIR").expect("cargo says where");
    let out = PathBuf::from(out).join("scripts.rs");
    std::fs::write(out, format!("&[\n{table}]\n")).expect("the folder takes files");
}

/// Scripts of others come small, and with their licences.
fn find(folder: &Path, scripts: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() && !path.ends_with("vendor") {
            find(&path, scripts);
        } else if path.extension().is_some_and(|extension| extension == "js") {
            scripts.push(path);
        }
    }
}
