//! Who works at a refresh: threads that wait for outlets, one that writes to the store, one that
//! watches for the stop flag.
//! Never here: what is done at an outlet.

use std::collections::{HashMap, VecDeque};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::time::Duration;

use url::Url;

use super::RefreshError;
use super::article_pages::Stored;
use super::host_pauses;
use super::outlet_memory::Waiting;
use super::parse_pool::Cpu;
use super::report::{OutletReport, Progress};
use super::requests::Ask;
use super::visit::{Desk, Visit};
use crate::config::Refresh;
use newsprint_fetch::{Client, Clock};
use newsprint_model::{Entry, FullText, Outlet, Time};
use newsprint_store::{
    Ingested, Known, Same, SourceState, Store, StoreError, Update, retry_while_busy,
};

/// Outlets under way for each request that may be under way: most of the time a visit waits for a
/// host's gap, and then another can ask.
const VISITS_PER_PLACE: usize = 4;

/// Threads at most, whatever the concurrency.
const MOST_THREADS: usize = 256;

/// They only wait; parsing has threads of its own.
const STACK: usize = 1 << 20;

/// What waits for the writer at most: a bound on memory.
const QUEUE: usize = 4;

/// Visits with a whole document in their hands, beyond those whose request is under way.
const SPARE: usize = 4;

/// States that nobody waits for are committed together, so many at once at most.
const NOTES: usize = 64;

/// … and none waits longer than this.
const NOTE_AGE: Duration = Duration::from_millis(20);

/// What every visit has in common.
pub(super) struct Job<'a> {
    pub config: &'a Refresh,
    pub client: &'a Client,
    pub cpu: &'a Cpu,
    pub clock: &'a dyn Clock,
    /// Overrides the outlets' own choice.
    pub full_text: Option<FullText>,
    pub force: bool,
    pub started: Time,
    /// Where leading pictures are kept, if they are.
    pub images: Option<&'a Path>,
    pub progress: &'a (dyn Fn(Progress) + Sync),
}

/// Visits all outlets, several at once, and reports in their order; `None` for those that were not
/// come to. `path` is the store's; it exists.
pub(super) fn work(
    job: &Job<'_>,
    outlets: &[&Outlet],
    mut states: HashMap<String, SourceState>,
    path: &Path,
    stop: &AtomicBool,
) -> Result<Vec<Option<OutletReport>>, RefreshError> {
    let queue = Mutex::new(by_host(outlets, &states));
    let states: Vec<Mutex<SourceState>> = outlets
        .iter()
        .map(|outlet| {
            let known = states.remove(&outlet.name);
            // Another process may have a newer config, in which the outlet has another address.
            let known = known.filter(|known| known.home == outlet.url);
            Mutex::new(known.unwrap_or_else(|| SourceState {
                home: outlet.url.clone(),
                ..SourceState::default()
            }))
        })
        .collect();
    let reports: Mutex<Vec<Option<OutletReport>>> = Mutex::new(vec![None; outlets.len()]);
    let broken: Mutex<Option<StoreError>> = Mutex::new(None);
    let (to_writer, orders) = mpsc::sync_channel(QUEUE);
    let (to_reader, questions) = mpsc::sync_channel(QUEUE);
    let done = AtomicBool::new(false);
    let room = Room {
        free: Mutex::new(job.config.concurrency.max(1) + SPARE),
        bell: Condvar::new(),
    };
    let threads = (job.config.concurrency.max(1) * VISITS_PER_PLACE)
        .min(MOST_THREADS)
        .min(lock(&queue).len());
    let fail = |why: StoreError| {
        blame(&mut lock(&broken), why);
        job.client.stop().throw();
    };
    std::thread::scope(|scope| {
        let watch = scope.spawn(|| {
            while !done.load(Ordering::SeqCst) {
                if stop.load(Ordering::SeqCst) {
                    job.client.stop().throw();
                    return;
                }
                std::thread::park_timeout(Duration::from_millis(50));
            }
        });
        let fail = &fail;
        // Each opens the store on its own thread: a connection belongs to one.
        let write = scope.spawn(move || {
            let open = Store::open_beside(path).and_then(|store| {
                store.prepare_for_ingest()?;
                write(&store, job.client, orders)
            });
            open.unwrap_or_else(fail);
        });
        let read = scope.spawn(move || {
            let open = Store::open_beside(path).map(|store| {
                questions.into_iter().for_each(|ask: Question| ask(&store));
            });
            open.unwrap_or_else(fail);
        });
        let visits: Vec<_> = (0..threads)
            .filter_map(|_| {
                let office = Office {
                    room: &room,
                    reader: to_reader.clone(),
                    writer: to_writer.clone(),
                };
                let worker = || {
                    let office = office;
                    while let Some(group) = next(&queue, job.client) {
                        for number in group {
                            if job.client.stop().is_thrown() {
                                return;
                            }
                            let state = std::mem::take(&mut *lock(&states[number]));
                            match visit(job, outlets[number], &office, state) {
                                Ok(None) => {}
                                Ok(Some(report)) => {
                                    (job.progress)(Progress::Done(report.clone()));
                                    lock(&reports)[number] = Some(report);
                                }
                                Err(why) => return fail(why),
                            }
                        }
                    }
                };
                // Fewer threads than wished for are enough.
                std::thread::Builder::new()
                    .name("newsprint-visit".to_owned())
                    .stack_size(STACK)
                    .spawn_scoped(scope, worker)
                    .ok()
            })
            .collect();
        drop((to_writer, to_reader));
        for thread in visits {
            let _ = thread.join();
        }
        let _ = (write.join(), read.join());
        done.store(true, Ordering::SeqCst);
        watch.thread().unpark();
    });
    if let Some(why) = broken.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(why.into());
    }
    let mut reports = reports.into_inner().unwrap_or_else(PoisonError::into_inner);
    if !job.client.stop().is_thrown() {
        // Nobody stopped the refresh, so every outlet's turn had come.
        for (outlet, report) in outlets.iter().zip(&mut reports) {
            if report.is_none() {
                let failed = OutletReport::unvisited(&outlet.name);
                (job.progress)(Progress::Done(failed.clone()));
                *report = Some(failed);
            }
        }
    }
    Ok(reports)
}

fn visit(
    job: &Job<'_>,
    outlet: &Outlet,
    office: &Office<'_>,
    state: SourceState,
) -> Result<Option<OutletReport>, StoreError> {
    let ask = Ask {
        client: job.client,
        cpu: job.cpu,
        clock: job.clock,
        home: outlet.feed.as_deref().unwrap_or(&outlet.url),
        agent: &job.config.user_agent,
        desk: None,
    };
    Visit {
        outlet,
        ask,
        config: job.config,
        full_text: job.full_text.unwrap_or(outlet.full_text),
        force: job.force,
        started: job.started,
        store: office,
        images: job.images,
        progress: job.progress,
    }
    .run(state)
}

/// Keeps the first reason. That something was interrupted is none: it comes of a thread that has gone
/// and will say why.
fn blame(broken: &mut Option<StoreError>, why: StoreError) {
    if matches!(broken, None | Some(StoreError::Interrupted)) {
        *broken = Some(why);
    }
}

/// Outlets of one host stand together: one worker visits them one after the other, instead of many
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
    if client.stop().is_thrown() {
        return None;
    }
    lock(queue).pop_front()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the writer is asked to do.
enum Order {
    Ingest {
        outlet: String,
        update: Box<Update>,
        now: Time,
        answer: mpsc::SyncSender<Result<Ingested, StoreError>>,
    },
    Note {
        outlet: String,
        state: Box<SourceState>,
    },
}

/// Does what is ordered, until nobody can order any more.
fn write(store: &Store, client: &Client, orders: mpsc::Receiver<Order>) -> Result<(), StoreError> {
    let mut notes: Vec<(String, SourceState)> = Vec::new();
    let stopped = || client.stop().is_thrown();
    let remember = || retry_while_busy(stopped, || host_pauses::remember(client, store));
    let write_down = |notes: &mut Vec<_>| retry_while_busy(stopped, || write_down(store, notes));
    loop {
        // Notes wait a moment for more of their kind: a thousand outlets that have nothing new are
        // a few transactions, not a thousand.
        let order = if notes.is_empty() {
            orders.recv().ok()
        } else {
            match orders.recv_timeout(NOTE_AGE) {
                Ok(order) => Some(order),
                Err(mpsc::RecvTimeoutError::Disconnected) => None,
                Err(mpsc::RecvTimeoutError::Timeout) => {
                    write_down(&mut notes)?;
                    continue;
                }
            }
        };
        let Some(order) = order else { break };
        match order {
            Order::Note { outlet, state } => {
                notes.push((outlet, *state));
                if notes.len() >= NOTES {
                    write_down(&mut notes)?;
                }
            }
            Order::Ingest {
                outlet,
                update,
                now,
                answer,
            } => {
                let came = retry_while_busy(stopped, || store.ingest(&outlet, &update, now));
                let _ = answer.send(came);
            }
        }
        remember()?;
    }
    write_down(&mut notes)?;
    remember()
}

fn write_down(store: &Store, notes: &mut Vec<(String, SourceState)>) -> Result<(), StoreError> {
    if !notes.is_empty() {
        store.set_source_states(notes)?;
        notes.clear();
    }
    Ok(())
}

/// See [`Desk::enter`].
struct Room {
    free: Mutex<usize>,
    bell: Condvar,
}

/// A question to the reader's connection.
type Question = Box<dyn FnOnce(&Store) + Send>;

/// The store as visits on many threads see it.
struct Office<'a> {
    room: &'a Room,
    reader: mpsc::SyncSender<Question>,
    writer: mpsc::SyncSender<Order>,
}

impl Office<'_> {
    fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = mpsc::sync_channel(1);
        let question: Question = Box::new(move |store| {
            let _ = answer.send(question(store));
        });
        // A reader that has gone has said why.
        if self.reader.send(question).is_err() {
            return Err(StoreError::Interrupted);
        }
        answered.recv().unwrap_or(Err(StoreError::Interrupted))
    }
}

impl Desk for Office<'_> {
    fn enter(&self) {
        let free = lock(&self.room.free);
        let waited = self.room.bell.wait_while(free, |free| *free == 0);
        *waited.unwrap_or_else(PoisonError::into_inner) -= 1;
    }

    fn leave(&self) {
        *lock(&self.room.free) += 1;
        self.room.bell.notify_one();
    }

    fn known(
        &self,
        outlet: &str,
        entries: Vec<Entry>,
    ) -> Result<Vec<(Entry, Option<Known>)>, StoreError> {
        let outlet = outlet.to_owned();
        self.ask(move |store| known(store, &outlet, entries))
    }

    fn repeats(&self, outlet: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let outlet = outlet.to_owned();
        self.ask(move |store| store.repeats(&outlet))
    }

    fn stored(&self, outlet: &str, page: &Waiting) -> Result<Option<Stored>, StoreError> {
        let (outlet, page) = (outlet.to_owned(), page.clone());
        self.ask(move |store| stored(store, &outlet, &page))
    }

    fn ingest(&self, outlet: &str, update: Update, now: Time) -> Result<Ingested, StoreError> {
        let (answer, answered) = mpsc::sync_channel(1);
        let order = Order::Ingest {
            outlet: outlet.to_owned(),
            update: Box::new(update),
            now,
            answer,
        };
        // A writer that has gone has said why; what is here is what was not stored.
        if self.writer.send(order).is_err() {
            return Err(StoreError::Interrupted);
        }
        answered.recv().unwrap_or(Err(StoreError::Interrupted))
    }

    fn note(&self, outlet: &str, state: SourceState) {
        let outlet = outlet.to_owned();
        let state = Box::new(state);
        let _ = self.writer.send(Order::Note { outlet, state });
    }
}

/// The store of a single visit, on the thread that makes it.
impl Desk for Store {
    // One visit always has room.
    fn enter(&self) {}

    fn leave(&self) {}

    fn known(
        &self,
        outlet: &str,
        entries: Vec<Entry>,
    ) -> Result<Vec<(Entry, Option<Known>)>, StoreError> {
        known(self, outlet, entries)
    }

    fn repeats(&self, outlet: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Store::repeats(self, outlet)
    }

    fn stored(&self, outlet: &str, page: &Waiting) -> Result<Option<Stored>, StoreError> {
        stored(self, outlet, page)
    }

    fn ingest(&self, outlet: &str, update: Update, now: Time) -> Result<Ingested, StoreError> {
        Store::ingest(self, outlet, &update, now)
    }

    // A single visit leaves the outlet's state to the refresh.
    fn note(&self, _: &str, _: SourceState) {}
}

fn known(
    store: &Store,
    outlet: &str,
    entries: Vec<Entry>,
) -> Result<Vec<(Entry, Option<Known>)>, StoreError> {
    let same: Vec<Same<'_>> = entries
        .iter()
        .map(|entry| Same {
            guid: entry.guid.as_deref(),
            url: entry.url.as_deref().unwrap_or_default(),
            title: &entry.title,
        })
        .collect();
    let known = store.known(outlet, &same)?;
    Ok(entries.into_iter().zip(known).collect())
}

/// An article that is there, as an entry whose content is the text it has.
pub(super) fn stored(
    store: &Store,
    outlet: &str,
    page: &Waiting,
) -> Result<Option<Stored>, StoreError> {
    let same = Same {
        guid: page.guid.as_deref(),
        url: &page.url,
        title: "",
    };
    let known = store.known(outlet, &[same])?.into_iter().next().flatten();
    let Some((known, id)) = known.and_then(|known| Some((known, known.id?))) else {
        return Ok(None);
    };
    let Some(article) = store.article(id)? else {
        return Ok(None);
    };
    let headline = article.headline;
    Ok(Some(Stored {
        text: headline.text,
        print: known.print,
        entry: Entry {
            guid: page.guid.clone(),
            url: Some(headline.url).filter(|url| !url.is_empty()),
            title: headline.title,
            published: headline.published,
            updated: headline.updated,
            authors: Some(headline.author)
                .filter(|author| !author.is_empty())
                .into_iter()
                .collect(),
            tags: headline.tags,
            summary: None,
            content: Some(article.body),
            image: article.image,
            lang: Some(headline.lang).filter(|lang| !lang.is_empty()),
        },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_true_reason_is_told_whichever_thread_speaks_first() {
        let mut broken = None;
        blame(&mut broken, StoreError::Interrupted);
        blame(&mut broken, StoreError::Damaged("a torn page".to_owned()));
        blame(&mut broken, StoreError::Full);
        blame(&mut broken, StoreError::Interrupted);
        assert!(matches!(broken, Some(StoreError::Damaged(_))), "{broken:?}");
    }
}
