//! Results of matches as texts write them (`3-1`, `3–1`, `3:1`): two matches of one club share its names and words, and
//! differ in this.
//! Never here: what a result says of two articles (`settle`).

use crate::numbers::digit;

/// What stands between the two numbers of a result.
const BETWEEN: [char; 6] = ['-', '–', '−', ':', '比', '対'];

/// The results in a text, in order, the larger number first: some write the home side first, some the winner. No times of
/// day (`12:30`), dates, or ranges that count something (`3-4 days`).
pub(crate) fn results(text: &str) -> Vec<(u8, u8)> {
    let chars: Vec<char> = text.chars().collect();
    let number = |from: usize| {
        let digits = chars[from..].iter().map_while(|c| digit(*c));
        let digits: String = digits.take(3).collect();
        let value = digits.parse::<u8>().ok().filter(|_| digits.len() < 3);
        value.map(|value| (value, from + digits.len(), digits.len()))
    };
    let skip = |from: usize| from + usize::from(chars.get(from) == Some(&' '));
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let begin = at;
        at += 1;
        let alone = |c: char| !(c.is_ascii_alphanumeric() || digit(c).is_some());
        let is_begun = digit(chars[begin]).is_some()
            && (begin == 0
                || (alone(chars[begin - 1]) && !".,-:/–$€£#".contains(chars[begin - 1])));
        if !is_begun {
            continue;
        }
        let Some((first, end, _)) = number(begin) else {
            continue;
        };
        at = end;
        let between = skip(end);
        let Some(sign) = chars.get(between).filter(|c| BETWEEN.contains(c)) else {
            continue;
        };
        // A dash with a space on one side joins nothing.
        let next = skip(between + 1);
        if (between > end) != (next > between + 1) {
            continue;
        }
        let Some((second, end, digits)) = number(next) else {
            continue;
        };
        at = end;
        let after = |at: usize| chars.get(end + at).copied().unwrap_or(' ');
        let goes_on = !alone(after(0))
            || (".,-:/–%".contains(after(0)) && digit(after(1)).is_some())
            || after(0) == '%';
        let is_time = *sign == ':' && digits > 1;
        let is_range = first < second && after(0) == ' ' && after(1).is_lowercase();
        if !goes_on && !is_time && !is_range {
            found.push((first.max(second), first.min(second)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_told_from_times_dates_and_ranges() {
        for (text, expected) in [
            ("Rovers beat Hartwell 3-1 to go top", vec![(3, 1)]),
            ("verlor 1:2 (0:1).", vec![(2, 1), (1, 0)]),
            ("won 6-4, 7–5", vec![(6, 4), (7, 5)]),
            ("a 2 - 2 draw", vec![(2, 2)]),
            ("青河隊3比1勝", vec![(3, 1)]),
            ("at 12:30, on 2024-05-01, in 2019-20, 3-4 days", vec![]),
            ("Covid-19, F-16, 737-800, 1-2-3, 10-15%, 5-", vec![]),
            ("in 1998 - 2 of them", vec![]),
            ("3 -1 and 3- 1", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(results(text), expected, "{text}");
        }
    }
}
