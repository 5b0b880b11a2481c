//! What a visit works with: what all visits of a refresh share, the one outlet, what is found out on
//! the way, and why it may end early. Plain data.
//! Never here: what is done with it (`visit`, `article_pages`).

use std::path::Path;

use super::outlet_memory::CrawlState;
use super::parse_pool::ParsePool;
use super::report::Progress;
use super::requests::Fetcher;
use super::robots_cache::without_robots;
use super::store_access::StoreAccess;
use crate::config::Refresh;
use newsprint_fetch::{Client, Clock, FetchError};
use newsprint_model::{FullText, Outlet, Partial, Source, Time};
use newsprint_store::{Ingested, SourceState, StoreError};

/// What every visit of one refresh shares.
pub(super) struct RefreshContext<'a> {
    pub config: &'a Refresh,
    pub client: &'a Client,
    pub pool: &'a ParsePool,
    pub clock: &'a dyn Clock,
    /// Overrides the outlets' own setting.
    pub full_text: Option<FullText>,
    pub force: bool,
    /// When the refresh began.
    pub started: Time,
    /// Where leading pictures are kept, if they are.
    pub images: Option<&'a Path>,
    pub progress: &'a (dyn Fn(Progress) + Sync),
}

/// One visit to one outlet.
pub(super) struct Visit<'a> {
    pub outlet: &'a Outlet,
    pub fetcher: Fetcher<'a>,
    pub config: &'a Refresh,
    pub full_text: FullText,
    pub force: bool,
    /// When the refresh began.
    pub started: Time,
    pub store: &'a dyn StoreAccess,
    /// Where leading pictures are kept, if they are.
    pub images: Option<&'a Path>,
    pub progress: &'a (dyn Fn(Progress) + Sync),
}

/// What is known of the outlet when a visit begins, and what is found out during it.
#[derive(Debug, Default)]
pub(super) struct VisitState {
    /// What the store keeps of the outlet, but for [`SourceState::extra`], which is `crawl`.
    pub stored: SourceState,
    pub crawl: CrawlState,
    /// What has been committed so far.
    pub done: Ingested,
    /// See [`super::report::OutletReport::notes`].
    pub notes: Vec<String>,
    /// See [`super::report::OutletReport::remarks`].
    pub remarks: Vec<String>,
    /// What was lost of a damaged document, a sentence each.
    pub losses: Vec<String>,
    /// Pages that were not the article, and why.
    pub walls: Vec<Partial>,
    /// Article pages that were read.
    pub pages_read: usize,
    /// Leading pictures of the articles that came, where they are to be kept.
    pub images: Vec<String>,
}

impl VisitState {
    /// Everything that is remembered of the outlet, for the store.
    pub(super) fn to_store(&self) -> SourceState {
        SourceState {
            extra: self.crawl.write(),
            ..self.stored.clone()
        }
    }

    /// Whether the articles come from a listing that was not made for feed readers, so that robots.txt
    /// decides about their pages.
    pub(super) fn is_listed(&self) -> bool {
        matches!(
            self.stored.source,
            Some(Source::NewsSitemap(_) | Source::HeadlinePage(_))
        )
    }
}

/// Why a visit ended early.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// robots.txt has to be read first, and could not be fetched.
    #[error("{}", without_robots(.0))]
    Robots(FetchError),
    /// What came could not be understood, or nothing was found: a sentence.
    #[error("{0}")]
    Source(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}
