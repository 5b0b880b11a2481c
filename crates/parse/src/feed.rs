//! RSS, Atom, RDF, CDF and JSON Feed to [`Feed`]: what comes is repaired into one well-formed Atom, which feed-rs reads.
//! Never here: network, store, the clock; the cleaning of bodies (`newsprint_html::sanitize`).

pub(crate) mod base64;
mod charset;
mod draft;
mod json;
mod json_repair;
mod media;
mod plain_text;
#[cfg(test)]
mod tests;
mod titles;
mod vocabulary;
mod xml;
mod xml_tokens;

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

use feed_rs::model;
use url::Url;

pub(super) use self::charset::decode;
use self::draft::Draft;
use crate::ParseError;
use crate::dates::feed as feed_dates;
use crate::double_utf8;
use newsprint_html::safe_text;
use newsprint_model::{Entry, Feed, Media, Time, fold};

/// Parses one feed document of any dialect.
///
/// `content_type` is the HTTP header, if there was one; `url` is where the document was found, the base of relative
/// links. A damaged document gives its good entries and says so in [`Feed::repairs`]; a feed without entries is no
/// error. Errors name what is wrong and where.
///
/// Bodies and summaries are the source's own HTML (plain text is made HTML that keeps its lines) and have not been
/// sanitised; every other field is one clean line. Gzip is unpacked, whatever it is called.
///
/// ```
/// let rss = br#"<rss version="2.0"><channel><title>Valley Post</title><item>
///     <title>Bridge opens &amp; closes</title><link>https://valley.example/bridge</link>
///     <category>Roads,Rivers</category><description>The first line
///
/// The second, with a &lt;3 in it</description>
///     <enclosure url="https://valley.example/bridge.mp3" type="audio/mpeg" length="9000"/>
/// </item>"#;
/// let feed = newsprint_parse::read_feed(rss, None, "https://valley.example/feed").unwrap();
/// let entry = &feed.entries[0];
/// assert_eq!(entry.title, "Bridge opens & closes");
/// assert_eq!(entry.tags, ["Roads", "Rivers"]);
/// assert_eq!(
///     entry.summary.as_deref(),
///     Some("<p>The first line</p><p>The second, with a &lt;3 in it</p>")
/// );
/// assert_eq!((entry.media[0].kind.as_str(), entry.media[0].bytes), ("audio/mpeg", Some(9000)));
/// assert_eq!(feed.repairs, ["The document is cut off."]);
/// ```
///
/// Entries keep `published` and `updated` apart: an entry that only says when it was changed has no `published`.
pub fn read_feed(bytes: &[u8], content_type: Option<&str>, url: &str) -> Result<Feed, ParseError> {
    // Whatever a document does to feed-rs or to us is that document's failure, never the program's.
    catch_unwind(AssertUnwindSafe(|| read(bytes, content_type, url))).unwrap_or_else(|_| {
        Err(ParseError {
            reason: "not a feed: the parser failed on it".into(),
            place: None,
        })
    })
}

/// Entries of one document that are read; the largest archives have half of it.
const MOST_ENTRIES: usize = 10_000;

/// What feed-rs' model has no place for, and the bodies, which it would only copy.
#[derive(Debug, Default)]
struct Extras {
    lang: Option<String>,
    ttl_minutes: Option<u32>,
    skip_hours: Vec<u8>,
    skip_days: Vec<u8>,
    /// One for each entry, in order.
    entries: Vec<EntryExtras>,
    repairs: Vec<String>,
}

#[derive(Debug, Default)]
struct EntryExtras {
    summary: Option<String>,
    content: Option<String>,
    lang: Option<String>,
    comments: Option<String>,
    media: Vec<Media>,
}

impl From<Draft> for EntryExtras {
    fn from(draft: Draft) -> Self {
        let chapters = draft.chapter_list();
        let mut media = draft.media;
        // `itunes:duration` is the episode's, and an episode has one sound or film.
        if let Some(seconds) = draft.seconds
            && let Some(episode) = media.iter_mut().find(|m| m.is_audio() || m.is_video())
        {
            episode.seconds.get_or_insert(seconds);
        }
        let body = |mut html: String| {
            html.truncate(html.trim_end().len());
            let start = html.len() - html.trim_start().len();
            html.drain(..start);
            (!html.is_empty()).then_some(html)
        };
        let summary = draft.summary.or(draft.spare_summary).and_then(body);
        let mut content = draft.content.and_then(body);
        if let Some(chapters) = chapters {
            let text = content.take().or_else(|| summary.clone());
            content = Some(text.unwrap_or_default() + &chapters);
        }
        EntryExtras {
            summary,
            content,
            lang: draft.lang.and_then(lang),
            comments: draft.comments,
            media,
        }
    }
}

fn read(bytes: &[u8], content_type: Option<&str>, url: &str) -> Result<Feed, ParseError> {
    let unpacked = unpack(bytes);
    let (text, repair) = decode(&unpacked, content_type);
    let (text, twice) = double_utf8::repair(text);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0');
    let base = Url::parse(url).ok();
    let normalized = if let Some(text) = json::within(text) {
        json::normalize(text, base.as_ref())?
    } else {
        xml::normalize(text, base)?
    };

    let feed = feed_rs::parser::Builder::new()
        .sanitize_content(false)
        // An entry without an identifier is given one by the store, the same at every refresh.
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(|text| {
            let time = feed_dates::parse(text)?;
            chrono::DateTime::from_timestamp(
                time.as_second(),
                time.subsec_nanosecond().try_into().unwrap_or(0),
            )
        })
        .build()
        .parse(normalized.atom.as_bytes())
        .map_err(|error| ParseError {
            reason: format!("not a feed: {error}"),
            place: None,
        })?;
    let mut feed = convert(feed, normalized.extras);
    feed.repairs.splice(0..0, repair.into_iter().chain(twice));
    Ok(feed)
}

/// Bytes that a packed document may become; the longest feeds have a tenth of it.
const MOST_UNPACKED: u64 = 64 << 20;

/// A document that came as gzip, whatever its address and header call it (RFC 1952, 2.3.1: it begins 1f 8b).
pub(super) fn unpack(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Cow::Borrowed(bytes);
    }
    let mut unpacked = Vec::new();
    // What was read before an error stays; the document says itself where it is cut.
    let _ = flate2::read::MultiGzDecoder::new(bytes)
        .take(MOST_UNPACKED)
        .read_to_end(&mut unpacked);
    Cow::Owned(unpacked)
}

/// feed-rs' model to ours.
fn convert(feed: model::Feed, extras: Extras) -> Feed {
    Feed {
        title: feed.title.map(line).filter(|title| !title.is_empty()),
        lang: extras.lang.and_then(lang),
        site: link(&feed.links, "alternate"),
        ttl_minutes: extras.ttl_minutes,
        skip_hours: in_order(extras.skip_hours),
        skip_days: in_order(extras.skip_days),
        entries: feed
            .entries
            .into_iter()
            .zip(extras.entries)
            .map(|(entry, extras)| convert_entry(entry, extras))
            .collect(),
        repairs: extras.repairs,
    }
}

fn convert_entry(entry: model::Entry, extras: EntryExtras) -> Entry {
    Entry {
        guid: Some(entry.id).filter(|id| !id.is_empty()),
        url: link(&entry.links, "alternate"),
        image: link(&entry.links, draft::IMAGE_RELATION),
        title: entry.title.map(line).unwrap_or_default(),
        published: entry.published.and_then(time),
        updated: entry.updated.and_then(time),
        authors: distinct(entry.authors.into_iter().filter_map(|author| author.name)),
        tags: distinct(entry.categories.into_iter().map(|category| category.term)),
        summary: extras.summary,
        content: extras.content,
        lang: extras.lang,
        comments: extras.comments,
        media: extras.media,
        approximate: false,
    }
}

/// A title's one line.
fn line(text: model::Text) -> String {
    if text.content_type.as_str() == "text/html" {
        safe_text::line(&titles::of_html(&text.content))
    } else {
        safe_text::line(&text.content)
    }
}

fn link(links: &[model::Link], relation: &str) -> Option<String> {
    links
        .iter()
        .find(|link| link.rel.as_deref() == Some(relation))
        .map(|link| link.href.clone())
}

/// Clean lines, each once: what differs only in case or accents is one.
fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut kept = Vec::new();
    for text in texts.map(|text| safe_text::line(&text)) {
        let key = if text.is_ascii() {
            text.to_ascii_lowercase()
        } else {
            fold(&text)
        };
        if !text.is_empty() && seen.insert(key) {
            kept.push(text);
        }
    }
    kept
}

fn in_order(mut numbers: Vec<u8>) -> Vec<u8> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// A language tag, if it looks like one (BCP 47: letters and digits in parts).
fn lang(text: String) -> Option<String> {
    let text = text.trim();
    let good = (2..=35).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    good.then(|| text.to_owned())
}

fn time(date: chrono::DateTime<chrono::Utc>) -> Option<Time> {
    Time::from_microsecond(date.timestamp_micros()).ok()
}

/// Appends an XML or HTML attribute's value with its entities read, for the lists of subscriptions.
pub(super) fn entities(raw: &str, into: &mut String) {
    xml_tokens::decode(raw, &mut xml_tokens::Entities::default(), into);
}

/// The error for what is something else; the place is counted from the byte offset `at`.
fn not_a_feed(why: &str, text: &str, at: usize) -> ParseError {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    ParseError {
        reason: format!("not a feed: {why}"),
        place: Some(format!("line {line}, column {column}")),
    }
}
