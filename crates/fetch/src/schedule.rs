//! When an outlet may be asked again: what its headers and its feed ask for, the reader's interval,
//! backoff after failures. Pure: the moment is handed in.
//! Never here: sending, waiting, the clock.

use std::time::Duration;

use newsprint_model::Time;

/// What max-age, Expires and ttl can ask for at most. Publishers do send a day; what asks for more
/// (NetNewsWire met 16 years) is a mistake, and the outlet would never be read again.
pub const LONGEST_FRESH: Duration = Duration::from_secs(24 * 3600);

/// What Retry-After can ask for at most; longer is as good as an outlet lost without a word.
pub const LONGEST_RETRY: Duration = Duration::from_secs(31 * 24 * 3600);

/// The longest backoff after failures.
pub const LONGEST_BACKOFF: Duration = Duration::from_secs(24 * 3600);

/// No rule puts the next fetch further ahead than this from the last one, beside the reader's own interval:
/// a day of freshness or of backoff, then a week and a day of skipped hours and days.
pub const LONGEST_REST: Duration = Duration::from_secs(10 * 24 * 3600);

/// Cron starts a second earlier or later; an hourly cron and an interval of an hour must meet.
/// Only the reader's own interval gives way by this much, never what an outlet asks for.
pub fn slack(interval: Duration) -> Duration {
    (interval / 20).min(Duration::from_secs(60))
}

/// What a source asks for by itself, apart from headers (RSS 2.0 `ttl`, `skipHours`, `skipDays`).
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct ScheduleHints {
    /// `<ttl>`, minutes.
    pub ttl_minutes: Option<u32>,
    /// Hours of the day without news, 0 to 23, GMT.
    pub skip_hours: Vec<u8>,
    /// Days of the week without news, 0 = Monday, GMT.
    pub skip_days: Vec<u8>,
}

/// The moment after a good answer before which the source is not asked again: the reader's
/// interval counted from `started` (the beginning of the refresh), and what the outlet asks for
/// counted from `answered`, whichever is later; then past the hours and days it skips.
pub fn after_success(
    started: Time,
    answered: Time,
    interval: Duration,
    fresh_for: Option<Duration>,
    hints: &ScheduleHints,
) -> Time {
    let own = add(started, interval.saturating_sub(slack(interval)));
    past_skipped(own.max(asked_until(answered, fresh_for, hints)), hints)
}

/// Until when the outlet itself, by its headers and its feed, asks not to be asked again.
pub fn asked_until(answered: Time, fresh_for: Option<Duration>, hints: &ScheduleHints) -> Time {
    let ttl = hints
        .ttl_minutes
        .map(|minutes| Duration::from_secs(u64::from(minutes) * 60));
    let asked = fresh_for.max(ttl).unwrap_or_default().min(LONGEST_FRESH);
    add(answered, asked)
}

/// The moment after the `failures`-th failure in a row (1 is the first): the interval, doubled with
/// each, at most [`LONGEST_BACKOFF`] (or the interval where that is longer). `jitter` (0 to 1)
/// lengthens it by up to a tenth, so that outlets that failed together do not come back together.
pub fn after_failure(now: Time, interval: Duration, failures: u32, jitter: f64) -> Time {
    // An interval of nothing still must not hammer a server that is down.
    let first = interval.max(Duration::from_secs(60));
    let doubled = first.saturating_mul(1 << failures.saturating_sub(1).min(16));
    let wait = doubled.min(LONGEST_BACKOFF.max(interval));
    add(now, wait + wait.mul_f64(0.1 * jitter.clamp(0.0, 1.0)))
}

/// Retry-After as a moment, clamped to [`LONGEST_RETRY`]; never before `now`.
pub fn retry_at(now: Time, until: Time) -> Time {
    until.clamp(now, add(now, LONGEST_RETRY))
}

/// Moves past the hours and days on which the source says it has nothing (GMT). A source that
/// skips everything is not believed.
pub fn past_skipped(from: Time, hints: &ScheduleHints) -> Time {
    if hints.skip_hours.is_empty() && hints.skip_days.is_empty() {
        return from;
    }
    let mut at = from;
    // A week and a day of hours: longer than any pattern of days and hours.
    for _ in 0..=8 * 24 {
        let gmt = at.to_zoned_datetime(jiff::tz::TimeZone::UTC);
        let hour = gmt.hour() as u8;
        let day = gmt.weekday().to_monday_zero_offset() as u8;
        if !hints.skip_hours.contains(&hour) && !hints.skip_days.contains(&day) {
            return at;
        }
        let second = at.as_second();
        let next_hour = second - second.rem_euclid(3600) + 3600;
        match Time::from_second(next_hour) {
            Ok(next) => at = next,
            Err(_) => return from,
        }
    }
    from
}

/// `at` and so much later; the end of time where that cannot be told.
pub fn add(at: Time, wait: Duration) -> Time {
    at.checked_add(wait).unwrap_or(Time::MAX)
}

/// How long an answer holds: `max-age` less `Age`, else `Expires` less `Date` (RFC 9111 section
/// 4.2; `s-maxage` is for shared caches). `no-cache` and `no-store` say that it does not hold.
pub fn fresh_for(
    cache_control: &str,
    age: Option<&str>,
    expires: Option<&str>,
    date: Option<&str>,
    now: Time,
) -> Option<Duration> {
    let mut max_age = None;
    for directive in cache_control.split(',') {
        let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
        match name.trim().to_ascii_lowercase().as_str() {
            "no-cache" | "no-store" => return Some(Duration::ZERO),
            "max-age" if max_age.is_none() => max_age = seconds(value.trim().trim_matches('"')),
            _ => {}
        }
    }
    if let Some(max_age) = max_age {
        let age = age.and_then(|age| seconds(age.trim())).unwrap_or(0);
        return Some(Duration::from_secs(max_age.saturating_sub(age)));
    }
    // `Expires: 0` and other things that are no date mean: at once (RFC 9111 section 5.3).
    let expires = expires?;
    let Some(expires) = http_date(expires) else {
        return Some(Duration::ZERO);
    };
    let from = date.and_then(http_date).unwrap_or(now);
    Some(Duration::try_from(expires.duration_since(from)).unwrap_or_default())
}

/// Retry-After: seconds or a date (RFC 9110 section 10.2.3).
pub fn retry_after(value: &str, now: Time) -> Option<Time> {
    let value = value.trim();
    match seconds(value) {
        Some(wait) => Some(add(now, Duration::from_secs(wait))),
        None => http_date(value),
    }
}

/// A number of seconds; what is too large to be counted counts as the largest (RFC 9111 section
/// 1.2.2).
fn seconds(text: &str) -> Option<u64> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(text.parse::<u64>().unwrap_or(u64::MAX).min(1 << 31))
}

/// A date as HTTP writes it (RFC 9110 section 5.6.7).
pub(super) fn http_date(text: &str) -> Option<Time> {
    Time::try_from(httpdate::parse_http_date(text.trim()).ok()?).ok()
}
