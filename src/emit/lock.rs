//! One run at a time in an output folder.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::time::{Duration, Instant};

use super::{Target, at, must_be_ours};

/// The lock's name among what is our own.
pub(super) const LOCK: &str = "lock";
const PATIENCE: Duration = Duration::from_secs(10);

/// Keeps two runs out of one output folder. The system frees it when its holder dies.
pub(super) struct Lock {
    file: File,
}

impl Lock {
    pub(super) fn take(target: &Target) -> io::Result<Self> {
        let path = target.own.join(LOCK);
        must_be_ours(&path, std::fs::Metadata::is_file)?;
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(at(&path))?;
        let patience = Instant::now() + PATIENCE;
        while file.try_lock().is_err() {
            if Instant::now() >= patience {
                let mut holder = String::new();
                file.read_to_string(&mut holder).map_err(at(&path))?;
                let message = format!(
                    "{}: another prepbook (process {}) is writing here",
                    target.out.display(),
                    holder.trim()
                );
                return Err(io::Error::new(io::ErrorKind::WouldBlock, message));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        file.set_len(0)
            .and_then(|()| write!(file, "{}", std::process::id()))
            .map_err(at(&path))?;
        Ok(Self { file })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Nothing is lost when this fails: the lock itself ends with the file's handle.
        drop(self.file.set_len(0));
    }
}
