//! A text cut into words, names and numbers, and the form in which they are compared.
//! Never here: which of them matter (`profile`).

use std::hash::Hasher;

use newsprint_model::fingerprint::Fnv;

/// A word or a number of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// As compared: words in lower case without their ending, numbers without spaces and commas.
    pub(crate) form: String,
    /// As written.
    pub(crate) written: String,
    pub(crate) number: bool,
    /// Begins with a capital letter that is not owed to the beginning of a sentence.
    pub(crate) capital: bool,
    /// Says by itself nothing of what a text is about (an article, a pronoun, one letter).
    pub(crate) empty: bool,
}

/// English words that say nothing of what a text is about, in order. Those of other languages are found by how many
/// articles have them.
const EMPTY: &[&str] = &[
    "a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been",
    "before", "but", "by", "can", "could", "did", "do", "does", "down", "for", "from", "had",
    "has", "have", "he", "her", "here", "him", "his", "i", "if", "in", "into", "is", "it", "its",
    "just", "many", "may", "might", "more", "most", "much", "my", "new", "no", "not", "of", "on",
    "one", "only", "or", "other", "our", "out", "over", "said", "say", "says", "she", "should",
    "so", "some", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this",
    "those", "to", "two", "under", "up", "us", "very", "was", "we", "were", "what", "when",
    "where", "which", "who", "will", "with", "would", "you", "your",
];

fn is_empty(word: &str) -> bool {
    word.chars().nth(1).is_none() || EMPTY.binary_search(&word).is_ok()
}

/// Scripts that are written without spaces between words.
fn stands_alone(c: char) -> bool {
    digit(c).is_none()
        && matches!(c,
        '\u{0e00}'..='\u{0eff}'
        | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3134f}')
}

/// Letters of a word that are compared where the language's endings are not known.
const BEGINNING: usize = 7;

/// The word without its ending: roughly, which is enough for telling whether two texts share it.
fn stem(word: &str, english: bool) -> String {
    let lower = word.to_lowercase();
    if !english {
        return lower.chars().take(BEGINNING).collect();
    }
    for ending in ["ing", "ed", "es", "s"] {
        if lower.len() > ending.len() + 3
            && let Some(stem) = lower.strip_suffix(ending)
        {
            return stem.to_owned();
        }
    }
    lower
}

/// Shows `see` every token of a text in order. `lang` is an ISO 639-1 code, empty when unknown.
pub(crate) fn each_token(text: &str, lang: &str, mut see: impl FnMut(Token)) {
    let english = lang.is_empty() || lang.starts_with("en");
    let mut start = true;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if stands_alone(c) {
            // Two characters are about a word.
            let end = rest.find(|c| !stands_alone(c)).unwrap_or(rest.len());
            let run: Vec<char> = rest[..end].chars().collect();
            for pair in run.windows(2.min(run.len())) {
                let form: String = pair.iter().collect();
                see(Token {
                    written: form.clone(),
                    empty: pair.len() < 2,
                    form,
                    number: false,
                    capital: false,
                });
            }
            rest = &rest[end..];
            start = false;
        } else if c.is_alphabetic() {
            let end = rest
                .find(|c: char| !c.is_alphabetic() || stands_alone(c))
                .unwrap_or(rest.len());
            let word = &rest[..end];
            let lower = word.to_lowercase();
            see(Token {
                form: stem(word, english),
                written: word.to_owned(),
                number: false,
                capital: c.is_uppercase() && !start,
                empty: is_empty(&lower),
            });
            rest = &rest[end..];
            start = false;
        } else if digit(c).is_some() {
            let end = number_end(rest);
            let written = &rest[..end];
            see(Token {
                form: written
                    .chars()
                    .filter(|c| !c.is_whitespace() && *c != ',')
                    .map(|c| digit(c).unwrap_or(c))
                    .collect(),
                written: written.to_owned(),
                number: true,
                capital: false,
                empty: false,
            });
            rest = &rest[end..];
            start = false;
        } else {
            start |= matches!(
                c,
                '.' | '!' | '?' | '"' | ':' | '“' | '„' | '»' | '«' | '\n'
            );
            rest = &rest[c.len_utf8()..];
        }
    }
}

/// A digit of the common scripts as an ASCII digit.
fn digit(c: char) -> Option<char> {
    let value = match c {
        '0'..='9' => return Some(c),
        '\u{0660}'..='\u{0669}' => c as u32 - 0x0660,
        '\u{06f0}'..='\u{06f9}' => c as u32 - 0x06f0,
        '\u{0966}'..='\u{096f}' => c as u32 - 0x0966,
        '\u{09e6}'..='\u{09ef}' => c as u32 - 0x09e6,
        '\u{0e50}'..='\u{0e59}' => c as u32 - 0x0e50,
        '\u{ff10}'..='\u{ff19}' => c as u32 - 0xff10,
        _ => return None,
    };
    char::from_digit(value, 10)
}

/// Where the number that begins here ends: `2,000.5` is one, and so is `2 , 000` of a tokenised text.
fn number_end(text: &str) -> usize {
    let digits = |from: usize| {
        let rest = &text[from..];
        from + rest
            .find(|c: char| digit(c).is_none())
            .unwrap_or(rest.len())
    };
    let space = |at: usize| at + usize::from(text[at..].starts_with(' '));
    let mut end = digits(0);
    loop {
        let sign = space(end);
        let point = match text[sign..].chars().next() {
            Some('.') => true,
            Some(',') => false,
            _ => return end,
        };
        let from = space(sign + 1);
        let next = digits(from);
        // The end of a sentence is no point of a number.
        if next == from || (!point && next - from != 3) || (point && from > sign + 1) {
            return end;
        }
        end = next;
    }
}

/// 24 bits that stand for a form: enough for the words of a window of articles.
pub(crate) fn hash(form: &str) -> u32 {
    hash_bytes(form.as_bytes()) & 0xff_ffff
}

/// The same with 32 bits.
pub(crate) fn hash_bytes(bytes: &[u8]) -> u32 {
    let mut hash = Fnv::default();
    hash.write(bytes);
    let hash = hash.finish();
    (hash ^ (hash >> 32)) as u32
}

/// The hasher of maps whose keys are hashes already.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = u64::from(hash_bytes(bytes));
    }

    fn write_u32(&mut self, hash: u32) {
        self.0 = u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// A map from hashes.
pub(crate) type HashMap<T> =
    std::collections::HashMap<u32, T, std::hash::BuildHasherDefault<Hashed>>;

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str, lang: &str) -> Vec<String> {
        let mut out = Vec::new();
        each_token(text, lang, |token| {
            let sign = if token.number {
                "#"
            } else if token.capital {
                "^"
            } else {
                ""
            };
            if !token.empty {
                out.push(format!("{sign}{}", token.form));
            }
        });
        out
    }

    #[test]
    fn words_lose_their_endings_and_numbers_their_spaces() {
        assert_eq!(
            forms(
                "The ministers met in Riga. Prices rose 2 , 000 or 3,500.5 times .",
                ""
            ),
            [
                "minister",
                "met",
                "^Riga".to_lowercase().as_str(),
                "pric",
                "rose",
                "#2000",
                "#3500.5",
                "time"
            ]
        );
    }

    #[test]
    fn empty_words_are_in_order_and_found() {
        assert!(EMPTY.is_sorted());
        assert!(is_empty("the") && is_empty("would") && !is_empty("bridge"));
    }

    #[test]
    fn other_scripts_have_words_too() {
        assert_eq!(forms("東京都", "ja"), ["東京", "京都"]);
        assert_eq!(forms("１２人 ٢٠٢٤", "ja"), ["#12", "#2024"]);
        assert_eq!(
            forms("Землетрясение у берегов", "ru"),
            ["землетр", "берегов"]
        );
        assert!(forms("", "").is_empty());
    }
}
