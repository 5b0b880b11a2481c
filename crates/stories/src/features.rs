//! How near an article is to a story: what they share, as numbers that are weighed (`weights`).
//! Never here: which stories are looked at, what is done with the answer.

use crate::profile::{Kind, Term};
use crate::words::HashMap;

/// What is measured of an article against a story.
pub const COUNT: usize = 21;

/// Their names, in order.
pub const NAMES: [&str; COUNT] = [
    "words similar to the story's centre",
    "names similar to the centre",
    "numbers similar to the centre",
    "leads similar to the centre",
    "words similar to the nearest article",
    "names similar to the nearest",
    "numbers similar to the nearest",
    "leads similar to the nearest",
    "words similar on average",
    "names similar on average",
    "numbers similar on average",
    "leads similar on average",
    "how many articles tell the story (log)",
    "how many terms the article has (log)",
    "names of the lead that the story has",
    "names that the story has",
    "numbers that the story has",
    "words of the lead that the story has",
    "the story's common names that the article has",
    "the story's common numbers that the article has",
    "the story's common words that the article has",
];

/// Ways in which two articles are compared: all terms, names, numbers, the lead.
const WAYS: usize = 4;

/// How many articles have each term, of those that are compared.
#[derive(Debug, Default)]
pub(crate) struct Frequencies {
    counts: HashMap<u32>,
    articles: u32,
}

impl Frequencies {
    pub(crate) fn add(&mut self, terms: &[Term]) {
        self.articles += 1;
        for term in terms {
            *self.counts.entry(term.hash).or_default() += 1;
        }
    }

    pub(crate) fn remove(&mut self, terms: &[Term]) {
        self.articles = self.articles.saturating_sub(1);
        for term in terms {
            if let Some(count) = self.counts.get_mut(&term.hash) {
                *count -= 1;
                if *count == 0 {
                    self.counts.remove(&term.hash);
                }
            }
        }
    }

    pub(crate) fn of(&self, hash: u32) -> u32 {
        self.counts.get(&hash).copied().unwrap_or(0)
    }

    pub(crate) fn articles(&self) -> u32 {
        self.articles
    }

    /// What sharing the term says: much where few have it (inverse document frequency).
    pub(crate) fn worth(&self, hash: u32) -> f32 {
        let all = self.articles as f32 + 1.0;
        (all / (self.of(hash) as f32 + 0.5)).ln().max(0.0)
    }
}

/// A term with its weight.
#[derive(Debug, Clone, Copy)]
struct Weighed {
    hash: u32,
    kind: Kind,
    lead: bool,
    /// By how often it occurs and how rare it is.
    weight: f32,
    /// The same with what stands in the lead counted more.
    full: f32,
    worth: f32,
}

/// An article's terms weighed as things are now.
#[derive(Debug, Clone)]
pub(crate) struct Vector {
    terms: Vec<Weighed>,
    lengths: [f32; WAYS],
}

/// The weight of a term in each of the ways.
fn ways(term: &Weighed) -> [f32; WAYS] {
    [
        term.full,
        if term.kind == Kind::Name {
            term.weight
        } else {
            0.0
        },
        if term.kind == Kind::Number {
            term.weight
        } else {
            0.0
        },
        if term.lead { term.weight } else { 0.0 },
    ]
}

impl Vector {
    pub(crate) fn of(terms: &[Term], frequencies: &Frequencies) -> Vector {
        let mut lengths = [0.0f32; WAYS];
        let terms = terms
            .iter()
            .map(|term| {
                let worth = frequencies.worth(term.hash);
                let often = 1.0 + f32::from(term.count).ln();
                let weighed = Weighed {
                    hash: term.hash,
                    kind: term.kind,
                    lead: term.lead,
                    weight: often * worth,
                    full: (often + if term.lead { 0.5 } else { 0.0 }) * worth,
                    worth,
                };
                for (length, weight) in lengths.iter_mut().zip(ways(&weighed)) {
                    *length += weight * weight;
                }
                weighed
            })
            .collect();
        Vector {
            terms,
            lengths: lengths.map(|length| length.sqrt().max(1e-6)),
        }
    }

    /// The cosine in each of the ways.
    fn alike(&self, other: &Vector) -> [f32; WAYS] {
        let mut out = [0.0; WAYS];
        let (mut i, mut j) = (0, 0);
        while let (Some(a), Some(b)) = (self.terms.get(i), other.terms.get(j)) {
            if a.hash == b.hash {
                for ((out, a), b) in out.iter_mut().zip(ways(a)).zip(ways(b)) {
                    *out += a * b;
                }
            }
            i += usize::from(a.hash <= b.hash);
            j += usize::from(b.hash <= a.hash);
        }
        for (way, out) in out.iter_mut().enumerate() {
            *out /= self.lengths[way] * other.lengths[way];
        }
        out
    }
}

/// What the articles of a story have in common.
pub(crate) struct Centre {
    /// By hash: its weight in each way (sum over the articles), in how many articles, what it is.
    terms: HashMap<([f32; WAYS], f32, Kind, f32)>,
    lengths: [f32; WAYS],
    members: Vec<Vector>,
}

impl Centre {
    pub(crate) fn of(members: Vec<Vector>) -> Centre {
        let mut terms: HashMap<([f32; WAYS], f32, Kind, f32)> = HashMap::default();
        for member in &members {
            for term in &member.terms {
                let slot =
                    terms
                        .entry(term.hash)
                        .or_insert(([0.0; WAYS], 0.0, term.kind, term.worth));
                slot.1 += 1.0;
                for (way, weight) in ways(term).into_iter().enumerate() {
                    slot.0[way] += weight / member.lengths[way];
                }
            }
        }
        let mut lengths = [0.0f32; WAYS];
        // In a fixed order: the last bits of a sum depend on it.
        let mut ordered: Vec<_> = terms.iter().collect();
        ordered.sort_unstable_by_key(|(hash, _)| **hash);
        for (_, (weights, ..)) in ordered {
            for (length, weight) in lengths.iter_mut().zip(weights) {
                *length += weight * weight;
            }
        }
        Centre {
            terms,
            lengths: lengths.map(|length| length.sqrt().max(1e-6)),
            members,
        }
    }

    /// How near an article is to the story.
    pub(crate) fn features(&self, article: &Vector) -> [f32; COUNT] {
        let mut out = [0.0; COUNT];
        let count = self.members.len().max(1) as f32;
        for term in &article.terms {
            if let Some((weights, ..)) = self.terms.get(&term.hash) {
                for (way, weight) in ways(term).into_iter().enumerate() {
                    out[way] += weight * weights[way];
                }
            }
        }
        for (out, (own, other)) in out
            .iter_mut()
            .zip(article.lengths.iter().zip(&self.lengths))
        {
            *out /= own * other;
        }
        for member in &self.members {
            let alike = article.alike(member);
            for (way, alike) in alike.into_iter().enumerate() {
                out[4 + way] = f32::max(out[4 + way], alike);
                out[8 + way] += alike / count;
            }
        }
        out[12] = count.ln();
        out[13] = (article.terms.len().max(1) as f32).ln();
        let shares = [
            (14, Kind::Name, true),
            (15, Kind::Name, false),
            (16, Kind::Number, false),
            (17, Kind::Word, true),
        ];
        for (at, kind, lead) in shares {
            let (mut shared, mut all) = (0.0, 0.3);
            for term in &article.terms {
                if term.kind == kind && (term.lead || !lead) {
                    let known = self.terms.get(&term.hash);
                    all += term.worth;
                    shared += term.worth
                        * known.map_or(0.0, |(_, articles, ..)| (articles / count * 2.0).min(1.0));
                }
            }
            out[at] = shared / all;
        }
        let mut common = [(0.0f32, 0.3f32); 3];
        let mut ordered: Vec<_> = self
            .terms
            .iter()
            .filter(|(_, (_, articles, ..))| articles / count >= 0.4)
            .collect();
        ordered.sort_unstable_by_key(|(hash, _)| **hash);
        for (hash, (_, articles, kind, worth)) in ordered {
            let slot = match kind {
                Kind::Name => &mut common[0],
                Kind::Number => &mut common[1],
                Kind::Word => &mut common[2],
            };
            let weight = worth * articles / count;
            slot.1 += weight;
            if article
                .terms
                .binary_search_by_key(hash, |term| term.hash)
                .is_ok()
            {
                slot.0 += weight;
            }
        }
        for (at, (shared, all)) in common.into_iter().enumerate() {
            out[18 + at] = shared / all;
        }
        out
    }
}
