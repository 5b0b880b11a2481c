//! The machine's clock beside that of the servers: whether it can be believed, and what is put right after it was wrong.
//! Never here: what is due, SQL.

use super::{Outcome, OutletReport};
use newsprint_fetch::{Client, Clock};
use newsprint_model::{Keep, Time};
use newsprint_store::{AsOf, Store, StoreError, retry_while_busy};

/// A clock that differs by more than this from that of every server is wrong, in seconds.
const CLOCK_ERROR: i64 = 24 * 3600;

/// By how many seconds the clock was ahead of all servers' at the last refresh, while it was wrong.
const CLOCK_MEMO: &str = "clock-error";

/// Notes by how much the clock is wrong, and when it is right again, for `doctor` and for what is due.
pub(super) fn remember(client: &Client, store: &Store) -> Result<(), StoreError> {
    let Some(error) = client.clock_error() else {
        return Ok(());
    };
    let wrong = error.abs() > CLOCK_ERROR;
    if wrong || clock_error(store)?.is_some() {
        let error = if wrong { error } else { 0 };
        store.set_memo(CLOCK_MEMO, &error.to_le_bytes())?;
    }
    Ok(())
}

/// By how many seconds the clock was ahead of all servers' at the last refresh, where that is so much that the clock
/// was wrong; negative where it was behind.
pub fn clock_error(store: &Store) -> Result<Option<i64>, StoreError> {
    let bytes = store.memo(CLOCK_MEMO)?;
    let error = bytes.and_then(|bytes| Some(i64::from_le_bytes(bytes.try_into().ok()?)));
    Ok(error.filter(|error| *error != 0))
}

/// Whether the machine's clock agrees with any server's; `None` where none has said what time it is. By a
/// clock that is wrong nothing is removed for its age.
pub(super) fn plausible(client: &Client) -> Option<bool> {
    Some(client.clock_error()?.abs() <= CLOCK_ERROR)
}

/// Puts right when the articles of a refresh were first seen: those that came since `before`, by a clock that is wrong;
/// or, where the clock `was_ahead` of earlier visits and is right, those that are from the future.
pub(super) fn settle(
    store: &Store,
    client: &Client,
    clock: &dyn Clock,
    before: AsOf,
    was_ahead: bool,
    stopped: impl Fn() -> bool + Copy,
) -> Result<(), StoreError> {
    match client.clock_error() {
        // What came by a clock that is wrong was first seen at the time of the servers.
        Some(error) if error.abs() > CLOCK_ERROR => {
            let right = clock.now().as_second().saturating_sub(error);
            let right = Time::from_second(right).unwrap_or_default();
            retry_while_busy(stopped, || store.first_seen_since(before, right))?;
        }
        // Of outlets that were asked by a clock that was ahead, articles may be from the future.
        Some(_) if was_ahead => {
            retry_while_busy(stopped, || store.bring_back_future(clock.now()))?;
        }
        _ => {}
    }
    Ok(())
}

/// What is kept of outlets after this refresh: `keep`, without the limit of age where the clock cannot be believed.
pub(super) fn keep_now(keep: Keep, client: &Client, outlets: &[OutletReport]) -> Keep {
    let answered =
        |report: &OutletReport| matches!(report.outcome, Outcome::Updated | Outcome::Unchanged);
    match plausible(client) {
        Some(true) => keep,
        // Without a network nobody has said what time it is, and nothing came that needs the room.
        None if outlets.iter().any(answered) => keep,
        Some(false) | None => Keep { days: None, ..keep },
    }
}
