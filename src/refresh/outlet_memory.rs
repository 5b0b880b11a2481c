//! What a refresh remembers of an outlet besides its articles, as the store's opaque text: pages
//! still to be fetched, rules of robots.txt, what the feed's own text is worth.
//! Never here: anything that another room has to understand.

use serde::{Deserialize, Serialize};

use super::full_text::FeedText;
use super::shared_pages::SharedPages;
use newsprint_fetch::FetchError;
use newsprint_fetch::schedule::ScheduleHints;
use newsprint_model::Time;

/// Pages that wait at most; what does not fit is asked for by the reader's `x`.
const MAX_WAITING: usize = 1_000;

/// A page is requested so often before its article stays as it is.
const MAX_TRIES: u8 = 5;

/// The longest that an outlet can ask for (see `newsprint_fetch::schedule`), and that a page waits, seconds.
const LONGEST_ASKED: i64 = 10 * 24 * 3600;
const LONGEST_WAIT: i64 = 31 * 24 * 3600;

/// So often a page is requested again that was not the article.
const MAX_WALLS: u8 = 3;

/// See the module's first lines.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct CrawlState {
    /// The address that gave the validators, where a temporary redirect led elsewhere.
    pub validated_url: Option<String>,
    /// What the feed's own text has been found to be worth.
    pub feed_text: FeedText,
    /// Article pages to be fetched later, oldest first.
    pub waiting: Vec<Waiting>,
    /// Pages that were believed of late.
    pub pages: SharedPages,
    /// robots.txt files, each for a day (RFC 9309 section 2.4).
    pub robots: Vec<RobotsFile>,
    /// The source has given entries before.
    pub had_entries: bool,
    /// When a source that had stopped giving entries was last looked for elsewhere, seconds.
    pub looked: Option<i64>,
    /// Sources that answered 410; never asked again.
    pub gone: Vec<String>,
    /// What the source calls itself.
    pub title: Option<String>,
    /// The language the source declares.
    pub lang: Option<String>,
    /// Until when the outlet itself asked not to be asked again, seconds; what was stored beyond it
    /// is the reader's own interval, which may have become shorter since.
    pub asked_until: Option<i64>,
    /// `<ttl>`, `<skipHours>`, `<skipDays>`, which hold for answers without a body too.
    #[serde(rename = "wishes")]
    pub hints: ScheduleHints,
    /// Where the source has moved, and since when.
    pub moved: Option<Moved>,
    /// The source has answered from a public address.
    pub public: bool,
    /// The pinned source that the source in use comes from.
    pub pinned: Option<String>,
    /// The last visit ended in the middle of its pages.
    pub unfinished: bool,
}

/// A permanent redirect of the source.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct Moved {
    /// The address that redirects.
    pub from: String,
    /// Where to.
    pub to: String,
    /// When that was first seen, seconds.
    pub at: i64,
    /// It is asked there from now on.
    pub followed: bool,
}

/// An article whose page has still to be fetched.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct Waiting {
    /// The page.
    pub url: String,
    /// The outlet's identifier, to find the article by.
    #[serde(default)]
    pub guid: Option<String>,
    /// The whole text was there, of an entry that has changed since.
    #[serde(default)]
    pub renews: bool,
    /// It is another site's page.
    #[serde(default)]
    pub foreign: bool,
    /// How often it was asked for.
    #[serde(default)]
    pub tries: u8,
    /// How often something else than the article came.
    #[serde(default)]
    pub walls: u8,
    /// Not before, seconds.
    #[serde(default)]
    pub after: i64,
}

/// A robots.txt.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct RobotsFile {
    /// Scheme, host and port.
    pub origin: String,
    /// When it was fetched, seconds.
    pub at: i64,
    /// The file; `None` when it could not be fetched and so everything is forbidden for now.
    pub text: Option<String>,
    /// Why it could not be fetched in this visit; the next one asks again.
    #[serde(skip)]
    pub lost: Option<FetchError>,
}

impl CrawlState {
    /// What an earlier refresh wrote; anything else is nothing.
    pub(super) fn read(text: &str) -> CrawlState {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// Brings back what was stored while the clock was ahead: times that no rule can have put there.
    pub(super) fn heal(&mut self, now: Time, clock_was_ahead: bool) {
        let now = now.as_second();
        if self.looked.is_some_and(|at| at > now) {
            self.looked = None;
        }
        if clock_was_ahead || self.asked_until.is_some_and(|at| at > now + LONGEST_ASKED) {
            self.asked_until = None;
        }
        for page in &mut self.waiting {
            if clock_was_ahead || page.after > now + LONGEST_WAIT {
                page.after = page.after.min(now);
            }
        }
    }

    /// For the store.
    pub(super) fn write(&self) -> String {
        if *self == CrawlState::default() {
            return String::new();
        }
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Whether any page is to be fetched now.
    pub(super) fn is_due(&self, now: Time) -> bool {
        self.waiting
            .iter()
            .any(|page| page.after <= now.as_second())
    }

    /// What is due, oldest first, `limit` at most. It waits on until [`CrawlState::done`].
    pub(super) fn due(&self, now: Time, limit: usize) -> Vec<Waiting> {
        let now = now.as_second();
        let due = self.waiting.iter().filter(|page| page.after <= now);
        due.take(limit).cloned().collect()
    }

    /// Puts a page off that has not been asked for yet; one that waits already keeps its place.
    pub(super) fn enqueue(&mut self, page: Waiting) {
        if self.waiting.len() < MAX_WAITING && !self.waiting.iter().any(|w| w.url == page.url) {
            self.waiting.push(page);
        }
    }

    /// Puts a page off that is not to be asked for before the moment.
    pub(super) fn enqueue_after(&mut self, mut page: Waiting, until: Time) {
        page.after = until.as_second();
        self.done(&page.url);
        self.enqueue(page);
    }

    /// The page need not be fetched any more.
    pub(super) fn done(&mut self, url: &str) {
        self.waiting.retain(|page| page.url != url);
    }

    /// Remembers that a page was not the article: again after 1, 3 and 9 days, then never.
    pub(super) fn retry_in_days(&mut self, mut page: Waiting, now: Time) {
        page.walls += 1;
        self.done(&page.url);
        if page.walls > MAX_WALLS {
            return;
        }
        let days = 3i64.pow(u32::from(page.walls) - 1);
        page.after = now.as_second() + days * 24 * 3600;
        self.enqueue(page);
    }

    /// Remembers that a page could not be fetched: again after 1, 4, 16 and 64 hours, then never.
    /// `for_good` is for answers that will not change (404, 410, 403), which get one more try.
    pub(super) fn retry_later(&mut self, mut page: Waiting, now: Time, for_good: bool) {
        page.tries = match for_good {
            true => page.tries.max(MAX_TRIES - 2) + 1,
            false => page.tries + 1,
        };
        self.done(&page.url);
        if page.tries >= MAX_TRIES {
            return;
        }
        let hours = 4i64.pow(u32::from(page.tries) - 1);
        page.after = now.as_second() + hours * 3600;
        self.enqueue(page);
    }
}
