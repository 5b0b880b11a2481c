//! The clock that schedules, gaps and Retry-After are told by, and that a test can move; and the
//! switch that ends every wait at once.
//! Never here: what is due when.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use newsprint_model::Time;

/// Tells the time and waits. Limits on a running request are real time and do not use it.
pub trait Clock: Send + Sync + fmt::Debug {
    /// The moment.
    fn now(&self) -> Time;
    /// Waits until the moment has come or the switch is thrown.
    fn sleep_until(&self, until: Time, stop: &Stop);
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Time {
        Time::now()
    }

    fn sleep_until(&self, until: Time, stop: &Stop) {
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

    fn sleep_until(&self, until: Time, _: &Stop) {
        self.move_to(until);
    }
}

/// A switch that is thrown once and wakes everybody who waits on it.
#[derive(Debug, Default)]
pub struct Stop {
    thrown: AtomicBool,
    gate: Mutex<()>,
    bell: Condvar,
    pub(super) runtime: tokio::sync::Notify,
}

impl Stop {
    /// Ends every wait, now and later.
    pub fn throw(&self) {
        self.thrown.store(true, Ordering::SeqCst);
        let _gate = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
        self.bell.notify_all();
        self.runtime.notify_waiters();
    }

    /// Whether it has been thrown.
    pub fn is_thrown(&self) -> bool {
        self.thrown.load(Ordering::SeqCst)
    }

    /// Waits so long, or until the switch is thrown.
    pub fn wait(&self, wait: Duration) {
        let gate = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
        drop(
            self.bell
                .wait_timeout_while(gate, wait, |()| !self.is_thrown()),
        );
    }
}
