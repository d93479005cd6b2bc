//! `build`, `watch` and `check`.

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use super::interruption::Interruption;
use super::report::{report, tally, told};
use super::write;
use super::{BuildArgs, Format, Outcome, ReportArgs, Terminal};
use crate::diagnostic::{Checked, Diagnostic, Tally};
use crate::emit::{Inputs, Staging, Standing, Target, Written, emit, standing};
use crate::export::sitemap::SITEMAP;
use crate::load::load;
use crate::output::OutputTree;
use crate::plan::PRINTABLE_QUESTIONS;
use crate::section::Section;
use crate::source::Sources;
use crate::watch::{How, Publisher, rebuild};
use crate::{Memo, Options, Stage};

/// What a publisher should know of a site that can stand anywhere. A missing page is asked for at any depth, so the one
/// that hosts answer with finds its style and its links only from where the site's root is.
const ANYWHERE: &str = "note: without an address the site has no sitemap, no feed and no canonical links, and 404.html works only \
     at the root of a host; set base_url in content/handbook.yaml, or pass --base-url";

/// Where the site is written.
fn target(root: &Path, args: &BuildArgs) -> io::Result<Target> {
    let out = args.output.clone();
    Target::new(
        root,
        &out.unwrap_or_else(|| root.join("output")),
        args.adopt,
    )
}

pub(super) fn build(root: &Path, args: &BuildArgs, terminal: &Terminal) -> io::Result<Outcome> {
    let interruption = Interruption::listen()?;
    let target = target(root, args)?;
    let out = target.folder();
    let mut clock = Clock::start();
    let sources = load(root)?;
    clock.lap("load");
    let inputs = Inputs::of(&sources, &args.site.options());
    if let Some(standing) = inputs.and_then(|inputs| standing(&target, inputs)) {
        return again(&standing, &sources, out, clock, args, terminal);
    }
    // From the first file aside, who asks for the end waits until they are tidied away.
    let goes_on = || interruption.hold();
    let staging = Staging::new(&target, inputs, &goes_on);
    let (options, memo) = (args.site.options(), Memo::none());
    let site = crate::build_aside(&sources, &options, &memo, Some(&staging), |stage| {
        clock.stage(stage);
    });
    let outcome = Outcome::of(&site.found, args.site.strict);
    let failed = outcome != Outcome::Fine;
    tell_findings(&site.found, &sources, failed, out, args, terminal)?;
    if failed {
        drop(staging);
        interruption.release();
        return Ok(outcome);
    }
    let written = interruption.held(|| staging.publish(&site.value, &site.found))?;
    clock.lap("emit");
    tell(
        Size::of(&site.value),
        &site.found,
        written,
        &clock,
        args,
        terminal,
    );
    if !Size::of(&site.value).has_address {
        terminal.say(ANYWHERE);
    }
    // Nothing of the site is needed any more; the system frees it faster than we would.
    std::mem::forget(site);
    Ok(Outcome::Fine)
}

/// Tells of a site that stands already what the build that made it told.
fn again(
    standing: &Standing,
    sources: &Sources,
    out: &Path,
    mut clock: Clock,
    args: &BuildArgs,
    terminal: &Terminal,
) -> io::Result<Outcome> {
    clock.lap("compare");
    let outcome = Outcome::of(&standing.found, args.site.strict);
    let failed = outcome != Outcome::Fine;
    tell_findings(&standing.found, sources, failed, out, args, terminal)?;
    if !failed {
        let written = Written {
            unchanged: standing.files,
            ..Written::default()
        };
        let size = Size {
            pages: standing.pages,
            has_print_edition: out.join(Section::Print.path()).is_file(),
            has_address: out.join(SITEMAP).is_file(),
        };
        tell(size, &standing.found, written, &clock, args, terminal);
        if !size.has_address {
            terminal.say(ANYWHERE);
        }
    }
    Ok(outcome)
}

fn tell_findings(
    found: &[Diagnostic],
    sources: &Sources,
    failed: bool,
    out: &Path,
    args: &BuildArgs,
    terminal: &Terminal,
) -> io::Result<()> {
    report(found, sources, &args.report, args.site.strict, terminal)?;
    if failed {
        write::words(format_args!(
            "build failed: {}; {} is unchanged",
            tally(found),
            out.display()
        ));
    }
    Ok(())
}

fn tell(
    size: Size,
    found: &[Diagnostic],
    written: Written,
    clock: &Clock,
    args: &BuildArgs,
    terminal: &Terminal,
) {
    terminal.say(&summary(size, found, written, clock.total()));
    if args.timings || terminal.verbose {
        write::words(format_args!("{}", clock.table()));
    }
}

/// `139 pages: 3 files written, 160 unchanged, in 0.04 s; 2 warnings`.
fn summary(size: Size, found: &[Diagnostic], written: Written, took: Duration) -> String {
    let files = |n: usize| format!("{n} file{}", if n == 1 { "" } else { "s" });
    let mut text = format!(
        "{} pages: {} written, {} unchanged",
        size.pages,
        files(written.written),
        written.unchanged
    );
    if written.removed > 0 {
        text += &format!(", {} removed", written.removed);
    }
    if written.kept > 0 {
        text += &format!(", {} kept that someone has changed", files(written.kept));
    }
    text += &format!(", in {:.2} s", took.as_secs_f64());
    if Tally::of(found) != Tally::default() {
        text += &format!("; {}", tally(found));
    }
    if !size.has_print_edition {
        text += &format!(
            "; no print edition, since there are more than {PRINTABLE_QUESTIONS} questions"
        );
    }
    if written.repaired {
        text += "; repaired an interrupted build";
    }
    text
}

/// What a site amounts to.
#[derive(Clone, Copy)]
struct Size {
    pages: usize,
    has_print_edition: bool,
    /// Whether it is known where it will stand.
    has_address: bool,
}

impl Size {
    fn of(site: &OutputTree) -> Self {
        Self {
            pages: site.pages(),
            has_print_edition: site.get(Section::Print.path()).is_some(),
            has_address: site.hosting.base_url.is_some(),
        }
    }
}

pub(super) fn watch(
    root: &Path,
    args: &BuildArgs,
    poll: bool,
    terminal: &Terminal,
) -> io::Result<Outcome> {
    let out = target(root, args)?.folder().to_path_buf();
    let how = How {
        options: args.site.options(),
        strict: args.site.strict,
        poll,
    };
    let mut keeper = Keeper {
        interruption: Interruption::listen()?,
        root,
        out: &out,
        args,
        terminal,
        clock: Clock::start(),
        site: None,
        is_told: false,
        trouble: None,
    };
    rebuild(root, &how, &mut keeper).map(|()| Outcome::Fine)
}

/// How many files are compared with the disk in every idle scan: more would keep a core busy for nothing.
const MOST_COMPARED: usize = 2_000;

/// Holds an output folder to the last good build: what others change or remove there is written again, and so is what
/// could not be written before.
struct Keeper<'a> {
    interruption: Interruption,
    root: &'a Path,
    out: &'a Path,
    args: &'a BuildArgs,
    terminal: &'a Terminal,
    clock: Clock,
    site: Option<Checked<OutputTree>>,
    /// Whether the author knows that this site is written.
    is_told: bool,
    /// Why it could not be written.
    trouble: Option<String>,
}

impl Publisher for Keeper<'_> {
    fn begin(&mut self) {
        self.clock = Clock::start();
    }

    fn done(&mut self, stage: Stage) {
        self.clock.stage(stage);
    }

    fn built(&mut self, sources: &Sources, result: Checked<OutputTree>, failed: bool) {
        let told = tell_findings(
            &result.found,
            sources,
            failed,
            self.out,
            self.args,
            self.terminal,
        );
        if let Err(error) = told {
            self.lost(&error);
        } else if !failed {
            self.site = Some(result);
            self.is_told = false;
            self.trouble = None;
            self.keep();
        }
    }

    fn lost(&mut self, error: &io::Error) {
        write::words(format_args!("error: {error}"));
    }

    /// Writes again what somebody changed, or what could not be written.
    fn unedited(&mut self) {
        let is_small = self
            .site
            .as_ref()
            .is_some_and(|site| site.value.len() <= MOST_COMPARED);
        if is_small || self.trouble.is_some() || !self.out.exists() {
            self.clock = Clock::start();
            self.keep();
        }
    }

    fn say(&mut self, text: &str) {
        self.terminal.say(text);
    }
}

impl Keeper<'_> {
    /// An error of the disk must not end the watch: the author is told once, mends it, and this goes on.
    fn keep(&mut self) {
        let Some(site) = &self.site else { return };
        let kept = Target::new(self.root, self.out, self.args.adopt)
            .and_then(|target| self.interruption.held(|| emit(&site.value, &target, None)));
        self.clock.lap("emit");
        match kept {
            Ok(written) => {
                if !self.is_told || written.written + written.removed > 0 {
                    tell(
                        Size::of(&site.value),
                        &site.found,
                        written,
                        &self.clock,
                        self.args,
                        self.terminal,
                    );
                }
                self.is_told = true;
                self.trouble = None;
            }
            Err(error) => {
                let why = Some(error.to_string());
                if self.trouble != why {
                    write::words(format_args!("error: {error}"));
                }
                self.trouble = why;
            }
        }
    }
}

pub(super) fn check(
    root: &Path,
    strict: bool,
    drafts: bool,
    args: &ReportArgs,
    terminal: &Terminal,
) -> io::Result<Outcome> {
    let sources = load(root)?;
    let result = crate::build(
        &sources,
        &Options {
            drafts,
            ..Options::default()
        },
        &Memo::none(),
        |_| {},
    );
    let outcome = Outcome::of(&result.found, strict);
    let ending = if Tally::of(&result.found) == Tally::default() {
        "no findings".to_owned()
    } else if outcome == Outcome::Fine {
        tally(&result.found)
    } else {
        format!("check failed: {}", tally(&result.found))
    };
    if args.format == Format::Json {
        report(&result.found, &sources, args, strict, terminal)?;
        if outcome == Outcome::Fine {
            terminal.say(&ending);
        } else {
            write::words(ending);
        }
        return Ok(outcome);
    }
    // What is found is what the command is asked for, so it goes where results go: `prepbook check | less`.
    let colour = write::takes_colour(&io::stdout());
    let most = args.max_errors;
    let mut out = told(&result.found, &sources, most, strict, terminal, colour);
    if outcome != Outcome::Fine || !terminal.quiet {
        out += &ending;
        out.push('\n');
    }
    write::results(out.as_bytes())?;
    Ok(outcome)
}

/// Measures stages.
struct Clock {
    started: Instant,
    last: Instant,
    laps: Vec<(String, Duration)>,
}

impl Clock {
    fn start() -> Self {
        let now = Instant::now();
        Self {
            started: now,
            last: now,
            laps: Vec::new(),
        }
    }

    fn lap(&mut self, name: &str) {
        let now = Instant::now();
        self.laps.push((name.to_owned(), now - self.last));
        self.last = now;
    }

    fn stage(&mut self, done: Stage) {
        self.lap(&format!("{done:?}").to_lowercase());
    }

    fn total(&self) -> Duration {
        self.started.elapsed()
    }

    fn table(&self) -> String {
        self.laps
            .iter()
            .map(|(name, took)| format!("{name:>8} {:8.1} ms", took.as_secs_f64() * 1000.0))
            .collect::<Vec<_>>()
            .join("\n")
    }
}
