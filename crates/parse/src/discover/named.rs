//! The feeds that a page names: in its head, in its anchors, behind icons.
//! Never here: which of them suits (`worth`), asking for any.

use std::borrow::Cow;

use dom_query::{Document, NodeRef};
use url::Url;

use super::language::page_language;
use super::worth::worth;
use super::{Candidate, MAX_FEEDS, same};
use newsprint_html::safe_text;

/// The feeds that a page names, the likeliest first.
pub(super) fn feeds(doc: &Document, page: &Url) -> Vec<Candidate> {
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
    for anchor in doc.select("a[href], area[href]").iter() {
        let anchor = &anchor.nodes()[0];
        // `type` says what an anchor leads to, as it does in the head (WHATWG HTML, 4.6.1).
        let typed = || {
            let mime = anchor.attr("type")?.to_ascii_lowercase();
            let feed = ["rss+xml", "atom+xml", "feed+json", "rdf+xml"];
            feed.iter().any(|known| mime.contains(known)).then_some(62)
        };
        if let Some(score) = looks_like_feed(anchor).or_else(typed) {
            add(&mut scored, &base, page, lang, anchor, score);
        }
    }
    // Stable: of equals the first named stays first.
    scored.sort_by_key(|(score, _)| -score);
    scored.truncate(MAX_FEEDS);
    scored.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The score of a `<link rel=alternate>` with a feed's type, if it is one.
fn alternate(link: &NodeRef) -> Option<i32> {
    let said = |name: &str| link.attr(name).unwrap_or_default();
    declared(&said("rel"), &said("type"), &said("href"), &said("title"))
}

/// The score of a link of a page's head or of a `Link` header (RFC 8288) that is declared to lead to a feed, if it is:
/// by its relation, type, address and title.
pub(super) fn declared(rel: &str, mime: &str, address: &str, title: &str) -> Option<i32> {
    const NAMED: [&str; 4] = ["rss", "feed", "atom", "rdf"];

    let [rel, mime, address, title] = [rel, mime, address, title].map(str::to_ascii_lowercase);
    let is = |word: &str| rel.split_whitespace().any(|rel| rel == word);
    // `rel=feed` is the older proposal of the same.
    let is_feed = is("feed");
    if !is("alternate") && !is_feed {
        return None;
    }
    let mime = mime.split(';').next().unwrap_or_default().trim();
    if address.contains("oembed") || mime.contains("oembed") {
        return None;
    }
    let like = |text: &str| NAMED.iter().any(|word| text.contains(word));
    Some(match mime {
        "application/rss+xml" | "application/atom+xml" | "application/rdf+xml" => 100,
        "application/feed+json" => 96,
        // Written for feeds as often as for something else: the relation, the address or the title has to say it.
        "text/xml" | "application/xml" | "application/json" | "text/html" | "text/plain" => {
            let mut words = title.split(|c: char| !c.is_alphanumeric());
            let called = words.any(|word| NAMED.contains(&word) || word == "feeds");
            return (is_feed || called || like(&address)).then_some(90);
        }
        // `application/rss`, `application/x-atom+xml`, `rss`: what was meant is plain.
        other if like(other) => 95,
        "" if is_feed || like(&address) => 90,
        _ => return None,
    })
}

/// A feed's address without the schemes of old feed readers: `feed://host/path`, `feed:https://host/path`.
pub(super) fn without_feed_scheme(address: &str) -> Cow<'_, str> {
    match address.strip_prefix("feed:") {
        Some(rest) if rest.starts_with("//") => format!("http:{rest}").into(),
        Some(rest) => rest.into(),
        None => address.into(),
    }
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
    // `feed-icon.png`: of an icon the word is not said in passing.
    let icon_named = |text: &str| {
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        named(text) || (text.len() < 40 && words.any(|word| word.eq_ignore_ascii_case("feed")))
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
            icon_named(file)
        };
        spoken
            .iter()
            .any(|name| node.attr(name).is_some_and(|value| named(&value)))
            || node
                .attr("class")
                .is_some_and(|class| class.split_whitespace().take(20).any(named))
            || icon("src")
    };
    // The anchor's own address was looked at before.
    let own = ["title", "aria-label", "alt", "class"];
    let own = own.iter().any(|name| {
        let value = anchor.attr(name).unwrap_or_default();
        value.split_whitespace().take(20).any(named) || named(&value)
    });
    own || anchor
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
    let Ok(mut url) = base.join(&without_feed_scheme(href)) else {
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
