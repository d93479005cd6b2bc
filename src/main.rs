//! The `prepbook` program.

fn main() -> std::process::ExitCode {
    prepbook::cli::run()
}
