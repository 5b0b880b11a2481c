//! A copy of the reader's marks, and of what the reader decided of stories, in a file beside the database, small
//! enough to be written anew each time.
//! Never here: what is done with a damaged database (`recovery`).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};

use super::files::{self, beside};
use super::given_tags::GivenTags;
use super::{Result, Store, StoreError, id_sets};
use newsprint_model::Mark;

/// The first bytes of a copy …
const MAGIC: &[u8] = b"newsprint marks 4\n";

/// … of one without tags that the reader gave …
const MAGIC_3: &[u8] = b"newsprint marks 3\n";

/// … and without decisions of stories …
const MAGIC_2: &[u8] = b"newsprint marks 2\n";

/// … and of one without marks that wait for servers, too.
const MAGIC_1: &[u8] = b"newsprint marks 1\n";

/// Bytes of the check sum that follows.
const SUM: usize = 8;

/// The memo of what was copied last.
const COPIED: &str = "marks copied";

/// What a store knows of its last copy.
struct Copied {
    /// The state of the marks that it has.
    state: String,
    /// Its check sum, and those of the copies before it, as far as they are remembered.
    sums: Vec<u64>,
}

impl Copied {
    fn read(memo: Vec<u8>) -> Option<Copied> {
        let text = String::from_utf8(memo).ok()?;
        let (state, sums) = text.split_once('\n').unwrap_or((&text, ""));
        let sums = sums
            .split(' ')
            .filter_map(|sum| u64::from_str_radix(sum, 16).ok());
        Some(Copied {
            state: state.to_owned(),
            sums: sums.collect(),
        })
    }
}

/// So many copies are remembered: two processes may be writing one at once.
const REMEMBERED: usize = 8;

/// Read, starred, position of each article, by outlet and key.
pub(super) type Marks = BTreeMap<String, BTreeMap<i64, (bool, bool, u32)>>;

/// Marks that wait for a server: by the account's name and home, then by id and kind what is wanted.
pub(super) type Waiting = BTreeMap<(String, String), BTreeMap<(String, u8), bool>>;

/// An article by its outlet and key.
pub(super) type End = (String, i64);

/// Whether pairs of articles are to be one story or two; the lower of a pair first.
pub(super) type Decided = BTreeMap<(End, End), bool>;

/// What a rescue restores.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct MarksCopy {
    pub marks: Marks,
    pub waiting: Waiting,
    pub decided: Decided,
    pub given_tags: GivenTags,
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
        self.decided.extend(other.decided);
        for (article, names) in other.given_tags {
            let have = self.given_tags.entry(article).or_default();
            for name in names {
                if !have.contains(&name) {
                    have.push(name);
                }
            }
        }
    }
}

impl Store {
    /// Where [`Store::save_marks`] writes.
    pub(super) fn marks_file(&self) -> PathBuf {
        beside(&self.path, ".marks")
    }

    /// Writes the copy of all that a rescue restores, if marks or decisions changed since the last copy.
    /// The new copy replaces the old one whole or not at all. A copy that was there before this store
    /// and has something that the store has not is kept under another name (`.marks.1`); the marks of one that
    /// another process has written meanwhile are taken in.
    pub fn save_marks(&self) -> Result<bool> {
        if self.read_only {
            return Ok(false);
        }
        // By a process that still had the file that was here before.
        let known = self.copied()?.is_some_and(|copied| !copied.sums.is_empty());
        if let (true, Some((copy, sum))) = (known, self.unknown_copy(&self.path)?) {
            self.take_in(&copy, sum)?;
        }
        // A mark that a server has taken no longer waits; that does not count as a change of marks.
        let waiting: i64 = self
            .conn
            .prepare_cached("SELECT count(*) FROM pending")?
            .query_row([], |row| row.get(0))?;
        let now = format!(
            "{} {waiting} {} {}",
            self.state()?.change,
            self.decisions()?,
            self.given_tag_changes()?
        );
        let done = self.copied()?;
        let file = self.marks_file();
        if done.as_ref().is_some_and(|done| done.state == now) && file.exists() {
            return Ok(false);
        }
        let copy = self.reading(|store| read_all(&store.conn))?;
        let failed = |why| StoreError::File {
            path: file.clone(),
            why,
        };
        if done.is_none() {
            spare(&file, &copy).map_err(failed)?;
        }
        let bytes = encode(&copy);
        // Known before it is there: whoever saves marks meanwhile would take it for one of another database, and bring
        // back what has been unmarked since it was read. Where the database was replaced it is just that.
        match self.set_copied("", sum_of(&bytes)) {
            Ok(()) | Err(StoreError::Replaced(_)) => {}
            Err(why) => return Err(why),
        }
        files::write_whole(&file, &bytes, true).map_err(failed)?;
        self.set_copied(&now, sum_of(&bytes))?;
        Ok(true)
    }

    /// Takes in the copy beside the store where it is not the one that this store knows: the store is older than its
    /// copy. A power cut may take the last of a log that is not written out each time, somebody may remove the log
    /// or put an older database in the place of this one; the copy is on the disk as soon as it is made.
    pub(super) fn take_in_newer_copy(&self) -> Result<()> {
        if self.read_only {
            return Ok(());
        }
        let taken = match self.unknown_copy(&self.path)? {
            Some((copy, sum)) => self.take_in(&copy, sum),
            None => return Ok(()),
        };
        match taken {
            // The next opening does it.
            Err(StoreError::Busy | StoreError::Full) => Ok(()),
            other => other,
        }
    }

    /// Takes in the copy beside the database `path`, of which this store was made as it was before its log: a mark that
    /// is here and not in a later copy was undone since. Says whether there was one.
    pub(super) fn take_in_copy_of(&self, path: &Path) -> Result<bool> {
        let Some((copy, sum)) = self.unknown_copy(path)? else {
            return Ok(false);
        };
        if self.copied()?.is_some_and(|known| !known.sums.is_empty()) {
            self.unmark_all_but(&copy)?;
        }
        self.take_in(&copy, sum)?;
        Ok(true)
    }

    /// The latest whole copy beside the database `path`, with its check sum, unless this store knows it.
    fn unknown_copy(&self, path: &Path) -> Result<Option<(MarksCopy, u64)>> {
        let known = self.copied()?.map_or_else(Vec::new, |copied| copied.sums);
        // Each opening asks, and nearly always the store knows it.
        let mut start = [0; MAGIC.len() + SUM];
        let read = fs::File::open(beside(path, COPIES[0]))
            .and_then(|mut file| file.read_exact(&mut start));
        if read.is_ok() && sum_of(&start).is_some_and(|sum| known.contains(&sum)) {
            return Ok(None);
        }
        let copy = bytes_of_latest(path).and_then(|bytes| Some((decode(&bytes)?, sum_of(&bytes)?)));
        Ok(copy.filter(|(_, sum)| !known.contains(sum)))
    }

    fn take_in(&self, copy: &MarksCopy, sum: u64) -> Result<()> {
        self.restore_marks(copy)?;
        self.set_copied("", Some(sum))
    }

    /// Undoes the marks of articles that are here and not in a copy.
    fn unmark_all_but(&self, copy: &MarksCopy) -> Result<()> {
        self.writing(|store| {
            let (mut unread, mut unstarred) = (BTreeSet::new(), BTreeSet::new());
            let mut statement = store.conn.prepare_cached(
                "SELECT o.name, a.key, a.id, p.read, p.starred FROM places p
                 JOIN articles a ON a.id = p.article JOIN outlets o ON o.id = p.outlet
                 WHERE p.read = 1 OR p.starred = 1",
            )?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (outlet, key, id): (String, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
                let (read, starred): (bool, bool) = (row.get(3)?, row.get(4)?);
                let copied = copy.marks.get(&outlet).and_then(|keys| keys.get(&key));
                let copied = copied.copied().unwrap_or_default();
                unread.extend((read && !copied.0).then_some(id));
                unstarred.extend((starred && !copied.1).then_some(id));
            }
            store.change(unread.into_iter(), Mark::Unread, false)?;
            store.change(unstarred.into_iter(), Mark::Unstar, false)?;
            Ok(())
        })
    }

    /// What was copied last.
    fn copied(&self) -> Result<Option<Copied>> {
        Ok(self.memo(COPIED)?.and_then(Copied::read))
    }

    /// Remembers a copy by its check sum, beside those before it, and the state of the marks that it has.
    fn set_copied(&self, state: &str, sum: Option<u64>) -> Result<()> {
        self.change_memo(COPIED, |before| {
            let before = before.and_then(Copied::read);
            let before = before.map_or_else(Vec::new, |copied| copied.sums);
            let before = before.into_iter().filter(|one| Some(*one) != sum);
            let sums = sum.into_iter().chain(before).take(REMEMBERED);
            let sums: Vec<String> = sums.map(|sum| format!("{sum:x}")).collect();
            format!("{state}\n{}", sums.join(" ")).into_bytes()
        })
    }

    /// Takes marks and decisions in: those of articles that are here at once, the rest for when they come. No mark
    /// that is here is taken away. Says how many marked articles were taken in.
    pub(super) fn restore_marks(&self, copy: &MarksCopy) -> Result<u64> {
        self.writing(|store| {
            let (mut count, mut waits) = (0, false);
            let (mut read, mut starred) = (BTreeSet::new(), BTreeSet::new());
            for (name, keys) in &copy.marks {
                let outlet = store.outlet_or_new(name)?;
                for (key, mark) in keys {
                    count += 1;
                    let Some(article) = store.by_key(outlet, *key)? else {
                        store.keep_marks(outlet, *key, *mark)?;
                        waits = true;
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
            store.restore_decided(&copy.decided)?;
            store.restore_given_tags(&copy.given_tags)?;
            if waits {
                store.next_change()?;
            }
            Ok(count)
        })
    }

    /// Keeps marks (read, starred, position) of an article that is not here, beside those that are kept of it.
    pub(super) fn keep_marks(
        &self,
        outlet: i64,
        key: i64,
        (read, starred, position): (bool, bool, u32),
    ) -> Result<()> {
        self.conn
            .prepare_cached(
                "INSERT INTO kept (outlet, key, read, starred, position, pruned)
                 VALUES (?1, ?2, ?3, ?4, ?5, 0)
                 ON CONFLICT DO UPDATE SET read = max(read, excluded.read),
                     starred = max(starred, excluded.starred),
                     position = max(position, excluded.position)",
            )?
            .execute(params![outlet, key, read, starred, position])?;
        Ok(())
    }

    /// The number of an outlet by this name, which the configuration may not have.
    pub(super) fn outlet_or_new(&self, name: &str) -> Result<i64> {
        self.conn.execute(
            "INSERT OR IGNORE INTO outlets (name, fold, url, grp, place, configured)
             VALUES (?1, ?2, '', '', 0, 0)",
            params![name, newsprint_model::fold(name)],
        )?;
        self.outlet(name)
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
    decode(&bytes_of_latest(path)?)
}

fn bytes_of_latest(path: &Path) -> Option<Vec<u8>> {
    let mut files = COPIES
        .iter()
        .filter_map(|suffix| fs::read(beside(path, suffix)).ok());
    files.find(|bytes| decode(bytes).is_some())
}

/// Gives a copy that has more than `here`, or that cannot be read, a name under which it stays.
fn spare(file: &Path, here: &MarksCopy) -> std::io::Result<()> {
    let bytes = match fs::read(file) {
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        read => read?,
    };
    let none = BTreeMap::new();
    let has_all = decode(&bytes).is_some_and(|old| {
        let decided = |pair| here.decided.contains_key(pair);
        let tags = |(article, names): (&End, &Vec<String>)| {
            let here = here.given_tags.get(article);
            here.is_some_and(|here| names.iter().all(|name| here.contains(name)))
        };
        old.decided.keys().all(decided)
            && old.given_tags.iter().all(tags)
            && old.marks.iter().all(|(outlet, keys)| {
                let here = here.marks.get(outlet).unwrap_or(&none);
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
    for sql in DECIDED {
        decided_into(&mut copy.decided, conn, sql)?;
    }
    for sql in GIVEN_TAGS {
        given_tags_into(&mut copy.given_tags, conn, sql)?;
    }
    Ok(copy)
}

/// The same of a database that may be damaged or older: what can still be read.
pub(super) fn read_what_is_left(conn: &Connection) -> MarksCopy {
    let mut copy = MarksCopy::default();
    // What came before the damage counts, whatever the error.
    for sql in MARKS {
        let _ = read_into(&mut copy.marks, conn, sql);
    }
    let _ = waiting_into(&mut copy.waiting, conn);
    for sql in DECIDED {
        let _ = decided_into(&mut copy.decided, conn, sql);
    }
    for sql in GIVEN_TAGS {
        let _ = given_tags_into(&mut copy.given_tags, conn, sql);
    }
    copy
}

/// Marks that wait for servers; not those that wait for an article's id, as older stores had it, too.
fn waiting_into(waiting: &mut Waiting, conn: &Connection) -> Result<()> {
    let mut statement = conn.prepare(
        "SELECT a.name, a.home, p.rid, p.kind, p.want FROM pending p JOIN accounts a ON a.id = p.account
         WHERE p.rid <> '' AND p.rid NOT LIKE 'article:%'",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let marks = waiting.entry((row.get(0)?, row.get(1)?)).or_default();
        marks.insert((row.get(2)?, row.get(3)?), row.get(4)?);
    }
    Ok(())
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

/// First the pairs of which an article is not here, then those that hold now. An older database has no table of the
/// former.
const DECIDED: [&str; 2] = [
    "SELECT o.name, x.key, q.name, coalesce(w.key, y.key), d.together FROM decided d
     JOIN away x ON x.id = -d.a JOIN outlets o ON o.id = x.outlet
     LEFT JOIN away w ON w.id = -d.b LEFT JOIN places p ON p.article = d.b
     LEFT JOIN articles y ON y.id = d.b JOIN outlets q ON q.id = coalesce(w.outlet, p.outlet)
     WHERE d.a < 0",
    "SELECT o.name, x.key, q.name, y.key, d.together FROM decided d
     JOIN places p ON p.article = d.a JOIN outlets o ON o.id = p.outlet JOIN articles x ON x.id = d.a
     JOIN places r ON r.article = d.b JOIN outlets q ON q.id = r.outlet JOIN articles y ON y.id = d.b
     WHERE d.a > 0",
];

fn decided_into(decided: &mut Decided, conn: &Connection, sql: &str) -> Result<()> {
    let mut statement = conn.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let one: End = (row.get(0)?, row.get(1)?);
        let other: End = (row.get(2)?, row.get(3)?);
        let pair = if one < other {
            (one, other)
        } else {
            (other, one)
        };
        decided.insert(pair, row.get(4)?);
    }
    Ok(())
}

/// First those of articles that are not here, then those of articles that are. An older database has none.
const GIVEN_TAGS: [&str; 2] = [
    "SELECT o.name, w.key, t.name FROM given_tags t JOIN away w ON w.id = -t.article
     JOIN outlets o ON o.id = w.outlet WHERE t.article < 0",
    "SELECT o.name, a.key, t.name FROM given_tags t JOIN places p ON p.article = t.article
     JOIN articles a ON a.id = t.article JOIN outlets o ON o.id = p.outlet WHERE t.article > 0",
];

fn given_tags_into(tags: &mut GivenTags, conn: &Connection, sql: &str) -> Result<()> {
    let mut statement = conn.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let names = tags.entry((row.get(0)?, row.get(1)?)).or_default();
        names.push(row.get(2)?);
    }
    Ok(())
}

fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0u64, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u64::from(*byte) + 1)
    })
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
    id_sets::put(&mut out, copy.decided.len() as u64);
    for ((one, other), together) in &copy.decided {
        for (outlet, key) in [one, other] {
            put_text(&mut out, outlet);
            out.extend(key.to_le_bytes());
        }
        id_sets::put(&mut out, u64::from(*together));
    }
    id_sets::put(&mut out, copy.given_tags.len() as u64);
    for ((outlet, key), names) in &copy.given_tags {
        put_text(&mut out, outlet);
        out.extend(key.to_le_bytes());
        id_sets::put(&mut out, names.len() as u64);
        for name in names {
            put_text(&mut out, name);
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
    file.extend(checksum(&out).to_le_bytes());
    file.extend(zstd::bulk::compress(&out, 3).unwrap_or_default());
    file
}

/// The formats that are read, the present one first: numbers and first bytes, which are equally many.
const FORMATS: [(u8, &[u8]); 4] = [(4, MAGIC), (3, MAGIC_3), (2, MAGIC_2), (1, MAGIC_1)];

/// A copy's format, its check sum, which tells it from others, and what is packed in it.
fn parts(file: &[u8]) -> Option<(u8, u64, &[u8])> {
    let part = |(format, magic): (u8, &[u8])| Some((format, file.strip_prefix(magic)?));
    let (format, rest) = FORMATS.into_iter().find_map(part)?;
    let (sum, packed) = rest.split_first_chunk::<SUM>()?;
    Some((format, u64::from_le_bytes(*sum), packed))
}

fn sum_of(file: &[u8]) -> Option<u64> {
    parts(file).map(|(_, sum, _)| sum)
}

/// `None` for anything that is not a whole copy.
fn decode(file: &[u8]) -> Option<MarksCopy> {
    let (format, sum, packed) = parts(file)?;
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
    if format >= 2 {
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
    let end = |rest: &mut &[u8]| -> Option<End> {
        let outlet = text(rest)?;
        let (key, tail) = rest.split_first_chunk::<8>()?;
        *rest = tail;
        Some((outlet, i64::from_le_bytes(*key)))
    };
    let mut decided = Decided::new();
    if format >= 3 {
        for _ in 0..number(&mut rest)? {
            let pair = (end(&mut rest)?, end(&mut rest)?);
            decided.insert(pair, number(&mut rest)? == 1);
        }
    }
    let mut given_tags = GivenTags::new();
    if format >= 4 {
        for _ in 0..number(&mut rest)? {
            let names = given_tags.entry(end(&mut rest)?).or_default();
            for _ in 0..number(&mut rest)? {
                names.push(text(&mut rest)?);
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
    Some(MarksCopy {
        marks,
        waiting,
        decided,
        given_tags,
    })
}
