//! Days of the Persian calendar, which the press of Iran writes alone (`۲۳ خرداد ۱۴۰۳`, `۱۴۰۳/۰۳/۲۳`).
//! Never here: the other calendars, times of day.

use jiff::ToSpan;
use jiff::civil;

use super::tokens::{Token, number, skip_space};
use super::written::Rules;

/// The months, folded, the first begins in March.
const MONTHS: [&str; 12] = [
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "ابان",
    "اذر",
    "دی",
    "بهمن",
    "اسفند",
];

/// The tokens of a line with its Persian days as those of the common calendar, year first.
pub(super) fn converted(tokens: Vec<Token>, text: &str, rules: Rules) -> Vec<Token> {
    let own_digits = text.contains(|c| matches!(c, '\u{6f0}'..='\u{6f9}'));
    let persian = rules
        .lang
        .is_some_and(|lang| lang.to_ascii_lowercase().starts_with("fa"));
    if !own_digits && !persian && !text.contains(|c| matches!(c, '\u{620}'..='\u{6ef}')) {
        return tokens;
    }
    let mut out = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let found = in_words(&tokens, at).or_else(|| {
            (own_digits || persian)
                .then(|| in_numbers(&tokens, at))
                .flatten()
        });
        let Some((date, end)) = found else {
            out.push(tokens[at].clone());
            at += 1;
            continue;
        };
        let part = |value: i8| Token::Number(u32::from(value.unsigned_abs()), 2);
        out.extend([
            Token::Number(u32::from(date.year().unsigned_abs()), 4),
            Token::Sign('-'),
            part(date.month()),
            Token::Sign('-'),
            part(date.day()),
        ]);
        at = end;
    }
    out
}

/// `۲۳ خرداد ۱۴۰۳`, `۲۳ خرداد ماه ۱۴۰۳`.
fn in_words(tokens: &[Token], at: usize) -> Option<(civil::Date, usize)> {
    let (day, digits) = number(tokens, at)?;
    let name = skip_space(tokens, at + 1);
    let Some(Token::Word(word)) = tokens.get(name) else {
        return None;
    };
    // An Arabic keyboard has other letters for two of them.
    let word = word.replace('ي', "ی").replace('ك', "ک");
    let month = MONTHS.iter().position(|month| *month == word)?;
    let mut next = name + 1;
    while let Some(Token::Space | Token::Sign('،' | ',' | '-')) = tokens.get(next) {
        next += 1;
    }
    if tokens.get(next) == Some(&Token::Word("ماه".to_owned())) {
        next = skip_space(tokens, next + 1);
    }
    let (year, 4) = number(tokens, next)? else {
        return None;
    };
    let month = u32::try_from(month + 1).ok()?;
    (digits <= 2).then(|| Some((date(year, month, day)?, next + 1)))?
}

/// `۱۴۰۳/۰۳/۲۳`.
fn in_numbers(tokens: &[Token], at: usize) -> Option<(civil::Date, usize)> {
    let (year, 4) = number(tokens, at)? else {
        return None;
    };
    let sign = tokens.get(at + 1)?;
    let (month, _) = number(tokens, at + 2)?;
    let (day, _) = number(tokens, at + 4)?;
    let parted = matches!(sign, Token::Sign('/' | '-' | '.')) && tokens.get(at + 3) == Some(sign);
    parted.then(|| Some((date(year, month, day)?, at + 5)))?
}

/// A day by the rule of 33 years with eight leap years, which holds for this century and the last one.
fn date(year: u32, month: u32, day: u32) -> Option<civil::Date> {
    const KNOWN: i64 = 1403;
    let length = if month <= 6 { 31 } else { 30 };
    if !(1369..1480).contains(&year) || !(1..=12).contains(&month) || !(1..=length).contains(&day) {
        return None;
    }
    let before = |year: i64| {
        let year = year + 1595;
        365 * year + year / 33 * 8 + (year % 33 + 3) / 4
    };
    let months = i64::from(month - 1);
    let days = before(year.into()) - before(KNOWN) + months * 31 - (months - 6).max(0)
        + i64::from(day)
        - 1;
    civil::date(2024, 3, 20).checked_add(days.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    #[test]
    fn days_of_the_persian_calendar() {
        for (text, expected) in [
            ("۲۳ خرداد ۱۴۰۳", "2024-06-12"),
            ("تاریخ انتشار: ۲۳ خرداد ۱۴۰۳ - ۱۰:۱۵", "2024-06-12T10:15:00"),
            ("چهارشنبه ۲۳ خرداد ماه ۱۴۰۳", "2024-06-12"),
            ("۱۴۰۳/۰۳/۲۳", "2024-06-12"),
            ("۱ فروردین ۱۴۰۰", "2021-03-21"),
            ("30 اسفند 1399", "2021-03-20"),
            ("۲۹ آبان ۱۳۹۸", "2019-11-20"),
            // The common calendar in the same letters.
            ("12 يونيو 2024", "2024-06-12"),
            ("۲۰۲۴/۰۶/۱۲", "2024-06-12"),
        ] {
            let read = parse(text, None).map(|date| date.local);
            assert_eq!(read.as_deref(), Some(expected), "{text}");
        }
        assert_eq!(
            parse("1403/03/23", Some("fa-IR")).unwrap().local,
            "2024-06-12"
        );
        // Years of the Islamic calendar are other ones.
        assert_eq!(parse("1445/12/06", Some("ar")), None);
        assert_eq!(parse("۳۱ آبان ۱۴۰۳", None), None);
    }
}
