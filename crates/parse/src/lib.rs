//! The door of parsing: bytes to plain data, never a panic, never without bounds.
//! Never here: network, store, the clock.

pub mod article;
pub(crate) mod charset;
mod dates;
pub mod discover;
mod feed;
pub(crate) mod limit_html;
mod lines;
pub mod listing;
pub mod newsboat_urls;
pub mod opml;
pub mod robots;

pub use feed::read_feed;

/// What a page offers as sources: the feeds it names, the likeliest first, and where sources usually lie.
///
/// `url` is the address that the page came from (after redirects); nothing is asked. Headlines of the page itself
/// are read by [`listing::headlines`].
///
/// ```
/// let html = r#"<title>Valley Post</title><link rel="alternate" type="application/rss+xml" title="Rivers" href="/rivers/feed">"#;
/// let found = newsprint_parse::find_sources(html, "https://valley.example/rivers/");
/// assert_eq!(found.feeds[0].url, "https://valley.example/rivers/feed");
/// assert_eq!(found.feeds[0].title.as_deref(), Some("Rivers"));
/// assert!(found.usual_sitemaps.contains(&"https://valley.example/sitemap.xml".to_owned()));
/// ```
pub fn find_sources(html: &str, url: &str) -> discover::Found {
    discover::look(html.as_bytes(), Some("text/html; charset=utf-8"), url)
}

/// Why bytes could not be understood, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}{}", place.as_ref().map(|p| format!(" ({p})")).unwrap_or_default())]
pub struct ParseError {
    /// A clause: what is wrong with the document.
    pub reason: String,
    /// Where in the document, such as `line 12, column 4`.
    pub place: Option<String>,
}
