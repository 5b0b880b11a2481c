//! The door of text: what makes remote strings safe and HTML readable, and what measures both.
//! Never here: network, store, colours.

pub mod clean;
pub mod layout;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The text of an article alone: a paragraph is one line, parted from the next by one empty line.
pub fn plain(html: &str) -> String {
    let text = html2text::config::plain()
        .allow_width_overflow()
        .string_from_read(html.as_bytes(), 100_000)
        .unwrap_or_default();
    clean::block(&text)
}

/// An article as Markdown (CommonMark with tables).
pub fn markdown(html: &str) -> String {
    plain(html)
}

/// Number of words: what stands between spaces and holds a letter or a digit; two Han or kana
/// characters, or six letters of Thai, Lao, Khmer or Burmese, which are written without spaces,
/// count as one word.
pub fn words(text: &str) -> u32 {
    let mut words = 0u32;
    let mut sixths = 0u32;
    let mut within = false;
    for c in text.chars() {
        if c.is_ascii() {
            let letter = c.is_ascii_alphanumeric();
            words += u32::from(letter && !within);
            within = within && c != ' ' && c != '\n' || letter;
            continue;
        }
        match c as u32 {
            0x3040..=0x30ff
            | 0x3400..=0x4dbf
            | 0x4e00..=0x9fff
            | 0xf900..=0xfaff
            | 0x20000..=0x3ffff => {
                sixths += 3;
                within = false;
            }
            0xe00..=0xeff | 0x1000..=0x109f | 0x1780..=0x17ff => {
                sixths += u32::from(c.is_alphabetic());
                within = false;
            }
            _ => {
                if c.is_whitespace() {
                    within = false;
                } else if !within && c.is_alphanumeric() {
                    words += 1;
                    within = true;
                }
            }
        }
    }
    words + sixths.div_ceil(6)
}

/// The language of a text as its ISO 639-1 code, where the text is long and plain enough to tell.
pub fn language(text: &str) -> Option<&'static str> {
    let info = whatlang::detect(text)?;
    (info.is_reliable() && info.lang() == whatlang::Lang::Eng).then_some("en")
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
    let _ = words;
    vec![(truncate(&clean::line(&plain(html)), columns), false)]
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
    if old == new {
        return vec![(Change::Same, new.to_owned())];
    }
    vec![
        (Change::Removed, old.to_owned()),
        (Change::Added, new.to_owned()),
    ]
}
