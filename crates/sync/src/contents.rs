//! Articles by their ids, however few a server gives in one answer and whichever of them breaks it.
//! Never here: what becomes of the articles.

use std::collections::{HashSet, VecDeque};

use super::driver::{Stop, Summary};
use super::fever;
use super::greader::Item;
use super::server::{Protocol, Server};
use super::wire::Failure;

/// Requests that may fail before it is the server that fails, where none was answered.
const FAILED_AT_FIRST: usize = 12;

/// Requests that may fail in one sync; what they asked for is left to the next.
const FAILED: usize = 100;

/// Requests for what an answer lacked that may bring nothing; the rest is left to the next sync.
const BARREN: usize = 20;

/// Requests in one sync.
const REQUESTS: usize = 1_000;

/// After a failure no more ids are asked for at once than half, but so many: each article that
/// cannot be had is then found in few requests.
const SMALL: usize = 25;

/// Known articles that are asked for to see how many come.
const SAMPLE: usize = 100;

/// To see whether anything comes at all so many are asked for, …
const FEW: usize = 5;

/// … so often.
const TRIED: usize = 3;

/// How one sync fetches articles, and what it has learnt of the server so far.
#[derive(Default)]
pub(crate) struct Contents {
    /// Ids that the server must be able to give: it has listed them in this sync, or gave them before.
    known: Vec<String>,
    /// Ids that failed in an earlier sync and are asked for each by itself.
    alone: HashSet<String>,
    /// The most articles that an answer has held.
    gives: usize,
    /// The most ids in one request, where fewer than usual are right.
    size: Option<usize>,
    requests: usize,
    barren: usize,
    failed: usize,
    /// A request for articles was answered.
    answered: bool,
    /// Ids that this sync does not ask for again.
    left_out: HashSet<String>,
    /// How many articles could not be fetched, and why the first could not.
    broken: Option<(usize, Failure)>,
    /// Ids that were asked for once more after a request for them alone had failed.
    again: HashSet<String>,
    /// Ids whose request failed though it was for them alone.
    refused: Vec<String>,
    /// Nothing was known that the server must be able to give.
    unsure: bool,
    /// Ids that failed in an earlier sync and do so no longer.
    mended: Vec<String>,
}

/// What is done with ids that are settled, and the articles that came for them.
pub(crate) type Take<'a, E> = &'a mut dyn FnMut(&[String], Vec<Item>) -> Result<(), E>;

impl Contents {
    /// `left_out`: ids that are not asked for in this sync; `alone`: those that each have a request of their
    /// own, since they failed before.
    pub fn new(left_out: &HashSet<String>, alone: &HashSet<String>) -> Contents {
        Contents {
            left_out: left_out.clone(),
            alone: alone.clone(),
            ..Contents::default()
        }
    }

    /// Takes up ids that the server must be able to give, as far as they are needed.
    pub fn knows<'a>(&mut self, ids: impl Iterator<Item = &'a String>) {
        let left = SAMPLE.saturating_sub(self.known.len());
        let is_sound = |id: &&String| !self.left_out.contains(*id) && !self.alone.contains(*id);
        self.known.extend(ids.filter(is_sound).take(left).cloned());
    }

    /// Forgets how the server answered so far, but for the articles that it could not give.
    pub fn begin_again(&mut self) {
        (self.gives, self.size, self.answered) = (0, None, false);
        (self.requests, self.barren, self.failed) = (0, 0, 0);
    }

    /// Ids that this sync does not ask for again: fetching them failed, or nothing is certain of them.
    pub fn left_out(&self) -> &HashSet<String> {
        &self.left_out
    }

    fn leave_out(&mut self, ids: Vec<String>, why: Option<Failure>) {
        if let Some(why) = why {
            self.broken.get_or_insert((0, why)).0 += ids.len();
            if let [id] = &ids[..] {
                self.refused.push(id.clone());
            }
        }
        self.left_out.extend(ids);
    }

    /// Fetches articles, up to `at_once` in a request. An id that does not come counts as asked for only
    /// where its request was no larger than an answer of this server is known to be. Where a request fails
    /// by what is in it, its halves are asked for.
    ///
    /// An error where the server answers nothing, or for another reason than an article.
    pub fn fetch<E>(
        &mut self,
        server: &mut Server<'_>,
        ids: &[String],
        at_once: usize,
        take: Take<'_, E>,
    ) -> Result<(), Stop<E>> {
        let left = ids.iter().filter(|id| !self.left_out.contains(*id));
        let (alone, left): (Vec<String>, Vec<String>) =
            left.cloned().partition(|id| self.alone.contains(id));
        let mut waiting: VecDeque<(Vec<String>, bool)> = left
            .chunks(at_once)
            .chain(alone.chunks(1))
            .map(|ids| (ids.to_vec(), false))
            .collect();
        let most = match server.dialect().counts_requests() {
            true => 2 * server.dialect().requests_for_articles(),
            false => REQUESTS,
        };
        while !waiting.is_empty() {
            if self.requests >= most {
                waiting
                    .into_iter()
                    .for_each(|(ids, _)| self.leave_out(ids, None));
                return Ok(());
            }
            if self.barren >= BARREN && waiting.iter().any(|(_, again)| *again) {
                let (again, first): (VecDeque<_>, _) =
                    waiting.into_iter().partition(|(_, again)| *again);
                waiting = first;
                let again = again.into_iter().flat_map(|(ids, _)| ids).collect();
                self.leave_out(again, None);
                continue;
            }
            let round = self.round(&mut waiting, server.dialect().at_once());
            let chunks: Vec<&[String]> = round.iter().map(|(ids, _)| &ids[..]).collect();
            let answers = server.articles(&chunks);
            self.requests += answers.len();
            let (mut again, mut hard) = (Vec::new(), None);
            for ((asked, again_asked), answer) in round.into_iter().zip(answers) {
                match answer {
                    Ok(items) => {
                        let missing = self.came(server, asked, again_asked, items, take)?;
                        let size = self.gives.max(1);
                        again.extend(missing.chunks(size).map(|ids| (ids.to_vec(), true)));
                    }
                    Err(why) if may_be_an_article(&why) => {
                        let halves = self.failed(asked, why.clone());
                        again.extend(halves.into_iter().map(|ids| (ids, again_asked)));
                        if self.failed >= FAILED_AT_FIRST && !self.answers(server)? {
                            hard.get_or_insert(why);
                        }
                    }
                    // What came beside it is stored all the same.
                    Err(why) => hard = hard.or(Some(why)),
                }
            }
            if let Some(why) = hard {
                return Err(why.into());
            }
            again
                .into_iter()
                .rev()
                .for_each(|one| waiting.push_front(one));
        }
        match &self.broken {
            Some((_, why)) if !self.answered => {
                let why = why.clone();
                match self.answers(server)? {
                    true => Ok(()),
                    false => Err(why.into()),
                }
            }
            _ => Ok(()),
        }
    }

    /// Says in the summary which articles the server could not give, if it is they that are at fault and not
    /// the server.
    pub fn sum_up(self, summary: &mut Summary) {
        summary.mended = self.mended;
        if self.answered || self.unsure {
            summary.refused = self.refused;
            summary.left_out = self.broken;
        }
    }

    /// Whether the server gives any articles at all, which is tried with a few where none came so far: then it
    /// is the articles that are at fault.
    fn answers<E>(&mut self, server: &mut Server<'_>) -> Result<bool, Stop<E>> {
        if self.answered {
            return Ok(true);
        }
        self.known.retain(|id| !self.left_out.contains(id));
        self.unsure = self.known.is_empty();
        let known = std::mem::take(&mut self.known);
        for few in known.chunks(FEW).take(TRIED) {
            self.requests += 1;
            for answer in server.articles(&[few]) {
                match answer {
                    Ok(items) => self.answered |= !items.is_empty(),
                    Err(why) if may_be_an_article(&why) => {}
                    Err(why) => return Err(why.into()),
                }
            }
            if self.answered {
                break;
            }
        }
        self.known = known;
        Ok(self.answered)
    }

    /// The next requests, none of them too large for what is known by now.
    fn round(
        &self,
        waiting: &mut VecDeque<(Vec<String>, bool)>,
        most: usize,
    ) -> Vec<(Vec<String>, bool)> {
        let mut round = Vec::new();
        while round.len() < most
            && let Some((mut ids, again)) = waiting.pop_front()
        {
            if let Some(size) = self.size.filter(|size| *size < ids.len()) {
                waiting.push_front((ids.split_off(size), again));
            }
            round.push((ids, again));
        }
        round
    }

    /// An answer came: what it settles is taken, what is to be asked for again returned.
    fn came<E>(
        &mut self,
        server: &mut Server<'_>,
        asked: Vec<String>,
        again: bool,
        items: Vec<Item>,
        take: Take<'_, E>,
    ) -> Result<Vec<String>, Stop<E>> {
        self.answered = true;
        let came: HashSet<&str> = items.iter().map(|item| item.rid.as_str()).collect();
        let (mut there, mut missing): (Vec<String>, Vec<String>) =
            asked.into_iter().partition(|id| came.contains(id.as_str()));
        self.gives = self.gives.max(there.len());
        self.barren += usize::from(again && there.is_empty());
        if again && !there.is_empty() {
            // What an answer lacked is there: answers are shorter than what was asked for.
            self.size = Some(self.size.map_or(self.gives, |size| size.min(self.gives)));
        }
        let asked = there.len() + missing.len();
        let known_server = server.protocol() == Protocol::Fever || server.dialect().is_known();
        let none = there.is_empty() && known_server;
        if self.gives < missing.len().min(SAMPLE) && !none {
            self.sample(server)?;
        }
        if asked <= self.gives.max(1) || none {
            there.append(&mut missing);
        } else if self.gives == 0 {
            // Nothing is there that would show how much comes at once.
            self.leave_out(std::mem::take(&mut missing), None);
        }
        if !there.is_empty() {
            take(&there, items).map_err(Stop::Shelf)?;
            let mended = there.into_iter().filter(|id| self.alone.contains(id));
            self.mended.extend(mended);
        }
        Ok(missing)
    }

    /// Asks once for articles that are there, to see how many come.
    fn sample<E>(&mut self, server: &mut Server<'_>) -> Result<(), Stop<E>> {
        let known = std::mem::take(&mut self.known);
        let most = match server.protocol() {
            Protocol::Fever => fever::AT_ONCE,
            Protocol::GoogleReader => SAMPLE,
        };
        let known = &known[..known.len().min(most)];
        if known.len() <= self.gives {
            return Ok(());
        }
        self.requests += 1;
        for answer in server.articles(&[known]) {
            match answer {
                Ok(items) => {
                    let came: HashSet<String> = items.into_iter().map(|item| item.rid).collect();
                    let came = known.iter().filter(|id| came.contains(*id)).count();
                    self.gives = self.gives.max(came);
                }
                Err(why) if may_be_an_article(&why) => {}
                Err(why) => return Err(why.into()),
            }
        }
        Ok(())
    }

    /// A request failed: its halves, or nothing where it is the article itself or enough has failed.
    fn failed(&mut self, mut asked: Vec<String>, why: Failure) -> Vec<Vec<String>> {
        self.failed += 1;
        // One that was well before may have met a mishap; an answer that is too large is so again.
        if let [id] = &asked[..]
            && !matches!(why, Failure::TooLarge(_))
            && self.failed < FAILED
            && !self.alone.contains(id)
            && self.again.insert(id.clone())
        {
            return vec![asked];
        }
        if asked.len() <= 1 || self.failed >= FAILED {
            self.leave_out(asked, Some(why));
            return Vec::new();
        }
        let half = asked.len().div_ceil(2);
        let size = match why {
            Failure::TooLarge(_) => half,
            _ => half.max(SMALL),
        };
        self.size = Some(self.size.map_or(size, |known| known.min(size)));
        let rest = asked.split_off(half);
        vec![asked, rest]
    }
}

/// Whether it may be one of the articles that makes a request fail.
pub(crate) fn may_be_an_article(why: &Failure) -> bool {
    matches!(
        why,
        Failure::Status(_) | Failure::TooLarge(_) | Failure::Unexpected(_)
    )
}
