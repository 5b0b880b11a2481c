//! The stories of the last days, and where an article belongs among them: one article at a time, in the order in
//! which they are given, the same answer for the same articles on every machine.
//! Never here: a clock, files, what a person decided (`Window::apart` and `Window::together` are told of it).

use std::collections::{BTreeMap, HashMap as StdMap};

use crate::features::{COUNT, Centre, Frequencies, Vector};
use crate::profile::{Profile, Term};
use crate::weights;
use crate::words::HashMap;

/// Seconds after a story's last article in which another may join it: five days.
pub const DAYS: i64 = 5 * 86_400;

/// Articles that are compared at most; beyond, the stories that are oldest are let go.
pub const MOST: usize = 10_000;

/// Articles of a story that a new one is compared with: the first and the latest.
const COMPARED: usize = 16;

/// Articles that are nearest by their rarest terms, whose stories are looked at closely.
const NEAREST: usize = 24;

/// Stories that are looked at closely.
const STORIES: usize = 8;

/// Most articles in one story: more than this are similar for another reason than one event.
const LARGEST: usize = 400;

/// Cosine of all terms below which a story is not looked at further.
const FAR: f32 = 0.08;

/// What features are worth, in log odds.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// Log odds from which an article joins a story.
    pub join: f32,
    /// Log odds, on average over its articles, from which a story joins another.
    pub merge: f32,
    /// For each feature its weight; the last is what there is without any.
    pub features: [f32; COUNT + 1],
}

impl Default for Weights {
    fn default() -> Weights {
        weights::FITTED
    }
}

impl Weights {
    /// The log odds that an article belongs to a story.
    fn odds(&self, features: &[f32; COUNT]) -> f32 {
        let sum: f32 = features
            .iter()
            .zip(&self.features)
            .map(|(a, b)| a * b)
            .sum();
        sum + self.features[COUNT]
    }
}

/// An article to be placed.
#[derive(Debug, Clone, Default)]
pub struct Article {
    /// Its number; none is used twice.
    pub id: i64,
    /// When it was published, seconds.
    pub time: i64,
    /// ISO 639-1, empty when unknown. Articles of different languages never meet, but for copies.
    pub lang: String,
    /// A hash of its address without tracking; 0 for none. Articles with the same are one article.
    pub address: i64,
    /// What of it is compared.
    pub profile: Profile,
}

/// Where an article was placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Its story: the number of the article that began it.
    pub story: i64,
    /// It is the same article as this one: same address, or same text word for word or nearly.
    pub copy_of: Option<i64>,
    /// A story that turned out to be the same and has been joined to [`Placed::story`].
    pub joined: Option<i64>,
}

/// An article that is compared.
#[derive(Debug)]
struct Member {
    id: i64,
    address: i64,
    /// As [`Profile::pack`] gives it: half the memory.
    packed: Box<[u8]>,
    /// 0 for one that was let go.
    story: i64,
}

impl Member {
    fn profile(&self) -> Profile {
        Profile::unpack(&self.packed).unwrap_or_default()
    }
}

#[derive(Debug, Default)]
struct Story {
    /// In the order in which they came.
    members: Vec<u32>,
    first: i64,
    last: i64,
    /// Takes nothing in but copies.
    closed: bool,
}

/// The stories of one language.
#[derive(Debug, Default)]
struct Language {
    stories: BTreeMap<i64, Story>,
    frequencies: Frequencies,
    /// By term of the lead: the articles that have it.
    postings: HashMap<Vec<u32>>,
    newest: i64,
}

/// The stories of the last days. See the crate's documentation for an example.
#[derive(Debug, Default)]
pub struct Window {
    members: Vec<Member>,
    free: Vec<u32>,
    gone: Vec<i64>,
    count: usize,
    languages: BTreeMap<String, Language>,
    by_address: StdMap<i64, u32>,
    by_id: StdMap<i64, u32>,
    weights: Weights,
    /// What a person decided of two articles: one story or two.
    decided: StdMap<i64, Vec<(i64, bool)>>,
}

impl Window {
    /// An empty window.
    pub fn new() -> Window {
        Window::default()
    }

    /// The same with other weights: for fitting them.
    pub fn with(weights: Weights) -> Window {
        Window {
            weights,
            ..Window::default()
        }
    }

    /// Articles in it.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// A person decided that two articles are of one story.
    pub fn together(&mut self, a: i64, b: i64) {
        self.decide(a, b, true);
    }

    /// A person decided that two articles are not of one story.
    pub fn apart(&mut self, a: i64, b: i64) {
        self.decide(a, b, false);
    }

    fn decide(&mut self, a: i64, b: i64, together: bool) {
        for (one, other) in [(a, b), (b, a)] {
            let decided = self.decided.entry(one).or_default();
            decided.retain(|(known, _)| *known != other);
            decided.push((other, together));
        }
    }

    /// Puts an article where it was placed before.
    pub fn restore(&mut self, article: &Article, story: i64) {
        self.insert(article, story);
    }

    /// Finds an article's story, or begins one.
    pub fn add(&mut self, article: &Article) -> Placed {
        self.forget(article);
        let (story, copy_of) = match self.same(article) {
            Some(same) => (
                self.members[same as usize].story,
                Some(self.members[same as usize].id),
            ),
            None => (self.nearest(article).unwrap_or(article.id), None),
        };
        self.insert(article, story);
        let joined = match copy_of {
            Some(_) => None,
            None => self.merge(&article.lang, article.id, story),
        };
        match joined {
            Some((from, to)) => Placed {
                story: to,
                copy_of,
                joined: Some(from),
            },
            None => Placed {
                story,
                copy_of,
                joined: None,
            },
        }
    }

    /// The story of an article that is in the window.
    pub fn story_of(&self, article: i64) -> Option<i64> {
        let at = self.by_id.get(&article)?;
        Some(self.members[*at as usize].story)
    }

    /// The features of an article against each story that is near: for fitting the weights.
    pub fn near(&self, article: &Article) -> Vec<(i64, [f32; COUNT])> {
        let Some(language) = self.languages.get(&article.lang) else {
            return Vec::new();
        };
        let vector = Vector::of(&article.profile.terms, &language.frequencies);
        self.candidates(article)
            .into_iter()
            .map(|story| {
                let centre = self.centre(language, &language.stories[&story]);
                (story, centre.features(&vector))
            })
            .collect()
    }

    /// The articles that have left the window since this was last asked: nothing is compared with them any more.
    pub fn take_gone(&mut self) -> Vec<i64> {
        std::mem::take(&mut self.gone)
    }

    fn insert(&mut self, article: &Article, story: i64) {
        let member = Member {
            id: article.id,
            address: article.address,
            packed: article.profile.pack().into(),
            story,
        };
        let at = match self.free.pop() {
            Some(at) => {
                self.members[at as usize] = member;
                at
            }
            None => {
                self.members.push(member);
                (self.members.len() - 1) as u32
            }
        };
        self.count += 1;
        self.by_id.insert(article.id, at);
        if article.address != 0 {
            self.by_address.entry(article.address).or_insert(at);
        }
        let language = self.languages.entry(article.lang.clone()).or_default();
        language.newest = language.newest.max(article.time);
        language.frequencies.add(&article.profile.terms);
        for hash in posted(&article.profile) {
            language.postings.entry(hash).or_default().push(at);
        }
        let slot = language.stories.entry(story).or_insert_with(|| Story {
            first: article.time,
            last: article.time,
            closed: article.profile.roundup,
            ..Story::default()
        });
        slot.first = slot.first.min(article.time);
        slot.last = slot.last.max(article.time);
        slot.members.push(at);
    }

    /// Lets go what is too old to meet this article, and the oldest where there is too much.
    fn forget(&mut self, article: &Article) {
        let Some(language) = self.languages.get(&article.lang) else {
            return;
        };
        let mut going: Vec<i64> = Vec::new();
        let before = language.newest.max(article.time) - DAYS;
        let quiet = language
            .stories
            .iter()
            .filter(|(_, story)| story.last < before);
        going.extend(quiet.map(|(id, _)| *id));
        self.let_go(&article.lang, &going);
        if self.count >= MOST {
            // A tenth at once, so that this is rare.
            let mut all: Vec<(i64, i64, String)> = Vec::new();
            for (lang, language) in &self.languages {
                let stories = language.stories.iter();
                all.extend(stories.map(|(id, story)| (story.last, *id, lang.clone())));
            }
            all.sort();
            for (_, story, lang) in all {
                if self.count < MOST - MOST / 10 {
                    break;
                }
                self.let_go(&lang, &[story]);
            }
        }
    }

    fn let_go(&mut self, lang: &str, stories: &[i64]) {
        let Some(language) = self.languages.get_mut(lang) else {
            return;
        };
        for story in stories {
            let Some(story) = language.stories.remove(story) else {
                continue;
            };
            for at in story.members {
                let member = &mut self.members[at as usize];
                let profile = member.profile();
                language.frequencies.remove(&profile.terms);
                for hash in posted(&profile) {
                    if let Some(list) = language.postings.get_mut(&hash) {
                        list.retain(|one| *one != at);
                        if list.is_empty() {
                            language.postings.remove(&hash);
                        }
                    }
                }
                self.by_id.remove(&member.id);
                self.gone.push(member.id);
                if self.by_address.get(&member.address) == Some(&at) {
                    self.by_address.remove(&member.address);
                }
                member.story = 0;
                member.packed = Box::default();
                self.free.push(at);
                self.count -= 1;
            }
        }
    }

    /// The article that is the same as this one.
    fn same(&self, article: &Article) -> Option<u32> {
        let allowed = |at: &u32| {
            let member = &self.members[*at as usize];
            member.story != 0 && !self.forbids(article.id, member.id)
        };
        if article.address != 0
            && let Some(at) = self
                .by_address
                .get(&article.address)
                .filter(|at| allowed(at))
        {
            return Some(*at);
        }
        let language = self.languages.get(&article.lang)?;
        let near = self.near_members(language, &article.profile);
        near.into_iter().find(|at| {
            allowed(at) && {
                let other = self.members[*at as usize].profile();
                article.profile.sketch.is_copy_of(&other.sketch)
            }
        })
    }

    /// The articles that share the rarest terms with a profile, the nearest first.
    fn near_members(&self, language: &Language, profile: &Profile) -> Vec<u32> {
        let mut shared: HashMap<f32> = HashMap::default();
        let common = (language.frequencies.articles() / 8).max(40);
        for term in &profile.terms {
            if language.frequencies.of(term.hash) > common {
                continue;
            }
            if let Some(list) = language.postings.get(&term.hash) {
                let worth = language.frequencies.worth(term.hash);
                for at in list {
                    *shared.entry(*at).or_default() += worth * worth;
                }
            }
        }
        let mut near: Vec<(u32, f32)> = shared.into_iter().collect();
        let order = |a: &(u32, f32), b: &(u32, f32)| {
            b.1.total_cmp(&a.1).then_with(|| {
                self.members[a.0 as usize]
                    .id
                    .cmp(&self.members[b.0 as usize].id)
            })
        };
        if near.len() > NEAREST {
            near.select_nth_unstable_by(NEAREST, order);
            near.truncate(NEAREST);
        }
        near.sort_unstable_by(order);
        near.into_iter().map(|(at, _)| at).collect()
    }

    /// The stories that an article might belong to.
    fn candidates(&self, article: &Article) -> Vec<i64> {
        let Some(language) = self.languages.get(&article.lang) else {
            return Vec::new();
        };
        let mut found: Vec<i64> = Vec::new();
        for at in self.near_members(language, &article.profile) {
            let id = self.members[at as usize].story;
            if !found.contains(&id) && self.is_possible(language, article, id) {
                found.push(id);
                if found.len() == STORIES {
                    break;
                }
            }
        }
        found
    }

    fn is_possible(&self, language: &Language, article: &Article, id: i64) -> bool {
        let Some(story) = language.stories.get(&id) else {
            return false;
        };
        !story.closed
            && story.members.len() < LARGEST
            && article.time <= story.last + DAYS
            && article.time >= story.first - DAYS
            && !self.is_apart(article.id, &story.members)
    }

    fn forbids(&self, a: i64, b: i64) -> bool {
        let decided = self.decided.get(&a);
        decided.is_some_and(|decided| decided.iter().any(|(other, one)| *other == b && !one))
    }

    fn is_apart(&self, article: i64, members: &[u32]) -> bool {
        self.decided.get(&article).is_some_and(|decided| {
            decided.iter().any(|(other, one)| {
                !one && members
                    .iter()
                    .any(|at| self.members[*at as usize].id == *other)
            })
        })
    }

    /// The story an article belongs to, by what a person decided or by what they share.
    fn nearest(&self, article: &Article) -> Option<i64> {
        if let Some(decided) = self.decided.get(&article.id) {
            let with = decided.iter().filter(|(_, together)| *together);
            if let Some(story) = with.filter_map(|(other, _)| self.story_of(*other)).min() {
                return Some(story);
            }
        }
        if article.profile.roundup {
            return None;
        }
        let language = self.languages.get(&article.lang)?;
        let vector = Vector::of(&article.profile.terms, &language.frequencies);
        let mut best: Option<(f32, i64)> = None;
        for id in self.candidates(article) {
            let centre = self.centre(language, &language.stories[&id]);
            let features = centre.features(&vector);
            let odds = self.weights.odds(&features);
            if features[0] > FAR
                && odds >= self.weights.join
                && best.is_none_or(|(most, _)| odds > most)
            {
                best = Some((odds, id));
            }
        }
        best.map(|(_, id)| id)
    }

    fn centre(&self, language: &Language, story: &Story) -> Centre {
        let members = compared(&story.members);
        Centre::of(
            members
                .iter()
                .map(|at| {
                    let profile = self.members[*at as usize].profile();
                    Vector::of(&profile.terms, &language.frequencies)
                })
                .collect(),
        )
    }

    /// Joins two stories that turned out to be one, now that an article has come to one of them; says which was
    /// joined to which.
    fn merge(&mut self, lang: &str, article: i64, story: i64) -> Option<(i64, i64)> {
        let language = self.languages.get(lang)?;
        let own = language.stories.get(&story).filter(|own| !own.closed)?;
        let profile = self.members[self.by_id[&article] as usize].profile();
        let probe = Article {
            id: article,
            time: own.last,
            lang: lang.to_owned(),
            address: 0,
            profile,
        };
        let mut best: Option<(f32, i64)> = None;
        for other_id in self.candidates(&probe) {
            let other = &language.stories[&other_id];
            let close = own.first <= other.last + DAYS && other.first <= own.last + DAYS;
            if other_id == story
                || !close
                || own.members.len() + other.members.len() > LARGEST
                || own
                    .members
                    .iter()
                    .any(|at| self.is_apart(self.members[*at as usize].id, &other.members))
            {
                continue;
            }
            let (small, large) = if own.members.len() <= other.members.len() {
                (own, other)
            } else {
                (other, own)
            };
            let centre = self.centre(language, large);
            let small = compared(&small.members);
            let sum: f32 = small
                .iter()
                .map(|at| {
                    let profile = self.members[*at as usize].profile();
                    self.weights
                        .odds(&centre.features(&Vector::of(&profile.terms, &language.frequencies)))
                })
                .sum();
            let mean = sum / small.len().max(1) as f32;
            if mean > self.weights.merge && best.is_none_or(|(most, _)| mean > most) {
                best = Some((mean, other_id));
            }
        }
        let (_, other) = best?;
        let size = |id: &i64| language.stories[id].members.len();
        let (from, to) = match size(&story).cmp(&size(&other)) {
            std::cmp::Ordering::Greater => (other, story),
            std::cmp::Ordering::Less => (story, other),
            std::cmp::Ordering::Equal => (story.max(other), story.min(other)),
        };
        let language = self.languages.get_mut(lang)?;
        let moved = language.stories.remove(&from)?;
        let target = language.stories.get_mut(&to)?;
        target.first = target.first.min(moved.first);
        target.last = target.last.max(moved.last);
        for at in moved.members {
            self.members[at as usize].story = to;
            target.members.push(at);
        }
        Some((from, to))
    }
}

/// The terms by which an article is found.
fn posted(profile: &Profile) -> impl Iterator<Item = u32> + '_ {
    let lead = |term: &&Term| term.lead;
    profile.terms.iter().filter(lead).map(|term| term.hash)
}

/// Of many articles the first and the latest.
fn compared(members: &[u32]) -> Vec<u32> {
    if members.len() <= COMPARED {
        return members.to_vec();
    }
    let (first, latest) = (COMPARED / 2, members.len() - COMPARED / 2);
    members[..first]
        .iter()
        .chain(&members[latest..])
        .copied()
        .collect()
}
