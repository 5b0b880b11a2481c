//! What keeps the database small, sound and quick.
//! Never here: repairing it (`recovery`).

use super::{Result, Store, StoreError, files};
use newsprint_model::Time;

/// Less unused space than this is left for the articles to come.
const MUCH_SPACE: i64 = 2 << 20;

/// When the store was last written anew, seconds.
const COMPACTED: &str = "compacted";

/// … which is done so often, in seconds, and not where it takes more than a few seconds, in bytes.
const WEEK: i64 = 7 * 24 * 3600;
const LONG_TO_WRITE: i64 = 200 << 20;

/// Pruned articles that are remembered of each outlet, so that they are not taken in again; at most
/// twice as many.
const PRUNED: i64 = if cfg!(test) { 10 } else { 2_000 };

impl Store {
    /// Larger caches and rarer checkpoints, for a connection that takes in many articles.
    pub fn prepare_for_ingest(&self) -> Result<()> {
        if !self.read_only {
            self.conn.execute_batch(
                "PRAGMA cache_size = -6144; PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY;",
            )?;
        }
        Ok(())
    }

    /// What SQLite recommends after many changes: statistics where they are stale. Also folds the
    /// write-ahead log into the database, as far as readers let it, and removes what killed processes
    /// left of their temporary files beside it.
    pub fn tidy(&self) -> Result<()> {
        if !self.read_only {
            files::remove_leftovers(&self.path);
            self.remove_unused_tags()?;
            self.forget_old_prunings()?;
            self.conn
                .execute_batch("PRAGMA analysis_limit = 400; PRAGMA optimize;")?;
            self.conn
                .query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
        }
        Ok(())
    }

    /// Removes the spellings and tags that no article carries. The last number of each stays, so that
    /// none is given out twice: other connections remember what they mean.
    fn remove_unused_tags(&self) -> Result<()> {
        let mut unused = self
            .conn
            .prepare_cached("SELECT 1 FROM spellings WHERE total <= 0 LIMIT 2")?;
        if unused.query([])?.mapped(|_| Ok(())).count() < 2 {
            // Nothing is written for nothing.
            return Ok(());
        }
        self.writing(|store| {
            store.conn.execute_batch(
                "DELETE FROM spellings WHERE total <= 0 AND id < (SELECT max(id) FROM spellings);
                 DELETE FROM tags WHERE total <= 0 AND id < (SELECT max(id) FROM tags)
                     AND NOT EXISTS (SELECT 1 FROM spellings s WHERE s.tag = tags.id);",
            )?;
            store.names.take();
            Ok(())
        })
    }

    /// Of the articles that were pruned, remembers the latest of each outlet, many more than a source
    /// lists.
    fn forget_old_prunings(&self) -> Result<()> {
        let mut many = self.conn.prepare_cached(
            "SELECT outlet, count(*) - ?1 FROM kept WHERE pruned = 1 GROUP BY outlet HAVING count(*) > ?1 * 2",
        )?;
        let many: Vec<(i64, i64)> = many
            .query_map([PRUNED], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<std::result::Result<_, _>>()?;
        if many.is_empty() {
            return Ok(());
        }
        self.writing(|store| {
            for (outlet, count) in many {
                store.conn.execute(
                    "DELETE FROM kept WHERE outlet = ?1 AND pruned = 1 AND key IN
                     (SELECT key FROM kept WHERE outlet = ?1 AND pruned = 1 ORDER BY article LIMIT ?2)",
                    [outlet, count],
                )?;
            }
            Ok(())
        })
    }

    /// Gives unused space back to the system where there is much of it: an eighth of the file, and
    /// more than a few megabytes. A store that somebody else is using, or a disk that is too full,
    /// puts it off.
    pub fn give_back(&self) -> Result<()> {
        let number = |pragma: &str| -> Result<i64> {
            Ok(self.conn.query_row(pragma, [], |row| row.get(0))?)
        };
        let unused = number("PRAGMA freelist_count")?;
        let much = unused * number("PRAGMA page_size")? >= MUCH_SPACE;
        if !much || unused * 8 < number("PRAGMA page_count")? {
            return Ok(());
        }
        match self.compact() {
            Err(StoreError::Busy | StoreError::Full) => Ok(()),
            other => other,
        }
    }

    /// Writes the store anew once a week, which gives back what lies about unused within its pages and its index: a
    /// year of corrections and prunings would make it a third larger. Not where that would take long, nor while
    /// somebody else is using it. A clock that was ahead puts it off by no more than a week.
    pub fn compact_weekly(&self, now: Time) -> Result<()> {
        let now = now.as_second();
        let last = self
            .memo(COMPACTED)?
            .and_then(|bytes| bytes.try_into().ok());
        let last = last.map(i64::from_le_bytes);
        if last.is_some_and(|last| (last..last.saturating_add(WEEK)).contains(&now)) {
            return Ok(());
        }
        let number = |pragma: &str| -> Result<i64> {
            Ok(self.conn.query_row(pragma, [], |row| row.get(0))?)
        };
        let size = number("PRAGMA page_count")? * number("PRAGMA page_size")?;
        // A new store has nothing to give back.
        if last.is_some() && size <= LONG_TO_WRITE {
            // Written anew, what is damaged would be gone for good, and nobody could tell.
            if let Some(first) = self.check()?.into_iter().next() {
                return Err(StoreError::Damaged(first));
            }
            match self.compact() {
                Err(StoreError::Busy | StoreError::Full) => return Ok(()),
                other => other?,
            }
        }
        self.set_memo(COMPACTED, &now.to_le_bytes())
    }

    /// Gives unused space back to the system and puts the index in order: slow, rewrites the file.
    pub fn compact(&self) -> Result<()> {
        if self.read_only {
            return Err(self.why_read_only());
        }
        self.conn
            .execute("INSERT INTO search (search) VALUES ('optimize')", [])?;
        self.conn.execute_batch("VACUUM")?;
        self.conn
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// Reads the whole database and says what is wrong with it; nothing when it is sound. Slow. What is found
    /// damaged is rescued at the next opening.
    pub fn check(&self) -> Result<Vec<String>> {
        let mut found = Vec::new();
        let mut statement = self.conn.prepare("PRAGMA quick_check(20)")?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        for row in rows {
            match row {
                Ok(line) if line == "ok" => {}
                Ok(line) => found.push(line),
                Err(error) => match StoreError::from(error) {
                    StoreError::Damaged(why) => found.push(why),
                    other => return Err(other),
                },
            }
        }
        if let Some(first) = found.first() {
            // Whoever opens the store next sets it aside.
            self.note_damage(&Err::<(), _>(StoreError::Damaged(first.clone())));
        }
        Ok(found)
    }
}
