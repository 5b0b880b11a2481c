//! Dates as people write them, in many spellings and languages: the day, the time and the zone in a cut line.
//! Never here: the clock, so nothing relative ('two hours ago'), and no year that is not written.

use jiff::civil;
use jiff::tz::{Offset, TimeZone};

use super::moment::Moment;
use super::tokens::{Token, is_sign, number, skip_sign, skip_space, tokens, word};
use super::{persian, words};

/// How a line is read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Rules<'a> {
    /// `en-US`: settles what a language spells in its own way.
    pub lang: Option<&'a str>,
    /// The text is nothing but a date, as in a feed: two digits are a year after a space too, a month without day
    /// will do, slashes are American, and what cannot be (25:00, an unknown zone) makes the whole no date.
    pub whole: bool,
}

/// The first date in a line.
pub(super) fn find(text: &str, rules: Rules) -> Option<Moment> {
    let other_count = thai(text).or_else(|| japanese_era(text));
    let text = other_count.as_deref().unwrap_or(text);
    let tokens = persian::converted(tokens(text), text, rules);
    let (date, after, before) = find_date(&tokens, rules)?;
    let later = &tokens[after.min(tokens.len())..];
    let clock = match clock(later, rules) {
        Found::None => clock(&tokens[..before], rules),
        found => found,
    };
    match clock {
        Found::Some(parts, zone) => {
            let (date, time) = match at(date, parts) {
                Some(at) => at,
                None if rules.whole => return None,
                None => return Some(Moment::day(date)),
            };
            let zone = match zone {
                Zone::None if rules.whole => {
                    // JavaScript and the C library put the zone where they like.
                    if korean(text) {
                        Offset::from_seconds(9 * 3600).ok()
                    } else {
                        None
                    }
                }
                Zone::None => None,
                Zone::Known(zone) => Some(zone),
                Zone::Unknown => match named_region(text, date, time) {
                    Some(zone) => Some(zone),
                    None if rules.whole => return None,
                    None => None,
                },
            };
            Some(Moment {
                date,
                time: Some(time),
                zone,
            })
        }
        Found::Bad if rules.whole => None,
        Found::None | Found::Bad => Some(Moment::day(date)),
    }
}

/// A Thai line with English months and the years of the common era: Thailand counts 543 years more, and writes its months
/// in full or with points (`12 มิ.ย. 2566`). `None` where there is nothing Thai in it.
fn thai(text: &str) -> Option<String> {
    #[rustfmt::skip]
    const MONTHS: [(&str, &str, &str); 12] = [
        ("มกราคม", "ม.ค.", "jan"), ("กุมภาพันธ์", "ก.พ.", "feb"), ("มีนาคม", "มี.ค.", "mar"), ("เมษายน", "เม.ย.", "apr"),
        ("พฤษภาคม", "พ.ค.", "may"), ("มิถุนายน", "มิ.ย.", "jun"), ("กรกฎาคม", "ก.ค.", "jul"), ("สิงหาคม", "ส.ค.", "aug"),
        ("กันยายน", "ก.ย.", "sep"), ("ตุลาคม", "ต.ค.", "oct"), ("พฤศจิกายน", "พ.ย.", "nov"), ("ธันวาคม", "ธ.ค.", "dec"),
    ];
    const AHEAD: u32 = 543;
    if text.len() > 400 || !text.contains(|c| matches!(c, '\u{e01}'..='\u{e4e}')) {
        return None;
    }
    let mut line = text.to_owned();
    for (name, short, month) in MONTHS {
        for spelling in [name, short] {
            line = line.replace(spelling, &format!(" {month} "));
        }
    }
    let mut out = String::new();
    for piece in line.split_inclusive(|c: char| !c.is_ascii_digit()) {
        let digits = piece.trim_end_matches(|c: char| !c.is_ascii_digit());
        match digits.parse::<u32>() {
            Ok(year) if digits.len() == 4 && (2_533..=2_643).contains(&year) => {
                out.push_str(&(year - AHEAD).to_string());
                out.push_str(&piece[digits.len()..]);
            }
            _ => out.push_str(piece),
        }
    }
    Some(out)
}

/// A Japanese line with the years of the common era: 令和6年 is 2024, and the first year of an era may be written 元年.
/// `None` where no era is named.
fn japanese_era(text: &str) -> Option<String> {
    /// The year before the first of each.
    const ERAS: [(&str, u32); 3] = [("令和", 2018), ("平成", 1988), ("昭和", 1925)];
    if text.len() > 400 {
        return None;
    }
    ERAS.iter().find_map(|(era, before)| {
        let (start, rest) = text.split_once(era)?;
        let (year, end) = rest.split_once('年')?;
        let counted = match year.trim() {
            "元" => 1,
            year => match tokens(&format!("{year}年")).as_slice() {
                [Token::Number(counted @ 1..=64, _), _] => *counted,
                _ => return None,
            },
        };
        Some(format!("{start}{}年{end}", before + counted))
    })
}

/// A time of day on a day. 24:00 is the end of it (ISO 8601); a leap second is counted as the one before.
pub(super) fn at(date: civil::Date, clock: [u32; 4]) -> Option<(civil::Date, civil::Time)> {
    let [hour, minute, second, nanosecond] = clock;
    let (date, hour) = match hour {
        24 if minute == 0 && second == 0 => (date.tomorrow().ok()?, 0),
        hour => (date, hour),
    };
    let second = if second == 60 { 59 } else { second };
    let time = civil::Time::new(
        hour.try_into().ok()?,
        minute.try_into().ok()?,
        second.try_into().ok()?,
        nanosecond.try_into().ok()?,
    );
    Some((date, time.ok()?))
}

/// The offset of `Europe/Berlin` at a moment, where the system knows its zones.
pub(super) fn region(name: &str, date: civil::Date, time: civil::Time) -> Option<Offset> {
    let name = name.strip_prefix("Etc/").unwrap_or(name);
    if let Some(minutes) = words::zone(&name.to_ascii_lowercase(), false) {
        return Offset::from_seconds(minutes * 60).ok();
    }
    if !name.contains('/') || name.len() > 40 {
        return None;
    }
    let zone = TimeZone::get(name).ok()?;
    let moment = zone.to_timestamp(date.to_datetime(time)).ok()?;
    Some(zone.to_offset(moment))
}

fn named_region(text: &str, date: civil::Date, time: civil::Time) -> Option<Offset> {
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+');
    text.split(|c: char| !name(c))
        .filter(|word| word.contains('/') && word.starts_with(|c: char| c.is_ascii_uppercase()))
        .find_map(|word| region(word, date, time))
}

/// Korea's clock is meant where its words are used, which name no zone.
fn korean(text: &str) -> bool {
    text.contains('년') || text.contains("오전") || text.contains("오후")
}

/// Finds the first day in the line: the date, the index after it and the index where a time may
/// stand before it.
fn find_date(tokens: &[Token], rules: Rules) -> Option<(civil::Date, usize, usize)> {
    let mut month_only = None;
    for start in 0..tokens.len() {
        match tokens[start] {
            Token::Number(number, digits) => {
                if is_negative(tokens, start) {
                    continue;
                }
                // `12:30` and `1.500` are no days; a number inside a longer figure neither.
                if let Some(found) = compact(number, digits, tokens, start) {
                    return Some(found);
                }
                let follows = month_twice(tokens, start, rules)
                    .or_else(|| numeric(tokens, start, rules))
                    .or_else(|| day_first(tokens, start, rules));
                if let Some((date, end)) = follows {
                    return Some((date, end, start));
                }
            }
            Token::Word(ref word) => {
                if let Some((date, end)) = month_first(tokens, start, word, rules) {
                    return Some((date, end, start));
                }
                // `31 Feb 2024` is no first of February.
                let numbered = tokens[..start]
                    .iter()
                    .any(|token| matches!(token, Token::Number(..)));
                if rules.whole && month_only.is_none() && !numbered {
                    month_only = month_and_year(tokens, start, word, rules)
                        .map(|(date, end)| (date, end, start));
                }
            }
            _ => {}
        }
    }
    month_only
}

/// Years before year one (`-0001`) are what a program makes of nothing.
fn is_negative(tokens: &[Token], at: usize) -> bool {
    at > 0
        && is_sign(tokens, at - 1, &['-'])
        && at
            .checked_sub(2)
            .is_none_or(|before| tokens[before] == Token::Space)
}

/// `20240612` and `20240612T140203`.
fn compact(
    number: u32,
    digits: usize,
    tokens: &[Token],
    at: usize,
) -> Option<(civil::Date, usize, usize)> {
    // A digit run after a sign is likelier an article's number: `id-20240612`.
    if digits != 8 || (at > 0 && matches!(tokens[at - 1], Token::Sign(_))) {
        return None;
    }
    let rules = Rules::default();
    let date = day(number / 10_000, number / 100 % 100, number % 100, rules)?;
    Some((date, at + 1, at))
}

/// Three numbers with the same sign between them, or with the words of East Asia: year first, or
/// day and month in the order of the language.
fn numeric(tokens: &[Token], at: usize, rules: Rules) -> Option<(civil::Date, usize)> {
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
        end = skip_sign(tokens, end, &['日', '일', '号']);
    } else if sign != sign2 || second_digits > 2 {
        return None;
    }
    if first_digits == 4 && third_digits <= 2 {
        let (month, days) = if second > 12 && !east {
            (third, second)
        } else {
            (second, third)
        };
        return Some((day(first, month, days, rules)?, end));
    }
    let short = third_digits == 2 || (rules.whole && third_digits == 3);
    if east || first_digits > 2 || !(short || third_digits == 4) {
        return None;
    }
    // `12.1. 06:15` has no year: the time of day follows.
    let apart = tokens.get(next2.wrapping_sub(1)) == Some(&Token::Space);
    let begun = at >= 2 && is_sign(tokens, at - 1, &['.']) && number(tokens, at - 2).is_some();
    let clock = apart && is_hour(tokens, end) || begun || is_hour_word(tokens, end);
    if third_digits == 2 && clock {
        return None;
    }
    let year = words::full_year(third, third_digits);
    let american = sign == '/'
        && match rules.lang {
            Some(lang) if lang.eq_ignore_ascii_case("en-us") => true,
            // Elsewhere the day comes first, but what a program writes with seconds and a half of the day is American, and
            // so is a half of the day before a zone of North America.
            Some(lang) => !lang.contains('-') && (has_halves(tokens) || is_north_american(tokens)),
            None => rules.whole || has_halves(tokens) || is_north_american(tokens),
        };
    let (days, month) = match (first > 12, second > 12) {
        (false, true) => (second, first),
        (true, _) => (first, second),
        (false, false) => {
            let (usual, other) = match american {
                true => ((second, first), (first, second)),
                false => ((first, second), (second, first)),
            };
            let named = weekday(tokens);
            let fits = |(days, month): (u32, u32)| {
                let date = day(year, month, days, rules);
                date.map(|date| date.weekday().to_monday_zero_offset()) == named
            };
            // The day of the week beside it knows the order.
            match named.is_some() && !fits(usual) && fits(other) {
                true => other,
                false => usual,
            }
        }
    };
    Some((day(year, month, days, rules)?, end))
}

/// `18 /10 /Oct /2010`, as some systems give the month twice.
fn month_twice(tokens: &[Token], at: usize, rules: Rules) -> Option<(civil::Date, usize)> {
    let (days, 1 | 2) = number(tokens, at)? else {
        return None;
    };
    let (sign, next) = separator(tokens, at + 1)?;
    let (month, 1 | 2) = number(tokens, next)? else {
        return None;
    };
    let (again, next) = separator(tokens, next + 1)?;
    let (named, next) = month_at(tokens, next, word(tokens, next)?, rules)?;
    let (last, next) = separator(tokens, next)?;
    let (year, 4) = number(tokens, next)? else {
        return None;
    };
    let same = named == month && sign == again && sign == last;
    same.then(|| day(year, month, days, rules).map(|date| (date, next + 1)))?
}

/// Whether what stands behind a number of two digits makes it an hour: `06:15`, `06.15`, `06h15`, `06 Uhr`.
fn is_hour(tokens: &[Token], at: usize) -> bool {
    let minutes = |at: usize| matches!(number(tokens, at), Some((0..=59, 2)));
    is_sign(tokens, at, &[':'])
        || is_sign(tokens, at, &['.']) && minutes(at + 1)
        || matches!(word(tokens, at), Some("h" | "u")) && minutes(at + 1)
        || is_hour_word(tokens, at)
}

/// Whether a line has a time with seconds and a half of the day as America writes it: `2:20:11 PM`.
fn has_halves(tokens: &[Token]) -> bool {
    let half = tokens
        .iter()
        .position(|token| matches!(token, Token::Word(word) if word == "am" || word == "pm"));
    let Some(half) = half else { return false };
    let end = half.saturating_sub(usize::from(half > 0 && tokens[half - 1] == Token::Space));
    let time = &tokens[end.saturating_sub(5)..end];
    matches!(
        time,
        [
            Token::Number(..),
            Token::Sign(':'),
            Token::Number(_, 2),
            Token::Sign(':'),
            Token::Number(_, 2)
        ]
    )
}

/// Whether a line has a half of the day and a zone of North America behind it: `9:41 AM EST`.
fn is_north_american(tokens: &[Token]) -> bool {
    const ZONES: &[&str] = &[
        "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "et", "ct", "pt", "akst", "akdt",
    ];
    let words = tokens.windows(3);
    words.into_iter().any(|three| {
        matches!(three, [Token::Word(half), Token::Space, Token::Word(zone)]
            if matches!(half.as_str(), "am" | "pm") && ZONES.contains(&zone.as_str()))
    })
}

/// The day of the week that a line names, counted from Monday.
fn weekday(tokens: &[Token]) -> Option<i8> {
    tokens.iter().find_map(|token| match token {
        Token::Word(word) => words::weekday(word),
        _ => None,
    })
}

/// `12 June 2024`, `12. Juni 2024`, `12 de junio de 2024`, `12-Jun-24`, `12th of June, 2024`,
/// `2024 június 12`, `2024 m. birželio 12`, `2024 წლის 12 ივნისი`.
fn day_first(tokens: &[Token], at: usize, rules: Rules) -> Option<(civil::Date, usize)> {
    let (first, digits) = number(tokens, at)?;
    // `2024 წლის 12 ივნისი`
    let inner = skip_filler(tokens, at + 1);
    if digits == 4
        && let Some((days, 1 | 2)) = number(tokens, inner)
        && !is_sign(tokens, inner + 1, &[':'])
    {
        let (month, after) = month_near(tokens, inner + 1, rules)?;
        return Some((day(first, month, days, rules)?, after));
    }
    let (month, after) = month_near(tokens, at + 1, rules)?;
    let next = skip_filler(tokens, after);
    if digits == 4 || (rules.whole && digits <= 3 && first > 31) {
        let (days, day_digits) = number(tokens, next)?;
        let year = words::full_year(first, digits);
        return (day_digits <= 2)
            .then(|| day(year, month, days, rules).map(|date| (date, next + 1)))?;
    }
    if digits > 2 {
        return None;
    }
    let (year, year_digits) = number(tokens, next)?;
    let before = next.wrapping_sub(1);
    let year = match year_digits {
        4 => year,
        // `12-Jun-24`; after a space two digits are an hour (`12 June 14:02`).
        2 if is_sign(tokens, before, &['-', '/', '\'']) => words::full_year(year, 2),
        2 | 3 if rules.whole && !is_sign(tokens, next + 1, &[':']) => {
            words::full_year(year, year_digits)
        }
        _ => return None,
    };
    Some((day(year, month, first, rules)?, next + 1))
}

/// `June 12, 2024`, `Jun. 12th 2024`, `junho 12 2024`; `Tue Apr 25 12:26:15 +0000 2023`.
fn month_first(
    tokens: &[Token],
    at: usize,
    word: &str,
    rules: Rules,
) -> Option<(civil::Date, usize)> {
    let (month, after) = month_at(tokens, at, word, rules)?;
    let next = skip_filler(tokens, after);
    let (days, digits) = number(tokens, next)?;
    if digits > 2 {
        return None;
    }
    let end = skip_filler(tokens, next + 1);
    // The C library's order puts the time between day and year.
    if is_sign(tokens, end + 1, &[':']) {
        let four = |from: usize| {
            let rest = tokens.get(from..)?;
            Some(rest.iter().position(|t| matches!(t, Token::Number(_, 4)))? + from)
        };
        let mut year = four(end)?;
        // A zone such as +0000 has four digits too.
        if is_sign(tokens, year.wrapping_sub(1), &['+', '-']) {
            year = four(year + 1)?;
        }
        let (number, _) = number(tokens, year)?;
        return Some((day(number, month, days, rules)?, end));
    }
    let (year, digits) = number(tokens, end)?;
    let short = rules.whole && matches!(digits, 2 | 3);
    if digits != 4 && !short {
        return None;
    }
    let date = day(words::full_year(year, digits), month, days, rules)?;
    Some((date, end + 1))
}

/// `June 2024`: the first day of it.
fn month_and_year(
    tokens: &[Token],
    at: usize,
    word: &str,
    rules: Rules,
) -> Option<(civil::Date, usize)> {
    let (month, after) = month_at(tokens, at, word, rules)?;
    let next = skip_filler(tokens, after);
    let (year, 4) = number(tokens, next)? else {
        return None;
    };
    Some((day(year, month, 1, rules)?, next + 1))
}

/// A month's name within the next tokens, over ordinals, points and particles.
fn month_near(tokens: &[Token], at: usize, rules: Rules) -> Option<(u32, usize)> {
    let mut at = at;
    for _ in 0..6 {
        match tokens.get(at)? {
            Token::Word(word) => {
                if let Some(found) = month_at(tokens, at, word, rules) {
                    return Some(found);
                }
                if !words::is_filler(word) {
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

/// A month's name at a token, and the index after it. Vietnamese writes `tháng 6`, Arabic has names
/// of two words.
pub(super) fn month_at(
    tokens: &[Token],
    at: usize,
    name: &str,
    rules: Rules,
) -> Option<(u32, usize)> {
    if name == "thang" {
        let next = skip_space(tokens, at + 1);
        let (month, digits) = number(tokens, next)?;
        return (digits <= 2 && (1..=12).contains(&month)).then_some((month, next + 1));
    }
    let second = |first: u32, then: u32| {
        let second = word(tokens, at + 2)?;
        let month = if second.contains("ثان") {
            then
        } else {
            first
        };
        Some((month, at + 3))
    };
    match name {
        "كانون" => second(12, 1),
        "تشرين" => second(10, 11),
        _ if rules.whole => words::month_of_date(name, rules.lang).map(|month| (month, at + 1)),
        _ => words::month(name, rules.lang).map(|month| (month, at + 1)),
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

/// Skips what stands between the parts of a date.
pub(super) fn skip_filler(tokens: &[Token], at: usize) -> usize {
    let mut at = at;
    while at < tokens.len() {
        match &tokens[at] {
            Token::Space | Token::Sign('.' | ',' | '-' | '/' | '\'' | 'º' | '،') => at += 1,
            Token::Word(word) if words::is_filler(word) => at += 1,
            _ => break,
        }
    }
    at
}

/// A day that can be: before the web there were no pages, and years far ahead are no dates of news.
fn day(year: u32, month: u32, day: u32, rules: Rules) -> Option<civil::Date> {
    if !rules.whole && !(1990..=2100).contains(&year) {
        return None;
    }
    civil::Date::new(
        i16::try_from(year).ok().filter(|year| *year >= 1)?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

/// What is known of the zone after a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Zone {
    None,
    Known(Offset),
    /// A name that is none of ours.
    Unknown,
}

/// A time of day in a line: hour, minute, second, nanosecond.
pub(super) enum Found {
    None,
    /// It looks like one but cannot be.
    Bad,
    Some([u32; 4], Zone),
}

/// The first `hh:mm[:ss[.fff]]`, `14h02`, `14.02 Uhr`, `20시 00분` or `5 pm` in the tokens.
pub(super) fn clock(tokens: &[Token], rules: Rules) -> Found {
    for at in 0..tokens.len() {
        let Some((hour, digits)) = number(tokens, at) else {
            continue;
        };
        if digits > 2 {
            // `T140203`, `T1402`
            if matches!(digits, 4 | 6) && word(tokens, at.wrapping_sub(1)) == Some("t") {
                let (hour, minute, second) = match digits {
                    6 => (hour / 10_000, hour / 100 % 100, hour % 100),
                    _ => (hour / 100, hour % 100, 0),
                };
                return finish([hour, minute, second, 0], tokens, at, at + 1, rules);
            }
            continue;
        }
        let (sign, next) = match tokens.get(at + 1) {
            Some(Token::Sign(sign)) => (*sign, skip_space(tokens, at + 2)),
            Some(Token::Word(word)) if matches!(word.as_str(), "h" | "u") => ('h', at + 2),
            // `14 h 02`
            Some(Token::Space) if word(tokens, at + 2) == Some("h") => {
                ('h', skip_space(tokens, at + 3))
            }
            _ => (' ', at + 1),
        };
        let minutes = number(tokens, next).filter(|(minute, digits)| *digits == 2 && *minute < 60);
        match (sign, minutes) {
            (':' | 'h' | '时' | '時' | '点' | '點' | '시', Some((minute, _))) => {
                let next = skip_sign(tokens, next + 1, &['分', '분']);
                let (second, nanosecond, next) = seconds(tokens, next);
                return finish([hour, minute, second, nanosecond], tokens, at, next, rules);
            }
            (':', None) if rules.whole && number(tokens, next).is_some() => return Found::Bad,
            ('.', Some((minute, _))) if is_hour_word(tokens, next + 1) => {
                return finish([hour, minute, 0, 0], tokens, at, next + 1, rules);
            }
            // British and Nordic papers write `14.02`; only where nothing else follows the point.
            ('.', Some((minute, _))) if hour < 24 && at > 0 && !goes_on(tokens, next + 1) => {
                return finish([hour, minute, 0, 0], tokens, at, next + 1, rules);
            }
            (' ', _) => {
                let said = word(tokens, skip_space(tokens, at + 1));
                if matches!(said, Some("am" | "pm" | "uhr")) {
                    return finish([hour, 0, 0, 0], tokens, at, at + 1, rules);
                }
            }
            _ => {}
        }
    }
    Found::None
}

/// `:15.25` after a minute: seconds, nanoseconds and the index after them.
fn seconds(tokens: &[Token], at: usize) -> (u32, u32, usize) {
    let (true, Some((second, 2))) = (is_sign(tokens, at, &[':']), number(tokens, at + 1)) else {
        return (0, 0, at);
    };
    let next = at + 2;
    match number(tokens, next + 1) {
        Some((fraction, digits)) if is_sign(tokens, next, &['.', ',']) => {
            let scale = 10_u32
                .checked_pow(9_u32.saturating_sub(digits as u32))
                .unwrap_or(0);
            let nanosecond = if digits <= 9 { fraction * scale } else { 0 };
            (second, nanosecond, next + 2)
        }
        _ => (second, 0, next),
    }
}

fn is_hour_word(tokens: &[Token], at: usize) -> bool {
    matches!(
        word(tokens, skip_space(tokens, at)),
        Some("uhr" | "h" | "น")
    )
}

fn goes_on(tokens: &[Token], at: usize) -> bool {
    matches!(
        tokens.get(at),
        Some(Token::Sign('.' | '/' | '-' | '%') | Token::Number(..))
    )
}

/// Reads what halves the day, before the hour (at `start`) or after the time (at `end`), and the zone that follows.
fn finish(parts: [u32; 4], tokens: &[Token], start: usize, end: usize, rules: Rules) -> Found {
    let [mut hour, minute, second, nanosecond] = parts;
    let mut at = skip_space(tokens, end);
    // Chinese, Japanese and Korean put the half of the day before the hour.
    let before = start
        .checked_sub(1)
        .and_then(|at| at.checked_sub(usize::from(tokens[at] == Token::Space)));
    let mut half = before.and_then(|at| words::afternoon(word(tokens, at)?));
    if let Some(word) = word(tokens, at) {
        // `p.m.`, `p. m.`, `μ.μ.`, `ب.ظ`
        let dot = usize::from(is_sign(tokens, at + 1, &['.']));
        let m = skip_space(tokens, at + 1 + dot);
        let lettered = self::word(tokens, m).and_then(|m| words::afternoon_in_letters(word, m));
        let (afternoon, length) = match lettered {
            Some(afternoon) => (Some(afternoon), m + 1 - at),
            None => (words::afternoon_behind(word, rules.lang), 1),
        };
        if afternoon.is_some() {
            half = afternoon;
            at += length;
        }
    }
    match half {
        Some(true) if hour < 12 => hour += 12,
        Some(false) if hour == 12 => hour = 0,
        _ => {}
    }
    if hour > 24 || minute > 59 || second > 60 {
        return Found::Bad;
    }
    Found::Some([hour, minute, second, nanosecond], zone(tokens, at, rules))
}

/// `Z`, `+02:00`, `+0200`, `+02`, `GMT+2`, `(CET)`, `EST`, `Eastern Standard Time`.
fn zone(tokens: &[Token], at: usize, rules: Rules) -> Zone {
    let mut at = at;
    while matches!(
        tokens.get(at),
        Some(Token::Space | Token::Sign('.' | ',' | '(' | '|' | '['))
    ) {
        at += 1;
    }
    let mut named = Zone::None;
    if let Some(name) = word(tokens, at) {
        if matches!(name, "uhr" | "h" | "น" | "hrs" | "ч" | "etc") {
            let slash = usize::from(is_sign(tokens, at + 1, &['/']));
            return zone(tokens, at + 1 + slash, rules);
        }
        named = match long_zone(tokens, at).or_else(|| words::zone(name, rules.whole)) {
            Some(minutes) => Offset::from_seconds(minutes * 60).map_or(Zone::None, Zone::Known),
            None if is_sign(tokens, at + 1, &['/']) => return Zone::Unknown,
            // `XYZT`, `Alma-Ata Time`: whatever it is, it is not UTC.
            None if rules.whole && looks_like_zone(tokens, at) => return Zone::Unknown,
            None => Zone::None,
        };
        if !matches!(name, "utc" | "gmt") {
            return named;
        }
        at = skip_space(tokens, at + 1);
    }
    offset(tokens, at)
        .and_then(|minutes| Offset::from_seconds(minutes * 60).ok())
        .map_or(named, Zone::Known)
}

/// `+02:00`, `+0200`, `+02`: minutes east of Greenwich.
fn offset(tokens: &[Token], at: usize) -> Option<i32> {
    let sign = match tokens.get(at)? {
        Token::Sign('+') => 1,
        Token::Sign('-') => -1,
        _ => return None,
    };
    let (value, digits) = number(tokens, at + 1)?;
    let (hours, minutes) = match digits {
        1 | 2 if is_sign(tokens, at + 2, &[':', '.']) => (
            value,
            number(tokens, at + 3).map_or(0, |(minutes, _)| minutes),
        ),
        1 | 2 => (value, 0),
        3 | 4 => (value / 100, value % 100),
        _ => return None,
    };
    let east = i32::try_from(hours * 60 + minutes).ok()?;
    (hours <= 15 && minutes <= 59).then_some(sign * east)
}

/// `Eastern Standard Time`, `Central European Summer Time`.
fn long_zone(tokens: &[Token], at: usize) -> Option<i32> {
    let name = words_until_time(tokens, at)?;
    words::zone(&name, false)
}

fn words_until_time(tokens: &[Token], at: usize) -> Option<String> {
    let mut name = String::new();
    let mut at = at;
    for _ in 0..4 {
        let next = word(tokens, at)?;
        name.push_str(next);
        if next == "time" {
            return Some(name);
        }
        name.push(' ');
        at = skip_space(tokens, at + 1);
    }
    None
}

fn looks_like_zone(tokens: &[Token], at: usize) -> bool {
    let short = word(tokens, at).is_some_and(|name| {
        (3..=5).contains(&name.len()) && name.is_ascii() && name.ends_with('t')
    });
    short || words_until_time(tokens, at).is_some()
}
