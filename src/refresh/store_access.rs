//! The store as a visit sees it: a few reads, one way to commit, and permits that bound how many whole
//! documents are held at a time.
//! Never here: threads and channels (`store_actor`), SQL.

use super::outlet_memory::Waiting;
use newsprint_model::{Entry, Partial, TextState, Time};
use newsprint_store::{Ingested, Known, SourceState, StoreError, Update};

/// What a visit asks of the store. Implemented by [`super::store_actor::StoreHandle`] for visits on
/// many threads, and by the store itself for a single one.
pub(super) trait StoreAccess {
    /// Waits for the permit to hold a whole document. Each visit holds at most one, takes it before
    /// its first request, and returns it with [`StoreAccess::release`]: so memory stays within bounds
    /// when the writer is behind.
    fn acquire(&self);
    /// Returns the permit.
    fn release(&self);
    /// What is stored of each entry; see [`newsprint_store::Store::known`].
    fn known(
        &self,
        outlet: &str,
        entries: Vec<Entry>,
    ) -> Result<Vec<(Entry, Option<Known>)>, StoreError>;
    /// See [`newsprint_store::Store::repeats`].
    fn repeats(&self, outlet: &str) -> Result<Option<Vec<u8>>, StoreError>;
    /// A stored article as an entry; `None` where it is gone.
    fn stored(&self, outlet: &str, page: &Waiting) -> Result<Option<Stored>, StoreError>;
    /// Commits and says what came of it.
    fn ingest(&self, outlet: &str, update: Update, now: Time) -> Result<Ingested, StoreError>;
    /// Takes back whole texts that were not the articles'; see [`newsprint_store::Store::disbelieve`].
    fn disbelieve(
        &self,
        outlet: &str,
        urls: Vec<String>,
        why: Partial,
        now: Time,
    ) -> Result<(), StoreError>;
    /// Commits at some time soon; for a state that nobody waits for.
    fn write_later(&self, outlet: &str, state: SourceState);
}

/// The permit of [`StoreAccess::acquire`]; released when dropped.
pub(super) struct DocumentPermit<'a>(&'a dyn StoreAccess);

impl<'a> DocumentPermit<'a> {
    /// Waits for the permit.
    pub(super) fn acquire(store: &'a dyn StoreAccess) -> DocumentPermit<'a> {
        store.acquire();
        DocumentPermit(store)
    }
}

impl Drop for DocumentPermit<'_> {
    fn drop(&mut self) {
        self.0.release();
    }
}

/// An article that is in the store, as an entry.
#[derive(Debug, Clone)]
pub(super) struct Stored {
    /// Its fields; the text it has is the content.
    pub entry: Entry,
    /// How much of the text is there.
    pub text: TextState,
    /// The fingerprint of its feed entry.
    pub print: u64,
}
