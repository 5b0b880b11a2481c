//! What the system says where a process or a disk has reached a limit, for all who meet it.
//! Never here: meeting it.

use std::io::{Error, ErrorKind};

/// What to do where [`is_own_limit`].
pub const RAISE_LIMIT: &str = "raise the limit (`ulimit -n`)";

/// Whether this process, or the system, may not have more files and sockets open (`EMFILE` and `ENFILE` on every Unix):
/// no fault of the file's, nor of a server's.
pub fn is_own_limit(why: &Error) -> bool {
    matches!(why.raw_os_error(), Some(23 | 24))
}

/// Whether there is no room for a file, on the disk or by the limits of whoever writes it.
pub fn is_full(why: &Error) -> bool {
    matches!(
        why.kind(),
        ErrorKind::FileTooLarge | ErrorKind::QuotaExceeded | ErrorKind::StorageFull
    )
}
