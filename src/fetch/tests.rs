//! The pure rules of fetch: schedules, headers, redirects, private addresses.

use std::time::Duration;

use super::schedule::{self, Wishes};
use crate::news::Time;

fn at(text: &str) -> Time {
    text.parse().unwrap()
}

#[test]
fn retry_after_is_seconds_or_a_date() {
    let now = at("2026-03-01T10:00:00Z");
    assert_eq!(
        schedule::retry_after("120", now),
        Some(at("2026-03-01T10:02:00Z"))
    );
    assert_eq!(
        schedule::retry_after("Sun, 01 Mar 2026 12:00:00 GMT", now),
        Some(at("2026-03-01T12:00:00Z"))
    );
    assert_eq!(schedule::retry_after("soon", now), None);
}

#[test]
fn freshness_prefers_max_age_to_expires() {
    let now = at("2026-03-01T10:00:00Z");
    let fresh = |control, age, expires, date| schedule::fresh_for(control, age, expires, date, now);
    let seconds = |n| Some(Duration::from_secs(n));
    let late = Some("Sun, 01 Mar 2026 12:00:00 GMT");
    assert_eq!(fresh("public, max-age=600", None, late, None), seconds(600));
    assert_eq!(fresh("max-age=600", Some("200"), None, None), seconds(400));
    assert_eq!(fresh("", None, late, None), seconds(7200));
    let date = Some("Sun, 01 Mar 2026 11:00:00 GMT");
    assert_eq!(fresh("", None, late, date), seconds(3600));
    assert_eq!(fresh("", None, Some("0"), None), seconds(0));
    assert_eq!(fresh("no-cache, max-age=600", None, None, None), seconds(0));
    assert_eq!(fresh("s-maxage=600", None, None, None), None);
}

#[test]
fn sixteen_years_of_freshness_are_not_believed() {
    let now = at("2026-03-01T10:00:00Z");
    let years = Some(Duration::from_secs(16 * 365 * 86_400));
    let next = schedule::after_success(
        now,
        now,
        Duration::from_secs(3600),
        years,
        &Wishes::default(),
    );
    assert_eq!(next, at("2026-03-02T10:00:00Z"));
}

#[test]
fn skipped_hours_and_days_are_waited_out() {
    // 2026-03-01 is a Sunday.
    let wishes = Wishes {
        skip_hours: vec![0, 1, 2],
        skip_days: vec![6],
        ..Wishes::default()
    };
    assert_eq!(
        schedule::past_skipped(at("2026-03-01T10:30:00Z"), &wishes),
        at("2026-03-02T03:00:00Z")
    );
    let everything = Wishes {
        skip_days: (0..7).collect(),
        ..Wishes::default()
    };
    let now = at("2026-03-01T10:30:00Z");
    assert_eq!(schedule::past_skipped(now, &everything), now);
}

#[test]
fn backoff_doubles_up_to_a_day() {
    let now = at("2026-03-01T00:00:00Z");
    let hour = Duration::from_secs(3600);
    let wait = |failures| {
        schedule::after_failure(now, hour, failures, 0.0)
            .duration_since(now)
            .as_secs()
    };
    assert_eq!([wait(1), wait(2), wait(3)], [3600, 7200, 14_400]);
    assert_eq!(wait(40), 86_400);
}
