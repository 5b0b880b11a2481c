//! What is found of sources on invented pages.

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
        // Neither entity declarations nor markup that a server wrote before the feed make a page.
        (
            "<!DOCTYPE rss [<!ENTITY % latin SYSTEM 'http://a.example/xhtml-lat1.ent'> %latin;]><rss>",
            Some("text/html"),
            Some(Kind::Feed),
        ),
        (
            "<p>Warning: the clock</p><?xml version='1.0'?><rss>",
            Some("text/html"),
            Some(Kind::Feed),
        ),
        (
            "<entry xmlns='http://www.w3.org/2005/Atom'>",
            None,
            Some(Kind::Feed),
        ),
        (
            "<div>One may write <rss> or <feed></div>",
            Some("text/html"),
            Some(Kind::Page),
        ),
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
        let page = format!("<html><META HTTP-EQUIV=Refresh CONTENT=\"{content}\"><body></body>");
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
fn feeds_are_named_by_types_titles_and_icons_of_many_kinds() {
    for named in [
        "<link rel=alternate type=application/json title='JSON Feed' href=/news.json>",
        "<link rel=alternate type=text/xml title=RSS href=/news.xml>",
        "<a type='application/atom+xml' href=/news>All we write</a>",
        "<map><area href=/news alt=RSS></map>",
        "<a href=/news><img src=/images/feed-icon.png></a>",
    ] {
        assert_eq!(urls(named, "https://valley.example/").len(), 1, "{named}");
    }
    for other in [
        "<link rel=alternate type=application/json title=Translations href=/news.json>",
        "<a href=/news><img src=/images/river.png alt='Feed the birds'></a>",
    ] {
        assert!(urls(other, "https://valley.example/").is_empty(), "{other}");
    }
    let quoted =
        r#"</news>; title="a; type=text/html, <b>"; rel="alternate"; type="application/rss+xml""#;
    let feeds = link_header(quoted, "https://valley.example/");
    assert_eq!(feeds[0].url, "https://valley.example/news");
    assert_eq!(feeds[0].title.as_deref(), Some("a; type=text/html, <b>"));
    let header = "</news>; rel=feed, <feed:https://valley.example/a>; rel=alternate; type=\"application/rss+xml\", \
                  </b/feed>; rel=alternate; type=\"text/xml\", </c>; rel=alternate; type=\"text/html\"; hreflang=ka";
    let feeds = link_header(header, "https://valley.example/");
    let feeds: Vec<&str> = feeds.iter().map(|feed| &*feed.url).collect();
    let base = "https://valley.example";
    assert_eq!(
        feeds,
        ["news", "a", "b/feed"].map(|path| format!("{base}/{path}"))
    );
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
