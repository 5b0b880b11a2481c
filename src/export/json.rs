//! A headline and an article as the JSON of the command-line contract: every way out gives the same.
//! Never here: which of them are given out, and where to.

use serde_json::{Map, Value, json};

use newsprint_html::layout::{Options, layout};
use newsprint_html::{plain, safe_text as safe};
use newsprint_model::{Article, Entry, Feed, Headline, Media, Revision, Time};

/// RFC 3339 in UTC, to the second.
pub fn rfc3339(time: Time) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A moment, or null.
pub fn time(time: Option<Time>) -> Value {
    time.map_or(Value::Null, |time| rfc3339(time).into())
}

/// Remote text on one safe line.
pub fn clean(text: &str) -> Value {
    safe::line(text).into()
}

/// A headline: `list --json`.
pub fn headline(headline: &Headline) -> Value {
    json!({
        "id": headline.id.to_string(),
        "outlet": clean(&headline.outlet),
        "title": clean(&headline.title),
        "url": clean(&headline.url),
        "published": time(headline.published),
        "updated": time(headline.updated),
        "first_seen": rfc3339(headline.first_seen),
        "tags": headline.tags.iter().map(|tag| clean(tag)).collect::<Vec<_>>(),
        "author": clean(&headline.author),
        "read": headline.read,
        "starred": headline.starred,
        "changed": headline.changed,
        "text": headline.text.as_str(),
        "words": headline.words,
        "lang": clean(&headline.lang),
    })
}

/// An article: `show --json`. Its headline's fields, and `body`, `links`, `image`, `media`,
/// `revisions`, `partial`.
pub fn article(article: &Article, revisions: &[Revision]) -> Value {
    let mut object = match headline(&article.headline) {
        Value::Object(object) => object,
        _ => Map::new(),
    };
    let laid = layout(&article.body, &Options::default());
    object.insert("body".into(), plain(&article.body).into());
    object.insert(
        "links".into(),
        laid.links.iter().map(|link| clean(link)).collect(),
    );
    object.insert(
        "image".into(),
        article.image.as_deref().map_or(Value::Null, clean),
    );
    object.insert("media".into(), article.media.iter().map(media).collect());
    object.insert("revisions".into(), revisions.iter().map(revision).collect());
    let partial = article
        .partial
        .map_or(Value::Null, |partial| partial.as_str().into());
    object.insert("partial".into(), partial);
    Value::Object(object)
}

/// A feed as it was read: `feed --json`.
pub fn feed(feed: &Feed) -> Value {
    json!({
        "title": feed.title.as_deref().map(clean),
        "site": feed.site.as_deref().map(clean),
        "lang": feed.lang.as_deref().map(clean),
        "ttl_minutes": feed.ttl_minutes,
        "repairs": feed.repairs.iter().map(|repair| clean(repair)).collect::<Vec<_>>(),
        "entries": feed.entries.iter().map(entry).collect::<Vec<_>>(),
    })
}

/// An entry as it was read; its HTML is the source's, without what a terminal would obey.
fn entry(entry: &Entry) -> Value {
    let base = entry.url.as_deref().unwrap_or_default();
    let html = entry.content.as_deref().or(entry.summary.as_deref());
    let text = html.map(|html| newsprint_html::sanitize::clean(html, base).text);
    let raw = |html: &Option<String>| html.as_deref().map(safe::block);
    json!({
        "guid": entry.guid.as_deref().map(clean),
        "url": entry.url.as_deref().map(clean),
        "title": clean(&entry.title),
        "published": time(entry.published),
        "updated": time(entry.updated),
        "authors": entry.authors.iter().map(|name| clean(name)).collect::<Vec<_>>(),
        "tags": entry.tags.iter().map(|tag| clean(tag)).collect::<Vec<_>>(),
        "summary": raw(&entry.summary),
        "content": raw(&entry.content),
        "text": text,
        "image": entry.image.as_deref().map(clean),
        "lang": entry.lang.as_deref().map(clean),
        "comments": entry.comments.as_deref().map(clean),
        "media": entry.media.iter().map(media).collect::<Vec<_>>(),
    })
}

/// A file that comes along.
fn media(media: &Media) -> Value {
    json!({
        "url": clean(&media.url),
        "type": clean(&media.kind),
        "title": clean(&media.title),
        "bytes": media.bytes,
        "seconds": media.seconds,
        "role": media.role.as_str(),
    })
}

/// An earlier text of an article.
fn revision(revision: &Revision) -> Value {
    json!({
        "replaced": rfc3339(revision.replaced),
        "title": clean(&revision.title),
        "body": plain(&revision.body),
    })
}
