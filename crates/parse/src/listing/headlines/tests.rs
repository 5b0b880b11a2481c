//! Invented front pages of many kinds, and what a reader would call their headlines.

use super::*;

const HOME: &str = "https://www.valleypost.example/en/";

fn read(html: &str) -> Feed {
    read_with(html, &Select::default())
}

fn read_with(html: &str, select: &Select) -> Feed {
    headlines(
        html.as_bytes(),
        Some("text/html; charset=utf-8"),
        HOME,
        select,
        &fetched(),
    )
    .expect("a page")
}

fn fetched() -> Earlier {
    Earlier::at("2024-06-13T12:00:00Z".parse().unwrap())
}

fn titles(feed: &Feed) -> Vec<&str> {
    feed.entries
        .iter()
        .map(|entry| entry.title.as_str())
        .collect()
}

fn days(feed: &Feed) -> Vec<String> {
    let day = |entry: &Entry| {
        entry
            .published
            .map(|time| time.to_string()[..10].to_owned())
            .unwrap_or_default()
    };
    feed.entries.iter().map(day).collect()
}

/// What surrounds the stories of a front page.
const MENU: &str = r##"<header class="site"><a href="/en/"><img src="/logo.svg" alt="Valley Post: news of the three valleys"></a>
    <nav class="mod_navigation"><ul><li><a href="/en/politics">Politics</a></li><li><a href="/en/economy-and-society">Economy and Society</a></li>
    <li><a href="/en/north-valley">North Valley</a></li><li><a href="/en/about-us">About us and our work here</a></li></ul></nav></header>"##;
const FOOTER: &str = r##"<footer><ul><li><a href="/en/privacy-notice">Privacy notice for our dear readers</a></li><li><a href="/en/imprint">Imprint</a></li>
    <li><a href="https://social.example/valleypost">Follow the Valley Post on Social</a></li></ul></footer>
    <div class="cookie-banner"><p>We use cookies. <a href="/en/cookies-and-how-we-use-them">Cookies and how we use them on this site</a></p></div>"##;

fn page(main: &str) -> String {
    format!(
        "<!doctype html><html lang='en'><head><title>Valley Post</title></head><body>{MENU}{main}{FOOTER}</body></html>"
    )
}

#[test]
fn contao_list_with_date_and_tags() {
    let block = |slug: &str, title: &str, day: &str, tags: &str| {
        format!(
            r#"<div class="layout_latest arc_1 block"><figure class="image_container"><a href="en/news/{slug}.html"><img src="assets/{slug}.jpg"></a></figure>
            <h2><a href="en/news/{slug}.html" title="Read the article: {title}">{title}</a></h2><p class="info"><time datetime="{day}">{day}</time> | {tags}</p>
            <div class="ce_text"><p>The council of the three valleys met on Monday to speak about it at length.</p></div>
            <p class="more"><a href="en/news/{slug}.html" title="Read the article: {title}">Read more …<span class="invisible">{title}</span></a></p></div>"#
        )
    };
    let list: String = [
        block(
            "bridge-opens-after-rain",
            "Bridge opens after rain",
            "2024-06-12",
            "News, Politics, Azerbaijan",
        ),
        block(
            "harvest-begins",
            "Harvest begins",
            "2024-06-11",
            "News, Georgia",
        ),
        block(
            "court-hears-miller",
            "Court hears the miller",
            "2024-06-10",
            "News, Armenia",
        ),
    ]
    .concat();
    let html = page(&format!("<main><div class='mod_newslist block'>{list}</div><nav class='pagination'><a href='/en/?page_n1=2' title='Go to page 2 of the list'>Next page of the list</a></nav></main>"))
        .replace("<head>", "<head><base href='https://www.valleypost.example/'>");
    let feed = read(&html);
    assert_eq!(
        titles(&feed),
        [
            "Bridge opens after rain",
            "Harvest begins",
            "Court hears the miller"
        ]
    );
    assert_eq!(days(&feed), ["2024-06-12", "2024-06-11", "2024-06-10"]);
    assert_eq!(feed.entries[0].tags, ["News", "Politics", "Azerbaijan"]);
    assert_eq!(
        feed.entries[0].url.as_deref(),
        Some("https://www.valleypost.example/en/news/bridge-opens-after-rain.html")
    );
    assert_eq!(
        feed.entries[0].image.as_deref(),
        Some("https://www.valleypost.example/assets/bridge-opens-after-rain.jpg")
    );
    assert!(
        feed.entries[0]
            .summary
            .as_deref()
            .is_some_and(|teaser| teaser.starts_with("The council"))
    );
    assert_eq!(feed.title.as_deref(), Some("Valley Post"));
    assert_eq!(feed.lang.as_deref(), Some("en"));
}

#[test]
fn cards_that_are_one_link() {
    let card = |n: u32, title: &str| {
        format!(
            "<a class='card' href='/story/{n}48213'><img data-src='/i/{n}.jpg' src='data:image/gif;base64,R0'><div class='card-body'><span class='kicker'>Rivers</span><h3>{title}</h3><p>What happened at the river and why it will matter to the valley.</p><span class='date'>1{n} June 2024</span></div></a>"
        )
    };
    let feed = read(&page(&format!(
        "<main><section class='grid'>{}{}{}</section></main>",
        card(1, "Water rises at the old mill"),
        card(2, "Ferry stops for the winter"),
        card(3, "New bridge is late")
    )));
    assert_eq!(
        titles(&feed),
        [
            "Water rises at the old mill",
            "Ferry stops for the winter",
            "New bridge is late"
        ]
    );
    assert_eq!(days(&feed), ["2024-06-11", "2024-06-12", "2024-06-13"]);
    assert_eq!(
        feed.entries[1].image.as_deref(),
        Some("https://www.valleypost.example/i/2.jpg")
    );
}

#[test]
fn tables_of_old_pages() {
    let row = |day: &str, id: u32, title: &str| {
        format!("<tr><td width=80>{day}</td><td><a href='news.php?id={id}'>{title}</a></td></tr>")
    };
    let menu = "<td><a href='politics.php'>Politics</a><br><a href='sport.php'>Sport</a><br><a href='about.php'>About us</a><br><a href='guestbook.php'>Write in our guest book</a></td>";
    let rows = [
        row("12.06.2024", 1203, "Council decides on the new road"),
        row("11.06.2024", 1202, "Fire at the saw mill put out"),
        row("10.06.2024", 1201, "School fair draws many guests"),
    ]
    .concat();
    let feed = read(&format!(
        "<html><body><table><tr>{menu}<td><table>{rows}</table></td></tr></table></body></html>"
    ));
    assert_eq!(
        titles(&feed),
        [
            "Council decides on the new road",
            "Fire at the saw mill put out",
            "School fair draws many guests"
        ]
    );
    assert_eq!(days(&feed), ["2024-06-12", "2024-06-11", "2024-06-10"]);
}

#[test]
fn headings_without_blocks_around_them() {
    let story = |slug: &str, title: &str, day: &str| {
        format!(
            "<h3><a href='/{slug}'>{title}</a></h3><p>A teaser that says in one sentence what the story is about.</p><span>{day}</span>"
        )
    };
    let feed = read(&page(&format!(
        "<div id='content'>{}{}{}</div>",
        story("the-first-snow-falls", "The first snow falls", "3 Jan 2024"),
        story("a-road-is-closed", "A road is closed", "2 Jan 2024"),
        story("the-mill-turns-again", "The mill turns again", "1 Jan 2024")
    )));
    assert_eq!(
        titles(&feed),
        [
            "The first snow falls",
            "A road is closed",
            "The mill turns again"
        ]
    );
    assert_eq!(days(&feed), ["2024-01-03", "2024-01-02", "2024-01-01"]);
    assert!(feed.entries.iter().all(|entry| entry.summary.is_some()));
}

#[test]
fn dates_before_their_headlines() {
    let html = page(
        "<dl><dt>3 January 2024</dt><dd><a href='/n/the-first-snow-falls'>The first snow falls</a></dd><dt>2 January 2024</dt><dd><a href='/n/a-road-is-closed'>A road is closed for good</a></dd><dt>1 January 2024</dt><dd><a href='/n/the-mill-turns'>The mill turns again today</a></dd></dl>",
    );
    assert_eq!(
        days(&read(&html)),
        ["2024-01-03", "2024-01-02", "2024-01-01"]
    );
}

#[test]
fn a_plain_list_of_links_without_dates() {
    let html = page(
        "<main><ul class='list'><li><a href='/en/articles/the-first-snow-falls-in-the-north'>The first snow falls in the north</a></li><li><a href='/en/articles/a-road-is-closed-for-repairs'>A road is closed for repairs</a></li><li><a href='/en/articles/the-mill-turns-again-today'>The mill turns again today</a></li><li><a href='/en/articles/the-mill-turns-again-today#comments'>12 comments on this story</a></li></ul></main>",
    );
    let feed = read(&html);
    assert_eq!(
        titles(&feed),
        [
            "The first snow falls in the north",
            "A road is closed for repairs",
            "The mill turns again today"
        ]
    );
    assert_eq!(feed.entries[0].published, None);
}

#[test]
fn addresses_that_carry_the_date() {
    let html = page(
        "<main><article><h2><a href='/2024/06/12/bridge'>The old bridge opens again</a></h2></article><article><h2><a href='/2024/06/11/mill'>The mill on the hill is sold</a></h2></article><article><h2><a href='/2024/06/10/fair'>School fair draws many guests</a></h2></article></main>",
    );
    assert_eq!(
        days(&read(&html)),
        ["2024-06-12", "2024-06-11", "2024-06-10"]
    );
}

#[test]
fn scripts_that_are_not_latin() {
    let georgian = page(
        "<main><div class='item'><a href='/ka/12345'><span class='title'>პარლამენტმა ახალი ბიუჯეტი დაამტკიცა</span></a><span class='date'>12 ივნისი 2024</span></div><div class='item'><a href='/ka/12344'><span class='title'>მდინარეზე ახალი ხიდი გაიხსნა</span></a><span class='date'>11 ივნისი 2024</span></div><div class='item'><a href='/ka/12343'><span class='title'>სკოლაში დღესასწაული გაიმართა</span></a><span class='date'>10 ივნისი 2024</span></div></main>",
    );
    let feed = read(&georgian);
    assert_eq!(feed.entries.len(), 3);
    assert_eq!(days(&feed), ["2024-06-12", "2024-06-11", "2024-06-10"]);
    let japanese = page(
        "<main><ul><li><a href='/news/k10014'>谷の橋が三年ぶりに再開</a><time>2024年6月12日</time></li><li><a href='/news/k10013'>水車小屋の火事、けが人なし</a><time>2024年6月11日</time></li><li><a href='/news/k10012'>学校の祭りに多くの来客</a><time>2024年6月10日</time></li></ul></main>",
    );
    assert_eq!(
        titles(&read(&japanese)),
        [
            "谷の橋が三年ぶりに再開",
            "水車小屋の火事、けが人なし",
            "学校の祭りに多くの来客"
        ]
    );
    let russian = page(
        "<main><div class='news'><span class='time'>12.06.2024 14:02</span> <a href='/ru/news/most-otkryt-posle-dozhdya'>Мост открыт после дождя</a></div><div class='news'><span class='time'>11.06.2024 10:00</span> <a href='/ru/news/melnitsa-snova-rabotaet'>Мельница снова работает</a></div><div class='news'><span class='time'>10.06.2024 09:00</span> <a href='/ru/news/v-shkole-proshla-yarmarka'>В школе прошла ярмарка</a></div></main>",
    );
    assert_eq!(
        read(&russian).entries[0].published.unwrap().to_string(),
        "2024-06-12T14:02:00Z"
    );
}

#[test]
fn a_huge_menu_and_few_stories() {
    let menu: String = (0..400).map(|n| format!("<li class='item'><a href='/places/place-of-the-valley-{n}'>Place {n} of the valley</a></li>")).collect();
    let html = page(&format!(
        "<div class='mega-menu'><ul>{menu}</ul></div><main><article><h2><a href='/n/the-bridge-opens-again'>The bridge opens again after rain</a></h2><p>It had been closed for three years, and many had lost hope.</p></article><article><h2><a href='/n/the-mill-is-sold'>The mill on the hill is sold</a></h2><p>The new owner wants to grind again from the coming spring on.</p></article><article><h2><a href='/n/the-school-fair'>School fair draws many guests</a></h2><p>The weather was fine, and the soup was gone before noon.</p></article></main>"
    ));
    assert_eq!(
        titles(&read(&html)),
        [
            "The bridge opens again after rain",
            "The mill on the hill is sold",
            "School fair draws many guests"
        ]
    );
}

#[test]
fn picture_and_title_link_to_the_same_story() {
    let story = |n: u32, title: &str| {
        format!(
            "<div class='teaser'><a class='img' href='/s/{n}-long-enough-slug'><img src='/i/{n}.jpg' alt='Picture {n}'></a><div><a href='/topic/rivers' rel='tag'>Rivers</a><a class='t' href='/s/{n}-long-enough-slug?utm_source=home'>{title}</a></div></div>"
        )
    };
    let feed = read(&page(&format!(
        "<main>{}{}{}</main>",
        story(1, "The first long title of the day"),
        story(2, "The second long title of the day"),
        story(3, "The third long title of the day")
    )));
    assert_eq!(
        titles(&feed),
        [
            "The first long title of the day",
            "The second long title of the day",
            "The third long title of the day"
        ]
    );
    assert_eq!(feed.entries[0].tags, ["Rivers"]);
    assert_eq!(
        feed.entries[0].image.as_deref(),
        Some("https://www.valleypost.example/i/1.jpg")
    );
}

#[test]
fn a_lead_story_beside_a_list() {
    let html = page(
        "<main><section class='lead'><h1><a href='/n/the-bridge-opens-again-today'>The bridge opens again today</a></h1><p>It had been closed for three years, and many had lost hope.</p><time datetime='2024-06-12T10:00:00Z'></time></section><ul><li><h3><a href='/n/mill-on-the-hill-is-sold'>Mill on the hill is sold</a></h3></li><li><h3><a href='/n/school-fair-draws-many-guests'>School fair draws many guests</a></h3></li><li><h3><a href='/n/soup-was-gone-before-noon'>Soup was gone before noon</a></h3></li></ul></main>",
    );
    assert_eq!(read(&html).entries.len(), 4);
    assert_eq!(titles(&read(&html))[0], "The bridge opens again today");
}

#[test]
fn names_of_wrappers_say_nothing() {
    let list = "<ul class='list'><li><a href='/en/articles/the-first-snow-falls-in-the-north'>The first snow falls in the north</a></li><li><a href='/en/articles/a-road-is-closed-for-repairs'>A road is closed for repairs</a></li><li><a href='/en/articles/the-mill-turns-again-today'>The mill turns again today</a></li></ul>";
    let html = format!(
        "<body class='no-ads'><div id='page' class='menu-closed has-banner'><h2>News</h2>{}</div></body>",
        list
    );
    assert_eq!(read(&html).entries.len(), 3);
}

/// Five cards of a list, as the faults below take them.
fn cards(wrap: impl Fn(&str, &str, usize) -> String) -> String {
    const TITLES: [&str; 5] = [
        "Ferry stops for the winter months",
        "Council buys the old saw mill",
        "Two villages get a bus again",
        "Snow closes the road to the pass",
        "School choir wins in the capital",
    ];
    let each = TITLES.iter().enumerate().map(|(n, title)| {
        let slug = title.to_lowercase().replace(' ', "-");
        wrap(title, &format!("/news/{slug}.html"), n)
    });
    each.collect()
}

fn plain(title: &str, url: &str, _: usize) -> String {
    format!(
        "<div class='card'><h3><a href='{url}'>{title}</a></h3><p>What was said about it on Monday evening in the council.</p></div>"
    )
}

#[test]
fn names_that_only_contain_a_word_of_chrome_hide_nothing() {
    for (before, after) in [
        ("<form method='post'><div>", "</div></form>"),
        (
            "<div class='list hide-read-more-ad'>",
            "</div><p>Some more of the page</p>",
        ),
        (
            "<div class='block-ad-list'>",
            "<div class='block-ad'>Advertisement</div></div>",
        ),
        ("<div class='with-comments promote'>", "</div>"),
        ("<div class='nav_layout nav_list'>", "</div>"),
    ] {
        let filler = "<p>filler</p>".repeat(40);
        let feed = read(&page(&format!("{before}{}{after}{filler}", cards(plain))));
        assert_eq!(feed.entries.len(), 5, "{before}");
    }
    let header = cards(|title, url, _| {
        format!("<article><header><a href='{url}'>{title}</a></header></article>")
    });
    assert_eq!(
        read(&page(&format!("<main>{header}</main>"))).entries.len(),
        5
    );
}

#[test]
fn labels_and_other_languages_are_no_stories() {
    let labelled = cards(|title, url, n| {
        let label = [
            "Bus Lines",
            "Mill Street",
            "Old Town",
            "Pass Road",
            "Choir Life",
        ][n];
        format!(
            "<article><div><a href='{url}'>{title}</a></div><div>{n} hours ago - <a href='/topics/{n}+x'>{label}</a></div><p>What was said about it on Monday evening.</p><a href='/de{url}'>Read it in German</a></article>"
        )
    });
    let feed = read(&page(&format!("<main>{labelled}</main>")));
    assert_eq!(feed.entries.len(), 5);
    assert_eq!(days(&feed)[1], "2024-06-13");
}

#[test]
fn a_story_is_called_by_its_headline() {
    let kinds: [fn(&str, &str, usize) -> String; 6] = [
        |title, url, n| {
            format!(
                "<a href='{url}'><article><h4 class='catchline'>A report {n}</h4><div><h3>{title}</h3></div></article></a>"
            )
        },
        |title, url, _| {
            format!(
                "<article><h2><a href='{url}' title='{title}'><span>Rivers</span><span>{title}</span></a></h2></article>"
            )
        },
        |title, url, _| {
            format!(
                "<article><a href='{url}'><span>Link to the article:</span></a><h3>{title}</h3><p>What was said.</p></article>"
            )
        },
        |title, url, _| {
            format!(
                "<div><a href='{url}'><img src='/a.jpg' alt='A man in a coat stands at the window. Photo: the agency'></a><div class='card__title'><a href='{url}'>{title}</a></div></div>"
            )
        },
        |title, url, n| {
            format!(
                "<h2>{title}</h2><p>What was said about it on Monday evening in the hall of the old council.</p><p><a href='{url}'>Full story</a> (<a href='{url}#comments'>comments: {n}</a>)</p>"
            )
        },
        |title, url, n| {
            format!(
                "<h3><a href='{url}?pos=top_{n}'>{title}</a></h3><h3><a href='{url}?pos=list_{n}'>{title}</a></h3>"
            )
        },
    ];
    let plain = titles(&read(&page(&cards(plain)))).join("|");
    for (number, kind) in kinds.into_iter().enumerate() {
        let feed = read(&page(&format!("<main>{}</main>", cards(kind))));
        assert_eq!(titles(&feed).join("|"), plain, "{number}");
    }
}

#[test]
fn a_date_is_read_wherever_the_card_has_it() {
    let kinds: [fn(&str, &str, usize) -> String; 6] = [
        |title, url, n| {
            format!(
                "<article data-posted-date-timestamp='{}'><h3><a href='{url}'>{title}</a></h3></article>",
                1_717_977_600_000_u64 + n as u64
            )
        },
        |title, url, _| {
            format!(
                "<article><h3><a href='{url}'>{title}</a></h3><div><span>Published On 10 June 2024</span><span>10 June 2024</span></div></article>"
            )
        },
        |title, url, _| {
            format!(
                "<article><h3><a href='{url}'>{title}</a></h3><p>By Nino Example &amp; Ana Sample · June 10, 2024</p></article>"
            )
        },
        |title, url, _| {
            format!(
                "<article><h3><a href='{url}'>{title}</a></h3><p>10 June, 22.30 h</p></article>"
            )
        },
        |title, url, _| {
            format!("<article><h3><a href='{url}'>{title}</a></h3><p>3 days ago</p></article>")
        },
        |title, url, _| {
            format!(
                "<h2><a href='{url}'>{title}</a></h2><p><a href='{url}'>{title}</a> <time datetime='2024-06-10T10:00:00Z'>x</time></p>"
            )
        },
    ];
    for (number, kind) in kinds.into_iter().enumerate() {
        let feed = read(&page(&format!("<main>{}</main>", cards(kind))));
        assert_eq!(days(&feed), ["2024-06-10"; 5], "{number}");
    }
    // What is ahead is when something ends.
    let until = cards(|title, url, _| {
        format!("<article><h3><a href='{url}'>{title}</a></h3><p>until 31.12.2027</p></article>")
    });
    assert_eq!(
        days(&read(&page(&format!("<main>{until}</main>")))),
        [""; 5]
    );
}

#[test]
fn sister_hosts_are_the_site_and_neighbours_under_one_suffix_are_not() {
    let sister = |host: &str| {
        let stories = cards(|title, url, n| plain(title, &format!("https://{host}{url}"), n));
        read(&page(&format!("<main>{stories}</main>")))
            .entries
            .len()
    };
    assert_eq!(sister("stories.valleypost.example"), 5);
    assert_eq!(sister("valleypost.example"), 5);
    assert_eq!(sister("otherpost.example"), 0);
    let stories = cards(|title, url, n| plain(title, &format!("https://other.github.io{url}"), n));
    let feed = headlines(
        stories.as_bytes(),
        None,
        "https://valley.github.io/",
        &Select::default(),
        &Earlier::default(),
    );
    assert_eq!(feed.unwrap().entries, []);
}

#[test]
fn where_a_link_stood_makes_no_other_story() {
    let placed = |column: &str| {
        let stories =
            cards(|title, url, n| plain(title, &format!("{url}?column={column}{n}&lang=en"), n));
        read(&page(&format!("<main>{stories}</main>")))
    };
    let (morning, evening) = (placed("left"), placed("right"));
    assert_eq!(morning.entries.len(), 5);
    assert_eq!(morning.entries, evening.entries);
    // A number that tells the articles apart stays.
    let numbered =
        cards(|title, _, n| plain(title, &format!("/some/part/story?id={}", 48_213 + n), n));
    assert_eq!(
        read(&page(&format!("<main>{numbered}</main>")))
            .entries
            .len(),
        5
    );
}

#[test]
fn what_is_sold_or_announced_is_not_listed() {
    let vouchers: String = ["shoes", "books", "teas", "lamps"]
        .iter()
        .map(|shop| format!("<a href='/vouchers/{shop}'><div>Save up to ten per cent with the code at {shop} now</div><div>until 31.12.2027</div></a>"))
        .collect();
    let feed = read(&page(&format!(
        "<main>{}</main><section>{vouchers}</section>",
        cards(plain)
    )));
    assert_eq!(feed.entries.len(), 5);
}

#[test]
fn pictures_in_many_widths_cut_no_page_short() {
    let sources: String = (0..150)
        .map(|n| {
            format!(
                "https://img.valleypost.example/a/very/long/path/to/a/picture/of/width/{n} {n}w, "
            )
        })
        .collect();
    let stories: String = (0..150)
        .map(|n| format!("<div class='card'><img srcset='{sources}'><h3><a href='/n/{n}-a-story-of-the-upper-valley'>A story of the upper valley and its number {n}</a></h3></div>"))
        .collect();
    assert_eq!(
        read(&page(&format!("<main>{stories}</main>")))
            .entries
            .len(),
        150
    );
}

#[test]
fn a_list_that_is_only_declared_is_read() {
    let items = cards(|title, url, n| {
        let comma = if n == 0 { "" } else { "," };
        format!(
            r#"{comma}{{"@type":"ListItem","position":{n},"item":{{"@type":"NewsArticle","url":"{url}","headline":"{title}","datePublished":"2024-06-10"}}}}"#
        )
    });
    let data = format!(
        r#"<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{{"@type":"ItemList","itemListElement":[{items}]}},{{"@type":"BreadcrumbList","itemListElement":[{{"@type":"ListItem","item":{{"@id":"/x-y-z-a","name":"Some part of the site"}}}}]}}]}}</script><div id="root"></div>"#
    );
    let feed = read(&page(&data));
    assert_eq!(feed.entries.len(), 5);
    assert_eq!(days(&feed), ["2024-06-10"; 5]);
}

#[test]
fn each_link_says_why_it_is_listed_or_not() {
    let html = page(&format!("<main>{}</main>", cards(plain)));
    let reasons = explain(
        html.as_bytes(),
        None,
        HOME,
        &Select::default(),
        &Earlier::default(),
    )
    .unwrap();
    assert_eq!(reasons.iter().filter(|reason| reason.taken).count(), 5);
    assert!(
        reasons
            .iter()
            .any(|reason| !reason.taken && reason.title == "Politics")
    );
    assert!(reasons.iter().all(|reason| !reason.points.is_empty()));
}

#[test]
fn the_same_page_an_hour_later_changes_nothing_but_what_is_new() {
    let first = read(&page(&format!("<main>{}</main>", cards(plain))));
    let new: String = [
        "mill-burns-down-at-night",
        "ferry-sails-again-in-spring",
        "council-meets-in-the-school",
    ]
    .iter()
    .map(|slug| plain(&slug.replace('-', " "), &format!("/news/{slug}.html"), 0))
    .collect();
    let later = read(&page(&format!("<main>{new}{}</main>", cards(plain))));
    assert_eq!(later.entries.len(), 8);
    assert_eq!(later.entries[3..], first.entries[..]);
}

#[test]
fn pages_without_headlines_give_none() {
    for html in [
        page(
            "<main><h1>About us</h1><p>We are a small house. <a href='/en/team'>Our team</a>, <a href='/en/contact'>how to reach us</a>.</p></main>",
        ),
        page(""),
        String::new(),
        "not html at all".to_owned(),
    ] {
        assert_eq!(read(&html).entries, []);
    }
}

#[test]
fn the_outlets_selector_overrides() {
    let html = page(
        "<main><div class='x'><a href='/a'>Short</a></div><div class='x'><a href='/b'>Words</a></div></main>",
    );
    let select = |headlines: &str| Select {
        headlines: Some(headlines.to_owned()),
        ..Select::default()
    };
    assert_eq!(
        titles(&read_with(&html, &select("div.x a"))),
        ["Short", "Words"]
    );
    assert_eq!(titles(&read_with(&html, &select(".x"))), ["Short", "Words"]);
    assert_eq!(read_with(&html, &select(".nothing")).entries, []);
    let error = headlines(
        html.as_bytes(),
        None,
        HOME,
        &select("div["),
        &Earlier::default(),
    )
    .unwrap_err();
    assert!(error.to_string().contains("div["), "{error}");
}

#[test]
fn hostile_pages_end() {
    let soup: String = (0..20_000)
        .map(|n| {
            format!("<a href='/n/story-number-{n}-of-the-day'>Story number {n} of the day</a>")
        })
        .collect();
    for html in [
        soup,
        "<div><a href='/x/y-z-a-b'>".repeat(50_000),
        format!(
            "<h2><a href='/a-b-c-d'>{}</a></h2>",
            "word ".repeat(1_000_000)
        ),
        "<a href='".repeat(100_000),
    ] {
        assert!(read(&html).entries.len() <= MAX_ENTRIES);
    }
}

#[test]
fn what_the_pages_own_address_says_speaks_against_none_of_its_links() {
    let rows: String = (1..=6)
        .map(|n| {
            format!(
                "<tr><td>{n}.</td><td class=title><a href=\"/item?id=4010{n}\">A bridge over the river number {n}</a></td></tr>
                 <tr><td><a href=\"/user?id=u{n}\">user{n}</a> <span title=\"2024-06-12T1{n}:00:00\"><a href=\"/item?id=4010{n}\">{n} hours ago</a></span>
                 | <a href=\"/hide?id=4010{n}\">hide</a> | <a href=\"/item?id=4010{n}#comments\">{n} comments</a></td></tr>"
            )
        })
        .collect();
    let html = format!("<table>{rows}</table>");
    let listed = |url: &str| {
        let feed = headlines(html.as_bytes(), None, url, &Select::default(), &fetched()).unwrap();
        feed.entries.len()
    };
    assert_eq!(listed("https://forum.valley.example/"), 6);
    assert_eq!(listed("https://valley.example/"), 6);
}

#[test]
fn a_kicker_that_only_its_style_parts_is_a_word_of_its_own() {
    let html = cards(|title, url, _| {
        format!(
            "<article><h2><a href=\"{url}\"><span class=\"kicker\">Rivers</span>{title}</a></h2></article>"
        )
    });
    let feed = read(&html);
    assert!(
        titles(&feed)
            .iter()
            .all(|title| title.starts_with("Rivers ")),
        "{:?}",
        titles(&feed)
    );
    assert!(!feed.entries.is_empty());
}

#[test]
fn what_is_said_against_the_fetch_is_said_to_be_so() {
    let html = cards(|title, url, n| {
        let when = if n % 2 == 0 {
            "3 hours ago"
        } else {
            "12 June 2024"
        };
        format!("<article><h2><a href=\"{url}\">{title}</a></h2><span>{when}</span></article>")
    });
    let feed = read(&html);
    let said: Vec<bool> = feed.entries.iter().map(|entry| entry.approximate).collect();
    assert!(said.contains(&true) && said.contains(&false), "{said:?}");
}

/// An archive page: each day's stories under the day.
#[test]
fn a_heading_dates_the_stories_below_it() {
    let list = |stories: &[(&str, &str)]| -> String {
        stories
            .iter()
            .map(|(slug, title)| format!("<li><a href='/en/news/{slug}'>{title}</a></li>"))
            .collect()
    };
    let first = list(&[
        (
            "bridge-opens-after-rain",
            "Bridge opens after three weeks of rain",
        ),
        (
            "harvest-begins-in-the-north",
            "Harvest begins in the north valley",
        ),
    ]);
    let second = list(&[
        (
            "school-roof-is-mended",
            "School roof is mended before winter",
        ),
        (
            "ferry-stops-for-a-week",
            "Ferry stops for a week of repairs",
        ),
    ]);
    let both = ["2024-06-12", "2024-06-12", "2024-06-10", "2024-06-10"];
    for (one, other) in [
        ("12 June 2024", "10 June 2024"),
        ("Wednesday, 12 June", "Monday, 10 June"),
        ("Yesterday", "Monday, 10 June 2024"),
    ] {
        for main in [
            format!("<main><h3>{one}</h3><ul>{first}</ul><h3>{other}</h3><ul>{second}</ul></main>"),
            format!(
                "<main><section><div class='day'><span>{one}</span></div><ul>{first}</ul></section>
                <section><div class='day'><span>{other}</span></div><ul>{second}</ul></section></main>"
            ),
            format!(
                "<main><dl><dt>{one}</dt><dd><ul>{first}</ul></dd><dt>{other}</dt><dd><ul>{second}</ul></dd></dl></main>"
            ),
        ] {
            assert_eq!(days(&read(&page(&main))), both, "{main}");
        }
    }
    // Today's date in the head of the page, and a list under a heading of its own, are dated by nothing.
    let alone = format!("<main><p>Thursday, 13 June 2024</p><ul>{first}{second}</ul></main>");
    assert_eq!(days(&read(&page(&alone))), [""; 4]);
    let other = format!(
        "<main><h3>12 June 2024</h3><ul>{first}</ul><h3>11 June 2024</h3><p>Nothing happened.</p><h3>Most read</h3><ul>{second}</ul></main>"
    );
    assert_eq!(
        days(&read(&page(&other))),
        ["2024-06-12", "2024-06-12", "", ""]
    );
}

/// Where each story has its date below it, one without a date does not take its neighbour's.
#[test]
fn a_date_below_a_story_dates_no_other() {
    let main = "<main><h2><a href='/en/news/bridge-opens-after-rain'>Bridge opens after three weeks of rain</a></h2><p class='d'>12 June 2024</p>
        <h2><a href='/en/news/harvest-begins-in-the-north'>Harvest begins in the north valley</a></h2><p>A good year.</p>
        <h2><a href='/en/news/school-roof-is-mended'>School roof is mended before winter</a></h2><p class='d'>10 June 2024</p>
        <h2><a href='/en/news/ferry-stops-for-a-week'>Ferry stops for a week of repairs</a></h2><p class='d'>9 June 2024</p></main>";
    assert_eq!(
        days(&read(&page(main))),
        ["2024-06-12", "", "2024-06-10", "2024-06-09"]
    );
}
