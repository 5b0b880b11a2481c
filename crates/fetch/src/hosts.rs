//! One request at a time to one host, a gap with jitter between two, hosts that asked to be left
//! alone, and whose connections may stay open.
//! Never here: HTTP.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use url::Url;

use super::clock::{CancelToken, Clock};
use super::{FetchError, schedule};
use newsprint_model::Time;

/// Connections left open at a time, over all hosts: each holds the buffer that its largest answer
/// needed, for as long as it is open.
const LEFT_OPEN: usize = 32;

/// What is known of every host that has been asked.
#[derive(Debug, Default)]
pub(super) struct Hosts {
    table: Mutex<HashMap<String, Arc<Host>>>,
    /// Hosts whose connection is open, and until when it may be.
    open: Mutex<HashMap<String, Instant>>,
    /// A host has asked for a pause since [`Hosts::changed_pauses`] was last asked.
    paused: AtomicBool,
}

/// A host that asked to be left alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    /// Its name, and the port where it is not the scheme's own.
    pub host: String,
    /// The status it answered with.
    pub status: u16,
    /// When it may be asked again.
    pub until: Time,
}

#[derive(Debug, Default)]
struct Host {
    state: Mutex<State>,
    free: Condvar,
}

#[derive(Debug, Default)]
struct State {
    busy: bool,
    next: Option<Time>,
    blocked: Option<(u16, Time)>,
    /// The least gap that the host itself asks for.
    delay: Duration,
}

/// The right to ask one host; given back when dropped, and the gap begins.
#[derive(Debug)]
pub(super) struct Turn<'a> {
    host: Arc<Host>,
    clock: &'a dyn Clock,
    gap: Duration,
}

/// What counts as one host: the name, and the port where it is not the scheme's own.
fn key(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Pause {
    /// The pause of the host that the address leads to.
    pub fn of(url: &str, status: u16, until: Time) -> Option<Pause> {
        Some(Pause {
            host: key(&Url::parse(url).ok()?),
            status,
            until,
        })
    }
}

impl Hosts {
    fn host(&self, url: &Url) -> Arc<Host> {
        lock(&self.table).entry(key(url)).or_default().clone()
    }

    /// Waits for the turn to ask the host of `url`: nobody else is asking it, and `gap` has passed
    /// since somebody did.
    pub(super) fn turn<'a>(
        &self,
        url: &Url,
        gap: Duration,
        clock: &'a dyn Clock,
        stop: &CancelToken,
    ) -> Result<Turn<'a>, FetchError> {
        let host = self.host(url);
        let mut state = lock(&host.state);
        while state.busy && !stop.is_cancelled() {
            // The token does not notify this, so it is read now and then.
            state = host
                .free
                .wait_timeout(state, Duration::from_millis(100))
                .map(|(state, _)| state)
                .unwrap_or_else(|poisoned| poisoned.into_inner().0);
        }
        if stop.is_cancelled() {
            return Err(FetchError::Stopped);
        }
        if let Some((status, until)) = state.blocked.filter(|(_, until)| clock.now() < *until) {
            return Err(FetchError::Later {
                status,
                until: Some(until),
            });
        }
        state.busy = true;
        let gap = gap.max(state.delay);
        let next = state.next;
        drop(state);
        let turn = Turn { host, clock, gap };
        if let Some(next) = next
            && clock.now() < next
        {
            clock.sleep_until(next, stop);
        }
        if stop.is_cancelled() {
            return Err(FetchError::Stopped);
        }
        Ok(turn)
    }

    /// Whether the connection to the host of `url` may stay open after a request that begins now
    /// and, with the idle time that follows, is over after `within`.
    pub(super) fn may_leave_open(&self, url: &Url, within: Duration) -> bool {
        let now = Instant::now();
        let mut open = lock(&self.open);
        open.retain(|_, until| now < *until);
        let key = key(url);
        let may = open.len() < LEFT_OPEN || open.contains_key(&key);
        if may {
            open.insert(key, now + within);
        }
        may
    }

    /// The connection to the host of `url` is closed.
    pub(super) fn closed(&self, url: &Url) {
        lock(&self.open).remove(&key(url));
    }

    /// The status and the moment before which the host of `url` is not to be asked.
    pub(super) fn blocked(&self, url: &Url, now: Time) -> Option<(u16, Time)> {
        let host = self.host(url);
        let blocked = lock(&host.state).blocked;
        blocked.filter(|(_, until)| now < *until)
    }

    /// The end of the gap of the host of `url`, where it has not come yet.
    pub(super) fn next_slot_at(&self, url: &Url, now: Time) -> Option<Time> {
        let host = self.host(url);
        let next = lock(&host.state).next;
        next.filter(|next| now < *next)
    }

    /// The host of `url` wants at least this gap between two requests, from now on.
    pub(super) fn slow_down(&self, url: &Url, delay: Duration, now: Time) {
        let host = self.host(url);
        let mut state = lock(&host.state);
        if state.delay < delay {
            state.delay = delay;
            // The request that told of it has just ended.
            state.next = state.next.map(|next| next.max(schedule::add(now, delay)));
        }
    }

    /// The host of `url` is not to be asked before `until`.
    pub(super) fn block(&self, url: &Url, status: u16, until: Time) {
        self.pause(key(url), status, until);
        self.mark_pauses_changed();
    }

    /// See [`Hosts::changed_pauses`].
    pub(super) fn mark_pauses_changed(&self) {
        self.paused.store(true, Ordering::SeqCst);
    }

    /// Leaves alone who asked for it in an earlier run.
    pub(super) fn recall(&self, pause: Pause) {
        self.pause(pause.host, pause.status, pause.until);
    }

    fn pause(&self, host: String, status: u16, until: Time) {
        let host = lock(&self.table).entry(host).or_default().clone();
        let mut state = lock(&host.state);
        if state.blocked.is_none_or(|(_, earlier)| earlier < until) {
            state.blocked = Some((status, until));
        }
    }

    /// All pauses that hold at `now`, if there is a new one since this was last asked.
    pub(super) fn changed_pauses(&self, now: Time) -> Option<Vec<Pause>> {
        if !self.paused.swap(false, Ordering::SeqCst) {
            return None;
        }
        let table = lock(&self.table);
        let pauses = table.iter().filter_map(|(host, known)| {
            let (status, until) = lock(&known.state).blocked?;
            (now < until).then(|| Pause {
                host: host.clone(),
                status,
                until,
            })
        });
        Some(pauses.collect())
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        // Up to a quarter more, so that two hosts, or two readers, do not fall into step.
        let gap = self.gap + self.gap.mul_f64(0.25 * fastrand::f64());
        let mut state = lock(&self.host.state);
        state.next = Some(schedule::add(self.clock.now(), gap));
        state.busy = false;
        self.host.free.notify_one();
    }
}
