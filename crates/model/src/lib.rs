//! What a news reader speaks of, as plain data: outlets, sources, entries, articles, tags, marks; and
//! the rules that need nothing but data: addresses and names compared, queries read, articles merged.
//! Never here: files, network, SQL, HTML, the clock.
//!
//! ```
//! use newsprint_model::query::{self, Is};
//! use newsprint_model::{address_key, fold, nearest, without_password};
//!
//! // A query, read and written again.
//! let query = query::parse("tag:Economy (oil or gas) -is:read since:2d").unwrap();
//! assert!(query.has_text() && query.asks_for_tag("economy"));
//! assert_eq!(query.with_is(Is::Starred).to_string(),
//!            "tag:Economy (oil or gas) -is:read since:2d is:starred");
//! let error = query::parse("tga:x").unwrap_err();
//! assert_eq!(error.to_string(), "column 1: unknown field `tga:`; did you mean `tag:`?");
//!
//! // Addresses that are one have one key; what is secret in them is not shown.
//! assert_eq!(address_key("HTTP://Paper.example:80/news/"), address_key("https://paper.example/news"));
//! assert_eq!(without_password("https://me:pw@paper.example/"), "https://***@paper.example/");
//!
//! // Names compare without case and accents, and slips of typing are seen through.
//! assert_eq!(fold("Évening Post"), "evening post");
//! assert_eq!(nearest("evenign", ["Évening", "Morning"].into_iter()), Some("Évening"));
//! ```

mod address;
pub mod fingerprint;
pub mod identity;
pub mod limits;
pub mod merge;
mod names;
pub mod query;
pub mod remote;

use std::fmt;
use std::str::FromStr;

pub use address::{address_key, without_number, without_password};
pub use names::{fold, fold_char, nearest};

/// A moment, to the microsecond at best; printed as RFC 3339.
pub type Time = jiff::Timestamp;

/// `2024-06-12 14:02` in the zone of this machine, as clocks on the wall say it.
pub fn local_minute(time: Time) -> String {
    let local = time.to_zoned_datetime(jiff::tz::TimeZone::system());
    local.strftime("%Y-%m-%d %H:%M").to_string()
}

/// What the reader configured: a site to read, and how.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outlet {
    /// Unique among the configured outlets; what queries and commands call it.
    pub name: String,
    /// A home page, a section page, a feed or a sitemap: discovery finds the rest.
    pub url: String,
    /// A source pinned by the reader; discovery is skipped.
    pub feed: Option<String>,
    /// When the article pages are fetched.
    pub full_text: FullText,
    /// Tags added to every article of the outlet.
    pub tags: Vec<String>,
    /// The group the outlet belongs to (`refresh --group`).
    pub group: Option<String>,
    /// Not refreshed; its articles stay in lists.
    pub paused: bool,
    /// CSS selectors that override the automatic ones.
    pub select: Select,
    /// The account whose server reads its feed; `None` for the reader's own.
    pub account: Option<String>,
}

/// CSS selectors that override, part by part, what newsprint finds by itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Select {
    /// Links to articles on a headline page.
    pub headlines: Option<String>,
    /// The title on an article page.
    pub title: Option<String>,
    /// The date on an article page.
    pub date: Option<String>,
    /// The tags on an article page, one element each or a separated list.
    pub tags: Option<String>,
    /// The author on an article page.
    pub author: Option<String>,
    /// The element or elements that hold the text.
    pub body: Option<String>,
    /// Elements to drop from the text.
    pub remove: Vec<String>,
}

/// Whether article pages are fetched for their text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FullText {
    /// Where the feed's own text is not complete.
    #[default]
    Auto,
    /// For every article.
    Always,
    /// For none: what the feed gives is the text.
    Never,
}

/// How long articles are kept; nothing set keeps all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Keep {
    /// Days since first seen.
    pub days: Option<u32>,
    /// Newest articles of each outlet.
    pub count: Option<u32>,
}

/// How an outlet is read; found by discovery, remembered by the store.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Source {
    /// RSS, Atom, RDF or JSON Feed at this URL.
    Feed(String),
    /// A news sitemap at this URL.
    NewsSitemap(String),
    /// A page of headlines at this URL.
    HeadlinePage(String),
}

impl Source {
    /// The address that is asked.
    pub fn url(&self) -> &str {
        match self {
            Source::Feed(url) | Source::NewsSitemap(url) | Source::HeadlinePage(url) => url,
        }
    }

    /// The contract's word for the kind: `feed`, `news-sitemap` or `headline-page`.
    pub fn kind(&self) -> &'static str {
        match self {
            Source::Feed(_) => "feed",
            Source::NewsSitemap(_) => "news-sitemap",
            Source::HeadlinePage(_) => "headline-page",
        }
    }

    /// The kind for people: `feed`, `news sitemap` or `headline page`.
    pub fn in_words(&self) -> &'static str {
        match self {
            Source::Feed(_) => "feed",
            Source::NewsSitemap(_) => "news sitemap",
            Source::HeadlinePage(_) => "headline page",
        }
    }

    /// The inverse of [`Source::kind`] and [`Source::url`].
    pub fn from_kind(kind: &str, url: &str) -> Option<Source> {
        let url = url.to_owned();
        match kind {
            "feed" => Some(Source::Feed(url)),
            "news-sitemap" => Some(Source::NewsSitemap(url)),
            "headline-page" => Some(Source::HeadlinePage(url)),
            _ => None,
        }
    }

    /// The same kind of source at another address (after a permanent redirect).
    pub fn moved_to(&self, url: &str) -> Source {
        match self {
            Source::Feed(_) => Source::Feed(url.to_owned()),
            Source::NewsSitemap(_) => Source::NewsSitemap(url.to_owned()),
            Source::HeadlinePage(_) => Source::HeadlinePage(url.to_owned()),
        }
    }
}

/// One parsed source document; transient, never stored as such.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Feed {
    /// The document's own title.
    pub title: Option<String>,
    /// The declared language, as written (`de`, `en-GB`).
    pub lang: Option<String>,
    /// The site that the feed says it belongs to.
    pub site: Option<String>,
    /// `<ttl>`, minutes (RSS 2.0).
    pub ttl_minutes: Option<u32>,
    /// `<skipHours>`, 0 to 23, GMT (RSS 2.0).
    pub skip_hours: Vec<u8>,
    /// `<skipDays>`, 0 = Monday to 6 = Sunday, GMT (RSS 2.0).
    pub skip_days: Vec<u8>,
    /// The entries in document order.
    pub entries: Vec<Entry>,
    /// What had to be mended or left out, one sentence each.
    pub repairs: Vec<String>,
}

/// One item of a source; transient.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Entry {
    /// The outlet's own identifier, if it gave one.
    pub guid: Option<String>,
    /// Absolute http(s) address of the article page.
    pub url: Option<String>,
    /// One clean line; empty when the source gave none.
    pub title: String,
    /// When it was published.
    pub published: Option<Time>,
    /// Whether `published` was said against the moment of the fetch (`3 hours ago`): the next fetch would move it.
    pub approximate: bool,
    /// When it was last changed.
    pub updated: Option<Time>,
    /// Names, in the outlet's order.
    pub authors: Vec<String>,
    /// The outlet's own categories, its order and spelling.
    pub tags: Vec<String>,
    /// The teaser, as HTML, raw: it has not passed `newsprint_html::sanitize::clean`.
    pub summary: Option<String>,
    /// The text, as HTML, raw: it has not passed `newsprint_html::sanitize::clean`.
    pub content: Option<String>,
    /// Address of a picture.
    pub image: Option<String>,
    /// The declared language.
    pub lang: Option<String>,
    /// Address of the discussion of it (RSS `comments`, Atom `replies`).
    pub comments: Option<String>,
    /// Sounds, films, pictures and files that come along, in the source's order.
    pub media: Vec<Media>,
}

/// A sound, film, picture or file that comes with an article (RSS and Atom enclosures, Media RSS, JSON Feed
/// attachments, Podcasting 2.0 chapters and transcripts).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Media {
    /// Absolute address: http(s), or of a scheme that other programs open (`magnet:`).
    pub url: String,
    /// Its media type as declared (`audio/mpeg`), or what its medium or ending says (`image`); else empty.
    pub kind: String,
    /// What the source calls or describes it as, one clean line; else empty.
    pub title: String,
    /// Its size in bytes.
    pub bytes: Option<u64>,
    /// How long it plays, in seconds.
    pub seconds: Option<u32>,
    /// What it is to the article.
    pub role: MediaRole,
}

/// What a file is to its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum MediaRole {
    /// It comes along: the episode, the picture.
    #[default]
    Enclosure,
    /// The chapters of the episode.
    Chapters,
    /// What is said in the episode.
    Transcript,
}

impl MediaRole {
    /// `enclosure`, `chapters` or `transcript`.
    pub fn as_str(self) -> &'static str {
        match self {
            MediaRole::Enclosure => "enclosure",
            MediaRole::Chapters => "chapters",
            MediaRole::Transcript => "transcript",
        }
    }
}

impl Media {
    /// Whether it is a sound.
    pub fn is_audio(&self) -> bool {
        self.role == MediaRole::Enclosure && self.is("audio")
    }

    /// Whether it is a film.
    pub fn is_video(&self) -> bool {
        self.role == MediaRole::Enclosure && self.is("video")
    }

    /// Whether it is a picture.
    pub fn is_image(&self) -> bool {
        self.role == MediaRole::Enclosure && self.is("image")
    }

    fn is(&self, medium: &str) -> bool {
        let kind = self.kind.split('/').next().unwrap_or_default();
        kind.eq_ignore_ascii_case(medium)
    }
}

/// What an article page gave.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// The headline.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<Time>,
    /// Whether `published` was said against the moment of the fetch (`3 hours ago`): the next fetch would move it.
    pub approximate: bool,
    /// `published` as the page wrote it, where that names a day only or has a zone (for display).
    pub published_local: Option<String>,
    /// When it was last changed.
    pub updated: Option<Time>,
    /// Names, in the page's order.
    pub authors: Vec<String>,
    /// The outlet's own categories: its order and spelling, no duplicates that differ only in case.
    pub tags: Vec<String>,
    /// Absolute address of the leading picture.
    pub image: Option<String>,
    /// The language the page declares.
    pub lang: Option<String>,
    /// The address the page says is its own.
    pub canonical: Option<String>,
    /// The article's text as clean HTML: only text markup, absolute addresses, no tracking.
    pub body: String,
    /// Why the text is not the whole article (paywall, consent wall, error page), if it is not.
    pub partial: Option<Partial>,
    /// Another page where this article goes on, if it is split over pages.
    pub next: Option<String>,
}

/// Why a page's text is not the whole article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Partial {
    /// Only the beginning is free to read.
    Paywall,
    /// A consent or cookie dialogue stands where the article would.
    Consent,
    /// An error page that was sent as if it were an article.
    ErrorPage,
    /// Nothing on the page reads like an article.
    NoText,
    /// A log-in stands where the article would.
    Login,
    /// The server asks whether a person or a program reads.
    Challenge,
    /// The page is closed to the reader's country.
    Region,
    /// The page sends its readers to an app.
    App,
    /// The page is a video with a line of text.
    Video,
    /// The outlet sent its home page in the article's place.
    HomePage,
    /// A page that is not this article, for no reason that can be told.
    OtherPage,
}

const PARTIALS: [Partial; 11] = [
    Partial::Paywall,
    Partial::Consent,
    Partial::ErrorPage,
    Partial::NoText,
    Partial::Login,
    Partial::Challenge,
    Partial::Region,
    Partial::App,
    Partial::Video,
    Partial::HomePage,
    Partial::OtherPage,
];

impl Partial {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Partial::Paywall => "paywall",
            Partial::Consent => "consent",
            Partial::ErrorPage => "error-page",
            Partial::NoText => "no-text",
            Partial::Login => "login",
            Partial::Challenge => "challenge",
            Partial::Region => "region",
            Partial::App => "app",
            Partial::Video => "video",
            Partial::HomePage => "home-page",
            Partial::OtherPage => "other-page",
        }
    }

    /// The inverse of [`Partial::as_str`].
    pub fn from_word(word: &str) -> Option<Partial> {
        PARTIALS
            .into_iter()
            .find(|partial| partial.as_str() == word)
    }

    /// The sentence the reader sees in the article's header.
    pub fn sentence(self) -> &'static str {
        match self {
            Partial::Paywall => "The outlet shows only the beginning to readers who do not pay.",
            Partial::Consent => "The outlet requires consent to show the article.",
            Partial::ErrorPage => "The outlet answered with an error page.",
            Partial::NoText => "No article text was found on the page.",
            Partial::Login => "The outlet requires a login to show the article.",
            Partial::Challenge => "The outlet checks whether a person reads, and sent no article.",
            Partial::Region => "The outlet does not show the article in this country.",
            Partial::App => "The outlet shows the article in its app only.",
            Partial::Video => "The page is a video.",
            Partial::HomePage => "The outlet sent its home page instead of the article.",
            Partial::OtherPage => "The page that answered is not this article.",
        }
    }
}

/// The number of an article: stable, short, never used twice. Printed in decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(pub i64);

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for ArticleId {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(ArticleId)
    }
}

/// The number of a story: that of the article that began it. Printed in decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoryId(pub i64);

impl fmt::Display for StoryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for StoryId {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(StoryId)
    }
}

/// How much of an article's text is in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum TextState {
    /// Title only.
    #[default]
    None,
    /// A teaser, or the part that is free to read.
    Excerpt,
    /// The whole article.
    Full,
}

impl TextState {
    /// The contract's word: `full`, `excerpt` or `none`.
    pub fn as_str(self) -> &'static str {
        match self {
            TextState::None => "none",
            TextState::Excerpt => "excerpt",
            TextState::Full => "full",
        }
    }
}

/// An article without its body: what lists show.
#[derive(Debug, Clone, PartialEq)]
pub struct Headline {
    /// Its number.
    pub id: ArticleId,
    /// What names it among the articles of its outlet in any database: a hash of what its source calls it.
    pub key: i64,
    /// Name of its outlet.
    pub outlet: String,
    /// One clean line.
    pub title: String,
    /// Address of the article page; empty when the source gave none.
    pub url: String,
    /// When the outlet says it was published.
    pub published: Option<Time>,
    /// When the outlet says it was last changed.
    pub updated: Option<Time>,
    /// When newsprint first saw it.
    pub first_seen: Time,
    /// The place in lists: `published` (else `first_seen`) as it was when first seen, microseconds.
    pub sort: i64,
    /// The outlet's order.
    pub tags: Vec<String>,
    /// Names joined by `, `; empty when unknown.
    pub author: String,
    /// Whether it has been read.
    pub read: bool,
    /// Whether it is starred.
    pub starred: bool,
    /// Whether the outlet changed it in substance after it was first stored.
    pub changed: bool,
    /// How much of the text is there.
    pub text: TextState,
    /// Number of words of the text.
    pub words: u32,
    /// ISO 639-1 code, empty when unknown.
    pub lang: String,
    /// The sound or film that comes with it; where it has both, the film.
    pub medium: Option<query::Medium>,
}

impl Headline {
    /// Where it stands in a list sorted by date.
    pub fn cursor(&self) -> Cursor {
        Cursor {
            sort: self.sort,
            id: self.id,
        }
    }

    /// Minutes to read it at 220 words a minute, at least one.
    pub fn minutes(&self) -> u32 {
        (self.words / 220).max(1)
    }
}

/// A place in a list sorted by date; survives articles coming and going.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cursor {
    /// See [`Headline::sort`].
    pub sort: i64,
    /// Tells apart what has the same date.
    pub id: ArticleId,
}

/// A news story with its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// Its headline fields.
    pub headline: Headline,
    /// Clean HTML; empty when [`TextState::None`].
    pub body: String,
    /// Why the text is not whole, if the outlet's page said so.
    pub partial: Option<Partial>,
    /// Absolute address of the leading picture.
    pub image: Option<String>,
    /// How far the reader has come, 0 to 10,000 hundredths of a percent.
    pub position: u32,
    /// How many earlier texts are kept.
    pub revisions: u32,
    /// Sounds, films, pictures and files that come along.
    pub media: Vec<Media>,
}

impl Article {
    /// Its address: that of its page, else one of another scheme (`gemini:`, `magnet:`), else that of the first
    /// of its files.
    pub fn address(&self) -> Option<&str> {
        if !self.headline.url.is_empty() {
            return Some(&self.headline.url);
        }
        let is_web = |media: &&Media| {
            let scheme = media.url.split(':').next().unwrap_or_default();
            ["http", "https"]
                .iter()
                .any(|web| scheme.eq_ignore_ascii_case(web))
        };
        let other = self.media.iter().find(|media| !is_web(media));
        other.or(self.media.first()).map(|media| media.url.as_str())
    }
}

/// An earlier text of an article that the outlet has changed since.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// Until when it was the article's text.
    pub replaced: Time,
    /// The title then.
    pub title: String,
    /// The clean HTML then.
    pub body: String,
}

/// A tag with its counts under some query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagCount {
    /// The outlet's spelling (the one most of its articles use).
    pub tag: String,
    /// Articles that carry it.
    pub total: u64,
    /// Those not yet read.
    pub unread: u64,
}

/// Two numbers that stand beside every list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Articles.
    pub total: u64,
    /// Those not yet read.
    pub unread: u64,
}

/// A change of the reader's own marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Has been read.
    Read,
    /// Has not been read.
    Unread,
    /// Is worth keeping.
    Star,
    /// Is not starred.
    Unstar,
}

impl Mark {
    /// The mark that takes this one back.
    pub fn opposite(self) -> Mark {
        match self {
            Mark::Read => Mark::Unread,
            Mark::Unread => Mark::Read,
            Mark::Star => Mark::Unstar,
            Mark::Unstar => Mark::Star,
        }
    }
}

/// How an outlet is doing, as the outlets pane and `outlets` show it.
#[derive(Debug, Clone, PartialEq)]
pub struct Health {
    /// Name of the outlet.
    pub outlet: String,
    /// The account whose server reads its feed; `None` for the reader's own.
    pub account: Option<String>,
    /// The configured address.
    pub url: String,
    /// The source in use; `None` before the first discovery.
    pub source: Option<Source>,
    /// The last refresh that reached the outlet and understood it.
    pub last_success: Option<Time>,
    /// Why the last refresh failed; `None` when it did not.
    pub last_error: Option<String>,
    /// Since when every refresh has failed.
    pub failing_since: Option<Time>,
    /// The last HTTP status.
    pub status: Option<u16>,
    /// Not to be asked before this moment.
    pub next_fetch: Option<Time>,
    /// Polling has stopped for good (410): why.
    pub stopped: Option<String>,
    /// What the last visit had to tell although it succeeded, a sentence each.
    pub notes: Vec<String>,
    /// Of an account's outlet: marks that wait for its server, and since when.
    pub waiting: Option<(u64, Time)>,
    /// Articles and unread ones.
    pub counts: Counts,
}
