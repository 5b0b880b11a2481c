//! What robots.txt allows (RFC 9309): read when needed, remembered for a day.
//! Never here: the syntax of the file (`newsprint_parse::robots`), what is requested and why.

use std::time::Duration;

use url::Url;

use super::outlet_memory::RobotsFile;
use super::requests::Fetcher;
use newsprint_fetch::{ACCEPT_TEXT, FetchError};
use newsprint_parse::robots::Robots;

/// How long a robots.txt holds (RFC 9309 section 2.4), seconds.
const ROBOTS_HOLD: i64 = 24 * 3600;

/// So long an older one holds where the file cannot be fetched (RFC 9309 section 2.4), seconds.
const ROBOTS_STALE: i64 = 30 * ROBOTS_HOLD;

/// robots.txt files that are remembered beyond their day.
const STALE_KEPT: usize = 8;

/// Of a robots.txt so much is remembered (RFC 9309 section 2.5).
const ROBOTS_KEPT: usize = 500 << 10;

/// The longest `Crawl-delay` that is kept.
const LONGEST_DELAY: Duration = Duration::from_secs(30);

/// What robots.txt says of an address.
#[derive(Debug)]
pub(super) enum Allowed {
    /// It may be asked for.
    Yes,
    /// It may not.
    No,
    /// The file could not be fetched, for this reason, so for now it may not.
    Unknown(FetchError),
}

impl Allowed {
    /// Whether the address may be asked for.
    pub(super) fn is_yes(&self) -> bool {
        matches!(self, Allowed::Yes)
    }
}

/// The sentence for a robots.txt that could not be fetched.
pub(super) fn without_robots(why: &FetchError) -> String {
    format!("could not fetch robots.txt ({why})")
}

impl Fetcher<'_> {
    /// The rules of the site at `url`, from memory for a day. Where the file cannot be fetched, the last
    /// ones hold on; without any, everything is forbidden (RFC 9309 section 2.3.1.4), but only until
    /// the next visit asks again. The outer error is that the refresh was stopped.
    pub(super) fn robots(
        &self,
        rules: &mut Vec<RobotsFile>,
        url: &str,
    ) -> Result<Result<Robots, FetchError>, FetchError> {
        let parsed = match Url::parse(url) {
            Ok(parsed) => parsed,
            Err(why) => return Ok(Err(FetchError::BadUrl(why.to_string()))),
        };
        let origin = parsed.origin().ascii_serialization();
        let now = self.clock.now().as_second();
        let said = |known: &RobotsFile| match (&known.text, &known.lost) {
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
            Ok(text) => RobotsFile {
                origin,
                at: now,
                text: Some(text),
                lost: None,
            },
            // As old as it was, so that it is asked for again.
            Err(why) => RobotsFile {
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
    pub(super) fn allowed(
        &self,
        rules: &mut Vec<RobotsFile>,
        url: &str,
    ) -> Result<Allowed, FetchError> {
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
fn forget_old(rules: &mut Vec<RobotsFile>, now: i64) {
    rules.retain(|known| match (&known.text, &known.lost) {
        (None, None) => false,
        (None, Some(_)) => true,
        (Some(_), _) => (0..ROBOTS_STALE).contains(&(now - known.at)),
    });
    let old = |known: &RobotsFile| known.lost.is_none() && now - known.at >= ROBOTS_HOLD;
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
