//! Constructs that are written otherwise than their specification has them, or by one that few programs read.

use super::{atom, entry, feed, item, titles};

#[test]
fn a_root_in_a_namespace_of_its_own_is_a_feed() {
    let feed = feed(
        "<n:rss xmlns:n='urn:paper'><n:channel><n:title>Paper</n:title><n:item><n:title>One</n:title></n:item></n:channel></n:rss>",
    );
    assert_eq!(
        (feed.title.as_deref(), titles(&feed)),
        (Some("Paper"), vec!["One"])
    );
}

#[test]
fn cdf_says_things_in_elements_of_their_own_or_in_attributes() {
    let feed = feed(
        "<CHANNEL HREF='/'><TITLE VALUE='Paper'/><ITEM><A HREF='/two.html'>Two</A><TITLE VALUE='Two &amp; more'/>\
         <ABSTRACT VALUE='The second'/><LOGO HREF='/2.gif' STYLE='IMAGE'/></ITEM></CHANNEL>",
    );
    let two = &feed.entries[0];
    assert_eq!(two.title, "Two & more");
    assert_eq!(two.url.as_deref(), Some("https://paper.example/two.html"));
    assert_eq!(two.summary.as_deref(), Some("The second"));
    assert_eq!(two.image.as_deref(), Some("https://paper.example/2.gif"));
}

#[test]
fn authors_of_an_atom_feed_are_those_of_its_entries() {
    let feed = feed(
        "<feed xmlns='http://www.w3.org/2005/Atom'><author><name>Desk</name></author>\
         <entry><title>a</title></entry>\
         <entry><title>b</title><source><title>Other</title><author><name>Lia</name></author></source></entry>\
         <entry><title>c</title><author><name>Nino</name></author></entry></feed>",
    );
    let authors: Vec<_> = feed
        .entries
        .iter()
        .map(|entry| &entry.authors[..])
        .collect();
    assert_eq!(authors, [["Desk"], ["Lia"], ["Nino"]]);
}

#[test]
fn relations_are_read_in_every_spelling() {
    for rel in [
        "alternate",
        " Alternate bookmark ",
        "http://www.iana.org/assignments/relation/alternate",
        "canonical",
    ] {
        let entry = atom(&format!(
            "<link rel='self' href='/feed'/><link rel='{rel}' href='/1'/>"
        ));
        assert_eq!(
            entry.url.as_deref(),
            Some("https://paper.example/1"),
            "{rel}"
        );
    }
    let both = atom("<link rel='canonical' href='/2'/><link rel='alternate' href='/1'/>");
    assert_eq!(both.url.as_deref(), Some("https://paper.example/1"));
}

#[test]
fn addresses_in_a_text_are_relative_to_its_own_base() {
    let text = |entry: newsprint_model::Entry| {
        let html = entry.content.unwrap_or_default();
        newsprint_html::sanitize::clean(&html, "https://paper.example/1").html
    };
    let based = atom(
        "<link href='/1'/><content type='html' xml:base='https://old.example/a/'>&lt;p&gt;See &lt;a href='map'&gt;it&lt;/a&gt;</content>",
    );
    assert_eq!(
        text(based),
        "<p>See <a href=\"https://old.example/a/map\">it</a></p>"
    );
    let plain = atom(
        "<link href='/1'/><content type='html'>&lt;p&gt;See &lt;a href='map'&gt;it&lt;/a&gt;</content>",
    );
    assert_eq!(
        text(plain),
        "<p>See <a href=\"https://paper.example/map\">it</a></p>"
    );
}

#[test]
fn whole_texts_of_other_modules_are_read() {
    for module in [
        "<yandex:full-text xmlns:yandex='http://news.yandex.ru'>The whole text</yandex:full-text>",
        "<r:fulltext xmlns:r='http://news.rambler.ru'>The whole text</r:fulltext>",
        "<fulltext>The whole text</fulltext>",
        "<content:items><rdf:Bag><rdf:li><content:item><rdf:value>The whole text</rdf:value></content:item></rdf:li></rdf:Bag></content:items>",
    ] {
        let entry = item(&format!(
            "<title>x</title><description>A teaser</description>{module}"
        ));
        assert_eq!(entry.content.as_deref(), Some("The whole text"), "{module}");
        assert_eq!(entry.summary.as_deref(), Some("A teaser"));
    }
}

#[test]
fn chapters_written_out_in_the_feed_follow_the_text() {
    let chapters = "<psc:chapters xmlns:psc='http://podlove.org/simple-chapters'>\
        <psc:chapter start='0' title='Hello'/><psc:chapter start='00:03:07.250' title='Dams &amp; mills' href='/dams'/>\
        <psc:chapter start='1:00:02' title='Goodbye'/><psc:chapter title='Never'/></psc:chapters>";
    let list = "<ul><li>0:00 Hello</li><li>3:07 <a href=\"https://paper.example/dams\">Dams &amp; mills</a></li>\
        <li>1:00:02 Goodbye</li></ul>";
    let entry = item(&format!(
        "<title>x</title><description>About a river.</description>{chapters}"
    ));
    assert_eq!(entry.summary.as_deref(), Some("About a river."));
    let content = entry.content.unwrap();
    assert_eq!(content, format!("About a river.{list}"));
    assert_eq!(
        item(&format!("<title>x</title>{chapters}"))
            .content
            .as_deref(),
        Some(list)
    );
}

#[test]
fn tags_are_found_in_lists_of_every_kind() {
    for (written, tags) in [
        ("<tags>law,rivers</tags>", vec!["law", "rivers"]),
        (
            "<tags><tag>law</tag><tag>rivers</tag></tags>",
            vec!["law", "rivers"],
        ),
        ("<keywords>law; rivers</keywords>", vec!["law", "rivers"]),
        (
            "<tags>law, rivers</tags><category>Weekend</category>",
            vec!["law", "rivers", "Weekend"],
        ),
        (
            "<category>Weekend <image><url>http://a.example/w.png</url><title>W</title></image></category>",
            vec!["Weekend"],
        ),
        (
            "<category>law; history; rivers</category>",
            vec!["law", "history", "rivers"],
        ),
        (
            "<category term='Radio,Interview'/>",
            vec!["Radio", "Interview"],
        ),
        ("<category term='x' label='R&amp;amp;D'/>", vec!["R&D"]),
        (
            "<category term='x' label='Radio,Interview'/>",
            vec!["Radio", "Interview"],
        ),
        ("<category><name>Rivers</name></category>", vec!["Rivers"]),
        (
            "<dc:subject xmlns:dc='http://purl.org/dc/elements/1.1/'><rdf:Bag xmlns:rdf='r'><rdf:li>law</rdf:li><rdf:li>rivers</rdf:li></rdf:Bag></dc:subject>",
            vec!["law", "rivers"],
        ),
        (
            "<category>Botany, Microbiology</category>",
            vec!["Botany, Microbiology"],
        ),
    ] {
        assert_eq!(item(written).tags, tags, "{written}");
    }
    let json = entry(
        r##"{"version":"https://jsonfeed.org/version/1","items":{"0":{"id":1,"tags":[["a","R&amp;D"],{"term":"b"},"#c #d",7]}}}"##,
    );
    assert_eq!(json.tags, ["a", "R&D", "b", "c", "d", "7"]);
}

#[test]
fn names_of_people_are_read_as_they_are_meant() {
    for (written, names) in [
        ("<author>M&amp;uuml;ller</author>", vec!["Müller"]),
        (
            "<author><name>O&amp;#8217;Neil &amp;amp; Co</name></author>",
            vec!["O’Neil & Co"],
        ),
        (
            "<author>&lt;a href='/ann'>Ann Lee&lt;/a></author>",
            vec!["Ann Lee"],
        ),
        (
            "<dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'><rdf:Seq xmlns:rdf='r'><rdf:li>Ann</rdf:li><rdf:li>Bob</rdf:li></rdf:Seq></dc:creator>",
            vec!["Ann", "Bob"],
        ),
    ] {
        assert_eq!(item(written).authors, names, "{written}");
    }
    let json = entry(
        r#"{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","authors":[{"name":"Jos&eacute;"}]}]}"#,
    );
    assert_eq!(json.authors, ["José"]);
}

#[test]
fn the_page_that_a_json_item_is_about_is_kept_beside_its_own() {
    let entry = entry(
        r#"{"version":"https://jsonfeed.org/version/1","items":[{"id":1,"url":"/1","external_url":"https://other.example/"}]}"#,
    );
    assert_eq!(entry.url.as_deref(), Some("https://paper.example/1"));
    assert_eq!(entry.media[0].url, "https://other.example/");
}
