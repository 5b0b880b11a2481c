//! Requests on behalf of one outlet, and the documents that answer them.
//! Never here: what is requested and why, robots.txt (`robots_cache`).

use std::time::Duration;

use url::Url;

use super::parse_pool::ParsePool;
use super::store_access::StoreAccess;
use newsprint_fetch::{
    ACCEPT_PAGE, Answer, Body, Client, Clock, FetchError, Fetched, Request, Validators,
};
use newsprint_model::Outlet;

/// Bytes of an article page that are read: the longest have half of it, most of it scripts, and what
/// is behind that is not read by any parser here.
const LONGEST_PAGE: u64 = 6 << 20;

/// Fetches documents for one outlet.
#[derive(Clone, Copy)]
pub(super) struct Fetcher<'a> {
    pub client: &'a Client,
    pub pool: &'a ParsePool,
    pub clock: &'a dyn Clock,
    /// See [`home_of`].
    pub home: &'a str,
    /// The user agent, for robots.txt.
    pub agent: &'a str,
    /// The document permit is released during the rate-limit sleep. Never set this while holding a
    /// large document: whoever waits for the permit again would keep others from reading, and two
    /// visits could wait for each other for ever.
    pub permits: Option<&'a dyn StoreAccess>,
}

/// A document that came.
#[derive(Debug)]
pub(super) struct Document {
    /// The address that answered.
    pub url: String,
    /// Where the address has moved for good.
    pub moved: Option<String>,
    pub bytes: Body,
    pub content_type: Option<String>,
    pub validators: Validators,
    pub fresh_for: Option<Duration>,
    /// What its `Link` headers say.
    pub links: String,
}

impl Document {
    /// The address to ask from now on, of one that was asked for as `url`.
    pub(super) fn address(&self, url: &str) -> String {
        let moved = self.moved.as_deref().filter(|to| !may_be_forged(url, to));
        moved.unwrap_or(url).to_owned()
    }

    /// The document of an unconditional answer.
    pub(super) fn from(fetched: Fetched) -> Result<Document, FetchError> {
        match fetched.answer {
            Answer::Fresh {
                bytes,
                content_type,
            } => Ok(Document {
                url: fetched.url,
                moved: fetched.moved,
                bytes,
                content_type,
                validators: fetched.validators,
                fresh_for: fetched.fresh_for,
                links: fetched.links,
            }),
            Answer::NotModified => Err(FetchError::Status(304)),
        }
    }
}

/// The address that the reader has named for an outlet, whose host may be a private one; empty for none. The site
/// of an account's outlet is not: that is what its feed says of itself.
pub(super) fn home_of(outlet: &Outlet) -> &str {
    match (&outlet.feed, &outlet.account) {
        (Some(feed), _) => feed,
        (None, Some(_)) => "",
        (None, None) => &outlet.url,
    }
}

/// Whether anybody on the way may have written a redirect: it was asked for over http, and leads to another host.
pub(super) fn may_be_forged(from: &str, to: &str) -> bool {
    let parsed = Url::parse(from).ok().zip(Url::parse(to).ok());
    parsed.is_some_and(|(from, to)| from.scheme() == "http" && from.host_str() != to.host_str())
}

impl Fetcher<'_> {
    /// Requests a document unconditionally.
    pub(super) fn get(&self, url: &str, accept: &'static str) -> Result<Document, FetchError> {
        if let Some(permits) = self.permits
            && let Some(slot) = self.client.next_slot_at(url)
        {
            permits.release();
            self.clock.sleep_until(slot, self.client.cancel_token());
            permits.acquire();
        }
        Document::from(self.client.get(&Request::new(url, accept, self.home))?)
    }

    /// Requests an article page; of a very long one only the beginning is read.
    pub(super) fn page(&self, url: &str) -> Result<Document, FetchError> {
        let request = Request {
            enough: Some(LONGEST_PAGE),
            ..Request::new(url, ACCEPT_PAGE, self.home)
        };
        Document::from(self.client.get(&request)?)
    }
}
