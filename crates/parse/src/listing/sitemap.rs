//! Sitemaps (sitemaps.org 0.9) and news sitemaps to entries; sitemap indexes to the children worth asking.
//! Never here: headline pages, fetching the children.

use std::cmp::Reverse;
use std::io::Read;

use quick_xml::Reader;
use quick_xml::events::Event;
use url::Url;

use crate::{ParseError, charset, dates, discover};
use newsprint_html::safe_text;
use newsprint_model::{Entry, Feed, Time};

/// What a sitemap holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Sitemap {
    /// Pages, as entries: with titles and dates from a news sitemap, else bare addresses.
    Entries(Feed),
    /// Other sitemaps, the likeliest to hold the newest news first.
    Index(Vec<Child>),
}

/// A sitemap that an index names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Child {
    /// Absolute http(s) address.
    pub url: String,
    /// When it last changed, if the index says so.
    pub modified: Option<Time>,
    /// Whether its name says that it holds news.
    pub news: bool,
}

/// Decoded bytes of a packed sitemap; the protocol allows 50 MB, newsprint reads as much as of any answer.
const MAX_BYTES: u64 = 15 * 1024 * 1024;
/// Entries kept: a news sitemap may have 1,000; of a whole archive the newest 1,000 are kept.
const MAX_ENTRIES: usize = 1_000;
/// Characters of one field; what is longer is cut.
const MAX_FIELD: usize = 4_096;

/// Reads a sitemap, news sitemap, sitemap index or text sitemap, packed with gzip or not.
///
/// Mistakes cost the entry they stand in, not the document. `url` is the address it came from.
///
/// # Errors
/// When there is no sitemap in the bytes, or none of it could be read.
pub fn sitemap(bytes: &[u8], content_type: Option<&str>, url: &str) -> Result<Sitemap, ParseError> {
    let base = Url::parse(url)
        .map_err(|error| failure(&format!("the sitemap's address is not a URL: {error}")))?;
    let mut repairs = Vec::new();
    let unpacked;
    let bytes = if bytes.starts_with(&[0x1f, 0x8b]) {
        unpacked = unpack(bytes, &mut repairs)?;
        &unpacked[..]
    } else {
        bytes
    };
    let text = charset::decode_bytes(bytes, content_type);
    let kind = discover::kind(text.as_bytes(), content_type);
    match kind {
        Some(discover::Kind::SitemapIndex) => {
            let children = children(read(&text, &mut repairs), &base);
            match children.is_empty() {
                true => Err(failure("empty sitemap index")),
                false => Ok(Sitemap::Index(children)),
            }
        }
        Some(discover::Kind::Sitemap) if text.trim_start().starts_with("http") => {
            let items = text.lines().take(50_000).map(|line| Item {
                loc: line.trim().to_owned(),
                ..Item::default()
            });
            Ok(Sitemap::Entries(entries(items.collect(), &base, repairs)))
        }
        Some(discover::Kind::Sitemap) => {
            let items = read(&text, &mut repairs);
            if items.is_empty() && !repairs.is_empty() {
                return Err(failure(&repairs.join("; ")));
            }
            Ok(Sitemap::Entries(entries(items, &base, repairs)))
        }
        _ => Err(failure("not a sitemap")),
    }
}

fn failure(reason: &str) -> ParseError {
    ParseError {
        reason: reason.to_owned(),
        place: None,
    }
}

/// Unpacks gzip up to the cap; what a broken or endless file gave before is kept.
fn unpack(bytes: &[u8], repairs: &mut Vec<String>) -> Result<Vec<u8>, ParseError> {
    let mut out = Vec::new();
    let mut reader = flate2::read::MultiGzDecoder::new(bytes).take(MAX_BYTES);
    match reader.read_to_end(&mut out) {
        Ok(_) if out.len() as u64 == MAX_BYTES => {
            repairs.push("the packed sitemap is too long and was cut".to_owned())
        }
        Ok(_) => {}
        Err(_) if out.is_empty() => return Err(failure("the packed sitemap cannot be unpacked")),
        Err(_) => repairs.push("the packed sitemap breaks off".to_owned()),
    }
    Ok(out)
}

/// The fields of one `<url>` or `<sitemap>` as they are written.
#[derive(Debug, Default)]
struct Item {
    loc: String,
    lastmod: String,
    title: String,
    date: String,
    keywords: String,
    language: String,
    publication: String,
    image: String,
}

impl Item {
    /// The field an element's text goes to. Prefixes are the outlet's choice, so the local names decide;
    /// what is in `<image:image>` and `<video:video>` has names of its own.
    fn field(&mut self, path: &[String]) -> Option<&mut String> {
        let name = path.last()?.as_str();
        let within = |outer: &str| path.iter().any(|name| name == outer);
        if within("image") {
            return (name == "loc").then_some(&mut self.image);
        }
        if within("video") {
            return (name == "thumbnail_loc").then_some(&mut self.image);
        }
        match name {
            "loc" => Some(&mut self.loc),
            "lastmod" => Some(&mut self.lastmod),
            "title" => Some(&mut self.title),
            "publication_date" => Some(&mut self.date),
            "keywords" => Some(&mut self.keywords),
            "language" => Some(&mut self.language),
            "name" => Some(&mut self.publication),
            _ => None,
        }
    }
}

/// Reads all `<url>` and `<sitemap>` elements. After a mistake that the reader cannot pass, reading goes
/// on at the next element, so one bad entry costs itself alone.
fn read(text: &str, repairs: &mut Vec<String>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut start = 0;
    let mut mistakes = 0usize;
    while start < text.len() {
        let Some(mistake) = read_from(&text[start..], &mut items) else {
            break;
        };
        mistakes += 1;
        if mistakes == 1 {
            let at = start + mistake.0.min(text.len() - start);
            let line = text.as_bytes()[..at]
                .iter()
                .filter(|b| **b == b'\n')
                .count()
                + 1;
            repairs.push(format!("line {line}: {}", mistake.1));
        }
        // Never back, and at least one byte on, so that the loop ends.
        let from = text.ceil_char_boundary((start + mistake.0.max(1)).min(text.len()));
        let next = ["<url>", "<sitemap>"]
            .iter()
            .filter_map(|tag| text[from..].find(tag))
            .min();
        match next {
            Some(next) if mistakes < 1_000 => start = from + next,
            _ => break,
        }
    }
    items
}

/// Reads until the end or the first mistake: where it stands in `text`, and what it is.
fn read_from(text: &str, items: &mut Vec<Item>) -> Option<(usize, String)> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    let mut path: Vec<String> = Vec::new();
    let mut item = Item::default();
    let mut open = false;
    loop {
        let position = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let add = |item: &mut Item, path: &[String], text: &str| {
            if let Some(field) = item.field(path)
                && field.len() < MAX_FIELD
            {
                field.push_str(&text[..text.floor_char_boundary(MAX_FIELD)]);
            }
        };
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                let name = local(tag.local_name().as_ref());
                if matches!(name.as_str(), "url" | "sitemap") {
                    // A missing end tag must not swallow the next entry.
                    finish(&mut item, open, items);
                    open = true;
                    path.clear();
                }
                // Deeper than any sitemap: nothing there is read.
                if path.len() < 16 {
                    path.push(name);
                }
            }
            Ok(Event::End(tag)) => {
                let name = local(tag.local_name().as_ref());
                if let Some(at) = path.iter().rposition(|open| *open == name) {
                    path.truncate(at);
                }
                if matches!(name.as_str(), "url" | "sitemap") {
                    finish(&mut item, open, items);
                    open = false;
                }
            }
            Ok(Event::Text(text)) if open => add(&mut item, &path, &text.into_inner()),
            Ok(Event::CData(text)) if open => add(&mut item, &path, &text.into_inner()),
            Ok(Event::GeneralRef(reference)) if open => {
                let resolved = match reference.resolve_char_ref() {
                    Ok(Some(c)) => c.to_string(),
                    _ => {
                        let name = reference.into_inner();
                        match quick_xml::escape::resolve_html5_entity(&name) {
                            Some(text) => text.to_owned(),
                            None => format!("&{name};"),
                        }
                    }
                };
                add(&mut item, &path, &resolved);
            }
            Ok(Event::Eof) => {
                finish(&mut item, open, items);
                return None;
            }
            Ok(_) => {}
            Err(error) => {
                // An entry that is cut off has its address at least in most cases; without one it is dropped.
                finish(&mut item, open, items);
                return Some((position.max(1), error.to_string()));
            }
        }
        if items.len() >= 50_000 {
            return None;
        }
    }
}

fn finish(item: &mut Item, open: bool, items: &mut Vec<Item>) {
    let item = std::mem::take(item);
    if open && !item.loc.trim().is_empty() {
        items.push(item);
    }
}

/// A tag's name without prefix, lower case.
fn local(name: &str) -> String {
    name.to_ascii_lowercase()
}

fn entries(items: Vec<Item>, base: &Url, repairs: Vec<String>) -> Feed {
    let mut feed = Feed {
        title: items
            .iter()
            .map(|item| safe_text::line(&item.publication))
            .find(|name| !name.is_empty()),
        lang: items
            .iter()
            .map(|item| safe_text::line(&item.language))
            .find(|lang| !lang.is_empty()),
        repairs,
        ..Feed::default()
    };
    let mut seen = std::collections::HashSet::new();
    for item in items {
        let Some(url) = base
            .join(item.loc.trim())
            .ok()
            .and_then(|url| safe_text::link(url.as_str()))
        else {
            continue;
        };
        if !seen.insert(url.clone()) {
            continue;
        }
        let modified = dates::parse(&item.lastmod, None).map(|date| date.time);
        let published = dates::parse(&item.date, None).map(|date| date.time);
        let tags = super::tags(item.keywords.split([',', ';']));
        let lang = safe_text::line(&item.language);
        feed.entries.push(Entry {
            url: Some(url),
            title: safe_text::line(&item.title),
            // `lastmod` says when the page changed, which for a bare sitemap is the best there is to sort by.
            published: published.or(modified),
            updated: modified
                .filter(|modified| published.is_some_and(|published| published < *modified)),
            tags,
            image: base
                .join(item.image.trim())
                .ok()
                .filter(|_| !item.image.trim().is_empty())
                .and_then(|url| safe_text::link(url.as_str())),
            lang: Some(lang).filter(|lang| !lang.is_empty()),
            ..Entry::default()
        });
    }
    // Without titles it is a sitemap of all pages: those that are plainly no articles are left out.
    if feed.entries.iter().all(|entry| entry.title.is_empty()) {
        feed.entries.retain(|entry| {
            entry
                .url
                .as_deref()
                .and_then(|url| Url::parse(url).ok())
                .is_some_and(|url| super::article_address(&url))
        });
    }
    if feed.entries.len() > MAX_ENTRIES {
        // Stable, so that without dates the outlet's order holds.
        feed.entries.sort_by_key(|entry| Reverse(entry.published));
        feed.entries.truncate(MAX_ENTRIES);
    }
    feed
}

/// Keeps of a sitemap what belongs to the part of the site that `home` names: its language (`/en/`), where the sitemap
/// has several, and its folder (`/~nino/`), where at least three entries stand in it. Else nothing is dropped.
///
/// ```
/// use newsprint_model::{Entry, Feed};
/// let entry = |url: &str| Entry { url: Some(url.to_owned()), ..Entry::default() };
/// let mut feed = Feed { entries: vec![entry("https://valley.example/en/a"), entry("https://valley.example/ka/a")], ..Feed::default() };
/// newsprint_parse::listing::keep_part(&mut feed, "https://valley.example/en/");
/// assert_eq!(feed.entries.len(), 1);
/// ```
pub fn keep_part(feed: &mut Feed, home: &str) {
    if let Some(lang) = discover::address_language(home) {
        // What the address does not say the entry may.
        let spoken = |entry: &Entry| -> Option<bool> {
            let named = entry.url.as_deref().and_then(discover::address_language);
            let said = named.or(entry.lang.as_deref())?;
            Some(said.to_ascii_lowercase().starts_with(lang))
        };
        if feed.entries.iter().any(|entry| spoken(entry) == Some(true)) {
            feed.entries.retain(|entry| spoken(entry) != Some(false));
        }
    }
    let Ok(home) = Url::parse(home) else { return };
    let folder = match home.path().rsplit_once('/') {
        Some((folder, last)) if last.contains('.') || last.is_empty() => format!("{folder}/"),
        _ => format!("{}/", home.path()),
    };
    if folder == "/" {
        return;
    }
    let inside = |entry: &Entry| {
        let url = entry.url.as_deref().and_then(|url| Url::parse(url).ok());
        url.is_some_and(|url| url.path().starts_with(&folder))
    };
    if feed.entries.iter().filter(|entry| inside(entry)).count() >= 3 {
        feed.entries.retain(inside);
    }
}

/// The children of an index: those named after news first, then the newest, else the last in its order
/// (archives are numbered or dated upwards).
fn children(items: Vec<Item>, base: &Url) -> Vec<Child> {
    let mut children: Vec<(usize, Child)> = Vec::new();
    for (at, item) in items.into_iter().enumerate().take(5_000) {
        let Some(url) = base
            .join(item.loc.trim())
            .ok()
            .and_then(|url| safe_text::link(url.as_str()))
        else {
            continue;
        };
        let path = url.to_ascii_lowercase();
        let path = path
            .split_once("://")
            .and_then(|(_, rest)| rest.split_once('/'))
            .map_or("", |(_, path)| path);
        // Of one piece with other letters it is another word (`newsletter`).
        let news = path.split(|c: char| !c.is_ascii_alphabetic()).any(|word| {
            matches!(
                word,
                "news" | "googlenews" | "newssitemap" | "sitemapnews" | "latest" | "aktuell"
            )
        });
        children.push((
            at,
            Child {
                modified: dates::parse(&item.lastmod, None).map(|date| date.time),
                news,
                url,
            },
        ));
    }
    // Pictures, authors and the like hold no articles.
    let side = |child: &Child| {
        [
            "image",
            "video",
            "author",
            "tag",
            "categor",
            "page-sitemap",
            "static",
            "archive",
        ]
        .iter()
        .any(|word| child.url.to_ascii_lowercase().contains(word))
    };
    children.sort_by_key(|(at, child)| {
        (
            Reverse(child.news),
            side(child),
            Reverse(child.modified),
            Reverse(*at),
        )
    });
    let mut seen = std::collections::HashSet::new();
    children
        .into_iter()
        .map(|(_, child)| child)
        .filter(|child| seen.insert(child.url.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: &str = "https://valley.example/sitemap.xml";

    #[test]
    fn only_the_part_that_was_asked_for_is_kept() {
        let kept = |home: &str, urls: &[&str]| -> Vec<String> {
            let entry = |url: &&str| Entry {
                url: Some(format!("https://valley.example{url}")),
                ..Entry::default()
            };
            let mut feed = Feed {
                entries: urls.iter().map(entry).collect(),
                ..Feed::default()
            };
            keep_part(&mut feed, &format!("https://valley.example{home}"));
            let urls = feed.entries.into_iter().filter_map(|entry| entry.url);
            urls.map(|url| url["https://valley.example".len()..].to_owned())
                .collect()
        };
        let two = ["/en/a", "/ka/a", "/c"];
        assert_eq!(kept("/en/", &two), ["/en/a", "/c"]);
        assert_eq!(kept("/ka/news.html", &two), ["/ka/a", "/c"]);
        assert_eq!(kept("/", &two), two);
        // Another language than all of them: the sitemap is as it is.
        assert_eq!(kept("/hy/", &two), two);
        let folders = ["/~nino/a", "/~nino/b", "/~nino/c", "/~ana/a"];
        assert_eq!(kept("/~nino", &folders), folders[..3]);
        assert_eq!(kept("/~nino/index.html", &folders), folders[..3]);
        assert_eq!(kept("/~ana/", &folders), folders);
    }

    fn feed(text: &str) -> Feed {
        match sitemap(text.as_bytes(), None, AT) {
            Ok(Sitemap::Entries(feed)) => feed,
            other => panic!("{other:?}"),
        }
    }

    const NEWS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
        <url><loc>https://valley.example/news/bridge-opens?a=1&amp;b=2</loc><lastmod>2024-06-13T08:00:00Z</lastmod>
          <n:news><n:publication><n:name>Valley Post</n:name><n:language>en</n:language></n:publication>
          <n:publication_date>2024-06-12T14:02:00+04:00</n:publication_date>
          <n:title><![CDATA[Bridge opens & closes]]></n:title><n:keywords>Rivers, Politics, rivers</n:keywords></n:news>
          <image:image><image:loc>/i/bridge.jpg</image:loc><image:title>A bridge</image:title></image:image></url>
        <url><loc>/news/second</loc><n:news><n:title>Caf&eacute; &#8222;Ani&#8220; R&D shut</n:title></n:news></url>
        </urlset>"#;

    #[test]
    fn a_news_sitemap_gives_titles_dates_and_keywords() {
        let feed = feed(NEWS);
        assert_eq!(feed.title.as_deref(), Some("Valley Post"));
        assert_eq!(feed.lang.as_deref(), Some("en"));
        let first = &feed.entries[0];
        assert_eq!(first.title, "Bridge opens & closes");
        assert_eq!(
            first.url.as_deref(),
            Some("https://valley.example/news/bridge-opens?a=1&b=2")
        );
        assert_eq!(first.published.unwrap().to_string(), "2024-06-12T10:02:00Z");
        assert_eq!(first.updated.unwrap().to_string(), "2024-06-13T08:00:00Z");
        assert_eq!(first.tags, ["Rivers", "Politics"]);
        assert_eq!(
            first.image.as_deref(),
            Some("https://valley.example/i/bridge.jpg")
        );
        assert_eq!(feed.entries[1].title, "Café „Ani“ R&D shut");
        assert_eq!(
            feed.entries[1].url.as_deref(),
            Some("https://valley.example/news/second")
        );
    }

    #[test]
    fn a_mistake_costs_its_own_entry() {
        let cut = &NEWS[..NEWS.find("R&D").unwrap()];
        assert_eq!(feed(cut).entries.len(), 2);
        let broken = NEWS
            .replace("<lastmod>", "<lastmod <<'\">")
            .replace("Valley Post</n:name>", "Valley Post</n:nam");
        let feed = feed(&broken);
        assert!(
            feed.entries
                .iter()
                .any(|entry| entry.title.starts_with("Café")),
            "{feed:?}"
        );
    }

    #[test]
    fn a_plain_sitemap_keeps_the_articles_newest_first() {
        let mut text = String::from(
            "<urlset><url><loc>https://valley.example/</loc></url><url><loc>https://valley.example/about</loc></url>",
        );
        for n in 0..3_000 {
            let (month, day) = (n / 28 % 12 + 1, n % 28 + 1);
            text.push_str(&format!("<url><loc>https://valley.example/news/the-bridge-story-{n}</loc><lastmod>2023-{month:02}-{day:02}</lastmod></url>"));
        }
        let feed = feed(&text);
        assert_eq!(feed.entries.len(), MAX_ENTRIES);
        assert_eq!(
            feed.entries[0].published.unwrap().to_string(),
            "2023-12-28T00:00:00Z"
        );
        assert!(
            feed.entries
                .iter()
                .all(|entry| entry.url.as_deref().unwrap().contains("bridge"))
        );
    }

    #[test]
    fn an_index_ranks_news_then_the_newest() {
        let text = "<sitemapindex><sitemap><loc>/newsletter-1.xml</loc><lastmod>2020-01-01</lastmod></sitemap>
            <sitemap><loc>/author-sitemap.xml</loc><lastmod>2024-06-12</lastmod></sitemap>
            <sitemap><loc>/posts-1.xml</loc><lastmod>2023-06-12</lastmod></sitemap>
            <sitemap><loc>/posts-2.xml</loc><lastmod>2024-06-12</lastmod></sitemap>
            <sitemap><loc>/sitemap-news.xml</loc></sitemap></sitemapindex>";
        let Ok(Sitemap::Index(children)) = sitemap(text.as_bytes(), None, AT) else {
            panic!("no index");
        };
        let names: Vec<&str> = children
            .iter()
            .map(|child| child.url.rsplit('/').next().unwrap())
            .collect();
        assert_eq!(
            names,
            [
                "sitemap-news.xml",
                "posts-2.xml",
                "posts-1.xml",
                "newsletter-1.xml",
                "author-sitemap.xml"
            ]
        );
    }

    #[test]
    fn text_and_packed_sitemaps() {
        let text = "https://valley.example/news/the-old-bridge-opens\nhttps://valley.example/news/the-new-bridge-opens\n";
        let Ok(Sitemap::Entries(plain)) = sitemap(text.as_bytes(), Some("text/plain"), AT) else {
            panic!("no entries");
        };
        assert_eq!(plain.entries.len(), 2);
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packed, NEWS.as_bytes()).unwrap();
        let packed = packed.finish().unwrap();
        assert!(
            matches!(sitemap(&packed, Some("application/gzip"), AT), Ok(Sitemap::Entries(feed)) if feed.entries.len() == 2)
        );
        // Cut off: what came before is kept.
        assert!(matches!(
            sitemap(&packed[..packed.len() - 20], None, AT),
            Ok(Sitemap::Entries(_))
        ));
        assert!(sitemap(&[0x1f, 0x8b, 1, 2], None, AT).is_err());
    }

    #[test]
    fn what_is_no_sitemap_says_so() {
        for text in [
            "",
            "<html><body>Not found</body></html>",
            "<rss></rss>",
            "{}",
        ] {
            assert!(sitemap(text.as_bytes(), None, AT).is_err(), "{text}");
        }
        let deep = format!("<urlset>{}", "<a>".repeat(300_000));
        assert!(
            sitemap(deep.as_bytes(), None, AT)
                .is_ok_and(|found| found == Sitemap::Entries(Feed::default()))
        );
        let broken = format!("<urlset>{}", "<url><loc>/a-b-c-d</loc><".repeat(100_000));
        assert!(sitemap(broken.as_bytes(), None, AT).is_ok());
    }
}
