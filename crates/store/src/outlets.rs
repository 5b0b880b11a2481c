//! What is known of the outlets: their place in the configuration, their source, how they are doing.
//! Never here: their articles.

use std::collections::{HashMap, HashSet};

use rusqlite::{OptionalExtension, params};

use super::{Result, Store, StoreError, time};
use newsprint_model::{Counts, Health, Outlet, Source, Time, fold};

/// What newsprint knows of an outlet between two refreshes. `etag` and `last_modified` are kept
/// byte for byte (RFC 9110, 8.8).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceState {
    /// The outlet's address that all this was learned at. A state of another address than the
    /// outlet has by now is not stored; an empty one is of whichever it has.
    pub home: String,
    /// The source in use; `None` before the first discovery.
    pub source: Option<Source>,
    /// The ETag field of the last answer.
    pub etag: Option<Vec<u8>>,
    /// The Last-Modified field of the last answer.
    pub last_modified: Option<Vec<u8>>,
    /// Not to be asked before this moment, by the schedule and what the outlet asked for.
    pub next_fetch: Option<Time>,
    /// Not to be asked before this moment even when forced (Retry-After).
    pub retry_after: Option<Time>,
    /// When it was last asked.
    pub last_attempt: Option<Time>,
    /// When it last answered and was understood.
    pub last_success: Option<Time>,
    /// Refreshes that have failed in a row.
    pub failures: u32,
    /// Since when every refresh has failed.
    pub failing_since: Option<Time>,
    /// Why the last refresh failed.
    pub last_error: Option<String>,
    /// The last HTTP status.
    pub status: Option<u16>,
    /// Polling has stopped for good: why.
    pub stopped: Option<String>,
    /// What the last visit had to tell although it succeeded, a sentence each: what was lost of a damaged
    /// document, pages that were no articles.
    pub notes: Vec<String>,
    /// Whatever else the refresh remembers of the outlet, in a form of its own.
    pub extra: String,
}

/// An outlet that is configured no longer, and what is left of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovedOutlet {
    /// Its name.
    pub outlet: String,
    /// Articles.
    pub total: u64,
    /// Starred ones among them.
    pub starred: u64,
}

impl Store {
    /// Makes the store's outlets those of the configuration. One that is gone from it keeps its
    /// articles, stars and marks (see [`Store::forget`]); one whose name changed while its address
    /// stayed keeps them under the new name.
    ///
    /// Outlets of accounts are the server's and are passed over ([`Store::sync_subscriptions`]).
    pub fn sync_outlets(&self, outlets: &[Outlet]) -> Result<()> {
        let own = |outlet: &&Outlet| outlet.account.is_none();
        let outlets: Vec<&Outlet> = outlets.iter().filter(own).collect();
        let outlets = outlets.as_slice();
        if self.read_only || self.reading(|store| store.in_step(outlets))? {
            return Ok(());
        }
        self.writing(|store| {
            let conn = &store.conn;
            conn.execute("UPDATE outlets SET configured = 0 WHERE account = 0", [])?;
            for (place, outlet) in outlets.iter().enumerate() {
                store.free_name(&outlet.name)?;
                let known = store.outlet_id(&outlet.name)?;
                let renamed = || -> Result<Option<i64>> {
                    let taken: HashSet<&str> = outlets.iter().map(|o| o.name.as_str()).collect();
                    let mut statement = conn.prepare_cached(
                        "SELECT id, name FROM outlets WHERE url = ?1 AND url <> '' AND configured = 0
                             AND account = 0",
                    )?;
                    let rows: Vec<(i64, String)> = statement
                        .query_map([&outlet.url], |row| Ok((row.get(0)?, row.get(1)?)))?
                        .collect::<Result<_, _>>()?;
                    Ok(rows.into_iter().find(|(_, name)| !taken.contains(name.as_str())).map(|(id, _)| id))
                };
                let id = match known {
                    Some(id) => Some(id),
                    None => renamed()?,
                };
                let group = outlet.group.as_deref().map(fold).unwrap_or_default();
                let place = place as i64;
                match id {
                    Some(id) => {
                        // Another address is another source: what was learned of the old one would
                        // mislead.
                        conn.prepare_cached(
                            "UPDATE outlets SET kind = NULL, source = NULL, etag = NULL,
                                 last_modified = NULL, next_fetch = NULL, retry_after = NULL, failures = 0,
                                 failing_since = NULL, last_error = NULL, status = NULL,
                                 stopped = NULL, extra = '', notes = '', repeats = NULL
                             WHERE id = ?1 AND url <> ?2",
                        )?
                        .execute(params![id, outlet.url])?;
                        conn.prepare_cached(
                            "UPDATE outlets SET name = ?2, fold = ?3, url = ?4, grp = ?5,
                                 place = ?6, configured = 1 WHERE id = ?1",
                        )?
                        .execute(params![id, outlet.name, fold(&outlet.name), outlet.url, group, place])?;
                    }
                    None => {
                        conn.prepare_cached(
                            "INSERT INTO outlets (name, fold, url, grp, place, configured)
                             VALUES (?1, ?2, ?3, ?4, ?5, 1)",
                        )?
                        .execute(params![outlet.name, fold(&outlet.name), outlet.url, group, place])?;
                    }
                }
            }
            store.bump_edition()
        })
    }

    fn in_step(&self, outlets: &[&Outlet]) -> Result<bool> {
        let mut statement = self.conn.prepare_cached(
            "SELECT name, url, grp FROM outlets WHERE configured = 1 AND account = 0 ORDER BY place",
        )?;
        let mut rows = statement.query([])?;
        for outlet in outlets {
            let Some(row) = rows.next()? else {
                return Ok(false);
            };
            let group = outlet.group.as_deref().map(fold).unwrap_or_default();
            let same = row.get_ref(0)?.as_str().ok() == Some(&outlet.name)
                && row.get_ref(1)?.as_str().ok() == Some(&outlet.url)
                && row.get_ref(2)?.as_str().ok() == Some(&group);
            if !same {
                return Ok(false);
            }
        }
        Ok(rows.next()?.is_none())
    }

    pub(super) fn outlet_id(&self, name: &str) -> Result<Option<i64>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id FROM outlets WHERE name = ?1")?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }

    pub(super) fn outlet(&self, name: &str) -> Result<i64> {
        self.outlet_id(name)?
            .ok_or_else(|| StoreError::NoOutlet(name.to_owned()))
    }

    /// What is known of an outlet's source.
    pub fn source_state(&self, outlet: &str) -> Result<SourceState> {
        let all = self.states("WHERE name = ?1", &[&outlet])?;
        let found = all.into_iter().next().map(|(_, state)| state);
        found.ok_or_else(|| StoreError::NoOutlet(outlet.to_owned()))
    }

    /// The same for every configured outlet, by name.
    pub fn source_states(&self) -> Result<HashMap<String, SourceState>> {
        Ok(self
            .states("WHERE configured = 1", &[])?
            .into_iter()
            .collect())
    }

    fn states(
        &self,
        which: &str,
        values: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<(String, SourceState)>> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT name, kind, source, etag, last_modified, next_fetch, retry_after, last_attempt,
                    last_success, failures, failing_since, last_error, status, stopped, extra, url, notes
             FROM outlets {which}"
        ))?;
        let rows = statement.query_map(values, |row| {
            let moment = |at| row.get::<_, Option<i64>>(at).map(|micros| micros.map(time));
            let kind: Option<String> = row.get(1)?;
            let url: Option<String> = row.get(2)?;
            let state = SourceState {
                home: row.get(15)?,
                source: kind
                    .zip(url)
                    .and_then(|(kind, url)| Source::from_kind(&kind, &url)),
                etag: row.get(3)?,
                last_modified: row.get(4)?,
                next_fetch: moment(5)?,
                retry_after: moment(6)?,
                last_attempt: moment(7)?,
                last_success: moment(8)?,
                failures: row.get(9)?,
                failing_since: moment(10)?,
                last_error: row.get(11)?,
                status: row.get(12)?,
                stopped: row.get(13)?,
                extra: row.get(14)?,
                notes: lines(row.get_ref(16)?.as_str()?),
            };
            Ok((row.get(0)?, state))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Stores the states of several outlets that have nothing else to store, in one transaction. One
    /// that has been renamed or removed meanwhile is passed over.
    pub fn set_source_states(&self, states: &[(String, SourceState)]) -> Result<()> {
        self.writing(|store| {
            for (outlet, state) in states {
                if let Some(outlet) = store.outlet_id(outlet)? {
                    store.write_state(outlet, state)?;
                }
            }
            Ok(())
        })
    }

    /// Changes the state of an outlet as it stands in the store, in one transaction, where `change`
    /// says that it has changed anything.
    pub fn change_source_state(
        &self,
        outlet: &str,
        change: impl FnOnce(&mut SourceState) -> bool,
    ) -> Result<()> {
        self.writing(|store| {
            let mut state = store.source_state(outlet)?;
            match change(&mut state) {
                true => store.write_state(store.outlet(outlet)?, &state).map(drop),
                false => Ok(()),
            }
        })
    }

    /// `false` when it is the state of an address that the outlet has no more.
    pub(super) fn write_state(&self, outlet: i64, state: &SourceState) -> Result<bool> {
        let micros = |moment: Option<Time>| moment.map(Time::as_microsecond);
        let written = self
            .conn
            .prepare_cached(
                "UPDATE outlets SET kind = ?2, source = ?3, etag = ?4, last_modified = ?5,
                     next_fetch = ?6, retry_after = ?7, last_attempt = ?8, last_success = ?9,
                     failures = ?10, failing_since = ?11, last_error = ?12, status = ?13,
                     stopped = ?14, extra = ?15, notes = ?17 WHERE id = ?1 AND ?16 IN ('', url)",
            )?
            .execute(params![
                outlet,
                state.source.as_ref().map(Source::kind),
                state.source.as_ref().map(Source::url),
                state.etag,
                state.last_modified,
                micros(state.next_fetch),
                micros(state.retry_after),
                micros(state.last_attempt),
                micros(state.last_success),
                state.failures,
                micros(state.failing_since),
                state.last_error,
                state.status,
                state.stopped,
                state.extra,
                state.home,
                state.notes.join("\n"),
            ])?;
        Ok(written > 0)
    }

    /// What was learned of the blocks that repeat over the outlet's pages ([`super::Update::repeats`]).
    pub fn repeats(&self, outlet: &str) -> Result<Option<Vec<u8>>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT repeats FROM outlets WHERE name = ?1")?;
        let found = statement.query_row([outlet], |row| row.get(0)).optional()?;
        Ok(found.flatten())
    }

    /// How the configured outlets are doing, in the order of the configuration.
    pub fn health(&self) -> Result<Vec<Health>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT o.name, o.url, o.kind, o.source, coalesce(a.last_sync, o.last_success),
                    coalesce(a.last_error, o.last_error), coalesce(a.failing_since, o.failing_since),
                    o.status, o.next_fetch, o.stopped, o.total, o.unread, o.retry_after, o.notes, a.name,
                    o.feed_url, (SELECT count(*) FROM pending WHERE account = a.id),
                    (SELECT min(since) FROM pending WHERE account = a.id)
             FROM outlets o LEFT JOIN accounts a ON a.id = o.account
             WHERE o.configured = 1 ORDER BY o.place",
        )?;
        let rows = statement.query_map([], |row| {
            let moment = |at| row.get::<_, Option<i64>>(at).map(|micros| micros.map(time));
            let kind: Option<String> = row.get(2)?;
            let source: Option<String> = row.get(3)?;
            let later: [Option<Time>; 2] = [moment(8)?, moment(12)?];
            let (feed, waiting): (Option<String>, i64) = (row.get(15)?, row.get(16)?);
            let since = moment(17)?;
            Ok(Health {
                outlet: row.get(0)?,
                account: row.get(14)?,
                url: row.get(1)?,
                // A server may change the address of a feed before anything else comes from it.
                source: feed
                    .filter(|feed| !feed.is_empty())
                    .map(Source::Feed)
                    .or_else(|| Source::from_kind(&kind?, &source?)),
                waiting: since.map(|since| (waiting as u64, since)),
                last_success: moment(4)?,
                last_error: row.get(5)?,
                failing_since: moment(6)?,
                status: row.get(7)?,
                next_fetch: later.into_iter().flatten().max(),
                stopped: row.get(9)?,
                notes: lines(row.get_ref(13)?.as_str()?),
                counts: Counts {
                    total: row.get::<_, i64>(10)? as u64,
                    unread: row.get::<_, i64>(11)? as u64,
                },
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The address that an outlet had in the configuration, which has it no more.
    pub fn removed_url(&self, outlet: &str) -> Result<Option<String>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT url FROM outlets WHERE name = ?1 AND configured = 0 AND account = 0",
        )?;
        Ok(statement.query_row([outlet], |row| row.get(0)).optional()?)
    }

    /// The outlets that are configured no longer and still have articles, by name.
    pub fn removed_outlets(&self) -> Result<Vec<RemovedOutlet>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT o.name, count(*), coalesce(sum(p.starred), 0)
             FROM outlets o JOIN places p ON p.outlet = o.id
             WHERE o.configured = 0 GROUP BY o.id ORDER BY o.fold",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(RemovedOutlet {
                outlet: row.get(0)?,
                total: row.get::<_, i64>(1)? as u64,
                starred: row.get::<_, i64>(2)? as u64,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Sentences as they are stored, one a line.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}
