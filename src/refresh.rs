//! The one pipeline: source -> fetch -> parse -> store; its workers and its [`Report`].
//! Never here: HTTP rules, HTML, SQL, the terminal.

mod article;
mod ask;
mod cpu;
mod crew;
mod images;
mod lock;
mod memory;
mod pages;
mod patience;
mod pauses;
mod report;
mod seek;
mod suit;
mod visit;

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use patience::patiently;
pub use report::{Discovery, Outcome, OutletReport, Progress, Report, Way};

use crate::config::Config;
use crate::fetch::{self, Client, Clock, FetchError, SystemClock};
use crate::news::{ArticleId, FullText, Outlet, TextState, Time, fold, nearest};
use crate::store::{self, Store, StoreError};

/// Entries shown of each way that a discovery finds.
const SAMPLE: usize = 5;

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
    /// Refuse politely: nothing is asked.
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
    #[error("newsprint is offline (--offline), so nothing was asked")]
    Offline,
    /// Another process holds the lock (exit code 75).
    #[error("another refresh is running")]
    Busy,
    /// Stopped while it waited for another process to give the lock back.
    #[error("interrupted while another refresh was running")]
    Interrupted,
    /// The lock file cannot be made.
    #[error("the lock file {path} cannot be used: {reason}")]
    Lock {
        /// The file.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// A name that no outlet has.
    #[error("no outlet is called “{name}”{}", nearest.as_ref().map(|n| format!("; did you mean “{n}”?")).unwrap_or_default())]
    UnknownOutlet {
        /// As given.
        name: String,
        /// The nearest name there is.
        nearest: Option<String>,
    },
    /// A group that no outlet belongs to.
    #[error("no outlet belongs to the group “{name}”{}", nearest.as_ref().map(|n| format!("; did you mean “{n}”?")).unwrap_or_default())]
    UnknownGroup {
        /// As given.
        name: String,
        /// The nearest group there is.
        nearest: Option<String>,
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
        Err(RefreshError::Store(StoreError::Damaged(_))) => once(),
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
        return Err(StoreError::ReadOnly(path).into());
    }
    let stopped = || stop.load(Ordering::SeqCst);
    patiently(stopped, || store.sync_outlets(&config.outlets))?;
    let states = store.source_states()?;
    let clock = &*options.clock;
    let client = client(config, options.clock.clone());
    let started = clock.now();
    pauses::recall(&client, &store)?;
    progress(Progress::Started {
        outlets: outlets.len(),
    });
    let images = config.paths.images();
    let job = crew::Job {
        images: config.refresh.images.then_some(images.as_path()),
        config: &config.refresh,
        client: &client,
        cpu: &cpu(None)?,
        clock,
        full_text: options.full_text,
        force: options.force,
        started,
        progress,
    };
    let reports = crew::work(&job, outlets, states, &path, stop)?;
    let keep = store::Keep {
        days: config.refresh.keep.days,
        count: config.refresh.keep.count,
    };
    // Whoever is stopped among an outlet's pages has a report of it, but not of all there is.
    let interrupted = client.stop().is_thrown() || reports.iter().any(Option::is_none);
    let outlets: Vec<OutletReport> = reports.into_iter().flatten().collect();
    for report in outlets.iter().filter(|report| report.new > 0) {
        let pruned = patiently(stopped, || {
            prune(config, &store, &report.outlet, keep, clock.now())
        });
        match pruned {
            // Renamed meanwhile; the next refresh prunes it by its new name.
            Ok(_) | Err(StoreError::NoOutlet(_)) => {}
            Err(why) => return Err(why.into()),
        }
    }
    patiently(stopped, || store.tidy())?;
    patiently(stopped, || store.save_marks())?;
    Ok(Report {
        outlets,
        seconds: begun.elapsed().as_secs_f64(),
        interrupted,
        rescued: store.rescued().cloned(),
    })
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
    Ok(outlets
        .iter()
        .filter(|outlet| wanted.is_empty() || wanted.contains(&fold(&outlet.name)))
        .filter(|outlet| in_group(outlet))
        .collect())
}

/// What sources a site offers and what each would give; changes nothing.
pub fn discover(config: &Config, url: &str) -> Result<Discovery, RefreshError> {
    let client = client(config, Arc::new(SystemClock));
    let ask = ask::Ask {
        client: &client,
        cpu: &cpu(Some(1))?,
        clock: &SystemClock,
        home: url,
        agent: &config.refresh.user_agent,
    };
    let outlet = config.outlets.iter().find(|outlet| outlet.url == url);
    let select = outlet
        .map(|outlet| outlet.select.clone())
        .unwrap_or_default();
    let search = seek::Search {
        url,
        select: &select,
        except: &[],
    };
    let mut discovery = Discovery::default();
    seek::seek(&ask, &mut Vec::new(), search, &mut |tried| {
        let way = match tried.gave {
            Ok(gave) => {
                let repairs = gave.feed.repairs.iter();
                discovery
                    .notes
                    .extend(repairs.map(|repair| format!("{}: {repair}", tried.source.url())));
                Way {
                    title: gave.feed.title,
                    entries: gave.feed.entries.len(),
                    sample: gave.feed.entries.into_iter().take(SAMPLE).collect(),
                    error: None,
                    source: tried.source,
                    found: tried.found,
                }
            }
            Err(why) => Way {
                title: None,
                entries: 0,
                sample: Vec::new(),
                error: Some(why),
                source: tried.source,
                found: tried.found,
            },
        };
        discovery.ways.push(way);
        std::ops::ControlFlow::Continue(())
    })?;
    Ok(discovery)
}

/// Fetches the article's page now and stores its text; tells how much of the text is there then.
pub fn fetch_text(config: &Config, id: ArticleId) -> Result<TextState, RefreshError> {
    let store = Store::open(&config.paths.database())?;
    let article = store.article(id)?.ok_or(RefreshError::NoPage(id))?;
    let url = article.headline.url;
    if url.is_empty() {
        return Err(RefreshError::NoPage(id));
    }
    let outlet = config.outlet(&article.headline.outlet).cloned();
    let outlet = outlet.unwrap_or_else(|| Outlet {
        name: article.headline.outlet.clone(),
        url: url.clone(),
        ..Outlet::default()
    });
    let page = memory::Waiting {
        url,
        ..memory::Waiting::default()
    };
    let stored = crew::stored(&store, &outlet.name, &page)?.ok_or(RefreshError::NoPage(id))?;
    let client = client(config, Arc::new(SystemClock));
    pauses::recall(&client, &store)?;
    let visit = visit::Visit {
        ask: ask::Ask {
            client: &client,
            cpu: &cpu(Some(1))?,
            clock: &SystemClock,
            home: &outlet.url,
            agent: &config.refresh.user_agent,
        },
        outlet: &outlet,
        config: &config.refresh,
        full_text: FullText::Always,
        force: true,
        started: SystemClock.now(),
        store: &store,
        images: None,
        progress: &|_| {},
    };
    let came = pages::now(&visit, pages::Wanted::again(stored, page));
    pauses::remember(&client, &store)?;
    if let Err(visit::Failure::Fetch(FetchError::Later {
        until: Some(until), ..
    })) = &came
    {
        keep_away(&store, &client, &outlet.name, *until)?;
    }
    came.map_err(|why| match why {
        visit::Failure::Fetch(why) => RefreshError::Fetch(why),
        visit::Failure::Store(why) => RefreshError::Store(why),
        visit::Failure::Source(why) => RefreshError::Page(why),
    })?;
    let article = store.article(id)?.ok_or(RefreshError::NoPage(id))?;
    Ok(article.headline.text)
}

/// Remembers that the outlet's own host wants to be left alone until then.
fn keep_away(store: &Store, client: &Client, outlet: &str, until: Time) -> Result<(), StoreError> {
    let mut state = store.source_state(outlet)?;
    let own = state
        .source
        .as_ref()
        .is_some_and(|source| client.is_blocked(source.url()));
    let until = fetch::schedule::retry_at(SystemClock.now(), until);
    if own && state.retry_after.is_none_or(|at| at < until) {
        state.retry_after = Some(until);
        store.set_source_states(&[(outlet.to_owned(), state)])?;
    }
    Ok(())
}

/// Removes what an outlet has beyond `keep`, never what is starred, and the pictures that were kept
/// of it. Says how many articles went.
pub fn prune(
    config: &Config,
    store: &Store,
    outlet: &str,
    keep: store::Keep,
    now: Time,
) -> Result<u64, StoreError> {
    let going = || store.pictures_beyond(outlet, keep, now);
    with_pictures(config, store, going, || store.prune(outlet, keep, now))
}

/// The same for an outlet that is configured no longer: everything but what is starred.
pub fn forget(config: &Config, store: &Store, outlet: &str) -> Result<u64, StoreError> {
    let going = || store.pictures_of(outlet);
    with_pictures(config, store, going, || store.forget(outlet))
}

/// Removes articles and then the pictures that were kept of them and that lead no other.
fn with_pictures(
    config: &Config,
    store: &Store,
    going: impl FnOnce() -> Result<Vec<String>, StoreError>,
    remove: impl FnOnce() -> Result<u64, StoreError>,
) -> Result<u64, StoreError> {
    let folder = config.paths.images();
    let pictures = match folder.is_dir() {
        true => HashSet::from_iter(going()?),
        false => HashSet::new(),
    };
    let removed = remove()?;
    if !pictures.is_empty() {
        let wanted = store.leading(&pictures)?;
        images::remove(&folder, pictures.difference(&wanted));
    }
    Ok(removed)
}

/// A picture that was kept, as it came; nobody is asked for it.
pub fn kept_image(config: &Config, url: &str) -> Option<Vec<u8>> {
    std::fs::read(images::file(&config.paths.images(), url)).ok()
}

/// A picture for the reader, from the folder of kept ones or from the network: the bytes as they
/// came. A private address is only asked where a configured outlet lives at the same host.
pub fn fetch_image(config: &Config, url: &str) -> Result<Vec<u8>, RefreshError> {
    if let Some(bytes) = kept_image(config, url) {
        return Ok(bytes);
    }
    let client = client(config, Arc::new(SystemClock));
    let database = config.paths.database();
    // A picture can be had without a store, which is not made for it.
    let store = database
        .exists()
        .then(|| Store::open(&database))
        .transpose()?;
    if let Some(store) = &store {
        pauses::recall(&client, store)?;
    }
    let host = |url: &str| url::Url::parse(url).ok()?.host_str().map(str::to_owned);
    let home = config
        .outlets
        .iter()
        .find(|outlet| host(&outlet.url) == host(url))
        .map_or("", |outlet| outlet.url.as_str());
    let request = fetch::Request::new(url, fetch::ACCEPT_IMAGE, home);
    let came = client.get(&request);
    if let Some(store) = &store {
        pauses::remember(&client, store)?;
    }
    match came?.answer {
        fetch::Answer::Fresh { bytes, .. } => {
            if config.refresh.images {
                images::keep(&config.paths.images(), url, &bytes);
            }
            Ok(bytes.to_vec())
        }
        fetch::Answer::NotModified => Err(FetchError::Status(304).into()),
    }
}

/// Threads for parsing.
fn cpu(threads: Option<usize>) -> Result<cpu::Cpu, RefreshError> {
    cpu::Cpu::start(threads)
        .map_err(|why| FetchError::Client(format!("no thread to parse on: {why}")).into())
}

/// A client as the config wants it.
fn client(config: &Config, clock: Arc<dyn Clock>) -> Client {
    let refresh = &config.refresh;
    Client::new(
        fetch::Settings {
            user_agent: refresh.user_agent.clone(),
            timeout: refresh.timeout,
            max_bytes: refresh.max_bytes,
            host_gap: refresh.host_gap,
            concurrency: refresh.concurrency,
        },
        clock,
    )
}
