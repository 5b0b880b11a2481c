//! Dates as programs write them: ISO 8601 with its profiles and with parts missing, and seconds since 1970.
//! Never here: names of months, lines with something else in them.

use jiff::civil;
use jiff::tz::Offset;

use super::moment::Moment;
use super::{words, written};
use newsprint_model::Time;

/// A reader of fixed-width numbers.
struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    fn digits(&mut self, count: usize) -> Option<i64> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        let mut value = 0;
        for digit in digits {
            if !digit.is_ascii_digit() {
                return None;
            }
            value = value * 10 + i64::from(digit - b'0');
        }
        self.0 = rest;
        Some(value)
    }

    fn run_of_digits(&self) -> usize {
        self.0
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.0.first() == Some(&byte);
        if found {
            self.0 = &self.0[1..];
        }
        found
    }
}

/// ISO 8601 and its profiles: `2024-06-12T08:30:00.5+04:00`, `2024-06-12`, `2024-06`, `2024`, `20240612`,
/// `2024-164` (ordinal), and what people make of them (`2024-6-1 8:30`).
pub(super) fn iso(text: &str) -> Option<Moment> {
    let mut cursor = Cursor(text.as_bytes());
    let run = cursor.run_of_digits();
    let date = day(&mut cursor, run)?;
    let rest = std::str::from_utf8(cursor.0).ok()?;
    if rest.is_empty() {
        return Some(Moment::day(date));
    }
    let rest = if run == 14 {
        rest
    } else {
        rest.strip_prefix(['T', 't', ' ', '_'])?.trim_start()
    };
    let (clock, rest) = clock(rest)?;
    let (date, time) = written::at(date, clock)?;
    let zone = match rest.trim() {
        "" => None,
        zone => Some(
            offset(zone)
                .or_else(|| words::zone(&zone.to_ascii_lowercase(), true))
                .and_then(|minutes| Offset::from_seconds(minutes * 60).ok())
                .or_else(|| written::region(zone, date, time))?,
        ),
    };
    Some(Moment {
        date,
        time: Some(time),
        zone,
    })
}

/// The day that a text of digits and dashes begins with, `run` digits of them first.
fn day(cursor: &mut Cursor, run: usize) -> Option<civil::Date> {
    let (year, mut month, mut day);
    (month, day) = (1, 1);
    match run {
        4 => {
            year = cursor.digits(4)?;
            if cursor.take(b'-') {
                match cursor.run_of_digits() {
                    3 => return ordinal(year, cursor.digits(3)?),
                    run @ (1 | 2) => {
                        month = cursor.digits(run)?;
                        if cursor.take(b'-') {
                            let run = cursor.run_of_digits().min(2);
                            if run == 0 {
                                return None;
                            }
                            day = cursor.digits(run)?;
                        }
                    }
                    4 => {
                        month = cursor.digits(2)?;
                        day = cursor.digits(2)?;
                    }
                    _ => return None,
                }
            }
        }
        7 => return ordinal(cursor.digits(4)?, cursor.digits(3)?),
        8 | 14 => {
            year = cursor.digits(4)?;
            month = cursor.digits(2)?;
            day = cursor.digits(2)?;
        }
        6 => {
            // `200406` is a month, `031231` a day of a two-digit year; only one of them can be.
            let first = cursor.digits(4)?;
            let last = cursor.digits(2)?;
            if (1900..2100).contains(&first) && (1..=12).contains(&last) {
                (year, month) = (first, last);
            } else {
                (year, month, day) = (century(first / 100)?, first % 100, last);
            }
        }
        5 => return ordinal(century(cursor.digits(2)?)?, cursor.digits(3)?),
        2 => {
            year = century(cursor.digits(2)?)?;
            if !cursor.take(b'-') {
                return None;
            }
            match cursor.run_of_digits() {
                3 => return ordinal(year, cursor.digits(3)?),
                2 => {
                    month = cursor.digits(2)?;
                    if !cursor.take(b'-') || cursor.run_of_digits() != 2 {
                        return None;
                    }
                    day = cursor.digits(2)?;
                }
                _ => return None,
            }
        }
        _ => return None,
    }
    let year = i16::try_from(year).ok().filter(|year| *year >= 1)?;
    civil::Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

fn century(year: i64) -> Option<i64> {
    Some(words::full_year(year.try_into().ok()?, 2).into())
}

/// The day of a year by its number, from 1.
fn ordinal(year: i64, day: i64) -> Option<civil::Date> {
    let date = civil::Date::new(year.try_into().ok()?, 1, 1).ok()?;
    if year < 1 || !(1..=i64::from(date.days_in_year())).contains(&day) {
        return None;
    }
    date.checked_add(jiff::Span::new().days(day - 1)).ok()
}

/// Seconds since 1970, or thousandths of them; nine digits begin in 1973.
pub(super) fn epoch(text: &str, shortest: usize) -> Option<Time> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || whole.len() < shortest {
        return None;
    }
    match whole.len() {
        9 | 10 => Time::from_second(whole.parse().ok()?).ok(),
        13 => Time::from_millisecond(whole.parse().ok()?).ok(),
        _ => None,
    }
}

/// `8:30`, `08:30:15.25`, `083015`, `08`: hour, minute, second and nanosecond, and what follows them.
fn clock(text: &str) -> Option<([u32; 4], &str)> {
    let mut cursor = Cursor(text.as_bytes());
    let run = cursor.run_of_digits();
    let mut clock = [0_i64; 4];
    match run {
        1 | 2 => {
            clock[0] = cursor.digits(run)?;
            for (unit, part) in clock.iter_mut().enumerate().take(3).skip(1) {
                let before = cursor.0;
                if !(cursor.take(b':') || (unit == 1 && cursor.take(b'.'))) {
                    break;
                }
                let run = cursor.run_of_digits().min(2);
                if run == 0 {
                    cursor.0 = before;
                    break;
                }
                *part = cursor.digits(run)?;
            }
        }
        4 | 6 => {
            clock[0] = cursor.digits(2)?;
            clock[1] = cursor.digits(2)?;
            if run == 6 {
                clock[2] = cursor.digits(2)?;
            }
        }
        _ => return None,
    }
    if cursor.take(b'.') || cursor.take(b',') {
        let run = cursor.run_of_digits();
        let mut scale = 100_000_000;
        for digit in &cursor.0[..run] {
            clock[3] += i64::from(digit - b'0') * scale;
            scale /= 10;
        }
        cursor.0 = &cursor.0[run..];
    }
    let rest = std::str::from_utf8(cursor.0).ok()?;
    let mut parts = [0; 4];
    for (part, value) in parts.iter_mut().zip(clock) {
        *part = value.try_into().ok()?;
    }
    Some((parts, rest))
}

/// `+0400`, `+04:00`, `-4`, `+04:00:00`, with a zone's name before it (`GMT+1`, `UTC+04:00`): minutes east of Greenwich.
fn offset(text: &str) -> Option<i32> {
    let text = text
        .strip_prefix("GMT")
        .or_else(|| text.strip_prefix("UTC"))
        .unwrap_or(text);
    let mut chars = text.chars();
    let sign = match chars.next()? {
        '+' => 1,
        '-' | '\u{2212}' => -1,
        _ => return None,
    };
    let mut cursor = Cursor(chars.as_str().as_bytes());
    let run = cursor.run_of_digits();
    let (hours, minutes) = match run {
        1 | 2 => {
            let hours = cursor.digits(run)?;
            let minutes = if cursor.take(b':') || cursor.take(b'.') {
                cursor.digits(2)?
            } else {
                0
            };
            (hours, minutes)
        }
        3 => (cursor.digits(1)?, cursor.digits(2)?),
        4 => (cursor.digits(2)?, cursor.digits(2)?),
        _ => return None,
    };
    let seconds = cursor.0.is_empty() || (cursor.take(b':') && cursor.digits(2).is_some());
    if !seconds || !cursor.0.is_empty() || hours > 15 || minutes >= 60 {
        return None;
    }
    Some(sign * i32::try_from(hours * 60 + minutes).ok()?)
}
