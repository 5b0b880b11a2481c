//! One sync from beginning to end: which request follows which, and what is stored after each.
//! Never here: how requests are written or sent, how anything is stored.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use newsprint_model::Time;
use newsprint_model::remote::{
    MarkKind, MergedMarks, OutgoingMark, RemoteChange, RemoteRow, Subscription,
};

use super::contents::{Contents, may_be_an_article};
use super::fever;
use super::greader::{Item, Stream};
use super::merge::Lists;
use super::server::{Protocol, Server};
use super::wire::Failure;

/// What a sync needs of a store. Each call is one transaction and may be repeated.
pub trait Shelf {
    /// Why the store fails; ends the sync.
    type Error;

    /// Marks to be sent, oldest first: those that no `OK` was had for.
    fn outgoing(&mut self) -> Result<Vec<OutgoingMark>, Self::Error>;
    /// They are about to leave.
    fn sending(&mut self, marks: &[OutgoingMark]) -> Result<(), Self::Error>;
    /// The server said `OK`. A mark that was changed meanwhile (another `seq`) is passed over.
    fn acknowledged(&mut self, marks: &[OutgoingMark]) -> Result<(), Self::Error>;
    /// The server's feeds; a list that cannot be right may be left for a later sync to confirm.
    fn subscriptions(&mut self, feeds: &[Subscription]) -> Result<(), Self::Error>;
    /// Every remembered article.
    fn rows(&mut self, visit: &mut dyn FnMut(&RemoteRow)) -> Result<(), Self::Error>;
    /// Applies what `decide` says of each remembered article; read in the same transaction.
    fn merge(
        &mut self,
        decide: &mut dyn FnMut(&RemoteRow) -> Option<RemoteChange>,
    ) -> Result<MergedMarks, Self::Error>;
    /// Of these ids, newest first, those that are not known are to be fetched.
    fn want(&mut self, ids: &[String]) -> Result<(), Self::Error>;
    /// Ids to be fetched, newest first; how many there are in all.
    fn wanted(&mut self, most: usize) -> Result<(Vec<String>, usize), Self::Error>;
    /// Articles that came, and the ids that were asked for: what did not come is wanted no more.
    fn articles(&mut self, asked: &[String], items: Vec<Item>) -> Result<u64, Self::Error>;
    /// Up to `most` recent articles whose text may have changed since it was fetched.
    fn recheck(&mut self, most: usize) -> Result<Vec<String>, Self::Error>;
    /// `done` of `of` texts are stored.
    fn progress(&mut self, done: usize, of: usize);
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Only marks are sent.
    pub send_only: bool,
    /// Read articles that are fetched at the first sync.
    pub first: usize,
    /// Look for articles that were read elsewhere before they were seen here.
    pub history: bool,
    /// The newest arrival so far, seconds; `None` before the first sync.
    pub newest: Option<i64>,
    /// Ids in the first request with marks; less after a server refused such requests.
    pub batch: usize,
    /// Fever: the highest id so far; `None` before the first sync.
    pub highest: Option<i64>,
    /// Ids of articles that the server could not give lately: they are not asked for in this sync.
    pub left_out: HashSet<String>,
    /// Those that it could not give before and that are asked for again, each by itself.
    pub alone: HashSet<String>,
    /// Marks are not sent: the server answered them with a request for a pause, status and end.
    pub held: Option<(u16, Time)>,
}

impl Default for Plan {
    fn default() -> Plan {
        Plan {
            send_only: false,
            first: 1_000,
            history: true,
            newest: None,
            batch: BATCH,
            highest: None,
            left_out: HashSet::new(),
            alone: HashSet::new(),
            held: None,
        }
    }
}

/// What a sync came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Marks that the server took.
    pub sent: u64,
    /// Articles seen for the first time.
    pub new: u64,
    /// What the server's lists changed.
    pub merged: MergedMarks,
    /// Articles that the server could not give, and why: a later sync asks for them again.
    pub left_out: Option<(usize, Failure)>,
    /// Those of them that it could not give even when asked for one alone: for [`Plan::alone`].
    pub refused: Vec<String>,
    /// Those of [`Plan::alone`] that it could give.
    pub mended: Vec<String>,
    /// A request with marks was refused with a status: smaller ones are tried next time.
    pub batch_refused: bool,
    /// All steps were done.
    pub whole: bool,
    /// Fever: the highest id so far, for the next [`Plan::highest`].
    pub highest: Option<i64>,
}

/// Why a sync ended early.
#[derive(Debug, PartialEq, Eq)]
pub enum Stop<E> {
    /// The server, the network or the password.
    Server(Failure),
    /// The store.
    Shelf(E),
}

impl<E> From<Failure> for Stop<E> {
    fn from(why: Failure) -> Stop<E> {
        Stop::Server(why)
    }
}

/// Ids in a request with marks: FreshRSS may take 18 ms for each, and proxies wait 10 s.
pub const BATCH: usize = 200;

/// … and no more than this where the server is quick; FreshRSS cuts a body off at 1 MiB.
const LARGEST_BATCH: usize = 500;

/// A batch that took so long is not made larger.
const QUICK: Duration = Duration::from_millis(1_500);

/// Requests with marks that may fail before the rest waits for the next sync.
const FAILED_BATCHES: usize = 3;

/// Marks that are sent one by one in one sync (Fever).
const ONE_BY_ONE: usize = 200;

/// A list of Fever's that is so long may be cut off.
const CUT: usize = 1_000;

/// Ids of unread and of starred articles that are believed to be whole lists.
const LONGEST_LIST: usize = 100_000;

/// Unread and starred articles whose texts the first sync fetches.
const FIRST: usize = 10_000;

/// The newest articles that each sync looks at, read or not.
const LATELY: usize = 1_000;

/// Remembered articles that are asked for where the lists are empty, to see whether the server gives any.
const KNOWN: usize = 20;

/// Texts that are looked at again in one sync.
const RECHECK: usize = 200;

/// Runs one sync. What is done before it ends early is done; `summary` says how far it came.
pub fn sync<S: Shelf>(
    server: &mut Server<'_>,
    shelf: &mut S,
    plan: &Plan,
    summary: &mut Summary,
) -> Result<(), Stop<S::Error>> {
    let mut contents = Contents::new(&plan.left_out, &plan.alone);
    let done = steps(server, shelf, plan, &mut contents, summary);
    contents.sum_up(summary);
    done
}

fn steps<S: Shelf>(
    server: &mut Server<'_>,
    shelf: &mut S,
    plan: &Plan,
    contents: &mut Contents,
    summary: &mut Summary,
) -> Result<(), Stop<S::Error>> {
    let fever = server.protocol() == Protocol::Fever;
    let mut failed = None;
    let mut waiting = shelf.outgoing().map_err(Stop::Shelf)?;
    if let (Some((status, until)), false) = (plan.held, waiting.is_empty()) {
        let until = Some(until);
        failed = Some(Failure::Later { status, until });
        waiting.clear();
    }
    if !fever && !waiting.is_empty() {
        server.get_to_know()?;
    }
    // Where a mark that is set already would be taken away again, the lists come first.
    let looks = (fever || server.dialect().toggles()) && !waiting.is_empty();
    if !looks {
        failed = failed.or(send(server, shelf, waiting, plan, summary)?);
        if plan.send_only {
            return failed.map_or(Ok(()), |why| Err(why.into()));
        }
        if server.is_short() {
            return Err(failed.unwrap_or(server.quota_failure()).into());
        }
    }
    if !plan.send_only {
        let feeds = server.subscriptions()?;
        shelf.subscriptions(&feeds).map_err(Stop::Shelf)?;
    }
    let mut unread = server.list(Stream::Unread, LONGEST_LIST)?;
    let mut starred = server.list(Stream::Starred, LONGEST_LIST)?;
    if looks {
        let before = summary.sent;
        failed = match fever {
            true => send_one_by_one(server, shelf, &unread, &starred, summary)?,
            false => {
                let ids = (&unread[..], &starred[..]);
                send_what_differs(server, shelf, ids, plan, contents, summary)?
            }
        };
        if summary.sent > before {
            unread = server.list(Stream::Unread, LONGEST_LIST)?;
            starred = server.list(Stream::Starred, LONGEST_LIST)?;
        }
        if plan.send_only {
            return failed.map_or(Ok(()), |why| Err(why.into()));
        }
    }
    let lately = match plan.history && !fever {
        true => lately(server, plan)?,
        false => Vec::new(),
    };
    summary.highest = plan.highest;
    if fever {
        let ids = unread.iter().chain(&starred);
        summary.highest = summary
            .highest
            .max(ids.filter_map(|id| id.parse().ok()).max());
    }
    let first = |stream| match server.no_end(stream) {
        None => FIRST,
        Some(_) => LATELY,
    };
    let unread_first = unread.iter().take(first(Stream::Unread));
    let mut wanted: Vec<String> = unread_first.cloned().collect();
    wanted.extend(starred.iter().take(first(Stream::Starred)).cloned());
    wanted.extend(lately);
    let mut whole = |stream, ids: Vec<String>| -> Option<HashSet<String>> {
        let no_end = server.no_end(stream);
        let is_whole = no_end.is_none() && ids.len() < LONGEST_LIST;
        failed = failed.take().or(no_end);
        is_whole.then(|| ids.into_iter().collect())
    };
    let mut lists = Lists {
        unread: whole(Stream::Unread, unread),
        starred: whole(Stream::Starred, starred),
        ..Lists::default()
    };
    contents.knows(lists.unread.iter().chain(&lists.starred).flatten());
    // What was proven before a failure is true all the same.
    let proven = match prove(server, shelf, &mut lists, contents) {
        Err(Stop::Shelf(why)) => return Err(Stop::Shelf(why)),
        // An article that cannot be proven holds back no others.
        Err(Stop::Server(why)) if may_be_an_article(&why) => {
            failed.get_or_insert(why);
            contents.begin_again();
            Ok(())
        }
        other => other,
    };
    summary.merged = shelf
        .merge(&mut |row| lists.merge(row))
        .map_err(Stop::Shelf)?;
    proven?;
    drop(lists);
    if plan.history && fever {
        match read_elsewhere(server, shelf, plan, summary) {
            // A page cannot be had for one of its articles: those that are unread or starred come by their ids.
            Err(Stop::Server(why)) if may_be_an_article(&why) => {
                failed.get_or_insert(why);
            }
            other => other?,
        }
    }
    shelf.want(&wanted).map_err(Stop::Shelf)?;
    drop(wanted);
    texts(server, shelf, contents, summary)?;
    if !server.dialect().counts_requests() {
        let again = shelf.recheck(RECHECK).map_err(Stop::Shelf)?;
        fetch(server, shelf, contents, &again, &mut 0)?;
    }
    summary.whole = true;
    failed.map_or(Ok(()), |why| Err(why.into()))
}

/// The newest articles: those that were read elsewhere before they were seen here are on no other list.
fn lately(server: &mut Server<'_>, plan: &Plan) -> Result<Vec<String>, Failure> {
    const DAY: i64 = 24 * 3600;
    let (since, most) = match plan.newest {
        Some(newest) if server.dialect().knows_arrival() => (Some(newest - DAY), LATELY),
        Some(_) => (None, LATELY),
        None => (None, plan.first),
    };
    let stream = match plan.newest {
        None if server.dialect().filters_read() => Stream::Read,
        _ => Stream::Lately(since),
    };
    match most {
        0 => Ok(Vec::new()),
        most => server.list(stream, most),
    }
}

/// The same of Fever, which has no list for it: articles are walked by their numbers, at the first sync
/// from the newest downwards, later from the highest known one upwards.
fn read_elsewhere<S: Shelf>(
    server: &mut Server<'_>,
    shelf: &mut S,
    plan: &Plan,
    summary: &mut Summary,
) -> Result<(), Stop<S::Error>> {
    let pages = match plan.highest {
        None => plan.first.div_ceil(fever::AT_ONCE),
        Some(_) => LATELY / fever::AT_ONCE,
    };
    let mut walk = match plan.highest {
        None => fever::Walk::Down(i64::MAX),
        Some(highest) => fever::Walk::Up(highest),
    };
    for _ in 0..pages {
        let items = server.walk(walk)?;
        let numbers = || items.iter().filter_map(|item| item.rid.parse::<i64>().ok());
        let (Some(lowest), Some(highest)) = (numbers().min(), numbers().max()) else {
            break;
        };
        let next = match walk {
            fever::Walk::Down(_) => fever::Walk::Down(lowest),
            fever::Walk::Up(_) => fever::Walk::Up(highest),
        };
        let ids: Vec<String> = items.iter().map(|item| item.rid.clone()).collect();
        summary.new += shelf.articles(&ids, items).map_err(Stop::Shelf)?;
        summary.highest = summary.highest.max(Some(highest));
        // A page that is not full is the last; so is one that is answered again.
        if ids.len() < fever::AT_ONCE || next == walk {
            break;
        }
        walk = next;
    }
    Ok(())
}

/// Sends what waits, one kind and value a request. The failure is the first that did not stop it all.
fn send<S: Shelf>(
    server: &mut Server<'_>,
    shelf: &mut S,
    marks: Vec<OutgoingMark>,
    plan: &Plan,
    summary: &mut Summary,
) -> Result<Option<Failure>, Stop<S::Error>> {
    let mut size = plan.batch.clamp(1, LARGEST_BATCH);
    let (mut failed, mut failures) = (None, 0);
    for (kind, want) in [
        (MarkKind::Read, true),
        (MarkKind::Read, false),
        (MarkKind::Star, true),
        (MarkKind::Star, false),
    ] {
        let mut left: Vec<OutgoingMark> = marks
            .iter()
            .filter(|mark| mark.kind == kind && mark.want == want)
            .cloned()
            .collect();
        while !left.is_empty() && failures < FAILED_BATCHES {
            let rest = left.split_off(size.min(left.len()));
            let mut batch = std::mem::replace(&mut left, rest);
            // What the reader has changed since the marks were taken waits no more, or is another mark.
            let now: HashSet<OutgoingMark> =
                shelf.outgoing().map_err(Stop::Shelf)?.into_iter().collect();
            batch.retain(|mark| now.contains(mark));
            if batch.is_empty() {
                continue;
            }
            shelf.sending(&batch).map_err(Stop::Shelf)?;
            match server.mark(&batch) {
                Ok(took) => {
                    shelf.acknowledged(&batch).map_err(Stop::Shelf)?;
                    summary.sent += batch.len() as u64;
                    if took < QUICK && plan.batch >= BATCH {
                        size = (size * 2).min(LARGEST_BATCH);
                    }
                }
                Err(why @ (Failure::SignedOut | Failure::StillSignedOut | Failure::Stopped)) => {
                    return Err(why.into());
                }
                Err(why) => {
                    // One id that a server cannot take must not hold back the others.
                    let may_be_an_id = matches!(why, Failure::Status(_));
                    summary.batch_refused |= may_be_an_id;
                    failures += if may_be_an_id { 1 } else { FAILED_BATCHES };
                    failed.get_or_insert(why);
                }
            }
        }
    }
    Ok(failed)
}

/// Sends what waits and what the server does not have yet: by its lists, and by the article where they say
/// nothing.
fn send_what_differs<S: Shelf>(
    server: &mut Server<'_>,
    shelf: &mut S,
    (unread, starred): (&[String], &[String]),
    plan: &Plan,
    contents: &mut Contents,
    summary: &mut Summary,
) -> Result<Option<Failure>, Stop<S::Error>> {
    // Made while the lists came: they are of now.
    let marks = shelf.outgoing().map_err(Stop::Shelf)?;
    let unread: HashSet<&String> = unread.iter().collect();
    let starred: HashSet<&String> = starred.iter().collect();
    let listed = |mark: &OutgoingMark| match mark.kind {
        MarkKind::Read => unread.contains(&mark.rid).then_some(false),
        MarkKind::Star => starred.contains(&mark.rid).then_some(true),
    };
    let mut doubtful: Vec<String> = marks
        .iter()
        .filter(|mark| listed(mark).is_none())
        .map(|mark| mark.rid.clone())
        .collect();
    doubtful.sort_unstable();
    doubtful.dedup();
    let mut states = HashMap::new();
    let mut take = |_: &[String], items: Vec<Item>| -> Result<(), S::Error> {
        let items = items.into_iter();
        states.extend(items.map(|item| (item.rid, (item.read, item.starred))));
        Ok(())
    };
    contents.knows(unread.iter().chain(&starred).copied());
    let at_once = server.dialect().proof_at_once();
    // What cannot be had is not sent, and holds back no other mark.
    let failed = match contents.fetch(server, &doubtful, at_once, &mut take) {
        Err(Stop::Server(why)) if may_be_an_article(&why) => {
            contents.begin_again();
            Some(why)
        }
        other => other.map(|()| None)?,
    };
    let has = |mark: &OutgoingMark| {
        let by_id = states
            .get(&mark.rid)
            .map(|(read, starred)| match mark.kind {
                MarkKind::Read => *read,
                MarkKind::Star => *starred,
            });
        listed(mark).or(by_id)
    };
    let (there, differs): (Vec<_>, Vec<_>) = marks
        .into_iter()
        // What it does not have at all is not sent, which the proof will show.
        .filter_map(|mark| Some((has(&mark)?, mark)))
        .partition(|(has, mark)| *has == mark.want);
    let marks =
        |pairs: Vec<(bool, OutgoingMark)>| pairs.into_iter().map(|(_, mark)| mark).collect();
    let there: Vec<OutgoingMark> = marks(there);
    if !there.is_empty() {
        shelf.acknowledged(&there).map_err(Stop::Shelf)?;
    }
    Ok(failed.or(send(server, shelf, marks(differs), plan, summary)?))
}

/// Sends what waits and what the lists do not show, a mark a request.
fn send_one_by_one<S: Shelf>(
    server: &mut Server<'_>,
    shelf: &mut S,
    unread: &[String],
    starred: &[String],
    summary: &mut Summary,
) -> Result<Option<Failure>, Stop<S::Error>> {
    let marks = shelf.outgoing().map_err(Stop::Shelf)?;
    if marks.is_empty() {
        return Ok(None);
    }
    // A list that is cut (CommaFeed's is, at a thousand) does not say that what it lacks is read; to set read
    // what is read does no harm.
    let is_cut = unread.len() >= CUT;
    let unread: HashSet<&String> = unread.iter().collect();
    let starred: HashSet<&String> = starred.iter().collect();
    let mut sent = 0;
    for mark in marks {
        let there = match mark.kind {
            MarkKind::Read if is_cut && mark.want => false,
            MarkKind::Read => !unread.contains(&mark.rid),
            MarkKind::Star => starred.contains(&mark.rid),
        };
        let one = std::slice::from_ref(&mark);
        if there == mark.want {
            shelf.acknowledged(one).map_err(Stop::Shelf)?;
            continue;
        }
        if sent == ONE_BY_ONE {
            break;
        }
        // What the reader has changed while the marks before it were sent waits no more, or is another mark.
        let now = shelf.outgoing().map_err(Stop::Shelf)?;
        if !now.contains(&mark) {
            continue;
        }
        sent += 1;
        shelf.sending(one).map_err(Stop::Shelf)?;
        match server.mark(one) {
            Ok(_) => {
                shelf.acknowledged(one).map_err(Stop::Shelf)?;
                summary.sent += 1;
            }
            // It is not there any more, which the proof will show.
            Err(Failure::Status(404)) => {}
            Err(why @ (Failure::SignedOut | Failure::StillSignedOut | Failure::Stopped)) => {
                return Err(why.into());
            }
            Err(why) => return Ok(Some(why)),
        }
    }
    Ok(None)
}

/// Fetches what the lists lack by id: only that says that it was read, or is gone.
fn prove<S: Shelf>(
    server: &mut Server<'_>,
    shelf: &mut S,
    lists: &mut Lists,
    contents: &mut Contents,
) -> Result<(), Stop<S::Error>> {
    let mut doubtful = Vec::new();
    let mut known = Vec::new();
    let mut doubt = |row: &RemoteRow| {
        if lists.needs_proof(row) {
            doubtful.push(row.rid.clone());
        } else if row.missed == 0 && known.len() < KNOWN {
            known.push(row.rid.clone());
        }
    };
    shelf.rows(&mut doubt).map_err(Stop::Shelf)?;
    contents.knows(known.iter());
    let dialect = server.dialect();
    let at_once = match server.protocol() {
        Protocol::Fever => fever::AT_ONCE,
        Protocol::GoogleReader => dialect.proof_at_once(),
    };
    doubtful.truncate(at_once * dialect.requests_for_articles());
    let mut take = |asked: &[String], items: Vec<Item>| {
        lists.asked.extend(asked.iter().cloned());
        let states = items
            .into_iter()
            .map(|item| (item.rid, (item.read, item.starred)));
        lists.proof.extend(states);
        Ok(())
    };
    contents.fetch(server, &doubtful, at_once, &mut take)
}

/// Fetches what is wanted, newest first, until nothing is or the server has been asked enough.
fn texts<S: Shelf>(
    server: &mut Server<'_>,
    shelf: &mut S,
    contents: &mut Contents,
    summary: &mut Summary,
) -> Result<(), Stop<S::Error>> {
    let at_once = match server.protocol() {
        Protocol::Fever => fever::AT_ONCE,
        Protocol::GoogleReader => server.dialect().texts_at_once(),
    };
    let round = at_once * server.dialect().at_once();
    let mut done = 0;
    let mut rounds = server.dialect().requests_for_articles();
    while rounds > 0 {
        rounds -= 1;
        let out = contents.left_out();
        let (mut ids, left) = shelf.wanted(round + out.len()).map_err(Stop::Shelf)?;
        ids.retain(|id| !out.contains(id));
        ids.truncate(round);
        if ids.is_empty() {
            break;
        }
        shelf.progress(done, done + left);
        fetch(server, shelf, contents, &ids, &mut summary.new)?;
        done += ids.len();
        if server.is_short() {
            return Err(server.quota_failure().into());
        }
    }
    Ok(())
}

fn fetch<S: Shelf>(
    server: &mut Server<'_>,
    shelf: &mut S,
    contents: &mut Contents,
    ids: &[String],
    new: &mut u64,
) -> Result<(), Stop<S::Error>> {
    let at_once = match server.protocol() {
        Protocol::Fever => fever::AT_ONCE,
        Protocol::GoogleReader => server.dialect().texts_at_once(),
    };
    let mut take = |asked: &[String], items: Vec<Item>| {
        *new += shelf.articles(asked, items)?;
        Ok(())
    };
    contents.fetch(server, ids, at_once, &mut take)
}
