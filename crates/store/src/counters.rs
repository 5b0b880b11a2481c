//! Counters of articles, tags and spellings: changes are gathered over a transaction and written once.
//! Never here: what is counted.

use std::collections::{HashMap, HashSet};

use rusqlite::params;

use super::{Result, Store};

/// Changes of counters, gathered over a transaction and written once.
#[derive(Default)]
pub(super) struct Deltas {
    outlets: HashMap<i64, (i64, i64)>,
    tags: HashMap<i64, (i64, i64)>,
    spellings: HashMap<u64, i64>,
}

impl Deltas {
    pub(super) fn article(&mut self, outlet: i64, total: i64, unread: i64) {
        let counts = self.outlets.entry(outlet).or_default();
        counts.0 += total;
        counts.1 += unread;
    }

    pub(super) fn tag(&mut self, tag: i64, total: i64, unread: i64) {
        let counts = self.tags.entry(tag).or_default();
        counts.0 += total;
        counts.1 += unread;
    }

    pub(super) fn spelling(&mut self, spelling: u64, total: i64) {
        *self.spellings.entry(spelling).or_default() += total;
    }

    pub(super) fn write(self, store: &Store) -> Result<()> {
        let mut all = (0, 0);
        for (outlet, (total, unread)) in self.outlets {
            if (total, unread) == (0, 0) {
                continue;
            }
            all.0 += total;
            all.1 += unread;
            store
                .conn
                .prepare_cached(
                    "UPDATE outlets SET total = total + ?2, unread = unread + ?3 WHERE id = ?1",
                )?
                .execute([outlet, total, unread])?;
        }
        if all != (0, 0) {
            store
                .conn
                .prepare_cached("UPDATE state SET total = total + ?1, unread = unread + ?2")?
                .execute([all.0, all.1])?;
        }
        for (tag, (total, unread)) in &self.tags {
            store
                .conn
                .prepare_cached(
                    "UPDATE tags SET total = total + ?2, unread = unread + ?3 WHERE id = ?1",
                )?
                .execute([tag, total, unread])?;
        }
        let mut respelled = HashSet::new();
        for (spelling, total) in self.spellings {
            let tag: i64 = store
                .conn
                .prepare_cached(
                    "UPDATE spellings SET total = total + ?2 WHERE id = ?1 RETURNING tag",
                )?
                .query_row(params![spelling as i64, total], |row| row.get(0))?;
            respelled.insert(tag);
        }
        for tag in respelled {
            // Only where there is a choice.
            store
                .conn
                .prepare_cached(
                    "UPDATE tags SET name = (SELECT name FROM spellings WHERE tag = ?1
                     ORDER BY total DESC, id LIMIT 1)
                     WHERE id = ?1 AND (SELECT count(*) FROM spellings WHERE tag = ?1) > 1",
                )?
                .execute([tag])?;
        }
        Ok(())
    }
}
