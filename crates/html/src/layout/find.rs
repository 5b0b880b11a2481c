//! Finding words in a laid out text, across the ends of its lines.
//! Never here: the search over many articles (`store`).

use super::{Laid, Match, Wrap};
use newsprint_model::fold_char;

/// Matches that are given: nobody steps through more of them.
const MAX_MATCHES: usize = 10_000;

impl Laid {
    /// Where `words` stand in the article's own text, compared without case and accents; bars,
    /// indents and link numbers are passed over. Matches do not overlap; the first 10,000 are given.
    pub fn find(&self, words: &str) -> Vec<Match> {
        let mut needle = String::new();
        for word in words.split_whitespace() {
            if !needle.is_empty() {
                needle.push(' ');
            }
            word.chars().for_each(|c| fold_char(c, &mut needle));
        }
        if needle.is_empty() {
            return Vec::new();
        }
        // The text folded, and where each of its characters comes from.
        let mut folded = String::new();
        let mut places: Vec<(usize, usize, usize, usize)> = Vec::new();
        for (index, line) in self.lines.iter().enumerate() {
            match line.wrap {
                Wrap::Fresh => folded.push('\n'),
                Wrap::Space => folded.push(' '),
                Wrap::Glue => {}
            }
            let mut at = 0;
            for span in &line.spans {
                if !span.marks.dim {
                    for (offset, c) in span.text.char_indices() {
                        places.push((folded.len(), index, at + offset, c.len_utf8()));
                        fold_char(c, &mut folded);
                    }
                }
                at += span.text.len();
            }
        }
        let mut found = Vec::new();
        let starts = memchr::memmem::find_iter(folded.as_bytes(), needle.as_bytes());
        for start in starts.take(MAX_MATCHES) {
            let end = start + needle.len();
            let first = places.partition_point(|place| place.0 < start);
            let mut piece: Option<Match> = None;
            let mut is_first = true;
            for &(_, line, byte, length) in places[first..].iter().take_while(|place| place.0 < end)
            {
                match &mut piece {
                    Some(piece) if piece.line == line => piece.range.end = byte + length,
                    piece => {
                        found.extend(piece.take());
                        *piece = Some(Match {
                            line,
                            range: byte..byte + length,
                            first: is_first,
                        });
                        is_first = false;
                    }
                }
            }
            found.extend(piece);
        }
        found
    }
}
