//! Who is answered: browsers of this machine, on this server's own pages.
//!
//! A page of another site must not read a handbook that is only served on the author's desk: neither by asking for it,
//! nor under a name of its own that leads to this machine (DNS rebinding).

use std::net::{IpAddr, SocketAddr};

use axum::http::header::{HOST, ORIGIN};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, Request, StatusCode};

/// How long an address may be, in bytes; the longest that pages make are shared filters.
const ADDRESS: usize = 8 * 1024;
/// How long all header lines together may be, in bytes.
pub(super) const HEADERS: usize = 32 * 1024;

/// What the server knows of a socket that it listens on.
#[derive(Clone, Copy)]
pub(super) struct Door {
    port: u16,
    /// Whether it listens to other machines, too: then any host name may be its own.
    is_open: bool,
}

/// Why a request is not answered, for the program that sent it and for a person who looks at the answer.
pub(super) type Refusal = (StatusCode, &'static str);

impl Door {
    pub(super) fn at(bound: SocketAddr) -> Self {
        Self {
            port: bound.port(),
            is_open: !bound.ip().is_loopback(),
        }
    }

    /// # Errors
    ///
    /// The request is too long, does not say once and clearly which host it means, means another one, or comes from
    /// a page of another site.
    pub(super) fn admit<B>(self, request: &Request<B>) -> Result<(), Refusal> {
        let (uri, headers) = (request.uri(), request.headers());
        if uri
            .path_and_query()
            .is_some_and(|address| address.as_str().len() > ADDRESS)
        {
            return Err((StatusCode::URI_TOO_LONG, "the address is too long\n"));
        }
        let line = |(name, value): (&HeaderName, &axum::http::HeaderValue)| {
            name.as_str().len() + ": \r\n".len() + value.len()
        };
        if headers.iter().map(line).sum::<usize>() > HEADERS {
            return Err((
                StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
                "the headers are too long\n",
            ));
        }
        let host = host(headers).ok_or((StatusCode::BAD_REQUEST, "which host is meant?\n"))?;
        // `GET http://localhost:1111/ HTTP/1.1`: the address counts, and what stands between may have read the other.
        if uri.authority().is_some_and(|meant| *meant != host) {
            return Err((StatusCode::BAD_REQUEST, "two hosts are meant\n"));
        }
        if !self.is_open && !self.is_own(&host) {
            return Err((
                StatusCode::FORBIDDEN,
                "only localhost is answered; --host listens to others, too\n",
            ));
        }
        if is_foreign(headers, &host) {
            return Err((
                StatusCode::FORBIDDEN,
                "pages of other sites are not answered\n",
            ));
        }
        Ok(())
    }

    fn is_own(self, host: &Authority) -> bool {
        let port = match host.as_str().strip_prefix(host.host()) {
            Some("" | ":") => Some(80),
            Some(_) => host.port_u16(),
            None => None,
        };
        port == Some(self.port) && is_loopback(host.host())
    }
}

/// Names that files of hosts give to this machine, beside `localhost` and what stands below it.
const LOCAL_NAMES: &[&str] = &[
    "ip6-localhost",
    "ip6-loopback",
    "localhost4",
    "localhost6",
    "localhost.localdomain",
    "localhost4.localdomain4",
    "localhost6.localdomain6",
    "localhost4.localdomain",
    "localhost6.localdomain",
];

/// A name that hosts give to themselves, or an address of the loopback interface.
fn is_loopback(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    // A name may end in the dot of the root.
    let name = name.strip_suffix('.').unwrap_or(&name);
    if name == "localhost" || name.ends_with(".localhost") || LOCAL_NAMES.contains(&name) {
        return true;
    }
    let address = name
        .strip_prefix('[')
        .and_then(|name| name.strip_suffix(']'))
        .unwrap_or(name);
    address
        .parse()
        .is_ok_and(|address: IpAddr| address.to_canonical().is_loopback())
}

/// The host that a request means, if it says so once and without a user's name.
fn host(headers: &HeaderMap) -> Option<Authority> {
    let host: Authority = single(headers, &HOST)?.parse().ok()?;
    (!host.as_str().contains('@')).then_some(host)
}

/// Whether a page of another site asked: its `Origin` is not our host, or the browser says so. Links may lead here
/// from anywhere.
fn is_foreign(headers: &HeaderMap, host: &Authority) -> bool {
    if headers.contains_key(ORIGIN) {
        let origin = single(headers, &ORIGIN).and_then(|origin| origin.strip_prefix("http://"));
        if !origin.is_some_and(|origin| origin.eq_ignore_ascii_case(host.as_str())) {
            return true;
        }
    }
    let says = |name: &str, known: &[&str]| {
        let mut values = headers.get_all(name).iter();
        values.all(|value| known.iter().any(|known| value == known))
    };
    let is_near = says("sec-fetch-site", &["same-origin", "none"]);
    let is_followed =
        says("sec-fetch-mode", &["navigate"]) && says("sec-fetch-dest", &["document"]);
    !is_near && !is_followed
}

/// The value of a header that stands once, as text.
fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}
