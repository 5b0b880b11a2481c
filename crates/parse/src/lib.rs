//! The door of parsing: bytes to plain data, never a panic, never without bounds.
//! Never here: network, store, the clock.

pub mod article;
pub(crate) mod charset;
mod dates;
pub mod discover;
pub mod feed;
pub(crate) mod limit_html;
mod lines;
pub mod listing;
pub mod newsboat_urls;
pub mod opml;
pub mod robots;

/// Why bytes could not be understood, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}{}", place.as_ref().map(|p| format!(" ({p})")).unwrap_or_default())]
pub struct ParseError {
    /// A clause: what is wrong with the document.
    pub reason: String,
    /// Where in the document, such as `line 12, column 4`.
    pub place: Option<String>,
}
