//! Requests and answers as plain data, and why a sync ends early.
//! Never here: what a dialect says in them, sockets.

use std::fmt;
use std::time::Duration;

/// How a request is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Changes, signs in, or asks with a long list of ids.
    Post,
}

/// One request, relative to the account's address. Its `Debug` shows neither password nor token.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// How.
    pub method: Method,
    /// What follows the account's address, with its query; begins with `/` or `?`.
    pub target: String,
    /// The Authorization header.
    pub authorization: Option<String>,
    /// Further headers: the keys that Inoreader wants.
    pub headers: Vec<(&'static str, String)>,
    /// A body of `application/x-www-form-urlencoded`; empty for none.
    pub form: String,
}

impl Request {
    pub(crate) fn get(target: impl Into<String>) -> Request {
        Request {
            method: Method::Get,
            target: target.into(),
            authorization: None,
            headers: Vec::new(),
            form: String::new(),
        }
    }

    pub(crate) fn post(target: impl Into<String>, form: Form) -> Request {
        Request {
            method: Method::Post,
            form: form.0,
            ..Request::get(target)
        }
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let signed = if self.authorization.is_some() {
            ", signed"
        } else {
            ""
        };
        write!(
            f,
            "{:?} {} ({} bytes{signed})",
            self.method,
            self.target,
            self.form.len()
        )
    }
}

/// A form being written: the order of its fields is the order in which they were added, which matters
/// to servers that read only the first thousand.
#[derive(Default)]
pub(crate) struct Form(String);

impl Form {
    pub(crate) fn field(mut self, name: &str, value: &str) -> Form {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.push_str(name);
        self.0.push('=');
        self.0
            .extend(url::form_urlencoded::byte_serialize(value.as_bytes()));
        self
    }
}

/// What a server answered, whatever the status.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The decoded body.
    pub body: Vec<u8>,
    /// Seconds of a Retry-After header.
    pub retry_after: Option<u64>,
    /// Where a redirect leads, as an absolute address.
    pub location: Option<String>,
    /// The account's address as that redirect has it, where only that has changed.
    pub moved: Option<String>,
    /// The server says that the edit token has ended, whatever the status.
    pub bad_token: bool,
    /// Used and allowed requests of a quota (Inoreader's `X-Reader-Zone1-Usage` and `-Limit`).
    pub quota: Option<(u32, u32)>,
    /// Seconds until the quota begins anew.
    pub quota_resets: Option<u64>,
    /// From the first byte sent to the last byte received.
    pub took: Duration,
}

impl Answer {
    /// The body as text.
    pub(crate) fn text(&self) -> Result<&str, Failure> {
        std::str::from_utf8(&self.body).map_err(|_| Failure::Unexpected("text"))
    }
}

/// Why a step failed. The sentences name no password, token or answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Name or password were refused.
    #[error(
        "signed out: the server refuses the name or password; set the right one and run `newsprint account login`"
    )]
    SignedOut,
    /// It was refused before, and nothing has changed since.
    #[error(
        "signed out: not tried again before the password changes or `newsprint account login` is run"
    )]
    StillSignedOut,
    /// The server has its API switched off (503).
    #[error("the server has its API switched off, or is down (HTTP 503)")]
    Off,
    /// 403.
    #[error("the server forbids access by API (HTTP 403)")]
    Forbidden,
    /// Not to be asked again so soon.
    #[error("HTTP {status}: the server requests a pause{}", .seconds.map(|s| format!(" of {s} s")).unwrap_or_default())]
    Later {
        /// The status.
        status: u16,
        /// How long to wait, in seconds.
        seconds: Option<u64>,
    },
    /// It is elsewhere; no redirect is followed with a password in hand.
    #[error("the server has moved to {0}; set that as the account's `url`")]
    Moved(String),
    /// It sends every request to some other page, such as one to sign in.
    #[error("the server sends requests on to {0}; is the account's `url` that of its API?")]
    Redirected(String),
    /// There is no API under the account's address.
    #[error(
        "no API at the account's `url` (HTTP {0}); it is an address such as https://HOST/api/greader.php (FreshRSS), \
         https://HOST/rest/googlereader (CommaFeed) or https://HOST (Miniflux)"
    )]
    NoApi(u16),
    /// The name or the address cannot be right.
    #[error(
        "the server takes no such sign-in (HTTP 400); are the account's `user` and `url` right?"
    )]
    BadSignIn,
    /// The server says why it did not do it.
    #[error("the server refuses: {0}")]
    Refused(String),
    /// Any other status.
    #[error("HTTP {0}")]
    Status(u16),
    /// 200 with something else than what was asked for.
    #[error("the server's answer is not {0}; is the account's `url` right?")]
    Unexpected(&'static str),
    /// The server allows no more requests today.
    #[error("the server's quota of requests is nearly used up; marks are sent, the rest waits")]
    Quota,
    /// No answer.
    #[error("{0}")]
    Network(String),
    /// The password cannot be had.
    #[error("{0}")]
    Password(String),
    /// The reader stopped it.
    #[error("stopped")]
    Stopped,
}

impl Failure {
    /// Whether signing in anew may help.
    pub(crate) fn is_signed_out(&self) -> bool {
        matches!(self, Failure::SignedOut | Failure::StillSignedOut)
    }
}

/// The failures that statuses tell of; `Ok` for 200.
pub(crate) fn check(answer: &Answer) -> Result<(), Failure> {
    match answer.status {
        200 => Ok(()),
        301 | 302 | 303 | 307 | 308 => Err(match (&answer.moved, &answer.location) {
            (Some(moved), _) => Failure::Moved(moved.clone()),
            (None, to) => Failure::Redirected(to.clone().unwrap_or_default()),
        }),
        401 => Err(Failure::SignedOut),
        403 => Err(Failure::Forbidden),
        503 if answer.retry_after.is_none() => Err(Failure::Off),
        status @ (429 | 503) => Err(Failure::Later {
            status,
            seconds: answer.retry_after,
        }),
        status => Err(Failure::Status(status)),
    }
}
