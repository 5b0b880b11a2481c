//! A text whose pieces know how they look and which link they are part of.
//! Never here: lines, widths.

use std::borrow::Cow;
use std::ops::Range;

use super::{Marks, Span};

/// The text of one block with its marks.
#[derive(Debug, Clone, Default)]
pub(crate) struct StyledText {
    pub(crate) text: String,
    /// Pieces that look the same, in order; each begins where the one before ends.
    runs: Vec<(usize, Marks, Option<u32>)>,
}

impl StyledText {
    pub(crate) fn push(&mut self, text: &str, marks: Marks, link: Option<u32>) {
        self.text.push_str(text);
        let end = self.text.len();
        match self.runs.last_mut() {
            Some(run) if run.1 == marks && run.2 == link => run.0 = end,
            _ => self.runs.push((end, marks, link)),
        }
    }

    /// The article's own text: without numbers of links.
    pub(crate) fn own(&self) -> String {
        let mut own = String::new();
        let mut at = 0;
        for &(end, marks, _) in &self.runs {
            if !marks.dim {
                own.push_str(&self.text[at..end]);
            }
            at = end;
        }
        own
    }

    /// The pieces that look the same, in their order.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = (&str, Marks, Option<u32>)> {
        let mut at = 0;
        self.runs.iter().map(move |&(end, marks, link)| {
            let begin = at;
            at = end.min(self.text.len());
            (&self.text[begin..at], marks, link)
        })
    }

    /// Adds all of another text.
    pub(crate) fn append(&mut self, other: &StyledText) {
        for (piece, marks, link) in other.pieces() {
            self.push(piece, marks, link);
        }
    }

    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.runs.clear();
    }

    /// Adds a range of the text to a line. `from`: the run to begin with; gives the one it ends in.
    pub(crate) fn spans(&self, range: Range<usize>, from: usize, spans: &mut Vec<Span>) -> usize {
        let mut index = from;
        let mut at = range.start;
        while at < range.end {
            let Some(&(end, marks, link)) = self.runs.get(index) else {
                break;
            };
            if end <= at {
                index += 1;
                continue;
            }
            let piece = &self.text[at..end.min(range.end)];
            // A terminal has no use for spaces that do not part; the line is parted by now.
            let text = if piece.contains('\u{a0}') {
                piece.replace('\u{a0}', " ")
            } else {
                piece.to_owned()
            };
            spans.push(Span { text, marks, link });
            at = end.min(range.end);
        }
        index
    }

    /// Writes the end of the text anew, from a byte on as far as it is the article's own: `write` gets it and the
    /// character before it.
    pub(crate) fn rewrite(
        &mut self,
        from: usize,
        write: impl FnOnce(&str, Option<char>) -> Cow<'_, str>,
    ) {
        let first = self.runs.iter().position(|(end, ..)| *end > from);
        let Some(first) = first else { return };
        let own = self.runs[first..].iter().take_while(|run| !run.1.dim);
        let Some(&(to, marks, link)) = own.last() else {
            return;
        };
        let before = self.text[..from].chars().next_back();
        let Cow::Owned(written) = write(&self.text[from..to], before) else {
            return;
        };
        let rest: Vec<(String, Marks, Option<u32>)> = self
            .pieces()
            .scan(0, |at, (piece, marks, link)| {
                *at += piece.len();
                Some((*at, piece.to_owned(), marks, link))
            })
            .filter(|(end, ..)| *end > to)
            .map(|(_, piece, marks, link)| (piece, marks, link))
            .collect();
        // The run that `from` is within ends there.
        let begin = first.checked_sub(1).map_or(0, |before| self.runs[before].0);
        let split = (begin < from).then_some((from, self.runs[first].1, self.runs[first].2));
        self.runs.truncate(first);
        self.runs.extend(split);
        self.text.truncate(from);
        self.push(&written, marks, link);
        for (piece, marks, link) in rest {
            self.push(&piece, marks, link);
        }
    }

    /// Takes white space off the end.
    pub(crate) fn trim_end(&mut self) {
        self.text.truncate(self.text.trim_end().len());
    }
}
