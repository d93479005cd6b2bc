//! The command line: arguments to library calls, findings to the terminal, results to exit codes.

mod build;
mod export_schema;
mod interruption;
mod report;
mod scaffold;
mod serve;
mod theme;
mod write;

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::Options;
use crate::diagnostic::{Code, Diagnostic, Tally};

/// Turns YAML into a prep handbook: a cross-linked static site.
#[derive(Parser)]
#[command(name = "prepbook", version, about, max_term_width = 100)]
struct Cli {
    /// The handbook's folder; by default the nearest one upwards that holds content/handbook.yaml
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: Color,
    /// Say nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more
    #[arg(short, long, global = true)]
    verbose: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
}

#[derive(Subcommand)]
enum Command {
    /// Write a new handbook that builds and serves at once
    Init {
        /// Its folder, below --root if that is given
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// The host whose file is written, too: how it builds and publishes the handbook
        #[arg(long, value_name = "NAME", default_value = "netlify", value_parser = PossibleValuesParser::new(host_names()))]
        host: String,
    },
    /// Write the skeleton of a record, as a draft
    New {
        /// question, theme, company, framework, checklist, cheat-sheet, exercise, guide, interview, track, red-flag,
        /// follow-up or source
        kind: String,
        /// Its id: small letters, digits and hyphens
        id: String,
        /// Its title; by default made from the id
        #[arg(long)]
        title: Option<String>,
        /// The theme of a new question; by default the first one
        #[arg(long, value_name = "ID")]
        theme: Option<String>,
    },
    /// Write the site
    Build(BuildArgs),
    /// Write the site, and again after every edit
    Watch {
        #[command(flatten)]
        build: BuildArgs,
        /// Look for edits in intervals, where the system does not tell of them
        #[arg(long)]
        poll: bool,
    },
    /// Show the site in a browser, from memory, and reload it after every edit
    Serve {
        /// The address to listen on
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
        host: IpAddr,
        /// The port to listen on; if it is taken, the next free one
        #[arg(short, long, value_name = "N", default_value_t = 4173)]
        port: u16,
        /// Open a browser
        #[arg(long)]
        open: bool,
        /// Look for edits in intervals, where the system does not tell of them
        #[arg(long)]
        poll: bool,
        #[command(flatten)]
        site: SiteArgs,
    },
    /// Tell all findings and write nothing
    Check {
        /// Let warnings fail, too
        #[arg(long)]
        strict: bool,
        /// Take drafts into account
        #[arg(long)]
        drafts: bool,
        #[command(flatten)]
        report: ReportArgs,
    },
    /// Print the JSON Schema of one kind of record, or write all into a folder
    Schema {
        /// A kind of record, or `handbook`
        kind: Option<String>,
        /// The folder for all schemas; by default `schema` in the handbook's folder, or here if there is none
        #[arg(short, long, value_name = "DIR", conflicts_with = "kind")]
        output: Option<PathBuf>,
    },
    /// List the files of the site theme, or copy one to change it
    Theme {
        #[command(subcommand)]
        command: ThemeCommand,
    },
    /// Print a completion script for a shell
    Completions { shell: clap_complete::Shell },
}

#[derive(Subcommand)]
enum ThemeCommand {
    /// Copy a built-in file into the project, where it takes the built-in one's place
    Eject {
        /// Its path, as `theme list` shows it or in the handbook's folder
        path: PathBuf,
    },
    /// List the files of the site theme and which of them the project replaces
    List,
}

/// What decides the site.
#[derive(Args)]
struct SiteArgs {
    /// The address the site will stand at, in place of the handbook's
    #[arg(long, value_name = "URL", value_parser = web_address)]
    base_url: Option<String>,
    /// Take drafts into the site
    #[arg(long)]
    drafts: bool,
    /// Let warnings fail, too
    #[arg(long)]
    strict: bool,
}

#[derive(Args)]
struct ReportArgs {
    /// How findings are told: text on standard error, or JSON lines on standard output
    #[arg(long, default_value = "human")]
    format: Format,
    /// At most this many findings are printed as text
    #[arg(long, value_name = "N", default_value_t = 50)]
    max_errors: usize,
}

#[derive(Args)]
struct BuildArgs {
    /// The folder to write; by default `output` in the handbook's folder
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    #[command(flatten)]
    site: SiteArgs,
    #[command(flatten)]
    report: ReportArgs,
    /// Accept an output folder that already holds other files; they stay
    #[arg(long)]
    adopt: bool,
    /// Say how long each stage took
    #[arg(long)]
    timings: bool,
}

impl SiteArgs {
    fn options(&self) -> Options {
        Options {
            base_url: self.base_url.clone(),
            drafts: self.drafts,
            ..Options::default()
        }
    }
}

fn host_names() -> Vec<&'static str> {
    let names = crate::starter::HOST_NAMES.into_iter();
    names.chain(["none"]).collect()
}

fn web_address(text: &str) -> Result<String, String> {
    crate::model::field::site_address(text).map_err(ToOwned::to_owned)
}

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
    let cli = Cli::parse();
    let choice = match cli.color {
        Color::Auto => anstream::AutoStream::choice(&std::io::stderr()),
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    };
    choice.write_global();
    let terminal = Terminal {
        quiet: cli.quiet,
        verbose: cli.verbose,
        colour: choice != anstream::ColorChoice::Never,
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
        Command::Init { dir, host } => {
            scaffold::init(&below_root(cli.root.as_deref(), &dir), &host, terminal)
        }
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
        Command::Schema {
            kind: Some(kind), ..
        } => export_schema::one(&kind),
        Command::Schema { kind: None, output } => {
            let output = match output {
                Some(output) => output,
                None if cli.root.is_some() => root()?.join(export_schema::FOLDER),
                None => root().unwrap_or_default().join(export_schema::FOLDER),
            };
            export_schema::every(&output, terminal)
        }
        Command::Theme {
            command: ThemeCommand::Eject { path },
        } => theme::eject(&root()?, &path, terminal),
        Command::Theme {
            command: ThemeCommand::List,
        } => theme::list(&root()?),
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
