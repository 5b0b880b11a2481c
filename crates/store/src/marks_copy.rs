//! A copy of the reader's marks in a file beside the database, small enough to be written anew each
//! time.
//! Never here: what is done with a damaged database (`recovery`).

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};

use super::open::beside;
use super::{Result, Store, StoreError, id_sets};

/// The first bytes of a copy.
const MAGIC: &[u8] = b"newsprint marks 1\n";

/// Read, starred, position of each article, by outlet and key.
pub(super) type Marks = BTreeMap<String, BTreeMap<i64, (bool, bool, u32)>>;

impl Store {
    /// Where [`Store::save_marks`] writes.
    pub(super) fn marks_file(&self) -> PathBuf {
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
    pub(super) fn restore_marks(&self, marks: &Marks) -> Result<u64> {
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
pub(super) const MARKS: [&str; 2] = [
    "SELECT o.name, k.key, k.read, k.starred, k.position FROM kept k
     JOIN outlets o ON o.id = k.outlet WHERE k.pruned = 0",
    "SELECT o.name, a.key, p.read, p.starred, p.position FROM places p
     JOIN articles a ON a.id = p.article JOIN outlets o ON o.id = p.outlet
     WHERE p.read = 1 OR p.starred = 1 OR p.position > 0",
];

pub(super) fn read_into(marks: &mut Marks, conn: &Connection, sql: &str) -> Result<()> {
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
pub(super) fn decode(file: &[u8]) -> Option<Marks> {
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
