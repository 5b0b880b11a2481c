//! What of an article is compared: its words, names and numbers as hashes, and a sketch of its wording.
//! Never here: what two profiles have to do with each other (`window`), where they are kept.

use std::collections::HashMap;
use std::hash::Hasher;

use newsprint_model::fingerprint::Fnv;

use crate::fresh;
use crate::results;
use crate::roundup;
use crate::sketch::{self, Sketch};
use crate::words::{self, each_token};

/// What a term is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// Any word.
    Word,
    /// Written with a capital letter where others are not.
    Name,
    /// Digits.
    Number,
    /// The result of a match.
    Result,
}

/// A word, name, number or result of an article: 24 bits of hash, how often it occurs, what it is, whether it is in the lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Term(u32);

impl Term {
    pub(crate) fn new(hash: u32, count: u32, kind: Kind, lead: bool) -> Term {
        Term(hash << 8 | u32::from(lead) << 7 | (kind as u32) << 5 | count.clamp(1, MOST_OFTEN))
    }

    pub(crate) fn hash(self) -> u32 {
        self.0 >> 8
    }

    /// How often it occurs, at most 31.
    pub(crate) fn count(self) -> u8 {
        (self.0 & 31).max(1) as u8
    }

    pub(crate) fn kind(self) -> Kind {
        match self.0 >> 5 & 3 {
            0 => Kind::Word,
            1 => Kind::Name,
            2 => Kind::Number,
            _ => Kind::Result,
        }
    }

    /// Stands in the title or the first sentences.
    pub(crate) fn lead(self) -> bool {
        self.0 >> 7 & 1 == 1
    }
}

/// Occurrences that are counted.
const MOST_OFTEN: u32 = 31;

/// What of an article is compared. Packed it has some 500 bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile {
    /// By hash.
    pub(crate) terms: Vec<Term>,
    pub(crate) sketch: Sketch,
    /// A live blog, a digest, a briefing: it tells of many events and belongs to none.
    pub(crate) roundup: bool,
    /// Words of the text, without those that its outlet repeats.
    pub(crate) words: u32,
    /// Marks of its first and last sentences, by which what an outlet repeats is known.
    pub(crate) said: Vec<u32>,
    /// Of each term the parts of the article that have it. Not packed: what is stock is found once.
    parts: Vec<Parts>,
}

/// Parts of an article that have a term, a bit each: the title, the sentences of `said`, at the end all others.
pub(crate) type Parts = u32;

/// The part that is the title.
pub(crate) const TITLE: usize = 0;
/// The part that is what stands between the sentences that have marks.
const MIDDLE: usize = 31;
/// Sentences at each end of a text that have marks: notices stand there, or in texts that are short.
const ENDS: usize = 8;
/// Words from which a sentence has a mark.
const SENTENCE: u32 = 2;

/// Tokens of the beginning that say most of what an article is about.
const LEAD: usize = 60;

/// Terms that are kept of one article.
const TERMS: usize = 112;

/// Characters of a text that are looked at.
const LONGEST: usize = 40_000;

#[derive(Default)]
struct Seen {
    count: u32,
    capital: u32,
    small: u32,
    number: bool,
    result: bool,
    lead: bool,
    parts: Parts,
}

impl Profile {
    /// The profile of an article: its title and plain text, the ISO 639-1 code of its language (empty when
    /// unknown). A title that the text begins with is not counted twice. Takes some 0.1 ms for 4 KB.
    pub fn of(title: &str, text: &str, lang: &str) -> Profile {
        let title = title.trim();
        let mut text = text.trim_start();
        text = text.strip_prefix(title).unwrap_or(text);
        let end = text
            .char_indices()
            .nth(LONGEST)
            .map_or(text.len(), |(at, _)| at);
        let text = &text[..end];
        let mut seen: HashMap<String, Seen> = HashMap::new();
        let mut place = 0;
        let mut sketch = sketch::Sketcher::default();
        let mut whole = Fnv::default();
        let sentences = fresh::sentences(text);
        let last = sentences.len().saturating_sub(ENDS);
        let mut said = Vec::new();
        let parts = sentences.iter().enumerate().map(|(at, range)| {
            let part = match at {
                _ if at < ENDS => at + 1,
                _ if at >= last => at + ENDS + 1 - last.max(ENDS),
                _ => MIDDLE,
            };
            (&text[range.clone()], part)
        });
        for (text, part) in [(title, TITLE)].into_iter().chain(parts) {
            if place < LEAD {
                for (most, least) in results::results(text) {
                    let slot = seen.entry(format!("{most}-{least}")).or_default();
                    slot.count += 1;
                    slot.result = true;
                    slot.lead = true;
                    slot.parts |= 1 << part;
                }
            }
            let mut mark = 0u64;
            let mut words = 0;
            each_token(text, lang, |token| {
                place += 1;
                words += 1;
                whole.write(token.form.as_bytes());
                whole.write_u8(0);
                let hash = words::hash(&token.form);
                // What differs in its numbers alone is one sentence filled in twice.
                let word = if token.number { 0 } else { u64::from(hash) };
                mark = (mark.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15) + 1;
                if part != TITLE {
                    sketch.add(hash);
                }
                if token.empty {
                    return;
                }
                let slot = seen.entry(token.form).or_default();
                slot.count += 1;
                slot.number = token.number;
                slot.lead |= place <= LEAD;
                slot.capital += u32::from(token.capital);
                slot.small += u32::from(token.written.starts_with(char::is_lowercase));
                slot.parts |= 1 << part;
            });
            if part != TITLE && part != MIDDLE {
                said.push(match words {
                    0..SENTENCE => 0,
                    _ => (mark ^ (mark >> 32)) as u32 | 1,
                });
            }
        }
        let mut terms: Vec<(u32, Term, Parts)> = seen
            .into_iter()
            .map(|(form, seen)| {
                let kind = if seen.result {
                    Kind::Result
                } else if seen.number {
                    Kind::Number
                } else if seen.capital > 0 && seen.capital >= seen.small {
                    Kind::Name
                } else {
                    Kind::Word
                };
                let term = Term::new(words::hash(&form), seen.count, kind, seen.lead);
                let worth = seen.count.min(MOST_OFTEN) * 2
                    + u32::from(seen.lead) * 4
                    + u32::from(kind != Kind::Word) * 3;
                (worth, term, seen.parts)
            })
            .collect();
        terms.sort_by_key(|(worth, term, _)| (std::cmp::Reverse(*worth), *term));
        terms.truncate(TERMS);
        terms.sort_unstable_by_key(|(_, term, _)| *term);
        terms.dedup_by_key(|(_, term, _)| term.hash());
        let sketch = sketch.done(whole.finish());
        Profile {
            parts: terms.iter().map(|(.., parts)| *parts).collect(),
            terms: terms.into_iter().map(|(_, term, _)| term).collect(),
            words: sketch.words(),
            sketch,
            roundup: roundup::is_roundup(title),
            said,
        }
    }

    /// The parts of it whose marks are so.
    pub(crate) fn parts_with(&self, is_so: impl Fn(u32) -> bool) -> Parts {
        let marks = self.said.iter().enumerate();
        let parts = marks.filter(|(_, mark)| **mark != 0 && is_so(**mark));
        parts.fold(0, |parts, (at, _)| parts | 1 << (at + 1))
    }

    /// The parts of it, among these, that a text with these marks, in order, has too.
    pub(crate) fn parts_of(&self, said: &[u32], mut among: Parts) -> Parts {
        let mut found = 0;
        while among != 0 {
            let part = among.trailing_zeros();
            among &= among - 1;
            let mark = (part as usize)
                .checked_sub(1)
                .and_then(|at| self.said.get(at));
            if mark.is_some_and(|mark| *mark != 0 && said.binary_search(mark).is_ok()) {
                found |= 1 << part;
            }
        }
        found
    }

    /// Sentences with marks that are not among these parts.
    pub(crate) fn sentences_beside(&self, parts: Parts) -> usize {
        let marks = self.said.iter().filter(|mark| **mark != 0).count();
        marks.saturating_sub(parts.count_ones() as usize)
    }

    /// Its marks in order.
    pub(crate) fn marks(&self) -> Box<[u32]> {
        let mut marks: Vec<u32> = self
            .said
            .iter()
            .copied()
            .filter(|mark| *mark != 0)
            .collect();
        marks.sort_unstable();
        marks.dedup();
        marks.into()
    }

    /// Its terms that other parts have, too. All of them where it is not known which parts have which.
    pub(crate) fn beside(&self, stock: Parts) -> impl Iterator<Item = Term> {
        let parts = self.parts.iter().copied().chain(std::iter::repeat(!0));
        let terms = self.terms.iter().zip(parts);
        terms.filter_map(move |(term, parts)| (parts & !stock != 0).then_some(*term))
    }

    /// How many of its terms the title alone has.
    pub(crate) fn of_title_alone(&self) -> usize {
        let alone = |parts: &&Parts| **parts == 1 << TITLE;
        self.parts.iter().filter(alone).count()
    }

    /// It without these parts.
    pub(crate) fn without(&self, stock: Parts) -> Profile {
        let all = self.said.len().max(1) as u32;
        let kept = all - stock.count_ones().min(all - 1);
        Profile {
            terms: self.beside(stock).collect(),
            parts: Vec::new(),
            words: self.words * kept / all,
            ..self.clone()
        }
    }

    /// The bytes under which it is stored.
    pub fn pack(&self) -> Vec<u8> {
        let mut out = vec![FORM | u8::from(self.roundup)];
        self.sketch.pack(&mut out);
        put(&mut out, self.words);
        let marks = self.marks();
        put(&mut out, marks.len() as u32);
        let mut last = 0;
        for mark in marks {
            put(&mut out, mark - last);
            last = mark;
        }
        let mut last = 0;
        for term in &self.terms {
            put(&mut out, term.hash() - last);
            last = term.hash();
            out.push(term.0 as u8);
        }
        out
    }

    /// The inverse of [`Profile::pack`], but for what only a new article is asked for; `None` for bytes that are none of
    /// its, or of an older form.
    pub fn unpack(bytes: &[u8]) -> Option<Profile> {
        let (form, mut rest) = bytes.split_first()?;
        if form & !1 != FORM {
            return None;
        }
        let sketch = Sketch::unpack(&mut rest)?;
        let words = take(&mut rest)?;
        let (mut said, mut mark) = (Vec::new(), 0u32);
        for _ in 0..take(&mut rest)?.min(MIDDLE as u32) {
            mark = mark.checked_add(take(&mut rest)?)?;
            said.push(mark);
        }
        let mut terms = Vec::new();
        let mut last = 0u32;
        while !rest.is_empty() && terms.len() < TERMS {
            last = last.checked_add(take(&mut rest)?)?;
            let (bits, tail) = rest.split_first()?;
            rest = tail;
            terms.push(Term(last.min(0xff_ffff) << 8 | u32::from(*bits)));
        }
        Some(Profile {
            terms,
            sketch,
            roundup: form & 1 == 1,
            words,
            said,
            parts: Vec::new(),
        })
    }

    /// Whether there is anything to compare.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

/// The first byte of a packed profile, without its lowest bit.
const FORM: u8 = 2;

/// LEB128.
pub(crate) fn put(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// The inverse of [`put`].
pub(crate) fn take(bytes: &mut &[u8]) -> Option<u32> {
    let mut value = 0u32;
    for shift in (0..35).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u32::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The harbour of Lerna was closed on Tuesday after a crane fell. Officials in Lerna said 14 \
        workers were hurt. The crane, built in 1998, had been inspected twice.";

    #[test]
    fn a_profile_comes_back_from_its_bytes() {
        let profile = Profile::of("Crane falls in Lerna", TEXT, "en");
        assert!(profile.terms.len() > 12);
        let again = Profile::unpack(&profile.pack()).unwrap();
        assert_eq!(
            (&again.terms, &again.sketch),
            (&profile.terms, &profile.sketch)
        );
        assert_eq!(
            (again.words, again.marks()),
            (profile.words, profile.marks())
        );
        assert_eq!(Profile::unpack(&again.pack()), Some(again));
        assert_eq!(Profile::unpack(b""), None);
        assert!(Profile::of("", "", "").is_empty());
    }

    #[test]
    fn names_and_numbers_are_told_from_words() {
        let profile = Profile::of("Crane falls in Lerna", TEXT, "en");
        let kind = |word: &str| {
            let hash = words::hash(word);
            profile
                .terms
                .iter()
                .find(|term| term.hash() == hash)
                .map(|term| term.kind())
        };
        assert_eq!(kind("lerna"), Some(Kind::Name));
        assert_eq!(kind("14"), Some(Kind::Number));
        assert_eq!(kind("crane"), Some(Kind::Word));
    }

    #[test]
    fn a_title_at_the_head_of_the_text_counts_once() {
        let title = "Crane falls in Lerna";
        let both = Profile::of(title, &format!("{title}\n{TEXT}"), "en");
        assert_eq!(both, Profile::of(title, TEXT, "en"));
    }
}
