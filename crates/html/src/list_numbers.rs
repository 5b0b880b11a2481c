//! The numbers of numbered lists: `start`, `value`, `reversed`, letters and Roman numerals (WHATWG HTML, 4.4.5).
//! Never here: bullets, indents.

use crate::reader::Element;

/// The number of the next item of an open list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Numbers {
    next: i32,
    step: i32,
    /// `a`, `A`, `i` or `I`; `1` for figures.
    numerals: char,
}

impl Numbers {
    /// Those of a list; one that counts down from nowhere starts at 0 and is read as far as its items say.
    pub(crate) fn of(list: &Element<'_>) -> Numbers {
        Numbers {
            next: list.start.unwrap_or(1),
            step: if list.reversed { -1 } else { 1 },
            numerals: list.numerals.chars().next().unwrap_or('1'),
        }
    }

    /// The number of an item that may have one of its own.
    pub(crate) fn next(&mut self, own: Option<i32>) -> i32 {
        let number = own.unwrap_or(self.next);
        self.next = number.saturating_add(self.step);
        number
    }

    /// The same as it is shown.
    pub(crate) fn shown(&mut self, own: Option<i32>) -> String {
        let number = self.next(own);
        match self.numerals {
            'a' => letters(number).unwrap_or_else(|| number.to_string()),
            'A' => letters(number).map_or_else(|| number.to_string(), |text| text.to_uppercase()),
            'i' => roman(number).unwrap_or_else(|| number.to_string()),
            'I' => roman(number).map_or_else(|| number.to_string(), |text| text.to_uppercase()),
            _ => number.to_string(),
        }
    }
}

/// a to z, aa, ab …
fn letters(number: i32) -> Option<String> {
    let mut rest = u32::try_from(number).ok().filter(|number| *number > 0)?;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'a' + (rest % 26) as u8));
        rest /= 26;
    }
    Some(letters.into_iter().rev().collect())
}

fn roman(number: i32) -> Option<String> {
    const SIGNS: [(i32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if !(1..4000).contains(&number) {
        return None;
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::{letters, roman};

    #[test]
    fn letters_and_roman_numerals_count() {
        assert_eq!(letters(1).as_deref(), Some("a"));
        assert_eq!(letters(28).as_deref(), Some("ab"));
        assert_eq!(letters(0), None);
        assert_eq!(roman(1994).as_deref(), Some("mcmxciv"));
        assert_eq!(roman(4000), None);
    }
}
