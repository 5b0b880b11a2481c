//! Two counters that keep the whole client within bounds: requests under way, and large answers
//! held in memory.
//! Never here: HTTP.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::FetchError;
use super::clock::Stop;

/// So many at a time.
#[derive(Debug)]
pub(super) struct Places {
    free: Mutex<usize>,
    bell: Condvar,
}

/// A place taken; given back when dropped.
#[derive(Debug)]
pub(super) struct Place<'a>(&'a Places);

impl Places {
    pub(super) fn new(count: usize) -> Places {
        Places {
            free: Mutex::new(count.max(1)),
            bell: Condvar::new(),
        }
    }

    /// Waits for a place.
    pub(super) fn take(&self, stop: &Stop) -> Result<Place<'_>, FetchError> {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        while *free == 0 && !stop.is_thrown() {
            // The switch does not ring this bell, so look up now and then.
            free = self
                .bell
                .wait_timeout(free, Duration::from_millis(100))
                .map(|(free, _)| free)
                .unwrap_or_else(|poisoned| poisoned.into_inner().0);
        }
        if stop.is_thrown() {
            return Err(FetchError::Stopped);
        }
        *free -= 1;
        Ok(Place(self))
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.bell.notify_one();
    }
}
