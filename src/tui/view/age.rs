//! How old an article is, in the few cells that a list has for it. Never here: long dates.

use jiff::tz::TimeZone;
use newsprint_model::Time;

/// Lists of fewer cells say `3w` and `5mo` instead of `12 Jun`.
pub const NARROW: u16 = 60;

/// `now`, `3m`, `5h`, `Tue` within a week, `12 Jun` within ten months, else `2023`. In `narrow` lists weeks
/// and months instead of the date. What lies in the future has its date, or its time if that is today.
///
/// The age is that at `now`: the list is not drawn anew only because time passes.
pub fn age(time: Time, zone: &TimeZone, now: Time, narrow: bool) -> String {
    let seconds = now.duration_since(time).as_secs();
    let zoned = || time.to_zoned_datetime(zone.clone());
    let (minute, hour, day) = (60, 3600, 86_400);
    // A clock that is a little fast is no future.
    if seconds < -300 {
        let today = seconds > -day / 2;
        return match (today, narrow) {
            (true, true) => "soon".to_owned(),
            (true, false) => zoned().strftime("%H:%M").to_string(),
            (false, true) => zoned().strftime("%b").to_string(),
            (false, false) => zoned().strftime("%-d %b").to_string(),
        };
    }
    match seconds {
        ..60 => "now".to_owned(),
        _ if seconds < hour => format!("{}m", seconds / minute),
        _ if seconds < day => format!("{}h", seconds / hour),
        // Six days: on the seventh the weekday would be that of today.
        _ if seconds < 6 * day => zoned().strftime("%a").to_string(),
        _ if seconds >= 300 * day => zoned().strftime("%Y").to_string(),
        _ if !narrow => zoned().strftime("%-d %b").to_string(),
        _ if seconds < 7 * day => format!("{}d", seconds / day),
        _ if seconds < 60 * day => format!("{}w", seconds / (7 * day)),
        _ => format!("{}mo", seconds / (30 * day)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_say_no_more_than_is_needed() {
        let now: Time = "2024-06-12T12:00:00Z".parse().unwrap();
        let of = |text: &str, narrow| age(text.parse().unwrap(), &TimeZone::UTC, now, narrow);
        for (time, wide, narrow) in [
            ("2024-06-12T11:59:30Z", "now", "now"),
            ("2024-06-12T11:57:00Z", "3m", "3m"),
            ("2024-06-12T06:59:00Z", "5h", "5h"),
            ("2024-06-11T12:01:00Z", "23h", "23h"),
            ("2024-06-11T11:59:00Z", "Tue", "Tue"),
            ("2024-06-06T12:01:00Z", "Thu", "Thu"),
            ("2024-06-06T11:59:00Z", "6 Jun", "6d"),
            ("2024-05-12T08:00:00Z", "12 May", "4w"),
            ("2024-01-02T08:00:00Z", "2 Jan", "5mo"),
            ("2023-06-30T08:00:00Z", "2023", "2023"),
            ("0001-01-01T00:00:00Z", "0001", "0001"),
            ("2024-06-12T12:04:00Z", "now", "now"),
            ("2024-06-12T18:30:00Z", "18:30", "soon"),
            ("2024-07-01T00:00:00Z", "1 Jul", "Jul"),
        ] {
            let both = (of(time, false), of(time, true));
            assert_eq!(both, (wide.to_owned(), narrow.to_owned()));
        }
    }

    #[test]
    fn an_age_never_needs_more_cells_than_it_has() {
        let now: Time = "2024-06-12T12:00:00Z".parse().unwrap();
        for minutes in (-600_000..9_000_000_i64).step_by(977) {
            let time = Time::from_second(now.as_second() - minutes * 60).unwrap();
            for narrow in [false, true] {
                let text = age(time, &TimeZone::UTC, now, narrow);
                let room = if narrow { 4 } else { 6 };
                assert!(!text.is_empty() && text.len() <= room, "{text}");
            }
        }
    }
}
