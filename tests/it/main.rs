//! Integration tests: one binary, a module a feature. See tests/README.md.

#![expect(
    clippy::disallowed_methods,
    reason = "tests set up and read real folders"
)]

mod answers;
mod assets;
mod cli;
mod dates;
mod determinism;
mod diagnostics;
mod drafts;
mod emit;
mod faults;
mod first_steps;
mod foreign;
mod format;
mod hostile;
mod import;
mod import_choices;
mod import_marks;
mod import_mixed;
mod import_shapes;
mod import_tables;
mod import_texts;
mod incremental;
mod instructions;
mod keys;
mod large;
mod links;
mod lists;
mod load;
mod markdown;
mod media;
mod model;
mod navigation;
mod offline;
mod pages;
mod paths;
mod policy;
mod print;
mod project;
mod quoting;
mod reloading;
mod rename;
mod rewrites;
mod roots;
mod search;
mod server;
mod serving;
mod settings;
mod share;
mod templates;
mod texts;
mod theme_command;
mod theme_readme;
mod tidy;
mod unchanged;
mod watching;
mod words;
mod yaml;
