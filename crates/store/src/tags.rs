//! The tags of articles: numbers for their spellings, and what an article carries.
//! Never here: which articles a tag means (`query_plan`).

use rusqlite::{OptionalExtension, params};

use super::counters::Deltas;
use super::encode::Packed;
use super::ingest::Stored;
use super::{Result, Store, id_sets};
use newsprint_model::fold;
use newsprint_model::merge::TagMerge;

impl Store {
    /// The numbers of tag and spelling of each name, without repetitions of a tag.
    pub(super) fn intern(&self, names: &[String]) -> Result<Vec<(i64, u64)>> {
        let mut out: Vec<(i64, u64)> = Vec::with_capacity(names.len());
        for name in names {
            let mut find = self
                .conn
                .prepare_cached("SELECT tag, id FROM spellings WHERE name = ?1")?;
            let known = find
                .query_row([name], |row| {
                    Ok((row.get(0)?, row.get::<_, i64>(1)? as u64))
                })
                .optional()?;
            let pair = match known {
                Some(pair) => pair,
                None => {
                    let folded = fold(name);
                    if folded.trim().is_empty() {
                        continue;
                    }
                    let tag: i64 = self
                        .conn
                        .prepare_cached(
                            "INSERT INTO tags (fold, name, total, unread) VALUES (?1, ?2, 0, 0)
                             ON CONFLICT (fold) DO UPDATE SET fold = fold RETURNING id",
                        )?
                        .query_row([&folded, name], |row| row.get(0))?;
                    let spelling: i64 = self
                        .conn
                        .prepare_cached(
                            "INSERT INTO spellings (tag, name, total) VALUES (?1, ?2, 0) RETURNING id",
                        )?
                        .query_row(params![tag, name], |row| row.get(0))?;
                    (tag, spelling as u64)
                }
            };
            if !out.iter().any(|(tag, _)| *tag == pair.0) {
                out.push(pair);
            }
        }
        Ok(out)
    }

    pub(super) fn tags_of(&self, id: i64) -> Result<Vec<String>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT tags FROM places WHERE article = ?1")?;
        let blob: Vec<u8> = statement.query_row([id], |row| row.get(0))?;
        id_sets::numbers(&blob)
            .map(|spelling| Ok(self.spelling(spelling)?.1.to_string()))
            .collect()
    }

    /// Gives the article the incoming tags; says whether they changed.
    pub(super) fn merge_tags(
        &self,
        old: &Stored,
        packed: &Packed,
        how: TagMerge,
        deltas: &mut Deltas,
    ) -> Result<bool> {
        let new = &packed.article;
        if new.tags.is_empty() {
            return Ok(false);
        }
        let before: Vec<(i64, u64)> = id_sets::numbers(&old.tags)
            .map(|spelling| Ok((self.spelling(spelling)?.0, spelling)))
            .collect::<Result<_>>()?;
        let incoming = self.intern(&new.tags)?;
        let mut after = incoming;
        if how == TagMerge::Replace && after != before {
            // What the reader gave stays, whatever the outlet says.
            for own in self.intern(&self.given_tags_of(old.id)?)? {
                if !after.iter().any(|(have, _)| *have == own.0) {
                    after.push(own);
                }
            }
        }
        if how == TagMerge::Append {
            // The page's own order stands; the feed adds what the page did not say.
            let added = after
                .into_iter()
                .filter(|(tag, _)| !before.iter().any(|(have, _)| have == tag));
            after = before.iter().copied().chain(added).collect();
        }
        if after == before {
            return Ok(false);
        }
        self.write_tags((old.id, old.sort, old.read), &before, &after, deltas)?;
        Ok(true)
    }

    /// Gives an article (its number, place and whether it is read) other tags than before.
    pub(super) fn write_tags(
        &self,
        (id, sort, read): (i64, i64, bool),
        before: &[(i64, u64)],
        after: &[(i64, u64)],
        deltas: &mut Deltas,
    ) -> Result<()> {
        let unread = i64::from(!read);
        let mut blob = Vec::new();
        for (tag, spelling) in before {
            deltas.tag(*tag, -1, -unread);
            deltas.spelling(*spelling, -1);
            if !after.iter().any(|(stays, _)| stays == tag) {
                self.conn
                    .prepare_cached(
                        "DELETE FROM tagged WHERE tag = ?1 AND sort = ?2 AND article = ?3",
                    )?
                    .execute([*tag, sort, id])?;
            }
        }
        for (tag, spelling) in after {
            id_sets::put(&mut blob, *spelling);
            deltas.tag(*tag, 1, unread);
            deltas.spelling(*spelling, 1);
            self.conn
                .prepare_cached(
                    "INSERT OR IGNORE INTO tagged (tag, sort, article) VALUES (?1, ?2, ?3)",
                )?
                .execute([*tag, sort, id])?;
        }
        self.conn
            .prepare_cached("UPDATE places SET tags = ?2 WHERE article = ?1")?
            .execute(params![id, blob])?;
        Ok(())
    }
}
