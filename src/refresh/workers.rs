//! The workers of a refresh: threads that each visit outlets one after the other, and one that watches
//! for the reader's stop.
//! Never here: what is done at an outlet, what the store's threads do.

use std::collections::{HashMap, VecDeque};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use url::Url;

use super::RefreshError;
use super::context::{RefreshContext, Visit};
use super::report::{OutletReport, Progress};
use super::requests::{Fetcher, home_of};
use super::store_access::StoreAccess;
use super::store_actor::{self, DocumentPermits};
use newsprint_fetch::Client;
use newsprint_model::Outlet;
use newsprint_store::{SourceState, StoreError};

/// Visits at the same time for each request that may be under way: most of the time a visit waits for
/// a host's gap, and then another can ask.
const VISITS_PER_REQUEST: usize = 4;

/// Threads at most, whatever the concurrency.
const MOST_THREADS: usize = 256;

/// Bytes; visits only wait, parsing has threads of its own.
const STACK: usize = 1 << 20;

/// Visits that hold a whole document, beyond those whose request is under way.
const SPARE_DOCUMENTS: usize = 4;

/// How often the reader's stop is looked at.
const WATCH: Duration = Duration::from_millis(50);

/// What the workers share: outlets still to be visited, and what came of the others.
struct Shared<'a> {
    outlets: &'a [&'a Outlet],
    queue: Mutex<VecDeque<Vec<usize>>>,
    states: Vec<Mutex<SourceState>>,
    reports: Mutex<Vec<Option<OutletReport>>>,
    broken: Mutex<Option<StoreError>>,
}

/// Visits all outlets, several at once, and reports in their order; `None` for those whose turn did
/// not come. `path` is the store's; it exists.
pub(super) fn run_workers(
    context: &RefreshContext<'_>,
    outlets: &[&Outlet],
    states: HashMap<String, SourceState>,
    path: &Path,
    stop: &AtomicBool,
) -> Result<Vec<Option<OutletReport>>, RefreshError> {
    let shared = Shared {
        queue: Mutex::new(by_host(outlets, &states)),
        states: states_of(outlets, states),
        reports: Mutex::new(vec![None; outlets.len()]),
        broken: Mutex::new(None),
        outlets,
    };
    let done = AtomicBool::new(false);
    let requests = context.config.concurrency.max(1);
    let permits = DocumentPermits::new(requests + SPARE_DOCUMENTS);
    let threads = (requests * VISITS_PER_REQUEST)
        .min(MOST_THREADS)
        .min(lock(&shared.queue).len());
    let fail = |why: StoreError| {
        keep_first_error(&mut lock(&shared.broken), why);
        context.client.cancel_token().cancel();
    };
    std::thread::scope(|scope| -> std::io::Result<()> {
        let named = |name: &str| std::thread::Builder::new().name(name.to_owned());
        let watch = named("newsprint-watch").spawn_scoped(scope, || {
            while !done.load(Ordering::SeqCst) {
                if stop.load(Ordering::SeqCst) {
                    context.client.cancel_token().cancel();
                    return;
                }
                std::thread::park_timeout(WATCH);
            }
        })?;
        let started = store_actor::start(scope, path, context.client, &permits, &fail);
        let outcome = started.map(|(store, store_threads)| {
            let visits: Vec<_> = (0..threads)
                .filter_map(|_| {
                    let store = store.clone();
                    let (shared, fail) = (&shared, &fail);
                    let worker = move || visit_all(context, shared, &store, fail);
                    // Where the system has no more threads, fewer do the work.
                    let started = named("newsprint-visit").stack_size(STACK);
                    started.spawn_scoped(scope, worker).ok()
                })
                .collect();
            if visits.is_empty() {
                visit_all(context, &shared, &store, &fail);
            }
            // The store's threads end with the last handle.
            drop(store);
            for thread in visits.into_iter().chain(store_threads) {
                let _ = thread.join();
            }
        });
        done.store(true, Ordering::SeqCst);
        watch.thread().unpark();
        outcome
    })
    .map_err(|why| RefreshError::NoThread(why.to_string()))?;
    let unlocked = PoisonError::into_inner;
    if let Some(why) = shared.broken.into_inner().unwrap_or_else(unlocked) {
        return Err(why.into());
    }
    let mut reports = shared
        .reports
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    if !context.client.cancel_token().is_cancelled() {
        // Nobody stopped the refresh, so every outlet's turn had come.
        for (outlet, report) in outlets.iter().zip(&mut reports) {
            if report.is_none() {
                let failed = OutletReport::unvisited(&outlet.name);
                (context.progress)(Progress::Done(failed.clone()));
                *report = Some(failed);
            }
        }
    }
    Ok(reports)
}

/// What is known of each outlet, in their order.
fn states_of(
    outlets: &[&Outlet],
    mut states: HashMap<String, SourceState>,
) -> Vec<Mutex<SourceState>> {
    let of = |outlet: &&Outlet| {
        let known = states.remove(&outlet.name);
        // Another process may have a newer config, in which the outlet has another address.
        let known = known.filter(|known| known.home == outlet.url);
        Mutex::new(known.unwrap_or_else(|| SourceState {
            home: outlet.url.clone(),
            ..SourceState::default()
        }))
    };
    outlets.iter().map(of).collect()
}

/// One worker: takes groups of outlets from the queue and visits them until none is left.
fn visit_all(
    context: &RefreshContext<'_>,
    shared: &Shared<'_>,
    store: &dyn StoreAccess,
    fail: &dyn Fn(StoreError),
) {
    while let Some(group) = next(&shared.queue, context.client) {
        for number in group {
            if context.client.cancel_token().is_cancelled() {
                return;
            }
            let state = std::mem::take(&mut *lock(&shared.states[number]));
            let visit = visit_of(context, shared.outlets[number], store);
            match visit.run(state) {
                Ok(None) => {}
                Ok(Some(report)) => {
                    (context.progress)(Progress::Done(report.clone()));
                    lock(&shared.reports)[number] = Some(report);
                }
                Err(why) => return fail(why),
            }
        }
    }
}

fn visit_of<'a>(
    context: &RefreshContext<'a>,
    outlet: &'a Outlet,
    store: &'a dyn StoreAccess,
) -> Visit<'a> {
    Visit {
        outlet,
        fetcher: Fetcher {
            client: context.client,
            pool: context.pool,
            clock: context.clock,
            home: home_of(outlet),
            agent: &context.config.user_agent,
            permits: None,
        },
        config: context.config,
        full_text: context.full_text.unwrap_or(outlet.full_text),
        force: context.force,
        started: context.started,
        store,
        images: context.images,
        progress: context.progress,
    }
}

/// Keeps the first error. `Interrupted` gives way to any other: it is what a thread gets that asks
/// another one that has failed, which says why itself.
fn keep_first_error(broken: &mut Option<StoreError>, why: StoreError) {
    if matches!(broken, None | Some(StoreError::Interrupted)) {
        *broken = Some(why);
    }
}

/// Outlets of one host form a group: one worker visits them one after the other, instead of many
/// waiting for the same host.
fn by_host(outlets: &[&Outlet], states: &HashMap<String, SourceState>) -> VecDeque<Vec<usize>> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut groups: VecDeque<Vec<usize>> = VecDeque::new();
    for (number, outlet) in outlets.iter().enumerate() {
        let source = states.get(&outlet.name).and_then(|s| s.source.as_ref());
        let url = source.map_or(outlet.url.as_str(), |source| source.url());
        let host = Url::parse(url).map(|url| {
            let host = url.host_str().unwrap_or_default();
            format!("{host}:{}", url.port_or_known_default().unwrap_or_default())
        });
        let key = host.unwrap_or_else(|_| url.to_owned());
        match places.get(&key) {
            Some(place) => groups[*place].push(number),
            None => {
                places.insert(key, groups.len());
                groups.push_back(vec![number]);
            }
        }
    }
    groups
}

fn next(queue: &Mutex<VecDeque<Vec<usize>>>, client: &Client) -> Option<Vec<usize>> {
    if client.cancel_token().is_cancelled() {
        return None;
    }
    lock(queue).pop_front()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_true_reason_is_told_whichever_thread_speaks_first() {
        let mut broken = None;
        keep_first_error(&mut broken, StoreError::Interrupted);
        keep_first_error(&mut broken, StoreError::Damaged("a torn page".to_owned()));
        keep_first_error(&mut broken, StoreError::Full);
        keep_first_error(&mut broken, StoreError::Interrupted);
        assert!(matches!(broken, Some(StoreError::Damaged(_))), "{broken:?}");
    }
}
