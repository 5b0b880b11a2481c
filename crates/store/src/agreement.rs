//! Whether the tables of a database agree with each other, and making them agree: a process that is killed while it
//! folds a log into the database leaves pages of two times, which only that log would bring together. SQLite finds
//! nothing wrong with them.
//! Never here: pages that cannot be read (`recovery`).

use std::collections::HashMap;

use super::counters::Deltas;
use super::{Result, Store, StoreError, id_sets};

impl Store {
    /// Makes the tables agree where a glance says that they do not: a number that is given out next is in use. Some
    /// 20 µs.
    pub(super) fn agree_at_a_glance(&self) -> Result<()> {
        let agrees = self.conn.query_row(
            "SELECT newest >= coalesce((SELECT max(id) FROM articles), 0)
                AND change >= coalesce((SELECT max(number) FROM changes), 0) FROM state",
            [],
            |row| row.get(0),
        )?;
        if agrees || self.is_read_only() {
            return Ok(());
        }
        self.make_agree()
    }

    /// The same after a look at all of it: some seconds for 100,000 articles.
    pub(super) fn agree(&self) -> Result<()> {
        let agrees = self.conn.query_row(
            "SELECT total = (SELECT count(*) FROM places) AND total = (SELECT count(*) FROM articles)
                AND unread = (SELECT count(*) FROM places WHERE read = 0)
                AND NOT EXISTS (SELECT 1 FROM keys WHERE article NOT IN (SELECT id FROM articles)) FROM state",
            [],
            |row| row.get(0),
        )?;
        let sound = self
            .conn
            .query_row("PRAGMA integrity_check(1)", [], |row| {
                row.get::<_, String>(0)
            })?;
        if agrees && sound == "ok" {
            return self.agree_at_a_glance();
        }
        self.make_agree()
    }

    /// What is there of half an article goes, so that a refresh brings the whole one; what is counted is counted anew.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where the tables cannot be made to agree.
    pub(super) fn make_agree(&self) -> Result<()> {
        self.writing(|store| {
            let done = store.conn.execute_batch(
                "REINDEX;
                 DELETE FROM places WHERE article NOT IN (SELECT id FROM articles)
                     OR outlet NOT IN (SELECT id FROM outlets);
                 DELETE FROM articles WHERE id NOT IN (SELECT article FROM places);
                 DELETE FROM keys WHERE article NOT IN (SELECT id FROM articles);
                 DELETE FROM bodies WHERE article NOT IN (SELECT id FROM articles);
                 DELETE FROM tagged;
                 UPDATE outlets SET total = 0, unread = 0;
                 UPDATE tags SET total = 0, unread = 0;
                 UPDATE spellings SET total = 0;
                 UPDATE state SET newest = max(newest, coalesce((SELECT max(id) FROM articles), 0)),
                     change = max(change, coalesce((SELECT max(number) FROM changes), 0)),
                     edition = edition + 1, total = 0, unread = 0;",
            );
            done.map_err(|why| match StoreError::from(why) {
                StoreError::Sqlite(why) => StoreError::Damaged(why.to_string()),
                other => other,
            })?;
            store.count_all()
        })?;
        self.reindex()
    }

    /// Counts all articles and their tags, where nothing is counted yet; names of tags that are not here are taken off.
    fn count_all(&self) -> Result<()> {
        let mut statement = self
            .conn
            .prepare("SELECT s.id, s.tag FROM spellings s JOIN tags t ON t.id = s.tag")?;
        let spellings =
            statement.query_map([], |row| Ok((row.get::<_, i64>(0)? as u64, row.get(1)?)))?;
        let spellings: HashMap<u64, i64> = spellings.collect::<rusqlite::Result<_>>()?;
        let mut deltas = Deltas::default();
        let mut statement = self
            .conn
            .prepare("SELECT article, outlet, sort, read, tags FROM places")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (id, outlet, sort, read): (i64, i64, i64, bool) =
                (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            deltas.article(outlet, 1, i64::from(!read));
            let numbers = id_sets::numbers(row.get_ref(4)?.as_blob().unwrap_or_default());
            let tags: Vec<(i64, u64)> = numbers
                .filter_map(|spelling| Some((*spellings.get(&spelling)?, spelling)))
                .collect();
            self.write_tags((id, sort, read), &[], &tags, &mut deltas)?;
        }
        deltas.write(self)
    }
}
