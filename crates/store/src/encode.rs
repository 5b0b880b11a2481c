//! Making an article ready for the writer, on any thread: compression, fingerprints, the form its
//! words have in the search index. Never here: SQL, or what counts as an article.

use std::cell::RefCell;
use std::hash::Hasher;

use super::identity::{Identity, Keys};
use newsprint_model::fingerprint::{self, Fnv};
use newsprint_model::identity;
use newsprint_model::merge::Version;
use newsprint_model::{Media, MediaRole, Partial, TextState, Time};

/// An article as a source or its page gave it. Every string must be safe to print and `body` must be
/// sanitised: nothing is cleaned here.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Incoming {
    /// The outlet's own identifier.
    pub guid: Option<String>,
    /// Absolute address of the article page; empty when unknown.
    pub url: String,
    /// One clean line.
    pub title: String,
    /// When it was published.
    pub published: Option<Time>,
    /// `published` was said against the moment of the fetch (`3 hours ago`): one that is stored stands.
    pub approximate: bool,
    /// When it was last changed.
    pub updated: Option<Time>,
    /// Names joined by `, `; empty when unknown.
    pub author: String,
    /// The outlet's order and spelling.
    pub tags: Vec<String>,
    /// Absolute address of the leading picture.
    pub image: Option<String>,
    /// ISO 639-1 code; empty when unknown.
    pub lang: String,
    /// Clean HTML.
    pub body: String,
    /// The text alone, for the index and for telling whether the text changed in substance.
    pub search_text: String,
    /// How much of the text `body` is.
    pub text: TextState,
    /// Words of the text.
    pub words: u32,
    /// Why the text is not whole.
    pub partial: Option<Partial>,
    /// Files that come along.
    pub media: Vec<Media>,
    /// [`crate::Store::known`] has said of the whole document that this entry is a new article: then no
    /// article is taken for it that merely has its address.
    pub new: bool,
    /// The caller's fingerprint of what the source gave; see [`crate::Known::print`].
    pub print: u64,
}

impl Incoming {
    /// Compresses and hashes: the costly part of storing an article, done outside the transaction.
    pub fn pack(self) -> Packed {
        Packed {
            words_print: fingerprint::of_words(&self.search_text),
            html: compress(self.body.as_bytes()),
            index: Indexed {
                title: separate(&self.title),
                body: separate(&self.search_text),
                author: separate(&self.author),
            },
            article: Incoming {
                body: String::new(),
                search_text: String::new(),
                ..self
            },
        }
    }
}

/// An article ready to be stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Packed {
    pub(super) article: Incoming,
    pub(super) words_print: i64,
    pub(super) html: Vec<u8>,
    pub(super) index: Indexed,
}

impl Packed {
    /// Bytes it holds, roughly: for bounding queues.
    pub fn size(&self) -> usize {
        self.html.len() + self.index.body.len() + 512
    }

    pub(super) fn keys(&self) -> Keys<'_> {
        let article = &self.article;
        let identity = Identity {
            guid: article.guid.as_deref(),
            url: &article.url,
            title: &article.title,
            published: article.published,
        };
        let mut keys = Keys::of(identity);
        keys.new = article.new;
        keys
    }

    pub(super) fn version(&self) -> Version<'_> {
        let article = &self.article;
        Version {
            title: &article.title,
            url: &article.url,
            author: &article.author,
            lang: &article.lang,
            published: article.published,
            approximate: article.approximate,
            updated: article.updated,
            image: article.image.as_deref(),
            text: article.text,
            words_print: self.words_print,
            partial: article.partial,
        }
    }
}

/// Media as they are stored: one a line, fields parted by tabs. No field holds either: they are clean lines.
pub(super) fn media_list(media: &[Media]) -> String {
    let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    let lines = media.iter().map(|one| {
        let fields = [
            one.url.clone(),
            one.kind.clone(),
            one.title.clone(),
            number(one.bytes),
            number(one.seconds.map(u64::from)),
            one.role.as_str().to_owned(),
        ];
        fields
            .map(|field| field.replace(['\t', '\n'], " "))
            .join("\t")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The reverse of [`media_list`]; what is damaged is left out.
pub(super) fn media_of(list: &str) -> Vec<Media> {
    let one = |line: &str| {
        let mut fields = line.split('\t');
        Some(Media {
            url: fields.next().filter(|url| !url.is_empty())?.to_owned(),
            kind: fields.next()?.to_owned(),
            title: fields.next()?.to_owned(),
            bytes: fields.next()?.parse().ok(),
            seconds: fields.next()?.parse().ok(),
            role: match fields.next()? {
                "chapters" => MediaRole::Chapters,
                "transcript" => MediaRole::Transcript,
                _ => MediaRole::Enclosure,
            },
        })
    };
    list.lines().filter_map(one).collect()
}

/// The forms that go into the index.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Indexed {
    pub(super) title: String,
    pub(super) body: String,
    pub(super) author: String,
}

thread_local! {
    static COMPRESSOR: RefCell<Option<zstd::bulk::Compressor<'static>>> = const { RefCell::new(None) };
    static DECOMPRESSOR: RefCell<Option<zstd::bulk::Decompressor<'static>>> = const { RefCell::new(None) };
}

/// No stored text decompresses to more: a damaged length must not ask for all memory.
const LARGEST: usize = 64 << 20;

/// Level 3 costs some 30 µs for 4 KB, and a quarter less disk than level 1.
pub(super) fn compress(bytes: &[u8]) -> Vec<u8> {
    if bytes.is_empty() {
        return Vec::new();
    }
    COMPRESSOR.with_borrow_mut(|slot| {
        if slot.is_none() {
            *slot = zstd::bulk::Compressor::new(3).ok();
        }
        slot.as_mut()
            .and_then(|zstd| zstd.compress(bytes).ok())
            .unwrap_or_default()
    })
}

/// The inverse of [`compress`]; damaged bytes are `None`.
pub(super) fn decompress(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.is_empty() {
        return Some(Vec::new());
    }
    let size = zstd::bulk::Decompressor::upper_bound(bytes)?;
    DECOMPRESSOR.with_borrow_mut(|slot| {
        if slot.is_none() {
            *slot = zstd::bulk::Decompressor::new().ok();
        }
        slot.as_mut()?.decompress(bytes, size.min(LARGEST)).ok()
    })
}

pub(super) fn decompress_text(bytes: &[u8]) -> Option<String> {
    String::from_utf8(decompress(bytes)?).ok()
}

/// What [`compress_after`] writes first where the text is told by the one before it; no zstd frame begins so.
const AFTER: u8 = 1;

/// Compresses a text that is much like `before`, of which it holds what differs; [`decompress_after`] is the inverse.
pub(super) fn compress_after(text: &str, before: Option<&str>) -> Vec<u8> {
    let alone = compress(text.as_bytes());
    let after = before.and_then(|before| {
        let mut zstd = zstd::bulk::Compressor::with_dictionary(3, before.as_bytes()).ok()?;
        zstd.compress(text.as_bytes()).ok()
    });
    match after {
        Some(after) if after.len() + 1 < alone.len() => [&[AFTER], after.as_slice()].concat(),
        _ => alone,
    }
}

/// The inverse of [`compress_after`], given the same `before`; damaged bytes are `None`.
pub(super) fn decompress_after(bytes: &[u8], before: Option<&str>) -> Option<String> {
    let Some((&AFTER, frame)) = bytes.split_first() else {
        return decompress_text(bytes);
    };
    let size = zstd::bulk::Decompressor::upper_bound(frame)?;
    let mut zstd = zstd::bulk::Decompressor::with_dictionary(before?.as_bytes()).ok()?;
    String::from_utf8(zstd.decompress(frame, size.min(LARGEST)).ok()?).ok()
}

/// A key: the hash of a text of this kind (`u` address, `g` guid, `t` title). Never 0.
pub(super) fn hash(kind: u8, text: &str) -> i64 {
    let mut hash = Fnv::default();
    hash.write(&[kind]);
    hash.write(text.as_bytes());
    hash.mixed()
}

/// The key of an address without tracking, the same for two addresses that are one; 0 for an empty one.
pub fn url_key(url: &str) -> i64 {
    match url {
        "" => 0,
        url => hash(b'u', &identity::story_address(url)),
    }
}

/// The key of a guid at an address, for where one of the two belongs to another article already.
pub(super) fn guid_at_url_key(url_key: i64, guid_key: i64) -> i64 {
    let mut hash = Fnv::default();
    hash.write(b"c");
    hash.write(&url_key.to_le_bytes());
    hash.write(&guid_key.to_le_bytes());
    hash.mixed()
}

/// The key that says that several articles share an address.
pub(super) fn shared_key(url_key: i64) -> i64 {
    guid_at_url_key(url_key, 1)
}

pub(super) fn guid_key(guid: &str) -> i64 {
    hash(b'g', guid.trim())
}

/// Scripts that are written without spaces between words, of which any part is searched for.
fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}'      // Thai, Lao
        | '\u{1000}'..='\u{109f}'    // Myanmar
        | '\u{1780}'..='\u{17ff}'    // Khmer
        | '\u{1100}'..='\u{11ff}'    // Hangul Jamo
        | '\u{3040}'..='\u{30ff}'    // Kana
        | '\u{3130}'..='\u{318f}'
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'    // Han
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}'    // Hangul
        | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3134f}')
}

/// The form in which text is indexed and searched: characters of scripts without word spaces
/// parted, so that a phrase finds any part of a run; letters that SQLite's tokenizer does not fold,
/// folded; control characters (a NUL would end the text for SQLite) replaced.
pub(super) fn separate(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\0'..='\u{1f}' => out.push(' '),
            '\u{20}'..='\u{7f}' => out.push(c),
            'ı' | 'İ' => out.push('i'),
            'ł' | 'Ł' => out.push('l'),
            'ø' | 'Ø' => out.push('o'),
            'đ' | 'Đ' => out.push('d'),
            'ß' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            c if stands_alone(c) => {
                out.push(' ');
                out.push(c);
                out.push(' ');
            }
            c => out.push(c),
        }
    }
    out
}

/// The text of clean stored HTML, for indexing again when only other fields came anew.
pub(super) fn strip(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('<') {
            out.push(' ');
            let end = rest.find('>').unwrap_or(rest.len());
            let (tag, after) = rest.split_at(end);
            // What a picture shows is searched too.
            if let Some((_, alt)) = tag.split_once(" alt=\"") {
                out.push_str(
                    &alt.split('"')
                        .next()
                        .unwrap_or_default()
                        .replace("&quot;", "\""),
                );
                out.push(' ');
            }
            rest = after.strip_prefix('>').unwrap_or_default();
        } else {
            const ENTITIES: [(&str, char); 6] = [
                ("&amp;", '&'),
                ("&lt;", '<'),
                ("&gt;", '>'),
                ("&quot;", '"'),
                ("&#39;", '\''),
                ("&nbsp;", ' '),
            ];
            let known = ENTITIES.iter().find(|(name, _)| rest.starts_with(name));
            let (name, c) = known.copied().unwrap_or(("&", '&'));
            out.push(c);
            rest = &rest[name.len()..];
        }
    }
    out.push_str(rest);
    out
}

/// The addresses of the pictures in clean stored HTML.
pub(super) fn pictures(html: &str) -> impl Iterator<Item = String> + '_ {
    html.split("<img ").skip(1).filter_map(|rest| {
        let tag = &rest[..rest.find('>')?];
        let from = &tag[tag.find("src=\"")? + 5..];
        Some(from[..from.find('"')?].replace("&amp;", "&"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_story_are_one() {
        let key = url_key("https://www.Example.org/a/b/");
        assert_eq!(key, url_key("http://example.org/a/b#comments"));
        assert_ne!(key, url_key("https://example.org/a/B"));
        assert_ne!(
            url_key("https://example.org/#!/one"),
            url_key("https://example.org/#!/two")
        );
        assert_eq!(url_key(""), 0);
    }

    #[test]
    fn scripts_without_spaces_are_parted() {
        assert_eq!(separate("東京 talks"), " 東  京  talks");
        assert_eq!(separate("Łódź\0ı"), "lódź i");
    }

    #[test]
    fn stored_html_gives_its_text() {
        assert_eq!(strip("<p>A &amp; B</p><p>&lt;c&gt; &x"), " A & B  <c> &x");
    }

    #[test]
    fn stored_html_names_its_pictures() {
        let html = "<p>x</p><img src=\"https://a.example/1?a=1&amp;b=2\" alt=\"\"><img alt=\"y\">";
        let found: Vec<String> = pictures(html).collect();
        assert_eq!(found, ["https://a.example/1?a=1&b=2"]);
    }

    #[test]
    fn texts_come_back() {
        let text = "<p>word</p>".repeat(500);
        assert_eq!(decompress_text(&compress(text.as_bytes())), Some(text));
        assert_eq!(decompress(b""), Some(Vec::new()));
        assert_eq!(decompress(b"not zstd at all"), None);
    }
}
