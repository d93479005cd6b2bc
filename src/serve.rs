//! The development server: answers from memory, tells open pages of each build, shows errors over the last good page.

mod http;

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch;

use crate::diagnostic::{Checked, Diagnostic, Tally};
use crate::output::{OutputPath, OutputTree};
use crate::source::Sources;
use crate::watch::{How, Publisher, rebuild};

/// How many further ports are tried when the wanted one is taken.
const PORTS: u16 = 20;

/// What the server answers from: one complete build, and what the latest one found.
#[derive(Clone, Default)]
pub struct Published {
    /// Counts builds, from 1.
    pub build: u64,
    /// The last build without errors.
    pub site: Arc<OutputTree>,
    /// The findings of the latest build as text, when it failed.
    pub failure: Option<Arc<str>>,
    /// The addresses, from the site's root, of pages that differ from the build before.
    pub changed: Arc<[String]>,
    /// The new addresses of style sheets by the old ones, when nothing but style sheets changed.
    pub styles: Option<Arc<BTreeMap<String, String>>>,
}

/// Where a server listens.
#[derive(Clone, Copy, Debug)]
pub struct Address {
    pub host: IpAddr,
    pub port: u16,
}

/// One finished build, for the caller to report.
pub struct Built<'a> {
    pub sources: &'a Sources,
    pub site: &'a OutputTree,
    pub found: &'a [Diagnostic],
    pub failed: bool,
    pub took: Duration,
    /// Pages that differ from the build before.
    pub changed: usize,
}

/// Binds the wanted port, or the next free one.
///
/// # Errors
///
/// What the system says of the last port that was tried.
pub fn bind(address: Address) -> io::Result<(TcpListener, SocketAddr)> {
    let mut last = io::Error::from(io::ErrorKind::AddrInUse);
    for port in address.port..=address.port.saturating_add(PORTS) {
        match TcpListener::bind((address.host, port)) {
            Ok(listener) => {
                let bound = listener.local_addr()?;
                return Ok((listener, bound));
            }
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

/// Serves a project until the process is interrupted: builds, answers, waits for an edit, builds again.
///
/// `ready` is told when the first build is published; `built` after every build.
///
/// # Errors
///
/// What the system says of the socket or of the first load. Later errors are shown and the server goes on.
pub fn serve(
    root: &Path,
    how: &How,
    listener: TcpListener,
    say: impl FnMut(&str),
    ready: impl FnOnce(),
    built: impl FnMut(Built<'_>),
) -> io::Result<()> {
    let (publish, published) = watch::channel(Published::default());
    http::start(listener, published)?;
    let mut memory = Memory {
        publish,
        started: Instant::now(),
        say,
        ready: Some(ready),
        built,
    };
    rebuild(root, how, &mut memory)
}

/// Where builds are published to be answered from.
struct Memory<Say, Ready, Tell> {
    publish: watch::Sender<Published>,
    /// When the latest build began.
    started: Instant,
    say: Say,
    ready: Option<Ready>,
    built: Tell,
}

impl<Say, Ready, Tell> Publisher for Memory<Say, Ready, Tell>
where
    Say: FnMut(&str),
    Ready: FnOnce(),
    Tell: FnMut(Built<'_>),
{
    fn begin(&mut self) {
        self.started = Instant::now();
    }

    fn built(&mut self, sources: &Sources, result: Checked<OutputTree>, failed: bool) {
        let before = self.publish.borrow().clone();
        let after = next(&before, &result.value, failed, &result.found, sources);
        let changed = after.changed.len();
        self.publish.send_replace(after);
        (self.built)(Built {
            sources,
            site: &result.value,
            found: &result.found,
            failed,
            took: self.started.elapsed(),
            changed,
        });
        if let Some(ready) = self.ready.take() {
            ready();
        }
    }

    fn lost(&mut self, error: &io::Error) {
        self.publish.send_modify(|published| {
            published.build += 1;
            published.failure = Some(error.to_string().into());
        });
        (self.say)(&format!("cannot read the sources: {error}"));
    }

    fn say(&mut self, text: &str) {
        (self.say)(text);
    }
}

/// What to answer from after a build: a failed one keeps the last good site.
fn next(
    before: &Published,
    site: &OutputTree,
    failed: bool,
    found: &[Diagnostic],
    sources: &Sources,
) -> Published {
    if failed {
        let report: String = found
            .iter()
            .take(20)
            .map(|one| crate::diagnostic::text::report(one, sources, false))
            .collect::<Vec<_>>()
            .join("\n");
        let report = format!(
            "{report}\n{}",
            crate::diagnostic::text::tally(Tally::of(found))
        );
        return Published {
            build: before.build + 1,
            failure: Some(report.into()),
            changed: Arc::from([]),
            styles: None,
            site: before.site.clone(),
        };
    }
    let changed: Vec<&OutputPath> = site.changed(&before.site);
    let styles = only_styles(site, &before.site, &changed).map(Arc::new);
    let pages = changed
        .iter()
        // A page that is gone stays open as it was: there is nothing in its place.
        .filter(|path| path.is_page() && site.get(path.as_str()).is_some())
        .map(std::string::ToString::to_string)
        .collect();
    Published {
        build: before.build + 1,
        failure: None,
        changed: pages,
        styles,
        site: Arc::new(site.clone()),
    }
}

/// The new addresses of style sheets by the old ones, if pages differ in nothing but these.
fn only_styles(
    site: &OutputTree,
    before: &OutputTree,
    changed: &[&OutputPath],
) -> Option<BTreeMap<String, String>> {
    let is_sheet =
        |path: &OutputPath| path.as_str().starts_with("assets/") && path.as_str().ends_with(".css");
    let (sheets, others): (Vec<&OutputPath>, Vec<&OutputPath>) =
        changed.iter().partition(|path| is_sheet(path));
    let (new, old): (Vec<&OutputPath>, Vec<&OutputPath>) = sheets
        .into_iter()
        .partition(|path| site.get(path.as_str()).is_some());
    // `assets/site.17b802f3.css`: what stands before the hash stays.
    let unhashed = |path: &OutputPath| {
        let name = path.as_str().trim_end_matches(".css");
        name.rsplit_once('.').map(|(name, _)| name.to_owned())
    };
    let successor = |old: &OutputPath| new.iter().find(|new| unhashed(new) == unhashed(old));
    let renamed: BTreeMap<String, String> = old
        .iter()
        .map(|old| Some((old.encoded(), successor(old)?.encoded())))
        .collect::<Option<_>>()?;
    if renamed.is_empty() || renamed.len() != new.len() {
        return None;
    }
    let same_but_for_names = others.iter().all(|path| {
        let (Some(now), Some(then)) = (site.get(path.as_str()), before.get(path.as_str())) else {
            return false;
        };
        let (Ok(now), Ok(then)) = (std::str::from_utf8(now), std::str::from_utf8(then)) else {
            return false;
        };
        now.len() == then.len()
            && renamed.iter().fold(then.to_owned(), |then, (old, new)| {
                let name = |address: &str| address.rsplit('/').next().map(str::to_owned);
                match (name(old), name(new)) {
                    (Some(old), Some(new)) => then.replace(&old, &new),
                    _ => then,
                }
            }) == now
    });
    same_but_for_names.then_some(renamed)
}
