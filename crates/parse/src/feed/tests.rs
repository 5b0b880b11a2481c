//! Invented feeds of every dialect and every kind of damage: what a reader would notice.

mod files;
mod spellings;

use super::read_feed as parse;
use newsprint_model::{Entry, Feed};

const URL: &str = "https://paper.example/news/feed.xml";

fn feed(text: &str) -> Feed {
    parse(text.as_bytes(), None, URL).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn entry(text: &str) -> Entry {
    let mut feed = feed(text);
    assert_eq!(feed.entries.len(), 1, "{text}");
    feed.entries.remove(0)
}

/// One RSS item with the given children.
fn item(children: &str) -> Entry {
    entry(&format!(
        "<rss version=\"2.0\"><channel><title>Paper</title><item>{children}</item></channel></rss>"
    ))
}

/// One Atom entry with the given children.
fn atom(children: &str) -> Entry {
    entry(&format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry>{children}</entry></feed>"
    ))
}

fn titles(feed: &Feed) -> Vec<&str> {
    feed.entries
        .iter()
        .map(|entry| entry.title.as_str())
        .collect()
}

fn seconds(time: Option<newsprint_model::Time>) -> Option<String> {
    time.map(|time| time.to_string())
}

#[test]
fn rss_2_gives_every_field() {
    let feed = feed(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:c="http://purl.org/rss/1.0/modules/content/"
  xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
  <title>The Paper</title><link>https://paper.example/</link><language>en-GB</language><ttl>90</ttl>
  <atom:link href="https://paper.example/news/feed.xml" rel="self" type="application/rss+xml"/>
  <skipHours><hour>24</hour><hour>3</hour></skipHours><skipDays><day>Sunday</day><day>Monday</day></skipDays>
  <image><url>https://paper.example/logo.png</url><title>Logo</title><link>https://paper.example/</link></image>
  <item>
    <title>Bridge opens &amp; closes</title>
    <link>https://paper.example/bridge?a=1&amp;b=2</link>
    <guid isPermaLink="false">b-1</guid>
    <pubDate>Wed, 12 Jun 2024 08:30:00 +0400</pubDate>
    <dc:creator>Nino K.</dc:creator><dc:creator>A. Writer</dc:creator>
    <category>News</category><category domain="x">Georgia</category><category>news</category>
    <description>&lt;p&gt;Teaser&lt;/p&gt;</description>
    <c:encoded><![CDATA[<p>The whole <b>text</b>.</p>]]></c:encoded>
    <media:content url="https://paper.example/bridge.jpg" medium="image"><media:title>Not the title</media:title></media:content>
  </item>
</channel></rss>"#,
    );
    assert_eq!(feed.title.as_deref(), Some("The Paper"));
    assert_eq!(feed.site.as_deref(), Some("https://paper.example/"));
    assert_eq!(feed.lang.as_deref(), Some("en-GB"));
    assert_eq!(feed.ttl_minutes, Some(90));
    assert_eq!((feed.skip_hours, feed.skip_days), (vec![0, 3], vec![0, 6]));
    assert_eq!(feed.repairs, Vec::<String>::new());
    let entry = &feed.entries[0];
    assert_eq!(entry.title, "Bridge opens & closes");
    assert_eq!(
        entry.url.as_deref(),
        Some("https://paper.example/bridge?a=1&b=2")
    );
    assert_eq!(entry.guid.as_deref(), Some("b-1"));
    assert_eq!(
        seconds(entry.published).as_deref(),
        Some("2024-06-12T04:30:00Z")
    );
    assert_eq!(entry.authors, ["Nino K.", "A. Writer"]);
    assert_eq!(entry.tags, ["News", "Georgia"]);
    assert_eq!(entry.summary.as_deref(), Some("<p>Teaser</p>"));
    assert_eq!(
        entry.content.as_deref(),
        Some("<p>The whole <b>text</b>.</p>")
    );
    assert_eq!(
        entry.image.as_deref(),
        Some("https://paper.example/bridge.jpg")
    );
}

#[test]
fn old_rss_without_version_or_with_a_namespace_is_read() {
    for start in [
        "<rss>",
        "<rss version=\"0.91\">",
        "<rss version=\"0.92\">",
        "<rss version=\"2.0\" xmlns=\"http://backend.userland.com/rss2\">",
        "<rss xmlns=\"https://unheard-of.example/ns\">",
        "<RSS VERSION=\"2.0\">",
    ] {
        let text = format!("{start}<channel><item><title>One</title></item></channel></rss>");
        assert_eq!(titles(&feed(&text)), ["One"], "{start}");
    }
}

#[test]
fn rdf_items_stand_beside_the_channel() {
    let feed = feed(
        r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
          xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
        <channel rdf:about="https://paper.example/"><title>Paper</title>
          <sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>
          <items><rdf:Seq><rdf:li resource="https://paper.example/1"/></rdf:Seq></items></channel>
        <item rdf:about="https://paper.example/1"><title>One</title><dc:date>2024-06-12T08:00+04:00</dc:date>
          <dc:subject>Armenia</dc:subject></item>
        </rdf:RDF>"#,
    );
    assert_eq!(feed.ttl_minutes, Some(360));
    let entry = &feed.entries[0];
    assert_eq!(entry.url.as_deref(), Some("https://paper.example/1"));
    assert_eq!(entry.guid, entry.url);
    assert_eq!(
        seconds(entry.updated).as_deref(),
        Some("2024-06-12T04:00:00Z")
    );
    assert_eq!(entry.tags, ["Armenia"]);
}

#[test]
fn atom_1_gives_every_field() {
    let entry = atom(
        r#"<id>urn:x:1</id><title type="html">A &lt;em&gt;step&lt;/em&gt; &amp;amp; more</title>
        <link rel="self" href="https://paper.example/1.atom"/><link rel="enclosure" type="image/png" href="/p.png"/>
        <link href="/1"/><published>2024-06-12T08:00:00Z</published><updated>2024-06-13T08:00:00Z</updated>
        <author><name>Nino K.</name><uri>https://paper.example/nino</uri></author>
        <category term="ge" label="Georgia"/><category term="Trade"/>
        <summary type="text">1 &lt; 2</summary>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Fish &amp; chips<br/></p></div></content>
        <source><title>Elsewhere</title><id>urn:other</id><updated>2001-01-01T00:00:00Z</updated></source>"#,
    );
    assert_eq!(entry.title, "A step & more");
    assert_eq!(entry.url.as_deref(), Some("https://paper.example/1"));
    assert_eq!(entry.image.as_deref(), Some("https://paper.example/p.png"));
    assert_eq!(entry.guid.as_deref(), Some("urn:x:1"));
    assert_eq!(
        seconds(entry.published).as_deref(),
        Some("2024-06-12T08:00:00Z")
    );
    assert_eq!(
        seconds(entry.updated).as_deref(),
        Some("2024-06-13T08:00:00Z")
    );
    assert_eq!(entry.authors, ["Nino K."]);
    assert_eq!(entry.tags, ["Georgia", "Trade"]);
    assert_eq!(entry.summary.as_deref(), Some("1 &lt; 2"));
    assert!(
        entry
            .content
            .is_some_and(|html| html.contains("<p>Fish &amp; chips<br></p>"))
    );
}

#[test]
fn atom_0_3_has_modes_and_other_names() {
    let entry = entry(
        r#"<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry>
        <title mode="base64" type="text/html">QSA8Yj5zdGVwPC9iPg==</title>
        <issued>2024-06-12T08:00:00Z</issued><modified>2024-06-13T08:00:00Z</modified>
        <content mode="escaped" type="text/html">&lt;p&gt;x&lt;/p&gt;</content></entry></feed>"#,
    );
    assert_eq!(entry.title, "A step");
    assert_eq!(
        seconds(entry.published).as_deref(),
        Some("2024-06-12T08:00:00Z")
    );
    assert_eq!(
        seconds(entry.updated).as_deref(),
        Some("2024-06-13T08:00:00Z")
    );
    assert_eq!(entry.content.as_deref(), Some("<p>x</p>"));
}

#[test]
fn cdf_is_read() {
    let entry = entry(
        r#"<CHANNEL HREF="https://paper.example/"><ITEM HREF="https://paper.example/1" LASTMOD="2024-06-12T08:00"><TITLE>One</TITLE>
        <ABSTRACT>Short</ABSTRACT></ITEM></CHANNEL>"#,
    );
    assert_eq!(entry.title, "One");
    assert_eq!(entry.url.as_deref(), Some("https://paper.example/1"));
    assert_eq!(entry.summary.as_deref(), Some("Short"));
    assert_eq!(
        seconds(entry.updated).as_deref(),
        Some("2024-06-12T08:00:00Z")
    );
}

#[test]
fn json_feed_is_read_with_wrong_types_and_a_mark() {
    let feed = feed(
        "\u{feff}{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Paper\",\"home_page_url\":\"https://paper.example/\",
        \"language\":\"ka\",\"authors\":[{\"name\":\"Desk\"}],\"items\":[
        {\"id\":17,\"url\":\"/1\",\"title\":\"One\",\"content_text\":\"a < b\\n\\nc\",\"tags\":[\"Georgia\",3,null],
         \"date_published\":\"2024-06-12T08:00:00+04:00\",\"image\":\"https://paper.example/1.jpg\"},
        \"nonsense\",
        {\"id\":\"https://paper.example/2\",\"content_html\":\"<p>x</p>\",\"author\":{\"name\":\"Nino K.\"}}]}",
    );
    assert_eq!(feed.site.as_deref(), Some("https://paper.example/"));
    assert_eq!(feed.lang.as_deref(), Some("ka"));
    let [one, two] = &feed.entries[..] else {
        panic!("{feed:?}");
    };
    assert_eq!(one.guid.as_deref(), Some("17"));
    assert_eq!(one.url.as_deref(), Some("https://paper.example/1"));
    assert_eq!(one.content.as_deref(), Some("<p>a &lt; b</p><p>c</p>"));
    assert_eq!(one.tags, ["Georgia", "3"]);
    assert_eq!(one.authors, ["Desk"]);
    assert_eq!(
        seconds(one.published).as_deref(),
        Some("2024-06-12T04:00:00Z")
    );
    assert_eq!(two.url.as_deref(), Some("https://paper.example/2"));
    assert_eq!(two.authors, ["Nino K."]);
    assert_eq!(feed.repairs.len(), 1);
}

#[test]
fn json_that_is_handed_to_a_script_is_a_feed() {
    let document = r#"{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"The (old) bridge"}]}"#;
    for (before, after) in [
        ("show(", ")"),
        ("show (\n", "\n);\n"),
        ("/**/ typeof news.show === 'function' && news.show(", ");"),
        (")]}',\n", ""),
        // Cut off at its end.
        ("show(", ""),
    ] {
        let feed = feed(&format!("{before}{document}{after}"));
        assert_eq!(titles(&feed), ["The (old) bridge"], "{before}");
    }
    for other in ["show(1)", "No feed (but {braces})", ")]}'"] {
        assert!(parse(other.as_bytes(), None, URL).is_err(), "{other}");
    }
}

#[test]
fn a_cut_json_feed_keeps_its_whole_items() {
    let feed = feed(
        r#"{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"One"},{"id":"2","ti"#,
    );
    assert_eq!(titles(&feed), ["One"]);
    assert_eq!(feed.repairs.len(), 1);
}

#[test]
fn the_encoding_is_found_whatever_is_declared() {
    let title = |bytes: &[u8], content_type| {
        let feed = parse(bytes, content_type, URL).expect("a feed");
        feed.entries[0].title.clone()
    };
    let wrap = |declaration: &str, title: &[u8]| {
        let mut bytes = declaration.as_bytes().to_vec();
        bytes.extend(b"<rss><channel><item><title>");
        bytes.extend(title);
        bytes.extend(b"</title></item></channel></rss>");
        bytes
    };
    let utf8 = "<?xml version='1.0' encoding='utf-8'?>";
    let latin = "<?xml version='1.0' encoding='iso-8859-1'?>";
    assert_eq!(title(&wrap(latin, b"caf\xe9"), None), "café");
    // UTF-8 that is called Latin-1, by the document or by the server.
    assert_eq!(title(&wrap(latin, "caf\u{e9}".as_bytes()), None), "café");
    assert_eq!(
        title(
            &wrap("", "café".as_bytes()),
            Some("text/xml; charset=ISO-8859-1")
        ),
        "café"
    );
    // Latin-1 that is called UTF-8, alone and beside real UTF-8.
    assert_eq!(title(&wrap(utf8, b"caf\xe9 au lait"), None), "café au lait");
    assert_eq!(title(&wrap(utf8, b"\xc3\xa9t\xc3\xa9 \xe9"), None), "été é");
    assert_eq!(
        title(
            &wrap("", b"\xcf\xf0\xe8\xe2\xe5\xf2"),
            Some("text/xml;charset=\"windows-1251\"")
        ),
        "Привет"
    );
    // A mark, spaces and junk before the declaration.
    let mut marked = b"\xef\xbb\xbf\n  ".to_vec();
    marked.extend(wrap(utf8, "ж".as_bytes()));
    assert_eq!(title(&marked, None), "ж");
    let text = String::from_utf8(wrap(
        "<?xml version='1.0' encoding='utf-16'?>",
        "жук".as_bytes(),
    ))
    .expect("text");
    assert_eq!(title(text.as_bytes(), None), "жук");
    for big in [true, false] {
        let units = |c: u16| {
            if big {
                c.to_be_bytes()
            } else {
                c.to_le_bytes()
            }
        };
        let bytes: Vec<u8> = text.encode_utf16().flat_map(units).collect();
        assert_eq!(title(&bytes, None), "жук");
        let mut marked = units(0xFEFF).to_vec();
        marked.extend(bytes);
        assert_eq!(title(&marked, None), "жук");
        let quads = |c: char| {
            if big {
                (c as u32).to_be_bytes()
            } else {
                (c as u32).to_le_bytes()
            }
        };
        let bytes: Vec<u8> = text.chars().flat_map(quads).collect();
        assert_eq!(title(&bytes, None), "жук");
    }
    // Nothing declared: long enough to be told.
    let (korean, _, _) = encoding_rs::EUC_KR.encode("조지아 의회가 새로운 법안을 통과시켰다");
    assert_eq!(
        title(&wrap("", &korean), None),
        "조지아 의회가 새로운 법안을 통과시켰다"
    );
}

#[test]
fn entities_ampersands_and_control_characters_do_no_harm() {
    let entry = item(
        "<title>Q&A:\u{7} 5&nbsp;&euro; &mdash; AT&amp;amp;T &#8217;s \u{1b}[31m &undefined;</title><link>https://paper.example/?a=1&b=2&copy=3</link>",
    );
    assert_eq!(entry.title, "Q&A: 5 € — AT&amp;T ’s [31m &undefined;");
    assert_eq!(
        entry.url.as_deref(),
        Some("https://paper.example/?a=1&b=2&copy=3")
    );
}

#[test]
fn titles_escaped_twice_are_read_where_all_of_it_is_html() {
    assert_eq!(
        item("<title>Tom &amp;amp; Ana&amp;#8217;s &lt;i&gt;day&lt;/i&gt;</title>").title,
        "Tom & Ana’s day"
    );
    assert_eq!(
        item("<title>The &lt;canvas&gt; element</title>").title,
        "The <canvas> element"
    );
    assert_eq!(
        atom("<title type=\"text\">The &lt;b&gt; and &lt;/b&gt; tags</title>").title,
        "The <b> and </b> tags"
    );
}

#[test]
fn a_cut_feed_keeps_its_good_entries() {
    let whole = "<rss><channel><item><title>One</title><link>https://paper.example/1</link></item><item><title>Two</title><link>https://paper.example/2</link><description>Some te";
    let feed = feed(whole);
    assert_eq!(titles(&feed), ["One", "Two"]);
    assert_eq!(feed.entries[1].summary.as_deref(), Some("Some te"));
    assert!(feed.repairs.iter().any(|repair| repair.contains("cut off")));
    // A title that is cut is no title, and an entry without anything is none.
    let feed = super::read_feed(
        &whole.as_bytes()[..whole.find("wo<").unwrap_or(0)],
        None,
        URL,
    )
    .expect("a feed");
    assert_eq!(titles(&feed), ["One"]);
}

#[test]
fn forgotten_end_tags_do_not_swallow_the_next_entry() {
    let feed = feed(
        "<rss><channel><item><title>One<link>https://paper.example/1</link><description>x <b>y</description>
         <item><title>Two</title></p></item><item><title>Three</title></item></channel></rss>",
    );
    assert_eq!(titles(&feed), ["One", "Two", "Three"]);
    assert_eq!(
        feed.entries[0].url.as_deref(),
        Some("https://paper.example/1")
    );
    assert!(!feed.repairs.is_empty());
}

#[test]
fn unescaped_html_in_a_description_stays_html() {
    let html =
        item("<description><p>Fish &amp; chips <img src=\"/a.png\"/> <b>now</b></p></description>")
            .summary;
    assert_eq!(
        html.as_deref(),
        Some("<p>Fish &amp; chips <img src=\"/a.png\"> <b>now</b></p>")
    );
}

#[test]
fn links_are_absolute_and_can_be_opened() {
    let url = |children: &str| item(children).url;
    assert_eq!(
        url("<link>/a/1</link>").as_deref(),
        Some("https://paper.example/a/1")
    );
    assert_eq!(
        url("<link>1.html</link>").as_deref(),
        Some("https://paper.example/news/1.html")
    );
    assert_eq!(
        url("<link>www.paper.example/1</link>").as_deref(),
        Some("https://www.paper.example/1")
    );
    for link in [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "mailto:a@b.example",
        "data:text/html,x",
        "ftp://a.example/",
    ] {
        assert_eq!(url(&format!("<link>{link}</link>")), None, "{link}");
    }
    let based = entry(
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://other.example/a/"><entry xml:base="b/"><link href="1"/></entry></feed>"#,
    );
    assert_eq!(based.url.as_deref(), Some("https://other.example/a/b/1"));
}

#[test]
fn a_guid_is_a_link_only_where_it_is_an_address() {
    let url = |guid: &str| item(guid).url;
    assert_eq!(
        url("<guid>https://paper.example/1</guid>").as_deref(),
        Some("https://paper.example/1")
    );
    assert_eq!(
        url("<guid isPermaLink=\"false\">https://paper.example/1</guid>"),
        None
    );
    assert_eq!(url("<guid>12345</guid>"), None);
    assert_eq!(url("<guid isPermaLink=\"true\">12345</guid>"), None);
    assert_eq!(url("<guid>tag/2024/1</guid>"), None);
    assert_eq!(
        url("<guid isPermaLink=\"true\">stories/1/</guid>").as_deref(),
        Some("https://paper.example/news/stories/1/")
    );
    assert_eq!(
        url("<guid>https://paper.example/g</guid><link>https://paper.example/l</link>").as_deref(),
        Some("https://paper.example/l")
    );
    assert_eq!(item("<title>x</title>").guid, None);
}

#[test]
fn equal_guids_are_left_to_the_store() {
    let feed = feed(
        "<rss><channel><item><guid>1</guid><title>a</title></item><item><guid>1</guid><title>b</title></item></channel></rss>",
    );
    assert_eq!(titles(&feed), ["a", "b"]);
}

#[test]
fn modules_are_known_under_any_prefix_and_without_declaration() {
    let feed = feed(
        r#"<rss xmlns:x="http://purl.org/dc/elements/1.1/" xmlns:y="http://purl.org/rss/1.0/modules/content/"><channel>
        <item><x:title>One</x:title><x:creator>Nino K.</x:creator><y:encoded>text</y:encoded></item>
        <item><dc:title>Two</dc:title><dc:creator>A. Writer</dc:creator><content:encoded>text</content:encoded><itunes:summary>s</itunes:summary></item>
        </channel></rss>"#,
    );
    assert_eq!(titles(&feed), ["One", "Two"]);
    assert!(
        feed.entries
            .iter()
            .all(|entry| entry.authors.len() == 1 && entry.content.as_deref() == Some("text"))
    );
    assert_eq!(feed.entries[1].summary.as_deref(), Some("s"));
}

#[test]
fn names_of_other_vocabularies_are_not_confused() {
    let entry = item(
        r#"<title>Right</title><link>https://paper.example/1</link><z:title xmlns:z="https://z.example/">Wrong</z:title>
        <z:link xmlns:z="https://z.example/">https://paper.example/wrong</z:link>
        <image><title>Wrong</title><link>https://paper.example/wrong</link><url>https://paper.example/p.png</url></image>
        <source url="https://paper.example/wrong"><title>Wrong</title></source>"#,
    );
    assert_eq!(entry.title, "Right");
    assert_eq!(entry.url.as_deref(), Some("https://paper.example/1"));
    assert_eq!(entry.image.as_deref(), Some("https://paper.example/p.png"));
}

#[test]
fn the_better_of_several_dates_is_taken() {
    let entry = item(
        r#"<pubDate>Wed, 12 Jun 2024 08:00:00 GMT</pubDate><dc:date>2024-06-13</dc:date><pubDate>soon</pubDate>"#,
    );
    assert_eq!(
        seconds(entry.published).as_deref(),
        Some("2024-06-12T08:00:00Z")
    );
    assert_eq!(
        seconds(entry.updated).as_deref(),
        Some("2024-06-13T00:00:00Z")
    );
}

#[test]
fn a_feed_without_entries_is_a_feed() {
    let feed = feed("<rss version=\"2.0\"><channel><title>Quiet</title></channel></rss>");
    assert!(feed.entries.is_empty());
    assert_eq!(feed.title.as_deref(), Some("Quiet"));
}

#[test]
fn what_is_no_feed_is_refused_with_reason_and_place() {
    let error = |text: &str| {
        parse(text.as_bytes(), None, URL)
            .expect_err(text)
            .to_string()
    };
    assert_eq!(
        error("<!DOCTYPE html>\n <html><body><item>x</item></body></html>"),
        "not a feed: it is an HTML page (line 2, column 2)"
    );
    assert_eq!(
        error("<?xml version='1.0'?><urlset></urlset>"),
        "not a feed: it begins with <urlset> (line 1, column 22)"
    );
    assert_eq!(error(" \n"), "not a feed: the document is empty");
    assert_eq!(
        error("Too many requests"),
        "not a feed: no markup found (line 1, column 1)"
    );
    assert_eq!(
        error("{\"error\": 1}"),
        "not a feed: it is JSON, but not a JSON Feed (line 1, column 1)"
    );
    assert!(error("{\"error\": ").contains("line 1, column 10"));
}

#[test]
fn hostile_documents_stay_small_and_are_answered() {
    let open = "<rss><channel><item><title>t</title><description>";
    let close = "</description></item><item><title>after</title></item></channel></rss>";
    let bomb = format!(
        "<!DOCTYPE x [<!ENTITY a \"{}\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]>{open}{}&b;{close}",
        "lol".repeat(1000),
        "&a;".repeat(100_000)
    );
    let parsed = feed(&bomb);
    let body = parsed.entries[0].summary.as_deref().unwrap_or_default();
    assert!(body.len() < 1_000_000 && body.contains("&amp;b;"));
    for filler in ["<div>", "</x>", "<![CDATA[", "<!--", "<a b=\"", "&", "<"] {
        let text = format!("{open}{}{close}", filler.repeat(100_000));
        assert!(!feed(&text).entries.is_empty(), "{filler}");
    }
    let nested = format!("{open}{}{close}", "<div>".repeat(100_000));
    assert_eq!(titles(&feed(&nested)), ["t", "after"]);
    let many = format!("<rss><channel>{}", "<item>".repeat(200_000));
    assert!(feed(&many).entries.len() <= super::MOST_ENTRIES);
    assert!(
        parse(
            format!("{{\"items\":{}", "[".repeat(100_000)).as_bytes(),
            None,
            URL
        )
        .is_err()
    );
}

mod mutations {
    use super::URL;
    use proptest::prelude::*;

    const SEEDS: [&str; 4] = [
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>T</title><item><title>A &amp; b</title><link>/1</link><guid>1</guid><pubDate>Wed, 12 Jun 2024 08:30:00 +0400</pubDate><description><![CDATA[<p>x</p>]]></description></item></channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://a.example/'><entry><title type='html'>&lt;b&gt;é</title><link href='1'/><updated>2004-július-13T9:15-05:00</updated><content type='xhtml'><div>x<br/></div></content></entry></feed>",
        "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"id\":\"1\",\"title\":\"T\",\"tags\":[\"a\"],\"date_published\":\"2024-06-12\"}]}",
        "<!DOCTYPE rdf [<!ENTITY x 'y'>]><rdf:RDF><item rdf:about='http://a.example/'><title mode='base64'>QSA8Yj4=</title><dc:date>2004년 05월 28일 01:31:15</dc:date>&x;</item></rdf:RDF>",
    ];

    proptest! {
        /// Damage is answered with a feed or an error, and never through the net for panics.
        #[test]
        fn no_damage_panics(
            seed in 0..SEEDS.len(),
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4u8), 0..12),
        ) {
            let mut bytes = SEEDS[seed].as_bytes().to_vec();
            for (place, byte, change) in changes {
                if bytes.is_empty() {
                    break;
                }
                let place = place.index(bytes.len());
                match change {
                    0 => bytes[place] = byte,
                    1 => bytes.insert(place, byte),
                    2 => drop(bytes.drain(place..(place + usize::from(byte)).min(bytes.len()))),
                    _ => {
                        let copy = bytes[place..].to_vec();
                        bytes.splice(place..place, copy);
                    }
                }
            }
            let _ = super::super::read(&bytes, None, URL);
        }

        #[test]
        fn no_text_is_a_date_that_panics(text in "\\PC{0,40}") {
            let _ = crate::dates::feed::parse(&text);
        }

        #[test]
        fn no_number_is_a_date_that_panics(text in "[0-9]{1,14}[-/.: ]?[0-9A-Za-z:+.-]{0,20}") {
            let _ = crate::dates::feed::parse(&text);
        }
    }
}

#[test]
fn tags_and_titles_of_other_vocabularies_stand_in() {
    let item = |inner: &str| {
        format!(
            "<rss xmlns:dcterms='http://purl.org/dc/terms/' xmlns:m='http://search.yahoo.com/mrss/' xmlns:it='http://www.itunes.com/dtds/podcast-1.0.dtd' \
             xmlns:prism='http://prismstandard.org/namespaces/basic/2.0/'><channel><item><guid>1</guid>{inner}</item></channel></rss>"
        )
    };
    let read = |inner: &str| {
        crate::read_feed(item(inner).as_bytes(), None, "https://valley.example/feed").unwrap()
    };
    let tags = |inner: &str| read(inner).entries[0].tags.clone();
    assert_eq!(
        tags("<m:category scheme='x'>rivers</m:category>"),
        ["rivers"]
    );
    assert_eq!(
        tags(
            "<m:content url='https://valley.example/1.mp4'><m:category label='Rivers'>r</m:category></m:content>"
        ),
        ["Rivers"]
    );
    assert_eq!(
        tags("<it:category text='Arts'><it:category text='Books'/></it:category>"),
        ["Arts", "Books"]
    );
    assert_eq!(
        tags("<prism:keyword>one</prism:keyword><prism:keyword>two</prism:keyword>"),
        ["one", "two"]
    );
    assert_eq!(
        tags("<dcterms:subject>law; history</dcterms:subject>"),
        ["law", "history"]
    );
    assert_eq!(
        tags("<category>News</category><m:category>music</m:category>"),
        ["News"]
    );
    let entry = read("<it:title>The episode</it:title><dcterms:creator>Nino</dcterms:creator><dcterms:available>2024-06-12</dcterms:available>").entries[0].clone();
    assert_eq!(
        (entry.title.as_str(), entry.authors),
        ("The episode", vec!["Nino".to_owned()])
    );
    assert!(entry.published.is_some());
}

#[test]
fn a_text_in_several_formats_is_read_once_and_a_film_is_no_picture() {
    let atom = "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title>One</title><content type='multipart/alternative'>\
        <content type='text/plain'>The river</content><content type='text/html' mode='escaped'>&lt;p>The &lt;b>river&lt;/b></content>\
        </content></entry></feed>";
    let feed = crate::read_feed(atom.as_bytes(), None, "https://valley.example/feed").unwrap();
    assert_eq!(
        feed.entries[0].content.as_deref(),
        Some("<p>The <b>river</b>")
    );
    let rss = "<rss xmlns:m='http://search.yahoo.com/mrss/'><channel><item><guid>1</guid>\
        <m:content url='https://valley.example/1.mp4'/><m:content url='https://valley.example/p?1'/></item></channel></rss>";
    let feed = crate::read_feed(rss.as_bytes(), None, "https://valley.example/feed").unwrap();
    assert_eq!(
        feed.entries[0].image.as_deref(),
        Some("https://valley.example/p?1")
    );
    let cdf = "<CHANNEL HREF='https://valley.example/' BASE='https://valley.example/news/'><ITEM HREF='one.html'><TITLE>One</TITLE></ITEM></CHANNEL>";
    let feed = crate::read_feed(cdf.as_bytes(), None, "https://cdn.example/feed").unwrap();
    assert_eq!(
        feed.entries[0].url.as_deref(),
        Some("https://valley.example/news/one.html")
    );
}

#[test]
fn pages_that_an_entry_names_beside_its_own_are_kept() {
    let feed = feed(
        r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Log</title><entry><title>A find</title>
        <link rel="alternate" href="https://elsewhere.example/a"/>
        <link rel="related" href="https://log.example/a"/>
        <link rel="via" title="Hill Post" type="text/html" href="https://hill.example/x"/>
        <link rel="related" type="application/atom+xml" href="https://log.example/a.xml"/>
        <link rel="edit" href="https://log.example/edit"/></entry></feed>"#,
    );
    let entry = &feed.entries[0];
    assert_eq!(entry.url.as_deref(), Some("https://elsewhere.example/a"));
    let beside: Vec<(&str, &str)> = entry
        .media
        .iter()
        .map(|media| (media.title.as_str(), media.url.as_str()))
        .collect();
    assert_eq!(
        beside,
        [
            ("Related", "https://log.example/a"),
            ("Hill Post", "https://hill.example/x")
        ]
    );
}
