//! Whether the file of an open store is still there: what is written to a file that was removed or
//! replaced is lost when the process ends.
//! Never here: what others write to the same file (`data_version`).

use std::cell::Cell;
use std::fs::{self, Metadata};

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
    /// Somebody met damage in it, which the next [`Store::open`] looks at.
    Damaged,
}

/// The file as it was when it was opened.
#[derive(Debug, Default)]
pub(super) struct OpenedFile {
    identity: Option<(u64, u64)>,
    /// The length when it was last looked at, bytes.
    length: Cell<u64>,
}

impl From<Option<Metadata>> for OpenedFile {
    fn from(metadata: Option<Metadata>) -> OpenedFile {
        metadata.map_or_else(OpenedFile::default, |metadata| OpenedFile {
            identity: files::identity(&metadata),
            length: Cell::new(metadata.len()),
        })
    }
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
        if files::identity(&metadata) != self.file.identity {
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
        Ok(FileState::Same)
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

    /// Opens what is at the path now, for a store whose file is gone or damaged: takes in the marks of the copy
    /// ([`Store::save_marks`]) and those that this connection can still read, so that none is lost.
    ///
    /// # Errors
    /// Those of [`Store::open`], and of storing the marks.
    pub fn reopen(&self) -> Result<Store> {
        let found = marks_copy::read_what_is_left(&self.conn);
        let store = Store::open(&self.path)?;
        store.mark_copies(self.marks_copies.get());
        store.show_of_stories(&self.shown_of_stories.borrow());
        if found != marks_copy::MarksCopy::default() {
            store.restore_marks(&found)?;
        }
        Ok(store)
    }
}
