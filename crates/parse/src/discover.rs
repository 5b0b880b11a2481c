//! Page to candidate sources: what a document itself is, the feeds it names, and where sources usually lie.
//! Never here: asking for any of them, reading them, or remembering what worked.

mod kind;
mod language;
mod named;
#[cfg(test)]
mod tests;
mod worth;

use dom_query::Document;
use url::Url;

pub(super) use kind::kind;
pub use language::address_language;
use language::language_code;
use named::feeds;

use super::{charset, limit_html};
use newsprint_html::safe_text;

/// What kind of document stands at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// RSS, Atom, RDF or JSON Feed.
    Feed,
    /// A sitemap of pages, with or without news.
    Sitemap,
    /// A sitemap of sitemaps.
    SitemapIndex,
    /// An HTML page.
    Page,
}

/// A feed that a page names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Absolute http(s) address.
    pub url: String,
    /// What the page calls it.
    pub title: Option<String>,
}

/// What one document offers as sources.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// What the document is; `None` when it is nothing that newsprint reads (a picture, nothing at all).
    pub itself: Option<Kind>,
    /// The page's own title.
    pub title: Option<String>,
    /// The language that the page's address names, unless the page declares another.
    pub lang: Option<&'static str>,
    /// Where a page that has nothing of its own to say sends its readers at once (`<meta http-equiv=refresh>`).
    pub onward: Option<String>,
    /// Feeds that the page names, the likeliest first.
    pub feeds: Vec<Candidate>,
    /// Usual addresses of feeds, to be tried in this order when none of `feeds` will do.
    pub usual_feeds: Vec<String>,
    /// Where robots.txt, which names sitemaps, has to be.
    pub robots: Option<String>,
    /// Usual addresses of sitemaps, to be tried in this order when robots.txt names none.
    pub usual_sitemaps: Vec<String>,
}

impl Found {
    /// Adds feeds that something beside the page names, such as its HTTP headers ([`link_header`]).
    pub fn add_feeds(&mut self, feeds: Vec<Candidate>) {
        for feed in feeds {
            let known = self.feeds.iter().any(|known| same(&known.url, &feed.url));
            if !known && self.feeds.len() < MAX_FEEDS {
                self.usual_feeds.retain(|usual| !same(&feed.url, usual));
                self.feeds.push(feed);
            }
        }
    }
}

/// Feeds that are worth a look; pages with a feed for each tag name hundreds.
const MAX_FEEDS: usize = 24;
/// Looks at a document: `content_type` is the HTTP header, `url` the address it came from (after redirects).
/// Pure; it never fails, since a document that says nothing still has usual addresses beside it.
pub fn look(bytes: &[u8], content_type: Option<&str>, url: &str) -> Found {
    let bytes = &*super::feed::unpack(bytes);
    let mut found = Found {
        itself: kind(bytes, content_type),
        ..Found::default()
    };
    let Ok(page) = Url::parse(url) else {
        return found;
    };
    if !matches!(page.scheme(), "http" | "https") {
        return found;
    }
    found.robots = page.join("/robots.txt").ok().map(String::from);
    found.usual_feeds = usual(&page, FEED_PATHS, true);
    found.usual_sitemaps = usual(&page, SITEMAP_PATHS, false);
    if found.itself == Some(Kind::Page) {
        let html = limit_html::limit(&charset::decode(bytes, content_type));
        let doc = Document::from(html);
        let title = doc.select_single("title").text();
        found.title = Some(safe_text::line(&title)).filter(|title| !title.is_empty());
        found.feeds = feeds(&doc, &page);
        found.onward = onward(&doc, &page);
        let declared = doc.select_single("html").attr("lang");
        let declared = declared.and_then(|lang| language_code(&lang));
        // `/uk/` is as likely the country: what the page declares decides.
        found.lang = address_language(url).filter(|lang| declared.is_none_or(|said| said == *lang));
        // What the page names is not tried twice.
        let named = &found.feeds;
        found
            .usual_feeds
            .retain(|usual| named.iter().all(|feed| !same(&feed.url, usual)));
    }
    found
}

/// The feeds that an HTTP `Link` header names (RFC 8288): `</feed>; rel="alternate"; type="application/rss+xml"`.
/// Relative addresses are resolved against `url`, the address of the page.
///
/// ```
/// let header = r#"</style.css>; rel=preload, </feed.xml>; rel="alternate"; type="application/rss+xml"; title="News""#;
/// let feeds = newsprint_parse::discover::link_header(header, "https://valley.example/news/");
/// assert_eq!(feeds[0].url, "https://valley.example/feed.xml");
/// assert_eq!(feeds[0].title.as_deref(), Some("News"));
/// ```
pub fn link_header(value: &str, url: &str) -> Vec<Candidate> {
    let Ok(page) = Url::parse(url) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    let mut rest = &value[..value.floor_char_boundary(16 * 1024)];
    while let Some((_, begun)) = rest.split_once('<') {
        let Some((target, after)) = begun.split_once('>') else {
            break;
        };
        // The parameters go on to the next target.
        let (parameters, next) = after.split_at(unquoted(after, '<'));
        rest = next;
        let parameter = |name: &str| {
            let mut left = parameters;
            let mut pairs = std::iter::from_fn(|| {
                let (pair, behind) = left.split_at(unquoted(left, ';'));
                left = behind.get(1..).unwrap_or_default();
                (!pair.is_empty() || !left.is_empty()).then_some(pair)
            });
            pairs.find_map(|pair| {
                let (key, value) = pair.split_once('=')?;
                let value = value.trim().trim_end_matches(',').trim().trim_matches('"');
                key.trim()
                    .eq_ignore_ascii_case(name)
                    .then(|| value.to_owned())
            })
        };
        let said = |name: &str| parameter(name).unwrap_or_default();
        if named::declared(&said("rel"), &said("type"), target, &said("title")).is_some()
            && let Ok(address) = page.join(&named::without_feed_scheme(target.trim()))
            && matches!(address.scheme(), "http" | "https")
            && out.len() < MAX_FEEDS
        {
            out.push(Candidate {
                url: address.into(),
                title: parameter("title")
                    .map(|title| safe_text::line(&title))
                    .filter(|title| !title.is_empty()),
            });
        }
    }
    out
}

/// Where a sign stands first that is not within quotation marks (RFC 9110, 5.6.4); the end where it does not.
fn unquoted(text: &str, sign: char) -> usize {
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if c == sign && !quoted => return at,
            _ => {}
        }
    }
    text.len()
}

/// Where `<meta http-equiv=refresh content="0; url=…">` leads. A page that reloads itself, or waits for long, stays.
fn onward(doc: &Document, page: &Url) -> Option<String> {
    let metas = doc.select("meta[http-equiv][content]");
    let refresh = metas.iter().find(|meta| {
        meta.attr("http-equiv")
            .is_some_and(|name| name.trim().eq_ignore_ascii_case("refresh"))
    })?;
    let content = refresh.attr("content")?;
    let (seconds, target) = content.split_once([';', ','])?;
    if seconds.trim().parse::<f32>().ok()? > 10.0 {
        return None;
    }
    let (key, target) = target.split_once('=')?;
    if !key.trim().eq_ignore_ascii_case("url") {
        return None;
    }
    let target = target.trim().trim_matches(['"', '\'']);
    let mut url = page.join(target).ok()?;
    url.set_fragment(None);
    (matches!(url.scheme(), "http" | "https") && url != *page).then(|| url.into())
}

/// Addresses differ in more than the slash at the end and http against https.
fn same(a: &str, b: &str) -> bool {
    let bare = |url: &str| {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        rest.trim_end_matches('/').to_owned()
    };
    bare(a) == bare(b)
}

/// Where the software that most outlets run keeps its feed, the commonest first; few, to be polite.
const FEED_PATHS: &[&str] = &[
    "feed",
    "rss.xml",
    "feed.xml",
    "rss",
    "atom.xml",
    "index.xml",
];
/// News sitemaps first: they hold the last two days and nothing else.
const SITEMAP_PATHS: &[&str] = &[
    "news-sitemap.xml",
    "sitemap-news.xml",
    "sitemap_news.xml",
    "sitemap.xml",
    "sitemap_index.xml",
];

/// The usual paths below the page's own section, then below the site's root. Of the section's only
/// the commonest are tried.
fn usual(page: &Url, paths: &[&str], sections: bool) -> Vec<String> {
    let mut out = Vec::new();
    let mut push = |base: &str, paths: &[&str]| {
        for path in paths {
            if let Ok(url) = page.join(&format!("{base}{path}")) {
                let url = String::from(url);
                if !out.contains(&url) {
                    out.push(url);
                }
            }
        }
    };
    let section = section(page);
    if sections && section != "/" {
        push(&section, &paths[..paths.len().min(4)]);
    }
    push("/", paths);
    out
}

/// The folder of the page asked for: `/en/` of `/en/`, `/en` and `/en/index.html`.
fn section(page: &Url) -> String {
    let path = page.path();
    let last = path.rsplit('/').next().unwrap_or_default();
    let folder = if last.contains('.') {
        &path[..path.len() - last.len()]
    } else {
        path.trim_end_matches('/')
    };
    format!("{}/", folder.trim_end_matches('/'))
}
