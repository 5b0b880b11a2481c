//! Accounts on servers: their outlets, which article of theirs is which, marks that wait for them.
//! Never here: requests, passwords and tokens, what a server's lists mean (`newsprint_sync::merge`).

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::{OptionalExtension, params};

use super::identity::{Found, Identity, Keys};
use super::{Result, Store, StoreError, time};
use newsprint_model::remote::{
    MarkKind, MergedMarks, OutgoingMark, Pending, PendingFate, RemoteChange, RemoteRow,
    Subscription,
};
use newsprint_model::{Mark, Outlet, Time, address_key, fold};

/// What is known of an account between two syncs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountState {
    /// Its name.
    pub name: String,
    /// Which server it is; a word of the caller's.
    pub dialect: String,
    /// The latest arrival on the server so far, seconds of the epoch.
    pub newest: Option<i64>,
    /// When it was last asked.
    pub last_attempt: Option<Time>,
    /// When a sync last came to its end.
    pub last_sync: Option<Time>,
    /// Since when every sync has failed.
    pub failing_since: Option<Time>,
    /// Why the last sync failed.
    pub last_error: Option<String>,
    /// Whatever else the caller remembers, in a form of its own. No secrets: databases are sent around.
    pub extra: String,
    /// Marks that wait; not stored by [`Store::set_account_state`].
    pub pending: u64,
    /// Since when the oldest of them waits.
    pub pending_since: Option<Time>,
}

/// Which article of a server an entry is, and its marks there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Binding {
    /// The server's id.
    pub rid: String,
    /// Read on the server.
    pub read: bool,
    /// Starred on the server.
    pub starred: bool,
    /// What tells the article; as its [`super::Incoming`] has it.
    pub guid: Option<String>,
    /// Absolute address; empty when unknown.
    pub url: String,
    /// The title.
    pub title: String,
    /// When it was published.
    pub published: Option<Time>,
}

/// Bindings of one account's articles; see [`super::Update::remote`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bindings {
    /// The account.
    pub account: String,
    /// In the order of the articles.
    pub items: Vec<Binding>,
}

/// An account's feed, with what the reader has set for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subscribed {
    /// As the server has it.
    pub feed: Subscription,
    /// The reader's own name for it.
    pub name: Option<String>,
    /// The reader's own group.
    pub group: Option<String>,
}

/// Where outlets of accounts begin in the order of all: after the reader's own.
const PLACE: i64 = 1 << 32;

/// Names that an outlet had before and that queries still find it by.
const FORMER: usize = 8;

/// The former names, a line each, with one more; the oldest goes.
fn with_former(former: &str, name: &str) -> String {
    let others = former.lines().filter(|one| !one.is_empty() && *one != name);
    let mut names: Vec<&str> = others.chain([name]).collect();
    names.drain(..names.len().saturating_sub(FORMER));
    format!("\n{}\n", names.join("\n"))
}

/// So many articles that became read in one sync are told, with the way back …
const MASS: u64 = 500;

/// … or half of those that were unread, if they are at least so many.
const MASS_AT_LEAST: u64 = 10;

/// The memo of the last such sync: number of the change, number of articles, account.
const READ_ELSEWHERE: &str = "read elsewhere";

fn kind_number(kind: MarkKind) -> i64 {
    match kind {
        MarkKind::Read => 0,
        MarkKind::Star => 1,
    }
}

impl Store {
    /// Makes the accounts those of the configuration, each with a text that names server and user. One
    /// that is gone from it keeps its articles and marks; its outlets are as unconfigured. An account
    /// whose server or user is another one now is told what is marked here anew.
    pub fn sync_accounts(&self, accounts: &[(&str, &str)]) -> Result<()> {
        let same = self.reading(|store| {
            let mut statement = store
                .conn
                .prepare_cached("SELECT name, home FROM accounts WHERE configured = 1")?;
            let rows: HashSet<(String, String)> = statement
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<Result<_, _>>()?;
            let now = accounts
                .iter()
                .map(|(name, home)| ((*name).to_owned(), (*home).to_owned()));
            Ok(rows == now.collect())
        })?;
        if same || self.read_only {
            return Ok(());
        }
        self.writing(|store| {
            let conn = &store.conn;
            conn.execute("UPDATE accounts SET configured = 0", [])?;
            for (name, home) in accounts {
                let mut before: Option<(i64, String)> = conn
                    .prepare_cached("SELECT id, home FROM accounts WHERE name = ?1")?
                    .query_row([name], |row| Ok((row.get(0)?, row.get(1)?)))
                    .optional()?;
                if before.is_none() {
                    before = store.rename_account(name, home, accounts)?;
                }
                match before {
                    Some((id, before)) if before != *home => {
                        for sql in [
                            // The server's ids are others there: what waits is known by its article until that is
                            // found again.
                            "DELETE FROM pending WHERE account = ?1 AND rid <> '' AND NOT EXISTS
                                 (SELECT 1 FROM remote r WHERE r.account = ?1 AND r.rid = pending.rid
                                  AND r.article <> 0)",
                            "UPDATE OR REPLACE pending SET sent = 0, acked = 0, tries = 0, rid = '', article =
                                 (SELECT r.article FROM remote r WHERE r.account = ?1 AND r.rid = pending.rid)
                             WHERE account = ?1 AND rid <> ''",
                            "DELETE FROM remote WHERE account = ?1",
                            "DELETE FROM wanted WHERE account = ?1",
                            "UPDATE outlets SET configured = 0, remote = '' WHERE account = ?1",
                        ] {
                            conn.prepare_cached(sql)?.execute([id])?;
                        }
                        conn.execute(
                            "UPDATE accounts SET home = ?2, configured = 1, dialect = '', newest = NULL,
                                 last_error = NULL, failing_since = NULL,
                                 extra = '' WHERE id = ?1",
                            params![id, home],
                        )?;
                    }
                    Some((id, _)) => {
                        conn.execute("UPDATE accounts SET configured = 1 WHERE id = ?1", [id])?;
                    }
                    None => {
                        conn.execute(
                            "INSERT INTO accounts (name, home, configured) VALUES (?1, ?2, 1)",
                            [name, home],
                        )?;
                    }
                }
            }
            conn.execute(
                "UPDATE outlets SET configured = remote <> ''
                     AND account IN (SELECT id FROM accounts WHERE configured = 1)
                 WHERE account <> 0",
                [],
            )?;
            store.bump_edition()
        })
    }

    fn account(&self, name: &str) -> Result<i64> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id FROM accounts WHERE name = ?1")?;
        let id = statement.query_row([name], |row| row.get(0)).optional()?;
        id.ok_or_else(|| StoreError::NoAccount(name.to_owned()))
    }

    /// What is known of an account.
    pub fn account_state(&self, name: &str) -> Result<AccountState> {
        self.reading(|store| {
            let id = store.account(name)?;
            let mut statement = store.conn.prepare_cached(
                "SELECT name, dialect, newest, last_attempt, last_sync, failing_since, last_error,
                        extra,
                        (SELECT count(*) FROM pending WHERE account = id),
                        (SELECT min(since) FROM pending WHERE account = id)
                 FROM accounts WHERE id = ?1",
            )?;
            Ok(statement.query_row([id], |row| {
                let moment = |at| row.get::<_, Option<i64>>(at).map(|micros| micros.map(time));
                Ok(AccountState {
                    name: row.get(0)?,
                    dialect: row.get(1)?,
                    newest: row.get(2)?,
                    last_attempt: moment(3)?,
                    last_sync: moment(4)?,
                    failing_since: moment(5)?,
                    last_error: row.get(6)?,
                    extra: row.get(7)?,
                    pending: row.get::<_, i64>(8)? as u64,
                    pending_since: moment(9)?,
                })
            })?)
        })
    }

    /// Stores what is known of an account, but for the marks that wait.
    pub fn set_account_state(&self, state: &AccountState) -> Result<()> {
        let micros = |moment: Option<Time>| moment.map(Time::as_microsecond);
        self.writing(|store| {
            let id = store.account(&state.name)?;
            store
                .conn
                .prepare_cached(
                    "UPDATE accounts SET dialect = ?2, newest = ?3, last_attempt = ?4, last_sync = ?5,
                         failing_since = ?6, last_error = ?7, extra = ?8
                     WHERE id = ?1",
                )?
                .execute(params![
                    id,
                    state.dialect,
                    state.newest,
                    micros(state.last_attempt),
                    micros(state.last_sync),
                    micros(state.failing_since),
                    state.last_error,
                    state.extra,
                ])?;
            Ok(())
        })
    }

    /// Forgets an account with the marks that wait for it; its articles stay, as those of outlets that
    /// are configured no longer. Says how many marks were dropped.
    pub fn forget_account(&self, name: &str) -> Result<u64> {
        self.writing(|store| {
            let id = store.account(name)?;
            let dropped = store
                .conn
                .execute("DELETE FROM pending WHERE account = ?1", [id])?;
            for sql in [
                "DELETE FROM remote WHERE account = ?1",
                "DELETE FROM wanted WHERE account = ?1",
                "UPDATE outlets SET configured = 0, remote = '' WHERE account = ?1",
                "DELETE FROM accounts WHERE id = ?1",
            ] {
                store.conn.prepare_cached(sql)?.execute([id])?;
            }
            store.bump_edition()?;
            Ok(dropped as u64)
        })
    }

    /// The outlets of all configured accounts, in their order: name, address of the site (else of the
    /// feed) and first folder.
    pub fn account_outlets(&self) -> Result<Vec<Outlet>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT o.name, o.url, o.folders, a.name, o.feed_url, o.grp
             FROM outlets o JOIN accounts a ON a.id = o.account
             WHERE o.configured = 1 ORDER BY o.place, o.id",
        )?;
        let rows = statement.query_map([], |row| {
            let folders: String = row.get(2)?;
            Ok(Outlet {
                name: row.get(0)?,
                url: row.get(1)?,
                group: folders.lines().next().map(str::to_owned),
                account: Some(row.get(3)?),
                feed: Some(row.get::<_, String>(4)?).filter(|feed| !feed.is_empty()),
                ..Outlet::default()
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Numbers of the outlets of an account, compared without case and accents; also of those that are gone
    /// from its server.
    pub(super) fn outlets_of_account(&self, name: &str) -> Result<Vec<i64>> {
        let folded = fold(name);
        let mut statement = self.conn.prepare_cached(
            "SELECT o.id, a.name FROM outlets o JOIN accounts a ON a.id = o.account",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
        let rows: Vec<(i64, String)> = rows.collect::<Result<_, _>>()?;
        let of = rows
            .into_iter()
            .filter(|(_, account)| fold(account) == folded);
        Ok(of.map(|(id, _)| id).collect())
    }

    /// The server's name of an account's outlet, such as `feed/7`, and the folders it is in.
    pub fn remote_feed(&self, outlet: &str) -> Result<Option<(String, Vec<String>)>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT remote, folders FROM outlets WHERE name = ?1 AND account <> 0 AND remote <> ''",
        )?;
        let found = statement
            .query_row([outlet], |row| {
                let folders: String = row.get(1)?;
                Ok((row.get(0)?, folders.lines().map(str::to_owned).collect()))
            })
            .optional()?;
        Ok(found)
    }

    /// How many outlets of the account its server listed last.
    pub fn account_feeds(&self, account: &str) -> Result<Vec<String>> {
        let id = self.account(account)?;
        let mut statement = self
            .conn
            .prepare_cached("SELECT remote FROM outlets WHERE account = ?1 AND remote <> ''")?;
        let rows = statement.query_map([id], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The outlets of an account by the server's names of them.
    pub fn outlets_by_feed(&self, account: &str) -> Result<HashMap<String, Outlet>> {
        let id = self.account(account)?;
        let mut statement = self.conn.prepare_cached(
            "SELECT remote, name, url, feed_url FROM outlets WHERE account = ?1 AND remote <> ''",
        )?;
        let rows = statement.query_map([id], |row| {
            let outlet = Outlet {
                name: row.get(1)?,
                url: row.get(2)?,
                feed: Some(row.get::<_, String>(3)?).filter(|feed| !feed.is_empty()),
                account: Some(account.to_owned()),
                ..Outlet::default()
            };
            Ok((row.get(0)?, outlet))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Gives the name to the reader's own outlet that is about to take it, if an account's has it.
    pub(super) fn free_name(&self, name: &str) -> Result<()> {
        let taken: Option<(i64, String)> = self
            .conn
            .prepare_cached(
                "SELECT o.id, coalesce(a.name, '') FROM outlets o LEFT JOIN accounts a ON a.id = o.account
                 WHERE o.name = ?1 AND o.account <> 0",
            )?
            .query_row([name], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        if let Some((id, account)) = taken {
            let other = self.free_beside(name, &account, id, true)?;
            self.conn
                .prepare_cached("UPDATE outlets SET name = ?2, fold = ?3 WHERE id = ?1")?
                .execute(params![id, other, fold(&other)])?;
        }
        Ok(())
    }

    /// The name itself where nobody else has it (unless it is `reserved`), else with the account's name,
    /// else with a number.
    fn free_beside(&self, name: &str, account: &str, own: i64, reserved: bool) -> Result<String> {
        let mut statement = self.conn.prepare_cached(
            "SELECT 1 FROM outlets WHERE (name = ?1 OR fold = ?2) AND id <> ?3
             AND NOT (account = 0 AND configured = 0 AND url = '')",
        )?;
        let numbered = (2..).map(|number: u32| format!("{name} ({account}) {number}"));
        let names = [name.to_owned(), format!("{name} ({account})")];
        for candidate in names
            .into_iter()
            .chain(numbered)
            .skip(usize::from(reserved))
        {
            let values = params![candidate, fold(&candidate), own];
            if !statement.exists(values)? {
                return Ok(candidate);
            }
        }
        Ok(name.to_owned())
    }

    /// Makes the account's outlets those that its server lists. One that is there again takes its old
    /// row, with articles and marks; one that is gone is as unconfigured, and marks that waited for it
    /// are dropped.
    pub fn sync_subscriptions(&self, account: &str, feeds: &[Subscribed]) -> Result<()> {
        self.writing(|store| {
            let id = store.account(account)?;
            let conn = &store.conn;
            let listed: HashSet<&str> = feeds.iter().map(|one| one.feed.id.as_str()).collect();
            // Row, server's name, address key of the feed.
            let mut rows: Vec<(i64, String, String)> = conn
                .prepare_cached("SELECT id, remote, feed_url FROM outlets WHERE account = ?1")?
                .query_map([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect::<Result<_, _>>()?;
            for (row, remote, _) in &mut rows {
                if !remote.is_empty() && !listed.contains(remote.as_str()) {
                    for sql in [
                        "DELETE FROM pending WHERE (account, rid) IN
                             (SELECT account, rid FROM remote WHERE outlet = ?1)",
                        "DELETE FROM remote WHERE outlet = ?1",
                        "UPDATE outlets SET configured = 0, remote = '' WHERE id = ?1",
                    ] {
                        conn.prepare_cached(sql)?.execute([*row])?;
                    }
                    remote.clear();
                }
            }
            let mut changed = false;
            for (number, one) in feeds.iter().enumerate() {
                let feed = &one.feed;
                let key = address_key(&feed.feed_url);
                let known = rows.iter().position(|(_, remote, _)| *remote == feed.id);
                let known = known.or_else(|| {
                    rows.iter().position(|(_, remote, url)| {
                        remote.is_empty() && !url.is_empty() && address_key(url) == key
                    })
                });
                changed |= store.write_subscription(
                    id,
                    account,
                    number,
                    one,
                    known.map(|at| rows[at].0),
                )?;
                let was_listed = known.is_some_and(|at| !rows[at].1.is_empty());
                if let Some(at) = known {
                    rows[at].1.clone_from(&feed.id);
                }
                if !was_listed {
                    // Articles that came before the feed was listed are looked at again.
                    changed |= conn
                        .prepare_cached("DELETE FROM remote WHERE account = ?1 AND article = 0")?
                        .execute([id])?
                        > 0;
                }
            }
            match changed {
                true => store.bump_edition(),
                false => Ok(()),
            }
        })
    }

    /// An account of the same server and user that has another name now: its number and server.
    fn rename_account(
        &self,
        name: &str,
        home: &str,
        accounts: &[(&str, &str)],
    ) -> Result<Option<(i64, String)>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id, name FROM accounts WHERE home = ?1")?;
        let rows: Vec<(i64, String)> = statement
            .query_map([home], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, rusqlite::Error>>()?;
        let former = rows
            .into_iter()
            .find(|(_, former)| !accounts.iter().any(|(name, _)| name == former));
        let Some((id, _)) = former else {
            return Ok(None);
        };
        self.conn
            .prepare_cached("UPDATE accounts SET name = ?2 WHERE id = ?1")?
            .execute(params![id, name])?;
        Ok(Some((id, home.to_owned())))
    }

    /// Whether anything changed.
    fn write_subscription(
        &self,
        account: i64,
        account_name: &str,
        number: usize,
        one: &Subscribed,
        row: Option<i64>,
    ) -> Result<bool> {
        let feed = &one.feed;
        let title = match (one.name.as_deref(), feed.title.as_str()) {
            (Some(name), _) => name,
            (None, "") => feed.feed_url.as_str(),
            (None, title) => title,
        };
        let url = match feed.site.as_str() {
            "" => &feed.feed_url,
            site => site,
        };
        let folders = feed.folders.join("\n");
        let group = one
            .group
            .as_deref()
            .or(feed.folders.first().map(String::as_str));
        let group = group.map(fold).unwrap_or_default();
        let mut folds = String::from("\n");
        for folder in &feed.folders {
            folds.push_str(&fold(folder));
            folds.push('\n');
        }
        let place = PLACE + (account << 20) + number as i64;
        let conn = &self.conn;
        // What a rescue or the config knew by this name, and nothing else of it.
        let orphan: Option<i64> = match row {
            Some(_) => None,
            None => conn
                .prepare_cached(
                    "SELECT id FROM outlets WHERE name = ?1 AND account = 0 AND configured = 0 AND url = ''",
                )?
                .query_row([title], |row| row.get(0))
                .optional()?,
        };
        let id = match row.or(orphan) {
            Some(id) => id,
            None => {
                let name = self.free_beside(title, account_name, 0, false)?;
                conn.prepare_cached(
                    "INSERT INTO outlets (name, fold, url, grp, place, configured, account, title)
                     VALUES (?1, ?2, '', '', ?3, 1, ?4, ?1)",
                )?
                .execute(params![name, fold(&name), place, account])?;
                conn.last_insert_rowid()
            }
        };
        let (before, known, former): (String, String, String) = conn
            .prepare_cached("SELECT name, title, former FROM outlets WHERE id = ?1")?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        // A name once given stays for as long as the title does.
        let name = match known == title && row.is_some() {
            true => before.clone(),
            false => self.free_beside(title, account_name, id, false)?,
        };
        if row.is_some() && fold(&before) != fold(&name) {
            conn.prepare_cached("UPDATE outlets SET former = ?2 WHERE id = ?1")?
                .execute(params![id, with_former(&former, &fold(&before))])?;
        }
        let written = conn
            .prepare_cached(
                "UPDATE outlets SET name = ?2, fold = ?3, url = ?4, grp = ?5, place = ?6,
                     configured = 1, account = ?7, remote = ?8, feed_url = ?9, title = ?10,
                     folders = ?11, folder_folds = ?12
                 WHERE id = ?1 AND (name, url, grp, place, configured, account, remote, feed_url, title,
                     folders) IS NOT (?2, ?4, ?5, ?6, 1, ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute(params![
                id,
                name,
                fold(&name),
                url,
                group,
                place,
                account,
                feed.id,
                feed.feed_url,
                title,
                folders,
                folds
            ])?;
        Ok(written > 0)
    }

    /// Lets marks wait for the servers that have the articles. Called in the transaction that changes
    /// the marks.
    pub(super) fn await_server(&self, articles: &[i64], mark: Mark) -> Result<()> {
        if articles.is_empty()
            || !self
                .conn
                .prepare_cached("SELECT 1 FROM remote UNION ALL SELECT 1 FROM pending LIMIT 1")?
                .exists([])?
        {
            return Ok(());
        }
        let seq = self.state()?.change;
        let (kind, want) = match mark {
            Mark::Read => (MarkKind::Read, true),
            Mark::Unread => (MarkKind::Read, false),
            Mark::Star => (MarkKind::Star, true),
            Mark::Unstar => (MarkKind::Star, false),
        };
        for article in articles {
            self.await_article(*article, kind, want, seq)?;
        }
        Ok(())
    }

    fn await_article(&self, article: i64, kind: MarkKind, want: bool, seq: i64) -> Result<()> {
        let base = match kind {
            MarkKind::Read => "read",
            MarkKind::Star => "starred",
        };
        // One that waits for its article's id on another server: the last mark counts.
        self.conn
            .prepare_cached(
                "UPDATE pending SET want = ?3, seq = ?4
                 WHERE account IN (SELECT id FROM accounts) AND rid = '' AND article = ?1 AND kind = ?2",
            )?
            .execute(params![article, kind_number(kind), want, seq])?;
        // Back to what the server has, and nothing was ever sent: there is nothing to tell.
        self.conn
            .prepare_cached(&format!(
                "DELETE FROM pending WHERE kind = ?2 AND sent = 0 AND (account, rid) IN
                     (SELECT account, rid FROM remote WHERE article = ?1 AND {base} = ?3)"
            ))?
            .execute(params![article, kind_number(kind), want])?;
        self.conn
            .prepare_cached(&format!(
                "INSERT INTO pending (account, rid, kind, want, seq, since, sent, acked, tries)
                 SELECT r.account, r.rid, ?2, ?3, ?4, CAST(unixepoch('subsec') * 1000000 AS INTEGER),
                        0, 0, 0
                 FROM remote r WHERE r.article = ?1 AND r.missed < 2 AND (r.{base} <> ?3 OR EXISTS
                     (SELECT 1 FROM pending p
                      WHERE p.account = r.account AND p.rid = r.rid AND p.kind = ?2))
                 ON CONFLICT DO UPDATE SET want = excluded.want, seq = excluded.seq, acked = 0, tries = 0"
            ))?
            .execute(params![article, kind_number(kind), want, seq])?;
        Ok(())
    }

    /// Takes in marks that wait for servers, from a store that was lost: they are sent again, since nobody
    /// knows what was sent, and their articles are fetched whatever the server's lists say.
    pub(super) fn restore_waiting(&self, waiting: &super::marks_copy::Waiting) -> Result<()> {
        for ((name, home), marks) in waiting {
            self.conn
                .prepare_cached(
                    "INSERT OR IGNORE INTO accounts (name, home, configured) VALUES (?1, ?2, 1)",
                )?
                .execute([name, home])?;
            let known: Option<i64> = self
                .conn
                .prepare_cached("SELECT id FROM accounts WHERE name = ?1 AND home = ?2")?
                .query_row([name, home], |row| row.get(0))
                .optional()?;
            // Of another server or user: there is nobody to tell.
            let Some(account) = known else { continue };
            let mut wait = self.conn.prepare_cached(
                "INSERT OR IGNORE INTO pending (account, rid, kind, want, seq, since, sent, acked, tries)
                 VALUES (?1, ?2, ?3, ?4, 0, CAST(unixepoch('subsec') * 1000000 AS INTEGER), 1, 0, 0)",
            )?;
            let mut want = self.conn.prepare_cached(
                "INSERT OR IGNORE INTO wanted (account, rid) SELECT ?1, ?2
                 WHERE NOT EXISTS (SELECT 1 FROM remote WHERE account = ?1 AND rid = ?2)",
            )?;
            for ((rid, kind), value) in marks {
                wait.execute(params![account, rid, kind, value])?;
                want.execute(params![account, rid])?;
            }
        }
        Ok(())
    }

    /// Marks to be sent, oldest first: those that the server has not said `OK` to.
    pub fn outgoing_marks(&self, account: &str) -> Result<Vec<OutgoingMark>> {
        let id = self.account(account)?;
        let mut statement = self.conn.prepare_cached(
            "SELECT rid, kind, want, seq FROM pending WHERE account = ?1 AND acked = 0
                 AND rid <> '' ORDER BY seq, rid",
        )?;
        let rows = statement.query_map([id], |row| {
            Ok(OutgoingMark {
                rid: row.get(0)?,
                kind: match row.get::<_, i64>(1)? {
                    0 => MarkKind::Read,
                    _ => MarkKind::Star,
                },
                want: row.get(2)?,
                seq: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// These marks are about to leave: from here on the server may have them.
    pub fn marks_sending(&self, account: &str, marks: &[OutgoingMark]) -> Result<()> {
        self.update_pending(
            account,
            marks,
            "UPDATE pending SET sent = 1 WHERE account = ?1 AND rid = ?2 AND kind = ?3 AND seq = ?4",
        )
    }

    /// The server said `OK`; a mark that was changed since it left is passed over.
    pub fn marks_acknowledged(&self, account: &str, marks: &[OutgoingMark]) -> Result<()> {
        self.update_pending(
            account,
            marks,
            "UPDATE pending SET sent = 1, acked = 1, tries = tries + 1
             WHERE account = ?1 AND rid = ?2 AND kind = ?3 AND seq = ?4",
        )
    }

    fn update_pending(&self, account: &str, marks: &[OutgoingMark], sql: &str) -> Result<()> {
        self.writing(|store| {
            let id = store.account(account)?;
            let mut update = store.conn.prepare_cached(sql)?;
            for mark in marks {
                update.execute(params![id, mark.rid, kind_number(mark.kind), mark.seq])?;
            }
            Ok(())
        })
    }

    /// Hands every remembered article of the account over.
    pub fn remote_rows(&self, account: &str, visit: &mut dyn FnMut(&RemoteRow)) -> Result<()> {
        self.reading(|store| {
            let id = store.account(account)?;
            store.walk_remote(id, &mut |row, _| visit(row))
        })
    }

    fn walk_remote(&self, account: i64, visit: &mut dyn FnMut(&RemoteRow, i64)) -> Result<()> {
        let mut waiting: HashMap<String, [Option<Pending>; 2]> = HashMap::new();
        let mut statement = self.conn.prepare_cached(
            "SELECT rid, kind, want, seq, sent, acked, tries FROM pending WHERE account = ?1",
        )?;
        let mut rows = statement.query([account])?;
        while let Some(row) = rows.next()? {
            let pending = Pending {
                want: row.get(2)?,
                seq: row.get(3)?,
                sent: row.get(4)?,
                acked: row.get(5)?,
                tries: row.get(6)?,
            };
            let kind = usize::from(row.get::<_, i64>(1)? != 0);
            waiting.entry(row.get(0)?).or_default()[kind] = Some(pending);
        }
        let mut statement = self.conn.prepare_cached(
            "SELECT rid, read, starred, missed, article FROM remote WHERE account = ?1",
        )?;
        let mut rows = statement.query([account])?;
        while let Some(row) = rows.next()? {
            let rid: String = row.get(0)?;
            let [pending_read, pending_star] = waiting.get(&rid).copied().unwrap_or_default();
            let remote = RemoteRow {
                read: row.get(1)?,
                starred: row.get(2)?,
                missed: row.get(3)?,
                pending_read,
                pending_star,
                rid,
            };
            visit(&remote, row.get(4)?);
        }
        Ok(())
    }

    /// Applies what `decide` says of each remembered article, all in one transaction in which it also
    /// reads the marks that wait. What a server changes is no step of undo: `u` never takes back what
    /// another device did.
    pub fn merge_remote(
        &self,
        account: &str,
        decide: &mut dyn FnMut(&RemoteRow) -> Option<RemoteChange>,
    ) -> Result<MergedMarks> {
        // Mostly there is nothing to write.
        let mut any = false;
        self.remote_rows(account, &mut |row| any |= decide(row).is_some())?;
        if !any {
            return Ok(MergedMarks::default());
        }
        self.writing(|store| {
            let id = store.account(account)?;
            let mut changes = Vec::new();
            store.walk_remote(id, &mut |row, article| {
                if let Some(change) = decide(row) {
                    changes.push((row.clone(), article, change));
                }
            })?;
            let mut merged = MergedMarks::default();
            let unread: i64 = store
                .conn
                .prepare_cached("SELECT coalesce(sum(unread), 0) FROM outlets WHERE account = ?1")?
                .query_row([id], |row| row.get(0))?;
            let mut shown: BTreeMap<u8, (Mark, Vec<i64>)> = BTreeMap::new();
            let mut back = Vec::new();
            for (row, article, change) in &changes {
                store.write_remote(id, row, change)?;
                if row.missed >= 2 && change.missed < 2 {
                    back.extend(store.marked_while_gone(*article, row, change)?);
                }
                merged.gone += u64::from(change.missed >= 2 && row.missed < 2);
                merged.refused += u64::from(change.refused);
                let read = change.show_read.map(|read| match read {
                    true => (0, Mark::Read),
                    false => (1, Mark::Unread),
                });
                let star = change.show_star.map(|star| match star {
                    true => (2, Mark::Star),
                    false => (3, Mark::Unstar),
                });
                for (order, mark) in read.into_iter().chain(star) {
                    shown
                        .entry(order)
                        .or_insert((mark, Vec::new()))
                        .1
                        .push(*article);
                }
            }
            let seq = store.state()?.change;
            for (article, kind, want) in back {
                store.await_article(article, kind, want, seq)?;
            }
            for (mark, mut articles) in shown.into_values() {
                articles.sort_unstable();
                articles.dedup();
                store.drop_waiting(&mut articles, mark)?;
                let changed = store.set_marks(articles.into_iter(), mark, true)?.len() as u64;
                let many =
                    changed > MASS || (changed >= MASS_AT_LEAST && changed * 2 >= unread as u64);
                if mark == Mark::Read && many {
                    merged.mass = changed;
                    let memo = format!("{}\n{changed}\n{account}", store.state()?.change);
                    store
                        .conn
                        .prepare_cached(
                            "INSERT OR REPLACE INTO memos (name, value) VALUES (?1, ?2)",
                        )?
                        .execute(params![READ_ELSEWHERE, memo.into_bytes()])?;
                }
                match mark {
                    Mark::Read | Mark::Unread => merged.read += changed,
                    Mark::Star | Mark::Unstar => merged.starred += changed,
                }
            }
            Ok(merged)
        })
    }

    /// Sets unread again what the last sync made read that made strikingly many articles read
    /// ([`MergedMarks::mass`]), as a mark of the reader's own that is sent to the server. With an account's
    /// name only if it was a sync of that account. Says how many articles it was and of which account; `None`
    /// if there was no such sync or it was undone.
    pub fn undo_read_elsewhere(&self, account: Option<&str>) -> Result<Option<(u64, String)>> {
        self.writing(|store| {
            let memo = store.memo(READ_ELSEWHERE)?.unwrap_or_default();
            let memo = String::from_utf8(memo).unwrap_or_default();
            let mut lines = memo.splitn(3, '\n');
            let number: Option<i64> = lines.next().and_then(|line| line.parse().ok());
            let (Some(number), Some(name)) = (number, lines.nth(1)) else {
                return Ok(None);
            };
            if account.is_some_and(|account| fold(account) != fold(name)) {
                return Ok(None);
            }
            let ids: Option<Vec<u8>> = store
                .conn
                .prepare_cached("SELECT ids FROM changes WHERE number = ?1 AND mark = 0")?
                .query_row([number], |row| row.get(0))
                .optional()?;
            store
                .conn
                .prepare_cached("DELETE FROM memos WHERE name = ?1")?
                .execute([READ_ELSEWHERE])?;
            let Some(ids) = ids else { return Ok(None) };
            let ids = super::marks::unpack_change(&ids);
            let count = store.change(ids.into_iter(), Mark::Unread, false)?;
            Ok(Some((count, name.to_owned())))
        })
    }

    /// Whether an article is read, and starred, here; `None` if it is not here.
    fn marks_here(&self, article: i64) -> Result<Option<(bool, bool)>> {
        Ok(self
            .conn
            .prepare_cached("SELECT read, starred FROM places WHERE article = ?1")?
            .query_row([article], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?)
    }

    /// The marks by which an article differs from the server that has it again, and has not changed it meanwhile: the
    /// reader made them while it was gone, or they waited when it went.
    fn marked_while_gone(
        &self,
        article: i64,
        row: &RemoteRow,
        change: &RemoteChange,
    ) -> Result<Vec<(i64, MarkKind, bool)>> {
        let Some((read, starred)) = self.marks_here(article)? else {
            return Ok(Vec::new());
        };
        let kinds = [
            (
                MarkKind::Read,
                read,
                change.read,
                change.show_read,
                row.pending_read,
            ),
            (
                MarkKind::Star,
                starred,
                change.starred,
                change.show_star,
                row.pending_star,
            ),
        ];
        Ok(kinds
            .into_iter()
            .filter(|(_, here, there, shown, pending)| {
                here != there && shown.is_none() && pending.is_none()
            })
            .map(|(kind, here, ..)| (article, kind, here))
            .collect())
    }

    /// Leaves out articles for which a mark of this kind waits under another id.
    fn drop_waiting(&self, articles: &mut Vec<i64>, mark: Mark) -> Result<()> {
        let kind = match mark {
            Mark::Read | Mark::Unread => 0,
            Mark::Star | Mark::Unstar => 1,
        };
        let mut waits = self.conn.prepare_cached(
            "SELECT 1 FROM remote r JOIN pending p ON p.account = r.account AND p.rid = r.rid
             WHERE r.article = ?1 AND p.kind = ?2",
        )?;
        let mut failed = None;
        articles.retain(|article| match waits.exists([*article, kind]) {
            Ok(waits) => !waits,
            Err(why) => {
                failed = Some(why);
                false
            }
        });
        failed.map_or(Ok(()), |why| Err(why.into()))
    }

    fn write_remote(&self, account: i64, row: &RemoteRow, change: &RemoteChange) -> Result<()> {
        self.conn
            .prepare_cached(
                "UPDATE remote SET read = ?3, starred = ?4, missed = ?5 WHERE account = ?1 AND rid = ?2",
            )?
            .execute(params![account, row.rid, change.read, change.starred, change.missed])?;
        for (kind, fate) in [(0, change.pending_read), (1, change.pending_star)] {
            let sql = match fate {
                PendingFate::Keep => continue,
                PendingFate::Drop => {
                    "DELETE FROM pending WHERE account = ?1 AND rid = ?2 AND kind = ?3"
                }
                PendingFate::Again => {
                    "UPDATE pending SET acked = 0 WHERE account = ?1 AND rid = ?2 AND kind = ?3"
                }
            };
            self.conn
                .prepare_cached(sql)?
                .execute(params![account, row.rid, kind])?;
        }
        Ok(())
    }

    /// Remembers the ids that are not known as wanted; they are given newest first.
    pub fn want_remote(&self, account: &str, ids: &[String]) -> Result<()> {
        let unknown: Vec<&String> = self.reading(|store| {
            let id = store.account(account)?;
            let mut known = store.conn.prepare_cached(
                "SELECT 1 FROM remote WHERE account = ?1 AND rid = ?2
                 UNION ALL SELECT 1 FROM wanted WHERE account = ?1 AND rid = ?2",
            )?;
            let mut unknown = Vec::new();
            for rid in ids {
                if !known.exists(params![id, rid])? {
                    unknown.push(rid);
                }
            }
            Ok(unknown)
        })?;
        if unknown.is_empty() {
            return Ok(());
        }
        self.writing(|store| {
            let id = store.account(account)?;
            let mut insert = store
                .conn
                .prepare_cached("INSERT OR IGNORE INTO wanted (account, rid) VALUES (?1, ?2)")?;
            for rid in unknown.iter().rev() {
                insert.execute(params![id, rid])?;
            }
            Ok(())
        })
    }

    /// Ids whose articles are to be fetched, newest first, and how many there are in all.
    pub fn wanted_remote(&self, account: &str, most: usize) -> Result<(Vec<String>, usize)> {
        self.reading(|store| {
            let id = store.account(account)?;
            let mut statement = store.conn.prepare_cached(
                "SELECT rid FROM wanted WHERE account = ?1 ORDER BY id DESC LIMIT ?2",
            )?;
            let rows = statement.query_map(params![id, most as i64], |row| row.get(0))?;
            let ids = rows.collect::<Result<_, _>>()?;
            let count: i64 = store
                .conn
                .prepare_cached("SELECT count(*) FROM wanted WHERE account = ?1")?
                .query_row([id], |row| row.get(0))?;
            Ok((ids, count as usize))
        })
    }

    /// These are wanted no longer, and those of no known outlet are remembered as such.
    pub fn settle_remote(
        &self,
        account: &str,
        asked: &[String],
        homeless: &[Binding],
    ) -> Result<()> {
        self.writing(|store| {
            let id = store.account(account)?;
            let mut remove = store
                .conn
                .prepare_cached("DELETE FROM wanted WHERE account = ?1 AND rid = ?2")?;
            // A mark that came back after a rescue, for an article that the server does not have.
            let mut orphan = store.conn.prepare_cached(
                "DELETE FROM pending WHERE account = ?1 AND rid = ?2 AND NOT EXISTS
                     (SELECT 1 FROM remote r WHERE r.account = ?1 AND r.rid = ?2)",
            )?;
            for rid in asked {
                if remove.execute(params![id, rid])? > 0
                    && homeless.iter().all(|one| one.rid != *rid)
                {
                    orphan.execute(params![id, rid])?;
                }
            }
            let mut insert = store.conn.prepare_cached(
                "INSERT OR IGNORE INTO remote (account, rid, outlet, article, read, starred, missed, checked)
                 VALUES (?1, ?2, 0, 0, ?3, ?4, 0, 0)",
            )?;
            for one in homeless {
                insert.execute(params![id, one.rid, one.read, one.starred])?;
            }
            Ok(())
        })
    }

    /// Ids of articles first seen since `since` whose text was last fetched before `before`.
    pub fn recheck_remote(
        &self,
        account: &str,
        since: Time,
        before: Time,
        most: usize,
    ) -> Result<Vec<String>> {
        self.reading(|store| {
            let id = store.account(account)?;
            let mut statement = store.conn.prepare_cached(
                "SELECT r.rid FROM articles a JOIN remote r ON r.article = a.id
                 WHERE a.first_seen >= ?2 AND r.account = ?1 AND r.checked < ?3 AND r.missed = 0
                 ORDER BY a.id DESC LIMIT ?4",
            )?;
            let values = params![
                id,
                since.as_microsecond(),
                before.as_microsecond(),
                most as i64
            ];
            let rows = statement.query_map(values, |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Binds articles of a server to those stored, which have just been taken in. A mark that was made
    /// here and that the server does not have waits for it: the server forgot, the reader did not. One
    /// that only the server has is shown.
    pub(super) fn bind(&self, outlet: i64, bindings: &Bindings, now: Time) -> Result<()> {
        let account = self.account(&bindings.account)?;
        let keys: Vec<Keys<'_>> = bindings
            .items
            .iter()
            .map(|one| {
                Keys::of(Identity {
                    guid: one.guid.as_deref(),
                    url: &one.url,
                    title: &one.title,
                    published: one.published,
                })
            })
            .collect();
        let found = self.identify(outlet, &keys, &[])?;
        let mut shown: [(Mark, Vec<i64>); 2] = [(Mark::Read, Vec::new()), (Mark::Star, Vec::new())];
        let mut waiting = Vec::new();
        for ((one, found), keys) in bindings.items.iter().zip(found).zip(&keys) {
            let article = match found {
                Found::Article(id) => id,
                // The same article as an earlier one of these.
                Found::Again => match self.identify(outlet, std::slice::from_ref(keys), &[])?[..] {
                    [Found::Article(id)] => id,
                    _ => 0,
                },
                Found::Nothing => 0,
            };
            self.conn
                .prepare_cached("DELETE FROM wanted WHERE account = ?1 AND rid = ?2")?
                .execute(params![account, one.rid])?;
            let added = self
                .conn
                .prepare_cached(
                    "INSERT INTO remote (account, rid, outlet, article, read, starred, missed, checked)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7) ON CONFLICT DO NOTHING",
                )?
                .execute(params![
                    account,
                    one.rid,
                    outlet,
                    article,
                    one.read,
                    one.starred,
                    now.as_microsecond()
                ])?;
            if added == 0 {
                // Known: its marks are the lists' business.
                self.conn
                    .prepare_cached(
                        "UPDATE remote SET checked = ?3 WHERE account = ?1 AND rid = ?2",
                    )?
                    .execute(params![account, one.rid, now.as_microsecond()])?;
                continue;
            }
            let Some((read, starred)) = self.marks_here(article)? else {
                continue;
            };
            // What waited when the account's server was another.
            self.conn
                .prepare_cached(
                    "UPDATE OR REPLACE pending SET rid = ?2, article = 0
                     WHERE account = ?1 AND rid = '' AND article = ?3",
                )?
                .execute(params![account, one.rid, article])?;
            for (kind, here, there) in [
                (MarkKind::Read, read, one.read),
                (MarkKind::Star, starred, one.starred),
            ] {
                match (here, there) {
                    (true, false) => waiting.push((article, kind)),
                    (false, true) => shown[kind_number(kind) as usize].1.push(article),
                    _ => {}
                }
            }
        }
        let seq = self.state()?.change;
        for (article, kind) in waiting {
            self.await_article(article, kind, true, seq)?;
        }
        for (mark, mut articles) in shown {
            articles.sort_unstable();
            articles.dedup();
            self.drop_waiting(&mut articles, mark)?;
            self.set_marks(articles.into_iter(), mark, true)?;
        }
        Ok(())
    }
}
