//! How many requests may be under way at the same time, over all hosts.
//! Never here: HTTP.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::FetchError;
use super::clock::CancelToken;

/// So many requests at a time.
#[derive(Debug)]
pub(super) struct RequestPermits {
    free: Mutex<usize>,
    released: Condvar,
}

/// The right to have one request under way; released when dropped.
#[derive(Debug)]
pub(super) struct RequestPermit<'a>(&'a RequestPermits);

impl RequestPermits {
    pub(super) fn new(count: usize) -> RequestPermits {
        RequestPermits {
            free: Mutex::new(count.max(1)),
            released: Condvar::new(),
        }
    }

    /// Waits until fewer requests are under way than allowed.
    pub(super) fn acquire(&self, stop: &CancelToken) -> Result<RequestPermit<'_>, FetchError> {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        while *free == 0 && !stop.is_cancelled() {
            // The token does not notify this, so it is read now and then.
            free = self
                .released
                .wait_timeout(free, Duration::from_millis(100))
                .map(|(free, _)| free)
                .unwrap_or_else(|poisoned| poisoned.into_inner().0);
        }
        if stop.is_cancelled() {
            return Err(FetchError::Stopped);
        }
        *free -= 1;
        Ok(RequestPermit(self))
    }
}

impl Drop for RequestPermit<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.released.notify_one();
    }
}
