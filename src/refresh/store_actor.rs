//! The two threads that own the store during a refresh: one writes, one answers queries. A connection
//! belongs to one thread, so visits send commands and queries over channels.
//! Never here: what a visit does, SQL.

use std::path::Path;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::{Scope, ScopedJoinHandle};
use std::time::Duration;

use super::host_pauses;
use super::outlet_memory::Waiting;
use super::store_access::{StoreAccess, Stored};
use newsprint_fetch::Client;
use newsprint_model::identity::tell_apart;
use newsprint_model::{Entry, Partial, Time};
use newsprint_store::{
    Identity, Ingested, Known, SourceState, Store, StoreError, Update, retry_while_busy,
};

/// Commands, and queries, that wait at most: a bound on memory.
const QUEUE: usize = 4;

/// States that nobody waits for are committed together, so many at once at most.
const STATES: usize = 64;

/// … and none waits longer than this.
const STATE_AGE: Duration = Duration::from_millis(20);

/// What the thread that writes does.
enum WriteCommand {
    Ingest {
        outlet: String,
        update: Box<Update>,
        now: Time,
        answer: mpsc::SyncSender<Result<Ingested, StoreError>>,
    },
    Disbelieve {
        outlet: String,
        urls: Vec<String>,
        why: Partial,
        now: Time,
        answer: mpsc::SyncSender<Result<u64, StoreError>>,
    },
    State {
        outlet: String,
        state: Box<SourceState>,
    },
}

/// Runs the commands until every handle is dropped.
fn write_all(
    store: &Store,
    client: &Client,
    commands: &mpsc::Receiver<WriteCommand>,
) -> Result<(), StoreError> {
    let mut states: Vec<(String, SourceState)> = Vec::new();
    let stopped = || client.cancel_token().is_cancelled();
    let remember = || retry_while_busy(stopped, || host_pauses::remember(client, store));
    let write_down = |states: &mut Vec<_>| retry_while_busy(stopped, || write_down(store, states));
    loop {
        // States wait a little for more of their kind: a thousand outlets without news are a few
        // transactions, not a thousand.
        let command = if states.is_empty() {
            commands.recv().ok()
        } else {
            match commands.recv_timeout(STATE_AGE) {
                Ok(command) => Some(command),
                Err(mpsc::RecvTimeoutError::Disconnected) => None,
                Err(mpsc::RecvTimeoutError::Timeout) => {
                    write_down(&mut states)?;
                    continue;
                }
            }
        };
        let Some(command) = command else { break };
        match command {
            WriteCommand::State { outlet, state } => {
                states.push((outlet, *state));
                if states.len() >= STATES {
                    write_down(&mut states)?;
                }
            }
            WriteCommand::Disbelieve {
                outlet,
                urls,
                why,
                now,
                answer,
            } => {
                let done = retry_while_busy(stopped, || store.disbelieve(&outlet, &urls, why, now));
                let _ = answer.send(done);
            }
            WriteCommand::Ingest {
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
    write_down(&mut states)?;
    remember()
}

fn write_down(store: &Store, states: &mut Vec<(String, SourceState)>) -> Result<(), StoreError> {
    if !states.is_empty() {
        store.set_source_states(states)?;
        states.clear();
    }
    Ok(())
}

/// How many visits may hold a whole document; see [`StoreAccess::acquire`].
pub(super) struct DocumentPermits {
    free: Mutex<usize>,
    released: Condvar,
}

impl DocumentPermits {
    /// So many at a time.
    pub(super) fn new(count: usize) -> DocumentPermits {
        DocumentPermits {
            free: Mutex::new(count),
            released: Condvar::new(),
        }
    }
}

/// A query, run on the thread that reads.
type ReadQuery = Box<dyn FnOnce(&Store) + Send>;

/// The store as visits on many threads see it.
#[derive(Clone)]
pub(super) struct StoreHandle<'a> {
    permits: &'a DocumentPermits,
    reader: mpsc::SyncSender<ReadQuery>,
    writer: mpsc::SyncSender<WriteCommand>,
}

/// Starts a thread that writes and one that reads, each with a connection of its own to the store at
/// `path`, which exists. `fail` is told what ends either of them before its time. They end
/// when the last handle is dropped.
pub(super) fn start<'scope, 'env>(
    scope: &'scope Scope<'scope, 'env>,
    path: &'env Path,
    client: &'env Client,
    permits: &'env DocumentPermits,
    fail: &'env (dyn Fn(StoreError) + Sync),
) -> std::io::Result<(StoreHandle<'env>, [ScopedJoinHandle<'scope, ()>; 2])> {
    let (writer, commands) = mpsc::sync_channel(QUEUE);
    let (reader, queries) = mpsc::sync_channel::<ReadQuery>(QUEUE);
    let named = |name: &str| std::thread::Builder::new().name(name.to_owned());
    let write = named("newsprint-write").spawn_scoped(scope, move || {
        let written = Store::open_beside(path).and_then(|store| {
            store.prepare_for_ingest()?;
            write_all(&store, client, &commands)
        });
        written.unwrap_or_else(fail);
    })?;
    let read = named("newsprint-read").spawn_scoped(scope, move || {
        let read = Store::open_beside(path).map(|store| {
            queries.into_iter().for_each(|query| query(&store));
        });
        read.unwrap_or_else(fail);
    })?;
    let handle = StoreHandle {
        permits,
        reader,
        writer,
    };
    Ok((handle, [write, read]))
}

impl StoreHandle<'_> {
    fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = mpsc::sync_channel(1);
        let query: ReadQuery = Box::new(move |store| {
            let _ = answer.send(query(store));
        });
        // A reader that has gone has said why.
        if self.reader.send(query).is_err() {
            return Err(StoreError::Interrupted);
        }
        answered.recv().unwrap_or(Err(StoreError::Interrupted))
    }
}

impl StoreAccess for StoreHandle<'_> {
    fn acquire(&self) {
        let free = lock(&self.permits.free);
        let waited = self.permits.released.wait_while(free, |free| *free == 0);
        *waited.unwrap_or_else(PoisonError::into_inner) -= 1;
    }

    fn release(&self) {
        *lock(&self.permits.free) += 1;
        self.permits.released.notify_one();
    }

    fn known(
        &self,
        outlet: &str,
        entries: Vec<Entry>,
    ) -> Result<Vec<(Entry, Option<Known>)>, StoreError> {
        let outlet = outlet.to_owned();
        self.read(move |store| known(store, &outlet, entries))
    }

    fn repeats(&self, outlet: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let outlet = outlet.to_owned();
        self.read(move |store| store.repeats(&outlet))
    }

    fn stored(&self, outlet: &str, page: &Waiting) -> Result<Option<Stored>, StoreError> {
        let (outlet, page) = (outlet.to_owned(), page.clone());
        self.read(move |store| stored(store, &outlet, &page))
    }

    fn ingest(&self, outlet: &str, update: Update, now: Time) -> Result<Ingested, StoreError> {
        let (answer, answered) = mpsc::sync_channel(1);
        let command = WriteCommand::Ingest {
            outlet: outlet.to_owned(),
            update: Box::new(update),
            now,
            answer,
        };
        // A writer that has gone has said why; what is here is what was not stored.
        if self.writer.send(command).is_err() {
            return Err(StoreError::Interrupted);
        }
        answered.recv().unwrap_or(Err(StoreError::Interrupted))
    }

    fn disbelieve(
        &self,
        outlet: &str,
        urls: Vec<String>,
        why: Partial,
        now: Time,
    ) -> Result<(), StoreError> {
        let (answer, answered) = mpsc::sync_channel(1);
        let command = WriteCommand::Disbelieve {
            outlet: outlet.to_owned(),
            urls,
            why,
            now,
            answer,
        };
        if self.writer.send(command).is_err() {
            return Err(StoreError::Interrupted);
        }
        let done = answered.recv().unwrap_or(Err(StoreError::Interrupted));
        done.map(drop)
    }

    fn write_later(&self, outlet: &str, state: SourceState) {
        let outlet = outlet.to_owned();
        let state = Box::new(state);
        let _ = self.writer.send(WriteCommand::State { outlet, state });
    }
}

/// The store of a single visit, on the thread that makes it.
impl StoreAccess for Store {
    // A single visit needs no permit.
    fn acquire(&self) {}

    fn release(&self) {}

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

    fn disbelieve(
        &self,
        outlet: &str,
        urls: Vec<String>,
        why: Partial,
        now: Time,
    ) -> Result<(), StoreError> {
        Store::disbelieve(self, outlet, &urls, why, now).map(drop)
    }

    // A single visit leaves the outlet's state to the refresh.
    fn write_later(&self, _: &str, _: SourceState) {}
}

/// When an entry was published, where that tells it from others.
fn dated(entry: &Entry) -> Option<Time> {
    entry.published.filter(|_| !entry.approximate)
}

fn known(
    store: &Store,
    outlet: &str,
    mut entries: Vec<Entry>,
) -> Result<Vec<(Entry, Option<Known>)>, StoreError> {
    tell_apart(&mut entries);
    let identities: Vec<Identity<'_>> = entries
        .iter()
        .map(|entry| Identity {
            guid: entry.guid.as_deref(),
            url: entry.url.as_deref().unwrap_or_default(),
            title: &entry.title,
            published: dated(entry).or(entry.updated),
        })
        .collect();
    let known = store.known(outlet, &identities)?;
    Ok(entries.into_iter().zip(known).collect())
}

/// A stored article as an entry whose content is the text it has; `None` where it is gone.
pub(super) fn stored(
    store: &Store,
    outlet: &str,
    page: &Waiting,
) -> Result<Option<Stored>, StoreError> {
    let identity = Identity {
        guid: page.guid.as_deref(),
        url: &page.url,
        ..Identity::default()
    };
    let known = store
        .known(outlet, &[identity])?
        .into_iter()
        .next()
        .flatten();
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
            approximate: false,
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
            comments: None,
            media: article.media,
        },
    }))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
