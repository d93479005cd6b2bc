//! Edits as they happen: waits until sources may have changed.
//!
//! Events are only hints. What changed is found by reading again and comparing bytes, so that an event without a changed
//! byte rebuilds nothing: only the files that events name, if that can be all, and everything at least once in every two
//! seconds, so that a missed event costs at most the time between two scans.

mod rebuild;
mod unfinished;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use self::unfinished::{Open, unfinished};
use crate::load::{is_leftover, reload, reread};
use crate::source::Sources;

pub use rebuild::{How, Publisher, rebuild};

/// Editors write a file in several steps; a build starts when nothing has happened for this long.
const QUIET: Duration = Duration::from_millis(4);
/// At most this long after the first event, however busy the disk is.
const LONGEST_WAIT: Duration = Duration::from_millis(200);
/// Who writes a file piece by piece hardly pauses for longer than this.
const PAUSE: Duration = Duration::from_millis(150);
/// At most this long, a file is waited for that is still written; one that grows for ever holds up nothing.
const LONGEST_WRITE: Duration = Duration::from_secs(1);
/// A scan without any event, against missed ones.
const SAFETY_SCAN: Duration = Duration::from_secs(2);
const POLL_INTERVAL: Duration = Duration::from_millis(500);

/// Watches a project's sources.
pub struct Watch {
    /// Absolute, as the paths of events are.
    root: PathBuf,
    /// The files that each event names; none where it names no files, or not all.
    events: Receiver<Vec<PathBuf>>,
    watcher: Box<dyn Watcher + Send>,
    /// Whether we ask in intervals, rather than the system telling of edits.
    polls: bool,
    /// Files that are being written.
    open: Open,
    /// Why the latest load failed, if it did.
    unreadable: Option<String>,
    /// When everything was looked at.
    scanned: Instant,
}

impl Watch {
    /// Starts to watch; falls back to polling, and says so, where the system has no more watches to give.
    ///
    /// # Errors
    ///
    /// What the system says when not even polling can be set up.
    pub fn start(root: &Path, poll: bool, mut say: impl FnMut(&str)) -> io::Result<Self> {
        let root = std::path::absolute(root)?;
        let (sender, events) = channel();
        let open = Open::default();
        let noted = open.clone();
        let handler = move |event: notify::Result<Event>| {
            let Ok(event) = event else { return };
            noted.note(&event);
            let closes = EventKind::Access(AccessKind::Close(AccessMode::Write));
            let matters = (event.kind == closes || !matches!(event.kind, EventKind::Access(_)))
                && (event.paths.is_empty() || event.paths.iter().any(|path| matters(path)));
            // The receiver is gone only when the program ends.
            if matters {
                let is_all = !event.need_rescan() && event.kind != EventKind::Any;
                let _ = sender.send(if is_all { event.paths } else { Vec::new() });
            }
        };
        if poll {
            return Self::polling(root, handler, events);
        }
        let watcher = RecommendedWatcher::new(handler.clone(), Config::default());
        let started = watcher.and_then(|mut watcher| arm(&mut watcher, &root).map(|()| watcher));
        match started {
            Ok(watcher) => Ok(Self {
                root,
                events,
                watcher: Box::new(watcher),
                polls: false,
                open,
                unreadable: None,
                scanned: Instant::now(),
            }),
            Err(error) => {
                let limit = matches!(error.kind, notify::ErrorKind::MaxFilesWatch)
                    || error.to_string().contains("os error 28");
                let advice = if limit {
                    "raise fs.inotify.max_user_watches to be told at once"
                } else {
                    "edits are seen a little later"
                };
                say(&format!("watching by polling: {error}; {advice}"));
                Self::polling(root, handler, events)
            }
        }
    }

    fn polling(
        root: PathBuf,
        handler: impl notify::EventHandler,
        events: Receiver<Vec<PathBuf>>,
    ) -> io::Result<Self> {
        let config = Config::default()
            .with_poll_interval(POLL_INTERVAL)
            .with_compare_contents(true);
        let mut watcher = PollWatcher::new(handler, config).map_err(io::Error::other)?;
        arm(&mut watcher, &root).map_err(io::Error::other)?;
        Ok(Self {
            root,
            events,
            watcher: Box::new(watcher),
            polls: true,
            open: Open::default(),
            unreadable: None,
            scanned: Instant::now(),
        })
    }

    /// Waits for an edit and returns the sources after it; they differ from `before` in at least one byte, or are the
    /// first that could be read after an error. `unedited` is called after every scan that found nothing new.
    ///
    /// # Errors
    ///
    /// What `load` reports, for the caller to show; the next call goes on, and says the same only once.
    pub fn next(&mut self, before: &Sources, mut unedited: impl FnMut()) -> io::Result<Sources> {
        loop {
            let named = match self.events.recv_timeout(SAFETY_SCAN) {
                Ok(files) => self.wait_for_quiet(files),
                Err(RecvTimeoutError::Timeout) => {
                    // A watched folder that was replaced has lost its watch with its inode.
                    if !self.polls {
                        drop(arm(self.watcher.as_mut(), &self.root));
                    }
                    None
                }
                // The system's watcher has ended; the scans go on.
                Err(RecvTimeoutError::Disconnected) => {
                    std::thread::sleep(SAFETY_SCAN);
                    None
                }
            };
            match self.look(before, named) {
                Ok(now) if self.unreadable.take().is_some() || !now.same_as(before) => {
                    return Ok(self.whole(before, now));
                }
                Ok(_) => unedited(),
                Err(error) => {
                    let why = Some(error.to_string());
                    if self.unreadable != why {
                        self.unreadable = why;
                        return Err(error);
                    }
                }
            }
        }
    }

    /// The sources now: from the files that are named alone, unless it is time to look at everything.
    fn look(&mut self, before: &Sources, named: Option<BTreeSet<PathBuf>>) -> io::Result<Sources> {
        let is_due = self.scanned.elapsed() > SAFETY_SCAN || self.unreadable.is_some();
        let named = named.filter(|_| !is_due);
        if let Some(now) = named.and_then(|files| reread(&self.root, before, &files, now())) {
            return Ok(now);
        }
        self.scanned = Instant::now();
        load_again(&self.root, before)
    }

    /// Sources with all files whole, if they become so in time: waits for as long as one of those that are new since `before`
    /// is still written. An ordinary save is not waited for: it closes its file, or puts another in its place, before we
    /// look, and what it leaves is no beginning of what stood there.
    fn whole(&self, before: &Sources, mut now: Sources) -> Sources {
        let first = Instant::now();
        let mut touched = first;
        while first.elapsed() < LONGEST_WRITE
            && touched.elapsed() < PAUSE
            && unfinished(before, &now, |path| self.open.has(&self.root.join(path)))
        {
            let left = PAUSE.saturating_sub(touched.elapsed());
            if let Ok(files) = self.events.recv_timeout(left) {
                self.wait_for_quiet(files);
            }
            // What cannot be read now is told by the next look at it.
            let Ok(next) = load_again(&self.root, &now) else {
                break;
            };
            if !next.same_as(&now) {
                touched = Instant::now();
                now = next;
            }
        }
        now
    }

    /// The files that are named until no more events come; `None` if one of them may be about others.
    fn wait_for_quiet(&self, files: Vec<PathBuf>) -> Option<BTreeSet<PathBuf>> {
        let first = Instant::now();
        let mut is_all = !files.is_empty();
        let mut named = BTreeSet::from_iter(files);
        while first.elapsed() < LONGEST_WAIT
            && let Ok(files) = self.events.recv_timeout(QUIET)
        {
            is_all &= !files.is_empty();
            named.extend(files);
        }
        is_all.then_some(named)
    }
}

fn load_again(root: &Path, before: &Sources) -> io::Result<Sources> {
    reload(root, before, now())
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long ago a file was written depends on now"
)]
fn now() -> SystemTime {
    SystemTime::now()
}

/// Watches folders, never single files: a save by rename would lose them.
fn arm(watcher: &mut dyn Watcher, root: &Path) -> notify::Result<()> {
    for folder in ["content", "themes"] {
        let folder = root.join(folder);
        if folder.is_dir() {
            watcher.watch(&folder, RecursiveMode::Recursive)?;
        }
    }
    // Sees `content` or `themes` being made, moved away or replaced.
    watcher.watch(root, RecursiveMode::NonRecursive)
}

fn matters(path: &Path) -> bool {
    path.file_name()
        .and_then(|name| name.to_str())
        .is_none_or(|name| !is_leftover(name))
}
