//! The lock that keeps two refreshes apart. It ends with the process, however that ends.
//! Never here: what a refresh does.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::{Options, RefreshError};
use newsprint_store::files;

/// A process that this one starts holds the lock too, from its fork to its exec: no reason to say
/// that another refresh is running.
const BLINK: Duration = Duration::from_millis(200);

/// Takes the lock, waiting as long as the options say.
pub(super) fn acquire(
    path: &Path,
    options: &Options,
    stop: &AtomicBool,
) -> Result<File, RefreshError> {
    let fail = |why: std::io::Error| RefreshError::Lock {
        path: path.display().to_string(),
        reason: why.to_string(),
        hint: files::hint(&why),
    };
    if let Some(folder) = path.parent() {
        files::create_folder(folder).map_err(fail)?;
    }
    let file = files::open_file(path).map_err(fail)?;
    let started = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::Error(why)) => return Err(fail(why)),
            Err(TryLockError::WouldBlock) if stop.load(Ordering::SeqCst) => {
                return Err(RefreshError::Interrupted);
            }
            Err(TryLockError::WouldBlock) if started.elapsed() < options.wait.max(BLINK) => {
                std::thread::sleep(Duration::from_millis(50));
            }
            Err(TryLockError::WouldBlock) => return Err(RefreshError::Busy),
        }
    }
}
