//! The clock that schedules, gaps and Retry-After are told by, and that a test can move; and the
//! token that ends every wait at once.
//! Never here: what is due when.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use newsprint_model::Time;

/// Tells the time and waits. Limits on a running request are real time and do not use it.
pub trait Clock: Send + Sync + fmt::Debug {
    /// The time now.
    fn now(&self) -> Time;
    /// Waits until the moment has come or the token is cancelled.
    fn sleep_until(&self, until: Time, stop: &CancelToken);
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Time {
        Time::now()
    }

    fn sleep_until(&self, until: Time, stop: &CancelToken) {
        let wait = Duration::try_from(until.duration_since(Time::now())).unwrap_or_default();
        stop.wait(wait);
    }
}

/// A clock that stands still until it is moved; whoever sleeps moves it.
#[derive(Debug)]
pub struct ManualClock(Mutex<Time>);

impl ManualClock {
    /// Starts at the moment.
    pub fn at(now: Time) -> ManualClock {
        ManualClock(Mutex::new(now))
    }

    /// Moves to the moment; never back.
    pub fn move_to(&self, to: Time) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now = to.max(*now);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Time {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sleep_until(&self, until: Time, _: &CancelToken) {
        self.move_to(until);
    }
}

/// Ends work from another thread: once cancelled, everybody who waits on it wakes.
#[derive(Debug, Default)]
pub struct CancelToken {
    cancelled: AtomicBool,
    gate: Mutex<()>,
    woken: Condvar,
    pub(super) runtime: tokio::sync::Notify,
}

impl CancelToken {
    /// Ends every wait, now and later.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::SeqCst);
        let _gate = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
        self.woken.notify_all();
        self.runtime.notify_waiters();
    }

    /// Whether it has been cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::SeqCst)
    }

    /// Waits so long, or until the switch is cancelled.
    pub fn wait(&self, wait: Duration) {
        let gate = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
        drop(
            self.woken
                .wait_timeout_while(gate, wait, |()| !self.is_cancelled()),
        );
    }
}
