//! Requests and answers as plain data, and why a sync ends early.
//! Never here: what a dialect says in them, sockets.

use std::fmt;
use std::time::Duration;

use newsprint_model::Time;

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
    /// Until when the server asks not to be asked (Retry-After), as the caller's clock has it.
    pub retry_at: Option<Time>,
    /// Where a redirect leads, as an absolute address; `None` where that is the request's own.
    pub location: Option<String>,
    /// The account's address as that redirect has it, where only that has changed.
    pub moved: Option<String>,
    /// The server says that the edit token has ended, whatever the status.
    pub bad_token: bool,
    /// Used and allowed requests of a quota (Inoreader's `X-Reader-Zone1-Usage` and `-Limit`).
    pub quota: Option<(u32, u32)>,
    /// When the quota begins anew.
    pub quota_resets: Option<Time>,
    /// From the first byte sent to the last byte received.
    pub took: Duration,
}

impl Answer {
    /// The body as text, without what some servers put before it: white space and a byte order mark.
    pub(crate) fn text(&self) -> Result<&str, Failure> {
        let text = std::str::from_utf8(&self.body).map_err(|_| Failure::Unexpected("text"))?;
        Ok(text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}'))
    }

    /// Whether the server says in the body, as Google did, that it was not signed in.
    pub(crate) fn says_bad_authentication(&self) -> bool {
        self.body.len() <= SHORT
            && self.text().is_ok_and(|text| {
                let mut lines = text.lines();
                lines.any(|line| line.trim() == "Error=BadAuthentication")
            })
    }

    /// The first of the errors that an answer of JSON consists of, whatever its status (The Old Reader).
    pub(crate) fn says_errors(&self) -> Option<String> {
        if self.body.len() > SHORT {
            return None;
        }
        let value = json(&self.body)?;
        match value.get("errors")? {
            serde_json::Value::Array(list) if list.is_empty() => None,
            serde_json::Value::Array(list) => {
                Some(list[0].as_str().unwrap_or("an error").to_owned())
            }
            serde_json::Value::Null => None,
            one => Some(one.as_str().unwrap_or("an error").to_owned()),
        }
    }
}

/// Bytes of the longest answer that may be a refusal.
const SHORT: usize = 10_000;

/// That an address is not there, where it is the API itself that was asked for.
pub(crate) fn no_api(why: Failure) -> Failure {
    match why {
        Failure::Status(status @ (404 | 405 | 410 | 501)) => Failure::NoApi(status),
        why => why,
    }
}

/// The body as JSON. What JSON forbids and servers send all the same is mended: a byte order mark, bytes that
/// are no UTF-8, control characters within a text, halves of a character that was cut.
pub(crate) fn json(body: &[u8]) -> Option<serde_json::Value> {
    let body = body.trim_ascii_start();
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    if let Ok(value) = serde_json::from_slice(body) {
        return Some(value);
    }
    serde_json::from_str(&mended(&String::from_utf8_lossy(body))).ok()
}

fn mended(text: &str) -> String {
    let unit = |rest: &str| {
        let digits = rest.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut within) = (text, false);
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        match (c, unit(rest)) {
            ('\\', Some(high @ 0xd800..=0xdbff)) => {
                let low = rest.get(6..).and_then(unit);
                if let Some(low @ 0xdc00..=0xdfff) = low {
                    let pair = char::decode_utf16([high, low]).next();
                    out.extend(pair.and_then(Result::ok));
                    length = 12;
                } else {
                    out.push('\u{fffd}');
                    length = 6;
                }
            }
            ('\\', Some(0xdc00..=0xdfff)) => {
                out.push('\u{fffd}');
                length = 6;
            }
            ('\\', _) => {
                length += rest[1..].chars().next().map_or(0, char::len_utf8);
                out.push_str(&rest[..length]);
            }
            ('"', _) => {
                within = !within;
                out.push(c);
            }
            (c, _) if within && c.is_ascii_control() => out.push(' '),
            (c, _) => out.push(c),
        }
        rest = &rest[length..];
    }
    out
}

/// Why a step failed. The sentences name no password, token or answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Name or password were refused.
    #[error(
        "sign-in failed: wrong user or password; retried when the password changes or after `newsprint account login`"
    )]
    SignedOut,
    /// It was refused before, and nothing has changed since.
    #[error(
        "sign-in failed before; retried when the password changes or after `newsprint account login`"
    )]
    StillSignedOut,
    /// The server has its API switched off (503).
    #[error("the server is down or its API is disabled (HTTP 503)")]
    Off,
    /// 403.
    #[error("API access denied (HTTP 403)")]
    Forbidden,
    /// Not to be asked again so soon.
    #[error("HTTP {status}: the server requests a pause{}", .until.map(|at| format!(" until {at:.0}")).unwrap_or_default())]
    Later {
        /// The status.
        status: u16,
        /// How long.
        until: Option<Time>,
    },
    /// It is elsewhere; no redirect is followed with a password in hand.
    #[error("the server has moved to {0}; set that as the account's `url`")]
    Moved(String),
    /// It sends every request to some other page, such as one to sign in.
    #[error("redirected to {0}; `url` must be the address of the API")]
    Redirected(String),
    /// It sends a request to where it came from, as what waits for a cookie does.
    #[error("redirected to the same address; `url` must be the address of the API")]
    RedirectedBack,
    /// There is no API under the account's address.
    #[error(
        "no API at the account's `url` (HTTP {0}); it is an address such as https://HOST/api/greader.php (FreshRSS), \
         https://HOST/rest/googlereader (CommaFeed), https://HOST (Miniflux) or https://HOST/fever/ (Fever)"
    )]
    NoApi(u16),
    /// The name or the address cannot be right.
    #[error("sign-in rejected (HTTP 400); check the account's `user` and `url`")]
    BadSignIn,
    /// Inoreader did not take the keys of the app.
    #[error("app rejected (HTTP 403); check the account's `app_id` and `app_key`")]
    BadApp,
    /// The server says why it did not do it.
    #[error("the server refuses: {0}")]
    Refused(String),
    /// Any other status.
    #[error("HTTP {0}")]
    Status(u16),
    /// 200 with something else than what was asked for.
    #[error("unexpected answer (not {0}); check the account's `url`")]
    Unexpected(&'static str),
    /// A list of articles goes on for ever.
    #[error("a list of articles from the server does not end; only its first {0} pages were read")]
    Endless(usize),
    /// Fever has no way to change the list of feeds.
    #[error("this server cannot change feeds by API")]
    NoFeedEdits,
    /// The server allows few requests more, until then.
    #[error("request quota nearly used up; only marks are sent{}", .0.map(|at| format!(" until {at:.0}")).unwrap_or_default())]
    Quota(Option<Time>),
    /// The answer is larger than is read; what the limit is.
    #[error("{0}")]
    TooLarge(String),
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
            (None, Some(to)) => Failure::Redirected(to.clone()),
            (None, None) => Failure::RedirectedBack,
        }),
        401 => Err(Failure::SignedOut),
        403 => Err(Failure::Forbidden),
        503 if answer.retry_at.is_none() => Err(Failure::Off),
        status @ (429 | 503) => Err(Failure::Later {
            status,
            until: answer.retry_at,
        }),
        status => Err(Failure::Status(status)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_that_is_none_is_mended() {
        let title =
            |body: &[u8]| json(body).and_then(|value| value["t"].as_str().map(str::to_owned));
        assert_eq!(title(b"\xef\xbb\xbf{\"t\":\"a\"}").as_deref(), Some("a"));
        assert_eq!(title(b"{\"t\":\"a\xe9\"}").as_deref(), Some("a\u{fffd}"));
        assert_eq!(title(b"{\"t\":\"a\nb\tc\"}").as_deref(), Some("a b c"));
        let cut = br#"{"t":"a\ud83d","u":"\\ud83d"}"#;
        assert_eq!(title(cut).as_deref(), Some("a\u{fffd}"));
        assert_eq!(json(cut).unwrap()["u"], "\\ud83d");
        let both = b"{\"t\":\"\\ud83d\\ude00 \\u00e9 \\udc00 \\\"\n\"}";
        assert_eq!(
            title(both).as_deref(),
            Some("\u{1f600} \u{e9} \u{fffd} \" ")
        );
        for broken in [&b"{\"t\":\"a\\"[..], b"{\"t\":\"\\u12", b"<html>", b""] {
            assert_eq!(json(broken), None);
        }
    }
}
