//! The development server: what it answers and what it refuses.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::project::{on_disk, write};
use crate::serving::Server;

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
        "/.prepbook/.gitignore",
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
