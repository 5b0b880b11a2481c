//! Article pages of one outlet, fetched one after the other within the limits that the config, the
//! outlet's robots.txt and its answers set.
//! Never here: which entries are new, how a page is read and stored (`page_reading`).

use std::time::Duration;

use super::context::{Failure, Visit, VisitState};
use super::full_text::Verdict;
use super::page_reading::{self, Batch, Wanted, add_to_batch, fetch_article, give_up_or_retry};
use super::report::Progress;
use super::robots_cache::{Allowed, without_robots};
use newsprint_fetch::FetchError;
use newsprint_model::{FullText, Source, Time};

/// Where robots.txt asks for a long pause between two requests, a visit fetches so many pages as fit
/// into this; the rest comes with the next.
const VISIT: Duration = Duration::from_secs(120);

/// After so many pages in a row that could not be fetched the outlet is not well: the rest waits.
const FAILURES_IN_A_ROW: usize = 3;

/// How the pages of one visit went.
#[derive(Debug, Default)]
struct Tally {
    /// Requests made.
    asked: usize,
    /// Pages that could not be fetched or read, and why the first of them.
    missing: usize,
    first_reason: Option<String>,
    /// Failures in a row.
    in_a_row: usize,
    /// Pages that robots.txt does not allow.
    forbidden: usize,
    /// Why no more pages are fetched.
    end: Option<FetchError>,
}

impl Tally {
    fn missing(&mut self, why: String) {
        self.missing += 1;
        self.first_reason.get_or_insert(why);
    }

    /// What the reader may want to know.
    fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if let Some(why) = &self.first_reason {
            remarks.push(match self.missing {
                1 => format!("failed to fetch an article page ({why})"),
                n => format!("failed to fetch {n} article pages (the first: {why})"),
            });
        }
        if self.forbidden > 0 {
            let articles = self.forbidden;
            remarks.push(format!(
                "robots.txt does not allow the pages of {articles} articles"
            ));
        }
        remarks
    }
}

/// Fetches the pages, at most as many as the config says; the rest is remembered for later.
pub(super) fn fetch(
    visit: &Visit<'_>,
    wanting: Vec<Wanted>,
    state: &mut VisitState,
) -> Result<(), Failure> {
    let mut batch = Batch::new(visit)?;
    let mut tally = Tally::default();
    let most = most_pages(visit, &wanting, state, &mut tally);
    let total = wanting.len().min(most);
    for wanted in wanting {
        let verdict = wanted.verdict(state);
        let by_feed = !wanted.is_again() && visit.full_text == FullText::Auto;
        if by_feed && verdict == Verdict::Whole {
            // The pages before have taught that the feed's text is enough.
            if let Err(why) = add_to_batch(visit, &wanted, &mut batch, state, None, verdict) {
                tally.missing(why.to_string());
                give_up_or_retry(visit, state, wanted, true);
            }
            continue;
        }
        let stop = tally.end.is_some() || tally.asked >= most;
        if stop || tally.in_a_row >= FAILURES_IN_A_ROW {
            wanted.enqueue(state);
            continue;
        }
        let Some(wanted) = allowed(visit, wanted, state, &mut tally) else {
            continue;
        };
        tally.asked += 1;
        match fetch_article(visit, &wanted, &mut batch, state, verdict) {
            Ok(()) => tally.in_a_row = 0,
            Err(Failure::Store(why)) => return Err(why.into()),
            Err(Failure::Source(why)) => {
                tally.missing(why);
                give_up_or_retry(visit, state, wanted, true);
            }
            Err(Failure::Fetch(why) | Failure::Robots(why)) => {
                if !not_fetched(visit, wanted, why, state, &mut tally) {
                    continue;
                }
            }
        }
        (visit.progress)(Progress::Pages {
            outlet: visit.outlet.name.clone(),
            done: tally.asked,
            total,
        });
        batch.commit_if_due(visit, state)?;
    }
    batch.finish(visit, state)?;
    state.remarks.extend(tally.remarks());
    match tally.end {
        Some(why @ FetchError::Later { .. }) => {
            // The outlet as a whole asks for a pause; its source has answered all the same.
            if let FetchError::Later {
                until: Some(until), ..
            } = why
            {
                let now = visit.fetcher.clock.now();
                let until = newsprint_fetch::schedule::retry_at(now, until);
                state.stored.retry_after = Some(until);
                state.stored.next_fetch = state.stored.next_fetch.max(Some(until));
            }
            state.remarks.push(why.to_string());
            Ok(())
        }
        Some(why) => Err(why.into()),
        None => Ok(()),
    }
}

/// How many pages this visit fetches at most.
fn most_pages(
    visit: &Visit<'_>,
    wanting: &[Wanted],
    state: &mut VisitState,
    tally: &mut Tally,
) -> usize {
    let most = visit.config.max_pages;
    let Some(first) = wanting.first().filter(|_| state.is_listed()) else {
        return most;
    };
    let robots = match visit.fetcher.robots(&mut state.crawl.robots, first.url()) {
        Ok(robots) => robots.ok(),
        Err(why) => {
            tally.end = Some(why);
            None
        }
    };
    let delay = robots.and_then(|robots| visit.fetcher.delay(&robots));
    match delay.filter(|delay| !delay.is_zero()) {
        Some(delay) => {
            let fit = VISIT.as_secs_f64() / delay.as_secs_f64();
            let most = most.min((fit as usize).max(1));
            if most < wanting.len() {
                let rest = wanting.len() - most;
                state.remarks.push(format!(
                    "{rest} article pages are put off: robots.txt requests long pauses"
                ));
            }
            most
        }
        None => most,
    }
}

/// The page, if robots.txt allows it; else it is given up, or waits until that is known.
fn allowed(
    visit: &Visit<'_>,
    wanted: Wanted,
    state: &mut VisitState,
    tally: &mut Tally,
) -> Option<Wanted> {
    if !wanted.is_listed() {
        return Some(wanted);
    }
    match visit.fetcher.allowed(&mut state.crawl.robots, wanted.url()) {
        Ok(Allowed::Yes) => return Some(wanted),
        Ok(Allowed::No) => {
            tally.forbidden += 1;
            state.crawl.done(wanted.url());
        }
        Ok(Allowed::Unknown(why)) => {
            tally.missing(without_robots(&why));
            wanted.enqueue(state);
        }
        Err(why) => {
            wanted.enqueue(state);
            tally.end = Some(why);
        }
    }
    None
}

/// A request that failed: tried again later, or it ends the fetching. `false` where it says nothing of
/// the page itself.
fn not_fetched(
    visit: &Visit<'_>,
    wanted: Wanted,
    why: FetchError,
    state: &mut VisitState,
    tally: &mut Tally,
) -> bool {
    if let FetchError::Later { until, .. } = why
        && !is_of_outlet(visit, state, &wanted, until)
    {
        // Another host that is asked for this one page; the outlet's own may go on.
        tally.in_a_row += 1;
        match until {
            Some(until) => state.crawl.enqueue_after(wanted.into_page(), until),
            None => wanted.enqueue(state),
        }
        return false;
    }
    if matches!(why, FetchError::Stopped | FetchError::Later { .. }) {
        wanted.enqueue(state);
        tally.end = Some(why);
        return false;
    }
    let lasting = why.status().is_some_and(|s| (400..500).contains(&s));
    tally.in_a_row = if lasting { 0 } else { tally.in_a_row + 1 };
    tally.missing(why.to_string());
    give_up_or_retry(visit, state, wanted, lasting);
    true
}

/// Whether it is the outlet's own host that asks for a pause.
fn is_of_outlet(
    visit: &Visit<'_>,
    state: &VisitState,
    wanted: &Wanted,
    until: Option<Time>,
) -> bool {
    let source = state.stored.source.as_ref().map(Source::url);
    let source = source.unwrap_or(visit.fetcher.home);
    match until {
        // A redirect may have led anywhere, so the address of the page does not tell.
        Some(_) => visit.fetcher.client.is_blocked(source),
        None => page_reading::host(source) == page_reading::host(wanted.url()),
    }
}
