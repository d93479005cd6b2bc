//! The `prepbook` program.

/// A build makes and drops millions of small texts on all cores: the system's allocator costs a tenth of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    prepbook::cli::run()
}
