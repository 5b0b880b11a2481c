//! The door of text: what makes remote strings safe and HTML readable, and what measures both.
//! Never here: network, store, colours.

pub mod clean;
pub mod layout;

pub use clean::plain::words;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The text of an article alone: a paragraph is one line, parted from the next by one empty line.
pub fn plain(html: &str) -> String {
    let mut plain = clean::plain::Plain::with_capacity(html.len().min(1 << 20));
    clean::flow::read(html, "", &mut plain);
    plain.text
}

/// An article as Markdown (CommonMark with tables).
pub fn markdown(html: &str) -> String {
    plain(html)
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
