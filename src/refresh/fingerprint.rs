//! The number by which a refresh sees that the source says something else about an entry.
//! Never here: the hasher (`newsprint_model::fingerprint`), keys of the store.

use std::hash::{Hash, Hasher};

use newsprint_model::Entry;
use newsprint_model::fingerprint::Fnv;

/// A number that changes when the source says something else about an entry. It is only compared
/// with one of the same build's making; a wrong change costs a second look and nothing more.
pub(super) fn fingerprint(entry: &Entry) -> u64 {
    let mut hash = Fnv::default();
    entry.title.hash(&mut hash);
    for html in [&entry.summary, &entry.content].into_iter().flatten() {
        // Without its tags: addresses of pictures and links change with every visitor.
        let mut rest = html.as_str();
        while let Some((text, tag)) = rest.split_once('<') {
            hash.write(text.as_bytes());
            rest = tag.split_once('>').map_or("", |(_, rest)| rest);
        }
        hash.write(rest.as_bytes());
        hash.write_u8(0xff);
    }
    entry.tags.hash(&mut hash);
    entry.authors.hash(&mut hash);
    entry.url.hash(&mut hash);
    // Not their addresses, which change with every visitor too.
    for media in &entry.media {
        (&media.kind, &media.title, media.seconds).hash(&mut hash);
    }
    // `3 hours ago` is another moment at each fetch.
    let published = entry.published.filter(|_| !entry.approximate);
    for time in [published, entry.updated] {
        time.map(|time| time.as_microsecond()).hash(&mut hash);
    }
    // SQLite's integers are signed, and 0 is 'unknown'.
    (hash.finish() >> 1).max(1)
}
