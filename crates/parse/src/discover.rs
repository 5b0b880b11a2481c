//! Page to candidate sources: what a document itself is, the feeds it names, and where sources usually lie.
//! Never here: asking for any of them, reading them, or remembering what worked.

use dom_query::{Document, NodeRef};
use url::Url;

use super::listing::article_address;
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
/// How far into a document its first element is looked for.
const HEAD: usize = 16 * 1024;

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
        let (parameters, next) = match after.find(['<']) {
            Some(end) => after.split_at(end),
            None => (after, ""),
        };
        rest = next;
        let parameter = |name: &str| {
            parameters.split(';').find_map(|pair| {
                let (key, value) = pair.split_once('=')?;
                let value = value.trim().trim_end_matches(',').trim().trim_matches('"');
                key.trim()
                    .eq_ignore_ascii_case(name)
                    .then(|| value.to_owned())
            })
        };
        let alternate = parameter("rel").is_some_and(|rel| {
            rel.split_whitespace().any(|rel| {
                rel.eq_ignore_ascii_case("alternate") || rel.eq_ignore_ascii_case("feed")
            })
        });
        let mime = parameter("type").unwrap_or_default().to_ascii_lowercase();
        let feed = ["rss", "atom", "rdf+xml", "feed+json"]
            .iter()
            .any(|word| mime.contains(word));
        if alternate
            && feed
            && let Ok(address) = page.join(target.trim())
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

/// The language that a whole part of an address names, as `/en/` or `/pt-br/` does.
pub fn address_language(url: &str) -> Option<&'static str> {
    let url = Url::parse(url).ok()?;
    let short = |part: &str| {
        let (first, rest) = part.split_once(['-', '_']).unwrap_or((part, "xx"));
        first.len() == 2 && rest.len() == 2
    };
    url.path_segments()?
        .filter(|part| short(part))
        .find_map(language_code)
}

/// Addresses differ in more than the slash at the end and http against https.
fn same(a: &str, b: &str) -> bool {
    let bare = |url: &str| {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        rest.trim_end_matches('/').to_owned()
    };
    bare(a) == bare(b)
}

/// What a document is by its first element, else by its HTTP header.
pub(super) fn kind(bytes: &[u8], content_type: Option<&str>) -> Option<Kind> {
    // Packed sitemaps (`sitemap.xml.gz`) say so in the first two bytes; what is in them shows on reading.
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return Some(Kind::Sitemap);
    }
    let text = charset::decode(&bytes[..bytes.len().min(HEAD)], content_type);
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let mime = content_type
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    if start.is_empty() {
        return None;
    }
    if start.starts_with('{') {
        // JSON Feed 1.1: `version` is the address of its specification; some leave it out but send the type.
        return (start.contains("jsonfeed.org/version") || mime == "application/feed+json")
            .then_some(Kind::Feed);
    }
    if let Some(kind) = first_element(start) {
        return Some(kind);
    }
    // A text sitemap is nothing but addresses (sitemaps.org, 'text file').
    let addresses = start.lines().take(5).filter(|line| !line.trim().is_empty());
    if mime == "text/plain"
        && addresses
            .clone()
            .all(|line| Url::parse(line.trim()).is_ok())
    {
        return Some(Kind::Sitemap);
    }
    let html = matches!(mime.as_str(), "text/html" | "application/xhtml+xml")
        || (mime.is_empty() && start.starts_with('<'));
    (html && !start.contains('\0')).then_some(Kind::Page)
}

/// The kind that the first telling tag names. Text before the prolog, comments and instructions are
/// passed over; so are namespace prefixes.
fn first_element(text: &str) -> Option<Kind> {
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        if rest.starts_with('?') || rest.starts_with('/') {
            continue;
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
            .unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        if name == "!doctype" {
            let doctype = &rest[..rest.find('>').unwrap_or(rest.len())];
            if doctype.to_ascii_lowercase().contains("html") {
                return Some(Kind::Page);
            }
            continue;
        }
        let local = name.rsplit(':').next().unwrap_or_default();
        match local {
            "rss" | "feed" | "rdf" | "channel" => return Some(Kind::Feed),
            "urlset" => return Some(Kind::Sitemap),
            "sitemapindex" => return Some(Kind::SitemapIndex),
            "html" | "head" | "body" | "title" | "meta" | "link" | "script" | "div" | "p"
            | "table" => {
                return Some(Kind::Page);
            }
            _ => {}
        }
    }
    None
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

/// The feeds that a page names, the likeliest first.
fn feeds(doc: &Document, page: &Url) -> Vec<Candidate> {
    let base = doc
        .select_single("base[href]")
        .attr("href")
        .and_then(|href| page.join(href.trim()).ok())
        .unwrap_or_else(|| page.clone());
    let lang = page_language(doc, page);
    let mut scored: Vec<(i32, Candidate)> = Vec::new();
    for link in doc.select("link[rel][href]").iter() {
        if let Some(score) = alternate(&link.nodes()[0]) {
            add(&mut scored, &base, page, lang, &link.nodes()[0], score);
        }
    }
    for anchor in doc.select("a[href]").iter() {
        if let Some(score) = looks_like_feed(&anchor.nodes()[0]) {
            add(&mut scored, &base, page, lang, &anchor.nodes()[0], score);
        }
    }
    // Stable: of equals the first named stays first.
    scored.sort_by_key(|(score, _)| -score);
    scored.truncate(MAX_FEEDS);
    scored.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The score of a `<link rel=alternate>` with a feed's type, if it is one.
fn alternate(link: &NodeRef) -> Option<i32> {
    let rel = link.attr("rel")?.to_ascii_lowercase();
    let rel: Vec<&str> = rel.split_whitespace().collect();
    // `rel=feed` is the older proposal of the same.
    if !rel.contains(&"alternate") && !rel.contains(&"feed") {
        return None;
    }
    let mime = link.attr("type").unwrap_or_default().to_ascii_lowercase();
    let mime = mime.split(';').next().unwrap_or_default().trim().to_owned();
    let href = link.attr("href")?.to_ascii_lowercase();
    if href.contains("oembed") || mime.contains("oembed") {
        return None;
    }
    let named = ["rss", "feed", "atom", "rdf"];
    Some(match mime.as_str() {
        "application/rss+xml" | "application/atom+xml" | "application/rdf+xml" => 100,
        "application/feed+json" => 96,
        // Written by mistake for feeds as often as for something else: the address has to look like one.
        "text/xml" | "application/xml" | "application/json" | "text/html" | "text/plain" => {
            if !named.iter().any(|word| href.contains(word)) {
                return None;
            }
            90
        }
        // `application/rss`, `application/x-atom+xml`, `rss`: what was meant is plain.
        other if named.iter().any(|word| other.contains(word)) => 95,
        "" if rel.contains(&"feed") || named.iter().any(|word| href.contains(word)) => 90,
        _ => return None,
    })
}

/// The score of an anchor that looks like a feed, if it does: by its address, or by its whole text.
fn looks_like_feed(anchor: &NodeRef) -> Option<i32> {
    let href = anchor.attr("href")?;
    let href = href.trim().to_ascii_lowercase();
    if href.starts_with("feed:") {
        return Some(60);
    }
    let (path, query) = href.split_once('?').unwrap_or((&href, ""));
    // Links that hand the feed to some service carry its address in theirs.
    if query.contains("http")
        || query.contains("//")
        || href.starts_with("mailto:")
        || href.starts_with('#')
    {
        return None;
    }
    let path = path.split('#').next().unwrap_or_default();
    // `https://feed.valley.example/`
    let host = path
        .split_once("://")
        .map_or("", |(_, rest)| rest.split('/').next().unwrap_or_default());
    if matches!(host.split('.').next(), Some("feed" | "feeds" | "rss"))
        && path.matches('/').count() <= 3
    {
        return Some(48);
    }
    let path = path.split_once("://").map_or(path, |(_, rest)| {
        rest.split_once('/').map_or("", |(_, path)| path)
    });
    let segments: Vec<&str> = path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .collect();
    let last = segments.last().copied().unwrap_or_default();
    let (stem, extension) = last.rsplit_once('.').unwrap_or((last, ""));
    let feedish = |word: &str| {
        matches!(
            word,
            "rss" | "feed" | "feeds" | "atom" | "rss2" | "rdf" | "newsfeed" | "rssfeed"
        )
    };
    if matches!(extension, "rss" | "atom" | "rdf") {
        return Some(60);
    }
    if extension == "xml"
        && (segments
            .iter()
            .any(|part| part.contains("rss") || part.contains("feed") || part.contains("atom"))
            || stem == "index")
    {
        return Some(60);
    }
    if extension == "json" && stem == "feed" {
        return Some(56);
    }
    if query.split('&').any(|pair| {
        matches!(
            pair,
            "feed=rss2"
                | "feed=rss"
                | "feed=atom"
                | "format=feed"
                | "format=rss"
                | "type=rss"
                | "rss=1"
                | "type=100"
        )
    }) {
        return Some(55);
    }
    if extension.is_empty() && feedish(last) {
        return Some(52);
    }
    // `/rss/politics`: a feed, or a page that lists feeds; either is worth a look, late.
    if extension.is_empty() && segments.iter().any(|part| feedish(part)) {
        return Some(45);
    }
    says_feed(anchor).then_some(40)
}

/// Whether an anchor calls itself a feed: by its short text, or, where it is only an icon, by what its attributes and
/// the icon's say.
fn says_feed(anchor: &NodeRef) -> bool {
    let named = |text: &str| {
        text.len() < 40
            && text
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| matches!(word.to_ascii_lowercase().as_str(), "rss" | "atom"))
    };
    let text = anchor.text();
    let text = text.trim();
    if !text.is_empty() {
        // Parts that only elements separate: `RSS`, `19K readers`.
        let mut texts = anchor.descendants_it().filter(NodeRef::is_text).take(8);
        return named(text) || (text.len() < 60 && texts.any(|part| named(part.text().trim())));
    }
    let said = |node: &NodeRef| {
        let spoken = ["title", "aria-label", "alt"];
        let icon = |name: &str| {
            let value = node.attr(name).unwrap_or_default();
            let file = value.rsplit('/').next().unwrap_or_default();
            named(file)
        };
        spoken
            .iter()
            .any(|name| node.attr(name).is_some_and(|value| named(&value)))
            || node
                .attr("class")
                .is_some_and(|class| class.split_whitespace().take(20).any(named))
            || icon("src")
    };
    said(anchor)
        || anchor
            .descendants_it()
            .filter(NodeRef::is_element)
            .take(8)
            .any(|inner| said(&inner))
}

/// Adds a named feed with what its address and title say for and against it.
fn add(
    scored: &mut Vec<(i32, Candidate)>,
    base: &Url,
    page: &Url,
    lang: Option<&str>,
    link: &NodeRef,
    score: i32,
) {
    let Some(href) = link.attr("href") else {
        return;
    };
    let href = href.trim();
    // `feed://host/path` and `feed:https://host/path` are the schemes of old feed readers.
    let href = match href.strip_prefix("feed:") {
        Some(rest) if rest.starts_with("//") => format!("http:{rest}"),
        Some(rest) => rest.to_owned(),
        None => href.to_owned(),
    };
    let Ok(mut url) = base.join(&href) else {
        return;
    };
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return;
    }
    url.set_fragment(None);
    // Only a link element's title names the feed; an anchor's text does.
    let title = match link.attr("title") {
        Some(title) => safe_text::line(&title),
        None => safe_text::line(&link.text()),
    };
    let score = score + worth(&url, &title, page, lang, link);
    let title = Some(title).filter(|title| !title.is_empty());
    let address = String::from(url);
    if let Some((old, candidate)) = scored
        .iter_mut()
        .find(|(_, candidate)| same(&candidate.url, &address))
    {
        *old = score.max(*old);
        if candidate.title.is_none() {
            candidate.title = title;
        }
        return;
    }
    // Pages with thousands of links to feeds must not cost their square.
    if scored.len() < MAX_FEEDS * 8 {
        scored.push((
            score,
            Candidate {
                url: address,
                title,
            },
        ));
    }
}

/// Comments, in the languages of the software that announces them.
const COMMENTS: &[&str] = &[
    "comment",
    "kommentar",
    "komentar",
    "komment",
    "coment",
    "reacties",
    "yorum",
    "комментари",
    "коментар",
    "コメント",
    "评论",
    "댓글",
];
/// Sound and pictures are no articles.
const MEDIA: &[&str] = &["podcast", "video", "audio", "itunes", "episode", "sendung"];
/// Dates, jobs and talk, as whole words.
const OTHER: &[&str] = &[
    "events",
    "calendar",
    "kalender",
    "termine",
    "veranstaltungen",
    "jobs",
    "vacancies",
    "forum",
    "forums",
];
/// What the feed of a whole outlet calls itself, as whole words.
const NEWS: &[&str] = &[
    "news",
    "nachrichten",
    "aktuell",
    "actualites",
    "noticias",
    "notizie",
    "headlines",
    "topstories",
    "latest",
];
/// Feeds of a part: one category, one tag, one author, one search.
const PARTS: &[&str] = &[
    "category",
    "kategorie",
    "categorie",
    "categoria",
    "/tag/",
    "/tags/",
    "author",
    "autor",
    "search",
    "topic",
    "/thema",
];

/// What speaks for and against a feed, as points.
fn worth(url: &Url, title: &str, page: &Url, lang: Option<&str>, link: &NodeRef) -> i32 {
    let mut points = 0;
    let path = url.as_str().to_lowercase();
    let title = title.to_lowercase();
    let says = |words: &[&str]| {
        words
            .iter()
            .any(|word| path.contains(word) || title.contains(word))
    };
    let words = |word: &str| {
        let mut parts = path.split(|c: char| !c.is_alphanumeric());
        parts.any(|part| part == word)
            || title
                .split(|c: char| !c.is_alphanumeric())
                .any(|part| part == word)
    };
    // What will take place, and who is wanted, is no news either.
    if OTHER.iter().any(|word| words(word)) {
        points -= 45;
    }
    // Of several the one that calls itself the news.
    if NEWS.iter().any(|word| words(word)) {
        points += 4;
    }
    // The replies to the articles are never what was asked for.
    if says(COMMENTS) {
        points -= 70;
    }
    if says(MEDIA) {
        points -= 45;
    }
    let asked: Vec<&str> = page
        .path()
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    let parts: Vec<&str> = url
        .path()
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    // In the section that was asked for a feed of a part is just right, elsewhere it is less than the whole.
    let shared = asked
        .iter()
        .zip(&parts)
        .take_while(|(a, b)| a.eq_ignore_ascii_case(b))
        .count();
    let section = section_words(page);
    let said = |word: &String| {
        let stem = |part: &str| part.split('.').next().unwrap_or_default().to_lowercase();
        parts.iter().any(|part| stem(part) == *word) || words(word)
    };
    let whole = !asked.is_empty() && shared == asked.len();
    if whole && article_address(page) {
        // The feed below an article's own address is that of its replies.
        points -= 60;
    } else if whole {
        points += 20;
    } else if section.last().is_some_and(said) {
        // `/rss/politics` for the page `/news/politics`.
        points += 16;
    } else if says(PARTS) {
        points -= 20;
    } else if section.is_empty() && parts.len() > 3 {
        points -= 2;
    }
    if url.host_str() != page.host_str() {
        points -= 3;
    }
    // The feed in the page's own language goes first, the one in another last.
    if let Some(lang) = lang {
        let declared = link.attr("hreflang").and_then(|lang| language_code(&lang));
        let written = declared.or_else(|| url.path_segments()?.find_map(language_code));
        match written {
            Some(code) if code == lang => points += 15,
            Some(_) => points -= 25,
            None => {}
        }
    }
    // Among equals the shorter address is the wider feed.
    points - i32::try_from(parts.len()).unwrap_or(9).min(9)
}

/// The names of the section that a page's address names, folded to lower case, without language and general words.
fn section_words(page: &Url) -> Vec<String> {
    const GENERAL: &[&str] = &[
        "index",
        "home",
        "news",
        "default",
        "start",
        "startseite",
        "main",
        "category",
        "section",
        "topics",
        "topic",
    ];
    let parts = page.path_segments().into_iter().flatten();
    parts
        .map(|part| part.split('.').next().unwrap_or_default().to_lowercase())
        .filter(|part| part.chars().count() > 2 && !GENERAL.contains(&part.as_str()))
        .filter(|part| {
            language_code(part).is_none() && !part.bytes().all(|byte| byte.is_ascii_digit())
        })
        .collect()
}

/// The language of the page: what its address says, else what it declares.
fn page_language(doc: &Document, page: &Url) -> Option<&'static str> {
    page.path_segments()
        .and_then(|mut parts| parts.find_map(language_code))
        .or_else(|| language_code(&doc.select_single("html").attr("lang")?))
}

/// ISO 639-1 codes of languages that outlets publish in. Not every code there is: `tv`, `to` and `is` are words.
const LANGUAGES: &[&str] = &[
    "ar", "az", "be", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi",
    "fr", "gl", "he", "hi", "hr", "hu", "hy", "id", "it", "ja", "ka", "kk", "ko", "ky", "lt", "lv",
    "mk", "ms", "nb", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "th",
    "tr", "uk", "ur", "uz", "vi", "zh",
];

/// The language that `en`, `en-GB`, `en_us` or `rss-en.xml` names.
fn language_code(word: &str) -> Option<&'static str> {
    let word = word.trim().to_ascii_lowercase();
    let stem = word.split('.').next().unwrap_or_default();
    let mut parts = stem.split(['-', '_']);
    let first = parts.next().unwrap_or_default();
    let last = parts.next_back().unwrap_or_default();
    let known = |part: &str| LANGUAGES.iter().find(|code| **code == part).copied();
    // At the end only of what is plainly a feed's name: `made-in-it` names no language.
    known(first)
        .or_else(|| known(last).filter(|_| matches!(first, "rss" | "feed" | "atom" | "news")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(html: &str, url: &str) -> Vec<String> {
        let found = look(html.as_bytes(), Some("text/html"), url);
        found.feeds.into_iter().map(|feed| feed.url).collect()
    }

    #[test]
    fn a_document_is_known_by_its_first_element() {
        for (text, mime, expected) in [
            (
                "<?xml version='1.0'?><!-- <html> --><rss version='2.0'>",
                None,
                Some(Kind::Feed),
            ),
            (
                "\u{feff} <feed xmlns='http://www.w3.org/2005/Atom'>",
                Some("text/html"),
                Some(Kind::Feed),
            ),
            ("<rdf:RDF xmlns:rdf='x'>", None, Some(Kind::Feed)),
            ("stray <rss>", Some("application/rss+xml"), Some(Kind::Feed)),
            (
                r#"{"version": "https://jsonfeed.org/version/1.1", "items": []}"#,
                None,
                Some(Kind::Feed),
            ),
            (r#"{"version": 2}"#, Some("application/json"), None),
            (
                "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>",
                None,
                Some(Kind::Sitemap),
            ),
            (
                "<sm:sitemapindex xmlns:sm='x'>",
                None,
                Some(Kind::SitemapIndex),
            ),
            (
                "https://a.example/1\nhttps://a.example/2\n",
                Some("text/plain"),
                Some(Kind::Sitemap),
            ),
            ("\u{1f}\u{8b}", None, None),
            (
                "<!DOCTYPE html><p>about <rss> and <feed>",
                None,
                Some(Kind::Page),
            ),
            (
                "Welcome<br>",
                Some("text/html; charset=utf-8"),
                Some(Kind::Page),
            ),
            ("plain words", Some("text/plain"), None),
            ("", Some("text/html"), None),
        ] {
            assert_eq!(kind(text.as_bytes(), mime), expected, "{text}");
        }
        assert_eq!(kind(&[0x1f, 0x8b, 8, 0], None), Some(Kind::Sitemap));
    }

    #[test]
    fn links_in_the_head_before_anchors_and_the_main_feed_before_parts() {
        let page = r#"<head>
            <link rel="alternate" type="application/rss+xml" title="Hill Post » Comments Feed" href="/comments/feed/">
            <link rel="alternate" type="application/rss+xml" title="Hill Post » Opinion Category" href="/category/opinion/feed/">
            <link rel="alternate" type="application/json+oembed" href="/oembed?url=https://hill.example/">
            <link rel="alternate" type="application/rss+xml" title="Podcast" href="/podcast.xml">
            <link rel="Alternate" type="application/rss+xml" title="Hill Post" href="feed/">
            <link rel="stylesheet" href="/feed.css"></head>
            <a href="/rss/sport.xml">Sport</a><a href="/feed">RSS</a><a href="https://reader.example/add?url=https://hill.example/feed">Subscribe</a>
            <a href="/feedback">Tell us</a>"#;
        assert_eq!(
            urls(page, "https://hill.example/"),
            [
                "https://hill.example/feed/",
                "https://hill.example/category/opinion/feed/",
                "https://hill.example/rss/sport.xml",
                "https://hill.example/podcast.xml",
                "https://hill.example/comments/feed/",
            ]
        );
    }

    #[test]
    fn the_language_of_the_page_goes_first() {
        let page = r#"<html lang="en"><link rel="alternate" type="application/rss+xml" href="/de/rss.xml">
            <link rel="alternate" type="application/rss+xml" href="/en/rss.xml"><link rel="alternate" type="application/rss+xml" href="/ka/rss.xml">"#;
        assert_eq!(
            urls(page, "https://valley.example/en/")[0],
            "https://valley.example/en/rss.xml"
        );
        assert_eq!(
            urls(page, "https://valley.example/de/")[0],
            "https://valley.example/de/rss.xml"
        );
        let declared = page.replace("lang=\"en\"", "lang=\"ka-GE\"");
        assert_eq!(
            urls(&declared, "https://valley.example/")[0],
            "https://valley.example/ka/rss.xml"
        );
    }

    #[test]
    fn the_section_that_was_asked_for_goes_first() {
        let page = r#"<link rel="alternate" type="application/rss+xml" href="/feed/">
            <link rel="alternate" type="application/rss+xml" href="/category/rivers/feed/">"#;
        assert_eq!(
            urls(page, "https://valley.example/category/rivers/")[0],
            "https://valley.example/category/rivers/feed/"
        );
        assert_eq!(
            urls(page, "https://valley.example/")[0],
            "https://valley.example/feed/"
        );
    }

    #[test]
    fn the_feed_below_an_article_is_not_the_outlets() {
        let page = r#"<link rel="alternate" type="application/rss+xml" href="/2024/06/12/the-bridge-opens-again/feed/">
            <link rel="alternate" type="application/rss+xml" href="/feed/">"#;
        assert_eq!(
            urls(
                page,
                "https://valley.example/2024/06/12/the-bridge-opens-again/"
            )[0],
            "https://valley.example/feed/"
        );
    }

    #[test]
    fn a_page_that_sends_its_readers_on_says_where() {
        let onward = |content: &str| {
            let page =
                format!("<html><META HTTP-EQUIV=Refresh CONTENT=\"{content}\"><body></body>");
            look(page.as_bytes(), None, "https://valley.example/").onward
        };
        let there = Some("https://valley.example/en/".to_owned());
        assert_eq!(onward("0; url=/en/"), there);
        assert_eq!(onward("3;URL='/en/#top'"), there);
        for stays in [
            "300",
            "0",
            "600; url=/en/",
            "0; url=/",
            "0; url=javascript:go()",
            "x; y",
        ] {
            assert_eq!(onward(stays), None, "{stays}");
        }
    }

    #[test]
    fn the_language_of_an_address_is_believed_unless_the_page_says_otherwise() {
        let lang = |html: &str, url: &str| look(html.as_bytes(), Some("text/html"), url).lang;
        assert_eq!(
            lang("<html lang=en>", "https://valley.example/en/"),
            Some("en")
        );
        assert_eq!(lang("<html>", "https://valley.example/pt-br/x"), Some("pt"));
        assert_eq!(lang("<html lang=en-GB>", "https://valley.example/uk"), None);
        assert_eq!(lang("<html lang=en>", "https://valley.example/"), None);
        assert_eq!(
            address_language("https://valley.example/de-escalation-now"),
            None
        );
    }

    #[test]
    fn a_feed_of_events_comes_after_the_news() {
        let page = r#"<link rel="alternate" type="application/rss+xml" title="Valley » Events" href="/events/feed">
            <link rel="alternate" type="application/rss+xml" title="It prevents floods" href="/news/feed">"#;
        assert_eq!(
            urls(page, "https://valley.example/")[0],
            "https://valley.example/news/feed"
        );
    }

    #[test]
    fn feeds_are_found_behind_odd_types_and_icons() {
        let page = r#"<link rel="alternate" type="application/rss" href="/one.php"><link rel="alternate" type="application/x-atom+xml" href="/two">
            <link rel="alternate" type="application/json+oembed" href="/oembed?format=rss"><link rel=alternate hreflang=de href="/de/">
            <a href="/syndication.aspx"><img src="/i/x.png" alt="RSS"></a><a href="/export?id=4" title="RSS feed of the news"></a>
            <a href="/out"><i class="icon icon-rss"></i></a><a href="/about"><img src="/press.png" alt="Press"></a>"#;
        let mut found = urls(page, "https://valley.example/");
        found.sort();
        assert_eq!(
            found,
            [
                "https://valley.example/export?id=4",
                "https://valley.example/one.php",
                "https://valley.example/out",
                "https://valley.example/syndication.aspx",
                "https://valley.example/two",
            ]
        );
    }

    #[test]
    fn the_feed_of_the_section_goes_first_wherever_its_name_stands() {
        let page = r#"<link rel="alternate" type="application/rss+xml" href="/rss/all/">
            <link rel="alternate" type="application/rss+xml" href="/rss/all/rivers/"><link rel="alternate" type="application/rss+xml" href="/rss/all/sport/">"#;
        assert_eq!(
            urls(page, "https://valley.example/current/rivers/")[0],
            "https://valley.example/rss/all/rivers/"
        );
        assert_eq!(
            urls(page, "https://valley.example/")[0],
            "https://valley.example/rss/all/"
        );
    }

    #[test]
    fn addresses_are_resolved_and_named_once() {
        let page = r##"<base href="https://cdn.example/site/"><link rel="alternate" type="application/atom+xml" href="atom.xml#top">
            <a href="atom.xml">Atom</a><a href="javascript:alert(1)//rss.xml">RSS</a><a href="feed://old.example/rss">RSS</a><a href="#rss">RSS</a>"##;
        assert_eq!(
            urls(page, "https://valley.example/a/b"),
            [
                "https://cdn.example/site/atom.xml",
                "http://old.example/rss"
            ]
        );
    }

    #[test]
    fn usual_places_are_few_and_the_section_comes_first() {
        let found = look(
            b"<html><body>",
            None,
            "https://valley.example/en/index.html?x=1",
        );
        assert_eq!(found.usual_feeds[0], "https://valley.example/en/feed");
        assert!(
            found
                .usual_feeds
                .contains(&"https://valley.example/rss.xml".to_owned())
        );
        assert!(found.usual_feeds.len() <= 10);
        assert_eq!(
            found.robots.as_deref(),
            Some("https://valley.example/robots.txt")
        );
        assert_eq!(
            found.usual_sitemaps[0],
            "https://valley.example/news-sitemap.xml"
        );
        let named = look(
            br#"<link rel=alternate type=application/rss+xml href=/feed/>"#,
            None,
            "https://valley.example/",
        );
        assert!(
            !named
                .usual_feeds
                .contains(&"https://valley.example/feed".to_owned())
        );
        assert_eq!(look(b"", None, "mailto:x"), Found::default());
    }

    #[test]
    fn a_page_of_nothing_but_feeds_is_bounded() {
        let page: String = (0..20_000)
            .map(|n| format!("<a href='/tag/{n}/feed'>RSS</a>"))
            .collect();
        assert_eq!(urls(&page, "https://valley.example/").len(), MAX_FEEDS);
    }

    #[test]
    fn feeds_of_the_headers_come_after_the_pages_own() {
        let html = r#"<html><head><link rel="alternate" type="application/rss+xml" href="/a.xml"></head></html>"#;
        let url = "https://valley.example/";
        let mut found = look(html.as_bytes(), Some("text/html"), url);
        let header = r#"</a.xml>; rel=alternate; type="application/rss+xml", </feed>; rel=alternate; type="application/atom+xml""#;
        found.add_feeds(link_header(header, url));
        let feeds: Vec<&str> = found.feeds.iter().map(|feed| &*feed.url).collect();
        assert_eq!(
            feeds,
            [
                "https://valley.example/a.xml",
                "https://valley.example/feed"
            ]
        );
        assert!(
            !found
                .usual_feeds
                .contains(&"https://valley.example/feed".to_owned())
        );
    }
}
