//! Integration tests: one binary, a module a feature. See tests/README.md.

#![expect(
    clippy::disallowed_methods,
    reason = "tests set up and read real folders"
)]

mod assets;
mod cli;
mod determinism;
mod diagnostics;
mod emit;
mod faults;
mod format;
mod hostile;
mod import;
mod incremental;
mod links;
mod lists;
mod load;
mod model;
mod navigation;
mod offline;
mod pages;
mod paths;
mod print;
mod project;
mod rename;
mod search;
mod server;
mod templates;
mod texts;
mod theme_readme;
mod tidy;
