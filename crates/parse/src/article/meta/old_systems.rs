//! Tests of facts as old journals, lists of letters and papers of scholars set them, and of what is like them and none.
//! Never here: tests of one reader alone.

use dom_query::Document;
use newsprint_model::Select;
use url::Url;

use super::{Meta, read};

fn at(address: &str, html: &str) -> Meta {
    let url = Url::parse(&format!("https://www.valleypost.example{address}")).unwrap();
    let html = crate::limit_html::limit(html);
    read(
        &Document::from(html.as_str()),
        &url,
        &Select::default(),
        None,
    )
}

fn meta(html: &str) -> Meta {
    at("/en/news/bridge", html)
}

fn day(html: &str) -> String {
    let local = meta(html).published_local.unwrap_or_default();
    local.chars().take(10).collect()
}

const TEXT: &str = "<p>The ferry stopped for good when the bridge was opened to walkers, and nobody cried but the ferryman.</p>";

#[test]
fn who_posted_an_entry_is_told_from_who_commented() {
    let entry = format!("<title>The last ferry</title><h1>The last ferry</h1>{TEXT}");
    for (own, expected) in [
        (
            "<p class=posted>Posted by nino at June 12, 2024 10:10 PM | <a href=/t>TrackBack</a></p>",
            "nino",
        ),
        (
            "<div class=byline><a href='#1'>#</a> posted by Nino @ 8:41 PM <span>Comments (3)</span></div>",
            "Nino",
        ),
    ] {
        let comment =
            "<p>Well said.</p><p class=posted>Posted by: Mrs. J. at June 14, 2024 04:40 PM</p>";
        for heading in ["<h2>Comments</h2>", "<b>Replies: 1 Comment</b>", ""] {
            let read = meta(&format!("{entry}{own}{heading}{comment}"));
            assert_eq!(read.authors, [expected], "{own} {heading}");
        }
    }
    let comments = "<h3>2 Comments</h3><p>Posted by Levan Sample @ 06/14/2024 09:41 AM</p>";
    assert_eq!(meta(&format!("{entry}{comments}")).authors, [""; 0]);
    // A date is not a name.
    let empty =
        "<div class=author><span>Written By </span><span>Feb 11, 2024 · 3 min read</span></div>";
    assert_eq!(meta(&format!("{entry}{empty}")).authors, [""; 0]);
}

#[test]
fn the_author_of_a_book_did_not_write_its_review() {
    let page = |facts: &str| {
        meta(&format!(
            "<title>The clock</title><h1>The clock</h1>{facts}{TEXT}"
        ))
        .authors
    };
    let book = [
        "<table><tr><td>Author</td><td>Levan Sample</td></tr><tr><td>Publisher</td><td>Hob</td></tr></table>",
        "<ul><li><span>Author:</span> Levan Sample</li><li>Pages: 288</li></ul>",
        "<dl><dt>Autor</dt><dd>Levan Sample</dd><dt>Verlag</dt><dd>Hob</dd></dl>",
    ];
    for book in book {
        assert_eq!(page(book), [""; 0], "{book}");
    }
    let article = "<table><tr><td>Author</td><td>Levan Sample</td></tr><tr><td>Date</td><td>12 June 2024</td></tr></table>";
    assert_eq!(page(article), ["Levan Sample"]);
}

#[test]
fn houses_and_sources_beside_a_name_are_none() {
    let page = |head: &str, byline: &str| {
        meta(&format!(
            "<title>The last ferry - VPN</title><meta property=og:title content='The last ferry'>
             <meta property=og:site_name content='Valley Post'>{head}<h1>The last ferry</h1>{byline}{TEXT}"
        ))
        .authors
    };
    let declared = |name: &str| page(&format!("<meta name=author content='{name}'>"), "");
    assert_eq!(declared("NINO KALANDIA Valley Post"), ["NINO KALANDIA"]);
    assert_eq!(declared("Nino Kalandia, VPN"), ["Nino Kalandia"]);
    // Another house has written too.
    assert_eq!(declared("Nino Kalandia, AFP"), ["Nino Kalandia", "AFP"]);
    let staff = "<div class=byline><span>by <a href=/nino>Nino Kalandia</a></span><span>RiverWorthy Staff</span></div>";
    assert_eq!(page("", staff), ["Nino Kalandia"]);
    let both = "<div class=byline>by <a href=/nino>Nino Kalandia</a> and <a href=/levan>Levan Sample</a></div>";
    assert_eq!(page("", both), ["Nino Kalandia", "Levan Sample"]);
    let heard = "<p class=byline__source>Heard on <a href=/rivers>Rivers at Dusk</a></p>";
    assert_eq!(page("", heard), [""; 0]);
    let life = "<meta name=author content='李样'>";
    let end = "<p>作者：李样，小学教师，著有散文集《灯下》。</p>";
    assert_eq!(page(life, end), ["李样"]);
}

#[test]
fn an_account_is_the_author_where_a_page_declares_no_other() {
    let declared = r#"<script type="application/ld+json">{"@type":"Article","headline":"The last ferry","author":{"@type":"Person","name":"grey_cat"}}</script>"#;
    let page = |head: &str, rest: &str| {
        meta(&format!(
            "<title>The last ferry</title>{head}<h1>The last ferry</h1>{TEXT}{rest}"
        ))
        .authors
    };
    assert_eq!(page(declared, "<a href=/u/1>grey_cat</a>"), ["grey_cat"]);
    assert_eq!(page(declared, ""), [""; 0]);
    let card = "<footer class=entry-footer><span class='author vcard'><span class=fn>fukurou</span></span></footer>";
    let article = format!("<article>{card}</article>");
    assert_eq!(page("", &article), ["fukurou"]);
    let html = "<title>river notes :: The last ferry</title><h3 class=storyTitle>The last ferry <span>[<a href='?cat=2'>general</a>]</span> — <span class=storyAuthor>hal - hal@valley.example</span> @ 11:14 pm</h3><p>It is gone.</p>";
    let read = at("/index.php", html);
    assert_eq!(read.authors, ["hal"]);
}

#[test]
fn letters_and_papers_name_their_writers_in_their_heads() {
    let page = |head: &str| {
        meta(&format!(
            "<title>The last ferry</title><h1>The last ferry</h1>{head}{TEXT}"
        ))
        .authors
    };
    for head in [
        "<ul><li><em>To</em>: list</li><li><em>From</em>: Nino Example &lt;<a href='mailto:n@v.example'>n@v.example</a>&gt;</li><li><em>Date</em>: Wed, 12 Jun 2024</li></ul>",
        "<b>Nino Example</b> <a href='mailto:x'>nino at valley.example</a><br><i>Wed Jun 12 14:02:03 CEST 2024</i>",
        "<p align=center><strong>Nino Example<br>Institute of Rivers, Valley</strong></p><p align=center><strong>June 2024</strong></p>",
        "<div><a href='Nino.html'>Nino Example</a> 12th of September 2024 at 9:40pm</div>",
        "<p class=author>— Nino Example</p>",
    ] {
        assert_eq!(page(head), ["Nino Example"], "{head}");
    }
    // A sentence may begin so too.
    assert_eq!(page("<p>From: here to there.</p>"), [""; 0]);
}

#[test]
fn a_date_over_links_before_links_or_in_scripts_is_found() {
    let headline = "<title>The last ferry</title><h1>The last ferry</h1>";
    let links = "<b>Nino (<a href=/u>nino</a>) wrote,<br>@ <a href=/2024/>2024</a>-<a href=/2024/06/>06</a>-<a href=/2024/06/12/>12</a> 23:48:00</b>";
    let comment = "<div><font>2024-06-13 07:15 am UTC</font> Good.</div>";
    assert_eq!(
        day(&format!("{headline}{links}{TEXT}{comment}")),
        "2024-06-12"
    );
    let filed = "<p class=foot><span>June 12, 2024 in <a href=/n>Novels</a>, <a href=/w>Women Who Wind Very Old Things</a></span></p>";
    assert_eq!(day(&format!("{headline}{TEXT}{filed}")), "2024-06-12");
    let script = "<script>var ct = '1'; var publish_time = '2024-06-12' || '';</script>";
    assert_eq!(day(&format!("{headline}{TEXT}{script}")), "2024-06-12");
    let others = "<script>publishDate='2024-06-12'; window.publishDate='2023-01-01'</script>";
    assert_eq!(day(&format!("{headline}{TEXT}{others}")), "");
    let russian = "<font>12.06.2024, 14:20 | Культура | Просмотров: 1403</font><br><b>Библиотеку перевезли на санях за день</b>";
    let title = "<title>Библиотеку перевезли на санях за день</title>";
    assert_eq!(day(&format!("{title}{russian}{TEXT}")), "2024-06-12");
}

#[test]
fn the_day_of_a_change_gives_way_to_that_of_the_address() {
    let html = format!(
        "<title>River notes</title><table><tr><td>Updated: 4/30/2024; 9:12:44 PM.</td></tr></table>{TEXT}"
    );
    let local = |address: &str, html: &str| at(address, html).published_local.unwrap_or_default();
    assert_eq!(local("/0107/2024/04/09.html", &html), "2024-04-09");
    assert_eq!(local("/notes", &html), "2024-04-30T21:12:44");
}

#[test]
fn other_dates_of_a_page_tell_the_order_of_day_and_month() {
    let page = |comment: &str| {
        day(&format!(
            "<title>The last ferry</title><h1>The last ferry</h1><p>02/03/2024: 01:12</p>{TEXT}<p>Posted by lev @ {comment}</p>"
        ))
    };
    assert_eq!(page("02/04/2024 11:15 AM EST"), "2024-02-03");
    assert_eq!(page("02/14/2024 11:15"), "2024-02-03");
    assert_eq!(page("14/03/2024 11:15"), "2024-03-02");
    assert_eq!(page("02/04/2024 11:15"), "2024-03-02");
}

#[test]
fn a_title_is_told_from_what_stands_in_and_around_it() {
    for (window, heading, expected) in [
        (
            "ferry",
            "<h1>Ferry<a class=anchor-link href='#Ferry'>¶</a></h1>",
            "Ferry",
        ),
        (
            "The Valley Post - The last ferry of all - Print",
            "<h2>The last ferry of all</h2>",
            "The last ferry of all",
        ),
        (
            "Rambles of a Clerk: Chapter VII. On the Talk of Ferrymen",
            "<h3>CHAPTER VII.</h3><h2>ON THE TALK OF FERRYMEN</h2>",
            "On the Talk of Ferrymen",
        ),
        (
            "River notes: Low water",
            "<h1><a href='https://www.valleypost.example/'>River notes</a></h1><h3>Low water · <a href=/low>::</a> <span>12 June 2024</span></h3>",
            "Low water",
        ),
        (
            "渡口 - 山谷文学社",
            "<a href='/'>山谷文学社</a><td><font><b>渡口</b></font><br>作者：李样　　发布时间：2024-6-12　　阅读：3次</td>",
            "渡口",
        ),
        (
            "Valley Post",
            "<h1>Valley Post</h1><div class=blogPost><div class=blogTitle><strong>The long way round</strong></div>It is long.</div>",
            "The long way round",
        ),
    ] {
        let read = meta(&format!("<title>{window}</title>{heading}{TEXT}"));
        assert_eq!(read.title.as_deref(), Some(expected), "{window}");
    }
    // With two entries neither is the page's.
    let entry =
        |title: &str| format!("<div class=blogPost><div class=blogTitle>{title}</div></div>");
    let two = format!(
        "<title>Valley Post</title><h1>Valley Post</h1>{}{}",
        entry("The long way"),
        entry("The short way")
    );
    assert_eq!(meta(&two).title.as_deref(), Some("Valley Post"));
}

#[test]
fn tags_without_links_are_those_beside_the_headline() {
    let page = |tags: &str| {
        meta(&format!(
            "<title>The last ferry</title><h1>The last ferry</h1>{tags}{TEXT}"
        ))
        .tags
    };
    let tags = "<div class=note-categories><div class=note-category>rivers</div><div class=note-category>boats</div></div>";
    assert_eq!(page(tags), ["rivers", "boats"]);
    for none in [
        "<div class=category>Advertisement</div>",
        "<button class=label>Share</button><button class=label>Print</button>",
    ] {
        assert_eq!(page(none), [""; 0], "{none}");
    }
}
