//! One request on the wire: a private runtime whose one thread does nothing but wait for sockets,
//! connections, name look-ups with the guard against private addresses, errors in words.
//! Never here: redirects, gaps between requests, validators.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::ops::Deref;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::task::Poll;
use std::time::{Duration, Instant};

use reqwest::header::HeaderMap;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use url::Url;

use super::clock::CancelToken;
use super::redirect::{self, Guard, Networks};
use super::{FetchError, Settings};
use newsprint_model::limits::{RAISE_LIMIT, is_own_limit};
use newsprint_model::without_number;

/// Bytes read of the body of an error answer.
const WHY: u64 = 16 << 10;

/// Answers larger than each size are counted, and only so many of them are held at a time: whatever
/// outlets send, together they take no more memory than a few. Who waits for the second holds the
/// first, never the other way round, so that nobody waits for himself.
const LARGE: [(usize, usize); 3] = [(256 << 10, 10), (1 << 20, 3), (4 << 20, 1)];

/// How long an answer waits for its turn to be large, in time limits: those before it are being
/// read, parsed and stored.
const LARGE_WAIT: u32 = 4;

/// How often somebody who waits for a name sees whether all has been stopped.
const POLL: Duration = Duration::from_millis(50);

/// Keeps other large answers from being read while it lives.
#[derive(Default)]
pub struct MemoryPermit([Option<OwnedSemaphorePermit>; LARGE.len()]);

impl fmt::Debug for MemoryPermit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.0.iter().flatten().count(), LARGE.len())
    }
}

/// A body, decoded. While its permit lives, a large one keeps others from being read.
pub struct Body {
    bytes: Vec<u8>,
    permit: MemoryPermit,
}

impl Body {
    /// Takes its permit off, to be held for as long as what was made of the body is; or to be
    /// dropped where the body is kept while something else is asked for, which could otherwise
    /// wait for itself.
    pub fn take_permit(&mut self) -> MemoryPermit {
        std::mem::take(&mut self.permit)
    }
}

impl Deref for Body {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Body {
        Body {
            bytes,
            permit: MemoryPermit::default(),
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.bytes.len())
    }
}

/// How names become addresses; `None` is the system's way.
pub(super) type NameLookup =
    Option<Arc<dyn Fn(&str) -> std::io::Result<Vec<IpAddr>> + Send + Sync>>;

/// An answer to one request.
pub(super) struct WireAnswer {
    pub status: u16,
    pub headers: HeaderMap,
    /// It came from a public address.
    pub from_public: bool,
    /// Only for 200 and 203.
    pub body: Option<Body>,
}

/// One request, ready to be sent.
pub(super) struct WireRequest {
    pub sent: reqwest::RequestBuilder,
    pub host: String,
    /// What is left of `timeout`.
    pub deadline: Duration,
    pub timeout: Duration,
    pub max_bytes: u64,
    /// See [`super::Request::enough`].
    pub enough: u64,
    /// The beginning of the body is read whatever the status is: servers of accounts say why there.
    pub says_why: bool,
    pub large: [Arc<Semaphore>; LARGE.len()],
}

impl WireRequest {
    async fn send(self) -> Result<WireAnswer, FetchError> {
        let mut deadline = tokio::time::Instant::now() + self.deadline;
        let late = |_| FetchError::Timeout(self.timeout);
        let mut response = tokio::time::timeout_at(deadline, self.sent.send())
            .await
            .map_err(late)?
            .map_err(|why| explain(&why, &self.host, self.timeout))?;
        let from = response.remote_addr().map(|from| from.ip());
        let from_public = from.is_some_and(|from| !redirect::is_private(from));
        let status = response.status().as_u16();
        let headers = std::mem::take(response.headers_mut());
        let is_whole = matches!(status, 200 | 203);
        if !is_whole && !self.says_why {
            return Ok(WireAnswer {
                status,
                headers,
                from_public,
                body: None,
            });
        }
        let enough = match is_whole {
            true => self.enough,
            false => WHY.min(self.max_bytes),
        };
        let limit = self.max_bytes.min(enough);
        if enough > self.max_bytes
            && response
                .content_length()
                .is_some_and(|n| n > self.max_bytes)
        {
            return Err(FetchError::TooLarge(self.max_bytes));
        }
        let announced = response.content_length().unwrap_or(0) as usize;
        let mut bytes = Vec::with_capacity(announced.min(LARGE[0].0));
        let mut permit = MemoryPermit::default();
        while let Some(chunk) = tokio::time::timeout_at(deadline, response.chunk())
            .await
            .map_err(late)?
            .map_err(|why| explain(&why, &self.host, self.timeout))?
        {
            if (bytes.len() + chunk.len()) as u64 > limit {
                if enough <= self.max_bytes {
                    break;
                }
                return Err(FetchError::TooLarge(self.max_bytes));
            }
            for (rank, (size, _)) in LARGE.iter().enumerate() {
                if bytes.len() + chunk.len() <= *size || permit.0[rank].is_some() {
                    continue;
                }
                // Waiting for others is not the outlet's fault, but nothing waits for ever.
                let waiting = tokio::time::Instant::now();
                let turn = self.large[rank].clone().acquire_owned();
                let longest = self.timeout * LARGE_WAIT;
                permit.0[rank] = tokio::time::timeout(longest, turn)
                    .await
                    .map_err(|_| FetchError::Crowded(longest))?
                    .ok();
                deadline += waiting.elapsed();
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(WireAnswer {
            status,
            headers,
            from_public,
            body: Some(Body { bytes, permit }),
        })
    }
}

/// What a request needs of its connection: https, no proxy, the guard against private addresses.
type Needs = (bool, bool, Guard);

/// The private runtime and the connections that run on it.
pub(super) struct Transport {
    handle: tokio::runtime::Handle,
    lookup: NameLookup,
    pub large: [Arc<Semaphore>; LARGE.len()],
    connections: Mutex<BTreeMap<Needs, Result<reqwest::Client, FetchError>>>,
    /// Dropped with the engine, which ends the thread.
    _end: oneshot::Sender<()>,
}

impl Transport {
    pub(super) fn start(settings: &Settings, lookup: NameLookup) -> Result<Transport, FetchError> {
        let fail = |why: &std::io::Error| FetchError::Client(with_advice(why));
        // A second install fails, and the first one stands: both are fine.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(settings.concurrency.clamp(4, 64))
            .thread_name("newsprint-names")
            .build()
            .map_err(|why| fail(&why))?;
        let handle = runtime.handle().clone();
        let (end, ended) = oneshot::channel();
        std::thread::Builder::new()
            .name("newsprint-fetch".to_owned())
            .spawn(move || {
                let _: Result<(), _> = runtime.block_on(ended);
                // Name look-ups that still hang are left to themselves.
                runtime.shutdown_background();
            })
            .map_err(|why| fail(&why))?;
        Ok(Transport {
            handle,
            lookup,
            large: LARGE.map(|(_, at_once)| Arc::new(Semaphore::new(at_once))),
            connections: Default::default(),
            _end: end,
        })
    }

    /// Runs the call on the runtime's thread and waits for it.
    pub(super) fn run(
        &self,
        call: WireRequest,
        stop: &Arc<CancelToken>,
    ) -> Result<WireAnswer, FetchError> {
        let (answer, answered) = mpsc::sync_channel(1);
        let stop = stop.clone();
        self.handle.spawn(async move {
            let mut stopped = pin!(stop.runtime.notified());
            let mut sent = pin!(call.send());
            stopped.as_mut().enable();
            let hop = std::future::poll_fn(|cx| {
                if stop.is_cancelled() || stopped.as_mut().poll(cx).is_ready() {
                    return Poll::Ready(Err(FetchError::Stopped));
                }
                sent.as_mut().poll(cx)
            })
            .await;
            let _ = answer.send(hop);
        });
        // The runtime ends only with the client, which is borrowed here.
        answered.recv().unwrap_or(Err(FetchError::Stopped))
    }

    pub(super) fn connection(
        &self,
        url: &Url,
        guard: Guard,
        settings: &Settings,
    ) -> Result<reqwest::Client, FetchError> {
        let https = url.scheme() == "https";
        let local = redirect::is_loopback(url);
        let connections = self.connections.lock();
        let mut connections = connections.unwrap_or_else(PoisonError::into_inner);
        let connection = connections.entry((https, local, guard)).or_insert_with(|| {
            let names = GuardedResolver {
                guard,
                lookup: self.lookup.clone(),
            };
            build(settings, https, &names, local)
        });
        connection.clone()
    }

    /// The private networks of the addresses that the name of a configured outlet means; `None` where that is not
    /// known in time.
    pub(super) fn private_networks(
        &self,
        name: String,
        within: Duration,
        stop: &CancelToken,
    ) -> Result<Option<Networks>, FetchError> {
        let (answer, answered) = mpsc::sync_channel(1);
        let lookup = self.lookup.clone();
        self.handle.spawn(async move {
            let found = look_up(&lookup, &name).await;
            let _ = answer.send(Networks::of_all(found.unwrap_or_default()));
        });
        let began = Instant::now();
        while began.elapsed() < within {
            // The token does not end this wait, so it is read now and then.
            match answered.recv_timeout(POLL.min(within)) {
                Ok(networks) => return Ok(Some(networks)),
                Err(mpsc::RecvTimeoutError::Disconnected) => return Ok(Some(Networks::default())),
                Err(mpsc::RecvTimeoutError::Timeout) if stop.is_cancelled() => {
                    return Err(FetchError::Stopped);
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {}
            }
        }
        Ok(None)
    }
}

/// How long a connection stays open for the next article page of the same outlet. Not longer: idle
/// connections are memory here and a burden there.
pub(super) fn idle_time(settings: &Settings) -> Duration {
    settings.host_gap * 2 + Duration::from_secs(2)
}

fn build(
    settings: &Settings,
    https: bool,
    names: &GuardedResolver,
    local: bool,
) -> Result<reqwest::Client, FetchError> {
    let builder = || {
        let builder = reqwest::Client::builder()
            .user_agent(&settings.user_agent)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .connect_timeout(settings.timeout.min(Duration::from_secs(15)))
            .pool_max_idle_per_host(1)
            .pool_idle_timeout(idle_time(settings))
            .http1_ignore_invalid_headers_in_responses(true)
            .http1_allow_spaces_after_header_name_in_responses(true)
            .dns_resolver(names.clone());
        match local {
            true => builder.no_proxy(),
            false => builder,
        }
    };
    let without_ca = || builder().tls_certs_only([]).build();
    if !https {
        // No store of authorities is read, and none needs to be there.
        return without_ca().map_err(|why| FetchError::Client(deepest(&why)));
    }
    builder().build().map_err(|why| match without_ca() {
        Ok(_) => FetchError::NoCaStore,
        Err(_) => FetchError::Client(deepest(&why)),
    })
}

/// Looks names up and refuses the private addresses that the guard does: those that are about to be
/// connected to, so that a name cannot mean one thing when it is judged and another when it is used.
#[derive(Clone)]
struct GuardedResolver {
    guard: Guard,
    lookup: NameLookup,
}

async fn look_up(lookup: &NameLookup, name: &str) -> std::io::Result<Vec<IpAddr>> {
    match lookup {
        Some(lookup) => lookup(name),
        None => {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|at| at.ip()).collect())
        }
    }
}

/// A look-up that failed, told apart from a host that was found and does not answer.
#[derive(Debug)]
struct NoAddress(String);

/// A name that leads into a private network.
#[derive(Debug)]
struct PrivateAddress;

impl fmt::Display for NoAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for PrivateAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a private address")
    }
}

impl Error for NoAddress {}
impl Error for PrivateAddress {}

impl reqwest::dns::Resolve for GuardedResolver {
    fn resolve(&self, name: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let guard = match is_proxy(name.as_str()) {
            true => Guard::Open,
            false => self.guard,
        };
        let lookup = self.lookup.clone();
        Box::pin(async move {
            let mut found = look_up(&lookup, name.as_str())
                .await
                .map_err(|why| NoAddress(without_number(&why.to_string())))?;
            match guard {
                Guard::Open => {}
                Guard::Public if !found.iter().copied().any(redirect::is_private) => {}
                Guard::Public => return Err(PrivateAddress.into()),
                // It may be known by addresses of several networks.
                Guard::Within(networks) => {
                    found.retain(|ip| networks.holds(redirect::network(*ip)));
                    if found.is_empty() {
                        return Err(PrivateAddress.into());
                    }
                }
            }
            let all = found.into_iter().map(|ip| SocketAddr::new(ip, 0));
            Ok(Box::new(all) as reqwest::dns::Addrs)
        })
    }
}

/// Whether the name is that of the proxy the environment names; it may well be a private one.
fn is_proxy(name: &str) -> bool {
    ["http_proxy", "https_proxy", "all_proxy"]
        .into_iter()
        .flat_map(|variable| [variable.to_owned(), variable.to_uppercase()])
        .filter_map(|variable| std::env::var(variable).ok())
        .any(|proxy| {
            let url = Url::parse(&proxy).or_else(|_| Url::parse(&format!("http://{proxy}")));
            url.is_ok_and(|url| url.host_str() == Some(name))
        })
}

/// What the system says of this process, and what to do.
fn with_advice(why: &std::io::Error) -> String {
    let reason = without_number(&why.to_string());
    match is_own_limit(why) {
        true => format!("{reason}; {RAISE_LIMIT}"),
        false => reason,
    }
}

/// The cause of a failed request, for people.
fn explain(error: &reqwest::Error, host: &str, timeout: Duration) -> FetchError {
    let host = host.to_owned();
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(why) = cause {
        if let Some(NoAddress(reason)) = why.downcast_ref() {
            let reason = reason.clone();
            return FetchError::Unreachable { host, reason };
        }
        if why.is::<PrivateAddress>() {
            return FetchError::Private(host);
        }
        if let Some(why) = why.downcast_ref::<rustls::Error>() {
            return certificate(why, host);
        }
        if let Some(io) = why.downcast_ref::<std::io::Error>() {
            // The error inside is not part of the chain of causes.
            if let Some(why) = io.get_ref().and_then(|e| e.downcast_ref::<rustls::Error>()) {
                return certificate(why, host);
            }
            if is_own_limit(io) {
                return FetchError::Client(with_advice(io));
            }
            let reason = without_number(&io.to_string());
            match io.kind() {
                std::io::ErrorKind::NetworkUnreachable | std::io::ErrorKind::NetworkDown => {
                    return FetchError::Unreachable { host, reason };
                }
                _ if error.is_connect() && io.get_ref().is_none() => {
                    return FetchError::Connect { host, reason };
                }
                _ => {}
            }
        }
        cause = why.source();
    }
    if error.is_timeout() {
        FetchError::Timeout(timeout)
    } else if error.is_connect() {
        let reason = deepest(error);
        // An error of the TLS library that has been wrapped until nothing but its words is left.
        match reason.strip_prefix("invalid peer certificate: ") {
            Some(fault) => FetchError::Certificate {
                host,
                reason: certificate_fault(fault),
            },
            None => FetchError::Connect { host, reason },
        }
    } else {
        FetchError::Protocol(deepest(error))
    }
}

fn certificate(why: &rustls::Error, host: String) -> FetchError {
    match why {
        rustls::Error::InvalidCertificate(reason) => FetchError::Certificate {
            host,
            reason: certificate_fault(&reason.to_string()),
        },
        rustls::Error::InvalidMessage(rustls::InvalidMessage::InvalidContentType) => {
            FetchError::Connect {
                host,
                reason: NO_TLS.to_owned(),
            }
        }
        other => FetchError::Connect {
            host,
            reason: format!("TLS: {other}"),
        },
    }
}

/// What is wrong with a certificate and what helps, by the words of the TLS library.
fn certificate_fault(words: &str) -> String {
    let has = |word: &str| words.contains(word);
    match () {
        () if has("UnknownIssuer") => {
            "self-signed, or its issuer is unknown here; add the issuer's certificate to the system's trusted ones"
        }
        () if has("CaUsedAsEndEntity") => {
            "self-signed with CA:TRUE, which no server may use; issue one with CA:FALSE and add its issuer to the \
             system's trusted ones"
        }
        () if has("certificate expired") || has("Expired") => {
            "expired; the server must renew it (or the clock here is wrong)"
        }
        () if has("not valid yet") || has("NotValidYet") => "not valid yet (or the clock here is wrong)",
        () if has("Revoked") => "revoked by its issuer",
        () if has("not valid for name") || has("NotValidForName") => {
            let names = words.split("only valid for").nth(1).unwrap_or_default();
            let names: Vec<&str> = names.split('"').skip(1).step_by(2).take(5).collect();
            return match names.is_empty() {
                true => "issued for another name; check the URL".to_owned(),
                false => format!("issued for {}; check the URL", names.join(", ")),
            };
        }
        () => words,
    }
    .to_owned()
}

/// The innermost cause, which is the one that says something.
fn deepest(error: &dyn Error) -> String {
    let mut why = error;
    while let Some(cause) = why.source() {
        why = cause;
    }
    let why = why.to_string();
    // An error of the TLS library that has been wrapped until nothing but its words is left.
    if why.contains("InvalidContentType") {
        return NO_TLS.to_owned();
    }
    without_number(&why)
}

/// The server did not answer an HTTPS request with TLS.
const NO_TLS: &str = "it does not answer over https; try http://";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_certificate_is_said_with_what_helps() {
        let other = "certificate not valid for name \"a.example\"; certificate is only valid for DnsName(\"b.example\") \
                     or DnsName(\"c.example\")";
        for (words, said) in [
            ("UnknownIssuer", "trusted ones"),
            ("Other(OtherError(CaUsedAsEndEntity))", "CA:FALSE"),
            (
                "certificate expired: verification time 9 (UNIX)",
                "expired; ",
            ),
            (
                "certificate not valid yet: verification time 1",
                "not valid yet",
            ),
            (other, "issued for b.example, c.example; check the URL"),
            ("NotValidForName", "another name"),
            ("BadSignature", "BadSignature"),
        ] {
            let fault = certificate_fault(words);
            assert!(fault.contains(said), "{fault}");
        }
    }
}
