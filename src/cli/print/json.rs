//! The JSON objects of the command-line contract, one function each; what a reader may also give out
//! is in [`crate::export::json`]. Never here: which objects are printed.

use serde_json::{Value, json};

use crate::export::json::{clean, time};
use crate::library::tags::Facet;
use newsprint_model::{Health, without_password};

pub use crate::export::json::{article, headline, rfc3339};

/// A tag: `tags --json`.
pub fn tag(tag: &Facet) -> Value {
    json!({ "tag": clean(&tag.name), "total": tag.counts.total, "unread": tag.counts.unread })
}

/// Text with addresses in it, on one safe line and without passwords.
fn address(text: &str) -> Value {
    clean(&without_password(text))
}

/// An outlet: `outlets --json`.
pub fn outlet(health: &Health) -> Value {
    json!({
        "outlet": clean(&health.outlet),
        "account": health.account.as_deref().map(clean),
        "url": address(&health.url),
        "source": health.source.as_ref().map(|source| source.kind()),
        "source_url": health.source.as_ref().map(|source| address(source.url())),
        "last_success": time(health.last_success),
        "last_error": health.last_error.as_deref().map(address),
        "failing_since": time(health.failing_since),
        "status": health.status,
        "next_fetch": time(health.next_fetch),
        "stopped": health.stopped.as_deref().map(clean),
        "notes": health.notes.iter().map(|note| address(note)).collect::<Vec<_>>(),
        "total": health.counts.total,
        "unread": health.counts.unread,
    })
}
