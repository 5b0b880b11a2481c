//! Pieces of an article's text: the passage where searched words stand, what changed between two
//! texts.
//! Never here: markup, which articles match.

use similar::DiffOp;
use similar::algorithms::{Capture, Compact, Replace, myers};
use unicode_segmentation::UnicodeSegmentation;

use newsprint_model::fold_char;

use crate::measure::{truncate, width};

/// Hits that are looked at; a passage shows a handful.
const MAX_HITS: usize = 400;
/// Pairs of words or lines that may have to be compared of two texts; what is over counts as changed. A tenth of a second.
const MOST_PAIRS: usize = 30_000_000;

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

/// A place where a searched word stands.
struct Hit {
    start: usize,
    end: usize,
    word: usize,
}

/// See [`super::snippet`]; of plain text.
pub(crate) fn snippet(text: &str, words: &[String], columns: usize) -> Vec<(String, bool)> {
    let hits = hits(text, &needles(words));
    let Some((first, _)) = best_window(&hits, columns) else {
        let head = text.get(..floor(text, columns * 4 + 16)).unwrap_or(text);
        let head = truncate(&super::safe_text::line(head), columns);
        return if head.is_empty() {
            Vec::new()
        } else {
            vec![(head, false)]
        };
    };
    let start = beginning(text, hits[first].start, columns / 4);
    let mut room = columns.saturating_sub(if start > 0 { 2 } else { 0 });
    let mut end = start;
    let mut space = start;
    for (at, grapheme) in text[start..].grapheme_indices(true) {
        let taken = if grapheme == "\n" || grapheme == "\r\n" {
            1
        } else {
            width(grapheme)
        };
        // One column is kept for the sign of more to come.
        if taken + 1 > room && start + at + grapheme.len() < text.len() {
            if space > hits[first].end {
                end = space;
            }
            break;
        }
        if taken > room {
            break;
        }
        room -= taken;
        if grapheme.starts_with(char::is_whitespace) {
            space = start + at;
        }
        end = start + at + grapheme.len();
    }
    let mut pieces: Vec<(String, bool)> = Vec::new();
    if start > 0 {
        pieces.push(("… ".to_owned(), false));
    }
    let mut at = start;
    let line = |from: usize, to: usize| text[from..to].replace(['\n', '\r'], " ");
    for hit in hits
        .iter()
        .filter(|hit| hit.start >= start && hit.end <= end)
    {
        if hit.start > at {
            pieces.push((line(at, hit.start), false));
        }
        pieces.push((line(hit.start, hit.end), true));
        at = hit.end;
    }
    let mut tail = line(at, end.max(at));
    if end < text.len() {
        tail.truncate(tail.trim_end().len());
        tail.push('…');
    }
    if !tail.is_empty() {
        pieces.push((tail, false));
    }
    pieces
}

/// A line of plain text in pieces; `true` marks the words found, which are given as for [`crate::snippet`].
pub fn marked(line: &str, words: &[String]) -> Vec<(String, bool)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for hit in hits(line, &needles(words)) {
        if hit.start > at {
            pieces.push((line[at..hit.start].to_owned(), false));
        }
        pieces.push((line[hit.start..hit.end].to_owned(), true));
        at = hit.end;
    }
    if at < line.len() {
        pieces.push((line[at..].to_owned(), false));
    }
    pieces
}

/// The words to look for, folded, each with whether it is only the beginning of one.
fn needles(words: &[String]) -> Vec<(String, bool)> {
    let mut needles = Vec::new();
    for word in words {
        let begins = word.ends_with('*');
        let parts: Vec<&str> = word
            .split(|c: char| !is_word(c))
            .filter(|part| !part.is_empty())
            .collect();
        for (index, part) in parts.iter().enumerate() {
            let mut folded = String::new();
            part.chars().for_each(|c| fold_char(c, &mut folded));
            let last = index + 1 == parts.len();
            if !folded.is_empty() {
                needles.push((folded, begins && last));
            }
        }
    }
    needles
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric()
        || unicode_normalization::char::is_combining_mark(c)
        || c == '\u{200c}'
        || c == '\u{200d}'
}

fn hits(text: &str, needles: &[(String, bool)]) -> Vec<Hit> {
    let mut hits = Vec::new();
    if needles.is_empty() {
        return hits;
    }
    let bytes = text.as_bytes();
    let mut folded = String::new();
    let mut at = 0;
    while at < bytes.len() && hits.len() < MAX_HITS {
        let start = at;
        let mut ascii = true;
        while at < bytes.len() {
            if bytes[at].is_ascii() {
                if !bytes[at].is_ascii_alphanumeric() {
                    break;
                }
                at += 1;
            } else {
                let Some(c) = text[at..].chars().next().filter(|c| is_word(*c)) else {
                    break;
                };
                ascii = false;
                at += c.len_utf8();
            }
        }
        if at == start {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let token = &text[start..at];
        let word = if ascii {
            needles.iter().position(|(needle, begins)| {
                token
                    .get(..needle.len())
                    .is_some_and(|head| head.eq_ignore_ascii_case(needle))
                    && (*begins || token.len() == needle.len())
            })
        } else {
            folded.clear();
            token.chars().for_each(|c| fold_char(c, &mut folded));
            needles.iter().position(|(needle, begins)| {
                // Scripts without spaces make one token of a sentence.
                folded == *needle
                    || (*begins && folded.starts_with(needle.as_str()))
                    || (needle.chars().any(|c| c as u32 >= 0x2e80)
                        && folded.contains(needle.as_str()))
            })
        };
        if let Some(word) = word {
            hits.push(Hit {
                start,
                end: at,
                word,
            });
        }
    }
    hits
}

/// The stretch of hits with the most different words in it.
fn best_window(hits: &[Hit], columns: usize) -> Option<(usize, usize)> {
    let mut best: Option<(usize, (usize, usize))> = None;
    for (first, hit) in hits.iter().enumerate() {
        let mut seen: Vec<usize> = Vec::new();
        let mut last = first;
        for (index, other) in hits.iter().enumerate().skip(first).take(40) {
            if other.end - hit.start > columns * 3 / 4 && index > first {
                break;
            }
            if !seen.contains(&other.word) {
                seen.push(other.word);
            }
            last = index;
        }
        let score = seen.len() * 64 + (last - first).min(32);
        if best.is_none_or(|(had, _)| score > had) {
            best = Some((score, (first, last)));
        }
    }
    best.map(|(_, window)| window)
}

/// Where a passage that leads to `hit` begins: at its paragraph, its sentence, or a word.
fn beginning(text: &str, hit: usize, lead: usize) -> usize {
    let from = ceil(text, hit.saturating_sub(lead.max(1)));
    let before = &text[from..hit];
    if let Some(at) = before.rfind('\n') {
        return from + at + 1;
    }
    if from == 0 {
        return 0;
    }
    if let Some(at) = before.rfind(". ") {
        return from + at + 2;
    }
    before.find(' ').map_or(from, |at| from + at + 1)
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// What changed from one plain text to another, word by word. The pieces that are not `Removed`
/// make up the new text, those that are not `Added` the old one.
///
/// The work is bounded: where two parts are too long to be compared by words they are compared by lines first.
pub fn diff(old: &str, new: &str) -> Vec<(Change, String)> {
    let mut pieces = Pieces::default();
    compare(old, new, Grain::Words, &mut { MOST_PAIRS }, &mut pieces);
    pieces.settle();
    pieces.done
}

/// What two texts are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grain {
    Words,
    Lines,
}

/// Compares two texts as long as the pairs to look at, which are the most that Myers' algorithm may need, are within
/// `pairs`, which they are taken from.
fn compare(old: &str, new: &str, grain: Grain, pairs: &mut usize, pieces: &mut Pieces) {
    let parts = |text| match grain {
        Grain::Words => str::split_word_bounds(text).collect::<Vec<&str>>(),
        Grain::Lines => text.split_inclusive('\n').collect(),
    };
    let (olds, news): (Vec<&str>, Vec<&str>) = (parts(old), parts(new));
    // What is the same at both ends, most of a text, is not compared.
    let head = olds.iter().zip(&news).take_while(|(a, b)| a == b).count();
    let tail = olds[head..]
        .iter()
        .rev()
        .zip(news[head..].iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (old_middle, new_middle) = (
        &olds[head..olds.len() - tail],
        &news[head..news.len() - tail],
    );
    pieces.same(&news[..head].concat());
    let needed = old_middle.len().saturating_mul(new_middle.len());
    if needed <= *pairs {
        *pairs -= needed;
        for operation in operations(old_middle, new_middle) {
            let (range, others) = (operation.old_range(), operation.new_range());
            match operation {
                DiffOp::Equal { .. } => pieces.same(&new_middle[others].concat()),
                _ => {
                    let (removed, added) =
                        (old_middle[range].concat(), new_middle[others].concat());
                    // Lines that are other lines now have words in common.
                    if grain == Grain::Lines && !removed.is_empty() && !added.is_empty() {
                        compare_within(&removed, &added, pairs, pieces);
                    } else {
                        pieces.changed(&removed, &added);
                    }
                }
            }
        }
    } else {
        let (removed, added) = (old_middle.concat(), new_middle.concat());
        match grain {
            Grain::Words => compare(&removed, &added, Grain::Lines, pairs, pieces),
            Grain::Lines => pieces.changed(&removed, &added),
        }
    }
    pieces.same(&news[news.len() - tail..].concat());
}

/// Compares lines by their words, unless that is too much.
fn compare_within(old: &str, new: &str, pairs: &mut usize, pieces: &mut Pieces) {
    let words = |text: &str| text.split_word_bounds().count();
    if words(old).saturating_mul(words(new)) <= *pairs {
        compare(old, new, Grain::Words, pairs, pieces);
    } else {
        pieces.changed(old, new);
    }
}

/// Myers' algorithm by name: the crate's usual door compiles in all of its six.
fn operations(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let mut captured = Compact::new(Replace::new(Capture::new()), old, new);
    let Ok(()) = myers::diff(&mut captured, old, 0..old.len(), new, 0..new.len());
    captured.into_inner().into_inner().into_ops()
}

/// Collects what changed, so that words that changed one after the other are one piece.
#[derive(Default)]
struct Pieces {
    done: Vec<(Change, String)>,
    removed: String,
    added: String,
    /// White space between two changed words, not yet given to either.
    between: String,
}

impl Pieces {
    fn same(&mut self, text: &str) {
        let changed = !self.removed.is_empty() || !self.added.is_empty();
        if changed && self.between.is_empty() && text.len() <= 1 && text.trim().is_empty() {
            self.between.push_str(text);
            return;
        }
        self.settle();
        self.push(Change::Same, text);
    }

    fn changed(&mut self, removed: &str, added: &str) {
        let between = std::mem::take(&mut self.between);
        for (text, more) in [(&mut self.removed, removed), (&mut self.added, added)] {
            text.push_str(&between);
            text.push_str(more);
        }
    }

    fn settle(&mut self) {
        let (removed, added) = (
            std::mem::take(&mut self.removed),
            std::mem::take(&mut self.added),
        );
        self.push(Change::Removed, &removed);
        self.push(Change::Added, &added);
        let between = std::mem::take(&mut self.between);
        self.push(Change::Same, &between);
    }

    fn push(&mut self, change: Change, text: &str) {
        match self.done.last_mut() {
            _ if text.is_empty() => {}
            Some((last, had)) if *last == change => had.push_str(text),
            _ => self.done.push((change, text.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Change;
    use crate::{diff, snippet, width};

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
}
