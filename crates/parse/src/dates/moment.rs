//! What a date says, as far as it says it, and what becomes of it.
//! Never here: how it is spelled.

use jiff::civil;
use jiff::tz::Offset;

use newsprint_model::Time;

/// A day, perhaps a time of day, perhaps a zone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Moment {
    pub date: civil::Date,
    pub time: Option<civil::Time>,
    pub zone: Option<Offset>,
}

/// One moment as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    /// Where no zone was given, UTC is assumed; where no time was, midnight.
    pub time: Time,
    /// RFC 3339 as far as it was given: `2024-06-12`, `2024-06-12T14:02:00`, `2024-06-12T14:02:00+04:00`.
    pub local: String,
    /// Whether a time of day was given.
    pub has_time: bool,
    /// Whether a zone was given.
    pub has_zone: bool,
    /// Whether it was said against the moment of the fetch.
    pub relative: bool,
}

impl Moment {
    pub(super) fn day(date: civil::Date) -> Moment {
        Moment {
            date,
            time: None,
            zone: None,
        }
    }

    /// A moment in UTC.
    pub(super) fn utc(time: Time) -> Moment {
        let moment = Offset::UTC.to_datetime(time);
        Moment {
            date: moment.date(),
            time: Some(moment.time()),
            zone: Some(Offset::UTC),
        }
    }

    pub(super) fn time(self) -> Option<Time> {
        let time = self.time.unwrap_or(civil::Time::midnight());
        self.zone
            .unwrap_or(Offset::UTC)
            .to_timestamp(self.date.to_datetime(time))
            .ok()
    }

    /// Whether this is what programs write where they know no date: the first or last day of their calendar,
    /// wherever on Earth it is read.
    pub(super) fn is_zero(self) -> bool {
        const FIRST: [(i16, i8, i8); 11] = [
            (1601, 1, 1),
            (1753, 1, 1),
            (1899, 12, 30),
            (1899, 12, 31),
            (1900, 1, 1),
            (1901, 12, 13),
            (1904, 1, 1),
            (1969, 12, 31),
            (1970, 1, 1),
            (2038, 1, 19),
            (9999, 12, 31),
        ];
        let day = (self.date.year(), self.date.month(), self.date.day());
        day.0 < 1600 || FIRST.contains(&day)
    }

    pub(super) fn written(self) -> Option<Written> {
        let whole = |time: civil::Time| time.with().subsec_nanosecond(0).build().unwrap_or(time);
        let local = match (self.time, self.zone) {
            (None, _) => self.date.to_string(),
            (Some(time), None) => self.date.to_datetime(whole(time)).to_string(),
            (Some(time), Some(zone)) => {
                format!("{}{}", self.date.to_datetime(whole(time)), suffix(zone))
            }
        };
        Some(Written {
            time: self.time()?,
            local,
            has_time: self.time.is_some(),
            has_zone: self.time.is_some() && self.zone.is_some(),
            relative: false,
        })
    }
}

/// `Z` or `+04:00`.
fn suffix(zone: Offset) -> String {
    let seconds = zone.seconds();
    if seconds == 0 {
        return "Z".to_owned();
    }
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}
