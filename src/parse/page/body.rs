//! The article's text out of a page.
//! Never here: title, dates, tags (`meta`), what markup is clean (`parse::markup`).

use dom_query::Document;
use url::Url;

use super::meta::Meta;
use super::repeats::{PageBlocks, Repeats};
use crate::news::{Partial, Select};
use crate::parse::ParseError;

/// What the page gave for the text.
#[derive(Debug, Clone, Default)]
pub(super) struct Body {
    pub html: String,
    pub partial: Option<Partial>,
    pub next: Option<String>,
    pub blocks: PageBlocks,
}

/// Finds the text.
pub(super) fn extract(
    _doc: &Document,
    html: &str,
    _url: &Url,
    _select: &Select,
    _meta: &Meta,
    _repeats: &Repeats,
) -> Result<Body, ParseError> {
    let options = trafilatura::Options::default()
        .with_focus(trafilatura::ExtractionFocus::FavorPrecision)
        .with_fallback(true)
        .with_exclude_comments(true)
        .with_html_date_mode(trafilatura::HtmlDateMode::Disabled);
    let html = trafilatura::extract(html, &options)
        .map(|result| result.content_html)
        .unwrap_or_default();
    Ok(Body {
        partial: html.is_empty().then_some(Partial::NoText),
        html,
        ..Body::default()
    })
}
