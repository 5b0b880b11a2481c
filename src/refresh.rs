//! The one pipeline: source -> fetch -> parse -> store; its workers and its [`Report`].
//! Never here: HTTP rules, HTML, SQL, the terminal.

mod accounts;
mod article_pages;
mod assemble;
mod beside_text;
mod clock_check;
mod context;
mod due;
mod find_source;
mod fingerprint;
mod full_text;
mod host_pauses;
mod image_cache;
mod lock;
mod naming;
mod on_demand;
mod outlet_memory;
mod ownership;
mod page_reading;
mod parse_pool;
mod report;
mod requests;
mod robots_cache;
mod shared_pages;
mod source_fit;
mod source_visit;
mod store_access;
mod store_actor;
mod stories;
mod upkeep;
mod visit;
mod workers;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

pub use accounts::{
    FeedEdit, OnServer, SyncOptions, forget_account, in_step, on_server, remote_feed, send_on_quit,
    shell_word, sign_out, sync, with_accounts,
};
pub use clock_check::{ClockDoubt, clock_error, prune_time};
pub use naming::{Named, reader_of, readers, why_not, with_login};
pub use on_demand::OnDemand;
pub use report::{AccountReport, Discovery, Outcome, OutletReport, Progress, Report, Way};
pub use stories::{Arriving, arrive, place_stories, replace_stories};
pub use upkeep::{forget, prune};

use crate::config::{self, Config};
use newsprint_fetch::{Client, Clock, FetchError, SystemClock};
use newsprint_model::{ArticleId, FullText, Outlet, fold, nearest};
use newsprint_store::{SourceState, Store, StoreError, retry_while_busy};

/// What a refresh is asked to do.
#[derive(Debug, Clone)]
pub struct Options {
    /// Names of outlets, compared without case and accents; empty is all.
    pub outlets: Vec<String>,
    /// Only outlets of this group.
    pub group: Option<String>,
    /// Overrides what the outlets and the config say.
    pub full_text: Option<FullText>,
    /// Ask also what is not due. Retry-After and validators hold all the same.
    pub force: bool,
    /// How long to wait for another refresh to end; zero does not wait.
    pub wait: Duration,
    /// Refuse without a request.
    pub offline: bool,
    /// Tells what is due; a test moves it.
    pub clock: Arc<dyn Clock>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            outlets: Vec::new(),
            group: None,
            full_text: None,
            force: false,
            wait: Duration::ZERO,
            offline: false,
            clock: Arc::new(SystemClock),
        }
    }
}

/// Why a refresh as a whole did not take place. What fails for one outlet is in its report.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// The reader asked for no network.
    #[error("offline (--offline)")]
    Offline,
    /// Another process holds the lock (exit code 75).
    #[error("another refresh is running")]
    Busy,
    /// Stopped while it waited for another process to give the lock back.
    #[error("interrupted while another refresh was running")]
    Interrupted,
    /// The lock file cannot be made.
    #[error("cannot open {path}: {reason}; {hint}")]
    Lock {
        /// The file.
        path: String,
        /// What the system says.
        reason: String,
        /// What to do.
        hint: &'static str,
    },
    /// The system gives no more threads.
    #[error("cannot start a thread: {0}")]
    NoThread(String),
    /// A name that no outlet has.
    #[error("no outlet “{name}”{}", nearest.as_ref().map(|n| format!("; did you mean “{n}”?")).unwrap_or_default())]
    UnknownOutlet {
        /// As given.
        name: String,
        /// The nearest name there is.
        nearest: Option<String>,
    },
    /// A group that no outlet belongs to.
    #[error("no group “{name}”{}", nearest.as_ref().map(|n| format!("; did you mean “{n}”?")).unwrap_or_default())]
    UnknownGroup {
        /// As given.
        name: String,
        /// The nearest group there is.
        nearest: Option<String>,
    },
    /// An outlet and a group were named, and the outlet is not of that group.
    #[error(
        "{name} does not belong to the group “{group}”, so it would not be refreshed; leave one of the two out"
    )]
    NotInGroup {
        /// The outlet.
        name: String,
        /// The group, as given.
        group: String,
    },
    /// A name that no account has.
    #[error("no account “{name}”{}", nearest.as_ref().map(|n| format!("; did you mean “{n}”?")).unwrap_or_default())]
    UnknownAccount {
        /// As given.
        name: String,
        /// The nearest name there is.
        nearest: Option<String>,
    },
    /// Nothing to undo.
    #[error("nothing to undo: no sync has marked many articles as read")]
    NothingToUndo,
    /// An account's server, or what is kept of the account, said no.
    #[error("{account}: {why}")]
    Account {
        /// The account.
        account: String,
        /// A sentence.
        why: String,
    },
    /// The network said no.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// The page that came could not be read.
    #[error("{0}")]
    Page(String),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no such article, or it has no address.
    #[error("article {0} has no page that could be fetched")]
    NoPage(ArticleId),
}

impl RefreshError {
    /// Whether no server was there to say anything: its host is not found, refuses to connect, or says nothing in time.
    pub fn is_unanswered(&self) -> bool {
        use FetchError::{Connect, Timeout, Unreachable};
        let RefreshError::Fetch(why) = self else {
            return false;
        };
        matches!(why, Unreachable { .. } | Connect { .. } | Timeout(_))
    }
}

/// Refreshes the outlets that `options` names, tells `progress` what happens (from several
/// threads), and ends soon after `stop` is set, keeping what is committed.
pub fn run(
    config: &Config,
    options: &Options,
    progress: &(dyn Fn(Progress) + Sync),
    stop: &AtomicBool,
) -> Result<Report, RefreshError> {
    if options.offline {
        return Err(RefreshError::Offline);
    }
    let outlets = select(&config.outlets, options)?;
    let _lock = lock::acquire(&config.paths.lock(), options, stop)?;
    let once = || run_locked(config, &outlets, options, progress, stop);
    match once() {
        // What was found damaged on the way is set aside when it is opened next, which is now.
        Err(RefreshError::Store(StoreError::Damaged(_))) => {
            newsprint_store::leave_word(&config.paths.database());
            once()
        }
        other => other,
    }
}

fn run_locked(
    config: &Config,
    outlets: &[&Outlet],
    options: &Options,
    progress: &(dyn Fn(Progress) + Sync),
    stop: &AtomicBool,
) -> Result<Report, RefreshError> {
    let begun = Instant::now();
    let path = config.paths.database();
    let store = Store::open(&path)?;
    if store.is_read_only() {
        return Err(store.why_read_only().into());
    }
    store.mark_copies(config.reader.mark_copies);
    let stopped = || stop.load(Ordering::SeqCst);
    retry_while_busy(stopped, || store.sync_outlets(&config.outlets))?;
    let (accounts, accounts_clock) =
        sync_accounts(config, &store, outlets, options, progress, stop)?;
    // Their articles may want pages.
    let of_accounts: Vec<Outlet> = match config.accounts.is_empty() {
        true => Vec::new(),
        false => waiting(config, &store, options)?,
    };
    let own = outlets
        .iter()
        .copied()
        .filter(|outlet| outlet.account.is_none());
    let outlets: Vec<&Outlet> = own.chain(&of_accounts).collect();
    let outlets = &*outlets;
    retry_while_busy(stopped, || {
        store.take_back_shared_texts(options.clock.now())
    })?;
    let states = store.source_states()?;
    let clock = &*options.clock;
    let client = client(config, options.clock.clone());
    let started = clock.now();
    let ahead = |state: &SourceState| state.last_attempt.is_some_and(|at| at > started);
    let was_ahead = states.values().any(ahead);
    let before = store.now()?;
    host_pauses::recall(&client, &store)?;
    progress(Progress::Started {
        outlets: outlets.len(),
    });
    let images = config.paths.images();
    let context = context::RefreshContext {
        images: config.refresh.images.then_some(images.as_path()),
        config: &config.refresh,
        client: &client,
        pool: &parse_pool(None)?,
        clock,
        full_text: options.full_text,
        force: options.force,
        started,
        progress,
    };
    let reports = workers::run_workers(&context, outlets, states, &path, stop)?;
    // Whoever is stopped among an outlet's pages has a report of it, but not of all there is.
    let interrupted = client.cancel_token().is_cancelled() || reports.iter().any(Option::is_none);
    let outlets: Vec<OutletReport> = reports.into_iter().flatten().collect();
    let is_unknown = |report: &OutletReport| report.error.as_deref() == Some(visit::REMOVED);
    // Nobody has renamed it: then its name is there, and the index of names has lost it.
    if outlets.iter().any(is_unknown)
        && let Some(first) = store.check()?.into_iter().next()
    {
        return Err(StoreError::Damaged(first).into());
    }
    let errors = client.clock_error().into_iter().chain(accounts_clock);
    let error = errors.min_by_key(|error| error.abs());
    clock_check::remember(error, &store, clock.now())?;
    clock_check::settle(&store, error, clock, before, was_ahead, stopped)?;
    let (keep, now) = clock_check::keep_now(config.refresh.keep, error, &store, clock, &outlets)?;
    upkeep::prune_grown(config, &store, keep, now, (&outlets, &accounts), stopped)?;
    let placing = |done, total| progress(Progress::Placing { done, total });
    place_stories(&store, &placing, stopped)?;
    // Before the copy of the marks is written, which knows outlets by name.
    let named = naming::name_outlets(config, &store, stopped)?;
    upkeep::tidy(config, &store, clock, stopped)?;
    Ok(Report {
        outlets,
        named,
        accounts,
        seconds: begun.elapsed().as_secs_f64(),
        interrupted,
        rescued: store.rescued().cloned(),
    })
}

/// Syncs the accounts of a refresh: all of them, or of outlets that were named those that they are of.
fn sync_accounts(
    config: &Config,
    store: &Store,
    outlets: &[&Outlet],
    options: &Options,
    progress: &(dyn Fn(Progress) + Sync),
    stop: &AtomicBool,
) -> Result<(Vec<AccountReport>, Option<i64>), RefreshError> {
    let all = options.outlets.is_empty() && options.group.is_none();
    let has = |account: &&config::Account| {
        let of = |outlet: &&Outlet| outlet.account.as_deref() == Some(&account.name);
        all || outlets.iter().any(of)
    };
    let accounts: Vec<&config::Account> = config.accounts.iter().filter(has).collect();
    if accounts.is_empty() {
        return Ok((Vec::new(), None));
    }
    let (force, clock) = (options.force || !all, &options.clock);
    accounts::within_refresh(config, store, &accounts, force, clock, progress, stop)
}

/// The outlets of accounts, as they are now, that want article pages.
fn waiting(config: &Config, store: &Store, options: &Options) -> Result<Vec<Outlet>, StoreError> {
    let wanted: Vec<String> = options.outlets.iter().map(|name| fold(name)).collect();
    let group = options.group.as_deref().map(fold);
    let now = options.clock.now();
    let mut waiting = Vec::new();
    for outlet in store.account_outlets()? {
        let outlet = config.completed_outlet(outlet);
        let named = wanted.is_empty() || wanted.contains(&fold(&outlet.name));
        let grouped = group.is_none() || outlet.group.as_deref().map(fold) == group;
        if named && grouped {
            let memory = store.source_state(&outlet.name)?.extra;
            if outlet_memory::CrawlState::read(&memory).is_due(now) {
                waiting.push(outlet);
            }
        }
    }
    Ok(waiting)
}

/// The outlets that the options name, in the config's order.
fn select<'a>(outlets: &'a [Outlet], options: &Options) -> Result<Vec<&'a Outlet>, RefreshError> {
    let wanted: Vec<String> = options.outlets.iter().map(|name| fold(name)).collect();
    for (name, folded) in options.outlets.iter().zip(&wanted) {
        if !outlets.iter().any(|outlet| fold(&outlet.name) == *folded) {
            return Err(RefreshError::UnknownOutlet {
                name: name.clone(),
                nearest: nearest(name, outlets.iter().map(|outlet| outlet.name.as_str()))
                    .map(str::to_owned),
            });
        }
    }
    let group = options.group.as_deref().map(fold);
    let in_group = |outlet: &Outlet| match &group {
        Some(group) => outlet.group.as_deref().map(fold).as_ref() == Some(group),
        None => true,
    };
    if let Some(name) = &options.group
        && !outlets.iter().any(in_group)
    {
        return Err(RefreshError::UnknownGroup {
            name: name.clone(),
            nearest: nearest(name, outlets.iter().filter_map(|o| o.group.as_deref()))
                .map(str::to_owned),
        });
    }
    if let Some(group) = &options.group
        && let Some(outlet) = outlets
            .iter()
            .find(|outlet| wanted.contains(&fold(&outlet.name)) && !in_group(outlet))
    {
        return Err(RefreshError::NotInGroup {
            name: outlet.name.clone(),
            group: group.clone(),
        });
    }
    Ok(outlets
        .iter()
        .filter(|outlet| match wanted.is_empty() {
            // A paused outlet is refreshed only by its name.
            true => !outlet.paused,
            false => wanted.contains(&fold(&outlet.name)),
        })
        .filter(|outlet| in_group(outlet))
        .collect())
}

/// A picture that was kept, as it came; nobody is asked for it.
pub fn kept_image(config: &Config, url: &str) -> Option<Vec<u8>> {
    std::fs::read(image_cache::file(&config.paths.images(), url)).ok()
}

/// Threads for parsing; `None` is one a core.
fn parse_pool(threads: Option<usize>) -> Result<parse_pool::ParsePool, RefreshError> {
    parse_pool::ParsePool::start(threads).map_err(|why| RefreshError::NoThread(why.to_string()))
}

/// A client as the config wants it.
fn client(config: &Config, clock: Arc<dyn Clock>) -> Client {
    let refresh = &config.refresh;
    Client::new(
        newsprint_fetch::Settings {
            user_agent: refresh.user_agent.clone(),
            timeout: refresh.timeout,
            max_bytes: refresh.max_bytes,
            host_gap: refresh.host_gap,
            concurrency: refresh.concurrency,
        },
        clock,
    )
}
