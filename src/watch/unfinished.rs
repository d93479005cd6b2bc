//! Files that are still written.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use notify::event::{AccessKind, AccessMode, ModifyKind, RemoveKind};
use notify::{Event, EventKind};

use crate::source::{Source, Sources};

/// Files that have been written to and not been closed since. Only Linux tells of both.
#[derive(Clone, Default)]
pub(super) struct Open(Arc<Mutex<HashSet<PathBuf>>>);

impl Open {
    /// Takes note of what happened to a file.
    pub(super) fn note(&self, event: &Event) {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match event.kind {
            EventKind::Modify(ModifyKind::Data(_)) if cfg!(target_os = "linux") => {
                open.extend(event.paths.iter().cloned());
            }
            EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Modify(ModifyKind::Name(_))
            | EventKind::Remove(RemoveKind::File) => {
                for path in &event.paths {
                    open.remove(path);
                }
            }
            _ => {}
        }
    }

    pub(super) fn has(&self, path: &Path) -> bool {
        let open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.contains(path)
    }
}

/// Whether a file that is new or changed since `before` may go on: it is open, it was not there, or it is a beginning of what
/// stood there.
pub(super) fn unfinished(before: &Sources, now: &Sources, is_open: impl Fn(&str) -> bool) -> bool {
    let begins = |former: &Source, new: &Source| former.bytes.starts_with(&new.bytes);
    now.iter().any(|(path, new)| match before.get(path) {
        Some(former) if former.hash == new.hash => false,
        Some(former) => begins(former, new) || is_open(path.as_str()),
        None => true,
    })
}
