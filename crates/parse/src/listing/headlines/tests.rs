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

/// Cards of a heading and what stands below it: address, title, the rest.
fn headed(cards: &[(&str, &str, &str)]) -> String {
    let cards = cards.iter().map(|(href, title, rest)| {
        format!("<article><h2><a href='{href}'>{title}</a></h2>{rest}</article>")
    });
    page(&format!("<main>{}</main>", cards.collect::<String>()))
}

#[test]
fn an_article_a_log_in_and_a_missing_page_are_no_lists() {
    let box_of_others: String = (1..=6)
        .map(|n| format!("<li><a href='/en/news/the-ferry-runs-again-after-repair-no-{n}'>The ferry runs again after repair no {n}</a> <time datetime='2024-06-0{n}'></time></li>"))
        .collect();
    let paragraph = "<p>The keepers of the lighthouse said on Monday that the lamp burns again after the storm had broken two of its panes, and that ships may pass.</p>";
    let article = |head: &str| {
        format!(
            "<html><head><title>Lamp burns again</title>{head}</head><body><article><h1>Lamp of the lighthouse burns again</h1>{}</article><ul>{box_of_others}</ul></body></html>",
            paragraph.repeat(6)
        )
    };
    let at = |html: &str, url: &str| {
        headlines(html.as_bytes(), None, url, &Select::default(), &fetched())
            .unwrap()
            .entries
            .len()
    };
    let own = "https://www.valleypost.example/en/news/lamp-of-the-lighthouse-burns-again";
    for head in [
        "<meta property='og:type' content='article'>",
        "<meta property='article:published_time' content='2024-06-11T08:00:00Z'>",
        "<script type='application/ld+json'>{\"@type\": \"NewsArticle\",\"mainEntityOfPage\":\"x\",\"headline\":\"Lamp\"}</script>",
    ] {
        assert_eq!(at(&article(head), own), 0, "{head}");
    }
    // The same on a page that declares nothing, and a section that declares what it is not.
    assert_eq!(at(&article(""), own), 6);
    let section = format!(
        "<html><head><meta property='og:type' content='article'></head><body><main><ul>{box_of_others}</ul></main></body></html>"
    );
    assert_eq!(at(&section, "https://www.valleypost.example/en/news/"), 6);
    for (title, links) in [
        (
            "Seite nicht gefunden",
            [
                "zur-startseite-unserer-zeitung",
                "das-ganze-archiv-der-zeitung",
                "einen-fehler-uns-melden-hier",
            ],
        ),
        (
            "Page introuvable",
            [
                "retour-a-la-page-accueil",
                "le-plan-de-tout-le-site",
                "signaler-une-erreur-de-lien",
            ],
        ),
        (
            "404 – page not found",
            [
                "back-to-our-home-page",
                "the-map-of-this-site",
                "tell-us-of-the-fault",
            ],
        ),
    ] {
        let links =
            links.map(|slug| format!("<p><a href='/en/{slug}'>{}</a></p>", slug.replace('-', " ")));
        let html = page(&format!("<main><h1>{title}</h1>{}</main>", links.concat()));
        assert_eq!(titles(&read(&html)), [""; 0], "{title}");
    }
    for title in [
        "Bitte anmelden",
        "Connectez-vous pour lire",
        "Please sign in",
    ] {
        let html = page(&format!(
            "<main><h1>{title}</h1><form><input type='password'></form><p><a href='/en/join/get-a-new-reader-account'>Get a new reader account</a></p><p><a href='/en/join/all-our-prices-at-one-look'>All our prices at one look</a></p><p><a href='/en/join/why-we-ask-for-your-name'>Why we ask for your name</a></p></main>"
        ));
        assert_eq!(titles(&read(&html)), [""; 0], "{title}");
    }
}

#[test]
fn headlines_that_begin_or_end_as_labels_do() {
    let wanted = [
        (
            "mas-de-cien-barcos-en-el-puerto",
            "Más de cien barcos en el puerto",
        ),
        (
            "toutes-les-digues-du-lac-tiennent",
            "Toutes les digues du lac tiennent",
        ),
        (
            "tutte-le-barche-tornano-in-porto",
            "Tutte le barche tornano in porto",
        ),
        (
            "mehr-zu-essen-fuer-alle-schulen",
            "Mehr zu essen für alle Schulen",
        ),
        ("kommentar-zu-spaet", "Kommentar: Zu spät!"),
        ("ministers-discuss-dykes", "Ministers discuss dykes"),
        (
            "shop-loses-case-over-privacy-policy-in-court",
            "Shop loses case over privacy policy",
        ),
        ("council-meeting-2-may-2024", "Council meeting 2 May 2024"),
        ("minutes-of-4-may-2024", "Minutes of 4 May 2024"),
        ("protokoll-vom-3-mai-2024", "Protokoll vom 3. Mai 2024"),
    ];
    let list: Vec<_> = wanted
        .iter()
        .map(|(slug, title)| (format!("/en/news/{slug}-4711"), *title))
        .collect();
    let html = headed(
        &list
            .iter()
            .map(|(href, title)| {
                (
                    href.as_str(),
                    *title,
                    "<p>And this is what a reader learns of it at first.</p>",
                )
            })
            .collect::<Vec<_>>(),
    );
    assert_eq!(titles(&read(&html)), wanted.map(|(_, title)| title));
    let labels = page(
        "<main><p><a href='/en/politics/all'>More from our politics desk</a></p><p><a href='/en/culture/all'>Toutes les actualités</a></p><p><a href='/en/x/comments'>14 Kommentare lesen</a></p><p><a href='/en/privacy'>Our privacy policy</a></p></main>",
    );
    assert_eq!(titles(&read(&labels)), [""; 0]);
}

#[test]
fn the_same_headline_every_week_keeps_its_dates() {
    let html = headed(&[
        (
            "/en/node/31",
            "Report of the harbour master",
            "<span>3 June 2024</span>",
        ),
        (
            "/en/node/32",
            "Report of the harbour master",
            "<span>4 June 2024</span>",
        ),
        (
            "/en/node/33",
            "Report of the harbour master",
            "<span>5 June 2024</span>",
        ),
        (
            "/en/node/34",
            "New crane for the harbour",
            "<span>6 June 2024</span>",
        ),
    ]);
    assert_eq!(
        days(&read(&html)),
        ["2024-06-03", "2024-06-04", "2024-06-05", "2024-06-06"]
    );
}

#[test]
fn small_numbers_name_articles_where_many_do() {
    let list = |address: &dyn Fn(usize) -> String| {
        let items: String = [
            "Ferry sinks off the northern coast",
            "School wins prize for its garden",
            "Harvest late after the long frost",
            "Judge frees three of the fishermen",
            "Library opens on Sundays from June",
        ]
        .iter()
        .enumerate()
        .map(|(at, title)| format!("<div><a href='{}'>{title}</a></div>", address(at)))
        .collect();
        titles(&read(&page(&format!("<main>{items}</main>")))).len()
    };
    assert_eq!(list(&|at| format!("/en/node/{}", 70 + at)), 5);
    assert_eq!(list(&|at| format!("/en/show.php?nr={}", 7 + at)), 5);
    assert_eq!(list(&|at| format!("/en/?c=3&p={at}")), 5);
    assert_eq!(
        list(&|at| format!("/en/index.php?view=item&id={at}:a-slug-of-four-words-{at}")),
        5
    );
    // The sections of a site are numbered too.
    let sections = page(
        "<div><a href='/en/list.php?c=1'>Home affairs</a><a href='/en/list.php?c=2'>Abroad</a><a href='/en/list.php?c=3'>Arts</a><a href='/en/list.php?c=4'>Sport and games</a><a href='/en/list.php?c=5'>Weather</a></div>",
    );
    assert_eq!(titles(&read(&sections)), [""; 0]);
}

#[test]
fn a_list_of_short_headlines_or_in_a_nav_is_one_where_nothing_else_is() {
    let short = [
        "storm-nears-islands",
        "judge-resigns",
        "ferry-late-again",
        "bakers-strike-on",
        "lake-frozen-over",
        "mill-sold-again",
    ];
    let items = short.map(|slug| {
        format!(
            "<li><a href='/en/island/{slug}'>{}</a></li>",
            slug.replace('-', " ")
        )
    });
    assert_eq!(
        read(&page(&format!("<main><ul>{}</ul></main>", items.concat())))
            .entries
            .len(),
        6
    );
    let nav: String = (1..=4)
        .map(|n| format!("<a href='/en/s/the-ferry-runs-again-after-repair-{n}'><h3>The ferry runs again after repair {n}</h3></a>"))
        .collect();
    let html = format!("<html><body><nav class='grid'>{nav}</nav></body></html>");
    assert_eq!(read(&html).entries.len(), 4);
}

#[test]
fn people_places_and_deeds_in_a_card_are_labels() {
    for (label, author) in [
        (
            "<a class='byline' href='/en/profile/mia-van-holt'>Mia van Holt</a>",
            "Mia van Holt",
        ),
        (
            "By <a href='/en/staff/jo-de-vries-2210'>Jo de Vries</a>",
            "",
        ),
        (
            "<a href='/en/places/88-lower-mill-bridge'>Lower mill bridge</a>",
            "",
        ),
        (
            "<a href='/en/merkliste/add/48211'>Auf die Merkliste</a>",
            "",
        ),
        (
            "<span class='post-author-name'>Von Ida Roth</span>",
            "Ida Roth",
        ),
    ] {
        let rest = |day: u8| format!("<div>{label} <span>{day} June 2024</span></div>");
        let html = headed(&[
            (
                "/en/news/ferry-sinks-off-the-northern-coast-31",
                "Ferry sinks off the northern coast",
                rest(3).as_str(),
            ),
            (
                "/en/news/school-wins-prize-for-its-garden-32",
                "School wins prize for its garden",
                rest(4).as_str(),
            ),
            (
                "/en/news/harvest-late-after-the-long-frost-33",
                "Harvest late after the long frost",
                rest(5).as_str(),
            ),
        ]);
        let feed = read(&html);
        assert_eq!(
            days(&feed),
            ["2024-06-03", "2024-06-04", "2024-06-05"],
            "{label}"
        );
        assert_eq!(feed.entries[0].authors.join(""), author, "{label}");
    }
}

#[test]
fn dates_of_something_else_are_none() {
    let of = |rest: &str| {
        let html = headed(&[
            (
                "/en/news/ferry-sinks-off-the-northern-coast-31",
                "Ferry sinks off the northern coast",
                rest,
            ),
            (
                "/en/news/school-wins-prize-for-its-garden-32",
                "School wins prize for its garden",
                "",
            ),
            (
                "/en/news/harvest-late-after-the-long-frost-33",
                "Harvest late after the long frost",
                "",
            ),
        ]);
        days(&read(&html)).first().cloned().unwrap_or_default()
    };
    for rest in [
        "<p>Deadline: 3 May 2024</p>",
        "<p>Apply until 3 May 2024</p>",
        "<p>Anmeldeschluss: 3. Mai 2024</p>",
        "<p>Gültig bis 3. Mai 2024</p>",
        "<p>Jusqu'au 3 mai 2024</p>",
        "<p>Hasta el 3 de mayo de 2024</p>",
        "<p>The dam broke on 3 May 2020.</p>",
        "<p>Since 3 May 2020 it is closed.</p>",
    ] {
        assert_eq!(of(rest), "", "{rest}");
    }
    for rest in [
        "<p>Concert on 3 May 2024</p><p>1 June 2024</p>",
        "<p>Published on 1 June 2024</p>",
        "<p>Veröffentlicht am 1. Juni 2024</p>",
        "<p>Publié le 1 juin 2024</p>",
        "<p>By Ida Roth, 1 June 2024</p>",
        "<p>Updated: 5 June 2024</p><p>Published: 1 June 2024</p>",
        "<time class='updated' datetime='2024-06-05'>x</time><time class='published' datetime='2024-06-01'>y</time>",
        "<p>Report on 1 June 2024</p>",
    ] {
        assert_eq!(of(rest), "2024-06-01", "{rest}");
    }
}

#[test]
fn the_dates_of_a_page_tell_their_order() {
    let order = |written: [&str; 3]| {
        let html = headed(&[
            (
                "/en/news/ferry-sinks-off-the-northern-coast-31",
                "Ferry sinks off the northern coast",
                format!("<i>{}</i>", written[0]).as_str(),
            ),
            (
                "/en/news/school-wins-prize-for-its-garden-32",
                "School wins prize for its garden",
                format!("<i>{}</i>", written[1]).as_str(),
            ),
            (
                "/en/news/harvest-late-after-the-long-frost-33",
                "Harvest late after the long frost",
                format!("<i>{}</i>", written[2]).as_str(),
            ),
        ]);
        days(&read(&html))
    };
    for (written, read) in [
        (
            ["05/23/2024", "05/03/2024", "04/02/2024"],
            ["2024-05-23", "2024-05-03", "2024-04-02"],
        ),
        (
            ["23/05/2024", "03/05/2024", "02/04/2024"],
            ["2024-05-23", "2024-05-03", "2024-04-02"],
        ),
        (
            ["6/3/2024", "6/4/2024", "6/5/2024"],
            ["2024-06-03", "2024-06-04", "2024-06-05"],
        ),
        (
            ["3/6/2024", "4/6/2024", "5/6/2024"],
            ["2024-06-03", "2024-06-04", "2024-06-05"],
        ),
        // Day first these would be ahead.
        (
            ["2/12/2024", "2/11/2024", "1/10/2024"],
            ["2024-02-12", "2024-02-11", "2024-01-10"],
        ),
    ] {
        assert_eq!(order(written), read);
    }
}

#[test]
fn years_and_months_head_days_without_them() {
    let item = |day: &str, n: usize| {
        format!(
            "<li><span>{day}</span> <a href='/en/post/the-ferry-runs-again-after-repair-{n}'>The ferry runs again after repair {n}</a></li>"
        )
    };
    let html = page(&format!(
        "<main><h2>2024</h2><ul>{}{}</ul><h2>2022</h2><ul>{}{}</ul></main>",
        item("3 Jun", 1),
        item("2 Jun", 2),
        item("3 Jun", 3),
        item("2 Jun", 4)
    ));
    assert_eq!(
        days(&read(&html)),
        ["2024-06-03", "2024-06-02", "2022-06-03", "2022-06-02"]
    );
    let html = page(&format!(
        "<main><h3>Mai 2024</h3><ul>{}{}</ul><h3>April 2024</h3><ul>{}{}</ul></main>",
        item("20 –", 1),
        item("19 –", 2),
        item("3 –", 3),
        item("2 –", 4)
    ));
    assert_eq!(
        days(&read(&html)),
        ["2024-05-20", "2024-05-19", "2024-04-03", "2024-04-02"]
    );
}

#[test]
fn titles_without_what_stands_around_them() {
    let title = "Ferry sinks off the northern coast";
    for inner in [
        format!("<em>Live</em>{title}"),
        format!("<strong>Exklusiv</strong>{title}"),
        format!("<i class='icon'>play_arrow</i>{title}"),
        format!("<span class='flag'>PLUS</span> {title}"),
        format!("<span class='sr-only'>Article for members: </span>{title}"),
        format!("{title} <span class='visually-hidden'>(opens elsewhere)</span>"),
        format!("{title} 4 min read"),
        format!("02:41 {title}"),
        format!("{title} [mehr]"),
        format!("› {title} »"),
        format!("4.6.2024 – {title}"),
        format!("4 June 2024: {title}"),
    ] {
        let html = headed(&[
            (
                "/en/news/ferry-sinks-off-the-northern-coast-31",
                inner.as_str(),
                "",
            ),
            (
                "/en/news/school-wins-prize-for-its-garden-32",
                "School wins prize for its garden",
                "",
            ),
            (
                "/en/news/harvest-late-after-the-long-frost-33",
                "Harvest late after the long frost",
                "",
            ),
        ]);
        assert_eq!(titles(&read(&html))[0], title, "{inner}");
    }
    // What is part of the headline stays.
    for title in [
        "0:3 – Valley loses at home to Hill",
        "Iran<em>air</em> flies to the valley again",
        "Krieg<span class='sr-only'> : </span><span>Ferry sinks off the coast</span>",
    ] {
        let html = headed(&[
            ("/en/news/a-31", title, "<i>4 June 2024</i>"),
            (
                "/en/news/school-wins-prize-for-its-garden-32",
                "School wins prize for its garden",
                "",
            ),
            (
                "/en/news/harvest-late-after-the-long-frost-33",
                "Harvest late after the long frost",
                "",
            ),
        ]);
        let expected = title
            .replace("<em>", "")
            .replace("</em>", "")
            .replace("<span class='sr-only'>", "")
            .replace("</span>", "")
            .replace("<span>", "");
        assert_eq!(titles(&read(&html))[0], expected);
    }
}

#[test]
fn what_is_paid_for_or_in_another_language_is_not_listed() {
    let story = |section: &str, n: usize, label: &str| {
        format!(
            "<div class='t'>{label}<a href='/{section}/the-ferry-runs-again-after-repair-{n}'>The ferry runs again after repair {n}</a></div>"
        )
    };
    let html = page(&format!(
        "<main>{}{}{}{}{}</main>",
        story("en/news", 1, ""),
        story("en/news", 2, ""),
        story("en/news", 3, ""),
        story("en/extra", 4, "<span>Anzeige</span>"),
        story("it/notizie", 5, "")
    ));
    assert_eq!(read(&html).entries.len(), 3);
}
