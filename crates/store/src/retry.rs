//! Waiting for a store that another process is writing to, longer than the store itself does: what
//! has been fetched must not be lost to somebody's long pruning.
//! Never here: what is written.

use std::time::{Duration, Instant};

use super::{Result, StoreError};

/// How long the store may be busy before the step is given up.
const LONGEST: Duration = Duration::from_secs(60);

/// Between two tries, each of which waits by itself.
const PAUSE: Duration = Duration::from_millis(20);

/// Runs `step` again while the store is busy, for a minute at most or until `stopped` says so.
pub fn retry_while_busy<T>(
    stopped: impl Fn() -> bool,
    mut step: impl FnMut() -> Result<T>,
) -> Result<T> {
    let begun = Instant::now();
    loop {
        match step() {
            Err(StoreError::Busy) if begun.elapsed() < LONGEST && !stopped() => {
                std::thread::sleep(PAUSE);
            }
            other => return other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_store_is_tried_again_until_it_is_free_or_the_reader_stops() {
        let mut tries = 0;
        let came = retry_while_busy(
            || false,
            || {
                tries += 1;
                if tries < 4 {
                    Err(StoreError::Busy)
                } else {
                    Ok(tries)
                }
            },
        );
        assert!(matches!(came, Ok(4)), "{came:?}");
        let mut tries = 0;
        let came: Result<()> = retry_while_busy(
            || true,
            || {
                tries += 1;
                Err(StoreError::Busy)
            },
        );
        assert!(matches!(came, Err(StoreError::Busy)) && tries == 1);
        let came: Result<()> = retry_while_busy(|| false, || Err(StoreError::Full));
        assert!(matches!(came, Err(StoreError::Full)), "nothing to wait for");
    }
}
