//! The reader's own marks: read, starred, position; every change one step that can be undone.
//! Never here: what the outlet says about an article.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, params};

use super::counters::Deltas;
use super::marks_copy::End;
use super::{Fold, List, Result, Store, encode, id_sets};
use newsprint_model::{ArticleId, Headline, Mark};

/// Steps and bytes of history kept: far more than the 50 steps of undo that are promised, since
/// lists that stay open also need what held before each.
const STEPS: i64 = 20_000;
const BYTES: i64 = 4 << 20;
const PROMISED: i64 = 100;

/// What [`Store::undo`] took back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undone {
    /// The mark that was undone.
    pub mark: Mark,
    /// Articles whose mark was undone.
    pub articles: u64,
    /// One of them, to move to when it is the only one.
    pub first: Option<ArticleId>,
}

fn number(mark: Mark) -> i64 {
    match mark {
        Mark::Read => 0,
        Mark::Unread => 1,
        Mark::Star => 2,
        Mark::Unstar => 3,
    }
}

pub(super) fn mark_of(number: i64) -> Mark {
    match number {
        0 => Mark::Read,
        1 => Mark::Unread,
        2 => Mark::Star,
        _ => Mark::Unstar,
    }
}

/// What names an article in any store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named(End);

impl Named {
    /// The name of an article by its headline, as read from any store.
    pub fn of(headline: &Headline) -> Named {
        Named((headline.outlet.clone(), headline.key))
    }
}

/// The numbers of one change, as stored.
pub(super) fn unpack_change(blob: &[u8]) -> Vec<i64> {
    match blob.split_first() {
        Some((0, plain)) => id_sets::unpack_ids(plain),
        Some((_, zstd)) => {
            encode::decompress(zstd).map_or_else(Vec::new, |plain| id_sets::unpack_ids(&plain))
        }
        None => Vec::new(),
    }
}

fn pack_change(ids: &[i64]) -> Vec<u8> {
    let plain = id_sets::pack_ids(ids);
    let packed = if plain.len() > 256 {
        encode::compress(&plain)
    } else {
        Vec::new()
    };
    let (kind, bytes) = if packed.is_empty() {
        (0, plain)
    } else {
        (1, packed)
    };
    let mut out = vec![kind];
    out.extend(bytes);
    out
}

impl Store {
    /// Marks articles, as one step of undo. Says how many changed; those that carry the mark already
    /// and those that are gone do not.
    pub fn mark(&self, articles: &[ArticleId], mark: Mark) -> Result<u64> {
        let ids: BTreeSet<i64> = articles.iter().map(|id| id.0).collect();
        self.writing(|store| store.change(store.with_copies(ids)?.into_iter(), mark, false))
    }

    /// Marks exactly the articles of a list, as it was when it was fixed, however they are folded; of a front page all
    /// articles of its stories. One step of undo.
    pub fn mark_list(&self, list: &List, mark: Mark) -> Result<u64> {
        self.writing(|store| {
            let ids = match list.fold {
                Fold::Front => {
                    let stories = store.front(list)?;
                    let articles = stories.iter().flat_map(|story| &story.articles);
                    articles.map(|id| id.0).collect()
                }
                _ => store.found(list)?.ids.iter().collect(),
            };
            let ids = store.with_copies(ids)?;
            store.change(ids.into_iter(), mark, false)
        })
    }

    /// Undoes the last change of marks that is not undone yet; `None` if there is none.
    pub fn undo(&self) -> Result<Option<Undone>> {
        self.writing(|store| {
            let last = store
                .conn
                .prepare_cached(
                    "SELECT number, mark, ids FROM changes WHERE undone = 0 ORDER BY number DESC LIMIT 1",
                )?
                .query_row([], |row| {
                    Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, Vec<u8>>(2)?))
                })
                .optional()?;
            let Some((step, mark, blob)) = last else {
                return Ok(None);
            };
            let mark = mark_of(mark);
            let ids = unpack_change(&blob);
            let first = ids.first().map(|id| ArticleId(*id));
            let articles = store.change(ids.into_iter(), mark.opposite(), true)?;
            store
                .conn
                .prepare_cached("UPDATE changes SET undone = 1 WHERE number = ?1")?
                .execute([step])?;
            Ok(Some(Undone {
                mark,
                articles,
                first,
            }))
        })
    }

    /// What names these articles in any store; those that are not here are left out.
    pub fn names_of(&self, articles: &[ArticleId]) -> Result<Vec<Named>> {
        self.reading(|store| {
            let mut statement = store.conn.prepare_cached(
                "SELECT o.name, a.key FROM places p JOIN articles a ON a.id = p.article
                 JOIN outlets o ON o.id = p.outlet WHERE p.article = ?1",
            )?;
            let mut names = Vec::with_capacity(articles.len());
            for id in articles {
                let named = statement.query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)));
                names.extend(named.optional()?.map(Named));
            }
            Ok(names)
        })
    }

    /// Marks articles that were named in another store; those that are not here get their marks when they come.
    pub fn mark_named(&self, articles: &[Named], mark: Mark) -> Result<()> {
        self.writing(|store| {
            let (mut here, mut waits) = (BTreeSet::new(), false);
            for Named((outlet, key)) in articles {
                let outlet = store.outlet_or_new(outlet)?;
                let unmark = match (store.by_key(outlet, *key)?, mark) {
                    (Some(id), _) => {
                        here.insert(id);
                        continue;
                    }
                    (None, Mark::Read | Mark::Star) => {
                        let (read, starred) = (mark == Mark::Read, mark == Mark::Star);
                        store.keep_marks(outlet, *key, (read, starred, 0))?;
                        waits = true;
                        continue;
                    }
                    (None, Mark::Unread) => {
                        "UPDATE kept SET read = 0 WHERE outlet = ?1 AND key = ?2"
                    }
                    (None, Mark::Unstar) => {
                        "UPDATE kept SET starred = 0 WHERE outlet = ?1 AND key = ?2"
                    }
                };
                let mut unmark = store.conn.prepare_cached(unmark)?;
                waits |= unmark.execute([outlet, *key])? > 0;
            }
            store.change(store.with_copies(here)?.into_iter(), mark, false)?;
            if waits {
                store.next_change()?;
            }
            Ok(())
        })
    }

    /// The last change of marks that is not undone yet: the mark, and the articles that got it.
    pub fn last_change(&self) -> Result<Option<(Mark, Vec<ArticleId>)>> {
        self.reading(|store| {
            let mut statement = store.conn.prepare_cached(
                "SELECT mark, ids FROM changes WHERE undone = 0 ORDER BY number DESC LIMIT 1",
            )?;
            let last = statement.query_row([], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?))
            });
            Ok(last.optional()?.map(|(mark, blob)| {
                let ids = unpack_change(&blob).into_iter().map(ArticleId);
                (mark_of(mark), ids.collect())
            }))
        })
    }

    /// Marks an article as read because another with its text is, on the same step of undo: undoing the mark of the
    /// other undoes this one too. `others` are those that have its text.
    pub(super) fn mark_as_its_copies(&self, article: i64, others: &[i64]) -> Result<()> {
        let changed = self.set_marks([article].into_iter(), Mark::Read, true)?;
        if changed.is_empty() {
            return Ok(());
        }
        self.await_server(&changed, Mark::Read)?;
        let mut statement = self.conn.prepare_cached(
            "SELECT number, ids FROM changes WHERE undone = 0 AND mark = ?1
             ORDER BY number DESC LIMIT ?2",
        )?;
        let rows = statement.query_map(params![number(Mark::Read), PROMISED], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?))
        })?;
        for row in rows {
            let (step, blob) = row?;
            let mut ids = unpack_change(&blob);
            if others.iter().any(|id| ids.contains(id)) {
                ids.push(article);
                ids.sort_unstable();
                self.conn
                    .prepare_cached("UPDATE changes SET ids = ?2, count = ?3 WHERE number = ?1")?
                    .execute(params![step, pack_change(&ids), ids.len() as i64])?;
                break;
            }
        }
        Ok(())
    }

    /// Remembers how far the reader has come, in hundredths of a percent up to 10,000. No step of
    /// undo.
    pub fn set_position(&self, article: ArticleId, position: u32) -> Result<()> {
        self.writing(|store| {
            store
                .conn
                .prepare_cached("UPDATE places SET position = ?2 WHERE article = ?1")?
                .execute(params![article.0, position.min(10_000)])?;
            Ok(())
        })
    }

    /// Changes marks on the reader's behalf: accounts on servers are told ([`Store::await_server`]). Says how many
    /// changed; copies in outlets that are configured no more, and so are nowhere to be seen, do not count.
    pub(super) fn change(
        &self,
        ids: impl Iterator<Item = i64>,
        mark: Mark,
        undoing: bool,
    ) -> Result<u64> {
        let changed = self.set_marks(ids, mark, undoing)?;
        self.await_server(&changed, mark)?;
        match mark {
            // They were stars, and so seen.
            Mark::Unstar => Ok(changed.len() as u64),
            Mark::Read | Mark::Unread | Mark::Star => self.count_seen(&changed),
        }
    }

    /// How many of the articles are of configured outlets or starred; all of them where none is.
    fn count_seen(&self, ids: &[i64]) -> Result<u64> {
        let mut removed = self
            .conn
            .prepare_cached("SELECT 1 FROM outlets WHERE configured = 0 AND total > 0 LIMIT 1")?;
        let all = ids.len() as u64;
        if !removed.exists([])? {
            return Ok(all);
        }
        let mut seen = self.conn.prepare_cached(
            "SELECT 1 FROM places p JOIN outlets o ON o.id = p.outlet
             WHERE p.article = ?1 AND (o.configured = 1 OR p.starred = 1)",
        )?;
        let mut count = 0;
        for id in ids {
            count += u64::from(seen.exists([id])?);
        }
        Ok(if count == 0 { all } else { count })
    }

    /// Changes marks and remembers the change; `undoing` keeps it out of what can be undone. Gives those
    /// that did not carry the mark.
    pub(super) fn set_marks(
        &self,
        ids: impl Iterator<Item = i64>,
        mark: Mark,
        undoing: bool,
    ) -> Result<Vec<i64>> {
        let (read, sql) = match mark {
            Mark::Read => (
                -1,
                "UPDATE places SET read = 1 WHERE article = ?1 AND read = 0 RETURNING outlet, tags",
            ),
            Mark::Unread => (
                1,
                "UPDATE places SET read = 0 WHERE article = ?1 AND read = 1 RETURNING outlet, tags",
            ),
            Mark::Star => (
                0,
                "UPDATE places SET starred = 1 WHERE article = ?1 AND starred = 0 RETURNING outlet, tags",
            ),
            Mark::Unstar => (
                0,
                "UPDATE places SET starred = 0 WHERE article = ?1 AND starred = 1 RETURNING outlet, tags",
            ),
        };
        let mut deltas = Deltas::default();
        let mut changed = Vec::new();
        {
            let mut update = self.conn.prepare_cached(sql)?;
            for id in ids {
                let mut rows = update.query([id])?;
                let Some(row) = rows.next()? else {
                    continue;
                };
                changed.push(id);
                if read != 0 {
                    deltas.article(row.get(0)?, 0, read);
                    for spelling in id_sets::numbers(row.get_ref(1)?.as_blob().unwrap_or_default())
                    {
                        deltas.tag(self.spelling(spelling)?.0, 0, read);
                    }
                }
                // To its end, so that the row is written.
                while rows.next()?.is_some() {}
            }
        }
        if changed.is_empty() {
            return Ok(changed);
        }
        deltas.write(self)?;
        let number_now = self.next_change()?;
        self.conn
            .prepare_cached(
                "INSERT INTO changes (number, mark, undone, count, ids) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                number_now,
                number(mark),
                undoing,
                changed.len() as i64,
                pack_change(&changed)
            ])?;
        if number_now % 64 == 0 {
            self.trim_changes(number_now)?;
        }
        Ok(changed)
    }

    /// The number of a change of marks that is being made. Those of articles that are not here have nothing else that
    /// tells of them: no list has them, and nothing of them is undone.
    pub(super) fn next_change(&self) -> Result<i64> {
        let mut statement = self
            .conn
            .prepare_cached("UPDATE state SET change = change + 1 RETURNING change")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    fn trim_changes(&self, newest: i64) -> Result<()> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT number, length(ids) + 16 FROM changes ORDER BY number DESC")?;
        let mut rows = statement.query([])?;
        let mut bytes = 0;
        while let Some(row) = rows.next()? {
            let number: i64 = row.get(0)?;
            bytes += row.get::<_, i64>(1)?;
            let age = newest - number;
            if age >= STEPS || (bytes > BYTES && age >= PROMISED) {
                drop(rows);
                self.conn
                    .prepare_cached("DELETE FROM changes WHERE number <= ?1")?
                    .execute([number])?;
                break;
            }
        }
        Ok(())
    }
}
