//! The command line: arguments to library calls, findings to the terminal, results to exit codes.

mod arguments;
mod build;
mod ejected;
mod explain;
mod export_schema;
mod fmt;
mod import;
mod interruption;
mod list;
mod offered;
mod rename;
mod report;
mod rewrite;
mod scaffold;
mod serve;
mod sources;
mod theme;
mod write;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::error::ContextKind;
use clap::{CommandFactory as _, Parser as _};

use self::arguments::{
    BuildArgs, Cli, Color, Command, Format, ImportArgs, ListFormat, ReportArgs, SiteArgs,
    ThemeCommand,
};
use crate::diagnostic::{Code, Diagnostic, Tally};

/// How a command ended: 0 fine, 1 errors in the sources, 2 wrong usage or the world failed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Fine,
    SourcesFail,
    /// The sources could not be read; which, stands among the findings.
    Unreadable,
}

impl Outcome {
    fn of(found: &[Diagnostic], strict: bool) -> Self {
        if found.iter().any(|one| one.code == Code::Unreadable) {
            Self::Unreadable
        } else if Tally::of(found).fails(strict) {
            Self::SourcesFail
        } else {
            Self::Fine
        }
    }
}

/// What every command needs.
struct Terminal {
    quiet: bool,
    verbose: bool,
    /// Whether standard error takes colours.
    colour: bool,
}

impl Terminal {
    /// Tells what was done, unless quiet.
    fn say(&self, text: &str) {
        if !self.quiet {
            write::words(format_args!("{text}"));
        }
    }
}

/// Runs the program with the process's arguments.
pub fn run() -> ExitCode {
    let cli = Cli::try_parse().unwrap_or_else(|mut error| {
        // No value begins with two hyphens, so the parser's advice how to write one misleads.
        error.remove(ContextKind::Suggested);
        error.exit()
    });
    // Each stream decides for itself: one may be a terminal, and the other a file.
    let choice = match cli.color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    };
    choice.write_global();
    let terminal = Terminal {
        quiet: cli.quiet,
        verbose: cli.verbose,
        colour: write::takes_colour(&std::io::stderr()),
    };
    match command(cli, &terminal) {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::SourcesFail) => ExitCode::from(1),
        Ok(Outcome::Unreadable) => ExitCode::from(2),
        Err(error) => {
            write::words(format_args!("error: {error}"));
            ExitCode::from(2)
        }
    }
}

#[expect(clippy::too_many_lines, reason = "an arm a command")]
fn command(cli: Cli, terminal: &Terminal) -> std::io::Result<Outcome> {
    let root = || find_root(cli.root.as_deref());
    match cli.command {
        Command::Init { dir, host } => scaffold::init(
            &below_root(cli.root.as_deref(), &dir),
            host.as_deref(),
            terminal,
        ),
        Command::New {
            kind,
            id,
            title,
            theme,
        } => scaffold::new(
            &root()?,
            &kind,
            &id,
            title.as_deref(),
            theme.as_deref(),
            terminal,
        ),
        Command::Import(args) => import::import(&root()?, &args, terminal),
        Command::Rename { kind, old, new } => rename::rename(&root()?, &kind, &old, &new, terminal),
        Command::List {
            kind,
            format,
            missing,
        } => list::list(
            &root()?,
            kind.as_deref(),
            format,
            missing.as_deref(),
            terminal,
        ),
        Command::Fmt { paths, check } => fmt::fmt(&root()?, &paths, check, terminal),
        Command::Explain {
            code: Some(code),
            all,
        } => explain::explain(&code, all),
        Command::Explain { code: None, .. } => explain::list(),
        Command::Build(args) => build::build(&root()?, &args, terminal),
        Command::Watch { build: args, poll } => build::watch(&root()?, &args, poll, terminal),
        Command::Serve {
            host,
            port,
            open,
            poll,
            site,
        } => serve::serve(
            &root()?,
            crate::serve::Address { host, port },
            &site,
            open,
            poll,
            terminal,
        ),
        Command::Check {
            strict,
            drafts,
            report,
        } => build::check(&root()?, strict, drafts, &report, terminal),
        Command::Schema { kind, output } => {
            let root = if cli.root.is_some() {
                Some(root()?)
            } else {
                root().ok()
            };
            let folder = || root.clone().unwrap_or_default().join(export_schema::FOLDER);
            match kind {
                Some(kind) => export_schema::one(&kind, root.as_deref()),
                None => {
                    export_schema::every(&output.unwrap_or_else(folder), root.as_deref(), terminal)
                }
            }
        }
        Command::Theme {
            command: ThemeCommand::Eject { path, current },
        } => theme::eject(&root()?, Path::new(&path), current, terminal),
        Command::Theme {
            command: ThemeCommand::List,
        } => theme::list(&root()?, terminal),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "prepbook", &mut script);
            write::results(&script).map(|()| Outcome::Fine)
        }
    }
}

/// A folder that need not hold a handbook yet; `.` is the root itself.
fn below_root(root: Option<&Path>, folder: &Path) -> PathBuf {
    match root {
        Some(root) if folder == Path::new(".") => root.to_path_buf(),
        Some(root) => root.join(folder),
        None => folder.to_path_buf(),
    }
}

fn find_root(given: Option<&Path>) -> std::io::Result<PathBuf> {
    if let Some(given) = given {
        if given.is_dir() {
            return Ok(given.to_path_buf());
        }
        return Err(std::io::Error::new(
            std::io::ErrorKind::NotFound,
            format!("{} is not a folder", given.display()),
        ));
    }
    let here = std::env::current_dir().map_err(|error| {
        std::io::Error::new(error.kind(), format!("the working folder: {error}"))
    })?;
    crate::load::find_root(&here).ok_or_else(|| {
        let message = format!(
            "no {} in {} or above; `prepbook init` writes a new handbook",
            crate::model::handbook::PATH,
            here.display()
        );
        std::io::Error::new(std::io::ErrorKind::NotFound, message)
    })
}
