//! The development server: what it answers, what it refuses, and how soon an edit shows.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::project::{on_disk, write};

struct Server {
    child: Child,
    port: u16,
    /// What it says after its address.
    said: Arc<Mutex<String>>,
}

impl Server {
    fn start(root: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_prepbook"))
            .args(["serve", "--port", "0", "--root"])
            .arg(root)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut lines = BufReader::new(child.stderr.take().expect("piped")).lines();
        let line = lines
            .by_ref()
            .map(|line| line.expect("UTF-8"))
            .find(|line| line.contains("http://"))
            .expect("the address");
        let port = line
            .split("127.0.0.1:")
            .nth(1)
            .and_then(|rest| rest.split('/').next())
            .and_then(|port| port.parse().ok())
            .expect("a port");
        // What it says later must not fill the pipe.
        let said = Arc::new(Mutex::new(String::new()));
        let ear = said.clone();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                *ear.lock().expect("no panic") += &format!("{line}\n");
            }
        });
        Self { child, port, said }
    }

    /// Sends a request as written and returns the status and the whole answer.
    fn raw(&self, request: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .expect("a limit");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok())
            .unwrap_or(0);
        (status, answer)
    }

    fn get(&self, path: &str) -> (u16, String) {
        self.raw(&format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n",
            self.port
        ))
    }

    fn get_with(&self, path: &str, headers: &str) -> u16 {
        self.raw(&format!(
            "GET {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n"
        ))
        .0
    }

    /// The next state of the site that an open page is told of, and all after it.
    fn events(&self) -> impl Iterator<Item = serde_json::Value> {
        let mut events = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        events
            .set_read_timeout(Some(Duration::from_secs(20)))
            .expect("a limit");
        write!(
            events,
            "GET /__prepbook/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
        )
        .expect("sent");
        BufReader::new(events)
            .lines()
            .map(|line| line.expect("an event in time"))
            .filter_map(|line| {
                let data = line.strip_prefix("data: ")?;
                Some(serde_json::from_str(data).expect("JSON"))
            })
    }

    fn wait_for(&self, path: &str, needle: &str) -> Duration {
        let started = Instant::now();
        while !self.get(path).1.contains(needle) {
            assert!(
                started.elapsed() < Duration::from_secs(20),
                "{needle} never came"
            );
        }
        started.elapsed()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn pages_are_served_with_the_policy_and_the_reload_script() {
    let project = on_disk();
    let server = Server::start(project.path());
    let (status, home) = server.get("/");
    assert_eq!(status, 200);
    for part in [
        "content-security-policy: default-src 'none'",
        "x-content-type-options: nosniff",
        "cache-control: no-store",
        "/__prepbook/reload.js",
    ] {
        assert!(home.contains(part), "{part}\n{home}");
    }
    assert!(!home.to_lowercase().contains("access-control-allow-origin"));
    assert_eq!(server.get("/questions").0, 308);
    let (_, asked) = server.get("/questions?x=1");
    assert!(asked.contains("location: /questions/?x=1\r\n"), "{asked}");
    assert_eq!(server.get("/questions/").0, 200);
    let (status, worker) = server.get("/sw.js");
    assert!(status == 200 && worker.contains("unregister"), "{worker}");
    assert!(!home.contains("data-worker"));
    let (status, missing) = server.get("/nothing/here/");
    assert_eq!(status, 404);
    assert!(missing.contains("<h1"), "the site's own page for no page");
    assert!(
        !project.path().join("output").exists(),
        "serve writes no output"
    );
}

#[test]
fn only_this_machine_and_this_site_are_answered() {
    let project = on_disk();
    let server = Server::start(project.path());
    let port = server.port;
    let own = format!("Host: localhost:{port}\r\n");
    assert_eq!(server.get_with("/", &own), 200);
    assert_eq!(server.get_with("/", "Host: LOCALHOST\r\n"), 200);
    assert_eq!(
        server.get_with("/", &format!("Host: [::1]:{port}\r\n")),
        200
    );
    for host in [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:80",
        "",
    ] {
        assert_eq!(
            server.get_with("/", &format!("Host: {host}\r\n")),
            403,
            "{host}"
        );
    }
    assert_eq!(
        server.get_with(
            "/__prepbook/events",
            &format!("{own}Origin: https://evil.example\r\n")
        ),
        403
    );
    assert_eq!(server.get_with("/", &format!("{own}Origin: null\r\n")), 403);
    assert_eq!(
        server.get_with("/", &format!("{own}Origin: http://localhost:{port}\r\n")),
        200
    );
    assert_eq!(
        server.get_with(
            "/",
            &format!("{own}Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n")
        ),
        403
    );
    assert_eq!(
        server.get_with(
            "/",
            &format!("{own}Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n")
        ),
        200
    );
    let post = server.raw(&format!(
        "POST / HTTP/1.1\r\n{own}Content-Length: 0\r\nConnection: close\r\n\r\n"
    ));
    assert_eq!(post.0, 405);
}

#[test]
fn no_file_outside_the_site_is_given() {
    let project = on_disk();
    write(project.path(), "secret.txt", "secret");
    let server = Server::start(project.path());
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/questions/../../secret.txt",
        "/..\\secret.txt",
        "/..%5csecret.txt",
        "/%00",
        "//etc/passwd",
        "/.git/config",
        "/.prepbook-manifest.json",
        "/%c0%ae%c0%ae/secret.txt",
        "/%252e%252e/secret.txt",
        "/c:/secret.txt",
        "/%",
        "/%zz",
        "/secret.txt",
        "/content/handbook.yaml",
    ] {
        let (status, answer) = server.get(path);
        assert!(matches!(status, 400 | 404), "{path}: {status}");
        assert!(
            !answer.contains("secret\n") && !answer.contains("format: 1"),
            "{path}"
        );
    }
}

#[test]
fn an_edit_shows_errors_are_survived_and_mended() {
    let project = on_disk();
    let server = Server::start(project.path());
    let path = "content/red-flags/added.yaml";
    write(
        project.path(),
        path,
        "title: Added xyzzy\nthinks: Something.\ninstead: Else.\n",
    );
    server.wait_for("/red-flags/", "Added xyzzy");
    write(project.path(), path, "title: [broken\n");
    std::thread::sleep(Duration::from_millis(600));
    assert!(
        server.get("/red-flags/").1.contains("Added xyzzy"),
        "the last good page stays"
    );
    let mut events = TcpStream::connect(("127.0.0.1", server.port)).expect("a connection");
    events
        .set_read_timeout(Some(Duration::from_secs(5)))
        .expect("a limit");
    write!(
        events,
        "GET /__prepbook/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
    )
    .expect("sent");
    let told = BufReader::new(events)
        .lines()
        .map(|line| line.expect("UTF-8"))
        .find(|line| line.starts_with("data:"))
        .expect("an event");
    assert!(
        told.contains("yaml-syntax") && told.contains("added.yaml"),
        "{told}"
    );
    write(
        project.path(),
        path,
        "title: Mended plugh\nthinks: Something.\ninstead: Else.\n",
    );
    server.wait_for("/red-flags/", "Mended plugh");
    std::fs::remove_file(project.path().join(path)).expect("removed");
    let started = Instant::now();
    while server.get("/red-flags/").1.contains("Mended plugh") {
        assert!(started.elapsed() < Duration::from_secs(20));
    }
}

#[test]
fn a_server_starts_on_a_broken_handbook_and_recovers() {
    let project = on_disk();
    write(
        project.path(),
        "content/red-flags/broken.yaml",
        "title: [\n",
    );
    let server = Server::start(project.path());
    assert!(server.get("/").1.contains("/__prepbook/reload.js"));
    std::fs::remove_file(project.path().join("content/red-flags/broken.yaml")).expect("removed");
    server.wait_for("/", "<h1");
}

#[test]
fn every_way_of_saving_is_seen() {
    let project = on_disk();
    let server = Server::start(project.path());
    let target = project.path().join("content/red-flags/saved.yaml");
    let text = |word: &str| format!("title: Saved {word}\nthinks: Something.\ninstead: Else.\n");
    std::fs::write(&target, text("inplace")).expect("written");
    server.wait_for("/red-flags/", "Saved inplace");
    // Many editors write a new file and rename it over the old one.
    std::fs::write(
        project.path().join("content/red-flags/.saved.tmp"),
        text("renamed"),
    )
    .expect("written");
    std::fs::rename(project.path().join("content/red-flags/.saved.tmp"), &target).expect("renamed");
    server.wait_for("/red-flags/", "Saved renamed");
    // Others move the old one away first.
    std::fs::rename(
        &target,
        project.path().join("content/red-flags/saved.yaml~"),
    )
    .expect("renamed");
    std::fs::write(&target, text("backup")).expect("written");
    server.wait_for("/red-flags/", "Saved backup");
    // A whole folder is replaced.
    let folder = project.path().join("content/red-flags");
    std::fs::rename(&folder, project.path().join("aside")).expect("renamed");
    std::fs::create_dir(&folder).expect("a folder");
    for entry in std::fs::read_dir(project.path().join("aside")).expect("the folder") {
        let entry = entry.expect("an entry");
        std::fs::copy(entry.path(), folder.join(entry.file_name())).expect("copied");
    }
    std::fs::write(&target, text("folder")).expect("written");
    server.wait_for("/red-flags/", "Saved folder");
    std::fs::write(&target, text("after")).expect("written");
    server.wait_for("/red-flags/", "Saved after");
}

#[test]
fn a_project_that_was_away_for_a_while_is_served_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("book");
    std::fs::rename(on_disk().keep(), &root).expect("renamed");
    let server = Server::start(&root);
    let mut events = server.events();
    events.next().expect("the state now");
    let away = folder.path().join("away");
    std::fs::rename(&root, &away).expect("renamed");
    let failed = events.next().expect("an event");
    assert!(
        failed["failure"]
            .as_str()
            .is_some_and(|why| why.contains("book")),
        "{failed}"
    );
    // Longer than two scans.
    std::thread::sleep(Duration::from_secs(5));
    std::fs::rename(&away, &root).expect("renamed");
    let mended = events.next().expect("an event");
    assert!(mended["failure"].is_null(), "{mended}");
    let said = server.said.lock().expect("no panic").clone();
    assert_eq!(said.matches("cannot read").count(), 1, "{said}");
}

#[test]
fn the_next_free_port_is_taken() {
    let project = on_disk();
    let first = Server::start(project.path());
    let mut child = Command::new(env!("CARGO_BIN_EXE_prepbook"))
        .args(["serve", "--port", &first.port.to_string(), "--root"])
        .arg(project.path())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let line = BufReader::new(child.stderr.take().expect("piped"))
        .lines()
        .next()
        .expect("a line")
        .expect("UTF-8");
    let _ = child.kill();
    let _ = child.wait();
    assert!(
        line.contains(&format!("port {} is taken", first.port)),
        "{line}"
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
            || !output.join(".prepbook-manifest.json").exists()
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
