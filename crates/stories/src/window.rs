//! The articles of the last days: what is kept of each, by what they are found, which are let go.
//! Never here: a clock, files, which of them are one story (`settle`).

use std::collections::{BTreeMap, HashMap as StdMap};

use crate::cluster::DAYS;
use crate::features::{Frequencies, Weights};
use crate::index::POSTED;
use crate::profile::{Kind, Parts, Profile, TITLE, Term};
use crate::sketch::Sketch;
use crate::weights;
use crate::words::HashMap;

/// Articles that are compared at most; beyond, the stories that are oldest are let go.
pub const MOST: usize = 5_000;

/// Articles that stay however old they are, so that a backlog meets itself.
const FEW: usize = 2_000;

/// Words, names and numbers without which an article does not say what it is about.
const TELLING: usize = 5;

/// An article to be placed.
#[derive(Debug, Clone, Default)]
pub struct Article {
    /// Its number, above 0; none is used twice.
    pub id: i64,
    /// When it was published, seconds.
    pub time: i64,
    /// ISO 639-1, empty when unknown. Articles of different languages never meet, but for copies.
    pub lang: String,
    /// A hash of its address without tracking; 0 for none. Articles with the same are one article.
    pub address: i64,
    /// A number of its outlet; 0 for none.
    pub outlet: i64,
    /// A hash of its title's words; 0 for none.
    pub title: i64,
    /// What of it is compared.
    pub profile: Profile,
}

/// Where an article was placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// The article.
    pub article: i64,
    /// Its story: the number of one of its articles.
    pub story: i64,
    /// It is the same article as this one: same address, or same text word for word or nearly.
    pub copy_of: Option<i64>,
}

/// What came of articles that were added together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Batch {
    /// Where they are, in the order given.
    pub placed: Vec<Placed>,
    /// Articles that were there before and have another story now, with that story.
    pub moved: Vec<(i64, i64)>,
    /// What is compared of articles, in place of the profile they were given with: it lacks what their outlet repeats.
    pub profiles: Vec<(i64, Profile)>,
}

/// An article that is compared.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) id: i64,
    pub(crate) time: i64,
    address: i64,
    pub(crate) outlet: i64,
    title: i64,
    /// 0 for one that was let go.
    pub(crate) story: i64,
    /// Empty for a copy.
    pub(crate) terms: Box<[Term]>,
    pub(crate) sketch: Sketch,
    pub(crate) words: u32,
    /// The place of the article that it is a copy of, else its own.
    pub(crate) original: u32,
    pub(crate) language: u32,
    /// Belongs to no event.
    pub(crate) roundup: bool,
    /// Its outlet has the same text under other titles: it is no sign of anything.
    boilerplate: bool,
    /// Marks of its sentences, in order; empty for a copy.
    said: Box<[u32]>,
}

/// What an article is to those of the same wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Same {
    /// There are none.
    No,
    /// The same article as the one at this place.
    As(u32),
    /// Another one with the text that an outlet has under several titles: that of the one at this place.
    Boilerplate(u32),
}

impl Same {
    fn place(self) -> Option<u32> {
        match self {
            Same::As(at) => Some(at),
            Same::No | Same::Boilerplate(_) => None,
        }
    }
}

/// Sentences that outlets may have said, so that articles are not compared for those that none has: a Bloom filter with one
/// bit for each, emptied by half now and then.
#[derive(Debug, Default)]
struct Heard {
    bits: [Vec<u64>; 2],
    added: usize,
}

impl Heard {
    /// Sentences after which the older half is let go: as many as a window has.
    const MOST: usize = 120_000;
    const BITS: u64 = 1 << 20;

    fn place(outlet: i64, mark: u32) -> (usize, u64) {
        let hash = (outlet as u64 ^ u64::from(mark)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let bit = (hash >> 40) % Heard::BITS;
        ((bit / 64) as usize, 1 << (bit % 64))
    }

    fn add(&mut self, outlet: i64, marks: &[u32]) {
        self.added += marks.len();
        if self.added > Heard::MOST {
            self.added = marks.len();
            self.bits.swap(0, 1);
            self.bits[0].clear();
        }
        self.bits[0].resize((Heard::BITS / 64) as usize, 0);
        for mark in marks {
            let (at, bit) = Heard::place(outlet, *mark);
            self.bits[0][at] |= bit;
        }
    }

    fn has(&self, outlet: i64, mark: u32) -> bool {
        let (at, bit) = Heard::place(outlet, mark);
        let mut bits = self.bits.iter();
        bits.any(|bits| bits.get(at).is_some_and(|word| word & bit != 0))
    }
}

#[derive(Debug, Default)]
pub(crate) struct Story {
    /// In the order in which they came.
    pub(crate) members: Vec<u32>,
    pub(crate) last: i64,
}

/// The articles of the last days. See the crate's documentation for an example.
#[derive(Debug)]
pub struct Window {
    pub(crate) members: Vec<Member>,
    free: Vec<u32>,
    gone: Vec<i64>,
    count: usize,
    newest: i64,
    pub(crate) stories: BTreeMap<i64, Story>,
    names: Vec<String>,
    /// By language: by what its articles are found and weighed.
    pub(crate) languages: Vec<Frequencies>,
    by_address: StdMap<i64, u32>,
    /// By a mark of its wording: an article that has it.
    by_mark: HashMap<u32>,
    pub(crate) by_id: StdMap<i64, u32>,
    /// The latest articles of each outlet, those of unknown ones together.
    by_outlet: StdMap<i64, std::collections::VecDeque<u32>>,
    heard: Heard,
    pub(crate) weights: Weights,
    /// What a person decided of two articles: one story or two.
    decided: StdMap<i64, Vec<(i64, bool)>>,
    /// By place: what a search for near articles adds up; all nought between searches.
    shared: Vec<f32>,
}

impl Default for Window {
    fn default() -> Window {
        Window::with(weights::FITTED)
    }
}

impl Window {
    /// An empty window.
    pub fn new() -> Window {
        Window::default()
    }

    /// The same with other weights: for fitting them.
    pub fn with(weights: Weights) -> Window {
        Window {
            members: Vec::new(),
            free: Vec::new(),
            gone: Vec::new(),
            count: 0,
            newest: i64::MIN,
            stories: BTreeMap::new(),
            names: Vec::new(),
            languages: Vec::new(),
            by_address: StdMap::new(),
            by_mark: HashMap::default(),
            by_id: StdMap::new(),
            by_outlet: StdMap::new(),
            heard: Heard::default(),
            weights,
            decided: StdMap::new(),
            shared: Vec::new(),
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

    /// What was decided of an article: other articles, and whether they are of one story.
    pub(crate) fn decided(&self, article: i64) -> &[(i64, bool)] {
        self.decided.get(&article).map_or(&[], Vec::as_slice)
    }

    fn forbids(&self, a: i64, b: i64) -> bool {
        self.decided(a).contains(&(b, false))
    }

    /// Puts an article where it was placed before.
    pub fn restore(&mut self, article: &Article, story: i64) {
        let mut same = self.same(article);
        if let Same::As(at) = same
            && self.members[at as usize].story != story
        {
            same = Same::No;
        }
        self.insert(article, story, same);
    }

    /// Finds the stories of articles that come together; it does not matter in which order they are given. Those of
    /// articles that came before may change: what comes later tells more. A story keeps its number, unless the
    /// article that it is called by went to another.
    pub fn add(&mut self, articles: &[Article]) -> Batch {
        let (mut copies, mut touched) = (Vec::with_capacity(articles.len()), Vec::new());
        let mut profiles = Vec::new();
        for article in articles {
            let same = self.same(article);
            let original = same.place();
            copies.push(original.map(|at| self.members[at as usize].id));
            let story = original.map_or(article.id, |at| self.members[at as usize].story);
            let stock = match same {
                Same::No => self.stock(article),
                Same::As(_) | Same::Boilerplate(_) => 0,
            };
            let at = if stock == 0 {
                self.insert(article, story, same)
            } else {
                let own = Article {
                    profile: article.profile.without(stock),
                    ..article.clone()
                };
                let at = self.insert(&own, story, same);
                profiles.push((own.id, own.profile));
                at
            };
            if original.is_none() || !self.decided(article.id).is_empty() {
                touched.push(at);
            }
        }
        let before: StdMap<i64, i64> = self.settle(&touched, false);
        let placed: Vec<Placed> = articles
            .iter()
            .zip(copies)
            .map(|(article, copy_of)| Placed {
                article: article.id,
                story: self.story_of(article.id).unwrap_or(article.id),
                copy_of,
            })
            .collect();
        let new: std::collections::HashSet<i64> = articles.iter().map(|one| one.id).collect();
        let mut moved = self.moved(before);
        moved.retain(|(id, _)| !new.contains(id));
        self.forget();
        Batch {
            placed,
            moved,
            profiles,
        }
    }

    /// Finds the stories of articles anew that were restored with another text than they were placed with. Gives the
    /// articles that have another story now, with that story.
    pub fn look_again(&mut self, articles: &[i64]) -> Vec<(i64, i64)> {
        let places = articles.iter().filter_map(|id| self.by_id.get(id).copied());
        let own = places.filter(|at| self.members[*at as usize].original == *at);
        let touched: Vec<u32> = own.collect();
        let before = self.settle(&touched, true);
        self.moved(before)
    }

    /// Of articles and the stories they had those that have another now, with that story.
    fn moved(&self, before: StdMap<i64, i64>) -> Vec<(i64, i64)> {
        let mut moved: Vec<(i64, i64)> = before
            .into_iter()
            .filter_map(|(id, story)| Some((id, self.story_of(id).filter(|now| *now != story)?)))
            .collect();
        moved.sort_unstable();
        moved
    }

    /// The story of an article that is in the window.
    pub fn story_of(&self, article: i64) -> Option<i64> {
        let at = self.by_id.get(&article)?;
        Some(self.members[*at as usize].story)
    }

    /// The articles that have left the window since this was last asked: nothing is compared with them any more.
    pub fn take_gone(&mut self) -> Vec<i64> {
        std::mem::take(&mut self.gone)
    }

    fn insert(&mut self, article: &Article, story: i64, same: Same) -> u32 {
        let language = self.language(&article.lang);
        let at = self.free.pop().unwrap_or(self.members.len() as u32);
        let original = same
            .place()
            .map_or(at, |same| self.members[same as usize].original);
        let boilerplate = match same {
            Same::Boilerplate(first) => {
                self.members[first as usize].boilerplate = true;
                true
            }
            Same::No | Same::As(_) => false,
        };
        let profile = &article.profile;
        let member = Member {
            id: article.id,
            time: article.time,
            address: article.address,
            outlet: article.outlet,
            title: article.title,
            story,
            terms: Box::default(),
            sketch: Sketch::default(),
            words: profile.words,
            original,
            language,
            // What it says it says of no event.
            roundup: profile.roundup || profile.terms.len() < TELLING || boilerplate,
            boilerplate,
            said: Box::default(),
        };
        let roundup = member.roundup;
        if at as usize == self.members.len() {
            self.members.push(member);
            self.shared.push(0.0);
        } else {
            self.members[at as usize] = member;
        }
        self.count += 1;
        self.newest = self.newest.max(article.time);
        self.by_id.insert(article.id, at);
        if article.address != 0 {
            self.by_address.entry(article.address).or_insert(at);
        }
        if original == at {
            let member = &mut self.members[at as usize];
            member.terms = profile.terms.clone().into();
            member.sketch = profile.sketch.clone();
            member.said = profile.marks();
            self.heard.add(article.outlet, &member.said);
            let latest = self.by_outlet.entry(article.outlet).or_default();
            if latest.len() == LATEST {
                latest.pop_front();
            }
            latest.push_back(at);
            for mark in member.sketch.telling() {
                self.by_mark.entry(mark).or_insert(at);
            }
            if !roundup {
                self.languages[language as usize].add(at, &profile.terms);
            }
        }
        let slot = self.stories.entry(story).or_insert_with(|| Story {
            members: Vec::new(),
            last: article.time,
        });
        slot.last = slot.last.max(article.time);
        slot.members.push(at);
        at
    }

    fn language(&mut self, lang: &str) -> u32 {
        let known = self.names.iter().position(|name| name == lang);
        let at = known.unwrap_or_else(|| {
            self.names.push(lang.to_owned());
            self.languages.push(Frequencies::of_language(lang));
            self.names.len() - 1
        });
        at as u32
    }

    /// Lets go what is too old to meet new articles, and the oldest where there is too much.
    fn forget(&mut self) {
        if self.count <= FEW {
            return;
        }
        let before = self.newest.saturating_sub(DAYS);
        // A tenth at once, so that this is rare.
        let most = if self.count > MOST {
            MOST - MOST / 10
        } else {
            MOST
        };
        let mut oldest: Vec<(i64, i64)> = self
            .stories
            .iter()
            .filter(|(_, story)| story.last < before || most < MOST)
            .map(|(id, story)| (story.last, *id))
            .collect();
        oldest.sort_unstable();
        for (last, story) in oldest {
            if self.count <= FEW || (last >= before && self.count <= most) {
                break;
            }
            self.let_go(story);
        }
    }

    fn let_go(&mut self, story: i64) {
        let Some(story) = self.stories.remove(&story) else {
            return;
        };
        for at in story.members {
            let member = &mut self.members[at as usize];
            let terms = std::mem::take(&mut member.terms);
            let sketch = std::mem::take(&mut member.sketch);
            member.said = Box::default();
            member.story = 0;
            if let Some(latest) = self.by_outlet.get_mut(&member.outlet) {
                latest.retain(|one| *one != at);
                if latest.is_empty() {
                    self.by_outlet.remove(&member.outlet);
                }
            }
            if member.original == at && !member.roundup {
                self.languages[member.language as usize].remove(at, &terms);
            }
            for mark in sketch.telling() {
                if self.by_mark.get(&mark) == Some(&at) {
                    self.by_mark.remove(&mark);
                }
            }
            if self.by_address.get(&member.address) == Some(&at) {
                self.by_address.remove(&member.address);
            }
            self.by_id.remove(&member.id);
            self.gone.push(member.id);
            self.free.push(at);
            self.count -= 1;
        }
    }

    /// The article that is the same as this one.
    fn same(&self, article: &Article) -> Same {
        let allowed = |at: &u32| !self.forbids(article.id, self.members[*at as usize].id);
        let by_address = self.by_address.get(&article.address);
        if let Some(at) = by_address.filter(|_| article.address != 0)
            && allowed(at)
        {
            return Same::As(*at);
        }
        let sketch = &article.profile.sketch;
        let mut seen: Vec<u32> = Vec::new();
        for mark in sketch.marks() {
            if let Some(at) = self.by_mark.get(mark)
                && !seen.contains(at)
            {
                seen.push(*at);
                let other = &self.members[*at as usize];
                if allowed(at)
                    && sketch.is_copy_of(&other.sketch)
                    && numbers_agree(&article.profile.terms, &other.terms)
                    && !names_differ(&article.profile.terms, &other.terms)
                    && !self.shares_stock_alone(article, other)
                {
                    return match self.is_boilerplate(article, *at) {
                        true => Same::Boilerplate(self.members[*at as usize].original),
                        false => Same::As(*at),
                    };
                }
            }
        }
        Same::No
    }

    /// Whether all that an article has in common with another one of its outlet is what they repeat word for word: its
    /// other sentences tell of something else. One text under two titles is one text.
    fn shares_stock_alone(&self, article: &Article, other: &Member) -> bool {
        let shared = article.profile.parts_of(&other.said, !0);
        article.outlet == other.outlet
            && article.profile.sentences_beside(shared) > 0
            && other.said.len() > shared.count_ones() as usize
            && is_of_something_else(&article.profile, shared | 1 << TITLE, other)
    }

    /// The parts of an article that its outlet repeats: articles that tell of something else have them, or several.
    fn stock(&self, article: &Article) -> Parts {
        let (mut stock, mut often) = (0, [0u8; 32]);
        let among = article
            .profile
            .parts_with(|mark| self.heard.has(article.outlet, mark));
        if among == 0 {
            return 0;
        }
        let latest = self.by_outlet.get(&article.outlet);
        for other in latest.into_iter().flatten() {
            let other = &self.members[*other as usize];
            let shared = article.profile.parts_of(&other.said, among);
            if shared == 0 {
                continue;
            }
            for (at, often) in often.iter_mut().enumerate() {
                *often = often.saturating_add((shared >> at & 1) as u8);
                // Where outlets are not known they are many, and what they repeat may be an agency's.
                if *often >= REPEATED && article.outlet != 0 {
                    stock |= 1 << at;
                }
            }
            let is_notice = article.outlet != 0 && is_notice(&article.profile, shared);
            if (is_notice && article.title != other.title)
                || is_of_something_else(&article.profile, shared, other)
            {
                stock |= shared;
            }
        }
        stock
    }

    /// Whether one outlet has the text under several titles: notices such as `Only for subscribers` stand for many
    /// articles and are none. A long text may be published twice.
    fn is_boilerplate(&self, article: &Article, at: u32) -> bool {
        let first = &self.members[self.members[at as usize].original as usize];
        if first.boilerplate {
            return true;
        }
        let most = match article.profile.sketch.words() < LONG {
            true => 1,
            false => 2,
        };
        let mut titles: Vec<(i64, i64)> = vec![(article.outlet, article.title)];
        let story = self.stories.get(&first.story);
        let alike = story.into_iter().flat_map(|story| &story.members);
        for other in alike.map(|other| &self.members[*other as usize]) {
            let title = (other.outlet, other.title);
            let same = other.original == self.members[at as usize].original;
            if same && other.outlet != 0 && other.title != 0 && !titles.contains(&title) {
                titles.push(title);
            }
        }
        titles.iter().any(|(outlet, _)| {
            let of = titles.iter().filter(|(other, _)| other == outlet);
            *outlet != 0 && article.title != 0 && of.count() > most
        })
    }

    /// The articles that share the rarest terms with one in the window, the nearest first.
    pub(crate) fn near(&mut self, at: u32) -> Vec<u32> {
        let member = &self.members[at as usize];
        let frequencies = &self.languages[member.language as usize];
        let mut terms: Vec<(u32, Term)> = member
            .terms
            .iter()
            .map(|term| (frequencies.of(term.hash()), *term))
            .filter(|(articles, _)| *articles > 1 && *articles <= POSTED)
            .collect();
        terms.sort_unstable();
        let mut touched: Vec<u32> = Vec::new();
        let mut seen = 0;
        for (_, term) in terms {
            if seen > SEEN {
                break;
            }
            let worth = frequencies.worth(term);
            for other in frequencies.with(term.hash()) {
                seen += 1;
                let shared = &mut self.shared[other as usize];
                if *shared == 0.0 {
                    touched.push(other);
                }
                *shared += worth * worth;
            }
        }
        let mut near: Vec<(f32, u32)> = touched
            .into_iter()
            .map(|other| (std::mem::take(&mut self.shared[other as usize]), other))
            .filter(|(_, other)| *other != at)
            .collect();
        let order = |a: &(f32, u32), b: &(f32, u32)| {
            let id = |at: u32| self.members[at as usize].id;
            b.0.total_cmp(&a.0).then_with(|| id(a.1).cmp(&id(b.1)))
        };
        if near.len() > NEAREST {
            near.select_nth_unstable_by(NEAREST, order);
            near.truncate(NEAREST);
        }
        near.sort_unstable_by(order);
        near.into_iter().map(|(_, other)| other).collect()
    }
}

/// Whether two texts of one wording may be one text: reports that are written each day with the same words differ in
/// their numbers.
pub(crate) fn numbers_agree(one: &[Term], other: &[Term]) -> bool {
    let numbers = |terms: &[Term]| -> Vec<u32> {
        let numbers = terms.iter().filter(|term| term.kind() == Kind::Number);
        numbers.map(|term| term.hash()).collect()
    };
    let (one, other) = (numbers(one), numbers(other));
    let few = one.len().min(other.len());
    let shared = one.iter().filter(|hash| other.contains(hash)).count();
    few < 3 || shared * 2 >= few
}

/// Whether each of two texts tells in its lead, more than once, of what the other does not name: two towns' weather in the
/// same words. Where there are no names, as in scripts without capital letters, any words tell.
pub(crate) fn names_differ(one: &[Term], other: &[Term]) -> bool {
    let telling = |terms: &[Term]| -> Vec<u32> {
        let named = |term: &&Term| term.lead() && term.count() > 1;
        let is_name = |term: &&Term| term.kind() == Kind::Name;
        let any = terms.iter().any(|term| term.kind() == Kind::Name);
        let found = terms
            .iter()
            .filter(named)
            .filter(|term| !any || is_name(term));
        found.map(|term| term.hash()).collect()
    };
    let lacks = |one: &[Term], other: &[Term]| {
        let mut told = telling(one).into_iter();
        told.any(|hash| {
            other
                .binary_search_by_key(&hash, |term| term.hash())
                .is_err()
        })
    };
    lacks(one, other) && lacks(other, one)
}

/// Whether an article without the parts that it shares with another tells of something else, by the words of its
/// beginning.
fn is_of_something_else(profile: &Profile, shared: Parts, other: &Member) -> bool {
    let (mut own, mut known) = (0, 0);
    for term in profile.beside(shared).filter(|term| term.lead()) {
        own += 1;
        let found = other
            .terms
            .binary_search_by_key(&term.hash(), |term| term.hash());
        known += usize::from(found.is_ok());
    }
    own >= TELLING && known * 100 < own * RELATED
}

/// Whether all that an article has is in these parts and has no word of its title: `Log in to read on` tells of nothing.
fn is_notice(profile: &Profile, shared: Parts) -> bool {
    let titles = profile.beside(!(1 << TITLE)).count();
    titles > 1 && profile.sentences_beside(shared) == 0 && titles == profile.of_title_alone()
}

/// The share, of a hundred, of an article's own beginning that another of its outlet has at least if it is about the
/// same: then what both repeat may be what they tell of.
const RELATED: usize = 34;

/// Articles of an outlet that have a sentence, from which one more does not tell of anything by it.
const REPEATED: u8 = 3;

/// Articles of an outlet that one is compared with for what both repeat.
const LATEST: usize = 200;

/// Words from which a text may be one that an outlet has published under two titles.
const LONG: u32 = 120;

/// Articles that are nearest by their rarest terms.
const NEAREST: usize = 24;

/// Articles that are looked at for one, by its terms, until no further term is.
const SEEN: usize = 6_000;
