//! Polite HTTP for programs that ask the same addresses again and again: URL and validators in, fresh
//! bytes, "not modified" or an error in words out. Calls block; a private runtime on one thread does
//! the waiting.
//! Never here: parsing, the store, what an outlet is.
//!
//! A conditional request against a server that knows its ETag:
//!
//! ```
//! use std::io::{BufRead, BufReader, Write};
//! use std::sync::Arc;
//! use std::time::Duration;
//! use newsprint_fetch::{ACCEPT_SOURCE, Answer, Client, Request, Settings, SystemClock};
//!
//! // A server that answers 304 whoever sends its ETag back.
//! let server = std::net::TcpListener::bind("127.0.0.1:0")?;
//! let url = format!("http://{}/feed", server.local_addr()?);
//! std::thread::spawn(move || {
//!     for mut stream in server.incoming().flatten() {
//!         let lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
//!         let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
//!         let known = head.iter().any(|line| line.to_lowercase() == "if-none-match: \"v1\"");
//!         let (status, body) = if known { ("304 Not Modified", "") } else { ("200 OK", "news") };
//!         let _ = write!(stream, "HTTP/1.1 {status}\r\nETag: \"v1\"\r\nContent-Length: {}\r\n\
//!                                 Connection: close\r\n\r\n{body}", body.len());
//!     }
//! });
//!
//! let settings = Settings {
//!     user_agent: "example/1.0 (+https://example.org)".to_owned(),
//!     timeout: Duration::from_secs(10),
//!     max_bytes: 1 << 20,
//!     host_gap: Duration::ZERO,
//!     concurrency: 4,
//! };
//! let client = Client::new(settings, Arc::new(SystemClock));
//! let first = client.get(&Request::new(&url, ACCEPT_SOURCE, &url))?;
//! let Answer::Fresh { bytes, .. } = &first.answer else { panic!("nothing was known yet") };
//! assert_eq!(&**bytes, b"news");
//!
//! let again = Request { validators: first.validators, ..Request::new(&url, ACCEPT_SOURCE, &url) };
//! assert!(matches!(client.get(&again)?.answer, Answer::NotModified));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod client;
mod clock;
mod hosts;
mod limits;
mod redirect;
pub mod schedule;
mod transport;

use std::time::Duration;

pub use client::Client;
pub use clock::{CancelToken, Clock, ManualClock, SystemClock};
pub use hosts::Pause;
pub use redirect::is_private_literal;
pub use transport::{Body, MemoryPermit};

use newsprint_model::Time;

/// Media types of feeds, as an Accept header: feeds first, then what discovery can use.
pub const ACCEPT_SOURCE: &str = "application/atom+xml, application/rss+xml, application/feed+json, \
     application/rdf+xml;q=0.9, application/json;q=0.8, application/xml;q=0.8, text/xml;q=0.8, \
     text/html;q=0.7, application/xhtml+xml;q=0.7, */*;q=0.1";

/// The Accept header for article and headline pages.
pub const ACCEPT_PAGE: &str = "text/html, application/xhtml+xml, */*;q=0.1";

/// The Accept header for pictures: what the reader can show.
pub const ACCEPT_IMAGE: &str = "image/png, image/jpeg, image/webp, image/gif, */*;q=0.1";

/// The Accept header for robots.txt (RFC 9309 section 2.3: text/plain).
pub const ACCEPT_TEXT: &str = "text/plain, */*;q=0.1";

/// What the whole client obeys.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Sent as User-Agent: name, version and a contact URL.
    pub user_agent: String,
    /// For one request with its redirects, from the name look-up to the last byte; time spent
    /// waiting for a host's gap does not count.
    pub timeout: Duration,
    /// Decoded bytes of one answer.
    pub max_bytes: u64,
    /// Between the end of one request to a host and the beginning of the next.
    pub host_gap: Duration,
    /// Requests under way at the same time, over all hosts.
    pub concurrency: usize,
}

/// The validators of one representation (RFC 9110 section 8.8), byte for byte as they came.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Validators {
    /// The ETag header.
    pub etag: Option<Vec<u8>>,
    /// The Last-Modified header.
    pub last_modified: Option<Vec<u8>>,
}

impl Validators {
    /// Nothing to send.
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}

/// One question to an outlet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request<'a> {
    /// Absolute http(s) address.
    pub url: &'a str,
    /// One of the `ACCEPT_…` headers.
    pub accept: &'static str,
    /// Sent back as they came, on the request to the address that gave them (see
    /// [`Request::validated_url`]) and to no other.
    pub validators: Validators,
    /// The address whose answer carried the validators, where that is not `url` (after a
    /// temporary redirect).
    pub validated_url: Option<&'a str>,
    /// The address that the reader configured. Private addresses are refused unless this one is
    /// private itself or has the same host.
    pub home: &'a str,
    /// `home` has answered from a public address before: should its name mean a private one by now, it is
    /// refused as any other.
    pub home_was_public: bool,
    /// No further request to the host is expected soon: the connection is closed at once.
    pub last: bool,
    /// Of a longer answer only so much is wanted; the rest is left unread, and is no failure.
    pub enough: Option<u64>,
}

impl<'a> Request<'a> {
    /// An unconditional request.
    pub fn new(url: &'a str, accept: &'static str, home: &'a str) -> Request<'a> {
        Request {
            url,
            accept,
            validators: Validators::default(),
            validated_url: None,
            home,
            home_was_public: false,
            last: false,
            enough: None,
        }
    }
}

/// One request to a server that the reader has an account on: it may change something there, and it carries
/// what signs it. No redirect is followed, so that nothing secret goes where the reader did not send it, and
/// there is no gap between two of them. Its `Debug` shows nothing but the address.
#[derive(Clone, Copy)]
pub struct Call<'a> {
    /// Absolute http(s) address, which the reader configured: it may be a private one.
    pub url: &'a str,
    /// A body of `application/x-www-form-urlencoded`, sent by POST; `None` is a GET.
    pub form: Option<&'a str>,
    /// The Authorization header.
    pub authorization: Option<&'a str>,
    /// Further headers.
    pub headers: &'a [(&'static str, String)],
}

impl std::fmt::Debug for Call<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Call({})", newsprint_model::without_password(self.url))
    }
}

/// What a server answered to a [`Call`], whatever the status.
#[derive(Debug)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The decoded body of a 200; empty for other statuses.
    pub body: Body,
    /// When the server may be asked again (Retry-After).
    pub retry_at: Option<Time>,
    headers: reqwest::header::HeaderMap,
}

impl Reply {
    /// A header as text.
    pub fn header(&self, name: &str) -> Option<String> {
        let value = self.headers.get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    }
}

/// An answer that can be used.
#[derive(Debug)]
pub struct Fetched {
    /// The address that answered, after redirects.
    pub url: String,
    /// Where the address has moved for good: every redirect up to there was a 301 or 308.
    pub moved: Option<String>,
    /// The document, or that it is as it was.
    pub answer: Answer,
    /// To be sent back next time: what a 200 gave, or for a 304 the earlier ones, each updated
    /// where the answer carried it.
    pub validators: Validators,
    /// The address that answered was a public one; `false` also where that is not known.
    pub from_public: bool,
    /// What the `Link` headers say (RFC 8288), as one; empty for none.
    pub links: String,
    /// How long the outlet says the answer holds (`Cache-Control: max-age` less `Age`, else
    /// `Expires` less `Date`); not clamped.
    pub fresh_for: Option<Duration>,
}

/// The two good answers.
#[derive(Debug)]
pub enum Answer {
    /// 200: the decoded body.
    Fresh {
        /// Decoded from gzip, brotli or zstd; the text's own encoding is untouched.
        bytes: Body,
        /// The Content-Type header.
        content_type: Option<String>,
    },
    /// 304.
    NotModified,
}

/// Why there is no usable answer. The sentence names the cause, not the address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The address cannot be asked.
    #[error("{0}")]
    BadUrl(String),
    /// The client could not be built, or the system gives it no more files or threads.
    #[error("newsprint itself cannot make the request: {0}")]
    Client(String),
    /// There is nothing to check certificates against.
    #[error(
        "no certificate authorities found; install the ca-certificates package or set SSL_CERT_FILE"
    )]
    NoCaStore,
    /// The host's name has no address, or the network is down.
    #[error("cannot resolve {host}")]
    Unreachable {
        /// The host.
        host: String,
        /// What the system says.
        reason: String,
    },
    /// The host does not accept a connection.
    #[error("{host}: {}", uncapitalised(reason))]
    Connect {
        /// The host.
        host: String,
        /// What the system says.
        reason: String,
    },
    /// The certificate is not to be trusted.
    #[error("untrusted certificate of {host}: {reason}")]
    Certificate {
        /// The host.
        host: String,
        /// What the check says, and what can be done about it.
        reason: String,
    },
    /// The answer was not complete in time.
    #[error("no complete answer within {} s", .0.as_secs_f64())]
    Timeout(Duration),
    /// Too many other large answers were being read: not the outlet's fault.
    #[error(
        "too many large answers at once: no room within {} s; retried with the next refresh",
        .0.as_secs_f64()
    )]
    Crowded(Duration),
    /// The answer is larger than the limit.
    #[error("the answer is larger than {0} bytes")]
    TooLarge(u64),
    /// More redirects than the limit.
    #[error("more than {0} redirects")]
    Redirects(usize),
    /// A redirect that is not followed.
    #[error("a redirect to {to} was refused: {reason}")]
    Redirect {
        /// Where to.
        to: String,
        /// Why not.
        reason: &'static str,
    },
    /// The address leads into a private network that the outlet does not belong to.
    #[error("{0} is a private address; an outlet of a public network may not lead there")]
    Private(String),
    /// The address leads from an outlet in a private network into another such network.
    #[error("{0} is in another private network than the outlet, which may not lead there")]
    OtherNetwork(String),
    /// 410: gone for good.
    #[error("HTTP 410: gone")]
    Gone,
    /// 429 or 503, or such an answer earlier: not to be asked before `until`.
    #[error("HTTP {status}{}{}", status_text(*status), match until {
        Some(until) => format!("; retry after {}", newsprint_model::local_minute(*until)),
        None => String::new(),
    })]
    Later {
        /// The HTTP status.
        status: u16,
        /// As Retry-After says, if it says so; not clamped.
        until: Option<Time>,
    },
    /// Any other status that is no success.
    #[error("HTTP {0}{text}", text = status_text(*.0))]
    Status(u16),
    /// The answer is not proper HTTP, or its compression is damaged.
    #[error("the answer cannot be read: {0}")]
    Protocol(String),
    /// The refresh was stopped.
    #[error("stopped")]
    Stopped,
}

impl FetchError {
    /// The HTTP status, where there was one.
    pub fn status(&self) -> Option<u16> {
        match self {
            FetchError::Gone => Some(410),
            FetchError::Later { status, .. } | FetchError::Status(status) => Some(*status),
            _ => None,
        }
    }

    /// Whether it is this machine's failure and not the outlet's: no handles or threads left, no authorities,
    /// no room for a large answer.
    pub fn is_ours(&self) -> bool {
        matches!(
            self,
            FetchError::Client(_) | FetchError::NoCaStore | FetchError::Crowded(_)
        )
    }

    /// Whether no server was reached at all, as when the machine is offline.
    pub fn is_offline(&self) -> bool {
        matches!(self, FetchError::Unreachable { .. })
    }
}

/// The system's reason, as the end of a sentence.
fn uncapitalised(reason: &str) -> String {
    let mut characters = reason.chars();
    let first = characters.next().map(|c| c.to_ascii_lowercase());
    first.into_iter().chain(characters).collect()
}

/// The name of a status for people, with a colon before it.
fn status_text(status: u16) -> &'static str {
    match status {
        400 => ": bad request",
        401 => ": login required",
        402 => ": payment required",
        403 => ": forbidden",
        404 => ": not found",
        406 => ": not acceptable",
        408 => ": request timeout",
        429 => ": too many requests",
        451 => ": unavailable for legal reasons",
        500 => ": server error",
        502 => ": bad gateway",
        503 => ": service unavailable",
        504 => ": gateway timeout",
        _ => "",
    }
}

#[cfg(test)]
mod tests;
