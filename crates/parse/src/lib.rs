//! The door of parsing: bytes to plain data, never a panic, never without bounds.
//! Never here: network, store, the clock.

pub mod article;
pub(crate) mod charset;
mod dates;
pub mod discover;
mod double_utf8;
mod feed;
pub(crate) mod limit_html;
mod lines;
pub mod listing;
pub mod newsboat_urls;
pub mod opml;
pub mod robots;

pub use feed::read_feed;

/// The article of a page: title, dates, authors, tags, picture and its text as clean HTML.
///
/// `html` are the page's bytes in whatever encoding, `url` the address that they came from (after redirects). What an
/// outlet's own selectors and its other pages tell besides is for [`article::read`]. The work is bounded by the size of
/// what is read, not by time; call it on a thread with 2 MB of stack or more, as threads have that are not told
/// otherwise.
///
/// ```
/// let html = br#"<title>Bridge opens - Valley Post</title><article><h1>Bridge opens</h1>
///     <p class=byline>By Nino Example</p><time datetime="2024-06-12">12 June 2024</time>
///     <p>The new bridge over the river opened on Monday, and children from both banks were the first to cross it.</p>
///     <p>Traffic will be limited to buses and bicycles until the end of the month, the council said.</p></article>
///     <footer><a href="/imprint">Imprint</a></footer>"#;
/// let page = newsprint_parse::extract(html, "https://valley.example/bridge-opens")?;
/// assert_eq!(page.title.as_deref(), Some("Bridge opens"));
/// assert_eq!(page.authors, ["Nino Example"]);
/// assert!(page.body.contains("<p>The new bridge over the river"));
/// # Ok::<(), newsprint_parse::ParseError>(())
/// ```
///
/// # Errors
/// If `url` is not a valid address or the markup broke the parser.
pub fn extract(html: &[u8], url: &str) -> Result<newsprint_model::Page, ParseError> {
    article::parse(html, None, url, &Default::default(), &Default::default())
}

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
