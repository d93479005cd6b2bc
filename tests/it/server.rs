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
        Self::start_with(root, &[])
    }

    fn start_with(root: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_prepbook"))
            .args(["serve", "--port", "0", "--root"])
            .arg(root)
            .args(arguments)
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
        let said = Arc::new(Mutex::new(format!("{line}\n")));
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
            "GET /__prepbook/events HTTP/1.1\r\nHost: localhost:{}\r\n\r\n",
            self.port
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

/// Where a page's files are asked for, as a browser would.
fn files_of(page: &str, at: &str) -> Vec<String> {
    let at = url::Url::parse("http://127.0.0.1/")
        .and_then(|host| host.join(at))
        .expect("an address");
    let document = scraper::Html::parse_document(page.split("\r\n\r\n").nth(1).expect("a body"));
    let named = scraper::Selector::parse("link[rel=stylesheet], script[src]").expect("a selector");
    document
        .select(&named)
        .filter_map(|one| one.attr("href").or(one.attr("src")))
        .map(|name| at.join(name).expect("an address").path().to_owned())
        .collect()
}

#[test]
fn a_site_is_served_where_its_address_says() {
    let project = on_disk();
    let server = Server::start_with(
        project.path(),
        &["--base-url", "https://prep.example.net/my%20books/prep"],
    );
    let root = "/my%20books/prep/";
    let said = server.said.lock().expect("no panic").clone();
    assert!(said.contains(&format!(":{}{root} ", server.port)), "{said}");
    for above in ["/", "/my%20books/prep"] {
        let (status, answer) = server.get(&format!("{above}?x=1"));
        assert_eq!(status, 308, "{above}");
        let there = format!("location: {root}?x=1\r\n");
        assert!(answer.contains(&there), "{above}: {answer}");
    }
    let (_, asked) = server.get(&format!("{root}questions"));
    assert!(
        asked.contains(&format!("location: {root}questions/\r\n")),
        "{asked}"
    );
    // The page for no page too, however deep it is asked for, and outside of the site.
    for (path, wanted) in [
        ("", 200),
        ("questions/", 200),
        ("nothing/here/at/all", 404),
        ("../", 404),
        ("../../questions/", 404),
    ] {
        let address = format!("{root}{path}");
        let (status, page) = server.get(&address);
        assert_eq!(status, wanted, "{address}");
        let files = files_of(&page, &address);
        assert!(files.len() > 3, "{page}");
        for file in files {
            assert_eq!(server.get(&file).0, 200, "{file} of {address}");
        }
    }
}

#[test]
fn a_site_moves_when_its_address_is_edited() {
    let project = on_disk();
    let server = Server::start(project.path());
    assert_eq!(server.get("/questions/").0, 200);
    let path = project.path().join("content/handbook.yaml");
    let text = std::fs::read_to_string(&path).expect("the settings");
    let named = format!("{text}\nbase_url: https://prep.example.net/book/\n");
    std::fs::write(&path, named).expect("the settings");
    server.wait_for("/book/questions/", "200 OK");
    assert_eq!(server.get("/questions/").0, 404);
    assert_eq!(server.get("/").0, 308);
}

#[test]
fn only_names_of_this_machine_are_answered() {
    let project = on_disk();
    let server = Server::start(project.path());
    let port = server.port;
    let asked = |host: &str| server.get_with("/", &format!("Host: {host}\r\n"));
    for name in [
        "localhost",
        "LocalHost",
        "localhost.",
        "handbook.localhost",
        "a.b.localhost",
        "localhost.localdomain",
        "localhost4",
        "localhost4.localdomain4",
        "localhost6",
        "localhost6.localdomain6",
        "ip6-localhost",
        "IP6-Loopback",
        "127.0.0.1",
        "127.1.2.3",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
    ] {
        assert_eq!(asked(&format!("{name}:{port}")), 200, "{name}");
        // Another server's, or another program's between us and the reader.
        assert_eq!(asked(name), 403, "{name} on port 80");
        assert_eq!(asked(&format!("{name}:{}", port - 1)), 403, "{name}");
    }
    for name in [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evillocalhost",
        "ip6-localhost.evil.example",
        "evil.localdomain",
        "0.0.0.0",
        "192.168.0.1",
        "[::]",
        "[2001:db8::1]",
        "localhost..",
        "",
    ] {
        assert_eq!(asked(&format!("{name}:{port}")), 403, "{name}");
    }
    for unclear in [
        String::new(),
        format!("user@localhost:{port}"),
        format!("user:word@localhost:{port}"),
        format!("localhost:{port}/path"),
        format!("localhost:{port}, evil.example"),
        format!("localhost:{port}\r\nHost: evil.example"),
        format!("localhost:{port}\r\nHost: localhost:{port}"),
        format!("evil.example\r\nHost: localhost:{port}"),
    ] {
        assert_eq!(asked(&unclear), 400, "{unclear}");
    }
    assert_eq!(server.get_with("/", ""), 400, "no host at all");
    assert_eq!(server.raw("GET / HTTP/1.0\r\n\r\n").0, 400);
}

#[test]
fn an_address_that_names_a_host_names_ours() {
    let project = on_disk();
    let server = Server::start(project.path());
    let own = format!("localhost:{}", server.port);
    let asked = |address: &str, host: &str| server.get_with(address, &format!("Host: {host}\r\n"));
    assert_eq!(asked(&format!("http://{own}/"), &own), 200);
    assert_eq!(asked("http://evil.example/", &own), 400);
    assert_eq!(asked(&format!("http://user@{own}/"), &own), 400);
    assert_eq!(asked(&format!("http://{own}/"), "evil.example"), 400);
    assert_eq!(asked("http://evil.example/", "evil.example"), 403);
}

#[test]
fn pages_of_other_sites_are_not_answered() {
    let project = on_disk();
    let server = Server::start(project.path());
    let port = server.port;
    let asked = |headers: &str| {
        let answers = ["/", "/__prepbook/events"].map(|path| {
            // The events of an open page have no end.
            let method = if path == "/" { "GET" } else { "HEAD" };
            let request = format!(
                "{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\n{headers}Connection: close\r\n\r\n"
            );
            server.raw(&request).0
        });
        assert_eq!(answers[0], answers[1], "{headers}");
        answers[0]
    };
    for (status, headers) in [
        (200, format!("Origin: http://localhost:{port}\r\n")),
        (200, format!("Origin: http://LOCALHOST:{port}\r\n")),
        (403, "Origin: https://evil.example\r\n".to_owned()),
        (403, format!("Origin: https://localhost:{port}\r\n")),
        (403, format!("Origin: http://127.0.0.1:{port}\r\n")),
        (403, "Origin: http://localhost\r\n".to_owned()),
        (403, "Origin: null\r\n".to_owned()),
        (403, "Origin:\r\n".to_owned()),
        (
            403,
            format!("Origin: http://localhost:{port}\r\nOrigin: http://localhost:{port}\r\n"),
        ),
    ] {
        assert_eq!(asked(&headers), status, "{headers}");
    }
    for (status, site, mode, to) in [
        (200, "same-origin", "no-cors", "script"),
        (200, "same-origin", "cors", "empty"),
        (200, "none", "navigate", "document"),
        (200, "cross-site", "navigate", "document"),
        (200, "same-site", "navigate", "document"),
        (403, "cross-site", "no-cors", "script"),
        (403, "same-site", "no-cors", "image"),
        (403, "cross-site", "navigate", "iframe"),
        (403, "cross-site", "websocket", "websocket"),
    ] {
        let headers =
            format!("Sec-Fetch-Site: {site}\r\nSec-Fetch-Mode: {mode}\r\nSec-Fetch-Dest: {to}\r\n");
        assert_eq!(asked(&headers), status, "{headers}");
    }
}

#[test]
fn only_reading_is_answered() {
    let project = on_disk();
    let server = Server::start(project.path());
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"] {
        let (status, answer) = server.raw(&format!(
            "{method} / HTTP/1.1\r\nHost: localhost:{}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            server.port
        ));
        assert_eq!(status, 405, "{method}");
        assert!(answer.contains("allow: GET, HEAD\r\n"), "{answer}");
    }
    let (status, answer) = server.raw(&format!(
        "HEAD / HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n",
        server.port
    ));
    assert_eq!(status, 200);
    assert!(answer.ends_with("\r\n\r\n"), "no body: {answer}");
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
        assert_eq!(status, 404, "{path}");
        assert!(
            answer.contains("<h1"),
            "the site's own page for no page: {path}"
        );
        assert!(
            !answer.contains("secret\n") && !answer.contains("format: 1"),
            "{path}"
        );
    }
}

#[test]
fn clients_that_stop_half_way_hold_nobody_up() {
    let project = on_disk();
    let server = Server::start(project.path());
    let connect = || TcpStream::connect(("127.0.0.1", server.port)).expect("a connection");
    let mut events = server.events();
    events.next().expect("the state now");
    let half: Vec<TcpStream> = (0..600)
        .map(|nth| {
            let mut stream = connect();
            // Some say nothing, some stop in a line, some do not read what they asked for.
            let said = [
                "",
                "GET / HTTP/1.1\r\nHost: loc",
                "GET /all/ HTTP/1.1\r\nHost: ",
            ][nth % 3];
            write!(stream, "{said}").expect("sent");
            if nth % 3 == 2 {
                write!(stream, "localhost:{}\r\n\r\n", server.port).expect("sent");
            }
            stream
        })
        .collect();
    let started = Instant::now();
    assert_eq!(server.get("/").0, 200);
    assert!(
        started.elapsed() < Duration::from_secs(8),
        "answered before the first of them is given up"
    );
    let started = Instant::now();
    for (nth, mut stream) in half.into_iter().enumerate().filter(|(nth, _)| nth % 3 < 2) {
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .expect("a limit");
        let closed = match stream.read(&mut [0; 16]) {
            Ok(read) => read == 0,
            Err(error) => error.kind() == std::io::ErrorKind::ConnectionReset,
        };
        assert!(closed, "client {nth} is still waited for");
    }
    assert!(started.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_request_has_an_end() {
    let project = on_disk();
    let server = Server::start(project.path());
    let host = format!("Host: localhost:{}\r\n", server.port);
    let long = "a".repeat(9 * 1024);
    assert_eq!(server.get(&format!("/{long}")).0, 414);
    assert_eq!(server.get(&format!("/?{long}")).0, 414);
    assert_eq!(server.get(&format!("/?{}", &long[..7 * 1024])).0, 200);
    let wide = format!("X: {}\r\n", "a".repeat(40 * 1024));
    assert_eq!(server.get_with("/", &format!("{host}{wide}")), 431);
    let mut endless = TcpStream::connect(("127.0.0.1", server.port)).expect("a connection");
    let mut sent = endless.write_all(format!("GET / HTTP/1.1\r\n{host}").as_bytes());
    for _ in 0..10_000 {
        sent =
            sent.and_then(|()| endless.write_all(format!("X: {}\r\n", &long[..1024]).as_bytes()));
    }
    assert!(sent.is_err(), "ten megabytes of headers were read");
    let many = "X: a\r\n".repeat(200);
    assert_eq!(server.get_with("/", &format!("{host}{many}")), 431);
    assert_eq!(server.raw("nonsense\r\n\r\n").0, 400);
    assert_eq!(server.get("/").0, 200, "it goes on");
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
    let failure = server
        .events()
        .find_map(|told| told["failure"].as_str().map(str::to_owned))
        .expect("an event");
    assert!(
        failure.contains("yaml-syntax") && failure.contains("added.yaml"),
        "{failure}"
    );
    assert!(
        server.get("/red-flags/").1.contains("Added xyzzy"),
        "the last good page stays"
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
fn errors_are_shown_ahead_of_any_number_of_warnings() {
    let project = on_disk();
    for nth in 0..40 {
        write(
            project.path(),
            &format!("content/a-note-{nth}.txt"),
            "Note.\n",
        );
    }
    for nth in 0..3 {
        let path = format!("content/red-flags/z-broken-{nth}.yaml");
        write(project.path(), &path, "title: [broken\n");
    }
    let server = Server::start(project.path());
    let told = server.events().find(|told| !told["failure"].is_null());
    let told = told.expect("an event");
    let report = told["failure"].as_str().expect("a text");
    assert!(
        report.starts_with("build failed: 3 errors, 40 warnings\n\nerror[yaml-syntax]"),
        "{report}"
    );
    let (errors, warnings) = report.split_once("\nwarning[").expect("both");
    assert_eq!(errors.matches("error[").count(), 3, "{report}");
    assert_eq!(warnings.matches("warning[").count(), 16, "{report}");
    assert!(report.ends_with("and 23 more warnings\n"), "{report}");
}

#[test]
fn nothing_is_found_before_the_first_good_build() {
    let project = on_disk();
    let path = "content/red-flags/broken-<b>.yaml";
    write(project.path(), path, "title: [\n");
    let server = Server::start(project.path());
    for path in [
        "/",
        "/questions/",
        "/nothing/",
        "/assets/site.css",
        "/.git",
        "/%zz",
    ] {
        let (status, answer) = server.get(path);
        assert_eq!(status, 503, "{path}");
        for part in [
            "retry-after: ",
            "content-type: text/html; charset=utf-8",
            "content-security-policy: default-src 'none'",
            "/__prepbook/reload.js",
            "/__prepbook/preview.css",
            "<h1>The handbook cannot be built yet</h1>",
            "error[yaml-syntax]",
            "broken-&lt;b&gt;.yaml",
        ] {
            assert!(answer.contains(part), "{path}: {part}\n{answer}");
        }
        assert!(!answer.contains("<b>"), "{answer}");
    }
    for path in ["/__prepbook/reload.js", "/__prepbook/preview.css"] {
        assert_eq!(server.get(path).0, 200, "{path}");
    }
    std::fs::remove_file(project.path().join(path)).expect("removed");
    server.wait_for("/", "data-page=\"index.html\"");
    assert_eq!(server.get("/").0, 200);
    assert_eq!(server.get("/nothing/").0, 404);
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
fn localhost_is_answered_in_both_families() {
    let project = on_disk();
    let server = Server::start(project.path());
    let has_other_family = std::net::TcpListener::bind("[::1]:0").is_ok();
    let connected = TcpStream::connect(("::1", server.port));
    assert_eq!(connected.is_ok(), has_other_family);
    if let Ok(mut stream) = connected {
        let request = format!(
            "GET / HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n",
            server.port
        );
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("UTF-8");
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}

#[test]
fn a_port_that_is_taken_in_one_family_is_left_alone() {
    let listener = std::net::TcpListener::bind("[::1]:0")
        .or_else(|_| std::net::TcpListener::bind("127.0.0.1:0"))
        .expect("a port");
    let taken = listener.local_addr().expect("bound");
    let address = prepbook::serve::Address {
        host: std::net::Ipv4Addr::LOCALHOST.into(),
        port: taken.port(),
    };
    let (listeners, bound) = prepbook::serve::bind(address).expect("a port");
    assert_ne!(bound.port(), taken.port());
    assert_eq!(listeners.len(), if taken.is_ipv6() { 2 } else { 1 });
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
