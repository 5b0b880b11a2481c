//! Where lines may end: a text and a width to ranges of the text.
//! Never here: marks, indents, HTML.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::Wrap;

/// Bytes that are looked at for one grapheme: a family of four with skin tones has 41.
const MAX_GRAPHEME: usize = 64;

/// A place where the line may end.
#[derive(Clone, Copy)]
struct Chance {
    /// Where the text of the line ends, and where that of the next begins.
    end: usize,
    next: usize,
    /// Columns of the line up to `next`.
    columns: usize,
}

/// Parts a text into lines of at most `width` columns, 2 at least, and hands out each with how it
/// goes on from the one before. A line feed ends a line in any case. What cannot be parted
/// anywhere is parted between two graphemes.
///
/// The rules are those of UAX #14 that show in news: after spaces, after hyphens and dashes
/// between letters, between Han and kana but for the punctuation that must not begin or end a
/// line. Hangul is parted at spaces. Thai, Lao, Khmer and Burmese, whose words only a dictionary
/// can tell, are parted at spaces where these fill the line well, else between syllable signs.
pub(crate) fn wrap(text: &str, width: usize, mut line: impl FnMut(Range<usize>, Wrap)) {
    let width = width.max(2);
    let bytes = text.as_bytes();
    let (mut begin, mut columns) = (0, 0);
    let mut kind = Wrap::Fresh;
    let mut chance: Option<Chance> = None;
    let mut weak: Option<Chance> = None;
    // The two characters before this one.
    let (mut earlier, mut before) = (' ', ' ');
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\n' => {
                line(begin..trimmed(text, begin, at), kind);
                at += 1;
                (begin, columns, kind, before) = (at, 0, Wrap::Fresh, ' ');
                earlier = ' ';
                (chance, weak) = (None, None);
                continue;
            }
            b' ' => {
                if at == begin && kind != Wrap::Fresh {
                    begin = at + 1;
                } else {
                    columns += 1;
                    chance = Some(Chance {
                        end: at,
                        next: at + 1,
                        columns,
                    });
                    weak = None;
                }
                at += 1;
                before = ' ';
                continue;
            }
            _ => {}
        }
        let (length, taken) = cluster(text, at);
        let first = if bytes[at].is_ascii() {
            char::from(bytes[at])
        } else {
            text[at..].chars().next().unwrap_or(' ')
        };
        if at > begin {
            let here = Chance {
                end: at,
                next: at,
                columns,
            };
            match between(earlier, before, first) {
                Break::Good => (chance, weak) = (Some(here), None),
                Break::Weak => weak = Some(here),
                Break::Never => {}
            }
        }
        while columns + taken > width && at > begin {
            // A space far back leaves a ragged line where words are not parted by spaces.
            let good = chance.filter(|chance| {
                !(is_unspaced(first) && weak.is_some() && chance.columns * 3 < width * 2)
            });
            let weak_here = weak.filter(|weak| weak.columns * 2 > width);
            let (place, glue) = match (good, weak_here) {
                (Some(place), _) => (place, place.end == place.next),
                (None, Some(place)) => (place, true),
                (None, None) => (
                    Chance {
                        end: at,
                        next: at,
                        columns,
                    },
                    true,
                ),
            };
            line(begin..trimmed(text, begin, place.end), kind);
            kind = if glue { Wrap::Glue } else { Wrap::Space };
            begin = place.next;
            columns -= place.columns;
            chance = None;
            weak = weak.filter(|weak| weak.next > begin).map(|weak| Chance {
                columns: weak.columns - place.columns,
                ..weak
            });
        }
        columns += taken;
        at += length;
        earlier = before;
        before = if length == 1 {
            first
        } else {
            text[..at].chars().next_back().unwrap_or(' ')
        };
    }
    line(begin..trimmed(text, begin, text.len()), kind);
}

/// Parts a text into pieces of at most `width` columns between graphemes, as code is.
pub(crate) fn chop(text: &str, width: usize, mut piece: impl FnMut(Range<usize>)) {
    let width = width.max(2);
    let (mut begin, mut columns, mut at) = (0, 0, 0);
    while at < text.len() {
        let (length, taken) = cluster(text, at);
        if columns + taken > width && at > begin {
            piece(begin..at);
            (begin, columns) = (at, 0);
        }
        columns += taken;
        at += length;
    }
    piece(begin..text.len());
}

fn trimmed(text: &str, begin: usize, end: usize) -> usize {
    begin + text[begin..end.max(begin)].trim_end_matches(' ').len()
}

enum Break {
    Never,
    /// Only where there is no better place.
    Weak,
    Good,
}

/// Whether a line may end between two neighbours, neither of them a space.
fn between(earlier: char, before: char, after: char) -> Break {
    if before.is_ascii() && after.is_ascii() {
        let letter = after.is_ascii_alphabetic();
        return match before {
            // Not in `and -written`, `--flag`.
            '-' if letter && earlier.is_alphanumeric() => Break::Good,
            '/' if after.is_ascii_alphanumeric() => Break::Weak,
            '-' | '?' | '&' | '=' | '#' | '.' | '_' | ',' | ';' | '%' | '+' | ':'
                if after.is_ascii_alphanumeric() =>
            {
                Break::Weak
            }
            _ => Break::Never,
        };
    }
    if opens(before) || stays_with_before(after) {
        return Break::Never;
    }
    if is_ideographic(before) || is_ideographic(after) {
        return Break::Good;
    }
    match before {
        '—' => return Break::Good,
        '-' | '–' | '\u{2010}' if after.is_alphabetic() && earlier.is_alphanumeric() => {
            return Break::Good;
        }
        _ => {}
    }
    if is_unspaced(before) && is_unspaced(after) {
        // Vowels that are written before their consonant, and those that are written after it.
        let leads = matches!(before, 'เ'..='ไ' | '\u{ec0}'..='\u{ec4}');
        let trails = matches!(
            after,
            'ะ' | 'า' | 'ำ' | 'ๅ' | 'ๆ' | 'ฯ' | '\u{eb0}' | '\u{eb2}' | '\u{eb3}'
        );
        return if leads || trails {
            Break::Never
        } else {
            Break::Weak
        };
    }
    Break::Never
}

/// Han, kana and what is written with them.
fn is_ideographic(c: char) -> bool {
    matches!(c as u32, 0x2e80..=0x2fdf | 0x3001..=0x303f | 0x3041..=0x30ff | 0x3105..=0x31ff | 0x3400..=0x4dbf
        | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0xff01..=0xff9f | 0x20000..=0x3fffd)
}

/// Scripts that write no spaces between words: Thai, Lao, Burmese, Khmer.
fn is_unspaced(c: char) -> bool {
    matches!(c as u32, 0xe00..=0xeff | 0x1000..=0x109f | 0x1780..=0x17ff)
}

/// Signs that must not end a line.
fn opens(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '«'
            | '‘'
            | '“'
            | '„'
            | '‚'
            | '‹'
            | '（'
            | '「'
            | '『'
            | '【'
            | '〔'
            | '〈'
            | '《'
            | '〖'
            | '〘'
            | '〝'
            | '［'
            | '｛'
            | '¿'
            | '¡'
            | '\u{a0}'
    )
}

/// Signs that must not begin a line (JIS X 4051 and what Latin text has of the kind).
fn stays_with_before(c: char) -> bool {
    matches!(
        c,
        ')' | ']'
            | '}'
            | '»'
            | '’'
            | '”'
            | '›'
            | ','
            | '.'
            | ':'
            | ';'
            | '!'
            | '?'
            | '%'
            | '"'
            | '\''
            | '…'
            | '‥'
            | '、'
            | '。'
            | '，'
            | '．'
            | '・'
            | '：'
            | '；'
            | '？'
            | '！'
            | '）'
            | '」'
            | '』'
            | '】'
            | '〕'
            | '〉'
            | '》'
            | '〗'
            | '〙'
            | '〟'
            | '］'
            | '｝'
            | 'ー'
            | '々'
            | '〻'
            | '％'
            | 'ぁ'
            | 'ぃ'
            | 'ぅ'
            | 'ぇ'
            | 'ぉ'
            | 'っ'
            | 'ゃ'
            | 'ゅ'
            | 'ょ'
            | 'ゎ'
            | 'ァ'
            | 'ィ'
            | 'ゥ'
            | 'ェ'
            | 'ォ'
            | 'ッ'
            | 'ャ'
            | 'ュ'
            | 'ョ'
            | 'ヮ'
            | 'ヵ'
            | 'ヶ'
            | '\u{a0}'
            | '['
            | '–'
            | '—'
            | '°'
            | '\u{200d}'
            | '\u{200c}'
    )
}

/// The grapheme at `at`: its bytes and its columns. One that is wider than two columns, as endless
/// clusters of some scripts are, is taken apart.
pub(crate) fn cluster(text: &str, at: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    if bytes[at].is_ascii() && bytes.get(at + 1).is_none_or(u8::is_ascii) {
        return (1, usize::from(!bytes[at].is_ascii_control()));
    }
    let mut chars = text[at..].chars();
    let Some(first) = chars.next() else {
        return (1, 0);
    };
    if let Some(columns) = simple(first)
        && chars.next().is_none_or(|next| simple(next).is_some())
    {
        return (first.len_utf8(), columns);
    }
    // Some scripts make graphemes without end; what is over is looked at again.
    let mut end = (at + MAX_GRAPHEME).min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let Some(grapheme) = text[at..end].graphemes(true).next() else {
        return (first.len_utf8(), 1);
    };
    let columns = grapheme.width();
    if columns <= 2 {
        return (grapheme.len(), columns);
    }
    let length = first.len_utf8();
    (length, text[at..at + length].width())
}

/// Columns of a character that is a grapheme of its own when its neighbours are such, too.
fn simple(c: char) -> Option<usize> {
    match c as u32 {
        0x20..=0x7e | 0xa1..=0xac | 0xae..=0x2ff => Some(1),
        // Greek, Cyrillic, Armenian, Georgian, Latin of Vietnam.
        0x384..=0x386 | 0x388..=0x38a | 0x38e..=0x3a1 | 0x3a3..=0x482 | 0x48a..=0x52f => Some(1),
        0x531..=0x556 | 0x559..=0x58a | 0x10d0..=0x10ff | 0x1c90..=0x1cba | 0x1e00..=0x1eff => {
            Some(1)
        }
        0x2010..=0x2016 | 0x2018..=0x2027 | 0x2030..=0x203b => Some(1),
        0x3001..=0x3029 | 0x3041..=0x3096 | 0x30a1..=0x30ff | 0x4e00..=0x9fff => Some(2),
        0xac00..=0xd7a3 | 0xff01..=0xff60 => Some(2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{simple, wrap};
    use crate::layout::Wrap;
    use unicode_width::UnicodeWidthStr;

    fn lines(text: &str, width: usize) -> Vec<&str> {
        let mut lines = Vec::new();
        wrap(text, width, |range, _| lines.push(&text[range]));
        lines
    }

    #[test]
    fn the_quick_widths_are_those_of_the_tables() {
        for c in ('\u{20}'..='\u{ffff}').filter(|c| simple(*c).is_some()) {
            assert_eq!(simple(c), Some(c.to_string().width()), "{:x}", c as u32);
        }
    }

    #[test]
    fn lines_end_at_spaces_and_hyphens() {
        assert_eq!(lines("one two three", 7), ["one two", "three"]);
        assert_eq!(lines("one two  ", 3), ["one", "two"]);
        assert_eq!(lines("a well-known fact", 8), ["a well-", "known", "fact"]);
        assert_eq!(lines("vor- und -nachher", 11), ["vor- und", "-nachher"]);
        assert_eq!(lines("word—word", 6), ["word—", "word"]);
        assert_eq!(lines("10\u{a0}000 people", 8), ["10\u{a0}000", "people"]);
        assert_eq!(lines("2014-2020", 6), ["2014-", "2020"]);
        assert_eq!(lines("one\ntwo", 80), ["one", "two"]);
        assert_eq!(lines("", 80), [""]);
    }

    #[test]
    fn long_words_are_parted_where_it_hurts_least() {
        assert_eq!(
            lines("see https://example.org/one/two/three", 20),
            ["see", "https://example.org/", "one/two/three"]
        );
        assert_eq!(lines("abcdefghij", 4), ["abcd", "efgh", "ij"]);
    }

    #[test]
    fn han_and_kana_need_no_spaces_but_mind_punctuation() {
        assert_eq!(lines("今日は晴れです。", 8), ["今日は晴", "れです。"]);
        assert_eq!(lines("晴れです。", 8), ["晴れで", "す。"]);
        assert_eq!(lines("彼は「はい」と", 6), ["彼は", "「は", "い」と"]);
        assert_eq!(lines("서울에서 열린 회의", 10), ["서울에서", "열린 회의"]);
    }

    #[test]
    fn thai_is_parted_between_syllable_signs() {
        for line in lines("ประเทศไทยเป็นประเทศที่สวยงามมาก", 10)
        {
            assert!(line.width() <= 10, "{line}");
            assert!(!line.ends_with(['เ', 'แ', 'โ', 'ใ', 'ไ']), "{line}");
        }
    }

    #[test]
    fn graphemes_stay_whole() {
        assert_eq!(
            lines("👨\u{200d}👩\u{200d}👧👨\u{200d}👩\u{200d}👧", 2).len(),
            2
        );
        assert_eq!(
            lines("e\u{301}e\u{301}e\u{301}", 2),
            ["e\u{301}e\u{301}", "e\u{301}"]
        );
    }

    #[test]
    fn endless_graphemes_are_taken_apart() {
        let jamo = "\u{1100}".repeat(20_000);
        let parted = lines(&jamo, 40);
        assert!(parted.iter().all(|line| line.width() <= 40));
        assert_eq!(parted.concat(), jamo);
    }

    #[test]
    fn a_line_says_how_it_goes_on() {
        let mut kinds = Vec::new();
        wrap("one two-three\nfour", 5, |_, kind| kinds.push(kind));
        assert_eq!(kinds, [Wrap::Fresh, Wrap::Space, Wrap::Glue, Wrap::Fresh]);
    }
}
