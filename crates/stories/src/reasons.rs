//! Why two articles are of one story, in words that a person can check: the names, numbers and words they share.
//! Never here: the decision itself (`window`).

use std::collections::{BTreeMap, HashSet};

use crate::fresh::sentences;
use crate::words::each_token;

/// What two articles share, the most telling first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shared {
    /// Names, as the first article writes them.
    pub names: Vec<String>,
    /// Numbers of two digits or more.
    pub numbers: Vec<String>,
    /// Other words.
    pub words: Vec<String>,
}

#[derive(Default)]
struct Count {
    written: String,
    count: u32,
    capital: u32,
    number: bool,
}

fn counted(title: &str, text: &str, lang: &str) -> BTreeMap<String, Count> {
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for (part, weight) in [(text, 1), (title, 3)] {
        each_token(part, lang, |token| {
            if token.empty {
                return;
            }
            let slot = counts.entry(token.form).or_default();
            if slot.written.is_empty() || (token.capital && slot.capital == 0) {
                slot.written = token.written;
            }
            slot.count += weight;
            slot.capital += u32::from(token.capital && !token.common && weight == 1);
            slot.number = token.number;
        });
    }
    counts
}

/// What two articles share: of each its title and plain text; `lang` as for [`crate::Profile::of`]. Ten of each kind
/// at most.
pub fn shared(one: (&str, &str), other: (&str, &str), lang: &str) -> Shared {
    let one = counted(one.0, one.1, lang);
    let other = counted(other.0, other.1, lang);
    let mut both: Vec<(u32, &Count)> = one
        .iter()
        .filter_map(|(form, count)| Some((count.count.min(other.get(form)?.count), count)))
        .collect();
    // Of equals the longer word says more; then by the alphabet, so that the order is fixed.
    both.sort_by_key(|(often, count)| {
        (
            std::cmp::Reverse(*often),
            std::cmp::Reverse(count.written.chars().count()),
            count.written.clone(),
        )
    });
    let mut out = Shared::default();
    for (_, count) in both {
        let list = if count.number {
            if count.written.chars().count() < 2 {
                continue;
            }
            &mut out.numbers
        } else if count.capital > 0 {
            &mut out.names
        } else {
            &mut out.words
        };
        if list.len() < 10 {
            list.push(count.written.clone());
        }
    }
    out
}

/// What two articles of one outlet share beside the sentences that both have, which may be what it repeats in all.
/// Otherwise as [`shared`].
pub fn shared_beside_stock(one: (&str, &str), other: (&str, &str), lang: &str) -> Shared {
    let said = |text: &str| -> HashSet<String> {
        let ranges = sentences(text).into_iter();
        ranges.map(|range| form(&text[range], lang)).collect()
    };
    let (known, own) = (said(other.1), said(one.1));
    let beside = |text: &str, others: &HashSet<String>| -> String {
        let ranges = sentences(text).into_iter().map(|range| &text[range]);
        let kept = ranges.filter(|sentence| !others.contains(&form(sentence, lang)));
        kept.collect::<Vec<_>>().join("\n")
    };
    let (first, second) = (beside(one.1, &known), beside(other.1, &own));
    shared((one.0, &first), (other.0, &second), lang)
}

/// A sentence as it is compared with others: what differs in its numbers alone is one sentence.
fn form(sentence: &str, lang: &str) -> String {
    let mut form = String::new();
    each_token(sentence, lang, |token| {
        form.push_str(if token.number { "#" } else { &token.form });
        form.push(' ');
    });
    form
}

/// The names that an article tells of, the most telling first, as it writes them: its title and plain text, `lang` as
/// for [`crate::Profile::of`]. At most `limit`; none in scripts without capital letters.
pub fn names(title: &str, text: &str, lang: &str, limit: usize) -> Vec<String> {
    let counts = counted(title, text, lang);
    let mut names: Vec<&Count> = counts
        .values()
        .filter(|count| count.capital > 0 && !count.number && count.written.chars().count() > 2)
        .collect();
    names.sort_by_key(|count| (std::cmp::Reverse(count.count), &count.written));
    names.truncate(limit);
    names
        .into_iter()
        .map(|count| count.written.clone())
        .collect()
}

/// Of the titles of a story the one that says best what the others say: which shares most words with them. Of equals
/// the first. `None` where there are no titles.
pub fn best_title(titles: &[&str]) -> Option<usize> {
    let forms: Vec<std::collections::BTreeSet<String>> = titles
        .iter()
        .map(|title| {
            let mut forms = std::collections::BTreeSet::new();
            each_token(title, "", |token| {
                if !token.empty {
                    forms.insert(token.form);
                }
            });
            forms
        })
        .collect();
    let shared = |at: usize| -> usize {
        let others = forms.iter().enumerate().filter(|(other, _)| *other != at);
        let shared: usize = others
            .map(|(_, other)| other.intersection(&forms[at]).count())
            .sum();
        // A long title shares more by its length alone.
        shared * 100 / (forms[at].len() + 4)
    };
    (0..titles.len()).max_by_key(|at| (shared(*at), std::cmp::Reverse(*at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_numbers_and_words_that_are_shared_are_named() {
        let one = (
            "Crane falls in Lerna",
            "On Tuesday a crane fell on the quay of Lerna. It hurt 14 workers.",
        );
        let other = (
            "Lerna harbour shut",
            "The harbour of Lerna is shut after a crane hurt 14 workers, said Mayor Osk.",
        );
        let found = shared(one, other, "en");
        assert_eq!(found.names, ["Lerna"]);
        assert_eq!(found.numbers, ["14"]);
        assert_eq!(found.words, ["workers", "crane", "hurt"]);
        let notice = " The Lerna Post is owned by its 4,100 readers. Write to Ida Moor.";
        let (one_text, other_text) = (one.1.to_owned() + notice, other.1.to_owned() + notice);
        let (one, other) = ((one.0, &one_text[..]), (other.0, &other_text[..]));
        assert!(shared(one, other, "en").names.contains(&"Moor".to_owned()));
        assert_eq!(shared_beside_stock(one, other, "en"), found);
    }
}
