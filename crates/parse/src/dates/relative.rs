//! Dates that are said against the moment of the fetch: `3 hours ago`, `yesterday, 14:02`, `12 June`.
//! Never here: the clock itself, dates that are whole. What is not certain to the day is no date.

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil;

use super::moment::Moment;
use super::tokens::{Token, number, skip_space, tokens, word};
use super::words;
use super::written::{self, Found, Rules};
use newsprint_model::{Time, fold};

/// Longer lines are prose.
const MAX_CHARS: usize = 80;

/// Reads a short line that says nothing but when; `fetched` is the moment it was true.
pub(super) fn find(text: &str, lang: Option<&str>, fetched: Time) -> Option<Moment> {
    let text = text.trim();
    let count = text.chars().count();
    if !(2..=MAX_CHARS).contains(&count) {
        return None;
    }
    let rules = Rules { lang, whole: false };
    let tokens = tokens(text);
    ago(text, &tokens, fetched)
        .or_else(|| named_day(text, &tokens, rules, fetched))
        .or_else(|| without_year(text, &tokens, rules, fetched))
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
}

fn back(fetched: Time, count: u32, unit: Unit) -> Option<Moment> {
    let count = i64::from(count);
    let moment = Moment::utc(fetched);
    let days = |days: i64| Some(Moment::day(moment.date.checked_sub(days.days()).ok()?));
    let seconds = match unit {
        Unit::Day if count <= 60 => return days(count),
        Unit::Week if count <= 8 => return days(count * 7),
        Unit::Day | Unit::Week => return None,
        Unit::Second => count,
        Unit::Minute => count * 60,
        Unit::Hour => count * 3600,
    };
    if seconds > 60 * 86_400 {
        return None;
    }
    let time = fetched.as_second() - seconds;
    // To the minute: the seconds were never said.
    Some(Moment::utc(
        Time::from_second(time - time.rem_euclid(60)).ok()?,
    ))
}

/// `3 hours ago`, `vor 3 Stunden`, `il y a une heure`, `3時間前`, `3h`.
fn ago(text: &str, tokens: &[Token], fetched: Time) -> Option<Moment> {
    if let Some((count, unit)) = east_asian(text) {
        return back(fetched, count, unit);
    }
    let folded = fold(text);
    let spoken: Vec<&str> = folded
        .split(|c: char| !(c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c)))
        .filter(|word| !word.is_empty())
        .collect();
    let marked = spoken.iter().any(|word| AGO.contains(word))
        || AGO_PHRASES.iter().any(|phrase| folded.contains(phrase));
    if !marked {
        // `3h`, `2 d`: the whole line.
        let (count, digits) = number(tokens, 0)?;
        let next = skip_space(tokens, 1);
        let unit = match word(tokens, next)? {
            "h" | "hr" | "hrs" => Unit::Hour,
            "d" => Unit::Day,
            // Hungarian says with the ending that it is ago.
            "perce" => Unit::Minute,
            "oraja" => Unit::Hour,
            "napja" => Unit::Day,
            "hete" => Unit::Week,
            _ => return None,
        };
        return (tokens.len() == next + 1 && digits <= 2).then(|| back(fetched, count, unit))?;
    }
    if spoken.len() > 8 {
        return None;
    }
    for at in 0..tokens.len() {
        let Some((count, digits)) = number(tokens, at) else {
            continue;
        };
        let unit = word(tokens, skip_space(tokens, at + 1)).and_then(unit);
        if let Some(unit) = unit.filter(|_| digits <= 3) {
            return back(fetched, count, unit);
        }
    }
    // `an hour ago`, `منذ ساعتين`: one, or two by the ending. A number in the line would have been the count.
    if tokens
        .iter()
        .any(|token| matches!(token, Token::Number(..)))
        || spoken.len() > 5
    {
        return None;
    }
    spoken.iter().find_map(|word| {
        let two = word.ends_with("تين") || *word == "يومين" || word.ends_with("יים");
        let count = if two { 2 } else { 1 };
        let singular = two || !PLURALS.contains(word);
        let unit = unit(word).filter(|_| singular)?;
        back(fetched, count, unit)
    })
}

/// What follows a number in China, Japan and Korea, with the sign for 'before'.
fn east_asian(text: &str) -> Option<(u32, Unit)> {
    const UNITS: &[(&str, Unit)] = &[
        ("秒", Unit::Second),
        ("초", Unit::Second),
        ("分钟", Unit::Minute),
        ("分鐘", Unit::Minute),
        ("分", Unit::Minute),
        ("분", Unit::Minute),
        ("小时", Unit::Hour),
        ("小時", Unit::Hour),
        ("時間", Unit::Hour),
        ("시간", Unit::Hour),
        ("天", Unit::Day),
        ("日", Unit::Day),
        ("일", Unit::Day),
        ("周", Unit::Week),
        ("週間", Unit::Week),
        ("주", Unit::Week),
    ];
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let rest = &text[start..];
    let end = rest.find(|c: char| !c.is_ascii_digit())?;
    let count = rest[..end].parse().ok().filter(|_| end <= 3)?;
    let rest = rest[end..].trim_start().trim_start_matches(['个', '個']);
    UNITS.iter().find_map(|(name, unit)| {
        let after = rest.strip_prefix(name)?.trim_start();
        (after.starts_with('前') || after.starts_with('전')).then_some((count, *unit))
    })
}

/// Words that put a span into the past, folded.
#[rustfmt::skip]
const AGO: &[&str] = &[
    "ago", "vor", "hace", "fa", "ha", "atras", "geleden", "siden", "sedan", "sitten", "temu", "pred", "prije", "pre", "пре",
    "назад", "тому", "таму", "преди", "пред", "once", "evvel", "əvvəl", "πριν", "acum", "urma", "ezelott", "წინ", "առաջ",
    "منذ", "قبل", "לפני", "پیش", "پيش", "पहल", "truoc", "lalu", "pries", "pirms", "tagasi",
];
/// The same in several words, or in scripts without spaces.
const AGO_PHRASES: &[&str] = &["il y a ", "ทแลว", "ทผานมา"];
/// Units that cannot mean one when no number is said (`hours ago`, `vor Tagen`).
#[rustfmt::skip]
const PLURALS: &[&str] = &[
    "hours", "minutes", "days", "weeks", "stunden", "tagen", "wochen", "heures", "jours", "semaines", "horas", "dias",
    "semanas", "giorni", "settimane", "uren", "dagen", "weken", "timer", "dager", "uger", "timmar", "dagar", "veckor",
    "часов", "дней", "недель",
];

/// The unit that a folded word names, by its beginning.
#[rustfmt::skip]
fn unit(word: &str) -> Option<Unit> {
    const UNITS: &[(&str, Unit, usize)] = &[
        ("sec", Unit::Second, 5), ("sek", Unit::Second, 6), ("seg", Unit::Second, 6), ("сек", Unit::Second, 6), ("saniye", Unit::Second, 2),
        ("m", Unit::Minute, 0), ("min", Unit::Minute, 6), ("мин", Unit::Minute, 4), ("хв", Unit::Minute, 6), ("хвілін", Unit::Minute, 2), ("dakika", Unit::Minute, 2),
        ("dk", Unit::Minute, 0), ("deqiq", Unit::Minute, 2), ("dəqiqə", Unit::Minute, 2), ("λεπτ", Unit::Minute, 2), ("წუთ", Unit::Minute, 3), ("րոպե", Unit::Minute, 2),
        ("دقيق", Unit::Minute, 3), ("دقائق", Unit::Minute, 0), ("دقایق", Unit::Minute, 0), ("دقیقه", Unit::Minute, 0), ("דק", Unit::Minute, 4), ("perc", Unit::Minute, 3), ("phut", Unit::Minute, 0), ("menit", Unit::Minute, 0),
        ("นาท", Unit::Minute, 20), ("मनट", Unit::Minute, 1),
        ("h", Unit::Hour, 0), ("hr", Unit::Hour, 1), ("hour", Unit::Hour, 1), ("stund", Unit::Hour, 2), ("std", Unit::Hour, 0), ("heure", Unit::Hour, 1), ("hora", Unit::Hour, 1),
        ("hore", Unit::Hour, 1), ("ora", Unit::Hour, 3), ("ore", Unit::Hour, 0), ("uur", Unit::Hour, 0), ("uren", Unit::Hour, 0), ("tim", Unit::Hour, 0), ("time", Unit::Hour, 1),
        ("timm", Unit::Hour, 3), ("tunt", Unit::Hour, 2), ("tund", Unit::Hour, 2), ("godz", Unit::Hour, 4), ("hodin", Unit::Hour, 3), ("sat", Unit::Hour, 1), ("saat", Unit::Hour, 1), ("сат", Unit::Hour, 2),
        ("час", Unit::Hour, 3), ("годин", Unit::Hour, 1), ("гадзін", Unit::Hour, 1), ("ωρ", Unit::Hour, 2), ("საათ", Unit::Hour, 3), ("ժամ", Unit::Hour, 2), ("ساع", Unit::Hour, 3),
        ("שע", Unit::Hour, 5), ("gio", Unit::Hour, 0), ("jam", Unit::Hour, 0),  ("ชวโมง", Unit::Hour, 20),  ("घट", Unit::Hour, 2), ("valand", Unit::Hour, 2),
        ("d", Unit::Day, 0), ("day", Unit::Day, 1), ("tag", Unit::Day, 2), ("jour", Unit::Day, 1), ("dia", Unit::Day, 1), ("dies", Unit::Day, 0), ("giorn", Unit::Day, 1), ("dag", Unit::Day, 2),
        ("døgn", Unit::Day, 0), ("paiv", Unit::Day, 2), ("dni", Unit::Day, 1), ("dzien", Unit::Day, 0), ("dn", Unit::Day, 2), ("den", Unit::Day, 0), ("dan", Unit::Day, 1), ("дан", Unit::Day, 1),
        ("дн", Unit::Day, 2), ("день", Unit::Day, 0), ("ден", Unit::Day, 0), ("дзен", Unit::Day, 1), ("дзён", Unit::Day, 0), ("gun", Unit::Day, 0), ("ημερ", Unit::Day, 2), ("μερ", Unit::Day, 2),
        ("დღ", Unit::Day, 3), ("օր", Unit::Day, 1), ("يوم", Unit::Day, 2), ("ايام", Unit::Day, 0), ("روز", Unit::Day, 0), ("ימ", Unit::Day, 2), ("יומ", Unit::Day, 3), ("יום", Unit::Day, 0), ("nap", Unit::Day, 3),
        ("ngay", Unit::Day, 0), ("hari", Unit::Day, 0),  ("วน", Unit::Day, 20), ("दन", Unit::Day, 1), ("dien", Unit::Day, 3), ("zi", Unit::Day, 1), ("zile", Unit::Day, 0), ("paev", Unit::Day, 1),
        ("week", Unit::Week, 1), ("woche", Unit::Week, 1), ("semaine", Unit::Week, 1), ("semana", Unit::Week, 1), ("settiman", Unit::Week, 1), ("weken", Unit::Week, 0), ("uge", Unit::Week, 1),
        ("uke", Unit::Week, 1), ("veck", Unit::Week, 2), ("viikk", Unit::Week, 2), ("tydzien", Unit::Week, 0), ("tygodn", Unit::Week, 2), ("tyd", Unit::Week, 4), ("недел", Unit::Week, 1),
        ("тиж", Unit::Week, 4), ("hafta", Unit::Week, 1), ("εβδομ", Unit::Week, 4), ("კვირ", Unit::Week, 3), ("שבוע", Unit::Week, 2), ("اسبوع", Unit::Week, 2),
    ];
    UNITS
        .iter()
        .filter(|(stem, _, tail)| word.strip_prefix(stem).is_some_and(|rest| rest.chars().count() <= *tail))
        .max_by_key(|(stem, _, _)| stem.len())
        .map(|(_, unit, _)| *unit)
}

#[rustfmt::skip]
const YESTERDAY: &[&str] = &[
    "yesterday", "dünən", "gestern", "hier", "ayer", "ieri", "ontem", "gisteren", "i gar", "igar", "eilen", "wczoraj", "vcera", "vceraj",
    "jucer", "juce", "јуче", "вчера", "вчора", "учора", "dun", "dunen", "χθες", "χτες", "tegnap", "გუშინ", "երեկ", "امس", "أمس",
    "אתמול", "دیروز", "ديروز", "昨天", "昨日", "어제", "hom qua", "kemarin", "เมื่อวาน", "vakar", "eile", "ahir",
];
#[rustfmt::skip]
const TODAY: &[&str] = &[
    "today", "bu gün", "heute", "aujourd hui", "hoy", "oggi", "hoje", "vandaag", "i dag", "idag", "tanaan", "dzis", "dzisiaj", "dnes", "danas",
    "данас", "сегодня", "сьогодні", "днес", "сення", "bugun", "σημερα", "astazi", "azi", "დღეს", "այսօր", "اليوم", "היום", "امروز",
    "आज", "今天", "今日", "오늘", "hom nay", "hari ini", "วันนี้", "siandien", "sodien", "tana", "danes", "avui",
];

/// The names of yesterday and of today, folded, between spaces, and whether they are of a script that has spaces.
static NAMED: LazyLock<[Vec<(String, bool)>; 2]> = LazyLock::new(|| {
    [YESTERDAY, TODAY].map(|names| {
        let name = |name: &&str| (format!(" {} ", fold(name)), fold(name).is_ascii());
        names.iter().map(name).collect()
    })
});

/// `Today, 14:02`, `gestern um 14.02 Uhr`, `Published yesterday`.
fn named_day(text: &str, tokens: &[Token], rules: Rules, fetched: Time) -> Option<Moment> {
    let folded: String = fold(text)
        .chars()
        .map(|c| {
            if matches!(c, '\'' | '’' | ',' | '.' | ':' | '|' | '·' | '•') {
                ' '
            } else {
                c
            }
        })
        .collect();
    let spoken: Vec<&str> = folded.split_whitespace().collect();
    let spoken = spoken.join(" ");
    let padded = format!(" {spoken} ");
    let is_said = |names: &[(String, bool)]| {
        names.iter().any(|(name, spaced)| {
            padded.contains(name.as_str())
                // Scripts without spaces go on with the hour.
                || (!spaced
                    && spoken
                        .strip_prefix(name.trim())
                        .is_some_and(|rest| rest.starts_with(|c: char| c.is_numeric())))
        })
    };
    // `ma` is today in Hungarian and a word of many languages.
    let hungarian =
        rules.lang.is_some_and(|lang| lang.starts_with("hu")) && padded.contains(" ma ");
    let days = match (is_said(&NAMED[0]), is_said(&NAMED[1]) || hungarian) {
        (true, false) => 1,
        (false, true) => 0,
        _ => return None,
    };
    let is_last = YESTERDAY
        .iter()
        .chain(TODAY)
        .any(|name| spoken.ends_with(&fold(name)));
    let clock = match written::clock(tokens, rules) {
        Found::Some(clock, zone) => Some((clock, zone)),
        _ => None,
    };
    let others = tokens
        .iter()
        .filter(|token| matches!(token, Token::Word(word) if word.chars().count() >= 3))
        .count();
    // Without an hour the word may open a headline (`Hoy en España`): only a label may stand before it.
    let alone = others <= 2 && is_last && spoken.split(' ').count() <= 3;
    if others > 5 || (clock.is_none() && !alone) {
        return None;
    }
    let day = Moment::utc(fetched)
        .date
        .checked_sub(i64::from(days).days())
        .ok()?;
    let Some((clock, zone)) = clock else {
        return Some(Moment::day(day));
    };
    let (date, time) = written::at(day, clock)?;
    let zone = match zone {
        written::Zone::Known(zone) => Some(zone),
        _ => None,
    };
    Some(Moment {
        date,
        time: Some(time),
        zone,
    })
}

/// `12 June`, `Jun 12, 14:02`, `12. Juni`, `6月12日`, `12.06., 14:02`: the latest such day that is not after the fetch.
fn without_year(text: &str, tokens: &[Token], rules: Rules, fetched: Time) -> Option<Moment> {
    let others = tokens
        .iter()
        .filter(|token| matches!(token, Token::Word(word) if word.chars().count() >= 3))
        .count();
    if others > 4 || text.chars().count() > 60 {
        return None;
    }
    let (month, day, before, after) =
        (0..tokens.len()).find_map(|at| month_and_day(tokens, at, rules))?;
    let today = Moment::utc(fetched).date;
    let date = [0, 1, 2, 3, 4].iter().find_map(|back| {
        // The day after: it may be tomorrow already where the page is written.
        civil::Date::new(today.year() - back, month, day)
            .ok()
            .filter(|date| *date <= today.tomorrow().unwrap_or(today))
    })?;
    let clock = match written::clock(&tokens[after..], rules) {
        Found::None => written::clock(&tokens[..before], rules),
        found => found,
    };
    // `10 may be`: the words go on, and with no hour.
    let goes_on = matches!(tokens.get(skip_space(tokens, after)), Some(Token::Word(word)) if !super::is_date_word(word));
    if goes_on && matches!(clock, Found::None) {
        return None;
    }
    match clock {
        Found::Some(clock, zone) => {
            let (date, time) = written::at(date, clock)?;
            let zone = match zone {
                written::Zone::Known(zone) => Some(zone),
                _ => None,
            };
            Some(Moment {
                date,
                time: Some(time),
                zone,
            })
        }
        _ => Some(Moment::day(date)),
    }
}

/// Month and day at a token, the index before which and after which a time may stand. A year that is there after all
/// would have been read with them: then this is not such a date.
fn month_and_day(tokens: &[Token], at: usize, rules: Rules) -> Option<(i8, i8, usize, usize)> {
    let is_day = |number: u32, digits: usize| digits <= 2 && (1..=31).contains(&number);
    let found = |month: u32, day: u32, end: usize| {
        Some((i8::try_from(month).ok()?, i8::try_from(day).ok()?, at, end))
    };
    match tokens.get(at)? {
        Token::Word(name) => {
            let (month, after) = written::month_at(tokens, at, name, rules)?;
            let next = written::skip_filler(tokens, after);
            let (day, digits) = number(tokens, next)?;
            let year = number(tokens, written::skip_filler(tokens, next + 1))
                .is_some_and(|(_, digits)| digits >= 3);
            // `May 12:30` names no day.
            let hour = matches!(tokens.get(next + 1), Some(Token::Sign(':')));
            if !is_day(day, digits) || year || hour {
                return None;
            }
            found(month, day, next + 1)
        }
        Token::Number(first, digits) if is_day(*first, *digits) => {
            // `6月12日`
            if let Some(Token::Sign('月' | '월')) = tokens.get(skip_space(tokens, at + 1)) {
                let next = skip_space(tokens, skip_space(tokens, at + 1) + 1);
                let (day, digits) = number(tokens, next)?;
                let signed = matches!(
                    tokens.get(skip_space(tokens, next + 1)),
                    Some(Token::Sign('日' | '일' | '号'))
                );
                return (signed && is_day(day, digits) && *first <= 12)
                    .then(|| found(*first, day, skip_space(tokens, next + 1) + 1))?;
            }
            // `12.06.`, with nothing but a clock beside it.
            if let (Some(Token::Sign('.')), Some((month, 1 | 2)), Some(Token::Sign('.'))) = (
                tokens.get(at + 1),
                number(tokens, at + 2),
                tokens.get(at + 3),
            ) && at == 0
                && number(tokens, at + 4).is_none()
                && (1..=12).contains(&month)
                && tokens
                    .iter()
                    .all(|token| !matches!(token, Token::Word(word) if word != "uhr"))
            {
                return found(month, *first, at + 4);
            }
            if let Some((month, day)) = numbers_and_clock(tokens, at, rules) {
                return found(month, day, at + 3);
            }
            let mut next = at + 1;
            for _ in 0..4 {
                match tokens.get(next)? {
                    Token::Space | Token::Sign('.' | '-' | '/' | 'º' | '°') => next += 1,
                    Token::Word(word) if words::is_filler(word) => next += 1,
                    _ => break,
                }
            }
            let name = word(tokens, next)?;
            let (month, after) = written::month_at(tokens, next, name, rules)?;
            let year = number(tokens, written::skip_filler(tokens, after))
                .is_some_and(|(_, digits)| digits >= 3);
            if year {
                None
            } else {
                found(month, *first, after)
            }
        }
        _ => None,
    }
}

/// `11-27 14:05` and `11/13 14:05`, all of the line: the month first where a number above 12 or the language says so.
fn numbers_and_clock(tokens: &[Token], at: usize, rules: Rules) -> Option<(u32, u32)> {
    let (first, 1 | 2) = number(tokens, at)? else {
        return None;
    };
    let Some(Token::Sign(sign @ ('-' | '/'))) = tokens.get(at + 1) else {
        return None;
    };
    let (second, 1 | 2) = number(tokens, at + 2)? else {
        return None;
    };
    let clock = at + 4;
    let has_clock = matches!(tokens.get(at + 3), Some(Token::Space))
        && number(tokens, clock).is_some_and(|(hour, digits)| digits <= 2 && hour < 24)
        && matches!(tokens.get(clock + 1), Some(Token::Sign(':')))
        && number(tokens, clock + 2).is_some_and(|(_, digits)| digits == 2);
    let words = tokens.iter().any(|token| matches!(token, Token::Word(_)));
    if at != 0 || !has_clock || words {
        return None;
    }
    let lang = rules.lang.unwrap_or_default().to_ascii_lowercase();
    let eastern = ["zh", "ja", "ko"].iter().any(|code| lang.starts_with(code));
    let month_first = eastern || lang == "en-us" && *sign == '/';
    match (first > 12, second > 12) {
        (false, true) => Some((first, second)),
        (true, false) => Some((second, first)),
        (false, false) if month_first => Some((first, second)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::dates::parse_at;

    const FETCHED: &str = "2024-06-12T14:02:30Z";

    fn read(text: &str) -> String {
        parse_at(text, None, FETCHED.parse().ok())
            .map(|written| written.local)
            .unwrap_or_default()
    }

    fn wrong<'a>(spellings: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str, String)> {
        let read = spellings
            .iter()
            .map(|(text, expected)| (*text, *expected, read(text)));
        read.filter(|(_, expected, read)| read != expected)
            .collect()
    }

    #[test]
    fn spans_before_the_fetch() {
        let spans = [
            "3 hours ago",
            "Updated 3 hrs ago",
            "3h ago",
            "3h",
            "vor 3 Stunden",
            "vor 3 Std.",
            "il y a 3 heures",
            "Il y a 3 h",
            "hace 3 horas",
            "3 ore fa",
            "há 3 horas",
            "3 horas atrás",
            "3 uur geleden",
            "3 timer siden",
            "for 3 timer siden",
            "3 timmar sedan",
            "3 tuntia sitten",
            "3 godziny temu",
            "3 godz. temu",
            "před 3 hodinami",
            "prije 3 sata",
            "3 часа назад",
            "3 години тому",
            "преди 3 часа",
            "3 saat önce",
            "3 saat əvvəl",
            "πριν από 3 ώρες",
            "acum 3 ore",
            "3 órával ezelőtt",
            "3 საათის წინ",
            "3 ժամ առաջ",
            "منذ 3 ساعات",
            "قبل ٣ ساعات",
            "לפני 3 שעות",
            "3 घंटे पहले",
            "3 giờ trước",
            "3 jam yang lalu",
            "3 jam lalu",
            "3 ชั่วโมงที่แล้ว",
            "3小时前",
            "3 小時前",
            "3時間前",
            "3시간 전",
            "prieš 3 valandas",
            "pirms 3 stundām",
            "3 tundi tagasi",
        ]
        .map(|text| (text, "2024-06-12T11:02:00Z"));
        assert!(wrong(&spans).is_empty(), "{:#?}", wrong(&spans));
        let spans = [
            "2 days ago",
            "vor 2 Tagen",
            "il y a 2 jours",
            "hace 2 días",
            "2 giorni fa",
            "2 dagen geleden",
            "2 дня назад",
            "2 dni temu",
            "2 gün önce",
            "منذ يومين",
            "לפני יומיים",
            "2天前",
            "2日前",
            "2일 전",
            "2d ago",
            "2 დღის წინ",
            "2 ημέρες πριν",
        ]
        .map(|text| (text, "2024-06-10"));
        assert!(wrong(&spans).is_empty(), "{:#?}", wrong(&spans));
        let spans = [
            "an hour ago",
            "vor einer Stunde",
            "il y a une heure",
            "hace una hora",
            "un'ora fa",
            "час назад",
            "منذ ساعة",
        ]
        .map(|text| (text, "2024-06-12T13:02:00Z"));
        assert!(wrong(&spans).is_empty(), "{:#?}", wrong(&spans));
        assert_eq!(read("25 minutes ago"), "2024-06-12T13:37:00Z");
        assert_eq!(read("1 week ago"), "2024-06-05");
    }

    #[test]
    fn named_days_and_days_without_a_year() {
        let spellings = [
            ("Today", "2024-06-12"),
            ("Today, 09:15", "2024-06-12T09:15:00"),
            ("Published yesterday", "2024-06-11"),
            ("Yesterday at 9:15 pm", "2024-06-11T21:15:00"),
            ("gestern, 09:15 Uhr", "2024-06-11T09:15:00"),
            ("Heute um 9.15 Uhr", "2024-06-12T09:15:00"),
            ("Aujourd’hui à 9h15", "2024-06-12T09:15:00"),
            ("hier à 09h15", "2024-06-11T09:15:00"),
            ("Вчера, 09:15", "2024-06-11T09:15:00"),
            ("昨天 09:15", "2024-06-11T09:15:00"),
            ("어제 09:15", "2024-06-11T09:15:00"),
            ("12 June", "2024-06-12"),
            ("June 11", "2024-06-11"),
            ("Dec 30", "2023-12-30"),
            ("30. Dezember, 09:15 Uhr", "2023-12-30T09:15:00"),
            ("Montag, 10. Juni", "2024-06-10"),
            ("le 10 juin à 9h15", "2024-06-10T09:15:00"),
            ("10 июня, 09:15", "2024-06-10T09:15:00"),
            ("6月10日 09:15", "2024-06-10T09:15:00"),
            ("6월 10일", "2024-06-10"),
            ("10.06., 09:15", "2024-06-10T09:15:00"),
            ("10 de junio", "2024-06-10"),
            ("29 February", "2024-02-29"),
        ];
        assert!(wrong(&spellings).is_empty(), "{:#?}", wrong(&spellings));
    }

    #[test]
    fn what_is_not_certain_is_no_date() {
        let spans = [
            "3 min read",
            "5 min",
            "Hoy en España",
            "Ayer y hoy de la ciudad",
            "Days ago",
            "vor Tagen",
            "3 months ago",
            "2 years ago",
            "May 12:30",
            "Top 10",
            "10 may be",
            "Chapter 3 hours",
            "1.5",
            "10.06",
            "version 3.12.",
            "Nach 3 Stunden",
            "The day after yesterday and before the next",
            "900 days ago",
            "2 May 20242 May 2024x",
            "31 June",
        ]
        .map(|text| (text, ""));
        assert!(wrong(&spans).is_empty(), "{:#?}", wrong(&spans));
        assert_eq!(parse_at("3 hours ago", None, None), None);
        for piece in ["3 ", "ago", "昨", "12.", "vor ", "6月"] {
            parse_at(&piece.repeat(10_000), None, FETCHED.parse().ok());
        }
    }
}
