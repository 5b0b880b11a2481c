//! A copy of the reader's marks beside the database, and what is done with a damaged database.
//! Never here: deleting anything.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, params};

use super::open::{self, Rescue};
use super::{Result, Store, StoreError, id_sets};

/// The first bytes of a copy.
const MAGIC: &[u8] = b"newsprint marks 1\n";

/// Read, starred, position of each article, by outlet and key.
type Marks = BTreeMap<String, BTreeMap<i64, (bool, bool, u32)>>;

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

impl Store {
    /// Where [`Store::save_marks`] writes.
    pub fn marks_file(&self) -> PathBuf {
        beside(&self.path, ".marks")
    }

    /// Writes the copy of all marks that a rescue restores, if marks changed since the last copy.
    /// The new copy replaces the old one whole or not at all.
    pub fn save_marks(&self) -> Result<bool> {
        if self.read_only {
            return Ok(false);
        }
        let change = self.state()?.change;
        let done: Option<i64> = self
            .memo("marks copied")?
            .and_then(|bytes| String::from_utf8(bytes).ok()?.parse().ok());
        let file = self.marks_file();
        if done == Some(change) && file.exists() {
            return Ok(false);
        }
        let marks = self.reading(|store| read_marks(&store.conn))?;
        write_whole(&file, &encode(&marks))?;
        self.set_memo("marks copied", change.to_string().as_bytes())?;
        Ok(true)
    }

    /// Takes marks in: those of articles that are here now, and the rest for when they come.
    fn restore(&self, marks: &Marks) -> Result<u64> {
        self.writing(|store| {
            let mut count = 0;
            for (outlet, keys) in marks {
                store.conn.execute(
                    "INSERT OR IGNORE INTO outlets (name, fold, url, grp, place, configured)
                     VALUES (?1, ?2, '', '', 0, 0)",
                    params![outlet, newsprint_model::fold(outlet)],
                )?;
                let mut insert = store.conn.prepare_cached(
                    "INSERT OR REPLACE INTO kept (outlet, key, read, starred, position, pruned)
                     SELECT id, ?2, ?3, ?4, ?5, 0 FROM outlets WHERE name = ?1",
                )?;
                for (key, (read, starred, position)) in keys {
                    insert.execute(params![outlet, key, read, starred, position])?;
                    count += 1;
                }
            }
            Ok(count)
        })
    }
}

fn read_marks(conn: &Connection) -> Result<Marks> {
    let mut marks = Marks::new();
    for sql in MARKS {
        read_into(&mut marks, conn, sql)?;
    }
    Ok(marks)
}

/// First the marks that wait for their article, then those of articles that are here.
const MARKS: [&str; 2] = [
    "SELECT o.name, k.key, k.read, k.starred, k.position FROM kept k
     JOIN outlets o ON o.id = k.outlet WHERE k.pruned = 0",
    "SELECT o.name, a.key, p.read, p.starred, p.position FROM places p
     JOIN articles a ON a.id = p.article JOIN outlets o ON o.id = p.outlet
     WHERE p.read = 1 OR p.starred = 1 OR p.position > 0",
];

fn read_into(marks: &mut Marks, conn: &Connection, sql: &str) -> Result<()> {
    let mut statement = conn.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let value = (row.get(2)?, row.get(3)?, row.get(4)?);
        let keys = marks.entry(row.get(0)?).or_default();
        keys.insert(row.get(1)?, value);
    }
    Ok(())
}

fn checksum(bytes: &[u8]) -> [u8; 8] {
    let sum = bytes.iter().fold(0u64, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u64::from(*byte) + 1)
    });
    sum.to_le_bytes()
}

fn encode(marks: &Marks) -> Vec<u8> {
    let mut out = Vec::new();
    for (outlet, keys) in marks {
        id_sets::put(&mut out, outlet.len() as u64);
        out.extend(outlet.as_bytes());
        id_sets::put(&mut out, keys.len() as u64);
        for (key, (read, starred, position)) in keys {
            out.extend(key.to_le_bytes());
            id_sets::put(
                &mut out,
                u64::from(*position) << 2 | u64::from(*starred) << 1 | u64::from(*read),
            );
        }
    }
    let mut file = MAGIC.to_vec();
    file.extend(checksum(&out));
    file.extend(zstd::bulk::compress(&out, 3).unwrap_or_default());
    file
}

/// `None` for anything that is not a whole copy.
fn decode(file: &[u8]) -> Option<Marks> {
    let rest = file.strip_prefix(MAGIC)?;
    let (sum, packed) = rest.split_at_checked(8)?;
    let size = zstd::bulk::Decompressor::upper_bound(packed)?;
    let bytes = zstd::bulk::decompress(packed, size.min(1 << 30)).ok()?;
    if sum != checksum(&bytes) {
        return None;
    }
    let mut rest = &bytes[..];
    let number = |rest: &mut &[u8]| {
        let end = rest.iter().position(|byte| byte & 0x80 == 0)? + 1;
        let value = id_sets::numbers(&rest[..end]).next();
        *rest = &rest[end..];
        value
    };
    let mut marks = Marks::new();
    while !rest.is_empty() {
        let length = usize::try_from(number(&mut rest)?).ok()?;
        let (name, tail) = rest.split_at_checked(length)?;
        rest = tail;
        let keys = marks
            .entry(String::from_utf8(name.to_vec()).ok()?)
            .or_default();
        for _ in 0..number(&mut rest)? {
            let (key, tail) = rest.split_first_chunk::<8>()?;
            rest = tail;
            let value = number(&mut rest)?;
            keys.insert(
                i64::from_le_bytes(*key),
                (
                    value & 1 == 1,
                    value & 2 == 2,
                    u32::try_from(value >> 2).ok()?,
                ),
            );
        }
    }
    Some(marks)
}

fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |why| StoreError::File {
        path: path.to_owned(),
        why,
    };
    let temporary = beside(path, &format!(".{}.tmp", std::process::id()));
    let write = || {
        let mut file = File::create(&temporary)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&temporary, path)
    };
    write().map_err(|why| {
        // What is removed is the half-written new file; the old copy stays.
        let _ = fs::remove_file(&temporary);
        failed(why)
    })
}

/// Whether someone met damage in the database since it was last rescued.
pub(super) fn is_noted(path: &Path) -> bool {
    beside(path, NOTE).exists()
}

/// The file that says so.
const NOTE: &str = ".is-damaged";

impl Store {
    /// Leaves word of damage for whoever opens the store next.
    pub(super) fn note_damage<T>(&self, out: &Result<T>) {
        if let (Err(StoreError::Damaged(_)), false) = (out, self.is_read_only()) {
            // Where even this cannot be written, the next opening meets the damage by itself.
            let _ = File::create(beside(self.path(), NOTE));
        }
    }
}

/// Sets the damaged database at `path` aside with its `-wal` and `-shm` (renamed, never deleted),
/// starts a new one, and restores read and star marks: from the latest copy of
/// [`Store::save_marks`], and on top of it whatever the damaged database still gives. Where only
/// the search index is damaged it is made anew in place, and `None` is returned; also when another
/// process has done it all already.
///
/// # Errors
/// When a file cannot be renamed or the new database cannot be made.
pub fn rescue(path: &Path) -> Result<Option<Rescue>> {
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
        let store = open::open(path)?;
        if noted {
            store.reindex()?;
        }
        settled()?;
        return Ok(None);
    }
    let copy = fs::read(beside(path, ".marks")).ok();
    let mut marks = copy.as_deref().and_then(decode).unwrap_or_default();
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
    let store = open::open(path)?;
    let count = store.restore(&marks)?;
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
        for sql in MARKS {
            // What came before the damage counts; the error is why we are here.
            let _ = read_into(&mut marks, &conn, sql);
        }
    }
    for suffix in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(beside(&copy, suffix));
    }
    marks
}
