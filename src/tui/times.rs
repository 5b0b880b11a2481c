//! Times as the reader shows them: ages in lists, dates and clocks everywhere else. Never here: reading dates.

use jiff::ZonedDateTime;
use jiff::tz::TimeZone;
use newsprint_html::safe_text;
use newsprint_model::Time;

/// What a time is shown by.
#[derive(Debug, Clone, Copy)]
pub struct Times<'a> {
    /// The reader's zone.
    pub zone: &'a TimeZone,
    /// The present.
    pub now: Time,
    /// `date_format` of the config; empty is automatic.
    pub format: &'a str,
}

impl Times<'_> {
    fn zoned(&self, time: Time) -> ZonedDateTime {
        time.to_zoned_datetime(self.zone.clone())
    }

    /// `now`, `3m`, `5h`, `Tue` within a week, `12 Jun` within ten months, else `2023`: at most 6 cells. If `short`,
    /// weeks and months instead of the date, at most 4 cells. What lies in the future has its date, or its time
    /// if that is today.
    ///
    /// The age is that at `now`: the list is not drawn anew only because time passes.
    pub fn age(&self, time: Time, short: bool) -> String {
        let seconds = self.now.duration_since(time).as_secs();
        let zoned = || self.zoned(time);
        let (minute, hour, day) = (60, 3600, 86_400);
        // A clock that is a little fast does not make a future date.
        if seconds < -300 {
            let today = seconds > -day / 2;
            return match (today, short) {
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
            _ if !short => zoned().strftime("%-d %b").to_string(),
            _ if seconds < 7 * day => format!("{}d", seconds / day),
            _ if seconds < 60 * day => format!("{}w", seconds / (7 * day)),
            _ => format!("{}mo", seconds / (30 * day)),
        }
    }

    /// A date as lists show it: by `date_format`, else the time of today, day and month of the last ten months, else
    /// month and year, so that in January the news of December still has its day.
    pub fn date(&self, time: Time) -> String {
        let zoned = self.zoned(time);
        if !self.format.is_empty() {
            return jiff::fmt::strtime::format(self.format, &zoned)
                .map(|text| safe_text::line(&text))
                .unwrap_or_else(|_| zoned.strftime("%Y-%m-%d").to_string());
        }
        let format = if zoned.date() == self.zoned(self.now).date() {
            "%H:%M"
        } else if self.now.duration_since(time).as_hours().abs() < 24 * 300 {
            "%e %b"
        } else {
            "%b %Y"
        };
        zoned.strftime(format).to_string()
    }

    /// `14:02` today, `12 Jun 14:02` this year, else `12 Jun 2024 14:02`.
    pub fn clock(&self, time: Time) -> String {
        let (zoned, today) = (self.zoned(time), self.zoned(self.now));
        let format = if zoned.date() == today.date() {
            "%H:%M"
        } else if zoned.year() == today.year() {
            "%-d %b %H:%M"
        } else {
            "%-d %b %Y %H:%M"
        };
        zoned.strftime(format).to_string()
    }

    /// `12 Jun 2024, 14:02`, and the zone's name when it is not the one of today.
    pub fn full(&self, time: Time) -> String {
        let zoned = self.zoned(time);
        let mut text = zoned.strftime("%-d %b %Y, %H:%M").to_string();
        if zoned.offset() != self.zoned(self.now).offset() {
            text.push_str(&zoned.strftime(" %Z").to_string());
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(now: &str) -> Times<'static> {
        static UTC: TimeZone = TimeZone::UTC;
        Times {
            zone: &UTC,
            now: now.parse().unwrap(),
            format: "",
        }
    }

    #[test]
    fn ages_say_no_more_than_is_needed() {
        let times = times("2024-06-12T12:00:00Z");
        let of = |text: &str, short| times.age(text.parse().unwrap(), short);
        for (time, wide, short) in [
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
            assert_eq!(both, (wide.to_owned(), short.to_owned()));
        }
    }

    #[test]
    fn an_age_never_needs_more_cells_than_it_has() {
        let times = times("2024-06-12T12:00:00Z");
        for minutes in (-600_000..9_000_000_i64).step_by(977) {
            let time = Time::from_second(times.now.as_second() - minutes * 60).unwrap();
            for short in [false, true] {
                let text = times.age(time, short);
                let room = if short { 4 } else { 6 };
                assert!(!text.is_empty() && text.len() <= room, "{text}");
            }
        }
    }

    #[test]
    fn dates_say_no_more_than_is_needed() {
        let times = times("2024-06-12T12:00:00Z");
        let date = |text: &str| times.date(text.parse().unwrap());
        assert_eq!(date("2024-06-12T08:05:00Z"), "08:05");
        assert_eq!(date("2024-01-02T08:05:00Z"), " 2 Jan");
        assert_eq!(date("2023-01-02T08:05:00Z"), "Jan 2023");
        let odd = Times {
            format: "%Q%",
            ..times
        };
        assert_eq!(odd.date(times.now), "2024-06-12");
        let clock = |text: &str| times.clock(text.parse().unwrap());
        assert_eq!(clock("2024-06-12T08:05:00Z"), "08:05");
        assert_eq!(clock("2024-01-02T08:05:00Z"), "2 Jan 08:05");
        assert_eq!(clock("2023-12-30T08:05:00Z"), "30 Dec 2023 08:05");
    }

    #[test]
    fn a_date_says_its_zone_when_that_is_not_the_one_of_today() {
        let times = Times {
            zone: &TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap(),
            ..times("2024-06-12T12:00:00Z")
        };
        let full = |time: &str| times.full(time.parse().unwrap());
        assert_eq!(full("2024-06-11T22:30:00Z"), "12 Jun 2024, 00:30");
        assert_eq!(full("2024-01-11T22:30:00Z"), "11 Jan 2024, 23:30 CET");
    }
}
