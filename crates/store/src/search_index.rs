//! Writing the full-text index.
//! Never here: asking it (`search`).

use rusqlite::params;

use super::encode::{self, Indexed};
use super::{Result, Store};

impl Store {
    pub(super) fn index(&self, id: i64, index: &Indexed, tags: &[String]) -> Result<()> {
        let tags: String = tags
            .iter()
            .flat_map(|tag| [encode::separate(tag), "\n".to_owned()])
            .collect();
        self.conn
            .prepare_cached(
                "INSERT INTO search (rowid, title, body, tags, author) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![id, index.title, index.body, tags, index.author])?;
        Ok(())
    }

    /// Makes the search index anew from what is stored. Slow: some 100 µs an article.
    pub(super) fn reindex(&self) -> Result<()> {
        self.writing(|store| {
            // Without its version it could not even be emptied.
            store.conn.execute(
                "INSERT OR REPLACE INTO search_config (k, v) VALUES ('version', 4)",
                [],
            )?;
            store
                .conn
                .execute("INSERT INTO search (search) VALUES ('delete-all')", [])?;
            let mut statement = store
                .conn
                .prepare_cached("SELECT id, title, author FROM articles")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let id = row.get(0)?;
                let index = Indexed {
                    title: encode::separate(row.get_ref(1)?.as_str().unwrap_or_default()),
                    body: encode::separate(&encode::strip(&store.body(id)?)),
                    author: encode::separate(row.get_ref(2)?.as_str().unwrap_or_default()),
                };
                store.index(id, &index, &store.tags_of(id)?)?;
            }
            Ok(())
        })
    }

    /// Replaces what the index has of an article.
    pub(super) fn index_again(&self, id: i64, index: &Indexed) -> Result<()> {
        self.conn
            .prepare_cached("DELETE FROM search WHERE rowid = ?1")?
            .execute([id])?;
        self.index(id, index, &self.tags_of(id)?)
    }
}
