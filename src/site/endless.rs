//! A page in the making that cannot grow for ever, whatever a template repeats.

use std::io::{self, Write};

/// Far more than a page can sensibly have.
const MOST_BYTES: usize = 64 << 20;

pub(super) struct Page(Vec<u8>);

impl Page {
    pub(super) fn new() -> Self {
        Self(Vec::with_capacity(16 * 1024))
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MOST_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
