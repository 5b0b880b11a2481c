//! Names compared as people compare them: without case and accents, and through slips of typing.
//! Never here: which names there are.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Folds case and accents, for comparing names.
///
/// ```
/// use newsprint_model::fold;
/// assert_eq!(fold("Erdoğan"), fold("ERDOGAN"));
/// assert_eq!(fold("Łódź"), "lodz");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    text.chars().for_each(|c| fold_char(c, &mut folded));
    folded
}

/// Appends what [`fold`] makes of one character to `folded`: nothing for a combining mark, several
/// characters for a ligature.
pub fn fold_char(c: char, folded: &mut String) {
    if c.is_ascii() {
        folded.push(c.to_ascii_lowercase());
        return;
    }
    decompose_compatible(c, |part| {
        if !is_combining_mark(part) {
            // Letters with a stroke have no decomposition in Unicode.
            folded.extend(part.to_lowercase().map(|c| match c {
                'ı' => 'i',
                'ł' => 'l',
                'ø' => 'o',
                'đ' => 'd',
                c => c,
            }));
        }
    });
}

/// The known word that `word` was most likely meant to be: one that it begins or is part of, else
/// the one with the fewest slips of typing (characters missing, added, other or swapped), if those
/// are few.
///
/// ```
/// use newsprint_model::nearest;
/// let known = ["outlet", "title", "tag"];
/// assert_eq!(nearest("outlte", known.into_iter()), Some("outlet"));
/// assert_eq!(nearest("weather", known.into_iter()), None);
/// ```
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |word: &str| fold(word).replace('-', "_");
    let word = plain(word);
    known
        .map(|right| {
            let plain = plain(right);
            // One or two letters are part of too many words.
            let part = word.chars().count() > 2;
            let slips = match plain.find(&word).filter(|_| part) {
                Some(at) => usize::from(at > 0),
                None => {
                    // Of a long name one word may be meant, with a slip in every fourth letter at most.
                    let words = plain.split(['_', ' ']);
                    let one = words.map(|one| strsim::osa_distance(&word, one)).min();
                    let one = one.filter(|slips| slips * 4 <= word.chars().count());
                    let whole = strsim::osa_distance(&word, &plain);
                    one.map_or(whole, |slips| whole.min(slips + 1))
                }
            };
            // Of two that are as near, the one of about the same length is the likelier.
            let longer = plain.chars().count().abs_diff(word.chars().count());
            (slips, longer, right)
        })
        .filter(|(slips, _, right)| slips * 5 <= right.chars().count().max(3) * 2 + 1)
        .min_by_key(|(slips, longer, _)| (*slips, *longer))
        .map(|(.., right)| right)
}

#[cfg(test)]
mod tests {
    use super::{fold, nearest};

    #[test]
    fn slips_of_typing_are_seen_through() {
        let known = ["Morning Herald", "Évening Post", "The Courier"];
        let nearest = |word| nearest(word, known.into_iter());
        assert_eq!(nearest("evenign post"), Some("Évening Post"));
        assert_eq!(nearest("morning"), Some("Morning Herald"));
        assert_eq!(nearest("courier"), Some("The Courier"));
        assert_eq!(nearest("th"), None);
        assert_eq!(nearest("Nachrichten"), None);
        assert_eq!(nearest("the curier"), Some("The Courier"));
        assert_eq!(nearest("hearld"), Some("Morning Herald"));
        let actions = ["show-starred", "star"];
        assert_eq!(super::nearest("starr", actions.into_iter()), Some("star"));
    }

    #[test]
    fn names_compare_without_case_and_accents() {
        assert_eq!(fold("Erdoğan"), fold("ERDOGAN"));
        assert_eq!(fold("İstanbul"), fold("istanbul"));
        assert_eq!(fold("Łódź"), "lodz");
        assert_eq!(fold("Đorđe ﬁn\u{a0}½"), "dorde fin 1⁄2");
        assert_ne!(fold("Georgia"), fold("Georgian"));
    }

    /// Stored names were folded by decomposing the whole text at once; the result must stay the same.
    #[test]
    fn folding_by_characters_agrees_with_folding_the_whole() {
        use unicode_normalization::UnicodeNormalization;
        for text in [
            "Erdoğan İstanbul ISPARTA ı",
            "Łódź Đorđe Ærø ﬁn",
            "Ёлка й ჯ Ⴀ 한국어 가\u{a0}나",
            "Ǆ ΰ ½ q\u{323}\u{307} a\u{315}\u{300}",
        ] {
            let whole: String = text
                .nfkd()
                .filter(|c| !super::is_combining_mark(*c))
                .flat_map(char::to_lowercase)
                .map(|c| match c {
                    'ı' => 'i',
                    'ł' => 'l',
                    'ø' => 'o',
                    'đ' => 'd',
                    c => c,
                })
                .collect();
            assert_eq!(fold(text), whole);
        }
    }
}
