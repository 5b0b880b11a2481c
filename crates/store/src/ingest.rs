//! Taking in what a refresh brought: outlets, their state, new and changed articles; pruning.
//! Never here: fetching, parsing, or the reader's marks.

use std::collections::{HashMap, HashSet};

use rusqlite::{OptionalExtension, params};

use super::encode::{self, Indexed, Packed};
use super::{Result, Store, StoreError, id_sets, time};
use newsprint_model::{ArticleId, Outlet, Source, TextState, Time, fold};

/// Earlier texts kept of one article beside the very first, the latest of them.
const REVISIONS: i64 = 24;

/// Changes that follow one another faster than this (a live blog) are one change, microseconds.
const ONE_CHANGE: i64 = 3_600_000_000;

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
    /// Whatever else the refresh remembers (discovery, hashes of content), as it serialises it.
    pub extra: String,
}

/// What one refresh of one outlet has to store; everything absent stays as it is.
#[derive(Debug, Clone, Default)]
pub struct Update {
    /// The outlet's new state.
    pub state: Option<SourceState>,
    /// What was learned of the outlet's repeating blocks (`parse::page::Repeats::to_bytes`).
    pub repeats: Option<Vec<u8>>,
    /// In the order of the source: the first is taken for the newest where dates are missing.
    pub articles: Vec<Packed>,
}

/// What [`Store::ingest`] did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ingested {
    /// Articles that were not there before.
    pub new: u64,
    /// Articles that the outlet changed in substance; the earlier text is kept.
    pub changed: u64,
    /// Articles that were there and have their whole text only now.
    pub filled: u64,
    /// New and filled articles whose whole text is there.
    pub full_text: u64,
}

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

/// How long articles are kept; nothing set keeps all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Keep {
    /// Days since first seen.
    pub days: Option<u32>,
    /// Newest articles of each outlet.
    pub count: Option<u32>,
}

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

    fn spelling(&mut self, spelling: u64, total: i64) {
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

/// A stored article as far as an update has to compare it.
struct Stored {
    id: i64,
    title: String,
    url: String,
    author: String,
    published: Option<i64>,
    updated: Option<i64>,
    print: i64,
    sort: i64,
    read: bool,
    text: i64,
    lang: String,
    tags: Vec<u8>,
    body_print: i64,
    image: Option<String>,
    partial: Option<String>,
}

impl Store {
    /// Makes the store's outlets those of the configuration. One that is gone from it keeps its
    /// articles, stars and marks (see [`Store::forget`]); one whose name changed while its address
    /// stayed keeps them under the new name.
    pub fn sync_outlets(&self, outlets: &[Outlet]) -> Result<()> {
        if self.read_only || self.reading(|store| store.in_step(outlets))? {
            return Ok(());
        }
        self.writing(|store| {
            let conn = &store.conn;
            conn.execute("UPDATE outlets SET configured = 0", [])?;
            for (place, outlet) in outlets.iter().enumerate() {
                let known = store.outlet_id(&outlet.name)?;
                let renamed = || -> Result<Option<i64>> {
                    let taken: HashSet<&str> = outlets.iter().map(|o| o.name.as_str()).collect();
                    let mut statement = conn.prepare_cached(
                        "SELECT id, name FROM outlets WHERE url = ?1 AND url <> '' AND configured = 0",
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
                                 stopped = NULL, extra = '', repeats = NULL
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
            store.altered()
        })
    }

    fn in_step(&self, outlets: &[Outlet]) -> Result<bool> {
        let mut statement = self.conn.prepare_cached(
            "SELECT name, url, grp FROM outlets WHERE configured = 1 ORDER BY place",
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

    /// Whatever lists hold on to must be read again.
    fn altered(&self) -> Result<()> {
        self.conn
            .prepare_cached("UPDATE state SET edition = edition + 1")?
            .execute([])?;
        Ok(())
    }

    pub(super) fn outlet_id(&self, name: &str) -> Result<Option<i64>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id FROM outlets WHERE name = ?1")?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }

    fn outlet(&self, name: &str) -> Result<i64> {
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
                    last_success, failures, failing_since, last_error, status, stopped, extra, url
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

    /// What was learned of the outlet's repeating blocks.
    pub fn repeats(&self, outlet: &str) -> Result<Option<Vec<u8>>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT repeats FROM outlets WHERE name = ?1")?;
        let found = statement.query_row([outlet], |row| row.get(0)).optional()?;
        Ok(found.flatten())
    }

    /// A small thing remembered under a name (what a host asked for, a host's robots.txt).
    pub fn memo(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT value FROM memos WHERE name = ?1")?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }

    /// Remembers `value` under `name`, in place of what was there.
    pub fn set_memo(&self, name: &str, value: &[u8]) -> Result<()> {
        self.change_memo(name, |_| value.to_owned())
    }

    /// Changes what is remembered under `name`, in one transaction: what another process has written
    /// there meanwhile is seen by `change`.
    pub fn change_memo(
        &self,
        name: &str,
        change: impl FnOnce(Option<Vec<u8>>) -> Vec<u8>,
    ) -> Result<()> {
        self.writing(|store| {
            let value = change(store.memo(name)?);
            store
                .conn
                .prepare_cached("INSERT OR REPLACE INTO memos (name, value) VALUES (?1, ?2)")?
                .execute(params![name, value])?;
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
                || encode::text_print(old_title) == encode::text_print(title))
        })?)
    }

    /// Stores what a refresh of `outlet` brought, in one transaction.
    ///
    /// An article is known by its address; where it has none, by its guid; where it has neither, by
    /// its title. So the same story under two guids is one article, and one guid at two addresses is
    /// two, unless the title says that the story moved.
    ///
    /// Text once had is never replaced by less, nor by other words, without an earlier text being
    /// kept ([`Store::revisions`]); a page that now gives only a teaser leaves the whole text alone.
    /// Of an article that changes again and again, the first text and the latest ones are kept, one
    /// an hour at most where no text is lost by that.
    pub fn ingest(&self, outlet: &str, update: &Update, now: Time) -> Result<Ingested> {
        self.writing(|store| {
            let outlet = store.outlet(outlet)?;
            // Articles are kept in any case; what was learned of an address that the outlet has no
            // more is not.
            let still = match &update.state {
                Some(state) => store.write_state(outlet, state)?,
                None => true,
            };
            if let Some(repeats) = update.repeats.as_ref().filter(|_| still) {
                store
                    .conn
                    .prepare_cached("UPDATE outlets SET repeats = ?2 WHERE id = ?1")?
                    .execute(params![outlet, repeats])?;
            }
            let mut done = Ingested::default();
            if update.articles.is_empty() {
                return Ok(done);
            }
            let mut deltas = Deltas::default();
            let mut altered = false;
            let addresses: HashSet<i64> = update.articles.iter().map(|a| a.key).collect();
            let first = store.state()?.newest;
            let mut newest = first;
            // The last of the source first, so that the first has the highest number: what has no
            // date is then listed in the source's order.
            for packed in update.articles.iter().rev() {
                let found = match store.by_key(outlet, packed.key)? {
                    Some(id) => Some(id),
                    None if packed.guid_key != 0 && packed.guid_key != packed.key => store
                        .by_key(outlet, packed.guid_key)?
                        .map(|id| -> Result<Option<i64>> {
                            let same =
                                store.moved(id, &packed.article.url, &packed.article.title)?
                                    && !addresses.contains(&store.key_of(id)?);
                            Ok(same.then_some(id))
                        })
                        .transpose()?
                        .flatten(),
                    None => None,
                };
                match found {
                    Some(id) => {
                        altered |= store.renew(outlet, id, packed, now, &mut deltas, &mut done)?
                    }
                    None => {
                        if store.insert(outlet, newest + 1, packed, now, &mut deltas)? {
                            newest += 1;
                            done.new += 1;
                            done.full_text += u64::from(packed.article.text == TextState::Full);
                        }
                    }
                }
            }
            if newest != first {
                store
                    .conn
                    .prepare_cached("UPDATE state SET newest = ?1")?
                    .execute([newest])?;
            }
            deltas.write(store)?;
            if altered {
                store.altered()?;
            }
            Ok(done)
        })
    }

    fn key_of(&self, id: i64) -> Result<i64> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT key FROM articles WHERE id = ?1")?;
        Ok(statement.query_row([id], |row| row.get(0))?)
    }

    /// `false` when it is the state of an address that the outlet has no more.
    fn write_state(&self, outlet: i64, state: &SourceState) -> Result<bool> {
        let micros = |moment: Option<Time>| moment.map(Time::as_microsecond);
        let written = self
            .conn
            .prepare_cached(
                "UPDATE outlets SET kind = ?2, source = ?3, etag = ?4, last_modified = ?5,
                     next_fetch = ?6, retry_after = ?7, last_attempt = ?8, last_success = ?9,
                     failures = ?10, failing_since = ?11, last_error = ?12, status = ?13,
                     stopped = ?14, extra = ?15 WHERE id = ?1 AND ?16 IN ('', url)",
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
            ])?;
        Ok(written > 0)
    }

    /// `false` when the article was pruned and stays away.
    fn insert(
        &self,
        outlet: i64,
        id: i64,
        packed: &Packed,
        now: Time,
        deltas: &mut Deltas,
    ) -> Result<bool> {
        let article = &packed.article;
        let (mut read, mut starred, mut position) = (false, false, 0u32);
        for key in [packed.key, packed.guid_key] {
            let mut statement = self.conn.prepare_cached(
                "SELECT read, starred, position, pruned FROM kept WHERE outlet = ?1 AND key = ?2",
            )?;
            let kept = statement
                .query_row([outlet, key], |row| {
                    Ok((
                        row.get(0)?,
                        row.get(1)?,
                        row.get(2)?,
                        row.get::<_, bool>(3)?,
                    ))
                })
                .optional()?;
            match kept {
                Some((_, _, _, true)) => return Ok(false),
                Some(marks) => {
                    (read, starred, position, _) = marks;
                    self.conn
                        .prepare_cached("DELETE FROM kept WHERE outlet = ?1 AND key = ?2")?
                        .execute([outlet, key])?;
                    break;
                }
                None => {}
            }
        }
        let now = now.as_microsecond();
        let published = article.published.map(Time::as_microsecond);
        // A date in the future would hold the top of every list.
        let sort = published.unwrap_or(now).min(now);
        self.conn
            .prepare_cached(
                "INSERT INTO articles (id, key, guid, print, title, url, author, published, updated,
                     first_seen, words) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute(params![
                id,
                packed.key,
                packed.guid_key,
                article.print as i64,
                article.title,
                article.url,
                article.author,
                published,
                article.updated.map(Time::as_microsecond),
                now,
                article.words,
            ])?;
        let mut tags = Vec::new();
        for (tag, spelling) in self.intern(&article.tags)? {
            id_sets::put(&mut tags, spelling);
            deltas.tag(tag, 1, i64::from(!read));
            deltas.spelling(spelling, 1);
            self.conn
                .prepare_cached(
                    "INSERT OR IGNORE INTO tagged (tag, sort, article) VALUES (?1, ?2, ?3)",
                )?
                .execute([tag, sort, id])?;
        }
        self.conn
            .prepare_cached(
                "INSERT INTO places (article, outlet, sort, read, starred, changed, text, position,
                     lang, tags) VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                id,
                outlet,
                sort,
                read,
                starred,
                article.text as i64,
                position,
                article.lang,
                tags
            ])?;
        deltas.article(outlet, 1, i64::from(!read));
        self.add_keys(outlet, id, packed)?;
        self.conn
            .prepare_cached(
                "INSERT INTO bodies (article, html, print, image, partial) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                id,
                packed.html,
                packed.body_print,
                article.image,
                article.partial.map(|partial| partial.as_str()),
            ])?;
        self.index(id, &packed.index, &article.tags)?;
        Ok(true)
    }

    fn add_keys(&self, outlet: i64, id: i64, packed: &Packed) -> Result<()> {
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

    fn index(&self, id: i64, index: &Indexed, tags: &[String]) -> Result<()> {
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
    pub fn reindex(&self) -> Result<()> {
        self.writing(|store| {
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

    /// The numbers of tag and spelling of each name, without repetitions of a tag.
    fn intern(&self, names: &[String]) -> Result<Vec<(i64, u64)>> {
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

    fn stored(&self, id: i64) -> Result<Stored> {
        let mut statement = self.conn.prepare_cached(
            "SELECT a.title, a.url, a.author, a.published, a.updated, a.print, p.sort, p.read, p.text,
                    p.lang, p.tags, b.print, b.image, b.partial
             FROM articles a JOIN places p ON p.article = a.id JOIN bodies b ON b.article = a.id
             WHERE a.id = ?1",
        )?;
        Ok(statement.query_row([id], |row| {
            Ok(Stored {
                id,
                title: row.get(0)?,
                url: row.get(1)?,
                author: row.get(2)?,
                published: row.get(3)?,
                updated: row.get(4)?,
                print: row.get(5)?,
                sort: row.get(6)?,
                read: row.get(7)?,
                text: row.get(8)?,
                lang: row.get(9)?,
                tags: row.get(10)?,
                body_print: row.get(11)?,
                image: row.get(12)?,
                partial: row.get(13)?,
            })
        })?)
    }

    /// Brings a stored article up to date; says whether anything that lists show or choose by changed.
    fn renew(
        &self,
        outlet: i64,
        id: i64,
        packed: &Packed,
        now: Time,
        deltas: &mut Deltas,
        done: &mut Ingested,
    ) -> Result<bool> {
        let old = self.stored(id)?;
        let new = &packed.article;
        let level = new.text as i64;
        let brings_text = level > 0 && level >= old.text;
        let new_text = brings_text && packed.body_print != old.body_print;
        // A feed's title stands until the page has given its own.
        let new_title = !new.title.is_empty()
            && level >= old.text
            && packed.title_print != encode::text_print(&old.title);

        let (mut html, mut text) = (None, old.text);
        if brings_text
            && (new_text
                || level > old.text
                || old.partial.as_deref() != new.partial.map(|p| p.as_str()))
        {
            html = Some(&packed.html);
            text = level;
        }
        // More text where there was only part of it is no change by the outlet.
        let grew = level > old.text;
        // Nor is the part that a page shows freely, where the feed's teaser stood, or the other way round.
        let other_part =
            old.text == 1 && level == 1 && old.partial.is_some() != new.partial.is_some();
        let substance =
            old.text > 0 && !grew && !other_part && (new_text || (new_title && old.text == 2));
        let replaces = (grew && old.text > 0) || (other_part && new_text);
        if substance || replaces {
            let loses = self.would_lose(id, packed)?;
            if loses || (substance && !self.just_kept(id, now)?) {
                self.keep_revision(&old, now)?;
            }
        }
        if substance {
            done.changed += 1;
        }
        if grew && level == 2 {
            done.filled += 1;
            done.full_text += 1;
        }

        let title = if new_title || (level >= old.text && !new.title.is_empty()) {
            &new.title
        } else {
            &old.title
        };
        let author = if new.author.is_empty() || (level < old.text && !old.author.is_empty()) {
            &old.author
        } else {
            &new.author
        };
        let lang = if new.lang.is_empty() || (level < old.text && !old.lang.is_empty()) {
            &old.lang
        } else {
            &new.lang
        };
        let url = if new.url.is_empty() {
            &old.url
        } else {
            &new.url
        };
        let published = match old.published {
            Some(known) if level < old.text => Some(known),
            known => new.published.map(Time::as_microsecond).or(known),
        };
        let updated = new.updated.map(Time::as_microsecond).or(old.updated);
        let tags = self.new_tags(&old, packed, deltas)?;

        let shown = *title != old.title
            || *author != old.author
            || *url != old.url
            || published != old.published
            || updated != old.updated;
        if shown || html.is_some() || new.print as i64 != old.print {
            self.conn
                .prepare_cached(
                    "UPDATE articles SET title = ?2, url = ?3, author = ?4, published = ?5, updated = ?6,
                         print = ?7, words = CASE WHEN ?8 THEN ?9 ELSE words END WHERE id = ?1",
                )?
                .execute(params![
                    id, title, url, author, published, updated, new.print as i64, html.is_some(), new.words
                ])?;
        }
        if let Some(html) = html {
            self.conn
                .prepare_cached(
                    "UPDATE bodies SET html = ?2, print = ?3, image = coalesce(?4, image), partial = ?5
                     WHERE article = ?1",
                )?
                .execute(params![
                    id,
                    html,
                    packed.body_print,
                    new.image,
                    new.partial.map(|partial| partial.as_str())
                ])?;
        } else if new.image.is_some() && old.image.is_none() {
            self.conn
                .prepare_cached("UPDATE bodies SET image = ?2 WHERE article = ?1")?
                .execute(params![id, new.image])?;
        }
        let placed = substance || text != old.text || *lang != old.lang;
        if placed {
            self.conn
                .prepare_cached(
                    "UPDATE places SET changed = max(changed, ?2), text = ?3, lang = ?4 WHERE article = ?1",
                )?
                .execute(params![id, substance, text, lang])?;
        }
        if packed.key != 0 && (*url != old.url || packed.guid_key != 0) {
            self.rekey(outlet, id, packed)?;
        }
        let words = html.is_some() || *title != old.title || *author != old.author || tags;
        if words {
            let body = match html {
                Some(_) => packed.index.body.clone(),
                None => encode::separate(&encode::strip(&self.body(id)?)),
            };
            let index = Indexed {
                title: encode::separate(title),
                body,
                author: encode::separate(author),
            };
            self.conn
                .prepare_cached("DELETE FROM search WHERE rowid = ?1")?
                .execute([id])?;
            self.index(id, &index, &self.tags_of(id)?)?;
        }
        Ok(shown || placed || words)
    }

    /// Whether the longer text lacks most of what the shorter one said (a consent wall sent as an
    /// article): then the shorter one is kept as a revision.
    fn would_lose(&self, id: i64, packed: &Packed) -> Result<bool> {
        let old = encode::separate(&encode::strip(&self.body(id)?));
        Ok(old.chars().count() > packed.index.body.chars().count())
    }

    pub(super) fn body(&self, id: i64) -> Result<String> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT html FROM bodies WHERE article = ?1")?;
        let bytes: Option<Vec<u8>> = statement.query_row([id], |row| row.get(0)).optional()?;
        Ok(bytes
            .and_then(|bytes| encode::decompress_text(&bytes))
            .unwrap_or_default())
    }

    /// Whether an earlier text was kept a moment ago: what stood since then was on its way to what
    /// comes now.
    fn just_kept(&self, id: i64, now: Time) -> Result<bool> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT max(replaced) FROM revisions WHERE article = ?1")?;
        let last: Option<i64> = statement.query_row([id], |row| row.get(0))?;
        let ago = last.map(|last| now.as_microsecond().saturating_sub(last));
        Ok(ago.is_some_and(|ago| (0..ONE_CHANGE).contains(&ago)))
    }

    fn keep_revision(&self, old: &Stored, now: Time) -> Result<()> {
        self.conn
            .prepare_cached(
                "INSERT INTO revisions (article, replaced, title, html)
                 SELECT article, ?2, ?3, html FROM bodies WHERE article = ?1",
            )?
            .execute(params![old.id, now.as_microsecond(), old.title])?;
        // The first text is what was said at first, so it stays.
        self.conn
            .prepare_cached(
                "DELETE FROM revisions WHERE article = ?1
                 AND id > (SELECT min(id) FROM revisions WHERE article = ?1) AND id NOT IN
                 (SELECT id FROM revisions WHERE article = ?1 ORDER BY id DESC LIMIT ?2)",
            )?
            .execute([old.id, REVISIONS])?;
        Ok(())
    }

    fn rekey(&self, outlet: i64, id: i64, packed: &Packed) -> Result<()> {
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

    fn tags_of(&self, id: i64) -> Result<Vec<String>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT tags FROM places WHERE article = ?1")?;
        let blob: Vec<u8> = statement.query_row([id], |row| row.get(0))?;
        id_sets::numbers(&blob)
            .map(|spelling| Ok(self.spelling(spelling)?.1.to_string()))
            .collect()
    }

    /// Gives the article the incoming tags: in place of the old ones when they come with a text of
    /// the same rank, else beside them. Says whether they changed.
    fn new_tags(&self, old: &Stored, packed: &Packed, deltas: &mut Deltas) -> Result<bool> {
        let new = &packed.article;
        if new.tags.is_empty() {
            return Ok(false);
        }
        let before: Vec<(i64, u64)> = id_sets::numbers(&old.tags)
            .map(|spelling| Ok((self.spelling(spelling)?.0, spelling)))
            .collect::<Result<_>>()?;
        let incoming = self.intern(&new.tags)?;
        let mut after = incoming;
        if (new.text as i64) < old.text {
            // The page's own order stands; the feed adds what the page did not say.
            let added = after
                .into_iter()
                .filter(|(tag, _)| !before.iter().any(|(have, _)| have == tag));
            after = before.iter().copied().chain(added).collect();
        }
        if after == before {
            return Ok(false);
        }
        let unread = i64::from(!old.read);
        let mut blob = Vec::new();
        for (tag, spelling) in &before {
            deltas.tag(*tag, -1, -unread);
            deltas.spelling(*spelling, -1);
            if !after.iter().any(|(stays, _)| stays == tag) {
                self.conn
                    .prepare_cached(
                        "DELETE FROM tagged WHERE tag = ?1 AND sort = ?2 AND article = ?3",
                    )?
                    .execute([*tag, old.sort, old.id])?;
            }
        }
        for (tag, spelling) in &after {
            id_sets::put(&mut blob, *spelling);
            deltas.tag(*tag, 1, unread);
            deltas.spelling(*spelling, 1);
            self.conn
                .prepare_cached(
                    "INSERT OR IGNORE INTO tagged (tag, sort, article) VALUES (?1, ?2, ?3)",
                )?
                .execute([*tag, old.sort, old.id])?;
        }
        self.conn
            .prepare_cached("UPDATE places SET tags = ?2 WHERE article = ?1")?
            .execute(params![old.id, blob])?;
        Ok(true)
    }

    /// Removes what an outlet has beyond `keep`; never what is starred. Says how many went. What
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
        self.reading(|store| store.pictures_in(store.unstarred(store.outlet(outlet)?)?))
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

    fn unstarred(&self, outlet: i64) -> Result<HashSet<i64>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT article FROM places WHERE outlet = ?1 AND starred = 0")?;
        let rows = statement.query_map([outlet], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
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

    /// The articles of an outlet beyond `keep`, but what is starred.
    fn beyond(&self, outlet: &str, keep: Keep, now: Time) -> Result<HashSet<i64>> {
        let id = self.outlet(outlet)?;
        let mut going = HashSet::new();
        if let Some(days) = keep.days {
            let before = now.as_microsecond() - i64::from(days) * 86_400_000_000;
            let mut statement = self.conn.prepare_cached(
                "SELECT p.article FROM places p JOIN articles a ON a.id = p.article
                 WHERE p.outlet = ?1 AND p.starred = 0 AND a.first_seen < ?2",
            )?;
            for row in statement.query_map([id, before], |row| row.get::<_, i64>(0))? {
                going.insert(row?);
            }
        }
        if let Some(count) = keep.count {
            let mut statement = self.conn.prepare_cached(
                "SELECT article, starred FROM places WHERE outlet = ?1
                 ORDER BY sort DESC, article DESC LIMIT -1 OFFSET ?2",
            )?;
            let rows = statement.query_map([id, i64::from(count)], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, bool>(1)?))
            })?;
            for row in rows {
                let (article, starred) = row?;
                if !starred {
                    going.insert(article);
                }
            }
        }
        Ok(going)
    }

    /// Removes what is stored of an outlet that is no longer wanted, except what is starred. An
    /// outlet that merely left the configuration keeps everything until this is asked for.
    pub fn forget(&self, outlet: &str) -> Result<u64> {
        self.writing(|store| store.remove(store.unstarred(store.outlet(outlet)?)?, false))
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
                self.conn
                    .prepare_cached(
                        "INSERT OR REPLACE INTO kept (outlet, key, read, starred, position, pruned)
                         SELECT ?2, key, ?3, 0, 0, 1 FROM articles WHERE id = ?1",
                    )?
                    .execute(params![id, outlet, read])?;
            }
            outlets.insert(outlet);
            for sql in [
                "DELETE FROM places WHERE article = ?1",
                "DELETE FROM articles WHERE id = ?1",
                "DELETE FROM bodies WHERE article = ?1",
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
            self.altered()?;
        }
        Ok(going.len() as u64)
    }
}

pub(super) fn text_state(number: i64) -> TextState {
    match number {
        0 => TextState::None,
        1 => TextState::Excerpt,
        _ => TextState::Full,
    }
}
