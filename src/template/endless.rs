//! A page in the making that cannot grow or count for ever, whatever a template repeats.

use std::cell::Cell;
use std::io::{self, Write};
use std::iter;

use tera::{Error, Kwargs, State, TeraResult};

/// Far more than a page can sensibly have.
const MOST_BYTES: usize = 64 << 20;
/// Far more than a page can sensibly count.
const MOST_NUMBERS: usize = 1_000_000;

thread_local! {
    /// How many numbers the ranges of a page may still give. A page is filled on one thread from its beginning to
    /// its end, and the engine tells functions nothing of the page that calls them.
    static NUMBERS_LEFT: Cell<usize> = const { Cell::new(MOST_NUMBERS) };
}

pub(super) struct Page(Vec<u8>);

impl Page {
    pub(super) fn new() -> Self {
        NUMBERS_LEFT.set(MOST_NUMBERS);
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

/// The whole numbers from `start` (or 0) to before `end`, `step_by` (or 1) apart.
///
/// In place of the engine's own, which bounds each range and not what ranges inside of one another come to.
#[expect(clippy::needless_pass_by_value, reason = "the engine calls it so")]
pub(super) fn range(arguments: Kwargs, _: &State<'_>) -> TeraResult<Vec<i64>> {
    let start = arguments.get::<i64>("start")?.unwrap_or(0);
    let end = arguments.must_get::<i64>("end")?;
    let step = arguments.get::<i64>("step_by")?.unwrap_or(1);
    if step == 0 {
        return Err(Error::message("the `step_by` of a range is not 0"));
    }
    if step > 0 && start > end {
        return Err(Error::message("this range starts behind its end"));
    }
    let left = NUMBERS_LEFT.get();
    let numbers: Vec<i64> = iter::successors(Some(start), |number| number.checked_add(step))
        .take_while(|number| {
            if step > 0 {
                *number < end
            } else {
                *number > end
            }
        })
        .take(left + 1)
        .collect();
    NUMBERS_LEFT.set(left.saturating_sub(numbers.len()));
    if numbers.len() > left {
        let message =
            "the ranges of this page give more than 1,000,000 numbers; perhaps a loop has no end";
        return Err(Error::message(message));
    }
    Ok(numbers)
}
