//! How alike two articles are: what they share, as numbers that are weighed (`weights`).
//! Never here: which articles are compared, what is done with the answer.

use crate::common::is_common_term;
use crate::index::Index;
use crate::prior::{self, Shares};
use crate::profile::{Kind, Profile, Term};

/// What is measured of two articles.
pub const COUNT: usize = 10;

/// Their names, in order.
pub const NAMES: [&str; COUNT] = [
    "all terms (cosine)",
    "names (cosine)",
    "numbers (cosine)",
    "other words (cosine)",
    "how much of one's lead the other has, the larger",
    "the same, the smaller",
    "names of one's lead that the other has, the larger",
    "the same, the smaller",
    "words of the longer text (log)",
    "the same beyond 800 words",
];

/// Log odds beyond which an answer says no more: one sure pair must not outweigh many.
const SUREST: f32 = 6.0;

/// What features are worth, in log odds.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// Log odds, on average over the pairs, from which articles are of one story.
    pub join: f32,
    /// Log odds that one of the pairs has then at least: many doubtful ones are no proof.
    pub sure: f32,
    /// For each feature its weight; the last is what there is without any.
    pub features: [f32; COUNT + 1],
    /// The same where one of the two texts is short ([`is_short`]): little that is shared may be much of it.
    pub short: [f32; COUNT + 1],
}

/// Whether a text of so many words is short, as the beginnings that feeds give.
pub fn is_short(words: u32) -> bool {
    words < SHORT
}

/// Words of a text from which it is not short.
const SHORT: u32 = 50;

impl Weights {
    /// The log odds that two articles tell of one event, from -6 to 6.
    pub(crate) fn odds(&self, a: &Vector, b: &Vector) -> f32 {
        let weights = match is_short(a.words.min(b.words)) {
            true => &self.short,
            false => &self.features,
        };
        let features = a.features(b);
        let sum: f32 = features.iter().zip(weights).map(|(a, b)| a * b).sum();
        (sum + weights[COUNT]).clamp(-SUREST, SUREST)
    }
}

/// How many articles have each term, of those that are compared.
#[derive(Debug)]
pub(crate) struct Frequencies {
    index: Index,
    articles: u32,
    /// What is known before there are any.
    prior: &'static Shares,
}

impl Frequencies {
    /// Of articles of one language (ISO 639-1; empty when unknown).
    pub(crate) fn of_language(lang: &str) -> Frequencies {
        Frequencies {
            index: Index::default(),
            articles: 0,
            prior: prior::shares(lang),
        }
    }

    /// Adds an article, by a number of it.
    pub(crate) fn add(&mut self, article: u32, terms: &[Term]) {
        self.articles += 1;
        self.index.add(article, terms);
    }

    /// Removes an article that was added with these terms.
    pub(crate) fn remove(&mut self, article: u32, terms: &[Term]) {
        self.articles = self.articles.saturating_sub(1);
        self.index.remove(article, terms);
    }

    /// How many have a term.
    pub(crate) fn of(&self, hash: u32) -> u32 {
        self.index.count(hash)
    }

    /// See [`Index::articles`].
    pub(crate) fn with(&self, hash: u32) -> impl Iterator<Item = u32> {
        self.index.articles(hash)
    }

    /// What sharing a term says: much where few articles have it (inverse document frequency). A window of few articles
    /// counts as one of [`USUAL`], of which those that are not there have what articles have in general.
    pub(crate) fn worth(&self, term: Term) -> f32 {
        let mut all = self.articles as f32 + 1.0;
        let mut having = self.of(term.hash()) as f32 + 0.5;
        if all > USUAL {
            all = USUAL * (all / USUAL).powf(GROWTH);
        } else {
            having += (USUAL - all) * prior::share(self.prior, term);
            all = USUAL;
        }
        (all / having).ln().max(0.0)
    }
}

/// Articles in a window up to which a term's worth grows with their number. Beyond it grows slower: in a window of
/// thousands the words of a kind of event ("quake") would else say as much as the names of one event.
const USUAL: f32 = 116.0;
/// By which power of their number it grows then.
const GROWTH: f32 = 0.25;

/// A term with its weight.
#[derive(Debug, Clone, Copy)]
struct Weighed {
    term: Term,
    /// By how often it occurs, whether in the lead, and how rare it is.
    weight: f32,
    /// By how rare it is alone.
    worth: f32,
}

/// An article's terms weighed as things are now.
#[derive(Debug, Clone)]
pub(crate) struct Vector {
    terms: Vec<Weighed>,
    /// Of all terms, then of each kind.
    lengths: [f32; 4],
    /// What the terms of the lead are worth, and the names among them.
    lead: [f32; 2],
    words: u32,
    /// Results of matches: they part articles and join none.
    results: Vec<u32>,
}

/// The logarithm of 800 words. Longer texts are seldom news: guides and lists share much and tell of no event.
const LONG: f32 = 6.685;

/// Added to what a lead is worth, so that one or two terms are no proof.
const DOUBT: f32 = 0.3;

impl Vector {
    pub(crate) fn of(terms: &[Term], words: u32, frequencies: &Frequencies) -> Vector {
        let mut lengths = [0.0f32; 4];
        let mut lead = [DOUBT; 2];
        let (results, terms): (Vec<Term>, Vec<Term>) =
            terms.iter().partition(|term| term.kind() == Kind::Result);
        let weighed = terms.iter().map(|term| {
            let worth = frequencies.worth(*term);
            let often = f32::from(term.count()).ln();
            let in_lead = if term.lead() { 0.5 } else { 0.0 };
            let weight = (1.0 + often + in_lead) * worth;
            lengths[0] += weight * weight;
            lengths[1 + term.kind() as usize] += weight * weight;
            if term.lead() {
                lead[0] += worth;
                if term.kind() == Kind::Name {
                    lead[1] += worth;
                }
            }
            Weighed {
                term: *term,
                weight,
                worth,
            }
        });
        Vector {
            terms: weighed.collect(),
            lengths: lengths.map(|length| length.sqrt().max(1e-6)),
            lead,
            words,
            results: results.into_iter().map(Term::hash).collect(),
        }
    }

    /// Whether each of two articles begins with results of matches, and none of one is the other's.
    pub(crate) fn tell_of_other_results(&self, other: &Vector) -> bool {
        let (one, other) = (&self.results, &other.results);
        let shared = one.iter().any(|result| other.contains(result));
        !one.is_empty() && !other.is_empty() && !shared
    }

    /// Whether two articles share a name other than a day, month or office, or cannot: one of them has no names, as texts in
    /// scripts without capital letters.
    pub(crate) fn share_a_name(&self, other: &Vector) -> bool {
        let names = |vector: &Vector| -> Vec<u32> {
            let terms = vector.terms.iter().map(|one| one.term);
            let names = terms.filter(|term| term.kind() == Kind::Name);
            names.map(|term| term.hash()).collect()
        };
        let (one, all) = (names(self), names(other));
        if one.is_empty() || all.is_empty() {
            return true;
        }
        // Where a name begins a sentence it may be taken for a word.
        let has = |vector: &Vector, hash: &u32| {
            let found = vector
                .terms
                .binary_search_by_key(hash, |one| one.term.hash());
            found.is_ok() && !is_common_term(*hash)
        };
        one.iter().any(|hash| has(other, hash)) || all.iter().any(|hash| has(self, hash))
    }

    /// Whether two articles name different things: most of the names of each one's lead the other has not. Never, where one
    /// of them has few.
    pub(crate) fn names_others(&self, other: &Vector) -> bool {
        let differ = |one: &Vector, other: &Vector| {
            let is_name = |weighed: &&Weighed| {
                let term = weighed.term;
                term.lead() && term.kind() == Kind::Name && !is_common_term(term.hash())
            };
            let (mut all, mut had) = (0, 0);
            for name in one.terms.iter().filter(is_name) {
                let hash = name.term.hash();
                let found = other
                    .terms
                    .binary_search_by_key(&hash, |one| one.term.hash());
                all += 1;
                had += usize::from(found.is_ok());
            }
            all > 1 && had * 2 < all
        };
        differ(self, other) && differ(other, self)
    }

    /// How alike two articles are.
    pub(crate) fn features(&self, other: &Vector) -> [f32; COUNT] {
        let mut cosines = [0.0f32; 4];
        // Of each one's lead what the other has: all of it, the names of it.
        let mut had = [[0.0f32; 2]; 2];
        let (mut i, mut j) = (0, 0);
        while let (Some(a), Some(b)) = (self.terms.get(i), other.terms.get(j)) {
            let (x, y) = (a.term.hash(), b.term.hash());
            if x == y {
                let product = a.weight * b.weight;
                cosines[0] += product;
                if a.term.kind() == b.term.kind() {
                    cosines[1 + a.term.kind() as usize] += product;
                }
                for (had, one) in had.iter_mut().zip([a, b]) {
                    if one.term.lead() {
                        had[0] += one.worth;
                        if one.term.kind() == Kind::Name {
                            had[1] += one.worth;
                        }
                    }
                }
            }
            i += usize::from(x <= y);
            j += usize::from(y <= x);
        }
        for (way, cosine) in cosines.iter_mut().enumerate() {
            *cosine /= self.lengths[way] * other.lengths[way];
        }
        let cover = |of: usize| {
            let (a, b) = (had[0][of] / self.lead[of], had[1][of] / other.lead[of]);
            [f32::max(a, b), f32::min(a, b)]
        };
        let length = (self.words.max(other.words) as f32 + 1.0).ln();
        let ([lead, lead_least], [names, names_least]) = (cover(0), cover(1));
        [
            cosines[0],
            cosines[1 + Kind::Name as usize],
            cosines[1 + Kind::Number as usize],
            cosines[1 + Kind::Word as usize],
            lead,
            lead_least,
            names,
            names_least,
            length,
            (length - LONG).max(0.0),
        ]
    }
}

/// Two articles, by their places in the order given, how alike they are, whether one of them is short.
pub type Pair = (usize, usize, [f32; COUNT], bool);

/// The features of all pairs of these articles, compared among themselves: for fitting the weights.
pub fn of_pairs(profiles: &[&Profile]) -> Vec<Pair> {
    let mut frequencies = Frequencies::of_language("");
    for (profile, at) in profiles.iter().zip(0..) {
        frequencies.add(at, &profile.terms);
    }
    let vectors: Vec<Vector> = profiles
        .iter()
        .map(|profile| Vector::of(&profile.terms, profile.words, &frequencies))
        .collect();
    let mut pairs = Vec::new();
    for (b, second) in vectors.iter().enumerate() {
        for (a, first) in vectors[..b].iter().enumerate() {
            let is_short = is_short(first.words.min(second.words));
            pairs.push((a, b, first.features(second), is_short));
        }
    }
    pairs
}
