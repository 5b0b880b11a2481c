//! What the reader decided of pairs of articles, one story or two; kept for good, also while an article is away.
//! Never here: finding stories.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, params};

use super::identity::Keys;
use super::marks_copy::{Decided, End};
use super::{Result, Store};
use newsprint_model::ArticleId;

/// The memo of how often the reader has decided something.
const DECISIONS: &str = "stories decided";

/// Pairs that wait for an article, the latest of them.
pub(super) const WAITING: i64 = 10_000;

impl Store {
    /// How often the reader has decided something, or what was decided came to hold again.
    pub fn decisions(&self) -> Result<i64> {
        let count = self
            .memo(DECISIONS)?
            .and_then(|bytes| String::from_utf8(bytes).ok()?.parse().ok());
        Ok(count.unwrap_or(0))
    }

    /// What the reader decided of pairs of articles that are here: one story or two.
    pub fn decided(&self) -> Result<Vec<(ArticleId, ArticleId, bool)>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT a, b, together FROM decided WHERE a > 0 ORDER BY a, b")?;
        let rows = statement.query_map([], |row| {
            Ok((ArticleId(row.get(0)?), ArticleId(row.get(1)?), row.get(2)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(super) fn decide(&self, a: ArticleId, b: ArticleId, together: bool) -> Result<()> {
        if a == b {
            return Ok(());
        }
        self.write_decided(a.0, b.0, together)?;
        self.count_decision()
    }

    /// What was decided of two articles.
    pub(super) fn decision(&self, a: ArticleId, b: ArticleId) -> Result<Option<bool>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT together FROM decided WHERE a = ?1 AND b = ?2")?;
        let pair = (a.min(b).0, a.max(b).0);
        Ok(statement
            .query_row([pair.0, pair.1], |row| row.get(0))
            .optional()?)
    }

    /// Decides of two articles as before; nothing where nothing was decided.
    pub(super) fn redecide(&self, a: ArticleId, b: ArticleId, before: Option<bool>) -> Result<()> {
        match before {
            Some(together) => self.write_decided(a.0, b.0, together)?,
            None => {
                self.conn
                    .prepare_cached("DELETE FROM decided WHERE a = ?1 AND b = ?2")?
                    .execute([a.min(b).0, a.max(b).0])?;
            }
        }
        self.count_decision()
    }

    fn write_decided(&self, a: i64, b: i64, together: bool) -> Result<()> {
        self.conn
            .prepare_cached("INSERT OR REPLACE INTO decided (a, b, together) VALUES (?1, ?2, ?3)")?
            .execute(params![a.min(b), a.max(b), together])?;
        Ok(())
    }

    fn count_decision(&self) -> Result<()> {
        let count = (self.decisions()? + 1).to_string();
        self.conn
            .prepare_cached("INSERT OR REPLACE INTO memos (name, value) VALUES (?1, ?2)")?
            .execute(params![DECISIONS, count.as_bytes()])?;
        Ok(())
    }

    /// What was decided of an article that goes waits until it comes back.
    pub(super) fn await_decided(&self, article: i64) -> Result<()> {
        let mut decided = self
            .conn
            .prepare_cached("SELECT 1 FROM decided WHERE a = ?1 OR b = ?1")?;
        if !decided.exists([article])? {
            return Ok(());
        }
        let (outlet, key) = self
            .conn
            .prepare_cached(
                "SELECT p.outlet, a.key FROM places p JOIN articles a ON a.id = p.article
                 WHERE p.article = ?1",
            )?
            .query_row([article], |row| Ok((row.get(0)?, row.get(1)?)))?;
        self.readdress(article, self.away(outlet, key)?)
    }

    /// The number that stands in `decided` for an article that is not here.
    pub(super) fn away(&self, outlet: i64, key: i64) -> Result<i64> {
        self.conn
            .prepare_cached("INSERT OR IGNORE INTO away (outlet, key) VALUES (?1, ?2)")?
            .execute([outlet, key])?;
        let mut statement = self
            .conn
            .prepare_cached("SELECT -id FROM away WHERE outlet = ?1 AND key = ?2")?;
        Ok(statement.query_row([outlet, key], |row| row.get(0))?)
    }

    /// What was decided of a new article before it went or before the database was lost holds again. Its own key
    /// is `own`.
    pub(super) fn return_decided(
        &self,
        outlet: i64,
        article: i64,
        keys: &Keys<'_>,
        own: i64,
    ) -> Result<()> {
        let mut waiting = self.conn.prepare_cached("SELECT 1 FROM away LIMIT 1")?;
        if !waiting.exists([])? {
            return Ok(());
        }
        for key in keys.all().chain([own]) {
            let away: Option<i64> = self
                .conn
                .prepare_cached("DELETE FROM away WHERE outlet = ?1 AND key = ?2 RETURNING -id")?
                .query_row([outlet, key], |row| row.get(0))
                .optional()?;
            if let Some(away) = away {
                self.readdress(away, article)?;
                return self.count_decision();
            }
        }
        Ok(())
    }

    /// Makes what was decided under one number hold under another.
    fn readdress(&self, from: i64, to: i64) -> Result<()> {
        let mut statement = self.conn.prepare_cached(
            "SELECT iif(a = ?1, b, a), together FROM decided WHERE a = ?1 OR b = ?1",
        )?;
        let rows = statement.query_map([from], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let pairs: Vec<(i64, bool)> = rows.collect::<Result<_, _>>()?;
        self.conn
            .prepare_cached("DELETE FROM decided WHERE a = ?1 OR b = ?1")?
            .execute([from])?;
        for (other, together) in pairs {
            if other != to {
                self.write_decided(other, to, together)?;
            }
        }
        self.conn
            .prepare_cached("UPDATE OR REPLACE given_tags SET article = ?2 WHERE article = ?1")?
            .execute([from, to])?;
        Ok(())
    }

    /// Forgets the oldest pairs that wait, beyond [`WAITING`].
    pub(super) fn bound_waiting(&self) -> Result<()> {
        let many: i64 = self
            .conn
            .prepare_cached("SELECT count(*) FROM decided WHERE a < 0")?
            .query_row([], |row| row.get(0))?;
        if many <= WAITING {
            return Ok(());
        }
        // What has waited longest has the number next to 0.
        self.conn.execute(
            "DELETE FROM decided WHERE a < 0 AND (a, b) IN
             (SELECT a, b FROM decided WHERE a < 0 ORDER BY a DESC, b DESC LIMIT ?1)",
            [many - WAITING],
        )?;
        self.conn.execute(
            "DELETE FROM away WHERE -id NOT IN (SELECT a FROM decided WHERE a < 0)
             AND -id NOT IN (SELECT b FROM decided WHERE b < 0)
             AND -id NOT IN (SELECT article FROM given_tags WHERE article < 0)",
            [],
        )?;
        Ok(())
    }

    /// Takes in what was decided in a store that was lost: at once where both articles are here. What is decided
    /// here of the same two gives way.
    pub(super) fn restore_decided(&self, decided: &Decided) -> Result<()> {
        if decided.is_empty() {
            return Ok(());
        }
        let mut outlets = BTreeMap::new();
        let mut number = |(name, key): &End| -> Result<i64> {
            let outlet = match outlets.get(name) {
                Some(outlet) => *outlet,
                None => {
                    let outlet = self.outlet_or_new(name)?;
                    outlets.insert(name.clone(), outlet);
                    outlet
                }
            };
            match self.by_key(outlet, *key)? {
                Some(article) => Ok(article),
                None => self.away(outlet, *key),
            }
        };
        for ((one, other), together) in decided {
            let (one, other) = (number(one)?, number(other)?);
            if one != other {
                self.write_decided(one, other, *together)?;
            }
        }
        self.bound_waiting()?;
        self.hold_decided()?;
        self.count_decision()
    }

    /// Pairs that are to be one story and are not, of articles that are here.
    pub(super) fn decided_but_apart(&self) -> Result<Vec<(ArticleId, ArticleId)>> {
        self.decided_pairs(
            "SELECT d.a, d.b FROM decided d LEFT JOIN told s ON s.article = d.a
             LEFT JOIN told t ON t.article = d.b
             WHERE d.a > 0 AND d.together = 1 AND coalesce(s.story, d.a) <> coalesce(t.story, d.b)
             ORDER BY d.a, d.b",
        )
    }

    /// Pairs that are to be two stories and are one.
    pub(super) fn decided_but_together(&self) -> Result<Vec<(ArticleId, ArticleId)>> {
        self.decided_pairs(
            "SELECT d.a, d.b FROM decided d JOIN told s ON s.article = d.a
             JOIN told t ON t.article = d.b
             WHERE d.a > 0 AND d.together = 0 AND s.story = t.story ORDER BY d.a, d.b",
        )
    }

    fn decided_pairs(&self, sql: &str) -> Result<Vec<(ArticleId, ArticleId)>> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            Ok((ArticleId(row.get(0)?), ArticleId(row.get(1)?)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many decisions there are of one of these with one of those: to be in one story, or in two.
    pub(super) fn count_decided(
        &self,
        these: &[ArticleId],
        those: &[ArticleId],
        together: bool,
    ) -> Result<usize> {
        let mut statement = self.conn.prepare_cached(
            "SELECT iif(a = ?1, b, a) FROM decided WHERE (a = ?1 OR b = ?1) AND together = ?2",
        )?;
        let mut count = 0;
        for one in these {
            for other in statement.query_map(params![one.0, together], |row| row.get(0))? {
                count += usize::from(those.contains(&ArticleId(other?)));
            }
        }
        Ok(count)
    }
}
