//! The JSON objects of the command-line contract, one function each.
//! Never here: which objects are printed.

use serde_json::{Map, Value, json};

use super::rfc3339;
use crate::news::{Article, Headline, Health, Revision, TagCount, Time};
use crate::text;

fn time(time: Option<Time>) -> Value {
    time.map_or(Value::Null, |time| rfc3339(time).into())
}

fn clean(text: &str) -> Value {
    text::clean::line(text).into()
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

/// An article: `show --json`. Its headline's fields, and `body`, `links`, `image`, `revisions`, `partial`.
pub fn article(article: &Article, revisions: &[Revision]) -> Value {
    let mut object = match headline(&article.headline) {
        Value::Object(object) => object,
        _ => Map::new(),
    };
    let laid = text::layout::layout(&article.body, &text::layout::Options::default());
    object.insert("body".into(), text::plain(&article.body).into());
    object.insert(
        "links".into(),
        laid.links.iter().map(|link| clean(link)).collect(),
    );
    object.insert(
        "image".into(),
        article.image.as_deref().map_or(Value::Null, clean),
    );
    object.insert("revisions".into(), revisions.iter().map(revision).collect());
    let partial = article
        .partial
        .map_or(Value::Null, |partial| partial.as_str().into());
    object.insert("partial".into(), partial);
    Value::Object(object)
}

/// An earlier text of an article.
fn revision(revision: &Revision) -> Value {
    json!({
        "replaced": rfc3339(revision.replaced),
        "title": clean(&revision.title),
        "body": text::plain(&revision.body),
    })
}

/// A tag: `tags --json`.
pub fn tag(tag: &TagCount) -> Value {
    json!({ "tag": clean(&tag.tag), "total": tag.total, "unread": tag.unread })
}

/// An outlet: `outlets --json`.
pub fn outlet(health: &Health) -> Value {
    json!({
        "outlet": clean(&health.outlet),
        "url": clean(&health.url),
        "source": health.source.as_ref().map(|source| source.kind()),
        "source_url": health.source.as_ref().map(|source| clean(source.url())),
        "last_success": time(health.last_success),
        "last_error": health.last_error.as_deref().map(clean),
        "failing_since": time(health.failing_since),
        "status": health.status,
        "next_fetch": time(health.next_fetch),
        "stopped": health.stopped.as_deref().map(clean),
        "total": health.counts.total,
        "unread": health.counts.unread,
    })
}
