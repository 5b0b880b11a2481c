//! Tags that the reader gives articles: they stay whatever the outlet says of its own, and outlive a lost database.
//! Never here: what an outlet says of its articles (`ingest`), which articles a tag means (`query_plan`).

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, params};

use super::counters::Deltas;
use super::encode::{self, Indexed};
use super::marks_copy::End;
use super::{Result, Store, id_sets};
use newsprint_model::{ArticleId, fold};

/// The memo of how often the reader has given or taken a tag.
const CHANGES: &str = "given tags changed";

/// Tags by article, the article by its outlet and key.
pub(super) type GivenTags = BTreeMap<End, Vec<String>>;

/// What a change of the reader's tags did, which [`Store::undo_tags`] undoes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TagsChange {
    /// Articles that have these tags now and did not before.
    pub added: Vec<(ArticleId, String)>,
    /// Articles that had these tags of the reader and have them no more.
    pub removed: Vec<(ArticleId, String)>,
}

impl TagsChange {
    /// How many articles are not as before.
    pub fn articles(&self) -> u64 {
        let all = self.added.iter().chain(&self.removed);
        let mut ids: Vec<ArticleId> = all.map(|(id, _)| *id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.len() as u64
    }
}

impl Store {
    /// Gives articles tags of the reader's own, and takes such tags from them, in one transaction. An article that
    /// has a tag already, in whatever spelling, is as before; the outlet's tags are not taken.
    pub fn give_tags(
        &self,
        articles: &[ArticleId],
        add: &[String],
        remove: &[String],
    ) -> Result<TagsChange> {
        self.writing(|store| {
            let mut change = TagsChange::default();
            for id in articles {
                store.tag_one(*id, add, remove, &mut change)?;
            }
            store.count_change(&change)?;
            Ok(change)
        })
    }

    /// Undoes a change of the reader's tags.
    pub fn undo_tags(&self, change: &TagsChange) -> Result<()> {
        self.writing(|store| {
            let mut undone = TagsChange::default();
            for (id, name) in &change.added {
                store.tag_one(*id, &[], std::slice::from_ref(name), &mut undone)?;
            }
            for (id, name) in &change.removed {
                store.tag_one(*id, std::slice::from_ref(name), &[], &mut undone)?;
            }
            store.count_change(&undone)
        })
    }

    /// The tags that the reader gave articles which are here, each once.
    pub fn given_tags(&self) -> Result<Vec<String>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT DISTINCT name FROM given_tags WHERE article > 0 ORDER BY name",
        )?;
        let names = statement.query_map([], |row| row.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// The tags that the reader gave one article.
    pub(super) fn given_tags_of(&self, article: i64) -> Result<Vec<String>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT name FROM given_tags WHERE article = ?1 ORDER BY name")?;
        let names = statement.query_map([article], |row| row.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// A number that is another one after each change of the reader's tags.
    pub(super) fn given_tag_changes(&self) -> Result<i64> {
        let count = self
            .memo(CHANGES)?
            .and_then(|bytes| String::from_utf8(bytes).ok()?.parse().ok());
        Ok(count.unwrap_or(0))
    }

    fn count_change(&self, change: &TagsChange) -> Result<()> {
        if *change == TagsChange::default() {
            return Ok(());
        }
        let count = (self.given_tag_changes()? + 1).to_string();
        self.conn
            .prepare_cached("INSERT OR REPLACE INTO memos (name, value) VALUES (?1, ?2)")?
            .execute(params![CHANGES, count.as_bytes()])?;
        self.bump_edition()
    }

    fn tag_one(
        &self,
        id: ArticleId,
        add: &[String],
        remove: &[String],
        change: &mut TagsChange,
    ) -> Result<()> {
        let mut find = self.conn.prepare_cached(
            "SELECT p.sort, p.read, p.tags, a.title, a.author FROM places p
             JOIN articles a ON a.id = p.article WHERE p.article = ?1",
        )?;
        let found = find
            .query_row([id.0], |row| {
                Ok((
                    row.get::<_, i64>(0)?,
                    row.get::<_, bool>(1)?,
                    row.get::<_, Vec<u8>>(2)?,
                    row.get::<_, String>(3)?,
                    row.get::<_, String>(4)?,
                ))
            })
            .optional()?;
        let Some((sort, read, tags, title, author)) = found else {
            return Ok(());
        };
        let before: Vec<(i64, u64)> = id_sets::numbers(&tags)
            .map(|spelling| Ok((self.spelling(spelling)?.0, spelling)))
            .collect::<Result<_>>()?;
        let mut after = before.clone();
        for name in self.given_tags_of(id.0)? {
            if !remove.iter().any(|tag| fold(tag) == fold(&name)) {
                continue;
            }
            self.conn
                .prepare_cached("DELETE FROM given_tags WHERE article = ?1 AND name = ?2")?
                .execute(params![id.0, name])?;
            for (tag, _) in self.intern(std::slice::from_ref(&name))? {
                after.retain(|(have, _)| *have != tag);
            }
            change.removed.push((id, name));
        }
        for name in add {
            for pair in self.intern(std::slice::from_ref(name))? {
                if after.iter().any(|(have, _)| *have == pair.0) {
                    continue;
                }
                self.conn
                    .prepare_cached(
                        "INSERT OR IGNORE INTO given_tags (article, name) VALUES (?1, ?2)",
                    )?
                    .execute(params![id.0, name])?;
                after.push(pair);
                change.added.push((id, name.clone()));
            }
        }
        if after == before {
            return Ok(());
        }
        let mut deltas = Deltas::default();
        self.write_tags((id.0, sort, read), &before, &after, &mut deltas)?;
        deltas.write(self)?;
        let index = Indexed {
            title: encode::separate(&title),
            body: encode::separate(&encode::strip(&self.body(id.0)?)),
            author: encode::separate(&author),
        };
        self.index_again(id.0, &index)
    }

    /// Takes in tags of a store that was lost: at once where the article is here, else when it comes.
    pub(super) fn restore_given_tags(&self, tags: &GivenTags) -> Result<()> {
        let mut change = TagsChange::default();
        for ((outlet, key), names) in tags {
            let outlet = self.outlet_or_new(outlet)?;
            if let Some(article) = self.by_key(outlet, *key)? {
                self.tag_one(ArticleId(article), names, &[], &mut change)?;
                continue;
            }
            let away = self.away(outlet, *key)?;
            for name in names {
                self.conn
                    .prepare_cached(
                        "INSERT OR IGNORE INTO given_tags (article, name) VALUES (?1, ?2)",
                    )?
                    .execute(params![away, name])?;
            }
        }
        self.count_change(&change)
    }
}
