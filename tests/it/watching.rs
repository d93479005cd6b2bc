//! What is published while files are still written, and how a preview is reached.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::project::{err, on_disk, run, write};

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
    fn start(root: &Path) -> Self {
        Self::start_from(root, root)
    }

    /// `root` as it is written from another folder.
    fn start_from(folder: &Path, root: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_prepbook"))
            .args(["watch", "--root"])
            .arg(root)
            .current_dir(folder)
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
fn a_file_is_published_whole_however_the_root_is_written() {
    let project = on_disk();
    let name = project.path().file_name().expect("a name");
    let above = project.path().parent().expect("a folder");
    for (from, root) in [
        (above, Path::new(name).to_path_buf()),
        (above, Path::new(".").join(name)),
        (project.path(), Path::new("content/..").to_path_buf()),
    ] {
        let watching = Watching::start_from(from, &root);
        let path = project.path().join("content/guides/slow.md");
        let mut file = File::create(&path).expect("a file");
        for piece in [FRONT, "\nSecond ", "half ", "of a ", "text.\n"] {
            file.write_all(piece.as_bytes()).expect("written");
            std::thread::sleep(Duration::from_millis(100));
        }
        drop(file);
        let count = watching.published_within(Duration::from_secs(3));
        assert_eq!(count, 1, "{}", root.display());
        std::fs::remove_file(&path).expect("removed");
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

#[test]
fn watch_writes_what_a_clean_build_would() {
    let project = on_disk();
    let mut child = Command::new(env!("CARGO_BIN_EXE_prepbook"))
        .args(["-q", "watch", "--root"])
        .arg(project.path())
        .spawn()
        .expect("the program runs");
    let page = project.path().join("output/red-flags/index.html");
    let wait = |needle: &str| {
        let started = Instant::now();
        while !std::fs::read_to_string(&page).is_ok_and(|text| text.contains(needle)) {
            assert!(
                started.elapsed() < Duration::from_secs(20),
                "{needle} never came"
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    };
    wait("<h1");
    write(
        project.path(),
        "content/red-flags/added.yaml",
        "title: Added xyzzy\nthinks: Something.\ninstead: Else.\n",
    );
    wait("Added xyzzy");
    write(project.path(), "content/red-flags/added.yaml", "title: [\n");
    write(
        project.path(),
        "content/red-flags/added.yaml",
        "title: Added plugh\nthinks: Something.\ninstead: Else.\n",
    );
    wait("Added plugh");
    let _ = child.kill();
    let _ = child.wait();
    let clean = Command::new(env!("CARGO_BIN_EXE_prepbook"))
        .args(["build", "--root"])
        .arg(project.path())
        .output()
        .expect("the program runs");
    assert!(
        String::from_utf8_lossy(&clean.stderr).contains(": 0 files written"),
        "{}",
        String::from_utf8_lossy(&clean.stderr)
    );
}

/// A process that ends with its test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn watch_holds_the_output_to_the_last_good_site() {
    let project = on_disk();
    let child = Command::new(env!("CARGO_BIN_EXE_prepbook"))
        .args(["watch", "--root"])
        .arg(project.path())
        .stderr(Stdio::piped())
        .spawn();
    let mut running = Running(child.expect("the program runs"));
    let output = project.path().join("output");
    let page = output.join("red-flags/index.html");
    let wait_for = |needle: &str, what: &str| {
        let started = Instant::now();
        while !std::fs::read_to_string(&page).is_ok_and(|text| text.contains(needle))
            || output.join(".prepbook-staging").exists()
            || !output.join("index.html").exists()
        {
            assert!(started.elapsed() < Duration::from_secs(20), "{what}");
            std::thread::sleep(Duration::from_millis(10));
        }
    };
    wait_for("</html>", "the first build");
    std::fs::write(&page, "edited by hand").expect("written");
    wait_for("</html>", "an edited page");
    std::fs::remove_dir_all(&output).expect("removed");
    wait_for("</html>", "a removed folder");
    std::fs::remove_file(&page).expect("removed");
    std::fs::create_dir(&page).expect("a folder in the way");
    // Longer than two scans.
    std::thread::sleep(Duration::from_secs(5));
    std::fs::remove_dir(&page).expect("removed");
    wait_for("</html>", "a write that failed");
    let _ = running.0.kill();
    let mut said = String::new();
    let mut stderr = running.0.stderr.take().expect("piped");
    stderr.read_to_string(&mut said).expect("UTF-8");
    assert_eq!(said.matches("is where a page must go").count(), 1, "{said}");
}

#[test]
fn a_file_that_is_still_being_written_is_no_failure() {
    let project = on_disk();
    let child = Command::new(env!("CARGO_BIN_EXE_prepbook"))
        .args(["watch", "--root"])
        .arg(project.path())
        .stderr(Stdio::piped())
        .spawn();
    let mut running = Running(child.expect("the program runs"));
    let page = project.path().join("output/red-flags/index.html");
    let wait_for = |needle: &str| {
        let started = Instant::now();
        while !std::fs::read_to_string(&page).is_ok_and(|text| text.contains(needle)) {
            assert!(started.elapsed() < Duration::from_secs(20), "{needle}");
            std::thread::sleep(Duration::from_millis(5));
        }
    };
    wait_for("</html>");
    let path = "content/red-flags/saved.yaml";
    for nth in 0..8 {
        let whole = format!("title: Saved {nth}\nthinks: Something.\ninstead: Else.\n");
        match nth % 4 {
            0 => write(project.path(), path, ""),
            1 => write(project.path(), path, &whole[..20]),
            // Away, and with it what others refer to.
            2 => std::fs::rename(
                project.path().join("content/guides/bench-trial.md"),
                project.path().join("content/guides/bench-trial.md~"),
            )
            .expect("renamed"),
            _ => write(project.path(), path, "title: [\n"),
        }
        // Longer than the quiet after which a build begins, shorter than a file may take to be written.
        std::thread::sleep(Duration::from_millis(30));
        if nth % 4 == 2 {
            std::fs::rename(
                project.path().join("content/guides/bench-trial.md~"),
                project.path().join("content/guides/bench-trial.md"),
            )
            .expect("renamed");
        }
        write(project.path(), path, &whole);
        wait_for(&format!("Saved {nth}"));
    }
    // What stays broken is told.
    write(project.path(), path, "title: [\n");
    std::thread::sleep(Duration::from_secs(2));
    let _ = running.0.kill();
    let mut said = String::new();
    let mut stderr = running.0.stderr.take().expect("piped");
    stderr.read_to_string(&mut said).expect("UTF-8");
    assert_eq!(said.matches("build failed").count(), 1, "{said}");
}
