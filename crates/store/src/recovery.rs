//! Opening a store that may be damaged: what is broken is set aside, the reader's marks are restored.
//! Never here: deleting anything of the reader's.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::marks_copy::{self, Marks};
use super::open::{beside, open};
use super::{Result, Store, StoreError};

/// What was done about a damaged database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescue {
    /// Where the damaged database now lies; its `-wal` and `-shm` lie beside it.
    pub set_aside: PathBuf,
    /// Marks that were saved; they apply again as the articles come back.
    pub marks: u64,
}

impl Store {
    /// Opens the database at `path`, creating it and its folder if need be, and bringing an older
    /// one up to date in one transaction. A damaged one is set aside and replaced (see
    /// [`Store::rescued`]). Where nothing can be written it is opened for reading alone.
    ///
    /// # Errors
    /// [`StoreError::Open`] and [`StoreError::Newer`]; neither has changed a byte.
    pub fn open(path: &Path) -> Result<Store> {
        let rescued = if is_noted(path) { rescue(path)? } else { None };
        let (mut store, rescued) = match open(path) {
            Err(StoreError::Damaged(_)) => {
                let rescued = rescue(path)?;
                (open(path)?, rescued)
            }
            other => (other?, rescued),
        };
        store.rescued = rescued;
        Ok(store)
    }

    /// Leaves word of damage for whoever opens the store next.
    pub(super) fn note_damage<T>(&self, out: &Result<T>) {
        if let (Err(StoreError::Damaged(_)), false) = (out, self.is_read_only()) {
            // Where even this cannot be written, the next opening meets the damage by itself.
            let _ = File::create(beside(self.path(), NOTE));
        }
    }
}

/// Whether someone met damage in the database since it was last rescued.
fn is_noted(path: &Path) -> bool {
    beside(path, NOTE).exists()
}

/// The file that says so.
const NOTE: &str = ".is-damaged";

/// Sets the damaged database at `path` aside with its `-wal` and `-shm` (renamed, never deleted),
/// starts a new one, and restores read and star marks: from the latest copy of
/// [`Store::save_marks`], and on top of it whatever the damaged database still gives. Where only
/// the search index is damaged it is made anew in place, and `None` is returned; also when another
/// process has done it all already.
///
/// # Errors
/// When a file cannot be renamed or the new database cannot be made.
fn rescue(path: &Path) -> Result<Option<Rescue>> {
    // Two processes that find the damage at once must not set the new database aside too.
    let lock_path = beside(path, ".rescue-lock");
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |why| StoreError::File { path, why }
    };
    let lock = File::create(&lock_path).map_err(failed(&lock_path))?;
    lock.lock().map_err(failed(&lock_path))?;

    let noted = is_noted(path);
    let settled = || -> Result<()> {
        if noted {
            let note = beside(path, NOTE);
            fs::remove_file(&note).map_err(failed(&note))?;
        }
        Ok(())
    };
    if sound(path) {
        let store = open(path)?;
        if noted {
            store.reindex()?;
        }
        settled()?;
        return Ok(None);
    }
    let copy = fs::read(beside(path, ".marks")).ok();
    let mut marks = copy
        .as_deref()
        .and_then(marks_copy::decode)
        .unwrap_or_default();
    let aside = (1..)
        .map(|number: u32| beside(path, &format!(".damaged-{number}")))
        .find(|candidate| !candidate.exists())
        .unwrap_or_else(|| beside(path, ".damaged"));
    for suffix in ["-wal", "-shm", ""] {
        let from = beside(path, suffix);
        if from.exists() {
            fs::rename(&from, beside(&aside, suffix)).map_err(failed(&from))?;
        }
    }
    for (outlet, keys) in salvage(&aside) {
        marks.entry(outlet).or_default().extend(keys);
    }
    let store = open(path)?;
    let count = store.restore_marks(&marks)?;
    settled()?;
    Ok(Some(Rescue {
        set_aside: aside,
        marks: count,
    }))
}

/// Whether every page that holds more than the search index, which can be made anew, is sound.
fn sound(path: &Path) -> bool {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let check = Connection::open_with_flags(path, flags).and_then(|conn| {
        conn.query_row("SELECT count(*) FROM state", [], |row| row.get::<_, i64>(0))?;
        let mut statement = conn.prepare("PRAGMA quick_check(20)")?;
        let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
        lines.collect::<Result<Vec<_>, _>>()
    });
    let of_index = |line: &str| line.starts_with("fts5:") || line.contains("FTS5 table");
    match check {
        Ok(lines) => lines.iter().all(|line| line == "ok" || of_index(line)),
        // Busy, no memory, no file handles: the look failed, which says nothing of the database.
        Err(error) => !matches!(
            error.sqlite_error_code(),
            Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase)
        ),
    }
}

/// What can still be read of the marks.
fn salvage(path: &Path) -> Marks {
    let mut marks = Marks::new();
    // Opened on a copy, so that what was set aside stays byte for byte.
    let copy = beside(path, &format!(".{}.tmp", std::process::id()));
    let wal = beside(path, "-wal");
    let made = fs::copy(path, &copy).is_ok()
        && (!wal.exists() || fs::copy(wal, beside(&copy, "-wal")).is_ok());
    if let (true, Ok(conn)) = (made, Connection::open(&copy)) {
        for sql in marks_copy::MARKS {
            // What came before the damage counts; the error is why we are here.
            let _ = marks_copy::read_into(&mut marks, &conn, sql);
        }
    }
    for suffix in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(beside(&copy, suffix));
    }
    marks
}
