//! Columns of a text on a terminal, and texts shortened to fit.
//! Never here: where lines may end (`layout::wrap`).

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Whether each character of the text is visible and takes one column by itself, whatever stands beside it: the
/// letters of Latin, Greek, Cyrillic and Georgian, and usual punctuation. Then nothing has to be measured.
///
/// ```
/// assert!(newsprint_html::is_one_column_each("Größe – 9.25 %"));
/// assert!(!newsprint_html::is_one_column_each("漢") && !newsprint_html::is_one_column_each("e\u{301}"));
/// ```
pub fn is_one_column_each(text: &str) -> bool {
    // Nearly all that is drawn, and many bytes are looked at at once.
    if text.is_ascii() {
        return !text.bytes().any(|byte| byte < 0x20 || byte == 0x7f);
    }
    text.chars().all(|c| {
        matches!(c,
            ' '..='~'
            | '\u{a1}'..='\u{ac}'
            | '\u{ae}'..='\u{2ff}'
            | '\u{391}'..='\u{3a1}'
            | '\u{3a3}'..='\u{3ff}'
            | '\u{400}'..='\u{482}'
            | '\u{10d0}'..='\u{10ff}'
            | '\u{2010}'..='\u{2027}')
    })
}

/// Columns that the text takes on a terminal: grapheme by grapheme, as terminals advance.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len() - text.bytes().filter(|b| *b < 0x20 || *b == 0x7f).count();
    }
    if is_one_column_each(text) {
        return text.chars().count();
    }
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// The text if it fits into `columns`, else as much as fits with `…` at the end.
pub fn truncate(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    if columns == 0 {
        return String::new();
    }
    if is_one_column_each(text) {
        let mut ends = text.char_indices().map(|(at, _)| at);
        let end = ends.nth(columns - 1).unwrap_or(text.len());
        return format!("{}…", text[..end].trim_end());
    }
    let mut out = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += UnicodeWidthStr::width(grapheme);
        if used >= columns {
            break;
        }
        out.push_str(grapheme);
    }
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

/// The text if it fits into `columns`, else its beginning and its end with `…` between them: names that
/// are alike differ least in the middle.
pub fn truncate_middle(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let Some(room) = columns.checked_sub(1) else {
        return String::new();
    };
    if is_one_column_each(text) {
        let all = text.chars().count();
        let byte = |at: usize| text.char_indices().nth(at).map_or(text.len(), |(at, _)| at);
        let (head, tail) = (byte(room / 2), byte(all - (room - room / 2)));
        return format!("{}…{}", text[..head].trim_end(), text[tail..].trim_start());
    }
    let graphemes: Vec<&str> = text.graphemes(true).collect();
    let within = |room: usize, graphemes: &mut dyn Iterator<Item = &&str>| {
        let mut used = 0;
        let fits = graphemes.take_while(|grapheme| {
            used += UnicodeWidthStr::width(**grapheme);
            used <= room
        });
        fits.count()
    };
    let head = within(room / 2, &mut graphemes.iter());
    let tail = within(room - room / 2, &mut graphemes.iter().rev());
    let head = graphemes[..head].concat();
    let tail = graphemes[graphemes.len() - tail..].concat();
    format!("{}…{}", head.trim_end(), tail.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_need_not_be_measured_has_one_column_and_joins_nothing() {
        for c in ('\0'..='\u{ffff}').filter(|c| is_one_column_each(&c.to_string())) {
            assert_eq!(unicode_width::UnicodeWidthChar::width(c), Some(1), "{c:?}");
            assert!(!c.is_control());
            for other in ['a', 'я', 'გ', '…', c] {
                let pair: String = [other, c].iter().collect();
                assert_eq!(pair.graphemes(true).count(), 2, "{c:?} after {other:?}");
                assert_eq!(
                    UnicodeWidthStr::width(pair.as_str()),
                    2,
                    "{c:?} after {other:?}"
                );
            }
        }
        for text in ["Größe und Länge", "Парламент принял", "Kvira … გაზეთი"]
        {
            assert!(is_one_column_each(text));
            assert_eq!(
                width(text),
                text.graphemes(true)
                    .map(UnicodeWidthStr::width)
                    .sum::<usize>()
            );
        }
    }

    #[test]
    fn widths_are_those_of_a_terminal() {
        for (text, columns) in [
            ("", 0),
            ("abc", 3),
            ("Тбилиси თბილისი Երևան", 21),
            ("東京", 4),
            ("e\u{301}", 1),
            ("👨\u{200d}👩\u{200d}👧", 2),
            ("👍🏽", 2),
            ("❤\u{fe0f}", 2),
            ("שלום", 4),
        ] {
            assert_eq!(width(text), columns, "{text}");
        }
    }

    #[test]
    fn the_middle_is_left_out_of_names() {
        for (name, columns, cut) in [
            ("Regional Gazette 07", 13, "Region…tte 07"),
            ("Regional Gazette 07", 18, "Regional…azette 07"),
            ("Компас Новости", 13, "Компас…овости"),
            ("The Engineering Digest", 13, "The En…Digest"),
            ("東アジア通信", 8, "東…通信"),
            ("Kavkaz", 6, "Kavkaz"),
            ("Kavkaz", 1, "…"),
            ("Kavkaz", 0, ""),
        ] {
            assert_eq!(truncate_middle(name, columns), cut);
            assert!(width(cut) <= columns.max(width(name).min(columns)));
        }
    }

    #[test]
    fn what_is_too_long_ends_in_a_sign() {
        assert_eq!(truncate("Tbilisi", 7), "Tbilisi");
        assert_eq!(truncate("Tbilisi court", 9), "Tbilisi…");
        assert_eq!(truncate("東京都庁", 6), "東京…");
        assert_eq!(truncate("abc", 1), "…");
        assert_eq!(truncate("abc", 0), "");
        assert_eq!(
            truncate("👨\u{200d}👩\u{200d}👧 family", 4),
            "👨\u{200d}👩\u{200d}👧…"
        );
    }
}
