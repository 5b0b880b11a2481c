//! The client: one request at a time to a host, hop by hop through its redirects, on a private
//! runtime whose one thread does nothing but wait for sockets.
//! Never here: when an outlet is due, what its bytes mean.

use std::error::Error;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::ops::Deref;
use std::pin::pin;
use std::sync::{Arc, OnceLock, mpsc};
use std::task::Poll;
use std::time::{Duration, Instant};

use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use url::Url;

use super::clock::{Clock, Stop};
use super::hosts::{Hosts, Pause};
use super::limits::Places;
use super::{Answer, FetchError, Fetched, Request, Settings, Validators, redirect, schedule};
use newsprint_model::{Time, without_number, without_password};

/// Answers larger than each size are counted, and only so many of them are held at a time: whatever
/// outlets send, together they take no more memory than a few. Who waits for the second holds the
/// first, never the other way round, so that nobody waits for himself.
const HEAVY: [(usize, usize); 3] = [(256 << 10, 10), (1 << 20, 3), (4 << 20, 1)];

/// How long an answer waits for its turn to be heavy, in time limits: those before it are being
/// read, parsed and stored.
const PATIENCE: u32 = 4;

/// How often somebody who waits for a name sees whether all has been stopped.
const LOOK_UP: Duration = Duration::from_millis(50);

/// Keeps other heavy answers from being read while it lives.
#[derive(Default)]
pub struct Weight([Option<OwnedSemaphorePermit>; HEAVY.len()]);

impl fmt::Debug for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.0.iter().flatten().count(), HEAVY.len())
    }
}

/// A body, decoded. While its weight lives, a heavy one keeps others from being read.
pub struct Body {
    bytes: Vec<u8>,
    weight: Weight,
}

impl Body {
    /// Takes its weight off, to be held for as long as what was made of the body is; or to be
    /// dropped where the body is kept while something else is asked for, which could otherwise
    /// wait for itself.
    pub fn weight(&mut self) -> Weight {
        std::mem::take(&mut self.weight)
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
            weight: Weight::default(),
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.bytes.len())
    }
}

/// How names become addresses; `None` is the system's way.
type Lookup = Option<Arc<dyn Fn(&str) -> std::io::Result<Vec<IpAddr>> + Send + Sync>>;

/// Asks outlets. Cheap to make: nothing is built and nothing runs before the first request.
pub struct Client {
    settings: Settings,
    lookup: Lookup,
    clock: Arc<dyn Clock>,
    stop: Arc<Stop>,
    hosts: Hosts,
    places: Places,
    engine: OnceLock<Result<Engine, FetchError>>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.settings)
    }
}

impl Client {
    /// A client that obeys the settings and tells the time by the clock.
    pub fn new(settings: Settings, clock: Arc<dyn Clock>) -> Client {
        Client {
            places: Places::new(settings.concurrency),
            settings,
            lookup: None,
            clock,
            stop: Arc::default(),
            hosts: Hosts::default(),
            engine: OnceLock::new(),
        }
    }

    /// The same with names looked up so: a test decides what a name means, and when.
    #[cfg(test)]
    pub(super) fn with_lookup(
        self,
        lookup: impl Fn(&str) -> std::io::Result<Vec<IpAddr>> + Send + Sync + 'static,
    ) -> Client {
        Client {
            lookup: Some(Arc::new(lookup)),
            ..self
        }
    }

    /// The switch that ends every request and every wait of this client with
    /// [`FetchError::Stopped`].
    pub fn stop(&self) -> &Stop {
        &self.stop
    }

    /// Does not ask a host that asked for a pause in an earlier run.
    pub fn recall(&self, pause: Pause) {
        self.hosts.recall(pause);
    }

    /// All pauses that hosts have asked for and that hold now, to be remembered for the next run;
    /// `None` where there is no new one since this was last asked.
    pub fn news_of_pauses(&self) -> Option<Vec<Pause>> {
        self.hosts.news_of_pauses(self.clock.now())
    }

    /// What [`Client::news_of_pauses`] last gave could not be remembered: it is still news.
    pub fn has_news_of_pauses(&self) {
        self.hosts.has_news();
    }

    /// The moment, by the clock that this client obeys.
    pub fn now(&self) -> newsprint_model::Time {
        self.clock.now()
    }

    /// Leaves at least so long between two requests to the host of `url`, as its robots.txt asks.
    pub fn slow_down(&self, url: &str, delay: Duration) {
        if let Ok(url) = Url::parse(url) {
            self.hosts.slow_down(&url, delay, self.clock.now());
        }
    }

    /// Until when a request to the host of `url` would wait for the host's gap, if it would.
    pub fn gap(&self, url: &str) -> Option<newsprint_model::Time> {
        let url = Url::parse(url).ok()?;
        self.hosts.gap(&url, self.clock.now())
    }

    /// Until when the host of `url` has asked to be left alone, if it still does.
    pub fn paused_until(&self, url: &str) -> Option<Time> {
        let url = Url::parse(url).ok()?;
        let paused = self.hosts.blocked(&url, self.clock.now());
        paused.map(|(_, until)| until)
    }

    /// Whether the host of `url` has asked to be left alone, and still does.
    pub fn is_blocked(&self, url: &str) -> bool {
        Url::parse(url).is_ok_and(|url| self.hosts.blocked(&url, self.clock.now()).is_some())
    }

    /// Asks, waiting for the host's turn first, and follows redirects. Blocks the calling thread;
    /// any number of threads may ask at once.
    pub fn get(&self, request: &Request<'_>) -> Result<Fetched, FetchError> {
        let home = Url::parse(request.home).ok();
        let mut url = parse(request.url)?;
        let mut moved = None;
        let mut all_permanent = true;
        let mut left = self.settings.timeout;
        for _ in 0..=redirect::LIMIT {
            let validators = match request.validated_url {
                Some(validated) if validated != url.as_str() => None,
                None if parse(request.url)? != url => None,
                _ => Some(&request.validators),
            };
            let hop = self
                .hop(&url, request, validators, home.as_ref(), &mut left)
                .inspect_err(|error| {
                    let error = error.to_string();
                    tracing::info!(
                        url = &*without_password(url.as_str()),
                        error = &*without_password(&error),
                        "failed"
                    );
                })?;
            tracing::info!(
                url = &*without_password(url.as_str()),
                status = hop.status,
                "answered"
            );
            let now = self.clock.now();
            let bytes = |name: HeaderName| hop.headers.get(name).map(|v| v.as_bytes().to_vec());
            let text = |name: HeaderName| hop.headers.get(name).map(text);
            match hop.status {
                200 | 203 => {
                    return Ok(Fetched {
                        fresh_for: freshness(&hop.headers, now),
                        validators: Validators {
                            etag: bytes(header::ETAG),
                            last_modified: bytes(header::LAST_MODIFIED),
                        },
                        answer: Answer::Fresh {
                            content_type: text(header::CONTENT_TYPE),
                            bytes: hop.body.unwrap_or_else(|| Vec::new().into()),
                        },
                        moved,
                        url: url.into(),
                    });
                }
                // A 304 that nobody asked for has nothing to show for it.
                304 if validators.is_some_and(|v| !v.is_empty()) => {
                    let earlier = request.validators.clone();
                    return Ok(Fetched {
                        fresh_for: freshness(&hop.headers, now),
                        validators: Validators {
                            etag: bytes(header::ETAG).or(earlier.etag),
                            last_modified: bytes(header::LAST_MODIFIED).or(earlier.last_modified),
                        },
                        answer: Answer::NotModified,
                        moved,
                        url: url.into(),
                    });
                }
                301 | 302 | 303 | 307 | 308 => {
                    let Some(location) = text(header::LOCATION) else {
                        return Err(FetchError::Status(hop.status));
                    };
                    let to = redirect::target(&url, &location)?;
                    all_permanent &= matches!(hop.status, 301 | 308);
                    if all_permanent {
                        moved = Some(to.to_string());
                    }
                    url = to;
                }
                410 => return Err(FetchError::Gone),
                status => {
                    let until = asks_to_wait(&hop, now);
                    if status == 429 || status == 503 || until.is_some() {
                        return Err(FetchError::Later { status, until });
                    }
                    return Err(FetchError::Status(status));
                }
            }
        }
        Err(FetchError::Redirects(redirect::LIMIT))
    }

    /// One request without redirects; `left` is what remains of the total time.
    fn hop(
        &self,
        url: &Url,
        request: &Request<'_>,
        validators: Option<&Validators>,
        home: Option<&Url>,
        left: &mut Duration,
    ) -> Result<Hop, FetchError> {
        let engine = self
            .engine
            .get_or_init(|| Engine::start(&self.settings, self.lookup.clone()))
            .as_ref()
            .map_err(Clone::clone)?;
        let guarded = self.is_guarded(engine, url, home, left)?;
        let transport = engine.transport(url, guarded, &self.settings)?;
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(request.accept));
        if let Some(validators) = validators {
            let pairs = [
                (header::IF_NONE_MATCH, &validators.etag),
                (header::IF_MODIFIED_SINCE, &validators.last_modified),
            ];
            for (name, value) in pairs {
                if let Some(value) = value
                    .as_deref()
                    .and_then(|v| HeaderValue::from_bytes(v).ok())
                {
                    headers.insert(name, value);
                }
            }
        }
        let turn = self
            .hosts
            .turn(url, self.settings.host_gap, &*self.clock, &self.stop)?;
        let place = self.places.take(&self.stop)?;
        let idle = idle_time(&self.settings);
        let close = request.last || !self.hosts.may_leave_open(url, *left + idle);
        if close {
            headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        let started = Instant::now();
        let call = Call {
            sent: transport.get(url.clone()).headers(headers),
            host: url.host_str().unwrap_or_default().to_owned(),
            deadline: *left,
            timeout: self.settings.timeout,
            max_bytes: self.settings.max_bytes,
            enough: request.enough.unwrap_or(u64::MAX),
            heavy: engine.heavy.clone(),
        };
        let hop = engine.run(call, &self.stop);
        *left = left.saturating_sub(started.elapsed());
        match close {
            true => self.hosts.closed(url),
            // Open for the idle time from now on.
            false => drop(self.hosts.may_leave_open(url, idle)),
        }
        drop(place);
        // Before the next one gets its turn.
        if let Ok(hop) = &hop
            && let now = self.clock.now()
            && let Some(until) = asks_to_wait(hop, now)
        {
            let until = schedule::retry_at(now, until);
            self.hosts.block(url, hop.status, until);
        }
        drop(turn);
        hop
    }

    /// Whether private addresses are refused for this request: unless it goes to the host that the
    /// reader configured, or that host is private itself.
    fn is_guarded(
        &self,
        engine: &Engine,
        url: &Url,
        home: Option<&Url>,
        left: &mut Duration,
    ) -> Result<bool, FetchError> {
        let at_home = home
            .is_some_and(|home| home.host() == url.host() || redirect::is_private_literal(home));
        if at_home || !redirect::is_private_literal(url) {
            return Ok(!at_home);
        }
        // The resolver is not asked about a literal address, so this is where it is refused; a name
        // such as `news.intranet` may be private without looking so.
        let name = home.and_then(Url::host_str).map(str::to_owned);
        let began = Instant::now();
        let private = match name {
            Some(name) => engine.resolves_to_private(name, *left, &self.stop)?,
            None => Some(false),
        };
        *left = left.saturating_sub(began.elapsed());
        match private.ok_or(FetchError::Timeout(self.settings.timeout))? {
            true => Ok(false),
            false => Err(FetchError::Private(
                url.host_str().unwrap_or_default().to_owned(),
            )),
        }
    }
}

/// An address that can be asked.
fn parse(url: &str) -> Result<Url, FetchError> {
    let mut url =
        Url::parse(url).map_err(|why| FetchError::BadUrl(format!("this is no address: {why}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        let scheme = url.scheme();
        return Err(FetchError::BadUrl(format!(
            "only http and https addresses can be asked, not {scheme}:"
        )));
    }
    url.set_fragment(None);
    Ok(url)
}

/// Until when an answer that refuses asks its host to be left alone.
fn asks_to_wait(hop: &Hop, now: newsprint_model::Time) -> Option<Time> {
    let value = hop.headers.get(header::RETRY_AFTER).map(text)?;
    (hop.status >= 400 && hop.status != 410)
        .then(|| schedule::retry_after(&value, now))
        .flatten()
}

/// A header as text; some servers write UTF-8 into it.
fn text(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

fn freshness(headers: &HeaderMap, now: newsprint_model::Time) -> Option<Duration> {
    let one = |name: HeaderName| headers.get(name).map(text);
    let control: Vec<String> = headers
        .get_all(header::CACHE_CONTROL)
        .iter()
        .map(text)
        .collect();
    schedule::fresh_for(
        &control.join(","),
        one(header::AGE).as_deref(),
        one(header::EXPIRES).as_deref(),
        one(header::DATE).as_deref(),
        now,
    )
}

/// An answer to one request.
struct Hop {
    status: u16,
    headers: HeaderMap,
    /// Only for 200 and 203.
    body: Option<Body>,
}

/// One request, ready to be sent.
struct Call {
    sent: reqwest::RequestBuilder,
    host: String,
    /// What is left of `timeout`.
    deadline: Duration,
    timeout: Duration,
    max_bytes: u64,
    /// See [`Request::enough`].
    enough: u64,
    heavy: [Arc<Semaphore>; HEAVY.len()],
}

impl Call {
    async fn send(self) -> Result<Hop, FetchError> {
        let mut deadline = tokio::time::Instant::now() + self.deadline;
        let late = |_| FetchError::Timeout(self.timeout);
        let mut response = tokio::time::timeout_at(deadline, self.sent.send())
            .await
            .map_err(late)?
            .map_err(|why| explain(&why, &self.host, self.timeout))?;
        let status = response.status().as_u16();
        let headers = std::mem::take(response.headers_mut());
        if !matches!(status, 200 | 203) {
            return Ok(Hop {
                status,
                headers,
                body: None,
            });
        }
        let limit = self.max_bytes.min(self.enough);
        if self.enough > self.max_bytes
            && response
                .content_length()
                .is_some_and(|n| n > self.max_bytes)
        {
            return Err(FetchError::TooLarge(self.max_bytes));
        }
        let announced = response.content_length().unwrap_or(0) as usize;
        let mut bytes = Vec::with_capacity(announced.min(HEAVY[0].0));
        let mut weight = Weight::default();
        while let Some(chunk) = tokio::time::timeout_at(deadline, response.chunk())
            .await
            .map_err(late)?
            .map_err(|why| explain(&why, &self.host, self.timeout))?
        {
            if (bytes.len() + chunk.len()) as u64 > limit {
                if self.enough <= self.max_bytes {
                    break;
                }
                return Err(FetchError::TooLarge(self.max_bytes));
            }
            for (rank, (size, _)) in HEAVY.iter().enumerate() {
                if bytes.len() + chunk.len() <= *size || weight.0[rank].is_some() {
                    continue;
                }
                // Waiting for others is not the outlet's fault, but nothing waits for ever.
                let waiting = tokio::time::Instant::now();
                let turn = self.heavy[rank].clone().acquire_owned();
                let patience = self.timeout * PATIENCE;
                weight.0[rank] = tokio::time::timeout(patience, turn)
                    .await
                    .map_err(|_| FetchError::Crowded(patience))?
                    .ok();
                deadline += waiting.elapsed();
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(Hop {
            status,
            headers,
            body: Some(Body { bytes, weight }),
        })
    }
}

/// The private runtime and the transports that run on it.
struct Engine {
    handle: tokio::runtime::Handle,
    lookup: Lookup,
    heavy: [Arc<Semaphore>; HEAVY.len()],
    /// By what a request needs: https, the guard against private addresses, no proxy.
    transports: [OnceLock<Result<reqwest::Client, FetchError>>; 8],
    /// Dropped with the engine, which ends the thread.
    _end: oneshot::Sender<()>,
}

impl Engine {
    fn start(settings: &Settings, lookup: Lookup) -> Result<Engine, FetchError> {
        let fail = |why: &dyn fmt::Display| FetchError::Client(why.to_string());
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
        Ok(Engine {
            handle,
            lookup,
            heavy: HEAVY.map(|(_, at_once)| Arc::new(Semaphore::new(at_once))),
            transports: Default::default(),
            _end: end,
        })
    }

    /// Runs the call on the runtime's thread and waits for it.
    fn run(&self, call: Call, stop: &Arc<Stop>) -> Result<Hop, FetchError> {
        let (answer, answered) = mpsc::sync_channel(1);
        let stop = stop.clone();
        self.handle.spawn(async move {
            let mut stopped = pin!(stop.runtime.notified());
            let mut sent = pin!(call.send());
            stopped.as_mut().enable();
            let hop = std::future::poll_fn(|cx| {
                if stop.is_thrown() || stopped.as_mut().poll(cx).is_ready() {
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

    fn transport(
        &self,
        url: &Url,
        guarded: bool,
        settings: &Settings,
    ) -> Result<&reqwest::Client, FetchError> {
        let https = url.scheme() == "https";
        let local = redirect::is_loopback(url);
        let kind = usize::from(https) | usize::from(guarded) << 1 | usize::from(local) << 2;
        self.transports[kind]
            .get_or_init(|| {
                let names = Names {
                    guarded,
                    lookup: self.lookup.clone(),
                };
                build(settings, https, &names, local)
            })
            .as_ref()
            .map_err(Clone::clone)
    }

    /// Whether the name of a configured outlet means a private address; `None` where that is not
    /// known in time.
    fn resolves_to_private(
        &self,
        name: String,
        within: Duration,
        stop: &Stop,
    ) -> Result<Option<bool>, FetchError> {
        let (answer, answered) = mpsc::sync_channel(1);
        let lookup = self.lookup.clone();
        self.handle.spawn(async move {
            let found = look_up(&lookup, &name).await;
            let private = found.is_ok_and(|all| all.into_iter().any(redirect::is_private));
            let _ = answer.send(private);
        });
        let began = Instant::now();
        while began.elapsed() < within {
            // The switch does not end this wait, so look up now and then.
            match answered.recv_timeout(LOOK_UP.min(within)) {
                Ok(private) => return Ok(Some(private)),
                Err(mpsc::RecvTimeoutError::Disconnected) => return Ok(Some(false)),
                Err(mpsc::RecvTimeoutError::Timeout) if stop.is_thrown() => {
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
fn idle_time(settings: &Settings) -> Duration {
    settings.host_gap * 2 + Duration::from_secs(2)
}

fn build(
    settings: &Settings,
    https: bool,
    names: &Names,
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

/// Looks names up and, where `guarded`, refuses private addresses: those that are about to be
/// connected to, so that a name cannot mean one thing when it is judged and another when it is used.
#[derive(Clone)]
struct Names {
    guarded: bool,
    lookup: Lookup,
}

async fn look_up(lookup: &Lookup, name: &str) -> std::io::Result<Vec<IpAddr>> {
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

impl reqwest::dns::Resolve for Names {
    fn resolve(&self, name: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let guarded = self.guarded && !is_proxy(name.as_str());
        let lookup = self.lookup.clone();
        Box::pin(async move {
            let found = look_up(&lookup, name.as_str())
                .await
                .map_err(|why| NoAddress(without_number(&why.to_string())))?;
            if guarded && found.iter().copied().any(redirect::is_private) {
                return Err(PrivateAddress.into());
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
        FetchError::Connect { host, reason }
    } else {
        FetchError::Protocol(deepest(error))
    }
}

fn certificate(why: &rustls::Error, host: String) -> FetchError {
    match why {
        rustls::Error::InvalidCertificate(reason) => FetchError::Certificate {
            host,
            reason: reason.to_string(),
        },
        other => FetchError::Connect {
            host,
            reason: format!("TLS: {other}"),
        },
    }
}

/// The innermost cause, which is the one that says something.
fn deepest(error: &dyn Error) -> String {
    let mut why = error;
    while let Some(cause) = why.source() {
        why = cause;
    }
    without_number(&why.to_string())
}
