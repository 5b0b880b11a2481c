//! Opening a store that may be damaged, empty or gone, or whose log was lost while it was open: what is broken is set
//! aside, the reader's marks and what the reader decided of stories are restored. A kill at any point loses none.
//! Never here: deleting anything of the reader's.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::files::{self, Identity, beside};
use super::marks_copy::{self, MarksCopy};
use super::open::{self, open};
use super::{FileState, Result, Store, StoreError};

/// What was done about a damaged, empty or missing database, or one without its log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescue {
    /// Where the damaged database now lies, its `-wal` and `-shm` beside it; `None` when there was
    /// none: it was empty or missing.
    pub set_aside: Option<PathBuf>,
    /// Whether the database was sound, and only its log was lost: articles are there but for the latest.
    pub log_lost: bool,
    /// Marks that were saved; they apply again as the articles come back.
    pub marks: u64,
}

/// How long, and how often in that time, one waits for a process that has the lost log open: it still reads what the
/// log had, and a reader notices the loss within a quarter of a second.
const HOLDER: Duration = Duration::from_millis(1_500);
const LOOKS: u32 = 15;

/// The store that another process has made anew meanwhile.
fn wait_for_holder(path: &Path) -> Option<Store> {
    (0..LOOKS).find_map(|_| {
        std::thread::sleep(HOLDER / LOOKS);
        open(path).ok()
    })
}

/// The file that says that somebody met damage.
const NOTE: &str = ".is-damaged";

/// A new database with all marks, while it is being made; what a kill leaves is made anew.
const BUILDING: &str = ".rebuilding";

/// The same when it is whole. Where it is found, the database beside it has been given up.
const REBUILT: &str = ".rebuilt";

impl Store {
    /// Opens the database at `path`, creating it and its folder if need be, and bringing an older
    /// one up to date in one transaction. A damaged one is set aside and replaced; a new one takes in
    /// the copy of the marks that lies beside it (see [`Store::rescued`]). Where nothing can be
    /// written it is opened for reading alone.
    ///
    /// # Errors
    /// [`StoreError::Open`] and [`StoreError::Newer`], which have not changed a byte; and
    /// [`StoreError::File`] where a rescue failed, which the next opening goes on with.
    pub fn open(path: &Path) -> Result<Store> {
        let begun = is_noted(path) || beside(path, REBUILT).exists();
        let rescued = if begun || lacks_marks(path) {
            rescue(path)?
        } else {
            None
        };
        let (mut store, rescued) = match open(path) {
            Err(StoreError::Damaged(_)) => {
                let rescued = rescue(path)?;
                (open(path)?, rescued)
            }
            // A connection of this process may still have what the log had: it is the one that makes it anew.
            Err(StoreError::Replaced(_)) if !open::is_open_here(path) => {
                match wait_for_holder(path) {
                    Some(store) => (store, rescued),
                    None => {
                        let rescued = renew(path, None)?;
                        (open(path)?, rescued)
                    }
                }
            }
            other => (other?, rescued),
        };
        // Where somebody else is writing, the next opening looks again.
        match store.agree_at_a_glance() {
            Ok(()) | Err(StoreError::Busy | StoreError::Full) => {}
            Err(why) => return Err(why),
        }
        store.take_in_newer_copy()?;
        store.rescued = rescued;
        Ok(store)
    }

    /// Whether there is a database at `path`, or what one is made of anew: opening it then creates nothing that was
    /// not there.
    pub fn is_at(path: &Path) -> bool {
        // What cannot be looked at (a file or no right in its way) is an error of its own, too.
        let is_there = |path: &Path| {
            let looked = path.symlink_metadata();
            !looked.is_err_and(|why| why.kind() == std::io::ErrorKind::NotFound)
        };
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
        // A file in the folder's place is an error of its own.
        let in_the_way = folder.is_some_and(|folder| is_there(folder) && !folder.is_dir());
        in_the_way
            || is_there(path)
            || is_there(&beside(path, REBUILT))
            || marks_copy::is_there(path)
    }

    /// How many damaged databases lie set aside beside the one at `path`, and how many bytes they and their logs
    /// take. Nothing removes them: only the reader knows when nothing of them is missed.
    pub fn set_aside_beside(path: &Path) -> (usize, u64) {
        let name = beside(path, ASIDE);
        let (Some(folder), Some(name)) = (
            path.parent(),
            name.file_name().and_then(|name| name.to_str()),
        ) else {
            return (0, 0);
        };
        let (mut databases, mut bytes) = (0, 0);
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let file = entry.file_name();
            let Some(rest) = file.to_str().and_then(|file| file.strip_prefix(name)) else {
                continue;
            };
            databases += usize::from(rest.bytes().all(|byte| byte.is_ascii_digit()));
            bytes += entry.metadata().map_or(0, |metadata| metadata.len());
        }
        (databases, bytes)
    }

    /// Leaves word of damage for whoever opens the store next.
    pub(super) fn note_damage<T>(&self, out: &Result<T>) {
        if let (Err(StoreError::Damaged(_)), false) = (out, self.is_read_only()) {
            leave_word(self.path());
        }
    }
}

/// Leaves word that somebody met damage in the database at `path`, for whoever opens it next, who then looks whether
/// it is so.
pub fn leave_word(path: &Path) {
    // Where even this cannot be written, the next opening meets the damage by itself.
    let _ = files::open_file(&beside(path, NOTE));
}

/// Whether someone met damage in the database since it was last rescued.
pub(super) fn is_noted(path: &Path) -> bool {
    beside(path, NOTE).exists()
}

/// Whether there is no database, or less than the smallest one there can be (a page of 512 bytes),
/// which SQLite takes for an empty one.
fn is_missing(path: &Path) -> bool {
    match fs::metadata(path) {
        Ok(metadata) => metadata.is_file() && metadata.len() < 512,
        Err(why) => why.kind() == std::io::ErrorKind::NotFound,
    }
}

/// Whether a new store would start without the marks that lie beside it.
fn lacks_marks(path: &Path) -> bool {
    is_missing(path) && marks_copy::is_there(path)
}

fn failed(path: &Path) -> impl Fn(std::io::Error) -> StoreError {
    let path = path.to_owned();
    move |why| StoreError::File {
        path: path.clone(),
        why,
    }
}

/// Two processes that find the damage at once must not set the new database aside too.
fn lock(path: &Path) -> Result<File> {
    let path = beside(path, ".rescue-lock");
    let lock = files::open_file(&path).map_err(failed(&path))?;
    lock.lock().map_err(failed(&path))?;
    Ok(lock)
}

/// Sets a damaged database at `path` aside with its `-wal` and `-shm` (renamed, never deleted) and
/// replaces it by a new one with all read and star marks: of the latest copy of
/// [`Store::save_marks`], and on top of them whatever the damaged database still gives. Does the same
/// for an empty or missing database beside which there is a copy. Where only the search index is
/// damaged it is made anew in place, and `None` is returned; also when another process has done it
/// all already.
///
/// The new database is made whole under another name before anything is moved, so that whoever
/// opens the store after a kill finds either the damaged one or all marks.
///
/// # Errors
/// When a file cannot be renamed or the new database cannot be made.
fn rescue(path: &Path) -> Result<Option<Rescue>> {
    let _lock = lock(path)?;
    let noted = is_noted(path);
    let settled = || -> Result<()> {
        if noted {
            step()?;
            let note = beside(path, NOTE);
            fs::remove_file(&note).map_err(failed(&note))?;
        }
        Ok(())
    };
    let rebuilt = beside(path, REBUILT);
    let empty = is_missing(path);
    if rebuilt.exists() {
        // A rescue was killed. What somebody marked since, in what it had given up, counts too.
        let found = salvage(path);
        open(&rebuilt)?.restore_marks(&found)?;
    } else if empty && marks_copy::is_there(path) || !(empty || sound(path) && mended(path, noted)?)
    {
        rebuild(path, &rebuilt)?;
    } else {
        settled()?;
        return Ok(None);
    }
    let marks = waiting_in(&rebuilt)?;
    let set_aside = set_aside(path)?;
    put_in_place(path, &rebuilt)?;
    settled()?;
    Ok(Some(Rescue {
        set_aside,
        log_lost: false,
        marks,
    }))
}

/// What follows the name of a database that was set aside, before a number.
const ASIDE: &str = ".damaged-";

/// Sets what is at `path` aside; says where it is now.
fn set_aside(path: &Path) -> Result<Option<PathBuf>> {
    let aside = (1..)
        .map(|number: u32| beside(path, &format!("{ASIDE}{number}")))
        .find(|candidate| !candidate.exists())
        .unwrap_or_else(|| beside(path, ".damaged"));
    // The log goes first: beside the new database it would be taken for its own.
    for suffix in ["-wal", "-shm", ""] {
        let from = beside(path, suffix);
        if fs::metadata(&from).is_ok_and(|file| file.len() > 0) {
            step()?;
            fs::rename(&from, beside(&aside, suffix)).map_err(failed(&from))?;
        }
    }
    Ok(aside.exists().then_some(aside))
}

/// Gives the new database its name.
fn put_in_place(path: &Path, rebuilt: &Path) -> Result<()> {
    step()?;
    fs::rename(rebuilt, path).map_err(failed(rebuilt))?;
    files::sync_folder(path);
    Ok(())
}

/// Makes the database at `path` anew where its log was lost (see [`FileState::LogLost`]): of what the connection of
/// `holder`, which had that log open, still reads, else of the file without a log, to which the marks of the copy and
/// those in `holder`'s hands are added; what is there is then set aside. Under a new file of the same name every other
/// connection sees that its own was replaced. Does nothing where another process was first.
///
/// # Errors
/// When a file cannot be renamed or the new database cannot be made.
pub(super) fn renew(path: &Path, holder: Option<(&Store, &MarksCopy)>) -> Result<Option<Rescue>> {
    let _lock = lock(path)?;
    let still_lost = match &holder {
        Some((store, _)) => store.file_in_place()? == FileState::LogLost,
        None => matches!(open(path), Err(StoreError::Replaced(_))),
    };
    let rebuilt = beside(path, REBUILT);
    if !still_lost || rebuilt.exists() {
        return Ok(None);
    }
    let building = begin_anew(path)?;
    step()?;
    // What the holder reads is the latest there is, later than any copy.
    let whole = holder.filter(|(store, _)| copied_whole(&store.conn, &building));
    if let Some((holder, _)) = whole {
        let store = open(&building)?;
        take_over(&store, holder.conn.identity(), path)?;
        finish(store, &building, &rebuilt)?;
    } else {
        begin_anew(path)?;
        if open::open_immutable(path).is_ok_and(|conn| copied_whole(&conn, &building)) {
            let store = open(&building)?;
            // Without its log it may be of two times.
            store.agree()?;
            take_over(&store, open::identity_of(path), path)?;
            finish(store, &building, &rebuilt)?;
        } else {
            rebuild(path, &rebuilt)?;
            if let Some((_, marks)) = holder {
                open(&rebuilt)?.restore_marks(marks)?;
            }
        }
    }
    let marks = waiting_in(&rebuilt)?;
    let set_aside = if whole.is_some() {
        remove_log(path)?;
        None
    } else {
        set_aside(path)?
    };
    put_in_place(path, &rebuilt)?;
    Ok(Some(Rescue {
        set_aside,
        log_lost: true,
        marks,
    }))
}

/// The memo that names the file that a database was made of, and how many marks had been made in it by then.
const MADE_OF: &str = "made of";

/// Notes that `new` was made of `file`, and takes in a later copy of the marks, which whoever wrote it without the log
/// made of others.
fn take_over(new: &Store, file: Identity, path: &Path) -> Result<()> {
    let change = new.state()?.change;
    let memo = match new.take_in_copy_of(path)? {
        true => format!("{file:?} {OTHERS}"),
        false => format!("{file:?} {change}"),
    };
    new.set_memo(MADE_OF, memo.as_bytes())
}

/// In the place of their number: marks of a later copy.
const OTHERS: &str = "copy";

/// What the file that is at a path now has of the one that was open there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It was made of it, and has all marks that the connection could read: what is marked otherwise was marked since.
    All,
    /// It was made of it without the latest marks: articles have their numbers.
    Articles,
    /// It was made of it, and its marks are those of a later copy: what is not marked there was unmarked.
    Copied,
    /// It is another one; articles may have other numbers.
    Nothing,
}

/// What `new` has of the file that the connection `old` reads.
pub(super) fn kept(new: &Store, old: &Store) -> Kept {
    let memo = new.memo(MADE_OF).ok().flatten();
    let memo = memo.and_then(|memo| String::from_utf8(memo).ok());
    let file = format!("{:?} ", old.conn.identity());
    let Some(then) = memo.as_deref().and_then(|memo| memo.strip_prefix(&file)) else {
        return Kept::Nothing;
    };
    match (then.parse::<i64>(), old.state()) {
        (Ok(then), Ok(had)) if had.change.max(old.last_change_seen()) <= then => Kept::All,
        (Ok(_), _) => Kept::Articles,
        (Err(_), _) => Kept::Copied,
    }
}

/// Removes the log of a database all of which is in the new one.
fn remove_log(path: &Path) -> Result<()> {
    for suffix in ["-wal", "-shm"] {
        let log = beside(path, suffix);
        step()?;
        if log.exists() {
            fs::remove_file(&log).map_err(failed(&log))?;
        }
    }
    Ok(())
}

/// Copies all that a connection reads into a new database; whether that is sound.
fn copied_whole(from: &Connection, to: &Path) -> bool {
    let copy = || -> rusqlite::Result<bool> {
        // Only its owner may read it.
        let _ = files::open_file(to);
        let mut conn = Connection::open(to)?;
        rusqlite::backup::Backup::new(from, &mut conn)?.step(-1)?;
        conn.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0))
            .map(|line| line == "ok")
    };
    copy().unwrap_or(false)
}

/// Removes what a kill left of a database that was being made; where the next one is made.
fn begin_anew(path: &Path) -> Result<PathBuf> {
    let building = beside(path, BUILDING);
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let left = beside(&building, suffix);
        if left.exists() {
            fs::remove_file(&left).map_err(failed(&left))?;
        }
    }
    Ok(building)
}

/// Makes a new database with all marks that there are, whole or not at all.
fn rebuild(path: &Path, rebuilt: &Path) -> Result<()> {
    let building = begin_anew(path)?;
    let mut copy = marks_copy::latest(path).unwrap_or_default();
    copy.add(salvage(path));
    step()?;
    let store = open(&building)?;
    step()?;
    store.restore_marks(&copy)?;
    finish(store, &building, rebuilt)
}

/// Closes a new database and gives it the name by which it is known to be whole.
fn finish(store: Store, building: &Path, rebuilt: &Path) -> Result<()> {
    step()?;
    // Into the one file that is renamed.
    store
        .conn
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    drop(store);
    step()?;
    fs::rename(building, rebuilt).map_err(failed(building))?;
    files::sync_folder(rebuilt);
    step()
}

/// The marks that wait for their articles in the database at `path`.
fn waiting_in(path: &Path) -> Result<u64> {
    let store = open(path)?;
    let count: i64 =
        store
            .conn
            .query_row("SELECT count(*) FROM kept WHERE pruned = 0", [], |row| {
                row.get(0)
            })?;
    store
        .conn
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(count as u64)
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

/// Whether a sound database can be used; where somebody met damage all the same, its tables are made to agree, and its
/// search index is made anew.
fn mended(path: &Path, noted: bool) -> Result<bool> {
    let mend = |store: Store| if noted { store.make_agree() } else { Ok(()) };
    match open(path).and_then(mend) {
        Ok(()) => Ok(true),
        Err(StoreError::Damaged(_)) => Ok(false),
        // The index says what is wrong with it in words alone.
        Err(StoreError::Sqlite(error))
            if error.sqlite_error_code() == Some(rusqlite::ErrorCode::Unknown) =>
        {
            Ok(false)
        }
        Err(why) => Err(why),
    }
}

/// What can still be read of marks and decisions.
fn salvage(path: &Path) -> MarksCopy {
    let mut found = MarksCopy::default();
    // Opened on a copy, so that what will be set aside stays byte for byte.
    let copy = beside(path, &format!(".{}.tmp", std::process::id()));
    let wal = beside(path, "-wal");
    let copied = |from: &Path, to: &Path| {
        files::open_file(to)
            .and_then(|mut to| std::io::copy(&mut File::open(from)?, &mut to))
            .is_ok()
    };
    let made = copied(path, &copy) && (!wal.exists() || copied(&wal, &beside(&copy, "-wal")));
    if let (true, Ok(conn)) = (made, Connection::open(&copy)) {
        found = marks_copy::read_what_is_left(&conn);
    }
    for suffix in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(beside(&copy, suffix));
    }
    found
}

#[cfg(test)]
thread_local! {
    /// Steps of a rescue that are still done before it is interrupted; a test counts them down.
    pub(super) static STEPS: std::cell::Cell<Option<u32>> = const { std::cell::Cell::new(None) };
}

/// Stands between two changes of files. In a test a rescue ends here as a kill would end it.
fn step() -> Result<()> {
    #[cfg(test)]
    if let Some(left) = STEPS.get() {
        STEPS.set(left.checked_sub(1));
        if left == 0 {
            return Err(StoreError::Interrupted);
        }
    }
    Ok(())
}
