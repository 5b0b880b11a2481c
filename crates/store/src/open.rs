//! Opening the database file: settings, migrations, read-only folders, newer and foreign databases.
//! Never here: damaged ones (`recovery`), queries about articles.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::files::{self, Identity, beside};
use super::migrations::MIGRATIONS;
use super::watch::{OpenedFile, is_a_log};
use super::{FileState, Result, Store, StoreError};
use newsprint_model::limits::{RAISE_LIMIT, is_own_limit};

/// How long a write waits for another process.
const PATIENCE: Duration = Duration::from_secs(5);

impl Store {
    /// Another connection to a store that this process has open already. Damage, or a log that was lost, is an
    /// error: to set the store aside under the first connection would be to write to what was set aside.
    pub fn open_beside(path: &Path) -> Result<Store> {
        open(path)
    }
}

fn cannot(path: &Path, why: impl ToString, hint: &'static str) -> StoreError {
    // Which SQLite says of the file.
    let (why, hint) = match lacks_handles() {
        true => (
            "newsprint may not open enough files".to_owned(),
            RAISE_LIMIT,
        ),
        false => (without_path(&why.to_string(), path), hint),
    };
    StoreError::Open {
        path: path.to_owned(),
        why,
        hint,
    }
}

/// What SQLite says of a file that it cannot open ends with the file, which is named already.
fn without_path(why: &str, path: &Path) -> String {
    let path = format!(": {}", path.display());
    why.strip_suffix(&path).unwrap_or(why).to_owned()
}

/// What to do about a database that cannot be opened: the file may be at fault, or its folder.
fn hint_for(path: &Path) -> &'static str {
    use rustix::fs::{Access, access};
    match access(path, Access::READ_OK | Access::WRITE_OK) {
        Err(rustix::io::Errno::ACCESS) => files::HINT_FILE,
        _ => files::HINT_FOLDER,
    }
}

/// Whether this process may not open as many files as a database needs.
fn lacks_handles() -> bool {
    let opened = [(); 6].map(|()| std::fs::File::open("/dev/null"));
    opened
        .iter()
        .any(|file| file.as_ref().is_err_and(is_own_limit))
}

/// Opens what is there or makes it new; never sets anything aside.
///
/// # Errors
/// [`StoreError::Replaced`] where its log was lost while others have it open ([`FileState::LogLost`]).
pub(super) fn open(path: &Path) -> Result<Store> {
    let store = open_as(path, MIGRATIONS)?;
    match store.file_in_place()? {
        FileState::LogLost => Err(StoreError::Replaced(path.to_owned())),
        _ => Ok(store),
    }
}

/// Bytes of the log of the database at `path`.
fn log_length(path: &Path) -> u64 {
    fs::metadata(beside(path, "-wal")).map_or(0, |log| log.len())
}

/// Whether something was read beyond the end of a file.
fn is_short(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error().map(|code| code.extended_code);
    code == Some(rusqlite::ffi::SQLITE_IOERR_SHORT_READ)
}

/// Whether this process has a connection to it.
pub(super) fn is_open_here(path: &Path) -> bool {
    let live = LIVE.lock().unwrap_or_else(PoisonError::into_inner);
    live.contains_key(path)
}

/// The same where these are all migrations there are; a test has more than the program.
pub(super) fn open_as(path: &Path, steps: &[&str]) -> Result<Store> {
    if let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty())
        && !folder.is_dir()
    {
        files::create_folder(folder).map_err(|why| cannot(path, why, files::HINT_FOLDER))?;
    }
    if path.is_dir() {
        return Err(cannot(path, "it is a folder", "move it away"));
    }
    let live = Live::enter(path, steps)?;
    let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let writable = flags | OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let first = Connection::open_with_flags(path, writable)
        .and_then(|conn| {
            // SQLite quietly falls back to reading when the file itself is read-only.
            let read_only = conn.is_readonly("main")?;
            Ok((conn, read_only))
        })
        .map_err(StoreError::from)
        .and_then(|(conn, read_only)| ready(conn, path, read_only, steps, &live));
    let error = match first {
        // The index of the log speaks of pages that the log has not.
        Err(StoreError::Sqlite(error)) if is_short(&error) => {
            return Err(StoreError::Replaced(path.to_owned()));
        }
        // Or what the log has is none of its pages.
        Err(StoreError::Damaged(_)) if log_length(path) > 0 && !is_a_log(path) => {
            return Err(StoreError::Replaced(path.to_owned()));
        }
        Err(StoreError::Sqlite(error)) => error,
        Err(StoreError::Full) => return read_without_room(path, steps, &live),
        other => return other,
    };
    let unwritable = matches!(
        error.sqlite_error_code(),
        Some(
            ErrorCode::CannotOpen
                | ErrorCode::ReadOnly
                | ErrorCode::SystemIoFailure
                | ErrorCode::PermissionDenied
        )
    );
    // With too few handles the log cannot be opened: no reason to say that nothing can be written.
    if !unwritable || !path.exists() || lacks_handles() {
        return Err(cannot(path, error, hint_for(path)));
    }
    // A folder without write permission: with a write-ahead log at hand it can still be read by
    // those who can map it; without one only a promise that nobody writes lets SQLite read.
    let ordinary = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(StoreError::from)
        .and_then(|conn| ready(conn, path, true, steps, &live));
    if let Ok(store) = ordinary {
        return Ok(store);
    }
    open_immutable(path)
        .and_then(|conn| ready(conn, path, true, steps, &live))
        .map_err(|_| cannot(path, error, hint_for(path)))
}

/// Opens for reading alone a database beside which there is no room for the index of its write-ahead log, which
/// even a reader writes (32 KB): where there is no log as one that nobody changes; else with an index in memory,
/// for which it may be nobody else's.
fn read_without_room(path: &Path, steps: &[&str], live: &Live) -> Result<Store> {
    let opened = match log_length(path) {
        0 => open_immutable(path),
        _ => open_alone(path),
    };
    let store = opened.and_then(|conn| ready(conn, path, true, steps, live));
    let store = store.map_err(|_| StoreError::Full)?;
    Ok(Store {
        full: true,
        ..store
    })
}

pub(super) fn open_immutable(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI;
    Ok(Connection::open_with_flags(immutable_uri(path), flags)?)
}

/// See "Use of WAL Without Shared-Memory" in SQLite's documentation of its log.
fn open_alone(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_READ_WRITE;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.query_row("PRAGMA locking_mode = EXCLUSIVE", [], |_| Ok(()))?;
    Ok(conn)
}

/// `file:` URI of RFC 8089 with SQLite's `immutable` parameter; every other byte is escaped.
fn immutable_uri(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut uri = String::from("file:");
    for byte in absolute.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' => uri.push(char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => uri.push(char::from(*byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri.push_str("?immutable=1");
    uri.into()
}

/// A connection that leaves the log of another database alone when it is closed.
///
/// The last connection folds the log into the database and removes the log by its name. SQLite does not where the
/// database was moved, but looks only where that has pages: an emptied one in whose place a new one was put
/// would take the log of the new one along.
#[derive(Debug)]
pub(super) struct Conn {
    conn: Connection,
    path: PathBuf,
    identity: Identity,
}

impl Conn {
    /// Of the database at `path`, which it has opened.
    fn new(conn: Connection, path: &Path) -> Conn {
        Conn {
            conn,
            path: path.to_owned(),
            identity: identity_of(path),
        }
    }

    /// What tells the file that it has opened from others that have its name later.
    pub(super) fn identity(&self) -> Identity {
        self.identity
    }
}

pub(super) fn identity_of(path: &Path) -> Identity {
    files::identity(&fs::metadata(path).ok()?)
}

impl std::ops::Deref for Conn {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.conn
    }
}

impl Drop for Conn {
    fn drop(&mut self) {
        if identity_of(&self.path) != self.identity {
            let keeps_log = rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
            // It fails for a connection that is closed already, and there is none.
            let _ = self.conn.set_db_config(keeps_log, true);
        }
    }
}

/// The databases that this process has open, and how often.
static LIVE: Mutex<BTreeMap<PathBuf, usize>> = Mutex::new(BTreeMap::new());

/// Counts one connection of this process to a database, as long as it lives.
///
/// POSIX drops all locks of a process on a file when the process closes any descriptor of it. So
/// once a connection is open nothing here may open the file on its own: SQLite's lock would be gone,
/// and another process that closes its last connection would remove the write-ahead log under us.
#[derive(Debug)]
pub(super) struct Live(PathBuf);

impl Live {
    /// Before the first connection of this process: refuses a newer database. Makes a missing one, which only its
    /// owner may read (SQLite would let everybody).
    fn enter(path: &Path, steps: &[&str]) -> Result<Live> {
        let mut live = LIVE.lock().unwrap_or_else(PoisonError::into_inner);
        if !live.contains_key(path) {
            look_at_header(path, steps)?;
        }
        // Also where a connection to another file of this name is still open: this one is then new, and nobody's.
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        // Where it cannot be made SQLite says why.
        let _ = options.open(path);
        *live.entry(path.to_owned()).or_default() += 1;
        Ok(Live(path.to_owned()))
    }
}

impl Clone for Live {
    fn clone(&self) -> Live {
        let mut live = LIVE.lock().unwrap_or_else(PoisonError::into_inner);
        *live.entry(self.0.clone()).or_default() += 1;
        Live(self.0.clone())
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        let mut live = LIVE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = live.get_mut(&self.0) {
            *count -= 1;
            if *count == 0 {
                live.remove(&self.0);
            }
        }
    }
}

/// Reads the file's header (SQLite file format, section 1.3) before SQLite touches it: a newer
/// database is refused, and one that was cut short is damaged, which SQLite would say only to whoever
/// reads what is missing.
fn look_at_header(path: &Path, steps: &[&str]) -> Result<()> {
    let mut header = [0; 100];
    let read = File::open(path).and_then(|mut file| {
        file.read_exact(&mut header)?;
        Ok((file.metadata()?, file))
    });
    let (Ok((metadata, file)), true) = (read, header.starts_with(b"SQLite format 3\0")) else {
        return Ok(());
    };
    let number = |at: usize| {
        u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
    };
    refuse(path, i64::from(number(60).cast_signed()), steps)?;
    let page_size = match u64::from(number(16) >> 16) {
        1 => 65_536,
        size => size,
    };
    // The number of pages holds if it was written with the last change.
    let pages = if number(24) == number(92) {
        number(28)
    } else {
        0
    };
    if header[18] == WITH_LOG && lacks_log_of_others(path, &file) {
        return Err(StoreError::Replaced(path.to_owned()));
    }
    // With a log the pages that are missing may be there.
    if log_length(path) == 0 && metadata.len() < u64::from(pages) * page_size {
        return Err(StoreError::Damaged("it was cut short".to_owned()));
    }
    Ok(())
}

/// The version of the format that says that changes are written to a log.
const WITH_LOG: u8 = 2;

/// How often one looks, and how long one waits in between: another process may just be opening or closing it.
const LOOKS: u32 = 5;
const BETWEEN_LOOKS: Duration = Duration::from_millis(3);

/// Whether another process has the database open, and neither its log nor the index of it is there: what is written to
/// a new one would be lost as soon as that process notices. Whoever has a database with a log open holds SQLite's
/// shared lock on it.
#[cfg(unix)]
fn lacks_log_of_others(path: &Path, file: &File) -> bool {
    use rustix::process::{Flock, FlockOffsetType, FlockType, fcntl_getlk};
    // "File Locking And Concurrency In SQLite Version 3": 510 bytes behind those of the other locks, at 1 GiB.
    let shared = Flock {
        start: (1 << 30) + 2,
        length: 510,
        pid: None,
        typ: FlockType::WriteLock,
        offset_type: FlockOffsetType::Set,
    };
    (0..LOOKS).all(|look| {
        if look > 0 {
            std::thread::sleep(BETWEEN_LOOKS);
        }
        let there = |suffix: &str| beside(path, suffix).exists();
        !there("-wal") && !there("-shm") && matches!(fcntl_getlk(file, &shared), Ok(Some(_)))
    })
}

/// Nothing tells on this system.
#[cfg(not(unix))]
fn lacks_log_of_others(_: &Path, _: &File) -> bool {
    false
}

/// What SQLite holds in `user_version` when all steps are done.
fn version_of(steps: &[&str]) -> i64 {
    i64::try_from(steps.len()).unwrap_or(i64::MAX)
}

fn refuse(path: &Path, found: i64, steps: &[&str]) -> Result<()> {
    let known = version_of(steps);
    if found > known {
        return Err(StoreError::Newer {
            path: path.to_owned(),
            found,
            known,
        });
    }
    Ok(())
}

fn ready(
    conn: Connection,
    path: &Path,
    read_only: bool,
    steps: &[&str],
    live: &Live,
) -> Result<Store> {
    conn.busy_timeout(PATIENCE)?;
    conn.set_prepared_statement_cache_capacity(96);
    let version = user_version(&conn)?;
    refuse(path, version, steps)?;
    let newest = version_of(steps);
    if version < newest {
        if read_only {
            let why = format!("its version {version} must be brought up to {newest} first");
            return Err(cannot(path, why, files::HINT_FOLDER));
        }
        migrate(&conn, path, version, steps)?;
    }
    if !read_only {
        conn.execute_batch("PRAGMA synchronous = NORMAL")?;
    }
    // What it has read by now has opened the log.
    let store = Store {
        file: OpenedFile::of(path, &conn),
        conn: Conn::new(conn, path),
        live: live.clone(),
        path: path.to_owned(),
        read_only,
        full: false,
        rescued: None,
        names: Default::default(),
        plans: Default::default(),
        ranking: Default::default(),
        fronts: Default::default(),
        shown_of_stories: Default::default(),
        away: Default::default(),
        marks_copies: std::cell::Cell::new(true),
    };
    store.state()?;
    Ok(store)
}

fn user_version(conn: &Connection) -> Result<i64> {
    Ok(conn.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

fn migrate(conn: &Connection, path: &Path, version: i64, steps: &[&str]) -> Result<()> {
    if version == 0 {
        let foreign: i64 =
            conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if foreign > 0 {
            // Another process may have made it since the version was read.
            if user_version(conn)? == 0 {
                return Err(cannot(
                    path,
                    "it is not a newsprint database",
                    "move it away",
                ));
            }
        } else {
            conn.execute_batch("PRAGMA page_size = 8192")?;
        }
        // Turning the log on does not wait for others by itself.
        let mut tries = 0;
        while let Err(error) = conn.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())) {
            let busy = matches!(
                error.sqlite_error_code(),
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
            );
            tries += 1;
            if !busy || tries > 100 {
                return Err(error.into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    let transaction =
        rusqlite::Transaction::new_unchecked(conn, rusqlite::TransactionBehavior::Immediate)?;
    let version = user_version(conn)?;
    refuse(path, version, steps)?;
    for step in steps.iter().skip(usize::try_from(version).unwrap_or(0)) {
        conn.execute_batch(step).map_err(|error| {
            match (version, StoreError::from(error)) {
                // Not for want of room, time or rights: the step and what is stored do not agree.
                (1.., StoreError::Sqlite(error))
                    if error.sqlite_error_code() == Some(ErrorCode::Unknown)
                        || error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) =>
                {
                    cannot(
                        path,
                        format!("it could not be brought up to date: {error}"),
                        "it is as it was, and the newsprint that wrote it still reads it",
                    )
                }
                (_, other) => other,
            }
        })?;
    }
    let newest = version_of(steps);
    conn.execute_batch(&format!("PRAGMA user_version = {newest}"))?;
    transaction.commit()?;
    Ok(())
}
