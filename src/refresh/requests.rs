//! Asking on behalf of one outlet: documents, and what robots.txt allows.
//! Never here: what is asked for and why.

use std::time::Duration;

use url::Url;

use super::outlet_memory::Rules;
use super::parse_pool::Cpu;
use super::visit::Desk;
use newsprint_fetch::{
    ACCEPT_PAGE, ACCEPT_TEXT, Answer, Body, Client, Clock, FetchError, Fetched, Request, Validators,
};
use newsprint_parse::robots::Robots;

/// How long a robots.txt holds (RFC 9309 section 2.4), seconds.
const ROBOTS_HOLD: i64 = 24 * 3600;

/// So long an older one holds where the file cannot be had (RFC 9309 section 2.4), seconds.
const ROBOTS_STALE: i64 = 30 * ROBOTS_HOLD;

/// robots.txt files that are remembered beyond their day.
const STALE_KEPT: usize = 8;

/// Of a robots.txt so much is remembered (RFC 9309 section 2.5).
const ROBOTS_KEPT: usize = 500 << 10;

/// Bytes of an article page that are read: the longest have half of it, most of it scripts, and what
/// is behind that is not read by any parser here.
const LONGEST_PAGE: u64 = 6 << 20;

/// The longest `Crawl-delay` that is kept.
const LONGEST_DELAY: Duration = Duration::from_secs(30);

/// What is needed to ask for one outlet's documents.
#[derive(Clone, Copy)]
pub(super) struct Ask<'a> {
    pub client: &'a Client,
    pub cpu: &'a Cpu,
    pub clock: &'a dyn Clock,
    /// The address that the reader configured.
    pub home: &'a str,
    /// The user agent, for robots.txt.
    pub agent: &'a str,
    /// Whose place is given back while a host's gap passes. Only for one who holds nothing heavy
    /// while asking: who waits for a place must not keep others from reading.
    pub desk: Option<&'a dyn Desk>,
}

/// What robots.txt says of an address.
#[derive(Debug)]
pub(super) enum Allowed {
    /// It may be asked for.
    Yes,
    /// It may not.
    No,
    /// The file could not be had, for this reason, so for now it may not.
    Unknown(FetchError),
}

impl Allowed {
    /// Whether the address may be asked for.
    pub(super) fn is_yes(&self) -> bool {
        matches!(self, Allowed::Yes)
    }
}

/// The sentence for a robots.txt that could not be had.
pub(super) fn without_robots(why: &FetchError) -> String {
    format!("robots.txt could not be had ({why})")
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
}

impl Document {
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
            }),
            Answer::NotModified => Err(FetchError::Status(304)),
        }
    }
}

impl Ask<'_> {
    /// Asks unconditionally.
    pub(super) fn get(&self, url: &str, accept: &'static str) -> Result<Document, FetchError> {
        if let Some(desk) = self.desk
            && let Some(gap) = self.client.gap(url)
        {
            desk.leave();
            self.clock.sleep_until(gap, self.client.stop());
            desk.enter();
        }
        Document::from(self.client.get(&Request::new(url, accept, self.home))?)
    }

    /// Asks for an article page; of a very long one only the beginning is read.
    pub(super) fn page(&self, url: &str) -> Result<Document, FetchError> {
        let request = Request {
            enough: Some(LONGEST_PAGE),
            ..Request::new(url, ACCEPT_PAGE, self.home)
        };
        Document::from(self.client.get(&request)?)
    }

    /// The rules of the site at `url`, from memory for a day. Where the file cannot be had, the last
    /// ones hold on; without any, everything is forbidden (RFC 9309 section 2.3.1.4), but only until
    /// the next visit asks again. The outer error is that the refresh was stopped.
    pub(super) fn robots(
        &self,
        rules: &mut Vec<Rules>,
        url: &str,
    ) -> Result<Result<Robots, FetchError>, FetchError> {
        let parsed = match Url::parse(url) {
            Ok(parsed) => parsed,
            Err(why) => return Ok(Err(FetchError::BadUrl(why.to_string()))),
        };
        let origin = parsed.origin().ascii_serialization();
        let now = self.clock.now().as_second();
        let said = |known: &Rules| match (&known.text, &known.lost) {
            (Some(text), _) => Ok(self.heed(text, url)),
            (None, why) => Err(why.clone().unwrap_or(FetchError::Stopped)),
        };
        forget_old(rules, now);
        let place = rules.iter().position(|known| known.origin == origin);
        if let Some(known) = place.and_then(|place| rules.get(place))
            && (known.lost.is_some() || now - known.at < ROBOTS_HOLD)
        {
            return Ok(said(known));
        }
        let text = match self.get(&format!("{origin}/robots.txt"), ACCEPT_TEXT) {
            Ok(document) => Ok(String::from_utf8_lossy(whole_lines(&document.bytes)).into_owned()),
            Err(FetchError::Stopped) => return Err(FetchError::Stopped),
            // Not there, or not to be had: everything is allowed (section 2.3.1.3).
            Err(why)
                if why
                    .status()
                    .is_some_and(|s| (400..500).contains(&s) && s != 429) =>
            {
                Ok(String::new())
            }
            Err(why) => Err(why),
        };
        let old = place.map(|place| rules.remove(place));
        let known = match text {
            Ok(text) => Rules {
                origin,
                at: now,
                text: Some(text),
                lost: None,
            },
            // As old as it was, so that it is asked for again.
            Err(why) => Rules {
                at: old.as_ref().map_or(now, |old| old.at),
                text: old.and_then(|old| old.text),
                origin,
                lost: Some(why),
            },
        };
        let robots = said(&known);
        rules.push(known);
        Ok(robots)
    }

    /// Reads the rules and keeps the pause they ask for between two requests.
    fn heed(&self, text: &str, url: &str) -> Robots {
        let robots = Robots::parse(text.as_bytes());
        if let Some(delay) = self.delay(&robots) {
            self.client.slow_down(url, delay);
        }
        robots
    }

    /// The pause that the rules ask for between two requests, as far as it is kept.
    pub(super) fn delay(&self, robots: &Robots) -> Option<Duration> {
        let delay = robots.crawl_delay(self.agent)?;
        Some(delay.min(LONGEST_DELAY))
    }

    /// Whether robots.txt lets newsprint ask for the address. The error is that the refresh was stopped.
    pub(super) fn allowed(&self, rules: &mut Vec<Rules>, url: &str) -> Result<Allowed, FetchError> {
        let robots = match self.robots(rules, url)? {
            Ok(robots) => robots,
            Err(why) => return Ok(Allowed::Unknown(why)),
        };
        let path = Url::parse(url).map(|url| match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        });
        Ok(match path {
            Ok(path) if robots.allows(self.agent, &path) => Allowed::Yes,
            _ => Allowed::No,
        })
    }
}

/// Drops what could not be had in an earlier visit, and what is too old even where nothing newer can
/// be had.
fn forget_old(rules: &mut Vec<Rules>, now: i64) {
    rules.retain(|known| match (&known.text, &known.lost) {
        (None, None) => false,
        (None, Some(_)) => true,
        (Some(_), _) => (0..ROBOTS_STALE).contains(&(now - known.at)),
    });
    let old = |known: &Rules| known.lost.is_none() && now - known.at >= ROBOTS_HOLD;
    let mut over = rules.iter().filter(|known| old(known)).count();
    over = over.saturating_sub(STALE_KEPT);
    rules.retain(|known| {
        let goes = over > 0 && old(known);
        over -= usize::from(goes);
        !goes
    });
}

/// The lines that are remembered; half a line could forbid or allow more than was meant.
fn whole_lines(file: &[u8]) -> &[u8] {
    match file.get(..ROBOTS_KEPT) {
        Some(head) if file.len() > ROBOTS_KEPT => {
            let end = head.iter().rposition(|b| matches!(b, b'\n' | b'\r'));
            &head[..end.unwrap_or(0)]
        }
        _ => file,
    }
}
