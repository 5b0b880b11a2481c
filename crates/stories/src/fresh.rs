//! What an article says that others have not said: sentence by sentence.
//! Never here: which articles were read.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::words::each_fact;

/// The share of what a sentence says that one sentence before must have for it to be known.
const KNOWN: f32 = 0.5;

/// The same for two sentences in a row, which say more.
const KNOWN_BY_TWO: f32 = 0.6;

/// What a number says, in words.
const NUMBER: f32 = 1.5;

/// What a word says that none of the known texts has: it may be another word for the same.
const UNHEARD: f32 = 1.0;

/// Letters by which words of one family are the same: `inspector`, `inspection`.
const FAMILY: usize = 5;

/// A sentence of fewer words that matter says nothing new by itself.
const FEWEST: usize = 3;

/// Sentences that are compared at most, of all that was read.
const MOST: usize = 4_000;

/// Where the sentences of a text stand, in bytes.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut push = |from: usize, to: usize| {
        let part = &text[from..to];
        let from = from + (part.len() - part.trim_start().len());
        let to = from + part.trim().len();
        if from < to {
            out.push(from..to);
        }
    };
    for (i, (at, c)) in chars.iter().enumerate() {
        let end = at + c.len_utf8();
        let next = chars.get(i + 1).map(|(_, c)| *c);
        let ends = match c {
            '\n' | '。' | '！' | '？' => true,
            '.' | '!' | '?' | '…' => {
                let mut rest = text[end..].trim_start_matches(['"', '”', '“', '’', '\'', ')', '»']);
                let space = rest.len() < text.len() - end || next.is_none_or(char::is_whitespace);
                let had_space = rest.starts_with(char::is_whitespace) || rest.is_empty();
                rest = rest.trim_start();
                let begins = rest
                    .trim_start_matches(['"', '“', '„', '«', '‘', '\'', '('])
                    .starts_with(|c: char| !c.is_lowercase());
                space && had_space && (begins || rest.is_empty()) && !is_short(&text[start..*at])
            }
            _ => false,
        };
        if ends {
            // Closing marks belong to the sentence.
            let tail = &text[end..];
            let closing = tail.len() - tail.trim_start_matches(['"', '”', '’', ')', '»']).len();
            let to = if *c == '\n' { *at } else { end + closing };
            if to >= start {
                push(start, to);
                start = to;
            }
        }
    }
    push(start, text.len());
    out
}

/// Whether what stands before a point is an abbreviation: one letter, or a title.
fn is_short(before: &str) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || c == '.')
        .next()
        .unwrap_or_default();
    const SHORT: &[&str] = &[
        "Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Sen", "Rep", "Gov", "Gen", "Lt", "Col", "Sgt",
        "Jr", "Sr", "No", "vs", "Inc", "Co", "Corp", "Ltd", "Jan", "Feb", "Aug", "Sept", "Oct",
        "Nov", "Dec", "bzw", "ca", "etc",
    ];
    (word.chars().count() == 1 && word.starts_with(char::is_uppercase)) || SHORT.contains(&word)
}

struct Sentence {
    /// Words, by their beginning; names.
    words: HashSet<String>,
    numbers: HashSet<String>,
}

impl Sentence {
    fn has(&self, form: &str) -> bool {
        self.words.contains(form) || self.numbers.contains(form)
    }
}

fn read(text: &str, lang: &str) -> Sentence {
    let (mut words, mut numbers) = (HashSet::new(), HashSet::new());
    each_fact(text, lang, |token| {
        if token.number {
            numbers.insert(token.form);
        } else if !token.empty {
            words.insert(token.form.chars().take(FAMILY).collect());
        }
    });
    Sentence { words, numbers }
}

/// The sentences of `text` that none of the texts `known` said, as ranges of bytes. All are plain texts; `lang` as for
/// [`crate::Profile::of`]. A sentence is known where one sentence, or two in a row, have all of its numbers and most of
/// what else it says, in whatever order and form of the words.
pub fn new_sentences(text: &str, known: &[&str], lang: &str) -> Vec<Range<usize>> {
    let mut before: Vec<Sentence> = Vec::new();
    for known in known {
        for range in sentences(known) {
            if before.len() < MOST {
                before.push(read(&known[range], lang));
            }
        }
    }
    // How many sentences have a word: one that many have says little.
    let mut often: HashMap<&str, u32> = HashMap::new();
    for word in before.iter().flat_map(|sentence| &sentence.words) {
        *often.entry(word).or_default() += 1;
    }
    let worth = |word: &String| match often.get(word.as_str()) {
        None => UNHEARD,
        Some(often) => 1.0 / (1.0 + (*often as f32).ln() / 3.0),
    };
    let is_known = |sentence: &Sentence| {
        if sentence.words.len() + sentence.numbers.len() < FEWEST {
            return sentence
                .numbers
                .iter()
                .all(|number| before.iter().any(|one| one.has(number)));
        }
        let numbers = sentence.numbers.len() as f32 * NUMBER;
        let all: f32 = numbers + sentence.words.iter().map(worth).sum::<f32>();
        let held = |at: usize, other: Option<usize>| {
            let has = |form: &String| {
                before[at].has(form) || other.is_some_and(|other| before[other].has(form))
            };
            let words = sentence.words.iter().filter(|word| has(word)).map(worth);
            let share = (numbers + words.sum::<f32>()) / all;
            let least = if other.is_some() { KNOWN_BY_TWO } else { KNOWN };
            share >= least && sentence.numbers.iter().all(has)
        };
        (0..before.len()).any(|at| held(at, None) || (at > 0 && held(at, Some(at - 1))))
    };
    sentences(text)
        .into_iter()
        .filter(|range| !is_known(&read(&text[range.clone()], lang)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text)
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn sentences_end_where_they_end() {
        assert_eq!(
            split("Mr. Osk spoke. “It fell.” Then 1.5 tons of steel sank!\nThe end"),
            [
                "Mr. Osk spoke.",
                "“It fell.”",
                "Then 1.5 tons of steel sank!",
                "The end"
            ]
        );
        assert!(split(" \n ").is_empty());
    }

    /// Twenty sentences of a follow-up: some as they were, some put differently, three new.
    #[test]
    fn a_follow_up_with_three_new_sentences_gives_exactly_those() {
        let first = "A crane fell on the eastern quay of Lerna harbour on Tuesday morning. Fourteen workers were hurt, two of them badly. \
            The harbour was closed for all ships. Firefighters pulled three men from under the steel. Mayor Anna Osk visited the quay at noon. \
            She called it the worst accident in the harbour since 1998. The crane was built by Harl and Sons forty years ago. \
            Inspectors had looked at it twice this year. They found rust on two of its legs. The owner promised to replace the legs by autumn.";
        let second = "Ships wait outside the harbour of Lerna. Some 30 freighters lie at anchor in the bay. The port authority expects to open the western basin on Thursday. \
            Unions have called for a day of mourning. A fund for the families has been set up by the city. The hospital said most of the injured may go home this week.";
        let third = "A crane fell on the eastern quay of Lerna harbour on Tuesday morning. Fourteen workers were hurt, two badly. \
            All ships were turned away and the harbour was closed. Three men were pulled from under the steel by firefighters. \
            The prosecutor opened an investigation against the owner's chief engineer on Friday. \
            Mayor Anna Osk had visited the quay at noon on Tuesday. It was the worst accident in the harbour since 1998, she said. \
            Harl and Sons built the crane forty years ago. Inspectors looked at the crane twice this year. Rust was found on two of its legs. \
            The owner had promised to replace the legs by autumn. Documents seen by investigators show that the repair was cancelled in March to save money. \
            Some 30 freighters lie at anchor in the bay. Ships still wait outside the harbour of Lerna. \
            The western basin is expected to open on Thursday, the port authority says. Unions called for a day of mourning. \
            The city has set up a fund for the families. Most of the injured may go home this week, the hospital said. \
            Parliament will debate a law on older cranes next month. The harbour remains closed for all ships.";
        assert_eq!(sentences(third).len(), 20);
        let new: Vec<&str> = new_sentences(third, &[first, second], "en")
            .into_iter()
            .map(|range| &third[range])
            .collect();
        assert_eq!(new.len(), 3, "{new:#?}");
        assert!(
            new[0].contains("prosecutor")
                && new[1].contains("Documents")
                && new[2].contains("Parliament")
        );
        assert!(new_sentences(first, &[first], "en").is_empty());
        assert_eq!(new_sentences(second, &[], "en").len(), 6);
    }
}
