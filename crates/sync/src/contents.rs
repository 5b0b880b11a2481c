//! Articles by their ids, however few a server gives in one answer and whichever of them breaks it.
//! Never here: what becomes of the articles.

use std::collections::{HashSet, VecDeque};

use super::driver::Stop;
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

/// How one sync fetches articles, and what it has learnt of the server so far.
#[derive(Default)]
pub(crate) struct Contents {
    /// Ids that the server has listed in this sync: those it must be able to give.
    known: Vec<String>,
    /// The most articles that an answer has held.
    gives: usize,
    /// The most ids in one request, where fewer than usual are right.
    size: Option<usize>,
    requests: usize,
    barren: usize,
    failed: usize,
    /// A request for articles was answered.
    pub answered: bool,
    /// Ids that this sync does not ask for again.
    left_out: HashSet<String>,
    /// Articles that could not be fetched, and why the first could not.
    pub broken: Option<(usize, Failure)>,
}

/// What is done with ids that are settled, and the articles that came for them.
pub(crate) type Take<'a, E> = &'a mut dyn FnMut(&[String], Vec<Item>) -> Result<(), E>;

impl Contents {
    /// `lists`: ids that the server has listed in this sync.
    pub fn new<'a>(lists: impl Iterator<Item = &'a String>) -> Contents {
        Contents {
            known: lists.take(SAMPLE).cloned().collect(),
            ..Contents::default()
        }
    }

    /// Ids that this sync does not ask for again: fetching them failed, or nothing is certain of them.
    pub fn left_out(&self) -> &HashSet<String> {
        &self.left_out
    }

    fn leave_out(&mut self, ids: Vec<String>, why: Option<Failure>) {
        if let Some(why) = why {
            self.broken.get_or_insert((0, why)).0 += ids.len();
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
        let left: Vec<String> = ids
            .iter()
            .filter(|id| !self.left_out.contains(*id))
            .cloned()
            .collect();
        let mut waiting: VecDeque<(Vec<String>, bool)> = left
            .chunks(at_once)
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
                        if !self.answered && self.failed >= FAILED_AT_FIRST {
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
        match (&self.broken, self.answered) {
            (Some((_, why)), false) => Err(why.clone().into()),
            _ => Ok(()),
        }
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
