//! Which stored article an entry of a source is: by its address, its guid, its title.
//! Never here: what becomes of it (`newsprint_model::merge`).

use std::collections::HashSet;

use rusqlite::OptionalExtension;

use super::encode::{self, Packed};
use super::{Result, Store, time};
use newsprint_model::{ArticleId, TextState, Time, fingerprint};

/// The ways to tell that an entry is an article that is already there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Same<'a> {
    /// The outlet's own identifier.
    pub guid: Option<&'a str>,
    /// Absolute address; empty when unknown.
    pub url: &'a str,
    /// The title.
    pub title: &'a str,
}

/// What is known of an entry before its page is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The article; `None` for one that was pruned and is not wanted again.
    pub id: Option<ArticleId>,
    /// How much of its text is there.
    pub text: TextState,
    /// The caller's fingerprint of what the source gave last time ([`super::Incoming::print`]).
    pub print: u64,
    /// Whether its page said why the text is not whole.
    pub partial: bool,
    /// When it was first seen.
    pub first_seen: Time,
}

impl Store {
    /// For each entry, what is known of it; `None` for a new one.
    pub fn known(&self, outlet: &str, entries: &[Same<'_>]) -> Result<Vec<Option<Known>>> {
        self.reading(|store| {
            let outlet = store.outlet(outlet)?;
            entries
                .iter()
                .map(|entry| {
                    let url = encode::url_key(entry.url);
                    let guid = entry.guid.map_or(0, encode::guid_key);
                    let keys = match (url, guid) {
                        (0, 0) => [encode::hash(b't', entry.title), 0],
                        keys => keys.into(),
                    };
                    for key in keys.into_iter().filter(|key| *key != 0) {
                        if let Some(id) = store.by_key(outlet, key)?
                            && (key == keys[0] || store.moved(id, entry.url, entry.title)?)
                        {
                            return store.known_article(id).map(Some);
                        }
                        if store.pruned(outlet, key)? {
                            return Ok(Some(Known {
                                id: None,
                                text: TextState::Full,
                                print: 0,
                                partial: false,
                                first_seen: Time::default(),
                            }));
                        }
                    }
                    Ok(None)
                })
                .collect()
        })
    }

    /// The stored article that an incoming one is. `addresses` are the keys of all that came in the
    /// same document: an article that is among them by its own address did not move.
    pub(super) fn identify(
        &self,
        outlet: i64,
        packed: &Packed,
        addresses: &HashSet<i64>,
    ) -> Result<Option<i64>> {
        if let Some(id) = self.by_key(outlet, packed.key)? {
            return Ok(Some(id));
        }
        if packed.guid_key == 0 || packed.guid_key == packed.key {
            return Ok(None);
        }
        let Some(id) = self.by_key(outlet, packed.guid_key)? else {
            return Ok(None);
        };
        let moved = self.moved(id, &packed.article.url, &packed.article.title)?
            && !addresses.contains(&self.key_of(id)?);
        Ok(moved.then_some(id))
    }

    fn known_article(&self, id: i64) -> Result<Known> {
        let mut statement = self.conn.prepare_cached(
            "SELECT p.text, a.print, b.partial IS NOT NULL, a.first_seen
             FROM places p JOIN articles a ON a.id = p.article LEFT JOIN bodies b ON b.article = p.article
             WHERE p.article = ?1",
        )?;
        Ok(statement.query_row([id], |row| {
            Ok(Known {
                id: Some(ArticleId(id)),
                text: text_state(row.get(0)?),
                print: row.get::<_, i64>(1)? as u64,
                partial: row.get(2)?,
                first_seen: time(row.get(3)?),
            })
        })?)
    }

    pub(super) fn by_key(&self, outlet: i64, key: i64) -> Result<Option<i64>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT article FROM keys WHERE outlet = ?1 AND key = ?2")?;
        Ok(statement
            .query_row([outlet, key], |row| row.get(0))
            .optional()?)
    }

    fn pruned(&self, outlet: i64, key: i64) -> Result<bool> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT 1 FROM kept WHERE outlet = ?1 AND key = ?2 AND pruned = 1")?;
        Ok(statement.exists([outlet, key])?)
    }

    /// Whether the article that shares a guid with an entry is that entry at a new address. A guid
    /// alone does not say so, as some outlets use one guid for all: the title must agree too, unless
    /// one of the two has no address.
    fn moved(&self, id: i64, url: &str, title: &str) -> Result<bool> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT url, title FROM articles WHERE id = ?1")?;
        Ok(statement.query_row([id], |row| {
            let (old_url, old_title) = (row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?);
            Ok(url.is_empty()
                || old_url.is_empty()
                || fingerprint::of_words(old_title) == fingerprint::of_words(title))
        })?)
    }

    fn key_of(&self, id: i64) -> Result<i64> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT key FROM articles WHERE id = ?1")?;
        Ok(statement.query_row([id], |row| row.get(0))?)
    }

    pub(super) fn add_keys(&self, outlet: i64, id: i64, packed: &Packed) -> Result<()> {
        for key in [packed.key, packed.guid_key] {
            if key != 0 {
                self.conn
                    .prepare_cached(
                        "INSERT OR REPLACE INTO keys (outlet, key, article) VALUES (?1, ?2, ?3)",
                    )?
                    .execute([outlet, key, id])?;
            }
        }
        Ok(())
    }

    pub(super) fn rekey(&self, outlet: i64, id: i64, packed: &Packed) -> Result<()> {
        if packed.key != self.key_of(id)? {
            self.conn
                .prepare_cached("UPDATE articles SET key = ?2 WHERE id = ?1")?
                .execute([id, packed.key])?;
        }
        for key in [packed.key, packed.guid_key] {
            if key != 0 && self.by_key(outlet, key)?.is_none() {
                self.conn
                    .prepare_cached("INSERT INTO keys (outlet, key, article) VALUES (?1, ?2, ?3)")?
                    .execute([outlet, key, id])?;
            }
        }
        Ok(())
    }
}

pub(super) fn text_state(number: i64) -> TextState {
    match number {
        0 => TextState::None,
        1 => TextState::Excerpt,
        _ => TextState::Full,
    }
}
