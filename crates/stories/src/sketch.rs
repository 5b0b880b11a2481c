//! A sketch of a text's wording, by which copies of one text are found: wire texts that stand in many outlets.
//! Never here: what a text is about.

use crate::words;

/// Words in a row whose hash is one mark of the wording.
const RUN: usize = 4;

/// Marks that are kept, the lowest.
const MARKS: usize = 24;

/// Marks by which a text is found.
const TELLING: usize = 6;

/// Texts of fewer words are copies of each other only word for word, with the same title.
const SHORT: u32 = 24;

/// Texts of fewer words are no copies: "Read more."
const FEWEST: u32 = 8;

/// The share of the shorter text's wording that the longer one has at least: an editor cut a paragraph or changed words.
const COPY: f32 = 0.75;

/// The lowest marks of a text's wording (bottom-k sketch: Cohen and Kaplan 2007).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Sketch {
    /// Ascending.
    marks: Vec<u32>,
    /// Words of the text.
    words: u32,
}

/// Takes a text's words one after another.
#[derive(Debug, Default)]
pub(crate) struct Sketcher {
    last: [u32; RUN],
    words: u32,
    marks: Vec<u32>,
}

impl Sketcher {
    pub(crate) fn add(&mut self, word: u32) {
        self.last.rotate_left(1);
        self.last[RUN - 1] = word;
        self.words += 1;
        if self.words as usize >= RUN {
            let mut bytes = [0; RUN * 4];
            for (to, word) in bytes.chunks_exact_mut(4).zip(self.last) {
                to.copy_from_slice(&word.to_le_bytes());
            }
            self.marks.push(words::hash_bytes(&bytes));
            if self.marks.len() > 4_096 {
                self.shorten();
            }
        }
    }

    fn shorten(&mut self) {
        self.marks.sort_unstable();
        self.marks.dedup();
        self.marks.truncate(MARKS);
    }

    /// `whole` is a hash of the title and the text.
    pub(crate) fn done(mut self, whole: u64) -> Sketch {
        self.shorten();
        Sketch {
            words: self.words,
            marks: match self.words {
                0..FEWEST => Vec::new(),
                FEWEST..SHORT => {
                    let mut marks = vec![whole as u32, (whole >> 32) as u32];
                    marks.sort_unstable();
                    marks
                }
                _ => self.marks,
            },
        }
    }
}

impl Sketch {
    pub(crate) fn words(&self) -> u32 {
        self.words
    }

    /// The lowest marks of its wording.
    pub(crate) fn marks(&self) -> &[u32] {
        &self.marks
    }

    /// Of these the ones by which it is found: a copy lacks all of them in one of thousands of cases.
    pub(crate) fn telling(&self) -> impl Iterator<Item = u32> + use<> {
        let marks: Vec<u32> = self.marks.iter().take(TELLING).copied().collect();
        marks.into_iter()
    }

    /// Whether two texts are one, word for word or nearly.
    pub(crate) fn is_copy_of(&self, other: &Sketch) -> bool {
        if self.marks.is_empty() || other.marks.is_empty() {
            return false;
        }
        let (few, many) = (self.words.min(other.words), self.words.max(other.words));
        if few < SHORT {
            return few == many && self.marks == other.marks;
        }
        let alike = self.alike(other);
        let both = alike / (1.0 + alike) * (few + many) as f32;
        few * 10 >= many * 6 && both >= COPY * few as f32
    }

    /// The share of the wording that two texts have in common, by the lowest marks of both.
    pub(crate) fn alike(&self, other: &Sketch) -> f32 {
        let (mut a, mut b) = (self.marks.as_slice(), other.marks.as_slice());
        let (mut all, mut shared) = (0u32, 0u32);
        while (all as usize) < MARKS
            && let (Some(x), Some(y)) = (a.first(), b.first())
        {
            all += 1;
            shared += u32::from(x == y);
            if x <= y {
                a = &a[1..];
            }
            if y <= x {
                b = &b[1..];
            }
        }
        shared as f32 / all.max(1) as f32
    }

    pub(crate) fn pack(&self, out: &mut Vec<u8>) {
        crate::profile::put(out, self.words);
        crate::profile::put(out, self.marks.len() as u32);
        let mut last = 0;
        for mark in &self.marks {
            crate::profile::put(out, mark - last);
            last = *mark;
        }
    }

    pub(crate) fn unpack(bytes: &mut &[u8]) -> Option<Sketch> {
        let words = crate::profile::take(bytes)?;
        let count = crate::profile::take(bytes)?;
        let count = count.min(MARKS as u32);
        let mut marks = Vec::with_capacity(count as usize);
        let mut last = 0u32;
        for _ in 0..count {
            last = last.checked_add(crate::profile::take(bytes)?)?;
            marks.push(last);
        }
        Some(Sketch { marks, words })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(text: &str) -> Sketch {
        let mut sketcher = Sketcher::default();
        words::each_token(text, "en", |token| sketcher.add(words::hash(&token.form)));
        sketcher.done(1)
    }

    fn text(from: usize, to: usize) -> String {
        (from..to)
            .map(|n| {
                format!(
                    "word{} ",
                    char::from(b'a' + (n % 26) as u8)
                        .to_string()
                        .repeat(n / 26 + 1)
                )
            })
            .collect()
    }

    #[test]
    fn a_text_with_a_paragraph_less_is_a_copy_and_another_is_none() {
        let whole = sketch(&text(0, 300));
        assert!(whole.is_copy_of(&whole));
        assert!(whole.is_copy_of(&sketch(&text(0, 270))));
        assert!(whole.is_copy_of(&sketch(&text(10, 200))));
        assert!(!whole.is_copy_of(&sketch(&text(0, 100))));
        assert!(!whole.is_copy_of(&sketch(&text(150, 450))));
        assert!(!sketch("too short").is_copy_of(&sketch("too short")));
    }
}
