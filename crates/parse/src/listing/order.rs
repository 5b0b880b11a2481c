//! Whether a page writes the month or the day first where it parts them by slashes: one date seldom proves it, all do.
//! Never here: how a date is read.

use newsprint_model::Time;

use crate::dates;

/// Dates of a page that are looked at.
const MAX_DATES: usize = 400;

/// The language by whose rules dates of the page are read: its own, but where its dates prove another order of day and
/// month. A number above 12 proves it; else what would be ahead of the fetch; else that the dates of a list lie close together.
pub(super) fn of<'a>(html: &str, lang: Option<&'a str>, fetched: Option<Time>) -> Option<&'a str> {
    let found = dates_in(html);
    let american = lang.is_some_and(|lang| lang.eq_ignore_ascii_case("en-us"));
    match is_month_first(&found, fetched) {
        Some(true) if !american => Some("en-US"),
        Some(false) if american => Some("en-GB"),
        _ => lang,
    }
}

fn is_month_first(found: &[[u16; 3]], fetched: Option<Time>) -> Option<bool> {
    let proof = (
        found.iter().any(|[first, ..]| *first > 12),
        found.iter().any(|[_, second, _]| *second > 12),
    );
    match proof {
        (false, true) => return Some(true),
        (true, false) => return Some(false),
        (true, true) => return None,
        (false, false) => {}
    }
    let days = |month: usize, day: usize| {
        let days = found.iter().filter_map(|date| {
            let text = format!("{}-{:02}-{:02}", date[2], date[month], date[day]);
            Some(dates::parse(&text, None)?.time.as_second() / 86_400)
        });
        let mut days: Vec<i64> = days.collect();
        days.sort_unstable();
        days.dedup();
        days
    };
    let (month_first, day_first) = (days(0, 1), days(1, 0));
    let (m, d) = (month_first.last()?, day_first.last()?);
    if let Some(fetched) = fetched {
        let today = fetched.as_second() / 86_400 + 1;
        match (*m > today, *d > today) {
            (false, true) => return Some(true),
            (true, false) => return Some(false),
            _ => {}
        }
    }
    if month_first.len() < 3 || day_first.len() < 3 {
        return None;
    }
    let (month_span, day_span) = (m - month_first[0], d - day_first[0]);
    if month_span * 3 < day_span {
        Some(true)
    } else if day_span * 3 < month_span {
        Some(false)
    } else {
        None
    }
}

/// The dates such as `11/3/2026` of a page, as three numbers each; parts of addresses are none.
fn dates_in(html: &str) -> Vec<[u16; 3]> {
    let bytes = html.as_bytes();
    let mut found = Vec::new();
    for slash in memchr::memchr_iter(b'/', bytes) {
        let start = slash
            - bytes[..slash]
                .iter()
                .rev()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
        if slash - start == 0
            || slash - start > 2
            || start > 0 && bytes[start - 1].is_ascii_alphanumeric()
        {
            continue;
        }
        if start > 0 && matches!(bytes[start - 1], b'/' | b'-' | b'_' | b'=') {
            continue;
        }
        let digits = |at: usize| {
            bytes[at..]
                .iter()
                .take(5)
                .take_while(|byte| byte.is_ascii_digit())
                .count()
        };
        let second = digits(slash + 1);
        let after = slash + 1 + second;
        if !(1..=2).contains(&second) || bytes.get(after) != Some(&b'/') {
            continue;
        }
        let third = digits(after + 1);
        let end = after + 1 + third;
        if third != 4 && third != 2 || bytes.get(end).is_some_and(|byte| *byte == b'/') {
            continue;
        }
        let number =
            |from: usize, to: usize| html.get(from..to).and_then(|text| text.parse::<u16>().ok());
        if let (Some(first), Some(second), Some(year)) = (
            number(start, slash),
            number(slash + 1, after),
            number(after + 1, end),
        ) {
            let year = if third == 2 { 2000 + year } else { year };
            if (1..=31).contains(&first)
                && (1..=31).contains(&second)
                && (1990..2100).contains(&year)
            {
                found.push([first, second, year]);
            }
        }
        if found.len() >= MAX_DATES {
            break;
        }
    }
    found
}
