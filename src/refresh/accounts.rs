//! Accounts on servers: one sync after another, what is remembered of each, and changes of a server's
//! list of feeds.
//! Never here: the protocols and the merge (`newsprint_sync`), SQL.

mod memory;
mod secrets;
mod shelf;
mod wire;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use self::memory::Memory;
use self::secrets::Secrets;
use self::shelf::StoreShelf;
use self::wire::{HttpWire, QUOTA_DAY};
use super::parse_pool::ParsePool;
use super::report::{AccountReport, Outcome, Progress};
use super::{Options, RefreshError, client, host_pauses, lock, parse_pool, place_stories};
use crate::config::{Account, AccountKind, Config};
use newsprint_fetch::{Client, Clock, SystemClock, schedule};
use newsprint_model::{Time, fold, nearest};
use newsprint_store::{AccountState, Store, StoreError, retry_while_busy};
use newsprint_sync::{self as protocol, BATCH, Dialect, Failure, Plan, Protocol, Server, Stop};

pub use newsprint_sync::FeedEdit;

/// Inoreader counts requests, so it is asked no more often than this.
const COUNTED: Duration = Duration::from_secs(3_600);

/// How often the reader's stop is looked at.
const WATCH: Duration = Duration::from_millis(50);

/// What a sync is asked to do.
#[derive(Debug, Clone)]
pub struct SyncOptions {
    /// Names of accounts, compared without case and accents; empty is all.
    pub accounts: Vec<String>,
    /// Only marks are sent.
    pub send_only: bool,
    /// Believe a list of feeds that lost most of them.
    pub believe: bool,
    /// Set unread again, before anything else, what the last sync made read that made strikingly many
    /// articles read.
    pub undo: bool,
    /// How long to wait for a refresh to end; zero does not wait.
    pub wait: Duration,
    /// Refuse without a request.
    pub offline: bool,
    /// A person asked for it: a password that was refused before is tried once more.
    pub explicit: bool,
    /// Tells what is due; a test moves it.
    pub clock: Arc<dyn Clock>,
}

impl Default for SyncOptions {
    fn default() -> SyncOptions {
        SyncOptions {
            accounts: Vec::new(),
            send_only: false,
            believe: false,
            undo: false,
            wait: Duration::ZERO,
            offline: false,
            explicit: true,
            clock: Arc::new(SystemClock),
        }
    }
}

/// How a sync is run: by a person, or as a part of a refresh.
struct How {
    explicit: bool,
    send_only: bool,
    believe: bool,
    /// So many articles of this account were set unread again before.
    undone: Option<(u64, String)>,
}

/// Syncs accounts alone, under the lock of a refresh.
pub fn sync(
    config: &Config,
    options: &SyncOptions,
    progress: &(dyn Fn(Progress) + Sync),
    stop: &AtomicBool,
) -> Result<Vec<AccountReport>, RefreshError> {
    if options.offline {
        return Err(RefreshError::Offline);
    }
    let accounts = select(config, &options.accounts)?;
    let locking = Options {
        wait: options.wait,
        ..Options::default()
    };
    let _lock = lock::acquire(&config.paths.lock(), &locking, stop)?;
    let how = How {
        explicit: options.explicit,
        send_only: options.send_only,
        believe: options.believe,
        undone: None,
    };
    let store = open(config)?;
    store.mark_copies(config.reader.mark_copies);
    retry_while_busy(
        || stop.load(Ordering::SeqCst),
        || store.sync_outlets(&config.outlets),
    )?;
    let undone = match options.undo {
        false => None,
        true => {
            retry_while_busy(|| stop.load(Ordering::SeqCst), || in_step(config, &store))?;
            let only = match &options.accounts[..] {
                [one] => Some(one.as_str()),
                _ => None,
            };
            let undone = retry_while_busy(
                || stop.load(Ordering::SeqCst),
                || store.undo_read_elsewhere(only),
            )?;
            Some(undone.ok_or(RefreshError::NothingToUndo)?)
        }
    };
    let how = How { undone, ..how };
    let (reports, _) = run(
        config,
        &store,
        &accounts,
        &how,
        &options.clock,
        progress,
        stop,
    )?;
    // After a first sync they are many: the next refresh places them, or whoever looks at stories.
    let few = || Ok::<_, StoreError>(store.unplaced()?.1.len() <= PLACED);
    if !options.send_only && few()? {
        let placing = |done, total| progress(Progress::Placing { done, total });
        place_stories(&store, &placing, || stop.load(Ordering::SeqCst))?;
    }
    retry_while_busy(|| stop.load(Ordering::SeqCst), || store.save_marks())?;
    Ok(reports)
}

/// Syncs the accounts that are due, as a part of a refresh that holds the lock. Gives what [`Client::clock_error`]
/// says after it, too.
pub(super) fn within_refresh(
    config: &Config,
    store: &Store,
    accounts: &[&Account],
    force: bool,
    clock: &Arc<dyn Clock>,
    progress: &(dyn Fn(Progress) + Sync),
    stop: &AtomicBool,
) -> Result<(Vec<AccountReport>, Option<i64>), RefreshError> {
    let how = How {
        explicit: force,
        send_only: false,
        believe: false,
        undone: None,
    };
    run(config, store, accounts, &how, clock, progress, stop)
}

/// No more articles than these are placed among stories by a sync: it is to end soon.
const PLACED: usize = 2_000;

/// How long sending what waits may take when the reader is closed.
const LEAVING: Duration = Duration::from_secs(3);

/// Sends what waits for accounts when the reader is closed, as far as that is done soon; the rest waits on.
pub fn send_on_quit(config: &Config) {
    if config.accounts.is_empty() || !config.paths.database().exists() {
        return;
    }
    let Ok(store) = Store::open(&config.paths.database()) else {
        return;
    };
    let waits = |account: &&Account| {
        let state = store.account_state(&account.name);
        account.on_quit && state.is_ok_and(|state| state.pending > 0)
    };
    let accounts: Vec<String> = config
        .accounts
        .iter()
        .filter(waits)
        .map(|account| account.name.clone())
        .collect();
    drop(store);
    if accounts.is_empty() {
        return;
    }
    let options = SyncOptions {
        accounts,
        send_only: true,
        explicit: false,
        ..SyncOptions::default()
    };
    let stop = Arc::new(AtomicBool::new(false));
    let late = Arc::clone(&stop);
    let clock = std::thread::Builder::new().spawn(move || {
        std::thread::sleep(LEAVING);
        late.store(true, Ordering::SeqCst);
    });
    // Without a thread nothing would end the sync; the marks wait for the next one.
    if clock.is_err() {
        return;
    }
    // What was not sent is sent by the next sync.
    let _ = sync(config, &options, &|_| {}, &stop);
}

/// Makes the store's accounts those of the config.
pub fn in_step(config: &Config, store: &Store) -> Result<(), StoreError> {
    let homes: Vec<String> = config.accounts.iter().map(Account::home).collect();
    let names = config.accounts.iter().map(|account| account.name.as_str());
    let accounts: Vec<(&str, &str)> = names.zip(homes.iter().map(String::as_str)).collect();
    store.sync_accounts(&accounts)
}

/// The config with the outlets of accounts, as the store knows them. A store that cannot be opened is told
/// of by whoever needs it.
pub fn with_accounts(mut config: Config) -> Config {
    if !config.accounts.is_empty()
        && config.paths.database().exists()
        && let Ok(store) = Store::open(&config.paths.database())
        && in_step(&config, &store).is_ok()
        && let Ok(outlets) = store.account_outlets()
    {
        config.join(outlets);
    }
    config
}

/// The server's name of an account's outlet, and the folders it is in.
pub fn remote_feed(
    config: &Config,
    outlet: &str,
) -> Result<Option<(String, Vec<String>)>, RefreshError> {
    Ok(Store::open(&config.paths.database())?.remote_feed(outlet)?)
}

fn open(config: &Config) -> Result<Store, RefreshError> {
    let path = config.paths.database();
    let store = Store::open(&path)?;
    match store.is_read_only() {
        true => Err(store.why_read_only().into()),
        false => Ok(store),
    }
}

fn select<'a>(config: &'a Config, names: &[String]) -> Result<Vec<&'a Account>, RefreshError> {
    for name in names {
        if config.account(name).is_none() {
            let known = config.accounts.iter().map(|account| account.name.as_str());
            return Err(RefreshError::UnknownAccount {
                name: name.clone(),
                nearest: nearest(name, known).map(str::to_owned),
            });
        }
    }
    let wanted: Vec<String> = names.iter().map(|name| fold(name)).collect();
    let is_wanted = |account: &&Account| wanted.is_empty() || wanted.contains(&fold(&account.name));
    Ok(config.accounts.iter().filter(is_wanted).collect())
}

fn run(
    config: &Config,
    store: &Store,
    accounts: &[&Account],
    how: &How,
    clock: &Arc<dyn Clock>,
    progress: &(dyn Fn(Progress) + Sync),
    stop: &AtomicBool,
) -> Result<(Vec<AccountReport>, Option<i64>), RefreshError> {
    retry_while_busy(|| stop.load(Ordering::SeqCst), || in_step(config, store))?;
    let client = client(config, clock.clone());
    host_pauses::recall(&client, store)?;
    let pool = parse_pool(None)?;
    let done = AtomicBool::new(false);
    let reports = std::thread::scope(|scope| {
        let watch = std::thread::Builder::new().name("newsprint-watch".to_owned());
        let watch = watch.spawn_scoped(scope, || {
            while !done.load(Ordering::SeqCst) {
                if stop.load(Ordering::SeqCst) {
                    client.cancel_token().cancel();
                    return;
                }
                std::thread::park_timeout(WATCH);
            }
        });
        // After a panic as well, or the watch would be waited for without end.
        let ended = Ended(&done);
        let mut reports = Vec::new();
        let mut outcome = Ok(());
        for account in accounts {
            if stop.load(Ordering::SeqCst) {
                break;
            }
            let one = AccountSync {
                config,
                store,
                account,
                client: &client,
                pool: &pool,
                clock: &**clock,
                progress,
            };
            match one.run(how) {
                Ok(report) => {
                    progress(Progress::Synced(report.clone()));
                    reports.push(report);
                }
                Err(why) => {
                    outcome = Err(RefreshError::from(why));
                    break;
                }
            }
        }
        drop(ended);
        if let Ok(watch) = watch {
            watch.thread().unpark();
        }
        outcome.map(|()| reports)
    })?;
    retry_while_busy(
        || stop.load(Ordering::SeqCst),
        || host_pauses::remember(&client, store),
    )?;
    Ok((reports, client.clock_error()))
}

/// Sets what it holds when it goes.
struct Ended<'a>(&'a AtomicBool);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// What a server gave.
struct Answer {
    /// What ended it before all was done.
    failure: Option<Failure>,
    summary: protocol::Summary,
    requests: u32,
    /// The limit of requests that it names is nearly reached.
    short: bool,
}

/// One sync of one account.
struct AccountSync<'a> {
    config: &'a Config,
    store: &'a Store,
    account: &'a Account,
    client: &'a Client,
    pool: &'a ParsePool,
    clock: &'a dyn Clock,
    progress: &'a (dyn Fn(Progress) + Sync),
}

impl AccountSync<'_> {
    fn run(&self, how: &How) -> Result<AccountReport, StoreError> {
        let begun = Instant::now();
        let mut state = self.store.account_state(&self.account.name)?;
        let mut report = self.not_due(&state);
        let memory: Memory = serde_json::from_str(&state.extra).unwrap_or_default();
        // As an outlet whose host asked for a pause; whoever asks for a sync is told of it.
        let paused = self.is_paused(&memory);
        if !how.explicit && (paused || !(how.send_only || self.is_due(&state))) {
            return Ok(report);
        }
        (self.progress)(Progress::Syncing {
            account: self.account.name.clone(),
            done: 0,
            total: 0,
        });
        let mut shelf = StoreShelf::new(self, memory)?;
        shelf.believe = how.believe;
        shelf.newest = state.newest;
        if let Some((count, of)) = &how.undone
            && *of == self.account.name
        {
            shelf
                .notes
                .push(format!("marked {} as unread", articles(*count as usize)));
        }
        let answer = self.ask(how, &mut state, &mut shelf)?;
        report.requests = answer.requests;
        let now = self.clock.now();
        self.remember(&answer, now, &mut state, &mut shelf);
        let stopped = matches!(answer.failure, Some(Failure::Stopped));
        report.error = answer.failure.filter(|_| !stopped).map(|why| {
            let why = newsprint_html::safe_text::line(&why.to_string());
            newsprint_model::without_password(&why).into_owned()
        });
        match &report.error {
            Some(why) => {
                state.last_error = Some(why.clone());
                state.failing_since.get_or_insert(now);
            }
            None if stopped => {}
            None => (state.last_error, state.failing_since) = (None, None),
        }
        let summary = answer.summary;
        if let Some((count, why)) = &summary.left_out {
            let what = articles(*count);
            let why = newsprint_html::safe_text::line(&why.to_string());
            let note = format!("{what} not fetched ({why}); will be retried later");
            shelf.notes.push(note);
        }
        report.notes = std::mem::take(&mut shelf.notes);
        let stop = || self.client.cancel_token().is_cancelled();
        retry_while_busy(stop, || self.store.set_account_state(&state))?;
        let merged = summary.merged;
        (report.sent, report.new) = (summary.sent, summary.new);
        (report.read, report.starred, report.gone) = (merged.read, merged.starred, merged.gone);
        report.pending = self.store.account_state(&self.account.name)?.pending;
        report.failing_since = state.failing_since;
        let any = report.sent + report.new + report.read + report.starred + report.gone > 0;
        report.outcome = match &report.error {
            Some(_) => Outcome::Failed,
            None if any => Outcome::Updated,
            None => Outcome::Unchanged,
        };
        report.seconds = begun.elapsed().as_secs_f64();
        Ok(report)
    }

    /// The report of an account that is not asked.
    fn not_due(&self, state: &AccountState) -> AccountReport {
        AccountReport {
            account: self.account.name.clone(),
            outcome: Outcome::NotDue,
            sent: 0,
            read: 0,
            starred: 0,
            new: 0,
            gone: 0,
            requests: 0,
            pending: state.pending,
            error: None,
            failing_since: state.failing_since,
            seconds: 0.0,
            notes: Vec::new(),
        }
    }

    /// Talks to the server, unless it asked to be left alone: takes what comes into `shelf`, notes the limits it names.
    fn ask(
        &self,
        how: &How,
        state: &mut AccountState,
        shelf: &mut StoreShelf<'_>,
    ) -> Result<Answer, StoreError> {
        let mut secrets = Secrets::open(self.config, self.account);
        let tokens = secrets.tokens();
        let mut wire = HttpWire {
            client: self.client,
            account: self.account,
            secrets: &mut secrets,
            typed: None,
            used: None,
            explicit: how.explicit,
        };
        let mut server = Server::new(&mut wire, about(self.account, state), tokens);
        let asked_at = self.clock.now().as_second();
        if let Some((used, limit, until)) = shelf.memory.quota.filter(|known| asked_at < known.2)
            && until - asked_at <= QUOTA_DAY.as_secs() as i64
        {
            server.recall_quota(used, limit, Time::from_second(until).unwrap_or_default());
        }
        let pause = shelf.memory.pause_now(asked_at);
        let counted = Dialect::from_word(&state.dialect) == Dialect::Inoreader;
        let (left_out, alone) = shelf.memory.refused_now(asked_at, counted);
        let plan = Plan {
            send_only: how.send_only,
            first: self.account.first,
            history: self.account.history,
            newest: state.newest,
            batch: match shelf.memory.batch {
                0 => BATCH,
                batch => batch,
            },
            highest: shelf.memory.highest,
            left_out,
            alone,
            held: pause.and_then(|(status, until, marks)| marks.then_some((status, until))),
        };
        let mut summary = protocol::Summary::default();
        let came = match pause {
            Some((status, until, false)) => {
                let until = Some(until);
                Err(Stop::Server(Failure::Later { status, until }))
            }
            _ => protocol::sync(&mut server, shelf, &plan, &mut summary),
        };
        let requests = server.requests();
        if let (Some((used, limit, resets)), true) = (server.quota(), requests > 0) {
            let resets = resets.unwrap_or_else(|| schedule::add(self.clock.now(), COUNTED));
            shelf.memory.quota = Some((used, limit, resets.as_second()));
        }
        let short = server.is_short();
        state.dialect = server.dialect().as_str().to_owned();
        let failure = match came {
            Ok(()) => None,
            Err(Stop::Shelf(why)) => return Err(why),
            Err(Stop::Server(why)) => Some(why),
        };
        if matches!(failure, Some(Failure::SignedOut))
            && let Some(password) = wire.used.take()
            && let Err(why) = wire.secrets.refuse(&password)
        {
            shelf.notes.push(why);
        }
        shelf.memory.batch = match summary.batch_refused {
            true => (plan.batch / 2).max(1),
            false => 0,
        };
        Ok(Answer {
            failure,
            summary,
            requests,
            short,
        })
    }

    /// What the next sync has to know of this one.
    fn remember(
        &self,
        answer: &Answer,
        now: Time,
        state: &mut AccountState,
        shelf: &mut StoreShelf<'_>,
    ) {
        let Answer { summary, short, .. } = answer;
        state.last_attempt = Some(now);
        let memory = &mut shelf.memory;
        memory.note_pause(
            answer.failure.as_ref(),
            summary.whole,
            *short,
            now.as_second(),
        );
        memory.note_refused(&summary.refused, &summary.mended, now.as_second());
        if summary.whole {
            shelf.memory.highest = summary.highest;
            state.newest = shelf.newest;
            state.last_sync = Some(now);
        }
        state.extra = serde_json::to_string(&shelf.memory).unwrap_or_default();
    }

    /// Whether the server asked to be left alone, and still does.
    fn is_paused(&self, memory: &Memory) -> bool {
        let pause = memory.pause_now(self.clock.now().as_second());
        pause.is_some_and(|(_, _, marks)| !marks) || self.client.is_blocked(&self.account.url)
    }

    fn is_due(&self, state: &AccountState) -> bool {
        // Where requests are few, marks wait for the hour as well.
        let (interval, hurried) = match Dialect::from_word(&state.dialect) {
            Dialect::Inoreader => (self.account.interval.max(COUNTED), false),
            _ => (self.account.interval, state.pending > 0),
        };
        let now = self.clock.now();
        let rests = |last| last <= now && now < schedule::add(last, interval);
        hurried || !state.last_attempt.is_some_and(rests)
    }
}

/// The name of an account as it is typed in a shell.
pub fn shell_word(name: &str) -> String {
    match name
        .chars()
        .all(|c| c.is_alphanumeric() || "-_.".contains(c))
    {
        true => name.to_owned(),
        false => format!("'{}'", name.replace('\'', "'\\''")),
    }
}

fn articles(count: usize) -> String {
    match count {
        1 => "1 article".to_owned(),
        count => format!("{count} articles"),
    }
}

/// The account as its requests need it.
fn about(account: &Account, state: &AccountState) -> protocol::Account {
    let known = Dialect::from_word(&state.dialect);
    protocol::Account {
        protocol: match account.kind {
            AccountKind::GoogleReader => Protocol::GoogleReader,
            AccountKind::Fever => Protocol::Fever,
        },
        user: account.user.clone(),
        dialect: match Dialect::of_address(&account.url) {
            Dialect::Unknown => known,
            told => told,
        },
        app: account.app.clone(),
    }
}

/// Something that is done on an account's server at once, or fails.
#[derive(Debug, Clone)]
pub enum OnServer {
    /// Sign in, with a password that was typed or the configured one.
    SignIn(Option<String>),
    /// Change the list of feeds.
    Edit(FeedEdit),
}

/// Does something on an account's server at once. What it was is told by the next sync.
pub fn on_server(config: &Config, account: &str, what: OnServer) -> Result<(), RefreshError> {
    let account = select(config, std::slice::from_ref(&account.to_owned()))?[0];
    let store = open(config)?;
    in_step(config, &store)?;
    let state = store.account_state(&account.name)?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let client = client(config, clock);
    host_pauses::recall(&client, &store)?;
    let mut secrets = Secrets::open(config, account);
    let tokens = secrets.tokens();
    let mut wire = HttpWire {
        client: &client,
        account,
        secrets: &mut secrets,
        typed: None,
        used: None,
        explicit: true,
    };
    let done = match what {
        OnServer::SignIn(typed) => {
            wire.typed = typed;
            Server::new(&mut wire, about(account, &state), tokens).sign_in()
        }
        OnServer::Edit(edit) => {
            Server::new(&mut wire, about(account, &state), tokens).edit_feed(&edit)
        }
    };
    // What was done is done; a store that is busy now learns of a pause with the next request.
    let _ = host_pauses::remember(&client, &store);
    done.map_err(|why| RefreshError::Account {
        account: account.name.clone(),
        why: newsprint_html::safe_text::line(&why.to_string()),
    })
}

/// Forgets what is kept of an account: tokens, ids and marks that wait. Its articles stay. Says how many
/// marks were dropped.
pub fn forget_account(config: &Config, account: &str) -> Result<u64, RefreshError> {
    let dropped = match config.paths.database().exists() {
        false => 0,
        true => match open(config)?.forget_account(account) {
            Err(StoreError::NoAccount(_)) => 0,
            dropped => dropped?,
        },
    };
    secrets::forget(config, account).map_err(|why| RefreshError::Account {
        account: account.to_owned(),
        why: why.to_string(),
    })?;
    Ok(dropped)
}

/// Forgets the tokens of an account.
pub fn sign_out(config: &Config, account: &str) -> Result<(), RefreshError> {
    secrets::forget(config, account).map_err(|why| RefreshError::Account {
        account: account.to_owned(),
        why: why.to_string(),
    })
}
