//! The loop of `watch` and `serve`: build, hand the site on, wait for an edit.

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use super::{Watch, load_again};
use crate::diagnostic::{Checked, Tally};
use crate::load::load;
use crate::output::OutputTree;
use crate::source::Sources;
use crate::{Memo, Options, Stage, build};

/// For this long after a build has failed, the files may have been half written when it read them.
const HALF_WRITTEN: Duration = Duration::from_millis(200);
/// How often in a row a failed build is not told because an edit followed it.
const MOST_FORGIVEN: usize = 10;

/// How a project is built while it is edited.
#[derive(Clone, Debug)]
pub struct How {
    pub options: Options,
    /// Whether warnings fail, too.
    pub strict: bool,
    /// Whether to look for edits in intervals.
    pub poll: bool,
}

/// What becomes of every build.
pub trait Publisher {
    /// A build begins.
    fn begin(&mut self) {}

    /// A stage of it is done.
    fn done(&mut self, _stage: Stage) {}

    /// It is finished. When it has failed, its findings are to be told and its site is nobody's.
    fn built(&mut self, sources: &Sources, result: Checked<OutputTree>, failed: bool);

    /// The project cannot be read; the next edit may mend that.
    fn lost(&mut self, error: &io::Error);

    /// A look at the sources found nothing new.
    fn unedited(&mut self) {}

    /// Something that the author should know of.
    fn say(&mut self, text: &str);
}

/// Builds, and again after every edit, until the process ends.
///
/// # Errors
///
/// What the system says of watching, or of the first load. Later ones go to the publisher.
pub fn rebuild(root: &Path, how: &How, publisher: &mut impl Publisher) -> io::Result<()> {
    let mut watching = Watch::start(root, how.poll, |text| publisher.say(text))?;
    let mut sources = load(root)?;
    let memo = Memo::new();
    let mut forgiven = 0;
    loop {
        publisher.begin();
        let result = build(&sources, &how.options, &memo, |stage| publisher.done(stage));
        let failed = Tally::of(&result.found).fails(how.strict);
        if failed
            && forgiven < MOST_FORGIVEN
            && let Some(finished) = finished(&watching, root, &sources)
        {
            sources = finished;
            forgiven += 1;
            continue;
        }
        forgiven = 0;
        publisher.built(&sources, result, failed);
        sources = loop {
            match watching.next(&sources, || publisher.unedited()) {
                Ok(sources) => break sources,
                Err(error) => publisher.lost(&error),
            }
        };
    }
}

/// What follows sources that could not be built, if it follows so soon that these were half written: editors empty a
/// file before they write it, or move it away before they write a new one.
fn finished(watching: &Watch, root: &Path, half: &Sources) -> Option<Sources> {
    let begun = Instant::now();
    while begun.elapsed() < HALF_WRITTEN {
        std::thread::sleep(HALF_WRITTEN / 8);
        // What cannot be read now is told by the next look at it.
        if let Ok(now) = load_again(root, half)
            && !now.same_as(half)
        {
            return Some(watching.whole(half, now));
        }
    }
    None
}
