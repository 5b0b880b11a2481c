//! Article pages of invented outlets, as a reader would want them, and hostile ones.

use super::{Reading, Repeats, explain, parse, read};
use newsprint_html::words;
use newsprint_model::{Page, Partial, Select};

const URL: &str = "https://daily.example/news/2024/bridge-opens";

fn page(html: &str) -> Page {
    parse(
        html.as_bytes(),
        None,
        URL,
        &Select::default(),
        &Repeats::default(),
    )
    .unwrap()
}

fn text(html: &str) -> String {
    newsprint_html::sanitize::clean(&page(html).body, URL).text
}

/// A page with a menu, an article, and what news pages put around it.
fn around(title: &str, article: &str) -> String {
    format!(
        "<!doctype html><html><head><title>{title} - The Daily</title><meta property='og:title' content='{title}'></head><body>
        <header><nav><ul><li><a href=/>Home</a></li><li><a href=/world>World</a></li><li><a href=/sport>Sport</a></li></ul></nav></header>
        <main><article><h1>{title}</h1><div class='article-body'>{article}</div></article>
        <aside class='related-articles'><h2>See Also</h2><ul><li><a href=/a>Minister visits the northern provinces</a></li><li><a href=/b>Harvest is late this year</a></li></ul></aside></main>
        <div class='cookie-notice'><p>We use cookies to improve your experience. <a href=/c>Accept</a></p></div>
        <footer><p>© 2024 The Daily. All rights reserved.</p><p><a href=/imprint>Imprint</a> <a href=/privacy>Privacy</a></p></footer></body></html>"
    )
}

const STORY: [&str; 4] = [
    "The new bridge over the Mtkvari opened on Monday after four years of work, and the first to cross it were schoolchildren from both banks of the river.",
    "Engineers had warned that the old crossing, built in 1931, would not survive another spring flood, so the city council voted for a replacement in 2019.",
    "“We have waited for this day for a very long time,” said Nino Kapanadze, who runs a bakery beside the old bridge and lost half her customers during the works.",
    "Traffic will be limited to buses and bicycles until the end of the month, the council said, and cars will follow once the approach roads have been widened.",
];

fn story() -> String {
    STORY.map(|p| format!("<p>{p}</p>")).concat()
}

#[test]
fn the_article_and_nothing_but_the_article() {
    assert_eq!(
        text(&around("Bridge opens in Tbilisi", &story())),
        STORY.join("\n\n")
    );
}

/// Readers of articles pass over forms, menus and labels; what the text has in them is text.
#[test]
fn a_text_in_a_form_or_a_label_is_read() {
    let titled = |open: &str, close: &str| {
        let [first, second, rest @ ..] = STORY;
        let rest = rest.map(|p| format!("<p>{p}</p>")).concat();
        let label = "<h3><label for=a>What the council says</label></h3>";
        format!("{open}<p>{first}</p><p>{second}</p>{label}{rest}{close}")
    };
    let plain = text(&around("Bridge opens in Tbilisi", &titled("", "")));
    assert!(plain.contains("What the council says"), "{plain}");
    assert!(plain.contains(STORY[0]) && plain.contains(STORY[3]));
    let in_form = titled("<form action=/vote>", "<input name=q></form>");
    assert_eq!(text(&around("Bridge opens in Tbilisi", &in_form)), plain);
}

/// Comments that no name tells of are known by the heading over them.
#[test]
fn comments_under_their_heading_are_not_the_text() {
    let said = "I have crossed this river every day for thirty years, and never once did the ferryman ask me where I was going.";
    let item = |i: u32| format!("<li><b>Reader {i}</b><p>{said} Number {i}.</p></li>");
    let page = |heading: &str| {
        let items: String = (0..6).map(item).collect();
        around(
            "Bridge opens in Tbilisi",
            &format!("{}<div><h3>{heading}</h3><ul>{items}</ul></div>", story()),
        )
    };
    for heading in [
        "6 Comments",
        "Kommentare (6)",
        "What readers say",
        "网友评论",
    ] {
        assert_eq!(text(&page(heading)), STORY.join("\n\n"), "{heading}");
    }
    assert!(text(&page("Six ferrymen")).contains(said));
    // A section may be called so.
    let section = format!(
        "{}<section><h2>Reactions</h2><p>{said}</p><p>{said} Twice.</p></section>",
        story()
    );
    assert!(text(&around("Bridge opens in Tbilisi", &section)).contains(said));
    let flat = format!(
        "{}<h2>Comments</h2><p>{said}</p><p>{said} Twice.</p>",
        story()
    );
    assert!(text(&around("Bridge opens in Tbilisi", &flat)).contains(said));
}

/// Where the text is told in the captions of its pictures they are the text; a figure may be named for its caption.
#[test]
fn captions_are_the_text_where_they_are_all_of_it() {
    let figure = |said: &str| {
        format!(
            "<figure class=photo-caption><img src=/a.jpg width=900 height=600><figcaption><p>{said}</p></figcaption></figure>"
        )
    };
    let told = around("Bridge opens in Tbilisi", &STORY.map(figure).concat());
    for said in STORY {
        assert!(text(&told).contains(said), "{}", text(&told));
    }
    let beside = around(
        "Bridge opens in Tbilisi",
        &(story() + &figure("The bridge on its first day.")),
    );
    assert_eq!(text(&beside), STORY.join("\n\n"));
    assert!(page(&beside).body.contains("The bridge on its first day."));
}

/// Many systems write no `figure`: a box of a picture and a line that is named its caption, or is all there is in it, is one.
#[test]
fn captions_that_stand_in_no_figure_are_shown_with_their_pictures() {
    let said = "The bridge on its first day.";
    for figure in [
        "<div class='wp-caption alignright'><a href=/a><img src=/a.jpg></a><p class=wp-caption-text>CAPTION</p></div>",
        "<div class=image-ct><div class=m><img src=/a.jpg></div><div class=info><div class=caption><p>CAPTION</p></div></div></div>",
        "<div class=picBox><img src=/a.jpg><p>CAPTION</p></div>",
    ] {
        let figure = figure.replace("CAPTION", said);
        let [first, rest @ ..] = STORY.map(|p| format!("<p>{p}</p>"));
        let html = around(
            "Bridge opens in Tbilisi",
            &format!("{first}{figure}{}", rest.concat()),
        );
        assert_eq!(text(&html), STORY.join("\n\n"), "{figure}");
        let body = newsprint_html::sanitize::clean(&page(&html).body, URL).html;
        let shown = body.find("<figcaption>").zip(body.find("</figcaption>"));
        let shown = shown.map(|(from, to)| body[from..to].contains(said));
        assert_eq!(shown, Some(true), "{body}");
    }
}

/// Code is named for its source, which is nobody's credit.
#[test]
fn code_named_for_its_source_is_kept() {
    let code = "<div class=sourceCode><pre class='sourceCode r'><code class='sourceCode r'>count(cars)</code></pre></div>";
    let [first, rest @ ..] = STORY.map(|p| format!("<p>{p}</p>"));
    let html = format!("{first}{code}{}", rest.concat());
    assert!(text(&around("Bridge opens in Tbilisi", &html)).contains("count(cars)"));
}

/// Marks at a heading and the numbers beside code are there to be pressed and counted, not read.
#[test]
fn marks_at_headings_and_numbers_of_lines_are_left_out() {
    let code = "<table><tr><td class=lntd><pre>1\n2\n</pre></td><td class=lntd><pre>let ferry = 1;\nlet boat = 2;</pre></td></tr></table>";
    let html = around(
        "Bridge opens in Tbilisi",
        &format!(
            "{}<h2>The works<span class='mw-editsection'>[edit]</span><a class=headerlink href='#w'>¶</a></h2>{code}{}",
            story(),
            "<p>The piers were sunk in winter, when the river is low, and a diver from the coast looked at each of them twice.</p>\
             <p>Two of the old piers were left standing for the herons, who had been there longer than the council.</p>"
        ),
    );
    let text = text(&html);
    assert!(text.contains("\nThe works\n"), "{text}");
    assert!(
        text.contains("let ferry = 1;") && !text.contains("1\n2"),
        "{text}"
    );
}

/// A buyer's guide: what is named like an offer is what the article tells of, where it has most of the text.
#[test]
fn the_cards_of_a_guide_are_its_text() {
    let card = |name: &str, i: usize| {
        format!(
            "<div class='product-card'><h3>{name}</h3><ul><li>Quiet at full speed</li><li>Folds in a minute</li></ul><p>{}</p><p>{}</p><a href=/shop/{i}>Check price</a></div>",
            STORY[i].replace("bridge", name),
            STORY[(i + 1) % 4].replace("bridge", name)
        )
    };
    let names = ["Ferry One", "Ferry Two", "Ferry Three", "Ferry Four"];
    let cards: String = names
        .iter()
        .enumerate()
        .map(|(i, name)| card(name, i))
        .collect();
    let first = "<p>We have crossed the river in every boat that is sold here, in all weathers, and this is what we would buy.</p>";
    let last = "<p>We will go on testing through the winter, and change this page when a better boat has been built.</p>";
    let article = text(&around(
        "The best ferries of the year",
        &format!("{first}{cards}{last}"),
    ));
    for i in 0..4 {
        assert!(
            article.contains(&STORY[i].replace("bridge", names[i])),
            "{i}: {article}"
        );
    }
    assert!(!article.contains("Check price"), "{article}");
}

/// What is explained is what is kept, after the outlet's selectors and what its pages repeat.
#[test]
fn the_whole_way_to_the_text_is_explained() {
    let beg = "Every month forty thousand readers help us to stay awake and to write what nobody else does.";
    let odd = "The council has said nothing about what the bridge will have cost in the end, and nobody has asked.";
    let pages = |i: usize| {
        let last = [
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        ];
        let own = STORY.map(|text| format!("<p>{text} That was said by {}.</p>", last[i]));
        let own = own.concat();
        around(
            "Bridge opens in Tbilisi",
            &format!("{own}<p>{beg}</p><p class=odd>{}</p>", odd),
        )
    };
    let select = Select {
        remove: vec![".odd".into()],
        ..Select::default()
    };
    let mut repeats = Repeats::default();
    for i in 0..8 {
        let url = format!("{URL}/{i}");
        let page = pages(i).into_bytes();
        repeats.learn(
            &read(page, None, &url, &select, &repeats.clone())
                .unwrap()
                .blocks,
        );
    }
    let html = pages(9);
    let explained = explain(html.as_bytes(), None, URL, &select, &repeats).unwrap();
    let page = parse(html.as_bytes(), None, URL, &select, &repeats).unwrap();
    let kept = explained.blocks.iter().filter(|block| block.kept);
    let kept: Vec<&str> = kept.map(|block| block.text.as_str()).collect();
    assert_eq!(newsprint_html::plain(&page.body).trim(), kept.join("\n\n"));
    let rule = |text: &str| {
        let block = explained.blocks.iter().rfind(|block| block.text == text);
        block.and_then(|block| block.rule)
    };
    assert_eq!(rule(beg), Some("repeats"));
    assert_eq!(rule(odd), Some("select.remove"));
    assert_eq!(explained.instead, None);
}

/// The place of a block is a selector that can be given as `remove`.
#[test]
fn each_block_is_told_with_a_selector_that_finds_it() {
    let marked = "<p class='2col note:x first'>The band of the fire brigade played until the rain began, which was at noon.</p>";
    let html = around(
        "Bridge opens in Tbilisi",
        &format!("{}{marked}<p id=last>That is what was said.</p>", story()),
    );
    let explained =
        |select: &Select| explain(html.as_bytes(), None, URL, select, &Repeats::default()).unwrap();
    let before = explained(&Select::default());
    let place = |text: &str| {
        let block = before
            .blocks
            .iter()
            .find(|block| block.text.starts_with(text));
        block.unwrap().place.clone()
    };
    assert_eq!(place("The new bridge"), "div.article-body p");
    assert_eq!(place("The band"), "div.article-body p.first");
    assert_eq!(place("That is what"), "#last");
    for (i, block) in before
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| block.kept)
    {
        let select = Select {
            remove: vec![block.place.clone()],
            ..Select::default()
        };
        let after = &explained(&select).blocks[i];
        assert_eq!(
            (after.kept, after.rule),
            (false, Some("select.remove")),
            "{block:?}"
        );
    }
}

/// What is true of the whole page is no reason for one of its blocks.
#[test]
fn reasons_tell_one_block_from_another() {
    let html = around("Bridge opens in Tbilisi", &story());
    let (select, repeats) = (Select::default(), Repeats::default());
    let explained = explain(html.as_bytes(), None, URL, &select, &repeats).unwrap();
    for name in [
        "how much text the page has",
        "its odds so far",
        "held to be text",
    ] {
        let mut reasons = explained.blocks.iter().flat_map(|block| &block.reasons);
        assert!(!reasons.any(|(reason, _)| reason == name), "{name}");
    }
    assert!(
        explained
            .blocks
            .iter()
            .all(|block| block.reasons.len() == 4)
    );
    // Whatever the odds did not decide is said to be decided by a rule.
    for block in &explained.blocks {
        let by_odds = block.kept == (block.odds > explained.enough);
        assert!(by_odds || block.rule.is_some(), "{block:?}");
    }
}

/// A page with next to nothing is shown for what comes nearest to a text, and that is said.
#[test]
fn where_little_is_found_less_suffices_and_is_said() {
    let lines = [
        "Ferry out of service until the water falls",
        "Bridge open for buses and bicycles only",
        "Road by the weir closed after the rockfall",
        "Ring the bell at the landing for the boat",
    ];
    let page = |tag: &str| {
        let lines = lines.map(|line| format!("<{tag}>{line}</{tag}>")).concat();
        format!("<html><body><a href=/>Home</a>{lines}</body></html>")
    };
    let mut found = 0;
    for tag in ["div", "li", "td", "h4", "footer", "button", "span", "label"] {
        let (select, repeats) = (Select::default(), Repeats::default());
        let explained = explain(page(tag).as_bytes(), None, URL, &select, &repeats).unwrap();
        for block in &explained.blocks {
            let less = block.kept && block.odds <= explained.enough;
            assert!(!(less && block.rule.is_none()), "{block:?}");
            found += usize::from(block.rule == Some("little-found"));
        }
    }
    assert!(found > 0);
}

#[test]
fn scripts_of_the_world() {
    let stories: [&[&str]; 5] = [
        &[
            "თბილისის საკრებულომ ორშაბათს დაამტკიცა ახალი ხიდის მშენებლობის პროექტი, რომელსაც ქალაქი ოთხი წელი ელოდა.",
            "მშენებლობა მომავალ გაზაფხულზე დაიწყება და, მერიის ინფორმაციით, ორ წელიწადში დასრულდება.",
            "ადგილობრივი მცხოვრებლები ამბობენ, რომ ძველ ხიდზე მოძრაობა უკვე სახიფათო იყო.",
        ],
        &[
            "Երևանի ավագանին երկուշաբթի օրը հաստատեց նոր կամրջի կառուցման ծրագիրը, որին քաղաքը սպասում էր չորս տարի։",
            "Շինարարությունը կսկսվի գալիք գարնանը և, քաղաքապետարանի տվյալներով, կավարտվի երկու տարում։",
            "Բնակիչներն ասում են, որ հին կամրջով երթևեկությունն արդեն վտանգավոր էր։",
        ],
        &[
            "افتتح المجلس البلدي يوم الاثنين الجسر الجديد فوق النهر بعد أربع سنوات من العمل المتواصل في المدينة القديمة.",
            "وقال المهندسون إن الجسر القديم الذي بني عام ١٩٣١ لم يكن ليصمد أمام فيضان آخر في الربيع المقبل.",
            "وستقتصر حركة المرور على الحافلات والدراجات حتى نهاية الشهر الجاري، بحسب بيان المجلس.",
        ],
        &[
            "市議会は月曜日、四年にわたる工事を終えた新しい橋の開通を発表し、最初に渡ったのは両岸の小学生たちだった。",
            "技術者らは、一九三一年に架けられた古い橋が次の春の洪水に耐えられないと警告していた。",
            "月末まではバスと自転車だけが通行でき、取り付け道路の拡幅が終わり次第、乗用車も通れるようになる。",
        ],
        &[
            "Рада міста у понеділок відкрила новий міст через річку після чотирьох років робіт, і першими ним пройшли школярі.",
            "Інженери попереджали, що старий міст, збудований 1931 року, не витримає ще однієї весняної повені.",
            "До кінця місяця ним їздитимуть лише автобуси й велосипеди, повідомили в міській раді.",
        ],
    ];
    for story in stories {
        let html: String = story.iter().map(|p| format!("<p>{p}</p>")).collect();
        assert_eq!(
            text(&around(story[0].split(' ').next().unwrap(), &html)),
            story.join("\n\n")
        );
    }
}

#[test]
fn lines_that_lead_elsewhere_are_not_the_article() {
    for line in [
        "<p><strong>Read more:</strong> <a href=/x>How the old bridge was built</a></p>",
        "<p>Lesen Sie auch: <a href=/x>Wie die alte Brücke gebaut wurde</a></p>",
        "<p>Читайте также: <a href=/x>Как строили старый мост</a></p>",
        "<p>À lire aussi : <a href=/x>Comment le vieux pont fut construit</a></p>",
        "<p><a href=/x>Mayor promises second bridge before the election</a></p>",
        "<div class=newsletter-signup><p>Sign up for our newsletter and get the news every morning.</p></div>",
        "<div class=share-buttons><span>Share</span><a href=#>Facebook</a></div>",
        "<div class=newsletter-unit><h4>Local headlines</h4><p>What happened in the county, every morning.</p></div>",
        "<ul><li><a href=/x>Five charts that explain the new bridges</a></li><li><a href=/y>The old ferryman and the last of all his boats</a></li></ul>",
        "<div><h4>Related to this story</h4><h4><a href=/x>Five charts that explain the bridges</a></h4><h4><a href=/y>The ferryman and his boat</a></h4></div>",
        "<div class=wp-block-pullquote><p>for a very long time</p></div>",
        "<div class=part9><h4><a href=/x>Council appeals for witnesses of the spring flood</a></h4></div>",
        "<p>Photo: Levan Beridze/The Daily</p>",
    ] {
        let html: String = [0, 1, 2, 3]
            .map(|i| format!("<p>{}</p>{}", STORY[i], if i == 1 { line } else { "" }))
            .concat();
        assert_eq!(
            text(&around("Bridge opens in Tbilisi", &html)),
            STORY.join("\n\n"),
            "{line}"
        );
    }
    // Each part of a guide may have a link for its heading.
    let parts = STORY.map(|p| {
        let title: String = p.chars().take(40).collect();
        format!("<div class=part9><h4><a href=/x>About: {title}</a></h4></div><p>{p}</p>")
    });
    let guide = text(&around("Bridge opens in Tbilisi", &parts.concat()));
    assert_eq!(guide.matches("About: ").count(), 4, "{guide}");
}

/// Paragraphs of one look are of one text, however long the list between them and however many links the last one names.
#[test]
fn a_closing_sentence_of_links_after_a_list_is_kept() {
    let items = "<li>To Upper Lerna at 7.05</li>".repeat(6);
    let last = "<p>More in the <a href=/plan>draft of the plan</a> and in the <a href=/report>report of the council</a>.</p>";
    let article = text(&around(
        "Bridge opens in Tbilisi",
        &format!("{}<ul>{items}</ul>{last}", story()),
    ));
    assert!(
        article.ends_with("More in the draft of the plan and in the report of the council."),
        "{article}"
    );
}

#[test]
fn structure_survives() {
    let html = around(
        "Bridge opens in Tbilisi",
        &format!(
            "<p>{}</p><figure><img data-src='/img/bridge.jpg' src='data:image/gif;base64,R0lGODlhAQABAAAAACw='><figcaption>The bridge on Monday</figcaption></figure>
            <h2>Why it took so long</h2><p>{}</p><p>The council named <a href='/report?utm_source=x'>three reasons</a> for the delay in its last report:</p>
            <ul><li>The ground on the left bank was softer than expected.</li><li>Steel prices doubled within a single year.</li></ul>
            <blockquote><p>{}</p></blockquote>
            <table><tr><th>Year</th><th>Spent by the city council</th></tr><tr><td>2022</td><td>Four million lari were spent</td></tr></table>
            <pre><code>load = width * 40
limit = 90</code></pre><p>{}</p>",
            STORY[0], STORY[1], STORY[2], STORY[3]
        ),
    );
    let body = page(&html).body;
    for piece in [
        "<img src=\"https://daily.example/img/bridge.jpg\"",
        "<figcaption>The bridge on Monday</figcaption>",
        "<h2>Why it took so long</h2>",
        "<a href=\"https://daily.example/report\">three reasons</a>",
        "<li>Steel prices doubled within a single year.</li>",
        "<blockquote>",
        "<td>Four million lari were spent</td>",
        "load = width * 40\nlimit = 90",
    ] {
        assert!(body.contains(piece), "{piece} in {body}");
    }
}

#[test]
fn teasers_within_the_article_go_and_entries_of_a_live_blog_stay() {
    let teaser = "<article class=post><h3><a href=/other>Another day, another bridge in another town</a></h3><p>A bridge collapsed in the east of the country on Sunday, and nobody was hurt, police said in the evening.</p></article>";
    let html = around(
        "Bridge opens in Tbilisi",
        &format!("{}{teaser}{teaser}", story()),
    );
    assert!(!text(&html).contains("collapsed"));
    let entries: String = STORY
        .iter()
        .enumerate()
        .map(|(i, p)| {
            format!(
                "<article class=entry><h3>Update number {i} of the day</h3><p>{p}</p></article>"
            )
        })
        .collect();
    let live = text(&around("Bridge opens in Tbilisi", &entries));
    assert!(STORY.iter().all(|p| live.contains(p)), "{live}");
}

#[test]
fn a_quoted_post_is_part_of_the_text() {
    let html: String = [0, 1, 2, 3]
        .map(|i| {
            let post = "<blockquote class='twitter-tweet'><p>Crossed it this morning. It sings in the wind!</p>— Giorgi (@giorgi)</blockquote>";
            format!("<p>{}</p>{}", STORY[i], if i == 1 { post } else { "" })
        })
        .concat();
    assert!(text(&around("Bridge opens in Tbilisi", &html)).contains("It sings in the wind!"));
}

#[test]
fn a_page_that_a_script_fills_gives_its_data() {
    let page = |article: &str| {
        format!(
            "<title>Bridge opens</title><div id=root></div><script type='application/json'>{}</script>",
            serde_json::json!({"props": {"article": {"html": article}}})
                .to_string()
                .replace('<', "\\u003c")
        )
    };
    assert_eq!(text(&page(&story())), STORY.join("\n\n"));
    // Such data has more than the text in it, as pages have.
    let caption = "<div class=image><img src=/a.jpg><div class=caption><p>The bridge on Monday. Photo: N. Example</p></div></div>";
    let [first, rest @ ..] = STORY.map(|p| format!("<p>{p}</p>"));
    let mixed = format!("{first}{caption}$$ARTICLEAD$${}", rest.concat());
    assert_eq!(text(&page(&mixed)), STORY.join("\n\n"));
}

#[test]
fn pay_walls_are_recognised_and_long_texts_are_not_suspected() {
    let locked = "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":\"False\"}</script>";
    let stub = around(
        "Bridge opens in Tbilisi",
        &format!("<p>{}</p>{locked}", STORY[0]),
    );
    assert_eq!(page(&stub).partial, Some(Partial::Paywall));
    for notice in [
        "Subscribe to continue reading this article.",
        "Jetzt weiterlesen mit unserem Digitalabo",
        "Il vous reste 80 % de cet article à lire. La suite est réservée aux abonnés.",
        "Para seguir leyendo, suscríbete.",
        "この記事は会員限定です。",
    ] {
        let html = around(
            "Bridge opens in Tbilisi",
            &format!(
                "<p>{}</p><p>{}</p><div class=offer><p>{notice}</p></div>",
                STORY[0], STORY[1]
            ),
        );
        assert_eq!(page(&html).partial, Some(Partial::Paywall), "{notice}");
    }
    // Marked as locked, and there all the same.
    let whole = around(
        "Bridge opens in Tbilisi",
        &format!("{locked}{}", story() + &numbered(40)),
    );
    assert!(words(&text(&whole)) > 400);
    assert_eq!(page(&whole).partial, None);
    // About subscriptions, not behind one.
    let about = around(
        "Papers lose readers",
        &format!(
            "<p>More readers subscribe to newspapers online than ever before, a survey of the press council found this week.</p>{}",
            story()
        ),
    );
    assert_eq!(page(&about).partial, None);
}

fn numbered(count: usize) -> String {
    let streets = [
        "Rose", "River", "Mill", "Church", "Garden", "Castle", "Market", "Harbour",
    ];
    (0..count)
        .map(|i| {
            let (a, b) = (streets[i % 8], streets[i / 8 % 8]);
            format!("<p>The stretch from {a} Street to {b} Lane, number {i} on the list, was finished in week {} of the works.</p>", i + 3)
        })
        .collect()
}

#[test]
fn consent_walls_error_pages_and_empty_pages_are_recognised() {
    let consent = "<html><head><title>The Daily</title></head><body><div><h1>Your privacy</h1><p>We and our partners store cookies and process personal data with your consent or on the basis of legitimate interest.</p><p>You can accept all cookies or read our privacy policy to learn how we and our partners use personal data.</p><button>Accept all</button></div></body></html>";
    assert_eq!(page(consent).partial, Some(Partial::Consent));
    for title in [
        "404 Not Found",
        "Page not found - The Daily",
        "Seite nicht gefunden | Tagblatt",
        "Страница не найдена",
    ] {
        let html = format!(
            "<html><head><title>{title}</title></head><body><h1>{title}</h1><p>The page you are looking for is not here. Try the search.</p></body></html>"
        );
        assert_eq!(page(&html).partial, Some(Partial::ErrorPage), "{title}");
    }
    assert_eq!(
        page("<html><body></body></html>").partial,
        Some(Partial::NoText)
    );
    assert_eq!(page("").partial, Some(Partial::NoText));
}

#[test]
fn articles_about_errors_and_cookies_are_articles() {
    for title in [
        "404 days at sea",
        "Why the web forgot its cookies",
        "Body not found after avalanche, police say",
        "Access denied to journalists at summit, union says",
    ] {
        assert_eq!(page(&around(title, &story())).partial, None, "{title}");
    }
    let cookies = format!(
        "<p>The regulator fined two shops because their cookie banners made it hard to reject all cookies, and ordered them to ask for consent again.</p>{}",
        story()
    );
    assert_eq!(
        page(&around("Shops fined over cookies", &cookies)).partial,
        None
    );
}

#[test]
fn the_outlets_own_selectors_win_and_bad_ones_are_named() {
    let html = "<body><div class=x><p>Short.</p><p class=ad>Buy.</p></div><article><p>Something quite long that any engine would take for the article of this page, with commas, and a full stop.</p></article></body>";
    let select = Select {
        body: Some(".x".to_owned()),
        remove: vec![".ad".to_owned()],
        ..Select::default()
    };
    let page = parse(html.as_bytes(), None, URL, &select, &Repeats::default()).unwrap();
    assert_eq!(page.body, "<p>Short.</p>");
    for bad in ["p[", "", ">>", "::"] {
        let select = Select {
            remove: vec![bad.to_owned()],
            ..Select::default()
        };
        let error = parse(html.as_bytes(), None, URL, &select, &Repeats::default()).unwrap_err();
        assert_eq!(error.place.as_deref(), Some("select.remove"), "{bad}");
    }
}

#[test]
fn what_an_outlet_repeats_is_learned_and_left_out_but_never_all_there_is() {
    const JOB: &str = "Our network looks for correspondents in all three capitals, and pays for what it prints, as it has always done.";
    let mut repeats = Repeats::default();
    let mut last = Reading::default();
    for i in 0..9 {
        let url = format!("https://daily.example/{i}");
        let own: String = STORY
            .iter()
            .map(|p| format!("<p>On day {}: {p}</p>", "abcdefghi".chars().nth(i).unwrap()))
            .collect();
        let html = around(&format!("Story {i}"), &format!("{own}<p>{JOB}</p>"));
        last = read(html.as_bytes(), None, &url, &Select::default(), &repeats).unwrap();
        if i == 0 {
            assert!(last.page.body.contains(JOB));
        }
        repeats.learn(&last.blocks);
    }
    assert!(!last.page.body.contains(JOB));
    assert!(last.page.body.contains("On day i: The new bridge"));
    let alone = around("Jobs", &format!("<p>{JOB}</p>"));
    let alone = parse(alone.as_bytes(), None, URL, &Select::default(), &repeats).unwrap();
    assert!(alone.body.contains("correspondents"));
}

#[test]
fn hostile_pages_do_no_harm() {
    // With what the parser adds of its own: html, head and body, rows of tables, formatting that goes on.
    const MOST_TAGS: usize = 22_000 + 2_000;
    const MOST_BYTES: usize = 1_400_000;
    /// A level of a table brings its rows and cells.
    const DEEPEST: usize = 400 * 4 + 10;
    let n = 100_000;
    let pages: Vec<Vec<u8>> = vec![
        "<div>".repeat(n).into_bytes(),
        "<b>".repeat(n).into_bytes(),
        "<table><tr><td>".repeat(n / 3).into_bytes(),
        "<ul><li>".repeat(n / 2).into_bytes(),
        "<svg>".repeat(n).into_bytes(),
        "<a href=x>".repeat(n).into_bytes(),
        "<form><nobr>".repeat(n / 2).into_bytes(),
        "&".repeat(1 << 20).into_bytes(),
        "<br>".repeat(2 * n).into_bytes(),
        "a<br>".repeat(2 * n).into_bytes(),
        (0..1_000)
            .map(|i| format!("<p><b id={i}>x"))
            .collect::<String>()
            .into_bytes(),
        format!(
            "<table>{}</table>",
            format!("<tr>{}</tr>", "<td>x</td>".repeat(300)).repeat(300)
        )
        .into_bytes(),
        format!("<p>{}", "word ".repeat(2 << 20)).into_bytes(),
        "x".repeat(10 << 20).into_bytes(),
        (0..n as u32 * 4)
            .map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect(),
        [
            &[0xff, 0xfe][..],
            &"<p>Grüße"
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect::<Vec<u8>>()[..13],
        ]
        .concat(),
    ];
    for (i, bytes) in pages.iter().enumerate() {
        if let Ok(page) = parse(bytes, None, URL, &Select::default(), &Repeats::default()) {
            assert!(page.body.len() <= bytes.len() * 4 + 1_000, "page {i}");
        }
        // What is worked on is bounded, so that the work is: as the documentation of `parse` says.
        let html = super::limit_html::limit(&super::charset::decode(bytes, None));
        assert!(html.len() <= MOST_BYTES, "page {i}: {} bytes", html.len());
        let doc = dom_query::Document::from(html.as_str());
        let (mut elements, mut deepest) = (0, 0);
        let mut stack = vec![(doc.root(), 0)];
        while let Some((node, depth)) = stack.pop() {
            elements += usize::from(node.is_element());
            deepest = deepest.max(depth);
            let children = node
                .children_it(false)
                .filter(dom_query::NodeRef::is_element);
            stack.extend(children.map(|child| (child, depth + 1)));
        }
        assert!(elements <= MOST_TAGS, "page {i}: {elements} elements");
        assert!(deepest <= DEEPEST, "page {i}: {deepest} levels");
        let (select, repeats) = (Select::default(), Repeats::default());
        if let Ok(explained) = explain(bytes, None, URL, &select, &repeats) {
            let blocks = explained.blocks.len();
            assert!(blocks <= MOST_TAGS, "page {i}: {blocks} blocks");
        }
    }
}

/// What a page shows of others, or says about itself, is not the article where the data has it beside the page's own title.
#[test]
fn the_pages_own_article_in_the_data_stands_before_what_else_is_shown() {
    let notice = "<p>This page of ours needs a newer browser than the one that you came with, since the one that you came with has not been looked after for years, and whoever made it says that it is not to be trusted any more with what you read and write.</p>";
    let text_of = |title: &str| {
        let body = serde_json::json!(
            STORY
                .repeat(2)
                .iter()
                .map(|text| serde_json::json!({"k": "para", "v": text}))
                .collect::<Vec<_>>()
        );
        let state = serde_json::json!({"story": {"title": title, "body": body}});
        let html = filled(&format!("<script>window.state={state};</script>"));
        text(&html.replace("Loading", notice))
    };
    assert!(text_of("Bridge opens in Tbilisi").starts_with(STORY[0]));
    assert!(!text_of("The ferry stays in its dock").contains(STORY[0]));
}

/// Scripts that are made to be read for ever are not.
#[test]
fn hostile_scripts_do_no_harm() {
    let prose =
        "The ferry has left its dock again, and whoever has a ticket may cross. ".repeat(10);
    let many = |text: &str| text.repeat(200_000 / text.len());
    let strings = (0..12).fold("x".to_owned(), |inner, _| {
        serde_json::json!({ "a": inner, "b": prose }).to_string()
    });
    for script in [
        many("=({"),
        many("=[{"),
        many(",{a:"),
        many("=(a,b)=>({c:"),
        many("=(function(a){return "),
        many("=\"x"),
        many("={a:`${"),
        many("{\"a\":["),
        many("[{\"a\":\"b\"},"),
        format!("={strings}"),
        format!("=\"{}lt;p\"", many("&amp;")),
        format!(
            "self.__next_f.push([1,\"{}\"])",
            many("0:[\\\"$0\\\",\\\"$0\\\"]\\n")
        ),
    ] {
        for kind in ["", "type=application/json"] {
            let html = format!("<script {kind}>x=\"{prose}\";{script}</script><p>x");
            assert!(text(&html).len() < 4 * html.len());
            let html = format!("<script {kind}>{script}</script><p>x");
            assert!(text(&html).len() < 4 * html.len());
        }
    }
}

/// Results, prices, who played: a table of short cells in the text or right behind it is the article's; one of the frame's
/// is not.
#[test]
fn tables_of_the_text_are_kept() {
    let table = "<table><tr><th>Passage</th><th>Price</th></tr><tr><td>Car</td><td>12.50</td></tr><tr><td>Bicycle</td><td>3.00</td></tr></table>";
    let cells = ["Passage", "Price", "Car", "12.50", "Bicycle", "3.00"];
    for html in [
        format!("{}{table}", story()),
        format!("{}<figure class=wp-block-table>{table}</figure>", story()),
        format!("{}{table}{}", story(), story()),
    ] {
        let article = text(&around("Bridge opens in Tbilisi", &html));
        for cell in cells {
            assert!(article.contains(cell), "{cell}: {article}");
        }
    }
    for html in [
        format!("{}<div class=sidebar-widget>{table}</div>", story()),
        format!(
            "{}<table><tr><td><a href=#>Facebook</a></td><td><a href=#>Mastodon</a></td></tr><tr><td><a href=#>Mail</a></td><td><a href=#>Print</a></td></tr></table>",
            story()
        ),
    ] {
        assert_eq!(
            text(&around("Bridge opens in Tbilisi", &html)),
            STORY.join("\n\n")
        );
    }
}

/// Of a list that is the article's no item is left out because it is short or all numbers.
#[test]
fn lists_of_the_text_are_kept_whole() {
    let html = format!(
        "{}<h2>When it is open</h2><ul><li>Monday to Friday: 6.00 to 22.00</li><li>Saturday: 8.00 to 20.00</li><li>Sunday: 9–18</li></ul>",
        story()
    );
    let article = text(&around("Bridge opens in Tbilisi", &html));
    assert!(article.contains("Sunday: 9–18"), "{article}");
}

/// Bylines, sources and the outlet's own requests, before and after the text.
#[test]
fn lines_around_the_text_are_not_its_own() {
    for line in [
        "Quelle: dpa",
        "Источник: агентство",
        "（责任编辑：样本）",
        "(dpa)",
        "DPA/AFP",
        "<저작권자 ⓒ 뉴스포털, 무단 전재 및 재배포 금지>",
        "المصدر: وكالات",
    ] {
        let line = line.replace('<', "&lt;");
        let html = format!("{}<p>{line}</p>", story());
        assert_eq!(
            text(&around("Bridge opens in Tbilisi", &html)),
            STORY.join("\n\n"),
            "{line}"
        );
    }
    let contact = "Contact Nino at 555-0188 or nino@daily.example. Follow her for more.";
    let html = format!(
        "<p class=byline>By <a rel=author href=/n>Nino Example</a></p>{}<p>{contact}</p>",
        story()
    );
    assert!(!text(&around("Bridge opens in Tbilisi", &html)).contains(contact));
    let last = "Whoever lost a bell may ask for it at bells@daily.example.";
    let html = format!("{}<p>{last}</p>", story());
    assert!(text(&around("Bridge opens in Tbilisi", &html)).ends_with(last));
    for line in ["12 June 2024", "2024年6月12日 14:02 来源：新闻社"] {
        let html = format!("<p>{line}</p>{}", story());
        assert_eq!(
            text(&around("Bridge opens in Tbilisi", &html)),
            STORY.join("\n\n"),
            "{line}"
        );
    }
}

/// What a line announces by a colon is the article's, even if all of it is links.
#[test]
fn a_list_that_a_line_announces_is_kept() {
    let list = "<ul><li><a href=/1>Remove the toll on Sundays</a></li><li><a href=/2>Paint the railing of the old bridge</a></li>
        <li><a href=/3>Count bicycles</a></li></ul>";
    let read = |line: &str| {
        let html = format!(
            "<p>{}</p><p>{line}</p>{list}<p>{}</p><p>{}</p>",
            STORY[0], STORY[1], STORY[3]
        );
        text(&around("Bridge opens in Tbilisi", &html))
    };
    for item in ["Remove the toll", "Paint the railing", "Count bicycles"] {
        let announced = "The council passed these motions in its session this week:";
        assert!(read(announced).contains(item), "{item}");
        assert!(!read("Read more:").contains(item), "{item}");
    }
}

/// Pages without paragraphs and headings: a bold headline and a byline with line breaks, the text in one cell.
#[test]
fn a_page_of_cells_and_line_breaks_is_read() {
    let html = format!(
        "<html><head><title>Old Valley Times: Bridge opens in Tbilisi</title></head><body><table><tr><td><font size=1><a href=/n>News</a><br><a href=/s>Sport</a></font></td>
        <td><font size=5><b>Bridge opens in Tbilisi</b></font><br><font size=2>By Nino Example | March 4, 2017</font><br><br><font size=3>{}</font></td></tr></table></body></html>",
        STORY.join("<br><br>")
    );
    let page = page(&html);
    assert_eq!(page.title.as_deref(), Some("Bridge opens in Tbilisi"));
    assert_eq!(page.authors, ["Nino Example"]);
    assert_eq!(page.published_local.as_deref(), Some("2017-03-04"));
    let article = newsprint_html::plain(&page.body);
    assert!(!article.contains("Nino Example |"), "{article}");
    assert!(!article.contains("Bridge opens in Tbilisi"), "{article}");
}

/// A question in bold with only a line break behind it belongs to its answer.
#[test]
fn bold_questions_stay_with_their_answers() {
    let html: String = STORY
        .iter()
        .map(|answer| format!("<p><b>And then?</b><br>{answer}</p>"))
        .collect();
    let article = text(&around("Bridge opens in Tbilisi", &html));
    assert_eq!(article.matches("And then?").count(), 4, "{article}");
}

/// Under a short text the comments are longer, and are not it.
#[test]
fn long_comments_under_a_short_text_are_not_the_article() {
    let comments: String = (0..12)
        .map(|i| {
            format!(
                "<li class=comment><p>I remember that {} and I have told everybody so for years, whoever asked.</p></li>",
                STORY[i % 4]
            )
        })
        .collect();
    let own = "Every spring we ask our readers what they would like to know about the bridge, and this is where they can do it.";
    let html = around("Ask us about the bridge", &format!("<p>{own}</p>")).replace(
        "</article>",
        &format!("</article><div id=comments class=comments-area><ol>{comments}</ol></div>"),
    );
    assert_eq!(text(&html), own);
}

/// What is set apart in larger letters is said in the text already; so is a beginning that breaks off.
#[test]
fn pull_quotes_and_cut_summaries_are_said_once() {
    let quote = "would not survive another spring flood";
    let html = format!(
        "<p>{}...</p><p>{}</p><p>{}</p><aside class=pullquote><p>{quote}</p></aside><p>{}</p><p>{}</p>",
        &STORY[0][..70],
        STORY[0],
        STORY[1],
        STORY[2],
        STORY[3]
    );
    assert_eq!(
        text(&around("Bridge opens in Tbilisi", &html)),
        STORY.join("\n\n")
    );
}

/// What asks for an address in the middle of the text goes with all that is said about it.
#[test]
fn a_box_that_asks_goes_whole() {
    let html = format!(
        "{}<div class=box9><h3>Sign up for our letter</h3><p>One letter a week from the people who look after the river.</p><p>No advertisements, and nothing that you have read before.</p></div><p>ADVERTISEMENT</p>{}",
        story(),
        story().replace("bridge", "ferry")
    );
    let article = text(&around("Bridge opens in Tbilisi", &html));
    for line in ["letter", "No advertisements", "ADVERTISEMENT"] {
        assert!(!article.contains(line), "{line}: {article}");
    }
}

/// What stands over each part of a comparison is kept each time, not only the first.
#[test]
fn labels_that_come_again_are_kept() {
    let names = ["Ferry One", "Ferry Two", "Ferry Three", "Ferry Four"];
    let html: String = names
        .iter()
        .zip(STORY)
        .map(|(name, text)| {
            format!(
                "<h2>{name}</h2><p>{}</p><p class=k>What it costs</p><p>{} pays for it, and nobody else does, since the town has sold the last of its own boats.</p>",
                text.replace("bridge", name),
                name
            )
        })
        .collect();
    let article = text(&around("Four ferries of the river", &html));
    assert_eq!(article.matches("What it costs").count(), 4, "{article}");
}

/// Links behind a line that announces them, and the words of a pay wall, are not the text.
#[test]
fn announced_links_and_walls_are_not_the_text() {
    let links = "<p>Więcej na ten temat</p><p>Zobacz także:</p><ul><li><a href=/1>The mayor opens a school in the upper valley</a></li><li><a href=/2>A storm has taken two roofs in the lower valley</a></li></ul>";
    let wall =
        "<p>Il vous reste 57.09% de cet article à lire. La suite est réservée aux abonnés.</p>";
    let article = text(&around(
        "Bridge opens in Tbilisi",
        &format!(
            "{}{links}{}{wall}",
            story(),
            story().replace("bridge", "ferry")
        ),
    ));
    for line in ["two roofs", "Il vous reste"] {
        assert!(!article.contains(line), "{line}: {article}");
    }
}

/// A paragraph of another look in the middle of the text is of it.
#[test]
fn a_long_paragraph_of_another_look_is_kept() {
    let odd = "The council has not said what the bridge will have cost when the roads to it are ready, and no one who was there on Monday wanted to ask about it.";
    let html = format!(
        "{}<p class=large>{odd}</p>{}",
        story(),
        story().replace("bridge", "ferry")
    );
    assert!(text(&around("Bridge opens in Tbilisi", &html)).contains(odd));
}

/// A few characters of Chinese are as much as some words, and no reason to take the frame for the article.
#[test]
fn a_short_text_of_chinese_is_the_article() {
    let own = "新的渡船星期一开始运营，第一批乘客是两岸的小学生，他们等这一天等了四年。";
    let html = format!(
        "<html lang=zh><head><title>新渡船快讯_样本网</title></head><body><div class=path>您的位置：<a href=/>首页</a> &gt; <a href=/gn>国内</a> &gt; 正文</div><h1>新渡船快讯</h1><div class=text><p>　　{own}</p></div>
        <div class=hot><h3>热点新闻</h3><ul><li><a href=/1>镇长在山谷开办学校</a></li><li><a href=/2>风暴掀翻两座屋顶</a></li></ul></div></body></html>"
    );
    assert_eq!(text(&html).trim(), own);
}

/// A page that a script fills may carry its article in a value that is assigned, pushed or parsed.
#[test]
fn the_article_in_a_scripts_value_is_found() {
    let html = story().replace('"', "\\\"").replace('<', "\\u003c");
    let state = format!("{{\"queries\":[{{\"detail\":{{\"contentHtml\":\"{html}\"}}}}]}}");
    let quoted = serde_json::to_string(&state).unwrap();
    for script in [
        format!("window.state = {state};"),
        format!("window[\"data\"] = window[\"data\"] || [];window[\"data\"].push({state});"),
        format!("var a = 1; var state = JSON.parse({quoted});"),
    ] {
        let html = format!(
            "<html><head><title>Bridge opens in Tbilisi</title></head><body><div id=app></div><script>{script}</script></body></html>"
        );
        assert_eq!(text(&html), STORY.join("\n\n"), "{script}");
    }
}

/// Rich text is found in a script, in what React sends and in an attribute; also where the page shows the beginning of it. Another
/// article's is not taken for the text of a short one.
#[test]
fn the_article_in_rich_text_is_found() {
    let blocks: Vec<_> = STORY
        .iter()
        .map(|text| serde_json::json!({"type": "paragraph", "children": [{"text": text}]}))
        .collect();
    let state = serde_json::json!({"props": {"story": {"teasers": [{"type": "card", "text": "A ferry"}], "body": blocks}}});
    let state = state.to_string();
    let flight = serde_json::json!([1, format!("3:{state}\n")]).to_string();
    let attribute = state.replace('"', "&quot;");
    let page = |shown: &str, data: &str| {
        text(&format!(
            "<html><head><title>Bridge opens in Tbilisi</title></head><body><div id=app><h1>Bridge opens in Tbilisi</h1>{shown}</div>{data}</body></html>"
        ))
    };
    let whole = STORY.join("\n\n");
    let script = format!("<script>window.state = {state};</script>");
    for data in [
        script.clone(),
        format!("<script type=application/json id=state>{state}</script>"),
        format!("<script>self.__next_f.push({flight})</script>"),
        format!("<div data-page=\"{attribute}\"></div>"),
    ] {
        assert_eq!(page("", &data), whole, "{data}");
    }
    let beginning = format!("<p>{}</p>", STORY[0]);
    assert_eq!(page(&beginning, &script), whole);
    let short = "<p>The ferry will stay in its dock until Friday, the harbour master said this morning, since a rope has gone into the screw.</p><p>Whoever has a ticket for the ferry can take the bus over the old bridge, and need not pay for it again.</p>";
    assert!(!page(short, &script).contains(STORY[0]));
}

/// What a page that a script fills shows of its article: nothing.
fn filled(data: &str) -> String {
    format!(
        "<html><head><title>Bridge opens in Tbilisi | The Daily</title><meta property='og:title' content='Bridge opens in Tbilisi'></head><body><div id=app>Loading</div>{data}</body></html>"
    )
}

/// What stands in the data beside an article: teasers of others and what readers say, longer than it.
fn beside() -> [serde_json::Value; 2] {
    let teaser = |i: u32| {
        let summary = "The council has put off its decision once more, and the ferryman says that he can wait longer than it can.";
        serde_json::json!({"title": format!("Another story number {i}"), "url": format!("/n/{i}"), "summary": summary})
    };
    let said = "I have crossed this river every day for thirty years, and never once did the ferryman ask me where I was going.";
    let comment = |i: u32| serde_json::json!({"user": format!("reader{i}"), "text": said});
    let list = |one: &dyn Fn(u32) -> serde_json::Value| (0..12).map(one).collect();
    [list(&teaser), list(&comment)]
}

/// Content systems call the parts of a text what they like; a list of objects that reads as one is one. Teasers of other
/// articles and comments are not, however long.
#[test]
fn the_article_in_a_list_with_unknown_names_is_found() {
    let each = |one: &dyn Fn(&str) -> serde_json::Value| -> serde_json::Value {
        STORY.iter().map(|text| one(text)).collect()
    };
    let mut mixed = STORY
        .map(|text| serde_json::json!({"kind": "para", "markup": text}))
        .to_vec();
    let promo = "Listen and subscribe to our daily podcast wherever you get your podcasts";
    mixed.insert(
        1,
        serde_json::json!({"kind": "inline-promo", "markup": promo}),
    );
    mixed.insert(
        3,
        serde_json::json!({"kind": "subhead", "markup": "What the bakery says"}),
    );
    let with_heading = [
        STORY[0],
        STORY[1],
        "What the bakery says",
        STORY[2],
        STORY[3],
    ]
    .join("\n\n");
    let plain = STORY.join("\n\n");
    let part = |heading: &str, texts: &[&str]| serde_json::json!({"heading": heading, "paragraphs": texts});
    let parts = serde_json::json!([
        part("The works", &STORY[..2]),
        part("The bakery", &STORY[2..])
    ]);
    let in_parts = [
        "The works",
        STORY[0],
        STORY[1],
        "The bakery",
        STORY[2],
        STORY[3],
    ]
    .join("\n\n");
    for (body, expected) in [
        (
            each(
                &|text| serde_json::json!({"type": "CORE/PARAGRAPH", "innerHtml": format!("<p>{text}</p>")}),
            ),
            &plain,
        ),
        (serde_json::json!(mixed), &with_heading),
        (
            each(&|text| serde_json::json!({"component": "Para", "options": {"copy": text}})),
            &plain,
        ),
        (each(&|text| serde_json::json!(text)), &plain),
        (
            each(&|text| {
                let (one, two) = text.split_at(text.find(" of ").unwrap_or(9));
                serde_json::json!({"n": "pg", "runs": [{"s": one}, {"s": two, "b": 1}]})
            }),
            &plain,
        ),
        (serde_json::json!(STORY.join("\n\n")), &plain),
        (
            serde_json::json!(format!(
                "&lt;p&gt;{}&lt;/p&gt;",
                STORY.join("&lt;/p&gt;&lt;p&gt;")
            )),
            &plain,
        ),
        (parts, &in_parts),
    ] {
        let [related, said] = beside();
        let state = serde_json::json!({"view": {"more": related, "story": {"title": "Bridge opens in Tbilisi", "x": body, "said": said}}});
        for script in [
            format!("<script>window.__PRELOADED_STATE__ = {state};</script>"),
            format!(
                "<script type=application/json>{}</script>",
                state.to_string().replace('<', "\\u003c")
            ),
        ] {
            assert_eq!(&text(&filled(&script)), expected, "{script}");
        }
    }
    let [related, said] = beside();
    let nothing = serde_json::json!({"more": related, "comments": said});
    assert_eq!(
        text(&filled(&format!(
            "<script type=application/json>{nothing}</script>"
        ))),
        "Loading"
    );
}

/// Of several articles in the data that one is taken which has the page's title, though others are longer.
#[test]
fn of_several_articles_in_the_data_the_pages_own_is_taken() {
    let other = story().replace("bridge", "ferry");
    let state = serde_json::json!([
        {"title": "The ferry stays in its dock", "html": format!("{other}{other}")},
        {"title": "Bridge opens in Tbilisi", "html": story()},
    ]);
    let script = format!(
        "<script type=application/json>{}</script>",
        state.to_string().replace('<', "\\u003c")
    );
    assert_eq!(text(&filled(&script)), STORY.join("\n\n"));
}

/// Scripts write values in their own way: without quotes, as what a function returns, encoded, or one within another.
#[test]
fn the_article_in_what_a_script_writes_is_found() {
    let html = serde_json::to_string(&story())
        .unwrap()
        .replace('<', "\\u003c");
    let state = serde_json::json!({"title": "Bridge opens in Tbilisi", "parts": STORY.map(|text| serde_json::json!({"t": 1, "s": text}))});
    let quoted = serde_json::to_string(&state.to_string()).unwrap();
    let percent: String = state
        .to_string()
        .bytes()
        .map(|byte| format!("%{byte:02X}"))
        .collect();
    let single = STORY
        .map(|text| format!("'{}'", text.replace('\'', "\\'")))
        .join(", ");
    for script in [
        format!(
            "window.__NUXT__=(function(a,b,c){{return{{data:[{{article:{{intro:a,title:b,bodyHtml:{html}}}}}],error:c}}}}(\"\",\"Bridge opens in Tbilisi\",null));"
        ),
        format!(
            "window.app = {{ready: !0, 'story': {{title: 'Bridge opens in Tbilisi', body: [{single}],}}, none: void 0}};"
        ),
        format!(
            "Promise.all([import(\"./a.js\")]).then(([kit]) => {{ kit.start(app, {{node_ids: [0, 2], data: [null, {{type:\"data\",data:{{post:{{content:{html}}}}}}}]}}); }});"
        ),
        format!("window.state = {{\"story\": {quoted}}};"),
        format!("window.state = JSON.parse(decodeURIComponent(\"{percent}\"));"),
        format!(
            "!function(e,t){{for(var n=0;n<3;n++)e.x=(t||[])[n]}}(window,1);window.state={state}"
        ),
    ] {
        assert_eq!(
            text(&filled(&format!("<script>{script}</script>"))),
            STORY.join("\n\n"),
            "{script}"
        );
    }
}

/// Data whose parts stand for each other is put together: a flat list, a store, the rows that React sends.
#[test]
fn the_article_in_data_that_refers_to_itself_is_found() {
    let mut flat = vec![
        serde_json::json!(["Reactive", 1]),
        serde_json::json!({"title": 2, "body": 3}),
        serde_json::json!("Bridge opens in Tbilisi"),
        serde_json::json!([4, 5, 6, 7]),
    ];
    flat.extend((0..4).map(|at| serde_json::json!({"text": 8 + at})));
    flat.extend(STORY.map(|text| serde_json::json!(text)));
    let mut store = serde_json::json!({
        "Article:1": {"headline": "Bridge opens in Tbilisi", "body": [{"__ref": "P:3"}, {"__ref": "P:2"}, {"__ref": "P:1"}, {"__ref": "P:0"}]},
    });
    for (at, text) in STORY.iter().rev().enumerate() {
        store[format!("P:{at}")] = serde_json::json!({"__typename": "Paragraph", "copy": text});
    }
    let elements: Vec<_> = STORY
        .iter()
        .map(|text| serde_json::json!(["$", "p", null, {"children": text}]))
        .collect();
    let elements = format!(
        "0:{}\n",
        serde_json::json!(["$", "article", null, {"children": elements}])
    );
    let html = story();
    let texts = format!(
        "1:T{:x},{html}0:{}\n",
        html.len(),
        serde_json::json!(["$", "$L7", null, {"title": "Bridge opens in Tbilisi", "html": "$1"}])
    );
    let sent = |rows: &str| -> String {
        let chars: Vec<char> = rows.chars().collect();
        let pieces = chars.chunks(300).map(|piece| {
            serde_json::json!([1, String::from_iter(piece)])
                .to_string()
                .replace('<', "\\u003c")
        });
        pieces
            .map(|piece| format!("<script>self.__next_f.push({piece})</script>"))
            .collect()
    };
    for data in [
        format!(
            "<script type=application/json id=__NUXT_DATA__>{}</script>",
            serde_json::json!(flat)
        ),
        format!("<script>window.__APOLLO_STATE__={store};</script>"),
        sent(&elements),
        sent(&texts),
    ] {
        assert_eq!(text(&filled(&data)), STORY.join("\n\n"), "{data}");
    }
}

/// The object that has the text says who wrote it, when and about what, where the page does not.
#[test]
fn what_the_data_says_of_its_article_fills_what_the_page_does_not_say() {
    let elements = STORY.map(|text| serde_json::json!({"type": "text", "content": text}));
    let [related, _] = beside();
    let fusion = serde_json::json!({
        "headlines": {"basic": "Bridge opens in Tbilisi"}, "credits": {"by": [{"name": "Nino Example"}]},
        "first_publish_date": "2024-06-12T14:02:00Z", "taxonomy": {"tags": [{"text": "Rivers"}, {"text": "Bridges"}]},
        "content_elements": elements, "related": related,
    });
    let next = serde_json::json!({"site": {"title": "The Daily of Tbilisi", "date": "2020-01-01", "author": "Web Master"}, "page": {
        "title": "Bridge opens in Tbilisi", "byline": "By Nino Example", "publishedAt": "2024-06-12T14:02:00Z", "tags": ["Rivers", "Bridges"],
        "content": {"blocks": STORY.map(|text| serde_json::json!({"k": "p", "v": text}))},
    }});
    for state in [&fusion, &next] {
        let html = filled(&format!("<script>Fusion.globalContent={state};</script>"));
        let read = page(&html);
        assert_eq!(read.authors, ["Nino Example"], "{state}");
        assert_eq!(
            read.published_local.as_deref(),
            Some("2024-06-12T14:02:00Z")
        );
        assert_eq!(read.tags, ["Rivers", "Bridges"], "{state}");
        let declared = "<meta name=author content='Levan Sample'><meta property='article:published_time' content='2024-06-11T09:00:00Z'><meta name=keywords content='Water, Stone'>";
        let read = page(&html.replace("</head>", &format!("{declared}</head>")));
        assert_eq!(read.authors, ["Levan Sample"]);
        assert_eq!(
            read.published_local.as_deref(),
            Some("2024-06-11T09:00:00Z")
        );
        assert_eq!(read.tags, ["Water", "Stone"]);
    }
    // Of another article it says nothing of this one.
    let other = next
        .to_string()
        .replace("Bridge opens in Tbilisi", "The ferry stays in its dock");
    let read = page(&filled(&format!("<script>window.state={other};</script>")));
    assert_eq!(
        (read.authors.len(), read.published, read.tags.len()),
        (0, None, 0)
    );
}

/// What a house says of its links and letters is not the article, unless the article is about that; nor is a table of what
/// follows.
#[test]
fn notices_of_the_house_and_tables_of_contents_are_not_the_text() {
    let notice = "<p>If you book the ferry through a link on this page, we may earn a commission, and you pay nothing more for it.</p>";
    let letter = "<p>The news of the river in your inbox every Monday, and nothing else.</p>";
    let contents = "<p>In this article</p><ul><li><a href=#a>Why it took so long</a></li><li><a href=#b>What comes next</a></li></ul>";
    let html = format!(
        "{notice}{contents}{}<h2>Why it took so long</h2>{letter}{}<h2>What comes next</h2>{}",
        story(),
        story().replace("bridge", "ferry"),
        story().replace("bridge", "mill")
    );
    let article = text(&around("Bridge opens in Tbilisi", &html));
    for line in ["commission", "inbox", "In this article"] {
        assert!(!article.contains(line), "{line}: {article}");
    }
    assert_eq!(
        article.matches("Why it took so long").count(),
        1,
        "{article}"
    );
    let article = text(&around(
        "What a commission on every ticket means for the ferry",
        &format!("{notice}{}", story()),
    ));
    assert!(article.contains("we may earn a commission"), "{article}");
}

/// Long teasers of other articles, over or under a short text, are no part of it; what a heading of the text announces is.
#[test]
fn cards_beside_a_short_text_are_other_articles() {
    let cards: String = [
        ("The council closes the baths in June", "For the first time in sixty years nobody will swim there in summer, and the council says that it cannot pay for the water."),
        ("Five walks for a wet weekend", "Whoever has boots and a coat can see the mills, the weir and the old quarry, and be home again before it is dark."),
        ("Why the bakery opens at four", "There are people who want bread at that hour, the baker says, and most of them drive the buses that others go to work in."),
        ("More storks than ever before", "The warden counted them twice, since he did not believe it himself, and then he counted the nests as well."),
    ]
    .iter()
    .map(|(title, lines)| format!("<div class=item><a href=/i><h3>{title}</h3></a><p>{lines}</p></div>"))
    .collect();
    let own = format!(
        "<div class=detail><p>{}</p><p>{}</p></div>",
        STORY[0], STORY[1]
    );
    let read = |main: &str| {
        text(&format!(
            "<html><head><title>Bridge opens in Tbilisi</title></head><body>{main}</body></html>"
        ))
    };
    let title = "<h1>Bridge opens in Tbilisi</h1>";
    let under = read(&format!("{title}{own}<div class=list>{cards}</div>"));
    assert_eq!(under, STORY[..2].join("\n\n"));
    let over = read(&format!("<div class=list>{cards}</div>{title}{own}"));
    assert_eq!(over, STORY[..2].join("\n\n"));
    let announced = read(&format!(
        "{title}{own}<h2>What else the valley talked about</h2><div class=list>{cards}</div>"
    ));
    assert!(announced.contains("counted the nests"), "{announced}");
}

/// Teasers in a list, each a link with lines that are cut off, are other articles, whatever the heading over them says; items
/// that end their sentences, between paragraphs of the text, are the text's.
#[test]
fn a_list_of_cut_lines_is_of_other_articles() {
    let items = |end: &str| -> String {
        ["The baths close in June", "Five walks for a wet weekend", "The bakery opens at four", "More storks than before"]
            .iter()
            .map(|title| format!("<li><strong><a href=/i>{title}</a></strong><p>For the first time in sixty years nobody will {end}</p></li>"))
            .collect()
    };
    let read = |end: &str| {
        text(&format!(
            "<html><head><title>Bridge opens in Tbilisi</title></head><body><div class=entry><h1>Bridge opens in Tbilisi</h1>{}<h5>What people like</h5><ul>{}</ul>{}</div></body></html>",
            story(),
            items(end),
            if end.ends_with("summer.") {
                story().replace("bridge", "ferry")
            } else {
                String::new()
            }
        ))
    };
    assert_eq!(read("swim there in..."), STORY.join("\n\n"));
    assert_eq!(read("swim […]"), STORY.join("\n\n"));
    let whole = read("swim there in summer.");
    assert!(whole.contains("swim there in summer"), "{whole}");
}

/// Behind the element that holds the text, what follows "recent articles" is of others, whatever it looks like.
#[test]
fn what_is_announced_behind_the_text_is_not_of_it() {
    let others = [
        "Nobody had thought that the mill would ever turn again, but on Sunday it did, and the miller's daughter ground a sack of rye.",
        "There are people who want bread at four in the morning, the baker says, and most of them drive the buses that others go to work in.",
        "The warden counted the storks twice, since he did not believe it himself, and then he counted the nests on the roofs as well.",
        "Whoever has boots and a coat can see the weir and the old quarry in one afternoon, and be home again before it is dark outside.",
    ];
    let cards = others.map(|lines| {
        format!("<div class='wide item'><div class=copy><h4>Daily</h4><p class=lines>{lines}</p></div></div>")
    });
    let rest = |heading: &str| {
        text(&format!(
            "<html><head><title>Bridge opens in Tbilisi</title></head><body><h1>Bridge opens in Tbilisi</h1><div class=post>{}</div>
            <div class=next><h3>{heading}</h3><div class=posts>{}</div></div></body></html>",
            story(),
            cards.concat()
        ))
    };
    for heading in ["Read This Next", "Recent articles", "最新文章"] {
        assert_eq!(rest(heading), STORY.join("\n\n"), "{heading}");
    }
    // Sections of one look are one text, with such a box between them.
    let section = |text: &str| format!("<section class=part><p>{text}</p></section>");
    let html = format!(
        "{}{}<div><h3>Read this next</h3><a href=/a>The mill turns again</a></div>{}{}",
        section(STORY[0]),
        section(STORY[1]),
        section(STORY[2]),
        section(STORY[3])
    );
    let whole = text(&around("Bridge opens in Tbilisi", &html));
    assert!(STORY.iter().all(|part| whole.contains(part)), "{whole}");
}

/// What classes and styles tell of a text reaches those who read its markup: copies of formulas, what is no part of the word
/// beside it, notes, lines of the source.
#[test]
fn a_text_reads_as_its_classes_and_styles_show_it() {
    let [first, second, third, fourth] = STORY;
    let html = around(
        "Bridge opens in Tbilisi",
        &format!(
            "<p><span class=story__kicker>Report</span>{first}<a class=footnote-anchor href='#footnote-1'>1</a></p><p>{second} It bears \
             <span class=katex><span class=katex-mathml><math><mi>L</mi></math></span><span class=katex-html aria-hidden=true>L</span></span> tons.</p>\
             <p style='white-space: pre-wrap'>{third}\n\n{fourth}</p>"
        ),
    );
    assert_eq!(
        text(&html),
        format!("Report {first}[1]\n\n{second} It bears L tons.\n\n{third}\n\n{fourth}")
    );
    let letter = STORY.map(|p| format!("<tr><td><p>{p}</p></td></tr>"));
    let letter = format!(
        "<table><tr><td><table>{}</table></td></tr></table>",
        letter.concat()
    );
    assert_eq!(
        text(&around("Bridge opens in Tbilisi", &letter)),
        STORY.join("\n\n")
    );
}

/// A line that says nothing but when, whatever the language, and whether or not it names a year.
#[test]
fn a_date_under_the_headline_is_not_text() {
    for line in [
        "il y a 2 jours",
        "3 hours ago",
        "Yesterday, 14:02",
        "gestern, 14:02 Uhr",
        "3小时前",
        "June 12, 2:02 pm",
        "12. Juni, 14:02 Uhr",
        "2024. június 12.",
        "12. lipnja 2024.",
        "2024 m. birželio 12 d.",
    ] {
        let html = format!("<p>{line}</p>{}", story());
        let read = text(&around("Bridge opens in Tbilisi", &html));
        assert_eq!(read, STORY.join("\n\n"), "{line}");
    }
    // The days of a diary are its headings.
    let days = ["10 June", "11 June", "12 June", "13 June"];
    let diary: Vec<String> = days
        .iter()
        .zip(STORY)
        .map(|(day, text)| format!("<p>{day}</p><p>{text}</p>"))
        .collect();
    let read = text(&around("Bridge opens in Tbilisi", &diary.concat()));
    assert!(days.iter().all(|day| read.contains(day)), "{read}");
    // A first sentence that tells of a day is one.
    let sentence = "Yesterday it was 14:02 when the ribbon was cut, he says.";
    let html = format!("<p>{sentence}</p>{}", story());
    assert!(text(&around("Bridge opens in Tbilisi", &html)).contains(sentence));
}

/// The moment of the fetch is handed in, and makes a date of what is said against it.
#[test]
fn a_page_read_at_a_moment_has_a_date_that_holds_then() {
    let html = around(
        "Bridge opens in Tbilisi",
        &format!("<p>3 hours ago</p>{}", story()),
    );
    let read = |fetched: &str| {
        let (select, repeats) = (Select::default(), Repeats::default());
        let fetched = fetched.parse().unwrap();
        let read = super::read_at(
            html.as_bytes(),
            None,
            "https://daily.example/a",
            &select,
            &repeats,
            fetched,
        );
        let page = read.unwrap().page;
        (
            page.published.map(|time| time.to_string()),
            page.approximate,
        )
    };
    let date = |time: &str| (Some(time.to_owned()), true);
    assert_eq!(read("2024-06-12T14:02:30Z"), date("2024-06-12T11:02:00Z"));
    assert_eq!(read("2024-06-12T15:02:30Z"), date("2024-06-12T12:02:00Z"));
    let undated = page(&html);
    assert_eq!((undated.published, undated.approximate), (None, false));
}

/// What is named a caption, stands under a picture in its paragraph or runs into the text behind one is left out; code is kept
/// whatever its parts are named.
#[test]
fn captions_are_known_outside_of_figures() {
    let said = "The old bridge at high water";
    for caption in [
        format!(
            "<p class=image-wrapper><img src=/a.jpg width=600></p><p class=img-desc>{said}</p>"
        ),
        format!("<p class=center><img src=/a.jpg width=600><br>{said}<br></p>"),
        format!("<p><img src=/a.jpg width=600><br><em>{said}.</em></p>"),
        format!(
            "<div class=wp-caption><a href=/a><img src=/a.jpg width=600></a><p class=wp-caption-text>{said}.</p></div>"
        ),
    ] {
        let html = around(
            "Bridge opens in Tbilisi",
            &format!("{}{caption}{}", story(), story().replace("bridge", "ferry")),
        );
        let article = text(&html);
        assert!(!article.contains(said), "{caption}: {article}");
    }
    let run_in = format!(
        "<span class=photo><div><img src=/a.jpg width=600></div><em class=img_desc>{said}</em></span>{}<br><br>{}<br><br>{}",
        STORY[0], STORY[1], STORY[3]
    );
    let article = text(&around(
        "Bridge opens in Tbilisi",
        &format!("<div>{run_in}</div>"),
    ));
    assert!(
        article.contains(STORY[0]) && !article.contains(said),
        "{article}"
    );
    let code = "<pre class='highlight highlight-source-shell'><code><span class=hljs-comment># opens the bridge again</span>\nbridge open</code></pre>";
    let named = "<div class='my-6 overflow-hidden'><div><span>bridge.sh</span><button>Copy</button></div><pre>bridge close</pre></div>";
    let html = around(
        "Bridge opens in Tbilisi",
        &format!(
            "{}{code}{}{named}{}",
            story(),
            story().replace("bridge", "ferry"),
            story().replace("bridge", "mill")
        ),
    );
    let article = text(&html);
    for line in ["# opens the bridge again", "bridge close"] {
        assert!(article.contains(line), "{line}: {article}");
    }
}

/// The next article, loaded behind the page's own, is not of it; entries of a live blog and sections are.
#[test]
fn a_second_article_ends_the_text() {
    let other = story().replace("bridge", "ferry");
    let page = |own: &str| {
        text(&format!(
            "<html><head><title>Bridge opens in Tbilisi</title></head><body>{own}</body></html>"
        ))
    };
    let title = "Bridge opens in Tbilisi";
    let by = "<p class=byline>By Levan Beridze</p>";
    let time = "<time datetime=2024-06-11>11 June 2024</time>";
    for (own, next) in [
        (
            format!("<article><h1>{title}</h1>{}</article>", story()),
            format!("<article><h1>The ferry leaves at noon</h1>{by}{other}</article>"),
        ),
        (
            format!("<article><h1>{title}</h1>{}</article>", story()),
            format!(
                "<div class=next><article><h2><a href=/2>The ferry leaves at noon</a></h2>{time}{other}{other}</article></div>"
            ),
        ),
        (
            format!(
                "<div class=hentry><h2 class=entry-title>{title}</h2><div class=entry>{}</div></div>",
                story()
            ),
            format!(
                "<div class=hentry><h2 class=entry-title>The ferry leaves at noon</h2><div class=entry-meta>Posted on June 11, 2024</div><div class=entry>{other}</div></div>"
            ),
        ),
    ] {
        assert_eq!(page(&format!("{own}{next}")), STORY.join("\n\n"), "{next}");
    }
    let entries: String = (1..6)
        .map(|hour| format!("<article class=entry><h2>It is {hour} o'clock</h2><time>{hour}:00</time>{}</article>", other.replace("ferry", &format!("mill {hour}"))))
        .collect();
    let live = page(&format!(
        "<article><h1>{title}</h1>{}{entries}</article>",
        story()
    ));
    assert!(live.contains("mill 5"), "{live}");
    let section = format!("<h2>The ferry</h2><p class=date>In the spring of 2019</p>{other}");
    let sections = page(&format!(
        "<article><h1>{title}</h1>{}{section}</article>",
        story()
    ));
    assert!(sections.contains("new ferry over"), "{sections}");
}

/// Headings that are buttons, and links to themselves, are headings; a paragraph that is not shown is none.
#[test]
fn headings_may_be_buttons_and_links_and_paragraphs_unseen() {
    let html = format!(
        "{}<h2><button aria-expanded=false>Why did it take so long?</button></h2>{}<h2 id=cost><a href=#cost>What it has cost</a></h2>{}
        <p style='display: none'>First published under another headline, which nobody sees any more.</p>",
        story(),
        story().replace("bridge", "ferry"),
        story().replace("bridge", "mill")
    );
    let article = text(&around("Bridge opens in Tbilisi", &html));
    for heading in ["Why did it take so long?", "What it has cost"] {
        assert!(article.contains(heading), "{heading}: {article}");
    }
    assert!(!article.contains("another headline"), "{article}");
}

/// A table of figures is kept though the names in it are links or one of its cells begins as lines beside the text do; so is the
/// standfirst that is named so, whatever the page describes itself with.
#[test]
fn tables_with_links_and_named_standfirsts_are_kept() {
    let rows: String = [
        ("Upper town", 31),
        ("Lower town", 27),
        ("Mill", 25),
        ("Read more club", 9),
    ]
    .iter()
    .map(|(name, points)| {
        format!("<tr><td>{points}</td><td><a href=/c>{name}</a></td><td>13</td><td>27:9</td></tr>")
    })
    .collect();
    let html = format!(
        "<html><head><title>Bridge opens in Tbilisi</title></head><body><article><header><h1>Bridge opens in Tbilisi</h1>
        <h2 class=article-subheadline>For four years nobody could cross the river without a boat, and now the children go first and the old ferryman waves</h2></header>
        <div class=body>{}<div><div><p>The clubs of both banks met on it, and the table of their games hung on the rail.</p></div></div><table><thead><tr><th>Points</th><th>Club</th><th>Games</th><th>Goals</th></tr></thead>{rows}</table></div></article></body></html>",
        story()
    );
    let article = text(&html);
    for line in ["old ferryman waves", "Upper town", "Read more club"] {
        assert!(article.contains(line), "{line}: {article}");
    }
}

/// Boxes for links, adverts and pay walls within the text go whole, with their headings.
#[test]
fn small_boxes_within_the_text_go_whole() {
    for (says, html) in [
        (
            "Matches",
            "<div class=article__related><div>All about the match</div><ul><li><a href=/1>Matches and marks</a></li><li><a href=/2>The coach: no luck</a></li></ul></div>",
        ),
        (
            "tickets",
            "<div class=remp-banner><p>Come and join those who pay for tickets</p></div>",
        ),
        (
            "first month",
            "<div class=paywall><p>The rest is for members</p><p>Now: the first month for one coin</p></div>",
        ),
        (
            "Para saber",
            "<div><h3>Para saber más</h3><ul><li><a href=/1>La nieve que vino del desierto</a></li></ul></div>",
        ),
    ] {
        let html = around(
            "Bridge opens in Tbilisi",
            &format!("{}{html}{}", story(), story().replace("bridge", "ferry")),
        );
        let article = text(&html);
        assert!(!article.contains(says), "{says}: {article}");
    }
}

/// What one would get for a subscription, and lines that point at a link, are no text; a list that the text announces is.
#[test]
fn offers_with_their_lists_and_pointing_lines_are_not_the_text() {
    let list = "<ul><li>The plan that never starts from scratch</li><li>What happens on the second day</li></ul>";
    let offer =
        format!("<p>Become a paid subscriber to read this piece and learn about:</p>{list}");
    let points = "<p>👉 Compare <a href=/t>the ferries with our tool</a>.</p>";
    let announced = "<p>The council named three reasons for the delay of the work:</p><ul><li>The flood of the first spring</li><li>The price of steel and of the crews</li><li>A nest of storks on the pier</li></ul>";
    let html = around(
        "Bridge opens in Tbilisi",
        &format!(
            "{}{points}{announced}{}{offer}",
            story(),
            story().replace("bridge", "ferry")
        ),
    );
    let article = text(&html);
    for line in ["paid subscriber", "second day", "with our tool"] {
        assert!(!article.contains(line), "{line}: {article}");
    }
    assert!(article.contains("nest of storks"), "{article}");
}

/// The wrappers of a notebook's cells say nothing against them; `In [1]:` only numbers them. Code may stand in a figure.
#[test]
fn code_and_results_are_the_texts_whatever_holds_them() {
    let [one, two, three, four] = STORY;
    let classic = format!(
        "<div class='cell border-box-sizing text_cell'><div class='prompt input_prompt'></div><p>{one}</p><p>{two}</p></div>
        <div class='cell border-box-sizing code_cell'><div class=input><div class='prompt input_prompt'>In&nbsp;[1]:</div>
        <div class=input_area><div class=highlight><pre>bridge.open(\"Monday\")\nbridge.cars()</pre></div></div></div>
        <div class=output_area><div class='prompt output_prompt'>Out[1]:</div><div class=output_text><pre>12</pre></div></div></div>
        <div class='cell border-box-sizing text_cell'><p>{three}</p><p>{four}</p></div>"
    );
    let read = text(&around("Bridge opens in Tbilisi", &classic));
    for line in ["bridge.open(\"Monday\")", "12"] {
        assert!(read.lines().any(|read| read == line), "{read}");
    }
    assert!(!read.contains("[1]"), "{read}");
    let rows = ["1931", "1952", "2024"]
        .map(|year| format!("<tr><td>{year}</td><td>{} tons</td></tr>", year.len() * 3));
    let table = format!(
        "<p>{one}</p><p>{two}</p><div class='jp-Cell jp-OutputArea'><table class=dataframe>{}</table></div><p>{three}</p><p>{four}</p>",
        rows.concat()
    );
    let read = text(&around("Bridge opens in Tbilisi", &table));
    assert!(read.contains("1931"), "{read}");
    let figure = format!(
        "<p>{one}</p><p>{two}</p><figure class=highlight><pre><code>bank --- pier --- bank</code></pre></figure><p>{three}</p><p>{four}</p>"
    );
    let read = text(&around("Bridge opens in Tbilisi", &figure));
    assert!(read.contains("bank --- pier --- bank"), "{read}");
}

/// What formats of documents write: a table with its caption above, paragraphs in cells behind a list in a box, a formula
/// between paragraphs, who said a motto, a note that is a description in a list, the number of a page.
#[test]
fn documents_are_read_whole() {
    let [one, two, three, four] = STORY;
    let read = |article: &str| text(&around("Bridge opens in Tbilisi", article));
    let cells = |class: &str| {
        let row = |year: &str, tons: &str| {
            format!(
                "<tr><td class={class}><p class={class}>{year}</p></td><td class={class}><p class={class}>{tons}</p></td></tr>"
            )
        };
        [row("Year", "Tons"), row("1931", "12"), row("2024", "40")].concat()
    };
    let listed = format!(
        "<div class=sect><p>{one}</p><p>{two}</p><div class=ulist><ul><li><p>that it be of stone, as the first one was before the flood;</p></li>
        <li><p>that nobody pay for crossing it.</p></li></ul></div><table class='tableblock caption-top'>{}</table></div>
        <div class=sect><p>{three}</p><p>{four}</p></div>",
        cells("tableblock")
    );
    let got = read(&listed);
    assert!(got.contains("1931") && got.contains("40"), "{got}");
    let formula =
        format!("<p>{one}</p><p>{two}</p>\n$$n \\approx 26.6$$\n<p>{three}</p><p>{four}</p>");
    assert!(read(&formula).contains("26.6"), "{}", read(&formula));
    let motto = format!(
        "<div class=epigraph><blockquote><p>Whoever knows the river builds the bridge beside it.</p></blockquote>
        <div class=attribution>— A ferryman of Mtskheta</div></div>{}",
        story()
    );
    assert!(
        read(&motto).contains("A ferryman of Mtskheta"),
        "{}",
        read(&motto)
    );
    let noted = format!(
        "<p>{one}<a href='#n1'><sup>1</sup></a></p><p>{two}</p><p>{three}</p><p>{four}</p><hr><h4>Footnotes</h4>
        <dl><dt><a name=n1>… river.</a></dt><dd>It is the Kura further down.</dd></dl>"
    );
    assert!(
        read(&noted).contains("the Kura further down"),
        "{}",
        read(&noted)
    );
    let row = format!(
        "<p>{one} <a href='#n1'>[1]</a></p><p>{two}</p><p>{three}</p><p>{four}</p>
        <table class=footnote id=n1><tr><td class=label><a href='#r1'>[1]</a></td><td>It is the Kura further down.</td></tr></table>"
    );
    assert!(
        read(&row).contains("the Kura further down"),
        "{}",
        read(&row)
    );
    let paged = format!(
        "<p>{one}</p><p><a name=p114></a><font size=-2>[114]</font>{two}</p><p><span class=pagenum>[Pg 115]</span>{three}</p>
        <p>{four} It is told in <a name=b7></a>[7] as well.</p>"
    );
    let got = read(&paged);
    assert!(
        !got.contains("114") && !got.contains("115") && got.contains("[7]"),
        "{got}"
    );
}

/// A heading that stands in the table of contents is a heading of the text too, also where nothing of the text is above it
/// and where the text below has no element of its own.
#[test]
fn headings_that_the_contents_have_are_kept() {
    let [one, two, three, four] = STORY;
    let contents =
        "<ul><li><a href='#a'>The old bridge</a></li><li><a href='#b'>The new one</a></li></ul>";
    let got = text(&around(
        "Bridge opens in Tbilisi",
        &format!(
            "{contents}<h2 id=a>The old bridge</h2><p>{one}</p><p>{two}</p><h2 id=b>The new one</h2><p>{three}</p><p>{four}</p>"
        ),
    ));
    assert_eq!(got.matches("The old bridge").count(), 1, "{got}");
    assert_eq!(got.matches("The new one").count(), 1, "{got}");
    let bare = format!(
        "<html><head><title>Bridge opens in Tbilisi</title></head><body><h1>Bridge opens in Tbilisi</h1>{contents}
        <h2><a name=a>The old bridge</a></h2>{one}<p>{two}<p><h2><a name=b>The new one</a></h2>{three}<p>{four}<p></body></html>"
    );
    let got = text(&bare);
    assert_eq!(got.matches("The new one").count(), 1, "{got}");
    let line = format!(
        "<p>Jump to: <a href='#a'>The old bridge</a> | <a href='#b'>The new one</a></p>{}",
        story()
    );
    assert!(!text(&around("Bridge opens in Tbilisi", &line)).contains("Jump to"));
}

/// What old blogs have under a text without a box of its own: what other sites wrote, and comments that are signed.
#[test]
fn pings_and_signed_comments_under_bare_headings_are_not_the_text() {
    let page = |under: &str| {
        format!(
            "<html><head><title>Bridge opens in Tbilisi</title></head><body><div class=content><h3>Bridge opens in Tbilisi</h3>{}{under}</div></body></html>",
            story()
        )
    };
    let said = "My aunt crossed it on the first day with two goats and a clock, and nobody asked her what they were for.";
    let signed = "<p class=posted>Posted by: Nino at November 19, 2004 09:02 AM</p>";
    let comments = format!(
        "<h2>Comments</h2><div id=c1><p>{said}</p></div>{signed}<div id=c2><p>{said} Nor did I.</p></div>{signed}"
    );
    let pings = format!(
        "<h2>Trackback Pings</h2><p>TrackBack URL for this entry:<br>http://a.example/tb/201</p><p>{said}</p>"
    );
    assert_eq!(
        text(&page(&format!("{pings}{comments}"))),
        STORY.join("\n\n")
    );
    // A part of the text that is called so is not signed.
    let part = format!("<h2>Comments</h2><p>{said}</p>");
    assert!(text(&page(&part)).contains("two goats"));
}

/// What an outlet says of itself below everything may be longer than a short article.
#[test]
fn the_foot_of_a_page_is_not_of_a_short_text() {
    let [first, second, ..] = STORY;
    let page = |foot: &str| {
        format!(
            "<html><head><title>Bridge opens in Tbilisi</title></head><body><main><h1>Bridge opens in Tbilisi</h1><p>{first}</p><p>{second}</p></main>
            {foot}<p><strong>Batumi</strong><br>12 Sea Lane, Suite 4<br>Batumi 6010</p><p>What is written here does not replace the advice of a
            qualified engineer. It comes from sources that are believed to be right, and nobody can vouch for each of them at all times.</p>
            <p>Bridges and boats that are named here are named so that our readers know of them. Always ask an engineer before you cross a
            bridge, and a captain before you go on board, whatever the weather is like on that day.</p></div></footer></body></html>"
        )
    };
    for foot in ["<footer><div>", "<div id=page-footer>"] {
        assert_eq!(text(&page(foot)), [first, second].join("\n\n"), "{foot}");
    }
    // Where nothing else is a text, what stands there is read.
    let short = page("<footer><div>")
        .replace(first, "")
        .replace(second, "Read below.");
    assert!(text(&short).contains("qualified engineer"));
}

/// Old pages are laid out with tables: what stands in the columns beside the text and in lines of links around it is not of it.
#[test]
fn columns_beside_the_text_are_not_of_it() {
    let paragraphs = STORY.join("<br><br>");
    let html = format!(
        "<html><head><title>Bridge opens in Tbilisi</title></head><body><table><tr>
        <td width=140><table><tr><td>Weather</td></tr><tr><td>Today: -17<br>Tomorrow: -12, snow</td></tr><tr><td>Rates</td></tr>
        <tr><td>USD 77.34<br>EUR 86.31</td></tr></table></td>
        <td><b>Bridge opens in Tbilisi</b><br><br>{paragraphs}<br><br>[ <a href=a>&lt;&lt; The flood</a> ] [ <a href=b>All texts</a> ] [ <a href=c>The mill &gt;&gt;</a> ]</td>
        <td width=180><table><tr><td>Small ads</td></tr><tr><td>Firewood, split and dry. Tel. 2-14-88</td></tr></table></td></tr></table></body></html>"
    );
    assert_eq!(text(&html), STORY.join("\n\n"));
}

/// Which part of a series it is, tags, votes, sponsors, the head of a letter, what a converter says, and quotations of the text
/// that leave out some words of it.
#[test]
fn what_systems_put_into_the_text_is_not_of_it() {
    let [one, two, three, four] = STORY;
    let read = |article: &str| text(&around("Bridge opens in Tbilisi", article));
    let series = "<div class=panel><p>This article is <b>Part 2</b> in a <b>3-Part</b> Series.</p><ul><li>Part 1 - <a href=/1>The flood</a></li>
        <li>Part 2 - This Article</li><li>Part 3 - The mill (coming soon)</li></ul></div>";
    let tags = "<p>Tags: <a href=/t/a rel=tag>rivers</a>, <a href=/t/b rel=tag>bridges</a></p>";
    let vote = "<div><p><b>How did you like today's letter?</b></p><ul><li><a href=#1>Loved it</a></li><li><a href=#2>It was fine</a></li></ul>
        <p>Login or Subscribe to participate in polls.</p></div>";
    let sponsor = "<div><p>TOGETHER WITH</p><p><a href=https://oats.example><b>Oats</b></a></p><p>Mornings are hard. Oats are not. Readers of
        the Daily get a fifth off with the code BRIDGE.</p></div>";
    let made = "<h2>About this document ...</h2><p>This document was generated using a translator, version 99.2.</p><p>The command line
        arguments were: -split 0 bridge.tex</p>";
    for (before, after) in [
        (series, ""),
        ("", tags),
        ("", vote),
        (sponsor, ""),
        ("", made),
    ] {
        assert_eq!(
            read(&format!("{before}{}{after}", story())),
            STORY.join("\n\n")
        );
    }
    let quote =
        "<aside class=pullquote><p>“We have waited for this for a very long time”</p></aside>";
    let quoted = format!("<p>{one}</p><p>{two}</p><p>{three}</p>{quote}<p>{four}</p>");
    assert_eq!(read(&quoted), STORY.join("\n\n"));
    let head = "<ul><li><em>To</em>: bridges@lists.example</li><li><em>Subject</em>: Bridge opens in Tbilisi</li><li><em>From</em>: Nino
        &lt;nino@lists.example&gt;</li><li><em>Date</em>: Tue, 8 May 2001 19:04:11 +0200</li></ul>";
    let mail = format!(
        "<html><head><title>Bridge opens in Tbilisi</title></head><body><h1>Bridge opens in Tbilisi</h1><hr>{head}<hr>{}</body></html>",
        story()
    );
    assert_eq!(text(&mail), STORY.join("\n\n"));
}

/// A letter in plain text ends where its sender's lines begin; two dashes in a program are a line of it.
#[test]
fn the_signature_of_a_letter_is_not_of_its_text() {
    let letter = |end: &str| {
        let html = format!(
            "<html><head><title>Bridge opens in Tbilisi</title></head><body><h1>Bridge opens in Tbilisi</h1><pre>{}\n{end}</pre></body></html>",
            STORY.join("\n\n")
        );
        text(&html)
    };
    let signed = letter("-- \nTo unsubscribe, send a letter to bridges@lists.example\n");
    assert!(signed.contains("have been widened."), "{signed}");
    assert!(!signed.contains("unsubscribe"), "{signed}");
    let code = letter("-- the river\nselect water from river;\n");
    assert!(code.contains("select water"), "{code}");
}

/// What has no article element of HTML's own is parted all the same: elements that an outlet made, buttons that open an answer.
#[test]
fn custom_elements_and_buttons_that_open_are_paragraphs_and_headings() {
    let [first, second, third, fourth] = STORY;
    let custom = format!(
        "<x-body><x-paragraph>{first}</x-paragraph><x-paragraph>{second}</x-paragraph><x-heading>A long wait</x-heading>\
         <x-paragraph>{third}</x-paragraph><x-paragraph>{fourth}</x-paragraph></x-body>"
    );
    let expected = [first, second, "A long wait", third, fourth];
    assert_eq!(
        text(&around("Bridge opens in Tbilisi", &custom)),
        expected.join("\n\n")
    );
    let opening = format!(
        "<p>{first}</p><p>{second}</p><div class=item><button aria-expanded=false>Who may use it?</button><div hidden><p>{third}</p></div></div>\
         <div class=item><button aria-expanded=false>And when will cars?</button><div hidden><p>{fourth}</p></div></div>\
         <button aria-expanded=false>Share this story</button><div hidden><a href=/s>Send it to somebody whom you know well, by mail or by post</a></div>"
    );
    let read = text(&around("Bridge opens in Tbilisi", &opening));
    assert!(
        read.contains("Who may use it?") && read.contains("And when will cars?"),
        "{read}"
    );
    assert!(!read.contains("Share this"), "{read}");
}

/// What is there for screen readers alone is not read; of two copies for two kinds of screen the one that is shown is read.
#[test]
fn what_is_not_shown_is_not_read_and_does_not_hide_what_is() {
    let labelled = story().replacen(
        "</p>",
        "</p><h2 class=visually-hidden>Article content</h2>",
        2,
    );
    assert_eq!(
        text(&around("Bridge opens in Tbilisi", &labelled)),
        STORY.join("\n\n")
    );
    let points = "<h3>What you need to know:</h3><ul><li>The new bridge is open to buses and bicycles from Monday on.</li>\
        <li>Cars will follow at the end of the month, the council says.</li></ul>";
    let twice = format!(
        "<div class=for-phones style='display:none'>{points}</div><div class=summary>{points}</div>{}",
        story()
    );
    let read = text(&around("Bridge opens in Tbilisi", &twice));
    assert_eq!(
        read.matches("The new bridge is open to buses").count(),
        1,
        "{read}"
    );
}

/// A label over links to other articles goes with them, in whatever language.
#[test]
fn a_label_over_links_that_are_left_out_goes_too() {
    let [first, rest @ ..] = STORY;
    let rest = rest.map(|p| format!("<p>{p}</p>")).concat();
    let links = "<p><a href=/a>Minister visits the northern provinces again</a></p><p><a href=/b>Harvest is late this year in the valley</a></p>";
    for label in [
        format!("<p><strong>Þetta gæti verið áhugavert</strong></p>{links}"),
        format!("<div class=hub><h4>Oddities</h4>{links}</div>"),
    ] {
        let html = around(
            "Bridge opens in Tbilisi",
            &format!("<p>{first}</p>{label}{rest}"),
        );
        assert_eq!(text(&html), STORY.join("\n\n"), "{label}");
    }
}

/// Brief last sentences, code between paragraphs and the heading of a box of the text are of it.
#[test]
fn brief_sentences_and_code_among_paragraphs_are_kept() {
    let paragraphs = STORY
        .map(|p| format!("<div class=body__paragraph>{p}</div>"))
        .concat();
    let brief = format!(
        "{paragraphs}<div class=body__paragraph>Next year it will have a bell.</div>\
         <div class=body__paragraph>Length: 104 metres.</div>"
    );
    let read = text(&around("Bridge opens in Tbilisi", &brief));
    assert!(read.contains("Next year it will have a bell."), "{read}");
    let [first, second, rest @ ..] = STORY;
    let rest = rest.map(|p| format!("<p>{p}</p>")).concat();
    let code =
        format!("<p>{first}</p><p>{second}</p><pre class=raw>topic: bridge/gate open</pre>{rest}");
    let read = text(&around("Bridge opens in Tbilisi", &code));
    assert!(read.contains("topic: bridge/gate open"), "{read}");
}

/// What asks to follow, who else wrote, and which of some pictures it is, are no text; a section behind a box of links is.
#[test]
fn lines_of_the_house_and_counts_of_pictures_are_not_the_text() {
    let [first, second, third, fourth] = STORY;
    let asked = format!(
        "<p>{first}</p><p>{second}</p><p>{third}</p><p>{fourth}</p><p><em>Stay with Valley News 9 on air and online for the latest on this.</em></p>\
         <p><strong>Download the Valley News 9 app for alerts on your phone.</strong></p>"
    );
    assert_eq!(
        text(&around("Bridge opens in Tbilisi", &asked)),
        STORY.join("\n\n")
    );
    let slides: String = STORY
        .iter()
        .enumerate()
        .map(|(i, said)| format!("<li class=slide><div class=slide-count>{} of 4</div><div class=said><p>{said}</p></div></li>", i + 1))
        .collect();
    let read = text(&around(
        "Bridge opens in Tbilisi",
        &format!("<ol class=slides>{slides}</ol>"),
    ));
    assert!(!read.contains("of 4"), "{read}");
    let sections: String = STORY
        .iter()
        .enumerate()
        .map(|(i, said)| {
            let related = "<div class=more><h3>You might also like</h3><a href=/x>23 ferries that regret nothing at all</a></div>";
            let behind = if i == 1 { related } else { "" };
            format!("<div class=sub><h2>{}. The bank of the river</h2><p>{said}</p></div>{behind}", i + 1)
        })
        .collect();
    let read = text(&around("Bridge opens in Tbilisi", &sections));
    assert!(
        read.contains(fourth) && !read.contains("23 ferries"),
        "{read}"
    );
}

/// A story in photographs has little text beside its captions.
#[test]
fn a_story_told_in_pictures_is_read() {
    let said = |i: usize| {
        format!(
            "Swimmer {i} climbs out of the water by the ladder that the fire brigade has cut into the ice."
        )
    };
    let pictures = |count: usize| -> String {
        (0..count)
            .map(|i| {
                format!(
                    "<li class=photo><img src=/{i}.jpg width=900 height=600><div class=caption><span>{}</span> <span class=credit>Nino Example / Daily</span></div></li>",
                    said(i)
                )
            })
            .collect()
    };
    let page = |text_: &str, count: usize| {
        let list = format!("<ul class=photos>{}</ul>", pictures(count));
        text(&around("The winter swimmers", &format!("{text_}{list}")))
    };
    let told = page(&format!("<p>{}</p>", STORY[0]), 6);
    assert!(told.starts_with(STORY[0]));
    for i in 0..6 {
        assert!(told.contains(&said(i)), "{told}");
    }
    let beside = page(&story(), 2);
    assert_eq!(beside, STORY.join("\n\n"), "two pictures are no story");
}

/// Who said a sentence that a page sets apart goes with the sentence; one set apart stays with its speaker where the text does not
/// have it.
#[test]
fn a_repeated_quotation_goes_with_its_speaker() {
    let [first, second, third, fourth] = STORY;
    let read = |quoted: &str| {
        let quote = format!(
            "<blockquote><p>{quoted}</p><footer>Nino Kapanadze, baker</footer></blockquote>"
        );
        text(&around(
            "Bridge opens in Tbilisi",
            &format!("<p>{first}</p><p>{second}</p>{quote}<p>{third}</p><p>{fourth}</p>"),
        ))
    };
    assert_eq!(
        read("We have waited for this day for a very long time"),
        STORY.join("\n\n")
    );
    let other = read("Nobody asked me whether I can swim, and I can.");
    assert!(other.contains("whether I can swim"), "{other}");
    assert!(other.contains("Nino Kapanadze, baker"), "{other}");
    // A sentence of the text in a box of its own, whatever that is called.
    let again = format!(
        "<section class='sumario derecha'><div class=inner><div><p>Traffic will be limited to buses and bicycles until the end of the month.</p></div></div></section><p>{first}</p><p>{second}</p><p>{third}</p><p>Traffic will be limited to buses and bicycles until the end of the month. The council said so.</p>"
    );
    let read = text(&around("Bridge opens in Tbilisi", &again));
    assert_eq!(read.matches("limited to buses").count(), 1, "{read}");
}

/// A list at the end that a line announces, sentences all; a table in a box that is there for its scroll bars.
#[test]
fn what_a_text_ends_in_and_tables_in_boxes_are_kept() {
    let items = "<ul><li>On 14 March a flood took away the old bridge and four of the boats beside it.</li><li>In June \
                 the council voted for the new one.</li></ul>";
    let read = text(&around(
        "Bridge opens in Tbilisi",
        &format!("{}<p><b>Background</b>:</p>{items}", story()),
    ));
    assert!(read.contains("four of the boats"), "{read}");
    assert!(read.contains("In June"), "{read}");
    let table = "<div class=table-box><table><thead><tr><th>Way</th><th>Good</th><th>Bad</th></tr></thead><tbody><tr><td>Ferry</td><td>cheap \
                 and quiet</td><td>slow</td></tr><tr><td>Bridge</td><td>fast</td><td>needs paint</td></tr></tbody></table></div>";
    let [first, second, third, fourth] = STORY;
    let read = text(&around(
        "Bridge opens in Tbilisi",
        &format!("<p>{first}</p><p>{second}</p>{table}<p>{third}</p><p>{fourth}</p>"),
    ));
    for cell in ["Way", "Good", "cheap and quiet", "needs paint"] {
        assert!(read.contains(cell), "{cell}: {read}");
    }
}

/// What stands around and between the paragraphs and is named for it, dated or says what it is.
#[test]
fn boxes_around_the_text_are_known_by_what_they_say() {
    let [first, second, ..] = STORY;
    let rest = &STORY[2..]
        .iter()
        .map(|p| format!("<p>{p}</p>"))
        .collect::<String>();
    let title = "Bridge opens in Tbilisi";
    let before = [
        "<div class=summary><button>The short version</button><div><ul><li>The bridge is open at last</li><li>Buses only until June</li></ul>\
         <p>This summary was generated by a machine and checked by our editors.</p></div></div>",
        "<div class=authors><p>An interview by <a href=/a/k>Nino Kobalia</a></p></div>",
        "<div class=dateInfo><a href=/a/k>Nino Kobalia</a> <span>Publish Date: Wed, 29 May 2019 07:14 PM (IST)</span> <span>Updated Date: Wed, 29 May 2019 09:14 PM (IST)</span></div>",
        "<h2><strong>A bridge in the morning:</strong> <span>Bridge opens in Tbilisi</span></h2>",
    ];
    let between = [
        "<div class=related-content><h3>Related</h3><ul><li><a href=/s/heath>Why our heaths need grazing</a><time>02 Feb 2017</time></li></ul></div>",
        "<section data-e2e='recommendations-heading' role=region><p>Skip what we recommend and read on</p><strong>For you</strong>\
         <ul role=list><li><a href=/1>The man who collects old doors</a></li><li><a href=/2>The last printer of the bazaar</a></li></ul></section>",
        "<div class=inline-teaser><h3>Why nobody plays the recorder</h3><a href=/r>Read more</a></div>",
        "<p>請繼續往下閱讀...</p>",
    ];
    let behind = [
        "<p>The Daily uses AI tools to assist with accuracy, while maintaining editorial oversight.</p>",
        "<p>Stay informed with The Daily, your source of news, for only five a month. Subscribe Now!</p>",
        "<p>This document is subject to copyright. No part may be reproduced without the written permission.</p>",
        "<p>Follow the latest Tbilisi news on our app and on Facebook.</p>",
    ];
    let read = |before: &str, between: &str, behind: &str| {
        let html = around(
            title,
            &format!("{before}<p>{first}</p><p>{second}</p>{between}{rest}{behind}"),
        );
        text(&html.replace(
            "<meta property",
            "<meta name=author content='Nino Kobalia'><meta property",
        ))
    };
    let whole = STORY.join("\n\n");
    for box_ in before {
        assert_eq!(read(box_, "", ""), whole, "{box_}");
    }
    for box_ in between {
        assert_eq!(read("", box_, ""), whole, "{box_}");
    }
    for box_ in behind {
        assert_eq!(read("", "", box_), whole, "{box_}");
    }
    // An article may well be about summaries.
    let about = read(
        "",
        "<div class=summary><p>The AI-generated summary was wrong, said the engineer, and so was the bridge.</p></div>",
        "",
    );
    assert!(about.contains("so was the bridge"), "{about}");
}

/// A page's style may show a space where its markup has none.
#[test]
fn words_that_only_the_style_sets_apart_are_apart() {
    let [first, second, ..] = STORY;
    let read = |line: &str| {
        text(&around(
            "Bridge opens in Tbilisi",
            &format!("<p>{first}</p><p>{line}</p><p>{second}</p>"),
        ))
    };
    let names = read(
        "Two of those who crossed were <a href=/n>Nino Example</a><span>Baker</span> and her aunt, who came from the village for it.",
    );
    assert!(names.contains("Nino Example Baker and her aunt"), "{names}");
    let times = read(
        "<time>12:31</time>School opens as a shelter, and everybody who lives by the river is asked to go there.",
    );
    assert!(times.contains("12:31 School opens"), "{times}");
    // Parts of words are none the less words.
    let word = read(
        "They use i<span>Phone</span>s, Mac<b>Books</b> and H<sub>2</sub>O, and the <span>Un</span>told story of it is a long one.",
    );
    assert!(
        word.contains("iPhones, MacBooks and H₂O, and the Untold"),
        "{word}"
    );
}

/// What warns of an old article, a caption in a cell, and a title that leads elsewhere from a box beside.
#[test]
fn small_lines_of_a_newsroom_are_not_the_text() {
    let [first, second, third, fourth] = STORY;
    let read = |before: &str, between: &str, behind: &str| {
        text(&around(
            "Bridge opens in Tbilisi",
            &format!(
                "{before}<p>{first}</p><p>{second}</p>{between}<p>{third}</p><p>{fourth}</p>{behind}"
            ),
        ))
    };
    let whole = STORY.join("\n\n");
    for before in [
        "<div>Artikkelen er mer enn ett år gammel.</div>",
        "<p>This article is more than 3 years old.</p>",
    ] {
        assert_eq!(read(before, "", ""), whole, "{before}");
    }
    let aside = "<aside class=article-reference><a href=/sounder><h2>How to read a sounder</h2></a></aside>";
    assert_eq!(read("", aside, ""), whole);
    let cell = "<table class=pic><tr><td><img src=/b.jpg width=600 height=400></td></tr><tr><td>图为新渡船首航。样本摄</td></tr></table>";
    assert_eq!(read("", cell, ""), whole);
    let own = read(
        "",
        "",
        "<p>This article is more than a list of old boats, she said.</p>",
    );
    assert!(
        own.contains("a list of old boats"),
        "a sentence is none of these: {own}"
    );
}

/// What asks for something in a box, a label before a title that leads elsewhere, and lines that say nothing but what they are.
#[test]
fn boxes_that_ask_and_labels_before_links_are_not_the_text() {
    let [first, second, third, fourth] = STORY;
    let whole = STORY.join("\n\n");
    for between in [
        "<div class=rack><h4>The Valley newsletter</h4><p>Ideas for another river, every Thursday.</p></div>",
        "<p class=b><strong>More:</strong><a href=/s/1>They planted a prairie on the roof of a garage. Then came the bees.</a></p>",
        "<div class=inset><h3><a href=/food>Food</a></h3><h3><a href=/s/2>When the bill for the seeds comes due in the spring</a></h3></div>",
        "<div class=k><h3>Advertisement</h3></div>",
        "<div class=piece><h3>Want to keep reading?</h3><p>Already a subscriber? Sign in below.</p></div>",
        "<blockquote><p>“Traffic will be limited to buses until the end of the month, and cars will follow.”</p></blockquote>",
    ] {
        let html = format!("<p>{first}</p><p>{second}</p>{between}<p>{third}</p><p>{fourth}</p>");
        let read = text(&around("Bridge opens in Tbilisi", &html));
        assert_eq!(read, whole, "{between}");
    }
    // A quotation that the text does not have is of it.
    let own = "<blockquote><p>“I have seen three bridges here, and I have outlived two of them.”</p></blockquote>";
    let html = format!("<p>{first}</p><p>{second}</p>{own}<p>{third}</p><p>{fourth}</p>");
    assert!(text(&around("Bridge opens in Tbilisi", &html)).contains("outlived two"));
    let behind = [
        "<p>15:07 Uhr</p>",
        "<div class=author><span>Von</span> <h4>Nino Kobalia</h4></div>",
    ];
    for before in behind {
        let html = around("Bridge opens in Tbilisi", &format!("{before}{}", story()));
        let html = html.replace(
            "<meta property",
            "<meta name=author content='Nino Kobalia'><meta property",
        );
        assert_eq!(text(&html), whole, "{before}");
    }
}

/// What the rules about boxes, quotations and days must leave alone.
#[test]
fn what_only_looks_like_furniture_is_kept() {
    let [first, second, third, fourth] = STORY;
    let kept = |html: &str, words: &[&str]| {
        let read = text(&around("Bridge opens in Tbilisi", html));
        for words in words {
            assert!(read.contains(words), "{words}: {read}");
        }
    };
    // A poem of which a line is quoted later.
    let poem = "<blockquote><p>The river took the bridge away at noon</p><p>and gave it back in June</p><p>a little shorter than before</p></blockquote>";
    kept(
        &format!(
            "<p>{first}</p>{poem}<p>{second}</p><p>“The river took the bridge away at noon” is what she sang at the works.</p><p>{third}</p>"
        ),
        &["gave it back", "a little shorter"],
    );
    // A line of a letter in a box of its own that the text quotes.
    let letter = "<div class=letter><p>Nobody shall cross the water before the bell has been rung three times.</p></div>";
    kept(
        &format!(
            "{letter}<p>{first}</p><p>{second}</p><p>“Nobody shall cross the water before the bell has been rung three times” is a law that I can keep.</p><p>{third}</p>"
        ),
        &["Nobody shall cross the water before the bell has been rung three times.\n"],
    );
    // Days before links are a chronology, and a first heading may begin as the title does.
    let days = "<p>3 May 2021 <a href=/1>The old bridge falls into the river at night</a></p>";
    kept(
        &format!(
            "<h2>Bridge opens in Tbilisi and nobody swims</h2><p>{first}</p><p>{second}</p>{days}<p>{third}</p><p>{fourth}</p>"
        ),
        &["nobody swims", "falls into the river"],
    );
    // The text may stand below the element that is named an article.
    let html = format!(
        "<html><head><title>Bridge opens in Tbilisi</title></head><body><article class=intro><h1>Bridge opens in Tbilisi</h1><p>{first}</p></article>
        <div class='widget widget-text'><p>{second}</p><p>{third}</p><p>{fourth}</p></div></body></html>"
    );
    assert_eq!(text(&html), STORY.join("\n\n"));
}
