//! Edits as they happen: waits until sources may have changed.
//!
//! Events are only hints. What changed is found by loading again and comparing bytes, so that an event without a
//! changed byte rebuilds nothing and a missed event costs at most the time between two scans.

mod rebuild;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant, SystemTime};

use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::load::{is_leftover, reload};
use crate::source::Sources;

pub use rebuild::{How, Publisher, rebuild};

/// Editors write a file in several steps; a build starts when nothing has happened for this long.
const QUIET: Duration = Duration::from_millis(4);
/// At most this long after the first event, however busy the disk is.
const LONGEST_WAIT: Duration = Duration::from_millis(200);
/// A scan without any event, against missed ones.
const SAFETY_SCAN: Duration = Duration::from_secs(2);
const POLL_INTERVAL: Duration = Duration::from_millis(500);

/// Watches a project's sources.
pub struct Watch {
    root: PathBuf,
    events: Receiver<()>,
    watcher: Box<dyn Watcher + Send>,
    /// Whether the system tells of edits, rather than our asking in intervals.
    polls: bool,
    /// Why the latest load failed, if it did.
    unreadable: Option<String>,
}

impl Watch {
    /// Starts to watch; falls back to polling, and says so, where the system has no more watches to give.
    ///
    /// # Errors
    ///
    /// What the system says when not even polling can be set up.
    pub fn start(root: &Path, poll: bool, mut say: impl FnMut(&str)) -> io::Result<Self> {
        let (sender, events) = channel();
        let handler = move |event: notify::Result<Event>| {
            let matters = event.is_ok_and(|event| {
                !matches!(event.kind, EventKind::Access(_))
                    && (event.paths.is_empty() || event.paths.iter().any(|path| matters(path)))
            });
            // The receiver is gone only when the program ends.
            if matters {
                let _ = sender.send(());
            }
        };
        if poll {
            return Self::polling(root, handler, events);
        }
        let watcher = RecommendedWatcher::new(handler.clone(), Config::default());
        let started = watcher.and_then(|mut watcher| arm(&mut watcher, root).map(|()| watcher));
        match started {
            Ok(watcher) => Ok(Self {
                root: root.to_path_buf(),
                events,
                watcher: Box::new(watcher),
                polls: false,
                unreadable: None,
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
        root: &Path,
        handler: impl notify::EventHandler,
        events: Receiver<()>,
    ) -> io::Result<Self> {
        let config = Config::default()
            .with_poll_interval(POLL_INTERVAL)
            .with_compare_contents(true);
        let mut watcher = PollWatcher::new(handler, config).map_err(io::Error::other)?;
        arm(&mut watcher, root).map_err(io::Error::other)?;
        Ok(Self {
            root: root.to_path_buf(),
            events,
            watcher: Box::new(watcher),
            polls: true,
            unreadable: None,
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
            match self.events.recv_timeout(SAFETY_SCAN) {
                Ok(()) => self.wait_for_quiet(),
                Err(RecvTimeoutError::Timeout) => {
                    // A watched folder that was replaced has lost its watch with its inode.
                    if !self.polls {
                        drop(arm(self.watcher.as_mut(), &self.root));
                    }
                }
                // The system's watcher has ended; the scans go on.
                Err(RecvTimeoutError::Disconnected) => std::thread::sleep(SAFETY_SCAN),
            }
            match load_again(&self.root, before) {
                Ok(now) if self.unreadable.take().is_some() || !now.same_as(before) => {
                    return Ok(now);
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

    fn wait_for_quiet(&self) {
        let first = Instant::now();
        while first.elapsed() < LONGEST_WAIT && self.events.recv_timeout(QUIET).is_ok() {}
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long ago a file was written depends on now"
)]
fn load_again(root: &Path, before: &Sources) -> io::Result<Sources> {
    reload(root, before, SystemTime::now())
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
