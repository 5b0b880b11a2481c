//! Columns of a text on a terminal, and texts shortened to fit.
//! Never here: where lines may end (`layout::wrap`).

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns that the text takes on a terminal: grapheme by grapheme, as terminals advance.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len() - text.bytes().filter(|b| *b < 0x20 || *b == 0x7f).count();
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
