//! A copy of the reader's marks in a file beside the database, small enough to be written anew each
//! time.
//! Never here: what is done with a damaged database (`recovery`).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};

use super::files::{self, beside};
use super::{Result, Store, StoreError, id_sets};
use newsprint_model::Mark;

/// The first bytes of a copy …
const MAGIC: &[u8] = b"newsprint marks 2\n";

/// … and of one without marks that wait for servers.
const MAGIC_1: &[u8] = b"newsprint marks 1\n";

/// Read, starred, position of each article, by outlet and key.
pub(super) type Marks = BTreeMap<String, BTreeMap<i64, (bool, bool, u32)>>;

/// Marks that wait for a server: by the account's name and home, then by id and kind what is wanted.
pub(super) type Waiting = BTreeMap<(String, String), BTreeMap<(String, u8), bool>>;

/// What a rescue restores.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct MarksCopy {
    pub marks: Marks,
    pub waiting: Waiting,
}

impl MarksCopy {
    /// Puts what was found elsewhere on top.
    pub(super) fn add(&mut self, other: MarksCopy) {
        for (outlet, keys) in other.marks {
            self.marks.entry(outlet).or_default().extend(keys);
        }
        for (account, marks) in other.waiting {
            self.waiting.entry(account).or_default().extend(marks);
        }
    }
}

impl Store {
    /// Where [`Store::save_marks`] writes.
    pub(super) fn marks_file(&self) -> PathBuf {
        beside(&self.path, ".marks")
    }

    /// Writes the copy of all marks that a rescue restores, if marks changed since the last copy.
    /// The new copy replaces the old one whole or not at all. A copy that was there before this store
    /// and has marks that the store has not is kept under another name (`.marks.1`).
    pub fn save_marks(&self) -> Result<bool> {
        if self.read_only {
            return Ok(false);
        }
        // A mark that a server has taken waits no longer, and is no change of marks.
        let waiting: i64 = self
            .conn
            .prepare_cached("SELECT count(*) FROM pending")?
            .query_row([], |row| row.get(0))?;
        let now = format!("{} {waiting}", self.state()?.change);
        let done = self
            .memo("marks copied")?
            .and_then(|bytes| String::from_utf8(bytes).ok());
        let file = self.marks_file();
        if done.as_deref() == Some(&*now) && file.exists() {
            return Ok(false);
        }
        let copy = self.reading(|store| read_all(&store.conn))?;
        let failed = |why| StoreError::File {
            path: file.clone(),
            why,
        };
        if done.is_none() {
            spare(&file, &copy.marks).map_err(failed)?;
        }
        files::write_whole(&file, &encode(&copy), true).map_err(failed)?;
        self.set_memo("marks copied", now.as_bytes())?;
        Ok(true)
    }

    /// Takes marks in: those of articles that are here at once, the rest for when they come. No mark
    /// that is here is taken away. Says how many marked articles were taken in.
    pub(super) fn restore_marks(&self, copy: &MarksCopy) -> Result<u64> {
        self.writing(|store| {
            let mut count = 0;
            let (mut read, mut starred) = (BTreeSet::new(), BTreeSet::new());
            for (name, keys) in &copy.marks {
                store.conn.execute(
                    "INSERT OR IGNORE INTO outlets (name, fold, url, grp, place, configured)
                     VALUES (?1, ?2, '', '', 0, 0)",
                    params![name, newsprint_model::fold(name)],
                )?;
                let outlet = store.outlet(name)?;
                let mut wait = store.conn.prepare_cached(
                    "INSERT INTO kept (outlet, key, read, starred, position, pruned)
                     VALUES (?1, ?2, ?3, ?4, ?5, 0)
                     ON CONFLICT DO UPDATE SET read = max(read, excluded.read),
                         starred = max(starred, excluded.starred),
                         position = max(position, excluded.position)",
                )?;
                for (key, mark) in keys {
                    count += 1;
                    let Some(article) = store.by_key(outlet, *key)? else {
                        wait.execute(params![outlet, key, mark.0, mark.1, mark.2])?;
                        continue;
                    };
                    read.extend(mark.0.then_some(article));
                    starred.extend(mark.1.then_some(article));
                    store
                        .conn
                        .prepare_cached(
                            "UPDATE places SET position = max(position, ?2) WHERE article = ?1",
                        )?
                        .execute([article, i64::from(mark.2)])?;
                }
            }
            store.change(read.into_iter(), Mark::Read, false)?;
            store.change(starred.into_iter(), Mark::Star, false)?;
            store.restore_waiting(&copy.waiting)?;
            Ok(count)
        })
    }
}

/// The copies that may be there, the latest first.
const COPIES: [&str; 2] = [".marks", ".marks.1"];

/// Whether there is a copy of the marks of the database at `path`, whole or not.
pub(super) fn is_there(path: &Path) -> bool {
    COPIES.iter().any(|suffix| beside(path, suffix).exists())
}

/// The latest whole copy.
pub(super) fn latest(path: &Path) -> Option<MarksCopy> {
    COPIES
        .iter()
        .find_map(|suffix| decode(&fs::read(beside(path, suffix)).ok()?))
}

/// Gives a copy that has more than `marks`, or that cannot be read, a name under which it stays.
fn spare(file: &Path, marks: &Marks) -> std::io::Result<()> {
    let bytes = match fs::read(file) {
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        read => read?,
    };
    let none = BTreeMap::new();
    let has_all = decode(&bytes).is_some_and(|old| {
        old.marks.iter().all(|(outlet, keys)| {
            let here = marks.get(outlet).unwrap_or(&none);
            keys.iter().all(|(key, old)| {
                let here = here.get(key).copied().unwrap_or_default();
                here.0 >= old.0 && here.1 >= old.1
            })
        })
    });
    if has_all {
        return Ok(());
    }
    let name = (1..)
        .map(|number: u32| beside(file, &format!(".{number}")))
        .find(|name| !name.exists());
    name.map_or(Ok(()), |name| fs::rename(file, name))
}

fn read_all(conn: &Connection) -> Result<MarksCopy> {
    let mut copy = MarksCopy::default();
    for sql in MARKS {
        read_into(&mut copy.marks, conn, sql)?;
    }
    waiting_into(&mut copy.waiting, conn)?;
    Ok(copy)
}

/// Marks that wait for servers.
pub(super) fn waiting_into(waiting: &mut Waiting, conn: &Connection) -> Result<()> {
    let mut statement = conn.prepare(
        "SELECT a.name, a.home, p.rid, p.kind, p.want FROM pending p JOIN accounts a ON a.id = p.account",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let marks = waiting.entry((row.get(0)?, row.get(1)?)).or_default();
        marks.insert((row.get(2)?, row.get(3)?), row.get(4)?);
    }
    Ok(())
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

fn put_text(out: &mut Vec<u8>, text: &str) {
    id_sets::put(out, text.len() as u64);
    out.extend(text.as_bytes());
}

fn encode(copy: &MarksCopy) -> Vec<u8> {
    let mut out = Vec::new();
    id_sets::put(&mut out, copy.waiting.len() as u64);
    for ((name, home), marks) in &copy.waiting {
        put_text(&mut out, name);
        put_text(&mut out, home);
        id_sets::put(&mut out, marks.len() as u64);
        for ((rid, kind), want) in marks {
            put_text(&mut out, rid);
            id_sets::put(&mut out, u64::from(*kind) << 1 | u64::from(*want));
        }
    }
    for (outlet, keys) in &copy.marks {
        put_text(&mut out, outlet);
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
fn decode(file: &[u8]) -> Option<MarksCopy> {
    let (rest, has_waiting) = match file.strip_prefix(MAGIC) {
        Some(rest) => (rest, true),
        None => (file.strip_prefix(MAGIC_1)?, false),
    };
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
    let text = |rest: &mut &[u8]| {
        let length = usize::try_from(number(rest)?).ok()?;
        let (text, tail) = rest.split_at_checked(length)?;
        *rest = tail;
        String::from_utf8(text.to_vec()).ok()
    };
    let mut waiting = Waiting::new();
    if has_waiting {
        for _ in 0..number(&mut rest)? {
            let account = (text(&mut rest)?, text(&mut rest)?);
            let marks = waiting.entry(account).or_default();
            for _ in 0..number(&mut rest)? {
                let rid = text(&mut rest)?;
                let value = number(&mut rest)?;
                marks.insert((rid, u8::try_from(value >> 1).ok()?), value & 1 == 1);
            }
        }
    }
    let mut marks = Marks::new();
    while !rest.is_empty() {
        let keys = marks.entry(text(&mut rest)?).or_default();
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
    Some(MarksCopy { marks, waiting })
}
