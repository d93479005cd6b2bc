//! A development server for a test: started, asked, listened to, ended.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) port: u16,
    /// What it says after its address.
    pub(crate) said: Arc<Mutex<String>>,
}

impl Server {
    pub(crate) fn start(root: &Path) -> Self {
        Self::start_with(root, &[])
    }

    pub(crate) fn start_with(root: &Path, arguments: &[&str]) -> Self {
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
    pub(crate) fn raw(&self, request: &str) -> (u16, String) {
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

    pub(crate) fn get(&self, path: &str) -> (u16, String) {
        self.raw(&format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n",
            self.port
        ))
    }

    pub(crate) fn get_with(&self, path: &str, headers: &str) -> u16 {
        self.raw(&format!(
            "GET {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n"
        ))
        .0
    }

    /// The next state of the site that an open page is told of, and all after it.
    pub(crate) fn events(&self) -> impl Iterator<Item = serde_json::Value> {
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

    pub(crate) fn wait_for(&self, path: &str, needle: &str) -> Duration {
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
