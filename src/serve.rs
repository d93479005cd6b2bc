//! The development server: answers from memory, tells open pages of each build, shows errors over the last good page.

mod door;
mod http;
mod pages;

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::sync::watch;

use crate::Memo;
use crate::Options;
use crate::build;
use crate::diagnostic::{Diagnostic, Tally, text};
use crate::output::{OutputPath, OutputTree};
use crate::source::Sources;
use crate::watch::{HALF_WRITTEN, Watch};

/// How many further ports are tried when the wanted one is taken.
const PORTS: u16 = 20;

/// How many findings an open page shows of a failed build.
const SHOWN: usize = 20;

/// Where files stand that pages are drawn with; a preview's have names that stay.
const ASSETS: &str = "assets/";

/// What the server answers from: one complete build, and what the latest one found.
#[derive(Clone, Default)]
pub struct Published {
    /// Counts builds, from 1.
    pub build: u64,
    /// The last build without errors.
    pub site: Arc<OutputTree>,
    /// The findings of the latest build as text, when it failed.
    pub failure: Option<Arc<str>>,
    /// The pages and assets that are new or differ from the build before, by their paths from the site's root.
    pub changed: Arc<[String]>,
}

/// Where a server listens.
#[derive(Clone, Copy, Debug)]
pub struct Address {
    pub host: IpAddr,
    pub port: u16,
}

/// How a project is served.
#[derive(Clone, Debug)]
pub struct How {
    pub options: Options,
    /// Whether warnings fail, too.
    pub strict: bool,
    /// Whether to look for edits in intervals.
    pub poll: bool,
}

/// One finished build, for the caller to report.
pub struct Built<'a> {
    pub sources: &'a Sources,
    pub site: &'a OutputTree,
    pub found: &'a [Diagnostic],
    pub failed: bool,
    pub took: Duration,
    /// How many pages and assets are new or differ from the build before.
    pub changed: usize,
}

/// Binds the wanted port, or the next free one: on the loopback addresses of both families, where the system has both,
/// since `localhost` means either.
///
/// # Errors
///
/// What the system says of the last port that was tried.
pub fn bind(address: Address) -> io::Result<(Vec<TcpListener>, SocketAddr)> {
    let mut last = io::Error::from(io::ErrorKind::AddrInUse);
    for further in 0..=PORTS {
        // The system chooses another each time when it may choose.
        let port = match address.port {
            0 => 0,
            port => port.saturating_add(further),
        };
        match bind_port(address.host, port) {
            Ok(bound) => return Ok(bound),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

fn bind_port(host: IpAddr, port: u16) -> io::Result<(Vec<TcpListener>, SocketAddr)> {
    let listener = TcpListener::bind((host, port))?;
    let bound = listener.local_addr()?;
    let mut listeners = vec![listener];
    let twin: Option<IpAddr> = match host {
        IpAddr::V4(Ipv4Addr::LOCALHOST) => Some(Ipv6Addr::LOCALHOST.into()),
        IpAddr::V6(Ipv6Addr::LOCALHOST) => Some(Ipv4Addr::LOCALHOST.into()),
        _ => None,
    };
    match twin.map(|twin| TcpListener::bind((twin, bound.port()))) {
        Some(Ok(listener)) => listeners.push(listener),
        // `localhost` would lead some browsers to another program.
        Some(Err(error)) if error.kind() == io::ErrorKind::AddrInUse => return Err(error),
        // The system has one family only.
        Some(Err(_)) | None => {}
    }
    Ok((listeners, bound))
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
    listeners: Vec<TcpListener>,
    mut say: impl FnMut(&str),
    ready: impl FnOnce(),
    mut built: impl FnMut(Built<'_>),
) -> io::Result<()> {
    let mut watching = Watch::start(root, how.poll, &mut say)?;
    let mut sources = crate::load::load(root)?;
    let (publish, published) = watch::channel(Published::default());
    http::start(listeners, published)?;
    let memo = Memo::new();
    let mut ready = Some(ready);
    loop {
        let started = std::time::Instant::now();
        let result = build(&sources, &how.options, &memo, |_| {});
        let failed = Tally::of(&result.found).fails(how.strict);
        if failed && is_half_written(root, &result.found) {
            std::thread::sleep(HALF_WRITTEN / 4);
            // What cannot be read now is said below, once the file is old enough to be judged.
            if let Ok(now) = crate::load::load(root) {
                sources = now;
            }
            continue;
        }
        let before = publish.borrow().clone();
        let after = next(&before, &result.value, failed, &result.found, &sources);
        let changed = after.changed.len();
        publish.send_replace(after);
        built(Built {
            sources: &sources,
            site: &result.value,
            found: &result.found,
            failed,
            took: started.elapsed(),
            changed,
        });
        if let Some(ready) = ready.take() {
            ready();
        }
        sources = loop {
            match watching.next(&sources, || {}) {
                Ok(sources) => break sources,
                Err(error) => {
                    let mut failed = publish.borrow().clone();
                    failed.build += 1;
                    failed.failure = Some(error.to_string().into());
                    publish.send_replace(failed);
                    say(&format!("cannot read the sources: {error}"));
                }
            }
        };
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
        return Published {
            build: before.build + 1,
            failure: Some(failure(found, sources).into()),
            changed: Arc::from([]),
            site: before.site.clone(),
        };
    }
    let matters = |path: &OutputPath| path.is_page() || path.as_str().starts_with(ASSETS);
    let changed = site
        .changed(&before.site)
        .into_iter()
        // A page that is gone stays open as it was: there is nothing in its place.
        .filter(|path| matters(path) && site.get(path.as_str()).is_some())
        .map(ToString::to_string)
        .collect();
    Published {
        build: before.build + 1,
        failure: None,
        changed,
        site: Arc::new(site.clone()),
    }
}

/// What an open page shows of a failed build: how many findings there are, then the most pressing ones.
fn failure(found: &[Diagnostic], sources: &Sources) -> String {
    let (shown, rest) = text::most_pressing(found, SHOWN);
    let mut report = format!("build failed: {}\n\n", text::tally(Tally::of(found)));
    for one in shown {
        report += &text::report(one, sources, false);
        report.push('\n');
    }
    if let Some(more) = text::more(rest) {
        report += &format!("and {more}\n");
    }
    report
}

/// Whether an error stands in a file that may still be being written.
fn is_half_written(root: &Path, found: &[Diagnostic]) -> bool {
    let is_young = |diagnostic: &Diagnostic| {
        let modified = std::fs::metadata(root.join(diagnostic.place.path.as_str()))
            .and_then(|meta| meta.modified());
        #[expect(
            clippy::disallowed_methods,
            reason = "how young a file is depends on now"
        )]
        modified.is_ok_and(|modified| {
            SystemTime::now()
                .duration_since(modified)
                .is_ok_and(|age| age < HALF_WRITTEN)
        })
    };
    found
        .iter()
        .filter(|diagnostic| diagnostic.severity() == crate::diagnostic::Severity::Error)
        .any(is_young)
}
