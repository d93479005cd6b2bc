//! Ctrl-C and the request to end: at once, except while the site is being published.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// Ends the process with 130 or 143 when it is asked to.
pub(super) struct Interruption {
    is_at_once: Arc<AtomicBool>,
    /// The exit code of what came meanwhile.
    waiting: Arc<AtomicUsize>,
}

impl Interruption {
    /// # Errors
    ///
    /// The system takes no handler.
    pub(super) fn listen() -> io::Result<Self> {
        let interruption = Self {
            is_at_once: Arc::new(AtomicBool::new(true)),
            waiting: Arc::new(AtomicUsize::new(0)),
        };
        for (signal, code) in [(SIGINT, 130), (SIGTERM, 143)] {
            flag::register_conditional_shutdown(signal, code, interruption.is_at_once.clone())?;
            let code = usize::try_from(code).expect("exit codes are small");
            flag::register_usize(signal, interruption.waiting.clone(), code)?;
        }
        Ok(interruption)
    }

    /// Does what must not stop half way; ends afterwards if that was asked for meanwhile.
    pub(super) fn held<T>(&self, publish: impl FnOnce() -> T) -> T {
        self.hold();
        let result = publish();
        self.release();
        result
    }

    /// Lets nothing end the process until it is released; `false` if that is asked for already.
    pub(super) fn hold(&self) -> bool {
        self.is_at_once.store(false, Ordering::SeqCst);
        self.waiting.load(Ordering::SeqCst) == 0
    }

    /// Ends the process if that was asked for meanwhile.
    pub(super) fn release(&self) {
        self.is_at_once.store(true, Ordering::SeqCst);
        match self.waiting.load(Ordering::SeqCst) {
            0 => {}
            code => std::process::exit(i32::try_from(code).expect("exit codes are small")),
        }
    }
}
