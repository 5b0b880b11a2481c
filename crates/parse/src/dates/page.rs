//! Dates as people and programs write them: many spellings, many languages, with and without zone.
//! Never here: the clock, so nothing relative ('two hours ago'); feeds' dates have their own rules.

use jiff::civil;
use jiff::tz::{Offset, TimeZone};

use newsprint_model::{Time, fold};

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
}

/// No date is longer; what is, is prose, and only its beginning is looked at.
const MAX_CHARS: usize = 160;

/// Reads a date that stands alone or in a short line (`Updated: 12 June 2024, 14:02 CET`).
/// `lang` (`en-US`) settles what its language spells in its own way; `3/4/2024` is 3 April but in the US.
pub(crate) fn parse(text: &str, lang: Option<&str>) -> Option<Written> {
    let text = text.trim();
    if text.len() < 6 || !text.chars().any(|c| c.is_numeric()) {
        return None;
    }
    if let Some(written) = epoch(text) {
        return Some(written);
    }
    let tokens = tokens(text);
    let (date, after, rest) = find_date(&tokens, lang)?;
    let time = find_time(&tokens, after, rest);
    build(date, time)
}

/// 1970-01-01 in seconds or milliseconds, as scripts write it; ten or thirteen digits reach from 2001 to 2286.
fn epoch(text: &str) -> Option<Written> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    let time = match text.len() {
        10 => Time::from_second(number).ok()?,
        13 => Time::from_millisecond(number).ok()?,
        _ => return None,
    };
    Some(Written {
        time,
        local: time.to_string(),
        has_time: true,
        has_zone: true,
    })
}

/// A piece of a line: a number with its number of digits, a word, or one sign.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(u32, usize),
    Word(String),
    Sign(char),
    Space,
}

/// Cuts a line into tokens. Digits of any script count; CJK date words (年月日) are signs.
fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut chars = text.chars().take(MAX_CHARS).peekable();
    while let Some(&c) = chars.peek() {
        if let Some(digit) = digit(c) {
            let (mut number, mut digits) = (digit, 1);
            chars.next();
            while let Some(next) = chars.peek().copied().and_then(self::digit) {
                number = number.saturating_mul(10).saturating_add(next);
                digits += 1;
                chars.next();
            }
            out.push(Token::Number(number, digits));
        } else if matches!(
            c,
            '年' | '月'
                | '日'
                | '时'
                | '時'
                | '分'
                | '秒'
                | '년'
                | '월'
                | '일'
                | '시'
                | '분'
                | '초'
        ) {
            out.push(Token::Sign(c));
            chars.next();
        } else if c.is_alphabetic() || is_mark(c) {
            let mut word = String::new();
            while let Some(&next) = chars.peek() {
                let dated = matches!(
                    next,
                    '年' | '月' | '日' | '时' | '時' | '년' | '월' | '일' | '시'
                );
                if (next.is_alphabetic() || is_mark(next)) && !dated {
                    word.push(next);
                    chars.next();
                } else {
                    break;
                }
            }
            // `T` and `Z` of ISO 8601 stand between digits and have no space around them.
            out.push(Token::Word(fold(&word)));
        } else if c.is_whitespace() {
            chars.next();
            if out.last() != Some(&Token::Space) {
                out.push(Token::Space);
            }
        } else {
            chars.next();
            out.push(Token::Sign(match c {
                '‐' | '‑' | '–' | '−' => '-',
                '：' => ':',
                '／' => '/',
                c => c,
            }));
        }
    }
    out
}

/// Vowel signs of Indic scripts and the like are part of a word.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// The value of a decimal digit: ASCII, full-width, Arabic, Persian, Devanagari, Bengali.
fn digit(c: char) -> Option<u32> {
    let base = match c {
        '0'..='9' => '0',
        '\u{0660}'..='\u{0669}' => '\u{0660}',
        '\u{06F0}'..='\u{06F9}' => '\u{06F0}',
        '\u{0966}'..='\u{096F}' => '\u{0966}',
        '\u{09E6}'..='\u{09EF}' => '\u{09E6}',
        '\u{FF10}'..='\u{FF19}' => '\u{FF10}',
        _ => return None,
    };
    Some(c as u32 - base as u32)
}

/// Finds the first day in the line: the date, the index after it and the index where a time may
/// stand before it.
fn find_date(tokens: &[Token], lang: Option<&str>) -> Option<(civil::Date, usize, usize)> {
    for start in 0..tokens.len() {
        match tokens[start] {
            Token::Number(number, digits) => {
                // `12:30` and `1.500` are no days; a number inside a longer figure neither.
                if let Some(found) = compact(number, digits, tokens, start) {
                    return Some(found);
                }
                let follows =
                    numeric(tokens, start, lang).or_else(|| day_first(tokens, start, lang));
                if let Some((date, end)) = follows {
                    return Some((date, end, start));
                }
            }
            Token::Word(ref word) => {
                if let Some((date, end)) = month_first(tokens, start, word, lang) {
                    return Some((date, end, start));
                }
            }
            _ => {}
        }
    }
    None
}

/// `20240612` and `20240612T140203`.
fn compact(
    number: u32,
    digits: usize,
    tokens: &[Token],
    at: usize,
) -> Option<(civil::Date, usize, usize)> {
    let number = match digits {
        8 => number,
        // `20240612140203` overflows a token: the first eight digits are in no number any more.
        _ => return None,
    };
    // A digit run after a sign is likelier an article's number: `id-20240612`.
    if at > 0 && matches!(tokens[at - 1], Token::Sign(_)) {
        return None;
    }
    let date = day(number / 10_000, number / 100 % 100, number % 100)?;
    Some((date, at + 1, at))
}

/// Three numbers with the same sign between them, or with the words of East Asia: year first, or
/// day and month in the order of the language.
fn numeric(tokens: &[Token], at: usize, lang: Option<&str>) -> Option<(civil::Date, usize)> {
    let (first, first_digits) = number(tokens, at)?;
    let (sign, next) = separator(tokens, at + 1)?;
    let (second, second_digits) = number(tokens, next)?;
    let (sign2, next2) = separator(tokens, next + 1)?;
    let (third, third_digits) = number(tokens, next2)?;
    let mut end = next2 + 1;
    let east = matches!(sign, '年' | '년');
    if east {
        if !matches!(sign2, '月' | '월') {
            return None;
        }
        end = skip_sign(tokens, end, &['日', '일']);
    } else if sign != sign2 || second_digits > 2 {
        return None;
    }
    if first_digits == 4 && third_digits <= 2 {
        return Some((day(first, second, third)?, end));
    }
    if east || first_digits > 2 || !matches!(third_digits, 2 | 4) {
        return None;
    }
    // Times are written with colons, versions and prices do not make three small numbers.
    if sign == ':' {
        return None;
    }
    let year = if third_digits == 2 {
        full_year(third)?
    } else {
        third
    };
    let american = sign == '/' && lang.is_some_and(|lang| lang.eq_ignore_ascii_case("en-us"));
    let (days, month) = match (first > 12, second > 12) {
        (false, true) => (second, first),
        (true, _) => (first, second),
        (false, false) if american => (second, first),
        (false, false) => (first, second),
    };
    Some((day(year, month, days)?, end))
}

/// Two digits mean a year near ours: no news page is older than the web.
fn full_year(short: u32) -> Option<u32> {
    match short {
        0..=69 => Some(2000 + short),
        90..=99 => Some(1900 + short),
        _ => None,
    }
}

/// `12 June 2024`, `12. Juni 2024`, `12 de junio de 2024`, `12-Jun-24`, `12th of June, 2024`,
/// `2024 június 12`, `2024 m. birželio 12`.
fn day_first(tokens: &[Token], at: usize, lang: Option<&str>) -> Option<(civil::Date, usize)> {
    let (first, digits) = number(tokens, at)?;
    let (month, after) = month_near(tokens, at + 1, lang)?;
    if digits == 4 {
        let next = skip_filler(tokens, after);
        let (days, day_digits) = number(tokens, next)?;
        return (day_digits <= 2).then(|| day(first, month, days).map(|date| (date, next + 1)))?;
    }
    if digits > 2 {
        return None;
    }
    let next = skip_filler(tokens, after);
    let (year, year_digits) = number(tokens, next)?;
    let year = match year_digits {
        4 => year,
        // `12-Jun-24`; after a space two digits are an hour (`12 June 14:02`).
        2 if matches!(
            tokens.get(next.wrapping_sub(1)),
            Some(Token::Sign('-' | '/' | '\''))
        ) =>
        {
            full_year(year)?
        }
        _ => return None,
    };
    Some((day(year, month, first)?, next + 1))
}

/// `June 12, 2024`, `Jun. 12th 2024`, `junho 12 2024`; `Tue Apr 25 12:26:15 +0000 2023`.
fn month_first(
    tokens: &[Token],
    at: usize,
    word: &str,
    lang: Option<&str>,
) -> Option<(civil::Date, usize)> {
    let (month, after) = month_at(tokens, at, word, lang)?;
    let next = skip_filler(tokens, after);
    let (days, digits) = number(tokens, next)?;
    if digits > 2 {
        return None;
    }
    let mut end = skip_filler(tokens, next + 1);
    // The C library's order puts the time between day and year.
    if matches!(tokens.get(end + 1), Some(Token::Sign(':'))) {
        let year = tokens[end..]
            .iter()
            .position(|t| matches!(t, Token::Number(_, 4)))?
            + end;
        // A zone such as +0000 has four digits too.
        let year = match tokens.get(year.wrapping_sub(1)) {
            Some(Token::Sign('+' | '-')) => {
                tokens[year + 1..]
                    .iter()
                    .position(|t| matches!(t, Token::Number(_, 4)))?
                    + year
                    + 1
            }
            _ => year,
        };
        let (number, _) = number(tokens, year)?;
        return Some((day(number, month, days)?, end));
    }
    let (year, digits) = number(tokens, end)?;
    if digits != 4 {
        return None;
    }
    end += 1;
    Some((day(year, month, days)?, end))
}

/// A month's name within the next tokens, over ordinals, points and particles.
fn month_near(tokens: &[Token], at: usize, lang: Option<&str>) -> Option<(u32, usize)> {
    let mut at = at;
    for _ in 0..6 {
        match tokens.get(at)? {
            Token::Word(word) => {
                if let Some(found) = month_at(tokens, at, word, lang) {
                    return Some(found);
                }
                if !is_filler(word) {
                    return None;
                }
                at += 1;
            }
            Token::Space | Token::Sign('.' | ',' | '-' | '/' | 'º' | '°' | '\'') => at += 1,
            _ => return None,
        }
    }
    None
}

fn number(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    match tokens.get(at)? {
        Token::Number(number, digits) => Some((*number, *digits)),
        _ => None,
    }
}

/// The sign between the numbers of a date, with the spaces around it (`12. 6. 2024`).
fn separator(tokens: &[Token], at: usize) -> Option<(char, usize)> {
    let at = skip_space(tokens, at);
    match tokens.get(at)? {
        Token::Sign(sign @ ('-' | '/' | '.' | '年' | '月' | '년' | '월')) => {
            Some((*sign, skip_space(tokens, at + 1)))
        }
        _ => None,
    }
}

fn skip_space(tokens: &[Token], at: usize) -> usize {
    at + usize::from(matches!(tokens.get(at), Some(Token::Space)))
}

fn skip_sign(tokens: &[Token], at: usize, signs: &[char]) -> usize {
    let next = skip_space(tokens, at);
    match tokens.get(next) {
        Some(Token::Sign(sign)) if signs.contains(sign) => next + 1,
        _ => at,
    }
}

/// Skips what stands between the parts of a date.
fn skip_filler(tokens: &[Token], at: usize) -> usize {
    let mut at = at;
    while at < tokens.len() {
        match &tokens[at] {
            Token::Space | Token::Sign('.' | ',' | '-' | '/' | '\'' | 'º' | '،') => at += 1,
            Token::Word(word) if is_filler(word) => at += 1,
            _ => break,
        }
    }
    at
}

/// Ordinal endings and particles: `12th of June`, `12 de junio del 2024`, `12-го июня`, `2024 m.`.
fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "st" | "nd"
            | "rd"
            | "th"
            | "of"
            | "de"
            | "del"
            | "di"
            | "el"
            | "er"
            | "den"
            | "the"
            | "го"
            | "m"
            | "gada"
            | "ngay"
            | "thang"
            | "nam"
            | "ta"
            | "kello"
            | "e"
            | "ve"
            | "года"
            | "г"
            | "წლის"
            | "წ"
    )
}

fn day(year: u32, month: u32, day: u32) -> Option<civil::Date> {
    // Before the web there were no pages, and years far ahead are no dates of news.
    if !(1990..=2100).contains(&year) {
        return None;
    }
    civil::Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

/// A time of day and its zone.
#[derive(Debug, Clone, Copy)]
struct Clock {
    time: civil::Time,
    zone: Option<Offset>,
}

/// The time after the date, else the one right before it (`14:02, 12 June 2024`).
fn find_time(tokens: &[Token], after: usize, before: usize) -> Option<Clock> {
    let later = &tokens[after.min(tokens.len())..];
    clock(later).or_else(|| clock(&tokens[..before]))
}

/// The first `hh:mm[:ss[.fff]]`, `14h02`, `14.02 Uhr`, `20시 00분` or `5 pm` in the tokens.
fn clock(tokens: &[Token]) -> Option<Clock> {
    for at in 0..tokens.len() {
        // A second date in the line ends the search: its time is not ours.
        let Some((hour, digits)) = number(tokens, at) else {
            continue;
        };
        if digits > 2 {
            // `T140203`, `T1402`
            if let (4 | 6, Some(Token::Word(t))) = (digits, tokens.get(at.wrapping_sub(1)))
                && t == "t"
            {
                let (hour, minute, second) = match digits {
                    6 => (hour / 10_000, hour / 100 % 100, hour % 100),
                    _ => (hour / 100, hour % 100, 0),
                };
                return finish(hour, minute, second, tokens, at + 1);
            }
            continue;
        }
        let (sign, mut next) = match tokens.get(at + 1) {
            Some(Token::Sign(sign)) => (*sign, skip_space(tokens, at + 2)),
            Some(Token::Word(word)) if matches!(word.as_str(), "h" | "u") => ('h', at + 2),
            _ => (' ', at + 1),
        };
        let minutes = number(tokens, next).filter(|(minute, digits)| *digits == 2 && *minute < 60);
        let uhr = |at: usize| matches!(tokens.get(skip_space(tokens, at)), Some(Token::Word(word)) if matches!(word.as_str(), "uhr" | "h" | "น"));
        match (sign, minutes) {
            (':' | 'h' | '时' | '時' | '시', Some((minute, _))) => {
                next = skip_sign(tokens, next + 1, &['分', '분']);
                let mut second = 0;
                if let (Some(Token::Sign(':')), Some((value, 2))) =
                    (tokens.get(next), number(tokens, next + 1))
                {
                    second = value.min(59);
                    next += 2;
                    if let (Some(Token::Sign('.' | ',')), Some(_)) =
                        (tokens.get(next), number(tokens, next + 1))
                    {
                        next += 2;
                    }
                }
                return finish(hour, minute, second, tokens, next);
            }
            ('.', Some((minute, _))) if uhr(next + 1) => {
                return finish(hour, minute, 0, tokens, next + 1);
            }
            // British and Nordic papers write `14.02`; only where nothing else follows the point.
            ('.', Some((minute, _)))
                if hour < 24
                    && !matches!(
                        tokens.get(next + 1),
                        Some(Token::Sign('.' | '/' | '-' | '%') | Token::Number(..))
                    )
                    && at > 0 =>
            {
                return finish(hour, minute, 0, tokens, next + 1);
            }
            (' ', _) => {
                let word = tokens.get(skip_space(tokens, at + 1));
                if matches!(word, Some(Token::Word(word)) if matches!(word.as_str(), "am" | "pm" | "uhr"))
                {
                    return finish(hour, 0, 0, tokens, at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Reads `pm` and the zone that follow a time.
fn finish(hour: u32, minute: u32, second: u32, tokens: &[Token], at: usize) -> Option<Clock> {
    let mut hour = hour;
    let mut at = skip_space(tokens, at);
    if let Some(Token::Word(word)) = tokens.get(at) {
        let dotted = matches!(tokens.get(at + 1), Some(Token::Sign('.')))
            && matches!(tokens.get(at + 2), Some(Token::Word(m)) if m == "m");
        let (half, length) = match word.as_str() {
            "am" | "pm" => (&word[..1], 1),
            // `p.m.`
            "a" | "p" if dotted => (word.as_str(), 3),
            _ => ("", 0),
        };
        match half {
            "p" if hour < 12 => hour += 12,
            "a" if hour == 12 => hour = 0,
            _ => {}
        }
        at += length;
    }
    // Chinese and Korean put the half of the day before the hour.
    let time = civil::Time::new(
        i8::try_from(hour % 24).ok().filter(|_| hour <= 24)?,
        i8::try_from(minute).ok()?,
        i8::try_from(second).ok()?,
        0,
    )
    .ok()?;
    Some(Clock {
        time,
        zone: zone(tokens, at),
    })
}

/// `Z`, `+02:00`, `+0200`, `+02`, `GMT+2`, `(CET)`, `EST`.
fn zone(tokens: &[Token], at: usize) -> Option<Offset> {
    let mut at = at;
    while matches!(
        tokens.get(at),
        Some(Token::Space | Token::Sign('.' | ',' | '(' | '|'))
    ) {
        at += 1;
    }
    let mut named = None;
    if let Some(Token::Word(word)) = tokens.get(at) {
        if word == "uhr" || word == "h" || word == "น" {
            return zone(tokens, at + 1);
        }
        named = abbreviation(word);
        if !matches!(word.as_str(), "utc" | "gmt") {
            return named;
        }
        at = skip_space(tokens, at + 1);
    }
    let sign = match tokens.get(at) {
        Some(Token::Sign('+')) => 1,
        Some(Token::Sign('-')) => -1,
        _ => return named,
    };
    let Some((value, digits)) = number(tokens, at + 1) else {
        return named;
    };
    let (hours, minutes) = match digits {
        1 | 2 => {
            let minutes = match tokens.get(at + 2) {
                Some(Token::Sign(':')) => number(tokens, at + 3).map_or(0, |(minutes, _)| minutes),
                _ => 0,
            };
            (value, minutes)
        }
        4 => (value / 100, value % 100),
        _ => return named,
    };
    if hours > 14 || minutes > 59 {
        return named;
    }
    Offset::from_seconds(sign * i32::try_from(hours * 3600 + minutes * 60).ok()?).ok()
}

/// The abbreviations that news pages use and that mean one thing in nearly all of them.
fn abbreviation(word: &str) -> Option<Offset> {
    let minutes = match word {
        "z" | "utc" | "gmt" | "wet" => 0,
        "cet" | "mez" | "bst" | "wat" => 60,
        "cest" | "mesz" | "eet" | "sast" | "cat" => 120,
        "eest" | "msk" | "trt" | "eat" => 180,
        "ist" => 330,
        "get" | "amt" | "azt" | "gst" => 240,
        "pkt" => 300,
        "wib" => 420,
        "hkt" | "sgt" | "wita" | "awst" => 480,
        "jst" | "kst" | "wit" => 540,
        "aest" => 600,
        "aedt" => 660,
        "nzst" => 720,
        "edt" => -240,
        "est" | "et" | "cdt" => -300,
        "cst" | "mdt" => -360,
        "mst" | "pdt" => -420,
        "pst" => -480,
        _ => return None,
    };
    Offset::from_seconds(minutes * 60).ok()
}

fn build(date: civil::Date, clock: Option<Clock>) -> Option<Written> {
    let at = clock.map_or(civil::Time::midnight(), |clock| clock.time);
    let moment = date.to_datetime(at);
    let zone = clock.and_then(|clock| clock.zone);
    let time = TimeZone::fixed(zone.unwrap_or(Offset::UTC))
        .to_timestamp(moment)
        .ok()?;
    let local = match (clock, zone) {
        (None, _) => date.to_string(),
        (Some(_), None) => moment.to_string(),
        (Some(_), Some(zone)) => format!("{moment}{}", suffix(zone)),
    };
    Some(Written {
        time,
        local,
        has_time: clock.is_some(),
        has_zone: zone.is_some(),
    })
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

/// A month's name at a token, and the index after it. Vietnamese writes `tháng 6`, Arabic has names
/// of two words.
fn month_at(tokens: &[Token], at: usize, word: &str, lang: Option<&str>) -> Option<(u32, usize)> {
    if word == "thang" {
        let next = skip_space(tokens, at + 1);
        let (month, digits) = number(tokens, next)?;
        return (digits <= 2 && (1..=12).contains(&month)).then_some((month, next + 1));
    }
    let second = match tokens.get(at + 2) {
        Some(Token::Word(second)) => Some(second.as_str()),
        _ => None,
    };
    let month = match (word, second) {
        ("كانون", Some(second)) => {
            let month = if second.contains("ثان") { 1 } else { 12 };
            return Some((month, at + 3));
        }
        ("تشرين", Some(second)) => {
            let month = if second.contains("ثان") { 11 } else { 10 };
            return Some((month, at + 3));
        }
        _ => month(word, lang)?,
    };
    Some((month, at + 1))
}

/// The month a folded word names, by the longest stem that begins it: stems carry a name over its
/// cases (`czerwiec`, `czerwca`). Where languages differ, `lang` decides.
fn month(word: &str, lang: Option<&str>) -> Option<u32> {
    let lang = lang
        .unwrap_or_default()
        .get(..2)
        .unwrap_or_default()
        .to_ascii_lowercase();
    // Croatian keeps the old Slavic names, a month earlier than Polish and Czech.
    if matches!(lang.as_str(), "hr" | "bs") && word.starts_with("listopad") {
        return Some(10);
    }
    // Short words must be the abbreviation itself: `mar` is March, `market` and `may be` are not.
    STEMS
        .iter()
        .filter(|(stem, _, tail)| {
            word.strip_prefix(stem)
                .is_some_and(|rest| rest.chars().count() <= usize::from(*tail))
        })
        .max_by_key(|(stem, _, _)| stem.len())
        .map(|(_, month, _)| *month)
}

/// Folded stem, month, and how many letters may follow.
#[rustfmt::skip]
const STEMS: &[(&str, u32, u8)] = &[
    // English and what is alike in Romance, Germanic, Nordic, Baltic and Malay names.
    ("jan", 1, 0), ("januar", 1, 2), ("janvar", 1, 3), ("janvier", 1, 0), ("janv", 1, 0), ("janeir", 1, 1),
    ("janner", 1, 0), ("feb", 2, 0), ("febr", 2, 0), ("februar", 2, 3), ("febbrai", 2, 1), ("febrer", 2, 1),
    ("fevr", 2, 0), ("fevrier", 2, 0), ("feverei", 2, 2), ("fev", 2, 0), ("ferovar", 2, 2),
    ("februari", 2, 1), ("mar", 3, 0), ("march", 3, 0), ("marz", 3, 1), ("mars", 3, 0), ("maart", 3, 0),
    ("marc", 3, 2), ("marec", 3, 0), ("marts", 3, 1), ("mrt", 3, 0), ("mrz", 3, 0), ("maret", 3, 0),
    ("mac", 3, 0), ("martie", 3, 0), ("mart", 3, 2), ("marca", 3, 0), ("apr", 4, 0), ("april", 4, 2),
    ("avril", 4, 0), ("avr", 4, 0), ("abril", 4, 0), ("abr", 4, 0), ("aprel", 4, 2), ("may", 5, 0),
    ("mai", 5, 2), ("maj", 5, 2), ("mayo", 5, 0), ("maio", 5, 0), ("maggio", 5, 0), ("mag", 5, 0),
    ("mei", 5, 0), ("maig", 5, 0), ("jun", 6, 0), ("june", 6, 0), ("juni", 6, 2), ("juin", 6, 0),
    ("junio", 6, 0), ("junho", 6, 0), ("giugn", 6, 1), ("giu", 6, 0), ("juny", 6, 0), ("iyun", 6, 2),
    ("iunie", 6, 0), ("jul", 7, 0), ("july", 7, 0), ("juli", 7, 2), ("juillet", 7, 0), ("juil", 7, 0),
    ("julio", 7, 0), ("julho", 7, 0), ("lugli", 7, 1), ("lug", 7, 0), ("juliol", 7, 0), ("iyul", 7, 2),
    ("iulie", 7, 0), ("aug", 8, 0), ("august", 8, 3), ("augus", 8, 1), ("aout", 8, 0), ("agosto", 8, 0),
    ("ago", 8, 0), ("agost", 8, 0), ("avqust", 8, 2), ("agustus", 8, 0), ("ogos", 8, 0), ("sep", 9, 0),
    ("sept", 9, 0), ("septem", 9, 4), ("setembr", 9, 1), ("septiembr", 9, 1), ("setiembr", 9, 1),
    ("settembr", 9, 1), ("set", 9, 0), ("setembre", 9, 0), ("sentyabr", 9, 2), ("septembri", 9, 1),
    ("oct", 10, 0), ("octob", 10, 3), ("octub", 10, 2), ("outub", 10, 2), ("out", 10, 0), ("okt", 10, 0),
    ("oktob", 10, 4), ("oktyabr", 10, 2), ("ottobr", 10, 1), ("ott", 10, 0), ("octombri", 10, 1),
    ("oct", 10, 0), ("nov", 11, 0), ("novem", 11, 4), ("noviembr", 11, 1), ("noyabr", 11, 2),
    ("noiembri", 11, 1), ("nopember", 11, 0), ("dec", 12, 0), ("decem", 12, 4), ("dez", 12, 0),
    ("dezem", 12, 4), ("dic", 12, 0), ("diciembr", 12, 1), ("dicembr", 12, 1), ("desem", 12, 4),
    ("des", 12, 0), ("dekabr", 12, 2), ("decembri", 12, 1),
    // Polish, Czech, Slovak, Croatian, Slovene.
    ("styczen", 1, 0), ("styczni", 1, 2), ("sty", 1, 0), ("leden", 1, 0), ("ledn", 1, 2), ("sijec", 1, 5),
    ("lut", 2, 3), ("unor", 2, 2), ("veljac", 2, 2), ("brez", 3, 3), ("ozuj", 3, 3), ("marzec", 3, 0),
    ("marca", 3, 0), ("kwie", 4, 6), ("kwi", 4, 0), ("dub", 4, 3), ("travnj", 4, 1), ("travanj", 4, 0),
    ("kvet", 5, 3), ("svib", 5, 4), ("maja", 5, 0), ("czerwiec", 6, 0), ("czerwc", 6, 2), ("cze", 6, 0),
    ("cerven", 6, 2), ("cervn", 6, 1), ("juna", 6, 0), ("jula", 7, 0), ("oktobr", 10, 1), ("lip", 7, 0),
    ("lipanj", 6, 0), ("lipnj", 6, 1), ("lipiec", 7, 0), ("lipc", 7, 2), ("cervenec", 7, 0),
    ("cervenc", 7, 2), ("srpanj", 7, 0), ("srpnj", 7, 1), ("sierp", 8, 4), ("sie", 8, 0), ("srpen", 8, 0),
    ("srpn", 8, 2), ("kolovoz", 8, 2), ("wrze", 9, 5), ("wrz", 9, 0), ("zari", 9, 2), ("ruj", 9, 3),
    ("pazdz", 10, 6), ("paz", 10, 0), ("rijen", 10, 0), ("rijn", 10, 2), ("listopad", 11, 2), ("lis", 11, 0),
    ("studen", 11, 2), ("grud", 12, 4), ("gru", 12, 0), ("prosin", 12, 3),
    // Hungarian, Romanian, Turkish, Azerbaijani.
    ("ianuarie", 1, 0), ("ocak", 1, 0), ("subat", 2, 0), ("marcius", 3, 0), ("nisan", 4, 0),
    ("aprilie", 4, 0), ("majus", 5, 0), ("mayis", 5, 0), ("junius", 6, 0), ("haziran", 6, 0),
    ("julius", 7, 0), ("temmuz", 7, 0), ("agustos", 8, 0), ("augusztus", 8, 0), ("eylul", 9, 0),
    ("szeptember", 9, 0), ("ekim", 10, 0), ("oktober", 10, 0), ("kasim", 11, 0), ("aralik", 12, 0),
    ("yanvar", 1, 2), ("fevral", 2, 2),
    // Finnish, Estonian, Latvian, Lithuanian.
    ("tammik", 1, 4), ("helmik", 2, 4), ("maalisk", 3, 4), ("huhtik", 4, 4), ("toukok", 5, 4),
    ("kesak", 6, 4), ("heinak", 7, 4), ("elok", 8, 4), ("syysk", 9, 4), ("lokak", 10, 4), ("marrask", 11, 4),
    ("jouluk", 12, 4), ("jaanuar", 1, 0), ("veebruar", 2, 0), ("marts", 3, 0), ("aprill", 4, 0),
    ("detsember", 12, 0), ("sausi", 1, 2), ("vasari", 2, 2), ("kov", 3, 2), ("baland", 4, 4), ("geguz", 5, 2),
    ("birzel", 6, 3), ("liep", 7, 3), ("rugpj", 8, 4), ("rugsej", 9, 3), ("spali", 10, 2), ("lapkri", 11, 4),
    ("gruod", 12, 3), ("maijs", 5, 0), ("maija", 5, 0), ("junij", 6, 2), ("julij", 7, 2),
    // Russian, Ukrainian, Belarusian, Bulgarian, Serbian, Macedonian (folding drops the breve of й).
    ("янв", 1, 3), ("јан", 1, 4), ("януар", 1, 2), ("січ", 1, 3), ("студзен", 1, 1), ("фев", 2, 4),
    ("лют", 2, 3), ("мар", 3, 3), ("берез", 3, 3), ("сакав", 3, 3), ("апр", 4, 3), ("квіт", 4, 3),
    ("крас", 4, 5), ("май", 5, 0), ("маи", 5, 0), ("мая", 5, 0), ("мај", 5, 1), ("трав", 5, 3),
    ("маја", 5, 0), ("июн", 6, 1), ("юни", 6, 0), ("јун", 6, 2), ("черв", 6, 3), ("чэрв", 6, 4),
    ("июл", 7, 1), ("юли", 7, 0), ("јул", 7, 2), ("лип", 7, 3), ("ліп", 7, 3), ("авг", 8, 4), ("серп", 8, 3),
    ("жнів", 8, 3), ("сен", 9, 5), ("септ", 9, 5), ("вер", 9, 4), ("верас", 9, 3), ("окт", 10, 5),
    ("жовт", 10, 3), ("кастр", 10, 5), ("ноя", 11, 3), ("ное", 11, 4), ("нов", 11, 5), ("листопад", 11, 1),
    ("лістап", 11, 3), ("дек", 12, 5), ("груд", 12, 3), ("снеж", 12, 3), ("дец", 12, 5),
    // Greek, Georgian, Armenian.
    ("ιαν", 1, 7), ("φεβ", 2, 9), ("μαρ", 3, 5), ("απρ", 4, 6), ("μαι", 5, 2), ("μαϊ", 5, 2), ("ιουν", 6, 3),
    ("ιουλ", 7, 3), ("αυγ", 8, 5), ("σεπ", 9, 7), ("οκτ", 10, 6), ("νοε", 11, 6), ("δεκ", 12, 7),
    ("იან", 1, 5), ("თებ", 2, 7), ("მარ", 3, 3), ("აპრ", 4, 4), ("მაი", 5, 2), ("ივნ", 6, 4), ("ივლ", 7, 4),
    ("აგვ", 8, 5), ("სექ", 9, 7), ("ოქტ", 10, 7), ("ნოე", 11, 6), ("დეკ", 12, 7), ("հունվար", 1, 2),
    ("փետրվար", 2, 2), ("մարտ", 3, 2), ("ապրիլ", 4, 2), ("մայիս", 5, 2), ("հունիս", 6, 2), ("հուլիս", 7, 2),
    ("օգոստոս", 8, 2), ("սեպտեմբեր", 9, 2), ("հոկտեմբեր", 10, 2), ("նոյեմբեր", 11, 2), ("դեկտեմբեր", 12, 2),
    // Arabic (folding drops the hamza), Hebrew, Hindi.
    ("يناير", 1, 0), ("جانفي", 1, 0), ("فبراير", 2, 0), ("شباط", 2, 0), ("مارس", 3, 0), ("اذار", 3, 0),
    ("ابريل", 4, 0), ("نيسان", 4, 0), ("مايو", 5, 0), ("ايار", 5, 0), ("يونيو", 6, 0), ("حزيران", 6, 0),
    ("يوليو", 7, 0), ("تموز", 7, 0), ("اغسطس", 8, 0), ("اب", 8, 0), ("سبتمبر", 9, 0), ("ايلول", 9, 0),
    ("اكتوبر", 10, 0), ("نوفمبر", 11, 0), ("ديسمبر", 12, 0), ("ינואר", 1, 0), ("פברואר", 2, 0), ("מרץ", 3, 0),
    ("אפריל", 4, 0), ("מאי", 5, 0), ("יוני", 6, 0), ("יולי", 7, 0), ("אוגוסט", 8, 0), ("ספטמבר", 9, 0),
    ("אוקטובר", 10, 0), ("נובמבר", 11, 0), ("דצמבר", 12, 0), ("בינואר", 1, 0), ("בפברואר", 2, 0),
    ("במרץ", 3, 0), ("באפריל", 4, 0), ("במאי", 5, 0), ("ביוני", 6, 0), ("ביולי", 7, 0), ("באוגוסט", 8, 0),
    ("בספטמבר", 9, 0), ("באוקטובר", 10, 0), ("בנובמבר", 11, 0), ("בדצמבר", 12, 0), ("जनवर", 1, 0),
    ("जनवरी", 1, 0), ("फरवर", 2, 1), ("मारच", 3, 0), ("मई", 5, 0), ("जून", 6, 0), ("जलाई", 7, 0),
    ("जुलाई", 7, 0), ("अगस", 8, 2),
];

#[cfg(test)]
mod tests {
    use super::parse;

    fn local(text: &str) -> String {
        parse(text, None)
            .map(|written| written.local)
            .unwrap_or_default()
    }

    #[test]
    fn what_programs_write() {
        for (text, expected) in [
            ("2024-06-12", "2024-06-12"),
            ("2024-06-12T14:02:03+04:00", "2024-06-12T14:02:03+04:00"),
            ("2024-06-12T14:02:03.123456Z", "2024-06-12T14:02:03Z"),
            ("2024-06-12 14:02:03 +0200", "2024-06-12T14:02:03+02:00"),
            ("2024-06-12T14:02", "2024-06-12T14:02:00"),
            ("2024/06/12 14:02", "2024-06-12T14:02:00"),
            ("20240612", "2024-06-12"),
            ("20240612T140203Z", "2024-06-12T14:02:03Z"),
            ("Wed, 12 Jun 2024 14:02:03 GMT", "2024-06-12T14:02:03Z"),
            ("Wed Jun 12 14:02:03 +0000 2024", "2024-06-12T14:02:03Z"),
            ("Wed Jun 12 14:02:03 CEST 2024", "2024-06-12T14:02:03+02:00"),
            ("1718200923", "2024-06-12T14:02:03Z"),
            ("1718200923000", "2024-06-12T14:02:03Z"),
        ] {
            assert_eq!(local(text), expected, "{text}");
        }
    }

    #[test]
    fn what_people_write() {
        for (text, expected) in [
            ("12 Jun 2024 | News, Politics", "2024-06-12"),
            ("12.06.2024, 14:02 Uhr", "2024-06-12T14:02:00"),
            ("Stand: 12. Juni 2024, 14.02 Uhr", "2024-06-12T14:02:00"),
            ("12. 6. 2024", "2024-06-12"),
            ("12/06/24", "2024-06-12"),
            ("12-Jun-24", "2024-06-12"),
            (
                "June 12th, 2024 at 2:02 p.m. EDT",
                "2024-06-12T14:02:00-04:00",
            ),
            ("14:02, 12 June 2024", "2024-06-12T14:02:00"),
            ("Publié le 12 juin 2024 à 14h02", "2024-06-12T14:02:00"),
            ("12 de junio de 2024", "2024-06-12"),
            ("12 czerwca 2024", "2024-06-12"),
            ("12. června 2024", "2024-06-12"),
            ("12. července 2024", "2024-07-12"),
            ("12 июня 2024 г., 14:02", "2024-06-12T14:02:00"),
            ("3 мая 2024", "2024-05-03"),
            ("12 червня 2024", "2024-06-12"),
            ("12 ივნისი 2024", "2024-06-12"),
            ("12 հունիսի 2024", "2024-06-12"),
            ("12 İyun 2024", "2024-06-12"),
            ("12 Haziran 2024, Çarşamba", "2024-06-12"),
            ("2024年6月12日 14:02", "2024-06-12T14:02:00"),
            ("2024년 6월 12일 14시 02분", "2024-06-12T14:02:00"),
            ("2024.06.12 14:02", "2024-06-12T14:02:00"),
            ("١٢ يونيو ٢٠٢٤", "2024-06-12"),
            ("12 כ 12 ביוני 2024", "2024-06-12"),
            ("2024 m. birželio 12 d.", "2024-06-12"),
            ("2024. június 12.", "2024-06-12"),
            ("12 tháng 6, 2024", "2024-06-12"),
            ("12 Ağustos 2024", "2024-08-12"),
            ("30 Maret 2024", "2024-03-30"),
        ] {
            assert_eq!(local(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_in_the_order_of_the_language() {
        assert_eq!(
            parse("3/4/2024", Some("en-US")).unwrap().local,
            "2024-03-04"
        );
        assert_eq!(local("3/4/2024"), "2024-04-03");
        assert_eq!(local("4/23/2024"), "2024-04-23");
        assert_eq!(
            parse("12 listopada 2024", Some("hr")).unwrap().local,
            "2024-10-12"
        );
        assert_eq!(
            parse("12 listopada 2024", Some("pl")).unwrap().local,
            "2024-11-12"
        );
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "",
            "2024",
            "12:30",
            "May be 3 of 2024 people",
            "31 February 2024",
            "Call 0800-1234-567",
            "192.168.10.20",
            "Season 12 market 2024",
            "0000-00-00 00:00:00",
            "12 June",
            "1234567890123456789012345678901234567890",
        ] {
            assert_eq!(parse(text, None), None, "{text}");
        }
        parse(&"9".repeat(1_000_000), None);
        parse(&"12 June ".repeat(100_000), None);
    }
}
