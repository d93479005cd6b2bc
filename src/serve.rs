//! The development server: answers from memory, tells open pages of each build, shows errors over the last good page.

mod door;
mod http;
mod pages;

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch;

use crate::diagnostic::{Checked, Diagnostic, Tally, text};
use crate::output::{OutputPath, OutputTree};
use crate::source::Sources;
use crate::watch::{How, Publisher, rebuild};

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
/// `ready` is told when the first build is published, and where on this host the site stands: `/handbook/`; `built` after
/// every build.
///
/// # Errors
///
/// What the system says of the socket or of the first load. Later errors are shown and the server goes on.
pub fn serve(
    root: &Path,
    how: &How,
    listeners: Vec<TcpListener>,
    say: impl FnMut(&str),
    ready: impl FnOnce(&str),
    built: impl FnMut(Built<'_>),
) -> io::Result<()> {
    let (publish, published) = watch::channel(Published::default());
    http::start(listeners, published)?;
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
    Ready: FnOnce(&str),
    Tell: FnMut(Built<'_>),
{
    fn begin(&mut self) {
        self.started = Instant::now();
    }

    fn built(&mut self, sources: &Sources, result: Checked<OutputTree>, failed: bool) {
        let before = self.publish.borrow().clone();
        let site = Arc::new(result.value);
        let after = next(&before, &site, failed, &result.found, sources);
        let changed = after.changed.len();
        self.publish.send_replace(after);
        (self.built)(Built {
            sources,
            site: &site,
            found: &result.found,
            failed,
            took: self.started.elapsed(),
            changed,
        });
        if let Some(ready) = self.ready.take() {
            ready(&site.hosting.base_path);
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
    site: &Arc<OutputTree>,
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
        site: site.clone(),
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
    if let Some(more) = text::more(&rest) {
        report += &format!("and {more}\n");
    }
    report
}
