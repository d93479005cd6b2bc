//! HTTP over the latest build: files from memory, one event stream, nothing else.

use std::collections::{BTreeMap, VecDeque};
use std::convert::Infallible;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Uri, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use serde::Serialize;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio_stream::wrappers::{TcpListenerStream, WatchStream};
use tokio_stream::{StreamExt as _, StreamMap};

use super::Published;
use super::door::{self, Door};
use crate::export::headers;
use crate::output::Bytes;

/// The reload script; added to pages here and never by a build.
const SCRIPT: &str = include_str!("reload.js");
const SCRIPT_PATH: &str = "/__prepbook/reload.js";
const EVENTS_PATH: &str = "/__prepbook/events";

/// How many clients are connected at once. A browser takes up to six connections.
const CONNECTIONS: usize = 256;
/// How long a client may take to send a request's head; an idle connection ends after the same time.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// How much of a request is read before its head must have ended, in bytes: more than is admitted, so that what is a
/// little too long is read and told so.
const HEAD_BYTES: usize = 2 * door::HEADERS;
/// How long to wait before the system is asked for a connection again that it could not give.
const BREATH: Duration = Duration::from_millis(100);

/// Loads the reload script and tells it which build the page is from.
fn script_tag(build: u64) -> String {
    format!("<script src=\"{SCRIPT_PATH}\" data-build=\"{build}\" defer></script>")
}

#[derive(Clone)]
struct Server {
    published: watch::Receiver<Published>,
    /// With its headers' fixed part worked out.
    headers: Arc<HeaderMap>,
}

/// Answers requests in a thread of its own until the process ends.
///
/// # Errors
///
/// What the system says of the sockets.
pub(super) fn start(
    listeners: Vec<TcpListener>,
    published: watch::Receiver<Published>,
) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let entered = runtime.enter();
    let mut arrivals = StreamMap::new();
    for listener in listeners {
        listener.set_nonblocking(true)?;
        let bound = listener.local_addr()?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        arrivals.insert(bound, TcpListenerStream::new(listener));
    }
    drop(entered);
    let server = Server {
        published,
        headers: Arc::new(fixed_headers()),
    };
    std::thread::Builder::new()
        .name("http".to_owned())
        .spawn(move || runtime.block_on(accept(arrivals, server)))?;
    Ok(())
}

/// Gives every connection a task. However many there are, the newest is answered: the oldest makes room for it.
/// Browsers connect again by themselves, an open page's event stream too.
async fn accept(mut arrivals: StreamMap<SocketAddr, TcpListenerStream>, server: Server) {
    let mut connections: VecDeque<AbortHandle> = VecDeque::new();
    while let Some((bound, arrival)) = arrivals.next().await {
        connections.retain(|connection| !connection.is_finished());
        if (arrival.is_err() || connections.len() == CONNECTIONS)
            && let Some(oldest) = connections.pop_front()
        {
            oldest.abort();
        }
        match arrival {
            Ok(stream) => {
                let task = tokio::spawn(connection(stream, Door::at(bound), server.clone()));
                connections.push_back(task.abort_handle());
            }
            // The system has no handle to give, and would say so again at once.
            Err(_) => tokio::time::sleep(BREATH).await,
        }
    }
}

/// Answers one client's requests, one after the other, until it or its time is gone.
async fn connection(stream: TcpStream, door: Door, server: Server) {
    // Small answers are not held back for more.
    drop(stream.set_nodelay(true));
    let answering = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(
            TokioIo::new(stream),
            service_fn(|request: Request<Incoming>| {
                let response = answer(door, &server, &request);
                async { Ok::<_, Infallible>(response) }
            }),
        );
    // A client that breaks the rules or off is its own loss.
    drop(answering.await);
}

/// The headers a host would send, less those that only make sense over TLS; nothing is cached.
fn fixed_headers() -> HeaderMap {
    let mut map = HeaderMap::new();
    for (name, value) in headers::rules().remove(0).1 {
        if !matches!(name, "Strict-Transport-Security" | "Cache-Control")
            && let (Ok(name), Ok(value)) = (
                name.parse::<header::HeaderName>(),
                HeaderValue::from_str(&value),
            )
        {
            map.insert(name, value);
        }
    }
    map.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    map
}

fn answer(door: Door, server: &Server, request: &Request<Incoming>) -> Response {
    if let Err((status, why)) = door.admit(request) {
        return plain(server, status, why);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = plain(
            server,
            StatusCode::METHOD_NOT_ALLOWED,
            "only GET and HEAD\n",
        );
        let allowed = HeaderValue::from_static("GET, HEAD");
        response.headers_mut().insert(header::ALLOW, allowed);
        return response;
    }
    match request.uri().path() {
        EVENTS_PATH => events(server),
        SCRIPT_PATH => file(
            server,
            StatusCode::OK,
            "text/javascript; charset=utf-8",
            SCRIPT,
        ),
        _ => page(server, request.uri()),
    }
}

fn page(server: &Server, uri: &Uri) -> Response {
    let published = server.published.borrow().clone();
    let Some(path) = wanted_path(uri.path()) else {
        return plain(server, StatusCode::BAD_REQUEST, "");
    };
    if published.site.is_empty() {
        let html = format!(
            "<!doctype html><meta charset=\"utf-8\"><title>prepbook</title>{}<body>",
            script_tag(published.build)
        );
        return file(
            server,
            StatusCode::OK,
            "text/html; charset=utf-8",
            html.into_bytes(),
        );
    }
    if let Some(bytes) = published.site.get(&path) {
        let kind = content_type(&path);
        if path.ends_with(".html") {
            return file(
                server,
                StatusCode::OK,
                kind,
                with_script(bytes, published.build),
            );
        }
        return file(server, StatusCode::OK, kind, bytes.clone());
    }
    // Readers who leave out the last slash are led to the folder, as hosts do.
    if published.site.get(&format!("{path}/index.html")).is_some() {
        let mut response = plain(server, StatusCode::PERMANENT_REDIRECT, "");
        let query = uri
            .query()
            .map_or_else(String::new, |query| format!("?{query}"));
        if let Ok(location) = HeaderValue::from_str(&format!("{}/{query}", uri.path())) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        return response;
    }
    match published.site.get("404.html") {
        Some(bytes) => file(
            server,
            StatusCode::NOT_FOUND,
            "text/html; charset=utf-8",
            with_script(bytes, published.build),
        ),
        None => plain(server, StatusCode::NOT_FOUND, "not found\n"),
    }
}

/// The path in the site that an address means; `None` for what no honest client asks for.
fn wanted_path(address: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let (high, low) = (
                char::from(rest.next()?).to_digit(16)?,
                char::from(rest.next()?).to_digit(16)?,
            );
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    let path = String::from_utf8(bytes).ok()?;
    let path = path.strip_prefix('/')?;
    if path.contains(['\0', '\\', ':']) {
        return None;
    }
    let folder = path.strip_suffix('/').unwrap_or(path);
    let is_plain =
        |part: &str| !part.is_empty() && (!part.starts_with('.') || part == ".well-known");
    if !folder.is_empty() && !folder.split('/').all(is_plain) {
        return None;
    }
    Some(if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    })
}

fn with_script(page: &[u8], build: u64) -> Vec<u8> {
    let tag = script_tag(build);
    let mut bytes = Vec::with_capacity(page.len() + tag.len());
    let at = page
        .windows(7)
        .position(|window| window == b"</head>")
        .unwrap_or(page.len());
    bytes.extend_from_slice(&page[..at]);
    bytes.extend_from_slice(tag.as_bytes());
    bytes.extend_from_slice(&page[at..]);
    bytes
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn file(
    server: &Server,
    status: StatusCode,
    kind: &'static str,
    bytes: impl Into<Bytes>,
) -> Response {
    let mut response = Response::new(Body::from(bytes.into()));
    *response.status_mut() = status;
    *response.headers_mut() = (*server.headers).clone();
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

fn plain(server: &Server, status: StatusCode, text: &'static str) -> Response {
    file(server, status, "text/plain; charset=utf-8", text)
}

/// What a page is told of a build.
#[derive(Serialize)]
struct Told<'a> {
    build: u64,
    changed: &'a [String],
    styles: Option<&'a BTreeMap<String, String>>,
    failure: Option<&'a str>,
}

/// The state now, then every build as it comes.
fn events(server: &Server) -> Response {
    let told = WatchStream::new(server.published.clone()).map(|published| {
        let told = Told {
            build: published.build,
            changed: &published.changed,
            styles: published.styles.as_deref(),
            failure: published.failure.as_deref(),
        };
        Ok::<_, Infallible>(
            Event::default()
                .data(serde_json::to_string(&told).expect("strings and numbers always serialise")),
        )
    });
    let mut response = Sse::new(told)
        .keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
        .into_response();
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
