//! What can be written behind `prepbook`.

use std::net::{IpAddr, ToSocketAddrs as _};
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::offered::{self, Offered};
use crate::Options;

/// Turns YAML into a prep handbook: a cross-linked static site.
#[derive(Parser)]
#[command(name = "prepbook", version, about, max_term_width = 100)]
pub(super) struct Cli {
    /// The handbook's folder; by default the nearest one upwards that holds content/handbook.yaml
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) root: Option<PathBuf>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Color,
    /// Say nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say more
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Human,
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    Human,
    Json,
    Csv,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Write a new handbook that builds and serves at once
    Init {
        /// Its folder, below --root if that is given
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// The host whose file is written, too: how it builds and publishes the handbook; where there is a handbook already,
        /// only that file. By default netlify
        #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(host_names()))]
        host: Option<String>,
    },
    /// Write the skeleton of a record, as a draft
    New {
        /// A kind of record
        #[arg(value_parser = Offered(offered::kinds_with_files))]
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
    /// Make questions of a list: CSV, TSV, Markdown, JSON, text or an Anki deck
    Import(ImportArgs),
    /// Give a record another id, in its file and in every reference; its old address stays alive
    Rename {
        /// A kind of record
        #[arg(value_parser = Offered(offered::kinds))]
        kind: String,
        /// Its id; of a principle `company/principle`
        old: String,
        /// The new one
        new: String,
    },
    /// List the records
    List {
        /// Only those of a kind
        #[arg(value_parser = Offered(offered::kinds))]
        kind: Option<String>,
        /// How they are told: a table, JSON lines or CSV
        #[arg(long, default_value = "human")]
        format: ListFormat,
        /// Only those that lack a field
        #[arg(long, value_name = "FIELD")]
        missing: Option<String>,
    },
    /// Put the fields of records into the order of the format, and fold long texts alike
    Fmt {
        /// Files or folders; by default the whole handbook
        paths: Vec<PathBuf>,
        /// Write nothing; fail if a file would change
        #[arg(long)]
        check: bool,
    },
    /// Tell what a finding means and what to do about it, or list all codes
    Explain {
        /// Its code, such as `unknown-theme`
        #[arg(value_parser = Offered(offered::codes), hide_possible_values = true)]
        code: Option<String>,
        /// Show every example, also the rare ones
        #[arg(long, requires = "code")]
        all: bool,
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
        /// The address to listen on, or a name that leads to this machine alone, such as localhost
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1", value_parser = host_address)]
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
    /// Tell all findings, on standard output, and write nothing
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
        #[arg(value_parser = Offered(offered::schemas))]
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
pub(super) enum ThemeCommand {
    /// Copy a built-in file into the project, where it takes the built-in one's place
    Eject {
        /// Its path, as `theme list` shows it or in the handbook's folder
        #[arg(value_parser = Offered(offered::theme_files), hide_possible_values = true)]
        path: String,
        /// Write no file, but note that the project's own takes the present built-in one into account
        #[arg(long)]
        current: bool,
    },
    /// List the files of the site theme and which of them the project replaces
    List,
}

/// What decides the site.
#[derive(Args)]
pub(super) struct SiteArgs {
    /// The address the site will stand at, in place of the handbook's
    #[arg(long, value_name = "URL", value_parser = web_address)]
    pub(super) base_url: Option<String>,
    /// Take drafts into the site
    #[arg(long)]
    pub(super) drafts: bool,
    /// Let warnings fail, too
    #[arg(long)]
    pub(super) strict: bool,
}

#[derive(Args)]
pub(super) struct ReportArgs {
    /// How findings are told: as text, or as JSON lines on standard output
    #[arg(long, default_value = "human")]
    pub(super) format: Format,
    /// At most this many findings are printed as text
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(super) max_errors: usize,
}

#[derive(Args)]
pub(super) struct BuildArgs {
    /// The folder to write; by default `output` in the handbook's folder
    #[arg(short, long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) site: SiteArgs,
    #[command(flatten)]
    pub(super) report: ReportArgs,
    /// Accept an output folder that already holds other files; they stay
    #[arg(long)]
    pub(super) adopt: bool,
    /// Say how long each stage took
    #[arg(long)]
    pub(super) timings: bool,
}

impl SiteArgs {
    pub(super) fn options(&self) -> Options {
        Options {
            base_url: self.base_url.clone(),
            drafts: self.drafts,
            ..Options::default()
        }
    }
}

pub(super) fn web_address(text: &str) -> Result<String, String> {
    crate::model::field::site_address(text).map_err(ToOwned::to_owned)
}

#[derive(Args)]
pub(super) struct ImportArgs {
    /// The list: CSV, TSV, Markdown, JSON, JSON lines, plain text or notes from Anki; what Python holds is told how to become
    /// JSON
    pub(super) file: PathBuf,
    /// What a column holds, by its name or number, such as `Topic=theme`; without a field, the column is left out
    #[arg(long, value_name = "COLUMN=FIELD")]
    pub(super) map: Vec<String>,
    /// The theme of questions that name none, by its id or title; by default the list's own title
    #[arg(long, value_name = "THEME")]
    pub(super) theme: Option<String>,
    /// Refuse themes and companies that the handbook does not have, instead of making them
    #[arg(long)]
    pub(super) known_only: bool,
    /// Show what would be made and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

/// An address, or that of a name by which this machine knows only itself.
fn host_address(written: &str) -> Result<IpAddr, String> {
    if let Ok(address) = written.parse() {
        return Ok(address);
    }
    let found = (written, 0).to_socket_addrs();
    let found = found.map_err(|error| format!("no address is known for this name ({error})"))?;
    let mut found: Vec<IpAddr> = found.map(|one| one.ip()).collect();
    found.sort();
    match found.first() {
        Some(first) if found.iter().all(IpAddr::is_loopback) => Ok(*first),
        _ => {
            Err("this name leads to other machines, too; give the address to listen on".to_owned())
        }
    }
}

fn host_names() -> Vec<&'static str> {
    let names = crate::starter::HOST_NAMES.into_iter();
    names.chain(["none"]).collect()
}
