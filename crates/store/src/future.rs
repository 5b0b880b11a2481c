//! Articles that were first seen while the clock was wrong: given the moment that it really was, so that they
//! neither stand above all others for years nor are removed for an age that they have not.
//! Never here: whether the clock is right (a refresh knows from the servers).

use rusqlite::params;

use super::{AsOf, Result, Store};
use newsprint_model::Time;

/// Clocks of two machines may differ by so much, microseconds.
const TOLERANCE: i64 = 3_600_000_000;

impl Store {
    /// Brings what was first seen after `now` back to `now`; says how many articles that were. Only for a clock
    /// that is known to be right: by one that is behind, everything would be from the future.
    pub fn bring_back_future(&self, now: Time) -> Result<u64> {
        let after = now.as_microsecond().saturating_add(TOLERANCE);
        let found = self.ids("SELECT id FROM articles WHERE first_seen > ?1", after)?;
        self.set_first_seen(&found, now)
    }

    /// Gives what came since `since` another moment, where the clock was wrong when it came.
    pub fn first_seen_since(&self, since: AsOf, moment: Time) -> Result<u64> {
        let found = self.ids("SELECT id FROM articles WHERE id > ?1", since.newest.0)?;
        self.set_first_seen(&found, moment)
    }

    fn ids(&self, sql: &str, bound: i64) -> Result<Vec<i64>> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([bound], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The place in lists follows: an article without a date stands where it was first seen.
    fn set_first_seen(&self, ids: &[i64], moment: Time) -> Result<u64> {
        if ids.is_empty() || self.read_only {
            return Ok(0);
        }
        let moment = moment.as_microsecond();
        self.writing(|store| {
            for id in ids {
                let run = |sql: &str| -> Result<()> {
                    let mut statement = store.conn.prepare_cached(sql)?;
                    statement.execute(params![id, moment])?;
                    Ok(())
                };
                run("UPDATE articles SET first_seen = ?2 WHERE id = ?1")?;
                run("UPDATE OR REPLACE tagged SET sort =
                         (SELECT min(coalesce(published, ?2), ?2) FROM articles WHERE id = ?1)
                     WHERE article = ?1 AND sort = (SELECT sort FROM places WHERE article = ?1)")?;
                run("UPDATE places SET sort =
                         (SELECT min(coalesce(published, ?2), ?2) FROM articles WHERE id = ?1)
                     WHERE article = ?1")?;
            }
            store.bump_edition()
        })?;
        Ok(ids.len() as u64)
    }
}
