//! A text cut into words, names and numbers, and the form in which they are compared.
//! Never here: which of them matter (`profile`).

use std::hash::Hasher;

use newsprint_model::fingerprint::Fnv;

use crate::common;
use crate::numbers::{self, digit};

/// A word or a number of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// As compared: words without case, accents and their ending, numbers in the form of [`numbers`].
    pub(crate) form: String,
    /// As written.
    pub(crate) written: String,
    pub(crate) number: bool,
    /// Begins with a capital letter that is not owed to the beginning of a sentence.
    pub(crate) capital: bool,
    /// Says by itself nothing of what a text is about (an article, a pronoun, one letter).
    pub(crate) empty: bool,
    /// A day, a month, an office: no name, whatever letter it begins with.
    pub(crate) common: bool,
}

impl Token {
    fn number(form: String, written: &str) -> Token {
        Token {
            form,
            written: written.to_owned(),
            number: true,
            capital: false,
            empty: false,
            common: false,
        }
    }
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

/// A word without case; without accents in scripts that have capital letters, since capitals often lack them.
pub(crate) fn folded(word: &str) -> String {
    let has_case = |c: char| c < '\u{0590}' || ('\u{1e00}'..'\u{2000}').contains(&c);
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    if word.chars().all(has_case) {
        return newsprint_model::fold(word).replace('ς', "σ");
    }
    // Vowel signs of Arabic and Hebrew are mostly left out, the stroke that lengthens a word means nothing.
    let is_sign = |c: char| matches!(c, '\u{0591}'..='\u{05c7}' | '\u{0610}'..='\u{061a}' | '\u{0640}' | '\u{064b}'..='\u{065f}' | '\u{0670}');
    let plain: String = word
        .to_lowercase()
        .chars()
        .filter(|c| !is_sign(*c))
        .map(|c| match c {
            'أ' | 'إ' | 'آ' => 'ا',
            'ى' => 'ي',
            c => c,
        })
        .collect();
    // The article, with what is written together with it.
    for article in ["وال", "بال", "كال", "فال", "ال", "لل"] {
        if let Some(rest) = plain.strip_prefix(article)
            && rest.chars().nth(2).is_some()
        {
            return rest.to_owned();
        }
    }
    plain
}

/// What belongs to a word and is no letter: signs that join or mute letters of Indic scripts, accents written apart.
fn joins(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036f}' | '\u{200c}' | '\u{200d}' | '\u{0640}' | '\u{064b}'..='\u{065f}'
        | '\u{093c}' | '\u{094d}' | '\u{09bc}' | '\u{09cd}' | '\u{0a3c}' | '\u{0a4d}' | '\u{0abc}' | '\u{0acd}'
        | '\u{0b4d}' | '\u{0bcd}' | '\u{0c4d}' | '\u{0ccd}' | '\u{0d4d}' | '\u{0dca}')
}

/// A folded word without its ending: roughly, which is enough for telling whether two texts share it.
pub(crate) fn stem(lower: String, english: bool) -> String {
    if !english {
        return match lower.char_indices().nth(BEGINNING) {
            Some((end, _)) => lower[..end].to_owned(),
            None => lower,
        };
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
pub(crate) fn each_token(text: &str, lang: &str, see: impl FnMut(Token)) {
    tokens(text, lang, false, see);
}

/// The same with words for numbers as numbers: `fourteen` is 14.
pub(crate) fn each_fact(text: &str, lang: &str, see: impl FnMut(Token)) {
    tokens(text, lang, true, see);
}

fn tokens(text: &str, lang: &str, words: bool, mut see: impl FnMut(Token)) {
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
                    common: false,
                });
            }
            rest = &rest[end..];
            start = false;
        } else if c.is_alphabetic() {
            if words && let Some((end, form)) = numbers::in_words(rest, lang) {
                see(Token::number(form, &rest[..end]));
                rest = &rest[end..];
                start = false;
                continue;
            }
            let end = rest
                .find(|c: char| !(c.is_alphabetic() || joins(c)) || stands_alone(c))
                .unwrap_or(rest.len());
            let word = &rest[..end];
            let lower = folded(word);
            see(Token {
                written: word.to_owned(),
                number: false,
                capital: c.is_uppercase() && !start,
                empty: is_empty(&lower),
                common: common::is_common(&lower),
                form: stem(lower, english),
            });
            rest = &rest[end..];
            start = false;
        } else if digit(c).is_some() {
            let (end, form) = numbers::in_digits(rest, lang, words);
            see(Token::number(form, &rest[..end]));
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
                "minister", "met", "^riga", "pric", "rose", "#2000", "#3500.5", "time"
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
        // One word whatever its case, accents, vowel signs or article.
        for (one, other, lang) in [
            ("ΑΘΗΝΑΣ", "Αθήνας", "el"),
            ("ISTANBUL", "İstanbul", "tr"),
            ("IĞDIR", "Iğdır", "tr"),
            ("ДЁМИН", "Демин", "ru"),
            ("الزِّلْزَال", "زلزال", "ar"),
            ("والمدينة", "المدينة", "ar"),
            ("Ångström", "A\u{30a}ngstro\u{308}m", "sv"),
        ] {
            assert_eq!(forms(one, lang), forms(other, lang), "{one} {other}");
        }
        // Joined letters are one word.
        assert_eq!(forms("प्रधानमंत्री दिल्ली", "hi").len(), 2);
        assert_eq!(forms("საქართველოს პრემიერი", "ka").len(), 2);
        assert_eq!(forms("แผ่นดินไหว", "th").len(), 9);
        assert!(forms("", "").is_empty());
    }
}
