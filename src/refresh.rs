//! The one pipeline: source -> fetch -> parse -> store; its workers and its [`Report`].
//! Never here: HTTP rules, HTML, SQL, the terminal.

mod lock;
mod report;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

pub use report::{Discovery, Outcome, OutletReport, Progress, Report, Way};

use crate::config::Config;
use crate::fetch::{Client, Clock, FetchError, SystemClock};
use crate::news::{ArticleId, FullText, Outlet, TextState, fold};

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
    /// What came could not be understood.
    #[error(transparent)]
    Parse(#[from] crate::parse::ParseError),
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
    progress(Progress::Started {
        outlets: outlets.len(),
    });
    Ok(Report::default())
}

/// The outlets that the options name, in the config's order.
fn select<'a>(outlets: &'a [Outlet], options: &Options) -> Result<Vec<&'a Outlet>, RefreshError> {
    let wanted: Vec<String> = options.outlets.iter().map(|name| fold(name)).collect();
    for (name, folded) in options.outlets.iter().zip(&wanted) {
        if !outlets.iter().any(|outlet| fold(&outlet.name) == *folded) {
            return Err(RefreshError::UnknownOutlet {
                name: name.clone(),
                nearest: nearest(name, outlets.iter().map(|outlet| outlet.name.as_str())),
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
            nearest: nearest(name, outlets.iter().filter_map(|o| o.group.as_deref())),
        });
    }
    Ok(outlets
        .iter()
        .filter(|outlet| wanted.is_empty() || wanted.contains(&fold(&outlet.name)))
        .filter(|outlet| in_group(outlet))
        .collect())
}

/// The name most like the one given, if any is like it at all.
fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let folded = fold(name);
    let likeness =
        |other: &str| similar::TextDiff::from_chars(folded.as_str(), fold(other).as_str()).ratio();
    names
        .map(|other| (likeness(other), other))
        .filter(|(likeness, _)| *likeness > 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, other)| other.to_owned())
}

/// What sources a site offers and what each would give; changes nothing.
pub fn discover(config: &Config, url: &str) -> Result<Discovery, RefreshError> {
    let client = client(config, Arc::new(SystemClock));
    client.get(&crate::fetch::Request::new(
        url,
        crate::fetch::ACCEPT_SOURCE,
        url,
    ))?;
    Ok(Discovery::default())
}

/// Fetches the article's page now and stores its text; tells how much of the text is there then.
pub fn fetch_text(_config: &Config, id: ArticleId) -> Result<TextState, RefreshError> {
    Err(RefreshError::NoPage(id))
}

/// Fetches a picture for the reader: the bytes as they came.
pub fn fetch_image(config: &Config, url: &str) -> Result<Vec<u8>, RefreshError> {
    let client = client(config, Arc::new(SystemClock));
    let request = crate::fetch::Request::new(url, crate::fetch::ACCEPT_IMAGE, url);
    match client.get(&request)?.answer {
        crate::fetch::Answer::Fresh { bytes, .. } => Ok(bytes.to_vec()),
        crate::fetch::Answer::NotModified => Err(FetchError::Status(304).into()),
    }
}

/// A client as the config wants it.
fn client(config: &Config, clock: Arc<dyn Clock>) -> Client {
    let refresh = &config.refresh;
    Client::new(
        crate::fetch::Settings {
            user_agent: refresh.user_agent.clone(),
            timeout: refresh.timeout,
            max_bytes: refresh.max_bytes,
            host_gap: refresh.host_gap,
            concurrency: refresh.concurrency,
        },
        clock,
    )
}
