//! `serve`.

use std::io;
use std::path::Path;

use super::interruption::Interruption;
use super::report::{print, tally};
use super::write;
use super::{Outcome, SiteArgs, Terminal};
use crate::Options;
use crate::serve::{Address, bind};
use crate::watch::How;

pub(super) fn serve(
    root: &Path,
    address: Address,
    site: &SiteArgs,
    open: bool,
    poll: bool,
    terminal: &Terminal,
) -> io::Result<Outcome> {
    Interruption::listen()?;
    let (listeners, bound) = bind(address)?;
    let url = format!("http://{bound}/");
    if bound.port() != address.port && address.port != 0 {
        terminal.say(&format!(
            "port {} is taken; listening on {}",
            address.port,
            bound.port()
        ));
    }
    if !bound.ip().is_loopback() {
        write::words(format_args!(
            "warning: other machines can read this site at {url}"
        ));
    }
    let say = |text: &str| terminal.say(text);
    let ready = |base_path: &str| {
        let url = format!("http://{bound}{base_path}");
        terminal.say(&format!(
            "serving {} at {url} (Ctrl-C ends it)",
            root.display()
        ));
        if open && let Err(error) = opener::open_browser(&url) {
            write::words(format_args!(
                "warning: no browser could be opened ({error}); open {url} yourself"
            ));
        }
    };
    let how = How {
        options: Options {
            preview: true,
            ..site.options()
        },
        strict: site.strict,
        poll,
    };
    crate::serve::serve(root, &how, listeners, say, ready, |built| {
        print(built.found, built.sources, 20, site.strict, terminal);
        let milliseconds = built.took.as_secs_f64() * 1000.0;
        if built.failed {
            write::words(format_args!(
                "build failed: {}; the last good pages stay",
                tally(built.found)
            ));
        } else {
            terminal.say(&format!(
                "built {} pages in {milliseconds:.0} ms, {} changed",
                built.site.pages(),
                built.changed
            ));
        }
    })?;
    Ok(Outcome::Fine)
}
