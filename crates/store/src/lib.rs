//! Articles in one SQLite file: taken in, queried, searched, marked, pruned, rescued; the only SQL.
//! Never here: network, HTML, the terminal, the configuration.
//!
//! A [`Store`] is one connection; open one a thread. Every write is one immediate transaction, so
//! that a refresh from cron, an open reader and a script wait for each other instead of failing.
//!
//! ```
//! use newsprint_model::{Mark, Outlet, TextState, Time, query};
//! use newsprint_store::{At, Incoming, List, Store, Update};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! let store = Store::open(&folder.path().join("newsprint.db"))?;
//! store.sync_outlets(&[Outlet { name: "Morning Herald".into(), ..Outlet::default() }])?;
//!
//! // What a refresh brought, in the order of the source; already clean.
//! let story = |n: u32, title: &str, text: &str| Incoming {
//!     url: format!("https://herald.example/{n}"),
//!     title: title.into(),
//!     tags: vec!["Courts".into()],
//!     body: format!("<p>{text}</p>"),
//!     search_text: text.into(),
//!     text: TextState::Full,
//!     ..Incoming::default()
//! };
//! let articles = vec![
//!     story(1, "Court rules", "The court said no.").pack(),
//!     story(2, "Metro grows", "A new line opens in May.").pack(),
//! ];
//! let now: Time = "2024-06-01T12:00:00Z".parse()?;
//! let done = store.ingest("Morning Herald", &Update { articles, ..Update::default() }, now)?;
//! assert_eq!((done.new, done.full_text), (2, 2));
//!
//! // A list stays as it was when it was opened, whatever is marked or comes later.
//! let unread = List::fixed(&query::parse("tag:courts is:unread")?, now, store.now()?);
//! let page = store.headlines(&unread, At::Top, 10)?;
//! assert_eq!(page[0].title, "Court rules");
//! assert_eq!(store.mark(&[page[0].id], Mark::Read)?, 1);
//! assert_eq!(store.headlines(&unread, At::Top, 10)?.len(), 2);
//! assert_eq!(store.counts(&List::live(&unread.query, now))?.total, 1);
//!
//! // A search, best first; an article with its text; the last mark undone.
//! let hits = store.search(&List::live(&query::parse("new line")?, now), 0, 10)?;
//! let article = store.article(hits[0].headline.id)?.unwrap();
//! assert_eq!(article.body, "<p>A new line opens in May.</p>");
//! assert_eq!(store.undo()?.unwrap().articles, 1);
//! # Ok(())
//! # }
//! ```

mod agreement;
mod counters;
mod decided;
mod doubt;
mod encode;
pub mod files;
mod folds;
mod future;
mod given_tags;
mod id_sets;
mod identity;
mod ingest;
mod maintenance;
mod marks;
mod marks_copy;
mod memos;
mod migrations;
mod name_cache;
mod open;
mod outlets;
mod prune;
mod query_plan;
mod read;
mod recovery;
mod remote;
mod retry;
mod search;
mod search_index;
mod stories;
mod tags;
#[cfg(test)]
mod tests;
mod watch;

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};

pub use encode::{Incoming, Packed, url_key as address_key};
pub use folds::{Fold, Folded, FrontStory, Telling};
pub use given_tags::TagsChange;
pub use identity::{Identity, Known};
pub use ingest::{Ingested, Update};
pub use marks::{Named, Undone};
pub use outlets::{RemovedOutlet, SourceState};
pub use recovery::{Kept, Rescue, leave_word};
pub use remote::{AccountState, Binding, Bindings, Subscribed};
pub use retry::retry_while_busy;
pub use search::Hit;
pub use stories::{Compared, Placements, Placing, Progress, StoryChange, StorySummary, Unplaced};
pub use watch::{FileId, FileState};

use newsprint_model::limits::is_full;
use newsprint_model::query::Query;
use newsprint_model::{ArticleId, Cursor, Time};

/// One connection to a store.
#[derive(Debug)]
pub struct Store {
    conn: open::Conn,
    // Dropped after the connection.
    #[expect(dead_code, reason = "counts the connection while it lives")]
    live: open::Live,
    file: watch::OpenedFile,
    path: PathBuf,
    read_only: bool,
    /// … for want of room on the disk.
    full: bool,
    rescued: Option<Rescue>,
    names: RefCell<name_cache::Names>,
    plans: RefCell<query_plan::Cache>,
    ranking: RefCell<Option<search::Ranking>>,
    fronts: RefCell<Vec<folds::Front>>,
    /// See [`Store::show_of_stories`].
    shown_of_stories: RefCell<Query>,
    away: RefCell<Option<folds::Away>>,
    /// Whether a mark of one article marks its copies too.
    marks_copies: Cell<bool>,
}

/// A list fixed at the moment it was opened: what came later and what was marked since does not
/// change which articles belong to it, so nothing jumps and `A` marks what was shown.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// What belongs to it.
    pub query: Query,
    /// The store's state when it was opened; `None` is "as things are now".
    pub as_of: Option<AsOf>,
    /// What its lines are. What is marked is articles, whatever the lines are.
    pub fold: Fold,
}

impl List {
    /// The list as things are now: for commands that ask once. Relative moments are taken at `now`.
    pub fn live(query: &Query, now: Time) -> List {
        List {
            query: query.resolved(now),
            as_of: None,
            fold: Fold::Never,
        }
    }

    /// The list as it is at `as_of`, for as long as it is looked at. Relative moments are taken at
    /// `now`.
    pub fn fixed(query: &Query, now: Time, as_of: AsOf) -> List {
        List {
            query: query.resolved(now),
            as_of: Some(as_of),
            fold: Fold::Never,
        }
    }
}

/// A state of the store (see [`Store::now`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AsOf {
    /// The newest article.
    pub newest: ArticleId,
    /// The number of the last change of marks. Articles whose read or star mark changed after it
    /// are judged by the mark they had before.
    pub change: i64,
}

/// Which part of a list sorted by date (newest first) is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// The beginning.
    Top,
    /// What follows the cursor.
    After(Cursor),
    /// What stands before the cursor, still newest first.
    Before(Cursor),
    /// The end, still newest first.
    Bottom,
}

/// What can go wrong; every message says what to do where something can be done.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be opened or created.
    #[error("cannot open the store {}: {why}; {hint}", path.display())]
    Open {
        /// The database.
        path: PathBuf,
        /// What the system said.
        why: String,
        /// What to do.
        hint: &'static str,
    },
    /// Written by a newer newsprint; left as it is.
    #[error(
        "the store {} is from a newer newsprint (its version is {found}, this program knows {known}); \
         update newsprint, or name another folder with --data-dir", path.display()
    )]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The version this program writes.
        known: i64,
    },
    /// The database is damaged. The next [`Store::open`] sets it aside (see [`Rescue`]).
    #[error(
        "the store is damaged ({0}); run the command again: it makes a new one with your marks and keeps the damaged file"
    )]
    Damaged(String),
    /// No space left on the disk, or no file may be larger.
    #[error(
        "the disk that holds the store is full, or file sizes are limited: this step was not stored; free some space and try again"
    )]
    Full,
    /// Opened for reading only.
    #[error("the store {} can only be read; make the file and its folder writable", .0.display())]
    ReadOnly(PathBuf),
    /// Another process has been writing for longer than the waiting time.
    #[error("another newsprint has been writing to the store for too long; try again")]
    Busy,
    /// The file is no longer the one that was opened; nothing was written (see [`Store::reopen`]).
    #[error("the store {} was removed or replaced while it was open", .0.display())]
    Replaced(PathBuf),
    /// Stopped by [`Interrupt::stop`].
    #[error("interrupted")]
    Interrupted,
    /// An outlet that was never given to [`Store::sync_outlets`].
    #[error("no outlet is called “{0}”")]
    NoOutlet(String),
    /// An account that was never given to [`Store::sync_accounts`].
    #[error("no account is called “{0}”")]
    NoAccount(String),
    /// No article has this number.
    #[error("no article {0}")]
    NoArticle(ArticleId),
    /// A file beside the database.
    #[error("{}", of_file(path, why))]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        why: std::io::Error,
    },
    /// Anything else that SQLite said.
    #[error("the store: {0}")]
    Sqlite(rusqlite::Error),
}

/// What is wrong with a file; a full disk is called that.
fn of_file(path: &Path, why: &std::io::Error) -> String {
    let path = path.display();
    match is_full(why) {
        true => format!("{path}: the disk is full, or file sizes are limited ({why})"),
        false => format!("{path}: {why}"),
    }
}

impl StoreError {
    /// Whether the store cannot be used at all (exit code 5).
    pub fn is_unusable(&self) -> bool {
        matches!(
            self,
            StoreError::Open { .. } | StoreError::Newer { .. } | StoreError::Damaged(_)
        )
    }
}

/// What SQLite says where a file cannot be made larger, but not because the disk is full.
const REFUSED: [std::ffi::c_int; 3] = [
    rusqlite::ffi::SQLITE_IOERR_WRITE,
    rusqlite::ffi::SQLITE_IOERR_TRUNCATE,
    rusqlite::ffi::SQLITE_IOERR_SHMSIZE,
];

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        use rusqlite::ErrorCode;
        // A write or an extension that the system refuses, as where the size of files is limited.
        let refused = |code: &rusqlite::ffi::Error| REFUSED.contains(&code.extended_code);
        if error.sqlite_error().is_some_and(refused) {
            return StoreError::Full;
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                StoreError::Damaged(error.to_string())
            }
            Some(ErrorCode::DiskFull) => StoreError::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy,
            Some(ErrorCode::OperationInterrupted) => StoreError::Interrupted,
            // A row that is always there, or a value that no statement here can have written.
            None if matches!(
                error,
                rusqlite::Error::QueryReturnedNoRows
                    | rusqlite::Error::InvalidColumnType(..)
                    | rusqlite::Error::FromSqlConversionFailure(..)
                    | rusqlite::Error::IntegralValueOutOfRange(..)
                    | rusqlite::Error::Utf8Error(..)
            ) =>
            {
                StoreError::Damaged(error.to_string())
            }
            _ if error.to_string().contains("invalid fts5 file format") => {
                StoreError::Damaged(error.to_string())
            }
            _ => StoreError::Sqlite(error),
        }
    }
}

/// What the calls of a store give.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Stops what a store is doing, from another thread.
pub struct Interrupt(rusqlite::InterruptHandle);

impl Interrupt {
    /// The statement that runs now, if one does, ends with [`StoreError::Interrupted`].
    pub fn stop(&self) {
        self.0.interrupt();
    }
}

impl Store {
    /// Stops a search from another thread.
    pub fn interrupt_handle(&self) -> Interrupt {
        Interrupt(self.conn.get_interrupt_handle())
    }

    /// The database file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether marks and articles cannot be stored (a read-only folder or file).
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// Why nothing can be stored where [`Store::is_read_only`].
    pub fn why_read_only(&self) -> StoreError {
        match self.full {
            true => StoreError::Full,
            false => StoreError::ReadOnly(self.path.clone()),
        }
    }

    /// What was done when this opening found a damaged database.
    pub fn rescued(&self) -> Option<&Rescue> {
        self.rescued.as_ref()
    }

    /// The state lists are fixed at.
    pub fn now(&self) -> Result<AsOf> {
        let state = self.state()?;
        Ok(AsOf {
            newest: ArticleId(state.newest),
            change: state.change,
        })
    }

    /// A number that is another one whenever another connection has written since it was last asked
    /// for. Some microseconds.
    pub fn data_version(&self) -> Result<i64> {
        let mut statement = self.conn.prepare_cached("PRAGMA data_version")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    fn state(&self) -> Result<State> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT newest, change, edition, total, unread FROM state")?;
        Ok(statement.query_row([], |row| {
            Ok(State {
                newest: row.get(0)?,
                change: row.get(1)?,
                edition: row.get(2)?,
                total: row.get(3)?,
                unread: row.get(4)?,
            })
        })?)
    }

    /// Says that something stored was altered or removed: whatever lists hold on to is read again.
    fn bump_edition(&self) -> Result<()> {
        self.conn
            .prepare_cached("UPDATE state SET edition = edition + 1")?
            .execute([])?;
        Ok(())
    }

    /// Runs `read` on one state of the database, whatever others write meanwhile.
    fn reading<T>(&self, read: impl FnOnce(&Store) -> Result<T>) -> Result<T> {
        if !self.conn.is_autocommit() {
            return read(self);
        }
        let transaction = rusqlite::Transaction::new_unchecked(
            &self.conn,
            rusqlite::TransactionBehavior::Deferred,
        )?;
        let out = read(self);
        let ended = transaction.finish().map_err(StoreError::from);
        let out = out.and_then(|out| ended.map(|()| out));
        self.note_damage(&out);
        out
    }

    /// Runs `write` as one immediate transaction; an error leaves the store as it was.
    fn writing<T>(&self, write: impl FnOnce(&Store) -> Result<T>) -> Result<T> {
        if self.read_only {
            return Err(self.why_read_only());
        }
        if self.file_in_place()? != FileState::Same {
            return Err(StoreError::Replaced(self.path.clone()));
        }
        let transaction = rusqlite::Transaction::new_unchecked(
            &self.conn,
            rusqlite::TransactionBehavior::Immediate,
        )?;
        let out = write(self).and_then(|out| {
            transaction.commit()?;
            // What was marked is known where somebody cuts the log short next.
            self.has_lost_changes();
            Ok(out)
        });
        self.note_damage(&out);
        if out.is_err() {
            // Names given out in this transaction are rolled back with it.
            self.names.take();
        }
        out
    }
}

/// The one row of `state`.
#[derive(Debug, Clone, Copy)]
struct State {
    newest: i64,
    change: i64,
    edition: i64,
    total: i64,
    unread: i64,
}

fn time(micros: i64) -> Time {
    Time::from_microsecond(micros).unwrap_or_default()
}
