//! Which articles are one story: those near the new ones are clustered anew, so that it does not matter which came
//! first. Never here: how alike two are (`features`), what is kept of an article (`window`).

use std::collections::{BTreeMap, HashMap as StdMap};

use crate::cluster::{Groups, Unit};
use crate::features::Vector;
use crate::window::{Member, Window, names_differ, numbers_agree};
use crate::words::HashMap;

/// Log odds of a pair from which their stories are clustered anew.
const NEAR: f32 = -3.0;

/// Articles that are clustered together at most.
const TOGETHER: usize = 128;

/// A story of more articles is not taken apart again.
const WHOLE: usize = 48;

/// Articles by which such a story is compared: the first and the latest.
const SAMPLE: usize = 16;

/// The share of their wording from which two articles that name different things are one template filled twice.
const TEMPLATE: f32 = 0.3;

/// The same of the terms of short texts, which have no marks of their wording.
const TEMPLATE_TERMS: usize = 60;

/// Words of a short text.
const SHORT: u32 = 60;

/// Whether two articles are one text filled in twice, for two places or people, or by one outlet for two days.
fn is_template(one: &Member, other: &Member) -> bool {
    let same_wording = || {
        let hashes: Vec<u32> = other.terms.iter().map(|term| term.hash()).collect();
        let shared = one.terms.iter().map(|term| term.hash());
        let shared = shared
            .filter(|hash| hashes.binary_search(hash).is_ok())
            .count();
        let few = one.terms.len().min(other.terms.len());
        one.sketch.alike(&other.sketch) >= TEMPLATE
            || (one.words.max(other.words) < SHORT && shared * 100 >= few * TEMPLATE_TERMS)
    };
    let is_of_one_outlet = one.outlet != 0 && one.outlet == other.outlet;
    let differ = names_differ(&one.terms, &other.terms)
        || (is_of_one_outlet && !numbers_agree(&one.terms, &other.terms));
    differ && same_wording()
}

/// Log odds at most of two articles of one outlet that name different things, and of two with results of different matches.
const OTHERS: f32 = -2.0;

/// Weighed articles that are kept while some are being placed.
const VECTORS: usize = 600;

/// Weighed articles, by place.
#[derive(Default)]
struct Vectors(HashMap<Vector>);

impl Vectors {
    /// Makes sure that an article's is here.
    fn need(&mut self, window: &Window, at: u32) {
        self.0.entry(at).or_insert_with(|| {
            let member = &window.members[at as usize];
            let frequencies = &window.languages[member.language as usize];
            Vector::of(&member.terms, member.words, frequencies)
        });
    }

    fn make_room(&mut self) {
        if self.0.len() > VECTORS {
            self.0.clear();
        }
    }

    fn odds(&self, window: &Window, a: u32, b: u32) -> f32 {
        let (one, other) = (&window.members[a as usize], &window.members[b as usize]);
        let together = one.language == other.language
            && !one.roundup
            && !other.roundup
            && !is_template(one, other);
        match (self.0.get(&a), self.0.get(&b)) {
            (Some(a), Some(b)) if together => {
                let (odds, sure) = (window.weights.odds(a, b), window.weights.sure);
                // An outlet tells all that it tells in like words, by which two match reports differ in little.
                let is_of_one_outlet = one.outlet != 0 && one.outlet == other.outlet;
                if (is_of_one_outlet && a.names_others(b)) || a.tell_of_other_results(b) {
                    odds.min(OTHERS)
                } else if odds >= sure && !a.share_a_name(b) {
                    // What two events of one day share is no sure sign of one.
                    sure - 0.5
                } else {
                    odds
                }
            }
            _ => -6.0,
        }
    }
}

/// Stories that are clustered together, by a member of the set.
#[derive(Default)]
struct Sets {
    parent: StdMap<i64, i64>,
    size: StdMap<i64, usize>,
}

impl Sets {
    fn root(&mut self, story: i64) -> i64 {
        let mut at = story;
        while let Some(next) = self.parent.get(&at).filter(|next| **next != at) {
            at = *next;
        }
        self.parent.insert(story, at);
        at
    }

    fn size(&mut self, window: &Window, story: i64) -> usize {
        *self
            .size
            .entry(story)
            .or_insert_with(|| window.compared(story).len())
    }

    fn join(&mut self, window: &Window, a: i64, b: i64) {
        let (a, b) = (self.root(a), self.root(b));
        let both = self.size(window, a) + self.size(window, b);
        if a != b && both <= TOGETHER {
            let (a, b) = (a.min(b), a.max(b));
            self.parent.insert(b, a);
            self.size.insert(a, both);
        }
    }
}

/// Articles that are of one story whatever is found.
struct Members {
    /// By which they are compared.
    compared: Vec<u32>,
    /// They, and their copies.
    all: Vec<u32>,
    /// How many of them are no copies.
    count: usize,
}

impl Window {
    /// The articles of a story that others are compared with: all but copies, of very many some.
    fn compared(&self, story: i64) -> Vec<u32> {
        let Some(story) = self.stories.get(&story) else {
            return Vec::new();
        };
        let own = story.members.iter().copied();
        let own: Vec<u32> = own
            .filter(|at| self.members[*at as usize].original == *at)
            .collect();
        if own.len() <= WHOLE {
            return own;
        }
        let latest = own.len() - SAMPLE / 2;
        [&own[..SAMPLE / 2], &own[latest..]].concat()
    }

    /// Clusters the neighbourhoods of some articles anew, a story that has none near where they are told `anew`. Gives the
    /// stories that the articles looked at had before.
    pub(crate) fn settle(&mut self, touched: &[u32], anew: bool) -> StdMap<i64, i64> {
        let mut vectors = Vectors::default();
        let mut links: Vec<(f32, i64, i64)> = Vec::new();
        let mut sets = Sets::default();
        for at in touched {
            let story = self.members[*at as usize].story;
            sets.root(story);
            for (other, together) in self.decided(self.members[*at as usize].id) {
                if *together && let Some(other) = self.story_of(*other) {
                    links.push((f32::INFINITY, story, other));
                }
            }
            if self.members[*at as usize].roundup {
                continue;
            }
            vectors.make_room();
            vectors.need(self, *at);
            for near in self.near(*at) {
                vectors.need(self, near);
                let odds = vectors.odds(self, *at, near);
                if odds > NEAR {
                    links.push((odds, story, self.members[near as usize].story));
                }
            }
        }
        links.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, a, b) in links {
            sets.join(self, a, b);
        }
        let mut groups: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        let mut stories: Vec<i64> = sets.parent.keys().copied().collect();
        stories.sort_unstable();
        for story in stories {
            groups.entry(sets.root(story)).or_default().push(story);
        }
        let mut before = StdMap::new();
        for stories in groups.into_values() {
            if stories.len() < 2 && !anew {
                continue;
            }
            vectors.make_room();
            self.cluster(&stories, &mut vectors, &mut before);
        }
        before
    }

    /// Adds the units of a story: each article with its copies, or the whole of a large one.
    fn units_of(&self, story: i64, units: &mut Vec<Members>, unit_of: &mut HashMap<usize>) {
        let compared = self.compared(story);
        let all = self.stories[&story].members.clone();
        let is_own = |at: &&u32| self.members[**at as usize].original == **at;
        let count = all.iter().filter(is_own).count();
        if count > compared.len() {
            for at in &all {
                unit_of.insert(*at, units.len());
            }
            units.push(Members {
                compared,
                all,
                count,
            });
            return;
        }
        for at in compared {
            unit_of.insert(at, units.len());
            units.push(Members {
                compared: vec![at],
                all: vec![at],
                count: 1,
            });
        }
        for at in all {
            let original = self.members[at as usize].original;
            if original != at
                && let Some(unit) = unit_of.get(&original).copied()
            {
                unit_of.insert(at, unit);
                units[unit].all.push(at);
            }
        }
    }

    /// Clusters the articles of these stories anew.
    fn cluster(&mut self, stories: &[i64], vectors: &mut Vectors, before: &mut StdMap<i64, i64>) {
        let mut units: Vec<Members> = Vec::new();
        let mut unit_of: HashMap<usize> = HashMap::default();
        for story in stories {
            self.units_of(*story, &mut units, &mut unit_of);
        }
        for at in units.iter().flat_map(|unit| &unit.compared) {
            vectors.need(self, *at);
        }
        let bounds = |unit: &Members| {
            let times = unit.all.iter().map(|at| self.members[*at as usize].time);
            Unit {
                count: unit.count,
                first: times.clone().min().unwrap_or(0),
                last: times.max().unwrap_or(0),
            }
        };
        let mut clusters = Groups::new(units.iter().map(bounds).collect(), |a, b| {
            let (a, b) = (&units[a].compared, &units[b].compared);
            let pairs = a.iter().flat_map(|a| b.iter().map(move |b| (*a, *b)));
            let sum: f32 = pairs.map(|(a, b)| vectors.odds(self, a, b)).sum();
            sum / (a.len() * b.len()) as f32
        });
        // What must not be in one story is set before what must, which yields to it.
        for together in [false, true] {
            for (unit, members) in units.iter().enumerate() {
                for at in &members.all {
                    for (other, decided) in self.decided(self.members[*at as usize].id) {
                        let other = self.by_id.get(other).and_then(|at| unit_of.get(at));
                        match other {
                            Some(other) if *decided == together => {
                                if together {
                                    clusters.together(unit, *other);
                                } else {
                                    clusters.apart(unit, *other);
                                }
                            }
                            _ => {}
                        }
                    }
                }
            }
        }
        let group = clusters.joined(self.weights.join, self.weights.sure);
        let mut found: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for (unit, group) in units.into_iter().zip(group) {
            found.entry(group).or_default().extend(unit.all);
        }
        self.assign(stories, found.into_values().collect(), before);
    }

    /// Gives new stories their numbers: a story keeps the number that most of its articles had, if the article that
    /// is called so is in it or gone.
    fn assign(&mut self, old: &[i64], mut new: Vec<Vec<u32>>, before: &mut StdMap<i64, i64>) {
        // (how many keep it, number, which): the most first, of equals the lowest number.
        let mut claims: Vec<(std::cmp::Reverse<usize>, i64, usize)> = Vec::new();
        for (at, members) in new.iter_mut().enumerate() {
            members.sort_unstable_by_key(|at| {
                let member = &self.members[*at as usize];
                (member.time, member.id)
            });
            for number in old {
                let kept = members
                    .iter()
                    .filter(|at| self.members[**at as usize].story == *number);
                let kept = kept.count();
                let founder = self.by_id.get(number);
                if kept > 0 && founder.is_none_or(|founder| members.contains(founder)) {
                    claims.push((std::cmp::Reverse(kept), *number, at));
                }
            }
        }
        claims.sort_unstable();
        let mut numbers: Vec<Option<i64>> = vec![None; new.len()];
        for (_, number, at) in claims {
            if numbers[at].is_none() && !numbers.contains(&Some(number)) {
                numbers[at] = Some(number);
            }
        }
        let mut removed: Vec<crate::window::Story> = Vec::new();
        for story in old {
            removed.extend(self.stories.remove(story));
        }
        for (members, number) in new.into_iter().zip(numbers) {
            let lowest = members.iter().map(|at| self.members[*at as usize].id).min();
            let number = number.or(lowest).unwrap_or_default();
            let mut last = i64::MIN;
            for at in &members {
                let member = &mut self.members[*at as usize];
                before.entry(member.id).or_insert(member.story);
                member.story = number;
                last = last.max(member.time);
            }
            self.stories
                .insert(number, crate::window::Story { members, last });
        }
    }
}
