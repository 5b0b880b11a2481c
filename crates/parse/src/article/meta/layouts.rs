//! Tests of facts as pages of many kinds set them. Never here: tests of one reader alone.

use dom_query::Document;
use newsprint_model::Select;
use url::Url;

use super::{Meta, read};

fn meta(html: &str) -> Meta {
    let url = Url::parse("https://www.valleypost.example/en/news/bridge").unwrap();
    read(&Document::from(html), &url, &Select::default(), None)
}

/// The date of a page that came on 12 June 2024 shortly after 14 hours, and whether it is said against that moment.
fn at_fetch(html: &str) -> (String, bool) {
    let url = Url::parse("https://www.valleypost.example/en/news/bridge").unwrap();
    let fetched = "2024-06-12T14:02:30Z".parse().ok();
    let meta = read(&Document::from(html), &url, &Select::default(), fetched);
    (meta.published_local.unwrap_or_default(), meta.approximate)
}

fn title(html: &str) -> Option<String> {
    meta(html).title
}

fn day(html: &str) -> Option<String> {
    let local = meta(html).published_local?;
    local.get(..10).map(str::to_owned)
}

#[test]
fn what_sharing_adds_to_a_title_is_left_out_where_heading_and_structured_data_agree() {
    let page = |shared: &str, declared: &str, heading: &str| {
        title(&format!(
            r#"<title>{shared}</title><meta property=og:title content="{shared}">
            <script type="application/ld+json">{{"@type":"NewsArticle","headline":"{declared}"}}</script>
            <main><h1>{heading}</h1><p>The bridge is open.</p></main>"#
        ))
    };
    for (shared, declared, heading) in [
        (
            "The old bridge opens again | Colchis Daily: news for all",
            "The old bridge opens again",
            "The old bridge opens again",
        ),
        (
            "木の橋が百年ぶりに架け替えへ | 谷ニュース",
            "木の橋が百年ぶりに架け替えへ",
            "<span>木の橋が百年ぶりに架け替えへ</span>",
        ),
        (
            "Nino Example · The old bridge opens again: Crossings",
            "The old bridge opens again",
            "<span>The old bridge opens again</span><br><a>Nino Example</a>",
        ),
    ] {
        assert_eq!(
            page(shared, declared, heading).as_deref(),
            Some(declared),
            "{shared}"
        );
    }
    // A heading that says less than both is that of a part.
    let whole = "The old bridge opens again: what the valley gains";
    assert_eq!(page(whole, whole, "The valley").as_deref(), Some(whole));
}

#[test]
fn a_title_without_a_heading_is_known_where_the_page_shows_it() {
    for (window, shown) in [
        (
            "青溪大桥今日恢复通车-山谷网",
            "<div class=h-title>青溪大桥今日恢复通车</div>",
        ),
        (
            "青溪大桥今日恢复通车_部门动态_青溪市人民政府",
            "<table><tr><td class=bt_title>青溪大桥今日恢复通车</td></tr></table>",
        ),
    ] {
        let html = format!("<title>{window}</title>{shown}<p>大桥昨天完成检修。</p>");
        assert_eq!(title(&html).as_deref(), Some("青溪大桥今日恢复通车"));
    }
    let declared =
        "<title>青溪大桥今日恢复通车_要闻</title><meta name=SiteName content='青溪市人民政府'>
        <meta name=ArticleTitle content='青溪大桥今日恢复通车'><p>大桥昨天完成检修。</p>";
    assert_eq!(title(declared).as_deref(), Some("青溪大桥今日恢复通车"));
}

#[test]
fn the_sites_name_in_the_heading_of_the_first_rank_is_not_the_title() {
    for (window, heading) in [
        ("Notes from the Lower Valley: Slow water", "Slow water"),
        (
            "Notes from the Lower Valley &raquo; Blog Archive &raquo; Slow water",
            "Slow water",
        ),
        (
            "The colour of slow water (Notes from the Lower Valley)",
            "The colour of slow water",
        ),
    ] {
        let html = format!(
            "<title>{window}</title><div id=header><h1><a href='/'>Notes from the Lower Valley</a></h1></div>
            <div class=post><h2>{heading}</h2><p>The river rose by a hand.</p></div>"
        );
        assert_eq!(title(&html).as_deref(), Some(heading), "{window}");
    }
    // The name in a link home, and the title in the heading.
    let html = "<title>Mrs. Example's Pages - Slow Water</title><meta property=og:title content=\"Mrs. Example's Pages - Slow Water\">
        <header><a href='/'>Mrs. Example's Pages</a></header><main><h1>Slow Water</h1><p>The river rose by a hand.</p></main>";
    assert_eq!(title(html).as_deref(), Some("Slow Water"));
}

#[test]
fn who_wrote_it_is_no_part_of_the_title() {
    let html = "<title>Spate by Nino Example | Valley Verse</title><meta property=og:title content='Spate by Nino Example | Valley Verse'>
        <header><a href='/'>Valley Verse</a></header><main><h1>Spate</h1><span class=byline>By <a href='/poets/nino'>Nino Example</a></span><p>The river.</p></main>";
    assert_eq!(title(html).as_deref(), Some("Spate"));
    let html =
        "<title>Spate by the mill</title><meta property=og:title content='Spate by the mill'>
        <main><h1>Spate</h1><span class=byline>By Nino Example</span><p>The river.</p></main>";
    assert_eq!(title(html).as_deref(), Some("Spate by the mill"));
}

#[test]
fn reporters_of_east_asian_outlets_are_named_without_outlet_and_role() {
    for (byline, names) in [
        (
            "<p class=author>本报记者 李 样 赵小样</p>",
            vec!["李样", "赵小样"],
        ),
        (
            "<p>山谷新闻记者 周样样</p><p>2024-06-12 14:02</p>",
            vec!["周样样"],
        ),
        ("<p>山谷社记者：周样样、李样</p>", vec!["周样样", "李样"]),
        (
            "<p>〔記者周樣樣／青溪報導〕受鋒面影響，青溪大橋昨天封閉，居民改走舊路。</p>",
            vec!["周樣樣"],
        ),
        (
            "<p>【文/山谷网 周样】青溪大桥昨天封闭，居民改走旧路。</p>",
            vec!["周样"],
        ),
        (
            "<p>　　山谷社青溪9月11日电（记者周样样）青溪大桥昨天封闭，居民改走旧路。</p>",
            vec!["周样样"],
        ),
        // These speak of reporters, and name none.
        ("<p>本报记者了解到，青溪大桥昨天封闭。</p>", vec![]),
        (
            "<p>青溪大桥昨天封闭（记者会今天举行），居民改走旧路。</p>",
            vec![],
        ),
    ] {
        let html = format!("<title>青溪大桥封闭检修</title><h1>青溪大桥封闭检修</h1>{byline}");
        assert_eq!(meta(&html).authors, names, "{byline}");
    }
    let html = "<meta property='og:article:author' content='골짜기일보 | 포털'><h1>다리가 다시 열렸다</h1>
        <div id=body><script>var a;</script><span><img src=/a.jpg></span>(청계=골짜기일보) 김보기 기자 = 오래된 다리가 다시 열렸다.</div>";
    assert_eq!(meta(html).authors, ["김보기"]);
    let html =
        "<meta name=author content='Kontributor Lembah, Nino Contoh'><h1>Jembatan dibuka</h1>";
    assert_eq!(meta(html).authors, ["Nino Contoh"]);
}

#[test]
fn a_day_kept_at_midnight_gives_way_to_the_moment_of_the_same_story() {
    let page = |first: &str, second: &str| {
        let html = format!(
            r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"The bridge opens","datePublished":"{first}"}}</script>
            <script type="application/ld+json">{{"@type":"WebPage","url":"https://www.valleypost.example/en/news/bridge","datePublished":"{second}"}}</script>
            <h1>The bridge opens</h1>"#
        );
        meta(&html).published_local.unwrap()
    };
    assert_eq!(
        page("2024-06-12T00:00:00Z", "2024-06-13T04:39:05Z"),
        "2024-06-13T04:39:05Z"
    );
    // Two moments, or two days far from each other: the article's own.
    assert_eq!(
        page("2024-06-12T09:00:00Z", "2024-06-13T04:39:05Z"),
        "2024-06-12T09:00:00Z"
    );
    assert_eq!(
        page("2024-06-12T00:00:00Z", "2024-06-18T04:39:05Z"),
        "2024-06-12T00:00:00Z"
    );
}

#[test]
fn a_date_behind_a_label_is_found_in_the_frame_of_a_page_without_another() {
    for labelled in [
        "<aside><h3>Publish date</h3><div><p><time>3 May 2020</time></p></div></aside>",
        "<aside><dl><dt>Veröffentlicht am</dt><dd>3. Mai 2020</dd></dl></aside>",
        "<footer><dl><dt>Published</dt><dd><span>3 May 2020</span></dd></dl></footer>",
    ] {
        let html = format!("<h1>The bridge opens</h1><p>It is open.</p>{labelled}");
        assert_eq!(day(&html).as_deref(), Some("2020-05-03"), "{labelled}");
    }
    let other = "<h1>The bridge opens</h1><p>It is open.</p><footer><dl><dt>Founded</dt><dd>3 May 2020</dd></dl></footer>";
    assert_eq!(day(other), None);
}

#[test]
fn dates_are_read_from_the_names_that_systems_give_them() {
    for name in [
        "apub:time",
        "publishdate",
        "PubDate",
        "pubtime",
        "createDate",
    ] {
        let html = format!("<meta name='{name}' content='2020-05-03 09:31:02'><h1>T</h1>");
        assert_eq!(day(&html).as_deref(), Some("2020-05-03"), "{name}");
    }
}

#[test]
fn the_date_of_the_last_change_is_taken_where_there_is_no_other() {
    for line in [
        "<address>Last modified: 3 May 2020. Comments to nino@valley.example</address>",
        "<address>nino@valley.example<br>Room 312, phone 555-0188<br>Last updated: Sun May 3 2020</address>",
        "<footer><p>Zuletzt aktualisiert am 3. Mai 2020</p></footer>",
        "<footer><p>Dernière mise à jour : 3 mai 2020</p></footer>",
        "<footer><p>Última actualización: 3 de mayo de 2020</p></footer>",
    ] {
        let html = format!("<h1>The bridge opens</h1><p>It is open.</p>{line}");
        assert_eq!(day(&html).as_deref(), Some("2020-05-03"), "{line}");
        let dated = format!("<h1>The bridge opens</h1><p>4 March 2019</p><p>It is open.</p>{line}");
        assert_eq!(day(&dated).as_deref(), Some("2019-03-04"), "{line}");
    }
    let since = "<h1>The bridge opens</h1><p>It is open.</p><footer>Valley Post, founded on 3 May 2020</footer>";
    assert_eq!(day(since), None);
    let site = "<h1>The bridge opens</h1><p>It is open.</p><footer><p>Site last updated: May 3, 2020</p></footer>";
    assert_eq!(day(site), None);
}

#[test]
fn a_sentence_says_when_an_entry_was_posted() {
    let comment = "<ol><li><small>June 4th, 2010 at 8:00 am</small><p>So it is.</p></li></ol>";
    for sentence in [
        "<p>This entry was posted on Wednesday, June 2nd, 2010 at 4:12 pm and is filed under <a>Rivers</a>. You can follow it.</p>",
        "<p>Dieser Eintrag wurde am Mittwoch, 2. Juni 2010 um 16:12 Uhr veröffentlicht und liegt unter Flüsse.</p>",
        "<p>Posted on <b>June 2, 2010</b> by Nino</p>",
    ] {
        let html = format!(
            "<title>The bridge opens</title><h2>The bridge opens</h2><p>It is open.</p>{sentence}{comment}"
        );
        assert_eq!(day(&html).as_deref(), Some("2010-06-02"), "{sentence}");
    }
    // Two words are what the teaser of another entry begins with.
    let html = "<title>The bridge opens</title><article><h2>The bridge opens</h2><time>June 2, 2010</time><p>It is open.</p></article>
        <div><b>The ferry rests</b><p>Posted on May 3, 2009</p></div>";
    assert_eq!(day(html).as_deref(), Some("2010-06-02"));
}

#[test]
fn the_lines_under_the_title_of_a_typed_text_tell_of_it() {
    let page = |first: &str| {
        format!(
            "<title>On Slow Water</title><pre>\n\n       {first}\n\n      Nino Example\n     3 May 2020\n\nThe river rose by a hand in the night,\nas on 4 March 2019.\n</pre>"
        )
    };
    let read = meta(&page("ON SLOW WATER"));
    assert_eq!(read.published_local.as_deref(), Some("2020-05-03"));
    assert_eq!(read.authors, ["Nino Example"]);
    // Not the title: the lines may be of anything.
    let other = meta(&page("A list of the dams"));
    assert_eq!((other.published_local, other.authors), (None, vec![]));
}

#[test]
fn a_short_first_heading_is_the_title_without_what_the_site_adds() {
    let html = "<title>Weir - poems by Nino Example</title><p><a href=index.html>Poems</a></p><h2>Weir</h2><pre>The weir holds\nand lets go.</pre>";
    assert_eq!(title(html).as_deref(), Some("Weir"));
    // One that the title does not begin with is that of a part.
    let html = "<title>Nino Example - Weir</title><h2>Poems</h2><p>The weir holds.</p>";
    assert_eq!(title(html).as_deref(), Some("Nino Example - Weir"));
}

#[test]
fn the_name_behind_by_is_found_in_the_next_element() {
    for byline in [
        "<center>by<br><b>Nino B. Example</b><br>Department of Rivers<br>Valley State University, in the town of Villa Alta, where the rivers meet and the bridges are old</center>",
        "<div><span>by</span> <b>Nino B. Example</b></div>",
        "<div class=ltx_authors><span class=ltx_creator><span class=ltx_personname>Nino B. Example </span><span class=ltx_notes>Institute for Rivers, Villa Alta</span></span></div>",
        "<section aria-label=Author><ul><li><span>Nino B. Example</span></li></ul></section>",
    ] {
        let html = format!(
            "<title>The bridge opens</title><h1>The bridge opens</h1>{byline}<p>It is open.</p>"
        );
        assert_eq!(meta(&html).authors, ["Nino B. Example"], "{byline}");
    }
}

#[test]
fn an_account_is_the_author_where_by_or_the_title_says_so() {
    let page = |title: &str, entry: &str| {
        meta(&format!(
            "<title>{title}</title><h1>The bridge opens</h1>{entry}<p>It is open.</p><div class=comment>by <a class=author>levan</a></div>"
        ))
        .authors
    };
    let sent = "<p>submitted two years ago by <a class=author>ninowrites</a> to rivers</p>";
    assert_eq!(page("The bridge opens", sent), ["ninowrites"]);
    let journal = "<span class=ljuser><a href='#'><b>ninowrites</b></a></span>";
    assert_eq!(
        page("ninowrites: The bridge opens", journal),
        ["ninowrites"]
    );
    // A word in an element so called may be anything.
    assert_eq!(page("The bridge opens", journal), [""; 0]);
}

#[test]
fn a_signature_at_the_end_of_the_text_names_its_author() {
    let page = |end: &str| {
        meta(&format!(
            "<title>Cầu treo mở lại</title><h1>Cầu treo mở lại</h1><p>Cầu treo đã mở lại sau nhiều tháng.</p>{end}"
        ))
        .authors
    };
    assert_eq!(
        page("<p style='text-align: right;'><strong>Minh Ví Dụ</strong></p>"),
        ["Minh Ví Dụ"]
    );
    assert_eq!(page("<p align=right>Nino Example</p>"), ["Nino Example"]);
    assert_eq!(page("<p>Minh Ví Dụ</p>"), [""; 0]);
    assert_eq!(
        page("<p align=right>Nino Example</p><p align=right>Levan Sample</p>"),
        [""; 0]
    );
    let page = |end: &str| {
        meta(&format!(
            "<title>木の橋が架け替えへ</title><h1>木の橋が架け替えへ</h1><p><span>田中例子</span> <time>2021年7月18日</time></p><p>橋は来月まで通れない。{end}</p>"
        ))
        .authors
    };
    assert_eq!(page("（田中例子）"), ["田中例子"]);
    assert_eq!(page("（写真も）"), [""; 0]);
}

#[test]
fn a_date_said_against_the_fetch_is_read_at_the_headline() {
    for (shown, date) in [
        ("3 hours ago", "2024-06-12T11:02:00Z"),
        ("vor 3 Stunden", "2024-06-12T11:02:00Z"),
        ("Yesterday, 14:02", "2024-06-11T14:02:00"),
        ("gestern, 14:02 Uhr", "2024-06-11T14:02:00"),
        ("3小时前", "2024-06-12T11:02:00Z"),
        ("12 June", "2024-06-12"),
        ("12. Juni, 14:02 Uhr", "2024-06-12T14:02:00"),
        ("il y a 2 jours", "2024-06-10"),
        ("June 12, 2:02 pm", "2024-06-12T14:02:00"),
        ("By Nino Example · 3 hours ago", "2024-06-12T11:02:00Z"),
        ("Nino Example | 2 days ago | 3 min read", "2024-06-10"),
    ] {
        for html in [
            format!("<h1>The bridge opens</h1><p>{shown}</p><p>It is open.</p>"),
            format!("<h1>The bridge opens</h1><div><span>{shown}</span></div><p>It is open.</p>"),
        ] {
            assert_eq!(at_fetch(&html), (date.to_owned(), true), "{html}");
            assert_eq!(meta(&html).published_local, None, "{html}");
        }
    }
    // Above the headline, in an element that is made for it.
    let above = "<p><time>3 hours ago</time></p><h1>The bridge opens</h1><p>It is open.</p>";
    assert_eq!(at_fetch(above).0, "2024-06-12T11:02:00Z");
}

#[test]
fn a_whole_date_is_believed_before_one_said_against_the_fetch() {
    let under = "<h1>The bridge opens</h1><p>3 hours ago</p>";
    let date = |html: &str| at_fetch(html);
    let certain = ("2024-06-03".to_owned(), false);
    let declared = "<meta property='article:published_time' content='2024-06-03'>";
    assert_eq!(date(&format!("{declared}{under}")), certain);
    assert_eq!(date(&format!("{under}<p>3 June 2024</p>")), certain);
    // Nor what a sentence says, another story's box, or the site's name.
    for rest in [
        "<p>The council of the town met 3 hours ago and decided that it would wait for the flood.</p>",
        "<p>It is open.</p><aside><p>3 hours ago</p></aside>",
    ] {
        let html = format!("<h1>The bridge opens</h1>{rest}");
        assert_eq!(date(&html), (String::new(), false), "{html}");
    }
    let named = "<meta property=og:site_name content=Today><h1>The bridge opens</h1><p>Today</p>";
    assert_eq!(date(named), (String::new(), false));
}

#[test]
fn a_day_under_a_picture_is_the_photographs() {
    let declared = "<meta property='article:published_time' content='2024-06-12T14:02:00+09:00'>";
    let text = "<p>The bridge over the river is open again after a year of work.</p>";
    for caption in [
        "<figure><img src=a.jpg><figcaption>橋を渡る人たち＝谷市で2024年6月3日、見本花子撮影</figcaption></figure>",
        "<figure><img src=a.jpg><figcaption><span class=date>3 June 2024</span></figcaption></figure>",
        "<div><img src=a.jpg><div class=photo__caption>The bridge on 3 June 2024</div></div>",
        "<p>The bridge on 3 June 2024. Photo: Nino Example</p>",
        "<p>Foto: Nino Example, 3. Juni 2024</p>",
        "<p>橋を渡る人たち＝2024年6月3日、谷市で</p>",
        "<p>2024年6月3日、谷市</p>",
        "<p>다리를 건너는 시민들, 2024년 6월 3일</p>",
        "<p>Tbilisi, 3 June 2024</p>",
        "<p>By the river on 3 June 2024</p>",
        "<p>Photo by Nino Example, 3 June 2024</p>",
    ] {
        for shown in [
            "",
            "<time datetime='2024-06-12T14:30:00+09:00'>2024/6/12 14:02（最終更新 6/12 14:30）</time>",
            "<time>12 June 2024, 14:02 (updated 14:30)</time>",
            "<p>Updated 12 June 2024</p>",
        ] {
            let html = format!("{declared}<h1>The bridge opens</h1>{shown}{caption}{text}");
            assert_eq!(
                day(&html).as_deref(),
                Some("2024-06-12"),
                "{shown}{caption}"
            );
        }
        // Nor is it the date where nothing is declared and the page shows its own.
        let html = format!("<h1>The bridge opens</h1>{caption}<p>12 June 2024</p>{text}");
        let captioned = caption.contains("caption");
        assert!(
            !captioned || day(&html).as_deref() == Some("2024-06-12"),
            "{caption}"
        );
    }
}

#[test]
fn an_earlier_day_that_stands_alone_is_that_of_publication() {
    let declared = "<meta property='article:published_time' content='2024-06-12T14:02:00+09:00'>";
    for shown in [
        "<p>3 June 2020</p>",
        "<p>3 June 2020 • 3 min read</p>",
        "<p>03.06.2020, 14:02 Uhr</p>",
        "<p>2020年6月3日 水曜日 午後3時</p>",
        "<p>2020年6月3日 更新：2024年6月12日</p>",
        "<p>3 June 2020 (updated 12 June 2024)</p>",
        "<p>Posted by Nino Example on 3 June 2020</p>",
        "<p>By Nino Example 3 June 2020</p>",
        "<p>Von Nino Example am 3. Juni 2020</p>",
        "<p>Written on 3 June 2020</p>",
        "<p>3 June 2020 in Rivers</p>",
        "<p>3 June 2020 in <a href=/rivers>Rivers</a></p>",
        "<p class=date>Rivers, 3 June 2020</p>",
        "<p class=byline>Nino Example, 3 June 2020</p>",
    ] {
        let html = format!("{declared}<h1>The bridge opens</h1>{shown}<p>It is open.</p>");
        assert_eq!(day(&html).as_deref(), Some("2020-06-03"), "{shown}");
    }
    for changed in [
        "<p>Updated: 3 June 2020</p>",
        "<p>2020年6月3日 14:02更新</p>",
    ] {
        let html = format!("{declared}<h1>The bridge opens</h1>{changed}<p>It is open.</p>");
        assert_eq!(day(&html).as_deref(), Some("2024-06-12"), "{changed}");
    }
}

#[test]
fn what_neither_heading_nor_window_has_is_no_part_of_the_title() {
    let page = |window: &str, declared: &str, heading: &str| {
        title(&format!(
            r#"<title>{window} - Valley Post</title><meta property=og:title content="{declared} - Valley Post">
            <meta property=og:site_name content="Valley Post">
            <script type="application/ld+json">{{"@type":"NewsArticle","headline":"{declared}"}}</script>
            <main><h1>{heading}</h1><p>The bridge is open.</p></main>"#
        ))
    };
    let whole = "The old bridge opens again";
    let paged = "The old bridge opens again All pages";
    assert_eq!(page(whole, paged, whole).as_deref(), Some(whole));
    // Where the window has it too, it is the title.
    assert_eq!(page(paged, paged, whole).as_deref(), Some(paged));
}

#[test]
fn a_colon_that_is_not_seen_parts_a_heading_from_what_it_is_about() {
    let heading = "<h2><span>Rivers and bridges</span><span><i class=hidden>:</i>The old bridge opens again</span></h2>";
    let shared = "Rivers and bridges: The bridge opens for everybody again";
    let declared = |headline: &str| {
        title(&format!(
            r#"<title>{shared}</title><meta property=og:title content="{shared}">
            <script type="application/ld+json">{{"@type":"NewsArticle","headline":"{headline}"}}</script>
            <main>{heading}<p>The bridge is open.</p></main>"#
        ))
    };
    assert_eq!(
        declared("The old bridge opens again").as_deref(),
        Some("The old bridge opens again")
    );
    assert_eq!(
        declared("A bridge for the valley").as_deref(),
        Some("Rivers and bridges: The old bridge opens again")
    );
}

#[test]
fn a_byline_is_cut_down_to_who_wrote_the_text() {
    let page = |byline: &str| {
        let html = format!(
            "<title>The bridge opens - Colchis Valley Post</title><meta property=og:title content='The bridge opens'>
            <meta property=og:site_name content='Colchis Valley Post'><meta name=sitename content='الوادي'><meta name=author content='{byline}'>
            <h1>The bridge opens</h1><p>It is open.</p>"
        );
        meta(&html).authors
    };
    for (byline, names) in [
        (
            "Nino Example, Radio Valley „River Tonight“, valley.example",
            vec!["Nino Example"],
        ),
        (
            "Nino Example, Radio Valley «River Tonight»",
            vec!["Nino Example"],
        ),
        ("Colchis Valley Post - Nino Example", vec!["Nino Example"]),
        ("Nino Example - Colchis Valley Post", vec!["Nino Example"]),
        ("الوادي - ليلى نموذج", vec!["ليلى نموذج"]),
        ("ليلى نموذج-تبليسي", vec!["ليلى نموذج"]),
        ("ماري مثال-سميث", vec!["ماري مثال-سميث"]),
        ("AFP - New York", vec!["AFP"]),
        ("Reuters – Saudi Arabia", vec!["Reuters"]),
        ("Editorial Staff - Upper Valley", vec!["Editorial Staff"]),
        ("CVP / Nino Example", vec!["Nino Example"]),
        ("AFP / Nino Example", vec!["AFP", "Nino Example"]),
        ("Colchis Valley Post, Tbilisi, Georgia", vec![]),
        ("[Nino Example, AFP]", vec!["Nino Example", "AFP"]),
        ("(Nino Example)", vec!["Nino Example"]),
        ("Nino Example More by this Author", vec!["Nino Example"]),
        ("Nino Example RiverNews.ge", vec!["Nino Example"]),
        ("Nino Example For Rivers Today", vec!["Nino Example"]),
        (
            "Nino Example (Text), Levan Sample (Bild), Agenturen",
            vec!["Nino Example"],
        ),
        ("本报记者 李样 通讯员 王例", vec!["李样", "王例"]),
    ] {
        assert_eq!(page(byline), names, "{byline}");
    }
}

#[test]
fn who_took_the_picture_did_not_write_the_text() {
    let page = |caption: &str, byline: &str| {
        let html = format!(
            "<meta name=generator content='Foruma! 3.2'><meta name=author content='Foruma! Team and Other UI'>
            <title>The bridge opens</title><h1>The bridge opens</h1>{caption}{byline}<p>It is open.</p>"
        );
        meta(&html).authors
    };
    for caption in [
        "<div><img src=a.jpg><div class=photo__caption>The bridge.<span class=photo__author>(VALLEY.example/LEVAN SAMPLE)</span></div></div>",
        "<figure><img src=a.jpg><figcaption>The bridge. <span class=author>Levan Sample</span></figcaption></figure>",
        "<figure><img src=a.jpg><figcaption>By <a rel=author href=/author/levan>Levan Sample</a></figcaption></figure>",
    ] {
        assert_eq!(page(caption, ""), [""; 0], "{caption}");
        assert_eq!(
            page(caption, "<p>By Nino Example</p>"),
            ["Nino Example"],
            "{caption}"
        );
        let other = "<meta name=content_author content='Nino Example'>";
        assert_eq!(page(caption, other), ["Nino Example"], "{caption}");
    }
    // What is called a caption far from any picture is none.
    let note = "<div><p class=note_caption>Author: Nino Example</p></div>";
    assert_eq!(page("", note), ["Nino Example"]);
    // A box that its theme calls a caption, with the headline in it, is none.
    let boxed = "<title>The bridge opens</title><div class=caption><img src=a.jpg><h1>The bridge opens</h1><p>12 June 2024</p><p class=author>Nino Example</p></div>";
    assert_eq!(meta(boxed).authors, ["Nino Example"]);
    assert_eq!(day(boxed).as_deref(), Some("2024-06-12"));
}

#[test]
fn a_byline_stands_beside_the_outlet_a_post_or_a_photographer() {
    for (byline, name) in [
        (
            "<div class=byline><a href=/south>Radio Valley South</a><br>By <a href=/n>Nino Example</a></div>",
            "Nino Example",
        ),
        (
            "<span class=day>الإثنين، 21 أغسطس 2017 04:00 م</span><span class=writeBy>كتب سامح نموذج - تصوير هاني مثال</span>",
            "سامح نموذج",
        ),
        (
            "<div class=read__author><span>Penulis</span> <div class=credit-title-name><h6>Kontributor Lembah, Nino Example</h6></div></div>",
            "Nino Example",
        ),
    ] {
        let html = format!(
            "<title>The bridge opens</title><h1>The bridge opens</h1>{byline}<p>It is open.</p>"
        );
        assert_eq!(meta(&html).authors, [name], "{byline}");
    }
}

#[test]
fn a_declared_day_that_the_page_calls_that_of_publication_stands() {
    let page = |label: &str| {
        let html = format!(
            "<html lang=zh><meta name=PubDate content='2024-06-12 15:42'><h1>关于重新开放青溪大桥的通知</h1><p>{label}2024-06-12 15:42</p>
            <p>大桥昨天完成检修，现予开放。</p><p align=right>2024年6月3日</p>"
        );
        day(&html)
    };
    assert_eq!(page("发布时间：").as_deref(), Some("2024-06-12"));
    assert_eq!(
        page("<span>发布日期：</span>").as_deref(),
        Some("2024-06-12")
    );
}

#[test]
fn a_day_of_publishing_again_or_of_the_site_does_not_hide_an_earlier_one() {
    let page = |label: &str| {
        let html = format!(
            "<meta property='article:published_time' content='2024-06-12T14:02:00+02:00'><h1>The bridge opens</h1>
            <p>3 June 2020</p><p>{label} 12 June 2024</p><p>It is open.</p>"
        );
        day(&html)
    };
    for label in [
        "Republished:",
        "Published again:",
        "Publication of this website:",
    ] {
        assert_eq!(page(label).as_deref(), Some("2020-06-03"), "{label}");
    }
    assert_eq!(page("Published:").as_deref(), Some("2024-06-12"));
}

#[test]
fn a_byline_in_a_box_that_is_called_a_caption_serves_where_there_is_no_other() {
    for lines in [
        "<p>By Nino Example</p><p>12 June 2024</p>",
        "By Nino Example, 12 June 2024",
    ] {
        let html = format!(
            "<h1>The bridge opens</h1><div><img src=a.jpg><div class=caption>{lines}</div></div><p>It is open.</p>"
        );
        assert_eq!(meta(&html).authors, ["Nino Example"], "{lines}");
        assert_eq!(day(&html).as_deref(), Some("2024-06-12"), "{lines}");
        let other = html.replace("<h1>", "<meta name=author content='Levan Sample'><h1>");
        assert_eq!(meta(&other).authors, ["Levan Sample"], "{lines}");
    }
}

#[test]
fn the_author_of_something_else_is_not_that_of_the_text() {
    for name in [
        "photo_author",
        "theme-author",
        "og:image:author",
        "video:author",
        "comment:author",
        "web_author",
    ] {
        let html = format!("<meta name='{name}' content='Levan Sample'><h1>The bridge opens</h1>");
        assert_eq!(meta(&html).authors, [""; 0], "{name}");
    }
    let html = "<meta name='DCSext.author' content='Nino Example'><h1>The bridge opens</h1>";
    assert_eq!(meta(html).authors, ["Nino Example"]);
}

#[test]
fn a_person_may_be_called_as_a_system_is() {
    let page = |generator: &str, author: &str| {
        let html = format!(
            "<meta name=generator content='{generator}'><meta name=author content='{author}'><h1>The bridge opens</h1>"
        );
        meta(&html).authors
    };
    assert_eq!(page("Nikola 8.1", "Nikola Example"), ["Nikola Example"]);
    assert_eq!(page("Ghost 5.2", "Nino Ghost"), ["Nino Ghost"]);
    assert_eq!(page("Foruma! 3.2", "Foruma! Team"), [""; 0]);
    assert_eq!(page("Foruma! 3.2", "Foruma"), [""; 0]);
}

#[test]
fn an_agency_with_the_first_letters_of_the_site_is_kept() {
    let html = "<meta property=og:site_name content='Alpine Post'><meta name=author content='Nino Example, AP'><h1>The bridge opens</h1>";
    assert_eq!(meta(html).authors, ["Nino Example", "AP"]);
}

#[test]
fn tags_are_neither_the_title_nor_the_site_nor_a_post() {
    let page = |title: &str, keywords: &str, rest: &str| {
        let html = format!(
            "<title>{title}</title><meta name=keywords content='{keywords}'><h1>{}</h1><p>It is open.</p>{rest}",
            title.split(" - ").next().unwrap_or_default()
        );
        meta(&html).tags
    };
    let title = "Grandmother returns a library book 63 years late - Valley";
    let words = "Grandmother,returns,library,book,63,years,late";
    assert_eq!(page(title, words, ""), [""; 0]);
    assert_eq!(
        page(title, "library,book,river,bridge", ""),
        ["library", "book", "river", "bridge"]
    );
    let thread = "<title>青溪大桥重新开放，三天两夜 - 山谷论坛 - 山谷社区</title><meta name=keywords content='青溪大桥重新开放，三天两夜'>
        <h1><a href=#>[原创]</a><span>青溪大桥重新开放，三天两夜</span></h1><p>大桥昨天完成检修。</p>";
    assert_eq!(meta(thread).tags, [""; 0]);
    assert_eq!(
        meta(thread).title.as_deref(),
        Some("青溪大桥重新开放，三天两夜")
    );
    let shown = "<div class=tags><a href=/tag/river>river</a><a href=/s/n>Nino Example For Rivers</a><a href=/s/14k>14k shares</a><a href=/s/t>Topics</a></div>";
    let by = format!("<p>By Nino Example</p>{shown}");
    assert_eq!(page("The bridge opens again", "", &by), ["river"]);
    let title = "青溪大桥重新开放 居民欢迎 - 港聞 - 每日山谷報 - 山谷新聞網";
    assert_eq!(page(title, "山谷報,新聞,港聞,樓梯", ""), ["樓梯"]);
    let hashes = "<div class=article><ul class=tag><li>#강</li><li>#다리</li></ul></div>";
    let section = format!("<meta property=article:section content=사회>{hashes}");
    assert_eq!(page("다리가 다시 열렸다", "", &section), ["강", "다리"]);
    for list in [
        "<div><span>More on:</span> <a href=/topic/river>river</a> <a href=/topic/bridge>bridge</a></div>",
        "<div><h3>More:</h3><ul><li><a href=/tag/r>river</a></li><li><a href=/tag/b>bridge</a></li></ul></div>",
        "<div><h3>Topics:</h3><ul><li>river</li><li>bridge</li></ul></div>",
        "<div id=words><span>相關字詞﹕</span><a>river</a> <a>bridge</a></div>",
        "<section><div><h4>More stories on</h4></div><ul><li><a href=/t/r>river</a></li><li><a href=/t/b>bridge</a></li></ul></section>",
    ] {
        assert_eq!(
            page("The bridge opens again", "", list),
            ["river", "bridge"],
            "{list}"
        );
    }
    // Behind a label that says little there may be anything, which does not hide what is declared.
    for list in [
        "<div><span>More:</span> <a href=/about>About</a> <a href=/contact>Contact</a> <a href=https://social.example/valley>Friends</a></div>",
        "<div><span>Read more on:</span> <a href=https://social.example/valley>Friends</a> <a href=/print>Print</a></div>",
        "<div><b>Plus:</b><ul><li>milk</li><li>eggs</li></ul></div>",
    ] {
        assert_eq!(page("The ferry", "", list), [""; 0], "{list}");
        assert_eq!(
            page("The ferry", "river,bridge", list),
            ["river", "bridge"],
            "{list}"
        );
    }
    let names = "Apple,Google,Amazon,Microsoft";
    for title in [
        "Apple, Google, Amazon, Microsoft",
        "Apple, Google, Amazon and Microsoft",
        "Apple and Google meet Amazon to hear what Microsoft told them",
    ] {
        let tags = ["Apple", "Google", "Amazon", "Microsoft"];
        assert_eq!(page(title, names, ""), tags, "{title}");
    }
    let band = "<p>By Paul Example</p><div class=tags><a href=/tag/b>Paul Example Band</a><a href=/tag/r>river</a></div>";
    assert_eq!(
        page("The bridge opens again", "", band),
        ["Paul Example Band", "river"]
    );
    // Behind such a label other stories may stand.
    let stories = "<div><span>More on:</span><a href=/a>The ferry that goes no more</a><a href=/b>Rivers</a></div>";
    assert_eq!(page("The bridge opens again", "", stories), [""; 0]);
    let line = "<div><span>04/03/2018</span> | <span>13:05</span> | Nino Example / <span>Corresponsal</span> <span>Cholula</span></div>
        <div class=Temas><span>Temas</span><a href=/s/rio>río</a><a href=/s/puente>puente</a></div>";
    assert_eq!(page("El puente abre de nuevo", "", line), ["río", "puente"]);
}

#[test]
fn the_site_is_no_author_whatever_its_window_calls_it() {
    let page = |end: &str, author: &str| {
        let html = format!(
            "<title>青溪大桥重新开放{end}</title><meta name=author content='{author}'><h1>青溪大桥重新开放</h1><p>大桥昨天完成检修。</p>"
        );
        meta(&html).authors
    };
    assert_eq!(page("|桥_谷一订阅", "谷一"), [""; 0]);
    assert_eq!(page(" - VTT ビジネス", "[見本花子，VTT]"), ["見本花子"]);
    assert_eq!(page("_李样的博客", "李样"), ["李样"]);
}
