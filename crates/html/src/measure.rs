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
