//! HTTP over the latest build: files from memory, one event stream, nothing else.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::io;
use std::net::{SocketAddr, TcpListener};
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
use super::pages;
use crate::export::headers;
use crate::model::Settings;
use crate::output::Bytes;

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

#[derive(Clone)]
struct Server {
    published: watch::Receiver<Published>,
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
    let server = Server { published };
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
fn fixed_headers(published: &Published) -> HeaderMap {
    let mut map = HeaderMap::new();
    let site = &published.site;
    let headers = if site.is_empty() {
        let headers = headers::everywhere(&Settings::default()).into_iter();
        headers
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    } else {
        site.hosting.headers.clone()
    };
    for (name, value) in headers {
        if name != "Strict-Transport-Security"
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
    let published = server.published.borrow().clone();
    if let Err((status, why)) = door.admit(request) {
        return plain(&published, status, why);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = plain(
            &published,
            StatusCode::METHOD_NOT_ALLOWED,
            "only GET and HEAD\n",
        );
        let allowed = HeaderValue::from_static("GET, HEAD");
        response.headers_mut().insert(header::ALLOW, allowed);
        return response;
    }
    match request.uri().path() {
        EVENTS_PATH => events(server),
        pages::SCRIPT_PATH => file(
            &published,
            StatusCode::OK,
            "text/javascript; charset=utf-8",
            pages::SCRIPT,
        ),
        pages::STYLES_PATH => file(
            &published,
            StatusCode::OK,
            "text/css; charset=utf-8",
            pages::STYLES,
        ),
        _ => page(&published, request.uri()),
    }
}

fn page(published: &Published, uri: &Uri) -> Response {
    let mut response = match pages::answer(published, uri) {
        pages::Answer::File {
            status,
            kind,
            bytes,
        } => file(published, status, kind, bytes),
        pages::Answer::Moved(address) => {
            let mut response = plain(published, StatusCode::PERMANENT_REDIRECT, "");
            if let Ok(address) = HeaderValue::from_str(&address) {
                response.headers_mut().insert(header::LOCATION, address);
            }
            response
        }
    };
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        // In seconds; a build takes less.
        let soon = HeaderValue::from_static("1");
        response.headers_mut().insert(header::RETRY_AFTER, soon);
    }
    response
}

fn file(
    published: &Published,
    status: StatusCode,
    kind: &'static str,
    bytes: impl Into<Bytes>,
) -> Response {
    let mut response = Response::new(Body::from(bytes.into()));
    *response.status_mut() = status;
    *response.headers_mut() = fixed_headers(published);
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

fn plain(published: &Published, status: StatusCode, text: &'static str) -> Response {
    file(published, status, "text/plain; charset=utf-8", text)
}

/// What a page is told of a build.
#[derive(Serialize)]
struct Told<'a> {
    /// Tells one run of the server from another.
    run: u32,
    build: u64,
    changed: &'a [String],
    failure: Option<&'a str>,
}

/// The state now, then every build as it comes.
fn events(server: &Server) -> Response {
    let told = WatchStream::new(server.published.clone()).map(|published| {
        let told = Told {
            run: std::process::id(),
            build: published.build,
            changed: &published.changed,
            failure: published.failure.as_deref(),
        };
        Ok::<_, Infallible>(
            Event::default()
                .data(serde_json::to_string(&told).expect("strings and numbers always serialise")),
        )
    });
    let stream = Sse::new(told).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)));
    let mut response = stream.into_response();
    let headers = fixed_headers(&server.published.borrow());
    response.headers_mut().extend(headers);
    response
}
