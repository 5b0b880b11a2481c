//! How many of the articles that are compared have a term, and which of them have it in their lead: a window of thousands
//! of articles has some hundred thousand of these, so they stand in one map and one list.
//! Never here: what sharing a term says (`features`), which articles there are (`window`).

use crate::profile::Term;
use crate::words::HashMap;

/// Articles with a term up to which it finds others; one that more have says too little.
pub(crate) const POSTED: u32 = 512;

/// Ends a chain.
const NONE: u32 = u32::MAX;

/// What is known of a term.
#[derive(Debug)]
struct Known {
    /// Articles that have it.
    count: u32,
    /// The place in `links` of the latest article that has it in its lead.
    first: u32,
}

/// An article in the chain of a term.
#[derive(Debug)]
struct Link {
    article: u32,
    next: u32,
}

/// Articles by their terms.
#[derive(Debug)]
pub(crate) struct Index {
    terms: HashMap<Known>,
    links: Vec<Link>,
    /// Links that are in no chain are in this one.
    unused: u32,
}

impl Default for Index {
    fn default() -> Index {
        Index {
            terms: HashMap::default(),
            links: Vec::new(),
            unused: NONE,
        }
    }
}

impl Index {
    /// Adds an article, by a number of it.
    pub(crate) fn add(&mut self, article: u32, terms: &[Term]) {
        for term in terms {
            let known = self.terms.entry(term.hash()).or_insert(Known {
                count: 0,
                first: NONE,
            });
            known.count += 1;
            if !term.lead() || known.count > POSTED {
                continue;
            }
            let link = Link {
                article,
                next: known.first,
            };
            known.first = self.unused;
            match self.links.get_mut(self.unused as usize) {
                Some(unused) => {
                    self.unused = unused.next;
                    *unused = link;
                }
                None => {
                    known.first = self.links.len() as u32;
                    self.links.push(link);
                }
            }
        }
    }

    /// Removes an article that was added with these terms.
    pub(crate) fn remove(&mut self, article: u32, terms: &[Term]) {
        for term in terms {
            let Some(known) = self.terms.get_mut(&term.hash()) else {
                continue;
            };
            let first = if term.lead() { known.first } else { NONE };
            let (mut before, mut at) = (NONE, first);
            while let Some(link) = self.links.get_mut(at as usize) {
                let next = link.next;
                if link.article == article {
                    link.next = self.unused;
                    self.unused = at;
                    match self.links.get_mut(before as usize) {
                        Some(before) => before.next = next,
                        None => known.first = next,
                    }
                    break;
                }
                (before, at) = (at, next);
            }
            known.count -= 1;
            if known.count == 0 {
                self.terms.remove(&term.hash());
            }
        }
    }

    /// How many articles have a term.
    pub(crate) fn count(&self, hash: u32) -> u32 {
        self.terms.get(&hash).map_or(0, |known| known.count)
    }

    /// Articles that have a term in their lead, while no more than [`POSTED`] have it at all; the latest first.
    pub(crate) fn articles(&self, hash: u32) -> impl Iterator<Item = u32> {
        let mut at = self.terms.get(&hash).map_or(NONE, |known| known.first);
        std::iter::from_fn(move || {
            let link = self.links.get(at as usize)?;
            at = link.next;
            Some(link.article)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Kind;

    fn term(hash: u32, lead: bool) -> Term {
        Term::new(hash, 1, Kind::Word, lead)
    }

    fn found(index: &Index, hash: u32) -> Vec<u32> {
        index.articles(hash).collect()
    }

    #[test]
    fn articles_are_found_by_their_leads_until_they_are_removed() {
        let mut index = Index::default();
        let terms = [term(1, true), term(2, false), term(3, true)];
        for article in [5, 6, 7] {
            index.add(article, &terms);
        }
        index.remove(6, &terms);
        assert_eq!((index.count(1), index.count(2)), (2, 2));
        assert_eq!(found(&index, 1), [7, 5]);
        assert_eq!(found(&index, 2), []);
        index.add(8, &terms[..1]);
        assert_eq!(found(&index, 1), [8, 7, 5]);
        assert_eq!(found(&index, 3), [7, 5]);
        for (article, terms) in [(7, &terms[..]), (8, &terms[..1]), (5, &terms[..])] {
            index.remove(article, terms);
        }
        assert_eq!((index.count(1), found(&index, 1)), (0, vec![]));
        let links = index.links.len();
        index.add(9, &terms);
        assert_eq!(links, index.links.len(), "what was let go is used again");
        assert_eq!((found(&index, 1), found(&index, 3)), (vec![9], vec![9]));
    }

    #[test]
    fn what_very_many_have_finds_no_more() {
        let mut index = Index::default();
        for article in 0..POSTED + 9 {
            index.add(article, &[term(1, true)]);
        }
        assert_eq!(index.count(1), POSTED + 9);
        assert_eq!(index.articles(1).count(), POSTED as usize);
        for article in (0..POSTED + 9).rev() {
            index.remove(article, &[term(1, true)]);
        }
        assert_eq!((index.count(1), index.terms.len()), (0, 0));
    }
}
