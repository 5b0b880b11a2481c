//! Removing articles: what is beyond the limit, what belonged to an outlet that is gone.
//! Never here: articles with a star or a tag of the reader's own, which always stay.

use std::collections::HashSet;

use rusqlite::{OptionalExtension, params};

use super::counters::Deltas;
use super::{Result, Store, encode, id_sets, identity};
use newsprint_model::{Keep, Time};

/// Of `places p`: what a reader has put by is never removed.
const NOT_PUT_BY: &str =
    "p.starred = 0 AND NOT EXISTS (SELECT 1 FROM given_tags g WHERE g.article = p.article)";

impl Store {
    /// Removes what an outlet has beyond `keep`; never what is starred or tagged by hand. Says how many went. What
    /// went is remembered by its key alone and not taken in again.
    pub fn prune(&self, outlet: &str, keep: Keep, now: Time) -> Result<u64> {
        if keep == Keep::default() {
            return Ok(0);
        }
        self.writing(|store| store.remove(store.beyond(outlet, keep, now)?, true))
    }

    /// How many articles [`Store::prune`] would remove.
    pub fn would_prune(&self, outlet: &str, keep: Keep, now: Time) -> Result<u64> {
        if keep == Keep::default() {
            return Ok(0);
        }
        self.reading(|store| Ok(store.beyond(outlet, keep, now)?.len() as u64))
    }

    /// Removes what is stored of an outlet that is no longer wanted, except what is starred or tagged by hand. An
    /// outlet that merely left the configuration keeps everything until this is asked for.
    pub fn forget(&self, outlet: &str) -> Result<u64> {
        self.writing(|store| {
            let id = store.outlet(outlet)?;
            // What was learned of its source would keep the articles away when the outlet comes back.
            store
                .conn
                .prepare_cached(
                    "UPDATE outlets SET etag = NULL, last_modified = NULL, next_fetch = NULL,
                         failures = 0, failing_since = NULL, extra = '' WHERE id = ?1",
                )?
                .execute([id])?;
            store.remove(store.not_put_by(id)?, false)
        })
    }

    /// The articles of an outlet beyond `keep`, but what is starred or tagged by hand.
    fn beyond(&self, outlet: &str, keep: Keep, now: Time) -> Result<HashSet<i64>> {
        let id = self.outlet(outlet)?;
        let mut going = HashSet::new();
        if let Some(days) = keep.days {
            let before = now.as_microsecond() - i64::from(days) * 86_400_000_000;
            let mut statement = self.conn.prepare_cached(&format!(
                "SELECT p.article FROM places p JOIN articles a ON a.id = p.article
                 WHERE p.outlet = ?1 AND {NOT_PUT_BY} AND a.first_seen < ?2"
            ))?;
            for row in statement.query_map([id, before], |row| row.get::<_, i64>(0))? {
                going.insert(row?);
            }
        }
        if let Some(count) = keep.count {
            let mut statement = self.conn.prepare_cached(&format!(
                "SELECT article, {NOT_PUT_BY} FROM places p WHERE outlet = ?1
                 ORDER BY sort DESC, article DESC LIMIT -1 OFFSET ?2"
            ))?;
            let rows = statement.query_map([id, i64::from(count)], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, bool>(1)?))
            })?;
            for row in rows {
                let (article, goes) = row?;
                if goes {
                    going.insert(article);
                }
            }
        }
        Ok(going)
    }

    /// The latest date of an article that is not after `now`, nor after the article was first seen: outlets announce
    /// what will be. Slow: reads all articles.
    pub fn newest_date(&self, now: Time) -> Result<Option<Time>> {
        let newest: Option<i64> = self
            .conn
            .prepare_cached(
                "SELECT max(published) FROM articles WHERE published <= first_seen AND published <= ?1",
            )?
            .query_row([now.as_microsecond()], |row| row.get(0))?;
        Ok(newest.map(super::time))
    }

    fn not_put_by(&self, outlet: i64) -> Result<HashSet<i64>> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT article FROM places p WHERE outlet = ?1 AND {NOT_PUT_BY}"
        ))?;
        let rows = statement.query_map([outlet], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Keeps what tells that an article is not to be taken in again.
    fn remember_pruned(&self, outlet: i64, id: i64, read: bool) -> Result<()> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT key, guid, title FROM articles WHERE id = ?1")?;
        let (key, guid, title): (i64, i64, String) =
            statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        self.conn
            .prepare_cached(
                "INSERT OR REPLACE INTO kept (outlet, key, read, starred, position, pruned, guid, title, article)
                 VALUES (?1, ?2, ?3, 0, 0, 1, ?4, ?5, ?6)",
            )?
            .execute(params![
                outlet,
                key,
                read,
                identity::short(guid),
                identity::title_print(&title),
                id
            ])?;
        Ok(())
    }

    fn remove(&self, going: HashSet<i64>, remember: bool) -> Result<u64> {
        let mut deltas = Deltas::default();
        let mut outlets = HashSet::new();
        for id in &going {
            let mut statement = self
                .conn
                .prepare_cached("SELECT outlet, sort, read, tags FROM places WHERE article = ?1")?;
            let (outlet, sort, read, tags): (i64, i64, bool, Vec<u8>) = statement
                .query_row([id], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                })?;
            let unread = i64::from(!read);
            deltas.article(outlet, -1, -unread);
            for spelling in id_sets::numbers(&tags) {
                let tag = self.spelling(spelling)?.0;
                deltas.tag(tag, -1, -unread);
                deltas.spelling(spelling, -1);
                self.conn
                    .prepare_cached(
                        "DELETE FROM tagged WHERE tag = ?1 AND sort = ?2 AND article = ?3",
                    )?
                    .execute([tag, sort, *id])?;
            }
            if remember {
                self.remember_pruned(outlet, *id, read)?;
            }
            outlets.insert(outlet);
            self.untell(*id)?;
            for sql in [
                "DELETE FROM places WHERE article = ?1",
                "DELETE FROM articles WHERE id = ?1",
                "DELETE FROM bodies WHERE article = ?1",
                "DELETE FROM media WHERE article = ?1",
                "DELETE FROM given_tags WHERE article = ?1",
                "DELETE FROM revisions WHERE article = ?1",
                "DELETE FROM search WHERE rowid = ?1",
            ] {
                self.conn.prepare_cached(sql)?.execute([id])?;
            }
        }
        // A story that moved has more keys than its row knows.
        for outlet in outlets {
            let mut statement = self
                .conn
                .prepare_cached("SELECT key, article FROM keys WHERE outlet = ?1")?;
            let keys: Vec<(i64, i64)> = statement
                .query_map([outlet], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<Result<_, _>>()?;
            for (key, _) in keys.iter().filter(|(_, article)| going.contains(article)) {
                self.conn
                    .prepare_cached("DELETE FROM keys WHERE outlet = ?1 AND key = ?2")?
                    .execute([outlet, *key])?;
            }
        }
        deltas.write(self)?;
        if !going.is_empty() {
            self.bound_waiting()?;
            self.bump_edition()?;
        }
        Ok(going.len() as u64)
    }

    /// The addresses of the pictures, leading ones and others, of the articles that
    /// [`Store::prune`] would remove.
    pub fn pictures_beyond(&self, outlet: &str, keep: Keep, now: Time) -> Result<Vec<String>> {
        if keep == Keep::default() {
            return Ok(Vec::new());
        }
        self.reading(|store| store.pictures_in(store.beyond(outlet, keep, now)?))
    }

    /// The same for [`Store::forget`].
    pub fn pictures_of(&self, outlet: &str) -> Result<Vec<String>> {
        self.reading(|store| store.pictures_in(store.not_put_by(store.outlet(outlet)?)?))
    }

    /// The addresses of all pictures of all articles, leading ones and others. Slow: reads all texts.
    pub fn pictures(&self) -> Result<HashSet<String>> {
        self.reading(|store| {
            let mut statement = store.conn.prepare_cached("SELECT article FROM bodies")?;
            let rows = statement.query_map([], |row| row.get(0))?;
            let articles = rows.collect::<Result<_, rusqlite::Error>>()?;
            Ok(store.pictures_in(articles)?.into_iter().collect())
        })
    }

    fn pictures_in(&self, articles: HashSet<i64>) -> Result<Vec<String>> {
        let mut pictures = Vec::new();
        for id in articles {
            let mut statement = self
                .conn
                .prepare_cached("SELECT image FROM bodies WHERE article = ?1")?;
            let image = statement.query_row([id], |row| row.get(0)).optional()?;
            pictures.extend(image.flatten());
            pictures.extend(encode::pictures(&self.body(id)?));
        }
        Ok(pictures)
    }

    /// Those of the addresses that lead the articles which are here. Slow: reads all articles.
    pub fn leading(&self, pictures: &HashSet<String>) -> Result<HashSet<String>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT image FROM bodies WHERE image IS NOT NULL")?;
        let mut rows = statement.query([])?;
        let mut found = HashSet::new();
        while let Some(row) = rows.next()? {
            let image = row.get_ref(0)?.as_str().unwrap_or_default();
            if let Some(known) = pictures.get(image) {
                found.insert(known.clone());
            }
        }
        Ok(found)
    }
}
