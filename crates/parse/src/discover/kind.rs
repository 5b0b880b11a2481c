//! What a document is, by its first element, else by its HTTP header.
//! Never here: what it names.

use url::Url;

use super::Kind;
use crate::charset;

/// How far into a document its first element is looked for.
const HEAD: usize = 16 * 1024;

/// What a document is by its first element, else by its HTTP header.
pub(crate) fn kind(bytes: &[u8], content_type: Option<&str>) -> Option<Kind> {
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
///
/// Markup before the prolog of a feed (a server's warning, a counter) does not make it a page: the feed parser skips it
/// too. `<html>` and `<body>` do.
fn first_element(text: &str) -> Option<Kind> {
    let mut rest = text;
    let (mut part, mut declared) = (false, false);
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        if rest.starts_with('?') || rest.starts_with('/') {
            declared |= rest.starts_with("?xml");
            continue;
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
            .unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        if name == "!doctype" {
            let doctype = &rest[..rest.find('>').unwrap_or(rest.len())];
            // The name of the root, not what is said of entities (XML 1.0, 2.8).
            let root = doctype.split_whitespace().nth(1).unwrap_or_default();
            if root.trim_end_matches('>').eq_ignore_ascii_case("html") {
                return Some(Kind::Page);
            }
            // The elements of an internal subset are declarations.
            if let Some((_, subset)) = doctype.split_once('[')
                && !subset.contains(']')
            {
                rest = rest.split_once("]>").map_or("", |(_, rest)| rest);
            }
            continue;
        }
        let local = name.rsplit(':').next().unwrap_or_default();
        match local {
            "rss" | "feed" | "rdf" | "channel" if !part || declared => return Some(Kind::Feed),
            "entry" if !part => return Some(Kind::Feed),
            "urlset" => return Some(Kind::Sitemap),
            "sitemapindex" => return Some(Kind::SitemapIndex),
            "html" | "head" | "body" => return Some(Kind::Page),
            "title" | "meta" | "link" | "script" | "div" | "p" | "table" => part = true,
            _ => {}
        }
    }
    part.then_some(Kind::Page)
}
