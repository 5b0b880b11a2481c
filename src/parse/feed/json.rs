//! JSON Feed 1.0 and 1.1, also where its types are wrong or its end is missing, to the canonical Atom.
//! Never here: other JSON.

use serde_json::{Map, Value};
use url::Url;

use super::atom::{Draft, Rank, Text, Writer};
use super::mend::{Mended, address};
use super::scan::escape;
use super::{Extras, dates};
use crate::parse::ParseError;

/// Rewrites a JSON Feed. `base` is where it was found.
pub(super) fn mend(text: &str, base: Option<&Url>) -> Result<Mended, ParseError> {
    let mut extras = Extras::default();
    let document = match serde_json::from_str::<Value>(text) {
        Ok(document) => document,
        Err(error) => match salvage(text) {
            Some(document) => {
                extras
                    .repairs
                    .push(format!("The document is damaged: {error}."));
                document
            }
            None => {
                return Err(ParseError {
                    reason: format!("not a feed: {}", reason(&error)),
                    place: Some(format!("line {}, column {}", error.line(), error.column())),
                });
            }
        },
    };
    let items = document.get("items").and_then(Value::as_array);
    let version = document.get("version").and_then(Value::as_str);
    let Some(fields) = document
        .as_object()
        .filter(|_| items.is_some() || version.is_some_and(|version| version.contains("jsonfeed")))
    else {
        return Err(super::not_a_feed(
            "it is JSON, but not a JSON Feed",
            text,
            0,
        ));
    };

    let mut feed = Draft {
        title: plain(fields, "title").map(Text::Plain),
        ..Draft::default()
    };
    offer_link(&mut feed, fields, "home_page_url", Rank::Alternate, base);
    extras.lang = plain(fields, "language");

    let mut out = Writer::new(text.len());
    let feed_authors = authors(fields);
    let mut strange = 0;
    for item in items.into_iter().flatten() {
        let Some(item) = item.as_object() else {
            strange += 1;
            continue;
        };
        let entry = entry(item, &feed_authors, base);
        extras.entry_langs.push(entry.lang.clone());
        out.entry(&entry);
    }
    if strange > 0 {
        extras.repairs.push(format!(
            "{strange} items were not objects and were left out."
        ));
    }
    Ok(Mended {
        atom: out.finish(&feed),
        extras,
    })
}

fn entry(item: &Map<String, Value>, feed_authors: &[String], base: Option<&Url>) -> Draft {
    let mut entry = Draft {
        guid: plain(item, "id"),
        title: plain(item, "title").map(Text::Plain),
        published: date(item, "date_published"),
        updated: date(item, "date_modified"),
        authors: authors(item),
        spare_authors: feed_authors.to_vec(),
        tags: item
            .get("tags")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(text_of)
            .collect(),
        content: plain(item, "content_html"),
        lang: plain(item, "language"),
        ..Draft::default()
    };
    if entry.content.is_none() {
        entry.content = plain(item, "content_text").map(|text| as_html(&text));
    }
    entry.summary = plain(item, "summary").map(|text| as_html(&text));
    offer_link(&mut entry, item, "url", Rank::Alternate, base);
    offer_link(&mut entry, item, "external_url", Rank::OtherAlternate, base);
    // An id that is an address is the article's (JSON Feed 1.1, `id`).
    if let Some(guid) = entry.guid.clone().filter(|guid| guid.starts_with("http"))
        && let Some(url) = address(&guid, base)
    {
        entry.offer_link(url, Rank::Permalink);
    }
    for (name, rank) in [("image", Rank::Picture), ("banner_image", Rank::Enclosure)] {
        if let Some(url) = plain(item, name).and_then(|url| address(&url, base)) {
            entry.offer_image(url, rank);
        }
    }
    entry
}

fn offer_link(
    draft: &mut Draft,
    fields: &Map<String, Value>,
    name: &str,
    rank: Rank,
    base: Option<&Url>,
) {
    if let Some(url) = plain(fields, name).and_then(|url| address(&url, base)) {
        draft.offer_link(url, rank);
    }
}

/// A field's text; a number where a text should be is read as it is written.
fn plain(fields: &Map<String, Value>, name: &str) -> Option<String> {
    fields.get(name).and_then(text_of)
}

fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.trim().is_empty()).then_some(text)
}

fn date(fields: &Map<String, Value>, name: &str) -> Option<crate::news::Time> {
    dates::parse(&plain(fields, name)?)
}

/// `authors` of 1.1, `author` of 1.0.
fn authors(fields: &Map<String, Value>) -> Vec<String> {
    let many = fields.get("authors").and_then(Value::as_array);
    let one = fields.get("author");
    many.into_iter()
        .flatten()
        .chain(one)
        .filter_map(|author| match author {
            Value::Object(author) => plain(author, "name"),
            author => text_of(author),
        })
        .collect()
}

/// Plain text as HTML: paragraphs where lines are empty.
fn as_html(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    for paragraph in text.split("\n\n").filter(|part| !part.trim().is_empty()) {
        html.push_str("<p>");
        for (count, line) in paragraph.trim().lines().enumerate() {
            if count > 0 {
                html.push_str("<br>");
            }
            escape(line, &mut html);
        }
        html.push_str("</p>");
    }
    html
}

fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    // Its place is said beside it.
    text.split(" at line ")
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// The whole items of a document that is broken further on.
fn salvage(text: &str) -> Option<Value> {
    let start = text.find("\"items\"")?;
    let mut rest = text[start + 7..]
        .trim_start()
        .strip_prefix(':')?
        .trim_start()
        .strip_prefix('[')?;
    let mut items = Vec::new();
    loop {
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        let Some(Ok(item)) = stream.next() else {
            break;
        };
        let read = stream.byte_offset();
        items.push(item);
        rest = match rest[read..].trim_start().strip_prefix(',') {
            Some(rest) => rest,
            None => break,
        };
    }
    if items.is_empty() {
        return None;
    }
    // What stands before the items, closed.
    let head = text[..start].trim_end().trim_end_matches(',');
    let mut document = serde_json::from_str::<Value>(&format!("{head}}}"))
        .ok()
        .filter(Value::is_object)
        .unwrap_or_else(|| Value::Object(Map::new()));
    document["items"] = Value::Array(items);
    Some(document)
}
