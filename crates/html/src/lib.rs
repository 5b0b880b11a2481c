//! The door of text: what makes remote strings safe and HTML readable, and what measures both.
//! Never here: network, store, colours.

mod language;
pub mod layout;
mod markdown;
mod passage;
mod plain;
mod reader;
pub mod safe_text;
pub mod sanitize;
mod tokens;

pub use plain::words;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The text of an article alone: a paragraph is one line, parted from the next by one empty line.
pub fn plain(html: &str) -> String {
    let mut plain = plain::Plain::with_capacity(html.len().min(1 << 20));
    reader::read(html, "", &mut plain);
    plain.text
}

/// An article as Markdown (CommonMark with tables).
pub fn markdown(html: &str) -> String {
    markdown::write(html)
}

/// The language of a text as its ISO 639-1 code, where the text is long and plain enough to tell.
pub fn language(text: &str) -> Option<&'static str> {
    language::language(text)
}

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

/// The passage of an article where the searched words stand, at most `columns` wide, in pieces;
/// `true` marks the words found. Words are compared without case and accents; `word*` is the
/// beginning of a word.
pub fn snippet(html: &str, words: &[String], columns: usize) -> Vec<(String, bool)> {
    passage::snippet(&plain(html), words, columns)
}

/// A line of plain text in pieces; `true` marks the words found, which are given as for [`snippet`].
pub fn marked(line: &str, words: &[String]) -> Vec<(String, bool)> {
    passage::marked(line, words)
}

/// Whether a piece of a text stands in the old one, the new one or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// In both.
    Same,
    /// In the new text alone.
    Added,
    /// In the old text alone.
    Removed,
}

/// What changed from one plain text to another, word by word. The pieces that are not `Removed`
/// make up the new text, those that are not `Added` the old one.
pub fn diff(old: &str, new: &str) -> Vec<(Change, String)> {
    passage::diff(old, new)
}

/// Adds a character without case and accents, as [`newsprint_model::fold`] does with names.
pub(crate) fn fold_char(c: char, folded: &mut String) {
    if c.is_ascii() {
        folded.push(c.to_ascii_lowercase());
        return;
    }
    unicode_normalization::char::decompose_compatible(c, |part| {
        if !unicode_normalization::char::is_combining_mark(part) {
            folded.extend(part.to_lowercase().map(|c| match c {
                'ı' => 'i',
                'ł' => 'l',
                'ø' => 'o',
                'đ' => 'd',
                '\u{a0}' => ' ',
                c => c,
            }));
        }
    });
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

    #[test]
    fn languages_are_told_apart() {
        for (text, code) in [
            (
                "The parliament adopted the law after a long debate on Tuesday, and the opposition left the hall.",
                Some("en"),
            ),
            (
                "Das Parlament hat das Gesetz nach langer Debatte am Dienstag verabschiedet, die Opposition verließ den Saal.",
                Some("de"),
            ),
            (
                "Парламент принял закон после долгих обсуждений во вторник, оппозиция покинула зал заседаний.",
                Some("ru"),
            ),
            (
                "Парламент ухвалив закон після довгих обговорень у вівторок, опозиція залишила залу засідань.",
                Some("uk"),
            ),
            ("პარლამენტმა კანონი მიიღო", Some("ka")),
            ("Խորհրդարանն ընդունեց օրենքը", Some("hy")),
            (
                "Parlament çərşənbə axşamı uzun müzakirələrdən sonra qanunu qəbul etdi, müxalifət zalı tərk etdi.",
                Some("az"),
            ),
            (
                "Meclis salı günü uzun görüşmelerin ardından yasayı kabul etti, muhalefet ise salonu terk etti.",
                Some("tr"),
            ),
            (
                "Парламент закъон райста, ӕмӕ оппозици залӕй рацыд дыккаг бон ӕмбырды фӕстӕ.",
                Some("os"),
            ),
            ("議会は火曜日に長い審議の末に法律を可決した。", Some("ja")),
            ("议会周二经过长时间辩论后通过了该法律。", Some("zh")),
            ("의회는 화요일 긴 토론 끝에 법안을 통과시켰다", Some("ko")),
            (
                "مجلس پس از بحث‌های طولانی روز سه‌شنبه قانون را تصویب کرد و گروه مخالف تالار را ترک گفت",
                Some("fa"),
            ),
            ("OK", None),
            ("2024 – 12:30", None),
            ("", None),
        ] {
            assert_eq!(language(text), code, "{text}");
        }
    }

    fn shown(pieces: &[(String, bool)]) -> String {
        pieces
            .iter()
            .map(|(text, found)| {
                if *found {
                    format!("[{text}]")
                } else {
                    text.clone()
                }
            })
            .collect()
    }

    #[test]
    fn a_snippet_shows_the_words_in_their_passage() {
        let filler =
            "<p>Nothing of interest stands in this long opening paragraph at all.</p>".repeat(20);
        let html = format!(
            "{filler}<p>In Ankara, Erdoğan met growers. Hazelnut prices fell, said Erdoğan’s office.</p>{filler}"
        );
        let words = |words: &[&str]| {
            words
                .iter()
                .map(|word| word.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            shown(&snippet(&html, &words(&["erdogan", "PRICES"]), 60)),
            "… In Ankara, [Erdoğan] met growers. Hazelnut [prices] fell,…"
        );
        assert_eq!(
            shown(&snippet(&html, &words(&["haz*"]), 40)),
            "… [Hazelnut] prices fell, said Erdoğan’s…"
        );
        assert_eq!(
            shown(&snippet("<p>Short</p>", &words(&["none"]), 40)),
            "Short"
        );
        assert_eq!(snippet("", &words(&["none"]), 40), []);
        assert_eq!(
            shown(&snippet("<p>東京都庁で会議</p>", &words(&["都庁"]), 40)),
            "[東京都庁で会議]"
        );
        for columns in 0..80 {
            let pieces = snippet(&html, &words(&["prices"]), columns);
            let text: String = pieces.iter().map(|(text, _)| text.as_str()).collect();
            assert!(width(&text) <= columns.max(12), "{columns}: {text}");
        }
    }

    #[test]
    fn a_diff_names_the_words_that_changed() {
        let pieces = diff(
            "The old law passed on Monday.",
            "The new bill passed on Tuesday, late.",
        );
        let of = |skip: Change| {
            pieces
                .iter()
                .filter(|(change, _)| *change != skip)
                .map(|(_, text)| text.as_str())
                .collect::<String>()
        };
        assert_eq!(of(Change::Removed), "The new bill passed on Tuesday, late.");
        assert_eq!(of(Change::Added), "The old law passed on Monday.");
        assert!(pieces.contains(&(Change::Same, " passed on ".to_owned())));
        assert_eq!(diff("a b", "a b"), [(Change::Same, "a b".to_owned())]);
        assert_eq!(diff("", "a"), [(Change::Added, "a".to_owned())]);
    }

    #[test]
    fn unlike_texts_of_any_size_are_compared() {
        let old: String = (0..60_000).map(|n| format!("w{} ", n * 7 % 1000)).collect();
        let new: String = (0..60_000)
            .map(|n| format!("w{} ", n * 13 % 1000))
            .collect();
        let pieces = diff(&old, &new);
        let back: String = pieces
            .iter()
            .filter(|(change, _)| *change != Change::Added)
            .map(|(_, text)| text.as_str())
            .collect();
        assert!(back == old);
    }

    #[test]
    fn folding_a_character_agrees_with_folding_a_name() {
        for text in [
            "Erdoğan İstanbul ISPARTA ı",
            "Łódź Đorđe Ærø ﬁn",
            "Ёлка й ჯ Ⴀ",
            "Ǆ ΰ ½",
        ] {
            let mut folded = String::new();
            text.chars().for_each(|c| fold_char(c, &mut folded));
            assert_eq!(folded, newsprint_model::fold(text));
        }
    }
}
