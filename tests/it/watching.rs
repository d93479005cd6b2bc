//! What is published while files are still written, and how a preview is reached.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::project::{err, on_disk, run};

/// A `watch` of a project that tells what it says.
struct Watching {
    child: Child,
    said: Receiver<String>,
}

impl Drop for Watching {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Watching {
    fn start(root: &std::path::Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_prepbook"))
            .args(["watch", "--root"])
            .arg(root)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let lines = BufReader::new(child.stderr.take().expect("piped")).lines();
        let (tell, said) = channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                drop(tell.send(line));
            }
        });
        let this = Self { child, said };
        this.published();
        this
    }

    /// Waits until a site is published.
    fn published(&self) {
        let is_told = |line: String| line.contains("written");
        while !is_told(
            self.said
                .recv_timeout(Duration::from_secs(20))
                .expect("a site"),
        ) {}
    }

    /// How often a site is published from now on, for a while.
    fn published_within(&self, time: Duration) -> usize {
        let started = Instant::now();
        let mut count = 0;
        while let Ok(line) = self
            .said
            .recv_timeout(time.saturating_sub(started.elapsed()))
        {
            count += usize::from(line.contains("written"));
        }
        count
    }
}

const FRONT: &str = "---\ntitle: Slow\norder: 9\nsummary: Slow.\n---\n\nFirst half.\n";

#[test]
fn a_guide_in_two_halves_is_published_whole() {
    for (stays_open, was_there) in [(true, false), (false, false), (true, true), (false, true)] {
        let project = on_disk();
        let path = project.path().join("content/guides/slow.md");
        let whole = format!("{FRONT}\nSecond half.\n");
        if was_there {
            std::fs::write(&path, &whole).expect("written");
        }
        let watching = Watching::start(project.path());
        let changed = whole.replace("Second", "Other");
        let (first, second) = changed.split_at(FRONT.len());
        let mut file = File::create(&path).expect("a file");
        file.write_all(first.as_bytes()).expect("written");
        if !stays_open {
            file = File::options().append(true).open(&path).expect("there");
        }
        std::thread::sleep(Duration::from_millis(100));
        file.write_all(second.as_bytes()).expect("written");
        drop(file);
        let count = watching.published_within(Duration::from_secs(3));
        assert_eq!(count, 1, "stays open: {stays_open}, was there: {was_there}");
        let page = project.path().join("output/guides/slow/index.html");
        let page = std::fs::read_to_string(page).expect("the page");
        assert!(page.contains("Other half"), "{page}");
    }
}

#[test]
fn a_file_that_grows_for_ever_holds_up_nothing() {
    let project = on_disk();
    let watching = Watching::start(project.path());
    let path = project.path().join("content/guides/slow.md");
    let mut file = File::create(&path).expect("a file");
    file.write_all(FRONT.as_bytes()).expect("written");
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(5) {
        file.write_all(b"More.\n").expect("written");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(watching.published_within(Duration::from_millis(1)) > 0);
}

#[test]
fn names_that_lead_to_this_machine_alone_can_be_served_at() {
    let project = on_disk();
    for name in ["localhost", "127.0.0.1"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_prepbook"))
            .args(["serve", "--port", "0", "--host", name, "--root"])
            .arg(project.path())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut lines = BufReader::new(child.stderr.take().expect("piped")).lines();
        let is_address = |line: &String| line.contains("http://");
        let address = lines.by_ref().map_while(Result::ok).find(is_address);
        drop(child.kill());
        drop(child.wait());
        let address = address.expect("it serves");
        assert!(address.contains("http://127.0.0.1:") || address.contains("http://[::1]:"));
    }
    let refused = run(project.path(), &["serve", "--host", "no.such.name.invalid"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        err(&refused).contains("no address is known"),
        "{}",
        err(&refused)
    );
}
