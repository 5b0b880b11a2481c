//! The door of listings: news sitemaps and headline pages to entries.
//! Never here: feeds, article pages, fetching what a listing names.

mod address;
mod attributes;
mod cards;
mod choice;
mod days;
mod declared;
mod headlines;
mod no_list;
mod order;
mod page;
mod service;
mod signs;
mod sitemap;
mod stories;
mod titles;
pub mod training;
mod weights;

pub use headlines::{Reason, explain, headlines};
pub use sitemap::{Child, Sitemap, keep_part, sitemap};

use std::collections::HashSet;

use url::Url;

use newsprint_html::safe_text;
use newsprint_model::Time;

/// What is known of a page of headlines from before it is read.
///
/// ```
/// use newsprint_model::{Select, address_key};
/// use newsprint_parse::listing::{Earlier, headlines};
///
/// let page = br#"<ul><li><a href="/2024/bridge-opens">Bridge opens</a><li><a href="/2024/river-low">River low</a>
///     <li><a href="/x/mayor">Mayor back</a></ul>"#;
/// let mut earlier = Earlier::default();
/// let listed = |earlier: &Earlier| {
///     headlines(page, None, "https://valley.example/", &Select::default(), earlier).unwrap().entries.len()
/// };
/// assert_eq!(listed(&earlier), 0);
/// for path in ["2024/bridge-opens", "2024/river-low", "x/mayor"] {
///     earlier.articles.insert(address_key(&format!("https://valley.example/{path}")));
/// }
/// assert_eq!(listed(&earlier), 3);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Earlier {
    /// The moment of the fetch, against which `3 hours ago` and `12 June` are read; without it they are none.
    pub fetched: Option<Time>,
    /// Addresses (as `newsprint_model::address_key` writes them) whose pages were read and are articles.
    pub articles: HashSet<String>,
}

impl Earlier {
    /// Nothing but the moment of the fetch.
    pub fn at(fetched: Time) -> Earlier {
        Earlier {
            fetched: Some(fetched),
            ..Earlier::default()
        }
    }
}

/// Tags in their order, cleaned, without those that differ only in case, nor any that is no tag by its length.
fn tags<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for name in names.take(200) {
        let name = safe_text::line(name);
        let folded = name.to_lowercase();
        if !name.is_empty()
            && name.chars().count() <= 80
            && out.iter().all(|tag| tag.to_lowercase() != folded)
            && out.len() < 40
        {
            out.push(name);
        }
    }
    out
}

/// Whether an address looks like that of an article: a slug of several words, a date, a number.
/// Home, sections, 'about us' and the like have short names.
pub(super) fn article_address(url: &Url) -> bool {
    let segments: Vec<&str> = url
        .path_segments()
        .map(|parts| parts.filter(|part| !part.is_empty()).collect())
        .unwrap_or_default();
    let Some(last) = segments.last() else {
        return url
            .query()
            .is_some_and(|query| query.bytes().filter(u8::is_ascii_digit).count() >= 3);
    };
    let stem = last.rsplit_once('.').map_or(*last, |(stem, _)| stem);
    let words = stem
        .split(['-', '_', '+'])
        .filter(|word| !word.is_empty())
        .count();
    let digits = url.path().bytes().filter(u8::is_ascii_digit).count();
    words >= 4 || digits >= 4 || (words >= 3 && segments.len() >= 2) || stem.len() >= 40
}
