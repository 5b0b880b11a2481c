//! Whether the tables of a database agree with each other, and making them agree: a process that is killed while it
//! folds a log into the database leaves pages of two times, which only that log would bring together. SQLite finds
//! nothing wrong with them.
//! Never here: pages that cannot be read (`recovery`).

use super::{Result, Store};

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
    fn make_agree(&self) -> Result<()> {
        self.writing(|store| {
            store.conn.execute_batch(
                "REINDEX;
                 DELETE FROM places WHERE article NOT IN (SELECT id FROM articles);
                 DELETE FROM articles WHERE id NOT IN (SELECT article FROM places);
                 DELETE FROM keys WHERE article NOT IN (SELECT id FROM articles);
                 DELETE FROM bodies WHERE article NOT IN (SELECT id FROM articles);
                 UPDATE outlets SET total = (SELECT count(*) FROM places WHERE outlet = outlets.id),
                     unread = (SELECT count(*) FROM places WHERE outlet = outlets.id AND read = 0);
                 UPDATE state SET newest = max(newest, coalesce((SELECT max(id) FROM articles), 0)),
                     change = max(change, coalesce((SELECT max(number) FROM changes), 0)),
                     edition = edition + 1,
                     total = (SELECT count(*) FROM places),
                     unread = (SELECT count(*) FROM places WHERE read = 0);",
            )?;
            Ok(())
        })?;
        self.reindex()
    }
}
