//! Texts that turned out not to be the article's: removed, the source's own text restored.
//! Never here: how that is found out.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, params};

use super::encode::{self, Indexed};
use super::{Result, Store, StoreError};
use newsprint_model::{Partial, TextState, Time, fingerprint};

/// Shared texts of fewer words than this are found; longer ones are one story under two addresses.
const LONGEST_WALL: u32 = 600;

/// The memo that says that a store has been looked through once.
const CHECKED: &str = "shared texts taken back";

impl Store {
    /// Takes back the whole text of the articles of `outlet` at these addresses: what is there is kept as
    /// a revision, the source's own text stands again (no text where none is kept), and `why` says that it
    /// is not whole. The entry is looked at again when its source is read next. Says how many there were.
    pub fn disbelieve(
        &self,
        outlet: &str,
        urls: &[String],
        why: Partial,
        now: Time,
    ) -> Result<u64> {
        if urls.is_empty() {
            return Ok(0);
        }
        self.writing(|store| {
            let outlet = store.outlet(outlet)?;
            let mut count = 0;
            for url in urls {
                if let Some(id) = store.by_key(outlet, encode::url_key(url))? {
                    count += u64::from(store.take_back(id, why, now)?);
                }
            }
            if count > 0 {
                store.bump_edition()?;
            }
            Ok(count)
        })
    }

    /// Looks once in the life of a store for short whole texts that several articles of one outlet share
    /// under different titles, which were walls taken for articles, and takes them back. Says how many.
    pub fn take_back_shared_texts(&self, now: Time) -> Result<u64> {
        if self.read_only || self.memo(CHECKED)?.is_some() {
            return Ok(0);
        }
        let found = self.shared_texts()?;
        self.writing(|store| {
            let mut count = 0;
            for (outlet, ids) in &found {
                for id in ids {
                    count += u64::from(store.take_back(*id, Partial::OtherPage, now)?);
                }
                // Its source has to be read once more, for the texts of its own.
                store
                    .conn
                    .prepare_cached(
                        "UPDATE outlets SET etag = NULL, last_modified = NULL WHERE id = ?1",
                    )?
                    .execute([outlet])?;
            }
            store
                .conn
                .prepare_cached("INSERT OR REPLACE INTO memos (name, value) VALUES (?1, x'31')")?
                .execute([CHECKED])?;
            if count > 0 {
                store.bump_edition()?;
            }
            Ok(count)
        })
    }

    /// The articles of each outlet that share a short text and not their title.
    fn shared_texts(&self) -> Result<HashMap<i64, Vec<i64>>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT p.outlet, b.print, a.id, a.title
             FROM places p JOIN bodies b ON b.article = p.article JOIN articles a ON a.id = p.article
             WHERE p.text = 2 AND b.print <> 0 AND a.words BETWEEN 1 AND ?1",
        )?;
        let mut rows = statement.query([LONGEST_WALL])?;
        let mut groups: HashMap<(i64, i64), Vec<(i64, i64)>> = HashMap::new();
        while let Some(row) = rows.next()? {
            let title = fingerprint::of_words(row.get_ref(3)?.as_str().unwrap_or_default());
            let group = groups.entry((row.get(0)?, row.get(1)?)).or_default();
            group.push((row.get(2)?, title));
        }
        let mut found: HashMap<i64, Vec<i64>> = HashMap::new();
        for ((outlet, _), group) in groups {
            let first = group[0].1;
            if group.iter().any(|(_, title)| *title != first) {
                let ids = group.into_iter().map(|(id, _)| id);
                found.entry(outlet).or_default().extend(ids);
            }
        }
        Ok(found)
    }

    fn take_back(&self, id: i64, why: Partial, now: Time) -> Result<bool> {
        let row: Option<(String, Option<Vec<u8>>)> = self
            .conn
            .prepare_cached(
                "SELECT a.title, b.teaser FROM articles a JOIN bodies b ON b.article = a.id
                 JOIN places p ON p.article = a.id WHERE a.id = ?1 AND p.text = 2",
            )?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((title, teaser)) = row else {
            return Ok(false);
        };
        self.keep_revision(id, &title, now)?;
        let teaser = teaser.unwrap_or_default();
        let text = encode::decompress_text(&teaser).unwrap_or_default();
        let text = encode::strip(&text);
        let state = match text.trim().is_empty() {
            true => TextState::None,
            false => TextState::Excerpt,
        };
        let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| -> Result<(), StoreError> {
            self.conn.prepare_cached(sql)?.execute(values)?;
            Ok(())
        };
        run(
            "UPDATE bodies SET html = ?2, print = ?3, partial = ?4 WHERE article = ?1",
            params![id, teaser, fingerprint::of_words(&text), why.as_str()],
        )?;
        // Without a fingerprint of its entry it is looked at again.
        run(
            "UPDATE articles SET words = ?2, print = 0 WHERE id = ?1",
            params![id, text.split_whitespace().count() as u32],
        )?;
        run(
            "UPDATE places SET text = ?2 WHERE article = ?1",
            params![id, state as i64],
        )?;
        let author: String = self
            .conn
            .prepare_cached("SELECT author FROM articles WHERE id = ?1")?
            .query_row([id], |row| row.get(0))?;
        let index = Indexed {
            title: encode::separate(&title),
            body: encode::separate(&text),
            author: encode::separate(&author),
        };
        self.index_again(id, &index)?;
        Ok(true)
    }
}
