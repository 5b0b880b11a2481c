//! The machine's clock beside that of the servers: whether it can be believed, and what is put right after it was wrong.
//! Never here: what is due, SQL.

use super::{Outcome, OutletReport};
use newsprint_fetch::Clock;
use newsprint_model::{Keep, Time};
use newsprint_store::{AsOf, Store, StoreError, retry_while_busy};

/// A clock that differs by more than this from that of every server is wrong, in seconds.
const CLOCK_ERROR: i64 = 24 * 3600;

/// By how many seconds the clock was ahead of all servers' at the last refresh, while it was wrong.
const CLOCK_MEMO: &str = "clock-error";

/// When a server last confirmed the clock, in seconds.
const CONFIRMED_MEMO: &str = "clock-confirmed";

/// Seconds after which [`CONFIRMED_MEMO`] is written again.
const CONFIRM_AGAIN: i64 = 3600;

/// A clock that no server has confirmed for longer than this is not believed where articles would go, in seconds.
const UNCONFIRMED: i64 = 7 * 24 * 3600;

/// Why the clock is not believed where articles would go for their age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockDoubt {
    /// Seconds that it was ahead of the servers' at the last refresh.
    Ahead(i64),
    /// Seconds, by it, since a server last confirmed it.
    Unconfirmed(i64),
}

/// The moment by which age is told when articles are pruned by hand, without a server to say what time it is; or why
/// the clock is not believed.
pub fn prune_time(store: &Store, now: Time) -> Result<Result<Time, ClockDoubt>, StoreError> {
    if let Some(error) = clock_error(store)?.filter(|error| *error > 0) {
        return Ok(Err(ClockDoubt::Ahead(error)));
    }
    let confirmed = confirmed(store)?;
    let health = store.health()?;
    let asked = health.iter().filter_map(|outlet| outlet.last_success).max();
    let Some(last) = confirmed.or(asked.map(Time::as_second)) else {
        // Nothing has been refreshed yet: there is nothing to compare it with.
        return Ok(Ok(now));
    };
    let since = now.as_second().saturating_sub(last);
    if since > UNCONFIRMED {
        return Ok(Err(ClockDoubt::Unconfirmed(since)));
    }
    Ok(Ok(match confirmed {
        Some(_) => now,
        // As in a refresh: no server has said what time it is, but articles have dates.
        None => store.newest_date(now)?.unwrap_or(now),
    }))
}

fn confirmed(store: &Store) -> Result<Option<i64>, StoreError> {
    let bytes = store.memo(CONFIRMED_MEMO)?;
    Ok(bytes.and_then(|bytes| Some(i64::from_le_bytes(bytes.try_into().ok()?))))
}

/// Notes by how much the clock is wrong, and when it is right again, for `doctor` and for what is due.
/// `error` is by how many seconds it differs from the servers', where one has said what time it is.
pub(super) fn remember(error: Option<i64>, store: &Store, now: Time) -> Result<(), StoreError> {
    let Some(error) = error else {
        return Ok(());
    };
    let wrong = !is_plausible(error);
    let now = now.as_second();
    let known = confirmed(store)?;
    if !wrong && known.is_none_or(|at| at > now || now - at > CONFIRM_AGAIN) {
        store.set_memo(CONFIRMED_MEMO, &now.to_le_bytes())?;
    }
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

/// Whether a clock that differs from the servers' by `error` seconds may be right.
fn is_plausible(error: i64) -> bool {
    error.abs() <= CLOCK_ERROR
}

/// Puts right when the articles of a refresh were first seen: those that came since `before`, by a clock that is wrong;
/// or, where the clock `was_ahead` of earlier visits and is right, those that are from the future.
pub(super) fn settle(
    store: &Store,
    error: Option<i64>,
    clock: &dyn Clock,
    before: AsOf,
    was_ahead: bool,
    stopped: impl Fn() -> bool + Copy,
) -> Result<(), StoreError> {
    match error {
        // What came by a clock that is wrong was first seen at the time of the servers.
        Some(error) if !is_plausible(error) => {
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

/// What is kept of outlets after this refresh, and the moment by which age is told: `keep`, without the limit of age
/// where the clock cannot be believed.
pub(super) fn keep_now(
    keep: Keep,
    error: Option<i64>,
    store: &Store,
    clock: &dyn Clock,
    outlets: &[OutletReport],
) -> Result<(Keep, Time), StoreError> {
    let (now, without_days) = (clock.now(), Keep { days: None, ..keep });
    let answered =
        |report: &OutletReport| matches!(report.outcome, Outcome::Updated | Outcome::Unchanged);
    Ok(match error.map(is_plausible) {
        Some(true) => (keep, now),
        // No server has said what time it is, but articles have dates: none is older than it is beside the newest.
        None if keep.days.is_some() && outlets.iter().any(answered) => {
            match store.newest_date(now)? {
                Some(newest) => (keep, newest),
                None => (without_days, now),
            }
        }
        // Without a network nothing came that needs the room.
        Some(false) | None => (without_days, now),
    })
}
