//! Whether the files of an open store are still there: what is written to a database or a log that was removed or
//! replaced is lost when the process ends.
//! Never here: what others write to the same file (`data_version`).

use std::cell::Cell;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use rusqlite::Connection;

use super::files::{Identity, beside};
use super::recovery::Kept;
use super::{Result, Store, StoreError, files, marks_copy, recovery};

/// What became of the file of a store since it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileState {
    /// It is there.
    Same,
    /// No file has its name any more.
    Removed,
    /// Another file has its name.
    Replaced,
    /// It was cut short.
    Truncated,
    /// Its log, where SQLite keeps what was written last, was removed, replaced or cut short.
    LogLost,
    /// Somebody met damage in it, which the next [`Store::open`] looks at.
    Damaged,
}

/// What tells the file of a database from others, while it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileId(Identity);

/// The write-ahead log and its index, which all processes share.
const LOG: [&str; 2] = ["-wal", "-shm"];

/// The header of a log, and that of each page in it, bytes (SQLite file format, section 4.1).
const LOG_HEADER: u64 = 32;
const FRAME_HEADER: u64 = 24;

/// The files as they were when the store was opened.
#[derive(Debug)]
pub(super) struct OpenedFile {
    /// The length when it was last looked at, bytes.
    length: Cell<u64>,
    /// Of the files of [`LOG`]; `None` where this connection has none: it only reads.
    log: [Identity; 2],
    /// Bytes of a page.
    page: u64,
    /// The number of the last change of marks that this connection has seen.
    change: Cell<i64>,
}

impl OpenedFile {
    /// The files that `conn` has opened by now at `path`.
    pub(super) fn of(path: &Path, conn: &Connection) -> OpenedFile {
        OpenedFile {
            length: Cell::new(fs::metadata(path).map_or(0, |metadata| metadata.len())),
            log: LOG.map(|suffix| files::identity(&fs::metadata(beside(path, suffix)).ok()?)),
            page: conn
                .query_row("PRAGMA page_size", [], |row| row.get::<_, u32>(0))
                .map_or(0, u64::from),
            change: Cell::new(0),
        }
    }
}

/// Whether what lies beside the database at `path` in the place of its log begins as a log does: with the number that
/// tells one, and that of the format.
pub(super) fn is_a_log(path: &Path) -> bool {
    let mut start = [0; 8];
    let read = match File::open(beside(path, LOG[0])) {
        // No handle is free: that says nothing of the log.
        Err(why) if why.kind() != std::io::ErrorKind::NotFound => return true,
        log => log.and_then(|mut log| log.read_exact(&mut start)),
    };
    let number = |bytes: &[u8]| {
        bytes
            .iter()
            .fold(0, |number, byte| number << 8 | u32::from(*byte))
    };
    // Its last bit says in which order bytes are summed up.
    read.is_ok() && number(&start[..4]) & !1 == 0x377f_0682 && number(&start[4..]) == 3_007_000
}

impl Store {
    /// What became of the database file since it was opened; damage that somebody met counts. Some microseconds.
    pub fn file_state(&self) -> Result<FileState> {
        Ok(match self.file_in_place()? {
            FileState::Same if recovery::is_noted(&self.path) => FileState::Damaged,
            state => state,
        })
    }

    /// The same but for damage. Every write asks for it and fails with [`StoreError::Replaced`] unless the file is
    /// the one that was opened.
    pub(super) fn file_in_place(&self) -> Result<FileState> {
        let metadata = match fs::metadata(&self.path) {
            Ok(metadata) => metadata,
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => {
                return Ok(FileState::Removed);
            }
            Err(why) => {
                return Err(StoreError::File {
                    path: self.path.clone(),
                    why,
                });
            }
        };
        if files::identity(&metadata) != self.conn.identity() {
            return Ok(FileState::Replaced);
        }
        let length = metadata.len();
        if length < self.file.length.get() {
            // Another process may have given unused space back.
            if length == 0 || !self.is_whole()? {
                return Ok(FileState::Truncated);
            }
        }
        self.file.length.set(length);
        Ok(match self.has_its_log() {
            true => FileState::Same,
            false => FileState::LogLost,
        })
    }

    /// Whether the log and its index are those that this connection writes to, and as long as they must be. Another
    /// log of the same name would be read by whoever opens the store next, and this one by nobody.
    fn has_its_log(&self) -> bool {
        let is_own = |(suffix, opened): (&str, Identity)| {
            let now = fs::metadata(beside(&self.path, suffix));
            opened.is_none() || now.is_ok_and(|now| files::identity(&now) == opened)
        };
        if self.read_only || !self.conn.is_autocommit() {
            return true;
        }
        if !LOG.into_iter().zip(self.file.log).all(is_own) {
            return false;
        }
        // Where the index was spoilt too, SQLite makes one of what is left of the log, and all looks well: but changes of
        // marks are numbered, and the number only grows.
        if self.has_lost_changes() {
            return false;
        }
        // Others write and fold it meanwhile: it was cut short, or is none, if it is found so twice, with as many pages
        // before and after.
        let mut found_bad = 0;
        for _ in 0..8 {
            let Some(pages) = self.pages_in_log() else {
                return true;
            };
            let length = fs::metadata(beside(&self.path, LOG[0])).map_or(0, |log| log.len());
            let least = LOG_HEADER + pages * (FRAME_HEADER + self.file.page);
            if pages == 0 || length >= least && is_a_log(&self.path) {
                return true;
            }
            found_bad += u8::from(self.pages_in_log() == Some(pages));
            if found_bad == 2 {
                return false;
            }
        }
        true
    }

    /// Whether changes of marks are gone that this connection has seen.
    pub(super) fn has_lost_changes(&self) -> bool {
        let seen = self.file.change.get();
        // What cannot be read now says nothing.
        let now = self.state().map_or(seen, |state| state.change);
        self.file.change.set(seen.max(now));
        now < seen
    }

    /// The number of the last change of marks that this connection has seen, whether it can still read it or not.
    pub(super) fn last_change_seen(&self) -> i64 {
        self.file.change.get()
    }

    /// How many pages the log has by its index; `None` where that cannot be said now.
    fn pages_in_log(&self) -> Option<u64> {
        let mut statement = self
            .conn
            .prepare_cached("PRAGMA wal_checkpoint(NOOP)")
            .ok()?;
        let pages = statement.query_row([], |row| row.get::<_, i64>(1)).ok()?;
        u64::try_from(pages).ok()
    }

    fn is_whole(&self) -> Result<bool> {
        let answer = self
            .conn
            .query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
        match answer.map_err(StoreError::from) {
            Ok(line) => Ok(line == "ok"),
            Err(StoreError::Busy | StoreError::Interrupted) => Ok(true),
            // Pages that are not there any more cannot be read.
            Err(_) => Ok(false),
        }
    }

    /// The file that this store has open.
    pub fn file(&self) -> FileId {
        FileId(self.conn.identity())
    }

    /// Opens what is at the path now, for a store whose file is gone or damaged: takes in the marks of the copy
    /// ([`Store::save_marks`]) and those that this connection can still read, so that none is lost. Where its log is
    /// lost the database is first made anew of all that this connection can still read, articles too. Says what the
    /// new one has of the old one.
    ///
    /// # Errors
    /// Those of [`Store::open`], and of storing the marks.
    pub fn reopen(&self) -> Result<(Store, Kept)> {
        self.reopen_after(None)
    }

    /// The same for one of several connections of a process, of which another has gone from one file to another already
    /// (`gone`): it has taken in what this one can read of the same file, and what is marked otherwise in the same new
    /// one was marked since.
    ///
    /// # Errors
    /// Those of [`Store::reopen`].
    pub fn reopen_after(&self, gone: Option<(FileId, FileId)>) -> Result<(Store, Kept)> {
        let found = marks_copy::read_what_is_left(&self.conn);
        if self.file_in_place()? == FileState::LogLost {
            recovery::renew(&self.path, Some((self, &found)))?;
        }
        let store = Store::open(&self.path)?;
        store.mark_copies(self.marks_copies.get());
        store.show_of_stories(&self.shown_of_stories.borrow());
        if gone == Some((self.file(), store.file())) {
            return Ok((store, Kept::All));
        }
        let kept = recovery::kept(&store, self);
        let lacks_marks = matches!(kept, Kept::Articles | Kept::Nothing);
        if lacks_marks && found != marks_copy::MarksCopy::default() {
            store.restore_marks(&found)?;
        }
        Ok((store, kept))
    }
}
