//! The client: one request at a time to a host, hop by hop through its redirects, with validators and
//! the pauses that hosts ask for.
//! Never here: sockets, when an outlet is due, what its bytes mean.

use std::collections::HashSet;
use std::fmt;
#[cfg(test)]
use std::net::IpAddr;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use url::Url;

use super::clock::{CancelToken, Clock};
use super::hosts::{Hosts, Pause};
use super::limits::RequestPermits;
use super::redirect::{Guard, Networks};
use super::transport::{NameLookup, Transport, WireAnswer, WireRequest, idle_time};
use super::{
    Answer, Call, FetchError, Fetched, Reply, Request, Settings, Validators, redirect, schedule,
};
use newsprint_model::{Time, without_password};

/// Asks outlets. Cheap to make: nothing is built and nothing runs before the first request.
pub struct Client {
    settings: Settings,
    lookup: NameLookup,
    clock: Arc<dyn Clock>,
    stop: Arc<CancelToken>,
    hosts: Hosts,
    request_permits: RequestPermits,
    /// See [`Client::clock_error`].
    clock_error: Mutex<Option<i64>>,
    /// See [`Client::recall_public`].
    public_hosts: Mutex<HashSet<String>>,
    transport: OnceLock<Result<Transport, FetchError>>,
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
            request_permits: RequestPermits::new(settings.concurrency),
            settings,
            lookup: None,
            clock,
            stop: Arc::default(),
            hosts: Hosts::default(),
            clock_error: Mutex::new(None),
            public_hosts: Mutex::default(),
            transport: OnceLock::new(),
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

    /// Ends every request and every wait of this client with [`FetchError::Stopped`] once it is
    /// cancelled.
    pub fn cancel_token(&self) -> &CancelToken {
        &self.stop
    }

    /// Does not ask a host that asked for a pause in an earlier run.
    pub fn recall(&self, pause: Pause) {
        self.hosts.recall(pause);
    }

    /// The host of `url` has answered from a public address in an earlier run: should its name mean a private one
    /// by now, it is refused as any other, whatever is asked of it. In this run the client remembers it by itself.
    pub fn recall_public(&self, url: &str) {
        if let Ok(url) = Url::parse(url) {
            self.remember_public(&url);
        }
    }

    /// Whether the host of `url` has answered from a public address, in this run or as [`Client::recall_public`] says.
    pub fn knows_as_public(&self, url: &str) -> bool {
        Url::parse(url).is_ok_and(|url| self.was_public(&url))
    }

    fn remember_public(&self, url: &Url) {
        let hosts = self.public_hosts.lock();
        let mut hosts = hosts.unwrap_or_else(PoisonError::into_inner);
        hosts.extend(url.host_str().map(str::to_owned));
    }

    fn was_public(&self, url: &Url) -> bool {
        let hosts = self.public_hosts.lock();
        let hosts = hosts.unwrap_or_else(PoisonError::into_inner);
        url.host_str().is_some_and(|host| hosts.contains(host))
    }

    /// All pauses that hosts have asked for and that hold now, to be remembered for the next run;
    /// `None` where there is no new one since this was last asked.
    pub fn changed_pauses(&self) -> Option<Vec<Pause>> {
        self.hosts.changed_pauses(self.clock.now())
    }

    /// What [`Client::changed_pauses`] last gave could not be stored: give it again next time.
    pub fn mark_pauses_changed(&self) {
        self.hosts.mark_pauses_changed();
    }

    /// The time by the clock that this client obeys.
    pub fn now(&self) -> Time {
        self.clock.now()
    }

    /// By how many seconds the clock differs from the `Date` of the answers so far (RFC 9110 section
    /// 6.6.1): the smallest difference, since some servers' clocks are wrong and caches send old answers.
    /// Positive where the clock is ahead; `None` where no answer had a date.
    pub fn clock_error(&self) -> Option<i64> {
        *self
            .clock_error
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn compare_clocks(&self, headers: &HeaderMap, now: Time) {
        let date = headers.get(header::DATE).map(text);
        let Some(date) = date.as_deref().and_then(schedule::http_date) else {
            return;
        };
        let error = now.as_second().saturating_sub(date.as_second());
        let mut known = self
            .clock_error
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if known.is_none_or(|known| error.abs() < known.abs()) {
            *known = Some(error);
        }
    }

    /// Leaves at least so long between two requests to the host of `url`, as its robots.txt asks.
    pub fn slow_down(&self, url: &str, delay: Duration) {
        if let Ok(url) = Url::parse(url) {
            self.hosts.slow_down(&url, delay, self.clock.now());
        }
    }

    /// When the host of `url` may be asked next, if a request now would have to wait for the gap.
    pub fn next_slot_at(&self, url: &str) -> Option<Time> {
        let url = Url::parse(url).ok()?;
        self.hosts.next_slot_at(&url, self.clock.now())
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
                .guard(&url, request, home.as_ref())
                .and_then(|guard| {
                    self.hop(&url, request, validators, home.as_ref(), guard, &mut left)
                })
                .or_else(|why| match (why, &home) {
                    (FetchError::Private(host), Some(home)) => {
                        let networks = self.own_networks(home, request, &mut left)?;
                        if networks.is_empty() {
                            return Err(FetchError::Private(host));
                        }
                        let other = FetchError::OtherNetwork(host);
                        if !networks.holds(redirect::literal_network(&url)) {
                            return Err(other);
                        }
                        let (home, guard) = (Some(home), Guard::Within(networks));
                        let hop = self.hop(&url, request, validators, home, guard, &mut left);
                        hop.map_err(|why| match why {
                            FetchError::Private(_) => other,
                            why => why,
                        })
                    }
                    (why, _) => Err(why),
                })
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
            self.compare_clocks(&hop.headers, now);
            let bytes = |name: HeaderName| hop.headers.get(name).map(|v| v.as_bytes().to_vec());
            let text = |name: HeaderName| hop.headers.get(name).map(text);
            match hop.status {
                200 | 203 => {
                    return Ok(Fetched {
                        fresh_for: freshness(&hop.headers, now),
                        links: links(&hop.headers),
                        validators: Validators {
                            etag: bytes(header::ETAG),
                            last_modified: bytes(header::LAST_MODIFIED),
                        },
                        answer: Answer::Fresh {
                            content_type: text(header::CONTENT_TYPE),
                            bytes: hop.body.unwrap_or_else(|| Vec::new().into()),
                        },
                        moved,
                        from_public: hop.from_public,
                        url: url.into(),
                    });
                }
                // A 304 that nobody asked for has nothing to show for it.
                304 if validators.is_some_and(|v| !v.is_empty()) => {
                    let earlier = request.validators.clone();
                    return Ok(Fetched {
                        fresh_for: freshness(&hop.headers, now),
                        links: links(&hop.headers),
                        validators: Validators {
                            etag: bytes(header::ETAG).or(earlier.etag),
                            last_modified: bytes(header::LAST_MODIFIED).or(earlier.last_modified),
                        },
                        answer: Answer::NotModified,
                        moved,
                        from_public: hop.from_public,
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

    /// Asks a server that the reader has an account on; see [`Call`]. Blocks the calling thread; any number
    /// of threads may ask at once.
    pub fn call(&self, call: &Call<'_>) -> Result<Reply, FetchError> {
        let url = parse(call.url)?;
        let sent = self.send_call(&url, call).inspect_err(|error| {
            let error = error.to_string();
            let url = &*without_password(url.as_str());
            tracing::info!(url, error = &*without_password(&error), "failed");
        })?;
        let url_shown = &*without_password(url.as_str());
        tracing::info!(url = url_shown, status = sent.status, "answered");
        let now = self.clock.now();
        self.compare_clocks(&sent.headers, now);
        let retry_at = asks_to_wait(&sent, now).map(|until| schedule::retry_at(now, until));
        if let Some(until) = retry_at {
            self.hosts.block(&url, sent.status, until);
        }
        Ok(Reply {
            status: sent.status,
            body: sent.body.unwrap_or_else(|| Vec::new().into()),
            retry_at,
            headers: sent.headers,
        })
    }

    fn send_call(&self, url: &Url, call: &Call<'_>) -> Result<WireAnswer, FetchError> {
        let transport = self.transport()?;
        let connection = transport.connection(url, Guard::Open, &self.settings)?;
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static("*/*"));
        let bad = |_| FetchError::BadUrl("a header with invalid characters".to_owned());
        if let Some(value) = call.authorization {
            let mut value = HeaderValue::from_str(value).map_err(bad)?;
            value.set_sensitive(true);
            headers.insert(header::AUTHORIZATION, value);
        }
        for (name, value) in call.headers {
            let mut value = HeaderValue::from_str(value).map_err(bad)?;
            value.set_sensitive(true);
            // Names with capitals as well, such as `AppId`.
            let name = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| FetchError::BadUrl("a header with an invalid name".to_owned()))?;
            headers.insert(name, value);
        }
        let sent = match call.form {
            Some(form) => {
                let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
                headers.insert(header::CONTENT_TYPE, kind);
                connection.post(url.clone()).body(form.to_owned())
            }
            None => connection.get(url.clone()),
        };
        if let Some((status, until)) = self.hosts.blocked(url, self.clock.now()) {
            let until = Some(until);
            return Err(FetchError::Later { status, until });
        }
        let permit = self.request_permits.acquire(&self.stop)?;
        let call = WireRequest {
            sent: sent.headers(headers),
            host: url.host_str().unwrap_or_default().to_owned(),
            deadline: self.settings.timeout,
            timeout: self.settings.timeout,
            max_bytes: self.settings.max_bytes,
            enough: u64::MAX,
            says_why: true,
            large: transport.large.clone(),
        };
        let sent = transport.run(call, &self.stop);
        drop(permit);
        sent
    }

    /// One request without redirects; `left` is what remains of the total time.
    fn hop(
        &self,
        url: &Url,
        request: &Request<'_>,
        validators: Option<&Validators>,
        home: Option<&Url>,
        guard: Guard,
        left: &mut Duration,
    ) -> Result<WireAnswer, FetchError> {
        let transport = self.transport()?;
        let connection = transport.connection(url, guard, &self.settings)?;
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
        let permit = self.request_permits.acquire(&self.stop)?;
        let idle = idle_time(&self.settings);
        let close = request.last || !self.hosts.may_leave_open(url, *left + idle);
        if close {
            headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        let started = Instant::now();
        let call = WireRequest {
            sent: connection.get(signed(url, home)).headers(headers),
            host: url.host_str().unwrap_or_default().to_owned(),
            deadline: *left,
            timeout: self.settings.timeout,
            max_bytes: self.settings.max_bytes,
            enough: request.enough.unwrap_or(u64::MAX),
            says_why: false,
            large: transport.large.clone(),
        };
        let hop = transport.run(call, &self.stop);
        *left = left.saturating_sub(started.elapsed());
        if hop.as_ref().is_ok_and(|hop| hop.from_public) {
            self.remember_public(url);
        }
        match close {
            true => self.hosts.closed(url),
            // Open for the idle time from now on.
            false => drop(self.hosts.may_leave_open(url, idle)),
        }
        drop(permit);
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

    /// What may be connected to for this request at first: anything where it goes to the host that the reader
    /// configured, else public addresses.
    fn guard(
        &self,
        url: &Url,
        request: &Request<'_>,
        home: Option<&Url>,
    ) -> Result<Guard, FetchError> {
        let own = |home: &Url| {
            home.host() == url.host() && !self.is_known_public(home, request)
                || redirect::share_private_top(home, url)
        };
        if home.is_some_and(own) {
            return Ok(Guard::Open);
        }
        // The resolver never sees a literal address, so this is where it is refused.
        match redirect::is_private_literal(url) {
            true => Err(FetchError::Private(
                url.host_str().unwrap_or_default().to_owned(),
            )),
            false => Ok(Guard::Public),
        }
    }

    /// Whether the host has answered from a public address before.
    fn is_known_public(&self, home: &Url, request: &Request<'_>) -> bool {
        let of_request = || Url::parse(request.home).is_ok_and(|own| own.host() == home.host());
        self.was_public(home) || request.home_was_public && of_request()
    }

    /// The private networks of the host that the reader configured: a name such as `news.intranet` may be private
    /// without looking so. None of a host that was public once.
    fn own_networks(
        &self,
        home: &Url,
        request: &Request<'_>,
        left: &mut Duration,
    ) -> Result<Networks, FetchError> {
        let written = redirect::literal_network(home);
        if !written.is_empty() || self.is_known_public(home, request) {
            return Ok(written);
        }
        let Some(name) = home.domain().map(str::to_owned) else {
            return Ok(Networks::default());
        };
        let transport = self.transport()?;
        let began = Instant::now();
        let networks = transport.private_networks(name, *left, &self.stop)?;
        *left = left.saturating_sub(began.elapsed());
        networks.ok_or(FetchError::Timeout(self.settings.timeout))
    }

    fn transport(&self) -> Result<&Transport, FetchError> {
        self.transport
            .get_or_init(|| Transport::start(&self.settings, self.lookup.clone()))
            .as_ref()
            .map_err(Clone::clone)
    }
}

/// The address with the name and password that the reader has configured, where it is of the same origin (scheme,
/// host and port: RFC 6454 section 4) and has none of its own. Another origin never gets them.
fn signed(url: &Url, home: Option<&Url>) -> Url {
    let mut signed = url.clone();
    if let Some(home) = home
        && home.origin() == url.origin()
        && (!home.username().is_empty() || home.password().is_some())
        && url.username().is_empty()
        && url.password().is_none()
    {
        // Both can only fail for an address without a host.
        let _ = signed.set_username(home.username());
        let _ = signed.set_password(home.password());
    }
    signed
}

/// An address that can be asked.
fn parse(url: &str) -> Result<Url, FetchError> {
    let mut url =
        Url::parse(url).map_err(|why| FetchError::BadUrl(format!("not a valid URL: {why}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        let scheme = url.scheme();
        return Err(FetchError::BadUrl(format!(
            "only http and https are supported, not {scheme}:"
        )));
    }
    url.set_fragment(None);
    Ok(url)
}

/// Until when an answer that refuses asks its host to be left alone.
fn asks_to_wait(hop: &WireAnswer, now: Time) -> Option<Time> {
    let value = hop.headers.get(header::RETRY_AFTER).map(text)?;
    (hop.status >= 400 && hop.status != 410)
        .then(|| schedule::retry_after(&value, now))
        .flatten()
}

/// A header as text; some servers write UTF-8 into it.
fn text(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

/// All `Link` headers, one behind the other, which means the same.
fn links(headers: &HeaderMap) -> String {
    let all: Vec<String> = headers.get_all(header::LINK).iter().map(text).collect();
    all.join(", ")
}

fn freshness(headers: &HeaderMap, now: Time) -> Option<Duration> {
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
