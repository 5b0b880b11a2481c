//! The dates that feeds carry, in every spelling a person could read, to [`Time`].
//! Never here: the clock (no spelling is completed from today's date), time zone databases.

use jiff::civil;
use jiff::tz::Offset;

use newsprint_model::{Time, fold};

/// Longer texts are not dates.
const LONGEST: usize = 100;

/// More parts than any spelling has.
const MOST_PARTS: usize = 16;

/// Reads a date: RFC 3339, W3CDTF and ISO 8601 with parts missing, RFC 822 and what is meant by it, asctime, spelled
/// out dates in the languages of [`MONTHS`], Korean, and seconds since 1970. Without a zone it is UTC.
pub(crate) fn parse(text: &str) -> Option<Time> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    iso(text).or_else(|| epoch(text)).or_else(|| free(text))
}

/// A date in its parts, before it is checked.
#[derive(Default, Clone, Copy)]
struct Parts {
    year: i64,
    month: i64,
    day: i64,
    clock: Clock,
    offset_minutes: i64,
}

#[derive(Default, Clone, Copy)]
struct Clock {
    hour: i64,
    minute: i64,
    second: i64,
    nanosecond: i64,
}

impl Parts {
    fn time(self) -> Option<Time> {
        let date = civil::Date::new(
            self.year.try_into().ok()?,
            self.month.try_into().ok()?,
            self.day.try_into().ok()?,
        )
        .ok()?;
        let Clock {
            hour,
            minute,
            second,
            nanosecond,
        } = self.clock;
        // 24:00 is the end of the day (ISO 8601); a leap second is counted as the one before.
        let (date, hour) = match hour {
            24 if minute == 0 && second == 0 => (date.tomorrow().ok()?, 0),
            hour => (date, hour),
        };
        let time = civil::Time::new(
            hour.try_into().ok()?,
            minute.try_into().ok()?,
            second
                .min(if second == 60 { 59 } else { second })
                .try_into()
                .ok()?,
            nanosecond.try_into().ok()?,
        )
        .ok()?;
        if self.offset_minutes.abs() > 24 * 60 {
            return None;
        }
        let offset = Offset::from_seconds((self.offset_minutes * 60).try_into().ok()?).ok()?;
        offset.to_timestamp(date.to_datetime(time)).ok()
    }
}

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
fn iso(text: &str) -> Option<Time> {
    let mut cursor = Cursor(text.as_bytes());
    let mut parts = Parts {
        month: 1,
        day: 1,
        ..Parts::default()
    };
    let run = cursor.run_of_digits();
    match run {
        4 => {
            parts.year = cursor.digits(4)?;
            if cursor.take(b'-') {
                match cursor.run_of_digits() {
                    3 => ordinal(&mut parts, cursor.digits(3)?)?,
                    run @ (1 | 2) => {
                        parts.month = cursor.digits(run)?;
                        if cursor.take(b'-') {
                            let run = cursor.run_of_digits().min(2);
                            if run == 0 {
                                return None;
                            }
                            parts.day = cursor.digits(run)?;
                        }
                    }
                    4 => {
                        parts.month = cursor.digits(2)?;
                        parts.day = cursor.digits(2)?;
                    }
                    _ => return None,
                }
            }
        }
        7 => {
            parts.year = cursor.digits(4)?;
            ordinal(&mut parts, cursor.digits(3)?)?;
        }
        8 | 14 => {
            parts.year = cursor.digits(4)?;
            parts.month = cursor.digits(2)?;
            parts.day = cursor.digits(2)?;
        }
        6 => {
            // `200406` is a month, `031231` a day of a two-digit year; only one of them can be.
            let first = cursor.digits(4)?;
            let last = cursor.digits(2)?;
            if (1900..2100).contains(&first) && (1..=12).contains(&last) {
                (parts.year, parts.month) = (first, last);
            } else {
                (parts.year, parts.month, parts.day) =
                    (full_year(first / 100, 2), first % 100, last);
            }
        }
        5 => {
            let year = cursor.digits(2)?;
            parts.year = full_year(year, 2);
            ordinal(&mut parts, cursor.digits(3)?)?;
        }
        2 => {
            parts.year = full_year(cursor.digits(2)?, 2);
            if !cursor.take(b'-') {
                return None;
            }
            match cursor.run_of_digits() {
                3 => ordinal(&mut parts, cursor.digits(3)?)?,
                2 => {
                    parts.month = cursor.digits(2)?;
                    if !cursor.take(b'-') || cursor.run_of_digits() != 2 {
                        return None;
                    }
                    parts.day = cursor.digits(2)?;
                }
                _ => return None,
            }
        }
        _ => return None,
    }
    if !(1..=9999).contains(&parts.year) {
        return None;
    }

    let rest = std::str::from_utf8(cursor.0).ok()?;
    if rest.is_empty() {
        return parts.time();
    }
    let rest = if run == 14 {
        rest
    } else {
        rest.strip_prefix(['T', 't', ' ', '_'])?.trim_start()
    };
    let (clock, rest) = clock(rest)?;
    parts.clock = clock;
    parts.offset_minutes = match rest.trim() {
        "" => 0,
        zone => offset(zone).or_else(|| named_zone(zone))?,
    };
    parts.time()
}

fn ordinal(parts: &mut Parts, day: i64) -> Option<()> {
    let date = civil::Date::new(parts.year.try_into().ok()?, 1, 1).ok()?;
    if !(1..=date.days_in_year().into()).contains(&day) {
        return None;
    }
    let date = date.checked_add(jiff::Span::new().days(day - 1)).ok()?;
    parts.month = date.month().into();
    parts.day = date.day().into();
    Some(())
}

/// Seconds since 1970, or thousandths of them; nine digits begin in 1973.
fn epoch(text: &str) -> Option<Time> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if !whole
        .bytes()
        .chain(fraction.bytes())
        .all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    match whole.len() {
        9 | 10 => Time::from_second(whole.parse().ok()?).ok(),
        13 => Time::from_millisecond(whole.parse().ok()?).ok(),
        _ => None,
    }
}

/// A two-digit year is of the century that RFC 2822 says; three digits count from 1900 (a C programmer's habit).
fn full_year(year: i64, digits: usize) -> i64 {
    match digits {
        1 | 2 if year < 50 => 2000 + year,
        1..=3 => 1900 + year,
        _ => year,
    }
}

/// `8:30`, `08:30:15.25`, `083015`, `08`: the clock, and what follows it.
fn clock(text: &str) -> Option<(Clock, &str)> {
    let mut cursor = Cursor(text.as_bytes());
    let mut clock = Clock::default();
    let run = cursor.run_of_digits();
    match run {
        1 | 2 => {
            clock.hour = cursor.digits(run)?;
            for unit in 0..2 {
                let before = cursor.0;
                if !(cursor.take(b':') || (unit == 0 && cursor.take(b'.'))) {
                    break;
                }
                let run = cursor.run_of_digits().min(2);
                if run == 0 {
                    cursor.0 = before;
                    break;
                }
                let value = cursor.digits(run)?;
                if unit == 0 {
                    clock.minute = value;
                } else {
                    clock.second = value;
                }
            }
        }
        4 | 6 => {
            clock.hour = cursor.digits(2)?;
            clock.minute = cursor.digits(2)?;
            if run == 6 {
                clock.second = cursor.digits(2)?;
            }
        }
        _ => return None,
    }
    if cursor.take(b'.') || cursor.take(b',') {
        let run = cursor.run_of_digits();
        let mut scale = 100_000_000;
        for digit in &cursor.0[..run] {
            clock.nanosecond += i64::from(digit - b'0') * scale;
            scale /= 10;
        }
        cursor.0 = &cursor.0[run..];
    }
    let rest = std::str::from_utf8(cursor.0).ok()?;
    Some((clock, rest))
}

/// `+0400`, `+04:00`, `-4`, `+04:00:00`, with a zone's name before it (`GMT+1`, `UTC+04:00`): minutes east of Greenwich.
fn offset(text: &str) -> Option<i64> {
    let text = text
        .strip_prefix("GMT")
        .or_else(|| text.strip_prefix("UTC"))
        .unwrap_or(text);
    let (sign, digits) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => {
            return text
                .strip_prefix('\u{2212}')
                .and_then(hours_and_minutes)
                .map(|minutes| -minutes);
        }
    };
    Some(sign * hours_and_minutes(digits)?)
}

fn hours_and_minutes(text: &str) -> Option<i64> {
    let mut cursor = Cursor(text.as_bytes());
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
    (seconds && cursor.0.is_empty() && hours <= 15 && minutes < 60).then_some(hours * 60 + minutes)
}

/// Names of zones, minutes east of Greenwich. Of those that name several (`CST`, `IST`, `BST`), the one that RFC 822
/// or the larger press means.
#[rustfmt::skip]
fn named_zone(text: &str) -> Option<i64> {
    const ZONES: &[(&str, i64)] = &[
        ("UT", 0), ("UTC", 0), ("GMT", 0), ("Z", 0), ("WET", 0),
        ("EST", -300), ("EDT", -240), ("ET", -300), ("CST", -360), ("CDT", -300), ("CT", -360),
        ("MST", -420), ("MDT", -360), ("MT", -420), ("PST", -480), ("PDT", -420), ("PT", -480),
        ("AST", -240), ("ADT", -180), ("AT", -240), ("NST", -210), ("NDT", -150),
        ("AKST", -540), ("AKDT", -480), ("HST", -600), ("BRT", -180), ("ART", -180),
        ("BST", 60), ("WEST", 60), ("CET", 60), ("CEST", 120), ("MET", 60), ("MEST", 120), ("MEZ", 60), ("MESZ", 120),
        ("EET", 120), ("EEST", 180), ("IDT", 180), ("MSK", 180), ("MSD", 240), ("TRT", 180), ("SAST", 120),
        ("AZT", 240), ("GET", 240), ("AMT", 240), ("GST", 240), ("PKT", 300), ("IST", 330), ("NPT", 345),
        ("ICT", 420), ("WIB", 420), ("HKT", 480), ("SGT", 480), ("AWST", 480), ("PHT", 480),
        ("JST", 540), ("KST", 540), ("AEST", 600), ("AEDT", 660), ("ACST", 570), ("ACDT", 630),
        ("NZST", 720), ("NZDT", 780),
        // The military letters as RFC 822 gives them.
        ("A", -60), ("M", -720), ("N", 60), ("Y", 720),
    ];
    let text = text.strip_prefix("Etc/").unwrap_or(text);
    ZONES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(text))
        .map(|(_, minutes)| *minutes)
}

/// One part of a date in words.
enum Part<'a> {
    Number(i64, usize),
    Clock(Clock),
    Month(i64),
    Offset(i64),
    Afternoon(bool),
    Date(i64, i64, i64),
    Word(&'a str),
}

/// Everything that is not ISO: the parts are told apart by their looks, not by their place, because feeds swap them.
fn free(text: &str) -> Option<Time> {
    let korean = korean(text);
    let text = korean.as_deref().unwrap_or(text);
    let mut month = None;
    let mut clock = None;
    let mut zone = korean.as_ref().map(|_| KOREA);
    let mut afternoon = None;
    let mut numbers: Vec<(i64, usize)> = Vec::new();
    let mut date = None;

    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | ';'));
    for (count, word) in words.filter(|word| !word.is_empty()).enumerate() {
        if count == MOST_PARTS {
            return None;
        }
        for part in parts(word, clock.is_some()) {
            match part {
                Part::Number(value, digits) => numbers.push((value, digits)),
                Part::Clock(value) => clock = clock.or(Some(value)),
                // The last one: `mar` is also the French Tuesday, which comes first.
                Part::Month(value) => month = Some(value),
                Part::Offset(value) => zone = Some(value),
                Part::Afternoon(value) => afternoon = Some(value),
                Part::Date(year, month, day) => date = date.or(Some((year, month, day))),
                Part::Word(word) => {
                    if clock.is_some() && zone.is_none() {
                        zone = named_zone(word);
                    }
                }
            }
        }
    }

    let (year, month, day) = match (date, month) {
        (Some(date), _) => date,
        (None, Some(month)) => {
            // A number of four digits is the year, else the last one is: `12 Jun 24`, `Jun 12 24`. A number over 31
            // can only be the year: `24`, but `99 Jun 12`.
            let year = numbers
                .iter()
                .position(|(value, digits)| *digits >= 3 || *value > 31)
                .or_else(|| numbers.len().checked_sub(1).filter(|last| *last > 0))?;
            let (year_value, digits) = numbers.remove(year);
            let (day, _) = numbers.first().copied().unwrap_or((1, 1));
            (full_year(year_value, digits), month, day)
        }
        (None, None) => return None,
    };
    let mut clock = clock.unwrap_or_default();
    match afternoon {
        Some(true) if clock.hour < 12 => clock.hour += 12,
        Some(false) if clock.hour == 12 => clock.hour = 0,
        _ => {}
    }
    let parts = |month, day| Parts {
        year,
        month,
        day,
        clock,
        offset_minutes: zone.unwrap_or(0),
    };
    // Day and month swapped (`2024/13/06`) are told by a month over 12.
    parts(month, day).time().or_else(|| {
        (date.is_some() && month > 12)
            .then(|| parts(day, month).time())
            .flatten()
    })
}

/// The parts of one word: `12`, `12th`, `Jun`, `12-Jun-2004`, `08:30`, `8:30pm`, `08:30:00+0200`, `2004/06/12`, `12.06.2004`.
fn parts(word: &str, after_clock: bool) -> Vec<Part<'_>> {
    let trimmed = word.trim_end_matches(['.', '\'']).trim_start_matches('\'');
    if trimmed.is_empty() {
        return Vec::new();
    }
    if let Some(part) = whole_date(trimmed) {
        return vec![part];
    }
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits)
        && trimmed[digits..].starts_with(':')
        && let Some((value, rest)) = clock(trimmed)
    {
        let mut found = vec![Part::Clock(value)];
        match rest {
            "" => {}
            rest if offset(rest).is_some() => found.extend(offset(rest).map(Part::Offset)),
            rest => found.extend(word_part(rest)),
        }
        return found;
    }
    if after_clock && let Some(minutes) = offset(trimmed) {
        return vec![Part::Offset(minutes)];
    }
    if digits == trimmed.len() {
        return number(trimmed).into_iter().collect();
    }
    // `12-Jun-2004`, `2004-július-13T9:15-05:00`, and `12th` or `12.` with a letter after the number.
    let mut found = Vec::new();
    let mut rest = trimmed;
    while let Some(first) = rest.chars().next() {
        if first.is_ascii_digit() {
            let end = rest
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(rest.len());
            if end <= 2 && rest[end..].starts_with(':') {
                found.extend(parts(rest, false));
                return found;
            }
            found.extend(number(&rest[..end]));
            rest = &rest[end..];
        } else if first.is_alphabetic() {
            let end = rest
                .find(|c: char| !c.is_alphabetic())
                .unwrap_or(rest.len());
            found.extend(word_part(&rest[..end]));
            rest = &rest[end..];
        } else {
            rest = &rest[first.len_utf8()..];
        }
    }
    found
}

fn number(digits: &str) -> Option<Part<'_>> {
    (digits.len() <= 4)
        .then(|| digits.parse().ok())
        .flatten()
        .map(|value| Part::Number(value, digits.len()))
}

fn word_part(word: &str) -> Option<Part<'_>> {
    match word {
        "AM" | "am" | "Am" | "오전" | "上午" | "午前" => return Some(Part::Afternoon(false)),
        "PM" | "pm" | "Pm" | "오후" | "下午" | "午後" => return Some(Part::Afternoon(true)),
        _ => {}
    }
    Some(month(word).map_or(Part::Word(word), Part::Month))
}

/// `2004/06/12`, `2004.06.12`, `12.06.2004`, `06/12/2004`: dots are written day first, slashes month first unless that
/// cannot be.
fn whole_date(word: &str) -> Option<Part<'_>> {
    let separator = word.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(separator, '/' | '.' | '-') {
        return None;
    }
    let mut fields = word.split(separator);
    let (first, second, third) = (fields.next()?, fields.next()?, fields.next()?);
    if fields.next().is_some_and(|rest| !rest.is_empty()) {
        return None;
    }
    let value = |field: &str| -> Option<i64> {
        let good = (1..=4).contains(&field.len()) && field.bytes().all(|b| b.is_ascii_digit());
        good.then(|| field.parse().ok()).flatten()
    };
    let (a, b, c) = (value(first)?, value(second)?, value(third)?);
    if first.len() == 4 {
        return Some(Part::Date(a, b, c));
    }
    let year = full_year(c, third.len());
    if separator == '/' && a <= 12 {
        Some(Part::Date(year, a, b))
    } else {
        Some(Part::Date(year, b, a))
    }
}

/// Korea's offset, for spellings in Korean, which name none.
const KOREA: i64 = 540;

/// `2004년 05월 28일 01:31:15` and `2004-05-25 오후 11:23:17` with plain separators.
fn korean(text: &str) -> Option<String> {
    let year = text.contains('년');
    if !year && !text.contains("오전") && !text.contains("오후") {
        return None;
    }
    let plain = text
        .replace("년", "-")
        .replace("월", "-")
        .replace("일", " ");
    // The spaces after the separators are part of the spelling.
    let mut joined = String::with_capacity(plain.len());
    for c in plain.chars() {
        if c == ' ' && joined.ends_with('-') {
            continue;
        }
        joined.push(c);
    }
    Some(joined)
}

/// The month of a name or its beginning. Names are folded (no case, no accents); what stands here is the shortest
/// beginning that no other month of the other languages shares.
fn month(word: &str) -> Option<i64> {
    let word = fold(word);
    if word.chars().count() < 3 {
        return None;
    }
    MONTHS
        .iter()
        .filter(|(beginning, _)| word.starts_with(beginning))
        .max_by_key(|(beginning, _)| beginning.len())
        .map(|(_, month)| *month)
}

/// English, German, French, Spanish, Italian, Portuguese, Dutch, the Nordic languages, Polish, Czech, Hungarian, Romanian,
/// Turkish, Azerbaijani, Indonesian, Greek, Russian, Ukrainian, Bulgarian, Georgian and Armenian.
#[rustfmt::skip]
const MONTHS: &[(&str, i64)] = &[
    ("jan", 1), ("ene", 1), ("gen", 1), ("sty", 1), ("led", 1), ("ian", 1), ("oca", 1), ("yanv", 1), ("tammi", 1),
    ("feb", 2), ("fev", 2), ("lut", 2), ("uno", 2), ("sub", 2), ("helmi", 2), ("peb", 2),
    ("mar", 3), ("maa", 3), ("mrz", 3), ("mae", 3), ("brez", 3), ("mrt", 3),
    ("apr", 4), ("avr", 4), ("abr", 4), ("kwi", 4), ("dub", 4), ("nis", 4), ("huhti", 4),
    ("may", 5), ("mai", 5), ("maj", 5), ("mei", 5), ("mag", 5), ("kve", 5), ("touko", 5),
    ("jun", 6), ("juin", 6), ("giu", 6), ("cze", 6), ("cerven", 6), ("iun", 6), ("haz", 6), ("iyun", 6), ("kesa", 6),
    ("jul", 7), ("juil", 7), ("lug", 7), ("lip", 7), ("cervence", 7), ("iul", 7), ("tem", 7), ("iyul", 7), ("heina", 7),
    ("aug", 8), ("aou", 8), ("ago", 8), ("sie", 8), ("srp", 8), ("agu", 8), ("avq", 8), ("elo", 8),
    ("sep", 9), ("set", 9), ("wrz", 9), ("zar", 9), ("eyl", 9), ("sen", 9), ("syys", 9), ("sze", 9),
    ("oct", 10), ("okt", 10), ("ott", 10), ("out", 10), ("paz", 10), ("rij", 10), ("eki", 10), ("loka", 10),
    ("nov", 11), ("lis", 11), ("kas", 11), ("noy", 11), ("noi", 11), ("marras", 11),
    ("dec", 12), ("dez", 12), ("dic", 12), ("gru", 12), ("pro", 12), ("ara", 12), ("dek", 12), ("des", 12), ("joulu", 12),
    // Greek: nominative, genitive and abbreviations.
    ("ιαν", 1), ("φεβ", 2), ("μαρ", 3), ("απρ", 4), ("μαι", 5), ("ιουν", 6), ("ιον", 6), ("ιουλ", 7), ("ιολ", 7),
    ("αυγ", 8), ("σεπ", 9), ("οκτ", 10), ("νοε", 11), ("δεκ", 12),
    // Russian, Bulgarian, Ukrainian.
    ("янв", 1), ("яну", 1), ("фев", 2), ("мар", 3), ("апр", 4), ("май", 5), ("мая", 5), ("маи", 5), ("июн", 6), ("юни", 6), ("июл", 7), ("юли", 7),
    ("авг", 8), ("сен", 9), ("сеп", 9), ("окт", 10), ("ноя", 11), ("ное", 11), ("дек", 12),
    ("січ", 1), ("лют", 2), ("бер", 3), ("кві", 4), ("тра", 5), ("чер", 6), ("лип", 7), ("сер", 8), ("вер", 9), ("жов", 10), ("лис", 11), ("гру", 12),
    // Georgian.
    ("იან", 1), ("თებ", 2), ("მარ", 3), ("აპრ", 4), ("მაი", 5), ("ივნ", 6), ("ივლ", 7), ("აგვ", 8), ("სექ", 9), ("ოქტ", 10), ("ნოე", 11), ("დეკ", 12),
    // Armenian.
    ("հուն", 1), ("փետ", 2), ("մար", 3), ("ապր", 4), ("մայ", 5), ("հունիս", 6), ("հուլ", 7), ("օգո", 8), ("սեպ", 9), ("հոկ", 10), ("նոյ", 11), ("դեկ", 12),
];

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn every_spelling_a_person_could_read() {
        for (text, expected) in [
            // W3CDTF and ISO 8601, whole and in part.
            ("2024-06-12T08:30:15Z", "2024-06-12T08:30:15Z"),
            ("2024-06-12T08:30:15.250+04:00", "2024-06-12T04:30:15.25Z"),
            ("2024-06-12t08:30z", "2024-06-12T08:30:00Z"),
            ("2024-06-12 08:30:15", "2024-06-12T08:30:15Z"),
            ("2024-06-12T08:30:15 +0400", "2024-06-12T04:30:15Z"),
            ("2024-06-12T08:30:15 CEST", "2024-06-12T06:30:15Z"),
            ("2024-06-12T24:00:00Z", "2024-06-13T00:00:00Z"),
            ("2024-06-12T23:59:60Z", "2024-06-12T23:59:59Z"),
            ("2024-06-12", "2024-06-12T00:00:00Z"),
            ("2024-6-2", "2024-06-02T00:00:00Z"),
            ("2024-06", "2024-06-01T00:00:00Z"),
            ("2024", "2024-01-01T00:00:00Z"),
            ("20240612", "2024-06-12T00:00:00Z"),
            ("20240612T083015Z", "2024-06-12T08:30:15Z"),
            ("20240612083015", "2024-06-12T08:30:15Z"),
            ("2024-164", "2024-06-12T00:00:00Z"),
            ("2024164", "2024-06-12T00:00:00Z"),
            ("03-335", "2003-12-01T00:00:00Z"),
            ("031231", "2003-12-31T00:00:00Z"),
            ("03-12-31", "2003-12-31T00:00:00Z"),
            // RFC 822 and what is meant by it.
            ("Wed, 12 Jun 2024 08:30:15 GMT", "2024-06-12T08:30:15Z"),
            ("Wed, 12 Jun 24 08:30:15 +0400", "2024-06-12T04:30:15Z"),
            ("12 Jun 99 08:30 EST", "1999-06-12T13:30:00Z"),
            ("Wednesday, 12-Jun-24 08:30:15 PDT", "2024-06-12T15:30:15Z"),
            ("Wed, 12 June 2024 8:30:15 GMT+1", "2024-06-12T07:30:15Z"),
            ("Wed, 12 Jun 2024 08:30:15 +04:00", "2024-06-12T04:30:15Z"),
            ("Wed,12 Jun 2024 08:30:15+0400", "2024-06-12T04:30:15Z"),
            ("Wed, 12 Jun 2024 08:30:15 Etc/GMT", "2024-06-12T08:30:15Z"),
            ("Jun, 12 2024 08:30:15 GMT", "2024-06-12T08:30:15Z"),
            ("Wed, 12 Jun 2024", "2024-06-12T00:00:00Z"),
            ("Wed, 12 Jun 124 08:30:15 GMT", "2024-06-12T08:30:15Z"),
            ("Wed, 12 Jun 2024 08:30:15 A", "2024-06-12T09:30:15Z"),
            // asctime, with and without a zone.
            ("Wed Jun 12 08:30:15 2024", "2024-06-12T08:30:15Z"),
            ("Wed Jun  2 08:30:15 EDT 2024", "2024-06-02T12:30:15Z"),
            ("Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T12:19:53Z"),
            // As people write it.
            ("June 12th, 2024 at 8:30pm", "2024-06-12T20:30:00Z"),
            ("June 12, 2024 12:05 AM", "2024-06-12T00:05:00Z"),
            ("12.06.2024 08:30", "2024-06-12T08:30:00Z"),
            ("6/12/2024 8:30 PM", "2024-06-12T20:30:00Z"),
            ("13/06/2024", "2024-06-13T00:00:00Z"),
            ("June 2024", "2024-06-01T00:00:00Z"),
            // Other languages.
            ("12. Juni 2024 08:30", "2024-06-12T08:30:00Z"),
            ("mar, 12 mars 2024 08:30:00 +0100", "2024-03-12T07:30:00Z"),
            ("12 août 2024", "2024-08-12T00:00:00Z"),
            ("12 de diciembre de 2024", "2024-12-12T00:00:00Z"),
            ("12 июня 2024, 08:30", "2024-06-12T08:30:00Z"),
            ("12 мая 2024", "2024-05-12T00:00:00Z"),
            ("12 ივნისი, 2024", "2024-06-12T00:00:00Z"),
            ("12 Haziran 2024", "2024-06-12T00:00:00Z"),
            ("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z"),
            ("Δευ, 24 Μάι 2004 10:00:00 GMT", "2004-05-24T10:00:00Z"),
            ("2004-július-13T9:15-05:00", "2004-07-13T14:15:00Z"),
            ("2004-március-3T09:15Z", "2004-03-03T09:15:00Z"),
            ("2004년 05월 28일  01:31:15", "2004-05-27T16:31:15Z"),
            ("2004-05-25 오후 11:23:17", "2004-05-25T14:23:17Z"),
            // Seconds and thousandths since 1970.
            ("1718181015", "2024-06-12T08:30:15Z"),
            ("1718181015250", "2024-06-12T08:30:15.25Z"),
        ] {
            let read = parse(text).map(|time| time.to_string());
            assert_eq!(read.as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "soon",
            "yesterday",
            "2024-13-45",
            "31 Feb 2024",
            "Wed, 12 Jun 2024 99:00:00 GMT",
            "0000-00-00 00:00:00",
            "99999",
            "123:4",
            "{{ date }}",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse(&"1 ".repeat(10_000)), None);
    }
}
