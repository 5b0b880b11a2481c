//! What a page says about its article: title, dates, authors, tags, picture, language, address.
//! Never here: the article's text.

use dom_query::Document;
use url::Url;

use crate::news::{Select, Time};

/// Every field of [`crate::news::Page`] but the text's.
#[derive(Debug, Clone, Default)]
pub(super) struct Meta {
    pub title: Option<String>,
    pub published: Option<Time>,
    pub published_local: Option<String>,
    pub updated: Option<Time>,
    pub authors: Vec<String>,
    pub tags: Vec<String>,
    pub image: Option<String>,
    pub lang: Option<String>,
    pub canonical: Option<String>,
}

/// Reads what the page says about itself.
pub(super) fn read(doc: &Document, _url: &Url, _select: &Select) -> Meta {
    let title = doc
        .select("meta[property='og:title']")
        .attr("content")
        .map(|title| title.trim().to_owned());
    Meta {
        title,
        ..Meta::default()
    }
}
